"""A delivery ends while something that must be told of it fails: what is logged, where the message stays, and what comes
of it once all is well again. No message may be lost."""
import os
import re
import time

from harness import Group, patience

# name: (what fails, recipient, parameters of the recipient).
ROWS = {
    "bounce_directory_and_refused": ("bounce/", "hardfail@x.test", ""),
    "bounce_directory_and_unknown_user": ("bounce/", "nosuch.user@example.test", ""),
    "bounce_directory_and_waiting": ("bounce/", "softfail@x.test", ""),
    "bounce_directory_and_sent": ("bounce/", "bob@example.test", ""),
    "defer_directory_and_refused": ("defer/", "hardfail@x.test", ""),
    "defer_directory_and_waiting": ("defer/", "softfail@x.test", ""),
    "trace_directory_and_success": ("trace/", "bob@example.test", "NOTIFY=SUCCESS"),
    "trace_directory_and_sent": ("trace/", "bob@example.test", ""),
    "bounce_socket_and_refused": ("private/bounce", "hardfail@x.test", ""),
    "bounce_socket_and_sent": ("private/bounce", "bob@example.test", ""),
    "defer_socket_and_waiting": ("private/defer", "softfail@x.test", ""),
    "defer_socket_and_refused": ("private/defer", "hardfail@x.test", ""),
    "trace_socket_and_success": ("private/trace", "bob@example.test", "NOTIFY=SUCCESS"),
    "flush_socket_and_waiting": ("public/flush", "softfail@x.test", ""),
    "retry_socket_and_waiting": ("private/retry", "softfail@x.test", ""),
    "local_socket": ("private/local", "bob@example.test", ""),
    "smtp_socket": ("private/smtp", "u@x.test", ""),
}

EXPECTED = {
    'bounce_directory_and_refused': """
to=<hardfail@x.test>, dsn=4.3.0, status=deferred
in deferred
then nowhere
returned True
""",
    'bounce_directory_and_sent': """
to=<bob@example.test>, dsn=2.0.0, status=sent
in nowhere
then nowhere
delivered True
""",
    'bounce_directory_and_unknown_user': """
to=<nosuch.user@example.test>, dsn=4.3.0, status=deferred
in deferred
then nowhere
returned True
""",
    'bounce_directory_and_waiting': """
to=<softfail@x.test>, dsn=4.3.0, status=deferred
in deferred
""",
    'bounce_socket_and_refused': """
to=<hardfail@x.test>, dsn=4.3.0, status=deferred
in deferred
then nowhere
returned True
""",
    'bounce_socket_and_sent': """
to=<bob@example.test>, dsn=2.0.0, status=sent
in nowhere
then nowhere
delivered True
""",
    'defer_directory_and_refused': """
to=<hardfail@x.test>, dsn=5.1.1, status=bounced
in nowhere
then nowhere
returned True
""",
    'defer_directory_and_waiting': """
to=<softfail@x.test>, dsn=4.3.0, status=deferred
in deferred
""",
    'defer_socket_and_refused': """
to=<hardfail@x.test>, dsn=5.1.1, status=bounced
in nowhere
then nowhere
returned True
""",
    'defer_socket_and_waiting': """
to=<softfail@x.test>, dsn=4.3.0, status=deferred
in deferred
""",
    'flush_socket_and_waiting': """
to=<softfail@x.test>, dsn=4.3.0, status=deferred
in deferred
""",
    'local_socket': """
to=<bob@example.test>, dsn=4.3.0, status=deferred
in deferred
then nowhere
delivered True
""",
    'retry_socket_and_waiting': """
to=<softfail@x.test>, dsn=4.3.0, status=deferred
in deferred
""",
    'smtp_socket': """
to=<u@x.test>, dsn=4.3.0, status=deferred
in deferred
then nowhere
delivered True
""",
    'trace_directory_and_sent': """
to=<bob@example.test>, dsn=2.0.0, status=sent
in nowhere
then nowhere
delivered True
""",
    'trace_directory_and_success': """
to=<bob@example.test>, dsn=4.3.0, status=deferred
in deferred
then nowhere
delivered True
""",
    'trace_socket_and_success': """
to=<bob@example.test>, dsn=4.3.0, status=deferred
in deferred
then nowhere
delivered True
""",
}


class FailingNeighbours(Group):
    area = "operations"
    cost = 60
    timeout = 60
    main = """
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
minimal_backoff_time = 1000s
transport_retry_time = 2s
default_destination_concurrency_failed_cohort_limit = 1000
fast_flush_domains = x.test
ipc_timeout = 5s
service_throttle_time = 1s
"""

    def run_case(self, name):
        self.inst.purge()
        self.sink.reset()
        super().run_case(name)
        self.inst.purge()

    def break_it(self, what):
        path = os.path.join(self.inst.queue_dir, what.rstrip("/"))
        if not what.endswith("/"):
            os.rename(path, path + ".away")
            self.inst.reload()  # nobody is connected any more
            return lambda: os.rename(path + ".away", path)
        before = os.stat(path)
        os.chown(path, 0, 0)
        os.chmod(path, 0o755)

        def mend():
            os.chown(path, before.st_uid, before.st_gid)
            os.chmod(path, before.st_mode & 0o7777)
        return mend

    def place(self, qid):
        for d, _, files in os.walk(self.inst.queue_dir):
            queue = os.path.relpath(d, self.inst.queue_dir).split("/")[0]
            if qid in files and queue in ("incoming", "active", "deferred", "corrupt", "hold"):
                return queue
        return "nowhere"

    def outcome(self, qid, t):
        log = self.inst.log_text(self.since)
        said = re.findall(r"%s: (to=\S+ .*?status=\w+)" % qid, log)
        said = [re.sub(r"(relay|delay|delays|orig_to|conn_use)=\S+ ", "", line) for line in said]
        return list(dict.fromkeys(said))

    def look(self, name):
        what, rcpt, params = ROWS[name]
        t = self.token()
        mend = self.break_it(what)
        try:
            q = self.sent(self.inst.send("alice@example.test", rcpt, rcpt_params=params,
                                         data="Subject: %s\n\n%s\n" % (t, t)))
            # It has come to rest when nothing was logged for a while.
            end, size = time.time() + 12, -1
            while time.time() < end:
                time.sleep(1.5)
                now = self.inst.log_size()
                if now == size and self.place(q) in ("deferred", "nowhere", "hold"):
                    break
                size = now
            seen = self.outcome(q, t) + ["in " + self.place(q)]
        finally:
            mend()
        if "soft" not in rcpt:
            self.inst.run("postqueue", "-f")
            end = time.time() + patience.wait()
            while self.place(q) != "nowhere" and time.time() < end:
                self.inst.run("postqueue", "-f")
                time.sleep(0.5)
            seen.append("then " + self.place(q))
            arrived = "bob" if rcpt.startswith("bob") else None
            if arrived:
                seen.append("delivered %s" % bool(self.inst.wait_mail("bob", t, timeout=3)))
            elif rcpt.startswith("u@"):
                seen.append("delivered %s" % bool(self.sink.wait(t, timeout=3)))
            else:
                seen.append("returned %s" % bool(self.inst.wait_mail("alice", t, timeout=3)))
        self.eq("\n" + "\n".join(seen) + "\n", "\n" + EXPECTED.get(name, "").strip("\n") + "\n", "what comes of it")


for _name in ROWS:
    setattr(FailingNeighbours, "test_" + _name, lambda self, name=_name: self.look(name))
