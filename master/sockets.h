// master/sockets.h - the listening sockets of one master.cf line.
#pragma once

#include <string>
#include <vector>

#include "lib/base/fd.h"
#include "lib/base/result.h"
#include "lib/base/socket_address.h"
#include "lib/config/master_cf.h"
#include "lib/config/settings.h"

namespace postrider::master {

// Where an inet service listens: every address of its host part, or of inet_interfaces when it has none.  The
// error names what could not be understood.
Result<std::vector<SocketAddress>> inet_addresses(const std::string& service, const Settings& settings);

// The path of a unix, fifo, pass or unix-dgram service below the queue directory.
std::string local_path(const config::ServiceEntry& entry);

// All sockets of the line, bound and listening; the error is one line for the log.
Result<std::vector<Fd>> open_sockets(const config::ServiceEntry& entry, const Settings& settings);

}  // namespace postrider::master
