"""tests/howto/document.py - a document taken at its word.

Of its fenced blocks, by the first word after the fence:
  sh         lines of shell, typed by root
  cf PATH    the contents of a file
  text       what the block before it prints: line for line, "..." standing for anything
Other blocks are for the eye.
"""
import fnmatch
import re

from debian_root import Failure

FENCE = re.compile(r"^```(.*)$")


def blocks(text):
    """(line number, info words, text) of every fenced block."""
    found, info, start, lines = [], None, 0, []
    for number, line in enumerate(text.split("\n"), 1):
        fence = FENCE.match(line)
        if fence and info is None:
            info, start, lines = fence.group(1).split(), number, []
        elif fence:
            found.append((start, info, "\n".join(lines) + "\n"))
            info = None
        elif info is not None:
            lines.append(line)
    return found


def compare(wanted, printed):
    """The first line of `wanted` that `printed` lacks, or None."""
    rest = printed.split("\n")
    for line in wanted.rstrip("\n").split("\n"):
        pattern = re.sub(r"([\[*?])", r"[\1]", line).replace("...", "*")
        while rest and not fnmatch.fnmatchcase(rest[0], pattern):
            rest.pop(0)
        if not rest:
            return line
        if line != "...":
            rest.pop(0)
    return None


def follow(path, root, before=None, skip=()):
    """Does what the document says.  `before(line of shell)` is called before each block of shell; blocks that contain a
    text of `skip` are left out."""
    with open(path) as f:
        text = f.read()
    printed = ""
    done = 0
    for number, info, block in blocks(text):
        where = "%s, line %d" % (path, number)
        kind = info[0] if info else ""
        if any(word in block for word in skip):
            continue
        if kind == "cf":
            root.write(info[1], block)
        elif kind == "sh":
            if before is not None:
                before(block)
            # Packages come from the outside; everything else happens in the machine's own network.
            printed = ""
            for outside, part in portions(block):
                try:
                    printed += root.run("set -e\ncd /root/debs 2>/dev/null || cd /root\n" + part, outside=outside)[1]
                except Failure as failure:
                    raise Failure("%s: %s" % (where, failure))
        elif kind == "text":
            missing = compare(block, printed)
            if missing is not None:
                raise Failure("%s: no line %r in\n%s" % (where, missing, printed))
        else:
            continue
        done += 1
    if done == 0:
        raise Failure(path + ": nothing in it that could be done")


def portions(block):
    """A block cut where lines of apt begin and end."""
    parts = []
    for line in re.split(r"(?<!\\)\n", block):
        outside = line.startswith("apt ")
        if parts and parts[-1][0] == outside and not outside:
            parts[-1] = (outside, parts[-1][1] + "\n" + line)
        else:
            parts.append((outside, line))
    return [(outside, part) for outside, part in parts if part.strip()]
