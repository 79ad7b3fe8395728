/* SPDX-License-Identifier: MIT */
/* Diacritics that have lost their letter: converters of PDF files collect them behind a word or a
 * line, scanners double them, old keyboards typed the tone before the quality.
 *
 * Which letter a mark belongs to is told by its place alone. A quality behind a tone is put in
 * order, since nothing else can be meant. What has no place is loose: it stays where it is printed,
 * right behind a letter also in the values, but words are known without it.
 */
#include "marks.h"

#include <string.h>

#include <unicode/unorm2.h>

/* The letter that form C makes of two code points; 0: none. */
static uint32_t pair(const struct cchci_classes *classes, uint32_t base, uint32_t mark)
{
    uint32_t i = base < 0x80 ? base : 0x80 + cchci_latin(base);
    unsigned column = cchci_mark_column(mark);
    if (i < 0x80 + CCHCI_LATIN_COUNT && column < CCHCI_MARK_COLUMNS)
        return classes->composed[i][column];
    UChar32 both = unorm2_composePair(classes->nfc, (UChar32)base, (UChar32)mark);
    return both < 0 ? 0 : (uint32_t)both;
}

uint32_t cchci_compose(const struct cchci_classes *classes, uint32_t base, uint32_t mark)
{
    uint32_t both = pair(classes, base, mark);
    if (both != 0 || mark != 0x323)
        return both;
    /* It goes before circumflex and breve: ậ is ạ and these. */
    const uint16_t *parts = cchci_parts_of(classes, base);
    uint32_t dotted = parts != NULL ? pair(classes, parts[0], mark) : 0;
    return dotted != 0 ? pair(classes, dotted, parts[1]) : 0;
}

uint32_t cchci_quality_last(const struct cchci_classes *classes, uint32_t *codes, uint32_t count)
{
    if (count < 2 || (codes[1] != 0x302 && codes[1] != 0x306))
        return count;
    const uint16_t *parts = cchci_parts_of(classes, codes[0]);
    if (parts == NULL)
        return count;
    uint32_t whole = cchci_compose(classes, parts[0], codes[1]);
    whole = whole != 0 ? cchci_compose(classes, whole, parts[1]) : 0;
    if (whole == 0)
        return count;
    codes[0] = whole;
    memmove(codes + 1, codes + 2, (count - 2) * sizeof *codes);
    return count - 1;
}

static bool is_vowel(unsigned char key)
{
    return memchr("aeiouy", cchci_lower(key), 6) != NULL;
}

static void displaced(struct cchci_text *text, uint32_t i)
{
    if (text->displaced++ == 0)
        text->first_displaced = i;
}

void cchci_loose_mark(struct cchci_text *text, const struct cchci_classes *classes, uint32_t i,
                      uint32_t mark, uint32_t base)
{
    text->key[i] = CCHCI_KEY_MARKUP;
    text->mark[i] = CCHCI_MARK_LOOSE;
    unsigned char wanted = cchci_mark_of(mark);
    struct cchci_class class = cchci_class_of(classes, base);
    /* Languages of minorities and phonetic writing set marks of their own, and a second quality. */
    bool second = (wanted & CCHCI_TONE) != 0 ? true : wanted == (class.mark & CCHCI_QUALITY);
    if (wanted != CCHCI_MARK_FOREIGN && (second || !is_vowel(class.key)))
        displaced(text, i);
}

void cchci_spacing_mark(struct cchci_text *text, uint32_t i)
{
    uint32_t before = i;
    while (before > 0 && (text->mark[before - 1] & CCHCI_MARK_LOOSE) != 0)
        before--;
    bool loose = before > 0 && is_vowel(text->key[before - 1]);
    text->mark[i] = loose ? CCHCI_MARK_LOOSE : 0;
    if (!loose)
        return;
    text->key[i] = CCHCI_KEY_MARKUP;
    displaced(text, i);
}
