// cleanup/filtering.cc - mail filters (Milter): shown the message as it would be queued, and obeyed.
//
// Mail that smtpd(8) has taken comes with filters that know its session and envelope already; for other mail
// we tell those of non_smtpd_milters of a session that might have been.  One filter after the other sees the
// whole message, with the changes of those before it.  The file is rewritten before it is committed.
#include "cleanup/filtering.h"

#include <fmt/core.h>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "lib/mail/header.h"
#include "lib/queue/record_reader.h"

namespace postrider::cleanup {

namespace cleanup_flag = queue::cleanup_flag;
namespace cleanup_status = queue::cleanup_status;
using milter::Stage;

namespace {

// "550 5.7.1 text" without the code; lines become one.
std::string without_code(const std::string& reply) {
    const std::string text = milter::logged_reply(reply);
    return std::string(trim(std::string_view(text).substr(std::min<std::size_t>(4, text.size()))));
}

}  // namespace

Message::~Message() = default;

bool Message::take_filters(std::string_view description, std::vector<Fd> connections) {
    std::unique_ptr<milter::Filters> filters =
        milter::Filters::from_hand_over(description, std::move(connections));
    if (!filters || segment_ != Segment::envelope) return false;
    filtering_ = std::make_unique<Filtering>(std::move(filters));
    filtering_->values = filtering_->filters->content_values();
    return true;
}

std::vector<std::string> Message::filter_states() const {
    if (!filtering_ || filtering_->emulates_session) return {};
    return filtering_->filters->states();
}

void Message::log_filter(std::string_view action, std::string_view where, std::string_view text) {
    const std::string* origin = attribute("log_message_origin");
    std::string line = fmt::format("{}: {}: {} from {}: {};", id_, action, where,
                                   filtering_->emulates_session ? emulated_client()
                                   : origin != nullptr          ? *origin
                                                                : "localhost[127.0.0.1]",
                                   text);
    const std::optional<std::string>& sender =
        filtering_ && filtering_->sender ? filtering_->sender : sender_;
    if (sender) line += fmt::format(" from=<{}>", mail::quote_address(*sender));
    if (!last_recipient_.empty()) line += fmt::format(" to=<{}>", mail::quote_address(last_recipient_));
    if (const std::string* protocol = attribute("log_protocol_name"))
        line += fmt::format(" proto={}", *protocol);
    if (const std::string* helo = attribute("log_helo_name")) line += fmt::format(" helo=<{}>", *helo);
    log::info("{}", line);
}

void Message::obey(const milter::Verdict& verdict, std::string_view where) {
    switch (verdict.kind) {
        case milter::Verdict::Kind::go_on:
            return;
        case milter::Verdict::Kind::hold:
            if (!has(cleanup_flag::hold)) log_filter("milter-hold", where, "milter triggers HOLD action");
            flags_ |= cleanup_flag::hold;
            return;
        case milter::Verdict::Kind::discard:
            log_filter("milter-discard", where, "milter triggers DISCARD action");
            flags_ |= cleanup_flag::discard;
            return;
        case milter::Verdict::Kind::refuse:
            break;
    }
    const std::string text = without_code(verdict.reply);
    log_filter("milter-reject", where, text);
    fail(verdict.reply.front() == '4' ? cleanup_status::defer : cleanup_status::content,
         has(cleanup_flag::smtp_reply) ? verdict.reply : text);
}

// --- mail that has not come by SMTP ---

std::string Message::emulated_client() const {
    return fmt::format("{}[{}]", filtering_->values["client_name"], filtering_->values["client_addr"]);
}

// Compat: after a refusal they hear no more of the session, and the message is returned or waits.
bool Message::may_emulate() const {
    return writing() && status_ == 0;
}

Task<> Message::emulate(int stage, std::string data, std::string_view where) {
    milter::MacroValues values = filtering_->values;
    const auto what = static_cast<Stage>(stage);
    const milter::Verdict verdict =
        co_await filtering_->filters->event(what, std::move(data), std::move(values));
    if (verdict.goes_on()) co_return;
    if (what != Stage::rcpt || verdict.kind != milter::Verdict::Kind::refuse) {
        obey(verdict, where);
        co_return;
    }
    // Compat: nobody could be told about one recipient, so that the whole message waits.
    log_filter("milter-reject", where, without_code(verdict.reply));
    log::warning("{}: milter configuration error: can't reject recipient in non-smtpd(8) submission", id_);
    log::warning("{}: message not accepted, try again later", id_);
    fail(cleanup_status::defer, "4.3.5 Server configuration error");
}

Task<> Message::emulate_session(std::string sender) {
    if (filtering_ || !has(cleanup_flag::milter) || rules_.local_filters.empty() || !writing()) co_return;
    filtering_ = std::make_unique<Filtering>(
        std::make_unique<milter::Filters>(rules_.local_filters, rules_.filter_macros));
    filtering_->emulates_session = true;
    const auto known = [this](std::string_view name, std::string otherwise) {
        const std::string* value = attribute(name);
        return value != nullptr && *value != "unknown" ? *value : otherwise;
    };
    const bool remote = attribute("client_address") != nullptr;
    const std::string address = known("client_address", rules_.ipv6_first ? "::1" : "127.0.0.1");
    const bool is_ipv6 = address.find(':') != std::string::npos;
    const std::string name = known("client_name", remote ? "[" + address + "]" : "localhost");
    const std::string port = known("client_port", "0");
    milter::MacroValues& values = filtering_->values;
    for (const char* constant : {"j", "v", "daemon_name"})
        values[constant] = rules_.filter_macros.constant(constant);
    values["_"] = fmt::format("{} [{}]", name, address);
    values["client_addr"] = address;
    values["client_name"] = name;
    values["client_port"] = port;
    values["client_ptr"] = known("reverse_client_name", name);
    values["daemon_addr"] = known("server_address", address);
    values["daemon_port"] = known("server_port", "0");
    values["auth_type"] = known("sasl_method", "");
    values["auth_authen"] = known("sasl_username", "");
    values["auth_author"] = known("sasl_sender", "");
    values["i"] = id_;
    std::erase_if(values, [](const auto& value) { return value.second.empty(); });
    const auto number = parse_int(port);
    std::string data =
        milter::connect_data(name, address, is_ipv6, static_cast<std::uint16_t>(number.value_or(0)));
    co_await emulate(static_cast<int>(Stage::connect), std::move(data), "CONNECT");
    if (!may_emulate()) co_return;
    std::vector<std::string> words{known("helo_name", name)};
    data = milter::words_data(words);
    co_await emulate(static_cast<int>(Stage::helo), std::move(data), "EHLO");
    if (!may_emulate()) co_return;
    // Compat: without the brackets that SMTP has.
    words[0] = mail::quote_address(sender);
    values["mail_addr"] = words[0];
    data = milter::words_data(words);
    co_await emulate(static_cast<int>(Stage::mail), std::move(data), "MAIL");
}

Task<> Message::emulate_recipient(std::string address) {
    if (!filtering_ || !filtering_->emulates_session || !may_emulate()) co_return;
    filtering_->values["rcpt_addr"] = mail::quote_address(address);
    std::vector<std::string> words{mail::quote_address(address)};
    std::string data = milter::words_data(words);
    co_await emulate(static_cast<int>(Stage::rcpt), std::move(data), "RCPT");
}

// --- the message ---

// The headers as they stand in the file, and where the body begins.
void Message::load_headers() {
    file_.flush();
    queue::RecordReader reader(file_.fd(), data_offset_);
    HeaderList& headers = filtering_->headers;
    std::string header, line;
    std::int64_t line_offset = data_offset_;
    bool line_begins = true;
    bool received_seen = false;
    std::vector<std::string> found;
    filtering_->has_separator = false;
    for (;;) {
        RecordType type{};
        std::string_view data;
        if (reader.next(type, data) != queue::RecordReader::Next::record) break;
        const bool text = type == RecordType::text || type == RecordType::long_text;
        if (!text) {
            line_offset = reader.record_offset();
            break;
        }
        if (line_begins) {
            line.clear();
            line_offset = reader.record_offset();
        }
        line += data;
        line_begins = type == RecordType::text;
        if (!line_begins) continue;
        if (line.empty()) {
            line_offset = reader.offset();
            filtering_->has_separator = true;
            break;
        }
        const bool continues = !header.empty() && (line[0] == ' ' || line[0] == '\t');
        if (continues) {
            header += "\n" + line;
            continue;
        }
        if (mail::header_name_length(line) == 0) break;
        if (!header.empty()) found.push_back(std::move(header));
        header = line;
    }
    if (!header.empty()) found.push_back(std::move(header));
    filtering_->body_offset = line_offset;
    // Hidden: our own Received:, the first one.  Compat: what access tables have put before it is seen.
    for (std::string& one : found) {
        const bool own = !received_seen && equals_ignoring_case(mail::split_header(one).name, "Received");
        received_seen = received_seen || own;
        headers.add(std::move(one), own);
    }
}

Task<milter::Verdict> Message::show_headers(milter::Filter& filter) {
    const std::string macros = filter.macros(Stage::header, filtering_->values);
    const bool exact = (filter.terms().protocol & milter::protocol::leading_space) != 0;
    // The list may not change while a filter looks at it: wishes come later.
    for (const HeaderLine& line : filtering_->headers.lines()) {
        if (line.hidden) continue;
        if (!filter.in_conversation()) break;
        const std::size_t colon = line.text.find(':');
        std::string_view value = std::string_view(line.text).substr(colon + 1);
        if (!exact && value.starts_with(' ')) value.remove_prefix(1);
        std::vector<std::string> words{std::string(trim_right(std::string_view(line.text).substr(0, colon))),
                                       std::string(value)};
        std::string copy = macros;
        std::string data = milter::words_data(words);
        milter::Verdict verdict = co_await filter.event(Stage::header, std::move(copy), std::move(data));
        if (!verdict.goes_on()) co_return verdict;
    }
    std::string end_macros = filter.macros(Stage::end_of_header, filtering_->values);
    std::string nothing;
    milter::Verdict verdict =
        co_await filter.event(Stage::end_of_header, std::move(end_macros), std::move(nothing));
    co_return verdict;
}

Task<milter::Verdict> Message::show_body(milter::Filter& filter) {
    milter::Verdict verdict;
    const std::string macros = filter.macros(Stage::body, filtering_->values);
    if (milter::declines(filter.terms(), Stage::body)) co_return verdict;
    const std::size_t limit = milter::chunk_size(filter.terms());
    file_.flush();
    queue::RecordReader reader(file_.fd(), filtering_->body_offset);
    std::string chunk;
    for (bool more = true; more && filter.in_conversation();) {
        RecordType type{};
        std::string_view data;
        more = reader.next(type, data) == queue::RecordReader::Next::record &&
               (type == RecordType::text || type == RecordType::long_text);
        if (more) {
            chunk += data;
            if (type == RecordType::text) chunk += "\r\n";
        }
        while (chunk.size() >= limit || (!more && !chunk.empty())) {
            std::string copy = macros;
            std::string piece = chunk.substr(0, limit);
            chunk.erase(0, piece.size());
            verdict = co_await filter.event(Stage::body, std::move(copy), std::move(piece));
            if (!verdict.goes_on()) co_return verdict;
        }
    }
    // A filter that has seen a part of it has not passed the whole.
    if (reader.read_errno() != 0) status_ |= queue::cleanup_status::write_error;
    co_return verdict;
}

Task<milter::Verdict> Message::show_message(milter::Filter& filter) {
    milter::Verdict verdict = filter.standing();
    if (!filter.in_conversation()) co_return verdict;
    verdict = co_await show_headers(filter);
    if (!verdict.goes_on() || !filter.in_conversation()) co_return verdict;
    verdict = co_await show_body(filter);
    if (!verdict.goes_on() || !filter.in_conversation()) co_return verdict;
    std::string macros = filter.macros(Stage::end_of_message, filtering_->values);
    co_await filter.end_of_message(std::move(macros));
    enum class Body { old, coming, complete };
    Body body = Body::old;
    for (;;) {
        milter::FinalStep step = co_await filter.next_step();
        if (step.done) {
            if (filtering_->quarantined && step.verdict.goes_on())
                step.verdict.kind = milter::Verdict::Kind::hold;
            co_return step.verdict;
        }
        const bool about_body = step.wish.kind == milter::Response::Kind::replace_body;
        if (about_body && body == Body::complete) {
            // Compat: nobody knows where the rest of the body would belong.
            filter.fail_misconfigured(
                "body replacement requests can't currently be mixed with other requests");
            continue;
        }
        if (about_body || body == Body::coming) body = about_body ? Body::coming : Body::complete;
        const bool exact = (filter.terms().protocol & milter::protocol::leading_space) != 0;
        milter::Response wish = std::move(step.wish);
        if (wish.kind == milter::Response::Kind::change_header && wish.name.empty()) {
            filter.fail_misconfigured("null change header name");
            continue;
        }
        co_await fulfil(std::move(wish), exact);
    }
}

Task<> Message::run_filters() {
    if (!filtering_ || status_ != 0 || !writing()) co_return;
    if (filtering_->emulates_session) {
        std::string nothing;
        co_await emulate(static_cast<int>(Stage::data), std::move(nothing), "DATA");
        if (!may_emulate()) co_return;
    }
    filtering_->values["i"] = id_;
    load_headers();
    for (milter::Filter& filter : filtering_->filters->all()) {
        const milter::Verdict verdict = co_await show_message(filter);
        obey(verdict, "END-OF-MESSAGE");
        if (status_ != 0 || has(cleanup_flag::discard)) break;
        co_await write_changes();
        // Compat: mail that is held is shown to no more of them.
        if (status_ != 0 || filtering_->quarantined) break;
    }
    if (filtering_->open_end) write(RecordType::end, "");
}

}  // namespace postrider::cleanup
