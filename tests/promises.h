/* SPDX-License-Identifier: MIT */
/* What the public header promises of every document, asked of the public API alone, with ICU as the
 * independent judge of Unicode:
 *
 *   - the segments tile the range of the source, in order of their first bytes, without a gap or an
 *     overlap, and have known kinds;
 *   - every span lies in that range and is not empty;
 *   - every text is UTF-8 in form C with a closing NUL, and is what its spans hold: the pieces
 *     decoded, references resolved, white space collapsed, joined by a blank where only white space
 *     lies between; in codes without blanks and with plain dashes (not asked where a source has
 *     several encodings, nor of what is no letter of an old one);
 *   - clauses are a tree; deadlines point into it; codes of diagnostics are in the table;
 *   - one parse asks its allocator for so many bytes an input byte at most, and 1 MiB;
 *   - findings of form lie in that range, in order, each of a rule of the table and with words that are
 *     UTF-8, are given 16 times at most, and are the same a second time, in used findings;
 *   - the record is the same a second time, in a used document, and its JSON is valid UTF-8 and
 *     JSON.
 *
 * The test `contract` asks it of files, the fuzz targets of whatever a fuzzer thinks of. */
#ifndef CCHCT_PROMISES_H
#define CCHCT_PROMISES_H

#include <unicode/unorm2.h>

#include <cchcparse/lint.h>

#include "support.h"

/* Whether the same bytes were written twice. */
bool written_same(const struct written *a, const struct written *b);

struct promises {
    cchc_parser *parser;
    cchc_document *used; /* one for all, so that reuse is seen */
    cchc_findings *used_findings;
    struct heap heap;
    const UNormalizer2 *nfc;
    struct written first, second;        /* JSON of the document at hand, and of the same again */
    struct written judged, judged_again; /* its findings, likewise */
    size_t documents, broken;            /* so far */
    size_t bound;       /* bytes that may be asked for beyond 1 MiB, an input byte */
    double most_memory; /* that were */
};

bool promises_open(struct promises *promises, size_t bound);

/* False where blocks were not given back; that is said. */
bool promises_close(struct promises *promises);

/* Parses a letter, or one of several in a file, and counts it as broken where a promise is; a line
 * tells each of the first five of them. */
void promises_check(struct promises *promises, const char *name, const unsigned char *bytes,
                    size_t length);
void promises_check_part(struct promises *promises, const char *name, const unsigned char *bytes,
                         size_t length, const cchc_part *part);

/* The same of a record that somebody else made. */
void promises_check_record(struct promises *promises, const char *name, const unsigned char *bytes,
                           size_t length, const cchc_document *document);

#endif
