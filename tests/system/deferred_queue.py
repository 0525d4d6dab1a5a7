"""Mail that waits: when it is tried again, and what is said of it."""
import json
import re
import threading
import time

from harness import until

BUSY = "451 4.3.0 not now"


def busy_hop(t, state):
    return t.next_hop(lambda verb, argument: BUSY if verb == "RCPT" and state["busy"] else None)


def test_deferred_mail_is_tried_when_it_is_due(t):
    """Nobody flushes or triggers: the queue manager knows the time by itself."""
    state = {"busy": True}
    hop = busy_hop(t, state)
    i = t.instance("relayhost = [127.0.0.1]:%d\nminimal_backoff_time = 2s\nmaximal_backoff_time = 2s\n"
                   "queue_run_delay = 2s\n" % hop.port).start()
    queue_id = i.send("due-1", to="a@elsewhere.example.test")
    i.wait_log(r"%s: .*status=deferred" % queue_id)
    state["busy"] = False
    hop.wait("due-1")
    i.wait_empty()


def test_deferred_mail_is_known_after_a_restart(t):
    state = {"busy": True}
    hop = busy_hop(t, state)
    i = t.instance("relayhost = [127.0.0.1]:%d\nminimal_backoff_time = 3s\nmaximal_backoff_time = 3s\n"
                   "queue_run_delay = 3s\n" % hop.port).start()
    queue_id = i.send("restart-1", to="a@elsewhere.example.test")
    until(lambda: i.queue_ids() == {queue_id: "deferred"}, "deferred mail")
    i.stop()
    state["busy"] = False
    i.start()
    hop.wait("restart-1")
    i.wait_empty()


def test_the_next_attempt_is_shown(t):
    hop = busy_hop(t, {"busy": True})
    i = t.instance("relayhost = [127.0.0.1]:%d\nminimal_backoff_time = 500s\n" % hop.port).start()
    queue_id = i.send("shown-1", to="a@elsewhere.example.test")
    until(lambda: i.queue_ids() == {queue_id: "deferred"}, "deferred mail")
    listed = json.loads(i.run("postqueue", "-j"))
    assert 480 < listed["next_attempt_time"] - time.time() <= 501, listed
    assert re.search(r"^ +\(next attempt: \w+ \w+ +\d+ [\d:]+\)$", i.run("postqueue", "-n", "-p"), re.M)
    assert "next attempt" not in i.run("postqueue", "-p")


def test_backoff_is_spread(t):
    hop = busy_hop(t, {"busy": True})
    i = t.instance("relayhost = [127.0.0.1]:%d\nminimal_backoff_time = 1000s\nbackoff_time_spread = 50\n" %
                   hop.port).start()
    sent = {i.send("spread-%d" % n, to="a%d@elsewhere.example.test" % n) for n in range(10)}
    until(lambda: i.queue_ids() == dict.fromkeys(sent, "deferred"), "deferred mail")
    now = time.time()
    pauses = [json.loads(line)["next_attempt_time"] - now for line in i.run("postqueue", "-j").splitlines()]
    assert all(480 < pause <= 1501 for pause in pauses), pauses
    assert max(pauses) - min(pauses) > 20, pauses


def test_mail_released_from_hold_is_tried(t):
    state = {"busy": True}
    hop = busy_hop(t, state)
    i = t.instance("relayhost = [127.0.0.1]:%d\n" % hop.port).start()
    queue_id = i.send("held-1", to="a@elsewhere.example.test")
    until(lambda: i.queue_ids() == {queue_id: "deferred"}, "deferred mail")
    i.run("postsuper", "-h", queue_id)
    assert i.queue_ids() == {queue_id: "hold"}
    # The destination answers again, for whoever asks.
    state["busy"] = False
    i.run("postsuper", "-H", queue_id)
    hop.wait("held-1")


def test_new_mail_is_slowed_while_the_queue_manager_is_behind(t):
    """One message fills the active queue and stays; a thousand wait."""
    go_on = threading.Event()
    hop = t.next_hop(lambda verb, argument: go_on.wait(60) and None if verb == "CONNECT" else None)
    i = t.instance("relayhost = [127.0.0.1]:%d\nqmgr_message_active_limit = 1\nin_flow_delay = 3s\n" % hop.port).start()
    i.run("smtp-source", "-s", "10", "-m", "1002", "-f", "a@x.example.test", "-t", "b@y.example.test",
          "127.0.0.1:%d" % i.port)

    def is_slow():
        begin = time.time()
        i.send("flow", to="c@y.example.test")
        return time.time() - begin >= 3

    try:
        until(is_slow, "a message that had to wait")
    finally:
        go_on.set()
