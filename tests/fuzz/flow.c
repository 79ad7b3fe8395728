/* SPDX-License-Identifier: MIT */
/* Flows and their map back: the invariants of lib/text/flow.h, for pieces of any form.
 *
 *      input := count piece{count} order begin end text
 *      piece := skip length            each a byte, in characters */
#include <string.h>

#include "../decoding.h"
#include "target.h"
#include "text/flow.h"

enum { PIECES = 16, HEAD = 1 + PIECES * 2 + 3 };

/* Pieces that do not overlap, in an order that need not be theirs: columns jump back. */
static uint32_t cut_pieces(struct cchci_piece pieces[PIECES], const uint8_t *head,
                           uint32_t characters)
{
    uint32_t count = head[0] % (PIECES + 1), first = count > 0 ? head[1 + PIECES * 2] % count : 0;
    uint32_t at = 0;
    memset(pieces, 0, PIECES * sizeof *pieces);
    for (uint32_t i = 0; i < count; i++) {
        struct cchci_piece *piece = &pieces[(first + i) % count];
        uint32_t skip = head[1 + i * 2], length = head[2 + i * 2];
        piece->begin = at + skip < characters ? at + skip : characters;
        piece->end = piece->begin + length < characters ? piece->begin + length : characters;
        piece->line = i;
        at = piece->end;
    }
    return count;
}

static void check_keys(const struct cchci_flow *flow)
{
    MUST(flow->key[flow->length] == 0);
    MUST(flow->length == 0 || (flow->key[0] != ' ' && flow->key[flow->length - 1] != ' '));
    for (uint32_t i = 0; i + 1 < flow->length; i++)
        MUST(flow->key[i] != ' ' || flow->key[i + 1] != ' ');
}

static void check_runs(const struct cchci_flow *flow)
{
    uint32_t reached = 0;
    for (uint32_t i = 0; i < flow->run_count; i++) {
        const struct cchci_run *run = &flow->runs[i];
        MUST(run->at >= reached && run->length > 0 && run->length <= flow->length - run->at);
        MUST(run->chr <= flow->text->count && run->length <= flow->text->count - run->chr);
        for (uint32_t k = reached; k < run->at; k++)
            MUST(flow->key[k] == ' ');
        reached = run->at + run->length;
    }
    MUST(reached == flow->length);
    for (uint32_t i = 0; i < flow->length; i++)
        MUST(cchci_flow_character(flow, i) < flow->text->count);
    for (uint32_t i = 1; i < flow->line_count; i++)
        MUST(flow->lines[i - 1].at < flow->lines[i].at && flow->lines[i].at < flow->length);
}

static void check_value(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                        enum cchci_flow_mode mode)
{
    cchc_text value = cchci_flow_text(flow, begin, end, mode);
    const char *string = cchci_flow_string(flow, begin, end, mode);
    size_t span_count = 0;
    while (begin < end && flow->key[begin] == ' ') /* a value has none at its ends */
        begin++;
    while (end > begin && flow->key[end - 1] == ' ')
        end--;
    const cchc_span *spans = cchci_flow_spans(flow, begin, end, &span_count);
    MUST((value.data == NULL) == (string == NULL));
    if (value.data == NULL)
        return;
    MUST(value.length > 0 && value.data[value.length] == '\0' && is_utf8(value.data, value.length));
    MUST(memcmp(value.data, string, value.length + 1) == 0);
    MUST(value.span_count > 0 && value.span_count == span_count);
    /* From the first character's bytes to the last one's, and perhaps a loose mark behind it. */
    const uint32_t *src = flow->text->src;
    MUST(spans[0].begin == src[cchci_flow_character(flow, begin)]);
    MUST(spans[span_count - 1].end >= src[cchci_flow_character(flow, end - 1) + 1]);
    for (size_t i = 0; i < span_count; i++) {
        MUST(memcmp(&value.spans[i], &spans[i], sizeof *spans) == 0);
        MUST(spans[i].begin < spans[i].end && spans[i].end <= flow->text->source_length);
    }
}

/* Where nothing is guessed of the neighbours of a character, which are others in the flow: of old
 * encodings, of diacritics that stand apart from their letters, of references ("&amp;lt;" means
 * "&lt;", which means something else again). */
static bool is_plain(const struct cchci_text *text, cchc_text value)
{
    return !text->converted && text->displaced == 0 &&
           memchr(value.data, '&', value.length) == NULL;
}

/* The text of the flow, as a text of its own, flows to itself. */
static void check_again(const struct cchci_flow *flow)
{
    cchc_text value = cchci_flow_text(flow, 0, flow->length, CCHCI_WORDS);
    if (value.data == NULL || !is_plain(flow->text, value))
        return;
    struct decoded again;
    struct cchci_flow flowed;
    decode(&again, value.data, value.length);
    if (is_plain(&again.text, value) && strcmp(again.text.encoding, "UTF-8") == 0) {
        struct cchci_piece whole = {0, again.text.count, 0, 0};
        cchci_flow_build(&flowed, &again.text, &again.arena, &whole, 1);
        cchc_text same = cchci_flow_text(&flowed, 0, flowed.length, CCHCI_WORDS);
        MUST(same.length == value.length && memcmp(same.data, value.data, value.length) == 0);
    }
    decoded_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < HEAD)
        return 0;
    struct decoded decoded;
    struct cchci_piece pieces[PIECES];
    struct cchci_flow flow;
    decode(&decoded, data + HEAD, size - HEAD);
    uint32_t count = cut_pieces(pieces, data, decoded.text.count);
    cchci_flow_build(&flow, &decoded.text, &decoded.arena, pieces, count);
    check_keys(&flow);
    check_runs(&flow);
    uint32_t begin = data[HEAD - 2], end = data[HEAD - 1];
    if (end > flow.length)
        end = flow.length;
    if (begin > end)
        begin = end;
    check_value(&flow, begin, end, CCHCI_WORDS);
    check_value(&flow, begin, end, CCHCI_CODE);
    cchci_flow_trim(&flow, &begin, &end);
    MUST(begin <= end && end <= flow.length);
    check_value(&flow, begin, end, CCHCI_WORDS);
    check_again(&flow);
    decoded_free(&decoded);
    return 0;
}
