#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""locales.py PROGRAM LETTERS FOLDER...: the same bytes come out in every locale.

PROGRAM is cchcparse, LETTERS is write/letters, a program that takes the locale of its user as most do. Both write the
letters of the folders in each format; what they write in C, where no name of a month, no decimal comma and no dotless i
is known, is what they must write in the others. The locales are made for the test (localedef of glibc), so that none is
left out because a system lacks it. Prints a line for each locale and format."""
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

LOCALES = ("C.UTF-8", "vi_VN.UTF-8", "tr_TR.UTF-8", "tr_TR.ISO-8859-9")
WRITTEN = ("json", "csv", "tsv", "metadata-csv", "metadata-xml", "edxml", "ics", "html", "sqlite")
NOT_THERE = re.compile(rb"this build has no|an argument is not allowed|without jansson|unzip")  # parts left out


def make_locales(folder):
    for name in LOCALES[1:]:
        language, charset = name.split(".")
        made = subprocess.run(["localedef", "-i", language, "-f", charset, folder / name], capture_output=True, text=True)
        if not (folder / name / "LC_CTYPE").exists():
            sys.exit(f"not ok locale {name} can be made: {made.stderr.strip()}")


def run(arguments, locale, locales):
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))}
    environment |= {"LC_ALL": locale, "LANGUAGE": locale, "LOCPATH": str(locales)}
    # newlocale() of glibc 2.36 loses its own copy of LOCPATH, which nobody else sets.
    environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    done = subprocess.run(arguments, env=environment, capture_output=True)
    return done.returncode, done.stdout, done.stderr


def catalogue_of(path):
    """All rows of a catalogue but when they were added."""
    rows = "\n".join(sqlite3.connect(path).iterdump()) if path.exists() else ""
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z", "TIME", rows).encode()


class Writer:
    """What a program writes in a format; None where its build does not know it."""

    def __init__(self, name, command, at_end=()):
        self.name, self.command, self.at_end = name, command, at_end

    def written(self, locale, work):
        database = work / "catalogue.db"
        database.unlink(missing_ok=True)
        code, out, words = run([*self.command, *(["out=" + str(database)] if "sqlite" in self.command else []), *self.at_end],
                               locale, work)
        if code != 0 and NOT_THERE.search(words):
            return None
        return code, out + catalogue_of(database), words


def writers(program, letters, folders, work):
    for language in ("vi", "en"):
        yield Writer(f"cchcparse text {language}", [program, "--format", "text", "--lang", language], folders)
    yield Writer("cchcparse ndjson", [program, "--format", "ndjson"], folders)
    yield Writer("cchcparse archives", [program, "--format", "ndjson", work / "letters.zip"])
    yield Writer("cchcparse check", [program, "check", "--errors"], folders[:1])
    for form in WRITTEN:
        yield Writer(f"library {form}", [letters, form], folders)


def main():
    program, letters, *folders = sys.argv[1:]
    failed = False
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        make_locales(work)
        with zipfile.ZipFile(work / "letters.zip", "w") as archive:
            for path in sorted(pathlib.Path(folders[0]).glob("cong-van*.txt")):
                archive.write(path, f"Sở Nội vụ/{path.name}")
        for writer in writers(program, letters, folders, work):
            plain = writer.written("C", work)
            if plain is None:
                continue
            if plain[0] != 0 or not plain[1]:
                print(f"not ok {writer.name} in C: exit status {plain[0]}, {plain[2].decode(errors='replace').strip()[:300]}")
                failed = True
                continue
            for locale in LOCALES:
                same = writer.written(locale, work) == plain
                print("ok" if same else "not ok", f"{writer.name} in {locale}")
                failed = failed or not same
    sys.exit(failed)


main()
