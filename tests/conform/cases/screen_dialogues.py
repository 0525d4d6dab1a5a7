"""postscreen, dialogue by dialogue: how it splits commands, what it offers when, footers, and where the log says it was."""
from harness import Talk

TAIL = """
smtpd pass - - n - - smtpd
tlsproxy unix - - n - 0 tlsproxy
dnsblog unix - - n - 0 dnsblog
"""
SCREENS = {
    "deep": "postscreen_pipelining_enable=yes|postscreen_non_smtp_command_enable=yes|postscreen_non_smtp_command_action=ignore",
    "hidden": "postscreen_pipelining_enable=yes|disable_vrfy_command=yes|postscreen_disable_vrfy_command=no",
    "refused": "postscreen_pipelining_enable=yes|postscreen_disable_vrfy_command=yes",
    "map": "postscreen_pipelining_enable=yes|postscreen_discard_ehlo_keyword_address_maps=static:dsn",
    "foot": "postscreen_pipelining_enable=yes|postscreen_reject_footer=see $server_address/$server_port/$server_name/${client_address?{y}:{n}}/$recipient/$bogus",
    "encrypt": "postscreen_pipelining_enable=yes|postscreen_non_smtp_command_enable=yes|postscreen_non_smtp_command_action=ignore|postscreen_tls_security_level=encrypt",
    "filter": "postscreen_pipelining_enable=yes|postscreen_command_filter=regexp:$config_directory/filter",
    "count": "postscreen_pipelining_enable=yes|postscreen_command_count_limit=2|postscreen_non_smtp_command_enable=yes|postscreen_non_smtp_command_action=ignore",
    "lf": "postscreen_bare_newline_enable=yes|postscreen_bare_newline_action=ignore",
    "time": "postscreen_pipelining_enable=yes|postscreen_command_time_limit=1s",
    "drop": "postscreen_non_smtp_command_enable=yes",
    "lists": "postscreen_dnsbl_sites=bl.test, BL.test*2|postscreen_dnsbl_action=enforce|postscreen_dnsbl_threshold=2",
}


class ScreenDialogues(Talk):
    area = "postscreen"
    cost = 30
    programs = ("postscreen",)
    boring = r"(CONNECT|full cleanup|^HANGUP)"
    main = """
postscreen_access_list =
postscreen_greet_wait = 1s
smtpd_peername_lookup = no
smtpd_tls_chain_files = @TLS@/server.pem
"""
    files = {"filter": "/^noop(.*)/ RSET$1\n"}
    dns = "9.2.0.192.bl.test A 127.0.0.2\n"
    master = "".join("192.0.2.254:%d inet n - n - 1 postscreen\n    -o postscreen_cache_map=btree:$data_directory/ps_%s\n" % (2600 + n, name) +
                     "".join("    -o { %s }\n" % one for one in text.split("|")) for n, (name, text) in enumerate(SCREENS.items())) + TAIL

    def connect(self, options):
        return super().connect(dict(options, port=2600 + list(SCREENS).index(options["screen"]), host="192.0.2.254"))

    scripts = r"""
== tabs screen=deep src=192.0.2.1
>> HELO\tz.test\r\n
< 502 5.5.2 Error: command not recognized
>> EHLO a\tb\r\n
< 250 *
>> NOOP\tx\r\n
< 502 5.5.2 Error: command not recognized
>> MAIL\tFROM:<a@b.test>\r\n
< 502 5.5.2 Error: command not recognized
>> \t NOOP\r\n
< 502 5.5.2 Error: command not recognized
>>    NOOP  x\r\n
< 250 2.0.0 Ok
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@y.test>
< 450 4.3.2 Service currently unavailable
> STARTTLS now
< 501 Syntax: EHLO hostname
> QUIT
< 221 2.0.0 Bye
says postscreen NON-SMTP COMMAND from [192.0.2.1]:* after UNIMPLEMENTED: ? NOOP
says postscreen NOQUEUE: reject: RCPT from [192.0.2.1]:*: 450 4.3.2 Service currently unavailable; from=<a@b.test>, to=<x@y.test>, proto=ESMTP, helo=<a?b>
says postscreen PASS NEW [192.0.2.1]:*
== tab-is-a-word screen=deep src=192.0.2.2
>> \t NOOP\r\n
< 502 5.5.2 Error: command not recognized
> QUIT
< 221 2.0.0 Bye
== colon-of-the-first-word screen=deep src=192.0.2.3
> a :b
< 502 5.5.2 Error: command not recognized
> x y z: q
< 502 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> x: y
< 502 5.5.2 Error: command not recognized
> QUIT
< 221 2.0.0 Bye
says postscreen NON-SMTP COMMAND from [192.0.2.3]:* after NOOP: x: y
== long-verb screen=deep src=192.0.2.4
> AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA: x
< 502 5.5.2 Error: command not recognized
> QUIT
< 221 2.0.0 Bye
== eight-bit-verb screen=deep src=192.0.2.5
>> \xe9\xe9 x\r\n
< 502 5.5.2 Error: command not recognized
> QUIT
< 221 2.0.0 Bye
== after-unknown screen=deep src=192.0.2.6
> FOO
< 502 5.5.2 Error: command not recognized
> x: y
< 502 5.5.2 Error: command not recognized
> QUIT
< 221 2.0.0 Bye
says postscreen NON-SMTP COMMAND from [192.0.2.6]:* after UNIMPLEMENTED: x: y
== after-auth screen=deep src=192.0.2.7
> AUTH PLAIN AGEAYQ==
< 502 5.5.2 Error: command not recognized
> x: y
< 502 5.5.2 Error: command not recognized
> QUIT
< 221 2.0.0 Bye
says postscreen NON-SMTP COMMAND from [192.0.2.7]:* after AUTH: x: y
== after-nothing screen=deep src=192.0.2.8
>> \r\n
< 502 5.5.2 Error: command not recognized
> x: y
< 502 5.5.2 Error: command not recognized
> QUIT
< 221 2.0.0 Bye
says postscreen NON-SMTP COMMAND from [192.0.2.8]:* after UNIMPLEMENTED: x: y
== after-530 screen=encrypt src=192.0.2.1
> MAIL FROM:<a@b.test>
< 530 5.7.0 Must issue a STARTTLS command first
> x: y
< 502 5.5.2 Error: command not recognized
> QUIT
< 221 2.0.0 Bye
says postscreen NON-SMTP COMMAND from [192.0.2.1]:* after MAIL: x: y
== vrfy-hidden screen=hidden
> EHLO x
<* 250-mx.example.test|250-SIZE 10240000|250-ETRN|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> VRFY a
< 450 4.3.2 Service currently unavailable
== vrfy-refused screen=refused
> EHLO x
<* 250-mx.example.test|250-SIZE 10240000|250-VRFY|250-ETRN|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> VRFY a
< 502 5.5.1 VRFY command is disabled
== discarded-at-each-ehlo screen=map
> NOOP
< 250 2.0.0 Ok
> EHLO x
<* 250-mx.example.test|250-SIZE 10240000|250-VRFY|250-ETRN|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-SMTPUTF8|250 CHUNKING
> HELO x
<* 250 mx.example.test
> EHLO y
<* 250-mx.example.test|250-SIZE 10240000|250-VRFY|250-ETRN|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-SMTPUTF8|250 CHUNKING
> QUIT
< 221 2.0.0 Bye
says postscreen [192.0.2.254]*: discarding EHLO keywords: DSN
== discarded-never-without-ehlo screen=map src=192.0.2.2
> NOOP
< 250 2.0.0 Ok
> HELO x
< 250 mx.example.test
> QUIT
< 221 2.0.0 Bye
never discarding EHLO keywords
== footer-macros screen=foot
> FOO
<* 502-5.5.2 Error: command not recognized|502 5.5.2 see //mx.example.test/y//
> QUIT
< 221 2.0.0 Bye
says postscreen warning: unknown macro name "server_address" in expansion request
says postscreen warning: unknown macro name "server_port" in expansion request
says postscreen warning: unknown macro name "recipient" in expansion request
says postscreen warning: unknown macro name "bogus" in expansion request
== filter-is-asked-without-leading-spaces screen=filter
>>   noop x\r\n
< 250 2.0.0 Ok
> noop
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says postscreen [192.0.2.254]:*: replacing command "  noop x" with "RSET x"
says postscreen [192.0.2.254]:*: replacing command "noop" with "RSET"
== count-after-unknown screen=count src=192.0.2.1
> FOO
< 502 5.5.2 Error: command not recognized
> BAR
< 502 5.5.2 Error: command not recognized
> BAZ
< 421 mx.example.test Service unavailable - try again later
< connection closed
says postscreen COMMAND COUNT LIMIT from [192.0.2.1]:* after UNIMPLEMENTED
== count-after-known screen=count src=192.0.2.2
> FOO
< 502 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> BAZ
< 421 mx.example.test Service unavailable - try again later
< connection closed
says postscreen COMMAND COUNT LIMIT from [192.0.2.2]:* after NOOP
== newline-escaped screen=lf
>> NOOP \xe9\t"\n
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says postscreen BARE NEWLINE from [192.0.2.254]:* after NOOP \351\t"
says postscreen PASS NEW [192.0.2.254]:*
== time-after-unknown screen=time
> FOO
< 502 5.5.2 Error: command not recognized
< 421 4.4.2 mx.example.test Error: timeout exceeded
< connection closed
says postscreen COMMAND TIME LIMIT from [192.0.2.254]:* after UNIMPLEMENTED
== foreign-dropped screen=drop src=192.0.2.1
> x: y
< 521 5.7.0 Error: I can break rules, too. Goodbye.
< connection closed
== foreign-not screen=drop src=192.0.2.2
> x :y
< 502 5.5.2 Error: command not recognized
> QUIT
< 221 2.0.0 Bye
== pipelining-escaped screen=deep src=192.0.2.20
>> NOOP\r\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n
< 250 2.0.0 Ok
< 502 5.5.2 Error: command not recognized
< 502 5.5.2 Error: command not recognized
> QUIT
< 221 2.0.0 Bye
says postscreen COMMAND PIPELINING from [192.0.2.20]:* after NOOP: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
== lists-by-case screen=lists src=192.0.2.9
> EHLO x
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@y.test>
< 550 5.7.1 Service unavailable; client [192.0.2.9] blocked using BL.test
> QUIT
< 221 2.0.0 Bye
says postscreen DNSBL rank 3 for [192.0.2.9]:*
says postscreen NOQUEUE: reject: RCPT from [192.0.2.9]:*: 550 5.7.1 Service unavailable; client [192.0.2.9] blocked using BL.test; from=<a@b.test>, to=<x@y.test>, proto=ESMTP, helo=<x>
"""
