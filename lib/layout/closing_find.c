/* SPDX-License-Identifier: MIT */
/* Where the closing begins. The label of the recipients finds it; where a scanner lost it, the archive
 * line (Lưu: VT) that ends their list does; without either, a line of capitals that starts like an
 * authority (KT.) or a title, if a name or the end of the text follows. */
#include "closing.h"

#include "base/limits.h"
#include "text/eight.h"
#include "words.h"

#define LABEL_LINES 3u           /* a damaged label, an authority and a title beside it */
#define LOST_LIST_LINES 48u      /* recipients of an act that goes to all: met 34 */
#define ARCHIVE_LABEL_LENGTH 12u /* a bullet, specks, and "L ư u" */
#define END_MARK_LENGTH 24u      /* "./.", and what a scanner reads behind it */
#define LIST_LINE_LENGTH 70u     /* of a column; what is longer is prose */
#define SIGNATURE_CELLS 6u       /* of one whose name cannot be read, or is not there */
#define LINES_ABOVE 12u          /* the label, in which a signature or its list may stand */

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
        c = cchci_closing_damaged_label(text->key, line->begin, line->end, &likeness);
    if (c == 0 || c - line->begin > CCHCI_RECIPIENTS_LABEL_LENGTH)
        return false;
    while (c < line->end && (text->key[c] == ' ' || text->key[c] == CCHCI_KEY_MARKUP))
        c++;
    /* "Nơi nhận hồ sơ" is no label. */
    return c >= line->end || !(text->key[c] >= 'a' && text->key[c] <= 'z');
}

uint32_t cchci_closing_find_label(const struct cchci_parse *parse)
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

/* "- Ltru: VT": an item that begins with a damaged label. */
static bool is_damaged_archive_line(const struct cchci_text *text, const struct cchci_line *line)
{
    const unsigned char *key = text->key;
    uint32_t at = line->begin;
    while (at < line->end && at - line->begin < ARCHIVE_LABEL_LENGTH && !cchci_is_word(key[at]))
        at++;
    return at > line->begin && cchci_damaged_archive(key, at, line->end) > 0;
}

/* Whether a line is the archive line, known by the office that keeps the copy: "Lưu: VT", "Lưu HC". A
 * body that tells to keep something ("Lưu hồ sơ") names none in capitals. */
static bool is_archive_line(const struct cchci_text *text, const struct cchci_line *line)
{
    const unsigned char *key = text->key;
    uint32_t at = cchci_line_starts(text, line, "luu");
    if (at == 0)
        return is_damaged_archive_line(text, line);
    if (at - line->begin > ARCHIVE_LABEL_LENGTH)
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
    uint32_t first = cchci_place_before(line->end, END_MARK_LENGTH, line->begin);
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

uint32_t cchci_closing_signature_in(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end && i - begin < CCHCI_RECIPIENTS_LABEL_LENGTH; i++)
        if (cchci_is_upper(flow->key[i]) && cchci_flow_word_start(flow, i) &&
            cchci_capitals(flow, i, end) >= 75 &&
            (cchci_starts_signature(flow, i, end) || (cchci_word_characters(flow, i, end) >= 8 &&
                                                      cchci_closing_like_a_title(flow, i, end))))
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
        found = cchci_closing_signature_in(&grid.flow, cell->begin, cell->end) < cell->end;
    }
    cchci_arena_rewind(parse->arena, &mark);
    return found;
}

/* Behind the words that are a list's first item: "Như trên", "Như Điều 3"; 0: a line begins with others. */
static uint32_t behind_first_item(const struct cchci_text *text, const struct cchci_line *line)
{
    static const char *const items[] = {"nhutren", "nhudieu", "nhukinhgui"};
    uint32_t at = 0;
    for (unsigned i = 0; i < sizeof items / sizeof items[0] && at == 0; i++)
        at = cchci_line_starts(text, line, items[i]);
    return at;
}

/* Whether a line opens a list: with that item, and no words behind it. */
static bool opens_list(const struct cchci_text *text, const struct cchci_line *line)
{
    uint32_t at = behind_first_item(text, line);
    return at != 0 && !cchci_is(text->key[at + (text->key[at] == ' ')], CCHCI_IS_LOWER);
}

/* The line that the list begins on which an archive line ends: that of "Như trên", or the first dash
 * behind a signature, the end mark or a full line. CCHCI_NOWHERE: there is no such list. */
static uint32_t list_above(struct cchci_parse *parse, uint32_t archive)
{
    const struct cchci_layout *layout = parse->layout;
    const struct cchci_text *text = parse->text;
    uint32_t low = cchci_place_before(archive, LOST_LIST_LINES, layout->body_first);
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

void cchci_closing_find_list(struct cchci_parse *parse, uint32_t *list, uint32_t *label)
{
    const struct cchci_layout *layout = parse->layout;
    for (uint32_t i = layout->body_first; i < layout->lines.count; i++) {
        const struct cchci_line *line = cchci_line_at(layout, i);
        unsigned char first = cchci_lower(parse->text->key[line->begin]);
        if ((first != 'l' && cchci_is_word(first)) || line->kind != CCHCI_LINE_TEXT ||
            !is_archive_line(parse->text, line))
            continue;
        uint32_t above = list_above(parse, i);
        if (above == CCHCI_NOWHERE)
            continue;
        *list = above;
        *label = lost_label(parse, above);
        return;
    }
}

/* Whether the signature begins on line i, a line of capitals: it starts like one, and a name follows
 * within a few lines, or little text up to the end or to the motto of another document. */
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
        if (cchci_closing_is_name(&grid.flow, cell->begin, cell->end))
            return true;
        if (cchci_closing_begins_motto(&grid.flow, cell->begin, cell->end))
            return k <= SIGNATURE_CELLS;
    }
    return end == layout->lines.count && grid.cells.count <= SIGNATURE_CELLS;
}

/* Whether a title in small letters is all of line i, and the next one is a name. */
static bool small_signature_at(struct cchci_parse *parse, uint32_t i)
{
    const struct cchci_layout *layout = parse->layout;
    const struct cchci_line *line = cchci_line_at(layout, i);
    if (line->kind != CCHCI_LINE_TEXT || line->end - line->begin > LIST_LINE_LENGTH ||
        !cchci_is_upper(parse->text->key[line->begin]))
        return false;
    struct cchci_grid grid;
    uint32_t end = i + LABEL_LINES < layout->lines.count ? i + LABEL_LINES : layout->lines.count;
    cchci_grid_build(&grid, parse, i, end);
    if (grid.cells.count < 2)
        return false;
    const struct cchci_cell *title = cchci_cell_at(&grid, 0), *name = cchci_cell_at(&grid, 1);
    const struct cchci_entry *entry =
        cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, &grid.flow, title->end, title->begin);
    return entry != NULL && entry->length == title->end - title->begin &&
           name->line > title->line &&
           cchci_closing_is_surnamed(&grid.flow, name->begin, name->end);
}

/* The line of such a title among the last ones of the text; CCHCI_NOWHERE: none. */
static uint32_t find_small_signature(struct cchci_parse *parse)
{
    const struct cchci_layout *layout = parse->layout;
    uint32_t first = cchci_place_before(layout->lines.count, LINES_ABOVE, layout->body_first);
    for (uint32_t i = first; i < layout->lines.count; i++) {
        struct cchci_arena_mark mark = cchci_arena_mark(parse->arena);
        bool found = small_signature_at(parse, i);
        cchci_arena_rewind(parse->arena, &mark);
        if (found)
            return i;
    }
    return CCHCI_NOWHERE;
}

uint32_t cchci_closing_find_signature(struct cchci_parse *parse)
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
    return find_small_signature(parse);
}

uint32_t cchci_closing_recipients_above(const struct cchci_parse *parse, uint32_t label)
{
    const struct cchci_layout *layout = parse->layout;
    uint32_t low = cchci_place_before(label, LINES_ABOVE, layout->body_first), first = label;
    for (uint32_t i = label; i > low;) {
        const struct cchci_line *line = cchci_line_at(layout, --i);
        if (line->kind != CCHCI_LINE_TEXT)
            continue;
        unsigned char key = parse->text->key[line->begin];
        if (key != '-' && key != '~')
            break;
        if (behind_first_item(parse->text, line) != 0)
            first = i;
    }
    return first;
}

#define SIGNATURE_LENGTH 70u /* of a line, where no other signature stands beside it */

static uint32_t longest_cell(const struct cchci_grid *grid)
{
    uint32_t longest = 0;
    for (uint32_t i = 0; i < grid->cells.count; i++) {
        const struct cchci_cell *cell = cchci_cell_at(grid, i);
        longest = cell->end - cell->begin > longest ? cell->end - cell->begin : longest;
    }
    return longest;
}

uint32_t cchci_closing_signature_above(struct cchci_parse *parse, uint32_t label)
{
    const struct cchci_layout *layout = parse->layout;
    uint32_t low = cchci_place_before(label, LINES_ABOVE, layout->body_first), first = label;
    for (uint32_t i = label; i > low;) {
        const struct cchci_line *line = cchci_line_at(layout, --i);
        if (line->kind != CCHCI_LINE_TEXT)
            continue;
        bool capital = cchci_capital_line(parse->text, line);
        if (!capital && line->end - line->begin <= SIGNATURE_LENGTH)
            continue;
        struct cchci_grid grid;
        cchci_grid_build(&grid, parse, i, i + 1);
        if (longest_cell(&grid) > SIGNATURE_LENGTH)
            break;
        if (capital && grid.cells.count > 0 &&
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
