# SPDX-License-Identifier: MIT
"""What the tests of batches and of failing machines share: cases, the program, faults, folders as values."""
import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
COMPOSED = ROOT / "corpus" / "letters"
sys.path.insert(0, str(ROOT / "tests" / "bench"))
import letters  # noqa: E402

HANG = 120  # seconds; the longest run here takes a few, under a sanitizer and beside other tests some more


class Failure(Exception):
    """What a case found, in words."""


def expect(true, words):
    if not true:
        raise Failure(words)


class Cases:
    """Prints `ok NAME` or `not ok NAME` with the reason below it; see tests/collect.py."""

    def __init__(self):
        self.run = self.failed = 0

    @contextlib.contextmanager
    def case(self, name):
        self.run += 1
        try:
            yield
        except Failure as failure:
            self.failed += 1
            print(f"not ok {name}")
            print("".join(f"    {line}\n" for line in str(failure)[:4000].splitlines()), end="")
        else:
            print(f"ok {name}")
        sys.stdout.flush()

    def status(self):
        return 1 if self.failed or not self.run else 0


# ------------------------------------------------------------------------------------------------------- the program --

class Result:
    """How a run ended; status is negative where a signal ended it."""

    def __init__(self, arguments, status, out, err, faults):
        self.arguments, self.status, self.out, self.err = arguments, status, out, err.decode("utf-8", "replace")
        self.faults = faults  # the calls that the plan met, as (call, path)

    def __str__(self):
        return f"{' '.join(self.arguments)}: exit {self.status}\n{self.err[-1500:]}"

    def expect(self, status, *words):
        """The exit status, and expressions that are each found in what was said."""
        expect(self.status == status, f"exit {status} wanted: {self}")
        for word in words:
            expect(re.search(word, self.err), f"'{word}' wanted: {self}")
        return self

    def expect_once(self, word):
        found = len(re.findall(word, self.err))
        expect(found == 1, f"'{word}' is told {found} times: {self}")
        return self


def fault_plan(plan, log):
    """The environment that makes the system calls fail; see tests/faults/faults.c."""
    library = os.environ["CCHC_FAULTS_LIBRARY"]
    return {"LD_PRELOAD": library, "CCHC_FAULTS": "\n".join(plan), "CCHC_FAULTS_LOG": str(log)}


class Program:
    """The program in a folder of its own; paths of calls are relative to it.

    ours is a pattern of faults: the folder itself and all in it that the program may write, `out…`, `journal…` and
    hidden names."""

    def __init__(self, path, folder):
        self.path, self.folder = str(pathlib.Path(path).resolve()), folder
        self.ours = f"{folder}@(|/@(out|journal|.)*)"
        self.log = folder.parent / (folder.name + ".faults")

    def start(self, *arguments, faults=(), **options):
        environment = {**os.environ, **(fault_plan(faults, self.log) if faults else {})}
        self.log.unlink(missing_ok=True)
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        return subprocess.Popen([self.path, *map(str, arguments)], cwd=self.folder, env=environment, **options)

    def finish(self, process, input=None):
        try:
            out, err = process.communicate(input, timeout=HANG)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Failure(f"hangs: {' '.join(process.args)}") from None
        met = [tuple(line.split(" ", 1)) for line in self.log.read_text().splitlines()] if self.log.exists() else []
        result = Result(process.args, process.returncode, out, err or b"", met)
        crashes = {-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS, -signal.SIGFPE, -signal.SIGILL, -signal.SIGPIPE}
        expect(result.status not in crashes and "Sanitizer" not in result.err, f"crashes: {result}")
        return result

    def __call__(self, *arguments, input=None, **options):
        if input is not None:
            options["stdin"] = subprocess.PIPE
        return self.finish(self.start(*arguments, **options), input)


# ----------------------------------------------------------------------------------------------------------- folders --

ROOM = 512 * 2**20  # bytes; the largest test has a fifth of that


@contextlib.contextmanager
def workplace():
    """A folder that is gone afterwards, in memory where there is room: thousands of runs that wait for a disk would take
    minutes, and a killed process loses nothing in either."""
    memory = pathlib.Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    folder = pathlib.Path(tempfile.mkdtemp(prefix="cchcparse-", dir=memory if roomy else None)).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove(*paths):
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def content(path):
    """A folder as {relative path: bytes}, a file as {"": bytes}, nothing as {}."""
    if path.is_dir():
        return {str(p.relative_to(path)): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}
    return {"": path.read_bytes()} if path.exists() else {}


def difference(ours, theirs):
    """Where two contents part, in words; '' where they do not."""
    for name in sorted(set(ours) | set(theirs)):
        if name not in ours:
            return f"'{name}' is missing"
        if name not in theirs:
            return f"'{name}' should not be there"
        if ours[name] != theirs[name]:
            at = len(os.path.commonprefix([ours[name], theirs[name]]))
            return (f"'{name}' has {len(ours[name])} bytes, not {len(theirs[name])}, and differs from byte {at} on: "
                    f"{ours[name][at:at + 80]!r}, not {theirs[name][at:at + 80]!r}")
    return ""


def make_letters(folder, count, mean=3000, seed="batch"):
    """The generated letters of tests/bench/letters.py; small ones, since many matter here."""
    letters.write(letters.series(COMPOSED, count, mean, seed=seed), folder)
