/* SPDX-License-Identifier: MIT */
/* Số, ký hiệu (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3). Only the heading's own line counts: a
 * number that the text cites is never taken for it. */
#include "layout/heading.h"
#include "segments.h"
#include "text/take.h"

/* Digits with at most two letters behind them; OCR's blanks between digits are dropped. */
static bool readable(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t digits = 0, letters = 0;
    for (uint32_t i = begin; i < end; i++) {
        unsigned char key = flow->key[i];
        if (key == ' ')
            continue;
        if (cchci_is_digit(key) && letters == 0)
            digits++;
        else if (key == '.' && digits > 0 &&
                 cchci_is_digit(cchci_flow_key(flow, cchci_skip_blank(flow, i + 1), end)))
            continue;
        else if (cchci_is_letter(key) && key != CCHCI_KEY_LETTER && digits > 0 &&
                 flow->text->mark[cchci_flow_character(flow, i)] == 0)
            letters++;
        else
            return false;
    }
    return digits > 0 && letters <= 2;
}

/* Digits and signs alone, though no number: "05/07/2021". */
static bool is_figures(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t digits = 0;
    for (uint32_t i = begin; i < end; i++) {
        digits += cchci_is_digit(flow->key[i]);
        if (cchci_is_letter(flow->key[i]))
            return false;
    }
    return digits > 0;
}

/* Without a label its remains may be read as digits before the number ("867213/CT-TTHT"): no more
 * than so many are sure. */
#define LABEL_LOST_LENGTH 4u

void cchci_field_code(struct cchci_parse *parse)
{
    const struct cchci_flow *flow = &parse->layout->code.flow;
    bool colon;
    if (flow->length == 0)
        return;
    uint32_t after = cchci_code_label(flow, 0, flow->length, &colon);
    cchci_claim_flow(parse, CCHCI_SEGMENT_CODE, cchci_new_group(parse), flow, 0, flow->length);
    struct cchci_code_shape shape;
    cchc_code *code = &parse->record->code;
    bool read = after != 0 ? cchci_code_read(flow, after, flow->length, &shape)
                           : cchci_code_read_damaged(flow, 0, flow->length, &shape);
    if (!read) {
        uint32_t begin = after, end = flow->length;
        cchci_bare(flow, &begin, &end);
        if (readable(flow, begin, end)) { /* a number alone: "Số: 125" */
            code->text = cchci_flow_text(flow, begin, end, CCHCI_CODE);
            code->number = code->text.data;
            parse->record->has_code = true;
            return;
        }
        cchci_diagnose(parse, begin < end ? CCHCI_NUMBER_UNREADABLE : CCHCI_NUMBER_BLANK, NULL,
                       flow, 0, flow->length);
        if (is_figures(flow, begin, end)) {
            code->text = cchci_flow_text(flow, begin, end, CCHCI_CODE);
            parse->record->has_code = true;
        }
        return;
    }
    code->text = cchci_flow_text(flow, shape.begin, shape.end, CCHCI_CODE);
    code->notation = cchci_flow_string(flow, shape.notation_begin, shape.notation_end, CCHCI_CODE);
    if (shape.number_begin == shape.number_end)
        cchci_diagnose(parse, CCHCI_NUMBER_BLANK, NULL, flow, 0, flow->length);
    else if (readable(flow, shape.number_begin, shape.number_end) &&
             (after != 0 || shape.number_end - shape.number_begin <= LABEL_LOST_LENGTH))
        code->number = cchci_flow_string(flow, shape.number_begin, shape.number_end, CCHCI_CODE);
    else
        cchci_diagnose(parse, CCHCI_NUMBER_UNREADABLE, NULL, flow, shape.number_begin,
                       shape.number_end);
    parse->record->has_code = true;
}
