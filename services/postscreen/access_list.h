// services/postscreen/access_list.h - postscreen_access_list: clients that need no tests, and clients that
// are turned away.
#pragma once

#include <string>
#include <vector>

#include "lib/config/settings.h"
#include "lib/tables/match_list.h"
#include "lib/tables/table.h"

namespace postrider::postscreen {

enum class Verdict { dunno, permit, reject };

class AccessList {
  public:
    // Words: permit_mynetworks, permit, reject, dunno, type:table.  Another one ends the list and is logged.
    explicit AccessList(const Settings& settings);
    // The first word that decides; a table that cannot be asked decides nothing and is logged.
    Task<Verdict> judge(std::string address) const;

  private:
    enum class Kind { permit_mynetworks, permit, reject, dunno, table, unknown };
    struct Item {
        Kind kind;
        tables::TablePtr table;
        std::string word;  // of Kind::unknown
    };
    static std::optional<Kind> kind_of(std::string_view word);
    Task<Verdict> judge_table(tables::TablePtr table, std::string address) const;
    Task<Verdict> judge_word(Kind kind, std::string address) const;
    tables::MatchList mynetworks_;
    std::vector<Item> items_;
};

}  // namespace postrider::postscreen
