"""Reports and the settings that shape them: threads, senders of VERP, sizes, names, notices of delay."""
import email
import os
import re
import shutil
import time

from harness import Group, patience

USERS = ("alice", "bob", "carol", "dave", "erin", "frank")
THREAD = "Subject: subj\nMessage-ID: <one@mid.test>\n\nbody text\n"
SOFT, DELAY = ["softfail@x.test"], {"delay_warning_time": "1s"}
OWN = {"bounce_template_file": "$config_directory/bounce.cf"}
THREADED = {"enable_threaded_bounces": "yes"}

# name: (settings, how the message is sent).
ROWS = {
    "threaded": (THREADED, {"data": THREAD}),
    "threaded_off": ({"enable_threaded_bounces": "no"}, {"data": THREAD}),
    "threaded_references": (THREADED, {"data": "References: <zero@mid.test>\n" + THREAD}),
    "threaded_bad_message_id": (THREADED, {"data": THREAD.replace("<one@mid.test>", "nonsense")}),
    "threaded_folded_message_id": (THREADED, {"data": THREAD.replace(" <one@mid.test>", "\n <one@mid.test>")}),
    "threaded_message_id_with_comment": (THREADED, {"data": THREAD.replace("<one@mid.test>", "<one@mid.test> (x)")}),
    "threaded_two_message_ids": (THREADED, {"data": "Message-ID: <zero@mid.test>\n" + THREAD}),
    "threaded_success": (THREADED, {"data": THREAD, "rcpts": ["bob@example.test"], "rcpt_params": "NOTIFY=SUCCESS"}),
    "threaded_postmaster": ({**THREADED, "notify_classes": "bounce"}, {"data": THREAD}),
    "verp": ({}, {"mail_params": "XVERP"}),
    "verp_other_delimiters": ({}, {"mail_params": "XVERP=-="}),
    "verp_default_delimiters": ({"default_verp_delimiters": "-+"}, {"mail_params": "XVERP"}),
    "verp_two_recipients": ({}, {"mail_params": "XVERP", "rcpts": ["hardfail1@x.test", "hardfail2@x.test"]}),
    "verp_one_local": ({}, {"mail_params": "XVERP", "rcpts": ["hardfail1@x.test", "bob@example.test"]}),
    "verp_disabled": ({"disable_verp_bounces": "yes"}, {"mail_params": "XVERP"}),
    "verp_sendmail": ({}, {"cmd": ["-V", "-f", "alice", "hardfail@x.test"]}),
    "verp_sendmail_two_words": ({}, {"cmd": ["-V", "+=", "-f", "alice", "hardfail@x.test"]}),
    "verp_sendmail_envid": ({}, {"cmd": ["-V", "abc", "-f", "alice", "hardfail@x.test"]}),
    "verp_sendmail_default": ({}, {"cmd": ["-XV", "-f", "alice", "hardfail@x.test"]}),
    "verp_sendmail_delimiters": ({}, {"cmd": ["-V-=", "-f", "alice", "hardfail@x.test"]}),
    "verp_sendmail_bad_delimiters": ({}, {"cmd": ["-Vab", "-f", "alice", "hardfail@x.test"]}),
    "verp_sendmail_mixed": ({}, {"cmd": ["-XV+=", "-f", "alice", "hardfail@x.test"]}),
    "verp_filter_delimiters": ({"verp_delimiter_filter": "-=+*"}, {"mail_params": "XVERP=*="}),
    "verp_null_sender": ({}, {"mail_params": "XVERP", "sender": ""}),
    "verp_delay": (DELAY, {"mail_params": "XVERP", "rcpts": SOFT}),
    "size_limit_exact": ({"bounce_size_limit": "400"}, {"data": "Subject: subj\n\nbody text\n" + "x" * 60 + "\n"}),
    "size_limit_small": ({"bounce_size_limit": "1"}, {}),
    "size_limit_with_ret_full": ({"bounce_size_limit": "1"}, {"mail_params": "RET=FULL"}),
    "other_origin": ({"myorigin": "origin.test"}, {"sender": "alice@example.test"}),
    "other_hostname": ({"myhostname": "other.example.test"}, {}),
    "other_mail_name": ({"mail_name": "Other Mail"}, {}),
    "obsolete_from": ({"header_from_format": "obsolete"}, {}),
    "no_smtputf8": ({"smtputf8_enable": "no"}, {}),
    "no_smtputf8_eight_bit": ({"smtputf8_enable": "no"},
                              {"data": "Subject: x\n\nbody \u00e9\n", "mail_params": "BODY=8BITMIME"}),
    "double_bounce_sender": ({"double_bounce_sender": "twice", "notify_classes": "bounce"}, {}),
    "two_places_for_notices": ({"notify_classes": "bounce", "bounce_notice_recipient": "carol, dave"}, {}),
    "delay": (DELAY, {"rcpts": SOFT}),
    "delay_two": (DELAY, {"rcpts": SOFT + ["softfail2@x.test"]}),
    "delay_and_failure": (DELAY, {"rcpts": SOFT + ["hardfail@x.test"]}),
    "delay_wanted": (DELAY, {"rcpts": SOFT, "rcpt_params": "NOTIFY=DELAY"}),
    "delay_not_wanted": (DELAY, {"rcpts": SOFT, "rcpt_params": "NOTIFY=FAILURE"}),
    "delay_envid": (DELAY, {"rcpts": SOFT, "mail_params": "ENVID=abc RET=FULL", "rcpt_params": "ORCPT=rfc822;o@y.test"}),
    "delay_null_sender": ({**DELAY, "notify_classes": "delay"}, {"rcpts": SOFT, "sender": ""}),
    "delay_template": ({**DELAY, **OWN}, {"rcpts": SOFT}),
    "failure_template": (OWN, {}),
    "failure_template_postmaster": ({**OWN, "notify_classes": "bounce"}, {}),
    "success_template": (OWN, {"rcpts": ["bob@example.test"], "rcpt_params": "NOTIFY=SUCCESS"}),
    "verify_template": (OWN, {"cmd": ["-bv", "-f", "alice", "nosuch.user"]}),
    "template_with_plain_words": ({"bounce_template_file": "$config_directory/plain.cf", "smtputf8_enable": "no"}, {}),
    "relocated": ({"relocated_maps": "inline:{gone@example.test=there@new.test}"}, {"rcpts": ["gone@example.test"]}),
    "relocated_by_domain": ({"relocated_maps": "inline:{@example.test=moved-to.test}"},
                            {"rcpts": ["any@example.test"]}),
    "relocated_user": ({"relocated_maps": "inline:{gone=there@new.test}"}, {"rcpts": ["gone+ext@example.test"]}),
    "soft_bounce": ({"soft_bounce": "yes", **DELAY}, {}),
}

EXPECTED = {
    'delay': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Delayed Mail (still being retried)
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<softfail@x.test>: host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; softfail@x.test
Original-Recipient: rfc822;softfail@x.test
Action: delayed
Status: 4.3.0
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 451 4.3.0 try again
Will-Retry-Until: DATE
- text/rfc822-headers; charset None (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
""",
    'delay_and_failure': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Delayed Mail (still being retried)
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<softfail@x.test>: host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; softfail@x.test
Original-Recipient: rfc822;softfail@x.test
Action: delayed
Status: 4.3.0
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 451 4.3.0 try again
Will-Retry-Until: DATE
- text/rfc822-headers; charset None (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'delay_envid': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Delayed Mail (still being retried)
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<softfail@x.test>: host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
Original-Envelope-Id: abc
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; softfail@x.test
Original-Recipient: rfc822;o@y.test
Action: delayed
Status: 4.3.0
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 451 4.3.0 try again
Will-Retry-Until: DATE
- text/rfc822-headers; charset None (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
""",
    'delay_template': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Owner <owner@$myhostname>
Subject: Own delay subject
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
Hello from mx.example.test in example.test: é.
Wait 1 of 5.



<softfail@x.test>: host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; softfail@x.test
Original-Recipient: rfc822;softfail@x.test
Action: delayed
Status: 4.3.0
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 451 4.3.0 try again
Will-Retry-Until: DATE
- text/rfc822-headers; charset None (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
""",
    'delay_two': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Delayed Mail (still being retried)
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<softfail2@x.test>: host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in
    reply to RCPT TO command)

<softfail@x.test>: host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; softfail2@x.test
Original-Recipient: rfc822;softfail2@x.test
Action: delayed
Status: 4.3.0
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 451 4.3.0 try again
Will-Retry-Until: DATE

Final-Recipient: rfc822; softfail@x.test
Original-Recipient: rfc822;softfail@x.test
Action: delayed
Status: 4.3.0
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 451 4.3.0 try again
Will-Retry-Until: DATE
- text/rfc822-headers; charset None (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
""",
    'delay_wanted': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Delayed Mail (still being retried)
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<softfail@x.test>: host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; softfail@x.test
Original-Recipient: rfc822;softfail@x.test
Action: delayed
Status: 4.3.0
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 451 4.3.0 try again
Will-Retry-Until: DATE
- text/rfc822-headers; charset None (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
""",
    'double_bounce_sender': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
= to frank, envelope sender <twice@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Copy: Undelivered Mail
To: frank@example.test
Auto-Submitted: auto-generated
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- text/rfc822-headers; charset None (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
""",
    'failure_template': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Owner <owner@$myhostname>
Subject: Own failure subject
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
Hello from mx.example.test in example.test: é.
Wait 0 of 5.



<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'failure_template_postmaster': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Owner <owner@$myhostname>
Subject: Own failure subject
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
Hello from mx.example.test in example.test: é.
Wait 0 of 5.



<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Owner <owner@$myhostname>
Subject: Own failure copy
To: frank@example.test
Auto-Submitted: auto-generated
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- text/rfc822-headers; charset None (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
""",
    'no_smtputf8': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
- text/plain; charset us-ascii (Notification) None
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) None
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'no_smtputf8_eight_bit': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: x
""",
    'obsolete_from': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: MAILER-DAEMON@example.test (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'other_hostname': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; other.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'other_mail_name': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'other_origin': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@origin.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'relocated': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<gone@example.test>: User has moved to there@new.test
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; gone@example.test
Original-Recipient: rfc822;gone@example.test
Action: failed
Status: 5.1.6
Diagnostic-Code: X-Postfix; User has moved to there@new.test
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'relocated_user': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<gone+ext@example.test>: User has moved to there@new.test
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; gone+ext@example.test
Original-Recipient: rfc822;gone+ext@example.test
Action: failed
Status: 5.1.6
Diagnostic-Code: X-Postfix; User has moved to there@new.test
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'size_limit_exact': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
body text
""",
    'size_limit_small': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- text/rfc822-headers; charset None (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
""",
    'size_limit_with_ret_full': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- text/rfc822-headers; charset None (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
""",
    'soft_bounce': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Delayed Mail (still being retried)
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: delayed
Status: 4.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
Will-Retry-Until: DATE
- text/rfc822-headers; charset None (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
""",
    'success_template': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Owner <owner@$myhostname>
Subject: Own success subject
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
Hello from mx.example.test in example.test: é.
Wait 0 of 5.



<bob@example.test>: delivery via local: delivered to maildir
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; bob@example.test
Original-Recipient: rfc822;bob@example.test
Action: delivered
Status: 2.0.0
Diagnostic-Code: X-Postfix; delivery via local: delivered to maildir
- text/rfc822-headers; charset None (Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
""",
    'threaded_success': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Successful Mail Delivery Report
To: alice@example.test
References: <one@mid.test>
In-Reply-To: <one@mid.test>
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<bob@example.test>: delivery via local: delivered to maildir
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; bob@example.test
Original-Recipient: rfc822;bob@example.test
Action: delivered
Status: 2.0.0
Diagnostic-Code: X-Postfix; delivery via local: delivered to maildir
- text/rfc822-headers; charset None (Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
Message-ID: <one@mid.test>
""",
    'verify_template': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Owner <owner@$myhostname>
Subject: Own verify subject
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
Hello from mx.example.test in example.test: é.
Wait 0 of 5.



<nosuch.user@example.test> (expanded from <nosuch.user>): delivery via local:
    unknown user: "nosuch.user"
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; nosuch.user@example.test
Original-Recipient: rfc822;nosuch.user@example.test
Action: undeliverable
Status: 5.1.1
Diagnostic-Code: X-Postfix; delivery via local: unknown user: "nosuch.user"
- text/rfc822-headers; charset None (Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: probe
""",
    'verp': """
= to alice, envelope sender <>
Delivered-To: alice+hardfail=x.test@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice+hardfail=x.test@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'verp_delay': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Delayed Mail (still being retried)
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<softfail@x.test>: host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; softfail@x.test
Original-Recipient: rfc822;softfail@x.test
Action: delayed
Status: 4.3.0
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 451 4.3.0 try again
Will-Retry-Until: DATE
- text/rfc822-headers; charset None (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
""",
    'verp_disabled': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'verp_sendmail': """
= to alice, envelope sender <>
Delivered-To: alice+hardfail=x.test@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice+hardfail=x.test@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'verp_sendmail_bad_delimiters': """
sendmail: 75 sendmail: warning: option -Vab is deprecated; specify -XVab instead
sendmail: fatal: -V requires two characters from -=+
""",
    'verp_sendmail_mixed': """
= to alice, envelope sender <>
Delivered-To: alice+hardfail=x.test@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice+hardfail=x.test@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'template_with_plain_words': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
- text/plain; charset us-ascii (Notification) None
plain words

<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) None
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'threaded': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
References: <one@mid.test>
In-Reply-To: <one@mid.test>
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
Message-ID: <one@mid.test>
body text
""",
    'threaded_bad_message_id': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
Message-ID: nonsense
body text
""",
    'threaded_folded_message_id': (
        '\n'
        '= to alice, envelope sender <>\n'
        'Delivered-To: alice@example.test\n'
        'From: Mail Delivery System <MAILER-DAEMON@example.test>\n'
        'Subject: Undelivered Mail Returned to Sender\n'
        'To: alice@example.test\n'
        'Auto-Submitted: auto-replied\n'
        'Content-Transfer-Encoding: 8bit\n'
        '- text/plain; charset utf-8 (Notification) 8bit\n'
        'WORDS\n'
        '<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in\n'
        '    reply to RCPT TO command)\n'
        '- message/delivery-status; charset None (Delivery report) None\n'
        'Reporting-MTA: dns; mx.example.test\n'
        'X-Brand-Queue-ID: ID\n'
        'X-Brand-Sender: rfc822; alice@example.test\n'
        'Arrival-Date: DATE\n'
        '\n'
        'Final-Recipient: rfc822; hardfail@x.test\n'
        'Original-Recipient: rfc822;hardfail@x.test\n'
        'Action: failed\n'
        'Status: 5.1.1\n'
        'Remote-MTA: dns; 127.0.0.1\n'
        'Diagnostic-Code: smtp; 550 5.1.1 no such user\n'
        '- message/rfc822; charset None (Undelivered Message) 8bit\n'
        'Return-Path: <alice@example.test>\n'
        'Subject: subj\n'
        'Message-ID: \n'
        'body text\n'),
    'threaded_message_id_with_comment': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
Message-ID: <one@mid.test> (x)
body text
""",
    'threaded_off': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
Message-ID: <one@mid.test>
body text
""",
    'threaded_postmaster': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
References: <one@mid.test>
In-Reply-To: <one@mid.test>
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
Message-ID: <one@mid.test>
body text
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Copy: Undelivered Mail
To: frank@example.test
References: <one@mid.test>
In-Reply-To: <one@mid.test>
Auto-Submitted: auto-generated
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- text/rfc822-headers; charset None (Undelivered Message Headers) 8bit
Return-Path: <alice@example.test>
Subject: subj
Message-ID: <one@mid.test>
""",
    'threaded_references': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
References: <one@mid.test>
In-Reply-To: <one@mid.test>
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
Message-ID: <one@mid.test>
body text
""",
    'threaded_two_message_ids': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
References: <zero@mid.test>
In-Reply-To: <zero@mid.test>
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Message-ID: <zero@mid.test>
Subject: subj
Message-ID: <one@mid.test>
body text
""",
    'two_places_for_notices': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'verp_null_sender': """
503 5.5.4 Error: XVERP requires non-null sender
""",
    'verp_one_local': """
= to alice, envelope sender <>
Delivered-To: alice+hardfail1=x.test@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice+hardfail1=x.test@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail1@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'verp_two_recipients': """
= to alice, envelope sender <>
Delivered-To: alice+hardfail1=x.test@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice+hardfail1=x.test@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail1@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
= to alice, envelope sender <>
Delivered-To: alice+hardfail2=x.test@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice+hardfail2=x.test@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail2@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail2@x.test
Original-Recipient: rfc822;hardfail2@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'verp_sendmail_default': """
= to alice, envelope sender <>
Delivered-To: alice+hardfail=x.test@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice+hardfail=x.test@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
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
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'verp_sendmail_envid': """
= to alice, envelope sender <>
Delivered-To: alice@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: alice@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
Original-Envelope-Id: abc
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <alice@example.test>
Subject: subj
X-Keep: 1
body text
""",
    'verp_sendmail_two_words': """
= to alice, envelope sender <>
Delivered-To: root++=@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: root++=@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<+=@example.test> (expanded from <+=>): unknown user: "+="
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; root@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; +=@example.test
Original-Recipient: rfc822;+=@example.test
Action: failed
Status: 5.1.1
Diagnostic-Code: X-Postfix; unknown user: "+="
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <root@example.test>
Subject: subj
X-Keep: 1
body text
= to alice, envelope sender <>
Delivered-To: root+-f@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: root+-f@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<-f@example.test> (expanded from <-f>): bad address syntax
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; root@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; -f@example.test
Original-Recipient: rfc822;-f@example.test
Action: failed
Status: 5.1.3
Diagnostic-Code: X-Postfix; bad address syntax
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <root@example.test>
Subject: subj
X-Keep: 1
body text
= to alice, envelope sender <>
Delivered-To: root+hardfail=x.test@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: root+hardfail=x.test@example.test
Auto-Submitted: auto-replied
Content-Transfer-Encoding: 8bit
- text/plain; charset utf-8 (Notification) 8bit
WORDS
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status; charset None (Delivery report) None
Reporting-MTA: dns; mx.example.test
X-Brand-Queue-ID: ID
X-Brand-Sender: rfc822; root@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822; charset None (Undelivered Message) 8bit
Return-Path: <root@example.test>
Subject: subj
X-Keep: 1
body text
""",
}


class ReportSettings(Group):
    area = "bounce"
    cost = 100
    main = """
recipient_delimiter = +
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
smtpd_authorized_verp_clients = 127.0.0.1
notify_classes =
bounce_notice_recipient = frank@example.test
2bounce_notice_recipient = erin@example.test
delay_notice_recipient = erin@example.test
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
default_destination_concurrency_failed_cohort_limit = 1000
"""
    files = {"bounce.cf": "".join("""
%s_template = <<END
Charset: utf-8
From: Owner <owner@$myhostname>
Subject: Own %s subject
%s
Hello from $myhostname in $mydomain: \u00e9.
Wait $delay_warning_time_seconds of $maximal_queue_lifetime_days.


END
""" % (k, k, "Postmaster-Subject: Own %s copy\n" % k if k in ("failure", "delay") else "")
        for k in ("failure", "delay", "success", "verify")),
        "plain.cf": "failure_template = <<END\n\nplain words\nEND\n"}

    def run_case(self, name):
        self.inst.purge()
        for user in USERS:
            shutil.rmtree(os.path.join(self.worker.home, user, "Maildir"), ignore_errors=True)
        super().run_case(name)
        self.inst.purge()

    def send(self, cmd=None, sender="alice@example.test", rcpts=("hardfail@x.test",), data=None, **kw):
        data = data or "Subject: subj\nX-Keep: 1\n\nbody text\n"
        if cmd:
            r = self.inst.sendmail(*cmd, input=data)
            return "" if r.rc == 0 else "sendmail: %d %s\n" % (r.rc, re.sub(r" with Postfix [\d.]+", "", r.err.strip()))
        r = self.inst.send(sender, list(rcpts), data=data, **kw)
        return "" if r.code == 250 else "%s\n" % r

    def summary(self, user, raw):
        message = email.message_from_bytes(raw)
        out = ["= to %s, envelope sender %s" % (user, message["Return-Path"])]
        out += ["%s: %s" % (k, v) for k, v in message.items()
                if k in ("From", "Subject", "To", "Auto-Submitted", "References", "In-Reply-To", "Delivered-To",
                         "Content-Transfer-Encoding")]
        for part in message.get_payload():
            out += ["- %s; charset %s (%s) %s" % (part.get_content_type(), part.get_param("charset"),
                                                  part["Content-Description"], part["Content-Transfer-Encoding"])]
            body = part.as_bytes().partition(b"\n\n")[2].decode("utf-8", "replace").strip("\n")
            if part.get_content_type() == "text/plain":
                body = re.sub(r"(?s)^This is the mail system.*The mail system\n*", "WORDS\n", body)
            if "headers" in part.get_content_type() or "rfc822" in part.get_content_type():
                body = "\n".join(re.findall(r"^(?:Return-Path|Subject|Message-ID|X-Keep):.*|^body text$", body, re.M))
            out += body.split("\n")
        text = re.sub(r"\b[0-9A-F]{6,}\b", "ID", "\n".join(out))
        text = re.sub(r"(Arrival-Date|Will-Retry-Until|Last-Attempt-Date): .*", r"\1: DATE", text)
        return re.sub(r"\bX-[\w-]+(-Queue-ID|-Sender):", r"X-Brand\1:", text).replace("X-Postrider;", "X-Postfix;") + "\n"

    def observed(self):
        return "".join(sorted(self.summary(user, raw) for user in USERS for raw in self.inst.maildir(user)
                              if b"multipart/report" in raw))

    def look(self, name):
        settings, how = ROWS[name]
        before = dict(self.inst.main)
        self.inst.set(**settings)
        expected = EXPECTED.get(name, "").lstrip("\n")
        try:
            said = self.send(**how)
            if not expected or expected == said:
                time.sleep(2.5)
            end = time.time() + patience.wait()
            while (seen := said + self.observed()) != expected and time.time() < end:
                time.sleep(0.1)
        finally:
            self.inst.main = before
            self.inst.set()
        self.eq("\n" + seen, "\n" + expected, "reports")


for _name in ROWS:
    setattr(ReportSettings, "test_" + _name, lambda self, name=_name: self.look(name))
