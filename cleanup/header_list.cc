// cleanup/header_list.cc - the headers and the body of a message that filters change.
#include "cleanup/filtering.h"
#include "lib/base/text.h"
#include "lib/mail/header.h"
#include "lib/queue/record.h"

namespace postrider::cleanup {

void HeaderList::add(std::string text, bool hidden) {
    HeaderLine line;
    line.text = std::move(text);
    line.hidden = hidden;
    lines_.push_back(std::move(line));
}

void HeaderList::append(std::string text) {
    changed_ = true;
    add(std::move(text));
}

void HeaderList::insert(std::size_t index, std::string text) {
    HeaderLine line;
    line.text = std::move(text);
    const std::size_t place = std::min(index, lines_.size());
    lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(place), std::move(line));
    changed_ = true;
}

// What filters do not see they cannot count.
std::optional<std::size_t> HeaderList::find(std::uint32_t index, std::string_view name) const {
    std::uint32_t left = std::max<std::uint32_t>(index, 1);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (lines_[i].hidden || !equals_ignoring_case(mail::split_header(lines_[i].text).name, name))
            continue;
        if (--left == 0) return i;
    }
    return std::nullopt;
}

void HeaderList::change(std::uint32_t index, std::string_view name, std::string text) {
    const auto found = find(index, name);
    if (!found) return append(std::move(text));
    lines_[*found].text = std::move(text);
    changed_ = true;
}

void HeaderList::remove(std::uint32_t index, std::string_view name) {
    const auto found = find(index, name);
    if (!found) return;
    lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(*found));
    changed_ = true;
}

void BodyRecords::put_line(std::string_view line) {
    while (line.size() > line_limit_) {
        queue::append_record(records_, RecordType::long_text, line.substr(0, line_limit_));
        line.remove_prefix(line_limit_);
    }
    // A CR within a line could end it for somebody else.
    std::string text(line);
    for (char& c : text)
        if (c == '\r') c = ' ';
    queue::append_record(records_, RecordType::text, text);
}

void BodyRecords::add(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t newline = bytes.find('\n');
        partial_ += bytes.substr(0, newline);
        if (newline == std::string_view::npos) break;
        if (!partial_.empty() && partial_.back() == '\r') partial_.pop_back();
        put_line(partial_);
        partial_.clear();
        bytes.remove_prefix(newline + 1);
    }
    // One byte stays back: it may be the CR of a line end.
    while (partial_.size() > line_limit_ + 1) {
        queue::append_record(records_, RecordType::long_text,
                             std::string_view(partial_).substr(0, line_limit_));
        partial_.erase(0, line_limit_);
    }
}

void BodyRecords::finish() {
    if (!partial_.empty() && partial_.back() == '\r') partial_.pop_back();
    if (!partial_.empty()) put_line(partial_);
    partial_.clear();
}

}  // namespace postrider::cleanup
