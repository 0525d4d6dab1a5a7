"""tests/howto/world.py DIRECTORY - what is beyond the machine of a how-to: name servers, other mail servers.

Runs inside the private network of a Root, with the programs of the testing machine.  DIRECTORY/zone has the names;
DIRECTORY/servers a line "ADDRESS:PORT NAME [auth]" for each mail server, which keeps what it is sent in
DIRECTORY/NAME/N.  With auth it offers STARTTLS (DIRECTORY/NAME.pem) and wants anna@example.net, secret.  Each address
is put on the loopback interface.  Says "ready" when all of it listens.
"""
import base64
import os
import socketserver
import ssl
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "conform"))
from harness.dns import DNS  # noqa: E402

PASSWORD = base64.b64encode(b"\0anna@example.net\0secret").decode()


class Session(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")
        self.wfile.flush()

    def handle(self):
        server = self.server
        logged_in = not server.auth
        self.say("220 %s ESMTP" % server.name)
        while True:
            line = self.rfile.readline().decode("utf-8", "replace").rstrip("\r\n")
            word = line.split(" ")[0].upper()
            if word in ("", "QUIT"):
                self.say("221 bye")
                return
            elif word == "EHLO":
                encrypted = isinstance(self.connection, ssl.SSLSocket)
                extra = ["AUTH PLAIN"] if server.auth and encrypted else ["STARTTLS"] if server.auth else []
                for text in [server.name] + extra:
                    self.say("250-" + text)
                self.say("250 8BITMIME")
            elif word == "STARTTLS" and server.auth:
                self.say("220 go ahead")
                self.connection = server.tls.wrap_socket(self.connection, server_side=True)
                self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
            elif word == "AUTH":
                logged_in = line.split(" ")[-1] == PASSWORD
                self.say("235 welcome" if logged_in else "535 5.7.8 wrong")
            elif word == "DATA":
                self.say("354 go on")
                text = b""
                while not text.endswith(b"\r\n.\r\n"):
                    text += self.rfile.readline()
                server.keep(text)
                self.say("250 kept")
            elif not logged_in and word in ("MAIL", "RCPT"):
                self.say("530 5.7.0 log in first")
            else:
                self.say("250 ok")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, directory, address, name, auth):
        self.name, self.auth, self.count = name, auth, 0
        self.mailbox = os.path.join(directory, name)
        os.makedirs(self.mailbox, exist_ok=True)
        if auth:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(os.path.join(directory, name + ".pem"))
        host, port = address.rsplit(":", 1)
        subprocess.run(["ip", "address", "add", host + "/32", "dev", "lo"], stderr=subprocess.DEVNULL)
        super().__init__((host, int(port)), Session)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, address):
        pass  # a client that left in the middle

    def keep(self, text):
        self.count += 1
        path = os.path.join(self.mailbox, str(self.count))
        with open(path + ".new", "wb") as f:
            f.write(text)
        os.rename(path + ".new", path)


def main():
    directory = sys.argv[1]
    dns = DNS("192.0.2.1")
    with open(os.path.join(directory, "zone")) as f:
        dns.add(f.read())
    with open(os.path.join(directory, "servers")) as f:
        for line in f:
            address, name, *options = line.split()
            Server(directory, address, name, "auth" in options)
    print("ready", flush=True)
    while True:
        time.sleep(1000)


main()
