// lib/queue/flow.h - what qmgr(8) answers on the connections that announce new mail to it.
//
// cleanup(8) takes messages more slowly while qmgr is behind (in_flow_delay).
#pragma once

namespace postrider::queue::flow {

inline constexpr char behind = 'B';
inline constexpr char caught_up = 'C';

}  // namespace postrider::queue::flow
