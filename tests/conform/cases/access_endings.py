"""How restriction lists end: what DISCARD leaves out, what an earlier deferral does to a refusal, literals as hosts."""
from harness import Group

DISCARD = "check_recipient_access inline:{{alice@example.test = DISCARD x}}, reject"


class Endings(Group):
    area = "restrictions"
    main = "smtpd_relay_restrictions = check_client_access static:OK, reject_unauth_destination\n"
    services = {
        "deferred": "smtpd_recipient_restrictions = defer_if_reject, permit_mynetworks",
        "discard": "smtpd_recipient_restrictions = %s" % DISCARD,
        "data": "smtpd_recipient_restrictions = %s\nsmtpd_data_restrictions = reject\n"
                "smtpd_end_of_data_restrictions = reject" % DISCARD,
        "client": "smtpd_client_restrictions = check_client_access inline:{{127.0.0.1 = DISCARD y}}\n"
                  "smtpd_helo_restrictions = reject\nsmtpd_recipient_restrictions = reject",
        "mx": "smtpd_recipient_restrictions = check_sender_mx_access inline:{{198.51.100 = DISCARD x}}, reject",
        "ok": "smtpd_recipient_restrictions = check_sender_mx_access inline:{{198.51.100 = OK}}, reject",
        "literal": "smtpd_recipient_restrictions = check_sender_mx_access inline:{{1.2.3 = REJECT net}, "
                   "{[1.2.3.4] = REJECT bracket}}, permit_mynetworks",
        "ns": "smtpd_recipient_restrictions = check_sender_ns_access inline:{{1.2.3 = REJECT}}, permit_mynetworks",
    }
    scripts = r"""
== unlisted-recipient-after-defer-if-reject on=deferred
try bob@good.test nosuchuser@example.test => 450 4.7.0 ~defer_if_reject requested
== discard-ends-all-checks-of-the-message on=discard
> EHLO c.test
< 250
> MAIL FROM:<bob@good.test>
< 250
> RCPT TO:<alice@example.test>
< 250 2.1.5
> RCPT TO:<bob@example.test>
< 250 2.1.5
> RCPT TO:<nobody@example.test>
< 250 2.1.5
> RSET
< 250
> MAIL FROM:<bob@good.test>
< 250
> RCPT TO:<bob@example.test>
< 554 5.7.1
== discard-ends-the-checks-of-later-stages on=data
> EHLO c.test
< 250
> MAIL FROM:<bob@good.test>
< 250
> RCPT TO:<alice@example.test>
< 250 2.1.5
body 250 2.0.0
== discard-of-the-client-ends-all on=client
> EHLO c.test
< 250
> MAIL FROM:<bob@good.test>
< 250
> RCPT TO:<nobody@example.test>
< 250 2.1.5
== discard-is-allowed-of-mail-hosts on=mx
try bob@good.test alice@example.test => 250 2.1.5
== ok-is-not-allowed-of-mail-hosts on=ok
try bob@good.test alice@example.test => 451 4.3.5
log restriction check_sender_mx_access returns OK for bob@good\.test
== literal-is-a-host-without-brackets on=literal
try bob@[1.2.3.4] alice@example.test => 554 5.7.1 ~net
== literal-has-no-name-servers on=ns
try bob@[1.2.3.4] alice@example.test => 250 2.1.5
nolog Unable to look up NS host
"""
