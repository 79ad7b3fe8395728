/* SPDX-License-Identifier: MIT */
/* The zones of a letter (zones.c): heading and closing, which give their pieces to the layout's parts,
 * and the words by which closing and annexes are known. */
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

/* "(Kèm theo Quyết định số …)", "(Ban hành kèm theo …)": the line under the title of an annex. */
bool cchci_tells_annexed(const struct cchci_flow *flow, uint32_t begin, uint32_t end);

/* Whether a line may be one of an annex's title: in capitals, and nothing of a heading or a form;
 * and whether it may be one where a signature may stand as well. */
bool cchci_is_annex_title(const struct cchci_flow *flow, uint32_t begin, uint32_t end);
bool cchci_may_title_annex(const struct cchci_flow *flow, uint32_t begin, uint32_t end);

#endif
