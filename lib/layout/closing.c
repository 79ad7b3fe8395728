/* SPDX-License-Identifier: MIT */
/* The closing (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7 and II.9b): recipients on the left, the
 * signature on the right, level with one another:
 *
 *      Nơi nhận:              |  KT. GIÁM ĐỐC
 *      - Như trên;            |  PHÓ GIÁM ĐỐC
 *      - Lưu: VT, KH.         |
 *                             |  Nguyễn Văn An
 *
 * or one after the other, in either order, or woven line by line without a gap. The label finds it;
 * where a scanner lost it, the archive line (Lưu: VT) that ends the list does; without either, a line
 * of capitals that starts like an authority (KT.) or a title, if a name or the end of the text follows.
 *
 * What comes after both is the annexes.
 */
#include <string.h>

#include "base/limits.h"
#include "heading.h"
#include "match/date.h"
#include "parse.h"
#include "text/eight.h"
#include "words.h"
#include "zones.h"

#define FOOT_LINES 6u               /* date, addressee, seat, and a page number */
#define RECIPIENTS_LABEL_LENGTH 16u /* spaced out: "N ơ i  n h ậ n" */
#define LABEL_LINES 3u              /* a damaged label, an authority and a title beside it */
#define LOST_LIST_LINES 48u         /* recipients of an act that goes to all: met 34 */
#define ARCHIVE_LABEL_LENGTH 12u    /* a bullet, specks, and "L ư u" */
#define ARCHIVE_REST_LENGTH 30u     /* units and copies on a second line */
#define END_MARK_LENGTH 24u         /* "./.", and what a scanner reads behind it */
#define LONG_ITEM_LENGTH 240u       /* of a list that nothing wraps; what is longer is prose */
#define WOVEN_LENGTH 14u /* "HỖ TRỢ NGƯỜI NỘP THUẾ"; no recipient of capitals has as many */
#define LIST_LINE_LENGTH 70u        /* of a column; what is longer is prose */
#define ANNEX_LABEL_LENGTH 14u      /* "PHỤ LỤC VIII." */
#define LEFT_OPEN_LENGTH 16u        /* "TÊN ĐƠN VỊ: ...", words before the colon */

struct closing {
    struct cchci_parse *parse;
    struct cchci_layout *layout;
    struct cchci_grid grid;
    uint32_t label;         /* line of "Nơi nhận", or CCHCI_NOWHERE */
    uint32_t list;          /* line that the list begins on whose label is lost; else 0 */
    uint32_t label_letters; /* of the label, that stood on the line before */
    uint32_t right;         /* where the right column starts; CCHCI_NOWHERE: one column */
    bool archive;           /* the line Lưu has been seen */
    bool bullets;           /* the recipients have bullets */
    bool left_closed;       /* a line that is none of theirs came after a closed item */
    bool named;             /* a name has been seen in the signature */
    uint32_t left_line;     /* last line given to the recipients */
    uint32_t left_at;       /* and the place behind it in the grid's flow */
    uint32_t title_line; /* last line of the signature that begins with an authority or a title */
    uint32_t after;      /* lines since the last one that was surely of the closing */
};

/* ------------------------------------------------------------------------------ line by line -- */

/* "Not nhận:", "Nơi nhậm:": damaged, with the colon right behind it. The place after it, or 0. */
static uint32_t damaged_label(const unsigned char *key, uint32_t begin, uint32_t end,
                              struct cchci_likeness *likeness)
{
    while (begin < end && !cchci_is_word(key[begin]))
        begin++;
    uint32_t stop = begin, words = 0;
    while (stop < end && stop - begin < RECIPIENTS_LABEL_LENGTH && key[stop] != ':' &&
           key[stop] != ';' && words < 2)
        words += key[++stop] == ' ';
    /* Behind its two words stands a colon, or the signature's column in capitals, which the words are
     * not: "VỚI HÀNG HÓA". */
    uint32_t next = stop;
    while (next < end && !cchci_is_word(key[next]))
        next++;
    bool closed = stop < end && (key[stop] == ':' || key[stop] == ';');
    bool beside = words == 2 && !cchci_is_upper(key[begin + 1]) && next + 1 < end &&
                  cchci_is_upper(key[next]) &&
                  (cchci_is_upper(key[next + 1]) || key[next + 1] == '.');
    if ((!closed && !beside) ||
        !cchci_anchor_find(key, begin, stop, CCHCI_ANCHOR_RECIPIENTS, likeness) ||
        likeness->begin != begin || likeness->end + 1 < stop)
        return 0;
    return likeness->end;
}

/* Whether two words may be a label: it begins as one, or behind its second word, within its length,
 * stands a sign or begins a word of capitals. Spares nearly all lines of a body the question. */
static bool may_be_label(const unsigned char *key)
{
    if (cchci_lower(key[0]) == 'n' && (cchci_lower(key[1]) == 'o' || !cchci_is_word(key[1])))
        return true;
    unsigned blanks = cchci_sixteen_is(key, ' '), signs = cchci_sixteen_within(key, ':', ';');
    blanks &= blanks - 1;
    if (blanks == 0) /* two long words, of which there are few */
        return true;
    if ((signs & ((blanks & (0u - blanks)) - 1)) != 0)
        return true;
    const unsigned char *next = key + cchci_first_bit(blanks) + 1;
    return !cchci_is_word(next[0]) ||
           (cchci_is_upper(next[0]) && (cchci_is_upper(next[1]) || next[1] == '.'));
}

static bool is_recipients_label(const struct cchci_text *text, const struct cchci_line *line)
{
    struct cchci_likeness likeness;
    uint32_t c = cchci_line_starts(text, line, "noinhan");
    if (c == 0)
        c = damaged_label(text->key, line->begin, line->end, &likeness);
    if (c == 0 || c - line->begin > RECIPIENTS_LABEL_LENGTH)
        return false;
    while (c < line->end && (text->key[c] == ' ' || text->key[c] == CCHCI_KEY_MARKUP))
        c++;
    /* "Nơi nhận hồ sơ" is no label. */
    return c >= line->end || !(text->key[c] >= 'a' && text->key[c] <= 'z');
}

static bool is_position(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    begin = cchci_flow_next_word(flow, begin, end);
    return cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, begin) != NULL &&
           cchci_capitals(flow, begin, end) >= 75;
}

bool cchci_starts_signature(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    begin = cchci_flow_next_word(flow, begin, end);
    return begin < end &&
           (cchci_authority_prefix(flow, begin, end) > 0 || is_position(flow, begin, end));
}

static bool is_name(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    return cchci_person_name(flow, &begin, &end);
}

/* The same where a known surname begins it, since the recipients among which it stands may look like
 * names. */
static bool is_surnamed(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    return cchci_lexicon_like(CCHCI_TOPIC_SURNAMES, flow, end, begin) != NULL &&
           is_name(flow, begin, end);
}

/* A damaged title: its commonest words within the edit cost. */
static bool like_a_title(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    static const char *const words[] = {"giamdoc", "chutich", "truong"};
    struct cchci_likeness likeness;
    for (unsigned w = 0; w < sizeof words / sizeof words[0]; w++)
        if (cchci_alike_find(flow->key, begin, end, words[w], cchci_anchor_limit(strlen(words[w])),
                             &likeness))
            return true;
    return false;
}

/* ------------------------------------------------------------------------------ where it is -- */

static uint32_t find_label(const struct cchci_parse *parse)
{
    const struct cchci_layout *layout = parse->layout;
    for (uint32_t i = layout->body_first; i < layout->lines.count; i++) {
        const struct cchci_line *line = cchci_line_at(layout, i);
        const unsigned char *key = parse->text->key;
        if (line->kind != CCHCI_LINE_TEXT || key[line->begin] == ' ')
            continue;
        uint32_t first = line->begin;
        while (first < line->end && !cchci_is_word(key[first]))
            first++;
        if (first == line->end || !may_be_label(key + first))
            continue;
        if (is_recipients_label(parse->text, line))
            return i;
        /* "Nơi⏎nhận:": a wrap inside the label; the second line is the label's. */
        uint32_t half = cchci_line_starts(parse->text, line, "noi");
        if (half == line->end && i + 1 < layout->lines.count) {
            const struct cchci_line *next = cchci_line_at(layout, i + 1);
            uint32_t rest = cchci_line_starts(parse->text, next, "nhan");
            if (rest != 0 && rest < next->end && key[rest] == ':')
                return i;
        }
    }
    return CCHCI_NOWHERE;
}

/* -------------------------------------------------------------------- where the label is lost -- */

/* Whether a line is the archive line, known by the office that keeps the copy: "Lưu: VT", "Lưu HC". A
 * body that tells to keep something ("Lưu hồ sơ") names none in capitals. */
static bool is_archive_line(const struct cchci_text *text, const struct cchci_line *line)
{
    const unsigned char *key = text->key;
    uint32_t at = cchci_line_starts(text, line, "luu");
    if (at == 0 || at - line->begin > ARCHIVE_LABEL_LENGTH)
        return false;
    /* "LƯU TRỮ HỒ SƠ" is a title. */
    bool spoken = !cchci_is_upper(key[at - 1]) || key[at] == ':';
    while (at < line->end && !cchci_is_word(key[at]))
        at++;
    uint32_t stop = at;
    while (stop < line->end && cchci_is_upper(key[stop]))
        stop++;
    bool office = stop >= at + 2 && stop <= at + 6 && !cchci_is_word(key[stop]);
    return spoken && (office || cchci_letters_at(key + at, "van thu") > 0);
}

/* The end of the left column of a line: what stands before a wide gap. */
static uint32_t left_end(const struct cchci_text *text, const struct cchci_line *line)
{
    uint32_t c = line->begin;
    while (c < line->end && text->key[c] != '\t' &&
           !(text->key[c] == ' ' && text->key[c + 1] == ' ' && text->key[c + 2] == ' '))
        c++;
    return c;
}

/* The end mark of a letter, "./.", or what a scanner made of it, at the end of a line. */
static bool has_end_mark(const struct cchci_text *text, const struct cchci_line *line)
{
    uint32_t first = line->begin;
    if (line->end - first > END_MARK_LENGTH)
        first = line->end - END_MARK_LENGTH;
    for (uint32_t c = first; c + 1 < line->end; c++)
        if (text->key[c] == '/' && text->key[c - (c > first)] == '.')
            return true;
    return false;
}

static bool is_dash(unsigned char key)
{
    return key == '-' || key == '~' || key == '=' || key == '+' || key == '*' ||
           key == CCHCI_KEY_BULLET;
}

/* Where a signature begins in a cell that may begin with noise, or with what is left of the label; its
 * end: nowhere. */
static uint32_t signature_in(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end && i - begin < RECIPIENTS_LABEL_LENGTH; i++)
        if (cchci_is_upper(flow->key[i]) && cchci_flow_word_start(flow, i) &&
            cchci_capitals(flow, i, end) >= 75 &&
            (cchci_starts_signature(flow, i, end) ||
             (cchci_word_characters(flow, i, end) >= 8 && like_a_title(flow, i, end))))
            return i;
    return end;
}

/* Whether a signature stands on a line. */
static bool has_signature(struct cchci_parse *parse, uint32_t i)
{
    if (cchci_line_at(parse->layout, i)->end - cchci_line_at(parse->layout, i)->begin >
        CCHCI_STAMP_LINE_LENGTH)
        return false;
    struct cchci_arena_mark mark = cchci_arena_mark(parse->arena);
    struct cchci_grid grid;
    cchci_grid_build(&grid, parse, i, i + 1);
    bool found = false;
    for (uint32_t k = 0; k < grid.cells.count && !found; k++) {
        const struct cchci_cell *cell = cchci_cell_at(&grid, k);
        found = signature_in(&grid.flow, cell->begin, cell->end) < cell->end;
    }
    cchci_arena_rewind(parse->arena, &mark);
    return found;
}

/* Whether a line opens a list: "Như trên", "Như Điều 3", and no words behind it. */
static bool opens_list(const struct cchci_text *text, const struct cchci_line *line)
{
    static const char *const openings[] = {"nhutren", "nhudieu", "nhukinhgui"};
    for (unsigned i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        uint32_t at = cchci_line_starts(text, line, openings[i]);
        if (at != 0)
            return !cchci_is(text->key[at + (text->key[at] == ' ')], CCHCI_IS_LOWER);
    }
    return false;
}

/* The line that the list begins on which an archive line ends: that of "Như trên", or the first dash
 * behind a signature, the end mark or a full line. CCHCI_NOWHERE: there is no such list. */
static uint32_t list_above(struct cchci_parse *parse, uint32_t archive)
{
    const struct cchci_layout *layout = parse->layout;
    const struct cchci_text *text = parse->text;
    uint32_t low = layout->body_first;
    if (archive > low + LOST_LIST_LINES)
        low = archive - LOST_LIST_LINES;
    uint32_t first = archive, plain = 0; /* lines without a dash above the first one with it */
    for (uint32_t i = archive; i > low;) {
        const struct cchci_line *line = cchci_line_at(layout, --i);
        if (line->kind != CCHCI_LINE_TEXT)
            continue;
        if (opens_list(text, line))
            return i;
        uint32_t end = left_end(text, line);
        bool dash = is_dash(text->key[line->begin]);
        if (has_end_mark(text, line) || (!dash && end - line->begin > LIST_LINE_LENGTH))
            return first;
        if (dash && end - line->begin > CCHCI_STAMP_LINE_LENGTH)
            return CCHCI_NOWHERE;             /* a body's own list */
        if (!dash && has_signature(parse, i)) /* below it items may have lost their dashes */
            return plain != 0 ? plain : first;
        unsigned char last = text->key[end - 1];
        if (dash) {
            first = i;
            plain = 0;
        } else if (last == ';' || (last == ':' && text->key[end - 2] == ')') ||
                   (plain != 0 && last == ',')) {
            plain = i;
        }
    }
    return CCHCI_NOWHERE;
}

/* The line that the closing begins on whose list is found: what is left of the label, and of a
 * signature, stands right above it. */
static uint32_t lost_label(struct cchci_parse *parse, uint32_t list)
{
    const struct cchci_layout *layout = parse->layout;
    uint32_t first = list;
    for (uint32_t i = list; i > layout->body_first && list - i < LABEL_LINES;) {
        const struct cchci_line *line = cchci_line_at(layout, --i);
        if (line->kind != CCHCI_LINE_TEXT)
            continue;
        bool label = (cchci_line_starts(parse->text, line, "noi") != 0 ||
                      cchci_line_starts(parse->text, line, "nhan") != 0) &&
                     left_end(parse->text, line) - line->begin < LIST_LINE_LENGTH;
        if (has_end_mark(parse->text, line) || (!label && !has_signature(parse, i)))
            break;
        first = i;
    }
    return first;
}

/* The recipients whose label is damaged beyond recognition, or lost. */
static void find_list(struct closing *closing)
{
    struct cchci_parse *parse = closing->parse;
    const struct cchci_layout *layout = parse->layout;
    for (uint32_t i = layout->body_first; i < layout->lines.count; i++) {
        const struct cchci_line *line = cchci_line_at(layout, i);
        unsigned char first = cchci_lower(parse->text->key[line->begin]);
        if ((first != 'l' && cchci_is_word(first)) || line->kind != CCHCI_LINE_TEXT ||
            !is_archive_line(parse->text, line))
            continue;
        uint32_t list = list_above(parse, i);
        if (list == CCHCI_NOWHERE)
            continue;
        closing->list = list;
        closing->label = lost_label(parse, list);
        return;
    }
}

/* Whether the signature begins on line i, a line of capitals: it starts like one, and a name follows
 * within a few lines, or little text. */
static bool signature_at(struct cchci_parse *parse, uint32_t i)
{
    const struct cchci_layout *layout = parse->layout;
    struct cchci_grid grid;
    cchci_grid_build(&grid, parse, i, i + 1);
    bool starts = false;
    for (uint32_t k = 0; k < grid.cells.count; k++)
        starts |= cchci_starts_signature(&grid.flow, cchci_cell_at(&grid, k)->begin,
                                         cchci_cell_at(&grid, k)->end);
    if (!starts)
        return false;
    const struct cchci_cell *cell = cchci_cell_at(&grid, 0);
    if (i < layout->body_first + 2 && cell->end - cell->begin > 30)
        return false; /* the one who decides, above căn cứ */
    uint32_t end = i + 10 < layout->lines.count ? i + 10 : layout->lines.count;
    cchci_grid_build(&grid, parse, i, end);
    for (uint32_t k = 1; k < grid.cells.count; k++) {
        cell = cchci_cell_at(&grid, k);
        if (cell->end - cell->begin > 90)
            break;
        if (is_name(&grid.flow, cell->begin, cell->end))
            return true;
    }
    return end == layout->lines.count && grid.cells.count <= 6;
}

/* The first line on which a signature begins, for letters without the label; CCHCI_NOWHERE: none. */
static uint32_t find_signature(struct cchci_parse *parse)
{
    const struct cchci_layout *layout = parse->layout;
    for (uint32_t i = layout->body_first; i < layout->lines.count; i++) {
        const struct cchci_line *line = cchci_line_at(layout, i);
        if (line->kind != CCHCI_LINE_TEXT || !cchci_capital_line(parse->text, line))
            continue;
        struct cchci_arena_mark mark = cchci_arena_mark(parse->arena);
        bool found = signature_at(parse, i);
        cchci_arena_rewind(parse->arena, &mark);
        if (found)
            return i;
    }
    return CCHCI_NOWHERE;
}

/* Recipients whose label stands lower than they do: "- Như trên;" first. */
static uint32_t recipients_above(const struct cchci_parse *parse, uint32_t label)
{
    const struct cchci_layout *layout = parse->layout;
    uint32_t low = label > layout->body_first + 12 ? label - 12 : layout->body_first, first = label;
    for (uint32_t i = label; i > low;) {
        const struct cchci_line *line = cchci_line_at(layout, --i);
        if (line->kind != CCHCI_LINE_TEXT)
            continue;
        unsigned char key = parse->text->key[line->begin];
        if (key != '-' && key != '~')
            break;
        if (cchci_line_starts(parse->text, line, "nhutren") ||
            cchci_line_starts(parse->text, line, "nhudieu") ||
            cchci_line_starts(parse->text, line, "nhukinhgui"))
            first = i;
    }
    return first;
}

/* The signature above the label, in texts that pour the right column first. */
static uint32_t signature_above(struct cchci_parse *parse, uint32_t label)
{
    const struct cchci_layout *layout = parse->layout;
    uint32_t low = label > layout->body_first + 12 ? label - 12 : layout->body_first, first = label;
    for (uint32_t i = label; i > low;) {
        const struct cchci_line *line = cchci_line_at(layout, --i);
        if (line->kind != CCHCI_LINE_TEXT)
            continue;
        if (line->end - line->begin > 70)
            break;
        if (!cchci_capital_line(parse->text, line))
            continue;
        struct cchci_grid grid;
        cchci_grid_build(&grid, parse, i, i + 1);
        if (grid.cells.count > 0 &&
            cchci_starts_signature(&grid.flow, cchci_cell_at(&grid, 0)->begin,
                                   cchci_cell_at(&grid, 0)->end))
            first = i;
    }
    /* Joint letters name the agency above each signature. */
    if (first < label && first > layout->body_first &&
        cchci_capital_line(parse->text, cchci_line_at(layout, first - 1)) &&
        cchci_line_at(layout, first - 1)->kind == CCHCI_LINE_TEXT)
        first--;
    return first;
}

/* ---------------------------------------------------------------------------------- columns -- */

/* The right column starts where most cells right of another one start. */
static uint32_t right_column(const struct cchci_grid *grid, uint32_t from_line)
{
    uint32_t least = CCHCI_NOWHERE;
    for (uint32_t i = 0; i < grid->cells.count; i++) {
        const struct cchci_cell *cell = cchci_cell_at(grid, i);
        if (cell->line < from_line || cell->line > from_line + 30)
            continue;
        if (cell->x >= 20 && cell->x < least &&
            (cell->group > 0 || cchci_starts_signature(&grid->flow, cell->begin, cell->end)))
            least = cell->x;
    }
    return least;
}

static bool starts_item(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    struct cchci_marker marker;
    if (cchci_flow_key(flow, begin, end) == '=') /* a dash that the scanner doubled */
        return cchci_is_letter(flow->key[begin + 1 + (flow->key[begin + 1] == ' ')]);
    return cchci_marker_read(flow, begin, end, &marker) && marker.style >= CCHCI_MARKER_DASH;
}

static bool is_closing_sign(unsigned char key)
{
    return key == ';' || key == ':' || key == '.' || key == ',' || key == ')';
}

static uint32_t next_closing_sign(const unsigned char *key, uint32_t at, uint32_t end)
{
    for (; at < end; at += 8) {
        uint64_t eight = cchci_eight_before(key, at, end);
        uint64_t signs = cchci_eight_within(eight, ':', ';') | cchci_eight_is(eight, ')') |
                         cchci_eight_is(eight | CCHCI_EIGHT(',' ^ '.'), '.');
        if (signs != 0)
            return at + cchci_eight_first(signs);
    }
    return end;
}

/* Whether a title in capitals stands at a place: behind its authority, or a deputy's up to an end, since
 * that of a chief may be the rest of one. */
static bool is_sure_title(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t prefix = cchci_authority_prefix(flow, at, end);
    if (prefix > 0)
        at = cchci_flow_next_word(flow, at + prefix, end);
    else if (cchci_flow_words(flow, at, "pho") == 0 &&
             cchci_flow_words(flow, at, "thu truong") == 0)
        return false;
    const struct cchci_entry *title = cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, at);
    return title != NULL && (prefix > 0 || at + title->length == end);
}

/* Where a title begins that the words of an item run into without a sign between: "các Ban của THỨ
 * TRƯỞNG". Its capitals end the cell, and those before it are none; end: nowhere. */
static uint32_t title_behind(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t stop = cchci_flow_behind_word(flow, begin, end), from = stop;
    if (stop == begin || !cchci_is_upper(flow->key[stop - 1]) || flow->key[stop] == ';')
        return end;
    while (from > begin && !cchci_is(flow->key[from - 1], CCHCI_IS_LOWER))
        from--;
    if (from == begin)
        return end;
    for (uint32_t i = from + 1; i + 6 < stop; i++)
        if (cchci_is_upper(flow->key[i]) &&
            (cchci_flow_word_start(flow, i) || cchci_is_digit(flow->key[i - 1])) &&
            is_sure_title(flow, i, stop)) {
            /* "BAN GIÁM ĐỐC" is no title. */
            uint32_t before = cchci_flow_before_blank(flow, i);
            return before > begin && cchci_is_upper(flow->key[before - 1]) ? end : i;
        }
    return end;
}

/* Whether the full stop behind a word is that of a title or a place: "TP. Hà Nội", "PCT. Lê An". */
static bool is_abbreviation(const struct cchci_flow *flow, uint32_t stop)
{
    static const char *const words[] = {"tp", "tx", "tt", "ct",   "pct", "bt",    "gd",   "pgd",
                                        "dc", "ts", "bs", "tctr", "cvp", "ptctr", "pcvp", NULL};
    uint32_t at = cchci_flow_word_begin(flow, stop);
    for (int i = 0; words[i] != NULL; i++)
        if (cchci_flow_words(flow, at, words[i]) == stop - at)
            return true;
    return false;
}

/* Where a cell of the left column goes over into the signature because the gap was lost: after a
 * closing sign, words in capitals that are a title. end: nowhere. archive: it is the archive line. */
static uint32_t lost_gap(const struct cchci_flow *flow, uint32_t begin, uint32_t end, bool archive)
{
    const unsigned char *key = flow->key;
    uint32_t title_at = archive ? end : title_behind(flow, begin, end);
    if (title_at < end)
        return title_at;
    /* A signature is short: looked for at the end of a long cell only, since each place asks about
     * all that follows it. */
    uint32_t from = end - begin > CCHCI_STAMP_LINE_LENGTH ? end - CCHCI_STAMP_LINE_LENGTH : begin;
    for (uint32_t i = begin; (i = next_closing_sign(key, i, end)) < end;) {
        unsigned char sign = 0; /* the last one before the next word, and apart from it */
        uint32_t stop = i;
        for (; i < end && !cchci_is_word(key[i]); i++)
            if (is_closing_sign(key[i]) && !cchci_is_word(key[i + 1]))
                sign = key[i];
        if (sign == 0 || i < from + 3)
            continue;
        if (i + 3 >= end)
            break;
        if (sign != ',' && sign != ':' && key[end - 1] != ';' &&
            !(sign == '.' && !archive && is_abbreviation(flow, stop)) &&
            (cchci_lexicon_like(CCHCI_TOPIC_SURNAMES, flow, end,
                                cchci_behind_titles(flow, i, end)) != NULL ||
             (archive && sign == '.' && cchci_capitals(flow, i, end) < 60)) &&
            is_name(flow, i, end))
            return i; /* behind the units of an archive line any name is the signer's */
        const struct cchci_entry *poured = cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, i);
        if (poured != NULL && sign != ',' && sign != ':' &&
            cchci_capitals(flow, i, i + poured->length) == 100)
            return i; /* the whole signature behind the archive line */
        if (end - i < 6 || cchci_capitals(flow, i, end) < 80 ||
            cchci_word_characters(flow, i, end) < 6)
            continue;
        uint32_t title = i;
        while (title < end && flow->key[title] != ' ')
            title++;
        bool titled = title + 1 < end &&
                      (cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, title + 1) != NULL ||
                       cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, title + 1) != NULL);
        if ((cchci_authority_prefix(flow, i, end) > 0 && titled) || is_position(flow, i, end))
            return i;
        if ((sign == ';' || cchci_flow_words(flow, i, "pho") > 0) && like_a_title(flow, i, end))
            return i;
    }
    return end;
}

/* --------------------------------------------------------------------------------- annexes -- */

bool cchci_tells_annexed(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    static const char *const ways[] = {"kem theo", "ban hanh kem theo", "gui kem theo",
                                       "gui kem",  "dinh kem",          "ban hanh theo",
                                       NULL};
    while (begin < end && !cchci_is_word(flow->key[begin]) && flow->key[begin] != '(')
        begin++;
    if (begin >= end || flow->key[begin] != '(')
        return false;
    begin = cchci_flow_next_word(flow, begin, end);
    for (const char *const *way = ways; *way != NULL; way++)
        if (cchci_flow_words(flow, begin, *way) > 0)
            return true;
    return false;
}

/* "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in any line. */
static bool has_motto(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t after;
    return cchci_loose_find(flow->key, begin, end, "conghoaxahoi", &after) != CCHCI_NOWHERE;
}

/* "CỤC THUẾ: .....": a place of a form that is left open. */
static bool is_left_open(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t colon = cchci_next_key(flow->key, begin, end, ':');
    return colon < end && cchci_word_characters(flow, begin, colon) < LEFT_OPEN_LENGTH &&
           cchci_word_characters(flow, colon, end) < 3;
}

bool cchci_is_annex_title(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t word = cchci_flow_next_word(flow, begin, end);
    if (cchci_flow_words(flow, word, "stt") > 0 || cchci_flow_words(flow, word, "tt") > 0)
        return false; /* a table's head */
    return cchci_word_characters(flow, begin, end) >= 6 && cchci_capitals(flow, begin, end) >= 75 &&
           !is_left_open(flow, begin, end) && !has_motto(flow, begin, end);
}

bool cchci_may_title_annex(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    if (!cchci_is_annex_title(flow, begin, end))
        return false;
    cchci_bare(flow, &begin, &end);
    return !cchci_starts_signature(flow, begin, end) && !is_surnamed(flow, begin, end);
}

static bool starts_annex(const struct closing *closing, uint32_t i)
{
    const struct cchci_flow *flow = &closing->grid.flow;
    const struct cchci_cell *cell = cchci_cell_at(&closing->grid, i);
    uint32_t begin = cell->begin, end = cell->end;
    cchci_bare(flow, &begin, &end);
    static const char *const openings[] = {
        "phu luc",  "danh sach",         "danh muc", "mau so",
        "mau ",     "bieu mau",          "bieu muc", "bang tong hop",
        "kem theo", "ban hanh kem theo", "dinh kem", "de cuong",
        NULL};
    if (cchci_is_upper(flow->key[begin]))
        for (int k = 0; openings[k] != NULL; k++)
            if (cchci_flow_words(flow, begin, openings[k]) > 0)
                return true;
    /* The motto of another document, beside its agency. */
    uint32_t last = i;
    while (last + 1 < closing->grid.cells.count &&
           cchci_cell_at(&closing->grid, last + 1)->line == cell->line)
        last++;
    if (cchci_tells_annexed(flow, cell->begin, cell->end) ||
        has_motto(flow, begin, cchci_cell_at(&closing->grid, last)->end))
        return true;
    const struct cchci_entry *type =
        cchci_lexicon_like(CCHCI_TOPIC_DOCUMENT_TYPES, flow, end, begin);
    return type != NULL && type->length == end - begin && cchci_capitals(flow, begin, end) > 90;
}

/* The cell where the title begins of the annex that a cell starts: "(Kèm theo …)" stands under it. */
static uint32_t annex_title(const struct closing *closing, uint32_t i)
{
    const struct cchci_flow *flow = &closing->grid.flow;
    const struct cchci_cell *cell = cchci_cell_at(&closing->grid, i);
    uint32_t first = i, line = cell->line;
    if (!cchci_tells_annexed(flow, cell->begin, cell->end))
        return i;
    while (first > 0 && i - first < CCHCI_ANNEX_TITLE_LINES) {
        cell = cchci_cell_at(&closing->grid, first - 1);
        if (cell->line == line || cell->group > 0 || cell->line <= closing->left_line ||
            !cchci_may_title_annex(flow, cell->begin, cell->end))
            break;
        line = cell->line;
        first--;
    }
    return first;
}

/* Takes back what was given of the lines from one on: they are an annex. */
static void take_back(struct cchci_part *part, uint32_t line)
{
    struct cchci_vector *pieces = &part->pieces;
    while (pieces->count > 0 &&
           CCHCI_AT(pieces, struct cchci_piece, pieces->count - 1).line >= line)
        pieces->count--;
}

/* ------------------------------------------------------------------------------ giving pieces -- */

/* "- Như trên;- Lưu: VT." poured into one line. */
static bool archive_inside(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; (i = cchci_next_key(flow->key, i + 1, end, 'L')) < end;)
        if ((flow->key[i - 1] == '-' || flow->key[i - 1] == ' ') &&
            cchci_flow_words(flow, i, "luu") > 0 && flow->key[i + 3] == ':')
            return true;
    return false;
}

/* item: starts_item() of the cell from `begin` on. */
static void give_recipient(struct closing *closing, const struct cchci_cell *cell, uint32_t begin,
                           bool item)
{
    struct cchci_grid *grid = &closing->grid;
    bool archive = cchci_archive_label(&grid->flow, begin, cell->end) != 0;
    uint32_t end = lost_gap(&grid->flow, begin, cell->end, archive);
    if (end < cell->end)
        cchci_grid_give(grid, cell->line, end, cell->end, &closing->layout->signature);
    if (cchci_flow_next_word(&grid->flow, begin, end) < end)
        cchci_grid_give(grid, cell->line, begin, end, &closing->layout->recipients);
    closing->left_line = cell->line;
    closing->left_at = end;
    if (end < cell->end) {
        archive = cchci_archive_label(&grid->flow, begin, end) != 0;
        item = starts_item(&grid->flow, begin, end);
    }
    closing->archive = closing->archive || archive || archive_inside(&grid->flow, begin, end);
    closing->bullets = closing->bullets || item;
    closing->after = 0;
}

/* "Hà Nội, ngày 10 tháng 12 năm 2015" above the signature, where the heading has no date: acts of the
 * National Assembly, minutes, contracts. */
static bool is_late_date(const struct cchci_flow *flow, const struct cchci_cell *cell)
{
    if (cell->end - cell->begin > CCHCI_STAMP_LINE_LENGTH)
        return false;
    for (uint32_t at = cell->begin + 4; at + 12 < cell->end; at++) {
        struct cchci_date date;
        if (cchci_lower(flow->key[at]) != 'n' || !cchci_flow_word_start(flow, at) ||
            !cchci_date_read(flow, at, &date))
            continue;
        uint32_t place = cell->begin, comma = at;
        while (comma > place && flow->key[comma - 1] == ' ')
            comma--;
        cchci_place_name(flow, &place, comma);
        return date.year > 0 && date.month != 0 && place == cell->begin && comma > place + 3 &&
               flow->key[comma - 1] == ',' && cchci_word_characters(flow, date.end, cell->end) == 0;
    }
    return false;
}

/* The line of such a date right above the closing; else the line that it was called with. */
static uint32_t late_date_above(struct cchci_parse *parse, uint32_t first)
{
    const struct cchci_layout *layout = parse->layout;
    if (first <= layout->body_first || cchci_line_at(layout, first - 1)->kind != CCHCI_LINE_TEXT)
        return first;
    struct cchci_grid grid;
    cchci_grid_build(&grid, parse, first - 1, first);
    return grid.cells.count == 1 && is_late_date(&grid.flow, cchci_cell_at(&grid, 0)) ? first - 1
                                                                                      : first;
}

/* "KT. GIÁM ĐỐCPHÓ GIÁM ĐỐC": where the second title starts in a signature's line; end: nowhere. */
static uint32_t glued_title(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    if (end - begin <= CCHCI_STAMP_LINE_LENGTH)
        for (uint32_t i = begin + 4; i + 4 < end; i++)
            if (cchci_is_upper(flow->key[i]) && !cchci_flow_word_start(flow, i) &&
                cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, i) != NULL &&
                cchci_glued_before(flow, begin, i))
                return i;
    return end;
}

/* starts: cchci_starts_signature() of the cell. */
static void give_signature(struct closing *closing, const struct cchci_cell *cell, bool starts)
{
    if (closing->layout->date.pieces.count == 0 && !closing->named &&
        is_late_date(&closing->grid.flow, cell)) {
        cchci_grid_give(&closing->grid, cell->line, cell->begin, cell->end, &closing->layout->date);
        return;
    }
    const struct cchci_flow *flow = &closing->grid.flow;
    /* What begins as an authority or a title is no name where all of it is capitals. */
    bool named = !(starts && !flow->text->capitals_lost &&
                   cchci_capitals(flow, cell->begin, cell->end) == 100) &&
                 is_name(flow, cell->begin, cell->end);
    uint32_t title = starts ? glued_title(flow, cell->begin, cell->end) : cell->end;
    cchci_grid_give(&closing->grid, cell->line, cell->begin, title, &closing->layout->signature);
    cchci_grid_give(&closing->grid, cell->line, title, cell->end, &closing->layout->signature);
    if (starts || named)
        closing->after = 0;
    if (starts)
        closing->title_line = cell->line;
    closing->named |= named;
}

/* Whether a line of the left column goes on with the recipients before it, as an item or the words of
 * one; not where the signature starts. */
static bool continues_left(struct closing *closing, const struct cchci_cell *cell, bool item,
                           bool starts)
{
    const struct cchci_flow *flow = &closing->grid.flow;
    const struct cchci_line *line = cchci_line_at(closing->layout, cell->line);
    if (item) {
        closing->left_closed = false;
        return !closing->archive;
    }
    if (starts)
        return false;
    if (cchci_archive_label(flow, cell->begin, cell->end) != 0)
        return true;
    if (closing->title_line > closing->left_line && is_surnamed(flow, cell->begin, cell->end))
        return false; /* the signer, below a title that stands below the list */
    bool lower =
        !cchci_is_upper(flow->key[cell->begin]) && flow->key[cell->begin] != CCHCI_KEY_LETTER;
    if (closing->archive) { /* its rest: in small letters, or behind a comma */
        if (cell->line != closing->left_line + 1 || line->blank_before ||
            !cchci_is_word(flow->key[cell->begin]) || closing->left_at == 0)
            return false;
        unsigned char sign = flow->key[closing->left_at - 1];
        return lower ? sign != '.' && cell->end - cell->begin < 60
                     : sign == ',' && cell->end - cell->begin < ARCHIVE_REST_LENGTH &&
                           !is_name(flow, cell->begin, cell->end);
    }
    /* In a list of bullets, what has none and follows a closed item is not of the list. */
    unsigned char before = cell->begin > 1 ? flow->key[cell->begin - 2] : 0;
    if (closing->bullets && line->blank_before &&
        (before == ';' || before == '.' || before == ')') && flow->key[cell->end - 1] != ';')
        closing->left_closed = true;
    if (closing->left_closed)
        return false;
    /* Woven line by line, the signer's name stands among the items, and what his title is of. */
    if (closing->bullets && (before == ';' || before == '.') &&
        cchci_word_characters(flow, cell->begin, cell->end) >= WOVEN_LENGTH &&
        cchci_capitals(flow, cell->begin, cell->end) == 100)
        return false;
    if (closing->bullets && (before == ';' || before == '.') &&
        is_surnamed(flow, cell->begin, cell->end))
        return false;
    return !(is_name(flow, cell->begin, cell->end) && line->blank_before &&
             closing->layout->recipients.pieces.count > 0 && cell->x > 20);
}

/* A cell above a list that has lost its label: what is left of that, and the signature beside it. */
static void take_lost_label(struct closing *closing, const struct cchci_cell *cell)
{
    const struct cchci_flow *flow = &closing->grid.flow;
    /* The label may be wrapped: "Nơi | GIÁM ĐỐC⏎nhận: | Nguyễn Văn An". */
    bool name = cell->group > 0 && is_name(flow, cell->begin, cell->end);
    uint32_t at = name ? cell->begin : signature_in(flow, cell->begin, cell->end);
    cchci_grid_give(&closing->grid, cell->line, cell->begin, at,
                    &closing->layout->recipients_label);
    if (at == cell->end)
        return;
    struct cchci_cell rest = *cell;
    rest.begin = at;
    give_signature(closing, &rest, cchci_starts_signature(flow, at, cell->end));
}

/* One cell after the label. False: the closing has ended before it. */
static bool take_cell(struct closing *closing, uint32_t i)
{
    const struct cchci_flow *flow = &closing->grid.flow;
    struct cchci_cell *cell = cchci_cell_at(&closing->grid, i);
    bool first_of_line = i == 0 || cchci_cell_at(&closing->grid, i - 1)->line != cell->line;
    if (first_of_line)
        closing->after++;
    if (cell->line < closing->list) {
        take_lost_label(closing, cell);
        return true;
    }
    if (closing->list == 0 && cell->line == closing->label && first_of_line) {
        uint32_t after = cell->begin, letters = 0;
        if (cchci_word_characters(flow, cell->begin, cell->end) == 3) { /* "Nơi⏎nhận:" */
            closing->label++;
            cchci_grid_give(&closing->grid, cell->line, cell->begin, cell->end,
                            &closing->layout->recipients_label);
            closing->label_letters = 3;
            return true;
        }
        struct cchci_likeness like;
        letters = closing->label_letters;
        if (letters == 0 && cchci_loose_at(flow->key, after, cell->end, "noinhan") == 0 &&
            damaged_label(flow->key, after, cell->end, &like) != 0) {
            cchci_tell_repair(closing->parse, CCHCI_ANCHOR_RECIPIENTS, like.cost, flow, like.begin,
                              like.end);
            after = like.end;
            letters = (uint32_t)strlen("noinhan");
        }
        while (after < cell->end && letters < strlen("noinhan"))
            letters += cchci_is_word(flow->key[after++]);
        if (letters > 0) {
            cchci_grid_give(&closing->grid, cell->line, cell->begin,
                            after < cell->end && flow->key[after] == ':' ? after + 1 : after,
                            &closing->layout->recipients_label);
            while (after < cell->end && !cchci_is_word(flow->key[after]) && flow->key[after] != '-')
                after++;
            if (after < cell->end) {
                for (uint32_t k = after; k < cell->end && k < after + 12;
                     k++) /* noise before the authority */
                    if (cchci_flow_word_start(flow, k) &&
                        cchci_authority_prefix(flow, k, cell->end) > 0)
                        after = k;
                bool item = starts_item(flow, after, cell->end);
                if (!item && cchci_capitals(flow, after, cell->end) >= 70) {
                    struct cchci_cell rest = *cell;
                    rest.begin = after;
                    give_signature(closing, &rest,
                                   cchci_starts_signature(flow, rest.begin, rest.end));
                } else {
                    give_recipient(closing, cell, after, item);
                }
            }
            return true;
        }
    }
    bool over = closing->named && (closing->archive || closing->label == CCHCI_NOWHERE);
    bool listed = closing->label != CCHCI_NOWHERE;
    /* An annex has no bullet; where the list may go on, most of what has none is a capital's. */
    bool may_end =
        closing->archive || closing->named || (listed && cchci_is_upper(flow->key[cell->begin]));
    if (may_end && (first_of_line ? starts_annex(closing, i)
                                  : (closing->archive || closing->named) &&
                                        cchci_flow_words(flow, cell->begin, "phu luc") > 0))
        return false;
    if (over && closing->after > 4)
        return false;
    if (closing->after > 16)
        return false;
    if ((closing->archive || over) && cell->end - cell->begin > 100)
        return false;
    if (listed && cell->end - cell->begin > LONG_ITEM_LENGTH && cell->line != closing->label &&
        cchci_next_key(flow->key, cell->begin, cell->end, ';') == cell->end)
        return false;
    if (over && cchci_is_digit(flow->key[cell->begin]) && cell->end - cell->begin > 20)
        return false; /* a footnote */
    bool may_be_left = listed && cell->group == 0;
    bool item = may_be_left && starts_item(flow, cell->begin, cell->end);
    bool left =
        may_be_left && (item || closing->right == CCHCI_NOWHERE || cell->x + 8 < closing->right);
    bool starts = !item && cchci_starts_signature(flow, cell->begin, cell->end);
    if (left && continues_left(closing, cell, item, starts)) {
        give_recipient(closing, cell, cell->begin, item);
        return true;
    }
    if (item && closing->archive && cell->end - cell->begin > 12)
        return !over; /* a list after the archive line is another text's */
    starts = starts || (item && cchci_starts_signature(flow, cell->begin, cell->end));
    give_signature(closing, cell, starts);
    return true;
}

/* Two signatures side by side come line by line, as the text has them: where two lines or more have
 * a piece in each column, the left column is put before the right one. */
static void unweave(struct cchci_part *part, struct cchci_arena *arena)
{
    struct cchci_piece *pieces = part->pieces.data;
    uint32_t count = part->pieces.count, pairs = 0, right = UINT32_MAX;
    for (uint32_t i = 1; i < count; i++) {
        if (pieces[i].line == pieces[i - 1].line && pieces[i].x > pieces[i - 1].x + 12) {
            pairs++;
            if (pieces[i].x < right)
                right = pieces[i].x;
        }
    }
    if (pairs < 2)
        return;
    struct cchci_piece *sorted = CCHCI_NEW(arena, struct cchci_piece, count);
    uint32_t n = 0;
    for (unsigned column = 0; column < 2; column++)
        for (uint32_t i = 0; i < count; i++)
            if ((pieces[i].x + 4 >= right) == (column == 1))
                sorted[n++] = pieces[i];
    memcpy(pieces, sorted, count * sizeof *pieces);
}

/* The foot of a diplomatic note (công hàm): place and date under the courtesies, then the one whom it
 * goes to, with or without "Kính gửi". Lines of the foot are few and the last of the text. */
static bool find_foot(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    uint32_t count = layout->lines.count;
    uint32_t from = count > FOOT_LINES ? count - FOOT_LINES : 0;
    if (layout->date.pieces.count > 0 || layout->has_addressees_label)
        return false;
    struct cchci_grid grid;
    cchci_grid_build(&grid, parse, from > layout->body_first ? from : layout->body_first, count);
    const struct cchci_flow *flow = &grid.flow;
    for (uint32_t i = 0; i + 1 < grid.cells.count; i++) {
        const struct cchci_cell *date = cchci_cell_at(&grid, i), *to = cchci_cell_at(&grid, i + 1);
        uint32_t after = to->begin;
        if (!is_late_date(flow, date) ||
            (!cchci_heading_addressees_label(flow, to->begin, to->end, &after) &&
             cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, to->end, to->begin) == NULL))
            continue;
        cchci_grid_give(&grid, date->line, date->begin, date->end, &layout->date);
        cchci_grid_give(&grid, to->line, to->begin, after, &layout->addressees_label);
        cchci_grid_give(&grid, to->line, after, to->end, &layout->addressees);
        for (uint32_t k = i + 2; k < grid.cells.count; k++) /* where it has its seat */
            cchci_grid_give(&grid, cchci_cell_at(&grid, k)->line, cchci_cell_at(&grid, k)->begin,
                            cchci_cell_at(&grid, k)->end, &layout->addressees_label);
        layout->has_addressees_label = true;
        layout->body_end = date->line;
        return true;
    }
    return false;
}

/* The line of the label of the first annex ("PHỤ LỤC", "PHỤ LỤC 1"), for letters without a closing; else
 * behind the last line. */
static uint32_t first_annex(const struct cchci_parse *parse)
{
    const struct cchci_layout *layout = parse->layout;
    uint32_t i = layout->body_first;
    for (; i < layout->lines.count; i++) {
        const struct cchci_line *line = cchci_line_at(layout, i);
        if (line->kind != CCHCI_LINE_TEXT || line->end - line->begin > ANNEX_LABEL_LENGTH)
            continue;
        uint32_t behind = cchci_line_starts(parse->text, line, "phuluc");
        if (behind != 0 && !cchci_is_letter(parse->text->key[behind]) &&
            cchci_capital_line(parse->text, line))
            break;
    }
    return i;
}

void cchci_layout_closing(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    struct closing closing;
    memset(&closing, 0, sizeof closing);
    closing.parse = parse;
    closing.layout = layout;
    layout->body_end = layout->closing_end = layout->lines.count;
    closing.label = find_label(parse);
    uint32_t first;
    if (closing.label == CCHCI_NOWHERE)
        find_list(&closing);
    if (closing.label != CCHCI_NOWHERE) {
        layout->has_recipients_label = true;
        uint32_t above = closing.list == 0 ? recipients_above(parse, closing.label) : closing.label;
        first = above < closing.label ? above : signature_above(parse, closing.label);
    } else {
        first = find_foot(parse) ? CCHCI_NOWHERE : find_signature(parse);
        if (first == CCHCI_NOWHERE) {
            if (layout->body_end == layout->lines.count)
                layout->body_end = layout->closing_end = first_annex(parse);
            return;
        }
    }
    if (layout->date.pieces.count == 0)
        first = late_date_above(parse, first);
    uint32_t end = closing.label != CCHCI_NOWHERE ? closing.label : first;
    uint32_t most = (uint32_t)parse->limits->max_list_lines;
    bool more = end + most < layout->lines.count;
    end = more ? end + most : layout->lines.count;
    cchci_grid_build(&closing.grid, parse, first, end);
    closing.right =
        right_column(&closing.grid, closing.label != CCHCI_NOWHERE ? closing.label : first);
    closing.left_line = first;
    layout->body_end = first;
    layout->closing_end = end;
    for (uint32_t i = 0; i < closing.grid.cells.count; i++) {
        const struct cchci_cell *cell = cchci_cell_at(&closing.grid, i);
        if (closing.label != CCHCI_NOWHERE && cell->line < closing.label) {
            if (starts_item(&closing.grid.flow, cell->begin, cell->end))
                give_recipient(&closing, cell, cell->begin, true);
            else
                give_signature(&closing, cell,
                               cchci_starts_signature(&closing.grid.flow, cell->begin, cell->end));
            continue;
        }
        if (!take_cell(&closing, i)) {
            layout->closing_end = cchci_cell_at(&closing.grid, annex_title(&closing, i))->line;
            take_back(&layout->signature, layout->closing_end);
            more = closing.grid.full = false;
            break;
        }
    }
    if (more || closing.grid.full)
        cchci_diagnose(parse, CCHCI_LIMIT_LIST, NULL, NULL, 0, 0);
    cchci_grid_tell_long_line(&closing.grid, parse, layout->closing_end);
    unweave(&layout->signature, parse->arena);
}
