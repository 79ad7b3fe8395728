/* SPDX-License-Identifier: MIT */
/* What a Vietnamese syllable may be: the evidence by which texts are told apart that look alike to a
 * table of bytes. */
#ifndef CCHCI_SYLLABLES_H
#define CCHCI_SYLLABLES_H

#include "text.h"

#define CCHCI_SYLLABLE_LETTERS 7u /* of the longest one, nghiêng */

/* A word, letter by letter; of a longer one than any syllable only that it is longer. */
struct cchci_word {
    uint32_t code[CCHCI_SYLLABLE_LETTERS];
    unsigned char base[CCHCI_SYLLABLE_LETTERS], mark[CCHCI_SYLLABLE_LETTERS];
    unsigned length; /* CCHCI_SYLLABLE_LETTERS + 1: too long for a syllable */
    bool beyond_ascii, wrong;
};

enum cchci_shape {
    CCHCI_NO_WORD, /* without a vowel: QĐ, NĐ-CP */
    CCHCI_SYLLABLE,
    CCHCI_NO_SYLLABLE
};

static inline void cchci_word_add(struct cchci_word *word, uint32_t code, struct cchci_class class)
{
    if (word->length < CCHCI_SYLLABLE_LETTERS) {
        word->code[word->length] = code;
        word->base[word->length] = cchci_lower(class.key);
        word->mark[word->length] = class.mark;
    }
    word->length += word->length <= CCHCI_SYLLABLE_LETTERS;
}

enum cchci_shape cchci_shape(const struct cchci_word *word);

/* Its place, from 0 to 127, in the list of common syllables beyond ASCII; -1: it is none. */
int cchci_common_syllable(const struct cchci_word *word);

#endif
