"""Options that exclude each other, and what a server's refusals look like to posttls-finger."""
import os
import socket
import threading

from harness import Group


class Excluding(Group):
    area = "tools"
    cost = 2
    rows = [
        ("smtp-source", ["-w", "1", "-R", "1", "127.0.0.1:1"], "do not use -w and -R options at the same time"),
        ("smtp-source", ["-l", "5", "-F", "/etc/hostname", "127.0.0.1:1"], "-l option cannot be used with -F"),
        ("smtp-source", ["-w", "x", "127.0.0.1:1"], "bad fixed delay: x"),
        ("smtp-source", ["-R", "-1", "127.0.0.1:1"], "bad random delay: -1"),
        ("smtp-source", ["-M", "a b", "127.0.0.1:1"], "bad hostname: a b"),
        ("smtp-sink", ["-d", "%M", "-D", "%M", "127.0.0.1:0", "1"], "use only one of -d or -D, but not both"),
    ]

    def test_refused(self):
        for command, args, text in self.rows:
            r = self.inst.run(command, *args)
            self.eq(r.rc, 1, "%s %s" % (command, args))
            self.ok(r.err.splitlines()[-1].endswith("%s: fatal: %s" % (command, text)), text, r)


class Finger(Group):
    """One line tells why a server is of no use; the exit status is 0 all the same."""
    area = "tools"
    cost = 4

    def ask(self, *steps, level="may"):
        """What posttls-finger says to a server that sends these bytes, each but the first after a command."""
        server = socket.socket()
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        heard = []

        def serve():
            connection, _ = server.accept()
            connection.settimeout(10)
            for number, step in enumerate(steps):
                if number > 0:
                    heard.append(connection.recv(1000))
                connection.sendall(step)
            if steps and not steps[-1].startswith(b"220 go"):
                heard.append(connection.recv(1000))
            connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        server_port = server.getsockname()[1]
        place = "[127.0.0.1]:%d" % server_port
        r = self.inst.run("posttls-finger", "-l", level, place)
        thread.join()
        server.close()
        self.eq(r.rc, 0, "exit status")
        lines = [line for line in r.both.splitlines() if "DNSSEC" not in line]
        port = ":%d" % server_port
        return [line.replace("posttls-finger: ", "").replace(port, "") for line in lines], heard

    def test_nobody_there(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
            r = self.inst.run("posttls-finger", "[127.0.0.1]:%d" % port)
        self.eq((r.rc, r.both.splitlines()[-1]),
                (0, "posttls-finger: Failed to establish session to [127.0.0.1]:%d via 127.0.0.1: connect to "
                 "127.0.0.1[127.0.0.1]:%d: Connection refused" % (port, port)), "result")

    def test_no_greeting(self):
        lines, _ = self.ask()
        self.eq(lines[1:], ["lost connection while reading server greeting"], "lines")

    def test_refusing_greeting(self):
        lines, _ = self.ask(b"554 no\r\n")
        self.eq(lines[1:], ["< 554 no", "SMTP service not available: 554 no"], "lines")

    def test_ehlo_refused(self):
        lines, heard = self.ask(b"220 x\r\n", b"500 no\r\n")
        self.eq(lines[-2:], ["< 500 no", "EHLO rejected: 500 no"], "lines")
        self.eq(heard[-1], b"", "last thing heard")

    def test_starttls_refused(self):
        lines, heard = self.ask(b"220 x\r\n", b"250-x\r\n250 STARTTLS\r\n", b"454 no\r\n")
        self.eq(lines[-2:], ["< 454 no", "STARTTLS rejected: 454 no"], "lines")
        self.eq(heard[-1], b"", "last thing heard")

    def test_no_tls_behind_starttls(self):
        lines, _ = self.ask(b"220 x\r\n", b"250-x\r\n250 STARTTLS\r\n", b"220 go\r\n")
        self.eq(lines[-1], "SSL_connect error to 127.0.0.1[127.0.0.1]: lost connection", "last line")

    def test_no_starttls(self):
        lines, heard = self.ask(b"220 x\r\n", b"250 x\r\n", b"221 bye\r\n")
        self.eq(lines[-2:], ["> QUIT", "< 221 bye"], "lines")
        self.ok(heard[1].startswith(b"QUIT"), "QUIT is sent", heard)


class Corners(Group):
    """What the smallest commands say of what is not there, or not what it should be."""
    area = "tools"
    cost = 2

    def test_postkick_at_what_nobody_reads(self):
        public = os.path.join(self.inst.queue_dir, "public")
        os.mkfifo(os.path.join(public, "pipe"))
        open(os.path.join(public, "file"), "w").close()
        try:
            for name, said in (("pipe", []), ("file", ["warning: public/file is not a socket or a fifo"])):
                r = self.inst.run("postkick", "public", name, "W")
                down = "warning: Cannot contact class public service %s - perhaps the mail system is down" % name
                self.eq((r.rc, [line.split(": ", 1)[-1] for line in r.err.splitlines()]), (1, said + [down]), name)
        finally:
            for name in ("pipe", "file"):
                os.unlink(os.path.join(public, name))

    def test_postlog_stops_at_a_nul(self):
        since = self.inst.log_size()
        self.inst.run("postlog", "-t", "cut", input=b"one\0two\nthree\n")
        self.log(r"cut\[\d+\]: three")
        self.ok("]: one\n" in self.inst.log_text(since), "one", self.inst.log_text(since))

    def test_postlock_where_no_file_can_be(self):
        r = self.inst.run("postlock", "-l", "fcntl", "/nosuch/box", "true")
        self.eq(r.rc, 75, "exit status")
        self.match("open file /nosuch/box: cannot create file exclusively: No such file or directory$", r.err)
