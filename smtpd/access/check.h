// smtpd/access/check.h - one evaluation of restriction lists, and what all checks share.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lib/ipc/rewrite_client.h"
#include "smtpd/access/rules.h"
#include "smtpd/reply.h"
#include "smtpd/session.h"

namespace postrider::smtpd::access {

enum class Verdict {
    dunno,   // says nothing: go on
    permit,  // ends this list
    reject,  // ends the command with Check::reply
};

// What a check is about, as replies name it: "<a@b>: Sender address rejected: ...".
struct Subject {
    std::string name;
    std::string_view klass;
};
namespace klass {
inline constexpr std::string_view client = "Client host";
inline constexpr std::string_view unverified_client = "Unverified Client host";
inline constexpr std::string_view certificate = "Client certificate";
inline constexpr std::string_view helo = "Helo command";
inline constexpr std::string_view sender = "Sender address";
inline constexpr std::string_view recipient = "Recipient address";
inline constexpr std::string_view etrn = "Etrn command";
inline constexpr std::string_view login = "SASL login name";
inline constexpr std::string_view data = "Data command";
inline constexpr std::string_view end_of_data = "End-of-data";
}  // namespace klass

// Who answered, and to which question: for warnings about an answer that makes no sense.
struct Source {
    std::string table;
    std::string key;
};

// Why something is refused: only policy can be turned into a warning by warn_if_reject.
enum class Why { policy, trouble };

// The state of evaluating lists for one command.  Lives as long as the command is being answered.
class Check {
  public:
    Check(Session& session_in, Stage stage_in)
        : session(session_in), rules(session_in.server.rules), stage(stage_in) {}

    Session& session;
    const Rules& rules;
    Stage stage;
    const std::string* sender = nullptr;     // null: not known at this stage
    const std::string* recipient = nullptr;  // null: not known, or more than one
    std::string etrn_domain;
    Deferral defer_if_permit;
    Deferral defer_if_reject;
    bool warn_only = false;
    const Subject* table_subject = nullptr;
    bool unlisted_recipient_checked = false;
    bool unlisted_sender_checked = false;
    int depth = 0;
    Reply reply;  // with Verdict::reject

    const Settings& settings() const { return rules.settings; }
    // What the list as a whole is about; of a list that a table answered: what the table was asked about.
    Subject default_subject() const;
    // An access table has said DISCARD: what is left of the lists, of all stages, is not asked.
    bool is_discarded() const;

    // `table`: which one said so; "" for a keyword of its own.
    Verdict permit(const Step& step, const Subject& subject, std::string_view table = "");
    // "<subject>: Class rejected: text".
    Verdict reject(const Subject& subject, int code, std::string_view status, std::string_view text,
                   Why why = Why::policy);
    // A reply that is worded in full already.
    Verdict reject_with(std::string_view subject_class, int code, std::string_view status,
                        std::string_view text, Why why = Why::policy);
    // Keeps a 4xx for the case that the list ends otherwise.
    Verdict defer_later(Deferral& slot, const Subject& subject, int code, std::string_view status,
                        std::string_view text);
    // 451 4.3.0 "<x>: Temporary lookup failure".
    Verdict lookup_failed(std::string_view what);
    // A table of access(5) cannot be asked: 451 4.3.5, as an answer of the table would be worded.
    Verdict table_failed(const Source& source, const Subject& subject);
    // 451 4.3.5 "Server configuration error", with a warning.
    Verdict misconfigured(std::string_view warning);
    // What an unknown_..._tempfail_action says about a question that could not be answered.
    Verdict temporary(const std::string& action, const Subject& subject, int code, std::string_view status,
                      std::string_view text);
    // One line "WHAT: CMD from CLIENT: <subject>: Class TEXT; ...".
    void log(std::string_view what, const Subject& subject, std::string_view text) const;

    // Where mail for the address goes; the answer is kept for this check.
    Task<Result<ipc::Resolved>> resolve(std::string address);

  private:
    std::string resolved_address_;
    std::optional<ipc::Resolved> resolved_;
};

using Run = Task<Verdict> (*)(Check& check, const Step& step);
enum class Argument { none, table, text };

// A word of the restriction language.
struct Keyword {
    std::string_view name;
    Argument argument;
    Run run;
    // Makes the argument ready when the list is parsed; may be null.
    std::shared_ptr<const Prepared> (*prepare)(const std::string& argument,
                                               const Settings& settings) = nullptr;
};
// Nothing when there is no such word; ignores case.
const Keyword* find_keyword(std::string_view name);

// The families; each in its file.
std::span<const Keyword> generic_keywords();
std::span<const Keyword> client_keywords();
std::span<const Keyword> certificate_keywords();
std::span<const Keyword> helo_keywords();
std::span<const Keyword> sender_keywords();
std::span<const Keyword> recipient_keywords();
std::span<const Keyword> table_keywords();
std::span<const Keyword> dns_keywords();
std::span<const Keyword> blocklist_keywords();
std::span<const Keyword> policy_keywords();
std::span<const Keyword> verify_keywords();
std::span<const Keyword> sender_login_keywords();

// Evaluates a list from its start; Check::defer_if_* and reply carry the rest of the result.
Task<Verdict> run_list(Check& check, const List& list);

// What an access table or a policy server answered, access(5).
Task<Verdict> apply_action(Check& check, std::string action, Subject subject, Source source);
// For tables about names that are the client's own claim: a permission is a mistake.
Verdict forbid_permit(Check& check, const Step& step, std::string_view about, Verdict verdict);

// Mail for the recipient is delivered here or by a domain we relay for.
enum class Destination { ours, foreign, unknown };
Task<Destination> find_destination(Check& check);

// Refuses an address that no table lists.
Task<Verdict> check_unlisted(Check& check, std::string address, std::string_view subject_class);

}  // namespace postrider::smtpd::access
