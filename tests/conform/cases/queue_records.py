"""Which records stand in a queue file, and in what order, as postcat shows them."""
import os
import re

from harness import Group

# Records whose values do not matter here.
TIMES = ("message_arrival_time", "create_time")


class Records(Group):
    area = "queue"
    cost = 4
    main = """
smtpd_client_restrictions = static:HOLD
header_checks = static:HOLD
smtpd_authorized_xclient_hosts = 127.0.0.1
smtpd_authorized_xforward_hosts = 127.0.0.1
smtpd_error_sleep_time = 0
recipient_delimiter = +
virtual_alias_maps = inline:{ {two@example.test=alice@example.test, carol@x.test} }
recipient_bcc_maps = inline:{dave@example.test=carol@example.test}
"""
    client = """log_client_name log_client_address log_client_port log_message_origin log_helo_name
        log_protocol_name client_name reverse_client_name client_address client_port server_address server_port
        helo_name protocol_name client_address_type""".split()

    def held(self):
        """Envelope and extracted records of the one held message: their names and the flags of qmgr."""
        queue = os.path.join(self.inst.queue_dir, "hold")
        held = self.inst.wait_queue(lambda q: any(m["queue_name"] == "hold" for m in q))
        self.ok(held, "a message on hold")
        names = [n for n in os.listdir(queue) if len(n) > 3]
        self.eq(len(names), 1, "messages on hold")
        path = os.path.join(queue, names[0])
        text = self.inst.run("postcat", "-e", path).out
        os.unlink(path)
        envelope, rest = re.split(r"^\*\*\* (?:MESSAGE CONTENTS|HEADER EXTRACTED) .*$", text, maxsplit=1,
                                  flags=re.M)
        records = []
        for line in envelope.splitlines()[1:]:
            name, _, value = line.partition(": ")
            if name == "message_size":
                flags = int(value.split()[3])
                continue
            if name == "named_attribute":
                name, _, value = value.partition("=")
            records.append((name, value))
        return records, flags, rest

    def smtp(self, *lines):
        c = self.inst.smtp()
        c.greet()
        for line in lines + ("DATA", "Subject: x\r\n\r\nbody\r\n."):
            c.cmd(line)
        c.quit()
        return self.held()

    def check(self, records, expected):
        """Names in order; `name=value` where the value counts."""
        seen = [name if "%s=" % name not in [e.split("=")[0] + "=" for e in expected if "=" in e]
                else "%s=%s" % (name, value) for name, value in records]
        wanted = []
        for one in expected:
            wanted += self.client if one == "CLIENT" else [one]
        self.eq(" ".join(seen), " ".join(wanted), "records")

    def test_smtp(self):
        records, flags, _ = self.smtp("EHLO x", "MAIL FROM:<a@example.net>", "RCPT TO:<alice@example.test>")
        self.eq(flags, 0, "flags")
        self.check(records, ["message_arrival_time", "create_time", "log_ident", "rewrite_context=local", "sender",
                             "CLIENT", "dsn_orig_rcpt=rfc822;alice@example.test", "original_recipient", "recipient"])

    def test_options_of_the_client(self):
        records, flags, _ = self.smtp(
            "EHLO x", "MAIL FROM:<a@example.net> RET=HDRS ENVID=x+2By BODY=8BITMIME SIZE=1000",
            "RCPT TO:<alice@example.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;q@w",
            "RCPT TO:<Bob+x@example.test> NOTIFY=NEVER")
        self.eq(flags, 2 * (2 + 8 + 1), "flags")
        self.check(records, ["message_arrival_time", "create_time", "log_ident", "rewrite_context", "envelope_id=x+y",
                             "ret_flags=2", "sender", "encoding=8bit", "CLIENT",
                             "notify_flags=10", "dsn_orig_rcpt=rfc822;q@w", "original_recipient", "recipient",
                             "notify_flags=1", "dsn_orig_rcpt=rfc822;Bob+x@example.test", "original_recipient",
                             "recipient"])

    def test_bare_address(self):
        records, _, _ = self.smtp("HELO x", "MAIL FROM:<>", "RCPT TO:<alice>", "RCPT TO:<alice>",
                                  "RCPT TO:<alice@example.test>")
        self.check(records, ["message_arrival_time", "create_time", "log_ident", "rewrite_context", "sender=",
                             "CLIENT", "dsn_orig_rcpt=rfc822;alice", "original_recipient=alice",
                             "recipient=alice@example.test", "dsn_orig_rcpt=rfc822;alice@example.test",
                             "original_recipient=alice@example.test", "recipient=alice@example.test"])

    def test_client_behind_a_proxy(self):
        records, _, _ = self.smtp(
            "EHLO x", "XFORWARD NAME=spike.example ADDR=192.0.2.8 PORT=78 PROTO=ESMTP HELO=spiker IDENT=ABC "
            "SOURCE=REMOTE", "MAIL FROM:<a@example.net>", "RCPT TO:<alice@example.test>")
        self.check(records, ["message_arrival_time", "create_time", "log_ident=ABC", "rewrite_context=remote",
                             "sender", "CLIENT", "dsn_orig_rcpt", "original_recipient", "recipient"])
        values = dict(records)
        self.eq([values[n] for n in ("log_client_name", "log_client_address", "log_helo_name", "client_name")],
                ["spike.example", "192.0.2.8", "spiker", "localhost"], "clients")

    def test_another_client(self):
        records, _, _ = self.smtp("EHLO x", "XCLIENT NAME=spike.example ADDR=192.0.2.7 PORT=77 PROTO=SMTP",
                                  "EHLO y", "MAIL FROM:<a@example.net>", "RCPT TO:<alice@example.test>")
        values = dict(records)
        self.eq([values[n] for n in ("log_client_name", "client_name", "client_address", "client_port")],
                ["spike.example", "spike.example", "192.0.2.7", "77"], "client")

    def test_aliases(self):
        records, _, _ = self.smtp("EHLO x", "MAIL FROM:<a@example.net>", "RCPT TO:<two@example.test>")
        self.check(records[-6:], ["dsn_orig_rcpt=rfc822;two@example.test", "original_recipient=two@example.test",
                                  "recipient=alice@example.test", "dsn_orig_rcpt=rfc822;two@example.test",
                                  "original_recipient=two@example.test", "recipient=carol@x.test"])

    def test_copies(self):
        records, flags, rest = self.smtp("EHLO x", "MAIL FROM:<a@example.net>", "RCPT TO:<dave@example.test>")
        self.check(records[-6:], ["dsn_orig_rcpt", "original_recipient", "recipient=dave@example.test",
                                  "notify_flags=1", "original_recipient", "recipient=carol@example.test"])

    def local(self, *args, text="To: carol, dave@x\n\nhi\n", user="bob"):
        self.eq(self.inst.sendmail(*args, input=text, user=user).rc, 0, "exit status")
        return self.held()

    def test_sendmail(self):
        records, flags, _ = self.local("alice", "bob+x")
        self.eq(flags, 0, "flags")
        self.check(records, ["message_arrival_time", "create_time", "rewrite_context=local",
                             "sender_fullname=Bob Example", "sender=bob@example.test",
                             "dsn_orig_rcpt=rfc822;alice@example.test", "original_recipient=alice", "recipient",
                             "dsn_orig_rcpt=rfc822;bob+x@example.test", "original_recipient=bob+x", "recipient"])

    def test_sendmail_with_options(self):
        records, flags, _ = self.local("-N", "success,delay", "-R", "hdrs", "-V", "envid", "-F", "N N", "alice")
        self.eq(flags, 20, "flags")
        self.check(records, ["message_arrival_time", "create_time", "envelope_id=envid", "ret_flags=2",
                             "rewrite_context", "sender_fullname=N N", "sender", "notify_flags=10", "dsn_orig_rcpt",
                             "original_recipient", "recipient"])

    def test_sendmail_asks_for_a_report(self):
        for option, flag in (("-v", "trace_flags=1024"), ("-bv", "trace_flags=512")):
            records, flags, _ = self.local(option, "a@w.test")
            self.eq(flags, 0, "flags")
            self.check(records, ["message_arrival_time", "create_time", "rewrite_context", "sender_fullname",
                                 "sender", flag, "dsn_orig_rcpt", "original_recipient", "recipient"])

    def test_sendmail_from_outside(self):
        records, _, _ = self.local("-G", "-B8BITMIME", "-XV", "a@w.test")
        self.check(records, ["message_arrival_time", "create_time", "rewrite_context=remote", "sender_fullname",
                             "sender", "encoding=8bit", "verp_delimiters=+=", "dsn_orig_rcpt", "original_recipient",
                             "recipient"])

    def test_sendmail_recipients_of_headers(self):
        records, _, rest = self.local("-t")
        self.eq(records[-1][0], "sender", "last record of the envelope")
        self.eq(re.findall(r"^(recipient|original_recipient): (.*)$", rest, re.M),
                [("original_recipient", "carol"), ("recipient", "carol@example.test"),
                 ("original_recipient", "dave@x"), ("recipient", "dave@x")], "recipients")


class Dropped(Group):
    area = "queue"
    cost = 3

    def dropped(self, *args, text="", user="bob"):
        """A file of maildrop while nobody takes it."""
        self.inst.stop()
        try:
            self.eq(self.inst.sendmail(*args, input=text, user=user).rc, 0, "exit status")
            queue = os.path.join(self.inst.queue_dir, "maildrop")
            names = os.listdir(queue)
            self.eq(len(names), 1, "messages in maildrop")
            path = os.path.join(queue, names[0])
            out = self.inst.run("postcat", path).out
            os.unlink(path)
            return re.sub(r"^(message_arrival_time: |\*\*\* ).*\n", "", out, flags=re.M)
        finally:
            self.inst.start()

    def test_probe(self):
        out = self.dropped("-bv", "alice, carol (c)", '"a b"@x.test')
        self.eq(out, "named_attribute: rewrite_context=local\nsender_fullname: Bob Example\nsender: bob\n"
                "named_attribute: trace_flags=512\nrecipient: alice\nrecipient: carol\nrecipient: a b@x.test\n"
                "From: bob\nSubject: probe\nTo:\talice, carol (c),\n\t\"a b\"@x.test\n", "message")

    def test_empty_name(self):
        self.match(r"^sender_fullname: $", self.dropped("-F", "", "alice", text="x\n"))

    def test_order(self):
        out = self.dropped("-N", "never", "-R", "full", "-V", "an-id", "-B7BIT", "-v", "-G", "-f", "q@w.test", "alice",
                           text="a\nb\n")
        self.eq(out, "named_attribute: envelope_id=an-id\nnamed_attribute: ret_flags=1\n"
                "named_attribute: rewrite_context=remote\nsender_fullname: Bob Example\nsender: q@w.test\n"
                "named_attribute: encoding=7bit\nnamed_attribute: trace_flags=1024\n"
                "named_attribute: notify_flags=1\nrecipient: alice\na\nb\n", "message")
