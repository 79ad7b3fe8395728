/* SPDX-License-Identifier: MIT */
/* What the batch came to: counts by status and by diagnostic, failures, letters that have the same
 * number, notation, agency and year. Told as a summary, and as JSON with --report. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cchcparse/cchcparse.h>

#include "bytes.h"
#include "notes.h"
#include "slot.h"

/* What is kept of a batch whatever its size. */
enum {
    IDENTITIES_MAX = 1 << 20, /* letters that are compared: 24 to 48 bytes each, 48 MiB at most */
    IDENTITY_NAMES_MAX = 64 << 20, /* bytes of their names */
    LISTED_MAX = 1000,             /* failures, and pairs of same letters, that are listed */
    SUMMARY_LISTED_MAX = 20        /* pairs in the summary, which is for a screen */
};

/* A letter: its name in report.names, and which part of that input it is; 0: the only one. */
struct letter_place {
    uint32_t name, part;
};

/* A letter with the identity of one before it. */
struct same_letters {
    struct letter_place letter, first;
};

struct failure {
    char *name, *reason;
    const char *code; /* NULL: no letter */
};

struct report {
    size_t read, failed, kept; /* inputs */
    size_t lost;               /* folders, lists and archives */
    size_t letters;            /* records */
    size_t kinds;
    uint64_t *diagnostics; /* a count a kind */

    struct failure *failures;
    size_t failure_count; /* of those listed */

    struct known_letter *identities; /* a hash table */
    size_t identity_count, identity_capacity;
    bool identities_full; /* later letters were not compared */
    struct bytes names;
    struct same_letters *same;
    size_t same_count; /* all; LISTED_MAX of them are listed */

    const struct notes *notes; /* what formats said of the letters; NULL: nothing */
};

/* How the batch ended. */
struct ending {
    const char *status; /* "complete", "interrupted", "failed" */
    double seconds;
    int exit_status;
};

/* False: no memory. report_free() in either case. */
bool report_init(struct report *report);
bool report_take(struct report *report, const struct slot *slot);

/* The summary, as lines of standard error. */
void report_tell(const struct report *report, const struct ending *ending);

/* The same as one JSON object. */
bool report_write(const struct report *report, const struct ending *ending, struct bytes *out);

/* Why the report may not have the name @p path, in words; NULL where it may. An older report makes
 * way, as does an empty file; anything else only with @p force. */
const char *report_refusal(const char *path, bool force);

void report_free(struct report *report);

/* How many kinds of diagnostics there are, and the row of one in the library's table. */
size_t report_kinds(void);
size_t report_kind_of(const char *code);

/* "CODE=COUNT,CODE=COUNT" with a closing NUL, and back; NULL counts are none. */
bool report_list_kinds(const uint32_t *counts, struct bytes *out);
void report_read_kinds(const char *list, uint32_t *counts);

/*
 * What a letter is known by: a hash of number, notation, year, agency and the agency above it, since
 * an agency numbers its documents of a kind from 01 on in each year (Điều 15 of the decree).
 */
struct identity {
    struct hash hash;
    uint32_t part; /* which letter of its input; 0: the only one */
};

/* False: one of them is not there, but for the agency above. @p words is room to work in. */
bool identity_of(const cchc_parser *parser, const cchc_document *document, struct bytes *words,
                 struct identity *identity);

/* Several as "PART:HASH,PART:HASH" with a closing NUL, and back; what is no such list is none. */
bool report_list_identities(const struct bytes *identities, struct bytes *out);
void report_read_identities(const char *list, struct bytes *identities);

#endif
