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
#include "slot.h"

/* What is kept of a batch whatever its size. */
enum {
    IDENTITIES_MAX = 1 << 20,      /* letters that are compared: 16 MiB of hashes */
    IDENTITY_NAMES_MAX = 64 << 20, /* bytes of their names */
    LISTED_MAX = 1000,             /* failures, and pairs of same letters, that are listed */
    SUMMARY_LISTED_MAX = 20        /* pairs in the summary, which is for a screen */
};

/* A letter with the identity of one before it; places in report.names. */
struct same_letters {
    size_t name, first;
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

    struct identity *identities; /* a hash table */
    size_t identity_count, identity_capacity;
    bool identities_full; /* later letters were not compared */
    struct bytes names;
    struct same_letters *same;
    size_t same_count; /* all; LISTED_MAX of them are listed */
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

void report_free(struct report *report);

/* How many kinds of diagnostics there are, and the row of one in the library's table. */
size_t report_kinds(void);
size_t report_kind_of(const char *code);

/* "CODE=COUNT,CODE=COUNT" with a closing NUL, and back; NULL counts are none. */
bool report_list_kinds(const uint32_t *counts, struct bytes *out);
void report_read_kinds(const char *list, uint32_t *counts);

/*
 * A hash of number, notation, agency and year, by which two letters are the same document: an
 * agency numbers its documents of a kind from 01 on in each year (Điều 15 of the decree). 0: one
 * of them is not there. @p words is room to work in.
 */
uint64_t identity_of(const cchc_parser *parser, const cchc_document *document, struct bytes *words);

#endif
