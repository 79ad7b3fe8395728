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

void cchci_diagnose(struct cchci_parse *parse, enum cchci_diagnostic_id id, const char *message,
                    const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    struct cchci_vector *list = &parse->record->diagnostics;
    if (list->count >= CCHCI_MAX_DIAGNOSTICS)
        return;
    if (list->count == CCHCI_MAX_DIAGNOSTICS - 1) {
        id = CCHCI_LIMIT_DIAGNOSTICS;
        message = NULL;
        flow = NULL;
    }
    const cchc_diagnostic_kind *kind = cchc_diagnostic_kind_at((size_t)id);
    cchc_diagnostic *diagnostic = CCHCI_PUSH(list, parse->arena, cchc_diagnostic);
    diagnostic->code = kind->code;
    diagnostic->severity = kind->severity;
    diagnostic->message = message != NULL ? message : kind->meaning;
    if (flow != NULL)
        diagnostic->spans = cchci_flow_spans(flow, begin, end, &diagnostic->span_count);
}

size_t cchci_clause_at(const struct cchci_parse *parse, uint32_t at)
{
    const uint32_t *begins = parse->clause_begins, *ends = parse->clause_ends;
    size_t low = 0, high = parse->record->clauses.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (begins[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    /* Clause texts do not overlap: the last one that begins before is the only one that can hold it. */
    return low > 0 && at < ends[low - 1] ? low - 1 : CCHC_NONE;
}
