"""postmulti: instances made, taken in, named, grouped, chosen and removed.

A scenario is a list of steps on the instances of the default configuration
directory.  A step is what is typed, the exit status, and what the log then
says; "=> rows" is what `postmulti -l` shows afterwards, "name group enabled"
of each, a group or a name "-" being none.  @x is the configuration directory
of instance x, and +x all its directories.
"""
import os
import re
import shutil

from harness import Group

# One instance "a" of group "grp" and one "b" without a group.
MANAGED = "-e init; -e create -I postfix-a -G grp +a; -e create -I postfix-b +b"

SCENARIOS = {
    "usage": ("", """
| 1 | Specify exactly one of '-e', '-l', '-p', '-x'
-l -p | 1 | Specify exactly one of
-l -x | 1 | Specify exactly one of
-x | 1 | Command required with '-p' or '-x' option
-p | 1 | Command required with '-p' or '-x' option
-l x | 1 | Command not allowed with '-l'
-z | 1 |
-e | 1 |
-e foo | 1 | Invalid '-e' edit action 'foo'. Specify 'create', 'destroy'
-a -g x -l | 1 | no more than one of '-a', '-g', '-i'
-a -i x -l | 1 | no more than one of '-a', '-g', '-i'
-g x -i y -l | 1 | no more than one of '-a', '-g', '-i'
-l -i nosuch | 0 |
-l -g nosuch | 0 |
-p -i nosuch status | 1 | No matching instances
-x -g nosuch true | 1 | No matching instances
-l -I postfix-x | 1 | Cannot assign instance name or group without '-e assign'
-l -G x | 1 | Cannot assign instance name or group without '-e assign'
-p -I postfix-x status | 1 | Cannot assign instance name or group
-p -R status | 1 | preclude the use of '-R'
-e enable -R -i - | 1 | preclude the use of '-R'
-e create -a | 1 | Missing config_directory parameter value
-e create -g x | 1 | Missing config_directory parameter value
-e init x=y | 1 | Parameter overrides not valid with '-e init'
-e init -I postfix-x | 1 | Cannot assign instance name or group with '-e init'
-e init -G x | 1 | Cannot assign instance name or group with '-e init'
-x false | 1 |
-x /nosuch | 1 |
-p nosuch | 1 |
"""),
    "before-init": ("", """
-e create -I postfix-a +a | 1 | multi_instance_wrapper is empty, run 'postmulti -e init' first.
-e enable -i - | 1 | multi_instance_wrapper is empty
-e disable -i - | 1 | multi_instance_wrapper is empty
-e assign -i - -I postfix-a | 1 | multi_instance_wrapper is empty
-e assign -i - | 1 | Specify new instance name or group with '-e assign'
-e deport -i - | 1 | Cannot remove the primary instance
-e destroy -i - | 1 | Cannot remove the primary instance
-e destroy -i postfix-a | 1 | No instance named postfix-a
-e disable -i nosuch | 1 | No instance named nosuch
-e enable | 1 | Select an instance via '-i name'
"""),
    "create": ("-e init; -e create -I postfix-a -G grp +a", """
-l | 0 | => - - y, postfix-a grp n
-e create -I postfix-b config_directory=@a | 1 | new config_directory=.* is already in use by instance .*, config_directory=
-e create -I postfix-a +b | 1 | instance .*/b, multi_instance_name=postfix-a conflicts with instance .*/a, multi_instance_name=postfix-a
-e create -I postfix-b +b queue_directory=%a | 1 | instance .*/b, queue_directory=.* conflicts with instance .*/a, queue_directory=
-e create -I postfix-b +b data_directory=%a | 1 | instance .*/b, data_directory=.* conflicts with instance .*/a, queue_directory=
-e create -I b +b | 1 | New instance name must start with 'postfix-'
-e create -I postfix;b +b | 1 | Unsafe characters in new instance name: 'postfix;b'
-e create -I postfix-b -G a;b +b | 1 | Unsafe characters in '-G a;b'
-e create -I postfix-b nosuch=x | 1 | Parameter 'nosuch' not valid with action create
-e create -I postfix-b x | 1 | Malformed parameter setting 'x'
-e create -I postfix-b config_directory=rel | 1 | Parameter setting 'config_directory' is not an absolute path
-e create -G grp | 1 | Missing config_directory parameter value
-e create -I - -G x | 1 | Missing config_directory parameter value
-e create -I postfix-j -i - +j | 1 | No matching secondary instances
-e create -I postfix-j -g nosuch +j | 1 | No matching secondary instances
-l | 0 | => - - y, postfix-a grp n
-e create -I postfix-b -G - +b | 0 | => - - y, postfix-a grp n, postfix-b - n
"""),
    "place-in-the-list": ("-e init; -e create -I postfix-a -G grp +a", """
-e create -i postfix-a -I postfix-b +b | 0 | => - - y, postfix-b - n, postfix-a grp n
-e create -I - +c | 0 | => - - y, postfix-b - n, postfix-a grp n, - - n
-e create -a -I postfix-h +h | 0 | => - - y, postfix-h - n, postfix-b - n, postfix-a grp n, - - n
-e create -g grp -I postfix-i +i | 0 | => - - y, postfix-h - n, postfix-b - n, postfix-i - n, postfix-a grp n, - - n
-e create +d | 0 | => - - y, postfix-h - n, postfix-b - n, postfix-i - n, postfix-a grp n, - - n, - - n
"""),
    "names-and-groups": (MANAGED, """
-e assign -i postfix-a -I postfix-z | 0 | => - - y, postfix-z grp n, postfix-b - n
-e assign -i postfix-z -G other | 0 | => - - y, postfix-z other n, postfix-b - n
-e assign -i postfix-z -I - | 0 | => - - y, - other n, postfix-b - n
-e assign -i @a -I postfix-a | 0 | => - - y, postfix-a other n, postfix-b - n
-e assign -i postfix-a -I postfix-b | 1 | instance .*/a, multi_instance_name=postfix-b conflicts with instance .*/b, multi_instance_name=postfix-b
-e assign -i postfix-a -I bad | 1 | New instance name must start with 'postfix-'
-e assign -i postfix-a -G - | 0 | => - - y, postfix-a - n, postfix-b - n
-e assign -i postfix-a | 1 | Specify new instance name or group with '-e assign'
-e assign -i postfix-a -I postfix-a -G grp | 0 | => - - y, postfix-a grp n, postfix-b - n
-e assign -i - -I postfix-prime -G one | 0 | => postfix-prime one y, postfix-a grp n, postfix-b - n
-e assign -i - -G grp | 0 | => postfix-prime grp y, postfix-a grp n, postfix-b - n
-e assign -i postfix-prime -I - -G - | 0 | => - - y, postfix-a grp n, postfix-b - n
-e assign -a -G all | 1 | Select an instance via '-i name'
-e assign -g grp -G x | 1 | Select an instance via '-i name'
-e assign -i postfix-a -G a;b | 1 | Unsafe characters in '-G a;b'
-e assign -i nosuch -G x | 1 | No instance named nosuch
-l | 0 | => - - y, postfix-a grp n, postfix-b - n
"""),
    "enable-and-destroy": (MANAGED, """
-e enable -i postfix-a | 0 | => - - y, postfix-a grp y, postfix-b - n
-e enable -i postfix-a | 0 | => - - y, postfix-a grp y, postfix-b - n
-e destroy -i postfix-a | 1 | Cannot remove enabled instances
-e deport -i postfix-a | 1 | Cannot remove enabled instances
-e disable -i postfix-a | 0 | => - - y, postfix-a grp n, postfix-b - n
-e enable -g grp | 1 | Select an instance via '-i name'
-e enable -a | 1 | Select an instance via '-i name'
-e enable -i postfix-a x=y | 1 | Parameter overrides not valid with '-e enable'
-e enable -i postfix-b -G x | 1 | Cannot assign instance name or group with '-e enable'
-e disable -i postfix-a -I postfix-x | 1 | Cannot assign instance name or group with '-e disable'
-e destroy | 1 | Select an instance via '-i name'
-e destroy -a | 1 | Select an instance via '-i name'
-e destroy -i - | 1 | Cannot remove the primary instance
-e destroy -i postfix-b | 0 | => - - y, postfix-a grp n
-e disable -i - | 0 | => - - n, postfix-a grp n
-e enable -i - | 1 | multi_instance_enable!=yes, run 'postmulti -e init' first.
-e destroy -i postfix-a | 1 | multi_instance_enable!=yes, run 'postmulti -e init' first.
-e init | 0 | => - - y, postfix-a grp n
-e destroy -i @a | 0 | => - - y
"""),
    "deport-and-import": (MANAGED, """
-e deport -i postfix-a | 0 | => - - y, postfix-b - n
-e import -I postfix-z config_directory=@a | 0 | => - - y, postfix-b - n, postfix-z grp n
-e deport -i postfix-z | 0 | => - - y, postfix-b - n
-e import config_directory=@a | 0 | => - - y, postfix-b - n, postfix-z grp n
-e deport -i @a | 0 | => - - y, postfix-b - n
-e import -i postfix-b -I postfix-c -G new config_directory=@a | 0 | => - - y, postfix-c new n, postfix-b - n
-e import -I postfix-c config_directory=@a | 1 | new config_directory=.* is already in use
-e import config_directory=/nosuch | 1 | Failed to obtain all required /nosuch/main.cf parameters
-e import -I postfix-q | 1 | Failed to obtain all required .*/main.cf parameters
-e import +d | 1 | Parameter '(queue|data)_directory' not valid with action import
-e import | 1 | Missing config_directory parameter value
-l | 0 | => - - y, postfix-c new n, postfix-b - n
"""),
}


class Multi(Group):
    area = "postmulti"
    cost = 60
    timeout = 120
    daemon = False
    sink = False

    def setup(self):
        self.home = self.worker.default_config
        meta = self.inst.suite.defaults["meta_directory"]
        self.master = "\n".join(self.inst.master.values()) + "\n"
        for name, text in (("main.cf.proto", "compatibility_level = 3.6\n"),
                           ("master.cf.proto", self.master)):
            path = os.path.join(meta, name)
            if not os.path.exists(path):
                with open(path, "w") as f:
                    f.write(text)
        self.saved = {}
        for name in ("main.cf", "master.cf"):
            with open(os.path.join(self.home, name)) as f:
                self.saved[name] = f.read()

    def teardown(self):
        for name, text in self.saved.items():
            self.put(name, text)

    def put(self, name, text):
        with open(os.path.join(self.home, name), "w") as f:
            f.write(text)

    def run_case(self, name):
        shutil.rmtree(self.path("p"), ignore_errors=True)
        for d in ("queue", "data", "etc"):
            os.makedirs(self.path("p", d))
        owner = os.stat(self.inst.data_dir)
        os.chown(self.path("p", "data"), owner.st_uid, owner.st_gid)
        self.log_file = self.path("p", "maillog")
        self.put("main.cf", "".join(
            "%s = %s\n" % kv for kv in self.inst.main.items()
        ).replace(self.inst.dir, self.path("p")))
        self.put("master.cf", self.master)
        super().run_case(name)

    def words(self, text):
        """What is typed: +a, @a and %a are places of instance a."""
        given = []
        for word in text.split():
            if re.match(r"\+\w$", word):
                given += ["config_directory=@" + word[1],
                          "queue_directory=%" + word[1],
                          "data_directory=" + self.path("p", "d" + word[1])]
            else:
                given.append(word)
        given = [re.sub(r"@(\w)$", lambda m: self.path("p", "etc", m[1]), w)
                 for w in given]
        given = [re.sub(r"%(\w)$", lambda m: self.path("p", "q" + m[1]), w)
                 for w in given]
        last = {}       # of two settings of one place the later counts
        for i, word in enumerate(given):
            last[word.split("=")[0] if "_directory=" in word else i] = word
        return list(last.values())

    def pm(self, *args):
        """The result, and what it added to the log."""
        before = os.path.getsize(self.log_file) if os.path.exists(
            self.log_file) else 0
        r = self.inst.run("postmulti", *args, env={"MAIL_CONFIG": None},
                          timeout=60)
        log = ""
        if os.path.exists(self.log_file):
            with open(self.log_file) as f:
                f.seek(before)
                log = f.read()
        return r, r.both + log

    def do(self, text):
        r, said = self.pm(*self.words(text))
        self.eq(r.rc, 0, "exit status of %s (%s)" % (text, said))
        return r.out

    def listed(self):
        rows = []
        for line in self.do("-l").splitlines():
            rows.append(" ".join(line.split()[:3]))
        return rows

    def play(self, before, steps):
        for text in before.split("; "):
            if text:
                self.do(text)
        for step in steps.strip().splitlines():
            typed, status, rest = (x.strip() for x in step.split("|", 2))
            r, said = self.pm(*self.words(typed))
            self.eq(r.rc, int(status), "exit status of postmulti %s (%s)"
                    % (typed, said))
            regex, _, rows = rest.partition("=> ")
            if regex.strip():
                self.match(regex.strip(), said, typed)
            if rows:
                self.eq(self.listed(), rows.split(", "), "list after " + typed)

    def conf(self, name, *parameters):
        r = self.inst.run("postconf", "-c", self.path("p", "etc", name),
                          "-h", *parameters, env={"MAIL_CONFIG": None})
        return r.out.splitlines()

    def test_columns(self):
        self.do("-e init")
        self.do("-e create -I postfix-a -G grp +a")
        self.eq(self.do("-l"),
                "-               -               y         %s\n"
                "postfix-a       grp             n         %s\n"
                % (self.home, self.path("p", "etc", "a")), "list")

    def test_init(self):
        for _ in range(2):
            self.do("-e init")
            with open(os.path.join(self.home, "main.cf")) as f:
                text = f.read()
            for line in ("multi_instance_wrapper = ${command_directory}/"
                         "postmulti -p --", "multi_instance_enable = yes"):
                self.eq(text.splitlines().count(line), 1, line)

    def test_what_create_makes(self):
        self.do("-e init")
        self.do("-e create -I postfix-a -G grp +a")
        self.eq(self.conf("a", "multi_instance_name", "multi_instance_group",
                          "multi_instance_enable", "queue_directory",
                          "data_directory", "master_service_disable",
                          "authorized_submit_users"),
                ["postfix-a", "grp", "no", self.path("p", "qa"),
                 self.path("p", "da"), "inet", ""], "settings")
        owner = os.stat(self.inst.data_dir).st_uid
        for name, mode, uid in (
                ("etc/a", 0o755, 0), ("qa", 0o755, 0), ("da", 0o700, owner),
                ("qa/incoming", 0o700, owner), ("qa/active", 0o700, owner),
                ("qa/deferred", 0o700, owner), ("qa/hold", 0o700, owner),
                ("qa/private", 0o700, owner), ("qa/public", 0o710, owner),
                ("qa/maildrop", 0o730, owner), ("qa/pid", 0o755, 0)):
            st = os.stat(self.path("p", *name.split("/")))
            self.eq((st.st_mode & 0o7777, st.st_uid), (mode, uid), name)
        for name in ("incoming", "deferred", "private"):
            self.eq(os.stat(self.path("p", "qa", name)).st_gid, 0,
                    "group of " + name)

    def test_destroy_leaves_foreign_files(self):
        self.do("-e init")
        self.do("-e create -I postfix-a +a")
        extra = self.path("p", "etc", "a", "extra")
        open(extra, "w").close()
        _, said = self.pm("-e", "destroy", "-i", "postfix-a")
        self.match("warning: .*/a: please verify contents and remove by hand",
                   said)
        self.eq(os.listdir(os.path.dirname(extra)), ["extra"], "left")
        self.ok(not os.path.exists(self.path("p", "qa")), "queue is gone")
        self.ok(not os.path.exists(self.path("p", "da")), "data is gone")

    def test_destroy_removes_all(self):
        self.do("-e init")
        self.do("-e create -I postfix-a +a")
        self.do("-e destroy -i postfix-a")
        for name in ("etc/a", "qa", "da"):
            self.ok(not os.path.exists(self.path("p", *name.split("/"))),
                    name + " is gone")

    def test_commands(self):
        for step in (MANAGED + "; -e create -I postfix-c -G grp +c; "
                     "-e enable -i postfix-a").split("; "):
            self.do(step)
        name = "-x postconf -h multi_instance_name"
        for typed, lines in (
                (name, ["", "postfix-a", "postfix-b", "postfix-c"]),
                ("-a " + name, ["", "postfix-a", "postfix-b", "postfix-c"]),
                ("-R " + name, ["postfix-c", "postfix-b", "postfix-a", ""]),
                ("-g grp " + name, ["postfix-a", "postfix-c"]),
                ("-R -g grp " + name, ["postfix-c", "postfix-a"]),
                ("-i postfix-b " + name, ["postfix-b"]),
                ("-i - " + name, [""]),
                ("-i @b " + name, ["postfix-b"])):
            self.eq(self.do(typed).splitlines(), lines, typed)
        for typed, names in (("-l -R", "c b a -"), ("-l -g grp", "a c"),
                             ("-l -g grp -R", "c a"), ("-l -i postfix-b", "b"),
                             ("-l -g nosuch", ""), ("-l -i -", "-")):
            self.eq([line.split()[0].replace("postfix-", "") for line in
                     self.do(typed).splitlines()], names.split(), typed)

    def test_environment(self):
        for step in MANAGED.split("; "):
            self.do(step)
        r, _ = self.pm("-i", "postfix-a", "-x", "sh", "-c",
                       "echo $MAIL_CONFIG $config_directory $queue_directory "
                       "$data_directory $multi_instance_name "
                       "$multi_instance_group $multi_instance_enable")
        a = self.path("p", "etc", "a")
        self.eq(r.out.split(), [a, a, self.path("p", "qa"),
                                self.path("p", "da"), "postfix-a", "grp",
                                "no"], "environment")

    def test_status_of_commands(self):
        for step in MANAGED.split("; "):
            self.do(step)
        self.do("-e enable -i postfix-a")
        for args, status in (
                (["-x", "true"], 0),
                (["-x", "sh", "-c",
                  "case $MAIL_CONFIG in */a) exit 3;; esac"], 1),
                (["-i", "postfix-a", "-x", "sh", "-c", "exit 4"], 1),
                (["-p", "status"], 1), (["-p", "-i", "postfix-b", "start"], 0),
                (["-p", "-i", "postfix-b", "reload"], 1),
                (["-p", "-i", "postfix-b", "flush"], 1),
                (["-p", "-i", "postfix-b", "stop"], 1)):
            r, said = self.pm(*args)
            self.eq(r.rc, status, "exit status of %s (%s)" % (args, said))
        r, _ = self.pm("-x", "sh", "-c", "echo $multi_instance_name; exit 1")
        self.eq(r.out, "\npostfix-a\npostfix-b\n", "all are run")

    def test_disabled_instances_are_only_checked(self):
        for step in MANAGED.split("; "):
            self.do(step)
        self.do("-p -i postfix-b start")
        self.ok(not os.path.exists(self.path("p", "qb", "pid", "master.pid")),
                "not started")

    def test_conflicts_in_the_files(self):
        for step in MANAGED.split("; "):
            self.do(step)
        path = os.path.join(self.home, "main.cf")
        with open(path) as f:
            base = f.read()
        for line, status, regex in (
                ("multi_instance_directories = /nosuch", 1,
                 "Failed to obtain all required /nosuch/main.cf parameters"),
                ("multi_instance_name = postfix-a", 1,
                 "instance .*/a, multi_instance_name=postfix-a conflicts with "
                 "instance .*, multi_instance_name=postfix-a"),
                ("multi_instance_name = foo", 0, ""),
                ("multi_instance_enable = no", 0, ""),
                ("multi_instance_enable = maybe", 1, ""),
                ("multi_instance_wrapper =", 0, ""),
                ("multi_instance_group = g", 0, "")):
            name = line.split(" =")[0]
            self.put("main.cf", "".join(
                l for l in base.splitlines(True)
                if not l.startswith(name + " =")) + line + "\n")
            r, said = self.pm("-l")
            self.eq(r.rc, status, "exit status with %s (%s)" % (line, said))
            if regex:
                self.match(regex, said)
            if "= no" in line:
                self.match(r"^-\s+-\s+n\s", r.out)


def scenario(before, steps):
    return lambda self: self.play(before, steps)


for _name, (_before, _steps) in SCENARIOS.items():
    setattr(Multi, "test_" + _name.replace("-", "_"),
            scenario(_before, _steps))
