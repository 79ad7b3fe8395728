# SPDX-License-Identifier: MIT
"""Reads records from standard input, an array or one a line, and exits with 1 where the expression
given is not true of them: r is their list, names that of their source.name, codes that of all
diagnostic codes."""
import json
import sys

text = sys.stdin.buffer.read().decode("utf-8")  # ill-formed output fails here
try:
    r = json.loads(text)
    r = r if isinstance(r, list) else [r]
except json.JSONDecodeError:
    r = [json.loads(line) for line in text.split("\n") if line]
names = [x["source"]["name"] for x in r]
codes = [d["code"] for x in r for d in x["diagnostics"]]
if not eval(sys.argv[1]):
    sys.exit(f"not true of {len(r)} records: {names} {codes}"[:400])
