/* SPDX-License-Identifier: MIT */
/* Mentions of other documents: what references.c puts together from what stands around a code.
 *
 *      references_code.c     the codes of a flow, one after the other
 *      references_type.c     the words before it: "số", what it numbers, a document's type
 *      references_part.c     the part of the document that is cited, before its type
 *      references_date.c     the document's date, behind its code or before all that
 *      references_issuer.c   who issued the document, behind its code
 */
#ifndef CCHCI_REFERENCES_H
#define CCHCI_REFERENCES_H

#include "fields.h"
#include "match/date.h"

/* A code as it stands in the text; places of the flow. */
struct cchci_cited_code {
    uint32_t begin, end;
    uint32_t footnote_end; /* behind the digit of a footnote that is stuck to it; end: none is */
    uint32_t from;         /* where a speck stands before it; begin: none does */
    bool loose;            /* of a form that is one behind "số" alone */
};

/* Finds the next code from `least` on. False: there is none. */
bool cchci_cited_code_next(const struct cchci_parse *parse, const struct cchci_flow *flow,
                           uint32_t least, struct cchci_cited_code *code);

/* What a mention is made of; places of the flow, empty where it has none of that. */
struct cchci_mention {
    uint32_t least;      /* where the one before it ended: nothing before that is its own */
    uint32_t begin, end; /* all of it */
    uint32_t part_begin, part_end;
    uint32_t type_begin, type_end;
    uint32_t code_begin, code_end;
    uint32_t issuer_begin, issuer_end;
    bool issuer_cut; /* it is longer than a value may be */
    struct cchci_date date;
    bool has_date, has_so; /* so: "số" stands before the code */
    bool date_impossible;  /* the calendar has it not, and what is left of it is the date */
    bool enclosed; /* in parentheses behind another mention, which is still without issuer */
};

/* Names of types with so few letters share their keys with other words. */
#define CCHCI_SHORT_TYPE 5u

/* Where the stretch begins that ends at `end`, so long at most: not before the mention may begin,
 * nor in the middle of a word. */
static inline uint32_t cchci_mention_stretch_before(const struct cchci_flow *flow,
                                                    const struct cchci_mention *mention,
                                                    uint32_t end, uint32_t distance)
{
    uint32_t from = cchci_place_before(end, distance, mention->least);
    while (from < end && !cchci_flow_word_start(flow, from))
        from++;
    return from;
}

/* Whether a mention's code needs no type and no "số" to be one. */
bool cchci_mention_has_clear_code(const struct cchci_parse *parse, const struct cchci_flow *flow,
                                  const struct cchci_mention *mention);

/* Lets a mention, of which its code is known, begin with the "số" before a place there, if there is
 * one. */
void cchci_mention_read_so(const struct cchci_flow *flow, uint32_t at,
                           struct cchci_mention *mention);
/* Whether the words before a mention say that what is numbered is no document: "mẫu số", "TCVN". */
bool cchci_mention_is_no_document(const struct cchci_parse *parse, const struct cchci_flow *flow,
                                  const struct cchci_mention *mention);
/* Reads the type before a mention's "số" or code, and lets it begin with that; now and then an
 * issuer stands between ("Công văn của Sở Tài chính số"). */
void cchci_mention_read_type(const struct cchci_parse *parse, const struct cchci_flow *flow,
                             struct cchci_mention *mention);

/* Reads the parts that stand before a mention, which begins with its type, and lets it begin with
 * them. */
void cchci_mention_read_part(const struct cchci_flow *flow, struct cchci_mention *mention);

/* Reads the date that stands behind a place where a code or an issuer ends, and moves the place
 * behind it. False: no date with a year stands there, and nothing changes. */
bool cchci_mention_read_date(const struct cchci_flow *flow, uint32_t *at,
                             struct cchci_mention *mention);
/* Whether one stands there. */
bool cchci_mention_date_follows(const struct cchci_flow *flow, uint32_t at);
/* Reads the date of the sentence that leads to a mention which has none: when the document was
 * issued. */
void cchci_mention_read_date_before(const struct cchci_parse *parse, const struct cchci_flow *flow,
                                    struct cchci_mention *mention);

/* Reads "của" or "do" and the issuer, which stand behind a place where a code or its date ends, and
 * moves the place behind them. False: no agency stands there, and nothing changes. */
bool cchci_mention_read_issuer(const struct cchci_parse *parse, const struct cchci_flow *flow,
                               uint32_t *at, struct cchci_mention *mention);
/* Whether a comma joins two titles of one person: "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ". */
bool cchci_mention_joins_titles(const struct cchci_flow *flow, uint32_t comma);

#endif
