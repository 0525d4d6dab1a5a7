"""Tables by way of proxymap, and the tables made of tables: what may be asked, and what is said of the rest."""
from recorder import Recorder

import re


class Proxied(Recorder):
    area = "proxied"
    sink = False
    main = """
proxy_read_maps = proxy:@DB@:@ETC@/h proxy:texthash:@ETC@/t, proxy:unionmap:{static:a,static:b} proxy:inline:{k=v} proxy:fail:x proxy:regexp:@ETC@/re
    proxy:pipemap:{inline:{k=l},inline:{l=m}} $virtual_alias_maps proxy:hash:/nonexistent static:plain proxy:unix:passwd.byname proxy:environ:PATH proxy:randmap:{one}
virtual_alias_maps = proxy:texthash:@ETC@/v, texthash:@ETC@/w
proxy_write_maps = proxy:@DB@:@ETC@/h, proxy:btree:$data_directory/cache
"""
    maps = {"h": "key value\n@x.test at\nUP up\n"}
    files = {"t": "key tvalue\n", "v": "key vvalue\n", "w": "key wvalue\n", "re": "/^k(.*)$/ r$1\n/^b(.*)$/i B$1\n", "secret": "key secret\n"}

    def show(self, *args, input=None, user=None):
        mark = self.inst.log_size()
        r = self.inst.run("postmap", *args, input=input, user=user, timeout=12)
        log = [re.sub(r"^.*? mx (\S+)\[\d+\]: ", r"\1: ", l) for l in self.clean(self.inst.log_text(mark)).splitlines() if "proxymap" in l or "fatal" in l]
        self.record(" ".join(args) + (" as " + user if user else "") + (" %r" % input if input else ""), [r.rc, self.clean(r.out), re.sub(r"\[\d+\]", "[N]", self.clean(r.err)), log])

    def test_reading(self):
        for t in ("proxy:@DB@:@ETC@/h", "proxy:texthash:@ETC@/t", "proxy:texthash:@ETC@/v", "proxy:texthash:@ETC@/w", "proxy:texthash:@ETC@/secret", "proxy:unionmap:{static:a,static:b}", "proxy:unionmap:{static:a, static:b}", "proxy:inline:{k=v}", "proxy:inline:{k=w}", "proxy:fail:x", "proxy:regexp:@ETC@/re", "proxy:pipemap:{inline:{k=l},inline:{l=m}}",
                  "proxy:hash:/nonexistent", "proxy:static:plain", "proxy:nosuch:x", "proxy:", "proxy:x", "proxy:texthash:", "proxy:proxy:texthash:@ETC@/t", "proxy:unix:passwd.byname", "proxy:environ:PATH", "proxy:randmap:{one}", "unionmap:{proxy:texthash:@ETC@/t,static:z}", "pipemap:{proxy:texthash:@ETC@/t,inline:{tvalue=end}}", "pipemap:{static:key,proxy:texthash:@ETC@/t}", "unionmap:{proxy:texthash:@ETC@/secret,static:z}", "randmap:{proxy:x}", "debug:texthash:@ETC@/t", "proxy:debug:texthash:@ETC@/t", "proxywrite:@DB@:@ETC@/h"):
            for key in ("key", "k", "nosuch"):
                self.show("-q", key, t)
        self.show("-q", "-", "proxy:texthash:@ETC@/t", input="key\nnone\n")
        self.show("-q", "KEY", "proxy:texthash:@ETC@/t")
        self.show("-fq", "KEY", "proxy:texthash:@ETC@/t")
        self.show("-q", "", "proxy:texthash:@ETC@/t")
        self.show("-q", "x" * 3000, "proxy:regexp:@ETC@/re")
        self.show("-q", "k" + "x" * 3000, "proxy:regexp:@ETC@/re")
        self.show("-q", "ka\nb", "proxy:regexp:@ETC@/re")
        self.show("-q", "k\u00f6", "proxy:regexp:@ETC@/re")
        self.show("-q", "key", "proxy:texthash:@ETC@/t", user="alice")
        self.show("-s", "proxy:texthash:@ETC@/t")
        self.show("-s", "proxy:@DB@:@ETC@/h")

    def test_writing(self):
        for args, text in ((["-i", "proxy:@DB@:@ETC@/h"], "n1 v1\n"), (["-d", "n1", "proxy:@DB@:@ETC@/h"], None), (["proxy:@DB@:@ETC@/h"], None), (["-r", "-i", "proxy:@DB@:@ETC@/h"], "n1 v1\n"), (["-d", "key", "proxy:texthash:@ETC@/t"], None), (["-i", "proxywrite:@DB@:@ETC@/h"], "n2 v2\n"), (["-q", "n2", "@DB@:@ETC@/h"], None)):
            self.show(*args, input=text)

    def test_composed(self):
        for t in ("unionmap:", "unionmap:{", "unionmap:{}", "unionmap:{ }", "unionmap:}", "unionmap:x", "unionmap:{x}", "unionmap:{static:a} y", "unionmap:{static:a}}", "unionmap:{static:a,,static:b}", "unionmap:{,}", "unionmap:{static:a static:b}", "unionmap:{{static:a}}", "unionmap:{{static:a b}}", "unionmap:{nosuch:x}", "unionmap:{static:a,fail:x}", "unionmap:{fail:x,static:a}", "unionmap:{inline:{k=1},inline:{j=2}}", "pipemap:", "pipemap:{", "pipemap:{}", "pipemap:{x}", "pipemap:{static:a}", "pipemap:{static:k,inline:{k=1}}", "pipemap:{inline:{q=1},static:k}", "pipemap:{fail:x,static:k}", "pipemap:{static:k,fail:x}", "pipemap:{nosuch:x,static:k}", "pipemap:{static:}", "randmap:", "randmap:{", "randmap:{}", "randmap:{a}", "randmap:{a,}", "randmap:{{a b}}", "randmap:{ a }", "randmap:a", "randmap:{a}b", "inline:", "inline:{", "inline:{}", "inline:{k}", "inline:{k=}", "inline:{=v}", "inline:{k=1,k=2}", "inline:{k=1 k=2}", "inline:{{k=1}}", "inline:{{k = 1 2}}", "inline:{{k = 1} x}", "inline:{ k=1 }", "inline:{k=1}x", "inline:{{k=1}{j=2}}", "inline:{{k=1},{j=2}}", "inline:{K=1}", "inline:{k==1}", "inline:{k=1=2}", "inline:k=1", "inline:{{}}", "static:", "static:a", "static:a b", "static:{a b}", "static:{ a b }", "static:{", "static:{}", "static:{a}b", "static:}", "fail:", "fail:x", "environ:", "environ:x", "internal:", "internal:x", "internal:{x}", "debug:", "debug:x", "debug:static:a", "debug:nosuch:x", "debug:debug:static:a", "unix:", "unix:x", "unix:passwd.byname", "unix:group.byname", "texthash:", "tcp:", "socketmap:", "socketmap:x", "socketmap:unix:/nonexistent", "socketmap:foo:bar:x", "memcache:", "cidr:", "cidr:/nonexistent", "cidr:{", "cidr:{{1.2.3.4 x}}", "cidr:{{1.2.3.4 x}", "regexp:{", "regexp:{}", "regexp:{{/k/ x}}", "regexp:{{/k/ x}, {/j/ y}}", "regexp:{/k/ x}", "regexp:{{/k/}}", "pcre:{{/(k)/ $1$1}}", "pcre:{{/k/ x}} y", "hash:", "hash:/nonexistent", "hash:/etc", "btree:/dev/null", "cdb:/nonexistent", "lmdb:/nonexistent", "sdbm:/nonexistent", "dbm:/nonexistent", "ldap:/nonexistent", "mysql:/nonexistent", "pgsql:/nonexistent", "sqlite:/nonexistent", ":", ":x", "x:", "::", "Static:a", "STATIC:a", " static:a", "static :a"):
            for key in ("k", "key"):
                r = self.inst.run("postmap", "-q", key, t, timeout=15)
                self.record("%s %s" % (t, key), [r.rc, self.clean(r.out), re.sub(r"\[\d+\]", "[N]", self.clean(r.err))])
