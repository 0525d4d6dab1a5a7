"""TLS of the SMTP and LMTP clients, parameter by parameter: what the server sees and what is logged."""
from harness import ClientRows, row

# As Postfix 3.7 does it.
ROWS = {
    'plain_enc': row(r'''
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
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'loglevel_0': row(r'''
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
        options=['smtp_tls_security_level=encrypt'],
        tls='sink'),
    'tls12': row(r'''
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
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1'],
        tls='sink',
        maximum='TLSv1_2'),
    'protocols_12_only': row(r'''
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
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_protocols=TLSv1.2'],
        tls='sink'),
    'protocols_13_to_12_server': row(r'''
-- session
> EHLO mx.example.test
> STARTTLS
smtp: SSL_connect error to HOST: -1
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_protocols=>=TLSv1.3'],
        tls='sink',
        maximum='TLSv1_2'),
    'protocols_may_13_to_12_server': row(r'''
-- session
> EHLO mx.example.test
> STARTTLS
smtp: SSL_connect error to HOST: -1
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', 'smtp_tls_protocols=>=TLSv1.3'],
        tls='sink',
        maximum='TLSv1_2'),
    'protocols_bad': row(r'''
-- session
> EHLO mx.example.test
> STARTTLS
smtp: warning: HOST: Invalid TLS protocol list "silly": aborting TLS session
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_protocols=silly'],
        tls='sink'),
    'protocols_excl': row(r'''
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
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_protocols=!TLSv1.3'],
        tls='sink'),
    'ciphers_bad': row(r'''
-- session
> EHLO mx.example.test
> STARTTLS
smtp: warning: HOST: invalid cipher grade: "silly"
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_ciphers=silly'],
        tls='sink'),
    'ciphers_high': row(r'''
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
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_mandatory_ciphers=high'],
        tls='sink',
        maximum='TLSv1_2'),
    'ciphers_may_bad': row(r'''
-- session
> EHLO mx.example.test
> STARTTLS
smtp: warning: HOST: invalid cipher grade: "silly"
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', 'smtp_tls_ciphers=silly'],
        tls='sink'),
    'exclude': row(r'''
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
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', '{ smtp_tls_mandatory_exclude_ciphers=ECDHE-RSA-AES256-GCM-SHA384, aNULL }', 'smtp_tls_mandatory_protocols=TLSv1.2'],
        tls='sink'),
    'exclude_all': row(r'''
-- session
> EHLO mx.example.test
> STARTTLS
smtp: warning: HOST: error setting cipher grade: "medium"
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', '{ smtp_tls_exclude_ciphers=ALL }', 'smtp_tls_mandatory_protocols=TLSv1.2'],
        tls='sink'),
    'verify_nexthop_literal': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=64:IP address mismatch
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=verify', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'verify_match': row(r'''
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
        options=['smtp_tls_security_level=verify', 'smtp_tls_loglevel=1', 'smtp_tls_verify_cert_match=mx.good.test'],
        tls='sink'),
    'secure_match': row(r'''
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
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_secure_cert_match=mx.good.test'],
        tls='sink'),
    'secure_match_dot': row(r'''
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
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_secure_cert_match=.good.test'],
        tls='sink'),
    'rogue': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: certificate verification failed for HOST: untrusted issuer /CN=otherca
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_secure_cert_match=mx.good.test'],
        tls='rogue'),
    'rogue_may': row(r'''
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
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1'],
        tls='rogue'),
    'fingerprint_none': row(r'''
smtp: warning: nexthop domain [127.0.0.1]:PORT: configured at fingerprint security level, but with no fingerprints to match.
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=fingerprint', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'fingerprint_bad_digest': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (TLS is required, but our TLS engine is unavailable)
''',
        options=['smtp_tls_security_level=fingerprint', 'smtp_tls_loglevel=1', 'smtp_tls_fingerprint_digest=nope', 'smtp_tls_fingerprint_cert_match=00:11'],
        tls='sink'),
    'trust_anchor_bad': row(r'''
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_trust_anchor_file=/nonexistent'],
        tls='sink'),
    'trust_anchor_ok': row(r'''
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
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_trust_anchor_file=@TLS@/ca.pem', 'smtp_tls_CAfile=', 'smtp_tls_secure_cert_match=mx.good.test'],
        tls='sink'),
    'trust_anchor_rogue': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=65:no matching DANE TLSA records
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_trust_anchor_file=@TLS@/ca.pem', 'smtp_tls_CAfile=', 'smtp_tls_secure_cert_match=mx.good.test'],
        tls='rogue'),
    'no_ca': row(r'''
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
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', 'smtp_tls_CAfile='],
        tls='sink'),
    'depth_0': row(r'''
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
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_scert_verifydepth=0', 'smtp_tls_secure_cert_match=mx.good.test'],
        tls='sink'),
    'depth_1': row(r'''
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
        options=['smtp_tls_security_level=secure', 'smtp_tls_loglevel=1', 'smtp_tls_scert_verifydepth=1', 'smtp_tls_secure_cert_match=mx.good.test'],
        tls='sink'),
    'client_cert': row(r'''
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
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_cert_file=@TLS@/client.crt', 'smtp_tls_key_file=@TLS@/client.key'],
        tls='sink',
        askcert=True),
    'client_chain': row(r'''
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
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', '{ smtp_tls_chain_files=@TLS@/client.key, @TLS@/client.crt }'],
        tls='sink',
        askcert=True),
    'client_cert_missing': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (TLS is required, but our TLS engine is unavailable)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_cert_file=/nonexistent'],
        tls='sink',
        askcert=True),
    'client_cert_missing_may': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1', 'smtp_tls_cert_file=/nonexistent'],
        tls='sink',
        askcert=True),
    'client_key_mismatch': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (TLS is required, but our TLS engine is unavailable)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_cert_file=@TLS@/client.crt', 'smtp_tls_key_file=@TLS@/sink.key'],
        tls='sink',
        askcert=True),
    'client_chain_bad_order': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (TLS is required, but our TLS engine is unavailable)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', '{ smtp_tls_chain_files=@TLS@/client.crt, @TLS@/client.key }'],
        tls='sink',
        askcert=True),
    'client_eccert': row(r'''
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
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_eccert_file=@TLS@/client.crt', 'smtp_tls_eckey_file=@TLS@/client.key'],
        tls='sink',
        askcert=True),
    'loglevel_maps': row(r'''
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
        options=['smtp_tls_security_level=encrypt', '{ smtp_tls_loglevel_maps = inline:{x=1} }'],
        tls='sink'),
    'not_offered': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.4, status=deferred (TLS is required, but was not offered by host 127.0.0.1[127.0.0.1])
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1']),
    'not_offered_may': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1']),
    'offered_none': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=none', 'smtp_tls_note_starttls_offer=yes'],
        tls='sink'),
    'starttls_454_may': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> STARTTLS
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1'],
        tls='sink',
        behave={'STARTTLS': '454 4.7.0 no'}),
    'starttls_hang': row(r'''
-- session
> EHLO mx.example.test
> STARTTLS
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while receiving the STARTTLS response)
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_starttls_timeout=1s'],
        tls='sink',
        behave={'STARTTLS': 'HANG:4'}),
    'starttls_drop_may': row(r'''
-- session
> EHLO mx.example.test
> STARTTLS
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (lost connection with 127.0.0.1[127.0.0.1] while receiving the STARTTLS response)
''',
        options=['smtp_tls_security_level=may', 'smtp_tls_loglevel=1'],
        tls='sink',
        behave={'STARTTLS': 'DROP'}),
    'level_bad': row(r'''

''',
        options=['smtp_tls_security_level=nonsense', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'discard_starttls': row(r'''
-- session quit
> EHLO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.4, status=deferred (TLS is required, but was not offered by host 127.0.0.1[127.0.0.1])
''',
        options=['smtp_tls_security_level=encrypt', 'smtp_discard_ehlo_keywords=starttls'],
        tls='sink'),
    'per_site': row(r'''
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
        options=['smtp_tls_security_level=', '{ smtp_tls_per_site = inline:{{127.0.0.1=MUST_NOPEERMATCH}} }', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'per_site_none': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=', 'smtp_use_tls=yes', '{ smtp_tls_per_site = inline:{{127.0.0.1=NONE}} }', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'per_site_must': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=64:IP address mismatch
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=', '{ smtp_tls_per_site = inline:{{127.0.0.1=MUST}} }', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'per_site_bad': row(r'''
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=', '{ smtp_tls_per_site = inline:{{127.0.0.1=WHAT}} }', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'lmtp_tls': row(r'''
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
        options=['lmtp_tls_security_level=encrypt', 'lmtp_tls_loglevel=1'],
        agent='lmtp',
        tls='sink'),
    'lmtp_tls_secure': row(r'''
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
        options=['lmtp_tls_security_level=secure', 'lmtp_tls_loglevel=1', 'lmtp_tls_secure_cert_match=mx.good.test', 'lmtp_tls_CAfile=@TLS@/ca.pem'],
        agent='lmtp',
        tls='sink'),
    'dane_nosec': row(r'''
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
        options=['smtp_tls_security_level=dane', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'dane_literal': row(r'''
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
        options=['smtp_tls_security_level=dane', 'smtp_dns_support_level=dnssec', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'servername': row(r'''
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
        options=['smtp_tls_security_level=encrypt', 'smtp_tls_loglevel=1', 'smtp_tls_servername=foo.test'],
        tls='sink'),
    'cache_conn_br': row(r'''
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
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_connection_cache_destinations=[127.0.0.1]'],
        count=3,
        gap=0.3),
    'cache_after_503': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 503 5.1.1 no (in reply to RCPT TO command))
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 503 5.1.1 no (in reply to RCPT TO command))
''',
        options=['smtp_connection_cache_destinations=static:all'],
        count=2,
        gap=0.5,
        behave={'RCPT': '503 5.1.1 no'}),
    'fp_wrong': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=65:no matching DANE TLSA records
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=fingerprint', 'smtp_tls_loglevel=1', 'smtp_tls_fingerprint_digest=sha256', 'smtp_tls_fingerprint_cert_match=00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:11'],
        tls='sink'),
    'fp_none': row(r'''
smtp: warning: nexthop domain [127.0.0.1]:PORT: configured at fingerprint security level, but with no fingerprints to match.
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=fingerprint', 'smtp_tls_loglevel=1', 'smtp_tls_fingerprint_digest=sha256'],
        tls='sink'),
    'fp_nonhex': row(r'''
smtp: warning: nexthop domain [127.0.0.1]:PORT: configured at fingerprint security level, but with no fingerprints to match.
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=fingerprint', 'smtp_tls_loglevel=1', 'smtp_tls_fingerprint_digest=sha256', 'smtp_tls_fingerprint_cert_match=zz'],
        tls='sink'),
    'fp_rogue_wrong': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=65:no matching DANE TLSA records
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=fingerprint', 'smtp_tls_loglevel=1', 'smtp_tls_fingerprint_digest=sha256', 'smtp_tls_fingerprint_cert_match=00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:11'],
        tls='rogue'),
    'ps2': row(r'''
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
        options=['smtp_tls_security_level=', 'smtp_use_tls=no', '{ smtp_tls_per_site = inline:{{127.0.0.1=MAY}} }', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'ps3': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=', 'smtp_enforce_tls=yes', '{ smtp_tls_per_site = inline:{{127.0.0.1=NONE}} }', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'ps4': row(r'''
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
        options=['smtp_tls_security_level=', 'smtp_enforce_tls=yes', '{ smtp_tls_per_site = inline:{{127.0.0.1=MUST_NOPEERMATCH}} }', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'ps5': row(r'''
-- session quit tls=TLSv1.3
> EHLO mx.example.test
> STARTTLS
> QUIT
smtp: server certificate verification failed for HOST: num=64:IP address mismatch
smtp: Untrusted TLS connection established to HOST: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
''',
        options=['smtp_tls_security_level=', 'smtp_enforce_tls=yes', '{ smtp_tls_per_site = inline:{{127.0.0.1=may}} }', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'ps6': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=may', '{ smtp_tls_per_site = inline:{{127.0.0.1=NONE}} }', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'ps7': row(r'''
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
''',
        options=['smtp_tls_security_level=encrypt', '{ smtp_tls_per_site = inline:{{127.0.0.1=NONE}} }', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'ps8': row(r'''
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
        options=['smtp_tls_security_level=encrypt', '{ smtp_tls_per_site = inline:{{127.0.0.1=MAY}} }', 'smtp_tls_loglevel=1'],
        tls='sink'),
    'ps9': row(r'''
smtp: warning: TLS policy lookup for [127.0.0.1]:PORT/127.0.0.1: client TLS configuration problem
smtp: QID: to=<u@sN.test>, relay=none, dsn=4.7.5, status=deferred (client TLS configuration problem)
''',
        options=['smtp_tls_security_level=may', '{ smtp_tls_per_site = inline:{{127.0.0.1=BAD}} }', 'smtp_tls_loglevel=1'],
        tls='sink'),
}


class TlsRows(ClientRows):
    area = "tls"
    rows = ROWS
