// commands/qshape/shape.cc - how many messages for which domain have waited how long.
#include "commands/qshape/shape.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "lib/base/text.h"

namespace postrider::qshape {
namespace {

// Compat: scripts cut the columns.
constexpr std::size_t least_line = 80;
constexpr std::size_t least_name = 18;
constexpr std::size_t least_column = 2;
// Minutes; nothing is that old.
constexpr long eternity = 1'000'000'000'000;

}  // namespace

std::vector<long> bucket_limits(int count, long first, bool linear) {
    std::vector<long> limits;
    for (long limit = first; static_cast<int>(limits.size()) + 1 < count && limit < eternity;
         limit = linear ? limit + first : limit * 2)
        limits.push_back(limit);
    return limits;
}

void Shape::add(std::string_view domain, std::int64_t age) {
    Row& row = domains_[domain == null_sender ? std::string(domain) : lower(domain)];
    row.resize(limits_.size() + 2);
    const auto older = [age](long limit) { return age >= limit * 60; };
    const auto bucket = std::find_if_not(limits_.begin(), limits_.end(), older) - limits_.begin();
    for (Row* counts : {&row, &totals_}) {
        ++(*counts)[0];
        ++(*counts)[static_cast<std::size_t>(bucket) + 1];
    }
}

void Shape::add_parents(std::size_t least) {
    struct Parent {
        Row sum;
        std::set<std::string> children;  // one level below
    };
    std::map<std::string, Parent> parents;
    for (const auto& [domain, row] : domains_) {
        // A top-level domain is nobody's parent here.
        std::string child = domain;
        for (std::size_t dot = child.find('.'); dot != std::string::npos; dot = child.find('.', 1)) {
            const std::string parent = child.substr(dot);
            if (parent.find('.', 1) == std::string::npos) break;
            Parent& found = parents[parent];
            found.children.insert(child);
            found.sum.resize(row.size());
            for (std::size_t i = 0; i < row.size(); ++i) found.sum[i] += row[i];
            child = parent;
        }
    }
    for (auto& [name, parent] : parents)
        if (parent.children.size() >= least) domains_[name] = std::move(parent.sum);
}

std::string Shape::table(std::size_t most, std::size_t width) const {
    std::vector<std::string> headings = {"T"};
    for (const long limit : limits_) headings.push_back(std::to_string(limit));
    headings.push_back((limits_.empty() ? "0" : std::to_string(limits_.back())) + "+");
    std::vector<std::pair<std::string, Row>> rows(domains_.begin(), domains_.end());
    // Compat: of two with the same count the shorter name comes first.
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        if (a.second[0] != b.second[0]) return a.second[0] > b.second[0];
        return a.first.size() < b.first.size();
    });
    if (rows.size() > most) rows.resize(most);

    std::vector<std::size_t> widths;
    std::size_t taken = 0;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        widths.push_back(std::max({headings[i].size(), std::to_string(totals_[i]).size(), least_column}));
        taken += widths.back() + 1;
    }
    const std::size_t line_width = std::max(width, least_line);
    const std::size_t name_width = std::max(line_width - std::min(taken, line_width), least_name);

    const auto line = [&](std::string_view name, const auto& cell) {
        std::string shown(name);
        if (name.size() > name_width) {
            // The end of a long name tells more than its beginning.
            shown = name.front() == '.' ? ".+" : "+";
            shown += name.substr(name.size() - name_width + shown.size());
        }
        std::string out = fmt::format("{:>{}}", shown, name_width);
        for (std::size_t i = 0; i < widths.size(); ++i) out += fmt::format(" {:>{}}", cell(i), widths[i]);
        return out + "\n";
    };
    std::string out = line("", [&](std::size_t i) { return headings[i]; });
    out += line("TOTAL", [&](std::size_t i) { return totals_[i]; });
    for (const auto& row : rows) out += line(row.first, [&](std::size_t i) { return row.second[i]; });
    return out;
}

}  // namespace postrider::qshape
