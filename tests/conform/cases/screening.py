"""postscreen, row by row: every test, every action, every limit, and what is logged of them."""
import re
import time

from harness import Group, client_tls

TAIL = """
smtpd pass - - n - - smtpd
tlsproxy unix - - n - 0 tlsproxy
dnsblog unix - - n - 0 dnsblog
"""
FROM = "MAIL FROM:<x@good.test>"
TO = "RCPT TO:<alice@example.test>"


def screens(**rows):
    """Lines of master.cf, one postscreen for each name, at ports from 2600; and the ports."""
    text, ports = "", {}
    for n, (name, options) in enumerate(rows.items()):
        ports[name] = 2600 + n
        text += "192.0.2.254:%d inet n - n - 1 postscreen\n" % ports[name]
        if "postscreen_cache_map" not in options:
            text += "    -o postscreen_cache_map=btree:$data_directory/ps_%s\n" % name
        for line in options.strip().splitlines():
            text += "    -o { %s }\n" % line.strip()
    return text + TAIL, ports


class Screen(Group):
    """What these groups share."""
    area = "postscreen"
    cost = 20
    screens = {}
    main = """
postscreen_access_list =
postscreen_greet_wait = 1s
smtpd_peername_lookup = no
"""

    def open(self):
        self.master, self.screen_ports = screens(**self.screens)
        super().open()

    def client(self, screen, address):
        return self.inst.smtp(self.screen_ports[screen], address, host="192.0.2.254")

    def talk(self, client, *pairs):
        """Command, expected reply, ..."""
        for line, spec in zip(pairs[::2], pairs[1::2]):
            if line is not None:
                client.send(line if isinstance(line, bytes) else (line + "\r\n").encode())
            self.reply(client.reply(), spec, "after %r" % (line,))

    def event(self, regex):
        return self.log(r"postscreen\[\d+\]: " + regex)

    def is_screened(self, client):
        """The built-in server answers, not smtpd: it never offers PIPELINING."""
        self.ok("PIPELINING" not in client.caps, "the built-in server", client.caps)


class Early(Screen):
    """Before the greeting."""
    screens = {
        "ignore": "",
        "enforce": "postscreen_greet_action=enforce",
        "drop": "postscreen_greet_action=drop",
        "quiet": "postscreen_greet_banner=",
        "own": "postscreen_greet_banner=welcome to $myhostname",
        "short": "postscreen_greet_ttl=2s",
        "soft": "postscreen_greet_action=enforce\nsoft_bounce=yes",
        "nosmtpd": "smtpd_service_name=nosuch",
    }

    def test_first_and_second_visit(self):
        c = self.client("ignore", "192.0.2.10")
        self.eq(c.readline(), "220-mx.example.test ESMTP " + self.inst.smtp().greet().text.split()[-1], "teaser")
        self.reply(c.greet(), "220 mx.example.test")
        self.event(r"CONNECT from \[192\.0\.2\.10\]:\d+ to \[192\.0\.2\.254\]:2600$")
        self.event(r"PASS NEW \[192\.0\.2\.10\]:\d+$")
        c.ehlo()
        self.ok("PIPELINING" in c.caps, "smtpd answers", c.caps)
        self.reply(c.quit(), "221 2.0.0")
        c = self.client("ignore", "192.0.2.10")
        self.reply(c.greet(), "220")
        self.eq(len(c.banner.lines), 1, "lines of the greeting")
        self.event(r"PASS OLD \[192\.0\.2\.10\]:\d+$")
        self.nolog(r"DISCONNECT \[192\.0\.2\.10\]")

    def test_early_talk_is_ignored_and_tested_again(self):
        c = self.client("ignore", "192.0.2.11")
        c.send("EHLO early\r\n")
        self.reply(c.reply(), "220")
        self.reply(c.reply(), "250 ~PIPELINING")
        self.event(r"PREGREET 12 after 0(\.\d+)? from \[192\.0\.2\.11\]:\d+: EHLO early\\r\\n$")
        self.nolog(r"PASS \w+ \[192\.0\.2\.11\]")
        c.quit()
        c = self.client("ignore", "192.0.2.11")
        self.ok(len(c.greet().lines) == 2, "it is tested again", c.banner)
        self.event(r"PASS NEW \[192\.0\.2\.11\]:\d+$")

    def test_early_talk_enforced(self):
        c = self.client("enforce", "192.0.2.12")
        c.send("EHLO early\r\n")
        self.talk(c, None, "250", FROM, "250 2.1.0 Ok", TO, "550 5.5.1 Protocol error", "RSET", "250 2.0.0 Ok",
                  "NOOP", "250 2.0.0 Ok", "QUIT", "221 2.0.0 Bye", None, "EOF")
        self.event(r"NOQUEUE: reject: RCPT from \[192\.0\.2\.12\]:\d+: 550 5\.5\.1 Protocol error; "
                   r"from=<x@good\.test>, to=<alice@example\.test>, proto=ESMTP, helo=<early>$")
        self.event(r"DISCONNECT \[192\.0\.2\.12\]:\d+$")
        self.nolog(r"PASS \w+ \[192\.0\.2\.12\]")

    def test_early_talk_dropped(self):
        c = self.client("drop", "192.0.2.13")
        c.send("EHLO early\r\n")
        self.talk(c, None, "521 5.5.1 Protocol error", None, "EOF")
        self.event(r"PREGREET 12 after \S+ from \[192\.0\.2\.13\]:\d+: EHLO early\\r\\n$")
        self.event(r"DISCONNECT \[192\.0\.2\.13\]:\d+$")
        c = self.client("drop", "192.0.2.13")
        self.reply(c.greet(), "220")
        self.event(r"PASS NEW \[192\.0\.2\.13\]:\d+$")

    def test_binary_early_talk_is_escaped_and_cut(self):
        c = self.client("drop", "192.0.2.14")
        c.send(b"\x16\x03\x01\x00\"q\"\\\t\xe9" + b"x" * 200 + b"\r\n")
        self.talk(c, None, "521 5.5.1", None, "EOF")
        self.event(r'PREGREET 212 after \S+ from \[192\.0\.2\.14\]:\d+: \\026\\003\\001\\000"q"\\\\\\t\\351x{66,90}$')

    def test_client_that_leaves_early(self):
        c = self.client("ignore", "192.0.2.15")
        c.readline()
        c.close()
        self.event(r"HANGUP after \S+ from \[192\.0\.2\.15\]:\d+ in tests before SMTP handshake$")
        self.event(r"DISCONNECT \[192\.0\.2\.15\]:\d+$")

    def test_without_teaser_there_is_no_wait(self):
        started = time.time()
        c = self.client("quiet", "192.0.2.16")
        self.eq(len(c.greet().lines), 1, "lines of the greeting")
        self.ok(time.time() - started < 0.8, "at once", time.time() - started)

    def test_teaser_of_ones_own(self):
        c = self.client("own", "192.0.2.17")
        self.eq(c.readline(), "220-welcome to mx.example.test", "teaser")
        self.reply(c.greet(), "220 mx.example.test")

    def test_results_expire(self):
        c = self.client("short", "192.0.2.18")
        self.eq(len(c.greet().lines), 2, "lines of the greeting")
        c.close()
        c = self.client("short", "192.0.2.18")
        self.eq(len(c.greet().lines), 1, "lines of the greeting")
        c.close()
        time.sleep(3.1)
        since = self.inst.log_size()
        c = self.client("short", "192.0.2.18")
        self.eq(len(c.greet().lines), 2, "lines of the greeting")
        self.found(self.inst.wait_log(r"PASS OLD \[192\.0\.2\.18\]", None, since), "it is known, though")

    def test_soft_bounce(self):
        c = self.client("soft", "192.0.2.19")
        c.send("EHLO early\r\n")
        self.talk(c, None, "250", FROM, "250", TO, "450 4.5.1 Protocol error", "FOO", "402 4.5.2",
                  "QUIT", "221")
        self.event(r"NOQUEUE: reject: RCPT from \[192\.0\.2\.19\]:\d+: 450 4\.5\.1 Protocol error; from=")

    def test_no_server_to_pass_to(self):
        c = self.client("nosmtpd", "192.0.2.20")
        c.readline()
        r = c.reply()
        if r.code == 220:
            r = c.cmd("EHLO x")
        self.reply(r, "421 4.3.2")
        self.log(r"warning: cannot connect to service private/nosuch: No such file or directory")


class Dialogue(Screen):
    """The built-in server."""
    screens = {
        "deep": "postscreen_pipelining_enable=yes",
        "helo": "postscreen_pipelining_enable=yes\npostscreen_helo_required=yes\ndisable_vrfy_command=yes",
        "count": "postscreen_pipelining_enable=yes\npostscreen_command_count_limit=3",
        "slow": "postscreen_pipelining_enable=yes\npostscreen_command_time_limit=1s",
        "line": "postscreen_pipelining_enable=yes\nline_length_limit=512",
        "ascii": "postscreen_pipelining_enable=yes\nsmtputf8_enable=no",
        "filter": "postscreen_pipelining_enable=yes\npostscreen_command_filter=regexp:$config_directory/filter",
        "discard": "postscreen_pipelining_enable=yes\npostscreen_discard_ehlo_keywords=dsn, etrn",
        "map": "postscreen_pipelining_enable=yes\n"
               "postscreen_discard_ehlo_keyword_address_maps=inline:{192.0.2.50=chunking}",
        "silent": "postscreen_pipelining_enable=yes\npostscreen_discard_ehlo_keyword_address_maps="
                  "inline:{ { 192.0.2.52 = chunking silent-discard } }",
        "footer": "postscreen_pipelining_enable=yes\n"
                  "postscreen_reject_footer=\\c. Call $client_address at $server_name\\nbefore noon",
        "footmap": "postscreen_pipelining_enable=yes\npostscreen_reject_footer=general\n"
                   "postscreen_reject_footer_maps=regexp:$config_directory/footers",
        "conn": "postscreen_client_connection_count_limit=2\npostscreen_greet_wait=3s",
    }
    files = {"filter": "/^PING$/ NOOP\n/^SAY (.*)/ VRFY $1\n",
             "footers": "/^450/ mapped text\n"}

    def test_pass_at_recipient(self):
        c = self.client("deep", "192.0.2.10")
        self.reply(c.ehlo("me.test"), "250 ~SIZE \\d+.*VRFY.*ETRN.*ENHANCEDSTATUSCODES.*8BITMIME.*DSN.*SMTPUTF8.*CHUNKING")
        self.is_screened(c)
        self.talk(c, FROM, "250 2.1.0 Ok", TO, "450 4.3.2 Service currently unavailable", "QUIT", "221 2.0.0 Bye")
        self.event(r"NOQUEUE: reject: RCPT from \[192\.0\.2\.10\]:\d+: 450 4\.3\.2 Service currently unavailable; "
                   r"from=<x@good\.test>, to=<alice@example\.test>, proto=ESMTP, helo=<me\.test>$")
        self.event(r"PASS NEW \[192\.0\.2\.10\]:\d+$")
        self.event(r"DISCONNECT \[192\.0\.2\.10\]:\d+$")
        c = self.client("deep", "192.0.2.10")
        c.ehlo()
        self.ok("PIPELINING" in c.caps, "smtpd answers", c.caps)
        self.event(r"PASS OLD \[192\.0\.2\.10\]:\d+$")

    def test_no_pass_before_recipient(self):
        c = self.client("deep", "192.0.2.11")
        c.ehlo()
        self.talk(c, FROM, "250", "QUIT", "221")
        self.event(r"DISCONNECT \[192\.0\.2\.11\]:\d+$")
        self.nolog(r"PASS \w+ \[192\.0\.2\.11\]")

    def test_hangup_after_recipient_still_passes(self):
        c = self.client("deep", "192.0.2.12")
        c.ehlo()
        self.talk(c, FROM, "250", TO, "450")
        c.close()
        self.event(r"HANGUP after \S+ from \[192\.0\.2\.12\]:\d+ in tests after SMTP handshake$")
        self.event(r"PASS NEW \[192\.0\.2\.12\]:\d+$")

    def test_other_commands(self):
        c = self.client("deep", "192.0.2.13")
        c.greet()
        self.talk(c, "HELO x", "250 mx.example.test", "VRFY alice", "450 4.3.2", "VRFY", "501 5.5.4", "ETRN a.test",
                  "458 Unable to queue messages", "ETRN", "500", "NOOP", "250 2.0.0", "NOOP x", "250 2.0.0", "RSET",
                  "250 2.0.0", "HELP", "502 5.5.2", "AUTH PLAIN", "502 5.5.2", "STARTTLS", "502 5.5.1", "EXPN a",
                  "502 5.5.2", "", "502 5.5.2", "  noop", "250 2.0.0", "QUIT", "221")

    def test_syntax(self):
        c = self.client("deep", "192.0.2.14")
        c.greet()
        self.talk(c, "HELO", "501", "EHLO", "501", TO, "503 5.5.1 Error: need MAIL command", "MAIL", "501 5.5.4",
                  "MAIL FROM", "501 5.5.4", "MAIL FROM:<a@b.test> SIZE=99999999999", "250 2.1.0", "MAIL FROM:<>",
                  "503 5.5.1 Error: nested MAIL command", "RCPT", "501 5.5.4", "RCPT TO:<a@b.test> NOTIFY=NEVER",
                  "450 4.3.2", "RCPT TO:<a b@c.test>", "450", "RCPT TO:<unfinished", "450", "QUIT", "221")

    def test_addresses_in_the_log(self):
        c = self.client("deep", "192.0.2.15")
        c.greet()
        self.talk(c, "MAIL FROM:<a b>", "250", "RCPT TO:<@x.test:a@b.test>", "450", "RCPT TO:\"q r\"@c.test", "450",
                  "RCPT TO:d@e.test junk", "450", "QUIT", "221")
        self.event(r'.*from=<"a b">, to=<a@b\.test>, proto=SMTP, helo=<>$')
        self.event(r'.*from=<"a b">, to=<"q r"@c\.test>, proto=SMTP')
        self.event(r'.*from=<"a b">, to=<d@e\.test>, proto=SMTP')

    def test_helo_resets_the_sender(self):
        c = self.client("deep", "192.0.2.16")
        c.greet()
        self.talk(c, "HELO a", "250", FROM, "250", "HELO b", "250", TO, "503", "EHLO c", "250", FROM, "250", "RSET",
                  "250", TO, "503", FROM, "250", TO, "450", "QUIT", "221")
        self.event(r".*proto=ESMTP, helo=<c>$")

    def content(self, address, lines, reply, event):
        c = self.client("deep", address)
        c.ehlo("x")
        for line in lines[:-1]:
            self.reply(c.cmd(line), "250")
        self.talk(c, lines[-1], reply, None, "EOF")
        self.event(event + r" without valid RCPT from \[%s\]:\d+$" % re.escape(address))
        self.event(r"DISCONNECT \[%s\]" % re.escape(address))

    def test_data_after_mail(self):
        self.content("192.0.2.20", [FROM, "DATA"], "554 5.5.1 Error: no valid recipients", "DATA")

    def test_data_before_mail(self):
        self.content("192.0.2.21", ["DATA"], "503 5.5.1 Error: need RCPT command", "DATA")

    def test_data_with_argument(self):
        self.content("192.0.2.22", ["DATA x"], "501 5.5.4 Syntax: DATA", "DATA")

    def test_bdat_after_mail(self):
        self.content("192.0.2.23", [FROM, "BDAT 3 LAST"], "554 5.5.1 Error: no valid recipients", "BDAT")

    def test_bdat_before_mail(self):
        self.content("192.0.2.24", ["BDAT 3"], "554 5.5.1 Error: need MAIL command", "BDAT")

    def test_bdat_without_count(self):
        self.content("192.0.2.25", ["BDAT"], "501 5.5.4", "BDAT")

    def test_helo_required(self):
        c = self.client("helo", "192.0.2.30")
        c.greet()
        self.talk(c, FROM, "503 5.5.1 Error: send HELO/EHLO first", "VRFY a", "502 5.5.1 VRFY command is disabled",
                  "EHLO x", "250", FROM, "250", "QUIT", "221")

    def test_command_count(self):
        c = self.client("count", "192.0.2.31")
        c.greet()
        self.talk(c, "noop", "250", "RSET", "250", "foo", "502", "NOOP",
                  "421 mx.example.test Service unavailable", None, "EOF")
        self.event(r"COMMAND COUNT LIMIT from \[192\.0\.2\.31\]:\d+ after \S+$")
        c = self.client("count", "192.0.2.32")
        c.greet()
        self.talk(c, "NOOP", "250", "NOOP", "250", "NOOP", "250", "QUIT", "221 2.0.0 Bye", None, "EOF")

    def test_command_time(self):
        c = self.client("slow", "192.0.2.33")
        c.ehlo("x")
        c.send(b"MAIL")
        self.talk(c, None, "421 4.4.2 mx.example.test Error: timeout exceeded", None, "EOF")
        self.event(r"COMMAND TIME LIMIT from \[192\.0\.2\.33\]:\d+ after EHLO$")
        c = self.client("slow", "192.0.2.34")
        c.greet()
        self.talk(c, None, "421 4.4.2")
        self.event(r"COMMAND TIME LIMIT from \[192\.0\.2\.34\]:\d+ after CONNECT$")

    def test_command_length(self):
        c = self.client("line", "192.0.2.35")
        c.ehlo("x")
        c.send(b"MAIL FROM:<" + b"x" * 3000 + b"@a.test>\r\n")
        self.talk(c, None, "421 mx.example.test Service unavailable")
        self.event(r"COMMAND LENGTH LIMIT from \[192\.0\.2\.35\]:\d+ after EHLO$")

    def test_no_smtputf8(self):
        c = self.client("ascii", "192.0.2.36")
        c.ehlo("x")
        self.ok("SMTPUTF8" not in c.caps, "not offered", c.caps)
        self.talk(c, "MAIL FROM:<\u00e9@a.test>", "250", "RCPT TO:<b@c.test>", "450", "QUIT", "221")
        self.event(r".*from=<\?\?@a\.test>")

    def test_eight_bit_text_in_the_log(self):
        c = self.client("deep", "192.0.2.37")
        c.ehlo("x")
        self.talk(c, "MAIL FROM:<\u00e9@a.test> SMTPUTF8", "250", TO, "450", b"VRFY \xff\r\n", "450", "QUIT", "221")
        self.event(".*from=<\u00e9@a\\.test>")

    def test_command_filter(self):
        c = self.client("filter", "192.0.2.38")
        c.ehlo("x")
        self.talk(c, "PING", "250 2.0.0", "SAY hello", "450 4.3.2", "QUIT", "221")
        self.event(r'\[192\.0\.2\.38\]:\d+: replacing command "PING" with "NOOP"$')
        self.event(r'\[192\.0\.2\.38\]:\d+: replacing command "SAY hello" with "VRFY hello"$')

    def test_discarded_keywords(self):
        c = self.client("discard", "192.0.2.39")
        c.ehlo("x")
        self.ok("DSN" not in c.caps and "ETRN" not in c.caps and "CHUNKING" in c.caps, "offer", c.caps)
        self.talk(c, "ETRN a.test", "458", "QUIT", "221")
        self.nolog(r"discarding EHLO keywords")

    def test_discarded_keywords_by_address(self):
        c = self.client("map", "192.0.2.50")
        c.ehlo("x")
        self.ok("CHUNKING" not in c.caps, "offer", c.caps)
        self.log(r"discarding EHLO keywords: CHUNKING$")
        c = self.client("map", "192.0.2.51")
        c.ehlo("x")
        self.ok("CHUNKING" in c.caps, "offer", c.caps)

    def test_silent_discard(self):
        c = self.client("silent", "192.0.2.52")
        c.ehlo("x")
        self.ok("CHUNKING" not in c.caps, "offer", c.caps)
        self.nolog(r"discarding EHLO keywords")

    def test_footer(self):
        c = self.client("footer", "192.0.2.40")
        c.ehlo("x")
        self.talk(c, FROM, "250 2.1.0 Ok", TO, "450 4.3.2 before noon "
                  "~^450-4.3.2 Service currently unavailable. Call 192.0.2.40 at mx.example.test\n", "FOO",
                  "502 5.5.2 before noon", "DATA", "554 5.5.1 before noon ~no valid recipients. Call")
        self.event(r"NOQUEUE: reject: RCPT from \S+: 450 4\.3\.2 Service currently unavailable; from=")

    def test_footer_by_reply(self):
        c = self.client("footmap", "192.0.2.41")
        c.ehlo("x")
        self.talk(c, FROM, "250", TO, "450 4.3.2 mapped text", "FOO", "502 5.5.2 general", "QUIT", "221")

    def test_connections_of_a_client(self):
        held = [self.client("conn", "192.0.2.42") for _ in range(2)]
        for c in held:
            c.readline()
        c = self.client("conn", "192.0.2.42")
        self.talk(c, None, "421 4.7.0 Error: too many connections", None, "EOF")
        self.event(r"NOQUEUE: reject: CONNECT from \[192\.0\.2\.42\]:\d+: too many connections$")
        self.event(r"DISCONNECT \[192\.0\.2\.42\]")
        for c in held:
            self.reply(c.greet(), "220")


ALL = ("postscreen_pipelining_enable=yes\npostscreen_non_smtp_command_enable=yes\n"
       "postscreen_bare_newline_enable=yes\n")


class Deep(Screen):
    """Pipelining, foreign commands and bare newlines, with each action."""
    screens = {
        "stock": ALL,
        "ignore": ALL + "".join("postscreen_%s_action=ignore\n" % n
                                for n in ("pipelining", "non_smtp_command", "bare_newline")),
        "enforce": ALL + "".join("postscreen_%s_action=enforce\n" % n
                                 for n in ("pipelining", "non_smtp_command", "bare_newline")),
        "drop": ALL + "".join("postscreen_%s_action=drop\n" % n
                              for n in ("pipelining", "non_smtp_command", "bare_newline")),
        "forbid": "postscreen_non_smtp_command_enable=yes\npostscreen_forbidden_commands=foo, bar",
    }
    GOODBYE = "521 5.7.0 Error: I can break rules, too. Goodbye."

    def ends(self, c, reply):
        self.talk(c, TO, reply, "QUIT", "221 2.0.0 Bye", None, "EOF")

    def pipelining(self, screen, address, reply):
        c = self.client(screen, address)
        c.greet()
        c.send("EHLO x\r\n%s\r\n" % FROM)
        if reply is None:
            self.talk(c, None, "521 5.5.1 Protocol error")
        else:
            self.talk(c, None, "250", None, "250 2.1.0")
            self.ends(c, reply)
        self.event(r"COMMAND PIPELINING from \[%s\]:\d+ after EHLO: MAIL FROM:<x@good\.test>\\r\\n$"
                   % re.escape(address))

    def test_pipelining_stock(self):
        self.pipelining("stock", "192.0.2.10", "550 5.5.1 Protocol error")
        self.event(r"NOQUEUE: reject: RCPT from \[192\.0\.2\.10\]:\d+: 550 5\.5\.1 Protocol error; from=")
        self.nolog(r"PASS \w+ \[192\.0\.2\.10\]")

    def test_pipelining_ignored(self):
        self.pipelining("ignore", "192.0.2.11", "450 4.3.2 Service currently unavailable")
        self.event(r"PASS NEW \[192\.0\.2\.11\]")

    def test_pipelining_enforced(self):
        self.pipelining("enforce", "192.0.2.12", "550 5.5.1 Protocol error")

    def test_pipelining_dropped(self):
        self.pipelining("drop", "192.0.2.13", None)

    def test_pipelining_after_unknown(self):
        c = self.client("stock", "192.0.2.14")
        c.greet()
        c.send("fOO x\r\nEHLO x\r\n")
        self.talk(c, None, "502", None, "250", FROM, "250")
        self.ends(c, "550 5.5.1")
        self.event(r"COMMAND PIPELINING from \[192\.0\.2\.14\]:\d+ after fOO: EHLO x\\r\\n$")

    def test_pipelining_after_quit(self):
        c = self.client("stock", "192.0.2.15")
        c.ehlo("x")
        c.send("QUIT\r\nQUIT\r\n")
        self.talk(c, None, "221 2.0.0 Bye", None, "EOF")
        self.event(r"COMMAND PIPELINING from \[192\.0\.2\.15\]:\d+ after QUIT: QUIT\\r\\n$")

    def foreign(self, screen, address, line, reply):
        c = self.client(screen, address)
        c.greet()
        if reply is None:
            self.talk(c, line, self.GOODBYE, None, "EOF")
        else:
            self.talk(c, line, "502 5.5.2", "EHLO x", "250", FROM, "250")
            self.ends(c, reply)
        self.event(r"NON-SMTP COMMAND from \[%s\]:\d+ after CONNECT: %s$" % (re.escape(address), re.escape(line)))

    def test_get_stock(self):
        self.foreign("stock", "192.0.2.20", "GET / HTTP/1.0", None)

    def test_post_stock(self):
        self.foreign("stock", "192.0.2.21", "POST / HTTP/1.0", None)

    def test_connect_stock(self):
        self.foreign("stock", "192.0.2.22", "CONNECT 192.0.2.1:25 HTTP/1.0", None)

    def test_header_stock(self):
        self.foreign("stock", "192.0.2.23", "Subject: a b", None)

    def test_foreign_ignored(self):
        self.foreign("ignore", "192.0.2.24", "GET / HTTP/1.0", "450 4.3.2")

    def test_foreign_enforced(self):
        self.foreign("enforce", "192.0.2.25", "GET / HTTP/1.0", "550 5.5.1 Protocol error")

    def test_foreign_dropped(self):
        self.foreign("drop", "192.0.2.26", "X-Header: y", None)

    def test_other_commands_forbidden(self):
        c = self.client("forbid", "192.0.2.27")
        c.greet()
        self.talk(c, "GET / x", "502 5.5.2", "FOO x", self.GOODBYE)

    def bare(self, screen, address, reply):
        c = self.client(screen, address)
        c.greet()
        c.send(b"EHLO x\n")
        if reply is None:
            self.talk(c, None, "521 5.5.1 Protocol error", None, "EOF")
        else:
            self.talk(c, None, "250", FROM, "250")
            self.ends(c, reply)
        self.event(r"BARE NEWLINE from \[%s\]:\d+ after EHLO x$" % re.escape(address))

    def test_bare_newline_stock(self):
        self.bare("stock", "192.0.2.30", "450 4.3.2")
        self.event(r"PASS NEW \[192\.0\.2\.30\]")

    def test_bare_newline_ignored(self):
        self.bare("ignore", "192.0.2.31", "450 4.3.2")

    def test_bare_newline_enforced(self):
        self.bare("enforce", "192.0.2.32", "550 5.5.1 Protocol error")

    def test_bare_newline_dropped(self):
        self.bare("drop", "192.0.2.33", None)

    def test_bare_empty_line(self):
        c = self.client("enforce", "192.0.2.34")
        c.ehlo("x")
        self.talk(c, b"\n", "502", FROM, "250")
        self.ends(c, "550 5.5.1")
        self.event(r"BARE NEWLINE from \[192\.0\.2\.34\]:\d+ after ?$")

    def test_once_is_enough_for_the_log(self):
        c = self.client("enforce", "192.0.2.35")
        c.ehlo("x")
        self.talk(c, b"NOOP\n", "250", b"NOOP\n", "250", "QUIT", "221")
        self.event(r"DISCONNECT \[192\.0\.2\.35\]")
        self.eq(len(re.findall(r"BARE NEWLINE from \[192\.0\.2\.35\]", self.inst.log_text(self.since))), 1, "lines")

    def test_nothing_after_nul_counts(self):
        c = self.client("stock", "192.0.2.36")
        c.greet()
        self.talk(c, b"NOOP\0 x\r\n", "250 2.0.0", "QUIT", "221")


class Lists(Screen):
    """DNS lists, the access list, interfaces."""
    main = Screen.main + """
postscreen_dnsbl_sites = bl.test*2, bl2.test, wl.test*-2, val.test=127.0.0.[4..6]*3
postscreen_dnsbl_threshold = 2
"""
    NONE = "postscreen_dnsbl_sites=\n"
    ACL = NONE + "postscreen_access_list=cidr:$config_directory/acl\n"
    screens = {
        "ignore": "postscreen_dnsbl_action=ignore",
        "enforce": "postscreen_dnsbl_action=enforce",
        "drop": "postscreen_dnsbl_action=drop",
        "shown": "postscreen_dnsbl_action=enforce\npostscreen_dnsbl_reply_map=texthash:$config_directory/shown",
        "both": "postscreen_dnsbl_action=enforce\npostscreen_dnsbl_threshold=1\n"
                "postscreen_dnsbl_sites=val.test=127.0.0.[1;5]*2, val.test=127.0.[0..9].7*-1, bl.test*3",
        "allow": "postscreen_dnsbl_action=enforce\npostscreen_dnsbl_whitelist_threshold=-1\n"
                 "postscreen_greet_wait=4s\npostscreen_pipelining_enable=yes",
        "late": "postscreen_dnsbl_action=enforce\npostscreen_dnsbl_timeout=1s\npostscreen_greet_wait=2s",
        "quiet": "postscreen_dnsbl_action=enforce\npostscreen_greet_banner=",
        "acl": NONE + "postscreen_access_list=cidr:$config_directory/acl, permit_mynetworks, reject\n"
               "postscreen_blacklist_action=drop",
        "aclenforce": ACL + "postscreen_blacklist_action=enforce",
        "aclignore": ACL + "postscreen_blacklist_action=ignore",
        "aclword": NONE + "postscreen_access_list=bogus, reject\npostscreen_blacklist_action=drop",
        "old": ACL + "respectful_logging=no\npostscreen_blacklist_action=enforce\n"
               "postscreen_whitelist_interfaces=!192.0.2.254,static:all",
        "new": ACL + "respectful_logging=yes\npostscreen_blacklist_action=enforce\n"
               "postscreen_whitelist_interfaces=!192.0.2.254,static:all",
    }
    files = {"acl": "192.0.2.120 permit\n192.0.2.121 reject\n192.0.2.122 dunno\n192.0.2.124 bogus\n",
             "shown": "bl.test block.example\n"}
    dns = """
110.2.0.192.bl.test A 127.0.0.2
111.2.0.192.bl.test A 127.0.0.2
111.2.0.192.bl2.test A 127.0.0.2
112.2.0.192.val.test A 127.0.0.7
113.2.0.192.val.test A 127.0.0.5
113.2.0.192.val.test A 127.0.0.7
114.2.0.192.wl.test A 127.0.0.1
115.2.0.192.bl.test A 127.0.0.2
115.2.0.192.wl.test A 127.0.0.2
116.2.0.192.bl.test SERVFAIL
118.2.0.192.bl.test TIMEOUT
"""

    def passes(self, screen, address):
        c = self.client(screen, address)
        c.ehlo("x")
        self.ok("PIPELINING" in c.caps, "smtpd answers", c.caps)
        c.quit()

    def refused(self, screen, address, rank, site):
        c = self.client(screen, address)
        c.ehlo("x")
        text = "5.7.1 Service unavailable; client [%s] blocked using %s" % (address, site)
        self.talk(c, FROM, "250", TO, "550 " + text, "QUIT", "221")
        self.event(r"DNSBL rank %d for \[%s\]:\d+$" % (rank, re.escape(address)))
        self.event(r"NOQUEUE: reject: RCPT from \[%s\]:\d+: 550 %s; from=<x@good\.test>"
                   % (re.escape(address), re.escape(text)))

    def test_ignored(self):
        self.passes("ignore", "192.0.2.110")
        self.log(r"addr 192\.0\.2\.110 listed by domain bl\.test as 127\.0\.0\.2$")
        self.event(r"DNSBL rank 2 for \[192\.0\.2\.110\]:\d+$")
        self.nolog(r"PASS \w+ \[192\.0\.2\.110\]")

    def test_enforced(self):
        self.refused("enforce", "192.0.2.110", 2, "bl.test")

    def test_dropped(self):
        c = self.client("drop", "192.0.2.110")
        self.talk(c, None, "521 5.7.1 Service unavailable; client [192.0.2.110] blocked using bl.test", None, "EOF")

    def test_two_lists_add_up(self):
        self.refused("enforce", "192.0.2.111", 3, "bl.test")

    def test_filtered_value_does_not_count(self):
        self.passes("enforce", "192.0.2.112")
        self.event(r"PASS NEW \[192\.0\.2\.112\]")

    def test_filtered_value_counts_once(self):
        self.refused("enforce", "192.0.2.113", 3, "val.test")

    def test_allow_list_makes_up_for_it(self):
        self.passes("enforce", "192.0.2.115")
        self.nolog(r"DNSBL rank \d+ for \[192\.0\.2\.115\]")

    def test_same_list_twice(self):
        self.refused("both", "192.0.2.113", 1, "val.test")

    def test_shown_name(self):
        self.refused("shown", "192.0.2.110", 2, "block.example")

    def test_lookup_error_counts_nothing(self):
        self.passes("enforce", "192.0.2.116")
        self.log(r"warning: dnsblog_query: lookup error for DNS query 116\.2\.0\.192\.bl\.test: ")

    def test_late_answer_counts_nothing(self):
        self.passes("late", "192.0.2.118")
        self.log(r"warning: dnsblog reply timeout 1s for bl\.test$")

    def test_allow_score_ends_the_wait(self):
        started = time.time()
        self.passes("allow", "192.0.2.114")
        self.ok(time.time() - started < 2.5, "no wait", time.time() - started)
        self.event(r"PASS NEW \[192\.0\.2\.114\]")

    def test_without_teaser_only_the_lists_are_asked(self):
        started = time.time()
        self.refused("quiet", "192.0.2.110", 2, "bl.test")
        self.ok(time.time() - started < 0.9, "no wait", time.time() - started)

    def test_permit(self):
        started = time.time()
        self.passes("acl", "192.0.2.120")
        self.ok(time.time() - started < 0.8, "no wait", time.time() - started)
        self.event(r"(ALLOW|WHITE)LISTED \[192\.0\.2\.120\]:\d+$")
        self.nolog(r"PASS \w+ \[192\.0\.2\.120\]")

    def test_reject_drop(self):
        c = self.client("acl", "192.0.2.121")
        self.talk(c, None, "521 5.3.2 Service currently unavailable", None, "EOF")
        self.event(r"(DENY|BLACK)LISTED \[192\.0\.2\.121\]:\d+$")
        self.event(r"DISCONNECT \[192\.0\.2\.121\]")

    def test_dunno_of_a_table_goes_on(self):
        c = self.client("acl", "192.0.2.122")
        self.talk(c, None, "521 5.3.2", None, "EOF")
        self.passes("aclenforce", "192.0.2.122")

    def test_final_reject(self):
        c = self.client("acl", "192.0.2.123")
        self.talk(c, None, "521 5.3.2", None, "EOF")

    def test_reject_enforce(self):
        c = self.client("aclenforce", "192.0.2.121")
        c.ehlo("x")
        self.talk(c, FROM, "250", TO, "550 5.3.2 Service currently unavailable", "QUIT", "221")
        self.event(r"NOQUEUE: reject: RCPT from \[192\.0\.2\.121\]:\d+: 550 5\.3\.2 Service currently unavailable;")
        self.nolog(r"PASS \w+ \[192\.0\.2\.121\]")

    def test_reject_ignore(self):
        self.passes("aclignore", "192.0.2.121")
        self.event(r"(DENY|BLACK)LISTED \[192\.0\.2\.121\]")

    def test_unknown_word_in_a_table(self):
        self.passes("aclignore", "192.0.2.124")
        self.log(r"warning: cidr:\S+/acl: unknown command: bogus -- ignoring the remainder of this access list$")

    def test_unknown_word(self):
        self.passes("aclword", "192.0.2.125")
        self.log(r"warning: postscreen_access_list: unknown command: bogus -- ignoring the remainder")

    def names(self, screen, allowed, denied):
        self.client(screen, "192.0.2.120").ehlo("x")
        self.event(allowed + r"LISTED \[192\.0\.2\.120\]:\d+$")
        self.client(screen, "192.0.2.121").ehlo("x")
        self.event(denied + r"LISTED \[192\.0\.2\.121\]:\d+$")
        c = self.client(screen, "192.0.2.126")
        c.ehlo("x")
        self.event(allowed + r"LIST VETO \[192\.0\.2\.126\]:\d+$")
        self.talk(c, FROM, "250", TO, "450 4.3.2 Service currently unavailable", "QUIT", "221")
        self.nolog(r"PASS \w+ \[192\.0\.2\.126\]")

    def test_names_of_old(self):
        self.names("old", "WHITE", "BLACK")

    def test_respectful_names(self):
        self.names("new", "ALLOW", "DENY")


class Proxied(Screen):
    """Behind a proxy, and with TLS."""
    main = Screen.main + """
smtpd_tls_security_level = may
smtpd_tls_chain_files = @TLS@/server.pem
"""
    PROXY = "postscreen_upstream_proxy_protocol=haproxy\npostscreen_upstream_proxy_timeout=1s"
    TLS = "postscreen_pipelining_enable=yes\npostscreen_tls_security_level="
    screens = {
        "proxy": PROXY,
        "may": TLS + "may",
        "encrypt": TLS + "encrypt",
        "none": TLS + "none",
        "discard": TLS + "may\npostscreen_discard_ehlo_keywords=starttls",
    }
    services = {"smtpd": "smtpd_upstream_proxy_protocol=haproxy\nsmtpd_upstream_proxy_timeout=1s"}

    def open(self):
        self.master, self.screen_ports = screens(**self.screens)
        Group.open(self)

    def header(self, data, event, reply="421 4.3.2"):
        c = self.client("proxy", "192.0.2.10")
        c.send(data)
        self.reply(c.reply(), reply)
        self.log(r"warning: haproxy read: " + event)
        c.close()
        since = self.inst.log_size()
        c = self.inst.smtp(self.port["smtpd"], "192.0.2.10")
        c.send(data)
        self.reply(c.reply(), "421 4.3.0 mx.example.test Server local error")
        self.found(self.inst.wait_log(r"warning: haproxy read: " + event, None, since), "smtpd says so, too")
        self.found(self.inst.wait_log(r"smtpd\[\d+\]: connect from unknown\[192\.0\.2\.10\]", None, since), "connect")

    def test_version_1(self):
        c = self.client("proxy", "192.0.2.10")
        c.send("PROXY TCP4 192.0.2.210 192.0.2.1 5555 25\r\n")
        self.reply(c.greet(), "220")
        self.event(r"CONNECT from \[192\.0\.2\.210\]:5555 to \[192\.0\.2\.1\]:25$")
        self.event(r"PASS NEW \[192\.0\.2\.210\]:5555$")
        self.log(r"smtpd\[\d+\]: connect from unknown\[192\.0\.2\.210\]")

    def test_version_1_ipv6(self):
        c = self.client("proxy", "192.0.2.10")
        c.send("PROXY TCP6 2001:db8::7 2001:db8::1 5555 25\r\n")
        self.reply(c.greet(), "220")
        self.event(r"PASS NEW \[2001:db8::7\]:5555$")
        self.log(r"smtpd\[\d+\]: connect from unknown\[2001:db8::7\]")

    def test_version_2(self):
        c = self.client("proxy", "192.0.2.10")
        c.send(b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xc0\0\x02\xd3\xc0\0\x02\x01\x15\xb3\0\x19")
        self.reply(c.greet(), "220")
        self.event(r"CONNECT from \[192\.0\.2\.211\]:5555 to \[192\.0\.2\.1\]:25$")

    def test_version_2_local(self):
        c = self.client("proxy", "192.0.2.12")
        c.send(b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0")
        self.reply(c.greet(), "220")
        self.event(r"CONNECT from \[192\.0\.2\.12\]:\d+ to \[192\.0\.2\.254\]:2600$")

    def test_no_header(self):
        self.header("EHLO x\r\n", r"short protocol header: EHLO x\\r\\n$")

    def test_other_header(self):
        self.header("FOO TCP4 192.0.2.210 192.0.2.1 25 25\r\n", r"unrecognized protocol header: FOO TCP4")

    def test_bad_protocol(self):
        self.header("PROXY XXX 192.0.2.210 192.0.2.1 25 25\r\n", r"bad or missing protocol type: PROXY XXX")

    def test_bad_client(self):
        self.header("PROXY TCP4 bogus 192.0.2.1 25 25\r\n", r"bad or missing client address: PROXY TCP4 bogus")

    def test_bad_server(self):
        self.header("PROXY TCP4 192.0.2.210 bogus 25 25\r\n", r"bad or missing server address: PROXY TCP4")

    def test_wrong_family(self):
        self.header("PROXY TCP6 192.0.2.210 192.0.2.1 25 25\r\n", r"bad or missing client address: PROXY TCP6")

    def test_bad_client_port(self):
        self.header("PROXY TCP4 192.0.2.210 192.0.2.1 65536 25\r\n", r"bad or missing client port: PROXY TCP4")

    def test_missing_server_port(self):
        self.header("PROXY TCP4 192.0.2.210 192.0.2.1 25\r\n", r"bad or missing server port: PROXY TCP4")

    def test_bad_command_of_version_2(self):
        self.header(b"\r\n\r\n\0\r\nQUIT\n\x22\x11\0\x0c\xc0\0\x02\xd2\xc0\0\x02\x01\x15\xb3\0\x19",
                    r"bad command in proxy header: ")

    def test_short_version_2(self):
        self.header(b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x08\xc0\0\x02\xd2\xc0\0\x02\x01", r"short address field: ")

    def test_silence(self):
        c = self.client("proxy", "192.0.2.10")
        self.reply(c.reply(), "421 4.3.2 No system resources")
        self.log(r"warning: haproxy read: time limit exceeded$")

    def test_starttls(self):
        c = self.client("may", "192.0.2.20")
        c.ehlo("x")
        self.ok("STARTTLS" in c.caps, "offer", c.caps)
        self.reply(c.starttls(client_tls()), "220 2.0.0 Ready to start TLS")
        self.talk(c, TO, "503")
        c.ehlo("y")
        self.is_screened(c)
        self.ok("STARTTLS" not in c.caps, "offer", c.caps)
        self.talk(c, "STARTTLS", "554 5.5.1 Error: TLS already active", FROM, "250", TO, "450 4.3.2", "QUIT", "221")
        self.event(r"PASS NEW \[192\.0\.2\.20\]")

    def test_starttls_forgets(self):
        c = self.client("may", "192.0.2.21")
        c.ehlo("x")
        self.reply(c.cmd(FROM), "250")
        self.reply(c.starttls(client_tls()), "220")
        self.talk(c, TO, "503", FROM, "250", TO, "450", "QUIT", "221")
        self.event(r".*proto=ESMTP, helo=<>$")

    def test_text_behind_starttls_is_not_obeyed(self):
        c = self.client("may", "192.0.2.22")
        c.ehlo("x")
        c.send("STARTTLS\r\nNOOP\r\n")
        self.reply(c.reply(), "220 2.0.0")
        self.event(r"COMMAND PIPELINING from \[192\.0\.2\.22\]:\d+ after STARTTLS: NOOP\\r\\n$")
        c.wrap(client_tls())
        self.talk(c, "EHLO y", "250 ~^250-mx.example.test", "QUIT", "221")

    def test_starttls_with_argument(self):
        c = self.client("may", "192.0.2.23")
        c.ehlo("x")
        self.talk(c, "STARTTLS now", "501", "QUIT", "221")

    def test_not_offered(self):
        for screen, address in (("none", "192.0.2.24"), ("discard", "192.0.2.25")):
            c = self.client(screen, address)
            c.ehlo("x")
            self.ok("STARTTLS" not in c.caps, "offer of " + screen, c.caps)
            self.talk(c, "STARTTLS", "502 5.5.1", "QUIT", "221")

    def test_mandatory(self):
        c = self.client("encrypt", "192.0.2.26")
        c.greet()
        must = "530 5.7.0 Must issue a STARTTLS command first"
        self.talk(c, "HELO x", "250", "NOOP", "250", FROM, must, TO, must, "RSET", must, "VRFY a", must, "ETRN a", must,
                  "FOO", "502", "QUIT", "221")
        c = self.client("encrypt", "192.0.2.27")
        c.ehlo("x")
        self.reply(c.starttls(client_tls()), "220")
        c.ehlo("x")
        self.talk(c, FROM, "250", TO, "450", "QUIT", "221")

    def test_failed_handshake(self):
        c = self.client("may", "192.0.2.28")
        c.ehlo("x")
        self.reply(c.cmd("STARTTLS"), "220")
        c.send(b"this is no TLS at all, and never will be\r\n")
        self.ok(c.reply().code == 0, "no reply")
        self.log(r"TLS handshake failed for service=smtpd peer=\[192\.0\.2\.28\]:\d+")
        self.event(r"HANGUP after \S+ from \[192\.0\.2\.28\]:\d+ in tests after SMTP handshake$")
        self.event(r"DISCONNECT \[192\.0\.2\.28\]")


class Cache(Screen):
    """Where results are kept."""
    screens = {
        "btree": "postscreen_cache_map=btree:$data_directory/ps_b",
        "hash": "postscreen_cache_map=hash:$data_directory/ps_h",
        "lmdb": "postscreen_cache_map=lmdb:$data_directory/ps_l",
        "proxy": "postscreen_cache_map=proxy:btree:$data_directory/ps_p",
    }
    main = Screen.main + """
proxy_write_maps = proxy:btree:$data_directory/ps_p
"""

    def kept(self, screen, address):
        c = self.client(screen, address)
        self.eq(len(c.greet().lines), 2, "lines of the greeting")
        c.close()
        self.event(r"PASS NEW \[%s\]" % re.escape(address))
        c = self.client(screen, address)
        self.eq(len(c.greet().lines), 1, "lines of the greeting")
        c.close()
        r = self.inst.run("postfix", "reload")
        self.eq(r.rc, 0, "postfix reload")
        self.log(r"(reload|refreshing)")
        since = self.inst.log_size()
        for _ in range(3):
            c = self.client(screen, address)
            self.eq(len(c.greet().lines), 1, "lines of the greeting after a reload")
            c.close()
        self.found(self.inst.wait_log(r"PASS OLD \[%s\]" % re.escape(address), None, since), "it is known")

    def test_btree(self):
        self.kept("btree", "192.0.2.10")

    def test_hash(self):
        self.kept("hash", "192.0.2.11")

    def test_lmdb(self):
        self.kept("lmdb", "192.0.2.12")

    def test_proxy(self):
        self.kept("proxy", "192.0.2.13")

    def test_kept_over_a_restart(self):
        c = self.client("btree", "192.0.2.14")
        self.eq(len(c.greet().lines), 2, "lines of the greeting")
        c.close()
        self.event(r"PASS NEW \[192\.0\.2\.14\]")
        self.inst.stop()
        self.inst.start()
        c = self.client("btree", "192.0.2.14")
        self.eq(len(c.greet().lines), 1, "lines of the greeting")
        c.close()
