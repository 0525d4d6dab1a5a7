"""What Maildirs of virtual(8) may hold: limits from tables, the account in maildirsize, folders."""
import glob
import os
import re

from harness import until

BODY = ("x" * 71 + "\r\n") * 100  # some 7300 bytes


def place(i, user="you"):
    return os.path.join(i.directory, "mail", user)


def account(i, user="you"):
    try:
        with open(os.path.join(place(i, user), "maildirsize")) as f:
            return f.read()
    except FileNotFoundError:
        return ""


def sum_of(text):
    lines = [line.split() for line in text.splitlines()[1:]]
    return sum(int(b) for b, _ in lines), sum(int(m) for _, m in lines)


def there(i, user="you"):
    sizes = [os.path.getsize(n) for n in glob.glob(os.path.join(place(i, user), "new", "*"))]
    return sum(sizes), len(sizes)


def test_an_account_is_kept_and_a_full_maildir_defers(t):
    i = t.instance("virtual_maildir_extended = yes\nvirtual_mailbox_limit_maps = inline:{{you@mail.example.test=20000S,9C}}\n")
    i.start()
    for n in (1, 2):
        i.send("fits-%d" % n, body=BODY)
        i.wait_mail("fits-%d" % n)
        until(lambda: sum_of(account(i)) == there(i), lambda: "an account of %r, not %r" % (there(i), account(i)))
    assert account(i).startswith("20000S,9C\n"), account(i)
    for name in os.listdir(os.path.join(place(i), "new")):
        size = os.path.getsize(os.path.join(place(i), "new", name))
        assert name.endswith(",S=%d" % size), (name, size)
    assert os.stat(os.path.join(place(i), "maildirsize")).st_mode & 0o777 == 0o600
    held = i.send("no-room", body=BODY)
    i.wait_log(r"%s: to=<you@mail\.example\.test>, relay=virtual, .*dsn=4\.2\.2, status=deferred \(maildir delivery "
               r"failed: the mailbox of this user is full" % held)
    assert os.listdir(os.path.join(place(i), "tmp")) == []
    # Another user has the general limit; a small message still fits.
    i.send("another", to="third", body=BODY)
    i.wait_mail("another", user="third")
    assert account(i, "third").startswith("51200000S\n"), account(i, "third")
    i.send("small")
    i.wait_mail("small")
    # The user makes room, and the waiting message comes.
    for name in glob.glob(os.path.join(place(i), "new", "*")):
        os.unlink(name)
    i.run("postqueue", "-f")
    i.wait_mail("no-room")
    until(lambda: sum_of(account(i)) == there(i), "an account that was counted anew")
    i.wait_empty()


def test_a_full_maildir_returns_mail_if_that_is_wanted(t):
    i = t.instance("virtual_mailbox_limit_maps = inline:{you@mail.example.test=3000}\nvirtual_overquota_bounce = yes\n"
                   "virtual_maildir_limit_message_maps = inline:{{you@mail.example.test=No room for you}}\n").start()
    i.send("first", sender="third@mail.example.test", body="y" * 1500 + "\r\n")
    i.wait_mail("first")
    queue_id = i.send("second", sender="third@mail.example.test", body="y" * 1500 + "\r\n")
    i.wait_log(r"%s: to=<you@.*dsn=5\.2\.2, status=bounced \(maildir delivery failed: No room for you\)" % queue_id)
    text = i.wait_mail("No room for you", user="third")
    assert re.search(r"^Status: 5\.2\.2$", text, re.M), text
    assert account(i) == ""  # nobody asked for maildirsize
    i.wait_empty()


def test_a_limit_that_is_none_makes_mail_wait(t):
    i = t.instance("virtual_mailbox_limit_maps = inline:{you@mail.example.test=plenty}\n").start()
    i.send("waits")
    i.wait_log(r"warning: recipient you@mail\.example\.test: bad limit plenty in virtual_mailbox_limit_maps")
    i.wait_log(r"to=<you@mail\.example\.test>.*dsn=4\.3\.5, status=deferred \(mail system configuration error\)")


def test_a_folder_belongs_to_its_maildir(t):
    i = t.instance("virtual_maildir_extended = yes\nvirtual_mailbox_limit_maps = static:12000S\n"
                   "virtual_mailbox_maps = inline:{{spam@mail.example.test=you/.Spam/},{you@mail.example.test=you/}}\n").start()
    i.send("to the inbox", body=BODY)
    i.wait_mail("to the inbox")
    i.send("to the folder", to="spam")
    i.wait_mail("to the folder", user="you/.Spam")
    assert os.path.exists(os.path.join(place(i), ".Spam", "maildirfolder"))
    until(lambda: sum_of(account(i))[1] == 2, lambda: "two messages in %r" % account(i))
    held = i.send("too much", to="spam", body=BODY)
    i.wait_log(r"%s: to=<spam@mail\.example\.test>.*dsn=4\.2\.2, status=deferred" % held)


def test_without_the_parameters_nothing_is_kept(t):
    i = t.instance("virtual_mailbox_limit = 12000000\n").start()
    i.send("plain", body=BODY)
    i.wait_mail("plain")
    names = os.listdir(os.path.join(place(i), "new"))
    assert len(names) == 1 and ",S=" not in names[0], names
    assert sorted(os.listdir(place(i))) == ["cur", "new", "tmp"], os.listdir(place(i))


def test_a_suffix_is_put_behind_the_path(t):
    i = t.instance("virtual_maildir_suffix = Maildir\n").start()
    i.send("suffixed")
    i.wait_mail("suffixed", user="you/Maildir")
