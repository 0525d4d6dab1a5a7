"""Random alias tables, .forward files and settings of local(8), and what comes of mail for their names (run --seed N)."""
import os
import pwd
import random
import re
import time

from recorder import Recorder

SEED = int(os.environ.get("DIFFERENTIAL_SEED", "1"))
SERVICES = 12
NAMES = ["team", "owner-team", "cmd", "file", "inc", "loop", "pool", "many", "nul", "team+ext", "alice", "alice+ext", "bob", "ann", "owner-inc", "team-request", "root", "postmaster", "\"a b\"", "Upper", "own"]
VALUES = ["alice", "bob", "bob, alice", "team", "pool", "loop", "ann@x.test", "unknown", "\\alice", "\\bob, alice", "alice+ext", "bob+y@D", "ann@D", "\"|cat > @OUT@/c1\"", "|/bin/cat", "\"|exit 75\"", "\"|exit 67\"", "\"|exit 1\"",
          "\"|echo text; exit 69\"", "\"|env | grep -E '^(USER|HOME|LOGNAME|SHELL|EXTENSION|LOCAL|DOMAIN|RECIPIENT|SENDER|ORIGINAL_RECIPIENT|USER|CLIENT_[A-Z]*)=' | sort > @OUT@/env\"", "@OUT@/box", "@OUT@/dir/", "@OUT@/none/box", "/dev/null", ":include:@OUT@/inc1",
          ":include:@OUT@/inc2", ":include:@OUT@/missing", "\":include:@OUT@/inc1\"", "alice, ann@x.test, bob", "<alice>", "Joe <bob>", "alice (comment)", "(c)", "\"\"", "<>", "alice@", "@x.test", "g: alice, bob;", "alice,,bob", "owner-team", "carol@x.test, dave@x.test",
          "\"a b\"@x.test", "postmaster", "a b", "alice bob", "|nosuchcommand", "\\unknown", "x!y", "user%x.test@x.test", "alice@x.test+", "ALICE", "\"|kill -9 $$\"", "@OUT@/box, alice", "\\alice+ext", "team+z", "caf\u00e9@x.test", "|", "/", "~alice", "./box"]
INCLUDES = ["alice\n", "bob, ann@x.test\n# c\n\ncarol@x.test\n", "|cat\n", "@OUT@/box\n", "  bob\n", ":include:@OUT@/inc2\n", "", "team\n", "\\alice\n", "bob # c\n", "alice\nbob\n", "\"unclosed\nbob\n", "ann@x.test,\nbob\n", "bob\r\n", "<bob>\n"]
FORWARDS = VALUES + ["\\alice", "alice", "\\alice, bob", "\"|cat > @OUT@/fwd\"", "# nothing", "", "\n\nbob", "bob\nalice\n", "alice+more", "$user", "~/box", "ann@x.test\n\\bob"]
SETTINGS = {
    "luser_relay": ["lost@x.test", "$user@x.test", "$user+$extension@x.test", "$local@lost.test", "$recipient", "${extension?ext}${extension:noext}@x.test", "alice", "alice+$local", "unknown", "$domain@x.test", "$user$recipient_delimiter$extension@x.test", "\\alice", "|cat", "a, b", "$shell", "$home", "$mailbox", "team", "\"$local x\"@x.test", "@x.test", "$original_recipient", "$nosuch@x.test", "${user}@x.test", "$(user)@x.test"],
    "mailbox_transport": ["smtp:[127.0.0.1]:2525", "discard:", "error:5.2.1 full", "smtp"],
    "mailbox_transport_maps": ["inline:{alice=smtp:[127.0.0.1]:2525}", "inline:{bob=discard:}", "inline:{unknown=error:5.1.1 maps}", "fail:x"],
    "fallback_transport": ["smtp:[127.0.0.1]:2525", "discard:", "error:5.1.1 gone", "error:4.1.1 later"],
    "fallback_transport_maps": ["inline:{unknown=discard:}", "inline:{ann=smtp:[127.0.0.1]:2525}", "fail:x"],
    "mailbox_command": ["cat > @OUT@/mc", "exit 75", "exit 67", "env | grep ^EXTENSION > @OUT@/mc", "/bin/cat"], "mailbox_command_maps": ["inline:{alice=cat > @OUT@/mcm}", "inline:{bob=exit 69}"],
    "home_mailbox": ["", "box", "Mail/", "/abs"], "recipient_delimiter": ["", "-", "+-", "+"], "propagate_unmatched_extensions": ["", "alias", "forward", "include", "alias, forward, include", "canonical, virtual"],
    "expand_owner_alias": ["yes"], "owner_request_special": ["no"], "allow_mail_to_commands": ["", "alias", "alias, forward, include"], "allow_mail_to_files": ["", "alias,forward,include"],
    "prepend_delivered_header": ["", "command", "forward", "file, forward"], "require_home_directory": ["yes"], "frozen_delivered_to": ["no"], "reset_owner_alias": ["yes"],
    "local_command_shell": ["/bin/sh -c", "/bin/echo"], "default_privs": ["nobody", "carol"], "command_execution_directory": ["/tmp", "$home", "/nonexistent"], "duplicate_filter_limit": ["1"],
    "local_delivery_status_filter": ["static:{4.9.9 filtered}"], "enable_original_recipient": ["no"], "mail_spool_directory": ["@OUT@/spool"], "ignore_mx_lookup_error": ["yes"], "forward_path": ["", "@OUT@/$user.none, @OUT@/forward.$user"],
}
TARGETS = ["team", "cmd", "file", "inc", "loop", "pool", "many", "nul", "alice", "bob", "ann", "unknown", "alice+ext", "unknown+x", "team+ext", "team+other", "owner-team", "\"a b\"", "Upper", "upper", "bob-x", "inc+e", "cmd+e", "root", "lost", "nobody+e", "mailer-daemon", "alice+a/b", "team-request", "un known"]


def choose(pick, number):
    chosen = {name: pick.choice(SETTINGS[name]) for name in pick.sample(sorted(SETTINGS), pick.randint(1, 5))}
    if pick.random() < 0.5:
        chosen["luser_relay"] = pick.choice(SETTINGS["luser_relay"])
    return chosen


def draw():
    pick = random.Random(SEED * 43 + 1)
    tables, chosen, others = [], [], []
    for number in range(SERVICES):
        chosen.append(choose(pick, number))
        tables.append("".join("%s: %s\n" % (name, pick.choice(VALUES).replace("@D", "@d%d.test" % number)) for name in pick.sample(NAMES, pick.randint(8, 18))))
        others.append({"inc1": pick.choice(INCLUDES), "inc2": pick.choice(INCLUDES), "forward.alice": pick.choice(FORWARDS + [None] * 20), "forward.bob": pick.choice(FORWARDS + [None] * 20)})
    return tables, chosen, others


TABLES, CHOSEN, OTHERS = draw()


class RandomLocal(Recorder):
    area = "random"
    cost = 60
    main = "transport_maps = inline:{%s}\nrecipient_delimiter = +\nbounce_queue_lifetime = 0\nlocal_recipient_maps =\nsmtpd_reject_unlisted_recipient = no\n" % ", ".join("{d%d.test = l%d:}" % (i, i) for i in range(SERVICES))

    def prepare(self):
        self.master = ""
        for number, chosen in enumerate(CHOSEN):
            out = self.out(number)
            settings = {"alias_maps": "hash:@ETC@/aliases%d" % number, "forward_path": out + "/forward.$user", **chosen}
            self.master += "l%d unix - n n - - local\n" % number + "".join("    -o {%s=%s}\n" % (k, v.replace("@OUT@", out)) for k, v in sorted(settings.items()))

    def out(self, number):
        return "/tmp/local-out/%d" % number

    def setup(self):
        os.umask(0o022)
        os.makedirs("/tmp/local-out", exist_ok=True)
        for number in range(SERVICES):
            out = self.out(number)
            os.system("rm -rf %s" % out)
            os.makedirs(out + "/spool")
            os.chmod(out, 0o777)
            os.chmod(out + "/spool", 0o777)
            self.inst.write("aliases%d" % number, TABLES[number].replace("@OUT@", out))
            self.inst.run("postalias", "hash:@ETC@/aliases%d" % number)
            for name, text in OTHERS[number].items():
                if text is None:
                    continue
                path = "%s/%s" % (out, name)
                with open(path, "w") as f:
                    f.write(text.replace("@OUT@", out).replace("@D", "@d%d.test" % number))
                user = pwd.getpwnam(name.split(".")[1]) if "." in name else None
                os.chmod(path, 0o644)
                if user:
                    os.chown(path, user.pw_uid, user.pw_gid)

    def test_names(self):
        pick = random.Random(SEED * 43 + 2)
        for number in range(SERVICES):
            for target in pick.sample(TARGETS, 12):
                self.ask(number, target)

    def written(self, number):
        found = {}
        roots = [self.out(number)] + [os.path.join(self.worker.home, user) for user in ("alice", "bob", "root", "carol")]
        for root in roots:
            for folder, _, names in os.walk(root):
                for name in names:
                    path = os.path.join(folder, name)
                    if re.search(r"/(inc[12]|forward\.\w+|\.bash\w*|\.profile)$", path):
                        continue
                    with open(path, "rb") as f:
                        text = f.read().decode("latin-1")
                    owner = os.stat(path)
                    shown = re.sub(r"/(new|cur|tmp)/.*", r"/\1/MSG", path.replace(root, "@" + os.path.basename(root) if root != self.out(number) else "@OUT"))
                    found.setdefault(shown, []).append([self.normal(text), owner.st_uid, owner.st_gid, oct(owner.st_mode & 0o777)])
                    os.unlink(path)
        return found

    def normal(self, text):
        text = self.clean(text)
        text = re.sub(r"\b(?=[A-F]*[0-9])[0-9A-F]{6,12}\b(?!@)", "QID", text)
        text = re.sub(r"\d{14}\.\w+@", "STAMP@", re.sub(r"\.P\d+\.", ".P.", text))
        text = re.sub(r"\w{3}, +\d+ \w{3} \d{4} \d\d:\d\d:\d\d \+0000 \(UTC\)", "DATE", text)
        text = re.sub(r"(?m)^From (\S+) .*", r"From \1 DATE", text)
        return re.sub(r"delay=[\d.]+, delays=[\d./]+|conn_use=\d+, |QID\.\d+/mx", "D", text)

    def ask(self, number, target):
        about = " ".join("%s=%s" % kv for kv in sorted(CHOSEN[number].items()))
        question = "%d %s | %s | %r | %r" % (SEED, target, about, TABLES[number], {k: v for k, v in OTHERS[number].items() if v is not None})
        since = self.inst.log_size()
        self.sink.reset()
        self.written(number)
        text = target if target.startswith('"') or " " not in target else '"%s"' % target
        reply = self.inst.send(sender="bob@y.test", rcpts=["%s@d%d.test" % (text, number)], body="text\n")
        self.record(question + " reply", self.normal(re.sub(r"queued as \w+", "queued", str(reply))))
        if reply.code != 250:
            return
        end, quiet, last = time.time() + 6, time.time(), -1
        while time.time() < end and time.time() < quiet + 0.4:
            size = self.inst.log_size()
            log = self.inst.log_text(since)
            open_ids = set(re.findall(r"/qmgr\[\d+\]: (\w+): from=", log)) - set(re.findall(r"/qmgr\[\d+\]: (\w+): removed", log)) - set(re.findall(r": (\w+): to=.*status=deferred", log))
            if size != last or (open_ids and time.time() < quiet + 3):
                if size != last:
                    quiet = time.time()
                last = size
            time.sleep(0.05)
        log = self.inst.log_text(since)
        ends = []
        for line in log.splitlines():
            m = re.search(r"/([\w-]+)\[\d+\]: (?:(\w+): )?(.*)", line)
            if m and (re.match(r"to=", m.group(3)) or m.group(2) in ("warning", "error", "fatal") or re.match(r"(warning|error|fatal)", m.group(3))):
                if "smtpd" not in m.group(1) and "master" not in m.group(1):
                    ends.append(m.group(1) + ": " + re.sub(r"relay=\S+,|, D|D, |pid \d+|\[\d+\]", "", self.normal(m.group(2) + ": " + m.group(3) if m.group(2) in ("warning", "error", "fatal") else m.group(3))))
        self.record(question + " log", sorted(set(ends)))
        self.record(question + " files", self.written(number))
        got = [[m.sender, sorted(m.rcpts), re.sub(r"(?s)^.*?\n\n|This is the mail system.*", "", "")] for m in self.sink.messages if m.sender]
        self.record(question + " sink", sorted(got))
        self.record(question + " notices", sorted([m.rcpts for m in self.sink.messages if not m.sender]))
        self.inst.purge()
