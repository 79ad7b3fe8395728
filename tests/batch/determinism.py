#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""determinism.py PROGRAM FAULTS [--letters N] [FOLDER…]: the output is the same, whatever the threads do.

PROGRAM is cchcparse, FAULTS the library of tests/faults/faults.c, which makes some reads slow here, so that letters are
finished in another order than they were begun. Asked of every format, of standard output and of --output and
--output-dir, with one job, two and eight, for generated letters with some unreadable ones among them; of each
FOLDER in one format."""
import argparse
import os
import pathlib
import re
import sys

from harness import COMPOSED, Cases, Failure, Program, content, difference, expect, make_letters, remove, workplace

JOBS = ("1", "2", "8")
SLOW = ["read %7 *.txt sleep 10", "read %23 *.txt EINTR"]


def formats(program):
    """The names of all formats, as the program tells them."""
    told = re.search(r"\((.*)\)", program("--format", "none", ".").expect(2, "no such format").err)
    return told[1].split(", ")


def same_bytes(program, options, folder, status):
    first = program("--jobs", "1", *options, folder).expect(status)
    expect(first.out, "there is no output")
    for jobs in JOBS:
        for faults in ([], SLOW):
            again = program("--jobs", jobs, *options, folder, faults=faults).expect(status)
            words = difference({f"--jobs {jobs}": again.out}, {f"--jobs {jobs}": first.out})
            expect(not words, words)
            expect(sorted(again.err.splitlines()) == sorted(first.err.splitlines()), f"other messages: {again.err}")
    return first.out


def same_files(program, output, folder, status, name="ndjson"):
    """Returns what --output or --output-dir left, the same for all numbers of jobs."""
    path = program.folder / "out"
    first = None
    for jobs in JOBS:
        remove(path)
        program("--format", name, "--jobs", jobs, output, "out", folder, faults=SLOW).expect(status)
        first = first or content(path)
        expect(first and not (words := difference(content(path), first)), words if first else "nothing was written")
    remove(path)
    return first


def lists_and_streams(program, folder):
    """The ways to name the same letters give the same records."""
    wanted = program("--format", "ndjson", folder)
    paths = sorted(str(p.relative_to(program.folder)) for p in (program.folder / folder).rglob("*.txt"))
    (program.folder / "list").write_text("\n".join(paths) + "\n")
    (program.folder / "list0").write_text("\0".join(paths) + "\0")
    for options in (["--files-from", "list"], ["--files-from", "list0", "-0"], ["--jobs", "8", "--files-from", "list"]):
        result = program("--format", "ndjson", *options).expect(wanted.status)
        expect(not (words := difference({"": result.out}, {"": wanted.out})), f"{options}: {words}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("faults")
    parser.add_argument("folders", nargs="*", type=pathlib.Path)
    parser.add_argument("--letters", type=int, default=300)
    given = parser.parse_intermixed_args()
    given.folders = [folder.resolve() for folder in given.folders]
    os.environ["CCHC_FAULTS_LIBRARY"] = os.path.abspath(given.faults)
    cases = Cases()
    with workplace() as place:
        work = place / "work"
        make_letters(work / "generated", given.letters)
        for nth, path in enumerate(sorted((work / "generated").rglob("*.txt"))):
            if nth % 50 == 7:
                path.write_bytes(b"%PDF-1.7\n")
        program = Program(given.program, work)
        for folder in [pathlib.Path("generated"), COMPOSED, *given.folders]:
            status = 1 if folder.name == "generated" else 0
            for name in formats(program) if folder not in given.folders else ["ndjson"]:
                with cases.case(f"one job, two, eight: {folder.name}, {name}"):
                    alone = program("--format", name, folder).status
                    if alone == 2:  # a format that wants a file
                        same_files(program, "--output", folder, status, name)
                    elif alone == 3:  # or a file a letter
                        same_files(program, "--output-dir", folder, status, name)
                    else:
                        same_bytes(program, ["--format", name], folder, status)
            with cases.case(f"one job, two, eight: {folder.name}, --output"):
                ours = same_files(program, "--output", folder, status)[""]
                expect(ours == program("--format", "ndjson", folder).out, "it is not what standard output gets")
        with cases.case("one job, two, eight: generated, --output-dir"):
            files = same_files(program, "--output-dir", "generated", 1)
            stream = program("--format", "ndjson", "generated").out
            expect(b"".join(files[name] for name in sorted(files, key=str.encode)) == stream,
                   "the files together are not what standard output gets")
        with cases.case("folder, list and list with NUL"):
            lists_and_streams(program, "generated")
    sys.exit(cases.status())


if __name__ == "__main__":
    main()
