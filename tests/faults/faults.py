#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""faults.py PROGRAM FAULTS [--step N] [--cases NAME]: what cchcparse does on a machine that fails.

PROGRAM is cchcparse, FAULTS the library of faults.c beside this, which tells how a plan of faults is written. Whatever
fails: the program neither crashes nor hangs, tells it once with the path, leaves with the status of the man page, and
leaves no half file under a final name. --cases runs those whose name has NAME in it."""
import argparse
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tarfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "batch"))
from harness import (  # noqa: E402
    COMPOSED, Cases, Failure, Program, content, difference, expect, letters, make_letters, remove, workplace)

ALL_READ, SOME_UNREAD, NOT_WRITTEN = 0, 1, 3
JOBS = ("1", "4")
ERRORS = {"ENOSPC": "No space left on device", "EIO": "Input/output error", "EACCES": "Permission denied",
          "EROFS": "Read-only file system", "EDQUOT": "Disk quota exceeded"}


class Work:
    """Letters, and what a whole machine makes of them."""

    def __init__(self, program, place, name, count=12):
        self.folder = place / name
        self.letters = self.folder / "letters"
        make_letters(self.letters, count)
        (self.letters / "below").mkdir()
        self.below = self.letters / "below" / "one.txt"
        shutil.copy(COMPOSED / "giay-moi.txt", self.below)
        self.program = Program(program, self.folder)
        self.lines = self.program("--format", "ndjson", "letters").expect(ALL_READ).out.splitlines(keepends=True)
        self.whole = b"".join(self.lines)
        expect(len(self.lines) == count + 1, f"{len(self.lines)} records")
        self.program("--format", "ndjson", "--output-dir", "whole", "letters").expect(ALL_READ)
        self.files = content(self.folder / "whole")
        remove(self.folder / "whole")

    def clear(self):
        for path in self.folder.iterdir():
            if path != self.letters:
                remove(path)

    def __call__(self, *options, **more):
        return self.program("--format", "ndjson", *options, "letters", **more)


# ------------------------------------------------------------------------------------------------ reading goes wrong --

# name, plan, words on standard error and code of the record of letter 5 (None: it is read as ever)
READING = (
    ("read fails", ["read 1 *05.txt EIO"], "Input/output error", "io-read"),
    ("read fails at the second piece", ["read 1 *05.txt short 99", "read 2 *05.txt EIO"], "Input/output error", "io-read"),
    ("open fails", ["open * *05.txt EIO"], "Input/output error", "io-open"),
    ("open is not permitted", ["open * *05.txt EACCES"], "Permission denied", "io-open"),
    ("a stale network file", ["read * *05.txt ESTALE"], "Stale file handle", "io-read"),
    ("open is interrupted", ["open %2 * EINTR"], None, None),
    ("read is interrupted", ["read %2 * EINTR"], None, None),
    ("one byte a read", ["read * *.txt short 1"], None, None),
    ("seven bytes a read, some interrupted", ["read %3 *.txt EINTR", "read * *.txt short 7"], None, None),
    ("close fails", ["close * *05.txt EIO"], None, None),
    ("the letter vanishes before open", ["open 1 *05.txt run rm {letter}"], "No such file or directory", "io-open"),
    ("the letter becomes a folder", ["open 1 *05.txt run rm {letter}; mkdir {letter}"], "", "io-"),
    ("the letter vanishes while it is read", ["read 1 *05.txt short 99", "read 2 *05.txt run rm {letter}"], None, None),
)


def case_reading(cases, given, place):
    work = Work(given.program, place, "reading")
    letter = work.letters / "000" / "letter-000005.txt"
    source = letter.read_bytes()
    for name, plan, words, code in READING:
        for jobs in JOBS:
            with cases.case(f"{name}, --jobs {jobs}"):
                remove(letter)
                letter.write_bytes(source)
                result = work("--jobs", jobs, faults=[rule.format(letter=letter) for rule in plan])
                result.expect(SOME_UNREAD if code else ALL_READ)
                expect(result.faults, "the fault did not take place")
                lines = result.out.splitlines(keepends=True)
                expect(len(lines) == len(work.lines), f"{len(lines)} records")
                failed = [i for i, line in enumerate(lines) if line != work.lines[i]]
                if code is None:
                    expect(not failed and not result.err, f"other records: {failed}; {result}")
                    continue
                result.expect_once("05.txt: " + words)
                expect(len(result.err.splitlines()) == 1, f"more than one message: {result}")
                codes = [d["code"] for i in failed for d in json.loads(lines[i])["diagnostics"]]
                expect(len(codes) == 1 and codes[0].startswith(code), f"the records of {failed} have {codes}")
    remove(letter)
    letter.write_bytes(source)


def case_changing(cases, given, place):
    """A letter that becomes longer or shorter while it is read gives one record, of the bytes that were there."""
    work = Work(given.program, place, "changing")
    letter = work.letters / "000" / "letter-000005.txt"
    source = letter.read_bytes()
    for name, happens in (("longer", f"cat {COMPOSED / 'thu-cong.txt'} >> {letter}"),
                          ("shorter", f"truncate -s 50 {letter}"), ("empty", f": > {letter}")):
        for call in ("read", "close"):
            with cases.case(f"the letter becomes {name} before the {call}"):
                letter.write_bytes(source)
                result = work(faults=[f"{call} 1 *05.txt run {happens}"]).expect(ALL_READ)
                expect(result.faults, "the fault did not take place")
                lines = result.out.splitlines(keepends=True)
                expect(lines[:5] + lines[6:] == work.lines[:5] + work.lines[6:], "other letters changed")
                told = json.loads(lines[5])["source"]["bytes"]
                expect(told in (len(source), letter.stat().st_size), f"{told} bytes: neither what was there nor what is")
    letter.write_bytes(source)


def case_folders(cases, given, place):
    work = Work(given.program, place, "folders")
    for name, plan, words in (
            ("a folder cannot be opened", "opendir * *below* EACCES", "letters/below/?: Permission denied"),
            ("a folder's listing breaks off", "readdir 2+ *below* EIO", "letters/below/?: Input/output error"),
            ("the folder cannot be opened", "opendir * */letters?(/) EIO", "letters/?: Input/output error")):
        with cases.case(name):
            result = work(faults=[plan]).expect(SOME_UNREAD).expect_once(words)
            expect(result.faults, "the fault did not take place")
            lines = result.out.splitlines(keepends=True)
            expect(set(lines) <= set(work.lines), "records that should not be")
            expect(len(lines) >= 12 or name.startswith("the "), f"{len(lines)} records")


# ------------------------------------------------------------------------------------------------ writing goes wrong --

def is_beginning(ours, whole):
    expect(whole.startswith(ours), f"{len(ours)} bytes that are not the beginning of the output")


def case_standard_output(cases, given, place):
    work = Work(given.program, place, "stdout")
    with cases.case("/dev/full"):
        for jobs in JOBS:
            with open("/dev/full", "wb") as full:
                work("--jobs", jobs, stdout=full).expect(NOT_WRITTEN).expect_once("No space left on device")
    for error, words in {**ERRORS, "EFBIG": "File too large"}.items():
        with cases.case(f"standard output: {error} at each write"):
            out = work.folder / "out"
            for nth in range(1, 1000):
                plan = [f"write {nth}+ {out} {error}", f"write * {out} short 20000"]
                with open(out, "wb") as file:
                    result = work("--jobs", "2", stdout=file, faults=plan)
                is_beginning(out.read_bytes(), work.whole)
                if out.read_bytes() == work.whole:
                    break
                result.expect(NOT_WRITTEN).expect_once(words)
            expect(nth > 2, "there were no writes")
    for name, plan in (("interrupted writes", ["write %2 * EINTR"]), ("one byte a write", ["write * * short 1"])):
        with cases.case(f"standard output: {name}"):
            result = work(faults=plan).expect(ALL_READ)
            expect(result.out == work.whole and result.faults, f"{len(result.out)} of {len(work.whole)} bytes")
    long = Work(given.program, place, "pipe", 80)  # more than a pipe holds
    with cases.case("a reader that goes away"):
        for jobs in JOBS:
            process = long.program.start("--format", "ndjson", "--jobs", jobs, "letters")
            process.stdout.read(100)
            process.stdout.close()
            process.stdout = None
            result = long.program.finish(process).expect(NOT_WRITTEN)
            expect(not result.err, f"a closed pipe is nothing to tell of: {result}")


def expect_no_half(work, output):
    done = content(work.folder / "out")
    if output == "--output":
        expect(done in ({}, {"": work.whole}), "a half file under its final name")
    else:
        for name, bytes in done.items():
            expect(name not in work.files or bytes == work.files[name], f"half a file: '{name}'")


def whole_output(work, output):
    return {"": work.whole} if output == "--output" else work.files


# What may fail in writing files, and how.
WRITING = (("open", "EACCES"), ("open", "EROFS"), ("write", "ENOSPC"), ("write", "EIO"), ("write", "EDQUOT"),
           ("fsync", "EIO"), ("fsync", "ENOSPC"), ("close", "EIO"), ("close", "ENOSPC"), ("rename", "EACCES"), ("rename", "EIO"),
           ("rename", "ENOSPC"), ("mkdir", "ENOSPC"), ("mkdir", "EACCES"), ("truncate", "EIO"))


def each_failure(work, output, call, error, journal, step):
    """Lets the first, second, … call on a file of ours fail, until there are no more. Returns whether there were any."""
    options = [output, "out", *(["--journal", "journal"] if journal else [])]
    for nth in range(1, 10_000, step):
        work.clear()
        result = work(*options, "--jobs", "2", faults=[f"{call} {nth} {work.program.ours} {error}"])
        if not result.faults:
            result.expect(ALL_READ)
            return nth > 1
        expect_no_half(work, output)
        if result.status == ALL_READ: # such as an fsync of a folder that the file system does not know
            expect(content(work.folder / "out") == whole_output(work, output), f"something is missing: {result}")
        else:
            result.expect(NOT_WRITTEN).expect_once(ERRORS[error])
        again = work(*options, "--resume" if journal else "--force", "--jobs", "2").expect(ALL_READ)
        words = difference(content(work.folder / "out"), whole_output(work, output))
        expect(not words, f"afterwards: {words} {again}")
    raise Failure("no end of calls")


def case_files(cases, given, place):
    work = Work(given.program, place, "files")
    for output in ("--output", "--output-dir"):
        for journal in (False, True):
            for call, error in WRITING:
                with cases.case(f"{error} at each {call}, {output}{', --journal' if journal else ''}"):
                    failed = each_failure(work, output, call, error, journal, given.step)
                    expect(failed or call in ("truncate", "mkdir"), f"there is no {call}")


def case_interrupted(cases, given, place):
    work = Work(given.program, place, "interrupted")
    for output in ("--output", "--output-dir"):
        for name, plan in (("opens and writes that are interrupted", ["open %2 * EINTR", "write %2 * EINTR"]),
                           ("syncs and closes that are interrupted", ["fsync %2 * EINTR", "close %2 * EINTR"]),
                           ("seven bytes a write", ["write * * short 7"])):
            with cases.case(f"{name}, {output}, --journal"):
                work.clear()
                result = work(output, "out", "--journal", "journal", faults=plan).expect(ALL_READ)
                expect(result.faults, "the fault did not take place")
                words = difference(content(work.folder / "out"), whole_output(work, output))
                expect(not words, words)


def case_force(cases, given, place):
    work = Work(given.program, place, "force")
    for call, error in (("write", "ENOSPC"), ("fsync", "EIO"), ("rename", "EIO")):
        with cases.case(f"--force keeps the old file when {call} fails"):
            work.clear()
            (work.folder / "out").write_bytes(b"old\n")
            result = work("--output", "out", "--force", faults=[f"{call} 1 {work.program.ours} {error}"])
            result.expect(NOT_WRITTEN)
            expect(content(work.folder / "out") == {"": b"old\n"}, "the old file is gone")


def case_removed(cases, given, place):
    work = Work(given.program, place, "removed")
    for output in ("--output", "--output-dir"):
        name = "out/out.ndjson" if output == "--output" else "out"
        for moment in (2, 9):
            with cases.case(f"the folder of the output is removed at letter {moment}, {output}"):
                work.clear()
                (work.folder / "out").mkdir()
                plan = [f"open {moment} *.txt run rm -rf {work.folder / 'out'}"]
                result = work(output, name, "--jobs", "1", faults=plan)
                expect(result.faults, "the fault did not take place")
                made = content(work.folder / "out")
                if result.status == ALL_READ:
                    expect(not (words := difference(made, work.files)), f"exit 0, but {words}")
                else:
                    result.expect(NOT_WRITTEN, "out").expect_once("No such file or directory")


def on_small_disk(work, call):
    """Runs where `small` is a file system of 64 KiB of its own; None where mounting is not allowed. The files that are
    left on it stand on standard output."""
    mount = 'mount -t tmpfs -o size=64k none small && exec "$@"'
    mounted = ["unshare", "--mount", "--map-root-user", "sh", "-c", mount, "sh"]
    if subprocess.run([*mounted, "true"], cwd=work.folder, stderr=subprocess.DEVNULL).returncode != 0:
        return None
    listed = ["sh", "-c", '"$@"; status=$?; find small -type f; exit $status', "sh", work.program.path, *call]
    process = subprocess.Popen([*mounted, *listed], cwd=work.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return work.program.finish(process)


def case_small_disk(cases, given, place):
    """A small file system where mounting is allowed; elsewhere a disk that says that it is full after as many bytes."""
    work = Work(given.program, place, "disk", 40)
    for options in (["--output", "small/out"], ["--output-dir", "small/out"],
                    ["--output", "small/out", "--journal", "small/journal"]):
        with cases.case(f"a disk that becomes full, {' '.join(options)}"):
            work.clear()
            (work.folder / "small").mkdir()
            call = ["--format", "ndjson", *options, "letters"]
            result = on_small_disk(work, call)
            if result:
                names = result.out.decode().split()
            else:
                result = work.program(*call, faults=["write 1 *small* short 65000", "write 2+ *small* ENOSPC"])
                names = [str(p.relative_to(work.folder)) for p in (work.folder / "small").rglob("*")]
            result.expect(NOT_WRITTEN).expect_once("No space left on device")
            expect(options[0] == "--output-dir" or "small/out" not in names, "a half file under its final name")


def case_closed(cases, given, place):
    """Descriptors that the caller closed are the first that open() gives: a message must not get into a file."""
    work = Work(given.program, place, "closed")
    unreadable = work.letters / "000" / "letter-000005.txt"
    remove(unreadable)
    unreadable.symlink_to("nowhere")
    wanted = work().expect(SOME_UNREAD).out
    work("--output-dir", "whole").expect(SOME_UNREAD)
    files = content(work.folder / "whole")
    for closed in ("0<&-", "1>&-", "2>&-", "0<&- 2>&-", "1>&- 2>&-", "0<&- 1>&- 2>&-"):
        for output, whole in (("--output", {"": wanted}), ("--output-dir", files)):
            with cases.case(f"closed: {closed}, {output}"):
                work.clear()
                call = ["--format", "ndjson", output, "out", "--journal", "journal", "letters"]
                shell = subprocess.run(["sh", "-c", f'"$0" "$@" {closed}', work.program.path, *call], cwd=work.folder,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
                expect(shell.returncode == SOME_UNREAD, f"exit {shell.returncode}: {shell.stderr}")
                expect(not shell.stdout, "there is output beside the file")
                expect(not (words := difference(content(work.folder / "out"), whole)), words)
                journal = (work.folder / "journal").read_bytes()
                expect(journal.startswith(b"cchcparse-journal") and b"cchcparse: " not in journal, "a message is in the journal")
    with cases.case("closed: 1>&-, records for standard output"):
        shell = subprocess.run(["sh", "-c", '"$0" --format ndjson letters 1>&-', work.program.path], cwd=work.folder,
                               stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        expect(shell.returncode == NOT_WRITTEN and b"standard output" in shell.stderr, f"{shell}")


# ------------------------------------------------------------------------------------ lists, archives, streams, reports --

def case_containers(cases, given, place):
    """A list, an archive or a stream that breaks off: it is told with its path, and all that came before is read."""
    work = Work(given.program, place, "containers", 40)
    names = sorted(str(p.relative_to(work.folder)) for p in work.letters.rglob("*.txt"))
    (work.folder / "list").write_text("\n".join(names * 50))  # more than one read
    with tarfile.open(work.folder / "letters.tar", "w") as archive:
        for name in names:
            archive.add(work.folder / name, name)
    with open(work.folder / "lines.ndjson", "wb") as stream:
        letters.write(letters.series(COMPOSED, 80, 3000), stream=stream)
    # A list is read twice, by two reads each: for the rights that its paths need, and for the letters.
    for name, nth, call in (("list", 4, ["--files-from", "list"]), ("letters.tar", 2, ["letters.tar"]),
                            ("lines.ndjson", 2, ["--input", "ndjson", "lines.ndjson"])):
        with cases.case(f"{name} that breaks off"):
            call = ["--format", "ndjson", *call]
            whole = work.program(*call).expect(ALL_READ).out.splitlines(keepends=True)
            result = work.program(*call, faults=[f"read {nth}+ */{name} EIO"]).expect(SOME_UNREAD)
            expect(result.faults, "the fault did not take place")
            expect(name in result.err and len(result.err.splitlines()) == 1, f"one message that names it: {result}")
            lines = result.out.splitlines(keepends=True)
            expect(0 < len(lines) < len(whole), f"{len(lines)} of {len(whole)} records")
            expect(not [line for line in lines[:-2] if line not in whole], "records that should not be")


def case_interrupted_containers(cases, given, place):
    """Reads that are interrupted or short are read on, whatever is read."""
    work = Work(given.program, place, "interrupted-containers", 4)
    names = sorted(str(p.relative_to(work.folder)) for p in work.letters.rglob("*.txt"))
    (work.folder / "list").write_text("\n".join(names))
    with tarfile.open(work.folder / "letters.tar", "w") as archive:
        for name in names:
            archive.add(work.folder / name, name)
    with open(work.folder / "lines.ndjson", "wb") as stream:
        letters.write(letters.series(COMPOSED, 4, 3000), stream=stream)
    one = work.below.read_bytes()
    for name, call, options in (("list", ["--files-from", "list"], {}), ("letters.tar", ["letters.tar"], {}),
                                ("lines.ndjson", ["--input", "ndjson", "lines.ndjson"], {}),
                                ("pipe:*", ["-"], {"input": one}),
                                ("pipe:*", ["--files-from", "-"], {"input": "\n".join(names).encode()})):
        with cases.case(f"interrupted and short reads of {name}: {' '.join(call)}"):
            whole = work.program("--format", "ndjson", *call, **options).expect(ALL_READ).out
            plan = [f"read %2 *{name} EINTR", f"read * *{name} short 1"]
            result = work.program("--format", "ndjson", *call, faults=plan, **options).expect(ALL_READ)
            expect(result.faults, "the fault did not take place")
            expect(result.out == whole and not result.err, f"{len(result.out)} of {len(whole)} bytes: {result}")


def letters_in(database):
    with contextlib.closing(sqlite3.connect(database)) as connection:
        broken = connection.execute("PRAGMA integrity_check").fetchone()
        expect(broken == ("ok",), f"the catalogue is broken: {broken}")
        return connection.execute("SELECT name FROM documents ORDER BY name").fetchall()


def case_catalogue(cases, given, place):
    """A catalogue that cannot be written holds whole letters, and the same call brings it up to date."""
    work = Work(given.program, place, "catalogue", 4)
    database = work.folder / "out.db"
    call = ["--format", "sqlite", "--output", "out.db", "letters"]
    if work.program(*call).status != ALL_READ:
        return # a build without SQLite
    whole = letters_in(database)
    expect(len(whole) == 5, f"{len(whole)} letters")
    for name, error in (("open", "EACCES"), ("open", "EIO"), ("write", "ENOSPC"), ("write", "EIO"), ("fsync", "EIO"),
                        ("fsync", "ENOSPC"), ("truncate", "EIO"), ("read", "EIO"), ("unlink", "EACCES")):
        with cases.case(f"a catalogue: {error} at each {name}"):
            for nth in range(1, 10_000, max(given.step, 1)):
                work.clear()
                result = work.program(*call, faults=[f"{name} {nth}+ {database}* {error}"])
                if not result.faults:
                    result.expect(ALL_READ)
                    break
                if result.status == ALL_READ:
                    expect(letters_in(database) == whole, f"exit 0, but letters are missing: {result}")
                else:
                    result.expect(NOT_WRITTEN).expect_once("out.db")
                work.program(*call).expect(ALL_READ)
                expect(letters_in(database) == whole, "afterwards letters are missing")
    with cases.case("a catalogue: interrupted and short writes"):
        work.clear()
        plan = [f"write %2 {database}* EINTR", f"write * {database}* short 100", f"read %2 {database}* EINTR"]
        result = work.program(*call, faults=plan).expect(ALL_READ)
        expect(result.faults and letters_in(database) == whole, f"letters are missing: {result}")


def case_report(cases, given, place):
    work = Work(given.program, place, "report")
    for call in ("open", "write"):
        with cases.case(f"the report: ENOSPC at {call}"):
            work.clear()
            plan = [f"{call} 1 */out.report* ENOSPC"]
            result = work("--report", "out.report", faults=plan).expect(NOT_WRITTEN).expect_once("out.report")
            expect(call == "open" or result.out == work.whole, "the records are not whole")


CASES = {"reading": case_reading, "changing": case_changing, "folders": case_folders,
         "standard output": case_standard_output, "files": case_files, "interrupted": case_interrupted,
         "force": case_force, "removed": case_removed, "small disk": case_small_disk,
         "closed": case_closed, "containers": case_containers,
         "containers, interrupted": case_interrupted_containers, "catalogue": case_catalogue, "report": case_report}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("faults")
    parser.add_argument("--step", type=int, default=1, help="lets every second, third … call fail, one a run")
    parser.add_argument("--cases", default="")
    given = parser.parse_args()
    os.environ["CCHC_FAULTS_LIBRARY"] = os.path.abspath(given.faults)
    cases = Cases()
    with workplace() as place:
        for name, case in CASES.items():
            if given.cases in name:
                case(cases, given, place)
    sys.exit(cases.status())


if __name__ == "__main__":
    main()
