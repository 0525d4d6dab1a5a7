"""Random input, the same for every suite: what comes of it is written down for tests/conform/differ to compare."""
import json
import os
import random
import re
import time

from harness import Group

SEED = int(os.environ.get("DIFFER_SEED", "1"))


def record(name, rows):
    """Rows of plain values, for comparison with another suite's."""
    place = os.environ.get("DIFFER_OUT")
    if place:
        with open(os.path.join(place, name + ".json"), "w", encoding="utf-8") as f:
            json.dump(rows, f, indent=0)


CLIENTS = ["192.0.2.10", "192.0.2.11", "192.0.2.13", "192.0.2.20", "192.0.2.21", "192.0.2.30", "192.0.2.66",
           "198.51.100.7", "203.0.113.5", "127.0.0.1"]
HELOS = ["client.example.org", "friend.example.org", "sub.friend.example.org", "short", "nodomain.invalid.test",
         "[192.0.2.10]", "[192.0.2.99]", "192.0.2.10", "bad_name.test", "-x.test", "nomx.test", "onlya.test",
         "timeout.test", "[IPv6:2001:db8::1]", "nullmx.test", "listed.test", "mx.example.test", "a..b", "[bad"]
SENDERS = ["", "bob@example.net", "bob@good.test", "bob@nomx.test", "bob@nullmx.test", "bob@onlya.test", "bob",
           "bob@timeout.test", "bob@missing.test", "alice@example.test", "nobody@example.test", "bob@listed.test",
           "bob+x@good.test", "bob@sub.friend.example.org", "\"odd one\"@good.test", "bob@[192.0.2.1]",
           "bob@short", "postmaster@good.test", "mapped@relay.test"]
RCPTS = ["alice@example.test", "nobody@example.test", "bob@good.test", "x@relay.test", "unknown@relay.test", "alice",
         "alice+ext@example.test", "alias@virtual.test", "gone@virtual.test", "box@mailbox.test", "gone@mailbox.test",
         "user@nomx.test", "user@timeout.test", "a%b@example.test", "user@sub.relay.test", "postmaster",
         "abuse@example.test", "moved@example.test", "\"odd one\"@example.test", "user@[192.0.2.1]", "x@short",
         "user@missing.test", "@good.test:alice@example.test", "user@nullmx.test", "user@listed.test"]
ACTIONS = ["OK", "ok text", "REJECT", "REJECT go away", "DUNNO", "550 no", "450 4.7.9 wait", "DEFER", "DEFER later on",
           "DEFER_IF_PERMIT", "DEFER_IF_PERMIT perhaps", "DEFER_IF_REJECT", "DEFER_IF_REJECT hm", "WARN look", "INFO see",
           "reject_unauth_destination", "permit_mynetworks", "reject", "permit", "12", "PREPEND X-A: b", "HOLD kept",
           "5.7.9 bare", "REJECT 5.1.9 coded", "REJECT 4.1.9 odd", "FILTER smtp:x", "421 4.3.9 bye", "521 5.3.9 bye",
           "unknown_word", "defer_if_permit", "reject_unlisted_recipient, permit", "0", "BCC a@b", "REDIRECT a@b",
           "check_sender_access inline:{good.test=REJECT nested}", "reject_unknown_sender_domain", "DISCARD gone"]
KEYS = ["192.0.2", "192.0.2.10", "198.51.100", "client.example.org", ".example.org", "example.org", "friend.example.org",
        "unknown", "good.test", ".good.test", "bob@", "bob@good.test", "example.test", "alice@", "alice@example.test",
        "relay.test", ".relay.test", "x@relay.test", "<>", "short", "[192.0.2.10]", "listed.test", "mx.good.test",
        "198.51.100.25", "192.0.2.1", "test", "alice", "bob+x@good.test", "nomx.test", "127.0.0.1"]
PLAIN = ["permit_mynetworks", "reject_unauth_destination", "permit_auth_destination", "reject_unknown_sender_domain",
         "reject_unknown_recipient_domain", "reject_non_fqdn_sender", "reject_non_fqdn_recipient",
         "reject_invalid_helo_hostname", "reject_non_fqdn_helo_hostname", "reject_unknown_helo_hostname",
         "reject_unknown_client_hostname", "reject_unknown_reverse_client_hostname", "reject_unlisted_sender",
         "reject_unlisted_recipient", "reject_sender_login_mismatch", "permit_sasl_authenticated", "defer_if_permit",
         "defer_if_reject", "warn_if_reject", "warn_if_reject", "reject_plaintext_session", "permit_inet_interfaces",
         "permit_tls_clientcerts", "reject_multi_recipient_bounce", "reject_unauth_pipelining", "permit_mx_backup",
         "defer_unauth_destination", "reject_known_sender_login_mismatch", "reject_authenticated_sender_login_mismatch",
         "reject_unauthenticated_sender_login_mismatch", "reject", "defer", "permit",
         "reject_rbl_client list.test", "reject_rbl_client list.test=127.0.0.2", "reject_rhsbl_sender dom.test",
         "reject_rhsbl_helo dom.test", "reject_rhsbl_recipient dom.test", "reject_rhsbl_client dom.test",
         "reject_rhsbl_reverse_client dom.test", "permit_dnswl_client white.test", "permit_rhswl_client dom.test",
         "reject_rbl_client slow.timeout.test", "reject_rbl_client list.test=127.0.0.[2..9]",
         "reject_unknown_client", "sleep 0"]
TABLES = ["client", "helo", "sender", "recipient", "reverse_client_hostname", "sender_mx", "sender_a", "sender_ns",
          "recipient_mx", "recipient_a", "recipient_ns", "client_mx", "client_ns", "client_a", "helo_mx", "helo_a",
          "helo_ns", "reverse_client_hostname_mx", "reverse_client_hostname_a", "reverse_client_hostname_ns", "ccert",
          "sasl", "etrn"]
LISTS = 40
ASKED = 8


def restriction(pick):
    if pick.random() < 0.45:
        return pick.choice(PLAIN)
    rows = ", ".join("{%s = %s}" % (pick.choice(KEYS), pick.choice(ACTIONS)) for _ in range(pick.randint(1, 4)))
    kind = pick.choice(TABLES)
    if kind in ("ccert", "sasl", "etrn") and pick.random() < 0.8:
        kind = "sender"
    return "check_%s_access inline:{ %s }" % (kind, rows)


def restriction_lists(pick):
    return [", ".join(restriction(pick) for _ in range(pick.randint(1, 5))) for _ in range(LISTS)]


class Access(Group):
    area = "random"
    cost = 60
    dns = """
10.2.0.192.list.test   A    127.0.0.2
10.2.0.192.list.test   TXT  "see list"
66.2.0.192.list.test   A    127.0.0.3
20.2.0.192.white.test  A    127.0.0.5
listed.test.dom.test   A    127.0.0.2
client.example.org.dom.test A 127.0.0.9
friend.example.org.dom.test A 127.0.0.9
listed.test            A    192.0.2.77
192.0.2.66             PTR  listed.test
timeout.test           SERVFAIL
slow.test              SERVFAIL
"""
    lists = restriction_lists(random.Random(SEED * 7919 + 1))
    services = {"t%d" % i: "smtpd_recipient_restrictions = %s" % text for i, text in enumerate(lists)}
    main = """smtpd_relay_restrictions = check_client_access static:OK, reject_unauth_destination
mynetworks = 127.0.0.0/8 203.0.113.0/24
relay_domains = relay.test
relay_recipient_maps = inline:{x@relay.test=ok}
virtual_alias_domains = virtual.test
virtual_alias_maps = inline:{alias@virtual.test=alice}
virtual_mailbox_domains = mailbox.test
virtual_mailbox_maps = inline:{box@mailbox.test=box/}
relocated_maps = inline:{moved@example.test=elsewhere}
smtpd_sender_login_maps = inline:{bob@good.test=bob}
smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 2000
smtpd_error_sleep_time = 0
recipient_delimiter = +
"""

    def test_lists(self):
        pick = random.Random(SEED * 7919 + 2)
        rows = []
        for number in range(LISTS):
            for _ in range(ASKED):
                row = self.ask(number, *(pick.choice(choices) for choices in (CLIENTS, HELOS, SENDERS, RCPTS)))
                rows.append(row)
                if row["said"][-1].startswith("!"):
                    break  # the service does not start with such a list
        record("access", rows)

    def ask(self, number, client, helo, sender, rcpt):
        since = self.inst.log_size()
        said = []
        c = None
        try:
            c = self.inst.smtp(src=client, port=self.port["t%d" % number], timeout=2)
            c.greet()
            c.cmd("EHLO " + helo)
            for line in ("MAIL FROM:<%s>" % sender, "RCPT TO:<%s>" % rcpt, "QUIT"):
                said.append(str(c.cmd(line)))
            self.inst.wait_log("disconnect from", since=since, timeout=2)
        except OSError as failure:
            said.append("!" + type(failure).__name__)
        finally:
            if c:
                c.close()
        log = sorted(re.sub(r"^.*?: ", "", line) for line in self.inst.log_text(since).splitlines()
                     if re.search("NOQUEUE|warning|fatal", line) and
                     not re.search("is ignored|no SASL support|process .* exit|bad command startup", line))
        return {"list": self.lists[number], "client": client, "helo": helo, "sender": sender, "rcpt": rcpt,
                "said": said, "log": log}
