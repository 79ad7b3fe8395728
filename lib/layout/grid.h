/* SPDX-License-Identifier: MIT */
/* A region of lines that may have columns, cut into cells.
 *
 * Heading and closing of a letter are two columns side by side, which reach us as wide gaps, tabs,
 * table bars, or as nothing at all where OCR closed the gap. A grid cuts at what there is to see;
 * heading.c and closing.c cut further at the words they know.
 */
#ifndef CCHCI_GRID_H
#define CCHCI_GRID_H

#include "layout.h"
#include "match/anchor.h"

struct cchci_cell {
    uint32_t begin, end;    /* places in the grid's flow */
    uint32_t line;          /* index in the layout */
    uint32_t x;             /* columns from the left edge */
    uint32_t group;         /* number of the cell in its line, from 0 */
    unsigned char kind;     /* enum cchci_piece_kind */
    unsigned char capitals; /* its share of them, cchci_cell_capitals() */
};

struct cchci_grid {
    const struct cchci_layout *layout;
    struct cchci_arena *arena;
    struct cchci_flow flow;
    struct cchci_vector cells;  /* struct cchci_cell, line by line from the left */
    struct cchci_vector pieces; /* of the flow: the text lines so far */
    uint32_t next, end;         /* lines that are not cut yet */
    uint32_t lines, runs;       /* of the flow that are cut */
    uint32_t taken;             /* characters of the lines so far */
    uint32_t sure;              /* so many cells have behind them what a rule may look at */
    uint32_t sure_of_dates;     /* and what a date's rules may */
    uint32_t from_lines;        /* cells from the lines so far, before any was joined or cut */
    uint32_t seams;             /* that were cut */
    uint32_t cuts;              /* by cchci_grid_cut() */
    uint32_t longest;           /* max_line_length */
    uint32_t most;              /* cells from the lines; cuts may make as many again */
    uint32_t long_line; /* the first one that is longer than the limit; CCHCI_NOWHERE: none */
    bool room;          /* the whole grid is known not to be full */
    bool full;          /* there are more cells, or cuts, than there may be */
};

/* Cuts the text lines among [first, end). */
void cchci_grid_build(struct cchci_grid *grid, struct cchci_parse *parse, uint32_t first,
                      uint32_t end);

/* The same in steps, as far as cells are asked for by cchci_grid_has(): the cells are those of
 * the whole grid. Cells and keys are elsewhere after a step; their numbers and places stay. */
void cchci_grid_begin(struct cchci_grid *grid, struct cchci_parse *parse, uint32_t first,
                      uint32_t end);
/* Takes the lines of the next step, of which there are some. */
void cchci_grid_grow(struct cchci_grid *grid);
/* Whether the whole grid has a cell i, of which a step has made it sure. */
static inline bool cchci_grid_has(struct cchci_grid *grid, uint32_t i)
{
    while (i >= grid->sure && grid->next < grid->end)
        cchci_grid_grow(grid);
    return i < grid->sure;
}
/* The same where a date is looked for: it may go on in the lines below. */
static inline bool cchci_grid_has_for_date(struct cchci_grid *grid, uint32_t i)
{
    while (i >= grid->sure_of_dates && grid->next < grid->end)
        cchci_grid_grow(grid);
    return i < grid->sure_of_dates;
}
/* Cuts all lines that are left. */
void cchci_grid_complete(struct cchci_grid *grid);

static inline struct cchci_cell *cchci_cell_at(const struct cchci_grid *grid, uint32_t i)
{
    return &((struct cchci_cell *)grid->cells.data)[i];
}

/* Tells of the first line among those before `end` that is cut at the limit. */
void cchci_grid_tell_long_line(const struct cchci_grid *grid, struct cchci_parse *parse,
                               uint32_t end);

/* Cuts cell i in two at a place strictly inside it; the new cell is i + 1. False: the grid is
 * full. */
bool cchci_grid_cut(struct cchci_grid *grid, uint32_t i, uint32_t at);
/* Cuts off what is before a place in cell *i, which gets the number of the cell that begins there.
 * Nothing is, or the grid is full: nothing changes. */
void cchci_grid_cut_before(struct cchci_grid *grid, uint32_t *i, uint32_t at);
/* Cuts off what is behind a place in cell i, from its first letter or digit on; without one nothing
 * changes. */
void cchci_grid_cut_after(struct cchci_grid *grid, uint32_t i, uint32_t at);

/* Adds a stretch of one cell to a part's pieces. */
void cchci_grid_give(const struct cchci_grid *grid, uint32_t line, uint32_t begin, uint32_t end,
                     struct cchci_part *part);
/* The same where nobody asks for its column. */
void cchci_grid_give_words(const struct cchci_grid *grid, uint32_t line, uint32_t begin,
                           uint32_t end, struct cchci_part *part);

/* Share of capitals among the letters of a stretch, in per cent; 0 where there are none. */
unsigned cchci_capitals(const struct cchci_flow *flow, uint32_t begin, uint32_t end);
/* The same of a cell, which is counted once. */
#define CCHCI_NOT_COUNTED 255u
static inline unsigned cchci_cell_capitals(const struct cchci_grid *grid, struct cchci_cell *cell)
{
    if (cell->capitals == CCHCI_NOT_COUNTED)
        cell->capitals = (unsigned char)cchci_capitals(&grid->flow, cell->begin, cell->end);
    return cell->capitals;
}
/* Letters and digits in a stretch. */
uint32_t cchci_word_characters(const struct cchci_flow *flow, uint32_t begin, uint32_t end);
/* Whether there are so many, which are few. */
static inline bool cchci_has_words(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                                   unsigned least)
{
    for (; begin < end && least > 0; begin++)
        least -= cchci_is_word(flow->key[begin]);
    return least == 0;
}

#endif
