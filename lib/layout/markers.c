/* SPDX-License-Identifier: MIT */
#include "markers.h"

#include <string.h>

#include "grid.h"
#include "match/lexicon.h"

static int roman_digit(unsigned char key)
{
    switch (cchci_lower(key)) {
    case 'i':
    case 'l': return 1;
    case 'v': return 5;
    case 'x': return 10;
    default: return 0;
    }
}

/* The Roman number at a place (to XXXIX); *after gets its end. 0: none. */
static int roman_number(const struct cchci_flow *flow, uint32_t at, uint32_t end, bool upper,
                        uint32_t *after)
{
    int value = 0, last = 100;
    uint32_t i = at;
    for (; i < end && i - at < 6; i++) {
        unsigned char key = flow->key[i];
        int digit = roman_digit(key);
        if (digit == 0 || (cchci_is_upper(key) != upper && key != 'l'))
            break;
        value += digit > last ? digit - 2 * last : digit;
        last = digit;
    }
    *after = i;
    return value;
}

/* Điểm go by the Vietnamese alphabet without ă, â, ê, ô, ơ and ư: a b c d đ e g h i k l m … */
int cchci_letter_value(const struct cchci_flow *flow, uint32_t at)
{
    static const char order[] = "abcd.eghiklmnopqrstuvxy";
    const char *place = strchr(order, cchci_lower(flow->key[at]));
    if (flow->key[at] == 'd' && flow->text->mark[cchci_flow_character(flow, at)] != 0)
        return 5;
    return place != NULL && *place != '\0' ? (int)(place - order) + 1 : 0;
}

/* Whether a sign is one that a scanner makes of letters: © of c or e, ø of g, @ of a. */
static bool is_damaged_letter(unsigned char key)
{
    return key == '@' || key == CCHCI_KEY_OTHER || key == CCHCI_KEY_LETTER;
}

/* Whether a sign of two bytes stands at a place for which the keys have no name. */
static bool is_sign(const struct cchci_flow *flow, uint32_t at, const char sign[2])
{
    if (flow->key[at] != CCHCI_KEY_OTHER)
        return false;
    const struct cchci_text *text = flow->text;
    return memcmp(text->utf8 + text->off[cchci_flow_character(flow, at)], sign, 2) == 0;
}

/* As which a scanner reads 8. */
static bool is_section_sign(const struct cchci_flow *flow, uint32_t at)
{
    return is_sign(flow, at, "§");
}

static bool closing_sign(unsigned char key)
{
    return key == '.' || key == ')' || key == ':' || key == '/' || key == '-' || key == ',';
}

/* "1", "1.2", "1.2.3" at a place. */
static bool read_decimal(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                         struct cchci_marker *marker)
{
    uint32_t i = at;
    int depth = 0, value = 0;
    for (;;) {
        uint32_t from = i;
        value = 0;
        while (i < end && cchci_is_digit(flow->key[i]) && i - from < 3)
            value = value * 10 + (flow->key[i++] - '0');
        if (i == from && depth == 0 && i < end && is_section_sign(flow, i)) {
            value = 8;
            i++;
        }
        if (i == from || (i < end && cchci_is_digit(flow->key[i])))
            return false;
        depth++;
        uint32_t dot = i + (cchci_flow_key(flow, i, end) == ' '); /* "2 .1" */
        if (cchci_flow_key(flow, dot, end) != '.' ||
            !cchci_is_digit(cchci_flow_key(flow, dot + 1, end)) || depth == 6)
            break;
        i = dot + 1;
    }
    marker->label_begin = at;
    marker->label_end = i;
    marker->depth = depth;
    marker->value = value;
    unsigned char sign = cchci_flow_key(flow, i, end);
    if (sign == ' ' && cchci_flow_key(flow, i + 1, end) == '.' && i + 2 < end)
        sign = cchci_flow_key(flow, ++i, end); /* "1 .Hồ sơ" */
    if (closing_sign(sign)) {
        marker->sign = (char)sign;
        marker->end = i + 1;
        /* "1. " but not "15/4", "2-3"; a sign glued to the words is one before a letter only. */
        unsigned char next = cchci_flow_key(flow, i + 1, end);
        if ((sign == '-' || sign == '/' || sign == ',' || sign == ':') && next != ' ')
            return false;
        if (sign == ',' && depth == 1 && value > 20)
            return false;
        if (cchci_is_digit(next))
            return false;
        if (sign == '.' && next != ' ' && !cchci_is_letter(next) && next != '"' && next != 0)
            return false;
    } else if (sign != 0 && sign < 0x80 && cchci_is_letter(sign) && !cchci_is_upper(sign) &&
               depth == 1 &&
               (cchci_flow_key(flow, i + 1, end) == '.' ||
                cchci_flow_key(flow, i + 1, end) == ')') &&
               cchci_flow_key(flow, i + 2, end) == ' ') {
        marker->label_end = i + 1; /* "3a.": put between 3 and 4 by an amendment */
        marker->sign = (char)cchci_flow_key(flow, i + 1, end);
        marker->end = i + 2;
    } else {
        marker->sign = 0;
        marker->end = i;
        if (depth < 2 || sign != ' ' ||
            (i - at > 3 && cchci_is_digit(flow->key[i - 3]) && cchci_is_digit(flow->key[i - 2])))
            return false; /* "60.000 đồng", "1.150.000 đồng" */
    }
    marker->style = depth > 1 ? CCHCI_MARKER_DOTTED : CCHCI_MARKER_DECIMAL;
    return true;
}

/* "b.1)", "b1)", "b.1.2)": items under điểm b. */
static bool read_lettered(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                          struct cchci_marker *marker)
{
    uint32_t i = at + 1;
    int depth = 1, value = 0;
    while (i < end) {
        uint32_t digits = cchci_flow_key(flow, i, end) == '.' ? i + 1 : i, stop = digits;
        int number = 0;
        while (stop < end && cchci_is_digit(flow->key[stop]) && stop - digits < 2)
            number = number * 10 + (flow->key[stop++] - '0');
        if (stop == digits && cchci_flow_key(flow, stop, end) == 'l' &&
            cchci_flow_key(flow, stop + 1, end) == ')' && roman_digit(flow->key[at]) == 0) {
            number = 1; /* "al)" */
            stop++;
        }
        if (stop == digits)
            break;
        value = number;
        depth++;
        i = stop;
    }
    unsigned char sign = cchci_flow_key(flow, i, end);
    if (depth == 1 || (sign != ')' && !(sign == '.' && cchci_flow_key(flow, i + 1, end) == ' ')))
        return false;
    marker->style = CCHCI_MARKER_LETTER;
    marker->label_begin = at;
    marker->label_end = i;
    marker->end = i + 1;
    marker->value = value;
    marker->depth = depth;
    marker->sign = (char)sign;
    return true;
}

/* Whether a title begins behind an article's number that no sign closes: a capitalised word that is no
 * act's name, and no other part's. */
static bool title_follows(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    static const char *const others[] = {"dieu",     "khoan",   "diem",      "muc",     "chuong",
                                         "phan",     "phu luc", "cong uoc",  "noi quy", "dieu le",
                                         "dieu uoc", "hiep",    "quy trinh", "danh muc"};
    uint32_t title = at + 1;
    if (title + 1 >= end || flow->key[at] != ' ' || !cchci_is_upper(flow->key[title]) ||
        !cchci_is(flow->key[title + 1], CCHCI_IS_LOWER) ||
        cchci_lexicon_like(CCHCI_TOPIC_CITED_TYPES, flow, end, title) != NULL)
        return false;
    for (unsigned i = 0; i < sizeof others / sizeof others[0]; i++)
        if (cchci_flow_words(flow, title, others[i]) > 0)
            return false;
    return true;
}

/* The strokes of a Roman number as OCR sees them: "1H", "|". */
static bool is_stroke(unsigned char key)
{
    return memchr("IVXl1H|T", key, 8) != NULL;
}

static uint32_t behind_strokes(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && i - at < 5 && is_stroke(flow->key[i]))
        i++;
    return i;
}

/* The length of "Chương" before a number that is all that stands behind it in a line: "ChươngII". */
static uint32_t glued_chapter(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t length = cchci_letters_at(flow->key + at, "chuong");
    uint32_t after = behind_strokes(flow, at + length, end);
    return length > 0 && after > at + length && after == end ? length : 0;
}

/* The number of a part, and its end; 0: it is damaged, as a chapter's may be where nothing follows, or
 * none stands there. */
static int part_number(const struct cchci_flow *flow, uint32_t at, uint32_t end, bool chapter,
                       uint32_t *after)
{
    int value = 0;
    *after = at;
    while (*after < end && cchci_is_digit(flow->key[*after]) && *after - at < 3)
        value = value * 10 + (flow->key[(*after)++] - '0');
    if (*after == at)
        value = roman_number(flow, at, end, true, after);
    if (!chapter || *after == end || !is_stroke(flow->key[*after]))
        return value;
    uint32_t strokes = behind_strokes(flow, at, end);
    *after = strokes == end ? end : at;
    return 0;
}

/* The number of a part in a word, and its end: "Phần thứ nhất", "PHẦN HAI"; 0: none stands there. */
static int part_word(const struct cchci_flow *flow, uint32_t at, uint32_t end, uint32_t *after)
{
    static const struct {
        const char *word;
        int value;
    } words[] = {{"thu nhat", 1}, {"thu hai", 2}, {"thu ba", 3},  {"thu tu", 4},
                 {"thu nam", 5},  {"thu sau", 6}, {"thu bay", 7}, {"mot", 1},
                 {"hai", 2},      {"ba", 3},      {"bon", 4},     {"nam", 5}};
    for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++) {
        uint32_t length = cchci_flow_words(flow, at, words[i].word);
        if (length > 0 && at + length <= end) {
            *after = at + length;
            return words[i].value;
        }
    }
    return 0;
}

/* A marker of one label, with the sign that closes it right behind; 0: none does. */
static void give_label(struct cchci_marker *marker, enum cchci_marker_style style, uint32_t begin,
                       uint32_t end, int value, unsigned char sign)
{
    marker->style = style;
    marker->label_begin = begin;
    marker->label_end = end;
    marker->end = end + (sign != 0);
    marker->value = value;
    marker->depth = 1;
    marker->sign = (char)sign;
}

static const struct part_name {
    const char *word;
    enum cchci_marker_style style;
    bool needs_stop; /* else it is a word of its own */
} part_names[] = {{"dieu", CCHCI_MARKER_ARTICLE, false},
                  {"dien", CCHCI_MARKER_ARTICLE, true}, /* "Điền 8.": the u was read as n */
                  {"chuong", CCHCI_MARKER_CHAPTER, false},
                  {"phan", CCHCI_MARKER_PART, false},
                  {"muc", CCHCI_MARKER_SECTION, false},
                  {"tieu muc", CCHCI_MARKER_SECTION, false}};

/* The name of a part that begins at a place; *length gets its own. NULL: none does. */
static const struct part_name *part_name_at(const struct cchci_flow *flow, uint32_t at,
                                            uint32_t end, uint32_t *length)
{
    for (unsigned n = 0; n < sizeof part_names / sizeof part_names[0]; n++) {
        *length = cchci_flow_words(flow, at, part_names[n].word);
        if (*length == 0 && part_names[n].style == CCHCI_MARKER_CHAPTER)
            *length = glued_chapter(flow, at, end);
        if (*length > 0)
            return &part_names[n];
    }
    return NULL;
}

/* "Điều 5", "Chương I", and the sign that closes them. */
static bool read_named(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                       struct cchci_marker *marker)
{
    uint32_t length;
    const struct part_name *name =
        cchci_is_upper(flow->key[at]) ? part_name_at(flow, at, end, &length) : NULL;
    if (name == NULL)
        return false;
    bool article = name->style == CCHCI_MARKER_ARTICLE;
    uint32_t i = at + length;
    if (cchci_flow_key(flow, i, end) == ' ')
        i++;
    uint32_t after = i;
    int value = part_number(flow, i, end, name->style == CCHCI_MARKER_CHAPTER, &after);
    if (after == i && name->style == CCHCI_MARKER_PART)
        value = part_word(flow, i, end, &after);
    if (article && value > 0 && after > i && cchci_is_letter(cchci_flow_key(flow, after, end)) &&
        !cchci_is_word(cchci_flow_key(flow, after + 1, end)))
        after++; /* Điều 5a */
    if (after == i || cchci_is_word(cchci_flow_key(flow, after, end)))
        return false;
    uint32_t close = after; /* "Điều 1 ." */
    if (cchci_flow_key(flow, close, end) == ' ' && cchci_flow_key(flow, close + 1, end) == '.')
        close++;
    unsigned char sign = cchci_flow_key(flow, close, end);
    if (name->needs_stop && sign != '.')
        return false;
    bool closes = sign == '.' || sign == ':' || sign == '-' || sign == '/';
    if (!closes && after < end && !article && cchci_capitals(flow, after, end) < 60)
        return false; /* "Chương I Nghị định này" goes on with the sentence */
    if (!closes && after < end && article) {
        closes = sign == ','; /* "Điều 25 Khấu trừ thuế", "Điều 31, Nghĩa vụ" */
        if (!title_follows(flow, closes ? close + 1 : after, end))
            return false; /* "Điều 5 Nghị định …" goes on with the sentence */
    }
    give_label(marker, name->style, at, after, value, closes ? sign : 0);
    if (closes)
        marker->end = close + 1;
    return true;
}

static bool read_bracketed(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                           struct cchci_marker *marker)
{
    uint32_t i = at + 1, after = i;
    int value = 0;
    enum cchci_marker_style style = CCHCI_MARKER_BRACKET_DECIMAL;
    while (after < end && cchci_is_digit(flow->key[after]) && after - i < 2)
        value = value * 10 + (flow->key[after++] - '0');
    if (after == i) {
        style = CCHCI_MARKER_BRACKET_ROMAN;
        value = roman_number(flow, i, end, false, &after);
        if (after == i && cchci_flow_key(flow, i + 1, end) == ')' &&
            cchci_is_ascii_letter(cchci_flow_key(flow, i, end))) {
            style = CCHCI_MARKER_BRACKET_LETTER;
            value = cchci_letter_value(flow, i);
            after = i + 1;
        } else if (after == i && cchci_letter_value(flow, i) > 0 &&
                   cchci_is_digit(cchci_flow_key(flow, i + 1, end)) &&
                   cchci_flow_key(flow, i + 2, end) == ')') { /* "(c1)" */
            style = CCHCI_MARKER_BRACKET_LETTER;
            value = flow->key[i + 1] - '0';
            after = i + 2;
        }
    }
    if (after == i || cchci_flow_key(flow, after, end) != ')')
        return false;
    give_label(marker, style, i, after, value, ')');
    return true;
}

/* "ii)", "iv. ": two strokes at least, since "i)" and "v)" are letters as well. */
static bool read_small_roman(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                             struct cchci_marker *marker)
{
    uint32_t after = at;
    int value = roman_number(flow, at, end, false, &after);
    unsigned char sign = cchci_flow_key(flow, after, end);
    if (after < at + 2 ||
        !(sign == ')' || (sign == '.' && cchci_flow_key(flow, after + 1, end) == ' ')))
        return false;
    give_label(marker, CCHCI_MARKER_BRACKET_ROMAN, at, after, value, sign);
    return true;
}

bool cchci_second_roman(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    struct cchci_marker marker;
    return cchci_flow_key(flow, at, end) == 'i' && read_small_roman(flow, at, end, &marker) &&
           marker.value == 2;
}

static bool read_bullet(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                        struct cchci_marker *marker)
{
    uint32_t i = at;
    switch (flow->key[at]) {
    case '-':
    case '~': marker->style = CCHCI_MARKER_DASH; break;
    case '+': marker->style = CCHCI_MARKER_PLUS; break;
    case '*': marker->style = CCHCI_MARKER_STAR; break;
    case CCHCI_KEY_BULLET: marker->style = CCHCI_MARKER_DOT; break;
    default: return false;
    }
    while (i < end && (flow->key[i] == flow->key[at] || flow->key[i] == '-') && i - at < 3)
        i++;
    if (cchci_flow_key(flow, i, end) == ' ' && cchci_flow_key(flow, i + 1, end) == '-' &&
        cchci_flow_key(flow, i + 2, end) == ' ')
        i += 2; /* OCR's "- -" */
    marker->label_begin = at;
    marker->label_end = marker->end = i;
    if (i > at + 1 && flow->key[at + 1] == ' ')
        marker->label_end = at + 1;
    marker->value = 0;
    marker->depth = 1;
    marker->sign = 0;
    while (i < end && (flow->key[i] == ' ' || flow->key[i] == '_'))
        i++;
    unsigned char next = cchci_flow_key(flow, i, end);
    bool apart = i > marker->end;
    if (next == 0 || next == '-' || next == '+' || next == '.' || next == ',')
        return false;
    if (marker->style == CCHCI_MARKER_PLUS && cchci_is_digit(next) && !apart)
        return false; /* +84 */
    if (!apart && !cchci_is_letter(next) && next != '"' && next != '(')
        return false;
    return cchci_flow_next_word(flow, i, end) < end; /* not "~ & £", a scribble */
}

bool cchci_marker_read_stroke(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                              struct cchci_marker *marker)
{
    uint32_t i = at;
    while (i < end && i - at < 3 && (flow->key[i] == '_' || is_sign(flow, i, "¬")))
        i++;
    if (i == at || cchci_flow_key(flow, i, end) != ' ')
        return false;
    memset(marker, 0, sizeof *marker);
    give_label(marker, CCHCI_MARKER_DASH, at, i, 0, 0);
    marker->begin = at;
    marker->text = i + 1;
    if (cchci_flow_key(flow, i + 2, end) == ' ' && memchr("~>=", flow->key[i + 1], 3) != NULL)
        marker->text = i + 3; /* "_ > Hồ sơ" */
    return cchci_is_upper(cchci_flow_key(flow, marker->text, end));
}

bool cchci_marker_read_capital(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                               struct cchci_marker *marker)
{
    uint32_t part = cchci_flow_words(flow, at, "phan"), place = at + (part > 0 ? part + 1 : 0);
    unsigned char letter = cchci_flow_key(flow, place, end);
    unsigned char sign = cchci_flow_key(flow, place + 1, end);
    if (letter < 'A' || letter > 'H' || memchr("./)-:", sign, part > 0 ? 5 : 4) == NULL)
        return false;
    uint32_t text = place + 2 + (cchci_flow_key(flow, place + 2, end) == ' ');
    if ((text == place + 2 && (sign != '.' || cchci_flow_key(flow, text + 1, end) == '.')) ||
        !cchci_is_upper(cchci_flow_key(flow, text, end)))
        return false;
    bool barred = letter == 'D' && flow->text->mark[cchci_flow_character(flow, place)] != 0;
    memset(marker, 0, sizeof *marker);
    give_label(marker, CCHCI_MARKER_CAPITAL, at, place + 1, letter - 'A' + 1 + barred, sign);
    marker->begin = at;
    marker->text = text;
    return true;
}

/* "1H. KINH PHÍ" among I. and III.: damaged strokes before capitals. Their value is not known. */
static bool read_damaged_roman(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                               struct cchci_marker *marker)
{
    uint32_t stop = at;
    bool letter = false;
    while (stop < end && stop - at < 5 && is_stroke(flow->key[stop]))
        letter |= cchci_is_letter(flow->key[stop++]);
    if (stop == at || !letter || cchci_flow_key(flow, stop, end) != '.' ||
        cchci_flow_key(flow, stop + 1, end) != ' ' || cchci_capitals(flow, stop + 1, end) < 80 ||
        end - stop < 6)
        return false;
    give_label(marker, CCHCI_MARKER_ROMAN, at, stop, 0, '.');
    return true;
}

/* "©) ", "©.1) " among lettered items, or "§. " for 8. The letter's value is not known; of a list that
 * begins so it is the first. */
static bool read_damaged_letter(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                                struct cchci_marker *marker)
{
    if (cchci_flow_key(flow, at + 1, end) == ')') {
        give_label(marker, CCHCI_MARKER_LETTER, at, at + 1, 0, ')');
        return cchci_flow_key(flow, at + 2, end) == ' ';
    }
    return is_section_sign(flow, at) ? read_decimal(flow, at, end, marker)
                                     : read_lettered(flow, at, end, marker);
}

/* What is skipped is no part of the marker. A small letter is followed by its closing sign or a
 * number, a stroke of a small Roman number by another one; strokes, as of a capital one, by others or
 * what closes it; the first letter of Điều, Tiểu mục, Chương, Phần and Mục by their second. */
enum {
    ANY = CCHCI_MARKER_ANY,
    SMALL = 2,
    ROMAN = 4,
    WITH_I = 8,
    WITH_H = 16,
    WITH_U = 32,
    SKIPPED = ANY | 64,
    STROKE = 128
};

/* clang-format off */
const unsigned char cchci_marker_firsts[256] = {
    ['0'] = ANY, ['1'] = ANY, ['2'] = ANY, ['3'] = ANY, ['4'] = ANY,
    ['5'] = ANY, ['6'] = ANY, ['7'] = ANY, ['8'] = ANY, ['9'] = ANY,
    ['-'] = ANY, ['~'] = ANY, ['+'] = ANY, ['*'] = ANY, [CCHCI_KEY_BULLET] = ANY,
    ['('] = ANY, ['|'] = ANY, ['#'] = ANY,
    ['@'] = SMALL, [CCHCI_KEY_OTHER] = SMALL, [CCHCI_KEY_LETTER] = SMALL,
    ['"'] = SKIPPED, ['\''] = SKIPPED, ['_'] = SKIPPED, ['.'] = SKIPPED, [','] = SKIPPED,
    [' '] = SKIPPED, [CCHCI_KEY_ELLIPSIS] = SKIPPED,
    ['a'] = SMALL, ['b'] = SMALL, ['c'] = SMALL, ['d'] = SMALL, ['e'] = SMALL, ['f'] = SMALL,
    ['g'] = SMALL, ['h'] = SMALL, ['j'] = SMALL, ['k'] = SMALL, ['m'] = SMALL, ['n'] = SMALL,
    ['o'] = SMALL, ['p'] = SMALL, ['q'] = SMALL, ['r'] = SMALL, ['s'] = SMALL, ['t'] = SMALL,
    ['u'] = SMALL, ['w'] = SMALL, ['y'] = SMALL, ['z'] = SMALL,
    ['i'] = SMALL | STROKE, ['v'] = SMALL | STROKE, ['x'] = SMALL | STROKE, ['l'] = SMALL | ROMAN,
    ['I'] = ROMAN, ['V'] = ROMAN, ['X'] = ROMAN, ['L'] = ROMAN, ['H'] = ROMAN,
    ['T'] = ROMAN | WITH_I, ['D'] = WITH_I, ['C'] = WITH_H, ['P'] = WITH_H, ['M'] = WITH_U
};
const unsigned char cchci_marker_seconds[256] = {
    ['0'] = SMALL, ['2'] = SMALL, ['3'] = SMALL, ['4'] = SMALL, ['5'] = SMALL,
    ['6'] = SMALL, ['7'] = SMALL, ['8'] = SMALL, ['9'] = SMALL, ['1'] = SMALL | ROMAN,
    [')'] = SMALL | ROMAN, ['.'] = SMALL | ROMAN, ['/'] = SMALL | ROMAN,
    [','] = SMALL | ROMAN, [' '] = ROMAN, ['-'] = ROMAN, [':'] = ROMAN, ['|'] = ROMAN,
    ['L'] = ROMAN, ['T'] = ROMAN, ['V'] = ROMAN, ['X'] = ROMAN, ['l'] = SMALL | ROMAN,
    ['I'] = ROMAN | WITH_I, ['i'] = WITH_I | STROKE, ['H'] = ROMAN | WITH_H, ['h'] = WITH_H,
    ['U'] = WITH_U, ['u'] = WITH_U, ['v'] = STROKE, ['x'] = STROKE
};
/* clang-format on */

/* The place behind what stands before a marker and is no part of it. */
static uint32_t behind_specks(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t begin = at;
    while (at < end && (flow->key[at] == '"' || flow->key[at] == '\'' || flow->key[at] == '_'))
        at++;
    /* A speck of OCR before the marker: ". - Mẫu", ", 2.", "_ “3.". */
    unsigned char behind = at + 2 < end && flow->key[at + 1] == ' ' ? flow->key[at + 2] : 0;
    if ((flow->key[at] == '.' || flow->key[at] == ',') &&
        (behind == '-' || behind == '*' || behind == '+' || behind == CCHCI_KEY_BULLET ||
         cchci_is_digit(behind)))
        at += 2;
    else if (at > begin && flow->key[at - 1] == '_' && flow->key[at] == ' ' &&
             cchci_flow_key(flow, at + 1, end) == '"')
        at += 2;
    /* A quoted provision that was cut: "...d) Người phụ thuộc". */
    uint32_t dots = at;
    while (dots < end && (flow->key[dots] == '.' || flow->key[dots] == CCHCI_KEY_ELLIPSIS ||
                          flow->key[dots] == ' '))
        dots++;
    if (dots > at && dots < end && cchci_is_word(flow->key[dots]))
        at = dots;
    return at;
}

/* Whether a Roman number ends at a place: behind it stands a sign, and no further letter with its own, as
 * of "I.V.Petrov". */
static bool closes_roman(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    unsigned char sign = cchci_flow_key(flow, at, end), behind = cchci_flow_key(flow, at + 1, end),
                  third = cchci_flow_key(flow, at + 2, end);
    if (sign == '.' && behind != ' ')
        return cchci_is_letter(behind) && third != '.';
    return behind == ' ' && (sign == '.' || sign == '/' || sign == '-' || sign == ')' ||
                             sign == ':' || (sign == ',' && cchci_is_upper(third)));
}

/* The same of the letter of a điểm. */
static bool closes_letter(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    unsigned char sign = cchci_flow_key(flow, at, end);
    return sign == ')' || ((sign == '.' || sign == '/' ||
                            (sign == ',' && cchci_is_upper(cchci_flow_key(flow, at + 2, end)))) &&
                           cchci_flow_key(flow, at + 1, end) == ' ');
}

/* A marker that a capital begins: a Roman number, or the name of a part. */
static bool read_capital(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                         struct cchci_marker *marker)
{
    uint32_t after = at;
    int roman = roman_number(flow, at, end, true, &after);
    bool closed = roman > 0 && closes_roman(flow, after, end);
    if (!closed && read_named(flow, at, end, marker))
        return true;
    /* "II MỤC ĐÍCH": the sign was lost, the title's capitals say what it is. */
    bool titled = roman > 0 && cchci_flow_key(flow, after, end) == ' ' && after + 4 < end &&
                  cchci_capitals(flow, after, end) >= 80;
    if (!closed && !titled)
        return false;
    unsigned char sign = closed ? cchci_flow_key(flow, after, end) : 0;
    give_label(marker, CCHCI_MARKER_ROMAN, at, after, roman, sign);
    return true;
}

/* A marker that another letter begins. */
static bool read_small(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                       struct cchci_marker *marker)
{
    if (!closes_letter(flow, at + 1, end))
        return flow->key[at] < 0x80 &&
               (read_lettered(flow, at, end, marker) || read_small_roman(flow, at, end, marker));
    give_label(marker, CCHCI_MARKER_LETTER, at, at + 1, cchci_letter_value(flow, at),
               cchci_flow_key(flow, at + 1, end));
    return true;
}

/* A bullet; or a number behind what was read for an opening quotation mark: "như sau:⏎*2. Hồ sơ". */
static bool read_bullet_or_quoted(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                                  struct cchci_marker *marker)
{
    unsigned char key = flow->key[at];
    if (read_bullet(flow, at, end, marker))
        return true;
    if ((key != '*' && key != '#') || at < 2 || flow->key[at - 2] != ':' ||
        !cchci_is_digit(cchci_flow_key(flow, at + 1, end)))
        return false;
    marker->begin = at + 1;
    return read_decimal(flow, at + 1, end, marker);
}

/* Any marker, by its first key. */
static bool read_begun(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                       struct cchci_marker *marker)
{
    unsigned char key = flow->key[at];
    if (cchci_is_digit(key))
        return read_decimal(flow, at, end, marker);
    if (is_damaged_letter(key))
        return read_damaged_letter(flow, at, end, marker);
    if (key == '(')
        return read_bracketed(flow, at, end, marker);
    if (cchci_is_upper(key))
        return read_capital(flow, at, end, marker);
    return cchci_is_letter(key) ? read_small(flow, at, end, marker)
                                : read_bullet_or_quoted(flow, at, end, marker);
}

/* Any marker, behind specks and with the sign that closes it. */
static bool read_any(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                     struct cchci_marker *marker)
{
    memset(marker, 0, sizeof *marker);
    if (cchci_marker_firsts[flow->key[at]] == SKIPPED)
        at = behind_specks(flow, at, end);
    while (end > at && flow->key[end - 1] == ' ')
        end--;
    if (at >= end)
        return false;
    marker->begin = at;
    if (!read_begun(flow, at, end, marker) && !read_damaged_roman(flow, at, end, marker))
        return false;
    unsigned char more = cchci_flow_key(flow, marker->end, end);
    unsigned char behind = cchci_flow_key(flow, marker->end + 1, end);
    if (marker->sign == ')' && (more == '.' || more == ':') &&
        (behind == ' ' || cchci_is_upper(behind)))
        marker->end++; /* "a). Hồ sơ" */
    marker->text = marker->end;
    while (marker->text < end && (flow->key[marker->text] == ' ' || flow->key[marker->text] == '_'))
        marker->text++;
    return true;
}

/* Reads "1. ", "12. ", "a) " and "- " right before a letter, which nine markers in ten are. */
static bool read_usual(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                       struct cchci_marker *marker)
{
    const unsigned char *key = flow->key + at;
    bool number = cchci_is_digit(key[0]), letter = cchci_is(key[0], CCHCI_IS_LOWER);
    uint32_t label = 1u + (number && cchci_is_digit(key[1]));
    uint32_t text = label + 1u + (number || letter); /* a dash has no closing sign */
    bool closed = number ? key[label] == '.' : letter ? key[label] == ')' : key[0] == '-';
    if (!closed || key[text - 1] != ' ' || !cchci_is_letter(key[text]) || text >= end - at)
        return false;
    *marker = (struct cchci_marker){.begin = at,
                                    .end = at + text - 1,
                                    .label_begin = at,
                                    .label_end = at + label,
                                    .text = at + text,
                                    .depth = 1};
    if (number) {
        marker->style = CCHCI_MARKER_DECIMAL;
        marker->value = label == 1 ? key[0] - '0' : 10 * (key[0] - '0') + (key[1] - '0');
        marker->sign = '.';
    } else if (letter) {
        marker->style = CCHCI_MARKER_LETTER;
        marker->value = cchci_letter_value(flow, at);
        marker->sign = ')';
    } else {
        marker->style = CCHCI_MARKER_DASH;
    }
    return true;
}

bool cchci_marker_read_begun(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                             struct cchci_marker *marker)
{
    return read_usual(flow, at, end, marker) || read_any(flow, at, end, marker);
}
