"""TLS of the server: sessions that processes share, keys that are renewed, memory of idle sessions."""
import contextlib
import os
import re
import resource
import socket
import ssl
import subprocess

from harness import Failure, ROOT, until

SESSIONS = int(os.environ.get("TLS_SESSIONS", "500"))
MASTER = "tlsmgr unix - - n 1000? 1 tlsmgr\n"


def make_chain(path, name, days=30):
    """A self-signed key and certificate in one file, put in place by rename; for root's eyes only."""
    key, cert = path + ".key", path + ".crt"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-keyout", key, "-out", cert, "-days", str(days), "-subj", "/CN=" + name],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(path + ".new", "w") as out:
        os.chmod(path + ".new", 0o600)
        for part in (key, cert):
            with open(part) as f:
                out.write(f.read())
    os.rename(path + ".new", path)
    return path


def read_reply(sock):
    text = b""
    while not re.search(rb"^\d\d\d .*\n", text, re.M):
        more = sock.recv(4000)
        if not more:
            raise Failure("connection closed: %r" % text)
        text += more
    return text.decode()


def client_context(version=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if version:
        context.minimum_version = context.maximum_version = version
    return context


def start_tls(port, context, session=None):
    """A client that has just done STARTTLS."""
    sock = socket.create_connection(("127.0.0.1", port), timeout=30)
    read_reply(sock)
    for command in (b"EHLO client.example.test\r\n", b"STARTTLS\r\n"):
        sock.sendall(command)
        read_reply(sock)
    return context.wrap_socket(sock, session=session)


def shown_name(port):
    """CommonName of the certificate that the server shows."""
    with start_tls(port, client_context()) as client:
        der = client.getpeercert(binary_form=True)
    text = subprocess.run(["openssl", "x509", "-inform", "DER", "-noout", "-subject"], input=der,
                          stdout=subprocess.PIPE, check=True).stdout.decode()
    return text.split("CN = ")[-1].split("CN=")[-1].strip()


def make(t, main="", **kw):
    keys = os.path.join(t.directory, "keys")
    os.makedirs(keys, exist_ok=True)
    chain = make_chain(os.path.join(keys, "server.pem"), "first.example.test")
    return chain, t.instance(main="smtpd_tls_security_level = may\nsmtpd_tls_loglevel = 1\n"
                                  "smtpd_tls_chain_files = %s\n%s" % (chain, main), master=MASTER, **kw).start()


def test_sessions_are_resumed_in_any_process(t):
    _, inst = make(t)
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        context = client_context(version)
        with start_tls(inst.port, context) as first:
            first.sendall(b"EHLO again\r\n")  # the tickets of TLS 1.3 come with the first reply
            read_reply(first)
            session = first.session
        # The first process is gone: only what tlsmgr keeps can help.
        for pid, name in inst.processes().items():
            if name == "smtpd":
                os.kill(pid, 9)
        with start_tls(inst.port, context, session) as second:
            second.sendall(b"NOOP\r\n")
            read_reply(second)
            if not second.session_reused:
                raise Failure("the %s session was not resumed" % version.name)


def test_tls_goes_on_without_tlsmgr(t):
    _, inst = make(t)
    inst.stop()
    master = os.path.join(inst.etc, "master.cf")
    with open(master) as f:
        text = f.read().replace(MASTER, "")
    with open(master, "w") as f:
        f.write(text)
    inst.start()
    for _ in range(2):
        with start_tls(inst.port, client_context()) as client:
            client.sendall(b"EHLO x\r\n")
            read_reply(client)
    inst.wait_log("warning: TLS sessions are not resumed for the next")


def test_renewed_keys_are_taken_up_without_reload(t):
    """Root's own files: the process that read them cannot read them again, and no session is dropped."""
    chain, inst = make(t)
    if shown_name(inst.port) != "first.example.test":
        raise Failure("not the first certificate")
    old = start_tls(inst.port, client_context())
    make_chain(chain, "second.example.test")
    until(lambda: shown_name(inst.port) == "second.example.test", "the second certificate")
    old.sendall(b"EHLO still here\r\n")
    read_reply(old)
    old.close()
    if ROOT:
        inst.wait_log(r"has changed -- restarting")
    else:
        inst.wait_log(r"TLS keys were renewed")


def test_a_broken_renewal_changes_nothing(t):
    chain, inst = make(t)
    shown_name(inst.port)
    os.chmod(chain, 0o644)  # so that the process can look at the new one
    with open(chain + ".new", "w") as f:
        f.write("half a file\n")
    os.rename(chain + ".new", chain)
    os.chmod(chain, 0o644)

    def warned():
        if shown_name(inst.port) != "first.example.test":
            raise Failure("a broken certificate was taken up")
        return re.search(r"warning: .*; the TLS keys in use stay", inst.log_text())
    until(warned, "a warning about the broken file")


def test_a_certificate_that_ends_soon_is_named(t):
    keys = os.path.join(t.directory, "keys")
    os.makedirs(keys)
    chain = make_chain(os.path.join(keys, "server.pem"), "soon.example.test", days=5)
    inst = t.instance(main="smtpd_tls_security_level = may\nsmtpd_tls_chain_files = %s\n" % chain,
                      master=MASTER).start()
    shown_name(inst.port)
    inst.wait_log(r"warning: the certificate of \S+/server\.pem expires in [45] days")


def test_idle_sessions_are_small(t):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 2 * SESSIONS + 500), hard))
    _, inst = make(t, main="smtpd_timeout = 600s\nsmtpd_client_connection_count_limit = 0\n"
                           "smtpd_tls_loglevel = 0\n", clients=str(2 * SESSIONS))
    context = client_context()

    def resident_kb():
        total = 0
        for pid, name in inst.processes().items():
            if name == "smtpd":
                with contextlib.suppress(OSError), open("/proc/%d/smaps_rollup" % pid) as f:
                    total += int(re.search(r"^Pss:\s+(\d+)", f.read(), re.M).group(1))
        return total
    clients = []

    def open_sessions(count):
        for _ in range(count):
            client = start_tls(inst.port, context)
            client.sendall(b"EHLO x\r\n")
            read_reply(client)
            clients.append(client)
    try:
        open_sessions(SESSIONS // 5)  # processes, pools and tables are there now
        before = resident_kb()
        open_sessions(SESSIONS)
        each = (resident_kb() - before) / SESSIONS
        print("  %.1f KB for each of %d idle TLS sessions" % (each, SESSIONS))
        if each > 25:
            raise Failure("%.1f KB for an idle TLS session" % each)
    finally:
        for client in clients:
            client.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
