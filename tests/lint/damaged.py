#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""damaged.py CCHCPARSE LETTERS [ROW,ROW...]: the noise ladder damages the letters; a finding that an undamaged letter has not
is the damage's, and would be told as the author's fault. Letters that are taken for another form are left out. Prints a
line a row, and exits with 1 where more than one finding in a hundred letters is new in all rows together."""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile


def findings(binary, folder):
    out = subprocess.run([binary, "lint", "--quiet", "--format", "json", str(folder)], stdout=subprocess.PIPE, check=False).stdout
    records = [json.loads(line) for line in out.decode("utf-8").splitlines()]
    return {pathlib.Path(record["name"]).name: (record["form"], collections.Counter(f["code"] for f in record["findings"]))
            for record in records}


def main():
    binary, letters, *rows = sys.argv[1:]
    ladder = pathlib.Path(__file__).parent.parent / "ladder" / "ladder.py"
    new = total = 0
    with tempfile.TemporaryDirectory() as folder:
        kept = pathlib.Path(folder) / "kept"
        subprocess.run([sys.executable, str(ladder), binary, letters, "--rounds", "1", "--keep", str(kept),
                        *(["--rows", rows[0]] if rows else [])], stdout=subprocess.DEVNULL, check=True)
        sound = findings(binary, letters)
        for row in sorted(kept.iterdir()):
            judged = findings(binary, row)
            added = collections.Counter()
            for name, (form, codes) in judged.items():
                if form == sound[name][0]:
                    added += codes - sound[name][1]
            total += len(judged)
            new += sum(added.values())
            print(f"{row.name:18} {len(judged):4} letters, {sum(added.values())} new findings", *sorted(added))
    print(f"# {total} damaged letters, {new} new findings")
    return 1 if new * 100 > total or total == 0 else 0


sys.exit(main())
