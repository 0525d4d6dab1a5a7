"""Rows of what is typed: how the small commands end and what they say.

A row is a command line as a shell takes it, the exit status, and words of
what is printed (standard output or error) or, of postlog, logged.  @DIR@ and
@ETC@ are the instance's.
"""
import os
import pwd
import shlex
import socket
import stat
import threading
import time

from harness import Group

MSG = "Subject: x\n\nbody\n"

ROWS = {
    "postqueue": """
postqueue | 69 | usage: postqueue -f
postqueue -z | 69 | usage:
postqueue -p x | 69 | usage:
postqueue -j x | 69 | usage:
postqueue -s | 69 | usage:
postqueue -fp | 69 | usage:
postqueue -p -j | 69 | usage:
postqueue -p -p | 69 | usage:
postqueue -s x -i y | 69 | usage:
postqueue -i ../x | 69 | Cannot flush queue ID - invalid name: "../x"
postqueue -i '' | 69 | Cannot flush queue ID - invalid name: ""
postqueue -s '' | 69 | Cannot flush mail queue - invalid destination: ""
postqueue -s x.test | 69 | Flush service is not configured for destination "x.test"
postqueue -s [192.0.2.1] | 69 | Flush service is not configured for destination "[192.0.2.1]"
postqueue -s [example.net] | 69 | invalid destination: "[example.net]"
postqueue -s 'ex ample' | 69 | invalid destination: "ex ample"
postqueue -s example.net | 0 |
postqueue -s sub.example.net | 0 |
postqueue -i zzz | 0 |
postqueue -i 0 | 0 |
postqueue -c @ETC@ -p | 0 | Mail queue is empty
postqueue -c /nosuch -p | 69 | open /nosuch/main.cf: No such file
""",
    "postsuper": """
postsuper -z | 1 | usage: postsuper
postsuper -h | 1 | usage: postsuper
postsuper -d '' | 0 | invalid mail queue id: 
postsuper -d 'ABC DEF' | 0 | invalid mail queue id: ABC DEF
postsuper -d ../ABC | 0 | invalid mail queue id: ../ABC
postsuper -d ALL | 0 | Deleted: 0 messages
postsuper -d ALL deferred hold | 0 | Deleted: 0 messages
postsuper -d ALL defer | 0 | Deleted: 0 messages
postsuper -d ALL trace | 0 | Deleted: 0 messages
postsuper -d ALL nosuch | 1 | invalid directory name: nosuch
postsuper -h ALL | 0 | Placed on hold: 0 messages
postsuper -H ALL | 0 | Released from hold: 0 messages
postsuper -r ALL | 0 | Requeued: 0 messages
postsuper -e ALL | 0 | Force-expired: 0 messages
postsuper -f ALL | 0 | Force-expired: 0 messages
postsuper -p | 0 |
postsuper -ps | 0 |
postsuper -S | 0 |
postsuper -c @ETC@ | 0 |
postsuper -c /nosuch | 1 | open /nosuch/main.cf: No such file
postsuper x | 1 | invalid directory name: x
postsuper -s saved | 1 | invalid directory name: saved
postsuper -s pid | 1 | invalid directory name: pid
postsuper -p bounce | 0 |
postsuper -d ABCDEF0123 -h ABCDEF0124 -r ABCDEF0125 | 0 | Deleted: 0 messages
postsuper -d - -h - | 0 | Placed on hold: 0 messages
""",
    "postcat": """
postcat -z | 1 | usage: postcat
postcat -q nosuch | 1 | open queue file nosuch: No such file or directory
postcat -q ../x | 1 | bad mail queue ID: ../x
postcat -q ABC DEF | 1 | open queue file ABC: No such file or directory
postcat nosuch | 1 | open nosuch: No such file or directory
postcat /etc/passwd | 0 | /etc/passwd: input is not a valid queue file
""",
    "postlock": """
postlock -h | 75 | usage: postlock
postlock -l | 75 | usage:
postlock -c @ETC@ @DIR@/mb true | 0 |
postlock -l dotlock,flock @DIR@/mb echo x | 0 | x
postlock -l none @DIR@/mb true | 75 | unknown mailbox_delivery_lock value "none" in "none"
postlock @DIR@/mb sh -c 'exit 75' | 75 |
postlock @DIR@/mb sh -c 'kill -15 $$' | 1 |
postlock @DIR@ true | 75 | cannot open file: Is a directory
postlock @DIR@/new/x true | 75 | unable to create lock file @DIR@/new/x.lock: No such file
postlock @DIR@/mb /etc/passwd | 1 | execvp /etc/passwd: Permission denied
postlock @DIR@/mb sh -c 'echo out; echo err >&2; exit 2' | 2 | err
""",
    "postkick": """
postkick -h | 1 | usage: postkick
postkick pub/lic qmgr D | 1 | Cannot contact class pub/lic service qmgr
postkick '' qmgr D | 1 | Cannot contact class  service qmgr
postkick -c @ETC@ public qmgr IDFA | 0 |
postkick -v public pickup W | 0 |
postkick private rewrite x | 0 |
""",
    "newaliases-and-mailq": """
newaliases -C @ETC@ | 0 |
newaliases -oQ/tmp | 0 |
newaliases -bp | 0 | Mail queue is empty
newaliases -bs | 0 | 220 mx.example.test ESMTP
mailq -C @ETC@ | 0 | Mail queue is empty
mailq -oQ/tmp | 0 | Mail queue is empty
mailq -Ac | 0 | Mail queue is empty
mailq -bi | 0 |
mailq -q | 0 |
""",
    "sendmail-modes": """
sendmail -bv alice | 0 | Mail Delivery Status Report will be mailed to <root>.
sendmail -bv -f bob alice@x.test | 0 | Mail Delivery Status Report will be mailed to <bob>.
sendmail -bh x | 0 |
sendmail -bH x | 0 |
sendmail -bl x | 75 | daemon mode requires no recipient
sendmail -bd x | 75 | daemon mode requires no recipient
sendmail -bm -t alice | 0 |
sendmail -bD | 75 | unsupported: -bD
sendmail -q1h30m | 0 |
sendmail -qf | 75 | -qf is not implemented
sendmail -qSx | 75 | -qS is not implemented
sendmail -qp5m | 75 | -qp is not implemented
sendmail -q-5 | 75 | -q- is not implemented
sendmail -bs -v | 0 | 220 mx.example.test ESMTP
sendmail -bs -f a@b | 0 | 220 mx.example.test ESMTP
""",
    "sendmail-old-options": """
sendmail -oX alice | 0 |
sendmail -oem alice | 0 |
sendmail -oep alice | 0 |
sendmail -odi alice | 0 |
sendmail -odb alice | 0 |
sendmail -odq alice | 0 |
sendmail -oT alice | 0 |
sendmail -or1h alice | 0 |
sendmail -os alice | 0 |
sendmail -o alice | 75 | Recipient addresses must be specified
sendmail -Odelivery=x alice | 0 |
sendmail -OErrorMode=q alice | 0 |
sendmail -O DeliveryMode=b alice | 0 |
sendmail -O requiretls=yes alice | 0 |
sendmail -O smtputf8=yes alice | 0 |
sendmail -L x alice | 0 |
sendmail -hx alice | 0 |
sendmail -Am alice | 0 |
sendmail -Ac -i alice | 0 |
sendmail -tU alice | 0 |
sendmail -e m alice | 0 |
sendmail -em alice | 0 |
sendmail -C @ETC@/main.cf alice | 0 |
sendmail -C @ETC@ alice | 0 |
""",
    "sendmail-envelope": """
sendmail -B8BITMIME alice | 0 |
sendmail -B7BIT alice | 0 |
sendmail -B8bitmime alice | 75 | -B option needs 8BITMIME or 7BIT
sendmail -BBINARYMIME alice | 75 | -B option needs 8BITMIME or 7BIT
sendmail -fa@b.test alice | 0 |
sendmail '-f<a@b.test>' alice | 0 |
sendmail -f '<>' alice | 0 |
sendmail -r a alice | 0 |
sendmail -f a@ alice | 0 |
sendmail -f @b alice | 0 |
sendmail -f a,b alice | 0 | malformed sender: a,b
sendmail -f 'a (c)' alice | 0 |
sendmail -N success,failure,delay alice | 0 |
sendmail -N SUCCESS alice | 0 |
sendmail -Nnever alice | 0 |
sendmail -N '' alice | 0 | bad -N option value -- ignored
sendmail -R HDRS alice | 0 |
sendmail -Rhdrs alice | 0 |
sendmail -R '' alice | 0 | bad -R option value -- ignored
sendmail -Vfoo alice | 0 |
sendmail -V 'a b' alice | 0 |
sendmail -XV alice | 0 |
sendmail -XV+= alice | 0 |
sendmail -XVxx alice | 75 | requires two characters from -=+
sendmail -XX alice | 75 | unsupported: -XX
""",
    "sendmail-unknown-options": "".join(
        "sendmail -%s alice | 75 |\n" % c for c in "sMDulkjgzwaEJKPSWY"),
    "qshape": """
qshape -z | 255 |
qshape -b 3 | 0 | T  5 10 10+
qshape -t 1 | 0 | T  1  2  4  8 16 32 64 128 256 256+
qshape -l | 0 | T  5 10 15 20 25 30 35 40 45 45+
qshape -c @ETC@ | 0 | TOTAL
qshape -w 50 hold | 0 | TOTAL
qshape -n 1 -p -s | 0 | TOTAL
qshape -m 1 -N 5 incoming active maildrop | 0 | TOTAL
""",
    "smtp-source": """
smtp-source -h 127.0.0.1:25 | 1 | usage:
smtp-source -m 1 -n 5 127.0.0.1:25 | 1 | usage:
smtp-source -m 1 -F /nosuch 127.0.0.1:25 | 1 | open /nosuch: No such file
smtp-source -m 1 -r 0 127.0.0.1:25 | 1 | bad recipient count: 0
smtp-source -m 0 127.0.0.1:25 | 1 | bad message count: 0
smtp-source -s x 127.0.0.1:25 | 1 | bad session count: x
smtp-source -l 0 127.0.0.1:25 | 1 | bad message length: 0
smtp-source -m 1 -6 127.0.0.1:25 | 1 | Address family for hostname not supported
smtp-source -A -m 1 -t q@x.test 127.0.0.1:25 | 0 |
smtp-source -m 1 -4 -w 1 -T 1000 -t q@x.test 127.0.0.1:25 | 0 |
smtp-source -m 1 -R 1 -t q@x.test inet:127.0.0.1:25 | 0 |
smtp-source -m 1 -L -t q@x.test 127.0.0.1:25 | 1 | 500 5.5.2 Error: command not recognized
""",
    "posttls-finger": """
posttls-finger | 1 | usage: posttls-finger
posttls-finger -z | 1 | usage:
posttls-finger -h | 1 | usage:
posttls-finger -l x a.test | 1 | Invalid TLS level "x"
posttls-finger -a x [127.0.0.1]:25 | 1 | bad '-a' option value: x
posttls-finger -M 0 [127.0.0.1]:25 | 1 | bad '-M' option value: 0
posttls-finger -l none [127.0.0.1]:25 | 0 | Connected to 127.0.0.1[127.0.0.1]:25
posttls-finger -l none [127.0.0.1]:25 | 0 | < 220 mx.example.test ESMTP
posttls-finger -l none -a ipv4 [127.0.0.1]:25 | 0 | > EHLO mx.example.test
posttls-finger -l none [127.0.0.1]:25 | 0 | < 221 2.0.0 Bye
posttls-finger -c -l none [127.0.0.1]:25 | 0 |
posttls-finger -l none [127.0.0.1]:1 | 0 | connect to 127.0.0.1[127.0.0.1]:1: Connection refused
posttls-finger -S -l none unix:/nosuch | 0 | connect to mx.example.test[/nosuch]: No such file
posttls-finger nosuch.invalid | 0 | Host or domain name not found
""",
}


class Rows(Group):
    area = "commands"
    cost = 40
    main = """
fast_flush_domains = example.net
relay_domains = example.net
"""

    def teardown(self):
        self.inst.purge()

    def row(self, line):
        typed, status, words = line.split(" | ", 2) if line.count(
            " | ") > 1 else line.rstrip(" |").rsplit(" | ", 1) + [""]
        argv = shlex.split(typed.replace("@DIR@", self.inst.dir)
                           .replace("@ETC@", self.inst.etc))
        for _ in range(3):      # a receiver may hang up on postkick: SIGPIPE
            r = self.inst.run(*argv, input=MSG if argv[0] == "sendmail"
                              else "")
            if r.rc != -13:
                break
        self.eq(r.rc, int(status), "exit status of %s (%s)" % (typed, r))
        words = words.replace("@DIR@", self.inst.dir)
        if words.startswith("usage"):
            words = "usage"
            self.ok(words in r.both.lower(), typed, r)
        else:
            self.ok(words in r.both, "%s: %r" % (typed, words), r)


def case(text):
    def run(self):
        for line in text.strip("\n").splitlines():
            self.row(line)
        self.inst.purge()
    return run


for _name, _text in ROWS.items():
    setattr(Rows, "test_" + _name.replace("-", "_"), case(_text))


class Logged(Group):
    """What postlog writes, whatever it is given."""
    area = "commands"
    cost = 3
    sink = False

    def logged(self, args, line, input="", tag="postfix/postlog"):
        mark = self.inst.log_size()
        r = self.inst.run("postlog", *args, input=input)
        self.eq((r.rc, r.out, r.err), (0, "", ""), "postlog %r" % (args,))
        self.found(self.inst.wait_log(r" %s\[\d+\]: %s$" % (tag, line),
                                      since=mark), line)

    def test_priorities_in_any_case(self):
        for name, text in (("WARN", "warning: x"), ("Error", "error: x"),
                           ("INFO", "x")):
            self.logged(["-p", name, "x"], text)

    def test_tags(self):
        self.logged(["-t", "a/b", "x"], "x", tag="a/b")
        self.logged(["-t", "a b", "x"], "x", tag="a b")

    def test_empty_text(self):
        self.logged(["", "y"], " y")

    def test_lines(self):
        self.logged([], "b", input="a\n\na\nb")

    def test_configuration(self):
        self.logged(["-c", self.inst.etc + "/", "-p", "error", "x"],
                    "error: x")


class Permissions(Group):
    """postfix set-permissions mends what a copied spool has wrong."""
    area = "commands"
    cost = 10
    sink = False

    def setup(self):
        # what the stock list of files names besides
        meta = self.inst.suite.defaults["meta_directory"]
        for name in ("main.cf.proto", "master.cf.proto", "makedefs.out"):
            path = os.path.join(meta, name)
            if not os.path.exists(path):
                open(path, "w").close()

    def test_owners_of_messages(self):
        owner = os.stat(self.inst.data_dir).st_uid
        made = []
        for folder in ("deferred/A", "hold", "defer/B", "corrupt", "saved"):
            where = os.path.join(self.inst.queue_dir, folder)
            os.makedirs(where, exist_ok=True)
            path = os.path.join(where, "AB12345")
            with open(path, "w") as f:
                f.write("x")
            os.chmod(path, 0o640)
            os.chown(path, 20001, 20001)
            os.chown(where, 20001, 20001)
            os.chmod(where, 0o755)
            made.append(path)
        self.inst.run("postfix", "set-permissions", timeout=60)
        for path in made:
            for p in (path, os.path.dirname(path)):
                self.eq(os.stat(p).st_uid, owner, "owner of " + p)
            self.eq(stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode),
                    0o700, "mode of the directory of " + path)
            self.eq(stat.S_IMODE(os.stat(path).st_mode), 0o640,
                    "mode of " + path)
            os.unlink(path)

    def test_link_is_not_followed(self):
        target = self.path("elsewhere")
        open(target, "w").close()
        link = os.path.join(self.inst.queue_dir, "hold", "AB12345")
        os.symlink(target, link)
        self.inst.run("postfix", "set-permissions", timeout=60)
        self.eq(os.stat(target).st_uid, 0, "owner of the link's target")
        os.unlink(link)

    def test_missing_directories(self):
        for name in ("trace", "flush"):
            os.rename(os.path.join(self.inst.queue_dir, name),
                      self.path("away-" + name))
        r = self.inst.run("postfix", "post-install", "create-missing")
        self.eq(r.rc, 0, "exit status (%s)" % r)
        for name in ("trace", "flush"):
            self.eq(stat.S_IMODE(os.stat(os.path.join(
                self.inst.queue_dir, name)).st_mode), 0o700, name)

    def test_another_owner(self):
        active = os.path.join(self.inst.queue_dir, "active")
        before = os.stat(active).st_uid
        name = pwd.getpwuid(before).pw_name
        for owner, uid in (("vmail", pwd.getpwnam("vmail").pw_uid), (name, before)):
            r = self.inst.run("postfix", "set-permissions", "mail_owner=" + owner, timeout=60)
            self.eq(r.rc, 0, "exit status (%s)" % r)
            self.eq(self.inst.run("postconf", "-hn", "mail_owner").out, owner + "\n", "mail_owner")
            self.eq(os.stat(active).st_uid, uid, "owner of active")

    def test_words(self):
        for args, status in ((["set-permissions", "x"], 1),
                             (["upgrade-configuration", "x"], 1),
                             (["post-install", "x"], 1),
                             (["upgrade-configuration"], 0),
                             (["post-install"], 1), (["post-install", "status"], 1), (["first-install-reminder"], 1),
                             (["post-install", "upgrade-permissions"], 0),
                             (["post-install", "first-install-reminder"], 0),
                             (["post-install", "create-missing"], 0)):
            r = self.inst.run("postfix", *args)
            self.eq(r.rc, status, "exit status of %s (%s)" % (args, r))


class Source(Group):
    """What smtp-source says, line by line."""
    area = "commands"
    cost = 6
    daemon = False
    sink = False

    def said(self, *args, refuse=None):
        """What a server hears that takes all but lines with `refuse`."""
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(10)
        heard = []
        threading.Thread(target=self.serve, args=(listener, heard, refuse),
                         daemon=True).start()
        r = self.inst.run("smtp-source", "-M", "me.test", *args,
                          "127.0.0.1:%d" % listener.getsockname()[1])
        end = time.time() + 5
        while heard[-1:] not in (["QUIT"], ["gone"]) and time.time() < end:
            time.sleep(0.02)
        listener.close()
        return r, heard

    def serve(self, listener, heard, refuse):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self.converse(client, heard, refuse)

    def converse(self, client, heard, refuse):
        stream = client.makefile("rb")
        client.sendall(b"220 x ESMTP\r\n")
        data = False
        while True:
            try:
                line = stream.readline().decode().rstrip("\r\n")
            except OSError:
                line = ""
            if not line and not data:
                heard.append("gone")
                return
            heard.append(line)
            if data and line != ".":
                continue
            data = line == "DATA"
            bad = refuse and refuse in line
            client.sendall(b"354 go\r\n" if data else
                           b"550 no\r\n" if bad else b"250 ok\r\n")
            if line == "QUIT":
                client.close()
                return

    def envelope(self, heard):
        return [l for l in heard if l.split(":")[0].split(" ")[0] in (
            "HELO", "EHLO", "LHLO", "MAIL", "RCPT", "DATA", "RSET", "QUIT",
            ".", "gone")]

    def test_dialogue(self):
        one = ["MAIL FROM:<foo@me.test>", "RCPT TO:<foo@me.test>", "DATA",
               "."]
        for args, lines in (
                ([], ["HELO me.test"] + one + ["QUIT"]),
                (["-o"], one + ["QUIT"]),
                (["-L"], ["LHLO me.test"] + one + ["QUIT"]),
                (["-m", "2"], (["HELO me.test"] + one + ["QUIT"]) * 2),
                (["-m", "2", "-d"], ["HELO me.test"] + one * 2 + ["QUIT"])):
            r, heard = self.said(*args)
            self.eq((r.rc, self.envelope(heard)), (0, lines), args)

    def test_recipients(self):
        for args, names in (
                (["-r", "3"], ["3foo", "2foo", "foo"]),
                (["-N", "-r", "2", "-m", "2"],
                 ["1foo", "2foo", "3foo", "4foo"])):
            _, heard = self.said(*args)
            self.eq([l for l in heard if l.startswith("RCPT")],
                    ["RCPT TO:<%s@me.test>" % n for n in names], args)
            self.ok("To: <foo@me.test>" in heard, "To header", heard)

    def test_addresses(self):
        for args, line in ((["-f", ""], "MAIL FROM:<>"),
                           (["-f", "a@b"], "MAIL FROM:<a@b>"),
                           (["-t", ""], "RCPT TO:<>"),
                           (["-t", "c@d"], "RCPT TO:<c@d>")):
            _, heard = self.said(*args)
            self.ok(line in heard, line, heard)

    def test_content(self):
        _, heard = self.said("-l", "10", "-S", "subj")
        text = heard[heard.index("DATA") + 1:heard.index(".")]
        self.eq([l.split(":")[0] for l in text],
                ["From", "To", "Date", "Message-Id", "Subject", "",
                 "XXXXXXXXXX"], "message")
        _, heard = self.said("-o", "-l", "10")
        self.eq(heard[heard.index("DATA") + 1:heard.index(".")],
                ["XXXXXXXXXX"], "message without header")

    def test_file(self):
        path = self.path("message")
        with open(path, "w") as f:
            f.write("Subject: mine\n\n.dot\nx\n")
        _, heard = self.said("-F", path)
        self.eq(heard[heard.index("DATA") + 1:heard.index("DATA") + 5],
                ["Subject: mine", "", "..dot", "x"], "message")

    def test_refusals(self):
        r, heard = self.said("-t", "bad@x", refuse="bad")
        self.eq(r.rc, 1, "exit status (%s)" % r)
        self.match("550 no", r.err)
        r, heard = self.said("-A", "-t", "bad@x", refuse="bad")
        self.eq(r.rc, 0, "exit status (%s)" % r)
        self.eq(self.envelope(heard)[-3:],
                ["RCPT TO:<bad@x>", "RSET", "QUIT"], "after the refusal")

    def test_counts(self):
        r, _ = self.said("-c", "-m", "3")
        self.eq(r.out, "1\r2\r3\r\n", "output")

    def test_verbose(self):
        r, _ = self.said("-v")
        for words in ("<<< 220 x ESMTP", "HELO me.test", "<<< 250 ok",
                      "MAIL FROM:<foo@me.test>"):
            self.ok(words in r.err, words, r.err)
