/* SPDX-License-Identifier: MIT */
/* Where letters begin in a file that holds several: a scan of a whole folder, letters that were put
 * one behind the other.
 *
 * A letter begins with its heading: the motto, or without one the number, and near it the agency
 * above, place and date. An annex may have a form with a heading of its own, and a letter may quote
 * another one, so that the heading must give evidence of being one: its number, its whole date, that
 * the letter before has closed (Nơi nhận, Lưu), that a page begins there. A label such as "Mẫu số 1"
 * above it speaks against.
 */
#include <string.h>

#include "base/limits.h"
#include "heading.h"
#include "match/date.h"
#include "parse.h"
#include "words.h"
#include "zones.h"

#define HEADING_ABOVE 8u  /* lines above the motto: agencies, stamps, marks */
#define HEADING_BELOW 14u /* lines from there to the number and the date */
#define EVIDENCE 2        /* of number, date, closing and page, less a form's label */
#define FORM_CODE 12u     /* characters of "KM-5" and the like */

struct splitter {
    struct cchci_parse *parse;
    const struct cchci_layout *layout;
    const struct cchci_text *text;
    struct cchci_vector begins;
    uint32_t first; /* line where the letter at hand begins */
    bool closed;    /* its recipients or its archive line have been seen */
};

/* What a heading has of its own. */
struct evidence {
    bool label, number, year, day;
};

/* "Số: 15/BNV-VP" from a place on. */
static void read_number(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                        struct evidence *evidence)
{
    struct cchci_code_shape shape;
    bool colon;
    uint32_t after = cchci_code_label(flow, at, end, &colon);
    if (after == 0 || !cchci_code_read(flow, after, end, &shape))
        return;
    evidence->label = true;
    evidence->number |= cchci_word_characters(flow, shape.number_begin, shape.number_end) > 0;
}

static void read_cell(const struct cchci_flow *flow, const struct cchci_cell *cell,
                      struct evidence *evidence)
{
    read_number(flow, cell->begin, cell->end, evidence); /* "Luật số: …" */
    for (uint32_t at = cell->begin; at + 3 < cell->end; at++) {
        unsigned char key = cchci_lower(flow->key[at]);
        struct cchci_date date;
        if ((key != 's' && key != 'n') || !cchci_flow_word_start(flow, at))
            continue;
        if (key == 's' && flow->key[at] == 'S' && !evidence->number)
            read_number(flow, at, cell->end, evidence);
        if (key == 'n' && !evidence->year && cchci_date_read(flow, at, &date) &&
            cchci_year_is_plausible(date.year) && cchci_lower(flow->key[at + 1]) == 'g' &&
            cchci_word_characters(flow, date.end, cell->end) == 0) {
            evidence->year = true;
            evidence->day = date.day > 0 && date.month > 0;
        }
    }
}

static struct evidence read_evidence(const struct splitter *splitter, uint32_t first, uint32_t end)
{
    struct evidence evidence = {false, false, false, false};
    struct cchci_arena_mark mark = cchci_arena_mark(splitter->parse->arena);
    struct cchci_grid grid;
    cchci_grid_build(&grid, splitter->parse, first, end);
    for (uint32_t i = 0; i < grid.cells.count; i++)
        read_cell(&grid.flow, cchci_cell_at(&grid, i), &evidence);
    cchci_arena_rewind(splitter->parse->arena, &mark);
    return evidence;
}

/* "CHỦ TỊCH NƯỚC CỘNG HÒA …" names an office. */
static bool after_nuoc(const unsigned char *key, uint32_t begin, uint32_t at)
{
    return at >= begin + 5 && cchci_loose_at(key, at - 5, at, "nuoc") != 0;
}

enum { MOTTOS = 3, THIRD_MOTTO = 2 };

/* Where a motto stands first in a line, if it does. */
struct place {
    uint32_t begin, end;
};

/* Looks for all mottos at once. */
static void find_mottos(const unsigned char *key, uint32_t begin, uint32_t end,
                        struct place places[MOTTOS])
{
    static const char *const mottos[MOTTOS] = {"conghoaxahoichunghia", "dangcongsanvietnam",
                                               "doclaptudohanhphuc"};
    for (unsigned m = 0; m < MOTTOS; m++)
        places[m] = (struct place){CCHCI_NOWHERE, CCHCI_NOWHERE};
    for (uint32_t at = begin; at < end; at++) {
        unsigned char first = key[at] | ('a' - 'A');
        if (first != 'c' && first != 'd')
            continue;
        for (unsigned m = 0; m < MOTTOS; m++) {
            if (places[m].begin != CCHCI_NOWHERE || first != (unsigned char)mottos[m][0])
                continue;
            uint32_t after = cchci_loose_at(key, at, end, mottos[m]);
            if (after != 0)
                places[m] = (struct place){at, after};
        }
    }
}

/* The motto of the state or of the Party, sound anywhere in a line, or damaged in a line of capitals;
 * in small letters it is a sentence's, or an address's. */
static bool is_motto(const struct splitter *splitter, const struct cchci_line *line)
{
    static const enum cchci_anchor damaged[] = {CCHCI_ANCHOR_MOTTO, CCHCI_ANCHOR_MOTTO_BELOW};
    const unsigned char *key = splitter->text->key;
    uint32_t most = (uint32_t)splitter->parse->limits->max_line_length;
    uint32_t end = line->end - line->begin > most ? line->begin + most : line->end;
    struct place places[MOTTOS];
    find_mottos(key, line->begin, end, places);
    for (unsigned m = 0; m < MOTTOS; m++) {
        uint32_t at = places[m].begin, after = places[m].end;
        if (at == CCHCI_NOWHERE || after_nuoc(key, line->begin, at))
            continue;
        uint32_t small = 0;
        for (uint32_t c = at; c < after; c++)
            small += key[c] >= 'a' && key[c] <= 'z';
        if (small * 4 < after - at || splitter->text->capitals_lost || m == THIRD_MOTTO)
            return true;
    }
    if (!cchci_capital_line(splitter->text, line))
        return false;
    struct cchci_likeness likeness;
    for (unsigned m = 0; m < sizeof damaged / sizeof damaged[0]; m++)
        if (cchci_anchor_find(key, line->begin, end, damaged[m], &likeness))
            return true;
    return false;
}

/* "Số: 15/BNV-VP" at a line's start, for headings that lost their motto. */
static bool is_number(const struct splitter *splitter, const struct cchci_line *line)
{
    const unsigned char *key = splitter->text->key;
    uint32_t c = cchci_line_starts(splitter->text, line, "so");
    return c != 0 && c - line->begin <= 3 && key[line->begin] == 'S' && c < line->end &&
           key[c] == ':';
}

/* "Mẫu số 1", "Mẫu KM-5 (…)", "Phụ lục". */
static bool labels_form(const struct splitter *splitter, const struct cchci_line *line)
{
    static const char *const labels[] = {"mauso", "bieumau", "phuluc", "bieuso"};
    const unsigned char *key = splitter->text->key;
    for (unsigned i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (cchci_line_starts(splitter->text, line, labels[i]) != 0)
            return true;
    uint32_t c = cchci_line_starts(splitter->text, line, "mau");
    while (c != 0 && c < line->end && key[c] == ' ')
        c++;
    for (uint32_t i = c; c != 0 && i < line->end && i - c < FORM_CODE && key[i] != ' '; i++)
        if (cchci_is_digit(key[i]))
            return true;
    return false;
}

/* "--- PAGE 1 ---", "[Trang 1]": what a converter puts above a page. */
static bool is_page_marker(const struct splitter *splitter, const struct cchci_line *line)
{
    return line->kind == CCHCI_LINE_FURNITURE && /* "Page 2 of 2" closes one */
           !cchci_is_letter(splitter->text->key[line->begin]) &&
           (cchci_line_starts(splitter->text, line, "page") != 0 ||
            cchci_line_starts(splitter->text, line, "trang") != 0);
}

/* Whether a page begins with line i: a form feed stands in the blanks before it, or a marker. */
static bool starts_page(const struct splitter *splitter, uint32_t i)
{
    const struct cchci_text *text = splitter->text;
    const struct cchci_line *line = cchci_line_at(splitter->layout, i);
    if (is_page_marker(splitter, line))
        return true;
    for (uint32_t c = line->begin; c > 0; c--) {
        unsigned char key = text->key[c - 1];
        if (key != ' ' && key != '\t' && key != '\n')
            return false;
        if (text->utf8[text->off[c - 1]] == '\f')
            return true;
    }
    return false;
}

/* "CHỦ TỊCH ỦY BAN NHÂN DÂN", "CHỦ TỊCH NƯỚC": an office that issues, unlike "GIÁM ĐỐC". */
static bool names_office(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin + 1; i < end; i++)
        if (cchci_flow_word_start(flow, i) && cchci_is_letter(flow->key[i]) &&
            (cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, i) != NULL ||
             cchci_flow_words(flow, i, "nuoc") > 0))
            return true;
    return false;
}

/* A name under a signature: in small letters any name, in capitals one with a known surname that
 * nothing follows. */
static bool is_name(const struct cchci_flow *flow, uint32_t begin, uint32_t end, bool last)
{
    bool known = cchci_lexicon_like(CCHCI_TOPIC_SURNAMES, flow, end, begin) != NULL &&
                 cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, begin) == NULL;
    bool small = cchci_capitals(flow, begin, end) < 60;
    return (small || (known && last)) && cchci_person_name(flow, &begin, &end);
}

/* What closes a letter: a name, a title or an authority. Where a line follows right below, a title
 * is the first half of an issuer ("BỘ TRƯỞNG / BỘ Y TẾ"). */
static bool is_closing(const struct splitter *splitter, const struct cchci_grid *grid, uint32_t i)
{
    const struct cchci_flow *flow = &grid->flow;
    bool last = i + 1 == splitter->layout->lines.count ||
                cchci_line_at(splitter->layout, i + 1)->blank_before;
    for (uint32_t k = 0; k < grid->cells.count; k++) {
        uint32_t begin = cchci_cell_at(grid, k)->begin, end = cchci_cell_at(grid, k)->end;
        cchci_bare(flow, &begin, &end);
        const struct cchci_entry *title =
            cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, begin);
        bool whole = title != NULL && begin + title->length == end;
        if (is_name(flow, begin, end, last) || (whole && last && !names_office(flow, begin, end)) ||
            (title == NULL && cchci_starts_signature(flow, begin, end)))
            return true;
    }
    return false;
}

static bool in_capitals(const struct cchci_flow *flow)
{
    uint32_t letters = 0, digits = 0;
    for (uint32_t i = 0; i < flow->length; i++) {
        letters += cchci_is_letter(flow->key[i]);
        digits += cchci_is_digit(flow->key[i]);
    }
    return letters >= 4 && letters > digits && cchci_capitals(flow, 0, flow->length) > 70;
}

enum above { ABOVE_HEADING, ABOVE_DOUBTFUL, ABOVE_OTHER };

/* What a line above a motto is: the heading's (agencies, the number, stamps), another letter's, or
 * perhaps either's. */
static enum above line_above(const struct splitter *splitter, uint32_t i)
{
    const struct cchci_line *line = cchci_line_at(splitter->layout, i);
    const struct cchci_text *text = splitter->text;
    if (line->kind == CCHCI_LINE_STAMP || line->kind == CCHCI_LINE_E_SIGNATURE)
        return ABOVE_HEADING;
    if (line->kind != CCHCI_LINE_TEXT)
        return ABOVE_DOUBTFUL;
    if (line->end - line->begin > CCHCI_STAMP_LINE_LENGTH || text->key[line->begin] == '-' ||
        cchci_line_starts(text, line, "luu") != 0 || cchci_line_starts(text, line, "noinhan") != 0)
        return ABOVE_OTHER;
    struct cchci_arena_mark mark = cchci_arena_mark(splitter->parse->arena);
    struct cchci_grid grid;
    cchci_grid_build(&grid, splitter->parse, i, i + 1);
    const struct cchci_flow *flow = &grid.flow;
    struct evidence evidence = {false, false, false, false};
    if (grid.cells.count > 0)
        read_number(flow, cchci_cell_at(&grid, 0)->begin, flow->length, &evidence);
    enum above above = is_closing(splitter, &grid, i) ? ABOVE_OTHER
                       : evidence.label               ? ABOVE_HEADING
                       : in_capitals(flow)            ? ABOVE_HEADING
                                                      : ABOVE_DOUBTFUL;
    cchci_arena_rewind(splitter->parse->arena, &mark);
    return above;
}

/* The first character of the line that has character c after its indent. */
static uint32_t start_of_line(const struct cchci_text *text, uint32_t c)
{
    while (c > 0 && text->key[c - 1] != '\n')
        c--;
    return c;
}

/* The first line of the heading that has its motto on line i. */
static uint32_t heading_above(const struct splitter *splitter, uint32_t i)
{
    uint32_t first = i;
    for (uint32_t k = i; k > splitter->first && i - k < HEADING_ABOVE && first - k < 4;) {
        if (starts_page(splitter, k))
            return k;
        enum above above = line_above(splitter, --k);
        if (above == ABOVE_OTHER)
            break;
        if (above == ABOVE_HEADING)
            first = k;
    }
    return first;
}

static bool begins_letter(struct splitter *splitter, uint32_t i, bool motto, uint32_t *first)
{
    const struct cchci_layout *layout = splitter->layout;
    *first = heading_above(splitter, i);
    uint32_t end =
        i + HEADING_BELOW < layout->lines.count ? i + HEADING_BELOW : layout->lines.count;
    struct evidence evidence = read_evidence(splitter, *first, end);
    if (!evidence.number && !evidence.year)
        return false;
    int points = evidence.number + (evidence.day || (evidence.year && evidence.label)) +
                 splitter->closed + starts_page(splitter, *first);
    for (uint32_t k = i; k > splitter->first && k + 4 > *first;)
        if (labels_form(splitter, cchci_line_at(layout, --k)))
            points -= EVIDENCE;
    return points >= EVIDENCE + !motto;
}

struct cchci_vector cchci_layout_split(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    struct splitter splitter = {.parse = parse, .layout = layout, .text = parse->text};
    cchci_layout_markup(parse);
    cchci_layout_lines(parse);
    *CCHCI_PUSH(&splitter.begins, parse->arena, uint32_t) = 0;
    bool headed =
        false; /* the letter at hand has its motto: what follows near is of the same one */
    for (uint32_t i = 0; i < layout->lines.count; i++) {
        const struct cchci_line *line = cchci_line_at(layout, i);
        if (line->kind != CCHCI_LINE_TEXT)
            continue;
        bool motto = is_motto(&splitter, line);
        if (motto && !headed && splitter.begins.count == 1 &&
            i < parse->limits->max_heading_lines && !splitter.closed) {
            headed = true; /* the first letter's own */
            i += 2;
            continue;
        }
        if (cchci_line_starts(parse->text, line, "noinhan") != 0 ||
            cchci_line_starts(parse->text, line, "luuvt") != 0) {
            splitter.closed = true;
            continue;
        }
        uint32_t first;
        if ((!motto && !(splitter.closed && is_number(&splitter, line))) ||
            !begins_letter(&splitter, i, motto, &first) || first <= splitter.first)
            continue;
        *CCHCI_PUSH(&splitter.begins, parse->arena, uint32_t) =
            start_of_line(parse->text, cchci_line_at(layout, first)->begin);
        splitter.first = first;
        splitter.closed = false;
        headed = true;
        i += 2;
    }
    return splitter.begins;
}
