#!/usr/bin/env python3
"""tests/rfc_index.py - lists where the code names a standard, sorted by RFC and section, and its Compat: notes."""
import collections
import os
import re
import subprocess

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SECTION = re.compile(r"\bRFC (\d+)((?:,? (?:and )?\d{1,2}(?!\d)(?:\.\d+)*)*)")


def main():
    files = subprocess.run(["git", "ls-files", "*.cc", "*.h", "*.py"], cwd=TOP, stdout=subprocess.PIPE, text=True,
                           check=True).stdout.split()
    standards, compat = collections.defaultdict(list), []
    for path in files:
        if path.endswith("rfc_index.py"):
            continue
        with open(os.path.join(TOP, path), encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                place = "%s:%d" % (path, number)
                for found in SECTION.finditer(line):
                    sections = re.findall(r"\d+(?:\.\d+)*", found.group(2)) or [""]
                    for section in sections:
                        standards[int(found.group(1)), section].append(place)
                if "Compat:" in line:
                    compat.append("%s: %s" % (place, line.split("Compat:", 1)[1].strip()))
    last = None
    order = sorted(standards, key=lambda key: (key[0], [int(n) for n in key[1].split(".") if n]))
    for number, section in order:
        if number != last:
            print("RFC %d" % number)
            last = number
        print("  %-10s %s" % (section or "-", " ".join(standards[number, section])))
    print("Compat")
    for line in compat:
        print("  " + line)


main()
