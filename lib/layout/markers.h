/* SPDX-License-Identifier: MIT */
/* The markers of numbered items, as a scanner may have left them: what a line begins with. */
#ifndef CCHCI_MARKERS_H
#define CCHCI_MARKERS_H

#include "text/flow.h"

enum cchci_marker_style {
    CCHCI_MARKER_NONE,
    CCHCI_MARKER_PART,            /* Phần I */
    CCHCI_MARKER_CHAPTER,         /* Chương I */
    CCHCI_MARKER_SECTION,         /* Mục 1, Tiểu mục 1 */
    CCHCI_MARKER_ARTICLE,         /* Điều 1. */
    CCHCI_MARKER_CAPITAL,         /* A. above I. and 1. */
    CCHCI_MARKER_ROMAN,           /* I. */
    CCHCI_MARKER_INNER_CAPITAL,   /* A. below I. */
    CCHCI_MARKER_DECIMAL,         /* 1. 1) 1/ */
    CCHCI_MARKER_DOTTED,          /* 1.1. and deeper, see cchci_marker.depth */
    CCHCI_MARKER_LETTER,          /* a) */
    CCHCI_MARKER_BRACKET_ROMAN,   /* (i), ii) */
    CCHCI_MARKER_BRACKET_DECIMAL, /* (1) */
    CCHCI_MARKER_BRACKET_LETTER,  /* (a) */
    CCHCI_MARKER_ANSWER,          /* A. that nothing but B. follows */
    CCHCI_MARKER_DASH,
    CCHCI_MARKER_PLUS,
    CCHCI_MARKER_STAR,
    CCHCI_MARKER_DOT
};

/* The marker of a numbered item (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6.d). */
struct cchci_marker {
    enum cchci_marker_style style;
    uint32_t begin, end;             /* the whole marker: "1.", "a)" */
    uint32_t label_begin, label_end; /* without brackets and closing sign */
    uint32_t text;                   /* where its words start */
    int value;                       /* number of the label: 1 for "1", "a", "I"; last of "1.2" */
    int depth;                       /* numbers in a dotted label, else 1 */
    char sign;                       /* closing sign, 0: none */
};

/* The kinds of keys that a marker, or what is skipped before it, may begin with, a bit each; and for
 * second keys the kinds that they may follow. Behind the first kind any may stand. */
#define CCHCI_MARKER_ANY 1u
extern const unsigned char cchci_marker_firsts[256], cchci_marker_seconds[256];

/* Reads a marker whose first two keys are such. */
bool cchci_marker_read_begun(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                             struct cchci_marker *marker);

/* Reads a marker at a line's start (at an opening quotation mark too); end is the line's end. Most
 * lines have none, which their first two keys tell. */
static inline bool cchci_marker_read(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                                     struct cchci_marker *marker)
{
    if (at >= end)
        return false;
    unsigned follows = cchci_marker_seconds[flow->key[at + 1]] | CCHCI_MARKER_ANY;
    return (cchci_marker_firsts[flow->key[at]] & follows) != 0 &&
           cchci_marker_read_begun(flow, at, end, marker);
}

/* Reads "_" or "¬" before a capital, which may be a dash that a scanner read so, or a speck. */
bool cchci_marker_read_stroke(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                              struct cchci_marker *marker);

/* Reads "A. ", "B/ ", "Phần C: " up to H before another capital, which may be an initial. Its value is its place
 * among A, B, C, D, E, where Đ has that of E; its style is told by what stands around it. */
bool cchci_marker_read_capital(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                               struct cchci_marker *marker);

/* The place of a letter in the order of điểm: a is 1, đ is 5; 0: it is none of them. */
int cchci_letter_value(const struct cchci_flow *flow, uint32_t at);

/* Whether "ii", closed by a sign, stands at a place. */
bool cchci_second_roman(const struct cchci_flow *flow, uint32_t at, uint32_t end);

#endif
