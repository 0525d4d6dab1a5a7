"""tests/trials/mailboxes.py - trials with programs that mail is delivered to: Dovecot, procmail, maildrop, mlmmj.

Part of tests/trials/run, whose helpers it uses.
"""
import grp
import os
import re
import shutil
import subprocess

import __main__ as trials


def account(name, number, home):
    """An account of the private /etc/passwd, with a home directory; of a trial before this one, it moves."""
    with open("/etc/passwd") as f:
        others = [line for line in f if not line.startswith(name + ":")]
    with open("/etc/passwd", "w") as f:
        f.write("".join(others) + "%s:x:%d:%d::%s:/bin/sh\n" % (name, number, number, home))
    try:
        grp.getgrnam(name)
    except KeyError:
        with open("/etc/group", "a") as f:
            f.write("%s:x:%d:\n" % (name, number))
    os.makedirs(home, exist_ok=True)
    shutil.chown(home, name, name)
    return home


def found_in(directory, token):
    """The text of a message below a directory with the token in it."""
    from harness import until

    def look():
        for where, _, names in os.walk(directory):
            for name in names:
                if name.startswith("dovecot"):  # its index has headers, too
                    continue
                with open(os.path.join(where, name), errors="replace") as f:
                    text = f.read()
                if token in text and "/tmp" not in where[len(directory):]:
                    return where[len(directory):] + "\n" + text
        return None

    return until(look, "a message with %r below %s" % (token, directory))


SIEVE = """require ["fileinto", "mailbox", "envelope", "reject"];
if header :contains "subject" "unwanted" { fileinto :create "Junk"; }
elsif header :contains "subject" "refused" { reject "not with me"; }
"""


def dovecot(test, state):
    """Its configuration: virtual users below STATE/mail, a Sieve script, LMTP on a socket."""
    mail = account("vmail", 64200, os.path.join(state, "mail"))
    script = os.path.join(state, "default.sieve")
    with open(script, "w") as f:
        f.write(SIEVE)
    configuration = os.path.join(state, "dovecot.conf")
    with open(configuration, "w") as f:
        f.write("base_dir = {0}/run\nstate_dir = {0}/state\nlog_path = {0}/log\nssl = no\nprotocols = lmtp\n"
                "postmaster_address = postmaster@mail.example.test\nhostname = mail.example.test\n"
                "mail_location = maildir:~/Maildir\nfirst_valid_uid = 1\n"
                "passdb {{\n driver = static\n args = nopassword=y\n}}\n"
                "userdb {{\n driver = static\n args = uid=vmail gid=vmail home={1}/%n allow_all_users=yes\n}}\n"
                "service auth {{\n unix_listener auth-userdb {{\n  mode = 0666\n  user = vmail\n }}\n}}\n"
                "service lmtp {{\n unix_listener {0}/lmtp {{\n  mode = 0666\n }}\n}}\n"
                "service stats {{\n unix_listener stats-writer {{\n  mode = 0666\n }}\n}}\n"
                "protocol lda {{\n mail_plugins = sieve\n}}\nprotocol lmtp {{\n mail_plugins = sieve\n}}\n"
                "plugin {{\n sieve_before = {2}\n}}\n".format(state, mail, script))
    return configuration, mail


VIRTUAL = ("virtual_mailbox_domains = box.test\nvirtual_mailbox_maps = static:yes\n"
           "mydestination = mail.example.test\n")


def sieve_does_its_work(made, mail, state):
    made.send("wanted mail", to="joe@box.test")
    text = found_in(mail, "wanted mail")
    assert text.startswith("/joe/Maildir/new"), text
    assert re.search(r"^Delivered-To: joe@box\.test$", text, re.M), text
    assert re.search(r"^Return-Path: <me@sender\.example\.test>$", text, re.M), text
    made.send("unwanted mail", to="joe@box.test")
    text = found_in(mail, "unwanted mail")
    assert text.startswith("/joe/Maildir/.Junk/"), text


def trial_dovecot_lda(test):
    """dovecot-lda run by pipe(8): mail arrives, Sieve files it, a failure of the user lookup defers."""
    state = trials.owned(test, "dovecot", "root")
    os.chmod(state, 0o755)
    configuration, mail = dovecot(test, state)
    with open(os.path.join(state, "log"), "w"):
        os.chmod(os.path.join(state, "log"), 0o666)  # the agent writes it as vmail
    with trials.running(test, "dovecot", ["/usr/sbin/dovecot", "-F", "-c", configuration],
                        os.path.join(state, "lmtp")):
        made = test.instance(VIRTUAL + "virtual_transport = dovecot\ndovecot_destination_recipient_limit = 1\n",
                             "dovecot unix - n n - - pipe flags=DRhu user=vmail:vmail "
                             "argv=/usr/lib/dovecot/dovecot-lda -c %s -f ${sender} -d ${recipient}\n"
                             % configuration).start()
        sieve_does_its_work(made, mail, state)
        made.wait_log(r"relay=dovecot, .*status=sent \(delivered via dovecot service\)")
    made.send("nobody to ask", to="joe@box.test")
    made.wait_log(r"relay=dovecot, .*dsn=4\.3\.0, status=deferred \(temporary failure")


def trial_dovecot_lmtp(test):
    """Dovecot's LMTP server: one session for several recipients, Sieve, answers for each recipient."""
    state = trials.owned(test, "dovecot", "root")
    os.chmod(state, 0o755)
    configuration, mail = dovecot(test, state)
    with trials.running(test, "dovecot", ["/usr/sbin/dovecot", "-F", "-c", configuration],
                        os.path.join(state, "lmtp")):
        made = test.instance(VIRTUAL + "virtual_transport = lmtp:unix:%s/lmtp\n" % state).start()
        sieve_does_its_work(made, mail, state)
        made.wait_log(r"to=<joe@box\.test>, relay=mail\S*\[\S*/lmtp\], .*status=sent \(250 2\.0\.0 ")
        with made.smtp() as smtp:
            smtp.sendmail("me@sender.example.test", ["ann@box.test", "bob@box.test"],
                          "Subject: for two\r\n\r\nfor two\r\n")
        found_in(os.path.join(mail, "ann"), "for two")
        found_in(os.path.join(mail, "bob"), "for two")


def trial_dovecot_quota(test):
    """Dovecot's quota backend "maildir" and virtual(8) keep one account: each believes what the other wrote."""
    from harness import until
    state = trials.owned(test, "dovecot", "root")
    os.chmod(state, 0o755)
    configuration, mail = dovecot(test, state)
    with open(configuration) as f:
        text = f.read()
    with open(configuration, "w") as f:
        f.write("mail_plugins = quota\n" + text.replace("mail_plugins = sieve", "mail_plugins = quota sieve") +
                "plugin {\n quota = maildir:User quota\n quota_rule = *:bytes=20000\n quota_rule2 = Trash:ignore\n}\n")
    account_file = os.path.join(mail, "joe", "Maildir", "maildirsize")

    def kept():
        with open(account_file) as f:
            first, *lines = f.read().splitlines()
        return first, sum(int(line.split()[0]) for line in lines), sum(int(line.split()[1]) for line in lines)

    def quota():
        """What doveadm says: bytes (it prints kilobytes) and messages."""
        text = subprocess.run(["doveadm", "-c", configuration, "-f", "tab", "quota", "get", "-u", "joe"], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
        rows = [line.split("\t") for line in text.splitlines()[1:]]
        return {row[1]: row[2] for row in rows}

    with trials.running(test, "dovecot", ["/usr/sbin/dovecot", "-F", "-c", configuration],
                        os.path.join(state, "lmtp")):
        made = test.instance("virtual_mailbox_domains = box.test, lmtp.test\nmydestination = mail.example.test\n"
                             "virtual_mailbox_base = %s\nvirtual_mailbox_maps = inline:{joe@box.test=joe/Maildir/}\n"
                             "virtual_uid_maps = static:64200\nvirtual_gid_maps = static:64200\n"
                             "smtpd_reject_unlisted_recipient = no\n"
                             "virtual_maildir_extended = yes\nvirtual_mailbox_limit_maps = static:20000S\n"
                             "transport_maps = inline:{lmtp.test=lmtp:unix:%s/lmtp}\n" % (mail, state)).start()
        os.makedirs(os.path.join(mail, "joe"))
        shutil.chown(os.path.join(mail, "joe"), "vmail", "vmail")
        made.send("by virtual", to="joe@box.test", body="x" * 70 + "\r\n")
        found_in(mail, "by virtual")
        until(lambda: os.path.exists(account_file) and kept()[2] == 1, "the account")
        assert quota() == {"STORAGE": "1", "MESSAGE": "1"}, quota()
        made.send("by Dovecot", to="joe@lmtp.test", body=("y" * 70 + "\r\n") * 150)
        found_in(mail, "by Dovecot")
        first, size, messages = kept()
        assert first == "20000S" and messages == 2 and size > 10000, kept()
        assert quota()["MESSAGE"] == "2", quota()
        # It counts what Dovecot added, without a count of its own: the first lines are still there.
        made.send("again by virtual", to="joe@box.test", body="x" * 70 + "\r\n")
        found_in(mail, "again by virtual")
        until(lambda: kept()[2] == 3, "three messages")
        assert quota()["MESSAGE"] == "3", quota()
        made.send("too much", to="joe@box.test", body=("z" * 70 + "\r\n") * 150)
        made.wait_log(r"to=<joe@box\.test>, relay=virtual, .*dsn=4\.2\.2, status=deferred \(maildir delivery failed")
        made.send("too much as well", to="joe@lmtp.test", body=("z" * 70 + "\r\n") * 150)
        made.wait_log(r"to=<joe@lmtp\.test>, .*dsn=(4|5)\.2\.2, status=(deferred|bounced) \(host .*Quota exceeded")
        # A count by Dovecot agrees with ours.
        before = kept()
        subprocess.run(["doveadm", "-c", configuration, "quota", "recalc", "-u", "joe"], check=True)
        assert kept() == before, (kept(), before)


def local_instance(test, main):
    """An instance that delivers to users of the machine."""
    made = test.instance("virtual_mailbox_domains =\nmydestination = $myhostname\n"
                         "home_mailbox =\n" + main)
    return made


def trial_procmail(test):
    """procmail as mailbox_command: its recipe files by the extension, its exit status decides."""
    home = account("friend", 64201, os.path.join(test.directory, "friend"))
    with open(os.path.join(home, ".procmailrc"), "w") as f:
        f.write("SHELL=/bin/sh\nMAILDIR=$HOME\nDEFAULT=$HOME/inbox\n:0\n* ^Subject:.*refused\n{\n EXITCODE=67\n :0\n /dev/null\n}\n"
                "ARG=$1\n:0:\n* ARG ?? ^lists$\nlists\n")
    shutil.chown(os.path.join(home, ".procmailrc"), "friend")
    made = local_instance(test, 'recipient_delimiter = +\nmailbox_command = /usr/bin/procmail -a "$EXTENSION"\n').start()
    made.send("for procmail", to="friend")
    text = found_in(home, "for procmail")
    assert re.search(r"^From me@sender\.example\.test ", text, re.M), text
    assert os.path.exists(os.path.join(home, "inbox"))
    made.send("by extension", to="friend+lists")
    found_in(home, "by extension")
    assert "by extension" in open(os.path.join(home, "lists")).read()
    made.send("refused by it", to="friend")
    made.wait_log(r"to=<friend@mail\.example\.test>.*dsn=5\.1\.1, status=bounced \(user unknown")


def trial_maildrop(test):
    """maildrop as mailbox_command: its filter language sorts into Maildirs."""
    home = account("friend", 64201, os.path.join(test.directory, "friend"))
    for name in ("Maildir", "Sorted"):
        for part in ("tmp", "new", "cur"):
            os.makedirs(os.path.join(home, name, part))
            shutil.chown(os.path.join(home, name, part), "friend")
        shutil.chown(os.path.join(home, name), "friend")
    with open(os.path.join(home, ".mailfilter"), "w") as f:
        f.write('if (/^Subject:.*sorted/)\n{\n to "$HOME/Sorted"\n}\nif (/^Subject:.*later/)\n{\n EXITCODE=75\n exit\n}\n'
                'to "$HOME/Maildir"\n')
    os.chmod(os.path.join(home, ".mailfilter"), 0o600)
    shutil.chown(os.path.join(home, ".mailfilter"), "friend")
    made = local_instance(test, "mailbox_command = /usr/bin/maildrop $HOME/.mailfilter\n").start()
    made.send("plain mail", to="friend")
    text = found_in(home, "plain mail")
    assert text.startswith("/Maildir/new"), text
    made.send("sorted mail", to="friend")
    text = found_in(home, "sorted mail")
    assert text.startswith("/Sorted/new"), text
    made.send("later mail", to="friend")
    made.wait_log(r"to=<friend@mail\.example\.test>.*dsn=4\.3\.0, status=deferred \(temporary failure")


def trial_mlmmj(test):
    """An mlmmj list behind pipe(8), which posts back by SMTP: subscribers get the mail, with List headers."""
    from harness import until
    lists = account("mlmmj", 64202, os.path.join(test.directory, "lists"))
    place = os.path.join(lists, "chat")
    for name in ("incoming", "queue", "queue/discarded", "archive", "text", "subconf", "unsubconf", "bounce", "control",
                 "moderation", "subscribers.d", "digesters.d", "requeue", "nomailsubs.d"):
        os.makedirs(os.path.join(place, name))
    shutil.copytree("/usr/share/mlmmj/text.skel/en", os.path.join(place, "text"), dirs_exist_ok=True)
    made = test.instance("relay_domains = lists.test\nrelay_transport = mlmmj\nrecipient_delimiter = +\n"
                         "mlmmj_destination_recipient_limit = 1\n",
                         "mlmmj unix - n n - - pipe flags=ORhu user=mlmmj argv=/usr/bin/mlmmj-receive -F -L %s/\n" % place)
    for name, text in (("listaddress", "chat@lists.test"), ("owner", "you@mail.example.test"), ("delimiter", "+"),
                       ("relayhost", "127.0.0.1"), ("smtpport", str(made.port)), ("customheaders", "List-Id: <chat>"),
                       ("prefix", "[chat]")):
        with open(os.path.join(place, "control", name), "w") as f:
            f.write(text + "\n")
    with open(os.path.join(place, "subscribers.d", "y"), "w") as f:
        f.write("you@mail.example.test\n")
    open(os.path.join(place, "index"), "w").write("0\n")
    subprocess.run(["chown", "-R", "mlmmj:mlmmj", lists], check=True)
    made.start()
    made.send("talk of the day", to="chat@lists.test", sender="you@mail.example.test")
    text = made.wait_mail("talk of the day")
    assert "List-Id: <chat>" in text, text
    assert re.search(r"^Subject: \[chat\] talk of the day$", text, re.M), text
    assert re.search(r"^Return-Path: <chat\+bounces-", text, re.M), text
    until(lambda: "1" in open(os.path.join(place, "index")).read(), "the message in the archive")
