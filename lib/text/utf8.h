/* SPDX-License-Identifier: MIT */
/* Reading UTF-8: with a judgement, and without one where it has been judged before. */
#ifndef CCHCI_UTF8_H
#define CCHCI_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CCHCI_REPLACEMENT 0xFFFDu

static inline bool cchci_is_trail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* The code point at *at (< length); moves on. An ill-formed sequence is cut as Unicode's chapter 3
 * recommends (maximal subpart); it gives U+FFFD, and *well is then false, else as it was. */
static inline uint32_t cchci_next_utf8(const unsigned char *bytes, size_t length, size_t *at,
                                       bool *well)
{
    size_t i = *at;
    unsigned char lead = bytes[i++];
    if (lead < 0x80) {
        *at = i;
        return lead;
    }
    /* The two forms that Vietnamese has, whose leads have no exceptions. */
    if (lead >= 0xC2 && lead <= 0xDF && length - i >= 1 && cchci_is_trail(bytes[i])) {
        *at = i + 1;
        return (lead & 0x1Fu) << 6 | (bytes[i] & 0x3Fu);
    }
    if (lead >= 0xE1 && lead <= 0xEC && length - i >= 2 && cchci_is_trail(bytes[i]) &&
        cchci_is_trail(bytes[i + 1])) {
        *at = i + 2;
        return (lead & 0x0Fu) << 12 | (bytes[i] & 0x3Fu) << 6 | (bytes[i + 1] & 0x3Fu);
    }
    unsigned need = lead >= 0xC2 && lead <= 0xDF   ? 1
                    : lead >= 0xE0 && lead <= 0xEF ? 2
                    : lead >= 0xF0 && lead <= 0xF4 ? 3
                                                   : 0;
    uint32_t c = need == 1 ? lead & 0x1Fu : need == 2 ? lead & 0x0Fu : lead & 0x07u;
    /* The second byte's range is narrower after some leads: no overlong forms, no surrogates. */
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (unsigned k = 0; k < need; k++) {
        if (i >= length || bytes[i] < low || bytes[i] > high) {
            need = 0;
            break;
        }
        c = c << 6 | (bytes[i++] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    *at = i;
    if (need == 0) {
        *well = false;
        return CCHCI_REPLACEMENT;
    }
    return c;
}

/* The same of text that is known to be well-formed. */
static inline uint32_t cchci_known_utf8(const unsigned char *bytes, size_t *at)
{
    const unsigned char *p = bytes + *at;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *at += 2;
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    }
    if (p[0] < 0xF0) {
        *at += 3;
        return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    }
    *at += 4;
    return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
}

#endif
