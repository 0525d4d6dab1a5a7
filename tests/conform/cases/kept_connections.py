"""How long connections are kept, and the next hop of a filter that names none."""
import time

from harness import FakeSMTP, Group


class FilterNexthop(Group):
    area = "queue"
    main = """
smtpd_relay_restrictions = permit_mynetworks, reject
default_filter_nexthop = [127.0.0.1]:2525
content_filter = away:
smtp_tls_security_level = none
"""
    master = "away unix - - n - - smtp\n"

    def test_default_filter_nexthop(self):
        t = self.token()
        q = self.sent(self.inst.send(rcpts="a@nowhere.invalid", body=t))
        self.at_sink(t)
        self.log(r"%s: to=<a@nowhere\.invalid>, relay=127\.0\.0\.1\[127\.0\.0\.1\]:2525, .*status=sent" % q)


class KeptConnections(Group):
    """How long and how often a connection is used again."""
    area = "smtp-client"
    cost = 20
    services_of = {
        "count1": "smtp_connection_reuse_count_limit=1", "count2": "smtp_connection_reuse_count_limit=2",
        "time": "smtp_connection_reuse_time_limit=1s", "rest": "smtp_connection_cache_time_limit=1s",
        "plain": "smtp_connection_reuse_time_limit=100s", "none": "smtp_connection_cache_destinations=",
    }
    main = """
relayhost =
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_connection_cache_destinations = static:all
smtp_connection_cache_on_demand = no
transport_maps = @DB@:$config_directory/transport
default_destination_concurrency_limit = 1
"""
    ports = {name: 2700 + number for number, name in enumerate(services_of)}
    master = "".join("%s unix - - n - 1 smtp -o %s\n" % one for one in services_of.items())
    maps = {"transport": "".join("%s.test %s:[127.0.0.1]:%d\n" % (n, n, p) for n, p in ports.items())}

    def sessions(self, name, count, pause=0.0):
        """The number of messages of each session."""
        hop = self.keep(FakeSMTP(("127.0.0.1", self.ports[name])))
        for number in range(count):
            t = self.token()
            self.sent(self.inst.send("", "u@%s.test" % name, body=t))
            self.found(hop.wait(t), "message")
            self.log(r"to=<u@%s\.test>, .*status=sent" % name)
            time.sleep(pause if number == 0 else 0.2)
        return [session.verbs().count("MAIL") for session in hop.sessions]

    def test_no_limit(self):
        self.eq(self.sessions("plain", 4), [4], "messages of each connection")

    def test_count_1(self):
        self.eq(self.sessions("count1", 4), [2, 2], "messages of each connection")

    def test_count_2(self):
        self.eq(self.sessions("count2", 4), [3, 1], "messages of each connection")

    def test_time(self):
        self.eq(self.sessions("time", 4, 1.5), [1, 3], "messages of each connection")

    def test_time_at_rest(self):
        self.eq(self.sessions("rest", 3, 2.5), [1, 2], "messages of each connection")

    def test_none(self):
        self.eq(self.sessions("none", 2), [1, 1], "messages of each connection")
