"""Settings of the SMTP client, most of them seldom set, and the same ones of lmtp: what it says, and what it logs."""
from harness import FORWARDING, NO_PIPELINING, USUAL, ClientRows, Group, row

EIGHT = "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nbody \u00e9\n"
HANG = "HANG:8"
def settings(agent):
    """{name: (options of the service, what the next hop and the message are like)}"""
    p = agent + "_"
    hello = "helo" if agent == "smtp" else "lhlo"
    rows = {
    "rset_timeout_probe": ([p+"rset_timeout=1s"], {"behave": {"RSET": HANG}, "bv": True}),
    "rset_timeout_all_refused": ([p+"rset_timeout=1s"], {"behave": {"RSET": HANG, "RCPT": "550 5.1.1 no"}}),
    "xforward_timeout": ([p+"xforward_timeout=1s", p+"send_xforward_command=yes"], {"caps": FORWARDING, "behave": {"XFORWARD": HANG}}),
    "xforward_refused": ([p+"send_xforward_command=yes"], {"caps": FORWARDING, "behave": {"XFORWARD": "501 5.5.4 no"}}),
    "xforward_421": ([p+"send_xforward_command=yes"], {"caps": FORWARDING, "behave": {"XFORWARD": "421 4.3.2 going"}}),
    "quit_timeout": ([p+"quit_timeout=1s", p+"skip_quit_response=no"], {"behave": {"QUIT": HANG}}),
    "greeting_timeout": ([p+hello+"_timeout=1s"], {"behave": {"CONNECT": HANG}}),
    "hello_timeout": ([p+hello+"_timeout=1s"], {"behave": {hello.upper() if agent=="lmtp" else "EHLO": HANG}}),
    "mail_timeout": ([p+"mail_timeout=1s"], {"behave": {"MAIL": HANG}}),
    "rcpt_timeout": ([p+"rcpt_timeout=1s"], {"behave": {"RCPT": HANG}}),
    "rcpt_timeout_second": ([p+"rcpt_timeout=1s"], {"rcpts": ["u", "v"], "behave": {"RCPT": ["250 2.1.5 ok", HANG]}}),
    "rcpt_timeout_no_pipelining": ([p+"rcpt_timeout=1s"], {"caps": NO_PIPELINING, "rcpts": ["u", "v"], "behave": {"RCPT": ["250 2.1.5 ok", HANG]}}),
    "data_init_timeout": ([p+"data_init_timeout=1s"], {"behave": {"DATA": HANG}}),
    "data_done_timeout": ([p+"data_done_timeout=1s"], {"behave": {"DOT": HANG}}),
    "starttls_timeout": ([p+"starttls_timeout=1s", p+"tls_security_level=may"], {"tls": "server", "behave": {"STARTTLS": HANG}}),
    "starttls_timeout_encrypt": ([p+"starttls_timeout=1s", p+"tls_security_level=encrypt"], {"tls": "server", "behave": {"STARTTLS": HANG}}),
    "per_request_deadline": ([p+"per_request_deadline=yes", p+"min_data_rate=100"], {"body": "x\n" * 2000}),
    "per_record_deadline": ([p+"per_record_deadline=yes"], {}),
    "per_request_deadline_rcpt": ([p+"per_request_deadline=yes", p+"rcpt_timeout=1s"], {"behave": {"RCPT": HANG}}),
    "balance_yes": ([p+"balance_inet_protocols=yes"], {}),
    "preference_ipv4": ([p+"address_preference=ipv4"], {}),
    "preference_any": ([p+"address_preference=any"], {}),
    "preference_bad": ([p+"address_preference=ipv5"], {}),
    "wrapper": ([p+"tls_wrappermode=yes", p+"tls_security_level=encrypt"], {}),
    "wrapper_may": ([p+"tls_wrappermode=yes", p+"tls_security_level=may"], {}),
    "wrapper_none": ([p+"tls_wrappermode=yes", p+"tls_security_level=none"], {}),
    "host_lookup_bad": ([p+"host_lookup=nonsense"], {}),
    "host_lookup_two": ([p+"host_lookup=native,dns"], {}),
    "dns_support_bad": ([p+"dns_support_level=nonsense"], {}),
    "dns_support_enabled": ([p+"dns_support_level=enabled"], {}),
    "dns_support_dnssec": ([p+"dns_support_level=dnssec"], {}),
    "dns_resolver_options": ([p+"dns_resolver_options=res_defnames"], {}),
    "dns_resolver_options_bad": ([p+"dns_resolver_options=nonsense"], {}),
    "bind_address6": ([p+"bind_address6=2001:db8::5"], {}),
    "bind_address6_v4": ([p+"bind_address6=192.0.2.5"], {}),
    "bind_address_v6": ([p+"bind_address=2001:db8::5"], {}),
    "bind_address_enforce6": ([p+"bind_address6=2001:dba::5", p+"bind_address_enforce=yes"], {}),
    "inet_interfaces_one": (["inet_interfaces=127.0.0.1"], {}),
    "inet_interfaces_other": (["inet_interfaces=192.0.2.9"], {}),
    "reply_filter_multi": ([p+"reply_filter=regexp:{{/^250-SIZE/ {250-8BITMIME}}}"], {}),
    "reply_filter_dot": ([p+"reply_filter=regexp:{{/^250 2.0.0 (stored|queued|accepted)(.*)/ {451 4.9.9 not $$1}}}"], {}),
    "reply_filter_odd": ([p+"reply_filter=regexp:{{/^250/ {nonsense}}}"], {}),
    "reply_filter_missing": ([p+"reply_filter=hash:/nowhere/x"], {}),
    "status_filter_odd": ([p+"delivery_status_filter=static:nonsense"], {"behave": {"RCPT": "550 5.1.1 nobody"}}),
    "status_filter_success": ([p+"delivery_status_filter=regexp:{{/^2/ {4.9.9 no}}}"], {}),
    "status_filter_success2": ([p+"delivery_status_filter=regexp:{{/^2/ {2.9.9 fine}}}"], {}),
    "status_filter_fail": ([p+"delivery_status_filter=fail:x"], {"behave": {"RCPT": "550 5.1.1 nobody"}}),
    "discard_maps_lower": ([p+"discard_"+("ehlo" if agent=="smtp" else "lhlo")+"_keyword_address_maps=cidr:{{127.0.0.0/8 PIPELINING, dsn}}"], {}),
    "discard_maps_fail": ([p+"discard_"+("ehlo" if agent=="smtp" else "lhlo")+"_keyword_address_maps=fail:x"], {}),
    "discard_odd": ([p+"discard_"+("ehlo" if agent=="smtp" else "lhlo")+"_keywords=nonsense,size"], {}),
    "generic_regexp": ([p+"generic_maps=regexp:{{/^(.*)@sender.test$$/ $$1@generic.test}}"], {"sender": "bob@sender.test", "data": "From: Bob <bob@sender.test>\nTo: u@sender.test, x@y.test\nReply-To: r@sender.test\n\nx\n"}),
    "generic_fail": ([p+"generic_maps=fail:x"], {"sender": "bob@sender.test"}),
    "generic_domain": ([p+"generic_maps=inline:{@sender.test=@generic.test}"], {"sender": "bob@sender.test"}),
    "generic_extension": ([p+"generic_maps=inline:{bob@sender.test=ann@generic.test}", "recipient_delimiter=+", "propagate_unmatched_extensions=generic"], {"sender": "bob+x@sender.test"}),
    "generic_bare": ([p+"generic_maps=inline:{bob@sender.test=ann}"], {"sender": "bob@sender.test"}),
    "header_checks_fail": ([p+"header_checks=fail:x"], {}),
    "header_checks_many": ([p+"header_checks=regexp:{{/^Subject: (.*)/ PREPEND X-Was: $$1}, {/^From:/ INFO seen}, {/^To:/ STRIP away}}"], {"data": "From: a@b.test\nTo: c@d.test\nSubject: s\n\nx\n"}),
    "header_checks_reject": ([p+"header_checks=regexp:{{/^Subject:/ REJECT no}}"], {"data": "Subject: s\n\nx\n"}),
    "header_checks_odd": ([p+"header_checks=regexp:{{/^Subject:/ NONSENSE no}}"], {"data": "Subject: s\n\nx\n"}),
    "body_checks_prepend": ([p+"body_checks=regexp:{{/^hello/ PREPEND before}}"], {}),
    "body_checks_fail": ([p+"body_checks=fail:x"], {}),
    "mime_off": (["disable_mime_output_conversion=yes"], {"data": EIGHT, "mail": "BODY=8BITMIME", "caps": ("PIPELINING", "DSN")}),
    "mime_on": ([], {"data": EIGHT, "mail": "BODY=8BITMIME", "caps": ("PIPELINING", "DSN")}),
    "line_length_long": ([p+"line_length_limit=998"], {"body": "y" * 2100 + "\n"}),
    "line_length_zero": ([p+"line_length_limit=0"], {"body": "y" * 2100 + "\n"}),
    "dummy_auth": ([p+"send_dummy_mail_auth=yes"], {"caps": USUAL + ("AUTH PLAIN",), "sender": "bob@sender.test"}),
    "dummy_auth_no_offer": ([p+"send_dummy_mail_auth=yes"], {"sender": "bob@sender.test"}),
    "tls_wrongport": ([p+"tcp_port=2599"], {}),
    "fallback": ([p+"fallback_relay=[127.0.0.1]:@PORT@"], {"dest": "[127.0.0.1]:9" if agent == "smtp" else "inet:[127.0.0.1]:9"}),
    "fallback_after_421": ([p+"fallback_relay=[127.0.0.1]:@PORT@"], {"behave": {"CONNECT": ["421 4.3.2 busy", "220 hi"]}}),
    "fallback_after_421_rcpt": ([p+"fallback_relay=[127.0.0.1]:@PORT@"], {"behave": {"RCPT": ["421 4.3.2 busy", "250 2.1.5 hi"]}}),
    "fallback_after_421_mail": ([p+"fallback_relay=[127.0.0.1]:@PORT@"], {"behave": {"MAIL": ["421 4.3.2 busy", "250 2.1.5 hi"]}}),
    "fallback_after_421_data": ([p+"fallback_relay=[127.0.0.1]:@PORT@"], {"behave": {"DATA": ["421 4.3.2 busy", "354 hi"]}}),
    "fallback_after_421_dot": ([p+"fallback_relay=[127.0.0.1]:@PORT@"], {"behave": {"DOT": ["421 4.3.2 busy", "250 2.0.0 hi"]}}),
    "fallback_after_drop_rcpt": ([p+"fallback_relay=[127.0.0.1]:@PORT@"], {"behave": {"RCPT": ["DROP", "250 2.1.5 hi"]}}),
    "fallback_after_drop_dot": ([p+"fallback_relay=[127.0.0.1]:@PORT@"], {"behave": {"DOT": ["DROP", "250 2.0.0 hi"]}}),
    "fallback_after_450_rcpt": ([p+"fallback_relay=[127.0.0.1]:@PORT@"], {"behave": {"RCPT": ["450 4.3.2 busy", "250 2.1.5 hi"]}}),
    "fallback_after_550_rcpt": ([p+"fallback_relay=[127.0.0.1]:@PORT@"], {"behave": {"RCPT": ["550 5.1.1 no", "250 2.1.5 hi"]}}),
    "two_rcpts_421": ([], {"rcpts": ["u", "v"], "behave": {"RCPT": ["250 2.1.5 ok", "421 4.3.2 bye"]}}),
    "two_rcpts_421_first": ([], {"rcpts": ["u", "v"], "behave": {"RCPT": ["421 4.3.2 bye", "250 2.1.5 ok"]}}),
    "sasl_soft_bounce": ([p+"sasl_auth_enable=yes", p+"sasl_password_maps=static:u:p", p+"sasl_security_options=", p+"sasl_auth_soft_bounce=no"], {"auth": {"mechs": "PLAIN", "users": {}}}),
    "sasl_hard": ([p+"sasl_auth_enable=yes", p+"sasl_password_maps=static:u:p", p+"sasl_security_options=", p+"sasl_auth_soft_bounce=yes"], {"auth": {"mechs": "PLAIN", "users": {}}}),
    "sasl_no_cache_time": ([p+"sasl_auth_enable=yes", p+"sasl_password_maps=static:u:p", p+"sasl_security_options=", p+"sasl_auth_cache_name=proxy:btree:@DIR@/c", p+"sasl_auth_cache_time=1d"], {"auth": {"mechs": "PLAIN", "users": {}}}),
    "sasl_cache_bad": ([p+"sasl_auth_enable=yes", p+"sasl_password_maps=static:u:p", p+"sasl_security_options=", p+"sasl_auth_cache_name=btree:@DIR@/c"], {"auth": {"mechs": "PLAIN", "users": {}}}),
    "sasl_type": ([p+"sasl_auth_enable=yes", p+"sasl_password_maps=static:u:p", p+"sasl_type=nonsense"], {"auth": {"mechs": "PLAIN", "users": {}}}),
    "sasl_path": ([p+"sasl_auth_enable=yes", p+"sasl_password_maps=static:u:p", p+"sasl_path=nowhere", p+"sasl_security_options="], {"auth": {"mechs": "PLAIN", "users": {}}}),
    "log_only": (["syslog_name=postfix/other"], {}),
    "mx_session_zero": ([p+"mx_session_limit=0", p+"mx_address_limit=0"], {}),
    "inet6_only": (["inet_protocols=ipv6"], {}),
    "cname": ([p+"cname_overrides_servername=yes"], {}),
    "conn_cache_all": ([p+"connection_cache_destinations=static:all"], {"count": 1}),
    "conn_cache_reuse_count": ([p+"connection_cache_destinations=static:all", p+"connection_reuse_count_limit=1"], {"count": 1}),
    "defer_if_no_mx": ([p+"defer_if_no_mx_address_found=yes"], {}),
    "verify_target_bad": (["%saddress_verify_target=nonsense" % p], {"bv": True}),
    "soft_bounce": (["soft_bounce=yes"], {"behave": {"RCPT": "550 5.1.1 no"}}),
    "nullsender_dsn": ([], {"mail": "RET=HDRS ENVID=abc", "rcpt": "NOTIFY=SUCCESS,DELAY ORCPT=rfc822;x@y.test", "sender": "bob@sender.test"}),
    "no_dsn_success": ([], {"caps": ("PIPELINING",), "rcpt": "NOTIFY=SUCCESS", "sender": "bob@sender.test"}),
    "discard_dsn": ([p+"discard_"+("ehlo" if agent=="smtp" else "lhlo")+"_keywords=dsn"], {"mail": "RET=HDRS ENVID=abc", "rcpt": "NOTIFY=DELAY", "sender": "bob@sender.test"}),
    }
    if agent == "smtp":
        rows.update({
        "never_ehlo": ([p+"never_send_ehlo=yes", p+"always_send_ehlo=yes"], {}),
        "not_always": ([p+"always_send_ehlo=no"], {"behave": {"CONNECT": "220 hop SMTP"}}),
        "not_always_esmtp": ([p+"always_send_ehlo=no"], {"behave": {"CONNECT": "220 hop ESMTP"}}),
        "helo_after_refused_ehlo": ([], {"refuse_ehlo": True}),
        "helo_refused": ([], {"refuse_ehlo": True, "behave": {"HELO": "550 5.7.1 no"}}),
        "helo_timeout_after_ehlo": ([p+"helo_timeout=1s"], {"refuse_ehlo": True, "behave": {"HELO": HANG}}),
        })
    return rows


# What Postfix says and logs.
EXPECTED = {
    ('lmtp', 'balance_yes'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'bind_address6'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'bind_address6_v4'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'bind_address_enforce6'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'bind_address_v6'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'body_checks_fail'): """
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
lmtp: warning: QID: smtp body checks lookup error
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.3.0, status=deferred (local data error while talking to 127.0.0.1[127.0.0.1])
""",
    ('lmtp', 'body_checks_prepend'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: prepend: body hello: before
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'cname'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'conn_cache_all'): """
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'data_done_timeout'): """
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending end of data -- message may be sent more than once)
""",
    ('lmtp', 'data_init_timeout'): """
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending DATA command)
""",
    ('lmtp', 'defer_if_no_mx'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'discard_dsn'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<bob@sender.test> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'discard_maps_fail'): """
-- session quit
> LHLO mx.example.test
> QUIT
lmtp: warning: QID: lmtp_discard_lhlo_keyword_address_maps map lookup error for 127.0.0.1
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.3.0, status=deferred (local data error while talking to 127.0.0.1[127.0.0.1])
""",
    ('lmtp', 'discard_maps_lower'): """
-- session quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'discard_odd'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'dns_resolver_options'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'dns_support_dnssec'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'dns_support_enabled'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'dummy_auth'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<bob@sender.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'dummy_auth_no_offer'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<bob@sender.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'fallback'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'fallback_after_421'): """
-- session quit
> QUIT
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: host 127.0.0.1[127.0.0.1] refused to talk to me: 421 4.3.2 busy
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'fallback_after_421_data'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 busy (in reply to DATA command)
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'fallback_after_421_dot'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 busy (in reply to end of DATA command)
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 hi)
""",
    ('lmtp', 'fallback_after_421_mail'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 busy (in reply to MAIL FROM command)
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'fallback_after_421_rcpt'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 busy (in reply to RCPT TO command)
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'fallback_after_450_rcpt'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: host 127.0.0.1[127.0.0.1] said: 450 4.3.2 busy (in reply to RCPT TO command)
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'fallback_after_550_rcpt'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no (in reply to RCPT TO command))
""",
    ('lmtp', 'fallback_after_drop_dot'): """
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: lost connection with 127.0.0.1[127.0.0.1] while sending end of data -- message may be sent more than once
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 hi)
""",
    ('lmtp', 'fallback_after_drop_rcpt'): """
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: lost connection with 127.0.0.1[127.0.0.1] while sending RCPT TO
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'generic_bare'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<ann@example.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'generic_domain'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<bob@generic.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'generic_extension'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<ann+x@generic.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'generic_regexp'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<bob@generic.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'greeting_timeout'): """
-- session
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while receiving the initial server greeting)
""",
    ('lmtp', 'header_checks_many'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: info: header From: a@b.test: seen
lmtp: QID: strip: header To: c@d.test: away
lmtp: QID: prepend: header Subject: s: X-Was: s
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'header_checks_odd'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'header_checks_reject'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'hello_timeout'): """
-- session
> LHLO mx.example.test
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while performing the LHLO handshake)
""",
    ('lmtp', 'host_lookup_two'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'inet_interfaces_one'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'line_length_long'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: breaking line > 998 bytes with <CR><LF>SPACE
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'line_length_zero'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'mail_timeout'): """
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending MAIL FROM)
""",
    ('lmtp', 'mime_off'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'mime_on'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'mx_session_zero'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'no_dsn_success'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<bob@sender.test>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
bounce: QID: sender delivery status notification: NQID
""",
    ('lmtp', 'nullsender_dsn'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<bob@sender.test> SIZE ENVID=abc RET=HDRS
> RCPT TO:<u@sN.test> ORCPT=rfc822;x@y.test NOTIFY=SUCCESS,DELAY
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'per_record_deadline'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'per_request_deadline'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'per_request_deadline_rcpt'): """
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
""",
    ('lmtp', 'preference_any'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'preference_ipv4'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'quit_timeout'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'rcpt_timeout'): """
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
""",
    ('lmtp', 'rcpt_timeout_no_pipelining'): """
-- session
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RCPT TO:<v@sN.test> ORCPT=rfc822;v@sN.test
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
lmtp: QID: to=<v@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
""",
    ('lmtp', 'rcpt_timeout_second'): """
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RCPT TO:<v@sN.test> ORCPT=rfc822;v@sN.test
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
lmtp: QID: to=<v@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
""",
    ('lmtp', 'reply_filter_dot'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: HOST: replacing server reply "250 2.0.0 stored" with "{451 4.9.9 not stored}"
lmtp: warning: QID: non-LMTP response from HOST: {451 4.9.9 not stored}
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent ({451 4.9.9 not stored} 221 2.0.0 bye)
""",
    ('lmtp', 'reply_filter_multi'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: HOST: replacing server reply "250-SIZE 20000000" with "{250-8BITMIME}"
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'reply_filter_odd'): """
-- session
> LHLO mx.example.test
lmtp: HOST: replacing server reply "250-sink.example.net" with "{nonsense}"
lmtp: HOST: replacing server reply "250-PIPELINING" with "{nonsense}"
lmtp: HOST: replacing server reply "250-SIZE 20000000" with "{nonsense}"
lmtp: HOST: replacing server reply "250-8BITMIME" with "{nonsense}"
lmtp: HOST: replacing server reply "250-DSN" with "{nonsense}"
lmtp: HOST: replacing server reply "250-ENHANCEDSTATUSCODES" with "{nonsense}"
lmtp: HOST: replacing server reply "250 SMTPUTF8" with "{nonsense}"
""",
    ('lmtp', 'rset_timeout_all_refused'): """
-- session pipelined
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no (in reply to RCPT TO command))
""",
    ('lmtp', 'sasl_hard'): """
-- session quit user=None mech=PLAIN
> LHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.8, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
""",
    ('lmtp', 'sasl_path'): """
-- session quit user=None mech=PLAIN
> LHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.8, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
""",
    ('lmtp', 'sasl_soft_bounce'): """
-- session quit user=None mech=PLAIN
> LHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.7.8, status=bounced (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
""",
    ('lmtp', 'soft_bounce'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.1.1, status=SOFTBOUNCE (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no (in reply to RCPT TO command))
""",
    ('lmtp', 'starttls_timeout'): """
-- session
> LHLO mx.example.test
> STARTTLS
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while receiving the STARTTLS response)
""",
    ('lmtp', 'starttls_timeout_encrypt'): """
-- session
> LHLO mx.example.test
> STARTTLS
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while receiving the STARTTLS response)
""",
    ('lmtp', 'status_filter_fail'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 nobody (in reply to RCPT TO command))
""",
    ('lmtp', 'status_filter_odd'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 nobody (in reply to RCPT TO command))
""",
    ('lmtp', 'status_filter_success'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'status_filter_success2'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'tls_wrongport'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'two_rcpts_421'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RCPT TO:<v@sN.test> ORCPT=rfc822;v@sN.test
> DATA
> QUIT
lmtp: QID: to=<v@sN.test>, relay=HOST, dsn=4.3.2, status=deferred (host 127.0.0.1[127.0.0.1] said: 421 4.3.2 bye (in reply to RCPT TO command))
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'two_rcpts_421_first'): """
-- session pipelined quit
> LHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RCPT TO:<v@sN.test> ORCPT=rfc822;v@sN.test
> DATA
> QUIT
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.3.2, status=deferred (host 127.0.0.1[127.0.0.1] said: 421 4.3.2 bye (in reply to RCPT TO command))
lmtp: QID: to=<v@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'xforward_421'): """
-- session pipelined quit
> LHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
> XFORWARD PROTO=ESMTP HELO=client.example.org IDENT=QID SOURCE=LOCAL
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: warning: host HOST said: 421 4.3.2 going (in reply to XFORWARD name/address command)
lmtp: warning: host HOST said: 421 4.3.2 going (in reply to XFORWARD helo/protocol command)
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'xforward_refused'): """
-- session pipelined quit
> LHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
> XFORWARD PROTO=ESMTP HELO=client.example.org IDENT=QID SOURCE=LOCAL
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
lmtp: warning: host HOST said: 501 5.5.4 no (in reply to XFORWARD name/address command)
lmtp: warning: host HOST said: 501 5.5.4 no (in reply to XFORWARD helo/protocol command)
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 stored)
""",
    ('lmtp', 'xforward_timeout'): """
-- session
> LHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
lmtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending XFORWARD name/address)
""",
    ('smtp', 'balance_yes'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'bind_address6'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'bind_address6_v4'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'bind_address_enforce6'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'bind_address_v6'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'body_checks_fail'): """
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
smtp: warning: QID: smtp body checks lookup error
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.3.0, status=deferred (local data error while talking to 127.0.0.1[127.0.0.1])
""",
    ('smtp', 'body_checks_prepend'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: prepend: body hello: before
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'cname'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'conn_cache_all'): """
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'data_done_timeout'): """
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending end of data -- message may be sent more than once)
""",
    ('smtp', 'data_init_timeout'): """
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending DATA command)
""",
    ('smtp', 'defer_if_no_mx'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'discard_dsn'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob@sender.test> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'discard_maps_fail'): """
-- session quit
> EHLO mx.example.test
> QUIT
smtp: warning: QID: smtp_discard_ehlo_keyword_address_maps map lookup error for 127.0.0.1
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.3.0, status=deferred (local data error while talking to 127.0.0.1[127.0.0.1])
""",
    ('smtp', 'discard_maps_lower'): """
-- session quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'discard_odd'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'dns_resolver_options'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'dns_support_dnssec'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'dns_support_enabled'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'dummy_auth'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob@sender.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'dummy_auth_no_offer'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob@sender.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'fallback'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'fallback_after_421'): """
-- session quit
> QUIT
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: host 127.0.0.1[127.0.0.1] refused to talk to me: 421 4.3.2 busy
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'fallback_after_421_data'): """
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
> QUIT
smtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 busy (in reply to DATA command)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'fallback_after_421_dot'): """
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
smtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 busy (in reply to end of DATA command)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 hi)
""",
    ('smtp', 'fallback_after_421_mail'): """
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
> QUIT
smtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 busy (in reply to MAIL FROM command)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'fallback_after_421_rcpt'): """
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
> QUIT
smtp: QID: host 127.0.0.1[127.0.0.1] said: 421 4.3.2 busy (in reply to RCPT TO command)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'fallback_after_450_rcpt'): """
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
> QUIT
smtp: QID: host 127.0.0.1[127.0.0.1] said: 450 4.3.2 busy (in reply to RCPT TO command)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'fallback_after_550_rcpt'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no (in reply to RCPT TO command))
""",
    ('smtp', 'fallback_after_drop_dot'): """
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: lost connection with 127.0.0.1[127.0.0.1] while sending end of data -- message may be sent more than once
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 hi)
""",
    ('smtp', 'fallback_after_drop_rcpt'): """
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: lost connection with 127.0.0.1[127.0.0.1] while sending RCPT TO
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'generic_bare'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<ann@example.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'generic_domain'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob@generic.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'generic_extension'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<ann+x@generic.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'generic_regexp'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob@generic.test> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'greeting_timeout'): """
-- session
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while receiving the initial server greeting)
""",
    ('smtp', 'header_checks_many'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: info: header From: a@b.test: seen
smtp: QID: strip: header To: c@d.test: away
smtp: QID: prepend: header Subject: s: X-Was: s
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'header_checks_odd'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'header_checks_reject'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'hello_timeout'): """
-- session
> EHLO mx.example.test
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while performing the EHLO handshake)
""",
    ('smtp', 'helo_after_refused_ehlo'): """
-- session quit
> EHLO mx.example.test
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'helo_refused'): """
-- session quit
> EHLO mx.example.test
> HELO mx.example.test
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.7.1, status=bounced (host 127.0.0.1[127.0.0.1] refused to talk to me: 550 5.7.1 no)
""",
    ('smtp', 'helo_timeout_after_ehlo'): """
-- session
> EHLO mx.example.test
> HELO mx.example.test
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while performing the HELO handshake)
""",
    ('smtp', 'host_lookup_two'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'inet_interfaces_one'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'line_length_long'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: breaking line > 998 bytes with <CR><LF>SPACE
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'line_length_zero'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'mail_timeout'): """
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending MAIL FROM)
""",
    ('smtp', 'mime_off'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'mime_on'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'mx_session_zero'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'never_ehlo'): """
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'no_dsn_success'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob@sender.test>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
bounce: QID: sender delivery status notification: NQID
""",
    ('smtp', 'not_always'): """
-- session quit
> HELO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test>
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'not_always_esmtp'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'nullsender_dsn'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<bob@sender.test> SIZE ENVID=abc RET=HDRS
> RCPT TO:<u@sN.test> ORCPT=rfc822;x@y.test NOTIFY=SUCCESS,DELAY
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'per_record_deadline'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'per_request_deadline'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'per_request_deadline_rcpt'): """
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
""",
    ('smtp', 'preference_any'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'preference_ipv4'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'quit_timeout'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'rcpt_timeout'): """
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
""",
    ('smtp', 'rcpt_timeout_no_pipelining'): """
-- session
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RCPT TO:<v@sN.test> ORCPT=rfc822;v@sN.test
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
smtp: QID: to=<v@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
""",
    ('smtp', 'rcpt_timeout_second'): """
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RCPT TO:<v@sN.test> ORCPT=rfc822;v@sN.test
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
smtp: QID: to=<v@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending RCPT TO)
""",
    ('smtp', 'reply_filter_dot'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: HOST: replacing server reply "250 2.0.0 accepted" with "{451 4.9.9 not accepted}"
smtp: warning: QID: non-ESMTP response from HOST: {451 4.9.9 not accepted}
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent ({451 4.9.9 not accepted} 221 2.0.0 bye)
""",
    ('smtp', 'reply_filter_missing'): """
-- session quit
> QUIT
smtp: warning: QID: table hash:/nowhere/x lookup error for 220 sink.example.net ESMTP
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.3.0, status=deferred (local data error while talking to 127.0.0.1[127.0.0.1])
""",
    ('smtp', 'reply_filter_multi'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<>
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: HOST: replacing server reply "250-SIZE 20000000" with "{250-8BITMIME}"
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'reply_filter_odd'): """
-- session
> EHLO mx.example.test
smtp: HOST: replacing server reply "250-sink.example.net" with "{nonsense}"
smtp: HOST: replacing server reply "250-PIPELINING" with "{nonsense}"
smtp: HOST: replacing server reply "250-SIZE 20000000" with "{nonsense}"
smtp: HOST: replacing server reply "250-8BITMIME" with "{nonsense}"
smtp: HOST: replacing server reply "250-DSN" with "{nonsense}"
smtp: HOST: replacing server reply "250-ENHANCEDSTATUSCODES" with "{nonsense}"
smtp: HOST: replacing server reply "250 SMTPUTF8" with "{nonsense}"
""",
    ('smtp', 'rset_timeout_all_refused'): """
-- session pipelined
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no (in reply to RCPT TO command))
""",
    ('smtp', 'sasl_hard'): """
-- session quit user=None mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.8, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
""",
    ('smtp', 'sasl_path'): """
-- session quit user=None mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.7.8, status=deferred (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
""",
    ('smtp', 'sasl_soft_bounce'): """
-- session quit user=None mech=PLAIN
> EHLO mx.example.test
> AUTH PLAIN AHUAcA==
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.7.8, status=bounced (SASL authentication failed; server 127.0.0.1[127.0.0.1] said: 535 5.7.8 bad credentials)
""",
    ('smtp', 'soft_bounce'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.1.1, status=SOFTBOUNCE (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 no (in reply to RCPT TO command))
""",
    ('smtp', 'starttls_timeout'): """
-- session
> EHLO mx.example.test
> STARTTLS
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while receiving the STARTTLS response)
""",
    ('smtp', 'starttls_timeout_encrypt'): """
-- session
> EHLO mx.example.test
> STARTTLS
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while receiving the STARTTLS response)
""",
    ('smtp', 'status_filter_fail'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 nobody (in reply to RCPT TO command))
""",
    ('smtp', 'status_filter_odd'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> RSET
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 nobody (in reply to RCPT TO command))
""",
    ('smtp', 'status_filter_success'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'status_filter_success2'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'tls_wrongport'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'two_rcpts_421'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RCPT TO:<v@sN.test> ORCPT=rfc822;v@sN.test
> DATA
> QUIT
smtp: QID: to=<v@sN.test>, relay=HOST, dsn=4.3.2, status=deferred (host 127.0.0.1[127.0.0.1] said: 421 4.3.2 bye (in reply to RCPT TO command))
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'two_rcpts_421_first'): """
-- session pipelined quit
> EHLO mx.example.test
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> RCPT TO:<v@sN.test> ORCPT=rfc822;v@sN.test
> DATA
> QUIT
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.3.2, status=deferred (host 127.0.0.1[127.0.0.1] said: 421 4.3.2 bye (in reply to RCPT TO command))
smtp: QID: to=<v@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'xforward_421'): """
-- session pipelined quit
> EHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
> XFORWARD PROTO=ESMTP HELO=client.example.org IDENT=QID SOURCE=LOCAL
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: warning: host HOST said: 421 4.3.2 going (in reply to XFORWARD name/address command)
smtp: warning: host HOST said: 421 4.3.2 going (in reply to XFORWARD helo/protocol command)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'xforward_refused'): """
-- session pipelined quit
> EHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
> XFORWARD PROTO=ESMTP HELO=client.example.org IDENT=QID SOURCE=LOCAL
> MAIL FROM:<> SIZE
> RCPT TO:<u@sN.test> ORCPT=rfc822;u@sN.test
> DATA
> QUIT
smtp: warning: host HOST said: 501 5.5.4 no (in reply to XFORWARD name/address command)
smtp: warning: host HOST said: 501 5.5.4 no (in reply to XFORWARD helo/protocol command)
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=2.0.0, status=sent (250 2.0.0 accepted)
""",
    ('smtp', 'xforward_timeout'): """
-- session
> EHLO mx.example.test
> XFORWARD NAME=localhost ADDR=127.0.0.1 PORT=N
smtp: QID: to=<u@sN.test>, relay=HOST, dsn=4.4.2, status=deferred (conversation with 127.0.0.1[127.0.0.1] timed out while sending XFORWARD name/address)
""",
}


def rows_of(agent):
    return {name: row(EXPECTED[agent, name], options, agent, **how)
            for name, (options, how) in settings(agent).items() if (agent, name) in EXPECTED}


class SmtpSettings(ClientRows):
    area = "smtp-client"
    timeout = 60
    rows = rows_of("smtp")


class LmtpSettingsToo(ClientRows):
    area = "lmtp"
    timeout = 60
    rows = rows_of("lmtp")


WORDS = {
    "host_lookup": 'unknown %shost_lookup value "nonsense" in "nonsense"',
    "dns_resolver_options": 'unknown %sdns_resolver_options value "nonsense" in "nonsense"',
    "dns_support_level": 'invalid %sdns_support_level: "nonsense"',
    "address_preference": "bad %saddress_preference value: nonsense",
    "address_verify_target": 'bad protocol stage: "(smtp_|%s)address_verify_target = nonsense"',
}


class UnknownWords(Group):
    """A parameter that chooses among words has another one: the client ends."""
    area = "smtp-client"
    timeout = 60
    main = """
relayhost =
mydestination =
local_recipient_maps =
transport_maps = @DB@:$config_directory/transport
smtpd_relay_restrictions = permit_mynetworks, reject
"""
    master = "".join("%s-%s unix - - n - - %s -o %s_%s=nonsense\n" % (agent, name.replace("_", "-"), agent, agent, name)
                     for agent in ("smtp", "lmtp") for name in WORDS)
    maps = {"transport": "".join("%s-%s.test %s-%s:[127.0.0.1]:2525\n" % ((agent, name.replace("_", "-")) * 2)
                                 for agent in ("smtp", "lmtp") for name in WORDS)}

    def teardown(self):
        self.inst.purge()

    def look(self, agent, name):
        self.sent(self.inst.send("", ["u@%s-%s.test" % (agent, name.replace("_", "-"))]))
        self.log(r"/%s\[\d+\]: fatal: %s$" % (agent, WORDS[name] % (agent + "_")))


for agent in ("smtp", "lmtp"):
    for word in WORDS:
        setattr(UnknownWords, "test_%s_%s" % (agent, word),
                lambda self, agent=agent, word=word: self.look(agent, word))
