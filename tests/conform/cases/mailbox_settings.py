"""One parameter at a time, and what becomes of a message: local(8) and virtual(8)."""
import time

from harness.flow import Flow

MAILBOXES = (
    ({"mailbox_delivery_lock": "dotlock"}, "bob", "",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"mailbox_delivery_lock": "dotlock"}, "bob", "put spool/bob.lock x",
     "bob 4.2.0 deferred cannot update mailbox @DIR@/spool/bob for user bob. unable to create lock file @DIR@/spool/bob.lock: File exists"),
    ({"mailbox_delivery_lock": "fcntl"}, "bob", "put spool/bob.lock x",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"mailbox_delivery_lock": "flock"}, "bob", "put spool/bob.lock x",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"mailbox_delivery_lock": "flock fcntl dotlock"}, "bob", "",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"mailbox_delivery_lock": "fcntl,bogus"}, "bob", "",
     "fatal: unknown mailbox_delivery_lock value \"bogus\" in \"fcntl,bogus\""),
    ({"strict_mailbox_ownership": "no"}, "bob", "put spool/bob mode=644 owner=carol x\\n",
     "bob 5.2.0 bounced cannot update mailbox @DIR@/spool/bob for user bob. cannot open file: Permission denied"),
    ({"mailbox_size_limit": "0"}, "bob", "",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"mailbox_size_limit": "1000"}, "bob", "",
     "fatal: configuration error: mailbox_size_limit is smaller than message_size_limit"),
    ({"home_mailbox": "Mail/box/"}, "bob", "",
     "bob 2.0.0 sent delivered to maildir"),
    ({"home_mailbox": "/Mail/x"}, "bob", "dir ~bob/Mail",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"home_mailbox": "Mail/x/y"}, "bob", "",
     "bob 5.2.0 bounced cannot update mailbox @HOME@/bob/Mail/x/y for user bob. unable to create lock file @HOME@/bob/Mail/x/y.lock: No such file or directory"),
    ({"home_mailbox": "mbox"}, "bob", "",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"home_mailbox": "mbox"}, "bob", "dir ~bob/mbox",
     "bob 5.2.0 bounced cannot update mailbox @HOME@/bob/mbox for user bob. cannot open file: Is a directory"),
    ({"home_mailbox": "./mbox"}, "bob+x", "",
     "bob+x 2.0.0 sent delivered to mailbox"),
    ({"mail_spool_directory": "@DIR@/out/nodir"}, "bob", "",
     "bob 5.2.0 bounced cannot update mailbox @DIR@/out/nodir/bob for user bob. unable to create lock file @DIR@/out/nodir/bob.lock: No such file or directory"),
    ({"mail_spool_directory": "@DIR@/out/nodir/"}, "bob", "",
     "bob 2.0.0 sent delivered to maildir"),
    ({"mail_spool_directory": "@DIR@/spool/"}, "bob+x", "",
     "bob+x 2.0.0 sent delivered to maildir"),
    ({"home_mailbox": "Maildir/", "mail_spool_directory": "/x"}, "bob", "",
     "bob 2.0.0 sent delivered to maildir"),
    ({"prepend_delivered_header": ""}, "bob", "",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"prepend_delivered_header": "command"}, "cmd", "",
     "cmd 2.0.0 sent delivered to command: cat > @DIR@/out/c"),
    ({"prepend_delivered_header": "file"}, "cmd", "",
     "cmd 2.0.0 sent delivered to command: cat > @DIR@/out/c"),
    ({"prepend_delivered_header": "bogus"}, "cmd", "",
     "fatal: unknown prepend_delivered_header value \"bogus\" in \"bogus\""),
    ({"prepend_delivered_header": "FILE, Command"}, "fil", "",
     "fatal: unknown prepend_delivered_header value \"FILE\" in \"FILE, Command\""),
    ({"enable_original_recipient": "no"}, "fil", "",
     "fil 2.0.0 sent delivered to file: @DIR@/out/f"),
    ({"require_home_directory": "yes"}, "nobody", "",
     "nobody 4.3.0 deferred cannot access home directory /nonexistent: No such file or directory"),
    ({"require_home_directory": "yes"}, "daemon", "",
     "daemon 2.0.0 sent delivered to mailbox"),
    ({"require_home_directory": "yes"}, "bob", "",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"allow_mail_to_commands": ""}, "cmd", "",
     "cmd 5.7.1 bounced mail to command is restricted"),
    ({"allow_mail_to_commands": "bogus"}, "cmd", "",
     "fatal: unknown allow_mail_to_commands value \"bogus\" in \"bogus\""),
    ({"allow_mail_to_files": "alias"}, "md", "",
     "md 2.0.0 sent delivered to maildir"),
    ({"default_privs": "vmail"}, "fil", "",
     "fil 2.0.0 sent delivered to file: @DIR@/out/f"),
    ({"alias_maps": ""}, "bob", "",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"alias_maps": "inline:{{fil=bob}}"}, "fil", "",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"alias_maps": "regexp:@ETC@/re"}, "xfoo", "",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"alias_maps": "inline:{{fil=fil2}}, inline:{{fil2=bob}}"}, "fil", "",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"alias_maps": "proxy:@DB@:@ETC@/aliases"}, "cmd", "",
     "cmd 2.0.0 sent delivered to command: cat > @DIR@/out/c"),
    ({"alias_maps": "texthash:@ETC@/al2"}, "two", "",
     "alice 2.0.0 sent delivered to mailbox",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"alias_maps": "unionmap:{inline:{{u=bob}},inline:{{u=carol}}}"}, "u", "",
     "bob 2.0.0 sent delivered to mailbox",
     "carol 2.0.0 sent delivered to mailbox"),
    ({"forward_path": "/nonexistent"}, "bob", "",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"soft_bounce": "yes", "local_recipient_maps": ""}, "nosuch", "",
     "nosuch 4.1.1 SOFTBOUNCE unknown user: \"nosuch\""),
    ({"local_delivery_status_filter": "regexp:@ETC@/sf"}, "bob", "",
     "bob 2.1.5 sent in the box"),
    ({"biff": "yes"}, "bob", "",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"mailbox_command": "/nonexistent/cmd"}, "bob", "",
     "fatal: execvp /nonexistent/cmd: No such file or directory",
     "bob 4.3.0 deferred temporary failure. Command output: local: fatal: execvp /nonexistent/cmd: No such file or directory"),
    ({"mailbox_command": "cat >/dev/null; exit 77"}, "bob", "",
     "bob 5.7.0 bounced permission denied"),
    ({"mailbox_command": "/bin/echo   a  \"b\""}, "bob", "",
     "bob 2.0.0 sent delivered to command: /bin/echo   a  \"b\""),
    ({"mailbox_command": "/bin/echo a b; exit 1"}, "bob", "",
     "bob 5.3.0 bounced Command died with status 1: \"/bin/echo a b; exit 1\". Command output: a b"),
    ({"local_command_shell": "/nonexistent/sh -c"}, "cmd", "",
     "fatal: pipe_command: execvp /nonexistent/sh: No such file or directory",
     "cmd 4.3.0 deferred temporary failure. Command output: local: fatal: pipe_command: execvp /nonexistent/sh: No such file or directory"),
    ({"local_command_shell": "/bin/echo"}, "cmd", "",
     "cmd 2.0.0 sent delivered to command: cat > @DIR@/out/c"),
    ({"local_command_shell": "/bin/sh -x -c"}, "cmd", "",
     "cmd 2.0.0 sent delivered to command: cat > @DIR@/out/c"),
    ({"export_environment": "FOO=1 BAR TZ"}, "cmd", "",
     "cmd 2.0.0 sent delivered to command: cat > @DIR@/out/c"),
    ({"fallback_transport": "error:5.1.2 nope", "local_recipient_maps": ""}, "nosuch", "",
     "nosuch 5.1.2 bounced nope"),
    ({"mailbox_transport": "discard"}, "bob", "",
     "bob 2.0.0 sent mx.example.test"),
    ({"mailbox_transport": "error:5.2.1 disabled"}, "bob+x", "",
     "bob+x 5.2.1 bounced disabled"),
    ({"mailbox_transport_maps": "fail:x"}, "bob", "",
     "bob 4.3.0 deferred table lookup failure"),
    ({"mailbox_command_maps": "fail:x"}, "bob", "",
     "bob 4.3.0 deferred table lookup failure"),
    ({"fallback_transport_maps": "fail:x", "local_recipient_maps": ""}, "nosuch", "",
     "nosuch 4.3.0 deferred table lookup failure"),
    ({"luser_relay": "bob", "local_recipient_maps": ""}, "nosuch+x", "",
     "bob 2.0.0 sent delivered to mailbox"),
    ({"luser_relay": "nosuch", "local_recipient_maps": ""}, "nosuch", "",
     "nosuch 5.1.1 bounced unknown user: \"nosuch\""),
    ({"luser_relay": "$recipient", "local_recipient_maps": ""}, "nosuch", "",
     "nosuch 5.1.1 bounced unknown user: \"nosuch\""),
)

VIRTUAL = (
    ({}, "box", "",
     "box 2.0.0 sent delivered to mailbox"),
    ({}, "md", "",
     "md 2.0.0 sent delivered to maildir"),
    ({}, "sub", "",
     "sub 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/a/b/box: unable to create lock file @DIR@/vmail/a/b/box.lock: No such file or directory"),
    ({}, "sub2", "",
     "sub2 2.0.0 sent delivered to maildir"),
    ({}, "up", "",
     "up 4.2.0 deferred maildir delivery failed: create maildir file @DIR@/vmail/../up/tmp/"),
    ({}, "up2", "",
     "up2 2.0.0 sent delivered to maildir"),
    ({}, "sl", "",
     "sl 2.0.0 sent delivered to maildir"),
    ({}, "sp", "",
     "sp 2.0.0 sent delivered to maildir"),
    ({}, "p-joe", "",
     "p-joe 5.1.1 bounced unknown user: \"p-joe@v.test\""),
    ({}, "p-../x", "",
     "\"p-../x\" 5.1.1 bounced unknown user: \"p-../x@v.test\""),
    ({}, "q", "",
     "q 2.0.0 sent delivered to mailbox"),
    ({}, "nosuch", "",
     "nosuch 5.1.1 bounced unknown user: \"nosuch@v.test\""),
    ({}, "md+x", "",
     "md+x 2.0.0 sent delivered to maildir"),
    ({}, "MD", "",
     "MD 2.0.0 sent delivered to maildir"),
    ({}, "\"md\"", "",
     "md 2.0.0 sent delivered to maildir"),
    ({}, "box", "put vmail/box mode=600 owner=vmail old\\n",
     "box 2.0.0 sent delivered to mailbox"),
    ({}, "box", "put vmail/box mode=600 owner=root old\\n",
     "box 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/box: cannot open file: Permission denied"),
    ({}, "box", "dir vmail/box owner=vmail",
     "box 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/box: cannot open file: Is a directory"),
    ({}, "box", "put vmail/box.lock x",
     "box 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/box: unable to create lock file @DIR@/vmail/box.lock: File exists"),
    ({}, "nest", "put vmail/box owner=vmail x",
     "nest 4.2.0 deferred maildir delivery failed: create maildir file @DIR@/vmail/box/tmp/"),
    ({"virtual_uid_maps": "static:0"}, "md", "",
     "md 4.3.5 deferred mail system configuration error"),
    ({"virtual_uid_maps": "static:-1"}, "md", "",
     "md 4.3.5 deferred mail system configuration error"),
    ({"virtual_uid_maps": "static:99"}, "md", "",
     "md 4.3.5 deferred mail system configuration error"),
    ({"virtual_uid_maps": ""}, "md", "",
     "md 4.3.5 deferred mail system configuration error"),
    ({"virtual_uid_maps": "fail:x"}, "md", "",
     "md 4.3.5 deferred mail system configuration error"),
    ({"virtual_uid_maps": "static:vmail"}, "md", "",
     "md 4.3.5 deferred mail system configuration error"),
    ({"virtual_uid_maps": "inline:{{@v.test=20007}}"}, "md+x", "",
     "md+x 2.0.0 sent delivered to maildir"),
    ({"virtual_uid_maps": "inline:{{md=20007}}"}, "md", "",
     "md 4.3.5 deferred mail system configuration error"),
    ({"virtual_gid_maps": "static:0"}, "md", "",
     "md 4.3.5 deferred mail system configuration error"),
    ({"virtual_gid_maps": ""}, "md", "",
     "md 4.3.5 deferred mail system configuration error"),
    ({"virtual_gid_maps": "static:x"}, "md", "",
     "md 4.3.5 deferred mail system configuration error"),
    ({"virtual_gid_maps": "fail:x"}, "md", "",
     "md 4.3.5 deferred mail system configuration error"),
    ({"virtual_gid_maps": "static:8"}, "md", "",
     "md 2.0.0 sent delivered to maildir"),
    ({"virtual_mailbox_maps": ""}, "md", "",
     "md 5.1.1 bounced unknown user: \"md@v.test\""),
    ({"virtual_mailbox_maps": "inline:{{@v.test=all/}}"}, "any+x", "",
     "any+x 2.0.0 sent delivered to maildir"),
    ({"virtual_mailbox_maps": "inline:{{joe=joe/}}"}, "joe", "",
     "joe 5.1.1 bounced unknown user: \"joe@v.test\""),
    ({"virtual_mailbox_maps": "static:all/"}, "x", "",
     "x 2.0.0 sent delivered to maildir"),
    ({"virtual_mailbox_base": ""}, "md", "",
     "fatal: bad string length 0 < 1: virtual_mailbox_base = "),
    ({"virtual_mailbox_base": "@DIR@/vmail/"}, "md", "",
     "md 2.0.0 sent delivered to maildir"),
    ({"virtual_mailbox_limit": "100"}, "md", "",
     "fatal: configuration error: virtual_mailbox_limit is smaller than message_size_limit"),
    ({"virtual_mailbox_limit": "0"}, "box", "",
     "box 2.0.0 sent delivered to mailbox"),
    ({"virtual_mailbox_lock": "dotlock"}, "box", "",
     "box 2.0.0 sent delivered to mailbox"),
    ({"virtual_mailbox_lock": "x"}, "box", "",
     "fatal: unknown mailbox_delivery_lock value \"x\" in \"x\""),
    ({"strict_mailbox_ownership": "no"}, "box", "put vmail/box mode=666 owner=root old\\n",
     "box 2.0.0 sent delivered to mailbox"),
    ({"virtual_delivery_status_filter": "regexp:@ETC@/sf"}, "md", "",
     "md 2.9.9 sent ok"),
    ({"enable_original_recipient": "no"}, "md", "",
     "md 2.0.0 sent delivered to maildir"),
    ({"soft_bounce": "yes"}, "nosuch", "",
     "nosuch 4.1.1 SOFTBOUNCE unknown user: \"nosuch@v.test\""),
    ({"recipient_delimiter": "+", "virtual_mailbox_maps": "inline:{{md+x@v.test=mdx/},{md@v.test=md/}}"}, "md+x", "",
     "md+x 2.0.0 sent delivered to maildir"),
    ({}, "box sender=", "",
     "box 2.0.0 sent delivered to mailbox"),
    ({}, "md headers=Delivered-To:_md@v.test", "",
     "md 2.0.0 sent delivered to maildir"),
)


class OneSetting(Flow):
    """Rows of (parameters, recipients, preparation, expected lines)."""
    rows = ()
    timeout = 300

    @classmethod
    def case_names(cls):
        names = []
        for parameters, recipients, preparation, *_ in cls.rows:
            name = "_".join(["%s_%s" % kv for kv in parameters.items()] + [recipients, preparation])
            slug = "".join(c if c.isalnum() else "_" for c in name).strip("_")
            names.append("%02d_%s" % (len(names), slug[:60]))
        return names

    def run_case(self, name):
        parameters, recipients, preparation, *wanted = self.rows[self.case_names().index(name)]
        before = dict(self.inst.main)
        self.case = name
        try:
            if parameters:
                self.inst.set(**parameters)
            self.since = self.inst.log_size()
            self.play([name] + recipients.split(),
                      ([preparation] if preparation else []) +
                      ["> " + line if not line.startswith("fatal: ") else "log " + line for line in wanted])
            if any(line.startswith("fatal: ") for line in wanted):
                time.sleep(1.5)    # the service is tried again then
        finally:
            if parameters:
                self.inst.main = before
                self.inst.write_config()
                self.inst.reload()


class Mailboxes(OneSetting):
    area = "local"
    cost = 40
    rows = MAILBOXES
    main = Flow.main_base + """home_mailbox =
deliver_lock_attempts = 1
deliver_lock_delay = 1s
service_throttle_time = 1s
transport_retry_time = 1s
"""
    maps = {"aliases": """postmaster: alice
fil: @DIR@/out/f
md: @DIR@/out/md/
cmd: "|cat > @DIR@/out/c"
"""}
    files = {"re": "/^x(.*)$/ bob\n/^y(.*)$/ $1\n", "al2": "two one\none alice, bob\n",
             "sf": "/^2.* delivered to mailbox/ 2.1.5 in the box\n"}


class VirtualMailboxes(OneSetting):
    area = "virtual"
    cost = 30
    rows = VIRTUAL
    domain = "v.test"
    main = Flow.main_base + """virtual_mailbox_domains = v.test
virtual_mailbox_base = @DIR@/vmail
virtual_mailbox_maps = inline:{{box@v.test=box},{md@v.test=md/},{sub@v.test=a/b/box},{sub2@v.test=a/b/md/},{up@v.test=../up/},{up2@v.test=x/../y/},{sl@v.test=/},{nest@v.test=box/},{sp@v.test=a b/}}, regexp:$config_directory/re
virtual_uid_maps = static:20007
virtual_gid_maps = static:20007
deliver_lock_attempts = 1
deliver_lock_delay = 1s
smtpd_reject_unlisted_recipient = no
service_throttle_time = 1s
transport_retry_time = 1s
"""
    files = {"re": "/^p-(.*)@v.test$/ $1/\n/^q@v.test/ q\n", "sf": "/delivered/ 2.9.9 ok\n"}

    def play(self, head, lines):
        self.own(self.path("vmail"), {}, "vmail")
        super().play(head, lines)


LUSER = (
    # luser_relay, recipient, what becomes of it
    ("$user@x.test", "nobodyhere", "nobodyhere 2.0.0 sent forwarded as"),
    ("alice", "nobodyhere+ext", "alice 2.0.0 sent delivered to mailbox"),
    ("\"|true\"", "nobodyhere", "|true 5.1.1 bounced unknown user: \"|true\""),
    ("/tmp/x", "nobodyhere", "/tmp/x 5.1.1 bounced unknown user: \"/tmp/x\""),
    ("${extension?alice}", "nobodyhere+ext", "alice 2.0.0 sent delivered to mailbox"),
    ("${extension:alice}", "nobodyhere", "alice 2.0.0 sent delivered to mailbox"),
    ("alice+$extension", "nobodyhere", "alice+ 2.0.0 sent delivered to mailbox"),
    ("alice+$extension", "nobodyhere+ext", "alice+ext 2.0.0 sent delivered to mailbox"),
    ("nosuch", "nobodyhere+ext", "nosuch 5.1.1 bounced unknown user: \"nosuch\""),
    ("$local", "nobodyhere+ext", "nobodyhere+ext 5.1.1 bounced unknown user: \"nobodyhere\""),
    ("\\alice", "nobodyhere", "alice 2.0.0 sent delivered to mailbox"),
    ("$home", "nobodyhere", "alice 2.0.0 sent delivered to mailbox"),
    ("${nosuchvar}x@x.test", "nobodyhere", "nobodyhere 2.0.0 sent forwarded as"),
    ("alice@[127.0.0.1]", "nobodyhere", "alice@[127.0.0.1] 2.0.0 sent delivered to mailbox"),
    ("", "nobodyhere", "nobodyhere 5.1.1 bounced unknown user: \"nobodyhere\""),
)


class LuserRelay(OneSetting):
    area = "local"
    cost = 15
    rows = tuple(({"luser_relay": relay}, recipient, "", line) for relay, recipient, line in LUSER)
    main = Flow.main_base + "local_recipient_maps =\nhome_mailbox =\n"
    maps = {"aliases": "postmaster: alice\nmailer-daemon: alice\n"}
