// lib/base/tcp_window.h - the TCP window of this process's sockets.
#pragma once

namespace postrider {

// What listen_on() and make_stream_socket() give their sockets, bytes; 0 leaves it to the system.  Set before
// a socket is made: a listening one announces it to clients.
inline int tcp_window_size = 0;

}  // namespace postrider
