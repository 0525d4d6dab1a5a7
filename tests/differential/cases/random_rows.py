"""Random input, the same for both suites: restriction lists, command lines, rewriting settings (run --seed N)."""
import os
import random
import re
import time

from recorder import Recorder

SEED = int(os.environ.get("DIFFERENTIAL_SEED", "1"))
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


class Access(Recorder):
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
        for number in range(LISTS):
            for _ in range(ASKED):
                asked = [pick.choice(choices) for choices in (CLIENTS, HELOS, SENDERS, RCPTS)]
                said, log = self.ask(number, *asked)
                self.record("%s %s %s" % (SEED, self.lists[number], asked), [said, log])
                if said[-1].startswith("!"):
                    break  # the service does not start with such a list

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
        return said, log


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


class Dialogue(Recorder):
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
        for _ in range(160):
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
            self.record("%s %s %s" % (SEED, service, lines), self.converse(service, lines))

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


def some(pick, *values):
    return pick.choice(values)


def rewriting_settings(pick):
    addresses = ["joe", "ann", "joe@example.test", "@example.test", "joe@sub.example.test", "@sub.example.test", "@other.test",
                 "ann@other.test", "joe+x", "joe+x@example.test", "x", "@example", "owner-list", "list", "@virtual.test",
                 "alice@virtual.test", "\"a b\"@other.test", "postmaster", "@[192.0.2.1]", "moved@example.test"]
    results = ["joe", "ann@other.test", "@new.test", "bob@example.test", "joe+y@example.test", "joe@sub.example.test", "a, b@other.test",
               "new+z", "x@host", "Joe Doe", "@", "alice", "joe@example.test", "\"q q\"@other.test", "user%site@other.test", "a!b"]

    def table():
        return "inline:{%s}" % ", ".join("{%s = %s}" % (pick.choice(addresses), pick.choice(results))
                                         for _ in range(pick.randint(1, 4))) if pick.random() < 0.5 else ""
    classes = ["envelope_sender", "envelope_recipient", "header_sender", "header_recipient"]

    def subset(words):
        return ", ".join(w for w in words if pick.random() < 0.5) or words[0]
    return {
        "append_at_myorigin": some(pick, "yes", "yes", "no"),
        "append_dot_mydomain": some(pick, "yes", "no"),
        "swap_bangpath": some(pick, "yes", "no"),
        "allow_percent_hack": some(pick, "yes", "no"),
        "recipient_delimiter": some(pick, "", "+", "-", "+-", "+"),
        "myorigin": some(pick, "example.test", "mx.example.test", "sub.example.test"),
        "mydestination": some(pick, "example.test, localhost", "mx.example.test, example.test, sub.example.test", "localhost", ""),
        "masquerade_domains": some(pick, "", "example.test", "sub.example.test example.test", "!mx.example.test example.test", "test"),
        "masquerade_classes": some(pick, "envelope_sender, header_sender, header_recipient", subset(classes)),
        "masquerade_exceptions": some(pick, "", "root, joe"),
        "canonical_maps": table(), "sender_canonical_maps": table(), "recipient_canonical_maps": table(),
        "canonical_classes": some(pick, ", ".join(classes), subset(classes)),
        "sender_canonical_classes": some(pick, "envelope_sender, header_sender", subset(classes[::2])),
        "recipient_canonical_classes": some(pick, "envelope_recipient, header_recipient", subset(classes[1::2])),
        "virtual_alias_maps": table(),
        "virtual_alias_domains": some(pick, "", "virtual.test"),
        "virtual_alias_expansion_limit": some(pick, "1000", "3"), "virtual_alias_recursion_limit": some(pick, "1000", "2"),
        "propagate_unmatched_extensions": some(pick, "canonical, virtual", "", "canonical", "virtual", "canonical, virtual, alias"),
        "local_header_rewrite_clients": some(pick, "permit_inet_interfaces", "permit_mynetworks", ""),
        "remote_header_rewrite_domain": some(pick, "", "domain.invalid"),
        "always_bcc": some(pick, "", "", "keep@archive.test", "keep"),
        "sender_bcc_maps": table(), "recipient_bcc_maps": table(),
        "enable_original_recipient": some(pick, "yes", "no"),
        "resolve_dequoted_address": some(pick, "yes", "no"), "resolve_null_domain": some(pick, "no", "yes"),
        "resolve_numeric_domain": some(pick, "no", "yes"), "owner_request_special": some(pick, "yes", "no"),
        "relayhost": some(pick, "", "[relay.test]", "smart.test:2525"),
        "transport_maps": some(pick, "", "inline:{{other.test = smtp:[a.test]}, {.test = relay:}, {joe@example.test = error:5.1.2 no}}",
                               "inline:{{* = smtp:b.test}, {example.test = :}}",
                               "inline:{{joe+x@example.test = discard:}, {.example.test = :[c.test]}, {other.test = virtual:}}"),
        "sender_dependent_relayhost_maps": some(pick, "", "inline:{{@example.test = [d.test]}, {joe@other.test = e.test}}"),
        "sender_dependent_default_transport_maps": some(pick, "", "inline:{{@other.test = relay:[f.test]}}"),
        "default_transport": some(pick, "smtp", "relay:[g.test]"), "relay_domains": some(pick, "", "other.test", "test"),
        "relocated_maps": some(pick, "", "inline:{moved@example.test=new@place.test}"),
        "local_recipient_maps": "", "local_transport": some(pick, "local:$myhostname", "lmtp:unix:/x"),
        "virtual_mailbox_domains": some(pick, "", "box.test"), "parent_domain_matches_subdomains": some(pick, "", "relay_domains"),
    }


class Rewriting(Recorder):
    area = "random"
    cost = 60
    main = """defer_transports = local smtp relay virtual lmtp discard
smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_reject_unlisted_recipient = no
smtpd_relay_restrictions =
"""
    users = ["joe", "ann", "Joe", "joe+x", "joe-x", "joe+x+y", "list", "owner-list", "list-request", "moved", "postmaster", "a%b",
             "a%other.test", "other.test!joe", "x", "\"a b\"", "\"joe\"", "root", "alice", "MAILER-DAEMON", "a!b%c", "joe+", "+x", "unknown"]
    domains = ["", "", "@example.test", "@EXAMPLE.test", "@sub.example.test", "@mx.example.test", "@other.test", "@virtual.test",
               "@host", "@host.example.test", "@[192.0.2.1]", "@localhost", "@box.test", "@far.invalid", "@other.test.", "@a.b.example.test",
               "@192.0.2.1", "@example"]
    headers = ["From", "To", "Cc", "Sender", "Reply-To", "Resent-To", "Errors-To", "Return-Receipt-To", "X-To", "Resent-From", "Bcc"]

    def test_settings(self):
        pick = random.Random(SEED * 15485863 + 4)
        for _ in range(10):
            settings = rewriting_settings(pick)
            self.inst.set(**settings)
            self.inst.reload()
            time.sleep(1.2)  # until those who know the old settings have gone
            for _ in range(15):
                self.ask(pick, settings)

    def address(self, pick):
        return pick.choice(self.users) + pick.choice(self.domains)

    def ask(self, pick, settings):
        source = pick.choice(["127.0.0.1", "127.0.0.1", "192.0.2.10"])
        sender, rcpts = self.address(pick), [self.address(pick) for _ in range(pick.randint(1, 3))]
        if pick.random() < 0.1:
            sender = ""
        lines = ["%s: %s" % (name, pick.choice(["%s", "Joe Doe <%s>", "<%s>", "%s, Ann <ann>", "%s (Joe)"]) % self.address(pick))
                 for name in pick.sample(self.headers, 4)]
        since = self.inst.log_size()
        said, seen, log = [], "", []
        c = self.inst.smtp(src=source, timeout=2)
        try:
            c.greet()
            c.cmd("EHLO client.test")
            for line in ["MAIL FROM:<%s>" % sender] + ["RCPT TO:<%s>" % rcpt for rcpt in rcpts]:
                said.append(str(c.cmd(line)))
            reply = c.cmd("DATA")
            said.append(str(reply))
            if reply.code == 354:
                reply = c.content("\n".join(lines) + "\n\nbody\n")
                said.append(re.sub(r"queued as \w+", "queued", str(reply)))
                found = re.search(r"queued as (\w+)", str(reply))
                if found:
                    self.inst.wait_log("%s: to=|%s: removed" % (found.group(1), found.group(1)), since=since, timeout=3)
                    self.inst.wait_queue(lambda q: True, timeout=1)
                    seen, log = self.look(found.group(1), since)
        except OSError as failure:
            said.append("!" + type(failure).__name__)
        finally:
            c.close()
        self.record("%s %s %s" % (SEED, [source, sender, rcpts, lines], {k: v for k, v in settings.items() if v}),
                    [said, seen, log])

    def look(self, qid, since):
        time.sleep(0.03)
        text = self.inst.run("postcat", "-q", "-e", "-h", qid).out
        keep = [re.sub(r"^(Resent-Message-Id|Resent-Date): .*", r"\1: x", line) for line in text.splitlines()
                if re.match(r"(sender|recipient|original_recipient|done_recipient|To|From|Cc|Sender|Reply-To|Resent-\S+|Errors-To|"
                            r"Return-Receipt-To|X-To|Bcc):", line)]
        log = sorted(set(re.sub(r"delays?=[^ ]* ", "", line.split(": ", 2)[2]) for line in self.inst.log_text(since).splitlines()
                         if "%s: to=" % qid in line))
        return keep, log
