"""The queue manager: what is delivered when, how many at once, and what it says when something is wrong."""
import os
import re
import threading
import time

from harness import FakeSMTP, Group


class Watch:
    """Counts the deliveries at once at the end of data of a sink, and remembers their order."""

    def __init__(self, seconds=0.3):
        self.seconds, self.lock = seconds, threading.Lock()
        self.now, self.most, self.begun = 0, 0, []

    def __call__(self, session, arg):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
            self.begun.append(time.time())
        time.sleep(self.seconds)
        with self.lock:
            self.now -= 1
        return None

    def gaps(self):
        return [b - a for a, b in zip(self.begun, self.begun[1:])]


class Scheduling(Group):
    area = "queue"
    cost = 40
    main = """
smtpd_relay_restrictions = permit_mynetworks, reject
minimal_backoff_time = 1000s
smtp_connection_cache_on_demand = no
transport_maps = inline:{
  { three.test = three: } { one.test = one: } { grow.test = grow: } { pairs.test = pairs: }
  { single.test = single: } { pause.test = pause: } { paced1.test = paced: } { paced2.test = paced: }
  { fifo.test = fifo: } { shared.test = shared: } { missing.test = missing: } { broken.test = broken: }
  { dead.test = dead:[127.0.0.1]:9 } { patient.test = patient:[127.0.0.1]:9 } { hang.test = hang:[127.0.0.1]:2526 }
  { odd.test = odd: } { held.test = held: } }
three_destination_concurrency_limit = 3
one_destination_concurrency_limit = 1
grow_initial_destination_concurrency = 1
pairs_destination_recipient_limit = 2
pairs_destination_concurrency_limit = 1
single_destination_recipient_limit = 1
single_destination_concurrency_limit = 1
pause_destination_rate_delay = 1s
paced_transport_rate_delay = 1s
fifo_destination_recipient_limit = 2
fifo_destination_concurrency_limit = 1
fifo_delivery_slot_cost = 0
shared_destination_recipient_limit = 2
shared_destination_concurrency_limit = 1
dead_initial_destination_concurrency = 1
patient_initial_destination_concurrency = 1
patient_destination_concurrency_failed_cohort_limit = 0
hang_destination_concurrency_limit = 1
odd_destination_concurrency_positive_feedback = nonsense
defer_transports = held
"""
    master = "".join("%s unix - - n - - smtp -o relayhost=\n" % name for name in (
        "three", "one", "grow", "pairs", "single", "pause", "paced", "fifo", "shared", "dead", "patient", "hang",
        "odd", "held")) + "broken unix - n n - - pipe flags=R user=vmail\n"

    def run_case(self, name):
        self.inst.purge()
        self.sink.reset()
        super().run_case(name)

    def teardown(self):
        self.inst.purge()

    def setup(self):
        self.route()

    def route(self):
        """Every transport but those with a host of their own goes to the sink."""
        maps = self.inst.run("postconf", "-h", "transport_maps").out
        maps = re.sub(r"(\w+):(?=[ }])", r"\1:[127.0.0.1]:2525", maps.strip())
        self.inst.set(transport_maps=maps)
        self.inst.reload()

    def burst(self, count, rcpt, **kw):
        return [self.sent(self.inst.send(rcpts=rcpt, **kw)) for _ in range(count)]

    def test_concurrency_limit(self):
        watch = self.sink.behave["DOT"] = Watch()
        t = self.token()
        self.burst(9, "a@three.test", body=t)
        self.eq(len(self.sink.wait(t, count=9)), 9, "messages")
        self.eq(watch.most, 3, "deliveries at once")

    def test_one_after_the_other_in_order(self):
        watch = self.sink.behave["DOT"] = Watch(0.1)
        t = self.token()
        for i in range(6):
            self.sent(self.inst.send(rcpts="a@one.test", body="%s-%d" % (t, i)))
        got = self.sink.wait(t, count=6)
        self.eq(watch.most, 1, "deliveries at once")
        self.eq([re.search(t + r"-(\d)", m.text).group(1) for m in got], list("012345"), "order")

    def test_window_grows(self):
        watch = self.sink.behave["DOT"] = Watch()
        t = self.token()
        self.burst(10, "a@grow.test", body=t)
        self.eq(len(self.sink.wait(t, count=10)), 10, "messages")
        self.ok(2 <= watch.most <= 6, "deliveries at once", watch.most)
        self.ok(watch.gaps()[0] > 0.25, "the second waits for the first", watch.gaps())

    def test_recipient_limit(self):
        t = self.token()
        self.sent(self.inst.send(rcpts=["%s@pairs.test" % c for c in "abcde"], body=t))
        got = self.sink.wait(t, count=3)
        self.eq([[r[0] for r in m.rcpts] for m in got], [["a", "b"], ["c", "d"], ["e"]], "recipients")
        self.log(r"nrcpt=5 \(queue active\)")

    def test_limit_of_one_counts_for_each_recipient(self):
        watch = self.sink.behave["DOT"] = Watch(0.5)
        t = self.token()
        self.sent(self.inst.send(rcpts=["%s@single.test" % c for c in "abcd"], body=t))
        got = self.sink.wait(t, count=4)
        self.eq(sorted(m.rcpts for m in got), [["%s@single.test" % c] for c in "abcd"], "recipients")
        self.eq(watch.most, 4, "different recipients at once")

    def test_limit_of_one_and_the_same_recipient(self):
        watch = self.sink.behave["DOT"] = Watch(0.2)
        t = self.token()
        self.burst(4, "a@single.test", body=t)
        self.eq(len(self.sink.wait(t, count=4)), 4, "messages")
        self.eq(watch.most, 1, "the same recipient at once")

    def test_destination_rate_delay(self):
        watch = self.sink.behave["DOT"] = Watch(0)
        t = self.token()
        self.burst(3, "a@pause.test", body=t)
        self.eq(len(self.sink.wait(t, count=3)), 3, "messages")
        self.ok(all(gap > 0.9 for gap in watch.gaps()), "a second between deliveries", watch.gaps())

    def test_transport_rate_delay(self):
        watch = self.sink.behave["DOT"] = Watch(0)
        t = self.token()
        self.sent(self.inst.send(rcpts=["a@paced1.test", "a@paced2.test"], body=t))
        self.burst(1, "b@paced1.test", body=t)
        self.burst(1, "b@paced2.test", body=t)
        self.ok(len(self.sink.wait(t, count=3)) >= 3, "messages")
        self.ok(all(gap > 0.9 for gap in watch.gaps()), "a second between deliveries", watch.gaps())

    def overtaking(self, domain):
        """The place of a letter among the deliveries of a mailing that came before it."""
        self.sink.behave["DOT"] = Watch(0.05)
        t = self.token()
        self.sent(self.inst.send(rcpts=["r%d@%s" % (i, domain) for i in range(80)], body=t + "-big"))
        self.sink.wait(t, count=1)
        self.sent(self.inst.send(rcpts="one@" + domain, body=t + "-small"))
        got = self.sink.wait(t, count=41, timeout=30)
        self.eq(len(got), 41, "deliveries")
        return [t + "-small" in m.text for m in got].index(True)

    def test_letter_overtakes_a_mailing(self):
        place = self.overtaking("shared.test")
        self.ok(0 < place < 35, "place among 41", place)

    def test_no_overtaking_without_slots(self):
        self.eq(self.overtaking("fifo.test"), 40, "place among 41")

    def test_hanging_destination_holds_up_nobody(self):
        other = self.keep(FakeSMTP(("127.0.0.1", 2526), behave={"CONNECT": "HANG"}))
        self.burst(5, "a@hang.test")
        t = self.token()
        self.sent(self.inst.send(rcpts="a@one.test", body=t))
        self.at_sink(t)
        self.eq(other.connections, 1, "connections to the other")

    def test_transport_that_is_not_there(self):
        q = self.sent(self.inst.send(rcpts="a@missing.test"))
        self.log(r"postfix/error\[\d+\]: %s: to=<a@missing\.test>, relay=none, delay=\S+, delays=\S+, dsn=4\.3\.0, "
                 r"status=deferred \(mail transport unavailable\)" % q)
        self.log(r"postfix/qmgr\[\d+\]: warning: connect to transport private/missing: No such file or directory")

    def test_agent_that_breaks(self):
        q = self.sent(self.inst.send(rcpts="a@broken.test"))
        self.log(r"postfix/pipe\[\d+\]: fatal: .*missing argv= command-line attribute")
        self.log(r"postfix/master\[\d+\]: warning: .*/pipe: bad command startup -- throttling")
        self.ok(q in [e["queue_id"] for e in self.inst.queue()], "kept")

    def test_dead_destination(self):
        q = self.sent(self.inst.send(rcpts="a@dead.test"))
        refused = r"connect to 127\.0\.0\.1\[127\.0\.0\.1\]:9: Connection refused"
        self.log(r"postfix/dead/smtp\[\d+\]: %s: to=<a@dead\.test>, relay=none, .*dsn=4\.4\.1, status=deferred \(%s\)|"
                 r"%s: to=<a@dead\.test>, relay=none, .*dsn=4\.4\.1, status=deferred \(%s\)" % (q, refused, q, refused))
        p = self.sent(self.inst.send(rcpts="b@dead.test"))
        self.log(r"postfix/error\[\d+\]: %s: to=<b@dead\.test>, relay=none, .*dsn=4\.4\.1, status=deferred "
                 r"\(delivery temporarily suspended: %s\)" % (p, refused))
        self.found(self.inst.wait_deferred(p), "deferred")
        size = self.inst.log_size()
        self.inst.run("postqueue", "-f")
        self.ok(self.inst.wait_log(r"(%s|%s): to=<.@dead\.test>.*status=deferred \(%s\)" % (p, q, refused), since=size),
                "tried again after a flush")

    def test_never_dead_without_a_cohort_limit(self):
        for name in "ab":
            q = self.sent(self.inst.send(rcpts=name + "@patient.test"))
            self.log(r"%s: to=<.@patient\.test>, .*status=deferred \(connect to " % q)

    def test_bad_feedback(self):
        t = self.token()
        self.sent(self.inst.send(rcpts="a@odd.test", body=t))
        self.at_sink(t)
        self.log(r"warning: .*odd_destination_concurrency_positive_feedback.*nonsense")

    def test_deferred_transport_is_flushed(self):
        t = self.token()
        q = self.sent(self.inst.send(rcpts="a@held.test", body=t))
        self.log(r"postfix/error\[\d+\]: %s: to=<a@held\.test>, relay=none, .*dsn=4\.3\.2, "
                 r"status=deferred \(deferred transport\)" % q)
        self.found(self.inst.wait_deferred(q), "deferred")
        self.inst.run("postqueue", "-f")
        self.at_sink(t)

    def test_time_of_the_next_attempt(self):
        q = self.sent(self.inst.send(rcpts="softfail@one.test"))
        self.found(self.inst.wait_deferred(q), "deferred")
        for d, _, files in os.walk(os.path.join(self.inst.queue_dir, "deferred")):
            if q in files:
                status = os.stat(os.path.join(d, q))
        self.ok(990 < status.st_mtime - time.time() <= 1001, "the pause is the minimal one", status.st_mtime - time.time())

    def test_double_bounce_is_discarded(self):
        q = self.sent(self.inst.send(rcpts="double-bounce@mx.example.test"))
        self.log(r"%s: to=<double-bounce@mx\.example\.test>, relay=none, .*dsn=2\.0\.0, status=sent "
                 r"\(undeliverable postmaster notification discarded\)" % q)
        self.ok(self.inst.wait_gone(q), "removed")


class Lifetime(Group):
    area = "queue"
    main = """
smtpd_relay_restrictions = permit_mynetworks, reject
minimal_backoff_time = 1000s
bounce_queue_lifetime = 0
"""

    def teardown(self):
        self.inst.purge()

    def test_null_sender_has_a_lifetime_of_its_own(self):
        q = self.sent(self.inst.send("", "softfail@x.test"))
        self.log(r"%s: to=<softfail@x\.test>.*status=deferred" % q)
        self.log(r"postfix/qmgr\[\d+\]: %s: from=<>, status=expired, returned to sender" % q)
        self.ok(self.inst.wait_gone(q), "removed")
        q = self.sent(self.inst.send("bob@example.net", "softfail@x.test"))
        self.found(self.inst.wait_deferred(q), "other mail stays")

    def test_no_lifetime_one_attempt(self):
        self.inst.set(maximal_queue_lifetime="0")
        self.inst.reload()
        try:
            t = self.token()
            q = self.sent(self.inst.send("alice@example.test", "softfail@x.test", body=t))
            self.log(r"%s: from=<alice@example\.test>, status=expired, returned to sender" % q)
            m = self.in_mail("alice", t)
            self.match(r"^Action: failed$", m)
            self.match(r"^Status: 4\.3\.0$", m)
        finally:
            self.inst.set(maximal_queue_lifetime="5d")
            self.inst.reload()


class Clogged(Group):
    area = "queue"
    main = """
smtpd_relay_restrictions = permit_mynetworks, reject
qmgr_message_active_limit = 5
qmgr_clog_warn_time = 1s
default_destination_concurrency_limit = 1
"""

    def test_clog_is_told(self):
        self.sink.behave["CONNECT"] = "HANG"
        for _ in range(7):
            self.sent(self.inst.send(rcpts="a@x.test"))
            time.sleep(0.3)
        self.log(r"postfix/qmgr\[\d+\]: warning: mail for \[127\.0\.0\.1\]:2525 is using up \d of \d active queue entries")
        self.log(r"postfix/qmgr\[\d+\]: warning: you may need to increase the main\.cf "
                 r"smtp_destination_concurrency_limit from 1$")
        self.log(r"postfix/qmgr\[\d+\]: warning: to turn off these warnings specify: qmgr_clog_warn_time = 0$")
        self.ok(len([e for e in self.inst.queue() if e["queue_name"] == "active"]) <= 5, "active messages")
        self.ok(any(e["queue_name"] == "incoming" for e in self.inst.queue()), "the rest waits in incoming",
                self.inst.queue())
        self.inst.purge()


class FastFlush(Group):
    area = "queue"
    cost = 8
    main = """
smtpd_relay_restrictions = permit_mynetworks, reject
minimal_backoff_time = 1000s
default_destination_concurrency_failed_cohort_limit = 1000
fast_flush_domains = flush.test, other.test, sub.test
relay_domains = flush.test
"""

    def run_case(self, name):
        self.inst.purge()
        self.sink.reset()
        super().run_case(name)

    def deferred(self, rcpt, token):
        self.sink.behave["RCPT"] = "451 4.3.0 wait"
        q = self.sent(self.inst.send(rcpts=rcpt, body=token))
        self.found(self.inst.wait_deferred(q), "deferred")
        self.sink.behave.clear()
        return q

    def site_log(self, name):
        path = os.path.join(self.inst.queue_dir, "flush", name)
        for _ in range(50):
            if os.path.exists(path):
                with open(path) as f:
                    return f.read().split()
            time.sleep(0.1)
        return None

    def test_etrn_flushes_one_site(self):
        t, u = self.token(), self.token()
        self.deferred("a@flush.test", t)
        p = self.deferred("b@other.test", u)
        c = self.inst.smtp()
        c.greet()
        c.ehlo("client.example.org")
        self.reply(c.cmd("ETRN flush.test"), "250 Queuing started")
        c.cmd("QUIT")
        self.at_sink(t)
        self.eq([e["queue_name"] for e in self.inst.queue() if e["queue_id"] == p], ["deferred"], "the other one")

    def test_etrn_of_other_names(self):
        c = self.inst.smtp()
        c.greet()
        c.ehlo("client.example.org")
        self.reply(c.cmd("ETRN"), "500")
        self.reply(c.cmd("ETRN a b"), "500")
        self.reply(c.cmd("ETRN nowhere.test"), "459")
        self.reply(c.cmd("ETRN bad..name"), "501")
        c.cmd("QUIT")

    def test_site_log_has_the_id(self):
        self.inst.run("postqueue", "-s", "flush.test")
        q = self.deferred("a@flush.test", self.token())
        self.eq(self.site_log("flush_test"), [q], "flush/flush_test")
        self.inst.run("postqueue", "-s", "flush.test")
        self.ok(self.inst.wait_gone(q), "delivered")
        self.eq(self.site_log("flush_test"), [], "log is emptied")

    def test_subdomains_of_a_listed_site(self):
        t = self.token()
        q = self.deferred("a@deep.sub.test", t)
        self.eq(self.site_log("deep_sub_test"), [q], "flush/deep_sub_test")
        self.eq(self.inst.run("postqueue", "-s", "deep.sub.test").rc, 0, "exit status")
        self.at_sink(t)

    def test_upper_case_is_the_same_site(self):
        t = self.token()
        self.deferred("a@FLUSH.test", t)
        self.eq(self.inst.run("postqueue", "-s", "Flush.TEST").rc, 0, "exit status")
        self.at_sink(t)

    def test_unlisted_literal(self):
        r = self.inst.run("postqueue", "-s", "[192.0.2.10]")
        self.eq(r.rc, 69, "exit status")

    def test_sites_that_are_not_listed_have_no_log(self):
        self.deferred("a@unlisted.test", self.token())
        time.sleep(0.3)
        self.ok(not os.path.exists(os.path.join(self.inst.queue_dir, "flush", "unlisted_test")), "no log")

    def test_everything_at_once(self):
        t, u = self.token(), self.token()
        self.deferred("a@flush.test", t)
        self.deferred("b@unlisted.test", u)
        self.inst.run("postqueue", "-f")
        self.at_sink(t)
        self.at_sink(u)

    def test_everything_at_once_leaves_logs(self):
        t = self.token()
        q = self.deferred("a@flush.test", t)
        self.eq(self.site_log("flush_test")[-1:], [q], "log")
        self.inst.run("postqueue", "-f")
        self.at_sink(t)
        self.eq(self.site_log("flush_test")[-1:], [q], "log afterwards")
