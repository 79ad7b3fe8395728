/* SPDX-License-Identifier: MIT */
/* What the list knows of each letter. Records stay in their elements as text until a letter is
 * opened; only what is listed, searched and compared is kept. */

/* The comparison key of a text: no case, no diacritics, đ as d (as cchc_fold has it). */
const fold = (text) => text.normalize("NFD")
                           .replace(/\p{M}/gu, "")
                           .toLowerCase()
                           .replace(/đ/g, "d")
                           .replace(/\s+/g, " ")
                           .trim();

/* A place that the decree wants filled in and that is not: these codes say so whatever their severity. */
const isBlank = (code) => /-(absent|blank|partial|form)$/.test(code);

const STATES = ["complete", "blanks", "warnings", "unread"];
const SEVERITIES = ["error", "warning", "info"];

function stateOf(diagnostics) {
  if (diagnostics.some(({severity}) => severity === "error")) return "unread";
  if (diagnostics.some(({severity, code}) => severity === "warning" && !isBlank(code)))
    return "warnings";
  return diagnostics.some(({code}) => isBlank(code)) ? "blanks" : "complete";
}

/* (number, notation, agency) is unique within a year (Nghị định 30/2020/NĐ-CP, Điều 15): the key that
 * two letters must not share; null where a part of it is not known. */
function numberKey(record) {
  const {code, agency, promulgation} = record;
  const year = promulgation?.date?.iso?.slice(0, 4);
  if (!code?.number || !code.notation || !agency?.name || !year) return null;
  const number = code.number.replace(/^0+(?=\d)/, "");
  return fold([number, code.notation, agency.parent?.text ?? "", agency.name.text, year].join("|"));
}

/* The type as a person says it: its own name, or what the document calls itself. */
function typeWords(record) {
  if (record.document_type === null) return words("type.none");
  return record.type_text ?? words(`type.${record.document_type}`);
}

function summary(element, index) {
  const {record} = JSON.parse(element.textContent);
  const {source, code, agency, promulgation, subject, signer, addressees, diagnostics} = record;
  const name = source.name + (source.part ? ` (${words("part", {part: source.part})})` : "");
  const letter = {
    index,
    element,
    name,
    shortName: name,
    code: code?.text ?? null,
    subject: subject?.text ?? null,
    agency: agency?.name?.text ?? null,
    date: promulgation?.date?.iso ?? null,
    type: typeWords(record),
    state: stateOf(diagnostics),
    codes: new Set(diagnostics.map((diagnostic) => diagnostic.code)),
    numberKey: numberKey(record),
    twins: [],
  };
  letter.key = fold([
    letter.name, letter.code, letter.subject, letter.agency, agency?.parent?.text, letter.type,
    letter.date && dateWords(letter.date), signer?.full_name?.text,
    ...addressees.map(({text}) => text)
  ].join(" "));
  for (const diagnostic of diagnostics) severityOf.set(diagnostic.code, diagnostic.severity);
  return letter;
}

/* By the codes that occur. */
const severityOf = new Map();

/* The folder that all names begin with says nothing in a list. */
function shortNames(letters) {
  if (letters.length < 2) return;
  const [first, ...others] = letters.map(({name}) => name.split("/").slice(0, -1));
  let shared = first.length;
  for (const other of others) {
    const differs = first.slice(0, shared).findIndex((part, i) => part !== other[i]);
    if (differs >= 0) shared = differs;
  }
  for (const letter of letters) letter.shortName = letter.name.split("/").slice(shared).join("/");
}

function readLetters() {
  const letters = Array.from(document.querySelectorAll("script.letter"), summary);
  shortNames(letters);
  const same = new Map();
  for (const letter of letters) {
    if (letter.numberKey === null) continue;
    if (!same.has(letter.numberKey)) same.set(letter.numberKey, []);
    same.get(letter.numberKey).push(letter);
  }
  for (const group of same.values()) {
    for (const letter of group) letter.twins = group.filter((other) => other !== letter);
  }
  return letters;
}

/* Each value of a record that has bytes, in the record's order: {path, pointer, value, spans}. path
 * names the field ("signer.position", "clauses"), pointer this one value ("/clauses/0/children/1"). */
function fieldsOf(record) {
  const found = [];
  const walk = (value, path, pointer) => {
    if (Array.isArray(value)) {
      value.forEach((item, i) => walk(item, path, `${pointer}/${i}`));
    } else if (value !== null && typeof value === "object") {
      if (value.spans?.length > 0) found.push({path, pointer, value, spans: value.spans});
      for (const [key, inner] of Object.entries(value)) {
        if (key !== "spans")
          walk(
              inner,
              key === "children" ? path
                  : path         ? `${path}.${key}`
                                 : key,
              `${pointer}/${key}`);
      }
    }
  };
  const {source, segments, diagnostics, ...fields} = record;
  walk(fields, "", "");
  return found;
}
