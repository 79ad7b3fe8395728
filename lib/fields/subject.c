/* SPDX-License-Identifier: MIT */
/* Trích yếu (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.5): behind V/v, or under the name of the type. */
#include "layout/heading.h"
#include "segments.h"
#include "text/eight.h"

/* Whether a word is V/v without its stroke, or with what a scanner made of that: "Vv", "VW", "Viv". No
 * syllable has a second v. */
static bool is_damaged_label(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t end = at;
    while (cchci_is_letter(flow->key[end]) && end - at < 4)
        end++;
    unsigned char last = end > at ? cchci_lower(flow->key[end - 1]) : 0;
    return flow->key[at] == 'V' && flow->key[end] == ' ' && (end - at == 2 || end - at == 3) &&
           (last == 'v' || last == 'w') && !cchci_flow_marked(flow, at, end);
}

/* The place after "V/v", "V/v:", "Về việc"; at where none stands. */
static uint32_t skip_label(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t i = at;
    while (i < flow->length && !cchci_is_word(flow->key[i]) && flow->key[i] != '(' &&
           flow->key[i] != '"')
        i++;
    uint32_t start = i, after;
    if (cchci_heading_subject_label(flow, i, flow->length, &after))
        return after;
    uint32_t n = cchci_flow_words(flow, i, "ve viec");
    if (n == 0 && !is_damaged_label(flow, i))
        return start;
    i = n > 0 ? i + n : cchci_next_key(flow->key, i, flow->length, ' ');
    while (i < flow->length && (flow->key[i] == ' ' || flow->key[i] == ':' || flow->key[i] == '.'))
        i++;
    return i;
}

void cchci_field_subject(struct cchci_parse *parse)
{
    const struct cchci_flow *flow = &parse->layout->subject.flow;
    if (flow->length == 0)
        return;
    uint32_t begin = skip_label(flow, 0), end = flow->length;
    uint32_t again = skip_label(flow, begin); /* "V/v: Về việc" */
    if (cchci_is_word(flow->key[begin]))
        begin = again;
    cchci_flow_trim(flow, &begin, &end);
    /* "… hàng hóa —": a stroke alone behind the words. */
    if (end > begin + 2 && flow->key[end - 1] == '-' && flow->key[end - 2] == ' ') {
        end -= 2;
        cchci_flow_trim(flow, &begin, &end);
    }
    uint32_t group = cchci_new_group(parse);
    const struct cchci_flow *label = &parse->layout->subject_label.flow;
    cchci_claim_flow(parse, CCHCI_SEGMENT_SUBJECT, group, label, 0, label->length);
    cchci_claim_flow(parse, CCHCI_SEGMENT_SUBJECT, group, flow, 0, flow->length);
    if (cchci_word_characters(flow, begin, end) > 0) /* else dots: a place left open */
        parse->record->texts[CCHC_SUBJECT] = cchci_flow_text(flow, begin, end, CCHCI_WORDS);
}
