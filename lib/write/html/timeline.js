/* SPDX-License-Identifier: MIT */
/* The deadlines of a letter: a strip with their places in time, and below it each one with its date. */

const DAY = 24 * 60 * 60 * 1000;

/* [begin, end) in milliseconds of an ISO date as the record has it; null where the calendar has none. */
function timeOf(iso) {
  const found = /^(\d{4})(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?(?:T(\d\d):(\d\d))?$/.exec(iso ?? "");
  if (!found) return null;
  const [year, quarter, month, day] =
      found.slice(1, 5).map((part) => (part === undefined ? null : Number(part)));
  if (day !== null) {
    const begin = Date.UTC(year, month - 1, day);
    return [begin, begin + DAY];
  }
  const first = quarter !== null ? quarter * 3 - 3 : month !== null ? month - 1 : 0;
  return [
    Date.UTC(year, first),
    Date.UTC(
        year,
        first +
            (quarter !== null     ? 3
                 : month !== null ? 1
                                  : 12))
  ];
}

/* Where the strip has a dot (a day) or a bar (a month, a quarter, a year). */
function strip(issued, dated) {
  const times = [...(issued ? [issued] : []), ...dated.map(({time}) => time)];
  const first = Math.min(...times.map(([begin]) => begin)),
        last = Math.max(...times.map(([, end]) => end));
  if (last - first <= DAY) return null;
  const place = (time, attributes) => {
    const mark = make("span", attributes);
    mark.style.setProperty("--from", (time[0] - first) / (last - first));
    mark.style.setProperty("--to", (time[1] - first) / (last - first));
    return mark;
  };
  return make(
      "div", {class: "strip", "aria-hidden": "true"},
      issued && place(issued, {class: "issued", title: words("timeline.issued")}),
      ...dated.map(({field, time}) => place(time, {
                     class: time[1] - time[0] > DAY ? "bar" : "dot",
                     "data-pointer": field.pointer,
                     title: dateWords(field.value.iso),
                   })));
}

function deadlineItem({field, time}, issued, byPointer) {
  const {iso, clause} = field.value;
  const days = time && issued ? Math.round((time[1] - issued[1]) / DAY) : 0;
  const holder = clause && byPointer.get(clause);
  return make(
      "li", {class: time ? "dated" : "undated"},
      make(
          "span", {class: "when"},
          time ? make("b", {}, dateWords(iso)) : make("i", {}, words(`kind.${field.value.kind}`)),
          days > 0 ? make("small", {}, words("timeline.days", {days})) : null),
      valueButton(
          field, visible(field.value.text),
          details({...field.value, clause: holder ? holder.value.marker : null}, ["iso"])));
}

/* What the section of the deadlines holds. */
function timeline(record, byPointer) {
  const items = record.deadlines
                    .map((deadline, i) => ({
                           field: byPointer.get(`/deadlines/${i}`),
                           time: deadline.kind === "recurring" ? null : timeOf(deadline.iso),
                         }))
                    .filter(({field}) => field);
  if (items.length === 0) return [];
  const issuedOn = record.promulgation?.date?.iso;
  const issued = issuedOn?.length === 10 ? timeOf(issuedOn) : null;
  const dated = items.filter(({time}) => time).sort((a, b) => a.time[1] - b.time[1]);
  const undated = items.filter(({time}) => !time);
  const start = issued &&
      make("li", {class: "dated issued"},
           make("span", {class: "when"}, make("b", {}, dateWords(issuedOn))),
           make("span", {class: "plain"}, words("timeline.issued")));
  return [
    dated.length > 0 ? strip(issued, dated) : null,
    make(
        "ol", {class: "timeline"}, dated.length > 0 ? start : null,
        ...[...dated, ...undated].map((item) => deadlineItem(item, issued, byPointer))),
  ].filter(Boolean);
}
