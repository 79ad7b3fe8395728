/* SPDX-License-Identifier: MIT */
/* The heading (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.1–5 and 9):
 *
 *      agency above        |  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 *      AGENCY              |  Độc lập - Tự do - Hạnh phúc
 *      Số: 15/BNV-VP       |  Hà Nội, ngày 05 tháng 01 năm 2026
 *      V/v subject         |
 *                    TYPE, Về việc subject
 *               Kính gửi: addressees
 *
 * 1. Look for the motto in the first lines (heading_motto.c): what is far above it is a web site's
 *    menu. Without a motto the heading may begin at the first line.
 * 2. Go over the cells from there (heading_cells.c). The words that only a heading has (motto, Số:,
 *    place and date, V/v, a type in capitals, Kính gửi) say what a cell is; where such words stand
 *    inside a cell, a column's gap was lost and the cell is cut there.
 * 3. Cells that no word names get their meaning from their neighbours: capitals above the number
 *    are the agency, lines under V/v or under the type go on with the subject.
 * 4. The lines under Kính gửi are the addressees (heading_addressees.c).
 */
#include "heading.h"

#include <string.h>

#include "base/limits.h"
#include "markers.h"
#include "parse.h"
#include "text/eight.h"
#include "text/take.h"
#include "words.h"
#include "zones.h"

/* --------------------------------------------------------------------------- where it starts -- */

/* Whether a cell above the motto is surely of the heading. */
static bool surely_heading(const struct cchci_heading *heading, struct cchci_cell *cell)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    uint32_t begin = cell->begin, end = cell->end, after;
    bool colon;
    cchci_bare(flow, &begin, &end);
    if (cchci_code_label(flow, begin, end, &colon) != 0 ||
        cchci_heading_subject_label(flow, begin, end, &after))
        return true;
    if (end - begin < 3 || cchci_cell_capitals(&heading->grid, cell) < 70)
        return false;
    return cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, begin) != NULL ||
           cchci_lexicon_like(CCHCI_TOPIC_MARKS, flow, end, begin) != NULL;
}

/* Whether a line of a seal or a stamp is between two lines. */
static bool line_between(const struct cchci_layout *layout, uint32_t above, uint32_t below)
{
    for (uint32_t i = above + 1; i < below; i++)
        if (cchci_line_at(layout, i)->kind == CCHCI_LINE_E_SIGNATURE ||
            cchci_line_at(layout, i)->kind == CCHCI_LINE_STAMP)
            return true;
    return false;
}

/* The first cell of the heading, at or above the motto: the agency stands before it, and where the
 * left column was poured first, number and V/v do, too. The name in an electronic seal stands above
 * as well; the lines of the seal part it. */
static uint32_t heading_start(const struct cchci_heading *heading, uint32_t motto)
{
    const struct cchci_grid *grid = &heading->grid;
    uint32_t first = motto, doubtful = 0;
    for (uint32_t i = motto; i > 0 && motto - i < 20 && doubtful < 5;) {
        struct cchci_cell *cell = cchci_cell_at(grid, --i);
        uint32_t below = cchci_cell_at(grid, i + 1)->line;
        uint32_t begin = cell->begin, end = cell->end;
        cchci_bare(&grid->flow, &begin, &end);
        if (cell->end - cell->begin > 160)
            break;
        if (cell->line == cchci_cell_at(grid, motto)->line) {
            first = i;
            continue;
        }
        if (first != motto && line_between(heading->parse->layout, cell->line, below))
            break;
        if (surely_heading(heading, cell)) {
            first = i;
            doubtful = 0;
        } else {
            doubtful++;
        }
    }
    return first;
}

/* -------------------------------------------------------------------------------- neighbours -- */

/* Words of an agency's name in a stamp: "CỤC THUẾ TỈNH LONG AN" has five. */
#define STAMP_WORDS 4u

/* Whether capitals at a place name an agency, as the stamp of the office that received the letter
 * does. */
static bool is_receiver(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    begin = cchci_flow_next_word(flow, begin, end);
    if (!cchci_is_upper(flow->key[begin]) || !cchci_is_upper(flow->key[begin + 1]))
        return false;
    uint32_t words = 1;
    for (uint32_t k = begin; k < end; k++)
        words += flow->key[k] == ' ';
    return words >= STAMP_WORDS && cchci_capitals(flow, begin, end) >= 85 &&
           (cchci_lexicon_like(CCHCI_TOPIC_UNITS, flow, end, begin) != NULL ||
            cchci_flow_words(flow, begin, "van phong") > 0 ||
            cchci_flow_words(flow, begin, "cong thong tin") > 0);
}

/* Whether a line among a subject's in small letters is such a stamp. */
static bool names_receiver(const struct cchci_heading *heading, struct cchci_cell *subject,
                           const struct cchci_cell *cell)
{
    return is_receiver(&heading->grid.flow, cell->begin, cell->end) &&
           cchci_cell_capitals(&heading->grid, subject) < 40;
}

/* Cuts such a stamp off the line in which the subject begins, which goes on below in small letters. */
static void cut_receiver(struct cchci_heading *heading, uint32_t subject)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    const struct cchci_cell *cell = cchci_cell_at(grid, subject);
    uint32_t begin = cell->begin, end = cell->end;
    if (!cchci_is_upper(flow->key[cchci_flow_behind_word(flow, begin, end) - 1]) ||
        !cchci_grid_has(grid, subject + 1) ||
        !cchci_heading_lower_start(flow, cchci_cell_at(grid, subject + 1)->begin,
                                   cchci_cell_at(grid, subject + 1)->end))
        return;
    for (uint32_t at = cchci_place_before(end, CCHCI_STAMP_LINE_LENGTH, begin + 4); at < end; at++)
        if (flow->key[at - 1] == ' ' && flow->key[at - 2] >= 'a' && flow->key[at - 2] <= 'z' &&
            is_receiver(flow, at, end)) {
            cchci_grid_cut(grid, subject, at);
            return;
        }
}

/* The lines under V/v, in its column. */
static void extend_subject(struct cchci_heading *heading, uint32_t subject, uint32_t label)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    const struct cchci_cell *first = cchci_cell_at(grid, subject);
    uint32_t x = first->x, line = first->line, last = subject, used = 0;
    for (uint32_t i = subject + 1; cchci_grid_has(grid, i); i++) {
        struct cchci_cell *cell = cchci_cell_at(grid, i);
        if (cell->kind == CCHCI_PIECE_DATE || cell->kind == CCHCI_PIECE_MOTTO)
            continue;
        if (cell->kind != CCHCI_PIECE_UNKNOWN)
            break;
        if (cell->line == line) {
            if (cell->x > x + 40)
                continue;
        } else if (cell->group > 0 && cell->x > x + 30) {
            continue; /* the other column */
        }
        bool blank = cchci_line_at(heading->parse->layout, cell->line)->blank_before &&
                     cell->line != cchci_cell_at(grid, last)->line;
        /* Short lines between V/v and Kính gửi have nothing else to be. */
        bool enclosed = label != CCHCI_NOWHERE && cell->line < cchci_cell_at(grid, label)->line &&
                        cell->end - cell->begin < 90 &&
                        flow->key[cchci_cell_at(grid, last)->end - 1] != '.' &&
                        (cchci_cell_capitals(grid, cell) < 60 || flow->key[cell->end - 1] == '.');
        if (!blank && names_receiver(heading, cchci_cell_at(grid, subject), cell)) {
            cell->kind = CCHCI_PIECE_STAMP;
            continue;
        }
        if (blank && !enclosed && !cchci_heading_lower_start(flow, cell->begin, cell->end) &&
            !cchci_heading_open_ended(flow, cchci_cell_at(grid, last)->end))
            break;
        struct cchci_marker marker;
        if (cchci_marker_read(flow, cell->begin, cell->end, &marker) &&
            marker.style != CCHCI_MARKER_DASH)
            break;
        if (cchci_loose_at(flow->key, cell->begin, cell->end, "noinhan") != 0)
            break;
        if (cchci_heading_opens_body(flow, cell->begin, cell->end) &&
            (blank || cell->end - cell->begin > 45) &&
            !(cchci_heading_lower_start(flow, cell->begin, cell->end) &&
              !cchci_is_digit(flow->key[cell->begin])))
            break;
        if (flow->key[cchci_cell_at(grid, last)->end - 1] == '.' && cell->end - cell->begin > 70)
            break;
        if (!cchci_has_words(flow, cell->begin, cell->end, 2))
            continue;
        if (used == CCHCI_SUBJECT_LINES) {
            heading->subject_cut = true;
            break;
        }
        cell->kind = CCHCI_PIECE_SUBJECT;
        last = i;
        used++;
    }
}

/* A line that names who decides, above căn cứ: "BỘ TRƯỞNG BỘ NỘI VỤ". */
static bool names_decider(const struct cchci_flow *flow, uint32_t begin, uint32_t end, bool titled)
{
    cchci_bare(flow, &begin, &end);
    if (cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, begin) == NULL) {
        /* The first line under the type is its title: "QUY CHẾ", "PHÒNG CHỐNG" are no agencies
         * there. */
        const struct cchci_entry *agency =
            cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, begin);
        if (agency == NULL ||
            !(titled || strchr(agency->key, ' ') != NULL || strcmp(agency->key, "ubnd") == 0))
            return false;
    }
    return cchci_capitals(flow, begin, end) >= 75;
}

/* A full stop inside, with another sentence behind it. */
static bool breaks_sentence(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    const unsigned char *key = flow->key;
    for (uint32_t i = cchci_next_key(key, begin + 3, end, '.'); i + 2 < end;
         i = cchci_next_key(key, i + 1, end, '.'))
        if (key[i + 1] == ' ' && cchci_is_upper(key[i + 2]) &&
            (cchci_is_digit(key[i - 1]) || (key[i - 1] >= 'a' && key[i - 2] >= 'a')))
            return true;
    return false;
}

/* Whether a cell is no more of the title whose last line so far is `above`: a paragraph of its own,
 * or behind a full stop. */
static bool starts_apart(const struct cchci_heading *heading, struct cchci_cell *above,
                         struct cchci_cell *cell)
{
    const struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    if (cchci_line_at(heading->parse->layout, cell->line)->blank_before &&
        !cchci_heading_lower_start(flow, cell->begin, cell->end) &&
        !cchci_heading_open_ended(flow, above->end) &&
        (cchci_cell_capitals(grid, above) <= 80 || cchci_cell_capitals(grid, cell) <= 80))
        return true;
    return flow->key[above->end - 1] == '.' && !cchci_is_digit(flow->key[above->end - 2]);
}

/* Whether cell i, whose title so far ends in cell `last`, names who decides. titled: there is a title
 * so far. */
static bool is_authority(const struct cchci_heading *heading, uint32_t i, uint32_t last,
                         bool titled)
{
    const struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    const struct cchci_cell *cell = cchci_cell_at(grid, i);
    bool blank = cchci_line_at(heading->parse->layout, cell->line)->blank_before;
    if (!names_decider(flow, cell->begin, cell->end, titled) ||
        !(titled || !blank || heading->parse->layout->type_slug == NULL))
        return false;
    /* "CHÍNH PHỦ" right above căn cứ, though its neighbours are capitals, too. */
    return !titled || blank || cchci_cell_capitals(grid, cchci_cell_at(grid, last)) <= 75 ||
           (i + 1 < grid->cells.count &&
            cchci_flow_words(flow, cchci_cell_at(grid, i + 1)->begin, "can cu") > 0);
}

/* Whether the title's first line, which ends with a comma, goes on below, and ends as no sentence
 * does. */
static bool title_wraps(struct cchci_heading *heading, uint32_t i)
{
    struct cchci_grid *grid = &heading->grid;
    for (uint32_t k = i + 1; k <= i + 4 && cchci_grid_has(grid, k); k++)
        if (cchci_line_at(heading->parse->layout, cchci_cell_at(grid, k)->line)->blank_before)
            return memchr(".:;,", grid->flow.key[cchci_cell_at(grid, k - 1)->end - 1], 4) == NULL;
    return false;
}

/* Lines that a title's long line wraps to. */
#define WRAPPED_LINES 2u

/* Whether the body's basis, who decides or Kính gửi stands below a cell, or below the short lines that
 * it wraps to: what is above them is a title, however long a line it has, and though a full stop may
 * stand at its end. */
static bool above_basis(struct cchci_heading *heading, uint32_t i)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    uint32_t after;
    for (uint32_t k = i; cchci_grid_has(grid, k + 1); k++) {
        const struct cchci_cell *last = cchci_cell_at(grid, k), *below = cchci_cell_at(grid, k + 1);
        if (memchr(":;,", flow->key[last->end - 1], 3) != NULL)
            return false;
        if (cchci_flow_words(flow, below->begin, "can cu") > 0 ||
            cchci_heading_addressees_label(flow, below->begin, below->end, &after) ||
            names_decider(flow, below->begin, below->end, true))
            return true;
        if (k - i == WRAPPED_LINES || below->end - below->begin >= CCHCI_WRAPPED_LENGTH ||
            flow->key[last->end - 1] == '.' ||
            cchci_line_at(heading->parse->layout, below->line)->blank_before)
            return false;
    }
    return false;
}

/* Whether a cell is a paragraph that ends as no sentence does. */
static bool stands_apart(struct cchci_heading *heading, uint32_t i)
{
    struct cchci_grid *grid = &heading->grid;
    if (!cchci_grid_has(grid, i + 1))
        return false;
    unsigned char last = grid->flow.key[cchci_cell_at(grid, i)->end - 1];
    return (cchci_is_word(last) || last == ')' || last == '"') &&
           cchci_line_at(heading->parse->layout, cchci_cell_at(grid, i + 1)->line)->blank_before;
}

/* "THÔNG BÁO⏎Kết luận của …⏎Tại Hội nghị …": where a conclusion was drawn is part of its title. The
 * body that begins so goes on behind a comma. */
static bool tells_occasion(const struct cchci_flow *flow, const struct cchci_cell *title,
                           const struct cchci_cell *cell)
{
    uint32_t begin = title->begin, end = cell->end;
    cchci_bare(flow, &begin, &end);
    return cchci_flow_words(flow, begin, "ket luan") > 0 &&
           cchci_flow_words(flow, cell->begin, "tai") > 0 &&
           cchci_is_letter(flow->key[cell->end - 1]) &&
           cchci_next_key(flow->key, cell->begin, cell->end, ',') == cell->end;
}

/* Whether a cell under the type is the body's first one. titled: there is a title so far; wrapped: its
 * last sign is no sentence's; based: the body's basis is below it. */
static bool starts_body(const struct cchci_flow *flow, const struct cchci_cell *cell,
                        const struct cchci_line *line, bool titled, bool wrapped, bool based)
{
    struct cchci_marker marker;
    unsigned char sign = flow->key[cell->end - 1];
    if (cchci_heading_lower_start(flow, cell->begin, cell->end))
        return false;
    bool basis = cchci_opens_basis(flow, cell->begin) ||
                 cchci_flow_words(flow, cell->begin, "phan thu nhat") > 0 ||
                 cchci_marker_read(flow, cell->begin, cell->end, &marker);
    /* The first line may open like a body ("Thực hiện dân chủ …") and still be the title. */
    bool prose = !titled && !based && line->blank_before && sign == '.' &&
                 cchci_is_upper(flow->key[cell->begin]);
    bool sentence = prose || (titled && !wrapped) || sign == ':' || sign == ';' || sign == '.' ||
                    (!wrapped && (sign == ',' || line->end - line->begin > 75));
    return basis || prose || sign == ':' ||
           (sentence && cchci_heading_opens_body(flow, cell->begin, cell->end));
}

/* What may stand beside a title, or among its lines. */
static bool is_beside_title(unsigned char kind)
{
    return kind == CCHCI_PIECE_MOTTO || kind == CCHCI_PIECE_DATE || kind == CCHCI_PIECE_CODE ||
           kind == CCHCI_PIECE_PRIORITY || kind == CCHCI_PIECE_SECRECY || kind == CCHCI_PIECE_DRAFT;
}

/* Titles are no prose: what was taken for one before cell `end` was the body's first line. */
static void take_back_title(struct cchci_grid *grid, uint32_t type, uint32_t end)
{
    for (uint32_t k = type + 1; k < end; k++)
        if (cchci_cell_at(grid, k)->kind == CCHCI_PIECE_SUBJECT)
            cchci_cell_at(grid, k)->kind = CCHCI_PIECE_UNKNOWN;
}

/* The title under the type so far. */
struct title {
    uint32_t first; /* its first cell, or the type's, */
    uint32_t last;  /* and its last one */
    uint32_t count; /* cells */
    bool labelled;  /* it begins with "Về việc" */
};

/* Whether cell i is none of a title that has no label: the body's, what an act is issued with, or another
 * part's in capitals. */
static bool ends_title(struct cchci_heading *heading, const struct title *title, uint32_t i)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    struct cchci_cell *cell = cchci_cell_at(grid, i);
    const struct cchci_line *line = cchci_line_at(heading->parse->layout, cell->line);
    bool titled = title->count > 0;
    bool issued =
        flow->key[cell->begin] == '(' &&
        cchci_flow_words(flow, cchci_skip_blank(flow, cell->begin + 1), "ban hanh kem theo") > 0;
    bool wrapped = (titled ? !line->blank_before : flow->key[cell->end - 1] == ',') &&
                   (title_wraps(heading, i) ||
                    (titled && tells_occasion(flow, cchci_cell_at(grid, title->first),
                                              cchci_cell_at(grid, i))));
    bool based = above_basis(heading, i);
    cell = cchci_cell_at(grid, i); /* a step may have moved it */
    if (issued || starts_body(flow, cell, line, titled, wrapped, based))
        return true;
    /* A stamp, or a heading of the body, under a title in small letters. */
    return title->labelled && !flow->text->capitals_lost && cchci_cell_capitals(grid, cell) >= 75 &&
           cchci_cell_capitals(grid, cchci_cell_at(grid, title->last)) < 40;
}

/* Whether cell i is longer than what goes on with a title. */
static bool is_too_long(struct cchci_heading *heading, const struct title *title, uint32_t i)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_cell *cell = cchci_cell_at(grid, i);
    const struct cchci_line *line = cchci_line_at(heading->parse->layout, cell->line);
    uint32_t length = line->end - line->begin;
    if (title->count == 0)
        return length > 140 && !above_basis(heading, i) && !stands_apart(heading, i);
    return length > 110 && cell->line != cchci_cell_at(grid, title->last)->line &&
           cchci_is_upper(grid->flow.key[cell->begin]) &&
           (grid->flow.key[cell->end - 1] == '.' || !above_basis(heading, i));
}

/* The lines under the type: its subject, up to the one who decides or the first sentence. */
static void extend_type(struct cchci_heading *heading, uint32_t type)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    struct title title = {.first = type, .last = type};
    for (uint32_t i = type + 1; cchci_grid_has(grid, i); i++) {
        struct cchci_cell *cell = cchci_cell_at(grid, i), *above = cchci_cell_at(grid, title.last);
        if (is_beside_title(cell->kind))
            continue;
        if (cell->kind != CCHCI_PIECE_UNKNOWN && cell->kind != CCHCI_PIECE_SUBJECT)
            return;
        if (title.count > 0 && cell->line != above->line && starts_apart(heading, above, cell))
            return;
        if (!cchci_has_words(flow, cell->begin, cell->end, 2))
            continue;
        uint32_t after;
        bool named = cchci_loose_at(flow->key, cell->begin, cell->end, "veviec") != 0 ||
                     cchci_heading_subject_label(flow, cell->begin, cell->end, &after);
        if (!named && title.count == 0 && cell->line > above->line + 6)
            return;
        if (is_authority(heading, i, title.last, title.count > 0)) {
            cell->kind = CCHCI_PIECE_AUTHORITY;
            return;
        }
        if (!named && ends_title(heading, &title, i))
            return;
        cell = cchci_cell_at(grid, i); /* a step may have moved it */
        bool prose = !named && breaks_sentence(flow, cell->begin, cell->end);
        if (prose && title.count < CCHCI_SUBJECT_LINES)
            take_back_title(grid, type, i);
        if (prose || (!named && is_too_long(heading, &title, i)))
            return;
        if (title.count == CCHCI_SUBJECT_LINES) {
            heading->subject_cut = true;
            return;
        }
        cchci_cell_at(grid, i)->kind = CCHCI_PIECE_SUBJECT;
        title.labelled |= named;
        title.first = title.count == 0 ? i : title.first;
        title.last = i;
        title.count++;
    }
}

/* What a printed rule is read as. */
#define RULE_KEYS CCHCI_KEYS("-_=~")

/* The first cell below those that may be the agency: the number, or what else comes below it; without one
 * the cell behind the motto, and *beside is set. */
static uint32_t agency_limit(const struct cchci_heading *heading, uint32_t first, bool *beside)
{
    const struct cchci_grid *grid = &heading->grid;
    uint32_t motto = first;
    *beside = false;
    for (uint32_t i = first; i < grid->cells.count; i++) {
        unsigned char kind = cchci_cell_at(grid, i)->kind;
        if (kind == CCHCI_PIECE_CODE || kind == CCHCI_PIECE_TYPE ||
            kind == CCHCI_PIECE_ADDRESSEES || kind == CCHCI_PIECE_SUBJECT)
            return i;
        if (kind == CCHCI_PIECE_MOTTO)
            motto = i;
    }
    *beside = true;
    return heading->motto && heading->date ? motto : first;
}

/* Cells above one among which its double is: an agency of two lines, and the motto beside them. */
#define DOUBLED_CELLS 4u

/* Whether a cell of [first, i) says the same of the agency as the words at [begin, end) of cell i: a
 * converter of Word files writes what stood in a frame twice. */
static bool is_doubled(const struct cchci_grid *grid, uint32_t first, uint32_t i, uint32_t begin,
                       uint32_t end)
{
    const unsigned char *key = grid->flow.key;
    for (uint32_t k = i; k > first && i - k < DOUBLED_CELLS;) {
        const struct cchci_cell *cell = cchci_cell_at(grid, --k);
        uint32_t from = cell->begin, to = cell->end;
        cchci_bare(&grid->flow, &from, &to);
        if (cell->kind == CCHCI_PIECE_AGENCY && to - from == end - begin &&
            memcmp(key + from, key + begin, to - from) == 0)
            return true;
    }
    return false;
}

/* Capitals above the number, in the left column or on their own lines, are the agency. */
static void name_agency(struct cchci_heading *heading, uint32_t first)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    bool beside;
    uint32_t last = agency_limit(heading, first, &beside);
    for (uint32_t i = first; i < last; i++) {
        struct cchci_cell *cell = cchci_cell_at(grid, i);
        uint32_t begin = cell->begin, end = cell->end;
        cchci_bare(flow, &begin, &end);
        if (cell->kind != CCHCI_PIECE_UNKNOWN || end - begin < 3)
            continue;
        unsigned capitals = cchci_cell_capitals(grid, cell);
        bool follows = i > first && cchci_cell_at(grid, i - 1)->kind == CCHCI_PIECE_AGENCY;
        if (capitals < 60 && (capitals == 0 || heading->code || cchci_is_upper(flow->key[begin]) ||
                              cchci_word_characters(flow, begin, end) >= 60))
            continue;
        if (!follows && !cchci_has_words(flow, begin, end, 4))
            continue;
        if (is_doubled(grid, first, i, begin, end))
            continue;
        /* The rule under an agency, and what was read beside it. */
        bool rule = begin > cell->begin + 1 && cchci_one_of(flow->key[cell->begin], RULE_KEYS) &&
                    cchci_one_of(flow->key[cell->begin + 1], RULE_KEYS);
        /* A number without its label has a slash. The right column beside the agency has the motto;
         * stamps there are short or have digits. */
        bool doubtful = beside || capitals < 60 || rule || (cell->group > 0 && cell->x > 30) ||
                        memchr(flow->key + begin, '/', end - begin) != NULL;
        if (doubtful && cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, begin) == NULL)
            continue;
        cell->kind = CCHCI_PIECE_AGENCY;
    }
}

/* Where the words of an agency's line end, which is cell i: a rule below, or what was read between the
 * columns, may stand behind them. One dash stays where the name goes on with another word than "và". */
static uint32_t agency_end(const struct cchci_grid *grid, uint32_t i)
{
    const struct cchci_flow *flow = &grid->flow;
    const struct cchci_cell *cell = cchci_cell_at(grid, i);
    uint32_t end = cell->end, dashes = 0, dash = 0;
    for (; end > cell->begin + 1; end--) {
        unsigned char key = flow->key[end - 1];
        bool sign = key == CCHCI_KEY_OTHER || key == CCHCI_KEY_BOX ||
                    cchci_one_of(key, RULE_KEYS) || cchci_one_of(key, CCHCI_KEYS(" |*`'^")) ||
                    (key == CCHCI_KEY_LETTER && flow->key[end - 2] == ' ') || /* "ˆ" alone */
                    (key == '.' && !cchci_is_word(flow->key[end - 2]));
        if (!sign)
            break;
        dashes += key == '-';
        dash = key == '-' ? end : dash;
    }
    uint32_t next = i + 1;
    while (next < grid->cells.count && (cchci_cell_at(grid, next)->kind == CCHCI_PIECE_MOTTO ||
                                        cchci_cell_at(grid, next)->line == cell->line))
        next++;
    bool goes_on = next < grid->cells.count &&
                   cchci_cell_at(grid, next)->kind == CCHCI_PIECE_AGENCY &&
                   cchci_flow_words(flow, cchci_cell_at(grid, next)->begin, "va") == 0;
    return dashes == 1 && goes_on ? dash : end;
}

/* --------------------------------------------------------------------------------- the whole -- */

/* The type's cell, where its title stands below it: what V/v says above is the same in short, and none of
 * the subject. */
static uint32_t titled_type(const struct cchci_grid *grid)
{
    uint32_t type = 0;
    for (uint32_t i = 0; i < grid->cells.count; i++) {
        unsigned char kind = cchci_cell_at(grid, i)->kind;
        if (kind == CCHCI_PIECE_TYPE && type == 0)
            type = i;
        else if (kind == CCHCI_PIECE_SUBJECT && type > 0)
            return type;
    }
    return 0;
}

static void give_pieces(struct cchci_heading *heading)
{
    struct cchci_layout *layout = heading->parse->layout;
    const struct cchci_grid *grid = &heading->grid;
    uint32_t type = titled_type(grid);
    for (uint32_t i = 0; i < grid->cells.count; i++) {
        const struct cchci_cell *cell = cchci_cell_at(grid, i);
        struct cchci_part *part;
        switch (cell->kind) {
        case CCHCI_PIECE_AGENCY: part = &layout->agency; break;
        case CCHCI_PIECE_CODE: part = &layout->code; break;
        case CCHCI_PIECE_DATE: part = &layout->date; break;
        case CCHCI_PIECE_SUBJECT:
            part = i < type ? &layout->subject_label : &layout->subject;
            break;
        case CCHCI_PIECE_TYPE: part = &layout->type; break;
        case CCHCI_PIECE_MOTTO: part = &layout->motto; break;
        case CCHCI_PIECE_LABEL: part = &layout->subject_label; break;
        case CCHCI_PIECE_PRIORITY: part = &layout->priority; break;
        case CCHCI_PIECE_SECRECY: part = &layout->secrecy; break;
        case CCHCI_PIECE_CIRCULATION: part = &layout->circulation; break;
        case CCHCI_PIECE_DRAFT: part = &layout->draft; break;
        default: continue;
        }
        uint32_t end = part == &layout->agency ? agency_end(grid, i) : cell->end;
        cchci_grid_give_words(grid, cell->line, cell->begin, end, part);
    }
}

/* Tells where the heading, or the search for one, met a limit. begun: something of it was found;
 * ran_out: the search ended with the window. */
static void tell_limits(struct cchci_heading *heading, bool begun, bool ran_out)
{
    struct cchci_grid *grid = &heading->grid;
    if (ran_out || !begun)
        cchci_grid_complete(grid);
    bool more = grid->full || heading->end < heading->parse->layout->lines.count;
    if (more && (ran_out || !begun))
        cchci_diagnose(heading->parse, CCHCI_LIMIT_HEADING, NULL, NULL, 0, 0);
    if (heading->subject_cut)
        cchci_diagnose(heading->parse, CCHCI_LIMIT_VALUE,
                       "The subject has more lines than the limit.", NULL, 0, 0);
    cchci_grid_tell_long_line(grid, heading->parse,
                              begun ? heading->parse->layout->body_first : heading->end);
}

/* Names the cells from the heading's first one on, down to Kính gửi, or to where no words have named
 * any for long. Returns the cell of that label; CCHCI_NOWHERE: there is none. *reached gets the number
 * behind the last cell that was looked at. */
static uint32_t name_cells(struct cchci_heading *heading, uint32_t first, uint32_t *reached)
{
    struct cchci_grid *grid = &heading->grid;
    uint32_t last_named = CCHCI_NOWHERE, unnamed = 0;
    *reached = first;
    for (uint32_t i = first;
         heading->date ? cchci_grid_has(grid, i) : cchci_grid_has_for_date(grid, i); i++) {
        uint32_t here = i;
        bool labelled = cchci_heading_name_cell(heading, &i);
        *reached = i + 1;
        if (labelled)
            return i;
        bool named = false;
        for (uint32_t k = here; k <= i; k++)
            named |= cchci_cell_at(grid, k)->kind != CCHCI_PIECE_UNKNOWN;
        const struct cchci_cell *cell = cchci_cell_at(grid, i);
        if (named) {
            last_named = i;
            unnamed = 0;
            if (cell->kind == CCHCI_PIECE_TYPE && heading->motto)
                extend_type(heading, i);
            continue;
        }
        unnamed++;
        bool begun = last_named != CCHCI_NOWHERE;
        if (begun && (heading->code || heading->date || heading->type) && unnamed > 1 &&
            cchci_heading_opens_body(&grid->flow, cell->begin, cell->end) && !heading->subject)
            break;
        if (unnamed > (heading->motto ? 24u : begun ? 14u : 40u))
            break;
        if (begun && cell->end - cell->begin > 160)
            break;
    }
    return CCHCI_NOWHERE;
}

/* Lets the subject go on, or without a motto the type: the first of them that has its place. *label,
 * which may be CCHCI_NOWHERE, stays the number of its cell. */
static void extend_first(struct cchci_heading *heading, uint32_t *label)
{
    for (uint32_t i = 0; i < heading->grid.cells.count; i++) {
        unsigned char kind = cchci_cell_at(&heading->grid, i)->kind;
        if (kind == CCHCI_PIECE_SUBJECT && heading->subject && !heading->type) {
            uint32_t cuts = heading->grid.cuts;
            cut_receiver(heading, i);
            *label += *label != CCHCI_NOWHERE ? heading->grid.cuts - cuts : 0;
            extend_subject(heading, i, *label);
            return;
        }
        if (kind == CCHCI_PIECE_TYPE && !heading->motto) {
            extend_type(heading, i);
            return;
        }
    }
}

/* The line below the last cell of the heading that has a name; 0 without one. */
static uint32_t heading_end(const struct cchci_grid *grid, uint32_t first)
{
    uint32_t end = 0;
    for (uint32_t i = first; i < grid->cells.count; i++) {
        const struct cchci_cell *cell = cchci_cell_at(grid, i);
        if (cell->kind != CCHCI_PIECE_UNKNOWN && cell->kind != CCHCI_PIECE_AUTHORITY)
            end = cell->line + 1;
    }
    return end;
}

void cchci_layout_heading(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    struct cchci_heading heading;
    memset(&heading, 0, sizeof heading);
    heading.parse = parse;
    uint32_t most = (uint32_t)parse->limits->max_heading_lines;
    heading.end = layout->lines.count < most ? layout->lines.count : most;
    cchci_grid_begin(&heading.grid, parse, 0, heading.end);
    struct cchci_grid *grid = &heading.grid;
    uint32_t motto = 0, first = 0, reached;
    heading.motto = cchci_heading_find_motto(&heading, &motto);
    if (heading.motto) {
        first = heading_start(&heading, motto);
        heading.motto_line = cchci_cell_at(grid, motto)->line;
    }
    layout->has_motto = heading.motto && !heading.party;
    layout->has_party_motto = heading.party;

    uint32_t label = name_cells(&heading, first, &reached);
    if ((heading.motto || heading.date) && !heading.code)
        cchci_heading_find_damaged_code(&heading, first, &label);
    if (heading.code && !heading.subject && !heading.type && label != CCHCI_NOWHERE)
        cchci_heading_find_lost_subject(&heading, &label);
    extend_first(&heading, &label);
    if (!heading.date && (heading.motto || heading.code)) {
        uint32_t cuts = grid->cuts;
        heading.date = cchci_heading_find_damaged_date(&heading, first);
        if (label != CCHCI_NOWHERE)
            label += grid->cuts - cuts; /* its line is above the label's */
    }
    name_agency(&heading, first);
    layout->has_v_v = heading.subject;
    bool begun = heading.motto || heading.code || heading.type || heading.date || heading.subject ||
                 label != CCHCI_NOWHERE;
    if (begun)
        layout->body_first = heading_end(grid, first);
    bool ran_out = reached >= grid->cells.count && !cchci_grid_has(grid, reached);
    give_pieces(&heading);
    if (label == CCHCI_NOWHERE && heading.subject && !heading.type)
        label = cchci_heading_lost_label(&heading);
    if (label != CCHCI_NOWHERE)
        cchci_heading_give_addressees(&heading, label);
    tell_limits(&heading, begun || label != CCHCI_NOWHERE, ran_out);
}
