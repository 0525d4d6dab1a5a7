// lib/ipc/attributes.h - the attribute protocol: name NUL value NUL ..., ended by one more NUL.
//
// Messages between daemons are structs with a visitor over their attributes, so that encoder, decoder, log
// and tests share one list:
//
//   struct RewriteRequest {
//       std::string rule;
//       std::string address;
//       template <class V> void attributes(V&& visit) { visit("rule", rule); visit("address", address); }
//   };
//
// Attribute types: std::string (any bytes but NUL; use Bytes for those), bool, integers, double,
// std::vector<std::string>, and std::vector of such structs (each a `{`...`}` group).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "lib/base/text.h"

namespace postrider::ipc {

// A flat or nested attribute list as it crosses the socket.
class AttributeWriter {
  public:
    void put(std::string_view name, std::string_view value);
    void begin_group(std::string_view name);
    void end_group();
    // The encoded list, ended.
    std::string finish() &&;
    const std::string& bytes() const { return bytes_; }

    template <class T>
    void operator()(std::string_view name, T& value) {
        if constexpr (std::is_same_v<T, std::string>) {
            put(name, value);
        } else if constexpr (std::is_same_v<T, bool>) {
            put(name, value ? "1" : "0");
        } else if constexpr (std::is_integral_v<T>) {
            put(name, std::to_string(value));
        } else if constexpr (std::is_enum_v<T>) {
            put(name, std::to_string(static_cast<long>(value)));
        } else if constexpr (std::is_floating_point_v<T>) {
            put(name, std::to_string(value));
        } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
            for (std::string& item : value) put(name, item);
        } else if constexpr (is_vector<T>::value) {
            for (auto& item : value) (*this)(name, item);
        } else {
            begin_group(name);
            value.attributes(*this);
            end_group();
        }
    }

  private:
    template <class T>
    struct is_vector : std::false_type {};
    template <class T>
    struct is_vector<std::vector<T>> : std::true_type {};
    std::string bytes_;
};

// One parsed list: names in order, groups nested.
struct Attributes {
    struct Item {
        std::string name;
        std::string value;
        std::vector<Item> group;
        bool is_group = false;
    };
    std::vector<Item> items;
    const std::string* find(std::string_view name) const;
};
// Parses one list from the start of `bytes` and sets `used` to its length; nothing when incomplete or broken.
std::optional<Attributes> parse_attributes(std::string_view bytes, std::size_t* used = nullptr);

// Fills a message from a list.  Attributes that are missing keep their defaults; unknown ones are ignored;
// a number that is none sets ok() to false.
class AttributeReader {
  public:
    explicit AttributeReader(const std::vector<Attributes::Item>& items) : items_(items) {}
    bool ok() const { return ok_; }

    template <class T>
    void operator()(std::string_view name, T& value) {
        if constexpr (std::is_same_v<T, std::vector<std::string>>) {
            for (const auto& item : items_)
                if (item.name == name && !item.is_group) value.push_back(item.value);
        } else if constexpr (is_vector<T>::value) {
            for (const auto& item : items_) {
                if (item.name != name || !item.is_group) continue;
                AttributeReader inner(item.group);
                value.emplace_back();
                value.back().attributes(inner);
                ok_ = ok_ && inner.ok();
            }
        } else if constexpr (std::is_class_v<T> && !std::is_same_v<T, std::string>) {
            for (const auto& item : items_) {
                if (item.name != name || !item.is_group) continue;
                AttributeReader inner(item.group);
                value.attributes(inner);
                ok_ = ok_ && inner.ok();
                return;
            }
        } else {
            for (const auto& item : items_)
                if (item.name == name && !item.is_group) return assign(item.value, value);
        }
    }

  private:
    template <class T>
    struct is_vector : std::false_type {};
    template <class T>
    struct is_vector<std::vector<T>> : std::true_type {};

    template <class T>
    void assign(const std::string& text, T& value) {
        if constexpr (std::is_same_v<T, std::string>) {
            value = text;
        } else if constexpr (std::is_same_v<T, bool>) {
            value = text == "1";
        } else if constexpr (std::is_floating_point_v<T>) {
            char* end = nullptr;
            value = std::strtod(text.c_str(), &end);
            ok_ = ok_ && end != text.c_str();
        } else {
            const auto number = parse_int(text);
            ok_ = ok_ && number.has_value();
            value = static_cast<T>(number.value_or(0));
        }
    }

    const std::vector<Attributes::Item>& items_;
    bool ok_ = true;
};

template <class Message>
std::string encode(const Message& message) {
    AttributeWriter writer;
    const_cast<Message&>(message).attributes(writer);
    return std::move(writer).finish();
}
template <class Message>
std::optional<Message> decode(std::string_view bytes) {
    const auto list = parse_attributes(bytes);
    if (!list) return std::nullopt;
    Message message;
    AttributeReader reader(list->items);
    message.attributes(reader);
    if (!reader.ok()) return std::nullopt;
    return message;
}

}  // namespace postrider::ipc
