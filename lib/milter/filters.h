// lib/milter/filters.h - the mail filters of one session, asked one after the other.
//
// smtpd(8) makes the list, tells of the session and hands the conversations over to cleanup(8) for the
// content: hand_over() describes them, and the descriptors travel along.  cleanup(8) makes its own list of
// that, and the states it reports when it is done are given to take_back().
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "lib/milter/filter.h"

namespace postrider::milter {

class Filters {
  public:
    // `macros` outlives the list.
    Filters(const FilterList& filters, const MacroSettings& macros);
    // From a description; nothing when it makes no sense or the descriptors do not fit it.
    static std::unique_ptr<Filters> from_hand_over(std::string_view description, std::vector<Fd> connections);
    Filters(const Filters&) = delete;
    Filters& operator=(const Filters&) = delete;
    // Takes leave of the filters, unless the conversations belong to somebody else at the moment.
    ~Filters();

    std::vector<Filter>& all() { return filters_; }
    // Bare names of the macros that any filter wants with an event.
    std::set<std::string, std::less<>> wanted_macros(Stage stage) const;

    // Tells all filters of an event, in order, until one refuses or discards.
    Task<Verdict> event(Stage stage, std::string data, MacroValues values);
    // Tells of a recipient that is refused anyway; only filters that asked for it hear it.
    Task<> rejected_recipient(std::string data, MacroValues values);
    // The first verdict that stands whatever comes: of a filter that refuses the session, or has failed.
    Verdict standing() const;
    // The transaction is over without an end of message.
    void abort();

    // Sends what has been collected, and describes the conversations for from_hand_over(); the values are for
    // the macros of the content.
    Task<std::string> hand_over(MacroValues values);
    // The descriptors of the open conversations, in order; they stay ours.
    std::vector<int> connections() const;
    // From now on until take_back() the conversations are not ours.
    void lend() { lent_ = true; }
    // What states() of the other list said; an empty list means that nobody knows.
    void take_back(const std::vector<std::string>& states);
    // One word for each filter.
    std::vector<std::string> states() const;
    // Values of the macros for the content, as they were handed over.
    const MacroValues& content_values() const { return content_values_; }

  private:
    Filters() = default;
    void add_defaults(MacroValues& values) const;

    const MacroSettings* macros_ = nullptr;
    std::vector<Filter> filters_;
    MacroValues content_values_;
    bool lent_ = false;
};

}  // namespace postrider::milter
