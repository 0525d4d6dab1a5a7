"""What the postmaster hears of, class by class: notify_classes, who gets it, and every line of it."""
import email
import os
import re
import shutil
import time

from harness import FakeSMTP, Group, patience

USERS = ("alice", "carol", "dave", "erin", "frank")

# name: (notify_classes, what happens).
EVENTS = {
    "nothing_returned": ("", "returned"),
    "bounce_returned": ("bounce", "returned"),
    "bounce_from_nobody": ("bounce", "returned_to_nobody"),
    "twobounce_returned": ("2bounce", "returned"),
    "twobounce_from_nobody": ("2bounce", "returned_to_nobody"),
    "twobounce_of_a_report": ("2bounce", "report_returned"),
    "both_of_a_report": ("bounce, 2bounce", "report_returned"),
    "delay_delayed": ("delay", "delayed"),
    "bounce_delayed": ("bounce", "delayed"),
    "delay_not_wanted_by_the_sender": ("delay", "delayed_never"),
    "bounce_not_wanted_by_the_sender": ("bounce", "returned_never"),
    "bounce_several_recipients": ("bounce", "returned_two"),
    "policy_rejected": ("policy", "rejected"),
    "protocol_rejected": ("protocol", "rejected"),
    "policy_of_the_client": ("policy", "client_rejected"),
    "policy_header": ("policy", "header_rejected"),
    "protocol_syntax": ("protocol", "syntax"),
    "policy_syntax": ("policy", "syntax"),
    "protocol_order": ("protocol", "order"),
    "protocol_junk": ("protocol", "junk"),
    "protocol_cut_off": ("protocol", "cut_off"),
    "protocol_cut_off_in_data": ("protocol", "cut_off_in_data"),
    "resource_too_big": ("resource", "too_big"),
    "policy_too_big": ("policy", "too_big"),
    "bounce_too_big": ("bounce", "too_big"),
    "bounce_too_many_hops": ("bounce", "too_many_hops"),
    "protocol_cut_off_after_trouble": ("protocol", "cut_off_after_trouble"),
    "policy_cut_off_in_data_after_trouble": ("policy", "cut_off_in_data_after_trouble"),
    "protocol_command_too_long": ("protocol", "command_too_long"),
    "protocol_several_mails": ("protocol", "trouble_then_mail"),
    "resource_too_big_by_size": ("resource, policy, protocol", "too_big_by_size"),
    "policy_and_protocol_once": ("policy, protocol", "both"),
    "next_hop_protocol": ("protocol", "next_hop_syntax"),
    "next_hop_protocol_from_nobody": ("protocol", "next_hop_from_nobody"),
    "next_hop_policy": ("policy", "next_hop_policy"),
    "next_hop_resource": ("resource", "next_hop_resource"),
    "next_hop_greeting": ("protocol", "next_hop_greeting"),
    "next_hop_helo": ("protocol", "next_hop_helo"),
    "next_hop_data": ("protocol", "next_hop_data"),
    "next_hop_dot": ("protocol", "next_hop_dot"),
    "nobody_is_named": ("bounce, protocol, policy", "nobody"),
}

EXPECTED = {
    'both_of_a_report': """
= to carol, envelope sender <double-bounce@mx.example.test>
Delivered-To: carol@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Copy: Undelivered Mail
To: carol@example.test
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
- text/plain (Notification)
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report)
Reporting-MTA: dns; mx.example.test
X-Postfix-Queue-ID: ID
X-Postfix-Sender: rfc822; hardfail-sender@x.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- text/rfc822-headers (Undelivered Message Headers)
Return-Path: <hardfail-sender@x.test>
Subject: subj
From: hardfail-sender@x.test
= to dave, envelope sender <double-bounce@mx.example.test>
Delivered-To: dave@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Copy: Undelivered Mail
To: dave@example.test
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
- text/plain (Notification)
<hardfail-sender@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such
    user (in reply to RCPT TO command)
- message/delivery-status (Delivery report)
Reporting-MTA: dns; mx.example.test
X-Postfix-Queue-ID: ID
X-Postfix-Sender: rfc822; MAILER-DAEMON@mx.example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail-sender@x.test
Original-Recipient: rfc822;hardfail-sender@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message)
Return-Path: <MAILER-DAEMON@mx.example.test>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: hardfail-sender@x.test
Return-Path: <hardfail-sender@x.test>
Subject: subj
From: hardfail-sender@x.test
body text
""",
    'bounce_from_nobody': """
= to dave, envelope sender <double-bounce@mx.example.test>
Delivered-To: dave@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Copy: Undelivered Mail
To: dave@example.test
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
- text/plain (Notification)
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report)
Reporting-MTA: dns; mx.example.test
X-Postfix-Queue-ID: ID
X-Postfix-Sender: rfc822; MAILER-DAEMON@mx.example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message)
Return-Path: <MAILER-DAEMON@mx.example.test>
Subject: subj
From: MAILER-DAEMON
body text
""",
    'bounce_not_wanted_by_the_sender': """
= to carol, envelope sender <double-bounce@mx.example.test>
Delivered-To: carol@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Copy: Undelivered Mail
To: carol@example.test
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
- text/plain (Notification)
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report)
Reporting-MTA: dns; mx.example.test
X-Postfix-Queue-ID: ID
X-Postfix-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- text/rfc822-headers (Undelivered Message Headers)
Return-Path: <alice@example.test>
Subject: subj
From: alice@example.test
""",
    'bounce_returned': """
= to carol, envelope sender <double-bounce@mx.example.test>
Delivered-To: carol@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Copy: Undelivered Mail
To: carol@example.test
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
- text/plain (Notification)
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report)
Reporting-MTA: dns; mx.example.test
X-Postfix-Queue-ID: ID
X-Postfix-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- text/rfc822-headers (Undelivered Message Headers)
Return-Path: <alice@example.test>
Subject: subj
From: alice@example.test
""",
    'bounce_several_recipients': """
= to carol, envelope sender <double-bounce@mx.example.test>
Delivered-To: carol@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Copy: Undelivered Mail
To: carol@example.test
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
- text/plain (Notification)
<hardfail1@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)

<hardfail2@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report)
Reporting-MTA: dns; mx.example.test
X-Postfix-Queue-ID: ID
X-Postfix-Sender: rfc822; alice@example.test
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
- text/rfc822-headers (Undelivered Message Headers)
Return-Path: <alice@example.test>
Subject: subj
From: alice@example.test
""",
    'bounce_too_big': """
= to carol, envelope sender <double-bounce@mx.example.test>
Delivered-To: carol@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  EHLO c.example
 Out: 250-mx.example.test
 Out: 250-PIPELINING
 Out: 250-SIZE 5000
 Out: 250-VRFY
 Out: 250-ETRN
 Out: 250-ENHANCEDSTATUSCODES
 Out: 250-8BITMIME
 Out: 250-DSN
 Out: 250-SMTPUTF8
 Out: 250 CHUNKING
 In:  MAIL FROM:<a@example.net>
 Out: 250 V Ok
 In:  RCPT TO:<alice@example.test>
 Out: 250 V Ok
 In:  DATA
 Out: 354 End data with <CR><LF>.<CR><LF>
 Out: 552 V Error: message file too big
 In:  QUIT
 Out: 221 V Bye


For other details, see the local mail logfile
""",
    'delay_delayed': """
= to erin, envelope sender <double-bounce@mx.example.test>
Delivered-To: erin@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Warning: Delayed Mail
To: erin@example.test
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
- text/plain (Notification)
<softfail@x.test>: host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report)
Reporting-MTA: dns; mx.example.test
X-Postfix-Queue-ID: ID
X-Postfix-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; softfail@x.test
Original-Recipient: rfc822;softfail@x.test
Action: delayed
Status: 4.3.0
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 451 4.3.0 try again
Will-Retry-Until: DATE
- text/rfc822-headers (Undelivered Message Headers)
Return-Path: <alice@example.test>
Subject: subj
From: alice@example.test
""",
    'delay_not_wanted_by_the_sender': """
= to erin, envelope sender <double-bounce@mx.example.test>
Delivered-To: erin@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Warning: Delayed Mail
To: erin@example.test
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
- text/plain (Notification)
<softfail@x.test>: host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report)
Reporting-MTA: dns; mx.example.test
X-Postfix-Queue-ID: ID
X-Postfix-Sender: rfc822; alice@example.test
Arrival-Date: DATE

Final-Recipient: rfc822; softfail@x.test
Original-Recipient: rfc822;softfail@x.test
Action: delayed
Status: 4.3.0
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 451 4.3.0 try again
Will-Retry-Until: DATE
- text/rfc822-headers (Undelivered Message Headers)
Return-Path: <alice@example.test>
Subject: subj
From: alice@example.test
""",
    'nobody_is_named': """
= to alice, envelope sender <bob@example.net>
Delivered-To: alice@example.test
Subject: fine
From: bob@example.net
x
""",
    'policy_and_protocol_once': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  EHLO c.example
 Out: 250-mx.example.test
 Out: 250-PIPELINING
 Out: 250-SIZE 5000
 Out: 250-VRFY
 Out: 250-ETRN
 Out: 250-ENHANCEDSTATUSCODES
 Out: 250-8BITMIME
 Out: 250-DSN
 Out: 250-SMTPUTF8
 Out: 250 CHUNKING
 In:  FOO
 Out: 500 V Error: command not recognized
 In:  MAIL FROM:<a@example.net>
 Out: 250 V Ok
 In:  RCPT TO:<no@example.test>
 Out: 554 V <no@example.test>: Recipient address rejected: Access denied
 In:  QUIT
 Out: 221 V Bye


For other details, see the local mail logfile
""",
    'policy_header': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  EHLO client.example.org
 Out: 250-mx.example.test
 Out: 250-PIPELINING
 Out: 250-SIZE 5000
 Out: 250-VRFY
 Out: 250-ETRN
 Out: 250-ENHANCEDSTATUSCODES
 Out: 250-8BITMIME
 Out: 250-DSN
 Out: 250-SMTPUTF8
 Out: 250 CHUNKING
 In:  MAIL FROM:<bob@example.net>
 Out: 250 V Ok
 In:  RCPT TO:<alice@example.test>
 Out: 250 V Ok
 In:  DATA
 Out: 354 End data with <CR><LF>.<CR><LF>
 Out: 550 V bad header

Session aborted, reason: lost connection

For other details, see the local mail logfile
""",
    'policy_of_the_client': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  HELO c.example
 Out: 250 mx.example.test
 In:  MAIL FROM:<a@example.net>
 Out: 250 V Ok
 In:  RCPT TO:<no@example.test>
 Out: 554 V <no@example.test>: Recipient address rejected: Access denied
 In:  RCPT TO:<no@example.test>
 Out: 554 V <no@example.test>: Recipient address rejected: Access denied
 In:  RSET
 Out: 250 V Ok
 In:  NOOP
 Out: 250 V Ok
 In:  QUIT
 Out: 221 V Bye


For other details, see the local mail logfile
""",
    'policy_rejected': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  EHLO c.example
 Out: 250-mx.example.test
 Out: 250-PIPELINING
 Out: 250-SIZE 5000
 Out: 250-VRFY
 Out: 250-ETRN
 Out: 250-ENHANCEDSTATUSCODES
 Out: 250-8BITMIME
 Out: 250-DSN
 Out: 250-SMTPUTF8
 Out: 250 CHUNKING
 In:  MAIL FROM:<a@example.net>
 Out: 250 V Ok
 In:  RCPT TO:<no@example.test>
 Out: 554 V <no@example.test>: Recipient address rejected: Access denied
 In:  QUIT
 Out: 221 V Bye


For other details, see the local mail logfile
""",
    'protocol_junk': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  FOO bar
 Out: 500 V Error: command not recognized
 In:  EHLO c.example
 Out: 250-mx.example.test
 Out: 250-PIPELINING
 Out: 250-SIZE 5000
 Out: 250-VRFY
 Out: 250-ETRN
 Out: 250-ENHANCEDSTATUSCODES
 Out: 250-8BITMIME
 Out: 250-DSN
 Out: 250-SMTPUTF8
 Out: 250 CHUNKING
 In:  ����
 Out: 221 V Error: I can break rules, too. Goodbye.


For other details, see the local mail logfile
""",
    'protocol_order': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  EHLO c.example
 Out: 250-mx.example.test
 Out: 250-PIPELINING
 Out: 250-SIZE 5000
 Out: 250-VRFY
 Out: 250-ETRN
 Out: 250-ENHANCEDSTATUSCODES
 Out: 250-8BITMIME
 Out: 250-DSN
 Out: 250-SMTPUTF8
 Out: 250 CHUNKING
 In:  RCPT TO:<alice@example.test>
 Out: 503 V Error: need MAIL command
 In:  DATA
 Out: 503 V Error: need RCPT command
 In:  MAIL FROM:<>
 Out: 250 V Ok
 In:  MAIL FROM:<>
 Out: 503 V Error: nested MAIL command
 In:  QUIT
 Out: 221 V Bye


For other details, see the local mail logfile
""",
    'protocol_syntax': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  EHLO c.example
 Out: 250-mx.example.test
 Out: 250-PIPELINING
 Out: 250-SIZE 5000
 Out: 250-VRFY
 Out: 250-ETRN
 Out: 250-ENHANCEDSTATUSCODES
 Out: 250-8BITMIME
 Out: 250-DSN
 Out: 250-SMTPUTF8
 Out: 250 CHUNKING
 In:  MAIL FROM:<a@example.net
 Out: 501 V Bad sender address syntax
 In:  MAIL FROM:
 Out: 501 V Syntax: MAIL FROM:<address>
 In:  MAIL FROM:<a@example.net> FOO=BAR
 Out: 555 V Unsupported option: FOO=BAR
 In:  HELO
 Out: 501 Syntax: HELO hostname
 In:  QUIT
 Out: 221 V Bye


For other details, see the local mail logfile
""",
    'resource_too_big_by_size': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  EHLO c.example
 Out: 250-mx.example.test
 Out: 250-PIPELINING
 Out: 250-SIZE 5000
 Out: 250-VRFY
 Out: 250-ETRN
 Out: 250-ENHANCEDSTATUSCODES
 Out: 250-8BITMIME
 Out: 250-DSN
 Out: 250-SMTPUTF8
 Out: 250 CHUNKING
 In:  MAIL FROM:<a@example.net> SIZE=6000
 Out: 552 V Message size exceeds fixed limit
 In:  QUIT
 Out: 221 V Bye


For other details, see the local mail logfile
""",
    'twobounce_from_nobody': """
= to dave, envelope sender <double-bounce@mx.example.test>
Delivered-To: dave@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Copy: Undelivered Mail
To: dave@example.test
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
- text/plain (Notification)
<hardfail@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in
    reply to RCPT TO command)
- message/delivery-status (Delivery report)
Reporting-MTA: dns; mx.example.test
X-Postfix-Queue-ID: ID
X-Postfix-Sender: rfc822; MAILER-DAEMON@mx.example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail@x.test
Original-Recipient: rfc822;hardfail@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message)
Return-Path: <MAILER-DAEMON@mx.example.test>
Subject: subj
From: MAILER-DAEMON
body text
""",
    'next_hop_data': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP client: errors from 127.0.0.1[127.0.0.1]:2600
Unexpected response from 127.0.0.1[127.0.0.1]:2600.

Transcript of session follows.

 In:  220 sink.example.net ESMTP
 Out: EHLO mx.example.test
 In:  250-sink.example.net
 In:  250-PIPELINING
 In:  250-8BITMIME
 In:  250 DSN
 Out: MAIL FROM:<alice@example.test>
 Out: RCPT TO:<u@x.test> ORCPT=rfc822;u@x.test
 Out: DATA
 In:  250 2.1.0 ok
 In:  250 2.1.5 ok
 In:  503 5.5.1 order
 Out: RSET
 Out: QUIT
 In:  250 2.0.0 ok

For other details, see the local mail logfile
""",
    'next_hop_dot': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP client: errors from 127.0.0.1[127.0.0.1]:2600
Unexpected response from 127.0.0.1[127.0.0.1]:2600.

Transcript of session follows.

 In:  220 sink.example.net ESMTP
 Out: EHLO mx.example.test
 In:  250-sink.example.net
 In:  250-PIPELINING
 In:  250-8BITMIME
 In:  250 DSN
 Out: MAIL FROM:<alice@example.test>
 Out: RCPT TO:<u@x.test> ORCPT=rfc822;u@x.test
 Out: DATA
 In:  250 2.1.0 ok
 In:  250 2.1.5 ok
 In:  354 go ahead
 Out: .
 Out: QUIT
 In:  500 5.5.2 what

For other details, see the local mail logfile
""",
    'next_hop_greeting': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP client: errors from 127.0.0.1[127.0.0.1]:2600
Unexpected response from 127.0.0.1[127.0.0.1]:2600.

Transcript of session follows.

 In:  500 5.5.1 no SMTP here
 Out: QUIT

For other details, see the local mail logfile
""",
    'next_hop_protocol': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP client: errors from 127.0.0.1[127.0.0.1]:2600
Unexpected response from 127.0.0.1[127.0.0.1]:2600.

Transcript of session follows.

 In:  220 sink.example.net ESMTP
 Out: EHLO mx.example.test
 In:  250-sink.example.net
 In:  250-PIPELINING
 In:  250-8BITMIME
 In:  250 DSN
 Out: MAIL FROM:<alice@example.test>
 Out: RCPT TO:<u@x.test> ORCPT=rfc822;u@x.test
 Out: DATA
 In:  250 2.1.0 ok
 In:  500 5.5.1 syntax
 In:  554 5.5.1 no valid recipients
 Out: RSET
 Out: QUIT
 In:  250 2.0.0 ok

For other details, see the local mail logfile
""",
    'bounce_too_many_hops': """
= to carol, envelope sender <double-bounce@mx.example.test>
Delivered-To: carol@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  EHLO client.example.org
 Out: 250-mx.example.test
 Out: 250-PIPELINING
 Out: 250-SIZE 5000
 Out: 250-VRFY
 Out: 250-ETRN
 Out: 250-ENHANCEDSTATUSCODES
 Out: 250-8BITMIME
 Out: 250-DSN
 Out: 250-SMTPUTF8
 Out: 250 CHUNKING
 In:  MAIL FROM:<bob@example.net>
 Out: 250 V Ok
 In:  RCPT TO:<alice@example.test>
 Out: 250 V Ok
 In:  DATA
 Out: 354 End data with <CR><LF>.<CR><LF>
 Out: 554 V Error: too many hops

Session aborted, reason: lost connection

For other details, see the local mail logfile
""",
    'policy_cut_off_in_data_after_trouble': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  EHLO c.example
 Out: 250-mx.example.test
 Out: 250-PIPELINING
 Out: 250-SIZE 5000
 Out: 250-VRFY
 Out: 250-ETRN
 Out: 250-ENHANCEDSTATUSCODES
 Out: 250-8BITMIME
 Out: 250-DSN
 Out: 250-SMTPUTF8
 Out: 250 CHUNKING
 In:  MAIL FROM:<a@example.net>
 Out: 250 V Ok
 In:  RCPT TO:<no@example.test>
 Out: 554 V <no@example.test>: Recipient address rejected: Access denied
 In:  RCPT TO:<alice@example.test>
 Out: 250 V Ok
 In:  DATA
 Out: 354 End data with <CR><LF>.<CR><LF>

Session aborted, reason: lost connection

For other details, see the local mail logfile
""",
    'protocol_command_too_long': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  EHLO c.example
 Out: 250-mx.example.test
 Out: 250-PIPELINING
 Out: 250-SIZE 5000
 Out: 250-VRFY
 Out: 250-ETRN
 Out: 250-ENHANCEDSTATUSCODES
 Out: 250-8BITMIME
 Out: 250-DSN
 Out: 250-SMTPUTF8
 Out: 250 CHUNKING
 In:  FOO some words some words some words some words some words some words
     some words some words some words some words some words some words some
     words some words some words some words some words some words some words
     some words some words some words some words some words some words some
     words some words some words some words some words some words some words
     some words some words some words some words some words some words some
     words some words some words some words some words some words some words
     some words some words some words some words some words some words some
     words some words some words some words some words some words some words
     some words some words
 Out: 500 V Error: command not recognized
 In:  QUIT
 Out: 221 V Bye


For other details, see the local mail logfile
""",
    'protocol_cut_off_after_trouble': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  EHLO c.example
 Out: 250-mx.example.test
 Out: 250-PIPELINING
 Out: 250-SIZE 5000
 Out: 250-VRFY
 Out: 250-ETRN
 Out: 250-ENHANCEDSTATUSCODES
 Out: 250-8BITMIME
 Out: 250-DSN
 Out: 250-SMTPUTF8
 Out: 250 CHUNKING
 In:  FOO
 Out: 500 V Error: command not recognized
 In:  MAIL FROM:<a@example.net>
 Out: 250 V Ok

Session aborted, reason: lost connection

For other details, see the local mail logfile
""",
    'protocol_several_mails': """
= to frank, envelope sender <double-bounce@mx.example.test>
Delivered-To: frank@example.test
From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
To: Postmaster <frank@example.test>
Subject: Postfix SMTP server: errors from localhost[V.1]
Transcript of session follows.

 Out: 220 mx.example.test ESMTP Postfix
 In:  EHLO c.example
 Out: 250-mx.example.test
 Out: 250-PIPELINING
 Out: 250-SIZE 5000
 Out: 250-VRFY
 Out: 250-ETRN
 Out: 250-ENHANCEDSTATUSCODES
 Out: 250-8BITMIME
 Out: 250-DSN
 Out: 250-SMTPUTF8
 Out: 250 CHUNKING
 In:  FOO
 Out: 500 V Error: command not recognized
 In:  MAIL FROM:<a@example.net>
 Out: 250 V Ok
 In:  RCPT TO:<nobody@example.test>
 Out: 250 V Ok
 In:  RSET
 Out: 250 V Ok
 In:  FOO
 Out: 500 V Error: command not recognized
 In:  QUIT
 Out: 221 V Bye


For other details, see the local mail logfile
""",
    'twobounce_of_a_report': """
= to dave, envelope sender <double-bounce@mx.example.test>
Delivered-To: dave@example.test
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Postmaster Copy: Undelivered Mail
To: dave@example.test
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
- text/plain (Notification)
<hardfail-sender@x.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such
    user (in reply to RCPT TO command)
- message/delivery-status (Delivery report)
Reporting-MTA: dns; mx.example.test
X-Postfix-Queue-ID: ID
X-Postfix-Sender: rfc822; MAILER-DAEMON@mx.example.test
Arrival-Date: DATE

Final-Recipient: rfc822; hardfail-sender@x.test
Original-Recipient: rfc822;hardfail-sender@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
- message/rfc822 (Undelivered Message)
Return-Path: <MAILER-DAEMON@mx.example.test>
From: Mail Delivery System <MAILER-DAEMON@example.test>
Subject: Undelivered Mail Returned to Sender
To: hardfail-sender@x.test
Return-Path: <hardfail-sender@x.test>
Subject: subj
From: hardfail-sender@x.test
body text
""",
}


class Postmaster(Group):
    area = "bounce"
    cost = 50
    main = """
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access inline:{no@example.test=REJECT}
smtpd_reject_unlisted_recipient = no
smtpd_delay_reject = yes
bounce_notice_recipient = carol@example.test
2bounce_notice_recipient = dave
delay_notice_recipient = erin@example.test
error_notice_recipient = frank@example.test
delay_warning_time = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
message_size_limit = 5000
smtpd_error_sleep_time = 0
smtp_connection_cache_on_demand = no
default_destination_concurrency_failed_cohort_limit = 1000
transport_maps = inline:{x.test=smtp:[127.0.0.1]:2600}
header_checks = regexp:{{/^X-Bad:/ REJECT bad header}}
"""

    def prepare(self):
        self.hop = self.keep(FakeSMTP(("127.0.0.1", 2600)))
        self.hop.caps = ["PIPELINING", "8BITMIME", "DSN"]

    def empty(self):
        for user in USERS:
            shutil.rmtree(os.path.join(self.worker.home, user, "Maildir"), ignore_errors=True)

    def run_case(self, name):
        self.inst.purge()
        self.empty()
        self.hop.reset()
        super().run_case(name)
        if "delayed" not in name:
            self.inst.wait_queue(lambda queue: not queue, timeout=2)
        self.inst.purge()

    # -- what happens
    def session(self, *lines, end="QUIT"):
        c = self.inst.smtp()
        c.greet()
        for line in lines:
            c.cmd(line)
        if end:
            c.cmd(end)
        c.close()

    def put(self, sender="alice@example.test", rcpts="hardfail@x.test", **kw):
        return self.inst.send(sender, rcpts, data="Subject: subj\n\nbody text\n", **kw)

    def returned(self):
        self.put()

    def returned_two(self):
        self.put(rcpts=["hardfail1@x.test", "hardfail2@x.test"])

    def returned_never(self):
        self.put(rcpt_params="NOTIFY=NEVER")

    def returned_to_nobody(self):
        self.put("")

    def report_returned(self):
        self.put("hardfail-sender@x.test")

    def delayed(self):
        self.put(rcpts="softfail@x.test")

    def delayed_never(self):
        self.put(rcpts="softfail@x.test", rcpt_params="NOTIFY=FAILURE")

    def rejected(self):
        self.session("EHLO c.example", "MAIL FROM:<a@example.net>", "RCPT TO:<no@example.test>")

    def client_rejected(self):
        self.session("HELO c.example", "MAIL FROM:<a@example.net>", "RCPT TO:<no@example.test>",
                     "RCPT TO:<no@example.test>", "RSET", "NOOP")

    def header_rejected(self):
        self.inst.send(rcpts="alice@example.test", data="X-Bad: 1\n\nx\n")

    def syntax(self):
        self.session("EHLO c.example", "MAIL FROM:<a@example.net", "MAIL FROM:", "MAIL FROM:<a@example.net> FOO=BAR",
                     "HELO")

    def order(self):
        self.session("EHLO c.example", "RCPT TO:<alice@example.test>", "DATA", "MAIL FROM:<>", "MAIL FROM:<>")

    def junk(self):
        self.session("FOO bar", "EHLO c.example", "\u00fc\u00e4")

    def cut_off(self):
        self.session("EHLO c.example", "MAIL FROM:<a@example.net>", end=None)

    def cut_off_in_data(self):
        c = self.inst.smtp()
        c.greet()
        for line in ("EHLO c.example", "MAIL FROM:<a@example.net>", "RCPT TO:<alice@example.test>", "DATA"):
            c.cmd(line)
        c.line("Subject: x")
        c.close()

    def cut_off_after_trouble(self):
        self.session("EHLO c.example", "FOO", "MAIL FROM:<a@example.net>", end=None)

    def cut_off_in_data_after_trouble(self):
        c = self.inst.smtp()
        c.greet()
        for line in ("EHLO c.example", "MAIL FROM:<a@example.net>", "RCPT TO:<no@example.test>",
                     "RCPT TO:<alice@example.test>", "DATA"):
            c.cmd(line)
        c.line("Subject: x")
        c.close()

    def command_too_long(self):
        self.session("EHLO c.example", "FOO " + "some words " * 60)

    def trouble_then_mail(self):
        c = self.inst.smtp()
        c.greet()
        for line in ("EHLO c.example", "FOO", "MAIL FROM:<a@example.net>", "RCPT TO:<nobody@example.test>",
                     "RSET", "FOO", "QUIT"):
            c.cmd(line)
        c.close()

    def too_many_hops(self):
        self.inst.send(rcpts="alice@example.test", data="Received: by x\n" * 60 + "Subject: x\n\nx\n")

    def too_big(self):
        c = self.inst.smtp()
        c.greet()
        for line in ("EHLO c.example", "MAIL FROM:<a@example.net>", "RCPT TO:<alice@example.test>"):
            c.cmd(line)
        c.data("Subject: x\n\n" + "0123456789\n" * 900)
        c.cmd("QUIT")
        c.close()

    def too_big_by_size(self):
        self.session("EHLO c.example", "MAIL FROM:<a@example.net> SIZE=6000")

    def both(self):
        self.session("EHLO c.example", "FOO", "MAIL FROM:<a@example.net>", "RCPT TO:<no@example.test>")

    def next_hop(self, stage, reply, sender="alice@example.test"):
        self.hop.behave[stage] = reply
        self.put(sender, rcpts="u@x.test")

    def next_hop_from_nobody(self):
        self.next_hop("RCPT", "500 5.5.1 syntax", "")

    def next_hop_syntax(self):
        self.next_hop("RCPT", "500 5.5.1 syntax")

    def next_hop_policy(self):
        self.next_hop("RCPT", "554 5.7.1 no")

    def next_hop_resource(self):
        self.next_hop("MAIL", "452 4.3.1 full")

    def next_hop_greeting(self):
        self.next_hop("CONNECT", "500 5.5.1 no SMTP here")

    def next_hop_helo(self):
        self.next_hop("EHLO", "501 5.5.4 name")

    def next_hop_data(self):
        self.next_hop("DATA", "503 5.5.1 order")

    def next_hop_dot(self):
        self.next_hop("DOT", "500 5.5.2 what")

    def nobody(self):
        self.inst.send(rcpts="alice@example.test", data="Subject: fine\n\nx\n")

    # -- what comes of it
    def summary(self, user, raw):
        message = email.message_from_bytes(raw)
        out = ["= to %s, envelope sender %s" % (user, message["Return-Path"])]
        out += ["%s: %s" % (k, v) for k, v in message.items()
                if k not in ("Return-Path", "Message-Id", "Date", "Received", "X-Original-To", "Content-Type")]
        if message.is_multipart():
            for part in message.get_payload():
                out += ["- %s (%s)" % (part.get_content_type(), part["Content-Description"])]
                body = part.as_bytes().partition(b"\n\n")[2].decode("utf-8", "replace").strip("\n")
                if part.get_content_type() == "text/plain":
                    body = re.sub(r"(?s)^This is the mail system.*The mail system\n*", "", body)
                if part.get_content_type() in ("text/rfc822-headers", "message/rfc822"):
                    body = "\n".join(re.findall(r"^(?:Return-Path|Subject|From|To):.*|^body text$", body, re.M))
                out += body.split("\n")
        else:
            out += message.get_payload().strip().split("\n")
        text = re.sub(r"\b[0-9A-F]{6,}\b", "ID", "\n".join(out))
        text = re.sub(r"(Arrival-Date|Will-Retry-Until|Last-Attempt-Date): .*", r"\1: DATE", text)
        text = re.sub(r"\d+\.\d+\.\d+", "V", text) if "ESMTP Post" in text else text
        return text.replace("Postrider", "Postfix") + "\n"

    def observed(self):
        usual = re.compile(rb"(?:Delivered-To.*\n|[^\n]+\n)*?Subject: (?:Undelivered Mail Returned|Delayed Mail)")
        return "".join(sorted({self.summary(user, raw) for user in USERS for raw in self.inst.maildir(user)
                               if not usual.match(raw)}))

    def look(self, name):
        classes, event = EVENTS[name]
        self.inst.set(notify_classes=classes)
        getattr(self, event)()
        expected = EXPECTED.get(name, "").lstrip("\n")
        if not expected:
            time.sleep(2)
        end = time.time() + patience.wait()
        while (seen := self.observed()) != expected and time.time() < end:
            time.sleep(0.1)
        self.eq("\n" + seen, "\n" + expected, "notices")


for _name in EVENTS:
    setattr(Postmaster, "test_" + _name, lambda self, name=_name: self.look(name))
