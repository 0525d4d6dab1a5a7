// lib/milter/filters.cc - the mail filters of one session.
#include "lib/milter/filters.h"

#include "lib/base/text.h"
#include "lib/ipc/attributes.h"

namespace postrider::milter {

namespace {

using State = Filter::State;

constexpr Stage content_stages[] = {Stage::end_of_header, Stage::end_of_message};

// How a conversation is described to the process that goes on with it.
struct HandedFilter {
    std::string endpoint;
    int default_kind = 0;
    std::string default_reply;
    std::int64_t command_timeout = 0, content_timeout = 0;
    std::int64_t version = 0, actions = 0, protocol = 0;
    int state = 0;
    int standing_kind = 0;
    std::string standing_reply;
    std::int64_t skipped = 0;
    bool connected = false;
    std::vector<std::string> header_macros, end_macros;
    template <class V>
    void attributes(V&& visit) {
        visit("endpoint", endpoint);
        visit("default_kind", default_kind);
        visit("default_reply", default_reply);
        visit("command_timeout", command_timeout);
        visit("content_timeout", content_timeout);
        visit("version", version);
        visit("actions", actions);
        visit("protocol", protocol);
        visit("state", state);
        visit("standing_kind", standing_kind);
        visit("standing_reply", standing_reply);
        visit("skipped", skipped);
        visit("connected", connected);
        visit("header_macro", header_macros);
        visit("end_macro", end_macros);
    }
};
struct HandedMacro {
    std::string name, value;
    template <class V>
    void attributes(V&& visit) {
        visit("name", name);
        visit("value", value);
    }
};
struct HandOver {
    std::vector<HandedFilter> filters;
    std::vector<HandedMacro> macros;
    template <class V>
    void attributes(V&& visit) {
        visit("filter", filters);
        visit("macro", macros);
    }
};

Verdict verdict_of(int kind, std::string reply) {
    Verdict verdict;
    if (kind >= 0 && kind <= static_cast<int>(Verdict::Kind::refuse))
        verdict.kind = static_cast<Verdict::Kind>(kind);
    verdict.reply = std::move(reply);
    return verdict;
}

// States as words, with the standing verdict behind: "failed 3 550 5.5.0 Service unavailable".
constexpr std::string_view state_words[] = {"unopened", "open",     "message", "accepted",
                                            "passed",   "refusing", "failed"};

std::optional<State> state_of(std::string_view word) {
    for (std::size_t i = 0; i < std::size(state_words); ++i)
        if (state_words[i] == word) return static_cast<State>(i);
    return std::nullopt;
}

std::vector<std::string>& names_of(MacroNames& names, Stage stage) {
    return names[static_cast<std::size_t>(macro_stage(stage))];
}

HandedFilter describe(const Filter& filter) {
    HandedFilter handed;
    const FilterSettings& settings = filter.settings();
    handed.endpoint = settings.endpoint;
    handed.default_kind = static_cast<int>(settings.default_action.kind);
    handed.default_reply = settings.default_action.reply;
    handed.command_timeout = settings.command_timeout.count();
    handed.content_timeout = settings.content_timeout.count();
    handed.version = filter.terms().version;
    handed.actions = filter.terms().actions;
    handed.protocol = filter.terms().protocol;
    handed.state = static_cast<int>(filter.state());
    handed.standing_kind = static_cast<int>(filter.standing().kind);
    handed.standing_reply = filter.standing().reply;
    handed.skipped = filter.skipped();
    handed.connected = filter.fd() >= 0;
    MacroNames names = filter.macro_names();
    handed.header_macros = names_of(names, Stage::end_of_header);
    handed.end_macros = names_of(names, Stage::end_of_message);
    return handed;
}

}  // namespace

Filters::Filters(const FilterList& filters, const MacroSettings& macros) : macros_(&macros) {
    filters_.reserve(filters.size());
    for (const FilterSettings& filter : filters) filters_.emplace_back(filter, macros.names);
}

Filters::~Filters() {
    if (lent_) return;
    for (Filter& filter : filters_) filter.quit();
}

std::set<std::string, std::less<>> Filters::wanted_macros(Stage stage) const {
    std::set<std::string, std::less<>> wanted;
    for (const Filter& filter : filters_) {
        if (!filter.in_conversation() && filter.state() != State::unopened &&
            filter.state() != State::message_accepted)
            continue;
        for (const std::string& name : filter.macro_names()[static_cast<std::size_t>(macro_stage(stage))])
            wanted.emplace(bare_name(name));
    }
    return wanted;
}

void Filters::add_defaults(MacroValues& values) const {
    if (macros_ == nullptr) return;
    for (const auto& [name, value] : macros_->defaults) {
        const auto at = values.find(name);
        if (at == values.end() || at->second.empty()) values.insert_or_assign(name, value);
    }
}

Task<Verdict> Filters::event(Stage stage, std::string data, MacroValues values) {
    add_defaults(values);
    Verdict whole;
    for (Filter& filter : filters_) {
        if (stage == Stage::connect) co_await filter.open();
        std::string macros = filter.macros(stage, values);
        std::string copy = data;
        Verdict verdict = co_await filter.event(stage, std::move(macros), std::move(copy));
        if (verdict.kind == Verdict::Kind::hold)
            whole = verdict;
        else if (!verdict.goes_on())
            co_return verdict;
    }
    co_return whole;
}

Task<> Filters::rejected_recipient(std::string data, MacroValues values) {
    add_defaults(values);
    for (Filter& filter : filters_) {
        const bool asked = (filter.terms().protocol & protocol::rejected_recipients) != 0;
        if (!asked || filter.state() != State::in_message) continue;
        std::string macros = filter.macros(Stage::rcpt, values);
        std::string copy = data;
        const Verdict ignored = co_await filter.event(Stage::rcpt, std::move(macros), std::move(copy));
        static_cast<void>(ignored);
    }
}

Verdict Filters::standing() const {
    for (const Filter& filter : filters_)
        if (filter.standing().kind == Verdict::Kind::refuse) return filter.standing();
    return Verdict();
}

void Filters::abort() {
    for (Filter& filter : filters_) filter.abort();
}

Task<std::string> Filters::hand_over(MacroValues values) {
    add_defaults(values);
    HandOver all;
    for (Filter& filter : filters_) {
        co_await filter.flush();
        all.filters.push_back(describe(filter));
    }
    std::set<std::string, std::less<>> wanted;
    for (const Stage stage : content_stages)
        for (const std::string& name : wanted_macros(stage)) wanted.insert(name);
    for (const std::string& name : wanted) {
        const auto value = values.find(name);
        if (value == values.end()) continue;
        HandedMacro macro;
        macro.name = name;
        macro.value = value->second;
        all.macros.push_back(std::move(macro));
    }
    co_return ipc::encode(all);
}

std::vector<int> Filters::connections() const {
    std::vector<int> descriptors;
    for (const Filter& filter : filters_)
        if (filter.fd() >= 0) descriptors.push_back(filter.fd());
    return descriptors;
}

std::unique_ptr<Filters> Filters::from_hand_over(std::string_view description, std::vector<Fd> connections) {
    auto handed = ipc::decode<HandOver>(description);
    if (!handed) return nullptr;
    std::unique_ptr<Filters> filters(new Filters());
    std::size_t used = 0;
    filters->filters_.reserve(handed->filters.size());
    for (HandedFilter& one : handed->filters) {
        if (one.state < 0 || one.state > static_cast<int>(State::failed)) return nullptr;
        FilterSettings settings;
        settings.endpoint = std::move(one.endpoint);
        settings.default_action = verdict_of(one.default_kind, std::move(one.default_reply));
        settings.command_timeout = std::chrono::seconds(one.command_timeout);
        settings.content_timeout = std::chrono::seconds(one.content_timeout);
        Terms terms;
        terms.version = static_cast<std::uint32_t>(one.version);
        terms.actions = static_cast<std::uint32_t>(one.actions);
        terms.protocol = static_cast<std::uint32_t>(one.protocol);
        MacroNames names;
        names_of(names, Stage::end_of_header) = std::move(one.header_macros);
        names_of(names, Stage::end_of_message) = std::move(one.end_macros);
        Fd connection;
        if (one.connected) {
            if (used == connections.size()) return nullptr;
            connection = std::move(connections[used++]);
        }
        const auto state = static_cast<State>(one.state);
        const bool speaks = state == State::open || state == State::in_message;
        if (speaks && !connection) return nullptr;
        filters->filters_.emplace_back(std::move(settings),
                                       std::make_shared<const MacroNames>(std::move(names)), terms, state,
                                       verdict_of(one.standing_kind, std::move(one.standing_reply)),
                                       static_cast<unsigned>(one.skipped), std::move(connection));
    }
    for (HandedMacro& macro : handed->macros)
        filters->content_values_.insert_or_assign(std::move(macro.name), std::move(macro.value));
    // Whoever handed them over says goodbye.
    filters->lent_ = true;
    return filters;
}

std::vector<std::string> Filters::states() const {
    std::vector<std::string> words;
    for (const Filter& filter : filters_) {
        std::string word(state_words[static_cast<std::size_t>(filter.state())]);
        const Verdict& standing = filter.standing();
        if (filter.state() == State::refusing || filter.state() == State::failed)
            word += " " + std::to_string(static_cast<int>(standing.kind)) + " " + standing.reply;
        words.push_back(std::move(word));
    }
    return words;
}

void Filters::take_back(const std::vector<std::string>& states) {
    lent_ = false;
    for (std::size_t i = 0; i < filters_.size(); ++i) {
        Filter& filter = filters_[i];
        const std::string_view text = i < states.size() ? std::string_view(states[i]) : std::string_view();
        const std::size_t space = text.find(' ');
        const std::optional<State> state = state_of(text.substr(0, space));
        if (!state) {
            // Nobody knows what was said last.
            if (filter.in_conversation()) filter.fail("lost in the middle of a message");
            continue;
        }
        const bool standing = space != std::string_view::npos && space + 2 < text.size();
        Verdict verdict;
        if (standing) verdict = verdict_of(text[space + 1] - '0', std::string(text.substr(space + 3)));
        filter.resume(*state, std::move(verdict));
    }
}

}  // namespace postrider::milter
