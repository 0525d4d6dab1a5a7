"""A live spool and its tables swap between Debian's Postfix and us, both ways.

Debian's package is unpacked below the scratch directory and laid over /usr in a private mount namespace: nothing of
this machine changes.  Needs root and the package archive; skipped with the reason otherwise.
"""
import glob
import os
import re
import shutil
import subprocess
import sys

if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    sys.dont_write_bytecode = True

from harness import BUILD, Failure, Instance, NextHop, ROOT, Skip, until  # noqa: E402


def test_spool_and_tables_swap_both_ways(t):
    if not ROOT:
        raise Skip("needs root for a private mount namespace")
    if shutil.which("unshare") is None or shutil.which("apt-get") is None:
        raise Skip("needs unshare and apt-get")
    package = fetch_package()
    root = os.path.join(t.directory, "debian")
    subprocess.run(["dpkg", "-x", package, root], check=True)
    done = subprocess.run(["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable,
                           os.path.abspath(__file__), t.directory, root],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=300)
    if done.stdout.startswith("unshare: "):  # a chroot, or a container without the right
        raise Skip(done.stdout.splitlines()[0])
    if "cannot mount" in done.stdout:
        raise Skip("overlay mounts are not possible here")
    if done.returncode != 0:
        raise Failure(done.stdout[-6000:])


def fetch_package():
    """Debian's postfix package, kept below the build directory."""
    keep = os.path.join(BUILD, "debian-postfix")
    have = glob.glob(os.path.join(keep, "postfix_*.deb"))
    if not have:
        os.makedirs(keep, exist_ok=True)
        os.chmod(keep, 0o777)
        subprocess.run(["apt-get", "download", "postfix"], cwd=keep, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        have = glob.glob(os.path.join(keep, "postfix_*.deb"))
    if not have:
        raise Skip("Debian's postfix package cannot be had")
    return have[0]


# ---- inside the private namespace ----

def lay_over(lower, target, scratch):
    """Mounts an overlay on `target`: `lower` (if any) over what is there, changes into `scratch`."""
    upper, work = os.path.join(scratch, "upper"), os.path.join(scratch, "work")
    os.makedirs(upper)
    os.makedirs(work)
    os.chmod(upper, 0o755)
    lowers = ":".join([lower, target] if lower else [target])
    if subprocess.run(["mount", "-t", "overlay", "overlay", "-o",
                       "lowerdir=%s,upperdir=%s,workdir=%s" % (lowers, upper, work), target]).returncode != 0:
        sys.exit("cannot mount an overlay on " + target)


def add_accounts():
    def append(name, line):
        with open(name) as f:
            if re.search("^%s:" % line.split(":")[0], f.read(), re.M):
                return
        with open(name, "a") as f:
            f.write(line)
    append("/etc/passwd", "postfix:x:19001:19001::/nonexistent:/bin/false\n")
    append("/etc/group", "postfix:x:19001:\n")
    append("/etc/group", "postdrop:x:19002:\n")


class Debian:
    """Debian's Postfix on the spool of an instance of ours."""

    def __init__(self, ours, directory):
        self.ours = ours
        self.etc = os.path.join(directory, "debian-etc")
        os.makedirs(self.etc)
        with open(os.path.join(ours.etc, "main.cf")) as f:
            main = f.read()
        for name, value in (("command_directory", "/usr/sbin"), ("daemon_directory", "/usr/lib/postfix/sbin"),
                            ("sendmail_path", "/usr/sbin/sendmail"), ("mailq_path", "/usr/bin/mailq"),
                            ("newaliases_path", "/usr/bin/newaliases")):
            main = re.sub(r"(?m)^%s = .*$" % name, "%s = %s" % (name, value), main)
        main += "shlib_directory = /usr/lib/postfix\nmeta_directory = %s\n" % self.etc
        with open(os.path.join(self.etc, "main.cf"), "w") as f:
            f.write(main.replace(ours.etc + "/mailboxes", self.etc + "/mailboxes"))
        for name in ("master.cf", "mailboxes"):
            shutil.copy(os.path.join(ours.etc, name), self.etc)
        for name in ("postfix-files", "dynamicmaps.cf"):
            source = os.path.join(directory, "debian", "etc", "postfix", name)
            if os.path.exists(source):
                shutil.copy(source, self.etc)

    def run(self, name, *args, input=None, check=True):
        done = subprocess.run(["/usr/sbin/" + name] + list(args), env=dict(os.environ, MAIL_CONFIG=self.etc),
                              input=input, stdin=subprocess.DEVNULL if input is None else None,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
        if check and done.returncode != 0:
            raise Failure("Debian's %s %s: status %d: %s\n%s" % (name, " ".join(args), done.returncode, done.stdout,
                                                                 self.ours.log_text()[-3000:]))
        return done.stdout

    def start(self):
        self.run("postfix", "start")

    def stop(self):
        self.run("postfix", "stop")


class Hop(NextHop):
    """A next hop with DSN that is busy until told otherwise, and remembers MAIL and RCPT as they came."""

    def __init__(self):
        self.busy = True
        self.commands = []
        super().__init__(self.script)

    def script(self, verb, argument):
        if verb == "EHLO":
            return "250-hop.example.test\r\n250-8BITMIME\r\n250-DSN\r\n250 SIZE 0"
        if verb in ("MAIL", "RCPT"):
            self.commands.append(verb + " " + argument)
        return "451 4.3.0 not now" if verb == "RCPT" and self.busy else None


def fill(sender, ours, hop, prefix):
    """Leaves one message in each queue: deferred (with DSN attributes), hold, maildrop, and stops the sender."""
    hop.busy = True
    sender.start()
    ids = {}
    with ours.smtp() as smtp:
        smtp.ehlo()
        smtp.docmd("MAIL", "FROM:<me@example.test> RET=HDRS ENVID=env+2B1")
        smtp.docmd("RCPT", "TO:<dsn@elsewhere.example.test> NOTIFY=FAILURE,DELAY ORCPT=rfc822;orig@example.test")
        code, reply = smtp.data("Subject: %s-deferred\r\n\r\n8bit \xe9\r\n".encode("latin-1") % prefix.encode())
        assert code == 250, reply
        ids["deferred"] = reply.decode().split()[-1]
    ids["hold"] = ours.send(prefix + "-hold", to="held@elsewhere.example.test")
    ids["incoming"] = ours.send(prefix + "-incoming", to="new@elsewhere.example.test")
    for queue_id in ids.values():
        until(lambda: ours.queue_ids().get(queue_id) == "deferred", "%s to be deferred\n%s" %
              (queue_id, ours.log_text()[-3000:]))
    sender.run("postsuper", "-h", ids["hold"])
    sender.stop()
    # As if the sender had stopped between the message's arrival and its first attempt.
    found = glob.glob(os.path.join(ours.queue, "deferred", "*", ids["incoming"]))
    assert found, "a deferred file of " + ids["incoming"]
    os.rename(found[0], os.path.join(ours.queue, "incoming", ids["incoming"]))
    sender.run("sendmail", "-f", "me@example.test", "dropped@elsewhere.example.test",
               input="Subject: %s-maildrop\n\nhello\n" % prefix)
    queues = ours.queue_ids()
    assert queues.get(ids["deferred"]) == "deferred" and queues.get(ids["hold"]) == "hold", queues
    assert "maildrop" in queues.values() and queues.get(ids["incoming"]) == "incoming", queues
    return ids


def drain(receiver, ours, hop, prefix, ids):
    """The other suite delivers everything, the DSN attributes included."""
    hop.busy = False
    del hop.commands[:]
    receiver.start()
    shown = receiver.run("postqueue", "-p")
    assert ids["deferred"] in shown and ids["hold"] in shown, shown
    receiver.run("postsuper", "-H", ids["hold"])
    receiver.run("postqueue", "-f")
    for kind in ("deferred", "hold", "incoming", "maildrop"):
        hop.wait("%s-%s" % (prefix, kind))
    ours.wait_empty()
    text = "\n".join(hop.commands)
    for verb, words in (("MAIL FROM:<me@example.test>", ("RET=HDRS", "ENVID=env+2B1")),
                        ("RCPT TO:<dsn@elsewhere.example.test>",
                         ("NOTIFY=FAILURE,DELAY", "ORCPT=rfc822;orig@example.test"))):
        sent = [line.split() for line in text.splitlines() if line.startswith(verb)]
        assert any(set(words) <= set(line) for line in sent), text
    receiver.stop()


def tables(ours, debian, directory):
    """Files made by either postmap are read by the other."""
    source = os.path.join(directory, "table")
    with open(source, "w") as f:
        f.write("".join("Key%d value number %d\n" % (n, n) for n in range(500)))
    for kind in ("hash", "btree"):
        for maker, reader in ((ours, debian), (debian, ours)):
            maker.run("postmap", "%s:%s" % (kind, source))
            answer = reader.run("postmap", "-q", "key77", "%s:%s" % (kind, source)).strip()
            assert answer == "value number 77", (kind, answer)
    aliases = os.path.join(directory, "aliases")
    with open(aliases, "w") as f:
        f.write("postmaster: root\nList: a@example.test,\n b@example.test\n")
    for maker, reader in ((ours, debian), (debian, ours)):
        maker.run("postalias", "hash:" + aliases)
        answer = reader.run("postalias", "-q", "list", "hash:" + aliases).strip()
        assert answer == "a@example.test, b@example.test", answer


def inside(directory, root):
    lay_over(os.path.join(root, "usr"), "/usr", os.path.join(directory, "over-usr"))
    lay_over(None, "/etc", os.path.join(directory, "over-etc"))
    add_accounts()
    hop = Hop()
    ours = Instance(os.path.join(directory, "swap"), os.path.join(BUILD, "bin"), 20000 + os.getppid() % 9000,
                    "mail_owner = postfix\nsetgid_group = postdrop\nrelayhost = [127.0.0.1]:%d\n" % hop.port)
    shutil.chown(os.path.join(ours.directory, "data"), "postfix")
    debian = Debian(ours, directory)
    tables(ours, debian, directory)
    ids = fill(debian, ours, hop, "from-debian")
    drain(ours, ours, hop, "from-debian", ids)
    ids = fill(ours, ours, hop, "from-ours")
    drain(debian, ours, hop, "from-ours", ids)


if __name__ == "__main__":
    inside(sys.argv[1], sys.argv[2])
