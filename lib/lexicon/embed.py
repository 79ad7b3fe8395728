#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Embeds the lexicon: embed.py OUT.c TOPICS.def DIR. Reads DIR/TOPIC.txt for each TOPIC of the table
and writes C arrays of their forms with their keys, sorted by first key and, within it, longest first."""
import pathlib
import re
import sys
import unicodedata


def fold(form):
    text = unicodedata.normalize("NFD", form.lower()).replace("đ", "d")
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"[‐-―−]", "-", text)
    if not text.isascii():
        sys.exit(f"embed: {form!r} has a letter that no key stands for")
    return " ".join(text.split())


MARKS = {"\u0300": 1, "\u0301": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5, "\u0302": 8, "\u0306": 16, "\u031b": 24}


def marks(form):
    """What fold leaves out of each letter: the values of enum cchci_mark (lib/text/text.h)."""
    out = []
    for c in " ".join(form.lower().split()):
        value = 32 if c == "đ" else 0
        for m in unicodedata.normalize("NFD", c)[1:]:
            value |= MARKS[m]
        out.append(value)
    return chr(34) + "".join(f"\\{v:03o}" for v in out) + chr(34)


def quote(text):
    out = "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}" for b in text.encode())
    return f'"{out}"'


def read(path):
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = line.split("#", 1)[0].strip()
        if not line:
            continue
        name, equals, rest = line.rpartition("=")
        forms = [unicodedata.normalize("NFC", f.strip()) for f in rest.split("|")]
        if not all(forms):
            sys.exit(f"{path}:{number}: empty form")
        rows.append((name.strip() if equals else forms[0], forms))
    return rows


def main():
    out, topics, folder = sys.argv[1:]
    names = re.findall(r'TOPIC\((\w+), "([^"]+)"\)', pathlib.Path(topics).read_text("utf-8"))
    code = ['/* Made by lib/lexicon/embed.py from lib/lexicon/; not to be edited. */', '#include "match/lexicon.h"', ""]
    for topic, file in names:
        seen, entries = set(), []
        for row, (canonical, forms) in enumerate(read(pathlib.Path(folder) / file)):
            for form in forms:
                key = fold(form)
                if (key, marks(form)) in seen:
                    continue
                seen.add((key, marks(form)))
                entries.append((key, form, canonical, row))
        entries.sort(key=lambda e: (e[0][0], -len(e[0]), e[0]))
        low = topic.lower()
        code.append(f"static const struct cchci_entry {low}[] = {{")
        for key, form, canonical, row in entries:
            code.append(f"    {{{quote(canonical)}, {quote(form)}, {quote(key)}, (const unsigned char *){marks(form)}, {len(key)}, {row}}},")
        if not entries:
            code.append('    {"", "", "", (const unsigned char *)"", 0, 0},')
        code.append("};")
        first, at = [], 0
        for c in range(257):
            while at < len(entries) and ord(entries[at][0][0]) < c:
                at += 1
            first.append(at)
        code.append(f"static const unsigned short {low}_first[257] = {{{', '.join(map(str, first))}}};\n")
        code.append(f"enum {{ {low}_count = {len(entries)} }};\n")
    code.append("const struct cchci_topic_table cchci_topics[CCHCI_TOPIC_COUNT] = {")
    for topic, _ in names:
        low = topic.lower()
        code.append(f"    [CCHCI_TOPIC_{topic}] = {{{low}, {low}_count, {low}_first}},")
    code.append("};")
    pathlib.Path(out).write_text("\n".join(code) + "\n", "utf-8")


main()
