"""luser_relay: what it may name, with recipients known and unknown, and beside other ways out."""
from harness import Group

RELAYS = {"self": "$recipient", "again": '"$local"@$domain', "local": "$local@other.test", "full": "$user+$extension@other.test", "maybe": "${extension?{ext-$extension}:{none}}@other.test",
          "alice": "alice", "tagged": "alice+$local", "postmaster": "postmaster", "unknown": "nosuch@unknown.test"}


class LuserRelay(Group):
    area = "local"
    cost = 8
    main = ("recipient_delimiter = +\nlocal_recipient_maps =\nsmtpd_reject_unlisted_recipient = no\ntransport_maps = inline:{{other.test = smtp:[127.0.0.1]:2525}, %s}\n"
            % ", ".join("{%s.test = l%s:}" % (name, name) for name in list(RELAYS) + ["mailbox", "fallback", "maps"]))
    master = "".join("l%s unix - n n - - local\n    -o {luser_relay=%s}\n    -o alias_maps=\n" % pair for pair in RELAYS.items()) + (
        "lmailbox unix - n n - - local\n    -o luser_relay=lost@other.test -o mailbox_transport=smtp:[127.0.0.1]:2525\n"
        "lfallback unix - n n - - local\n    -o luser_relay=lost@other.test -o fallback_transport=smtp:[127.0.0.1]:2525\n"
        "lmaps unix - n n - - local\n    -o luser_relay=lost@other.test -o {fallback_transport_maps=inline:{{one=discard:}}}\n")

    def status(self, user, name):
        qid = self.sent(self.inst.send(sender="bob@y.test", rcpts="%s@%s.test" % (user, name)))
        return self.log(r"%s: to=<\"?%s\"?@%s\.test>.*status=(.*)$" % (qid, user.strip('"').replace("+", r"\+"), name)).group(1)

    def relayed(self, user, name, rcpt):
        self.sink.reset()
        self.match(r"^sent \(forwarded as", self.status(user, name))
        message = self.found(self.sink.wait(lambda m: rcpt in m.rcpts), "message for " + rcpt)
        self.eq(message.sender, "bob@y.test", "sender")

    def test_itself(self):
        self.match(r'^bounced \(unknown user: "nobody-here"\)', self.status("nobody-here", "self"))

    def test_itself_reserved(self):
        for user in ("mailer-daemon", "postmaster", "double-bounce"):
            for name in ("self", "again"):
                self.match(r'^bounced \(unknown user: "%s"\)' % user, self.status(user, name))

    def test_of_the_local_part(self):
        self.relayed("nobody-here", "local", "nobody-here@other.test")
        self.relayed("nobody+tag", "local", "nobody+tag@other.test")

    def test_user_and_extension(self):
        self.relayed("who+tag", "full", "who+tag@other.test")
        self.relayed("who", "full", "who+@other.test")

    def test_condition(self):
        self.relayed("who+tag", "maybe", "ext-tag@other.test")
        self.relayed("who", "maybe", "none@other.test")

    def test_known_user_keeps_mail(self):
        self.match(r"^sent \(delivered to maildir\)", self.status("bob", "local"))

    def test_to_a_user(self):
        self.match(r"^sent \(forwarded as", self.status("who", "alice"))
        self.log(r"to=<alice@example\.test>, orig_to=<who@alice\.test>.*status=sent \(delivered to maildir\)")

    def test_to_an_extension(self):
        self.status("who", "tagged")
        self.log(r"to=<alice\+who@example\.test>, orig_to=<who@tagged\.test>.*status=sent \(delivered to maildir\)")

    def test_reserved_goes_too(self):
        self.relayed("mailer-daemon", "local", "mailer-daemon@other.test")

    def test_mailbox_transport_comes_first(self):
        self.sink.reset()
        self.match(r"^sent \(250", self.status("who", "mailbox"))
        self.found(self.sink.wait(lambda m: "who@mailbox.test" in m.rcpts), "message")

    def test_fallback_transport_comes_first(self):
        self.sink.reset()
        self.match(r"^sent \(250", self.status("who", "fallback"))
        self.found(self.sink.wait(lambda m: "who@fallback.test" in m.rcpts), "message")

    def test_fallback_maps(self):
        self.match(r"^sent \(", self.status("one", "maps"))
        self.relayed("two", "maps", "lost@other.test")
