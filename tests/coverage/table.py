#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""table.py SUMMARY.json ROOT: prints what `llvm-cov export -summary-only` says of lib/, file by file and whole, and
exits with 1 where the whole falls below MINIMA (in percent). Minima only rise."""
import json
import os
import sys

MINIMA = {"lines": 95.0, "branches": 85.0, "functions": 100.0}


def percent(covered, count):
    return 100.0 * covered / count if count else 100.0


def main():
    summary, root = sys.argv[1:3]
    lib = os.path.realpath(root) + "/lib/"
    with open(summary, encoding="utf-8") as file:
        files = json.load(file)["data"][0]["files"]
    total = {kind: [0, 0] for kind in MINIMA}
    print(f"{'':32}" + "".join(f"{kind:>20}" for kind in MINIMA))
    for one in sorted(files, key=lambda one: one["filename"]):
        name = os.path.realpath(one["filename"])
        if not name.startswith(lib):
            continue
        row = f"{name[len(lib):]:32}"
        for kind, sums in total.items():
            figures = one["summary"][kind]
            sums[0] += figures["covered"]
            sums[1] += figures["count"]
            row += f"{figures['covered']:6}/{figures['count']:<6}{percent(figures['covered'], figures['count']):6.1f} %"
        print(row)
    print(f"{'lib/':32}" + "".join(f"{covered:6}/{count:<6}{percent(covered, count):6.1f} %"
                                   for covered, count in total.values()))
    short = [f"{kind} below {MINIMA[kind]:g} %" for kind, (covered, count) in total.items()
             if percent(covered, count) < MINIMA[kind]]
    print("; ".join(short) if short else "all minima are kept")
    return bool(short) or not total["lines"][1]


if __name__ == "__main__":
    sys.exit(main())
