/* SPDX-License-Identifier: MIT */
/* Lines: where they begin and end, and which of them are no part of the letter's text.
 *
 * What is told apart here is told by the line itself and its neighbours: rules, page numbers and
 * page markers, running heads of the sites that republish letters, front matter, the printed trace
 * of an electronic signature, the ĐẾN stamp of the receiving office (Nghị định 30/2020/NĐ-CP, Phụ
 * lục IV).
 */
#include "layout.h"

#include <string.h>

#include "base/limits.h"
#include "parse.h"
#include "text/eight.h"
#include "text/seek.h"

static bool blank_key(unsigned char key)
{
    return cchci_is(key, CCHCI_IS_BLANK | CCHCI_IS_MARKUP);
}

/* What a line may be by its first and its last keys, which say no for nearly all: the rules below ask
 * the line itself only then. */
enum may {
    MAY_BE_NUMBER = 1,
    MAY_BE_RULE = 2,
    MAY_END_WITH_PAGE = 4,
    MAY_BE_HEAD = 8, /* a running head, or the marker of a page */
    MAY_BE_STAMP = 16,
    MAY_BE_ADDRESS = 32 /* of the web, that ends with .vn */
};

/* The same by a key in its place: as the first one, the last one, the one before that. */
#define LAST(may) ((may) << 8)
#define BEFORE(may) ((may) << 16)
#define STROKE (MAY_BE_RULE | LAST(MAY_BE_RULE))
#define EITHER (STROKE | MAY_BE_HEAD)
#define NUMBER (MAY_BE_NUMBER | LAST(MAY_BE_NUMBER))
#define DIGIT (NUMBER | LAST(MAY_END_WITH_PAGE))
#define END LAST(MAY_BE_STAMP | MAY_BE_ADDRESS)
static const uint32_t places[256] = {
    [0] = MAY_BE_HEAD,
    [CCHCI_KEY_MARKUP] = BEFORE(MAY_BE_STAMP | MAY_BE_ADDRESS),
    ['.'] = STROKE,
    ['~'] = STROKE,
    ['+'] = STROKE,
    [':'] = STROKE,
    ['#'] = STROKE,
    ['\''] = STROKE,
    ['"'] = STROKE,
    ['`'] = STROKE,
    [CCHCI_KEY_BOX] = STROKE,
    ['|'] = STROKE | NUMBER,
    ['-'] = EITHER | NUMBER,
    ['_'] = EITHER,
    ['='] = EITHER,
    ['*'] = EITHER,
    ['<'] = MAY_BE_HEAD,
    ['['] = MAY_BE_HEAD,
    ['('] = MAY_BE_HEAD,
    ['p'] = MAY_BE_HEAD,
    ['P'] = MAY_BE_HEAD,
    ['t'] = MAY_BE_HEAD,
    ['T'] = MAY_BE_HEAD,
    ['l'] = MAY_BE_HEAD,
    ['L'] = MAY_BE_HEAD,
    ['c'] = MAY_BE_HEAD | MAY_BE_STAMP,
    ['C'] = MAY_BE_HEAD | MAY_BE_STAMP,
    ['h'] = MAY_BE_HEAD,
    ['H'] = MAY_BE_HEAD,
    ['w'] = MAY_BE_HEAD,
    ['W'] = MAY_BE_HEAD,
    ['d'] = MAY_BE_STAMP,
    ['D'] = MAY_BE_STAMP,
    ['v'] = MAY_BE_STAMP | BEFORE(MAY_BE_ADDRESS),
    ['V'] = MAY_BE_STAMP | BEFORE(MAY_BE_ADDRESS),
    ['e'] = BEFORE(MAY_BE_STAMP), /* den */
    ['E'] = BEFORE(MAY_BE_STAMP),
    ['n'] = END,
    ['N'] = END,
    ['0'] = DIGIT,
    ['1'] = DIGIT,
    ['2'] = DIGIT,
    ['3'] = DIGIT,
    ['4'] = DIGIT,
    ['5'] = DIGIT,
    ['6'] = DIGIT,
    ['7'] = DIGIT,
    ['8'] = DIGIT,
    ['9'] = DIGIT,
};
#undef STROKE
#undef EITHER
#undef NUMBER
#undef DIGIT
#undef END

static unsigned char may_be(unsigned char first, unsigned char last_but_one, unsigned char last)
{
    uint32_t begins = places[first] | MAY_END_WITH_PAGE | MAY_BE_ADDRESS;
    uint32_t ends = places[last] | LAST(MAY_BE_HEAD);
    uint32_t before = places[last_but_one] | ~(uint32_t)BEFORE(MAY_BE_STAMP | MAY_BE_ADDRESS);
    return (unsigned char)(begins & ends >> 8 & before >> 16);
}

/* Line ends in a text. A byte counts those of so many keys, since bytes are added sixteen at a time. */
#define COUNTED_STEP 240u
static uint32_t count_line_ends(const struct cchci_text *text)
{
    const unsigned char *key = text->key;
    uint32_t count = 0, left = text->count;
    for (; left >= COUNTED_STEP; left -= COUNTED_STEP, key += COUNTED_STEP) {
        unsigned char ends = 0;
        for (unsigned i = 0; i < COUNTED_STEP; i++)
            ends = (unsigned char)(ends + (key[i] == '\n'));
        count += ends;
    }
    for (; left > 0; left--, key++)
        count += *key == '\n';
    return count;
}

/* The longest array of all: that of a long text is made once, not doubled. */
static void reserve_lines(struct cchci_parse *parse)
{
    const struct cchci_text *text = parse->text;
    uint32_t count =
        text->count > CCHCI_LINES_COUNTED_LENGTH ? count_line_ends(text) : text->count / 64;
    cchci_vector_reserve(&parse->layout->lines, parse->arena, (size_t)count + 8,
                         sizeof(struct cchci_line));
}

/* Returns what any of the lines may be. */
static unsigned cut_lines(struct cchci_parse *parse)
{
    const struct cchci_text *text = parse->text;
    struct cchci_vector *lines = &parse->layout->lines;
    bool blank = false;
    unsigned any = 0;
    reserve_lines(parse);
    for (uint32_t begin = 0; begin < text->count;) {
        uint32_t end = begin;
        if (text->key[begin] != '\n') {
            const unsigned char *stop = memchr(text->key + begin, '\n', text->count + 1 - begin);
            end = (uint32_t)(stop - text->key);
        }
        uint32_t from = begin, to = end, indent = 0;
        for (; from < to && blank_key(text->key[from]); from++) {
            if (text->key[from] == ' ')
                indent++;
            else if (text->key[from] == '\t')
                indent += 8 - indent % 8;
        }
        while (to > from && blank_key(text->key[to - 1]))
            to--;
        if (from == to) {
            blank = true;
        } else {
            if (lines->count == lines->capacity)
                cchci_vector_reserve(lines, parse->arena, (size_t)lines->capacity * 2,
                                     sizeof(struct cchci_line));
            struct cchci_line *line = &CCHCI_AT(lines, struct cchci_line, lines->count++);
            *line =
                (struct cchci_line){.begin = from,
                                    .end = to,
                                    .indent = indent,
                                    .kind = CCHCI_LINE_TEXT,
                                    .blank_before = blank,
                                    .may = may_be(text->key[from], text->key[to - (to > 1 ? 2 : 1)],
                                                  text->key[to - 1])};
            any |= line->may;
            blank = false;
        }
        if (text->feeds && end < text->count && text->utf8[text->off[end]] == '\f')
            blank = true;
        begin = end + 1;
    }
    return any;
}

/* ------------------------------------------------------------------------------- questions -- */

struct view { /* the start of a line, folded: enough to know it by */
    char text[64];
    unsigned length;
};

/* Lower-case keys of a line without markup, runs of blanks as one. */
static void look(const struct cchci_text *text, const struct cchci_line *line, struct view *view)
{
    unsigned n = 0;
    for (uint32_t c = line->begin; c < line->end && n + 1 < sizeof view->text; c++) {
        unsigned char key = cchci_lower(text->key[c]);
        if (key == CCHCI_KEY_MARKUP || (blank_key(key) && n > 0 && view->text[n - 1] == ' '))
            continue;
        view->text[n++] = blank_key(key) ? ' ' : (char)key;
    }
    view->text[n] = '\0';
    view->length = n;
}

static bool starts(const struct view *view, const char *words)
{
    return strncmp(view->text, words, strlen(words)) == 0;
}

static bool view_matches(const struct cchci_parse *parse, const struct view *view,
                         enum cchci_pattern_id id)
{
    struct cchci_match match;
    return cchci_match(parse->patterns, parse->scratch, id, (const unsigned char *)view->text,
                       view->length, 0, &match);
}

static bool is_rule(const struct cchci_text *text, const struct cchci_line *line)
{
    uint32_t strokes = 0;
    for (uint32_t c = line->begin; c < line->end; c++) {
        unsigned char key = text->key[c];
        if (blank_key(key))
            continue;
        if ((places[key] & MAY_BE_RULE) == 0)
            return false;
        strokes++;
    }
    return strokes >= 3 || (strokes == 1 && text->key[line->begin] == '*');
}

/* The number of a line that has nothing else, with strokes around it perhaps; 0: not such a line. */
static unsigned lone_number(const struct cchci_text *text, const struct cchci_line *line)
{
    unsigned number = 0, digits = 0;
    bool closed = false;
    if (line->end - line->begin > 12)
        return 0;
    for (uint32_t c = line->begin; c < line->end; c++) {
        unsigned char key = text->key[c];
        if (cchci_is_digit(key) && !closed) {
            number = number * 10 + (key - '0');
            digits++;
        } else if (blank_key(key) || key == '-' || key == '|') {
            closed = digits > 0;
        } else {
            return 0;
        }
    }
    return digits >= 1 && digits <= 3 ? number : 0;
}

static bool is_web_address(const struct view *view)
{
    return starts(view, "http://") || starts(view, "https://") || starts(view, "www.");
}

#define SITE "thuvienphapluat" /* stands anywhere in a line */

/* Sites that republish letters stamp their name on every page. */
static bool is_running_head(const struct view *view)
{
    static const char *const heads[] = {"thu vien phap luat", "lawsoft", "cong bao/so",
                                        "cong bao / so", NULL};
    for (int i = 0; heads[i] != NULL; i++)
        if (starts(view, heads[i]))
            return true;
    return is_web_address(view) || strstr(view->text, "www." SITE) != NULL;
}

/* Whether an address of the web goes on with the sentence of the line right above, and closes it:
 * "… tại địa chỉ⏎www.ecosys.gov.vn;". */
static bool ends_sentence_above(const struct cchci_parse *parse, uint32_t i,
                                const struct view *view)
{
    const struct cchci_line *line = cchci_line_at(parse->layout, i);
    const unsigned char *key = parse->text->key;
    if (i == 0 || line->blank_before || memchr(".,;)", key[line->end - 1], 4) == NULL ||
        !is_web_address(view))
        return false;
    const struct cchci_line *above = line - 1;
    unsigned char last = key[above->end - 1];
    return above->kind == CCHCI_LINE_TEXT && (cchci_is_letter(last) || last == ':') &&
           strstr(view->text, SITE) == NULL;
}

/* Words of running heads and page markers, and by which of their first three letters they are known, a
 * bit each. */
static const char *const head_words[] = {"thuvien", "trang", "lawsoft", "congbao",
                                         "http",    "www",   "page"};
enum head_word { THU = 1, TRA = 2, LAW = 4, CON = 8, HTT = 16, WWW = 32, PAG = 64 };
static const unsigned char head_letters[3][128] = {
    {['t'] = THU | TRA, ['l'] = LAW, ['c'] = CON, ['h'] = HTT, ['w'] = WWW, ['p'] = PAG},
    {['h'] = THU, ['r'] = TRA, ['a'] = LAW | PAG, ['o'] = CON, ['t'] = HTT, ['w'] = WWW},
    {['u'] = THU, ['a'] = TRA, ['w'] = LAW | WWW, ['n'] = CON, ['t'] = HTT, ['g'] = PAG}};

/* Whether a head's word may begin with the first letter in eight keys, by those of its letters that
 * nothing stands between; yes where there is none, or a key that is not of ASCII. */
static bool may_be_head_word(const unsigned char *key)
{
    enum { ONE = 0x80, TWO = 0x8080, THREE = 0x808080 };
    uint64_t eight = cchci_eight(key);
    uint64_t words = cchci_eight_letters(eight) | cchci_eight_within(eight, '0', '9');
    unsigned first = cchci_eight_first(words | (uint64_t)ONE << 56) * 8;
    unsigned three = (unsigned)(eight >> first | 0x202020) & 0x7F7F7F;
    unsigned found = (unsigned)(words >> first) & THREE;
    unsigned heads = head_letters[0][three & 0xFF];
    heads &= (found & TWO) == TWO ? head_letters[1][three >> 8 & 0xFF] : 0xFFu;
    heads &= found == THREE ? head_letters[2][three >> 16] : 0xFFu;
    return heads != 0 || (found & ONE) == 0 || (eight & CCHCI_EIGHT_YES) != 0;
}

/* Whether "ww" stands in a line that has a w, or what may be it behind markup. */
static bool names_site(const struct cchci_line *line, struct cchci_seeker *w)
{
    do {
        unsigned char next = w->key[w->next + 1];
        if (cchci_lower(next) == 'w' || next == CCHCI_KEY_MARKUP)
            return true;
        cchci_seek_from(w, w->next + 1);
    } while (w->next < line->end);
    return false;
}

/* A cheap answer for nearly all lines: neither the words of a running head nor those of a page marker
 * open them, whatever stands between the letters, and no site is named in them. */
static bool may_be_head_or_marker(const struct cchci_text *text, const struct cchci_line *line,
                                  struct cchci_seeker web[2], bool sites)
{
    for (unsigned i = 0; i < 2 && sites; i++)
        if (cchci_seek(&web[i], line->begin, line->end) && names_site(line, &web[i]))
            return true;
    if (!may_be_head_word(text->key + line->begin))
        return false;
    uint32_t c = line->begin;
    unsigned words = THU | TRA | LAW | CON | HTT | WWW | PAG;
    for (unsigned n = 0; n < 3; n++, c++) {
        while (c < line->end && !cchci_is_word(text->key[c]))
            c++;
        if (c >= line->end)
            return false;
        words &= head_letters[n][cchci_lower(text->key[c]) & 0x7F];
    }
    return words != 0 && cchci_line_starts(text, line, head_words[cchci_first_bit(words)]) != 0;
}

/* A running head that ends with the page's number: "… Công văn 93/…      Trang 2/2". */
static bool ends_with_page(const struct cchci_text *text, const struct cchci_line *line)
{
    uint32_t c = line->end, digits = 0;
    while (c > line->begin && (cchci_is_digit(text->key[c - 1]) || text->key[c - 1] == '/') &&
           line->end - c < 9) {
        digits += cchci_is_digit(text->key[c - 1]);
        c--;
    }
    if (digits == 0 || c < line->begin + 9 || text->key[c - 1] != ' ')
        return false;
    c--;
    static const char *const words[] = {"trang", "page"};
    for (unsigned w = 0; w < 2; w++) {
        uint32_t n = (uint32_t)strlen(words[w]);
        if (c >= line->begin + n + 3 && cchci_letters_at(text->key + c - n, words[w]) > 0 &&
            text->key[c - n - 1] == ' ' && text->key[c - n - 2] == ' ')
            return true;
    }
    return false;
}

/* -------------------------------------------------------------------------------- furniture -- */

/* pdftotext prints a footnote's number on a line of its own, lower than the text before and right
 * above the note, which is indented against it and the last thing of its page. */
static bool starts_footnote(const struct cchci_parse *parse, uint32_t i)
{
    const struct cchci_layout *layout = parse->layout;
    if (i + 1 >= layout->lines.count || i < 4)
        return false;
    const struct cchci_line *number = cchci_line_at(layout, i),
                            *note = cchci_line_at(layout, i + 1);
    return number->blank_before && !note->blank_before && note->indent > number->indent &&
           note->indent < number->indent + 12 && note->end - note->begin > 20 &&
           !cchci_is_digit(parse->text->key[number->begin + 1]);
}

/* The note's lines, to the end of the page: a blank line, or the next note's number. Returns the
 * last. */
static uint32_t take_footnote(struct cchci_parse *parse, uint32_t i)
{
    struct cchci_layout *layout = parse->layout;
    struct cchci_line *lines = layout->lines.data;
    lines[i].kind = CCHCI_LINE_FOOTNOTE;
    while (i + 1 < layout->lines.count && !lines[i + 1].blank_before &&
           lone_number(parse->text, &lines[i + 1]) == 0)
        lines[++i].kind = CCHCI_LINE_FOOTNOTE;
    return i;
}

static bool stands_apart(const struct cchci_layout *layout, uint32_t i)
{
    return cchci_line_at(layout, i)->blank_before || i + 1 == layout->lines.count ||
           cchci_line_at(layout, i + 1)->blank_before;
}

#define MAY_BE_FURNITURE (MAY_BE_NUMBER | MAY_BE_RULE | MAY_END_WITH_PAGE | MAY_BE_HEAD)

static void find_furniture(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    struct cchci_line *lines = layout->lines.data;
    struct cchci_seeker web[2] = {cchci_seeker(parse->text, 'w'), cchci_seeker(parse->text, 'W')};
    bool sites = web[0].next < web[0].count || web[1].next < web[1].count; /* in few texts */
    unsigned page = 1, note = 0;
    uint32_t top = CCHCI_NOWHERE; /* the line below a page's marker, where its number may stand */
    struct view view;
    for (uint32_t i = 0; i < layout->lines.count; i++) {
        struct cchci_line *line = &lines[i];
        if (line->kind != CCHCI_LINE_TEXT || (line->may & MAY_BE_FURNITURE) == 0)
            continue;
        unsigned number = (line->may & MAY_BE_NUMBER) != 0 ? lone_number(parse->text, line) : 0;
        if (number > 0 && number == note + 1 && starts_footnote(parse, i)) {
            note = number;
            line->kind = CCHCI_LINE_FURNITURE;
            i = take_footnote(parse, i + 1);
            continue;
        }
        if (number > 0 &&
            (number == page + 1 || i == top || (number >= page && stands_apart(layout, i)))) {
            line->kind = CCHCI_LINE_FURNITURE;
            page = number > page || i != top ? number : page;
            continue;
        }
        if ((line->may & MAY_BE_RULE) != 0 && is_rule(parse->text, line)) {
            line->kind = CCHCI_LINE_FURNITURE;
            continue;
        }
        if ((line->may & MAY_END_WITH_PAGE) != 0 && ends_with_page(parse->text, line)) {
            line->kind = CCHCI_LINE_FURNITURE;
            continue;
        }
        if ((line->may & MAY_BE_HEAD) == 0 || !may_be_head_or_marker(parse->text, line, web, sites))
            continue;
        look(parse->text, line, &view);
        bool marker = view_matches(parse, &view, CCHCI_PATTERN_PAGE_MARKER);
        if (marker)
            top = i + 1;
        if (marker || (is_running_head(&view) && !ends_sentence_above(parse, i, &view)))
            line->kind = CCHCI_LINE_FURNITURE;
    }
}

/* "---", keys with colons, "---" at the top of a file. */
static void find_front_matter(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    struct cchci_line *lines = layout->lines.data;
    struct view view;
    if (layout->lines.count == 0 || parse->text->key[lines[0].begin] != '-')
        return;
    look(parse->text, &lines[0], &view);
    if (strcmp(view.text, "---") != 0)
        return;
    for (uint32_t i = 1; i < layout->lines.count && i < CCHCI_FRONT_MATTER_LINES; i++) {
        look(parse->text, &lines[i], &view);
        if (strcmp(view.text, "---") == 0 || strcmp(view.text, "...") == 0) {
            for (uint32_t k = 0; k <= i; k++)
                lines[k].kind = CCHCI_LINE_FRONT_MATTER;
            return;
        }
        if (strchr(view.text, ':') == NULL && view.text[0] != '-' && lines[i].indent == 0 &&
            view.length + 1 < sizeof view.text)
            return;
    }
}

#define FOUR(a, b, c, d)                                                                           \
    ((uint32_t)(d) << 24 | (uint32_t)(c) << 16 | (uint32_t)(b) << 8 | (uint32_t)(a))

/* Whether a word of the signing may start at a letter, the first of eight keys: ký, bởi, người ký, ngày
 * ký, thời gian ký, digitally, signed, sao y. Markup may stand between its letters. */
static inline bool may_name_signing(uint64_t eight)
{
    const unsigned first = 1u << ('k' & 31) | 1u << ('n' & 31) | 1u << ('t' & 31) |
                           1u << ('d' & 31) | 1u << ('s' & 31) | 1u << ('g' & 31) |
                           1u << ('b' & 31);
    uint32_t four = (uint32_t)eight | FOUR(' ', ' ', ' ', ' ');
    if ((first >> (eight & 31) & 1) == 0)
        return false;
    return (four & 0xFFFF) == FOUR('k', 'y', 0, 0) || four == FOUR('n', 'g', 'u', 'o') ||
           four == FOUR('n', 'g', 'a', 'y') || four == FOUR('t', 'h', 'o', 'i') ||
           four == FOUR('d', 'i', 'g', 'i') || four == FOUR('s', 'i', 'g', 'n') ||
           four == FOUR('g', 'i', 'a', 'n') || (four & 0xFFFFFF) == FOUR('b', 'o', 'i', 0) ||
           (four & 0xFFFFFF) == FOUR('s', 'a', 'o', 0) ||
           (uint32_t)cchci_eight_is(eight, CCHCI_KEY_MARKUP) != 0;
}

/* Whether a block may begin with a line, by its first letters and its last: what the patterns of its
 * kinds have in common. Of a line that is longer than a view no pattern sees the end, nor has to. */
static bool may_open_e_signature(const struct cchci_text *text, const struct cchci_line *line,
                                 struct cchci_seeker *colon)
{
    const unsigned char *key = text->key;
    uint32_t c = line->begin, end = line->end;
    if ((line->may & MAY_BE_ADDRESS) != 0 && end - c > strlen(".gov.vn"))
        return true;
    if (!cchci_seek(colon, c, end))
        return false;
    if (cchci_is_digit(key[end - 1]) && (cchci_is_digit(key[c]) || key[c] == '.' || key[c] == '+'))
        return true;
    /* A time with its zone; "Date: 2024.05.06", whatever was read of the label. */
    if ((end - c > 6 && key[end - 6] == '+') ||
        (key[colon->next + 1] == ' ' && key[colon->next + 2] == '2' && key[colon->next + 3] == '0'))
        return true;
    while (c < end && !cchci_is_ascii_letter(key[c]))
        c++;
    if (c == end)
        return false;
    uint64_t eight = cchci_eight(key + c);
    if (may_name_signing(eight))
        return true;
    /* "Đã ký bởi:", with a short word before; no line ends in front of a letter. */
    uint64_t others = ~cchci_eight_letters(eight) & CCHCI_EIGHT_YES & UINT64_C(0xFFFFFFFFFF);
    if (others == 0)
        return false;
    c += cchci_eight_first(others);
    while (c < end && blank_key(key[c]))
        c++;
    return c < end && (key[c - 1] == CCHCI_KEY_MARKUP || may_name_signing(cchci_eight(key + c)));
}

/* Whether a line is of a kind that the pattern knows: it names the signing, or begins with a time, or
 * is an address. */
static bool is_time_stamp(const struct cchci_parse *parse, const struct view *view)
{
    bool names = strstr(view->text, "ngay ky") != NULL || strstr(view->text, "gian k") != NULL;
    unsigned char first = (unsigned char)view->text[0];
    return (names || cchci_is_digit(first) || first == '.' || first == '+' ||
            strstr(view->text, ": 20") != NULL || strchr(view->text, '+') != NULL ||
            strstr(view->text, ".gov.vn") != NULL) &&
           view_matches(parse, view, CCHCI_PATTERN_TIME_STAMP);
}

static bool names_signer(const struct cchci_parse *parse, const struct view *view)
{
    return (strstr(view->text, "ky") != NULL || strstr(view->text, "signed") != NULL) &&
           view_matches(parse, view, CCHCI_PATTERN_SIGNED_BY);
}

/* The first line from `i` on in which a sign stands; the count of lines: none. */
static uint32_t line_with(const struct cchci_parse *parse, uint32_t i, struct cchci_seeker *seeker)
{
    const struct cchci_layout *layout = parse->layout;
    const struct cchci_line *lines = layout->lines.data;
    uint32_t count = layout->lines.count;
    while (i < count && !cchci_seek(seeker, lines[i].begin, lines[i].end))
        while (i < count && lines[i].end <= seeker->next)
            i++;
    return i;
}

/* Lines of a block that may stand between two that are known: of a name that was wrapped. */
#define BLOCK_GAP 4u
/* The longest line of such a name, of an address, and of a name's rest that is known by its words. */
#define BLOCK_LINE (CCHCI_STAMP_LINE_LENGTH / 2)
#define BLOCK_REST 25u

/* Makes the text lines [first, end) lines of a block, if they are short. */
static void take_lines(struct cchci_layout *layout, uint32_t first, uint32_t end)
{
    struct cchci_line *lines = layout->lines.data;
    for (uint32_t i = first; i < end; i++)
        if (lines[i].kind == CCHCI_LINE_TEXT && lines[i].end - lines[i].begin <= BLOCK_LINE)
            lines[i].kind = CCHCI_LINE_E_SIGNATURE;
}

/* Whether a line is nothing but the rest of an agency's name: "tỉnh Long An". */
static bool is_rest_of_name(const struct cchci_text *text, const struct cchci_line *line)
{
    static const char *const words[] = {"tinh", "thanhpho", "pho", "quan", "huyen", "xa"};
    if (line->end - line->begin > BLOCK_REST || cchci_is_upper(text->key[line->begin]))
        return false;
    for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++)
        if (cchci_line_starts(text, line, words[i]) != 0)
            return true;
    return false;
}

/* Takes the lines below the one that names the signer, in which the name goes on; returns the last one
 * of the block. */
static uint32_t take_name(struct cchci_parse *parse, uint32_t i, const struct view *view)
{
    struct cchci_layout *layout = parse->layout;
    const struct cchci_line *lines = layout->lines.data;
    unsigned last = view->length;
    while (last > 0 && view->text[last - 1] == ' ')
        last--;
    bool empty = last > 0 && view->text[last - 1] == ':';
    uint32_t end = i + 1;
    if (empty) /* "Ký bởi:" over the name */
        while (end < layout->lines.count && end <= i + 2 &&
               (end == i + 1 || !lines[end].blank_before))
            end++;
    else if (end < layout->lines.count && is_rest_of_name(parse->text, &lines[end]))
        end++;
    take_lines(layout, i + 1, end);
    return end - 1;
}

/* Takes the lines above that begin what a line goes on with: "Digitally signed by" over its date, or a
 * name over an address of the web, which begins the text or stands behind a blank line. */
static void take_above(struct cchci_parse *parse, uint32_t i, bool address)
{
    struct cchci_layout *layout = parse->layout;
    const struct cchci_line *lines = layout->lines.data;
    uint32_t first = i;
    while (first > 0 && i - first < BLOCK_GAP - 1 && lines[first - 1].kind == CCHCI_LINE_TEXT &&
           lines[first - 1].end - lines[first - 1].begin <= BLOCK_LINE &&
           !(address && lines[first].blank_before)) {
        first--;
        if (!address && cchci_line_starts(parse->text, &lines[first], "digitallysignedby") != 0)
            break;
    }
    if (first < i &&
        (address ? first == 0 || lines[first].blank_before
                 : cchci_line_starts(parse->text, &lines[first], "digitallysignedby") != 0))
        take_lines(layout, first, i);
}

/* Takes the rest of the place that a block ends with: what stands right below, or all short lines down
 * to the page's marker. Returns the last line. */
static uint32_t take_place(struct cchci_parse *parse, uint32_t i)
{
    struct cchci_layout *layout = parse->layout;
    const struct cchci_line *lines = layout->lines.data;
    uint32_t end = i + 1;
    while (end < layout->lines.count && end <= i + BLOCK_GAP + 1 &&
           lines[end].end - lines[end].begin <= BLOCK_LINE &&
           parse->text->key[lines[end].begin + 1] != '-')
        end++;
    bool page = end == layout->lines.count || (parse->text->key[lines[end].begin] == '-' &&
                                               parse->text->key[lines[end].begin + 1] == '-');
    if (!page)
        end = i + 1 + (i + 1 < layout->lines.count && !lines[i + 1].blank_before);
    take_lines(layout, i + 1, end);
    return end - 1;
}

/* "bởi: …", whose "Ký" is lost, over the time. */
static bool names_signer_over_time(const struct cchci_parse *parse, uint32_t i,
                                   const struct view *view)
{
    const struct cchci_layout *layout = parse->layout;
    struct view below;
    if (!starts(view, "boi:") && !starts(view, "y boi:"))
        return false;
    for (uint32_t k = i + 1; k < layout->lines.count && k < i + BLOCK_GAP; k++) {
        look(parse->text, cchci_line_at(layout, k), &below);
        if (is_time_stamp(parse, &below))
            return true;
    }
    return false;
}

/* "Ký bởi: …" and the lines about the signing that go with it. */
static void find_e_signatures(struct cchci_parse *parse, bool addresses)
{
    struct cchci_layout *layout = parse->layout;
    struct cchci_line *lines = layout->lines.data;
    struct view view;
    struct cchci_seeker colon = cchci_seeker(parse->text, ':');
    uint32_t last = CCHCI_NOWHERE; /* line of the block that began, which may go on */
    bool named = false;            /* it is the one that names the signer */
    bool agency = false;           /* it names his agency */
    for (uint32_t i = 0; i < layout->lines.count; i++) {
        if (last != CCHCI_NOWHERE && i > last + BLOCK_GAP)
            last = CCHCI_NOWHERE;
        bool open = last != CCHCI_NOWHERE;
        if (!open && !addresses)
            i = line_with(parse, i, &colon);
        if (i == layout->lines.count)
            break;
        struct cchci_line *line = &lines[i];
        if (line->kind != CCHCI_LINE_TEXT || line->end - line->begin > CCHCI_STAMP_LINE_LENGTH ||
            (!open && !may_open_e_signature(parse->text, line, &colon)))
            continue;
        look(parse->text, line, &view);
        bool head = names_signer(parse, &view) || names_signer_over_time(parse, i, &view),
             stamp = is_time_stamp(parse, &view);
        bool more = open && view_matches(parse, &view, CCHCI_PATTERN_SIGNED_MORE);
        if (!head && !stamp && !more)
            continue;
        line->kind = CCHCI_LINE_E_SIGNATURE;
        /* The signer's name was wrapped: "Ký bởi: CỤC THUẾ / TỈNH BẮC NINH / Thời gian ký: …". */
        if (open && named && !head)
            take_lines(layout, last + 1, i);
        else if (open && agency && !head && !lines[last + 1].blank_before)
            take_lines(layout, last + 1, last + 2); /* "Cơ quan: Thành phố Hồ Chí / Minh" */
        else if (!open && stamp)
            take_above(parse, i, strstr(view.text, ".gov.vn") != NULL);
        named = head;
        agency = more && strncmp(view.text, "co quan", strlen("co quan")) == 0;
        if (head)
            i = take_name(parse, i, &view);
        else if (more && strstr(view.text, "ocation") != NULL)
            i = take_place(parse, i);
        last = i;
    }
}

static void find_stamps(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    struct cchci_line *lines = layout->lines.data;
    struct view view;
    for (uint32_t i = 0; i < layout->lines.count; i++) {
        if (lines[i].kind != CCHCI_LINE_TEXT || (lines[i].may & MAY_BE_STAMP) == 0 ||
            lines[i].end - lines[i].begin > CCHCI_STAMP_LINE_LENGTH)
            continue;
        look(parse->text, &lines[i], &view);
        bool title = strcmp(view.text, "cong van den") == 0 ||
                     strcmp(view.text, "van ban den") == 0 || strcmp(view.text, "den") == 0;
        if (!title)
            continue;
        uint32_t k = i + 1;
        bool any = false;
        for (; k < layout->lines.count && k <= i + 5; k++) {
            look(parse->text, &lines[k], &view);
            struct cchci_match match;
            if (!cchci_match(parse->patterns, parse->scratch, CCHCI_PATTERN_STAMP_LINE,
                             (const unsigned char *)view.text, view.length, 0, &match))
                break;
            any = true;
        }
        layout->has_stamp |= any;
        for (uint32_t l = i; any && l < k; l++)
            lines[l].kind = CCHCI_LINE_STAMP;
    }
}

void cchci_layout_lines(struct cchci_parse *parse)
{
    unsigned any = cut_lines(parse);
    find_front_matter(parse);
    find_e_signatures(parse, (any & MAY_BE_ADDRESS) != 0);
    if ((any & MAY_BE_STAMP) != 0)
        find_stamps(parse);
    find_furniture(parse);
}

/* ------------------------------------------------------------------------- for the zones -- */

uint32_t cchci_line_starts(const struct cchci_text *text, const struct cchci_line *line,
                           const char *letters)
{
    uint32_t c = line->begin;
    for (; *letters != '\0'; letters++) {
        while (c < line->end && !cchci_is_word(text->key[c]))
            c++;
        if (c >= line->end || cchci_lower(text->key[c]) != (unsigned char)*letters)
            return 0;
        c++;
    }
    return c;
}

bool cchci_capital_line(const struct cchci_text *text, const struct cchci_line *line)
{
    uint32_t letters = 0, capitals = 0, small = 0;
    if (line->end - line->begin > 200)
        return false;
    /* A fifth of fewer than sixty letters may be small: prose has more in its first words. */
    for (uint32_t c = line->begin; c + 8 <= line->end && !text->capitals_lost; c += 8) {
        small += cchci_eight_count(cchci_eight_within(cchci_eight(text->key + c), 'a', 'z'));
        if (small >= 12)
            return false;
    }
    for (uint32_t c = line->begin; c < line->end; c++) {
        if (text->capitals_lost && !cchci_is_upper(text->key[c]) &&
            (text->mark[c] & CCHCI_TONE) != 0)
            continue; /* see cchci_capitals() */
        letters += cchci_is_letter(text->key[c]);
        capitals += cchci_is_upper(text->key[c]);
    }
    return letters >= 4 && letters < 60 && capitals * 10 >= letters * 8;
}
