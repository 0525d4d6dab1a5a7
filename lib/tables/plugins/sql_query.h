// lib/tables/plugins/sql_query.h - the query of an SQL table, as given or put together from the parameters of
// old configurations.
#pragma once

#include <string>

#include "lib/tables/types/plugin.h"

namespace postrider::tables::plugin {

// Compat: Postfix before 2.2 had select_field, table, where_field and additional_conditions.
inline std::string sql_query(const Options& options) {
    if (!options.text("query").empty()) return options.text("query");
    if (!options.text("select_function").empty())
        return "SELECT " + options.text("select_function") + "('%s')";
    return "SELECT " + options.needed("select_field") + " FROM " + options.needed("table") + " WHERE " +
           options.needed("where_field") + " = '%s' " + options.text("additional_conditions");
}

// Where a server is: "unix:/path", "inet:host:port", "host", "host:port", "[address]:port".
struct ServerAddress {
    explicit ServerAddress(std::string text) {
        if (text.rfind("unix:", 0) == 0) {
            path = text.substr(5);
            return;
        }
        if (text.rfind("inet:", 0) == 0) text.erase(0, 5);
        std::size_t colon = text.rfind(':');
        if (!text.empty() && text.front() == '[') {
            const std::size_t end = text.find(']');
            host = text.substr(1, end == std::string::npos ? end : end - 1);
            colon = end != std::string::npos && text.compare(end, 2, "]:") == 0 ? end + 1 : std::string::npos;
        } else if (colon != std::string::npos && text.find(':') != colon) {
            host = text;  // an IPv6 address without brackets
            colon = std::string::npos;
        } else {
            host = text.substr(0, colon);
        }
        if (colon != std::string::npos) port = text.substr(colon + 1);
    }
    std::string path;
    std::string host;
    std::string port;
};

}  // namespace postrider::tables::plugin
