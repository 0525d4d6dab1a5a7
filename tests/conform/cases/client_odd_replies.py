"""Answers of next hops that are odd, and what the clients make of them (found by tests/differential)."""
from harness import NO_PIPELINING, USUAL, ClientRows, row

# As Postfix 3.7 does it.
ROWS = {
    'size_without_a_limit': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=('SIZE', '8BITMIME')),
    'size_of_zero': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=('SIZE 0', '8BITMIME')),
    'size_that_is_no_number': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: warning: bad EHLO SIZE limit "abc" from HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=('SIZE abc', '8BITMIME')),
    'size_beyond_all_limits': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=('SIZE 99999999999999999999', '8BITMIME')),
    'size_again': row(r'''
-- session
> EHLO mx.example.test
smtp: warning: bad EHLO SIZE limit "abc" from HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.3.4, status=bounced (SIZE exceeds size limit 100 of server 127.0.0.1[127.0.0.1])
''',
        caps=('SIZE abc', 'SIZE 100', '8BITMIME'),
        body='x' * 200 + "\n"),
    'size_exceeded_by_a_byte': row(r'''
-- session
> EHLO mx.example.test
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.3.4, status=bounced (SIZE exceeds size limit 100 of server 127.0.0.1[127.0.0.1])
''',
        caps=('SIZE 100',),
        body='x' * 200 + "\n"),
    'lmtp_size_exceeded': row(r'''
-- session
> LHLO mx.example.test
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.3.4, status=bounced (SIZE exceeds size limit 100 of server 127.0.0.1[127.0.0.1])
''',
        agent='lmtp',
        caps=('SIZE 100',),
        body='x' * 200 + "\n"),
    'size_exceeded_soft': row(r'''
-- session
> EHLO mx.example.test
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.3.4, status=SOFTBOUNCE (SIZE exceeds size limit 100 of server 127.0.0.1[127.0.0.1])
''',
        options=['soft_bounce=yes'],
        caps=('SIZE 100',),
        body='x' * 200 + "\n"),
    'utf8_recipient': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<ü@sN.test>, relay=HOST, dsn=5.6.7, status=bounced (SMTPUTF8 is required, but was not offered by host 127.0.0.1[127.0.0.1])
''',
        caps=('PIPELINING', '8BITMIME'),
        rcpts=['ü'],
        mail='SMTPUTF8'),
    'utf8_recipient_of_two': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.6.7, status=bounced (SMTPUTF8 is required, but was not offered by host 127.0.0.1[127.0.0.1])
smtp: QID: to=<ü@sN.test>, relay=HOST, dsn=5.6.7, status=bounced (SMTPUTF8 is required, but was not offered by host 127.0.0.1[127.0.0.1])
''',
        caps=('PIPELINING', '8BITMIME'),
        rcpts=['u', 'ü'],
        mail='SMTPUTF8'),
    'utf8_sender': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.6.7, status=bounced (SMTPUTF8 is required, but was not offered by host 127.0.0.1[127.0.0.1])
bounce: QID: sender non-delivery notification: NQID
''',
        caps=('PIPELINING', '8BITMIME'),
        sender='bü@example.net',
        mail='SMTPUTF8'),
    'utf8_asked_for_nothing': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=('PIPELINING', '8BITMIME'),
        mail='SMTPUTF8'),
    'utf8_header': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.6.7, status=bounced (SMTPUTF8 is required, but was not offered by host 127.0.0.1[127.0.0.1])
''',
        caps=('PIPELINING', '8BITMIME'),
        mail='SMTPUTF8',
        data='Subject: ü\n\nx\n'),
    'utf8_header_not_asked_for': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=('PIPELINING', '8BITMIME'),
        data='Subject: ü\n\nx\n'),
    'utf8_too_large_as_well': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<ü@sN.test>, relay=HOST, dsn=5.6.7, status=bounced (SMTPUTF8 is required, but was not offered by host 127.0.0.1[127.0.0.1])
''',
        caps=('PIPELINING', '8BITMIME', 'SIZE 100'),
        rcpts=['ü'],
        mail='SMTPUTF8',
        body='x' * 200 + "\n"),
    'utf8_offered': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob@example.net> SIZE BODY=8BITMIME ENVID=abc RET=HDRS SMTPUTF8
> RCPT TO:<ü@sN.test> ORCPT=rfc822;+C3+BC@sN.test
> DATA
> QUIT
smtp: QID: to=<ü@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=USUAL,
        sender='bob@example.net',
        rcpts=['ü'],
        mail='SMTPUTF8 RET=HDRS ENVID=abc BODY=8BITMIME'),
    'lmtp_utf8_offered': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<bob@example.net> SIZE ENVID=abc RET=HDRS SMTPUTF8
> RCPT TO:<ü@sN.test> ORCPT=rfc822;+C3+BC@sN.test
> DATA
> QUIT
lmtp: QID: to=<ü@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        agent='lmtp',
        caps=USUAL,
        sender='bob@example.net',
        rcpts=['ü'],
        mail='SMTPUTF8 RET=HDRS ENVID=abc'),
    'utf8_orcpt': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE SMTPUTF8
> RCPT TO:<u@sN.test> ORCPT=utf-8;\x{FC}@first.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=USUAL,
        rcpts=['u'],
        mail='SMTPUTF8',
        rcpt='ORCPT=utf-8;\\x{FC}@first.test'),
    'utf8_orcpt_not_offered': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test> ORCPT=utf-8;\x{FC}@first.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=('DSN', '8BITMIME'),
        rcpts=['u'],
        mail='SMTPUTF8',
        rcpt='ORCPT=utf-8;\\x{FC}@first.test'),
    'utf8_offered_with_dummy_auth': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE RET=FULL SMTPUTF8
> RCPT TO:<ü@sN.test> ORCPT=rfc822;+C3+BC@sN.test
> DATA
> QUIT
smtp: QID: to=<ü@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_send_dummy_mail_auth=yes'],
        caps=('PIPELINING', 'SIZE 20000000', '8BITMIME', 'DSN', 'ENHANCEDSTATUSCODES', 'SMTPUTF8', 'AUTH PLAIN'),
        rcpts=['ü'],
        mail='SMTPUTF8 RET=FULL'),
    'code_000_to_mail': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.5.0, status=bounced (host 127.0.0.1[127.0.0.1] said: 000 0.7.1 odd (in reply to MAIL FROM command))
''',
        behave={'MAIL': '000 0.7.1 odd'}),
    'code_000_to_rcpt': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.5.0, status=bounced (host 127.0.0.1[127.0.0.1] said: 000 odd (in reply to RCPT TO command))
''',
        behave={'RCPT': '000 odd'}),
    'code_000_to_data': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.5.0, status=bounced (host 127.0.0.1[127.0.0.1] said: 000 odd (in reply to DATA command))
''',
        behave={'DATA': '000 odd'}),
    'code_000_at_the_end': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.5.0, status=bounced (host 127.0.0.1[127.0.0.1] said: 000 odd (in reply to end of DATA command))
''',
        behave={'DOT': '000 odd'}),
    'code_000_at_first': row(r'''
-- session quit
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.5.0, status=bounced (host 127.0.0.1[127.0.0.1] refused to talk to me: 000 odd)
''',
        behave={'CONNECT': '000 odd'}),
    'code_000_to_ehlo': row(r'''
-- session quit
> EHLO mx.example.test
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        behave={'EHLO': '000 odd'}),
    'code_999_to_mail': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.5.0, status=bounced (host 127.0.0.1[127.0.0.1] said: 999 9.7.1 odd (in reply to MAIL FROM command))
''',
        behave={'MAIL': '999 9.7.1 odd'}),
    'code_354_to_mail': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.5.0, status=bounced (host 127.0.0.1[127.0.0.1] said: 354 3.7.1 odd (in reply to MAIL FROM command))
''',
        behave={'MAIL': '354 3.7.1 odd'}),
    'code_199_to_rcpt': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.5.0, status=bounced (host 127.0.0.1[127.0.0.1] said: 199 odd (in reply to RCPT TO command))
''',
        behave={'RCPT': '199 odd'}),
    'code_600_at_the_end': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.5.0, status=bounced (host 127.0.0.1[127.0.0.1] said: 600 odd (in reply to end of DATA command))
''',
        behave={'DOT': '600 odd'}),
    'nul_in_a_reply': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no (in reply to RCPT TO command))
''',
        behave={'RCPT': '550 5.1.1 no\x00body there'}),
    'nul_in_the_code': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: warning: QID: non-ESMTP response from HOST: 55
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.0.0, status=bounced (host 127.0.0.1[127.0.0.1] said: 55 550 yes (in reply to RCPT TO command))
''',
        behave={'RCPT': '55\x00 5.1.1 no\n550 yes'}),
    'nul_at_the_end': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 kept)
''',
        behave={'DOT': '250 2.0.0 kept\x00 as x'}),
    'reply_filter_unavailable': row(r'''
-- session quit
> QUIT
smtp: warning: QID: table fail:x lookup error for 220 sink.example.net ESMTP
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.3.0, status=deferred (local data error while talking to 127.0.0.1[127.0.0.1])
''',
        options=['smtp_reply_filter=fail:x']),
    'null_sender_and_success': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test NOTIFY=SUCCESS
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
bounce: QID: not sending trace/success notification for single-bounce message
''',
        rcpt='NOTIFY=SUCCESS'),
    'null_sender_and_success_no_dsn': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
bounce: QID: not sending trace/success notification for single-bounce message
''',
        caps=('PIPELINING', '8BITMIME'),
        rcpt='NOTIFY=SUCCESS'),
    'null_sender_and_success_later': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test NOTIFY=SUCCESS
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.1.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 450 4.1.1 later (in reply to RCPT TO command))
bounce: QID: not sending trace/success notification for single-bounce message
''',
        behave={'RCPT': '450 4.1.1 later'},
        rcpt='NOTIFY=SUCCESS'),
    'null_sender_and_failure': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test NOTIFY=FAILURE,DELAY
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.1.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 450 4.1.1 later (in reply to RCPT TO command))
''',
        behave={'RCPT': '450 4.1.1 later'},
        rcpt='NOTIFY=FAILURE,DELAY'),
    'filter_asked_once': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.3.2, status=bounced (host 127.0.0.1[127.0.0.1] said: 450 4.3.2 busy (in reply to RCPT TO command))
''',
        options=['{ smtp_delivery_status_filter = pcre:{{/^4(.*)/ 5$$1}, {/^5(.*)/ 4$$1 again}} }'],
        behave={'RCPT': '450 4.3.2 busy'}),
    'filter_asked_once_hard': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.3.2, status=deferred (host 127.0.0.1[127.0.0.1] said: 550 5.3.2 busy (in reply to RCPT TO command) again)
''',
        options=['{ smtp_delivery_status_filter = pcre:{{/^4(.*)/ 5$$1}, {/^5(.*)/ 4$$1 again}} }'],
        behave={'RCPT': '550 5.3.2 busy'}),
    'mail_refused_then_lost': row(r'''
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 551 5.1.1 no (in reply to MAIL FROM command))
smtp: QID: lost connection with 127.0.0.1[127.0.0.1] while sending RCPT TO
''',
        options=['smtp_fallback_relay=[127.0.0.1]:9'],
        behave={'MAIL': '551 5.1.1 no', 'RCPT': 'DROP'}),
    'long_line_to_two_servers': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: breaking line > 998 bytes with <CR><LF>SPACE
smtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.1.1 first (in reply to end of DATA command)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_fallback_relay=[127.0.0.1]:@PORT@'],
        behave={'DOT': ['421 4.1.1 first', None]},
        body='z' * 1200 + "\n"),
    'garbage_helpful': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: warning: QID: non-ESMTP response from HOST: hello there
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.1.1, status=deferred (host 127.0.0.1[127.0.0.1] said: hello there 450 4.1.1 later (in reply to RCPT TO command))
''',
        behave={'RCPT': 'hello there\n450 4.1.1 later'}),
    'garbage_not_helpful': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: warning: QID: non-ESMTP response from HOST: hello there
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.1.1, status=deferred (host 127.0.0.1[127.0.0.1] said: hello there 450 4.1.1 later (in reply to RCPT TO command))
''',
        options=['helpful_warnings=no'],
        behave={'RCPT': 'hello there\n450 4.1.1 later'}),
    'lmtp_garbage_not_helpful': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
lmtp: warning: QID: non-LMTP response from HOST: hello there
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.1.1, status=deferred (host 127.0.0.1[127.0.0.1] said: hello there 450 4.1.1 later (in reply to RCPT TO command))
''',
        options=['helpful_warnings=no'],
        agent='lmtp',
        behave={'RCPT': 'hello there\n450 4.1.1 later'}),
    'garbage_without_pipelining': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.1.1, status=deferred (host 127.0.0.1[127.0.0.1] said: hello there 450 4.1.1 later (in reply to RCPT TO command))
''',
        caps=NO_PIPELINING,
        behave={'RCPT': 'hello there\n450 4.1.1 later'}),
    'smtp_fallback_after_421_at_connect': row(r'''
-- session quit
> QUIT
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: host 127.0.0.1[127.0.0.1] refused to talk to me: 421 4.3.2 bye
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='smtp',
        behave={'CONNECT': ['421 4.3.2 bye', None]},
        rcpts=['a', 'b']),
    'smtp_fallback_after_drop_at_connect': row(r'''
-- session
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: lost connection with 127.0.0.1[127.0.0.1] while receiving the initial server greeting
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='smtp',
        behave={'CONNECT': ['DROP', None]},
        rcpts=['a', 'b']),
    'smtp_fallback_after_421_at_ehlo': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: host 127.0.0.1[127.0.0.1] refused to talk to me: 421 4.3.2 bye
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='smtp',
        behave={'EHLO': ['421 4.3.2 bye', None]},
        rcpts=['a', 'b']),
    'smtp_fallback_after_drop_at_ehlo': row(r'''
-- session
> EHLO mx.example.test
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: lost connection with 127.0.0.1[127.0.0.1] while performing the EHLO handshake
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='smtp',
        behave={'EHLO': ['DROP', None]},
        rcpts=['a', 'b']),
    'smtp_fallback_after_421_at_mail': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> RSET
> QUIT
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 bye (in reply to MAIL FROM command)
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='smtp',
        behave={'MAIL': ['421 4.3.2 bye', None]},
        rcpts=['a', 'b']),
    'smtp_fallback_after_drop_at_mail': row(r'''
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: lost connection with 127.0.0.1[127.0.0.1] while sending MAIL FROM
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='smtp',
        behave={'MAIL': ['DROP', None]},
        rcpts=['a', 'b']),
    'smtp_fallback_after_421_at_rcpt': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 bye (in reply to RCPT TO command)
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='smtp',
        behave={'RCPT': [None, '421 4.3.2 bye', None]},
        rcpts=['a', 'b']),
    'smtp_fallback_after_drop_at_rcpt': row(r'''
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: lost connection with 127.0.0.1[127.0.0.1] while sending RCPT TO
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='smtp',
        behave={'RCPT': [None, 'DROP', None]},
        rcpts=['a', 'b']),
    'smtp_fallback_after_421_at_data': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> RSET
> QUIT
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 bye (in reply to DATA command)
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='smtp',
        behave={'DATA': ['421 4.3.2 bye', None]},
        rcpts=['a', 'b']),
    'smtp_fallback_after_drop_at_data': row(r'''
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: lost connection with 127.0.0.1[127.0.0.1] while sending DATA command
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='smtp',
        behave={'DATA': ['DROP', None]},
        rcpts=['a', 'b']),
    'smtp_fallback_after_421_at_dot': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 bye (in reply to end of DATA command)
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='smtp',
        behave={'DOT': ['421 4.3.2 bye', None]},
        rcpts=['a', 'b']),
    'smtp_fallback_after_drop_at_dot': row(r'''
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: lost connection with 127.0.0.1[127.0.0.1] while sending end of data -- message may be sent more than once
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='smtp',
        behave={'DOT': ['DROP', None]},
        rcpts=['a', 'b']),
    'lmtp_fallback_after_421_at_connect': row(r'''
-- session quit
> QUIT
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
lmtp: QID: host 127.0.0.1[127.0.0.1] refused to talk to me: 421 4.3.2 bye
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='lmtp',
        behave={'CONNECT': ['421 4.3.2 bye', None]},
        rcpts=['a', 'b']),
    'lmtp_fallback_after_drop_at_connect': row(r'''
-- session
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
lmtp: QID: lost connection with 127.0.0.1[127.0.0.1] while receiving the initial server greeting
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='lmtp',
        behave={'CONNECT': ['DROP', None]},
        rcpts=['a', 'b']),
    'lmtp_fallback_after_421_at_lhlo': row(r'''
-- session quit
> LHLO mx.example.test
> QUIT
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
lmtp: QID: host 127.0.0.1[127.0.0.1] refused to talk to me: 421 4.3.2 bye
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='lmtp',
        behave={'LHLO': ['421 4.3.2 bye', None]},
        rcpts=['a', 'b']),
    'lmtp_fallback_after_drop_at_lhlo': row(r'''
-- session
> LHLO mx.example.test
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
lmtp: QID: lost connection with 127.0.0.1[127.0.0.1] while performing the LHLO handshake
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='lmtp',
        behave={'LHLO': ['DROP', None]},
        rcpts=['a', 'b']),
    'lmtp_fallback_after_421_at_mail': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> RSET
> QUIT
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
lmtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 bye (in reply to MAIL FROM command)
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='lmtp',
        behave={'MAIL': ['421 4.3.2 bye', None]},
        rcpts=['a', 'b']),
    'lmtp_fallback_after_drop_at_mail': row(r'''
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
lmtp: QID: lost connection with 127.0.0.1[127.0.0.1] while sending MAIL FROM
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='lmtp',
        behave={'MAIL': ['DROP', None]},
        rcpts=['a', 'b']),
    'lmtp_fallback_after_421_at_rcpt': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
lmtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 bye (in reply to RCPT TO command)
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='lmtp',
        behave={'RCPT': [None, '421 4.3.2 bye', None]},
        rcpts=['a', 'b']),
    'lmtp_fallback_after_drop_at_rcpt': row(r'''
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
lmtp: QID: lost connection with 127.0.0.1[127.0.0.1] while sending RCPT TO
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='lmtp',
        behave={'RCPT': [None, 'DROP', None]},
        rcpts=['a', 'b']),
    'lmtp_fallback_after_421_at_data': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> RSET
> QUIT
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
lmtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 bye (in reply to DATA command)
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='lmtp',
        behave={'DATA': ['421 4.3.2 bye', None]},
        rcpts=['a', 'b']),
    'lmtp_fallback_after_drop_at_data': row(r'''
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
lmtp: QID: lost connection with 127.0.0.1[127.0.0.1] while sending DATA command
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='lmtp',
        behave={'DATA': ['DROP', None]},
        rcpts=['a', 'b']),
    'lmtp_fallback_after_421_at_dot': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> DATA
> QUIT
lmtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 bye (in reply to end of DATA command)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='lmtp',
        behave={'DOT': ['421 4.3.2 bye', None]},
        rcpts=['a', 'b']),
    'lmtp_fallback_after_drop_at_dot': row(r'''
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
lmtp: QID: lost connection with 127.0.0.1[127.0.0.1] while sending end of data -- message may be sent more than once
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_fallback_relay=[127.0.0.1]:@PORT@'],
        agent='lmtp',
        behave={'DOT': ['DROP', None]},
        rcpts=['a', 'b']),
    'replaced_header_is_shown_in_part': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: replace: header Subject: long long long long long long long long long long l: Subject: re long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long 
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_header_checks = pcre:{{/^Subject: (.*)/ REPLACE Subject: re $$1}} }'],
        data='Subject: long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long \n\nx\n'),
    'warned_body_is_shown_in_part': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: warning: body secret secret secret secret secret secret secret secret secr: see
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_body_checks = pcre:{{/secret/ WARN see}} }'],
        body='secret ' * 20 + "\n"),
}


class OddReplies(ClientRows):
    area = "smtp-client"
    rows = ROWS
