"""tests/packaging/podman.py - the container how-to with podman itself, word by word, where podman works.

The commands are those of docs/howto/containers.md.  A script named podman adds what a machine without systemd, network
and registry needs: storage of its own, no cgroups, no network, and debootstrap's Debian as the base image.
"""
import os
import re
import shutil
import subprocess
import tempfile

from debian_root import BASE, BUILD, TOP, Skip, prepare_base

BASE_IMAGE = "docker.io/library/debian:bookworm-slim"
WRAPPER = """#!/bin/sh
storage="--root {scratch}/root --runroot {scratch}/run --storage-driver vfs"
word=$1; shift
case $word in
build) exec buildah $storage bud --isolation chroot --network host --pull-never "$@" ;;
run) set -- --cgroups=disabled --network none --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 "$@" ;;
esac
exec {podman} $storage --cgroup-manager cgroupfs --events-backend file $word "$@"
"""


class Podman:
    """Runs shell commands in which `podman` is ours; everything is gone afterwards."""

    def __init__(self):
        for tool in ("podman", "buildah", "crun"):
            if shutil.which(tool) is None:
                raise Skip("needs " + tool)
        self.scratch = tempfile.mkdtemp(prefix="postrider-podman-", dir="/var/tmp")
        wrapper = os.path.join(self.scratch, "bin", "podman")
        os.makedirs(os.path.dirname(wrapper))
        with open(wrapper, "w") as f:
            f.write(WRAPPER.format(scratch=self.scratch, podman=shutil.which("podman")))
        os.chmod(wrapper, 0o755)
        self.environment = {**os.environ, "PATH": os.path.dirname(wrapper) + ":" + os.environ["PATH"]}
        # One cgroup tree, whatever the machine has; podman's own state is not the machine's.
        self.run("mount -t tmpfs none /run; umount -R -l /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup", check=False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.run("podman rm -f -a; umount -l %s/root/vfs-containers/*/userdata/shm" % self.scratch, check=False)
        shutil.rmtree(self.scratch, ignore_errors=True)

    def run(self, command, check=True):
        """What it prints."""
        done = subprocess.run(["sh", "-c", command], cwd=TOP, env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600)
        if check and done.returncode != 0:
            raise AssertionError("%s: status %d\n%s" % (command, done.returncode, done.stdout[-3000:]))
        return done.stdout

    def status(self, command):
        done = subprocess.run(["sh", "-c", command], env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
        return done.returncode

    def make_base_image(self):
        prepare_base()
        storage = "--root {0}/root --runroot {0}/run --storage-driver vfs".format(self.scratch)
        self.run("set -e; c=$(buildah %s from scratch); tar -C %s --exclude=./var/cache/apt/archives -cf %s/base.tar .; "
                 "buildah %s add -q $c %s/base.tar /; buildah %s commit -q $c %s; buildah %s rm $c; rm %s/base.tar"
                 % (storage, BASE, self.scratch, storage, self.scratch, storage, BASE_IMAGE, storage, self.scratch))


def commands_of_the_howto():
    """(build, run): the first commands with these words, continuation lines joined."""
    with open(os.path.join(TOP, "docs", "howto", "containers.md")) as f:
        text = f.read().replace("\\\n", " ")
    return tuple(re.search(r"^podman %s .*$" % word, text, re.M).group(0).replace("build/deb", os.path.join(BUILD, "deb"))
                 for word in ("build", "run"))
