/* SPDX-License-Identifier: MIT */
/* Địa danh và thời gian ban hành (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4). */
#include "layout/heading.h"
#include "match/date.h"
#include "segments.h"

/* The whole date; else what its damaged words leave; else what is there of one, its year first. */
static bool read_date(const struct cchci_flow *flow, struct cchci_date *date)
{
    struct cchci_date part;
    unsigned cost;
    bool any = false;
    for (uint32_t at = 0; at < flow->length; at++) {
        if (cchci_lower(flow->key[at]) != 'n' || !cchci_date_read(flow, at, date))
            continue;
        if (cchci_lower(cchci_flow_key(flow, at + 1, flow->length)) == 'g' && date->year > 0)
            return true;
        if (!any || (part.year <= 0 && date->year > 0))
            part = *date;
        any = true;
    }
    if (cchci_date_read_damaged(flow, 0, flow->length, date, &cost))
        return true;
    if ((!any || part.year <= 0) && cchci_heading_read_year(flow, 0, flow->length, date)) {
        if (any && part.day > 0 && part.month > 0) { /* "ngày 05 tháng 9 2023" */
            date->day = part.day;
            date->month = part.month;
        }
        return true;
    }
    if (any)
        *date = part;
    return any;
}

void cchci_field_promulgation(struct cchci_parse *parse)
{
    const struct cchci_flow *flow = &parse->layout->date.flow;
    struct cchci_date date;
    if (!read_date(flow, &date))
        return;
    cchc_promulgation *promulgation = &parse->record->promulgation;
    uint32_t begin = 0, end = date.begin;
    cchci_bare(flow, &begin, &end);
    promulgation->place = cchci_flow_text(flow, begin, end, CCHCI_WORDS);
    bool unreadable = date.day < 0 || date.month < 0 || date.year < 0;
    if (cchci_date_reduce(&date))
        cchci_diagnose(parse, CCHCI_DATE_IMPOSSIBLE, NULL, flow, date.begin, date.end);
    promulgation->iso = cchci_date_iso(&date, parse->arena);
    promulgation->date = cchci_flow_text(flow, date.begin, date.end, CCHCI_WORDS);
    bool partial = (date.day == 0 || date.month == 0 || date.year == 0) && date.begin < date.end;
    if (unreadable || partial)
        cchci_diagnose(parse, unreadable ? CCHCI_DATE_UNREADABLE : CCHCI_DATE_PARTIAL, NULL, flow,
                       date.begin, date.end);
    parse->record->told_date = unreadable || partial;
    if (promulgation->iso == NULL && promulgation->place.data == NULL) {
        promulgation->date = (cchc_text){NULL, 0, NULL, 0};
        return; /* a form's empty line */
    }
    if (promulgation->iso == NULL)
        promulgation->date = (cchc_text){NULL, 0, NULL, 0};
    parse->record->has_promulgation = true;
    cchci_claim_flow(parse, CCHCI_SEGMENT_PROMULGATION, cchci_new_group(parse), flow, 0,
                     flow->length);
}
