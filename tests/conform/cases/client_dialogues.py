"""What the SMTP and LMTP clients say to servers of every kind, command by command, and what they log of it."""
from harness import FORWARDING, NO_PIPELINING, USUAL, ClientRows, row

# As Postfix 3.7 does it.
ROWS = {
    'pix_default': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0'],
        behave={'CONNECT': '220 ********************************'}),
    'pix_young': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        behave={'CONNECT': '220 ********************************'}),
    'pix_none': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workarounds=', 'smtp_pix_workaround_threshold_time=0'],
        behave={'CONNECT': '220 ********************************'}),
    'pix_esmtp_only': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workarounds=disable_esmtp', 'smtp_pix_workaround_threshold_time=0'],
        behave={'CONNECT': '220 ********************************'}),
    'pix_delay': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workarounds=delay_dotcrlf', 'smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1s'],
        behave={'CONNECT': '220 ********************************'}),
    'pix_maps_empty': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', '{ smtp_pix_workaround_maps = static:disable_esmtp }'],
        behave={'CONNECT': '220 ********************************'}),
    'pix_maps_normal_banner': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', '{ smtp_pix_workaround_maps = static:disable_esmtp }']),
    'pix_maps_none': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', '{ smtp_pix_workaround_maps = inline:{127.0.0.1=nonsense} }']),
    'pix_maps_two': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1s', '{ smtp_pix_workaround_maps = inline:{{127.0.0.1=delay_dotcrlf, disable_esmtp}} }']),
    'pix_part': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0'],
        behave={'CONNECT': '220 *2*0*0*0000'}),
    'pix_text': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0'],
        behave={'CONNECT': '220 mx ********'}),
    'pix_02_stars': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0'],
        behave={'CONNECT': '220 *02*00*'}),
    'always_no_smtp_banner': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220 mx SMTP'}),
    'always_no_esmtp_banner': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220 mx ESMTP'}),
    'always_no_esmtp_second_line': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220-mx\n220 hello ESMTP'}),
    'always_no_esmtp_lower': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220 mx esmtp x'}),
    'always_no_esmtpx': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220 mx ESMTPX'}),
    'never': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_never_send_ehlo=yes']),
    'never_and_always': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_never_send_ehlo=yes', 'smtp_always_send_ehlo=yes']),
    'own_name_in_banner': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        behave={'CONNECT': '220 mx.example.test ESMTP'}),
    'own_name_upper_in_banner': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        behave={'CONNECT': '220 MX.example.TEST ESMTP'}),
    'own_name_in_helo_reply': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        hopname='mx.example.test'),
    'own_name_lmtp': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        agent='lmtp',
        hopname='mx.example.test',
        behave={'CONNECT': '220 mx.example.test LMTP'}),
    'helo_name': row(r'''
-- session pipelined quit
> EHLO helo.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_helo_name=helo.test']),
    'lmtp_helo_name': row(r'''
-- session pipelined quit
> LHLO lhlo.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['smtp_helo_name=helo.test', 'lmtp_lhlo_name=lhlo.test'],
        agent='lmtp'),
    'rcpt_order': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> RCPT TO:<m@sN.test> ORCPT=rfc822;m@sN.test
> RCPT TO:<y@sN.test> ORCPT=rfc822;y@sN.test
> RCPT TO:<z@sN.test> ORCPT=rfc822;z@sN.test
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<m@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<y@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<z@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['z', 'a', 'm', 'b', 'Z', 'y']),
    'rcpt_order_lmtp': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> RCPT TO:<m@sN.test> ORCPT=rfc822;m@sN.test
> RCPT TO:<y@sN.test> ORCPT=rfc822;y@sN.test
> RCPT TO:<z@sN.test> ORCPT=rfc822;z@sN.test
> DATA
> QUIT
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<m@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<y@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<z@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        agent='lmtp',
        rcpts=['z', 'a', 'm', 'b', 'Z', 'y']),
    '5xx_greeting_not_skipped': row(r'''
-- session quit
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.7.1, status=bounced (host 127.0.0.1[127.0.0.1] refused to talk to me: 554 5.7.1 no)
''',
        options=['smtp_skip_5xx_greeting=no'],
        behave={'CONNECT': '554 5.7.1 no'}),
    '5xx_greeting_not_skipped_plain': row(r'''
-- session quit
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.0.0, status=bounced (host 127.0.0.1[127.0.0.1] refused to talk to me: 554 no)
''',
        options=['smtp_skip_5xx_greeting=no'],
        behave={'CONNECT': '554 no'}),
    '4xx_greeting': row(r'''
-- session quit
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.0.0, status=deferred (host 127.0.0.1[127.0.0.1] refused to talk to me: 451 no)
''',
        behave={'CONNECT': '451 no'}),
    'quit_waits': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_skip_quit_response=no', 'smtp_quit_timeout=1s'],
        behave={'QUIT': 'HANG:3'}),
    'quit_not': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_skip_quit_response=yes'],
        behave={'QUIT': 'HANG:3'}),
    'quit_drop': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_skip_quit_response=no'],
        behave={'QUIT': 'DROP'}),
    'quit_5xx': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_skip_quit_response=no'],
        behave={'QUIT': '500 5.0.0 no'}),
    'reply_filter_dot': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: HOST: replacing server reply "250 2.0.0 accepted" with "451 4.9.9 changed"
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.9.9, status=deferred (host 127.0.0.1[127.0.0.1] said: 451 4.9.9 changed (in reply to end of DATA command))
''',
        options=['{ smtp_reply_filter = pcre:{{/^250 2.0.0 accepted/ 451 4.9.9 changed}} }']),
    'reply_filter_ehlo': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: HOST: replacing server reply "250-PIPELINING" with "NOTHING"
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_reply_filter = pcre:{{/^(\\d\\d\\d[- ])PIPELINING/ ${1}NOTHING}} }']),
    'reply_filter_multi': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: HOST: replacing server reply "250-SIZE 20000000" with "250-XONE"
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_reply_filter = pcre:{{/^250-SIZE.*/ 250-XONE}} }'],
        rcpts=['a', 'b']),
    'reply_filter_rcpt': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: HOST: replacing server reply "550 5.1.1 nosuch" with "450"
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.0.0, status=deferred (host 127.0.0.1[127.0.0.1] said: 550-5.1.1 a 450 (in reply to RCPT TO command))
''',
        options=['{ smtp_reply_filter = pcre:{{/^550(.*)nosuch/ 450$1later}} }'],
        behave={'RCPT': '550-5.1.1 a\n550 5.1.1 nosuch'}),
    'reply_filter_empty_result': row(r'''
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
smtp: HOST: replacing server reply "550 5.1.1 nosuch" with "x"
smtp: warning: QID: non-ESMTP response from HOST: x
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.5.1, status=bounced (host 127.0.0.1[127.0.0.1] said: x 554 5.5.1 no valid recipients (in reply to RCPT TO command))
''',
        options=['{ smtp_reply_filter = pcre:{{/^550(.*)/ x}} }'],
        behave={'RCPT': '550 5.1.1 nosuch'}),
    'reply_filter_greeting': row(r'''
-- session quit
> QUIT
smtp: HOST: replacing server reply "220 sink.example.net ESMTP" with "421 4.1.1 go away"
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.1.1, status=deferred (host 127.0.0.1[127.0.0.1] refused to talk to me: 421 4.1.1 go away)
''',
        options=['{ smtp_reply_filter = pcre:{{/^220(.*)/ 421 4.1.1 go away}} }']),
    'reply_filter_broken': row(r'''

''',
        options=['smtp_reply_filter = hash:/nonexistent']),
    'dsn_filter': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.9.9, status=sent (filtered)
''',
        options=['{ smtp_delivery_status_filter = pcre:{{/^2.0.0 (.*)/ 2.9.9 filtered $1}} }']),
    'dsn_filter_soft': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<hardfail@sN.test> ORCPT=rfc822;hardfail@sN.test
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<hardfail@sN.test>, relay=HOST, dsn=4.1.1, status=deferred (soft)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_delivery_status_filter = pcre:{{/^5.1.1 (.*)/ 4.1.1 soft $1}} }'],
        rcpts=['hardfail', 'u']),
    'dsn_filter_hard': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<softfail@sN.test> ORCPT=rfc822;softfail@sN.test
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<softfail@sN.test>, relay=HOST, dsn=5.3.0, status=bounced (hard)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_delivery_status_filter = pcre:{{/^4.3.0 (.*)/ 5.3.0 hard $1}} }'],
        rcpts=['softfail', 'u']),
    'dsn_filter_ok_to_bad': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_delivery_status_filter = pcre:{{/^2.0.0 (.*)/ 5.3.0 no}} }']),
    'dsn_filter_ok_to_junk': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_delivery_status_filter = pcre:{{/^2.0.0 (.*)/ junk}} }']),
    'dsn_filter_fail_to_ok': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<hardfail@sN.test> ORCPT=rfc822;hardfail@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<hardfail@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))
''',
        options=['{ smtp_delivery_status_filter = pcre:{{/^5.1.1 (.*)/ 2.1.1 ok}} }'],
        rcpts=['hardfail']),
    'dsn_filter_conn': row(r'''
-- session
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.4.2, status=bounced (gone)
''',
        options=['{ smtp_delivery_status_filter = pcre:{{/^4.4.2 (.*)/ 5.4.2 gone}} }'],
        behave={'CONNECT': 'DROP'}),
    'dsn_filter_broken': row(r'''

''',
        options=['smtp_delivery_status_filter = hash:/nonexistent']),
    'discard_maps': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_discard_ehlo_keyword_address_maps = inline:{{127.0.0.1=pipelining, silent-discard}} }'],
        rcpts=['a', 'b']),
    'discard_maps_over_keywords': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_discard_ehlo_keyword_address_maps = inline:{{127.0.0.2=pipelining}} }', '{smtp_discard_ehlo_keywords=size, dsn}'],
        rcpts=['a', 'b']),
    'discard_etrn': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_discard_ehlo_keywords=ETRN, Pipelining, XFORWARD, starttls,auth, smtputf8, vrfy, chunking }'],
        rcpts=['a', 'b']),
    'quote_yes_0': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<"a b"@sN.test> ORCPT=rfc822;"a+20b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['"a b"@']),
    'quote_no_0': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a b@sN.test> ORCPT=rfc822;"a+20b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['"a b"@']),
    'quote_yes_1': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<"a..b"@sN.test> ORCPT=rfc822;"a..b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a..b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['"a..b"@']),
    'quote_no_1': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a..b@sN.test> ORCPT=rfc822;"a..b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a..b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['"a..b"@']),
    'quote_yes_2': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<"a@b"@sN.test> ORCPT=rfc822;"a@b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a@b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['"a@b"@']),
    'quote_no_2': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@b@sN.test> ORCPT=rfc822;"a@b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a@b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['"a@b"@']),
    'quote_yes_3': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<"a\"b"@sN.test> ORCPT=rfc822;"a\"b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a\"b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['"a\\"b"@']),
    'quote_no_3': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a"b@sN.test> ORCPT=rfc822;"a\"b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a\"b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['"a\\"b"@']),
    'quote_yes_4': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<".a"@sN.test> ORCPT=rfc822;".a"@sN.test
> DATA
> QUIT
smtp: QID: to=<".a"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['".a"@']),
    'quote_no_4': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<.a@sN.test> ORCPT=rfc822;".a"@sN.test
> DATA
> QUIT
smtp: QID: to=<".a"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['".a"@']),
    'quote_yes_5': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a+b@sN.test> ORCPT=rfc822;a+2Bb@sN.test
> DATA
> QUIT
smtp: QID: to=<a+b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['a+b@']),
    'quote_no_5': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a+b@sN.test> ORCPT=rfc822;a+2Bb@sN.test
> DATA
> QUIT
smtp: QID: to=<a+b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['a+b@']),
    'quote_yes_6': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a=b/c@sN.test> ORCPT=rfc822;a+3Db/c@sN.test
> DATA
> QUIT
smtp: QID: to=<a=b/c@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['a=b/c@']),
    'quote_no_6': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a=b/c@sN.test> ORCPT=rfc822;a+3Db/c@sN.test
> DATA
> QUIT
smtp: QID: to=<a=b/c@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['a=b/c@']),
    'quote_yes_7': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<"a,b"@sN.test> ORCPT=rfc822;"a,b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a,b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['"a,b"@']),
    'quote_no_7': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a,b@sN.test> ORCPT=rfc822;"a,b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a,b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['"a,b"@']),
    'quote_yes_8': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<"a:b"@sN.test> ORCPT=rfc822;"a:b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a:b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['"a:b"@']),
    'quote_no_8': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a:b@sN.test> ORCPT=rfc822;"a:b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a:b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['"a:b"@']),
    'quote_yes_10': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<""@sN.test> ORCPT=rfc822;""@sN.test
> DATA
> QUIT
smtp: QID: to=<""@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['""@']),
    'quote_no_10': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<@sN.test> ORCPT=rfc822;""@sN.test
> DATA
> QUIT
smtp: QID: to=<""@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['""@']),
    'quote_yes_11': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<"a."@sN.test> ORCPT=rfc822;"a."@sN.test
> DATA
> QUIT
smtp: QID: to=<"a."@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['"a."@']),
    'quote_no_11': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a.@sN.test> ORCPT=rfc822;"a."@sN.test
> DATA
> QUIT
smtp: QID: to=<"a."@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['"a."@']),
    'quote_yes_12': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a%b@sN.test> ORCPT=rfc822;a%b@sN.test
> DATA
> QUIT
smtp: QID: to=<a%b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['a%b@']),
    'quote_no_12': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a%b@sN.test> ORCPT=rfc822;a%b@sN.test
> DATA
> QUIT
smtp: QID: to=<a%b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['a%b@']),
    'quote_yes_13': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a!b@sN.test> ORCPT=rfc822;a!b@sN.test
> DATA
> QUIT
smtp: QID: to=<a!b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['a!b@']),
    'quote_no_13': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a!b@sN.test> ORCPT=rfc822;a!b@sN.test
> DATA
> QUIT
smtp: QID: to=<a!b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['a!b@']),
    'quote_yes_15': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<"a(b"@sN.test> ORCPT=rfc822;"a(b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a(b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['"a(b"@']),
    'quote_no_15': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a(b@sN.test> ORCPT=rfc822;"a(b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a(b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['"a(b"@']),
    'quote_yes_16': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<"a[b"@sN.test> ORCPT=rfc822;"a[b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a[b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=yes'],
        rcpts=['"a[b"@']),
    'quote_no_16': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a[b@sN.test> ORCPT=rfc822;"a[b"@sN.test
> DATA
> QUIT
smtp: QID: to=<"a[b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_quote_rfc821_envelope=no'],
        rcpts=['"a[b"@']),
    'sender_quoted': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<"a b"@example.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        sender='"a b"@example.test'),
    'xforward_all': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
> XFORWARD PROTO=ESMTP HELO=client.example.org IDENT=QID SOURCE=LOCAL
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_send_xforward_command=yes'],
        caps=FORWARDING),
    'xforward_some': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_send_xforward_command=yes'],
        caps=USUAL + ('XFORWARD NAME ADDR',)),
    'xforward_none': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_send_xforward_command=yes'],
        caps=USUAL + ('XFORWARD',)),
    'xforward_unknown': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> XFORWARD NAME=localhost
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_send_xforward_command=yes'],
        caps=USUAL + ('XFORWARD FOO name',)),
    'xforward_5xx': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
> XFORWARD PROTO=ESMTP HELO=client.example.org IDENT=QID SOURCE=LOCAL
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: warning: host HOST said: 550 5.7.1 no (in reply to XFORWARD name/address command)
smtp: warning: host HOST said: 550 5.7.1 no (in reply to XFORWARD helo/protocol command)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_send_xforward_command=yes'],
        behave={'XFORWARD': '550 5.7.1 no'},
        caps=FORWARDING),
    'xforward_4xx': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
> XFORWARD PROTO=ESMTP HELO=client.example.org IDENT=QID SOURCE=LOCAL
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: warning: host HOST said: 450 4.7.1 no (in reply to XFORWARD name/address command)
smtp: warning: host HOST said: 450 4.7.1 no (in reply to XFORWARD helo/protocol command)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_send_xforward_command=yes'],
        behave={'XFORWARD': '450 4.7.1 no'},
        caps=FORWARDING),
    'xforward_421': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
> XFORWARD PROTO=ESMTP HELO=client.example.org IDENT=QID SOURCE=LOCAL
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: warning: host HOST said: 421 4.7.1 no (in reply to XFORWARD name/address command)
smtp: warning: host HOST said: 421 4.7.1 no (in reply to XFORWARD helo/protocol command)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_send_xforward_command=yes'],
        behave={'XFORWARD': '421 4.7.1 no'},
        caps=FORWARDING),
    'xforward_drop': row(r'''
-- session
> EHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (lost connection with 127.0.0.1[127.0.0.1] while sending XFORWARD name/address)
''',
        options=['smtp_send_xforward_command=yes'],
        behave={'XFORWARD': 'DROP'},
        caps=FORWARDING),
    'xforward_hang': row(r'''
-- session pipelined
> EHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
> XFORWARD PROTO=ESMTP HELO=client.example.org IDENT=QID SOURCE=LOCAL
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending XFORWARD name/address)
''',
        options=['smtp_send_xforward_command=yes', 'smtp_xforward_timeout=1s'],
        behave={'XFORWARD': 'HANG:4'},
        caps=FORWARDING),
    'xforward_off': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=FORWARDING),
    'xforward_nopipe': row(r'''
-- session quit
> EHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
> XFORWARD PROTO=ESMTP HELO=client.example.org IDENT=QID SOURCE=LOCAL
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_send_xforward_command=yes'],
        caps=('SIZE 20000000', '8BITMIME', 'DSN', 'ENHANCEDSTATUSCODES', 'SMTPUTF8', 'XFORWARD NAME ADDR PROTO HELO SOURCE PORT IDENT')),
    'dummy_auth': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_send_dummy_mail_auth=yes'],
        caps=USUAL + ('AUTH PLAIN',)),
    'dummy_auth_none': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_send_dummy_mail_auth=yes']),
    'size_0': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=('SIZE 0',)),
    'size_none': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=('SIZE',)),
    'size_junk': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: warning: bad EHLO SIZE limit "abc" from HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=('SIZE abc',)),
    'size_exact_names': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b'],
        caps=('size 1000000', 'pipelining', '8bitmime')),
    'caps_odd': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b'],
        caps=('PIPELINING=1', 'X PIPELINING', 'AUTH=PLAIN')),
    'body_8bit_flag': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE BODY=8BITMIME
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        mail='BODY=8BITMIME'),
    'body_7bit_flag': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE BODY=7BIT
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        mail='BODY=7BIT'),
    'smtputf8_flag_ascii': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE SMTPUTF8
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        mail='SMTPUTF8'),
    'dsn_ret_envid': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob@example.net> SIZE ENVID=abc+2Bd RET=HDRS
> RCPT TO:<u@sN.test> ORCPT=rfc822;x@y.test NOTIFY=SUCCESS,FAILURE
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        mail='RET=HDRS ENVID=abc+2Bd',
        rcpt='NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;x@y.test',
        sender='bob@example.net'),
    'dsn_never': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob@example.net> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test NOTIFY=NEVER
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpt='NOTIFY=NEVER',
        sender='bob@example.net'),
    'dsn_delay': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob@example.net> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test NOTIFY=DELAY
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpt='NOTIFY=DELAY',
        sender='bob@example.net'),
    'dsn_no_dsn_offered': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob@example.net> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        mail='RET=FULL ENVID=abc',
        rcpt='NOTIFY=FAILURE ORCPT=rfc822;x@y.test',
        sender='bob@example.net',
        caps=('PIPELINING', 'SIZE 20000000', '8BITMIME')),
    'all_rcpt_fail': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<hardfail1@sN.test> ORCPT=rfc822;hardfail1@sN.test
> RCPT TO:<hardfail2@sN.test> ORCPT=rfc822;hardfail2@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<hardfail1@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))
smtp: QID: to=<hardfail2@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))
''',
        rcpts=['hardfail1', 'hardfail2']),
    'all_rcpt_soft': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<softfail1@sN.test> ORCPT=rfc822;softfail1@sN.test
> RCPT TO:<softfail2@sN.test> ORCPT=rfc822;softfail2@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<softfail1@sN.test>, relay=HOST, dsn=4.3.0, status=deferred (host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in reply to RCPT TO command))
smtp: QID: to=<softfail2@sN.test>, relay=HOST, dsn=4.3.0, status=deferred (host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in reply to RCPT TO command))
''',
        rcpts=['softfail1', 'softfail2']),
    'all_rcpt_fail_354': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<hardfail1@sN.test> ORCPT=rfc822;hardfail1@sN.test
> RCPT TO:<hardfail2@sN.test> ORCPT=rfc822;hardfail2@sN.test
> DATA
> QUIT
smtp: QID: to=<hardfail1@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))
smtp: QID: to=<hardfail2@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))
''',
        rcpts=['hardfail1', 'hardfail2'],
        behave={'DATA': '354 go'}),
    'all_rcpt_fail_354_no_pipe': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<hardfail1@sN.test> ORCPT=rfc822;hardfail1@sN.test
> RCPT TO:<hardfail2@sN.test> ORCPT=rfc822;hardfail2@sN.test
> RSET
> QUIT
smtp: QID: to=<hardfail1@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))
smtp: QID: to=<hardfail2@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))
''',
        rcpts=['hardfail1', 'hardfail2'],
        behave={'DATA': '354 go'},
        caps=NO_PIPELINING),
    'mail_fails': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=5.7.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.7.1 no (in reply to MAIL FROM command))
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=5.7.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.7.1 no (in reply to MAIL FROM command))
''',
        rcpts=['a', 'b'],
        behave={'MAIL': '550 5.7.1 no'}),
    'mail_fails_nopipe': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RSET
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=5.7.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.7.1 no (in reply to MAIL FROM command))
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=5.7.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.7.1 no (in reply to MAIL FROM command))
''',
        rcpts=['a', 'b'],
        behave={'MAIL': '550 5.7.1 no'},
        caps=NO_PIPELINING),
    'mail_soft': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=4.7.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 450 4.7.1 no (in reply to MAIL FROM command))
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=4.7.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 450 4.7.1 no (in reply to MAIL FROM command))
''',
        rcpts=['a', 'b'],
        behave={'MAIL': '450 4.7.1 no'}),
    'mail_421': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=4.7.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 421 4.7.1 no (in reply to MAIL FROM command))
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=4.7.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 421 4.7.1 no (in reply to MAIL FROM command))
''',
        rcpts=['a', 'b'],
        behave={'MAIL': '421 4.7.1 no'}),
    'rcpt_421_second': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> RCPT TO:<c@sN.test> ORCPT=rfc822;c@sN.test
> DATA
> QUIT
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=4.7.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 421 4.7.1 no (in reply to RCPT TO command))
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<c@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b', 'c'],
        behave={'RCPT': ['250 ok', '421 4.7.1 no', '250 ok']}),
    'rcpt_421_second_nopipe': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> RCPT TO:<c@sN.test> ORCPT=rfc822;c@sN.test
> DATA
> QUIT
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=4.7.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 421 4.7.1 no (in reply to RCPT TO command))
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<c@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b', 'c'],
        behave={'RCPT': ['250 ok', '421 4.7.1 no', '250 ok']},
        caps=NO_PIPELINING),
    'rcpt_drop_second': row(r'''
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (lost connection with 127.0.0.1[127.0.0.1] while sending RCPT TO)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (lost connection with 127.0.0.1[127.0.0.1] while sending RCPT TO)
smtp: QID: to=<c@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (lost connection with 127.0.0.1[127.0.0.1] while sending RCPT TO)
''',
        rcpts=['a', 'b', 'c'],
        behave={'RCPT': ['250 ok', 'DROP']}),
    'rcpt_drop_second_nopipe': row(r'''
-- session
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no (in reply to RCPT TO command))
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (lost connection with 127.0.0.1[127.0.0.1] while sending RCPT TO)
smtp: QID: to=<c@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (lost connection with 127.0.0.1[127.0.0.1] while sending RCPT TO)
''',
        rcpts=['a', 'b', 'c'],
        behave={'RCPT': ['550 5.1.1 no', 'DROP']},
        caps=NO_PIPELINING),
    'dot_fails_some_rcpt': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> RCPT TO:<hardfail@sN.test> ORCPT=rfc822;hardfail@sN.test
> DATA
> QUIT
smtp: QID: to=<hardfail@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=5.7.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.7.1 no (in reply to end of DATA command))
''',
        rcpts=['hardfail', 'b'],
        behave={'DOT': '550 5.7.1 no'}),
    'dot_soft_some_rcpt': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> RCPT TO:<hardfail@sN.test> ORCPT=rfc822;hardfail@sN.test
> DATA
> QUIT
smtp: QID: to=<hardfail@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=4.7.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 450 4.7.1 no (in reply to end of DATA command))
''',
        rcpts=['hardfail', 'b'],
        behave={'DOT': '450 4.7.1 no'}),
    'dot_junk': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: warning: QID: non-ESMTP response from HOST: garbage
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (garbage 221 2.0.0 bye)
''',
        behave={'DOT': 'garbage'}),
    'dot_multi': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250-line 0 250-line 1 250-line 2 250-line 3 250-line 4 250-line 5 250-line 6 250-line 7 250-line 8 250-line 9 250-line 10 250-line 11 250-line 12 250-line 13 250-line 14 250-line 15 250-line 16 250-line 17 250-line 18 250-line 19 250-line 20 250-line 21 250-line 22 250-line 23 250-line 24 250-line 25 250-line 26 250-line 27 250-line 28 250-line 29 250 end)
''',
        behave={'DOT': '250-line 0\n250-line 1\n250-line 2\n250-line 3\n250-line 4\n250-line 5\n250-line 6\n250-line 7\n250-line 8\n250-line 9\n250-line 10\n250-line 11\n250-line 12\n250-line 13\n250-line 14\n250-line 15\n250-line 16\n250-line 17\n250-line 18\n250-line 19\n250-line 20\n250-line 21\n250-line 22\n250-line 23\n250-line 24\n250-line 25\n250-line 26\n250-line 27\n250-line 28\n250-line 29\n250 end'}),
    'lmtp_mix': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> RCPT TO:<dothard@sN.test> ORCPT=rfc822;dothard@sN.test
> RCPT TO:<dotsoft@sN.test> ORCPT=rfc822;dotsoft@sN.test
> DATA
> QUIT
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<dothard@sN.test>, relay=HOST, dsn=5.2.2, status=bounced (host 127.0.0.1[127.0.0.1] said: 552 5.2.2 full (in reply to end of DATA command))
lmtp: QID: to=<dotsoft@sN.test>, relay=HOST, dsn=4.2.2, status=deferred (host 127.0.0.1[127.0.0.1] said: 452 4.2.2 full (in reply to end of DATA command))
''',
        agent='lmtp',
        rcpts=['a', 'dotsoft', 'dothard', 'b']),
    'lmtp_drop_second': row(r'''
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> RCPT TO:<c@sN.test> ORCPT=rfc822;c@sN.test
> DATA
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 ok)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (lost connection with 127.0.0.1[127.0.0.1] while sending end of data -- message may be sent more than once)
lmtp: QID: to=<c@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (lost connection with 127.0.0.1[127.0.0.1] while sending end of data -- message may be sent more than once)
''',
        agent='lmtp',
        rcpts=['a', 'b', 'c'],
        behave={'DOT': ['250 ok', 'DROP']}),
    'lmtp_hang_second': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> RCPT TO:<c@sN.test> ORCPT=rfc822;c@sN.test
> DATA
> QUIT
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 ok)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending end of data -- message may be sent more than once)
lmtp: QID: to=<c@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending end of data -- message may be sent more than once)
''',
        options=['lmtp_data_done_timeout=1s'],
        agent='lmtp',
        rcpts=['a', 'b', 'c'],
        behave={'DOT': ['250 ok', 'HANG:4']}),
    'lmtp_rcpt_mix': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> RCPT TO:<hardfail@sN.test> ORCPT=rfc822;hardfail@sN.test
> RCPT TO:<softfail@sN.test> ORCPT=rfc822;softfail@sN.test
> DATA
> QUIT
lmtp: QID: to=<hardfail@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))
lmtp: QID: to=<softfail@sN.test>, relay=HOST, dsn=4.3.0, status=deferred (host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in reply to RCPT TO command))
lmtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        agent='lmtp',
        rcpts=['a', 'hardfail', 'softfail', 'b']),
    'lmtp_helo': row(r'''
-- session quit
> LHLO mx.example.test
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.0.0, status=bounced (host 127.0.0.1[127.0.0.1] refused to talk to me: 500 no)
''',
        agent='lmtp',
        behave={'LHLO': '500 no'}),
    'lmtp_helo_4': row(r'''
-- session quit
> LHLO mx.example.test
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.0.0, status=deferred (host 127.0.0.1[127.0.0.1] refused to talk to me: 450 no)
''',
        agent='lmtp',
        behave={'LHLO': '450 no'}),
    'lmtp_5xx_greeting': row(r'''
-- session quit
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.0.0, status=deferred (host 127.0.0.1[127.0.0.1] refused to talk to me: 554 no)
''',
        agent='lmtp',
        behave={'CONNECT': '554 no'}),
    'soft_bounce': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<hardfail@sN.test> ORCPT=rfc822;hardfail@sN.test
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<hardfail@sN.test>, relay=HOST, dsn=4.1.1, status=SOFTBOUNCE (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['soft_bounce=yes'],
        rcpts=['hardfail', 'u']),
    'verify_rcpt': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<root@example.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.1.5, status=deliverable (250 2.1.5 ok)
bounce: QID: sender delivery status notification: NQID
''',
        bv=True),
    'verify_data': row(r'''
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<root@example.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=deliverable (354 go ahead)
bounce: QID: sender delivery status notification: NQID
''',
        options=['smtp_address_verify_target=data'],
        bv=True),
    'verify_data_fail': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<root@example.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.1.1, status=undeliverable (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no (in reply to DATA command))
bounce: QID: sender delivery status notification: NQID
''',
        options=['smtp_address_verify_target=data'],
        bv=True,
        behave={'DATA': '550 5.1.1 no'}),
    'verify_rcpt_fail': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<root@example.test> SIZE
> RCPT TO:<hardfail@sN.test> ORCPT=rfc822;hardfail@sN.test
> RSET
> QUIT
smtp: QID: to=<hardfail@sN.test>, relay=HOST, dsn=5.1.1, status=undeliverable (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))
bounce: QID: sender delivery status notification: NQID
''',
        bv=True,
        rcpts=['hardfail']),
    'lmtp_verify': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<root@example.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RSET
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.1.5, status=deliverable (250 2.1.5 ok)
bounce: QID: sender delivery status notification: NQID
''',
        agent='lmtp',
        bv=True),
    'tcp_port': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=127.0.0.1[127.0.0.1]:9699, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tcp_port=9699'],
        dest='[127.0.0.1]:9699',
        port=9699),
    'refused': row(r'''
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.4.1, status=deferred (connect to 127.0.0.1[127.0.0.1]:9: Connection refused)
''',
        dest='[127.0.0.1]:9'),
    'rcpt_tempfail_lines': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.3.0, status=deferred (host 127.0.0.1[127.0.0.1] said: 451-4.3.0 one 451 4.3.0 two (in reply to RCPT TO command))
''',
        behave={'RCPT': '451-4.3.0 one\n451 4.3.0 two'}),
    'crlf': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        data='Subject: x\n\nhello',
        content=False),
    'pix_banner_star': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 *'}),
    'pix_banner_stars_2': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 **'}),
    'pix_banner_space': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 '}),
    'pix_banner_zero': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 0'}),
    'pix_banner_digits': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 2002'}),
    'pix_banner_two_lines': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220-****\n220 ***'}),
    'pix_banner_star_x': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 * x'}),
    'pix_banner_star_tab_star': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 *\t*'}),
    'pix_banner_tab_stars': row(r'''
-- session
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220\t***'}),
    'pix_banner_star_2_dash': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 *2-*'}),
    'pix_banner_last_line_text': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220-***\n220 mx'}),
    'pix_banner_stars_space_stars': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 *** ***'}),
    'pix_banner_stars_dot': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 ****.'}),
    'pix_banner_code_alone': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220'}),
    'pix_banner_zero_star': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 0*'}),
    'esmtp_220_mx_esmtp': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220 mx ESMTP,'}),
    'esmtp_220_mx_esmtp_': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220 mx (ESMTP)'}),
    'esmtp_220_mx_esmtp__': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220 mx-ESMTP'}),
    'esmtp_220_esmtp': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220 ESMTP'}),
    'esmtp_220_mx_esmtp___': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220 mx\tESMTP'}),
    'esmtp_220_mx_esmtp_x': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220 mx ESMTP/x'}),
    'esmtp_220_esmtp_x_220_y': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220-ESMTP x\n220 y'}),
    'esmtp_220_x_220_esmtp': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220-x\n220 ESMTP'}),
    'esmtp_220_mx_esmtp____': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220 mx EsmTP'}),
    'esmtp_220esmtp': row(r'''
-- session
''',
        options=['smtp_always_send_ehlo=no'],
        behave={'CONNECT': '220ESMTP'}),
    'caps_pipelining_1': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b'],
        mail='RET=HDRS',
        caps=('PIPELINING=1',)),
    'caps_x_pipelining': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b'],
        mail='RET=HDRS',
        caps=('X=PIPELINING',)),
    'caps_size_100000': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b'],
        mail='RET=HDRS',
        caps=('SIZE=100000',)),
    'caps_size_100000_': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b'],
        mail='RET=HDRS',
        caps=('SIZE\t100000',)),
    'caps_pipelining': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b'],
        mail='RET=HDRS',
        caps=('-PIPELINING',)),
    'caps_8bitmime_x_dsn_1': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> RET=HDRS
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b'],
        mail='RET=HDRS',
        caps=('8BITMIME=x', 'DSN=1')),
    'caps_dsn_ret': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> RET=HDRS
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b'],
        mail='RET=HDRS',
        caps=('DSN RET',)),
    'caps_size_5': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: warning: bad EHLO SIZE limit "-5" from HOST
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b'],
        mail='RET=HDRS',
        caps=('SIZE -5',)),
    'caps_size_0x10': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: warning: bad EHLO SIZE limit "0x10" from HOST
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b'],
        mail='RET=HDRS',
        caps=('SIZE 0x10',)),
    'caps_size_12abc': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: warning: bad EHLO SIZE limit "12abc" from HOST
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        rcpts=['a', 'b'],
        mail='RET=HDRS',
        caps=('SIZE 12abc',)),
    'ehlo_one_line': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        behave={'EHLO': '250 sink.example.net PIPELINING SIZE 100000'},
        rcpts=['a', 'b']),
    'ehlo_first_line_only': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        behave={'EHLO': '250-PIPELINING\n250 SIZE 1000000'},
        rcpts=['a', 'b']),
    'ehlo_name_has_space': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        behave={'EHLO': '250- PIPELINING\n250  SIZE 1000000'},
        rcpts=['a', 'b']),
    'rcpt_5xx_dot_pipelined_no_accept': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<hardfail@sN.test> ORCPT=rfc822;hardfail@sN.test
> DATA
> QUIT
smtp: QID: to=<hardfail@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))
''',
        rcpts=['hardfail'],
        behave={'DATA': '354 go', 'DOT': 'HANG:5'}),
    'dot_4xx': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 450 4.7.1 no (in reply to end of DATA command))
''',
        behave={'DOT': '450 4.7.1 no'}),
    'data_4xx': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 450 4.7.1 no (in reply to DATA command))
''',
        behave={'DATA': '450 4.7.1 no'}),
    'data_4xx_nopipe': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 450 4.7.1 no (in reply to DATA command))
''',
        behave={'DATA': '450 4.7.1 no'},
        caps=NO_PIPELINING),
    'data_421': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 421 4.7.1 no (in reply to DATA command))
''',
        behave={'DATA': '421 4.7.1 no'}),
    'rcpt_4xx_one_nopipe': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<softfail@sN.test> ORCPT=rfc822;softfail@sN.test
> RSET
> QUIT
smtp: QID: to=<softfail@sN.test>, relay=HOST, dsn=4.3.0, status=deferred (host 127.0.0.1[127.0.0.1] said: 451 4.3.0 try again (in reply to RCPT TO command))
''',
        rcpts=['softfail'],
        caps=NO_PIPELINING),
    'nopipe_quit': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=NO_PIPELINING),
    'dot_hang': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending end of data -- message may be sent more than once)
''',
        options=['smtp_data_done_timeout=1s'],
        behave={'DOT': 'HANG:4'}),
    'dot_hang_nopipe': row(r'''
-- session
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending end of data -- message may be sent more than once)
''',
        options=['smtp_data_done_timeout=1s'],
        behave={'DOT': 'HANG:4'},
        caps=NO_PIPELINING),
    'dot_drop': row(r'''
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (lost connection with 127.0.0.1[127.0.0.1] while sending end of data -- message may be sent more than once)
''',
        behave={'DOT': 'DROP'}),
    'data_init_timeout': row(r'''
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending DATA command)
''',
        options=['smtp_data_init_timeout=1s'],
        behave={'DATA': 'HANG:4'}),
    'rcpt_timeout': row(r'''
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
''',
        options=['smtp_rcpt_timeout=1s'],
        rcpts=['a', 'b'],
        behave={'RCPT': 'HANG:4'}),
    'mail_timeout': row(r'''
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending MAIL FROM)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending MAIL FROM)
''',
        options=['smtp_mail_timeout=1s'],
        rcpts=['a', 'b'],
        behave={'MAIL': 'HANG:4'}),
    'helo_timeout': row(r'''
-- session
> EHLO mx.example.test
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while performing the EHLO handshake)
''',
        options=['smtp_helo_timeout=1s'],
        behave={'EHLO': 'HANG:4'}),
    'connect_text': row(r'''
-- session
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while receiving the initial server greeting)
''',
        options=['smtp_helo_timeout=1s'],
        behave={'CONNECT': 'HANG:4'}),
    'lmtp_lhlo_timeout': row(r'''
-- session
> LHLO mx.example.test
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while performing the LHLO handshake)
''',
        options=['lmtp_lhlo_timeout=1s'],
        agent='lmtp',
        behave={'LHLO': 'HANG:4'}),
    'deadline': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending end of data -- message may be sent more than once)
''',
        options=['smtp_per_request_deadline=yes', 'smtp_data_done_timeout=1s'],
        behave={'DOT': 'HANG:4'}),
    'bind_no': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_bind_address=203.0.113.250']),
    'line_0': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_line_length_limit=0']),
    'soft_bounce_mail': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.1.1, status=SOFTBOUNCE (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no (in reply to MAIL FROM command))
''',
        options=['soft_bounce=yes'],
        behave={'MAIL': '550 5.1.1 no'}),
    'soft_bounce_dot': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.1.1, status=SOFTBOUNCE (host 127.0.0.1[127.0.0.1] said: 554 5.1.1 no (in reply to end of DATA command))
''',
        options=['soft_bounce=yes'],
        behave={'DOT': '554 5.1.1 no'}),
    'soft_bounce_greet': row(r'''
-- session quit
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.1.1, status=SOFTBOUNCE (host 127.0.0.1[127.0.0.1] refused to talk to me: 554 5.1.1 no)
''',
        options=['soft_bounce=yes', 'smtp_skip_5xx_greeting=no'],
        behave={'CONNECT': '554 5.1.1 no'}),
    'soft_bounce_helo': row(r'''
-- session quit
> EHLO mx.example.test
> HELO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.2.1, status=SOFTBOUNCE (host 127.0.0.1[127.0.0.1] refused to talk to me: 554 5.2.1 no)
''',
        options=['soft_bounce=yes'],
        behave={'EHLO': '554 5.1.1 no', 'HELO': '554 5.2.1 no'}),
    'helo_5xx': row(r'''
-- session quit
> EHLO mx.example.test
> HELO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.2.1, status=bounced (host 127.0.0.1[127.0.0.1] refused to talk to me: 554 5.2.1 no)
''',
        behave={'EHLO': '554 5.1.1 no', 'HELO': '554 5.2.1 no'}),
    'sent_verp': row(r'''

''',
        sender='bob@example.net',
        rcpts=['a', 'b'],
        mail='XVERP=+='),
    'pix_banner_stars_3': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 ***'}),
    'pix_banner_stars_4': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 ****'}),
    'pix_banner_stars_02_stars': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 **02**'}),
    'pix_banner_2_star': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 2*'}),
    'pix_banner_stars_esmtp': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 ***ESMTP***'}),
    'pix_banner_stars_a': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 *****a'}),
    'pix_banner_spaces_star': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220   *'}),
    'pix_banner_star_space_2_star_0': row(r'''
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: enabling PIX workarounds: disable_esmtp delay_dotcrlf for HOST
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_pix_workaround_threshold_time=0', 'smtp_pix_workaround_delay_time=1'],
        behave={'CONNECT': '220 * 2*0'}),
    'ehlo_sizes': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        behave={'EHLO': '250-PIPELINING\n250-SIZE 1000000\n250 DSN'},
        rcpts=['a', 'b']),
    'ehlo_sizes2': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        behave={'EHLO': '250-x\n250-SIZE 1000000\n250 DSN'},
        rcpts=['a', 'b']),
    'ehlo_sizes3': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<a@sN.test>
> RCPT TO:<b@sN.test>
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        behave={'EHLO': '250-x\n250-PIPELINING\n250 SIZE 1000000'},
        rcpts=['a', 'b']),
    '7bit': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        mail='BODY=7BIT',
        caps=('SIZE 1000000',)),
    '8bit': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        mail='BODY=8BITMIME',
        caps=('SIZE 1000000',)),
    'noconv': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['disable_mime_output_conversion=yes'],
        caps=('SIZE 1000000',)),
    'generic': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_generic_maps = inline:{a@b.test=c@d.test} }'],
        caps=('SIZE 1000000', '8BITMIME')),
    'checks': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_body_checks = pcre:{{/xyz/ IGNORE}} }'],
        caps=('SIZE 1000000', '8BITMIME')),
    'utf8': row(r'''
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        caps=('SIZE 1000000', 'SMTPUTF8')),
    'lmtp': row(r'''
-- session quit
> LHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        agent='lmtp',
        caps=('SIZE 1000000',)),
    'verp_names_the_address_before_aliases': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob+l=sN.test@example.net> SIZE
> RCPT TO:<q@sN.test> ORCPT=rfc822;l@sN.test
> DATA
> QUIT
smtp: QID: to=<q@sN.test>, orig_to=<l@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        sender='bob@example.net',
        rcpts=['l@'],
        mail='XVERP=+='),
}


class Dialogues(ClientRows):
    area = "smtp-client"
    rows = ROWS
    main = ClientRows.main + "virtual_alias_maps = pcre:{{/^l@(s\\d+\\.test)$$/ q@$$1}}\n"
