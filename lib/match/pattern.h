/* SPDX-License-Identifier: MIT */
/* Compiled patterns. The only room that includes PCRE2.
 *
 * Patterns look at keys (text/text.h), that is at one byte a character, so they need neither UTF
 * mode nor diacritics. They are compiled once a parser and used by any number of threads; what a
 * match writes to (struct cchci_scratch) belongs to the document.
 */
#ifndef CCHCI_PATTERN_H
#define CCHCI_PATTERN_H

#include <stdbool.h>
#include <stdint.h>

#include <cchcparse/cchcparse.h>

/* Names of the patterns; their texts are in patterns.def. */
enum cchci_pattern_id {
#define PATTERN(id, flags, text) CCHCI_PATTERN_##id,
#define SEARCH(id, flags, text) CCHCI_PATTERN_##id,
#define PHRASES(book, id, end, text)
#include "patterns.def"
#undef PATTERN
#undef SEARCH
#undef PHRASES
    CCHCI_PATTERN_COUNT
};

/* Where a match may begin: a bit for each beginning, by letter and by place in the beginning. */
#define CCHCI_START_LENGTH 5u
struct cchci_starts {
    uint32_t of[CCHCI_START_LENGTH][256];
};

struct cchci_patterns {
    void *code[CCHCI_PATTERN_COUNT];                  /* pcre2_code */
    bool jit[CCHCI_PATTERN_COUNT];                    /* there is machine code of it */
    struct cchci_starts *starts[CCHCI_PATTERN_COUNT]; /* of a SEARCH, else NULL */
    void *general; /* pcre2_general_context: the parser's allocator */
    void *match;   /* pcre2_match_context: limits */
};

struct cchci_scratch {
    void *data;          /* pcre2_match_data */
    unsigned limit_hits; /* matches that gave up */
    bool out_of_memory;
};

#define CCHCI_GROUPS 16

struct cchci_match {
    uint32_t begin[CCHCI_GROUPS], end[CCHCI_GROUPS]; /* CCHCI_NOWHERE: group not set */
};

/* steps: of one search, after which it gives up (max_pattern_steps). */
cchc_status cchci_patterns_compile(struct cchci_patterns *patterns, const cchc_allocator *allocator,
                                   bool jit, size_t steps);
void cchci_patterns_free(struct cchci_patterns *patterns, const cchc_allocator *allocator);
bool cchci_scratch_init(struct cchci_scratch *scratch, const struct cchci_patterns *patterns);
void cchci_scratch_free(struct cchci_scratch *scratch);

/* The first match of a pattern that starts at or after `at` (exactly at `at` where the pattern is
 * anchored) in key[0..length). */
bool cchci_match(const struct cchci_patterns *patterns, struct cchci_scratch *scratch,
                 enum cchci_pattern_id id, const unsigned char *key, uint32_t length, uint32_t at,
                 struct cchci_match *match);

#endif
