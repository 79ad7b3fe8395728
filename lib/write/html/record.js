/* SPDX-License-Identifier: MIT */
/* The right: the record with its diagnostics. Every value with bytes is a button. */

/* The sections with one row for each field; "?": left out where there is none. What no table names
 * is shown by the functions below. */
const HEADING = ["document_type", "code", "agency.parent?", "agency.name", "promulgation.place", "promulgation.date",
  "priority?", "secrecy?", "circulation?", "subject", "addressees"];
const CLOSING = ["recipients", "archive", "signer.competence?", "signer.position?", "signer.full_name",
  "cosigners.competence?", "cosigners.position?", "cosigners.full_name?"];
const TRACES = ["incoming?", "e_signatures?", "annexes?"];

/* How the further keys of a value are told; the other keys say nothing that its text does not. */
const DETAILS = {
  number: String, notation: String, purpose: String, type: String, code: String, issuer: String, part: String,
  typist: String, copies: String, signer: String, agency: String, time: String, duration: String, anchor: String,
  iso: dateWords, date: dateWords, family: (family) => words(`family.${family}`),
  rule: (rule) => rule.replaceAll(";", "; "), /* so that it may break */
  units: (units) => units.join(", "),
  bound: (bound) => words(`bound.${bound}`), direction: (direction) => words(`direction.${direction}`),
  clause: String, same_as_addressees: () => "", working_days: () => "",
};

function details(value, left = []) {
  const told = Object.entries(value).filter(([key, part]) =>
    key in DETAILS && !left.includes(key) && part !== null && part !== false && part.length !== 0);
  if (told.length === 0) return null;
  return make("span", { class: "details" }, ...told.map(([key, part]) =>
    make("span", {}, make("i", {}, words(`detail.${key}`)), visible(` ${DETAILS[key](part)}`))));
}

/* As printed, then what was read; a stamp and the trace of a signature have the latter alone. */
function valueButton(field, ...inside) {
  const { text } = field.value;
  const content = inside.length > 0 ? inside : [text === undefined ? null : visible(text), details(field.value)];
  return button({ class: "value", "data-pointer": field.pointer }, ...content);
}

function fieldRow(fields, name, fixed = {}) {
  const path = name.replace("?", "");
  const found = fields.filter((field) => field.path === path);
  if (found.length === 0 && !(path in fixed) && name.endsWith("?")) return [];
  const values = path in fixed ? [make("span", { class: "plain" }, ...fixed[path])] : found.map((field) => valueButton(field));
  const nothing = make("span", { class: "plain absent", "aria-label": words("absent") }, "—");
  return [make("dt", {}, words(`field.${path}`)), make("dd", {}, ...(values.length > 0 ? values : [nothing]))];
}

function section(name, ...content) {
  if (content.length === 0) return null;
  return make("section", { "data-section": name }, make("h3", {}, words(`section.${name}`)), ...content);
}

function rows(name, fields, names, fixed) {
  const cells = names.flatMap((path) => fieldRow(fields, path, fixed));
  return cells.length > 0 ? section(name, make("dl", {}, ...cells)) : null;
}

function clauseTree(clauses, pointer, byPointer) {
  if (clauses.length === 0) return null;
  return make("ul", { class: "clauses" }, ...clauses.map((clause, i) => {
    const place = `${pointer}/${i}`, field = byPointer.get(place);
    const content = [make("b", {}, visible(clause.marker)), " ", visible(clause.text)];
    return make("li", {},
      field ? valueButton(field, ...content) : make("span", { class: "plain" }, ...content),
      clauseTree(clause.children, `${place}/children`, byPointer));
  }));
}

function diagnosticCard(diagnostic, index, byPointer) {
  const { code, severity, message } = diagnostic;
  const content = [
    make("span", { class: "severity" }, words(`severity.${severity}`)),
    make("span", { class: "message" }, visible(words(`diagnostic.${code}`) === `diagnostic.${code}` ? message : words(`diagnostic.${code}`))),
    make("code", {}, code),
  ];
  const field = byPointer.get(`/diagnostics/${index}`);
  return make("li", { "data-severity": severity },
    field ? valueButton(field, ...content) : make("span", { class: "plain" }, ...content));
}

function twinsNote(twins, openLetter) {
  if (twins.length === 0) return null;
  return make("div", { class: "twins" }, make("p", {}, words("duplicate.note")), ...twins.map((twin) => {
    const link = button({ class: "link" }, visible(twin.shortName));
    link.addEventListener("click", () => openLetter(twin));
    return link;
  }));
}

function showRecord(letter, openLetter) {
  const { record, fields, summary: { type, code, subject, state, twins } } = letter;
  const byPointer = new Map(fields.map((field) => [field.pointer, field]));
  const { source, diagnostics } = record;
  const title = make("header", {},
    make("h2", {}, stateSign(state), " ", visible(type), code ? make("span", { class: "number" }, ` ${visible(code)}`) : null),
    make("p", { class: subject ? "" : "absent" }, visible(subject ?? words("no-subject"))),
    twinsNote(twins, openLetter));
  const order = [...diagnostics.keys()].sort((a, b) =>
    SEVERITIES.indexOf(diagnostics[a].severity) - SEVERITIES.indexOf(diagnostics[b].severity));
  const cards = order.map((i) => diagnosticCard(diagnostics[i], i, byPointer));
  const deadlines = timeline(record, byPointer);
  const tree = clauseTree(record.clauses, "/clauses", byPointer);
  const references = fields.filter(({ path }) => path === "references").map((field) => make("li", {}, valueButton(field)));
  const file = { name: [visible(source.name)], encoding: [source.encoding ?? "—"], bytes: [bytesWords(source.bytes) ?? "—"] };
  if (source.part) file.range = [rangeWords([source.range])];
  byId("record").replaceChildren(...[
    title,
    cards.length > 0 ? section("diagnostics", make("ul", { class: "diagnostics" }, ...cards)) : null,
    rows("heading", fields, HEADING, { document_type: [visible(type), details({ family: record.family })].filter(Boolean) }),
    deadlines && section("deadlines", ...deadlines),
    tree && section("clauses", tree),
    references.length > 0 ? section("references", make("ul", { class: "plain-list" }, ...references)) : null,
    rows("closing", fields, CLOSING),
    rows("traces", fields, TRACES),
    rows("file", fields, Object.keys(file), file),
  ].filter(Boolean));
  byId("record").parentElement.scrollTop = 0;
}
