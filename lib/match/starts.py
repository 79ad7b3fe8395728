#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tells with which letters the matches of a SEARCH begin: starts.py OUT.def PATTERNS.def.

Writes STARTS(id, "list") for each SEARCH of the patterns: the lower-case beginnings of five letters that a match of it
may have, a bar between two, a point for any key. So a new word in a pattern is found without a second list that says
so."""
import pathlib
import re
import sys

try:
    import re._constants as op
    import re._parser as parser
except ImportError:  # before Python 3.11
    import sre_constants as op
    import sre_parse as parser

REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, getattr(op, "POSSESSIVE_REPEAT", None)}
LENGTH = 5  # CCHCI_START_LENGTH
MOST = 128  # beginnings of one pattern: more share the 32 bits so often that nothing is kept out


def letters(items):
    """A class of characters as the letters of a beginning."""
    found = set()
    for kind, value in items:
        if kind == op.LITERAL:
            found.add(chr(value).lower())
        elif kind == op.RANGE and value[1] - value[0] < 4:
            found.update(chr(c).lower() for c in range(value[0], value[1] + 1))
        else:
            return {"."}
    return found


def follow(begun, items):
    """What each of the beginnings can be once the items of a pattern have followed."""
    for kind, value in items:
        short = {b for b in begun if len(b) < LENGTH}
        done = begun - short
        if not short:
            return begun
        if kind == op.LITERAL:
            begun = {b + chr(value).lower() for b in short}
        elif kind == op.IN:
            begun = {b + letter for b in short for letter in letters(value)}
        elif kind in (op.ANY, op.NOT_LITERAL):
            begun = {b + "." for b in short}
        elif kind == op.BRANCH:
            begun = set().union(*(follow(short, branch) for branch in value[1]))
        elif kind == op.SUBPATTERN:
            begun = follow(short, value[3])
        elif kind == getattr(op, "ATOMIC_GROUP", None):
            begun = follow(short, value)
        elif kind in REPEATS:
            least, most, part = value
            begun, turn = (short if least == 0 else set()), short
            for count in range(1, min(most, LENGTH) + 1):
                turn = follow(turn, part)
                begun = begun | turn if count >= least else begun
        elif kind in (op.ASSERT, op.ASSERT_NOT, op.AT):
            begun = short
        else:
            sys.exit(f"starts: {kind} is not known")
        begun = begun | done
    return begun


def covers(wide, narrow):
    return all(w in (".", n) for w, n in zip(wide, narrow))


def beginnings(name, text):
    found = {b.ljust(LENGTH, ".") for b in follow({""}, parser.parse(text))}
    found = {b for b in found if not any(b != wide and covers(wide, b) for wide in found)}
    if len(found) > MOST or any(b.startswith("..") for b in found):
        sys.exit(f"starts: {name} begins with too many letters to be a SEARCH")
    return "|".join(sorted(found))


def main():
    out, patterns = map(pathlib.Path, sys.argv[1:])
    lines = ["/* Made by lib/match/starts.py from patterns.def; not to be edited. */"]
    for name, strings in re.findall(r'^SEARCH\((\w+), [^"]*((?:"(?:[^"\\]|\\.)*"\s*)+)\)', patterns.read_text("utf-8"), re.M):
        text = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', strings)).replace("\\\\", "\\").replace("\\z", "\\Z")
        if not text.startswith("(?<![a-z])"):
            sys.exit(f"starts: {name} may begin inside a word")
        lines.append(f'STARTS({name}, "{beginnings(name, text)}")')
    out.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
