/* SPDX-License-Identifier: MIT */
/* The ĐẾN stamp of the office that received the letter (Nghị định 30/2020/NĐ-CP, Phụ lục IV): its
 * number and date are not the letter's. */
#include "match/date.h"
#include "segments.h"

void cchci_field_incoming(struct cchci_parse *parse)
{
    const struct cchci_layout *layout = parse->layout;
    if (!layout->has_stamp)
        return;
    struct cchci_vector pieces = {NULL, 0, 0};
    for (uint32_t i = 0; i < layout->lines.count; i++) {
        const struct cchci_line *line = cchci_line_at(layout, i);
        if (line->kind == CCHCI_LINE_STAMP)
            *CCHCI_PUSH(&pieces, parse->arena, struct cchci_piece) =
                (struct cchci_piece){line->begin, line->end, i, 0};
    }
    if (pieces.count == 0)
        return;
    struct cchci_flow *flow = CCHCI_NEW(parse->arena, struct cchci_flow, 1);
    cchci_flow_build(flow, parse->text, parse->arena, pieces.data, pieces.count);
    cchc_incoming *incoming = &parse->record->incoming;
    for (uint32_t l = 0; l < flow->line_count; l++) {
        uint32_t at = flow->lines[l].at, end = cchci_flow_line_end(flow, l);
        uint32_t after = at;
        while (after < end && flow->key[after] != ':' && flow->key[after] != '.')
            after++;
        for (after++; after < end && flow->key[after] == ' ';)
            after++;
        if (cchci_flow_words(flow, at, "so") > 0 && incoming->number == NULL &&
            cchci_flow_words(flow, at, "so va") == 0) {
            uint32_t stop = after;
            while (stop < end && cchci_is_digit(flow->key[stop]))
                stop++;
            incoming->number = cchci_flow_string(flow, after, stop, CCHCI_CODE);
        } else if (cchci_flow_words(flow, at, "ngay") > 0 && incoming->date == NULL) {
            struct cchci_date date;
            if (!cchci_date_read(flow, after, &date) && !cchci_date_read(flow, at, &date))
                continue;
            if (cchci_date_reduce(&date))
                cchci_diagnose(parse, CCHCI_DATE_IMPOSSIBLE, NULL, flow, date.begin, date.end);
            incoming->date = cchci_date_iso(&date, parse->arena);
        }
    }
    incoming->spans = cchci_flow_spans(flow, 0, flow->length, &incoming->span_count);
    parse->record->has_incoming = true;
    cchci_claim_flow(parse, CCHCI_SEGMENT_STAMP, cchci_new_group(parse), flow, 0, flow->length);
}
