"""What postconf says of configurations that nobody would write on purpose."""
import os

from harness import Group


class OddConfigurations(Group):
    area = "postconf"
    cost = 4

    def conf(self, main, master="smtp unix - - n - - smtp\n"):
        self.directory = os.path.join(self.inst.dir, "odd")
        os.makedirs(self.directory, exist_ok=True)
        for name, text in (("main.cf", "compatibility_level = 3.6\nmyhostname = a.test\n" + main), ("master.cf", master)):
            with open(os.path.join(self.directory, name), "w", encoding="utf-8", newline="") as f:
                f.write(text)

    def ask(self, *args):
        """Exit status and standard error, the latter without the name of the program and of our directory."""
        r = self.inst.run("postconf", "-c", self.directory, *args)
        name = self.inst.suite.cmd("postconf") + ": "
        lines = [line[len(name):] if line.startswith(name) else "?" + line for line in r.err.splitlines()]
        return r.rc, [line.replace(self.directory + "/", "") for line in lines], r.out

    def said(self, main, expected, *args, rc=0, master="smtp unix - - n - - smtp\n"):
        self.conf(main, master)
        status, lines, _ = self.ask(*args)
        self.eq((status, lines), (rc, expected), "%r %r %s" % (main, master, args))

    ERRORS = [
        ("${a?{x}y}", ['":" expected at: "...x}>>>y"']),
        ("${{a} == {b} ? {c} x}", ['":" expected at: "...c}>>>x"']),
        ("${{a} == {b} x}", ['"?" or ":" expected at: "...}>>>x"']),
        ("${{a} == {b} ? {c} : {d} e}", ['unexpected input at: "...d}>>>e"']),
        ("${{a} == b}", ['"{expression}" expected at: "...{a} ==>>> b"']),
        ("${{a} == }", ['"{expression}" expected at: "...{a} ==>>> "']),
        ("${{a} = {b}}", ['"==" or "!="" or "<"" or "<="" or ">="" or ">" expected at: "...a}>>>= {b}"']),
        ("${{a} === {b}}", ['"==" or "!="" or "<"" or "<="" or ">="" or ">" expected at: "...a}>>>=== {b}"']),
        ("${{a}}", ['"==" or "!="" or "<"" or "<="" or ">="" or ">" expected at: "...a}>>>"']),
        ("${abc def}", ['attribute name syntax error at: "...abc>>> def"']),
        ("$", ['empty macro name: "$"']),
        ("${{a == {b}", ['truncated macro reference: "${{a == {b}"']),
    ]

    def test_language(self):
        for text, problems in self.ERRORS:
            undefined = ["warning: main.cf: undefined parameter: a"] if text.startswith("${a?") else []
            told = ["warning: " + problem for problem in problems]
            self.said("myorigin = %s\n" % text, undefined + told + told + ["fatal: macro processing error"], "-n", rc=1)

    def test_language_of_what_is_not_used(self):
        self.said("u = ${a\n", ['warning: truncated macro reference: "${a"', "warning: main.cf: unused parameter: u=${a"], "-n")
        self.said("u = $u\n", [], "-n")
        self.said("u = $u\nmyorigin = $u\n", ['warning: unreasonable macro call nesting: "u"', "fatal: macro processing error"],
                  "-n", rc=1)
        self.said("mailbox_command = ${a\n", [], "-n")

    def test_language_in_master_cf(self):
        line = "smtp unix - - n - - smtp -o %s=${a\n"
        told = 'warning: truncated macro reference: "${a"'
        self.said("", [told, told, "fatal: macro processing error"], "-M", rc=1, master=line % "mydestination")
        self.said("", [told, "warning: master.cf: unused parameter: u=${a"], "-M", master=line % "u")

    def test_undefined_names_are_told_each_time(self):
        self.said("biff = $x $x\n", ["warning: main.cf: undefined parameter: x"] * 2, "biff")

    def test_undefined_names_of_a_service(self):
        master = "smtp unix - - n - - smtp -o biff=$x\nx unix - - n - - smtp -o x=1\n"
        self.said("", ["warning: master.cf: undefined parameter: x", "warning: master.cf: unused parameter: x=1"], "biff",
                  master=master)
        self.said("", ["warning: master.cf: undefined parameter: k"], "biff",
                  master="smtp unix - - n - - smtpd -o smtpd_restriction_classes=k\n")

    def test_braces_of_lists(self):
        for text, problems in (("{", ['missing \'}\' in "{"']), ("a{b", []), ("a, {b}c, {d", [
                'syntax error after \'}\' in "{b}c"', 'missing \'}\' in "{d"'])):
            self.said("header_checks = %s\n" % text, ["warning: main.cf: " + problem for problem in problems], "-n")
        self.said("u = {\nmyorigin = $u\n", ["warning: main.cf: missing '}' in \"{\""], "-n")
        self.said("", ["warning: master.cf:smtp/unix: missing '}' in \"{\""], "-n",
                  master="smtp unix - - n - - smtp -o header_checks={\n")

    def test_braces_of_options(self):
        line = "smtp unix - - n - - smtp -o %s\n"
        for text, problems in (("{ a }", ['missing \'=\' after attribute name: "a"']), ("a", []), ("=a", []),
                               ("{ = x }", ['missing attribute name: "= x"']), ("{}", ['missing attribute name: ""']),
                               ("{ a = b", ['missing \'}\' in "{ a = b"'])):
            self.conf("", line % text)
            _, lines, _ = self.ask("-n")
            self.eq([one for one in lines if "unused" not in one], ["warning: master.cf: " + problem for problem in problems], text)

    def test_a_dash_ends_the_options(self):
        self.conf("", "smtp unix - - n - - smtp - -o a=b\n")
        self.eq(self.ask("-P"), (0, [], ""), "no -o options")

    def test_words_with_braces_inside(self):
        self.conf("", "smtp unix - - n - - pipe argv={ b c } {e f}\n")
        self.eq(self.ask("-F", "smtp/unix/command")[2], "smtp/unix/command = pipe argv={ b c } {e f}\n", "command")

    def test_lines_are_shown_as_they_are(self):
        self.said("x:y \n", ["fatal: main.cf, line 3: missing '=' after attribute name: \"x:y \""], "-n", rc=1)
        self.said(" \n= x\n", ["fatal: main.cf, line 4: missing attribute name: \"= x\""], "-n", rc=1)
        self.said("", ['fatal: invalid chroot field "z" in "smtp\tunix - -  z  - -  smtp  -v "'.replace("\t", "?")], "-n", rc=1,
                  master="smtp\tunix - -  z  - -  smtp\n  -v \n")

    def test_mistakes_of_master_cf_come_first(self):
        for args in ("-M", "-F", "-P"):
            self.said("x\n", ['fatal: invalid type field "z" in "smtp z - - n - - smtp"'], args, rc=1,
                      master="smtp z - - n - - smtp\n")

    def test_interfaces(self):
        self.said("inet_interfaces = nosuch.invalid\n", ["fatal: config variable inet_interfaces: host not found: nosuch.invalid"],
                  "-h", "myorigin", rc=1)
        self.said("inet_interfaces = nosuch.invalid\nmynetworks = 127.0.0.1\n", [], "-h", "myorigin")
        self.said("inet_protocols = x\n", ['fatal: unknown inet_protocols value "x" in "x"'], "-h", "myorigin", rc=1)
        self.said("mynetworks_style = x\n", ['fatal: unknown mynetworks mask style value "x" in "x"'], "-n", rc=1)
        self.said("mynetworks_style = x\nmynetworks = 127.0.0.1\n", [], "-n")

    def test_edits_that_are_refused(self):
        for args, text in ((["-e", " "], 'missing attribute name: ""'),
                           (["-F", "smtp/unix/chroot = a b"], "-Fe does not accept whitespace in non-command field"),
                           (["-Fe", "nosuch/unix/type=a b"], "-Fe does not accept whitespace in non-command field")):
            self.said("", ["fatal: " + text], *args, rc=1)
