/* SPDX-License-Identifier: MIT */
/* What the words of a cell alone say that it is (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3, 5 and 9):
 *
 *      Kính gửi:              the heading's last part
 *      QUYẾT ĐỊNH             the type, once
 *      HỎA TỐC, MẬT, DỰ THẢO  a mark
 *      Hà Nội, ngày …         place and date, once (heading_date.c)
 *      Số: 15/BNV-VP          the code, once
 *      V/v …                  the subject, once, of a letter without a type
 *
 * A cell is asked for them in this order. Where they stand inside it, a column's gap was lost, and
 * it is cut there; what stands before a date is asked for the rest.
 */
#include <string.h>

#include "base/limits.h"
#include "heading.h"
#include "parse.h"
#include "text/take.h"
#include "words.h"

/* Lines below the motto in which the heading's other parts begin. */
#define CODE_LINES 8u

/* The label inside a cell, behind `begin`: only with its colon, behind a blank, and with a code. */
static bool find_code_inside(struct cchci_grid *grid, uint32_t *i, uint32_t begin)
{
    const struct cchci_flow *flow = &grid->flow;
    uint32_t end = cchci_cell_at(grid, *i)->end;
    for (uint32_t at = begin + 1; at + 4 < end; at++) {
        const unsigned char *label = memchr(flow->key + at, 'S', end - at);
        if (label == NULL)
            break;
        at = (uint32_t)(label - flow->key);
        if (at + 4 >= end || flow->key[at - 1] != ' ')
            continue;
        bool colon;
        struct cchci_code_shape shape;
        uint32_t after = cchci_code_label(flow, at, end, &colon);
        if (after != 0 && colon && cchci_code_read(flow, after, end, &shape)) {
            cchci_grid_cut_before(grid, i, at);
            cchci_grid_cut_after(grid, *i, shape.end);
            cchci_cell_at(grid, *i)->kind = CCHCI_PIECE_CODE;
            return true;
        }
    }
    return false;
}

/* The label alone on its line: number and notation are the next cell, or the next two. */
static void name_code_below(struct cchci_grid *grid, uint32_t label)
{
    uint32_t line = cchci_cell_at(grid, label)->line;
    struct cchci_code_shape shape;
    for (uint32_t last = label + 1; last <= label + 2 && last < grid->cells.count; last++) {
        struct cchci_cell *next = cchci_cell_at(grid, label + 1),
                          *end_cell = cchci_cell_at(grid, last);
        if (next->line < line || end_cell->line > line + 4 || end_cell->end - next->begin > 40 ||
            end_cell->kind != CCHCI_PIECE_UNKNOWN ||
            !cchci_code_read(&grid->flow, next->begin, end_cell->end, &shape) ||
            shape.end + 2 <= end_cell->end)
            continue;
        for (uint32_t k = label + 1; k <= last; k++)
            cchci_cell_at(grid, k)->kind = CCHCI_PIECE_CODE;
        break;
    }
}

/* Lines below the label in which the notation may stand: the motto, its rule, place and date. */
#define NOTATION_LINES 6u

/* Number and notation poured apart: "Số: 01⏎/BC-STC". The notation alone is a cell that begins with its
 * slash, whatever cells of the other column are between. */
static void name_notation_below(struct cchci_grid *grid, uint32_t label)
{
    const struct cchci_flow *flow = &grid->flow;
    uint32_t last_line = cchci_cell_at(grid, label)->line + NOTATION_LINES;
    struct cchci_code_shape shape;
    for (uint32_t i = label + 1; cchci_grid_has(grid, i); i++) {
        struct cchci_cell *cell = cchci_cell_at(grid, i);
        if (cell->line > last_line || cell->kind == CCHCI_PIECE_CODE)
            return;
        if (cell->kind != CCHCI_PIECE_UNKNOWN || flow->key[cell->begin] != '/' ||
            !cchci_code_read(flow, cell->begin, cell->end, &shape) ||
            cchci_word_characters(flow, shape.end, cell->end) > 0)
            continue;
        cell->kind = CCHCI_PIECE_CODE;
        return;
    }
}

/* Whether a stretch is no more than a number, or a place left open for one. */
static bool is_number(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    for (; begin < end; begin++)
        if (cchci_is_letter(flow->key[begin]) || flow->key[begin] == '/')
            return false;
    return true;
}

/* Whether the date is the next cell of the line. */
static bool beside_date(const struct cchci_grid *grid, uint32_t i)
{
    return i + 1 < grid->cells.count && cchci_cell_at(grid, i + 1)->kind == CCHCI_PIECE_DATE &&
           cchci_cell_at(grid, i + 1)->line == cchci_cell_at(grid, i)->line;
}

/* Số: with number and notation. */
static bool find_code_in(struct cchci_heading *heading, uint32_t *i)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    const struct cchci_cell *cell = cchci_cell_at(grid, *i);
    uint32_t begin = cell->begin, end = cell->end;
    while (begin < end && !cchci_is_word(flow->key[begin]) && flow->key[begin] != '$')
        begin++;
    bool colon;
    uint32_t after = cchci_code_label(flow, begin, end, &colon);
    if (after == 0)
        return find_code_inside(grid, i, begin);
    /* "$6:": each sign is a look-alike. Before "số" the acts' labels have their name, sound. */
    unsigned cost = 0;
    if (flow->key[begin + 1] != 'u' && flow->key[begin + 1] != 'h')
        cost = (cchci_lower(flow->key[begin]) != 's') + (cchci_lower(flow->key[begin + 1]) != 'o');
    struct cchci_code_shape shape;
    bool read = cchci_code_read(flow, after, end, &shape);
    if (read) {
        uint32_t rest = end - shape.end;
        bool cited = !colon && rest > 0 && cchci_word_characters(flow, shape.end, end) > 0 &&
                     !heading->motto;
        if (cited || (!colon && !cchci_is_upper(flow->key[begin]) && flow->key[begin] != '$'))
            return false;
        cchci_grid_cut_before(grid, i, begin);
        cchci_grid_cut_after(grid, *i, shape.end);
    } else if (!colon || (end - after > 16 && !heading->motto) ||
               cchci_is_digit(flow->key[begin]) ||
               !(cchci_is_upper(flow->key[begin]) || beside_date(grid, *i))) {
        return false;
    }
    cchci_cell_at(grid, *i)->kind = CCHCI_PIECE_CODE;
    cchci_tell_repair(heading->parse, CCHCI_ANCHOR_CODE, cost, flow, begin, begin + 2);
    if (!read && cchci_word_characters(flow, after, end) == 0)
        name_code_below(grid, *i);
    if (!read && is_number(flow, after, end))
        name_notation_below(grid, *i);
    return true;
}

/* "Viv quyền …" near the motto, though no number was found: with a stroke between its letters the
 * label is no word. */
static bool surely_label(const struct cchci_heading *heading, const struct cchci_cell *cell)
{
    const unsigned char *key = heading->grid.flow.key + cell->begin;
    return key[0] == 'V' && heading->motto && cell->line <= heading->motto_line + CODE_LINES &&
           cell->end - cell->begin > 3 && key[2] == 'v' && key[3] == ' ';
}

/* Signs of a sentence or of a label, with which no subject ends. */
#define SENTENCE_KEYS CCHCI_KEYS(".:;")

/* "Về mức thu học phí …" right under the number, where V/v has its place: the word is the subject's. */
static bool is_subject_below(const struct cchci_heading *heading, uint32_t i)
{
    const struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    const struct cchci_cell *cell = cchci_cell_at(grid, i);
    if (flow->key[cell->begin] != 'V' || !cchci_flow_exactly(flow, cell->begin, "về") ||
        flow->key[cell->begin + 2] != ' ' ||
        cchci_one_of(flow->key[cell->end - 1], SENTENCE_KEYS) ||
        cchci_line_at(heading->parse->layout, cell->line)->blank_before)
        return false;
    while (i > 0 && cchci_cell_at(grid, i - 1)->line + 1 >= cell->line)
        if (cchci_cell_at(grid, --i)->kind == CCHCI_PIECE_CODE)
            return cchci_cell_at(grid, i)->line < cell->line;
    return false;
}

/* V/v anywhere in a cell; "về việc" at the start of one under the number, as Party letters have it
 * (Hướng dẫn 36-HD/VPTW). */
static bool find_subject_in(struct cchci_heading *heading, uint32_t *i)
{
    struct cchci_grid *grid = &heading->grid;
    struct cchci_cell *cell = cchci_cell_at(grid, *i);
    if (heading->code && cell->end - cell->begin < 200 &&
        (cchci_loose_at(grid->flow.key, cell->begin, cell->end, "veviec") != 0 ||
         is_subject_below(heading, *i))) {
        cell->kind = CCHCI_PIECE_SUBJECT;
        return true;
    }
    uint32_t after;
    struct cchci_likeness like;
    if ((heading->code || surely_label(heading, cell)) &&
        !cchci_heading_subject_label(&grid->flow, cell->begin, cell->end, &after) &&
        cchci_heading_damaged_subject_label(&grid->flow, cell->begin, cell->end, &like) &&
        cchci_cell_capitals(grid, cell) < 60) {
        if (!cchci_grid_cut(grid, *i, like.end)) /* the label is no part of the subject's words */
            return false;
        cchci_cell_at(grid, *i)->kind = CCHCI_PIECE_LABEL;
        ++*i;
        cchci_cell_at(grid, *i)->kind = CCHCI_PIECE_SUBJECT;
        cchci_tell_repair(heading->parse, CCHCI_ANCHOR_SUBJECT, like.cost, &grid->flow, like.begin,
                          like.end);
        return true;
    }
    for (uint32_t at = cell->begin; at + 2 < cell->end; at++) {
        if ((at == cell->begin || grid->flow.key[at] == 'V') &&
            cchci_heading_subject_label(&grid->flow, at, cell->end, &after)) {
            cchci_grid_cut_before(grid, i, at);
            cell = cchci_cell_at(grid, *i);
            cell->kind = CCHCI_PIECE_SUBJECT;
            uint32_t stop,
                label = cchci_loose_find(grid->flow.key, after, cell->end, "kinhgui", &stop);
            if (label != CCHCI_NOWHERE && cchci_flow_key(&grid->flow, stop, cell->end) == ':')
                cchci_grid_cut(grid, *i, label);
            return true;
        }
    }
    return false;
}

/* What the lexicon calls a mark. */
static unsigned char kind_of_mark(const struct cchci_entry *mark)
{
    static const struct {
        const char *canonical;
        unsigned char kind; /* enum cchci_piece_kind */
    } kinds[] = {{"priority", CCHCI_PIECE_PRIORITY},
                 {"secrecy", CCHCI_PIECE_SECRECY},
                 {"draft", CCHCI_PIECE_DRAFT},
                 {"circulation", CCHCI_PIECE_CIRCULATION}};
    for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(mark->canonical, kinds[i].canonical) == 0)
            return kinds[i].kind;
    return CCHCI_PIECE_UNKNOWN;
}

/* Khẩn, mật, where it may go, a draft: a mark that fills a cell. */
static bool find_mark_in(struct cchci_heading *heading, uint32_t i)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    struct cchci_cell *cell = cchci_cell_at(&heading->grid, i);
    uint32_t begin = cell->begin, end = cell->end;
    cchci_bare(flow, &begin, &end);
    const struct cchci_entry *mark = cchci_lexicon_like(CCHCI_TOPIC_MARKS, flow, end, begin);
    if (mark == NULL)
        return false;
    unsigned char kind = kind_of_mark(mark);
    if (kind == CCHCI_PIECE_DRAFT) { /* "DỰ THẢO", "(Dự thảo lần 2)" */
        begin += mark->length;
        uint32_t count = cchci_loose_at(flow->key, begin, end, "lan");
        for (begin = count != 0 ? count : begin; begin < end; begin++)
            if (cchci_is_letter(flow->key[begin]))
                return false;
        cell->kind = kind;
        return true;
    }
    if (mark->length != end - begin || cchci_capitals(flow, begin, end) < 90 ||
        (!cchci_flow_marked(flow, begin, end) &&
         cchci_flow_marked(flow, 0,
                           flow->length < CCHCI_STAMP_LINE_LENGTH ? flow->length
                                                                  : CCHCI_STAMP_LINE_LENGTH)))
        return false; /* without diacritics only where the whole text has none */
    cell->kind = kind;
    return true;
}

/* The type in capitals; a long title that goes on behind it is cut off. */
static bool find_type_in(struct cchci_heading *heading, uint32_t i)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    struct cchci_cell *cell = cchci_cell_at(&heading->grid, i);
    uint32_t after, begin = cell->begin, end = cell->end;
    const struct cchci_entry *entry = cchci_heading_type_at(flow, begin, end, &after);
    if (entry == NULL)
        return false;
    cchci_bare(flow, &begin, &end);
    if (after < end) {
        /* "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG …", "BÁO CÁO KẾT QUẢ …": the title goes on in capitals. */
        if (cchci_capitals(flow, begin, end) < 75 || flow->key[after] != ' ')
            return false;
        if (cell->group > 0 && !heading->code)
            return false;
        uint32_t words = 0;
        for (uint32_t k = after; k < end; k++)
            words += flow->key[k] == ' ';
        bool whole = cchci_flow_words(flow, after + 1, "cua") > 0 || words <= 2;
        if (!whole && !(heading->motto && heading->code))
            return false;
        if (!whole)
            cchci_grid_cut(&heading->grid, i, after + 1);
    }
    cchci_cell_at(&heading->grid, i)->kind = CCHCI_PIECE_TYPE;
    if (!heading->type)
        heading->parse->layout->type_slug = entry->canonical;
    return true;
}

/* "Kính⏎gửi": a wrap inside the label, whose first word begins at `begin` of cell *i. */
static bool name_wrapped_label(struct cchci_heading *heading, uint32_t *i, uint32_t begin)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    struct cchci_cell *cell = cchci_cell_at(grid, *i);
    uint32_t end = cell->end, after;
    if (cchci_lower(flow->key[end - 1]) != 'h' || *i + 1 >= grid->cells.count ||
        !cchci_heading_starts_with(flow, begin, end, "kinh", &after) || after != end)
        return false;
    const struct cchci_cell *next = cchci_cell_at(grid, *i + 1);
    uint32_t stop = cchci_loose_at(flow->key, next->begin, next->end, "gui");
    if (stop == 0 || cchci_flow_key(flow, stop, next->end) != ':')
        return false;
    cell->kind = CCHCI_PIECE_LABEL;
    ++*i;
    cchci_cell_at(grid, *i)->kind = CCHCI_PIECE_ADDRESSEES;
    heading->label_end = stop + 1;
    return true;
}

/* "… Kính gửi:" behind a stamp in the left column, whatever was read of that. */
static bool label_at_end(struct cchci_heading *heading, uint32_t *i)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    const struct cchci_cell *cell = cchci_cell_at(grid, *i);
    uint32_t end = cell->end, label = end - (uint32_t)strlen("kinh gui:");
    if (flow->key[end - 1] != ':' || end - cell->begin < 12 || !(heading->code || heading->date) ||
        flow->key[label] != 'K' || flow->key[label - 1] != ' ' ||
        cchci_flow_words(flow, label, "kinh gui") == 0)
        return false;
    uint32_t stamp = *i;
    cchci_grid_cut_before(grid, i, label);
    if (*i > stamp)
        cchci_cell_at(grid, stamp)->kind = CCHCI_PIECE_STAMP;
    return true;
}

/* Kính gửi, or what stands for it; *i gets the cell where it ends. */
static bool name_addressees(struct cchci_heading *heading, uint32_t *i)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    struct cchci_cell *cell = cchci_cell_at(&heading->grid, *i);
    uint32_t end = cell->end, begin = cchci_flow_next_word(flow, cell->begin, end), after;
    if (name_wrapped_label(heading, i, begin))
        return true;
    struct cchci_likeness like;
    if (!cchci_heading_addressees_label(flow, begin, end, &after)) {
        if (label_at_end(heading, i)) {
            cell = cchci_cell_at(&heading->grid, *i);
            after = cell->end;
        } else if (cchci_heading_telegram_label(flow, cell->begin, end)) {
            after = end;
        } else if ((heading->code || heading->date) &&
                   cchci_heading_damaged_addressees_label(flow, begin, end, &like)) {
            after = like.end;
            cchci_tell_repair(heading->parse, CCHCI_ANCHOR_ADDRESSEES, like.cost, flow, begin,
                              after);
        } else {
            return false;
        }
    }
    cell->kind = CCHCI_PIECE_ADDRESSEES;
    heading->label_end = after;
    return true;
}

bool cchci_heading_name_cell(struct cchci_heading *heading, uint32_t *i)
{
    struct cchci_grid *grid = &heading->grid;
    uint32_t start = *i;
    if (cchci_cell_at(grid, *i)->kind != CCHCI_PIECE_UNKNOWN)
        return false;
    if (name_addressees(heading, i))
        return true;
    if (!heading->type && find_type_in(heading, *i)) {
        heading->type = true;
        return false;
    }
    if (find_mark_in(heading, *i))
        return false;
    if (!heading->date && cchci_heading_find_date_in(heading, i)) {
        heading->date = true;
        if (*i > start)
            *i = start; /* what stood before it is named next */
        else
            return false;
    }
    if (cchci_cell_at(grid, *i)->kind == CCHCI_PIECE_UNKNOWN && !heading->code &&
        find_code_in(heading, i)) {
        heading->code = true;
        return false;
    }
    if (cchci_cell_at(grid, *i)->kind == CCHCI_PIECE_UNKNOWN && !heading->subject &&
        !heading->type && find_subject_in(heading, i))
        heading->subject = true;
    return false;
}

/* Cells below the code in which the subject begins. */
#define SUBJECT_CELLS 6u

void cchci_heading_find_damaged_code(struct cchci_heading *heading, uint32_t first, uint32_t *label)
{
    struct cchci_grid *grid = &heading->grid;
    struct cchci_code_shape shape;
    uint32_t i = first;
    for (; i < *label && cchci_grid_has(grid, i); i++) {
        const struct cchci_cell *cell = cchci_cell_at(grid, i);
        if (heading->motto && cell->line > heading->motto_line + CODE_LINES)
            return;
        if (cell->kind == CCHCI_PIECE_UNKNOWN && cell->end - cell->begin < 48 &&
            (heading->motto || beside_date(grid, i)) &&
            cchci_code_read_damaged(&grid->flow, cell->begin, cell->end, &shape))
            break;
    }
    if (i >= *label || !cchci_grid_has(grid, i))
        return;
    cchci_cell_at(grid, i)->kind = CCHCI_PIECE_CODE;
    heading->code = true;
    uint32_t last = i + SUBJECT_CELLS;
    for (i++; i < *label && i <= last && cchci_grid_has(grid, i); i++) {
        uint32_t cuts = grid->cuts;
        bool labelled = cchci_heading_name_cell(heading, &i);
        if (labelled)
            *label = i;
        else if (*label != CCHCI_NOWHERE)
            *label += grid->cuts - cuts;
        if (labelled || heading->subject)
            return;
    }
}

/* Whether the first word of a cell may be what was read for V/v: letters of which a sign or a digit is
 * one. *after gets the place behind it. */
static bool may_be_subject_label(const struct cchci_flow *flow, const struct cchci_cell *cell,
                                 uint32_t *after)
{
    uint32_t at = cell->begin, letters = 0, signs = 0;
    if (!cchci_is_word(flow->key[at]))
        return false;
    for (; at < cell->end && flow->key[at] != ' ' && at - cell->begin < 6; at++) {
        letters += cchci_is_letter(flow->key[at]);
        signs += !cchci_is_letter(flow->key[at]) && flow->key[at] != ',' && flow->key[at] != '.';
    }
    *after = at + 1;
    return cchci_flow_key(flow, at, cell->end) == ' ' && letters >= 1 && letters <= 2 &&
           signs >= 1 && cchci_has_words(flow, at, cell->end, 6) &&
           cchci_heading_lower_start(flow, *after, cell->end);
}

void cchci_heading_find_lost_subject(struct cchci_heading *heading, uint32_t *label)
{
    struct cchci_grid *grid = &heading->grid;
    uint32_t code = 0, after;
    while (code < *label && cchci_cell_at(grid, code)->kind != CCHCI_PIECE_CODE)
        code++;
    for (uint32_t i = code + 1; i < *label; i++) {
        const struct cchci_cell *cell = cchci_cell_at(grid, i);
        if (cell->line == cchci_cell_at(grid, code)->line)
            continue;
        uint32_t cuts = grid->cuts;
        if (cell->kind != CCHCI_PIECE_UNKNOWN || !may_be_subject_label(&grid->flow, cell, &after) ||
            !cchci_grid_cut(grid, i, after))
            return;
        cchci_cell_at(grid, i)->kind = CCHCI_PIECE_LABEL;
        cchci_cell_at(grid, i + 1)->kind = CCHCI_PIECE_SUBJECT;
        *label += grid->cuts - cuts;
        heading->subject = true;
        cchci_tell_repair(heading->parse, CCHCI_ANCHOR_SUBJECT, 4, &grid->flow,
                          cchci_cell_at(grid, i)->begin, cchci_cell_at(grid, i)->end);
        return;
    }
}
