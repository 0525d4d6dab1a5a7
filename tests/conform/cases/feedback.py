"""How many deliveries to one destination at once: the window after each good and each bad delivery."""
import re
import time

from harness import FakeSMTP, Group, patience

# name: (settings, what becomes of one delivery after the other: S sent, F failed).  One more delivery is under way
# all the time, until H.
ROWS = {
    "whole_steps": ("positive_feedback = 1, negative_feedback = 1", "SSSSFFFFSS"),
    "halves": ("positive_feedback = 1/2, negative_feedback = 1/2", "SSSSFFFFSSFF"),
    "quarters": ("positive_feedback = 1/4, negative_feedback = 1/4", "SSSSSSFFFFFFF"),
    "eighths": ("positive_feedback = 1/8, negative_feedback = 1/8", "SSSSSSSSSFFFFFFFFF"),
    "three_quarters": ("positive_feedback = 3/4, negative_feedback = 3/4", "SSSSFFFF"),
    "decimals": ("positive_feedback = 0.3, negative_feedback = 0.7", "SSSSSFFFF"),
    "concurrency": ("positive_feedback = 1/concurrency, negative_feedback = 1/concurrency", "SSSSSSFFFFFF"),
    "half_of_concurrency": ("positive_feedback = 0.5/concurrency, negative_feedback = 0.5/concurrency",
                            "SSSSFFFF"),
    "none": ("positive_feedback = 0, negative_feedback = 0", "SSFFSS"),
    "mixed": ("positive_feedback = 1/concurrency, negative_feedback = 1", "SFSFSFSSF"),
    "mixed_the_other_way": ("positive_feedback = 1, negative_feedback = 1/concurrency", "FSFSFFS"),
    "limit_reached": ("limit = 4, initial = 3", "SSSFS"),
    "limit_below_the_initial": ("limit = 2, initial = 5", "SSS"),
    "no_limit": ("limit = 0, initial = 2", "SSSS"),
    "initial_of_two": ("initial = 2", "SSS"),
    "cohort_of_one": ("initial = 2, failed_cohort_limit = 1, negative_feedback = 0", "FF"),
    "alive_again": ("initial = 2, failed_cohort_limit = 1, negative_feedback = 0", "FFH"),
    "alive_again_in_quarters": ("initial = 4, failed_cohort_limit = 1, negative_feedback = 0, positive_feedback = 1/4", "SFFFFH"),
    "cohort_of_two": ("initial = 2, failed_cohort_limit = 2, negative_feedback = 0", "FFFF"),
    "cohort_is_forgotten": ("initial = 3, failed_cohort_limit = 1, negative_feedback = 0", "FFSFFF"),
    "cohort_without_steps": ("initial = 4, failed_cohort_limit = 1, negative_feedback = 0", "FFFF"),
    "cohort_does_not_count": ("initial = 2, failed_cohort_limit = 0, negative_feedback = 0", "FFFFF"),
    "cohort_of_default": ("initial = 4, failed_cohort_limit =, negative_feedback = 0", "FFFF"),
    "space_in_a_fraction": ("positive_feedback = 1 / 2, negative_feedback = 1/ 2", "SF"),
    "words": ("positive_feedback = foo, negative_feedback = concurrency", "SF"),
    "too_much": ("positive_feedback = 2, negative_feedback = 3/2", "SF"),
    "negative": ("positive_feedback = -1, negative_feedback = 1/-2", "SF"),
    "zero_below": ("positive_feedback = 1/0, negative_feedback = 0/2", "SF"),
    "other_words_below": ("positive_feedback = 1/foo, negative_feedback = 1/2/3", "SF"),
    "capitals": ("positive_feedback = 1/CONCURRENCY, negative_feedback = 1/Concurrency", "SF"),
    "words_behind": ("positive_feedback = 1, negative_feedback = 1/2x", "SF"),
}

EXPECTED = {
    'alive_again': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 2 success 0 failure 0 fail_cohorts 0.5
qmgr_queue_throttle: queue HOP: limit 20 window 0 success 0 failure 0 fail_cohorts 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 1 success 0 failure 0 fail_cohorts 0
""",
    'capitals': """
fN: fN_destination_concurrency_positive_feedback feedback type 1 value at 5: 0.2
fN: fN_destination_concurrency_negative_feedback feedback type 1 value at 5: 0.2
qmgr_queue_unthrottle: feedback 0.1
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.1 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0.1
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.9 fail_cohorts 0.1
""",
    'cohort_does_not_count': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 2 success 0 failure 0 fail_cohorts 0.5
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 2 success 0 failure 0 fail_cohorts 1
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 2 success 0 failure 0 fail_cohorts 1.5
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 2 success 0 failure 0 fail_cohorts 2
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 2 success 0 failure 0 fail_cohorts 2.5
""",
    'cohort_is_forgotten': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 3 success 0 failure 0 fail_cohorts 0.333333
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 3 success 0 failure 0 fail_cohorts 0.666667
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 4 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 4 success 0 failure 0 fail_cohorts 0.25
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 4 success 0 failure 0 fail_cohorts 0.5
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 4 success 0 failure 0 fail_cohorts 0.75
""",
    'cohort_of_default': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 4 success 0 failure 0 fail_cohorts 0.25
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 4 success 0 failure 0 fail_cohorts 0.5
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 4 success 0 failure 0 fail_cohorts 0.75
qmgr_queue_throttle: queue HOP: limit 20 window 0 success 0 failure 0 fail_cohorts 1
""",
    'cohort_of_one': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 2 success 0 failure 0 fail_cohorts 0.5
qmgr_queue_throttle: queue HOP: limit 20 window 0 success 0 failure 0 fail_cohorts 1
""",
    'cohort_of_two': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 2 success 0 failure 0 fail_cohorts 0.5
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 2 success 0 failure 0 fail_cohorts 1
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 2 success 0 failure 0 fail_cohorts 1.5
qmgr_queue_throttle: queue HOP: limit 20 window 0 success 0 failure 0 fail_cohorts 2
""",
    'cohort_without_steps': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 4 success 0 failure 0 fail_cohorts 0.25
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 4 success 0 failure 0 fail_cohorts 0.5
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 4 success 0 failure 0 fail_cohorts 0.75
qmgr_queue_throttle: queue HOP: limit 20 window 0 success 0 failure 0 fail_cohorts 1
""",
    'concurrency': """
fN: fN_destination_concurrency_positive_feedback feedback type 1 value at 5: 0.2
fN: fN_destination_concurrency_negative_feedback feedback type 1 value at 5: 0.2
qmgr_queue_unthrottle: feedback 0.1
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.1 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.1
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.2 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.1
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.3 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.1
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.4 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.1
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.5 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.1
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.6 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0.1
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.9 fail_cohorts 0.1
qmgr_queue_throttle: feedback 0.111111
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.788889 fail_cohorts 0.211111
qmgr_queue_throttle: feedback 0.111111
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.677778 fail_cohorts 0.322222
qmgr_queue_throttle: feedback 0.111111
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.566667 fail_cohorts 0.433333
qmgr_queue_throttle: feedback 0.111111
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.455556 fail_cohorts 0.544444
qmgr_queue_throttle: feedback 0.111111
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.344444 fail_cohorts 0.655556
""",
    'decimals': """
fN: fN_destination_concurrency_positive_feedback feedback type 0 value at 5: 0.3
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0.7
qmgr_queue_unthrottle: feedback 0.3
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.3 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.3
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.6 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.3
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success -0.1 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.3
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0.2 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.3
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0.5 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0.7
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 1.3 fail_cohorts 0.0909091
qmgr_queue_throttle: feedback 0.7
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.6 fail_cohorts 0.20202
qmgr_queue_throttle: feedback 0.7
qmgr_queue_throttle: queue HOP: limit 20 window 8 success 0 failure 0.9 fail_cohorts 0.313131
qmgr_queue_throttle: feedback 0.7
qmgr_queue_throttle: queue HOP: limit 20 window 7 success 0 failure 1.2 fail_cohorts 0.438131
""",
    'eighths': """
fN: fN_destination_concurrency_positive_feedback feedback type 0 value at 5: 0.125
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0.125
qmgr_queue_unthrottle: feedback 0.125
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.125 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.125
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.25 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.125
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.375 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.125
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.5 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.125
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.625 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.125
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.75 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.125
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.875 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.125
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.125
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0.125 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0.125
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0.875 fail_cohorts 0.0909091
qmgr_queue_throttle: feedback 0.125
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0.75 fail_cohorts 0.190909
qmgr_queue_throttle: feedback 0.125
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0.625 fail_cohorts 0.290909
qmgr_queue_throttle: feedback 0.125
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0.5 fail_cohorts 0.390909
qmgr_queue_throttle: feedback 0.125
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0.375 fail_cohorts 0.490909
qmgr_queue_throttle: feedback 0.125
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0.25 fail_cohorts 0.590909
qmgr_queue_throttle: feedback 0.125
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0.125 fail_cohorts 0.690909
qmgr_queue_throttle: feedback 0.125
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 1 fail_cohorts 0.790909
qmgr_queue_throttle: feedback 0.125
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.875 fail_cohorts 0.90202
""",
    'half_of_concurrency': """
fN: fN_destination_concurrency_positive_feedback feedback type 1 value at 5: 0.1
fN: fN_destination_concurrency_negative_feedback feedback type 1 value at 5: 0.1
qmgr_queue_unthrottle: feedback 0.05
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.05 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.05
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.1 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.05
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.15 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.05
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.2 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0.05
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.95 fail_cohorts 0.1
qmgr_queue_throttle: feedback 0.0555556
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.894444 fail_cohorts 0.211111
qmgr_queue_throttle: feedback 0.0555556
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.838889 fail_cohorts 0.322222
qmgr_queue_throttle: feedback 0.0555556
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.783333 fail_cohorts 0.433333
""",
    'halves': """
fN: fN_destination_concurrency_positive_feedback feedback type 0 value at 5: 0.5
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0.5
qmgr_queue_unthrottle: feedback 0.5
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.5 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.5
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.5
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0.5 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.5
qmgr_queue_unthrottle: queue HOP: limit 20 window 12 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0.5
qmgr_queue_throttle: queue HOP: limit 20 window 11 success 0 failure 0.5 fail_cohorts 0.0833333
qmgr_queue_throttle: feedback 0.5
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 1 fail_cohorts 0.174242
qmgr_queue_throttle: feedback 0.5
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0.5 fail_cohorts 0.274242
qmgr_queue_throttle: feedback 0.5
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 1 fail_cohorts 0.374242
qmgr_queue_unthrottle: feedback 0.5
qmgr_queue_unthrottle: queue HOP: limit 20 window 9 success 0.5 failure 1 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.5
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0.5
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.5 fail_cohorts 0.1
qmgr_queue_throttle: feedback 0.5
qmgr_queue_throttle: queue HOP: limit 20 window 8 success 0 failure 1 fail_cohorts 0.211111
""",
    'initial_of_two': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: default_destination_concurrency_negative_feedback feedback type 0 value at 5: 1
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 3 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 4 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: queue HOP: limit 20 window 4 success 0 failure 0 fail_cohorts 0
""",
    'limit_below_the_initial': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: default_destination_concurrency_negative_feedback feedback type 0 value at 5: 1
qmgr_queue_unthrottle: queue HOP: limit 2 window 2 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: queue HOP: limit 2 window 2 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: queue HOP: limit 2 window 2 success 0 failure 0 fail_cohorts 0
""",
    'limit_reached': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: default_destination_concurrency_negative_feedback feedback type 0 value at 5: 1
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 4 window 4 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: queue HOP: limit 4 window 4 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: queue HOP: limit 4 window 4 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 4 window 2 success 0 failure 1 fail_cohorts 0.25
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 4 window 3 success 0 failure 0 fail_cohorts 0
""",
    'mixed': """
fN: fN_destination_concurrency_positive_feedback feedback type 1 value at 5: 0.2
fN: default_destination_concurrency_negative_feedback feedback type 0 value at 5: 1
qmgr_queue_unthrottle: feedback 0.1
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.1 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 20 window 8 success 0 failure 1 fail_cohorts 0.1
qmgr_queue_unthrottle: feedback 0.125
qmgr_queue_unthrottle: queue HOP: limit 20 window 8 success 0.125 failure 1 fail_cohorts 0
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 20 window 7 success 0 failure 1 fail_cohorts 0.125
qmgr_queue_unthrottle: feedback 0.142857
qmgr_queue_unthrottle: queue HOP: limit 20 window 7 success 0.142857 failure 1 fail_cohorts 0
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 20 window 6 success 0 failure 1 fail_cohorts 0.142857
qmgr_queue_unthrottle: feedback 0.166667
qmgr_queue_unthrottle: queue HOP: limit 20 window 6 success 0.166667 failure 1 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.166667
qmgr_queue_unthrottle: queue HOP: limit 20 window 6 success 0.333333 failure 1 fail_cohorts 0
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 20 window 5 success 0 failure 1 fail_cohorts 0.166667
""",
    'mixed_the_other_way': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: fN_destination_concurrency_negative_feedback feedback type 1 value at 5: 0.2
qmgr_queue_throttle: feedback 0.1
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.9 fail_cohorts 0.1
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0.1
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.9 fail_cohorts 0.1
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0.1
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.9 fail_cohorts 0.1
qmgr_queue_throttle: feedback 0.111111
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.788889 fail_cohorts 0.211111
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0 failure 0 fail_cohorts 0
""",
    'negative': """
warning: fN_destination_concurrency_positive_feedback: ignoring malformed or unreasonable feedback: -1
fN: fN_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
warning: fN_destination_concurrency_negative_feedback: ignoring malformed or unreasonable feedback: 1/-2
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 1
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 1 fail_cohorts 0.0909091
""",
    'no_limit': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: default_destination_concurrency_negative_feedback feedback type 0 value at 5: 1
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 0 window 3 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 0 window 4 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: queue HOP: limit 0 window 4 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: queue HOP: limit 0 window 4 success 0 failure 0 fail_cohorts 0
""",
    'none': """
fN: fN_destination_concurrency_positive_feedback feedback type 0 value at 5: 0
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0
qmgr_queue_unthrottle: feedback 0
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0 fail_cohorts 0.1
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0 fail_cohorts 0.2
qmgr_queue_unthrottle: feedback 0
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0 failure 0 fail_cohorts 0
""",
    'other_words_below': """
warning: fN_destination_concurrency_positive_feedback: ignoring malformed or unreasonable feedback: 1/foo
fN: fN_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
warning: fN_destination_concurrency_negative_feedback: ignoring malformed or unreasonable feedback: 1/2/3
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 1
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 1 fail_cohorts 0.0909091
""",
    'quarters': """
fN: fN_destination_concurrency_positive_feedback feedback type 0 value at 5: 0.25
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0.25
qmgr_queue_unthrottle: feedback 0.25
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.25 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.25
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.5 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.25
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.75 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.25
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.25
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0.25 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.25
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0.5 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0.25
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0.75 fail_cohorts 0.0909091
qmgr_queue_throttle: feedback 0.25
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0.5 fail_cohorts 0.190909
qmgr_queue_throttle: feedback 0.25
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0.25 fail_cohorts 0.290909
qmgr_queue_throttle: feedback 0.25
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 1 fail_cohorts 0.390909
qmgr_queue_throttle: feedback 0.25
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.75 fail_cohorts 0.50202
qmgr_queue_throttle: feedback 0.25
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.5 fail_cohorts 0.613131
qmgr_queue_throttle: feedback 0.25
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.25 fail_cohorts 0.724242
""",
    'space_in_a_fraction': """
fN: fN_destination_concurrency_positive_feedback feedback type 0 value at 5: 0.5
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0.5
qmgr_queue_unthrottle: feedback 0.5
qmgr_queue_unthrottle: queue HOP: limit 20 window 10 success 0.5 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0.5
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.5 fail_cohorts 0.1
""",
    'three_quarters': """
fN: fN_destination_concurrency_positive_feedback feedback type 0 value at 5: 0.75
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0.75
qmgr_queue_unthrottle: feedback 0.75
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success -0.25 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.75
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0.5 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 0.75
qmgr_queue_unthrottle: queue HOP: limit 20 window 12 success 0.25 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: queue HOP: limit 20 window 12 success 0.25 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0.75
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 1.25 fail_cohorts 0.0833333
qmgr_queue_throttle: feedback 0.75
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 0.5 fail_cohorts 0.183333
qmgr_queue_throttle: feedback 0.75
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 0.75 fail_cohorts 0.283333
qmgr_queue_throttle: feedback 0.75
qmgr_queue_throttle: queue HOP: limit 20 window 8 success 0 failure 1 fail_cohorts 0.394444
""",
    'too_much': """
warning: fN_destination_concurrency_positive_feedback: ignoring malformed or unreasonable feedback: 2
fN: fN_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
warning: fN_destination_concurrency_negative_feedback: ignoring malformed or unreasonable feedback: 3/2
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 1
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 1 fail_cohorts 0.0909091
""",
    'whole_steps': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: default_destination_concurrency_negative_feedback feedback type 0 value at 5: 1
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 12 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: queue HOP: limit 20 window 12 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: queue HOP: limit 20 window 12 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 20 window 10 success 0 failure 1 fail_cohorts 0.0833333
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 1 fail_cohorts 0.183333
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 20 window 8 success 0 failure 1 fail_cohorts 0.294444
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 20 window 7 success 0 failure 1 fail_cohorts 0.419444
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 8 success 0 failure 0 fail_cohorts 0
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 9 success 0 failure 0 fail_cohorts 0
""",
    'words': """
warning: fN_destination_concurrency_positive_feedback: ignoring malformed or unreasonable feedback: foo
fN: fN_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
warning: fN_destination_concurrency_negative_feedback: ignoring malformed or unreasonable feedback: concurrency
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 1
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 1 fail_cohorts 0.0909091
""",
    'words_behind': """
fN: default_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
warning: fN_destination_concurrency_negative_feedback: ignoring malformed or unreasonable feedback: 1/2x
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 1
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 1
qmgr_queue_throttle: queue HOP: limit 20 window 9 success 0 failure 1 fail_cohorts 0.0909091
""",
    'zero_below': """
warning: fN_destination_concurrency_positive_feedback: ignoring malformed or unreasonable feedback: 1/0
fN: fN_destination_concurrency_positive_feedback feedback type 0 value at 5: 1
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0
qmgr_queue_unthrottle: feedback 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 11 success 0 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 11 success 0 failure 0 fail_cohorts 0.0909091
""",
    'alive_again_in_quarters': """
fN: fN_destination_concurrency_positive_feedback feedback type 0 value at 5: 0.25
fN: fN_destination_concurrency_negative_feedback feedback type 0 value at 5: 0
qmgr_queue_unthrottle: feedback 0.25
qmgr_queue_unthrottle: queue HOP: limit 20 window 4 success 0.25 failure 0 fail_cohorts 0
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 4 success 0.25 failure 0 fail_cohorts 0.25
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 4 success 0.25 failure 0 fail_cohorts 0.5
qmgr_queue_throttle: feedback 0
qmgr_queue_throttle: queue HOP: limit 20 window 4 success 0.25 failure 0 fail_cohorts 0.75
qmgr_queue_throttle: queue HOP: limit 20 window 0 success 0.25 failure 0 fail_cohorts 1
qmgr_queue_unthrottle: queue HOP: limit 20 window 1 success 0 failure 0 fail_cohorts 0
""",
}


def suffix(name):
    if name == "initial":
        return "initial_destination_concurrency"
    return "destination_concurrency_" + name


def settings(number, text):
    given = dict(item.strip().split("=") for item in text.split(", "))
    given = {key.strip(): value.strip() for key, value in given.items()}
    if given.get("failed_cohort_limit") == "":
        del given["failed_cohort_limit"]
    else:
        given.setdefault("failed_cohort_limit", "100")
    given.setdefault("initial", "10")
    return "".join("f%d_%s = %s\n" % (number, suffix(key), value) for key, value in given.items())


class Feedback(Group):
    area = "queue"
    cost = 50
    main = """
smtpd_relay_restrictions = permit_mynetworks, reject
relayhost =
minimal_backoff_time = 1000s
smtp_connection_cache_on_demand = no
destination_concurrency_feedback_debug = yes
transport_maps = inline:{ %s }
""" % " ".join("{ f%d.test = f%d:[127.0.0.1]:%d }" % (i, i, 2600 + i) for i in range(len(ROWS))) + "".join(
        settings(i, ROWS[name][0]) for i, name in enumerate(ROWS))
    master = "".join("f%d unix - - n - - smtp\n" % i for i in range(len(ROWS)))

    def logged(self, number):
        out = []
        for line in self.inst.log_text(self.since).splitlines():
            m = re.search(r"postfix/qmgr\[\d+\]: (.*)", line)
            if m and re.search(r"feedback|window", m.group(1)) and not m.group(1).startswith("retry:"):
                out.append(re.sub(r"\bf%d\b" % number, "fN", m.group(1).replace("f%d_" % number, "fN_"))
                           .replace("[127.0.0.1]:%d" % (2600 + number), "HOP"))
        # The delivery that an earlier case left under way may end only now.
        mine, feedback = [], None
        for line in out:
            if re.search(r"^qmgr_queue_\w+: feedback", line):
                feedback = line
            elif "queue [127" in line:
                feedback = None
            else:
                mine += [feedback] if feedback else []
                mine.append(line)
                feedback = None
        return "".join(line + "\n" for line in mine)

    def look(self, name):
        number, script = list(ROWS).index(name), ROWS[name][1]
        done = []
        hop = FakeSMTP(("127.0.0.1", 2600 + number))

        def first(session, arg):
            end = time.time() + 20
            while not done and time.time() < end:
                time.sleep(0.05)

        hop.behave["DOT"] = [first, None]
        try:
            rcpt = "u@f%d.test" % number
            slow = self.sent(self.inst.send(rcpts=rcpt))
            end = time.time() + patience.wait()
            while not any("DATA" in s.commands for s in hop.sessions) and time.time() < end:
                time.sleep(0.02)
            told = 0
            for step in script:
                if step == "H":
                    done.append(1)
                    self.log(r"qmgr\[\d+\]: %s: removed" % slow)
                    continue
                hop.behave["CONNECT"] = "DROP" if step == "F" else None
                q = self.sent(self.inst.send(rcpts=rcpt))
                self.log(r"%s: to=<\S+>, .*status=%s" % (q, "deferred" if step == "F" else "sent"))
                self.found(self.inst.wait_log("qmgr.*%s: removed" % q, since=self.since) if step == "S"
                           else self.inst.wait_deferred(q), "end of the delivery")
                told += 1
                self.inst.wait_log(r"(?s)(?:queue \[127\.0\.0\.1\]:%d: .*?){%d}" % (2600 + number, told), timeout=2,
                                   since=self.since)
            self.eq("\n" + self.logged(number), "\n" + EXPECTED.get(name, "").lstrip("\n"), "log")
        finally:
            done.append(1)
            hop.close()
            self.inst.purge()


for _name in ROWS:
    setattr(Feedback, "test_" + _name, lambda self, name=_name: self.look(name))
