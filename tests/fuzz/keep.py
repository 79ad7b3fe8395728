#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""keep.py CONTROL KEPT: copies the inputs that are worth a place in the tree to the folder KEPT.

CONTROL is what libFuzzer notes while it merges (-merge_control_file): the paths of all inputs and, of each, its features, which
are edges with how often each was gone, in eight classes. Greedily the input with the most new edges is taken, the shorter of two that have as many, until none has a new one or MOST are
there. A file is called after its bytes, so that the same is kept once. What is kept already stays."""
import hashlib
import pathlib
import sys

MOST = 40  # of a target: a replay of some hundred small files costs a second, and they stay below 1 MB


def read(control):
    lines = iter(pathlib.Path(control).read_text("utf-8", "surrogateescape").splitlines())
    count = int(next(lines))
    next(lines)
    paths = [pathlib.Path(next(lines)) for _ in range(count)]
    edges = {}
    for line in lines:
        kind, number, *rest = line.split()
        if kind == "FT":
            edges[paths[int(number)]] = {int(feature) // 8 for feature in rest}
    return edges


def main():
    control, kept = sys.argv[1], pathlib.Path(sys.argv[2])
    edges = read(control)
    here = [path for path in edges if path.parent.resolve() == kept.resolve()]
    reached = set().union(*(edges[path] for path in here))
    left = {path: found for path, found in edges.items() if path not in here}
    taken = 0
    while left and taken + len(here) < MOST:
        best = max(left, key=lambda path: (len(left[path] - reached), -path.stat().st_size, path.name))
        found = left.pop(best) - reached
        if not found:
            break
        reached |= found
        data = best.read_bytes()
        (kept / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
        taken += 1
    print(f"{taken} new in {kept}, {len(list(kept.iterdir()))} in all")


main()
