"""Random sources and rules for postmap and postalias, and what looking them up says (run --seed N)."""
import os
import random

from recorder import Recorder

SEED = int(os.environ.get("DIFFERENTIAL_SEED", "1"))
WORDS = ["one", "two", "Three", "joe", "joe@example.test", "@example.test", "\"a b\"", "a\\ b", "\\one", "#x", "# y", "x:", ":", ",",
         "caf\u00e9", "\x01", "{", "}", "{a b}", "\"", "'q'", "(c)", "<joe>", "<>", "|cmd", "\"|cmd a b\"", "/file", ":include:/x",
         "=", "a=b", "\\", "$1", "*", "\r", "\x0b", "\x0c", "\x80", "\u00a0", ";", "a;b", "joe+x", "%", "!", "a!b", "a%b",
         "1.2.3.4", "[1.2.3.4]", "k" * 300, "\x7f", "\"x\\\"y\"", "\"unclosed", "a\"b c\"d", "one", "two", "\"\"", "-", ".", "..", "@"]
GAPS = [" ", " ", " ", "\t", "  ", ": ", ":", ":\t", ", ", ",", "", " \t ", " : ", "\x0b", "\r"]
STARTS = ["", "", "", "", "", " ", "\t", "# ", "#", " #", "  # ", "\r", "\x0c"]
ENDS = ["\n", "\n", "\n", "\n", "\n", "\r\n", " \n", "\t\n", "\n\n", "\\\n", ",\n", "\n#c\n", "\n \n", "\n\t\n"]


def source(pick):
    out = []
    for _ in range(pick.randint(1, 8)):
        line = pick.choice(STARTS)
        for _ in range(pick.choice([0, 1, 2, 2, 2, 3, 4, 5])):
            line += pick.choice(WORDS) + pick.choice(GAPS)
        out.append(line + pick.choice(ENDS))
    text = "".join(out)
    if pick.random() < 0.1:
        text = text.rstrip("\n")
    if pick.random() < 0.05:
        text = text.replace("a", "\0", 1)
    return text


MAP_OPTIONS = [[], [], [], ["-w"], ["-r"], ["-f"], ["-n"], ["-N"], ["-u"], ["-o"], ["-p"], ["-nf"], ["-Nw"], ["-fr"]]
TYPES = ["hash", "btree", "lmdb", "cdb"]


class Sources(Recorder):
    area = "random"
    daemon = False
    sink = False
    cost = 40

    def keys(self, pick, text):
        words = text.replace(":", " ").replace(",", " ").split() or ["x"]
        return [pick.choice(words), pick.choice(WORDS), pick.choice(words).upper(), pick.choice(words).strip('"')]

    def test_build(self):
        pick = random.Random(SEED * 31 + 1)
        for number in range(120):
            text = source(pick)
            self.inst.write("s", text)
            command = pick.choice(["postmap", "postmap", "postalias"])
            kind = pick.choice(TYPES)
            options = pick.choice(MAP_OPTIONS)
            keys = [k for k in self.keys(pick, text) if "\0" not in k]
            for name in os.listdir(self.inst.etc):
                if name.startswith("s."):
                    os.unlink(os.path.join(self.inst.etc, name))
            head = "%d %r %s %s %s" % (SEED, text, command, kind, options)
            self.go(head + " build", command, *options, "%s:@ETC@/s" % kind)
            self.go(head + " dump", command, "-s", "%s:@ETC@/s" % kind, sort=True)
            for key in keys:
                self.go("%s -q %r" % (head, key), command, *pick.choice([[], [], ["-f"], ["-n"], ["-N"]]), "-q", key,
                        "%s:@ETC@/s" % kind)
            self.go(head + " -q -", command, "-q", "-", "%s:@ETC@/s" % kind, input=text)
            add = source(pick)
            self.go("%s -i %r" % (head, add), command, *pick.choice([["-i"], ["-ir"], ["-iw"], ["-if"], ["-in"]]), "%s:@ETC@/s" % kind, input=add)
            self.go("%s -i %r dump" % (head, add), command, "-s", "%s:@ETC@/s" % kind, sort=True)
            for key in keys[:2]:
                self.go("%s -d %r" % (head, key), command, "-d", key, "%s:@ETC@/s" % kind)
            self.go(head + " -d -", command, "-d", "-", "%s:@ETC@/s" % kind, input=text)
            self.go(head + " end", command, "-s", "%s:@ETC@/s" % kind, sort=True)
            self.go(head + " texthash", "postmap", "-s", "texthash:@ETC@/s", sort=True)
            for key in keys:
                self.go("%s texthash -q %r" % (head, key), "postmap", "-q", key, "texthash:@ETC@/s")

    def test_inline(self):
        pick = random.Random(SEED * 31 + 2)
        parts = ["a", "b=c", "{", "}", "=", ",", " ", "x y", "{a = b}", "{ k = v w }", "{{x}=y}", "one=1", "two", "{=v}", "{k=}", "\\", "\"", "$$x", "{three", "four}", "k=v=w", "A=1", ":", "static:x", "regexp:/no"]
        for _ in range(150):
            text = "".join(pick.choice(parts) + pick.choice(["", " ", ",", ", "]) for _ in range(pick.randint(1, 5)))
            kind = pick.choice(["inline", "inline", "inline", "static", "pipemap", "unionmap", "randmap", "fail", "regexp", "cidr", "pcre"])
            name = "%s:%s" % (kind, pick.choice(["{%s}", "{%s}", "{ %s }", "%s"]) % text)
            for argv in (["-q", pick.choice(["a", "b", "k", "one", "{x}", "x", "A", ""])], ["-s"]):
                if kind == "randmap" and argv[0] == "-q" and "," in text:
                    continue
                self.go("%d %s %s" % (SEED, name, argv), "postmap", *argv, name)


EXPRESSIONS = ["a", "b", "^a", "b$", "(a)", "(a)(b)?", "(b|c)+", "a*", "[abc]", "[^a]", "a.c", "a\\.c", "(", "[a", "a{2}", "a{1", "\\", "(a", "a)",
               "", "^$", "x+", "(x)(y)(z)", "\\/", "A", "[[:alpha:]]+", "(.*)@(.*)", "^(.)", "caf\u00e9", "\u00e9", "a|b", "(a|b)(c|d)?$", "\\(a\\)", "?", "+a", "*"]
DELIMITERS = ["/", "/", "/", "/", "/", "!", "|", "#", ",", "@", "a", ";", "\"", "%"]
FLAGS = ["", "", "", "", "i", "m", "x", "im", "ii", "X", "e", "A", "U", "s", "E", "z", "iz", "Ui", "\u00e9"]
RESULTS = ["ok", "OK $1", "${1}", "$(1)", "$1$2", "$0", "$$", "$", "${", "$(", "${1", "$x", "${x}", "${12}", "$3", "a  b", "", "x ", "REJECT", "$1x", "${1}x", "\"q\"",
           "$-1", "caf\u00e9", "DUNNO # c", "$$1", "$1 $$ ${2}", "{x}"]
CONDITIONS = ["if", "if", "if", "IF", "if!", "endif", "endif", "endif", "ENDIF x", "endif x", "if x", "iffy"]


def rule(pick):
    delimiter = pick.choice(DELIMITERS)
    pattern = delimiter + pick.choice(EXPRESSIONS) + delimiter + pick.choice(FLAGS)
    negated = pick.choice(["", "", "", "", "!", "! ", "!!", " !"])
    if pick.random() < 0.25:
        word = pick.choice(CONDITIONS)
        if word.lower().startswith("if"):
            return word + pick.choice([" ", " ", " ", "", "  "]) + negated + pattern + pick.choice(["", "", "", " text", " "])
        return word
    if pick.random() < 0.05:
        return pick.choice(["# comment", "  continued", "nonsense", "/", "//", "!", "/a", "/a/b/c", " ", "\tx", "!/"])
    return negated + pattern + pick.choice([" ", " ", "\t", "  ", ""]) + pick.choice(RESULTS)


def network(pick):
    address = pick.choice(["192.0.2.1", "192.0.2.0", "10.0.0.0", "0.0.0.0", "::", "2001:db8::", "2001:db8::1", "::1", "[::1]", "[192.0.2.1]", "1.2.3", "1.2.3.4.5",
                           "256.1.1.1", "2001:db8::g", "192.0.2.01", "::ffff:192.0.2.1", "fe80::1%lo", "", "host", "0x7f.1", "127.1", "2001:DB8:0:0:0:0:0:1"])
    mask = pick.choice(["", "", "/24", "/8", "/0", "/32", "/33", "/128", "/129", "/64", "/-1", "/x", "/", "/ 8", "/08", "/24x", "/255.255.255.0", "/1"])
    negated = pick.choice(["", "", "", "", "", "!", "! ", "!!"])
    if pick.random() < 0.25:
        word = pick.choice(CONDITIONS)
        return word + (pick.choice([" ", " ", "", "\t"]) + negated + address + mask if word.lower().startswith("if") else "") + pick.choice(["", "", " text"])
    return negated + address + mask + pick.choice([" ", " ", " ", "\t", ""]) + pick.choice(RESULTS)


class Rules(Recorder):
    area = "random"
    daemon = False
    sink = False
    cost = 40

    def ask(self, kind, text, keys):
        self.inst.write("r", text)
        for key in keys:
            self.go("%d %s %r -q %r" % (SEED, kind, text, key), "postmap", "-q", key, "%s:@ETC@/r" % kind)
        self.go("%d %s %r -q -" % (SEED, kind, text), "postmap", "-q", "-", "%s:@ETC@/r" % kind, input="\n".join(keys) + "\n")

    def test_expressions(self):
        pick = random.Random(SEED * 37 + 1)
        keys = ["a", "b", "ab", "abc", "a.c", "A", "x", "xyz", "joe@example.test", "caf\u00e9", "aa", "", "B", "(a)", "d", "/"]
        for _ in range(150):
            text = "".join(rule(pick) + pick.choice(["\n", "\n", "\n", "\n", "\n  more\n", "\r\n", "\n\n"]) for _ in range(pick.randint(1, 6)))
            self.ask(pick.choice(["regexp", "pcre"]), text, pick.sample(keys, 5))

    def test_single(self):
        pick = random.Random(SEED * 37 + 2)
        keys = ["a", "b", "ab", "abc", "a.c", "A", "x", "xyz", "joe@example.test", "caf\u00e9", "aa", "B"]
        for _ in range(150):
            self.ask(pick.choice(["regexp", "pcre"]), rule(pick) + "\n", pick.sample(keys, 2))

    def test_networks(self):
        pick = random.Random(SEED * 37 + 3)
        keys = ["192.0.2.1", "192.0.2.7", "10.1.1.1", "::1", "2001:db8::1", "2001:db8::2", "x", "", "1.2.3.4", "::ffff:192.0.2.1", "192.0.2.0/24", "[::1]", "127.0.0.1", "2001:DB8::1"]
        for _ in range(120):
            text = "".join(network(pick) + pick.choice(["\n", "\n", "\n", "\n  more\n", "\r\n"]) for _ in range(pick.choice([1, 1, 1, 3, 5])))
            self.ask("cidr", text, pick.sample(keys, 4))
