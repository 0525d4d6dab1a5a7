"""Parameters of smtpd that are seldom set: reply codes, permissions in the log, what is left out of EHLO, limits."""
from harness import DovecotAuth, Milter, Talk


class SeldomSet(Talk):
    area = "seldom-set"
    cost = 10
    timeout = 40
    main = """
smtpd_error_sleep_time = 0
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_tls_chain_files = @TLS@/server.pem
smtpd_sasl_type = dovecot
smtpd_sasl_path = @DIR@/auth.sock
"""
    dns = """
bl.test. A 127.0.0.2
10.2.0.192.bl.test. A 127.0.0.2
10.2.0.192.bl.test. TXT "listed for $fun"
slow.test. TIMEOUT
broken.test. SERVFAIL
"""
    services = {
        "invalid": "invalid_hostname_reject_code = 554\nsmtpd_helo_restrictions = reject_invalid_helo_hostname",
        "nonfqdn": "non_fqdn_reject_code = 450\nsmtpd_helo_restrictions = reject_non_fqdn_helo_hostname\n"
                   "smtpd_sender_restrictions = reject_non_fqdn_sender\nsmtpd_recipient_restrictions = reject_non_fqdn_recipient",
        "rblcode": "maps_rbl_reject_code = 450\nsmtpd_client_restrictions = reject_rbl_client bl.test",
        "rblreply": "default_rbl_reply = $rbl_code $rbl_class [$rbl_what] $rbl_domain ${rbl_txt?txt=$rbl_txt} ${rbl_reason?reason=$rbl_reason} "
                    "$client_name $client_address $client $helo_name $sender $recipient $reverse_client_name\n"
                    "smtpd_client_restrictions = reject_rbl_client bl.test",
        "filter": "smtpd_expansion_filter = abcdefghijklmnopqrstuvwxyz\ndefault_rbl_reply = $rbl_code x $client_address $rbl_reason\n"
                  "smtpd_client_restrictions = reject_rbl_client bl.test",
        "multi": "multi_recipient_bounce_reject_code = 554\nsmtpd_data_restrictions = reject_multi_recipient_bounce",
        "plain": "plaintext_reject_code = 554\nsmtpd_client_restrictions = reject_plaintext_session",
        "client": "unknown_client_reject_code = 550\nsmtpd_client_restrictions = reject_unknown_client_hostname",
        "reverse": "unknown_client_reject_code = 550\nsmtpd_client_restrictions = reject_unknown_reverse_client_hostname",
        "helo": "unknown_hostname_reject_code = 550\nsmtpd_helo_restrictions = reject_unknown_helo_hostname",
        "helodefer": "unknown_helo_hostname_tempfail_action = defer\nsmtpd_helo_restrictions = reject_unknown_helo_hostname, permit",
        "heloif": "unknown_helo_hostname_tempfail_action = defer_if_permit\nsmtpd_helo_restrictions = reject_unknown_helo_hostname, reject",
        "heloall": "reject_tempfail_action = defer\nsmtpd_helo_restrictions = reject_unknown_helo_hostname, permit",
        "addrdefer": "unknown_address_tempfail_action = defer\nsmtpd_sender_restrictions = reject_unknown_sender_domain, permit",
        "addrif": "unknown_address_tempfail_action = defer_if_permit\nsmtpd_sender_restrictions = reject_unknown_sender_domain, reject",
        "address": "unknown_address_reject_code = 550\nsmtpd_sender_restrictions = reject_unknown_sender_domain",
        "permits": "smtpd_log_access_permit_actions = static:all\nsmtpd_client_restrictions = permit_mynetworks\n"
                   "smtpd_recipient_restrictions = check_recipient_access inline:{alice@example.test=OK}, "
                   "check_sender_access inline:{b@example.net=permit_auth_destination}, permit_auth_destination",
        "somepermits": "smtpd_log_access_permit_actions = check_recipient_access\n"
                       "smtpd_recipient_restrictions = check_recipient_access inline:{alice@example.test=OK}, permit_auth_destination",
        "discard": "smtpd_discard_ehlo_keyword_address_maps = cidr:{{192.0.2.10 pipelining, dsn}, {192.0.2.11 silent-discard, size}}",
        "discardall": "smtpd_discard_ehlo_keywords = pipelining, size, vrfy, etrn, enhancedstatuscodes, 8bitmime, dsn, smtputf8, chunking",
        "history": "smtpd_history_flush_threshold = 1",
        "sasl": "smtpd_sasl_auth_enable = yes\nsmtpd_sasl_response_limit = 12288",
        "use": "smtpd_use_tls = yes", "enforce": "smtpd_enforce_tls = yes", "both": "smtpd_enforce_tls = yes\nsmtpd_tls_security_level = may",
        "maps": "smtpd_milters = unix:@DIR@/milter.sock\nsmtpd_milter_maps = cidr:{{192.0.2.11 DISABLE}, {192.0.2.12 unix:@DIR@/milter.sock}}",
        "mx": "smtpd_relay_restrictions = permit_mx_backup, reject_unauth_destination\npermit_mx_backup_networks = 203.0.113.0/24",
        "codes": "access_map_reject_code = 559\naccess_map_defer_code = 459\nreject_code = 558\ndefer_code = 458\n"
                 "smtpd_restriction_classes = cr, cd\ncr = reject\ncd = defer\n"
                 "smtpd_recipient_restrictions = check_recipient_access inline:{alice@example.test=REJECT, bob@example.test=DEFER, "
                 "carol@example.test=cr, dave@example.test=cd, {erin@example.test=DEFER_IF_PERMIT x}}",
        "relaycode": "relay_domains_reject_code = 550", "relaycode4": "relay_domains_reject_code = 450",
        "relaydefer": "relay_domains_reject_code = 550\nsmtpd_relay_restrictions = defer_unauth_destination",
        "users": "unknown_local_recipient_reject_code = 450", "notable": "show_user_unknown_table_name = no",
        "badcode": "reject_code = 200\nsmtpd_recipient_restrictions = reject",
        "dnsfilter": "smtpd_dns_reply_filter = regexp:{{/127\\.0\\.0\\.2/ IGNORE}}\nsmtpd_client_restrictions = reject_rbl_client bl.test",
        "lines": "smtpd_junk_command_limit = 3\nhelpful_warnings = no",
        "banner": "smtpd_banner = $myhostname $mail_version ${mail_name}",
        "verp": "smtpd_authorized_verp_clients = 192.0.2.10", "noverp": "disable_vrfy_command = yes",
        "expand": "smtpd_reject_footer = \\c $client_name $client_address $client_port $server_name $localtime ${nosuch}",
    }

    def prepare(self):
        self.auth = self.keep(DovecotAuth(self.path("auth.sock"), {"ann": "pw"}))
        self.milter = self.keep(Milter(self.path("milter.sock")))

    def run_case(self, name):
        self.milter.reset()
        super().run_case(name)

    def clean(self, text):
        import re
        return re.sub(r"(192\.0\.2\.10) \d{5} (\S+) \w{3} \d+ [\d:]+", r"\1 * \2 *", super().clean(text))

    def see_milters(self):
        return str(len(self.milter.sessions))

    scripts = r"""
== invalid on=invalid src=192.0.2.10
> EHLO a..b
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.5.2 <a..b>: Helo command rejected: Invalid name
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.5.2 <a..b>: Helo command rejected: Invalid name; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<a..b>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== invalid-literal on=invalid src=192.0.2.10
> EHLO [1.2.3]
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.5.2 <[1.2.3]>: Helo command rejected: invalid ip address
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.5.2 <[1.2.3]>: Helo command rejected: invalid ip address; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<[1.2.3]>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== nonfqdn-helo on=nonfqdn src=192.0.2.10
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.5.2 <me>: Helo command rejected: need fully-qualified hostname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.5.2 <me>: Helo command rejected: need fully-qualified hostname; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<me>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== nonfqdn-sender on=nonfqdn src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@b>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.5.2 <a@b>: Sender address rejected: need fully-qualified address
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.5.2 <a@b>: Sender address rejected: need fully-qualified address; from=<a@b> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== nonfqdn-recipient on=nonfqdn src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice>
< 450 4.5.2 <alice>: Recipient address rejected: need fully-qualified address
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.5.2 <alice>: Recipient address rejected: need fully-qualified address; from=<a@example.net> to=<alice> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== rbl-code on=rblcode src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.1 Service unavailable; Client host [192.0.2.10] blocked using bl.test; listed for $fun
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 Service unavailable; Client host [192.0.2.10] blocked using bl.test; listed for $fun; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== rbl-reply on=rblreply src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.7.1 Client host [192.0.2.10] bl.test txt=listed for $fun reason=listed for $fun client.example.org 192.0.2.10 client.example.org[192.0.2.10] me.example.org a@example.net alice@example.test client.example.org
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 Client host [192.0.2.10] bl.test txt=listed for $fun reason=listed for $fun client.example.org 192.0.2.10 client.example.org[192.0.2.10] me.example.org a@example.net alice@example.test client.example.org; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== rbl-reply-null on=rblreply src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.7.1 Client host [192.0.2.10] bl.test txt=listed for $fun reason=listed for $fun client.example.org 192.0.2.10 client.example.org[192.0.2.10] me.example.org <> alice@example.test client.example.org
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 Client host [192.0.2.10] bl.test txt=listed for $fun reason=listed for $fun client.example.org 192.0.2.10 client.example.org[192.0.2.10] me.example.org <> alice@example.test client.example.org; from=<> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== expansion-filter on=filter src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.1 Service unavailable
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 Service unavailable; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== multi on=multi src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
> DATA
< 554 5.5.3 <DATA>: Data command rejected: Multi-recipient bounce
says smtpd *: reject: DATA from client.example.org[192.0.2.10]: 554 5.5.3 <DATA>: Data command rejected: Multi-recipient bounce; from=<> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after DATA from client.example.org[192.0.2.10]
== plain on=plain src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.7.1 Session encryption is required
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 Session encryption is required; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== client-unknown on=client src=192.0.2.99
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 550 5.7.25 Client host rejected: cannot find your hostname, [192.0.2.99]
says smtpd NOQUEUE: reject: RCPT from unknown[192.0.2.99]: 550 5.7.25 Client host rejected: cannot find your hostname, [192.0.2.99]; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from unknown[192.0.2.99]
== client-forged on=client src=192.0.2.30
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 550 5.7.25 Client host rejected: cannot find your hostname, [192.0.2.30]
says smtpd NOQUEUE: reject: RCPT from unknown[192.0.2.30]: 550 5.7.25 Client host rejected: cannot find your hostname, [192.0.2.30]; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from unknown[192.0.2.30]
== client-known on=client src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== reverse-unknown on=reverse src=192.0.2.99
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 550 5.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.99]
says smtpd NOQUEUE: reject: RCPT from unknown[192.0.2.99]: 550 5.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.99]; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from unknown[192.0.2.99]
== reverse-forged on=reverse src=192.0.2.30
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 550 5.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.30]
says smtpd NOQUEUE: reject: RCPT from unknown[192.0.2.30]: 550 5.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.30]; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from unknown[192.0.2.30]
== helo-helo-nothere on=helo src=192.0.2.10
> EHLO nothere.example.test
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 550 5.7.1 <nothere.example.test>: Helo command rejected: Host not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 550 5.7.1 <nothere.example.test>: Helo command rejected: Host not found; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<nothere.example.test>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== helo-helo-broken on=helo src=192.0.2.10
> EHLO broken.test
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.1 <broken.test>: Helo command rejected: Host not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 <broken.test>: Helo command rejected: Host not found; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<broken.test>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== helo-helo-client on=helo src=192.0.2.10
> EHLO client.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== helo-helodefer-nothere on=helodefer src=192.0.2.10
> EHLO nothere.example.test
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.1 <nothere.example.test>: Helo command rejected: Host not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 <nothere.example.test>: Helo command rejected: Host not found; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<nothere.example.test>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== helo-helodefer-broken on=helodefer src=192.0.2.10
> EHLO broken.test
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.1 <broken.test>: Helo command rejected: Host not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 <broken.test>: Helo command rejected: Host not found; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<broken.test>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== helo-helodefer-client on=helodefer src=192.0.2.10
> EHLO client.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== helo-heloif-nothere on=heloif src=192.0.2.10
> EHLO nothere.example.test
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.1 <nothere.example.test>: Helo command rejected: Host not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 <nothere.example.test>: Helo command rejected: Host not found; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<nothere.example.test>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== helo-heloif-broken on=heloif src=192.0.2.10
> EHLO broken.test
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.7.1 <broken.test>: Helo command rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <broken.test>: Helo command rejected: Access denied; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<broken.test>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== helo-heloif-client on=heloif src=192.0.2.10
> EHLO client.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.7.1 <client.example.org>: Helo command rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <client.example.org>: Helo command rejected: Access denied; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<client.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== helo-heloall-nothere on=heloall src=192.0.2.10
> EHLO nothere.example.test
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.1 <nothere.example.test>: Helo command rejected: Host not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 <nothere.example.test>: Helo command rejected: Host not found; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<nothere.example.test>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== helo-heloall-broken on=heloall src=192.0.2.10
> EHLO broken.test
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.1 <broken.test>: Helo command rejected: Host not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 <broken.test>: Helo command rejected: Host not found; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<broken.test>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== helo-heloall-client on=heloall src=192.0.2.10
> EHLO client.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== address-addrdefer-nothere on=addrdefer src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@nothere.example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.1.8 <a@nothere.example.test>: Sender address rejected: Domain not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.8 <a@nothere.example.test>: Sender address rejected: Domain not found; from=<a@nothere.example.test> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== address-addrdefer-broken on=addrdefer src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@broken.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.1.8 <a@broken.test>: Sender address rejected: Domain not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.8 <a@broken.test>: Sender address rejected: Domain not found; from=<a@broken.test> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== address-addrif-nothere on=addrif src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@nothere.example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.1.8 <a@nothere.example.test>: Sender address rejected: Domain not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.8 <a@nothere.example.test>: Sender address rejected: Domain not found; from=<a@nothere.example.test> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== address-addrif-broken on=addrif src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@broken.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.7.1 <a@broken.test>: Sender address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <a@broken.test>: Sender address rejected: Access denied; from=<a@broken.test> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== address-address-nothere on=address src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@nothere.example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 550 5.1.8 <a@nothere.example.test>: Sender address rejected: Domain not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 550 5.1.8 <a@nothere.example.test>: Sender address rejected: Domain not found; from=<a@nothere.example.test> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== address-address-broken on=address src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@broken.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.1.8 <a@broken.test>: Sender address rejected: Domain not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.8 <a@broken.test>: Sender address rejected: Domain not found; from=<a@broken.test> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== permits on=permits src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd NOQUEUE: permit: RCPT from client.example.org[192.0.2.10]: action=OK for Recipient address=alice@example.test from inline:{alice@example.test=OK}; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== permits-class on=permits src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<b@example.net>
< 250 2.1.0 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
says smtpd NOQUEUE: permit: RCPT from client.example.org[192.0.2.10]: action=permit_auth_destination for Recipient address=bob@example.test ; from=<b@example.net> to=<bob@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== permits-auth on=permits src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
says smtpd NOQUEUE: permit: RCPT from client.example.org[192.0.2.10]: action=permit_auth_destination for Recipient address=bob@example.test ; from=<a@example.net> to=<bob@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== permits-some on=somepermits src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== permits-other on=somepermits src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== discard-10 on=discard src=192.0.2.10
> EHLO x
<* 250-mx.example.test|250-SIZE 10240000|250-VRFY|250-ETRN|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-SMTPUTF8|250 CHUNKING
> HELO x
< 250 mx.example.test
says smtpd discarding EHLO keywords: PIPELINING DSN
says smtpd lost connection after HELO from client.example.org[192.0.2.10]
== discard-11 on=discard src=192.0.2.11
> EHLO x
<* 250-mx.example.test|250-PIPELINING|250-VRFY|250-ETRN|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> HELO x
< 250 mx.example.test
says smtpd lost connection after HELO from unknown[192.0.2.11]
== discard-12 on=discard src=192.0.2.12
> EHLO x
<* 250-mx.example.test|250-PIPELINING|250-SIZE 10240000|250-VRFY|250-ETRN|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> HELO x
< 250 mx.example.test
says smtpd lost connection after HELO from unknown[192.0.2.12]
== tls-use on=use src=192.0.2.10
> EHLO x
<* 250-mx.example.test|250-PIPELINING|250-SIZE 10240000|250-VRFY|250-ETRN|250-STARTTLS|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
says smtpd lost connection after MAIL from client.example.org[192.0.2.10]
== tls-enforce on=enforce src=192.0.2.10
> EHLO x
<* 250-mx.example.test|250-PIPELINING|250-SIZE 10240000|250-VRFY|250-ETRN|250-STARTTLS|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> MAIL FROM:<a@example.net>
< 530 5.7.0 Must issue a STARTTLS command first
says smtpd lost connection after EHLO from client.example.org[192.0.2.10]
== tls-both on=both src=192.0.2.10
> EHLO x
<* 250-mx.example.test|250-PIPELINING|250-SIZE 10240000|250-VRFY|250-ETRN|250-STARTTLS|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
says smtpd lost connection after MAIL from client.example.org[192.0.2.10]
== milter-maps-10 on=maps src=192.0.2.10
> EHLO x
< 250 *
see milters => 1
says smtpd lost connection after EHLO from client.example.org[192.0.2.10]
== milter-maps-11 on=maps src=192.0.2.11
> EHLO x
< 250 *
see milters => 0
says smtpd lost connection after EHLO from unknown[192.0.2.11]
== milter-maps-12 on=maps src=192.0.2.12
> EHLO x
< 250 *
see milters => 1
says smtpd lost connection after EHLO from unknown[192.0.2.12]
== codes-alice on=codes src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 559 5.7.1 <alice@example.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 559 5.7.1 <alice@example.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== codes-bob on=codes src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<bob@example.test>
< 459 4.7.1 <bob@example.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 459 4.7.1 <bob@example.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<bob@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== codes-carol on=codes src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<carol@example.test>
< 558 5.7.1 <carol@example.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 558 5.7.1 <carol@example.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<carol@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== codes-dave on=codes src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<dave@example.test>
< 458 4.3.2 <dave@example.test>: Recipient address rejected: Try again later
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 458 4.3.2 <dave@example.test>: Recipient address rejected: Try again later; from=<a@example.net> to=<dave@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== codes-erin on=codes src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<erin@example.test>
< 459 4.7.1 <erin@example.test>: Recipient address rejected: x
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 459 4.7.1 <erin@example.test>: Recipient address rejected: x; from=<a@example.net> to=<erin@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== relay-code on=relaycode src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@far.test>
< 550 5.7.1 <a@far.test>: Relay access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 550 5.7.1 <a@far.test>: Relay access denied; from=<a@example.net> to=<a@far.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== relay-code-4 on=relaycode4 src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@far.test>
< 450 4.7.1 <a@far.test>: Relay access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 <a@far.test>: Relay access denied; from=<a@example.net> to=<a@far.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== relay-defer on=relaydefer src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@far.test>
< 450 4.7.1 <a@far.test>: Relay access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 <a@far.test>: Relay access denied; from=<a@example.net> to=<a@far.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== user-code on=users src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<nobody@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== user-no-table on=notable src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<nobody@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== bad-code on=badcode src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.1 Service unavailable
says smtpd warning: SMTP reply code configuration error: 200 5.7.1 <alice@example.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 Service unavailable; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== dns-filter on=dnsfilter src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd ignoring DNS RR: 10.2.0.192.bl.test. 60 IN A 127.0.0.2
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== footer on=expand src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<nobody@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== vrfy-off on=noverp src=192.0.2.10
> EHLO x
<* 250-mx.example.test|250-PIPELINING|250-SIZE 10240000|250-ETRN|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> VRFY alice
< 502 5.5.1 VRFY command is disabled
says smtpd lost connection after VRFY from client.example.org[192.0.2.10]
== verp on=verp src=192.0.2.10
> EHLO x
<* 250-mx.example.test|250-PIPELINING|250-SIZE 10240000|250-VRFY|250-ETRN|250-XVERP|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> MAIL FROM:<a@example.net> XVERP
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.net> XVERP=+=
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.net> XVERP=ab
< 501 5.5.4 Error: XVERP needs two characters from -=+
> MAIL FROM:<> XVERP
< 503 5.5.4 Error: XVERP requires non-null sender
says smtpd lost connection after MAIL from client.example.org[192.0.2.10]
== backup-mx on=mx src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@example.org>
< 554 5.7.1 <a@example.org>: Relay access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <a@example.org>: Relay access denied; from=<a@example.net> to=<a@example.org> proto=ESMTP helo=<me.example.org>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
"""
