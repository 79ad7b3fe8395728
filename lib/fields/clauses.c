/* SPDX-License-Identifier: MIT */
#include "fields.h"

void cchci_field_clauses(struct cchci_parse *parse)
{
    (void)parse;
}
