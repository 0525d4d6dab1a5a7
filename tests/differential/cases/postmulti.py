"""postmulti: instances made, imported, named, grouped, chosen and removed."""
import os
import re
import shutil

from recorder import Recorder


class Multi(Recorder):
    """The instances are those of the default configuration directory."""
    area = "postmulti"
    daemon = False
    sink = False

    def setup(self):
        self.prime = self.worker.default_config
        for name in ("main.cf.proto", "master.cf.proto"):
            p = os.path.join(self.inst.suite.defaults["meta_directory"], name)
            if not os.path.exists(p):
                with open(p, "w") as f:
                    f.write("compatibility_level = 3.6\n" if name.startswith("main") else "\n".join(self.inst.master.values()) + "\n")
        self.saved = {n: open(os.path.join(self.prime, n)).read() for n in ("main.cf", "master.cf")}

    def teardown(self):
        for name, text in self.saved.items():
            with open(os.path.join(self.prime, name), "w") as f:
                f.write(text)

    def fresh(self):
        shutil.rmtree(self.path("p"), ignore_errors=True)
        self.main_cf("".join("%s = %s\n" % kv for kv in self.inst.main.items()).replace(self.inst.dir, self.path("p")))
        with open(os.path.join(self.prime, "master.cf"), "w") as f:
            f.write("\n".join(self.inst.master.values()) + "\n")
        for d in ("queue", "data"):
            os.makedirs(self.path("p", d))
        os.makedirs(self.path("p", "etc"))
        st = os.stat(self.inst.data_dir)
        os.chown(self.path("p", "data"), st.st_uid, st.st_gid)

    def main_cf(self, text):
        with open(os.path.join(self.prime, "main.cf"), "w") as f:
            f.write(text)

    def pm(self, *args, say=None):
        mark = self.log_size()
        r = self.inst.run("postmulti", *args, env={"MAIL_CONFIG": None}, timeout=60)
        self.record(say or " ".join(self.clean(a) for a in args), [r.rc, self.clean(r.out), self.log_since(mark)])
        return r

    def log_files(self):
        return [p for p in (self.inst.logfile, self.path("p", "maillog")) if os.path.exists(p)]

    def log_size(self):
        return {p: os.path.getsize(p) for p in self.log_files()}

    def log_since(self, mark):
        text = ""
        for p in self.log_files():
            with open(p) as f:
                f.seek(mark.get(p, 0))
                text += f.read()
        lines = [re.sub(r"^.*? mx (\S+)\[\d+\]: ", r"\1: ", line) for line in self.clean(text).splitlines()]
        return [line for line in lines if "postsuper" not in line]

    def place(self, name):
        return ("config_directory=" + self.path("p", "etc", name), "queue_directory=" + self.path("p", "q" + name),
                "data_directory=" + self.path("p", "d" + name))

    def tree(self, question, *names):
        lines = []
        for name in names:
            top = self.path("p", *name.split("/"))
            for folder, dirs, files in sorted(os.walk(top)):
                dirs.sort()
                for one in sorted(files) + [""]:
                    p = os.path.join(folder, one).rstrip("/")
                    st = os.stat(p)
                    lines.append("%s %o %d %d" % (self.clean(p), st.st_mode, st.st_uid, st.st_gid))
        self.record(question, lines)

    def conf(self, question, directory):
        p = os.path.join(directory, "main.cf")
        self.record(question, [l for l in self.clean(open(p).read()).splitlines() if l and l[0] != "#"] if os.path.exists(p) else None)

    def test_usage(self):
        self.fresh()
        for args in ([], ["-x"], ["-p"], ["-l", "x"], ["-l", "-p"], ["-l", "-x"], ["-z"], ["-e"], ["-e", "foo"], ["-a", "-g", "x", "-l"],
                     ["-a", "-i", "x", "-l"], ["-g", "x", "-i", "y", "-l"], ["-l", "-i", "nosuch"], ["-l", "-g", "nosuch"],
                     ["-p", "-i", "nosuch", "status"], ["-x", "-g", "nosuch", "true"], ["-l", "-I", "postfix-x"], ["-l", "-G", "x"],
                     ["-l", "-R"], ["-l", "-a"], ["-l", "-i", "-"], ["-l", "-i", self.prime], ["-x", "-i", "-", "echo", "hi"],
                     ["-p", "-I", "postfix-x", "status"], ["-e", "create", "-a"], ["-e", "create", "-g", "x"], ["-e", "enable", "-R", "-i", "-"],
                     ["-e", "init", "-i", "x"], ["-e", "init", "x=y"], ["-e", "init", "-I", "postfix-x"], ["-e", "init", "-a"], ["-e", "init", "-G", "x"],
                     ["-x", "false"], ["-x", "sh", "-c", "exit 7"], ["-x", "/nosuch"], ["-x", "nosuchcommand"], ["-p", "nosuch"], ["-p", "status"], ["-p", "stop"]):
            self.pm(*args)

    def test_before_init(self):
        for args in (["-e", "create", "-I", "postfix-a"], ["-e", "import", "-I", "postfix-a"], ["-e", "destroy", "-i", "postfix-a"],
                     ["-e", "enable", "-i", "-"], ["-e", "disable", "-i", "-"], ["-e", "assign", "-i", "-", "-I", "postfix-a"],
                     ["-e", "deport", "-i", "-"], ["-e", "enable"], ["-e", "assign", "-i", "-"], ["-e", "destroy", "-i", "-"], ["-e", "disable", "-i", "nosuch"]):
            self.fresh()
            self.pm(*args)
            self.conf("after " + " ".join(args), self.prime)

    def test_init(self):
        self.fresh()
        self.pm("-e", "init")
        self.conf("after init", self.prime)
        self.pm("-e", "init", say="again")
        self.conf("after init again", self.prime)
        self.pm("-l")

    def test_create(self):
        self.fresh()
        self.pm("-e", "init")
        self.pm("-e", "create", "-I", "postfix-a", "-G", "grp", *self.place("a"))
        self.pm("-l")
        self.conf("main.cf of a", self.path("p", "etc", "a"))
        self.conf("main.cf of primary", self.prime)
        self.tree("tree", "etc/a", "qa", "da")
        for args in (["-I", "postfix-a"], ["-I", "postfix-b", *self.place("a")], ["-I", "b", *self.place("b")],
                     ["-I", "postfix-b", "config_directory=" + self.path("p", "etc", "a")], ["-I", "postfix-b", "nosuch=x"], ["-I", "postfix-b", "x"],
                     ["-I", "postfix-b", self.place("b")[0], self.place("a")[1], self.place("b")[2]],
                     ["-I", "postfix-b", self.place("b")[0], self.place("b")[1], self.place("a")[2]],
                     ["-I", "postfix b", *self.place("b")], ["-I", "postfix-b;", *self.place("b")], ["-I", "postfix-b", "-G", "a b", *self.place("b")],
                     ["-I", "postfix-b", "config_directory=rel"], ["-i", "postfix-a", "-I", "postfix-b", *self.place("b")],
                     ["-G", "grp"], ["-I", "-", "-G", "x"], ["-I", "-", *self.place("c")], [*self.place("d")],
                     ["-I", "postfix-e", "-G", "-", *self.place("e")], ["-I", "", *self.place("f")], ["-I", "postfix-", *self.place("g")],
                     ["-I", "postfix-h", "-a", *self.place("h")], ["-I", "postfix-i", "-g", "grp", *self.place("i")], ["-I", "postfix-j", "-i", "-", *self.place("j")],
                     ["-I", "postfix-k", "data_directory=" + self.path("p", "dk"), "queue_directory=" + self.path("p", "qk")]):
            self.pm("-e", "create", *args)
            self.pm("-l", say="list after " + " ".join(self.clean(a) for a in args))
        for n in "cdefghijk":
            self.conf("main.cf of " + n, self.path("p", "etc", n))
        shutil.rmtree("/etc/postfix-k", ignore_errors=True)

    def test_names_and_groups(self):
        self.fresh()
        self.pm("-e", "init")
        for n in "ab":
            self.pm("-e", "create", "-I", "postfix-" + n, "-G", "grp", *self.place(n))
        for args in (["-i", "postfix-a", "-I", "postfix-z"], ["-i", "postfix-z", "-G", "other"], ["-i", "postfix-z", "-I", "-"], ["-i", self.path("p", "etc", "a"), "-I", "postfix-a"],
                     ["-i", "postfix-a", "-I", "postfix-b"], ["-i", "postfix-a", "-I", "bad"], ["-i", "postfix-a", "-G", "-"], ["-i", "postfix-a"],
                     ["-i", "postfix-a", "-I", "postfix-a"], ["-i", "postfix-a", "-I", "postfix-a", "-G", "grp"], ["-i", "-", "-I", "postfix-prime"], ["-i", "-", "-G", "grp"],
                     ["-i", "postfix-prime", "-I", "-"], ["-a", "-G", "all"], ["-g", "grp", "-G", "x"], ["-i", "postfix-a", "-G", "a b"], ["-i", "postfix-a", "x=y"],
                     ["-i", "nosuch", "-G", "x"], ["-G", "x"]):
            self.pm("-e", "assign", *args)
            self.pm("-l", say="list after assign " + " ".join(self.clean(a) for a in args))

    def test_enable(self):
        self.fresh()
        self.pm("-e", "init")
        for n in "ab":
            self.pm("-e", "create", "-I", "postfix-" + n, "-G", "grp", *self.place(n))
        for args in (["enable", "-i", "postfix-a"], ["enable", "-i", "postfix-a"], ["disable", "-i", "postfix-a"], ["enable", "-g", "grp"], ["enable", "-a"],
                     ["enable", "-i", "postfix-a"], ["destroy", "-i", "postfix-a"], ["deport", "-i", "postfix-a"], ["enable"], ["enable", "-i", "nosuch"], ["enable", "-i", "postfix-a", "x=y"], ["enable", "-i", "postfix-b", "-G", "x"],
                     ["disable", "-i", "postfix-a", "-I", "postfix-x"], ["destroy", "-i", "postfix-a"], ["deport", "-i", "-"], ["destroy", "-i", "-"], ["destroy"], ["destroy", "-a"],
                     ["destroy", "-g", "grp"], ["disable", "-i", "postfix-b"], ["destroy", "-i", "postfix-b"], ["destroy", "-i", "postfix-b"],
                     ["disable", "-i", "-"], ["enable", "-i", "-"], ["disable", "-i", "postfix-a"], ["destroy", "-i", "postfix-a"]):
            self.pm("-e", *args)
            self.pm("-l", say="list after " + " ".join(args))
        self.tree("after destroy", "etc/b", "qb", "db")
        self.conf("primary", self.prime)

    def test_destroy_with_leftovers(self):
        self.fresh()
        self.pm("-e", "init")
        for n in "ab":
            self.pm("-e", "create", "-I", "postfix-" + n, *self.place(n))
        with open(self.path("p", "etc", "a", "extra"), "w") as f:
            f.write("x\n")
        self.pm("-e", "destroy", "-i", "postfix-a")
        self.tree("after destroy", "etc/a", "qa", "da")
        with open(self.path("p", "qb", "hold", "ABCDEF"), "w") as f:
            f.write("x\n")
        self.pm("-e", "destroy", "-i", "postfix-b")
        self.tree("mail there", "etc/b", "qb", "db")
        self.pm("-l")

    def test_deport_and_import(self):
        self.fresh()
        self.pm("-e", "init")
        self.pm("-e", "create", "-I", "postfix-a", "-G", "grp", *self.place("a"))
        self.pm("-e", "deport", "-i", "postfix-a")
        self.conf("a", self.path("p", "etc", "a"))
        self.conf("primary", self.prime)
        self.pm("-l", say="list deported")
        for args in (["-I", "postfix-a", self.place("a")[0]], ["-I", "postfix-b", self.place("a")[0]], [self.place("a")[0]], ["-I", "postfix-a"],
                     ["config_directory=/nosuch"], ["-I", "postfix-c", "-G", "new", self.place("a")[0]], ["config_directory=" + self.prime]):
            self.pm("-e", "import", *args)
            self.pm("-l", say="list after import " + " ".join(self.clean(a) for a in args))
            self.conf("a after import " + " ".join(self.clean(a) for a in args), self.path("p", "etc", "a"))
            self.pm("-e", "deport", "-i", self.path("p", "etc", "a"), say="deport after " + " ".join(self.clean(a) for a in args))
        self.pm("-e", "import", *self.place("a"))
        self.pm("-l", say="list in the end")

    def test_commands(self):
        self.fresh()
        self.pm("-e", "init")
        for n in "abc":
            self.pm("-e", "create", "-I", "postfix-" + n, "-G", "ab" if n in "ab" else "c", *self.place(n))
        self.pm("-e", "enable", "-i", "postfix-a")
        for args in (["-l"], ["-l", "-R"], ["-l", "-g", "ab"], ["-l", "-g", "ab", "-R"], ["-l", "-i", "postfix-b"], ["-l", "-g", "c"], ["-l", "-g", "-"],
                     ["-x", "postconf", "-h", "multi_instance_name"], ["-R", "-x", "postconf", "-h", "multi_instance_name"], ["-g", "ab", "-x", "postconf", "-h", "multi_instance_name"],
                     ["-a", "-x", "sh", "-c", "echo $MAIL_CONFIG $multi_instance_name $multi_instance_group $multi_instance_enable $config_directory $queue_directory $data_directory $command_directory $daemon_directory"],
                     ["-x", "sh", "-c", 'case $MAIL_CONFIG in */b) exit 3;; esac; echo "$MAIL_CONFIG"'],
                     ["-x", "-i", "postfix-a", "sh", "-c", "exit 4"],
                     ["-x", "-i", "postfix-a", "sh", "-c", "kill -9 $$"],
                     ["-p", "status"], ["-p", "-i", "postfix-b", "status"], ["-p", "-g", "ab", "check"], ["-p", "check"], ["-p", "flush"], ["-p", "-i", "postfix-c", "flush"], ["-p", "reload"],
                     ["-p", "-i", "postfix-b", "start"], ["-p", "-i", "postfix-b", "reload"], ["-p", "-i", "postfix-b", "stop"]):
            self.pm(*args)

    def test_broken_instances(self):
        self.fresh()
        self.pm("-e", "init")
        for n in "ab":
            self.pm("-e", "create", "-I", "postfix-" + n, *self.place(n))
        base = open(os.path.join(self.prime, "main.cf")).read()
        for extra in ("multi_instance_directories = /nosuch", "multi_instance_directories = rel/ative", "multi_instance_directories = @P@/etc/a @P@/etc/a", "multi_instance_directories = @P@/etc/a, @P@/etc/b",
                      "multi_instance_directories = " + self.prime, "multi_instance_name = postfix-a", "multi_instance_name = foo", "multi_instance_enable = no", "multi_instance_enable = maybe",
                      "multi_instance_wrapper =", "multi_instance_group = g"):
            self.main_cf(base + extra.replace("@P@", self.path("p")) + "\n")
            self.pm("-l", say=self.clean(extra))
            self.pm("-p", "status", say="status " + self.clean(extra))
        self.main_cf(base)
        for what in ("multi_instance_name =", "multi_instance_name = foo", "multi_instance_name = postfix-b", "multi_instance_enable = x", "broken", "multi_instance_group = a b"):
            p = self.path("p", "etc", "a", "main.cf")
            text = open(p).read()
            with open(p, "a") as f:
                f.write(what + "\n")
            self.pm("-l", say="in a: " + what)
            with open(p, "w") as f:
                f.write(text)
