"""Tables behind proxymap and proxywrite, asked and changed by postmap."""
import os
import shutil

from harness import Group

UNAVAILABLE = "Application error"


class ProxiedTables(Group):
    area = "tables"
    sink = False
    cost = 4
    main = """
proxy_write_maps = proxy:btree:@DIR@/shared/b, proxy:hash:@DIR@/shared/h proxy:lmdb:@DIR@/shared/l
    proxy:texthash:@DIR@/shared/t proxy:internal:x, proxy:btree:@DIR@/shared/new
proxy_read_maps = $virtual_alias_maps proxy:memcache:@ETC@/mc.cf proxy:unionmap:{memcache:@ETC@/mc.cf,static:y}
    proxy:sqlite:@ETC@/nosuch.cf
virtual_alias_maps = proxy:fail:x
"""
    master = "proxymap unix - - n - - proxymap\nproxywrite unix - - n - 1 proxymap\n"
    files = {"mc.cf": "memcache = unix:@DIR@/none\nmax_try = 1\n"}

    def setup(self):
        self.folder = self.inst.sub("@DIR@/shared")
        os.mkdir(self.folder)
        for kind, name in (("btree", "b"), ("hash", "h"), ("lmdb", "l")):
            with open(os.path.join(self.folder, name), "w") as source:
                source.write("one 1\ntwo 2\n")
            self.inst.run("postmap", "%s:%s/%s" % (kind, self.folder, name))
        owner = self.inst.run("postconf", "-h", "mail_owner").out.strip()
        for name in [self.folder] + [os.path.join(self.folder, name) for name in os.listdir(self.folder)]:
            shutil.chown(name, owner)

    def check(self, option, key, table, status, output="", said=None):
        r = self.inst.run("postmap", option, key, "proxy:" + self.inst.sub(table))
        self.eq((r.rc, r.out), (status, output), "result of %s %s %s" % (option, key, table))
        lines = [line.split(": ", 1)[1] for line in r.err.splitlines()]
        self.eq(lines, [self.inst.sub("fatal: " + said)] if said else [], "warnings")

    def test_removal(self):
        for table in ("btree:@DIR@/shared/b", "hash:@DIR@/shared/h", "lmdb:@DIR@/shared/l"):
            self.check("-d", "one", table, 0)
            self.check("-d", "one", table, 1)
            self.check("-d", "TWO", table, 0)
            r = self.inst.run("postmap", "-s", self.inst.sub(table))
            self.eq(r.out, "", "what is left in " + table)

    def test_removal_of_an_empty_key(self):
        self.check("-d", "", "btree:@DIR@/shared/b", 1)

    def test_removal_from_what_is_new(self):
        self.check("-d", "one", "btree:@DIR@/shared/new", 1)
        self.check("-d", "one", "internal:x", 1)

    def test_removal_from_a_source(self):
        self.check("-d", "one", "texthash:@DIR@/shared/t", 1,
                   said="table proxy:texthash:@DIR@/shared/t: delete error: " + UNAVAILABLE)
        self.log(r"error: texthash:\S+/t map requires O_RDONLY access mode")

    def test_no_name(self):
        self.check("-d", "one", "x", 1, said='proxywrite open failed for table "x": invalid request')
        self.check("-q", "one", "x", 1, said='proxymap open failed for table "x": invalid request')

    def test_unreachable(self):
        for table in ("memcache:@ETC@/mc.cf", "unionmap:{memcache:@ETC@/mc.cf,static:y}"):
            self.check("-q", "one", table, 1, said="table proxy:%s: query error: %s" % (table, UNAVAILABLE))
        self.log(r"warning: connect to \S+/none: No such file or directory")

    def test_no_such_configuration(self):
        self.check("-q", "one", "sqlite:@ETC@/nosuch.cf", 1,
                   said="table proxy:sqlite:@ETC@/nosuch.cf: query error: " + UNAVAILABLE)
        self.log(r"warning: sqlite:\S+/nosuch\.cf is unavailable\. open \S+/nosuch\.cf: No such file or directory")

    def test_unapproved(self):
        self.check("-q", "one", "memcache:@ETC@/other.cf", 1,
                   said='proxymap service is not configured for table "memcache:@ETC@/other.cf"')
        self.log(r'warning: request for unapproved table: "memcache:\S+/other\.cf"')

    def test_failing(self):
        self.check("-q", "one", "fail:x", 1, said="table proxy:fail:x: query error: " + UNAVAILABLE)
        self.check("-q", "", "fail:x", 1, said="table proxy:fail:x: query error: " + UNAVAILABLE)
