/* SPDX-License-Identifier: MIT */
/* The right: the record with its diagnostics. Every value with bytes is a button. */

/* The sections with one row for each field; "?": left out where there is none. What no table names
 * is shown by the functions below. */
const HEADING = [
  "document_type", "code", "agency.parent?", "agency.name", "promulgation.place",
  "promulgation.date", "priority?", "secrecy?", "circulation?", "subject", "addressees"
];
const CLOSING = [
  "recipients", "archive", "signer.competence?", "signer.position?", "signer.full_name",
  "cosigners.competence?", "cosigners.position?", "cosigners.full_name?"
];
const TRACES = ["incoming?", "e_signatures?", "annexes?"];

/* How the further keys of a value are told; the other keys say nothing that its text does not. */
const DETAILS = {
  number: String,
  notation: String,
  purpose: String,
  type: String,
  code: String,
  issuer: String,
  part: String,
  typist: String,
  copies: String,
  signer: String,
  agency: String,
  time: String,
  duration: String,
  anchor: String,
  iso: dateWords,
  date: dateWords,
  family: (family) => words(`family.${family}`),
  rule: (rule) => rule.replaceAll(";", "; "), /* so that it may break */
  units: (units) => units.join(", "),
  bound: (bound) => words(`bound.${bound}`),
  direction: (direction) => words(`direction.${direction}`),
  clause: String,
  same_as_addressees: () => "",
  working_days: () => "",
};

function details(value, left = []) {
  const told = Object.entries(value).filter(
      ([key, part]) => key in DETAILS && !left.includes(key) && part !== null && part !== false &&
          part.length !== 0);
  if (told.length === 0) return null;
  return make(
      "span", {class: "details"},
      ...told.map(
          ([key, part]) => make(
              "span", {}, make("i", {}, words(`detail.${key}`)),
              visible(` ${DETAILS[key](part)}`))));
}

/* As printed, then what was read; a stamp and the trace of a signature have the latter alone. */
function valueButton(field, ...inside) {
  const {text} = field.value;
  const content = inside.length > 0
      ? inside
      : [text === undefined ? null : visible(text), details(field.value)];
  return button({class: "value", "data-pointer": field.pointer}, ...content);
}

function fieldRow(fields, name, fixed = {}) {
  const path = name.replace("?", "");
  const found = fields.filter((field) => field.path === path);
  if (found.length === 0 && !(path in fixed) && name.endsWith("?")) return [];
  const values = path in fixed ? [make("span", {class: "plain"}, ...fixed[path])]
                               : found.map((field) => valueButton(field));
  const nothing = make("span", {class: "plain absent", "aria-label": words("absent")}, "—");
  return [
    make("dt", {}, words(`field.${path}`)),
    make("dd", {}, ...(values.length > 0 ? values : [nothing]))
  ];
}

/* null where there is nothing in it. */
function section(name, ...content) {
  const there = content.filter((part) => part !== null);
  if (there.length === 0) return null;
  return make(
      "section", {"data-section": name}, make("h3", {}, words(`section.${name}`)), ...there);
}

/* A list of class name; null where it is empty. */
function itemList(name, items) {
  return items.length > 0 ? make("ul", {class: name}, ...items) : null;
}

function rows(name, fields, names, fixed) {
  const cells = names.flatMap((path) => fieldRow(fields, path, fixed));
  return section(name, cells.length > 0 ? make("dl", {}, ...cells) : null);
}

function clauseTree(clauses, pointer, byPointer) {
  return itemList("clauses", clauses.map((clause, i) => {
    const place = `${pointer}/${i}`, field = byPointer.get(place);
    const content = [make("b", {}, visible(clause.marker)), " ", visible(clause.text)];
    const own = field ? valueButton(field, ...content) : make("span", {class: "plain"}, ...content);
    return make("li", {}, own, clauseTree(clause.children, `${place}/children`, byPointer));
  }));
}

function diagnosticCard(diagnostic, index, byPointer) {
  const {code, severity, message} = diagnostic;
  const content = [
    make("span", {class: "severity"}, words(`severity.${severity}`)),
    make("span", {class: "message"}, visible(WORDS[`diagnostic.${code}`] ?? message)),
    make("code", {}, code),
  ];
  const field = byPointer.get(`/diagnostics/${index}`);
  return make(
      "li", {"data-severity": severity},
      field ? valueButton(field, ...content) : make("span", {class: "plain"}, ...content));
}

function twinsNote(twins, openLetter) {
  if (twins.length === 0) return null;
  return make(
      "div", {class: "twins"}, make("p", {}, words("duplicate.note")), ...twins.map((twin) => {
        const link = button({class: "link"}, visible(twin.shortName));
        link.addEventListener("click", () => openLetter(twin));
        return link;
      }));
}

function recordTitle({type, code, subject, state, twins}, openLetter) {
  const number = code ? make("span", {class: "number"}, ` ${visible(code)}`) : null;
  return make(
      "header", {}, make("h2", {}, stateSign(state), " ", visible(type), number),
      make("p", {class: subject ? "" : "absent"}, visible(subject ?? words("no-subject"))),
      twinsNote(twins, openLetter));
}

/* The gravest first. */
function diagnosticCards(diagnostics, byPointer) {
  const gravity = (i) => SEVERITIES.indexOf(diagnostics[i].severity);
  return [...diagnostics.keys()]
      .sort((a, b) => gravity(a) - gravity(b))
      .map((i) => diagnosticCard(diagnostics[i], i, byPointer));
}

function fileRows({name, encoding, bytes, part, range}) {
  const values = {
    name: [visible(name)],
    encoding: [encoding ?? "—"],
    bytes: [bytesWords(bytes) ?? "—"],
  };
  if (part) values.range = [rangeWords([range])];
  return rows("file", [], Object.keys(values), values);
}

function showRecord({record, fields, summary}, openLetter) {
  const byPointer = new Map(fields.map((field) => [field.pointer, field]));
  const type = [visible(summary.type), details({family: record.family})].filter(Boolean);
  const references = fields.filter(({path}) => path === "references")
                         .map((field) => make("li", {}, valueButton(field)));
  const parts = [
    recordTitle(summary, openLetter),
    section("diagnostics", itemList("diagnostics", diagnosticCards(record.diagnostics, byPointer))),
    rows("heading", fields, HEADING, {document_type: type}),
    section("deadlines", ...timeline(record, byPointer)),
    section("clauses", clauseTree(record.clauses, "/clauses", byPointer)),
    section("references", itemList("references", references)),
    rows("closing", fields, CLOSING),
    rows("traces", fields, TRACES),
    fileRows(record.source),
  ];
  byId("record").replaceChildren(...parts.filter(Boolean));
  byId("record").parentElement.scrollTop = 0;
}
