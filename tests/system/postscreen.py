"""postscreen in front of smtpd, and proxies in front of both."""
import os
import re
import resource
import socket
import subprocess
import time

from clients import resident_kb
from harness import Failure, Skip, until

HELD = int(os.environ.get("SESSIONS", "5000"))


def with_postscreen(t, main="", options="", **kw):
    """An instance whose port is postscreen's."""
    i = t.instance("postscreen_access_list =\npostscreen_greet_wait = 1s\n" + main, **kw)
    path = os.path.join(i.etc, "master.cf")
    with open(path) as f:
        text = f.read()
    text = re.sub(r"(?m)^(127\.0\.0\.1:%d inet n - n - )\S+ smtpd$" % i.port, r"\g<1>1 postscreen" + options, text)
    with open(path, "w") as f:
        f.write(text + "smtpd pass - - n - 20000 smtpd\ndnsblog unix - - n - 0 dnsblog\n")
    return i


def connect(port):
    client = socket.create_connection(("127.0.0.1", port))
    client.settimeout(30)
    return client


def hear(client, end=b"\n"):
    text = b""
    while not text.endswith(end):
        more = client.recv(4000)
        if not more:
            raise Failure("connection closed after %r" % text)
        text += more
    return text


def say(client, line, reply):
    client.sendall(line + b"\r\n")
    heard = hear(client)
    if not re.match(reply, heard.splitlines()[-1]):
        raise Failure("%r: %r" % (line, heard))
    return heard


def test_a_stranger_gets_through(t):
    i = with_postscreen(t).start()
    client = connect(i.port)
    assert hear(client).startswith(b"220-"), "the first part of the greeting"
    assert hear(client).startswith(b"220 "), "the rest comes from smtpd"
    assert b"PIPELINING" in say(client, b"EHLO client.test", rb"250 ")
    say(client, b"QUIT", rb"221 ")
    i.wait_log(r"postscreen\[\d+\]: PASS NEW \[127\.0\.0\.1\]:\d+")
    i.send("known-by-now")
    i.wait_log(r"postscreen\[\d+\]: PASS OLD \[127\.0\.0\.1\]:\d+")
    i.wait_mail("known-by-now")
    # The cache is a table like any other, and the next process knows it.
    i.run("postfix", "reload")
    i.send("after-reload")
    i.wait_mail("after-reload")
    assert len(re.findall(r"PASS NEW", i.log_text())) == 1, i.log_text()[-2000:]


def test_what_a_proxy_told_reaches_smtpd(t):
    i = with_postscreen(t, "postscreen_upstream_proxy_protocol = haproxy\nsmtpd_peername_lookup = no\n").start()
    client = connect(i.port)
    client.sendall(b"PROXY TCP4 192.0.2.10 192.0.2.1 5555 25\r\n")
    hear(client)
    assert hear(client).startswith(b"220 ")
    i.wait_log(r"postscreen\[\d+\]: CONNECT from \[192\.0\.2\.10\]:5555 to \[192\.0\.2\.1\]:25")
    i.wait_log(r"smtpd\[\d+\]: connect from unknown\[192\.0\.2\.10\]")
    stranger = connect(i.port)
    stranger.sendall(b"EHLO no.proxy.test\r\n")
    assert hear(stranger).startswith(b"421 4.3.2 ")


def screened_by(i, client):
    """The process that has the client."""
    return i.wait_log(r"postscreen\[(\d+)\]: CONNECT from \[127\.0\.0\.1\]:%d " % client.getsockname()[1]).group(1)


def test_a_reload_lets_tests_end(t):
    i = with_postscreen(t, "postscreen_greet_wait = 3s\n").start()
    clients = [connect(i.port)]
    hear(clients[0])
    old = screened_by(i, clients[0])
    i.run("postfix", "reload")
    # Until master has told it so, the old process may take some more.
    while len(clients) == 1 or screened_by(i, clients[-1]) == old:
        if len(clients) > 20:
            raise Failure("the old process takes clients after a reload")
        clients.append(connect(i.port))
        hear(clients[-1])
    for client in clients:
        assert hear(client).startswith(b"220 "), "the old process goes on, and so does the new one"
    until(lambda: len(re.findall(r"PASS (NEW|OLD)", i.log_text())) == len(clients), i.log_text)
    assert "in use by another process" not in i.log_text()


def test_thousands_wait_and_cost_little(t):
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    count = min(HELD, limit - 200)
    i = with_postscreen(t, "postscreen_greet_wait = 600s\npostscreen_pre_queue_limit = 50000\n"
                           "postscreen_client_connection_count_limit = 0\npostscreen_watchdog_timeout = 10s\n").start()
    held = [connect(i.port)]
    hear(held[0])
    screens = [pid for pid, name in i.processes().items() if name == "postscreen"]
    before = resident_kb(screens)
    started = time.time()
    while len(held) < count:
        batch = [connect(i.port) for _ in range(min(100, count - len(held)))]
        for client in batch:
            assert hear(client).startswith(b"220-")
        held += batch
    screens = [pid for pid, name in i.processes().items() if name == "postscreen"]
    assert len(screens) == 1, screens
    each = (resident_kb(screens) - before) / count
    print("%d clients held in %.1f s, %.1f KB each" % (count, time.time() - started, each))
    assert each < 12, "%.1f KB for each client" % each
    for client in held:
        client.close()
    until(lambda: i.log_text().count("DISCONNECT") >= count, "all sessions to end")


def test_a_port_shared_with_a_proxy(t):
    i = t.instance("smtpd_upstream_proxy_protocol = haproxy\nsmtpd_upstream_proxy_clients = 127.0.0.2\n"
                   "smtpd_peername_lookup = no\nsmtpd_upstream_proxy_timeout = 1s\n").start()
    direct = connect(i.port)
    assert hear(direct).startswith(b"220 "), "no header is asked of a client that is no proxy"
    i.wait_log(r"connect from unknown\[127\.0\.0\.1\]")
    proxy = socket.create_connection(("127.0.0.1", i.port), source_address=("127.0.0.2", 0))
    proxy.settimeout(30)
    proxy.sendall(b"PROXY TCP6 2001:db8::10 2001:db8::1 5555 25\r\n")
    assert hear(proxy).startswith(b"220 ")
    i.wait_log(r"connect from unknown\[2001:db8::10\]")
    silent = socket.create_connection(("127.0.0.1", i.port), source_address=("127.0.0.2", 0))
    silent.settimeout(30)
    assert hear(silent).startswith(b"421 4.3.0 ")
    i.wait_log(r"haproxy read: timeout error")


def test_tls_begins_right_behind_the_header(t):
    import shutil
    import ssl
    if not shutil.which("openssl"):
        raise Skip("needs openssl")
    keys = os.path.join(t.directory, "keys.pem")
    certificate = os.path.join(t.directory, "certificate.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-subj", "/CN=mail.example.test", "-days", "2", "-keyout", keys, "-out", certificate],
                   check=True, stderr=subprocess.DEVNULL)
    with open(keys, "a") as f, open(certificate) as g:
        f.write(g.read())
    os.chmod(keys, 0o644)
    i = t.instance("smtpd_upstream_proxy_protocol = haproxy\nsmtpd_tls_wrappermode = yes\n"
                   "smtpd_tls_chain_files = %s\nsmtpd_peername_lookup = no\n" % keys).start()
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plain = connect(i.port)
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    layer = context.wrap_bio(incoming, outgoing, server_hostname="mail.example.test")
    try:
        layer.do_handshake()
    except ssl.SSLWantReadError:
        pass
    # The header and the client's first words in one segment.
    plain.sendall(b"PROXY TCP4 192.0.2.10 192.0.2.1 5555 465\r\n" + outgoing.read())

    def advance(action):
        while True:
            try:
                result = action()
                plain.sendall(outgoing.read())
                return result
            except ssl.SSLWantReadError:
                plain.sendall(outgoing.read())
                more = plain.recv(65536)
                if not more:
                    raise Failure("connection closed: %s" % i.log_text()[-2000:])
                incoming.write(more)
    advance(layer.do_handshake)
    assert advance(lambda: layer.read(1000)).startswith(b"220 ")
    i.wait_log(r"connect from unknown\[192\.0\.2\.10\]")
