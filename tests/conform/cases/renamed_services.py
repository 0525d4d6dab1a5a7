"""Internal services under other names: who asks them finds them by rewrite_service_name and its kind."""
from harness import Group


class RenamedServices(Group):
    area = "operations"
    cost = 5
    main = """
rewrite_service_name = other
virtual_alias_domains = virtual.test
virtual_alias_maps = inline:{list@virtual.test=alice@example.test}
"""
    # The service of the usual name is still there, but sends mail elsewhere.
    master = """rewrite unix - - n - - trivial-rewrite -o transport_maps=static:retry:asked_the_wrong_one
other unix - - n - - trivial-rewrite -o transport_maps=inline:{kept.test=discard:asked_the_right_one}
"""

    def test_qmgr_asks_it(self):
        self.sent(self.inst.send("alice@example.test", "u@kept.test"))
        self.found(self.inst.wait_log(r"to=<u@kept.test>.*\(asked_the_right_one\)", since=self.since), "the transport of the other service")

    def test_smtpd_asks_it(self):
        c = self.inst.smtp()
        c.greet()
        c.ehlo()
        c.cmd("MAIL FROM:<alice@example.test>")
        self.eq(c.cmd("RCPT TO:<nobody.here@example.test>").code, 550, "a local domain is known as such")
        self.eq(c.cmd("RCPT TO:<alice@example.test>").code, 250)
        c.close()

    def test_cleanup_asks_it(self):
        self.sent(self.inst.send("alice@example.test", "list@virtual.test", data="Subject: renamed\nFrom: alice\n\nrenamed-token\n"))
        mail = self.inst.wait_mail("alice", "renamed-token")
        self.found(mail, "mail for the alias")

    def test_bare_sender_is_completed(self):
        self.sent(self.inst.send("bare", "u@kept.test"))
        self.found(self.inst.wait_log(r"from=<bare@[a-z.]*example.test>", since=self.since), "a completed sender")
