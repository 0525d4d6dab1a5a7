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


VERBS = ["EHLO", "HELO", "MAIL FROM:", "RCPT TO:", "DATA", "RSET", "NOOP", "VRFY", "QUIT", "ETRN", "XCLIENT", "XFORWARD",
         "AUTH", "STARTTLS", "HELP", "EXPN", "BDAT", "TURN", "mail from:", "Rcpt To:", "MAIL FROM", "RCPT", "MAIL", "ehlo",
         "MAIL FROM :", "MAIL TO:", "RCPT FROM:", "", " ", "NOOP", "CONNECT", "GET / HTTP/1.1", "From:", "SEND FROM:"]
PATHS = ["<a@b.test>", "<>", "a@b.test", "<a@b.test", "a@b.test>", "<@x.test:a@b.test>", "<a b@c.test>", "<\"a b\"@c.test>",
         "<a@[192.0.2.1]>", "<a@[IPv6:2001:db8::1]>", "<a@[bad]>", "<a..b@c.test>", "<.a@c.test>", "<a@c..test>", "<@c.test>",
         "<a@>", "<postmaster>", "<Postmaster@>", "<alice@example.test>", "<alice+x@example.test>", "(c)<a@b.test>",
         "<a@b.test>(c)", "< a@b.test >", "Joe <a@b.test>", "<a@b.test> <c@d.test>", "\"a\"@b.test", "<a\\ b@c.test>",
         "<\"\"@c.test>", "<a@b.test,c@d.test>", "<a%b@c.test>", "<a!b>", "<" + "x" * 70 + "@c.test>", "<<a@b.test>>", "<a@-b.test>",
         "<a@b_c.test>", "<a@b.test.>", "<a@1.2.3.4>", "<a@b@c.test>", "<a:b@c.test>", "<\"a\"b@c.test>", "<a@\xe4.test>",
         "<\xe4@b.test>", "<\xc3\xa4@b.test>", "<a@\xc3\xa4.test>", "", " ", "<a@b.test>x", "<\"a@b\"@c.test>", "<'a'@b.test>", "<a@b.test;>", "<\"a\\\"b\"@c.test>"]
OPTIONS = ["SIZE=100", "SIZE=", "SIZE=x", "SIZE=99999999999", "SIZE=0", "BODY=8BITMIME", "BODY=7BIT", "BODY=BINARYMIME",
           "BODY=", "SMTPUTF8", "SMTPUTF8=x", "RET=FULL", "RET=HDRS", "RET=x", "RET=FULL RET=HDRS", "ENVID=abc", "ENVID=a+2Bb",
           "ENVID=a+b", "ENVID=", "NOTIFY=NEVER", "NOTIFY=SUCCESS,DELAY", "NOTIFY=NEVER,DELAY", "NOTIFY=x", "NOTIFY=",
           "ORCPT=rfc822;a@b.test", "ORCPT=a@b.test", "ORCPT=rfc822;a+40b", "ORCPT=;a", "ORCPT=rfc822;", "AUTH=<>", "AUTH=a@b",
           "XVERP", "XVERP=+=", "XVERP=", "FOO", "FOO=BAR", "=x", "size=10", "body=8bitmime", "notify=never", "REQUIRETLS",
           "MT-PRIORITY=1", "BY=1;R", "HOLDFOR=1", "ORCPT=utf-8;a@b.test", "SIZE=10 SIZE=10", "TRANSID=x"]


class Dialogue(Group):
    area = "random"
    cost = 60
    main = """smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 2000
smtpd_error_sleep_time = 0
smtpd_recipient_restrictions = permit_mynetworks, reject
local_recipient_maps =
smtpd_junk_command_limit = 10000
smtpd_authorized_verp_clients = 127.0.0.1
relayhost =
default_transport = hold:
recipient_delimiter = +
"""
    services = {
        "plain": "",
        "strict": "strict_rfc821_envelopes = yes\nsmtpd_helo_required = yes\nresolve_numeric_domain = yes",
        "loose": "disable_vrfy_command = yes\nsmtputf8_enable = no\nsmtpd_discard_ehlo_keywords = dsn, etrn, size\n"
                 "resolve_null_domain = yes\nallow_untrusted_routing = yes\nsmtpd_forbidden_commands = GET, HELP",
        "delayed": "smtpd_delay_reject = no\nsmtpd_helo_restrictions = reject_invalid_helo_hostname\n"
                   "smtpd_sender_restrictions = reject_non_fqdn_sender\nsmtpd_delay_open_until_valid_rcpt = no",
    }

    def test_commands(self):
        pick = random.Random(SEED * 104729 + 3)
        rows = []
        end = time.time() + 40
        for _ in range(160):
            if time.time() > end:
                break
            service = pick.choice(sorted(self.services))
            lines = ["EHLO client.test"] if pick.random() < 0.8 else []
            for _ in range(pick.randint(3, 10)):
                verb = pick.choice(VERBS) if pick.random() < 0.5 else pick.choice(["MAIL FROM:", "RCPT TO:"])
                line = verb
                if verb.upper().startswith(("MAIL", "RCPT", "VRFY", "EXPN", "SEND", "FROM")):
                    line += (" " if verb in ("VRFY", "EXPN", "MAIL", "RCPT") or pick.random() < 0.1 else "") + pick.choice(PATHS)
                    if pick.random() < 0.4:
                        line += " " + " ".join(pick.choice(OPTIONS) for _ in range(pick.randint(1, 2)))
                elif pick.random() < 0.6:
                    line += " " + pick.choice(["x", "example.test", "[192.0.2.1]", "NAME=x", "ADDR=192.0.2.9", "PLAIN AAAA", "0 LAST",
                                               "5 LAST", "x y", "", "#example.test", "@example.test", "NAME=[UNAVAILABLE]",
                                               "HELO=a.test", "PROTO=ESMTP", "IDENT=x"])
                lines.append(line)
            rows.append({"service": service, "lines": lines, "said": self.converse(service, lines)})
        record("dialogue", rows)

    def converse(self, service, lines):
        said = []
        c = self.inst.smtp(port=self.port[service], timeout=3)
        try:
            c.greet()
            for line in lines:
                c.send(line.encode("latin-1") + b"\r\n")
                if line.upper().startswith("BDAT") and line.endswith("5 LAST"):
                    c.send(b"a: b\n")
                reply = c.reply()
                said.append(re.sub(r"queued as \w+", "queued", str(reply)))
                if reply.code == 354:
                    c.send(b"a: b\r\n\r\nc\r\n.\r\n")
                    said.append(re.sub(r"queued as \w+", "queued", str(c.reply())))
                if reply.code in (221, 421) or reply.eof:
                    break
        except OSError as failure:
            said.append("!" + type(failure).__name__)
        finally:
            c.close()
        return [re.sub("Postfix|Postrider", "P", text) for text in said]
