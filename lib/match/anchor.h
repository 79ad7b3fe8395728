/* SPDX-License-Identifier: MIT */
/* The marker words of a letter, sound and damaged.
 *
 * Sound: its letters stand there one after the other, whatever blanks and punctuation stand between
 * them (C Ộ N G, Kínhgửi) and whatever diacritics they bear. Damaged: letters were changed, lost or
 * added, at a cost that is counted in half letters: 2 for a letter, 1 for one of its look-alikes
 * (l for i). How much damage is allowed is one published number, CCHCI_ANCHOR_COST_PERCENT.
 *
 * All places are indices of `key`, which is the array of a flow or of a text.
 */
#ifndef CCHCI_ANCHOR_H
#define CCHCI_ANCHOR_H

#include "text/flow.h"

enum cchci_anchor {
#define ANCHOR(id, letters, name) CCHCI_ANCHOR_##id,
#include "anchors.def"
#undef ANCHOR
    CCHCI_ANCHOR_COUNT
};

struct cchci_likeness {
    uint32_t begin, end;
    unsigned cost; /* half letters; 0: sound */
};

/* The letters of each anchor that a key may stand for, a bit each, by the low five bits of the key
 * (generated). */
extern const uint32_t cchci_anchor_letters[CCHCI_ANCHOR_COUNT][32];

/* The word as people write it, for messages. */
const char *cchci_anchor_name(enum cchci_anchor anchor);

/* The place in [begin, end) that is most like the anchor, if that is within the limit. */
bool cchci_anchor_find(const unsigned char *key, uint32_t begin, uint32_t end,
                       enum cchci_anchor anchor, struct cchci_likeness *likeness);

/* Whether all of [begin, end) is like the anchor, within the limit. */
bool cchci_anchor_is(const unsigned char *key, uint32_t begin, uint32_t end,
                     enum cchci_anchor anchor, struct cchci_likeness *likeness);

/* cchci_anchor_find() for any letters (lower case, no blanks) and a limit of the caller's, in half letters. */
bool cchci_alike_find(const unsigned char *key, uint32_t begin, uint32_t end, const char *letters,
                      unsigned limit, struct cchci_likeness *likeness);

/* Whether scanners take one key (lower case) for the other. */
bool cchci_alike(unsigned char seen, unsigned char meant);

/* How many half letters a word of `length` letters may be damaged by. */
unsigned cchci_anchor_limit(size_t length);

/* Whether the letters and digits from a place on are those of `letters` (lower case, no blanks),
 * whatever blanks and punctuation stand between them; returns the place after them, or 0. */
uint32_t cchci_loose_from(const unsigned char *key, uint32_t at, uint32_t end, const char *letters);
static inline uint32_t cchci_loose_at(const unsigned char *key, uint32_t at, uint32_t end,
                                      const char *letters)
{
    /* Most letters that are asked for are not those that stand there: the first two tell. */
    if (at >= end || (cchci_is_word(key[at]) && cchci_lower(key[at]) != (unsigned char)letters[0]))
        return 0;
    if (cchci_is_word(key[at]) && letters[1] != '\0' && cchci_is_word(key[at + 1]) &&
        cchci_lower(key[at + 1]) != (unsigned char)letters[1])
        return 0;
    return cchci_loose_from(key, at, end, letters);
}

/* The first place in [at, end) where they stand; CCHCI_NOWHERE: none. *after gets the place after
 * them. */
uint32_t cchci_loose_find(const unsigned char *key, uint32_t at, uint32_t end, const char *letters,
                          uint32_t *after);

#endif
