"""Tables that ask servers: what postmap makes of odd answers of socketmap and tcp servers."""
import json
import os
import socket
import threading

from harness import Group


class RawServer:
    """Answers each request, which `read` takes off the connection, with the bytes that `answer` gives it."""

    def __init__(self, path, read, answer):
        self.asked = []
        self.sock = socket.socket(socket.AF_UNIX if isinstance(path, str) else socket.AF_INET)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.sock.bind(path)
        if isinstance(path, str):
            os.chmod(path, 0o777)
        self.sock.listen(20)
        self.read, self.answer = read, answer
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.sock.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            self.converse(client)
        except (OSError, ValueError):
            pass

    def converse(self, client):
        with client, client.makefile("rb") as stream:
            while True:
                request = self.read(stream)
                if request is None:
                    return
                self.asked.append(request.decode("utf-8", "replace"))
                reply = self.answer(request)
                if reply is None:
                    return
                client.sendall(reply)

    def close(self):
        self.sock.close()


def read_netstring(stream):
    length = b""
    while True:
        c = stream.read(1)
        if not c:
            return None
        if c == b":":
            break
        length += c
    data = stream.read(int(length))
    stream.read(1)
    return data


def read_line(stream):
    line = stream.readline()
    return line.rstrip(b"\n") if line else None


def net(text):
    return b"%d:%s," % (len(text), text)


SOCKETMAP = {
    "ok": net(b"OK value"), "ok-empty": net(b"OK "), "ok-no-space": net(b"OK"), "ok-spaces": net(b"OK  two  words "),
    "notfound": net(b"NOTFOUND "), "notfound-text": net(b"NOTFOUND text"), "notfound-bare": net(b"NOTFOUND"),
    "temp": net(b"TEMP later"), "timeout": net(b"TIMEOUT slow"), "perm": net(b"PERM no"), "temp-bare": net(b"TEMP"),
    "unknown": net(b"WHAT x"), "empty": net(b""), "space": net(b" "), "lower": net(b"ok value"),
    "newline": net(b"OK a\nb"), "nul": net(b"OK a\0b"), "utf8": net("OK w\u00f6rt".encode()),
    "latin1": net(b"OK w\xf6rt"), "no-comma": b"8:OK value;", "not-a-number": b"x:OK value,", "zero-lead": b"08:OK value,",
    "too-short": b"20:OK value,", "closed": None, "long": net(b"OK " + b"v" * 50000), "too-long": net(b"OK " + b"v" * 200000),
    "big-number": b"999999999:OK value,",
}
TCP = {
    "ok": b"200 value\n", "ok-empty": b"200 \n", "ok-bare": b"200\n", "ok-encoded": b"200 a%20b%0ac%25\n",
    "ok-space": b"200 a b\n", "bad-encoding": b"200 a%2\n", "bad-hex": b"200 a%zz\n", "notfound": b"500 no\n",
    "notfound-bare": b"500\n", "temp": b"400 later\n", "other-code": b"300 what\n", "text": b"hello\n", "empty": b"\n",
    "crlf": b"200 value\r\n", "utf8": "200 w%c3%b6rt\n".encode(), "raw-utf8": "200 w\u00f6rt\n".encode(),
    "nul": b"200 a%00b\n", "lower-hex": b"200 %2f\n",
}


class Servers(Group):
    area = "servers"
    daemon = False
    sink = False
    timeout = 400

    def record(self, question, answer):
        with open(os.environ["DIFFERENTIAL_ANSWERS"], "a") as f:
            f.write(json.dumps(["%s.%s" % (type(self).__name__, self.case), question, answer]) + "\n")

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
