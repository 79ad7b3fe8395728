/* SPDX-License-Identifier: MIT */
/* What layout and fields both ask of a stretch of a flow. */
#ifndef CCHCI_WORDS_H
#define CCHCI_WORDS_H

#include "match/lexicon.h"
#include "text/flow.h"

enum cchci_marker_style {
    CCHCI_MARKER_NONE,
    CCHCI_MARKER_PART,    /* Phần I */
    CCHCI_MARKER_CHAPTER, /* Chương I */
    CCHCI_MARKER_SECTION, /* Mục 1, Tiểu mục 1 */
    CCHCI_MARKER_ARTICLE, /* Điều 1. */
    CCHCI_MARKER_ROMAN,   /* I. */
    CCHCI_MARKER_DECIMAL, /* 1. 1) 1/ */
    CCHCI_MARKER_DOTTED,  /* 1.1. and deeper, see cchci_marker.depth */
    CCHCI_MARKER_LETTER,  /* a) */
    CCHCI_MARKER_BRACKET_ROMAN, /* (i), ii) */
    CCHCI_MARKER_BRACKET_DECIMAL, /* (1) */
    CCHCI_MARKER_BRACKET_LETTER, /* (a) */
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

/* The place behind the academic titles and ranks before a name: "PGS.TS. "; `begin`: there are none. */
uint32_t cchci_behind_titles(const struct cchci_flow *flow, uint32_t begin, uint32_t end);

/* The place of a letter in the order of điểm: a is 1, đ is 5; 0: it is none of them. */
int cchci_letter_value(const struct cchci_flow *flow, uint32_t at);

/* Whether "ii", closed by a sign, stands at a place. */
bool cchci_second_roman(const struct cchci_flow *flow, uint32_t at, uint32_t end);

/* Whether a name of a person stands in [begin, end), and nothing much else: two to six capitalised
 * words, an academic title before them perhaps. Narrows the range to the name with its title. */
bool cchci_person_name(const struct cchci_flow *flow, uint32_t *begin, uint32_t *end);

/* Length of the prefix that says by whose authority one signs ("TM.", "K/T", "KT/", "TL" before a
 * title), its sign included; 0: none there. */
uint32_t cchci_authority_prefix_of(const struct cchci_candidates *candidates,
                                   const struct cchci_flow *flow, uint32_t begin, uint32_t end);
static inline uint32_t cchci_authority_prefix(const struct cchci_flow *flow, uint32_t begin,
                                              uint32_t end)
{
    if (begin >= end || !cchci_is_upper(flow->key[begin]))
        return 0;
    const struct cchci_candidates *candidates =
        cchci_lexicon_candidates(CCHCI_TOPIC_AUTHORITY, flow->key + begin);
    return candidates != NULL ? cchci_authority_prefix_of(candidates, flow, begin, end) : 0;
}

/* The place behind the label of the archive line ("Lưu:", "Lưu", a damaged "Lm: VT") that starts at a
 * place, behind a bullet of any kind perhaps; 0: none there. "Lưu Đức Huy" is a name. */
uint32_t cchci_archive_label(const struct cchci_flow *flow, uint32_t at, uint32_t end);

/* A place name before the date: narrows [begin, end), which ends at the comma, to the capitalised
 * words at its end. */
void cchci_place_name(const struct cchci_flow *flow, uint32_t *begin, uint32_t end);

/* Whether another syllable ends at a place in the middle of a word, as converters of Word files leave
 * it: "UBND TỈNH HÒA BÌNHSỞ NỘI VỤ". A syllable has a vowel. */
bool cchci_glued_before(const struct cchci_flow *flow, uint32_t begin, uint32_t at);

/* "Địa chỉ:", "Mã số thuế:", "Điện thoại:" and their like at a place. */
bool cchci_contact_line(const struct cchci_flow *flow, uint32_t at, uint32_t end);

#endif
