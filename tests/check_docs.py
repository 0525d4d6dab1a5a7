#!/usr/bin/env python3
"""tests/check_docs.py - manuals against the code, in both directions: what `make check-docs` runs.

Every program, option, subcommand, table type, restriction and parameter of the code has its place in a manual; every
program, option, parameter and name with an underscore in a manual is in the code.  docs/differences.md names what has
no effect.  Ends with "N passed, N failed";
each check counts once.
"""
import glob
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)

# Second names, and where they are described; programs that are not installed.
SECOND_NAMES = {"defer": "bounce", "lmtp": "smtp", "trace": "bounce", "mailq": "sendmail", "newaliases": "sendmail"}
NOT_INSTALLED = {"manual"}
# Whose options are read by hand, not by getopt(3).
OWN_OPTIONS = {"sendmail"}
# Words in manuals that look like names of ours and are somebody else's.
FOREIGN = {"x86_64"}


def read(path):
    with open(os.path.join(TOP, path), encoding="utf-8") as f:
        return f.read()


def sources():
    found = []
    for pattern in ("*/*.cc", "*/*.h", "*/*/*.cc", "*/*/*.h", "*/*/*/*.cc", "*/*/*/*.h"):
        found += glob.glob(os.path.join(TOP, pattern))
    return [os.path.relpath(p, TOP) for p in found
            if not os.path.relpath(p, TOP).startswith(("build/", "tests/")) and not p.endswith("_test.cc")]


SOURCES = sources()
CODE = {path: read(path) for path in SOURCES}
MANUALS = {os.path.relpath(p, TOP): read(p) for p in glob.glob(os.path.join(TOP, "man", "man*", "*"))}


def programs():
    """{program: (kind, folder of its main.cc)} from the rules.mk files."""
    found = {}
    for path in glob.glob(os.path.join(TOP, "*", "rules.mk")) + glob.glob(os.path.join(TOP, "*", "*", "rules.mk")):
        for kind, name, folders in re.findall(r"call (daemon|command|small_command|program),([\w-]+),([^),]+)\)", read(path)):
            found[name] = (kind, folders.split()[0])
    for path in glob.glob(os.path.join(TOP, "commands", "*")):  # scripts are in folders of their own names
        if os.path.isfile(os.path.join(path, os.path.basename(path))):
            found[os.path.basename(path)] = ("script", os.path.relpath(path, TOP))
    return {n: v for n, v in found.items() if n not in NOT_INSTALLED}


PROGRAMS = programs()
DAEMON_LETTERS = re.search(r"getopt\(argc, argv, \"([^\"]+)\"", CODE["lib/daemon/options.cc"]).group(1)


def page_of(program):
    kind, _ = PROGRAMS.get(program, ("", ""))
    for section in ((1, 8) if kind.endswith("command") else (8, 1)):
        path = "man/man%d/%s.%d" % (section, program, section)
        if path in MANUALS:
            return path
    return None


def text_of(page):
    """What a reader sees, roughly: macros gone."""
    return re.sub(r"^\.[A-Z][A-Za-z]\b", "", MANUALS[page], flags=re.M)


def check_pages():
    """Every program has a page, every page of section 1 or 8 a program."""
    found = []
    for program in sorted(PROGRAMS):
        if page_of(program) is None:
            found.append("%s: no manual page" % program)
    for page in sorted(MANUALS):
        section = page.split("/")[1][3:]
        name = os.path.basename(page)[:-2]
        if not page.endswith("." + section):
            found.append("%s: is in the wrong folder" % page)
        if section in "18" and name not in PROGRAMS and SECOND_NAMES.get(name) not in PROGRAMS:
            found.append("%s: there is no such program" % page)
        first = MANUALS[page].splitlines()
        if first[0].startswith(".so "):  # a second name
            continue
        if not any(line.upper() == ".DT %s %s" % (name.upper(), section) for line in first[:5]):
            found.append("%s: .Dt does not say %s %s" % (page, name.upper(), section))
        for head in ("NAME", "SEE ALSO"):
            if ".Sh %s" % head not in MANUALS[page]:
                found.append("%s: has no section %s" % (page, head))
    return found


def letters_of(program):
    """Option letters that the program takes; those of daemons are all the same, and in master(8)."""
    if program in OWN_OPTIONS or (PROGRAMS[program][0] == "daemon" and program != "master"):
        return None
    folder = PROGRAMS[program][1]
    for path in sorted(CODE):
        if not path.startswith(folder + "/"):
            continue
        match = re.search(r"getopt\(\s*argc,\s*argv,\s*\"([^\"]+)\"", CODE[path])
        if match:
            return set(re.sub(r"[+:]", "", match.group(1)))
        match = re.search(r"CommandOptions \w+\(argc, argv, \"([^\"]*)\"", CODE[path])
        if match:
            return set(match.group(1).replace(":", "")) | set("cv")
        match = re.search(r"\b(?:letters|\.letters) *= *\"([^\"]+)\"", CODE[path])
        if match:
            return set(re.sub(r"[+:]", "", match.group(1)))
    return None


def described_letters(page):
    """Letters behind Fl, as mdoc has them: "Fl c", "Fl abc" in the synopsis."""
    letters = set()
    for line in MANUALS[page].splitlines():
        if line.startswith((".It", ".Op", ".Fl", ".Ar")) or " Fl " in line:
            line = re.sub(r"\bFl Fl \S+", "", line)  # a long option
            for word in re.findall(r"\bFl ((?:[^\s,|]+)(?: , Fl [^\s,]+)*)", line):
                for flag in re.split(r" , Fl ", word):
                    letters |= set(re.sub(r"[^A-Za-z0-9#]", "", flag.split()[0] if flag.split() else ""))
    return letters


def check_options():
    """Every option that a program takes stands in its page, and the other way round."""
    found = []
    for program in sorted(PROGRAMS):
        page, letters = page_of(program), letters_of(program)
        if page is None or letters is None:
            continue
        known = described_letters(page)
        if program == "master":  # says those of all daemons, too
            known -= set(re.sub(r"[+:]", "", DAEMON_LETTERS)) - letters
        for letter in sorted(letters - known):
            found.append("%s: option -%s is not described" % (page, letter))
        for letter in sorted(known - letters):
            # Options of another program in an example.
            if re.search(r"^\.(It|Op) Fl (?!Fl )\S*%s" % re.escape(letter), MANUALS[page], re.M):
                found.append("%s: describes -%s, which the program does not take" % (page, letter))
    known = described_letters("man/man8/master.8")
    for letter in sorted(set(re.sub(r"[+:]", "", DAEMON_LETTERS)) - known):
        found.append("man/man8/master.8: option -%s of daemons is not described" % letter)
    return found


def check_subcommands():
    """Every command of postfix(1) is described."""
    words = re.findall(r"^ *\{\"([a-z-]+)\", [a-z_:]+\}", CODE["commands/postfix/main.cc"], re.M)
    page = MANUALS["man/man1/postfix.1"]
    found = ["man/man1/postfix.1: %s is not described" % word for word in words
             if not re.search(r"^\.(?:It )?Cm (\S+ , )*%s\b" % re.escape(word), page, re.M)]
    for word in re.findall(r"^\.It Cm ([a-z-]+)", page, re.M):
        ours = "".join(text for path, text in CODE.items() if path.startswith("commands/postfix/"))
        if word not in words and '"%s"' % word not in ours:
            found.append("man/man1/postfix.1: describes %s, which is no command" % word)
    return found


def declared():
    """{parameter: (file, summary)}"""
    found = {}
    for path, text in CODE.items():
        if not path.endswith("parameters.h") and path != "lib/delivery/bounce_template.h":
            continue
        for block in re.split(r"\bParameter<", text)[1:]:
            name = re.search(r"\.name = \"(\w+)\"", block)
            if name:
                summary = re.search(r"\.summary =\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+)", block)
                words = "".join(re.findall(r"\"((?:[^\"\\]|\\.)*)\"", summary.group(1))) if summary else ""
                found[name.group(1)] = (path, words)
    return found


PARAMETERS = declared()
KNOWN = set(re.findall(r"\.name = \"(\w+)\"", CODE["lib/config/known_parameters.cc"])) | set(PARAMETERS)


def check_parameters():
    """Every parameter that a program obeys says what it means, and stands in the pages of who obeys it; the prose
    of man/parameters is about parameters, in order."""
    found = []
    for name, (path, summary) in sorted(PARAMETERS.items()):
        if not summary:
            found.append("%s: %s says nothing of itself (.summary)" % (path, name))
    headings = re.findall(r"^== (\S+)", read("man/parameters"), re.M)
    for name in headings:
        if name not in KNOWN:
            found.append("man/parameters: %s is no parameter" % name)
    for before, after in zip(headings, headings[1:]):
        if after <= before:
            found.append("man/parameters: %s stands behind %s" % (after, before))
    for name, (path, _) in sorted(PARAMETERS.items()):
        folder = os.path.dirname(path)
        page = None
        for program, (_, home) in PROGRAMS.items():
            if home == folder or (folder.startswith(home + "/") and home != "commands"):
                page = page_of(program)
        if os.path.basename(path).startswith("lmtp_"):
            continue  # as smtp_..., which smtp(8) says
        if page and not re.search(r"\b%s\b" % name, MANUALS[page]):
            found.append("%s: does not name %s" % (page, name))
    return found


def check_differences():
    """Every parameter of Postfix that nobody here obeys is named in docs/differences.md, alone or by its beginning."""
    listed = read("docs/differences.md")
    names = set(re.findall(r"`(\w+)`", listed))
    beginnings = tuple(re.findall(r"`(\w+_)\*?`", listed))
    return ["docs/differences.md: does not name %s, which has no effect" % name
            for name in sorted(KNOWN - set(PARAMETERS)) if name not in names and not name.startswith(beginnings)]


def check_names():
    """A name with an underscore in a manual is one that the code has, too."""
    everything = "\n".join(CODE.values()) + "\n".join(
        read(os.path.relpath(p, TOP)) for p in glob.glob(os.path.join(TOP, "conf", "*")) if os.path.isfile(p))
    words = set(re.findall(r"\w+", everything))
    words |= {os.path.basename(page)[:-2] for page in MANUALS}
    words |= {"relay" + word[len("default"):] for word in words if word.startswith("default_")}  # of a service
    found = []
    for page in sorted(MANUALS):
        for word in sorted(set(re.findall(r"\b[a-z][a-z0-9]*(?:_[a-z0-9A-Z]+)+\b", text_of(page)))):
            pieces = re.compile(r"\b\w*%s\w*\b" % re.escape(word))
            if word.startswith("mydb_"):  # a table of an example, whose parameters are in main.cf
                word = word[5:]
            if word not in words and word not in FOREIGN and not pieces.search(everything):
                found.append("%s: %s is nowhere in the code" % (page, word))
    for word in re.findall(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b", read("man/parameters")):
        if word not in words and word not in FOREIGN:
            found.append("man/parameters: %s is nowhere in the code" % word)
    return found


def check_language():
    """Every restriction and every table type is described."""
    found = []
    restrictions = set()
    for path, text in CODE.items():
        if path.startswith("smtpd/access/"):
            restrictions |= set(re.findall(r"\{\"([a-z_]+)\", +Argument", text))
    page = "man/man5/restrictions.5"
    for name in sorted(restrictions):
        if not re.search(r"\b%s\b" % name, MANUALS.get(page, "")):
            found.append("%s: %s is not described" % (page, name))
    for name in re.findall(r"^\.It Cm ([a-z_]+)", MANUALS.get(page, ""), re.M):
        if name not in restrictions and name != "warn_if_reject":
            found.append("%s: %s is no restriction" % (page, name))
    types = set(re.findall(r"\{\"(\w+)\", +open_", CODE["lib/tables/types/types.cc"]))
    types |= set(re.findall(r"^(\w+)\s+postrider-", read("conf/dynamicmaps.cf"), re.M))
    page = "man/man5/tables.5"
    for name in sorted(types):
        if not re.search(r"^\.It Cm (?:\w+ , )*%s\b" % name, MANUALS.get(page, ""), re.M):
            found.append("%s: the table type %s is not described" % (page, name))
    for line in re.findall(r"^\.It Cm (.*)", MANUALS.get(page, ""), re.M):
        for name in re.findall(r"\w+", line.split(" Ns")[0].split(" Ar")[0]):
            if name not in types and name not in ("proxy",):
                found.append("%s: there is no table type %s" % (page, name))
    return found


def main():
    checks = [check_pages, check_options, check_subcommands, check_parameters, check_differences, check_names, check_language]
    failed = 0
    for check in checks:
        found = check()
        for line in found:
            print(line)
        if found:
            failed += 1
            print("FAILED %s: %d finding(s)" % (check.__name__, len(found)))
    print("%d passed, %d failed" % (len(checks) - failed, failed))
    return 1 if failed else 0


sys.exit(main())
