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
    const uint32_t *begins = parse->record->clause_begins, *ends = parse->record->clause_ends;
    uint32_t low = *begun;
    while (low < parse->record->clauses.count && begins[low] <= at)
        low++;
    while (low > 0 && begins[low - 1] > at)
        low--;
    *begun = low;
    /* Clause texts do not overlap: the last one that begins before is the only one that can hold it. */
    return low > 0 && at < ends[low - 1] ? low - 1 : CCHC_NONE;
}
