// lib/tables/plugins/ldap/ldap.cc - the table type ldap: a search in a directory; ldap_table(5).
//
// RFC 4511 (the protocol), RFC 4514 (names), RFC 4515 (filters).
#include <ldap.h>
#include <sasl/sasl.h>
#include <strings.h>
#include <sys/time.h>

#include <algorithm>
#include <climits>
#include <memory>

#include "lib/tables/plugins/ldap/text.h"
#include "lib/tables/plugins/server_table.h"

namespace {

using namespace postrider::tables::plugin;

enum class Bind { none, simple, sasl };

Bind bind_of(const Options& options) {
    const std::string word = options.text("bind", "yes");
    if (word == "no" || word == "none") return Bind::none;
    if (word == "yes" || word == "simple") return Bind::simple;
    if (word == "sasl") return Bind::sasl;
    throw BadOption("unsupported parameter value: bind = " + word);
}

int scope_of(const Options& options) {
    const std::string word = options.has("scope") ? options.needed("scope") : "sub";
    if (strcasecmp(word.c_str(), "one") == 0) return LDAP_SCOPE_ONELEVEL;
    if (strcasecmp(word.c_str(), "base") == 0) return LDAP_SCOPE_BASE;
    return LDAP_SCOPE_SUBTREE;  // Compat: whatever else is written
}

struct Configuration {
    explicit Configuration(const Options& options)
        : hosts(ldap_uris(options.words("server_host", "localhost"), options.text("server_port", "389"))),
          search_base(options.text("search_base")),
          query_filter(options.text("query_filter", "(mailacceptinggeneralid=%s)")),
          attributes(options),
          scope(scope_of(options)),
          bind(bind_of(options)),
          bind_dn(options.text("bind_dn")),
          bind_pw(options.text("bind_pw")),
          sasl_mechs(options.text("sasl_mechs")),
          sasl_realm(options.text("sasl_realm")),
          sasl_authz_id(options.text("sasl_authz_id")),
          sasl_minssf(options.number("sasl_minssf", 0)),
          timeout(options.number("timeout", 10, INT_MIN)),
          recursion_limit(options.number("recursion_limit", 1000, 1)),
          size_limit(options.number("size_limit", options.number("expansion_limit", 0))),
          dereference(options.number("dereference", 0)),
          debug_level(options.number("debuglevel", 0)),
          // Compat: 2 is Postfix's default, which servers of today refuse.
          version(options.number("version", LDAP_VERSION3, LDAP_VERSION2)),
          chase_referrals(options.text("chase_referrals", "0") == "1" ||
                          options.text("chase_referrals") == "yes"),
          start_tls(options.flag("start_tls", false)),
          tls_require_cert(options.flag("tls_require_cert", false)),
          tls_ca_cert_dir(options.text("tls_ca_cert_dir")),
          tls_ca_cert_file(options.text("tls_ca_cert_file")),
          tls_cert(options.text("tls_cert")),
          tls_key(options.text("tls_key")),
          tls_random_file(options.text("tls_random_file")),
          tls_cipher_suite(options.text("tls_cipher_suite")) {
        // Compat: numbers that mean nothing stand for others.
        if (dereference > 3) dereference = 0;
        if (version > LDAP_VERSION3) version = LDAP_VERSION3;
    }
    std::vector<std::string> hosts;
    static constexpr int retry_interval = 10;
    static constexpr int idle_interval = 300;
    std::string search_base, query_filter;
    Attributes attributes;
    int scope;
    Bind bind;
    std::string bind_dn, bind_pw, sasl_mechs, sasl_realm, sasl_authz_id;
    int sasl_minssf, timeout, recursion_limit, size_limit, dereference, debug_level, version;
    bool chase_referrals, start_tls, tls_require_cert;
    std::string tls_ca_cert_dir, tls_ca_cert_file, tls_cert, tls_key, tls_random_file, tls_cipher_suite;

    std::vector<std::string> templates() const { return {search_base, query_filter}; }
    // 0: no limit of ours.
    timeval time_limit() const { return timeval{timeout > 0 ? timeout : 3600, 0}; }
};

struct FreeMessage {
    void operator()(LDAPMessage* message) const { ldap_msgfree(message); }
};
using Message = std::unique_ptr<LDAPMessage, FreeMessage>;
struct FreeValues {
    void operator()(berval** values) const { ldap_value_free_len(values); }
};
using Values = std::unique_ptr<berval*, FreeValues>;
struct FreeUrl {
    void operator()(LDAPURLDesc* url) const { ldap_free_urldesc(url); }
};

// What SASL asks for, answered from the configuration.
int answer_sasl(LDAP*, unsigned, void* given, void* asked) {
    const auto& c = *static_cast<const Configuration*>(given);
    for (auto* prompt = static_cast<sasl_interact_t*>(asked); prompt->id != SASL_CB_LIST_END; ++prompt) {
        const std::string* answer = nullptr;
        if (prompt->id == SASL_CB_GETREALM) answer = &c.sasl_realm;
        if (prompt->id == SASL_CB_AUTHNAME) answer = &c.bind_dn;
        if (prompt->id == SASL_CB_PASS) answer = &c.bind_pw;
        if (prompt->id == SASL_CB_USER) answer = &c.sasl_authz_id;
        prompt->result = answer != nullptr ? answer->c_str() : "";
        prompt->len = answer != nullptr ? static_cast<unsigned>(answer->size()) : 0;
    }
    return LDAP_SUCCESS;
}

class LdapConnection : public Connection {
  public:
    explicit LdapConnection(std::shared_ptr<const Configuration> configuration)
        : configuration_(std::move(configuration)) {}
    ~LdapConnection() override {
        if (server_ != nullptr) ldap_unbind_ext_s(server_, nullptr, nullptr);
    }

    // The reason of a failure; empty: connected and bound.
    std::string connect(const std::string& uri) {
        const Configuration& c = *configuration_;
        int code = ldap_initialize(&server_, uri.c_str());
        if (code != LDAP_SUCCESS) return "ldap_initialize: " + text_of(code);
        if (const std::string problem = set_options(c); !problem.empty()) return problem;
        if (c.start_tls) {
            code = ldap_start_tls_s(server_, nullptr, nullptr);
            if (code != LDAP_SUCCESS) return "unable to set STARTTLS: " + text_of(code);
        }
        code = LDAP_SUCCESS;
        if (c.bind == Bind::simple) code = bind_simply(c);
        if (c.bind == Bind::sasl)
            code = ldap_sasl_interactive_bind_s(server_, nullptr, or_null(c.sasl_mechs), nullptr, nullptr,
                                                LDAP_SASL_QUIET, answer_sasl, const_cast<Configuration*>(&c));
        if (code != LDAP_SUCCESS)
            return "unable to bind as " + c.bind_dn + ": " + std::to_string(code) + " (" + text_of(code) +
                   ")";
        return "";
    }

    Answer ask(const Question& question) override {
        const Configuration& c = *configuration_;
        const auto base = question.expand(c.search_base, quote_name);
        const auto filter = question.expand(c.query_filter, quote_filter);
        if (!base || !filter) return Answer::of({});
        Answer answer;
        search(*base, c.scope, *filter, c.attributes.names, 0, answer);
        return answer;
    }

  private:
    static const char* or_null(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }
    static std::string text_of(int code) { return ldap_err2string(code); }

    std::string set_options(const Configuration& c) {
        const timeval limit = c.time_limit();
        const auto set = [this](int option, const void* value) {
            return ldap_set_option(server_, option, value) == LDAP_OPT_SUCCESS;
        };
        const auto set_text = [&](int option, const std::string& value) {
            return value.empty() || set(option, value.c_str());
        };
        bool good = set(LDAP_OPT_PROTOCOL_VERSION, &c.version) && set(LDAP_OPT_NETWORK_TIMEOUT, &limit) &&
                    set(LDAP_OPT_TIMEOUT, &limit) && set(LDAP_OPT_DEREF, &c.dereference) &&
                    set(LDAP_OPT_SIZELIMIT, &c.size_limit) &&
                    set(LDAP_OPT_REFERRALS, c.chase_referrals ? LDAP_OPT_ON : LDAP_OPT_OFF);
        if (c.debug_level > 0) ldap_set_option(nullptr, LDAP_OPT_DEBUG_LEVEL, &c.debug_level);
        const int certificates = c.tls_require_cert ? LDAP_OPT_X_TLS_HARD : LDAP_OPT_X_TLS_NEVER;
        const int client = 0;
        good = good && set_text(LDAP_OPT_X_TLS_CACERTDIR, c.tls_ca_cert_dir) &&
               set_text(LDAP_OPT_X_TLS_CACERTFILE, c.tls_ca_cert_file) &&
               set_text(LDAP_OPT_X_TLS_CERTFILE, c.tls_cert) && set_text(LDAP_OPT_X_TLS_KEYFILE, c.tls_key) &&
               set_text(LDAP_OPT_X_TLS_CIPHER_SUITE, c.tls_cipher_suite) &&
               set(LDAP_OPT_X_TLS_REQUIRE_CERT, &certificates);
        // Not every TLS library of libldap has a file of random bytes.
        if (!c.tls_random_file.empty()) set_text(LDAP_OPT_X_TLS_RANDOM_FILE, c.tls_random_file);
        if (good) set(LDAP_OPT_X_TLS_NEWCTX, &client);
        if (c.bind == Bind::sasl && c.sasl_minssf > 0) {
            const std::string properties = "minssf=" + std::to_string(c.sasl_minssf);
            good = good && set(LDAP_OPT_X_SASL_SECPROPS, properties.c_str());
        }
        return good ? "" : "an option is not supported by the LDAP library";
    }

    int bind_simply(const Configuration& c) {
        berval password{c.bind_pw.size(), const_cast<char*>(c.bind_pw.data())};
        return ldap_sasl_bind_s(server_, c.bind_dn.c_str(), LDAP_SASL_SIMPLE, &password, nullptr, nullptr,
                                nullptr);
    }

    // Adds what the search finds to the answer; false when the answer is already a failure.
    bool search(const std::string& base, int scope, const std::string& filter,
                const std::vector<std::string>& attributes, int depth, Answer& answer) {
        const Configuration& c = *configuration_;
        timeval limit = c.time_limit();
        std::vector<char*> names;
        for (const std::string& name : attributes) names.push_back(const_cast<char*>(name.c_str()));
        names.push_back(nullptr);
        LDAPMessage* found = nullptr;
        const int code = ldap_search_ext_s(server_, base.c_str(), scope, filter.c_str(), names.data(), 0,
                                           nullptr, nullptr, &limit, c.size_limit, &found);
        const Message message(found);
        // A base that is the same for every key is a mistake in the configuration when it does not exist.
        if (code == LDAP_NO_SUCH_OBJECT && depth == 0 && c.search_base.find('%') == std::string::npos) {
            answer = Answer::refuse("Search base '" + base + "' not found: 32: " + ldap_err2string(code));
            return false;
        }
        if (code == LDAP_NO_SUCH_OBJECT) return true;
        if (code != LDAP_SUCCESS) {
            answer = failure(code);
            return false;
        }
        for (LDAPMessage* entry = ldap_first_entry(server_, message.get()); entry != nullptr;
             entry = ldap_next_entry(server_, entry))
            if (!add_entry(entry, depth, answer)) return false;
        return true;
    }

    static Answer failure(int code) {
        const std::string text = "search error " + std::to_string(code) + ": " + ldap_err2string(code);
        // Negative codes are the library's; busy, unavailable and the like are the server's.
        const bool gone =
            code < 0 || code == LDAP_BUSY || code == LDAP_UNAVAILABLE || code == LDAP_UNWILLING_TO_PERFORM;
        return gone ? Answer::gone(text) : Answer::refuse(text);
    }

    std::vector<std::string> values_of(LDAPMessage* entry, const std::string& attribute) {
        std::vector<std::string> out;
        const Values values(ldap_get_values_len(server_, entry, attribute.c_str()));
        for (berval** value = values.get(); value != nullptr && *value != nullptr; ++value)
            out.emplace_back((*value)->bv_val, (*value)->bv_len);
        return out;
    }

    // What the entry has of the attributes we know, in its own order.
    std::vector<std::pair<Attributes::Kind, std::string>> attributes_of(LDAPMessage* entry) {
        std::vector<std::pair<Attributes::Kind, std::string>> out;
        BerElement* position = nullptr;
        for (char* name = ldap_first_attribute(server_, entry, &position); name != nullptr;
             name = ldap_next_attribute(server_, entry, position)) {
            const auto kind = configuration_->attributes.kind_of(name);
            if (kind) out.emplace_back(*kind, name);
            ldap_memfree(name);
        }
        ber_free(position, 0);
        return out;
    }

    bool add_entry(LDAPMessage* entry, int depth, Answer& answer) {
        const auto attributes = attributes_of(entry);
        const auto has = [&attributes](Attributes::Kind kind) {
            return std::any_of(attributes.begin(), attributes.end(),
                               [kind](const auto& attribute) { return attribute.first == kind; });
        };
        const bool terminal = has(Attributes::Kind::terminal);
        const bool leaf = !terminal && !has(Attributes::Kind::special);
        for (const auto& [kind, name] : attributes) {
            if (!Attributes::counts(kind, terminal, leaf)) continue;
            for (std::string& value : values_of(entry, name)) {
                if (kind != Attributes::Kind::special) {
                    answer.values.push_back(std::move(value));
                } else if (!follow(value, depth + 1, answer)) {
                    return false;
                }
            }
        }
        return true;
    }

    // The value of a special attribute names another entry, or a search.
    bool follow(const std::string& value, int depth, Answer& answer) {
        if (depth >= configuration_->recursion_limit) {
            answer = Answer::refuse("recursion limit exceeded");
            return false;
        }
        if (ldap_is_ldap_url(value.c_str()) == 0)
            return search(value, LDAP_SCOPE_BASE, "(objectclass=*)", configuration_->attributes.names, depth,
                          answer);
        LDAPURLDesc* parsed = nullptr;
        if (ldap_url_parse(value.c_str(), &parsed) != LDAP_URL_SUCCESS) {
            answer = Answer::refuse("malformed LDAP URL: " + value);
            return false;
        }
        const std::unique_ptr<LDAPURLDesc, FreeUrl> url(parsed);
        const std::string base = url->lud_dn != nullptr ? url->lud_dn : "";
        const std::string filter = url->lud_filter != nullptr ? url->lud_filter : "(objectclass=*)";
        // A URL that names attributes gives no others.
        std::vector<std::string> attributes;
        for (char** name = url->lud_attrs; name != nullptr && *name != nullptr; ++name)
            attributes.emplace_back(*name);
        if (attributes.empty()) attributes = configuration_->attributes.names;
        return search(base, url->lud_scope < 0 ? LDAP_SCOPE_BASE : url->lud_scope, filter, attributes, depth,
                      answer);
    }

    std::shared_ptr<const Configuration> configuration_;
    LDAP* server_ = nullptr;
};

class LdapTable : public ServerTable<Configuration, LdapConnection> {
  public:
    using ServerTable::ServerTable;
    bool spread_load() const override { return false; }
};

}  // namespace

POSTRIDER_PLUGIN;
POSTRIDER_OPENER postrider_open_ldap(const Options& options, std::string& reason) {
    return open<LdapTable>(options, reason);
}
