"""Tables that ask servers: what postmap makes of odd answers of socketmap and tcp servers."""

from harness import RawServer, netstring, read_line, read_netstring

from recorder import Recorder


SOCKETMAP = {
    "ok": netstring(b"OK value"), "ok-empty": netstring(b"OK "), "ok-no-space": netstring(b"OK"), "ok-spaces": netstring(b"OK  two  words "),
    "notfound": netstring(b"NOTFOUND "), "notfound-text": netstring(b"NOTFOUND text"), "notfound-bare": netstring(b"NOTFOUND"),
    "temp": netstring(b"TEMP later"), "timeout": netstring(b"TIMEOUT slow"), "perm": netstring(b"PERM no"), "temp-bare": netstring(b"TEMP"),
    "unknown": netstring(b"WHAT x"), "empty": netstring(b""), "space": netstring(b" "), "lower": netstring(b"ok value"),
    "newline": netstring(b"OK a\nb"), "nul": netstring(b"OK a\0b"), "utf8": netstring("OK w\u00f6rt".encode()),
    "latin1": netstring(b"OK w\xf6rt"), "no-comma": b"8:OK value;", "not-a-number": b"x:OK value,", "zero-lead": b"08:OK value,",
    "too-short": b"20:OK value,", "closed": None, "long": netstring(b"OK " + b"v" * 50000), "too-long": netstring(b"OK " + b"v" * 200000),
    "big-number": b"999999999:OK value,",
}
TCP = {
    "ok": b"200 value\n", "ok-empty": b"200 \n", "ok-bare": b"200\n", "ok-encoded": b"200 a%20b%0ac%25\n",
    "ok-space": b"200 a b\n", "bad-encoding": b"200 a%2\n", "bad-hex": b"200 a%zz\n", "notfound": b"500 no\n",
    "notfound-bare": b"500\n", "temp": b"400 later\n", "other-code": b"300 what\n", "text": b"hello\n", "empty": b"\n",
    "crlf": b"200 value\r\n", "utf8": "200 w%c3%b6rt\n".encode(), "raw-utf8": "200 w\u00f6rt\n".encode(),
    "nul": b"200 a%00b\n", "lower-hex": b"200 %2f\n",
}


class Servers(Recorder):
    area = "servers"
    daemon = False
    sink = False
    timeout = 400


    def ask(self, question, table, key, server):
        before = len(server.asked)
        r = self.inst.run("postmap", "-q", key, table, timeout=25)
        self.record(question, [r.rc, r.out[:200]])
        self.record("asked " + question, server.asked[before:before + 1])

    def test_socketmap(self):
        path = self.path("raw.sock")
        current = [b""]
        server = RawServer(path, read_netstring, lambda request: current[0])
        for name, reply in SOCKETMAP.items():
            current[0] = reply
            self.ask(name, "socketmap:unix:%s:map" % path, "key", server)
        current[0] = SOCKETMAP["ok"]
        for key in ("K", "a b", "a:b,", "", "w\u00f6rt", "Joe@Example.COM", "x" * 3000, "a\nb"):
            self.ask("key %.20r" % key, "socketmap:unix:%s:map" % path, key, server)
        for table in ("socketmap:unix:%s:" % path, "socketmap:unix:%s:a b" % path, "socketmap:unix:%s:a:b" % path):
            self.ask("name " + table.rsplit("/", 1)[1], table, "key", server)
        server.close()

    def test_tcp(self):
        current = [b""]
        server = RawServer(("127.0.0.1", 7799), read_line, lambda request: current[0])
        for name, reply in TCP.items():
            if name in ("text", "empty", "other-code", "ok-bare", "notfound-bare", "bad-encoding", "bad-hex"):
                continue  # Postfix asks again and again
            current[0] = reply
            self.ask(name, "tcp:127.0.0.1:7799", "key", server)
        current[0] = TCP["ok"]
        for key in ("K", "a b", "a%b", "", "w\u00f6rt", "Joe@Example.COM", "x" * 3000, "a\nb", "a\tb", "a+b/c"):
            self.ask("key %.20r" % key, "tcp:127.0.0.1:7799", key, server)
        server.close()
