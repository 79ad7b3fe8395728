#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""kill.py PROGRAM FAULTS [--letters N] [--kills N] [--seed TEXT] [--cases NAME]: batches that are killed, and resumed.

PROGRAM is cchcparse, FAULTS the library of tests/faults/faults.c. Each case runs a batch with --journal, ends it
somewhere before its end, and resumes it, as often as it takes. However it went, the output is that of a run without a
break, byte for byte, and at no time is there half a file under a final name. The places: anywhere, by the clock (from
the seed), and just before each system call that changes a file, one after the other. --cases runs those whose name has
NAME in it."""
import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

from harness import COMPOSED, Cases, Failure, Program, content, difference, expect, make_letters, remove, workplace


class Output:
    """One way to write a batch: its options, and what is to be seen of it in the folder of the run."""

    def __init__(self, folder, option, name):
        self.folder, self.option, self.name = folder, option, name
        self.path, self.journal = folder / name, folder / "journal"

    def call(self, *options, inputs="letters"):
        return ["--format", "ndjson", self.option, self.name, "--journal", "journal", *options, inputs]

    def clear(self):
        for path in self.folder.iterdir():
            if path.name != "letters":
                remove(path)

    def done(self):
        """What stands under final names."""
        return content(self.path)

    def expect_whole(self, wanted):
        """All of it, and nothing but it and the journal."""
        expect(not (words := difference(self.done(), wanted)), words)
        beside = {p.name for p in self.folder.iterdir()} - {"letters", "journal", "report", self.name}
        expect(not beside, f"left behind: {sorted(beside)}")

    def committed(self):
        """The names of the letters that the journal has whole lines of."""
        lines = self.journal.read_bytes().split(b"\n")[:-1] if self.journal.exists() else []
        return {line.split(b"\t")[-2] for line in lines if line.startswith(b"letter\t")}


class OneFile(Output):
    def __init__(self, folder):
        super().__init__(folder, "--output", "out.ndjson")

    def expect_no_half(self, wanted):
        expect(self.done() in ({}, wanted), f"a half {self.name} under its final name")


class Folder(Output):
    def __init__(self, folder):
        super().__init__(folder, "--output-dir", "out")

    def expect_no_half(self, wanted):
        done = self.done()
        for name in set(done) & set(wanted):
            expect(done[name] == wanted[name], f"half a file: '{name}', {len(done[name])} of {len(wanted[name])} bytes")


class Work:
    """A folder with letters, the ways to write them, and what an undisturbed run writes."""

    def __init__(self, program, place, name, count, mean=3000):
        self.folder = place / name
        self.letters = self.folder / "letters"
        make_letters(self.letters, count, mean)
        self.program = Program(program, self.folder)
        self.outputs = OneFile(self.folder), Folder(self.folder)

    def paths(self):
        return sorted(self.letters.rglob("*.txt"))

    def undisturbed(self, output, status=0):
        output.clear()
        self.program(*output.call()).expect(status)
        wanted = output.done()
        output.expect_whole(wanted)
        output.clear()
        return wanted


def broken_off(work, output, *options):
    """A run that ends in its middle, with no letter in hand but the one that it reads."""
    output.clear()
    plan = [f"open {len(work.paths()) // 2} *.txt signal 15"]
    work.program(*output.call("--jobs", "1", *options), faults=plan).expect(143)


# ------------------------------------------------------------------------------------------------- kill -9, anywhere --

LONGEST_CHAIN = 12  # kills before a batch may end in peace


def killed_by_the_clock(work, output, wanted, kills, chance):
    """Returns for each kill whether something had been committed by then, and something not. There are more of them
    than asked for where too few were such: a machine that is busy has its own clock."""
    start = time.monotonic()
    work.undisturbed(output)
    length = time.monotonic() - start
    partly = []
    while len(partly) < kills or (sum(partly) < kills / 5 and len(partly) < kills * 6):
        output.clear()
        committed = set()
        for _ in range(LONGEST_CHAIN):
            process = work.program.start(*output.call("--resume", "--jobs", chance.choice("128"), "--report", "report"))
            try:
                process.wait(chance.uniform(0, length))
            except subprocess.TimeoutExpired:
                process.kill()
            result = work.program.finish(process)
            output.expect_no_half(wanted)
            if result.status != -signal.SIGKILL:
                break
            now = output.committed()
            expect(now >= committed, f"finished letters are no more in the journal: {sorted(committed - now)[:9]}")
            partly.append(len(committed) < len(now) < len(work.paths()))
            committed = now
        else:
            result = work.program(*output.call("--resume", "--report", "report"))
        result.expect(0)
        output.expect_whole(wanted)
        kept = json.loads((work.folder / "report").read_text())["inputs"]["kept"]
        expect(kept == len(committed), f"{len(committed)} letters were finished, but {kept} were kept")
    return partly


def case_clock(cases, given, place):
    work = Work(given.program, place, "clock", given.letters)
    for output in work.outputs:
        with cases.case(f"kill -9 by the clock, {output.option}: {given.letters} letters, {given.kills} times"):
            chance = random.Random(f"{given.seed}{output.option}")
            wanted = work.undisturbed(output)
            expect(len(wanted) in (1, given.letters), f"{len(wanted)} files")
            partly = killed_by_the_clock(work, output, wanted, given.kills, chance)
            expect(sum(partly) >= given.kills / 5, f"{sum(partly)} of {len(partly)} kills came in the middle of the work")


# ---------------------------------------------------------------------------------- kill -9, before each system call --

CALLS = ("open", "write", "fsync", "truncate", "rename", "unlink", "mkdir", "close")
NOT_ALWAYS = ("truncate", "unlink", "mkdir")  # calls that some runs have no need of


def before_each(work, output, wanted, call, prepare, most):
    """Kills a run before its first, second, … call of a kind, and resumes it; where there are more than `most`, before
    every second, third … one. Returns how many there are."""
    def run(nth, action):
        prepare()
        options = ["--resume", "--jobs", "2"]
        return work.program(*output.call(*options), faults=[f"{call} {nth} {work.program.ours} {action}"])

    there = len(run("*", "pass").faults)
    for nth in range(1, there + 1, 1 + there // most):
        result = run(nth, f"signal {signal.SIGKILL}")
        result.expect(-signal.SIGKILL if result.faults else 0)  # the clock decides a little what calls there are
        output.expect_no_half(wanted)
        work.program(*output.call("--resume", "--jobs", "2")).expect(0)
        try:
            output.expect_whole(wanted)
        except Failure as failure:
            raise Failure(f"{call} {nth}: {failure}") from None
    return there


def case_calls(cases, given, place):
    few = Work(given.program, place, "calls", given.few)
    many = Work(given.program, place, "commits", given.letters // 3)  # so that the journal is committed more than once
    for few_output, many_output in zip(few.outputs, many.outputs):
        option = few_output.option
        runs = [("", few, few_output, few_output.clear, CALLS),
                (" of a resumed run", few, few_output, lambda: broken_off(few, few_output), CALLS),
                (" of many commits", many, many_output, many_output.clear, ("fsync", "rename", "truncate"))]
        for words, work, output, prepare, calls in runs:
            wanted = work.undisturbed(output)
            for call in calls:
                with cases.case(f"kill -9 before each {call}{words}, {option}"):
                    times = before_each(work, output, wanted, call, prepare, given.most)
                    expect(times > 0 or call in NOT_ALWAYS, f"there is no {call}")


# ---------------------------------------------------------------------------------------------------- a power failure --

def case_durable(cases, given, place):
    """What a killed program has written is safe, but not where the power fails: there, what stands in the journal and
    what has a final name must have been waited for. So the order of calls is judged."""
    work = Work(given.program, place, "durable", 600)
    for output in work.outputs:
        with cases.case(f"nothing is in the journal or has a final name before it is on the disk, {output.option}"):
            output.clear()
            plan = [f"{call} * {work.program.ours} pass" for call in ("write", "fsync", "rename")]
            result = work.program(*output.call("--jobs", "1"), faults=plan).expect(0)
            unwritten, unnamed, commits = set(), set(), 0  # files with bytes, folders with names that may be lost
            for call, path in result.faults:
                folder = os.path.dirname(path)
                if call == "write" and path == str(output.journal):
                    expect(not unwritten, f"the journal is written before {sorted(unwritten)[:3]}")
                    expect(not unnamed, f"the journal is written before the names in {sorted(unnamed)[:3]}")
                    commits += 1
                elif call == "write":
                    unwritten.add(path)
                elif call == "fsync":
                    unwritten.discard(path)
                    unnamed.discard(path)
                elif not os.path.basename(folder).startswith("."):  # a final name
                    expect(not unwritten, f"{path} gets its name before {sorted(unwritten)[:3]}")
                    unnamed.add(folder)
            expect(commits > 2, f"{commits} writes to the journal")
            expect(result.faults[-1][0] == "fsync" and not unnamed, f"names may be lost: {sorted(unnamed)}")


# ------------------------------------------------------------------------------------------------ SIGINT and SIGTERM --

def case_signals(cases, given, place):
    work = Work(given.program, place, "signals", given.letters // 3)  # more than eight jobs have in hand
    for output in work.outputs:
        wanted = work.undisturbed(output)
        for name, number, status in (("SIGINT", 2, 130), ("SIGTERM", 15, 143)):
            for jobs in ("1", "2", "8"):
                with cases.case(f"{name}, {output.option}, --jobs {jobs}"):
                    output.clear()
                    plan = [f"open {len(work.paths()) // 2} *.txt signal {number}"]
                    result = work.program(*output.call("--jobs", jobs), faults=plan)
                    result.expect(status, "--resume").expect_once("--resume")
                    output.expect_no_half(wanted)
                    expect(output.done() != wanted, "nothing was left to do")
                    half = len(output.committed())
                    expect(half > len(work.paths()) // 4, f"what was in hand was not finished: {half} letters were")
                    work.program(*output.call("--resume", "--jobs", jobs)).expect(0)
                    output.expect_whole(wanted)
    with cases.case("SIGINT without a journal leaves nothing under a final name"):
        output = work.outputs[0]
        output.clear()
        result = work.program("--output", "out.ndjson", "letters", faults=["open 9 *.txt signal 2"])
        result.expect(130)
        expect(not output.done(), "there is a file under the final name")


# ---------------------------------------------------------------------------------- inputs that change before resume --

OTHER = (COMPOSED / "giay-moi.txt").read_bytes()


def change(path):
    path.write_bytes(OTHER)


def grow(path):
    path.write_bytes(path.read_bytes() * 2)


def same_size(path):
    source, times = path.read_bytes(), path.stat()
    path.write_bytes(source.replace(b"a", b"e"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def touch(path):
    os.utime(path)


def vanish(path):
    path.unlink()


def unreadable(path):
    path.unlink()
    path.symlink_to("nowhere.txt")


def appear(path):
    for name in (path.stem + "-a.txt", "a.txt", "z.txt"):  # behind it, before all, after all
        path.with_name(name).write_bytes(OTHER)


def move(path):
    path.rename(path.with_name("moved.txt"))


def swap(path):
    other = path.with_name(path.name.replace("1.txt", "2.txt"))
    kept = other.read_bytes()
    other.write_bytes(path.read_bytes())
    path.write_bytes(kept)


CHANGES = {change: "it is another", grow: "it is longer", same_size: "same size and times, other bytes",
           touch: "a new time, the same bytes", vanish: "it vanishes", unreadable: "it cannot be read",
           appear: "others appear", move: "it has another name", swap: "two change names"}


def case_changes(cases, given, place):
    count = given.few * 2
    # swap() wants names that end in 1
    for where, at in (("finished", 11), ("in hand", count // 20 * 10 + 1), ("to come", (count - 3) // 10 * 10 + 1)):
        for happens, words in CHANGES.items():
            work = Work(given.program, place, f"{happens.__name__}-{at}", count)
            for output in work.outputs:
                with cases.case(f"a letter that is {where}: {words}, {output.option}"):
                    changed(work, output, happens, work.paths()[at])
                    remove(work.letters)
                    make_letters(work.letters, count)
            remove(work.folder)


def changed(work, output, happens, path):
    """Lets something happen to a letter after a run that ended in its middle, and resumes."""
    broken_off(work, output)
    happens(path)
    status = 1 if happens is unreadable else 0
    work.program(*output.call("--resume", "--jobs", "2")).expect(status)
    resumed = output.done()
    output.expect_whole(resumed)
    wanted = work.undisturbed(output, status)
    expect(not (words := difference(resumed, wanted)), words)


# ------------------------------------------------------------------------------------------------------ torn journal --

def torn(work, output, wanted, state, damage):
    """Puts the folder of a killed run back, damages it, and resumes."""
    output.clear()
    for path in state.iterdir():
        (shutil.copytree if path.is_dir() else shutil.copy)(path, work.folder / path.name)
    damage()
    output.expect_no_half(wanted)
    work.program(*output.call("--resume")).expect(0)
    output.expect_whole(wanted)


def case_torn(cases, given, place):
    work = Work(given.program, place, "torn", given.few)
    for output in work.outputs:
        wanted = work.undisturbed(output)
        state = place / "torn-state"
        broken_off(work, output)
        remove(state)
        shutil.copytree(work.folder, state, ignore=shutil.ignore_patterns("letters"))
        journal = (state / "journal").read_bytes()
        chance = random.Random(given.seed)
        tail = journal[:-1].rfind(b"\n")
        scattered = (chance.randrange(len(journal)) for _ in range(given.few))
        positions = [0, 1, *scattered, *range(tail - 2, len(journal))]
        positions = sorted(set(positions[::1 + len(positions) // (given.most * 10)]))
        with cases.case(f"journal torn at each of {len(positions)} bytes, {output.option}"):
            for at in positions:
                try:
                    torn(work, output, wanted, state, lambda at=at: os.truncate(output.journal, at))
                except Failure as failure:
                    raise Failure(f"torn at {at} of {len(journal)}: {failure}") from None
        with cases.case(f"journal that ends in zeros, as some file systems leave it, {output.option}"):
            torn(work, output, wanted, state, lambda: output.journal.write_bytes(journal + bytes(4096)))
        with cases.case(f"journal with a torn line in its middle, {output.option}"):
            middle = journal.index(b"\n", len(journal) // 2)
            without = journal[:middle - 9] + journal[middle:]
            torn(work, output, wanted, state, lambda: output.journal.write_bytes(without))
        with cases.case(f"no journal, but what else a killed run leaves, {output.option}"):
            torn(work, output, wanted, state, output.journal.unlink)
    output = work.outputs[0]
    wanted = work.undisturbed(output)
    broken_off(work, output)
    partial = [p for p in work.folder.iterdir() if p.name not in ("letters", "journal")]
    remove(state)
    shutil.copytree(work.folder, state, ignore=shutil.ignore_patterns("letters"))
    with cases.case("partial output shorter or longer than the journal says"):
        expect(len(partial) == 1, f"partial files: {partial}")
        length = partial[0].stat().st_size
        for at in (0, 1, length // 3, length - 1, length + 1, length + 5000):
            try:
                torn(work, output, wanted, state, lambda at=at: os.truncate(partial[0], at))
            except Failure as failure:
                raise Failure(f"cut to {at} of {length}: {failure}") from None
        torn(work, output, wanted, state, partial[0].unlink)


# ----------------------------------------------------------------------------------------------------- other resumes --

def case_resumes(cases, given, place):
    work = Work(given.program, place, "resumes", given.few)
    for output in work.outputs:
        wanted = work.undisturbed(output)
        with cases.case(f"--resume where there is no journal yet, {output.option}"):
            output.clear()
            work.program(*output.call("--resume")).expect(0)
            output.expect_whole(wanted)
        with cases.case(f"--resume of a run that came to its end changes nothing, {output.option}"):
            work.program(*output.call("--resume")).expect(0)
            output.expect_whole(wanted)
        with cases.case(f"a letter that could not be read is read again, {output.option}"):
            output.clear()
            failing = [f"read * *{name}.txt EIO" for name in ("3", "7")]
            work.program(*output.call(), faults=failing).expect(1)
            expect(output.done() != wanted, "nothing failed")
            work.program(*output.call("--resume"), faults=failing[:1]).expect(1, "3.txt")
            work.program(*output.call("--resume")).expect(0)
            output.expect_whole(wanted)
        with cases.case(f"--resume with other options gives what these give, {output.option}"):
            small = ["--max-bytes", "2000"]
            output.clear()
            work.program(*output.call(*small)).expect(1)
            other = output.done()
            expect(other != wanted, "the options make no difference")
            for before, after, status, result in ((small, [], 0, wanted), ([], small, 1, other)):
                broken_off(work, output, *before)
                work.program(*output.call("--resume", *after)).expect(status)
                output.expect_whole(result)
        with cases.case(f"a second run with the journal of one that goes on, {output.option}"):
            output.clear()
            held = place / "held"  # the first run waits at a letter for as long as this is there
            held.touch()
            plan = [f"open 3 *.txt run while [ -e {held} ]; do sleep 0.02; done"]
            first = work.program.start(*output.call("--jobs", "1"), faults=plan)
            deadline = time.monotonic() + 10
            while not output.journal.exists() and time.monotonic() < deadline:
                time.sleep(0.01)
            second = Program(work.program.path, work.folder)
            second.log = place / "second.faults"
            try:
                for options in ((), ("--resume",)):
                    result = second(*output.call(*options))
                    expect(result.status in (2, 3) and "journal" in result.err, f"it is not refused: {result}")
            finally:
                held.unlink()
                first = work.program.finish(first)
            first.expect(0)
            output.expect_whole(wanted)


CASES = {"clock": case_clock, "calls": case_calls, "durable": case_durable, "signals": case_signals, "changes": case_changes,
         "torn": case_torn, "resumes": case_resumes}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("faults")
    parser.add_argument("--letters", type=int, default=2000)
    parser.add_argument("--few", type=int, default=40, help="letters of the cases that run once for each system call")
    parser.add_argument("--most", type=int, default=25, help="kills before one kind of call in such a case")
    parser.add_argument("--kills", type=int, default=20, help="for each kind of output")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--cases", default="")
    given = parser.parse_args()
    os.environ["CCHC_FAULTS_LIBRARY"] = os.path.abspath(given.faults)
    # A shell's background job ignores SIGINT, and so would the program, as it should.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    cases = Cases()
    with workplace() as place:
        for name, case in CASES.items():
            if given.cases in name:
                case(cases, given, place)
    sys.exit(cases.status())


if __name__ == "__main__":
    main()
