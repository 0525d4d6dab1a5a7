"""Tables in the lists of users who may submit, list and flush, and may use a sender address."""
import re

from harness import Group


class Commands(Group):
    def change(self, **parameters):
        """For commands only: the mail system goes on as it is."""
        self.inst.main.update({k: self.inst.sub(v) for k, v in parameters.items()})
        self.inst.write_config()


class Users(Commands):
    area = "commands"
    cost = 5
    maps = {"allowed": "bob yes\n"}
    files = {"plain": "bob yes\ncarol yes\n",
             "pattern": "/^b/ yes\n!/^[abc]/ yes\n",
             "list": "carol\n!bob\nstatic:anyone\n"}

    # Value of the parameter, a user, whether he may.
    lists = [
        ("@DB@:@ETC@/allowed", "bob", True),
        ("@DB@:@ETC@/allowed", "carol", False),
        ("!@DB@:@ETC@/allowed, static:all", "bob", False),
        ("!@DB@:@ETC@/allowed, static:all", "carol", True),
        ("texthash:@ETC@/plain", "carol", True),
        ("texthash:@ETC@/plain", "dave", False),
        ("regexp:@ETC@/pattern", "bob", True),
        ("regexp:@ETC@/pattern", "alice", False),
        ("regexp:@ETC@/pattern", "dave", True),
        ("inline:{bob=x, dave=y}", "dave", True),
        ("inline:{bob=x, dave=y}", "carol", False),
        ("pipemap:{texthash:@ETC@/plain,inline:{yes=x}}", "carol", True),
        ("unionmap:{inline:{bob=x},inline:{dave=y}}", "dave", True),
        ("environ:NOBODY", "bob", False),
        ("unix:passwd.byname", "bob", True),
        ("@ETC@/list", "carol", True),
        ("@ETC@/list", "bob", False),
        ("@ETC@/list", "dave", True),
        ("static:{any one}", "dave", True),
        ("", "bob", False),
        ("BOB", "bob", True),
    ]
    # What cannot be asked lets nobody in.
    broken = ["@DB@:@ETC@/missing", "texthash:@ETC@/missing", "fail:reason", "regexp:@ETC@/missing",
              "nonsense:x", "inline:{bob}", "@ETC@/missing", "pcre:@ETC@/missing"]

    def test_lists(self):
        for text, user, allowed in self.lists:
            self.change(authorized_submit_users=text)
            t = self.token()
            r = self.inst.sendmail("alice", input=t + "\n", user=user)
            if allowed:
                self.eq((r.rc, r.err), (0, ""), "%s for %s" % (text, user))
                self.in_mail("alice", t)
            else:
                self.eq(r.rc, 75, "%s for %s" % (text, user))
                self.match(r"^sendmail: fatal: User %s\(\d+\) is not allowed to submit mail$" % user, r.err)
        self.change(authorized_submit_users="static:anyone")

    def test_what_cannot_be_asked(self):
        for text in self.broken:
            self.change(authorized_submit_users=text)
            r = self.inst.sendmail("alice", input="x\n", user="bob")
            self.ok(r.rc == 75, text, r)
        self.change(authorized_submit_users="static:anyone")

    def test_lists_of_the_queue(self):
        self.change(authorized_mailq_users="@DB@:@ETC@/allowed", authorized_flush_users="texthash:@ETC@/plain")
        for user, args, allowed in (("bob", "-p", True), ("carol", "-p", False), ("bob", "-f", True),
                                    ("carol", "-f", True), ("dave", "-f", False)):
            r = self.inst.run("postqueue", args, user=user)
            self.eq(r.rc, 0 if allowed else 69, "%s %s: %s" % (user, args, r.err))
        self.change(authorized_mailq_users="static:anyone", authorized_flush_users="static:anyone")


class Senders(Commands):
    area = "commands"
    cost = 5
    main = "recipient_delimiter = +\n"
    maps = {"senders": "bob bob@example.test, team@x.test\nalice *\n"}
    files = {"fallback": "/^carol$/ @x.test <>\n"}

    refused = r"\Asendmail: fatal: \S*\(\d+\): not authorized to use sender='%s'\n\Z"
    rows = [
        ("bob", "bob@example.test", True),
        ("bob", "bob", False),
        ("bob", "BOB@EXAMPLE.TEST", True),
        ("bob", "bob+list@example.test", True),
        ("bob", "team@x.test", True),
        ("bob", "carol@example.test", False),
        ("bob", "bob@x.test", False),
        ("bob", "<>", False),
        ("alice", "anybody@any.test", True),
        ("carol", "anything@x.test", True),
        ("carol", "<>", True),
        ("carol", "carol@example.test", False),
        ("dave", "dave@example.test", False),
    ]

    def check(self):
        for user, sender, allowed in self.rows:
            t = self.token()
            r = self.inst.sendmail("-f", sender, "alice", input=t + "\n", user=user)
            what = "%s as %s: %s" % (user, sender, r.err)
            if allowed:
                self.eq(r.rc, 0, what)
                self.in_mail("alice", t)
            else:
                self.eq(r.rc, 75, what)
                self.match(self.refused % ("" if sender == "<>" else re.escape(sender)), r.err)

    def test_table_and_pattern(self):
        self.change(local_login_sender_maps="@DB@:@ETC@/senders, regexp:@ETC@/fallback")
        self.check()
        self.change(local_login_sender_maps="static:*")

    def test_inline(self):
        self.change(local_login_sender_maps="inline:{ {bob=bob@example.test team@x.test}, {alice=*}, "
                                              "{carol=@x.test <>} }")
        self.check()
        self.change(local_login_sender_maps="static:*")

    def test_what_cannot_be_asked(self):
        self.change(local_login_sender_maps="@DB@:@ETC@/missing")
        r = self.inst.sendmail("alice", input="x\n", user="bob")
        self.eq(r.rc, 75, "exit status")
        self.change(local_login_sender_maps="static:*")


class Down(Commands):
    """Commands of the queue while no daemon runs."""
    area = "commands"
    cost = 4
    main = "fast_flush_domains = flushed.test, regexp:@ETC@/also\n"
    files = {"also": "/\\.pattern\\.test$/ x\n"}

    rows = [
        (["-s", "other.test"], 'postqueue: fatal: Flush service is not configured for destination "other.test"\n'),
        (["-s", "[192.0.2.1]"], 'postqueue: fatal: Flush service is not configured for destination "[192.0.2.1]"\n'),
        (["-s", "flushed.test"], "postqueue: fatal: Cannot flush mail queue - mail system is down\n"),
        (["-s", "FLUSHED.test"], "postqueue: fatal: Cannot flush mail queue - mail system is down\n"),
        (["-s", "sub.flushed.test"], "postqueue: fatal: Cannot flush mail queue - mail system is down\n"),
        (["-s", "x.pattern.test"], "postqueue: fatal: Cannot flush mail queue - mail system is down\n"),
        (["-f"], "postqueue: fatal: Cannot flush mail queue - mail system is down\n"),
        (["-i", "ABCDEF1234"], "postqueue: fatal: Cannot flush mail queue - mail system is down\n"),
    ]

    def test_queue(self):
        self.inst.stop()
        try:
            for args, text in self.rows:
                r = self.inst.run("postqueue", *args)
                self.eq(r.rc, 69, "%s: %s" % (args, r.err))
                self.eq(r.err.splitlines(True)[-1], text, "last line for %s" % args)
            r = self.inst.run("postqueue", "-p", user="alice")
            self.eq(r.rc, 69, "exit status")
            self.match(r"fatal: Queue report unavailable - mail system is down", r.err)
        finally:
            self.inst.start()

    def test_postfix_words(self):
        for word in ("bogus", "STATUS"):
            r = self.inst.run("postfix", word)
            self.eq(r.rc, 1, "exit status of postfix %s" % word)
            self.log(r"postfix/postfix-script\[\d+\]: fatal: unknown command: '%s'\. Usage: postfix start \(or "
                     % word)
