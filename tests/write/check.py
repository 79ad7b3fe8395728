#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check.py WHAT LETTERS [HELP…] PATH…: what a format says about every letter is what the records say.

    tables LETTERS PATH…                    csv, tsv
    metadata LETTERS PATH…                  metadata-csv, metadata-xml
    edxml LETTERS RELAXNG SCHEMA PATH…
    calendar LETTERS READ_ICS PATH…
    catalogue LETTERS PATH…                 sqlite
    documentation LETTERS README.md CATALOGUE.md PATH…

LETTERS, RELAXNG and READ_ICS are the programs of this folder. The formats are read by readers of other people:
Python's csv, xml.etree (expat), sqlite3, and libical."""
import collections
import csv
import datetime
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ElementTree

bad = 0


def report(name, problem):
    global bad
    bad += problem is not None
    print(f"ok {name}" if problem is None else f"not ok {name}: {problem}")


def run(letters, format_name, *arguments, status=0):
    """The bytes that the program writes, and its notes as (name, code) pairs."""
    done = subprocess.run([letters, format_name, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != status:
        raise SystemExit(f"{format_name} {arguments}: exit status {done.returncode}: {done.stderr.decode()[-400:]}")
    notes = collections.defaultdict(set)
    for line in done.stderr.decode("utf-8", "replace").splitlines():
        name, code, *_ = line.split(": ", 2) + [""]
        notes[name].add(code)
    return done.stdout, notes


def records(letters, paths):
    output, _ = run(letters, "json", *paths)
    return [json.loads(line) for line in output.decode("utf-8").splitlines()]


def text(value):
    return value["text"] if value is not None else ""


def at(record, *keys):
    """The value behind the keys; "" where there is none on the way."""
    for key in keys:
        record = record[key] if record is not None else None
    return "" if record is None else record


# ------------------------------------------------------------------------------------------------- deadlines


def last_of_month(year, month):
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


def due(deadline):
    """The last day on which a deadline is kept, by another way than the library's."""
    iso, before = deadline["iso"], deadline["bound"] == "before"
    if iso is None or deadline["recurring"]:
        return None
    day = datetime.timedelta(days=1)
    if match := re.fullmatch(r"(\d{4})(?:-Q(\d)|-(\d\d))?", iso):
        year = int(match[1])
        first, last = (1, 12) if not (match[2] or match[3]) else (int(match[3]), int(match[3])) if match[3] else (
            int(match[2]) * 3 - 2, int(match[2]) * 3)
        return datetime.date(year, first, 1) - day if before else last_of_month(year, last)
    date = datetime.date.fromisoformat(iso[:10])
    midnight = iso[10:] == "T00:00"
    return date - day if before and (len(iso) == 10 or midnight) else date


def earliest(record):
    days = [due(deadline) for deadline in record["deadlines"]]
    return min((day for day in days if day is not None), default=None)


def flat(clauses):
    for clause in clauses:
        yield clause
        yield from flat(clause["children"])


def clause_of(record, pointer):
    value = record
    for key in pointer.split("/")[1:]:
        value = value[int(key) if key.isdigit() else key]
    return value


# ---------------------------------------------------------------------------------------------------- tables


def plain(cell):
    """What a cell says, without the apostrophe that keeps a spreadsheet from reading a formula."""
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


def letter_row(record):
    signer, promulgation = record["signer"], record["promulgation"]
    return {
        "Letter": record["source"]["name"], "Code": at(record, "code", "text"), "Number": at(record, "code", "number"),
        "Notation": at(record, "code", "notation"), "Date": at(promulgation, "date", "iso"),
        "Place": at(promulgation, "place", "text"), "Agency": at(record, "agency", "name", "text"),
        "Parent agency": at(record, "agency", "parent", "text"), "Subject": text(record["subject"]),
        "Priority": text(record["priority"]), "Secrecy": text(record["secrecy"]),
        "Circulation": text(record["circulation"]), "Addressees": "\n".join(map(text, record["addressees"])),
        "Recipients": "\n".join(map(text, record["recipients"])), "Competence": at(signer, "competence", "text"),
        "Position": at(signer, "position", "text"), "Signer": at(signer, "full_name", "text"),
        "Cosigners": "\n".join(text(c["full_name"]) for c in record["cosigners"] if c["full_name"]),
        "Archive units": "\n".join(at(record, "archive", "units") or []), "Typist": at(record, "archive", "typist"),
        "Copies": str(at(record, "archive", "copies")), "Arrival number": at(record, "incoming", "number"),
        "Arrival date": at(record, "incoming", "date"), "First due": str(earliest(record) or ""),
        "Deadlines": "\n".join(map(text, record["deadlines"])),
        "References": "\n".join(r["code"] for r in record["references"]),
        "Annexes": "\n".join(map(text, record["annexes"])), "Encoding": at(record, "source", "encoding"),
        "Diagnostics": "\n".join(d["code"] for d in record["diagnostics"]),
    }


def long_rows(record):
    key = record["source"]["name"]
    clauses = list(flat(record["clauses"]))
    ordinals = {id(clause): str(i) for i, clause in enumerate(clauses, 1)}
    parents = {id(child): ordinals[id(clause)] for clause in clauses for child in clause["children"]}
    yield "clauses", [
        {"Letter": key, "Ordinal": str(i), "Parent": parents.get(id(c), ""), "Level": str(c["level"]),
         "Label": c["label"], "Text": c["text"]} for i, c in enumerate(clauses, 1)]
    yield "deadlines", [
        {"Letter": key, "Ordinal": str(i), "Due": str(due(d) or ""), "Words": d["text"], "Kind": d["kind"],
         "Time": d["iso"] or "", "Bound": d["bound"] or "", "Rule": d["rule"] or "", "Duration": d["duration"] or "",
         "Working days": "" if d["working_days"] is None else str(int(d["working_days"])),
         "Direction": d["direction"] or "", "Anchor": d["anchor"] or "",
         "Clause": ordinals[id(clause_of(record, d["clause"]))] if d["clause"] else "",
         "Clause text": clause_of(record, d["clause"])["text"] if d["clause"] else ""}
        for i, d in enumerate(record["deadlines"], 1)]
    yield "references", [
        {"Letter": key, "Ordinal": str(i), "Type": r["type"] or "", "Code": r["code"], "Date": r["date"] or "",
         "Issuer": r["issuer"] or "", "Part": r["part"] or "", "Words": r["text"]}
        for i, r in enumerate(record["references"], 1)]
    both = [("addressee", a["text"], "", "") for a in record["addressees"]] + [
        ("recipient", r["text"], r["purpose"] or "", str(int(r["same_as_addressees"]))) for r in record["recipients"]]
    yield "recipients", [
        {"Letter": key, "Ordinal": str(i), "List": w[0], "Recipient": w[1], "Purpose": w[2], "Same as addressees": w[3]}
        for i, w in enumerate(both, 1)]


def read_table(output, delimiter):
    if b"\n" in output.replace(b"\r\n", b"") and b'"' not in output:
        raise SystemExit("a line does not end with CRLF")
    return list(csv.DictReader(io.StringIO(output.decode("utf-8-sig"), newline=""), delimiter=delimiter, strict=True))


def difference(found, wanted):
    for key, value in wanted.items():
        if plain(found[key]) != value:
            return f"{key}: {found[key]!r}, not {value!r}"
        if re.match(r"[=+\-@\t\r]", found[key]):
            return f"{key}: {found[key]!r} is a formula"
    return None


def tables(letters, paths):
    all_records = records(letters, paths)
    wanted = {"letters": [[letter_row(record)] for record in all_records]}
    for record in all_records:
        for name, rows in long_rows(record):
            wanted.setdefault(name, []).append(rows)
    for format_name, delimiter in (("csv", ","), ("tsv", "\t")):
        for table, letters_rows in wanted.items():
            output, _ = run(letters, format_name, f"table={table}", "language=en", *paths)
            if output.startswith(b"\xef\xbb\xbf") != (format_name == "csv"):
                report(f"{format_name} {table}", "byte order mark")
            rows = read_table(output, delimiter)
            vietnamese, _ = run(letters, format_name, f"table={table}", "bom=no", *paths)
            if len(vietnamese.split(b"\r\n")[0].split(delimiter.encode())) < len(rows[0]):
                report(f"{format_name} {table}", "another number of Vietnamese columns")
            count = sum(len(rows_of) for rows_of in letters_rows)
            report(f"{format_name} {table}", None if len(rows) == count > 0 else f"{len(rows)} rows, not {count}")
            row = iter(rows)
            for record, rows_of in zip(all_records, letters_rows):
                problem = next((p for p in (difference(next(row), w) for w in rows_of) if p), None)
                report(f"{format_name} {table} {record['source']['name']}", problem)


# -------------------------------------------------------------------------------------------------- metadata


def printed(iso):
    return "/".join(reversed(iso.split("-"))) if iso and len(iso) == 10 else ""


# The lists of the standards in their own order, so that a code is a place: QCVN 102 list B from 1 on, and Thông tư
# 05/2025 from 01 on.
LIST_B = ["Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn", "Chương trình",
          "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng", "Công văn", "Công điện",
          "Bản ghi nhớ", "Bản cam kết", "Bản thỏa thuận", "Giấy chứng nhận", "Giấy ủy quyền", "Giấy mời", "Giấy giới thiệu",
          "Giấy nghỉ phép", "Giấy đi đường", "Giấy biên nhận hồ sơ", "Phiếu gửi", "Phiếu chuyển", "Thư công"]
TT05 = ["Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn", "Chương trình",
        "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Tờ trình", "Giấy ủy quyền", "Phiếu gửi", "Phiếu chuyển",
        "Phiếu báo", "Biên bản", "Hợp đồng", "Công văn", "Công điện", "Bản ghi nhớ", "Bản thỏa thuận", "Giấy mời",
        "Giấy giới thiệu", "Giấy nghỉ phép", "Thư công"]
NORMATIVE = ["Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch",
             "Nghị quyết liên tịch"]


def bare(words):
    """Words without diacritics, as the slugs of types have them."""
    decomposed = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace(" ", "_")


TYPE_NAMES = {bare(name): name for name in LIST_B + TT05 + NORMATIVE}


def type_name(record):
    return at(record, "type_text") or TYPE_NAMES.get(record["document_type"], "")


def code_in(names, record, form):
    name = TYPE_NAMES.get(record["document_type"])
    return form.format(names.index(name) + 1) if name in names else ""


def metadata_row(record, profile):
    fields = {
        "CodeNumber": at(record, "code", "number"), "CodeNotation": at(record, "code", "notation"),
        "IssuedDate": printed(at(record, "promulgation", "date", "iso")),
        "OrganName": at(record, "agency", "name", "text"), "Subject": text(record["subject"]),
        "Description": "; ".join(text(m) for m in (record["secrecy"], record["circulation"]) if m),
    }
    if profile == "tt05":
        fields = {name[0].lower() + name[1:]: value for name, value in fields.items()}
        fields["mode"] = "03" if record["secrecy"] else ""
        fields["typeName"] = code_in(TT05, record, "{:02}") or ("32" if record["document_type"] else "")
    else:
        fields["TypeName"] = type_name(record)
    if profile == "nd30":
        day = earliest(record)
        fields.update({
            "DueDate": printed(day.isoformat()) if day else "", "ArrivalDate": printed(at(record, "incoming", "date")),
            "ArrivalNumber": at(record, "incoming", "number"),
            "SignerInfo.Position": at(record, "signer", "position", "text"),
            "SignerInfo.FullName": at(record, "signer", "full_name", "text"),
            "To.OrganName": "\n".join(map(text, record["addressees"])),
            "IssuedAmount": str(at(record, "archive", "copies"))})
    return fields


def xml_row(document, names):
    """The fields of a Document element by the names that the table has."""
    return {name: "\n".join(e.text or "" for e in document.iterfind(name.replace(".", "/"))) for name in names}


def metadata(letters, paths):
    all_records = records(letters, paths)
    for profile in ("nd30", "tt02", "tt05"):
        output, csv_notes = run(letters, "metadata-csv", f"profile={profile}", *paths)
        rows = read_table(output, ",")
        output, notes = run(letters, "metadata-xml", f"profile={profile}", *paths)
        documents = ElementTree.fromstring(output)
        report(f"{profile} number", None if len(rows) == len(documents) == len(all_records) else "rows, elements, letters")
        said = {name: codes - {"formula-defused"} for name, codes in csv_notes.items()}
        report(f"{profile} notes", None if notes == said else "CSV and XML tell different things")
        for record, row, document in zip(all_records, rows, documents):
            name, wanted = record["source"]["name"], metadata_row(record, profile)
            report(f"{profile} source {name}", None if row["Source"] == name else row["Source"])
            problem = difference(row, wanted) or difference(xml_row(document, wanted), {
                key: value for key, value in wanted.items()})
            problem = problem or (None if document.get("source") == name else "source")
            problem = problem or (None if [e.tag for e in document] == list(dict.fromkeys(
                key.split(".")[0] for key in row if key not in ("To.OrganId", "Source") and (key != "To.OrganName" or record["addressees"])
            )) or len(record["addressees"]) > 1 else "order of elements")
            if len(wanted.get("OrganName", "")) > 200 or len(wanted.get("Subject", "")) > 500:
                problem = problem or (None if "value-too-long" in notes[name] else "no note of a long value")
            problem = problem or (None if "field-empty" in notes[name] else "no note of empty fields")
            report(f"{profile} {name}", problem)


# ----------------------------------------------------------------------------------------------------- edXML

NAMESPACE = "{http://www.mic.gov.vn/TBT/QCVN_102_2016}"


def packages(output):
    """(name, text) of each letter of a stream."""
    parts = re.split(rb"^=== (.*)\n", output, flags=re.M)
    return list(zip((name.decode() for name in parts[1::2]), parts[2::2]))


def edxml_problem(record, envelope, organs):
    header = envelope.find(f".//{NAMESPACE}MessageHeader")

    def value(*names):
        element = header.find("/".join(NAMESPACE + name for name in names))
        return (element.text or "") if element is not None else ""

    def values(path):
        return [e.text or "" for e in header.iterfind("/".join(NAMESPACE + name for name in path.split("/")))]

    iso, day = at(record, "promulgation", "date", "iso"), earliest(record)
    date = iso.replace("-", "/") if len(iso) == 10 else ""
    sender = organs.get(at(record, "agency", "name", "text"), "")
    number, notation = at(record, "code", "number"), at(record, "code", "notation")
    places = [r["text"] + (f" ({r['purpose']})" if r["purpose"] else "") for r in record["recipients"]
              if not r["same_as_addressees"]] + ([f"Lưu: {record['archive']['text']}"] if at(record, "archive", "text") else [])
    wanted = {
        "From/OrganId": [sender], "From/OrganName": [at(record, "agency", "name", "text")],
        "From/OrganizationInCharge": [text(record["agency"]["parent"])] if at(record, "agency", "parent") else [],
        "To/OrganName": list(map(text, record["addressees"])) or [""],
        "To/OrganId": [organs.get(text(a), "") for a in record["addressees"]] or [""],
        "Code/CodeNumber": [number], "Code/CodeNotation": [notation],
        "PromulgationInfo/Place": [at(record, "promulgation", "place", "text")],
        "PromulgationInfo/PromulgationDate": [date], "Subject": [text(record["subject"])],
        "SignerInfo/Competence": [text(record["signer"]["competence"])] if at(record, "signer", "competence") else [],
        "SignerInfo/Position": [text(record["signer"]["position"])] if at(record, "signer", "position") else [],
        "SignerInfo/FullName": [at(record, "signer", "full_name", "text")],
        "DueDate": [day.isoformat().replace("-", "/")] if day else [], "ToPlaces/Place": places,
        "OtherInfo/TyperNotation": [record["archive"]["typist"]] if at(record, "archive", "typist") else [],
        "OtherInfo/PromulgationAmount": [str(record["archive"]["copies"])] if at(record, "archive", "copies") != "" else [],
        "OtherInfo/SphereOfPromulgation": [text(record["circulation"])] if record["circulation"] else [],
        "OtherInfo/Appendixes/Appendix": list(map(text, record["annexes"])),
        "DocumentId": [f"{sender},{date},{number}/{notation}" if sender and date and number and notation else ""],
    }
    wanted["DocumentType/Type"] = ["" if record["family"] == "vbqppl" else code_in(LIST_B, record, "{}")]
    wanted["DocumentType/TypeName"] = [type_name(record)]
    for path, expected in wanted.items():
        if values(path) != expected:
            return f"{path}: {values(path)}, not {expected}"
    return None


ORDER = ("From To Code PromulgationInfo DocumentType Subject Content SignerInfo DueDate ToPlaces OtherInfo "
         "DocumentId").split()


def schema_problems(package, relaxng, schema):
    """Our schema fits what is written, and no longer fits once something is damaged."""
    damages = {"prefix": (b"edXML:MessageHeader", b"MessageHeade"), "order": (b"edXML:Subject", b"edXML:Content"),
               "date": (b"/", b"-"), "spelling": (b"Bussiness", b"Business"), "type": (b"<edXML:Type>", b"<edXML:Type>9"),
               "missing": (b"<edXML:Content/>", b"")}
    for what, (old, new) in damages.items():
        damaged = package
        if what == "date":
            damaged = re.sub(rb"(<edXML:PromulgationDate>)(\d+)/", rb"\1\2-", package)
        else:
            damaged = package.replace(old, new)
        done = subprocess.run([relaxng, schema], input=b"=== x\n" + damaged, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        report(f"refused {what}", None if damaged != package and done.returncode == 1 else "fits")


def edxml(letters, paths, relaxng, schema):
    all_records = records(letters, paths)
    organs = {}
    for record in all_records:
        for name in [at(record, "agency", "name", "text")] + list(map(text, record["addressees"])):
            if name and len(name) % 3:  # some have an identifier and others not
                organs.setdefault(name, f"000.00.{len(organs) // 100:02}.H{len(organs) % 100:02}")
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
        file.writelines(f"{name}\t{organ}\n" for name, organ in organs.items())
        file.flush()
        output, notes = run(letters, "edxml", f"organs={file.name}", *paths)
    done = subprocess.run([relaxng, schema], input=output, stdout=subprocess.PIPE, check=False)
    for line in done.stdout.decode("utf-8").splitlines():
        report(f"schema {line.split(' ', 1)[1]}", None if line.startswith("ok ") else "does not fit")
    found = packages(output)
    dated = next(p for _, p in found if re.search(rb"PromulgationDate>\d", p) and b"<edXML:Type>" in p)
    schema_problems(dated, relaxng, schema)
    report("number", None if len(found) == len(all_records) else f"{len(found)} packages")
    for record, (name, package) in zip(all_records, found):
        envelope = ElementTree.fromstring(package)
        problem = edxml_problem(record, envelope, organs)
        if b"<edXML:MessageHeader>" not in package or b"<edXML:Bussiness>" not in package:
            problem = problem or "the literal prefix or the spelling of receivers"
        order = [e.tag[len(NAMESPACE):] for e in envelope.find(f".//{NAMESPACE}MessageHeader")]
        if sorted(order, key=ORDER.index) != order:
            problem = problem or f"order {order}"
        gaps = {"sender-without-id": organs.get(at(record, "agency", "name", "text")) is None,
                "receiver-missing": not record["addressees"],
                "date-incomplete": len(at(record, "promulgation", "date", "iso")) != 10,
                "secrecy-not-sent": record["secrecy"] is not None}
        problem = problem or next((f"note {code}" for code, gap in gaps.items() if gap != (code in notes[name])), None)
        report(name, problem)


# -------------------------------------------------------------------------------------------------- calendar


def calendar(letters, paths, read_ics):
    all_records = records(letters, paths)
    output, _ = run(letters, "ics", *paths)
    report("the same bytes", None if run(letters, "ics", *paths)[0] == output else "differ")
    lines = output.split(b"\r\n")
    report("lines of 75 bytes", next((repr(line) for line in lines if len(line) > 75), None))
    report("ends of lines", None if b"\n" not in output.replace(b"\r\n", b"") else "a bare line feed")
    done = subprocess.run([read_ics], input=output, stdout=subprocess.PIPE, check=True)
    tasks = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    deadlines = [(record, d) for record in all_records for d in record["deadlines"]]
    report("number", None if len(tasks) == len(deadlines) > 0 else f"{len(tasks)} tasks, {len(deadlines)} deadlines")
    same = {}  # one letter in several files is one: its tasks are the same tasks
    for task, (record, _) in zip(tasks, deadlines):
        letter = (text(record["code"]), at(record, "agency", "name", "text"), text(record["subject"]), task["due"])
        report(f"UID {task['uid']}", None if same.setdefault(task["uid"], letter) == letter else "of two letters")
    report("number of UIDs", None if len(same) > len(tasks) * 9 // 10 else f"{len(same)} of {len(tasks)} tasks")
    for task, (record, deadline) in zip(tasks, deadlines):
        iso, day, problem = at(record, "promulgation", "date", "iso"), due(deadline), None
        stamp = (iso + "-01-01"[len(iso) - 4:]).replace("-", "") if iso else "19700101"
        timed = deadline["kind"] == "datetime" and deadline["iso"][11:] not in ("24:00",) and not (
            deadline["bound"] == "before" and deadline["iso"].endswith("T00:00"))
        wanted = {"dtstamp": f"{stamp}T000000Z", "status": ""}
        if day:
            wanted["due"] = day.strftime("%Y%m%d") + (f"T{deadline['iso'][11:13]}{deadline['iso'][14:]}00" if timed else "")
            wanted["tzid"] = "Asia/Ho_Chi_Minh" if timed else ""
        else:
            wanted["due"] = ""
        rule = set((deadline["rule"] or "").split(";")) if deadline["rule"] and iso else {""}
        if set(task["rrule"].split(";")) != rule:
            problem = f"rule {task['rrule']}, not {deadline['rule']}"
        if deadline["rule"] and iso and not stamp <= task["dtstart"] <= str(int(stamp) + 10000):
            problem = problem or f"starts {task['dtstart']}"
        problem = problem or next((f"{k}: {task[k]!r}, not {v!r}" for k, v in wanted.items() if task[k] != v), None)
        if deadline["text"] not in task["summary"] or (record["code"] and record["code"]["text"] not in task["summary"]):
            problem = problem or f"summary {task['summary']!r}"
        clause = clause_of(record, deadline["clause"])["text"] if deadline["clause"] else deadline["text"]
        if clause not in task["description"]:
            problem = problem or f"description {task['description']!r}"
        report(f"{record['source']['name']} {deadline['text']}", problem)


# ------------------------------------------------------------------------------------------------- catalogue


def rows_of(database, table):
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    return [dict(zip(columns, row)) for row in database.execute(f"SELECT * FROM {table} ORDER BY 1, 2")]


def catalogue_problem(database, record):
    source = record["source"]
    found = database.execute(
        "SELECT d.* FROM documents d JOIN files f USING (sha256) WHERE f.name = ?", (source["name"],)).fetchall()
    if len(found) != 1:
        return f"{len(found)} documents"
    document = found[0]
    wanted = {
        "bytes": source["bytes"], "encoding": source["encoding"], "type": record["document_type"],
        "family": record["family"], "code": at(record, "code", "text") or None,
        "number": at(record, "code", "number") or None, "date": at(record, "promulgation", "date", "iso") or None,
        "agency": at(record, "agency", "name", "text") or None, "subject": text(record["subject"]) or None,
        "signer": at(record, "signer", "full_name", "text") or None, "secrecy": text(record["secrecy"]) or None,
        "arrival_number": at(record, "incoming", "number") or None}
    for key, value in wanted.items():
        if document[key] != value:
            return f"{key}: {document[key]!r}, not {value!r}"
    lists = {
        "clauses": [(c["level"], c["label"], c["text"]) for c in flat(record["clauses"])],
        "deadlines": [(d["text"], d["iso"], str(due(d)) if due(d) else None, d["rule"]) for d in record["deadlines"]],
        "citations": [(r["text"], r["code"], r["date"], r["issuer"]) for r in record["references"]],
        "recipients": [("addressee", a["text"], None) for a in record["addressees"]]
        + [("recipient", r["text"], r["purpose"]) for r in record["recipients"]],
        "diagnostics": [(d["code"], d["severity"], d["message"]) for d in record["diagnostics"]],
        "annexes": [(a["text"],) for a in record["annexes"]],
        "cosigners": [(at(c, "full_name", "text") or None,) for c in record["cosigners"]],
    }
    columns = {"clauses": "level, label, text", "deadlines": "text, iso, due, rule", "citations": "text, code, date, issuer",
               "recipients": "list, text, purpose", "diagnostics": "code, severity, message", "annexes": "text",
               "cosigners": "full_name"}
    for table, expected in lists.items():
        rows = database.execute(f"SELECT {columns[table]} FROM {table} WHERE document = ? ORDER BY ordinal",
                                (document["id"],))
        if [tuple(row) for row in rows] != expected:
            return f"{table} differ"
    return None


def spans_are_true(database, folder):
    """The bytes between the offsets of the catalogue begin and end like the value."""
    bad_spans = 0
    for row in database.execute("SELECT d.name, d.encoding, r.text, r.span_begin, r.span_end FROM recipients r "
                                "JOIN documents d ON d.id = r.document"):
        path = os.path.join(folder, row["name"])
        if row["encoding"] != "UTF-8" or not os.path.exists(path):
            continue
        with open(path, "rb") as file:
            piece = file.read()[row["span_begin"]:row["span_end"]].decode("utf-8")
        bad_spans += "".join(piece.split())[:1] != "".join(row["text"].split())[:1]
    return None if bad_spans == 0 else f"{bad_spans} begin elsewhere"


def connect(path):
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    return database


def dump(path):
    """All that the catalogue says, but ids."""
    with connect(path) as database:
        made = "\n".join(line for line in database.iterdump() if "full_text_" not in line)
    return made


def queries(document):
    """The SQL of the fences of catalogue.md by their headings."""
    with open(document, encoding="utf-8") as file:
        source = file.read()
    return dict(re.findall(r"^## (.+?)\n.*?^```sql\n(.*?)^```", source, re.M | re.S))


def archivist(database, document):
    """The queries of the documentation run and find what they are to find."""
    asked = queries(document)
    today = "date('now', 'localtime')"

    def ask(heading, day=None):
        sql = asked[heading]
        if day is not None:
            assert today in sql, heading
            sql = sql.replace(today, f"date('{day}')").replace("'now', 'localtime'", f"'{day}'")
        return database.execute(sql).fetchall()

    week = ask("What is due this week", "2025-03-10")
    report("due this week", None if {(r["code"], r["due"]) for r in week} == {("412/SNV-CCHC", "2025-03-14")} else str(
        [tuple(r) for r in week]))
    overdue = ask("What is overdue", "2023-01-01")
    late = {(r["code"], r["due"]) for r in overdue}
    expected = {(r["code"], r["due"]) for r in database.execute(
        "SELECT code, due FROM deadlines JOIN documents ON id = document WHERE due < '2023-01-01'")}
    report("overdue", None if late == expected and len(late) > 5 and all(r["days"] > 0 for r in overdue) else str(late))
    cites = ask("Which letters cite a document")
    report("cites", None if {r["code"] for r in cites} >= {"412/SNV-CCHC"} and all(
        "95/QĐ-UBND" in r["citation"] for r in cites) else str([tuple(r) for r in cites]))
    receives = ask("Who receives a letter")
    report("receives", None if [(r["list"], r["text"]) for r in receives][:2] == [
        ("addressee", "Các sở, ban, ngành"), ("recipient", "Như trên")] else str([tuple(r) for r in receives]))
    words = ask("Words anywhere in the letters")
    report("words", None if len(words) > 2 and all(r["found"] for r in words) else str(len(words)))
    numbers = ask("Numbers given twice")
    report("numbers given twice", None if any(r["code_key"] == "412/snv-cchc" and r["letters"] >= 2 for r in numbers)
           else str([tuple(r) for r in numbers]))
    report("no query is left out", None if len(asked) == 6 else str(list(asked)))


def full_text(database):
    def found(query):
        return {row[0] for row in database.execute("SELECT rowid FROM full_text WHERE full_text MATCH ?", (query,))}

    for printed_words, bare in (("Ủy ban", "uy ban"), ('"đề nghị"', '"de nghi"'), ("Đảng", "dang"), ('"Nơi nhận"', '"noi nhan"')):
        report(f"{bare} finds {printed_words}", None if found(printed_words) and found(printed_words) <= found(bare) else
               f"{len(found(printed_words))} and {len(found(bare))}")
    report("mixed words", None if found("đề nghi") else "nothing")
    report("nothing is found for what is nowhere", None if not found("zzzz") else "something")


def catalogue(letters, paths):
    all_records = records(letters, paths)
    folder = paths[0]
    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, "catalogue.db")
        run(letters, "sqlite", f"out={path}", "slice=10", *paths)
        report("one file", None if os.listdir(work) == ["catalogue.db"] else str(os.listdir(work)))
        with connect(path) as database:
            report("integrity", None if database.execute("PRAGMA integrity_check").fetchone()[0] == "ok" else "damaged")
            report("number", None if database.execute("SELECT count(*) FROM documents").fetchone()[0] == len(all_records)
                   else "of documents")
            for record in all_records:
                report(record["source"]["name"], catalogue_problem(database, record))
            report("spans", spans_are_true(database, folder))
        first = dump(path)
        run(letters, "sqlite", f"out={path}", *paths)
        report("again is an update", None if dump(path) == first else "the catalogue is another")

        # A run that ends without a word leaves what was committed, and the next one completes it.
        cut = os.path.join(work, "cut.db")
        die = len(all_records) * 2 // 3
        run(letters, "sqlite", f"out={cut}", "slice=5", f"die={die}", *paths, status=9)
        with connect(cut) as database:
            count = database.execute("SELECT count(*) FROM documents").fetchone()[0]
            whole = database.execute("PRAGMA integrity_check").fetchone()[0]
        report("interrupted", None if (count, whole) == (die // 5 * 5, "ok") else f"{count} documents, {whole}")
        run(letters, "sqlite", f"out={cut}", "slice=5", *paths)
        report("completed", None if dump(cut) == first else "differs from an uninterrupted run")

        # What is no catalogue of ours stays as it is.
        other = os.path.join(work, "other.db")
        with connect(other) as database:
            database.execute("CREATE TABLE t (a)")
        database.close()
        with open(other, "rb") as file:
            before = file.read()
        run(letters, "sqlite", f"out={other}", *paths, status=2)
        with open(other, "rb") as file:
            report("another database is refused", None if file.read() == before else "it was changed")
        with open(other, "wb") as file:
            file.write(b"no database at all, but some text " * 100)
        run(letters, "sqlite", f"out={other}", *paths, status=2)
        report("a text file is refused", None)


# --------------------------------------------------------------------------------------------- documentation


def described(letters, document):
    """The columns that the documentation names are those of the tables, in both languages."""
    with open(document, encoding="utf-8") as file:
        source = file.read()
    for table in ("letters", "clauses", "deadlines", "references", "recipients"):
        english, vietnamese = (
            next(csv.reader(io.StringIO(run(letters, "csv", f"table={table}", "bom=no", f"language={language}")[0].decode())))
            for language in ("en", "vi"))
        line = "; ".join(f"{e} ({v})" for e, v in zip(english, vietnamese))
        report(f"documentation of {table}", None if f"- `{table}`: {line}\n" in source else line)


def never_filled(document, profile):
    """The fields that the documentation says no letter fills."""
    with open(document, encoding="utf-8") as file:
        return re.search(rf"^\| `{profile}` \|.*\| (.*?) \|$", file.read(), re.M)[1].split(", ")


def documentation(letters, paths, readme, queries_file):
    """What the documents say of the formats is what they do with the composed letters."""
    described(letters, readme)
    for profile in ("nd30", "tt02", "tt05"):
        rows = read_table(run(letters, "metadata-csv", f"profile={profile}", *paths)[0], ",")
        empty = [key for key in rows[0] if not key.endswith("OrganId") and not any(row[key] for row in rows)]
        report(f"never filled in {profile}", None if empty == never_filled(readme, profile) else str(empty))
    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, "catalogue.db")
        run(letters, "sqlite", f"out={path}", *paths)
        with connect(path) as database:
            archivist(database, queries_file)
            zeros = [database.execute(f"SELECT count(*) FROM citations WHERE {column} GLOB '0[0-9]*'").fetchone()[0]
                     for column in ("code", "code_key")]
            report("keys of codes", None if zeros[0] > 0 and zeros[1] == 0 else f"with leading zeros: {zeros}")
            full_text(database)


def main():
    what, letters, *rest = sys.argv[1:]
    helps = {"edxml": 2, "calendar": 1, "documentation": 2}.get(what, 0)
    checks = {"tables": tables, "metadata": metadata, "edxml": edxml, "calendar": calendar, "catalogue": catalogue,
              "documentation": documentation}
    checks[what](letters, rest[helps:], *rest[:helps])
    return 1 if bad else 0


sys.exit(main())
