/* SPDX-License-Identifier: MIT */
/* Where the record comes from, and what is odd about the bytes as such. */
#include "segments.h"

void cchci_field_source(struct cchci_parse *parse)
{
    const struct cchci_text *text = parse->text;
    cchc_source *source = &parse->record->source;
    source->bytes = text->source_length;
    source->encoding = text->encoding;
    source->range.begin = 0;
    source->range.end = text->source_length;
    if (text->converted)
        cchci_diagnose(parse, CCHCI_TEXT_ENCODING, NULL, NULL, 0, 0);
    if (text->ill_formed > 0) {
        cchci_diagnose(parse, CCHCI_TEXT_ILL_FORMED, NULL, NULL, 0, 0);
        cchc_span *first = CCHCI_NEW(parse->arena, cchc_span, 1);
        uint32_t c = 0;
        while (c < text->count && text->key[c] != CCHCI_KEY_ILL_FORMED)
            c++;
        if (c < text->count) { /* the first place tells where to look; there may be thousands */
            *first = (cchc_span){text->src[c], text->src[c + 1]};
            cchc_diagnostic *told = &CCHCI_AT(&parse->record->diagnostics, cchc_diagnostic,
                                              parse->record->diagnostics.count - 1);
            told->spans = first;
            told->span_count = 1;
        }
    }
    uint32_t words = 0;
    for (uint32_t i = 0; i < text->count && words == 0; i++)
        words += cchci_is_word(text->key[i]);
    if (words == 0)
        cchci_diagnose(parse, CCHCI_TEXT_EMPTY, NULL, NULL, 0, 0);
    /* Text has a control character now and then (a form's field marks); a binary file has many. */
    if (text->controls + text->ill_formed > 16 &&
        text->controls + text->ill_formed > text->count / 20)
        cchci_diagnose(parse, CCHCI_TEXT_BINARY, NULL, NULL, 0, 0);
}
