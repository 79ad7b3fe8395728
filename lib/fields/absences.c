/* SPDX-License-Identifier: MIT */
/* What a document of its type should have and has not (Nghị định 30/2020/NĐ-CP, Điều 8), told once
 * all fields have been read. A text that is no document lacks nothing. */
#include <string.h>

#include "segments.h"

static void tell(struct cchci_parse *parse, bool absent, enum cchci_diagnostic_id id)
{
    if (absent)
        cchci_diagnose(parse, id, NULL, NULL, 0, 0);
}

/* The number that a careless reader would take for the letter's own. */
static void tell_not_borrowed(struct cchci_parse *parse)
{
    const cchc_document *record = parse->record;
    if (record->references.count == 0 || (record->has_code && record->code.number != NULL))
        return;
    const cchc_reference *first = &CCHCI_AT(&record->references, cchc_reference, 0);
    cchc_diagnostic *told = cchci_diagnose(parse, CCHCI_CODE_NOT_BORROWED, NULL, NULL, 0, 0);
    if (told == NULL)
        return;
    told->spans = first->text.spans;
    told->span_count = first->text.span_count;
}

void cchci_field_absences(struct cchci_parse *parse)
{
    const cchc_document *record = parse->record;
    if (parse->scratch->limit_hits > 0)
        cchci_diagnose(parse, CCHCI_LIMIT_PATTERN, NULL, NULL, 0, 0);
    if (record->type.slug == NULL)
        return;
    bool letter = strcmp(record->type.slug, "cong_van") == 0;
    bool told_number = false; /* a blank or unreadable one has its own diagnostic */
    for (uint32_t i = 0; i < record->diagnostics.count; i++)
        told_number |=
            strncmp(CCHCI_AT(&record->diagnostics, cchc_diagnostic, i).code, "number-", 7) == 0;
    tell(parse, !record->has_agency, CCHCI_AGENCY_ABSENT);
    tell(parse, !record->has_code && !told_number, CCHCI_CODE_ABSENT);
    tell_not_borrowed(parse);
    bool dated = record->has_promulgation && record->promulgation.iso != NULL;
    tell(parse, !dated && !record->told_date, CCHCI_DATE_ABSENT);
    tell(parse, record->texts[CCHC_SUBJECT].data == NULL, CCHCI_SUBJECT_ABSENT);
    tell(parse, letter && record->addressees.count == 0, CCHCI_ADDRESSEES_ABSENT);
    bool recipients = record->recipients.count > 0 || record->has_archive;
    if (!recipients && !record->has_signer) {
        tell(parse, true, CCHCI_CLOSING_ABSENT);
        return;
    }
    tell(parse, !recipients, CCHCI_RECIPIENTS_ABSENT);
    tell(parse, !record->has_signer, CCHCI_SIGNER_ABSENT);
}
