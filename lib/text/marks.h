/* SPDX-License-Identifier: MIT */
/* Diacritics that have lost their letter. */
#ifndef CCHCI_MARKS_H
#define CCHCI_MARKS_H

#include "text.h"

/* A letter with one more mark, in form C; 0: there is no such letter. */
uint32_t cchci_compose(const struct cchci_classes *classes, uint32_t base, uint32_t mark);

/* Composes a letter with a tone and the quality that was written behind it, which form C leaves
 * apart: é and a circumflex are ế. codes holds a letter and what follows it in form C; returns how
 * many are left. */
uint32_t cchci_quality_last(const struct cchci_classes *classes, uint32_t *codes, uint32_t count);

/* Character i is a combining mark that form C left apart; base is what it stands on. */
void cchci_loose_mark(struct cchci_text *text, const struct cchci_classes *classes, uint32_t i,
                      uint32_t mark, uint32_t base);

/* Character i is a spacing diacritic: beside a vowel it is that vowel's. */
void cchci_spacing_mark(struct cchci_text *text, uint32_t i);

#endif
