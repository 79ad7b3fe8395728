/* SPDX-License-Identifier: MIT */
/* The parser as the library holds it: its limits, and what is compiled once for all letters. */
#ifndef CCHCI_PARSER_H
#define CCHCI_PARSER_H

#include "base/limits.h"
#include "layout/parse.h"
#include "match/pattern.h"
#include "text/text.h"

/* Immutable once made. */
struct cchc_parser {
    cchc_allocator allocator;
    struct cchci_limits limits;
    struct cchci_classes classes;
    struct cchci_patterns patterns;
};

/* What the stages hand on, at the beginning of the way of a text, which has been decoded into the
 * record's arena. */
struct cchci_parse cchci_parse_begin(const cchc_parser *parser, cchc_document *record,
                                     const struct cchci_text *text);

#endif
