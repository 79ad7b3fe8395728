/* SPDX-License-Identifier: MIT */
/* The closing (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7 and II.9b): recipients on the left, the
 * signature on the right, level with one another:
 *
 *      Nơi nhận:              |  KT. GIÁM ĐỐC
 *      - Như trên;            |  PHÓ GIÁM ĐỐC
 *      - Lưu: VT, KH.         |
 *                             |  Nguyễn Văn An
 *
 * or one after the other, in either order, or woven line by line without a gap. What comes after both
 * is the annexes.
 */
#include "closing.h"

#include <string.h>

#include "base/limits.h"
#include "heading.h"
#include "match/date.h"
#include "text/eight.h"
#include "words.h"

#define FOOT_LINES 6u           /* date, addressee, seat, and a page number */
#define ARCHIVE_REST_LENGTH 30u /* units and copies on a second line */
#define LONG_ITEM_LENGTH 240u   /* of a list that nothing wraps; what is longer is prose */
#define AUTHORITY_NOISE 12u     /* specks between the label and "KT." beside it */
#define WOVEN_LENGTH 14u /* "HỖ TRỢ NGƯỜI NỘP THUẾ"; no recipient of capitals has as many */

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

/* ------------------------------------------------------------------------------ giving pieces -- */

/* item: cchci_closing_starts_item() of the cell from `begin` on. */
static void give_recipient(struct closing *closing, const struct cchci_cell *cell, uint32_t begin,
                           bool item)
{
    struct cchci_grid *grid = &closing->grid;
    bool archive = cchci_archive_label(&grid->flow, begin, cell->end) != 0;
    uint32_t end = cchci_closing_lost_gap(&grid->flow, begin, cell->end, archive);
    if (end == cell->end && closing->title_line > 0 && !closing->named && !archive) {
        end = cchci_closing_name_inside(&grid->flow, begin, end);
        closing->named = end < cell->end;
    }
    if (end < cell->end)
        cchci_grid_give(grid, cell->line, end, cell->end, &closing->layout->signature);
    if (cchci_flow_next_word(&grid->flow, begin, end) < end)
        cchci_grid_give(grid, cell->line, begin, end, &closing->layout->recipients);
    closing->left_line = cell->line;
    closing->left_at = end;
    if (end < cell->end) {
        archive = cchci_archive_label(&grid->flow, begin, end) != 0;
        item = cchci_closing_starts_item(&grid->flow, begin, end);
    }
    closing->archive =
        closing->archive || archive || cchci_closing_archive_inside(&grid->flow, begin, end);
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
                 cchci_closing_is_name(flow, cell->begin, cell->end);
    uint32_t title = starts ? cchci_closing_glued_title(flow, cell->begin, cell->end) : cell->end;
    cchci_grid_give(&closing->grid, cell->line, cell->begin, title, &closing->layout->signature);
    cchci_grid_give(&closing->grid, cell->line, title, cell->end, &closing->layout->signature);
    if (starts || named)
        closing->after = 0;
    if (starts)
        closing->title_line = cell->line;
    closing->named |= named;
}

/* The signature that begins inside a cell. */
static void give_signature_from(struct closing *closing, const struct cchci_cell *cell, uint32_t at)
{
    struct cchci_cell rest = *cell;
    rest.begin = at;
    give_signature(closing, &rest, cchci_starts_signature(&closing->grid.flow, at, cell->end));
}

/* Whether an item right below the archive line, or below another such item, is one more recipient, as
 * where two columns of them came one below the other. The archive line's own list has its comma. */
static bool goes_on_below(const struct closing *closing, const struct cchci_cell *cell)
{
    return cell->line == closing->left_line + 1 &&
           !cchci_line_at(closing->layout, cell->line)->blank_before && closing->left_at > 0 &&
           closing->grid.flow.key[closing->left_at - 1] != ',' &&
           cell->end - cell->begin <= CCHCI_STAMP_LINE_LENGTH;
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
        return !closing->archive || goes_on_below(closing, cell);
    }
    if (starts)
        return false;
    if (cchci_archive_label(flow, cell->begin, cell->end) != 0)
        return true;
    if (closing->title_line > closing->left_line &&
        cchci_closing_is_surnamed(flow, cell->begin, cell->end))
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
                           !cchci_closing_is_name(flow, cell->begin, cell->end);
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
        cchci_closing_is_surnamed(flow, cell->begin, cell->end))
        return false;
    return !(cchci_closing_is_name(flow, cell->begin, cell->end) && line->blank_before &&
             closing->layout->recipients.pieces.count > 0 && cell->x > 20);
}

/* A cell above a list that has lost its label: what is left of that, and the signature beside it. */
static void take_lost_label(struct closing *closing, const struct cchci_cell *cell)
{
    const struct cchci_flow *flow = &closing->grid.flow;
    /* The label may be wrapped: "Nơi | GIÁM ĐỐC⏎nhận: | Nguyễn Văn An". */
    bool name = cell->group > 0 && cchci_closing_is_name(flow, cell->begin, cell->end);
    uint32_t at = name ? cell->begin : cchci_closing_signature_in(flow, cell->begin, cell->end);
    cchci_grid_give(&closing->grid, cell->line, cell->begin, at,
                    &closing->layout->recipients_label);
    if (at < cell->end)
        give_signature_from(closing, cell, at);
}

/* Gives what stands behind the label in its cell, from a place on. */
static void give_behind_label(struct closing *closing, const struct cchci_cell *cell, uint32_t at)
{
    const struct cchci_flow *flow = &closing->grid.flow;
    while (at < cell->end && !cchci_is_word(flow->key[at]) && flow->key[at] != '-')
        at++;
    if (at == cell->end)
        return;
    /* Noise may stand before the authority. */
    for (uint32_t k = at; k < cell->end && k < at + AUTHORITY_NOISE; k++)
        if (cchci_flow_word_start(flow, k) && cchci_authority_prefix(flow, k, cell->end) > 0)
            at = k;
    bool item = cchci_closing_starts_item(flow, at, cell->end);
    if (!item && cchci_capitals(flow, at, cell->end) >= 70)
        give_signature_from(closing, cell, at);
    else
        give_recipient(closing, cell, at, item);
}

/* The first cell of the label's line: the label, whole or wrapped ("Nơi⏎nhận:"), and what stands
 * behind it. False: signs alone, and nothing is given. */
static bool take_label(struct closing *closing, const struct cchci_cell *cell)
{
    const struct cchci_flow *flow = &closing->grid.flow;
    struct cchci_part *label = &closing->layout->recipients_label;
    uint32_t after = cell->begin, letters = closing->label_letters;
    uint32_t here = cchci_word_characters(flow, cell->begin, cell->end);
    if (here == strlen("noi")) {
        closing->label++;
        closing->label_letters = here;
        cchci_grid_give(&closing->grid, cell->line, cell->begin, cell->end, label);
        return true;
    }
    if (here == 0 && letters == 0)
        return false;
    struct cchci_likeness like;
    if (letters == 0 && cchci_loose_at(flow->key, after, cell->end, "noinhan") == 0 &&
        cchci_closing_damaged_label(flow->key, after, cell->end, &like) != 0) {
        cchci_tell_repair(closing->parse, CCHCI_ANCHOR_RECIPIENTS, like.cost, flow, like.begin,
                          like.end);
        after = like.end;
        letters = (uint32_t)strlen("noinhan");
    }
    while (after < cell->end && letters < strlen("noinhan"))
        letters += cchci_is_word(flow->key[after++]);
    bool colon = after < cell->end && flow->key[after] == ':';
    cchci_grid_give(&closing->grid, cell->line, cell->begin, after + colon, label);
    give_behind_label(closing, cell, after);
    return true;
}

/* Whether a name was seen, and the line that a list ends on, where there is a list. */
static bool is_complete(const struct closing *closing)
{
    return closing->named && (closing->archive || closing->label == CCHCI_NOWHERE);
}

/* Whether the closing has ended before cell i: an annex begins there, or what no closing has. */
static bool is_over(const struct closing *closing, uint32_t i, bool first_of_line)
{
    const struct cchci_flow *flow = &closing->grid.flow;
    const struct cchci_cell *cell = cchci_cell_at(&closing->grid, i);
    uint32_t length = cell->end - cell->begin;
    bool complete = is_complete(closing), listed = closing->label != CCHCI_NOWHERE;
    /* An annex has no bullet; where the list may go on, most of what has none is a capital's. A second
     * motto is another document's, though no name was read above it. */
    bool may_end = closing->archive || closing->named ||
                   (listed && cchci_is_upper(flow->key[cell->begin])) ||
                   (closing->title_line > 0 && closing->layout->has_motto &&
                    cchci_closing_begins_motto(flow, cell->begin, cell->end));
    if (may_end && (first_of_line ? cchci_closing_starts_annex(&closing->grid, i)
                                  : (closing->archive || closing->named) &&
                                        cchci_flow_words(flow, cell->begin, "phu luc") > 0))
        return true;
    if (closing->after > (complete ? 4 : 16))
        return true;
    if ((closing->archive || complete) && length > 100)
        return true;
    if (listed && length > LONG_ITEM_LENGTH && cell->line != closing->label &&
        cchci_next_key(flow->key, cell->begin, cell->end, ';') == cell->end)
        return true;
    return complete && cchci_is_digit(flow->key[cell->begin]) && length > 20; /* a footnote */
}

/* One cell after the label. False: the closing has ended before it. */
static bool take_cell(struct closing *closing, uint32_t i)
{
    const struct cchci_flow *flow = &closing->grid.flow;
    const struct cchci_cell *cell = cchci_cell_at(&closing->grid, i);
    bool first_of_line = i == 0 || cchci_cell_at(&closing->grid, i - 1)->line != cell->line;
    if (first_of_line)
        closing->after++;
    if (cell->line < closing->list) {
        take_lost_label(closing, cell);
        return true;
    }
    if (closing->list == 0 && cell->line == closing->label && first_of_line &&
        take_label(closing, cell))
        return true;
    if (is_over(closing, i, first_of_line))
        return false;
    bool may_be_left = closing->label != CCHCI_NOWHERE && cell->group == 0;
    bool item = may_be_left && cchci_closing_starts_item(flow, cell->begin, cell->end);
    bool left =
        may_be_left && (item || closing->right == CCHCI_NOWHERE || cell->x + 8 < closing->right);
    bool starts = !item && cchci_starts_signature(flow, cell->begin, cell->end);
    if (left && continues_left(closing, cell, item, starts)) {
        give_recipient(closing, cell, cell->begin, item);
        return true;
    }
    if (item && closing->archive && cell->end - cell->begin > 12)
        return !is_complete(closing); /* a list after the archive line is another text's */
    starts = starts || (item && cchci_starts_signature(flow, cell->begin, cell->end));
    give_signature(closing, cell, starts);
    return true;
}

/* Whether a piece stands right of the one before it on its line. */
static bool is_beside(const struct cchci_piece *pieces, uint32_t i)
{
    return i > 0 && pieces[i].line == pieces[i - 1].line && pieces[i].x > pieces[i - 1].x + 12;
}

/* How many columns the signatures stand in: as many as two lines have pieces side by side. */
static unsigned count_columns(const struct cchci_piece *pieces, uint32_t count)
{
    uint32_t lines[CCHCI_SIGNATURES_BESIDE] = {0}; /* that have so many beside the first one */
    unsigned columns = 0, beside = 0;
    for (uint32_t i = 0; i < count; i++) {
        beside = is_beside(pieces, i) ? beside + 1 : 0;
        if (beside > 0 && beside < CCHCI_SIGNATURES_BESIDE && ++lines[beside] == 2)
            columns = beside;
    }
    return columns + 1;
}

/* Signatures side by side come line by line, as the text has them: where two lines or more have a
 * piece in each column, they are put one column after the other. */
static void unweave(struct cchci_part *part, struct cchci_arena *arena)
{
    struct cchci_piece *pieces = part->pieces.data;
    uint32_t count = part->pieces.count, begin[CCHCI_SIGNATURES_BESIDE + 1], n = 0;
    unsigned columns = count_columns(pieces, count), beside = 0;
    if (columns < 2)
        return;
    begin[0] = 0;
    for (unsigned column = 1; column <= columns; column++)
        begin[column] = UINT32_MAX;
    for (uint32_t i = 0, first = 0; i < count; i++) {
        beside = is_beside(pieces, i) ? beside + 1 : 0;
        first = beside == 0 ? i : first;
        bool last = i + 1 == count || !is_beside(pieces, i + 1);
        for (unsigned k = 1; last && beside + 1 >= columns && k < columns; k++)
            if (pieces[first + k].x < begin[k])
                begin[k] = pieces[first + k].x;
    }
    struct cchci_piece *sorted = CCHCI_NEW(arena, struct cchci_piece, count);
    for (unsigned column = 0; column < columns; column++)
        for (uint32_t i = 0; i < count; i++)
            if ((column == 0 || pieces[i].x + 4 >= begin[column]) &&
                (column + 1 == columns || pieces[i].x + 4 < begin[column + 1]))
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

void cchci_layout_closing(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    struct closing closing;
    memset(&closing, 0, sizeof closing);
    closing.parse = parse;
    closing.layout = layout;
    layout->body_end = layout->closing_end = layout->lines.count;
    closing.label = cchci_closing_find_label(parse);
    uint32_t first;
    if (closing.label == CCHCI_NOWHERE)
        cchci_closing_find_list(parse, &closing.list, &closing.label);
    if (closing.label != CCHCI_NOWHERE) {
        layout->has_recipients_label = true;
        uint32_t above = closing.list == 0 ? cchci_closing_recipients_above(parse, closing.label)
                                           : closing.label;
        first = above < closing.label ? above : cchci_closing_signature_above(parse, closing.label);
    } else {
        first = find_foot(parse) ? CCHCI_NOWHERE : cchci_closing_find_signature(parse);
        if (first == CCHCI_NOWHERE) {
            if (layout->body_end == layout->lines.count)
                layout->body_end = layout->closing_end = cchci_closing_first_annex(parse);
            return;
        }
    }
    if (layout->date.pieces.count == 0)
        first = late_date_above(parse, first);
    uint32_t from = closing.label != CCHCI_NOWHERE ? closing.label : first, end = from;
    uint32_t most = (uint32_t)parse->limits->max_list_lines;
    bool more = end + most < layout->lines.count;
    end = more ? end + most : layout->lines.count;
    cchci_grid_build(&closing.grid, parse, first, end);
    closing.right = right_column(&closing.grid, from);
    closing.left_line = first;
    layout->body_end = first;
    layout->closing_end = end;
    for (uint32_t i = 0; i < closing.grid.cells.count; i++) {
        const struct cchci_cell *cell = cchci_cell_at(&closing.grid, i);
        if (closing.label != CCHCI_NOWHERE && cell->line < closing.label) {
            if (cchci_closing_starts_item(&closing.grid.flow, cell->begin, cell->end))
                give_recipient(&closing, cell, cell->begin, true);
            else
                give_signature(&closing, cell,
                               cchci_starts_signature(&closing.grid.flow, cell->begin, cell->end));
            continue;
        }
        if (!take_cell(&closing, i)) {
            layout->closing_end =
                cchci_cell_at(&closing.grid,
                              cchci_closing_annex_title(&closing.grid, i, closing.left_line))
                    ->line;
            cchci_closing_take_back(&layout->signature, layout->closing_end);
            more = closing.grid.full = false;
            break;
        }
    }
    if (more || closing.grid.full)
        cchci_diagnose(parse, CCHCI_LIMIT_LIST, NULL, NULL, 0, 0);
    cchci_grid_tell_long_line(&closing.grid, parse, layout->closing_end);
    unweave(&layout->signature, parse->arena);
}
