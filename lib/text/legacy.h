/* SPDX-License-Identifier: MIT */
/* Encodings of before Unicode, as bytes or as mojibake (legacy.c). */
#ifndef CCHCI_LEGACY_H
#define CCHCI_LEGACY_H

#include <stdbool.h>
#include <stdint.h>

enum cchci_legacy {
    CCHCI_LEGACY_NONE,
    CCHCI_LEGACY_TCVN3,
    CCHCI_LEGACY_VNI,
    CCHCI_LEGACY_UTF_8, /* UTF-8 that was read as windows-1252 */
    CCHCI_LEGACY_WINDOWS_1258,
    CCHCI_LEGACY_VISCII,
    CCHCI_LEGACY_COUNT
};

/* What code points that look wrong are. raw: they are the bytes of a file that is no UTF-8. nfc is
 * ICU's const UNormalizer2 *. */
enum cchci_legacy cchci_legacy_detect(const void *nfc, const uint32_t *codes, uint32_t count, bool raw);

/* Converts in place, line by line; returns the new count. src moves with the code points, so
 * src[returned] is to be set by the caller. *converted: how many source characters changed. */
uint32_t cchci_legacy_convert(const void *nfc, enum cchci_legacy legacy, uint32_t *codes, uint32_t *src,
                              uint32_t count, uint32_t *converted);

/* As source.encoding has it. */
const char *cchci_legacy_name(enum cchci_legacy legacy, bool raw);

#endif
