#!/usr/bin/env python3
"""tests/conform.py - runs the conformance suite against an installed tree.

  conform.py --suite DIR --prefix P            CI: every case that is not on the list of known failures;
                                               a failing case once more by itself before it counts
  conform.py --suite DIR --prefix P --all      every case; names the listed ones that now pass
  ... --areas smtpd,relay                      only these areas
  ... --write                                  shortens the list: takes out what passes now

The list, tests/conform-known-failures, has one case name per line and is only ever shortened.
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
LIST = os.path.join(HERE, "conform-known-failures")


def known_failures():
    if not os.path.exists(LIST):
        return []
    with open(LIST) as f:
        return [line.split("#")[0].strip() for line in f if line.split("#")[0].strip()]


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
    parser.add_argument("--suite", required=True)
    parser.add_argument("--prefix", required=True)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--areas", default="")
    parser.add_argument("-j", type=int, default=2)
    options = parser.parse_args()

    known = known_failures()
    cases = all_cases(options.suite)
    if options.areas:
        areas = options.areas.split(",")
        cases = [c for c in cases if c.split(".")[0] in areas]
    chosen = cases if options.all or options.write else [c for c in cases if c not in set(known)]
    results = run_cases(options.suite, options.prefix, chosen, options.j)

    failed = sorted(c for c, (status, _) in results.items() if status == "fail")
    new_failures = [c for c in failed if c not in set(known)]
    if new_failures and not options.write:
        print("once more, one by one: %d failed case(s)" % len(new_failures), flush=True)
        for case in new_failures:
            again = run_cases(options.suite, options.prefix, [case], 1, quiet=True)
            results.update(again)
    failed = sorted(c for c, (status, _) in results.items() if status == "fail")
    passed = sorted(c for c, (status, _) in results.items() if status == "pass")

    better = [c for c in known if c in set(passed)]
    if options.all or options.write:
        for case in better:
            print("listed as known to fail, passes now: " + case)
    if options.write:
        keep = [line for line in open(LIST) if line.split("#")[0].strip() not in set(better)]
        with open(LIST, "w") as f:
            f.writelines(keep)
    bad = [c for c in failed if c not in set(known)]
    for case in bad:
        print("FAILED %s: %s" % (case, results[case][1]))
    print("%d listed as known to fail" % len(known))
    print("%d passed, %d failed" % (len(passed), len(bad)))
    return 1 if bad else 0


sys.exit(main())
