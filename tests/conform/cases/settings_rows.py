"""Settings that cleanup(8) refuses, texts about tables that cannot be opened, options of sendmail(1): row by row."""
import re
import time

from harness import Group

REFUSED = [
    # setting of one cleanup service, what it dies of
    ("sender_canonical_classes=envelope_recipient", 'unknown canonical_classes value "envelope_recipient" in "envelope_recipient"'),
    ("recipient_canonical_classes=header_sender", 'unknown canonical_classes value "header_sender" in "header_sender"'),
    ("canonical_classes=envelope_sender, nosuch", 'unknown canonical_classes value "nosuch" in "envelope_sender, nosuch"'),
    ("canonical_classes=ENVELOPE_SENDER", 'unknown canonical_classes value "ENVELOPE_SENDER" in "ENVELOPE_SENDER"'),
    ("propagate_unmatched_extensions=Virtual", 'unknown propagate_unmatched_extensions value "Virtual" in "Virtual"'),
    ("masquerade_classes=foo", 'unknown masquerade_classes value "foo" in "foo"'),
    ("propagate_unmatched_extensions=foo", 'unknown propagate_unmatched_extensions value "foo" in "foo"'),
    ("canonical_classes=", "bad string length 0 < 1: canonical_classes = "),
    ("header_from_format=foo", 'invalid setting: "header_from_format = foo"'),
    ("virtual_alias_expansion_limit=0", "invalid virtual_alias_expansion_limit parameter value 0 < 1"),
    ("hopcount_limit=0", "invalid hopcount_limit parameter value 0 < 1"),
    ("hopcount_limit=abc", "bad numerical configuration: hopcount_limit = abc"),
    ("header_size_limit=0", "invalid header_size_limit parameter value 0 < 1"),
    ("header_size_limit=10k", "bad numerical configuration: header_size_limit = 10k"),
    ("header_address_token_limit=0", "invalid header_address_token_limit parameter value 0 < 1"),
    ("mime_nesting_limit=0", "invalid mime_nesting_limit parameter value 0 < 1"),
    ("mime_boundary_length_limit=0", "invalid mime_boundary_length_limit parameter value 0 < 1"),
    ("queue_file_attribute_count_limit=0", "invalid queue_file_attribute_count_limit parameter value 0 < 1"),
    ("header_checks=x", 'open dictionary: expecting "type:name" form instead of "x"'),
    ("virtual_alias_maps=static:a b", 'open dictionary: expecting "type:name" form instead of "b"'),
    ("milter_header_checks=x", 'open dictionary: expecting "type:name" form instead of "x"'),
    ("empty_address_recipient=", "bad string length 0 < 1: empty_address_recipient = "),
    ("in_flow_delay=11s", "invalid in_flow_delay: 11 (max 10)"),
    ("detect_8bit_encoding_header=maybe", "bad boolean configuration: detect_8bit_encoding_header = maybe"),
    ("strict_7bit_headers=", "bad boolean configuration: strict_7bit_headers = "),
    ("delay_warning_time=x", "parameter delay_warning_time: bad time value or unit: x"),
]
TAKEN = ["masquerade_classes=", "message_drop_headers=", "always_bcc=", "undisclosed_recipients_header=", "masquerade_domains=!",
         "message_reject_characters=", "virtual_alias_recursion_limit=1", "masquerade_exceptions=nosuch:x",
         "canonical_classes=envelope_sender header_sender", "message_size_limit=0"]
MISSING = [
    ("header_checks=nosuch:x", "unsupported dictionary type: nosuch", "nosuch:x"),
    ("header_checks=regexp:/nonexistent", "open /nonexistent: No such file or directory", "regexp:/nonexistent"),
    ("virtual_alias_maps=texthash:/nonexistent", "open database /nonexistent: No such file or directory", "texthash:/nonexistent"),
    ("canonical_maps=nosuch:/x", "unsupported dictionary type: nosuch", "nosuch:/x"),
]


class CleanupSettings(Group):
    area = "configuration"
    cost = 15
    timeout = 40
    settings = [r[0] for r in REFUSED] + TAKEN + [r[0] for r in MISSING]
    services = {"p%d" % n: "cleanup_service_name = k%d" % n for n in range(len(settings))}
    master = "\n".join("k%d unix n - n - 0 cleanup -o { %s }" % (n, p) for n, p in enumerate(settings))

    @classmethod
    def case_names(cls):
        return [re.sub(r"\W+", "-", "%d-%s" % p).strip("-") for p in enumerate(cls.settings)]

    def run_case(self, name):
        self.case, self.since = name, self.inst.log_size()
        n = int(name.split("-")[0])
        setting = self.settings[n]
        fatal = dict(REFUSED).get(setting)
        c = self.inst.smtp(self.port["p%d" % n], timeout=None if fatal is None else 3)
        try:
            c.greet()
            c.ehlo()
            self.reply(c.cmd("MAIL FROM:<bob@example.net>"), "250")
            if fatal:
                c.line("RCPT TO:<alice@example.test>")
                c.line("DATA")
                self.log(r"cleanup\[\d+\]: fatal: %s" % re.escape(fatal))
                return
            self.reply(c.cmd("RCPT TO:<alice@example.test>"), "250")
            got = c.data("Subject: x\n\nx\n")
        finally:
            c.close()
        row = next((r for r in MISSING if r[0] == setting), None)
        if row is None:
            self.reply(got, "250 2.0.0")
            return
        self.reply(got, "451 4.3.0")
        self.log(r"cleanup\[\d+\]: error: %s$" % re.escape(row[1]))
        self.log(r"cleanup\[\d+\]: warning: %s is unavailable\. %s$" % (re.escape(row[2]), re.escape(row[1])))
        self.log(r"cleanup\[\d+\]: warning: %s lookup error for \"" % re.escape(row[2]))


UNION, PIPE = "bad syntax: \"%s\"; need \"unionmap:{type:name...}\"", "bad syntax: \"%s\"; need \"pipemap:{type:name...}\""
INLINE = "%s: \"%s\"; need \"inline:{name=value...}\""
NO_TYPE = "unsupported dictionary type: "
TABLES = [
    # table, text of the fatal error
    ("unionmap:{", UNION), ("unionmap:{}", UNION), ("unionmap:x", UNION), ("unionmap:{x}", UNION), ("unionmap:{,}", UNION),
    ("unionmap:{static:a}}", UNION), ("unionmap:{{static:a}}", NO_TYPE + "{static"), ("unionmap:{nosuch:x}", NO_TYPE + "nosuch"),
    ("unionmap:{static:a,nosuch:x}", NO_TYPE + "nosuch"), ("unionmap:{static:a,x}", UNION),
    ("pipemap:{", PIPE), ("pipemap:{}", PIPE), ("pipemap:{x}", PIPE), ("pipemap:{nosuch:x,static:k}", NO_TYPE + "nosuch"),
    ("pipemap:{static:}", 'open dictionary: expecting "type:name" form instead of "static:"'),
    ("inline:{", INLINE % ("bad syntax", "inline:{")), ("inline:{}", INLINE % ("bad syntax", "inline:{}")),
    ("inline:{k}", INLINE % ("missing '=' after attribute name", "inline:{k}")),
    ("inline:{{k = 1} x}", INLINE % ("missing '=' after attribute name", "inline:{{k = 1} x}")),
    ("inline:{k=1}x", INLINE % ("bad syntax", "inline:{k=1}x")),
    ("inline:{{k=1}{j=2}}", INLINE % ("syntax error after '}' in \"{k=1}{j=2}\"", "inline:{{k=1}{j=2}}")),
    ("inline:{{}}", INLINE % ("no key found; expected format: key = value", "inline:{{}}")),
    ("static:{", "bad static:name syntax: missing '}' in \"{\""),
    ("static:{a}b", "bad static:name syntax: syntax error after '}' in \"{a}b\""),
    ("proxy:", 'open dictionary: expecting "type:name" form instead of "proxy:"'),
]
ANSWERS = [
    ("unionmap:{static:a static:b}", "a,b"), ("unionmap:{static:a,,static:b}", "a,b"), ("unionmap:{inline:{k=1},inline:{j=2}}", "1"),
    ("pipemap:{static:k,inline:{k=1}}", "1"), ("pipemap:{inline:{q=1},static:k}", None), ("pipemap:{static:a}", "a"),
    ("inline:{k=1=2}", "1=2"), ("inline:{{k = 1 2}}", "1 2"), ("inline:{K=1}", "1"), ("inline:{=v}", None), ("static:{ a b }", "a b"),
    ("randmap:{a}", "a"), ("inline:{{k=1},{j=2}}", "1"), ("inline:{ k=1 }", "1"),
]


class TableTexts(Group):
    """What postmap says of tables whose names are wrong."""
    area = "tables"
    cost = 3
    sink = False
    main = "proxy_read_maps = proxy:static:a\n"
    lookups = [("answer-%d" % n, table, "k", answer) for n, (table, answer) in enumerate(ANSWERS)]

    @classmethod
    def case_names(cls):
        return super().case_names() + ["text-%d" % n for n in range(len(TABLES))]

    def run_case(self, name):
        if not name.startswith("text-"):
            return super().run_case(name)
        self.case, self.since = name, self.inst.log_size()
        table, text = TABLES[int(name[5:])]
        r = self.inst.run("postmap", "-q", "k", table)
        self.eq((r.rc, r.out, r.err), (1, "", "postmap: fatal: %s\n" % (text % table if "%s" in text else text)),
                "postmap -q k %s" % table)

    def test_table_that_proxymap_must_not_open(self):
        r = self.inst.run("postmap", "-q", "k", "proxy:nosuch:x")
        self.eq(r.rc, 1, "exit status")
        self.match(r'proxymap service is not configured for table "nosuch:x"', r.err)
        self.log(r'proxymap\[\d+\]: warning: request for unapproved table: "nosuch:x"$')
        self.log(r"proxymap\[\d+\]: warning: to approve this table for read-only access, list proxy:nosuch:x in "
                 r"main\.cf:proxy_read_maps$")


class Mapped(Group):
    """Results of address tables that are no ordinary addresses, and copies that tables change."""
    area = "rewriting"
    cost = 5
    services = {k: "cleanup_service_name = c" + k for k in ("null", "comma", "copy")}
    master = """
cnull unix n - n - 0 cleanup -o canonical_maps=inline:{null@x.test=<>} -o virtual_alias_maps=inline:{vnull@x.test=<>}
ccomma unix n - n - 0 cleanup -o { virtual_alias_maps=inline:{{c@x.test = ,}} } -o { canonical_maps=inline:{{d@x.test = ,}} }
ccopy unix n - n - 0 cleanup -o always_bcc=bcc@x.test -o canonical_maps=inline:{bcc@x.test=new@x.test}
"""
    scripts = r"""
== canonical-to-the-null-address on=null
try bob@y.test null@x.test => 250
body
log local\[\d+\]: \w+: to=<alice@example\.test>, orig_to=<null@x\.test>, .*status=sent
== virtual-to-the-null-address on=null
try bob@y.test vnull@x.test => 250
body
log local\[\d+\]: \w+: to=<alice@example\.test>, orig_to=<vnull@x\.test>, .*status=sent
== virtual-result-without-address on=comma
try bob@y.test c@x.test => 250
body 451 4.3.0
log warning: virtual_alias_maps lookup of c@x\.test returns non-address result ","$
== canonical-result-without-address on=comma
try bob@y.test d@x.test => 250
body 451 4.3.0
log warning: canonical_maps lookup of d@x\.test returns non-address result ","$
"""

    def test_copy_is_known_by_its_canonical_form(self):
        t = self.token()
        self.sent(self.inst.send("bob@y.test", "z@x.test", body=t + "\n", port=self.port["copy"]))
        copies = [m for m in (self.at_sink(t),) + tuple(self.sink.find(t)) if "new@x.test" in m.rcpts]
        self.log(r"to=<new@x\.test>, relay=")
        self.nolog(r"orig_to=<bcc@x")
        copy = self.found(copies or [m for m in self.sink.find(t) if "new@x.test" in m.rcpts], "copy")[0]
        self.match(r"ORCPT=rfc822;new@x\.test", " ".join(sum(copy.rcpt_params, [])))


RECIPIENT_NEEDED = "Recipient addresses must be specified on the command line or via the -t option"
OPTIONS = [
    # arguments, exit status, standard error (regex; nothing: empty)
    (["-y", "r@x.test"], 75, r"\Asendmail: invalid option -- 'y'\nsendmail: invalid option -- 'y'\n"
                             r"sendmail: fatal: usage: sendmail \[options\]\n\Z"),
    (["-i", "-d1", "r@x.test"], 75, r"\Asendmail: invalid option -- 'd'\nsendmail: invalid option -- '1'\n"
                                    r"sendmail: invalid option -- 'd'\nsendmail: fatal: usage: sendmail \[options\]\n\Z"),
    (["-f"], 75, r"option requires an argument -- 'f'\n(.*\n)*sendmail: fatal: usage: sendmail \[options\]\n\Z"),
    (["-b"], 75, r"option requires an argument -- 'b'"),
    (["-b", "r@x.test"], 75, r"\Asendmail: fatal: unsupported: -br\n\Z"),
    (["-bz", "r@x.test"], 75, r"unsupported: -bz\n"),
    (["-oA", "r@x.test"], 75, r"\Asendmail: fatal: -oA requires pathname\n\Z"),
    (["-X", "file", "r@x.test"], 75, r"unsupported: -Xf\n"),
    (["-B", "bad", "r@x.test"], 75, r"-B option needs 8BITMIME or 7BIT\n"),
    (["-n", "r@x.test"], 75, r"-n option not supported\n"),
    (["-N", "bad", "r@x.test"], 0, r'\Asendmail: warning: unknown DSN NOTIFY command value "bad" in "bad"\n'
                                   r"sendmail: warning: bad -N option value -- ignored\n\Z"),
    (["-N", "never,success", "r@x.test"], 0, r"\Asendmail: warning: bad -N option value -- ignored\n\Z"),
    (["-R", "bad", "r@x.test"], 0, r"\Asendmail: warning: bad -R option value -- ignored\n\Z"),
    (["-V", "+=", "r@x.test"], 0, r"\Asendmail: warning: option -V is deprecated with Postfix 2\.3; specify -XV instead\n\Z"),
    (["-f", '"a b"@c.test', "r@x.test"], 0, ""),
    (["-f", "a b@c.test", "r@x.test"], 0, r"-f option specified malformed sender: a b@c\.test\n"),
    (["-f", "a@c.test, b@c.test", "r@x.test"], 0, r"-f option specified malformed sender: a@c\.test, b@c\.test\n"),
    (["-XV+=", "-f", "", "r@x.test"], 75, r"\Asendmail: fatal: \(0\): -V option requires non-null sender address\n\Z"),
    (["-XV", "-t", "-f", "<>"], 75, r"\Asendmail: fatal: \(0\): -V option requires non-null sender address\n\Z"),
    (["-XV+=", "-f", ""], 75, r"\Asendmail: fatal: \(0\): -V option requires non-null sender address\n\Z"),
    (["-XV+=", "-f", "", "-bv", "r@x.test"], 75, r"\Asendmail: fatal: \(0\): -V option requires non-null sender address\n\Z"),
    (["-XVab", "-f", "", "r@x.test"], 75, r"\Asendmail: fatal: -V requires two characters from -=\+\n\Z"),
    (["-q1h", "r@x.test"], 0, ""),
    (["-qx"], 75, r"-qx is not implemented\n"),
    (["-bv", "-t"], 75, r"-t option cannot be used with -bv\n"),
    (["-bv", "-N", "success", "r@x.test"], 75, r"-N option cannot be used with -bv\n"),
    (["-i"], 75, RECIPIENT_NEEDED),
    (["--"], 75, RECIPIENT_NEEDED),
    (["-G", "-U", "-L", "tag", "-h", "3", "-e", "q", "-Am", "-p", "x", "-c", "-m", "-x", "r@x.test"], 0, ""),
]


class SendmailOptions(Group):
    area = "sendmail"
    cost = 5

    @classmethod
    def case_names(cls):
        return super().case_names() + ["option-%d" % n for n in range(len(OPTIONS))]

    def run_case(self, name):
        if not name.startswith("option-"):
            return super().run_case(name)
        self.case, self.since = name, self.inst.log_size()
        args, status, text = OPTIONS[int(name[7:])]
        r = self.inst.sendmail(*args, input="Subject: x\n\nx\n")
        self.eq(r.rc, status, "exit status of sendmail %s (%s)" % (args, r.err))
        if text:
            self.match(text, r.err, "standard error")
        else:
            self.eq(r.err, "", "standard error")

    def posted(self, *args, text):
        t = self.token()
        seen = len(self.sink.messages)
        r = self.inst.sendmail("-f", "me@y.test", *args, input=text)
        self.eq(r.rc, 0, "exit status (%s)" % r.err)
        return self.found(self.sink.wait(lambda m: m in self.sink.messages[seen:]), "message at the next hop")

    def test_no_full_name(self):
        m = self.posted("-F", "", "r@x.test", text="Subject: x\n\nx\n")
        self.match(r"^From: me@y\.test$", m.text)

    def test_tab_in_a_full_name(self):
        m = self.posted("-F", "a\tb", "r@x.test", text="Subject: x\n\nx\n")
        self.match(r"^From: a b <me@y\.test>$", m.text)

    def test_interval_submits_nothing(self):
        seen = len(self.sink.messages)
        self.eq(self.inst.sendmail("-q1h", "q1h@x.test", input="x\n").rc, 0, "exit status")
        time.sleep(0.5)
        self.eq(len(self.sink.messages), seen, "messages at the next hop")

    def test_word_behind_V_is_a_recipient(self):
        self.inst.sendmail("-f", "me@y.test", "-V", "ab", "r@x.test", input="Subject: x\n\nx\n")
        self.log(r"to=<ab@example\.test>, orig_to=<ab>, .*status=bounced")

    def test_mbox_line_without_a_newline(self):
        self.match(r"\n\nFrom a b\n", self.posted("r@x.test", text="From a b").text)

    def test_mbox_lines_in_front(self):
        m = self.posted("r@x.test", text="From a b\n>From c d\nSubject: x\n\nx\n")
        self.nomatch(r"From [ac] [bd]", m.text)

    def test_resent_header_without_an_address(self):
        r = self.inst.sendmail("-t", input="Resent-To:\nTo: a@x.test\n\nx\n")
        self.eq(r.rc, 75, "exit status")
        self.match(r"No recipient addresses found in message header", r.err)

    def test_two_verbose_options_ask_for_no_report(self):
        self.posted("-v", "-v", "r@x.test", text="Subject: x\n\nx\n")
        self.nolog("delivery status notification")
