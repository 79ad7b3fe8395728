/* SPDX-License-Identifier: MIT */
/* The source of a letter, from its bytes to what is shown.
 *
 * It comes as a string in which each byte that is no UTF-8 is a surrogate of its own, U+DC00 plus
 * the byte; all other characters are those of the UTF-8. So any file fits into a string, and each
 * character tells how many bytes it was. Spans count the bytes of the file, whatever its encoding:
 * the string is cut at them first, and only the pieces are converted. */

const RAW_BYTE = 0xdc00;

function bytesOfCharacter(code) {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  if (code >= RAW_BYTE + 0x80 && code <= RAW_BYTE + 0xff) return 1;
  return code > 0xffff ? 4 : 3;
}

/* The bytes that the string stands for. */
function bytesOf(raw) {
  const encoder = new TextEncoder();
  const bytes = [];
  for (const character of raw) {
    const code = character.codePointAt(0);
    if (code >= 0xd800 && code <= 0xdfff)
      bytes.push(code - RAW_BYTE);
    else if (code < 0x80)
      bytes.push(code);
    else
      bytes.push(...encoder.encode(character));
  }
  return Uint8Array.from(bytes);
}

/* ------------------------------------------------------------------------- old encodings -- */

const letters1252 = new Map(LEGACY_TABLES["windows-1252"].map((code, i) => [code, 0x80 + i]));

/* The byte that a character of mojibake was, or the character itself. */
const byteBehind = (code) => (code < 0x100 ? code : letters1252.get(code) ?? code);

const textOf = (codes) => codes.map((code) => String.fromCodePoint(code)).join("");

const symbol = (code) => String.fromCodePoint(
    code >= 0x80 && code < 0xa0 ? LEGACY_TABLES["windows-1252"][code - 0x80] : code);

/* An encoding with a letter for each byte from first on. */
function byTable(name, first, others = []) {
  const letters = new Map(others);
  LEGACY_TABLES[name].forEach((letter, i) => {
    if (letter) letters.set(first + i, letter);
  });
  return (codes) => codes
                        .map(
                            (code) =>
                                (letters.has(code) ? String.fromCodePoint(letters.get(code))
                                                   : symbol(code)))
                        .join("");
}

/* VNI writes the marks of a vowel behind it. Capitals stand 0x20 below the small letters. */
function readVni(codes) {
  const letters = new Map(LEGACY_TABLES["VNI-letters"]);
  const marks =
      new Map(LEGACY_TABLES["VNI-marks"].map(([index, ...both]) => [index, both.filter(Boolean)]));
  let shown = "";
  for (const code of codes) {
    const isMarkOrLetter = code >= 0xc0 && code <= 0xff;
    const letter = isMarkOrLetter && letters.get(code & 0x1f);
    const mark = isMarkOrLetter && marks.get(code & 0x1f);
    if (letter)
      shown +=
          code < 0xe0 ? String.fromCodePoint(letter).toUpperCase() : String.fromCodePoint(letter);
    else if (mark && /[aeiouyơư]$/i.test(shown))
      shown += String.fromCodePoint(...mark);
    else
      shown += symbol(code);
  }
  return shown;
}

/* UTF-8 that was taken for windows-1252, once or several times. */
function readTwice(codes) {
  let text = textOf(codes);
  for (;;) {
    const bytes = Array.from(text, (character) => byteBehind(character.codePointAt(0)));
    if (bytes.some((byte) => byte > 0xff) || bytes.every((byte) => byte < 0x80)) return text;
    try {
      text =
          new TextDecoder("utf-8", {fatal: true, ignoreBOM: true}).decode(Uint8Array.from(bytes));
    } catch {
      return text;
    }
  }
}

const LEGACY = {
  "TCVN3": byTable("TCVN3", 0xa0),
  "windows-1258": byTable("windows-1258", 0x80),
  "VISCII": byTable("VISCII", 0x80, LEGACY_TABLES["VISCII-controls"]),
  "VNI": readVni,
  "windows-1252": readTwice,
};

/* What a piece in the encoding name ("UTF-8", "TCVN3", "UTF-16LE/VNI") says. */
function decode(raw, name) {
  const [carrier, legacy] = name.startsWith("UTF-") ? name.split("/") : [null, name];
  if (carrier === "UTF-8" && !legacy) return raw;
  let codes;
  if (carrier === "UTF-8") {
    codes = Array.from(raw, (character) => byteBehind(character.codePointAt(0)));
  } else if (carrier === null) {
    codes = Array.from(bytesOf(raw));
  } else {
    const text = new TextDecoder(carrier, {ignoreBOM: true}).decode(bytesOf(raw));
    if (!legacy) return text;
    codes = Array.from(text, (character) => byteBehind(character.codePointAt(0)));
  }
  return legacy in LEGACY ? LEGACY[legacy](codes).normalize("NFC") : textOf(codes);
}

/* ---------------------------------------------------------------------------------- runs -- */

/* Stretches of the source by their encoding, in order: [begin, end, name]. */
function encodingStretches(source) {
  const several =
      source.encodings.flatMap(({name, spans}) => spans.map(([begin, end]) => [begin, end, name]));
  return several.length > 0 ? several.sort((a, b) => a[0] - b[0])
                            : [[...source.range, source.encoding]];
}

/* Cuts text, whose first byte is byte number base of the file, at the byte positions of cuts
 * (sorted): [{begin, end, raw}]. */
function cutAt(text, base, cuts) {
  const runs = [];
  let begin = base, offset = base, start = 0, next = 0;
  const close = (end) => {
    if (end > start) runs.push({begin, end: offset, raw: text.slice(start, end)});
    start = end;
    begin = offset;
  };
  for (let i = 0; i < text.length;) {
    while (next < cuts.length && cuts[next] <= offset) {
      if (cuts[next] === offset) close(i);
      next++;
    }
    const code = text.codePointAt(i);
    offset += bytesOfCharacter(code);
    i += code > 0xffff ? 2 : 1;
  }
  close(text.length);
  return runs;
}

/* For a list of objects with spans: a function that, asked run by run in order, gives the objects
 * whose spans hold the run. */
function coverage(items) {
  const events = items.flatMap((item) => item.spans.map(([begin, end]) => ({begin, end, item})));
  events.sort((a, b) => a.begin - b.begin);
  let next = 0, open = [];
  return (run) => {
    while (next < events.length && events[next].begin <= run.begin) open.push(events[next++]);
    open = open.filter((event) => event.end > run.begin);
    return open.map((event) => event.item);
  };
}

/* The runs of a letter: stretches of bytes in which segment, fields and diagnostics stay the same,
 * with what they show. fields come innermost first. */
function runsOf(letter, fields) {
  const {record, text} = letter;
  const {source, segments, diagnostics} = record;
  const stretches = encodingStretches(source);
  const cuts = new Set(stretches.flatMap(([begin, end]) => [begin, end]));
  for (const item of [...segments, ...fields, ...diagnostics])
    item.spans.flat().forEach((cut) => cuts.add(cut));
  const segmentsOf = coverage(segments), fieldsOf = coverage(fields), oddOf = coverage(diagnostics);
  const nameOf = coverage(stretches.map(([begin, end, name]) => ({name, spans: [[begin, end]]})));
  const size = (field) => field.spans.reduce((sum, [begin, end]) => sum + end - begin, 0);
  const runs = cutAt(text, source.range[0], [...cuts].sort((a, b) => a - b));
  for (const run of runs) {
    run.kind = segmentsOf(run)[0]?.kind ?? "unrecognised";
    run.fields = fieldsOf(run).sort((a, b) => size(a) - size(b));
    run.odd = oddOf(run);
    run.shown = decode(run.raw, nameOf(run)[0]?.name ?? source.encoding).replace(/\r\n?/g, "\n");
  }
  return runs;
}
