"""Filters' odd requests, odd base64 for Dovecot, policy replies that are no UTF-8, proxies' attributes, row by row."""
import re

from harness import Group, Milter, ScriptedDovecot, ScriptedPolicy, Talk


class Requests(Group):
    """What filters ask for at the end of a message: addresses as headers have them, several at once, nonsense."""
    area = "milter"
    main = "smtpd_milters = unix:@DIR@/a.sock\nvirtual_alias_maps =\nlocal_recipient_maps =\n" \
           "defer_transports = local smtp\nsmtpd_recipient_restrictions = permit_mynetworks, reject\n"
    services = {"two": "smtpd_milters = unix:@DIR@/a.sock, unix:@DIR@/b.sock",
                "quarantine": "smtpd_milters = { unix:@DIR@/a.sock, default_action=quarantine }"}

    def setup(self):
        self.a = self.keep(Milter(self.path("a.sock")))
        self.b = self.keep(Milter(self.path("b.sock")))

    def message(self, *edits, on="", answers=None, rcpts=("alice@example.test",), ehlo=None):
        """-> the reply to the end of the message, and its envelope"""
        self.a.reset(answers or {}, edits)
        self.b.reset()
        c = self.inst.smtp(port=self.port[on] if on else 25)
        c.greet()
        c.ehlo()
        c.cmd("MAIL FROM:<joe@example.net>")
        for rcpt in rcpts:
            c.cmd("RCPT TO:<%s>" % rcpt)
        if ehlo:
            return c.cmd("EHLO " + ehlo), c
        reply = c.data("Subject: x\n\ntext\n")
        c.close()
        m = re.search(r"queued as (\w+)", str(reply))
        text = self.inst.run("postcat", "-q", "-e", m[1]).out if m else ""
        if m:
            self.inst.run("postsuper", "-d", m[1])
        return reply, text

    def test_phrase_is_no_part_of_an_address(self):
        self.match(r"^recipient: ann@example\.net$", self.message(("addrcpt", "Ann Bee <ann@example.net>"))[1])

    def test_words_within_brackets_are_one(self):
        self.match(r"^recipient: ab@example\.net$", self.message(("addrcpt", "<a b@example.net>"))[1])

    def test_first_of_several_recipients_is_added(self):
        text = self.message(("addrcpt", "<x@example.net>,<y@example.net>"))[1]
        self.match(r"^recipient: x@example\.net$", text)
        self.nomatch(r"y@example\.net", text)
        self.log(r"Milter or header/body_checks request to add multi-recipient: \"<x@example\.net>,<y@example\.net>\"")

    def test_first_of_several_senders_counts(self):
        self.match(r"^sender: x@example\.net$", self.message(("chgfrom", "<x@example.net>,<y@example.net>"))[1])
        self.log(r"Milter request to add multi-sender: ")

    def test_first_of_several_recipients_is_dropped(self):
        text = self.message(("delrcpt", "<alice@example.test>,<y@example.net>"), rcpts=("alice@example.test", "bob@example.test"))[1]
        self.match(r"^canceled_recipient: alice@example\.test$", text)
        self.log(r"Milter request to drop multi-recipient: ")

    def test_arguments_of_nobody_are_looked_at(self):
        self.message(("addrcpt_par", "<>", "AUTH=<>"))
        self.log(r"ignoring ESMTP argument from Milter or header/body_checks: \"AUTH=<>\"")

    def test_unknown_notify_is_named(self):
        self.message(("addrcpt_par", "<x@example.net>", "NOTIFY=bad"))
        self.log(r"unknown DSN NOTIFY command value \"bad\" in \"bad\"")

    def test_change_of_a_header_without_name(self):
        self.reply(self.message(("chgheader", 1, "", "x"))[0], "451 4.3.5")
        self.log(r"null change header name")

    def test_quarantine_is_the_end_for_other_filters(self):
        self.message(("quarantine", "why"), on="two")
        self.ok("alice@example.test" in str(self.b.events("rcpt")), "the second filter heard of the recipient")
        self.eq(self.b.events("eom"), [], "what the second filter heard of the end")
        self.log(r"milter-hold: END-OF-MESSAGE")

    def test_changes_behind_a_quarantine_are_made(self):
        self.match(r"^sender: new@example\.net$", self.message(("quarantine", "why"), ("chgfrom", "<new@example.net>"))[1])

    def test_new_sender_is_logged_with_a_rejection(self):
        self.message(("chgfrom", "<new@example.net>"), answers={"eom": "reject"})
        self.log(r"milter-reject: END-OF-MESSAGE from .*; from=<new@example\.net> to=<alice@example\.test>")

    def test_nonsense_quarantines_where_failures_do(self):
        self.reply(self.message(answers={"eom": "5xx"}, on="quarantine")[0], "250 2.0.0")
        self.log(r"milter-hold: END-OF-MESSAGE")

    def test_lone_percent_at_the_end(self):
        self.reply(self.message(answers={"rcpt": "450 4.7.1 %s x%"})[0], "554 5.5.1")
        self.log(r"milter-reject: RCPT from .*: 450 4\.7\.1 s x; from=")

    def test_several_lines_in_the_log(self):
        self.message(answers={"eom": "550-5.7.1 a\r\n550 5.7.1 b"})
        self.log(r"milter-reject: END-OF-MESSAGE from .*: 5\.7\.1 a\?\?550 5\.7\.1 b; from=")

    def test_greeting_within_a_message(self):
        reply, c = self.message(answers={"helo": lambda s, a: "550 5.7.1 no" if a == ["again.test"] else "continue"}, ehlo="again.test")
        c.close()
        self.log(r"milter-reject: EHLO from .*: 550 5\.7\.1 no; from=<joe@example\.net> to=<alice@example\.test> proto=ESMTP helo=<again\.test>")

    def test_macros_are_in_lower_case(self):
        self.message(rcpts=("ALICE@Example.test",))
        self.eq(self.a.macros("rcpt").get("rcpt_addr"), "alice@example.test", "{rcpt_addr}")

    def counted(self, *edits, rcpts):
        self.message(*edits, rcpts=rcpts)
        return self.log(r"from=<joe@example\.net>, size=\d+, nrcpt=(\d+) ").group(1)

    def test_dropped_recipients_are_counted(self):
        self.eq(self.counted(("delrcpt", "<bob@example.test>"), rcpts=("alice@example.test", "bob@example.test")), "2", "nrcpt")

    def test_added_recipients_are_counted(self):
        self.eq(self.counted(("addrcpt", "<carol@example.test>"), ("delrcpt", "<bob@example.test>"),
                             rcpts=("alice@example.test", "bob@example.test")), "3", "nrcpt")

    def test_added_and_dropped_again_is_counted(self):
        self.eq(self.counted(("addrcpt", "<carol@example.test>"), ("delrcpt", "<carol@example.test>"), rcpts=("alice@example.test",)), "2", "nrcpt")


class Base64(Talk):
    """Odd base64 goes through to Dovecot, and comes back from it."""
    area = "sasl"
    main = "smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = unix:@DIR@/auth\nsmtpd_error_sleep_time = 0\n"

    def setup(self):
        self.dovecot = self.keep(ScriptedDovecot(self.path("auth")))

    def heard(self, *lines, answers=()):
        self.dovecot.answers, self.dovecot.requests = list(answers), []
        c = self.inst.smtp()
        c.greet()
        c.ehlo()
        said = [str(c.cmd(line)) for line in lines]
        c.close()
        return said, [words[-1] for words in self.dovecot.requests]

    def test_initial_response_without_padding(self):
        self.eq(self.heard("AUTH PLAIN AGpvZQBz"), (["535 5.7.8 Error: authentication failed: (reason unavailable)"], ["resp=AGpvZQBz"]), "dialogue")
        self.eq(self.heard("AUTH PLAIN AGpvZQ")[1], ["resp=AGpvZQ"], "what Dovecot heard")

    def test_padding_anywhere(self):
        self.eq(self.heard("AUTH PLAIN dX=lcg==")[1], ["resp=dX=lcg=="], "what Dovecot heard")

    def test_continued_response_without_padding(self):
        self.eq(self.heard("AUTH LOGIN", "dXNlcg", answers=["CONT\t@\tVXNlcm5hbWU6\n", "FAIL\t@\treason=so\n"]),
                (["334 VXNlcm5hbWU6", "535 5.7.8 Error: authentication failed: so"], [self.dovecot.requests[0][-1], "dXNlcg"]), "dialogue")

    def test_challenge_without_padding(self):
        self.eq(self.heard("AUTH LOGIN", "*", answers=["CONT\t@\tabc\n"])[0][0], "334 abc", "challenge")

    def test_what_is_no_base64(self):
        for text in ("-", "_-__", "!!!"):
            self.eq(self.heard("AUTH PLAIN " + text), (["535 5.7.8 Error: authentication failed: Invalid base64 data in initial response"], []), text)
        self.eq(self.heard("AUTH LOGIN", "AG ZQ", answers=["CONT\t@\t\n"])[0][1],
                "535 5.7.8 Error: authentication failed: Invalid base64 data in continued response", "a blank")


class PolicyText(Group):
    """What a policy server says must be UTF-8 where that is in use."""
    area = "policy"
    main = "smtpd_recipient_restrictions = check_policy_service unix:@DIR@/policy, permit\n"
    services = {"no": "smtputf8_enable = no", "reject": "smtpd_recipient_restrictions = check_policy_service unix:@DIR@/policy, reject",
                "default": "smtpd_policy_service_default_action = 450 4.3.9 none\nsmtpd_recipient_restrictions = check_policy_service unix:@DIR@/policy, permit",
                "braces": "smtpd_recipient_restrictions = check_policy_service { unix:@DIR@/policy, default_action=DUNNO }, permit"}

    def setup(self):
        self.policy = self.keep(ScriptedPolicy(self.path("policy")))

    def said(self, answer, on=""):
        self.policy.answers = [answer]
        c = self.inst.smtp(port=self.port[on] if on else 25)
        c.greet()
        c.ehlo()
        c.cmd("MAIL FROM:<>")
        reply = c.cmd("RCPT TO:<alice@example.test>")
        c.close()
        return reply

    def test_malformed(self):
        self.reply(self.said("action=REJECT \xff\n\n"), "451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem")
        self.log(r"warning: malformed UTF-8 in policy server unix:\S+/policy response: \"REJECT \?\"")

    def test_malformed_action_that_would_permit(self):
        self.reply(self.said("action=OK \xe4\n\n"), "451 4.3.5")

    def test_nothing_is_ok(self):
        self.reply(self.said("action=\n\n", "reject"), "250 2.1.5")
        self.reply(self.said("action=DUNNO\n\n", "reject"), "554 5.7.1")

    def test_well_formed(self):
        self.reply(self.said("action=REJECT caf\xc3\xa9\n\n"), "554 5.7.1")

    def test_default_action(self):
        self.reply(self.said("action=REJECT \xff\n\n", "default"), "450 4.3.9 <alice@example.test>: Recipient address rejected: none")

    def test_default_action_of_one_server(self):
        self.reply(self.said("action=REJECT \xff\n\n", "braces"), "250 2.1.5")
        self.log(r"malformed UTF-8 in policy server \{ unix:\S+/policy, default_action=DUNNO \} response: ")


class Attributes(Talk):
    """XCLIENT, XFORWARD and options of MAIL, RCPT and VRFY, whose values are odd."""
    area = "xclient"
    boring = r"^(connect from|disconnect from|warning: hostname)"
    main = "smtpd_authorized_xclient_hosts = 192.0.2.0/24\nsmtpd_authorized_xforward_hosts = 192.0.2.0/24\nlocal_recipient_maps =\n" \
           "smtpd_error_sleep_time = 0\n"
    services = {"ascii": "smtputf8_enable = no", "hidden": "smtpd_discard_ehlo_keywords = smtputf8"}
    src = "192.0.2.10"
    scripts = r"""
== a-login-before-a-mistake-counts
> EHLO x.test
< *
> XCLIENT LOGIN=joe PORT=abc
< 501 5.5.4 Bad PORT syntax: abc
> MAIL FROM:<a@example.net>
< *
> RCPT TO:<alice@example.test>
< *
says smtpd *: client=client.example.org[192.0.2.10], sasl_method=XCLIENT, sasl_username=joe

== odd-characters-are-shown-as-question-marks
> EHLO x.test
< *
> XCLIENT ADDR=<x>
< 501 5.5.4 Bad ADDR syntax: ?x?
> XFORWARD ADDR=a@b
< 501 5.5.4 Bad ADDR syntax: a?b

== nothing-behind-a-nul
> EHLO x.test
< *
> XCLIENT PORT=a+00b
< 501 5.5.4 Bad PORT syntax: a
> XCLIENT NAME=some.test+00b
< 220 mx.example.test ESMTP *

== names-of-hosts-are-ascii
> EHLO x.test
< *
> XCLIENT NAME=caf+C3+A9.test
< 501 5.5.4 Bad NAME syntax: *

== a-forwarded-name-without-address
> EHLO x.test
< *
> XFORWARD NAME=other.test
< 250 2.0.0 Ok
> MAIL FROM:<a@example.net>
< *
> RCPT TO:<alice@example.test>
< *
says smtpd *: client=client.example.org[192.0.2.10], orig_client=other.test

== original-recipients-of-type-utf-8
> EHLO x.test
< *
> MAIL FROM:<a@example.net>
< *
> RCPT TO:<alice@example.test> ORCPT=utf-8;a\b
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test> ORCPT=utf-8;\x{}
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test> ORCPT=utf-8;a+zz
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test> ORCPT=utf-8;a\x{zz}
< 501 5.5.4 Error: Bad ORCPT parameter syntax
> RCPT TO:<alice@example.test> ORCPT=utf-8;a\x{E9
< 501 5.5.4 Error: Bad ORCPT parameter syntax
> RCPT TO:<alice@example.test> ORCPT=utf-8;a\x{110000}
< 501 5.5.4 Error: Bad ORCPT parameter syntax

== original-recipients-keep-their-letters on=ascii
> EHLO x.test
<* *
> MAIL FROM:<a@example.net>
< *
> RCPT TO:<alice@example.test> NOTIFY=x ORCPT=rfc822;a+E9
< 501 5.5.4 Error: Bad NOTIFY parameter syntax

== hidden-smtputf8-is-no-option on=hidden
> EHLO x.test
<* *
> MAIL FROM:<a@example.net> SMTPUTF8
< 555 5.5.4 Unsupported option: SMTPUTF8
> MAIL FROM:<a@é.test> SMTPUTF8
< 501 5.1.7 Bad sender address syntax

== ascii-log on=ascii
> EHLO x.test
< *
> VRFY café@example.test x
< 501 5.1.3 Bad recipient address syntax
says smtpd warning: Illegal address syntax from client.example.org[192.0.2.10] in VRFY command: caf??@example.test x

== hidden-smtputf8-is-no-parameter-of-vrfy on=hidden
> EHLO x.test
< *
> VRFY alice@example.test SMTPUTF8
< 501 5.1.3 Bad recipient address syntax
"""
