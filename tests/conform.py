#!/usr/bin/env python3
"""tests/conform.py - runs the conformance suite (tests/conform) against an installed tree.

  conform.py --prefix P                  every case; a failing one once more by itself before it counts
  conform.py --prefix P --suite DIR      another copy of the suite
  ... --areas smtpd,relay                only these areas
  ... -k REGEX                           only cases whose whole name matches

Ends with one line "N passed, N failed".
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def all_cases(suite):
    out = subprocess.run([os.path.join(suite, "run"), "--list"], stdout=subprocess.PIPE, text=True, check=True)
    return out.stdout.split()


def run_cases(suite, prefix, names, jobs, quiet=False):
    """Results of the named cases: {case: (status, text)}."""
    if not names:
        return {}
    results = {}
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        # Whole groups are named by a pattern of their own; an argument list has its limits.
        pattern = "^(?:%s)$" % "|".join(re.escape(n) for n in names)
        groups = sorted({n.rsplit(".", 1)[0] for n in names})
        if len(pattern) > 100000:
            pattern = "^(?:%s)\\." % "|".join(re.escape(g) for g in groups)
        process = subprocess.run(
            [os.path.join(suite, "run"), "--prefix", prefix, "-j", str(jobs), "--json", out.name, "-k", pattern],
            stdout=subprocess.DEVNULL if quiet else None, stdin=subprocess.DEVNULL)
        try:
            data = json.load(open(out.name))
        except ValueError:
            sys.exit("conform.py: the suite ended without results (status %d)" % process.returncode)
    wanted = set(names)
    for case in data["cases"]:
        if case["case"] in wanted:
            results[case["case"]] = (case["status"], case.get("why", ""))
    return results


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--suite", default=os.path.join(HERE, "conform"))
    parser.add_argument("--prefix", required=True)
    parser.add_argument("--areas", default="")
    parser.add_argument("-k", default="")
    parser.add_argument("-j", type=int, default=2)
    options = parser.parse_args()

    cases = all_cases(options.suite)
    if options.areas:
        areas = options.areas.split(",")
        cases = [c for c in cases if c.split(".")[0] in areas]
    if options.k:
        cases = [c for c in cases if re.search(options.k, c)]
    results = run_cases(options.suite, options.prefix, cases, options.j)

    failed = sorted(c for c, (status, _) in results.items() if status == "fail")
    if failed:
        print("once more, one by one: %d failed case(s)" % len(failed), flush=True)
        for case in failed:
            results.update(run_cases(options.suite, options.prefix, [case], 1, quiet=True))
    failed = sorted(c for c, (status, _) in results.items() if status == "fail")
    for case in failed:
        print("FAILED %s: %s" % (case, results[case][1]))
    print("%d passed, %d failed" % (sum(status == "pass" for status, _ in results.values()), len(failed)))
    return 1 if failed else 0


sys.exit(main())
