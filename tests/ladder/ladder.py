#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The noise ladder: how much of its record a letter keeps while it is damaged step by step.

    ladder.py PROGRAM LETTERS [--rows NAME,...] [--rounds N] [--seed TEXT] [--min NAME=F1]... [--errors] [--keep FOLDER]

PROGRAM is cchcparse, LETTERS a folder of NAME.txt with NAME.gold.json. Each row of the ladder writes damaged copies of
the letters with their golds and lets `cchcparse check` judge them. A row is a KIND or a KIND:DEGREE; --rows and --min take
either, a KIND standing for all its degrees. The same seed gives the same damage.

What the damage changes on the page is changed in the gold: what a scanner damaged stays damaged in a text. Where the value
stands is known from the spans of the undamaged letter's record; only where that record has the very text of the gold, else the
gold's text stays as it was. The rows judge with the same figures as ever, so texts are compared folded.

Kinds that change letters (`confusions`, `diacritics`, `tones`, `doubled`, `displaced`) spare what numbers, notations, ISO dates and one-letter labels are made
of, whose right values nobody could tell any more: words with a digit or a `/`, Roman numbers, single letters. The words around
them (`ngày`, `Điều`) are damaged like all others. Markup is spared too. The degree is the share of the letters of all other words (for `diacritics`: of those that have a mark). A higher degree has all the
damage of a lower one, and --rounds repeats these kinds with other letters.

`columns`, `wraps`, `spaced`, `html` and `markdown` change the layout of letters in which there is something to change; the others are
left out of the row. `mixed` has every second line in an old encoding.
An old encoding that lacks a character has the nearest ASCII in its place."""
import argparse
import bisect
import collections
import copy
import html
import itertools
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unicodedata


def nfc(text):
    return unicodedata.normalize("NFC", text)


def nfd(text):
    return unicodedata.normalize("NFD", text)


# ------------------------------------------------------------------------------------------------------ a letter --

ENTITY = re.compile(r"&#?\w+;")
MACHINE_MADE = re.compile(  # no scanner damages it
    r"\A---\n.*?\n---\n|<!--.*?-->|<style.*?</style>|</?[a-zA-Z!][^>\n]*>|^--- Trang \d+ ---$", re.S | re.M)
ROMAN = re.compile(r"[IVXLC]+")


class Letter:
    """An undamaged letter with its gold and its record.

    text   the letter in form C with LF, letters written for entities that stand for letters
    gold   the gold record
    record what the program makes of text
    """

    def __init__(self, path):
        self.name = path.stem
        source = path.read_bytes()
        text = source.decode("utf-16" if source.startswith(b"\xff\xfe") else "utf-8-sig")
        text = nfc(text.replace("\r\n", "\n"))
        self.text = ENTITY.sub(lambda m: html.unescape(m[0]) if html.unescape(m[0]).isalpha() else m[0], text)
        self.gold = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
        self.record = {}
        self.offsets = [0, *itertools.accumulate(len(c.encode()) for c in self.text)]

    def index(self, offset):
        """The character at a byte offset of the text."""
        return bisect.bisect_left(self.offsets, offset)

    def word_letters(self):
        """Where the letters of those words stand that may be damaged."""
        spared = set()
        for match in itertools.chain(MACHINE_MADE.finditer(self.text), ENTITY.finditer(self.text)):
            spared.update(range(*match.span()))
        letters = []
        for token in re.finditer(r"[^\s|]+", self.text):
            places = [i for i in range(*token.span()) if i not in spared]
            word = "".join(self.text[i] for i in places)
            word = word.removesuffix("./.").strip("().,;:*_\"“”\\")
            if re.search(r"[\d/@_]", word) or ROMAN.fullmatch(word) or sum(c.isalpha() for c in word) < 2:
                continue
            letters += [i for i in places if self.text[i].isalpha()]
        return letters

    def line_kinds(self):
        """For each line its text and the set of the kinds of segments that have more than blanks on it."""
        lines, begin = [], 0
        for line in self.text.split("\n"):
            lines.append((begin, line, set()))
            begin += len(line) + 1
        begins = [b for b, _, _ in lines]
        for segment in self.record["segments"]:
            for span in segment["spans"]:
                first, last = map(self.index, span)
                while first < last:
                    n = bisect.bisect_right(begins, first) - 1
                    end = min(last, begins[n] + len(lines[n][1]))
                    if self.text[first:end].strip(" *\t"):
                        lines[n][2].add(segment["kind"])
                    first = max(end, begins[n] + len(lines[n][1]) + 1)
        return [(line, kinds - {"blank", "markup", "bom"}) for _, line, kinds in lines]


# ------------------------------------------------------------------------------------- the gold of a damaged letter --

class DamagedGold:
    """The gold of a letter some of whose characters are others now: changed[i] stands for letter.text[i]."""

    def __init__(self, letter, changed):
        self.letter, self.changed = letter, changed

    def made(self):
        gold = copy.deepcopy(self.letter.gold)
        self.walk(gold, self.letter.record)
        return gold

    def walk(self, gold, record):
        if isinstance(gold, list) and isinstance(record, list) and len(gold) == len(record):
            for g, r in zip(gold, record):
                self.walk(g, r)
        elif isinstance(gold, dict) and isinstance(record, dict):
            if "text" in gold and "spans" in record:
                self.entry(gold, record)
            for key in gold.keys() & record.keys():
                self.walk(gold[key], record[key])

    def entry(self, gold, record):
        begin, end = self.letter.index(record["spans"][0][0]), self.letter.index(record["spans"][-1][1])
        places = [i for span in record["spans"] for i in range(*map(self.letter.index, span))]
        around = {  # what has no spans of its own stands in the text or close to it
            "text": places, "type": places, "anchor": places, "label": range(max(0, begin - 40), begin),
            "purpose": range(end, min(end + 80, len(self.letter.text)))}
        if gold["text"] != record["text"]:
            return
        for key, region in around.items():
            value = gold.get(key)
            if isinstance(value, str) and re.search(r"[^\W\d_]{2}", value):
                gold[key] = self.damaged(value, region, key == "label") or value

    def damaged(self, value, places, last=False):
        """The value with the damage that its characters have among the places; None where they are not there.

        Markup, wraps and columns may stand between them. Where the value is there more than once, the first one is
        meant, or the last."""
        wanted = [c for c in value if not c.isspace()]
        starts = [k for k, i in enumerate(places) if self.letter.text[i] == wanted[0]]
        for start in reversed(starts) if last else starts:
            found, rest = [], iter(places[start:])
            for c in wanted:
                found += itertools.islice((i for i in rest if self.letter.text[i] == c), 1)
            if len(found) == len(wanted):
                at = iter(found)
                return nfc("".join(c if c.isspace() else self.changed[next(at)] for c in value))
        return None


# ------------------------------------------------------------------------------------------- damage to characters --

TONES = "\u0300\u0301\u0303\u0309\u0323"
LOOK_ALIKES = {  # what is no matter of a mark
    "l": ["1", "I"], "I": ["l", "1"], "o": ["0"], "O": ["0"], "m": ["rn"], "h": ["b"], "b": ["h"], "đ": ["d"], "Đ": ["D"],
    "ố": ["é", "d"], "á": ["d"], "ă": ["d"], "ở": ["d"], "ợ": ["g"]}


def confusions_of(c):
    """What a scanner takes the letter for: look-alikes, marks lost, another tone."""
    wrong = list(LOOK_ALIKES.get(c, []))
    base, *marks = nfd(c)
    quality, tone = ("".join(m for m in marks if (m in TONES) == is_tone) for is_tone in (False, True))
    if quality:
        wrong.append(nfc(base + tone))
    if tone:
        wrong.append(nfc(base + quality))
        wrong += [nfc(base + quality + other) for other in TONES if other != tone]
    return wrong


def unmarked(c):
    return {"đ": "d", "Đ": "D"}.get(c, nfd(c)[0])


def keep_columns(changed, text):
    """A letter that became two takes its room from the next wide gap of its line, as on paper."""
    for i in [i for i, c in enumerate(changed) if len(c) > 1]:
        gap = re.compile(r"[^\n]*? (?= )").match(text, i)
        if gap and changed[gap.end() - 1] == " ":
            changed[gap.end() - 1] = ""


def replaced(letter, share, chance, candidates, wrong):
    """Damages the share of all candidates, of those to which something wrong can happen."""
    open_to_it = [i for i in candidates if wrong(letter.text[i])]
    likely = share * len(candidates) / max(1, len(open_to_it))
    changed = list(letter.text)
    for i in open_to_it:
        lot, choice = chance.random(), chance.random()  # both always, so that a higher degree has the damage of a lower one
        if lot < likely:
            others = wrong(letter.text[i])
            changed[i] = others[int(choice * len(others))]
    keep_columns(changed, letter.text)
    return "".join(changed).encode(), DamagedGold(letter, changed).made()


def confusions(letter, degree, chance):
    return replaced(letter, int(degree) / 100, chance, letter.word_letters(), confusions_of)


def diacritics(letter, degree, chance):
    marked = [i for i in letter.word_letters() if unmarked(letter.text[i]) != letter.text[i]]
    return replaced(letter, int(degree) / 100, chance, marked, lambda c: [unmarked(c)])


def tones(letter, degree, chance):
    """Another tone, or another quality, in the place of the right one."""
    def wrong(c):
        base, *marks = nfd(c)
        quality = "".join(m for m in marks if m not in TONES)
        others = [nfc(base + quality + tone) for tone in ("", *TONES)]
        if quality:
            others += [nfc(base + q + "".join(m for m in marks if m in TONES)) for q in "\u0302\u0306\u031b"]
        return [o for o in others if len(o) == 1 and o != c]
    marked = [i for i in letter.word_letters() if len(nfd(letter.text[i])) > 1]
    return replaced(letter, int(degree) / 100, chance, marked, wrong)


def doubled(letter, degree, chance):
    """The last mark of a letter printed twice."""
    marked = [i for i in letter.word_letters() if len(nfd(letter.text[i])) > 1]
    return replaced(letter, int(degree) / 100, chance, marked, lambda c: [c + nfd(c)[-1]])


def displaced(letter, degree, _chance):
    """Every tone behind the last letter of its word, or all tones of a line behind the line."""
    changed, waiting = list(letter.text), ""
    letters = set(letter.word_letters())
    for i, c in enumerate(letter.text + "\n"):
        ends = c == "\n" if degree == "line" else i not in letters
        if ends and waiting and degree == "line":
            at = min(i, len(changed) - 1)
            changed[at] = " " + " ".join(waiting) + changed[at] if i == at else changed[at] + " " + " ".join(waiting)
        elif ends and waiting:
            changed[i - 1] += waiting
        if ends:
            waiting = ""
        if i in letters:
            tone = "".join(m for m in nfd(c) if m in TONES)
            changed[i] = nfc("".join(m for m in nfd(c) if m not in TONES))
            waiting += tone
    return "".join(changed).encode(), DamagedGold(letter, changed).made()


# ------------------------------------------------------------------------------------------------ damage to layout --

GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
TABLE = re.compile(r"[|<]|^\+[-=]")
CELLS = {"agency", "national_motto", "code", "promulgation", "subject", "recipients", "archive", "signer"}
BELOW_HEADING = {"addressees", "preamble", "clause", "paragraph", "document_type"}


def group_of(kinds):
    """The cell of heading or closing that a line belongs to; None: neither."""
    if kinds == {"code", "subject"}:
        return "code"
    if kinds and kinds <= {"recipients", "archive"}:
        return "recipients"
    return next(iter(kinds)) if len(kinds) == 1 and kinds <= CELLS else None


BETWEEN = {"squeezed": "  ", "merged": " ", "tabs": "\t", "pipes": " | "}


def rows_of(left, right, degree):
    width = max(map(len, left), default=0)
    for a, b in itertools.zip_longest(left, right, fillvalue=""):
        if degree == "aligned":
            yield (a.ljust(width) + "      " + b).rstrip()
        elif degree == "tabs":
            yield f"{a}\t{b}".rstrip()
        elif degree == "pipes":
            yield f"| {a} | {b} |"
        else:
            yield BETWEEN[degree].join(filter(None, (a, b)))


def bare(line):
    return "" if re.fullmatch(r"[\s*_\-–—=]*", line) else line.strip(" *_")


def side_by_side(lines, lefts, rights, degree):
    """Sets blocks of one column beside each other: lefts[i] with rights[i], each a set of groups. None where they stand
    beside each other already, in a table, or with something else among them."""
    wanted = set().union(*lefts, *rights)
    places = [n for n, (_, group) in enumerate(lines) if group in wanted]
    if not places:
        return None
    first, last = places[0], places[-1]
    part = lines[first:last + 1]
    if any(group not in wanted and bare(line) or TABLE.search(line) or GAP.search(line) for line, group in part):
        return None
    rows = []
    for left, right in zip(lefts, rights):
        cells = []
        for groups in (left, right):
            inside = [n for n, (_, group) in enumerate(part) if group in groups]
            if not inside:
                return None
            cells.append([bare(line) for line, group in part[inside[0]:inside[-1] + 1] if group in groups or not bare(line)])
            if "signer" not in groups:  # whose blanks are the room for the signature
                cells[-1] = [line for line in cells[-1] if line]
        rows += rows_of(*cells, degree)
    return first, last, rows


def columns(letter, degree, _chance):
    kinds = [kinds for _, kinds in letter.line_kinds()]
    lines = [(line, group_of(kinds)) for line, kinds in letter.line_kinds()]
    head = next((n for n, k in enumerate(kinds) if k & BELOW_HEADING), len(lines))
    tail = next((n for n in range(head, len(lines)) if lines[n][1] in ("recipients", "signer")), len(lines))
    out = [line for line, _ in lines]
    done = False
    for begin, end, lefts, rights in (
            (tail, len(lines), [{"recipients"}], [{"signer"}]),
            (0, head, [{"agency"}, {"code", "subject"}], [{"national_motto"}, {"promulgation"}])):
        made = side_by_side(lines[begin:end], lefts, rights, degree)
        if made:
            first, last, rows = made
            out[begin + first:begin + last + 1] = rows
            done = True
        elif degree != "aligned" and not any(TABLE.search(line) for line in out[begin:end]):
            narrow = [GAP.sub(BETWEEN[degree], line) for line in out[begin:end]]
            done = done or narrow != out[begin:end]
            out[begin:end] = narrow
    return ("\n".join(out).encode(), letter.gold) if done else None


def wrapped(line):
    if len(line) <= 60 or GAP.search(line.strip()) or line.startswith("#"):
        return [line]
    return textwrap.wrap(line, 60, break_long_words=False, break_on_hyphens=False)


def glued(lines):
    """The lines of one cell of heading or closing without a break, as docx2txt prints them."""
    out, before = [], None
    for line, kinds in lines:
        group = group_of(kinds)
        if group == "subject" and before == "code":
            group = "code"
        if group not in (None, "subject") and group == before:
            out[-1] += line.strip()
        else:
            out.append(line)
        before = group
    return out


def wraps(letter, degree, _chance):
    lines = letter.line_kinds()
    if any(TABLE.search(line) for line, _ in lines):
        return None
    if degree == "60":
        made = [part for line, _ in lines for part in wrapped(line)]
    elif any(GAP.search(line.strip()) and kinds & CELLS for line, kinds in lines):
        return None  # columns
    else:
        made = glued(lines)
    text = "\n".join(made)
    return (text.encode(), letter.gold) if text != letter.text else None


def spaced(letter, degree, _chance):
    """The motto and the name of the type spaced out: a blank between letters, two or three between words."""
    lines = letter.line_kinds()
    made = [re.sub(r"\S+", lambda m: " ".join(m[0]), re.sub(r" +", "  " if degree == "narrow" else "   ", line))
            if kinds and kinds <= {"national_motto", "document_type"} and not re.search(r"[*#|<]", line) else line
            for line, kinds in lines]
    text = "\n".join(made)
    return (text.encode(), letter.gold) if text != letter.text else None


MARKED_UP = re.compile(r"[|<>*#\\_]|^---$|^\+[-=]", re.M)


def html_page(letter, degree, _chance):
    """Each line a paragraph of a page; gaps of no-break spaces; all letters beyond ASCII as numbers."""
    if MARKED_UP.search(letter.text) or "\f" in letter.text:
        return None
    lines = [html.escape(line, quote=False).replace("  ", "&nbsp; ") for line in letter.text.split("\n")]
    if degree == "numbers":
        lines = ["".join(c if ord(c) < 0x80 else f"&#{ord(c)};" for c in line) for line in lines]
    body = "\n".join(f"<p class=\"MsoNormal\">{line}</p>" for line in lines)
    page = f"<html><head><meta charset=\"utf-8\"><style>p {{margin: 0}}</style></head>\n<body>\n{body}\n</body></html>\n"
    return page.encode(), letter.gold


def markdown(letter, degree, _chance):
    """Each line in bold or quoted, or the signs that Markdown knows escaped."""
    if MARKED_UP.search(letter.text):
        return None

    def one(line):
        if not line.strip() or GAP.search(line.strip()):
            return line
        if degree == "bold":
            return re.sub(r"\S.*\S|\S", lambda m: f"**{m[0]}**  ", line, count=1)
        return re.sub(r"([-+.()])", r"\\\1", line)
    return "\n".join(map(one, letter.text.split("\n"))).encode(), letter.gold


# --------------------------------------------------------------------------------------------------- old encodings --

ASCII = {"…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "‑": "-", "«": "<", "»": ">",
         "•": "-", "·": "-", "≥": ">=", "≤": "<=", "\u00a0": " "}


def byte_table(first, letters):
    """The bytes from first on, by letter; a dot: none."""
    return {c: bytes([first + i]) for i, c in enumerate(letters) if c != "."}


# TCVN 5712:1993 VN3, as the .VnTime fonts have it. A capital with a tone has the byte of the small letter, since a
# heading in capitals is small letters in .VnTimeH.
TCVN3 = byte_table(0xA1, "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ")
TCVN3 = {c.upper(): code for c, code in TCVN3.items()} | TCVN3

# VISCII 1.1, RFC 1456.
VISCII = byte_table(0x80, "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
               "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ")
VISCII |= {"Ẳ": b"\x02", "Ẵ": b"\x05", "Ẫ": b"\x06", "Ỷ": b"\x14", "Ỹ": b"\x19", "Ỵ": b"\x1e"}


def vni_table():
    """VNI for Windows: a few whole letters; all others are their vowel and a modifier, 0x20 lower behind a capital."""
    whole = {"đ": 0xF1, "ơ": 0xF4, "ư": 0xF6, "í": 0xED, "ì": 0xEC, "ỉ": 0xE6, "ĩ": 0xF3, "ị": 0xF2, "ỵ": 0xEE}
    modifiers = {"\u0301": 0xF9, "\u0300": 0xF8, "\u0309": 0xFB, "\u0303": 0xF5, "\u0323": 0xEF}
    circumflex = {"": 0xE2, "\u0301": 0xE1, "\u0300": 0xE0, "\u0309": 0xE5, "\u0303": 0xE3, "\u0323": 0xE4}
    breve = {"": 0xEA, "\u0301": 0xE9, "\u0300": 0xE8, "\u0309": 0xFA, "\u0303": 0xFC, "\u0323": 0xEB}
    pairs = [(v + tone, v, code) for v in "aeiouy" for tone, code in modifiers.items()]
    pairs += [(v + "\u0302" + tone, v, code) for v in "aeo" for tone, code in circumflex.items()]
    pairs += [("a\u0306" + tone, "a", code) for tone, code in breve.items()]
    pairs += [(v + tone, whole[v], code) for v in "ơư" for tone, code in modifiers.items()]
    made = {}
    for letter, vowel, code in pairs:
        vowel = ord(vowel) if isinstance(vowel, str) else vowel
        made[nfc(letter)] = bytes([vowel, code])
        made[nfc(letter).upper()] = bytes([vowel - 0x20, code - 0x20])
    for letter, code in whole.items():
        made[letter], made[letter.upper()] = bytes([code]), bytes([code - 0x20])
    return made


def windows_1258_table():
    """Letters that windows-1258 has are one byte; the others are a letter and the byte of the tone."""
    made = {}
    for c in {*TCVN3, *"…“”‘’–—«»©•·\u00a0"}:
        tone = "".join(m for m in nfd(c) if m in TONES)
        for spelling in (c, nfc("".join(m for m in nfd(c) if m not in TONES)) + tone):
            try:
                made.setdefault(c, spelling.encode("cp1258"))
            except UnicodeEncodeError:
                pass
    return made


def encoded(text, codes):
    def one(c):
        if ord(c) < 0x80 or c in codes:
            return codes.get(c) or c.encode()
        return (ASCII.get(c) or unmarked(c)).encode("ascii", "ignore")
    return b"".join(map(one, text))


ENCODINGS = {
    "nfd": lambda text: nfd(text).encode(),
    "tcvn3": lambda text: encoded(text, TCVN3).decode("latin-1").encode(),
    "vni": lambda text: encoded(text, vni_table()).decode("latin-1").encode(),
    "raw-tcvn3": lambda text: encoded(text, TCVN3),
    "raw-vni": lambda text: encoded(text, vni_table()),
    "viscii": lambda text: encoded(text, VISCII),
    "windows-1258": lambda text: encoded(text, windows_1258_table()),
    "utf16le": lambda text: ("\ufeff" + text).encode("utf-16-le"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
}


def mixed(letter, degree, _chance):
    """Every second line in an old encoding."""
    lines = letter.text.split("\n")
    return b"\n".join(ENCODINGS[degree](line) if i % 2 else line.encode() for i, line in enumerate(lines)), letter.gold


# ------------------------------------------------------------------------------------------------------- the ladder --

def undamaged(letter, _degree, _chance):
    return letter.text.encode(), letter.gold


def in_encoding(kind):
    return lambda letter, _degree, _chance: (ENCODINGS[kind](letter.text), letter.gold)


LADDER = [("undamaged", "", undamaged)]
LADDER += [("confusions", degree, confusions) for degree in ("0", "1", "2", "5", "10")]
LADDER += [("diacritics", degree, diacritics) for degree in ("10", "50", "100")]
LADDER += [("tones", degree, tones) for degree in ("10", "50")]
LADDER += [("doubled", degree, doubled) for degree in ("10", "100")]
LADDER += [("displaced", degree, displaced) for degree in ("word", "line")]
LADDER += [("columns", degree, columns) for degree in ("aligned", "squeezed", "merged", "tabs", "pipes")]
LADDER += [("wraps", degree, wraps) for degree in ("60", "glued")]
LADDER += [("spaced", degree, spaced) for degree in ("narrow", "wide")]
LADDER += [("html", degree, html_page) for degree in ("paragraphs", "numbers")]
LADDER += [("markdown", degree, markdown) for degree in ("bold", "escaped")]
LADDER += [(kind, "", in_encoding(kind)) for kind in ENCODINGS]
LADDER += [("mixed", degree, mixed) for degree in ("tcvn3", "vni", "raw-tcvn3", "viscii")]
BY_CHANCE = {confusions, diacritics, tones, doubled}


def row_name(kind, degree):
    return f"{kind}:{degree}" if degree else kind


def is_meant(name, kind, degree):
    return name in (kind, row_name(kind, degree))


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        sys.exit(f"ladder.py: {program} {' '.join(arguments)}: exit status {done.returncode}\n{done.stderr}")
    return done.stdout


def read_letters(program, folder, work):
    letters = {path.stem: Letter(path) for path in sorted(folder.glob("*.txt")) if path.with_suffix(".gold.json").is_file()}
    if not letters:
        sys.exit(f"ladder.py: no letters with gold in {folder}")
    work.mkdir()
    for letter in letters.values():
        (work / f"{letter.name}.txt").write_bytes(letter.text.encode())
    for line in run(program, "--format", "ndjson", str(work)).splitlines():
        record = json.loads(line)
        letters[pathlib.PurePath(record["source"]["name"]).stem].record = record
    return list(letters.values())


def write_row(letters, damage, degree, rounds, seed, folder):
    """How many damaged letters there are."""
    count = 0
    for i in range(rounds):
        (folder / str(i)).mkdir(parents=True)
        for letter in letters:
            made = damage(letter, degree, random.Random(f"{seed}/{i}/{letter.name}/{damage.__name__}"))
            if made is not None:
                (folder / str(i) / f"{letter.name}.txt").write_bytes(made[0])
                (folder / str(i) / f"{letter.name}.gold.json").write_text(json.dumps(made[1], ensure_ascii=False), "utf-8")
                count += 1
    return count


ROW = re.compile(r"^([a-z][a-z_.]*) +([\d.]+) +([\d.]+) +([\d.]+) +\d+$", re.M)


def judge(program, folder):
    """The micro F1, the fields that lost most, and the lines about wrong and missing values."""
    lines = run(program, "check", str(folder), "--errors")
    errors = [line for line in lines.splitlines() if line.count("\t") >= 3]
    f1 = {name: float(value) for name, _, _, value in ROW.findall(lines)}
    lost = collections.Counter(line.split("\t")[1] for line in errors if line.split("\t")[1] in f1)
    worst = ", ".join(f"{field} {f1[field]:.3f}" for field, _ in lost.most_common(3))
    return float(re.search(r"micro F1 ([\d.]+)$", lines, re.M)[1]), worst, errors


def minimum(text):
    name, mark, value = text.rpartition("=")
    if not mark or not any(is_meant(name, kind, degree) for kind, degree, _ in LADDER):
        raise argparse.ArgumentTypeError(f"no row of the ladder: {text}")
    return name, float(value)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("letters", type=pathlib.Path)
    parser.add_argument("--rows", type=lambda text: text.split(","), help="these rows alone")
    parser.add_argument("--rounds", type=int, default=3, help="how often what is left to chance is done (default 3)")
    parser.add_argument("--seed", default="cchcparse")
    parser.add_argument("--min", type=minimum, action="append", default=[], metavar="NAME=F1")
    parser.add_argument("--errors", action="store_true", help="list every wrong and missing value of a row under it")
    parser.add_argument("--keep", type=pathlib.Path, help="write the damaged letters to this new folder and leave them")
    a = parser.parse_args()
    short = []
    work = a.keep or pathlib.Path(tempfile.mkdtemp(prefix="ladder-"))
    work.mkdir(parents=True, exist_ok=a.keep is None)
    try:
        letters = read_letters(a.program, a.letters, work / "clean")
        print("| kind | degree | letters | micro F1 | fields that lost most, with their F1 |\n| --- | --- | ---: | ---: | --- |")
        for kind, degree, damage in LADDER:
            if a.rows and not any(is_meant(name, kind, degree) for name in a.rows):
                continue
            folder = work / row_name(kind, degree).replace(":", "-")
            count = write_row(letters, damage, degree, a.rounds if damage in BY_CHANCE else 1, a.seed, folder)
            f1, worst, errors = judge(a.program, folder)
            print(f"| {kind} | {degree} | {count} | {f1:.4f} | {worst} |", flush=True)
            if a.errors:
                print(*errors, sep="\n", flush=True)
            short += [f"{row_name(kind, degree)} {f1:.4f} < {least}" for name, least in a.min
                      if is_meant(name, kind, degree) and f1 < least]
    finally:
        if a.keep is None:
            shutil.rmtree(work)
    if short:
        print("short:", "; ".join(short))
        sys.exit(1)


if __name__ == "__main__":
    main()
