"""Which wins of content_filter, FILTER and REDIRECT of checks, access tables, transports and relays; what newer releases do to content."""
from harness import FakeSMTP, Group


class Combined(Group):
    area = "content"
    cost = 7
    main = """
content_filter = smtp:[127.0.0.1]:2531
header_checks = regexp:@ETC@/headers
body_checks = regexp:@ETC@/bodies
sender_dependent_relayhost_maps = inline:{{sr@y.test = [127.0.0.1]:2533}}
sender_dependent_default_transport_maps = inline:{{st@y.test = smtp:[127.0.0.1]:2534}, {both@y.test = smtp:[127.0.0.1]:2534}}
transport_maps = inline:{{mapped.test = smtp:[127.0.0.1]:2535}, {red.test = smtp:[127.0.0.1]:2535}}
virtual_alias_maps = inline:{{al@x.test = one@x.test two@mapped.test}}
always_bcc = copy@x.test
"""
    files = {"headers": "/^X-F: 1/ FILTER smtp:[127.0.0.1]:2532\n/^X-F: 2/ FILTER smtp:[127.0.0.1]:2536\n/^X-R: (.*)/ REDIRECT $1\n/^X-B: (.*)/ BCC $1\n"
                        "/^X-D/ FILTER smtp:\n/^X-H/ HOLD\n/^X-X/ DISCARD\n",
             "bodies": "/^filter me/ FILTER smtp:[127.0.0.1]:2532\n/^redirect me/ REDIRECT body@mapped.test\n"}
    services = {"access": "smtpd_recipient_restrictions = check_recipient_access inline:{{f@x.test = FILTER smtp:[127.0.0.1]:2532}, {r@x.test = REDIRECT acc@mapped.test}, "
                          "{b@x.test = BCC accbcc@x.test}}, permit_mynetworks, reject",
                "nofilter": "content_filter =\ncleanup_service_name = plain",
                "nobcc": "content_filter =\nreceive_override_options = no_address_mappings",
                "nochecks": "content_filter =\nreceive_override_options = no_header_body_checks"}
    master = "plain unix n - n - 0 cleanup -o always_bcc=\n"
    PORTS = (2525, 2531, 2532, 2533, 2534, 2535, 2536)

    def prepare(self):
        self.hops = {p: self.keep(FakeSMTP(("127.0.0.1", p))) for p in self.PORTS[1:]}

    # name: service, sender, recipients, headers, body, where: {port: recipients}
    ROWS = {
        "content-filter-takes-all": ("", "st@y.test", ["a@mapped.test"], "", "", {2531: ["a@mapped.test", "copy@x.test"]}),
        "filter-of-a-header-wins": ("", "a@y.test", ["a@mapped.test"], "X-F: 1\n", "", {2532: ["a@mapped.test", "copy@x.test"]}),
        "last-filter-wins": ("", "a@y.test", ["a@x.test"], "X-F: 1\nX-F: 2\n", "", {2536: ["a@x.test", "copy@x.test"]}),
        "filter-of-the-body-wins": ("", "a@y.test", ["a@x.test"], "X-F: 2\n", "filter me\n", {2532: ["a@x.test", "copy@x.test"]}),
        "filter-without-a-next-hop": ("nofilter", "a@y.test", ["a@mapped.test"], "X-D: 1\n", "", {2525: ["a@y.test"]}),
        "filter-of-an-access-table": ("access", "a@y.test", ["f@x.test", "a@mapped.test"], "", "", {2532: ["a@mapped.test", "copy@x.test", "f@x.test"]}),
        "header-outweighs-an-access-table": ("access", "a@y.test", ["f@x.test"], "X-F: 2\n", "", {2536: ["copy@x.test", "f@x.test"]}),
        "redirect-meets-no-content-filter": ("", "a@y.test", ["a@x.test", "b@x.test"], "X-R: red@red.test\n", "", {2535: ["red@red.test"]}),
        "redirect-and-filter": ("", "a@y.test", ["a@x.test"], "X-R: red@red.test\nX-F: 1\n", "", {2535: ["red@red.test"]}),
        "redirect-follows-transports": ("nofilter", "a@y.test", ["a@x.test"], "X-R: red@red.test\n", "", {2535: ["red@red.test"]}),
        "first-redirect-wins": ("nofilter", "a@y.test", ["a@x.test"], "X-R: red@red.test\n", "redirect me\n", {2535: ["red@red.test"]}),
        "redirect-is-expanded-no-more": ("nofilter", "a@y.test", ["a@x.test"], "X-R: al@x.test\n", "", {2525: ["al@x.test"]}),
        "redirect-of-an-access-table": ("access", "a@y.test", ["r@x.test", "a@x.test"], "", "", {2535: ["acc@mapped.test"]}),
        "copy-of-a-header-check": ("nofilter", "a@y.test", ["a@mapped.test"], "X-B: more@x.test\n", "", {2535: ["a@mapped.test"], 2525: ["more@x.test"]}),
        "copy-of-a-header-check-is-expanded": ("nofilter", "a@y.test", ["a@x.test"], "X-B: al@x.test\n", "", {2525: ["a@x.test", "one@x.test"], 2535: ["two@mapped.test"]}),
        "copy-and-redirect": ("nofilter", "a@y.test", ["a@x.test"], "X-B: more@x.test\nX-R: red@red.test\n", "", {2535: ["red@red.test"]}),
        "copy-of-an-access-table": ("access", "a@y.test", ["b@x.test"], "", "", {2531: ["accbcc@x.test", "b@x.test", "copy@x.test"]}),
        "relay-of-a-sender": ("nofilter", "sr@y.test", ["a@x.test"], "", "", {2533: ["a@x.test"]}),
        "transport-outweighs-the-relay-of-a-sender": ("nofilter", "sr@y.test", ["a@mapped.test"], "", "", {2535: ["a@mapped.test"]}),
        "transport-of-a-sender": ("nofilter", "st@y.test", ["a@x.test", "b@mapped.test"], "", "", {2534: ["a@x.test"], 2535: ["b@mapped.test"]}),
        "filter-outweighs-the-transport-of-a-sender": ("nofilter", "st@y.test", ["a@x.test"], "X-F: 1\n", "", {2532: ["a@x.test"]}),
        "alias-members-go-their-ways": ("nofilter", "a@y.test", ["al@x.test"], "", "", {2525: ["one@x.test"], 2535: ["two@mapped.test"]}),
        "no-mappings-no-copy": ("nobcc", "a@y.test", ["al@x.test"], "", "", {2525: ["al@x.test"]}),
        "no-checks-no-filter": ("nochecks", "a@y.test", ["a@x.test"], "X-F: 1\nX-R: red@red.test\n", "filter me\n", {2525: ["a@x.test", "copy@x.test"]}),
        "discard-outweighs-the-filter": ("", "a@y.test", ["a@x.test"], "X-F: 1\nX-X: 1\n", "", {}),
    }

    @classmethod
    def case_names(cls):
        return sorted(cls.ROWS)

    def run_case(self, name):
        self.case, self.since = name, self.inst.log_size()
        service, sender, recipients, headers, body, where = self.ROWS[name]
        hops = dict(self.hops)
        hops[2525] = self.sink
        for hop in hops.values():
            hop.reset()
        t = self.token()
        reply = self.inst.send(sender, recipients, data="Subject: %s\n%s\n%s%s\n" % (t, headers, body, t), port=self.port[service] if service else 25)
        qid = self.sent(reply)
        if where != {}:
            self.found(self.inst.wait_gone(qid), "%s is done" % qid)
        for port, who in (where or {}).items():
            self.found(hops[port].wait(lambda m: who[0] in m.rcpts), "mail for %s" % who)
        got = {p: sorted(r for m in hop.messages for r in m.rcpts) for p, hop in hops.items() if hop.messages}
        self.eq(got, where, "who got it where")
        if where == {}:
            self.log(r"cleanup\[\d+\]: %s: discard: header X-X: 1 from " % qid)
