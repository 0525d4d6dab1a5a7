// smtpd/access/certificate.cc - restrictions on the certificate that the client has shown.
//
// A fingerprint identifies a certificate, or its key, whoever signed it; a chain that ends at one of our
// authorities is asked for only where no list names the certificate.
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/daemon/tls_server_parameters.h"
#include "lib/tables/open.h"
#include "smtpd/access/check.h"
#include "smtpd/access/lookup.h"

namespace postrider::smtpd::access {

namespace {

Subject certificate_subject(const Check& check) {
    return {check.session.client.name, klass::certificate};
}

Keys fingerprints_of(const tls::Facts& facts) {
    return {facts.fingerprint, facts.key_fingerprint};
}

Task<Verdict> permit_tls_clientcerts(Check& check, const Step& step) {
    const Session& session = check.session;
    if (!session.tls || !session.tls->has_certificate()) co_return Verdict::dunno;
    for (const std::string& print : fingerprints_of(*session.tls)) {
        if (print.empty()) continue;
        std::string key = print;
        const tables::LookupResult found = co_await check.rules.client_certificates.find(std::move(key));
        if (found.found == tables::Found::try_again) co_return check.lookup_failed(session.client_label);
        if (found.found == tables::Found::yes) co_return check.permit(step, certificate_subject(check));
    }
    co_return Verdict::dunno;
}

Task<Verdict> permit_tls_all_clientcerts(Check& check, const Step& step) {
    const Session& session = check.session;
    if (!session.tls || session.tls->trust < tls::Trust::trusted) co_return Verdict::dunno;
    co_return check.permit(step, certificate_subject(check));
}

// The argument of check_ccert_access: type:table, or { type:table { search_order = ... } }.
struct CertificateTable : Prepared {
    tables::TablePtr table;
    std::vector<std::string> order{"cert_fingerprint", "pubkey_fingerprint"};
    std::string problem;
};

std::string_view inside_braces(std::string_view text) {
    return trim(text.substr(1, text.size() - 2));
}
bool is_braced(std::string_view text) {
    return text.size() >= 2 && text.front() == '{' && text.back() == '}';
}

// "name = value", perhaps in braces.
void read_option(CertificateTable& made, std::string_view text) {
    if (is_braced(text)) text = inside_braces(text);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || trim(text.substr(0, equals)) != "search_order") {
        made.problem = "unknown attribute \"" + std::string(text) + "\"";
        return;
    }
    made.order = split_words(text.substr(equals + 1));
    for (const std::string& word : made.order)
        if (word != "cert_fingerprint" && word != "pubkey_fingerprint")
            made.problem = "unknown search_order \"" + word + "\"";
    if (made.order.empty()) made.problem = "empty search_order";
}

std::shared_ptr<const Prepared> prepare(const std::string& argument, const Settings& settings) {
    auto made = std::make_shared<CertificateTable>();
    std::vector<std::string> words{argument};
    if (is_braced(argument)) words = split_words_with_braces(inside_braces(argument));
    if (words.empty() || words[0].find(':') == std::string::npos) {
        made->problem = "no type:table in it";
        return made;
    }
    made->table = tables::open_table(words[0], settings);
    for (std::size_t i = 1; i < words.size(); ++i) read_option(*made, words[i]);
    return made;
}

Task<Verdict> check_ccert_access(Check& check, const Step& step) {
    const auto& prepared = static_cast<const CertificateTable&>(*step.prepared);
    if (!prepared.problem.empty())
        co_return check.misconfigured("check_ccert_access " + step.argument + ": " + prepared.problem);
    if (!check.settings()[daemon::smtpd_tls_ask_ccert] && !check.settings()[daemon::smtpd_tls_req_ccert]) {
        log::warning("{} is requested, but \"{} = no\"", step.name, daemon::smtpd_tls_ask_ccert.name());
        co_return Verdict::dunno;
    }
    const Session& session = check.session;
    if (!session.tls || !session.tls->has_certificate()) co_return Verdict::dunno;
    Keys keys;
    for (const std::string& word : prepared.order)
        keys.push_back(word == "cert_fingerprint" ? session.tls->fingerprint : session.tls->key_fingerprint);
    const Subject subject = certificate_subject(check);
    for (const std::string& print : keys) {
        if (print.empty()) continue;
        std::string key = print;
        tables::LookupResult found = co_await prepared.table->find(std::move(key));
        const Source source{prepared.table->name(), print};
        if (found.found == tables::Found::try_again) co_return check.table_failed(source, subject);
        if (found.found == tables::Found::no) continue;
        std::string action = found.value;
        const Verdict verdict = co_await apply_action(check, action, subject, source);
        co_return verdict;
    }
    co_return Verdict::dunno;
}

constexpr Keyword keywords[] = {
    {"permit_tls_clientcerts", Argument::none, permit_tls_clientcerts},
    {"permit_tls_all_clientcerts", Argument::none, permit_tls_all_clientcerts},
    {"check_ccert_access", Argument::text, check_ccert_access, prepare},
};

}  // namespace

std::span<const Keyword> certificate_keywords() {
    return keywords;
}

}  // namespace postrider::smtpd::access
