"""postscreen's built-in server, row by row: verbs and blanks, what a NUL hides, addresses as the log has them."""
from harness import Talk

PORTS = {"deep": 2700, "vrfy": 2701, "vrfyall": 2702, "soft": 2703, "count": 2704, "helo": 2705, "discard": 2706, "lists": 2707, "tls": 2708}
SETTINGS = {
    "deep": ["postscreen_non_smtp_command_enable=yes", "postscreen_non_smtp_command_action=ignore"],
    "vrfy": ["postscreen_pipelining_enable=yes", "postscreen_disable_vrfy_command=yes"],
    "vrfyall": ["postscreen_pipelining_enable=yes", "disable_vrfy_command=yes"],
    "soft": ["postscreen_pipelining_enable=yes", "soft_bounce=yes", "postscreen_reject_footer_maps=pcre:@ETC@/footers"],
    "count": ["postscreen_pipelining_enable=yes", "postscreen_command_count_limit=2"],
    "helo": ["postscreen_pipelining_enable=yes", "postscreen_helo_required=yes"],
    "discard": ["postscreen_pipelining_enable=yes", "postscreen_discard_ehlo_keyword_address_maps=static:etrn"],
    "lists": ["postscreen_dnsbl_sites=bl.test*4, BL.test*2", "postscreen_dnsbl_action=enforce", "postscreen_dnsbl_threshold=6"],
    "tls": ["postscreen_pipelining_enable=yes", "postscreen_tls_security_level=encrypt"],
}


class Engine(Talk):
    area = "postscreen"
    cost = 25
    programs = ("postscreen",)
    boring = r"^(CONNECT|DISCONNECT|HANGUP)"
    files = {"footers": "/^502/ was five\n/^402/ was four\n"}
    dns = "17.2.0.192.bl.test A 127.0.0.2\n"
    main = """
postscreen_access_list =
postscreen_greet_wait = 1s
smtpd_peername_lookup = no
smtpd_tls_chain_files = @TLS@/server.pem
compatibility_level = 3.6
"""
    master = "smtpd pass - - n - - smtpd\ntlsproxy unix - - n - 0 tlsproxy\ndnsblog unix - - n - 0 dnsblog\n" + "".join(
        "192.0.2.254:%d inet n - n - 1 postscreen\n    -o { postscreen_cache_map=btree:$data_directory/ps_%s }\n" % (PORTS[name], name) +
        "".join("    -o { %s }\n" % line for line in lines) for name, lines in SETTINGS.items())

    def connect(self, options):
        options = dict(options, port=PORTS[options["on"]], host="192.0.2.254")
        del options["on"]
        return super().connect(options)

    scripts = r"""
== tabs-are-part-of-a-verb on=deep src=192.0.2.10
>> DATA\t\r\n
< 502 5.5.2 Error: command not recognized
>> \tNOOP\r\n
< 502 5.5.2 Error: command not recognized
>> RSET \t\r\n
< 250 2.0.0 Ok
>>   noop \r\n
< 250 2.0.0 Ok
says postscreen NON-SMTP COMMAND from [192.0.2.10]:* after UNIMPLEMENTED: ?NOOP 
says postscreen PASS NEW [192.0.2.10]:*

== only-the-first-word-makes-a-header on=deep src=192.0.2.11
> X-Y : z
< 502 5.5.2 Error: command not recognized
> GET
< 502 5.5.2 Error: command not recognized
> Foo:
< 502 5.5.2 Error: command not recognized
> QUIT
< 221 2.0.0 Bye
says postscreen NON-SMTP COMMAND from [192.0.2.11]:* after UNIMPLEMENTED: GET 
says postscreen PASS NEW [192.0.2.11]:*

== header-with-a-value on=deep src=192.0.2.12
> X-Y: z
< 502 5.5.2 Error: command not recognized
says postscreen NON-SMTP COMMAND from [192.0.2.12]:* after CONNECT: X-Y: z
says postscreen PASS NEW [192.0.2.12]:*

== after-an-unknown-command on=deep src=192.0.2.13
> HELP
< 502 5.5.2 Error: command not recognized
> POST /x
< 502 5.5.2 Error: command not recognized
says postscreen NON-SMTP COMMAND from [192.0.2.13]:* after UNIMPLEMENTED: POST /x
says postscreen PASS NEW [192.0.2.13]:*

== early-tabs-in-the-log on=deep src=192.0.2.14
> HELO a
< 250 mx.example.test
>> MAIL FROM:x\ty\r\n
< 250 2.1.0 Ok
>> RCPT TO:\tx\r\n
< 450 4.3.2 Service currently unavailable
> RCPT TO:a@b.test>
< 450 4.3.2 Service currently unavailable
> RCPT TO:<a@b.test
< 450 4.3.2 Service currently unavailable
> RCPT TO:(c) <d@e.test>
< 450 4.3.2 Service currently unavailable
> RCPT TO:<>
< 450 4.3.2 Service currently unavailable
> RCPT TO: <a@b.test>
< 450 4.3.2 Service currently unavailable
says postscreen NOQUEUE: reject: RCPT from [192.0.2.14]:*: 450 4.3.2 Service currently unavailable; from=<"x?y">, to=<"?x">, proto=SMTP, helo=<a>
says postscreen NOQUEUE: reject: RCPT from [192.0.2.14]:*: 450 4.3.2 Service currently unavailable; from=<"x?y">, to=<a@b.test>>, proto=SMTP, helo=<a>
says postscreen NOQUEUE: reject: RCPT from [192.0.2.14]:*: 450 4.3.2 Service currently unavailable; from=<"x?y">, to=<a@b.test>, proto=SMTP, helo=<a>
says postscreen NOQUEUE: reject: RCPT from [192.0.2.14]:*: 450 4.3.2 Service currently unavailable; from=<"x?y">, to=<"(c)">, proto=SMTP, helo=<a>
says postscreen NOQUEUE: reject: RCPT from [192.0.2.14]:*: 450 4.3.2 Service currently unavailable; from=<"x?y">, to=<>, proto=SMTP, helo=<a>
says postscreen PASS NEW [192.0.2.14]:*

== vrfy-refused-is-announced-all-the-same on=vrfy src=192.0.2.15
> EHLO x
<* 250-mx.example.test|250-SIZE 10240000|250-VRFY|250-ETRN|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> VRFY
< 501 5.5.4 Syntax: VRFY address
> VRFY alice
< 502 5.5.1 VRFY command is disabled

== vrfy-refused-everywhere on=vrfyall src=192.0.2.15
> EHLO x
<* 250-mx.example.test|250-SIZE 10240000|250-ETRN|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> VRFY
< 501 5.5.4 Syntax: VRFY address
> VRFY alice
< 502 5.5.1 VRFY command is disabled

== footer-tables-see-the-hard-reply on=soft src=192.0.2.16
> FOO
<* 402-4.5.2 Error: command not recognized|402 4.5.2 was five
> RCPT
<* 403 4.5.1 Error: need MAIL command
says postscreen PASS NEW [192.0.2.16]:*

== lists-whose-names-differ-in-case on=lists src=192.0.2.17
> EHLO x
<* 250-mx.example.test|250-SIZE 10240000|250-VRFY|250-ETRN|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> MAIL FROM:<>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 550 5.7.1 Service unavailable; client [192.0.2.17] blocked using bl.test
says postscreen DNSBL rank 6 for [192.0.2.17]:*
says postscreen NOQUEUE: reject: RCPT from [192.0.2.17]:*: 550 5.7.1 Service unavailable; client [192.0.2.17] blocked using bl.test; from=<>, to=<alice@example.test>, proto=ESMTP, helo=<x>

== count-after-unknown on=count src=192.0.2.18
> NOOP
< 250 2.0.0 Ok
> FOO
< 502 5.5.2 Error: command not recognized
> NOOP
< 421 mx.example.test Service unavailable - try again later
says postscreen COMMAND COUNT LIMIT from [192.0.2.18]:* after UNIMPLEMENTED

== count-after-mail on=count src=192.0.2.19
> EHLO x
< 250 *
> MAIL FROM:<>
< 250 2.1.0 Ok
> NOOP
< 421 mx.example.test Service unavailable - try again later
says postscreen COMMAND COUNT LIMIT from [192.0.2.19]:* after MAIL

== etrn-wants-a-greeting-first on=helo src=192.0.2.20
> ETRN
< 503 5.5.1 Error: send HELO/EHLO first
> ETRN example.test
< 503 5.5.1 Error: send HELO/EHLO first
> VRFY alice
< 450 4.3.2 Service currently unavailable
> HELO x
< 250 mx.example.test
> ETRN
< 500 Syntax: ETRN domain
> ETRN example.test
< 458 Unable to queue messages

== discarded-keywords-are-told-with-each-ehlo on=discard src=192.0.2.21
> NOOP
< 250 2.0.0 Ok
> HELO x
< 250 mx.example.test
> MAIL FROM:<>
< 250 2.1.0 Ok

== discarded-keywords-by-ehlo on=discard src=192.0.2.22
> EHLO x
<* 250-mx.example.test|250-SIZE 10240000|250-VRFY|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> EHLO
< 501 Syntax: EHLO hostname
says postscreen [192.0.2.22]*: discarding EHLO keywords: ETRN

== starttls-with-argument on=tls src=192.0.2.23
> STARTTLS x
< 501 Syntax: EHLO hostname
> MAIL FROM:<>
< 530 5.7.0 Must issue a STARTTLS command first
> FOO
< 502 5.5.2 Error: command not recognized
> VRFY
< 530 5.7.0 Must issue a STARTTLS command first
> RSET
< 530 5.7.0 Must issue a STARTTLS command first
> QUIT
< 221 2.0.0 Bye
"""
