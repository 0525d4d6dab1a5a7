"""postsuper on queues in which odd things lie about."""
import os
import pwd
import socket
import time

from harness import Group


class OddQueues(Group):
    area = "queue"
    cost = 8

    def lines(self, result):
        """What a command said on standard error, without its name."""
        return [line.split(": ", 1)[-1] for line in result.err.splitlines()]

    def put(self, path, mode=0o700):
        """A file of the mail system's; its name gets its inode number where it says %s."""
        path = os.path.join(self.inst.queue_dir, path)
        self.make(os.path.dirname(path))
        open(path + ".new", "w").close()
        later = time.time() + 10000  # qmgr leaves it alone
        os.utime(path + ".new", (later, later))
        final = path.replace("%s", "%X" % os.stat(path + ".new").st_ino)
        os.rename(path + ".new", final)
        self.own(final, mode)
        return os.path.basename(final)

    def make(self, directory):
        if not os.path.isdir(directory):
            self.make(os.path.dirname(directory))
            os.mkdir(directory)
            self.own(directory, 0o700)

    def own(self, path, mode):
        owner = pwd.getpwnam(self.inst.suite.defaults["mail_owner"])
        os.chown(path, owner.pw_uid, owner.pw_gid)
        os.chmod(path, mode)

    def there(self, path):
        return os.path.lexists(os.path.join(self.inst.queue_dir, path))

    def drop(self, *paths):
        for path in paths:
            if self.there(path):
                os.unlink(os.path.join(self.inst.queue_dir, path))

    def test_all_do_not_mind_new_names(self):
        self.put("hold/1234500001")
        r = self.inst.run("postsuper", "-s", "-d", "ALL", "hold")
        lines = [line for line in self.lines(r) if "match its inode" not in line]
        self.eq((r.rc, lines),
                (0, ["Deleted: 1 message", "Renamed to match inode number: 1 message",
                     "warning: QUEUE FILE NAMES WERE CHANGED TO MATCH INODE NUMBERS"]), "postsuper")

    def test_stray_directories_go(self):
        for name in ("incoming/a/b", "hold/1/2", "incoming/foo"):
            self.make(os.path.join(self.inst.queue_dir, name))
        self.put("hold/1/2/1234500002")
        r = self.inst.run("postsuper", "-s", "hold", "incoming")
        self.eq(r.rc, 0, "exit status")
        self.eq([self.there(name) for name in ("incoming/a", "hold/1", "incoming/foo")], [False] * 3, "directories")
        self.eq(len(os.listdir(os.path.join(self.inst.queue_dir, "hold"))), 1, "messages")
        self.inst.run("postsuper", "-d", "ALL", "hold")

    def test_links_go(self):
        for name in ("hold/1234500003", "incoming/abc"):
            os.symlink("/etc/hostname", os.path.join(self.inst.queue_dir, name))
        r = self.inst.run("postsuper", "-s")
        self.eq((r.rc, r.err), (0, ""), "postsuper")
        self.eq([self.there(name) for name in ("hold/1234500003", "incoming/abc")], [False, False], "links")

    def test_sockets_are_no_messages(self):
        place = os.path.join(self.inst.queue_dir, "hold/1234500004")
        with socket.socket(socket.AF_UNIX) as s:
            here = os.getcwd()
            os.chdir(os.path.dirname(place))
            s.bind("1234500004")
            os.chdir(here)
        try:
            r = self.inst.run("postsuper", "-d", "1234500004")
            self.eq(r.rc, 0, "exit status")
            self.eq(self.lines(r)[-1], "Deleted: 0 messages", "summary")
            self.match(r"warning: hold/1234500004: uid 0: not a regular file$", r.err)
        finally:
            self.drop("hold/1234500004")

    def test_unready_files_are_renamed_too(self):
        self.put("hold/1234500005", 0o600)
        r = self.inst.run("postsuper", "-s", "hold")
        self.match("Renamed to match inode number: 1 message$", r.err)
        names = os.listdir(os.path.join(self.inst.queue_dir, "hold"))
        self.ok(names != ["1234500005"], "renamed", names)
        self.drop(*("hold/" + name for name in names))

    def test_unready_files_move_with_all(self):
        name = self.put("hold/12345%s", 0o600)
        for args, text in ((("-d", name), "Deleted: 0"), (("-e", "ALL"), "Force-expired: 0"),
                           (("-H", name), "Released from hold: 0"), (("-H", "ALL"), "Released from hold: 1"),
                           (("-h", "ALL"), "Placed on hold: 1")):
            r = self.inst.run("postsuper", *args)
            self.eq((r.rc, self.lines(r)[-1]), (0, "%s message%s" % (text, "" if text[-1] == "1" else "s")), args)
        self.drop("hold/" + name)

    def test_log_in_the_wrong_place_goes_with_its_message(self):
        self.put("deferred/1234500006")
        self.put("defer/1234500006", 0o600)
        self.eq(self.inst.run("postsuper", "-s").rc, 0, "exit status")
        found = {queue: [name for _, _, names in os.walk(os.path.join(self.inst.queue_dir, queue)) for name in names]
                 for queue in ("deferred", "defer")}
        self.eq(found["defer"], found["deferred"], "names")
        self.inst.run("postsuper", "-d", "ALL")

    def test_what_cannot_be_renamed(self):
        directory = os.path.join(self.inst.queue_dir, "deferred/1")
        self.make(directory)
        self.put("deferred/1/1234500007")
        os.chown(directory, 0, 0)
        os.chmod(directory, 0o755)
        try:
            r = self.inst.run("postsuper", "-s", "deferred")
            self.eq(r.rc, 1, "exit status")
            self.match("warning: OPERATION INCOMPLETE -- RERUN COMMAND TO FIX THE QUEUE FIRST$", r.err)
            r = self.inst.run("postsuper", "-d", "ALL", "deferred")
            self.eq(r.rc, 1, "exit status")
            self.match("remove file deferred/1/1234500007: Permission denied$", r.err)
        finally:
            self.own(directory, 0o700)
            self.inst.run("postsuper", "-d", "ALL", "deferred")

    def test_queue_that_is_missing(self):
        path = os.path.join(self.inst.queue_dir, "hold")
        os.rename(path, path + ".away")
        try:
            for args in (("-s",), ("-p",), ("-d", "ALL")):
                r = self.inst.run("postsuper", *args)
                self.eq(r.rc, 1, " ".join(args))
                self.match("open directory hold: No such file or directory", r.err)
        finally:
            os.rename(path + ".away", path)
