"""What is said of rules and source lines that cannot be used: all warnings, in their order."""
import re

from harness import Group


class PatternWarnings(Group):
    area = "tables"
    daemon = False
    sink = False

    def said(self, kind, text, key="a", command=("postmap", "-q")):
        self.inst.write("r", text)
        r = self.inst.run(*command, key, "%s:@ETC@/r" % kind)
        found = []
        for line in r.err.splitlines():
            line = re.sub(r"^\w+: warning: ", "", line)
            line = re.sub(r"^\w+ map \S+/r, line (\d+): ", r"\1 ", line)
            if "empty string" not in line and "NO RESULT" not in line:
                found.append(line)
        return found

    def rows(self, rows):
        for kind, text, expected in rows:
            self.eq(self.said(kind, text), expected, "%s %r" % (kind, text))

    def test_results(self):
        bad = "1 bad replacement syntax: skipping this rule"
        self.rows([
            ("regexp", "/a/ x${1\n", ['truncated macro reference: "x${1"', bad]),
            ("pcre", "/(a)/ $1 y$-1 zz\n", ['empty macro name: "$1 y$-1 zz"', bad]),
            ("regexp", "/(a)/ ${}z\n", ['empty macro name: "${}z"', bad]),
            ("pcre", "/(a)/ ${1?{x}:{y}}\n", ['1 non-numeric replacement index "1?{x}:{y}"', bad]),
            ("regexp", "/(a)/ $1x\n", ['1 non-numeric replacement index "1x"', bad]),
            ("regexp", "/(a)/ $0\n", ['1 out-of-range replacement index "0"', bad]),
            ("pcre", "/(a)/ $0\n", ['1 out of range replacement index "0"', bad]),
            ("pcre", "!/(a)/ $0\n", ['1 out of range replacement index "0"', bad]),
        ])

    def test_order(self):
        negative = "1 $number found in negative match replacement text: skipping this rule"
        self.rows([
            ("pcre", "!/(a/ $2\n", [negative]),
            ("regexp", "!/(a)/ $2\n", [negative]),
            ("pcre", "/(a/ $2\n", ["1 error in regex at offset 2: missing closing parenthesis"]),
            ("pcre", "/(a)/ $1$3$2\n", ['1 out of range replacement index "3": skipping this rule']),
        ])

    def test_ends(self):
        self.rows([
            ("pcre", "/a\n", ['1 no closing regexp delimiter "/": ignoring this rule']),
            ("regexp", "/a\n", ['1 no closing regexp delimiter "/": skipping this rule']),
            ("pcre", "if /a\n", ['1 no closing regexp delimiter "/": ignoring this rule']),
            ("regexp", "endif x\n", ["1 ignoring ENDIF without matching IF"]),
            ("pcre", "if /a/\nendif x\n", ["2 ignoring extra text after ENDIF"]),
            ("regexp", "if /a/\nif /b/\n", ["2 IF has no matching ENDIF", "1 IF has no matching ENDIF"]),
            ("pcre", "/a/X y\n", ['1 ignoring obsolete regexp option "X"']),
        ])

    def test_networks(self):
        self.rows([
            ("cidr", "[1.2.3.4/24] y\n", ['1 non-null host address bits in "1.2.3.4/24", perhaps you should use "1.2.3.0/24" instead: skipping this rule']),
            ("cidr", "[1.2.3.4]x y\n", ['1 garbage after "[1.2.3.4]": skipping this rule']),
            ("cidr", "[1.2.3.4 y\n", ["1 missing ']' character after \"[1.2.3.4\": skipping this rule"]),
            ("cidr", "[::1]/129 y\n", ['1 bad mask length in "::1/129": skipping this rule']),
            ("cidr", "2001:db8::g/33 y\n", ['1 bad network value in "2001:db8::g/33": skipping this rule']),
            ("cidr", "if 1.2.3.4\n1.2.3.4 y\n", ["1 IF has no matching ENDIF"]),
        ])

    def test_inline_rules(self):
        for kind in ("regexp", "pcre", "cidr"):
            r = self.inst.run("postmap", "-q", "a", kind + ":{two}")
            self.eq((r.rc, r.err), (1, 'postmap: fatal: %s map: no \'{\' at start of text in "two"\n' % kind), kind)

    def source(self, command, text, *argv, input=None):
        self.inst.write("s", text)
        r = self.inst.run(command, *argv, "hash:@ETC@/s", input=input)
        self.eq(r.rc, 0, "status (%s)" % r)
        return re.sub(r"(?m)^\w+: warning: |" + re.escape(self.inst.etc) + "/", "", r.err).splitlines()

    def test_first_line_counts(self):
        self.eq(self.source("postalias", "x: y\na\n  b\n\nc: d\n"), ["s, line 2: need name:value pair"], "postalias")
        self.eq(self.source("postmap", "x y\na: b\n\n# c\n  d\n"), ['s, line 2: record is in "key: value" format; is this an alias file?'], "postmap")
        self.eq(self.source("postmap", "", "-i", input="z y\na\n \n\r \n"), ["stdin, line 2: expected format: key whitespace value"], "postmap -i")

    def test_utf8_shown(self):
        self.eq(self.source("postmap", " \u00e4\tx\n"), ['s: logical line must not start with whitespace: " \u00e4?x"'], "warning")

    def test_nul_ends_alias(self):
        self.eq(self.source("postalias", "a: b\0 c\nd\0: e\n"), ["s, line 2: need name:value pair"], "warning")
        self.eq(self.inst.run("postalias", "-q", "a", "hash:@ETC@/s").out, "b\n", "value")
