"""postlock(1) and the files it is asked to lock: links, devices, directories."""
import os
import pwd

from harness import Group


class Locks(Group):
    area = "tools"
    main = ""

    def directory(self, name, owner="root", mode=0o755):
        path = os.path.join(self.inst.dir, name)
        os.mkdir(path)
        os.chown(path, pwd.getpwnam(owner).pw_uid, -1)
        os.chmod(path, mode)
        return path

    def lock(self, path, **kw):
        return self.inst.run("postlock", path, "echo", "locked", **kw)

    def refused(self, path, why, **kw):
        r = self.lock(path, **kw)
        self.eq(r.rc, 75, "exit status for %s" % path)
        self.ok(("open file %s: %s" % (path, why)) in r.err, "the reason is told: " + r.err)
        self.ok("locked" not in r.out, "the command has not run")

    def taken(self, path, **kw):
        r = self.lock(path, **kw)
        self.eq((r.rc, r.out), (0, "locked\n"), "the command runs with %s (%s)" % (path, r.err))

    def test_links(self):
        d = self.directory("links")
        for name in ("box", "mine"):
            open(os.path.join(d, name), "w").close()
        os.symlink("box", d + "/roots")
        os.symlink("box", d + "/bobs")
        os.lchown(d + "/bobs", pwd.getpwnam("bob").pw_uid, -1)
        os.symlink("nowhere", d + "/dangling")
        self.taken(d + "/roots")
        self.refused(d + "/bobs", "file is a symbolic link")
        self.refused(d + "/dangling", "cannot open file: No such file or directory")
        os.link(d + "/mine", d + "/second")
        self.refused(d + "/mine", "file has 2 hard links")
        self.ok(not os.path.exists(d + "/nowhere"), "nothing was made where the link leads")
        self.ok(not [n for n in os.listdir(d) if n.endswith(".lock")], "no lock file is left: %s" % os.listdir(d))

    def test_link_in_a_directory_of_others(self):
        d = self.directory("open", mode=0o777)
        open(d + "/box", "w").close()
        os.symlink("box", d + "/roots")
        self.refused(d + "/roots", "file is a symbolic link")
        d = self.directory("bobs", owner="bob")
        open(d + "/box", "w").close()
        os.symlink("box", d + "/roots")
        self.refused(d + "/roots", "file is a symbolic link")

    def test_devices_and_directories(self):
        d = self.directory("things")
        os.mkdir(d + "/sub")
        os.symlink("sub", d + "/link")
        os.symlink("/dev/null", d + "/null")
        self.refused(d + "/sub", "cannot open file: Is a directory")
        self.refused(d + "/link", "cannot open file: Is a directory")
        self.taken("/dev/null")
        self.taken(d + "/null")
        self.taken(d + "/new")
        self.eq(os.stat(d + "/new").st_mode & 0o777, 0o600, "mode of a new file")
        self.ok(not os.path.exists("/dev/null.lock"), "no lock file beside a device")
