"""posttls-finger(1): each option, and every line of what it says."""
import re
import ssl

from harness import FakeSMTP, Group
from harness.certs import fingerprint

# name: (what the next hop is like, the command). @PORT@ is its port, @FP@ the fingerprint of its certificate, @PK@
# that of its key, @TLS@ where certificates are.
ROWS = {
    "plain_none": ({}, "-l none [127.0.0.1]:@PORT@"),
    "plain_may": ({}, "-l may [127.0.0.1]:@PORT@"),
    "plain_encrypt": ({}, "-l encrypt [127.0.0.1]:@PORT@"),
    "plain_verify": ({}, "-l verify -F @TLS@/ca.pem [127.0.0.1]:@PORT@ mx.example.test"),
    "no_ehlo": ({"refuse_ehlo": True}, "-l may [127.0.0.1]:@PORT@"),
    "no_dialogue": ({}, "-c -l none [127.0.0.1]:@PORT@"),
    "default_level": ({"tls": "server"}, "[127.0.0.1]:@PORT@"),
    "may": ({"tls": "server"}, "-l may [127.0.0.1]:@PORT@"),
    "may_without_dialogue": ({"tls": "server"}, "-c -l may [127.0.0.1]:@PORT@"),
    "none_with_tls_there": ({"tls": "server"}, "-c -l none [127.0.0.1]:@PORT@"),
    "encrypt": ({"tls": "server"}, "-c -l encrypt [127.0.0.1]:@PORT@"),
    "may_with_authorities": ({"tls": "server"}, "-c -l may -F @TLS@/ca.pem [127.0.0.1]:@PORT@"),
    "verify_good": ({"tls": "server"}, "-c -l verify -F @TLS@/ca.pem [127.0.0.1]:@PORT@ mx.example.test"),
    "verify_wrong_name": ({"tls": "server"}, "-c -l verify -F @TLS@/ca.pem [127.0.0.1]:@PORT@ other.example.test"),
    "verify_without_authorities": ({"tls": "server"}, "-c -l verify [127.0.0.1]:@PORT@ mx.example.test"),
    "verify_wrong_authorities": ({"tls": "server"}, "-c -l verify -F @TLS@/otherca.pem [127.0.0.1]:@PORT@ "
                                 "mx.example.test"),
    "verify_any_of_two": ({"tls": "server"}, "-c -l verify -F @TLS@/ca.pem [127.0.0.1]:@PORT@ a.test mx.example.test"),
    "verify_dot": ({"tls": "server"}, "-c -l verify -F @TLS@/ca.pem [127.0.0.1]:@PORT@ .example.test"),
    "secure_good": ({"tls": "server"}, "-c -l secure -F @TLS@/ca.pem [127.0.0.1]:@PORT@ mx.example.test"),
    "secure_default_names": ({"tls": "server"}, "-c -l secure -F @TLS@/ca.pem [127.0.0.1]:@PORT@"),
    "trust_anchor": ({"tls": "server"}, "-c -l verify -A @TLS@/ca.pem [127.0.0.1]:@PORT@ mx.example.test"),
    "trust_anchor_missing": ({"tls": "server"}, "-c -l verify -A @TLS@/nosuch.pem [127.0.0.1]:@PORT@ mx.example.test"),
    "authorities_missing": ({"tls": "server"}, "-c -l verify -F @TLS@/nosuch.pem [127.0.0.1]:@PORT@ mx.example.test"),
    "fingerprint_good": ({"tls": "server"}, "-c -l fingerprint -d sha256 [127.0.0.1]:@PORT@ @FP@"),
    "fingerprint_of_the_key": ({"tls": "server"}, "-c -l fingerprint -d sha256 [127.0.0.1]:@PORT@ @PK@"),
    "fingerprint_wrong": ({"tls": "server"}, "-c -l fingerprint -d sha256 [127.0.0.1]:@PORT@ "
                          + ":".join(["AA"] * 32)),
    "fingerprint_sha1": ({"tls": "server"}, "-c -l fingerprint -d sha1 [127.0.0.1]:@PORT@ @FP1@"),
    "unknown_digest": ({"tls": "server"}, "-c -l may -d nosuch [127.0.0.1]:@PORT@"),
    "chain": ({"tls": "server"}, "-c -C -l may [127.0.0.1]:@PORT@"),
    "from_other_authorities": ({"tls": "rogue"}, "-c -l verify -F @TLS@/ca.pem [127.0.0.1]:@PORT@ mx.example.test"),
    "client_certificate": ({"tls": "server", "ask": True}, "-c -l may -k @TLS@/client.crt -K @TLS@/client.key "
                           "[127.0.0.1]:@PORT@"),
    "client_chain": ({"tls": "server", "ask": True}, "-c -l may -H @TLS@/client.pem [127.0.0.1]:@PORT@"),
    "client_certificate_missing": ({"tls": "server"}, "-c -l may -k @TLS@/nosuch.crt [127.0.0.1]:@PORT@"),
    "both_kinds_of_certificate": ({"tls": "server"}, "-c -l may -H @TLS@/client.pem -k @TLS@/client.crt "
                                  "[127.0.0.1]:@PORT@"),
    "protocols_1_2": ({"tls": "server"}, "-c -l may -p TLSv1.2 [127.0.0.1]:@PORT@"),
    "protocols_not_1_3": ({"tls": "server"}, "-c -l may -p !TLSv1.3 [127.0.0.1]:@PORT@"),
    "protocols_above": ({"tls": "server"}, "-c -l encrypt -p >=TLSv1.3 [127.0.0.1]:@PORT@"),
    "protocols_bad": ({"tls": "server"}, "-c -l may -p nosuch [127.0.0.1]:@PORT@"),
    "protocols_none_left": ({"tls": "server", "maximum": "TLSv1_2"}, "-c -l encrypt -p >=TLSv1.3 [127.0.0.1]:@PORT@"),
    "grade_high": ({"tls": "server"}, "-c -l encrypt -g high [127.0.0.1]:@PORT@"),
    "grade_bad": ({"tls": "server"}, "-c -l encrypt -g nosuch [127.0.0.1]:@PORT@"),
    "server_name": ({"tls": "server"}, "-c -l may -s mx.example.test [127.0.0.1]:@PORT@"),
    "log_nothing": ({"tls": "server"}, "-c -l may -L none [127.0.0.1]:@PORT@"),
    "log_summary": ({"tls": "server"}, "-c -l may -L summary [127.0.0.1]:@PORT@"),
    "log_untrusted": ({"tls": "server"}, "-c -l may -L untrusted [127.0.0.1]:@PORT@"),
    "log_certmatch": ({"tls": "server"}, "-c -l verify -F @TLS@/ca.pem -L certmatch [127.0.0.1]:@PORT@ mx.example.test"),
    "log_level_1": ({"tls": "server"}, "-c -l may -L 1 [127.0.0.1]:@PORT@"),
    "log_level_0": ({"tls": "server"}, "-c -l may -L 0 [127.0.0.1]:@PORT@"),
    "log_bad": ({"tls": "server"}, "-c -l may -L nosuch [127.0.0.1]:@PORT@"),
    "override": ({}, "-l none -o smtp_helo_name=me.test [127.0.0.1]:@PORT@"),
    "override_hostname": ({}, "-l none -o myhostname=me.test [127.0.0.1]:@PORT@"),
    "lmtp": ({"lmtp": True}, "-S -l none inet:127.0.0.1:@PORT@"),
    "lmtp_without_inet": ({"lmtp": True}, "-S -l none [127.0.0.1]:@PORT@"),
    "wrapper": ({"tls": "server", "wrapper": True}, "-w -l encrypt [127.0.0.1]:@PORT@"),
    "wrapper_without_dialogue": ({"tls": "server", "wrapper": True}, "-c -w -l verify -F @TLS@/ca.pem "
                                 "[127.0.0.1]:@PORT@ mx.example.test"),
    "family_ipv4": ({}, "-l none -a ipv4 [127.0.0.1]:@PORT@"),
    "family_ipv6_for_ipv4": ({}, "-l none -a ipv6 [127.0.0.1]:@PORT@"),
    "family_any": ({}, "-l none -a any [127.0.0.1]:@PORT@"),
    "host_by_name": ({}, "-l none [finger.test]:@PORT@"),
    "domain": ({}, "-l none finger-domain.test:@PORT@"),
    "domain_without_mx": ({}, "-l none finger.test:@PORT@"),
    "native_lookup": ({}, "-l none -h native [finger.test]:@PORT@"),
    "dns_and_native": ({}, "-l none -h dns,native [finger.test]:@PORT@"),
    "unknown_host": ({}, "-l none [nosuch.test]:@PORT@"),
    "unknown_domain": ({}, "-l none nosuch.test:@PORT@"),
    "null_mx": ({}, "-l none nullmx-finger.test:@PORT@"),
    "refused": ({}, "-l none [127.0.0.1]:1"),
    "greeting_refused": ({"behave": {"CONNECT": "554 no"}}, "-l none [127.0.0.1]:@PORT@"),
    "greeting_lost": ({"behave": {"CONNECT": "DROP"}}, "-l none [127.0.0.1]:@PORT@"),
    "greeting_late": ({"behave": {"CONNECT": "HANG:5"}}, "-l none -t 1 [127.0.0.1]:@PORT@"),
    "reply_late": ({"behave": {"EHLO": "HANG:5"}}, "-l none -T 1 [127.0.0.1]:@PORT@"),
    "ehlo_lost": ({"behave": {"EHLO": "DROP"}}, "-l none [127.0.0.1]:@PORT@"),
    "starttls_refused": ({"tls": "server", "behave": {"STARTTLS": "454 not now"}}, "-l encrypt [127.0.0.1]:@PORT@"),
    "starttls_refused_may": ({"tls": "server", "behave": {"STARTTLS": "454 not now"}}, "-l may [127.0.0.1]:@PORT@"),
    "quit_lost": ({"behave": {"QUIT": "DROP"}}, "-l none [127.0.0.1]:@PORT@"),
    "dane_without_dnssec": ({"tls": "server"}, "-c -l dane finger.test:@PORT@"),
    "dane_only_without_dnssec": ({"tls": "server"}, "-c -l dane-only finger.test:@PORT@"),
    "insecure_mx_policy": ({"tls": "server"}, "-c -l dane -M encrypt finger-domain.test:@PORT@"),
    "level_in_capitals": ({}, "-l NONE [127.0.0.1]:@PORT@"),
    "certificate_authority_directory": ({"tls": "server"}, "-c -l verify -P @TLS@/nodir [127.0.0.1]:@PORT@ "
                                        "mx.example.test"),
}

EXPECTED = {
    'authorities_missing': """
0
cannot load Certification Authority data, CAfile="TLS/nosuch.pem": disabling TLS support
warning: TLS library problem: error:N:system library::No such file or directory:../crypto/bio/FILE:LINE:calling fopen(TLS/nosuch.pem, r):
warning: TLS library problem: error:N:BIO routines::no such file:../crypto/bio/FILE:LINE:
warning: TLS library problem: error:N:x509 certificate routines::system lib:../crypto/x509/FILE:LINE:
""",
    'both_kinds_of_certificate': """
1
fatal: When the '-H' option is used, neither the '-k', nor the '-K' options may be used
""",
    'certificate_authority_directory': """
0
certificate verification failed for 127.0.0.1[127.0.0.1]:PORT: untrusted issuer /CN=ca
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'chain': """
0
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256

---
Certificate chain
 0 subject: /CN=mx.example.test
    issuer: /CN=ca
   cert digest=FP
   pkey digest=FP
PEM
""",
    'client_certificate': """
0
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
""",
    'client_certificate_missing': """
0
warning: error opening chain file: TLS/nosuch.crt: No such file or directory
""",
    'client_chain': """
0
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 client-signature ECDSA (prime256v1) client-digest SHA256
""",
    'dane_only_without_dnssec': """
0
no TLSA records found, resorting to "secure"
certificate verification failed for finger.test[127.0.0.1]:PORT: untrusted issuer /CN=ca
finger.test[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to finger.test[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'dane_without_dnssec': """
0
certificate verification failed for finger.test[127.0.0.1]:PORT: untrusted issuer /CN=ca
finger.test[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to finger.test[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'default_level': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250-SMTPUTF8
< 250 STARTTLS
> STARTTLS
< 220 2.0.0 go ahead
certificate verification failed for 127.0.0.1[127.0.0.1]:PORT: untrusted issuer /CN=ca
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'dns_and_native': """
0
Connected to finger.test[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'domain': """
0
Connected to finger.test[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'domain_without_mx': """
0
Connected to finger.test[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'ehlo_lost': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
lost connection while sending EHLO
""",
    'encrypt': """
0
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'family_any': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'family_ipv4': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'family_ipv6_for_ipv4': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'fingerprint_good': """
0
127.0.0.1[127.0.0.1]:PORT: Matched fingerprint: FP
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Verified TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'fingerprint_of_the_key': """
0
127.0.0.1[127.0.0.1]:PORT: Matched fingerprint: FP
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Verified TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'fingerprint_sha1': """
0
127.0.0.1[127.0.0.1]:PORT: Matched fingerprint: FP
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Verified TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'fingerprint_wrong': """
0
server certificate verification failed for 127.0.0.1[127.0.0.1]:PORT: num=65:no matching DANE TLSA records
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'from_other_authorities': """
0
certificate verification failed for 127.0.0.1[127.0.0.1]:PORT: untrusted issuer /CN=otherca
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.good.test, issuer_CN=otherca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'grade_bad': """
0
warning: 127.0.0.1[127.0.0.1]:PORT: invalid cipher grade: "nosuch"
""",
    'grade_high': """
0
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'greeting_late': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
timeout while reading server greeting
""",
    'greeting_lost': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
lost connection while reading server greeting
""",
    'greeting_refused': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 554 no
SMTP service not available: 554 no
""",
    'host_by_name': """
0
Connected to finger.test[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'insecure_mx_policy': """
0
certificate verification failed for finger.test[127.0.0.1]:PORT: untrusted issuer /CN=ca
finger.test[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to finger.test[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'level_in_capitals': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'lmtp': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> LHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'lmtp_without_inet': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> LHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'log_bad': """
0
warning: unknown -L option value "nosuch" in "nosuch"
""",
    'log_certmatch': """
0
127.0.0.1[127.0.0.1]:PORT: matched peername: mx.example.test
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
""",
    'log_level_0': """
0
""",
    'log_level_1': """
0
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'log_nothing': """
0
""",
    'log_summary': """
0
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'log_untrusted': """
0
certificate verification failed for 127.0.0.1[127.0.0.1]:PORT: untrusted issuer /CN=ca
""",
    'may': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250-SMTPUTF8
< 250 STARTTLS
> STARTTLS
< 220 2.0.0 go ahead
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'may_with_authorities': """
0
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Trusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'may_without_dialogue': """
0
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'native_lookup': """
0
Connected to finger.test[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'no_dialogue': """
0
""",
    'no_ehlo': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 502 5.5.1 not implemented
EHLO rejected: 502 5.5.1 not implemented
""",
    'none_with_tls_there': """
0
""",
    'null_mx': """
0
Destination address lookup failed: Domain nullmx-finger.test does not accept mail (nullMX)
""",
    'override': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'override_hostname': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO me.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'plain_encrypt': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'plain_may': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'plain_none': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'plain_verify': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'protocols_1_2': """
0
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
""",
    'protocols_above': """
0
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'protocols_bad': """
0
warning: 127.0.0.1[127.0.0.1]:PORT: Invalid TLS protocol list "nosuch": aborting TLS session
""",
    'protocols_none_left': """
0
SSL_connect error to 127.0.0.1[127.0.0.1]:PORT: -1
warning: TLS library problem: error:N:SSL routines::tlsv1 alert protocol version:../ssl/record/FILE:LINE:SSL alert number 70:
""",
    'protocols_not_1_3': """
0
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 (256/256 bits)
""",
    'quit_lost': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
warning: lost connection while sending QUIT command
""",
    'refused': """
0
Failed to establish session to [127.0.0.1]:1 via 127.0.0.1: connect to 127.0.0.1[127.0.0.1]:1: Connection refused
""",
    'reply_late': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
timeout while sending EHLO
""",
    'secure_default_names': """
0
server certificate verification failed for 127.0.0.1[127.0.0.1]:PORT: num=62:hostname mismatch
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'secure_good': """
0
127.0.0.1[127.0.0.1]:PORT: matched peername: mx.example.test
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Verified TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'server_name': """
0
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'starttls_refused': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250-SMTPUTF8
< 250 STARTTLS
> STARTTLS
< 454 not now
STARTTLS rejected: 454 not now
""",
    'starttls_refused_may': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250-SMTPUTF8
< 250 STARTTLS
> STARTTLS
< 454 not now
STARTTLS rejected: 454 not now
""",
    'trust_anchor': """
0
127.0.0.1[127.0.0.1]:PORT: matched peername: mx.example.test
127.0.0.1[127.0.0.1]:PORT: Matched trust anchor at depth 1
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Verified TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'trust_anchor_missing': """
1
warning: error opening trust anchor file: TLS/nosuch.pem: No such file or directory
fatal: Failed to load trust anchor file: TLS/nosuch.pem
""",
    'unknown_digest': """
0
warning: Digest algorithm "nosuch" not found
warning: disabling TLS support
""",
    'unknown_domain': """
0
Destination address lookup failed: Host or domain name not found. Name service error for name=nosuch.test type=AAAA: Host not found
""",
    'unknown_host': """
0
Destination address lookup failed: Host or domain name not found. Name service error for name=nosuch.test type=AAAA: Host not found
""",
    'verify_any_of_two': """
0
127.0.0.1[127.0.0.1]:PORT: matched peername: mx.example.test
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Verified TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'verify_dot': """
0
127.0.0.1[127.0.0.1]:PORT: matched peername: mx.example.test
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Verified TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'verify_good': """
0
127.0.0.1[127.0.0.1]:PORT: matched peername: mx.example.test
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Verified TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'verify_without_authorities': """
0
certificate verification failed for 127.0.0.1[127.0.0.1]:PORT: untrusted issuer /CN=ca
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'verify_wrong_authorities': """
0
certificate verification failed for 127.0.0.1[127.0.0.1]:PORT: untrusted issuer /CN=ca
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'verify_wrong_name': """
0
server certificate verification failed for 127.0.0.1[127.0.0.1]:PORT: num=62:hostname mismatch
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
    'wrapper': """
0
Connected to 127.0.0.1[127.0.0.1]:PORT
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Untrusted TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
< 220 sink.example.net ESMTP
> EHLO mx.example.test
< 250-sink.example.net
< 250-PIPELINING
< 250-SIZE 20000000
< 250-8BITMIME
< 250-DSN
< 250-ENHANCEDSTATUSCODES
< 250 SMTPUTF8
> QUIT
< 221 2.0.0 bye
""",
    'wrapper_without_dialogue': """
0
127.0.0.1[127.0.0.1]:PORT: matched peername: mx.example.test
127.0.0.1[127.0.0.1]:PORT: subject_CN=mx.example.test, issuer_CN=ca, fingerprint=FP, pkey_fingerprint=FP
Verified TLS connection established to 127.0.0.1[127.0.0.1]:PORT: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256
""",
}


class Finger(Group):
    area = "tools"
    cost = 30
    daemon = False
    main = """
smtp_tls_CAfile =
smtp_tls_CApath =
tls_append_default_CA = no
"""
    dns = """
finger.test. A 127.0.0.1
finger-domain.test. MX 10 finger.test.
nullmx-finger.test. MX 0 .
"""

    def next_hop(self, number, how):
        context = None
        if "tls" in how:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain("%s/%s.crt" % (self.worker.tls, how["tls"]), "%s/%s.key" % (self.worker.tls, how["tls"]))
            if how.get("ask"):
                context.verify_mode = ssl.CERT_OPTIONAL
                context.load_verify_locations(self.worker.tls + "/ca.pem")
            if "maximum" in how:
                context.maximum_version = ssl.TLSVersion[how["maximum"]]
        return FakeSMTP(("127.0.0.1", 2600 + number), behave=dict(how.get("behave", {})), tls=context,
                        lmtp=how.get("lmtp", False), wrapper=how.get("wrapper", False),
                        refuse_ehlo=how.get("refuse_ehlo", False))

    def shown(self, text, number):
        text = re.sub(r"^posttls-finger: ", "", text, flags=re.M)
        text = re.sub(r"^.*(?:DNSSEC validation may|dnssec_probe).*\n", "", text, flags=re.M)
        text = re.sub(r"^(warning: .*\n)\1+", r"\1", text, flags=re.M)
        text = re.sub(r"fingerprint: [0-9A-F:]{40,}", "fingerprint: FP", text)
        text = re.sub(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", "PEM", text, flags=re.S)
        text = re.sub(r"(?:[0-9A-Fa-f]{2}:){15,}[0-9A-Fa-f]{2}", "FP", text)
        text = re.sub(r"[\w.-]+\.c(?:rt)?:\d+:", "FILE:LINE:", re.sub(r"error:[0-9A-F]{8,}:", "error:N:", text))
        return text.replace(":%d" % (2600 + number), ":PORT").replace(self.worker.tls, "TLS").replace(
            "Postrider", "Postfix")

    def look(self, name):
        how, command = ROWS[name]
        number = list(ROWS).index(name)
        certificate = "%s/%s.crt" % (self.worker.tls, how.get("tls", "server"))
        for word, value in (("@PORT@", str(2600 + number)), ("@TLS@", self.worker.tls),
                            ("@FP@", fingerprint(certificate)), ("@PK@", fingerprint(certificate, pubkey=True)),
                            ("@FP1@", fingerprint(certificate, "sha1"))):
            command = command.replace(word, value)
        hop = self.next_hop(number, how)
        try:
            r = self.inst.run("posttls-finger", *command.split())
        finally:
            hop.close()
        self.eq("\n%d\n%s" % (r.rc, self.shown(r.out + r.err, number)), "\n" + EXPECTED.get(name, "").lstrip("\n"),
                "output")


for _name in ROWS:
    setattr(Finger, "test_" + _name, lambda self, name=_name: self.look(name))
