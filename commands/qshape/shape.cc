// commands/qshape/shape.cc - how many messages for which domain have waited how long.
#include "commands/qshape/shape.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "lib/base/text.h"

namespace postrider::qshape {

std::vector<long> bucket_limits(int count, long first, bool linear) {
    std::vector<long> limits;
    for (long limit = first; static_cast<int>(limits.size()) + 1 < count;
         limit = linear ? limit + first : limit * 2)
        limits.push_back(limit);
    return limits;
}

void Shape::add(std::string_view domain, std::int64_t age) {
    Row& row = domains_[lower(domain)];
    row.resize(limits_.size() + 2);
    const auto older = [age](long limit) { return age >= limit * 60; };
    const auto bucket = std::find_if_not(limits_.begin(), limits_.end(), older) - limits_.begin();
    ++row[0];
    ++row[static_cast<std::size_t>(bucket) + 1];
}

void Shape::merge_parents(std::size_t least) {
    std::map<std::string, std::set<std::string>> children;
    for (const auto& [domain, row] : domains_) {
        const std::size_t dot = domain.find('.');
        if (dot == std::string::npos || domain.find('.', dot + 1) == std::string::npos) continue;
        children[domain.substr(dot)].insert(domain);
    }
    for (const auto& [parent, names] : children) {
        if (names.size() < least) continue;
        Row& sum = domains_[parent];
        sum.resize(limits_.size() + 2);
        for (const std::string& name : names) {
            const Row row = domains_[name];
            for (std::size_t i = 0; i < row.size(); ++i) sum[i] += row[i];
            domains_.erase(name);
        }
    }
}

Shape::Row Shape::totals() const {
    Row all(limits_.size() + 2);
    for (const auto& [domain, row] : domains_)
        for (std::size_t i = 0; i < row.size(); ++i) all[i] += row[i];
    return all;
}

std::string Shape::table(std::size_t most, std::size_t width) const {
    std::vector<std::string> headings = {"T"};
    for (const long limit : limits_) headings.push_back(std::to_string(limit));
    headings.push_back(limits_.empty() ? "all" : std::to_string(limits_.back()) + "+");
    const Row all = totals();
    std::vector<std::pair<std::string, Row>> rows(domains_.begin(), domains_.end());
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.second[0] > b.second[0]; });
    if (rows.size() > most) rows.resize(most);

    std::vector<std::size_t> widths;
    std::size_t taken = 0;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        widths.push_back(std::max(headings[i].size(), std::to_string(all[i]).size()));
        taken += widths.back() + 1;
    }
    std::size_t longest = 5;
    for (const auto& [domain, row] : rows) longest = std::max(longest, domain.size());
    const std::size_t room = width > taken + 5 ? width - taken : longest;
    const std::size_t name_width = std::min(longest, room);

    const auto line = [&](std::string_view name, const auto& cell) {
        // The end of a long name tells more than its beginning.
        if (name.size() > name_width) name.remove_prefix(name.size() - name_width);
        std::string out = fmt::format("{:>{}}", name, name_width);
        for (std::size_t i = 0; i < widths.size(); ++i) out += fmt::format(" {:>{}}", cell(i), widths[i]);
        return out + "\n";
    };
    std::string out = line("", [&](std::size_t i) { return headings[i]; });
    out += line("TOTAL", [&](std::size_t i) { return all[i]; });
    for (const auto& row : rows) out += line(row.first, [&](std::size_t i) { return row.second[i]; });
    return out;
}

}  // namespace postrider::qshape
