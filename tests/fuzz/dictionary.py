#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""dictionary.py OUT ROOT: the words that mean something to the parser, as a dictionary for libFuzzer and AFL++.

They are the forms of the lexicon, the marker words, and what stands as plain letters in the patterns, which look at
letters without diacritics; and the keys of a record, for the judge of golds."""
import json
import pathlib
import re
import sys

LONGEST = 64  # bytes; a longer form is its beginning, since AFL++ takes 128 and a mutation moves whole words


def lexicon(root):
    for path in sorted((root / "lib/lexicon").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            forms = line.split("#", 1)[0].rpartition("=")[2]
            yield from (form.strip() for form in forms.split("|"))


def anchors(root):
    yield from re.findall(r'ANCHOR\(\w+, "[^"]+", "([^"]+)"\)', (root / "lib/match/anchors.def").read_text("utf-8"))


def patterns(root):
    text = re.sub(r"/\*.*?\*/", "", (root / "lib/match/patterns.def").read_text("utf-8"), flags=re.S)
    for literal in re.findall(r'"((?:[^"\\]|\\.)*)"', text):
        plain = re.sub(r"\\.|\[[^]]*\]|\(\?[^a-z]*", "|", literal)
        yield from re.findall(r"[A-Za-z][A-Za-z /.]{2,}", plain)


def keys(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "properties":
                yield from (f'"{name}":' for name in value)
            yield from keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from keys(value)


def quote(word):
    cut = word.encode()[:LONGEST].decode("utf-8", "ignore").encode()
    return "".join(chr(b) if 0x20 <= b < 0x7F and b not in b'"\\' else f"\\x{b:02x}" for b in cut)


def main():
    out, root = map(pathlib.Path, sys.argv[1:])
    schema = json.loads((root / "lib/write/record.schema.json").read_text("utf-8"))
    words = {*lexicon(root), *anchors(root), *patterns(root), *keys(schema)} - {""}
    out.write_text("".join(f'"{word}"\n' for word in sorted({quote(word) for word in words})), "ascii")


main()
