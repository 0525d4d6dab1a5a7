"""What a policy server is told at every stage, and what becomes of odd replies."""
import re

from harness import Policy, ScriptedPolicy, Talk, client_tls

SERVICE = "check_policy_service unix:@DIR@/policy.sock"
STAGES = ("client", "helo", "sender", "relay", "recipient", "data", "end_of_data", "etrn")


class PolicyAttributes(Talk):
    area = "policy-rows"
    cost = 8
    timeout = 40
    main = """
smtpd_error_sleep_time = 0
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_tls_security_level = may
smtpd_tls_chain_files = @TLS@/server.pem
smtpd_tls_ask_ccert = yes
smtpd_tls_received_header = yes
smtpd_authorized_xclient_hosts = 127.0.0.1
fast_flush_domains = example.test, example.net
smtpd_client_event_limit_exceptions =
"""
    services = {
        "client": "smtpd_delay_reject = no\nsmtpd_client_restrictions = " + SERVICE,
        "helo": "smtpd_delay_reject = no\nsmtpd_helo_restrictions = " + SERVICE,
        "sender": "smtpd_delay_reject = no\nsmtpd_sender_restrictions = " + SERVICE,
        "relay": "smtpd_relay_restrictions = reject_unauth_destination, " + SERVICE,
        "recipient": "smtpd_recipient_restrictions = " + SERVICE,
        "data": "smtpd_data_restrictions = " + SERVICE,
        "end": "smtpd_end_of_data_restrictions = " + SERVICE,
        "etrn": "smtpd_etrn_restrictions = " + SERVICE,
        "delayed": "smtpd_delay_reject = yes\nsmtpd_client_restrictions = " + SERVICE,
        "all": "smtpd_delay_reject = no\n" + "\n".join("smtpd_%s_restrictions = %s%s" % (
            s, "reject_unauth_destination, " if s == "relay" else "", SERVICE) for s in STAGES),
        "alldelayed": "\n".join("smtpd_%s_restrictions = %s%s" % (
            s, "reject_unauth_destination, " if s == "relay" else "", SERVICE) for s in STAGES),
        "stress": "-o stress=yes\nsmtpd_recipient_restrictions = " + SERVICE,
        "context": "smtpd_policy_service_policy_context = all\nsmtpd_recipient_restrictions = " + SERVICE +
                   ", check_policy_service { unix:@DIR@/policy.sock, policy_context=own }",
        "late": "smtpd_delay_open_until_valid_rcpt = no\nsmtpd_sender_restrictions = " + SERVICE,
        "proxy": "smtpd_upstream_proxy_protocol = haproxy\nsmtpd_recipient_restrictions = " + SERVICE,
        "utf8": "smtputf8_enable = yes\nsmtpd_recipient_restrictions = " + SERVICE,
    }

    def prepare(self):
        self.policy = self.keep(Policy(self.path("policy.sock")))

    def run_case(self, name):
        self.policy.requests.clear()
        super().run_case(name)

    def clean(self, text):
        text = super().clean(text)
        text = re.sub(r"instance=[0-9a-f]+\.[0-9a-f]+\.[0-9a-f]+\.[0-9a-f]+", "instance=*", text)
        text = re.sub(r"queue_id=[0-9A-F]{6,}", "queue_id=*", text)
        text = re.sub(r"client_port=\d{5}", "client_port=*", text)
        return re.sub(r"(fingerprint=)[0-9A-F:]{20,}", r"\1*", text)

    def see_asked(self, number="1"):
        """what is in a request, in alphabetical order, without what is empty in most"""
        number = int(number)
        for _ in range(100):
            if len(self.policy.requests) >= number:
                break
            import time
            time.sleep(0.05)
        else:
            return "nothing"
        request = self.policy.requests[number - 1]
        return self.clean(" ".join("%s=%s" % (k, v) for k, v in sorted(request.items())
                                   if k not in ("mail_version", "compatibility_level", "tls_sni")))

    def see_states(self):
        return " ".join("%s/%s" % (r["protocol_state"], r["recipient_count"]) for r in self.policy.requests)

    def see_instances(self):
        """which requests have the same instance"""
        names = {"": "-"}
        return " ".join(names.setdefault(r["instance"], str(len(names))) for r in self.policy.requests)

    def see_sizes(self):
        return " ".join(r["size"] for r in self.policy.requests)

    def see_names(self):
        return " ".join(k for k in self.policy.requests[-1] if k not in ("mail_version", "compatibility_level", "tls_sni"))

    def do_tls(self, certificate=""):
        pair = [self.inst.sub("@TLS@/%s.%s" % (certificate, x)) for x in ("pem", "pem")] if certificate else []
        self.sessions[self.current].starttls(client_tls(None, *pair) if pair else client_tls())

    scripts = r"""
== names on=recipient src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see names => request protocol_state protocol_name client_address client_name client_port reverse_client_name server_address server_port helo_name sender recipient recipient_count queue_id instance size etrn_domain stress sasl_method sasl_username sasl_sender ccert_subject ccert_issuer ccert_fingerprint ccert_pubkey_fingerprint encryption_protocol encryption_cipher encryption_keysize policy_context
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== connect on=client src=192.0.2.10
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name= instance= policy_context= protocol_name=SMTP protocol_state=CONNECT queue_id= recipient= recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender= server_address=127.0.0.1 server_port=11001 size=0 stress=
says smtpd lost connection after CONNECT from client.example.org[192.0.2.10]
== connect-unnamed on=client src=192.0.2.99
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.99 client_name=unknown client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name= instance= policy_context= protocol_name=SMTP protocol_state=CONNECT queue_id= recipient= recipient_count=0 request=smtpd_access_policy reverse_client_name=unknown sasl_method= sasl_sender= sasl_username= sender= server_address=127.0.0.1 server_port=11001 size=0 stress=
says smtpd lost connection after CONNECT from unknown[192.0.2.99]
== ehlo on=helo src=192.0.2.10
> EHLO me.example.org
< 250 *
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance= policy_context= protocol_name=SMTP protocol_state=EHLO queue_id= recipient= recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender= server_address=127.0.0.1 server_port=11002 size=0 stress=
says smtpd lost connection after EHLO from client.example.org[192.0.2.10]
== helo on=helo src=192.0.2.10
> HELO [192.0.2.10]
< 250 mx.example.test
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=[192.0.2.10] instance= policy_context= protocol_name=SMTP protocol_state=HELO queue_id= recipient= recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender= server_address=127.0.0.1 server_port=11002 size=0 stress=
says smtpd lost connection after HELO from client.example.org[192.0.2.10]
== mail on=sender src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a+b@example.net> SIZE=123
< 250 2.1.0 Ok
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance= policy_context= protocol_name=ESMTP protocol_state=MAIL queue_id= recipient= recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a+b@example.net server_address=127.0.0.1 server_port=11003 size=123 stress=
says smtpd lost connection after MAIL from client.example.org[192.0.2.10]
== mail-null on=sender src=192.0.2.10
> HELO me.example.org
< 250 mx.example.test
> MAIL FROM:<>
< 250 2.1.0 Ok
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance= policy_context= protocol_name=SMTP protocol_state=MAIL queue_id= recipient= recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender= server_address=127.0.0.1 server_port=11003 size=0 stress=
says smtpd lost connection after MAIL from client.example.org[192.0.2.10]
== mail-quoted on=sender src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<"a b"@example.net>
< 250 2.1.0 Ok
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance= policy_context= protocol_name=ESMTP protocol_state=MAIL queue_id= recipient= recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a b@example.net server_address=127.0.0.1 server_port=11003 size=0 stress=
says smtpd lost connection after MAIL from client.example.org[192.0.2.10]
== rcpt-relay on=relay src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=RCPT queue_id= recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11004 size=0 stress=
see asked 2 => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=RCPT queue_id=* recipient=bob@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11004 size=0 stress=
see states => RCPT/0 RCPT/0
see instances => 1 1
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== rcpt on=recipient src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net> SIZE=77 BODY=8BITMIME
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test> NOTIFY=NEVER
< 250 2.1.5 Ok
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=RCPT queue_id= recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11005 size=77 stress=
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
see asked 2 => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=RCPT queue_id=* recipient=bob@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11005 size=77 stress=
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== rcpt-bare-names on=recipient src=192.0.2.10
> HELO x
< 250 mx.example.test
> MAIL FROM:<a>
< 250 2.1.0 Ok
> RCPT TO:<alice>
< 250 2.1.5 Ok
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=x instance=* policy_context= protocol_name=SMTP protocol_state=RCPT queue_id= recipient=alice recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a server_address=127.0.0.1 server_port=11005 size=0 stress=
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== data on=data src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net> SIZE=77
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=DATA queue_id=* recipient=alice@example.test recipient_count=1 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11006 size=77 stress=
says smtpd lost connection after DATA (0 bytes) from client.example.org[192.0.2.10]
== data-two on=data src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=DATA queue_id=* recipient= recipient_count=2 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11006 size=0 stress=
says smtpd lost connection after DATA (0 bytes) from client.example.org[192.0.2.10]
== bdat on=data src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
>> BDAT 6\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=DATA queue_id=* recipient=alice@example.test recipient_count=1 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11006 size=0 stress=
>> BDAT 3 LAST\r\n\r\nx
< 250 2.0.0 Ok: 11 bytes queued as *
see states => DATA/1
== end on=end src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net> SIZE=7777
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> Subject: x
>
> body
> .
< 250 2.0.0 Ok: queued as *
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=END-OF-MESSAGE queue_id=* recipient=alice@example.test recipient_count=1 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11007 size=20 stress=
== end-two on=end src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> Subject: x
>
> ..dots
> .
< 250 2.0.0 Ok: queued as *
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=END-OF-MESSAGE queue_id=* recipient= recipient_count=2 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11007 size=21 stress=
== end-bdat on=end src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
>> BDAT 12 LAST\r\na: b\r\n\r\nx\r\ny
< 250 2.0.0 Ok: 14 bytes queued as *
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=END-OF-MESSAGE queue_id=* recipient=alice@example.test recipient_count=1 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11007 size=14 stress=
== etrn on=etrn src=192.0.2.10
> EHLO me.example.org
< 250 *
> ETRN example.net
< 250 Queuing started
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain=example.net helo_name=me.example.org instance= policy_context= protocol_name=ESMTP protocol_state=ETRN queue_id= recipient= recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender= server_address=127.0.0.1 server_port=11008 size=0 stress=
says smtpd lost connection after ETRN from client.example.org[192.0.2.10]
== etrn-subdomains on=etrn src=192.0.2.10
> HELO me.example.org
< 250 mx.example.test
> ETRN @example.net
< 250 Queuing started
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain=example.net helo_name=me.example.org instance= policy_context= protocol_name=SMTP protocol_state=ETRN queue_id= recipient= recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender= server_address=127.0.0.1 server_port=11008 size=0 stress=
says smtpd lost connection after ETRN from client.example.org[192.0.2.10]
== vrfy-delayed on=delayed src=192.0.2.10
> EHLO me.example.org
< 250 *
> VRFY alice@example.test
< 252 2.0.0 alice@example.test
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance= policy_context= protocol_name=ESMTP protocol_state=VRFY queue_id= recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender= server_address=127.0.0.1 server_port=11009 size=0 stress=
says smtpd lost connection after VRFY from client.example.org[192.0.2.10]
== rcpt-delayed on=delayed src=192.0.2.10
> EHLO me.example.org
< 250 *
see states => 
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
see states => 
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
see states => RCPT/0 RCPT/0
see asked 2 => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=RCPT queue_id=* recipient=bob@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11009 size=0 stress=
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== etrn-delayed on=delayed src=192.0.2.10
> EHLO me.example.org
< 250 *
> ETRN example.net
< 250 Queuing started
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain=example.net helo_name=me.example.org instance= policy_context= protocol_name=ESMTP protocol_state=ETRN queue_id= recipient= recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender= server_address=127.0.0.1 server_port=11009 size=0 stress=
says smtpd lost connection after ETRN from client.example.org[192.0.2.10]
== vrfy-all on=alldelayed src=192.0.2.10
> EHLO me.example.org
< 250 *
> VRFY alice
< 252 2.0.0 alice
see states => VRFY/0 VRFY/0 VRFY/0 VRFY/0
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance= policy_context= protocol_name=ESMTP protocol_state=VRFY queue_id= recipient=alice recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender= server_address=127.0.0.1 server_port=11011 size=0 stress=
says smtpd lost connection after VRFY from client.example.org[192.0.2.10]
== every-stage on=all src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net> SIZE=5
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> x: y
>
> z
> .
< 250 2.0.0 Ok: queued as *
> MAIL FROM:<b@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<c@example.net>
< 250 2.1.0 Ok
> ETRN example.net
< 503 Error: MAIL transaction in progress
> QUIT
< 221 2.0.0 Bye
see states => CONNECT/0 EHLO/0 MAIL/0 RCPT/0 RCPT/0 RCPT/0 RCPT/0 DATA/2 END-OF-MESSAGE/2 MAIL/0 RCPT/0 RCPT/0 MAIL/0
see instances => - - - 1 1 1 1 1 1 - 2 2 -
see sizes => 0 0 5 5 5 5 5 5 11 0 0 0 0
== every-stage-delayed on=alldelayed src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net> SIZE=5
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> x: y
>
> z
> .
< 250 2.0.0 Ok: queued as *
> ETRN example.net
< 250 Queuing started
see states => RCPT/0 RCPT/0 RCPT/0 RCPT/0 RCPT/0 RCPT/0 RCPT/0 RCPT/0 RCPT/0 RCPT/0 DATA/2 END-OF-MESSAGE/2 ETRN/0 ETRN/0 ETRN/0
see instances => 1 1 1 1 1 1 1 1 1 1 1 1 - - -
see sizes => 5 5 5 5 5 5 5 5 5 5 5 11 0 0 0
says smtpd lost connection after ETRN from client.example.org[192.0.2.10]
== helo-again on=alldelayed src=192.0.2.10
> EHLO one
< 250 *
> EHLO two
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see asked 2 => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=two instance=* policy_context= protocol_name=ESMTP protocol_state=RCPT queue_id= recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11011 size=0 stress=
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== stress on=stress src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=RCPT queue_id= recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11012 size=0 stress=yes
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== contexts on=context src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see asked 1 => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context=all protocol_name=ESMTP protocol_state=RCPT queue_id= recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11013 size=0 stress=
see asked 2 => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context=own protocol_name=ESMTP protocol_state=RCPT queue_id= recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11013 size=0 stress=
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== queue-id-at-mail on=late src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=RCPT queue_id=* recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11014 size=0 stress=
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== tls on=recipient src=192.0.2.10
> EHLO me.example.org
< 250 *
do tls
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher=TLS_AES_256_GCM_SHA384 encryption_keysize=256 encryption_protocol=TLSv1.3 etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=RCPT queue_id= recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11005 size=0 stress=
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== tls-with-certificate on=recipient src=192.0.2.10
> EHLO me.example.org
< 250 *
do tls client
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see asked => ccert_fingerprint=* ccert_issuer= ccert_pubkey_fingerprint=* ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher=TLS_AES_256_GCM_SHA384 encryption_keysize=256 encryption_protocol=TLSv1.3 etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=RCPT queue_id= recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11005 size=0 stress=
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== xclient on=recipient
> EHLO me.example.org
< 250 *
> XCLIENT ADDR=198.51.100.7 NAME=far.example PORT=999 HELO=fhelo PROTO=SMTP LOGIN=ann DESTADDR=192.0.2.250 DESTPORT=2525 REVERSE_NAME=rev.example
< 220 mx.example.test ESMTP *
> HELO now.example
< 250 mx.example.test
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=198.51.100.7 client_name=far.example client_port=999 encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=now.example instance=* policy_context= protocol_name=SMTP protocol_state=RCPT queue_id= recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=rev.example sasl_method=XCLIENT sasl_sender= sasl_username=ann sender=a@example.net server_address=192.0.2.250 server_port=2525 size=0 stress=
says smtpd lost connection after RCPT from far.example[198.51.100.7]
== xclient-ipv6 on=recipient
> EHLO me.example.org
< 250 *
> XCLIENT ADDR=IPV6:2001:db8::5 NAME=[UNAVAILABLE]
< 220 mx.example.test ESMTP *
> EHLO now.example
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=2001:db8::5 client_name=unknown client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=now.example instance=* policy_context= protocol_name=ESMTP protocol_state=RCPT queue_id= recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=localhost sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=127.0.0.1 server_port=11005 size=0 stress=
says smtpd lost connection after RCPT from unknown[2001:db8::5]
== proxied on=proxy raw src=192.0.2.10
>> PROXY TCP4 198.51.100.7 192.0.2.250 999 2525\r\n
< 220 mx.example.test ESMTP *
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=198.51.100.7 client_name=unknown client_port=999 encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=RCPT queue_id= recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=unknown sasl_method= sasl_sender= sasl_username= sender=a@example.net server_address=192.0.2.250 server_port=2525 size=0 stress=
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== utf8 on=utf8 src=192.0.2.10
> EHLO me.example.org
< 250 *
>> MAIL FROM:<\xc3\xa4@example.net> SMTPUTF8\r\n
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see asked => ccert_fingerprint= ccert_issuer= ccert_pubkey_fingerprint= ccert_subject= client_address=192.0.2.10 client_name=client.example.org client_port=* encryption_cipher= encryption_keysize=0 encryption_protocol= etrn_domain= helo_name=me.example.org instance=* policy_context= protocol_name=ESMTP protocol_state=RCPT queue_id= recipient=alice@example.test recipient_count=0 request=smtpd_access_policy reverse_client_name=client.example.org sasl_method= sasl_sender= sasl_username= sender=ä@example.net server_address=127.0.0.1 server_port=11016 size=0 stress=
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
"""


class PolicyReplies(Talk):
    area = "policy-rows"
    cost = 15
    timeout = 40
    main = """
smtpd_error_sleep_time = 0
smtpd_recipient_restrictions = check_policy_service unix:@DIR@/server.sock
smtpd_policy_service_timeout = 1s
smtpd_policy_service_retry_delay = 1s
"""
    services = {
        "once": "smtpd_policy_service_try_limit = 1",
        "thrice": "smtpd_policy_service_try_limit = 3",
        "accept": "smtpd_policy_service_default_action = DUNNO",
        "own": "smtpd_policy_service_default_action = 550 5.7.9 down",
        "bad": "smtpd_policy_service_default_action = nonsense here",
        "gone": "smtpd_recipient_restrictions = check_policy_service unix:@DIR@/none.sock",
        "gone1": "smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:1",
        "goneown": "smtpd_recipient_restrictions = check_policy_service { inet:127.0.0.1:1, { default_action = defer_if_permit later }, try_limit=1 }",
        "braces": "smtpd_recipient_restrictions = check_policy_service { unix:@DIR@/server.sock, timeout=5s, retry_delay=1s, try_limit=1, request_limit=1, max_idle=1s, max_ttl=1s, { default_action = 451 4.7.3 mine } }",
        "noaddress": "smtpd_recipient_restrictions = check_policy_service",
        "limit": "smtpd_policy_service_request_limit = 2",
        "idle": "smtpd_policy_service_max_idle = 1s",
        "ttl": "smtpd_policy_service_max_ttl = 1s",
        "warn": "smtpd_recipient_restrictions = warn_if_reject check_policy_service unix:@DIR@/server.sock",
    }

    def prepare(self):
        self.server = self.keep(ScriptedPolicy(self.path("server.sock")))

    def run_case(self, name):
        self.server.play("")
        self.server.answers = []
        self.server.connections = 0
        super().run_case(name)

    def step(self, op, arg, after):
        if op == "answers":
            return self.server.play(arg)
        if op == "try":
            for line in ("EHLO x", "MAIL FROM:<a@example.net>"):
                self.reply(self.sessions[self.current].cmd(line), "250")
            return self.step(">", "RCPT TO:<alice@example.test>", after)
        return super().step(op, arg, after)

    def see_connections(self):
        return str(self.server.connections)

    def see_requests(self):
        return str(len(self.server.requests))

    scripts = r"""
== crlf src=192.0.2.10
answers action=DUNNO\r\n\r\n || action=DUNNO\r\n\r\n
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: timeout on @DIR@/server.sock while reading input attribute name
says smtpd warning: problem talking to server @DIR@/server.sock: Connection timed out
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== crlf-reject src=192.0.2.10
answers action=REJECT no\r\n\r\n || action=REJECT no\r\n\r\n
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: timeout on @DIR@/server.sock while reading input attribute name
says smtpd warning: problem talking to server @DIR@/server.sock: Connection timed out
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== blank-before src=192.0.2.10
answers \naction=DUNNO\n\n || \naction=DUNNO\n\n
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: missing attribute action in input from @DIR@/server.sock
says smtpd warning: problem talking to server @DIR@/server.sock: Application error
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== blank-in-front src=192.0.2.10
answers  action=REJECT no\n\n ||  action=REJECT no\n\n
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: missing attribute action in input from @DIR@/server.sock
says smtpd warning: problem talking to server @DIR@/server.sock: Application error
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== blank-after-equals src=192.0.2.10
answers action= REJECT no\n\n || action= REJECT no\n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd warning: restriction `no' after `reject' is ignored
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== blanks-after-equals src=192.0.2.10
answers action=  REJECT  no\n\n || action=  REJECT  no\n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd warning: restriction `no' after `reject' is ignored
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== tab-after-equals src=192.0.2.10
answers action=\tREJECT\tno\n\n || action=\tREJECT\tno\n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd warning: restriction `no' after `reject' is ignored
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== blank-behind src=192.0.2.10
answers action=DUNNO \n\n || action=DUNNO \n\n
try
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== blank-behind-text src=192.0.2.10
answers action=REJECT no  \n\n || action=REJECT no  \n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: no  
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: no  ; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== other-first src=192.0.2.10
answers foo=bar\naction=REJECT no\n\n || foo=bar\naction=REJECT no\n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: no
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: no; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== two-actions src=192.0.2.10
answers action=DUNNO\naction=REJECT no\n\n || action=DUNNO\naction=REJECT no\n\n
try
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== upper-name src=192.0.2.10
answers ACTION=REJECT no\n\n || ACTION=REJECT no\n\n
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: missing attribute action in input from @DIR@/server.sock
says smtpd warning: problem talking to server @DIR@/server.sock: Application error
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== mixed-value src=192.0.2.10
answers action=ReJeCt no\n\n || action=ReJeCt no\n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: no
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: no; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== empty-value src=192.0.2.10
answers action=\n\n || action=\n\n
try
< 250 2.1.5 Ok
says smtpd warning: access table unix:@DIR@/server.sock entry  has empty value
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== blank-value src=192.0.2.10
answers action= \n\n || action= \n\n
try
< 250 2.1.5 Ok
says smtpd warning: access table unix:@DIR@/server.sock entry   has empty value
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-equals src=192.0.2.10
answers action\n\n || action\n\n
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: missing value for string attribute action from @DIR@/server.sock
says smtpd warning: problem talking to server @DIR@/server.sock: Application error
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== only-newline src=192.0.2.10
answers \n || \n
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: missing attribute action in input from @DIR@/server.sock
says smtpd warning: problem talking to server @DIR@/server.sock: Application error
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== garbage src=192.0.2.10
answers what is this\n\n || what is this\n\n
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: missing attribute action in input from @DIR@/server.sock
says smtpd warning: problem talking to server @DIR@/server.sock: Application error
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== nul src=192.0.2.10
answers action=REJECT a\x00b\n\n || action=REJECT a\x00b\n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: a
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: a; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== control src=192.0.2.10
answers action=REJECT a\x01b\n\n || action=REJECT a\x01b\n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: a b
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: a b; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== equals-in-text src=192.0.2.10
answers action=REJECT a=b=c\n\n || action=REJECT a=b=c\n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: a=b=c
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: a=b=c; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-end src=192.0.2.10
answers action=REJECT no\n || action=REJECT no\n
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: timeout on @DIR@/server.sock while reading input attribute name
says smtpd warning: problem talking to server @DIR@/server.sock: Connection timed out
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-newline src=192.0.2.10
answers action=REJECT no || action=REJECT no
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: problem talking to server @DIR@/server.sock: Connection timed out
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== half src=192.0.2.10
answers act || act
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: problem talking to server @DIR@/server.sock: Connection timed out
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== unknown src=192.0.2.10
answers action=FOO bar\n\n || action=FOO bar\n\n
try
< 451 4.3.5 Server configuration error
says smtpd warning: unknown smtpd restriction: "FOO"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== unknown-bare src=192.0.2.10
answers action=FOO\n\n || action=FOO\n\n
try
< 451 4.3.5 Server configuration error
says smtpd warning: unknown smtpd restriction: "FOO"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== two-words src=192.0.2.10
answers action=DUNNO because\n\n || action=DUNNO because\n\n
try
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== ok-text src=192.0.2.10
answers action=OK fine\n\n || action=OK fine\n\n
try
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== permit src=192.0.2.10
answers action=permit\n\n || action=permit\n\n
try
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== list src=192.0.2.10
answers action=permit_mynetworks, reject\n\n || action=permit_mynetworks, reject\n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== list-unknown src=192.0.2.10
answers action=permit_mynetworks, whatever\n\n || action=permit_mynetworks, whatever\n\n
try
< 451 4.3.5 Server configuration error
says smtpd warning: unknown smtpd restriction: "whatever"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== code-bare src=192.0.2.10
answers action=554\n\n || action=554\n\n
try
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== code-text src=192.0.2.10
answers action=554 no way\n\n || action=554 no way\n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: no way
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: no way; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== code-dsn src=192.0.2.10
answers action=554 5.7.99 no way\n\n || action=554 5.7.99 no way\n\n
try
< 554 5.7.99 <alice@example.test>: Recipient address rejected: no way
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.99 <alice@example.test>: Recipient address rejected: no way; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== code-wrong-dsn src=192.0.2.10
answers action=554 4.7.99 no way\n\n || action=554 4.7.99 no way\n\n
try
< 554 5.7.99 <alice@example.test>: Recipient address rejected: no way
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.99 <alice@example.test>: Recipient address rejected: no way; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== code-dash src=192.0.2.10
answers action=554-no way\n\n || action=554-no way\n\n
try
< 451 4.3.5 Server configuration error
says smtpd warning: unknown smtpd restriction: "554-no"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== code-2 src=192.0.2.10
answers action=250 ok\n\n || action=250 ok\n\n
try
< 451 4.3.5 Server configuration error
says smtpd warning: unknown smtpd restriction: "250"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== code-3 src=192.0.2.10
answers action=354 go\n\n || action=354 go\n\n
try
< 451 4.3.5 Server configuration error
says smtpd warning: unknown smtpd restriction: "354"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== code-long src=192.0.2.10
answers action=5544 x\n\n || action=5544 x\n\n
try
< 451 4.3.5 Server configuration error
says smtpd warning: unknown smtpd restriction: "5544"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== code-421 src=192.0.2.10
answers action=421 4.7.0 go away\n\n || action=421 4.7.0 go away\n\n
try
< 421 4.7.0 <alice@example.test>: Recipient address rejected: go away
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 421 4.7.0 <alice@example.test>: Recipient address rejected: go away; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
== code-521 src=192.0.2.10
answers action=521 5.7.0 go away\n\n || action=521 5.7.0 go away\n\n
try
< 521 5.7.0 <alice@example.test>: Recipient address rejected: go away
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 521 5.7.0 <alice@example.test>: Recipient address rejected: go away; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
== hangup src=192.0.2.10
answers action=HANGUP\n\n || action=HANGUP\n\n
try
< connection closed
says smtpd NOQUEUE: hangup: RCPT from client.example.org[192.0.2.10]: ; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
== defer src=192.0.2.10
answers action=DEFER\n\n || action=DEFER\n\n
try
< 450 4.7.1 <alice@example.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 <alice@example.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== defer-text src=192.0.2.10
answers action=DEFER 4.2.1 busy\n\n || action=DEFER 4.2.1 busy\n\n
try
< 450 4.2.1 <alice@example.test>: Recipient address rejected: busy
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.2.1 <alice@example.test>: Recipient address rejected: busy; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== defer-dsn-5 src=192.0.2.10
answers action=DEFER 5.2.1 busy\n\n || action=DEFER 5.2.1 busy\n\n
try
< 450 4.2.1 <alice@example.test>: Recipient address rejected: busy
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.2.1 <alice@example.test>: Recipient address rejected: busy; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== reject-dsn-4 src=192.0.2.10
answers action=REJECT 4.2.1 busy\n\n || action=REJECT 4.2.1 busy\n\n
try
< 554 5.2.1 <alice@example.test>: Recipient address rejected: busy
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.2.1 <alice@example.test>: Recipient address rejected: busy; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== defer-if-permit src=192.0.2.10
answers action=DEFER_IF_PERMIT\n\n || action=DEFER_IF_PERMIT\n\n
try
< 450 4.7.1 <alice@example.test>: Recipient address rejected: Service unavailable
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 <alice@example.test>: Recipient address rejected: Service unavailable; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== defer-if-permit-text src=192.0.2.10
answers action=DEFER_IF_PERMIT 4.2.0 grey\n\n || action=DEFER_IF_PERMIT 4.2.0 grey\n\n
try
< 450 4.2.0 <alice@example.test>: Recipient address rejected: grey
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.2.0 <alice@example.test>: Recipient address rejected: grey; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== defer-if-reject src=192.0.2.10
answers action=DEFER_IF_REJECT maybe\n\n || action=DEFER_IF_REJECT maybe\n\n
try
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== reject-bare src=192.0.2.10
answers action=REJECT\n\n || action=REJECT\n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== reject-multi src=192.0.2.10
answers action=REJECT a\\nb\n\n || action=REJECT a\\nb\n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: a\nb
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: a\nb; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== warn src=192.0.2.10
answers action=WARN hm\n\n || action=WARN hm\n\n
try
< 250 2.1.5 Ok
says smtpd NOQUEUE: warn: RCPT from client.example.org[192.0.2.10]: hm; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== info src=192.0.2.10
answers action=INFO hm\n\n || action=INFO hm\n\n
try
< 250 2.1.5 Ok
says smtpd NOQUEUE: info: RCPT from client.example.org[192.0.2.10]: hm; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== info-bare src=192.0.2.10
answers action=INFO\n\n || action=INFO\n\n
try
< 250 2.1.5 Ok
says smtpd NOQUEUE: info: RCPT from client.example.org[192.0.2.10]: ; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== discard src=192.0.2.10
answers action=DISCARD gone\n\n || action=DISCARD gone\n\n
try
< 250 2.1.5 Ok
says smtpd NOQUEUE: discard: RCPT from client.example.org[192.0.2.10]: <alice@example.test>: Recipient address gone; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== discard-bare src=192.0.2.10
answers action=DISCARD\n\n || action=DISCARD\n\n
try
< 250 2.1.5 Ok
says smtpd NOQUEUE: discard: RCPT from client.example.org[192.0.2.10]: <alice@example.test>: Recipient address triggers DISCARD action; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== hold src=192.0.2.10
answers action=HOLD wait\n\n || action=HOLD wait\n\n
try
< 250 2.1.5 Ok
says smtpd NOQUEUE: hold: RCPT from client.example.org[192.0.2.10]: <alice@example.test>: Recipient address wait; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== filter src=192.0.2.10
answers action=FILTER smtp:[127.0.0.1]:2525\n\n || action=FILTER smtp:[127.0.0.1]:2525\n\n
try
< 250 2.1.5 Ok
says smtpd NOQUEUE: filter: RCPT from client.example.org[192.0.2.10]: <alice@example.test>: Recipient address triggers FILTER smtp:[127.0.0.1]:2525; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== filter-bare src=192.0.2.10
answers action=FILTER\n\n || action=FILTER\n\n
try
< 250 2.1.5 Ok
says smtpd warning: access table unix:@DIR@/server.sock entry "policy query" has FILTER entry without value
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== filter-name src=192.0.2.10
answers action=FILTER smtp\n\n || action=FILTER smtp\n\n
try
< 250 2.1.5 Ok
says smtpd warning: access table unix:@DIR@/server.sock entry "policy query" requires transport:destination
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== redirect src=192.0.2.10
answers action=REDIRECT bob@example.test\n\n || action=REDIRECT bob@example.test\n\n
try
< 250 2.1.5 Ok
says smtpd NOQUEUE: redirect: RCPT from client.example.org[192.0.2.10]: <alice@example.test>: Recipient address triggers REDIRECT bob@example.test; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== redirect-bare src=192.0.2.10
answers action=REDIRECT\n\n || action=REDIRECT\n\n
try
< 250 2.1.5 Ok
says smtpd warning: access table unix:@DIR@/server.sock entry "policy query" requires user@domain target
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== redirect-name src=192.0.2.10
answers action=REDIRECT bob\n\n || action=REDIRECT bob\n\n
try
< 250 2.1.5 Ok
says smtpd warning: access table unix:@DIR@/server.sock entry "policy query" requires user@domain target
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== bcc src=192.0.2.10
answers action=BCC bob@example.test\n\n || action=BCC bob@example.test\n\n
try
< 250 2.1.5 Ok
says smtpd NOQUEUE: bcc: RCPT from client.example.org[192.0.2.10]: <alice@example.test>: Recipient address triggers BCC bob@example.test; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== bcc-name src=192.0.2.10
answers action=BCC bob\n\n || action=BCC bob\n\n
try
< 250 2.1.5 Ok
says smtpd warning: access table unix:@DIR@/server.sock entry "policy query" requires user@domain target
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== prepend src=192.0.2.10
answers action=PREPEND X-A: b\n\n || action=PREPEND X-A: b\n\n
try
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== prepend-bare src=192.0.2.10
answers action=PREPEND\n\n || action=PREPEND\n\n
try
< 250 2.1.5 Ok
says smtpd warning: access table unix:@DIR@/server.sock entry "policy query" requires header: text
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== prepend-text src=192.0.2.10
answers action=PREPEND no header\n\n || action=PREPEND no header\n\n
try
< 250 2.1.5 Ok
says smtpd warning: access table unix:@DIR@/server.sock entry "policy query" requires header: text
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== delay src=192.0.2.10
answers action=DELAY 1\n\n || action=DELAY 1\n\n
try
< 451 4.3.5 Server configuration error
says smtpd warning: unknown smtpd restriction: "DELAY"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== sleep src=192.0.2.10
answers action=sleep 1\n\n || action=sleep 1\n\n
try
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== warn-if-reject src=192.0.2.10
answers action=warn_if_reject reject\n\n || action=warn_if_reject reject\n\n
try
< 250 2.1.5 Ok
says smtpd NOQUEUE: reject_warning: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== check-table src=192.0.2.10
answers action=check_recipient_access static:REJECT\n\n || action=check_recipient_access static:REJECT\n\n
try
< 451 4.3.5 Server configuration error
says smtpd warning: access table unix:@DIR@/server.sock has entry with lookup table: check_recipient_access static:REJECT
says smtpd warning: do not specify lookup tables inside SMTPD access maps
says smtpd warning: define a restriction class and specify its name instead.
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== table src=192.0.2.10
answers action=static:REJECT\n\n || action=static:REJECT\n\n
try
< 451 4.3.5 Server configuration error
says smtpd warning: access table unix:@DIR@/server.sock has entry with lookup table: static:REJECT
says smtpd warning: do not specify lookup tables inside SMTPD access maps
says smtpd warning: define a restriction class and specify its name instead.
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== self src=192.0.2.10
answers action=check_policy_service unix:@DIR@/server.sock\n\n || action=check_policy_service unix:@DIR@/server.sock\n\n
try
< 451 4.3.5 Server configuration error
says smtpd warning: access table unix:@DIR@/server.sock has entry with lookup table: check_policy_service unix:@DIR@/server.sock
says smtpd warning: do not specify lookup tables inside SMTPD access maps
says smtpd warning: define a restriction class and specify its name instead.
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== drop-1 on=once src=192.0.2.10
answers DROP || action=DUNNO\n\n
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
see requests => 1
says smtpd warning: problem talking to server @DIR@/server.sock: Application error
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== drop-3 on=thrice src=192.0.2.10
answers DROP || DROP || action=DUNNO\n\n
try
< 250 2.1.5 Ok
see requests => 3
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== drop-all-3 on=thrice src=192.0.2.10
answers DROP || DROP || DROP || DROP
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
see requests => 3
says smtpd warning: problem talking to server @DIR@/server.sock: Application error
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== hang-all src=192.0.2.10
answers HANG || HANG
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: problem talking to server @DIR@/server.sock: Connection timed out
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== default-accept on=accept src=192.0.2.10
answers DROP || DROP
try
< 250 2.1.5 Ok
says smtpd warning: problem talking to server @DIR@/server.sock: Application error
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== default-own on=own src=192.0.2.10
answers DROP || DROP
try
< 550 5.7.9 <alice@example.test>: Recipient address rejected: down
says smtpd warning: problem talking to server @DIR@/server.sock: Application error
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 550 5.7.9 <alice@example.test>: Recipient address rejected: down; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== default-bad on=bad src=192.0.2.10
answers DROP || DROP
try
< 451 4.3.5 Server configuration error
says smtpd warning: problem talking to server @DIR@/server.sock: Application error
says smtpd warning: unknown smtpd restriction: "nonsense"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== gone-unix on=gone src=192.0.2.10
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: connect to @DIR@/none.sock: No such file or directory
says smtpd warning: problem talking to server @DIR@/none.sock: No such file or directory
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== gone-inet on=gone1 src=192.0.2.10
try
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem
says smtpd warning: connect to 127.0.0.1:1: Connection refused
says smtpd warning: problem talking to server 127.0.0.1:1: Connection refused
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== gone-own on=goneown src=192.0.2.10
try
< 450 4.7.1 <alice@example.test>: Recipient address rejected: later
says smtpd warning: connect to 127.0.0.1:1: Connection refused
says smtpd warning: problem talking to server 127.0.0.1:1: Connection refused
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 <alice@example.test>: Recipient address rejected: later; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== braces on=braces src=192.0.2.10
answers action=REJECT x\n\n
try
< 554 5.7.1 <alice@example.test>: Recipient address rejected: x
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: x; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== braces-drop on=braces src=192.0.2.10
answers DROP
try
< 451 4.7.3 <alice@example.test>: Recipient address rejected: mine
says smtpd warning: problem talking to server @DIR@/server.sock: Application error
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.7.3 <alice@example.test>: Recipient address rejected: mine; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== braces-limit on=braces src=192.0.2.10
answers action=DUNNO\n\n || action=DUNNO\n\n
try
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see connections => 2
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-address on=noaddress src=192.0.2.10
try
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_policy_service must be followed by transport:server
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== request-limit on=limit src=192.0.2.10
try
< 250 2.1.5 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
> RCPT TO:<carol@example.test>
< 250 2.1.5 Ok
> RCPT TO:<dave@example.test>
< 250 2.1.5 Ok
see connections => 2
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-limits src=192.0.2.10
try
< 250 2.1.5 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
> RCPT TO:<carol@example.test>
< 250 2.1.5 Ok
see connections => 1
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== warn-only on=warn src=192.0.2.10
answers action=REJECT x\n\n
try
< 250 2.1.5 Ok
says smtpd NOQUEUE: reject_warning: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: x; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== warn-only-bad on=warn src=192.0.2.10
answers action=FOO x\n\n || action=FOO x\n\n
try
< 451 4.3.5 Server configuration error
says smtpd warning: unknown smtpd restriction: "FOO"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== warn-only-gone on=warn src=192.0.2.10
answers DROP || DROP
try
< 250 2.1.5 Ok
says smtpd warning: problem talking to server @DIR@/server.sock: Application error
says smtpd NOQUEUE: reject_warning: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration problem; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
"""
