"""postsuper, postqueue, mailq, postcat and qshape: every option, exit status and what they say."""
import os
import re
import time

from harness import Group

MAIN = """
smtpd_relay_restrictions = permit_mynetworks, reject
minimal_backoff_time = 1000s
default_destination_concurrency_failed_cohort_limit = 1000
fast_flush_domains = flushme.test
"""


class Commands(Group):
    """What the groups here share."""
    area = "queue"
    main = MAIN

    def deferred(self, rcpt="softfail@x.test", sender="bob@example.net", **kw):
        qid = self.sent(self.inst.send(sender, rcpt, **kw))
        self.found(self.inst.wait_deferred(qid), "deferred")
        return qid

    def where(self):
        return {e["queue_id"]: e["queue_name"] + ("#" if e["forced_expire"] else "") for e in self.inst.queue()}

    def run_case(self, name):
        self.inst.purge()
        self.sink.reset()
        super().run_case(name)

    def lines(self, result):
        """What a command said on standard error, without its name."""
        return [line.split(": ", 1)[-1] for line in result.err.splitlines()]

    def file_of(self, qid, queue="deferred"):
        for d, _, files in os.walk(os.path.join(self.inst.queue_dir, queue)):
            if qid in files:
                return os.path.join(d, qid)
        return None


class Postsuper(Commands):
    cost = 12

    def test_only_for_root(self):
        for args in ((), ("-p",), ("-d", "ALL")):
            r = self.inst.run("postsuper", *args, user="alice")
            self.eq(r.rc, 1, "exit status")
            self.match("reserved for the superuser", r.err)

    def test_bad_ids_are_passed_over(self):
        for bad in ("x y", "", "../x", "A.B", "A" * 300):
            r = self.inst.run("postsuper", "-d", bad)
            self.eq(r.rc, 0, "exit status")
            self.match(r"warning: invalid mail queue id: ", r.err)
            self.match(r"postsuper: Deleted: 0 messages$", r.err)

    def test_usage(self):
        for args in (("-z",), ("-d",), ("-h",)):
            r = self.inst.run("postsuper", *args)
            self.eq(r.rc, 1, "exit status")
            self.match(r"fatal: usage: postsuper \[-c config_dir\] ", r.err)

    def test_bad_directories(self):
        for name in ("bogus", "corrupt", "saved"):
            r = self.inst.run("postsuper", "-d", "ALL", name)
            self.eq(r.rc, 1, "exit status")
            self.match(r"fatal: invalid directory name: %s$" % name, r.err)
        self.log(r"postfix/postsuper\[\d+\]: fatal: invalid directory name: bogus")

    def test_directories_that_hold_no_messages(self):
        q = self.deferred()
        r = self.inst.run("postsuper", "-d", "ALL", "defer", "bounce")
        self.eq((r.rc, self.lines(r)), (0, ["Deleted: 0 messages"]), "result")
        self.eq(self.where(), {q: "deferred"}, "queue")

    def test_only_the_named_queues(self):
        q = self.deferred()
        r = self.inst.run("postsuper", "-d", q, "hold")
        self.eq(self.lines(r), ["Deleted: 0 messages"], "output")
        r = self.inst.run("postsuper", "-d", q, "hold", "deferred")
        self.eq(self.lines(r), ["%s: removed" % q, "Deleted: 1 message"], "output")
        self.eq(self.where(), {}, "queue")

    def test_hold_and_release(self):
        q = self.deferred()
        r = self.inst.run("postsuper", "-h", q)
        self.eq(self.lines(r), ["%s: placed on hold" % q, "Placed on hold: 1 message"], "output")
        self.log(r"postfix/postsuper\[\d+\]: %s: placed on hold" % q)
        self.log(r"postfix/postsuper\[\d+\]: Placed on hold: 1 message")
        r = self.inst.run("postsuper", "-h", q)
        self.eq(self.lines(r), ["Placed on hold: 0 messages"], "once more")
        self.eq(self.where(), {q: "hold"}, "queue")
        r = self.inst.run("postsuper", "-H", q)
        self.eq(self.lines(r), ["%s: released from hold" % q, "Released from hold: 1 message"], "output")
        self.eq(self.where(), {q: "deferred"}, "queue")
        r = self.inst.run("postsuper", "-H", q)
        self.eq(self.lines(r), ["Released from hold: 0 messages"], "not on hold")

    def test_expire_counts_once(self):
        q = self.deferred()
        r = self.inst.run("postsuper", "-e", q)
        self.eq(self.lines(r), ["%s: expired" % q, "Force-expired: 1 message"], "output")
        r = self.inst.run("postsuper", "-e", q)
        self.eq(self.lines(r), ["Force-expired: 0 messages"], "once more")
        self.eq(self.where(), {q: "deferred#"}, "queue")

    def test_expire_and_release(self):
        q, p = self.deferred(), self.deferred()
        self.inst.run("postsuper", "-h", q)
        r = self.inst.run("postsuper", "-f", q)
        self.eq(self.lines(r), ["%s: expired" % q, "%s: released from hold" % q, "Force-expired: 1 message",
                                "Released from hold: 1 message"], "on hold")
        self.eq(self.where()[q], "deferred#", "queue")
        r = self.inst.run("postsuper", "-f", p)
        self.eq(self.lines(r), ["%s: expired" % p, "Force-expired: 1 message", "Released from hold: 0 messages"],
                "not on hold")

    def test_order_of_summaries(self):
        q = [self.deferred() for _ in range(5)]
        self.inst.run("postsuper", "-h", q[4])
        r = self.inst.run("postsuper", "-H", q[4], "-h", q[3], "-e", q[2], "-d", q[1], "-r", q[0])
        self.eq(self.lines(r),
                ["%s: released from hold" % q[4], "%s: placed on hold" % q[3], "%s: expired" % q[2],
                 "%s: removed" % q[1], "%s: requeued" % q[0],
                 "Requeued: 1 message", "Deleted: 1 message", "Force-expired: 1 message",
                 "Placed on hold: 1 message", "Released from hold: 1 message"], "output")

    def test_ids_from_stdin(self):
        q, p, s = self.deferred(), self.deferred(), self.deferred()
        r = self.inst.run("postsuper", "-h", "-", input="%s\n\nbad id\n %s \n%s" % (q, p, s))
        self.eq(r.rc, 0, "exit status")
        self.eq(self.lines(r),
                ["%s: placed on hold" % q, "warning: invalid mail queue id: ",
                 "warning: invalid mail queue id: bad id", "warning: invalid mail queue id:  %s " % p,
                 "%s: placed on hold" % s, "Placed on hold: 2 messages"], "output")
        self.eq(self.where(), {q: "hold", p: "deferred", s: "hold"}, "queue")
        self.eq(self.lines(self.inst.run("postsuper", "-d", "-", input="")), ["Deleted: 0 messages"], "no input")

    def test_stdin_belongs_to_the_first_that_reads_it(self):
        q = self.deferred()
        r = self.inst.run("postsuper", "-d", "-", "-h", "-", input=q + "\n")
        self.eq(self.lines(r), ["%s: removed" % q, "Deleted: 1 message", "Placed on hold: 0 messages"], "output")

    def test_all_are_not_named_one_by_one(self):
        q, p = self.deferred(), self.deferred()
        r = self.inst.run("postsuper", "-h", "ALL")
        self.eq(self.lines(r), ["Placed on hold: 2 messages"], "output")
        self.eq(self.where(), {q: "hold", p: "hold"}, "queue")
        r = self.inst.run("postsuper", "-e", "ALL")
        self.eq(self.lines(r), ["Force-expired: 2 messages"], "output")
        r = self.inst.run("postsuper", "-f", "ALL")
        self.eq(self.lines(r), ["Force-expired: 0 messages", "Released from hold: 2 messages"], "output")
        self.eq(self.where(), {q: "deferred#", p: "deferred#"}, "queue")
        r = self.inst.run("postsuper", "-d", "ALL", "deferred", "deferred")
        self.eq(self.lines(r), ["Deleted: 2 messages"], "output")

    def test_lower_case_all_is_an_id(self):
        q = self.deferred()
        r = self.inst.run("postsuper", "-d", "all")
        self.eq((r.rc, self.lines(r)), (0, ["Deleted: 0 messages"]), "result")
        self.eq(self.where(), {q: "deferred"}, "queue")

    def test_single_ids_come_before_all(self):
        q, p = self.deferred(), self.deferred()
        r = self.inst.run("postsuper", "-h", "ALL", "-e", q)
        self.eq(self.lines(r), ["%s: expired" % q, "Force-expired: 1 message", "Placed on hold: 2 messages"], "output")
        self.eq(self.where(), {q: "hold#", p: "hold"}, "queue")

    def test_requeue_goes_through_maildrop(self):
        t = self.token()
        self.sink.behave["RCPT"] = "451 4.3.0 wait"
        q = self.deferred("again@x.test", body=t)
        self.inst.run("postsuper", "-h", q)
        r = self.inst.run("postsuper", "-r", q)
        self.eq(self.lines(r), ["%s: requeued" % q, "Requeued: 1 message"], "output")
        self.sink.behave.clear()
        self.inst.run("postkick", "public", "pickup", "W")
        self.log(r"postfix/pickup\[\d+\]: [0-9A-F]+: uid=\d+ from=<bob@example\.net> orig_id=%s" % q)
        self.at_sink(t)

    def test_delete_in_maildrop(self):
        q = self.deferred()
        self.inst.run("postsuper", "-r", q)
        r = self.inst.run("postsuper", "-d", "ALL", "maildrop")
        self.ok(self.lines(r) in (["Deleted: 1 message"], ["Deleted: 0 messages"]), "output", r)

    def test_held_messages_do_not_move_by_hold_or_release_of_other_queues(self):
        q = self.deferred()
        self.inst.run("postsuper", "-h", q)
        self.eq(self.lines(self.inst.run("postsuper", "-H", q, "deferred")), ["Released from hold: 0 messages"],
                "release in deferred")
        self.eq(self.lines(self.inst.run("postsuper", "-h", "ALL", "hold")), ["Placed on hold: 0 messages"],
                "hold in hold")
        self.eq(self.where(), {q: "hold"}, "queue")

    def test_deleting_removes_the_log(self):
        q = self.deferred()
        self.found(self.file_of(q, "defer"), "defer log")
        self.inst.run("postsuper", "-d", q)
        self.eq(self.file_of(q, "defer"), None, "defer log")

    def test_structure_says_nothing_when_all_is_well(self):
        for args in (("-s",), ("-S",), ("-p",), ()):
            r = self.inst.run("postsuper", *args)
            self.eq((r.rc, r.out, r.err), (0, "", ""), " ".join(args))

    def test_name_that_does_not_match_the_inode(self):
        q = self.deferred()
        path = self.file_of(q)
        wrong = q[:-1] + ("0" if q[-1] != "0" else "1")
        os.rename(path, os.path.join(os.path.dirname(path), wrong))
        r = self.inst.run("postsuper", "-s")
        self.eq(r.rc, 0, "exit status")
        self.match(r"postsuper: Renamed to match inode number: 1 message$", r.err)
        self.match(r"postsuper: warning: QUEUE FILE NAMES WERE CHANGED TO MATCH INODE NUMBERS$", r.err)
        self.eq(self.where(), {q: "deferred"}, "queue")

    def test_no_action_after_names_were_changed(self):
        q = self.deferred()
        path = self.file_of(q)
        wrong = q[:-1] + ("0" if q[-1] != "0" else "1")
        os.rename(path, os.path.join(os.path.dirname(path), wrong))
        r = self.inst.run("postsuper", "-s", "-d", wrong)
        self.eq(r.rc, 1, "exit status")
        self.match(r"fatal: CHECK YOUR QUEUE IDS AND RE-ISSUE THE COMMAND$", r.err)
        self.match(r"warning: OPERATION INCOMPLETE -- RERUN COMMAND TO FIX THE QUEUE FIRST$", r.err)
        self.eq(self.where(), {q: "deferred"}, "queue")

    def test_file_in_the_wrong_directory(self):
        q = self.deferred()
        path = self.file_of(q)
        os.rename(path, os.path.join(self.inst.queue_dir, "deferred", q))
        self.eq(self.inst.run("postsuper", "-s").rc, 0, "exit status")
        self.eq(self.file_of(q), path, "path")

    def test_foreign_and_stale_files(self):
        directory = os.path.dirname(self.file_of(self.deferred()))
        stale, young = os.path.join(directory, "12.34"), os.path.join(directory, "12.35")
        for path in (stale, young):
            open(path, "w").close()
        os.utime(stale, (1, 1))
        try:
            r = self.inst.run("postsuper", "-s")
            self.match(r"warning: bogus file name: deferred/\w/12\.34$", r.err)
            self.inst.run("postsuper", "-p")
            self.eq((os.path.exists(stale), os.path.exists(young)), (False, True), "files")
        finally:
            os.unlink(young)


class Postqueue(Commands):
    cost = 8

    def test_usage(self):
        for args in ((), ("-z",), ("-p", "-f"), ("-p", "x"), ("-f", "x"), ("-i",), ("-s",), ("-j", "-p"),
                     ("-p", "-p"), ("-i", "ABC", "-s", "x.test")):
            r = self.inst.run("postqueue", *args)
            self.eq(r.rc, 69, "exit status of postqueue " + " ".join(args))
            self.match(r"postqueue: fatal: usage: postqueue -f \| postqueue -i queueid \| postqueue -j \| ", r.err)

    def test_bad_arguments(self):
        for option, value, text in (("-i", "bad id", 'Cannot flush queue ID - invalid name: "bad id"'),
                                    ("-s", "", 'Cannot flush mail queue - invalid destination: ""'),
                                    ("-s", "bad..name", 'Cannot flush mail queue - invalid destination: "bad..name"'),
                                    ("-s", "-x", 'Cannot flush mail queue - invalid destination: "-x"'),
                                    ("-s", "a b", 'Cannot flush mail queue - invalid destination: "a b"'),
                                    ("-s", "[x.test]", 'Cannot flush mail queue - invalid destination: "[x.test]"'),
                                    ("-s", "x.test", 'Flush service is not configured for destination "x.test"'),
                                    ("-s", "[127.0.0.1]",
                                     'Flush service is not configured for destination "[127.0.0.1]"')):
            r = self.inst.run("postqueue", option, value)
            self.eq((r.rc, r.err), (69, "postqueue: fatal: %s\n" % text), "postqueue %s %s" % (option, value))

    def test_unknown_ids_are_no_error(self):
        for qid in ("ABCDEF", "ALL"):
            r = self.inst.run("postqueue", "-i", qid)
            self.eq((r.rc, r.err), (0, ""), qid)

    def test_not_authorized(self):
        q = self.deferred()
        self.inst.set(authorized_mailq_users="bob", authorized_flush_users="!alice, static:anyone")
        try:
            for args, what in ((("-p",), "view"), (("-j",), "view"), (("-f",), "flush"),
                               (("-s", "flushme.test"), "flush"), (("-i", q), "flush")):
                r = self.inst.run("postqueue", *args, user="alice")
                self.eq(r.rc, 69, "exit status")
                self.match(r"fatal: User alice\(\d+\) is not allowed to %s the mail queue$" % what, r.err)
            r = self.inst.run("mailq", user="alice")
            self.match(r"User alice\(\d+\) is not allowed to view the mail queue$", r.err)
            self.eq(self.inst.run("postqueue", "-p").rc, 0, "root")
        finally:
            self.inst.set(authorized_mailq_users="static:anyone", authorized_flush_users="static:anyone")

    def test_marks_in_the_listing(self):
        q, p = self.deferred(), self.deferred(sender="")
        self.inst.run("postsuper", "-h", q, "-e", p)
        out = self.inst.run("postqueue", "-p").out
        self.match(r"^%s!? +\d+ \w{3} \w{3} [ \d]\d [\d:]{8}  bob@example\.net$" % q, out)
        self.match(r"^%s! " % q, out)
        self.match(r"^%s# .*  MAILER-DAEMON$" % p, out)
        self.match(r"^-- 0 Kbytes in 2 Requests\.$", out)
        self.inst.run("postsuper", "-e", q)
        self.match(r"^%s(!#|#!)? " % q, self.inst.run("postqueue", "-p").out)

    def test_reasons_of_several_recipients(self):
        self.sink.behave["RCPT"] = ["451 4.3.0 one", "451 4.3.0 one", "451 4.3.0 two"]
        q = self.sent(self.inst.send(rcpts=("a@x.test", "b@x.test", "c@x.test")))
        self.found(self.inst.wait_deferred(q), "deferred")
        out = self.inst.run("postqueue", "-p").out
        reasons = re.findall(r"^ *\((.*)\)$", out, re.M)
        self.eq([" ".join(re.findall("one|two", r)) for r in reasons], ["one", "two"], "reasons")
        self.eq(re.findall(r"^ +(\w@x\.test)$", out, re.M), ["a@x.test", "b@x.test", "c@x.test"], "recipients")

    def test_sendmail_options_of_the_queue(self):
        for args, rc, text in ((("-qR",), 75, "specify: -qRsitename"), (("-qI",), 75, "specify: -qIqueueid"),
                               (("-qS",), 75, "-qS is not implemented"),
                               (("-qSx.test",), 75, "-qS is not implemented"),
                               (("-qfoo",), 75, "-qf is not implemented"),
                               (("-q", "someone"), 75, "flush queue mode requires no recipient"),
                               (("-bp", "someone"), 75, "display queue mode requires no recipient"),
                               (("-qRx.test",), 69, 'Flush service is not configured for destination "x.test"'),
                               (("-q",), 0, ""), (("-q5m",), 0, ""), (("-qIABCDEF",), 0, ""),
                               (("-qRflushme.test",), 0, "")):
            r = self.inst.sendmail(*args)
            self.eq(r.rc, rc, "exit status of sendmail " + " ".join(args))
            self.ok(r.err.endswith(": fatal: %s\n" % text) if text else not r.err, "sendmail " + " ".join(args), r)

    def test_list_beats_flush(self):
        q = self.deferred()
        self.match(r"^%s " % q, self.inst.sendmail("-q", "-bp").out)
        self.match(r"^%s " % q, self.inst.run("mailq", "-Ac").out)

    def test_mail_system_is_down(self):
        q = self.deferred()
        self.inst.stop()
        try:
            r = self.inst.run("postqueue", "-p")
            self.eq(r.rc, 0, "exit status")
            self.match(r"warning: Mail system is down -- accessing queue directly", r.err)
            self.match(r"^%s " % q, r.out)
            self.match(r'"queue_id": "%s"' % q, self.inst.run("postqueue", "-j").out)
            for args in (("-f",), ("-i", q), ("-s", "flushme.test")):
                r = self.inst.run("postqueue", *args)
                self.eq(r.rc, 69, "exit status of postqueue " + " ".join(args))
                self.match(r"fatal: Cannot flush mail queue - mail system is down$", r.err)
            self.eq(self.inst.sendmail("-q").rc, 69, "sendmail -q")
            r = self.inst.run("postqueue", "-p", user="alice")
            self.eq(r.rc, 69, "somebody else")
        finally:
            self.inst.start()

    def test_one_message_whatever_its_transport(self):
        self.inst.set(defer_transports="smtp")
        self.inst.reload()
        try:
            t = self.token()
            q = self.sent(self.inst.send(rcpts="one@x.test", body=t))
            self.log(r"%s: .*status=deferred \(deferred transport\)" % q)
            self.found(self.inst.wait_deferred(q), "deferred")
            self.inst.run("postqueue", "-i", q)
            self.at_sink(t)
        finally:
            self.inst.set(defer_transports="")
            self.inst.reload()


class Postcat(Commands):
    cost = 5

    def test_usage(self):
        r = self.inst.run("postcat", "-z", "x")
        self.eq(r.rc, 1, "exit status")
        self.match(r"fatal: usage: \S*postcat \[-b \(body text\)\] \[-c config_dir\]", r.err)

    def test_missing(self):
        r = self.inst.run("postcat", "/nonexistent")
        self.eq(r.rc, 1, "exit status")
        self.match(r"postcat: fatal: open /nonexistent: No such file or directory$", r.err)
        r = self.inst.run("postcat", "-q", "bad id")
        self.eq(r.rc, 1, "exit status")
        self.match(r"postcat: fatal: bad mail queue ID: bad id$", r.err)
        q = self.deferred()
        r = self.inst.run("postcat", "-q", q, "ABCDEF")
        self.eq(r.rc, 1, "exit status")
        self.match(r"postcat: fatal: open queue file ABCDEF: No such file or directory$", r.err)
        self.match(r"^\*\*\* MESSAGE FILE END deferred/\w/%s \*\*\*$" % q, r.out)

    def test_what_is_no_queue_file(self):
        r = self.inst.run("postcat", "/etc/passwd")
        self.eq((r.rc, r.out), (0, ""), "a text file")
        self.match(r"postcat: warning: /etc/passwd: input is not a valid queue file$", r.err)
        r = self.inst.run("postcat", "/dev/null")
        self.eq((r.rc, r.out, r.err), (0, "", ""), "an empty file")

    def test_cut_off(self):
        q = self.deferred()
        path = self.path("cut")
        with open(self.file_of(q), "rb") as f, open(path, "wb") as cut:
            cut.write(f.read(150))
        r = self.inst.run("postcat", path)
        self.eq(r.rc, 1, "exit status")
        self.match(r"^message_arrival_time: ", r.out)
        self.match(r"postcat: fatal: record read error$", r.err)

    def test_offsets_and_types(self):
        q = self.deferred()
        self.match(r"^        0 message_size: +\d+ +\d+ +1 +\d+ +\d+ +0$",
                   self.inst.run("postcat", "-o", "-q", q).out)
        self.match(r"^ +97 message_arrival_time: ", self.inst.run("postcat", "-eo", "-q", q).out)
        self.match(r"^ 84 message_arrival_time: ", self.inst.run("postcat", "-d", "-q", q).out)
        self.match(r"^ 82 recipient: softfail@x\.test$", self.inst.run("postcat", "-ed", "-q", q).out)
        self.match(r"^       97  84 message_arrival_time: ", self.inst.run("postcat", "-do", "-q", q).out)

    def test_verbose_names_text(self):
        q = self.deferred(body="one\n" + "y" * 3000 + "\n")
        out = self.inst.run("postcat", "-bv", "-q", q).out
        self.match(r"^regular_text: one$", out)
        self.match(r"^unterminated_text: y+$", out)
        self.match(r"^regular_text: y+$", out)
        plain = self.inst.run("postcat", "-b", "-q", q).out
        self.match(r"^y{3000}$", plain)

    def test_segments(self):
        q = self.deferred()
        for options, parts in (("-e", "EMX"), ("-h", "H"), ("-b", "B"), ("-bh", "HB"), ("-eb", "EMBX"),
                               ("-eh", "EMHX"), ("-beh", "EMHBX")):
            out = self.inst.run("postcat", options, "-q", q).out
            seen = "".join(letter for letter, regex in (
                ("E", r"^sender: "), ("M", r"^\*\*\* MESSAGE CONTENTS "), ("H", r"^Subject: "), ("B", r"^hello$"),
                ("X", r"^\*\*\* HEADER EXTRACTED ")) if re.search(regex, out, re.M))
            self.eq(seen, parts, "postcat " + options)

    def test_start_offset(self):
        q = self.deferred()
        out = self.inst.run("postcat", "-s", "97", "-q", q).out
        self.nomatch(r"^message_size:", out)
        self.match(r"^message_arrival_time: ", out)
        r = self.inst.run("postcat", "-s", "x", "-q", q)
        self.eq(r.rc, 1, "exit status")

    def test_files_of_others(self):
        q = self.deferred()
        r = self.inst.run("postcat", "-q", q, user="alice")
        self.eq(r.rc, 1, "exit status")
        self.match(r"postcat: fatal: open queue file %s: Permission denied$" % q, r.err)

    def test_standard_input(self):
        q = self.deferred()
        with open(self.file_of(q), "rb") as f:
            data = f.read()
        out = self.inst.run("postcat", "-e", input=data).out
        self.match(r"^\*\*\* ENVELOPE RECORDS stdin \*\*\*$", out)
        self.match(r"^recipient: softfail@x\.test$", out)


class Qshape(Commands):
    cost = 6

    def rows(self, *args):
        r = self.inst.run("qshape", *args)
        self.eq(r.rc, 0, "exit status")
        return r.out.splitlines()

    def fill(self):
        self.inst.send("bob@example.net", ["softfail%d@x.test" % i for i in range(3)] +
                       ["softfail@s%d.y.test" % i for i in range(5)] + ["softfail@" + "l" * 50 + ".x.test"])
        self.inst.send("", "softfail@UPPER.x.test")
        self.ok(self.inst.wait_queue(lambda entries: [e["queue_name"] for e in entries] == ["deferred"] * 2),
                "two deferred messages")

    def test_empty(self):
        head = "T  5 10 20 40 80 160 320 640 1280 1280+"
        zero = "TOTAL  0  0  0  0  0  0   0   0   0    0     0"
        self.eq(self.rows(), [head.rjust(80), zero.rjust(80)], "table")
        self.eq(self.rows("hold"), [head.rjust(80), zero.rjust(80)], "hold")

    def test_recipients(self):
        self.fill()
        rows = self.rows("deferred")
        self.eq({len(row) for row in rows}, {80}, "width")
        tail = "  0  0  0  0   0   0   0    0     0"
        self.eq(rows[1], ("TOTAL 10 10" + tail).rjust(80), "totals")
        self.eq(rows[2], ("x.test  3  3" + tail).rjust(80), "most recipients")
        self.eq(sorted(rows[3:8]), [("s%d.y.test  1  1" % i + tail).rjust(80) for i in range(5)], "shorter names first")
        self.eq(rows[8], ("upper.x.test  1  1" + tail).rjust(80), "lower case")
        self.match(r"^\+l+\.x\.test ", rows[9])

    def test_senders(self):
        self.fill()
        self.eq([row.split()[:2] for row in self.rows("-s", "deferred")[1:]],
                [["TOTAL", "2"], ["example.net", "1"], ["MAILER-DAEMON", "1"]], "senders")

    def test_parents_are_added(self):
        self.fill()
        rows = [row.split()[:2] for row in self.rows("-p", "deferred")]
        self.eq(rows[1:4], [["TOTAL", "10"], [".y.test", "5"], ["x.test", "3"]], "parents")
        self.ok(["s1.y.test", "1"] in rows, "children stay", rows)
        self.ok([".x.test", "2"] not in rows, "few children", rows)
        rows = [row.split()[:2] for row in self.rows("-p", "-m", "2", "deferred")]
        self.ok([".x.test", "2"] in rows, "two children", rows)
        rows = [row.split()[0] for row in self.rows("-p", "-m", "6", "deferred")]
        self.ok(".y.test" not in rows, "less than six", rows)

    def test_buckets(self):
        for args, head in ((("-b", "4"), "T  5 10 20 20+"), (("-t", "10", "-b", "3"), "T 10 20 20+"),
                           (("-l", "-b", "3", "-t", "1"), "T  1  2 2+"), (("-b", "1"), "T 0+"),
                           (("-l",), "T  5 10 15 20 25 30 35 40 45 45+"),
                           (("-b", "0"), "T  5 10 20 40 80 160 320 640 1280 1280+"),
                           (("-t", "1000", "-b", "4"), "T 1000 2000 4000 4000+")):
            self.eq(self.rows(*args, "deferred")[0], head.rjust(80), "qshape " + " ".join(args))

    def test_width(self):
        self.eq(len(self.rows("-w", "120", "deferred")[0]), 120, "wider")
        self.eq(len(self.rows("-w", "40", "deferred")[0]), 80, "never narrower")

    def test_a_queue_by_its_path(self):
        self.fill()
        self.eq(sorted(self.rows(self.inst.queue_dir + "/deferred")), sorted(self.rows("deferred")), "table")

    def test_queues_that_are_not_there(self):
        r = self.inst.run("qshape", "bogus")
        self.eq(r.rc, 0, "exit status")
        self.match(r"bogus: No such file or directory", r.err)
        self.match(r"TOTAL +0 ", r.out)

    def test_usage(self):
        r = self.inst.run("qshape", "-z")
        self.eq(r.rc, 255, "exit status")
        self.match(r"(?i)usage: \S*qshape ", r.err)


def record(kind, data=b""):
    """One record as postdrop(1) reads it."""
    data = data.encode() if isinstance(data, str) else data
    size, length = len(data), b""
    while True:
        low, size = size & 127, size >> 7
        length += bytes([low | (128 if size else 0)])
        if not size:
            return kind.encode() + length + data


HEAD = record("S", "bob@example.net") + record("R", "softfail@x.test")
TAIL = (record("M") + record("N", "Subject: dropped") + record("N") + record("N", "text") + record("X") +
        record("E"))


class Postdrop(Commands):
    cost = 5

    def drop(self, data, *args, **kw):
        return self.inst.run("postdrop", *args, input=data, **kw)

    def test_takes_a_message(self):
        r = self.drop(HEAD + TAIL)
        self.eq(r.rc, 0, "exit status")
        self.match(r"\Aprotocol\0postdrop_protocol\0queue_id\0[0-9A-Za-z]+\0\0status\x000\0reason\0\0\0\Z", r.out)
        self.inst.run("postkick", "public", "pickup", "W")
        self.log(r"postfix/pickup\[\d+\]: [0-9A-F]+: uid=0 from=<bob@example\.net>")

    def test_input_that_stops_leaves_nothing(self):
        for data in (b"", HEAD, (HEAD + TAIL)[:-2], HEAD + record("M") + record("N", "x") + record("X")):
            r = self.drop(data)
            self.eq(r.rc, 0, "exit status")
            self.nomatch(r"status", r.out)
        self.eq(os.listdir(os.path.join(self.inst.queue_dir, "maildrop")), [], "maildrop")

    def test_records_a_user_may_not_write(self):
        for kind, data in (("Q", "x"), ("L", "smtp:x"), ("W", "12"), (">", "x@y.test"), ("p", "%15d" % 0),
                           ("D", "a@x.test"), ("N", "x")):
            r = self.drop(record(kind, data) + HEAD + TAIL)
            self.eq(r.rc, 1, "exit status for " + kind)
            self.match(r"postdrop: fatal: uid=0: unexpected record type: %d$" % ord(kind), r.err)

    def test_content_must_be_closed(self):
        r = self.drop(HEAD + record("M") + record("N", "x") + record("E"))
        self.eq(r.rc, 1, "exit status")
        self.match(r"fatal: uid=0: unexpected record type: 69$", r.err)

    def test_malformed(self):
        for data in (HEAD + record("M") + record("N", "z" * 3000) + record("X") + record("E"),
                     b"S\xff\xff\xff\xff\xff\x01x"):
            r = self.drop(data)
            self.eq(r.rc, 1, "exit status")
            self.match(r"fatal: uid=0: malformed input$", r.err)

    def test_sender_and_recipient_are_needed(self):
        for data in (record("S", "b@x.test") + TAIL, record("R", "b@x.test") + TAIL):
            r = self.drop(data)
            self.eq(r.rc, 1, "exit status")
            self.match(r"status\x001\0reason\0", r.out)

    def test_attributes_that_are_not_for_users(self):
        r = self.drop(record("A", "log_client_name=evil") + HEAD + TAIL)
        self.eq(r.rc, 0, "exit status")
        self.match(r"warning: uid=0: ignoring attribute record: log_client_name=evil$", r.err)
        r = self.drop(record("A", "nothing") + HEAD + TAIL)
        self.eq(r.rc, 0, "exit status")
        self.match(r"warning: uid=0: ignoring malformed record: missing '=' after attribute name: nothing$", r.err)

    def test_usage(self):
        r = self.drop(b"", "-z")
        self.eq(r.rc, 1, "exit status")
        self.match(r"postdrop: fatal: usage: postdrop \[-c config_dir\] \[-v\]$", r.err)

    def test_not_authorized(self):
        self.inst.set(authorized_submit_users="!alice, static:anyone")
        try:
            r = self.drop(HEAD + TAIL, user="alice")
            self.eq(r.rc, 1, "exit status")
            self.match(r"postdrop: fatal: User alice\(\d+\) is not allowed to submit mail$", r.err)
        finally:
            self.inst.set(authorized_submit_users="static:anyone")

    def test_too_large(self):
        self.inst.set(message_size_limit="2000", mailbox_size_limit="0")
        try:
            r = self.drop(HEAD + record("M") + record("N", "z" * 1500) * 4 + record("X") + record("E"))
            self.ok(r.rc not in (0, 1), "exit status", r)
            self.eq(os.listdir(os.path.join(self.inst.queue_dir, "maildrop")), [], "maildrop")
        finally:
            self.inst.set(message_size_limit="10240000", mailbox_size_limit="51200000")
