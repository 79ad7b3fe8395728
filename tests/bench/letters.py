#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""letters.py LETTERS OUT [COUNT [BYTES]]: COUNT letters of about BYTES each, the same ones every time.

Each is a composed letter of LETTERS whose body is filled with paragraphs of the others up to the size; its
heading and its closing stay where they are. Only UTF-8 letters with both are taken."""
import pathlib
import re
import sys


def main():
    source, out = map(pathlib.Path, sys.argv[1:3])
    count, size = (int(a) for a in (sys.argv[3:5] + ["100", "5120"][len(sys.argv) - 3:])[:2])
    letters, filling = [], []
    for path in sorted(source.glob("*.txt"), key=lambda p: p.name.encode()):
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        closing = text.find("\nNơi nhận")
        opening = text.find("Kính gửi")
        if "\r" in text or closing < 0 or opening < 0 or opening > closing or len(text.encode()) > size:
            continue
        letters.append((text[:closing], text[closing:]))
        filling += [p for p in re.split(r"\n\s*\n", text[opening:closing])[1:] if len(p) > 80]
    if not letters or not filling:
        sys.exit(f"no letters in {source}")
    out.mkdir(parents=True, exist_ok=True)
    at = 0
    for i in range(count):
        head, tail = letters[i % len(letters)]
        parts, length = [head], len((head + tail).encode())
        while True:
            part = "\n\n" + filling[at % len(filling)]
            at += 1
            if length + len(part.encode()) > size:
                break
            parts.append(part)
            length += len(part.encode())
        (out / f"letter-{i:03}.txt").write_bytes(("".join(parts) + "\n" + tail).encode())


main()
