"""Mail that cannot be delivered now, or ever."""
import email
import json
import re

from harness import until


def test_deferred_mail_is_flushed(t):
    state = {"busy": True}
    hop = t.next_hop(lambda verb, argument: "451 4.3.0 not now" if verb == "RCPT" and state["busy"] else None)
    i = t.instance("relayhost = [127.0.0.1]:%d\n" % hop.port).start()
    queue_id = i.send("deferred-1", to="a@elsewhere.example.test")
    i.wait_log(r"%s: to=<a@elsewhere\.example\.test>, .*dsn=4\.3\.0, status=deferred \(host 127\.0\.0\.1\[127\.0\.0\.1\] "
               r"said: 451 4\.3\.0 not now \(in reply to RCPT TO command\)\)" % queue_id)
    until(lambda: i.queue_ids() == {queue_id: "deferred"}, "deferred mail")
    listed = json.loads(i.run("postqueue", "-j"))
    assert listed["queue_name"] == "deferred" and listed["queue_id"] == queue_id
    assert "451 4.3.0 not now" in listed["recipients"][0]["delay_reason"]
    state["busy"] = False
    i.run("postqueue", "-f")
    hop.wait("deferred-1")
    i.wait_empty()


def test_one_message_is_flushed(t):
    state = {"busy": True}
    hop = t.next_hop(lambda verb, argument: "451 4.3.0 not now" if verb == "RCPT" and state["busy"] else None)
    i = t.instance("relayhost = [127.0.0.1]:%d\n" % hop.port).start()
    first = i.send("flush-a", to="a@elsewhere.example.test")
    second = i.send("flush-b", to="b@elsewhere.example.test")
    until(lambda: i.queue_ids() == {first: "deferred", second: "deferred"}, "two deferred messages")
    state["busy"] = False
    i.run("postqueue", "-i", second)
    hop.wait("flush-b")
    until(lambda: i.queue_ids() == {first: "deferred"}, "the other one to stay")


def test_refused_mail_is_returned(t):
    hop = t.next_hop(lambda verb, argument: "550 5.1.1 nobody here" if verb == "RCPT" else None)
    i = t.instance("relayhost = [127.0.0.1]:%d\n" % hop.port).start()
    queue_id = i.send("refused-1", to="nobody@elsewhere.example.test", sender="you@mail.example.test")
    i.wait_log(r"%s: to=<nobody@elsewhere\.example\.test>, .*dsn=5\.1\.1, status=bounced" % queue_id)
    text = i.wait_mail("refused-1")
    report = email.message_from_string(text)
    assert report.get_content_type() == "multipart/report", report.get_content_type()
    assert report.get_param("report-type") == "delivery-status"
    kinds = [part.get_content_type() for part in report.get_payload()]
    assert kinds == ["text/plain", "message/delivery-status", "message/rfc822"], kinds
    status = report.get_payload(1).as_string()
    assert "Action: failed" in status and "Status: 5.1.1" in status, status
    assert re.search(r"Diagnostic-Code: smtp; 550 5\.1\.1 nobody here", status), status
    i.wait_log(r"bounce\[\d+\]: %s: sender non-delivery notification: \w+" % queue_id)
    i.wait_empty()


def test_a_bounce_that_cannot_be_delivered_does_not_loop(t):
    hop = t.next_hop(lambda verb, argument: "550 5.1.1 nobody here" if verb == "RCPT" else None)
    i = t.instance("relayhost = [127.0.0.1]:%d\nnotify_classes =\n" % hop.port).start()
    i.send("loop-1", to="nobody@elsewhere.example.test", sender="gone@elsewhere.example.test")
    i.wait_log(r"from=<>, size=\d+, nrcpt=1")
    i.wait_empty()


def test_a_next_hop_that_is_down_defers(t):
    hop = t.next_hop()
    hop.close()
    i = t.instance("relayhost = [127.0.0.1]:%d\n" % hop.port).start()
    queue_id = i.send("down-1", to="a@elsewhere.example.test")
    i.wait_log(r"%s: to=<a@elsewhere\.example\.test>, relay=none, .*status=deferred \(connect to "
               r"127\.0\.0\.1\[127\.0\.0\.1\]:%d: Connection refused\)" % (queue_id, hop.port))
    until(lambda: i.queue_ids() == {queue_id: "deferred"}, "deferred mail")


def test_expired_mail_is_returned(t):
    hop = t.next_hop(lambda verb, argument: "451 4.3.0 not now" if verb == "RCPT" else None)
    i = t.instance("relayhost = [127.0.0.1]:%d\nmaximal_queue_lifetime = 0\n" % hop.port).start()
    i.send("expired-1", to="a@elsewhere.example.test", sender="you@mail.example.test")
    i.wait_log(r"status=expired, returned to sender")
    i.wait_mail("expired-1")
    i.wait_empty()


def test_a_report_of_success_names_the_way(t):
    i = t.instance().start()
    i.run("sendmail", "-N", "success", "-f", "me@mail.example.test", "you@mail.example.test",
          input="Subject: told\n\nhello\n")
    report = i.wait_mail("Subject: Successful Mail Delivery Report", user="me")
    assert "delivery via virtual: " in report, report
    i.run("sendmail", "-v", "-f", "me@mail.example.test", "you@mail.example.test", input="Subject: watched\n\nhello\n")
    report = i.wait_mail("Subject: Mail Delivery Status Report", user="me")
    assert "delivery via virtual: " in report, report
