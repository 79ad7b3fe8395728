/* SPDX-License-Identifier: MIT */
/* Which characters belong to which part of the record. Fields claim them while they run; the last
 * one makes segments of the claims and of what nobody claimed, so that every byte is in one. */
#ifndef CCHCI_SEGMENTS_H
#define CCHCI_SEGMENTS_H

#include "fields.h"

/* Says that [begin, end) (characters) is of one kind; group from cchci_new_group() joins stretches
 * of one segment. Where two overlap, the one that begins first in the text has the place, and the
 * other what lies behind it: nothing, if it lies inside. */
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
