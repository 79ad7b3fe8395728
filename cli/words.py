#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""words.py OUT.def ROOT: the rows of words.c, for values of the record that the summary and the review page both name."""
import json
import pathlib
import sys

SHARED = ("type.", "kind.", "bound.", "diagnostic.")


def quote(text):
    return json.dumps(text, ensure_ascii=False)


def main():
    out, root = map(pathlib.Path, sys.argv[1:])
    sys.dont_write_bytecode = True  # the source tree may be read-only
    sys.path.insert(0, str(root / "lib/write/html"))
    from embed import words
    vietnamese, english = words(root)
    out.write_text("".join(f"{{{quote(key)}, {{{quote(text)}, {quote(english[key])}}}}},\n"
                           for key, text in vietnamese.items() if key.startswith(SHARED)), "utf-8")


main()
