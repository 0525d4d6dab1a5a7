"""qmqpd: what it takes, refuses and logs."""
from harness import Talk

class QmqpServer(Talk):
    area = "qmqpd"
    programs = ("qmqpd", "cleanup")
    boring = r"message-id|^(dis)?connect from client|: client=client"
    timeout = 40
    main = """
qmqpd_authorized_clients = !192.0.2.66, 192.0.2.0/24, 127.0.0.1, .example.org
qmqpd_error_delay = 0
qmqpd_timeout = 2s
message_size_limit = 3000
header_checks = regexp:{{/^Subject: reject/ REJECT not that}, {/^Subject: plain/ REJECT}, {/^Subject: drop/ DISCARD},
    {/^Subject: hold/ HOLD}, {/^Subject: later/ 451 4.7.1 wait}, {/^Subject: coded/ 550 5.7.2 no}}
hopcount_limit = 3
virtual_alias_maps = inline:{list@example.test=carol@example.test}
"""
    master = "".join("127.0.0.1:%d inet n - n - - qmqpd %s\n" % (port, options) for port, options in (
        (628, ""), (12001, "-o qmqpd_authorized_clients="), (12002, "-o qmqpd_error_delay=2s"),
        (12003, "-o qmqpd_client_port_logging=yes"), (12004, "-o qmqpd_authorized_clients=static:all"),
        (12009, "-o receive_override_options=no_header_body_checks,no_address_mappings"),
        (12005, "-o qmqpd_authorized_clients=hash:/no/such"), (12006, "-o syslog_name=other -o content_filter=x:y"),
        (12007, "-o qmqpd_authorized_clients=mx.example.test,client.example.org"),
        (12008, "-o message_size_limit=0")))

    def client(self, port=628, src="192.0.2.10", **more):
        return {"port": str(port), "src": src, "raw": True, **more}

    def do_flood(self, count):
        size = int(count)
        content = b"Subject: %s\n\n" % self.token_now.encode() + b"x" * 60 + b"\n"
        content += b"y" * (size - len(content))
        inner = b"%d:%s,3:a@b,18:alice@example.test," % (size, content)
        try:
            self.sessions[self.current].send(b"%d:%s," % (len(inner), inner))
        except OSError:
            pass

    def do_message(self, sender, *recipients):
        """sends a request with this envelope"""
        content = b"From: me@b.test\nSubject: %s\n\nhello\n" % self.token_now.encode()
        parts = [content, b"" if sender == "<>" else sender.replace("~", " ").encode()] + [
            r.replace("~", " ").encode() for r in recipients]
        inner = b"".join(b"%d:%s," % (len(p), p) for p in parts)
        self.sessions[self.current].send(b"%d:%s," % (len(inner), inner))

    def do_long(self, size, what):
        long = b"x" * (int(size) - 13) + b"@example.test"
        parts = [b"a: b\n", long if what == "sender" else b"a@b", long if what != "sender" else b"alice@example.test"]
        inner = b"".join(b"%d:%s," % (len(p), p) for p in parts)
        self.sessions[self.current].send(b"%d:%s," % (len(inner), inner))

    def do_text(self, text):
        """sends a message with this content"""
        content = text.encode().decode("unicode_escape").encode("latin-1").replace(b"~", b" ")
        inner = b"%d:%s,3:a@b,18:alice@example.test," % (len(content), content)
        self.sessions[self.current].send(b"%d:%s," % (len(inner), inner))

    def see_mail(self, user="alice"):
        text = self.in_mail(user, self.token_now).partition("\n\n")
        skip = ("Date", "Message-Id", "Delivered-To", "X-Original-To", "Message-ID")
        return "|".join(repr(x)[1:-1] for x in (text[0] + "\n\n" + text[2]).split("\n") if not x.startswith(skip))

    def clean(self, text):
        import re
        text = super().clean(text)
        text = re.sub(r"\w{3}, +\d+ \w{3} \d{4} [\d:]{8} [+-]\d{4} \(\w+\)", "*", text)
        return re.sub(r"\((Postfix|Postrider)\)", "(*)", text)

    scripts = r"""
== ok port=628 src=192.0.2.10 raw
do message bob@example.net alice@example.test
<< *:KOk: queued as *,
see mail => Return-Path: <bob@example.net>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice@example.test>; *|From: me@b.test|Subject: $T||hello|
says qmqpd connect from client.example.org[192.0.2.10]
says qmqpd *: client=client.example.org[192.0.2.10]
says qmqpd disconnect from client.example.org[192.0.2.10]
== two port=628 src=192.0.2.10 raw
do message bob@example.net alice@example.test carol@example.test
<< *:KOk: queued as *,
see mail carol => Return-Path: <bob@example.net>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP|\tid *; *|From: me@b.test|Subject: $T||hello|
== null-sender port=628 src=192.0.2.10 raw
do message <> alice@example.test
<< *:KOk: queued as *,
see mail => Return-Path: <>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice@example.test>; *|From: me@b.test|Subject: $T||hello|
== unknown-recipient port=628 src=192.0.2.10 raw
do message bob@example.net nobody@example.test
<< *:KOk: queued as *,
== relayed port=628 src=192.0.2.10 raw
do message bob@example.net a@elsewhere.test
<< *:KOk: queued as *,
== bare-recipient port=628 src=192.0.2.10 raw
do message bob alice
<< *:KOk: queued as *,
see mail => Return-Path: <bob@example.test>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice>; *|From: me@b.test|Subject: $T||hello|
== odd-recipient port=628 src=192.0.2.10 raw
do message bob@example.net @@ <alice@example.test>
<< *:KOk: queued as *,
== empty-recipient port=628 src=192.0.2.10 raw
>> 32:10:a: b\n\nxxx\n,3:a@b,0:,6:a@b.cc,,
<< *:KOk: queued as *,
== no-recipients port=628 src=192.0.2.10 raw
>> 20:10:a: b\n\nxxx\n,3:a@b,,
<< 31:DError: no recipients specified,
says qmqpd warning: *: client.example.org[192.0.2.10]: Error: no recipients specified
== empty port=628 src=192.0.2.10 raw
>> 0:,
<< 55:Dnetstring format error while receiving message content,
says qmqpd *: client.example.org[192.0.2.10]: netstring format error while receiving message content
== empty-message port=628 src=192.0.2.10 raw
>> 30:0:,3:a@b,18:alice@example.test,,
<< *:KOk: queued as *,
== not-netstring port=628 src=192.0.2.10 raw
>> hello\r\n
<< 58:Dnetstring format error while receiving QMQP packet header,
says qmqpd *: client.example.org[192.0.2.10]: netstring format error while receiving QMQP packet header
== smtp-client port=628 src=192.0.2.10 raw
>> EHLO x\r\n
<< 58:Dnetstring format error while receiving QMQP packet header,
says qmqpd *: client.example.org[192.0.2.10]: netstring format error while receiving QMQP packet header
== no-length port=628 src=192.0.2.10 raw
>> :abc,
<< 55:Dnetstring format error while receiving message content,
says qmqpd *: client.example.org[192.0.2.10]: netstring format error while receiving message content
== leading-zero port=628 src=192.0.2.10 raw
>> 0030:0:,3:a@b,18:alice@example.test,,
<< *:KOk: queued as *,
== negative port=628 src=192.0.2.10 raw
>> -5:hello,
<< 58:Dnetstring format error while receiving QMQP packet header,
says qmqpd *: client.example.org[192.0.2.10]: netstring format error while receiving QMQP packet header
== huge port=628 src=192.0.2.10 raw
>> 99999999999999999999:
<< 74:Dnetstring length exceeds storage limit while receiving QMQP packet header,
says qmqpd *: client.example.org[192.0.2.10]: netstring length exceeds storage limit while receiving QMQP packet header
== large port=628 src=192.0.2.10 raw
>> 9999999:
<<
says qmqpd *: client.example.org[192.0.2.10]: read/write timeout while receiving message content
== no-comma port=628 src=192.0.2.10 raw
>> 5:helloX
<< 55:Dnetstring format error while receiving message content,
says qmqpd *: client.example.org[192.0.2.10]: netstring format error while receiving message content
== inner-broken port=628 src=192.0.2.10 raw
>> 5:hello,
<< 55:Dnetstring format error while receiving message content,
says qmqpd *: client.example.org[192.0.2.10]: netstring format error while receiving message content
== inner-short port=628 src=192.0.2.10 raw
>> 12:3:abc,9:abc,,
<<
says qmqpd *: client.example.org[192.0.2.10]: read/write timeout while receiving sender address
== inner-no-comma port=628 src=192.0.2.10 raw
>> 12:3:abcX3:a@b,,
<< 55:Dnetstring format error while receiving message content,
says qmqpd *: client.example.org[192.0.2.10]: netstring format error while receiving message content
== inner-recipient-broken port=628 src=192.0.2.10 raw
>> 16:3:abc,3:a@b,9:a,,
<<
says qmqpd *: client.example.org[192.0.2.10]: read/write timeout while receiving recipient address
== more-behind port=628 src=192.0.2.10 raw
>> 33:3:a:b,3:a@b,18:alice@example.test,,QUIT\r\n
<< *:KOk: queued as *,
== hangup-at-once port=628 src=192.0.2.10 raw
close
says qmqpd *: client.example.org[192.0.2.10]: lost connection while receiving QMQP packet header
== hangup-in-length port=628 src=192.0.2.10 raw
>> 12
close
says qmqpd *: client.example.org[192.0.2.10]: lost connection while receiving QMQP packet header
== hangup-in-message port=628 src=192.0.2.10 raw
>> 100:3:abc,
close
says qmqpd *: client.example.org[192.0.2.10]: lost connection while receiving sender address
== silence port=628 src=192.0.2.10 raw
<<
says qmqpd *: client.example.org[192.0.2.10]: read/write timeout while receiving QMQP packet header
== silence-inside port=628 src=192.0.2.10 raw
>> 100:30:abc
<<
says qmqpd *: client.example.org[192.0.2.10]: read/write timeout while receiving message content
== too-large port=628 src=192.0.2.10 raw
do flood 3001
<< 71:Dnetstring length exceeds storage limit while receiving message content,
says qmqpd *: client.example.org[192.0.2.10]: netstring length exceeds storage limit while receiving message content
== just-fits port=628 src=192.0.2.10 raw
do flood 2000
<< *:KOk: queued as *,
== with-received-too-large port=628 src=192.0.2.10 raw
do flood 2999
<< 25:DError: message too large,
says cleanup warning: *: queue file size limit exceeded

says qmqpd warning: *: client.example.org[192.0.2.10]: Error: message too large
== no-limit port=12008 src=192.0.2.10 raw
do flood 100000
<< 25:DError: message too large,
says cleanup warning: *: queue file size limit exceeded

says qmqpd warning: *: client.example.org[192.0.2.10]: Error: message too large
== refused-address port=628 src=192.0.2.66 raw
do message bob@example.net alice@example.test
<< 65:DError: unknown[192.0.2.66] is not authorized to use this service,
says qmqpd connect from unknown[192.0.2.66]
says qmqpd disconnect from unknown[192.0.2.66]
== refused-other port=628 src=198.51.100.1 raw
do message bob@example.net alice@example.test
<< 67:DError: unknown[198.51.100.1] is not authorized to use this service,
says qmqpd connect from unknown[198.51.100.1]
says qmqpd disconnect from unknown[198.51.100.1]
== refused-before-it-sends port=628 src=198.51.100.1 raw
<< 67:DError: unknown[198.51.100.1] is not authorized to use this service,
says qmqpd connect from unknown[198.51.100.1]
says qmqpd disconnect from unknown[198.51.100.1]
== by-domain port=628 src=198.51.100.10 raw
do message bob@example.net alice@example.test
<< 68:DError: unknown[198.51.100.10] is not authorized to use this service,
says qmqpd connect from unknown[198.51.100.10]
says qmqpd disconnect from unknown[198.51.100.10]
== nobody-authorized port=12001 src=192.0.2.10 raw
do message bob@example.net alice@example.test
<< 76:DError: client.example.org[192.0.2.10] is not authorized to use this service,
== error-delay port=12002 src=198.51.100.1 raw
see delay => slow
<< 67:DError: unknown[198.51.100.1] is not authorized to use this service,
says qmqpd connect from unknown[198.51.100.1]
says qmqpd disconnect from unknown[198.51.100.1]
== no-delay-when-it-goes-well port=12002 src=192.0.2.10 raw
do message bob@example.net alice@example.test
see delay => quick
<< *:KOk: queued as *,
== port-logged port=12003 src=192.0.2.10 raw
do message bob@example.net alice@example.test
<< *:KOk: queued as *,
== port-logged-refused port=12003 src=198.51.100.1 raw
<< 73:DError: unknown[198.51.100.1]:* is not authorized to use this service,
says qmqpd connect from unknown[198.51.100.1]:*
says qmqpd disconnect from unknown[198.51.100.1]:*
== all-clients port=12004 src=198.51.100.1 raw
do message bob@example.net alice@example.test
<< *:KOk: queued as *,
says qmqpd connect from unknown[198.51.100.1]
says qmqpd *: client=unknown[198.51.100.1]
says qmqpd disconnect from unknown[198.51.100.1]
== broken-table port=12005 src=192.0.2.10 raw
<< 34:ZError: server configuration error,
says qmqpd warning: hash:/no/such is unavailable. open database /no/such.db: No such file or directory
says qmqpd warning: qmqpd_authorized_clients: hash:/no/such: table lookup problem
== by-name port=12007 src=192.0.2.10 raw
do message bob@example.net alice@example.test
<< *:KOk: queued as *,
== outer-no-comma port=628 src=192.0.2.10 raw
>> 31:0:,3:a@b,18:alice@example.test,X
<< 57:Dnetstring format error while receiving recipient address,
says qmqpd *: client.example.org[192.0.2.10]: netstring format error while receiving recipient address
== outer-too-short port=628 src=192.0.2.10 raw
>> 5:0:,3:a@b,18:alice@example.test,,
<< *:KOk: queued as *,
== outer-too-long port=628 src=192.0.2.10 raw
>> 35:0:,3:a@b,18:alice@example.test,,
<< *:KOk: queued as *,
== outer-without-sender port=628 src=192.0.2.10 raw
>> 3:0:,,
<< 54:Dnetstring format error while receiving sender address,
says qmqpd *: client.example.org[192.0.2.10]: netstring format error while receiving sender address
== no-end port=628 src=192.0.2.10 raw
>> 31:0:,3:a@b,18:alice@example.test,
<<
says qmqpd *: client.example.org[192.0.2.10]: read/write timeout while receiving recipient address
== no-end-hangup port=628 src=192.0.2.10 raw
>> 31:0:,3:a@b,18:alice@example.test,
close
says qmqpd *: client.example.org[192.0.2.10]: lost connection while receiving recipient address
== hangup-in-recipient port=628 src=192.0.2.10 raw
>> 31:0:,3:a@b,18:alice@ex
close
says qmqpd *: client.example.org[192.0.2.10]: lost connection while receiving recipient address
== hangup-in-content port=628 src=192.0.2.10 raw
>> 31:100:abc
close
says qmqpd *: client.example.org[192.0.2.10]: lost connection while receiving message content
== space-before-length port=628 src=192.0.2.10 raw
>> \x2031:0:,3:a@b,18:alice@example.test,,
<< 58:Dnetstring format error while receiving QMQP packet header,
says qmqpd *: client.example.org[192.0.2.10]: netstring format error while receiving QMQP packet header
== space-after-length port=628 src=192.0.2.10 raw
>> 31 :0:,3:a@b,18:alice@example.test,,
<< 58:Dnetstring format error while receiving QMQP packet header,
says qmqpd *: client.example.org[192.0.2.10]: netstring format error while receiving QMQP packet header
== long-sender port=628 src=192.0.2.10 raw
do long 2040 sender
<< 25:DError: message too large,
says cleanup warning: *: queue file size limit exceeded

says qmqpd warning: *: client.example.org[192.0.2.10]: Error: message too large
== longer-sender port=628 src=192.0.2.10 raw
do long 2049 sender
<< 70:Dnetstring length exceeds storage limit while receiving sender address,
says qmqpd *: client.example.org[192.0.2.10]: netstring length exceeds storage limit while receiving sender address
== longer-recipient port=628 src=192.0.2.10 raw
do long 2049 recipient
<< 73:Dnetstring length exceeds storage limit while receiving recipient address,
says qmqpd *: client.example.org[192.0.2.10]: netstring length exceeds storage limit while receiving recipient address
== rejected-content port=628 src=192.0.2.10 raw
do text Subject:~reject~$T\n\nx\n
<< 22:DError: 5.7.1 not that,
says cleanup *: reject: header Subject: reject $T from client.example.org[192.0.2.10]; from=<a@b> to=<alice@example.test> proto=QMQP: 5.7.1 not that
says qmqpd warning: *: client.example.org[192.0.2.10]: Error: 5.7.1 not that
== rejected-without-text port=628 src=192.0.2.10 raw
do text Subject:~plain~$T\n\nx\n
<< 38:DError: 5.7.1 message content rejected,
says cleanup *: reject: header Subject: plain $T from client.example.org[192.0.2.10]; from=<a@b> to=<alice@example.test> proto=QMQP: 5.7.1 message content rejected
says qmqpd warning: *: client.example.org[192.0.2.10]: Error: 5.7.1 message content rejected
== rejected-later port=628 src=192.0.2.10 raw
do text Subject:~later~$T\n\nx\n
<< *:KOk: queued as *,
says cleanup warning: unknown command in header_checks map: 451 4.7.1 wait
== rejected-with-code port=628 src=192.0.2.10 raw
do text Subject:~coded~$T\n\nx\n
<< *:KOk: queued as *,
says cleanup warning: unknown command in header_checks map: 550 5.7.2 no
== discarded port=628 src=192.0.2.10 raw
do text Subject:~drop~$T\n\nx\n
<< *:KOk: queued as *,
says cleanup *: discard: header Subject: drop $T from client.example.org[192.0.2.10]; from=<a@b> to=<alice@example.test> proto=QMQP
== not-checked port=12009 src=192.0.2.10 raw
do text Subject:~reject~$T\n\nx\n
<< *:KOk: queued as *,
see mail => Return-Path: <a@b>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice@example.test>; *|Subject: reject $T|From: a@b||x|
== loop port=628 src=192.0.2.10 raw
do text Received:~a\nReceived:~b\nReceived:~c\nReceived:~d\nSubject:~$T\n\nx\n
<< 21:DError: too many hops,
says cleanup warning: *: message rejected: hopcount exceeded
says qmqpd warning: *: client.example.org[192.0.2.10]: Error: too many hops
== header-addresses port=628 src=192.0.2.10 raw
do text From:~me\nTo:~alice\nCc:~x@y\nSubject:~$T\n\nx\n
<< *:KOk: queued as *,
see mail => Return-Path: <a@b>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice@example.test>; *|From: me@example.test|To: alice@example.test|Cc: x@y|Subject: $T||x|
== alias port=628 src=192.0.2.10 raw
do message bob@example.net list@example.test
<< *:KOk: queued as *,
see mail carol => Return-Path: <bob@example.net>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <list@example.test>; *|From: me@b.test|Subject: $T||hello|
== quoted-recipient port=628 src=192.0.2.10 raw
do message bob@example.net "al~ice"@example.test alice@example.test
<< *:KOk: queued as *,
== one-odd-recipient port=628 src=192.0.2.10 raw
do message a~b@example.net al~ice@example.test
<< *:KOk: queued as *,
== leading-space port=628 src=192.0.2.10 raw
do text ~~Subject:~x\n\n$T\n
<< *:KOk: queued as *,
see mail => Return-Path: <a@b>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice@example.test>; *|From: a@b||  Subject: x||$T|
== mbox-line port=628 src=192.0.2.10 raw
do text From~me~Mon\nSubject:~$T\n\nbody\n
<< *:KOk: queued as *,
see mail => Return-Path: <a@b>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice@example.test>; *|X-Mailbox-Line: From me Mon|Subject: $T|From: a@b||body|
== mbox-line-quoted port=628 src=192.0.2.10 raw
do text >From~me~Mon\nSubject:~$T\n\nbody\n
<< *:KOk: queued as *,
see mail => Return-Path: <a@b>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice@example.test>; *|X-Mailbox-Line: >From me Mon|Subject: $T|From: a@b||body|
== no-header port=628 src=192.0.2.10 raw
do text hello~$T
<< *:KOk: queued as *,
see mail => Return-Path: <a@b>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice@example.test>; *|From: a@b||hello $T|
== no-newline-at-end port=628 src=192.0.2.10 raw
do text Subject:~$T\n\nlast~line
<< *:KOk: queued as *,
see mail => Return-Path: <a@b>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice@example.test>; *|Subject: $T|From: a@b||last line|
== carriage-returns port=628 src=192.0.2.10 raw
do text Subject:~$T\r\n\r\nlast~line\r\n
<< *:KOk: queued as *,
see mail => Return-Path: <a@b>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice@example.test>; *|Subject: $T | |From: a@b||last line |
== dots port=628 src=192.0.2.10 raw
do text Subject:~$T\n\n.\n..\n.x\n
<< *:KOk: queued as *,
see mail => Return-Path: <a@b>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice@example.test>; *|Subject: $T|From: a@b||.|..|.x|
== eight-bit port=628 src=192.0.2.10 raw
do text Subject:~$T\n\n\xe4\xff\n
<< *:KOk: queued as *,
see mail => Return-Path: <a@b>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice@example.test>; *|Subject: $T|From: a@b||\udce4\udcff|
== nul port=628 src=192.0.2.10 raw
do text Subject:~$T\n\na\x00b\n
<< *:KOk: queued as *,
see mail => Return-Path: <a@b>|Received: from client.example.org (client.example.org [192.0.2.10])|\tby mx.example.test (*) with QMQP id *|\tfor <alice@example.test>; *|Subject: $T|From: a@b||a\x00b|
"""

    def see_delay(self):
        import time
        begin = time.time()
        session = self.sessions[self.current]
        session.buf += session.sock.recv(1)
        return "slow" if time.time() - begin > 1.5 else "quick"
