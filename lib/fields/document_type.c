/* SPDX-License-Identifier: MIT */
#include "fields.h"

void cchci_field_document_type(struct cchci_parse *parse)
{
    (void)parse;
}
