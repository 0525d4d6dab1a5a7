// qmgr/manager_limits.cc - see manager_limits.h.
#include "qmgr/manager_limits.h"

#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/delivery/parameters.h"
#include "qmgr/parameters.h"

namespace postrider::qmgr {

namespace {

// Each active message has a recipient.
int recipients_in_memory(const Settings& settings) {
    const int active = settings[qmgr_message_active_limit];
    const int recipients = settings[qmgr_message_recipient_limit];
    if (recipients >= active) return recipients;
    log::warning("{} is smaller than {} - adjusting {}", qmgr_message_recipient_limit.name(),
                 qmgr_message_active_limit.name(), qmgr_message_recipient_limit.name());
    return active;
}

}  // namespace

Manager::Limits::Limits(const Settings& settings)
    : active(settings[qmgr_message_active_limit]),
      deferred(settings[qmgr_deferred_memory_limit]),
      recipients(recipients_in_memory(settings)),
      recipient_minimum(settings[qmgr_message_recipient_minimum]),
      probes(settings[address_verify_pending_request_limit]),
      minimal_backoff(settings[delivery::minimal_backoff_time].count()),
      maximal_backoff(settings[maximal_backoff_time].count()),
      lifetime(settings[delivery::maximal_queue_lifetime].count()),
      bounce_lifetime(settings[bounce_queue_lifetime].count()),
      queue_run_delay(settings[delivery::queue_run_delay]),
      least_pause(settings[delivery::queue_run_delay].count()),
      backoff_spread(settings[backoff_time_spread]),
      deferred_scan_delay(settings[qmgr_deferred_scan_delay]),
      transport_retry_time(settings[qmgr::transport_retry_time]),
      dead_time(settings[delivery::minimal_backoff_time]),
      ipc_timeout(settings[qmgr_ipc_timeout]),
      clog_warn_time(settings[qmgr_clog_warn_time]),
      confirm_delay_cleared(settings[qmgr::confirm_delay_cleared]),
      verp_bounces(!settings[delivery::disable_verp_bounces]),
      external_addresses(settings[delivery::info_log_address_format] == "external"),
      origin(settings[config::myorigin]) {}

}  // namespace postrider::qmgr
