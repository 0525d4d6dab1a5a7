"""A full disk: new mail is refused for now, old mail stays, nothing half-written is left.

The spool is a small file system of its own in a private mount namespace: needs root, skipped otherwise.
"""
import contextlib
import os
import shutil
import smtplib
import subprocess
import sys

if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    sys.dont_write_bytecode = True

from harness import BUILD, Failure, Instance, ROOT, Skip, until  # noqa: E402


def test_a_full_disk_loses_nothing(t):
    if not ROOT:
        raise Skip("needs root to mount a small file system")
    if shutil.which("unshare") is None:
        raise Skip("needs unshare")
    done = subprocess.run(["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable,
                           os.path.abspath(__file__), t.directory], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=200)
    if done.stdout.startswith("unshare: "):  # a chroot, or a container without the right
        raise Skip(done.stdout.splitlines()[0])
    if "cannot mount" in done.stdout:
        raise Skip("a tmpfs cannot be mounted here")
    if done.returncode != 0:
        raise Failure(done.stdout[-6000:])


def inside(directory):
    i = Instance(os.path.join(directory, "full"), os.path.join(BUILD, "bin"), 20000 + os.getppid() % 9000)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", i.queue]).returncode != 0:
        sys.exit("cannot mount a tmpfs")
    i.configure("message_size_limit = 4000000\nqueue_minfree = 0\nminimal_backoff_time = 1s\nqueue_run_delay = 2s\n")
    i.start()
    i.send("before-full")
    i.wait_mail("before-full")
    acknowledged, refused = set(), 0
    filler = os.path.join(i.queue, "filler")
    with open(filler, "wb", buffering=0) as f, contextlib.suppress(OSError):
        while True:
            f.write(b"x" * 65536)
    for n in range(10):
        token = "when-full-%d." % n
        try:
            i.send(token, body="y" * 20000 + "\r\n")
            acknowledged.add(token)
        except Failure as failure:
            assert ": 4" in str(failure), failure
            refused += 1
        except smtplib.SMTPException as failure:
            assert str(failure).lstrip("(").startswith("4") or "closed" in str(failure), failure
            refused += 1
    assert refused > 0, "nothing was refused on a full disk"
    done = i.command("sendmail", "-f", "me@example.test", "you@mail.example.test", input="Subject: x\n\n" + "z" * 9000,
                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode in (73, 75), "sendmail on a full disk: %d %s" % (done.returncode, done.stdout)
    os.unlink(filler)
    i.send("after-full")
    i.wait_mail("after-full")
    for token in acknowledged:
        i.wait_mail(token)
    i.wait_empty()
    i.stop()
    until(lambda: not i.processes(), "no process left")
    left = [name for _, _, names in os.walk(os.path.join(i.queue, "incoming")) for name in names]
    assert not left, "half-written files: %s" % left


if __name__ == "__main__":
    inside(sys.argv[1])
