/* SPDX-License-Identifier: MIT */
#include "fields.h"

void cchci_field_code(struct cchci_parse *parse)
{
    (void)parse;
}
