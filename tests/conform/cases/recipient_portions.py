"""How many recipients of a message the queue manager reads at once: small limits of its memory.

A row: the limits of a transport, the messages (the next hop of each recipient), and the deliveries in their order, each
with the number of its message and of its recipients in that.
"""
import re
import threading
import time

from harness import FakeSMTP, Group

FIRST_PORT = 3600


class Portions(Group):
    area = "queue"
    cost = 20
    rows = ()
    base = """
mydestination =
local_recipient_maps =
transport_maps = @DB@:$config_directory/transport
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_connection_cache_on_demand = no
smtp_tls_security_level = none
qmgr_message_active_limit = 5
"""

    def __init_subclass__(cls):
        cls.main = cls.base + "qmgr_message_recipient_limit = %d\nqmgr_message_recipient_minimum = %d\n" % cls.limits
        cls.main += "".join("t%d_%s = %s\n" % (n, k, v) for n, row in enumerate(cls.rows) for k, v in row[0].items())
        cls.master = "".join("t%d unix - - n - 1 smtp\n" % n for n in range(len(cls.rows)))
        routes = "".join("%s%d.test t%d:[127.0.0.%d]:%d\n" % (place, n, n, 1 + "xyz".index(place), FIRST_PORT + n)
                         for n in range(len(cls.rows)) for place in "xyz")
        cls.maps = {"transport": routes}
        for n in range(len(cls.rows)):
            setattr(cls, "test_row_%d" % n, cls.case_of(n))

    @staticmethod
    def case_of(number):
        return lambda self: self.play(number)

    def play(self, n):
        _, jobs, expected = self.rows[n]
        go, order, lock = threading.Event(), [], threading.Lock()

        def greet(session, arg):
            go.wait(60)

        def mail(session, arg):
            with lock:
                order.append([])

        def rcpt(session, arg):
            order[-1].append(re.search(r"<m(\d)r(\d+)@", arg).groups())

        hops = [FakeSMTP(("127.0.0.%d" % (i + 1), FIRST_PORT + n), behave={"CONNECT": greet, "MAIL": mail, "RCPT": rcpt})
                for i in range(3)]
        ids = []
        try:
            for number, job in enumerate(jobs):
                rcpts = ["m%dr%d@%s%d.test" % (number, i, place, n) for i, place in enumerate(job)]
                q = self.sent(self.inst.send("bob@example.net", rcpts))
                self.log(r"%s: from=.*\(queue active\)" % q)
                ids.append(q)
            time.sleep(0.1)
            go.set()
            end = time.time() + 20
            while sum(map(len, order)) < sum(map(len, jobs)) and time.time() < end:
                time.sleep(0.02)
            # What is still in memory makes the first portion of the next row smaller.
            for q in ids:
                self.log("%s: removed" % q)
        finally:
            for hop in hops:
                hop.close()
        self.eq(["%s:%s" % (d[0][0], ",".join(r for _, r in d)) for d in order], expected.split(), "deliveries")

    def test_too_small_a_limit(self):
        self.inst.set(qmgr_message_recipient_limit="4")
        self.inst.reload()
        self.inst.send("bob@example.net", ["a@nowhere.invalid"])
        self.log(r"warning: qmgr_message_recipient_limit is smaller than qmgr_message_active_limit - "
                 r"adjusting qmgr_message_recipient_limit$")
        self.inst.purge()


class PortionsOfTen(Portions):
    limits = (10, 10)
    rows = (
        ({"recipient_limit": 5, "extra_recipient_limit": 1000},
         ["xyzxyzyxxzzxxyzzzyxz", "xxxxxxxxxxxxxxxxxxxx", "yyyyy"],
         "0:0,3,7,8 0:1,4,6 0:2,5,9 0:11,12,18 0:13,17 0:10,14,15,16,19 1:0,1,2,3,4,5,6,7,8,9 "
         "1:10,11,12,13,14,15,16,17,18,19 2:0,1,2,3,4"),
        ({"destination_concurrency_limit": 1, "extra_recipient_limit": 5, "delivery_slot_cost": 5},
         ["zzzzzzzzzzzzzzzzzzzz", "zzxxxxxzzxxxxzzxzxzzxxxxxzzzxxzxxxxzxxzxxzxxx"],
         "0:0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19 "
         "1:2,3,4,5,6,9,10,11,12,15,17,20,21,22,23,24,28,29,31,32,33,34,36,37,39,40,42,43,44 "
         "1:0,1,7,8,13,14,16,18,19,25,26,27,30,35,38,41"),
        ({"recipient_limit": 1, "delivery_slot_cost": 5},
         ["xyzzyyyzzxyyyyzxyxyyyzyzzxzzzzzzxyzyyyyzyyxxx", "zzzzz"],
         "0:0,9 0:1,4,5,6 0:2,3,7,8 1:0,1,2,3,4 0:15,17 0:10,11,12,13,16,18,19,20 0:14 0:25 0:22 "
         "0:21,23,24,26,27,28,29,30,31 0:32,42 0:33,35,36,37,38,40,41 0:34,39 0:43,44"),
        ({"destination_recipient_limit": 2, "destination_concurrency_limit": 2, "recipient_limit": 5, "extra_recipient_limit": 1000, "recipient_refill_limit": 1, "delivery_slot_cost": 5},
         ["zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"],
         "0:0,1 0:2,3 0:4,5 0:6,7 0:8,9 0:10,11 0:12,13 0:14,15 0:16,17 0:18,19 0:20,21 0:22,23 0:24,25 "
         "0:26,27 0:28,29 0:30,31 0:32,33 0:34,35 0:36,37 0:38,39 0:40,41 0:42,43 0:44"),
        ({"destination_recipient_limit": 1, "destination_concurrency_limit": 1, "extra_recipient_limit": 0, "delivery_slot_cost": 2},
         ["yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"],
         "0:0 0:1 0:2 0:3 0:4 0:5 0:6 0:7 0:8 0:9 0:10 0:11 0:12 0:13 0:14 0:15 0:16 0:17 0:18 0:19 0:20 0:21 "
         "0:22 0:23 0:24 0:25 0:26 0:27 0:28 0:29 0:30 0:31 0:32 0:33 0:34 0:35 0:36 0:37 0:38 0:39 0:40 0:41 "
         "0:42 0:43 0:44"),
        ({"destination_recipient_limit": 20, "destination_concurrency_limit": 2, "recipient_limit": 50, "extra_recipient_limit": 0},
         ["zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"],
         "0:0,1,2,3,4,5,6,7,8,9 0:10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29 "
         "0:30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49 "
         "0:50,51,52,53,54,55,56,57,58,59,60,61,62,63,64,65,66,67,68,69 0:70,71,72,73,74,75,76,77,78,79"),
        ({"recipient_limit": 5, "recipient_refill_limit": 10, "delivery_slot_cost": 5},
         ["yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"],
         "0:0,1,2,3,4,5,6,7,8,9 0:10,11,12,13,14,15,16,17,18,19,20,21,22,23,24 "
         "0:25,26,27,28,29,30,31,32,33,34,35,36,37,38,39 0:40,41,42,43,44"),
    )


class PortionsOfOne(Portions):
    limits = (1, 1)
    rows = (
        ({"destination_recipient_limit": 7, "recipient_limit": 50, "recipient_refill_limit": 10, "delivery_slot_cost": 5},
         ["xyyxz", "xxxxx", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"],
         "0:0,3 0:1,2 0:4 1:0,1,2,3,4 2:0,10,11,12,13,14,15 2:16,17,18,19,1,20,21 2:22,23,24,25,26,27,28 "
         "2:29,2,30,31,32,33,34 2:35,36,37,38,39,3,40 2:41,42,43,44,45,46,47 2:48,49,4,50,5,6,7 "
         "2:8,9,51,52,53,54,55 2:56,57,58,59,60,61,62 2:63,64,65,66,67,68,69 2:70,71,72,73,74,75,76 2:77,78,79"),
        ({"destination_concurrency_limit": 1, "extra_recipient_limit": 20, "recipient_refill_limit": 1},
         ["zxzxxzyzxzyyyzxyyxzx", "xxyxxxzyxyzxxxxyzxzy", "xyxyyxyyyxyyyyxxxxyxyxyyxxxyxyxyxxyxxyxyyyyxx"],
         "0:1,3,4,14,17,19,8 0:0,2,13,18,5,7,9 0:10,11,12,15,16,6 1:0,11,12,13,14,17,1,3,4,5,8 1:15,19,2,7,9 "
         "1:10,16,18,6 2:0,14,15,16,17,19,21,24,25,26,28,2,30,32,33,35,36,38,43,44,5,9 "
         "2:10,11,12,13,18,1,20,22,23,27,29,31,34,37,39,3,40,41,42,4,6,7,8"),
        ({"destination_recipient_limit": 7, "destination_concurrency_limit": 20, "recipient_limit": 1, "extra_recipient_limit": 5, "recipient_refill_limit": 100, "delivery_slot_cost": 5},
         ["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "yxyyyyxxzyyxyxyyzyxx", "yyyyyyyyyyyyyyyyyyyy"],
         "0:0,1,2,3,4 0:5,6 0:7,8 0:10,9 0:11,12 0:13,14 0:15,16 0:17,18 0:19,20 0:21,22 0:23,24 0:25,26 "
         "0:27,28 0:29,30 0:31,32 0:33,34 0:35,36 0:37,38 0:39,40 0:41,42 0:43,44 1:0 1:1 1:2 1:3,4 1:6 1:5 "
         "1:7 1:8 1:10,9 1:11 1:12 1:13 1:14 1:15 1:16 1:18 1:17 1:19 2:0 2:1,2 2:3,4 2:5,6 2:7,8 2:10,9 "
         "2:11,12 2:13,14 2:15,16 2:17,18 2:19"),
        ({"destination_recipient_limit": 7, "destination_concurrency_limit": 2, "recipient_refill_limit": 5, "delivery_slot_cost": 5},
         ["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxxxxxxx"],
         "0:0,1,2,3,4,10,11 0:12,13,14,15,16,17,18 0:19,20,21,22,23,24,25 0:26,27,28,29,30,31,32 "
         "0:33,34,35,36,37,38,39 0:40,41,42,43,44,5,6 0:7,8,9 1:0,10,11,12,13,14,15 1:16,17,18,19,1,2,3 "
         "1:4,5,6,7,8,9"),
        ({"destination_recipient_limit": 50, "recipient_limit": 5, "delivery_slot_cost": 5},
         ["zzzxxzzxxzxzxxzxzzxz", "yyyyy"],
         "0:3,4 0:0,1,2 0:10,7,8 0:5,6,9 0:12,13,15 0:11,14,16 0:18 0:17,19 1:0 1:1,2,3,4"),
        ({"recipient_limit": 1},
         ["zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "xyxzx"],
         "0:0,1,2,3,4 0:5,6 0:7,8 0:10,9 0:11,12 0:13,14 0:15,16 0:17,18 0:19,20 0:21,22 0:23,24 0:25,26 "
         "0:27,28 0:29,30 0:31,32 0:33,34 0:35,36 0:37,38 0:39,40 0:41,42 0:43,44 0:45,46 0:47,48 0:49,50 "
         "1:0,2,4 1:1 1:3 0:51,52 0:53,54 0:55,56 0:57,58 0:59,60 0:61,62 0:63,64 0:65,66 0:67,68 0:69,70 "
         "0:71,72 0:73,74 0:75,76 0:77,78 0:79"),
        ({"recipient_limit": 50, "extra_recipient_limit": 5, "delivery_slot_cost": 5},
         ["zzzzz", "zxxzxyxzyyyzzxyzxzyyyyyyxyyxxxzyzxyyzzzzyzzyx"],
         "0:0,1,2,3,4 1:0 1:13,16,1,24,27,28,29,2,33,44,4,6 "
         "1:10,14,18,19,20,21,22,23,25,26,31,34,35,40,43,5,8,9 1:11,12,15,17,30,32,36,37,38,39,3,41,42,7"),
    )


class PortionsOfThirty(Portions):
    limits = (30, 3)
    rows = (
        ({"destination_recipient_limit": 7, "recipient_limit": 50, "extra_recipient_limit": 1000, "recipient_refill_limit": 1, "delivery_slot_cost": 5},
         ["yyxxx", "yyyyyyyyyyyyyyyyyyyy", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"],
         "0:2,3,4 0:0,1 1:0,10,11,12,13,14,15 1:16,17,18,19,1,2,3 1:4,5,6,7,8,9 2:0,1,2,3,4,10,11 "
         "2:12,13,14,15,16,17,18 2:19,20,21,22,23,24,25 2:26,27,28,29,30,31,32 2:33,34,35,36,37,38,39 "
         "2:40,41,42,43,44,5,6 2:7,8,9"),
        ({"destination_recipient_limit": 20, "destination_concurrency_limit": 2, "recipient_limit": 5, "extra_recipient_limit": 1000, "recipient_refill_limit": 100},
         ["yyyyyyyyyyyyyyyyyyyy", "yyyxx", "yyyyy"],
         "0:0,10,11,12,13,14,15,16,17,18,19,1,2,3,4,5,6,7,8,9 1:3,4 1:0,1,2 2:0,1,2,3,4"),
        ({"destination_concurrency_limit": 1, "extra_recipient_limit": 1000, "recipient_refill_limit": 100},
         ["yzyzyyzzzzzzyyzyzzyyyyzzyzyyzzzzyzzyzyzzzzyzy", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"],
         "0:0,12,13,15,18,19,20,21,24,26,27,2,4,5,32,35,37,42,44 "
         "0:10,11,14,16,17,1,22,23,25,28,29,3,6,7,8,9,30,31,33,34,36,38,39,40,41,43 "
         "1:0,1,2,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,3,40,41,42,43,44,4,5,6,7,8,9"),
        ({"destination_concurrency_limit": 20, "extra_recipient_limit": 20, "recipient_refill_limit": 100},
         ["xxxxx", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"],
         "0:0,1,2,3,4 "
         "1:0,10,11,12,13,14,15,16,17,18,19,1,20,21,22,23,24,2,3,4,5,6,7,8,9,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49 "
         "1:50,51,52,53,54,55,56,57,58,59,60,61,62,63,64,65,66,67,68,69,70,71,72,73,74,75,76,77,78,79"),
        ({"destination_recipient_limit": 7, "destination_concurrency_limit": 20, "extra_recipient_limit": 5, "recipient_refill_limit": 1, "delivery_slot_cost": 2},
         ["xxzzxzyyyzyyxzyxxyxx"],
         "0:0,12,15,16,18,19,1 0:10,11,14,17,6,7,8 0:13,2,3,5,9 0:4"),
        ({"destination_recipient_limit": 50, "recipient_limit": 5, "extra_recipient_limit": 20, "delivery_slot_cost": 2},
         ["zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"],
         "0:0,10,11,12,13,14,15,16,17,18,19,1,20,21,22,23,24,25,26,27,28,29,2,3,4,5,6,7,8,9 "
         "0:30,31,32,33,34,35,36,37 0:38,39,40,41,42,43,44"),
        ({"destination_recipient_limit": 7, "destination_concurrency_limit": 2, "extra_recipient_limit": 5, "delivery_slot_cost": 5},
         ["zyyxyxyzzzxxzyyzxyzxyzxzyyxzzyyxxyzxyyyyxyyxx"],
         "0:10,11,16,19,22,26,3 0:13,14,17,1,20,24,25 0:0,12,15,18,21,23,27 0:5,31,32,35,40,43,44 "
         "0:29,2,4,6,30,33,36 0:28,7,8,9,34 0:37,38,39,41,42"),
    )
