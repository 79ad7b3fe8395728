/* SPDX-License-Identifier: MIT */
/* The formats that records are written in. A new one is a row of the table in format.c. */
#ifndef CLI_FORMAT_H
#define CLI_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include <cchcparse/cchcparse.h>

#include "options.h"
#include "output.h"

/* Where a format writes, and what it must know of the run. */
struct report {
    struct output *output;
    enum language language;
    bool bold;      /* a terminal that shows letters in bold */
    size_t written; /* records before this one */
};

/* Each function returns false where the output could not be written. */
struct format {
    const char *name;
    bool (*begin)(struct report *report);
    bool (*record)(struct report *report, const cchc_document *document, const char *name);
    bool (*end)(struct report *report);
};

/* NULL for a name that no format has. */
const struct format *format_by_name(const char *name);

/* The summary for people (text.c). */
bool text_record(struct report *report, const cchc_document *document, const char *name);

#endif
