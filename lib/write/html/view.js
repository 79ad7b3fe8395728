/* SPDX-License-Identifier: MIT */
/* The middle: the source text with its segments and values. */

/* Characters drawn at once; a browser lays out so much within a frame or two. Of a longer letter the
 * rest is drawn on demand. */
const DRAWN_AT_ONCE = 200000;

/* Lines that are laid out together; those out of sight wait until they are scrolled to. */
const LINES_TOGETHER = 100;

/* What a run is shown as beyond its segment: its innermost value, the body's clauses aside, which
 * would mark all of it. */
function markOf(run) {
  const field = run.fields.find(({path}) => path !== "clauses" && path !== "diagnostics");
  if (!field) return null;
  return field.path === "deadlines" || field.path === "references" ? field.path : "value";
}

class SourceView {
  /* select(field) is called when a highlight is clicked. */
  constructor(select) {
    this.box = byId("source");
    this.legend = byId("legend");
    this.only = null;
    this.runs = [];
    this.box.addEventListener("click", (event) => {
      const element = event.target.closest("[data-run]");
      if (element && getSelection().isCollapsed)
        select(this.fieldAt(this.runs[element.dataset.run]));
    });
  }

  show(letter, fields) {
    this.fields = fields;
    this.selected = null;
    this.only = null;
    this.runs = letter.text === null ? [] : runsOf(letter, fields);
    this.box.replaceChildren();
    this.box.scrollTop = 0;
    this.offerLegend();
    if (letter.text === null) {
      this.box.append(make("p", {class: "note"}, words("no-source")));
      return;
    }
    this.drawing = this.draw();
    this.drawMore();
  }

  /* Draws line by line, and stops after each DRAWN_AT_ONCE characters. */
  * draw() {
    let number = 0, line = null, chunk = null, drawn = 0;
    const newLine = () => {
      if (number % LINES_TOGETHER === 0)
        chunk = this.box.appendChild(make("div", {class: "chunk"}));
      line = chunk.appendChild(make("div", {class: "line", "data-line": ++number}));
    };
    newLine();
    for (const [index, run] of this.runs.entries()) {
      run.firstLine = number;
      run.elements = [];
      const lines = run.shown.split("\n");
      for (const [i, whole] of lines.entries()) {
        if (i > 0) newLine();
        for (let at = 0; at < whole.length; at += DRAWN_AT_ONCE) {
          const text = whole.slice(at, at + DRAWN_AT_ONCE);
          line.append(this.element(run, index, text));
          if (run.kind !== "blank" && (line.dataset.kind ?? "markup") === "markup")
            line.dataset.kind = run.kind;
          drawn += text.length;
          if (drawn >= DRAWN_AT_ONCE) {
            yield;
            drawn = 0;
          }
        }
      }
      run.lastLine = number - (lines.length > 1 && lines.at(-1) === "" ? 1 : 0);
    }
  }

  element(run, index, text) {
    const kind = words(`segment.${run.kind}`), field = run.fields[0];
    const element = make(
        "span", {
          class: "run",
          "data-run": index,
          "data-kind": run.kind,
          "data-mark": markOf(run),
          "data-odd": run.fields.some(({path}) => path === "diagnostics"),
          title: run.kind === "blank" ? null
              : field                 ? `${kind} › ${words(`field.${field.path}`)}`
                                      : kind,
        },
        visible(text));
    if (run.fields.includes(this.selected)) element.classList.add("selected");
    if (this.only && !element.matches(this.only)) element.classList.add("dim");
    run.elements.push(element);
    return element;
  }

  /* Draws on; false where all is there. */
  drawMore() {
    this.box.querySelector(".more")?.remove();
    if (this.drawing.next().done) return false;
    const more = button({class: "more"}, words("more", {count: numberWords(DRAWN_AT_ONCE)}));
    more.addEventListener("click", () => this.drawMore());
    this.box.append(more);
    return true;
  }

  /* Innermost first; clicking the same place again goes on to the value around it. */
  fieldAt(run) {
    return run.fields.length > 0
        ? run.fields[(run.fields.indexOf(this.selected) + 1) % run.fields.length]
        : null;
  }

  /* The runs of field, drawn. */
  runsOf(field) {
    const runs = this.runs.filter((run) => run.fields.includes(field));
    while (runs.some((run) => !run.elements) && this.drawMore())
      ;
    return runs;
  }

  mark(field) {
    for (const element of this.box.querySelectorAll(".selected"))
      element.classList.remove("selected");
    this.selected = field;
    if (!field) return [];
    const runs = this.runsOf(field);
    for (const element of runs.flatMap((run) => run.elements)) element.classList.add("selected");
    if (runs[0]) scrollToward(this.box, runs[0].elements[0]);
    return runs;
  }

  offerLegend() {
    const kinds = new Set(this.runs.map((run) => run.kind));
    kinds.delete("blank");
    const marks = ["deadlines", "references"].filter(
        (path) => this.fields.some((field) => field.path === path));
    const chips = [
      ...[...kinds].map((kind) => [`segment.${kind}`, "data-kind", kind]),
      ...marks.map((mark) => [`mark.${mark}`, "data-mark", mark]),
    ].map(([key, name, value]) => {
      const chip = button({class: "key", [name]: value, "aria-pressed": "false"}, words(key));
      chip.addEventListener("click", () => this.showOnly(chip, `[${name}="${value}"]`));
      return chip;
    });
    this.legend.replaceChildren(...chips);
  }

  /* Dims all but one kind, and shows where it first stands; once more: all again. */
  showOnly(chip, selector) {
    this.only = this.only === selector ? null : selector;
    for (const other of this.legend.children)
      other.setAttribute("aria-pressed", String(this.only !== null && other === chip));
    for (const element of this.box.querySelectorAll(".run")) {
      element.classList.toggle("dim", this.only !== null && !element.matches(selector));
    }
    const first = this.only && this.box.querySelector(`.run${selector}`);
    if (first) scrollToward(this.box, first);
  }
}

/* Brings element into sight without moving what need not move. */
function scrollToward(box, element) {
  const outer = box.getBoundingClientRect(), inner = element.getBoundingClientRect();
  const low = Math.max(outer.top, 0), high = Math.min(outer.bottom, innerHeight);
  if (inner.top < low || inner.bottom > high)
    element.scrollIntoView({block: "center", inline: "nearest"});
}
