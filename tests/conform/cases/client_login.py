"""Logins of the SMTP client: mechanisms, keys of the password table, refusals, and the cache of refusals."""
from harness import FakeSMTP, Group

HOST = "127.0.0.1[127.0.0.1]"
NO_MECHANISM = "SASL authentication failed; cannot authenticate to server %s: no mechanism available" % HOST
INCOMPATIBLE = ("SASL authentication failed: server %s offered no compatible authentication mechanisms for this type "
                "of connection security" % HOST)
REFUSED = "SASL authentication failed; server %s said: %s"
BAD = "535 5.7.8 bad credentials"

# service: options.  Each has a password table of its own name in TABLES, or "right".
SERVICES = {
    "plain": "smtp_sasl_mechanism_filter=plain", "login": "smtp_sasl_mechanism_filter=login", "all": "",
    "not": "{ smtp_sasl_mechanism_filter=!cram-md5, static:all }", "nofilter": "smtp_sasl_mechanism_filter=gssapi",
    "noplain": "{ smtp_sasl_security_options=noanonymous, noplaintext }", "wrong": "", "hard":
    "smtp_sasl_auth_soft_bounce=no", "noentry": "", "hostkey": "", "noport": "", "nocolon": "",
    "sender": "smtp_sender_dependent_authentication=yes", "senderoff": "", "dummy": "smtp_send_dummy_mail_auth=yes",
    "off": "smtp_sasl_auth_enable=no",
}
TABLES = {
    "right": "[127.0.0.1]:2600 user:secret\n", "wrong": "[127.0.0.1]:2600 user:wrong\n",
    "hard": "[127.0.0.1]:2600 user:wrong\n", "noentry": "other.test user:secret\n", "hostkey": "127.0.0.1 user:secret\n",
    "noport": "[127.0.0.1] user:secret\n", "nocolon": "[127.0.0.1]:2600 user\n",
    "sender": "alice@internal.test user:secret\n@example.net other:word\n[127.0.0.1]:2600 none:none\n",
    "senderoff": "alice@internal.test user:secret\n",
}

# name, service, mechanisms offered, reply to a wrong login, sender, then: dsn, status, text, user and mechanism seen
ROWS = [
    ("plain", "plain", "PLAIN", None, "2.0.0", "sent", None, "user", "PLAIN"),
    ("login", "login", "PLAIN LOGIN", None, "2.0.0", "sent", None, "user", "LOGIN"),
    ("best", "all", "PLAIN LOGIN CRAM-MD5", None, "2.0.0", "sent", None, "user", "CRAM-MD5"),
    ("filter_with_exclusion", "not", "PLAIN CRAM-MD5", None, "2.0.0", "sent", None, "user", "PLAIN"),
    ("filter_leaves_none", "nofilter", "PLAIN LOGIN", None, "4.7.0", "deferred", INCOMPATIBLE, None, None),
    ("none_offered", "all", "", None, "4.7.0", "deferred", INCOMPATIBLE, None, None),
    ("unknown_offered", "all", "FOO BAR", None, "4.7.0", "deferred", NO_MECHANISM, None, None),
    ("noplaintext", "noplain", "PLAIN LOGIN", None, "4.7.0", "deferred", NO_MECHANISM, None, None),
    ("wrong_password", "wrong", "PLAIN", None, "4.7.8", "deferred", REFUSED % (HOST, BAD), None, "PLAIN"),
    ("wrong_password_hard", "hard", "PLAIN", None, "5.7.8", "bounced", REFUSED % (HOST, BAD), None, "PLAIN"),
    ("refused_later", "wrong", "PLAIN", "454 4.7.0 later", "4.7.0", "deferred", REFUSED % (HOST, "454 4.7.0 later"),
     None, "PLAIN"),
    ("refused_otherwise", "wrong", "PLAIN", "550 no", "4.0.0", "deferred", REFUSED % (HOST, "550 no"), None, "PLAIN"),
    ("cut", "wrong", "PLAIN", "DROP", "4.4.2", "deferred",
     "lost connection with %s while performing the EHLO handshake" % HOST, None, "PLAIN"),
    ("no_entry", "noentry", "PLAIN", None, "2.0.0", "sent", None, None, None),
    ("host_as_key", "hostkey", "PLAIN", None, "2.0.0", "sent", None, "user", "PLAIN"),
    ("nexthop_needs_its_port", "noport", "PLAIN", None, "2.0.0", "sent", None, None, None),
    ("no_password", "nocolon", "PLAIN", None, "4.7.8", "deferred", REFUSED % (HOST, BAD), None, "PLAIN"),
    ("by_sender", "sender", "PLAIN", None, "2.0.0", "sent", None, "user", "PLAIN"),
    ("by_sender_off", "senderoff", "PLAIN", None, "2.0.0", "sent", None, None, None),
    ("off", "off", "PLAIN", None, "2.0.0", "sent", None, None, None),
]


class Logins(Group):
    area = "sasl"
    cost = 10
    main = """
relayhost =
mydestination =
local_recipient_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
transport_maps = @DB@:@ETC@/transport
smtp_sasl_auth_enable = yes
smtp_sasl_password_maps = @DB@:@ETC@/right
smtp_sasl_security_options = noanonymous
smtp_helo_timeout = 3s
smtp_connection_cache_on_demand = no
minimal_backoff_time = 1000s
default_destination_concurrency_failed_cohort_limit = 50
proxy_write_maps = proxy:btree:$data_directory/refused
"""
    master = "".join(
        "%s unix - - n - - smtp\n%s%s" % (
            name, "    -o %s\n" % options if options else "",
            "    -o smtp_sasl_password_maps=@DB@:@ETC@/%s\n" % name if name in TABLES else "")
        for name, options in SERVICES.items()) + """
cached unix - - n - - smtp -o smtp_sasl_password_maps=@DB@:@ETC@/wrong
    -o smtp_sasl_auth_cache_name=proxy:btree:$data_directory/refused
broken unix - - n - - smtp -o smtp_sasl_password_maps=fail:x
"""
    maps = dict(TABLES, transport="".join(
        "%s.test %s:[127.0.0.1]:2600\n" % (name, name) for name in [*SERVICES, "cached", "broken"]))

    def prepare(self):
        self.hop = self.keep(FakeSMTP(("127.0.0.1", 2600), auth={"users": {"user": "secret", "other": "word"}}))

    def outcome(self, service, mechanisms, refusal=None, sender="alice@internal.test"):
        self.hop.reset()
        self.hop.auth["mechs"] = mechanisms
        if refusal:
            self.hop.behave["AUTHFAIL"] = refusal
        qid = self.sent(self.inst.send(sender, "u@%s.test" % service))
        m = self.log(r"%s: to=<u@\S+>, relay=(\S+), delay=[\d.]+, delays=[\d./]+, (?:tls=\S+, )?dsn=(\S+), "
                     r"status=(\w+) \((.*)\)$" % qid)
        if m.group(3) == "deferred":
            self.inst.run("postsuper", "-d", qid)
        return m.group(2), m.group(3), m.group(4)

    def look(self, service, mechanisms, refusal, dsn, status, text, user, mechanism):
        seen = self.outcome(service, mechanisms, refusal)
        self.eq(seen, (dsn, status, text or "250 2.0.0 accepted"), "outcome")
        session = self.hop.sessions[0]
        self.eq((session.user, session.mechanism), (user, mechanism), "login")

    def test_by_sender_domain(self):
        self.outcome("sender", "PLAIN", sender="bob@example.net")
        self.eq(self.hop.sessions[0].user, "other", "login")

    def test_dummy_auth_parameter(self):
        self.outcome("dummy", "PLAIN")
        self.match(r"^MAIL FROM:<alice@internal\.test> .*AUTH=<>$", "\n".join(self.hop.sessions[0].commands))

    def test_refusal_is_remembered(self):
        self.eq(self.outcome("cached", "PLAIN")[2], REFUSED % (HOST, BAD), "first")
        self.eq(self.outcome("cached", "PLAIN")[2],
                "SASL [CACHED] authentication failed; server 127.0.0.1 said: " + BAD, "second")
        self.eq(self.hop.sessions[0].mechanism, None, "login")

    def test_broken_password_table(self):
        self.eq(self.outcome("broken", "PLAIN"), ("4.3.0", "deferred", "local data error while talking to " + HOST),
                "outcome")
        self.log(r"warning: \w+: smtp_sasl_password_maps lookup error")


def case(row):
    return lambda self: self.look(*row[1:])


for each in ROWS:
    setattr(Logins, "test_" + each[0], case(each))
