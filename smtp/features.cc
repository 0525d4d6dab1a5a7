// smtp/features.cc - what a server says it can do.
#include "smtp/features.h"

#include <algorithm>

#include "lib/base/text.h"

namespace postrider::smtp {

namespace {

std::string_view after_code(std::string_view line) {
    return line.size() > 4 ? line.substr(4) : std::string_view();
}

void note_keyword(Features& features, const std::string& keyword, const std::vector<std::string>& words) {
    if (keyword == "PIPELINING") features.pipelining = true;
    if (keyword == "8BITMIME") features.eightbit = features.offers_8bitmime = true;
    if (keyword == "DSN") features.dsn = true;
    // RFC 6531 3.1: who takes UTF-8 takes 8BITMIME.
    if (keyword == "SMTPUTF8") features.smtputf8 = features.eightbit = true;
    if (keyword == "STARTTLS") features.starttls = true;
    if (keyword == "REQUIRETLS") features.requiretls = true;
    if (keyword == "AUTH") {
        features.auth = true;
        // The old and the new form may name different mechanisms.
        std::vector<std::string>& known = features.auth_mechanisms;
        for (std::size_t i = 1; i < words.size(); ++i) {
            const std::string name = upper(words[i]);
            if (std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
        }
    }
    if (keyword == "SIZE") {
        features.size = true;
        // A number that is too large for us is no limit.
        if (words.size() > 1 && all_digits(words[1]))
            features.size_limit = parse_int(words[1]).value_or(0);
        else if (words.size() > 1)
            features.bad_size_limit = words[1];
    }
    if (keyword == "XFORWARD")
        for (std::size_t i = 1; i < words.size(); ++i) features.xforward.insert(upper(words[i]));
}

}  // namespace

Features parse_features(const Reply& reply, const std::set<std::string>& discarded) {
    Features features;
    for (std::size_t i = 1; i < reply.lines.size(); ++i) {
        // "AUTH=PLAIN LOGIN" is an old way to write "AUTH PLAIN LOGIN"; some servers write all of it so.
        const std::vector<std::string> words = split_words(after_code(reply.lines[i]), " \t=");
        if (words.empty()) continue;
        const std::string keyword = upper(words[0]);
        if (!discarded.contains(keyword)) note_keyword(features, keyword, words);
    }
    return features;
}

std::string server_name(const Reply& reply) {
    if (reply.lines.empty()) return "";
    const std::vector<std::string> words = split_words(after_code(reply.lines.front()), " \t");
    return words.empty() ? std::string() : words.front();
}

std::set<std::string> parse_keywords(std::string_view text) {
    std::set<std::string> keywords;
    for (const std::string& word : split_words(text)) keywords.insert(upper(word));
    return keywords;
}

std::string keyword_list(const std::set<std::string>& keywords) {
    constexpr const char* order[] = {"8BITMIME", "AUTH",     "ETRN",     "PIPELINING", "SIZE",
                                     "STARTTLS", "VRFY",     "XCLIENT",  "XFORWARD",   "ENHANCEDSTATUSCODES",
                                     "DSN",      "SMTPUTF8", "CHUNKING", "REQUIRETLS"};
    std::vector<std::string> words;
    for (const char* word : order)
        if (keywords.contains(word)) words.emplace_back(word);
    return join(words, " ");
}

}  // namespace postrider::smtp
