// services/postscreen/access_list.cc - postscreen_access_list.
#include "services/postscreen/access_list.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "services/postscreen/parameters.h"

namespace postrider::postscreen {

namespace {

void warn_of_unknown(std::string_view list, std::string_view word) {
    log::warning("{}: unknown command: {} -- ignoring the remainder of this access list", list, word);
}

}  // namespace

AccessList::AccessList(const Settings& settings)
    : mynetworks_(config::mynetworks, tables::ListKind::addresses, settings) {
    for (const std::string& word : settings.words(postscreen_access_list)) {
        const auto kind = kind_of(word);
        if (kind)
            items_.push_back({*kind, nullptr, {}});
        else if (word.find(':') != std::string::npos)
            items_.push_back({Kind::table, tables::open_table(word, settings), {}});
        else
            items_.push_back({Kind::unknown, nullptr, word});
    }
}

std::optional<AccessList::Kind> AccessList::kind_of(std::string_view word) {
    if (equals_ignoring_case(word, "permit_mynetworks")) return Kind::permit_mynetworks;
    if (equals_ignoring_case(word, "permit")) return Kind::permit;
    if (equals_ignoring_case(word, "reject")) return Kind::reject;
    if (equals_ignoring_case(word, "dunno")) return Kind::dunno;
    return std::nullopt;
}

Task<Verdict> AccessList::judge_word(Kind kind, std::string address) const {
    if (kind == Kind::permit) co_return Verdict::permit;
    if (kind == Kind::reject) co_return Verdict::reject;
    if (kind != Kind::permit_mynetworks) co_return Verdict::dunno;
    const tables::Match match = co_await mynetworks_.matches("", address);
    co_return match == tables::Match::yes ? Verdict::permit : Verdict::dunno;
}

// The value of a table is a list of words, but for other tables.
Task<Verdict> AccessList::judge_table(tables::TablePtr table, std::string address) const {
    const tables::LookupResult found = co_await table->find(address);
    if (found.found == tables::Found::try_again)
        log::warning("postscreen_access_list: {}: {}", table->name(), found.reason);
    if (found.found != tables::Found::yes) co_return Verdict::dunno;
    for (const std::string& word : split_words(found.value)) {
        const auto kind = kind_of(word);
        if (!kind) {
            warn_of_unknown(table->name(), word);
            co_return Verdict::dunno;
        }
        const Verdict verdict = co_await judge_word(*kind, address);
        if (verdict != Verdict::dunno || *kind == Kind::dunno) co_return verdict;
    }
    co_return Verdict::dunno;
}

Task<Verdict> AccessList::judge(std::string address) const {
    for (const Item& item : items_) {
        Verdict verdict = Verdict::dunno;
        if (item.kind == Kind::unknown) {
            warn_of_unknown(postscreen_access_list.name(), item.word);
            co_return Verdict::dunno;
        }
        if (item.kind == Kind::table)
            verdict = co_await judge_table(item.table, address);
        else
            verdict = co_await judge_word(item.kind, address);
        // "dunno" ends the list, a table that does not know the client does not.
        if (verdict != Verdict::dunno || item.kind == Kind::dunno) co_return verdict;
    }
    co_return Verdict::dunno;
}

}  // namespace postrider::postscreen
