"""Tables that ask servers: real ones, private to the test, where they are installed."""
import contextlib
import glob
import os
import pwd
import shutil
import socket
import struct
import subprocess
import threading

from harness import BUILD, ROOT, TOP, Failure, Listener, Skip, until

MASTER = """proxymap  unix  -       -       n       -       -       proxymap
proxywrite unix -       -       n       -       1       proxymap
"""


def program(*names):
    """The first of these programs that is installed; PATH need not have /usr/sbin."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    for name in names:
        for found in [shutil.which(name, path=path)] + sorted(glob.glob(name)):
            if found and os.path.exists(found):
                return found
    raise Skip("%s is not installed" % names[0])


class Server:
    """A server process with a directory of its own, stopped at the end."""

    def __init__(self, t, name, *argv, user=None, ready=None):
        self.argv, self.user, self.ready = argv, user, ready
        self.log = os.path.join(t.directory, name + ".log")
        self.process = None
        self.start()

    def start(self):
        keywords = {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []} if self.user else {}
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
                                            start_new_session=True, **keywords)
        if self.ready:
            until(self.is_ready, lambda: "the server %s\n%s" % (self.argv[0], open(self.log, errors="replace").read()),
                  60)

    def is_ready(self):
        if self.process.poll() is not None:
            raise Failure("%s ended:\n%s" % (self.argv[0], open(self.log, errors="replace").read()))
        return self.ready()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.stop()


def answers(path):
    """A function that tells whether somebody listens on a UNIX socket."""
    def connect():
        with socket.socket(socket.AF_UNIX) as s, contextlib.suppress(OSError):
            s.connect(path)
            return True
        return False
    return connect


def directory(t, name, user=None):
    path = os.path.join(t.directory, name)
    os.mkdir(path)
    if user:
        os.chown(path, pwd.getpwnam(user).pw_uid, -1)
    return path


def database_user(name):
    """Servers that refuse to run as root have their own account."""
    if not ROOT:
        return None
    try:
        return pwd.getpwnam(name).pw_name
    except KeyError:
        return "nobody"


def run(*argv, **keywords):
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, cwd="/",
                          stdin=None if "input" in keywords else subprocess.DEVNULL, **keywords)
    if done.returncode != 0:
        raise Failure("%s: %s" % (" ".join(argv), done.stdout))
    return done.stdout


def instance(t, main="", master=MASTER):
    i = t.instance("shlib_directory = %s/plugins\nmeta_directory = %s\n" % (BUILD, t.directory) + main, master)
    shutil.copy(os.path.join(TOP, "conf", "dynamicmaps.cf"), t.directory)
    return i


def table_file(t, name, text):
    path = os.path.join(t.directory, name)
    with open(path, "w") as f:
        f.write(text)
    return path


def ask(i, table, key):
    """The value, or None."""
    done = i.command("postmap", "-q", key, table, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                     stdin=subprocess.DEVNULL, timeout=60)
    if done.returncode == 0:
        return done.stdout.rstrip("\n")
    if done.stderr and "fatal" in done.stderr:
        return "fatal: " + done.stderr
    return None


def redis(t, name="redis"):
    path = os.path.join(t.directory, name + ".sock")
    return path, Server(t, name, program("redis-server"), "--port", "0", "--unixsocket", path, "--unixsocketperm", "777",
                        "--save", "", "--dir", t.directory, ready=answers(path))


def redis_command(path, *words):
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(path)
        s.sendall(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(w.encode()), w.encode()) for w in words))
        return s.recv(1000)


def test_redis_tables(t):
    path, server = redis(t)
    with server:
        redis_command(path, "SET", "alias:joe@x.example", "jo%e@y.example")
        redis_command(path, "RPUSH", "list:joe@x.example", "a@y.example", "b@y.example")
        redis_command(path, "SET", "a b", "never")
        i = instance(t)
        one = table_file(t, "one.cf", "hosts = unix:%s\nquery = GET alias:%%s\n" % path)
        many = table_file(t, "many.cf", "hosts = unix:%s.none unix:%s\nquery = LRANGE list:%%u@%%d 0 -1\n"
                                        "result_format = <%%s>\n" % (path, path))
        wrong = table_file(t, "wrong.cf", "hosts = unix:%s\nquery = NOSUCH %%s\n" % path)
        assert ask(i, "redis:" + one, "Joe@X.example") == "jo%e@y.example"
        assert ask(i, "valkey:" + many, "joe@x.example") == "<a@y.example>,<b@y.example>"
        assert ask(i, "redis:" + many, "joe") is None, "a key without domain asks nothing"
        assert ask(i, "redis:" + one, "nobody@x.example") is None
        assert "NOSUCH" in ask(i, "redis:" + wrong, "joe@x.example")
    assert "fatal" in ask(i, "redis:" + one, "joe@x.example"), "a server that is gone is not \"not found\""


def test_mail_waits_for_its_database(t):
    """Through proxymap: an alias, a server that dies and comes back, no mail lost and none bounced."""
    path, server = redis(t)
    with server:
        redis_command(path, "SET", "list@mail.example.test", "one@mail.example.test, two@mail.example.test")
        table = table_file(t, "v.cf", "hosts = unix:%s\nretry_interval = 1\n" % path)
        i = instance(t, "virtual_alias_maps = proxy:redis:%s\n" % table).start()
        i.send("redis-1", to="list@mail.example.test")
        i.wait_mail("redis-1", "one")
        i.wait_mail("redis-1", "two")
        assert "proxymap" in i.processes().values(), i.processes()
        server.stop()
        try:
            i.send("redis-2", to="list@mail.example.test")
        except Failure as refused:
            assert " 4" in str(refused) or ": 4" in str(refused), refused
        i.wait_log(r"proxymap\[\d+\]: warning: (redis:.*v\.cf: |connect to redis server )unix:")
        assert "status=bounced" not in i.log_text()
        server.start()
        redis_command(path, "SET", "list@mail.example.test", "three@mail.example.test")

        def sent():
            with contextlib.suppress(Failure):
                return i.send("redis-3", to="list@mail.example.test")
        until(sent, "the server's return to be noticed")
        i.wait_mail("redis-3", "three")
        i.run("postqueue", "-f")
        assert "status=bounced" not in i.log_text()


def test_tables_that_are_not_listed_are_not_opened_for_others(t):
    path, server = redis(t)
    with server:
        table = table_file(t, "v.cf", "hosts = unix:%s\n" % path)
        i = instance(t, "proxy_read_maps =\nvirtual_alias_maps = proxy:redis:%s\n" % table).start()
        with contextlib.suppress(Failure):
            i.send("unlisted-1")
        i.wait_log(r"proxymap\[\d+\]: warning: request for unapproved table: \"redis:")
        i.wait_log(r"to approve this table for read-only access, list proxy:redis:.* in main\.cf:proxy_read_maps")
        assert not i.mailbox()


def test_memcache_tables(t):
    path = os.path.join(t.directory, "mc.sock")
    argv = [program("memcached"), "-s", path, "-a", "777"] + (["-u", "root"] if ROOT else [])
    with Server(t, "memcached", *argv, ready=answers(path)):
        i = instance(t)
        table = "memcache:" + table_file(t, "mc.cf", "memcache = unix:%s\nkey_format = p_%%s\n"
                                                     "backup = texthash:%s\nretry_pause = 1\n"
                                         % (path, table_file(t, "back", "k from backup\n")))
        alone = "memcache:" + table_file(t, "alone.cf", "memcache = unix:%s\nkey_format = p_%%s\n" % path)
        dead = "memcache:" + table_file(t, "dead.cf", "memcache = unix:%s.none\nretry_pause = 1\nbackup = texthash:%s\n"
                                        % (path, os.path.join(t.directory, "back")))
        lost = "memcache:" + table_file(t, "lost.cf", "memcache = unix:%s.none\nretry_pause = 1\n" % path)
        assert ask(i, alone, "k") is None
        assert ask(i, table, "K") == "from backup"
        assert ask(i, alone, "k") == "from backup", "it is in memcached now"
        assert ask(i, alone, "a b") is None, "no key of memcached has blanks"
        assert ask(i, dead, "k") == "from backup"
        assert ask(i, dead, "z") is None
        assert "fatal" in ask(i, lost, "k")


def test_verify_keeps_its_cache_by_way_of_proxywrite(t):
    hop = t.next_hop(lambda verb, argument: "550 5.1.1 no such user" if verb == "RCPT" and "bad@" in argument else None)
    i = instance(t, "relayhost = [127.0.0.1]:%d\nsmtpd_recipient_restrictions = reject_unverified_recipient, permit\n"
                    "address_verify_map = proxy:btree:$data_directory/shared\naddress_verify_poll_count = 3\n"
                    "address_verify_poll_delay = 1\nunverified_recipient_reject_code = 550\n" % hop.port,
                 MASTER + "verify    unix  -       -       n       -       1       verify\n").start()
    i.send("verified-1", to="good@elsewhere.example.test")
    hop.wait("verified-1")
    try:
        i.send("verified-2", to="bad@elsewhere.example.test")
        raise AssertionError("a bad address was accepted")
    except Failure as refused:
        assert "550" in str(refused), refused
    assert os.path.exists(os.path.join(i.directory, "data", "shared.db"))
    i.command("postfix", "stop")
    listed = i.run("postmap", "-s", "btree:" + os.path.join(i.directory, "data", "shared"))
    assert "good@elsewhere.example.test\t0:" in listed and "bad@elsewhere.example.test\t2:" in listed, listed


def test_a_missing_plug_in_defers(t):
    i = instance(t, "shlib_directory = %s\nvirtual_alias_maps = mysql:/x.cf\n" % t.directory).start()
    try:
        i.send("missing-1")
        i.wait_log("status=deferred|4\\.3\\.0")
    except Failure as refused:
        assert " 4" in str(refused) or ": 4" in str(refused), refused
    i.wait_log(r"mysql:/x\.cf is unavailable\. unsupported dictionary type: mysql\. cannot load "
               r".*postrider-mysql\.so: .*; install Postrider's plug-in there")
    assert "status=bounced" not in i.log_text()


SQL = """CREATE TABLE alias(k varchar(100), v varchar(100));
INSERT INTO alias VALUES ('joe@x.example', 'a@y'), ('joe@x.example', 'b@y'), ('joe@x.example', NULL),
 ('o''brien@x.example', 'ob@y'), ('b\u00fc@x.example', 'u@y'), ('ret@x.example', 'one@mail.example.test');
"""


def check_sql(i, t, kind, server):
    query = "query = SELECT v FROM alias WHERE k = '%s' ORDER BY v\n"
    table = "%s:%s" % (kind, table_file(t, "sql.cf", server + query + "domain = x.example\n"))
    assert ask(i, table, "Joe@x.example") == "a@y,b@y"
    assert ask(i, table, "o'brien@x.example") == "ob@y"
    assert ask(i, table, "B\u00dc@x.example") == "u@y"
    for key in ("x' OR '1'='1", "x\\' OR 1=1 --@x.example", "joe", "joe@other.example", "@x.example"):
        assert ask(i, table, key) is None, key
    old = "%s:%s" % (kind, table_file(t, "old.cf", server + "select_field = v\ntable = alias\nwhere_field = k\n"
                                                            "additional_conditions = AND v = 'a@y'\n"))
    assert ask(i, old, "joe@x.example") == "a@y"
    wrong = "%s:%s" % (kind, table_file(t, "wrong.cf", server + "query = SELECT nothing FROM alias\n"))
    assert "fatal" in ask(i, wrong, "joe@x.example")
    few = "%s:%s" % (kind, table_file(t, "few.cf", server + query + "expansion_limit = 1\n"))
    assert "Expansion limit" in ask(i, few, "joe@x.example")
    return table


def check_return(t, server, table):
    """Mail for a user who is an alias in the table: refused for now while the server is gone, taken when it is back."""
    i = instance(t, "virtual_alias_maps = proxy:%s\nvirtual_alias_domains = x.example\n" % table).start()

    def send(token):
        try:
            i.send(token, to="ret@x.example")
            return "taken"
        except Failure as refused:
            return str(refused)

    assert send("return-1") == "taken", i.log_text()
    i.wait_mail("return-1", "one")
    server.stop()
    refused = send("return-2")
    assert refused == "taken" or " 4" in refused or ": 4" in refused, refused
    i.wait_log(r"proxymap\[\d+\]: warning: (\w+:.*\.cf: |connect to \w+ server )")
    server.start()
    until(lambda: send("return-3") == "taken", "the server's return to be noticed", 60)
    i.wait_mail("return-3", "one")
    assert "status=bounced" not in i.log_text()


def test_mysql_tables(t):
    server_program, make = program("mariadbd", "mysqld"), program("mariadb-install-db", "mysql_install_db")
    client = program("mariadb", "mysql")
    user = database_user("mysql")
    data = directory(t, "my", user)
    path = os.path.join(data, "sock")
    run(make, "--no-defaults", "--datadir=" + data, "--auth-root-authentication-method=normal", "--skip-test-db",
        *(["--user=" + user] if user else []))
    with Server(t, "mariadb", server_program, "--no-defaults", "--datadir=" + data, "--socket=" + path,
                "--skip-networking", "--pid-file=" + os.path.join(data, "pid"), user=user,
                ready=answers(path)) as server:
        sql = "CREATE DATABASE mail CHARACTER SET utf8mb4; USE mail; " + SQL + \
            "CREATE USER m IDENTIFIED BY 'pw'; GRANT ALL ON mail.* TO m;\n" \
            "CREATE PROCEDURE look(a varchar(100)) SELECT v FROM alias WHERE k = a AND v = 'a@y';\n"
        run(client, "--no-defaults", "--default-character-set=utf8mb4", "-S", path, "-u", "root", input=sql)
        i = instance(t)
        login = "hosts = unix:%s.none unix:%s\nuser = m\npassword = pw\ndbname = mail\n" % (path, path)
        check_sql(i, t, "mysql", login)
        stored = table_file(t, "stored.cf", login + "query = CALL look('%s')\n")
        assert ask(i, "mysql:" + stored, "joe@x.example") == "a@y"
        nothing = table_file(t, "nothing.cf", login + "query = DO 1\n")
        assert "no result set" in ask(i, "mysql:" + nothing, "joe@x.example")
        with open(nothing, "a") as f:
            f.write("require_result_set = no\n")
        assert ask(i, "mysql:" + nothing, "joe@x.example") is None
        options = table_file(t, "my.cnf", "[client]\nsocket=%s\nuser=m\npassword=pw\ndatabase=mail\n" % path)
        by_file = table_file(t, "by_file.cf", "option_file = %s\nquery = SELECT 'x'\n" % options)
        assert ask(i, "mysql:" + by_file, "joe@x.example") == "x"
        check_return(t, server, "mysql:" + table_file(t, "return.cf", login + "retry_interval = 1\n"
                                                      "query = SELECT v FROM alias WHERE k = '%s'\n"))


def test_pgsql_tables(t):
    made = program("initdb", "/usr/lib/postgresql/*/bin/initdb")
    server_program = program("postgres", "/usr/lib/postgresql/*/bin/postgres")
    client = program("psql", "/usr/lib/postgresql/*/bin/psql")
    user = database_user("postgres")
    data = directory(t, "pg", user)
    as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    run(made, "-D", os.path.join(data, "d"), "-A", "trust", "-U", "mail", "-E", "UTF8", "--no-locale", **as_user)
    with Server(t, "postgres", server_program, "-D", os.path.join(data, "d"), "-k", data, "-h", "", user=user,
                ready=answers(os.path.join(data, ".s.PGSQL.5432"))) as server:
        # It listens before it serves.
        until(lambda: subprocess.run([client, "-h", data, "-U", "mail", "-c", "SELECT 1", "postgres"],
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0, "PostgreSQL")
        run(client, "-h", data, "-U", "mail", "-q", "postgres", input=SQL)
        i = instance(t)
        check_sql(i, t, "pgsql", "hosts = unix:%s/none unix:%s\nuser = mail\ndbname = postgres\n" % (data, data))
        uri = table_file(t, "uri.cf", "hosts = postgresql:///postgres?host=%s&user=mail\nquery = SELECT '%%u'\n" % data)
        assert ask(i, "pgsql:" + uri, "joe@x.example") == "joe"
        check_return(t, server, "pgsql:" + table_file(t, "return.cf", "hosts = unix:%s\nuser = mail\n"
                                                      "dbname = postgres\nretry_interval = 1\n"
                                                      "query = SELECT v FROM alias WHERE k = '%%s'\n" % data))


LDIF = """dn: dc=x,dc=example
objectClass: dcObject
objectClass: organization
o: x
dc: x

dn: cn=joe,dc=x,dc=example
objectClass: inetOrgPerson
cn: joe
sn: joe
mail: joe@x.example
uid: joe1

dn: cn=ret,dc=x,dc=example
objectClass: inetOrgPerson
cn: ret
sn: ret@x.example
mail: one@mail.example.test

dn: cn=jim,dc=x,dc=example
objectClass: inetOrgPerson
cn: jim
sn: j*m
mail: jim@x.example

dn: cn=group,dc=x,dc=example
objectClass: groupOfURLs
cn: group
description: group@x.example
memberURL: ldap:///dc=x,dc=example??sub?(sn=j*)

dn: cn=names,dc=x,dc=example
objectClass: groupOfNames
cn: names
description: names@x.example
member: cn=joe,dc=x,dc=example
member: cn=gone,dc=x,dc=example

dn: cn=loop,dc=x,dc=example
objectClass: groupOfNames
cn: loop
description: loop@x.example
member: cn=loop,dc=x,dc=example
"""


def test_ldap_tables(t):
    server_program, add = program("slapd"), program("slapadd")
    data = directory(t, "ldap")
    path = os.path.join(data, "ldapi")
    url = "ldapi://" + path.replace("/", "%2f")
    schemas = "/etc/ldap/schema"
    if not os.path.exists(schemas + "/dyngroup.schema"):
        raise Skip("there are no LDAP schemas in " + schemas)
    conf = table_file(t, "slapd.conf", "".join("include %s/%s.schema\n" % (schemas, s) for s in
                                               ("core", "cosine", "inetorgperson", "dyngroup")) +
                      "pidfile %s/pid\nmodulepath /usr/lib/ldap\nmoduleload back_mdb\ndatabase mdb\ndirectory %s\n"
                      "suffix \"dc=x,dc=example\"\nrootdn \"cn=admin,dc=x,dc=example\"\nrootpw secret\n" % (data, data))
    run(add, "-f", conf, input=LDIF)
    with Server(t, "slapd", server_program, "-d", "0", "-f", conf, "-h", url, ready=answers(path)) as server:
        i = instance(t)
        table = "ldap:" + table_file(t, "l.cf", "server_host = %s %s\nsearch_base = dc=x,dc=example\n"
                                                "bind_dn = cn=admin,dc=x,dc=example\nbind_pw = secret\n"
                                                "query_filter = (|(mail=%%s)(description=%%s)(sn=%%s))\n"
                                                "result_attribute = mail\nrecursion_limit = 10\n"
                                                "special_result_attribute = member, memberURL\n"
                                     % (url.replace("ldapi%", "none%"), url))
        assert ask(i, table, "joe@x.example") == "joe@x.example"
        assert ask(i, table, "names@x.example") == "joe@x.example"
        assert ask(i, table, "group@x.example") == "joe@x.example,jim@x.example"
        assert ask(i, table, "j*m") == "jim@x.example"
        assert ask(i, table, "j*") is None, "a star is no pattern"
        assert "recursion limit" in ask(i, table, "loop@x.example")
        based = "ldap:" + table_file(t, "b.cf", "server_host = %s\nsearch_base = cn=%%u,dc=%%2,dc=example\nscope = base\n"
                                                "bind = no\nquery_filter = (objectclass=*)\nresult_attribute = uid\n"
                                                "result_format = %%s/%%U\n" % url)
        assert ask(i, based, "joe@x.example") == "joe1/joe"
        assert ask(i, based, "joe,dc=y@x.example") is None
        assert ask(i, based, "joe") is None
        wrong = "ldap:" + table_file(t, "w.cf", "server_host = %s\nsearch_base = dc=x,dc=example\n"
                                                "bind_dn = cn=admin,dc=x,dc=example\nbind_pw = wrong\n" % url)
        assert "unable to bind" in ask(i, wrong, "joe@x.example")
        check_return(t, server, "ldap:" + table_file(t, "return.cf", "server_host = %s\nsearch_base = dc=x,dc=example\n"
                                                     "bind = no\nquery_filter = (sn=%%s)\nresult_attribute = mail\n"
                                                     "retry_interval = 1\n" % url))
    assert "fatal" in ask(i, table, "joe@x.example")


class Int64(int):
    """A number of 64 bits, where the protocol wants one."""


def bson(document):
    """A dict of texts, numbers, lists and dicts as BSON."""
    out = b""
    for name, value in document.items():
        key = name.encode() + b"\0"
        if isinstance(value, Int64):
            out += b"\x12" + key + struct.pack("<q", value)
        elif isinstance(value, bool):
            out += b"\x08" + key + bytes([value])
        elif isinstance(value, str):
            out += b"\x02" + key + struct.pack("<i", len(value.encode()) + 1) + value.encode() + b"\0"
        elif isinstance(value, float):
            out += b"\x01" + key + struct.pack("<d", value)
        elif isinstance(value, int):
            out += b"\x10" + key + struct.pack("<i", value)
        elif isinstance(value, list):
            out += b"\x04" + key + bson({str(n): v for n, v in enumerate(value)})
        else:
            out += b"\x03" + key + bson(value)
    return struct.pack("<i", len(out) + 5) + out + b"\0"


def unbson(data, at=0):
    """The dict, and where it ends."""
    end = at + struct.unpack_from("<i", data, at)[0]
    at += 4
    found = {}
    while data[at]:
        kind, stop = data[at], data.index(0, at + 1)
        name, at = data[at + 1:stop].decode(), stop + 1
        if kind == 2:
            size = struct.unpack_from("<i", data, at)[0]
            found[name], at = data[at + 4:at + 3 + size].decode(), at + 4 + size
        elif kind in (3, 4):
            inner, at = unbson(data, at)
            found[name] = list(inner.values()) if kind == 4 else inner
        elif kind == 8:
            found[name], at = bool(data[at]), at + 1
        elif kind == 5:
            at += 5 + struct.unpack_from("<i", data, at)[0]
        else:
            size = {1: 8, 7: 12, 9: 8, 10: 0, 16: 4, 17: 8, 18: 8}[kind]
            found[name] = int.from_bytes(data[at:at + size], "little", signed=True) if kind in (16, 18) else None
            at += size
    return found, end


class FakeMongo(Listener):
    """As much of a MongoDB server as one search needs: hello and find, in OP_MSG and the old OP_QUERY."""

    def __init__(self, documents):
        self.documents = documents
        self.finds = []
        super().__init__()

    def serve(self, client):
        with contextlib.suppress(OSError, struct.error), client, client.makefile("rb") as stream:
            while True:
                size, request, _, kind = struct.unpack("<iiii", stream.read(16))
                body = stream.read(size - 16)
                if kind == 2004:
                    asked = unbson(body, body.index(0, 4) + 9)[0]
                    reply = struct.pack("<iqii", 8, 0, 0, 1) + bson(self.answer(asked))
                    kind = 1
                else:
                    reply = struct.pack("<i", 0) + b"\0" + bson(self.answer(unbson(body, 5)[0]))
                client.sendall(struct.pack("<iiii", len(reply) + 16, 1, request, kind) + reply)

    def answer(self, asked):
        if "find" in asked:
            self.finds.append(asked)
            found = [d for d in self.documents if all(d.get(k) == v for k, v in asked["filter"].items())]
            wanted = [k for k, v in asked["projection"].items() if v]
            found = [{k: d[k] for k in wanted if k in d} for d in found]
            return {"cursor": {"id": Int64(0), "ns": "mail.alias", "firstBatch": found}, "ok": 1.0}
        return {"ismaster": True, "helloOk": True, "maxBsonObjectSize": 16777216, "maxMessageSizeBytes": 48000000,
                "maxWriteBatchSize": 1000, "minWireVersion": 0, "maxWireVersion": 13, "readOnly": False, "ok": 1.0}


def test_mongodb_tables(t):
    server = FakeMongo([{"user": "joe@x.example", "to": ["a@y", "b@y"], "uid": 7, "path": "x/joe"}])
    i = instance(t)
    text = "uri = mongodb://127.0.0.1:%d/?serverSelectionTimeoutMS=2000\ndbname = mail\ncollection = alias\n" \
           "query_filter = {\"user\": \"%%u@%%d\"}\n" % server.port
    table = "mongodb:" + table_file(t, "mongo.cf", text + "result_attribute = to, uid\nresult_format = <%s>\n")
    assert ask(i, table, "Joe@x.example") == "<a@y>,<b@y>,<7>"
    assert server.finds[-1]["find"] == "alias" and server.finds[-1]["filter"] == {"user": "joe@x.example"}, server.finds
    assert ask(i, table, "nobody@x.example") is None
    assert ask(i, table, "x\", \"to\": \"a@x.example") is None
    assert server.finds[-1]["filter"] == {"user": "x\", \"to\": \"a@x.example"}, "a key adds nothing to the filter"
    count = len(server.finds)
    assert ask(i, table, "joe") is None and len(server.finds) == count, "a key without domain asks nothing"
    shaped = "mongodb:" + table_file(t, "shaped.cf", text + "projection = {\"_id\": 0, \"path\": 1}\n")
    assert ask(i, shaped, "joe@x.example") == "x/joe"
    both = "mongodb:" + table_file(t, "both.cf", text + "projection = {\"path\": 1}\nresult_attribute = to\n")
    assert "not both" in ask(i, both, "joe@x.example")
    server.answer = lambda asked: {"maxBsonObjectSize": Int64(1), "ok": 1.0}
    assert "fatal" in ask(i, table, "joe@x.example"), "a server that is not understood is not \"not found\""
    server.close()
    assert "fatal" in ask(i, table, "joe@x.example")


def test_a_hanging_server_holds_up_nobody_else(t):
    """A server that accepts and never answers: its lookups are tried again, and other tables of proxymap answer."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept = []

    def accept():
        with contextlib.suppress(OSError):
            while True:
                kept.append(listener.accept()[0])
    threading.Thread(target=accept, daemon=True).start()
    table = table_file(t, "h.cf", "hosts = inet:127.0.0.1:%d\ntimeout = 2\n" % listener.getsockname()[1])
    path, server = redis(t)
    with server:
        redis_command(path, "SET", "k", "v")
        good = table_file(t, "g.cf", "hosts = unix:%s\n" % path)
        i = instance(t, "proxy_read_maps = proxy:redis:%s proxy:redis:%s\n" % (table, good)).start()
        postmap = os.path.join(i.directory, "sbin", "postmap")
        asking = [subprocess.Popen([postmap, "-q", "k%d" % n, "proxy:redis:" + table], stderr=subprocess.PIPE,
                                   env=dict(os.environ, MAIL_CONFIG=i.etc), text=True) for n in range(6)]
        until(lambda: kept, "a connection to the server that hangs")
        assert ask(i, "proxy:redis:" + good, "k") == "v"
        assert any(p.poll() is None for p in asking), "the others still wait"
        for p in asking:
            assert "query error" in p.communicate(timeout=60)[1]
    with contextlib.suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)
    listener.close()
