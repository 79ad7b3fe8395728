/* SPDX-License-Identifier: MIT */
#include "phrases.h"

#include "text/eight.h"

#include "phrases-tables.def"

/* Letters become lower case and signs other signs; digits and blanks stay. */
#define LOWER CCHCI_EIGHT(0x20)

/* The phrases that a place may begin with, counted from 1; 0: none. */
static inline unsigned bucket_of(const struct cchci_book *book, const unsigned char *key)
{
    uint32_t seen = (uint32_t)cchci_eight(key) | (uint32_t)LOWER;
    return book->bucket[seen * book->factor >> (32 - CCHCI_BUCKETS_LOG2)];
}

static bool begins(const struct cchci_phrase *phrase, uint64_t seen)
{
    return ((seen ^ cchci_eight((const unsigned char *)phrase->text)) & phrase->mask) == 0;
}

/* Whether the phrase stands at a place where it begins. */
static bool goes_on(const struct cchci_phrase *phrase, uint32_t groups, const unsigned char *key,
                    uint32_t at, uint32_t end)
{
    uint32_t length = phrase->length;
    if ((phrase->groups & groups) == 0 || at >= end || length > end - at)
        return false;
    for (uint32_t i = 8; i < length; i++)
        if (cchci_lower(key[at + i]) != (unsigned char)phrase->text[i])
            return false;
    at += length;
    return phrase->open || at == end || !cchci_is_ascii_letter(key[at]);
}

/* The first phrase of a bucket that stands at a place. */
static inline const struct cchci_phrase *find(const struct cchci_phrase *phrase, uint32_t groups,
                                              const unsigned char *key, uint32_t at, uint32_t end)
{
    uint64_t seen = cchci_eight(key + at) | LOWER;
    while (!(begins(phrase, seen) && goes_on(phrase, groups, key, at, end)))
        if (phrase++->last)
            return NULL;
    return phrase;
}

const struct cchci_phrase *cchci_phrase_at(const struct cchci_book *book, uint32_t groups,
                                           const unsigned char *key, uint32_t at, uint32_t end)
{
    unsigned bucket = bucket_of(book, key + at);
    return bucket != 0 ? find(book->phrases + bucket - 1, groups, key, at, end) : NULL;
}

struct cchci_phrases cchci_phrases(const struct cchci_book *book, uint32_t groups,
                                   const unsigned char *key, uint32_t at, uint32_t end)
{
    return (struct cchci_phrases){book, key, groups, end, at, at, cchci_words_begin(key, at, end)};
}

void cchci_phrases_skip(struct cchci_phrases *phrases, uint32_t at)
{
    if (at - phrases->stretch >= CCHCI_STRETCH) {
        phrases->stretch = at;
        phrases->words = cchci_words_begin(phrases->key, at, phrases->end);
    } else {
        phrases->words &= UINT64_MAX << (at - phrases->stretch);
    }
}

const struct cchci_phrase *cchci_phrases_next(struct cchci_phrases *phrases)
{
    const struct cchci_book *book = phrases->book;
    while (phrases->stretch < phrases->end) {
        const unsigned char *key = phrases->key + phrases->stretch;
        for (uint64_t words = phrases->words; words != 0; words &= words - 1) {
            unsigned word = (unsigned)__builtin_ctzll(words), bucket = bucket_of(book, key + word);
            if (bucket == 0)
                continue;
            uint32_t at = phrases->stretch + word;
            const struct cchci_phrase *phrase =
                find(book->phrases + bucket - 1, phrases->groups, phrases->key, at, phrases->end);
            if (phrase != NULL) {
                phrases->at = at;
                phrases->words = words & (words - 1);
                return phrase;
            }
        }
        phrases->stretch += CCHCI_STRETCH;
        phrases->words = cchci_words_begin(phrases->key, phrases->stretch, phrases->end);
    }
    return NULL;
}
