#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""collect.py PREFIX ROOT testlog.json|-: one line PASS or FAIL for each case that tests ran.

Reads what meson logs of its tests, or (-) one test's output from standard input. Cases are the lines of cmocka
("[       OK ] name", "[  FAILED  ] name") and of our own programs ("ok path", "not ok path: why", "ok words"). A test
without such lines is one case; a test that failed without a failed case (a crash) is one more."""
import json
import re
import sys

CMOCKA = re.compile(r"^\[ +(OK|FAILED) +\] (.+)$", re.M)
OURS = re.compile(r"^(ok|not ok) (?:(\S+): .*|(.+?)(?:: exit .*)?)$", re.M)


def cases(output):
    found = {}
    for verdict, name in CMOCKA.findall(output):
        if not re.match(r"\d+ test\(s\)", name):
            found[name] = found.get(name, True) and verdict == "OK"
    for verdict, path, words in OURS.findall(output):
        name = path or words
        found[name] = found.get(name, True) and verdict == "ok"
    return found


def report(test, output, passed, root):
    found = cases(output)
    for name, well in found.items():
        name = name.replace(root + "/", "")
        print("PASS" if well else "FAIL", f"{test}: {name}")
    if not found or (not passed and all(found.values())):
        print("PASS" if passed else "FAIL", test)


def main():
    prefix, root, log = sys.argv[1:]
    if log == "-":
        report(prefix, sys.stdin.read(), True, root)
        return
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            test = json.loads(line)
            if test["result"] == "SKIP":
                continue
            output = (test.get("stdout") or "") + "\n" + (test.get("stderr") or "")
            name = test["name"].split(" / ")[-1]
            report(f"{prefix}/{name}", output, test["result"] in ("OK", "EXPECTEDFAIL"), root)


main()
