"""Many clients, slow clients, hostile clients."""
import os
import re
import resource
import socket
import time

from harness import Failure, until

SESSIONS = int(os.environ.get("SESSIONS", "4000"))


def resident_kb(pids):
    """Proportional set size of processes, KB."""
    total = 0
    for pid in pids:
        with open("/proc/%d/smaps_rollup" % pid) as f:
            total += int(re.search(r"^Pss:\s+(\d+)", f.read(), re.M).group(1))
    return total


def greet(sock):
    sock.settimeout(30)
    text = b""
    while not text.endswith(b"\n"):
        more = sock.recv(1000)
        if not more:
            raise Failure("connection closed before the greeting: %r" % text)
        text += more
    return text


def begin_message(port):
    """A client in the middle of DATA."""
    client = socket.create_connection(("127.0.0.1", port))
    greet(client)
    for line in (b"EHLO client.example.test\r\n", b"MAIL FROM:<a@b.test>\r\n",
                 b"RCPT TO:<you@mail.example.test>\r\n", b"DATA\r\n"):
        client.sendall(line)
        reply = client.recv(4000)
        if not re.search(rb"(?m)^(250|354) ", reply):
            raise Failure("%r: %r" % (line, reply))
    return client


def test_thousands_of_sessions_at_once(t):
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    # Both ends of the sessions count against this machine's limits, not against one process.
    count = min(SESSIONS, limit - 200)
    i = t.instance(clients="20000").start()
    sessions = []
    sessions.append(socket.create_connection(("127.0.0.1", i.port)))
    greet(sessions[0])
    smtpds = [pid for pid, name in i.processes().items() if name == "smtpd"]
    before = resident_kb(smtpds)
    while len(sessions) < count:
        batch = [socket.create_connection(("127.0.0.1", i.port)) for _ in range(min(100, count - len(sessions)))]
        for sock in batch:
            assert greet(sock).startswith(b"220 "), "greeting"
            sock.sendall(b"EHLO client.example.test\r\n")
        for sock in batch:
            until(lambda: b"250 " in sock.recv(1000), "reply to EHLO")
        sessions += batch
    smtpds = [pid for pid, name in i.processes().items() if name == "smtpd"]
    each = (resident_kb(smtpds) - before) / count
    print("%d sessions in %d processes, %.1f KB each" % (count, len(smtpds), each))
    assert each < 40, "%.1f KB for each session" % each
    started = time.time()
    i.send("among-thousands")
    i.wait_mail("among-thousands")
    assert time.time() - started < 10, "a new client is served in time"
    for sock in sessions:
        sock.close()


def test_a_slow_client_slows_nobody(t):
    i = t.instance().start()
    slow = begin_message(i.port)
    slow.sendall(b"Subj")
    for n in range(20):
        i.send("beside-slow-%d." % n)
    i.wait_mail("beside-slow-19.")
    slow.sendall(b"ect: slow one\r\n\r\nx\r\n.\r\nQUIT\r\n")
    i.wait_mail("slow one")
    slow.close()


def test_a_client_that_leaves_in_mid_message_leaves_nothing(t):
    i = t.instance().start()
    client = begin_message(i.port)
    client.sendall(b"Subject: cut\r\n\r\nx")
    until(lambda: i.queue_ids(), "a file under way")
    client.close()
    i.wait_log(r"lost connection after DATA")
    i.wait_empty()
    assert not i.mailbox()


def test_garbage_ends_only_its_own_session(t):
    i = t.instance().start()
    for junk in (b"\0" * 5000 + b"\r\n", b"\xff" * 100000 + b"\r\n", b"A" * 1000000, b"\r\n" * 500,
                 b"MAIL FROM:<" + b"<" * 5000 + b"\r\n", b"EHLO x\r\nMAIL FROM:<a@b> SIZE=99999999999999999999\r\n"):
        client = socket.create_connection(("127.0.0.1", i.port))
        greet(client)
        try:
            client.sendall(junk)
            client.shutdown(socket.SHUT_WR)
            while client.recv(65536):
                pass
        except OSError:
            pass
        client.close()
    i.send("after-garbage")
    i.wait_mail("after-garbage")


def test_garbage_on_the_sockets_between_daemons(t):
    i = t.instance().start()
    i.send("before-garbage")
    i.wait_mail("before-garbage")
    paths = [os.path.join(i.queue, d, n) for d in ("private", "public") for n in os.listdir(os.path.join(i.queue, d))]
    for path in paths:
        for junk in (b"\0" * 100, b"\xff" * 5000, b"\0\0\0\5\0\0\0\1x", b"\0\0\1\0\0\0\0\1" + b"a" * 252,
                     b"GET / HTTP/1.0\r\n\r\n"):
            kind = socket.SOCK_DGRAM if path.endswith("/postlog") else socket.SOCK_STREAM
            with socket.socket(socket.AF_UNIX, kind) as client:
                client.settimeout(2)
                try:
                    client.connect(path)
                    client.sendall(junk)
                    if kind == socket.SOCK_STREAM:
                        client.shutdown(socket.SHUT_WR)
                        client.recv(100)
                except OSError:
                    pass
    i.send("after-garbage")
    i.wait_mail("after-garbage")
