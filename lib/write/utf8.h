/* SPDX-License-Identifier: MIT */
/* Any bytes as UTF-8, for what is given to writers from outside: names of files, texts. */
#ifndef CCHCI_WRITE_UTF8_H
#define CCHCI_WRITE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Decodes the sequence at @p at (Unicode, table 3-7). Returns its length, or 0 with *bad bytes that
 * are shown as one U+FFFD: the longest beginning of a sequence, and at least one byte. */
static inline size_t cchci_utf8_decode(const unsigned char *at, size_t left, uint32_t *character,
                                       size_t *bad)
{
    unsigned char lead = at[0];
    size_t length = lead < 0x80   ? 1
                    : lead < 0xC2 ? 0
                    : lead < 0xE0 ? 2
                    : lead < 0xF0 ? 3
                    : lead < 0xF5 ? 4
                                  : 0;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    *character = length < 2 ? lead : lead & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (i == left || at[i] < low || at[i] > high) {
            *bad = i;
            return 0;
        }
        *character = *character << 6 | (at[i] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    *bad = 1;
    return length;
}

#endif
