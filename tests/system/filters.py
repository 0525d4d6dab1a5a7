"""Mail filters made with libmilter, the library that most filters use: opendkim signs, and another one verifies."""
import base64
import os
import re
import shutil
import socket
import subprocess

from harness import Failure, Skip, until

DOMAIN = "sender.example.test"


class Filter:
    """An opendkim of this test alone."""

    def __init__(self, t, name, settings):
        self.program = shutil.which("opendkim") or "/usr/sbin/opendkim"
        if not os.path.exists(self.program):
            raise Skip("opendkim is not installed")
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.output = os.path.join(t.directory, name + ".log")
        conf = os.path.join(t.directory, name + ".conf")
        with open(conf, "w") as f:
            f.write("Syslog no\nBackground no\nAutoRestart no\nRequireSafeKeys no\nCanonicalization simple/simple\n"
                    "Socket inet:%d@127.0.0.1\nPidFile %s.pid\n%s" % (self.port, conf, settings))
        self.process = subprocess.Popen([self.program, "-f", "-x", conf], stdin=subprocess.DEVNULL,
                                        stdout=open(self.output, "w"), stderr=subprocess.STDOUT)

    def wait(self):
        def listens():
            if self.process.poll() is not None:
                raise Failure("opendkim ended: " + open(self.output).read())
            with socket.socket() as s:
                return s.connect_ex(("127.0.0.1", self.port)) == 0
        until(listens, "opendkim")
        return "inet:127.0.0.1:%d" % self.port

    def stop(self):
        self.process.kill()  # its library would take seconds to end by itself
        self.process.wait(30)


def make_key(t):
    """(file of the private key, file that stands for the DNS with the public one)"""
    private = os.path.join(t.directory, "key.pem")
    subprocess.run(["openssl", "genrsa", "-out", private, "2048"], check=True, stderr=subprocess.DEVNULL)
    public = subprocess.run(["openssl", "rsa", "-in", private, "-pubout", "-outform", "DER"], check=True,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    names = os.path.join(t.directory, "public")
    with open(names, "w") as f:
        f.write("sel._domainkey.%s v=DKIM1; k=rsa; p=%s\n" % (DOMAIN, base64.b64encode(public).decode()))
    return private, names


def signer(t, key):
    return Filter(t, "signer", "Mode s\nDomain %s\nSelector sel\nKeyFile %s\nInternalHosts 127.0.0.1\n" % (DOMAIN, key))


def verifier(t, names):
    return Filter(t, "verifier", "Mode v\nInternalHosts 192.0.2.1\nAuthservID test\nAlwaysAddARHeader yes\n"
                  "TestPublicKeys %s\n" % names)


def signed_and_verified(message):
    unfolded = re.sub(r"\n[ \t]+", " ", message)
    assert re.search(r"^DKIM-Signature: v=1; .*d=sender\.example\.test; s=sel; ", unfolded, re.M), message
    assert re.search(r"^Authentication-Results: test;.*dkim=pass ", unfolded, re.M), message


def test_signed_by_one_filter_and_verified_by_the_next(t):
    key, names = make_key(t)
    filters = [signer(t, key), verifier(t, names)]
    try:
        chain = ", ".join(f.wait() for f in filters)
        i = t.instance("smtpd_milters = %s\nnon_smtpd_milters = $smtpd_milters\n" % chain).start()
        i.send("signed-by-smtp", body="hello\r\n" + "x" * 3000 + "\r\n.\r\n")
        signed_and_verified(i.wait_mail("signed-by-smtp"))
        i.send("signed-and-big", body="".join("line %d of a big body\r\n" % n for n in range(60000)))
        signed_and_verified(i.wait_mail("signed-and-big"))
        i.run("sendmail", "-f", "me@" + DOMAIN, "you@mail.example.test",
              input="From: me@%s\nSubject: signed-by-sendmail\n\nhello\n" % DOMAIN)
        signed_and_verified(i.wait_mail("signed-by-sendmail"))
        with i.smtp() as smtp:  # several messages in one session
            for n in range(3):
                smtp.sendmail("me@" + DOMAIN, ["you@mail.example.test"],
                              "From: me@%s\r\nSubject: signed-in-session-%d\r\n\r\nhello\r\n" % (DOMAIN, n))
                smtp.mail("me@" + DOMAIN)
                smtp.rset()
        for n in range(3):
            signed_and_verified(i.wait_mail("signed-in-session-%d" % n))
        i.wait_empty()
        assert "warning: milter" not in i.log_text(), i.log_text()[-2000:]
    finally:
        for f in filters:
            f.stop()


def test_a_filter_that_goes_away(t):
    key, _ = make_key(t)
    gone = signer(t, key)
    try:
        i = t.instance("smtpd_milters = %s\nmilter_default_action = tempfail\n" % gone.wait()).start()
        i.send("while-there")
        i.wait_mail("while-there")
        with i.smtp() as smtp:
            smtp.ehlo()
            assert smtp.mail("me@" + DOMAIN)[0] == 250
            assert smtp.rcpt("you@mail.example.test")[0] == 250
            gone.process.kill()
            gone.process.wait(30)
            code, reply = smtp.data("Subject: lost\r\n\r\nhello\r\n")
            assert (code, reply[:5]) == (451, b"4.7.1"), (code, reply)
            assert smtp.mail("me@" + DOMAIN)[0] == 451
        i.wait_log(r"warning: milter inet:127\.0\.0\.1:\d+: can't read SMFIC_\w+ reply packet header: ")
        i.wait_log(r"warning: milter .*: connect to Milter service inet:127|milter-reject: ")
        i.wait_empty()
    finally:
        gone.stop()
