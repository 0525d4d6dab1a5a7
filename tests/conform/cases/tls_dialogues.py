"""TLS at the server, row by row: what a client gets, and what the server logs."""
import contextlib
import os
import re
import ssl

from harness import Group, Reply, client_tls

BASE = "smtpd_tls_security_level = may\nsmtpd_tls_chain_files = @TLS@/server.pem\nsmtpd_tls_loglevel = 1\n"

# name: parameters, what the client does (see Play), what is seen.
ROWS = {
    'usual': ('', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'usual_12': ('', r'''
EHLO x
@tls maximum=TLSv1_2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'high': ('tls_high_cipherlist=ECDHE-ECDSA-AES128-GCM-SHA256\nsmtpd_tls_ciphers=high', r'''
EHLO x
@tls maximum=TLSv1_2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'low': ('tls_low_cipherlist=ECDHE-ECDSA-AES128-GCM-SHA256\nsmtpd_tls_ciphers=low', r'''
EHLO x
@tls maximum=TLSv1_2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'export': ('tls_export_cipherlist=ECDHE-ECDSA-AES128-GCM-SHA256\nsmtpd_tls_ciphers=export', r'''
EHLO x
@tls maximum=TLSv1_2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'null': ('smtpd_tls_ciphers=null', r'''
EHLO x
@tls maximum=TLSv1_2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= no handshake
log SSL_accept error from client.example.org[192.0.2.10]: -1
log warning: TLS library problem: error:QID:SSL routines::no shared cipher:../ssl/statem/statem_srvr.c:2226:
log lost connection after STARTTLS from client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 commands=1/2
'''),
    'null_own': ('tls_null_cipherlist=ECDHE-ECDSA-AES128-GCM-SHA256\nsmtpd_tls_ciphers=null', r'''
EHLO x
@tls maximum=TLSv1_2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'mandatory_high': ('smtpd_tls_security_level=encrypt\ntls_high_cipherlist=ECDHE-ECDSA-AES128-GCM-SHA256\nsmtpd_tls_mandatory_ciphers=high', r'''
EHLO x
@tls maximum=TLSv1_2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'mandatory_null': ('smtpd_tls_security_level=encrypt\nsmtpd_tls_mandatory_ciphers=null', r'''
EHLO x
@tls maximum=TLSv1_2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= no handshake
log SSL_accept error from client.example.org[192.0.2.10]: -1
log warning: TLS library problem: error:QID:SSL routines::no shared cipher:../ssl/statem/statem_srvr.c:2226:
log lost connection after STARTTLS from client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 commands=1/2
'''),
    'ciphers_do_not_count': ('smtpd_tls_security_level=encrypt\nsmtpd_tls_ciphers=nosuch', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'mandatory_does_not_count': ('smtpd_tls_mandatory_ciphers=nosuch', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'mandatory_protocols_do_not_count': ('smtpd_tls_mandatory_protocols=TLSv1.2', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'protocols_do_not_count': ('smtpd_tls_security_level=encrypt\nsmtpd_tls_protocols=TLSv1.2', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'protocols_hex': ('smtpd_tls_protocols=<=0x0303', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'protocols_empty': ('smtpd_tls_protocols=', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'protocols_bad': ('smtpd_tls_protocols=nosuch', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 454 4.7.0 TLS not available due to local problem
> EHLO x
< 250-STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	by mx.example.test (Postfix) with ESMTP
log warning: Invalid TLS protocol list "nosuch": disabling TLS support
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=0/1 mail=1 rcpt=1 data=1 quit=1 commands=6/7
'''),
    'exclude_several': ('smtpd_tls_exclude_ciphers=AES256, CHACHA20 AESCCM', r'''
EHLO x
@tls maximum=TLSv1_2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'no_common': ('', r'''
EHLO x
@tls maximum=TLSv1_2 ciphers=ECDHE-RSA-AES128-GCM-SHA256
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= no handshake
log SSL_accept error from client.example.org[192.0.2.10]: -1
log warning: TLS library problem: error:QID:SSL routines::no shared cipher:../ssl/statem/statem_srvr.c:2226:
log lost connection after STARTTLS from client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 commands=1/2
'''),
    'no_common_protocol': ('smtpd_tls_protocols=>=TLSv1.3', r'''
EHLO x
@tls maximum=TLSv1_2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= no handshake
log SSL_accept error from client.example.org[192.0.2.10]: -1
log warning: TLS library problem: error:QID:SSL routines::unsupported protocol:../ssl/statem/statem_srvr.c:1664:
log lost connection after STARTTLS from client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 commands=1/2
'''),
    'dcert_pair': ('smtpd_tls_chain_files=\nsmtpd_tls_dcert_file=@TLS@/two.crt\nsmtpd_tls_dkey_file=@TLS@/two.key', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'capath': ('smtpd_tls_CApath=/nonexistent\nsmtpd_tls_ask_ccert=yes', r'''
EHLO x
@tls cert=client
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
= 	 client-signature ECDSA (prime256v1) client-digest SHA256)
= 	(Client CN "client.example.org", Issuer "ca" (not verified))
= 	by mx.example.test (Postfix) with ESMTPS
log Untrusted TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'capath_no_links': ('smtpd_tls_CApath=@TLS@\nsmtpd_tls_ask_ccert=yes', r'''
EHLO x
@tls cert=client
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
= 	 client-signature ECDSA (prime256v1) client-digest SHA256)
= 	(Client CN "client.example.org", Issuer "ca" (not verified))
= 	by mx.example.test (Postfix) with ESMTPS
log Untrusted TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'cafile': ('smtpd_tls_CAfile=@TLS@/ca.pem\nsmtpd_tls_ask_ccert=yes', r'''
EHLO x
@tls cert=client
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
= 	 client-signature ECDSA (prime256v1) client-digest SHA256)
= 	(Client CN "client.example.org", Issuer "ca" (verified OK))
= 	by mx.example.test (Postfix) with ESMTPS
log Trusted TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'cafile_other': ('smtpd_tls_CAfile=@TLS@/ca.pem\nsmtpd_tls_ask_ccert=yes', r'''
EHLO x
@tls cert=client2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
= 	 client-signature ECDSA (prime256v1) client-digest SHA256)
= 	(Client CN "client2.example.org", Issuer "otherca" (not verified))
= 	by mx.example.test (Postfix) with ESMTPS
log Untrusted TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'default_ca': ('tls_append_default_CA=yes\nsmtpd_tls_ask_ccert=yes', r'''
EHLO x
@tls cert=client
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
= 	 client-signature ECDSA (prime256v1) client-digest SHA256)
= 	(Client CN "client.example.org", Issuer "ca" (not verified))
= 	by mx.example.test (Postfix) with ESMTPS
log Untrusted TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'depth_0': ('smtpd_tls_CAfile=@TLS@/ca.pem\nsmtpd_tls_ask_ccert=yes\nsmtpd_tls_ccert_verifydepth=0', r'''
EHLO x
@tls cert=client
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
= 	 client-signature ECDSA (prime256v1) client-digest SHA256)
= 	(Client CN "client.example.org", Issuer "ca" (verified OK))
= 	by mx.example.test (Postfix) with ESMTPS
log Trusted TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'fingerprint_md5': ('smtpd_tls_CAfile=@TLS@/ca.pem\nsmtpd_tls_ask_ccert=yes\nsmtpd_tls_fingerprint_digest=md5\nsmtpd_tls_loglevel=1', r'''
EHLO x
@tls cert=client
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
= 	 client-signature ECDSA (prime256v1) client-digest SHA256)
= 	(Client CN "client.example.org", Issuer "ca" (verified OK))
= 	by mx.example.test (Postfix) with ESMTPS
log Trusted TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'grade_strong': ('smtpd_tls_eecdh_grade=strong', r'''
EHLO x
@tls maximum=TLSv1_2 curve=prime256v1
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'grade_strong_other': ('smtpd_tls_eecdh_grade=strong', r'''
EHLO x
@tls maximum=TLSv1_2 curve=secp384r1
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= no handshake
log SSL_accept error from client.example.org[192.0.2.10]: -1
log warning: TLS library problem: error:QID:SSL routines::no shared cipher:../ssl/statem/statem_srvr.c:2226:
log lost connection after STARTTLS from client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 commands=1/2
'''),
    'grade_ultra': ('smtpd_tls_eecdh_grade=ultra', r'''
EHLO x
@tls maximum=TLSv1_2 curve=secp384r1
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= no handshake
log SSL_accept error from client.example.org[192.0.2.10]: -1
log warning: TLS library problem: error:QID:SSL routines::no shared cipher:../ssl/statem/statem_srvr.c:2226:
log lost connection after STARTTLS from client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 commands=1/2
'''),
    'grade_strong_curve': ('smtpd_tls_eecdh_grade=strong\ntls_eecdh_strong_curve=secp384r1', r'''
EHLO x
@tls maximum=TLSv1_2 curve=secp384r1
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= no handshake
log SSL_accept error from client.example.org[192.0.2.10]: -1
log warning: TLS library problem: error:QID:SSL routines::no shared cipher:../ssl/statem/statem_srvr.c:2226:
log lost connection after STARTTLS from client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 commands=1/2
'''),
    'grade_ultra_curve': ('smtpd_tls_eecdh_grade=ultra\ntls_eecdh_ultra_curve=prime256v1', r'''
EHLO x
@tls maximum=TLSv1_2 curve=prime256v1
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'grade_auto': ('smtpd_tls_eecdh_grade=auto', r'''
EHLO x
@tls curve=prime256v1
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange ECDHE (prime256v1) server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange ECDHE (prime256v1) server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'curves': ('tls_eecdh_auto_curves=secp384r1', r'''
EHLO x
@tls curve=secp384r1
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange ECDHE (secp384r1) server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange ECDHE (secp384r1) server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'no_session_ids': ('smtpd_tls_always_issue_session_ids=no', r'''
EHLO x
@tls maximum=TLSv1_2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'slow_shutdown': ('tls_fast_shutdown_enable=no', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'preempt': ('tls_preempt_cipherlist=yes', r'''
EHLO x
@tls maximum=TLSv1_2 ciphers=ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'not_preempt': ('tls_preempt_cipherlist=no', r'''
EHLO x
@tls maximum=TLSv1_2 ciphers=ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES128-GCM-SHA256 (128/128 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'options_hex': ('tls_ssl_options=0x40000000', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'options_named': ('tls_ssl_options=NO_RENEGOTIATION, NO_TICKET', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'workarounds_hex': ('tls_disable_workarounds=0xFFFFFFFF', r'''
EHLO x
@tls maximum=TLSv1_2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'config_none': ('tls_config_file=none', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'config_name': ('tls_config_name=nosuch', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'use_tls': ('smtpd_tls_security_level=\nsmtpd_use_tls=yes', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'use_tls_no': ('smtpd_tls_security_level=\nsmtpd_use_tls=no', r'''
EHLO x
@tls
NOOP
''', r'''
> EHLO x
< 250 without STARTTLS
> STARTTLS
< 502 5.5.1 Error: command not implemented
> NOOP
< 250 2.0.0 Ok
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 noop=1 quit=1 commands=3/4
'''),
    'enforce_tls': ('smtpd_tls_security_level=\nsmtpd_enforce_tls=yes', r'''
EHLO x
MAIL FROM:<a@good.test>
NOOP
RSET
VRFY x
HELP
XFORWARD NAME=x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> MAIL FROM:<a@good.test>
< 530 5.7.0 Must issue a STARTTLS command first
> NOOP
< 250 2.0.0 Ok
> RSET
< 530 5.7.0 Must issue a STARTTLS command first
> VRFY x
< 530 5.7.0 Must issue a STARTTLS command first
> HELP
< 500 5.5.2 Error: command not recognized
> XFORWARD NAME=x
< 530 5.7.0 Must issue a STARTTLS command first
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 xforward=0/1 starttls=1 mail=1/2 rcpt=1 data=1 rset=0/1 noop=2 vrfy=0/1 quit=1 unknown=0/1 commands=9/14
'''),
    'none_wins_over_use': ('smtpd_tls_security_level=none\nsmtpd_use_tls=yes\nsmtpd_enforce_tls=yes', r'''
EHLO x
@tls
NOOP
''', r'''
> EHLO x
< 250 without STARTTLS
> STARTTLS
< 502 5.5.1 Error: command not implemented
> NOOP
< 250 2.0.0 Ok
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 noop=1 quit=1 commands=3/4
'''),
    'level_bad': ('smtpd_tls_security_level=may\nsmtpd_tls_auth_only=yes', r'''
EHLO x
AUTH PLAIN x
@tls
EHLO x
AUTH PLAIN x
''', r'''
> EHLO x
< 250-STARTTLS
> AUTH PLAIN x
< 503 5.5.1 Error: authentication not enabled
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> AUTH PLAIN x
< 503 5.5.1 Error: authentication not enabled
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 auth=0/2 noop=1 quit=1 commands=5/7
'''),
    'discarded': ('smtpd_discard_ehlo_keywords=starttls', r'''
EHLO x
@tls
EHLO x
''', r'''
> EHLO x
< 250 without STARTTLS
> STARTTLS
< 502 5.5.1 Error: command not implemented
> EHLO x
< 250 without STARTTLS
log discarding EHLO keywords: STARTTLS
log discarding EHLO keywords: STARTTLS
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=0/1 quit=1 commands=3/4
'''),
    'encrypt_discarded': ('smtpd_tls_security_level=encrypt\nsmtpd_discard_ehlo_keywords=starttls', r'''
EHLO x
@mail
@tls
''', r'''
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 530 5.7.0 Must issue a STARTTLS command first
> STARTTLS
< 502 5.5.1 Error: command not implemented
log discarding EHLO keywords: STARTTLS
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 mail=0/1 quit=1 commands=2/4
'''),
    'helo_first': ('', r'''
HELO x
@tls
HELO x
@mail
''', r'''
> HELO x
< 250 mx.example.test
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> HELO x
< 250 mx.example.test
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with SMTP
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] helo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'no_helo': ('', r'''
@tls
NOOP
@mail
''', r'''
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> NOOP
< 250 2.0.0 Ok
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from client.example.org (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with SMTP
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] starttls=1 mail=1 rcpt=1 data=1 noop=2 quit=1 commands=7
'''),
    'twice': ('', r'''
EHLO x
@tls
EHLO x
STARTTLS
NOOP
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> STARTTLS
< 554 5.5.1 Error: TLS already active
> NOOP
< 250 2.0.0 Ok
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1/2 noop=2 quit=1 commands=6/7
'''),
    'argument': ('', r'''
EHLO x
STARTTLS now
NOOP
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS now
< 501 5.5.4 Syntax: STARTTLS
> NOOP
< 250 2.0.0 Ok
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 noop=1 quit=1 commands=3/4
'''),
    'in_transaction': ('', r'''
EHLO x
MAIL FROM:<a@good.test>
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=2 rcpt=1 data=1 noop=1 quit=1 commands=9
'''),
    'wrapped': ('smtpd_tls_wrappermode=yes', r'''
@wrapped
EHLO x
STARTTLS
@mail
''', r'''
= TLSv1.3 TLS_AES_256_GCM_SHA384
< 220 mx.example.test ESMTP Postfix
> EHLO x
< 250 without STARTTLS
> STARTTLS
< 554 5.5.1 Error: TLS already active
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 mail=1 rcpt=1 data=1 quit=1 commands=5/6
'''),
    'wrapped_encrypt': ('smtpd_tls_wrappermode=yes\nsmtpd_tls_security_level=encrypt', r'''
@wrapped
EHLO x
@mail
''', r'''
= TLSv1.3 TLS_AES_256_GCM_SHA384
< 220 mx.example.test ESMTP Postfix
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5
'''),
    'wrapped_none': ('smtpd_tls_wrappermode=yes\nsmtpd_tls_security_level=none', r'''
@wrapped
EHLO x
@mail
''', r'''
= TLSv1.3 TLS_AES_256_GCM_SHA384
< 220 mx.example.test ESMTP Postfix
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5
'''),
    'wrapped_no_level': ('smtpd_tls_wrappermode=yes\nsmtpd_tls_security_level=', r'''
@wrapped
EHLO x
@mail
''', r'''
= TLSv1.3 TLS_AES_256_GCM_SHA384
< 220 mx.example.test ESMTP Postfix
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5
'''),
    'wrapped_old': ('smtpd_tls_wrappermode=yes', r'''
@wrapped maximum=TLSv1_2
EHLO x
@mail
''', r'''
= TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384
< 220 mx.example.test ESMTP Postfix
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits))
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5
'''),
    'wrapped_helo': ('smtpd_tls_wrappermode=yes', r'''
@wrapped
HELO x
@mail
''', r'''
= TLSv1.3 TLS_AES_256_GCM_SHA384
< 220 mx.example.test ESMTP Postfix
> HELO x
< 250 mx.example.test
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with SMTP
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] helo=1 mail=1 rcpt=1 data=1 quit=1 commands=5
'''),
    'no_header': ('smtpd_tls_received_header=no', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'header_with_certificate': ('smtpd_tls_CAfile=@TLS@/ca.pem\nsmtpd_tls_ask_ccert=yes', r'''
EHLO x
@tls cert=client2
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
= 	 client-signature ECDSA (prime256v1) client-digest SHA256)
= 	(Client CN "client2.example.org", Issuer "otherca" (not verified))
= 	by mx.example.test (Postfix) with ESMTPS
log Untrusted TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'required': ('smtpd_tls_CAfile=@TLS@/ca.pem\nsmtpd_tls_req_ccert=yes\nsmtpd_tls_security_level=encrypt', r'''
EHLO x
@tls cert=client
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
= 	 client-signature ECDSA (prime256v1) client-digest SHA256)
= 	(Client CN "client.example.org", Issuer "ca" (verified OK))
= 	by mx.example.test (Postfix) with ESMTPS
log Trusted TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'required_at_may': ('smtpd_tls_CAfile=@TLS@/ca.pem\nsmtpd_tls_req_ccert=yes', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log warning: Can't require client certs unless TLS is required
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'loglevel_0': ('smtpd_tls_loglevel=0', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'loglevel_2_client': ('smtpd_tls_loglevel=2\nsmtpd_tls_CAfile=@TLS@/ca.pem\nsmtpd_tls_ask_ccert=yes\ntls_medium_cipherlist=HIGH:@STRENGTH\nsmtpd_tls_session_cache_database=', r'''
EHLO x
@tls cert=client maximum=TLSv1_2 notickets
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits))
= 	(Client CN "client.example.org", Issuer "ca" (verified OK))
= 	by mx.example.test (Postfix) with ESMTPS
log setting up TLS connection from client.example.org[192.0.2.10]
log client.example.org[192.0.2.10]: TLS cipher list "HIGH:@STRENGTH:!aNULL"
log SSL_accept:before SSL initialization
log SSL_accept:before SSL initialization
log SSL_accept:SSLv3/TLS read client hello
log SSL_accept:SSLv3/TLS write server hello
log SSL_accept:SSLv3/TLS write certificate
log SSL_accept:SSLv3/TLS write key exchange
log SSL_accept:SSLv3/TLS write certificate request
log SSL_accept:SSLv3/TLS write server done
log SSL_accept:SSLv3/TLS write server done
log client.example.org[192.0.2.10]: depth=1 verify=1 subject=/CN=ca
log client.example.org[192.0.2.10]: depth=0 verify=1 subject=/CN=client.example.org
log SSL_accept:SSLv3/TLS read client certificate
log SSL_accept:SSLv3/TLS read client key exchange
log SSL_accept:SSLv3/TLS read certificate verify
log SSL_accept:SSLv3/TLS read change cipher spec
log SSL_accept:SSLv3/TLS read finished
log SSL_accept:SSLv3/TLS write change cipher spec
log SSL_accept:SSLv3/TLS write finished
log subject=/CN=client.example.org
log issuer=/CN=ca
log client.example.org[192.0.2.10]: subject_CN=client.example.org, issuer=ca, fingerprint=FP, pkey_fingerprint=FP
log Trusted TLS connection established from client.example.org[192.0.2.10]: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'sni_without_maps': ('', r'''
EHLO x
@tls sni=two.example.test
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'dh_auto': ('smtpd_tls_dh1024_param_file=auto', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'key_is_cert': ('smtpd_tls_chain_files=\nsmtpd_tls_cert_file=@TLS@/server.pem\nsmtpd_tls_key_file=$smtpd_tls_cert_file', r'''
EHLO x
@tls
EHLO x
@mail
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> EHLO x
< 250 without STARTTLS
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> RCPT TO:<u@relayed.test>
< 250 2.1.5 Ok
= from x (client.example.org [192.0.2.10])
= 	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
= 	 key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)
= 	(No client certificate requested)
= 	by mx.example.test (Postfix) with ESMTPS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 noop=1 quit=1 commands=8
'''),
    'new_sessions': ('smtpd_client_event_limit_exceptions=\nsmtpd_client_new_tls_session_rate_limit=1', r'''
EHLO x
@tls
@again
EHLO x
@tls
NOOP
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
-- again
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
< 421 4.7.0 mx.example.test Error: too many new TLS sessions from client.example.org[192.0.2.10]
> NOOP
< connection closed
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=1 noop=1 quit=1 commands=4
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log warning: New TLS session rate limit exceeded: 2 from client.example.org[192.0.2.10] for service HERE
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 commands=1/2
'''),
    'new_sessions_exempt': ('smtpd_client_new_tls_session_rate_limit=1', r'''
EHLO x
@tls
@again
EHLO x
@tls
NOOP
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
-- again
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= TLSv1.3 TLS_AES_256_GCM_SHA384
> NOOP
< 250 2.0.0 Ok
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=1 noop=1 quit=1 commands=4
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=1 noop=2 quit=1 commands=5
'''),
    'new_sessions_wrapped': ('smtpd_client_event_limit_exceptions=\nsmtpd_tls_wrappermode=yes\nsmtpd_client_new_tls_session_rate_limit=1', r'''
@wrapped
EHLO x
''', r'''
= TLSv1.3 TLS_AES_256_GCM_SHA384
< 220 mx.example.test ESMTP Postfix
> EHLO x
< 250 without STARTTLS
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log disconnect from client.example.org[192.0.2.10] ehlo=1 quit=1 commands=2
'''),
    'silent': ('smtpd_starttls_timeout=1s', r'''
EHLO x
@silent
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= lost
log SSL_accept error from client.example.org[192.0.2.10]: Connection timed out
log lost connection after STARTTLS from client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 commands=1/2
'''),
    'not_tls': ('smtpd_starttls_timeout=2s', r'''
EHLO x
@silent words=NOOP
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= lost
log SSL_accept error from client.example.org[192.0.2.10]: -1
log warning: TLS library problem: error:QID:SSL routines::wrong version number:../ssl/record/ssl3_record.c:350:
log lost connection after STARTTLS from client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 commands=1/2
'''),
    'cut': ('', r'''
EHLO x
@cut
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= lost
log SSL_accept error from client.example.org[192.0.2.10]: lost connection
log lost connection after STARTTLS from client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 commands=1/2
'''),
    'cut_encrypt': ('smtpd_tls_security_level=encrypt', r'''
EHLO x
@cut
''', r'''
> EHLO x
< 250-STARTTLS
> STARTTLS
< 220 2.0.0 Ready to start TLS
= lost
log SSL_accept error from client.example.org[192.0.2.10]: lost connection
log lost connection after STARTTLS from client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/1 commands=1/2
'''),
    'encrypt_commands': ('smtpd_tls_security_level=encrypt', r'''
EHLO x
MAIL FROM:<a@good.test>
RCPT TO:<a@good.test>
DATA
NOOP
RSET
VRFY a
ETRN good.test
HELO x
AUTH PLAIN x
XCLIENT NAME=x
FOO
''', r'''
> EHLO x
< 250-STARTTLS
> MAIL FROM:<a@good.test>
< 530 5.7.0 Must issue a STARTTLS command first
> RCPT TO:<a@good.test>
< 530 5.7.0 Must issue a STARTTLS command first
> DATA
< 530 5.7.0 Must issue a STARTTLS command first
> NOOP
< 250 2.0.0 Ok
> RSET
< 530 5.7.0 Must issue a STARTTLS command first
> VRFY a
< 530 5.7.0 Must issue a STARTTLS command first
> ETRN good.test
< 530 5.7.0 Must issue a STARTTLS command first
> HELO x
< 250 mx.example.test
> AUTH PLAIN x
< 530 5.7.0 Must issue a STARTTLS command first
> XCLIENT NAME=x
< 550 5.7.0 Error: insufficient authorization
> FOO
< 500 5.5.2 Error: command not recognized
log disconnect from client.example.org[192.0.2.10] helo=1 ehlo=1 xclient=0/1 auth=0/1 mail=0/1 rcpt=0/1 data=0/1 rset=0/1 noop=1 vrfy=0/1 etrn=0/1 quit=1 unknown=0/1 commands=4/13
'''),
    'wrapped_commands': ('smtpd_tls_wrappermode=yes\nsmtpd_tls_security_level=encrypt', r'''
@wrapped
MAIL FROM:<a@good.test>
STARTTLS
HELO x
''', r'''
= TLSv1.3 TLS_AES_256_GCM_SHA384
< 220 mx.example.test ESMTP Postfix
> MAIL FROM:<a@good.test>
< 250 2.1.0 Ok
> STARTTLS
< 554 5.5.1 Error: TLS already active
> HELO x
< 250 mx.example.test
log Anonymous TLS connection established from client.example.org[192.0.2.10]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
log disconnect from client.example.org[192.0.2.10] helo=1 starttls=0/1 mail=1 quit=1 commands=3/4
'''),
    'starttls_off': ('smtpd_tls_security_level=none', r'''
EHLO x
STARTTLS
STARTTLS x
NOOP
''', r'''
> EHLO x
< 250 without STARTTLS
> STARTTLS
< 502 5.5.1 Error: command not implemented
> STARTTLS x
< 501 5.5.4 Syntax: STARTTLS
> NOOP
< 250 2.0.0 Ok
log disconnect from client.example.org[192.0.2.10] ehlo=1 starttls=0/2 noop=1 quit=1 commands=3/5
'''),
    'helo_required': ('smtpd_helo_required=yes', r'''
STARTTLS
EHLO x
@tls
MAIL FROM:<a@good.test>
EHLO x
@mail
''', r'''
> STARTTLS
< 220 2.0.0 Ready to start TLS
> EHLO x
< connection closed
log SSL_accept error from client.example.org[192.0.2.10]: -1
log warning: TLS library problem: error:QID:SSL routines::wrong version number:../ssl/record/ssl3_record.c:350:
log lost connection after STARTTLS from client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] starttls=0/1 commands=0/1
'''),
}


class Play:
    """A client's actions, and what comes of them."""

    def __init__(self, case, name):
        self.case, self.name, self.out, self.session = case, name, [], None
        self.client = case.inst.smtp(case.port[name], "192.0.2.10")

    def say(self, line, shown=None):
        try:
            reply = self.client.cmd(line)
        except OSError:
            reply = Reply(0, [], eof=True)
        lines = str(reply).splitlines()
        if line.startswith("EHLO") and reply.code == 250:
            lines = [one for one in lines if re.search("STARTTLS|AUTH", one)] or ["250 without STARTTLS"]
        self.out += ["> " + (shown or line)] + ["< " + one for one in lines]
        return reply

    def context(self, words):
        tls = self.case.worker.tls
        cert = words.get("cert")
        made = client_tls(cert=cert and "%s/%s.crt" % (tls, cert), key=cert and "%s/%s.key" % (tls, cert))
        for bound in ("minimum", "maximum"):
            if bound in words:
                setattr(made, bound + "_version", ssl.TLSVersion[words[bound]])
        if "ciphers" in words:
            made.set_ciphers(words["ciphers"])
        if "curve" in words:
            made.set_ecdh_curve(words["curve"])
        if "notickets" in words:
            made.options |= ssl.OP_NO_TICKET
        return made

    def do_tls(self, words):
        """STARTTLS; without an offer, nothing."""
        reply = self.say("STARTTLS")
        if reply.code == 220:
            self.handshake(words)

    def handshake(self, words):
        try:
            self.client.sock = self.context(words).wrap_socket(self.client.sock, server_hostname=words.get("sni"))
            self.client.buf = b""
            # A TLS 1.3 server may still refuse.
            self.client.line("NOOP")
            reply = self.client.reply()
            cipher, version, _ = self.client.sock.cipher()
            self.out.append("= lost" if reply.eof else "= %s %s" % (version, cipher))
            if reply.code not in (0, 250):
                self.out.append("< " + str(reply))
        except (OSError, ssl.SSLError):
            self.out.append("= no handshake")

    def do_again(self, _):
        """Leaves and comes back."""
        self.client.line("QUIT")
        self.client.reply()
        self.client.close()
        self.out.append("-- again")
        self.client = self.case.inst.smtp(self.case.port[self.name], "192.0.2.10")
        self.client.greet()

    def do_silent(self, words):
        """STARTTLS, and then nothing, or what is no TLS."""
        if self.say("STARTTLS").code != 220:
            return
        if "words" in words:
            self.client.line(words["words"])
        end = b"x"
        with contextlib.suppress(OSError):
            while end:
                end = self.client.sock.recv(4096)
        self.out.append("= lost")

    def do_cut(self, _):
        """STARTTLS, and gone."""
        self.say("STARTTLS")
        self.client.close()
        self.out.append("= lost")

    def do_wrapped(self, words):
        try:
            self.client.sock = self.context(words).wrap_socket(self.client.sock, server_hostname=words.get("sni"))
            self.out.append("= %s %s" % (self.client.sock.version(), self.client.sock.cipher()[0]))
            self.out.append("< " + str(self.client.greet()))
        except (OSError, ssl.SSLError):
            self.out.append("= no handshake")

    def do_mail(self, _):
        """A message to the next hop, whose Received header is shown."""
        token = self.case.token()
        for line in ("MAIL FROM:<a@good.test>", "RCPT TO:<u@relayed.test>"):
            if self.say(line).code != 250:
                return
        self.client.cmd("DATA")
        self.client.send("Subject: %s\r\n\r\nhello\r\n.\r\n" % token)
        self.client.reply()
        received = self.case.at_sink(token).header("Received")
        self.out += ["= " + line for line in re.sub(r" id \w+|;.*|\n\tfor .*", "", received, flags=re.S).splitlines()]

    def play(self, script):
        lines = script.strip().splitlines()
        if not lines[0].startswith("@wrapped"):
            self.client.greet()
        for line in lines:
            word, *rest = line.split()
            if word.startswith("@"):
                words = dict(one.partition("=")[::2] for one in rest)
                getattr(self, "do_" + word[1:])(words)
            else:
                self.say(line)
            if self.out[-1] in ("= no handshake", "= lost", "< connection closed"):
                break
        with contextlib.suppress(OSError):
            self.client.line("QUIT")
            self.client.reply()
        self.client.close()


class TlsDialogues(Group):
    area = "tls"
    cost = 40
    main = "smtpd_error_sleep_time = 0\nmynetworks = 127.0.0.0/8, 192.0.2.0/24\nsmtpd_tls_received_header = yes\n"
    services = {name: BASE + parameters for name, (parameters, _, _) in ROWS.items()}

    def observed(self, name):
        play = Play(self, name)
        play.play(ROWS[name][1])
        self.log(r"(?s)(disconnect from.*){%d}" % (1 + play.out.count("-- again")))
        for line in self.inst.log_text(self.since).splitlines():
            m = re.search(r" postfix/(?:\S+/)?smtpd\[\d+\]: (.*)$", line)
            if m and not re.search(r"^connect from|initializing the server-side TLS engine", m.group(1)):
                play.out.append("log " + re.sub(r"\b[0-9A-F]{7,}\b:", "QID:", m.group(1)))
        text = re.sub(r"fingerprint=[0-9A-F:]+", "fingerprint=FP", "\n".join(play.out))
        text = re.sub(r"\b[0-9A-F]{64}\b", "ID", text)
        text = re.sub(r"for service \S+", "for service HERE", text)
        return text.replace("Postrider", "Postfix").replace(self.inst.dir, "DIR").replace(self.worker.tls, "TLS")

    def look(self, name):
        observed = self.observed(name)
        if os.environ.get("RECORD"):
            with open(os.environ["RECORD"], "a") as f:
                f.write(repr((name, observed)) + "\n")
        self.eq(observed, ROWS[name][2].strip("\n"), "dialogue and log")

    def teardown(self):
        self.inst.purge()


def case_of(name):
    return lambda self: self.look(name)


for each in ROWS:
    setattr(TlsDialogues, "test_" + each, case_of(each))
