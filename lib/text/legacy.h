/* SPDX-License-Identifier: MIT */
/* Encodings of before Unicode, as bytes or as mojibake (legacy.c). */
#ifndef CCHCI_LEGACY_H
#define CCHCI_LEGACY_H

#include "text.h"

enum cchci_legacy {
    CCHCI_LEGACY_NONE,
    CCHCI_LEGACY_TCVN3,
    CCHCI_LEGACY_VNI,
    CCHCI_LEGACY_WINDOWS_1258,
    CCHCI_LEGACY_VISCII,
    CCHCI_LEGACY_COUNT
};

/* What the bytes of a file were decoded as before this. */
enum cchci_carrier { CCHCI_UTF_8, CCHCI_UTF_16LE, CCHCI_UTF_16BE };

/* Stands in for a no-break space that is written as a reference: VISCII has a letter at its place.
 * No code point is so high. */
#define CCHCI_NO_BREAK 0x110000u
/* Stands in for a byte of a line that is no UTF-8: this plus the byte. */
#define CCHCI_RAW 0x120000u

/* What windows-1252 has at 0x80 to 0x9F, where Latin-1 has control codes; what it lacks is its own
 * code. */
extern const uint16_t cchci_windows_1252[32];

/* So many doubts (below) so near together send a text to the words, which decide. A letter with
 * real foreign names has one or two; a line of mojibake has a doubt every eight characters. */
#define CCHCI_DOUBTS 4u
#define CCHCI_DOUBTS_WITHIN 256u

/* Two letters of Latin-1 never meet in a syllable, nor does a capital follow a small letter. */
static inline bool cchci_odd_pair(uint32_t before, uint32_t c)
{
    return (c - 0xC0 < 0x40) & ((before - 0xC0 < 0x40) | ((c < 0xDF) & (before - 'a' < 26)));
}

/* Is a character of Latin-1 by itself odd in Vietnamese text? */
bool cchci_odd(uint32_t c);

/* Is c, which stands behind before, odd in Vietnamese text in Unicode? */
static inline bool cchci_doubt(uint32_t before, uint32_t c)
{
    return cchci_odd_pair(before, c) || (c > 0xA0 && c < 0x100 && cchci_odd(c));
}

/* Whether the line of UTF-8 around byte `at` has letters that no encoding of before Unicode gives, even as
 * mojibake. *end: where the line ends. */
bool cchci_is_unicode_line(const unsigned char *bytes, size_t length, size_t at, size_t *end);

/* Which encodings the lines of a file are in. */
struct cchci_survey {
    bool found[2][CCHCI_LEGACY_COUNT]; /* [1]: as bytes, [0]: as mojibake */
    enum cchci_legacy most[2];         /* the one of most lines */
    bool twice;                        /* there is UTF-8 that was read as windows-1252 */
    uint32_t lines;                    /* that are not all ASCII: there are no more runs */
    struct cchci_chunk *chunks;        /* what is remembered of the words; NULL: none is odd */
    uint32_t last_chunk;               /* their number less one */
};

void cchci_legacy_survey(struct cchci_survey *survey, const struct cchci_classes *classes,
                         const uint32_t *codes, uint32_t count, struct cchci_arena *arena);

/* Does the survey call for a conversion, and are there lines of bytes among them? */
bool cchci_legacy_any(const struct cchci_survey *survey);
bool cchci_legacy_raw(const struct cchci_survey *survey);

/* Converts in place, line by line; returns the new count. src (count + 1 entries) moves with the
 * code points. Writes what it found into text: encoding, encodings, converted, capitals_lost. */
uint32_t cchci_legacy_convert(struct cchci_text *text, const struct cchci_classes *classes,
                              const struct cchci_survey *survey, enum cchci_carrier carrier,
                              uint32_t *codes, uint32_t *src, uint32_t count,
                              struct cchci_arena *arena);

/* As source.encoding has it. */
const char *cchci_carrier_name(enum cchci_carrier carrier);

#endif
