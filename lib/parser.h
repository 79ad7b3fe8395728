/* SPDX-License-Identifier: MIT */
#ifndef CCHCI_PARSER_H
#define CCHCI_PARSER_H

#include "base/limits.h"
#include "match/pattern.h"
#include "text/text.h"

/* Immutable once made. */
struct cchc_parser {
    cchc_allocator allocator;
    struct cchci_limits limits;
    struct cchci_classes classes;
    struct cchci_patterns patterns;
};

#endif
