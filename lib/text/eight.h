/* SPDX-License-Identifier: MIT */
/* Keys, eight at a time: a word of the machine as eight bytes, of which a question is asked at once.
 * An answer has the high bit of each byte for which it is yes; the first key is the lowest byte. Where
 * the processor has SSE2, as every x86-64 has, some questions are asked of sixteen at a time. */
#ifndef CCHCI_EIGHT_H
#define CCHCI_EIGHT_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "text.h"

#define CCHCI_EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))
#define CCHCI_EIGHT_YES CCHCI_EIGHT(0x80)

static inline uint64_t cchci_eight(const unsigned char *key)
{
    uint64_t eight;
    memcpy(&eight, key, sizeof eight);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    eight = __builtin_bswap64(eight);
#endif
    return eight;
}

/* Which keys lie in [low, high], two characters of ASCII. */
static inline uint64_t cchci_eight_within(uint64_t eight, unsigned low, unsigned high)
{
    uint64_t ascii = eight & ~CCHCI_EIGHT_YES;
    uint64_t from = ascii + CCHCI_EIGHT(0x80 - low), above = ascii + CCHCI_EIGHT(0x7F - high);
    return (from ^ above) & ~eight & CCHCI_EIGHT_YES; /* what is above is from there on, too */
}

/* Which keys are this one. */
static inline uint64_t cchci_eight_is(uint64_t eight, unsigned char key)
{
    uint64_t other = eight ^ CCHCI_EIGHT(key);
    return ~(((other & ~CCHCI_EIGHT_YES) + ~CCHCI_EIGHT_YES) | other) & CCHCI_EIGHT_YES;
}

/* Which keys are letters, those without an ASCII base, too. */
static inline uint64_t cchci_eight_all_letters(uint64_t eight)
{
    uint64_t other = (eight & CCHCI_EIGHT_YES) != 0 ? cchci_eight_is(eight, CCHCI_KEY_LETTER) : 0;
    return cchci_eight_within(eight | CCHCI_EIGHT(0x20), 'a', 'z') | other;
}

/* The keys of [at, end), of which there are some; NULs behind the last. */
static inline uint64_t cchci_eight_before(const unsigned char *key, uint32_t at, uint32_t end)
{
    uint64_t eight = cchci_eight(key + at);
    return end - at < 8 ? eight & ~(~UINT64_C(0) << 8 * (end - at)) : eight;
}

/* Which keys are letters of ASCII, as [a-z] of a caseless pattern has them. */
static inline uint64_t cchci_eight_letters(uint64_t eight)
{
    uint64_t capital = eight & CCHCI_EIGHT(0x5F);
    uint64_t from = capital + CCHCI_EIGHT(0x80 - 'A'), above = capital + CCHCI_EIGHT(0x7F - 'Z');
    return (from ^ above) & ~eight & CCHCI_EIGHT_YES;
}

/* The keys with the capitals of ASCII as small letters. */
static inline uint64_t cchci_eight_lower(uint64_t eight)
{
    return eight | cchci_eight_within(eight, 'A', 'Z') >> 2;
}

/* Whether keys are these letters, eight or more in lower case, in whatever case. */
static inline bool cchci_eight_same(const unsigned char *key, const char *letters, uint32_t count)
{
    const unsigned char *meant = (const unsigned char *)letters;
    for (uint32_t at = 0; at + 8 < count; at += 8)
        if (cchci_eight_lower(cchci_eight(key + at)) != cchci_eight(meant + at))
            return false;
    return cchci_eight_lower(cchci_eight(key + count - 8)) == cchci_eight(meant + count - 8);
}

/* Whether keys are so many letters of a word, one at least, in whatever case: the word is a string of
 * eight, which blanks fill up. */
static inline bool cchci_eight_begins(const unsigned char *key, const char *word, uint32_t count)
{
    uint64_t small = cchci_eight(key) | CCHCI_EIGHT(0x20);
    return (small ^ cchci_eight((const unsigned char *)word)) << (64 - 8 * count) == 0;
}

/* Which of eight the first yes belongs to; there is one. */
static inline unsigned cchci_eight_first(uint64_t yes)
{
    return (unsigned)__builtin_ctzll(yes) / 8;
}

/* Which of eight the last yes belongs to; there is one. */
static inline unsigned cchci_eight_last(uint64_t yes)
{
    return (unsigned)(63 - __builtin_clzll(yes)) / 8;
}

/* How many of eight the answer is yes for. */
static inline unsigned cchci_eight_count(uint64_t yes)
{
    return (unsigned)((yes >> 7) * CCHCI_EIGHT(1) >> 56);
}

#if !defined(__SSE2__)
/* The answers as eight bits, that of the first key the lowest: for looks at sixteen keys. */
static inline unsigned cchci_eight_bits(uint64_t yes)
{
    return (unsigned)((yes >> 7) * UINT64_C(0x0102040810204080) >> 56);
}
#endif

/* The place of the lowest bit; there is one. */
static inline unsigned cchci_first_bit(unsigned bits)
{
    return (unsigned)__builtin_ctz(bits);
}

/* Where the digits end that stand at a place; none may. */
static inline uint32_t cchci_digits_end(const unsigned char *key, uint32_t at)
{
    for (;; at += 8) {
        uint64_t others = ~cchci_eight_within(cchci_eight(key + at), '0', '9') & CCHCI_EIGHT_YES;
        if (others != 0)
            return at + cchci_eight_first(others);
    }
}

/* The first place in [at, end) of a key; end: none. */
static inline uint32_t cchci_next_key(const unsigned char *key, uint32_t at, uint32_t end,
                                      unsigned char sign)
{
    const unsigned char *found = at < end ? memchr(key + at, sign, end - at) : NULL;
    return found != NULL ? (uint32_t)(found - key) : end;
}

/* Which of sixteen keys lie in [low, high], two characters of ASCII: a bit each, the first key's the
 * lowest. Where the processor has no such look, it is one at eight keys and at eight more. */
static inline unsigned cchci_sixteen_within(const unsigned char *key, unsigned char low,
                                            unsigned char high)
{
#if defined(__SSE2__)
    __m128i above = _mm_sub_epi8(_mm_loadu_si128((const void *)key), _mm_set1_epi8((char)low));
    __m128i within = _mm_min_epu8(above, _mm_set1_epi8((char)(high - low)));
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(within, above));
#else
    return cchci_eight_bits(cchci_eight_within(cchci_eight(key), low, high)) |
           cchci_eight_bits(cchci_eight_within(cchci_eight(key + 8), low, high)) << 8;
#endif
}

/* Which of sixteen keys are this one. */
static inline unsigned cchci_sixteen_is(const unsigned char *key, unsigned char sign)
{
#if defined(__SSE2__)
    __m128i keys = _mm_loadu_si128((const void *)key);
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(keys, _mm_set1_epi8((char)sign)));
#else
    return cchci_eight_bits(cchci_eight_is(cchci_eight(key), sign)) |
           cchci_eight_bits(cchci_eight_is(cchci_eight(key + 8), sign)) << 8;
#endif
}

/* Which of sixteen keys are this small letter of ASCII or its capital. */
static inline unsigned cchci_sixteen_letter(const unsigned char *key, unsigned char small)
{
#if defined(__SSE2__)
    __m128i lower = _mm_or_si128(_mm_loadu_si128((const void *)key), _mm_set1_epi8(0x20));
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(lower, _mm_set1_epi8((char)small)));
#else
    uint64_t left = cchci_eight(key) | CCHCI_EIGHT(0x20),
             right = cchci_eight(key + 8) | CCHCI_EIGHT(0x20);
    return cchci_eight_bits(cchci_eight_is(left, small)) |
           cchci_eight_bits(cchci_eight_is(right, small)) << 8;
#endif
}

/* Which of sixteen keys are letters of ASCII. */
static inline unsigned cchci_sixteen_letters(const unsigned char *key)
{
#if defined(__SSE2__)
    __m128i lower = _mm_or_si128(_mm_loadu_si128((const void *)key), _mm_set1_epi8(0x20));
    __m128i above = _mm_sub_epi8(lower, _mm_set1_epi8('a'));
    __m128i within = _mm_min_epu8(above, _mm_set1_epi8('z' - 'a'));
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(within, above));
#else
    return cchci_eight_bits(cchci_eight_letters(cchci_eight(key))) |
           cchci_eight_bits(cchci_eight_letters(cchci_eight(key + 8))) << 8;
#endif
}

/* Which of sixteen keys are letters of ASCII, or beyond ASCII. */
static inline unsigned cchci_sixteen_letters_or_beyond(const unsigned char *key)
{
#if defined(__SSE2__)
    return cchci_sixteen_letters(key) |
           (unsigned)_mm_movemask_epi8(_mm_loadu_si128((const void *)key));
#else
    return cchci_sixteen_letters(key) | cchci_eight_bits(cchci_eight(key) & CCHCI_EIGHT_YES) |
           cchci_eight_bits(cchci_eight(key + 8) & CCHCI_EIGHT_YES) << 8;
#endif
}

/* Where words (of ASCII letters) begin in [at, at + CCHCI_STRETCH) and before the end of the step of
 * eight that `end` lies in, a bit each. Bits of many places are gone through in one loop: where loops
 * over a few end is what a processor guesses wrong. */
#define CCHCI_STRETCH 64u
static inline uint64_t cchci_words_begin(const unsigned char *key, uint32_t at, uint32_t end)
{
    if (at >= end)
        return 0;
    uint64_t letters = 0;
    if (end - at >= CCHCI_STRETCH) {
        for (uint32_t i = 0; i < CCHCI_STRETCH; i += 16)
            letters |= (uint64_t)cchci_sixteen_letters(key + at + i) << i;
    } else {
        for (uint32_t i = 0; i < end - at; i += 16)
            letters |= (uint64_t)cchci_sixteen_letters(key + at + i) << i;
        letters &= ~UINT64_C(0) >> ((0u - ((end - at + 7) & ~7u)) & (CCHCI_STRETCH - 1));
    }
    bool inside = at > 0 && cchci_is_ascii_letter(key[at - 1]);
    return letters & ~(letters << 1 | inside);
}

/* Where digits stand in [at, at + CCHCI_STRETCH), a bit each. NULs stand behind `end`. */
static inline uint64_t cchci_digits_in(const unsigned char *key, uint32_t at, uint32_t end)
{
    uint64_t digits = cchci_sixteen_within(key + at, '0', '9');
    if (end - at >= CCHCI_STRETCH)
        return digits | (uint64_t)cchci_sixteen_within(key + at + 16, '0', '9') << 16 |
               (uint64_t)cchci_sixteen_within(key + at + 32, '0', '9') << 32 |
               (uint64_t)cchci_sixteen_within(key + at + 48, '0', '9') << 48;
    for (uint32_t i = 16; i < end - at; i += 16)
        digits |= (uint64_t)cchci_sixteen_within(key + at + i, '0', '9') << i;
    return digits;
}

/* Where numbers begin in the same places. *inside: whether one reaches into them; gets whether one
 * reaches into the next. */
static inline uint64_t cchci_numbers_begin(const unsigned char *key, uint32_t at, uint32_t end,
                                           bool *inside)
{
    uint64_t digits = cchci_digits_in(key, at, end);
    uint64_t numbers = digits & ~(digits << 1 | *inside);
    *inside = digits >> 63;
    return numbers;
}

#endif
