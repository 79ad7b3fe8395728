# SPDX-License-Identifier: MIT
"""nearly_gold.py RECORDS.ndjson FOLDER: makes a folder of letters whose gold is their own record,
changed a little here and there, always in the same way. `check` and score.py must judge it alike."""
import json
import pathlib
import random
import shutil
import sys
import unicodedata

chance = random.Random(30)
LISTS = {"addressees": ["text"], "clauses": ["label", "text"], "deadlines": None, "references": None,
         "recipients": ["text", "purpose"]}


def without_marks(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def damaged(text):
    """A few letters lost, doubled or changed, around the limits of what still counts as the same."""
    letters = list(text)
    for _ in range(chance.choice([1, 2, len(letters) // 40 + 1, len(letters) // 25 + 1, len(letters) // 5 + 1])):
        if letters:
            at = chance.randrange(len(letters))
            letters[at:at + 1] = chance.choice([[], ["x"], [letters[at]] * 2])
    return "".join(letters)


CHANGES = [str.upper, str.casefold, without_marks, damaged, damaged, damaged,
           lambda t: unicodedata.normalize("NFD", t), lambda t: " " + t + " .;*_ ",
           lambda t: t.replace("-", " – ").replace("/", " \u2044 "), lambda t: t.replace("Đ", "Ð"),
           lambda t: t[:len(t) // 2] + "…", lambda t: t[:len(t) // 2] + "… …", lambda t: t[len(t) // 3:],
           lambda t: "0" + t, lambda t: "(" + t + ").", lambda t: t.replace(" ", "\u00a0\u2003"),
           lambda t: "–", lambda t: "", lambda t: '"\\\x1f' + t + "😀ﬁßƣ", lambda t: "***"]


def text(value):
    return chance.choice(CHANGES)(value) if isinstance(value, str) and chance.random() < 0.4 else value


def changed(value):
    """Any JSON value, its strings changed now and then, and some values put in the place of others."""
    if chance.random() < 0.03:
        if isinstance(value, str):
            return chance.choice([None, "", "2020-12-29"])
        return not value if isinstance(value, bool) else None
    if isinstance(value, dict):
        return {k: changed(v) for k, v in value.items() if k != "spans" and chance.random() < 0.95}
    return text(value)


def entries(value, keys):
    out = []
    for entry in value:
        if chance.random() < 0.1:
            continue
        new = {k: text(v) if k in ("text", "label", "purpose", "type") else v if chance.random() < 0.9 else changed(v)
               for k, v in entry.items() if k not in ("spans", "children") and (keys is None or k in keys)}
        if entry.get("children"):
            new["children"] = entries(entry["children"], keys)
        out.append(new)
        if chance.random() < 0.05:
            out.append(dict(new))
    if chance.random() < 0.1:
        chance.shuffle(out)
    return out


folder = pathlib.Path(sys.argv[2])
for number, line in enumerate(open(sys.argv[1], encoding="utf-8")):
    record = json.loads(line)
    gold = {}
    for key, value in record.items():
        if key in ("schema", "source", "segments", "diagnostics") or chance.random() < 0.1:
            continue
        gold[key] = entries(value, LISTS[key]) if key in LISTS else changed(value)
        if key in LISTS and not gold[key] and chance.random() < 0.5:
            gold[key] = [{"text": "không có", "label": "1", "code": "1/A", "iso": None, "date": None}]
    below = folder / chance.choice(["", "a", "a b", "a.d"])
    below.mkdir(parents=True, exist_ok=True)
    name = f"{number}" + chance.choice(["", ".v1", " b"])
    (below / f"{name}.gold.json").write_text(json.dumps(gold, ensure_ascii=chance.random() < 0.5), "utf-8")
    if chance.random() < 0.95:
        shutil.copyfile(record["source"]["name"], below / f"{name}.txt")
