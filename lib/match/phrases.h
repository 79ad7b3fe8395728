/* SPDX-License-Identifier: MIT */
/* Words that are looked for everywhere in a text: the PHRASES of patterns.def. They are so many, and
 * are asked for so often, that a look into a table finds them (phrases.py makes it), not PCRE2. */
#ifndef CCHCI_PHRASES_H
#define CCHCI_PHRASES_H

#include <stdbool.h>
#include <stdint.h>

enum cchci_phrase_group {
#define PATTERN(id, flags, text)
#define SEARCH(id, flags, text)
#define PHRASES(book, id, end, text) CCHCI_PHRASES_##id,
#include "patterns.def"
#undef PATTERN
#undef SEARCH
#undef PHRASES
    CCHCI_PHRASES_COUNT
};

#define CCHCI_PHRASE_LENGTH 24u
struct cchci_phrase {
    char text[CCHCI_PHRASE_LENGTH]; /* lower-case keys, filled up with NULs */
    uint64_t mask;                  /* of a step of eight: which keys of it are the phrase's */
    unsigned char length;
    bool open;       /* a letter may follow */
    bool last;       /* of its bucket */
    uint32_t groups; /* a bit for each group that it stands in */
};

/* A book has its phrases sorted into buckets by a hash of their first letters. Five bits of the fourth
 * key tell whether it may be one of theirs: a letter has the same ones in either case, and that some
 * signs share them does no harm. */
#define CCHCI_BUCKETS_LOG2 9u
struct cchci_book {
    uint32_t factor;
    uint32_t fourth[1u << CCHCI_BUCKETS_LOG2];      /* the bits of the keys that may be */
    unsigned char bucket[1u << CCHCI_BUCKETS_LOG2]; /* first phrase, counted from 1 */
    const struct cchci_phrase *phrases;
};
extern const struct cchci_book cchci_openers, cchci_acts, cchci_refusals;

/* The longest phrase of some groups that stands at a place and ends at or before `end`; NULL: none.
 * Like everything here it may read CCHCI_KEY_SLACK keys behind `end`. */
const struct cchci_phrase *cchci_phrase_at(const struct cchci_book *book, uint32_t groups,
                                           const unsigned char *key, uint32_t at, uint32_t end);

/* A way through the phrases of some groups in [at, end) that begin where a word does. */
struct cchci_phrases {
    const struct cchci_book *book;
    const unsigned char *key;
    uint32_t groups, end;
    uint32_t at;      /* of the last phrase */
    uint32_t stretch; /* 64 places, a bit each for the words that begin there and are to be asked */
    uint64_t words;
};
struct cchci_phrases cchci_phrases(const struct cchci_book *book, uint32_t groups,
                                   const unsigned char *key, uint32_t at, uint32_t end);
/* The next one; NULL: none. */
const struct cchci_phrase *cchci_phrases_next(struct cchci_phrases *phrases);
/* Goes on at a place behind the last one. */
void cchci_phrases_skip(struct cchci_phrases *phrases, uint32_t at);

#endif
