/* SPDX-License-Identifier: MIT */
#include "fields.h"

void cchci_field_e_signatures(struct cchci_parse *parse)
{
    (void)parse;
}
