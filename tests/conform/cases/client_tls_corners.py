"""More TLS of the SMTP and LMTP clients: matches, lists of ciphers, policies, parameters of lmtp(8)."""
import re

from harness import ClientRows, row

# As Postfix 3.7 does it.
ROWS = {
    'capath_without_links': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: certificate verification failed for HOST: untrusted issuer /CN=ca
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_CAfile=', 'smtp_tls_CApath=@TLS@', 'smtp_tls_secure_cert_match=mx.good.test'],
        tls='sink'),
    'capath_not_there': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: certificate verification failed for HOST: untrusted issuer /CN=ca
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_CAfile=', 'smtp_tls_CApath=/nonexistent', 'smtp_tls_secure_cert_match=mx.good.test'],
        tls='sink'),
    'dcert_not_there': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (TLS is required, but our TLS engine is unavailable)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_dcert_file=/nonexistent'],
        tls='sink'),
    'dcert_pair': row(r'''
-- session pipelined quit tls=TLSv1.3 cert
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_dcert_file=@TLS@/client.crt', 'smtp_tls_dkey_file=@TLS@/client.key'],
        tls='sink',
        askcert=True),
    'block_early_reply': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_block_early_mail_reply=yes'],
        tls='sink'),
    'cert_none': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (TLS is required, but our TLS engine is unavailable)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_cert_file=none'],
        tls='sink'),
    'default_ca': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: certificate verification failed for HOST: untrusted issuer /CN=ca
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_CAfile=', 'tls_append_default_CA=yes', 'smtp_tls_secure_cert_match=mx.good.test'],
        tls='sink'),
    'default_ca_too': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'tls_append_default_CA=yes', 'smtp_tls_secure_cert_match=mx.good.test'],
        tls='sink'),
    'wildcard_one_label': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_secure_cert_match=a.wild.test'],
        tls='sink'),
    'wildcard_two_labels_no': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=62:hostname mismatch
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'tls_wildcard_matches_multiple_labels=no', 'smtp_tls_secure_cert_match=a.b.wild.test'],
        tls='sink'),
    'wildcard_domain_itself': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=62:hostname mismatch
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_secure_cert_match=wild.test'],
        tls='sink'),
    'wildcard_dot': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_secure_cert_match=.wild.test'],
        tls='sink'),
    'match_several': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', '{ smtp_tls_secure_cert_match=no.test, mx.good.test }'],
        tls='sink'),
    'match_colons': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_secure_cert_match=no.test:mx.good.test'],
        tls='sink'),
    'match_upper_case': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_secure_cert_match=MX.GOOD.TEST'],
        tls='sink'),
    'match_hostname': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=64:IP address mismatch
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_secure_cert_match=hostname'],
        tls='sink'),
    'match_nexthop': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=64:IP address mismatch
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_secure_cert_match=nexthop'],
        tls='sink'),
    'match_empty': row(r'''

''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_secure_cert_match='],
        tls='sink'),
    'verify_wrong': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=62:hostname mismatch
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=verify', 'smtp_tls_loglevel=1', 'smtp_tls_verify_cert_match=no.test'],
        tls='sink'),
    'rogue_encrypt': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1'],
        tls='rogue'),
    'slow_shutdown': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'tls_fast_shutdown_enable=no'],
        tls='sink'),
    'high_list': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_ciphers=high', 'tls_high_cipherlist=ECDHE-ECDSA-AES128-GCM-SHA256', 'smtp_tls_mandatory_protocols=TLSv1.2'],
        tls='sink'),
    'medium_list': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_ciphers=medium', 'tls_medium_cipherlist=ECDHE-ECDSA-AES128-GCM-SHA256', 'smtp_tls_mandatory_protocols=TLSv1.2'],
        tls='sink'),
    'low_list': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_ciphers=low', 'tls_low_cipherlist=ECDHE-ECDSA-AES128-GCM-SHA256', 'smtp_tls_mandatory_protocols=TLSv1.2'],
        tls='sink'),
    'export_list': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_ciphers=export', 'tls_export_cipherlist=ECDHE-ECDSA-AES128-GCM-SHA256', 'smtp_tls_mandatory_protocols=TLSv1.2'],
        tls='sink'),
    'null_list': row(r'''
-- session
> EHLO mx.example.test
> STARTTLS
smtp: warning: HOST: error setting cipher grade: "null"
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_ciphers=null', 'smtp_tls_mandatory_protocols=TLSv1.2'],
        tls='sink'),
    'null_list_changed': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_ciphers=null', 'tls_null_cipherlist=ECDHE-ECDSA-AES128-GCM-SHA256', 'smtp_tls_mandatory_protocols=TLSv1.2'],
        tls='sink'),
    'low_default': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_ciphers=low', 'smtp_tls_mandatory_protocols=TLSv1.2'],
        tls='sink'),
    'high_list_bad': row(r'''
-- session
> EHLO mx.example.test
> STARTTLS
smtp: warning: HOST: error setting cipher grade: "high"
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_ciphers=high', 'tls_high_cipherlist=NOSUCH', 'smtp_tls_mandatory_protocols=TLSv1.2'],
        tls='sink'),
    'high_upper_case': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_ciphers=HIGH'],
        tls='sink'),
    'ciphers_of_may': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', 'smtp_tls_ciphers=high', 'tls_high_cipherlist=ECDHE-ECDSA-AES128-GCM-SHA256', 'smtp_tls_protocols=TLSv1.2'],
        tls='sink'),
    'exclude_of_may': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_exclude_ciphers=AES256, CHACHA20, AESCCM }', 'smtp_tls_protocols=TLSv1.2'],
        tls='sink'),
    'exclude_both': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', '{ smtp_tls_exclude_ciphers=AES256 }', '{ smtp_tls_mandatory_exclude_ciphers=CHACHA20:AESCCM }', 'smtp_tls_mandatory_protocols=TLSv1.2'],
        tls='sink'),
    'exclude_nonsense': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_exclude_ciphers=NOSUCH'],
        tls='sink'),
    'protocols_hex': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_protocols=<=0x0303'],
        tls='sink'),
    'protocols_both_bounds': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', '{ smtp_tls_mandatory_protocols=>=TLSv1.2, <=TLSv1.2 }'],
        tls='sink'),
    'protocols_empty': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_protocols='],
        tls='sink'),
    'protocols_colon': row(r'''
-- session
> EHLO mx.example.test
> STARTTLS
smtp: SSL_connect error to HOST: -1
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_protocols=!TLSv1.3:!TLSv1.1'],
        tls='sink'),
    'protocols_lower_case': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_protocols=tlsv1.2'],
        tls='sink'),
    'loglevel_2': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: setting up TLS connection to HOST
smtp: HOST: TLS cipher list "aNULL:-aNULL:HIGH:MEDIUM:+RC4:@STRENGTH:!eNULL"
smtp: HOST: depth=1 verify=1 subject=/CN=ca
smtp: HOST: depth=0 verify=1 subject=/CN=mx.good.test
smtp: HOST: subject_CN=mx.good.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=2', 'tls_medium_cipherlist=aNULL:-aNULL:HIGH:MEDIUM:+RC4:@STRENGTH'],
        tls='sink',
        maximum='TLSv1_2'),
    'note_offer_encrypted': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_note_starttls_offer=yes'],
        tls='sink'),
    'cache_twice': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_session_cache_database=btree:$data_directory/again'],
        tls='sink',
        count=2),
    'options_bad': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'tls_ssl_options=NOSUCH'],
        tls='sink'),
    'options_hex': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'tls_ssl_options=0x4000'],
        tls='sink'),
    'workarounds_bad': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'tls_disable_workarounds=NOSUCH'],
        tls='sink'),
    'config_none': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'tls_config_file=none'],
        tls='sink'),
    'config_missing': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (TLS is required, but our TLS engine is unavailable)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'tls_config_file=/nonexistent/openssl.cnf'],
        tls='sink'),
    'config_name_unknown': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'tls_config_name=nosuch'],
        tls='sink'),
    'curves_bad': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'tls_eecdh_auto_curves=nosuch'],
        tls='sink'),
    'curves_one': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange ECDHE (prime256v1) server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'tls_eecdh_auto_curves=prime256v1'],
        tls='sink'),
    'servername_hostname': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_servername=hostname'],
        tls='sink'),
    'servername_nexthop': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_servername=nexthop'],
        tls='sink'),
    'use_tls': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=', 'smtp_use_tls=yes', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'enforce_tls': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=64:IP address mismatch
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=', 'smtp_enforce_tls=yes', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'enforce_tls_no_peername': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=', 'smtp_enforce_tls=yes', 'smtp_tls_enforce_peername=no', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'level_upper_case': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=ENCRYPT', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'policy_none': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{none} }'],
        tls='sink'),
    'policy_may': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{may} }'],
        tls='sink'),
    'policy_encrypt': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt} }'],
        tls='sink'),
    'policy_upper': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{ENCRYPT} }'],
        tls='sink'),
    'policy_protocols': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt protocols=TLSv1.2} }'],
        tls='sink'),
    'policy_protocols_many': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt protocols=!TLSv1.3:!TLSv1} }'],
        tls='sink'),
    'policy_ciphers': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt ciphers=high protocols=TLSv1.2} }'],
        tls='sink'),
    'policy_ciphers_bad': row(r'''
-- session
> EHLO mx.example.test
> STARTTLS
smtp: warning: HOST: invalid cipher grade: "nosuch"
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt ciphers=nosuch} }'],
        tls='sink'),
    'policy_exclude': row(r'''
-- session pipelined quit tls=TLSv1.2
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt exclude=AES256:CHACHA20 protocols=TLSv1.2} }'],
        tls='sink'),
    'policy_match': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{secure match=mx.good.test} }'],
        tls='sink'),
    'policy_match_bar': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=62:hostname mismatch
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{secure match=no.test|mx.good.test} }'],
        tls='sink'),
    'policy_match_colon': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{secure match=no.test:mx.good.test} }'],
        tls='sink'),
    'policy_match_twice': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{secure match=no.test match=mx.good.test} }'],
        tls='sink'),
    'policy_match_strategy': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=62:hostname mismatch
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{secure match=nexthop:dot-nexthop} }'],
        tls='sink'),
    'policy_match_none': row(r'''
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": attribute "match" has empty value
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{secure match=} }'],
        tls='sink'),
    'policy_verify': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{verify match=mx.good.test} }'],
        tls='sink'),
    'policy_verify_hostname': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=64:IP address mismatch
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{verify match=hostname} }'],
        tls='sink'),
    'policy_match_encrypt': row(r'''
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": attribute "match" invalid at security level "encrypt"
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt match=mx.good.test} }'],
        tls='sink'),
    'policy_servername': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt servername=foo.test} }'],
        tls='sink'),
    'policy_servername_bad': row(r'''
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": "servername=-foo" specifies an invalid hostname
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt servername=-foo} }'],
        tls='sink'),
    'policy_tafile': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{secure tafile=@TLS@/ca.pem match=mx.good.test} }'],
        tls='sink'),
    'policy_tafile_missing': row(r'''
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{secure tafile=/nonexistent match=mx.good.test} }'],
        tls='sink'),
    'policy_fingerprint_none': row(r'''
smtp: warning: nexthop domain [127.0.0.1]:PORT: configured at fingerprint security level, but with no fingerprints to match.
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{fingerprint} }'],
        tls='sink'),
    'policy_reuse_bad': row(r'''
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": attribute "connection_reuse" has bad value: "perhaps"
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt connection_reuse=perhaps} }'],
        tls='sink'),
    'policy_unknown_attribute': row(r'''
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": invalid attribute name: "colour"
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt colour=red} }'],
        tls='sink'),
    'policy_unknown_level': row(r'''
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": invalid security level "sometimes"
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{sometimes} }'],
        tls='sink'),
    'policy_no_value': row(r'''
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": malformed attribute/value pair "protocols": missing '=' after attribute name
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt protocols} }'],
        tls='sink'),
    'policy_may_match': row(r'''
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": attribute "match" invalid at security level "may"
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{may match=x} }'],
        tls='sink'),
    'policy_none_protocols': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": ignoring attribute "protocols=TLSv1.2" with TLS disabled
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{none protocols=TLSv1.2} }'],
        tls='sink'),
    'policy_protocols_bad': row(r'''
-- session
> EHLO mx.example.test
> STARTTLS
smtp: warning: HOST: Invalid TLS protocol list "nosuch": aborting TLS session
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt protocols=nosuch} }'],
        tls='sink'),
    'policy_protocols_twice': row(r'''
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": attribute "protocols" is specified multiple times
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt protocols=TLSv1.3 protocols=TLSv1.2} }'],
        tls='sink'),
    'policy_dane': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: warning: [127.0.0.1]:PORT: dane configured with dnssec lookups disabled
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{dane} }'],
        tls='sink'),
    'policy_dane_only': row(r'''
smtp: warning: [127.0.0.1]:PORT: dane-only configured with dnssec lookups disabled
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{dane-only} }'],
        tls='sink'),
    'policy_ciphers_twice': row(r'''
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": attribute "ciphers" is specified multiple times
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt ciphers=high ciphers=medium} }'],
        tls='sink'),
    'policy_exclude_twice': row(r'''
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": attribute "exclude" is specified multiple times
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt exclude=AES256 exclude=RC4} }'],
        tls='sink'),
    'policy_servername_twice': row(r'''
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": attribute "servername" is specified multiple times
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt servername=a.test servername=b.test} }'],
        tls='sink'),
    'policy_servername_hostname': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt servername=hostname} }'],
        tls='sink'),
    'policy_servername_nexthop': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt servername=nexthop} }'],
        tls='sink'),
    'policy_fingerprint_whole': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=65:no matching DANE TLSA records
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{fingerprint match=00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00} }'],
        tls='sink'),
    'policy_ciphers_empty': row(r'''
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": attribute "ciphers" has empty value
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt ciphers=} }'],
        tls='sink'),
    'policy_protocols_empty': row(r'''
-- session pipelined quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt protocols=} }'],
        tls='sink'),
    'lmtp_fingerprint_whole': row(r'''
-- session quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> QUIT
lmtp: server certificate verification failed for HOST: num=65:no matching DANE TLSA records
lmtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['lmtp_tls_security_level=fingerprint', 'lmtp_tls_loglevel=1', 'lmtp_tls_fingerprint_digest=sha256', 'lmtp_tls_fingerprint_cert_match=00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00'],
        agent='lmtp',
        tls='sink'),
    'policy_plain_server': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.4, status=deferred (TLS is required, but was not offered by host 127.0.0.1[127.0.0.1])
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', '{ smtp_tls_policy_maps = static:{encrypt} }']),
    'policy_table_fails': row(r'''
smtp: warning: fail:x lookup error for "[127.0.0.1]:PORT"
smtp: warning: smtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": policy table lookup error
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_policy_maps=fail:x'],
        tls='sink'),
    'lmtp_none': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=none'],
        agent='lmtp',
        tls='sink'),
    'lmtp_may': row(r'''
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=may', 'lmtp_tls_loglevel=1'],
        agent='lmtp',
        tls='sink'),
    'lmtp_use_tls': row(r'''
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=', 'lmtp_use_tls=yes', 'lmtp_tls_loglevel=1'],
        agent='lmtp',
        tls='sink'),
    'lmtp_enforce_tls': row(r'''
-- session quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> QUIT
lmtp: server certificate verification failed for HOST: num=64:IP address mismatch
lmtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['lmtp_tls_security_level=', 'lmtp_enforce_tls=yes', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem'],
        agent='lmtp',
        tls='sink'),
    'lmtp_enforce_tls_no_peername': row(r'''
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=', 'lmtp_enforce_tls=yes', 'lmtp_tls_enforce_peername=no', 'lmtp_tls_loglevel=1'],
        agent='lmtp',
        tls='sink'),
    'lmtp_per_site': row(r'''
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=', '{ lmtp_tls_per_site = inline:{{127.0.0.1=MAY}} }', 'lmtp_tls_loglevel=1'],
        agent='lmtp',
        tls='sink'),
    'lmtp_protocols': row(r'''
-- session pipelined quit tls=TLSv1.2
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_tls_mandatory_protocols=TLSv1.2'],
        agent='lmtp',
        tls='sink'),
    'lmtp_protocols_may': row(r'''
-- session pipelined quit tls=TLSv1.2
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Untrusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=may', 'lmtp_tls_loglevel=1', 'lmtp_tls_protocols=TLSv1.2'],
        agent='lmtp',
        tls='sink'),
    'lmtp_ciphers_bad': row(r'''
-- session
> LHLO mx.example.test
> STARTTLS
lmtp: warning: HOST: invalid cipher grade: "nosuch"
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_tls_mandatory_ciphers=nosuch'],
        agent='lmtp',
        tls='sink'),
    'lmtp_ciphers_may_bad': row(r'''
-- session
> LHLO mx.example.test
> STARTTLS
lmtp: warning: HOST: invalid cipher grade: "nosuch"
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
''',
        options=['lmtp_tls_security_level=may', 'lmtp_tls_loglevel=1', 'lmtp_tls_ciphers=nosuch'],
        agent='lmtp',
        tls='sink'),
    'lmtp_exclude': row(r'''
-- session pipelined quit tls=TLSv1.2
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', '{ lmtp_tls_exclude_ciphers=AES256, CHACHA20 }', 'lmtp_tls_mandatory_protocols=TLSv1.2'],
        agent='lmtp',
        tls='sink'),
    'lmtp_mandatory_exclude': row(r'''
-- session pipelined quit tls=TLSv1.2
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Trusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', '{ lmtp_tls_mandatory_exclude_ciphers=AES256, CHACHA20 }', 'lmtp_tls_mandatory_protocols=TLSv1.2'],
        agent='lmtp',
        tls='sink'),
    'lmtp_verify': row(r'''
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=verify', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_tls_verify_cert_match=mx.good.test'],
        agent='lmtp',
        tls='sink'),
    'lmtp_verify_wrong': row(r'''
-- session quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> QUIT
lmtp: server certificate verification failed for HOST: num=62:hostname mismatch
lmtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['lmtp_tls_security_level=verify', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_tls_verify_cert_match=no.test'],
        agent='lmtp',
        tls='sink'),
    'lmtp_fingerprint_digest_bad': row(r'''
-- session quit
> LHLO mx.example.test
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (TLS is required, but our TLS engine is unavailable)
''',
        options=['lmtp_tls_security_level=fingerprint', 'lmtp_tls_loglevel=1', 'lmtp_tls_fingerprint_digest=nope', 'lmtp_tls_fingerprint_cert_match=00:11'],
        agent='lmtp',
        tls='sink'),
    'lmtp_depth_0': row(r'''
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=secure', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_tls_scert_verifydepth=0', 'lmtp_tls_secure_cert_match=mx.good.test'],
        agent='lmtp',
        tls='sink'),
    'lmtp_trust_anchor': row(r'''
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Verified TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=secure', 'lmtp_tls_loglevel=1', 'lmtp_tls_trust_anchor_file=@TLS@/ca.pem', 'lmtp_tls_secure_cert_match=mx.good.test'],
        agent='lmtp',
        tls='sink'),
    'lmtp_trust_anchor_missing': row(r'''
lmtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
lmtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['lmtp_tls_security_level=secure', 'lmtp_tls_loglevel=1', 'lmtp_tls_trust_anchor_file=/nonexistent', 'lmtp_tls_secure_cert_match=mx.good.test'],
        agent='lmtp',
        tls='sink'),
    'lmtp_capath': row(r'''
-- session quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> QUIT
lmtp: certificate verification failed for HOST: untrusted issuer /CN=ca
lmtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['lmtp_tls_security_level=secure', 'lmtp_tls_loglevel=1', 'lmtp_tls_CApath=/nonexistent', 'lmtp_tls_secure_cert_match=mx.good.test'],
        agent='lmtp',
        tls='sink'),
    'lmtp_chain': row(r'''
-- session pipelined quit tls=TLSv1.3 cert
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', '{ lmtp_tls_chain_files=@TLS@/client.key, @TLS@/client.crt }'],
        agent='lmtp',
        tls='sink',
        askcert=True),
    'lmtp_cert': row(r'''
-- session pipelined quit tls=TLSv1.3 cert
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_tls_cert_file=@TLS@/client.crt', 'lmtp_tls_key_file=@TLS@/client.key'],
        agent='lmtp',
        tls='sink',
        askcert=True),
    'lmtp_eccert': row(r'''
-- session pipelined quit tls=TLSv1.3 cert
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_tls_eccert_file=@TLS@/client.crt', 'lmtp_tls_eckey_file=@TLS@/client.key'],
        agent='lmtp',
        tls='sink',
        askcert=True),
    'lmtp_cert_missing': row(r'''
-- session quit
> LHLO mx.example.test
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (TLS is required, but our TLS engine is unavailable)
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_tls_cert_file=/nonexistent'],
        agent='lmtp',
        tls='sink'),
    'lmtp_dcert_missing': row(r'''
-- session quit
> LHLO mx.example.test
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (TLS is required, but our TLS engine is unavailable)
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_tls_dcert_file=/nonexistent', 'lmtp_tls_dkey_file=/nonexistent'],
        agent='lmtp',
        tls='sink'),
    'lmtp_servername': row(r'''
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_tls_servername=foo.test'],
        agent='lmtp',
        tls='sink'),
    'lmtp_note_offer': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=none', 'lmtp_tls_note_starttls_offer=yes'],
        agent='lmtp',
        tls='sink'),
    'lmtp_policy': row(r'''
-- session pipelined quit tls=TLSv1.2
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Untrusted TLS connection established to HOST: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=none', 'lmtp_tls_loglevel=1', '{ lmtp_tls_policy_maps = static:{encrypt protocols=TLSv1.2} }'],
        agent='lmtp',
        tls='sink'),
    'lmtp_policy_bad': row(r'''
lmtp: warning: lmtp_tls_policy_maps, next-hop destination "[127.0.0.1]:PORT": invalid security level "sometimes"
lmtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
lmtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['lmtp_tls_security_level=none', 'lmtp_tls_loglevel=1', '{ lmtp_tls_policy_maps = static:{sometimes} }'],
        agent='lmtp',
        tls='sink'),
    'lmtp_block_early': row(r'''
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_tls_block_early_mail_reply=yes'],
        agent='lmtp',
        tls='sink'),
    'lmtp_starttls_timeout': row(r'''
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_starttls_timeout=1s'],
        agent='lmtp',
        tls='sink'),
    'lmtp_cache_twice': row(r'''
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: Trusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem', 'lmtp_tls_session_cache_database=btree:$data_directory/lmtpagain', 'lmtp_tls_session_cache_timeout=120s'],
        agent='lmtp',
        tls='sink',
        count=2),
    'lmtp_smtp_parameters_do_not_count': row(r'''
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1'],
        agent='lmtp',
        tls='sink'),
    'lmtp_encrypt_not_offered': row(r'''
-- session quit
> LHLO mx.example.test
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.4, status=deferred (TLS is required, but was not offered by host 127.0.0.1[127.0.0.1])
''',
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1', 'lmtp_tls_CAfile=@TLS@/ca.pem'],
        agent='lmtp'),
}


class TlsCorners(ClientRows):
    area = 'tls'
    rows = ROWS

    def observed(self, name, hop, ids):
        return re.sub(r"fingerprint=[0-9A-F:]+", "fingerprint=FP", super().observed(name, hop, ids))
