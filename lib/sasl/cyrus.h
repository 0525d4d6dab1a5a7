// lib/sasl/cyrus.h - what the server's and the client's side of Cyrus SASL share; only for lib/sasl/cyrus_*.
#pragma once

#include <sasl/sasl.h>

#include <memory>
#include <string>

#include "lib/base/result.h"
#include "lib/sasl/security.h"

namespace postrider::sasl {

// The library's callbacks have as many types as purposes, and one type in its tables.
using CyrusFunction = int (*)(void);

// To be called before the library is started: locks, because conversations run on several threads, and where
// its configuration files are.  "" for the default place.
Result<void> prepare_cyrus(const std::string& config_path);
// SASL_CB_LOG: what the library says goes to our log.
sasl_callback_t cyrus_log_callback();

// Demands on mechanisms; a layer of encryption is never agreed on.
Result<void> demand_security(sasl_conn_t* connection, unsigned security);

// "authentication failure".  Whether a user exists is nobody's business.
std::string cyrus_reason(int status);

struct CyrusDispose {
    void operator()(sasl_conn_t* connection) const { sasl_dispose(&connection); }
};
using CyrusConnection = std::unique_ptr<sasl_conn_t, CyrusDispose>;

}  // namespace postrider::sasl
