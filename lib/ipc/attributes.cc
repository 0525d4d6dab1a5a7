// lib/ipc/attributes.cc - the attribute protocol.
#include "lib/ipc/attributes.h"

namespace postrider::ipc {

namespace {

constexpr int nesting_limit = 20;

// The NUL-terminated string at `at`, which moves behind it; nothing when the NUL is missing.
std::optional<std::string_view> take_string(std::string_view bytes, std::size_t& at) {
    const std::size_t end = bytes.find('\0', at);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view text = bytes.substr(at, end - at);
    at = end + 1;
    return text;
}

bool parse_items(std::string_view bytes, std::size_t& at, std::vector<Attributes::Item>& items, bool in_group,
                 int depth) {
    if (depth > nesting_limit) return false;
    for (;;) {
        const auto name = take_string(bytes, at);
        if (!name) return false;
        if (name->empty()) return !in_group;
        if (*name == "}") return in_group;
        Attributes::Item item;
        if (*name == "{") {
            const auto group_name = take_string(bytes, at);
            if (!group_name) return false;
            item.name = *group_name;
            item.is_group = true;
            if (!parse_items(bytes, at, item.group, true, depth + 1)) return false;
        } else {
            const auto value = take_string(bytes, at);
            if (!value) return false;
            item.name = *name;
            item.value = *value;
        }
        items.push_back(std::move(item));
    }
}

}  // namespace

void AttributeWriter::put(std::string_view name, std::string_view value) {
    bytes_.append(name);
    bytes_.push_back('\0');
    // A NUL would end the value: nothing after it could be trusted.
    bytes_.append(value.substr(0, value.find('\0')));
    bytes_.push_back('\0');
}

void AttributeWriter::begin_group(std::string_view name) {
    bytes_.append("{");
    bytes_.push_back('\0');
    bytes_.append(name);
    bytes_.push_back('\0');
}

void AttributeWriter::end_group() {
    bytes_.append("}");
    bytes_.push_back('\0');
}

std::string AttributeWriter::finish() && {
    bytes_.push_back('\0');
    return std::move(bytes_);
}

const std::string* Attributes::find(std::string_view name) const {
    for (const Item& item : items)
        if (item.name == name && !item.is_group) return &item.value;
    return nullptr;
}

std::optional<Attributes> parse_attributes(std::string_view bytes, std::size_t* used) {
    Attributes list;
    std::size_t at = 0;
    if (!parse_items(bytes, at, list.items, false, 0)) return std::nullopt;
    if (used != nullptr) *used = at;
    return list;
}

}  // namespace postrider::ipc
