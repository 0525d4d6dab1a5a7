// lib/delivery/transcript.cc - a dialogue kept for the postmaster.
#include "lib/delivery/transcript.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/base/wrap.h"
#include "lib/config/global_parameters.h"
#include "lib/delivery/parameters.h"

namespace postrider::delivery {

namespace {

constexpr std::size_t longest_line = 2048;
constexpr std::size_t most_lines = 1000;
constexpr std::size_t width = 78;
constexpr std::size_t continuation = 4;
constexpr std::size_t least_shared = 32;
constexpr char shared_mark = '\1';  // printable() leaves none in a line

// The same text for everybody who says it; only what was said lately is known.
std::shared_ptr<const std::string> shared_text(std::string text) {
    static std::array<std::shared_ptr<const std::string>, 16> recent;
    static std::size_t oldest = 0;
    for (const auto& known : recent)
        if (known && *known == text) return known;
    text.shrink_to_fit();
    auto made = std::make_shared<const std::string>(std::move(text));
    recent[oldest] = made;
    oldest = (oldest + 1) % recent.size();
    return made;
}

void fold(std::string_view line, std::vector<std::string>& out) {
    for (const std::string& piece : wrap(line, width, continuation)) out.push_back(" " + piece);
}

}  // namespace

unsigned troubles_to_tell(const Settings& settings) {
    static constexpr std::pair<std::string_view, unsigned> words[] = {
        {"bounce", trouble::bounce},     {"2bounce", trouble::double_bounce},
        {"delay", trouble::delay},       {"policy", trouble::policy},
        {"protocol", trouble::protocol}, {"resource", trouble::resource},
        {"software", trouble::software}, {"data", trouble::data},
    };
    unsigned bits = 0;
    for (const std::string& word : settings.words(notify_classes)) {
        const auto* known = std::find_if(std::begin(words), std::end(words),
                                         [&](const auto& one) { return one.first == word; });
        if (known == std::end(words))
            fatal("unknown {} value \"{}\" in \"{}\"", notify_classes.name(), word, settings[notify_classes]);
        bits |= known->second;
    }
    return bits;
}

void Transcript::add(std::string_view direction, std::string_view lines) {
    while (!lines.empty() && (lines.back() == '\n' || lines.back() == '\r')) lines.remove_suffix(1);
    std::string added;
    for (std::string_view line : split(lines, '\n')) {
        if (lines_ >= most_lines) break;
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        added.append(direction).append(": ").append(printable(line.substr(0, longest_line))).push_back('\n');
        ++lines_;
    }
    if (added.size() < least_shared) {
        text_ += added;
        return;
    }
    shared_.push_back(shared_text(std::move(added)));
    text_.append({shared_mark, '\n'});
}

void Transcript::replaced(std::string_view lines) {
    text_ += "Replaced-by:\n";
    for (const std::string_view line : split(lines, '\n'))
        text_.append("     ").append(printable(line.substr(0, longest_line))).push_back('\n');
}

std::string Transcript::whole() const {
    std::string text;
    std::size_t next = 0;
    for (const std::string_view line : split(text_, '\n')) {
        if (!line.empty() && line[0] == shared_mark)
            text += *shared_[next++];
        else if (!line.empty())
            text.append(line).push_back('\n');
    }
    return text;
}

std::vector<std::string> Transcript::shown() const {
    std::vector<std::string> out;
    const std::string text = whole();
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::string line(rest.substr(0, rest.find('\n')));
        rest.remove_prefix(line.size() + 1);
        // "In:" has its colon right behind the word.
        if (line.starts_with("In : "))
            fold("In:  " + line.substr(5), out);
        else
            fold(line, out);
    }
    return out;
}

std::vector<std::string> transcript_message(const TranscriptNotice& notice, const Settings& settings) {
    std::vector<std::string> lines = {
        "From: Mail Delivery System <MAILER-DAEMON@" + settings[config::myhostname] + ">",
        "To: Postmaster <" + notice.to + ">",
        "Subject: " + settings[config::mail_name] + " " + printable(notice.subject),
        "",
    };
    if (!notice.intro.empty()) {
        lines.push_back(printable(notice.intro));
        lines.emplace_back();
    }
    lines.emplace_back("Transcript of session follows.");
    lines.emplace_back();
    lines.insert(lines.end(), notice.transcript.begin(), notice.transcript.end());
    lines.emplace_back();
    if (!notice.aborted.empty()) {
        lines.push_back("Session aborted, reason: " + printable(notice.aborted));
        lines.emplace_back();
    }
    lines.emplace_back("For other details, see the local mail logfile");
    return lines;
}

}  // namespace postrider::delivery
