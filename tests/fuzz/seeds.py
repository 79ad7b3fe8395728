#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""seeds.py OUT LETTERS [MORE...]: what fuzzers begin with, a folder for each target.

LETTERS is the folder of the composed letters. MORE are folders of further letters, which the targets that read letters
get too; what a fuzzer makes of those is not kept in corpus/fuzz (README.md)."""
import io
import json
import pathlib
import sys
import tarfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "ladder"))
import ladder  # noqa: E402  the old encodings

TEXT_TARGETS = ("parse", "split", "decode", "formats", "findings", "catalogue", "work")
FIELDS = 16  # of fields.c
HEAD = 36    # bytes before the text of the target flow


def letters_of(folders):
    for folder in map(pathlib.Path, folders):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".txt", ".md", ".html"):
                yield path.stem, path.read_bytes()


def text_of(letter):
    return letter.decode("utf-16" if letter.startswith(b"\xff\xfe") else "utf-8-sig", "replace")


def texts(letters, encode):
    """The letters, and each encoding of some of them."""
    yield from letters
    for n, (name, letter) in enumerate(letters):
        kinds = sorted(ladder.ENCODINGS)
        if encode and n < 4 * len(kinds):
            kind = kinds[n % len(kinds)]
            yield f"{name}-{kind}", ladder.ENCODINGS[kind](ladder.nfc(text_of(letter)))
    if encode:
        for (name, one), (_, two) in zip(letters[::9], letters[4::9]):
            yield f"{name}-two", one + b"\n" + two


def lines(letters):
    for name, letter in letters:
        line = json.dumps({"name": name, "text": text_of(letter)}, ensure_ascii=len(letter) % 2 == 0)
        yield name, f"{line}\n\n{{}}\n".encode()


def golds(folder):
    paths = sorted(folder.glob("*.gold.json"))
    for path, other in zip(paths, paths[1:] + paths[:1]):
        gold = path.read_bytes()
        yield path.stem, gold + b"\0" + gold
        yield path.stem + "-other", gold + b"\0" + other.read_bytes()


def archives(letters):
    members = [(f"đơn vị/{name}.txt", letter[:400]) for name, letter in letters[:3]]
    for mode in ("w", "w:gz"):
        for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
            out = io.BytesIO()
            with tarfile.open(fileobj=out, mode=mode, format=form) as archive:
                for name, letter in members:
                    info = tarfile.TarInfo(name)
                    info.size = len(letter)
                    archive.addfile(info, io.BytesIO(letter))
                link = tarfile.TarInfo("link.txt")
                link.type, link.linkname = tarfile.SYMTYPE, "a.txt"
                archive.addfile(link)
            yield f"{mode.replace(':', '-')}-{form}", out.getvalue()
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, letter in members:
                archive.writestr(zipfile.ZipInfo(name), letter)
        yield f"zip-{method}", out.getvalue()


def journals():
    head = "cchcparse-journal 1\tout.ndjson\n"
    row = "letter\tread\t0000000000001234\t{hash:032x}\t{at}\t88\t1\t0000000000000000\tnumber-blank=1\t{name}\n"
    rows = "".join(row.format(hash=n * 7, at=n * 88, name=f"a\\011{n}.txt") for n in range(4))
    for name, text in (("whole", head + rows + "complete\t352\t0\n"), ("torn", head + rows[:-9]), ("head", head), ("", "")):
        yield f"sealed-{name}", b"1" + text.encode()
        yield f"raw-{name}", b"0" + text.encode()


def globs():
    for n, (pattern, path) in enumerate((("*.txt", "a/b.TXT"), ("a/*", "a/b/c.md"), ("[a-c]?", "ab"), ("[!x]*\\*", "y*"),
                                         ("[[:alpha:]]*", "đ"), ("**?*a", "aaaa"), ("", ""))):
        yield str(n), pattern.encode() + b"\0" + path.encode()


def organs():
    table = "# mã định danh\nSỞ NỘI VỤ\tH28.1\r\nỦY BAN NHÂN DÂN TỈNH HÒA BÌNH\tH28\n\nSo noi vu\tH29\n"
    yield "table", table.encode()
    yield "no-tab", b"a\n"


def main():
    out, folder, more = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]
    composed = list(letters_of([folder]))
    letters = composed + list(letters_of(more))
    seeds = {target: list(texts(letters, True)) for target in TEXT_TARGETS}
    head = bytes([3, *[2, 60] * 16, 1, 0, 200])
    assert len(head) == HEAD
    seeds["flow"] = [(name, head + letter[:1024]) for name, letter in letters]
    seeds["field"] = [(f"{name}-{n % FIELDS}", bytes([n % FIELDS]) + letter[n * 37 % (len(letter) + 1):][:1024])
                      for n, (name, letter) in enumerate(letters)]
    seeds |= {"ndjson": lines(composed[:40]), "gold": golds(folder), "archive": archives(composed), "journal": journals(),
              "globs": globs(), "organs": organs()}
    for target, inputs in seeds.items():
        (out / target).mkdir(parents=True, exist_ok=True)
        for name, data in inputs:
            (out / target / name).write_bytes(data)


main()
