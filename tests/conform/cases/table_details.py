"""Configurations of database tables, and cidr conditions, that Postfix refuses or reads in its own way."""
import sqlite3

from harness import Group

ROWS = [
    # parameters; key; exit status and output of postmap -q
    ("query = SELECT v, w FROM alias WHERE k = '%s' ORDER BY v", "joe@x.example", 0, "a@y,b@y\n"),
    ("select_field = v\ntable = alias\nwhere_field = k\nadditional_conditions = ORDER BY v", "joe@x.example", 0,
     "a@y,b@y\n"),
    ("query = SELECT '%u'\nresult_format = %", "joe@x.example", 1, ""),
    ("query = SELECT '%u'\nresult_format = x%z", "joe@x.example", 1, ""),
    ("query = SELECT '%u'\nresult_format =", "joe@x.example", 1, ""),
    ("query = SELECT '%u'\nresult_filter = f:%s", "joe@x.example", 0, "joe\n"),
    ("query = SELECT '%z'", "joe@x.example", 1, ""),
    ("query = SELECT '%u'\nexpansion_limit = x", "joe@x.example", 1, ""),
    ("query = SELECT '%u'\nexpansion_limit = -1", "joe@x.example", 0, "joe\n"),
    ("query = SELECT v FROM alias WHERE k = '%s'\nexpansion_limit = 1", "joe@x.example", 1, ""),
    ("query = SELECT '%u'\ndomain = y.example", "joe@x.example", 1, ""),
    ("query = SELECT '%u'\nquery = SELECT 'second'", "joe@x.example", 0, "second\n"),
    ("query = SELECT '%u'\nno assignment", "joe@x.example", 1, ""),
    ("query = SELECT 'x'", "", 1, ""),
    ("query = SELECT ''", "joe@x.example", 1, ""),
]

CIDR = [
    ("if 1.2.3.0/24\n1.2.3.4 in\nendif x\n1.2.3.5 out\n", "1.2.3.5", 0, "out\n"),
    ("if 1.2.3.0/24\n1.2.3.4 in\nendif x\n5.5.5.5 out\n", "5.5.5.5", 1, ""),
    ("if 1.2.3.0/24 x\n1.2.3.4 in\n5.5.5.5 five\nendif\n", "5.5.5.5", 0, "five\n"),
    ("if\n5.5.5.5 five\nendif\n", "5.5.5.5", 0, "five\n"),
]


class TableDetails(Group):
    area = "tables"
    daemon = False
    sink = False
    cost = 3

    def test_database_parameters(self):
        if not any(w == "sqlite" for w in self.inst.run("postconf", "-m").out.split()):
            return
        self.inst.write("names.sqlite", "")
        path = self.inst.etc + "/names.sqlite"
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE alias(k varchar, v varchar, w varchar)")
            database.executemany("INSERT INTO alias VALUES (?, ?, ?)",
                                 [("joe@x.example", "a@y", "1"), ("joe@x.example", "b@y", None)])
        for text, key, status, output in ROWS:
            self.inst.write("table.cf", "dbpath = %s\n%s\n" % (path, text))
            r = self.inst.run("postmap", "-q", key, "sqlite:@ETC@/table.cf")
            self.eq((r.rc, r.out), (status, output), "key %r with %r" % (key, text))

    def test_cidr_conditions(self):
        for text, key, status, output in CIDR:
            self.inst.write("rules", text)
            r = self.inst.run("postmap", "-q", key, "cidr:@ETC@/rules")
            self.eq((r.rc, r.out), (status, output), "key %r with %r" % (key, text))

    def test_cdb_with_nul(self):
        if "cdb" not in self.inst.run("postconf", "-m").out.split():
            return
        self.inst.write("n", "one 1\n")
        self.ok(self.inst.run("postmap", "-N", "cdb:@ETC@/n").rc == 0, "postmap -N")
        for flags, status in (("-q", 0), ("-nq", 1), ("-Nq", 0)):
            r = self.inst.run("postmap", flags, "one", "cdb:@ETC@/n")
            self.eq(r.rc, status, "postmap %s of a table made with -N" % flags)
