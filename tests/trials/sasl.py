"""tests/trials/sasl.py - trials of logins: Kerberos, PAM, sasldb in a jail, bearer tokens by Dovecot.

Part of tests/trials/run, whose helpers it uses.
"""
import base64
import hashlib
import hmac
import json
import os
import shutil
import subprocess
import time

import __main__ as trials
from mailboxes import account

SERVER = ("smtpd_sasl_auth_enable = yes\nsmtpd_sasl_security_options = noanonymous\nmynetworks =\n"
          "smtpd_relay_restrictions = permit_sasl_authenticated, reject\n")


def client_of(test, server, mechanism, password="opensesame", user="friend", main="", hop="[127.0.0.1]"):
    """An instance that relays to the port `server` with one mechanism."""
    hop = "%s:%d" % (hop, server)
    given = "smtp_sasl_password_maps = inline:{{%s = %s:%s}}\n" % (hop, user, password)
    return test.instance("relayhost = %s\nsmtp_sasl_auth_enable = yes\nsmtp_sasl_security_options = noanonymous\n"
                         "smtp_sasl_mechanism_filter = %s\nsmtp_host_lookup = native\nmydestination =\n"
                         "virtual_mailbox_domains =\n%s" % (hop, mechanism, given) + main).start()


def logs_in(test, made, mechanism, known_as, port=None, **kw):
    """A message goes from a second instance to `made` after a login with the mechanism."""
    client = client_of(test, port or made.port, mechanism, **kw)
    token = "by " + mechanism
    client.send(token, to="you@mail.example.test")
    made.wait_log(r"client=\S+, sasl_method=%s, sasl_username=%s$" % (mechanism, known_as))
    made.wait_mail(token)
    client.stop()


def is_refused(test, made, mechanism, port=None, **kw):
    """The same with what is no password: the message waits."""
    client = client_of(test, port or made.port, mechanism, **kw)
    client.send("refused " + mechanism, to="you@mail.example.test")
    client.wait_log(r"dsn=4\.7\.\d+, status=deferred \(SASL authentication failed")
    client.stop()


def cyrus(test, text):
    """Parameters of a server with Cyrus SASL and this smtpd.conf."""
    directory = os.path.join(test.directory, "sasl")
    os.makedirs(directory)
    with open(os.path.join(directory, "smtpd.conf"), "w") as f:
        f.write(text)
    return SERVER + "smtpd_sasl_type = cyrus\nsmtpd_sasl_path = smtpd\ncyrus_sasl_config_path = %s\n" % directory


def trial_saslauthd_pam(test):
    """Cyrus SASL asks saslauthd, which asks PAM: its own service file decides who may come in."""
    state = trials.owned(test, "saslauthd", "root")
    os.chmod(state, 0o755)
    shadow = {"pamfriend": "opensesame", "pamstranger": "opensesame"}
    for number, (name, password) in enumerate(shadow.items()):
        account(name, 64160 + number, os.path.join(test.directory, name))
        hashed = subprocess.run(["openssl", "passwd", "-6", password], check=True, stdout=subprocess.PIPE,
                                text=True).stdout.strip()
        with open("/etc/shadow", "a") as f:
            f.write("%s:%s:19000:0:99999:7:::\n" % (name, hashed))
    with open(os.path.join(state, "allowed"), "w") as f:
        f.write("pamfriend\n")
    with open("/etc/pam.d/smtp", "w") as f:
        f.write("auth required pam_listfile.so item=user sense=allow file=%s/allowed onerr=fail\n"
                "auth required pam_unix.so\naccount required pam_unix.so\n" % state)
    with trials.running(test, "saslauthd", ["/usr/sbin/saslauthd", "-a", "pam", "-m", state, "-d", "-n", "2"],
                        os.path.join(state, "mux")):
        made = test.instance(cyrus(test, "pwcheck_method: saslauthd\nmech_list: PLAIN LOGIN\nsaslauthd_path: %s/mux\n"
                                   % state)).start()
        for mechanism in ("PLAIN", "LOGIN"):
            logs_in(test, made, mechanism, "pamfriend", user="pamfriend")
        is_refused(test, made, "PLAIN", user="pamfriend", password="wrong")
        is_refused(test, made, "PLAIN", user="pamstranger")
        made.wait_log(r"SASL PLAIN authentication failed: authentication failure")


def trial_sasldb_in_jail(test):
    """Passwords in a file inside the jail: every mechanism of Debian's modules that works with them."""
    made = test.instance(cyrus(test, "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: /sasl/db\n"
                               "mech_list: PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256\n")
                         + "smtpd_sasl_local_domain = mail.example.test\n")
    port = trials.free_port()
    made.configure(master="127.0.0.1:%d inet n - y - - smtpd\n" % port)
    jail = os.path.join(made.queue, "sasl")
    os.makedirs(jail)
    database = os.path.join(jail, "db")
    subprocess.run(["saslpasswd2", "-p", "-c", "-f", database, "-u", "mail.example.test", "friend"], input=b"opensesame",
                   check=True)
    shutil.chown(database, "mail")
    shutil.chown(jail, "mail")
    made.start()
    for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"):
        logs_in(test, made, mechanism, r"friend(@mail\.example\.test)?", port=port)
        is_refused(test, made, mechanism, port=port, password="wrong")


def kerberos_realm(test):
    """A realm of its own: (configuration for the environment, its server's arguments and port)."""
    state = trials.owned(test, "kerberos", "root")
    os.chmod(state, 0o755)
    port = trials.free_port()
    with open("/etc/krb5.conf", "w") as f:
        f.write("[libdefaults]\n default_realm = EXAMPLE.TEST\n dns_lookup_kdc = false\n dns_lookup_realm = false\n"
                " dns_canonicalize_hostname = false\n rdns = false\n"
                "[realms]\n EXAMPLE.TEST = {\n  kdc = 127.0.0.1:%d\n }\n"
                "[logging]\n kdc = FILE:%s/kdc\n" % (port, state))
    with open(os.path.join(state, "kdc.conf"), "w") as f:
        f.write("[kdcdefaults]\n kdc_ports = %d\n kdc_tcp_ports = %d\n[realms]\n EXAMPLE.TEST = {\n"
                "  database_name = %s/principal\n  key_stash_file = %s/stash\n acl_file = %s/acl\n"
                " max_life = 10h\n }\n" % (port, port, state, state, state))
    os.environ["KRB5_KDC_PROFILE"] = os.path.join(state, "kdc.conf")
    os.environ["KRB5CCNAME"] = "FILE:" + os.path.join(state, "ticket")
    subprocess.run(["kdb5_util", "create", "-s", "-P", "master-secret"], check=True, stdout=subprocess.DEVNULL)
    for command in ("addprinc -pw opensesame friend", "addprinc -randkey smtp/mail.example.test",
                    "ktadd -k /etc/krb5.keytab smtp/mail.example.test"):
        subprocess.run(["kadmin.local", "-q", command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    shutil.chown("/etc/krb5.keytab", "mail")
    return state, port


def trial_gssapi(test):
    """Kerberos: a client with a ticket logs in without a password, one without a ticket keeps its mail."""
    state, port = kerberos_realm(test)
    with open("/etc/hosts", "a") as f:
        f.write("127.0.0.1 mail.example.test\n")
    with trials.running(test, "krb5kdc", ["krb5kdc", "-n"], port):
        subprocess.run(["kinit", "friend"], input=b"opensesame\n", check=True, stdout=subprocess.DEVNULL)
        shutil.chown(os.path.join(state, "ticket"), "mail")
        made = test.instance(cyrus(test, "mech_list: GSSAPI PLAIN\n")).start()
        with made.smtp() as smtp:
            smtp.ehlo()
            assert "GSSAPI" in smtp.esmtp_features["auth"].split(), smtp.esmtp_features
        environment = "import_environment = MAIL_CONFIG KRB5CCNAME=FILE:%s/ticket\n" % state
        logs_in(test, made, "GSSAPI", "friend(@EXAMPLE.TEST)?", password="", hop="[mail.example.test]", main=environment)
        environment = "import_environment = MAIL_CONFIG KRB5CCNAME=FILE:%s/nothing\n" % state
        client = client_of(test, made.port, "GSSAPI", password="", hop="[mail.example.test]", main=environment)
        client.send("without a ticket", to="you@mail.example.test")
        client.wait_log(r"dsn=4\.7\.\d+, status=deferred \(SASL authentication failed")


def json_web_token(user, key, lives=600):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")
    now = int(time.time())
    signed = part({"alg": "HS256", "typ": "JWT"}) + b"." + part({"sub": user, "email": user, "iat": now, "nbf": now - 5,
                                                               "exp": now + lives})
    signature = base64.urlsafe_b64encode(hmac.new(key, signed, hashlib.sha256).digest()).rstrip(b"=")
    return (signed + b"." + signature).decode()


def trial_dovecot_oauth(test):
    """Bearer tokens: our client fetches one from a file, our server has Dovecot check it without asking anybody."""
    state = trials.owned(test, "dovecot", "root")
    os.chmod(state, 0o755)
    key = b"a key that both sides know, long"
    keys = os.path.join(state, "keys", "default", "HS256")
    os.makedirs(keys)
    with open(os.path.join(keys, "default"), "wb") as f:
        f.write(base64.b64encode(key))
    configuration = os.path.join(state, "dovecot.conf")
    with open(os.path.join(state, "oauth2.conf"), "w") as f:
        f.write("introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix=%s/keys/\n"
                "username_attribute = email\n" % state)
    with open(configuration, "w") as f:
        f.write("base_dir = {0}/run\nstate_dir = {0}/state\nlog_path = {0}/log\nssl = no\nprotocols =\n"
                "disable_plaintext_auth = no\nauth_mechanisms = oauthbearer xoauth2\nauth_failure_delay = 0\n"
                "passdb {{\n driver = oauth2\n mechanisms = oauthbearer xoauth2\n args = {0}/oauth2.conf\n}}\n"
                "userdb {{\n driver = static\n args = uid=nobody gid=nogroup home=/nonexistent\n}}\n"
                "service auth {{\n unix_listener {0}/auth {{\n  mode = 0666\n }}\n}}\n".format(state))
    tokens = os.path.join(state, "tokens")
    os.makedirs(tokens)
    source = "smtp_sasl_oauth_token_source = file:%s/$user\n" % tokens
    with trials.running(test, "dovecot", ["/usr/sbin/dovecot", "-F", "-c", configuration], os.path.join(state, "auth")):
        made = test.instance(SERVER + "smtpd_sasl_type = dovecot\nsmtpd_sasl_path = %s/auth\n" % state).start()
        for mechanism in ("OAUTHBEARER", "XOAUTH2"):
            with open(os.path.join(tokens, "friend"), "w") as f:
                f.write(json_web_token("friend", key) + "\n")
            logs_in(test, made, mechanism, "friend", password="", main=source)
            with open(os.path.join(tokens, "friend"), "w") as f:
                f.write(json_web_token("friend", b"another key") + "\n")
            is_refused(test, made, mechanism, password="", main=source)
