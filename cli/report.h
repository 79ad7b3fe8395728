/* SPDX-License-Identifier: MIT */
/* What the batch came to: counts by status and by diagnostic, failures, letters that look like one
 * another. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cchcparse/cchcparse.h>

#include "bytes.h"

/* How many kinds of diagnostics there are, and the row of one in the library's table. */
size_t report_kinds(void);
size_t report_kind_of(const char *code);

/* "CODE=COUNT,CODE=COUNT" with a closing NUL, and back; NULL counts are none. */
bool report_list_kinds(const uint32_t *counts, struct bytes *out);
void report_read_kinds(const char *list, uint32_t *counts);

/*
 * A hash of number, notation, agency and year, by which two letters are the same document: the
 * decree numbers the documents of an agency and kind from 01 in each year (Điều 15). 0: one of them
 * is not there. @p words is room to work in.
 */
uint64_t identity_of(const cchc_parser *parser, const cchc_document *document, struct bytes *words);

#endif
