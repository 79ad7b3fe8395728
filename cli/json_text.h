/* SPDX-License-Identifier: MIT */
/* Strings that the program itself writes as JSON: findings, the report. The records are the
 * library's. */
#ifndef CLI_JSON_TEXT_H
#define CLI_JSON_TEXT_H

#include <stdbool.h>

#include "bytes.h"

/* A string of JSON; what is ill-formed is U+FFFD, byte by byte. False: no memory, here and
 * below. */
bool json_add_string(struct bytes *out, const char *string);

/* The same, or null for NULL. */
bool json_add_text(struct bytes *out, const char *string);

/* The same behind @p head, such as ",\"name\":". */
bool json_add_member(struct bytes *out, const char *head, const char *string);

#endif
