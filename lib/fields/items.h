/* SPDX-License-Identifier: MIT */
/* Lists of names: addressees and recipients. */
#ifndef CCHCI_ITEMS_H
#define CCHCI_ITEMS_H

#include "fields.h"

struct cchci_item {
    uint32_t begin, end; /* places in the flow, without bullet and closing punctuation */
};

/* Cuts a flow into items: at bullets that start a line (or follow a ';'), at lines that do not go on
 * with the one before, and, where semicolons is set, at ';' outside brackets. The items are structs
 * cchci_item. */
void cchci_items_cut(const struct cchci_parse *parse, const struct cchci_part *part, bool semicolons,
                     struct cchci_vector *items);

#endif
