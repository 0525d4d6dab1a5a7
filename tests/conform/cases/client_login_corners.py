"""More logins of the SMTP and LMTP clients: offers, replies, tables, parameters of lmtp(8)."""
from harness import ClientRows, row
from harness.rows import USUAL

# As Postfix 3.7 does it.
ROWS = {
    'authzid': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN dQB1AHA=
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'send_cyrus_sasl_authzid=yes'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'authzid_login': row(r'''
-- session pipelined quit user=u mech=LOGIN
> EHLO mx.example.test
> AUTH LOGIN
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'send_cyrus_sasl_authzid=yes'],
        auth={'users': {'u': 'p'}, 'mechs': 'LOGIN'}),
    'authzid_cram': row(r'''
-- session pipelined quit user=u mech=CRAM-MD5
> EHLO mx.example.test
> AUTH CRAM-MD5
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'send_cyrus_sasl_authzid=yes'],
        auth={'users': {'u': 'p'}, 'mechs': 'CRAM-MD5'}),
    'digest_filtered': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: warning: HOST offered no supported AUTH mechanisms: 'PLAIN CRAM-MD5'
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed: server 127.0.0.1[127.0.0.1] offered no compatible authentication mechanisms for this type of connection security)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_sasl_mechanism_filter=digest-md5'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN CRAM-MD5'}),
    'path_given': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_sasl_path=anything', 'smtp_sasl_type=cyrus'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'lower_case_offer': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'plain'}),
    'colon_in_password': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcDpx
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p:q}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p:q'}, 'mechs': 'PLAIN'}),
    'spaces_in_password': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcCBx
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1 = u:p q }} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p q'}, 'mechs': 'PLAIN'}),
    'utf8_password': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcMOp
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:pé}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'pé'}, 'mechs': 'PLAIN'}),
    'user_with_domain': row(r'''
-- session pipelined quit user=u@x.test mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHVAeC50ZXN0AHA=
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u@x.test:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p', 'u@x.test': 'p'}, 'mechs': 'PLAIN'}),
    'cram_with_domain': row(r'''
-- session pipelined quit user=u@x.test mech=CRAM-MD5
> EHLO mx.example.test
> AUTH CRAM-MD5
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u@x.test:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p', 'u@x.test': 'p'}, 'mechs': 'CRAM-MD5'}),
    'old_offer': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        caps=USUAL + ('AUTH=PLAIN',)),
    'old_offer_login': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        caps=USUAL + ('AUTH=LOGIN PLAIN',),
        auth={'users': {'u': 'p'}, 'mechs': 'LOGIN'}),
    'offered_twice': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        caps=USUAL + ('AUTH LOGIN',),
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'offered_without_names': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: warning: HOST offered null AUTH mechanism list
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed: server 127.0.0.1[127.0.0.1] offered no compatible authentication mechanisms for this type of connection security)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        caps=USUAL + ('AUTH',)),
    'reply_501_5_5_4_x': row(r'''
-- session quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.5.4, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 501 5.5.4 x)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '501 5.5.4 x'}),
    'reply_503_5_5_1_x': row(r'''
-- session quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.5.1, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 503 5.5.1 x)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '503 5.5.1 x'}),
    'reply_504_5_5_4_x': row(r'''
-- session quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.5.4, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 504 5.5.4 x)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '504 5.5.4 x'}),
    'reply_530_5_7_0_x': row(r'''
-- session quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 530 5.7.0 x)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '530 5.7.0 x'}),
    'reply_534_5_7_9_x': row(r'''
-- session quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.9, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 534 5.7.9 x)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '534 5.7.9 x'}),
    'reply_538_5_7_11_x': row(r'''
-- session quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.11, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 538 5.7.11 x)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '538 5.7.11 x'}),
    'reply_432_4_7_12_x': row(r'''
-- session quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.12, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 432 4.7.12 x)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '432 4.7.12 x'}),
    'reply_421_4_7_0_x': row(r'''
-- session quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 421 4.7.0 x)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '421 4.7.0 x'}),
    'reply_500_5_5_6_x': row(r'''
-- session quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.5.6, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 500 5.5.6 x)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '500 5.5.6 x'}),
    'reply_235_x': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '235 x'}),
    'reply_535_x': row(r'''
-- session quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.0.0, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 x)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '535 x'}),
    'reply_535_5_7_8_a_': row(r'''
-- session quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.8, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535-5.7.8 a?535 5.7.8 b)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '535-5.7.8 a\r\n535 5.7.8 b'}),
    'reply_220_x': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '220 x'}),
    'reply_x': row(r'''
-- session user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
smtp: warning: QID: non-ESMTP response from HOST: x
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': 'x'}),
    'soft_bounce_off': row(r'''
-- session quit user=None mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAd3Jvbmc=
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.7.8, status=bounced (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:wrong}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_sasl_auth_soft_bounce=no'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'soft_bounce_off_454': row(r'''
-- session quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 454 4.7.0 x)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_sasl_auth_soft_bounce=no'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '454 4.7.0 x'}),
    'soft_bounce_off_no_mech': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; cannot authenticate to server 127.0.0.1[127.0.0.1]: no mechanism available)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_sasl_auth_soft_bounce=no'],
        auth={'users': {'u': 'p'}, 'mechs': 'FOO'}),
    'noactive_plain_cram': row(r'''

''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous noactive'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN CRAM-MD5'}),
    'nodictionary': row(r'''

''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous, nodictionary'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN CRAM-MD5'}),
    'bad_option': row(r'''

''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous, nosuch'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN CRAM-MD5'}),
    'filter_case': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_sasl_mechanism_filter=PLAIN'],
        auth={'users': {'u': 'p'}, 'mechs': 'CRAM-MD5 PLAIN'}),
    'filter_excludes': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', '{ smtp_sasl_mechanism_filter=!cram-md5, !login, static:rest }'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN LOGIN CRAM-MD5'}),
    'filter_regexp': row(r'''
-- session pipelined quit user=u mech=LOGIN
> EHLO mx.example.test
> AUTH LOGIN
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', '{ smtp_sasl_mechanism_filter=regexp:{{/^l/ x}} }'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN LOGIN'}),
    'two_recipients': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<a@sN.test> ORCPT=rfc822;a@sN.test
> RCPT TO:<b@sN.test> ORCPT=rfc822;b@sN.test
> DATA
> QUIT
smtp: QID: to=<a@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<b@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        rcpts=['a', 'b']),
    'tls_default_options': row(r'''
-- session pipelined quit tls=TLSv1.3 user=u mech=CRAM-MD5
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> AUTH CRAM-MD5
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_tls_security_level=encrypt'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN CRAM-MD5'},
        tls='sink'),
    'tls_options_stricter': row(r'''
-- session pipelined quit tls=TLSv1.3 user=u mech=CRAM-MD5
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> AUTH CRAM-MD5
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_tls_security_level=encrypt', 'smtp_sasl_security_options=noanonymous', '{ smtp_sasl_tls_security_options=noanonymous, noplaintext }'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN CRAM-MD5'},
        tls='sink'),
    'tls_options_may': row(r'''
-- session pipelined quit tls=TLSv1.3 user=u mech=PLAIN
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_tls_security_level=may', 'smtp_sasl_security_options=noanonymous,noplaintext', 'smtp_sasl_tls_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        tls='sink'),
    'tls_options_may_without': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; cannot authenticate to server 127.0.0.1[127.0.0.1]: no mechanism available)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_tls_security_level=may', 'smtp_sasl_security_options=noanonymous,noplaintext', 'smtp_sasl_tls_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'tls_verified_stricter': row(r'''
-- session pipelined quit tls=TLSv1.3 user=u mech=CRAM-MD5
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> AUTH CRAM-MD5
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_tls_security_level=secure', 'smtp_tls_secure_cert_match=mx.good.test', 'smtp_sasl_tls_security_options=noanonymous', 'smtp_sasl_tls_verified_security_options=noanonymous,noplaintext'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN CRAM-MD5'},
        tls='sink'),
    'lmtp_cram': row(r'''
-- session pipelined quit user=u mech=CRAM-MD5
> LHLO mx.example.test
> AUTH CRAM-MD5
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_sasl_auth_enable=yes', '{ lmtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'lmtp_sasl_security_options=noanonymous'],
        agent='lmtp',
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN CRAM-MD5'}),
    'lmtp_filter': row(r'''
-- session pipelined quit user=u mech=PLAIN
> LHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_sasl_auth_enable=yes', '{ lmtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'lmtp_sasl_security_options=noanonymous', 'lmtp_sasl_mechanism_filter=plain'],
        agent='lmtp',
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN CRAM-MD5'}),
    'lmtp_wrong': row(r'''
-- session quit user=None mech=PLAIN
> LHLO mx.example.test
> AUTH PLAIN AHUAd3Jvbmc=
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.8, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
''',
        options=['lmtp_sasl_auth_enable=yes', '{ lmtp_sasl_password_maps = inline:{{127.0.0.1=u:wrong}} }', 'lmtp_sasl_security_options=noanonymous'],
        agent='lmtp',
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'lmtp_wrong_hard': row(r'''
-- session quit user=None mech=PLAIN
> LHLO mx.example.test
> AUTH PLAIN AHUAd3Jvbmc=
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.7.8, status=bounced (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
''',
        options=['lmtp_sasl_auth_enable=yes', '{ lmtp_sasl_password_maps = inline:{{127.0.0.1=u:wrong}} }', 'lmtp_sasl_security_options=noanonymous', 'lmtp_sasl_auth_soft_bounce=no'],
        agent='lmtp',
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'lmtp_noplaintext': row(r'''
-- session quit
> LHLO mx.example.test
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; cannot authenticate to server 127.0.0.1[127.0.0.1]: no mechanism available)
''',
        options=['lmtp_sasl_auth_enable=yes', '{ lmtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'lmtp_sasl_security_options=noplaintext,noanonymous'],
        agent='lmtp',
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'lmtp_no_entry': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_sasl_auth_enable=yes', '{ lmtp_sasl_password_maps = inline:{{x=u:p}} }', 'lmtp_sasl_security_options=noanonymous'],
        agent='lmtp',
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'lmtp_not_offered': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_sasl_auth_enable=yes', '{ lmtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'lmtp_sasl_security_options=noanonymous'],
        agent='lmtp'),
    'lmtp_smtp_parameters_do_not_count': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        agent='lmtp',
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'lmtp_tls_options': row(r'''
-- session pipelined quit tls=TLSv1.3 user=u mech=PLAIN
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_sasl_auth_enable=yes', '{ lmtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'lmtp_tls_security_level=encrypt', 'lmtp_sasl_security_options=noanonymous,noplaintext', 'lmtp_sasl_tls_security_options=noanonymous'],
        agent='lmtp',
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        tls='sink'),
    'lmtp_tls_verified_options': row(r'''
-- session pipelined quit tls=TLSv1.3 user=u mech=PLAIN
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_sasl_auth_enable=yes', '{ lmtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'lmtp_tls_security_level=secure', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_tls_secure_cert_match=mx.good.test', 'lmtp_sasl_security_options=noanonymous,noplaintext', 'lmtp_sasl_tls_verified_security_options=noanonymous'],
        agent='lmtp',
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        tls='sink'),
    'lmtp_sender_dependent_is_not': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<bob@example.net> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_sasl_auth_enable=yes', '{ lmtp_sasl_password_maps = inline:{{bob@example.net=u:p}} }', 'lmtp_sasl_security_options=noanonymous', 'smtp_sender_dependent_authentication=yes'],
        agent='lmtp',
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        sender='bob@example.net'),
    'lmtp_discarded': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_sasl_auth_enable=yes', '{ lmtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'lmtp_sasl_security_options=noanonymous', 'lmtp_discard_lhlo_keywords=auth'],
        agent='lmtp',
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
}


class LoginCorners(ClientRows):
    area = 'sasl'
    rows = ROWS
