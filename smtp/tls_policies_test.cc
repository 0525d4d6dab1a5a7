// smtp/tls_policies_test.cc - policies of destinations and hosts, and what DANE makes of them.
#include "smtp/tls_policies.h"

#include <catch2/catch.hpp>

#include "lib/queue/envelope.h"
#include "smtp/test_support.h"
#include "tests/fakes/dns_server.h"

using namespace postrider;
using namespace postrider::smtp;

namespace {

const std::string digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

// The policy as one line: level, protocols, grade, exclusions, names; or why there is none.
std::string text_of(const TlsPolicyAnswer& answer, const std::string& nexthop, const std::string& host) {
    if (answer.failure) return answer.failure->status + " " + answer.failure->reason;
    const TlsPolicy& policy = answer.policy;
    std::string text = level_name(policy.level);
    if (demands_identity(policy.level)) text += " for " + join(policy.names(nexthop, host), " ");
    return text;
}

struct Asked {
    std::string parameters;
    std::string destination;
    int sendopts = 0;
    TlsPolicyAnswer answer{};
};

Task<> ask(Asked* asked) {
    const Settings settings = test_settings(asked->parameters);
    const Options options(Protocol::smtp, settings);
    const TlsPolicies policies(options, settings);
    const Result<Destination> destination = parse_destination(asked->destination, options);
    asked->answer = co_await policies.for_destination(*destination, asked->sendopts);
}

TlsPolicyAnswer policy_for(const std::string& destination, const std::string& parameters, int sendopts = 0) {
    Asked asked{parameters, destination, sendopts};
    async::run(ask(&asked));
    return std::move(asked.answer);
}

std::string level_for(const std::string& destination, const std::string& parameters, int sendopts = 0) {
    const TlsPolicyAnswer answer = policy_for(destination, parameters, sendopts);
    return text_of(answer, "b.test", "mx.b.test");
}

}  // namespace

TEST_CASE("the level of main.cf, and the old parameters where it is empty", "[smtp][tls]") {
    struct Row {
        const char* parameters;
        const char* level;
    };
    const Row rows[] = {
        {"compatibility_level = 3.10\n", "none"},
        {"compatibility_level = 3.11\n", "may"},
        {"smtp_tls_security_level = encrypt\n", "encrypt"},
        {"smtp_tls_security_level = Verify\n", "verify for mx.b.test"},
        {"smtp_tls_security_level = secure\n", "secure for b.test .b.test"},
        {"smtp_tls_security_level =\nsmtp_use_tls = yes\n", "may"},
        {"smtp_tls_security_level =\nsmtp_enforce_tls = yes\n", "verify for mx.b.test"},
        {"smtp_tls_security_level =\nsmtp_enforce_tls = yes\nsmtp_tls_enforce_peername = no\n", "encrypt"},
        {"smtp_tls_security_level = none\nsmtp_enforce_tls = yes\n", "none"},
        {"smtp_tls_security_level = secure\nsmtp_tls_secure_cert_match = a.test:.b.test\n",
         "secure for a.test .b.test"},
        {"smtp_tls_security_level = fingerprint\n", "4.7.5 client TLS configuration problem"},
        {"smtp_tls_security_level = may\nsmtp_tls_wrappermode = yes\n",
         "4.7.5 client TLS configuration problem"},
    };
    for (const Row& row : rows) {
        INFO(row.parameters);
        CHECK(level_for("b.test", row.parameters) == row.level);
    }
}

TEST_CASE("policy tables are asked for the destination as written, then for parent domains", "[smtp][tls]") {
    const std::string table =
        "smtp_tls_security_level = may\n"
        "smtp_tls_policy_maps = inline:{ {b.test=encrypt} {.b.test=verify match=hostname} "
        "{[mx.b.test]:26=secure match=x.test} {[c.test]=none} }\n";
    struct Row {
        const char* destination;
        const char* level;
    };
    const Row rows[] = {
        {"b.test", "encrypt"},
        {"B.test", "encrypt"},
        {"a.b.test", "verify for mx.b.test"},
        {"a.a.b.test", "verify for mx.b.test"},
        {"a.b.test:25", "may"},  // a port: exactly this destination
        {"[mx.b.test]:26", "secure for x.test"},
        {"[mx.b.test]", "may"},
        {"[c.test]", "none"},
        {"c.test", "may"},
    };
    for (const Row& row : rows) {
        INFO(row.destination);
        CHECK(level_for(row.destination, table) == row.level);
    }
}

TEST_CASE("attributes of a policy replace parameters", "[smtp][tls]") {
    const std::string table =
        "smtp_tls_exclude_ciphers = MD5\nsmtp_tls_mandatory_exclude_ciphers = DES\n"
        "smtp_tls_policy_maps = inline:{ {b.test=encrypt protocols=TLSv1.2:TLSv1.3 ciphers=high exclude=RC4 "
        "servername=sni.test connection_reuse=yes enable_rpk=no policy_ttl=3} {plain.test=encrypt} "
        "{may.test=may} }\n";
    const TlsPolicy policy = policy_for("b.test", table).policy;
    CHECK(policy.protocols == "TLSv1.2:TLSv1.3");
    CHECK(policy.grade == "high");
    CHECK(policy.exclude == "RC4");
    CHECK(policy.sni("b.test", "mx.b.test") == "sni.test");
    CHECK(policy.connection_reuse);
    const TlsPolicy other = policy_for("plain.test", table).policy;
    CHECK(other.exclude == "MD5 DES");
    CHECK(other.protocols == ">=TLSv1");
    CHECK(other.sni("b.test", "mx.b.test") == "");
    CHECK_FALSE(other.connection_reuse);
    CHECK(policy_for("may.test", table).policy.exclude == "MD5");
}

TEST_CASE("a policy that cannot be understood keeps the mail", "[smtp][tls]") {
    for (const char* entry :
         {"frobnicate", "encrypt match=x", "encrypt color=red", "encrypt ciphers=high ciphers=medium",
          "encrypt servername=-x", "may tafile=/x", "encrypt protocols",
          "encrypt ciphers=", "encrypt connection_reuse=perhaps", "half-dane"}) {
        INFO(entry);
        const std::string table = "smtp_tls_policy_maps = inline:{ {b.test=" + std::string(entry) + "} }\n";
        CHECK(level_for("b.test", table) == "4.7.5 client TLS configuration problem");
    }
    CHECK(level_for("b.test", "smtp_tls_policy_maps = fail:x\n") == "4.7.5 client TLS configuration problem");
    // Nothing is left to attributes where there is no TLS.
    CHECK(level_for("b.test", "smtp_tls_policy_maps = inline:{ {b.test=none ciphers=huge} }\n") == "none");
}

TEST_CASE("words of the match lists stand for names", "[smtp][tls]") {
    TlsPolicy policy;
    policy.match = {"nexthop", "dot-nexthop", "hostname", "x.test"};
    CHECK(policy.names("b.test", "mx.c.test") ==
          std::vector<std::string>{"b.test", ".b.test", "mx.c.test", "x.test"});
    policy.tlsa_base = "base.test";
    CHECK(policy.names("b.test", "mx.c.test")[2] == "base.test");
    CHECK(policy.sni("b.test", "mx.c.test") == "base.test");
    policy.tlsa_base.clear();
    policy.server_name = "nexthop";
    CHECK(policy.sni("b.test", "mx.c.test") == "b.test");
    CHECK(policy.sni("192.0.2.1", "192.0.2.1") == "");
}

TEST_CASE("a message may ask for less, or for more", "[smtp][tls]") {
    namespace opt = queue::sendopt;
    CHECK(level_for("b.test", "smtp_tls_security_level = secure\n", opt::tls_not_required) == "may");
    CHECK(level_for("b.test", "smtp_tls_security_level = none\n", opt::tls_not_required) == "none");
    const std::string may = "mydomain = own.test\nsmtp_tls_security_level = may\n";
    CHECK(level_for("b.test", may, opt::require_tls) == "encrypt");
    CHECK(policy_for("b.test", may, opt::require_tls).policy.require_tls == RequireTls::enforce);
    CHECK(policy_for("a.own.test", may, opt::require_tls).policy.require_tls == RequireTls::opportunistic);
    CHECK(policy_for("[192.0.2.1]", may, opt::require_tls).policy.require_tls == RequireTls::opportunistic);
    CHECK(level_for("own.test", may, opt::require_tls) == "may");
    CHECK(level_for("b.test", may + "requiretls_enable = no\n", opt::require_tls) == "may");
    CHECK(policy_for("b.test", may + "smtp_requiretls_policy = opportunistic+starttls\n", opt::require_tls)
              .policy.level == TlsLevel::encrypt);
    CHECK(policy_for("b.test", may).policy.require_tls == RequireTls::off);
}

TEST_CASE("policies that differ have different keys", "[smtp][tls]") {
    TlsPolicy policy;
    policy.level = TlsLevel::secure;
    policy.match = {"a.test"};
    TlsPolicy other = policy;
    CHECK(policy.key() == other.key());
    other.match = {"b.test"};
    CHECK(policy.key() != other.key());
    other = policy;
    other.level = TlsLevel::verify;
    CHECK(policy.key() != other.key());
    other = policy;
    other.tlsa_base = "a.test";
    CHECK(policy.key() != other.key());
}

namespace {

struct DaneRow {
    const char* description;
    std::string level;
    std::string zone;
    std::string parameters;
    std::string outcome;
    std::string nexthop = "b.test";
};

Task<> ask_dane(const DaneRow* row, std::string* outcome, std::size_t* records) {
    fakes::DnsServer dns(row->zone);
    const Settings settings = test_settings(
        "smtp_dns_support_level = dnssec\nsmtp_tls_security_level = " + row->level + "\n" + row->parameters);
    const Options options(Protocol::smtp, settings);
    const TlsPolicies policies(options, settings);
    const Result<Destination> destination = parse_destination(row->nexthop, options);
    const Route route = co_await find_route(*destination, options);
    if (route.hosts.empty()) {
        *outcome = "no host";
        co_return;
    }
    TlsPolicyAnswer answer = co_await policies.for_destination(*destination, 0);
    TlsPolicy policy = std::move(answer.policy);
    answer = co_await policies.for_host(std::move(policy), *destination, route.hosts[0], route.exchange);
    *records = answer.policy.tlsa.size();
    *outcome = text_of(answer, destination->host, route.hosts[0].name);
}

}  // namespace

TEST_CASE("DANE: what DNS says decides", "[smtp][tls]") {
    const std::string mx = "b.test MX 10 mx.b.test\nb.test SECURE\n";
    const std::string insecure_mx = "b.test MX 10 mx.b.test\n";
    const std::string host = "mx.b.test A 192.0.2.1\nmx.b.test SECURE\n";
    const std::string insecure_host = "mx.b.test A 192.0.2.1\n";
    const std::string name = "_25._tcp.mx.b.test ";
    const std::string secure = name + "SECURE\n";
    const std::string tlsa = name + "TLSA 3 1 1 " + digest + "\n" + secure;
    const std::string alias =
        "mx.b.test CNAME real.test\nreal.test A 192.0.2.1\nmx.b.test SECURE\nreal.test SECURE\n";
    const DaneRow rows[] = {
        {"secure all the way", "dane", mx + host + tlsa, "", "dane for mx.b.test b.test"},
        {"and dane-only", "dane-only", mx + host + tlsa, "", "dane for mx.b.test b.test"},
        {"no records", "dane", mx + host, "", "may"},
        {"no records", "dane-only", mx + host, "", "4.7.5 no TLSA records found"},
        {"insecure records count as none", "dane", mx + host + name + "TLSA 3 1 1 " + digest + "\n", "",
         "may"},
        {"usages 0 and 1 are unusable", "dane", mx + host + name + "TLSA 1 1 1 " + digest + "\n" + secure, "",
         "encrypt"},
        {"unusable", "dane-only", mx + host + name + "TLSA 3 1 1 0123\n" + secure, "",
         "4.7.5 TLSA records unusable"},
        {"a lookup that fails", "dane", mx + host + name + "SERVFAIL\n", "",
         "4.7.5 TLSA lookup error for mx.b.test:25"},
        {"insecure MX", "dane", insecure_mx + host + tlsa, "", "half-dane for mx.b.test b.test"},
        {"insecure MX", "dane-only", insecure_mx + host + tlsa, "", "4.7.5 non DNSSEC destination"},
        {"insecure MX", "dane", insecure_mx + host + tlsa, "smtp_tls_dane_insecure_mx_policy = may\n", "may"},
        {"insecure MX", "dane", insecure_mx + host + tlsa, "smtp_tls_dane_insecure_mx_policy = encrypt\n",
         "encrypt"},
        {"insecure address: not asked at all", "dane", mx + insecure_host + name + "SERVFAIL\n", "", "may"},
        {"insecure address, forced", "dane", mx + insecure_host + tlsa,
         "smtp_tls_force_insecure_host_tlsa_lookup = yes\n", "dane for mx.b.test b.test"},
        {"no dnssec", "dane", mx + host + tlsa, "smtp_dns_support_level = enabled\n", "may"},
        {"no dnssec", "dane-only", mx + host + tlsa, "smtp_dns_support_level = enabled\n",
         "4.7.5 client TLS configuration problem"},
        {"the end of an alias", "dane",
         mx + alias + "_25._tcp.real.test TLSA 3 1 1 " + digest + "\n_25._tcp.real.test SECURE\n", "",
         "dane for real.test b.test"},
        {"the alias itself when its end has none", "dane", mx + alias + tlsa, "",
         "dane for mx.b.test b.test"},
        {"a host of its own", "dane", host + tlsa, "", "dane for mx.b.test", "[mx.b.test]"},
        {"another port", "dane", host + tlsa, "", "may", "[mx.b.test]:26"},
    };
    for (const DaneRow& row : rows) {
        INFO(row.description << ": " << row.level);
        std::string outcome;
        std::size_t records = 0;
        async::run(ask_dane(&row, &outcome, &records));
        CHECK(outcome == row.outcome);
        CHECK((records > 0) == (row.outcome.find("dane for") != std::string::npos));
    }
}
