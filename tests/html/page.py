#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""page.py LETTERS ROOT [BROWSER]: the review page in a real browser.

LETTERS is tests/write/letters, ROOT the source tree. Pages are written by the library, opened in Chromium without a
head, and read and used as a person would: by mouse and by keys. What must be seen is worked out here, from the records
and the bytes of the files. Prints `ok NAME`, or `not ok NAME` with what was seen below it."""
import base64
import collections
import hashlib
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import traceback
import unicodedata

from browser import Browser

# Of what the page promises on an ordinary machine (2 s, 50 ms), so much more that a machine busy with other
# tests passes and a page that grew with the number of letters does not.
OPENS_WITHIN = 20.0
SWITCHES_WITHIN = 0.5
MANY = 2000

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
corpus = root / "corpus" / "letters"
work = tempfile.TemporaryDirectory(prefix="cchc-html-")
folder = pathlib.Path(work.name)
sys.path[1:1] = [str(root / "tests" / "ladder")]

cases = []


def case(function):
    cases.append(function)
    return function


def same(seen, expected, what):
    if seen != expected:
        if isinstance(seen, str) and isinstance(expected, str):  # long ones: from where they differ
            at = next((i for i, both in enumerate(zip(seen, expected)) if both[0] != both[1]), 0)
            seen, expected = seen[max(0, at - 20):], expected[max(0, at - 20):]
        raise AssertionError(f"{what}: {str(seen)[:600]!r} instead of {str(expected)[:600]!r}")


def check(truth, what):
    if not truth:
        raise AssertionError(what)


# ------------------------------------------------------------------------------------ pages, records, bytes --


def written(style, *arguments):
    return subprocess.run([program, style, *map(str, arguments)], stdout=subprocess.PIPE, check=True).stdout


class Page:
    """A page of the letters of a folder, with their records and bytes."""

    def __init__(self, name, letters, language="vi"):
        self.path = folder / f"{name}.html"
        self.text = written("html", f"language={language}", letters)
        self.path.write_bytes(self.text)
        self.records = [json.loads(line) for line in written("json", letters).decode().split("\n") if line]
        self.bytes = {path.name: path.read_bytes() for path in pathlib.Path(letters).rglob("*")
                      if path.is_file()}

    def blocks(self):
        """What the page carries for each letter."""
        found = re.findall(rb'<script type="application/json" class="letter">(.*?)</script>', self.text, re.S)
        return [json.loads(block) for block in found]

    def open(self):
        browser.open(self.path)

    def show(self, name):
        """Opens a letter by a click on its row."""
        browser.run(f"""(() => {{
            const search = document.getElementById("search");
            search.value = {json.dumps(name)};
            search.dispatchEvent(new Event("input"));
            const row = [...document.querySelectorAll(".row")].find((one) => one.title === {json.dumps(name)});
            row.click();
        }})()""")
        same(text("#file"), name, "the opened letter")


def text(selector):
    return browser.run(f"document.querySelector({json.dumps(selector)})?.textContent")


def count(selector):
    return browser.run(f"document.querySelectorAll({json.dumps(selector)}).length")


def each(selector, function):
    """What a JavaScript function says of each element."""
    return browser.run(f"[...document.querySelectorAll({json.dumps(selector)})].map({function})")


def texts(selector):
    return each(selector, "(one) => one.textContent")


def attribute(selector, name):
    return browser.run(f"document.querySelector({json.dumps(selector)})?.getAttribute({json.dumps(name)})")


def selected_name():
    return attribute('.row[aria-selected="true"]', "title")


def visible(string):
    """What the page shows for characters without a shape."""
    def sign(c):
        if c in "\n\t":
            return c
        if ord(c) < 0x20:
            return chr(0x2400 + ord(c))
        if ord(c) == 0x7F:
            return "\u2421"
        category = unicodedata.category(c)
        if category == "Cs":
            return "\uFFFD"
        return f"[U+{ord(c):04X}]" if category in ("Cc", "Cf", "Zl", "Zp") else c
    return "".join(map(sign, re.sub("\r\n?", "\n", string)))


def on_lines(data, encoding="UTF-8"):
    """Bytes as they are shown, without the line ends, which are elements on the page."""
    string = data.decode("utf-16-le" if encoding == "UTF-16LE" else "utf-8", "surrogateescape")
    return visible(string).replace("\n", "")


def fields_of(value, pointer=""):
    """Each value of a record that has bytes: (pointer, spans)."""
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from fields_of(item, f"{pointer}/{i}")
    elif isinstance(value, dict):
        if value.get("spans"):
            yield pointer, value["spans"]
        for key, inner in value.items():
            if pointer or key not in ("source", "segments"):
                yield from fields_of(inner, f"{pointer}/{key}")


BLANK = re.compile(r"-(absent|blank|partial|form)$")


def state_of(record):
    found = [(d["severity"], bool(BLANK.search(d["code"]))) for d in record["diagnostics"]]
    if any(severity == "error" for severity, _ in found):
        return "unread"
    if ("warning", False) in found:
        return "warnings"
    return "blanks" if any(blank for _, blank in found) else "complete"


# --------------------------------------------------------------------------------------------------- cases --


@case
def what_the_page_carries():
    for page in (composed, hostile):
        blocks = page.blocks()
        same([block["record"] for block in blocks], page.records, "records")
        for block in blocks:
            name = block["record"]["source"]["name"]
            same(block["text"].encode("utf-8", "surrogateescape"), page.bytes[name], f"the bytes of {name}")


@case
def the_policy_names_the_style_and_the_script():
    page = composed.text.decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    same(set(rules), {"default-src", "style-src", "script-src", "base-uri", "form-action"}, "rules")
    same(rules["default-src"], "'none'", "default-src")
    for name in ("style", "script"):
        inside = re.findall(rf"<{name}>(.*?)</{name}>", page, re.S)
        same(len(inside), 1, f"{name} elements")
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        same(rules[f"{name}-src"], f"'sha256-{digest}'", f"{name}-src")
    same(re.findall(r"<[^>]*\s(?:on\w+|style|src|href)=", page.split('<script type="application/json"')[0]), [], "inline")


@case
def opens_without_a_complaint():
    composed.open()
    same(browser.complaints(), [], "complaints")
    same(text("#totals"), f"{len(composed.records)} văn bản", "totals")
    same(browser.run("document.title"), "Rà soát văn bản", "title")
    same(browser.run("document.documentElement.lang"), "vi", "language")
    same(text("#file"), composed.records[0]["source"]["name"], "the first letter is opened")


@case
def states_are_counted():
    composed.open()
    counts = collections.Counter(state_of(record) for record in composed.records)
    seen = dict(browser.run("[...document.querySelectorAll('#states .chip')].map((chip) => "
                            "[chip.dataset.state, Number(chip.querySelector('.count').textContent)])"))
    same({state: seen[state] for state in counts}, dict(counts), "states")
    for state in counts:
        browser.click(f'#states [data-state="{state}"]')
        same(text("#totals"), f"{counts[state]} trong {len(composed.records)} văn bản", state)
        same(set(each(".row .state", "(one) => one.dataset.state")), {state}, "rows")


@case
def every_value_shows_its_bytes():
    composed.open()
    clicked = 0
    for record in composed.records:
        source = record["source"]
        composed.show(source["name"])
        fields = dict(fields_of(record))
        seen = browser.run("""[...document.querySelectorAll("#record .value")].map((value) => {
            value.click();
            return [value.dataset.pointer, value.getAttribute("aria-current"),
                [...document.querySelectorAll(".run.selected")].map((run) => run.textContent).join(""),
                document.getElementById("where").textContent];
        })""")
        same({row[0] for row in seen}, set(fields), f"the values of {source['name']}")
        for pointer, current, shown, where in seen:
            spans = sorted(fields[pointer])
            data = [composed.bytes[source["name"]][begin:end] for begin, end in spans]
            same(shown, "".join(on_lines(one, source["encoding"]) for one in data), f"{source['name']} {pointer}")
            same(current, "true", "the value is marked")
            check(", ".join(f"{begin}–{end}" for begin, end in fields[pointer]) in where, f"{pointer}: {where}")
            check(" ".join(f"{byte:02X}" for byte in data[0][:2]) in where, f"{pointer}: {where}")
            clicked += 1
    check(clicked > 2000, f"{clicked} values in all")


@case
def every_byte_has_the_colour_of_its_segment():
    composed.open()
    for record in composed.records:
        source = record["source"]
        composed.show(source["name"])
        spans = sorted((begin, end, segment["kind"]) for segment in record["segments"] for begin, end in segment["spans"])
        expected, seen = [], []
        for begin, end, kind in spans:
            add(expected, kind, on_lines(composed.bytes[source["name"]][begin:end], source["encoding"]))
        for kind, shown in each(".run", "(run) => [run.dataset.kind, run.textContent]"):
            add(seen, kind, shown)
        same(seen, expected, source["name"])


def add(pieces, kind, string):
    """Neighbours of one kind are one piece."""
    if string and pieces and pieces[-1][0] == kind:
        pieces[-1] = (kind, pieces[-1][1] + string)
    elif string:
        pieces.append((kind, string))


@case
def a_click_on_a_highlight_shows_its_field():
    composed.open()
    composed.show("deadlines-absolute.txt")
    browser.click('.run[data-mark="deadlines"]')
    check(attribute('.value[aria-current="true"]', "data-pointer").startswith("/deadlines/"), "the deadline")
    same(text(".run.selected"), text('.run[data-mark="deadlines"]'), "what is highlighted")
    browser.click('.run[data-mark="deadlines"]')
    check(attribute('.value[aria-current="true"]', "data-pointer").startswith("/clauses/"), "again: the clause around it")
    browser.click('.run[data-kind="code"][data-mark]')
    same(attribute('.value[aria-current="true"]', "data-pointer"), "/code", "the number")
    same(count("[aria-current]"), 1, "one value is marked")
    browser.key("Escape")
    same(count("[aria-current], .run.selected"), 0, "none after Escape")


@case
def clicks_of_the_mouse_open_letters():
    composed.open()
    browser.click(".row", 3)
    same(text("#file"), composed.records[3]["source"]["name"], "the fourth letter")
    same(attribute("#list", "aria-activedescendant"), "letter-3", "the active row")


@case
def the_legend_shows_one_kind():
    composed.open()
    composed.show("cong-van-province.txt")
    browser.click('#legend [data-kind="addressees"]')
    dim = "document.querySelectorAll('.run.dim').length"
    check(browser.run(dim) > 10, "the others are dimmed")
    same(count('.run.dim[data-kind="addressees"]'), 0, "not this one")
    browser.click('#legend [data-kind="addressees"]')
    same(browser.run(dim), 0, "and back")


@case
def keys():
    composed.open()
    names = [record["source"]["name"] for record in composed.records]
    browser.key("j")
    browser.key("j")
    browser.key("k")
    same(selected_name(), names[1], "j, j, k")
    browser.run("document.getElementById('list').focus()")
    last = len(names) - 1
    for key, expected in (("ArrowDown", 2), ("ArrowUp", 1), ("End", last), ("ArrowDown", last), ("Home", 0)):
        browser.key(key)
        same(text("#file"), names[expected], key)
    browser.key("PageDown")
    check(3 < names.index(text("#file")) < 20, "PageDown")
    same(each('.row[aria-selected="true"]', "(row) => row.getBoundingClientRect().bottom <= innerHeight"), [True], "in sight")
    composed.show("deadlines-absolute.txt")
    browser.run("document.activeElement.blur()")
    browser.key("n")
    first = text("#where")
    browser.key("n")
    check(first and text("#where") != first, "n")
    browser.key("p")
    same(text("#where"), first, "p")
    browser.key("/")
    same(browser.run("document.activeElement.id"), "search", "/")
    browser.key("Escape")
    same(browser.run("document.getElementById('search').value"), "", "Escape clears the search")
    browser.key("Escape")
    same(browser.run("document.activeElement.id"), "list", "Escape leaves it")
    browser.key("f")
    same(browser.run("document.activeElement.id"), "diagnostic", "f")
    browser.run("document.activeElement.blur()")
    browser.key("w")
    same(attribute("#wrap", "aria-pressed"), "false", "w")
    same(each(".line", "(line) => getComputedStyle(line).whiteSpace")[0], "pre", "lines are not wrapped")
    browser.key("t")
    same(browser.run("document.documentElement.dataset.theme"), "dark", "t")
    browser.key("t")
    same(browser.run("document.documentElement.dataset.theme"), "light", "t again")
    browser.key("?")
    check(browser.run("document.getElementById('help').open"), "?")
    said = text("#help")
    for key in ("j", "k", "Home", "End", "n", "p", "d", "/", "f", "w", "t", "?", "Esc"):
        check(key in texts("#help kbd"), f"the help names {key}")
    check("Phím tắt" in said and "key." not in said, said)
    browser.click("#help button")
    check(not browser.run("document.getElementById('help').open"), "closed")


@case
def diagnostics_one_by_one():
    composed.open()
    record = next(r for r in composed.records if sum(1 for d in r["diagnostics"] if d["spans"]) > 0)
    composed.show(record["source"]["name"])
    browser.run("document.activeElement.blur()")
    browser.key("d")
    check(attribute('.value[aria-current="true"]', "data-pointer").startswith("/diagnostics/"), "d")
    check(count(".run.selected[data-odd]") > 0, "its bytes")
    cards = texts('[data-section="diagnostics"] code')
    same(sorted(cards), sorted(d["code"] for d in record["diagnostics"]), "cards")


@case
def letters_by_diagnostic():
    composed.open()
    codes = collections.Counter(code for r in composed.records for code in {d["code"] for d in r["diagnostics"]})
    offered = each("#diagnostic optgroup option", "(one) => [one.value, one.textContent]")
    same({code for code, _ in offered}, set(codes), "codes")
    for code, said in offered:
        check(said.endswith(f"({codes[code]})") and not said.startswith("diagnostic."), said)
        browser.run(f"""(() => {{
            const select = document.getElementById("diagnostic");
            select.value = "{code}";
            select.dispatchEvent(new Event("change"));
        }})()""")
        same(text("#totals"), f"{codes[code]} trong {len(composed.records)} văn bản", code)
        name = text("#file")
        record = next(r for r in composed.records if r["source"]["name"] == name)
        check(code in [d["code"] for d in record["diagnostics"]], f"{name} has {code}")


@case
def search_with_and_without_diacritics():
    def found(words):
        browser.key("/")
        browser.run("document.getElementById('search').value = ''")
        browser.type(words)
        return text("#totals"), texts(".row .foot")

    composed.open()
    plain, rows = found("so noi vu hoa binh")
    check(rows and all("SỞ NỘI VỤ" in row for row in rows), f"{rows}")
    same(found("SỞ NỘI VỤ Hòa Bình"), (plain, rows), "with diacritics")
    agencies = [r["agency"]["name"]["text"] for r in composed.records if r["agency"] and r["agency"]["name"]]
    agency = next(name for name in agencies if "Đ" in name)
    key = "".join(c for c in unicodedata.normalize("NFD", agency) if not unicodedata.combining(c)).replace("Đ", "D")
    check(any(agency in row for row in found(key)[1]), f"{key} finds {agency}")
    number = next(r["code"]["text"] for r in composed.records if r["code"])
    check(number in texts(".row strong") or found(number)[1], number)
    found("không có ở đâu cả xyz")
    check(not browser.run("document.getElementById('nothing').hidden"), "says that nothing was found")
    same(count(".row"), 0, "no rows")


@case
def letters_with_one_number_are_marked():
    groups = collections.defaultdict(list)
    for record in composed.records:
        code, agency, promulgation = record["code"], record["agency"], record["promulgation"]
        date = promulgation and promulgation["date"]
        if code and code["number"] and code["notation"] and agency and agency["name"] and date and date["iso"]:
            parent = agency["parent"]["text"] if agency["parent"] else ""
            groups[code["number"], code["notation"], parent, agency["name"]["text"], date["iso"][:4]].append(record)
    twins = {r["source"]["name"] for group in groups.values() if len(group) > 1 for r in group}
    check(len(twins) > 1, "the corpus has such letters")
    composed.open()
    browser.click('#states [data-state="duplicate"]')
    same(set(each(".row", "(row) => row.title")), twins, "letters")
    check(all("Trùng số" in foot for foot in texts(".row .foot")), "badges")
    other = text(".twins .link")
    check(other in twins and other != text("#file"), other)
    browser.click(".twins .link")
    same(text("#file"), other, "a click opens the other one")


@case
def deadlines_in_time():
    composed.open()
    for record in composed.records:
        dated = [d for d in record["deadlines"] if d["iso"] and d["kind"] != "recurring"]
        if not dated:
            continue
        composed.show(record["source"]["name"])
        same(len(texts(".timeline li .value")), len(record["deadlines"]), record["source"]["name"])
        seen = texts('.timeline .dated:not(.issued) .when b')
        same(len(seen), len(dated), "dates")
        days = ["/".join(reversed(day.split("/"))) for day in seen if re.fullmatch(r"\d\d/\d\d/\d{4}", day)]
        same(days, sorted(days), "in order")
        for value in dated:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", value["iso"]):
                check("/".join(reversed(value["iso"].split("-"))) in seen, value["iso"])
        places = each(".strip .dot", "(dot) => dot.getBoundingClientRect().x")
        same(places, sorted(places), "the strip")


@case
def hostile_letters_stay_text():
    hostile.open()
    for record in hostile.records:
        name = record["source"]["name"]
        hostile.show(name)
        same("".join(texts(".line")), on_lines(hostile.bytes[name], record["source"]["encoding"]), name)
        same(count("img, svg, textarea, b[onmouseover], iframe, article script"), 0, name)
        for value in each("#record .value", "(value) => value.dataset.pointer"):
            browser.run(f"document.querySelector('.value[data-pointer=\"{value}\"]').click()")
    same(browser.complaints(), [], "complaints")
    same(browser.run("document.title"), "Rà soát văn bản", "title")
    same(browser.run("document.scripts.length"), len(hostile.records) + 2, "scripts")


@case
def the_policy_holds():
    """Were the page to put a letter's text into it as markup, it would still do nothing."""
    composed.open()
    browser.run("""(() => {
        document.body.insertAdjacentHTML("beforeend",
            '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" onerror="window.harmed = 1" onload="window.harmed = 1">' +
            '<b id="styled" style="color: red" onclick="window.harmed = 2"></b>');
        const script = document.createElement("script");
        script.textContent = "window.harmed = 3";
        document.body.append(script);
        document.getElementById("styled").click();
    })()""")
    browser.settle()
    same(browser.run("window.harmed ?? null"), None, "nothing ran")
    check(browser.run("getComputedStyle(document.getElementById('styled')).color") != "rgb(255, 0, 0)", "no inline style")
    same(browser.run("fetch('data:,x').then(() => 'sent', () => 'refused')"), "refused", "no request")
    check(browser.complaints(), "and the browser says so")


@case
def old_encodings_can_be_read():
    import ladder
    letters = ["cong-van-province.txt", "deadlines-absolute.txt", "nested-clauses.txt"]
    made = folder / "encodings"
    made.mkdir()
    plain = {}
    for kind in ("tcvn3", "vni", "raw-tcvn3", "raw-vni", "viscii", "windows-1258", "utf16le"):
        for name in letters:
            original = unicodedata.normalize("NFC", (corpus / name).read_text("utf-8"))
            (made / f"{kind}-{name}").write_bytes(ladder.ENCODINGS[kind](original))
            plain[f"{kind}-{name}"] = original
    page = Page("encodings", made)
    page.open()
    for record in page.records:
        name, encoding = record["source"]["name"], record["source"]["encoding"]
        page.show(name)
        shown = "\n".join(texts(".line")).removeprefix("[U+FEFF]")
        expected = visible(plain[name])
        if "tcvn3" in name:  # which has no capitals with tones
            shown, expected = shown.lower(), expected.lower()
        same(unicodedata.normalize("NFC", shown), expected, name)
        check(encoding in text("#about"), f"{name}: {encoding} in {text('#about')}")
    same(browser.complaints(), [], "complaints")


@case
def text_has_contrast():
    letters = ["cong-van-province.txt", "deadlines-relative.txt", "blank-form.txt", "priority-hoa-toc.txt"]
    for page, names in ((composed, letters), (hostile, ["nul.txt"])):
        page.open()
        for theme in ("light", "dark"):
            browser.media(prefers_color_scheme=theme)
            for name in names:
                page.show(name)
                browser.run("document.querySelector('.value').click()")
                browser.run("new Promise((done) => setTimeout(done, 200))")  # colours change over a moment
                same(browser.run(CONTRAST), [], f"{name}, {theme}")
    browser.media()


# Texts whose contrast with what lies behind them is below 4.5 (WCAG 2.1, 1.4.3): "text: contrast".
CONTRAST = r"""(() => {
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const known = new Map();
    const rgba = (colour) => {
        if (!known.has(colour)) {
            context.clearRect(0, 0, 1, 1);
            context.fillStyle = colour;
            context.fillRect(0, 0, 1, 1);
            known.set(colour, [...context.getImageData(0, 0, 1, 1).data].map((part) => part / 255));
        }
        return known.get(colour);
    };
    const over = (top, below) => below.slice(0, 3).map((part, i) => top[i] * top[3] + part * (1 - top[3]));
    const ground = (element) => {
        if (!element) return rgba("#fff");
        return over(rgba(getComputedStyle(element).backgroundColor), ground(element.parentElement));
    };
    const light = (colour) => {
        const [r, g, b] = colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const low = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || !element.checkVisibility() || element.closest("script")) continue;
        const below = ground(element);
        const both = [light(over(rgba(getComputedStyle(element).color), below)), light(below)].sort((a, b) => b - a);
        const contrast = (both[0] + 0.05) / (both[1] + 0.05);
        if (contrast < 4.5) low.push(`${node.data.slice(0, 30)}: ${contrast.toFixed(2)}`);
    }
    return low;
})()"""


@case
def windows_wide_and_narrow():
    composed.open()
    composed.show("cong-van-province.txt")
    box = "(pane) => { const { x, y, width } = pane.getBoundingClientRect(); return [x, y, width]; }"
    fits = "document.documentElement.scrollWidth <= innerWidth"
    for width, height in ((1280, 800), (1920, 1080)):
        browser.size(width, height)
        panes = each(".pane", box)
        side_by_side = panes[0][0] < panes[1][0] < panes[2][0] and len({y for _, y, _ in panes}) == 1
        check(side_by_side, f"{width}: side by side, {panes}")
        check(panes[1][2] > panes[2][2] > panes[0][2], f"{width}: the source is the widest, {panes}")
        check(browser.run(f"{fits} && document.documentElement.scrollHeight <= innerHeight"), f"{width}: nothing outside")
    for width in (360, 600, 1000):
        browser.size(width, 800)
        panes = each(".pane", box)
        one_column = panes[0][1] < panes[1][1] < panes[2][1] and len({x for x, _, _ in panes}) == 1
        check(one_column, f"{width}: one column, {panes}")
        check(browser.run(fits), f"{width}: nothing outside")
    browser.size(1280, 800)


@case
def nothing_jumps_between_letters():
    composed.open()
    places = set()
    for _ in range(40):
        browser.key("j")
        places.add(str(each("#source, #where, #record, #list", "(one) => [one.offsetLeft, one.offsetTop, one.offsetWidth]")))
    same(len(places), 1, "places")


@case
def paper():
    composed.open()
    composed.show("cong-van-province.txt")
    browser.media("print")
    same(each("nav, .bar, #where", "(one) => one.checkVisibility()"), [False] * 3, "hidden")
    same(browser.run("getComputedStyle(document.querySelector('#source')).overflowY"), "visible", "the source is not cut")
    browser.media()
    pdf = base64.b64decode(browser.call("Page.printToPDF")["data"])
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    check(2 <= pages <= 4, f"{pages} pages")


@case
def less_motion():
    composed.open()
    browser.media(prefers_reduced_motion="reduce")
    same(browser.run("getComputedStyle(document.querySelector('.row')).transitionDuration"), "0s", "transitions")
    browser.media()


@case
def english():
    page = Page("english", corpus, "en")
    page.open()
    same(browser.complaints(), [], "complaints")
    same(text("#totals"), f"{len(page.records)} letters", "totals")
    same(browser.run("document.documentElement.lang"), "en", "language")
    page.show("number-unreadable-ocr.txt" if "number-unreadable-ocr.txt" in page.bytes else "blank-number.txt")
    own = texts("h3, dt, .severity, .message, .chip, #diagnostic option, .bar button")
    check(own, "words")
    vietnamese = [one for one in own if re.search("[ăâđêôơưĂÂĐÊÔƠƯ\u1EA0-\u1EF9]", one)]
    same(vietnamese, [], "Vietnamese words of the page")
    bare = [one for one in own if re.match(r"(section|field|state|severity|diagnostic|key|word)\.", one)]
    same(bare, [], "keys without words")


@case
def elements_have_names_and_roles():
    composed.open()
    composed.show("cong-van-province.txt")
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    named = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node.get("ignored")]
    roles = collections.Counter(role for role, _ in named)
    for role in ("listbox", "option", "searchbox", "combobox", "heading", "navigation", "main", "complementary", "status"):
        check(roles[role] > 0, f"no {role}")
    needy = ("button", "option", "searchbox", "combobox", "listbox", "region")
    same([role for role, name in named if role in needy and not name], [], "without a name")
    same(count('[onclick], a:not([href]), div[tabindex="0"]:not([role])'), 0, "what is no button")
    for _ in range(3):  # past the buttons of the bar, into the tools of the list
        browser.key("Tab")
    check(browser.run("getComputedStyle(document.activeElement).outlineStyle") == "solid", "focus is seen")


@case
def a_letter_without_its_source():
    page = Page("sourceless", corpus)
    first = page.text.index(b',"text":"')
    last = page.text.index(b'"}</script>', first)
    page.path.write_bytes(page.text[:first] + b',"text":null' + page.text[last + 1:])
    page.open()
    same(browser.complaints(), [], "complaints")
    same(text("#source"), "Tệp nguồn không đi kèm bản ghi này.", "note")
    browser.click("#record .value")
    check("byte" in text("#where"), "the value still has its place")


@case
def names_in_folders():
    """Rows without a subject show the name, without the folder that all names share."""
    for names, expected in ((["in/2020/a.txt", "in/2021/b.txt"], ["2020/a.txt", "2021/b.txt"]),
                            (["/a/x.txt", "b/y.txt"], ["/a/x.txt", "b/y.txt"]), (["/a.txt", "/b.txt"], ["a.txt", "b.txt"])):
        letters = folder / f"names-{len(list(folder.iterdir()))}"
        letters.mkdir()
        (letters / "0.txt").touch()
        (letters / "1.txt").touch()
        page = Page("names", letters)
        for i, name in enumerate(names):
            page.text = page.text.replace(f'"name":"{i}.txt"'.encode(), f'"name":"{name}"'.encode())
        page.path.write_bytes(page.text)
        page.open()
        same(texts(".row .subject"), expected, "names")
        same(text("#file"), names[0], "the whole name")


@case
def one_very_long_letter():
    letters = folder / "long"
    letters.mkdir()
    body = "".join(f"{i}. Gửi báo cáo trước ngày 15/3 về việc thứ {i} của năm nay.\n" for i in range(12000))
    heading = "SỞ NỘI VỤ\nSố: 9/SNV-CCHC\nHòa Bình, ngày 03 tháng 3 năm 2025\nV/v báo cáo\n\nKính gửi: Các sở.\n\n"
    (letters / "long.txt").write_text(heading + body + "x" * 500000 + "\n", "utf-8")
    page = Page("long", letters)
    start = time.monotonic()
    page.open()
    browser.settle()
    check(time.monotonic() - start < OPENS_WITHIN, f"{time.monotonic() - start:.1f} s")
    check(count(".more") == 1, "the rest is offered")
    browser.run("document.querySelector('[data-section=\"deadlines\"] li:last-child .value').click()")
    check(count(".run.selected") > 0, "a value further down is drawn when it is asked for")
    rounds = 0
    while count(".more") and rounds < 50:
        browser.run("document.querySelector('.more').click()")
        rounds += 1
    same("".join(texts(".line")), on_lines(page.bytes["long.txt"]), "all of it")


@case
def two_thousand_letters():
    letters = folder / "many"
    maker = root / "tests" / "bench" / "letters.py"
    subprocess.run([sys.executable, maker, "--count", str(MANY), "--bytes", "5120", corpus, letters], check=True)
    page = Page("many", letters)
    start = time.monotonic()
    page.open()
    browser.settle()
    opened = time.monotonic() - start
    same(text("#totals"), f"{MANY} văn bản", "totals")
    switches = browser.run("""(async () => {
        const list = document.getElementById("list"), times = [];
        for (let i = 0; i < 40; i++) {
            const start = performance.now();
            list.dispatchEvent(new KeyboardEvent("keydown", { key: i % 2 ? "PageDown" : "ArrowDown" }));
            document.body.getBoundingClientRect();
            times.push(performance.now() - start);
            await new Promise(requestAnimationFrame);
        }
        return times;
    })()""")
    elements = count("body *:not(script)")
    median = statistics.median(switches) / 1000
    print(f"# {MANY} letters, {len(page.text) / 1e6:.1f} MB: open in {opened:.2f} s, "
          f"another letter in {1000 * median:.0f} ms (median), {elements} elements")
    check(opened < OPENS_WITHIN, f"opened in {opened:.2f} s")
    check(median < SWITCHES_WITHIN, f"switched in {median:.3f} s")
    check(elements < 6000, f"{elements} elements")
    browser.run("document.getElementById('list').focus()")
    browser.key("End")
    same(text("#file"), page.records[-1]["source"]["name"], "the last letter")


# ------------------------------------------------------------------------------------------- hostile letters --

HOSTILE = [
    "<script>window.harmed = 1</script>", '"><img src=x onerror=alert(1)>', "</textarea><img src=x onerror=alert(2)>",
    '</script><script>document.title = "harmed"</script>', "<!--<script>", "<!-- -->", "--!>", "]]>", "\u2028\u2029",
    "&lt;script&gt;alert(3)&lt;/script&gt;", "<svg onload=alert(4)>", "javascript:alert(5)", "{{letters}}{{words}}",
    "${alert(6)}", "\u202Eđảo\u202C", "\uFEFF\u200B\u00AD", "</style><style>*{display:none}", "\\u003c/script>",
    "__proto__", "\U0001F4E8 e\u0301\u0323",
]


def make_hostile():
    made = folder / "hostile"
    made.mkdir()
    plain = (corpus / "cong-van-province.txt").read_bytes()
    items = "".join(f"{i}. Mục {evil} xong trước ngày 15/3.\n" for i, evil in enumerate(HOSTILE, 1))
    (made / "markup.txt").write_text(
        'UBND TỈNH HÒA BÌNH\nSỞ NỘI VỤ "><img onerror=alert(7)>\nSố: 412/SNV-CCHC\nHòa Bình, ngày 03 tháng 3 năm 2025\n'
        f"V/v báo cáo ]]> {HOSTILE[0]}\n\nKính gửi: Các sở <b onmouseover=alert(8)>.\n\nĐề nghị:\n{items}\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nĐinh Gia Khánh\n", "utf-8")
    for i, evil in enumerate(HOSTILE, 1):
        (made / f"evil-{i:02}.txt").write_bytes(plain.replace(b"\n\n", f" {evil}\n\n".encode(), 9))
    ill_formed = b"\xED\xA0\x80\xF4\x90\x80\x80\xEF\xBF\xBE\xE2\x80"
    (made / "nul.txt").write_bytes(plain.replace(b"\n", b"\0\n", 6) + bytes(range(256)) + ill_formed)
    (made / "carriage-returns.txt").write_bytes(plain.replace(b"\n", b"\r"))
    (made / "empty.txt").write_bytes(b"")
    (made / "one-byte.txt").write_bytes(b"\xFF")
    (made / "<script>alert(9)<\u2215script>&quot;.txt").write_bytes(plain)
    return made


def main():
    global composed, hostile, browser
    composed = Page("composed", corpus)
    hostile = Page("hostile", make_hostile())
    browser = Browser(*sys.argv[3:4])
    failed = 0
    for one in cases:
        name = one.__name__.replace("_", " ")
        try:
            one()
            print(f"ok {name}", flush=True)
        except Exception as error:  # whatever it is, the other cases are tried
            failed += 1
            print(f"not ok {name}", flush=True)
            where = traceback.extract_tb(error.__traceback__)
            line = next(frame.lineno for frame in reversed(where) if frame.filename == __file__)
            print(f"    line {line}: {error}", flush=True)
            if browser.process.poll() is not None:
                browser.close()
                browser = Browser(*sys.argv[3:4])
    browser.close()
    return 1 if failed else 0


sys.exit(main())
