"""Mail to and from Debian's Postfix: the part of tests/trials/interop that needs one package only."""
import os
import subprocess

from harness import TOP, Failure, Skip

TRIAL = os.path.join(TOP, "tests", "trials", "interop")


def test_mail_goes_to_and_comes_from_debians_postfix(t):
    if os.geteuid() != 0:
        raise Skip("needs root (private namespaces)")
    fetched = subprocess.run([TRIAL, "--fetch", "postfix"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                             stdin=subprocess.DEVNULL)
    if fetched.returncode != 0:
        raise Skip("Debian's package cannot be fetched: %s" % fetched.stdout.strip().splitlines()[-1])
    done = subprocess.run([TRIAL, "postfix"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          stdin=subprocess.DEVNULL, timeout=240)
    if done.returncode != 0:
        raise Failure(done.stdout[-6000:])
