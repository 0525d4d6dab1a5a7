"""Processes that die, stop and start again: no acknowledged message may be lost."""
import contextlib
import os
import random
import signal
import smtplib
import subprocess
import threading
import time

from harness import Failure, until

LOAD_SECONDS = 12


class Load:
    """Clients that send as fast as they can; remembers what was acknowledged."""

    def __init__(self, instance, clients=6):
        self.instance = instance
        self.acknowledged = set()
        self.sent = 0
        self.stop = False
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.work, args=(n,)) for n in range(clients)]
        for thread in self.threads:
            thread.start()

    def work(self, number):
        count = 0
        while not self.stop:
            count += 1
            token = "load-%d-%d." % (number, count)
            try:
                self.instance.send(token)
            except (OSError, smtplib.SMTPException, Failure):
                time.sleep(0.02)  # refused or cut off: not acknowledged, nothing promised
                continue
            with self.lock:
                self.acknowledged.add(token)

    def finish(self):
        self.stop = True
        for thread in self.threads:
            thread.join()


def check_nothing_lost(i, load):
    if len(load.acknowledged) < 20:
        raise Failure("only %d messages were accepted: the test shows nothing\n%s" %
                      (len(load.acknowledged), i.log_text()[-3000:]))

    def missing():
        have = "".join(i.mailbox())
        return {token for token in load.acknowledged if "X-Token: " + token not in have}
    i.command("postqueue", "-f")
    end = time.time() + 60
    while missing() and time.time() < end:
        i.command("postqueue", "-f")
        with contextlib.suppress(Failure):
            until(lambda: not missing(), "all messages", 3)
    lost = missing()
    if lost:
        raise Failure("%d of %d acknowledged messages are missing, e.g. %s; queue %s\n%s" %
                      (len(lost), len(load.acknowledged), sorted(lost)[:3], i.queue_ids(), i.log_text()[-4000:]))


def test_killing_any_daemon_loses_nothing(t):
    i = t.instance("service_throttle_time = 1s\nminimal_backoff_time = 1s\nmaximal_backoff_time = 1s\n"
                   "queue_run_delay = 2s\ntransport_retry_time = 1s\n").start()
    load = Load(i)
    random.seed(1)
    end = time.time() + LOAD_SECONDS
    kills = {}
    while time.time() < end:
        victims = [(pid, name) for pid, name in i.processes().items() if name not in ("master", "postlogd")]
        if victims:
            pid, name = random.choice(victims)
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
                kills[name] = kills.get(name, 0) + 1
        time.sleep(0.15)
    load.finish()
    assert len(kills) >= 5, kills
    check_nothing_lost(i, load)


def test_a_reload_in_the_middle_of_a_start_waits_for_its_end(t):
    i = t.instance()
    for _ in range(5):
        starting = subprocess.Popen([os.path.join(i.directory, "sbin", "postfix"), "start"],
                                    env=dict(os.environ, MAIL_CONFIG=i.etc), stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL)
        told = 0
        while starting.poll() is None or told == 0:
            with contextlib.suppress(OSError, ValueError, IndexError):
                with open(os.path.join(i.queue, "pid", "master.pid")) as f:
                    pid = int(f.read())
                if os.readlink("/proc/%d/cwd" % pid) == i.queue:
                    os.kill(pid, signal.SIGHUP)
                    told += 1
        assert starting.returncode == 0, "%s\n%s" % (starting.returncode, i.log_text())
        i.run("postfix", "reload")
        i.send("after-%d" % told)
        i.stop()


def test_killing_master_and_starting_again_loses_nothing(t):
    i = t.instance("minimal_backoff_time = 1s\nqueue_run_delay = 2s\n").start()
    load = Load(i)
    for _ in range(4):
        time.sleep(1)
        os.kill(i.master_pid(), signal.SIGKILL)
        until(lambda: "master" not in i.processes().values(), "master to be gone")
        until(lambda: i.command("postfix", "start", stdout=-3, stderr=-3).returncode == 0, "a new start")
    load.finish()
    check_nothing_lost(i, load)


def test_lines_that_wait_when_the_system_stops_are_logged(t):
    i = t.instance().start()
    i.run("postlog", "-t", "early", "the writer runs")
    i.wait_log("the writer runs")
    master = i.master_pid()
    [writer] = [pid for pid, name in i.processes().items() if name == "postlogd"]
    os.kill(master, signal.SIGSTOP)
    os.kill(writer, signal.SIGTERM)
    until(lambda: open("/proc/%d/stat" % writer).read().split(")")[1].split()[0] == "Z", "the writer to be gone")
    i.run("postlog", "-t", "late", "nobody reads this yet")
    os.kill(master, signal.SIGTERM)
    os.kill(master, signal.SIGCONT)
    until(lambda: "master" not in i.processes().values(), "master to be gone")
    assert "nobody reads this yet" in i.log_text(), i.log_text()
    assert not i.processes(), i.processes()


def test_stop_and_start_under_load_loses_nothing(t):
    i = t.instance("minimal_backoff_time = 1s\nqueue_run_delay = 2s\n").start()
    load = Load(i)
    for _ in range(4):
        time.sleep(1)
        i.stop()
        left = i.processes()
        assert not left, "left after postfix stop: %s" % left
        i.start()
    load.finish()
    check_nothing_lost(i, load)


def test_reload_under_load_drops_no_session(t):
    i = t.instance().start()
    with i.smtp() as session:
        session.ehlo()
        load = Load(i, 3)
        for _ in range(5):
            time.sleep(0.4)
            i.run("postfix", "reload")
        load.finish()
        code, _ = session.noop()
        assert code == 250, "the session from before the reloads goes on"
        session.sendmail("me@example.test", ["you@mail.example.test"], "Subject: x\r\nX-Token: survivor\r\n\r\nhi\r\n")
    i.wait_mail("survivor")
    check_nothing_lost(i, load)
