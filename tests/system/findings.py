"""Each finding of `postfix check`, as a line and as JSON, with its place and its remedy; no parameter ignored silently."""
import os
import re
import subprocess

from diagnosis import certificate, checked, findings
from harness import BUILD, PATIENCE, TOP

# Kind, severity, main.cf, lines added to master.cf, words of the finding.
ROWS = [
    ("unknown-parameter", "warning", "smtpd_recipient_restritions = permit", "", ["did you mean smtpd_recipient"]),
    ("unused-parameter", "note", "myfriends = 192.0.2.1", "", ["myfriends"]),
    ("undefined-parameter", "warning", "smtpd_banner = $myhostnam x", "", ["$myhostnam", "did you mean"]),
    ("duplicate-parameter", "warning", "biff = no\nbiff = yes", "", ["biff is set in line", "this line wins"]),
    ("no-effect", "warning", "fault_injection_code = 1", "", ["fault_injection_code", "no effect"]),
    ("no-effect", "warning", "process_id = 3", "", ["process_id", "no configuration sets it"]),
    ("bad-value", "error", "smtpd_helo_required = maybe", "", ["maybe", "write yes or no"]),
    ("bad-value", "error", "smtpd_timeout = never", "", ["never"]),
    ("bad-value", "error", "smtpd_soft_error_limit = 0x10", "", ["0x10"]),
    ("bad-value", "error", "default_process_limit = 0", "", ["default_process_limit"]),
    ("bad-value", "error", "smtpd_tls_protocols = >=TLSv1.7", "", ["TLSv1.7"]),
    ("bad-value", "error", "notify_classes = resource, sofware", "", ["sofware"]),
    ("bad-value", "error", "smtp_tls_security_level = incrypt", "", ["incrypt"]),
    ("bad-value", "error", "inet_protocols = ipv5", "", ["ipv5"]),
    ("conflict", "error", "content_filter = nowhere:[127.0.0.1]:10024", "", ["nowhere", "master.cf does not have"]),
    ("conflict", "error", "mailbox_transport = lmpt:unix:x", "", ["lmpt", "master.cf does not have"]),
    ("conflict", "error", "", "scr inet n - n - 1 postscreen", ["type pass"]),
    ("conflict", "error", "mailbox_size_limit = 1000\nmydestination = example.test\nlocal_transport = local", "",
     ["smaller than message_size_limit"]),
    ("conflict", "error", "virtual_mailbox_domains = a.test\nvirtual_mailbox_maps =\nvirtual_transport = virtual", "",
     ["virtual_mailbox_maps is empty"]),
    ("conflict", "warning", "mydestination = a.test\nvirtual_alias_domains = a.test", "", ["only the first counts"]),
    ("conflict", "warning", "minimal_backoff_time = 2h", "", ["minimal_backoff_time is longer"]),
    ("conflict", "note", "queue_run_delay = 2h", "", ["looked at less often"]),
    ("conflict", "note", "smtpd_helo_restrictions = reject_invalid_helo_hostname", "", ["set smtpd_helo_required"]),
    ("conflict", "warning", "smtpd_delay_reject = no\nsmtpd_client_restrictions = reject_unlisted_recipient", "",
     ["does nothing", "smtpd_delay_reject = no"]),
    ("conflict", "error", "smtp_sasl_auth_enable = yes", "", ["smtp_sasl_password_maps is empty"]),
    ("conflict", "note", "mynetworks = 127.0.0.0/8\nmynetworks_style = host", "", ["mynetworks_style has no effect"]),
    ("conflict", "warning", "!mynetworks\nmynetworks_style = class", "", ["whole class A, B or C"]),
    ("conflict", "note", "home_mailbox = Maildir/\nmailbox_command = /bin/true", "", ["home_mailbox has no effect"]),
    ("conflict", "warning", "maillog_format = json\nmaillog_file =", "", ["maillog_format = json has no effect"]),
    ("conflict", "note", "soft_bounce = yes", "", ["nothing is ever refused for good"]),
    ("conflict", "note", "alias_maps = inline:{{a=b}}\nalias_database = hash:/x/aliases", "", ["does not use"]),
    ("conflict", "warning", "smtpd_tls_auth_only = yes\nsmtpd_sasl_auth_enable = yes\nsmtpd_tls_security_level =", "",
     ["nobody can log in"]),
    ("conflict", "warning", "smtpd_tls_security_level = may", "", ["there is no certificate"]),
    ("conflict", "error", "", "127.0.0.1:587 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes", ["begins with TLS"]),
    ("conflict", "error", "", "127.0.0.1:465 inet n - n - - smtpd", ["does not begin with TLS"]),
    ("conflict", "warning", "smtp_tls_chain_files = @KEY@, @CERT@\nsmtp_tls_cert_file = @CERT@", "",
     ["smtp_tls_cert_file has no effect"]),
    ("conflict", "warning", "smtp_tls_security_level = dane", "", ["smtp_dns_support_level = dnssec"]),
    ("conflict", "note", "myhostname = mail", "", ["no full name"]),
    ("service", "error", "", "nosuch unix - - n - - nosuchprogram", ["cannot run", "nosuchprogram"]),
    ("service", "error", "", "qmgr unix n - n 300 5 qmgr", ["must be one process"]),
    ("service", "error", "", "x unix - n n - - pipe\n  argv=/bin/true", ["no user= argument"]),
    ("service", "error", "", "x unix - n n - - pipe\n  user=nobody", ["no argv= argument"]),
    ("service", "error", "", "127.0.0.1:26 inet n - n - - smtpd -o smtpd_banner", ["no '=' in it"]),
    ("command", "error", "default_transport = x", "x unix - n n - - pipe\n  user=nobody argv=/nowhere/deliver",
     ["cannot run argv=/nowhere/deliver", "No such file"]),
    ("command", "note", "", "x unix - n n - - pipe\n  user=nobody argv=/nowhere/deliver", ["cannot run argv=/nowhere"]),
    ("command", "error", "content_filter = x:", "x unix - n n - - pipe\n  user=nobody argv=/etc/passwd",
     ["cannot run argv=/etc/passwd: Permission denied"]),
    ("command", "error", "transport_maps = inline:{a.test=x:}", "x unix - n n - - pipe\n  user=nobody argv=nosuchprogram",
     ["cannot run argv=nosuchprogram"]),
    ("command", "error", "mailbox_transport = x", "x unix - n n - - pipe\n  user=nobody argv=/bin/cat ${recipent}",
     ['unknown macro name: "recipent"']),
    ("command", "error", "mailbox_transport = x", "x unix - n n - - pipe\n  user=nosuchuser argv=/bin/cat",
     ["user=nosuchuser: there is no such user"]),
    ("command", "error", "mailbox_transport = x", "x unix - n n - - pipe\n  user=root argv=/bin/cat", ["root's rights"]),
    ("command", "error", "mailbox_transport = x", "x unix - n n - - pipe\n  flags=Z user=nobody argv=/bin/cat",
     ["unknown flag: Z"]),
    ("command", "error", "mailbox_transport = x", "x unix - n n - - pipe\n  usr=nobody user=nobody argv=/bin/cat",
     ["unknown attribute name: usr"]),
    ("command", "error", "mailbox_transport = x",
     "x unix - n n - - pipe\n  user=nobody directory=/nowhere argv=/bin/cat", ["directory=/nowhere"]),
    ("command", "error", "mailbox_transport = x", "x unix - n n - - pipe\n  flags=D user=nobody argv=/bin/cat",
     ["x_destination_recipient_limit = 1"]),
    ("command", "error", "smtpd_client_restrictions = check_policy_service unix:private/p",
     "p unix - n n - 0 spawn\n  user=nobody argv=/nowhere/policyd", ["cannot run argv=/nowhere/policyd"]),
    ("command", "error", "!mailbox_command\nmailbox_command = /nowhere/procmail -a \"$EXTENSION\"", "",
     ["cannot run /nowhere/procmail"]),
    ("command", "error", "!mailbox_command\nmailbox_command = exec nosuchprocmail", "", ["cannot run nosuchprocmail"]),
    ("bad-value", "error", "!inet_interfaces\ninet_interfaces = nosuchhost.invalid", "",
     ["host not found: nosuchhost.invalid"]),
    ("address", "error", "!inet_interfaces\ninet_interfaces = 127.0.0.1, 192.0.2.1", "",
     ["192.0.2.1 is not an address of this machine"]),
    ("address", "error", "", "192.0.2.1:2525 inet n - n - - smtpd", ["service 192.0.2.1:2525/inet", "nothing can listen"]),
    ("address", "warning", "smtp_bind_address = 192.0.2.1", "", ["not an address", "any other address"]),
    ("address", "error", "smtp_bind_address6 = 2001:db8::1\nsmtp_bind_address_enforce = yes", "",
     ["not an address", "deferred"]),
    ("address", "error", "smtp_bind_address = ::1", "", ["is no IPv4 address"]),
    ("address", "warning", "", "x unix - - n - - smtp -o smtp_bind_address=192.0.2.1", ["smtp_bind_address = 192.0.2.1"]),
    ("endpoint", "error", "smtpd_client_restrictions = check_policy_service inet:127.0.0.1", "",
     ["inet:127.0.0.1 names no port"]),
    ("endpoint", "error", "smtpd_client_restrictions = check_policy_service { inet:localhost:nosuchport, timeout=1s }", "",
     ["there is no TCP port nosuchport"]),
    ("endpoint", "note", "smtpd_client_restrictions = check_policy_service unix:private/nobody", "", ["there is no socket"]),
    ("endpoint", "error", "smtpd_milters = unix:/etc/passwd", "", ["/etc/passwd is not a socket"]),
    ("endpoint", "error", "smtpd_milters = unix:/" + 110 * "x", "", ["at most 107 bytes"]),
    ("endpoint", "error", "non_smtpd_milters = inet:localhost", "", ["inet:localhost"]),
    ("endpoint", "error", "smtpd_milters = localhost:8891", "", ["neither inet:host:port nor unix:path"]),
    ("endpoint", "error", "", "127.0.0.1:26 inet n - n - - smtpd -o smtpd_proxy_filter=127.0.0.1", ["names no port"]),
    ("endpoint", "error", "relayhost = [mail.example.test]:submision", "", ["there is no TCP port submision"]),
    ("endpoint", "error", "relayhost = [mail.example.test", "", ["is no host and port"]),
    ("endpoint", "error", "virtual_transport = lmtp:unix:/etc/passwd", "lmtp unix - - n - - lmtp", ["is not a socket"]),
    ("endpoint", "error", "smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = /etc/passwd", "",
     ["is not a socket"]),
    ("conflict", "error", "virtual_mailbox_domains = a.test\nvirtual_transport = virtual\nvirtual_uid_maps = static:5", "",
     ["5 in static:5 is less than virtual_minimum_uid (100)"]),
    ("conflict", "error", "virtual_mailbox_domains = a.test\nvirtual_transport = virtual\nvirtual_gid_maps = static:x", "",
     ["x in static:x is no number"]),
    ("table-type", "error", "header_checks = /etc/passwd", "", ["has no type", "regexp:/etc/passwd"]),
    ("restriction", "error", "smtpd_helo_restrictions = permit_naked_ip_address", "", ["no longer supported"]),
    ("restriction", "error", "smtpd_sender_restrictions = check_sender_access /etc/postfix/access", "",
     ["check_sender_access"]),
    ("duplicate-service", "warning", "", "qmgr unix n - n 300 1 qmgr", ["qmgr/unix", "this line wins"]),
    ("missing-service", "warning", "rewrite_service_name = rewrit", "", ["rewrit", "no address can be resolved"]),
    ("restriction", "error", "smtpd_sender_restrictions = reject_unkown_client", "", ["reject_unkown_client"]),
    ("restriction", "warning", "smtpd_sender_restrictions = permit, reject_unknown_sender_domain", "",
     ["never reached"]),
    ("restriction", "error", "smtpd_restriction_classes = lost", "", ["lost is not defined"]),
    ("table", "error", "transport_maps = hash:/nowhere/transport", "", ["No such file"]),
    ("table", "error", "header_checks = regexp:/nowhere/checks", "", ["/nowhere/checks"]),
    ("table-type", "error", "transport_maps = hsh:/x", "", ["unsupported dictionary type: hsh"]),
    ("open-relay", "error", "mynetworks = 0.0.0.0/0", "10.1.1.1:25 inet n - n - - smtpd", ["every client is trusted"]),
    ("open-relay", "error", "smtpd_relay_restrictions = permit\nsmtpd_recipient_restrictions =",
     "10.1.1.1:25 inet n - n - - smtpd", ["mail from anybody to anywhere"]),
    ("certificate", "error", "smtpd_tls_security_level = may\nsmtpd_tls_chain_files = /nowhere/chain.pem", "",
     ["/nowhere/chain.pem"]),
    ("certificate", "error", "smtpd_tls_security_level = may\nsmtpd_tls_cert_file = @CERT@\n"
     "smtpd_tls_key_file = @OTHERKEY@", "", ["does not match"]),
    ("certificate", "warning", "smtpd_tls_security_level = may\nsmtpd_tls_cert_file = @SHORT@\n"
     "smtpd_tls_key_file = @SHORTKEY@", "", ["expires on"]),
]
# What belongs to no line of a file.
PLACELESS = {"missing-service"}


def set_parameters(i, main):
    """Appends to main.cf; "!name" takes a line out."""
    unwanted = {line[1:] for line in main.splitlines() if line.startswith("!")}
    path = os.path.join(i.etc, "main.cf")
    with open(path) as f:
        lines = [line for line in f if line.split("=")[0].strip() not in unwanted]
    with open(path, "w") as f:
        f.writelines(lines)
    i.configure("".join(line + "\n" for line in main.splitlines() if not line.startswith("!")))


def test_every_finding(t):
    cert, key = certificate(t.directory)
    _, other = certificate(t.directory, name="other")
    short, short_key = certificate(t.directory, days=3, name="short")
    wrong = []
    for kind, severity, main, master, words in ROWS:
        for mark, path in (("@CERT@", cert), ("@KEY@", key), ("@OTHERKEY@", other), ("@SHORT@", short),
                           ("@SHORTKEY@", short_key)):
            main = main.replace(mark, path)
        i = t.instance("inet_interfaces = all\n" * ("open-relay" == kind), master + "\n" if master else "")
        set_parameters(i, main)
        found = [f for f in findings(i) if f["kind"] == kind and all(w in f["text"] + f["remedy"] for w in words)]
        what = "%s: %r %r" % (kind, main, master)
        if not found:
            wrong.append("%s: not found among %s" % (what, findings(i)))
            continue
        finding = found[0]
        if finding["severity"] != severity:
            wrong.append("%s: is %s" % (what, finding["severity"]))
        if not finding["remedy"]:
            wrong.append("%s: no remedy" % what)
        if kind not in PLACELESS and not (finding.get("file") and finding.get("line")):
            wrong.append("%s: no place: %s" % (what, finding))
        status, lines = checked(i, "--strict")
        place = "%s, line %s: " % (finding.get("file"), finding.get("line"))
        line = (place if finding.get("line") else "") + finding["text"] + "; " + finding["remedy"]
        if kind == "duplicate-parameter":  # every program says it so, this one once
            line = "line %d: overriding earlier entry: biff=no" % finding["line"]
        if not any(line in one for one in lines):
            wrong.append("%s: no such line: %s in %s" % (what, line, lines))
        if status != (0 if all(f["severity"] == "note" for f in findings(i)) else 1):
            wrong.append("%s: --strict ends with %d" % (what, status))
        if (checked(i)[0] == 1) != any(f["severity"] == "error" for f in findings(i)):
            wrong.append("%s: exit status %d" % (what, checked(i)[0]))
    assert not wrong, "\n".join(wrong)


OF_A_PROCESS = {"process_id", "process_name", "service_name"}


def parameter_names():
    """(those obeyed, all that Postfix knows)"""
    with open(os.path.join(BUILD, "generated", "honoured_names.inc")) as f:
        obeyed = set(re.findall(r'"(\w+)"', f.read()))
    with open(os.path.join(TOP, "lib", "config", "known_parameters.cc")) as f:
        return obeyed, dict(re.findall(r'\.name = "(\w+)", \.default_text = "((?:[^"\\]|\\.)*)"', f.read()))


def test_every_parameter_is_known_and_none_ignored_silently(t):
    obeyed, known = parameter_names()
    assert len(known) > 900, len(known)
    i = t.instance()
    shown = dict(line.split(" =", 1) for line in i.run("postconf", "-d").splitlines())
    assert not set(known) - set(shown), set(known) - set(shown)
    # Set to what they are anyway: no complaint but of those without effect, once each.
    ours = {line.split("=")[0].strip() for line in i.run("postconf", "-n").splitlines()}
    settings = "".join("%s =%s\n" % (name, shown[name]) for name in known
                       if name not in OF_A_PROCESS and name not in ours and not name.endswith("_directory") and name != "myhostname")
    i.configure(settings)
    told = findings(i)
    ignored = sorted(f["parameter"] for f in told if f["kind"] == "no-effect")
    assert ignored == sorted(n for n in known if n not in obeyed), ignored
    bad = [f for f in told if f["kind"] in ("unknown-parameter", "bad-value", "unused-parameter")]
    assert not bad, bad


def test_the_log_names_what_has_no_effect(t):
    obeyed, known = parameter_names()
    names = [n for n in known if n not in obeyed][:20]
    assert names
    i = t.instance("".join("%s = %s\n" % (n, known[n]) for n in names)).start()
    for name in names:
        i.wait_log(r"parameter %s is known but has no effect" % name)
    text = i.log_text()
    for name in names:
        assert text.count("parameter %s is known" % name) == 1, name


def test_policy_servers_are_not_asked(t):
    """`postfix explain` says that a policy server decides; it does not bother it with a question nobody asked."""
    i = t.instance("smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:1, permit\n")
    done = i.command("postfix", "explain", "you@mail.example.test", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                     text=True, timeout=PATIENCE)
    assert "policy" in done.stdout, done.stdout
