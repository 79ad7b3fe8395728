/* SPDX-License-Identifier: MIT */
/* Reading a flow by hand: what stands at a place is asked, and a place moves over it. Places are at
 * most the flow's length, and what is looked at ahead of them lies in its slack. */
#ifndef CCHCI_TAKE_H
#define CCHCI_TAKE_H

#include "eight.h"
#include "flow.h"

/* A set of keys of ASCII, told as a string of up to twelve: a bit each. */
struct cchci_keys {
    uint64_t signs, letters; /* below '@'; from there on */
};
#define CCHCI_KEY_OF(s, i) ((unsigned char)(s "\0\0\0\0\0\0\0\0\0\0\0\0")[i])
#define CCHCI_KEY_BIT(s, i, row)                                                                   \
    (CCHCI_KEY_OF(s, i) >> 6 == (row) ? UINT64_C(1) << (CCHCI_KEY_OF(s, i) & 63u) : 0u)
#define CCHCI_THREE_BITS(s, i, row)                                                                \
    (CCHCI_KEY_BIT(s, i, row) | CCHCI_KEY_BIT(s, (i) + 1, row) | CCHCI_KEY_BIT(s, (i) + 2, row))
#define CCHCI_KEY_BITS(s, row)                                                                     \
    (CCHCI_THREE_BITS(s, 0, row) | CCHCI_THREE_BITS(s, 3, row) | CCHCI_THREE_BITS(s, 6, row) |     \
     CCHCI_THREE_BITS(s, 9, row))
#define CCHCI_KEYS(s)                                                                              \
    ((struct cchci_keys){CCHCI_KEY_BITS(s, 0) & ~UINT64_C(1), /* without the NUL */                \
                         CCHCI_KEY_BITS(s, 1)})

static inline bool cchci_one_of(unsigned char key, struct cchci_keys keys)
{
    return key < 0x80 && ((key < '@' ? keys.signs : keys.letters) >> (key & 63) & 1) != 0;
}

/* Behind all keys of a set. */
static inline uint32_t cchci_skip(const struct cchci_flow *flow, uint32_t at,
                                  struct cchci_keys keys)
{
    while (cchci_one_of(flow->key[at], keys))
        at++;
    return at;
}

static inline uint32_t cchci_skip_blank(const struct cchci_flow *flow, uint32_t at)
{
    return flow->key[at] == ' ' ? at + 1 : at; /* a flow has no two of them */
}

/* The letter behind a blank, by which most words are refused. */
static inline unsigned char cchci_next_letter(const struct cchci_flow *flow, uint32_t at)
{
    return cchci_lower(flow->key[cchci_skip_blank(flow, at)]);
}

/* Moves over words (see cchci_flow_words()) and the blank before them. False: others stand
 * there. */
static inline bool cchci_take(const struct cchci_flow *flow, uint32_t *at, const char *words)
{
    uint32_t i = cchci_skip_blank(flow, *at);
    uint32_t length = cchci_flow_words(flow, i, words);
    if (length == 0)
        return false;
    *at = i + length;
    return true;
}

/* The same for a word of up to eight letters, which blanks fill up (see cchci_eight_begins());
 * CCHCI_TAKE_WORD() fills up a literal. */
static inline bool cchci_take_word(const struct cchci_flow *flow, uint32_t *at, const char *word,
                                   uint32_t length)
{
    uint32_t i = cchci_skip_blank(flow, *at);
    if (!cchci_eight_begins(flow->key + i, word, length) || cchci_is_letter(flow->key[i + length]))
        return false;
    *at = i + length;
    return true;
}
#define CCHCI_TAKE_WORD(flow, at, word)                                                            \
    cchci_take_word(flow, at, word "       ", (uint32_t)sizeof(word) - 1)

/* Moves over up to four of some words, and blanks, colons and commas behind each; returns a bit for
 * each that was met. letters: those that the words begin with. */
static inline unsigned cchci_take_any(const struct cchci_flow *flow, uint32_t *at,
                                      struct cchci_keys letters, const char *const *words,
                                      unsigned count)
{
    unsigned met = 0;
    for (unsigned turn = 0; turn < 4; turn++) {
        uint32_t begin = cchci_skip_blank(flow, *at), length = 0;
        unsigned i = 0;
        if (!cchci_one_of(cchci_lower(flow->key[begin]), letters))
            break;
        while (i < count && (length = cchci_flow_words(flow, begin, words[i])) == 0)
            i++;
        if (i == count)
            break;
        met |= 1u << i;
        *at = cchci_skip(flow, begin + length, CCHCI_KEYS(" :,"));
    }
    return met;
}

#endif
