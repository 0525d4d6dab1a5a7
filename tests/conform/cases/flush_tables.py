"""Tables of fast_flush_domains that only root can read."""
import os

from harness import Group


class RootOnly(Group):
    area = "queue"
    main = """
relayhost =
mydestination = local.test
local_recipient_maps =
transport_maps = inline:{waits.test=smtp:[127.0.0.1]:2699}
smtpd_relay_restrictions = permit_mynetworks, reject
fast_flush_domains = @DB@:@ETC@/flushed
"""
    maps = {"flushed": "waits.test ok\n"}

    def setup(self):
        for name in os.listdir(self.inst.etc):
            if name.startswith("flushed"):
                os.chmod(os.path.join(self.inst.etc, name), 0o600)

    def test_of_the_smtp_client(self):
        qid = self.sent(self.inst.send(rcpts="u@waits.test", body="x\n"))
        self.log(r"%s: to=<u@waits\.test>.*status=deferred" % qid)
        self.nolog("flush service is not available|flushed.*Permission denied")
        self.inst.run("postqueue", "-s", "waits.test")
        self.log(r"(?s)%s: to=<u@waits\.test>.*status=deferred.*%s: to=<u@waits\.test>.*status=deferred" % (qid, qid))
        self.inst.purge()
