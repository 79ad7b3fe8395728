/* SPDX-License-Identifier: MIT */
/* The page as a whole: the opened letter, the selected value, the keys. */

fillWords();
const letters = readLetters();
const view = new SourceView((field) => select(field));
let opened = null;   /* {summary, record, text, fields, inOrder} */
let selected = null; /* one of opened.fields */

function open(letter) {
  const {record, text} = JSON.parse(letter.element.textContent);
  const diagnostics = record.diagnostics
                          .map((value, i) => ({
                                 path: "diagnostics",
                                 pointer: `/diagnostics/${i}`,
                                 value,
                                 spans: value.spans,
                               }))
                          .filter(({spans}) => spans.length > 0);
  const fields = [...fieldsOf(record), ...diagnostics];
  opened = {summary: letter, record, text, fields};
  opened.inOrder =
      [...fields].sort((a, b) => a.spans[0][0] - b.spans[0][0] || b.spans[0][1] - a.spans[0][1]);
  selected = null;
  byId("file").textContent = visible(letter.name);
  byId("about").textContent = aboutSource(record.source);
  byId("where").textContent = "";
  view.show(opened, fields);
  showRecord(opened, (other) => list.chooseLetter(other));
}

function aboutSource({encoding, encodings, bytes}) {
  const names = encodings.length > 0 ? encodings.map(({name}) => name) : [encoding ?? "—"];
  const plain = names.every((name) => /^UTF-(8|16..)$/.test(name) || name === "—");
  return [
    bytesWords(bytes), plain ? names.join(", ") : words("converted", {name: names.join(", ")})
  ].filter(Boolean)
      .join(" · ");
}

/* Shows field on both sides; null: no field. */
function select(field) {
  for (const element of document.querySelectorAll("[data-pointer][aria-current]"))
    element.removeAttribute("aria-current");
  selected = field;
  const runs = view.mark(field);
  byId("where").textContent = field ? describe(field, runs) : "";
  if (!field) return;
  for (const element of byId("record").querySelectorAll(`[data-pointer="${field.pointer}"]`))
    element.setAttribute("aria-current", "true");
  const value = byId("record").querySelector(`.value[data-pointer="${field.pointer}"]`);
  if (value) scrollToward(byId("record").parentElement, value);
}

/* "Số, ký hiệu · byte 140–152 · dòng 3 · 53 E1 BB 91 …" */
function describe(field, runs) {
  const parts = [words(`field.${field.path}`), rangeWords(field.spans)];
  if (runs.length > 0) {
    const first = runs[0].firstLine, last = runs.at(-1).lastLine;
    parts.push(first === last ? words("line", {line: first}) : words("lines", {first, last}));
    parts.push(hexadecimal(runs));
  }
  return parts.join(" · ");
}

/* So many bytes of a value fit beside its place. */
const BYTES_SHOWN = 12;

function hexadecimal(runs) {
  const bytes = [];
  for (const {raw} of runs) {
    if (bytes.length > BYTES_SHOWN) break;
    bytes.push(...bytesOf(raw.slice(0, BYTES_SHOWN + 1)));
  }
  const shown =
      bytes.slice(0, BYTES_SHOWN).map((byte) => byte.toString(16).toUpperCase().padStart(2, "0"));
  return shown.join(" ") + (bytes.length > BYTES_SHOWN ? " …" : "");
}

/* ---------------------------------------------------------------------------------- keys -- */

/* The next of fields in the given direction, from the selected one and round again. */
function selectNext(fields, step) {
  if (fields.length === 0) return;
  const at = fields.indexOf(selected);
  select(fields
             [at < 0 ? (step > 0 ? 0 : fields.length - 1)
                     : (at + step + fields.length) % fields.length]);
}

const nextDiagnostic = () => {
  const odd = opened?.inOrder.filter(({path}) => path === "diagnostics") ?? [];
  if (odd.length > 0)
    selectNext(odd, 1);
  else
    byId("record").querySelector('[data-section="diagnostics"]')?.scrollIntoView({
      block: "nearest"
    });
};
const values = () => opened?.inOrder.filter(({path}) => path !== "diagnostics") ?? [];

function switchTheme() {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark"
                                    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
}

function switchWrap() {
  const wraps = byId("wrap").getAttribute("aria-pressed") !== "true";
  byId("wrap").setAttribute("aria-pressed", String(wraps));
  byId("source").classList.toggle("unwrapped", !wraps);
}

function escape() {
  const search = byId("search");
  if (document.activeElement === search && search.value !== "") {
    search.value = "";
    list.filter();
  } else if (document.activeElement === search) {
    byId("list").focus();
  } else {
    select(null);
  }
}

/* Each row: the keys, what the help says of them, what they do. The list has its own keys beside. */
const KEYS = [
  [["j", "k"], "next", (key) => list.choose(list.position + (key === "j" ? 1 : -1))],
  [["Home", "End"], "ends", null],
  [["n", "p"], "value", (key) => selectNext(values(), key === "n" ? 1 : -1)],
  [["d"], "diagnostic", nextDiagnostic],
  [["/"], "search", () => byId("search").select()],
  [["f"], "filter", () => byId("diagnostic").focus()],
  [["w"], "wrap", switchWrap],
  [["t"], "theme", switchTheme],
  [["?"], "help", () => byId("help").showModal()],
  [["Escape"], "escape", escape],
];

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  if (isUnder(event.target, "input, select") && event.key !== "Escape") return;
  const row = KEYS.find(([keys, , run]) => run && keys.includes(event.key));
  if (!row) return;
  event.preventDefault();
  row[2](event.key);
}

byId("keys").append(...KEYS.flatMap(
    ([keys, name]) =>
        [make("dt", {}, ...keys.map((key) => make("kbd", {}, key === "Escape" ? "Esc" : key))),
         make("dd", {}, words(`key.${name}`)),
]));
document.addEventListener("keydown", onKey);
byId("wrap").addEventListener("click", switchWrap);
byId("theme").addEventListener("click", switchTheme);
byId("help-open").addEventListener("click", () => byId("help").showModal());
byId("record").addEventListener("click", (event) => {
  const value = event.target.closest("[data-pointer]");
  if (value) select(opened.fields.find(({pointer}) => pointer === value.dataset.pointer) ?? null);
});

const list = new LetterList(letters, open);
if (letters.length === 0) byId("totals").textContent = words("empty");
