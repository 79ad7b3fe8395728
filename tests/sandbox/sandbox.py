#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An intruder in the program, and what it may still do: sandbox.py CCHCPARSE INTRUDER.so

intruder.c is loaded into the program and tries forbidden things when the first letter is read. With the sandbox all
that the kernel can keep must be refused, whatever the call is; with --no-sandbox the same tries must succeed, so that
a try which could never succeed does not pass for a sandbox. What the kernel keeps is what `--version` says, and the
names of the cases tell it: on a kernel without Landlock they ask for seccomp's part. Calls whose inputs and outputs
lie in odd places must do their work as without a sandbox.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "batch"))
from harness import Cases, expect  # noqa: E402

COMPOSED = Path(__file__).resolve().parent.parent.parent / "corpus" / "letters"

FILES = {"read-secret", "read-passwd", "list-folder", "make-file", "write-letter", "append-secret", "remove-secret",
         "make-link"}  # Landlock
PROGRAMS = {"new-program", "new-program-at", "network", "trace", "peek", "change-mode"}  # seccomp
READS = {"read-secret", "read-passwd", "list-folder"}
NEEDED = {"read-letter", "look-at"}


class Place:
    """A folder with letters, a secret beside them, and the program."""

    def __init__(self, program, intruder, folder):
        self.program, self.intruder, self.folder = program, intruder, folder
        self.letters = folder / "letters"
        self.letters.mkdir()
        for name in ("luat.txt", "thu-cong.txt", "cong-van-province.txt"):
            (self.letters / name).write_bytes((COMPOSED / name).read_bytes())
        self.letter = self.letters / "cong-van-province.txt"
        (folder / "secrets").mkdir()

    def call(self, *arguments, **options):
        options.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run([self.program, *map(str, arguments)], cwd=self.folder, timeout=120, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def tries(self, *arguments, letter=None, **options):
        """What the intruder could do: name → was it done; and the program's own result."""
        secrets = self.folder / "secrets"
        for path in secrets.iterdir():
            path.unlink()
        (secrets / "secret").write_text("secret\n")
        (secrets / "victim").write_text("victim\n")
        report = self.folder / "report-of-intruder"
        environment = {**os.environ, "LD_PRELOAD": str(self.intruder), "INTRUDER_SECRET": str(secrets / "secret"),
                       "INTRUDER_FOLDER": str(secrets), "INTRUDER_NEW": str(secrets / "new"),
                       "INTRUDER_VICTIM": str(secrets / "victim"), "INTRUDER_LINK": str(secrets / "link"),
                       "INTRUDER_LETTER": str(letter or self.letter)}
        with open(report, "wb") as file:
            def become_nine():
                os.dup2(file.fileno(), 9)
            result = self.call(*arguments, env=environment, preexec_fn=become_nine, pass_fds=(9,), **options)
        told = dict(re.findall(r"^(\S+) (done|refused)", report.read_text(), re.M))
        expect(told, f"the intruder was never called: {result.stderr.decode(errors='replace')}")
        return {name: how == "done" for name, how in told.items()}, result


def kept_by(program):
    """The tries that this kernel can refuse, and the words for them."""
    words = subprocess.run([program, "--version"], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()[1]
    kept = set()
    if "files" in words:
        kept |= FILES
    if "seccomp" in words:
        kept |= PROGRAMS
    if "Landlock" in words:
        kept |= {"new-program", "new-program-at"}
    return kept, words.removeprefix("sandbox: ")


def sanitized(program):
    return b"__asan_init" in Path(program).read_bytes() or b"__tsan_init" in Path(program).read_bytes()


def calls(place):
    """name → (arguments, what else may be done, options)."""
    folder = place.folder
    (folder / "list").write_text(f"{place.letter}\n")
    out = folder / "out"
    for name in ("dir", "catalogue", "journal", "report", "plain"):
        (out / name).mkdir(parents=True)
    yield "a file", [place.letter], set(), {}
    yield "a folder, eight jobs", ["--jobs", "8", place.letters], set(), {}
    yield "--output", ["--output", out / "plain/records", place.letters], set(), {}
    yield "--output-dir", ["--output-dir", out / "dir", place.letters], set(), {}
    yield "--journal, --report", ["--output", out / "journal/records", "--journal", out / "journal/j", "--report",
                                  out / "report/r", place.letters], set(), {}
    yield "a catalogue", ["--format", "sqlite", "--output", out / "catalogue/a.db", place.letters], set(), {}
    yield "--files-from LIST", ["--files-from", "list"], set(), {}
    yield "--files-from - (reading is free)", ["--files-from", "-"], READS, {"input": f"{place.letter}\n".encode()}


def case_intruder(cases, place, program):
    kept, words = kept_by(program)
    for name, arguments, free, options in calls(place):
        if "stdin" not in options and "input" in options:
            options = {**options, "stdin": None}
        with cases.case(f"{name}: kept are {words}"):
            tried, result = place.tries(*arguments, **options)
            if "this build has no" in result.stderr.decode():
                continue
            barred = {one for one in kept - free if not (one == "trace" and sanitized(program))}
            expect(result.returncode == 0, f"exit {result.returncode}: {result.stderr.decode()}")
            done = {one for one in barred if tried[one]}
            expect(not done, f"the intruder could: {', '.join(sorted(done))}")
            missing = {one for one in NEEDED | free if not tried[one]}
            expect(not missing, f"refused, and should not be: {', '.join(sorted(missing))}")
    with cases.case("--no-sandbox: the same tries succeed"):
        tried, result = place.tries("--no-sandbox", place.letter)
        refused = {one for one in tried if not tried[one]}
        expect(not refused, f"these could never be done: {', '.join(sorted(refused))}")
    with cases.case("--no-sandbox: --version says off"):
        expect(place.call("--no-sandbox", "--version").stdout.splitlines()[1] == b"sandbox: off", "it does not")
    with cases.case("the summary of a letter is the same with and without"):
        expect(place.call("letters").stdout == place.call("--no-sandbox", "letters").stdout, "other bytes")


def case_paths(cases, place):
    """Inputs and outputs in odd places: the same bytes as without the sandbox."""
    folder = place.folder
    elsewhere = folder / "elsewhere"
    (elsewhere / "deep").mkdir(parents=True)
    (elsewhere / "deep" / "far.txt").write_bytes(place.letter.read_bytes())
    linked = folder / "linked"
    linked.mkdir()
    (linked / "file.txt").symlink_to(place.letter)
    (linked / "folder").symlink_to(elsewhere)
    (elsewhere / "deep" / "further").symlink_to(place.letters)
    (linked / "dangling.txt").symlink_to("nowhere")
    (linked / "below").mkdir()
    (linked / "below" / "loop").symlink_to("..")
    (folder / "to-letters").symlink_to("letters")
    os.mkfifo(folder / "pipe")
    (folder / "many").write_text("".join(f"{place.letter}\n" for _ in range(200)))

    def shell(words):
        command = words.replace("cchcparse", f"{place.program} SANDBOX --format ndjson")
        both = []
        for option in ("", "--no-sandbox"):
            done = subprocess.run(["bash", "-c", command.replace("SANDBOX", option)], cwd=folder, timeout=120,
                                  check=False, stdin=subprocess.DEVNULL, capture_output=True)
            both.append((done.returncode, done.stdout, done.stderr))
        expect(both[0] == both[1], f"{both[0][0]}, not {both[1][0]}: {both[0][2].decode(errors='replace')[:300]}")
        expect(both[1][1], f"nothing was written at all: {both[1][2].decode(errors='replace')[:300]}")

    for name, words in (
            ("links in a folder", "cchcparse linked"), ("a link as the path", "cchcparse to-letters to-letters/luat.txt"),
            ("standard input", "cchcparse - < letters/luat.txt"), ("/dev/stdin, a file", "cchcparse /dev/stdin < letters/luat.txt"),
            ("/dev/stdin, a pipe", "cat letters/luat.txt | cchcparse /dev/stdin"),
            ("/dev/fd of the shell", "cchcparse <(cat letters/luat.txt)"),
            ("a named pipe", "cat letters/luat.txt > pipe & cchcparse pipe; wait"),
            ("a list in a pipe", "cchcparse --files-from <(cat many)"),
            ("a list in a named pipe", "cat many > pipe & cchcparse --files-from pipe; wait"),
            ("a list, NULs", "tr '\\n' '\\0' < many > many0; cchcparse --files-from many0 -0"),
            ("paths that lead up", "cd elsewhere/deep && cchcparse ../../letters far.txt"),
            ("one that is not there", "cchcparse letters/luat.txt letters/none.txt"),
            ("the report to a pipe", "cchcparse --report /dev/stderr letters/luat.txt 2>&1 | grep -v seconds"),
            ("the report to a file behind a link",
             ": > told; ln -sf told report; cchcparse --report report letters; grep -v seconds told; : > told"),
            ("over an output that is there", "for i in 1 2; do cchcparse --force --output over letters; done; cat over")):
        with cases.case(name):
            shell(words)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("intruder", type=Path)
    given = parser.parse_args()
    cases = Cases()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a").mkdir()
        (Path(folder) / "b").mkdir()
        program = given.program.resolve()
        case_intruder(cases, Place(program, given.intruder.resolve(), Path(folder, "a").resolve()), program)
        case_paths(cases, Place(program, given.intruder.resolve(), Path(folder, "b").resolve()))
    return cases.status()


if __name__ == "__main__":
    sys.exit(main())
