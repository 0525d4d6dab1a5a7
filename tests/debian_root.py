"""tests/debian_root.py - throw-away Debian systems, for tests of packages and of documents.

`enter(program)` puts the calling program into private mount and process namespaces.  A Root there is a Debian 12 of its
own: an overlay over a base that debootstrap made once below the build directory, with a private network that has
loopback only.  All changes and processes go with the program.  Needs root and, the first time, the package archive.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
BUILD = os.path.join(TOP, os.environ.get("BUILD", "build"))
MIRROR = os.environ.get("MIRROR", "http://deb.debian.org/debian")
ROOTS = os.path.join(BUILD, "roots")
BASE = os.path.join(ROOTS, "bookworm")
ARCHIVES = os.path.join(ROOTS, "archives")
PATIENCE = 30

# What Postrider's packages need is in the base already, so that each test does not unpack it again.
BASE_PACKAGES = """adduser netbase ssl-cert libseccomp2 libsqlite3-0 libc-ares2 libcdb1 libdb5.3 libevent-core-2.1-7 libfmt9 libicu72
    libidn2-0 liblmdb0 libpcre2-8-0 libsasl2-2 libssl3 libsasl2-modules iproute2 procps ca-certificates""".split()

# Stands in for systemd, which these systems have not.
SYSTEMCTL = r"""#!/bin/sh
action=$1; shift
case $1 in --now) [ $action != enable ] || action=start; shift ;; esac
for unit; do
    unit=${unit%.service}
    case $unit:$action in
    *:enable | *:daemon-reload) ;;
    postfix*:restart) postfix status 2>/dev/null && postfix stop; /usr/lib/postfix/configure-instance.sh; postfix start ;;
    postfix*:start) /usr/lib/postfix/configure-instance.sh; postfix start ;;
    postfix*:*) postfix $action ;;
    *) /etc/init.d/$unit $action ;;
    esac || exit 1
done
"""


class Failure(Exception):
    pass


class Skip(Exception):
    pass


def enter(program):
    """Runs the program again in private namespaces, unless it is there; then every process of it dies with it."""
    if os.environ.get("POSTRIDER_ROOTS") == "inside":
        return
    if os.geteuid() != 0:
        raise Skip("needs root")
    for tool in ("debootstrap", "unshare", "nsenter", "ip"):
        if shutil.which(tool) is None:
            raise Skip("needs " + tool)
    probe = subprocess.run(["unshare", "--mount", "--pid", "--net", "--fork", "true"], stderr=subprocess.DEVNULL)
    if probe.returncode != 0:
        raise Skip("private namespaces are not possible here")
    os.environ["POSTRIDER_ROOTS"] = "inside"
    os.execvp("unshare", ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable,
                          os.path.abspath(program)] + sys.argv[1:])


def prepare_base():
    """The base system; made once."""
    if os.path.isdir(BASE):
        return
    os.makedirs(ARCHIVES, exist_ok=True)
    making = BASE + ".making"
    shutil.rmtree(making, ignore_errors=True)
    log = os.path.join(ROOTS, "debootstrap.log")
    with open(log, "w") as f:
        done = subprocess.run(["debootstrap", "--variant=minbase", "--cache-dir=" + ARCHIVES,
                               "--include=" + ",".join(BASE_PACKAGES), "bookworm", making, MIRROR],
                              stdin=subprocess.DEVNULL, stdout=f, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise Skip("debootstrap failed, see " + log)
    for path in glob.glob(making + "/var/cache/apt/archives/*.deb"):
        os.unlink(path)
    os.rename(making, BASE)


def settle(root):
    """What makes the base fit for tests."""
    _write(root + "/etc/apt/apt.conf.d/99test", 'APT::Install-Recommends "false";\nAPT::Sandbox::User "root";\n'
           'APT::Get::Assume-Yes "true";\nAcquire::Retries "3";\nDpkg::Use-Pty "false";\n'
           'Binary::apt::APT::Keep-Downloaded-Packages "true";\n')
    _write(root + "/etc/dpkg/dpkg.cfg.d/quick", "force-unsafe-io\n")
    # As in a container: packages do not start their services by themselves.
    _write(root + "/usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0o755)
    _write(root + "/usr/local/bin/systemctl", SYSTEMCTL, 0o755)


def packages():
    """Our .deb files by package name; built when they are missing."""
    found = glob.glob(os.path.join(BUILD, "deb", "*.deb"))
    if not found:
        raise Failure("no packages in %s/deb: make deb" % BUILD)
    return {os.path.basename(path).split("_")[0]: path for path in found}


def _write(path, text, mode=None):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
    if mode is not None:
        os.chmod(path, mode)


def until(condition, what, patience=PATIENCE):
    """The first true value of condition(), asked again and again; a Failure after `patience` seconds."""
    end = time.time() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.time() > end:
            raise Failure("waited %d s for %s" % (patience, what() if callable(what) else what))
        time.sleep(0.05)


ADDRESS = "192.0.2.10"


class Root:
    """One system.  Use in `with`; what ran in it is ended with it."""

    def __init__(self, hostname="mail.example.com", addresses=(ADDRESS,)):
        prepare_base()
        self.scratch = tempfile.mkdtemp(prefix="postrider-root.")
        self.path = os.path.join(self.scratch, "root")
        self.hostname = hostname
        self.addresses = addresses
        self.holder = None

    def __enter__(self):
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "root", self.scratch], check=True)
        for name in ("root", "upper", "work"):
            os.mkdir(os.path.join(self.scratch, name))
        subprocess.run(["mount", "-t", "overlay", "-o", "lowerdir=%s,upperdir=%s/upper,workdir=%s/work" %
                        (BASE, self.scratch, self.scratch), "root", self.path], check=True)
        subprocess.run(["mount", "--bind", ARCHIVES, self.path + "/var/cache/apt/archives"], check=True)
        subprocess.run(["mount", "-t", "proc", "proc", self.path + "/proc"], check=True)
        # A network, a process tree and a host name of its own; whoever holds them is its process 1.
        self.holder = subprocess.Popen(
            ["unshare", "--net", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc=" + self.path + "/proc",
             "chroot", self.path, "sh", "-c",
             'hostname "$0"; ip link set lo up; for a; do ip address add $a/32 dev lo; done; echo up; '
             "while :; do sleep 1000 & wait; done", self.hostname] + list(self.addresses),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        if self.holder.stdout.readline() != "up\n":
            raise Failure("the private network did not come up")
        with open("/proc/%d/task/%d/children" % (self.holder.pid, self.holder.pid)) as f:
            self.init = int(f.read().split()[0])
        self.write("/etc/hosts", "127.0.0.1 localhost\n%s %s %s\n" % (ADDRESS, self.hostname,
                                                                     self.hostname.split(".")[0]))
        self.write("/etc/hostname", self.hostname + "\n")
        settle(self.path)
        shutil.copy("/etc/resolv.conf", self.path + "/etc/resolv.conf")
        for name, major, minor in (("null", 1, 3), ("urandom", 1, 9)):
            if not os.path.exists(self.path + "/dev/" + name):
                os.mknod(self.path + "/dev/" + name, 0o20666, os.makedev(major, minor))
        return self

    def __exit__(self, *_):
        if self.holder is not None:
            self.holder.kill()  # --kill-child: its process 1, and with it all others
            self.holder.wait()
        subprocess.run(["umount", "--recursive", "--lazy", self.scratch])
        os.rmdir(self.scratch)

    def run(self, command, check=True, input=None, user=None, outside=False, timeout=300, env=()):
        """Runs a line of shell in this system and returns (status, output); with `outside`, with the network of the
        machine, for apt."""
        spaces = ["--target", str(self.init), "--uts", "--pid", "--mount"]
        shell = ["sh", "-c", command] if user is None else ["su", "-s", "/bin/sh", "-c", command, user]
        line = ["nsenter"] + spaces + ([] if outside else ["--net"]) + [
            "chroot", self.path, "env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME=/root", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"] + list(env) + shell
        # Output through a file: a daemon that keeps it open must not keep us waiting.
        with tempfile.TemporaryFile(mode="w+", errors="replace") as out:
            try:
                status = subprocess.run(line, input=input, stdout=out, stderr=subprocess.STDOUT, text=True,
                                        timeout=timeout, stdin=subprocess.DEVNULL if input is None else None).returncode
            except subprocess.TimeoutExpired:
                out.seek(0)
                raise Failure("%s\ntook longer than %d s\n%s" % (command, timeout, out.read()[-2000:]))
            out.seek(0)
            text = out.read()
        if check and status != 0:
            raise Failure("%s\nstatus %d\n%s" % (command, status, text[-4000:]))
        return status, text

    def output(self, command, **kw):
        return self.run(command, **kw)[1]

    def fails(self, command, **kw):
        return self.run(command, check=False, **kw)[0] != 0

    def apt(self, arguments, **kw):
        """apt-get with the network of the machine."""
        self.fetch_lists()
        return self.output("apt-get -q " + arguments, outside=True, **kw)

    def fetch_lists(self):
        """What the archive has; kept with the base for a day."""
        lists = os.path.join(ROOTS, "lists")
        inside = self.path + "/var/lib/apt/lists"
        if not os.path.isdir(lists) or os.path.getmtime(lists) < time.time() - 86400:
            self.run("apt-get -q update", outside=True)
            shutil.rmtree(lists, ignore_errors=True)
            shutil.copytree(inside, lists)
            os.utime(lists)
        elif not glob.glob(inside + "/*Packages"):
            shutil.copytree(lists, inside, dirs_exist_ok=True)

    def bring(self, *names):
        """Copies packages of ours in; returns their paths there."""
        have = packages()
        os.makedirs(self.path + "/root/debs", exist_ok=True)
        paths = []
        for name in names:
            shutil.copy(have[name], self.path + "/root/debs/")
            paths.append("/root/debs/" + os.path.basename(have[name]))
        return " ".join(paths)

    def write(self, path, text, mode=None):
        _write(self.path + path, text, mode)

    def read(self, path):
        with open(self.path + path, errors="replace") as f:
            return f.read()

    def exists(self, path):
        return os.path.lexists(self.path + path)

    def log_to_file(self):
        """Lines of the mail log go to /var/log/mail.log, without a syslog daemon."""
        self.run("postconf -e maillog_file=/var/log/mail.log maillog_file_prefixes=/var")

    def mail_log(self):
        return self.read("/var/log/mail.log") if self.exists("/var/log/mail.log") else ""

    def wait_mail(self, file, token, patience=PATIENCE):
        """Waits for a text in a mailbox, which is a file, or a directory of files (Maildir)."""
        def seen():
            found = glob.glob(self.path + file)
            for one in found:
                paths = [one] if os.path.isfile(one) else [os.path.join(d, n) for d, _, ns in os.walk(one) for n in ns]
                for path in paths:
                    with open(path, errors="replace") as f:
                        if token in f.read():
                            return True
            return False
        until(seen, lambda: "%r in %s\n%s\n%s" % (token, file, self.mail_log()[-3000:],
                                                  self.run("mailq", check=False)[1][-1000:]), patience)

    def wait_log(self, pattern, patience=PATIENCE):
        return until(lambda: re.search(pattern, self.mail_log(), re.M),
                     lambda: "log line %r\n%s" % (pattern, self.mail_log()[-3000:]), patience)


def run_tests(tests, wanted):
    """Runs functions test_*; prints a line each and "N passed, N failed"."""
    passed = failed = 0
    for name, function in tests.items():
        if wanted and not any(word in name for word in wanted):
            continue
        begun = time.time()
        try:
            function()
            print("ok      %s (%.1f s)" % (name, time.time() - begun), flush=True)
            passed += 1
        except Skip as reason:
            print("skipped %s: %s" % (name, reason), flush=True)
        except (Failure, subprocess.SubprocessError, OSError, AssertionError) as reason:
            print("FAILED  %s: %s" % (name, reason), flush=True)
            failed += 1
    print("%d passed, %d failed" % (passed, failed), flush=True)
    return 1 if failed else 0
