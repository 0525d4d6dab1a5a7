"""Logins of the SMTP and LMTP clients, parameter by parameter: what the server sees and what is logged."""
from harness import FORWARDING, NO_PIPELINING, ClientRows, row

# As Postfix 3.7 does it.
ROWS = {
    'plain': row(r'''
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
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'login': row(r'''
-- session pipelined quit user=u mech=LOGIN
> EHLO mx.example.test
> AUTH LOGIN
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'LOGIN'}),
    'cram': row(r'''
-- session pipelined quit user=u mech=CRAM-MD5
> EHLO mx.example.test
> AUTH CRAM-MD5
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'CRAM-MD5'}),
    'all': row(r'''
-- session pipelined quit user=u mech=CRAM-MD5
> EHLO mx.example.test
> AUTH CRAM-MD5
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN LOGIN CRAM-MD5'}),
    'default_options': row(r'''
-- session pipelined quit user=u mech=CRAM-MD5
> EHLO mx.example.test
> AUTH CRAM-MD5
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN LOGIN CRAM-MD5'}),
    'default_plain_only': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; cannot authenticate to server 127.0.0.1[127.0.0.1]: no mechanism available)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'no_mech_known': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; cannot authenticate to server 127.0.0.1[127.0.0.1]: no mechanism available)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'FOO BAR'}),
    'filter_static': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_sasl_mechanism_filter=plain'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN LOGIN CRAM-MD5'}),
    'filter_static_two': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', '{ smtp_sasl_mechanism_filter=login, plain }'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN LOGIN CRAM-MD5'}),
    'filter_not': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', '{ smtp_sasl_mechanism_filter=!cram-md5, static:all }'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN LOGIN CRAM-MD5'}),
    'filter_none_left': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: warning: HOST offered no supported AUTH mechanisms: 'PLAIN LOGIN CRAM-MD5'
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed: server 127.0.0.1[127.0.0.1] offered no compatible authentication mechanisms for this type of connection security)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_sasl_mechanism_filter=digest-md5'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN LOGIN CRAM-MD5'}),
    'filter_star': row(r'''
-- session pipelined quit user=u mech=CRAM-MD5
> EHLO mx.example.test
> AUTH CRAM-MD5
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', '{ smtp_sasl_mechanism_filter = !plain, !login, static:rest }'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN LOGIN CRAM-MD5'}),
    'wrong_pw': row(r'''
-- session quit user=None mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAeA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.8, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:x}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'wrong_pw_hard': row(r'''
-- session quit user=None mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAeA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.7.8, status=bounced (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:x}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_sasl_auth_soft_bounce=no'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'wrong_pw_login': row(r'''
-- session quit user=None mech=LOGIN
> EHLO mx.example.test
> AUTH LOGIN
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.8, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:x}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'LOGIN'}),
    'wrong_pw_454': row(r'''
-- session quit user=None mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAeA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 454 4.7.0 later)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:x}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTHFAIL': '454 4.7.0 later'}),
    'wrong_pw_421': row(r'''
-- session quit user=None mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAeA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 421 4.7.0 later)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:x}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTHFAIL': '421 4.7.0 later'}),
    'wrong_pw_drop': row(r'''
-- session user=None mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAeA==
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (lost connection with 127.0.0.1[127.0.0.1] while performing the EHLO handshake)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:x}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTHFAIL': 'DROP'}),
    'ok_454': row(r'''
-- session quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 454 4.7.0 x)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': '454 4.7.0 x'}),
    'ok_250': row(r'''
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
        behave={'AUTH': '250 2.7.0 x'}),
    'no_password': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{x=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN LOGIN CRAM-MD5'}),
    'empty_password': row(r'''
-- session quit user=None mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.8, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'no_colon': row(r'''
-- session quit user=None mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.8, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'empty_user': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; cannot authenticate to server 127.0.0.1[127.0.0.1]: generic failure)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'by_nexthop': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = pcre:{{/^\\[127.0.0.1\\]:\\d+$$/ u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'not_offered': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous']),
    'offered_no_auth': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN LOGIN CRAM-MD5'}),
    'sender_dep': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<bob@example.net> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', 'smtp_sender_dependent_authentication=yes', '{ smtp_sasl_password_maps = inline:{{bob@example.net=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        sender='bob@example.net'),
    'sender_dep_off': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob@example.net> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{bob@example.net=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        sender='bob@example.net'),
    'sender_dep_ext': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob+x@example.net> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', 'smtp_sender_dependent_authentication=yes', '{ smtp_sasl_password_maps = inline:{{bob@example.net=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        sender='bob+x@example.net'),
    'sender_dep_domain': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<bob@example.net> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', 'smtp_sender_dependent_authentication=yes', '{ smtp_sasl_password_maps = inline:{{@example.net=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        sender='bob@example.net'),
    'sender_dep_null': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', 'smtp_sender_dependent_authentication=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'no_password_maps': row(r'''

''',
        options=['smtp_sasl_auth_enable=yes', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'discard_auth': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_discard_ehlo_keywords=auth'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'noactive': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; cannot authenticate to server 127.0.0.1[127.0.0.1]: no mechanism available)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noactive'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN LOGIN CRAM-MD5'}),
    'mutual': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; cannot authenticate to server 127.0.0.1[127.0.0.1]: no mechanism available)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=mutual_auth'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN LOGIN CRAM-MD5'}),
    'tls_plain': row(r'''
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
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_tls_security_level=encrypt', 'smtp_sasl_tls_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        tls='sink'),
    'tls_plain_not': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; cannot authenticate to server 127.0.0.1[127.0.0.1]: no mechanism available)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_tls_security_level=encrypt'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        tls='sink'),
    'tls_verified_opts': row(r'''
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
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_tls_security_level=secure', 'smtp_tls_secure_cert_match=mx.good.test', 'smtp_sasl_tls_verified_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        tls='sink'),
    'tls_verified_opts_not_verified': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; cannot authenticate to server 127.0.0.1[127.0.0.1]: no mechanism available)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_tls_security_level=encrypt', 'smtp_sasl_tls_verified_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        tls='sink'),
    'lmtp_plain': row(r'''
-- session pipelined quit user=u mech=PLAIN
> LHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_sasl_auth_enable=yes', '{ lmtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'lmtp_sasl_security_options=noanonymous'],
        agent='lmtp',
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'dummy_mail_auth': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> MAIL FROM:<> SIZE AUTH=<>
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_send_dummy_mail_auth=yes'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'}),
    'external': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; cannot authenticate to server 127.0.0.1[127.0.0.1]: no mechanism available)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'EXTERNAL'}),
    'anonymous': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.0, status=deferred (SASL authentication failed; cannot authenticate to server 127.0.0.1[127.0.0.1]: no mechanism available)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous'],
        auth={'users': {'u': 'p'}, 'mechs': 'ANONYMOUS'}),
    'anonymous_ok': row(r'''
-- session quit user=None mech=ANONYMOUS
> EHLO mx.example.test
> AUTH ANONYMOUS YW5vbnltb3VzQG14LmV4YW1wbGUudGVzdA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.8, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options='],
        auth={'users': {'u': 'p'}, 'mechs': 'ANONYMOUS'}),
    'auth_hang': row(r'''
-- session user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while performing the EHLO handshake)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_mail_timeout=1s', 'smtp_helo_timeout=1s'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        behave={'AUTH': 'HANG:4'}),
    'auth_xforward_order': row(r'''
-- session pipelined quit user=u mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
> XFORWARD PROTO=ESMTP HELO=client.example.org IDENT=QID SOURCE=LOCAL
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_sasl_auth_enable=yes', '{ smtp_sasl_password_maps = inline:{{127.0.0.1=u:p}} }', 'smtp_sasl_security_options=noanonymous', 'smtp_send_xforward_command=yes'],
        auth={'users': {'u': 'p'}, 'mechs': 'PLAIN'},
        caps=FORWARDING),
    'nopipe_auth': row(r'''
-- session quit user=u mech=PLAIN
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
        caps=NO_PIPELINING),
}


class LoginRows(ClientRows):
    area = "sasl"
    rows = ROWS
