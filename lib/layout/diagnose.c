/* SPDX-License-Identifier: MIT */
/* What stages and fields tell about the letter, in the order in which they meet it. */
#include <stdio.h>

#include "parse.h"

cchc_diagnostic *cchci_diagnose(struct cchci_parse *parse, enum cchci_diagnostic_id id,
                                const char *message, const struct cchci_flow *flow, uint32_t begin,
                                uint32_t end)
{
    struct cchci_vector *list = parse->diagnostics;
    size_t most = parse->limits->max_diagnostics;
    if (list->count > most)
        return NULL;
    bool full = list->count == most;
    const cchc_diagnostic_kind *kind =
        cchc_diagnostic_kind_at(full ? (size_t)CCHCI_LIMIT_DIAGNOSTICS : (size_t)id);
    cchc_diagnostic *diagnostic = CCHCI_PUSH(list, parse->arena, cchc_diagnostic);
    diagnostic->code = kind->code;
    diagnostic->severity = kind->severity;
    diagnostic->message = message != NULL && !full ? message : kind->meaning;
    if (full)
        return NULL;
    if (flow != NULL)
        diagnostic->spans = cchci_flow_spans(flow, begin, end, &diagnostic->span_count);
    return diagnostic;
}

void cchci_diagnose_characters(struct cchci_parse *parse, enum cchci_diagnostic_id id,
                               uint32_t begin, uint32_t end)
{
    cchc_diagnostic *diagnostic = cchci_diagnose(parse, id, NULL, NULL, 0, 0);
    if (diagnostic == NULL)
        return;
    cchc_span *span = CCHCI_NEW(parse->arena, cchc_span, 1);
    *span = cchci_source_span(parse->text, begin, end);
    diagnostic->spans = span;
    diagnostic->span_count = 1;
}

void cchci_tell_repair(struct cchci_parse *parse, enum cchci_anchor anchor, unsigned cost,
                       const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    char message[160];
    if (cost == 0)
        return;
    int length = snprintf(message, sizeof message,
                          "A marker word was read as \"%s\" at an edit cost of %u half letters.",
                          cchci_anchor_name(anchor), cost);
    bool whole = length > 0 && (size_t)length < sizeof message;
    cchci_diagnose(parse, CCHCI_ANCHOR_REPAIRED,
                   whole ? cchci_arena_copy(parse->arena, message, (size_t)length) : NULL, flow,
                   begin, end);
}
