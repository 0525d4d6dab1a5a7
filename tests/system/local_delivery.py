"""Mail to users of this machine: mailboxes, aliases, lists, commands, .forward files; with whose rights."""
import os
import pwd
import re

from harness import ROOT, until

# As root, an account every system has that is nobody's; otherwise the one user we are.
USER = pwd.getpwnam("games" if ROOT else pwd.getpwuid(os.geteuid()).pw_name)
OTHER = pwd.getpwnam("nobody") if ROOT else USER


def local_instance(t, main="", aliases=""):
    i = t.instance("mydestination = local.example.test\nmyorigin = local.example.test\nlocal_recipient_maps =\n"
                   "mail_spool_directory = $queue_directory/../boxes\n"
                   "alias_maps = hash:$config_directory/aliases\nalias_database = $alias_maps\n"
                   "forward_path = $config_directory/forward.$user\nbiff = no\n"
                   "allow_mail_to_files = alias, forward, include\nallow_mail_to_commands = alias, forward\n" + main)
    i.boxes = os.path.join(i.directory, "boxes")
    os.makedirs(i.boxes)
    os.chmod(i.boxes, 0o1777)
    i.write("aliases", aliases)
    i.run("postalias", "hash:" + os.path.join(i.etc, "aliases"))
    return i


def read(path):
    def text():
        try:
            with open(path, errors="replace") as f:
                return f.read()
        except FileNotFoundError:
            return ""
    return text


def test_a_message_lands_in_the_mailbox_of_its_user(t):
    i = local_instance(t).start()
    box = os.path.join(i.boxes, USER.pw_name)
    i.send("mbox-1", to=USER.pw_name + "@local.example.test", body="From the start\r\n")
    text = until(read(box), "the mailbox")
    i.wait_log(r"to=<%s@local\.example\.test>, relay=local, .*status=sent \(delivered to mailbox\)" % USER.pw_name)
    text = read(box)()
    assert re.match(r"From me@sender\.example\.test  ?\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}\n", text), text[:200]
    assert "\nDelivered-To: %s@local.example.test\n" % USER.pw_name in text, text
    assert "\nX-Original-To: " not in text or "%s@" % USER.pw_name in text, text
    assert "\n>From the start\n" in text and text.endswith("\n\n"), text
    assert os.stat(box).st_uid == USER.pw_uid and os.stat(box).st_mode & 0o777 == 0o600, oct(os.stat(box).st_mode)


def test_aliases_lead_to_several_places(t):
    i = local_instance(t)
    listed = os.path.join(i.etc, "list")
    i.write("list", "third@mail.example.test\n# a comment\n")
    i.write("aliases", "all: %s, you@mail.example.test, :include:%s\n" % (USER.pw_name, listed))
    i.run("postalias", "hash:" + os.path.join(i.etc, "aliases"))
    i.start()
    i.send("fan-out", to="all@local.example.test")
    i.wait_mail("fan-out", user="you")
    i.wait_mail("fan-out", user="third")
    until(lambda: "fan-out" in read(os.path.join(i.boxes, USER.pw_name))(), "the mailbox")
    i.wait_empty()


def test_a_command_runs_with_the_rights_of_nobody(t):
    i = local_instance(t)
    out = os.path.join(i.boxes, "out")
    i.write("aliases", 'prog: "|cat > %s; id -u >> %s"\n' % (out, out))
    i.run("postalias", "hash:" + os.path.join(i.etc, "aliases"))
    i.start()
    i.send("piped", to="prog@local.example.test")
    i.wait_log(r"to=<prog@local\.example\.test>, relay=local, .*status=sent \(delivered to command: cat")
    text = until(read(out), "output of the command")
    assert "X-Token: piped" in text and text.rstrip().endswith(str(OTHER.pw_uid)), text


def test_a_failing_command_decides_by_its_status(t):
    i = local_instance(t, aliases='later: "|exit 75"\nnever: "|echo no; exit 67"\n').start()
    later = i.send("cmd-75", to="later@local.example.test")
    i.wait_log(r"%s: to=<later@local\.example\.test>, .*dsn=4\.3\.0, status=deferred \(temporary failure" % later)
    never = i.send("cmd-67", to="never@local.example.test", sender="you@mail.example.test")
    i.wait_log(r"%s: to=<never@local\.example\.test>, .*status=bounced" % never)
    i.wait_mail("cmd-67", user="you")
    until(lambda: i.queue_ids() == {later: "deferred"}, "only the deferred one")


def test_a_forward_file_is_obeyed(t):
    i = local_instance(t)
    i.write("forward." + USER.pw_name, "you@mail.example.test, \\%s\n" % USER.pw_name)
    os.chown(os.path.join(i.etc, "forward." + USER.pw_name), USER.pw_uid, -1)
    i.start()
    i.send("forwarded", to=USER.pw_name + "@local.example.test")
    i.wait_mail("forwarded", user="you")
    until(lambda: "forwarded" in read(os.path.join(i.boxes, USER.pw_name))(), "the mailbox")


def test_a_loop_of_aliases_ends(t):
    i = local_instance(t, aliases="one: two\ntwo: three\nthree: one\n").start()
    i.send("looping", to="one@local.example.test", sender="you@mail.example.test")
    i.wait_log(r"status=(bounced|deferred)")


def test_an_unknown_user_is_returned(t):
    i = local_instance(t).start()
    queue_id = i.send("unknown", to="no-such-user@local.example.test", sender="you@mail.example.test")
    i.wait_log(r'%s: to=<no-such-user@local\.example\.test>, relay=local, .*dsn=5\.1\.1, status=bounced '
               r'\(unknown user: "no-such-user"\)' % queue_id)
    i.wait_mail("unknown", user="you")
    i.wait_empty()


def test_no_table_makes_virtual_write_as_root(t):
    """4294967295 is "no change" to the kernel, and larger numbers lose their upper bits."""
    for number in ("4294967295", "4294967296", "0", "-1"):
        i = t.instance("virtual_uid_maps = static:%s\n" % number).start()
        queue_id = i.send("as-nobody")
        i.wait_log(r"warning: recipient you@mail\.example\.test: bad uid %s in virtual_uid_maps" % number)
        i.wait_log(r"%s: to=<you@.*dsn=4\.3\.5, status=deferred" % queue_id)
        assert not os.path.exists(os.path.join(i.directory, "mail", "you"))
        i.stop()
