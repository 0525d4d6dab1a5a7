// lib/tables/few/types.cc - the table types of small commands: constant ones, and what postmap(1) is asked.
//
// Stands in for lib/tables/types/types.cc in programs that must start fast; see README.md.
#include <fmt/core.h>

#include "lib/base/log.h"
#include "lib/base/run_program.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/tables/open.h"

namespace postrider::tables {

namespace {

constexpr std::chrono::seconds answer_limit{100};
constexpr std::size_t longest_answer = 1024 * 1024;

// Another process knows all types: postmap(1) is run for each lookup.
class AskedTable : public DirectTable {
  public:
    AskedTable(std::string name, const OpenContext& context)
        : DirectTable(std::move(name)), context_(context) {}

    LookupResult look_up(const std::string& key) override {
        // These would be a request for more keys, and no key.
        if (key.empty() || key == "-") return LookupResult::miss();
        Program postmap;
        postmap.arguments = {context_.settings[config::command_directory] + "/postmap",
                             "-c",
                             context_.settings[config::config_directory],
                             "-q",
                             key,
                             name()};
        postmap.time_limit = answer_limit;
        postmap.output_limit = longest_answer;
        postmap.errors_limit = longest_answer;
        const Ended ended = run_to_end(postmap);
        if (ended.status == 0) return LookupResult::hit(std::string(without_newline(ended.output)));
        // It ends alike when a key is in no table and when it cannot tell.
        const std::string reason = reason_in(ended);
        if (reason.empty()) return LookupResult::miss();
        log::warning("{} is unavailable. {}", name(), reason);
        return LookupResult::retry(fmt::format("{} is unavailable. {}", name(), reason));
    }

  private:
    static std::string_view without_newline(std::string_view text) {
        if (text.ends_with('\n')) text.remove_suffix(1);
        return text;
    }
    static std::string reason_in(const Ended& ended) {
        if (!ended.in_time) return "postmap: timed out";
        constexpr std::string_view fatal = "fatal: ";
        const std::size_t found = ended.errors.rfind(fatal);
        if (found != std::string::npos)
            return std::string(without_newline(std::string_view(ended.errors).substr(found + fatal.size())));
        return ended.status == 1 ? "" : fmt::format("postmap ended with status {}", ended.status);
    }

    OpenContext context_;
};

}  // namespace

Result<TablePtr> open_type(const std::string& type, const std::string& argument, const OpenContext& context) {
    const std::string name = type + ":" + argument;
    if (type == "static") return open_static(name, argument, context);
    if (type == "environ") return open_environ(name, argument, context);
    if (type == "fail") return open_fail(name, argument, context);
    return TablePtr(std::make_shared<AskedTable>(name, context));
}

}  // namespace postrider::tables
