"""tests/trials/senders.py - trials with programs that send mail on: postsrsd, Mailman.

Part of tests/trials/run, whose helpers it uses.
"""
import os
import re
import subprocess

import __main__ as trials
from mailboxes import account


def trial_postsrsd(test):
    """A forwarded message gets a sender of ours, and a bounce to that goes back to who it was; asked by tcp tables."""
    forward, reverse = trials.free_port(), trials.free_port()
    secret = os.path.join(test.directory, "secret")
    with open(secret, "w") as f:
        f.write("a secret for the trial\n")
    hop = test.next_hop()
    with trials.running(test, "postsrsd", ["/usr/sbin/postsrsd", "-s" + secret, "-dmail.example.test", "-4",
                                           "-f%d" % forward, "-r%d" % reverse], forward):
        made = test.instance(
            "relayhost = [127.0.0.1]:%d\nsender_canonical_maps = tcp:127.0.0.1:%d\n"
            "sender_canonical_classes = envelope_sender\nrecipient_canonical_maps = tcp:127.0.0.1:%d\n"
            "recipient_canonical_classes = envelope_recipient, header_recipient\n"
            "virtual_alias_maps = inline:{away@mail.example.test=friend@elsewhere.test}\n"
            % (hop.port, forward, reverse)).start()
        made.send("sent on", to="away", sender="me@sender.example.test")
        recipients, text = hop.wait("sent on")[0]
        assert recipients == ["friend@elsewhere.test"], recipients
        made.wait_log(r": from=<SRS0=\S+=sender\.example\.test=me@mail\.example\.test>, size=")
        rewritten = re.search(r"from=<(SRS0\S+)>, size", made.log_text())[1]
        assert re.search(r"^From: me@sender\.example\.test", text, re.M), text
        made.send("it came back", to=rewritten, sender="")
        recipients, _ = hop.wait("it came back")[0]
        assert recipients == ["me@sender.example.test"], recipients
        # A forged one is nobody's.
        with made.smtp() as smtp:
            smtp.ehlo()
            smtp.mail("")
            code, reply = smtp.rcpt(rewritten.replace("SRS0=", "SRS0=x"))
        assert code == 550, reply
    # Without it mail waits; nothing is refused.
    with made.smtp() as smtp:
        smtp.ehlo()
        smtp.mail("me@sender.example.test")
        code, reply = smtp.rcpt("away@mail.example.test")
        if code == 250:
            code, reply = smtp.data("Subject: nobody to ask\r\n\r\nhello\r\n")
    assert 400 <= code < 500, (code, reply)


MAILMAN = """[mailman]
site_owner: you@mail.example.test
layout: custom
[paths.custom]
var_dir: {dir}/var
bin_dir: /usr/lib/mailman3/bin
[mta]
incoming: mailman.mta.postfix.LMTP
outgoing: mailman.mta.deliver.deliver
lmtp_host: 127.0.0.1
lmtp_port: {lmtp}
smtp_host: 127.0.0.1
smtp_port: {smtp}
configuration: {dir}/postfix.cfg
[webservice]
hostname: 127.0.0.1
port: {web}
admin_user: restadmin
admin_pass: restpass
[runner.archive]
start: no
[runner.digest]
start: no
[runner.nntp]
start: no
[runner.task]
start: no
"""


def mailman(test, made, kind):
    """Its configuration, for tables of this kind: a function that runs its commands, and its LMTP port."""
    state = os.path.join(test.directory, "mailman")
    account("mailmen", 64203, state)
    lmtp = trials.free_port()
    with open(os.path.join(state, "postfix.cfg"), "w") as f:
        f.write("[postfix]\npostmap_command: %s/sbin/postmap\ntransport_file_type: %s\n" % (made.directory, kind))
    with open(os.path.join(state, "mailman.cfg"), "w") as f:
        f.write(MAILMAN.format(dir=state, lmtp=lmtp, smtp=made.port, web=trials.free_port()))

    def command(program, *arguments):
        return ["setpriv", "--reuid=mailmen", "--regid=mailmen", "--clear-groups", "env", "MAIL_CONFIG=" + made.etc,
                "HOME=" + state, "/usr/lib/mailman3/bin/" + program, "-C", os.path.join(state, "mailman.cfg")] + list(arguments)

    return state, lmtp, command


def a_list_works(test, kind, tables):
    made = test.instance("recipient_delimiter = +\nowner_request_special = no\nunknown_local_recipient_reject_code = 550\n"
                         "virtual_mailbox_domains = mail.example.test\n")
    state, lmtp, command = mailman(test, made, kind)
    made.configure(main="".join("%s = %s:%s/var/data/%s\n" % (name, tables, state, file) for name, file in (
        ("transport_maps", "postfix_lmtp"), ("local_recipient_maps", "postfix_lmtp"),
        ("relay_recipient_maps", "postfix_lmtp"), ("relay_domains", "postfix_domains"))))

    def say(*arguments, **kw):
        done = subprocess.run(command("mailman", *arguments), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=120, **kw)
        assert done.returncode == 0, done.stdout
    say("create", "chat@lists.test")
    say("addmembers", "-", "chat@lists.test",
        input="you@mail.example.test\nme@sender.example.test\n")
    say("aliases")
    with trials.running(test, "mailman", command("master"), lmtp, patience=180):  # a dozen Python programs
        made.start()
        made.send("talk of the day " + kind, to="chat@lists.test", sender="you@mail.example.test")
        made.wait_log(r"to=<chat@lists\.test>, relay=127\.0\.0\.1\[127\.0\.0\.1\]:%d, .*status=sent" % lmtp, patience=120)
        text = made.wait_mail("talk of the day " + kind, patience=120)
        assert re.search(r"^List-Id: <chat\.lists\.test>", text, re.M), text
        assert re.search(r"^Subject: \[Chat\] talk of the day", text, re.M), text
        assert re.search(r"^Return-Path: <chat-bounces@lists\.test>", text, re.M), text
        with made.smtp() as smtp:
            smtp.ehlo()
            smtp.mail("you@mail.example.test")
            code, reply = smtp.rcpt("nolist@lists.test")
            assert code == 550, reply
            code, reply = smtp.rcpt("chat-request@lists.test")
            assert code == 250, reply
    made.stop()


def trial_mailman(test):
    """Mailman's own tables, made with our postmap, send its mail to its LMTP server; members get theirs from it."""
    a_list_works(test, "hash", "hash")


def trial_mailman_regexp(test):
    """The same with regular expressions for tables."""
    a_list_works(test, "regex", "regexp")
