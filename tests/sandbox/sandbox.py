#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An intruder in the program, and what it may still do: sandbox.py CCHCPARSE INTRUDER.so

intruder.c is loaded into the program and tries forbidden things when the first letter is read. With the sandbox all
that the kernel can keep must be refused, whatever the call is; with --no-sandbox the same tries must succeed, so that
a try which could never succeed does not pass for a sandbox. What the kernel can keep is asked of the kernel, and
`--version` must say the same: on a kernel without Landlock the cases ask for seccomp's part. Calls whose inputs and
outputs lie in odd places must do their work as without a sandbox.
"""
import argparse
import ctypes
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "batch"))
from harness import Cases, expect  # noqa: E402

COMPOSED = Path(__file__).resolve().parent.parent.parent / "corpus" / "letters"

FILES = {"read-secret", "read-passwd", "list-folder", "make-file", "write-letter", "append-secret", "remove-secret",
         "make-link", "read-beside", "write-beside", "rename-beside", "remove-below", "make-beside"}  # Landlock
PROGRAMS = {"new-program", "new-program-at", "network", "trace", "peek", "change-mode", "change-mode-2", "change-open",
            "empty-secret", "signal", "signal-thread", "signal-by-owner", "signal-by-request", "limit", "priority", "shared-memory"}  # seccomp
READS = {"read-secret", "read-passwd", "list-folder", "read-beside"}
BELOW_OUTPUT_DIR = {"read-beside", "write-beside", "rename-beside", "remove-below", "make-beside"}
CREATE_RULESET, ASK_VERSION, SECCOMP_FILTER = 444, 1, "/proc/sys/kernel/seccomp/actions_avail"
MANY_LINKS = 65_600  # more than there are rules
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
        nowhere = subprocess.DEVNULL
        self.other = subprocess.Popen(["sleep", "1000"], stdin=nowhere, stdout=nowhere, stderr=nowhere)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.other.kill()
        self.other.wait()

    def call(self, *arguments, **options):
        options.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run([self.program, *map(str, arguments)], cwd=self.folder, timeout=120, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def tries(self, *arguments, beside=None, more=(), **options):
        """What the intruder could do: name → was it done; and the program's own result. beside: a folder that the call
        writes into."""
        beside = beside or self.folder / "out"
        (beside / "deep").mkdir(parents=True, exist_ok=True)
        for path in beside.glob("beside*"):
            path.unlink()
        (beside / "beside").write_text("beside\n")
        (beside / "deep/below").write_text("below\n")
        secrets = self.folder / "secrets"
        for path in secrets.iterdir():
            path.unlink()
        (secrets / "secret").write_text("secret\n")
        (secrets / "victim").write_text("victim\n")
        report = self.folder / "report-of-intruder"
        environment = {**os.environ, "LD_PRELOAD": str(self.intruder), "INTRUDER_SECRET": str(secrets / "secret"),
                       "INTRUDER_FOLDER": str(secrets), "INTRUDER_NEW": str(secrets / "new"),
                       "INTRUDER_VICTIM": str(secrets / "victim"), "INTRUDER_LINK": str(secrets / "link"),
                       "INTRUDER_LETTER": str(self.letter), "INTRUDER_OTHER": str(self.other.pid),
                       "INTRUDER_BESIDE": str(beside / "beside"), "INTRUDER_RENAMED": str(beside / "beside-renamed"),
                       "INTRUDER_MADE": str(beside / "beside-made"), "INTRUDER_BELOW": str(beside / "deep/below"),
                       **dict(more)}
        with open(report, "wb") as file:
            def become_nine():
                os.dup2(file.fileno(), 9)
            result = self.call(*arguments, env=environment, preexec_fn=become_nine, pass_fds=(9,), **options)
        told = dict(re.findall(r"^(\S+) (done|refused)", report.read_text(), re.M))
        expect(told, f"the intruder was never called: {result.stderr.decode(errors='replace')}")
        return {name: how == "done" for name, how in told.items()}, result


def kernel_release():
    return tuple(int(number) for number in re.findall(r"\d+", platform.release())[:2])


def kept_by_kernel():
    """The tries that this kernel can refuse; and its version of Landlock, 0: none."""
    landlock = ctypes.CDLL(None).syscall(CREATE_RULESET, None, 0, ASK_VERSION)
    kept = set(FILES) | {"new-program", "new-program-at"} if landlock > 1 else set()
    if Path(SECCOMP_FILTER).exists():
        kept |= PROGRAMS
    return kept, max(landlock, 0)


def never_done():
    """The tries that this kernel knows nothing of."""
    return {"change-mode-2"} if kernel_release() < (6, 6) else set()


def sanitized(program):
    return b"__asan_init" in Path(program).read_bytes() or b"__tsan_init" in Path(program).read_bytes()


def calls(place):
    """name → (arguments, what else may be done, options of Place.tries())."""
    folder = place.folder
    (folder / "list").write_text(f"{place.letter}\n")
    out = folder / "out"
    for name in ("dir", "catalogue", "journal", "report", "plain"):
        (out / name).mkdir(parents=True)
    both = out / "both"
    yield "a file", [place.letter], set(), {}
    yield "a folder, eight jobs", ["--jobs", "8", place.letters], set(), {}
    yield "as Landlock 2", [place.letter], set(), {"more": {"INTRUDER_LANDLOCK": "2"}}
    yield "--output", ["--output", out / "plain/records", place.letters], set(), {"beside": out / "plain"}
    yield "--output-dir", ["--output-dir", out / "dir", place.letters], BELOW_OUTPUT_DIR, {"beside": out / "dir"}
    for place_of in ("journal", "report"):
        yield f"--journal, --report: beside the {place_of}", [
            "--output", both, "--force", "--journal", out / "journal/j", "--report", out / "report/r",
            place.letters], set(), {"beside": out / place_of}
    yield "a catalogue", ["--format", "sqlite", "--output", out / "catalogue/a.db", place.letters], set(), {
        "beside": out / "catalogue"}
    yield "--files-from LIST", ["--files-from", "list"], set(), {}
    yield "--files-from - (reading is free)", ["--files-from", "-"], READS, {"input": f"{place.letter}\n".encode()}


def case_intruder(cases, place):
    kept, landlock = kept_by_kernel()
    words = place.call("--version").stdout.decode().splitlines()[1].removeprefix("sandbox: ")
    with cases.case("--version says what the kernel keeps"):
        expect((f"(Landlock {landlock})" in words) == (landlock > 1), f"Landlock {landlock}, but '{words}'")
        expect(("seccomp" in words) == (PROGRAMS <= kept), f"'{words}'")
    for name, arguments, free, options in calls(place):
        if "stdin" not in options and "input" in options:
            options = {**options, "stdin": None}
        with cases.case(f"{name}: kept are {words}"):
            tried, result = place.tries(*arguments, **options)
            if "this build has no" in result.stderr.decode():
                continue
            barred = {one for one in kept - free if not (one == "trace" and sanitized(place.program))}
            expect(result.returncode == 0, f"exit {result.returncode}: {result.stderr.decode()}")
            done = {one for one in barred if tried[one]}
            expect(not done, f"the intruder could: {', '.join(sorted(done))}")
            missing = {one for one in NEEDED | free if not tried[one]}
            expect(not missing, f"refused, and should not be: {', '.join(sorted(missing))}")
    with cases.case("--no-sandbox: the same tries succeed"):
        tried, result = place.tries("--no-sandbox", place.letter)
        refused = {one for one in tried if not tried[one]} - never_done()
        expect(not refused, f"these could never be done: {', '.join(sorted(refused))}")
    if landlock > 1:
        case_of_landlock(cases, place)
    with cases.case("--no-sandbox: --version says off"):
        expect(place.call("--no-sandbox", "--version").stdout.splitlines()[1] == b"sandbox: off", "it does not")
    with cases.case("the summary of a letter is the same with and without"):
        expect(place.call("letters").stdout == place.call("--no-sandbox", "letters").stdout, "other bytes")


def case_of_landlock(cases, place):
    folder = place.folder
    wanted = place.call("--format", "ndjson", place.letters).stdout
    with cases.case("the process that finishes outputs is told all that it can be told"):
        def others():
            return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and
                    not path.name.startswith(("misused", "report-of-intruder")) and path.parent.name not in
                    ("secrets", "out", "deep")}
        there = others()
        tried, result = place.tries("--output", "misused", "--journal", "misused-journal", "--report", "misused-report",
                                    "--jobs", "1", place.letters, more={"INTRUDER_FINISHER": "1"})
        expect(tried == {"finisher": True}, f"{tried}: {result.stderr.decode(errors='replace')}")
        expect(len(there) > 10 and others() == there, "another file has changed, has come or is gone")
    with cases.case("a sandbox that does not shut is no sandbox: nothing is read"):
        environment = {**os.environ, "LD_PRELOAD": str(place.intruder), "INTRUDER_JAMS": "1"}
        result = place.call(place.letters, env=environment)
        expect((result.returncode, result.stdout) == (3, b"") and b"does not shut" in result.stderr,
               f"exit {result.returncode}: {result.stderr.decode(errors='replace')}")
        result = place.call("check", COMPOSED, env=environment)
        expect((result.returncode, result.stdout) == (3, b"") and b"does not shut" in result.stderr,
               f"check: exit {result.returncode}: {result.stderr.decode(errors='replace')[:300]}")
        result = place.call("--output", "jammed", place.letters, env=environment)
        expect(result.returncode == 3 and b"does not start" in result.stderr and not (folder / "jammed").exists(),
               f"exit {result.returncode}: {result.stderr.decode(errors='replace')}")
    with cases.case("that reading is not confined, for so many links, is told"):
        links = folder / "many-links"
        links.mkdir()
        for number in range(MANY_LINKS):
            (links / f"{number}.none").symlink_to(place.letter)
        result = place.call("--format", "ndjson", place.letters, links)
        expect(b"reading is not confined" in result.stderr, f"it is not: {result.stderr.decode(errors='replace')[:300]}")
        expect(result.stdout == wanted, "other records")


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
        with Place(program, given.intruder.resolve(), Path(folder, "a").resolve()) as place:
            case_intruder(cases, place)
        with Place(program, given.intruder.resolve(), Path(folder, "b").resolve()) as place:
            case_paths(cases, place)
    return cases.status()


if __name__ == "__main__":
    sys.exit(main())
