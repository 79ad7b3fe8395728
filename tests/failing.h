/* SPDX-License-Identifier: MIT */
/* Requests for memory that fail when they are told to: those of the library (the linker wraps malloc,
 * calloc and realloc), of PCRE2 (through the parser's allocator, which is malloc), and of ICU, libxml2
 * and SQLite (through their hooks). The libraries need no other. */
#ifndef CCHCT_FAILING_H
#define CCHCT_FAILING_H

#include <stdbool.h>
#include <stddef.h>

/* Takes over the hooks. To be called before any of the libraries is used; false: one refused. */
bool failing_set_up(void);

/* ICU anew, as it is in a process that has not used it. ICU keeps for ever that its data could not be
 * loaded, so nothing but this makes it usable again. */
void failing_reset_icu(void);

/* From here on request number `at` fails, from 1, and with `after` every one behind it; at 0: none.
 * icu: its requests count, too. */
void failing_begin(size_t at, bool after, bool icu);

/* Ends it. Returns whether a request did fail. */
bool failing_end(void);

/* Requests since the last begin. */
size_t failing_requests(void);

#endif
