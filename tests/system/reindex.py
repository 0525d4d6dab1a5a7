"""Away from Berkeley DB: tables made by those who open them (non_bdb_migration_level = enable-reindex)."""
import os
import subprocess

from harness import Failure

MAIN = "default_database_type = lmdb\nnon_bdb_migration_level = enable-reindex\n"


def prefixes(directory):
    return "".join("non_bdb_migration_allow_%s_prefixes = %s\n" % (who, directory) for who in ("root", "user"))


def tables(t):
    """A directory with tables of Berkeley DB in it, made before the migration."""
    path = os.path.join(t.directory, "tables")
    os.mkdir(path, 0o755)
    old = t.instance()
    for name, text, program in (("virtual", "list@mail.example.test one@mail.example.test\n", "postmap"),
                                ("aliases", "team: one\n", "postalias")):
        with open(os.path.join(path, name), "w") as f:
            f.write(text)
        os.chmod(os.path.join(path, name), 0o644)
        old.run(program, "hash:" + os.path.join(path, name))
    return path


def ask(i, table, key):
    done = i.command("postmap", "-q", key, table, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout.strip()


def test_daemons_make_missing_tables(t):
    path = tables(t)
    i = t.instance(MAIN + prefixes(t.directory) + "virtual_alias_maps = hash:%s/virtual\n" % path).start()
    i.send("reindex-1", to="list@mail.example.test")
    i.wait_mail("reindex-1", "one")
    i.wait_log(r"successfully executed '.*/postmap -c .* lmdb:.*/virtual'")
    assert os.path.exists(path + "/virtual.lmdb")


def test_alias_tables_are_made_by_postalias(t):
    path = tables(t)
    i = t.instance(MAIN + prefixes(t.directory))
    said = ask(i, "hash:%s/aliases" % path, "team")
    assert said.endswith("\none") and "postalias -c" in said, said
    assert ask(i, "lmdb:%s/aliases" % path, "@") == "@"


def test_unsafe_or_distant_tables_are_left_alone(t):
    path = tables(t)
    i = t.instance(MAIN + prefixes("/nowhere"))
    said = ask(i, "hash:%s/virtual" % path, "list@mail.example.test")
    assert "is below no directory of non_bdb_migration_allow_" in said and "fatal" in said, said
    i = t.instance(MAIN + prefixes(t.directory))
    os.chmod(path + "/virtual", 0o666)
    assert "is writable by group or others" in ask(i, "hash:%s/virtual" % path, "x")
    os.chmod(path + "/virtual", 0o644)
    os.chmod(path, 0o777)
    assert "is writable by group or others" in ask(i, "hash:%s/virtual" % path, "x")
    os.chmod(path, 0o755)
    os.unlink(path + "/virtual.db")
    assert "not made" not in ask(i, "hash:%s/virtual" % path, "x"), "nothing to migrate"
    if os.path.exists(path + "/virtual.lmdb"):
        raise Failure("a table was made without a reason")
