// smtpd/access/rules.h - the restriction lists of main.cf, parsed.
//
// A list is a sequence of steps: a keyword with its argument, a restriction class, a table that stands for
// the list's own check_*_access.  Parsing opens tables and never fails: a step that makes no sense answers
// 451 4.3.5 when its turn comes, as Postfix does.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/config/own_addresses.h"
#include "lib/config/settings.h"
#include "lib/tables/address_lookup.h"
#include "lib/tables/local_domains.h"
#include "lib/tables/match_list.h"
#include "lib/tables/table_list.h"

namespace postrider::smtpd::access {

class Check;
struct Keyword;

// Which list is being worked on; decides the name in generic replies and what a bare table means.
enum class Stage { client, helo, sender, relay, recipient, data, end_of_data, etrn };

// What a keyword's argument was made into when the list was parsed.
struct Prepared {
    virtual ~Prepared() = default;
};

struct Step {
    std::string name;                  // as written
    std::string argument;              // "" when the keyword takes none
    const Keyword* keyword = nullptr;  // null: a class, or a mistake
    bool is_class = false;
    bool is_bare_table = false;  // of a class: its keyword is that of the list in hand
    bool warn_only = false;      // warn_if_reject stood before it
    std::string mistake;         // why the step makes no sense, for the log
    bool is_skipped = false;     // so little sense that it decides nothing
    tables::TablePtr table;      // of check_*_access
    std::shared_ptr<const Prepared> prepared;
};
using List = std::vector<Step>;

// The keyword that a bare type:table stands for in a list; null where there is none.
const Keyword* table_keyword_of(Stage stage);

// Tables may appear in lists of main.cf, not in what a table answered.
enum class Tables { allowed, forbidden };

// Everything the restrictions need from main.cf.
class Rules {
  public:
    // Opens tables.
    explicit Rules(const Settings& settings);

    // Without a stage: a class.
    List parse(std::string_view text, std::optional<Stage> stage, Tables tables) const;
    const List* find_class(const std::string& name) const;
    // Fatal unless a stranger's mail to strangers is refused somewhere (no open relay by accident).
    void demand_relay_control() const;

    const Settings& settings;
    List client, helo, sender, relay, recipient, data, end_of_data, etrn;

    tables::MatchList mynetworks;
    config::OwnAddresses own_addresses;
    std::vector<std::string> logged_permits;  // smtpd_log_access_permit_actions
    tables::MatchList backup_networks;
    tables::ParentStyle parent_style;
    mail::ExtensionRules extension;
    tables::AddressRules address_rules;

    tables::TableList local_recipients, relay_recipients, mailbox_recipients, aliases;
    tables::TableList canonical, sender_canonical, recipient_canonical;
    tables::TableList rbl_replies, sender_logins;
    tables::TableList client_certificates;  // relay_clientcerts

  private:
    void parse_classes();
    std::map<std::string, List> classes_;
    tables::LocalDomains local_domains_;
};

}  // namespace postrider::smtpd::access
