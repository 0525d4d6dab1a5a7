"""Reports about mail, field by field: who gets one, what it says of each recipient, and what of the message is in it."""
import email
import os
import re
import shutil
import time

from harness import Group

USERS = ("alice", "bob", "carol", "dave", "erin", "frank")


def plain(text, ids):
    for one in ids:
        text = text.replace(one, "ID")
    text = re.sub(r"^(Arrival-Date|Will-Retry-Until|Last-Attempt-Date): .*", r"\1: DATE", text, flags=re.M)
    return re.sub(r"X-\w+-(Queue-ID|Sender)", r"X-Brand-\1", text).replace("X-Postfix;", "X-Brand;").replace(
        "X-Postrider;", "X-Brand;")


def summary(user, raw, ids):
    """The parts of a report that programs read, and what it says to people about each recipient."""
    message = email.message_from_bytes(raw)
    out = ["= to %s, envelope sender %s" % (user, message["Return-Path"])]
    out += ["%s: %s" % (name, message[name]) for name in ("From", "Subject", "To", "Auto-Submitted")]
    if not message.is_multipart():
        return "\n".join(out) + "\n"
    out += [message.get_content_type(), "encoding %s" % message["Content-Transfer-Encoding"]]
    for part in message.get_payload():
        out += ["- %s (%s) %s" % (part.get_content_type(), part["Content-Description"],
                                  part["Content-Transfer-Encoding"])]
        body = part.as_bytes().partition(b"\n\n")[2].decode("utf-8", "replace")
        if part.get_content_type() == "text/plain":
            out += re.findall(r"^<.*(?:\n .*)*", body, re.M)
        elif "delivery-status" in part.get_content_type():
            out += [body.strip()]
        else:
            out += [body.split("\n")[0], "body" if "body" in body.partition("\n\n")[2] else "no body"]
    return plain("\n".join(out), ids) + "\n"


# name, how the message is sent.
SCENARIOS = {
    'plain': {},
    'null_sender': {'sender': ''},
    'two': {'rcpts': ['hardfail1@x.test', 'hardfail2@x.test']},
    'ret_hdrs': {'mail_params': 'RET=HDRS'},
    'ret_full_big': {'mail_params': 'RET=FULL', 'big': True},
    'envid': {'mail_params': 'ENVID=my+2Bid+20x'},
    'orcpt': {'rcpt_params': 'ORCPT=rfc822;first+2B@y.test'},
    'orcpt_x400': {'rcpt_params': 'ORCPT=x400;some+20thing'},
    'never': {'rcpt_params': 'NOTIFY=NEVER'},
    'delay_only': {'rcpt_params': 'NOTIFY=DELAY'},
    'success': {'rcpts': ['bob@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS'},
    'success_and_failure':
        {'rcpts': ['bob@example.test', 'hardfail@x.test'], 'rcpt_params': 'NOTIFY=SUCCESS,FAILURE'},
    'smtputf8': {'rcpts': ['hardfail-ü@x.test'], 'mail_params': 'SMTPUTF8'},
    'eight_bit':
        {'data': 'Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nbody é\n', 'mail_params': 'BODY=8BITMIME'},
    'quoted': {'rcpts': ['"hardfail a"@x.test']},
    'unknown_user': {'rcpts': ['nosuch.user@example.test']},
    'extension': {'sender': 'bob+ext@example.test'},
    'double': {'sender': 'hardfail-sender@x.test'},
    'of_double': {'sender': 'double-bounce@mx.example.test'},
    'virtual_list': {'rcpts': ['list@example.test']},
    'virtual_list_dsn':
        {'rcpts': ['list@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;o@y.test'},
    'virtual_one': {'rcpts': ['v@example.test']},
    'virtual_relayed': {'rcpts': ['ok@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS'},
    'alias': {'rcpts': ['al@example.test']},
    'alias_ext': {'rcpts': ['al+x@example.test']},
    'alias_never': {'rcpts': ['al@example.test'], 'rcpt_params': 'NOTIFY=NEVER'},
    'include': {'rcpts': ['incl@example.test']},
    'relocated': {'rcpts': ['gone@example.test']},
    'long_reason': {'rcpts': ['longfail@x.test']},
    'xverp': {'mail_params': 'XVERP'},
    'no_newline': {'data': 'Subject: x\n\nend without newline'},
    'forged_return_path': {'data': 'Return-Path: <fake@x.test>\nSubject: x\n\nb\n'},
    'sendmail_dsn': {'cmd': ['-R', 'hdrs', '-V', 'env', '-f', 'alice', 'hardfail@x.test']},
    'sendmail_success': {'cmd': ['-N', 'success,delay', '-f', 'alice', 'bob']},
    'sendmail_verp': {'cmd': ['-XV', '-f', 'alice', 'hardfail@x.test']},
    'sendmail_verbose': {'cmd': ['-v', '-f', 'alice', 'bob']},
    'sendmail_verify': {'cmd': ['-bv', '-f', 'alice', 'nosuch.user']},
    'alias_success_failure': {'rcpts': ['al@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS,FAILURE'},
    'alias_success': {'rcpts': ['al@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS'},
    'alias_failure': {'rcpts': ['al@example.test'], 'rcpt_params': 'NOTIFY=FAILURE'},
    'alias_plain': {'rcpts': ['al@example.test']},
    'alias_delivered_success_failure': {'rcpts': ['good@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS,FAILURE'},
    'alias_delivered_success': {'rcpts': ['good@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS'},
    'alias_mixed': {'rcpts': ['mix@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS,FAILURE'},
    'alias_local': {'rcpts': ['loc@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS,FAILURE'},
    'alias_local_success': {'rcpts': ['loc@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS'},
    'owned_list': {'rcpts': ['own@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS,FAILURE'},
    'owned_list_success': {'rcpts': ['own@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS'},
    'owned_list_plain': {'rcpts': ['own@example.test']},
    'include_success': {'rcpts': ['incl@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS,FAILURE'},
    'forward_file': {'rcpts': ['dave@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS,FAILURE'},
    'forward_file_success': {'rcpts': ['dave@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS'},
    'virtual_success': {'rcpts': ['ok@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS'},
    'alias_command_success': {'rcpts': ['cmd@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS,FAILURE'},
    'alias_file_success': {'rcpts': ['null@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS,FAILURE'},
    'alias_of_alias': {'rcpts': ['deep@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS,FAILURE'},
    'alias_delay_orcpt': {'rcpts': ['al@example.test'], 'rcpt_params': 'NOTIFY=DELAY ORCPT=rfc822;zz@q.test', 'mail_params': 'ENVID=e1 RET=HDRS'},
    'alias_orcpt': {'rcpts': ['al@example.test'], 'rcpt_params': 'NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;zz@q.test', 'mail_params': 'ENVID=e1 RET=HDRS'},
    'alias_verp': {'rcpts': ['al@example.test'], 'mail_params': 'XVERP'},
    'virtual_verp': {'rcpts': ['list@example.test'], 'mail_params': 'XVERP=+='},
}

# What comes of it, as with Postfix 3.7.
EXPECTED = {
    'plain': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'null_sender': """
= to erin, envelope sender <double-bounce@mx.example.test>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Copy: Undelivered Mail
To: erin@example.test
Auto-Submitted: auto-generated
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; MAILER-DAEMON@mx.example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <MAILER-DAEMON@mx.example.test>
body
""",
    'two': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail1@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
<hardfail2@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail1@x.test
Original-Recipient: rfc822;hardfail1@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

Final-Recipient: rfc822; hardfail2@x.test
Original-Recipient: rfc822;hardfail2@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'ret_hdrs': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- text/rfc822-headers (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'ret_full_big': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- text/rfc822-headers (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'envid': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
Original-Envelope-Id: my+id x
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'orcpt': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;first+@y.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'orcpt_x400': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: x400;some thing
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'never': "",
    'delay_only': "",
    'success': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<bob@example.test>: delivery via local: delivered to maildir
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; bob@example.test
Original-Recipient: rfc822;bob@example.test
Action: delivered
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: delivered to maildir
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'success_and_failure': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<bob@example.test>: delivery via local: delivered to maildir
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; bob@example.test
Original-Recipient: rfc822;bob@example.test
Action: delivered
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: delivered to maildir
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'smtputf8': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail-ü@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user
    (in reply to RCPT TO command)
- message/global-delivery-status (Delivery report) 8bit
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: utf-8; hardfail-ü@x.test
Original-Recipient: rfc822;hardfail-ü@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/global (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'eight_bit': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'quoted': "",
    'unknown_user': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<nosuch.user@example.test>: unknown user: "nosuch.user"
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; nosuch.user@example.test
Original-Recipient: rfc822;nosuch.user@example.test
Action: failed
Status: 5.1.1
Diagnostic-Code: X-Brand; unknown user: "nosuch.user"
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'extension': """
= to bob, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: bob+ext@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; bob+ext@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <bob+ext@example.test>
body
""",
    'double': """
= to erin, envelope sender <double-bounce@mx.example.test>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Copy: Undelivered Mail
To: erin@example.test
Auto-Submitted: auto-generated
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail-sender@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such
    user (in reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; MAILER-DAEMON@mx.example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail-sender@x.test
Original-Recipient: rfc822;hardfail-sender@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <MAILER-DAEMON@mx.example.test>
body
""",
    'of_double': "",
    'virtual_list': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail1@x.test> (expanded from <list@example.test>): host
    127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO
    command)
<hardfail2@x.test> (expanded from <list@example.test>): host
    127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO
    command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail1@x.test
Original-Recipient: rfc822;list@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

Final-Recipient: rfc822; hardfail2@x.test
Original-Recipient: rfc822;list@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'virtual_list_dsn': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<list@example.test>: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; list@example.test
Original-Recipient: rfc822;o@y.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail1@x.test> (expanded from <list@example.test>): host
    127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO
    command)
<hardfail2@x.test> (expanded from <list@example.test>): host
    127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO
    command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail1@x.test
Original-Recipient: rfc822;o@y.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

Final-Recipient: rfc822; hardfail2@x.test
Original-Recipient: rfc822;o@y.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'virtual_one': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail3@x.test> (expanded from <v@example.test>): host 127.0.0.1[127.0.0.1]
    said: 550 5.1.1 no such user (in reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail3@x.test
Original-Recipient: rfc822;v@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'virtual_relayed': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<ok@example.test>: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; ok@example.test
Original-Recipient: rfc822;ok@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'alias': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail4@x.test> (expanded from <al@example.test>): host 127.0.0.1[127.0.0.1]
    said: 550 5.1.1 no such user (in reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail4@x.test
Original-Recipient: rfc822;al@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'alias_ext': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail4@x.test> (expanded from <al+x@example.test>): host
    127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO
    command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail4@x.test
Original-Recipient: rfc822;al+x@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'alias_never': "",
    'include': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail7@x.test> (expanded from <incl@example.test>): host
    127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO
    command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail7@x.test
Original-Recipient: rfc822;incl@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'relocated': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<gone@example.test>: User has moved to elsewhere@y.test
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; gone@example.test
Original-Recipient: rfc822;gone@example.test
Action: failed
Status: 5.1.6
Diagnostic-Code: X-Brand; User has moved to elsewhere@y.test
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'long_reason': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<longfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.7.1 some words that go
    on and on some words that go on and on some words that go on and on some
    words that go on and on some words that go on and on some words that go on
    and on some words that go on and on some words that go on and on end (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; longfail@x.test
Original-Recipient: rfc822;longfail@x.test
Action: failed
Status: 5.7.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.7.1 some words that go on and on some words that
    go on and on some words that go on and on some words that go on and on
 some
    words that go on and on some words that go on and on some words that go on
    and on some words that go on and on end
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'xverp': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice+hardfail=x.test@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'no_newline': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
no body
""",
    'forged_return_path': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
no body
""",
    'sendmail_dsn': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
Original-Envelope-Id: env
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- text/rfc822-headers (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'sendmail_success': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<bob@example.test> (expanded from <bob>): delivery via local: delivered to
    maildir
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; bob@example.test
Original-Recipient: rfc822;bob@example.test
Action: delivered
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: delivered to maildir
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'sendmail_verp': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice+hardfail=x.test@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'sendmail_verbose': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Mail Delivery Status Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<bob@example.test> (expanded from <bob>): delivery via local: delivered to
    maildir
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; bob@example.test
Original-Recipient: rfc822;bob@example.test
Action: delivered
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: delivered to maildir
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'sendmail_verify': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Mail Delivery Status Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<nosuch.user@example.test> (expanded from <nosuch.user>): delivery via local:
    unknown user: "nosuch.user"
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; nosuch.user@example.test
Original-Recipient: rfc822;nosuch.user@example.test
Action: undeliverable
Status: 5.1.1
Diagnostic-Code: X-Brand; delivery via local: unknown user: "nosuch.user"
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'alias_success_failure': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<al@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; al@example.test
Original-Recipient: rfc822;al@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail4@x.test> (expanded from <al@example.test>): host 127.0.0.1[127.0.0.1]
    said: 550 5.1.1 no such user (in reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail4@x.test
Original-Recipient: rfc822;al@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'alias_success': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<al@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; al@example.test
Original-Recipient: rfc822;al@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'alias_failure': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail4@x.test> (expanded from <al@example.test>): host 127.0.0.1[127.0.0.1]
    said: 550 5.1.1 no such user (in reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail4@x.test
Original-Recipient: rfc822;al@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'alias_plain': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail4@x.test> (expanded from <al@example.test>): host 127.0.0.1[127.0.0.1]
    said: 550 5.1.1 no such user (in reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail4@x.test
Original-Recipient: rfc822;al@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'alias_delivered_success_failure': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<good@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; good@example.test
Original-Recipient: rfc822;good@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'alias_delivered_success': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<good@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; good@example.test
Original-Recipient: rfc822;good@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'alias_mixed': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<mix@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; mix@example.test
Original-Recipient: rfc822;mix@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail9@x.test> (expanded from <mix@example.test>): host
    127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO
    command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail9@x.test
Original-Recipient: rfc822;mix@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'alias_local': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<loc@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; loc@example.test
Original-Recipient: rfc822;loc@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'alias_local_success': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<loc@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; loc@example.test
Original-Recipient: rfc822;loc@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'owned_list': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<own@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; own@example.test
Original-Recipient: rfc822;own@example.test
Action: delivered
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
= to carol, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: owner-own@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail8@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; owner-own@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail8@x.test
Original-Recipient: rfc822;hardfail8@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <owner-own@example.test>
body
""",
    'owned_list_success': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<own@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; own@example.test
Original-Recipient: rfc822;own@example.test
Action: delivered
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'owned_list_plain': """
= to carol, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: owner-own@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail8@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; owner-own@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail8@x.test
Original-Recipient: rfc822;hardfail8@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <owner-own@example.test>
body
""",
    'include_success': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<incl@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; incl@example.test
Original-Recipient: rfc822;incl@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail7@x.test> (expanded from <incl@example.test>): host
    127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO
    command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail7@x.test
Original-Recipient: rfc822;incl@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'forward_file': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<dave@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; dave@example.test
Original-Recipient: rfc822;dave@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail6@x.test> (expanded from <dave@example.test>): host
    127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO
    command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail6@x.test
Original-Recipient: rfc822;dave@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'forward_file_success': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<dave@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; dave@example.test
Original-Recipient: rfc822;dave@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'virtual_success': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<ok@example.test>: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; ok@example.test
Original-Recipient: rfc822;ok@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'alias_command_success': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<cmd@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; cmd@example.test
Original-Recipient: rfc822;cmd@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<cmd@example.test>: Command died with status 1: "/bin/false"
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; cmd@example.test
Original-Recipient: rfc822;cmd@example.test
Action: failed
Status: 5.3.0
Diagnostic-Code: x-unix; unknown mail system error 1
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'alias_file_success': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<null@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; null@example.test
Original-Recipient: rfc822;null@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'alias_of_alias': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<deep@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; deep@example.test
Original-Recipient: rfc822;deep@example.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail5@x.test> (expanded from <deep@example.test>): host
    127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO
    command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail5@x.test
Original-Recipient: rfc822;deep@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
    'alias_delay_orcpt': "",
    'alias_orcpt': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<al@example.test>: delivery via local: alias expanded
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
Original-Envelope-Id: e1
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; al@example.test
Original-Recipient: rfc822;zz@q.test
Action: expanded
Status: 2.0.0
Diagnostic-Code: X-Brand; delivery via local: alias expanded
- text/rfc822-headers (Message Headers) 8bit
Return-Path: <alice@example.test>
no body
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail4@x.test> (expanded from <al@example.test>): host 127.0.0.1[127.0.0.1]
    said: 550 5.1.1 no such user (in reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
Original-Envelope-Id: e1
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail4@x.test
Original-Recipient: rfc822;zz@q.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- text/rfc822-headers (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
no body
""",
    'alias_verp': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice+al=example.test@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail4@x.test> (expanded from <al@example.test>): host 127.0.0.1[127.0.0.1]
    said: 550 5.1.1 no such user (in reply to RCPT TO command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice+al=example.test@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail4@x.test
Original-Recipient: rfc822;al@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice+al=example.test@example.test>
body
""",
    'virtual_verp': """
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice+list=example.test@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail1@x.test> (expanded from <list@example.test>): host
    127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO
    command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail1@x.test
Original-Recipient: rfc822;list@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
= to alice, envelope sender <>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice+list=example.test@example.test
Auto-Submitted: auto-replied
multipart/report
encoding 8bit
- text/plain (Notification) 8bit
<hardfail2@x.test> (expanded from <list@example.test>): host
    127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO
    command)
- message/delivery-status (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail2@x.test
Original-Recipient: rfc822;list@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message) 8bit
Return-Path: <alice@example.test>
body
""",
}


class Reports(Group):
    area = "bounce"
    cost = 40
    main = """
recipient_delimiter = +
smtpd_relay_restrictions = permit_mynetworks, reject
notify_classes = 2bounce, resource, software
2bounce_notice_recipient = erin@example.test
minimal_backoff_time = 1000s
bounce_size_limit = 3000
smtpd_reject_unlisted_recipient = no
virtual_alias_maps = @DB@:$config_directory/virtual
relocated_maps = inline:{gone@example.test=elsewhere@y.test}
smtpd_authorized_verp_clients = 127.0.0.1
smtp_connection_cache_on_demand = no
"""
    maps = {"virtual": "list@example.test hardfail1@x.test, hardfail2@x.test\nv@example.test hardfail3@x.test\n"
                       "ok@example.test u@x.test\n",
            "aliases": "postmaster: alice\nmailer-daemon: postmaster\nroot: alice\nal: hardfail4@x.test\n"
                       "incl: :include:@ETC@/incl\ngood: u@x.test\nmix: u@x.test, hardfail9@x.test, bob\nloc: bob\n"
                       "own: hardfail8@x.test, u@x.test\nowner-own: carol\ncmd: \"|/bin/false\"\nnull: /dev/null\n"
                       "deep: mid\nmid: hardfail5@x.test, bob\n"}
    files = {"incl": "hardfail7@x.test\n"}

    def setup(self):
        long = "550 5.7.1 " + "some words that go on and on " * 8 + "end"
        self.sink.caps = ["PIPELINING", "8BITMIME", "SIZE 20000000", "SMTPUTF8"]
        forward = os.path.join(self.worker.home, "dave", ".forward")
        with open(forward, "w") as f:
            f.write("hardfail6@x.test\n")
        shutil.chown(forward, "dave", "dave")
        self.refuse = lambda s, arg: long if "longfail" in arg else None

    def reports(self, sender="alice@example.test", rcpts=("hardfail@x.test",), big=False, data=None, cmd=None, **kw):
        for user in USERS:
            shutil.rmtree(os.path.join(self.worker.home, user, "Maildir"), ignore_errors=True)
        self.sink.messages, self.sink.behave = [], {"RCPT": self.refuse}
        if cmd:
            r = self.inst.sendmail(*cmd, input="Subject: subj\n\nbody text\n")
            self.eq(r.rc, 0, "sendmail %s" % r.err)
        else:
            data = data or "Subject: subj\nX-Keep: 1\n\nbody text\n" + ("0123456789\n" * 400 if big else "")
            self.sent(self.inst.send(sender, list(rcpts), data=data, **kw))
        end = time.time() + 10
        while time.time() < end:
            text = self.inst.log_text(self.since)
            begun = set(re.findall(r"qmgr\[\d+\]: ([0-9A-F]{6,}): from=", text))
            ended = set(re.findall(r"qmgr\[\d+\]: ([0-9A-F]{6,}): removed", text))
            if begun and begun == ended and not self.inst.queue():
                break
            time.sleep(0.05)
        ids = set(re.findall(r": ([0-9A-F]{6,}): ", self.inst.log_text(self.since)))
        out = []
        for user in USERS:
            for raw in self.inst.maildir(user):
                if b"multipart/report" in raw:
                    out.append(summary(user, raw, ids))
        return "".join(sorted(out))

    def look(self, name):
        self.eq(self.reports(**SCENARIOS[name]), EXPECTED[name].lstrip("\n"), "reports")


def case(name):
    return lambda self: self.look(name)


for each in SCENARIOS:
    setattr(Reports, "test_" + each, case(each))
