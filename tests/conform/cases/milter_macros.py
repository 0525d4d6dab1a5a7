"""Macros that mail filters get: every list, its default and another one, and what each macro says at each stage."""
import re

from harness import DovecotAuth, Milter, Talk, client_tls

LISTS = ("connect", "helo", "mail", "rcpt", "data", "end_of_header", "end_of_data", "unknown_command")
ALL = ("i j v _ {auth_authen} {auth_author} {auth_ssf} {auth_type} {cert_issuer} {cert_subject} {cipher} {cipher_bits} {client_addr} "
       "{client_connections} {client_name} {client_port} {client_ptr} {client_resolve} {daemon_addr} {daemon_name} {daemon_port} "
       "{mail_addr} {mail_host} {mail_mailer} {rcpt_addr} {rcpt_host} {rcpt_mailer} {tls_version} {nosuch} {if_name} {msg_id}")
MILTER = "smtpd_milters = unix:@DIR@/milter.sock\n"

WHOLE = r"""
> EHLO me.example.org
<
> FOO
<
> MAIL FROM:<a@example.net>
<
> RCPT TO:<al@example.test>
<
> RCPT TO:<nobody@relay.test>
<
> DATA
<
> From: x
>
> body
> .
<
see macros connect
see macros helo
see macros unknown
see macros mail
see macros rcpt
see macros data
"""
AT_END = """see macros header
see macros eoh
see macros body
see macros eom
"""


class Macros(Talk):
    area = "milter-macros"
    cost = 10
    timeout = 40
    boring = r"^(connect from|disconnect from|lost connection|warning: hostname|.*: client=)"
    main = """
smtpd_error_sleep_time = 0
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_tls_security_level = may
smtpd_tls_chain_files = @TLS@/server.pem
smtpd_tls_ask_ccert = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = @DIR@/auth.sock
smtpd_authorized_xclient_hosts = 127.0.0.1
relay_domains = relay.test
virtual_alias_maps = inline:{al@example.test=alice@example.test}
transport_maps = inline:{relay.test=smtp:[127.0.0.1]:2525}
"""
    services = {
        "usual": MILTER,
        "all": MILTER + "\n".join("milter_%s_macros = %s" % (n, ALL) for n in LISTS),
        "none": MILTER + "\n".join("milter_%s_macros =" % n for n in LISTS),
        "v": MILTER + "milter_macro_v = $mail_name-x\nmilter_macro_daemon_name = ORIGINATING",
        "defaults": MILTER + "milter_macro_defaults = auth_type=TYPE, {auth_authen}=somebody, {i}=NOID, nosuch=here\n"
                             "milter_mail_macros = i {auth_type} {auth_authen} {nosuch} nosuch {other}\n"
                             "milter_connect_macros = j i {nosuch}",
        "odd": MILTER + "milter_connect_macros = {j}, v _\nmilter_helo_macros = {i} {helo}\nmilter_mail_macros = client_addr {client_addr}",
        "count": MILTER + "milter_connect_macros = {client_connections}\nsmtpd_client_event_limit_exceptions =",
        "early": MILTER + "smtpd_delay_open_until_valid_rcpt = no",
        "nopeer": MILTER + "smtpd_peername_lookup = no\nmilter_connect_macros = _ {client_name} {client_ptr} {client_resolve}",
    }

    def prepare(self):
        self.auth = self.keep(DovecotAuth(self.path("auth.sock"), {"ann": "pw"}))
        self.milter = self.keep(Milter(self.path("milter.sock")))

    def run_case(self, name):
        self.milter.reset()
        super().run_case(name)

    def clean(self, text):
        text = super().clean(text)
        text = re.sub(r"\b(i=)[0-9A-F]{6,}", r"\1*", text)
        text = re.sub(r"(client_port=)\d{5}", r"\1*", text)
        return re.sub(r"\bv=(Postfix|Postrider)( \S+)?", r"v=*", text)

    def see_macros(self, *stages):
        """what the filter was given at these stages"""
        out = []
        for stage in stages:
            found = [m for s in self.milter.sessions for st, _, m in s["events"] if st == stage]
            if not found:
                out.append(stage + ": never")
            for macros in found[-1:]:
                out.append(stage + ": " + " ".join("%s=%s" % (k, macros[k]) for k in sorted(macros)))
        return self.clean("; ".join(out))

    def do_tls(self, certificate=""):
        pem = self.inst.sub("@TLS@/%s.pem" % certificate)
        self.sessions[self.current].starttls(client_tls(None, pem, pem) if certificate else client_tls())

    scripts = r"""
== usual-outside on=usual src=192.0.2.10
> EHLO me.example.org
< 250 *
> FOO
< 500 5.5.2 Error: command not recognized
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<al@example.test>
< 250 2.1.5 Ok
> RCPT TO:<nobody@relay.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> From: x
>
> body
> .
< 250 2.0.0 Ok: queued as *
see macros connect => connect: _=client.example.org [192.0.2.10] daemon_addr=127.0.0.1 daemon_name=mx.example.test j=mx.example.test v=*
see macros helo => helo: 
see macros unknown => unknown: 
see macros mail => mail: mail_addr=a@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp
see macros rcpt => rcpt: i=* rcpt_addr=nobody@relay.test rcpt_host=[127.0.0.1]:2525 rcpt_mailer=smtp
see macros data => data: i=*
see macros header => header: i=*
see macros eoh => eoh: i=*
see macros body => body: i=*
see macros eom => eom: i=*
== usual-inside on=usual host=127.0.0.1
> EHLO me.example.org
< 250 *
> FOO
< 500 5.5.2 Error: command not recognized
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<al@example.test>
< 250 2.1.5 Ok
> RCPT TO:<nobody@relay.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> From: x
>
> body
> .
< 250 2.0.0 Ok: queued as *
see macros connect => connect: _=localhost [127.0.0.1] daemon_addr=127.0.0.1 daemon_name=mx.example.test j=mx.example.test v=*
see macros helo => helo: 
see macros unknown => unknown: 
see macros mail => mail: mail_addr=a@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp
see macros rcpt => rcpt: i=* rcpt_addr=nobody@relay.test rcpt_host=[127.0.0.1]:2525 rcpt_mailer=smtp
see macros data => data: i=*
see macros header => header: i=*
see macros eoh => eoh: i=*
see macros body => body: i=*
see macros eom => eom: i=*
== all-outside on=all src=192.0.2.10
> EHLO me.example.org
< 250 *
> FOO
< 500 5.5.2 Error: command not recognized
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<al@example.test>
< 250 2.1.5 Ok
> RCPT TO:<nobody@relay.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> From: x
>
> body
> .
< 250 2.0.0 Ok: queued as *
see macros connect => connect: _=client.example.org [192.0.2.10] client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test v=*
see macros helo => helo: _=client.example.org [192.0.2.10] client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test v=*
see macros unknown => unknown: _=client.example.org [192.0.2.10] client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test v=*
see macros mail => mail: _=client.example.org [192.0.2.10] client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test mail_addr=a@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp v=*
see macros rcpt => rcpt: _=client.example.org [192.0.2.10] client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 i=* j=mx.example.test mail_addr=a@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp rcpt_addr=nobody@relay.test rcpt_host=[127.0.0.1]:2525 rcpt_mailer=smtp v=*
see macros data => data: _=client.example.org [192.0.2.10] client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 i=* j=mx.example.test mail_addr=a@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp rcpt_addr=al@example.test rcpt_host=mx.example.test rcpt_mailer=local v=*
== all-inside on=all host=127.0.0.1
> EHLO me.example.org
< 250 *
> FOO
< 500 5.5.2 Error: command not recognized
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<al@example.test>
< 250 2.1.5 Ok
> RCPT TO:<nobody@relay.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> From: x
>
> body
> .
< 250 2.0.0 Ok: queued as *
see macros connect => connect: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_connections=0 client_name=localhost client_port=* client_ptr=localhost client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test v=*
see macros helo => helo: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_connections=0 client_name=localhost client_port=* client_ptr=localhost client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test v=*
see macros unknown => unknown: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_connections=0 client_name=localhost client_port=* client_ptr=localhost client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test v=*
see macros mail => mail: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_connections=0 client_name=localhost client_port=* client_ptr=localhost client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test mail_addr=a@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp v=*
see macros rcpt => rcpt: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_connections=0 client_name=localhost client_port=* client_ptr=localhost client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 i=* j=mx.example.test mail_addr=a@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp rcpt_addr=nobody@relay.test rcpt_host=[127.0.0.1]:2525 rcpt_mailer=smtp v=*
see macros data => data: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_connections=0 client_name=localhost client_port=* client_ptr=localhost client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 i=* j=mx.example.test mail_addr=a@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp rcpt_addr=al@example.test rcpt_host=mx.example.test rcpt_mailer=local v=*
== none-outside on=none src=192.0.2.10
> EHLO me.example.org
< 250 *
> FOO
< 500 5.5.2 Error: command not recognized
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<al@example.test>
< 250 2.1.5 Ok
> RCPT TO:<nobody@relay.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> From: x
>
> body
> .
< 250 2.0.0 Ok: queued as *
see macros connect => connect: 
see macros helo => helo: 
see macros unknown => unknown: 
see macros mail => mail: 
see macros rcpt => rcpt: 
see macros data => data: 
see macros header => header: 
see macros eoh => eoh: 
see macros body => body: 
see macros eom => eom: 
== none-inside on=none host=127.0.0.1
> EHLO me.example.org
< 250 *
> FOO
< 500 5.5.2 Error: command not recognized
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<al@example.test>
< 250 2.1.5 Ok
> RCPT TO:<nobody@relay.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> From: x
>
> body
> .
< 250 2.0.0 Ok: queued as *
see macros connect => connect: 
see macros helo => helo: 
see macros unknown => unknown: 
see macros mail => mail: 
see macros rcpt => rcpt: 
see macros data => data: 
see macros header => header: 
see macros eoh => eoh: 
see macros body => body: 
see macros eom => eom: 
== v on=v src=192.0.2.10
> EHLO me.example.org
< 250 *
see macros connect helo => connect: _=client.example.org [192.0.2.10] daemon_addr=127.0.0.1 daemon_name=ORIGINATING j=mx.example.test v=*-x; helo: 
== defaults on=defaults src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
see macros connect helo mail => connect: i=NOID j=mx.example.test nosuch=here; helo: ; mail: auth_authen=somebody auth_type=TYPE i=NOID nosuch=here
== odd on=odd src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
see macros connect helo mail => connect: _=client.example.org [192.0.2.10] j=mx.example.test v=* helo: ; mail: client_addr=192.0.2.10
== connections on=count src=192.0.2.10
open 2 on=count src=192.0.2.10
see macros connect => connect: client_connections=2
== queue-id-at-mail on=early src=192.0.2.10
> EHLO me.example.org
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see macros mail rcpt => mail: mail_addr=a@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp; rcpt: i=* rcpt_addr=alice@example.test rcpt_host=mx.example.test rcpt_mailer=local
== no-names on=nopeer src=192.0.2.10
see macros connect => connect: _=unknown [192.0.2.10] client_name=unknown client_ptr=unknown client_resolve=FAIL
== unnamed on=all src=192.0.2.99
see macros connect => connect: _=unknown [192.0.2.99] client_addr=192.0.2.99 client_connections=1 client_name=unknown client_port=* client_ptr=unknown client_resolve=FAIL daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test v=*
== forged on=all src=192.0.2.30
see macros connect => connect: _=unknown [192.0.2.30] client_addr=192.0.2.30 client_connections=1 client_name=unknown client_port=* client_ptr=unknown client_resolve=FAIL daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test v=*
== null-sender on=all src=192.0.2.10
> EHLO me
< 250 *
> MAIL FROM:<>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
see macros mail rcpt => mail: _=client.example.org [192.0.2.10] client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test mail_addr= mail_host=mx.example.test mail_mailer=local v=* rcpt: _=client.example.org [192.0.2.10] client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test mail_addr= mail_host=mx.example.test mail_mailer=local rcpt_addr=alice@example.test rcpt_host=mx.example.test rcpt_mailer=local v=*
== local-names on=all src=192.0.2.10
> HELO me
< 250 mx.example.test
> MAIL FROM:<alice>
< 250 2.1.0 Ok
> RCPT TO:<alice>
< 250 2.1.5 Ok
see macros mail rcpt => mail: _=client.example.org [192.0.2.10] client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test mail_addr=alice@example.test mail_host=mx.example.test mail_mailer=local v=* rcpt: _=client.example.org [192.0.2.10] client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test mail_addr=alice@example.test mail_host=mx.example.test mail_mailer=local rcpt_addr=alice@example.test rcpt_host=mx.example.test rcpt_mailer=local v=*
== quoted on=all src=192.0.2.10
> HELO me
< 250 mx.example.test
> MAIL FROM:<"a b"@example.net>
< 250 2.1.0 Ok
> RCPT TO:<"al ice"@example.test>
< 550 5.1.1 <al ice@example.test>: Recipient address rejected: User unknown in local recipient table
see macros mail => mail: _=client.example.org [192.0.2.10] client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test mail_addr="a b"@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp v=*
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 550 5.1.1 <al ice@example.test>: Recipient address rejected: User unknown in local recipient table; from=<"a b"@example.net> to=<"al ice"@example.test> proto=SMTP helo=<me>
== tls on=usual src=192.0.2.10
> EHLO me
< 250 *
do tls
> EHLO me
< 250 *
see macros helo => helo: cipher=TLS_AES_256_GCM_SHA384 cipher_bits=256 tls_version=TLSv1.3
== tls-all on=all src=192.0.2.10
> EHLO me
< 250 *
do tls client
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
see macros helo mail => helo: _=client.example.org [192.0.2.10] cipher=TLS_AES_256_GCM_SHA384 cipher_bits=256 client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test tls_version=TLSv1.3 v=* mail: _=client.example.org [192.0.2.10] cipher=TLS_AES_256_GCM_SHA384 cipher_bits=256 client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test mail_addr=a@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp tls_version=TLSv1.3 v=*
== login on=all src=192.0.2.10
> EHLO me
< 250 *
> AUTH PLAIN AGFubgBwdw==
< 235 2.7.0 Authentication successful
> MAIL FROM:<a@example.net> AUTH=<>
< 250 2.1.0 Ok
see macros mail => mail: _=client.example.org [192.0.2.10] auth_authen=ann auth_type=PLAIN client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test mail_addr=a@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp v=*
== login-usual on=usual src=192.0.2.10
> EHLO me
< 250 *
> AUTH PLAIN AGFubgBwdw==
< 235 2.7.0 Authentication successful
> MAIL FROM:<a@example.net> AUTH=boss@example.net
< 250 2.1.0 Ok
see macros mail => mail: auth_authen=ann auth_author=boss@example.net auth_type=PLAIN mail_addr=a@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp
== xclient on=all
> EHLO me
< 250 *
> XCLIENT ADDR=198.51.100.7 NAME=far.example PORT=999 LOGIN=ann DESTADDR=192.0.2.250 DESTPORT=2525 REVERSE_NAME=rev.example
< 220 mx.example.test ESMTP *
> EHLO now.example
< 250 *
see macros connect => connect: _=rev.example [198.51.100.7] (may be forged) auth_authen=ann auth_type=XCLIENT client_addr=198.51.100.7 client_connections=1 client_name=far.example client_port=999 client_ptr=rev.example client_resolve=OK daemon_addr=192.0.2.250 daemon_name=mx.example.test daemon_port=2525 j=mx.example.test v=*
== two-messages on=all src=192.0.2.10
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<b@example.net>
< 250 2.1.0 Ok
see macros mail => mail: _=client.example.org [192.0.2.10] client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 j=mx.example.test mail_addr=b@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp v=*
== bdat on=all src=192.0.2.10
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
>> BDAT 7 LAST\r\na: b\r\n\r\n
< 250 2.0.0 Ok: 9 bytes queued as *
see macros data => data: _=client.example.org [192.0.2.10] client_addr=192.0.2.10 client_connections=1 client_name=client.example.org client_port=* client_ptr=client.example.org client_resolve=OK daemon_addr=127.0.0.1 daemon_name=mx.example.test daemon_port=11002 i=* j=mx.example.test mail_addr=a@example.net mail_host=[127.0.0.1]:2525 mail_mailer=smtp rcpt_addr=alice@example.test rcpt_host=mx.example.test rcpt_mailer=local v=*
"""


class LocalMacros(Macros):
    """The same for mail that does not come by SMTP."""
    main = Macros.main + """
non_smtpd_milters = unix:@DIR@/milter.sock
milter_connect_macros = %s
milter_helo_macros = %s
milter_mail_macros = %s
milter_rcpt_macros = %s
milter_data_macros = %s
milter_end_of_header_macros = %s
milter_end_of_data_macros = %s
milter_macro_daemon_name = LOCAL
""" % ((ALL,) * 7)
    services = {}
    kinds = ("connect", "helo", "mail", "rcpt", "data", "header", "eoh", "body", "eom")

    def do_sendmail(self, sender, *recipients):
        self.inst.sendmail("-f", sender, *recipients, input="From: x\n\nbody\n")
        for _ in range(100):
            import time
            time.sleep(0.05)
            if self.milter.events("eom"):
                return

    scripts = r"""
== sendmail none
do sendmail bob@example.net alice@example.test
see macros connect => connect: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_name=localhost client_port=0 client_ptr=localhost daemon_addr=127.0.0.1 daemon_name=LOCAL daemon_port=0 i=* j=mx.example.test v=*
see macros helo => helo: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_name=localhost client_port=0 client_ptr=localhost daemon_addr=127.0.0.1 daemon_name=LOCAL daemon_port=0 i=* j=mx.example.test v=*
see macros mail => mail: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_name=localhost client_port=0 client_ptr=localhost daemon_addr=127.0.0.1 daemon_name=LOCAL daemon_port=0 i=* j=mx.example.test mail_addr=bob@example.net v=*
see macros rcpt => rcpt: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_name=localhost client_port=0 client_ptr=localhost daemon_addr=127.0.0.1 daemon_name=LOCAL daemon_port=0 i=* j=mx.example.test mail_addr=bob@example.net rcpt_addr=alice@example.test v=*
see macros data => data: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_name=localhost client_port=0 client_ptr=localhost daemon_addr=127.0.0.1 daemon_name=LOCAL daemon_port=0 i=* j=mx.example.test mail_addr=bob@example.net rcpt_addr=alice@example.test v=*
see macros header => header: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_name=localhost client_port=0 client_ptr=localhost daemon_addr=127.0.0.1 daemon_name=LOCAL daemon_port=0 i=* j=mx.example.test mail_addr=bob@example.net rcpt_addr=alice@example.test v=*
see macros eoh => eoh: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_name=localhost client_port=0 client_ptr=localhost daemon_addr=127.0.0.1 daemon_name=LOCAL daemon_port=0 i=* j=mx.example.test mail_addr=bob@example.net rcpt_addr=alice@example.test v=*
see macros body => body: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_name=localhost client_port=0 client_ptr=localhost daemon_addr=127.0.0.1 daemon_name=LOCAL daemon_port=0 i=* j=mx.example.test mail_addr=bob@example.net rcpt_addr=alice@example.test v=*
see macros eom => eom: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_name=localhost client_port=0 client_ptr=localhost daemon_addr=127.0.0.1 daemon_name=LOCAL daemon_port=0 i=* j=mx.example.test mail_addr=bob@example.net rcpt_addr=alice@example.test v=*
== sendmail-two none
do sendmail bob alice nobody@relay.test
see macros mail rcpt => mail: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_name=localhost client_port=0 client_ptr=localhost daemon_addr=127.0.0.1 daemon_name=LOCAL daemon_port=0 i=* j=mx.example.test mail_addr=bob@example.test v=* rcpt: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_name=localhost client_port=0 client_ptr=localhost daemon_addr=127.0.0.1 daemon_name=LOCAL daemon_port=0 i=* j=mx.example.test mail_addr=bob@example.test rcpt_addr=nobody@relay.test v=*
== sendmail-null none
do sendmail <> alice
see macros mail rcpt => mail: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_name=localhost client_port=0 client_ptr=localhost daemon_addr=127.0.0.1 daemon_name=LOCAL daemon_port=0 i=* j=mx.example.test mail_addr= v=* rcpt: _=localhost [127.0.0.1] client_addr=127.0.0.1 client_name=localhost client_port=0 client_ptr=localhost daemon_addr=127.0.0.1 daemon_name=LOCAL daemon_port=0 i=* j=mx.example.test mail_addr= rcpt_addr=alice@example.test v=*
"""


class LocalUsualMacros(LocalMacros):
    main = Macros.main + "non_smtpd_milters = unix:@DIR@/milter.sock\n"
    scripts = r"""
== sendmail-usual none
do sendmail bob@example.net alice@example.test
see macros connect => connect: _=localhost [127.0.0.1] daemon_addr=127.0.0.1 daemon_name=mx.example.test j=mx.example.test v=*
see macros helo => helo: 
see macros mail => mail: i=* mail_addr=bob@example.net
see macros rcpt => rcpt: i=* rcpt_addr=alice@example.test
see macros data => data: i=*
see macros header => header: i=*
see macros eoh => eoh: i=*
see macros body => body: i=*
see macros eom => eom: i=*
"""
