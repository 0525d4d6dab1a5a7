"""qmqp-source and qmqp-sink."""
import re
import socket
import subprocess
import threading
import time

from harness import Group, netstring, wait_port


def pieces(text):
    """The strings in a run of netstrings."""
    found = []
    while text:
        size, _, rest = text.partition(b":")
        found.append(rest[:int(size)])
        assert rest[int(size):int(size) + 1] == b",", text
        text = rest[int(size) + 1:]
    return found


class Qmqp(Group):
    area = "tools"
    cost = 8
    sink = False
    main = "qmqpd_authorized_clients = 127.0.0.1\n"
    master = "127.0.0.1:628 inet n - n - - qmqpd\n"

    def sent(self, *args, reply=b"Kok"):
        """What qmqp-source tells a server, a list of requests."""
        requests = []
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(10)

        def serve():
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                text = b""
                while not re.match(rb"\d+:", text) or len(text) < int(
                        text.split(b":")[0]) + text.index(b":") + 2:
                    more = client.recv(4096)
                    if not more:
                        break
                    text += more
                requests.append(pieces(pieces(text)[0]))
                client.sendall(netstring(reply))
                client.close()

        threading.Thread(target=serve, daemon=True).start()
        r = self.inst.run("qmqp-source", "-M", "me.test", *args,
                          "127.0.0.1:%d" % listener.getsockname()[1])
        listener.close()
        return r, requests

    def test_envelope(self):
        for args, count, sender, recipients in (
                ([], 1, b"foo@me.test", [b"foo@me.test"]),
                (["-m", "2"], 2, b"foo@me.test", [b"foo@me.test"]),
                (["-f", "a@b", "-t", "c@d"], 1, b"a@b", [b"c@d"]),
                (["-r", "2", "-t", "c@d"], 1, b"foo@me.test",
                 [b"0c@d", b"1c@d"])):
            r, requests = self.sent(*args)
            self.eq((r.rc, len(requests)), (0, count), args)
            for request in requests:
                self.eq((request[1], sorted(request[2:])),
                        (sender, recipients), args)

    def test_message(self):
        r, ((message, _, _),) = self.sent("-l", "400", "-f", "a@b")
        self.eq(len(message), 400, "length")
        self.match("^From: <a@b>\nTo: <foo@me.test>\nDate: .*\n"
                   "Message-Id: <.*@me.test>\n\nX\nXX\nXXX\n",
                   message.decode())

    def test_replies(self):
        for reply, words in ((b"Zno", "recoverable error: no"),
                             (b"Dbad", "unrecoverable error: bad")):
            r, _ = self.sent(reply=reply)
            self.eq(r.rc, 1, "exit status")
            self.match(words, r.err)

    def test_count(self):
        r, _ = self.sent("-c", "-m", "3")
        self.eq((r.rc, r.out), (0, "1\n2\n3\n"), "output")

    def test_refused(self):
        for args in ([], ["-z"], ["-m", "0", "127.0.0.1"],
                     ["-s", "x", "127.0.0.1"], ["127.0.0.1:1"]):
            self.eq(self.inst.run("qmqp-source", *args).rc, 1, args)
        for args in ([], ["127.0.0.1:2798"], ["-z"],
                     ["127.0.0.1:2798", "x"], ["127.0.0.1:2798", "0"],
                     ["-x", "y", "127.0.0.1:2798", "5"]):
            self.eq(self.inst.run("qmqp-sink", *args).rc, 1, args)

    def test_to_qmqpd(self):
        t = self.token().replace(" ", "")
        r = self.inst.run("qmqp-source", "-m", "3", "-s", "2", "-f",
                          t + "@b.test", "-t", "alice@example.test",
                          "127.0.0.1:628")
        self.eq(r.rc, 0, "exit status (%s)" % r)
        self.log(r"from=<%s@b\.test>" % t)

    def test_sink(self):
        p = subprocess.Popen(
            [self.inst.suite.cmd("qmqp-sink"), "-c", "127.0.0.1:2797", "5"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            self.ok(wait_port(2797), "qmqp-sink listens")
            for text, reply in (
                    (netstring(netstring(b"x\n") + netstring(b"a@b")
                               + netstring(b"c@d")), b"3:KOk,"),
                    (netstring(b"whatever"), b"3:KOk,"),
                    (b"no netstring", b"")):
                c = socket.create_connection(("127.0.0.1", 2797), 5)
                c.sendall(text)
                got = b""
                try:
                    got = c.recv(100)
                except OSError:
                    pass
                self.eq(got, reply, text)
                c.close()
            r = self.inst.run("qmqp-source", "-m", "5", "127.0.0.1:2797")
            self.eq(r.rc, 0, "qmqp-source (%s)" % r)
        finally:
            time.sleep(0.2)
            p.terminate()
        out = p.communicate(timeout=10)[0]
        self.match(r"\r7\r$", out.decode())

    def test_sink_leaves(self):
        begin = time.time()
        r = self.inst.run("qmqp-sink", "-x", "1", "127.0.0.1:2796", "5")
        self.eq((r.rc, r.out, r.err), (0, "", ""), "result")
        self.ok(0.5 < time.time() - begin < 5, "it stayed a second")
