/* SPDX-License-Identifier: MIT */
/* Độ khẩn, độ mật, phạm vi lưu hành: stamps of the heading (Phụ lục I, III.2–3). */
#include "segments.h"

static void mark(struct cchci_parse *parse, const struct cchci_part *part, cchc_field field,
                 enum cchci_segment_kind kind)
{
    const struct cchci_flow *flow = &part->flow;
    uint32_t begin = 0, end = flow->length;
    cchci_bare(flow, &begin, &end);
    if (begin == end)
        return;
    parse->record->texts[field] = cchci_flow_text(flow, begin, end, CCHCI_WORDS);
    cchci_claim_flow(parse, kind, cchci_new_group(parse), flow, 0, flow->length);
}

void cchci_field_marks(struct cchci_parse *parse)
{
    mark(parse, &parse->layout->priority, CCHC_PRIORITY, CCHCI_SEGMENT_PRIORITY);
    mark(parse, &parse->layout->secrecy, CCHC_SECRECY, CCHCI_SEGMENT_SECRECY);
    mark(parse, &parse->layout->circulation, CCHC_CIRCULATION, CCHCI_SEGMENT_PAGE_FURNITURE);
}
