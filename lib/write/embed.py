#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""embed.py INPUT OUTPUT NAME: the file as a C array of its bytes with a closing NUL, `const char NAME[]`."""
import pathlib
import sys

source, target, name = sys.argv[1:]
data = pathlib.Path(source).read_bytes() + b"\0"
lines = [", ".join(f"'\\x{byte:02x}'" for byte in data[at : at + 12]) for at in range(0, len(data), 12)]
text = f"extern const char {name}[];\nconst char {name}[] = {{\n    " + ",\n    ".join(lines) + "};\n"
pathlib.Path(target).write_text(text, "utf-8")
