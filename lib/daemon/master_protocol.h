// lib/daemon/master_protocol.h - what master(8) and its children say to each other.
//
// master gives every child one end of a socket pair on descriptor 3 and the listening sockets from descriptor
// 4 on.  Either side sends single bytes; end of file means that the other side is gone.
#pragma once

namespace postrider::daemon {

inline constexpr int master_fd = 3;
inline constexpr int first_listen_fd = 4;

namespace to_master {
inline constexpr char one_at_a_time = 'o';  // each process takes one client: start one per client
inline constexpr char busy = 'b';           // has several clients: a process on another core would help
inline constexpr char full = 'f';           // takes no more clients for now
inline constexpr char available = 'a';      // takes clients (again)
inline constexpr char leaving = 'l';        // takes no more clients, ever: a successor is welcome
inline constexpr char served = 's';         // has served its first client: the program works
inline constexpr char ready = 'r';          // initialised
}  // namespace to_master

namespace to_child {
inline constexpr char leave = 'L';      // accept nobody, finish what is in hand, exit
inline constexpr char stress_on = 'S';  // all processes of the service are full
inline constexpr char stress_off = 's';
inline constexpr char wake_up = 'W';  // the wake-up timer of master.cf
}  // namespace to_child

}  // namespace postrider::daemon
