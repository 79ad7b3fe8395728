#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lint.py CCHCPARSE FOLDER ROOT: the cases of FOLDER/cases.txt, whose head says how one is written; that every finding of
ROOT/lib/lint/rules.def is found in one; that each stretch is what the finding says; formats, options and exit statuses of
`cchcparse lint`; SARIF by the schema beside this script and by what a schema cannot say."""
import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    jsonschema = None

LEVELS = ["info", "warning", "error"]
failures = 0


def check(name, problem):
    global failures
    print(f"ok {name}" if not problem else f"not ok {name}\n    {problem}")
    failures += bool(problem)


def lint(*arguments, given=None):
    done = subprocess.run([BINARY, "lint", "--quiet", *arguments], input=given, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def findings_of(letter, *arguments):
    _, out, _ = lint("--format", "json", *arguments, "-", given=letter)
    return json.loads(out)


# ----------------------------------------------------------------------------------------------------- the cases


def read_cases(path):
    cases = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word == "case":
            cases.append({"name": rest, "changes": [], "finds": []})
        elif word == "letter":
            cases[-1]["letter"] = path.parent / rest
        elif word == "change":
            old, arrow, new = re.match(r"(.*?) =>( ?)(.*)$", rest).groups()
            cases[-1]["changes"].append((old.replace("\\n", "\n"), new.replace("\\n", "\n")))
        elif word == "finds":
            place, severity, rule, code, texts = rest.split(" ", 4)
            found, wanted = texts.split(" => ")
            cases[-1]["finds"].append((place, severity, rule, code, found, wanted))
        else:
            sys.exit(f"{path}:{number}: {word}?")
    return cases


def changed(case):
    text = case["letter"].read_text("utf-8")
    for old, new in case["changes"]:
        if old not in text:
            return None
        text = text.replace(old, new, 1)
    return text


def schema_of(path):
    schema = json.loads(path.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def untrue(record, source):
    """What is wrong with the places of a record's findings."""
    text = source.decode("utf-8")
    lines = text.split("\n")
    for finding in record["findings"]:
        begin, end = finding["span"]
        words = " ".join(source[begin:end].decode("utf-8").split())
        if finding["found"] is None and begin != end:
            return f"{finding['code']}: absent, yet {words!r} is there"
        if finding["found"] is not None and not (words and finding["found"].startswith(words)):
            return f"{finding['code']}: {words!r} is not {finding['found']!r}"
        before = sum(len(line.encode("utf-8")) + 1 for line in lines[:finding["line"] - 1])
        if before + len(lines[finding["line"] - 1][:finding["column"] - 1].encode("utf-8")) != begin:
            return f"{finding['code']}: {finding['line']}:{finding['column']} is not byte {begin}"
    return None


def run_cases(cases):
    for case in cases:
        text = changed(case)
        if text is None:
            check(case["name"], "a change does not fit the letter")
            continue
        record = findings_of(text.encode("utf-8"))
        shown = [(f"{f['line']}:{f['column']}", f["severity"], f["rule"], f["code"], f["found"] or "-", f["wanted"] or "-")
                 for f in record["findings"]]
        problem = untrue(record, text.encode("utf-8"))
        if shown != case["finds"]:
            problem = "finds " + "\n    finds ".join("{} {} {} {} {} => {}".format(*row) for row in shown or [["-"] * 6])
        check(case["name"], problem)


# ------------------------------------------------------------------------------------------------ encodings, parts


def in_other_forms(cases):
    """The same findings whatever the letter is encoded in, and where it is one of two in a file."""
    case = next(case for case in cases if len(case["finds"]) > 1)
    text = changed(case)
    plain = findings_of(text.encode("utf-8"))["findings"]
    for name, source in [("UTF-16", text.encode("utf-16")), ("CRLF", text.replace("\n", "\r\n").encode("utf-8")),
                         ("BOM", text.encode("utf-8-sig"))]:
        other = findings_of(source)["findings"]
        same = [[(f["line"], f["column"], f["code"], f["found"], f["wanted"]) for f in each] for each in (plain, other)]
        check(f"the same in {name}", None if same[0] == same[1] else f"{same}")
    twice = text + "\n\n" + text
    _, out, _ = lint("--format", "json", "--split", "-", given=twice.encode("utf-8"))
    parts = [json.loads(line) for line in out.splitlines()]
    problem = None if [part["part"] for part in parts] == [1, 2] else f"{[part['part'] for part in parts]}"
    for part in parts:
        problem = problem or untrue(part, twice.encode("utf-8"))
    if not problem and [f["code"] for f in parts[1]["findings"]] != [f["code"] for f in plain]:
        problem = f"{parts[1]['findings']}"
    check("the second letter of a file", problem)


# -------------------------------------------------------------------------------------------- formats and options


def command_line(cases, folder):
    case = next(case for case in cases if {"error", "warning", "info"} & {f[1] for f in case["finds"]} == {"error"})
    paths = {}
    for name, wanted in [("error", "error"), ("warning", "warning"), ("info", "info")]:
        case = next(case for case in cases if [f[1] for f in case["finds"]] == [wanted])
        paths[name] = os.path.join(folder, name + ".txt")
        pathlib.Path(paths[name]).write_text(changed(case), "utf-8")
    for at, level in enumerate([*LEVELS, "none"]):
        statuses = [lint("--severity", level, paths[name])[0] for name in LEVELS]
        expected = [int(LEVELS.index(name) >= at) for name in LEVELS]
        check(f"--severity {level}", None if statuses == expected else f"{statuses}, not {expected}")
    check("errors alone by default", None if [lint(paths[name])[0] for name in LEVELS] == [0, 0, 1] else "other statuses")
    everything = [paths[name] for name in LEVELS]
    count = len(lint(*everything)[1].splitlines())
    shown = [len(lint("--show", level, *everything)[1].splitlines()) for level in LEVELS]
    check("--show", None if (count, shown) == (3, [3, 2, 1]) else f"{count}, {shown}")
    rule = json.loads(lint("--format", "json", paths["error"])[1])["findings"][0]["rule"]
    status, out, _ = lint("--disable", f"V10,{rule}", "--severity", "info", paths["error"])
    check("--disable", None if (status, out) == (0, "") else f"{status}, {out}")
    for wrong in [["--disable", "V99"], ["--severity", "x"], ["--show", "none"], ["--format", "csv"], ["--journal", "j"]]:
        status, _, said = lint(*wrong, paths["error"])
        check(f"a wrong call: {' '.join(wrong)}", None if status == 2 and said else f"{status}, {said}")
    status, _, said = lint(os.path.join(folder, "missing.txt"))
    check("a letter that cannot be read", None if status == 1 and "missing.txt" in said else f"{status}, {said}")
    line = lint("--lang", "en", paths["error"])[1]
    pattern = re.escape(paths["error"]) + r":\d+:\d+: error: V\d\d: [A-Z].*\n"
    check("a line as compilers write it", None if re.fullmatch(pattern, line) else line)
    for form in ("text", "json", "sarif"):
        one, many = (lint("--format", form, "--jobs", jobs, *everything * 40)[1] for jobs in ("1", "4"))
        check(f"{form} in order with any number of jobs", None if one == many and one.count("txt") >= 120 else "they differ")
    rows = [row.split("\t") for row in lint("--rules")[1].splitlines()]
    ids = [row[0] for row in rows]
    wanted = [f"V{number:02}" for number in range(1, 30)] + ["T01"]
    unjudged = [row[0] for row in rows if row[1] == "-"]
    reasons = all("Không xét" in row[4] for row in rows if row[1] == "-")
    check("--rules lists all, and why some are not judged",
          None if ids == wanted and reasons and "V05" in unjudged and all(len(row) == 5 for row in rows) else f"{rows}")
    return everything


# ---------------------------------------------------------------------------------------------------------- SARIF


def no_room():
    """No file can grow: what is written to a pipe can."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def sarif(paths, folder):
    folder = os.path.realpath(folder)
    odd = os.path.join(folder, "tên có dấu, %20 và :.txt")
    pathlib.Path(odd).write_bytes(pathlib.Path(paths[0]).read_bytes())
    clean = os.path.join(folder, "clean.txt")
    pathlib.Path(clean).write_text((FOLDER / "letter.txt").read_text("utf-8"), "utf-8")
    relative = [os.path.relpath(path, folder) for path in [clean, *paths, odd, clean]]
    done = subprocess.run([BINARY, "lint", "--quiet", "--format", "sarif", *relative], cwd=folder, stdout=subprocess.PIPE,
                          check=False)
    log = json.loads(done.stdout.decode("utf-8"))
    if jsonschema is not None:
        validator = schema_of(FOLDER / "sarif.schema.json")
        error = next(iter(validator.iter_errors(log)), None)
        check("SARIF fits the schema", error and f"{error.json_path}: {error.message[:300]}")
        for what, damage in [("no version", lambda l: l.pop("version")), ("a level", lambda l: l["runs"][0]["results"][0].update(level="info")),
                             ("no message", lambda l: l["runs"][0]["results"][0].pop("message")),
                             ("a line 0", lambda l: l["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0))]:
            copy = json.loads(json.dumps(log))
            damage(copy)
            check(f"the schema refuses {what}", "it does not" if validator.is_valid(copy) else None)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    problem = None if len(run["results"]) == 4 else f"{len(run['results'])} results"
    if [entry["location"]["uri"] for entry in run["artifacts"]][0] != "clean.txt" or len(run["artifacts"]) != len(relative):
        problem = f"{run['artifacts']}"
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        uri, region = place["artifactLocation"]["uri"], place["region"]
        path = os.path.join(folder, re.sub(r"(%[0-9A-F]{2})+", lambda m: bytes.fromhex(m.group().replace("%", "")).decode(), uri))
        if rules[result["ruleIndex"]]["id"] != result["ruleId"] or ":" in uri or not os.path.isfile(path):
            problem = f"{result}"
            continue
        source = pathlib.Path(path).read_bytes()
        words = source[region["byteOffset"]:region["byteOffset"] + region["byteLength"]].decode("utf-8")
        lines = source.decode("utf-8").split("\n")
        inside = "\n".join(lines[region["startLine"] - 1:region["endLine"]])
        cut = len(lines[region["endLine"] - 1]) - (region["endColumn"] - 1)
        if inside[region["startColumn"] - 1:len(inside) - cut] != words:
            problem = f"{words!r} is not at {region}"
    check("SARIF names rules, files and places truly", problem)
    done = subprocess.run([BINARY, "lint", "--quiet", "--format", "sarif", clean], stdout=subprocess.PIPE, check=False)
    broken = subprocess.run([BINARY, "lint", "--quiet", "--format", "sarif", clean], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, check=False, preexec_fn=no_room)
    check("SARIF whose list of files has no room says so",
          None if broken.returncode == 3 and b"a temporary file: " in broken.stderr else
          f"exit {broken.returncode}: {broken.stderr!r}")
    check("SARIF without findings", None if json.loads(done.stdout)["runs"][0]["results"] == [] else "there are some")


def main():
    cases = read_cases(FOLDER / "cases.txt")
    run_cases(cases)
    codes = set(re.findall(r'FINDING\(\w+, "([a-z-]+)"', (ROOT / "lib/lint/rules.def").read_text("utf-8")))
    found = {row[3] for case in cases for row in case["finds"]}
    check("every finding is found in a case", None if codes == found else f"{sorted(codes ^ found)}")
    in_other_forms(cases)
    with tempfile.TemporaryDirectory() as folder:
        sarif(command_line(cases, folder), folder)
    status, out, _ = lint("--format", "json", str(ROOT / "corpus" / "letters"))
    if jsonschema is not None:
        validator = schema_of(ROOT / "lib/lint/lint.schema.json")
        lines = [*out.splitlines(), lint("--format", "json", "missing.txt")[1]]
        check("JSON fits its schema", None if all(validator.is_valid(json.loads(line)) for line in lines) else "it does not")
    readme = (ROOT / "README.md").read_text("utf-8")
    call = re.search(r"^\$ cchcparse lint (.*)\n((?:tests/.*\n)+)", readme, re.M)
    done = subprocess.run([BINARY, "lint", "--quiet", *call.group(1).split()], cwd=ROOT, stdout=subprocess.PIPE, check=False)
    check("the README's example", None if done.stdout.decode("utf-8") == call.group(2) else done.stdout.decode("utf-8"))
    errors = [(record["name"], f["code"]) for record in map(json.loads, out.splitlines()) for f in record["findings"]
              if f["severity"] == "error"]
    check("no composed letter has an error", None if status == 0 and not errors else f"{errors}")
    print(f"# {len(cases)} cases, {failures} failed")
    return 1 if failures else 0


BINARY, FOLDER, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
sys.exit(main())
