#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Puts the review page together: embed.py OUT.c ROOT SCRIPT.js…

Reads page.html, page.css and words.txt beside this file and the scripts in the order given, and writes C arrays:
for each language what stands before the letters, and what stands after them. What the library knows already is
read from the library: the diagnostics from lib/base/diagnostics.def, the old encodings from lib/text/legacy.c, the
names of types from lib/write/values.c."""
import base64
import hashlib
import json
import pathlib
import re
import sys

LANGUAGES = ["vi", "en"]
HERE = pathlib.Path(__file__).parent


def read(path):
    return path.read_text("utf-8")


def initialiser(path, name):
    """What stands between the braces of a C table."""
    found = re.search(r"\b" + name + r"\[\w*\] = \{(.*?)\};", read(path), re.S)
    if not found:
        sys.exit(f"{path}: no table {name}")
    return found[1]


def words(root):
    """A table for each language."""
    types = re.findall(r'\{"(\w+)", "([^"]+)", "([^"]+)",', initialiser(root / "lib/write/values.c", "types"))
    tables = [{f"type.{row[0]}": row[column] for row in types} for column in (1, 2)]
    english = dict(re.findall(r'DIAGNOSTIC\(\w+, "([^"]+)", \w+, "([^"]+)"\)', read(root / "lib/base/diagnostics.def")))
    for number, line in enumerate(read(HERE / "words.txt").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        key = cells[0]
        if key.startswith("diagnostic.") and not cells[-1]:
            cells[-1] = english.pop(key.removeprefix("diagnostic."), "")
        if len(cells) != 3 or not all(cells) or key in tables[0]:
            sys.exit(f"words.txt:{number}: a row is `key | Vietnamese | English`, each key once")
        for table, text in zip(tables, cells[1:]):
            table[key] = text
    if english:
        sys.exit(f"words.txt: no Vietnamese for {', '.join(english)}")
    return tables


def legacy(root):
    """The tables of lib/text/legacy.c, for the script."""
    path = root / "lib/text/legacy.c"

    def numbers(name, count):
        values = [int(v, 0) for v in re.findall(r"\b(?:0x[0-9A-Fa-f]+|\d+)\b", initialiser(path, name))]
        if len(values) != count:
            sys.exit(f"{path}: {name} has {len(values)} entries, not {count}")
        return values

    def rows(name, columns):
        row = r"\[(0x\w+)\] = " + (r"\{(\w+), (\w+)\}" if columns == 2 else r"(0x\w+)")
        return [[int(v, 0) for v in found] for found in re.findall(row, initialiser(path, name))]

    controls = re.findall(r"\{(0x\w+), (0x\w+)\}", initialiser(path, "viscii_controls"))
    return {
        "TCVN3": numbers("tcvn3", 96),
        "windows-1258": numbers("windows_1258", 128),
        "VISCII": numbers("viscii", 128),
        "VISCII-controls": [[int(code, 0), int(letter, 0)] for code, letter in controls],
        "VNI-letters": rows("vni_letters", 1),
        "VNI-marks": rows("vni_modifiers", 2),
        "windows-1252": numbers("cchci_windows_1252", 32),
    }


def digest(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def element(text, name):
    """Text that may stand inside the element: nothing in it closes or comments it."""
    if re.search(rf"</{name}|<!--", text, re.I):
        sys.exit(f"embed: the {name} must not hold </{name} or <!--")
    return text


def as_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def pages(root, scripts):
    """What stands before the letters for each language, and what stands after them."""
    style = element(read(HERE / "page.css"), "style")
    parts = "\n".join(read(pathlib.Path(name)) for name in scripts)
    script = element(f'"use strict";\n{{\nconst LEGACY_TABLES = {as_json(legacy(root))};\n{parts}}}\n', "script")
    fill = {"style": style, "script": script, "style_hash": digest(style), "script_hash": digest(script)}
    whole = []
    for language, table in zip(LANGUAGES, words(root)):
        values = dict(fill, language=language, words=as_json(table), letters="{{letters}}")
        whole.append(re.sub(r"\{\{(\w+)\}\}", lambda found: values[found[1]], read(HERE / "page.html")))
    heads, tails = zip(*(page.split("{{letters}}\n") for page in whole))
    assert len(set(tails)) == 1
    return heads, tails[0]


def array(name, text):
    """A C string of any length; a literal could be too long for a compiler."""
    data = text.encode() + b"\0"
    lines = [",".join(f"'\\x{byte:02x}'" for byte in data[i:i + 16]) for i in range(0, len(data), 16)]
    return f"extern const char {name}[];\nconst char {name}[] = {{\n" + ",\n".join(lines) + "};\n"


def main():
    out, root, *scripts = sys.argv[1:]
    heads, tail = pages(pathlib.Path(root), scripts)
    code = ["/* Made by lib/write/html/embed.py; not to be edited. */"]
    code += [array(f"cchci_html_head_{language}", head) for language, head in zip(LANGUAGES, heads)]
    code.append(array("cchci_html_tail", tail))
    pathlib.Path(out).write_text("\n".join(code), "utf-8")


if __name__ == "__main__":
    main()
