/* SPDX-License-Identifier: MIT */
/* --input ndjson: a letter a line, {"name": …, "text": …}. */
#ifndef CLI_NDJSON_H
#define CLI_NDJSON_H

#include <stdbool.h>
#include <stddef.h>

#include "lines.h"
#include "slot.h"

struct ndjson_target {
    bool (*take)(const struct item *item, void *context);    /* false ends */
    bool (*await)(const struct lines *lines, void *context); /* before each line; false ends */
    size_t max_bytes;                                        /* of a text */
    void *context;
};

/* Can this build read it? */
bool ndjson_known(void);

/*
 * Hands on the letters of a file, or of standard input for "-". A line without a name that can be
 * read is called PATH:LINE. False: the target ended it, or a signal.
 */
bool ndjson_read_letters(const char *path, const struct ndjson_target *target);

#endif
