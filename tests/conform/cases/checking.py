"""`postfix check`: what it says of owners, modes and leftovers, and that it says nothing else."""
import os
import pwd

from harness import Group


class Check(Group):
    area = "checking"
    cost = 15

    def check(self, rc=0):
        self.since = self.inst.log_size()
        r = self.inst.run("postfix", "check")
        self.eq(r.rc, rc, "exit status (%s)" % r)
        return r

    def warned(self, regex):
        self.check()
        self.log(r"postfix/postfix-script\[\d+\]: warning: " + regex + "$")

    def undo(self, path, mode=None, uid=None):
        st = os.stat(path)
        return lambda: (os.chown(path, st.st_uid, st.st_gid),
                        os.chmod(path, st.st_mode & 0o7777))

    def test_silent_when_all_is_well(self):
        self.check()
        # The set-gid commands are what the machine has them to be.
        self.nolog(r"(warning: (?!not owned by group \S+: \S+/post(queue|drop)$|"
                   r"not set-gid)|error:|fatal:)")

    def test_running_or_not(self):
        self.check()
        self.inst.stop()
        try:
            self.check()
        finally:
            self.inst.start()

    def test_writable_main_cf(self):
        p = os.path.join(self.inst.etc, "main.cf")
        back = self.undo(p)
        os.chmod(p, 0o664)
        try:
            self.warned(r"group or other writable: %s/\./main\.cf" % self.inst.etc)
        finally:
            back()

    def test_config_file_of_somebody(self):
        p = os.path.join(self.inst.etc, "master.cf")
        back = self.undo(p)
        os.chown(p, pwd.getpwnam("alice").pw_uid, -1)
        try:
            self.warned(r"not owned by root: %s/\./master\.cf" % self.inst.etc)
        finally:
            back()

    def test_deep_in_the_config_directory(self):
        d = os.path.join(self.inst.etc, "deep", "er")
        os.makedirs(d)
        p = os.path.join(d, "file")
        open(p, "w").close()
        os.chmod(p, 0o666)
        try:
            self.warned(r"group or other writable: %s/\./deep/er/file"
                        % self.inst.etc)
        finally:
            os.unlink(p)
            os.removedirs(d)

    def test_link_to_elsewhere(self):
        p = os.path.join(self.inst.etc, "elsewhere")
        os.symlink("/etc/hostname", p)
        try:
            self.warned(r"symlink leaves directory: %s/\./elsewhere"
                        % self.inst.etc)
        finally:
            os.unlink(p)

    def test_link_inside(self):
        p = os.path.join(self.inst.etc, "inside")
        os.symlink("main.cf", p)
        try:
            self.check()
            self.nolog("symlink")
        finally:
            os.unlink(p)

    def test_queue_directory_writable(self):
        back = self.undo(self.inst.queue_dir)
        os.chmod(self.inst.queue_dir, 0o775)
        try:
            self.warned(r"group or other writable: %s/\." % self.inst.queue_dir)
        finally:
            back()

    def test_queue_directory_of_somebody(self):
        back = self.undo(self.inst.queue_dir)
        os.chown(self.inst.queue_dir, pwd.getpwnam("alice").pw_uid, -1)
        try:
            self.warned(r"not owned by root: %s/\." % self.inst.queue_dir)
        finally:
            back()

    def test_maildrop_of_another_group(self):
        p = os.path.join(self.inst.queue_dir, "maildrop")
        back = self.undo(p)
        os.chown(p, -1, pwd.getpwnam("alice").pw_gid)
        try:
            self.warned(r"not owned by group \S+: %s" % p)
        finally:
            back()

    def test_file_in_the_data_directory(self):
        p = os.path.join(self.inst.data_dir, "mine")
        open(p, "w").close()
        os.chmod(p, 0o666)
        try:
            self.warned(r"not owned by \S+: %s/\./mine" % self.inst.data_dir)
            self.log(r"warning: group or other writable: %s/\./mine$"
                     % self.inst.data_dir)
        finally:
            os.unlink(p)

    def test_stale_file_in_the_jail(self):
        d = os.path.join(self.inst.queue_dir, "etc")
        os.makedirs(d, exist_ok=True)
        p = os.path.join(d, "hosts")
        with open(p, "w") as f:
            f.write("stale\n")
        try:
            self.warned(r"%s and /etc/hosts differ" % p)
        finally:
            os.unlink(p)
            os.rmdir(d)

    def test_same_file_in_the_jail(self):
        d = os.path.join(self.inst.queue_dir, "etc")
        os.makedirs(d, exist_ok=True)
        p = os.path.join(d, "hosts")
        with open(p, "wb") as f:
            f.write(open("/etc/hosts", "rb").read())
        try:
            self.check()
            self.nolog("differ")
        finally:
            os.unlink(p)
            os.rmdir(d)

    def test_jail_of_somebody(self):
        d = os.path.join(self.inst.queue_dir, "lib")
        os.makedirs(d, exist_ok=True)
        os.chown(d, pwd.getpwnam("alice").pw_uid, -1)
        try:
            self.warned(r"not owned by root: %s/lib" % self.inst.queue_dir)
        finally:
            os.rmdir(d)

    def test_damaged_message(self):
        p = os.path.join(self.inst.queue_dir, "corrupt", "ABCDEF")
        open(p, "w").close()
        os.chown(p, os.stat(os.path.dirname(p)).st_uid, -1)
        try:
            self.warned(r"damaged message: corrupt/ABCDEF")
        finally:
            os.unlink(p)

    def test_missing_directory_is_made(self):
        p = os.path.join(self.inst.queue_dir, "trace")
        self.inst.stop()
        try:
            os.rmdir(p)
            self.check()
            self.ok(os.path.isdir(p), "directory is there again")
        finally:
            self.inst.start()

    def test_missing_master_cf(self):
        p = os.path.join(self.inst.etc, "master.cf")
        os.rename(p, p + ".away")
        try:
            self.check(rc=1)
            self.log(r"fatal: no %s file found$" % p)
        finally:
            os.rename(p + ".away", p)

    def test_no_postlog_service(self):
        p = os.path.join(self.inst.etc, "master.cf")
        text = open(p).read()
        with open(p, "w") as f:
            f.writelines(l for l in text.splitlines(True)
                         if not l.startswith("postlog"))
        try:
            self.check(rc=1)
            self.log(r"fatal: missing 'postlog' service in master\.cf")
        finally:
            with open(p, "w") as f:
                f.write(text)

    def test_status_and_check_with_c(self):
        r = self.inst.run("postfix", "-c", self.inst.etc, "check")
        self.eq(r.rc, 0, "exit status")

    def test_queue_file_with_a_wrong_name(self):
        t = self.token()
        q = self.sent(self.inst.send(rcpts="softfail@x.test", body=t))
        self.found(self.inst.wait_deferred(q), "deferred")
        self.inst.stop()
        try:
            d = os.path.join(self.inst.queue_dir, "deferred")
            for folder, _, names in os.walk(d):
                for name in names:
                    if name == q:
                        os.rename(os.path.join(folder, name),
                                  os.path.join(folder, "ABC" + name[3:]))
            self.check()
        finally:
            self.inst.start()
        self.inst.purge()
