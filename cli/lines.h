/* SPDX-License-Identifier: MIT */
/* The lines of a file or a pipe, one at a time. */
#ifndef CLI_LINES_H
#define CLI_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"

/* Start from {0} with the first four set; free the buffer with bytes_free(). */
struct lines {
    int descriptor;
    char delimiter;
    size_t limit; /* of a line, in bytes */
    bool own;     /* a file of our own: nobody writes more, and no signal breaks it off */
    struct bytes buffer;
    size_t begin;         /* of what is not handed out yet, in the buffer */
    size_t scanned;       /* how far no delimiter stands */
    uint64_t offset;      /* of begin, in the file */
    uint64_t line_offset; /* where the line at hand begins in the file */
    size_t number;        /* of the line at hand, from 1 */
    bool at_end, unended; /* the last line has no delimiter */
    int error;
};

enum lines_result {
    LINES_LINE,
    LINES_TOO_LONG, /* it was passed over */
    LINES_END,
    LINES_BROKEN,     /* error tells why */
    LINES_INTERRUPTED /* a signal came (signals.h) */
};

/* @p line is valid until the next call; a NUL stands in place of the delimiter. */
enum lines_result lines_next(struct lines *lines, char **line, size_t *length);

/* Would the next call wait for somebody to write? */
bool lines_would_wait(const struct lines *lines);

#endif
