#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Embeds the lexicon: embed.py OUT.c TOPICS.def ANCHORS.def SHAPES.def LIMITS.h DIR. Reads DIR/TOPIC.txt for each TOPIC of the
table and writes C arrays of their forms with their keys, sorted by first key and, within it, longest first; and the
candidates of match/lexicon.h: for each few keys that a text may have, the entries that may stand there. Also tells
which letters of each anchor a key may stand for (match/anchor.c)."""
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


def kind(key):
    """What the candidates know of a key: five bits, the same for a letter in either case."""
    return ord(key) & 31


def padded(key):
    """With NULs up to a multiple of eight, one of which the compiler adds: keys are compared eight at a time."""
    return quote(key)[:-1] + "\\000" * (-len(key) % 8 - 1) + '"'


def look_alikes(shapes):
    parts = {c: set(p.split(" | ")) for c, p in re.findall(r"^SHAPE\('(.)', ([A-Z |]+)\)", shapes, re.M)}
    return {c: {s for s in parts if parts[s] & parts[c]} for c in parts}


class Candidates:
    """Lists of entries, each known to a text's keys that may lead to it, and rows of lists, one for each kind of key."""

    def __init__(self, alike, look_alike_length):
        self.alike, self.long = alike, look_alike_length
        self.lists, self.rows = {(0, ()): 0}, {(0,) * 32: 0}

    def seen(self, key, i, may_differ):
        """The kinds of keys that may be seen where the form has its i-th one."""
        if i >= len(key):
            return set(range(32))
        look_alikes = self.alike.get(key[i], set()) if may_differ and len(key) >= self.long else set()
        return {kind(key[i])} | {kind(s) for s in look_alikes}

    def number(self, eights, found):
        """The number of the list of those who were found, with the mask of what comes next."""
        mask = sum(1 << k for k in set().union(*(kinds for _, kinds in found)))
        return self.lists.setdefault((mask, tuple((*eights[i], i) for i, _ in found)), len(self.lists))

    def row(self, eights, found):
        """The number of the row of those who were found, by the next key."""
        lists = ([(i, then) for i, kinds, then in found if k in kinds] for k in range(32))
        row = tuple(self.number(eights, found) for found in lists)
        return self.rows.setdefault(row, len(self.rows))

    def first_keys(self, keys):
        rows = [[[] for _ in range(32)] for _ in range(32)]
        for i, key in enumerate(keys):
            for second in self.seen(key, 1, True):
                same = len(key) == 1 or kind(key[1]) == second
                rows[kind(key[0])][second].append((i, self.seen(key, 2, same), self.seen(key, 3, same)))
        heads = [(int.from_bytes(key[:8].encode(), "little"), 64 - 8 * min(len(key), 8)) for key in keys]
        return [[self.row(heads, found) for found in row] for row in rows]

    def last_keys(self, keys):
        row = [[] for _ in range(32)]
        for i in sorted(range(len(keys)), key=lambda i: -len(keys[i])):
            back = keys[i][::-1]
            row[kind(back[0])].append((i, self.seen(back, 1, False), self.seen(back, 2, False)))
        tails = [(int.from_bytes(key[-8:].rjust(8, "\0").encode(), "little"), 64 - 8 * min(len(key), 8)) for key in keys]
        return [self.row(tails, found) for found in row]

    def code(self):
        entries, lists = [], []
        for mask, found in self.lists:
            lists.append(f"{{0x{mask:08X}u, {len(entries)}, {len(found)}}}")
            for eight, spare, i in found:
                entries.append(f"{{UINT64_C(0x{eight:016X}), {i}, {spare}}}")
        rows = ["{" + ", ".join(map(str, row)) + "}" for row in self.rows]
        return [
            f"const struct cchci_candidates cchci_candidates[] = {{{', '.join(lists)}}};",
            f"const struct cchci_candidate cchci_candidate_entries[] = {{{', '.join(entries)}}};",
            f"const unsigned short cchci_candidate_rows[][32] = {{{', '.join(rows)}}};",
        ]


def anchor_letters(alike, anchors):
    """For each kind of key a bit for each letter of an anchor that it is, or looks like."""
    rows = []
    for anchor, letters in re.findall(r'^ANCHOR\((\w+), "([a-z]+)"', anchors, re.M):
        row = [0] * 32
        for i, letter in enumerate(letters):
            for k in {kind(letter)} | {kind(s) for s in alike.get(letter, ())}:
                row[k] |= 1 << i
        rows.append(f"    [CCHCI_ANCHOR_{anchor}] = {{{', '.join(map(str, row))}}},")
    return ["const uint32_t cchci_anchor_letters[CCHCI_ANCHOR_COUNT][32] = {", *rows, "};"]


def main():
    out, topics, anchors, shapes, limits, folder = sys.argv[1:]
    look_alike_length = re.search(r"#define CCHCI_LOOK_ALIKE_LENGTH (\d+)u", pathlib.Path(limits).read_text("utf-8"))[1]
    alike = look_alikes(pathlib.Path(shapes).read_text("utf-8"))
    candidates = Candidates(alike, int(look_alike_length))
    by_first, by_last = [], []
    names = re.findall(r'TOPIC\((\w+), "([^"]+)"\)', pathlib.Path(topics).read_text("utf-8"))
    code = ['/* Made by lib/lexicon/embed.py from lib/lexicon/; not to be edited. */', '#include "match/anchor.h"', '#include "match/lexicon.h"', ""]
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
            code.append(f"    {{{quote(canonical)}, {quote(form)}, {padded(key)}, (const unsigned char *){marks(form)}, {len(key)}, {row}}},")
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
        keys = [entry[0] for entry in entries]
        rows = ["{" + ", ".join(map(str, row)) + "}" for row in candidates.first_keys(keys)]
        by_first.append(f"    [CCHCI_TOPIC_{topic}] = {{{', '.join(rows)}}},")
        by_last.append(f"    [CCHCI_TOPIC_{topic}] = {{{', '.join(map(str, candidates.last_keys(keys)))}}},")
    code.append("const struct cchci_topic_table cchci_topics[CCHCI_TOPIC_COUNT] = {")
    for topic, _ in names:
        low = topic.lower()
        code.append(f"    [CCHCI_TOPIC_{topic}] = {{{low}, {low}_count, {low}_first}},")
    code.append("};")
    code += ["const unsigned short cchci_candidates_at[CCHCI_TOPIC_COUNT][32][32] = {", *by_first, "};"]
    code += ["const unsigned short cchci_candidates_before[CCHCI_TOPIC_COUNT][32] = {", *by_last, "};"]
    code += candidates.code()
    code += anchor_letters(alike, pathlib.Path(anchors).read_text("utf-8"))
    pathlib.Path(out).write_text("\n".join(code) + "\n", "utf-8")


main()
