/* SPDX-License-Identifier: MIT */
/* The heading of a letter: what heading.c puts together from what its cells are.
 *
 *      heading_motto.c       the motto, from which the heading is looked for
 *      heading_cells.c       what the words of a cell alone say that it is
 *      heading_date.c        place and date
 *      heading_code.c        number and notation, behind "Số:"
 *      heading_words.c       the other words that a heading is known by, sound and damaged
 *      heading_addressees.c  the lines under Kính gửi
 */
#ifndef CCHCI_HEADING_H
#define CCHCI_HEADING_H

#include "grid.h"
#include "match/date.h"
#include "match/lexicon.h"
#include "text/eight.h"

/* What of the heading was found so far. */
struct cchci_heading {
    struct cchci_parse *parse;
    struct cchci_grid grid;                       /* its cells, and what of them is named */
    uint32_t end;                                 /* of the grid's lines */
    bool motto, party, code, date, subject, type; /* party: the motto is the Party's */
    bool subject_cut;                             /* it has more lines than a subject may */
    bool motto_below;    /* "Độc lập - Tự do - Hạnh phúc" was found */
    bool whole_motto;    /* its first line has all its words: no "VIỆT NAM" below is its */
    uint32_t motto_line; /* 0 without one */
    uint32_t label_end;  /* place behind Kính gửi, or behind "… điện:" */
};

/* ------------------------------------------------------------------------------------- motto -- */

/* Finds the motto and names its cells. Sets heading->party and heading->whole_motto; *first gets the
 * first of its cells. False: there is none, and *first is of no use. */
bool cchci_heading_find_motto(struct cchci_heading *heading, uint32_t *first);

/* ------------------------------------------------------------------------------------- cells -- */

/* Names cell *i, unless it has a name, or what its words cut out of it; *i gets the last cell that
 * was looked at. True: it is the heading's last part, Kính gửi, and heading->label_end is set. */
bool cchci_heading_name_cell(struct cchci_heading *heading, uint32_t *i);

/* Names the code whose label is damaged, among the cells from `first` on and before `label`, and what
 * stands below it. *label, which may be CCHCI_NOWHERE, stays the number of its cell, or gets the
 * one of a label that is found now. */
void cchci_heading_find_damaged_code(struct cchci_heading *heading, uint32_t first,
                                     uint32_t *label);

/* Names the subject whose label is damaged beyond knowing by its place, right below the number and
 * above *label, which stays the number of its cell. */
void cchci_heading_find_lost_subject(struct cchci_heading *heading, uint32_t *label);

/* -------------------------------------------------------------------------------------- date -- */

/* Finds place and date in cell *i, and names what is cut out for them. *i gets the first of the
 * date's cells. False: there are none, and nothing changes. */
bool cchci_heading_find_date_in(struct cchci_heading *heading, uint32_t *i);
/* Finds and names, among the cells from `first` on that have no name, the line of place and date
 * whose words are damaged beyond what a date's reader takes. False: there is none. */
bool cchci_heading_find_damaged_date(struct cchci_heading *heading, uint32_t first);
/* What is left behind a place and its comma of a date that cannot be read: its year, or nothing. */
bool cchci_heading_read_year(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                             struct cchci_date *date);

/* ------------------------------------------------------------------------------------- words -- */

/* Whether these letters begin at the very place, whatever signs are between them; *after gets the
 * place behind them, 0 where they do not. */
bool cchci_heading_starts_with(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                               const char *letters, uint32_t *after);

/* "V/v", "V/v:", "V/ v"; *after gets the place behind it, and stays where there is none. */
bool cchci_heading_subject_label(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                                 uint32_t *after);
/* What OCR makes of V/v: "Viv", "VW", "V4v", a word of its own. Asked only where V/v has its
 * place, under the number; the words of Vietnamese that look alike have marks, unless the text lost
 * all. The likeness is of the word with its blank. */
bool cchci_heading_damaged_subject_label(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                                         struct cchci_likeness *likeness);

/* So many letters of a stamp may stand before "Kính gửi:". */
#define CCHCI_TRACES_LENGTH 20u
bool cchci_heading_addressees_read(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                                   uint32_t *after);
/* "Kính gửi", "Kính gởi", "K/g"; *after gets the place behind its colon. No K, no label. */
static inline bool cchci_heading_addressees_label(const struct cchci_flow *flow, uint32_t at,
                                                  uint32_t end, uint32_t *after)
{
    const unsigned char *key = flow->key + at;
    if (at + CCHCI_TRACES_LENGTH < flow->length && cchci_lower(*key) != 'k' &&
        (cchci_eight_is(cchci_eight(key), 'K') | cchci_eight_is(cchci_eight(key + 8), 'K') |
         cchci_eight_is(cchci_eight(key + CCHCI_TRACES_LENGTH - 8), 'K')) == 0)
        return false;
    return cchci_heading_addressees_read(flow, at, end, after);
}
/* "Kinh gúi:", "Site gửi:": within the edit cost, with the colon behind it, where the likeness
 * ends. */
bool cchci_heading_damaged_addressees_label(const struct cchci_flow *flow, uint32_t at,
                                            uint32_t end, struct cchci_likeness *likeness);
/* Công điện (Mẫu 1.6): the addressees stand under "THỦ TƯỚNG CHÍNH PHỦ điện:". */
bool cchci_heading_telegram_label(const struct cchci_flow *flow, uint32_t at, uint32_t end);

/* The document type that a cell begins with, in capitals; *after gets the place behind it. NULL:
 * none. */
const struct cchci_entry *cchci_heading_type_at(const struct cchci_flow *flow, uint32_t begin,
                                                uint32_t end, uint32_t *after);

/* A sentence of the body: it opens with the words that bodies open with, or with a marker. */
bool cchci_heading_opens_body(const struct cchci_flow *flow, uint32_t begin, uint32_t end);
/* Whether a line goes on with a small letter or a digit that is no marker. */
bool cchci_heading_lower_start(const struct cchci_flow *flow, uint32_t at, uint32_t end);
/* Whether a line that ends here wants another one. */
bool cchci_heading_open_ended(const struct cchci_flow *flow, uint32_t end);

/* -------------------------------------------------------------------------------------- code -- */

/* What precedes "số" and follows: a cell's own number and notation. */
struct cchci_code_shape {
    uint32_t begin, end;                   /* the whole code */
    uint32_t number_begin, number_end;     /* empty: blank */
    uint32_t notation_begin, notation_end; /* empty: none */
};

/* The place after the label "Số:" at a place; 0: none. *colon: whether it has its colon. Most words
 * begin neither like it, nor like its damage or the act that it numbers. */
uint32_t cchci_code_label_read(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                               bool *colon);
static inline uint32_t cchci_code_label(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                                        bool *colon)
{
    switch (cchci_flow_key(flow, at, end)) {
    case 'S':
    case 's':
    case '$':
    case '3':
    case '5':
    case '8':
    case '9':
    case 'B':
    case 'L':
    case 'N':
    case 'P': return cchci_code_label_read(flow, at, end, colon);
    default: *colon = false; return 0;
    }
}
/* Reads a letter's own code after the label. False: nothing there looks like one. */
bool cchci_code_read(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                     struct cchci_code_shape *shape);
/* The same where the label is damaged or lost: signs and digits before two groups of capitals, and
 * nothing else. Asked only under a motto. */
bool cchci_code_read_damaged(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                             struct cchci_code_shape *shape);

/* -------------------------------------------------------------------------------- addressees -- */

/* Gives the lines of the addressees that start in cell `label`, behind heading->label_end, and sets
 * layout->body_first. */
void cchci_heading_give_addressees(struct cchci_heading *heading, uint32_t label);
/* The cell after which addressees start whose label OCR lost; CCHCI_NOWHERE: none. */
uint32_t cchci_heading_lost_label(struct cchci_heading *heading);

#endif
