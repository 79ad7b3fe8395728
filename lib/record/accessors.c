/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "record.h"

void cchci_record_reset(cchc_document *document)
{
    const cchc_allocator allocator = document->allocator;
    struct cchci_arena arena = document->arena;
    struct cchci_scratch scratch = document->scratch;
    cchci_arena_reset(&arena);
    scratch.limit_hits = 0;
    scratch.out_of_memory = false;
    memset(document, 0, sizeof *document);
    document->allocator = allocator;
    document->arena = arena;
    document->scratch = scratch;
}

void cchc_document_free(cchc_document *document)
{
    if (document == NULL)
        return;
    cchc_allocator allocator = document->allocator;
    cchci_arena_release(&document->arena);
    cchci_scratch_free(&document->scratch);
    allocator.release(document, allocator.context);
}

const cchc_source *cchc_document_source(const cchc_document *document)
{
    return document != NULL ? &document->source : NULL;
}

const cchc_type *cchc_document_type(const cchc_document *document)
{
    return document != NULL ? &document->type : NULL;
}

/* A record that is there or not as a whole. */
#define WHOLE(type, name, field, there)                                   \
    const type *cchc_document_##name(const cchc_document *document)       \
    {                                                                     \
        return document != NULL && document->there ? &document->field : NULL; \
    }

WHOLE(cchc_agency, agency, agency, has_agency)
WHOLE(cchc_code, code, code, has_code)
WHOLE(cchc_promulgation, promulgation, promulgation, has_promulgation)
WHOLE(cchc_archive, archive, archive, has_archive)
WHOLE(cchc_signer, signer, signer, has_signer)
WHOLE(cchc_incoming, incoming, incoming, has_incoming)

const cchc_text *cchc_document_text(const cchc_document *document, cchc_field field)
{
    if (document == NULL || (unsigned)field > CCHC_CIRCULATION ||
        document->texts[field].data == NULL)
        return NULL;
    return &document->texts[field];
}

#define LIST(type, name)                                                                  \
    const type *cchc_document_##name(const cchc_document *document, size_t *count)        \
    {                                                                                     \
        size_t there = document != NULL ? document->name.count : 0;                       \
        if (count != NULL)                                                                \
            *count = there;                                                               \
        return there > 0 ? (const type *)document->name.data : NULL;                      \
    }

LIST(cchc_text, addressees)
LIST(cchc_clause, clauses)
LIST(cchc_deadline, deadlines)
LIST(cchc_reference, references)
LIST(cchc_recipient, recipients)
LIST(cchc_signer, cosigners)
LIST(cchc_e_signature, e_signatures)
LIST(cchc_text, annexes)
LIST(cchc_segment, segments)
LIST(cchc_diagnostic, diagnostics)
