#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Do the tests notice? Changes the library in one place at a time and counts the changes that no quick test tells.

    tests/mutants/mutants.py [--count 300] [--seed 1] [--min 0.8] [--jobs 2] [--results FILE] [--only TEXT]

A mutant is a copy of the tree with one change in lib/fields, lib/layout or lib/lexicon: a comparison, an operator, a
constant, a condition that is turned round, a row of a table. Which are taken is a matter of the seed and of their lines.
Each mutant is compiled with little optimisation and asked by records, spec, gold, split, test_limits and contract,
until one fails: first by records, which notices most and stops at the first record that is another. A change that does
not compile, or that compiles to the same code, is none, and another one is taken.

The results are lines `killed|survived TAB place TAB change TAB the line`; equivalent.txt beside this file names the
survivors that change nothing that can be seen, with the reason, and they do not count. Exit status 1 where fewer than
--min are killed.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import queue
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("lib/fields", "lib/layout")
LEXICON = "lib/lexicon"
LEXICON_SHARE = 0.1  # its rows are many and alike
TESTS = (("tests/records", ["--first", "tests/records.expected", "tests/records.lines", "tests/records.words",
                            "corpus/letters", "corpus/spec", "corpus/fuzz"]),
         ("tests/spec", ["README.md", "corpus/spec"]), ("tests/gold", ["corpus/letters"]),
         ("tests/split", ["corpus/letters"]), ("tests/test_limits", []), ("tests/contract", ["corpus"]))
SLOWER = 4  # than the library as it is: such a mutant runs for ever. In time of the processor, whatever else it does
WAIT = 600  # seconds by the clock, for what sleeps
MEMORY = 4 << 30

# A token of C; what is not listed stays as it is.
TOKEN = re.compile(r"""
    (?P<skip>/\*.*?\*/|//[^\n]*|^[ \t]*\#(?:[^\n]*\\\n)*[^\n]*|'(?:\\.|[^'\\])*')
  | (?P<string>"(?:\\.|[^"\\])*")
  | (?P<number>\b(?:0[xX][0-9a-fA-F]+|\d+)[uUlL]*\b)
  | (?P<word>\b[A-Za-z_]\w*\b)
  | (?P<operator>->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|[-+*/%&|^!<>=?:;,.(){}\[\]~])
""", re.X | re.S | re.M)

OPERATORS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&",
             "+": "-", "-": "+", "++": "--", "--": "++", "+=": "-=", "-=": "+=", "!": "", "&": "|", "|": "&"}
WORDS = {"true": "false", "false": "true", "continue": "break", "break": "continue"}


class Mutant:
    """One change: the bytes [begin, end) of a file become others."""

    def __init__(self, path, text, begin, end, new):
        self.path, self.begin, self.end, self.new = path, begin, end, new
        self.old = text[begin:end]
        line = text.count("\n", 0, begin) + 1
        self.place = f"{path}:{line}:{begin - text.rfind(chr(10), 0, begin)}"
        self.line = text.splitlines()[line - 1].strip()

    def __str__(self):
        return f"{self.place}\t{self.old.strip() or '(nothing)'} → {self.new or '(nothing)'}\t{self.line}"


def binary(before):
    """Is an operator after this token one between two values?"""
    return before is not None and (before.lastgroup in ("number", "string") or before.group() in (")", "]") or
                                   before.lastgroup == "word" and before.group() not in ("return", "case", "sizeof"))


def closing(text, opening):
    depth = 0
    for token in TOKEN.finditer(text, opening):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if depth == 0:
            return token.start()
    return None


def other_text(string):
    """A string with one of its letters changed, or None."""
    letters = [m for m in re.finditer(r"\\.[0-9A-Fa-f]*|[^\\\"]", string, re.S) if m.group().isalpha()]
    if not letters or "%" in string:
        return None
    middle = letters[len(letters) // 2]
    return string[:middle.start()] + ("q" if middle.group() != "q" else "w") + string[middle.end():]


def mutants_of_code(path, text):
    before = None
    for token in TOKEN.finditer(text):
        kind, old, begin, end = token.lastgroup, token.group(), token.start(), token.end()
        if kind == "skip":
            continue
        if kind == "operator" and old in OPERATORS:
            pointer = re.match(r"\s*\b(const|char|struct)\b", text[end:]) is not None
            if old in ("!", "++", "--") or (binary(before) and not pointer):
                yield Mutant(path, text, begin, end, OPERATORS[old])
        elif kind == "word" and old in WORDS:
            yield Mutant(path, text, begin, end, WORDS[old])
        elif kind == "number":
            value = int(re.sub("[uUlL]+$", "", old), 0)
            yield Mutant(path, text, begin, end, str(value + 1))
            if value > 0:
                yield Mutant(path, text, begin, end, str(value - 1))
        elif kind == "string":
            new = other_text(old)
            if new is not None:
                yield Mutant(path, text, begin, end, new)
        if kind == "word" and old in ("if", "while") and text[end:end + 2].lstrip().startswith("("):
            opening = text.index("(", end)
            last = closing(text, opening)
            if last is not None:
                inside = text[opening + 1:last]
                yield Mutant(path, text, opening + 1, last, f"!({inside})")
        before = token


def mutants_of_words(path, text):
    """A row that is not there; a word of a row that is another."""
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare and not bare.startswith("#"):
            yield Mutant(path, text, at, at + len(line), "")
            for word in re.finditer(r"[^|\n]+", line):
                letters = [m for m in re.finditer(r"\w", word.group())]
                if letters:
                    middle = at + word.start() + letters[len(letters) // 2].start()
                    yield Mutant(path, text, middle, middle + 1, "q")
        at += len(line)


def all_mutants():
    code, words = [], []
    for room in ROOMS:
        for path in sorted((ROOT / room).glob("*")):
            if path.suffix in (".c", ".def"):
                code += mutants_of_code(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / LEXICON).glob("*.txt")):
        words += mutants_of_words(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
    return code, words


def ordered(mutants, seed):
    """In an order that the seed and each one's own line give, the last one first: what moves to another file is
    chosen again, and what is changed elsewhere chooses no other ones."""
    seen = collections.Counter()
    order = []
    for mutant in mutants:
        line = str(mutant).split("\t", 1)[1]
        order.append((hashlib.sha256(f"{seed}\t{seen[line]}\t{line}".encode()).digest(), len(order)))
        seen[line] += 1
    return [mutants[at] for _, at in sorted(order, reverse=True)]


def chosen(seed):
    """All of them, in an order that the seed gives."""
    code, words = (ordered(mutants, seed) for mutants in all_mutants())
    choice = random.Random(seed)
    while code or words:
        from_words = words and (not code or choice.random() < LEXICON_SHARE)
        yield (words if from_words else code).pop()


class Tree:
    """A copy of the tree, and its build."""

    def __init__(self, folder, seconds):
        self.root, self.build = Path(folder) / "tree", Path(folder) / "build"
        self.root.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(ROOT, self.root, ignore=shutil.ignore_patterns(".git", "build"))
        self.call(["meson", "setup", self.build, self.root, "--buildtype=plain", "-Dwerror=false",
                   "-Dc_args=-w -O1"])
        self.targets = [target for target, _ in TESTS]
        self.call(["ninja", "-C", self.build, *self.targets])
        self.objects = {}
        self.seconds = seconds  # that each test may take
        self.sources = {}  # as they were: the tree itself may change meanwhile

    @staticmethod
    def call(command):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))}\n{done.stdout.decode(errors='replace')[-2000:]}")

    def put(self, mutant):
        path = self.root / mutant.path
        text = self.sources.setdefault(mutant.path, path.read_text(encoding="utf-8"))
        path.write_text(text[:mutant.begin] + mutant.new + text[mutant.end:], encoding="utf-8")

    def restore(self, mutant):
        (self.root / mutant.path).write_text(self.sources[mutant.path], encoding="utf-8")

    def compiled(self):
        done = subprocess.run(["ninja", "-C", self.build, *self.targets], capture_output=True, check=False)
        return done.returncode == 0

    def same_code(self, mutant):
        """Does an optimising compiler see no difference?"""
        if not mutant.path.endswith(".c"):
            return False
        mutated = self.optimised(mutant.path)
        self.restore(mutant)
        if mutant.path not in self.objects:
            self.objects[mutant.path] = self.optimised(mutant.path)
        self.put(mutant)
        return mutated == self.objects[mutant.path]

    def optimised(self, path):
        folder = (self.root / path).parent  # quoted headers are looked for there first
        return subprocess.run(["cc", "-std=c11", "-O2", "-g0", "-w", "-S", "-o", "-", f"-I{self.root}/include",
                               f"-I{self.root}/lib", f"-I{folder}", "-x", "c", "-"], capture_output=True, check=True,
                              input=(self.root / path).read_bytes()).stdout

    def failing(self):
        """The first test that tells; None where all are content."""
        return next((told for target, arguments in TESTS if (told := self.fails(target, arguments))), None)

    def fails(self, target, arguments):
        limits = f'ulimit -c 0; ulimit -v {MEMORY >> 10}; ulimit -t {self.seconds.get(target, WAIT)}; exec "$@"'
        try:
            done = subprocess.run(["sh", "-c", limits, "sh", self.build / target, *arguments], cwd=self.root,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=WAIT, check=False)
        except subprocess.TimeoutExpired:
            return f"{target} (time)"
        if done.returncode in (-signal.SIGKILL, -signal.SIGXCPU):
            return f"{target} (time)"
        return target if done.returncode != 0 else None

    def measure(self):
        """How long each test takes, all of them being content."""
        for target, arguments in TESTS:
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            if self.fails(target, arguments):
                sys.exit(f"{target} fails without a change")
            taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
            self.seconds[target] = int(SLOWER * taken) + 2

    def judge(self, mutant):
        """killed by TEST, survived, same; None where it does not compile."""
        self.put(mutant)
        try:
            if not self.compiled():
                return None
            test = self.failing()
            if test is not None:
                return f"killed by {test}"
            return "same" if self.same_code(mutant) else "survived"
        finally:
            self.restore(mutant)


def equivalents():
    """place without its line, and change → reason: a line's number moves, its text does not."""
    known = {}
    listed = Path(__file__).with_name("equivalent.txt")
    for line in listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []:
        if line and not line.startswith("#"):
            path, change, text, reason = line.split("\t")
            known[path, change, text] = reason
    return known


def key_of(mutant):
    place, change, line = str(mutant).split("\t", 2)
    return place.split(":")[0], change, line


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--min", type=float, default=0.8)
    parser.add_argument("--results", type=Path)
    parser.add_argument("--again", type=Path, help="only those that survived in these results")
    parser.add_argument("--only", default="", help="mutants of files whose path has this in it")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once; the results are the same")
    given = parser.parse_args()
    again = given.again and {"\t".join(line.split("\t")[2:4])
                             for line in given.again.read_text(encoding="utf-8").splitlines()
                             if line.startswith("survived")}
    mutants = [mutant for mutant in chosen(given.seed)
               if given.only in mutant.path and "\n" not in mutant.old.rstrip("\n") and
               (again is None or str(mutant).split("\t", 1)[1] in again)]
    known, killed, survived, equivalent = equivalents(), 0, 0, 0
    seconds, trees, stop = {}, queue.Queue(), threading.Event()
    results = open(given.results, "w", encoding="utf-8") if given.results else sys.stdout
    with tempfile.TemporaryDirectory() as folder:
        for job in range(given.jobs):
            trees.put(Tree(Path(folder) / str(job), seconds))
        trees.queue[0].measure()

        def judge(mutant):
            if stop.is_set():
                return None
            tree = trees.get()
            try:
                return tree.judge(mutant)
            finally:
                trees.put(tree)

        with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
            # In the order of the seed, whichever is done first.
            for mutant, told in zip(mutants, pool.map(judge, mutants)):
                if told in (None, "same"):
                    continue
                if told == "survived" and key_of(mutant) in known:
                    equivalent += 1
                    told, why = "equivalent", f"\t{known[key_of(mutant)]}"
                else:
                    killed += told != "survived"
                    survived += told == "survived"
                    why = ""
                print(f"{told}\t{mutant}{why}", file=results, flush=True)
                if killed + survived + equivalent == given.count:
                    break
            stop.set()
    share = killed / max(1, killed + survived)
    print(f"{killed} killed, {survived} survived, {equivalent} equivalent: {share:.3f}")
    return share < given.min


if __name__ == "__main__":
    sys.exit(main())
