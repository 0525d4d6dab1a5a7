#!/usr/bin/env python3
"""tests/lint.py - what compilers do not tell: co_await shapes that g++ 12 miscompiles, the order of lib/, the
heads of files, the format, programs added by mistake, names in documents.

Ends with one line "N passed, N failed"; each check counts once.

See docs/coroutines.md for why the shapes are wrong.
"""
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
STAIRCASE = ["base", "async", "tls", "sasl", "dns", "config", "ipc", "mail", "tables", "queue", "milter", "delivery",
             "daemon"]
NO_PATHS = {"smtp/mail.example.com"}  # what documents name and only looks so: a Kerberos principal
# A header of a third-party library, by how its name begins, and the one folder that includes it.
LIBRARIES = {"openssl/": "lib/tls", "event2/": "lib/async", "sasl/": "lib/sasl", "ares": "lib/dns", "db.h": "lib/tables/types",
             "lmdb.h": "lib/tables/types", "cdb.h": "lib/tables/types", "pcre2.h": "lib/tables/types", "sqlite3.h": "lib/tables/types",
             "idn2.h": "lib/mail", "unicode/": "lib/mail", "seccomp.h": "lib/daemon"}
PROGRAM_TOPS = ("master", "smtpd", "smtp", "qmgr", "local", "pickup", "cleanup", "postdrop", "agents", "services",
                "commands")


def sources():
    out = subprocess.run(["git", "ls-files", "*.cc", "*.h"], cwd=TOP, stdout=subprocess.PIPE, text=True).stdout.split()
    if not out:  # not a git checkout: walk
        for top in PROGRAM_TOPS + ("lib", "tests"):
            for directory, _, names in os.walk(os.path.join(TOP, top)):
                out += [os.path.relpath(os.path.join(directory, n), TOP) for n in names if n.endswith((".cc", ".h"))]
    return sorted(f for f in out if os.path.exists(os.path.join(TOP, f)) and not f.startswith("tests/compiler/"))


def without_comments(text):
    """The code with comments and literals blanked, line numbers kept."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    pattern = r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\''
    return re.sub(pattern, blank, text, flags=re.S)


def statements(code):
    """(line, statement) of every statement that contains co_await."""
    for match in re.finditer(r"\bco_await\b", code):
        start = max(code.rfind(c, 0, match.start()) for c in ";{}") + 1
        depth, end = 0, match.start()
        while end < len(code):
            c = code[end]
            if c in "({[":
                depth += 1
            elif c in ")}]":
                if depth == 0:
                    break
                depth -= 1
            elif c == ";" and depth == 0:
                break
            end += 1
        yield code.count("\n", 0, match.start()) + 1, code[start:end]


def check_coroutines(files):
    found = []
    for path in files:
        code = without_comments(open(os.path.join(TOP, path), encoding="utf-8").read())
        for line, statement in statements(code):
            awaited = statement[statement.index("co_await"):]
            wrong = None
            if re.search(r"\bswitch\s*\(\s*co_await", statement):
                wrong = "switch on a co_await"
            elif re.search(r"[(,]\s*\{", awaited):
                wrong = "braces as an argument of a co_await"
            elif re.search(r"\[[^\]]+\]\s*(\([^)]*\))?\s*(mutable\s*)?\{", awaited):
                wrong = "a capturing lambda in a co_await"
            elif "?" in awaited and ":" in awaited.split("?", 1)[1].replace("::", ""):
                wrong = "?: in a co_await"
            elif statement.count("co_await") > 1:
                wrong = "two co_await in one statement"
            if wrong:
                found.append("%s:%d: %s: %s" % (path, line, wrong, " ".join(statement.split())[:90]))
        for match in re.finditer(r"\bcatch\s*\([^)]*\)\s*\{", code):
            depth, end = 1, match.end()
            while depth and end < len(code):
                depth += {"{": 1, "}": -1}.get(code[end], 0)
                end += 1
            if "co_await" in code[match.end():end]:
                found.append("%s:%d: co_await in a catch" % (path, code.count("\n", 0, match.start()) + 1))
    return found


def check_staircase(files):
    """A folder of lib/ includes only folders before it; programs include lib/ and themselves."""
    found = []
    for path in files:
        parts = path.split("/")
        if path.endswith("_test.cc") and parts[0] == "lib":
            continue
        for number, line in enumerate(open(os.path.join(TOP, path), encoding="utf-8"), 1):
            match = re.match(r'#include "([^"]+)"', line)
            if not match:
                continue
            target = match.group(1).split("/")
            if parts[0] == "lib" and target[0] == "lib":
                if STAIRCASE.index(target[1]) > STAIRCASE.index(parts[1]):
                    found.append("%s:%d: includes %s, which is above it" % (path, number, match.group(1)))
            elif parts[0] == "lib" and target[0] in PROGRAM_TOPS:
                found.append("%s:%d: the library includes a program" % (path, number))
            elif parts[0] in PROGRAM_TOPS and target[0] in PROGRAM_TOPS:
                mine = parts[:2] if parts[0] in ("agents", "services", "commands") else parts[:1]
                # `postfix check` and `postfix explain` ask the programs' own code what they would do.
                if path.startswith(("commands/postfix/check/", "commands/postfix/explain/")):
                    continue
                # What two commands share, and nobody else has use for.
                if parts[0] == "commands" and target[:2] == ["commands", "load"]:
                    continue
                if target[:len(mine)] != mine:
                    found.append("%s:%d: a program includes another: %s" % (path, number, match.group(1)))
    return found


def check_libraries(files):
    """One folder names a third-party library; plug-ins name what their client library needs."""
    found = []
    for path in files:
        if path.startswith(("lib/tables/plugins/", "tests/")):
            continue
        for number, line in enumerate(open(os.path.join(TOP, path), encoding="utf-8"), 1):
            match = re.match(r"#include <([^>]+)>", line)
            for start, folder in LIBRARIES.items():
                if match and match.group(1).startswith(start) and os.path.dirname(path) != folder:
                    found.append("%s:%d: includes %s, which is for %s" % (path, number, match.group(1), folder))
    return found


def check_heads(files):
    """Every file opens with its path."""
    found = []
    for path in files:
        first = open(os.path.join(TOP, path), encoding="utf-8").readline()
        if not first.startswith("// " + path):
            found.append("%s:1: does not open with its path" % path)
    return found


def check_built(_):
    """Nothing that a compiler made is in the tree."""
    found = []
    for path in subprocess.run(["git", "ls-files", "-z"], cwd=TOP, stdout=subprocess.PIPE, text=True).stdout.split("\0"):
        if os.path.isfile(os.path.join(TOP, path)):
            with open(os.path.join(TOP, path), "rb") as file:
                if file.read(8).startswith((b"\x7fELF", b"!<arch>\n")):
                    found.append(path + ": made by a compiler, not written")
    return found


def check_documents(files):
    """A folder of sources has a README.md; files and folders that documents name are there; docs/architecture.md and
    README.md have every folder of the house, and the order of lib/ as it is here."""
    tracked = subprocess.run(["git", "ls-files"], cwd=TOP, stdout=subprocess.PIPE, text=True).stdout.split() or files
    tracked = [path for path in tracked if os.path.exists(os.path.join(TOP, path))]
    names, folders = {os.path.basename(path) for path in tracked}, {os.path.dirname(path) for path in tracked}
    for folder in list(folders):
        while "/" in folder:
            folder = os.path.dirname(folder)
            folders.add(folder)
    there = set(tracked) | folders
    found = ["%s: has no README.md" % folder for folder in sorted({os.path.dirname(path) for path in files})
             if folder.split("/")[0] in PROGRAM_TOPS + ("lib",) and folder + "/README.md" not in there]
    documents = [path for path in tracked if path.endswith(".md") and path != "CHANGES.md"]
    for document in documents:
        lines = open(os.path.join(TOP, document), encoding="utf-8").read().split("\n")
        for number, line in enumerate(lines, 1):
            for name in re.findall(r"`([\w/.+-]+)`", line):
                if "/" not in name:
                    known = name in names or not name.endswith((".h", ".cc"))
                elif name.split("/")[0] in PROGRAM_TOPS + ("lib", "tests", "docs"):
                    near = os.path.normpath(os.path.join(os.path.dirname(document), name))
                    known = any(path + end in there for path in (name.rstrip("/"), near) for end in ("", ".h", ".cc"))
                    known = known or name.split("/")[0] not in folders
                else:
                    continue
                if not known and name not in NO_PATHS:
                    found.append("%s:%d: names %s, which is not there" % (document, number, name))
    architecture = open(os.path.join(TOP, "docs/architecture.md"), encoding="utf-8").read()
    readme = open(os.path.join(TOP, "README.md"), encoding="utf-8").read()
    for folder in sorted({path.split("/")[0] for path in tracked if "/" in path and not path.startswith(".")}):
        for name, text in (("docs/architecture.md", architecture), ("README.md", readme)):
            if not re.search(r"\b%s/" % folder, text):
                found.append("%s: does not name %s/" % (name, folder))
    if ", ".join(STAIRCASE) not in " ".join(architecture.split()):
        found.append("docs/architecture.md: the order of lib/ is another")
    if sorted(STAIRCASE) != sorted({path.split("/")[1] for path in tracked if re.match("lib/.*/", path)}):
        found.append("lib/: has other folders than the order of lib/")
    return found


def check_format(files):
    program = shutil.which("clang-format-14") or shutil.which("clang-format")
    if program is None:
        print("clang-format is not installed: the format is not checked")
        return []
    found = []
    for start in range(0, len(files), 50):
        out = subprocess.run([program, "--dry-run"] + files[start:start + 50], cwd=TOP, stderr=subprocess.PIPE,
                             text=True).stderr
        found += sorted({line.split(":")[0] + ": not formatted (clang-format -i)" for line in out.splitlines()
                         if "warning:" in line})
    return found


def main():
    files = sources()
    failed = 0
    checks = [check_coroutines, check_staircase, check_libraries, check_heads, check_built, check_documents, check_format]
    for check in checks:
        found = check(files)
        for line in found:
            print(line)
        if found:
            failed += 1
            print("FAILED %s: %d finding(s)" % (check.__name__, len(found)))
    print("%d passed, %d failed" % (len(checks) - failed, failed))
    return 1 if failed else 0


sys.exit(main())
