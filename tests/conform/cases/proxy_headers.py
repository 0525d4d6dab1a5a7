"""PROXY headers in front of SMTP sessions: good, bad and late ones. And smtpd under stress."""
import struct

from harness import Talk

V2 = r"\r\n\r\n\x00\r\nQUIT\n"


def v2(command, family, payload, length=None):
    data = bytes([command, family]) + struct.pack("!H", len(payload) if length is None else length) + payload
    return V2 + "".join("\\x%02x" % c for c in data)


A4 = bytes([198, 51, 100, 7, 192, 0, 2, 250]) + struct.pack("!HH", 999, 2525)
A6 = bytes.fromhex("20010db8000000000000000000000007" "20010db8000000000000000000000001") + struct.pack("!HH", 999, 2525)


class ProxyHeaders(Talk):
    area = "proxy-header"
    cost = 10
    timeout = 40
    boring = r"^(connect from unknown\[192\.0\.2\.10|disconnect|warning: hostname)"
    main = """
smtpd_error_sleep_time = 0
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
mynetworks = 127.0.0.1, 198.51.100.7
"""
    services = {"p": "smtpd_upstream_proxy_protocol = haproxy\nsmtpd_upstream_proxy_timeout = 1s",
                "other": "smtpd_upstream_proxy_protocol = other",
                "port": "smtpd_upstream_proxy_protocol = haproxy\nsmtpd_client_port_logging = yes",
                "nopeer": "smtpd_upstream_proxy_protocol = haproxy\nsmtpd_peername_lookup = no",
                "wrap": "smtpd_upstream_proxy_protocol = haproxy\nsmtpd_tls_wrappermode = yes\n"
                        "smtpd_tls_security_level = may\nsmtpd_tls_chain_files = @TLS@/server.pem",
                "early": "smtpd_delay_reject = no\nsmtpd_client_restrictions = sleep 1",
                "earlyno": "smtpd_delay_reject = no\nsmtpd_client_restrictions = sleep 1, reject",
                "deny": "smtpd_upstream_proxy_protocol = haproxy\nsmtpd_delay_reject = no\n"
                        "smtpd_client_restrictions = check_client_access inline:{198.51.100.7=REJECT}"}
    V1 = {
        "v1-tcp4": r"PROXY TCP4 198.51.100.7 192.0.2.250 999 2525\r\n",
        "v1-tcp6": r"PROXY TCP6 2001:db8::7 2001:db8::1 999 2525\r\n",
        "v1-unknown": r"PROXY UNKNOWN\r\n", "v1-unknown-more": r"PROXY UNKNOWN ffff ffff 1 2\r\n",
        "v1-newline": r"PROXY TCP4 198.51.100.7 192.0.2.250 999 2525\n",
        "v1-lower": r"proxy tcp4 198.51.100.7 192.0.2.250 999 2525\r\n",
        "v1-lower-protocol": r"PROXY tcp4 198.51.100.7 192.0.2.250 999 2525\r\n",
        "v1-blanks": r"PROXY  TCP4   198.51.100.7 192.0.2.250 999 2525\r\n",
        "v1-tabs": r"PROXY\tTCP4\t198.51.100.7\t192.0.2.250\t999\t2525\r\n",
        "v1-trailing": r"PROXY TCP4 198.51.100.7 192.0.2.250 999 2525 more\r\n",
        "v1-trailing-blank": r"PROXY TCP4 198.51.100.7 192.0.2.250 999 2525 \r\n",
        "v1-no-port": r"PROXY TCP4 198.51.100.7 192.0.2.250 999\r\n",
        "v1-no-ports": r"PROXY TCP4 198.51.100.7 192.0.2.250\r\n",
        "v1-no-server": r"PROXY TCP4 198.51.100.7\r\n", "v1-no-client": r"PROXY TCP4\r\n", "v1-no-protocol": r"PROXY\r\n",
        "v1-protocol-only-blank": r"PROXY \r\n",
        "v1-port-0": r"PROXY TCP4 198.51.100.7 192.0.2.250 0 0\r\n",
        "v1-port-65535": r"PROXY TCP4 198.51.100.7 192.0.2.250 65535 65535\r\n",
        "v1-port-65536": r"PROXY TCP4 198.51.100.7 192.0.2.250 65536 25\r\n",
        "v1-port-leading-zero": r"PROXY TCP4 198.51.100.7 192.0.2.250 0999 025\r\n",
        "v1-port-negative": r"PROXY TCP4 198.51.100.7 192.0.2.250 -1 25\r\n",
        "v1-port-text": r"PROXY TCP4 198.51.100.7 192.0.2.250 smtp smtp\r\n",
        "v1-server-port-text": r"PROXY TCP4 198.51.100.7 192.0.2.250 25 smtp\r\n",
        "v1-short-address": r"PROXY TCP4 198.51.100 192.0.2.250 999 2525\r\n",
        "v1-big-address": r"PROXY TCP4 198.51.100.256 192.0.2.250 999 2525\r\n",
        "v1-brackets": r"PROXY TCP4 [198.51.100.7] 192.0.2.250 999 2525\r\n",
        "v1-host-name": r"PROXY TCP4 localhost 192.0.2.250 999 2525\r\n",
        "v1-4-in-6": r"PROXY TCP6 198.51.100.7 192.0.2.250 999 2525\r\n",
        "v1-6-in-4": r"PROXY TCP4 2001:db8::7 2001:db8::1 999 2525\r\n",
        "v1-mapped": r"PROXY TCP6 ::ffff:198.51.100.7 ::ffff:192.0.2.250 999 2525\r\n",
        "v1-6-upper": r"PROXY TCP6 2001:DB8:0:0:0:0:0:7 2001:DB8::1 999 2525\r\n",
        "v1-6-bad": r"PROXY TCP6 2001:db8::7::1 2001:db8::1 999 2525\r\n",
        "v1-6-zone": r"PROXY TCP6 fe80::1%lo 2001:db8::1 999 2525\r\n",
        "v1-0.0.0.0": r"PROXY TCP4 0.0.0.0 192.0.2.250 999 2525\r\n",
        "v1-local": r"PROXY TCP4 127.0.0.1 127.0.0.1 999 2525\r\n",
        "v1-udp": r"PROXY UDP4 198.51.100.7 192.0.2.250 999 2525\r\n",
        "v1-other-word": r"PROXYX TCP4 198.51.100.7 192.0.2.250 999 2525\r\n",
        "v1-leading-blank": r" PROXY TCP4 198.51.100.7 192.0.2.250 999 2525\r\n",
        "ehlo": r"EHLO x\r\n", "ehlo-long": r"EHLO a.long.name.example.org\r\n", "empty-line": r"\r\n", "http": r"GET / HTTP/1.0\r\n\r\n",
        "nul": r"PROXY TCP4\x00198.51.100.7 192.0.2.250 999 2525\r\n", "eight-bit": r"PROXY \xff\xfe\r\n",
        "no-end": r"PROXY TCP4 198.51.100.7 192.0.2.250 999 2525", "one-byte": r"P", "long": "PROXY TCP4 " + "x" * 300 + r"\r\n",
        "long-unknown": "PROXY UNKNOWN " + "x" * 300 + r"\r\n", "unknown-107": "PROXY UNKNOWN " + "x" * 91 + r"\r\n",
        "v2-tcp4": v2(0x21, 0x11, A4), "v2-tcp6": v2(0x21, 0x21, A6), "v2-local": v2(0x20, 0x00, b""),
        "v2-local-with-address": v2(0x20, 0x11, A4), "v2-unspec": v2(0x21, 0x00, b""), "v2-unspec-more": v2(0x21, 0x00, b"abcd"),
        "v2-udp": v2(0x21, 0x12, A4), "v2-unix": v2(0x21, 0x31, b"/" * 216), "v2-tlv": v2(0x21, 0x11, A4 + b"\x04\x00\x02ab"),
        "v2-tlv6": v2(0x21, 0x21, A6 + b"\x04\x00\x02ab"), "v2-version-1": v2(0x11, 0x11, A4), "v2-version-3": v2(0x31, 0x11, A4),
        "v2-command-2": v2(0x22, 0x11, A4), "v2-short": v2(0x21, 0x11, A4[:8]), "v2-short6": v2(0x21, 0x21, A4),
        "v2-family-4": v2(0x21, 0x41, A4), "v2-protocol-0": v2(0x21, 0x10, A4), "v2-missing": v2(0x21, 0x11, A4[:6], 12),
        "v2-header-only": V2, "v2-half": r"\r\n\r\n\x00\r\nQ", "v2-too-long": v2(0x21, 0x11, A4, 4000),
        "v2-long": v2(0x21, 0x11, A4 + b"\x04\x01\xf4" + b"x" * 500), "v2-port-0": v2(0x21, 0x11, A4[:8] + b"\0\0\0\0"),
        "v2-zeros": v2(0x21, 0x11, b"\0" * 12), "v2-bad-signature": V2.replace("QUIT", "QUIX") + r"\x21\x11\x00\x0c",
    }
    scripts = r"""
== v1-tcp4 on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 999 2525\r\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from unknown[198.51.100.7]
says smtpd *: client=unknown[198.51.100.7]
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== v1-tcp6 on=p src=192.0.2.10 raw
>> PROXY TCP6 2001:db8::7 2001:db8::1 999 2525\r\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 554 5.7.1 <a@elsewhere.test>: Relay access denied
says smtpd connect from unknown[2001:db8::7]
says smtpd NOQUEUE: reject: RCPT from unknown[2001:db8::7]: 554 5.7.1 <a@elsewhere.test>: Relay access denied; from=<a@example.net> to=<a@elsewhere.test> proto=ESMTP helo=<me>
says smtpd lost connection after RCPT from unknown[2001:db8::7]
== v1-newline on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 999 2525\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from unknown[198.51.100.7]
says smtpd *: client=unknown[198.51.100.7]
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== v1-lower on=p src=192.0.2.10 raw
>> proxy tcp4 198.51.100.7 192.0.2.250 999 2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: unrecognized protocol header: proxy tcp4 198.51.100.7 192.0.2.250 999 2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-lower-protocol on=p src=192.0.2.10 raw
>> PROXY tcp4 198.51.100.7 192.0.2.250 999 2525\r\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from unknown[198.51.100.7]
says smtpd *: client=unknown[198.51.100.7]
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== v1-blanks on=p src=192.0.2.10 raw
>> PROXY  TCP4   198.51.100.7 192.0.2.250 999 2525\r\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from unknown[198.51.100.7]
says smtpd *: client=unknown[198.51.100.7]
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== v1-tabs on=p src=192.0.2.10 raw
>> PROXY\tTCP4\t198.51.100.7\t192.0.2.250\t999\t2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: unrecognized protocol header: PROXY\tTCP4\t198.51.100.7\t192.0.2.250\t999\t2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-trailing on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 999 2525 more\r\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from unknown[198.51.100.7]
says smtpd *: client=unknown[198.51.100.7]
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== v1-trailing-blank on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 999 2525 \r\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from unknown[198.51.100.7]
says smtpd *: client=unknown[198.51.100.7]
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== v1-no-port on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 999\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing server port: PROXY TCP4 198.51.100.7 192.0.2.250 999\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-no-ports on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client port: PROXY TCP4 198.51.100.7 192.0.2.250\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-no-server on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing server address: PROXY TCP4 198.51.100.7\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-no-client on=p src=192.0.2.10 raw
>> PROXY TCP4\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client address: PROXY TCP4\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-no-protocol on=p src=192.0.2.10 raw
>> PROXY\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: short protocol header: PROXY\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-protocol-only-blank on=p src=192.0.2.10 raw
>> PROXY \r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing protocol type: PROXY \r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-port-0 on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 0 0\r\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from unknown[198.51.100.7]
says smtpd *: client=unknown[198.51.100.7]
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== v1-port-65535 on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 65535 65535\r\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from unknown[198.51.100.7]
says smtpd *: client=unknown[198.51.100.7]
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== v1-port-65536 on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 65536 25\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client port: PROXY TCP4 198.51.100.7 192.0.2.250 65536 25\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-port-leading-zero on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 0999 025\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client port: PROXY TCP4 198.51.100.7 192.0.2.250 0999 025\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-port-negative on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 -1 25\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client port: PROXY TCP4 198.51.100.7 192.0.2.250 -1 25\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-port-text on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 smtp smtp\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client port: PROXY TCP4 198.51.100.7 192.0.2.250 smtp smtp\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-server-port-text on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 25 smtp\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing server port: PROXY TCP4 198.51.100.7 192.0.2.250 25 smtp\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-short-address on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100 192.0.2.250 999 2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client address: PROXY TCP4 198.51.100 192.0.2.250 999 2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-big-address on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.256 192.0.2.250 999 2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client address: PROXY TCP4 198.51.100.256 192.0.2.250 999 2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-brackets on=p src=192.0.2.10 raw
>> PROXY TCP4 [198.51.100.7] 192.0.2.250 999 2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client address: PROXY TCP4 [198.51.100.7] 192.0.2.250 999 2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-host-name on=p src=192.0.2.10 raw
>> PROXY TCP4 localhost 192.0.2.250 999 2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client address: PROXY TCP4 localhost 192.0.2.250 999 2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-4-in-6 on=p src=192.0.2.10 raw
>> PROXY TCP6 198.51.100.7 192.0.2.250 999 2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client address: PROXY TCP6 198.51.100.7 192.0.2.250 999 2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-6-in-4 on=p src=192.0.2.10 raw
>> PROXY TCP4 2001:db8::7 2001:db8::1 999 2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client address: PROXY TCP4 2001:db8::7 2001:db8::1 999 2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-mapped on=p src=192.0.2.10 raw
>> PROXY TCP6 ::ffff:198.51.100.7 ::ffff:192.0.2.250 999 2525\r\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from unknown[198.51.100.7]
says smtpd *: client=unknown[198.51.100.7]
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== v1-6-upper on=p src=192.0.2.10 raw
>> PROXY TCP6 2001:DB8:0:0:0:0:0:7 2001:DB8::1 999 2525\r\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 554 5.7.1 <a@elsewhere.test>: Relay access denied
says smtpd connect from unknown[2001:db8::7]
says smtpd NOQUEUE: reject: RCPT from unknown[2001:db8::7]: 554 5.7.1 <a@elsewhere.test>: Relay access denied; from=<a@example.net> to=<a@elsewhere.test> proto=ESMTP helo=<me>
says smtpd lost connection after RCPT from unknown[2001:db8::7]
== v1-6-bad on=p src=192.0.2.10 raw
>> PROXY TCP6 2001:db8::7::1 2001:db8::1 999 2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client address: PROXY TCP6 2001:db8::7::1 2001:db8::1 999 2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-6-zone on=p src=192.0.2.10 raw
>> PROXY TCP6 fe80::1%lo 2001:db8::1 999 2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client address: PROXY TCP6 fe80::1%lo 2001:db8::1 999 2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-0.0.0.0 on=p src=192.0.2.10 raw
>> PROXY TCP4 0.0.0.0 192.0.2.250 999 2525\r\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 554 5.7.1 <a@elsewhere.test>: Relay access denied
says smtpd connect from unknown[0.0.0.0]
says smtpd NOQUEUE: reject: RCPT from unknown[0.0.0.0]: 554 5.7.1 <a@elsewhere.test>: Relay access denied; from=<a@example.net> to=<a@elsewhere.test> proto=ESMTP helo=<me>
says smtpd lost connection after RCPT from unknown[0.0.0.0]
== v1-local on=p src=192.0.2.10 raw
>> PROXY TCP4 127.0.0.1 127.0.0.1 999 2525\r\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from localhost[127.0.0.1]
says smtpd *: client=localhost[127.0.0.1]
says smtpd lost connection after RCPT from localhost[127.0.0.1]
== v1-udp on=p src=192.0.2.10 raw
>> PROXY UDP4 198.51.100.7 192.0.2.250 999 2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing protocol type: PROXY UDP4 198.51.100.7 192.0.2.250 999 2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-other-word on=p src=192.0.2.10 raw
>> PROXYX TCP4 198.51.100.7 192.0.2.250 999 2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: unrecognized protocol header: PROXYX TCP4 198.51.100.7 192.0.2.250 999 2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v1-leading-blank on=p src=192.0.2.10 raw
>>  PROXY TCP4 198.51.100.7 192.0.2.250 999 2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: unrecognized protocol header:  PROXY TCP4 198.51.100.7 192.0.2.250 999 2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== ehlo on=p src=192.0.2.10 raw
>> EHLO x\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: short protocol header: EHLO x\r\n
says smtpd connect from client.example.org[192.0.2.10]
== ehlo-long on=p src=192.0.2.10 raw
>> EHLO a.long.name.example.org\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: unrecognized protocol header: EHLO a.long.name.example.org\r\n
says smtpd connect from client.example.org[192.0.2.10]
== empty-line on=p src=192.0.2.10 raw
>> \r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: short protocol header: \r\n
says smtpd connect from client.example.org[192.0.2.10]
== http on=p src=192.0.2.10 raw
>> GET / HTTP/1.0\r\n\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: unrecognized protocol header: GET / HTTP/1.0\r\n\r\n
says smtpd connect from client.example.org[192.0.2.10]
== nul on=p src=192.0.2.10 raw
>> PROXY TCP4\x00198.51.100.7 192.0.2.250 999 2525\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: missing protocol header terminator: PROXY TCP4\000198.51.100.7 192.0.2.250 999 2525\r\n
says smtpd connect from client.example.org[192.0.2.10]
== eight-bit on=p src=192.0.2.10 raw
>> PROXY \xff\xfe\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing protocol type: PROXY \377\376\r\n
says smtpd connect from client.example.org[192.0.2.10]
== no-end on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 999 2525
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: missing protocol header terminator: PROXY TCP4 198.51.100.7 192.0.2.250 999 2525
says smtpd connect from client.example.org[192.0.2.10]
== one-byte on=p src=192.0.2.10 raw
>> P
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: short protocol header: P
says smtpd connect from client.example.org[192.0.2.10]
== long on=p src=192.0.2.10 raw
>> PROXY TCP4 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad or missing client address: PROXY TCP4 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n
says smtpd connect from client.example.org[192.0.2.10]
== v2-tcp4 on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c\xc6\x33\x64\x07\xc0\x00\x02\xfa\x03\xe7\x09\xdd
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from unknown[198.51.100.7]
says smtpd *: client=unknown[198.51.100.7]
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== v2-tcp6 on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x21\x00\x24\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x07\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x03\xe7\x09\xdd
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 554 5.7.1 <a@elsewhere.test>: Relay access denied
says smtpd connect from unknown[2001:db8::7]
says smtpd NOQUEUE: reject: RCPT from unknown[2001:db8::7]: 554 5.7.1 <a@elsewhere.test>: Relay access denied; from=<a@example.net> to=<a@elsewhere.test> proto=ESMTP helo=<me>
says smtpd lost connection after RCPT from unknown[2001:db8::7]
== v2-local on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x20\x00\x00\x00
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 554 5.7.1 <a@elsewhere.test>: Relay access denied
says smtpd connect from client.example.org[192.0.2.10]
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <a@elsewhere.test>: Relay access denied; from=<a@example.net> to=<a@elsewhere.test> proto=ESMTP helo=<me>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== v2-local-with-address on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x20\x11\x00\x0c\xc6\x33\x64\x07\xc0\x00\x02\xfa\x03\xe7\x09\xdd
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 554 5.7.1 <a@elsewhere.test>: Relay access denied
says smtpd connect from client.example.org[192.0.2.10]
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <a@elsewhere.test>: Relay access denied; from=<a@example.net> to=<a@elsewhere.test> proto=ESMTP helo=<me>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== v2-udp on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x12\x00\x0c\xc6\x33\x64\x07\xc0\x00\x02\xfa\x03\xe7\x09\xdd
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: unsupported network protocol: \r\n\r\n\000\r\nQUIT\n!\022\000\f\3063d\a\300\000\002\372\003\347\t\335
says smtpd connect from client.example.org[192.0.2.10]
== v2-unix on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x31\x00\xd8\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f\x2f
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: unsupported network protocol: \r\n\r\n\000\r\nQUIT\n!1\000\330////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////
says smtpd connect from client.example.org[192.0.2.10]
== v2-tlv on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x11\xc6\x33\x64\x07\xc0\x00\x02\xfa\x03\xe7\x09\xdd\x04\x00\x02\x61\x62
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from unknown[198.51.100.7]
says smtpd *: client=unknown[198.51.100.7]
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== v2-tlv6 on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x21\x00\x29\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x07\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x03\xe7\x09\xdd\x04\x00\x02\x61\x62
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 554 5.7.1 <a@elsewhere.test>: Relay access denied
says smtpd connect from unknown[2001:db8::7]
says smtpd NOQUEUE: reject: RCPT from unknown[2001:db8::7]: 554 5.7.1 <a@elsewhere.test>: Relay access denied; from=<a@example.net> to=<a@elsewhere.test> proto=ESMTP helo=<me>
says smtpd lost connection after RCPT from unknown[2001:db8::7]
== v2-version-1 on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x11\x11\x00\x0c\xc6\x33\x64\x07\xc0\x00\x02\xfa\x03\xe7\x09\xdd
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: unrecognized protocol version: \r\n\r\n\000\r\nQUIT\n\021\021\000\f\3063d\a\300\000\002\372\003\347\t\335
says smtpd connect from client.example.org[192.0.2.10]
== v2-version-3 on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x31\x11\x00\x0c\xc6\x33\x64\x07\xc0\x00\x02\xfa\x03\xe7\x09\xdd
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: unrecognized protocol version: \r\n\r\n\000\r\nQUIT\n1\021\000\f\3063d\a\300\000\002\372\003\347\t\335
says smtpd connect from client.example.org[192.0.2.10]
== v2-command-2 on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x22\x11\x00\x0c\xc6\x33\x64\x07\xc0\x00\x02\xfa\x03\xe7\x09\xdd
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: bad command in proxy header: \r\n\r\n\000\r\nQUIT\n"\021\000\f\3063d\a\300\000\002\372\003\347\t\335
says smtpd connect from client.example.org[192.0.2.10]
== v2-short on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x08\xc6\x33\x64\x07\xc0\x00\x02\xfa
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: short address field: \r\n\r\n\000\r\nQUIT\n!\021\000\b\3063d\a\300\000\002\372
says smtpd connect from client.example.org[192.0.2.10]
== v2-short6 on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x21\x00\x0c\xc6\x33\x64\x07\xc0\x00\x02\xfa\x03\xe7\x09\xdd
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: short address field: \r\n\r\n\000\r\nQUIT\n!!\000\f\3063d\a\300\000\002\372\003\347\t\335
says smtpd connect from client.example.org[192.0.2.10]
== v2-family-4 on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x41\x00\x0c\xc6\x33\x64\x07\xc0\x00\x02\xfa\x03\xe7\x09\xdd
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: unsupported network protocol: \r\n\r\n\000\r\nQUIT\n!A\000\f\3063d\a\300\000\002\372\003\347\t\335
says smtpd connect from client.example.org[192.0.2.10]
== v2-protocol-0 on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x10\x00\x0c\xc6\x33\x64\x07\xc0\x00\x02\xfa\x03\xe7\x09\xdd
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: unsupported network protocol: \r\n\r\n\000\r\nQUIT\n!\020\000\f\3063d\a\300\000\002\372\003\347\t\335
says smtpd connect from client.example.org[192.0.2.10]
== v2-missing on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c\xc6\x33\x64\x07\xc0\x00
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: short version 2 protocol header: \r\n\r\n\000\r\nQUIT\n!\021\000\f\3063d\a\300\000
says smtpd connect from client.example.org[192.0.2.10]
== v2-header-only on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: short protocol header: \r\n\r\n\000\r\nQUIT\n
says smtpd connect from client.example.org[192.0.2.10]
== v2-half on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQ
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: short protocol header: \r\n\r\n\000\r\nQ
says smtpd connect from client.example.org[192.0.2.10]
== v2-too-long on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x11\x0f\xa0\xc6\x33\x64\x07\xc0\x00\x02\xfa\x03\xe7\x09\xdd
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: short version 2 protocol header: \r\n\r\n\000\r\nQUIT\n!\021\017\240\3063d\a\300\000\002\372\003\347\t\335
says smtpd connect from client.example.org[192.0.2.10]
== v2-long on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x11\x02\x03\xc6\x33\x64\x07\xc0\x00\x02\xfa\x03\xe7\x09\xdd\x04\x01\xf4\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78\x78
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from unknown[198.51.100.7]
says smtpd *: client=unknown[198.51.100.7]
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== v2-port-0 on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c\xc6\x33\x64\x07\xc0\x00\x02\xfa\x00\x00\x00\x00
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 250 2.1.5 Ok
says smtpd connect from unknown[198.51.100.7]
says smtpd *: client=unknown[198.51.100.7]
says smtpd lost connection after RCPT from unknown[198.51.100.7]
== v2-zeros on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 554 5.7.1 <a@elsewhere.test>: Relay access denied
says smtpd connect from unknown[0.0.0.0]
says smtpd NOQUEUE: reject: RCPT from unknown[0.0.0.0]: 554 5.7.1 <a@elsewhere.test>: Relay access denied; from=<a@example.net> to=<a@elsewhere.test> proto=ESMTP helo=<me>
says smtpd lost connection after RCPT from unknown[0.0.0.0]
== v2-bad-signature on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIX\n\x21\x11\x00\x0c
< 421 4.3.0 mx.example.test Server local error
> EHLO me
< connection closed
> MAIL FROM:<a@example.net>
< connection closed
> RCPT TO:<a@elsewhere.test>
< connection closed
says smtpd warning: haproxy read: unrecognized protocol header: \r\n\r\n\000\r\nQUIX\n!\021\000\f
says smtpd connect from client.example.org[192.0.2.10]
== silence on=p src=192.0.2.10 raw
< 421 4.3.0 mx.example.test Server local error
<<
says smtpd warning: haproxy read: timeout error
says smtpd connect from client.example.org[192.0.2.10]
== hangup on=p src=192.0.2.10 raw
close
says smtpd warning: haproxy read: EOF
says smtpd connect from client.example.org[192.0.2.10]
== hangup-inside on=p src=192.0.2.10 raw
>> PROXY TCP4
close
says smtpd warning: haproxy read: missing protocol header terminator: PROXY TCP4
says smtpd connect from client.example.org[192.0.2.10]
== with-command-behind on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 999 2525\r\nEHLO me\r\n
< 220 mx.example.test ESMTP *
< 250 *
says smtpd connect from unknown[198.51.100.7]
says smtpd improper command pipelining after CONNECT from unknown[198.51.100.7]: EHLO me\r\n
says smtpd lost connection after EHLO from unknown[198.51.100.7]
== v2-with-command-behind on=p src=192.0.2.10 raw
>> \r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c\xc6\x33\x64\x07\xc0\x00\x02\xfa\x03\xe7\x09\xddEHLO me\r\n
< 220 mx.example.test ESMTP *
< 250 *
says smtpd connect from unknown[198.51.100.7]
says smtpd improper command pipelining after CONNECT from unknown[198.51.100.7]: EHLO me\r\n
says smtpd lost connection after EHLO from unknown[198.51.100.7]
== two-headers on=p src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 999 2525\r\nPROXY TCP4 198.51.100.8 192.0.2.250 999 2525\r\n
< 220 mx.example.test ESMTP *
< 500 5.5.2 Error: command not recognized
says smtpd connect from unknown[198.51.100.7]
says smtpd improper command pipelining after CONNECT from unknown[198.51.100.7]: PROXY TCP4 198.51.100.8 192.0.2.250 999 2525\r\n
says smtpd lost connection after UNKNOWN from unknown[198.51.100.7]
== port-in-log on=port src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 999 2525\r\n
< 220 mx.example.test ESMTP *
says smtpd connect from unknown[198.51.100.7]:999
says smtpd lost connection after CONNECT from unknown[198.51.100.7]:999
== no-names on=nopeer src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 999 2525\r\n
< 220 mx.example.test ESMTP *
says smtpd connect from unknown[198.51.100.7]
says smtpd lost connection after CONNECT from unknown[198.51.100.7]
== refused on=deny src=192.0.2.10 raw
>> PROXY TCP4 198.51.100.7 192.0.2.250 999 2525\r\n
< 554 5.7.1 <unknown[198.51.100.7]>: Client host rejected: Access denied
says smtpd connect from unknown[198.51.100.7]
says smtpd NOQUEUE: reject: CONNECT from unknown[198.51.100.7]: 554 5.7.1 <unknown[198.51.100.7]>: Client host rejected: Access denied; proto=SMTP
says smtpd lost connection after CONNECT from unknown[198.51.100.7]
== named on=p src=203.0.113.9 raw
>> PROXY TCP4 192.0.2.10 192.0.2.250 999 2525\r\n
< 220 mx.example.test ESMTP *
> EHLO me
< 250 *
> QUIT
< 221 2.0.0 Bye
says smtpd connect from client.example.org[192.0.2.10]
== early on=early src=192.0.2.10 raw
> EHLO me
< 220 mx.example.test ESMTP *
< 250 *
> NOOP
< 250 2.0.0 Ok
says smtpd connect from client.example.org[192.0.2.10]
says smtpd improper command pipelining after CONNECT from client.example.org[192.0.2.10]: EHLO me\r\n
says smtpd lost connection after NOOP from client.example.org[192.0.2.10]
== early-two on=early src=192.0.2.10 raw
> EHLO me
> MAIL FROM:<a@example.net>
< 220 mx.example.test ESMTP *
< 250 *
< 250 2.1.0 Ok
says smtpd connect from client.example.org[192.0.2.10]
says smtpd improper command pipelining after CONNECT from client.example.org[192.0.2.10]: EHLO me\r\nMAIL FROM:<a@example.net>\r\n
says smtpd lost connection after MAIL from client.example.org[192.0.2.10]
== early-helo on=early src=192.0.2.10 raw
> HELO me
> MAIL FROM:<a@example.net>
< 220 mx.example.test ESMTP *
< 250 mx.example.test
< 250 2.1.0 Ok
says smtpd connect from client.example.org[192.0.2.10]
says smtpd improper command pipelining after CONNECT from client.example.org[192.0.2.10]: HELO me\r\nMAIL FROM:<a@example.net>\r\n
says smtpd lost connection after MAIL from client.example.org[192.0.2.10]
== early-refused on=earlyno src=192.0.2.10 raw
> EHLO me
< 554 5.7.1 <client.example.org[192.0.2.10]>: Client host rejected: Access denied
< 503 5.7.0 Error: access denied for client.example.org[192.0.2.10]
says smtpd connect from client.example.org[192.0.2.10]
says smtpd improper command pipelining after CONNECT from client.example.org[192.0.2.10]: EHLO me\r\n
says smtpd NOQUEUE: reject: CONNECT from client.example.org[192.0.2.10]: 554 5.7.1 <client.example.org[192.0.2.10]>: Client host rejected: Access denied; proto=SMTP
says smtpd lost connection after CONNECT from client.example.org[192.0.2.10]
== header-on-plain-port src=192.0.2.10
> PROXY TCP4 198.51.100.7 192.0.2.250 999 2525
< 500 5.5.2 Error: command not recognized
says smtpd connect from client.example.org[192.0.2.10]
says smtpd lost connection after UNKNOWN from client.example.org[192.0.2.10]
"""


class Stress(Talk):
    """Parameters that are smaller under stress, here by -o stress=yes."""
    area = "stress"
    cost = 10
    timeout = 60
    main = """
smtpd_error_sleep_time = 0
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
"""
    services = {
        "yes": "-o stress=yes", "no": "-o stress=", "word": "-o stress=hello", "calm": "smtpd_soft_error_limit = 2",
        "timeout": "-o stress=yes\nsmtpd_timeout = ${stress?{2}:{300}}s",
        "old": "-o stress=yes\nsmtpd_timeout = ${stress?2}${stress:300}s\nsmtpd_hard_error_limit = ${stress?3}${stress:20}",
        "banner": "-o stress=yes\nsmtpd_banner = $myhostname ESMTP ${stress?busy}${stress:calm}",
        "calmbanner": "smtpd_banner = $myhostname ESMTP ${stress?busy}${stress:calm}",
        "hard": "smtpd_hard_error_limit = 3", "junk": "smtpd_junk_command_limit = 2\nsmtpd_hard_error_limit = 2",
        "junkyes": "-o stress=yes\nsmtpd_hard_error_limit = 2", "deadline": "-o stress=yes\nsmtpd_timeout = 3s",
        "request": "smtpd_per_request_deadline = yes\nsmtpd_timeout = 2s", "record": "smtpd_per_record_deadline = yes\nsmtpd_timeout = 2s",
        "norecord": "smtpd_per_request_deadline = no\nsmtpd_timeout = 2s",
        "rate": "smtpd_per_request_deadline = yes\nsmtpd_min_data_rate = 1000\nsmtpd_timeout = 2s",
        "soft": "smtpd_soft_error_limit = 2\nsmtpd_error_sleep_time = 1s",
        "history": "smtpd_history_flush_threshold = 3",
    }

    def see_quick(self, command):
        """how long the answer to a command takes"""
        import time
        begin = time.time()
        reply = str(self.sessions[self.current].cmd(command.replace("_", " ")))
        return "%s after %d s" % (reply.split("\n")[-1], time.time() - begin)

    def do_drip(self, text, times, pause):
        import time
        try:
            for _ in range(int(times)):
                self.sessions[self.current].send(text.replace("_", " "))
                time.sleep(float(pause))
        except OSError:
            pass

    scripts = r"""
== one-error on=yes src=192.0.2.10
> FOO
< 500 5.5.2 Error: command not recognized
<< 421 4.7.0 mx.example.test Error: too many errors\r\n
says smtpd too many errors after UNKNOWN from client.example.org[192.0.2.10]
== one-error-word on=word src=192.0.2.10
> FOO
< 500 5.5.2 Error: command not recognized
<< 421 4.7.0 mx.example.test Error: too many errors\r\n
says smtpd too many errors after UNKNOWN from client.example.org[192.0.2.10]
== many-errors on=no src=192.0.2.10
> FOO
< 500 5.5.2 Error: command not recognized
> FOO
< 500 5.5.2 Error: command not recognized
> FOO
< 500 5.5.2 Error: command not recognized
says smtpd lost connection after UNKNOWN from client.example.org[192.0.2.10]
== junk on=yes src=192.0.2.10
> NOOP
< 250 2.0.0 Ok
> NOOP
< 250 2.0.0 Ok
> NOOP
< 250 2.0.0 Ok
says smtpd too many errors after NOOP from client.example.org[192.0.2.10]
== junk-rset on=yes src=192.0.2.10
> RSET
< 250 2.0.0 Ok
> RSET
< 250 2.0.0 Ok
> RSET
< 250 2.0.0 Ok
says smtpd too many errors after RSET from client.example.org[192.0.2.10]
== junk-vrfy on=yes src=192.0.2.10
> VRFY alice
< 252 2.0.0 alice
> VRFY alice
< 252 2.0.0 alice
> VRFY alice
< 252 2.0.0 alice
says smtpd too many errors after VRFY from client.example.org[192.0.2.10]
== junk-mixed on=junk src=192.0.2.10
> NOOP
< 250 2.0.0 Ok
> RSET
< 250 2.0.0 Ok
> VRFY alice
< 252 2.0.0 alice
> ETRN example.test
< 459 <example.test>: service unavailable
> NOOP
< 421 4.7.0 mx.example.test Error: too many errors
> NOOP
< connection closed
says smtpd warning: reject: ETRN example.test... from client.example.org[192.0.2.10]
says smtpd too many errors after ETRN from client.example.org[192.0.2.10]
== junk-reset-by-mail on=junk src=192.0.2.10
> NOOP
< 250 2.0.0 Ok
> NOOP
< 250 2.0.0 Ok
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> Subject: $T
> .
< 250 2.0.0 Ok: queued as *
> NOOP
< 250 2.0.0 Ok
> NOOP
< 250 2.0.0 Ok
> NOOP
< 250 2.0.0 Ok
> NOOP
< 250 2.0.0 Ok
> NOOP
< 250 2.0.0 Ok
says smtpd too many errors after NOOP from client.example.org[192.0.2.10]
== junk-rset-in-transaction on=junk src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> RSET
< 250 2.0.0 Ok
> RSET
< 421 4.7.0 mx.example.test Error: too many errors
says smtpd too many errors after RSET from client.example.org[192.0.2.10]
== timeout on=timeout src=192.0.2.10
<< 421 4.4.2 mx.example.test Error: timeout exceeded\r\n
says smtpd timeout after CONNECT from client.example.org[192.0.2.10]
== timeout-in-data on=timeout src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> Subject: x
<< 421 4.4.2 mx.example.test Error: timeout exceeded\r\n
says smtpd timeout after DATA (12 bytes) from client.example.org[192.0.2.10]
== old-syntax on=old src=192.0.2.10
> FOO
< 500 5.5.2 Error: command not recognized
> FOO
< 500 5.5.2 Error: command not recognized
> FOO
< 500 5.5.2 Error: command not recognized
<< 421 4.7.0 mx.example.test Error: too many errors\r\n
says smtpd too many errors after UNKNOWN from client.example.org[192.0.2.10]
== banner on=banner src=192.0.2.10 raw
< 220 mx.example.test ESMTP busy
says smtpd lost connection after CONNECT from client.example.org[192.0.2.10]
== calm-banner on=calmbanner src=192.0.2.10 raw
< 220 mx.example.test ESMTP calm
says smtpd lost connection after CONNECT from client.example.org[192.0.2.10]
== rejected-recipient on=yes src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<a@elsewhere.test>
< 554 5.7.1 <a@elsewhere.test>: Relay access denied
<< 421 4.7.0 mx.example.test Error: too many errors\r\n
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <a@elsewhere.test>: Relay access denied; from=<a@example.net> to=<a@elsewhere.test> proto=ESMTP helo=<x>
says smtpd too many errors after RCPT from client.example.org[192.0.2.10]
== unknown-user on=yes src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<nobody@example.test>
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== hard-limit on=hard src=192.0.2.10
> FOO
< 500 5.5.2 Error: command not recognized
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> FOO
< 500 5.5.2 Error: command not recognized
<< 421 4.7.0 mx.example.test Error: too many errors\r\n
says smtpd too many errors after UNKNOWN from client.example.org[192.0.2.10]
== hard-limit-after-message on=hard src=192.0.2.10
> FOO
< 500 5.5.2 Error: command not recognized
> FOO
< 500 5.5.2 Error: command not recognized
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> Subject: $T
> .
< 250 2.0.0 Ok: queued as *
> FOO
< 500 5.5.2 Error: command not recognized
> FOO
< 500 5.5.2 Error: command not recognized
> FOO
< 500 5.5.2 Error: command not recognized
<< 421 4.7.0 mx.example.test Error: too many errors\r\n
says smtpd too many errors after UNKNOWN from client.example.org[192.0.2.10]
== per-request-deadline on=request src=192.0.2.10
do drip N 8 0.5
<< 421 4.4.2 mx.example.test Error: timeout exceeded\r\n
says smtpd timeout after CONNECT from client.example.org[192.0.2.10]
== no-deadline on=norecord src=192.0.2.10
do drip N 8 0.5
> OOP
< 500 5.5.2 Error: command not recognized
says smtpd lost connection after UNKNOWN from client.example.org[192.0.2.10]
== old-name-of-deadline on=record src=192.0.2.10
do drip N 8 0.5
<< 421 4.4.2 mx.example.test Error: timeout exceeded\r\n
says smtpd timeout after CONNECT from client.example.org[192.0.2.10]
== data-rate on=rate src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
do drip x 8 0.5
<< 421 4.4.2 mx.example.test Error: timeout exceeded\r\n
says smtpd timeout after DATA (0 bytes) from client.example.org[192.0.2.10]
== soft-limit on=soft src=192.0.2.10
see quick FOO => 500 5.5.2 Error: command not recognized after 0 s
see quick FOO => 500 5.5.2 Error: command not recognized after 0 s
see quick FOO => 500 5.5.2 Error: command not recognized after 1 s
see quick NOOP => 250 2.0.0 Ok after 1 s
see quick FOO => 500 5.5.2 Error: command not recognized after 1 s
says smtpd lost connection after UNKNOWN from client.example.org[192.0.2.10]
"""
