"""Wrong configuration: named with file, line and text, and nothing half started."""
import os
import subprocess

from harness import Failure, until


def start_fails(i, *words):
    done = i.command("postfix", "start", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = done.stdout + i.log_text()
    assert done.returncode != 0, "it started: %s" % said
    for word in words:
        assert word in said, "%r is not said: %s" % (word, said)
    until(lambda: not i.processes(), "no process left")


def test_main_cf_without_equals_sign(t):
    i = t.instance("this line has none\n")
    start_fails(i, "main.cf", "missing '='", "this line has none")


def test_a_wrong_number(t):
    i = t.instance("default_process_limit = many\n")
    start_fails(i, "default_process_limit", "many")


def test_master_cf_with_a_bad_type(t):
    i = t.instance(master="foo carrier-pigeon n - n - - smtpd\n")
    start_fails(i, "master.cf", "line", "carrier-pigeon")


def test_master_cf_with_too_few_fields(t):
    i = t.instance(master="foo inet n\n")
    start_fails(i, "master.cf", "line")


def test_a_port_that_is_taken(t):
    first = t.instance().start()
    second = t.instance(master="127.0.0.1:%d inet n - n - - smtpd\n" % first.port)
    start_fails(second, str(first.port), "in use")
    assert first.is_running()


def test_a_second_start_is_refused(t):
    i = t.instance().start()
    done = i.command("postfix", "start", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 1 and "already running" in done.stdout, done.stdout


def test_a_broken_reload_keeps_the_service(t):
    i = t.instance().start()
    i.send("before-reload")
    i.configure(master="foo carrier-pigeon n - n - - smtpd\n")
    i.command("postfix", "reload", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    i.wait_log("carrier-pigeon")
    i.send("after-reload")
    i.wait_mail("after-reload")


def test_a_missing_table_defers_mail(t):
    i = t.instance("virtual_alias_maps = hash:$data_directory/no-such-table\n").start()
    token = "table-missing"
    try:
        i.send(token)
    except Exception as refused:
        assert " 4" in str(refused) or "451" in str(refused), refused
    assert not [m for m in i.mailbox() if token in m], "mail was delivered past a table"
    assert os.path.isdir(i.queue)


def confinement_of(i):
    """{program: (no_new_privs, seccomp mode)} of the processes of an instance."""
    found = {}
    for pid in i.processes():
        try:
            with open("/proc/%d/status" % pid) as f:
                status = dict(line.rstrip("\n").split(":\t", 1) for line in f if ":\t" in line)
        except FileNotFoundError:
            continue
        found[status["Name"]] = (int(status["NoNewPrivs"]), int(status["Seccomp"]))
    return found


def test_daemons_without_root_are_confined(t):
    i = t.instance().start()
    i.send("confined")
    i.wait_mail("confined")
    found = confinement_of(i)
    for name in ("qmgr", "pickup", "smtpd", "cleanup", "trivial-rewrite"):
        if found.get(name, (0, 0)) != (1, 2):
            raise Failure("%s: %s of %s" % (name, found.get(name), found))
    assert found["master"][1] != 2, found


def test_confinement_can_be_turned_off(t):
    i = t.instance("daemon_confinement = no\n").start()
    i.send("free")
    i.wait_mail("free")
    assert confinement_of(i)["smtpd"][1] != 2
