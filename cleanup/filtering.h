// cleanup/filtering.h - what mail filters make of one message: its headers in memory, its body in the file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cleanup/message.h"
#include "lib/milter/filters.h"

namespace postrider::cleanup {

// A header of the message, as it stands.
struct HeaderLine {
    std::string text;     // "Name: value", lines joined by LF
    bool hidden = false;  // put in by ourselves on the way in: filters do not see it
};

// The headers in order, with the ways in which filters point at one of them.
class HeaderList {
  public:
    void add(std::string text, bool hidden = false);
    const std::vector<HeaderLine>& lines() const { return lines_; }
    bool changed() const { return changed_; }
    void set_unchanged() { changed_ = false; }

    // Behind the first `index` headers, hidden ones counted.
    void insert(std::size_t index, std::string text);
    void append(std::string text);
    // The header with this name that is the `index`th (from 1) of those that filters see.
    void change(std::uint32_t index, std::string_view name, std::string text);
    void remove(std::uint32_t index, std::string_view name);

  private:
    std::optional<std::size_t> find(std::uint32_t index, std::string_view name) const;
    std::vector<HeaderLine> lines_;
    bool changed_ = false;
};

// Lines that arrive in pieces, as content records.
class BodyRecords {
  public:
    explicit BodyRecords(std::size_t line_limit) : line_limit_(line_limit) {}
    void add(std::string_view bytes);
    // The end has come: the last line may lack its end.
    void finish();
    std::size_t size() const { return records_.size() + partial_.size(); }
    const std::string& records() const { return records_; }

  private:
    void put_line(std::string_view line);
    std::size_t line_limit_;
    std::string partial_, records_;
};

// Lives as long as the Message.
struct Message::Filtering {
    explicit Filtering(std::unique_ptr<milter::Filters> list) : filters(std::move(list)) {}

    std::unique_ptr<milter::Filters> filters;
    bool emulates_session = false;  // mail that has not come by SMTP: we play the client, too
    bool refused = false;           // by a filter, before the content
    milter::MacroValues values;

    HeaderList headers;
    std::int64_t body_offset = 0;  // of the first line after the empty one; no further than the content's end
    bool has_separator = true;     // an empty line stands before the body
    std::optional<BodyRecords> body;
    std::optional<std::string> sender;  // a new one
    std::string sender_records;         // envelope attributes that belong to it
    bool quarantined = false;           // one of them wants the message kept
    bool open_end = false;              // the end record has been taken away
};

}  // namespace postrider::cleanup
