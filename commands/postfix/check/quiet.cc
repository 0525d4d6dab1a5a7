// commands/postfix/check/quiet.cc - keeps what library code logs from the reader.
#include "commands/postfix/check/quiet.h"

#include <utility>

namespace postrider::postfix {

namespace {

log::Destination loud;

void listen(log::Level level, std::string_view line) {
    if (level == log::Level::fatal || level == log::Level::panic) {
        log::open(std::move(loud));
        return;
    }
    if (level != log::Level::info) Quiet::heard().emplace_back(line);
}

}  // namespace

std::vector<std::string>& Quiet::heard() {
    static std::vector<std::string> lines;
    return lines;
}

Quiet::Quiet() {
    loud = log::destination();
    heard().clear();
    log::open({});
    log::set_observer(listen);
}

Quiet::~Quiet() {
    log::set_observer(nullptr);
    log::open(std::move(loud));
}

}  // namespace postrider::postfix
