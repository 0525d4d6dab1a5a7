"""What postmap and postalias say when a type of table cannot do what it is asked for: every type and request."""
import re

from harness import Group

BULK = "unsupported dictionary type: %s does not support bulk-mode creation."
READ_ONLY = "%s map requires O_RDONLY access mode"
NO_LIST = "table %s: sequence operation is not supported"
NO_NAME = 'open dictionary: expecting "type:name" form instead of "%s"'

# A table of each type that lives in no file of its own; "@ETC@/text" and others are there.
NAMES = ["texthash:@ETC@/text", "inline:{one=1}", "static:x", "static:{a b}", "environ:x", "fail:x", "internal:x",
         "unix:passwd.byname", "unix:group.byname", "cidr:@ETC@/net", "regexp:@ETC@/re", "pcre:@ETC@/re",
         "regexp:{{/one/ 2}}", "pcre:{{/one/ 2}}", "cidr:{{1.2.3.4 2}}", "pipemap:{static:x}", "unionmap:{static:x}",
         "randmap:{x}", "tcp:127.0.0.1:1", "socketmap:inet:127.0.0.1:1:x", "memcache:@ETC@/mc.cf"]
LISTED = {"texthash:@ETC@/text": "one\t1\n", "inline:{one=1}": "one\t1\n", "internal:x": ""}
FILES = ("hash", "btree", "lmdb")


class MapRefusals(Group):
    area = "tables"
    daemon = False
    sink = False
    cost = 100
    timeout = 120
    files = {"text": "one 1\n", "net": "1.2.3.4 x\n", "re": "/one/ 1\n", "mc.cf": "max_try = 1\n"}

    def refused(self, command, options, table, text, key_input=None, status=1, output=""):
        r = self.inst.run(command, *options, self.inst.sub(table), input=key_input)
        lines = [re.sub(r"^\S+: ", "", line) for line in r.err.splitlines()]
        expected = ["fatal: " + self.inst.sub(text)] if text else []
        self.eq((r.rc, r.out, lines), (status, output, expected), "%s %s %s" % (command, options, table))

    def build(self, table):
        """Without -i the source is looked for first."""
        kind, name = table.split(":", 1)
        for command in ("postmap", "postalias"):
            for options in ([], ["-r"])[:2 if command == "postmap" else 1]:
                there = name in ("@ETC@/" + file for file in self.files)
                self.refused(command, options, table,
                             ("table %s: write error: Application error" % table if kind == "fail" else BULK % kind)
                             if there else "open %s: No such file or directory" % name)
            self.refused(command, ["-i"], table,
                         "table %s: write error: Application error" % table if kind == "fail" else BULK % kind,
                         key_input="one 1\n" if command == "postmap" else "one: 1\n")

    def remove(self, table):
        kind = table.split(":", 1)[0]
        if kind == "memcache":
            return
        text = {"static": "table %s: delete operation is not supported", "internal": "",
                "environ": "table %s: delete operation is not supported",
                "fail": "table %s: delete error: Application error"}.get(kind, READ_ONLY)
        for command in ("postmap", "postalias"):
            self.refused(command, ["-d", "one"], table, text % table if text else "")
        self.refused("postmap", ["-d", "-"], table, text % table if text else "", key_input="one\ntwo\n")

    def list(self, table):
        kind = table.split(":", 1)[0]
        if kind == "memcache":
            return
        if table in LISTED:
            self.refused("postmap", ["-s"], table, "", status=0, output=LISTED[table])
            self.refused("postalias", ["-s"], table, "", status=0, output=LISTED[table].replace("\t", ":\t"))
        else:
            text = "table %s: sequence error: Application error" if kind == "fail" else NO_LIST
            self.refused("postmap", ["-s"], table, text % table)

    def test_no_name(self):
        for kind in FILES + ("static", "regexp", "cidr", "inline", "unix", "tcp", "socketmap", "randmap", "pipemap",
                             "environ", "fail"):
            for options in (["-q", "one"], ["-d", "one"], ["-s"]):
                self.refused("postmap", options, kind + ":", NO_NAME % (kind + ":"))

    def test_no_type(self):
        for options in (["-q", "one"], ["-d", "one"], ["-s"]):
            self.refused("postmap", options, ":x", NO_NAME % ":x")
            self.refused("postmap", options, "nosuch:x", "unsupported dictionary type: nosuch")

    def test_proxy(self):
        for command in ("postmap", "postalias"):
            self.refused(command, ["-s"], "proxy:static:x", "can't sequence maps via the proxy service")
            self.refused(command, [], "proxy:static:x", "can't create maps via the proxy service")
            self.refused(command, ["-i"], "proxy:static:x", BULK % "proxy", key_input="one 1\n")

    def test_empty_lines_are_keys(self):
        for kind in FILES:
            self.inst.write("made", "one 1\ntwo 2\n")
            self.inst.run("postmap", kind + ":@ETC@/made")
            self.refused("postmap", ["-d", "-"], kind + ":@ETC@/made", "", key_input="one\n\ntwo\n", status=0)
            self.refused("postmap", ["-s"], kind + ":@ETC@/made", "", status=0)

    def test_failing(self):
        for options in (["-q", "one"], ["-q", "-"], ["-q", ""]):
            self.refused("postmap", options, "fail:x", "table fail:x: query error: Application error", key_input="a\n")

    def test_socketmap_names(self):
        for options in (["-q", "one"], ["-s"]):
            self.refused("postmap", options, "socketmap:x", "socketmap requires server:socketmap argument")
            self.refused("postmap", options, "socketmap:foo:x", 'need service transport:endpoint instead of "foo"')

    def test_file_values(self):
        self.refused("postmap", ["-F", "-q", "one"], "inline:{one=/nosuch}",
                     'open /nosuch: No such file or directory: "inline:{one=/nosuch}"; need "inline:{name=filename...}"')


for row in NAMES:
    for what in ("build", "remove", "list"):
        name = re.sub(r"[^a-z0-9]+", "_", row.replace("@ETC@/", "").lower()).strip("_")
        setattr(MapRefusals, "test_%s_%s" % (what, name), lambda self, row=row, what=what: getattr(self, what)(row))
