#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""golden.py LETTERS CORPUS GOLDEN [--update]: what each format writes for some letters, to be read as a diff.

--update rewrites the files of the folder GOLDEN; what changed is then reviewed. A format that the library was built
without is left out. Line ends are those of Unix here; check.py sees to the formats' own."""
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

FEW = ["circulation-noi-bo", "deadlines-recurring", "incoming-stamp"]
SOME = FEW + ["annexes", "blank-form", "blank-number", "cong-van-province", "joint-letter-cosigners", "nghi-dinh",
              "old-cong-van-1990s", "party-ket-luan", "recipients-purposes-lists", "secrecy-toi-mat", "utf16le-bom"]

# File of the folder, format, its options, letters.
GOLDEN = [
    ("csv-letters", "csv", ["bom=no"], SOME),
    ("csv-clauses", "csv", ["bom=no", "table=clauses"], FEW),
    ("csv-deadlines", "csv", ["bom=no", "table=deadlines", "language=en"], FEW),
    ("csv-references", "csv", ["bom=no", "table=references"], SOME),
    ("tsv-recipients", "tsv", ["table=recipients", "language=en"], SOME),
    ("metadata-nd30", "metadata-csv", ["bom=no", "profile=nd30", "organ_id=000.00.00.H26"], SOME),
    ("metadata-tt02", "metadata-csv", ["bom=no", "profile=tt02"], SOME),
    ("metadata-tt05", "metadata-csv", ["bom=no", "profile=tt05"], SOME),
    ("metadata-xml", "metadata-xml", [], ["incoming-stamp", "recipients-purposes-lists"]),
    ("edxml", "edxml", ["organ_id=000.00.00.G09"], ["circulation-noi-bo", "blank-form"]),
    ("ics", "ics", [], FEW),
    ("sqlite", "sqlite", [], ["incoming-stamp", "joint-letter-cosigners"]),
]


def dump(path):
    """The rows of a catalogue, without its shape and without the inner tables of the full text."""
    database = sqlite3.connect(path)
    lines = [line for line in database.iterdump() if line.startswith("INSERT") and "full_text_" not in line and
             "sqlite_master" not in line]
    database.close()
    return "\n".join(lines) + "\n"


def write(letters, format_name, options, paths):
    """What is written, with the notes behind it; None where the format is not there."""
    with tempfile.TemporaryDirectory() as work:
        catalogue = pathlib.Path(work, "catalogue.db")
        more = [f"out={catalogue}"] if format_name == "sqlite" else []
        done = subprocess.run([letters, format_name, *options, *more, *paths], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False)
        notes = done.stderr.decode("utf-8")
        if done.returncode != 0 and ("is not allowed" in notes or "without SQLite" in notes):
            return None
        text = dump(catalogue) if format_name == "sqlite" else done.stdout.decode("utf-8")
    return text.replace("\r\n", "\n") + (f"--- notes\n{notes}" if notes else "")


def main():
    letters, corpus, golden = sys.argv[1:4]
    update = sys.argv[4:] == ["--update"]
    bad = 0
    for name, format_name, options, chosen in GOLDEN:
        found = write(letters, format_name, options, [str(pathlib.Path(corpus, f"{letter}.txt")) for letter in chosen])
        path = pathlib.Path(golden, f"{name}.txt")
        if found is None:
            print(f"# {name}: built without")
        elif update:
            path.write_bytes(found.encode("utf-8"))
        else:
            wanted = path.read_bytes().decode("utf-8") if path.exists() else ""
            lines = zip(found.splitlines() + [""], wanted.splitlines() + [""])
            first = next((f"{a!r}, not {b!r}" for a, b in lines if a != b), "another length")
            print(f"ok {name}" if found == wanted else f"not ok {name}: {first[:400]}")
            bad += found != wanted
    known = {f"{row[0]}.txt" for row in GOLDEN}
    for path in sorted(pathlib.Path(golden).iterdir()):
        if path.name not in known:
            print(f"not ok {path.name}: nobody writes it")
            bad += 1
    return 1 if bad else 0


sys.exit(main())
