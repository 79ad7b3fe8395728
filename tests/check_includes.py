#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_includes.py ROOT: fails where an include, or a call, runs against the direction of the house.

base <- text <- match <- layout <- record <- fields <- parse <- lint: a room includes what stands before it. lib/write
and cli see the public headers and their own. In the library ICU belongs to text, PCRE2 to match, and what formats
need to write; below it nobody knows the second library. What a room's header declares the room defines: else it would
call what stands above it without an include."""
import pathlib
import re
import sys

ORDER = ["base", "text", "match", "layout", "record", "fields", "driver", "lint"]
ABOVE_THE_API = {"write", "cli"}
OWNERS = {"unicode/": "text", "pcre2.h": "match",
          "libxml/": "write", "sqlite3.h": "write", "sha2.h": "write"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
FUNCTION = r"^\w[\w *]*\b(cchci_\w+)\([^;{]*\)\s*"
DECLARED, DEFINED = re.compile(FUNCTION + ";", re.M), re.compile(FUNCTION + r"\{", re.M)

GENERATED = {"starts.def", "phrases-tables.def", "words-tables.def"}  # made in the build folder, for the room that includes them


def room_of(path, root):
    parts = path.relative_to(root).parts
    if parts[0] == "cli":
        return "cli"
    return parts[1] if len(parts) > 2 else "driver"  # lib/parse.c, lib/parser.h


def target_room(name, path, root):
    """The room that an include with quotes leads to; None where the file is not there (generated)."""
    for base in (path.parent, root / "lib", root / "cli"):
        if (base / name).is_file():
            return room_of((base / name).resolve(), root)
    return None


def problems(path, root):
    room = room_of(path, root)
    for mark, name in INCLUDE.findall(path.read_text("utf-8")):
        if name.startswith("cchcparse/"):
            if name == "cchcparse/write.h" and room not in ABOVE_THE_API:
                yield f"{name}: {room} stands below the second library"
            continue
        for prefix, owner in OWNERS.items():
            if name.startswith(prefix) and room != owner and room != "cli":
                yield f"{name}: only lib/{owner} includes it"
        if mark == "<":
            continue
        if name in GENERATED:
            continue
        target = target_room(name, path, root)
        if target is None:
            yield f'"{name}": no such file'
        elif room in ABOVE_THE_API:
            if target != room:
                yield f'"{name}": {room} stands above the public header'
        elif target in ABOVE_THE_API:
            yield f'"{name}": {room} does not see {target}'
        elif room not in ORDER or target not in ORDER:
            yield f'"{name}": room {room if room not in ORDER else target} is not in the list of this script'
        elif ORDER.index(target) > ORDER.index(room):
            yield f'"{name}": {room} stands below {target}'


def strays(files, root):
    """The functions of each header that another room defines."""
    rooms = {name: room_of(path, root) for path in files if path.suffix == ".h"
             for name in DECLARED.findall(path.read_text("utf-8"))}
    for path in files:
        if path.suffix == ".c":
            for name in DEFINED.findall(path.read_text("utf-8")):
                if rooms.get(name, room_of(path, root)) != room_of(path, root):
                    yield f"{path.relative_to(root)}: {name}: a header of {rooms[name]} declares it"


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    files = sorted(p for folder in ("lib", "cli") for p in (root / folder).rglob("*") if p.suffix in (".c", ".h"))
    found = [f"{p.relative_to(root)}: {problem}" for p in files for problem in problems(p, root)]
    found += strays(files, root)
    for line in found:
        print(line)
    print(f"# {len(files)} files, {len(found)} includes or definitions stand the wrong way")
    return 1 if found else 0


sys.exit(main())
