"""SMTP dialogues: odd arguments and parameters of every command, BDAT, XCLIENT and XFORWARD."""
from harness import Group

COMMON = """smtpd_error_sleep_time = 0
smtpd_hard_error_limit = 100
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
"""


class Dialogue(Group):
    area = "smtpd-corners"
    cost = 8
    main = COMMON + """message_size_limit = 50000
smtpd_authorized_xclient_hosts = 127.0.0.1
smtpd_authorized_xforward_hosts = 127.0.0.1
smtpd_authorized_verp_clients = 127.0.0.1
"""
    services = {
        "nodsn": "smtpd_discard_ehlo_keywords = dsn, silent-discard",
        "nochunk":
            "smtpd_discard_ehlo_keywords = chunking, SIZE, 8bitmime, etrn, vrfy, xverp, "
            "xclient, xforward",
        "unk": "smtpd_discard_ehlo_keywords = chunking, foobar",
        "helo": "smtpd_helo_required = yes",
        "strict": "strict_rfc821_envelopes = yes",
        "strictutf8": "strict_smtputf8 = yes",
        "novrfy": "disable_vrfy_command = yes",
        "nopct": "swap_bangpath = no\nallow_percent_hack = no\nresolve_numeric_domain = yes",
        "vrfyrej": "smtpd_delay_reject = yes\nsmtpd_client_restrictions = reject",
        "bsize": "message_size_limit = 0",
        "rlim": "smtpd_recipient_limit = 2\nsmtpd_recipient_overshoot_limit = 2",
        "noop": "smtpd_noop_commands = FOO, etrn, XX",
        "forb": "smtpd_forbidden_commands = CONNECT, FOO, regexp:{{/^X/ y}}",
        "cmdf":
            "smtpd_command_filter = regexp:{{/^FOO (.*)/ NOOP},{/^RCPT TO:(<.*)/ RCPT "
            "TO:<alice@example.test>}}",
        "line": "line_length_limit = 512",
        "footm":
            "smtpd_reject_footer_maps = regexp:{{/^5[0-9][0-9] 5.7.1/ 5.7.2 foo}, {/^503/ "
            "\\c more}, {/4/ bar}}",
    }
    scripts = r"""
== helo-args
> HELO
< 501
> EHLO
< 501
> HELO a b
< 250
> EHLO a b c
< 250
> HELO [1.2.3.4]
< 250
> EHLO x
< 250
> EHLO <x>
< 250
> EHLO -x
< 250
> EHLO x_y
< 250
> EHLO (comment)
< 250
> HELO a(b)
< 250
> EHLO "a b"
< 250
== ehlo-nochunk on=nochunk
> EHLO x
< 250
> BDAT 3 LAST
< 521 5.5.1
< EOF
== ehlo-nochunk2 on=nochunk
> EHLO x
< 250
> MAIL FROM:<a@b.example> SIZE=100
< 250 2.1.0
> MAIL FROM:<a@b.example> BODY=8BITMIME
< 503 5.5.1
> RSET
< 250 2.0.0
> VRFY alice
< 252 2.0.0
> ETRN example.test
< 459
> XCLIENT NAME=foo
< 220
> XFORWARD NAME=foo
< 250 2.0.0
> MAIL FROM:<a@b.example> XVERP
< 250 2.1.0
== ehlo-unknown on=unk
> EHLO x
< 250
== ehlo-nodsn on=nodsn
> EHLO x
< 250
> MAIL FROM:<a@b.example> RET=HDRS
< 501 5.7.1
> MAIL FROM:<a@b.example> ENVID=xx
< 501 5.7.1
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<alice@example.test> NOTIFY=NEVER
< 501 5.7.1
> RCPT TO:<alice@example.test> ORCPT=rfc822;x
< 501 5.7.1
== helo-required on=helo
> MAIL FROM:<a@b.example>
< 503 5.5.1
> RCPT TO:<a@b.example>
< 503 5.5.1
> DATA
< 503 5.5.1
> VRFY x
< 550 5.1.1
> ETRN x
< 503
> RSET
< 250 2.0.0
> NOOP
< 250 2.0.0
> HELP
< 500 5.5.2
> AUTH PLAIN
< 503 5.5.1
> XCLIENT NAME=x
< 220
> XFORWARD NAME=x
< 250 2.0.0
> BDAT 0 LAST
< 503 5.5.1
== mail-args
> EHLO x
< 250
> MAIL
< 501 5.5.4
> MAIL FROM
< 501 5.5.4
> MAIL FROM:
< 501 5.5.4
> MAIL TO:<a@b>
< 501 5.5.4
> MAIL FROM<a@b>
< 501 5.5.4
> MAIL FROM: <a@b.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:a@b.example
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM : <a@b.example>
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL  FROM:<a@b.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:a@b.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<<a@b.example>>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> foo
< 555 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example>foo
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:<@c.example:a@b.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<@c.example,@d.example:a@b.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:< >
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<" ">
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<"">
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@>
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:<@b>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a b@c>
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:<"a b"@c.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b@c.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a..b@c.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<.a@c.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a.@c.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<-a@c.example>
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:<"-a"@c.example>
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:<a@[1.2.3.4]>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@1.2.3.4>
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:<a@[foo]>
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:<a@[IPv6:::1]>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@-c.example>
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:<a@c_d.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@c..example>
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:<a@c.example.>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a(comment)@c.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a,b@c.example>
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:<a;b@c.example>
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:<group: a@c.example;>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:John <a@c.example>
< 555 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a\@b@c.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<"a\"b"@c.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<"a@c.example>
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:(x) <a@c.example>
< 555 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@c.example> (x)
< 555 5.5.4
== rcpt-args
> EHLO x
< 250
> RCPT TO:<alice@example.test>
< 503 5.5.1
> MAIL FROM:<a@b.example>
< 250 2.1.0
> MAIL FROM:<a@b.example>
< 503 5.5.1
> RCPT
< 501 5.5.4
> RCPT TO
< 501 5.5.4
> RCPT TO:
< 501 5.5.4
> RCPT TO:<>
< 501 5.1.3
> RCPT TO:< >
< 501 5.1.3
> RCPT TO:<" ">
< 550 5.1.1
> RCPT TO:<"">
< 501 5.1.3
> RCPT TO:<@>
< 501 5.1.3
> RCPT TO:<alice>
< 250 2.1.5
> RCPT TO:<Postmaster>
< 250 2.1.5
> RCPT TO:<"postmaster">
< 250 2.1.5
> RCPT TO:<alice@>
< 501 5.1.3
> RCPT TO:<@example.test>
< 250 2.1.5
> RCPT TO: <alice@example.test>
< 250 2.1.5
> RCPT TO:alice@example.test
< 250 2.1.5
> RCPT FROM:<alice@example.test>
< 501 5.5.4
> RCPT TO:<@a.example:alice@example.test>
< 250 2.1.5
> RCPT TO:<alice%example.test@example.test>
< 250 2.1.5
> RCPT TO:<example.test!alice>
< 250 2.1.5
> RCPT TO:<alice@other@example.test>
< 250 2.1.5
> RCPT TO:<-alice@example.test>
< 501 5.1.3
> RCPT TO:<"-alice"@example.test>
< 501 5.1.3
> RCPT TO:<alice@[127.0.0.1]>
< 250 2.1.5
> RCPT TO:<alice@127.0.0.1>
< 501 5.1.3
> RCPT TO:<alice@example.test.>
< 250 2.1.5
> RCPT TO:<alice@.example.test>
< 501 5.1.3
> RCPT TO:<alice@example..test>
< 501 5.1.3
> RCPT TO:<a b@example.test>
< 501 5.1.3
> RCPT TO:<alice@example.test> foo
< 555 5.5.4
> RCPT TO:<alice@example.test> foo=bar
< 555 5.5.4
> RCPT TO:<alice@example.test> NOTIFY
< 555 5.5.4
> RCPT TO:<alice@exa mple.test>
< 501 5.1.3
> RCPT TO:<alice(c)@example.test>
< 250 2.1.5
> RCPT TO:"alice" <alice@example.test>
< 555 5.5.4
> RCPT TO:<alice@example.test>, <bob@example.test>
< 555 5.5.4
> RCPT TO:<alice@example.test,bob@example.test>
< 501 5.1.3
== mail-params
> EHLO x
< 250
> MAIL FROM:<a@b.example> SIZE=
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> SIZE
< 555 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> SIZE=x
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> SIZE=-1
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> SIZE=50000
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> SIZE=50001
< 552 5.3.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> SIZE=99999999999999999999999999
< 552 5.3.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> SIZE=0
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> size=10
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> SIZE=10 SIZE=20
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> BODY=
< 555 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> BODY=7BIT
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> BODY=8BITMIME
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> BODY=BINARYMIME
< 555 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> BODY=foo
< 555 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> body=8bitmime
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> RET=HDRS
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> RET=FULL
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> RET=
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> RET=foo
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> RET=full RET=hdrs
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> ENVID=
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> ENVID=a+20b
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> ENVID=a+2
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> ENVID=a+zz
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> ENVID=a+ff
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> ENVID=a+0A
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> ENVID=a ENVID=b
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> ENVID=012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> AUTH=<>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> AUTH=foo+
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> SMTPUTF8
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> SMTPUTF8=x
< 555 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> smtputf8 body=8bitmime
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> REQUIRETLS
< 555 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> XVERP
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> XVERP=+=
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> XVERP=++
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> XVERP=+
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> XVERP=ab
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<> XVERP
< 503 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> XVERP=+=+
< 501 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> MT-PRIORITY=1
< 555 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> BY=1;R
< 555 5.5.4
== rcpt-params
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<alice@example.test> NOTIFY=
< 501 5.5.4
> RCPT TO:<alice@example.test> NOTIFY=NEVER
< 250 2.1.5
> RCPT TO:<alice@example.test> NOTIFY=never,success
< 501 5.5.4
> RCPT TO:<alice@example.test> NOTIFY=success,failure,delay
< 250 2.1.5
> RCPT TO:<alice@example.test> NOTIFY=success,
< 250 2.1.5
> RCPT TO:<alice@example.test> NOTIFY=,success
< 250 2.1.5
> RCPT TO:<alice@example.test> NOTIFY=success,success
< 250 2.1.5
> RCPT TO:<alice@example.test> NOTIFY=foo
< 501 5.5.4
> RCPT TO:<alice@example.test> NOTIFY=success NOTIFY=delay
< 501 5.5.4
> RCPT TO:<alice@example.test> NOTIFY=SUCCESS;DELAY
< 501 5.5.4
> RCPT TO:<alice@example.test> ORCPT=
< 501 5.5.4
> RCPT TO:<alice@example.test> ORCPT=rfc822
< 501 5.5.4
> RCPT TO:<alice@example.test> ORCPT=rfc822;
< 250 2.1.5
> RCPT TO:<alice@example.test> ORCPT=;x
< 501 5.5.4
> RCPT TO:<alice@example.test> ORCPT=rfc822;x
< 250 2.1.5
> RCPT TO:<alice@example.test> ORCPT=rfc822;a+20b
< 250 2.1.5
> RCPT TO:<alice@example.test> ORCPT=rfc822;a+2
< 501 5.5.4
> RCPT TO:<alice@example.test> ORCPT=rfc822;a+zz
< 501 5.5.4
> RCPT TO:<alice@example.test> ORCPT=rfc822;a+FF
< 250 2.1.5
> RCPT TO:<alice@example.test> ORCPT=foo;bar
< 250 2.1.5
> RCPT TO:<alice@example.test> ORCPT=x400;bar
< 250 2.1.5
> RCPT TO:<alice@example.test> ORCPT=utf-8;a\x{E9}b
< 250 2.1.5
> RCPT TO:<alice@example.test> ORCPT=utf-8;a\x{ZZ}b
< 501 5.5.4
> RCPT TO:<alice@example.test> ORCPT=rfc822;a ORCPT=rfc822;b
< 501 5.5.4
> RCPT TO:<alice@example.test> ORCPT=rfc822;"a
< 250 2.1.5
> RCPT TO:<alice@example.test> ORCPT=rf c822;a
< 501 5.5.4
== bdat-syntax
> EHLO x
< 250
> BDAT
< 521 5.5.4
== bdat-syntax2
> EHLO x
< 250
> BDAT x
< 521 5.5.4
== bdat-syntax3
> EHLO x
< 250
> BDAT 10 LASTX
< 521 5.5.4
== bdat-syntax4
> EHLO x
< 250
> BDAT 10 LAST x
< 521 5.5.4
== bdat-syntax5
> EHLO x
< 250
> BDAT -1
< 521 5.5.4
== bdat-syntax6
> EHLO x
< 250
> BDAT 99999999999999999999
< 521 5.5.4
== bdat-order
> EHLO x
< 250
>> BDAT 3\r\nabc
< 503 5.5.1
>> BDAT 3 LAST\r\nabc
< 551 5.0.0
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example>
< 250 2.1.0
>> BDAT 3 LAST\r\nabc
< 554 5.5.1
> RCPT TO:<nobody@nowhere.example>
< 503 5.5.1
> RCPT TO:<alice@example.test>
< 503 5.5.1
>> BDAT 3 LAST\r\nabc
< 503 5.5.1
> RSET
< 250 2.0.0
> NOOP
< 250 2.0.0
== bdat-null
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 250 2.1.5
> BDAT 0
< 551 5.7.1
> BDAT 0
< 551 5.7.1
>> BDAT 3\r\nabc
< 551 5.0.0
> RCPT TO:<alice@example.test>
< 503 5.5.1
> DATA
< 503 5.5.1
> MAIL FROM:<a@b.example>
< 503 5.5.1
> BDAT 0 LAST
< 551 5.0.0
> NOOP
< 250 2.0.0
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 250 2.1.5
> BDAT 0 LAST
< 250 2.0.0
== bdat-mixed
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 250 2.1.5
>> BDAT 12\r\nSubject: x\r\n
< 250 2.0.0
> RCPT TO:<bob@example.test>
< 503 5.5.1
> DATA
< 503 5.5.1
> MAIL FROM:<a@b.example>
< 503 5.5.1
> VRFY alice
< 252 2.0.0
> NOOP
< 250 2.0.0
>> BDAT 7 LAST\r\n\r\nhey\r\n
< 250 2.0.0
> QUIT
< 221 2.0.0
== bdat-helo-inside
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 250 2.1.5
>> BDAT 12\r\nSubject: x\r\n
< 250 2.0.0
> EHLO y
< 250
>> BDAT 7 LAST\r\n\r\nhey\r\n
< 503 5.5.1
> QUIT
< 221 2.0.0
== bdat-rcpt-none
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<x@elsewhere.example>
< 250 2.1.5
> BDAT 0 LAST
< 250 2.0.0
> RCPT TO:<alice@example.test>
< 503 5.5.1
> BDAT 0 LAST
< 503 5.5.1
> DATA
< 503 5.5.1
== misc
> EHLO x
< 250
> HELP
< 500 5.5.2
> HELP foo
< 500 5.5.2
> help
< 500 5.5.2
> FOO
< 500 5.5.2
> EXPN alice
< 500 5.5.2
> VRFY
< 501 5.5.4
> VRFY alice
< 252 2.0.0
> VRFY <alice@example.test>
< 252 2.0.0
> VRFY alice bob
< 501 5.1.3
> VRFY nobody@example.test
< 252 2.0.0
> VRFY x@elsewhere.example
< 252 2.0.0
> VRFY postmaster
< 252 2.0.0
> VRFY <>
< 501 5.1.3
> VRFY ""
< 501 5.1.3
> VRFY "alice"
< 252 2.0.0
> VRFY @
< 501 5.1.3
> VRFY alice@
< 501 5.1.3
> VRFY John <alice@example.test>
< 252 2.0.0
> VRFY alice SMTPUTF8
< 252 2.0.0
> VRFY alice foo
< 501 5.1.3
> ETRN
< 500
> ETRN foo bar
< 500
> ETRN example.test
< 459
> ETRN @example.test
< 459
> ETRN #foo
< 459
> ETRN foo_bar
< 459
> ETRN [1.2.3.4]
< 459
> ETRN elsewhere.example
< 459
> STARTTLS
< 502 5.5.1
> AUTH PLAIN
< 503 5.5.1
> SEND FROM:<a@b>
< 500 5.5.2
> TURN
< 500 5.5.2
> :foo
< 221 2.7.0
> foo:bar
< EOF
== header-talk
> Subject: foo
< 221 2.7.0
== header-talk2
> From: foo
< 221 2.7.0
== http
> GET / HTTP/1.0
< 221 2.7.0
== httpl
> get / HTTP/1.0
< 221 2.7.0
== connect
> CONNECT x
< 221 2.7.0
== nonalpha
> \x00\x01
< 221 2.7.0
== bytes
>> \x16\x03\x01\x00\r\n
< 221 2.7.0
== empty
> 
< 500 5.5.2
>   
< 500 5.5.2
>    NOOP
< 250 2.0.0
> noop
< 250 2.0.0
> nOOp   
< 250 2.0.0
== novrfy on=novrfy
> EHLO x
< 250
> VRFY alice
< 502 5.5.1
== vrfy-rejected on=vrfyrej
> EHLO x
< 250
> VRFY alice
< 554 5.7.1
> ETRN example.test
< 554 5.7.1
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 554 5.7.1
== rcpt-limit on=rlim
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 250 2.1.5
> RCPT TO:<bob@example.test>
< 250 2.1.5
> RCPT TO:<carol@example.test>
< 452 4.5.3
> RCPT TO:<carol@example.test>
< 452 4.5.3
> RCPT TO:<carol@example.test>
< 452 4.5.3
> RCPT TO:<carol@example.test>
< 452 4.5.3
> RCPT TO:<carol@example.test>
< 452 4.5.3
== noopcmds on=noop
> FOO
< 250 2.0.0
> foo bar
< 250 2.0.0
> ETRN x
< 250 2.0.0
> xx
< 250 2.0.0
> XXX
< 500 5.5.2
== forbcmds on=forb
> GET /
< 500 5.5.2
> NOOP
< 250 2.0.0
> XCLIENT NAME=foo
< 220
> XFOO
< 221 2.7.0
== forbcmds2 on=forb
> FOO
< 221 2.7.0
== cmdfilter on=cmdf
> FOO bar
< 250 2.0.0
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<x@elsewhere.example>
< 250 2.1.5
> RCPT x@elsewhere.example
< 501 5.5.4
== longline on=line
> NOOP 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789
< 250 2.0.0
> EHLO x
< 250
> MAIL FROM:<a0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789@b.example>
< 250 2.1.0
> MAIL FROM:<a@b.example>
< 503 5.5.1
> RCPT TO:<alice@example.test>
< 250 2.1.5
> DATA
< 354
== strict on=strict
> EHLO x
< 250
> MAIL FROM:a@b.example
< 501 5.1.7
> MAIL FROM: <a@b.example>
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:alice@example.test
< 501 5.1.3
> RCPT TO: <alice@example.test>
< 250 2.1.5
> RCPT TO:<@a.example:alice@example.test>
< 250 2.1.5
> RCPT TO:<alice(c)@example.test>
< 501 5.1.3
> RCPT TO:John <alice@example.test>
< 501 5.1.3
> RCPT TO:<alice@[127.0.0.1]>
< 250 2.1.5
> RCPT TO:<alice@127.0.0.1>
< 501 5.1.3
> RCPT TO:<alice>
< 250 2.1.5
> RCPT TO:<alice@exa_mple.test>
< 250 2.1.5
== nopct on=nopct
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<alice%example.test@example.test>
< 250 2.1.5
> RCPT TO:<example.test!alice>
< 250 2.1.5
> RCPT TO:<alice@127.0.0.1>
< 501 5.1.3
> RCPT TO:<alice@192.0.2.1>
< 501 5.1.3
== footer-maps on=footm
> EHLO x
< 250
> RCPT TO:<x@elsewhere.example>
< 503 5.5.1
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<nobody@example.test>
< 250 2.1.5
> FOO
< 500 5.5.2
== size0 on=bsize
> EHLO x
< 250
> MAIL FROM:<a@b.example> SIZE=99999999
< 250 2.1.0
> MAIL FROM:<a@b.example> SIZE=99999999999999999999999
< 503 5.5.1
== utf8
> EHLO x
< 250
> MAIL FROM:<ä@b.example>
< 250 2.1.0
> MAIL FROM:<ä@b.example> SMTPUTF8
< 503 5.5.1
> RCPT TO:<ä@example.test>
< 550 5.1.1
> RCPT TO:<alice@exämple.test>
< 501 5.1.3
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<ä@example.test>
< 550 5.1.1
> RCPT TO:<alice@exämple.test>
< 501 5.1.3
> RCPT TO:<alice@example.test>
< 250 2.1.5
> RSET
< 250 2.0.0
> MAIL FROM:<a@ä.example>
< 501 5.1.7
> RSET
< 250 2.0.0
> MAIL FROM:<a@ä.example> SMTPUTF8
< 250 2.1.0
> RCPT TO:<alice@example.test> ORCPT=utf-8;ä@b
< 250 2.1.5
> RCPT TO:<alice@example.test> ORCPT=rfc822;ä@b
< 250 2.1.5
> VRFY ä
< 550 5.1.1
> VRFY ä SMTPUTF8
< 550 5.1.1
> VRFY ä@example.test SMTPUTF8
< 550 5.1.1
> EHLO ä.example
< 250
> HELO ä.example
< 250
>> MAIL FROM:<\xff@b>\r\n
< 500 5.5.2
>> \xff\xfe\r\n
< 500 5.5.2
> ETRN ä.example
< 501
== utf8-strict on=strictutf8
> EHLO x
< 250
> MAIL FROM:<ä@b.example>
< 553 5.6.7
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<ä@example.test>
< 553 5.6.7
== utf8-helo
> HELO x
< 250
> MAIL FROM:<ä@b.example> SMTPUTF8
< 250 2.1.0
> MAIL FROM:<a@b.example> SIZE=10
< 503 5.5.1
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> BODY=8BITMIME
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> RET=HDRS
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<alice@example.test> NOTIFY=NEVER
< 250 2.1.5
"""


class Proxied(Group):
    area = "smtpd-corners"
    main = COMMON + """smtpd_authorized_xclient_hosts = 127.0.0.1, 192.0.2.77, [2001:db8::7]
smtpd_authorized_xforward_hosts = 127.0.0.1
smtpd_client_port_logging = no
"""
    services = {"port": "smtpd_client_port_logging = yes"}
    scripts = r"""
== xclient-errors
> XCLIENT
< 501 5.5.4
> XCLIENT FOO
< 501 5.5.4
> XCLIENT FOO=
< 501 5.5.4
> XCLIENT FOO=x
< 501 5.5.4
> XCLIENT NAME
< 501 5.5.4
> XCLIENT NAME=
< 501 5.5.4
> XCLIENT NAME=a+
< 501 5.5.4
> XCLIENT NAME=a+zz
< 501 5.5.4
> XCLIENT NAME=a b
< 501 5.5.4
> XCLIENT NAME=-foo.example
< 501 5.5.4
> XCLIENT NAME=foo..bar
< 501 5.5.4
> XCLIENT NAME=foo_bar.example
< 220
> XCLIENT ADDR=
< 501 5.5.4
> XCLIENT ADDR=foo
< 501 5.5.4
> XCLIENT ADDR=1.2.3
< 501 5.5.4
> XCLIENT ADDR=300.2.3.4
< 501 5.5.4
> XCLIENT ADDR=::1
< 501 5.5.4
> XCLIENT ADDR=[1.2.3.4]
< 501 5.5.4
> XCLIENT ADDR=IPV4:1.2.3.4
< 501 5.5.4
> XCLIENT PORT=x
< 501 5.5.4
> XCLIENT PORT=99999
< 220
> XCLIENT PORT=-1
< 501 5.5.4
> XCLIENT PORT=
< 501 5.5.4
> XCLIENT PROTO=FOO
< 501 5.5.4
> XCLIENT PROTO=
< 501 5.5.4
> XCLIENT HELO=
< 501 5.5.4
> XCLIENT HELO=(x)
< 220
> XCLIENT LOGIN=
< 501 5.5.4
> XCLIENT DESTADDR=foo
< 501 5.5.4
> XCLIENT DESTPORT=foo
< 501 5.5.4
> XCLIENT DESTADDR=
< 501 5.5.4
> XCLIENT REVERSE_NAME=
< 501 5.5.4
> XCLIENT REVERSE_NAME=-x
< 501 5.5.4
> XCLIENT NAME=[FOO]
< 501 5.5.4
> XCLIENT PORT=[TEMPUNAVAIL]
< 501 5.5.4
> XCLIENT ADDR=[TEMPUNAVAIL]
< 501 5.5.4
> XCLIENT HELO=[TEMPUNAVAIL]
< 220
> XCLIENT name=x.example addr=192.0.2.3
< 220
> NOOP
< 250 2.0.0
== xclient-name-unavailable
> XCLIENT NAME=[UNAVAILABLE] ADDR=192.0.2.3
< 220
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<x@elsewhere.example>
< 554 5.7.1
== xclient-name-temp
> XCLIENT NAME=[TEMPUNAVAIL] ADDR=192.0.2.3
< 220
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<x@elsewhere.example>
< 554 5.7.1
== xclient-addr-unavailable
> XCLIENT ADDR=[UNAVAILABLE]
< 220
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<x@elsewhere.example>
< 554 5.7.1
== xclient-6
> XCLIENT ADDR=IPV6:2001:db8::1 NAME=six.example
< 220
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<x@elsewhere.example>
< 554 5.7.1
== xclient-6b
> XCLIENT ADDR=IPV6:2001:db8:0:0::7
< 220
> EHLO x
< 250
> XCLIENT ADDR=192.0.2.77
< 220
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<x@elsewhere.example>
< 554 5.7.1
== xclient-helo-proto
> XCLIENT ADDR=192.0.2.3 NAME=x.example HELO=the.helo PROTO=ESMTP
< 220
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<x@elsewhere.example>
< 554 5.7.1
> NOOP
< 250 2.0.0
== xclient-port on=port
> XCLIENT ADDR=192.0.2.3 NAME=x.example PORT=123
< 220
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<x@elsewhere.example>
< 554 5.7.1
== xclient-port2 on=port
> XCLIENT ADDR=192.0.2.3 PORT=[UNAVAILABLE]
< 220
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<x@elsewhere.example>
< 554 5.7.1
== xclient-helo-unav
> EHLO foo
< 250
> XCLIENT HELO=[UNAVAILABLE]
< 220
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<x@elsewhere.example>
< 250 2.1.5
> XCLIENT NAME=x
< 503 5.5.1
> RSET
< 250 2.0.0
> XCLIENT NAME=x.example
< 220
> EHLO x
< 250
== xclient-login-unav
> XCLIENT ADDR=192.0.2.3 LOGIN=[UNAVAILABLE]
< 220
> EHLO x
< 250
> AUTH PLAIN
< 503 5.5.1
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<x@elsewhere.example>
< 554 5.7.1
== xclient-banner
> EHLO x
< 250
> XCLIENT NAME=foo.example
< 220
> HELO x
< 250
> XCLIENT NAME=foo.example
< 220
> NOOP
< 250 2.0.0
> QUIT
< 221 2.0.0
== xclient-long
> XCLIENT NAME=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
< 501 5.5.4
> XCLIENT HELO=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
< 501 5.5.4
> EHLO x
< 250
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<alice@example.test> X
< 555 5.5.4
> RCPT TO:<nobody@example.test>
< 250 2.1.5
== xclient-denied src=192.0.2.9
> XCLIENT
< 501 5.5.4
> XCLIENT NAME=x
< 550 5.7.0
> XFORWARD
< 501 5.5.4
> XFORWARD NAME=x
< 550 5.7.0
> EHLO x
< 250
== xforward-errors
> XFORWARD
< 501 5.5.4
> XFORWARD FOO
< 501 5.5.4
> XFORWARD FOO=x
< 501 5.5.4
> XFORWARD NAME=
< 501 5.5.4
> XFORWARD NAME=a+zz
< 501 5.5.4
> XFORWARD NAME=-foo
< 501 5.5.4
> XFORWARD NAME=foo_bar.example
< 250 2.0.0
> XFORWARD ADDR=foo
< 501 5.5.4
> XFORWARD ADDR=IPV6:2001:db8::1
< 250 2.0.0
> XFORWARD ADDR=::1
< 501 5.5.4
> XFORWARD ADDR=unix:foo
< 501 5.5.4
> XFORWARD PORT=x
< 501 5.5.4
> XFORWARD PORT=70000
< 250 2.0.0
> XFORWARD PROTO=FOO
< 250 2.0.0
> XFORWARD PROTO=01234567890123456789012345678901234567890123456789012345678901234567890123456789
< 501 5.5.4
> XFORWARD HELO=(x)
< 250 2.0.0
> XFORWARD HELO=a+20b
< 250 2.0.0
> XFORWARD IDENT=(x)
< 250 2.0.0
> XFORWARD IDENT=a+20b
< 250 2.0.0
> XFORWARD SOURCE=FOO
< 501 5.5.4
> XFORWARD SOURCE=local
< 250 2.0.0
> XFORWARD SOURCE=[UNAVAILABLE]
< 250 2.0.0
> XFORWARD NAME=[TEMPUNAVAIL]
< 501 5.5.4
> XFORWARD DOMAIN=x
< 501 5.5.4
> EHLO x
< 250
> XFORWARD name=foo.example
< 250 2.0.0
> MAIL FROM:<a@b.example>
< 250 2.1.0
> XFORWARD NAME=x
< 503 5.5.1
== xforward-ident
> EHLO x
< 250
> XFORWARD NAME=foo.example ADDR=192.0.2.3 PORT=99 PROTO=SMTP HELO=hh IDENT=ABCD SOURCE=REMOTE
< 250 2.0.0
> EHLO client.example.org
< 250
> MAIL FROM:<bob@example.net>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 250 2.1.5
body 250 2.0.0
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<nobody@example.test>
< 250 2.1.5
== xforward-reject
> EHLO x
< 250
> XFORWARD NAME=foo.example ADDR=192.0.2.3 PORT=99 PROTO=SMTP HELO=hh IDENT=ABCD SOURCE=REMOTE
< 250 2.0.0
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<nobody@example.test>
< 250 2.1.5
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example>
< 250 2.1.0
> RCPT TO:<nobody@example.test>
< 250 2.1.5
== xforward-6
> EHLO x
< 250
> XFORWARD ADDR=IPV6:2001:db8::1
< 250 2.0.0
> EHLO client.example.org
< 250
> MAIL FROM:<bob@example.net>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 250 2.1.5
body 250 2.0.0
== xforward-unav
> EHLO x
< 250
> XFORWARD NAME=[UNAVAILABLE] ADDR=[UNAVAILABLE] HELO=[UNAVAILABLE] PROTO=[UNAVAILABLE] IDENT=[UNAVAILABLE]
< 250 2.0.0
> EHLO client.example.org
< 250
> MAIL FROM:<bob@example.net>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 250 2.1.5
body 250 2.0.0
"""
