/* SPDX-License-Identifier: MIT */
#ifndef CCHCI_SEGMENTS_H
#define CCHCI_SEGMENTS_H

#include "fields.h"

/* Says that [begin, end) (characters) is of one kind; group from cchci_new_group() joins stretches
 * of one segment. Later claims win over earlier ones where they overlap. */
void cchci_claim(struct cchci_parse *parse, enum cchci_segment_kind kind, uint32_t group,
                 uint32_t begin, uint32_t end);
/* The same for a stretch of a flow. */
void cchci_claim_flow(struct cchci_parse *parse, enum cchci_segment_kind kind, uint32_t group,
                      const struct cchci_flow *flow, uint32_t begin, uint32_t end);
/* The same for stretches of one flow in their order: `run` is 0 for the first, and for the next what this
 * one returns. */
uint32_t cchci_claim_runs(struct cchci_parse *parse, enum cchci_segment_kind kind, uint32_t group,
                          const struct cchci_flow *flow, uint32_t run, uint32_t begin,
                          uint32_t end);
uint32_t cchci_new_group(struct cchci_parse *parse);

cchci_field_function cchci_field_source, cchci_field_segments;

#endif
