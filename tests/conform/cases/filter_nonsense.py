"""What mail filters say that is malformed, out of place or unusual, and filters that are badly configured."""
from harness import Group, Milter

LATER = "451 4.7.1"
MISCONFIGURED = "451 4.3.5"

# Name: stage, answer of the filter there, reply to the client at that stage; EHLO is answered, and MAIL then refused.
ANSWERS = {
    "mail_text_without_code": ("mail", "hello", MISCONFIGURED),
    "mail_code_alone": ("mail", "550", MISCONFIGURED),
    "mail_positive_code": ("mail", "250 2.0.0 fine", MISCONFIGURED),
    "mail_status_of_another_class": ("mail", "550 4.7.1 unlike", MISCONFIGURED),
    "mail_code_and_text": ("mail", "550 no", "550 no"),
    "mail_percent_signs": ("mail", "550 5.7.1 100%% sure", "550 5.7.1 100% sure"),
    "mail_hangup": ("mail", "DROP", LATER),
    "mail_skip": ("mail", "skip", None),
    "rcpt_text_without_code": ("rcpt", "hello", MISCONFIGURED),
    "rcpt_status": ("rcpt", "452 4.2.9 full", "452 4.2.9 full"),
    "rcpt_hangup": ("rcpt", "DROP", LATER),
    "data_status": ("data", "554 5.6.0 no data", "554 5.6.0 no data"),
    "data_hangup": ("data", "DROP", LATER),
    "helo_discard": ("helo", "discard", "250 2.1.0"),
    "helo_status": ("helo", "550 5.7.7 not you", "550 5.7.7 not you"),
    "helo_tempfail": ("helo", "tempfail", LATER),
    "header_text_without_code": ("header", "hello", MISCONFIGURED),
    "eoh_reject": ("eoh", "reject", "550 5.7.1"),
    "body_skip": ("body", "skip", "250 2.0.0"),
    "end_text_without_code": ("eom", "hello", MISCONFIGURED),
    "end_hangup": ("eom", "DROP", LATER),
}

# Name: changes at the end of the message, the reply, who gets it, what is in their copies.
CHANGES = {
    "body_in_pieces": ([("replbody", b"one\r\n"), ("replbody", b"two\r\n")], "250", "alice", r"\n\none\ntwo\n$"),
    "body_then_header": ([("replbody", b"one\r\n"), ("addheader", "X-A", "v")], "250", "alice", r"\nX-A: v\n\none\n$"),
    "body_between_others": ([("replbody", b"one\r\n"), ("addheader", "X-A", "v"), ("replbody", b"two\r\n")],
                            MISCONFIGURED, "", ""),
    "name_with_space": ([("addheader", "X Y", "v")], "250", "alice", r"\nX Y: v\n"),
    "removed_in_other_case": ([("delrcpt", "<Alice@example.test>")], "250", "alice", ""),
    "removed_stranger": ([("delrcpt", "<x@example.test>")], "250", "alice", ""),
    "removed_without_brackets": ([("delrcpt", "alice@example.test"), ("addrcpt", "<carol@example.test>")], "250",
                                 "carol", ""),
    "removed_and_added": ([("delrcpt", "<alice@example.test>"), ("addrcpt", "<alice@example.test>")], "250", "alice",
                          ""),
    "added_without_domain": ([("addrcpt", "<carol>")], "250", "alice carol", ""),
    "added_with_parameter": ([("addrcpt_par", "<carol@example.test>", "NOTIFY=NEVER")], "250", "alice carol", ""),
    "sender_with_parameters": ([("chgfrom", "<new@example.test>", "RET=HDRS ENVID=x")], "250", "alice",
                               r"^Return-Path: <new@example\.test>"),
    "sender_empty": ([("chgfrom", "<>")], "250", "alice", r"^Return-Path: <>"),
    "second_of_one": ([("chgheader", 2, "X-One", "two")], "250", "alice", r"\nX-One: 1\n"),
    "progress": ([("progress",), ("addheader", "X-A", "v")], "250", "alice", r"\nX-A: v\n"),
}

# Name: what the log says of bad arguments.
COMPLAINTS = {
    "unknown_sender_parameter": ([("chgfrom", "<new@example.test>", "FOO=bar")],
                                 r'Ignoring bad ESMTP parameter "FOO=bar" in SMFI_CHGFROM request'),
    "bad_notify": ([("addrcpt_par", "<carol@example.test>", "NOTIFY=foo")],
                   r'Bad NOTIFY parameter from Milter or header/body_checks: "NOTIFY=foo"'),
    "bad_orcpt": ([("addrcpt_par", "<carol@example.test>", "ORCPT=foo")],
                  r'Bad ORCPT parameter from Milter or header/body_checks: "ORCPT=foo"'),
    "unknown_recipient_parameter": ([("addrcpt_par", "<carol@example.test>", "FOO=bar")],
                                    r'ignoring ESMTP argument from Milter or header/body_checks: "FOO=bar"'),
    "null_recipient": ([("addrcpt", "<>")], r"ignoring attempt from Milter to add null recipient"),
}


class Nonsense(Group):
    area = "milter"
    cost = 10
    main = """
smtpd_error_sleep_time = 0
smtpd_milters = inet:127.0.0.1:2730
milter_default_action = tempfail
"""
    services = {
        "action": "smtpd_milters = inet:127.0.0.1:2739\nmilter_default_action = maybe",
        "own_action": "smtpd_milters = { inet:127.0.0.1:2739, default_action=maybe }",
        "protocol": "milter_protocol = 5",
        "protocol_accepted": "milter_protocol = 5\nmilter_default_action = accept",
    }
    scripts = "".join("""
== bad_%s on=%s
> EHLO x
< 250
> MAIL FROM:<bob@example.net>
< %s
log %s
""" % (name, name, reply, line) for name, reply, line in (
        ("action", MISCONFIGURED, "unrecognized default action: maybe"),
        ("own_action", MISCONFIGURED, "unrecognized default action: maybe"),
        ("protocol", MISCONFIGURED, "bad protocol information: 5"),
        ("protocol_accepted", "250 2.1.0", "bad protocol information: 5")))

    def prepare(self):
        self.filter = self.keep(Milter(("127.0.0.1", 2730)))

    def teardown(self):
        self.inst.purge()

    def talk(self):
        """the reply at each stage; those about the content come at its end"""
        client = self.inst.smtp()
        client.greet()
        replies = {"helo": client.cmd("EHLO h"), "mail": client.cmd("MAIL FROM:<bob@example.net>"),
                   "rcpt": client.cmd("RCPT TO:<alice@example.test>"), "data": client.cmd("DATA")}
        if replies["data"].code == 354:
            replies["eom"] = client.content("Subject: %s\nX-One: 1\n\nbody\n" % self.subject)
        client.close()
        return replies

    def answered(self, stage, answer, expected):
        self.subject = self.token()
        self.filter.reset({stage: answer})
        replies = self.talk()
        reply = replies[{"header": "eom", "eoh": "eom", "body": "eom", "helo": "mail"}.get(stage, stage)]
        if expected:
            self.reply(reply, expected)

    def changed(self, edits, expected, users, content):
        self.subject = self.token()
        self.filter.reset(edits=edits)
        self.reply(self.talk()["eom"], expected)
        for user in users.split():
            text = self.in_mail(user, self.subject)
            if content:
                self.match(content, text)

    def complained(self, edits, line):
        self.changed(edits, "250", "alice", "")
        self.log(line)


for _prefix, _rows, _how in (("answer", ANSWERS, Nonsense.answered), ("change", CHANGES, Nonsense.changed),
                             ("complaint", COMPLAINTS, Nonsense.complained)):
    for _name, _row in _rows.items():
        setattr(Nonsense, "test_%s_%s" % (_prefix, _name), lambda self, how=_how, row=_row: how(self, *row))
