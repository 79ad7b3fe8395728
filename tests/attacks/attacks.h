/* SPDX-License-Identifier: MIT */
/* The table of attacks.def, and texts made by it. */
#ifndef CCHCT_ATTACKS_H
#define CCHCT_ATTACKS_H

#include <stddef.h>

struct attack_part {
    const char *bytes;
    size_t length; /* a part may hold NUL */
};

struct attack {
    const char *name;
    struct attack_part opening, unit, closing;
};

extern const struct attack attacks[];
extern const size_t attack_count;

/* Writes the attack into at most `room` bytes, as many whole units as fit; returns how many bytes it has. 0: not
 * even its opening and its closing fit. */
size_t attack_fill(const struct attack *attack, unsigned char *bytes, size_t room);

#endif
