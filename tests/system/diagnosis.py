"""`postfix check`, `postfix explain`, `postfix trace`: what they find, and what they leave alone."""
import contextlib
import grp
import gzip
import json
import os
import pwd
import re
import shutil
import subprocess

import instance as private_instance
from harness import BUILD, PATIENCE, ROOT, TOP, Skip, until

CONFIGURATIONS = os.path.join(TOP, "tests", "configurations")

# Files that the configurations name: they would be there on the machines they come from.
FILES = {
    "aliases": "postmaster: root\n",
    "mailname": "example.test\n",
    "sasl_passwd": "[smtp.provider.test]:587 user:secret\n",
    "relay_domains": "example.net ok\n",
    "relay_recipients": "anna@example.test ok\n",
    "transport.pcre": "/@local\\.example$/ smtp:[127.0.0.1]:25\n",
    "transport": "example.test smtp:[192.0.2.25]\n",
    "virtual": "info@example.test anna\n",
    "vmailbox": "anna@example.test example.test/anna/\n",
    "postfix_lmtp": "list@lists.example.test lmtp:[127.0.0.1]:8024\n",
    "postfix_domains": "lists.example.test lists.example.test\n",
    "sni.map": "mail.example.test /nowhere\n",
    "allow_mailcow_local": "watchdog@example.test REJECT\n",
    "insiders": "example.test OK\n",
    "protected": "all@example.test insiders_only\n",
    "vhost": "lists.example.test x\n",
    "aliases.mailman": "list: anna\n",
    "canonical": "old@example.test anna@example.test\n",
    "sender_canonical": "root admin@example.test\n",
    "relocated": "gone@example.test elsewhere@example.net\n",
    "access": "bad.example REJECT\n",
    "vmailbox.text": "anna@example.test example.test/anna/\n",
    "virtual.text": "info@example.test anna@example.test\n",
    "postscreen_access.cidr": "192.0.2.0/24 permit\n192.0.2.66 reject\n",
    "custom_postscreen_whitelist.cidr": "192.0.2.0/24 permit\n",
    "clients.cidr": "192.0.2.66 REJECT\n192.0.2.0/24 OK\n",
    "amavis_senders": "/^/ FILTER smtp-amavis:[127.0.0.1]:10026\n",
    "header_checks": "/^X-Bad:/ REJECT\n",
    "mime_checks": "/name=.*\\.exe/ REJECT\n",
    "helo_access.pcre": "/^localhost$/ REJECT\n",
    "sender_access.pcre": "/@bad\\.example$/ REJECT\n",
    "dh.pem": "",
    "virtual-mailbox-domains.cf": "dbpath = @DIR@/users.sqlite\nquery = SELECT 1 FROM users WHERE email='%s'\n",
    "virtual-mailbox-maps.cf": "dbpath = @DIR@/users.sqlite\nquery = SELECT 1 FROM users WHERE email='%s'\n",
    "virtual-alias-maps.cf": "dbpath = @DIR@/users.sqlite\nquery = SELECT 1 FROM users WHERE email='%s'\n",
    "sender-login-maps.cf": "dbpath = @DIR@/users.sqlite\nquery = SELECT 1 FROM users WHERE email='%s'\n",
}
for _kind in ("mysql", "pgsql"):
    for _name in ("domains", "users", "aliases", "email2email"):
        FILES["%s-%s.cf" % (_kind, _name)] = ("user = mail\npassword = x\nhosts = 127.0.0.1\ndbname = mail\n"
                                              "query = SELECT 1 FROM t WHERE a='%s'\n")
# What they are made into.
INDEXED = ("sasl_passwd", "relay_domains", "relay_recipients", "transport", "virtual", "vmailbox", "postfix_lmtp",
           "postfix_domains", "sni.map", "allow_mailcow_local", "insiders", "protected", "canonical",
           "sender_canonical", "relocated", "access", "vhost")


def certificate(directory, days=300, name="cert"):
    """A key and a certificate of its own; (certificate, key)."""
    cert, key = os.path.join(directory, name + ".pem"), os.path.join(directory, name + ".key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-subj", "/CN=mail.example.test", "-days", str(days), "-out", cert, "-keyout", key],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.chmod(key, 0o600)
    return cert, key


def places(i):
    """What a test instance must say of itself, whatever its configuration is."""
    owner, group, unprivileged, _, _ = private_instance.accounts()
    return ("\ncommand_directory = {d}/sbin\ndaemon_directory = {d}/libexec\nqueue_directory = {d}/spool\n"
            "data_directory = {d}/data\nmeta_directory = {d}/etc\nshlib_directory = {b}/plugins\nmail_owner = {o}\n"
            "setgid_group = {g}\ndefault_privs = {u}\nsendmail_path = {d}/sbin/sendmail\n").format(
                d=i.directory, b=BUILD, o=owner, g=group, u=unprivileged)


def checked(i, *options):
    """(exit status, lines) of `postfix check`."""
    done = i.command("postfix", "check", *options, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                     timeout=PATIENCE)
    return done.returncode, done.stdout.splitlines()


def findings(i, *options):
    _, lines = checked(i, "--json", "--strict", *options)
    return [json.loads(line) for line in lines if line.startswith("{")]


def kinds(i):
    return {f["kind"] for f in findings(i)}


def found(i, kind, *words):
    """The finding of this kind with these words in it."""
    all_of_them = findings(i)
    hits = [f for f in all_of_them if f["kind"] == kind and all(w in f["text"] + f["remedy"] for w in words)]
    assert hits, "%s %s is not among %s" % (kind, words, json.dumps(all_of_them, indent=1))
    return hits[0]


def prepare_files(i, cert, key):
    import sqlite3
    for name, text in FILES.items():
        i.write(name, text.replace("@DIR@", i.etc))
    sqlite3.connect(os.path.join(i.etc, "users.sqlite")).close()
    shutil.copy(os.path.join(TOP, "conf", "dynamicmaps.cf"), i.etc)
    chain = os.path.join(i.etc, "chain.pem")
    with open(chain, "w") as f:
        f.write(open(key).read() + open(cert).read())
    os.chmod(chain, 0o600)
    return chain


def on_this_machine(text):
    """Commands and users that this machine lacks are there where the configuration comes from."""
    def program(match):
        return match.group(0) if shutil.which(match.group(2)) else match.group(1) + "/bin/true"

    def user(match):
        with contextlib.suppress(KeyError):
            pwd.getpwnam(match.group(2))
            return match.group(0)
        return match.group(1) + "nobody"

    text = re.sub(r"(argv=|mailbox_command = )([\w/.-]+)", program, text)
    return re.sub(r"(user=)([\w.-]+(?::[\w.-]+)?)", user, text)


def test_configurations_in_the_wild(t):
    """No false alarm on any of them."""
    cert, key = certificate(t.directory)
    silent, alarms = 0, []
    for name in sorted(os.listdir(CONFIGURATIONS)):
        folder = os.path.join(CONFIGURATIONS, name)
        if not os.path.isdir(folder):
            continue
        i = t.instance()
        chain = prepare_files(i, cert, key)
        owner = private_instance.accounts()[0]

        def placed(text):
            for word, value in (("@DIR@", i.etc), ("@CERT@", cert), ("@KEY@", key), ("@CHAIN@", chain),
                                ("@OWNER@", owner)):
                text = text.replace(word, value)
            return on_this_machine(text)

        with open(os.path.join(folder, "main.cf")) as f:
            given = placed(f.read())
        base = private_instance.without(places(i), {line.split("=")[0].strip() for line in given.splitlines()})
        i.write("main.cf", given + base)
        with open(os.path.join(folder, "master.cf")) as f:
            i.write("master.cf", placed(f.read()))
        kind = "lmdb" if "lmdb:" in given else "hash"
        for table in ("aliases", "aliases.mailman"):
            i.run("postalias", "%s:%s/%s" % (kind, i.etc, table))
        for table in INDEXED:
            i.run("postmap", "%s:%s/%s" % (kind, i.etc, table))
        status, lines = checked(i)
        if status != 0 or lines:
            alarms.append("%s: status %d\n%s" % (name, status, "\n".join(lines)))
        warnings = i.command("postconf", "-n", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                             timeout=PATIENCE).stderr
        # Postfix says the same of old names, and of a name that only a patched one had.
        known = ("support for parameter", "undefined parameter: virtual_mailbox_limit_maps")
        if [line for line in warnings.splitlines() if not any(words in line for words in known)]:
            alarms.append("%s: postconf -n: %s" % (name, warnings))
        silent += 1
    assert not alarms, "\n".join(alarms)
    assert silent >= 21, silent


def test_names_and_values(t):
    i = t.instance("smtpd_recipient_restritions = permit\n"
                   "smtp_tls_security_level = incrypt\n"
                   "myfriends = 192.0.2.1\n"
                   "smtpd_banner = $myhostnam ESMTP\n")
    bad = found(i, "unknown-parameter", "smtpd_recipient_restritions", "did you mean smtpd_recipient_restrictions?")
    assert bad["severity"] == "warning" and bad["file"].endswith("main.cf") and bad["line"] > 10, bad
    found(i, "bad-value", "incrypt", "did you mean encrypt?")
    assert found(i, "unused-parameter", "myfriends")["severity"] == "note"
    found(i, "undefined-parameter", "$myhostnam", "did you mean $myhostname?")


def test_values_of_wrong_type_or_range(t):
    i = t.instance("smtpd_helo_required = maybe\nsmtpd_timeout = never\nsmtpd_soft_error_limit = 0x10\n"
                   "smtpd_tls_protocols = >=TLSv1.7\nnotify_classes = resource, sofware\n")
    texts = "\n".join(f["text"] for f in findings(i) if f["kind"] == "bad-value")
    for word in ("smtpd_helo_required = maybe", "never", "0x10", "TLSv1.7", "sofware"):
        assert word in texts, (word, texts)
    status, lines = checked(i)
    assert status == 1 and any("smtpd_helo_required = maybe; write yes or no" in line for line in lines), lines


def test_exit_statuses(t):
    i = t.instance()
    assert checked(i) == (0, []), checked(i)
    i.configure("smtpd_recipient_restritions = permit\n")
    assert checked(i)[0] == 0
    assert checked(i, "--strict")[0] == 1
    i.configure("content_filter = nowhere:[127.0.0.1]:10024\n")
    assert checked(i)[0] == 1
    done = i.command("postfix", "check", "--sideways", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                     timeout=PATIENCE)
    assert done.returncode == 64 and "usage" in done.stdout, done.stdout


def test_restrictions(t):
    i = t.instance("smtpd_client_restrictions = permit_mynetworks, reject_unkown_client_hostname\n"
                   "smtpd_sender_restrictions = check_client_access static:OK, reject_unknown_sender_domain\n"
                   "smtpd_restriction_classes = mine, lost\nmine = permit, reject\n")
    found(i, "restriction", "reject_unkown_client_hostname", "did you mean reject_unknown_client_hostname?")
    found(i, "restriction", "reject_unknown_sender_domain", "never reached", "static:OK")
    found(i, "restriction", "reject in mine is never reached")
    found(i, "restriction", "class lost is not defined")


def open_relay(t, main, master=""):
    i = t.instance("inet_interfaces = all\n" + main, "10.1.1.1:25 inet n - n - - smtpd\n" + master)
    hits = [f for f in findings(i) if f["kind"] == "open-relay"]
    return hits[0]["text"] if hits else ""


def test_open_relays(t):
    both = "smtpd_relay_restrictions = %s\nsmtpd_recipient_restrictions = %s\n"
    assert "permit" in open_relay(t, both % ("permit_mynetworks, permit", "permit_mynetworks"))
    assert "friend@x.test OK" in open_relay(
        t, both % ("check_sender_access inline:{{friend@x.test=OK}}, reject_unauth_destination", ""))
    assert "OK" in open_relay(t, both % ("check_helo_access static:OK, reject", "permit_mynetworks"))
    assert "0.0.0.0/0" in open_relay(t, "mynetworks = 127.0.0.0/8, 0.0.0.0/0\n")
    assert "is permitted" in open_relay(t, both % ("permit_mynetworks", "warn_if_reject reject_unauth_destination"))
    assert "both empty" in open_relay(t, both % ("", ""))
    assert "friends" in open_relay(
        t, "smtpd_restriction_classes = friends\nfriends = permit\n" +
        both % ("check_sender_access inline:{{x.test=friends}}, reject_unauth_destination", ""))
    assert "xclient" in open_relay(t, "smtpd_authorized_xclient_hosts = 0.0.0.0/0\n")


def test_openings_that_are_easily_overlooked(t):
    """Networks, domains and patterns that hold everybody without saying so."""
    both = "smtpd_relay_restrictions = %s\nsmtpd_recipient_restrictions = %s\n"
    nets = os.path.join(t.directory, "nets")
    with open(nets, "w") as f:
        f.write("10.0.0.0/8\n0.0.0.0/0\n")
    for main, words in (
            ("mynetworks = 0.0.0.0/1 128.0.0.0/1\n", "0.0.0.0/1"),
            ("mynetworks = 127.0.0.0/8 2000::/3\n", "2000::/3"),
            ("mynetworks = %s\n" % nets, "0.0.0.0/0"),
            ("relay_domains = static:all\n", "every domain"),
            ("relay_domains = regexp:{{/./ OK}}\n", "every domain"),
            ("relay_domains = pcre:{{/^.*[a-z]/ OK}}\n", "every domain"),
            ("relay_domains = example.net, com\nparent_domain_matches_subdomains = relay_domains\n", "has com"),
            ("allow_untrusted_routing = yes\n", "elsewhere"),
            (both % ("permit_mynetworks, check_recipient_access regexp:{{/^.+@.+$$/ OK}}, reject_unauth_destination", ""), "OK"),
            (both % ("permit_tls_clientcerts, reject_unauth_destination", "") + "relay_clientcerts = static:ok\n", "static:ok")):
        said = open_relay(t, main)
        assert words in said, (main, said)
    for main in ("mynetworks = 10.0.0.0/8 100.64.0.0/10 192.0.2.0/24 [fe80::]/10 fd00::/8\n",
                 "relay_domains = example.net, home.lan, lan\nparent_domain_matches_subdomains = relay_domains\n",
                 "relay_domains = example.net, regexp:{{/\\.example\\.org$$/ OK}}\n",
                 "allow_untrusted_routing = yes\nallow_percent_hack = no\nswap_bangpath = no\n"):
        said = open_relay(t, main)
        assert said == "", (main, said)
    i = t.instance("smtpd_relay_restrictions = permit_mx_backup, reject_unauth_destination\ninet_interfaces = all\n"
                   "virtual_alias_domains = static:x\n", "10.1.1.1:25 inet n - n - - smtpd\n")
    found(i, "perhaps-open-relay", "permit_mx_backup")
    found(i, "conflict", "virtual_alias_domains has static:x")


def test_what_tables_answer(t):
    """Services that nobody has, words that are no action, passwords that are not found, a filter that is ourselves."""
    i = t.instance("transport_maps = inline:{{a.test=nosuch:[x]}, {b.test=smtp:[c]:25}, {c.test=:}}\n"
                   "smtpd_client_restrictions = check_client_access inline:{{a.test=REJCT}, {b.test=550 no}, {c.test=permit_mynetworks}}\n"
                   "relayhost = [smtp.provider.test]:587\nsmtp_sasl_auth_enable = yes\n"
                   "smtp_sasl_password_maps = inline:{{smtp.provider.test:587=a:b}}\n"
                   "content_filter = smtp:[127.0.0.1]:10025\n",
                   "127.0.0.1:10025 inet n - n - - smtpd\n")
    found(i, "conflict", "transport_maps", "nosuch", "master.cf does not have")
    found(i, "restriction", "a.test REJCT", "did you mean REJECT?")
    found(i, "conflict", "smtp.provider.test:587", "is not found")
    found(i, "conflict", "content_filter", "mail goes round")
    i = t.instance("transport_maps = inline:{{a.test=smtp:[x]}, {b.test=smtp}, {c.test=:}, {d.test=error:5.1.1 no}}\n"
                   "smtpd_client_restrictions = check_client_access inline:{{a.test=OK}, {b.test=WARN me}, {c.test=reject_unauth_destination}}\n"
                   "relayhost = [smtp.provider.test]:587\nsmtp_sasl_auth_enable = yes\n"
                   "smtp_sasl_password_maps = inline:{{[smtp.provider.test]:587=a:b}}\n"
                   "content_filter = smtp:[127.0.0.1]:10025\n",
                   "127.0.0.1:10025 inet n - n - - smtpd -o content_filter=\n")
    quiet = [f["text"] for f in findings(i) if f["kind"] in ("conflict", "restriction") and f["severity"] != "note"]
    assert not quiet, quiet


def test_no_open_relays(t):
    both = "smtpd_relay_restrictions = %s\nsmtpd_recipient_restrictions = %s\n"
    closed = ("permit_mynetworks, reject_unauth_destination", "permit_mynetworks, permit_sasl_authenticated, reject")
    for relay, recipient in ((closed[0], ""), ("", closed[0]), (closed[1], "permit"),
                             ("check_client_access cidr:{{10.0.0.0/8 OK}}, reject", ""),
                             ("check_sender_access inline:{{bad.test=REJECT}}, " + closed[0], ""),
                             ("check_policy_service inet:127.0.0.1:1, " + closed[0], closed[0])):
        said = open_relay(t, both % (relay, recipient))
        assert said == "", (relay, recipient, said)
    # A door that only this machine can reach.
    i = t.instance("", "127.0.0.1:10025 inet n - n - - smtpd -o smtpd_relay_restrictions= "
                   "-o smtpd_recipient_restrictions=permit\n")
    assert "open-relay" not in kinds(i)


def test_tables(t):
    i = t.instance("transport_maps = hash:/nowhere/transport, hsh:/x\nheader_checks = regexp:/nowhere/checks\n"
                   "canonical_maps = hash:{d}/etc/canonical\nrelocated_maps = cidr:{d}/etc/rules\n".replace(
                       "{d}", os.path.join(t.directory, "i0")))
    i.write("canonical", "a@b c@d\n")
    i.write("rules", "192.0.2.0/99 x\n")
    found(i, "table", "hash:/nowhere/transport", "No such file")
    found(i, "table-type", "hsh", "unsupported dictionary type")
    found(i, "table", "regexp:/nowhere/checks")
    found(i, "table", "canonical", "run postmap hash:")
    found(i, "table-line", "192.0.2.0/99")
    i.run("postmap", "hash:%s/canonical" % i.etc)
    assert not [f for f in findings(i) if "canonical" in f["text"]]
    os.utime(os.path.join(i.etc, "canonical.db"), (1000000000, 1000000000))
    found(i, "stale-table", "older than source file", "run postmap hash:")


def test_conflicts(t):
    i = t.instance("content_filter = amavis:[127.0.0.1]:10024\nrelayhost = [mail.example.test]\n"
                   "mydestination = example.test\nvirtual_alias_domains = example.test\n"
                   "virtual_mailbox_domains = example.org\nrelay_domains = inline:{{example.org=x}}\n"
                   "smtpd_sasl_auth_enable = yes\nsmtpd_tls_auth_only = yes\nsmtp_sasl_auth_enable = yes\n"
                   "smtp_tls_security_level = dane\nminimal_backoff_time = 2h\n",
                   "127.0.0.1:465 inet n - n - - smtpd\npostscr inet n - n - 1 postscreen\n"
                   "127.0.0.1:26 inet n - n - - smtpd -o smtpd_tls_security_level=may\n")
    for words in (("amavis", "master.cf does not have"), ("mail loops back",), ("domain example.test is listed",),
                  ("domain example.org is listed",),
                  ("nobody can log in",), ("smtp_sasl_password_maps is empty",), ("smtp_dns_support_level = dnssec",),
                  ("minimal_backoff_time is longer",), ("does not begin with TLS",), ("smtpd of type pass",),
                  ("no certificate",)):
        found(i, "conflict", *words)


def test_services(t):
    i = t.instance("", "qmgr unix n - n 300 5 qmgr\nnosuch unix - - n - - nosuchprogram\nbad unix - n n - - pipe\n"
                   "  flags=F\nopt inet n - n - - smtpd -o smtpd_banner\n")
    found(i, "service", "qmgr must be one process, not 5")
    found(i, "service", "nosuchprogram", "No such file")
    found(i, "service", "bad/unix", "user=")
    found(i, "service", "bad/unix", "argv=")
    found(i, "duplicate-service", "qmgr/unix")


def test_certificates(t):
    cert, key = certificate(t.directory)
    _, other = certificate(t.directory, name="other")
    short, short_key = certificate(t.directory, days=3, name="short")
    base = "smtpd_tls_security_level = may\nsmtpd_tls_cert_file = %s\nsmtpd_tls_key_file = %s\n"
    i = t.instance(base % (cert, key))
    assert "certificate" not in kinds(i)
    os.chmod(key, 0o644)
    if ROOT:
        found(i, "certificate", "everybody on this machine may read")
    i = t.instance(base % (cert, other))
    found(i, "certificate", "does not match")
    i = t.instance(base % (short, short_key))
    assert found(i, "certificate", "expires on", "day")["severity"] == "warning"
    i = t.instance(base % ("/nowhere/cert.pem", key))
    found(i, "certificate", "/nowhere/cert.pem")


def test_owners_and_modes_with_the_words_of_postfix(t):
    if not ROOT:
        raise Skip("owners are looked at as root")
    i = t.instance()
    os.chmod(os.path.join(i.etc, "main.cf"), 0o666)
    os.chown(os.path.join(i.etc, "master.cf"), 65534, -1)
    os.chmod(os.path.join(i.directory, "sbin", "postdrop"), 0o755)
    os.makedirs(os.path.join(i.queue, "etc"))
    with open(os.path.join(i.queue, "etc", "services"), "w") as f:
        f.write("stale\n")
    _, lines = checked(i)
    said = "\n".join(lines)
    for line in ("warning: group or other writable: %s/./main.cf" % i.etc,
                 "warning: not owned by root: %s/./master.cf" % i.etc,
                 "warning: not set-gid or not owner+group+world executable: %s/sbin/postdrop" % i.directory,
                 "warning: %s/etc/services and /etc/services differ" % i.queue):
        assert line in said, (line, said)


def explained(i, *words):
    done = i.command("postfix", "explain", *words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                     timeout=PATIENCE)
    return done.returncode, done.stdout


def test_explain(t):
    i = t.instance("virtual_alias_maps = inline:{{info@mail.example.test=you,far@away.test}}\n"
                   "canonical_maps = inline:{{old@mail.example.test=info@mail.example.test}}\n"
                   "transport_maps = inline:{{away.test=smtp:[192.0.2.25]:26}}\n"
                   "smtpd_recipient_restrictions = check_sender_access inline:{{bad@x.test=REJECT go away}}\n"
                   "smtp_tls_security_level = encrypt\n")
    status, said = explained(i, "old@mail.example.test", "--from", "friend@x.test")
    assert status == 0, said
    for words in ("permit_mynetworks: nothing against it", "check_sender_access", "<info@mail.example.test>",
                  "becomes <you@mail.example.test>", "becomes <far@away.test>", "virtual mailbox domain",
                  "deliverable: delivers to maildir", "transport: smtp, next hop: [192.0.2.25]:26",
                  "192.0.2.25[192.0.2.25]:26", "TLS: encrypt"):
        assert words in said, (words, said)
    status, said = explained(i, "old@mail.example.test", "--from", "bad@x.test")
    assert status == 1 and "refused: 554 5.7.1 <bad@x.test>: Sender address rejected: go away" in said, said
    status, said = explained(i, "stranger@elsewhere.test")
    assert status == 1 and "Relay access denied" in said, said
    status, said = explained(i, "stranger@elsewhere.test", "--client", "127.0.0.1", "--json")
    steps = [json.loads(line) for line in said.splitlines()]
    assert status == 0 and any(s.get("verdict") == "permit" and s["restriction"] == "permit_mynetworks" for s in steps)
    # Nothing was sent, and nothing was running.
    assert not i.is_running() and not i.queue_ids()


def test_explain_local_users(t):
    if not ROOT:
        raise Skip("local(8) looks into home directories as root")
    i = t.instance("mydestination = local.example.test\nalias_maps = inline:{{team=nobody,far@away.test}}\n"
                   "local_recipient_maps =\n")
    status, said = explained(i, "team@local.example.test")
    assert status == 0 and "local (mydestination)" in said, said
    assert "<nobody@local.example.test>" in said or "nobody" in said, said
    assert "far@away.test" in said, said
    status, said = explained(i, "no.such.user@local.example.test")
    assert "unknown user" in said, said


def traced(i, *words):
    done = i.command("postfix", "trace", *words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                     timeout=PATIENCE)
    return done.returncode, done.stdout


def test_trace(t):
    hop = t.next_hop(lambda verb, argument: "550 5.1.1 no such user" if verb == "RCPT" and "nobody" in argument
                     else None)
    i = t.instance("relayhost = [127.0.0.1]:%d\n" % hop.port).start()
    queue_id = i.send("story", to="nobody@far.test", sender="you@mail.example.test")
    i.wait_mail("story")
    i.wait_empty()
    i.send("another", to="someone@far.test")
    hop.wait("another")
    i.wait_empty()
    status, said = traced(i, queue_id)
    assert status == 0, said
    for words in ("received from", "taken up for delivery: from <you@mail.example.test>", "bounced",
                  "sender non-delivery notification sent as", "delivered to maildir", "removed from the queue",
                  "(sender non-delivery notification of %s): done" % queue_id, "connect from", "disconnect from"):
        assert words in said, (words, said)
    assert "someone@far.test" not in said, said
    # The same by address, from a compressed file, as JSON.
    log = os.path.join(i.directory, "old.log.1.gz")
    with gzip.open(log, "wt") as f:
        f.write(i.log_text())
    status, said = traced(i, "--log", log, "--json", "<nobody@far.test>")
    events = [json.loads(line) for line in said.splitlines()]
    assert status == 0 and {e["queue_id"] for e in events if "queue_id" in e} >= {queue_id}, said
    assert any(e["event"] == "delivery" and e["status"] == "bounced" for e in events), said
    status, said = traced(i, "nosuchid")
    assert status == 1 and "not found" in said, said


def test_log_in_json(t):
    i = t.instance("maillog_format = json\n").start()
    queue_id = i.send("structured")
    i.wait_mail("structured")
    i.wait_log('"event": "removed"')
    events = [json.loads(line) for line in i.log_text().splitlines()]
    assert all({"time", "host", "service", "pid", "level", "event", "text"} <= set(e) for e in events), events
    mine = {e["event"]: e for e in events if e.get("queue_id") == queue_id}
    assert {"client", "message-id", "queue-active", "delivery", "removed"} <= set(mine), mine
    assert mine["delivery"]["status"] == "sent" and mine["delivery"]["to"] == "you@mail.example.test", mine
    status, said = traced(i, queue_id)
    assert status == 0 and "delivered to maildir" in said, said


def test_log_to_standard_output(t):
    """As in a container: `postfix start-fg` with all lines on its standard output."""
    import threading
    i = t.instance("maillog_file = /dev/stdout\nmaillog_file_prefixes = /dev\nmaillog_format = json\n")
    process = subprocess.Popen([os.path.join(i.directory, "sbin", "postfix"), "start-fg"],
                               env=dict(os.environ, MAIL_CONFIG=i.etc), stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    lines = []
    reader = threading.Thread(target=lambda: lines.extend(process.stdout), daemon=True)
    reader.start()
    try:
        until(lambda: any("daemon started" in line for line in list(lines)), lambda: "the start: %s" % lines)
        queue_id = i.send("aloud")
        i.wait_mail("aloud")
        until(lambda: any('"removed"' in line and queue_id in line for line in list(lines)),
              lambda: "the end of the message: %s" % lines)
    finally:
        process.terminate()
        process.wait(PATIENCE)
    events = [json.loads(line)["event"] for line in list(lines) if queue_id in line]
    assert {"client", "delivery", "removed"} <= set(events), lines
