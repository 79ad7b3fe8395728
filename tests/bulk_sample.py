#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bulk_sample.py BINARY FOLDER [TABLE]: the headings of real letters against a table read by hand.

Prints each disagreement (file, value, table, record), the share that is right of each value and of the three
together, and the share of the files that have all three right. --min SHARE: exit status 1 where the share
together is under it."""
import argparse
import json
import pathlib
import subprocess
import sys

VALUES = ("type", "number", "date")


def table_of(path):
    """file name -> (document_type, number, date), as printed in the table"""
    rows = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *values = line.split("\t")
            if len(values) != len(VALUES) or name in rows:
                raise SystemExit(f"{path}: {line!r}")
            rows[name] = tuple(values)
    return rows


def values_of(record):
    code = record.get("code") or {}
    date = (record.get("promulgation") or {}).get("date") or {}
    return record.get("document_type") or "null", code.get("number") or "-", date.get("iso") or "-"


def records_of(binary, folder):
    """file name -> its first record: a file may hold several documents"""
    run = subprocess.run([binary, "--format", "ndjson", folder], stdout=subprocess.PIPE, check=True)
    records = {}
    for line in run.stdout.decode("utf-8").split("\n"):
        if line:
            record = json.loads(line)
            records.setdefault(pathlib.PurePath(record["source"]["name"]).name, record)
    return records


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("folder")
    parser.add_argument("table", nargs="?", type=pathlib.Path,
                        default=pathlib.Path(__file__).with_name("bulk-sample.tsv"))
    parser.add_argument("--min", type=float, default=0.0, metavar="SHARE")
    options = parser.parse_args()

    table = table_of(options.table)
    records = records_of(options.binary, options.folder)
    right = dict.fromkeys(VALUES, 0)
    whole = 0
    for name, wanted in table.items():
        got = values_of(records[name]) if name in records else ("no record",) * len(VALUES)
        whole += wanted == got
        for key, want, have in zip(VALUES, wanted, got):
            right[key] += want == have
            if want != have:
                print(f"{name}\t{key}\t{want}\t{have}")
    together = sum(right.values()) / (len(table) * len(VALUES))
    for key, count in right.items():
        print(f"{key:10}{count / len(table):.3f}")
    print(f"{'together':10}{together:.3f}\nfiles     {whole / len(table):.3f}")
    return 1 if together < options.min else 0


if __name__ == "__main__":
    sys.exit(main())
