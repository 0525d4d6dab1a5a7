"""postmap and postalias: sources, options, table types, messages."""
import os

from harness.odd import PATTERN_RULES
from recorder import Recorder

SOURCES = {
    "plain": "one 1\ntwo  two words \nthree\t3\n",
    "comments": "# c\none 1\n  # indented comment\n#two 2\n\n   \nthree 3\n",
    "continued": "one 1\n  more\n\tmost\ntwo 2\n# c\n  again\n\n  after empty\nthree 3\n",
    "first-continues": "  lost\none 1\n",
    "only-key": "one\ntwo 2\nthree \nfour\t\n",
    "colon-key": "one: 1\ntwo 2\n",
    "colon-alone": ": 1\n:x 2\n",
    "duplicate": "one 1\none 2\nONE 3\ntwo 2\n",
    "duplicate-same": "one 1\none 1\n",
    "quoted": '"one two" 12\n"three" 3\n"a\\"b" 4\na"b c"d 5\n"unclosed 6\nx" y 7\n',
    "backslash": "a\\ b 1\nc\\d 2\ne\\\\f 3\ng\\\n",
    "cr": "one 1\r\ntwo 2\r\n",
    "no-newline": "one 1\ntwo 2",
    "nul": "one 1\ntw\0o 2\nthree 3\0\n",
    "utf8": "jöe 1\nÖne 2\nein großes Wort\nСЛОВО x\n",
    "latin1": b"j\xf6e 1\none \xf6\ntwo 2\n",
    "upper": "ONE 1\nTwo@Example.COM Three\n",
    "long-key": "k" * 3000 + " v\n",
    "long-value": "k " + "v" * 5000 + "\nshort 1\n",
    "equals": "a = b\nc=d\n",
    "tabs": "\tone 1\none\t\t1\t\n",
    "formfeed": "one\f1\none\v2\n",
    "empty": "",
    "only-comments": "# a\n# b\n",
    "address": "joe@x.test a, b\n@x.test c\njoe d\n<> null\n",
    "spaces-in-value": "one a  b   c\n",
    "braces": "{one} 1\n{two three} 2\n",
    "hash-in-value": "one 1 # not a comment\n",
    "quote-in-value": 'one "x y" z\n',
    "many": "".join("key%d value%d\n" % (i, i) for i in range(3000)),
    "comment-in-continuation": "one 1\n# c\n#d\n  two\n",
    "bom": "\ufeffone 1\n",
    "star": "* 1\n. 2\n",
    "key-comma": "a,b 1\n",
    "empty-quoted": '"" 1\n" " 2\n',
}
ALIASES = {
    "plain": "one: two\nthree: four, five\n",
    "command": 'one: "|cmd arg", two\ntwo: |cmd arg\nthree: "|cmd \\"x y\\" z"\n',
    "file": "one: /file\ntwo: /file/with space\nthree: \"/file/with space\"\n",
    "include": "one: :include:/x\ntwo: \":include:/x y\"\nthree: :include:/x, joe\n",
    "quoted-name": '"one two": x\n"three": y\n"a\\"b": z\n',
    "at": "joe@x: y\nann: b\n",
    "percent": "joe%x: y\nann: b\n",
    "bang": "x!joe: y\nann: b\n",
    "no-colon": "one two\nthree: x\n",
    "no-value": "one:\ntwo: \nthree: x\n",
    "no-name": ": x\nthree: y\n",
    "two-names": "one two: x\nthree: y\n",
    "spaces": "one : two\nthree:four\nfive  :  six\n",
    "backslash": "one: \\two\n\\three: x\nfour: \\five, six\n",
    "upper": "ONE: Two@Example.COM\n",
    "duplicate": "one: a\none: b\nONE: c\n",
    "comment": "one: two # three\n# four: x\n",
    "comment-paren": "one: two (three)\nfour: (five) six\n(c) seven: x\n",
    "continued": "one: a,\n  b,\n\tc\ntwo: d\n",
    "group": "one: friends: a, b;\n",
    "angle": "one: Joe <joe@x>, <ann>\n",
    "words": "one: a b c\n",
    "commas": "one: a,,b,\ntwo: ,\n",
    "utf8": "jöe: ann\nann: jöe@x\n",
    "latin1": b"j\xf6e: ann\nann: bob\n",
    "unclosed": 'one: "two\nthree: four\n',
    "route": "one: @a:joe@b\n",
    "null": "one: <>\ntwo: \"\"\n",
    "literal": "one: joe@[1.2.3.4]\n",
    "colon-value": "one: a:b\ntwo: http://x\n",
    "dot": "joe.doe: x\n.joe: y\n",
    "plus": "joe+x: y\n",
    "semicolon": "one: a; b\n",
    "pipe-name": "|x: y\n/x: y\n",
    "cr": "one: two\r\n",
    "equals": "one: a=b@c\n",
    "empty": "",
    "null-name": '"": x\n',
    "tab": "one:\ttwo\n",
    "numbers": "1: 2\n",
}
TYPES = ("hash", "btree", "lmdb", "cdb")


class Maps(Recorder):
    daemon = False
    sink = False
    area = "maps"
    cost = 60

    def test_sources(self):
        for name, text in SOURCES.items():
            for ty in TYPES:
                self.inst.write("s", text)
                self.go("%s %s build" % (name, ty), "postmap", "%s:@ETC@/s" % ty)
                self.go("%s %s dump" % (name, ty), "postmap", "-s", "%s:@ETC@/s" % ty, sort=True)
            for key in ("one", "two", "three", "ONE", "a b", "<>", "k", "jöe", "x", '"one two"', "one two"):
                self.go("%s texthash -q %s" % (name, key), "postmap", "-q", key, "texthash:@ETC@/s")
            self.go("%s hash -q -" % name, "postmap", "-q", "-", "hash:@ETC@/s", input="one\nONE\n\n two\nthree \n")

    def test_aliases(self):
        for name, text in ALIASES.items():
            for ty in ("hash", "cdb"):
                self.inst.write("a", text)
                self.go("%s %s build" % (name, ty), "postalias", "%s:@ETC@/a" % ty)
                self.go("%s %s dump" % (name, ty), "postalias", "-s", "%s:@ETC@/a" % ty, sort=True)
                self.go("%s %s postmap dump" % (name, ty), "postmap", "-s", "%s:@ETC@/a" % ty, sort=True)
            for key in ("one", "ONE", "three", "one two", "jöe"):
                self.go("%s -q %s" % (name, key), "postalias", "-q", key, "hash:@ETC@/a")

    def test_options(self):
        etc = self.inst.etc
        self.inst.write("o", "one 1\nTwo 2\none 3\n")
        for ty in TYPES:
            t = "%s:@ETC@/o" % ty
            for flags in ("", "-f", "-r", "-w", "-wr", "-o", "-p", "-N", "-n", "-u", "-v", "-op", "-F"):
                self.go("%s %s" % (ty, flags), "postmap", *([flags] if flags else []), t) if flags != "-v" else None
                self.go("%s %s dump" % (ty, flags), "postmap", "-s", t, sort=True)
                self.go("%s %s q" % (ty, flags), "postmap", "-q", "Two", t)
                self.go("%s %s qf" % (ty, flags), "postmap", "-f", "-q", "Two", t)
                self.go("%s %s qn" % (ty, flags), "postmap", "-n", "-q", "two", t)
                self.go("%s %s qN" % (ty, flags), "postmap", "-N", "-q", "two", t)
            self.go("%s rebuild" % ty, "postmap", t)
            self.go("%s -i" % ty, "postmap", "-i", t, input="four 4\none 9\nbad\n# c\n")
            self.go("%s -i dump" % ty, "postmap", "-s", t, sort=True)
            self.go("%s -ir" % ty, "postmap", "-ir", t, input="one 9\n")
            self.go("%s -iw" % ty, "postmap", "-iw", t, input="one 10\n")
            self.go("%s -d one" % ty, "postmap", "-d", "one", t)
            self.go("%s -d one again" % ty, "postmap", "-d", "one", t)
            self.go("%s -d TWO" % ty, "postmap", "-d", "TWO", t)
            self.go("%s -d -" % ty, "postmap", "-d", "-", t, input="four\nnone\n")
            self.go("%s -d - none" % ty, "postmap", "-d", "-", t, input="none\n")
            self.go("%s after" % ty, "postmap", "-s", t, sort=True)
            for bad in ("none/such", "nofile"):
                for flags in ((), ("-q", "x"), ("-d", "x"), ("-s",), ("-i",), ("-q", "-")):
                    self.go("%s %s %s" % (ty, bad, " ".join(flags)), "postmap", *flags, "%s:@ETC@/%s" % (ty, bad))
                    if os.path.exists(os.path.join(etc, bad)):
                        os.unlink(os.path.join(etc, bad))
                for f in os.listdir(etc):
                    if f.startswith("nofile"):
                        os.unlink(os.path.join(etc, f))

    def test_command_lines(self):
        self.inst.write("c", "one 1\n")
        self.inst.write("d", "two 2\none 11\n")
        self.inst.run("postmap", "hash:@ETC@/c")
        self.inst.run("postmap", "hash:@ETC@/d")
        for argv in ([], ["-q"], ["-q", "x"], ["-s", "-q", "one", "hash:@ETC@/c"],
                     ["-d", "x", "-q", "one", "hash:@ETC@/c"], ["-q", "one", "-q", "two", "hash:@ETC@/c"],
                     ["-b", "-q", "one", "hash:@ETC@/c"], ["-h", "hash:@ETC@/c"], ["-m", "-q", "-", "hash:@ETC@/c"],
                     ["-mq", "one", "hash:@ETC@/c"],
                     ["-Z"], ["-Z", "hash:@ETC@/c"], ["-q", "one", "hash:@ETC@/c", "hash:@ETC@/d"],
                     ["-q", "two", "hash:@ETC@/c", "hash:@ETC@/d"], ["-q", "", "hash:@ETC@/c"],
                     ["-q", "one", "hash:@ETC@/nothing"], ["-q", "one", "nosuch:@ETC@/c"], ["nosuch:@ETC@/c"],
                     ["-s", "nosuch:@ETC@/c"], ["-d", "x", "nosuch:@ETC@/c"], ["-i", "nosuch:@ETC@/c"],
                     ["regexp:@ETC@/c"], ["-s", "regexp:@ETC@/c"], ["-d", "x", "regexp:@ETC@/c"],
                     ["static:x"], ["-s", "static:x"], ["-d", "x", "static:x"], ["-q", "k", "static:"],
                     ["texthash:@ETC@/c"], ["-s", "texthash:@ETC@/c"], ["-d", "one", "texthash:@ETC@/c"],
                     ["-i", "texthash:@ETC@/c"], ["-s", "inline:{a=b}"], ["-s", "inline:{a=b, c=d, {e = f g}}"],
                     ["-q", "one", "@ETC@/c"], ["@ETC@/c"], ["-q", "x", "proxy:hash:@ETC@/c"],
                     ["-q", "one", "debug:hash:@ETC@/c"], ["-s", "fail:x"], ["-q", "x", "fail:"],
                     ["-q", "x", "fail:some reason"], ["-q", "HOME", "environ:x"], ["-q", "NOPE", "environ:x"],
                     ["-s", "environ:x"], ["-q", "root", "unix:passwd.byname"], ["-q", "root", "unix:group.byname"],
                     ["-q", "root", "unix:alias.byname"], ["-s", "unix:passwd.byname"], ["-q", "x", "unix:"],
                     ["-q", "x", "hash:"], ["-q", "x", ":x"], ["-q", "x", "hash"], ["-q", "x", "internal:x"],
                     ["-i", "internal:x"], ["-s", "internal:x"],
                     ["-c", "/nonexistent", "-q", "x", "static:y"], ["-c", "@ETC@", "-q", "x", "static:y"],
                     ["-o", "hash:@ETC@/c"], ["-q", "-", "static:y"], ["-q", "-", "hash:@ETC@/c", "hash:@ETC@/d"],
                     ["-s", "hash:@ETC@/c", "hash:@ETC@/d"], ["-d", "one", "hash:@ETC@/c", "hash:@ETC@/d"],
                     ["-d", "one", "hash:@ETC@/c", "hash:@ETC@/d"], ["hash:@ETC@/c", "btree:@ETC@/d"],
                     ["-q", "two", "hash:@ETC@/d"], ["-q", "two", "btree:@ETC@/d"], ["-j", "-q", "k", "static:v"]):
            if "-j" in argv:
                continue
            self.go("postmap " + " ".join(argv), "postmap", *argv, input="one\ntwo\nthree\n")
        for argv in ([], ["-q"], ["-b", "hash:@ETC@/c"], ["-F", "hash:@ETC@/c"], ["-h", "hash:@ETC@/c"],
                     ["-U", "hash:@ETC@/c"], ["-q", "one", "nosuch:x"], ["-s", "static:x"], ["static:x"],
                     ["-q", "x", "static:y"], ["-q", "-", "static:y"]):
            self.go("postalias " + " ".join(argv), "postalias", *argv, input="one\ntwo\n")

    def test_file_values(self):
        self.inst.write("f1", "file one\n")
        self.inst.write("f2", b"two\0bin\xff")
        self.inst.write("f3", "")
        for name, text in {"one": "k @ETC@/f1\n", "two": "k @ETC@/f1 @ETC@/f2\n", "comma": "k @ETC@/f1, @ETC@/f1\n",
                           "missing": "k @ETC@/none\nl @ETC@/f1\n", "empty": "k @ETC@/f3\n",
                           "plain": "k value\n", "novalue": "k\n"}.items():
            self.inst.write("f", self.inst.sub(text))
            for ty in ("hash", "cdb", "lmdb"):
                self.go("%s %s" % (name, ty), "postmap", "-F", "%s:@ETC@/f" % ty)
                self.go("%s %s dump" % (name, ty), "postmap", "-s", "%s:@ETC@/f" % ty)
                self.go("%s %s dump F" % (name, ty), "postmap", "-F", "-s", "%s:@ETC@/f" % ty)
                self.go("%s %s q" % (name, ty), "postmap", "-Fq", "k", "%s:@ETC@/f" % ty)
                self.go("%s %s q -" % (name, ty), "postmap", "-Fq", "-", "%s:@ETC@/f" % ty, input="k\nl\n")
            for t in ("texthash:@ETC@/f", "inline:{k=@ETC@/f1}", "static:@ETC@/f1", "static:YWJj", "hash:@ETC@/f",
                      "regexp:@ETC@/f", "cidr:@ETC@/f"):
                self.go("%s -F -q %s" % (name, t), "postmap", "-F", "-q", "k", t)
        self.inst.write("g", "k v\n")
        self.inst.run("postmap", "hash:@ETC@/g")
        self.go("not base64", "postmap", "-F", "-q", "k", "hash:@ETC@/g")
        self.go("not base64 dump", "postmap", "-F", "-s", "hash:@ETC@/g")
        self.inst.write("re", self.inst.sub("/k/ @ETC@/f1\n/l/ @ETC@/none\n/m/ x\n"))
        for k in "klm":
            for ty in ("regexp", "pcre"):
                self.go("re %s %s" % (ty, k), "postmap", "-F", "-q", k, "%s:@ETC@/re" % ty)
        self.inst.write("ci", self.inst.sub("1.2.3.4 @ETC@/f1\n"))
        self.go("cidr", "postmap", "-F", "-q", "1.2.3.4", "cidr:@ETC@/ci")

    def test_message_modes(self):
        self.inst.write("re", "/./ X\n/^$/ EMPTY\n")
        messages = {
            "simple": "Subject: a\nTo: b\n c\n\nbody 1\n\nbody 2\n",
            "no-body": "Subject: a\nTo: b\n",
            "no-header": "\nbody\n",
            "not-a-header": "Subject: a\nwhat is this\nbody\n",
            "from-line": "From x y\nSubject: a\n\nbody\n",
            "multipart": "Subject: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=XX\n\npre\n--XX\n"
                         "Content-Type: text/plain\n\npart 1\n--XX\nContent-Type: message/rfc822\n\nSubject: in\n\n"
                         "inner\n--XX--\nepi\n",
            "empty": "",
        }
        for name, text in messages.items():
            for flags in ("-bq", "-hq", "-bhq", "-bmq", "-hmq", "-bhmq", "-mq"):
                self.go("%s %s" % (name, flags), "postmap", flags, "-", "regexp:@ETC@/re", input=text)

    def test_ownership(self):
        import pwd
        user = pwd.getpwnam("alice")
        for ty in TYPES:
            for flags in ((), ("-o",), ("-p",), ("-op",)):
                for mode in (0o600, 0o640, 0o644, 0o444, 0o666, 0o000):
                    for owner in (0, user.pw_uid):
                        p = self.inst.write("w/src", "one 1\n", mode)
                        d = os.path.dirname(p)
                        os.chown(d, owner, 0)
                        os.chown(p, owner, user.pw_gid if owner else 0)
                        os.chmod(p, mode)
                        for f in os.listdir(d):
                            if f != "src":
                                os.unlink(os.path.join(d, f))
                        self.go("%s %s %o %d" % (ty, flags, mode, owner), "postmap", *flags, "%s:@ETC@/w/src" % ty)
                        got = []
                        for f in sorted(os.listdir(d)):
                            s = os.stat(os.path.join(d, f))
                            got.append([f, oct(s.st_mode), s.st_uid == 0, s.st_gid == 0])
                        self.record("%s %s %o %d files" % (ty, flags, mode, owner), got)
        os.chmod(self.inst.etc, 0o755)
        for ty in TYPES:
            self.inst.write("root", "one 1\n", 0o600)
            self.go("user %s" % ty, "postmap", "%s:@ETC@/root" % ty, user="alice")
            self.go("user q %s" % ty, "postmap", "-q", "one", "%s:@ETC@/root" % ty, user="alice")
            self.inst.run("postmap", "%s:@ETC@/root" % ty)
            self.go("user q made %s" % ty, "postmap", "-q", "one", "%s:@ETC@/root" % ty, user="alice")
            self.inst.write("root", "one 1\n", 0o644)
            self.go("user open %s" % ty, "postmap", "%s:@ETC@/root" % ty, user="alice")
            self.go("user -i %s" % ty, "postmap", "-i", "%s:@ETC@/root" % ty, user="alice", input="a b\n")
            self.go("user -d %s" % ty, "postmap", "-d", "one", "%s:@ETC@/root" % ty, user="alice")

    def test_broken_files(self):
        etc = self.inst.etc
        for ty, suffix in (("hash", ".db"), ("btree", ".db"), ("cdb", ".cdb"), ("lmdb", ".lmdb")):
            for name, content in {"empty": b"", "garbage": b"garbage " * 2000, "short": b"x",
                                  "zeros": b"\0" * 8192}.items():
                self.inst.write("b", "one 1\n")
                self.inst.write("b" + suffix, content)
                self.go("%s %s q" % (ty, name), "postmap", "-q", "one", "%s:@ETC@/b" % ty)
                self.go("%s %s s" % (ty, name), "postmap", "-s", "%s:@ETC@/b" % ty)
                self.go("%s %s d" % (ty, name), "postmap", "-d", "one", "%s:@ETC@/b" % ty)
                self.go("%s %s i" % (ty, name), "postmap", "-i", "%s:@ETC@/b" % ty, input="two 2\n")
                self.go("%s %s build" % (ty, name), "postmap", "%s:@ETC@/b" % ty)
                self.go("%s %s q2" % (ty, name), "postmap", "-q", "one", "%s:@ETC@/b" % ty)
                for f in os.listdir(etc):
                    if f.startswith("b."):
                        os.unlink(os.path.join(etc, f))
        for ty, other in (("hash", "btree"), ("btree", "hash")):
            self.inst.write("b", "one 1\n")
            self.inst.run("postmap", "%s:@ETC@/b" % ty)
            for flags in (("-q", "one"), ("-s",), ("-d", "one"), ("-i",)):
                self.go("%s as %s %s" % (ty, other, flags), "postmap", *flags, "%s:@ETC@/b" % other, input="x y\n")
            self.go("%s rebuilt as %s" % (ty, other), "postmap", "%s:@ETC@/b" % other)
            os.unlink(os.path.join(etc, "b.db"))
        import time
        for ty in TYPES:
            self.inst.write("old", "one 1\n")
            self.inst.run("postmap", "%s:@ETC@/old" % ty)
            now = time.time()
            os.utime(os.path.join(etc, "old"), (now + 5, now + 5))
            self.go("older %s" % ty, "postmap", "-q", "one", "%s:@ETC@/old" % ty)
            os.unlink(os.path.join(etc, "old"))
            self.go("no source %s" % ty, "postmap", "-q", "one", "%s:@ETC@/old" % ty)


BAD = [
    "/a/", "/a", "a/ x", "/a/ $2", "/(a)/ $1$2", "/a/ $0", "/(a)/ ${1", "/(a)/ $(1", "/(a)/ $x", "/(a)/ ${x}",
    "/(a)/ ${11}", "!/(a)/ $1", "!/(a)/ x", "/a/q x", "/a/ii x", "/a/mx x", "if /a/", "endif", "if /a/ x",
    "if !/b/\n/a/ in\nendif", "if /b/\n/a/ in\nendif\n/a/ out", "endif x", "if", "if a", "if /a", "  /a/ x",
    "/a(/ x", "/[a/ x", "/a)/ x", "/*a/ x", "/a{1/ x", "/a\\/ x", "/a\\/b/ x", "|a| x", "!a! x", "xax x", "#a# x",
    "/a/\tx", "/a/x", "/a/ x $$ y", "/a/ x\n  more", "/a/ x\n/a/ y", "/(a)(b)?/ [$1][$2]", "/a/ $", "/a/ $$1",
    "/a/ x$", "/(a)/ $1x", "/(a)/ ${1}x", "/(a)/ $10", "/(a)/ $01", "!!/a/ x", "! /a/ x", "if ! /b/\n/a/ x\nendif",
    "IF /a/\n/a/ x\nENDIF", "/a/e x", "/\\Ba/ x", "/(?i)A/ x", "/a/ \"x\"", "/a/ REJECT $1", "/^$/ empty",
    "/(((((((((((a)))))))))))/ $11", "if /a/\nif /a/\n/a/ x\nendif", "/a/ x\nif /b/", "@a@ x", "/é/ x", "/a/ é",
    "if /a/i\n/a/ x\nendif", "/A/i x", "/(a)/ $-1", "/(a)/ ${ 1 }", "/a//b/ x", "/a/ /b/ x", "/a/,/b/ x",
]


class Patterns(Recorder):
    daemon = False
    sink = False
    area = "maps"
    cost = 40

    def test_rules(self):
        keys = ["a", "A", "b12", "B12", "bab", "c", "C", "x", "xa", "xb", "xbc", "z", "d\ne", "f\ng", "hi", " h i ",
                "j", "j\n", "k", "k\n", "l", "al", "mmm", "nx", "q", "oq", "pq", "opq", "y", "xy", ""]
        for ty, text in PATTERN_RULES.items():
            self.inst.write(ty, text)
            for k in keys:
                self.go("%s %r" % (ty, k), "postmap", "-q", k, "%s:@ETC@/%s" % (ty, ty))
            self.go(ty + " all", "postmap", "-q", "-", "%s:@ETC@/%s" % (ty, ty), input="\n".join(keys) + "\n")

    def test_bad(self):
        for ty in ("regexp", "pcre"):
            for rule in BAD:
                self.inst.write("bad", rule + "\n")
                for key in ("a", "b"):
                    self.go("%s %r %s" % (ty, rule, key), "postmap", "-q", key, "%s:@ETC@/bad" % ty)

    def test_inline(self):
        for ty in ("regexp", "pcre", "cidr", "texthash", "hash"):
            for text in ("{{/a/ x}}", "{ {/a/ x}, {/b/ y} }", "{{if /a/}{/a/ x}{endif}}", "{}", "{ }", "{{}}", "{a}",
                         "{{/a/ x}", "{/a/ x}", "{{/(a)/ $1}}", "{{/(a)/ $$1}}", "{{/a/ x} {/b/ y}}", "{{ /a/ x }}",
                         "{{1.2.3.4 x}}", "{{1.2.3.0/24 x}, {2.0.0.0/8 y}}", "{{1.2.3.4/24 x}}", "{{a b}}",
                         "{{/a/}}", "{{/a/ x}}y"):
                for key in ("a", "1.2.3.4"):
                    self.go("%s %s %s" % (ty, text, key), "postmap", "-q", key, "%s:%s" % (ty, text))

    def test_cidr(self):
        rules = ["1.2.3.4 x", "1.2.3.0/24 x", "1.2.3.4/24 x", "1.2.3.4/33 x", "1.2.3.4/ x", "1.2.3 x", "1.2.3.4/-1 x",
                 "1.2.3.4/a x", "1.2.3.4", "1.2.3.4/32", "0.0.0.0/0 x", "::/0 x", "2001:db8::/32 x",
                 "2001:db8::1/32 x", "[2001:db8::]/32 x", "[2001:db8::/32] x", "[1.2.3.0]/24 x", "[1.2.3.4] x",
                 "!1.2.3.4 x", "!1.2.3.0/24 x", "! 1.2.3.4 x", "if 1.2.3.0/24\n1.2.3.4 x\nendif", "endif",
                 "if 1.2.3.0/24", "if !1.2.3.0/24\n9.9.9.9 x\nendif", "if 1.2.3.4/24\nendif", "if 1.2.3.0/24 x\nendif",
                 "endif x", "::ffff:1.2.3.4 x", "::ffff:0:0/96 x", "01.2.3.4 x", "010.2.3.4 x", "1.2.3.4.5 x",
                 "host.test x", "x", "1.2.3.4  two words ", "1.2.3.4 x\n1.2.3.4 y", "1.2.3.4 x\n  more",
                 "1.2.3.4/32/32 x", "1.2.3.4\tx", "/24 x", "2001:db8::1 x", "2001:DB8::1 x", "2001:db8::1/128 x",
                 "2001:db8::/129 x", "fe80::1%lo x", "1.2.3.4 $1", "if\nendif", "if \nendif", "if foo\nendif",
                 "IF 1.2.3.0/24\n1.2.3.4 x\nENDIF", "  1.2.3.4 x", "1.2.3.4-1.2.3.9 x", "1.2.3.* x", "256.1.1.1 x"]
        for rule in rules:
            self.inst.write("ci", rule + "\n")
            for key in ("1.2.3.4", "9.9.9.9", "2001:db8::1", "::ffff:1.2.3.4", "8.2.3.4", "foo", "[1.2.3.4]"):
                self.go("%r %s" % (rule, key), "postmap", "-q", key, "cidr:@ETC@/ci")

    def test_composed(self):
        for t in ("static:{a b}", "static:a b", "static:{}", "static:{a}b", "static: a", "static:{ a }", "static:",
                  "inline:{}", "inline:{ }", "inline:{k=v}", "inline:{ k = v }", "inline:{ {k = v w} }", "inline:{k}",
                  "inline:{k=}", "inline:{=v}", "inline:{k=v, k=w}", "inline:{k=v k=w}", "inline:{k=v,}", "inline:k=v",
                  "inline:{k=v", "inline:{{k=v}", "inline:{{k=v}}x", "inline:{K=v}", "inline:{{k = }}",
                  "inline:{{k v}}", "inline:{k==v}", "inline:{{ = v}}", "inline:{{k=v}{j=w}}", "inline:{,k=v}",
                  "unionmap:{static:a}", "unionmap:{static:a, static:b}", "unionmap:{static:a static:b}",
                  "unionmap:{inline:{x=y}, static:b}", "unionmap:{}", "unionmap:x", "unionmap:{static:a",
                  "unionmap:{nosuch:a}", "unionmap:{fail:x, static:a}", "unionmap:{static:a, fail:x}",
                  "unionmap:{inline:{x=y}}", "unionmap:{ {static:{a b}}, static:c}", "unionmap:{static:{a b}}",
                  "pipemap:{static:a}", "pipemap:{static:a, inline:{a=b}}", "pipemap:{static:a, inline:{c=b}}",
                  "pipemap:{inline:{k=K2}, inline:{k2=z}}", "pipemap:{}", "pipemap:x", "pipemap:{static:a, fail:x}",
                  "pipemap:{inline:{x=y}, fail:x}", "pipemap:{nosuch:x}", "pipemap:{static:a,static:b,static:c}",
                  "pipemap:{unionmap:{static:a,static:b}, inline:{ {a,b=c} }}",
                  "randmap:{a}", "randmap:{ a }", "randmap:{}", "randmap:a", "randmap:{ {a b} }", "randmap:{a a}",
                  "randmap:{a,a}", "randmap:{a", "fail:", "fail:x", "debug:static:a", "debug:inline:{x=y}",
                  "debug:nosuch:x", "debug:", "debug:x", "proxy:static:a", "environ:", "environ:x", "internal:x",
                  "unix:passwd.byname", "unix:group.byname", "unix:x", "texthash:/nonexistent", "regexp:/nonexistent",
                  "pcre:/nonexistent", "cidr:/nonexistent", "hash:/nonexistent", "cdb:/nonexistent",
                  "lmdb:/nonexistent", "btree:/nonexistent", "sdbm:/nonexistent", "dbm:/x", "nis:x",
                  "tcp:",
                  "socketmap:x", "socketmap:", "socketmap:inet:x", "memcache:/nonexistent",
                  "mysql:/nonexistent", "pgsql:/nonexistent", "ldap:/nonexistent", "sqlite:/nonexistent",
                  "mysql:x", "pgsql:x", "ldap:x", "sqlite:x", "memcache:x"):
            for key in ("k", "x", "K"):
                self.go("%s %s" % (t, key), "postmap", "-q", key, t)
