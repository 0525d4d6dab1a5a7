"""Content: what cleanup makes of a message, service by service: the reply, the log, and what the next hop gets."""
import re
import os
import time

from recorder import Recorder

DEBUG = os.environ.get('DEBUG')
HEADER = r'''
/^X-Rej:/ REJECT
/^X-RejT:/ REJECT  spaced   text
/^X-Rej4:/ REJECT 4.7.1
/^X-Rej9:/ REJECT 9.9.9 bad
/^X-RejC:/ REJECT 550 5.7.1 text
/^X-RejS:/ REJECT 5.7 short
/^X-Disc:/ DISCARD
/^X-DiscT:/ DISCARD text here
/^X-Hold:/ HOLD
/^X-HoldT:/ HOLD held
/^X-Ign:/ IGNORE
/^X-Strip:/ STRIP x
/^X-Warn:/ WARN
/^X-WarnT:/ WARN w
/^X-Info:/ INFO
/^X-InfoT:/ INFO i
/^X-Pre:/ PREPEND X-P: 1
/^X-PreM:/ PREPEND X-P: 1\n X-Q: 2
/^X-PreL:/ PREPEND X-P: aaaa bbbb
/^X-PreC:/ PREPEND X-P:
/^X-PreS:/ PREPEND X P: 1
/^X-PreA:/ PREPEND To: extra
/^X-PreB:/ PREPEND Bcc: x@y.test
/^X-Rep:/ REPLACE X-New: v
/^X-RepC:/ REPLACE X-New:
/^X-RepS:/ REPLACE : v
/^X-RepA:/ REPLACE To: other
/^X-RepB:/ REPLACE Bcc: q@y.test
/^X-RepR:/ REPLACE Received: x
/^X-RepD:/ REPLACE X-Disc: loop
/^X-RepT:/ REPLACE Content-Type: message/rfc822
/^X-RepM:/ REPLACE Message-ID: <new@id>
/^X-Fil:/ FILTER smtp:[127.0.0.1]:2525
/^X-Fil2:/ FILTER smtp:127.0.0.1:2525
/^X-FilE:/ FILTER :
/^X-FilX:/ FILTER nosuch:x
/^X-FilH:/ FILTER smtp:
/^X-Red:/ REDIRECT red@x.test
/^X-RedU:/ REDIRECT "red q"@x.test
/^X-RedA:/ REDIRECT <red@x.test>
/^X-RedW:/ REDIRECT a@x.test, b@x.test
/^X-Bcc:/ BCC bc@x.test
/^X-BccA:/ BCC <bc2@x.test>
/^X-BccN:/ BCC bc3@x.test NOTIFY=SUCCESS
/^X-BccW:/ BCC bc4@x.test, bc5@x.test
/^X-Pass:/ PASS
/^X-Dun:/ DUNNO
/^X-OK:/ OK text
/^X-Acc:/ ACCEPT
/^X-Emp:/ ${1}
/^X-Up:/i REJECT
/^X-Multi:.*one.*two/ WARN both
/^X-Nul/ WARN nul
/^Received:.*zzz/ IGNORE
/^(X-Sub): *(.*)$/ REPLACE $1x: <$2>
if /^X-If/
/^X-If1:/ WARN if1
if !/^X-If2/
/^X-If3:/ WARN if3
endif
/^X-If2:/ WARN if2
endif
/^Resent-Q:/ WARN rq
/^Subject:.*prob/ DUNNO
/^$/ WARN empty
'''
BODY = r'''
/^rej$/ REJECT
/^disc$/ DISCARD
/^hold$/ HOLD b
/^ign$/ IGNORE
/^strip$/ STRIP
/^warn$/ WARN
/^info$/ INFO
/^pre$/ PREPEND before
/^pree$/ PREPEND
/^prel$/ PREPEND -- 
/^rep$/ REPLACE new
/^repe$/ REPLACE
/^repd$/ REPLACE .
/^fil$/ FILTER smtp:[127.0.0.1]:2525
/^red$/ REDIRECT red@x.test
/^bcc$/ BCC bc@x.test
/^pass$/ PASS
/^bad$/ FOO bar
/^--b$/ WARN boundary
/^--b--$/ WARN end boundary
/^$/ DUNNO
/^$/ WARN emptyline
/long.*tail$/ WARN longtail
/^ *indented/ WARN ind
/=3D/ WARN qp
'''
ML = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"
SERVICES = {
    "s7": "-o strict_7bit_headers=yes", "s8": "-o strict_8bitmime=yes", "s8b": "-o strict_8bitmime_body=yes",
    "sed": "-o strict_mime_encoding_domain=yes",
    "nomime": "-o disable_mime_input_processing=yes -o strict_8bitmime=yes -o strict_mime_encoding_domain=yes",
    "nest2": "-o mime_nesting_limit=2 -o strict_mime_encoding_domain=yes",
    "nest1": "-o mime_nesting_limit=1 -o strict_7bit_headers=yes",
    "bound": "-o mime_boundary_length_limit=5 -o header_checks=regexp:@ETC@/header",
    "bound1": "-o mime_boundary_length_limit=1 -o header_checks=regexp:@ETC@/header",
    "hs": "-o header_size_limit=100", "hs1": "-o header_size_limit=1", "hs60": "-o header_size_limit=60 -o header_checks=regexp:@ETC@/header",
    "tok": "-o header_address_token_limit=5", "tok1": "-o header_address_token_limit=1", "tok20": "-o header_address_token_limit=20",
    "no8": "-o detect_8bit_encoding_header=no",
    "rej": r"-o message_reject_characters=\001\a\x41", "rejnul": r"-o message_reject_characters=\0", "strnul": r"-o message_strip_characters=\0",
    "str": r"-o message_strip_characters=\b\t\101Z\\", "rejhi": r"-o message_reject_characters=\200\377", "strcr": r"-o message_strip_characters=\r",
    "both": r"-o message_strip_characters=x -o message_reject_characters=y",
    "addh": "-o non_empty_end_of_header_action=add_header", "rejh": "-o non_empty_end_of_header_action=reject",
    "drop": "-o message_drop_headers=x-a,X-B,received,message-id,from,to", "dropno": "-o message_drop_headers=",
    "dropcc": "-o message_drop_headers=cc:,date,content-type",
    "always": "-o always_add_missing_headers=yes", "und": "-o undisclosed_recipients_header=To:undisclosed-recipients:;",
    "und2": "-o { undisclosed_recipients_header = X-To: nobody; }", "und3": "-o { undisclosed_recipients_header = no header }",
    "remd": "-o remote_header_rewrite_domain=domain.invalid", "obs": "-o header_from_format=obsolete",
    "hop": "-o hopcount_limit=3", "hop1": "-o hopcount_limit=1", "nocr": "-o cleanup_replace_stray_cr_lf=no",
    "chk": "-o header_checks=regexp:@ETC@/header -o body_checks=regexp:@ETC@/body",
    "chk10": "-o header_checks=regexp:@ETC@/header -o body_checks=regexp:@ETC@/body -o body_checks_size_limit=10",
    "chk5": "-o body_checks=regexp:@ETC@/body -o body_checks_size_limit=5", "chk6": "-o body_checks=regexp:@ETC@/body -o body_checks_size_limit=6", "chk1": "-o body_checks=regexp:@ETC@/body -o body_checks_size_limit=1",
    "chk0": "-o header_checks=regexp:@ETC@/header -o body_checks=regexp:@ETC@/body -o body_checks_size_limit=0",
    "mime": "-o header_checks=regexp:@ETC@/header -o mime_header_checks=regexp:@ETC@/mime -o nested_header_checks=regexp:@ETC@/nested",
    "mimeonly": "-o mime_header_checks=regexp:@ETC@/mime", "nestonly": "-o nested_header_checks=regexp:@ETC@/nested",
    "pcre": "-o header_checks=pcre:@ETC@/pcre -o body_checks=pcre:@ETC@/pcre",
    "static": "-o header_checks=static:{IGNORE}", "fail": "-o header_checks=fail:why", "failb": "-o body_checks=fail:why",
    "two": "-o { header_checks=regexp:@ETC@/one regexp:@ETC@/header }",
    "size": "-o message_size_limit=2000",
    "conv": "-o force_mime_input_conversion=yes", "convn": "-o force_mime_input_conversion=yes -o disable_mime_input_processing=yes",
    "off": "-o receive_override_options=no_header_body_checks -o header_checks=regexp:@ETC@/header",
}


class Content(Recorder):
    area = "content"
    timeout = 300
    main = "hash_queue_depth = 1\nsmtpd_client_connection_rate_limit = 0\nlocal_header_rewrite_clients = static:all\n"
    files = {"header": HEADER, "body": BODY, "mime": "/^Content-Type: (.*)/ WARN mime $1\n/^Content-ID:/ IGNORE\n/^Content-Disc/ DISCARD\n"
             "/^Content-Hold/ HOLD\n/^Content-Desc.*f/ FILTER smtp:[127.0.0.1]:2525\n/^Content-Desc.*r/ REDIRECT red@x.test\n/^Content-Desc.*p/ PREPEND X-Bef: 1\n/^Content-Desc.*e/ REPLACE Content-X: 1\n/^X-InPart/ REJECT\n/./ INFO any\n",
             "nested": "/^Subject: (.*)/ WARN nested $1\n/^X-Disc/ DISCARD\n/^X-Hold/ HOLD\n/^Content/ WARN notreached\n/^X-Rep/ REPLACE X-New: 1\n/^To:/ PREPEND X-T: 2\n",
             "pcre": "/^X-A: (?<n>.*)$/ WARN got $1 ${1}x $(1)\n/^X-B: ((a)|(b))+$/ WARN [$2][$3]\n/^X-C:.b/ WARN dot\n/^X-D:.*\\n/ WARN newline\n/^x-e/I WARN e\n/^X-F: a$/m WARN mf\n/^X-G:/x PREPEND X-G2: $$\n/caf\\xc3\\xa9/ WARN utf\n/^bodya(.*)/ REPLACE b$1\n",
             "one": "/^X-Warn/ WARN first\n/^X-Disc/ DUNNO\n/^X-Rep/ REPLACE X-Disc: 1\n"}
    services = {k: "cleanup_service_name = c" + k for k in SERVICES}
    master = "\n".join("c%s unix n - n - 0 cleanup\n    %s" % (k, v) for k, v in SERVICES.items())
    services = dict(services, rem="local_header_rewrite_clients =", remalways="local_header_rewrite_clients =\ncleanup_service_name = calways",
                    remd="local_header_rewrite_clients =\ncleanup_service_name = cremd", remund="local_header_rewrite_clients =\ncleanup_service_name = cund",
                    off="cleanup_service_name = coff\nreceive_override_options = no_header_body_checks",
                    noaddr="receive_override_options = no_address_mappings", plain="soft_bounce = no")

    def normal(self, text):
        text = self.clean(text)
        text = re.sub(r"\b(?=[A-F]*[0-9])[0-9A-F]{6,12}\b(?!@)|(?<=\d{14}\.)[0-9A-F]{6,12}\b", "QID", text)
        text = re.sub(r"\d{14}\.QID", "STAMP.QID", text)
        text = re.sub(r"\[\d+\]:", "[N]:", text)
        text = re.sub(r"\w{3}, +\d+ \w{3} \d{4} \d\d:\d\d:\d\d \+0000 \(UTC\)", "DATE", text)
        text = re.sub(r"delay=[\d.]+, delays=[\d./]+", "delay=D", text)
        text = re.sub(r"\bs\d+@y\.test", "SENDER@y.test", text)
        text = re.sub(r"\br\d+@x\.test", "RCPT@x.test", text)
        text = re.sub(r"QID\.\d{10}/mx", "QID.N/mx", text)
        return text

    def log_lines(self, text, want=("cleanup",)):
        out = []
        for line in self.normal(text).splitlines():
            m = re.match(r"^.*? mx (\S+)/([\w-]+)\[N\]: (.*)", line)
            if m and m.group(2) in want and "statistics" not in line:
                out.append(m.group(2) + ": " + m.group(3))
        return out

    def play(self, probes):
        """probes: (service or None, data, more)"""
        asked = []
        for n, probe in enumerate(probes):
            svc, data = probe[0], probe[1]
            more = probe[2] if len(probe) > 2 else {}
            question = "%s %r %s" % (svc or "plain", data if len(data) < 300 else data[:150] + "...%d" % len(data), more or "")
            raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape")
            print(question[:200], flush=True) if DEBUG else None
            c = self.inst.smtp(self.port[svc or "plain"], more.get("src"))
            c.greet()
            c.ehlo()
            sender = more.get("sender", "s%d@y.test" % n)
            c.cmd("MAIL FROM:<%s>%s" % (sender, more.get("params", "")))
            for rcpt in more.get("rcpts", ["r%d@x.test" % n]):
                c.cmd("RCPT TO:<%s>%s" % (rcpt, more.get("rparams", "")))
            c.cmd("DATA")
            raw = re.sub(rb"(?<!\r)\n", b"\r\n", raw)
            if not raw.endswith(b"\r\n") and raw:
                raw += b"\r\n"
            c.send(re.sub(rb"(?m)^\.", b"..", raw) + b".\r\n")
            r = c.reply()
            c.close()
            m = re.search(r"queued as (\w+)", str(r))
            self.record(question + " reply", self.normal(str(r)))
            asked.append((question, sender, m.group(1) if m else None))
        self.settle(asked)

    def settle(self, asked):
        end, last, quiet = time.time() + 20, 0, time.time()
        while time.time() < end and time.time() < quiet + 2:
            size = self.inst.log_size()
            if size != last:
                last, quiet = size, time.time()
            time.sleep(0.1)
        log = self.inst.log_text(self.since)
        ids = re.findall(r"/smtpd\[\d+\]: (\w+): client=", log)
        lines, recent = {}, None
        for line in log.splitlines():
            m = re.search(r"/smtpd\[\d+\]: (\w+): client=", line)
            if m:
                recent = m.group(1)
            m = re.search(r"/[\w-]+\[\d+\]: (\w+): ", line)
            if m and m.group(1) not in ids and m.group(1) not in ("warning", "error", "fatal", "info"):
                continue  # a notification
            lines.setdefault(m.group(1) if m and m.group(1) in ids else recent, []).append(line)
        if len(ids) != len(asked):
            self.record("ids", [len(ids), len(asked)])
        for (question, sender, known), qid in zip(asked, ids):
            text = "\n".join(lines.get(qid, []))
            self.record(question + " log", self.log_lines(text))
            ends = sorted(re.sub(r"conn_use=\d+, |relay=\S+, |size=\d+, ", "", l) for l in self.log_lines(text, ("smtp", "local", "error", "qmgr", "discard", "virtual", "bounce")))
            self.record(question + " end", ends)
            got = [m for m in self.sink.messages if m.sender == sender] if sender else []
            self.record(question + " sink", [[self.normal(m.data.decode("latin-1")), sorted(self.normal(x) for x in m.rcpts), [self.normal(" ".join(p)) for p in m.rcpt_params],
                                              sorted(p for p in m.sender_params if not p.startswith("SIZE"))] for m in got])
        self.sink.reset()
        self.inst.purge()

    sizes = False

    def test_bits(self):
        e8 = "caf\u00e9"
        p = []
        for svc in ("s7", "s8", "s8b", "sed", "nomime", None):
            p += [(svc, d) for d in (
                "Subject: %s\n\nx\n" % e8, "Subject: x\n\n%s\n" % e8, "Subject: x\n%s: y\n\nx\n" % e8, "Subject: x\n %s\n\nx\n" % e8,
                ML + "\n%s\n--b\n\nx\n" % e8, ML + "\npre\n--b\n\n%s\n" % e8, ML + "\n--b\nContent-Transfer-Encoding: 8bit\n\n%s\n--b--\n%s\n" % (e8, e8),
                ML + "\n--b\nContent-Transfer-Encoding: base64\n\n%s\n" % e8, ML + "Content-Transfer-Encoding: 8bit\n\n--b\n\n%s\n" % e8,
                ML + "Content-Transfer-Encoding: binary\n\n--b\n\nx\n", "Content-Transfer-Encoding: 8bit\n\n%s\n" % e8,
                "Content-Transfer-Encoding: BINARY\n\n%s\n" % e8, "Content-Transfer-Encoding: quoted-printable\n\n%s\n" % e8, "Content-Transfer-Encoding: x-foo\n\n%s\n" % e8,
                "Content-Transfer-Encoding: 8bit (c)\n\n%s\n" % e8, "Content-Transfer-Encoding: (c) 8bit\n\n%s\n" % e8, "Content-Transfer-Encoding: \"8bit\"\n\n%s\n" % e8, "Content-Transfer-Encoding: 8bit; x\n\n%s\n" % e8,
                "Content-Transfer-Encoding: 8bit x\n\n%s\n" % e8, "Content-Transfer-Encoding:\n 8bit\n\n%s\n" % e8, "Content-Transfer-Encoding:\n\n%s\n" % e8,
                "Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: 8bit\n\n%s\n" % e8, "Content-Transfer-Encoding: 8bit\nContent-Transfer-Encoding: 7bit\n\n%s\n" % e8,
                "Content-Type: message/rfc822\n\nSubject: %s\n\nx\n" % e8, "Content-Type: message/rfc822\n\nSubject: x\n\n%s\n" % e8,
                "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nSubject: x\n\nx\n", "Content-Type: message/rfc822\nContent-Transfer-Encoding: 8bit\n\nSubject: x\n\n%s\n" % e8,
                "Content-Type: message/partial\nContent-Transfer-Encoding: 8bit\n\n%s\n" % e8, "Content-Type: message/partial\nContent-Transfer-Encoding: base64\n\nx\n",
                "Content-Type: message/external-body\nContent-Transfer-Encoding: 8bit\n\nx\n", "Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\nx\n",
                "Content-Type: message/global\nContent-Transfer-Encoding: base64\n\nSubject: %s\n\nx\n" % e8, "Content-Type: message/global\n\nSubject: %s\n\n%s\n" % (e8, e8), "Content-Type: message/x-y\nContent-Transfer-Encoding: quoted-printable\n\nx\n",
                "Content-Type: multipart/mixed\nContent-Transfer-Encoding: base64\n\nx\n", ML + "\n--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nSubject: x\n\nx\n",
                ML + "\n--b\nContent-Type: multipart/mixed; boundary=c\nContent-Transfer-Encoding: quoted-printable\n\n--c\n\nx\n", "Content-Type: text/plain\nContent-Transfer-Encoding: x-unknown\n\n%s\n" % e8,
                ML + "Content-Transfer-Encoding: x-unknown\n\nx\n",
                "Subject: %s\n\n%s\n" % (e8, e8), "%s\n\n%s\n" % (e8, e8), "Content-Type: text/plain; charset=%s\n\nx\n" % e8, "Subject: x\n\n" + "a" * 3000 + e8 + "\n", "Subject: " + "a" * 3000 + e8 + "\n\nx\n",
            )]
        p += [("no8", "Content-Transfer-Encoding: 8bit\n\n%s\n" % e8), ("no8", "Content-Transfer-Encoding: 8bit\n\n%s\n" % e8, {"params": " BODY=8BITMIME"}), (None, "Content-Transfer-Encoding: 8bit\n\nx\n"), (None, "Subject: x\n\nx\n", {"params": " BODY=8BITMIME"}),
              (None, "Subject: x\n\n%s\n" % e8, {"params": " BODY=7BIT"}), (None, ML + "\n--b\nContent-Transfer-Encoding: 8bit\n\n%s\n--b--\n" % e8), ("s8", "Subject: %s\n\nx\n" % e8, {"params": " SMTPUTF8"}), ("s7", "Subject: %s\n\nx\n" % e8, {"params": " SMTPUTF8"}),
              ("s8b", "Subject: x\n\n%s\n" % e8, {"params": " BODY=8BITMIME"}), ("s8b", "Subject: x\n\n%s\n" % e8, {"params": " BODY=8BITMIME SMTPUTF8"})]
        self.play(p)

    def test_structure(self):
        nested = lambda n: "".join("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(n)) + "\nx\n"
        rfc = lambda n: "Content-Type: message/rfc822\n\n" * n + "Subject: in\n\nx\n"
        p = [(svc, d) for svc in ("nest1", "nest2", "chk", None) for d in [nested(i) for i in range(1, 5)] + [rfc(i) for i in range(1, 5)] + [nested(2) + "--b1\n--b0\n" + nested(1)]]
        p += [(None, nested(120)), ("sed", nested(99)), ("sed", nested(100)), ("sed", nested(101)), ("sed", rfc(99)), ("sed", rfc(100)), ("sed", rfc(101))]
        for svc in ("bound", "bound1", "mime"):
            for b in ("abcde", "abcdef", "abcdefgh", "a", "", '"ab cd"', "ab(c)d", '"a\\"b"', "'abc'", "ab;c", "abc ; charset=x", " abc", "=abc", "ABC", '"abc', "ab\tc", "a.b/c=d", "\u00e9", '""', '"a" "b"', "a b"):
                inner = b.strip('"')
                p.append((svc, "Content-Type: multipart/mixed; boundary=%s\n\npre\n--%s\nX-Warn: 1\nContent-Type: in/1\n\nbody\n--abcdeZ\nX-Warn: 2\nContent-Type: in/2\n\nb2\n--abc\nX-Warn: 3\nContent-Type: in/3\n\nb3\n--a\nX-Warn: 4\n\nx\n--\nX-Warn: 5\n" % (b, inner)))
        for ct in ("multipart/mixed; boundary=q; boundary=r", "multipart/mixed;boundary=q", "multipart/mixed; x=y; boundary=q", "multipart / mixed ; boundary = q", "multipart/mixed; boundary*=us-ascii''q", "multipart/mixed; boundary*0=q", "Multipart/MIXED; Boundary=q",
                   "multipart/mixed; x=\"boundary=z\"; boundary=q", "multipart/mixed (comment); boundary=q", "multipart; boundary=q", "multipart/; boundary=q", "multipart/mixed boundary=q", "multipart/mixed, boundary=q", "multipart/mixed;\n boundary=q", "multipart/mixed;\n\tx=1;\n\tboundary=\"q\"",
                   "text/plain; boundary=q", "message/rfc822; boundary=q", "message/RFC822", "message/http", "message/news", "message", "message/", "message/rfc822x", "multipart/digest; boundary=q", "multipart/alternative; boundary=q", "multipart/x-foo; boundary=q", "\"multipart\"/mixed; boundary=q", "multipart/mixed; boundary=q\nContent-Type: text/plain", "text/plain\nContent-Type: multipart/mixed; boundary=q", "\n multipart/mixed; boundary=q", "", ";", "/"):
            p.append(("mime", "Content-Type: %s\n\npre\nSubject: pre\n--q\nContent-Type: in/1\nX-A: 1\n\nSubject: in\n\nb\n--q\nX-B: 2\n\nb\n--q--\nContent-Type: after/1\n\nepi\n--q\nContent-Type: again/1\n\nx\n" % ct))
        for b in ("--q", "--q ", "--q\t", "--q-", "--q--", "--q--x", "--q --", " --q", "--qq", "--Q", "---q", "--q\r", "-- q"):
            p.append(("mime", "Content-Type: multipart/mixed; boundary=q\n\npre\n%s\nContent-Type: in/1\n\nb\n" % b))
        for inner in ("X-InPart: 1\n\nb\n", "Content-Disc: 1\n\nb\n", "Content-Hold: 1\n\nb\n", "Content-Desc: f\n\nb\n", "Content-Desc: r\n\nb\n", "Content-Desc: p\n\nb\n", "Content-Desc: e\n\nb\n", "Content-ID: <x>\n cont\n\nb\n", "nocolon\nContent-Type: a/b\n\nb\n", "Content-Type: message/rfc822\n\nSubject: n\nContent-Type: multipart/mixed; boundary=r\n\n--r\nContent-Type: deep/1\nSubject: no\n\nx\n--r--\n", "Content-Type: message/rfc822\n\nno header\nSubject: x\n\n", "Content-Type: message/rfc822\nno empty line\nSubject: x\n\n",
                      "Content-Type: message/rfc822\n\nTo: x\nX-Disc: 1\nX-Hold: 1\n\nx\n", "Content-Type: message/rfc822\n\nX-Rep: x\nTo: a\n b\n\nx\n", "Content-Type: message/rfc822\n\nFrom x y\nSubject: 1\n\n", " folded first\nContent-Type: a/b\n\nx\n", "", "\n", "--q\n--q\n\nx\n", "Content-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: c/d\n\nx\n", "Content-Type: multipart/mixed; boundary=qq\n\n--qq\nContent-Type: c/d\n\nx\n--q\nContent-Type: e/f\n\nx\n", "Content-Type: multipart/digest; boundary=r\n\n--r\n\nSubject: dg\n\n--r\nContent-Type: text/plain\n\nSubject: nodg\n\n"):
            for svc in ("mime", "mimeonly", "nestonly", "chk"):
                p.append((svc, "Content-Type: multipart/mixed; boundary=q\nContent-Length: 3\n\n--q\n" + inner))
        self.play(p)

    def test_limits(self):
        p = []
        for svc in ("hs", "hs1", "hs60"):
            p += [(svc, d) for d in ("X-Long: " + "a" * 200 + "\nX-A: 1\n\nb\n", "X-Long: " + "a" * 80 + "\n " + "b" * 50 + "\n c\n d\nX-A: 1\n\nb\n", "X-Warn: " + "a" * 51 + "\n b\nX-A: 1\n\nb\n", "X-Warn: " + "a" * 52 + "\n b\n", "X-Warn: " + "a" * 50 + "\n b\n", "X" * 90 + ": v\nX-A: 1\n\nb\n", "X" * 150 + ": v\nX-A: 1\n\nb\n", "To: " + ", ".join("user%d" % i for i in range(40)) + "\n\nb\n", "X-Long: " + "a" * 5000 + "\nX-A: 1\n\nb\n", "Subject: x\n\n" + "a" * 300 + "\n", ML + "\n--b\nX-Long: " + "a" * 200 + "\n\nb\n", "X-Long:\n " + "a" * 91 + "\n b\n\nx\n")]
        for svc in ("tok1", "tok", "tok20"):
            p += [(svc, d) for d in ("To: a, b, c, d, e, f, g, h\n\nb\n", "To: joe <a@b.test>, sue <c@d.test>\n\nb\n", "From: a b c d e f <x@y.test>\n\nb\n", "To: (c) a\n\nb\n", "To: a@b.test\n\nb\n", "To: \"q\" <a@b.test>\n\nb\n", "To: g: a, b;\n\nb\n", "To: a\nCc: b\n\nb\n", "Cc: " + "x, " * 30 + "y\n\nb\n")]
        for svc in ("hop", "hop1", None):
            p += [(svc, "Received: x\n" * n + "Subject: y\n\nb\n") for n in (0, 1, 2, 3, 4, 48, 49, 50)]
            p += [(svc, "received : x\nReceived: y\n\nb\n"), (svc, "Received:\n\nb\n"), (svc, ML + "\n--b\nReceived: x\nReceived: x\nReceived: x\n\nb\n")]
        p += [("hop", "Received: x\n" * 4, {"sender": ""}), ("hop", "Received: a\nReceived: b\nX-Rej: 1\n\n")]
        for svc in ("size",):
            p += [(svc, "Subject: x\n\n" + "a" * n + "\n") for n in (100, 1500, 1600, 1650, 1700, 1750, 1800, 1900, 2000, 2100, 5000)]
            p += [(svc, "Subject: x\n\n" + "a\n" * n) for n in (400, 500, 600, 700, 900)]
        for n in (2045, 2046, 2047, 2048, 2049, 2050, 4096, 4097):
            p += [(None, "X-A: " + "a" * (n - 5) + "\n\nb\n"), (None, "Subject: x\n\n" + "a" * n + "\nb\n"), ("chk", "Subject: x\n\nlong" + "a" * (n - 8) + "tail\nb\n")]
        self.play(p)

    def test_characters(self):
        p = []
        for svc in ("rej", "rejnul", "strnul", "str", "rejhi", "strcr", "both", "nocr", None):
            p += [(svc, d) for d in (b"Subject: a\x01b\n\nx\n", b"Subject: A\n\nx\n", b"Subject: a\0b\n\nx\n", b"Subject: x\n\na\0b\nc\n", b"Subject: x\n\n\0\n", b"X\0Y: 1\n\nx\n", b"Subject: x\n\nBELL\a\n", b"Subject: x\n\na\\b\tc\bdZ\n", b"X-T: a\tb\n\tfold\n\nx\n", b"Subject: \x80\n\nx\n", b"Subject: x\n\n\xff\n", b"Subject: x\n\na\rb\n", b"Subject: a\rb\n\nx\n", b"Subject: x\r\r\n\r\r\nx\r\r\n", b"Subject: x\n\nxy\n", b"Subject: q\n\nx\n", b"Subject: x\n\na\r\rb\n", b"Subject: q\n\n\r\n", b"x\n\nx\n", b"\n\nx\n", b"Subject: \rx\n\r\nfoo\n", b"Subject: y\n\ny\ny\n")]
        self.play(p)

    def test_ends_of_header(self):
        p = []
        for svc in ("addh", "rejh", None, "und"):
            p += [(svc, d) for d in ("Subject: x\nno colon\nmore\n", "no colon\nSubject: x\n", "", "\n", "\n\n", "Subject: x\n", "Subject: x", "Subject: x\n\n", " folded\nSubject: x\n\nb\n", "Subject: x\n:\n\nb\n", "Subject: x\n: y\n\nb\n", "Sub ject: x\n\nb\n", "Subject : x\n\nb\n", "Subject\t: x\n\nb\n", "Subject:x\n\nb\n", "Subject:\n\nb\n", "Subject:\n x\n\nb\n", "Subject: x\n \n y\n\nb\n", "Subject: x\n\t\nX-A: 1\n\nb\n", "From a Mon\nSubject: x\n\nb\n", ">From a Mon\nSubject: x\n\nb\n", "Subject: x\nFrom a Mon\n\nb\n",
                                     "\u00e9: x\n\nb\n", "X-A: \u00e9\n\nb\n", "A: 1\nA: 2\n\nb\n", "X(c): 1\n\nb\n", "X<: 1\n\nb\n", "X@y: 1\n\nb\n", "X\"q\": 1\n\nb\n", "X-A: 1\n--- sep\nb\n", ".\n.dot\n..\n", "http://x.test/\nb\n", "mailto:x\nb\n", "a:b\nc d\n", ML + "\n--b\nno colon\n\nx\n", ML + "no colon\n--b\nX: 1\n\nx\n", "Content-Type: message/rfc822\nno colon\n\nSubject: x\n", "Content-Type: message/rfc822\n\nno colon\n\nSubject: x\n")]
        self.play(p)

    def test_headers(self):
        heads = ("", "From: joe\n", "Date: today\n", "Message-ID: <x@y>\n", "Message-Id:\n", "From:\n", "Date:\n", "To: a\n", "Cc: a\n", "Bcc: a\n", "To:\n", "To: g:;\n", "Apparently-To: a\n", "Resent-To: a\n", "Resent-From: a\n", "Resent-Date: x\n", "Resent-Message-Id: <r@r>\n", "Resent-Cc: a\n", "Resent-Bcc: a\nTo: b\n", "Resent-Sender: q\n", "Resent-Reply-To: z\n", "Resent-X: 1\n", "Sender: s\n", "Sender: s\nFrom: f\n",
                 "Reply-To: r\n", "Errors-To: e\n", "Return-Receipt-To: e\n", "Disposition-Notification-To: d\n", "Mail-Followup-To: m\n", "Return-Path: <rp>\n", "Content-Length: 5\n", "X-A: 1\nX-B: 2\nx-a : 3\n", "Received: r\nMessage-ID: <x>\nFrom: f\nTo: t\n", "Cc: c\nDate: d\nContent-Type: text/plain\n", "Cc:: c\n", "Message-ID: x\n", "Message-ID: <a@b> <c@d>\n", "Message-ID: <a\n b@c>\n", "Message-ID: <a@b>\nMessage-ID: <c@d>\n", "Message-ID: \u00e9\n", "Message-ID: <" + "x" * 300 + "@y>\n", "Resent-Message-Id: <a@b>\nResent-Message-Id: <c@d>\nMessage-Id: <e@f>\n", "From: a\nFrom: b\n", "To: a,,b, ,c\n", "To: a b c\n", "To: <>\n", "From: <>\n", "From: \"\" <>\n", "To: " + ", ".join("user%d@long.domain.example.test" % i for i in range(8)) + "\n", "To: a;b\n", "To: a@b@c\n", "To: \"unbalanced\n", "To: (unbalanced a\n", "To: <a\n", "To: a>\n", "To: @\n", "To: a@\n", "To: @b\n", "To: a (c1 (c2) c3) , b\n",
                 "To: =?utf-8?q?x?= <a>\n", "To: \u00e9 <a>\n", "To: a\n b\n", "To: a,\n\tb\n", "Date: x\nDate: y\n", "Lines: 3\n", "Status: RO\n", "X-Original-To: z\nDelivered-To: q\n", "TLS-Required: No\n", "Require-TLS: x\n", "MIME-Version: 1.0\nMIME-Version: 2.0\n", "Subject: s\nResent-To: r\nTo: t\nResent-From: f\n", "X-Foo:  two  spaces  \n", "X-Foo:\t\ttabs\t\n", "X-Foo: a\n  b\n\t\tc\n   \n")
        self.play([(svc, h + "X-End: 1\n\nb\n") for svc in (None, "drop", "dropno", "dropcc", "always", "und", "und2", "und3", "obs", "rem", "remalways", "remd", "remund", "noaddr") for h in heads])

    def test_nullsender(self):
        self.play([(svc, h + "\nb\n", {"sender": "", "rcpts": ["sink@x.test"]}) for svc in (None, "always", "chk", "obs") for h in ("", "From: x\n", "X-Rej: 1\n", "X-Disc: 1\n")])

    def test_actions(self):
        names = [m.group(1) for m in re.finditer(r"(?m)^/\^(X-\w+):/", HEADER)]
        p = []
        for svc in ("chk", "two", "off"):
            p += [(svc, "%s: v\nX-End: 1\n\nb\n" % n) for n in names]
        p += [("chk", d) for d in ("X-PreA: 1\nX-PreA: 2\n\nb\n", "X-Sub: abc\n def\n\nb\n", "X-Sub:\n\nb\n", "X-Multi: one\n two\n\nb\n", "X-If1: 1\nX-If2: 2\nX-If3: 3\n\nb\n", "x-rej: 1\n\nb\n", "X-UP: 1\n\nb\n", "X-up: 1\n\nb\n", "Received: zzz\nReceived: aaa\n\nb\n", "X-Warn: " + "w" * 300 + "\n\nb\n", "X-Warn: \u00e9\x01\x7f\n\nb\n", "X-Warn:\n\nb\n", "X-Warn:   x  \n\nb\n", "X-Warn: a\n b\n\tc\n\nb\n",
                                   "X-Hold: 1\nX-Hold: 2\n\nhold\n", "X-Hold: 1\nX-Disc: 1\n\nb\n", "X-Disc: 1\nX-Hold: 1\nX-Rej: 1\n\nrej\n", "X-Warn: 1\nX-Fil: 1\nX-Fil2: 1\n\nfil\n", "X-Red: 1\nX-Bcc: 1\n\nb\n", "X-Bcc: 1\nX-Red: 1\n\nb\n", "X-Bcc: 1\nX-Bcc: 1\n\nbcc\n", "X-Pass: 1\nX-Disc: 1\n\ndisc\n", "X-Rej: 1\nX-Rej4: 1\n\nrej\n", "X-Rej4: 1\nX-Rej: 1\n\nb\n", "X-Ign: 1\n folded\nX-K: 1\n\nb\n", "X-Rep: 1\n folded\nX-K: 1\n\nb\n", "X-Pre: 1\n folded\nX-Pre: 2\n\nb\n",
                                   "Resent-Q: 1\n\nb\n", "Content-Type: x\nX-RepT: 1\n\nSubject: in\n\nb\n")]
        for svc in ("chk", "chk10", "chk0"):
            for w in ("rej", "disc", "hold", "ign", "strip", "warn", "info", "pre", "pree", "prel", "rep", "repe", "repd", "fil", "red", "bcc", "pass", "bad", " indented", "a=3Db", "", "long" + "x" * 3000 + "tail"):
                p += [(svc, "Subject: x\n\n%s\nrest\n" % w), (svc, "Subject: x\n\n123456789\n%s\n" % w), (svc, ML + "\n12345678901\n%s\n--b\nX-Warn: 1\n\n%s\n--b--\n%s\n" % (w, w, w))]
        p += [("pcre", d) for d in ("X-A: val\n\nb\n", "X-B: ab\n\nb\n", "X-B: a\n\nb\n", "X-C:\n b\n\nb\n", "X-D: a\n b\n\nb\n", "X-E: 1\n\nb\n", "x-e: 1\n\nb\n", "X-F: a\n b\n\nb\n", "X-G: 1\n\nb\n", "Subject: x\n\ncaf\u00e9\n", "Subject: caf\u00e9\n\nbodyaXY\n")]
        p += [(svc, d) for svc in ("static", "fail", "failb") for d in ("Subject: x\nTo: a\n\nb\n", "\nb\n", "")]
        self.play(p)

    def test_conversion(self):
        e8 = "caf\u00e9"
        self.play([(svc, d) for svc in ("conv", "convn") for d in ("Subject: x\n\n%s\n" % e8, "Content-Transfer-Encoding: 8bit\n\n%s=\n" % e8, "Content-Transfer-Encoding: 8bit\nContent-Type: text/plain; charset=utf-8\n\n" + e8 * 40 + "  \n \nend\t\n", ML + "\n%s\n--b\nContent-Transfer-Encoding: 8bit\nContent-Type: text/plain\n\n%s\n--b--\n%s\n" % (e8, e8, e8), ML + "Content-Transfer-Encoding: 8bit\n\n--b\nContent-Transfer-Encoding: binary\n\n%s\n--b\n\nascii\n--b--\n" % e8, "Content-Type: message/rfc822\nContent-Transfer-Encoding: 8bit\n\nSubject: a\nContent-Transfer-Encoding: 8bit\n\n%s\n" % e8, "Content-Type: message/partial\nContent-Transfer-Encoding: 8bit\n\n%s\n" % e8, "Content-Transfer-Encoding: 8bit\n\nascii = x\n", "Content-Transfer-Encoding: 8bit\n\n" + "a" * 75 + "\n" + "a" * 76 + "\n" + "a" * 77 + "\n" + "a" * 74 + "=\n.\n\nFrom x\n", "Content-Transfer-Encoding: 8bit\n\n" + e8 + "a" * 3000 + "\n", "Content-Transfer-Encoding: 8bit\n\n", "Content-Transfer-Encoding: 8bit\nContent-Transfer-Encoding: base64\n\n%s\n" % e8)])

    def test_offsets(self):
        p = [(svc, d) for svc in ("chk1", "chk5", "chk6", "chk10") for d in (
            ML + "\nwarn\n--b\n\nwarn\n--b\n\nwarn\nwarn\n--b--\nwarn\nwarn\n", ML + "\n--b\n\n--b--\n--b\nwarn\n", ML + "\n\n\n\n\n\n\n\n\n\n\n\n--b\n\nwarn\n\n\n\n\n\n\n\n\n\n--b--\nwarn\n",
            "Content-Type: message/rfc822\n\nSubject: x\n\nwarn\nwarn\nwarn\n", "Subject: x\n\nwarn\nwarn\nwarn\nwarn\n", "Subject: x\nwarn\nwarn\n", "warn\nwarn\n", "Subject: x\n\n\nwarn\nwarn\n",
            ML + "\n--b\nContent-Type: message/rfc822\n\nSubject: y\n\nwarn\nwarn\n--b--\n")]
        nested = lambda n: "".join("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(n)) + "\nx\n"
        p += [("sed", nested(n)) for n in (102, 103, 104)] + [("sed", "Content-Type: message/rfc822\n\n" * n + nested(m)) for n, m in ((200, 1), (50, 102), (50, 103))]
        p += [("nest1", "Content-Type: multipart/mixed; boundary=a; boundary=b; boundary=c; boundary=d; boundary=e\n\n--c\nX-A: 1\n\nx\n"), ("mime", "Content-Type: multipart/mixed; boundary=a; boundary=b; boundary=c\n\n--a\nX-A: 1\n\n--c\nX-B: 1\n\n--b\nX-C: 1\n\n--a\nX-D: 1\n\n"), ("mime", "Content-Type: multipart/mixed; boundary=a; boundary=b; boundary=c\n\n--c\nX-A: 1\n\n--b\nX-B: 1\n\n--a\nX-C: 1\n\n--a--\nX-D: 1\n\n")]
        p += [("mime", "Content-Type: multipart/digest; boundary=a\n\n--a\nContent-Type: %s\n\nSubject: in\n\nx\n" % t) for t in ("application/x", "text/plain", "multipart/mixed", "message/x", "", ";", "image", "message/global", "message/partial")]
        p += [("chk", b"X-Warn: caf\xe9 \xc3\xa9 \xe2\x82 \xff\xfe\xc0\x80\xed\xa0\x80 \xf0\x9f\x98\x80\x7f\n\nx\n"), ("chk", b"X-Warn: a\0b\n cont\nX-B: 1\n\nwarn\0x\nwarn\n"), ("chk", b"To: a\0b, c\nSubject: x\n\nx\n"), ("chk", b"X-Rep: \0\n\nrep\0\nrep\n"), ("pcre", b"X-A: v\0w\n\nx\n")]
        p += [("s8", "Subject: \u00e9\nX-Rej: 1\n\n\u00e9\n"), ("s8", "Subject: \u00e9\nX-A: \u00e9\n\n\u00e9\n\u00e9\n" + ML), ("sed", "Content-Type: message/rfc822\nContent-Transfer-Encoding: BASE64 x\n\nSubject: x\n\n"), ("sed", ML + "Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: x-foo\n\nx\n"), ("sed", ML + "Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: 7bit\n\nx\n"), ("sed", "Content-Transfer-Encoding: base64\n" + ML + "\nx\n")]
        p += [("s8b", "Content-Transfer-Encoding: %s\n\n\u00e9\n" % t) for t in ("base64", "x-foo", "8bit\nContent-Transfer-Encoding: x-foo", "(a(b)c) 8bit", "8bit(c)", '"8bit"', "8BIT/x", "8bit\tx", ",8bit", "base64\nContent-Transfer-Encoding: 7bit")]
        self.play(p)

    def test_original_recipient(self):
        self.play([(None, "Subject: x\n\nx\n", {"rcpts": [r]}) for r in ('"alice@q"@x.test', '"a"@x.test', "A.B@X.test", '"a b"@x.test', '"a\\"b"@x.test', '"a\\b"@x.test', "a\\@b@x.test", '"a.b"@x.test', '".a"@x.test', "a=b+c@x.test", "@r.test:a@x.test", "@r.test,@s.test:a@x.test", "a%b@x.test", "a!b@x.test", "x.test!a", "a@x.test.", "a@[127.0.0.1]", '"(c)"@x.test', "a (c) @x.test", "a@x.test (c)", '""@x.test', '"a"."b"@x.test', 'a."b"@x.test', "a_/b@x.test", '"a;b"@x.test')] +
                  [(None, "Subject: x\n\nx\n", {"rcpts": [r], "params": " SMTPUTF8"}) for r in ("caf\u00e9@x.test", '"caf\u00e9 x"@x.test', "a@caf\u00e9.test")])
