"""Slow clients by the thousand: half-open sessions neither stop nor starve an honest client."""
import os
import resource
import socket

from harness import Failure, until

from clients import begin_message, greet

COUNT = int(os.environ.get("SLOW_SESSIONS", "2000"))


def open_silent(port):
    """Connected and greeted, and not a word."""
    client = socket.create_connection(("127.0.0.1", port))
    greet(client)
    return client


def open_half_line(port):
    """A command without its end."""
    client = open_silent(port)
    client.sendall(b"MAIL FROM:<slow@ex")
    return client


def count_open(sessions):
    """How many the server has not closed; nothing was said to any of them since."""
    still = 0
    for client in sessions:
        client.setblocking(False)
        try:
            said = client.recv(1000)
            if said:
                raise Failure("said to a half-open session: %r" % said)
        except BlockingIOError:
            still += 1
    return still


def test_half_open_sessions_starve_nobody(t):
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    # Each trickling message also costs cleanup a connection and a file.
    count = min(COUNT, (limit - 300) // 2)
    i = t.instance("smtpd_timeout = 1h\n", clients="20000").start()
    kinds = (open_silent, open_half_line, open_silent, begin_message)
    sessions = [kinds[n % len(kinds)](i.port) for n in range(count)]
    trickling = sessions[3::4]
    under_way = len(i.queue_ids())
    assert under_way == len(trickling), "%d files for %d messages under way" % (under_way, len(trickling))
    messages = 20
    for n in range(messages):
        # Every slow client gets attention for one more byte; the honest one is served all the same.
        for client in trickling:
            client.sendall(b"Subject: slow"[n % 13:n % 13 + 1])
        i.send("among-the-slow-%d." % n)
    for n in range(messages):
        i.wait_mail("among-the-slow-%d." % n)
    assert count_open(sessions) == count, "half-open sessions stay what they are"
    assert len(i.mailbox()) == messages, "%d messages" % len(i.mailbox())
    lost = i.log_text().count("lost connection")
    for client in sessions:
        client.close()
    # All of them are seen to leave, and nothing of theirs stays.
    until(lambda: i.log_text().count("disconnect from") >= count + messages,
          lambda: "%d disconnections logged" % i.log_text().count("disconnect from"))
    assert i.log_text().count("lost connection") - lost == count
    i.wait_empty()
    assert len(i.mailbox()) == messages


def test_under_stress_slow_clients_are_sent_away(t):
    # As Postfix does it: once all places were taken, those who come later have less time.
    places = 40
    i = t.instance("smtpd_timeout = ${stress?{1}:{3600}}s\n", clients=str(places)).start()
    first = [open_half_line(i.port) for _ in range(places)]
    i.wait_log(r"has reached its process limit")
    second = [socket.create_connection(("127.0.0.1", i.port)) for _ in range(places)]
    for client in first:
        client.close()
    # The second wave takes the places that are free now, and is soon gone; nobody closes it but the server.
    i.send("after-the-slow")
    i.wait_mail("after-the-slow")
    until(lambda: i.log_text().count("timeout after CONNECT") == places,
          lambda: "%d sessions sent away" % i.log_text().count("timeout after CONNECT"))
    for client in second:
        client.close()
