/* SPDX-License-Identifier: MIT */
/* The addressees under Kính gửi (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.9a): which lines are still
 * theirs, and where the body begins. */
#include <string.h>

#include "base/limits.h"
#include "heading.h"
#include "parse.h"
#include "words.h"

static bool bullet_at(const struct cchci_flow *flow, uint32_t at, uint32_t end, uint32_t *text)
{
    struct cchci_marker marker;
    if (!cchci_marker_read(flow, at, end, &marker) || marker.style < CCHCI_MARKER_DASH)
        return false;
    *text = marker.text;
    return true;
}

/* Whether a few lines from here end at a blank line under which the body opens: then they still
 * belong to what is above them. */
static bool body_follows(struct cchci_heading *heading, const struct cchci_cell *cell)
{
    struct cchci_grid *grid = &heading->grid;
    uint32_t last = cell->line + 3;
    if (cchci_heading_opens_body(&grid->flow, cell->begin, cell->end))
        return false;
    for (uint32_t i = (uint32_t)(cell - (const struct cchci_cell *)grid->cells.data) + 1;
         cchci_grid_has(grid, i) && cchci_cell_at(grid, i)->line <= last; i++) {
        const struct cchci_cell *next = cchci_cell_at(grid, i);
        if (cchci_line_at(heading->parse->layout, next->line)->blank_before)
            return cchci_heading_opens_body(&grid->flow, next->begin, next->end);
    }
    return false;
}

/* Whether the line of a cell goes on with the addressees. before: end of what is given so far. */
static bool continues_addressees(struct cchci_heading *heading, const struct cchci_cell *cell,
                                 uint32_t before, bool any, bool bullets)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    const struct cchci_line *line = cchci_line_at(heading->parse->layout, cell->line);
    uint32_t text;
    if (bullet_at(flow, cell->begin, cell->end, &text))
        return !any || bullets;
    if (!any)
        return true;
    unsigned char last = before > 0 ? flow->key[before - 1] : 0;
    bool lower = cchci_heading_lower_start(flow, cell->begin, cell->end);
    if (line->blank_before)
        return (last == ';' || last == ',' || lower) && last != '.' &&
               !cchci_heading_opens_body(flow, cell->begin, cell->end);
    if (last == '.')
        return (bullets && lower) || (!bullets && body_follows(heading, cell));
    if (lower && !cchci_is_digit(flow->key[cell->begin]))
        return true;
    if (cchci_heading_opens_body(flow, cell->begin, cell->end))
        return false;
    if (last == ';' || last == ',')
        return true;
    if (bullets)
        return cell->end - cell->begin < 90;
    /* A second line without any sign: a further addressee is short; prose is not. */
    return line->end - line->begin < 60 && line->indent > 8;
}

void cchci_heading_give_addressees(struct cchci_heading *heading, uint32_t label)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    struct cchci_layout *layout = heading->parse->layout;
    const struct cchci_cell *cell = cchci_cell_at(grid, label);
    uint32_t begin = cchci_flow_next_word(flow, cell->begin, cell->end), after = heading->label_end;
    if (cchci_heading_telegram_label(flow, cell->begin, cell->end) &&
        !cchci_heading_addressees_label(flow, begin, cell->end, &after))
        after = cell->end;
    if (cell->kind == CCHCI_PIECE_ADDRESSEES)
        cchci_grid_give_words(grid, cell->line, cell->begin, after, &layout->addressees_label);
    bool any = false, bullets = false, contact = false, open_bracket = false;
    uint32_t text, before = after, last_line = cell->line;
    if (cchci_has_words(flow, after, cell->end, 1)) {
        bullets = bullet_at(flow, after, cell->end, &text);
        cchci_grid_give_words(grid, cell->line, after, cell->end, &layout->addressees);
        any = true;
        before = cell->end;
    }
    uint32_t i = label + 1, lines = 0, most = (uint32_t)heading->parse->limits->max_list_lines;
    bool cut = false;
    for (; cchci_grid_has(grid, i); i++) {
        cell = cchci_cell_at(grid, i);
        if (cell->line == last_line) { /* Kính gửi:    - Bộ Nội vụ; */
            if (!cchci_has_words(flow, cell->begin, cell->end, 1))
                continue;
            if (!any)
                bullets = bullet_at(flow, cell->begin, cell->end, &text);
            any = true;
        } else {
            cut = lines++ == most && continues_addressees(heading, cell, before, any, bullets);
            if (lines > most)
                break;
            /* Addresses and numbers of the addressee are no part of it, to their closing bracket. */
            bool address = cchci_contact_line(flow, cell->begin, cell->end);
            if (address || (contact && !cchci_line_at(layout, cell->line)->blank_before)) {
                open_bracket = address ? flow->key[cell->begin] == '(' : open_bracket;
                bool closed = memchr(flow->key + cell->begin, ')', cell->end - cell->begin) != NULL;
                bool tail =
                    open_bracket || flow->key[before - 1] == ',' || flow->key[before - 1] == ';';
                if (address || tail) {
                    contact = !(open_bracket && closed);
                    last_line = cell->line;
                    before = cell->end;
                    continue;
                }
            }
            contact = false;
            if (!continues_addressees(heading, cell, before, any, bullets))
                break;
            cell = cchci_cell_at(grid, i); /* a step may have moved it */
            if (!any)
                bullets = bullet_at(flow, cell->begin, cell->end, &text);
            any = true;
        }
        cchci_grid_give_words(grid, cell->line, cell->begin, cell->end, &layout->addressees);
        before = cell->end;
        last_line = cell->line;
    }
    layout->has_addressees_label = true;
    layout->body_first = last_line + 1;
    bool ran_out = i == grid->cells.count;
    if (cut || (ran_out && (grid->full || heading->end < layout->lines.count)))
        cchci_diagnose(heading->parse, CCHCI_LIMIT_LIST, NULL, NULL, 0, 0);
}

/* The bullets right under V/v are its addressees. */
uint32_t cchci_heading_lost_label(struct cchci_heading *heading)
{
    struct cchci_grid *grid = &heading->grid;
    uint32_t last = CCHCI_NOWHERE, text;
    for (uint32_t i = 0; i < grid->cells.count; i++)
        if (cchci_cell_at(grid, i)->line + 1 == heading->parse->layout->body_first)
            last = i;
    if (last == CCHCI_NOWHERE || !cchci_grid_has(grid, last + 2))
        return CCHCI_NOWHERE;
    const struct cchci_cell *first = cchci_cell_at(grid, last + 1);
    if (!bullet_at(&grid->flow, first->begin, first->end, &text) ||
        (cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, &grid->flow, first->end, text) == NULL &&
         cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, &grid->flow, first->end, text) == NULL &&
         cchci_flow_words(&grid->flow, text, "cac") == 0))
        return CCHCI_NOWHERE;
    heading->label_end = cchci_cell_at(grid, last)->end;
    cchci_tell_repair(heading->parse, CCHCI_ANCHOR_ADDRESSEES, 2 * (unsigned)strlen("kinhgui"),
                      &grid->flow, first->begin, first->end);
    return last;
}
