/* SPDX-License-Identifier: MIT */
#include "phrases.h"

#include "text/eight.h"

#include "phrases-tables.def"

/* Letters become lower case and signs other signs; digits and blanks stay. */
#define LOWER CCHCI_EIGHT(0x20)

/* The bucket of the phrases that a place may begin with. */
static inline uint32_t bucket_of(const struct cchci_book *book, uint32_t seen)
{
    return seen * book->factor >> (32 - CCHCI_BUCKETS_LOG2);
}

/* Whether there are some. */
static inline bool may_begin(const struct cchci_book *book, uint32_t seen)
{
    return (book->fourth[bucket_of(book, seen)] >> (seen >> 24 & 31u) & 1u) != 0;
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

/* The first phrase of its bucket that stands at a place; there is a bucket. */
static inline const struct cchci_phrase *find(const struct cchci_book *book, uint32_t groups,
                                              const unsigned char *key, uint32_t at, uint32_t end)
{
    uint64_t seen = cchci_eight(key + at) | LOWER;
    const struct cchci_phrase *phrase =
        &book->phrases[book->bucket[bucket_of(book, (uint32_t)seen)] - 1];
    while (!(begins(phrase, seen) && goes_on(phrase, groups, key, at, end)))
        if (phrase++->last)
            return NULL;
    return phrase;
}

static inline uint32_t first_four(const unsigned char *key)
{
    return (uint32_t)(cchci_eight(key) | LOWER);
}

const struct cchci_phrase *cchci_phrase_at(const struct cchci_book *book, uint32_t groups,
                                           const unsigned char *key, uint32_t at, uint32_t end)
{
    return may_begin(book, first_four(key + at)) ? find(book, groups, key, at, end) : NULL;
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
            size_t word = (size_t)__builtin_ctzll(words);
            if (!may_begin(book, first_four(key + word)))
                continue;
            uint32_t at = phrases->stretch + (uint32_t)word;
            const struct cchci_phrase *phrase =
                find(book, phrases->groups, phrases->key, at, phrases->end);
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
