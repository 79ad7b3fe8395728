/* SPDX-License-Identifier: MIT */
/* The formats that records are written in. A new one is a row of the table in format.c. */
#ifndef CLI_FORMAT_H
#define CLI_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include <cchcparse/cchcparse.h>
#include <cchcparse/write.h>

#include "bytes.h"
#include "options.h"

/* What a format must know of the run; the same for all its letters. */
struct writing; /* writing.h */

struct lint; /* lint.h */

struct style {
    cchc_language language;
    const struct lint *lint; /* of the formats of lint */
    struct writing *writing; /* of the second library's formats */
    bool bold;               /* a terminal that shows letters in bold */
};

/* A letter as a format gets it. */
struct letter {
    const cchc_document *document;
    const char *name;
    size_t name_length;
    const void *bytes; /* the input that the spans point into; NULL: it could not be read */
    size_t length;
    size_t line;         /* of the input, from 0, that the letter begins on */
    int *severity;       /* of the gravest finding, where the format makes findings */
    struct bytes *notes; /* gets what the format has to say about it: code, NUL, words, NUL */
};

/* A text of letters is begin, then for each letter its piece, with between() from the second one on
 * before it, then end. The piece of a letter is a pure function of the letter and the style, so
 * that pieces can be made by several threads and be kept from one run to the next. Each function
 * adds to @p out and returns false where there is no memory. */
struct format {
    const char *name;
    const char *extension; /* of a file that holds one letter */
    const char *alone;     /* the format for such a file */
    cchc_format_kind kind; /* a catalogue has empty pieces, and one thread adds */
    bool (*begin)(const struct style *style, struct bytes *out);
    bool (*letter)(const struct style *style, const struct letter *letter, struct bytes *out);
    bool (*between)(const struct style *style, struct bytes *out);
    bool (*end)(const struct style *style, bool any, struct bytes *out);
};

/* What a format has that writes nothing there. */
bool format_nothing(const struct style *style, struct bytes *out);
bool format_nothing_at_end(const struct style *style, bool any, struct bytes *out);

extern const char format_names[]; /* of all, for messages */

/* NULL for a name that no format has. */
const struct format *format_by_name(const char *name);

/* The summary for people (text.c). */
bool text_record(const struct style *style, const struct letter *letter, struct bytes *out);

#endif
