/* SPDX-License-Identifier: MIT */
/* The list on the left: which letters are shown, and the rows of those in sight. Rows are as high as
 * --row says, so that a row's place follows from its number and only those in sight need to exist. */

const OVERSCAN = 6; /* rows beyond either edge, so that scrolling by keys shows no gap */

const STATE_SIGNS = {
  complete: "✓",
  blanks: "◐",
  warnings: "!",
  unread: "✕"
};

function stateSign(state) {
  const text = words(`state.${state}`);
  return make(
      "span", {class: "state", "data-state": state, role: "img", "aria-label": text, title: text},
      STATE_SIGNS[state]);
}

function letterRow(letter, position, count, isSelected) {
  const {index, code, date, subject, agency, type, name, shortName, twins} = letter;
  const badge = twins.length > 0 ? make("span", {class: "badge"}, words("duplicate")) : null;
  const number = make("strong", code ? {} : {class: "absent"}, visible(code ?? words("no-number")));
  const attributes = {
    class: "row",
    role: "option",
    id: `letter-${index}`,
    "data-position": position,
    title: visible(name),
    "aria-selected": String(isSelected),
    "aria-setsize": count,
    "aria-posinset": position + 1,
  };
  const row = make(
      "div", attributes,
      make(
          "span", {class: "head"}, stateSign(letter.state), number,
          make("time", {}, date ? dateWords(date) : "")),
      make("span", {class: subject ? "subject" : "subject absent"}, visible(subject ?? shortName)),
      make("span", {class: "foot"}, badge, visible([type, agency].filter(Boolean).join(" · "))));
  row.style.setProperty("--position", position);
  return row;
}

class LetterList {
  /* open(letter) is called for each letter that is chosen. */
  constructor(letters, open) {
    this.letters = letters;
    this.open = open;
    this.shown = letters;
    this.selected = null;
    this.state = "all";
    this.box = byId("list");
    this.rows = byId("rows");
    this.rowHeight = parseFloat(getComputedStyle(this.box).getPropertyValue("--row"));
    this.offerStates();
    this.offerDiagnostics();
    byId("search").addEventListener("input", () => this.filter());
    byId("diagnostic").addEventListener("change", () => this.filter());
    this.box.addEventListener("scroll", () => this.draw(), {passive: true});
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.rows.addEventListener("click", (event) => {
      const row = event.target.closest(".row");
      if (row) this.choose(Number(row.dataset.position));
    });
    new ResizeObserver(() => this.draw()).observe(this.box);
    this.filter();
  }

  offerStates() {
    const counts = {
      all: this.letters.length,
      duplicate: this.letters.filter(({twins}) => twins.length > 0).length
    };
    for (const state of STATES)
      counts[state] = this.letters.filter((letter) => letter.state === state).length;
    const offered =
        ["all", ...STATES, "duplicate"].filter((state) => state === "all" || counts[state] > 0);
    byId("states").replaceChildren(...offered.map((state) => {
      const chip = button(
          {class: "chip", "data-state": state, "aria-pressed": String(state === this.state)},
          words(`state.${state}`), make("span", {class: "count"}, String(counts[state])));
      chip.addEventListener("click", () => this.showState(state));
      return chip;
    }));
  }

  offerDiagnostics() {
    const counts = new Map();
    for (const {codes} of this.letters)
      for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
    const groups = SEVERITIES.map((severity) => {
      const codes = [...counts.keys()].filter((code) => severityOf.get(code) === severity).sort();
      const options = codes.map(
          (code) => make(
              "option", {value: code}, `${words(`diagnostic.${code}`)} (${counts.get(code)})`));
      return options.length > 0
          ? make("optgroup", {label: words(`severity.${severity}`)}, ...options)
          : null;
    });
    byId("diagnostic")
        .replaceChildren(
            make("option", {value: ""}, words("diagnostic.any")), ...groups.filter(Boolean));
  }

  showState(state) {
    this.state = state;
    for (const chip of byId("states").children)
      chip.setAttribute("aria-pressed", String(chip.dataset.state === state));
    this.filter();
  }

  /* All words must be in a letter; where the opened letter is no longer shown, the first one is opened. */
  filter() {
    const asked = fold(byId("search").value).split(" ").filter(Boolean);
    const code = byId("diagnostic").value;
    this.shown = this.letters.filter(
        (letter) => (this.state === "all" || letter.state === this.state ||
                     (this.state === "duplicate" && letter.twins.length > 0)) &&
            (code === "" || letter.codes.has(code)) &&
            asked.every((word) => letter.key.includes(word)));
    const count = this.letters.length, shown = this.shown.length;
    byId("totals").textContent = words(shown === count ? "totals" : "totals.shown", {count, shown});
    byId("nothing").hidden = shown > 0 || count === 0;
    this.rows.style.setProperty("--count", shown);
    this.drawn = null;
    if (!this.shown.includes(this.selected) && shown > 0)
      this.choose(0);
    else
      this.reveal();
  }

  get position() {
    return this.shown.indexOf(this.selected);
  }

  choose(position) {
    const letter = this.shown[Math.max(0, Math.min(position, this.shown.length - 1))];
    if (letter === undefined) return;
    const changed = letter !== this.selected;
    this.selected = letter;
    this.drawn = null;
    this.reveal();
    if (changed) this.open(letter);
  }

  chooseLetter(letter) {
    if (!this.shown.includes(letter)) {
      byId("search").value = byId("diagnostic").value = "";
      this.showState("all");
    }
    this.choose(this.shown.indexOf(letter));
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.rowHeight) - 1);
    const steps = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -this.shown.length,
      End: this.shown.length
    };
    if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.choose(this.position + steps[event.key]);
  }

  reveal() {
    const top = this.position * this.rowHeight, {scrollTop, clientHeight} = this.box;
    if (top >= 0 && top < scrollTop)
      this.box.scrollTop = top;
    else if (top + this.rowHeight > scrollTop + clientHeight)
      this.box.scrollTop = top + this.rowHeight - clientHeight;
    this.draw();
  }

  draw() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / this.rowHeight) - OVERSCAN);
    const last =
        Math.ceil((this.box.scrollTop + this.box.clientHeight) / this.rowHeight) + OVERSCAN;
    if (this.drawn === `${first}-${last}`) return;
    this.drawn = `${first}-${last}`;
    this.rows.replaceChildren(
        ...this.shown.slice(first, last)
            .map(
                (letter, i) =>
                    letterRow(letter, first + i, this.shown.length, letter === this.selected)));
    const active = this.selected && byId(`letter-${this.selected.index}`);
    if (active)
      this.box.setAttribute("aria-activedescendant", active.id);
    else
      this.box.removeAttribute("aria-activedescendant");
  }
}
