/* SPDX-License-Identifier: MIT */
/* Kính gửi (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.9a): on one line, in bullets, or parted by ';'. */
#include "items.h"
#include "segments.h"

void cchci_field_addressees(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    const struct cchci_flow *flow = &layout->addressees.flow;
    if (flow->length == 0)
        return;
    struct cchci_vector items = {NULL, 0, 0};
    cchci_items_cut(parse, &layout->addressees, true, &items);
    for (uint32_t i = 0; i < items.count; i++) {
        struct cchci_item item = CCHCI_AT(&items, struct cchci_item, i);
        if (cchci_list_full(parse, &parse->record->addressees,
                            "There are more addressees than the limit."))
            break;
        cchc_text *text = CCHCI_PUSH(&parse->record->addressees, parse->arena, cchc_text);
        *text = cchci_flow_text(flow, item.begin, item.end, CCHCI_WORDS);
    }
    uint32_t group = cchci_new_group(parse);
    const struct cchci_flow *label = &layout->addressees_label.flow;
    cchci_claim_flow(parse, CCHCI_SEGMENT_ADDRESSEES, group, label, 0, label->length);
    cchci_claim_flow(parse, CCHCI_SEGMENT_ADDRESSEES, group, flow, 0, flow->length);
}
