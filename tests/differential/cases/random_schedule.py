"""Random jobs for one transport: in which order the queue manager delivers them (run --seed N)."""
import os
import random
import re
import threading
import time

from harness import FakeSMTP
from recorder import Recorder

SEED = int(os.environ.get("DIFFERENTIAL_SEED", "1"))
TRIALS = int(os.environ.get("DIFFERENTIAL_TRIALS", "30"))
FIRST_PORT = 3600


def make_trial(pick, number):
    settings = {
        "destination_recipient_limit": pick.choice([1, 2, 3, 5]),
        "delivery_slot_cost": pick.choice([0, 1, 2, 3, 5, 10]),
        "delivery_slot_discount": pick.choice([0, 20, 50, 100]),
        "delivery_slot_loan": pick.choice([0, 1, 3, 10]),
        "minimum_delivery_slots": pick.choice([0, 1, 3, 8]),
        "initial_destination_concurrency": pick.choice([1, 5]),
        "destination_concurrency_limit": pick.choice([1, 2, 20]),
        "recipient_limit": pick.choice([3, 20, 20000]),
        "extra_recipient_limit": pick.choice([0, 5, 1000]),
        "recipient_refill_limit": pick.choice([1, 5, 100]),
        "recipient_refill_delay": pick.choice(["1s", "5s"]),
    }
    settings = {k: v for k, v in settings.items() if pick.random() < 0.7}
    jobs = []
    for _ in range(pick.randint(2, 6)):
        places = pick.sample("xyz", pick.choice([1, 1, 2, 3]))
        jobs.append([pick.choice(places) for _ in range(pick.choice([1, 1, 2, 3, 6, 12, 25]))])
    return {"number": number, "settings": settings, "jobs": jobs}


class Schedule(Recorder):
    area = "random"
    cost = 60
    timeout = 600
    trials = [make_trial(random.Random(SEED * 86028121 + n), n) for n in range(TRIALS)]
    main = """
mydestination =
local_recipient_maps =
transport_maps = @DB@:$config_directory/transport
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_connection_cache_on_demand = no
smtp_tls_security_level = none
smtpd_recipient_limit = 1000
"""

    def prepare(self):
        routes = ""
        for t in self.trials:
            n = t["number"]
            self.master += "t%d unix - - n - 1 smtp\n" % n
            self.main += "".join("t%d_%s = %s\n" % (n, k, v) for k, v in t["settings"].items())
            routes += "".join("%s%d.test t%d:[127.0.0.%d]:%d\n" % (place, n, n, 1 + "xyz".index(place), FIRST_PORT + n)
                              for place in "xyz")
        self.maps = {"transport": routes}

    def test_trials(self):
        for t in self.trials:
            self.play(t)

    def play(self, t):
        n, go, order, lock = t["number"], threading.Event(), [], threading.Lock()

        def greet(session, arg):
            go.wait(60)
            return "220 hop.test ESMTP"

        def mail(session, arg):
            with lock:
                order.append([])
            return "250 2.1.0 ok"

        def rcpt(session, arg):
            order[-1].append(re.search("<(.*?)@(.)", arg).group(1, 2))
            return "250 2.1.5 ok"

        hops = [FakeSMTP(("127.0.0.%d" % (i + 1), FIRST_PORT + n), behave={"CONNECT": greet, "MAIL": mail, "RCPT": rcpt})
                for i in range(3)]
        ids = []
        for number, job in enumerate(t["jobs"]):
            rcpts = ["m%dr%d@%s%d.test" % (number, i, place, n) for i, place in enumerate(job)]
            since = self.inst.log_size()
            found = re.search(r"queued as (\w+)", str(self.inst.send("bob@example.net", rcpts)))
            ids.append(found.group(1))
            self.inst.wait_log(r"%s: from=.*\(queue active\)" % ids[-1], since=since, timeout=5)
        time.sleep(0.05)
        go.set()
        end = time.time() + 20
        while sum(map(len, order)) < sum(map(len, t["jobs"])) and time.time() < end:
            time.sleep(0.02)
        for hop in hops:
            hop.close()
        self.record("%s %s" % (SEED, t), [["%s%s" % one for one in delivery] for delivery in order])


def make_long_trial(pick, number):
    """Few messages with many recipients, more than may be in memory."""
    settings = {
        "destination_recipient_limit": pick.choice([1, 2, 5, 7, 20, 50]),
        "destination_concurrency_limit": pick.choice([1, 2, 20]),
        "recipient_limit": pick.choice([1, 5, 20, 50, 20000]),
        "extra_recipient_limit": pick.choice([0, 5, 20, 1000]),
        "recipient_refill_limit": pick.choice([1, 5, 10, 100]),
        "delivery_slot_cost": pick.choice([0, 2, 5]),
    }
    settings = {k: v for k, v in settings.items() if pick.random() < 0.6}
    jobs = []
    for _ in range(pick.choice([1, 1, 2, 3])):
        places = pick.sample("xyz", pick.choice([1, 1, 2, 3]))
        jobs.append([pick.choice(places) for _ in range(pick.choice([5, 20, 45, 80]))])
    return {"number": number, "settings": settings, "jobs": jobs}


class Portions(Schedule):
    """Small limits of the queue manager's memory."""
    limit, minimum = 10, 10
    trials = [make_long_trial(random.Random(SEED * 122949823 + n), n) for n in range(TRIALS // 3)]

    def prepare(self):
        super().prepare()
        self.main += ("qmgr_message_active_limit = 5\nqmgr_message_recipient_limit = %d\n"
                      "qmgr_message_recipient_minimum = %d\n" % (self.limit, self.minimum))


class PortionsOfOne(Portions):
    limit, minimum = 1, 1
    trials = [make_long_trial(random.Random(SEED * 141650963 + n), n) for n in range(TRIALS // 3)]


class PortionsOfThirty(Portions):
    limit, minimum = 30, 3
    trials = [make_long_trial(random.Random(SEED * 160481219 + n), n) for n in range(TRIALS // 3)]
