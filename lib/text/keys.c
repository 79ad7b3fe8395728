/* SPDX-License-Identifier: MIT */
#include "text.h"

#define X 0 /* none */
#define D CCHCI_IS_DIGIT
#define U CCHCI_IS_UPPER
#define L CCHCI_IS_LOWER
#define O CCHCI_IS_OTHER_LETTER
#define B CCHCI_IS_BLANK
#define N CCHCI_IS_LINE_END
#define M CCHCI_IS_MARKUP

/* clang-format off */
const unsigned char cchci_key_kinds[256] = {
    X, M, X, X, X, X, X, X, X, B, N, X, X, X, X, X, /* 0x00 */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0x10 */
    B, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0x20 */
    D, D, D, D, D, D, D, D, D, D, X, X, X, X, X, X, /* 0x30 */
    X, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* 0x40 */
    U, U, U, U, U, U, U, U, U, U, U, X, X, X, X, X, /* 0x50 */
    X, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* 0x60 */
    L, L, L, L, L, L, L, L, L, L, L, X, X, X, X, X, /* 0x70 */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0x80 */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0x90 */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0xA0 */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0xB0 */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0xC0 */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0xD0 */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0xE0 */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, O, X, /* 0xF0 */
};
/* clang-format on */
