/* SPDX-License-Identifier: MIT */
/* Where annexes begin: at their label or title behind the closing, or at "(Kèm theo …)" and the title in
 * capitals above it. */
#include "closing.h"

#include "text/eight.h"
#include "text/take.h"
#include "words.h"

#define ANNEX_LABEL_LENGTH 14u /* "PHỤ LỤC VIII." */
#define LEFT_OPEN_LENGTH 16u   /* "TÊN ĐƠN VỊ: ...", words before the colon */

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

bool cchci_closing_begins_motto(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    begin = cchci_flow_next_word(flow, begin, end);
    return cchci_loose_at(flow->key, begin, end, "conghoaxahoi") != 0;
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
    if (cchci_flow_words(flow, word, "ten") > 0)
        return false; /* "TÊN CƠ QUAN": a form's, to be filled in */
    return cchci_word_characters(flow, begin, end) >= 6 && cchci_capitals(flow, begin, end) >= 75 &&
           !is_left_open(flow, begin, end) && !has_motto(flow, begin, end);
}

bool cchci_may_title_annex(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    if (!cchci_is_annex_title(flow, begin, end))
        return false;
    cchci_bare(flow, &begin, &end);
    return !cchci_starts_signature(flow, begin, end) &&
           !cchci_closing_is_surnamed(flow, begin, end) &&
           cchci_archive_label(flow, begin, end) == 0;
}

bool cchci_closing_starts_annex(const struct cchci_grid *grid, uint32_t i)
{
    const struct cchci_flow *flow = &grid->flow;
    const struct cchci_cell *cell = cchci_cell_at(grid, i);
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
    while (last + 1 < grid->cells.count && cchci_cell_at(grid, last + 1)->line == cell->line)
        last++;
    if (cchci_tells_annexed(flow, cell->begin, cell->end) ||
        has_motto(flow, begin, cchci_cell_at(grid, last)->end))
        return true;
    const struct cchci_entry *type =
        cchci_lexicon_like(CCHCI_TOPIC_DOCUMENT_TYPES, flow, end, begin);
    return type != NULL && type->length == end - begin && cchci_capitals(flow, begin, end) > 90;
}

#define SMALL_TITLE_LENGTH 12u /* letters of one in small letters, at least */

/* The first cell of a title in small letters, a paragraph of its own right above "(Kèm theo …)", which is
 * cell i: "Danh mục thủ tục hành chính⏎(Kèm theo Công văn số …)"; i: there is none. What is the
 * signature's, or ends as a sentence does, is no title. */
static uint32_t small_title(const struct cchci_grid *grid, uint32_t i, uint32_t left_line)
{
    const struct cchci_flow *flow = &grid->flow;
    const unsigned char *key = flow->key;
    uint32_t first = i;
    bool begun = false;
    while (!begun && first > 0 && i - first < CCHCI_ANNEX_TITLE_LINES) {
        const struct cchci_cell *cell = cchci_cell_at(grid, first - 1);
        if (cell->line + 1 != cchci_cell_at(grid, first)->line || cell->group > 0 ||
            cell->line <= left_line || cchci_line_at(grid->layout, cell->line + 1)->blank_before ||
            cchci_starts_signature(flow, cell->begin, cell->end) ||
            cchci_closing_is_name(flow, cell->begin, cell->end))
            return i;
        begun = cchci_line_at(grid->layout, cell->line)->blank_before;
        first--;
    }
    const struct cchci_cell *top = cchci_cell_at(grid, first);
    uint32_t end = first < i ? cchci_cell_at(grid, i - 1)->end : top->begin;
    bool titles = begun && cchci_is_upper(key[top->begin]) &&
                  cchci_word_characters(flow, top->begin, end) >= SMALL_TITLE_LENGTH &&
                  !cchci_one_of(key[end - 1], CCHCI_KEYS(".;:,"));
    return titles ? first : i;
}

uint32_t cchci_closing_annex_title(const struct cchci_grid *grid, uint32_t i, uint32_t left_line)
{
    const struct cchci_flow *flow = &grid->flow;
    const struct cchci_cell *cell = cchci_cell_at(grid, i);
    uint32_t first = i, line = cell->line;
    if (!cchci_tells_annexed(flow, cell->begin, cell->end))
        return i;
    while (first > 0 && i - first < CCHCI_ANNEX_TITLE_LINES) {
        cell = cchci_cell_at(grid, first - 1);
        if (cell->line == line || cell->group > 0 || cell->line <= left_line ||
            !cchci_may_title_annex(flow, cell->begin, cell->end))
            break;
        line = cell->line;
        first--;
    }
    return first < i ? first : small_title(grid, i, left_line);
}

void cchci_closing_take_back(struct cchci_part *part, uint32_t line)
{
    struct cchci_vector *pieces = &part->pieces;
    while (pieces->count > 0 &&
           CCHCI_AT(pieces, struct cchci_piece, pieces->count - 1).line >= line)
        pieces->count--;
}

uint32_t cchci_closing_first_annex(const struct cchci_parse *parse)
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
