/* SPDX-License-Identifier: MIT */
/* What one parse hands from stage to stage, and how they tell what is odd about the letter. */
#ifndef CCHCI_PARSE_H
#define CCHCI_PARSE_H

#include "base/diagnostics.h"
#include "base/limits.h"
#include "layout.h"
#include "match/anchor.h"
#include "match/lexicon.h"
#include "match/pattern.h"

/* What the stages of one parse hand on. Layout writes the layout; fields read it and write the
 * record; nobody changes what a stage before made. */
struct cchci_parse {
    const struct cchci_limits *limits;
    const struct cchci_patterns *patterns;
    struct cchci_scratch *scratch;
    struct cchci_arena *arena;
    const struct cchci_text *text;
    struct cchci_layout *layout;
    cchc_document *record;            /* layout does not look into it */
    struct cchci_vector *diagnostics; /* the record's, to which all add */
};

/* Adds a diagnostic about [begin, end) of a flow (NULL: about nothing in particular). message NULL:
 * the code's own meaning; else a string of the arena or a literal. Returns it, for spans that no flow
 * has; NULL: there are too many already. */
cchc_diagnostic *cchci_diagnose(struct cchci_parse *parse, enum cchci_diagnostic_id id,
                                const char *message, const struct cchci_flow *flow, uint32_t begin,
                                uint32_t end);

/* Adds a diagnostic about characters that no flow holds. */
void cchci_diagnose_characters(struct cchci_parse *parse, enum cchci_diagnostic_id id,
                               uint32_t begin, uint32_t end);

/* Tells that a damaged marker word, or one that is lost, was taken for what it is; at no cost it is
 * sound, and nothing is told. */
void cchci_tell_repair(struct cchci_parse *parse, enum cchci_anchor anchor, unsigned cost,
                       const struct cchci_flow *flow, uint32_t begin, uint32_t end);

#endif
