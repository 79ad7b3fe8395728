/* SPDX-License-Identifier: MIT */
#include "layout.h"
#include "fields/fields.h"
void cchci_layout_markup(struct cchci_parse *parse) { (void)parse; }
