"""Address tables of cleanup, class by class and limit by limit: what becomes of envelope and header addresses."""
import importlib.util
import os

spec = importlib.util.spec_from_file_location("content_recorder", os.path.join(os.path.dirname(__file__), "content.py"))
content = importlib.util.module_from_spec(spec)
spec.loader.exec_module(content)

C = "-o canonical_maps=inline:{a@x.test=ca@x.test,a@y.test=ca@y.test,loop@x.test=loop2@x.test,loop2@x.test=loop@x.test,@dom.test=@newdom.test,ext@x.test=cext@x.test}"
SC = "-o sender_canonical_maps=inline:{a@x.test=sa@x.test,a@y.test=sa@y.test,ca@y.test=sca@y.test}"
RC = "-o recipient_canonical_maps=inline:{a@x.test=ra@x.test,a@y.test=ra@y.test,ca@x.test=rca@x.test}"
SERVICES = {"plain2": ""}
ALL = ("envelope_sender", "envelope_recipient", "header_sender", "header_recipient")
for c in ALL + ("envelope_sender,header_sender", "ENVELOPE_SENDER header_RECIPIENT"):
    n = "".join(x for x in c if x.isalpha())
    SERVICES["c" + n] = C + " -o {canonical_classes=%s}" % c
    if "recipient" not in c.lower():
        SERVICES["s" + n] = SC + " -o {sender_canonical_classes=%s}" % c
    if "sender" not in c.lower():
        SERVICES["r" + n] = RC + " -o {recipient_canonical_classes=%s}" % c
    SERVICES["m" + n] = "-o masquerade_domains=example.test,sub.x.test,x.test -o {masquerade_classes=%s}" % c
SERVICES.update({
    "c": C, "cs": C + " " + SC, "cr": C + " " + RC, "all": " ".join((C, SC, RC)), 
    "m": "-o masquerade_domains=!sub.x.test,x.test -o masquerade_exceptions=root,joe", "mm": "-o masquerade_domains=x.test,!sub.x.test", "mx": "-o masquerade_domains=.x.test", "m2": "-o masquerade_domains=sub.x.test,x.test -o masquerade_exceptions=regexp:{{/^r/x}}",
    "mbang": "-o masquerade_domains=!,x.test", "mup": "-o masquerade_domains=X.Test",
    "v": "-o virtual_alias_maps=inline:{{a@x.test=b1@x.test,b2@x.test},{self@x.test=self@x.test,other@x.test},{l1@x.test=l2@x.test},{l2@x.test=l1@x.test},{big@x.test=c1@x.test,c2@x.test,c3@x.test,c4@x.test},{deep1@x.test=deep2@x.test},{deep2@x.test=deep3@x.test},{deep3@x.test=deep4@x.test},{deep4@x.test=deep5@x.test},{@cat.test=@x.test},{ext@x.test=vext@x.test},{bare@x.test=bareuser},{nul@x.test=<>},{q@x.test=\"q,r\"@x.test},{long@x.test=%s@x.test},{dup@x.test=d@x.test,d@x.test,D@x.test}}" % ("l" * 60),
})
SERVICES.update({"vexp2": SERVICES["v"] + " -o virtual_alias_expansion_limit=2", "vrec2": SERVICES["v"] + " -o virtual_alias_recursion_limit=2", "vrec3": SERVICES["v"] + " -o virtual_alias_recursion_limit=3", "vlen": SERVICES["v"] + " -o virtual_alias_address_length_limit=30", "vlen66": SERVICES["v"] + " -o virtual_alias_address_length_limit=66", "vlen67": SERVICES["v"] + " -o virtual_alias_address_length_limit=67",
                 "vexp4": SERVICES["v"] + " -o virtual_alias_expansion_limit=4", "vnoprop": SERVICES["v"] + " -o propagate_unmatched_extensions=", "noorig": SERVICES["v"] + " -o enable_original_recipient=no", "dup2": SERVICES["v"] + " -o duplicate_filter_limit=2", "dup1": SERVICES["v"] + " -o duplicate_filter_limit=1 -o enable_original_recipient=no",
                 "fail": "-o virtual_alias_maps=fail:why", "cfail": "-o canonical_maps=fail:why", "bfail": "-o recipient_bcc_maps=fail:why", "sbfail": "-o sender_bcc_maps=fail:why", "empty": "-o virtual_alias_maps=inline:{{a@x.test=}}", "comma": "-o { virtual_alias_maps=inline:{{a@x.test = ,}} }", "canon2": "-o { canonical_maps=inline:{{a@x.test = b@x.test, c@x.test}} }", "canonq": "-o { canonical_maps=inline:{{a@x.test = Joe <b@x.test>}} }", "canone": "-o { canonical_maps=inline:{{a@x.test = <>}} }",
                 "bcc": "-o always_bcc=abcc@x.test -o sender_bcc_maps=inline:{s@y.test=sbcc@x.test,empty@y.test=<>} -o { recipient_bcc_maps=inline:{{a@x.test=rbcc@x.test}, {ext@x.test=rext@x.test}, {@cat.test=@bcat.test}, {two@x.test=b1@x.test}, {nul@x.test=<>}} }",
                 "bccv": "-o always_bcc=a@x.test " + SERVICES["v"], "bccc": "-o always_bcc=a@x.test " + C, "bccbad": "-o { always_bcc=a@x.test, b@x.test }", "bccbare": "-o always_bcc=bare", "bccext": "-o { recipient_bcc_maps=inline:{{ext@x.test=rext@x.test}} } -o recipient_delimiter=+ -o propagate_unmatched_extensions=generic", "ear": "-o empty_address_recipient=nobody@x.test", "attr": "-o queue_file_attribute_count_limit=3", "attr1": "-o queue_file_attribute_count_limit=1", "min": "-o queue_minfree=999999999999"})


class Mapping(content.Content):
    area = "mapping"
    services = dict({k: "cleanup_service_name = k" + k for k in SERVICES}, plain="smtpd_banner = mx.example.test plain", noorigs="enable_original_recipient = no\ncleanup_service_name = knoorig", nomap="receive_override_options = no_address_mappings\ncleanup_service_name = kv", minf="queue_minfree = 999999999999", nobcc="receive_override_options = no_address_mappings\ncleanup_service_name = kbcc")
    master = "\n".join("k%s unix n - n - 0 cleanup %s" % (k, "\n    " + v if v else "") for k, v in SERVICES.items())
    main = "recipient_delimiter = +\nlocal_header_rewrite_clients = static:all\nmasquerade_domains =\nrelay_domains = x.test, sub.x.test, dom.test, newdom.test, cat.test\n"
    files = {}

    @classmethod
    def case_names(cls):
        return [n[5:] for n in vars(cls) if n.startswith("test_")]

    def test_classes(self):
        H = "From: a@y.test\nTo: a@x.test\nReply-To: a@y.test, a@x.test\nCc: A@X.test\nSender: joe@host.sub.x.test\nX-End: 1\n\nb\n"
        H2 = "From: Joe <joe@a.x.test>\nTo: root@sub.x.test, u@x.test, u@b.sub.x.test, u@notx.test, u@X.TEST\nErrors-To: u@c.x.test\nX-End: 1\n\nb\n"
        self.play([(svc, h, {"sender": s, "rcpts": r}) for svc in SERVICES if svc[0] in "csrmab" and not svc.startswith(("bcc", "attr", "bfail", "sbfail", "cfail")) for h, s, r in (
            (H, "a@y.test", ["a@x.test"]), (H2, "u@a.x.test", ["u@b.x.test", "root@a.x.test"]))])

    def test_canonical(self):
        self.play([("c", "To: %s\nX-End: 1\n\nb\n" % a, {"rcpts": [a]}) for a in ("a@x.test", "loop@x.test", "u@dom.test", "u+e@dom.test", "ext+e@x.test", "a+e@x.test", "EXT+E@x.test", "a@X.test", "\"a\"@x.test")] +
                  [(s, "To: a@x.test\nFrom: a@x.test\n\nb\n", {"rcpts": ["a@x.test"]}) for s in ("canon2", "canonq", "canone", "cfail", "fail", "empty", "comma", "bfail", "sbfail")])

    def test_virtual(self):
        self.play([(svc, "To: x\n\nb\n", {"rcpts": r}) for svc in ("v", "vexp2", "vexp4", "vrec2", "vrec3", "vlen", "vlen66", "vlen67", "vnoprop", "noorig", "noorigs", "dup2", "dup1", "nomap") for r in (
            ["a@x.test"], ["self@x.test"], ["l1@x.test"], ["big@x.test"], ["deep1@x.test"], ["deep3@x.test"], ["u@cat.test"], ["u+e@cat.test"], ["ext+e@x.test"], ["bare@x.test"], ["nul@x.test"], ["q@x.test"], ["long@x.test"], ["dup@x.test"], ["a@x.test", "b1@x.test"], ["b1@x.test", "a@x.test"], ["d@x.test", "D@x.test", "d@X.TEST"], ["c1@x.test", "c2@x.test", "c3@x.test", "c1@x.test"], ["z@x.test"] * 3)])

    def test_copies(self):
        self.play([(svc, d, {"sender": s, "rcpts": r}) for svc in ("bcc", "bccv", "bccc", "bccbad", "bccbare", "bccext", "nobcc") for d in ("To: x\n\nb\n",) for s, r in (
            ("s@y.test", ["z@x.test"]), ("q@y.test", ["a@x.test"]), ("s@y.test", ["a@x.test", "rbcc@x.test"]), ("empty@y.test", ["nul@x.test"]), ("q@y.test", ["ext+e@x.test"]), ("q@y.test", ["u@cat.test"]), ("q@y.test", ["two@x.test"]), ("s+e@y.test", ["a+e@x.test"]), ("q@y.test", ["abcc@x.test"]))])

    def test_other(self):
        self.play([(s, "To: x\n\nb\n", {"sender": f, "rcpts": r}) for s in ("ear", "plain2") for f, r in (("", ["\"\"@x.test"]), ("q@y.test", ["\"\""]), ("q@y.test", ["postmaster"]))] + [(s, "Subject: x\n\nb\n") for s in ("attr", "attr1", "min", "minf")])
