"""Rows of what the SMTP client does: its options, what the next hop is like, and what both saw of it."""
import re
import ssl
import time

from . import patience
from .case import Group
from .fakes import DEFAULT_CAPS, FakeSMTP

USUAL = DEFAULT_CAPS
NO_PIPELINING = DEFAULT_CAPS[1:]
FORWARDING = DEFAULT_CAPS + ("XFORWARD NAME ADDR PROTO HELO SOURCE PORT IDENT",)
FIRST_PORT = 2600


def row(expected, options=(), agent="smtp", **how):
    """`options`: of the service in master.cf, @PORT@ is that of the next hop. `how`: caps, behave, refuse_ehlo, auth and
    hopname of the next hop, tls (a certificate of it), askcert, minimum and maximum (TLS versions), dest; sender, rcpts,
    mail, rcpt, body and data of the message, bv (sendmail -bv instead), count of messages.

    `expected`: for each session `-- session` and what is true of it, and its commands; then the lines that the client
    and the queue manager logged. Addresses are below sN.test, a queue ID is QID, the next hop HOST."""
    return expected.strip("\n"), tuple(options), agent, how


class ClientRows(Group):
    """Each of `rows` has a service, a port and a domain of its own."""
    rows = {}
    cost = 60
    main = """
relayhost =
mydestination =
local_recipient_maps =
transport_maps = @DB@:$config_directory/transport
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_authorized_verp_clients = 127.0.0.1
minimal_backoff_time = 1000s
default_destination_concurrency_failed_cohort_limit = 50
smtp_connection_cache_on_demand = no
lmtp_connection_cache_on_demand = no
smtp_tls_security_level = none
smtp_tls_CAfile = @TLS@/ca.pem
"""

    def __init_subclass__(cls):
        for name in cls.rows:
            setattr(cls, "test_" + name, cls.case_of(name))
        cls.numbers = {name: number for number, name in enumerate(cls.rows)}
        cls.master = "".join(
            "s%d unix - - n - - %s\n%s" % (cls.numbers[name], agent, "".join(
                "    -o %s\n" % one.replace("@PORT@", str(FIRST_PORT + cls.numbers[name])) for one in options))
            for name, (_, options, agent, _) in cls.rows.items())

    @staticmethod
    def case_of(name):
        return lambda self: self.look(name)

    def teardown(self):
        self.inst.purge()

    def prepare(self):
        self.maps = {"transport": "".join(self.routes(name) for name in self.rows)}

    def routes(self, name):
        number, agent, how = self.numbers[name], self.rows[name][2], self.rows[name][3]
        inet = "inet:" if agent == "lmtp" else ""
        there = how.get("dest") or "%s[127.0.0.1]:%d" % (inet, FIRST_PORT + number)
        return "".join("%s%d.test s%d:%s\n" % (domain, number, number, there) for domain in ("s", "r", "T", "sub.s"))

    def context(self, how):
        if "tls" not in how:
            return None
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain("%s/%s.crt" % (self.worker.tls, how["tls"]), "%s/%s.key" % (self.worker.tls, how["tls"]))
        if how.get("askcert"):
            made.verify_mode = ssl.CERT_OPTIONAL
            made.load_verify_locations(self.worker.tls + "/ca.pem")
        for bound in ("minimum", "maximum"):
            if bound in how:
                setattr(made, bound + "_version", ssl.TLSVersion[how[bound]])
        return made

    def next_hop(self, name):
        number, agent, how = self.numbers[name], self.rows[name][2], self.rows[name][3]
        behave = {stage: list(r) if isinstance(r, list) else r for stage, r in how.get("behave", {}).items()}
        return FakeSMTP(("127.0.0.1", how.get("port", FIRST_PORT + number)), caps=how.get("caps", USUAL), behave=behave,
                        lmtp=agent == "lmtp", refuse_ehlo=how.get("refuse_ehlo", False), tls=self.context(how),
                        auth=how.get("auth"), name=how.get("hopname", "sink.example.net"))

    def submit(self, name):
        """Sends the messages of the row and returns their queue IDs."""
        number, how = self.numbers[name], self.rows[name][3]
        rcpts = []
        for rcpt in how.get("rcpts", ["u"]):
            rcpt = re.sub(r"@([RTU])$", lambda m: "@%s%d.test" % ({"R": "r", "T": "t", "U": "sub.s"}[m.group(1)], number),
                          rcpt)
            if rcpt.endswith("@") or "@" not in rcpt:
                rcpt = rcpt.rstrip("@") + "@s%d.test" % number
            rcpts.append(rcpt)
        if how.get("bv"):
            self.inst.run("sendmail", "-bv", *rcpts)
            return [self.log(r"qmgr\[\d+\]: (\w+): from=<.*\(queue active\)").group(1)]
        content = {"data": how["data"]} if "data" in how else {"body": how.get("body", "hello\n")}
        return [self.sent(self.inst.send(how.get("sender", ""), rcpts, mail_params=how.get("mail", ""),
                                         rcpt_params=how.get("rcpt", ""), **content))
                for _ in range(how.get("count", 1))]

    def look(self, name):
        hop, expected = self.next_hop(name), self.rows[name][0]
        try:
            ids = self.submit(name)
            # The last words of a session may come after the queue is at rest.
            end = time.time() + patience.wait()
            while (observed := self.observed(name, hop, ids)) != expected and time.time() < end:
                time.sleep(0.05)
            self.eq(observed, expected, "sessions and log")
        finally:
            hop.close()

    def observed(self, name, hop, ids):
        number, port = self.numbers[name], FIRST_PORT + self.numbers[name]
        out = []
        for session in hop.sessions:
            facts = [word for word, true in (("pipelined", session.pipelined), ("quit", session.quit),
                                             ("tls=%s" % session.tls, session.tls), ("cert", session.cert),
                                             ("user=%s mech=%s" % (session.user, session.mechanism), session.mechanism))
                     if true]
            out += [" ".join(["-- session"] + facts)] + ["> " + command for command in session.commands]
        out += self.logged(number, port, ids)
        text = re.sub(r"\bs%d\b" % number, "sN", "\n".join(out))
        text = re.sub(r"SIZE=\d+|message size \d+", "SIZE", text)
        text = re.sub(r"IDENT=\w+", "IDENT=QID", re.sub(r"PORT=\d+", "PORT=N", text))
        return text.replace("Postrider", "Postfix")

    def logged(self, number, port, ids):
        mine = r"%s|\bs%d\.test|:%d\b|/s%d/" % ("|".join(ids), number, port, number)
        for line in self.inst.log_text(self.since).splitlines():
            m = re.search(r" postfix/(?:\S+/)?(smtp|lmtp|error|bounce|qmgr)\[\d+\]: (.*)$", line)
            if not m or not re.search(mine, line):
                continue
            who, text = m.groups()
            if who == "qmgr" and re.search(r"nrcpt=|removed$", text):
                continue
            text = re.sub(r"delay=[\d.]+, delays=[\d./]+, (?:tls=\S+, )?", "", text)
            text = re.sub("|".join(ids), "QID", text)
            text = re.sub(r": [0-9A-F]{7,}$", ": NQID", text)
            text = text.replace("127.0.0.1[127.0.0.1]:%d" % port, "HOST").replace("127.0.0.1:%d" % port, "HOST")
            yield "%s: %s" % (who, text.replace("]:%d" % port, "]:PORT"))
