"""TLS of the SMTP server, row by row: keys, levels, protocols, ciphers, certificates of clients, log levels."""
import re
import ssl

from harness import Group, certs, client_tls

TLS12 = ssl.TLSVersion.TLSv1_2
TLS13 = ssl.TLSVersion.TLSv1_3
FROM = "MAIL FROM:<a@good.test>"


class Rows(Group):
    """One server for each row; `base` holds unless a row says otherwise."""
    area = "tls"
    cost = 15
    base = {"smtpd_tls_security_level": "may", "smtpd_tls_chain_files": "@TLS@/server.pem", "smtpd_tls_loglevel": "1"}
    rows = {}
    main = "smtpd_peername_lookup = no\nsmtpd_error_sleep_time = 0\n"

    def open(self):
        self.services = {}
        for name, text in self.rows.items():
            own = dict(line.split("=", 1) for line in text.strip().splitlines())
            self.services[name] = "\n".join("%s=%s" % item for item in {**self.base, **own}.items())
        super().open()

    def client(self, row, **kw):
        return self.inst.smtp(self.port[row], "192.0.2.10", **kw)

    def context(self, cert=None, curve=None, ciphers=None, tickets=True, **kw):
        tls = self.worker.tls
        made = client_tls(cert=cert and "%s/%s.crt" % (tls, cert), key=cert and "%s/%s.key" % (tls, cert), **kw)
        if ciphers:
            made.set_ciphers(ciphers)
        if curve:
            made.set_ecdh_curve(curve)
        if not tickets:
            made.options |= ssl.OP_NO_TICKET
        return made

    def secured(self, row, sni=None, **kw):
        c = self.client(row)
        c.ehlo("x")
        self.reply(c.starttls(self.context(**kw), sni), "220 2.0.0 Ready to start TLS")
        self.reply(c.ehlo("x"), "250")
        return c

    def name_shown(self, c):
        return re.search(rb"mx\.[a-z]+\.test|two\.example\.test", c.sock.getpeercert(True)).group(0).decode()

    def not_available(self, row, *logged):
        c = self.client(row)
        c.ehlo("x")
        self.ok("STARTTLS" in c.caps, "offer", c.caps)
        self.reply(c.cmd("STARTTLS"), "454 4.7.0 TLS not available due to local problem")
        self.reply(c.cmd("NOOP"), "250")
        for regex in logged:
            self.log(regex)

    def handshake_fails(self, row, **kw):
        c = self.client(row)
        c.ehlo("x")
        try:
            c.starttls(self.context(**kw))
            failed = c.ehlo("x").eof
        except (ssl.SSLError, OSError):
            failed = True
        self.ok(failed, "no handshake")


class Keys(Rows):
    """Certificates and keys."""
    NONE = "smtpd_tls_chain_files=\n"
    rows = {
        "chain": "smtpd_tls_chain_files=@TLS@/two.key, @TLS@/two.crt",
        "pair": NONE + "smtpd_tls_cert_file=@TLS@/two.crt\nsmtpd_tls_key_file=@TLS@/two.key",
        "onefile": NONE + "smtpd_tls_cert_file=@TLS@/two.pem",
        "ec": NONE + "smtpd_tls_eccert_file=@TLS@/two.crt\nsmtpd_tls_eckey_file=@TLS@/two.key",
        "both": "smtpd_tls_cert_file=@TLS@/two.crt\nsmtpd_tls_key_file=@TLS@/two.key",
        "none": NONE + "smtpd_tls_cert_file=none",
        "nothing": NONE,
        "wrapnothing": NONE + "smtpd_tls_wrappermode=yes",
        "missing": NONE + "smtpd_tls_cert_file=/nonexistent/file.pem",
        "missingkey": NONE + "smtpd_tls_cert_file=@TLS@/two.crt\nsmtpd_tls_key_file=/nonexistent/key",
        "mismatch": NONE + "smtpd_tls_cert_file=@TLS@/two.crt\nsmtpd_tls_key_file=@TLS@/server.key",
        "nokey": "smtpd_tls_chain_files=@TLS@/two.crt",
        "order": "smtpd_tls_chain_files=@TLS@/two.crt, @TLS@/two.key",
        "ca": "smtpd_tls_CAfile=/nonexistent/ca.pem",
        "digest": "smtpd_tls_fingerprint_digest=bogus\nsmtpd_tls_ask_ccert=yes",
        "dh": "smtpd_tls_dh1024_param_file=/nonexistent/dh",
        "sni": "tls_server_sni_maps=@DB@:$config_directory/sni",
    }

    def setup(self):
        self.inst.write("sni", "two.example.test {0}/two.pem\n.wild.test {0}/sink.pem\n".format(self.worker.tls))
        self.eq(self.inst.run("postmap", "-F", "%s:%s/sni" % (self.inst.suite.db, self.inst.etc)).rc, 0, "postmap -F")

    def test_chain_files(self):
        self.eq(self.name_shown(self.secured("chain")), "two.example.test", "certificate")

    def test_certificate_and_key(self):
        self.eq(self.name_shown(self.secured("pair")), "two.example.test", "certificate")

    def test_one_file_for_both(self):
        self.eq(self.name_shown(self.secured("onefile")), "two.example.test", "certificate")

    def test_ec_pair(self):
        self.eq(self.name_shown(self.secured("ec")), "two.example.test", "certificate")

    def test_chain_files_win(self):
        self.eq(self.name_shown(self.secured("both")), "mx.example.test", "certificate")
        self.log(r"warning: Both smtpd_tls_chain_files and one or more of the legacy +smtpd_tls_cert_file, ")

    def test_anonymous_on_purpose(self):
        c = self.secured("none", maximum=TLS12, ciphers="AECDH:ADH:@SECLEVEL=0")
        self.log(r"Anonymous TLS connection established from unknown\[192\.0\.2\.10\]: TLSv1\.2 with cipher A(EC)?DH-")
        c.quit()
        self.handshake_fails("none")

    def test_no_keys_at_all(self):
        self.not_available("nothing", r"warning: No server certs available\. TLS won't be enabled")

    def test_no_keys_in_wrapper_mode(self):
        c = self.client("wrapnothing")
        self.ok(c.reply().eof, "closed")
        self.log(r"warning: Wrapper-mode request dropped from unknown\[192\.0\.2\.10\] for service \S+\. "
                 r"TLS context initialization failed\.")

    def test_missing_file(self):
        self.not_available("missing", r"warning: error opening chain file: /nonexistent/file\.pem: No such file or dir")

    def test_missing_key(self):
        self.not_available("missingkey",
                           r'warning: cannot get RSA private key from file "?/nonexistent/key"?: .*disabling TLS support')

    def test_mismatch(self):
        self.not_available("mismatch",
                           r'warning: cannot get RSA private key from file "\S+/server\.key": disabling TLS support',
                           r"warning: TLS library problem: .*key values mismatch")

    def test_chain_without_key(self):
        self.not_available("nokey", r"warning: error loading chain from \S+/two\.crt: key not first",
                           r"disabling TLS support")

    def test_chain_out_of_order(self):
        self.not_available("order", r"warning: error loading chain from \S+/two\.crt: key not first")

    def test_missing_authorities(self):
        self.not_available("ca", r'cannot load Certification Authority data, CAfile="/nonexistent/ca\.pem": '
                                 r"disabling TLS support", r"warning: TLS library problem: .*No such file")

    def test_unknown_digest(self):
        self.not_available("digest", r'warning: Digest algorithm "bogus" not found', r"disabling TLS support")

    def test_missing_dh_parameters(self):
        self.secured("dh").quit()
        self.log(r'warning: error opening DH parameter file "/nonexistent/dh": No such file or directory -- '
                 r"using compiled-in defaults")

    def named(self, sni, shown, logged):
        c = self.secured("sni", sni=sni)
        self.eq(self.name_shown(c), shown, "certificate")
        self.log(r"TLS connection established from unknown\[192\.0\.2\.10\]%s: TLSv1" % logged)

    def test_sni(self):
        self.named("two.example.test", "two.example.test", r" to two\.example\.test")

    def test_sni_in_upper_case(self):
        self.named("TWO.example.test", "two.example.test", r" to (?i:two)\.example\.test")

    def test_sni_below_a_domain(self):
        self.named("a.b.wild.test", "mx.good.test", r" to a\.b\.wild\.test")

    def test_sni_unknown(self):
        self.named("nosuch.test", "mx.example.test", "")
        self.log(r"TLS SNI nosuch\.test from unknown\[192\.0\.2\.10\] not matched, using default chain")

    def test_no_sni(self):
        self.named(None, "mx.example.test", "")


class Choices(Rows):
    """Levels, protocols, ciphers, curves, the library's settings."""
    OLD = "smtpd_tls_protocols=<=TLSv1.2\n"
    rows = {
        "use": "smtpd_tls_security_level=\nsmtpd_use_tls=yes",
        "enforce": "smtpd_tls_security_level=\nsmtpd_enforce_tls=yes",
        "off": "smtpd_tls_security_level=\n",
        "verify": "smtpd_tls_security_level=verify",
        "bounds": "smtpd_tls_protocols=>=TLSv1.2, <=TLSv1.2",
        "listed": "smtpd_tls_protocols=TLSv1.2",
        "excluded": "smtpd_tls_protocols=!SSLv2, !SSLv3, !TLSv1, !TLSv1.1, !TLSv1.3",
        "newest": "smtpd_tls_protocols=>=TLSv1.3",
        "number": "smtpd_tls_protocols=>=0304",
        "apart": "smtpd_tls_protocols=>= TLSv1.3",
        "all": "smtpd_tls_protocols=",
        "word": "smtpd_tls_protocols=bogus",
        "bound": "smtpd_tls_protocols=>=bogus",
        "mandatory": "smtpd_tls_security_level=encrypt\nsmtpd_tls_mandatory_protocols=>=TLSv1.3\nsmtpd_tls_protocols=",
        "high": OLD + "smtpd_tls_ciphers=high",
        "exclude": OLD + "smtpd_tls_exclude_ciphers=AES256, CHACHA20",
        "mexclude": "smtpd_tls_security_level=encrypt\nsmtpd_tls_mandatory_protocols=<=TLSv1.2\n"
                    "smtpd_tls_mandatory_exclude_ciphers=AES256, CHACHA20",
        "medium": OLD + "tls_medium_cipherlist=ECDHE-ECDSA-AES128-GCM-SHA256",
        "preempt": OLD + "tls_preempt_cipherlist=yes\n"
                   "tls_medium_cipherlist=ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384",
        "curves": "tls_eecdh_auto_curves=secp384r1",
        "part": "tls_eecdh_auto_curves=bogus secp384r1",
        "nocurve": "tls_eecdh_auto_curves=bogus",
        "conf": "tls_config_file=none",
        "noconf": "tls_config_file=/nonexistent/openssl.cnf",
        "relative": "tls_config_file=openssl.cnf",
        "section": "tls_config_file=$config_directory/ossl.cnf\ntls_config_name=postfix",
        "ticket": "tls_session_ticket_cipher=bogus",
        "option": "tls_ssl_options=bogus",
        "workaround": "tls_disable_workarounds=bogus",
        "options": "tls_ssl_options=NO_TICKET, 0x4\ntls_disable_workarounds=0x800",
        "wrap": "smtpd_tls_wrappermode=yes",
        "encrypt": "smtpd_tls_security_level=encrypt",
    }
    files = {"ossl.cnf": "postfix = p\n[p]\nssl_conf = s\n[s]\nsystem_default = d\n[d]\nMinProtocol = TLSv1.3\n"}

    def protocol(self, row, expected, **kw):
        c = self.secured(row, **kw)
        self.eq(c.sock.version(), expected, "protocol")
        self.log(r"TLS connection established from unknown\[192\.0\.2\.10\]: %s with cipher " % expected)
        return c

    def cipher(self, row, expected, **kw):
        self.eq(self.secured(row, maximum=TLS12, **kw).sock.cipher()[0], expected, "cipher")

    def test_use_tls(self):
        self.secured("use").quit()

    def test_no_level(self):
        c = self.client("off")
        c.ehlo("x")
        self.ok("STARTTLS" not in c.caps, "offer", c.caps)
        self.reply(c.cmd("STARTTLS"), "502 5.5.1")

    def must_encrypt(self, row):
        c = self.client(row)
        c.ehlo("x")
        must = "530 5.7.0 Must issue a STARTTLS command first"
        for line, spec in ((FROM, must), ("VRFY a", must), ("RSET", must), ("ETRN a", must), ("NOOP", "250"),
                           ("FOO", "500 5.5.2"), ("HELO x", "250"), ("QUIT", "221")):
            self.reply(c.cmd(line), spec, line)
        self.reply(self.secured(row).cmd(FROM), "250")

    def test_enforce_tls(self):
        self.must_encrypt("enforce")

    def test_encrypt(self):
        self.must_encrypt("encrypt")

    def test_level_of_clients(self):
        self.must_encrypt("verify")
        self.ok("unsupported TLS level" in self.inst.log_text(), "a warning")

    def test_bounds(self):
        self.protocol("bounds", "TLSv1.2").quit()
        self.handshake_fails("bounds", minimum=TLS13)

    def test_listed(self):
        self.protocol("listed", "TLSv1.2").quit()

    def test_excluded(self):
        self.protocol("excluded", "TLSv1.2").quit()

    def test_newest(self):
        self.protocol("newest", "TLSv1.3").quit()
        self.handshake_fails("newest", maximum=TLS12)

    def test_number(self):
        self.handshake_fails("number", maximum=TLS12)

    def test_apart(self):
        self.handshake_fails("apart", maximum=TLS12)

    def test_all(self):
        self.protocol("all", "TLSv1.3").quit()

    def test_mandatory(self):
        self.handshake_fails("mandatory", maximum=TLS12)

    def test_no_protocol(self):
        self.not_available("word", r'warning: Invalid TLS protocol list "bogus": disabling TLS support')

    def test_no_bound(self):
        self.not_available("bound", r'warning: Invalid TLS protocol list ">=bogus": disabling TLS support')

    def test_high(self):
        self.cipher("high", "ECDHE-ECDSA-AES256-GCM-SHA384")

    def test_exclude(self):
        self.cipher("exclude", "ECDHE-ECDSA-AES128-GCM-SHA256")

    def test_mandatory_exclude(self):
        self.cipher("mexclude", "ECDHE-ECDSA-AES128-GCM-SHA256")

    def test_list_of_a_grade(self):
        self.cipher("medium", "ECDHE-ECDSA-AES128-GCM-SHA256")

    def test_own_order(self):
        self.cipher("preempt", "ECDHE-ECDSA-AES128-GCM-SHA256")

    def test_curves(self):
        self.secured("curves").quit()
        self.log(r"key-exchange ECDHE \(secp384r1\)|key-exchange (P-384|secp384r1)")

    def test_unknown_curve_beside_a_known_one(self):
        self.secured("part").quit()
        self.log(r'warning: ignoring unknown ECDHE curve "bogus"')
        self.log(r"key-exchange ECDHE \(secp384r1\)|key-exchange (P-384|secp384r1)")

    def test_unknown_curve(self):
        self.secured("nocurve").quit()
        self.log(r'warning: ignoring unknown ECDHE curve "bogus"')
        self.log(r"key-exchange X25519")

    def test_no_library_settings(self):
        self.secured("conf").quit()

    def test_missing_library_settings(self):
        self.not_available("noconf", r"warning: error loading the 'global' settings from the /nonexistent/openssl\.cnf "
                                     r"OpenSSL configuration file\W+disabling TLS support")

    def test_relative_library_settings(self):
        self.not_available("relative", r"warning: non-default tls_config_file = openssl\.cnf is not an absolute "
                                       r"pathname\W+disabling TLS support")

    def test_section_of_library_settings(self):
        self.protocol("section", "TLSv1.3").quit()

    def test_unknown_ticket_cipher(self):
        self.secured("ticket").quit()
        self.log(r"warning: tls_session_ticket_cipher: invalid value: bogus; session tickets disabled")

    def test_unknown_option(self):
        self.secured("option").quit()
        self.log(r'warning: unknown tls_ssl_options value "bogus" in "bogus"')

    def test_unknown_workaround(self):
        self.secured("workaround").quit()
        self.log(r'warning: unknown tls_disable_workarounds value "bogus" in "bogus"')

    def test_options(self):
        self.secured("options").quit()

    def test_wrapper_mode(self):
        c = self.client("wrap", tls=self.context())
        c.ehlo("x")
        self.ok("STARTTLS" not in c.caps, "offer", c.caps)
        self.reply(c.cmd(FROM), "250")


class Certificates(Rows):
    """Certificates of clients, log levels, resumed sessions."""
    CA = "smtpd_tls_CAfile=@TLS@/ca.pem\n"
    ASK = CA + "smtpd_tls_ask_ccert=yes\n"
    rows = {
        "log0": "smtpd_tls_loglevel=0",
        "log1": "",
        "log2": "smtpd_tls_loglevel=2",
        "log3": "smtpd_tls_loglevel=3",
        "logx": "smtpd_tls_loglevel=bogus",
        "ask": ASK,
        "ask2": ASK + "smtpd_tls_loglevel=2",
        "noca": "smtpd_tls_ask_ccert=yes",
        "depth": ASK + "smtpd_tls_ccert_verifydepth=0",
        "untrusted": ASK + "smtpd_tls_loglevel=1,untrusted",
        "words": ASK + "smtpd_tls_loglevel=routine,peercert",
        "req": CA + "smtpd_tls_security_level=encrypt\nsmtpd_tls_req_ccert=yes",
        "reqmay": CA + "smtpd_tls_req_ccert=yes",
        "wrapreq": CA + "smtpd_tls_wrappermode=yes\nsmtpd_tls_req_ccert=yes",
        "md5": ASK + "smtpd_tls_fingerprint_digest=md5\nsmtpd_tls_loglevel=2",
        "received": "smtpd_tls_received_header=yes",
        "receivedask": ASK + "smtpd_tls_received_header=yes",
        "noticket": "tls_session_ticket_cipher=\nsmtpd_tls_loglevel=2",
    }
    PEER = r"unknown\[192\.0\.2\.10\]"

    def established(self, trust, more=""):
        self.log(r"smtpd\[\d+\]: %s TLS connection established from %s: TLSv1\.3 with cipher TLS_AES_256_GCM_SHA384 "
                 r"\(256/256 bits\) key-exchange X25519 server-signature ECDSA \(prime256v1\) server-digest SHA256%s$"
                 % (trust, self.PEER, more))

    CLIENT = r" client-signature ECDSA \(prime256v1\) client-digest SHA256"

    def test_no_log(self):
        self.secured("log0").quit()
        self.log(r"disconnect from " + self.PEER)
        self.nolog(r"TLS connection established")

    def test_level_1(self):
        self.secured("log1").quit()
        self.established("Anonymous")
        self.nolog(r"setting up TLS")

    def test_level_1_before_tls_13(self):
        self.secured("log1", maximum=TLS12).quit()
        self.log(r"Anonymous TLS connection established from %s: TLSv1\.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 "
                 r"\(256/256 bits\)$" % self.PEER)

    def test_level_2(self):
        self.secured("log2").quit()
        self.log(r"setting up TLS connection from %s$" % self.PEER)
        self.log(self.PEER + r': TLS cipher list "aNULL:-aNULL:HIGH:MEDIUM:\S+"$')
        self.log(r"SSL_accept:SSLv3/TLS read client hello$")
        self.log(r"SSL_accept:SSLv3/TLS write server hello$")
        self.log(self.PEER + r": Issuing session ticket, key expiration: \d+$")
        self.established("Anonymous")

    def test_level_3(self):
        self.secured("log3").quit()
        self.log(r"setting up TLS connection from")
        self.log(r"smtpd\[\d+\]: 0000 ([0-9a-f]{2} ?){4}")
        self.established("Anonymous")

    def test_unknown_level(self):
        self.secured("logx").quit()
        self.log(r'warning: unknown smtpd_tls_loglevel value "bogus" in "bogus"$')

    def test_trusted(self):
        self.secured("ask", cert="client").quit()
        self.established("Trusted", self.CLIENT)

    def test_untrusted(self):
        self.secured("ask", cert="client2").quit()
        self.established("Untrusted", self.CLIENT)
        self.nolog(r"certificate verification failed")

    def test_no_certificate(self):
        self.secured("ask").quit()
        self.established("Anonymous")

    def test_without_authorities(self):
        self.secured("noca", cert="client").quit()
        self.established("Untrusted", self.CLIENT)

    def test_depth(self):
        self.secured("depth", cert="client").quit()
        self.log(r"(Trusted|Untrusted) TLS connection established from " + self.PEER)

    def test_reason_of_no_trust(self):
        self.secured("untrusted", cert="client2").quit()
        self.log(r"certificate verification failed for %s: untrusted issuer /CN=otherca$" % self.PEER)

    def test_certificate_in_the_log(self):
        fp = certs.fingerprint(self.worker.tls + "/client.crt")
        self.secured("words", cert="client").quit()
        self.log(self.PEER + r": subject_CN=client\.example\.org, issuer=ca, fingerprint=%s, pkey_fingerprint=[0-9A-F:]+$"
                 % fp)
        self.nolog(r"setting up TLS")

    def test_level_2_with_certificate(self):
        self.secured("ask2", cert="client").quit()
        self.log(self.PEER + r": depth=1 verify=1 subject=/CN=ca$")
        self.log(self.PEER + r": depth=0 verify=1 subject=/CN=client\.example\.org$")
        self.log(r"smtpd\[\d+\]: subject=/CN=client\.example\.org$")
        self.log(r"smtpd\[\d+\]: issuer=/CN=ca$")
        self.established("Trusted", self.CLIENT)

    def test_digest(self):
        fp = certs.fingerprint(self.worker.tls + "/client.crt", "md5")
        self.secured("md5", cert="client").quit()
        self.log(r"fingerprint=%s, pkey_fingerprint=" % fp)

    def test_required_and_missing(self):
        c = self.client("req")
        c.ehlo("x")
        c.starttls(self.context())
        self.reply(c.cmd("EHLO x"), "421 4.7.1 mx.example.test Error: No client certificate presented")
        self.log(r"NOQUEUE: abort: TLS from %s: No client certificate presented$" % self.PEER)

    def test_required_and_not_trusted(self):
        c = self.client("req")
        c.ehlo("x")
        c.starttls(self.context(cert="client2"))
        self.reply(c.cmd("EHLO x"), "421 4.7.1 mx.example.test Error: Client certificate not trusted")
        self.log(r"NOQUEUE: abort: TLS from %s: Client certificate not trusted$" % self.PEER)

    def test_required_and_there(self):
        self.reply(self.secured("req", cert="client").cmd(FROM), "250")

    def test_required_where_tls_is_not(self):
        self.secured("reqmay", cert="client").quit()
        self.established("Anonymous")
        self.ok("Can't require client certs unless TLS is required" in self.inst.log_text(), "a warning")

    def test_required_in_wrapper_mode(self):
        c = self.client("wrapreq", tls=self.context())
        self.reply(c.reply(), "421 4.7.1 mx.example.test Error: No client certificate presented")
        c = self.client("wrapreq", tls=self.context(cert="client"))
        self.reply(c.greet(), "220")

    def received(self, row, *expected, **kw):
        t = self.token()
        c = self.secured(row, **kw) if kw.pop("tls", True) else self.client(row)
        if c.banner is None:
            c.ehlo("x")
        self.reply(c.cmd(FROM), "250")
        self.reply(c.cmd("RCPT TO:<alice@example.test>"), "250")
        self.sent(c.data("Subject: x\n\n%s\n" % t))
        text = re.sub(r"\n[ \t]+", " ", self.in_mail("alice", t))
        for regex in expected:
            self.match(regex, text, "Received header")
        return text

    def test_received_header(self):
        self.received("received", r"^Received: from x .*\(using TLSv1\.3 with cipher TLS_AES_256_GCM_SHA384 \(256/256 bits\)"
                                  r" key-exchange X25519 server-signature ECDSA \(prime256v1\) server-digest SHA256\)"
                                  r" \(No client certificate requested\) by mx\.example\.test \(\S+\) with ESMTPS id")

    def test_received_header_before_tls_13(self):
        self.received("received", r"\(using TLSv1\.2 with cipher ECDHE-ECDSA-AES256-GCM-SHA384 \(256/256 bits\)\) "
                                  r"\(No client certificate requested\) by", maximum=TLS12)

    def test_received_header_without_certificate(self):
        self.received("receivedask", r"\(Client did not present a certificate\) by")

    def test_received_header_trusted(self):
        self.received("receivedask", r' client-signature ECDSA \(prime256v1\) client-digest SHA256\) '
                                     r'\(Client CN "client\.example\.org", Issuer "ca" \(verified OK\)\) by', cert="client")

    def test_received_header_not_trusted(self):
        self.received("receivedask", r'\(Client CN "client2\.example\.org", Issuer "otherca" \(not verified\)\) by',
                      cert="client2")

    def resumed(self, row, **kw):
        made = self.context(**kw)
        session = None
        for _ in range(2):
            c = self.client(row)
            c.ehlo("x")
            self.reply(c.cmd("STARTTLS"), "220")
            c.sock = made.wrap_socket(c.sock, session=session)
            c.buf = b""
            c.ehlo("x")
            session, reused = c.sock.session, c.sock.session_reused
            c.quit()
        return reused

    def test_resumed(self):
        self.ok(self.resumed("log2"), "reused")
        self.log(self.PEER + r": Decrypting session ticket, key expiration: \d+$")
        self.log(self.PEER + r": Reusing old session \(RFC 5077 session ticket\)$")
        self.log(r"key-exchange X25519 server-signature ECDSA \(prime256v1\)$")

    def test_resumed_before_tls_13(self):
        self.ok(self.resumed("log2", maximum=TLS12), "reused")
        self.log(self.PEER + r": Reusing old session \(RFC 5077 session ticket\)$")

    def test_not_resumed_without_tickets(self):
        self.ok(not self.resumed("log2", maximum=TLS12, tickets=False), "not reused")
        self.ok(not self.resumed("noticket"), "not reused")
        self.nolog(r"Issuing session ticket")
