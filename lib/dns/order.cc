// lib/dns/order.cc - in which order the records of an answer are to be tried.
#include "lib/dns/order.h"

#include <algorithm>
#include <random>

namespace postrider::dns {

namespace {

std::minstd_rand& generator() {
    thread_local std::minstd_rand numbers{std::random_device{}()};
    return numbers;
}

bool before(const Record& a, const Record& b) {
    return a.preference < b.preference;
}

// RFC 2782: of the records left, each is next with a chance in proportion to its weight.
void draw_by_weight(std::vector<Record>::iterator first, std::vector<Record>::iterator last) {
    // Weight 0 first, so that a draw of 0 may select it.
    std::stable_sort(first, last, [](const Record& a, const Record& b) { return a.weight < b.weight; });
    for (; first != last; ++first) {
        unsigned total = 0;
        for (auto one = first; one != last; ++one) total += one->weight;
        const unsigned drawn = random_below(total + 1);
        unsigned sum = 0;
        auto chosen = first;
        for (; chosen != last; ++chosen) {
            sum += chosen->weight;
            if (sum >= drawn) break;
        }
        std::rotate(first, chosen, chosen + 1);
    }
}

}  // namespace

unsigned random_below(unsigned limit) {
    return limit < 2 ? 0 : std::uniform_int_distribution<unsigned>(0, limit - 1)(generator());
}

void order_by_preference(std::vector<Record>& records, Shuffle shuffle) {
    if (shuffle == Shuffle::yes) std::shuffle(records.begin(), records.end(), generator());
    std::stable_sort(records.begin(), records.end(), before);
}

void order_services(std::vector<Record>& records, Shuffle shuffle) {
    order_by_preference(records, shuffle);
    if (shuffle == Shuffle::no) return;
    for (auto first = records.begin(); first != records.end();) {
        const auto last = std::upper_bound(first, records.end(), *first, before);
        draw_by_weight(first, last);
        first = last;
    }
}

}  // namespace postrider::dns
