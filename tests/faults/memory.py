#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""memory.py PROGRAM MEMORY [--runs N]: what cchcparse does where memory ends.

PROGRAM is cchcparse, MEMORY the library of memory.c beside this. Each call is made N times, and each time memory ends at
another request. Whatever happens, exit status 0 means that all is there; else it is told why. (That the library itself
keeps its promises, and gives all back, is asked of every request in failing_memory.c.)"""
import argparse
import os
import pathlib
import sys
import tarfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "batch"))
from harness import Cases, Program, content, expect, make_letters, remove, workplace  # noqa: E402

ALL_READ, SOME_UNREAD, NOT_WRITTEN = 0, 1, 3
ASSERTS = -6  # jansson, which reads ndjson, ends the program where one of its own calls finds no memory

CALLS = {
    "a folder": (["--format", "ndjson", "letters"], ()),
    "two jobs": (["--format", "ndjson", "--jobs", "2", "letters"], ()),
    "an archive": (["--format", "ndjson", "letters.tar"], ()),
    "lines": (["--input", "ndjson", "--format", "ndjson", "letters.ndjson"], (ASSERTS,)),
    "a table": (["--format", "csv", "letters"], ()),
    "--output": (["--format", "ndjson", "--output", "out", "letters"], ()),
    "--output-dir, --journal": (["--output-dir", "out", "--journal", "out.journal", "letters"], ()),
    "lint": (["lint", "--format", "json", "--severity", "none", "letters"], ()),
    "lint, SARIF": (["lint", "--format", "sarif", "--severity", "none", "letters"], ()),
}


def made(folder):
    """What a call has written beside standard output."""
    return {name: data for name, data in content(folder).items()
            if name.startswith("out") and not name.startswith("out.journal")}


def clear(folder):
    for path in folder.glob("out*"):
        remove(path)


def case_call(program, folder, arguments, more, library, runs):
    log = folder / "requests"
    environment = {"LD_PRELOAD": library, "CCHC_MEMORY_LOG": str(log)}

    def run(**extra):
        clear(folder)
        os.environ.update({**environment, **extra})
        try:
            return program(*arguments)
        finally:
            for name in (*environment, *extra):
                del os.environ[name]

    whole = run()
    if "this build has no" in whole.err or "this unpacks it" in whole.err: # nor archives
        return
    whole.expect(ALL_READ)
    files, requests = made(folder), int(log.read_text())
    expect(requests > 50, f"{requests} requests")
    failed = 0
    for nth in range(1, requests, max(1, requests // runs)):
        result = run(CCHC_MEMORY=str(nth))
        if result.status == ALL_READ:
            expect(result.out == whole.out and made(folder) == files, f"exit 0 at request {nth}, but not all is there: {result}")
        else:
            failed += 1
            expect(result.status in (SOME_UNREAD, NOT_WRITTEN, *more), f"request {nth}: {result}")
            expect(result.err, f"request {nth}: exit {result.status} without a word")
    expect(failed > 0, "no call has failed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("memory")
    parser.add_argument("--runs", type=int, default=40)
    given = parser.parse_args()
    cases = Cases()
    with workplace() as place:
        folder = place / "memory"
        make_letters(folder / "letters", 6)
        with tarfile.open(folder / "letters.tar", "w") as archive:
            archive.add(folder / "letters", "letters")
        (folder / "letters.ndjson").write_text('{"name": "a", "text": "Số: 1/QĐ-UBND"}\n{"name": "b", "text": "x"}\n')
        program = Program(given.program, folder)
        for name, (arguments, more) in CALLS.items():
            with cases.case(f"memory ends: {name}"):
                case_call(program, folder, arguments, more, os.path.abspath(given.memory), given.runs)
    sys.exit(cases.status())


if __name__ == "__main__":
    main()
