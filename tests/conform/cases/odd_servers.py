"""What postmap makes of odd answers of socketmap and tcp servers, and what it asks them."""

from harness import Group, RawServer, netstring, read_line, read_netstring


# Reply; exit status and output of postmap -q.
SOCKETMAP = {
    'ok': (b'8:OK value,', 0, 'value\n'),
    'ok-empty': (b'3:OK ,', 0, '\n'),
    'ok-no-space': (b'2:OK,', 1, ''),
    'ok-spaces': (b'15:OK  two  words ,', 0, ' two  words \n'),
    'notfound': (b'9:NOTFOUND ,', 1, ''),
    'notfound-text': (b'13:NOTFOUND text,', 1, ''),
    'notfound-bare': (b'8:NOTFOUND,', 1, ''),
    'temp': (b'10:TEMP later,', 1, ''),
    'timeout': (b'12:TIMEOUT slow,', 1, ''),
    'perm': (b'7:PERM no,', 1, ''),
    'temp-bare': (b'4:TEMP,', 1, ''),
    'unknown': (b'6:WHAT x,', 1, ''),
    'empty': (b'0:,', 1, ''),
    'space': (b'1: ,', 1, ''),
    'lower': (b'8:ok value,', 1, ''),
    'newline': (b'6:OK a\nb,', 0, 'a\nb\n'),
    'nul': (b'6:OK a\x00b,', 0, 'a\n'),
    'utf8': (b'8:OK w\xc3\xb6rt,', 0, 'w\xf6rt\n'),
    'latin1': (b'7:OK w\xf6rt,', 1, ''),
    'no-comma': (b'8:OK value;', 1, ''),
    'not-a-number': (b'x:OK value,', 1, ''),
    'zero-lead': (b'08:OK value,', 0, 'value\n'),
    'too-short': (b'20:OK value,', -1, ''),
    'closed': (None, 1, ''),
    'too-long': (netstring(b"OK " + b"v" * 200000), 1, ''),
    'big-number': (b'999999999:OK value,', 1, ''),
}
# Key; what the server sees.
SOCKETMAP_KEYS = [
    ('K', ['map K']),
    ('a b', ['map a b']),
    ('a:b,', ['map a:b,']),
    ('w\xf6rt', ['map w\xf6rt']),
    ('Joe@Example.COM', ['map Joe@Example.COM']),
    ('a\nb', ['map a\nb']),
]
TCP = {
    'ok': (b'200 value\n', 0, 'value\n'),
    'ok-empty': (b'200 \n', 0, '\n'),
    'ok-encoded': (b'200 a%20b%0ac%25\n', 0, 'a b\nc%\n'),
    'ok-space': (b'200 a b\n', 0, 'a b\n'),
    'notfound': (b'500 no\n', 1, ''),
    'temp': (b'400 later\n', 1, ''),
    'utf8': (b'200 w%c3%b6rt\n', 0, 'w\xf6rt\n'),
    'raw-utf8': (b'200 w\xc3\xb6rt\n', 0, 'w\xf6rt\n'),
    'nul': (b'200 a%00b\n', 0, 'a\n'),
    'lower-hex': (b'200 %2f\n', 0, '/\n'),
    'tab': (b'200\tvalue\n', 0, 'value\n'),
    'bare': (b'200\n', 1, ''),
    'dash': (b'200-value\n', 1, ''),
    'bad-hex': (b'500 %zz\n', 1, ''),
    'other-status': (b'300 x\n', 1, ''),
}
# Reply; what postmap says of it.
SOCKETMAP_SAID = {
    'temp': (b'10:TEMP later,', r'socketmap server temporary error: later$'),
    'temp-bare': (b'4:TEMP,', r'socketmap server temporary error$'),
    'timeout': (b'12:TIMEOUT slow,', r'socketmap server timeout error: slow$'),
    'perm': (b'7:PERM no,', r'socketmap server permanent error: no$'),
    'unknown': (b'6:WHAT x,', r'socketmap server unknown error: x$'),
    'empty': (b'0:,', r'socketmap server unknown error$'),
    'latin1': (b'7:OK w\xf6rt,', r'key "key": non-UTF-8 value "w\?rt": malformed UTF-8 or invalid codepoint$'),
}
TCP_SAID = {
    'bare': (b'200\n', r'read TCP map reply from 127\.0\.0\.1:7799: malformed reply: 200$'),
    'bad-hex': (b'200 %zz\n', r'read TCP map reply from 127\.0\.0\.1:7799: malformed reply: 200 %zz$'),
    'other-status': (b'300 x\n', r'read TCP map reply from 127\.0\.0\.1:7799: bad status code: 300 x$'),
    'too-long': (b'200 ' + b'v' * 5000 + b'\n', r'read TCP map reply from 127\.0\.0\.1:7799: text longer than 4096$'),
    'latin1': (b'200 w\xf6rt\n', r'key "key": non-UTF-8 value "w\?rt": malformed UTF-8 or invalid codepoint$'),
}
TCP_KEYS = [
    ('K', ['get K']),
    ('a b', ['get a%20b']),
    ('a%b', ['get a%25b']),
    ('w\xf6rt', ['get w%C3%B6rt']),
    ('Joe@Example.COM', ['get Joe@Example.COM']),
    ('a\nb', ['get a%0Ab']),
    ('a\tb', ['get a%09b']),
    ('a+b/c', ['get a+b/c']),
]


class OddServers(Group):
    area = "tables"
    daemon = False
    sink = False
    cost = 4

    def prepare(self):
        self.reply_bytes = b""
        self.sm = self.keep(RawServer(self.path("raw.sock"), read_netstring, lambda request: self.reply_bytes))
        self.tcp = self.keep(RawServer(("127.0.0.1", 7799), read_line, lambda request: self.reply_bytes))

    def ask(self, table, key):
        r = self.inst.run("postmap", "-q", key, table)
        return r.rc, r.out

    def socketmap(self):
        return "socketmap:unix:%s:map" % self.path("raw.sock")

    def test_map_without_name(self):
        self.reply_bytes = SOCKETMAP["ok"][0]
        del self.sm.asked[:]
        self.eq(self.ask("socketmap:unix:%s:" % self.path("raw.sock"), "key"), (0, "value\n"), "answer")
        self.eq(self.sm.asked[0], " key", "request")


def add(name, function):
    setattr(OddServers, "test_" + name, function)


def answer_case(kind, reply, status, output):
    def run(self):
        self.reply_bytes = reply
        table = self.socketmap() if kind == "socketmap" else "tcp:127.0.0.1:7799"
        self.eq(self.ask(table, "key"), (status, output), "%s server says %r" % (kind, reply and reply[:60]))
    return run


def said_case(kind, reply, said):
    def run(self):
        self.reply_bytes = reply
        table = self.socketmap() if kind == "socketmap" else "tcp:127.0.0.1:7799"
        r = self.inst.run("postmap", "-q", "key", table)
        self.eq((r.rc, r.out), (1, ""), "status and output")
        self.match("(?m)^postmap: warning: .*" + said, r.err)
    return run


def key_case(kind, key, asked):
    def run(self):
        server, table = (self.sm, self.socketmap()) if kind == "socketmap" else (self.tcp, "tcp:127.0.0.1:7799")
        self.reply_bytes = (SOCKETMAP if kind == "socketmap" else TCP)["ok"][0]
        del server.asked[:]
        self.eq(self.ask(table, key), (0, "value\n"), "answer")
        self.eq(server.asked[:1], asked, "what the server is asked for %r" % key)
    return run


for name, row in SOCKETMAP.items():
    add("socketmap_" + name.replace("-", "_"), answer_case("socketmap", *row))
for name, row in TCP.items():
    add("tcp_" + name.replace("-", "_"), answer_case("tcp", *row))
for name, row in SOCKETMAP_SAID.items():
    add("socketmap_says_" + name.replace("-", "_"), said_case("socketmap", *row))
for name, row in TCP_SAID.items():
    add("tcp_says_" + name.replace("-", "_"), said_case("tcp", *row))
for number, row in enumerate(SOCKETMAP_KEYS):
    add("socketmap_key_%d" % number, key_case("socketmap", *row))
for number, row in enumerate(TCP_KEYS):
    add("tcp_key_%d" % number, key_case("tcp", *row))
