"""Commands with a NUL in them, what is taken for a header, and replies that are due before a chunk comes."""
from harness import Talk


class Lines(Talk):
    area = "smtpd"
    main = "smtpd_error_sleep_time = 0\nsmtpd_forbid_unauth_pipelining = no\nsmtpd_forbid_bare_newline = no\nlocal_recipient_maps =\n"
    services = {"filter": "smtpd_command_filter = pcre:@ETC@/filter",
                "forbid": "smtpd_forbidden_commands = foo"}
    files = {"filter": "/^NOOP$/ RSET\n/^X(.*)/ VRFY $1\n"}
    src = "192.0.2.10"
    scripts = r"""
== nothing-behind-a-nul
>> NOOP\x00x\r\n
< 250 2.0.0 Ok
>> NO\x00OP\r\n
< 500 5.5.2 Error: command not recognized
>> EHLO a\x00b\r\n
<* 250-mx.example.test|*
>> MAIL FROM:<a\x00b>\r\n
< 501 5.1.7 Bad sender address syntax
>> MAIL FROM:<ab@x.test>\x00 SIZE=x\r\n
< 250 2.1.0 Ok
>> RCPT TO:<alice@example.test>\x00 NOTIFY=x\r\n
< 250 2.1.5 Ok
>> \x00\r\n
< 500 5.5.2 Error: bad syntax
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]

== filters-see-what-is-before-a-nul on=filter
>> NOOP\x00x\r\n
< 250 2.0.0 Ok
>> Xalice\x00bob\r\n
< 252 2.0.0 alice
says smtpd client.example.org[192.0.2.10]: replacing command "NOOP" with "RSET"
says smtpd client.example.org[192.0.2.10]: replacing command "Xalice" with "VRFY alice"
says smtpd lost connection after VRFY from client.example.org[192.0.2.10]

== blank-before-the-colon
> X-Y : z
< 500 5.5.2 Error: command not recognized
> Foo :
< 500 5.5.2 Error: command not recognized
> Foo:
< 221 2.7.0 Error: I can break rules, too. Goodbye.
says smtpd warning: non-SMTP command from client.example.org[192.0.2.10]: Foo:

== header-that-is-one-word
> X-Y:z
< 221 2.7.0 Error: I can break rules, too. Goodbye.
says smtpd warning: non-SMTP command from client.example.org[192.0.2.10]: X-Y:z

== colon-alone
> : x
< 221 2.7.0 Error: I can break rules, too. Goodbye.
> :
< connection closed
says smtpd warning: non-SMTP command from client.example.org[192.0.2.10]: : x

== blank-before-the-colon-and-others on=forbid
> GET / HTTP/1.0
< 500 5.5.2 Error: command not recognized
> Foo :
< 221 2.7.0 Error: I can break rules, too. Goodbye.
says smtpd warning: non-SMTP command from client.example.org[192.0.2.10]: Foo :

== replies-before-a-chunk
> EHLO x
<* 250-mx.example.test|*
>> MAIL FROM:<x@good.test>\r\nRCPT TO:<alice@example.test>\r\nBDAT 4 LAST\r\n
< 250 2.1.0 Ok
< 250 2.1.5 Ok
>> a: b
< 250 2.0.0 Ok: 6 bytes queued as *

== replies-before-a-chunk-that-is-refused
> EHLO x
<* 250-mx.example.test|*
>> NOOP\r\nBDAT 4\r\n
< 250 2.0.0 Ok
>> a: b
< 503 5.5.1 Error: need RCPT command
says smtpd improper command pipelining after NOOP from client.example.org[192.0.2.10]: BDAT 4\r\n
says smtpd lost connection after BDAT from client.example.org[192.0.2.10]

== replies-before-the-rest-of-a-chunk
> EHLO x
<* 250-mx.example.test|*
>> MAIL FROM:<x@good.test>\r\nRCPT TO:<alice@example.test>\r\nBDAT 6 LAST\r\na:
< 250 2.1.0 Ok
< 250 2.1.5 Ok
>>  b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
"""
