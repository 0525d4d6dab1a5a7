"""tests/packaging/systemd.py - a Root in which a real systemd is process 1."""
import subprocess

from debian_root import Failure, Root, Skip, until

# pivot_root, not chroot: systemd must be able to make private mounts for its services.
BEGIN = """set -e
mount --bind {root} {root}
cd {root}
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 run run
mount -t tmpfs tmp tmp
mount -t tmpfs -o mode=755 dev dev
mount -t proc proc proc
while read -r name major minor; do mknod -m 666 dev/$name c $major $minor; done <<EOF
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
console 5 1
ptmx 5 2
EOF
mkdir dev/shm dev/pts old
ip link set lo up
hostname mail.example.com
pivot_root . old
cd /
umount -l /old
mount --make-rshared /
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system --show-status=no
"""


class SystemdRoot(Root):
    """Use boot() when everything is installed that systemd shall find; then ask()."""

    def boot(self):
        self.run("rm -f /usr/local/bin/systemctl /usr/sbin/policy-rc.d /etc/resolv.conf; : >/etc/machine-id")
        self.log = open(self.scratch + "/systemd.log", "w")
        self.manager = subprocess.Popen(
            ["unshare", "--mount", "--propagation", "private", "--pid", "--net", "--uts", "--ipc", "--cgroup", "--fork",
             "--kill-child", "sh", "-c", BEGIN.format(root=self.path)],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT)
        try:
            until(lambda: self.manager.poll() is not None or
                  self.ask("systemctl is-system-running", check=False)[1].strip() in ("running", "degraded"), "systemd")
        except Failure as failure:
            raise Skip("systemd does not run here: %s" % failure)
        if self.manager.poll() is not None:
            with open(self.log.name) as f:
                raise Skip("systemd does not run here: " + f.read()[-500:])

    def ask(self, command, check=True, input=None, user=None):
        """(status, output) of a line of shell in the running system."""
        with open("/proc/%d/task/%d/children" % (self.manager.pid, self.manager.pid)) as f:
            first = f.read().split()
        if not first:
            return 1, ""
        shell = ["sh", "-c", command] if user is None else ["su", "-s", "/bin/sh", "-c", command, user]
        done = subprocess.run(["nsenter", "--target", first[0], "--mount", "--pid", "--net", "--uts", "--ipc", "--cgroup",
                               "--root", "--wd", "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                               "DEBIAN_FRONTEND=noninteractive"] + shell,
                              input=input, stdin=subprocess.DEVNULL if input is None else None, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=120)
        if check and done.returncode != 0:
            raise Failure("%s\nstatus %d\n%s" % (command, done.returncode, done.stdout[-3000:]))
        return done.returncode, done.stdout

    def __exit__(self, *reason):
        if hasattr(self, "manager"):
            self.manager.kill()
            self.manager.wait()
            self.log.close()
        super().__exit__(*reason)
