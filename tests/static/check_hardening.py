#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_hardening.py READELF fortified|plain ROOT FILE…: what the compiler and the linker were asked for is in what they made.

Each FILE, a program or a shared library, must be position independent, have no stack or segment that is written and
executed, no relocated code, and all that the loader writes read-only before it runs (RELRO with BIND_NOW); functions
with arrays guard their frames; where the build is fortified, calls go to the functions that know a buffer's size. What
the house bans must not be called by any of them, under its own name or its fortified one; nor may the sources in lib
and cli of ROOT name it, since the compiler makes other calls of some: strcpy() of a constant becomes memcpy().
"""
import pathlib
import re
import subprocess
import sys

# No bounds (the first row), hidden state, names that others may take, or the shell.
BANNED = {"gets", "sprintf", "vsprintf", "strcpy", "stpcpy", "strcat", "strtok", "atoi", "atol", "atof", "setlocale",
          "system", "popen", "tmpnam", "tempnam", "mktemp", "alloca", "rand", "srand"}
# CET is noted for the whole file only where the start files of the C library have it too.


# What is no code, and so may name it.
PROSE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|^[ \t]*#[ \t]*include[^\n]*',
                   re.S | re.M)


def banned_in(path):
    """The banned names in a source, each with its line; members of structures are no functions."""
    code = PROSE.sub(lambda prose: "\n" * prose[0].count("\n"), path.read_text("utf-8"))
    for name in re.finditer(r"(?<![\w.])(?<!->)[A-Za-z_]\w*", code):
        if name[0].removeprefix("__builtin_") in BANNED:
            yield f"{name[0]} in line {code.count(chr(10), 0, name.start()) + 1}"


def readelf(program, *arguments):
    done = subprocess.run([program, "-W", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True,
                          env={"LC_ALL": "C"})
    return done.stdout.decode("utf-8", "replace")


def faults_of(program, path, fortified):
    headers, dynamic = readelf(program, "-hl", path), readelf(program, "-d", path)
    wanted = {m[1].lstrip("_") for m in re.finditer(r" UND (\w+)", readelf(program, "--dyn-syms", path))}
    if not re.search(r"Type:\s+DYN", headers):
        yield "not position independent"
    stack = re.search(r"GNU_STACK.*", headers)
    if stack is None or "E" in stack[0].split()[-2]:
        yield "the stack can be executed"
    if re.search(r"^\s+LOAD.* RWE ", headers, re.M):
        yield "a segment can be written and executed"
    if "GNU_RELRO" not in headers:
        yield "no RELRO"
    if not re.search(r"BIND_NOW|FLAGS_1\).*\bNOW\b", dynamic):
        yield "no BIND_NOW"
    if "TEXTREL" in dynamic:
        yield "relocations in code"
    if "stack_chk_fail" not in wanted:
        yield "no stack protector"
    if fortified and not any(name.endswith("_chk") for name in wanted):
        yield "not fortified"
    banned = sorted(name for name in wanted if name.removesuffix("_chk") in BANNED)
    if banned:
        yield f"calls {', '.join(banned)}"


def main():
    program, how, root, files = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), sys.argv[4:]
    bad = 0
    sources = [path for room in ("lib", "cli") for path in sorted((root / room).rglob("*"))
               if path.suffix in {".c", ".h", ".def"}]
    for path in sources:
        for banned in banned_in(path):
            bad += 1
            print(f"not ok {path.relative_to(root)}: {banned} is banned")
    print(f"# {len(sources)} sources")
    for path in files:
        faults = list(faults_of(program, path, how == "fortified"))
        bad += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {path.rsplit('/', 1)[-1]}{': ' if faults else ''}{'; '.join(faults)}")
    return bad > 0 or not files or not sources


if __name__ == "__main__":
    sys.exit(main())
