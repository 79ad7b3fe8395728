/* SPDX-License-Identifier: MIT */
/* Phụ lục (Nghị định 30/2020/NĐ-CP, Phụ lục I, III.1): the titles of what follows the closing. */
#include "layout/grid.h"
#include "segments.h"

/* A line that opens an annex: "PHỤ LỤC", "Phụ lục I". */
static bool opens(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    begin = cchci_flow_next_word(flow, begin, end);
    uint32_t n = cchci_flow_words(flow, begin, "phu luc");
    if (n == 0 || !cchci_is_upper(flow->key[begin]))
        return false;
    return end - begin < 40 || cchci_capitals(flow, begin, end) > 80;
}

void cchci_field_annexes(struct cchci_parse *parse)
{
    const struct cchci_part *part = &parse->layout->annexes;
    const struct cchci_flow *flow = &part->flow;
    uint32_t group = 0;
    bool full = false;
    for (uint32_t l = 0; l < flow->line_count; l++) {
        uint32_t at = flow->lines[l].at, end = cchci_flow_line_end(flow, l);
        if (group == 0)
            group = cchci_new_group(parse);
        if (opens(flow, at, end)) {
            group = cchci_new_group(parse);
            uint32_t stop = end, next = l + 1, title = at;
            /* The title stands in capitals under "Phụ lục I"; "(Kèm theo …)" is no part of it. */
            while (next < flow->line_count && next < l + 6) {
                uint32_t from = flow->lines[next].at;
                uint32_t to = cchci_flow_line_end(flow, next);
                if (flow->key[from] == '(' || cchci_capitals(flow, from, to) < 75 ||
                    opens(flow, from, to))
                    break;
                if (next == l + 1)
                    title = from; /* the label is not the title, unless it is all there is */
                stop = to;
                next++;
            }
            uint32_t begin = title;
            cchci_flow_trim(flow, &begin, &stop);
            full = full || cchci_list_full(parse, &parse->record->annexes,
                                           "There are more annexes than the limit.");
            if (!full)
                *CCHCI_PUSH(&parse->record->annexes, parse->arena, cchc_text) =
                    cchci_flow_text(flow, begin, stop, CCHCI_WORDS);
        }
        cchci_claim_flow(parse, CCHCI_SEGMENT_ANNEX, group, flow, at, end);
    }
}
