/* SPDX-License-Identifier: MIT */
/* The printed trace of digital signatures ("Ký bởi: …", "Thời gian ký: …", Phụ lục I, II.8). */
#include "segments.h"

struct trace {
    const char *label;
    unsigned char what; /* s: signer, a: agency, t: time, 0: something else */
};

static const struct trace labels[] = {
    {"ky boi", 's'},  {"nguoi ky", 's'},  {"signed by", 's'},    {"digitally signed by", 's'},
    {"co quan", 'a'}, {"to chuc", 'a'},   {"thoi gian ky", 't'}, {"ngay ky", 't'},
    {"date", 't'},    {"thoi gian", 't'}, {"email", 0},
};

/* The label that stands at or near a line's start; *text: where its value begins. */
static const struct trace *label_in(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                                    uint32_t *text)
{
    for (uint32_t at = begin; at < end && at < begin + 12; at++) {
        if (!cchci_flow_word_start(flow, at))
            continue;
        for (unsigned i = 0; i < sizeof labels / sizeof labels[0]; i++) {
            uint32_t n = cchci_flow_words(flow, at, labels[i].label);
            uint32_t k = at + n;
            while (n > 0 && k < end && flow->key[k] == ' ')
                k++;
            if (n == 0 || k >= end || flow->key[k] != ':')
                continue;
            for (k++; k < end && flow->key[k] == ' ';)
                k++;
            *text = k;
            return &labels[i];
        }
    }
    return NULL;
}

/* False: the line is of a signature beyond the limit. */
static bool read_line(struct cchci_parse *parse, const struct cchci_flow *flow, uint32_t begin,
                      uint32_t end, cchc_e_signature **open)
{
    uint32_t text;
    const struct trace *trace = label_in(flow, begin, end, &text);
    if (trace == NULL)
        return true;
    if (*open == NULL || (trace->what == 's' && (*open)->signer != NULL)) {
        struct cchci_vector *list = &parse->record->e_signatures;
        if (cchci_list_full(parse, list, "There are more traces of signatures than the limit."))
            return false;
        *open = CCHCI_PUSH(list, parse->arena, cchc_e_signature);
    }
    const char *value = cchci_flow_string(flow, text, end, CCHCI_WORDS);
    if (trace->what == 's' && (*open)->signer == NULL)
        (*open)->signer = value;
    else if (trace->what == 'a' && (*open)->agency == NULL)
        (*open)->agency = value;
    else if (trace->what == 't' && (*open)->time == NULL)
        (*open)->time = value;
    return true;
}

void cchci_field_e_signatures(struct cchci_parse *parse)
{
    const struct cchci_layout *layout = parse->layout;
    cchc_e_signature *open = NULL;
    uint32_t last = 0, group = 0;
    bool full = false;
    struct cchci_vector pieces = {NULL, 0, 0};
    struct cchci_vector ends = {NULL, 0, 0};
    for (uint32_t i = 0; i < layout->lines.count; i++) {
        const struct cchci_line *line = cchci_line_at(layout, i);
        if (line->kind != CCHCI_LINE_E_SIGNATURE)
            continue;
        if (group == 0 || i > last + 4) {
            open = NULL;
            group = cchci_new_group(parse);
        }
        last = i;
        struct cchci_piece piece = {line->begin, line->end, i, 0};
        struct cchci_flow flow;
        cchci_flow_build(&flow, parse->text, parse->arena, &piece, 1);
        full = full || !read_line(parse, &flow, 0, flow.length, &open);
        cchci_claim(parse, CCHCI_SEGMENT_E_SIGNATURE, group, line->begin, line->end);
        if (full)
            continue;
        *CCHCI_PUSH(&pieces, parse->arena, struct cchci_piece) = piece;
        *CCHCI_PUSH(&ends, parse->arena, uint32_t) = parse->record->e_signatures.count;
    }
    /* Spans: the lines of each signature together. */
    uint32_t from = 0;
    for (uint32_t s = 0; s < parse->record->e_signatures.count; s++) {
        uint32_t to = from;
        while (to < pieces.count && CCHCI_AT(&ends, uint32_t, to) <= s + 1)
            to++;
        struct cchci_flow flow;
        cchci_flow_build(&flow, parse->text, parse->arena,
                         &CCHCI_AT(&pieces, struct cchci_piece, from), to - from);
        cchc_e_signature *signature = &CCHCI_AT(&parse->record->e_signatures, cchc_e_signature, s);
        signature->spans = cchci_flow_spans(&flow, 0, flow.length, &signature->span_count);
        from = to;
    }
}
