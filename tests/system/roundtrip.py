"""A message by each way in, to each way out."""
import re


def test_by_smtp_to_a_mailbox(t):
    i = t.instance().start()
    queue_id = i.send("by-smtp-1")
    message = i.wait_mail("by-smtp-1")
    assert "Delivered-To: you@mail.example.test" in message
    assert re.search(r"^Received: from client\.example\.test ", message, re.M)
    i.wait_log(r"virtual\[\d+\]: %s: to=<you@mail\.example\.test>, relay=virtual, .*dsn=2\.0\.0, status=sent "
               r"\(delivered to maildir\)" % queue_id)
    i.wait_log(r"qmgr\[\d+\]: %s: removed" % queue_id)
    i.wait_empty()


def test_by_sendmail_to_a_mailbox(t):
    i = t.instance().start()
    i.run("sendmail", "-f", "me@example.test", "you@mail.example.test", input="Subject: by-sendmail-1\n\nhello\n")
    message = i.wait_mail("by-sendmail-1")
    assert re.search(r"^From: .*me@example\.test", message, re.M), "a missing From header is added"
    assert re.search(r"^Message-I[dD]: <", message, re.M)
    i.wait_empty()


def test_to_another_host(t):
    hop = t.next_hop()
    i = t.instance("relayhost = [127.0.0.1]:%d\n" % hop.port).start()
    i.send("relayed-1", to="somebody@elsewhere.example.test", body="a\r\n..dot\r\n" + "x" * 5000 + "\r\n")
    recipients, text = hop.wait("relayed-1")[0]
    assert recipients == ["somebody@elsewhere.example.test"], recipients
    assert "\r\n...dot\r\n" in text or "\r\n..dot\r\n" in text, "dots are stuffed"
    i.wait_empty()


def test_mail_waits_while_the_suite_is_stopped(t):
    i = t.instance()
    i.command("postfix", "start")
    i.stop()
    i.run("sendmail", "-f", "me@example.test", "you@mail.example.test", input="Subject: while-stopped\n\nhello\n")
    assert list(i.queue_ids().values()) == ["maildrop"], i.queue_ids()
    i.start()
    i.wait_mail("while-stopped")
    i.wait_empty()


def test_a_big_message_with_many_recipients(t):
    hop = t.next_hop()
    i = t.instance("relayhost = [127.0.0.1]:%d\n" % hop.port).start()
    recipients = ["r%d@elsewhere.example.test" % n for n in range(300)]
    body = "\r\n".join("line %d of a long message" % n for n in range(40000))
    with i.smtp() as smtp:
        smtp.sendmail("me@example.test", recipients, "Subject: big-1\r\n\r\n" + body)
    hop.wait("big-1", 6)
    i.wait_empty()
    got = sorted(r for group, text in hop.messages for r in group)
    assert got == sorted(recipients), "%d recipients" % len(got)
    assert all("line 39999 of" in text for _, text in hop.messages)
