/* SPDX-License-Identifier: MIT */
#include "fields.h"

#include "base/limits.h"

/* The order in which fields run: a later one may read an earlier one's part of the record. */
cchci_field_function *const cchci_fields[] = {
    cchci_field_e_signatures, cchci_field_incoming,      cchci_field_agency,
    cchci_field_code,         cchci_field_promulgation,  cchci_field_subject,
    cchci_field_marks,        cchci_field_addressees,    cchci_field_clauses,
    cchci_field_references,   cchci_field_deadlines,     cchci_field_recipients,
    cchci_field_signer,       cchci_field_document_type, cchci_field_annexes,
    cchci_field_absences,
};
const unsigned cchci_field_count = sizeof cchci_fields / sizeof cchci_fields[0];

cchc_diagnostic *cchci_diagnose(struct cchci_parse *parse, enum cchci_diagnostic_id id,
                                const char *message, const struct cchci_flow *flow, uint32_t begin,
                                uint32_t end)
{
    struct cchci_vector *list = &parse->record->diagnostics;
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

bool cchci_list_full(struct cchci_parse *parse, const struct cchci_vector *list,
                     const char *message)
{
    if (list->count < cchci_most_items(parse->limits->max_items, parse->text->count))
        return false;
    const struct cchci_vector *told = &parse->record->diagnostics;
    for (uint32_t i = 0; i < told->count; i++)
        if (CCHCI_AT(told, cchc_diagnostic, i).message == message)
            return true;
    cchci_diagnose(parse, CCHCI_LIMIT_ITEMS, message, NULL, 0, 0);
    return true;
}

size_t cchci_clause_at(const struct cchci_parse *parse, uint32_t at, uint32_t *begun)
{
    const uint32_t *begins = parse->clause_begins, *ends = parse->clause_ends;
    uint32_t low = *begun;
    while (low < parse->record->clauses.count && begins[low] <= at)
        low++;
    while (low > 0 && begins[low - 1] > at)
        low--;
    *begun = low;
    /* Clause texts do not overlap: the last one that begins before is the only one that can hold it. */
    return low > 0 && at < ends[low - 1] ? low - 1 : CCHC_NONE;
}
