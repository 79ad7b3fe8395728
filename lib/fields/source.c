/* SPDX-License-Identifier: MIT */
/* Where the record comes from, and what is odd about the bytes as such. */
#include "segments.h"

/* The runs of a file in several encodings, gathered by name, in the order of the first of each. */
static void give_encodings(struct cchci_parse *parse, cchc_source *source)
{
    const struct cchci_vector *runs = &parse->text->encodings;
    size_t origin = parse->text->origin;
    struct cchci_vector all = {NULL, 0, 0};
    for (uint32_t i = 0; i < runs->count; i++) {
        const struct cchci_encoding_run *run = &CCHCI_AT(runs, struct cchci_encoding_run, i);
        uint32_t k = 0;
        while (k < all.count && CCHCI_AT(&all, cchc_encoding, k).name != run->name)
            k++;
        if (k == all.count) /* a name for each encoding and way: ten at most */
            CCHCI_PUSH(&all, parse->arena, cchc_encoding)->name = run->name;
        CCHCI_AT(&all, cchc_encoding, k).span_count++;
    }
    for (uint32_t k = 0; k < all.count; k++) {
        cchc_encoding *encoding = &CCHCI_AT(&all, cchc_encoding, k);
        cchc_span *spans = CCHCI_NEW(parse->arena, cchc_span, encoding->span_count);
        size_t n = 0;
        for (uint32_t i = 0; i < runs->count; i++) {
            const struct cchci_encoding_run *run = &CCHCI_AT(runs, struct cchci_encoding_run, i);
            if (run->name == encoding->name)
                spans[n++] = (cchc_span){origin + run->begin, origin + run->end};
        }
        encoding->spans = spans;
    }
    source->encodings = all.data;
    source->encoding_count = all.count;
}

/* A diagnostic about bytes, not about a place in a flow. */
static void tell(struct cchci_parse *parse, enum cchci_diagnostic_id id, const cchc_span *spans,
                 size_t count)
{
    cchc_diagnostic *told = cchci_diagnose(parse, id, NULL, NULL, 0, 0);
    if (told == NULL)
        return;
    told->spans = spans;
    told->span_count = count;
}

static void tell_garbled(struct cchci_parse *parse)
{
    const struct cchci_text *text = parse->text;
    cchc_span *spans = CCHCI_NEW(parse->arena, cchc_span, text->garbled.count);
    for (uint32_t i = 0; i < text->garbled.count; i++) {
        const struct cchci_garbled *stretch = &CCHCI_AT(&text->garbled, struct cchci_garbled, i);
        spans[i] = cchci_source_span(text, stretch->begin, stretch->end);
    }
    tell(parse, text->undecodable ? CCHCI_TEXT_UNDECODABLE : CCHCI_TEXT_GARBLED, spans,
         text->garbled.count);
}

/* The first place tells where to look; there may be thousands. */
static void tell_first(struct cchci_parse *parse, enum cchci_diagnostic_id id, uint32_t first)
{
    const struct cchci_text *text = parse->text;
    cchc_span *span = CCHCI_NEW(parse->arena, cchc_span, 1);
    uint32_t end = first + 1;
    while (end < text->count && text->src[end] == text->src[first])
        end++; /* form C has several characters for these bytes */
    *span = cchci_source_span(text, first, end);
    tell(parse, id, span, 1);
}

void cchci_field_source(struct cchci_parse *parse)
{
    const struct cchci_text *text = parse->text;
    cchc_source *source = &parse->record->source;
    source->bytes = text->source_length;
    source->encoding = text->encoding;
    give_encodings(parse, source);
    source->range.begin = text->origin;
    source->range.end = text->origin + text->source_length;
    if (text->converted)
        cchci_diagnose(parse, CCHCI_TEXT_ENCODING, NULL, NULL, 0, 0);
    if (text->ill_formed > 0)
        tell_first(parse, CCHCI_TEXT_ILL_FORMED, text->first_ill_formed);
    if (text->displaced > 0)
        tell_first(parse, CCHCI_MARKS_DISPLACED, text->first_displaced);
    if (text->undecodable || text->garbled.count > 0)
        tell_garbled(parse);
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
