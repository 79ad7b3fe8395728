/* SPDX-License-Identifier: MIT */
#include "fields.h"

void cchci_field_incoming(struct cchci_parse *parse)
{
    (void)parse;
}
