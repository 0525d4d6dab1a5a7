"""SMTP smuggling: whatever a client puts between two line ends, it sends one message, and the next server reads one.

The sink is strict and keeps raw bytes; what it got is then read as laxer servers would read it.
"""
import contextlib
import itertools
import re
import socket
import threading

from harness import PATIENCE, Failure, Listener, until

CR, LF, CRLF, NUL = b"\r", b"\n", b"\r\n", b"\0"
# Line ends that some server somewhere believes in.
ENDS = (CR, LF, CRLF, CR + NUL + LF, CRLF + NUL, NUL + CRLF, CR + CRLF, LF + CR)
SEQUENCES = [before + dot + after for before, dot, after in
             itertools.product(ENDS, (b".", b".\0", b"\0.", b".."), ENDS)
             # This one is the end of the message in DATA.
             if (before, dot, after) != (CRLF, b".", CRLF)
             and not (before.endswith(CRLF) and dot == b"." and after.startswith(CRLF))]


class Sink(Listener):
    """An SMTP server for which only CRLF.CRLF ends a message; keeps commands and raw contents."""

    def __init__(self):
        self.commands, self.contents = [], []
        self.lock = threading.Lock()
        super().__init__()

    def serve(self, client):
        with contextlib.suppress(OSError), client:
            reader = Reader(client)
            client.sendall(b"220 sink.example.test ESMTP\r\n")
            while True:
                line = reader.until(CRLF)
                with self.lock:
                    self.commands.append(line)
                verb = line.split()[0].upper() if line.split() else b""
                if verb == b"DATA":
                    client.sendall(b"354 go on\r\n")
                    content = CRLF + reader.until(b"\r\n.\r\n")
                    with self.lock:
                        self.contents.append(content)
                client.sendall(b"250 ok\r\n")
                if verb == b"QUIT":
                    return

    def wait(self, count):
        def there():
            with self.lock:
                return len(self.contents) >= count
        until(there, lambda: "%d messages at the sink, not %d" % (count, len(self.contents)))


class Reader:
    def __init__(self, sock):
        self.sock, self.bytes = sock, b""
        sock.settimeout(PATIENCE)

    def until(self, end):
        """What comes up to and with `end`."""
        while end not in self.bytes:
            more = self.sock.recv(65536)
            if not more:
                raise OSError("closed")
            self.bytes += more
        at = self.bytes.index(end) + len(end)
        found, self.bytes = self.bytes[:at], self.bytes[at:]
        return found

    def reply(self):
        while True:
            line = self.until(CRLF)
            if line[3:4] == b" ":
                return line.decode()


def as_read_by_others(content):
    """The content in the eyes of servers with other ideas of line ends; the final dot is left out."""
    assert content.endswith(b"\r\n.\r\n")
    inside = content[:-3]
    for dropped in (b"", NUL):
        text = inside.replace(dropped, b"") if dropped else inside
        yield re.sub(rb"\r*\n|\r", b"\n", text)
        yield re.sub(rb"\n\r|\r\n|\n|\r", b"\n", text)


def smuggle(body):
    return (b"Subject: carrier\r\n\r\nbefore" + body + b"MAIL FROM:<evil@example.test>\r\nRCPT TO:<v@x.test>\r\n"
            b"DATA\r\nSubject: smuggled\r\n\r\nx")


def open_session(port):
    client = socket.create_connection(("127.0.0.1", port))
    reader = Reader(client)
    reader.reply()
    client.sendall(b"EHLO client.example.test\r\n")
    reader.reply()
    return client, reader


def command(client, reader, line, code):
    client.sendall(line + CRLF)
    reply = reader.reply()
    if not reply.startswith(code):
        raise Failure("%r: %s" % (line, reply))


def send(client, reader, content, by_chunks):
    """One message; fails unless there is exactly one answer to it."""
    command(client, reader, b"MAIL FROM:<me@example.test>", "250")
    command(client, reader, b"RCPT TO:<you@elsewhere.example.test>", "250")
    if by_chunks:
        # The cut in the middle of the content is in the middle of what smuggles.
        middle = content.index(b"before") + 8
        for part, last in ((content[:middle], b""), (content[middle:], b" LAST")):
            client.sendall(b"BDAT %d%s\r\n" % (len(part), last) + part)
            reply = reader.reply()
    else:
        command(client, reader, b"DATA", "354")
        client.sendall(content + b"\r\n.\r\n")
        reply = reader.reply()
    if not reply.startswith("250 "):
        raise Failure("%r: %s" % (content, reply))
    command(client, reader, b"NOOP", "250")
    if reader.bytes:
        raise Failure("%r: more replies: %r" % (content, reader.bytes))


def run(t, by_chunks, sequences):
    sink = Sink()
    t.hops.append(sink)
    i = t.instance("relayhost = [127.0.0.1]:%d\nsmtpd_forbid_bare_newline_exclusions =\n"
                   "smtpd_client_connection_count_limit = 0\n" % sink.port).start()
    client, reader = open_session(i.port)
    for sequence in sequences:
        send(client, reader, smuggle(sequence), by_chunks)
    client.close()
    sink.wait(len(sequences))
    i.wait_empty()
    assert len(sink.contents) == len(sequences), "%d messages became %d" % (len(sequences), len(sink.contents))
    assert not [c for c in sink.commands if b"evil" in c], sink.commands
    for content in sink.contents:
        assert content.count(b"smuggled") == 1, content
        assert not re.search(rb"\r(?!\n)|(?<!\r)\n", content), "stray CR or LF: %r" % content
        for text in as_read_by_others(content):
            assert b"\n.\n" not in text, "an end of data for somebody: %r" % content


def test_in_data(t):
    run(t, False, SEQUENCES)


def test_in_chunks(t):
    # Here even the real end of data is only content.
    run(t, True, SEQUENCES + [CRLF + b"." + CRLF, CRLF + b"." + CRLF + b"." + CRLF])
