/* SPDX-License-Identifier: MIT */
#include "fields.h"

void cchci_field_agency(struct cchci_parse *parse)
{
    (void)parse;
}
