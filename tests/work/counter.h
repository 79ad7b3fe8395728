/* SPDX-License-Identifier: MIT */
/* What the library does, counted.
 *
 * The library is compiled once more for this, so that each basic block of it reports itself (gcc's and clang's
 * -fsanitize-coverage=trace-pc): no loop escapes the count, the released library has nothing of it, and the same
 * letters give the same figures on every machine. What blocks do not show is counted where the library calls
 * it (the linker's --wrap): the bytes that libc's memory and string functions pass over, and PCRE2, whose
 * patterns are compiled to report each step (PCRE2_AUTO_CALLOUT) of a search that skips nothing
 * (PCRE2_NO_START_OPTIMIZE); a pattern that is too large to report counts the bytes that it is handed. ICU is asked about one character or a bounded run at a time, so that its callers
 * show it. */
#ifndef CCHCT_COUNTER_H
#define CCHCT_COUNTER_H

#include <stdint.h>

struct work {
    uint64_t blocks;        /* basic blocks of the library that were run */
    uint64_t passed;        /* bytes that memchr(), memcpy() and their kin passed over */
    uint64_t patterns;      /* calls of pcre2_match() */
    uint64_t pattern_steps; /* items of patterns that these tried */
};

/* What was done since the program began. One thread may count. */
struct work work_done(void);

/* All of it as one number, where sixteen bytes passed over are as much as one block: vector instructions take so
 * many at once. */
uint64_t work_sum(const struct work *work);

#endif
