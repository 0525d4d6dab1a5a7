"""packaging/instance.py - private instances of the mail system: for the demo, the system tests and benchmarks.

An instance has its own configuration, spool, data directory and log, listens on loopback and high ports only, and
runs as root or wholly as an ordinary user.  Nothing of the system's own mail configuration is touched.
"""
import contextlib
import grp
import os
import pwd
import shutil
import socket
import subprocess

ROOT = os.geteuid() == 0

MAIN_CF = """compatibility_level = 3.6
command_directory = {dir}/sbin
daemon_directory = {dir}/libexec
sendmail_path = {dir}/sbin/sendmail
mailq_path = {dir}/sbin/mailq
newaliases_path = {dir}/sbin/newaliases
queue_directory = {dir}/spool
data_directory = {dir}/data
maillog_file = {dir}/maillog
maillog_file_prefixes = {dir}
mail_owner = {owner}
setgid_group = {group}
default_privs = {unprivileged}
myhostname = {hostname}
mydomain = example.test
myorigin = $myhostname
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
# Some users of this domain have a Maildir below {dir}/mail.
virtual_mailbox_domains = $myhostname
virtual_mailbox_base = {dir}/mail
virtual_mailbox_maps = regexp:{dir}/etc/mailboxes
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
"""

# A table of mailboxes may not take parts of an address over ($1), as in Postfix: each has its line.
USERS = ("you", "me", "one", "two", "three", "third")
MAILBOXES = "".join("/^%s(\\+[^@]*)?@/ %s/\n" % (user, user) for user in USERS)

MASTER_CF = """# service type  private unpriv  chroot  wakeup  maxproc command + args
127.0.0.1:{port} inet n - n - {clients} smtpd
pickup    unix  n       -       n       60      1       pickup
cleanup   unix  n       -       n       -       0       cleanup
qmgr      unix  n       -       n       300     1       qmgr
rewrite   unix  -       -       n       -       -       trivial-rewrite
bounce    unix  -       -       n       -       0       bounce
defer     unix  -       -       n       -       0       bounce
trace     unix  -       -       n       -       0       bounce
flush     unix  n       -       n       1000?   0       flush
showq     unix  n       -       n       -       -       showq
error     unix  -       -       n       -       -       error
retry     unix  -       -       n       -       -       error
discard   unix  -       -       n       -       -       discard
smtp      unix  -       -       n       -       -       smtp
relay     unix  -       -       n       -       -       smtp
lmtp      unix  -       -       n       -       -       lmtp
local     unix  -       n       n       -       -       local
virtual   unix  -       n       n       -       -       virtual
anvil     unix  -       -       n       -       1       anvil
tlsmgr    unix  -       -       n       1000?   1       tlsmgr
postlog   unix-dgram n  -       n       -       1       postlogd
"""


def accounts():
    """Who owns the queue, and who owns the mailboxes: (owner, group, unprivileged, uid, gid).  As root these are
    accounts that every system has; otherwise everything is the user who calls."""
    if ROOT:
        nobody = pwd.getpwnam("nobody")
        return "mail", "mail", "nobody", nobody.pw_uid, nobody.pw_gid
    me = pwd.getpwuid(os.geteuid())
    return me.pw_name, grp.getgrgid(me.pw_gid).gr_name, me.pw_name, me.pw_uid, me.pw_gid


def without(text, names):
    """main.cf text without the entries of these names."""
    return "".join(line for line in text.splitlines(True) if line.split("=")[0].strip() not in names)


def free_port(first=10025, last=10125):
    """The first port of the range nobody listens on."""
    for port in range(first, last):
        with socket.socket() as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise RuntimeError("no free port between %d and %d" % (first, last))


def link_programs(directory, binaries, group):
    """Commands and daemons under the names they are installed by; as root the two set-gid ones are copies."""
    commands, daemons = os.path.join(directory, "sbin"), os.path.join(directory, "libexec")
    os.makedirs(commands, exist_ok=True)
    for name in os.listdir(binaries):
        os.symlink(os.path.join(binaries, name), os.path.join(commands, name))
    # One link for all daemons: `postfix check` does not like programs that are links to elsewhere.
    with contextlib.suppress(FileExistsError):
        os.symlink("smtp", os.path.join(binaries, "lmtp"))
    os.symlink(binaries, daemons)
    for name in ("postdrop", "postqueue") if ROOT else ():
        copy = os.path.join(commands, name)
        os.unlink(copy)
        shutil.copy(os.path.join(binaries, name), copy)
        os.chown(copy, 0, grp.getgrnam(group).gr_gid)
        os.chmod(copy, 0o2755)
    for alias in ("mailq", "newaliases"):
        os.symlink(os.path.join(binaries, "sendmail"), os.path.join(commands, alias))


class Instance:
    """Directories, configuration and commands of one instance below `directory`."""

    def __init__(self, directory, binaries, port, main="", master="", hostname="mail.example.test", clients="-"):
        self.directory, self.port = directory, port
        self.etc = os.path.join(directory, "etc")
        self.log = os.path.join(directory, "maillog")
        self.queue = os.path.join(directory, "spool")
        owner, group, unprivileged, uid, gid = accounts()
        for name in ("etc", "spool", "data", "mail"):
            os.makedirs(os.path.join(directory, name), exist_ok=True)
        os.chmod(directory, 0o755)
        if ROOT:
            os.chown(os.path.join(directory, "data"), pwd.getpwnam(owner).pw_uid, -1)
            os.chown(os.path.join(directory, "mail"), uid, gid)
        link_programs(directory, binaries, group)
        self.write("mailboxes", MAILBOXES)
        stock = MAIN_CF.format(dir=directory, owner=owner, group=group, unprivileged=unprivileged, hostname=hostname,
                               uid=uid, gid=gid)
        given = {line.split("=")[0].strip() for line in main.splitlines() if "=" in line}
        self.write("main.cf", without(stock, given) + main)
        self.write("master.cf", MASTER_CF.format(port=port, clients=clients) + master)

    def write(self, name, text):
        with open(os.path.join(self.etc, name), "w") as f:
            f.write(text)

    def command(self, name, *args, **kw):
        """Runs one of the suite's commands for this instance."""
        env = dict(os.environ, MAIL_CONFIG=self.etc)
        return subprocess.run([os.path.join(self.directory, "sbin", name)] + list(args), env=env, **kw)

    def is_running(self):
        return self.command("postfix", "status", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
