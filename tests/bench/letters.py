#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes many letters out of the composed ones, the same ones every time.

    letters.py LETTERS [OUT] [--count N] [--bytes MEAN] [--same-size] [--utf8] [--seed TEXT] [--stream FILE]
               [--whole FILE]

LETTERS is a folder of NAME.txt with NAME.gold.json. Written are OUT/000/letter-000000.txt, OUT/000/letter-000001.txt …,
a thousand a folder; --stream writes the same letters as lines {"name": …, "text": …}, --whole writes them one behind
the other into one file; "-" is standard output. A letter depends on the seed and its index only, so that a longer
series begins with the shorter one.

Each letter is a composed one with another number, another signer and all its dates moved by as many days. Its body is
filled with paragraphs of prose.txt up to its size, most often wrapped; the sizes spread around the mean as those of an
archive do (many short ones, few long ones), with --same-size they do not. A third of the letters is damaged by one of the kinds of
NOISE or is in one of the ENCODINGS; --utf8 keeps all in UTF-8, so that other tools can read them. After FORMS letters
they come again, each with a number of its own: a million letters are written as fast as they are read."""
import argparse
import collections
import datetime
import functools
import json
import pathlib
import random
import re
import sys
import textwrap
import unicodedata

# -------------------------------------------------------------------------------------------------- composed letters --

PROSE = pathlib.Path(__file__).resolve().parent / "prose.txt"
MEAN = 10 * 1024  # bytes of a letter: half of them are then below 6 KB and a tenth above 18, as real letters are

Composed = collections.namedtuple("Composed", "head tail number signer")


def decoded(source):
    text = source.decode("utf-16" if source.startswith(b"\xff\xfe") else "utf-8-sig")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def composed(folder):
    """The letters, cut where a body may grow."""
    letters = []
    for path in sorted(folder.glob("*.txt"), key=lambda p: p.name.encode()):
        text = decoded(path.read_bytes())
        gold = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
        signer = (gold.get("signer") or {}).get("full_name")
        closing = re.search(r"^\W*Nơi nhận", text, re.M)
        cut = closing.start() if closing else len(text)
        number = (gold.get("code") or {}).get("number")
        letters.append(Composed(text[:cut], text[cut:], number, signer and signer["text"]))
    if not letters:
        raise SystemExit(f"no letters in {folder}")
    return letters


# ----------------------------------------------------------------------------------------------------------- bodies --

# Shares that give, in 10 KB, what real letters have there: some 17 clauses, 4 citations, less than one deadline. The
# composed letters, which are tests, have thirty times as many deadlines: they are only what a body begins with.
KINDS = {"plain": 85, "cites": 14, "deadlines": 1}
NUMBERED, BULLET = 0.3, 0.15  # of the paragraphs
RANGES = {"number": (2, 999), "few": (1, 5), "article": (1, 60), "day": (1, 28), "month": (1, 12), "year": (2012, 2025),
          "percent": (51, 99)}  # what stands in a {slot}
WRAPPED, WIDTHS = 0.7, (60, 95)  # of the letters, in characters


class Prose:
    """Paragraphs by kind, and lists of words to put into their {slots}."""

    def __init__(self, path):
        self.of = {}
        for part in re.split("^% ", path.read_text("utf-8"), flags=re.M)[1:]:
            name, *lines = filter(None, part.split("\n"))
            self.of[name] = lines

    def text(self, kind, chance):
        line = chance.choice(self.of[kind])
        return re.sub(r"\{(\w+)\}", lambda slot: self.slot(slot[1], chance), line)

    def slot(self, name, chance):
        if name in RANGES:
            return str(chance.randint(*RANGES[name]))
        return chance.choice("abcdđe") if name == "letter" else self.text(name, chance)

    def paragraphs(self, chance):
        """Without end; what numbers them goes on from one to the next."""
        number = 0
        while True:
            (kind,) = chance.choices(list(KINDS), KINDS.values())
            text, mark = self.text(kind, chance), chance.random()
            if mark < NUMBERED:
                number += 1
                text = f"{number}. {text}"
            elif mark < NUMBERED + BULLET:
                text = f"- {text}"
            yield text


# --------------------------------------------------------------------------------------------------------- variation --

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Tạ Đinh Lâm Mai".split()
MIDDLE = "Văn Thị Hữu Đức Minh Ngọc Quang Xuân Thanh Công Đình Khánh Thu Hải".split()
GIVEN = "An Bình Châu Dũng Giang Hà Hiếu Hòa Hùng Hương Khoa Lan Long Nam Nga Phúc Quân Sơn Tâm Thảo Trung Vinh".split()
DATES = re.compile(r"(?P<day>\d{1,2})(?P<m>/| tháng )(?P<month>\d{1,2})(?P<y>/| năm )(?P<year>[12]\d{3})")
DAYS_MOVED = 700  # at most, so that laws and offices of the time stay likely


def moved(match, days):
    try:
        date = datetime.date(*(int(match[part]) for part in ("year", "month", "day"))) + datetime.timedelta(days)
    except ValueError:
        return match[0]  # a date that no calendar has stays one
    return f"{date.day:02}{match['m']}{date.month}{match['y']}{date.year}"


def filled(letter, prose, size, chance):
    parts, length = [letter.head.rstrip("\n")], len((letter.head + letter.tail).encode())
    width = chance.randint(*WIDTHS) if chance.random() < WRAPPED else None
    for part in prose.paragraphs(chance) if letter.tail else ():
        length += len(part.encode()) + 2
        if length > size:
            break
        parts.append(textwrap.fill(part, width, break_long_words=False) if width else part)
    return "\n\n".join(parts) + ("\n\n" if letter.tail else "\n") + letter.tail


def varied(letter, prose, size, chance):
    text = filled(letter, prose, size, chance)
    if letter.number:
        text = text.replace(letter.number, str(chance.randrange(1, 9999)), 1)
    if letter.signer:
        text = text.replace(letter.signer, " ".join(map(chance.choice, (FAMILY, MIDDLE, GIVEN))))
    days = chance.randint(-DAYS_MOVED, DAYS_MOVED)
    return DATES.sub(lambda match: moved(match, days), text)


# ------------------------------------------------------------------------------------------------------------- noise --

LOOK_ALIKES = {"l": "1", "O": "0", "o": "ò", "ư": "u", "ơ": "o", "ê": "e", "ạ": "a", "ộ": "ô", "i": "ì", "n": "ri",
               "h": "li", "m": "rn", "S": "5"}
DAMAGED_SHARE = 0.02  # of the characters: what a fair scan loses


def scattered(text, chance, change):
    """Changes characters here and there; what change() leaves alone stays."""
    letters = list(text)
    for _ in range(int(len(letters) * DAMAGED_SHARE)):
        at = chance.randrange(len(letters))
        letters[at] = change(letters[at])
    return "".join(letters)


def confused(text, chance):
    return scattered(text, chance, lambda c: LOOK_ALIKES.get(c, c))


def without_marks(text, chance):
    return scattered(text, chance, lambda c: unicodedata.normalize("NFD", c)[0])


def rewrapped(text, chance):
    width = chance.randint(60, 90)
    return "\n".join(textwrap.fill(line, width) if len(line) > width else line for line in text.split("\n"))


def decomposed(text, _):
    return unicodedata.normalize("NFD", text)


def crlf(text, _):
    return text.replace("\n", "\r\n")


def windows_1258(text):
    """Letters with their own sign (ă, ê, ơ) are one byte there, tone marks are bytes behind them."""
    out = []
    for character in text:
        parts = unicodedata.normalize("NFD", character)
        tones = [p for p in parts[1:] if p in "\u0300\u0301\u0303\u0309\u0323"]
        out += [unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones)), *tones]
    return "".join(out).encode("cp1258", "replace")


def utf_16(text):
    return b"\xff\xfe" + text.encode("utf-16-le")


# One kind a letter: its share in per cent and its function, of text to text or of text to bytes.
NOISE = ((10, confused), (6, without_marks), (6, rewrapped), (4, decomposed), (3, crlf))
ENCODINGS = ((2, utf_16), (2, windows_1258))


def drawn(kinds, chance):
    at = chance.randrange(100)
    for share, kind in kinds:
        at -= share
        if at < 0:
            return kind
    return None


# ------------------------------------------------------------------------------------------------------------ series --

SPREAD = 0.8  # sigma of the log-normal sizes
LARGEST = 12  # times the mean


FORMS = 2000  # letters until they come again
NUMBER = re.compile(r"Số[^0-9\n]{0,6}([0-9]+)")


class Form:
    """A letter around its number, which is between the two parts of each tuple; one part where it has none."""

    def __init__(self, text, encoding):
        match = NUMBER.search(text)
        self.number = match[1] if match else ""
        self.text = (text[:match.start(1)], text[match.end(1):]) if match else (text,)
        self.encoding = encoding

    @functools.cached_property
    def source(self):
        return tuple(part.encode() for part in self.text)

    @functools.cached_property
    def quoted(self):
        return tuple(json.dumps(part, ensure_ascii=False)[1:-1].encode() for part in self.text)


class Letter:
    def __init__(self, index, form, number):
        self.name = f"{index // 1000:03}/letter-{index:06}.txt"
        self.form, self.number = form, number

    @property
    def source(self):
        """The bytes of the file."""
        if self.form.encoding:
            return self.form.encoding(self.number.join(self.form.text))
        return self.number.encode().join(self.form.source)

    @property
    def line(self):
        """Its line of a stream."""
        text = self.number.encode().join(self.form.quoted)
        return b'{"name": "%b", "text": "%b"}\n' % (self.name.encode(), text)


def series(folder, count, mean, same_size=False, utf8=False, seed="1"):
    """Yields the letters one by one."""
    letters, prose = composed(pathlib.Path(folder)), Prose(PROSE)
    forms = []
    for index in range(count):
        if index >= FORMS:
            yield Letter(index, forms[index % FORMS], str(index))
            continue
        chance = random.Random(f"{seed}:{index}")
        size = mean if same_size else mean * min(chance.lognormvariate(-SPREAD**2 / 2, SPREAD), LARGEST)
        text = varied(letters[index % len(letters)], prose, size, chance)
        noise, encoding = drawn(NOISE, chance), drawn(ENCODINGS, chance)
        if noise:
            text = noise(text, chance)
        forms.append(Form(text, None if utf8 else encoding))
        yield Letter(index, forms[-1], forms[-1].number)


def write(letters, out=None, stream=None, whole=None):
    """Writes the letters as files below the folder `out` and into open files; returns how many bytes they have."""
    total, folder = 0, None
    for letter in letters:
        source = letter.source
        total += len(source)
        if out:
            path = out / letter.name
            if path.parent != folder:
                folder = path.parent
                folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source)
        if stream:
            stream.write(letter.line)
        if whole:
            whole.write(source)
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("letters", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path, nargs="?")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--bytes", type=int, default=MEAN)
    parser.add_argument("--same-size", action="store_true")
    parser.add_argument("--utf8", action="store_true")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--stream", type=argparse.FileType("wb"))
    parser.add_argument("--whole", type=argparse.FileType("wb"))
    given = parser.parse_args()
    letters = series(given.letters, given.count, given.bytes, given.same_size, given.utf8, given.seed)
    total = write(letters, given.out, given.stream, given.whole)
    print(f"{given.count} letters, {total} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
