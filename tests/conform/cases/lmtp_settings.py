"""The lmtp_ settings, each as the one of smtp that it stands beside: what the client says, and what it logs."""
from harness import FORWARDING, USUAL, ClientRows, row

EIGHT_BIT = "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nbody \u00e9\n"

# name: (options of the service, what the next hop and the message are like).
ROWS = {
    "plain": ([], {}),
    "assume_final": (["lmtp_assume_final=yes"], {"rcpt": "NOTIFY=SUCCESS", "sender": "bob@sender.test",
                                                "caps": ("PIPELINING", "8BITMIME")}),
    "lhlo_name": (["lmtp_lhlo_name=me.test"], {}),
    "helo_name_of_smtp": (["smtp_helo_name=me.test"], {}),
    "discard_keywords": (["lmtp_discard_lhlo_keywords=pipelining,size"], {}),
    "discard_keywords_silently": (["lmtp_discard_lhlo_keywords=pipelining,silent-discard"], {}),
    "discard_keywords_by_address": (["lmtp_discard_lhlo_keyword_address_maps=inline:{127.0.0.1=dsn}"], {}),
    "body_checks": (["lmtp_body_checks=inline:{hello=WARN}"], {}),
    "body_checks_pattern": (["lmtp_body_checks=regexp:{{/^hello/ IGNORE}}"], {}),
    "header_checks": (["lmtp_header_checks=regexp:{{/^Subject:/ REPLACE Subject: other}}"], {}),
    "mime_header_checks": (["lmtp_mime_header_checks=regexp:{{/^Content-Type:/ WARN seen}}"], {"data": EIGHT_BIT}),
    "nested_header_checks": (["lmtp_nested_header_checks=regexp:{{/^Subject:/ WARN seen}}"],
                             {"data": "Subject: a\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
                                      "Subject: b\n\nx\n"}),
    "generic_maps": (["lmtp_generic_maps=inline:{bob@sender.test=other@generic.test}"], {"sender": "bob@sender.test"}),
    "generic_maps_of_smtp": (["smtp_generic_maps=inline:{bob@sender.test=other@generic.test}"],
                             {"sender": "bob@sender.test"}),
    "reply_filter": (["lmtp_reply_filter=regexp:{{/^550/ 450 later}}"], {"behave": {"RCPT": "550 5.1.1 nobody"}}),
    "delivery_status_filter": (["lmtp_delivery_status_filter=regexp:{{/^5/ 4.0.0 filtered}}"],
                               {"behave": {"RCPT": "550 5.1.1 nobody"}}),
    "quote": (["lmtp_quote_rfc821_envelope=no"], {"rcpts": ['"a b"@']}),
    "quote_default": ([], {"rcpts": ['"a b"@']}),
    "skip_5xx_greeting": (["lmtp_skip_5xx_greeting=yes"], {"behave": {"CONNECT": "550 no"}}),
    "no_skip_5xx_greeting": (["lmtp_skip_5xx_greeting=no"], {"behave": {"CONNECT": "550 no"}}),
    "skip_quit_response": (["lmtp_skip_quit_response=no"], {}),
    "line_length_limit": (["lmtp_line_length_limit=40"], {"body": "x" * 100 + "\n"}),
    "send_xforward": (["lmtp_send_xforward_command=yes"], {"caps": FORWARDING}),
    "send_dummy_mail_auth": (["lmtp_send_dummy_mail_auth=yes"], {"caps": USUAL + ("AUTH PLAIN",)}),
    "balance": (["lmtp_balance_inet_protocols=no"], {}),
    "bind_address": (["lmtp_bind_address=192.0.2.77"], {}),
    "bind_address_of_smtp": (["smtp_bind_address=192.0.2.77"], {}),
    "bind_address_bad": (["lmtp_bind_address=nonsense"], {}),
    "bind_address_not_ours": (["lmtp_bind_address=10.9.8.7"], {}),
    "bind_address_enforced": (["lmtp_bind_address=10.9.8.7", "lmtp_bind_address_enforce=yes"], {}),
    "address_preference": (["lmtp_address_preference=ipv6"], {}),
    "mx_limits": (["lmtp_mx_address_limit=1", "lmtp_mx_session_limit=1"], {}),
    "address_verify_rcpt": (["lmtp_address_verify_target=rcpt"], {"bv": True}),
    "address_verify_data": (["lmtp_address_verify_target=data"], {"bv": True}),
    "tls_required": (["lmtp_tls_security_level=encrypt"], {}),
    "tls_may": (["lmtp_tls_security_level=may"], {"tls": "server"}),
    "tls_encrypt": (["lmtp_tls_security_level=encrypt", "lmtp_tls_loglevel=1"], {"tls": "server"}),
    "tls_use": (["lmtp_use_tls=yes"], {"tls": "server"}),
    "tls_enforce": (["lmtp_enforce_tls=yes"], {}),
    "tls_of_smtp": (["smtp_tls_security_level=encrypt"], {"tls": "server"}),
    "tls_verify": (["lmtp_tls_security_level=verify", "lmtp_tls_CAfile=@TLS@/ca.pem", "lmtp_tls_loglevel=1",
                    "lmtp_tls_verify_cert_match=mx.example.test"], {"tls": "server"}),
    "tls_verify_wrong": (["lmtp_tls_security_level=verify", "lmtp_tls_CAfile=@TLS@/ca.pem",
                          "lmtp_tls_verify_cert_match=nexthop"], {"tls": "server"}),
    "tls_policy_maps": (["lmtp_tls_policy_maps=static:encrypt"], {"tls": "server"}),
    "tls_policy_none": (["lmtp_tls_security_level=encrypt", "lmtp_tls_policy_maps=static:none"], {"tls": "server"}),
    "tls_note_offer": (["lmtp_tls_note_starttls_offer=yes"], {"tls": "server"}),
    "tls_protocols": (["lmtp_tls_security_level=may", "lmtp_tls_protocols=TLSv1.2", "lmtp_tls_loglevel=1"],
                      {"tls": "server"}),
    "tls_mandatory_protocols": (["lmtp_tls_security_level=encrypt", "lmtp_tls_mandatory_protocols=TLSv1.2",
                                 "lmtp_tls_loglevel=1"], {"tls": "server"}),
    "tls_client_certificate": (["lmtp_tls_security_level=encrypt", "lmtp_tls_cert_file=@TLS@/client.crt",
                                "lmtp_tls_key_file=@TLS@/client.key"], {"tls": "server", "askcert": True}),
    "tls_client_chain": (["lmtp_tls_security_level=encrypt", "lmtp_tls_chain_files=@TLS@/client.pem"],
                         {"tls": "server", "askcert": True}),
    "pix": (["lmtp_pix_workarounds=delay_dotcrlf", "lmtp_pix_workaround_threshold_time=0",
             "lmtp_pix_workaround_delay_time=1s"], {"behave": {"CONNECT": "220 ********************************"}}),
    "quit_timeout": (["lmtp_quit_timeout=1s", "lmtp_skip_quit_response=no"], {"behave": {"QUIT": "HANG:3"}}),
    "rset_timeout": (["lmtp_rset_timeout=1s"], {"behave": {"RCPT": "550 no", "RSET": "HANG:3"}}),
    "connect_timeout": (["lmtp_connect_timeout=5s"], {}),
    "data_xfer_timeout": (["lmtp_data_xfer_timeout=5s"], {}),
    "per_request_deadline": (["lmtp_per_request_deadline=yes", "lmtp_min_data_rate=10"], {}),
    "randomize": (["lmtp_randomize_addresses=no"], {}),
    "host_lookup_native": (["lmtp_host_lookup=native"], {}),
    "dns_support_disabled": (["lmtp_dns_support_level=disabled"], {}),
    "sender_dependent_authentication": (["lmtp_sender_dependent_authentication=yes"], {"sender": "bob@sender.test"}),
    "two_recipients_one_refused": ([], {"rcpts": ["u", "v"], "behave": {"RCPT": [None, "550 5.1.1 nobody", None]}}),
    "two_recipients_one_lost_at_the_end": ([], {"rcpts": ["u", "v"]}),
}

EXPECTED = {
    'address_preference': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'address_verify_data': """
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<root@example.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=deliverable (354 go ahead)
bounce: QID: sender delivery status notification: NQID
""",
    'address_verify_rcpt': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<root@example.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RSET
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.1.5, status=deliverable (250 2.1.5 ok)
bounce: QID: sender delivery status notification: NQID
""",
    'assume_final': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<bob@sender.test>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
bounce: QID: sender delivery status notification: NQID
""",
    'balance': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'bind_address': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'bind_address_bad': "",
    'bind_address_enforced': """
lmtp: QID: to=<u@sN.test>, relay=none, dsn=4.4.0, status=deferred (server configuration error)
""",
    'bind_address_not_ours': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'bind_address_of_smtp': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'body_checks': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: warning: body hello
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'body_checks_pattern': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'connect_timeout': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'data_xfer_timeout': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'delivery_status_filter': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.0.0, status=deferred (filtered)
""",
    'discard_keywords': """
-- session quit
> LHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'discard_keywords_by_address': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'discard_keywords_silently': """
-- session quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'dns_support_disabled': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'generic_maps': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<other@generic.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'generic_maps_of_smtp': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<bob@sender.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'header_checks': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: replace: header Subject: test: Subject: other
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'helo_name_of_smtp': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'host_lookup_native': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'lhlo_name': """
-- session pipelined quit
> LHLO me.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'line_length_limit': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: breaking line > 40 bytes with <CR><LF>SPACE
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'mime_header_checks': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: warning: header Content-Type: text/plain; charset=utf-8: seen
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'mx_limits': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'nested_header_checks': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: warning: header Subject: b: seen
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'no_skip_5xx_greeting': """
-- session quit
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.0.0, status=bounced (host 127.0.0.1[127.0.0.1] refused to talk to me: 550 no)
""",
    'per_request_deadline': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'pix': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: enabling PIX workarounds: delay_dotcrlf for HOST
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'plain': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'quit_timeout': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'quote': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<a b@sN.test> ORCPT=rfc822;"a+20b"@sN.test
> DATA
> QUIT
lmtp: QID: to=<"a b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'quote_default': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<"a b"@sN.test> ORCPT=rfc822;"a+20b"@sN.test
> DATA
> QUIT
lmtp: QID: to=<"a b"@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'randomize': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'reply_filter': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
lmtp: HOST: replacing server reply "550 5.1.1 nobody" with "450 later"
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.0.0, status=deferred (host 127.0.0.1[127.0.0.1] said: 450 later (in reply to RCPT TO command))
""",
    'rset_timeout': """
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.0.0, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 no (in reply to RCPT TO command))
""",
    'send_dummy_mail_auth': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'send_xforward': """
-- session pipelined quit
> LHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
> XFORWARD PROTO=ESMTP HELO=client.example.org IDENT=QID SOURCE=LOCAL
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'sender_dependent_authentication': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<bob@sender.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'skip_5xx_greeting': """
-- session quit
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.0.0, status=deferred (host 127.0.0.1[127.0.0.1] refused to talk to me: 550 no)
""",
    'skip_quit_response': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'tls_client_certificate': """
-- session pipelined quit tls=TLSv1.3 cert
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'tls_client_chain': """
-- session pipelined quit tls=TLSv1.3 cert
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'tls_encrypt': """
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
""",
    'tls_enforce': """
-- session quit
> LHLO mx.example.test
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.4, status=deferred (TLS is required, but was not offered by host 127.0.0.1[127.0.0.1])
""",
    'tls_mandatory_protocols': """
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
""",
    'tls_may': """
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'tls_note_offer': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'tls_of_smtp': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'tls_policy_maps': """
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'tls_policy_none': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'tls_protocols': """
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
""",
    'tls_required': """
-- session quit
> LHLO mx.example.test
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.4, status=deferred (TLS is required, but was not offered by host 127.0.0.1[127.0.0.1])
""",
    'tls_use': """
-- session pipelined quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'tls_verify': """
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
""",
    'tls_verify_wrong': """
-- session quit tls=TLSv1.3
> LHLO mx.example.test
> STARTTLS
> QUIT
lmtp: server certificate verification failed for HOST: num=64:IP address mismatch
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.5, status=deferred (Server certificate not verified)
""",
    'two_recipients_one_lost_at_the_end': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RCPT TO:<v@sN.test> ORCPT=rfc822;v@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
lmtp: QID: to=<v@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    'two_recipients_one_refused': """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RCPT TO:<v@sN.test> ORCPT=rfc822;v@sN.test
> DATA
> QUIT
lmtp: QID: to=<v@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 nobody (in reply to RCPT TO command))
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
}


class LmtpSettings(ClientRows):
    area = "lmtp"
    rows = {name: row(EXPECTED.get(name, "?").strip("\n"), options, "lmtp", **how)
            for name, (options, how) in ROWS.items()}
