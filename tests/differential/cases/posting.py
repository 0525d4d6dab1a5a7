"""Mail from sendmail(1): options, headers that name recipients, line ends; what sendmail, postdrop and pickup say."""
import importlib.util
import os
import re
import time

spec = importlib.util.spec_from_file_location("content_recorder", os.path.join(os.path.dirname(__file__), "content.py"))
content = importlib.util.module_from_spec(spec)
spec.loader.exec_module(content)

MSG = "Subject: x\n\nbody\n"


class Posting(content.Content):
    area = "posting"
    timeout = 300
    services = {}
    master = ""
    main = "recipient_delimiter = +\n"

    @classmethod
    def case_names(cls):
        return [n[5:] for n in vars(cls) if n.startswith("test_")]

    def post(self, *rows, user="alice"):
        for row in rows:
            args, text = row[0], row[1] if len(row) > 1 else MSG
            more = row[2] if len(row) > 2 else {}
            mark = self.inst.log_size()
            before = len(self.sink.messages)
            question = "%s %r %s" % (" ".join(map(repr, args)), text if len(text) < 200 else text[:100] + "...%d" % len(text), more or "")
            r = self.inst.run("sendmail", *args, input=text, user=more.get("user", user), env=more.get("env"))
            fix = lambda t: self.normal(re.sub(r"\[\d+\]", "[N]", t))
            self.record(question, [r.rc, fix(r.out), fix(r.err)])
            end = time.time() + (0.8 if r.rc == 0 and not more.get("quick") else 0.15)
            while time.time() < end:
                log = self.inst.log_text(mark)
                ids = set(re.findall(r"/pickup\[\d+\]: (\w+): uid=", log))
                if ids and all(re.search(r"\b%s: (removed|.*status=deferred)|message-id.*\n.*resent|to=.*relay=none" % i, log) for i in ids):
                    break
                time.sleep(0.03)
            log = self.inst.log_text(mark)
            ids = re.findall(r"/pickup\[\d+\]: (\w+): uid=", log)
            lines = "\n".join(l for l in log.splitlines() if any(" %s: " % i in l for i in ids) or re.search(r"(sendmail|postdrop|pickup|cleanup)\[\d+\]: (warning|fatal|error)", l))
            self.record(question + " log", [re.sub(r"conn_use=\d+, |size=\d+, |relay=\S+, ", "", l) for l in self.log_lines(lines, ("sendmail", "postdrop", "pickup", "cleanup"))])
            self.record(question + " end", sorted(re.sub(r"conn_use=\d+, |size=\d+, |relay=\S+, ", "", l) for l in self.log_lines(lines, ("smtp", "local", "error", "qmgr", "bounce"))))
            self.record(question + " sink", [[self.normal(m.data.decode("latin-1")), m.sender, sorted(m.rcpts), m.rcpt_params, sorted(p for p in m.sender_params if not p.startswith("SIZE"))] for m in self.sink.messages[before:]])

    def test_options(self):
        R = "r@x.test"
        self.post(*[(a + [R],) for a in (
            ["-F", ""], ["-F", "a b"], ["-F", "a, b"], ["-F", "a (b) c"], ["-F", "\"q\""], ["-F", "a\\b"], ["-F", "caf\u00e9"], ["-F", "a\tb"], ["-F", "x" * 300], ["-f", ""], ["-f", "<>"], ["-f", "<a@b.test>"], ["-f", "Joe <a@b.test>"], ["-f", "a@b.test (c)"], ["-f", "a b@c.test"], ["-f", "\"a b\"@c.test"], ["-f", "a@b.test, c@d.test"], ["-f", "a@b@c.test"], ["-f", "@a,@b:c@d.test"], ["-f", "a\nb@c.test"], ["-f", "<a@b.test"], ["-f", "a@[1.2.3.4]"], ["-f", "\u00e9@b.test"], ["-f", "."], ["-f", " "], ["-f", "-"], ["-f", "a;b@c.test"],
            ["-r", ""], ["-r<>"], ["-f", "a", "-r", "b"], ["-N", "bad"], ["-N", "never,success"], ["-N", "success,success"], ["-N", "failure"], ["-N", "never"], ["-N", "delay, failure"], ["-N", "Failure,DELAY"], ["-R", "bad"], ["-R", "full"], ["-R", "HDRS"], ["-V", "bad id"], ["-V", "\u00e9"], ["-V", "ok.id+="], ["-V", "ab"], ["-V", ""], ["-B", "bad"], ["-B", "7BIT"], ["-B", "8BITMIME"], ["-B8BITMIME"], ["-B", "8bitmime"],
            ["-om"], ["-oi"], ["-oee"], ["-oA"], ["-o", "i"], ["-o7"], ["-os"], ["-O", "x=y"], ["-O", "x"], ["-Ox=y"], ["-bm"], ["-bx"], ["-b", "m"], ["-bz"], ["-bt"], ["-b"], ["-q"], ["-q1x"], ["-L", "tag"], ["-L"], ["-G"], ["-U"], ["-X", "file"], ["-XV"], ["-XV+="], ["-XVab"], ["-x"], ["-xy"], ["-i"], ["-n"], ["-m"], ["-t"], ["-v"], ["-vv"], ["-h", "3"], ["-h"], ["-e", "q"], ["-eq"], ["-d"], ["-d1.2"], ["-A", "m"], ["-Ac"], ["-p", "smtp:host"], ["-c"], ["-Q"], ["-y"], ["-1"], ["-"], ["--"], ["-C", "/nonexistent/main.cf"], ["-C"], ["-F"], ["-im"], ["-iG"], ["-it"], ["-oi", "-f", "me@y.test", "-F", "Me"], ["-bs"], ["-I"], ["-Nnever", "-Rfull", "-Vid"], ["-bv"], ["-bv", "-t"], ["-bv", "-N", "success"], ["-bv", "-v"])])
        self.post(*[(a,) for a in ([], ["-i"], ["-f", "a@b.test"], ["-bv"], ["", ], ["<>"], [" "], ["a@x.test,b@x.test"], ["a@x.test b@x.test"], ["Joe <a@x.test>"], ["(c)"], ["g: a@x.test, b@x.test;"], ["\"a b\"@x.test"], ["a b"], ["<a@x.test"], ["a@x.test>"], ["<\"alice@q\"@x.test>"], ["\"alice@q\""], ["a@x.test", "a@x.test"], ["A@X.test", "a@x.test"], ["|cmd"], ["/file"], [":include:/x"], ["a+b@x.test"], ["a@x.test", "-f", "b"], ["a@x.test", "-i"], ["a@b@x.test"], ["@x.test"], ["a@"], ["a@x.test."], ["a@[127.0.0.1]"], ["\u00e9@x.test"], ["a\n@x.test"], ["a!b@x.test"], ["a%b@x.test"], ["--", "-a@x.test"], ["a;b@x.test"], ["a,,b@x.test"], [",a@x.test,"], ["(c) a@x.test (d)"], ["a . b @ x . test"], ["<@r.test:a@x.test>"], ["undisclosed-recipients:;"], ["\\a@x.test"], ["a\\@b@x.test"], ["'a'@x.test"], ["a@-x.test"], ["a@x..test"], [".a@x.test"], ["a.@x.test"], ["a..b@x.test"])])

    def test_headers(self):
        H = ("To: a@x.test", "To: a@x.test, b@x.test", "To: a@x.test\nTo: b@x.test", "Cc: a@x.test", "Bcc: a@x.test", "To: a@x.test\nBcc: b@x.test", "Bcc:\nTo: a@x.test", "BCC : a@x.test", "bcc: a@x.test,\n b@x.test", "Resent-To: a@x.test\nTo: b@x.test", "Resent-Cc: a@x.test\nTo: b@x.test", "Resent-Bcc: a@x.test\nTo: b@x.test\nBcc: c@x.test", "Resent-From: q\nTo: a@x.test", "Resent-To:\nTo: a@x.test",
             "To: g: a@x.test, b@x.test;", "To: g:;", "To: g:; , a@x.test", "To: g: a@x.test, b@x.test", "To: undisclosed-recipients:;\nBcc: a@x.test", "To: (c) a@x.test (d)", "To: a@x.test (b@x.test)", "To: \"q, r\" <a@x.test>", "To: \"q\" a@x.test", "To: \"a b\"@x.test", "To: \"a\\\"b\"@x.test", "To: a@x.test b@x.test", "To: a@x.test; b@x.test", "To: a@x.test,, ,b@x.test", "To: <a@x.test", "To: a@x.test>", "To: <<a@x.test>>", "To: <a@x.test> <b@x.test>", "To: a@x.test <b@x.test>", "To: (unbalanced a@x.test", "To: \"unbalanced a@x.test", "To: a@", "To: @x.test", "To: <>", "To:", "To: ,", "To: a", "To: a, b@x.test", "To: a.b.c@x.test", "To: a@[1.2.3.4]", "To: a@[1.2.3.4", "To: =?utf-8?q?caf=C3=A9?= <a@x.test>", "To: caf\u00e9 <a@x.test>", "To: caf\u00e9@x.test", "To: a@x.test\\", "To: a\\,b@x.test", "To: <@r.test,@s.test:a@x.test>", "To: a@x.test (c (d) e", "To: \"\"@x.test", "To: a!b@x.test", "To: a%b@x.test", "To: |cmd", "To: \"|cmd\"@x.test", "To: /f@x.test",
             "To : a@x.test", "To\t: a@x.test", " To: a@x.test", "X: y\n\nTo: a@x.test", "To: a@x.test\nnocolon\nCc: b@x.test", "From x Mon\nTo: a@x.test", ">From x Mon\nTo: a@x.test", "From x\nFrom y\nTo: a@x.test", "\nTo: a@x.test", "To: a@x.test\n \n\tb@x.test", "To: " + ", ".join("u%d@x.test" % i for i in range(60)), "To: " + "x" * 3000 + " <a@x.test>", "Apparently-To: a@x.test", "Apparently-To: a@x.test\nTo: b@x.test", "Reply-To: a@x.test", "Return-Receipt-To: a@x.test", "Errors-To: e@x.test\nTo: a@x.test", "Sender: s@x.test\nTo: a@x.test", "From: f@y.test\nTo: a@x.test", "To: A@x.test\nCc: a@x.test", "Return-Path: <z@y.test>\nTo: a@x.test", "Date: d\nMessage-ID: <m@n>\nFrom: f\nTo: a@x.test", "Content-Length: 4\nTo: a@x.test", "Subject:\nTo: a@x.test", "To: a@x.test\nResent-Date: x", "Resent-Message-Id: <q@q>\nTo: a@x.test")
        self.post(*[(["-t"], h + "\n\nbody\n") for h in H])
        self.post((["-t", "c@x.test"], "To: a@x.test\nBcc: b@x.test\n\nx\n"), (["-t", "a@x.test"], "To: a@x.test\n\nx\n"), (["-t", "c@x.test"], "\nx\n"), (["-t"], ""), (["-t"], "\n"), (["-t", "-G"], "To: a@x.test\nBcc: b@x.test\n\nx\n"), (["-ti"], "To: a@x.test\n\n.\nx\n"), (["-t", "-N", "never"], "To: a@x.test\n\nx\n"), (["-t", "-f", ""], "To: a@x.test\n\nx\n"), (["-t", "-f", "<>"], "To: a@x.test\n\nx\n"), (["-t", "-F", "X Y"], "From: z\nTo: a@x.test\n\nx\n"))

    def test_lines(self):
        R = ["r@x.test"]
        T = ("", "\n", "x", "x\n", "no header\n", "Subject: x\n", "Subject: x\n\n", "Subject: x\n\nno newline", "Subject: x\r\n\r\nb\r\n", "Subject: x\n\r\nb\n", "Subject: x\r\n\nb\r\n", "Subject: x\n\na\rb\n", "Subject: x\n\na\r\r\nb\n", "Subject: a\rb\n\nx\n", "Subject: x\r\n\r\na\nb\r\n", "Subject: x\n\n\r\n", "\r\n\r\n", "Subject: x\n\n.\nafter\n", "Subject: x\n\n..\nafter\n", "Subject: x\n\n.\r\nafter\n", "Subject: x\n\n.", "Subject: x\n\n. \nafter\n", ".\n", "Subject: x\n\na\0b\n", "Subject: a\0b\n\nx\n", "\0\n\n", "Subject: x\n\n" + "a" * 2047 + "\nb\n", "Subject: x\n\n" + "a" * 2048 + "\nb\n", "Subject: x\n\n" + "a" * 2049 + "\nb\n", "Subject: x\n\n" + "a" * 5000, "Subject: " + "a" * 3000 + "\nX: 1\n\nb\n", "Subject: x\n\n" + "a" * 2048 + ".\nb\n", "Subject: x\n\n" + "a" * 2048 + "\n.\nb\n", "From a b\nSubject: x\n\nFrom c d\n", "From a b\r\nSubject: x\r\n\r\nb\r\n", "From a b\nFrom c d\nSubject: x\n\nb\n", ">From a b\nSubject: x\n\nb\n", ">>>From a b\nSubject: x\n\nb\n", "From: a\n\nb\n", "from a b\nSubject: x\n\nb\n", "FROM a b\nSubject: x\n\nb\n", "From\nSubject: x\n\nb\n", "From \nSubject: x\n\nb\n", "From a b", "From " + "a" * 3000 + "\nSubject: x\n\nb\n", " lead\nSubject: x\n\nb\n", "\tlead\n\nb\n", "Subject: x\n\n\n\n\nb\n\n\n", "caf\u00e9\n", "Subject: caf\u00e9\n\ncaf\u00e9\n", b"Subject: caf\xe9\n\ncaf\xe9\n".decode("latin-1"), "Received: x\n" * 60 + "\nb\n", "Subject: x\nX-Rej: 1\n\nb\n", "Subject: x\r\r\n\r\r\nb\r\r\n")
        self.post(*[(R, t) for t in T])
        self.post(*[(["-i"] + R, t) for t in ("Subject: x\n\n.\nafter\n", "Subject: x\n\n.\r\nafter\n", ".\n")])
        for how in ("strict", "never"):
            self.inst.set(sendmail_fix_line_endings=how)
            self.post(*[(["-f", how + "@y.test"] + R, t) for t in T[8:22] + T[-1:]])

    def test_users(self):
        self.post(*[(["r@x.test"], MSG, {"env": e}) for e in ({"NAME": "Env Name"}, {"NAME": ""}, {"NAME": "a, b"}, {"NAME": "caf\u00e9"}, {"LOGNAME": "bob", "USER": "bob"}, {"MAIL_VERBOSE": "1"}, {"MAIL_DEBUG": "1"}, {"TZ": "CET-1"}, {"LC_ALL": "de_DE"}, {"SENDMAIL": "x"}, {"MAIL_LOGTAG": "tag"})])
        self.post((["r@x.test"], MSG, {"user": None}), (["-f", "q@y.test", "r@x.test"], MSG, {"user": None}), (["r@x.test"], MSG, {"user": "nobody"}), (["r@x.test"], MSG, {"user": "postfix"}), (["-bs"], "HELO x\r\nMAIL FROM:<a@y.test>\r\nRCPT TO:<r@x.test>\r\nDATA\r\nSubject: y\r\n\r\nb\r\n.\r\nQUIT\r\n", {"user": "bob", "quick": 1}))
        for name, value in (("message_size_limit", "1000"), ("header_size_limit", "50"), ("always_bcc", "bcc@x.test"), ("hopcount_limit", "2"), ("header_address_token_limit", "3"), ("line_length_limit", "60"), ("local_header_rewrite_clients", ""), ("remote_header_rewrite_domain", "dom.invalid"), ("always_add_missing_headers", "yes"), ("undisclosed_recipients_header", "To: undisclosed-recipients:;"), ("enable_original_recipient", "no"), ("append_at_myorigin", "no"), ("myorigin", "other.test"), ("enable_long_queue_ids", "yes"), ("delay_logging_resolution_limit", "0"), ("authorized_submit_users", "!alice, static:all"), ("authorized_submit_users", "bob"), ("authorized_submit_users", "static:anyone"), ("mail_name", "Foo"), ("local_login_sender_maps", "inline:{alice=a@q.test}"), ("empty_address_local_login_sender_maps_lookup_key", "<>")):
            old = self.inst.main.get(name)
            self.inst.set(**{name: value})
            for text in ("From: joe\nTo: sue, a@x.test\nBcc: c@x.test\n\n" + "long line " * 10 + "\n", "Received: x\n" * 3 + "Subject: y\n\n" + "0123456789\n" * 120):
                for args in (["r@x.test"], ["-t", "-G"]):
                    self.post(([*args], text, {"note": "%s=%s" % (name, value)}))
            del self.inst.main[name]
            if old is not None:
                self.inst.main[name] = old
