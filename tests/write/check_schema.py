#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_schema.py LETTERS SCHEMA PATH…: every record of the letters fits the schema, read strictly: a key that the
schema does not name is a failure here, though readers must skip it. LETTERS is the program of letters.c. Records that
the schema must refuse show that it can."""
import copy
import json
import subprocess
import sys

import jsonschema


def strict(schema):
    """The schema without room for keys that it does not name."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: strict(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "required" in schema:
        made["additionalProperties"] = False
    return made


def refused(record):
    """Damaged copies of a good record, each by one thing."""
    for path, value in [
        (["schema"], "cchcparse/2"), (["source", "range"], [1]), (["source", "range"], [0, 1, 2]), (["family"], "x"),
        (["subject"], "text"), (["addressees"], None), (["segments"], [{"kind": "nothing", "spans": [[0, 1]]}]),
        (["deadlines"], [{}]), (["clauses"], [{"label": "1"}]), (["document_type"], "Cong van"),
        (["diagnostics"], [{"code": "A b", "severity": "info", "message": "", "spans": []}])]:
        damaged = copy.deepcopy(record)
        target = damaged
        for key in path[:-1]:
            target = target[key]
        target[path[-1]] = value
        yield "/".join(path), damaged
    for key in record:
        damaged = copy.deepcopy(record)
        del damaged[key]
        yield f"without {key}", damaged
    yield "with an unknown key", dict(record, unknown=1)


def main():
    letters, schema_path, *paths = sys.argv[1:]
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(strict(schema))
    run = subprocess.run([letters, "json", *paths], stdout=subprocess.PIPE, check=True)
    records = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
    bad = 0
    for record in records:
        name = record["source"]["name"]
        error = next(iter(validator.iter_errors(record)), None)
        print(f"ok {name}" if error is None else f"not ok {name}: {error.json_path}: {error.message[:300]}")
        bad += error is not None
    for what, damaged in refused(records[0]):
        passed = validator.is_valid(damaged)
        print(f"not ok refuses: {what}" if passed else f"ok refuses {what}")
        bad += passed
    return 1 if bad or not records else 0


sys.exit(main())
