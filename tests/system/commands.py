"""What people type, apart from mail: help, completions, commands that Postfix does not have."""
import glob
import os
import re
import subprocess

from harness import BUILD, PATIENCE, TOP, Skip

COMPLETIONS = os.path.join(TOP, "conf", "completions")
COMPLETED = ("postfix postconf postqueue postsuper postcat postmap postalias postlog postkick postlock postmulti "
             "qshape").split()


def test_every_command_helps(t):
    """Wrong usage ends with a usage text and a status that is not 0, also where -h means something."""
    i = t.instance()
    for folder in sorted(glob.glob(os.path.join(TOP, "commands", "*", "main.cc"))):
        name = os.path.basename(os.path.dirname(folder))
        for option in ("--help", "-?", "-~"):
            done = i.command(name, option, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             text=True, timeout=PATIENCE)
            assert done.returncode != 0, (name, option, done)
            assert re.search(r"usage", done.stdout, re.I), (name, option, done.stdout)


def letters(name):
    """The options of a command, as it gives them to getopt(3)."""
    text = "".join(open(p).read() for p in glob.glob(os.path.join(TOP, "commands", name, "*.cc")))
    own = re.search(r'CommandOptions \w+\(argc, argv, "([^"]*)"', text)
    if own:
        return set(own.group(1).replace(":", "") + "cv")
    found = re.search(r'getopt\(argc, argv, "\+?([^"]+)"', text) or re.search(r'letters = "([^"]+)"', text)
    return set(found.group(1).replace(":", ""))


class Shell:
    """bash with our completions loaded."""

    def __init__(self, i):
        self.environment = {**os.environ, "MAIL_CONFIG": i.etc, "PATH": os.path.join(BUILD, "bin") + ":/usr/bin:/bin"}

    def complete(self, *words):
        script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
                  '_postfix_complete "$1"; printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", script, "bash", os.path.join(COMPLETIONS, "postfix.bash"), *words],
                              env=self.environment, stdout=subprocess.PIPE, text=True, timeout=PATIENCE, check=True)
        return set(done.stdout.split())


class Zsh(Shell):
    """zsh calls what it would call, and tells what it would offer, whether or not it begins with the last word."""

    def complete(self, *words):
        script = ("compadd() { local end; while [[ $1 == -* && $1 != -- ]]; do [[ $1 == -S ]] && end=$2 && shift; shift; "
                  "done; [[ $1 == -- ]] && shift; (( $# )) && print -rl -- \"${@/%/$end}\" }; _files() { print FILES }; "
                  "_directories() { print DIRECTORIES }; script=$1; shift; words=(\"$@\"); CURRENT=$#; service=$1; "
                  "set --; . $script")
        done = subprocess.run(["zsh", "-f", "-c", script, "zsh", os.path.join(COMPLETIONS, "_postfix"), *words],
                              env=self.environment, stdout=subprocess.PIPE, text=True, timeout=PATIENCE)
        return set(done.stdout.split())


def test_completions_know_the_options(t):
    shell = Shell(t.instance())
    for name in COMPLETED:
        offered = {word[1:] for word in shell.complete(name, "-") if len(word) == 2}
        assert offered == letters(name), (name, offered ^ letters(name))


# What is typed, and some of what is offered then.
OFFERED = (
    (("postfix", ""), {"start", "stop", "reload", "check", "explain", "trace", "set-permissions", "tls"}),
    (("postfix", "che"), {"check"}),
    (("postfix", "check", "--"), {"--strict", "--json"}),
    (("postfix", "tls", "enable"), {"enable-client", "enable-server"}),
    (("postfix", "post-install", "up"), {"upgrade-permissions", "upgrade-source", "upgrade-package"}),
    (("postfix", "non-bdb", ""), {"status", "disable", "enable-redirect", "enable-reindex"}),
    (("postconf", "smtpd_bann"), {"smtpd_banner"}),
    (("postconf", "-M", "qmg"), {"qmgr/unix"}),
    (("postconf", "-C", ""), {"builtin", "service", "user", "all"}),
    (("postlog", "-p", "war"), {"warn"}),
    (("postlock", "-l", ""), {"flock", "fcntl", "dotlock"}),
    (("postmulti", "-e", "cr"), {"create"}),
    (("postkick", "pu"), {"public"}),
    (("postkick", "public", "pick"), {"pickup"}),
    (("postsuper", "-d", ""), {"ALL"}),
    (("qshape", "def"), {"deferred"}),
    (("postmap", "has"), {"hash:"}))


def compare(shell):
    for words, wanted in OFFERED:
        found = shell.complete(*words)
        assert wanted <= found, (words, wanted - found)


def test_completions_ask_the_mail_system(t):
    i = t.instance("smtpd_banner = hello\n")
    compare(Shell(i))


def test_zsh_offers_the_same(t):
    if subprocess.run(["sh", "-c", "command -v zsh"], stdout=subprocess.DEVNULL).returncode:
        raise Skip("no zsh here")
    shell = Zsh(t.instance("smtpd_banner = hello\n"))
    compare(shell)
    assert shell.complete("postfix", "-c", "") == {"DIRECTORIES"}
    assert "FILES" in shell.complete("postalias", "")


def test_both_shells_know_the_same_words(t):
    texts = [open(os.path.join(COMPLETIONS, name)).read() for name in ("postfix.bash", "_postfix")]
    with open(os.path.join(TOP, "commands", "postfix", "main.cc")) as f:
        words = re.findall(r'\{"([a-z-]+)", [a-z_:]+\}', f.read())
    assert "explain" in words and "set-permissions" in words and "first-install-reminder" in words
    for text in texts:
        missing = [w for w in words if not re.search(r"[\s']%s[\s']" % w, text)]
        assert not missing, missing


def test_non_bdb(t):
    i = t.instance("transport_maps = hash:/etc/x\n")
    said = i.run("postfix", "non-bdb", "status")
    assert "non_bdb_migration_level = disable" in said, said
    assert re.search(r"main\.cf:\d+: transport_maps = hash:/etc/x$", said, re.M), said
    i.run("postfix", "non-bdb", "enable-redirect")
    values = i.run("postconf", "-h", "non_bdb_migration_level", "default_database_type", "default_cache_db_type")
    assert values.split() == ["enable-redirect", "lmdb", "lmdb"], values
    # hash is what lmdb is then, for who makes a table and for who reads it.
    table = i.write("redirected", "key value\n") or os.path.join(i.etc, "redirected")
    i.run("postmap", "hash:" + table)
    assert os.path.exists(table + ".lmdb") and not os.path.exists(table + ".db"), os.listdir(i.etc)
    said = i.run("postmap", "-q", "key", "hash:" + table)
    assert said.splitlines()[-1:] == ["value"], said
    i.run("postfix", "non-bdb", "disable")
    assert i.run("postconf", "-h", "non_bdb_migration_level").strip() == "disable"
