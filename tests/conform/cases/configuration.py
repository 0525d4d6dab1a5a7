"""postconf in its corners, and what programs say of a configuration."""
import os

from harness import Group

MASTER = """# head
smtp      inet  n       -       n       -       -       smtpd
  -o a=b
  -o { c = d e }
# middle
submission inet n - y - - smtpd
    -o syslog_name=postfix/submission -o smtpd_tls_security_level=encrypt
    # inside
    -o mynetworks=127.0.0.0/8
pickup    unix  n       -       y       60      1       pickup
smtp unix - - n - - smtp
relay     unix  -       -       y       -       -       smtp -o syslog_name=postfix/$service_name
127.0.0.1:10025 inet n - n - - smtpd -v -o content_filter= -o smtpd_helo_restrictions=
maildrop  unix  -       n       n       -       -       pipe
  flags=DRXhu user=vmail argv=/usr/bin/maildrop -d ${recipient}
"""


class Conf(Group):
    """A configuration directory that nobody runs."""
    area = "postconf"
    daemon = False
    sink = False
    cost = 3

    def pc(self, *args, **kw):
        return self.inst.run("postconf", *args, **kw)

    def conf(self, main, master=MASTER):
        self.inst.write("main.cf", main)
        self.inst.write("master.cf", master)

    def text(self, name):
        with open(os.path.join(self.inst.etc, name)) as f:
            return f.read()

    def good(self, *args):
        r = self.pc(*args)
        self.eq(r.rc, 0, "exit status of postconf %s (%s)"
                % (" ".join(args), r.err))
        return r

    def bad(self, regex, *args):
        r = self.pc(*args)
        self.eq(r.rc, 1, "exit status of postconf %s (%s%s)"
                % (" ".join(args), r.out, r.err))
        self.match(regex, r.err, "standard error")
        return r

    def warned(self, r):
        """The warnings, each once, without what is before them."""
        lines = []
        for line in r.err.splitlines():
            text = line.partition("warning: ")[2].replace(
                self.inst.etc + "/", "")
            if text and text not in lines:
                lines.append(text)
        return sorted(lines)


class Options(Conf):
    """Which options go together."""

    def setup(self):
        self.conf("myhostname = h.test\n")

    EXCLUSIVE = {
        "-aA": "specify one of -a -A", "-MP": "specify one of -M -P",
        "-FP": "specify one of -F -P", "-lm": "specify one of -l -m",
        "-pM": "specify one of -M -p", "-dn": "specify one of -d -n",
        "-de": "specify one of -d -e", "-eX": "specify one of -e -X",
        "-X#": "specify one of -X -#", "-nX": "specify one of -n -X",
        "-n#": "specify one of -n -#", "-x#": "specify one of -x -#",
        "-hH": "specify one of -h -H", "-tT": "specify one of -t -T",
        "-ad": "with option -a, do not specify -d",
        "-an": "with option -a, do not specify -n",
        "-mx": "with option -m, do not specify -x",
        "-bn": "with option -b, do not specify -n",
        "-Md": "with option -M, do not specify -d",
        "-Mn": "with option -M, do not specify -n",
        "-Mh": "with option -M, do not specify -h",
        "-Pn": "with option -P, do not specify -n",
        "-Fd": "with option -F, do not specify -d",
        "-FX": "with option -F, do not specify -X",
        "-P#": "with option -P, do not specify -#",
    }

    def test_exclusive_options(self):
        for options, text in self.EXCLUSIVE.items():
            args = [options] + (["run-version"] if "T" in options else [])
            self.bad("fatal: " + text, *args)

    EDITING = {"-h": "-e -h", "-H": "-e -H", "-f": "-e -f", "-x": "-e -x",
               "-n": "-e -n", "-d": "-d -e", "-X": "-e -X", "-#": "-e -#"}

    def test_editing_excludes_options_of_printing(self):
        for option, text in self.EDITING.items():
            self.bad("fatal: specify one of " + text + "$", option, "a=b")
        self.bad("specify one of -e -o$", "-o", "a=b", "c=d")
        self.eq(self.text("main.cf"), "myhostname = h.test\n", "main.cf")

    def test_only_the_first_argument_asks_for_editing(self):
        r = self.good("myhostname", "a=b")
        self.eq(r.out, "myhostname = h.test\n", "output")
        self.match("a=b: unknown parameter", r.err)
        self.bad("missing '=' after attribute name: \"myhostname\"",
                 "a=b", "myhostname")

    def test_unknown_option(self):
        self.bad("usage:", "-Z")
        self.bad("usage:", "--help")

    def test_class_names(self):
        self.bad('unknown -C option value: "foo"|'
                 'unknown -C option value "foo"', "-C", "foo")
        self.eq(self.good("-n", "-C", "user,service").out, "", "output")

    def test_overrides(self):
        self.eq(self.good("-o", "a = b c ", "-o", "myorigin=$a", "-hx",
                          "myorigin").out, "b c\n", "value")
        self.bad("invalid parameter override: bogus: missing '=' after "
                 "attribute name", "-o", "bogus", "-n")
        self.bad("specify one of -d -o", "-o", "a=b", "-d", "myorigin")

    def test_T_knows_its_modes(self):
        self.match(r"^OpenSSL ", self.good("-T", "compile-version").out)
        self.match(r"^OpenSSL ", self.good("-T", "run-version").out)
        self.match(r"(?i)rsa", self.good("-T", "public-key-algorithms").out)
        self.ok(self.pc("-T", "foo").rc != 0, "exit status")

    def test_missing_directory(self):
        d = self.path("nowhere")
        self.bad("open .*nowhere/main.cf: No such file", "-c", d, "-n")
        self.bad("open .*nowhere/master.cf: No such file", "-c", d, "-M")
        r = self.good("-c", d, "-d", "hopcount_limit")
        self.eq(r.out, "hopcount_limit = 50\n", "output")

    def test_missing_template(self):
        self.bad("open nosuch: No such file", "-b", "nosuch")
        self.bad("open nosuch: No such file", "-t", "nosuch")


class MainSyntax(Conf):
    """main.cf as text."""
    cost = 6

    def test_line_that_continues_nothing(self):
        self.conf("  lost = 1\nmyorigin = a\n  b\n")
        r = self.good("-n", "myorigin")
        self.eq(r.out, "myorigin = a b\n", "output")
        self.match('main.cf: logical line must not start with whitespace: '
                   '"  lost = 1"', r.err)
        self.match("unknown parameter", self.good("lost").err)

    def test_long_line_that_continues_nothing(self):
        self.conf("  lost = %s\n" % ("x" * 50))
        self.match('whitespace: "  lost = x{21}\\.\\.\\."$',
                   self.good("-n").err)

    def test_missing_name(self):
        self.conf("= b\n")
        self.bad('main.cf, line 1: missing attribute name: "= b"', "-n")

    def test_name_with_space(self):
        self.conf("myorigin = a\n\na b = c\n")
        self.bad("main.cf, line 3: missing '=' after attribute name: "
                 '"a b = c"', "-n")

    def test_same_value_twice_is_fine(self):
        self.conf("myorigin = a\nmyorigin = a\n")
        self.nomatch("overriding", self.good("-n").err)

    def test_each_change_is_told(self):
        self.conf("myorigin = a\nmyorigin = b\n\nmyorigin = c\n")
        w = self.warned(self.good("-n"))
        self.ok("main.cf, line 2: overriding earlier entry: myorigin=a" in w
                and "main.cf, line 4: overriding earlier entry: myorigin=b"
                in w, "warnings", w)

    def test_quotes_and_comments_are_text(self):
        self.conf('myorigin = "a" # b\nrelayhost = x \\\n y\n')
        self.eq(self.good("myorigin", "relayhost").out,
                'myorigin = "a" # b\nrelayhost = x \\ y\n', "output")

    def test_value_with_equals(self):
        self.conf("myorigin=a=b = c\n")
        self.eq(self.good("myorigin").out, "myorigin = a=b = c\n", "output")

    def test_no_newline_at_the_end(self):
        self.conf("myorigin = a\nrelayhost = b")
        self.eq(self.good("relayhost").out, "relayhost = b\n", "output")

    def test_empty_value(self):
        self.conf("relayhost =\nmyorigin=\n a\n")
        self.eq(self.good("-n", "relayhost", "myorigin").out,
                "relayhost =\nmyorigin = a\n", "output")

    def test_names_are_case_sensitive(self):
        self.conf("MYORIGIN = a\n")
        self.match("unused parameter: MYORIGIN=a", self.good("-n").err)

    def test_read_only_names(self):
        self.conf("process_id = 3\nprocess_name = x\n", "")
        r = self.good("-n")
        self.eq(self.warned(r), [
            "main.cf: read-only parameter assignment: process_id=3",
            "main.cf: read-only parameter assignment: process_name=x"],
            "warnings")
        self.nomatch("process_id", r.out)
        r = self.good("process_name", "process_id", "service_name")
        self.match(r"^process_name = postconf\nprocess_id = \d+\n"
                   r"service_name = ?$", r.out)
        for args in (["-d"], []):
            self.match(r"(?m)^process_name = postconf$", self.good(*args).out)


class Expansion(Conf):
    """The $ language."""
    cost = 8

    ERRORS = [
        ("$", r'empty macro name: "\$"'),
        ("x$", r'empty macro name: "x\$"'),
        ("$-x", r'empty macro name: "\$-x"'),
        ("${}", r'empty macro name: "\$\{\}"'),
        ("${", r'truncated macro reference: "\$\{"'),
        ("a ${b", r'truncated macro reference: "a \$\{b"'),
        ("$(b", r'truncated macro reference: "\$\(b"'),
        ("${a?{b}", r'truncated macro reference: "\$\{a\?\{b\}"'),
        ("${a b}", r'attribute name syntax error at: "\.\.\.a>>> b"'),
        ("${$x}", r'attribute name syntax error at: "\.\.\.>>>\$x"'),
        ("${a?{b}{c}}", r'":" expected at: '),
        ("${a:{b}?{c}}", r"unexpected input at: "),
        ("${{a} = {b}?{c}}", r'.*expected at: .*>>>= \{b\}\?\{c\}"'),
        ("${{a} == {b} {c}}", r'"\?" or ":" expected at: '),
        ("${{a} == b?{c}}", r'"\{expression\}" expected at: '),
        ("${{3.x} <level {4}?{a}:{b}}",
         r'malformed compatibility level syntax: "3\.x"'),
    ]

    def test_errors(self):
        for text, regex in self.ERRORS:
            self.conf("myorigin = %s\n" % text, "")
            self.bad("warning: " + regex, "-n")
            self.bad("fatal: .*macro processing error", "-x", "myorigin")

    def test_errors_are_fatal_for_other_programs(self):
        for text, regex in self.ERRORS[:4]:
            self.conf("myorigin = %s\n" % text, "")
            r = self.inst.run("postqueue", "-p")
            self.ok(r.rc != 0, "exit status", r)
            self.match("warning: " + regex, r.err)
            self.match("fatal: .*macro processing error", r.err)

    def test_circle(self):
        self.conf("a = $b\nb = $a\nmyorigin = $a\n", "")
        self.bad(r'unreasonable macro call nesting: "[ab]"', "-n")

    VALUES = [
        ("${a?b:c}", "b:c"), ("${a?{b}:c}", "b"), ("${z?{b}:c}", "c"),
        ("${a? b }x", " b x"), ("${z:{ b }}x", " b x"), ("${ a }", "1"),
        ("${a ? {b} : {c}}", "b"), ("$(a)b", "1b"), ("$$a", "$a"),
        ("$$$a", "$1"), ("${{a} == {a}}", "true"), ("${{a} == {b}}", ""),
        ("${{9} < {10}?{n}:{s}}", "n"), ("${{9a} < {10}?{n}:{s}}", "s"),
        ("${{a} != {b}?{n}}", "n"), ("${{3} >= {3}?{n}:{s}}", "n"),
        ("${{3.10} >level {3.9}?{n}:{s}}", "n"),
        ("${{3} ==level {3.0.0}?{n}:{s}}", "n"),
        ("${z?{$a}:{${a?{in $a}}}}", "in 1"), ("${e:none}", "none"),
        ("$a.$a_b-$e|", "1.-|"), ("${a}{b}", "1{b}"),
    ]

    def test_values(self):
        for text, value in self.VALUES:
            self.conf("a = 1\ne =\nmyorigin = [%s]\n" % text, "")
            self.eq(self.good("-hx", "myorigin").out,
                    ("[%s]" % value) + "\n", text)

    def test_name_that_starts_with_a_digit(self):
        self.conf("1a = x\nmyorigin = $1a\n", "")
        self.eq(self.good("-hx", "myorigin").out, "x\n", "value")

    def test_overrides_of_master_cf(self):
        self.conf("a = 1\n", "x unix - - n - - smtp -o b=$a$c$service_name "
                  "-o c=2\n")
        self.eq(self.good("-Px", "x/unix/b").out, "x/unix/b = 12x\n", "-Px")
        self.match("-o b=12x -o c=2", self.good("-Mx", "x").out)


class Names(Conf):
    """Which names somebody uses."""
    cost = 6

    def check(self, main, master, *warnings):
        self.conf(main, master)
        self.eq(self.warned(self.good("-n")), sorted(warnings),
                "warnings for %r and %r" % (main, master))

    def test_used_in_master_cf(self):
        self.check("a = 1\n", "s unix - - n - - smtp -o myorigin=$a\n")

    def test_used_by_a_name_nobody_uses(self):
        self.check("a = $b\nb = 1\n", "", "main.cf: unused parameter: a=$b")

    def test_used_in_one_branch(self):
        self.check("a = 1\nmyorigin = ${mydomain?{x}:{$a}}\n", "")

    def test_escaped_dollar_is_no_use(self):
        self.check("a = 1\nmyorigin = $$a\n", "",
                   "main.cf: unused parameter: a=1")

    def test_undefined_in_all_branches(self):
        self.check("myorigin = ${x?{$y}:{$z}}\n", "",
                   "main.cf: undefined parameter: x",
                   "main.cf: undefined parameter: y",
                   "main.cf: undefined parameter: z")

    def test_undefined_in_master_cf(self):
        self.check("", "s unix - - n - - smtp -o myorigin=$x\n",
                   "master.cf: undefined parameter: x")

    def test_defined_in_master_cf(self):
        self.check("", "s unix - - n - - smtp -o q=1 -o myorigin=$q\n")

    def test_unused_in_master_cf(self):
        self.check("", "s unix - - n - - smtp -o q=1 -o { r = 2 3 }\n",
                   "master.cf: unused parameter: q=1",
                   "master.cf: unused parameter: r=2 3")

    def test_restriction_classes(self):
        self.check("smtpd_restriction_classes = foo, bar\nfoo = permit\n"
                   "baz = x\n", "", "main.cf: undefined parameter: bar",
                   "main.cf: unused parameter: baz=x")

    def test_restriction_classes_in_master_cf(self):
        self.check("foo = permit\n", "s inet n - n - - smtpd "
                   "-o smtpd_restriction_classes=foo\n")

    def test_parameters_of_a_service(self):
        self.check("slow_destination_concurrency_limit = 1\n"
                   "slow_recipient_limit = 2\nfoo_recipient_limit = 3\n"
                   "slow_time_limit = 4\n", "slow unix - - n - - smtp\n",
                   "main.cf: unused parameter: foo_recipient_limit=3",
                   "main.cf: unused parameter: slow_time_limit=4")

    def test_time_limit_of_pipe_and_spawn(self):
        self.check("p_time_limit = 4\ns_time_limit = 5\n",
                   "p unix - n n - - pipe user=a argv=/x\n"
                   "s unix - n n - 0 spawn user=a argv=/x\n")

    def test_table_in_main_cf(self):
        self.check("virtual_alias_maps = mysql:foo, proxy:ldap:bar\n"
                   "foo_hosts = x\nfoo_query = y\nfoo_nosuch = z\n"
                   "bar_search_base = b\nbar_query = w\n", "",
                   "main.cf: unused parameter: bar_query=w",
                   "main.cf: unused parameter: foo_nosuch=z")

    def test_table_in_master_cf(self):
        self.check("foo_hosts = x\n", "s inet n - n - - smtpd "
                   "-o virtual_alias_maps=pgsql:foo\n")

    def test_table_of_nobody(self):
        self.check("a = mysql:foo\nfoo_hosts = x\n", "",
                   "main.cf: unused parameter: a=mysql:foo",
                   "main.cf: unused parameter: foo_hosts=x")

    def test_table_file(self):
        path = os.path.join(self.inst.etc, "my.cf")
        with open(path, "w") as f:
            f.write("hosts = x\nnosuch = 1\n")
        self.conf("virtual_alias_maps = mysql:%s\n" % path, "")
        self.match("mysql:%s: unused parameter: nosuch=1" % path,
                   self.good("-n").err)
        os.unlink(path)
        self.match('open "mysql" configuration "%s": No such file' % path,
                   self.good("-n").err)

    def test_raw_values_name_what_they_like(self):
        self.check("mailbox_command = $x ${y}\nluser_relay = $user@x\n"
                   "forward_path = $home/$z\n", "")

    def test_classes_of_names(self):
        self.conf("a = 1\nmyorigin = $a\nslow_recipient_limit = 2\n",
                  "slow unix - - n - - smtp\n")
        for which, out in (("user", "a = 1\n"),
                           ("service", "slow_recipient_limit = 2\n")):
            self.eq(self.good("-n", "-C", which).out, out, which)
        self.match("(?m)^myorigin = ", self.good("-nC", "builtin").out)
        self.match("(?m)^slow_recipient_limit = ",
                   self.good("-nC", "all").out)

    def test_default_of_a_service_parameter(self):
        self.conf("", "slow unix - - n - - smtp\n")
        self.eq(self.good("slow_recipient_limit").out,
                "slow_recipient_limit = $default_recipient_limit\n", "out")
        self.eq(self.good("-x", "slow_recipient_limit").out,
                "slow_recipient_limit = 20000\n", "expanded")


class MainEdit(Conf):
    """Changes of main.cf."""
    cost = 4
    F = ("# top\nmyorigin = a\n  b\n# in\n  c\n# after\n\nrelayhost = one\n"
         "#mynetworks = 1\n  # ind\nmydestination=x,y\n")

    def edit(self, *args):
        self.conf(self.F)
        self.good(*args)
        return self.text("main.cf")

    def test_lines_of_a_value_go_comments_stay(self):
        self.eq(self.edit("-e", "myorigin=z"), self.F.replace(
            "myorigin = a\n  b\n# in\n  c\n", "myorigin = z\n# in\n"), "file")

    def test_several(self):
        self.eq(self.edit("relayhost=two", "new=1", "mydestination = q"),
                self.F.replace("relayhost = one", "relayhost = two").replace(
                    "mydestination=x,y", "mydestination = q") + "new = 1\n",
                "file")

    def test_empty_value(self):
        self.eq(self.edit("relayhost ="), self.F.replace(
            "relayhost = one", "relayhost = "), "file")

    def test_commented_line_is_not_taken(self):
        self.eq(self.edit("mynetworks=3"), self.F + "mynetworks = 3\n",
                "file")

    def test_last_request_wins(self):
        self.conf(self.F)
        r = self.good("relayhost=1", "relayhost=2")
        self.match("ignoring earlier request: 'relayhost = 1'", r.err)
        self.match("(?m)^relayhost = 2$", self.text("main.cf"))

    def test_remove_and_comment_out(self):
        self.eq(self.edit("-X", "relayhost", "nosuch"), self.F.replace(
            "relayhost = one\n", ""), "-X")
        self.eq(self.edit("-X", "myorigin"), self.F.replace(
            "myorigin = a\n  b\n# in\n  c\n", "# in\n"), "-X, lines")
        self.eq(self.edit("-#", "myorigin"), self.F.replace(
            "myorigin = a\n  b\n# in\n  c\n",
            "#myorigin = a\n#  b\n# in\n#  c\n"), "-#")

    def test_bad_requests(self):
        self.conf(self.F)
        for regex, args in (
                ("missing attribute name", ["-e", "=z"]),
                ("missing '=' after attribute name", ["-e", "a"]),
                ("no comment input|accepts no comment", ["-e", "#a=b"]),
                ("no multi-line input", ["-e", "a=b\nc"]),
                ("specify one of -e -X", ["-X", "relayhost=one"]),
                ("non-blank parameter", ["-X", ""]),
                ("name=value argument", ["-e"]),
                (".", ["-X"]), (".", ["-#"])):
            self.bad(regex, *args)
        self.eq(self.text("main.cf"), self.F, "file")

    def test_duplicates_are_told(self):
        self.conf("relayhost = 1\nrelayhost = 2\n")
        r = self.good("-e", "relayhost=3")
        self.match('multiple entries for "relayhost"', r.err)
        self.eq(self.good("-h", "relayhost").out, "3\n", "value")


class MasterEdit(Conf):
    """Listings and changes of master.cf."""
    cost = 8

    def edit(self, *args, master=MASTER):
        self.conf("", master)
        self.good(*args)
        return self.text("master.cf")

    def test_columns(self):
        self.conf("")
        lines = self.good("-M").out.splitlines()
        self.eq(lines[0], "smtp       inet  n       -       n       -       "
                "-       smtpd -o a=b -o {c=d e}", "entry")
        self.eq(lines[5], "127.0.0.1:10025 inet n   -       n       -       "
                "-       smtpd -v -o content_filter= "
                "-o smtpd_helo_restrictions=", "long name")

    def test_folding(self):
        self.conf("")
        self.eq(self.good("-Mf", "127.0.0.1:10025").out,
                "127.0.0.1:10025 inet n   -       n       -       -       "
                "smtpd -v\n    -o content_filter=\n"
                "    -o smtpd_helo_restrictions=\n", "options")
        self.eq(self.good("-Mf", "maildrop").out,
                "maildrop   unix  -       n       n       -       -       "
                "pipe flags=DRXhu\n    user=vmail argv=/usr/bin/maildrop "
                "-d ${recipient}\n", "arguments")

    def test_order_is_that_of_the_file(self):
        self.conf("")
        names = [l.split()[0] for l in
                 self.good("-M", "pickup", "smtp").out.splitlines()]
        self.eq(names, ["smtp", "pickup", "smtp"], "entries")

    def test_requests(self):
        self.conf("")
        self.eq(len(self.good("-M", "*/unix").out.splitlines()), 4, "unix")
        self.eq(len(self.good("-M", "*").out.splitlines()), 7, "all")
        self.eq(len(self.good("-F", "*/inet/chroot").out.splitlines()), 3,
                "fields")
        self.eq(self.good("-P", "*/*/syslog_name").out,
                "submission/inet/syslog_name = postfix/submission\n"
                "relay/unix/syslog_name = postfix/$service_name\n", "-P")
        for regex, args in (
                ("requires service_name\\[/type\\]", ["-M", "smtp/inet/x"]),
                ("requires service_name\\[/type\\]", ["-M", "sm*"]),
                ("requires service_name\\[/type\\]", ["-M", ""]),
                ("requires service_name\\[/type\\[/field\\]\\]",
                 ["-F", "smtp/inet/chroot/x"]),
                ("invalid service attribute name",
                 ["-F", "smtp/inet/nosuch"]),
                ("requires service_name\\[/type\\[/parameter\\]\\]",
                 ["-P", "smtp/inet/a/b"])):
            self.bad(regex, *args)
        for option in "MFP":
            self.match('unmatched request: "nosuch"',
                       self.good("-" + option, "nosuch").err)

    def test_options_of_a_command_end(self):
        self.conf("", "p unix - n n - - pipe -vo q=r flags=R user=a argv=/x "
                  "-o y=z {a b} {c}\n")
        self.eq(self.good("-P").out, "p/unix/q = r\n", "-P")
        self.match("pipe -v -o q=r flags=R user=a argv=/x -o y=z \\{a b\\} c",
                   self.good("-M").out)

    def test_field(self):
        text = self.edit("-F", "*/inet/process_limit=7")
        self.eq(sorted(self.good("-Fh", "*/*/process_limit").out.split()),
                sorted("7 7 1 - - 7 -".split()), "values")
        self.match("(?m)^# head$", text)
        self.match("(?m)^    # inside$", text)

    def test_bad_fields(self):
        self.conf("")
        for field, value in (("chroot", "q"), ("private", "x"),
                             ("wakeup", "6x"), ("process_limit", "-3"),
                             ("type", "foo"), ("unprivileged", "1")):
            self.bad('invalid %s field "%s"' % (field, value),
                     "-F", "smtp/inet/%s=%s" % (field, value))
        self.bad("invalid service attribute name: \"nosuch\"",
                 "-F", "smtp/inet/nosuch=1")
        self.bad("does not accept wild-card field", "-F", "smtp/inet/*=1")
        self.bad("requires service_name/type/field", "-F", "smtp/inet=1")
        self.match("unmatched service_name/type",
                   self.good("-F", "nosuch/inet/chroot=y").err)
        self.eq(self.text("master.cf"), MASTER, "file")

    def test_parameter(self):
        self.edit("-P", "smtp/inet/a=z", "maildrop/unix/x=1")
        self.eq(self.good("-P", "smtp/inet/a", "maildrop/unix").out,
                "smtp/inet/a = z\nmaildrop/unix/x = 1\n", "values")
        self.match("pipe -o x=1 flags=DRXhu", self.good("-M", "maildrop").out)

    def test_bad_parameters(self):
        self.conf("")
        self.bad("does not accept whitespace", "-P", "smtp/inet/a=b c")
        self.bad("does not accept wild-card parameter", "-P",
                 "smtp/inet/*=b")
        self.bad("requires service_name/type/parameter", "-P", "smtp/inet=b")
        self.bad("requires service_name/type/parameter", "-PX", "smtp/inet")
        self.bad("specify one of -e -X", "-PX", "smtp/inet/a=b")
        self.eq(self.text("master.cf"), MASTER, "file")

    def test_remove_parameter_everywhere(self):
        self.edit("-PX", "*/*/syslog_name")
        self.eq(self.good("-P", "submission").out,
                "submission/inet/mynetworks = 127.0.0.0/8\n"
                "submission/inet/smtpd_tls_security_level = encrypt\n",
                "parameters")

    def test_entry(self):
        self.eq(self.edit("-M", "new/unix=new unix - - n - - smtp -o a=b"),
                MASTER + "new        unix  -       -       n       -       "
                "-       smtp\n    -o a=b\n", "appended")
        text = self.edit("-M", "pickup/unix=pickup unix n - n 30 1 pickup")
        self.eq(text, MASTER.replace(
            "pickup    unix  n       -       y       60",
            "pickup     unix  n       -       n       30"), "replaced")

    def test_bad_entries(self):
        self.conf("")
        for regex, value in (
                ("bad field count", "new/unix=new unix - - n - -"),
                ('invalid process_limit field "x"',
                 "new/unix=new unix - - n - x smtp"),
                ('invalid type field "foo"',
                 "new/unix=new foo - - n - - smtp"),
                ("requires service_name/type", "new=new unix - - n - - smtp"),
                ("no multi-line", "new/unix=new unix - - n - - smtp\n"),
                ("no comment", "#new/unix=new unix - - n - - smtp")):
            self.bad(regex, "-M", value)
        self.eq(self.text("master.cf"), MASTER, "file")

    def test_remove_entry_and_comment_it_out(self):
        sub = MASTER[MASTER.index("submission"):MASTER.index("pickup")]
        self.eq(self.edit("-MX", "submission/inet"),
                MASTER.replace(sub, "    # inside\n"), "-MX")
        self.eq(self.edit("-M#", "submission/inet"), MASTER.replace(
            sub, "".join(l if "# inside" in l else "#" + l
                         for l in sub.splitlines(True))), "-M#")
        self.bad("requires service_name/type", "-MX", "smtp")

    def test_bad_file(self):
        for line, regex in (
                ("smtp inet n -", "line 1: bad field count"),
                ("smtp foo n - n - - smtpd", 'invalid type field "foo"'),
                ("smtp inet x - n - - smtpd", 'invalid private field "x"'),
                ("smtp inet n x n - - smtpd",
                 'invalid unprivileged field "x"'),
                ("smtp inet n - x - - smtpd", 'invalid chroot field "x"'),
                ("smtp inet n - n x - smtpd", 'invalid wakeup field "x"'),
                ("smtp inet n - n - x smtpd",
                 'invalid process_limit field "x"')):
            self.conf("", line + "\n")
            self.bad(regex, "-M")
            self.bad(regex, "-n")
            self.bad(regex, "-P", "*/*/a=b")

    def test_braces_that_do_not_match(self):
        for line, regex in (("{ x = y", "missing '}' in \"{ x = y\""),
                            ("{ a }b", "syntax error after '}' in")):
            self.conf("", "smtp inet n - n - - smtpd -o %s\n" % line)
            self.match("warning: .*" + regex, self.good("-M").err)


class BadValues(Conf):
    """What every program says of values it cannot use."""
    cost = 12

    ROWS = [
        ("ipc_timeout = 5x", "bad time value or unit: 5x"),
        ("ipc_timeout = -1", "bad time value or unit: -1"),
        ("ipc_timeout =", "bad time value or unit: "),
        ("ipc_timeout = 1.5s", "bad time value or unit: 1.5s"),
        ("ipc_timeout = 0", "invalid ipc_timeout: 0 \\(min 1\\)"),
        ("disable_dns_lookups = maybe",
         "bad boolean configuration: disable_dns_lookups = maybe"),
        ("disable_dns_lookups =",
         "bad boolean configuration: disable_dns_lookups = "),
        ("line_length_limit = 1",
         "invalid line_length_limit parameter value 1 < 512"),
        ("message_size_limit = 99999999999999999999",
         "bad numerical configuration: message_size_limit = 9"),
        ("default_process_limit = x",
         "bad numerical configuration: default_process_limit = x"),
        ("mail_owner =", "bad string length 0 < 1: mail_owner = "),
        ("mail_owner = nosuch",
         "parameter mail_owner: unknown user name value: nosuch"),
        ("mail_owner = root",
         "parameter mail_owner: user root has privileged user ID"),
        ("setgid_group = nosuch",
         "parameter setgid_group: unknown group name: nosuch"),
        ("default_privs = nosuch",
         "parameter default_privs: unknown user name value: nosuch"),
        ("syslog_facility = foo",
         "parameter syslog_facility: unrecognized value: foo"),
        ("inet_protocols = foo",
         'unknown inet_protocols value "foo" in "foo"'),
        ("compatibility_level = x",
         'malformed compatibility level syntax: "x"'),
        ("myhostname = foo bar", "invalid character 32\\(decimal\\): foo bar"),
        ("myhostname = -x.y", "misplaced hyphen: -x.y"),
        ("myhostname = a..b", "misplaced delimiter: a..b"),
        ("myhostname =", "bad string length 0 < 1: myhostname = "),
        ("foo bar", "missing '=' after attribute name: \"foo bar\""),
        ("queue_directory = /nosuch", "/nosuch: No such file"),
    ]

    def test_fatal(self):
        with open(os.path.join(self.inst.etc, "main.cf")) as f:
            base = f.read()
        for line, regex in self.ROWS:
            self.inst.write("main.cf", base + line + "\n")
            r = self.inst.run("postqueue", "-p")
            self.ok(r.rc != 0, "exit status with " + line, r)
            self.match("fatal: .*" + regex if "valid" not in regex and
                       "misplaced" not in regex else regex, r.err, line)
        self.inst.write("main.cf", base)


class DaemonValues(Group):
    """A daemon that finds a bad value among its own serves nobody."""
    area = "postconf"
    cost = 14
    BAD = {
        "number": ("smtpd_hard_error_limit = x",
                   "bad numerical configuration: smtpd_hard_error_limit = x"),
        "time": ("smtpd_timeout = 5x",
                 "parameter smtpd_timeout: bad time value or unit: 5x"),
        "low": ("smtpd_recipient_limit = 0",
                "invalid smtpd_recipient_limit parameter value 0 < 1"),
        "bool": ("smtpd_delay_reject = maybe",
                 "bad boolean configuration: smtpd_delay_reject = maybe"),
        "global": ("line_length_limit = 1",
                   "invalid line_length_limit parameter value 1 < 512"),
    }
    services = {k: v for k, (v, _) in BAD.items()}

    def test_fatal(self):
        for name, (_, text) in self.BAD.items():
            mark = self.inst.log_size()
            try:
                c = self.inst.smtp(port=self.port[name], timeout=2)
                c.greet()
                c.close()
            except OSError:
                pass
            self.found(self.inst.wait_log("smtpd\\[\\d+\\]: fatal: .*" + text,
                                          since=mark), text)

    def test_others_go_on(self):
        c = self.inst.smtp()
        self.reply(c.greet(), "220")
        c.close()


class Values(Group):
    """Values in the shapes that lists, times and names can have."""
    area = "postconf"
    cost = 12
    main = """
smtpd_error_sleep_time = 0
net = 192.0.2.0/24
test_list = !192.0.2.5, $net @ETC@/clients
smtpd_helo_restrictions = ${block_all?reject}${block_all:permit}
limit = 3
"""
    files = {"clients": "# comment\n203.0.113.7\n!203.0.113.9\n"
                        "203.0.113.0/28\n"}
    services = {
        "negated": "mynetworks = $test_list\n"
                   "smtpd_relay_restrictions = permit_mynetworks, reject",
        "limited": "smtpd_recipient_limit = $limit",
        "nested": "smtpd_recipient_limit = ${{$limit} > {2} ? {2} : {9}}",
        "blocked": "block_all = yes\n"
                   "smtpd_recipient_restrictions = ${block_all?{reject}}",
        "banner": "smtpd_banner = $myhostname $$x ${nosuch:none} "
                  "${limit?{<$limit>}}",
        "size": "message_size_limit = ${limit}000",
        "yes": "smtpd_helo_required = YES",
    }

    def rcpt(self, on, src, to="a@elsewhere.test"):
        c = self.inst.smtp(port=self.port[on], src=src)
        c.greet()
        c.cmd("EHLO x")
        c.cmd("MAIL FROM:<a@b.test>")
        r = c.cmd("RCPT TO:<%s>" % to)
        c.close()
        return r

    def test_list_with_negation_and_file(self):
        for src, good in (("192.0.2.6", 1), ("192.0.2.5", 0),
                          ("203.0.113.7", 1), ("203.0.113.9", 0),
                          ("203.0.113.8", 1), ("203.0.113.99", 0)):
            self.eq(self.rcpt("negated", src).code == 250, bool(good), src)

    def test_number_by_name(self):
        for on, most in (("limited", 3), ("nested", 2)):
            c = self.inst.smtp(port=self.port[on])
            c.greet()
            c.cmd("EHLO x")
            c.cmd("MAIL FROM:<a@b.test>")
            codes = [c.cmd("RCPT TO:<alice@example.test>").code
                     for _ in range(most + 1)]
            c.close()
            self.eq(codes, [250] * most + [452], on)

    def test_condition(self):
        self.eq(self.rcpt("blocked", "192.0.2.5",
                          "alice@example.test").code, 554, "code")

    def test_banner(self):
        c = self.inst.smtp(port=self.port["banner"])
        self.reply(c.greet(), "220 mx.example.test $x none <3>")
        c.close()

    def test_size(self):
        c = self.inst.smtp(port=self.port["size"])
        c.greet()
        self.match("SIZE 3000", str(c.cmd("EHLO x")))
        c.close()

    def test_booleans_ignore_case(self):
        c = self.inst.smtp(port=self.port["yes"])
        c.greet()
        self.reply(c.cmd("MAIL FROM:<>"), "503")
        c.close()
