/* SPDX-License-Identifier: MIT */
#ifndef CCHCI_ZONES_H
#define CCHCI_ZONES_H

#include "layout.h"

/* Finds the heading among the first max_heading_lines lines and gives its pieces to the layout's
 * parts. Sets layout->body_first. */
void cchci_layout_heading(struct cchci_parse *parse);

/* Finds recipients and signature after layout->body_first, gives their pieces, and sets
 * layout->body_end. */
void cchci_layout_closing(struct cchci_parse *parse);

/* Whether a signature begins with these words: an authority (KT.) or a title in capitals. */
bool cchci_starts_signature(const struct cchci_flow *flow, uint32_t begin, uint32_t end);

#endif
