"""Random messages through cleanup services with random options and checks, by SMTP and by sendmail (run --seed N)."""
import os
import random
import re
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from content import Content  # noqa: E402

SEED = int(os.environ.get("DIFFERENTIAL_SEED", "1"))
NAMES = ["Subject", "From", "To", "Cc", "Bcc", "Date", "Message-ID", "Resent-From", "Resent-To", "Resent-Date", "Resent-Message-Id", "Sender",
         "Reply-To", "Return-Path", "Received", "X-A", "X-B", "X-Long", "Content-Type", "Content-Transfer-Encoding", "MIME-Version", "Errors-To",
         "Return-Receipt-To", "Content-Length", "Content-ID", "Delivered-To", "X-Original-To", "Resent-Sender", "Resent-Cc", "Resent-Bcc",
         "Disposition-Notification-To", "Apparently-To", "Lines", "Status", "TLS-Required", "Mail-Followup-To", "List-ID", "subject", "FROM", "X_Y", "X.Y",
         "Content-Description", "Content-Disposition", "Precedence", "Auto-Submitted", "Resent-Reply-To", "DKIM-Signature", "Thread-Topic"]
ADDRESSES = ["joe", "joe@x.test", "Joe Doe <joe@x.test>", "\"Doe, Joe\" <joe@x.test>", "<>", "g: a, b;", "a, b", "joe@x.test (comment)", "joe@sub", "joe%x@y.test",
             "@r.test:joe@x.test", "joe@[192.0.2.1]", "undisclosed-recipients:;", "\"q q\"@x.test", "joe@x.test,", ",joe", "a b c", "caf\u00e9@x.test", "J\u00f6e <joe@x.test>",
             "=?utf-8?q?J=C3=B6?= <joe>", "<joe", "joe>", "(c) joe", "joe (a (b) c)", "a;b", "joe@", "@", "a@b@c", "<joe@x.test> <ann@x.test>", "joe\n\t<joe@x.test>", "a,\n b,\n c",
             "joe." , ".joe", "jo..e@x.test", "joe@.x.test", "joe@x.test.", "x!joe", "\\joe", "\"joe\"", "joe@\"x\"", "", " ", "\u00e9", "list: joe <joe>, ann <ann@x.test>; , bob"]
TEXTS = ["hello", "", " ", "a b c", "caf\u00e9", "x" * 150, "w " * 60, "folded\n here", "folded\n\tthere\n  again", "a\tb", "\x01\x02", "\x7f", "rej", "hold", "1", "yes", "<a@b>",
         "=?x?q?y?=", "\n continued", "trail  ", "a\n \n b", "x" * 2100, "\u20ac 5", "7bit", "8bit", "base64", "binary", "quoted-printable", "x-foo", "1.0", "text/plain",
         "multipart/mixed; boundary=b", "multipart/mixed; boundary=\"b\"", "multipart/alternative; boundary=c", "multipart/digest; boundary=b", "message/rfc822", "message/partial",
         "text/plain; charset=utf-8", "multipart/mixed", "message/delivery-status", "message/global", "inline", "attachment; filename=x.exe", "multipart/mixed; boundary=bb; x=y",
         "multipart/mixed;\n boundary=b", "multipart/mixed; boundary=\"b c\"", "MULTIPART/mixed; BOUNDARY=b", "multipart/mixed; boundary=b; boundary=c", "no", "No", "list"]
BODY = ["hello", "", "", " ", "caf\u00e9", "--b", "--b--", "--c", "--c--", "--b ", "--bb", "--", ".", "..", "From x", ">From x", "x" * 150, "y" * 2100, "a\tb", "\x01", "Subject: in body", "Content-Type: message/rfc822",
        "Content-Transfer-Encoding: 8bit", "Content-Type: multipart/mixed; boundary=c", "Content-Type: text/plain", "X-A: in part", " folded", "rej", "warn", "repl", "ign", "hold", "pre", "a=3Db", "\u20ac",
        "begin 644 x", "tail ", "--b\n", "Content-Type: text/html; charset=\u00e9", "Content-Transfer-Encoding: base64", "a\rb", "n\0l", "Content-Type: multipart/digest; boundary=b"]
ACTIONS = ["WARN", "WARN seen", "INFO i", "IGNORE", "STRIP s", "HOLD", "HOLD h", "DISCARD", "DISCARD d", "REJECT", "REJECT no", "REJECT 4.7.1 later", "REPLACE X-New: $1", "REPLACE new",
           "PREPEND X-Pre: 1", "PREPEND text", "FILTER smtp:[127.0.0.1]:2525", "REDIRECT red@x.test", "BCC bc@x.test", "DUNNO", "OK", "PASS", "BAD", "REPLACE Subject: $1", "REPLACE", "PREPEND",
           "REPLACE To: ann", "PREPEND Received: x", "REPLACE Content-Type: message/rfc822", "REJECT 9.9.9 odd", "FILTER bad", "BCC bad", "REDIRECT bad", "WARN $1"]
PATTERNS = ["^Subject: *(.*)", "^X-A: *(.*)", "^(X-.*)", "^To: (.*)", "^Content-Type: *(.*)", "^Received: (.*)", "(caf\u00e9)", "^Resent-(.*)", "(rej|hold)", "^(Message-ID: .*)", "^From: (.*)", "^Date: (.*)", "(x{100})", "^Cc:(.*)", "^(MIME|Content).*",
            "^Content-Disposition: (.*)", "^(.*)here", "^(b)"]
BODY_PATTERNS = ["^(hello)$", "^(warn)$", "^(rej)$", "^(--.*)$", "^$()", "(caf\u00e9)", "^(repl)$", "^(ign)$", "^(hold)$", "^(pre)$", "(x{100})", "^(Content.*)", "^From (.*)", "^( folded)", "^(y+)"]
OPTIONS = {
    "strict_7bit_headers": ["yes"], "strict_8bitmime": ["yes"], "strict_8bitmime_body": ["yes"], "strict_mime_encoding_domain": ["yes"], "disable_mime_input_processing": ["yes"],
    "mime_nesting_limit": ["1", "2", "3"], "mime_boundary_length_limit": ["1", "2"], "header_size_limit": ["60", "200", "1"], "header_address_token_limit": ["3", "10"],
    "detect_8bit_encoding_header": ["no"], "message_reject_characters": ["\\001", "\\0"], "message_strip_characters": ["\\0", "\\001\\177", "\\r"],
    "non_empty_end_of_header_action": ["add_header", "reject", "fix_quietly"], "message_drop_headers": ["", "x-a, received", "content-type, to", "resent-from, subject"],
    "always_add_missing_headers": ["yes"], "undisclosed_recipients_header": ["To: undisclosed-recipients:;", "", "X-U: 1"], "remote_header_rewrite_domain": ["domain.invalid"],
    "header_from_format": ["obsolete"], "hopcount_limit": ["1", "2"], "body_checks_size_limit": ["10", "0", "100"], "force_mime_input_conversion": ["yes"],
    "message_size_limit": ["3000"], "line_length_limit": ["600"], "receive_override_options": ["no_header_body_checks", "no_address_mappings"], "enable_original_recipient": ["no"],
    "always_bcc": ["keep@x.test"], "recipient_canonical_maps": ["inline:{joe@x.test=jo@new.test}"], "masquerade_domains": ["x.test"], "cleanup_replace_stray_cr_lf": ["yes"],
    "sender_bcc_maps": ["static:sb@x.test"], "recipient_bcc_maps": ["static:rb@x.test"], "full_name_encoding_charset": ["iso-8859-1"],
}
SERVICE_COUNT = 14


def checks(pick, patterns):
    return "".join("/%s/ %s\n" % (pick.choice(patterns), pick.choice(ACTIONS[:6] * 2 + ACTIONS)) for _ in range(pick.randint(1, 4)))


def make_services():
    pick = random.Random(SEED * 41 + 1)
    files, options = {}, {}
    for number in range(SERVICE_COUNT):
        chosen = {name: pick.choice(OPTIONS[name]) for name in pick.sample(sorted(OPTIONS), pick.randint(0, 4))}
        for kind in ("header_checks", "mime_header_checks", "nested_header_checks", "body_checks"):
            if pick.random() < 0.45:
                name = "%s%d" % (kind, number)
                files[name] = checks(pick, BODY_PATTERNS if kind == "body_checks" else PATTERNS)
                chosen[kind] = "regexp:@ETC@/" + name
        options["r%d" % number] = chosen
    return files, options


FILES, CHOSEN = make_services()


def header(pick):
    name = pick.choice(NAMES)
    value = pick.choice(ADDRESSES) if pick.random() < 0.4 else pick.choice(TEXTS)
    if name.lower().startswith("content-t") and pick.random() < 0.7:
        value = pick.choice([t for t in TEXTS if "/" in t or "bit" in t or t in ("base64", "binary", "quoted-printable", "x-foo")])
    return name + pick.choice([": ", ": ", ": ", ": ", ":", " : ", ":  ", ":\t", ":\n "]) + value


def message(pick):
    lines = [header(pick) for _ in range(pick.choice([0, 1, 2, 3, 3, 4, 6, 9]))]
    if pick.random() < 0.08:
        lines.insert(pick.randint(0, len(lines)), pick.choice(["From joe Mon", ">From joe", "no colon here", ": x", " starts folded", "a b: c", "\u00e9: x", "X-A", "mailto:x", "--b"]))
    text = "\n".join(lines) + ("\n" if lines else "")
    if pick.random() < 0.92:
        text += "\n" + "".join(pick.choice(BODY) + "\n" for _ in range(pick.randint(0, 10)))
    if pick.random() < 0.05:
        text = text.rstrip("\n")
    return text if pick.random() < 0.9 else text.encode("latin-1", "replace").decode("utf-8", "surrogateescape")


class RandomContent(Content):
    area = "random"
    cost = 60
    files = FILES
    main = Content.main + "mynetworks = 127.0.0.0/8 192.0.2.0/24\n"
    master = "\n".join("%s unix n - n - 0 cleanup\n%s" % (name, "".join("    -o {%s=%s}\n" % kv for kv in sorted(chosen.items())).replace("\n\n", "\n"))
                       for name, chosen in CHOSEN.items())
    services = {name: "cleanup_service_name = " + name for name in CHOSEN}

    @classmethod
    def case_names(cls):
        return ["smtp_content", "sendmail_content"]

    def describe(self, service):
        return " ".join("%s=%s" % kv for kv in sorted(CHOSEN[service].items())) + "".join(
            " [%s %s]" % (name, FILES[name].replace("\n", "; ")) for name in sorted(FILES) if re.fullmatch(r"[a-z_]+" + service[1:], name))

    def test_smtp_content(self):
        pick = random.Random(SEED * 41 + 2)
        for service in CHOSEN:
            self.since = self.inst.log_size()
            probes = []
            for _ in range(10):
                more = {"about": self.describe(service)}
                if pick.random() < 0.2:
                    more["params"] = pick.choice([" BODY=8BITMIME", " SMTPUTF8", " SMTPUTF8 BODY=8BITMIME", " SIZE=100", " RET=HDRS"])
                if pick.random() < 0.2:
                    more["src"] = "192.0.2.10"
                if "src" not in more and pick.random() < 0.2:
                    more["rcpts"] = ["r%d@x.test" % (50 + i) for i in range(pick.randint(1, 3))]
                probes.append((service, message(pick), more))
            self.play(probes)

    def test_sendmail_content(self):
        pick = random.Random(SEED * 41 + 3)
        options = [["-t"], ["-t"], ["-ti"], ["-i"], [], ["-oi"], ["-F", "Joe Doe"], ["-B8BITMIME"], ["-B7BIT"], ["-N", "never"], ["-t", "-V+="], ["-U"], ["-G"], ["-v"][:0], ["-O", "x=y"]]
        for _ in range(60):
            argv = list(pick.choice(options))
            text = message(pick)
            if pick.random() < 0.5:
                argv += ["-f", pick.choice(["joe", "bob@y.test", "", "<>", "\"a b\"@y.test", "Joe <joe@y.test>"])]
            if "-t" not in argv and "-ti" not in argv or pick.random() < 0.2:
                argv += ["--"] + [pick.choice(["x@x.test", "y@x.test, z@x.test", "Joe <w@x.test>", "joe@x.test", "g: a@x.test;"]) for _ in range(pick.randint(1, 2))]
            since = self.inst.log_size()
            r = self.inst.run("sendmail", *argv, input=text, timeout=8)
            seen = []
            if r.rc == 0 and self.inst.wait_log(r"/(qmgr|cleanup)\[\d+\]: \w+: (removed|discard|reject|hold|.*message rejected)|pickup.*(error|warning)", since=since, timeout=4):
                time.sleep(0.02)
            seen = [[self.normal(m.data.decode("latin-1")), m.sender, sorted(m.rcpts)] for m in self.sink.messages]
            seen.sort(key=str)
            self.sink.reset()
            log = sorted(set(self.log_lines(self.inst.log_text(since), ("cleanup", "pickup", "sendmail", "postdrop"))))
            question = "%s %r" % (argv, text)
            self.record(question + " said", [r.rc, self.normal(r.out), self.normal(r.err)])
            self.record(question + " log", log)
            self.record(question + " sink", seen)
