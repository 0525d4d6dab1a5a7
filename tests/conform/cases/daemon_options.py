"""Options and settings of a daemon that have nothing to do with mail: -D, the size of TCP windows."""
import os
import re
import socket
import time

from harness import Group


class Daemon(Group):
    area = "operations"
    cost = 6
    sink = False
    main = """
debugger_command = echo $process_name $process_id $daemon_directory >>@DIR@/debugged; sleep 0
tcp_windowsize = 4096
"""
    master = """
127.0.0.1:2601 inet n - n - - smtpd -D
127.0.0.1:2602 inet n - n - - smtpd
"""

    def test_debugger_is_told_the_process(self):
        c = self.inst.smtp(port=2601)
        self.reply(c.greet(), "220")
        path = self.path("debugged")
        end = time.time() + 10
        while not os.path.exists(path) and time.time() < end:
            time.sleep(0.05)
        with open(path) as f:
            name, pid, directory = f.read().splitlines()[0].split()
        self.eq((name, directory), ("smtpd", self.inst.suite.defaults[
            "daemon_directory"]), "name and directory")
        self.ok(int(pid) in self.inst.daemon_pids("smtpd"), "process ID", pid)
        self.log(r"smtpd\[%s\]: running: echo smtpd %s " % (pid, pid))

    def test_others_are_left_alone(self):
        before = self.inst.log_size()
        c = self.inst.smtp(port=2602)
        self.reply(c.greet(), "220")
        self.eq(re.findall("running: echo", self.inst.log_text(before)), [],
                "debuggers")

    def window(self, port):
        """The window that the server announces, bytes at most."""
        s = socket.create_connection(("127.0.0.1", port), 5)
        s.recv(100)
        # tcpi_snd_wnd: 4 bytes at 228 of struct tcp_info (Linux 5.4)
        info = s.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
        s.close()
        return int.from_bytes(info[228:232], "little")

    def test_window(self):
        # without the setting it is the system's, 64 kB on the loopback
        size = self.window(25)
        self.ok(0 < size <= 8192, "window", size)
