/* SPDX-License-Identifier: MIT */
/* What the page is built with. Text enters it as text nodes only, so that a letter stays text
 * whatever stands in it. */

const byId = (id) => document.getElementById(id);

const WORDS = JSON.parse(byId("words").textContent);

/* The words for key, with {name} filled in; the key itself where the page has no words for it. */
function words(key, values = {}) {
  return (WORDS[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/* make("button", {type: "button", class: "value"}, "text", otherElement) */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

const button = (attributes, ...children) =>
    make("button", {type: "button", ...attributes}, ...children);

/* Characters without a shape of their own, of which some turn the direction of what follows: shown
 * by a sign, since a reader must see what a file holds. Line ends and tabs are layout. */
function visible(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    const code = character.codePointAt(0);
    if (character === "\n" || character === "\t") return character;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return "\u2421";
    if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}

/* The words of the page's own elements: data-word is text, data-hint a title, data-label a name for
 * screen readers, data-placeholder what an empty input shows. */
function fillWords() {
  const fill = (name, set) => {
    for (const element of document.querySelectorAll(`[data-${name}]`))
      set(element, words(element.dataset[name]));
  };
  fill("word", (element, text) => {
    element.textContent = text;
  });
  fill("hint", (element, text) => {
    element.title = text;
  });
  fill("label", (element, text) => element.setAttribute("aria-label", text));
  fill("placeholder", (element, text) => {
    element.placeholder = text;
  });
  document.title = words("title");
}

/* 2025-03-14T17:00 as 14/03/2025 17:00, 2022-09 as 09/2022, 2022-Q3 as quý 3/2022. */
function dateWords(iso) {
  const [date, time] = iso.split("T");
  const [year, month, day] = date.split("-");
  if (month === undefined) return year;
  if (month.startsWith("Q")) return words("quarter", {quarter: month.slice(1), year});
  return [day, month, year].filter(Boolean).join("/") + (time ? ` ${time}` : "");
}

const numberWords = (number) => number.toLocaleString(document.documentElement.lang);
const rangeWords = (spans) =>
    words("byte-range", {ranges: spans.map(([begin, end]) => `${begin}–${end}`).join(", ")});
const bytesWords = (bytes) => (bytes === null ? null : words("bytes", {count: numberWords(bytes)}));

const isUnder = (element, selector) =>
    element instanceof Element && element.closest(selector) !== null;
