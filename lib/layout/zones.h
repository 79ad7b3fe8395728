/* SPDX-License-Identifier: MIT */
#ifndef CCHCI_ZONES_H
#define CCHCI_ZONES_H

#include "grid.h"
#include "match/lexicon.h"
#include "text/eight.h"

/* What of the heading was found; zones.c decides by it where the body begins. */
struct cchci_heading {
    struct cchci_parse *parse;
    struct cchci_grid grid;
    uint32_t first, end; /* lines of the grid */
    bool motto, party, code, date, subject, type, label; /* label: Kính gửi, or "… điện:" */
    bool whole_motto; /* its first line has all its words: no "VIỆT NAM" below is its */
    uint32_t motto_line;
    uint32_t label_end;  /* place behind Kính gửi */
};

/* Finds the heading in lines [0, limit) and gives its pieces to the layout's parts. Sets
 * layout->body_first. */
void cchci_layout_heading(struct cchci_parse *parse);

/* The words of a heading (heading_words.c). */
bool cchci_heading_starts_with(const struct cchci_flow *flow, uint32_t at, uint32_t end, const char *letters,
                        uint32_t *after);
bool cchci_heading_subject_label(const struct cchci_flow *flow, uint32_t at, uint32_t end, uint32_t *after);
bool cchci_heading_damaged_subject_label(const struct cchci_flow *flow, uint32_t at, uint32_t end, struct cchci_likeness *likeness);
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
bool cchci_heading_damaged_addressees_label(const struct cchci_flow *flow, uint32_t at, uint32_t end, struct cchci_likeness *likeness);
bool cchci_heading_telegram_label(const struct cchci_flow *flow, uint32_t at, uint32_t end);
const struct cchci_entry *cchci_heading_type_at(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                                         uint32_t *after);
bool cchci_heading_opens_body(const struct cchci_flow *flow, uint32_t begin, uint32_t end);
bool cchci_heading_lower_start(const struct cchci_flow *flow, uint32_t at, uint32_t end);
bool cchci_heading_open_ended(const struct cchci_flow *flow, uint32_t end);

/* Gives the lines of the addressees that start in cell `label`, behind heading->label_end, and sets
 * layout->body_first. */
void cchci_heading_give_addressees(struct cchci_heading *heading, uint32_t label);
/* The cell after which addressees start whose label OCR lost; UINT32_MAX: none. */
uint32_t cchci_heading_lost_label(struct cchci_heading *heading);

/* Finds recipients and signature after layout->body_first, gives their pieces, and sets
 * layout->body_end. */
void cchci_layout_closing(struct cchci_parse *parse);

/* Whether a signature begins with these words: an authority (KT.) or a title in capitals. */
bool cchci_starts_signature(const struct cchci_flow *flow, uint32_t begin, uint32_t end);

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

#endif
