"""Clients that log in, and logging in to other servers: with real Dovecot and Cyrus SASL where they are installed."""
import base64
import contextlib
import os
import shutil
import signal
import smtplib
import socket
import struct
import subprocess
import threading

from harness import PATIENCE, ROOT, Failure, Listener, Skip, until

LOGINS = """smtpd_sasl_auth_enable = yes
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
"""

DOVECOT = """base_dir = {dir}/run
state_dir = {dir}/state
log_path = {dir}/dovecot.log
protocols =
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5 scram-sha-256
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {dir}/users
}}
service auth {{
  unix_listener {dir}/auth {{
    mode = 0666
  }}
  inet_listener {{
    address = 127.0.0.1
    port = {port}
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""


class Dovecot:
    """Dovecot's auth server alone, with files, sockets and processes of its own."""

    def __init__(self, t):
        if shutil.which("dovecot") is None or not ROOT:
            raise Skip("needs dovecot-core, and root to start it")
        self.directory = os.path.join(t.directory, "dovecot")
        for name in ("", "run", "state"):
            os.mkdir(os.path.join(self.directory, name))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.config = os.path.join(self.directory, "dovecot.conf")
        with open(self.config, "w") as f:
            f.write(DOVECOT.format(dir=self.directory, port=self.port))
        with open(os.path.join(self.directory, "users"), "w") as f:
            f.write("joe:secret\nann:other\n")
        os.chmod(os.path.join(self.directory, "users"), 0o644)
        self.socket = os.path.join(self.directory, "auth")
        self.process = None
        self.start()

    def start(self):
        # Its auth process outlives it as long as clients are connected: they end together, as a group of their own.
        self.process = subprocess.Popen(["dovecot", "-F", "-c", self.config], stdin=subprocess.DEVNULL,
                                        start_new_session=True)

        def ready():
            if self.process.poll() is not None:
                raise Failure("dovecot: status %d" % self.process.returncode)
            with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
                probe.connect(self.socket)
                return True
        until(ready, "Dovecot's auth socket")

    def stop(self):
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)
            self.process = None
            os.unlink(self.socket)


@contextlib.contextmanager
def dovecot(t):
    server = Dovecot(t)
    try:
        yield server
    finally:
        server.stop()


def refused(smtp, user, password, code):
    try:
        smtp.login(user, password)
    except smtplib.SMTPAuthenticationError as error:
        assert error.smtp_code == code, error
        return
    raise Failure("%s has logged in" % user)


def test_dovecot_checks_passwords(t):
    hop = t.next_hop()
    with dovecot(t) as auth:
        i = t.instance(LOGINS + "relayhost = [127.0.0.1]:%d\nmynetworks =\nsmtpd_sasl_type = dovecot\n"
                       "smtpd_sasl_path = %s\n" % (hop.port, auth.socket)).start()
        for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5"):
            with i.smtp() as smtp:
                smtp.ehlo()
                assert smtp.esmtp_features["auth"].split() == ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"], \
                    smtp.esmtp_features
                refused(smtp, "joe", "wrong", 535)
            with i.smtp() as smtp:
                smtp.ehlo()
                smtp.user, smtp.password = "joe", "secret"
                smtp.auth(mechanism, getattr(smtp, "auth_" + mechanism.lower().replace("-", "_")))
                smtp.sendmail("joe@mail.example.test", ["x@elsewhere.example.test"],
                              "Subject: by %s\r\n\r\nhello\r\n" % mechanism)
            hop.wait("by " + mechanism)
            i.wait_log(r"client=\S+, sasl_method=%s, sasl_username=joe$" % mechanism)
        i.wait_log(r"warning: \S+\[127\.0\.0\.1\]: SASL \S+ authentication failed: .*, sasl_username=joe$")
        # Dovecot goes and comes back: meanwhile mail without a login is taken, AUTH is put off.
        auth.stop()
        with i.smtp() as smtp:
            # The processes of the killed server end one after the other.
            until(lambda: smtp.ehlo() and "auth" not in smtp.esmtp_features, "AUTH to vanish")
            plain = base64.b64encode(b"\0joe\0secret").decode()
            assert smtp.docmd("AUTH", "PLAIN " + plain)[0] == 454
        i.send("without-dovecot")
        i.wait_mail("without-dovecot")
        auth.start()
        with i.smtp() as smtp:
            smtp.login("joe", "secret")


def test_dovecot_over_tcp(t):
    with dovecot(t) as auth:
        i = t.instance(LOGINS + "smtpd_sasl_type = dovecot\nsmtpd_sasl_path = inet:127.0.0.1:%d\n" % auth.port).start()
        with i.smtp() as smtp:
            smtp.login("ann", "other")


def test_one_instance_logs_in_to_another(t):
    with dovecot(t) as auth:
        server = t.instance(LOGINS + "mynetworks =\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = %s\n"
                            "smtpd_recipient_restrictions = permit_sasl_authenticated, reject\n" % auth.socket).start()
        client = t.instance("relayhost = [127.0.0.1]:%d\nsmtp_sasl_auth_enable = yes\n"
                            "smtp_sasl_security_options = noplaintext, noanonymous\n"
                            "smtp_sender_dependent_authentication = yes\n"
                            "smtp_sasl_password_maps = inline:{{[127.0.0.1]:%d = joe:secret},"
                            "{ann@sender.example.test = ann:old}}\n"
                            "mydestination =\nvirtual_mailbox_domains =\n" % (server.port, server.port)).start()
        client.send("across", to="you@mail.example.test")
        server.wait_mail("across")
        server.wait_log(r"client=\S+, sasl_method=SCRAM-SHA-256, sasl_username=joe$")
        queue_id = client.send("not-across", to="you@mail.example.test", sender="ann@sender.example.test")
        client.wait_log(r"%s: to=<you@mail\.example\.test>, .*dsn=4\.7\.8, status=deferred \(SASL authentication "
                        r"failed; server 127\.0\.0\.1\[127\.0\.0\.1\] said: 535 5\.7\.8 Error: authentication failed"
                        % queue_id)


def cyrus(t, config):
    """A directory with a smtpd.conf; parameters that name it."""
    directory = os.path.join(t.directory, "sasl")
    os.mkdir(directory)
    with open(os.path.join(directory, "smtpd.conf"), "w") as f:
        f.write(config.format(dir=directory))
    return directory, LOGINS + ("smtpd_sasl_type = cyrus\nsmtpd_sasl_local_domain = mail.example.test\n"
                                "cyrus_sasl_config_path = %s\n" % directory)


def test_cyrus_with_a_sasldb(t):
    if shutil.which("saslpasswd2") is None:
        raise Skip("needs sasl2-bin")
    directory, main = cyrus(t, "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: {dir}/db\n"
                               "mech_list: PLAIN LOGIN CRAM-MD5\n")
    database = os.path.join(directory, "db")
    subprocess.run(["saslpasswd2", "-p", "-c", "-f", database, "-u", "mail.example.test", "joe"], input=b"secret",
                   check=True)
    os.chmod(directory, 0o777)
    os.chmod(database, 0o666)
    i = t.instance(main).start()
    for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5"):
        with i.smtp() as smtp:
            smtp.ehlo()
            smtp.user, smtp.password = "joe@mail.example.test", "secret"
            smtp.auth(mechanism, getattr(smtp, "auth_" + mechanism.lower().replace("-", "_")))
        with i.smtp() as smtp:
            smtp.ehlo()
            refused(smtp, "joe@mail.example.test", "wrong", 535)
    i.wait_log(r"SASL \S+ authentication failed: authentication failure, sasl_username=joe@mail\.example\.test$")


class Saslauthd(Listener):
    """Speaks saslauthd's protocol: four strings with their lengths, answered by one.  Every login waits for `go`."""

    def __init__(self, path):
        self.go = threading.Event()
        self.asked = 0
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        os.chmod(path, 0o777)
        listener.listen(20)
        super().__init__(listener)

    def serve(self, client):
        with contextlib.suppress(OSError), client, client.makefile("rb") as stream:
            words = [stream.read(struct.unpack(">H", stream.read(2))[0]).decode() for _ in range(4)]
            self.asked += 1
            self.go.wait(PATIENCE)
            answer = b"OK" if words[:2] == ["joe", "secret"] else b"NO wrong"
            client.sendall(struct.pack(">H", len(answer)) + answer)


def test_a_slow_saslauthd_holds_up_nobody_else(t):
    directory, main = cyrus(t, "pwcheck_method: saslauthd\nsaslauthd_path: {dir}/mux\nmech_list: PLAIN\n")
    server = Saslauthd(os.path.join(directory, "mux"))
    try:
        i = t.instance(main, clients="100").start()
        outcomes = []

        def log_in():
            with i.smtp() as smtp:
                smtp.ehlo()
                outcomes.append(smtp.docmd("AUTH", "PLAIN " + base64.b64encode(b"\0joe\0secret").decode())[0])
        threads = [threading.Thread(target=log_in, daemon=True) for _ in range(30)]
        for thread in threads:
            thread.start()
        until(lambda: server.asked == 30, lambda: "30 logins at saslauthd, not %d" % server.asked)
        # More of them than there are processes.
        for number in range(20):
            i.send("meanwhile-%d" % number)
        assert not outcomes, outcomes
        server.go.set()
        for thread in threads:
            thread.join(PATIENCE)
        assert outcomes == [235] * 30, outcomes
        with i.smtp() as smtp:
            smtp.ehlo()
            refused(smtp, "ann", "x", 535)
    finally:
        server.close()


def test_too_many_logins_are_put_off(t):
    i = t.instance(LOGINS + "mynetworks =\nsmtpd_client_auth_rate_limit = 2\nsmtpd_sasl_type = dovecot\n"
                   "smtpd_sasl_path = %s/nothing\n" % t.directory).start()
    with i.smtp() as smtp:
        smtp.ehlo()
        codes = [smtp.docmd("AUTH", "PLAIN AGEAYg==")[0] for _ in range(3)]
    assert codes == [454, 454, 450], codes
    i.wait_log(r"warning: AUTH command rate limit exceeded: 3 from localhost\[127\.0\.0\.1\] for service \S+$")
    i.wait_log(r"warning: SASL: Connect to Dovecot auth socket '\S+/nothing' failed: No such file or directory$")
    i.wait_log(r"disconnect from localhost\[127\.0\.0\.1\] ehlo=1 auth=0/3 quit=1 commands=2/5$")
