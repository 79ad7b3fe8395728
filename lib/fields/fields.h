/* SPDX-License-Identifier: MIT */
/* The fields of the record: one file each, or one and further ones that begin with its name; one
 * signature, one table (fields.c) that lists them in the order in which they run.
 *
 * A field reads the layout and the fields before it, and writes its part of the record. It never
 * decodes, never changes the layout, and knows no output format.
 */
#ifndef CCHCI_FIELDS_H
#define CCHCI_FIELDS_H

#include "layout/layout.h"
#include "layout/parse.h"
#include "match/lexicon.h"
#include "match/pattern.h"
#include "record/record.h"

typedef void cchci_field_function(struct cchci_parse *parse);

cchci_field_function cchci_field_e_signatures, cchci_field_incoming, cchci_field_agency,
    cchci_field_code, cchci_field_promulgation, cchci_field_document_type, cchci_field_subject,
    cchci_field_marks, cchci_field_addressees, cchci_field_clauses, cchci_field_deadlines,
    cchci_field_references, cchci_field_recipients, cchci_field_signer, cchci_field_annexes, cchci_field_absences;

extern cchci_field_function *const cchci_fields[];
extern const unsigned cchci_field_count;

/* Whether a list of the record has as many items as it may; told once a list, by its message (a
 * literal). */
bool cchci_list_full(struct cchci_parse *parse, const struct cchci_vector *list,
                     const char *message);

/* How far a value may reach that begins at a place and that only its sentence ends. */
static inline uint32_t cchci_value_limit(const struct cchci_parse *parse,
                                         const struct cchci_flow *flow, uint32_t begin)
{
    size_t most = parse->limits->max_value_length;
    return flow->length - begin > most ? begin + (uint32_t)most : flow->length;
}

/* Words of a list by their first letter, a to z, each of which has fewer than so many. */
#define CCHCI_WORDS_OF_LETTER 5u

/* cchci_flow_words() for the words of such a list: how many places the first of them takes that
 * stands at a place; 0: none does. */
static inline uint32_t cchci_any_words(const struct cchci_flow *flow, uint32_t at,
                                       const char *const (*list)[CCHCI_WORDS_OF_LETTER])
{
    const unsigned char *key = flow->key + at;
    if (at >= flow->length || !cchci_is_ascii_letter(key[0]))
        return 0;
    for (const char *const *words = list[(key[0] | 32) - 'a']; *words != NULL; words++) {
        uint32_t length = cchci_lower(key[1]) == (unsigned char)(*words)[1]
                              ? cchci_flow_words_from(flow, at, *words)
                              : 0;
        if (length > 0)
            return length;
    }
    return 0;
}

/* Index of the innermost clause that holds a place of the body's flow; CCHC_NONE outside. The next look
 * goes on from how many have begun: places are asked for in the text's order, or little off it. */
size_t cchci_clause_at(const struct cchci_parse *parse, uint32_t at, uint32_t *begun);

#endif
