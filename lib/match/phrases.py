#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the tables of the PHRASES: phrases.py OUT.def PATTERNS.def.

The text of each is a pattern of finitely many words. They are written out, each once with all groups that it stands
in, and sorted into the buckets of its book (struct cchci_book), the longest first."""
import pathlib
import re
import sys

try:
    import re._constants as op
    import re._parser as parser
except ImportError:  # before Python 3.11
    import sre_constants as op
    import sre_parse as parser

LENGTH = 24  # CCHCI_PHRASE_LENGTH
BUCKETS_LOG2 = 9
FACTOR = 0x9E3779  # 2^24 by the golden ratio, as for any hash by multiplication


def write_out(items):
    """All texts that the items of a pattern match."""
    texts = [""]
    for kind, value in items:
        if kind == op.LITERAL:
            parts = [chr(value)]
        elif kind == op.IN:
            parts = [chr(c) for what, c in value if what == op.LITERAL]
        elif kind == op.BRANCH:
            parts = [text for branch in value[1] for text in write_out(branch)]
        elif kind == op.SUBPATTERN:
            parts = write_out(value[3])
        elif kind == op.MAX_REPEAT and value[:2] == (0, 1):
            parts = write_out(value[2]) + [""]
        else:
            sys.exit(f"phrases: {kind} has no end of words")
        texts = [text + part for text in texts for part in parts]
    return texts


def bucket(text, letters):
    begin = sum(ord(c) << 8 * i for i, c in enumerate(text[:letters]))
    return (begin * FACTOR << 8 * (4 - letters) & 0xFFFFFFFF) >> (32 - BUCKETS_LOG2)


def fourth(words):
    """The kinds of keys (struct cchci_book) that may be the fourth where a phrase begins, a bit each."""
    return 1 << (ord(words[3]) & 31) if len(words) > 3 else 0xFFFFFFFF


def table(book, groups):
    phrases = {}
    for name, end, text in groups:
        for words in write_out(parser.parse(text)):
            row = phrases.setdefault(words, (end, []))
            if row[0] != end or len(words) > LENGTH or not re.fullmatch(r"[a-z][a-z ]+", words):
                sys.exit(f"phrases: {words!r} cannot stand in {book}")
            row[1].append(name)
    letters = min(3, *map(len, phrases))
    order = sorted(phrases, key=lambda words: (bucket(words, letters), -len(words), words))
    if len(order) > 255:
        sys.exit(f"phrases: {book} has more phrases than a byte counts")
    first, fourths, rows = {}, {}, []
    for i, words in enumerate(order):
        here = bucket(words, letters)
        first.setdefault(here, i + 1)
        fourths[here] = fourths.get(here, 0) | fourth(words)
        last = i + 1 == len(order) or bucket(order[i + 1], letters) != here
        end, names = phrases[words]
        bits = " | ".join(f"1u << CCHCI_PHRASES_{name}" for name in sorted(set(names)))
        rows.append(f'    {{"{words}", UINT64_MAX >> {64 - 8 * min(len(words), 8)}, {len(words)}, {int(end == "OPEN")}, {int(last)}, {bits}}},')
    name = book.lower()
    return [f"static const struct cchci_phrase {name}[] = {{", *rows, "};",
            f"const struct cchci_book cchci_{name} = {{{FACTOR << 8 * (4 - letters) & 0xFFFFFFFF:#x}u, {{",
            ", ".join(f"[{here}] = {bits:#x}u" for here, bits in sorted(fourths.items())), "}, {",
            ", ".join(f"[{here}] = {i}" for here, i in sorted(first.items())), f"}}, {name}}};"]


def main():
    out, patterns = map(pathlib.Path, sys.argv[1:])
    books = {}
    for book, name, end, strings in re.findall(r'^PHRASES\((\w+), (\w+), (\w+),((?:\s*"[^"]*")+)\)',
                                               patterns.read_text("utf-8"), re.M):
        books.setdefault(book, []).append((name, end, "".join(re.findall(r'"([^"]*)"', strings))))
    lines = ["/* Made by lib/match/phrases.py from patterns.def; not to be edited. */"]
    for book, groups in books.items():
        lines += table(book, groups)
    out.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
