// lib/dns/order.h - in which order the records of an answer are to be tried.
#pragma once

#include <vector>

#include "lib/dns/record.h"

namespace postrider::dns {

enum class Shuffle { no, yes };

// By preference, RFC 5321 5.1; records of one preference in random order with Shuffle::yes, else as they
// came.
void order_by_preference(std::vector<Record>& records, Shuffle shuffle);
// By priority, and within one by chance as the weights say, RFC 2782.
void order_services(std::vector<Record>& records, Shuffle shuffle);
// A number in [0, limit), for load spreading only.
unsigned random_below(unsigned limit);

}  // namespace postrider::dns
