/* SPDX-License-Identifier: MIT */
/* The rule by which spec examples and gold files are judged: what is expected is a part of the
 * record. Objects are compared on the expected keys, arrays have the same length and are compared
 * item by item, everything else is equal. */
#ifndef CCHCT_SUBSET_H
#define CCHCT_SUBSET_H

#include <stdio.h>

#include <jansson.h>

#include "support.h"

/* Writes one line a difference, each after prefix. Returns how many there are. */
size_t subset_differences(const json_t *expected, const json_t *got, const char *prefix, FILE *out);

/* The record of a letter as JSON; NULL with a message in *error where the library fails or writes
 * no JSON. parser is shared, *document used again. */
json_t *record_of(const cchc_parser *parser, const void *bytes, size_t length, const char *name,
                  cchc_document **document, const char **error);

/* The record of a document as JSON, likewise. */
json_t *json_of(const cchc_document *document, const char *name, const char **error);

#endif
