// lib/sasl/cyrus.cc - what both sides of Cyrus SASL share.
#include "lib/sasl/cyrus.h"

#include <mutex>

#include "lib/base/log.h"

namespace postrider::sasl {

namespace {

void* make_lock() {
    return new (std::nothrow) std::mutex;
}
int lock(void* mutex) {
    static_cast<std::mutex*>(mutex)->lock();
    return SASL_OK;
}
int unlock(void* mutex) {
    static_cast<std::mutex*>(mutex)->unlock();
    return SASL_OK;
}
void free_lock(void* mutex) {
    delete static_cast<std::mutex*>(mutex);
}

int take_log_line(void*, int level, const char* text) {
    if (text == nullptr) return SASL_BADPARAM;
    switch (level) {
        case SASL_LOG_ERR:
        case SASL_LOG_WARN:
            log::warning("SASL authentication problem: {}", text);
            break;
        case SASL_LOG_FAIL:
            log::warning("SASL authentication failure: {}", text);
            break;
        case SASL_LOG_NOTE:
            log::debug("SASL authentication info: {}", text);
            break;
        default:
            // Finer levels may show passwords.
            break;
    }
    return SASL_OK;
}

}  // namespace

Result<void> prepare_cyrus(const std::string& config_path) {
    static const bool locks_set = [] {
        sasl_set_mutex(make_lock, lock, unlock, free_lock);
        return true;
    }();
    static_cast<void>(locks_set);
    if (config_path.empty()) return Result<void>();
    std::string path = config_path;
    const int status = sasl_set_path(SASL_PATH_TYPE_CONFIG, path.data());
    if (status != SASL_OK)
        return Error{"failed to set Cyrus SASL configuration path: \"" + config_path +
                     "\": " + cyrus_reason(status)};
    return Result<void>();
}

sasl_callback_t cyrus_log_callback() {
    sasl_callback_t callback{};
    callback.id = SASL_CB_LOG;
    // The library knows the real type by the id.
    callback.proc = reinterpret_cast<CyrusFunction>(reinterpret_cast<void*>(take_log_line));
    return callback;
}

Result<void> demand_security(sasl_conn_t* connection, unsigned security) {
    struct Row {
        unsigned demand;
        unsigned flag;
    };
    constexpr Row rows[] = {
        {security::no_plaintext, SASL_SEC_NOPLAINTEXT},
        {security::no_active, SASL_SEC_NOACTIVE},
        {security::no_dictionary, SASL_SEC_NODICTIONARY},
        {security::no_anonymous, SASL_SEC_NOANONYMOUS},
        {security::mutual_auth, SASL_SEC_MUTUAL_AUTH},
        {security::forward_secrecy, SASL_SEC_FORWARD_SECRECY},
    };
    sasl_security_properties_t properties{};
    for (const Row& row : rows)
        if ((security & row.demand) != 0) properties.security_flags |= row.flag;
    const int status = sasl_setprop(connection, SASL_SEC_PROPS, &properties);
    if (status != SASL_OK) return Error{"SASL per-connection security setup: " + cyrus_reason(status)};
    return Result<void>();
}

std::string cyrus_reason(int status) {
    const char* text = sasl_errstring(status == SASL_NOUSER ? SASL_BADAUTH : status, nullptr, nullptr);
    return text != nullptr ? text : "unknown error";
}

}  // namespace postrider::sasl
