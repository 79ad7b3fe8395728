/* SPDX-License-Identifier: MIT */
/* The record as the library holds it. Fields write it, accessors (accessors.c) read it. */
#ifndef CCHCI_RECORD_H
#define CCHCI_RECORD_H

#include <cchcparse/cchcparse.h>

#include "base/diagnostics.h"
#include "base/memory.h"
#include "match/pattern.h"

/* A stretch of characters of one kind; group joins the stretches of one segment. */
struct cchci_stretch {
    uint32_t begin, end; /* characters */
    uint32_t group;
    unsigned char kind; /* enum cchci_segment_kind */
    unsigned char gap;  /* of the characters before it that nobody claimed, when all have claimed */
};

enum cchci_segment_kind {
#define SEGMENT(id, name) CCHCI_SEGMENT_##id,
#include "segments.def"
#undef SEGMENT
    CCHCI_SEGMENT_KINDS
};

struct cchc_document {
    cchc_allocator allocator;
    struct cchci_arena arena;
    struct cchci_scratch scratch; /* PCRE2's match data */

    cchc_source source;
    cchc_type type;
    bool has_agency, has_code, has_promulgation, has_archive, has_signer, has_incoming;
    bool told_date; /* a blank or unreadable date of promulgation has its own diagnostic */
    cchc_agency agency;
    cchc_code code;
    cchc_promulgation promulgation;
    cchc_text texts[CCHC_CIRCULATION + 1]; /* by cchc_field; data NULL: none */
    cchc_archive archive;
    cchc_signer signer;
    cchc_incoming incoming;

    /* Vectors of the public types. */
    struct cchci_vector addressees, clauses, deadlines, references, recipients, cosigners,
        e_signatures, annexes, segments, diagnostics;

    /* While parsing: */
    struct cchci_vector stretches; /* struct cchci_stretch */
    uint32_t groups;
    uint32_t *clause_begins, *clause_ends; /* places of each clause's own text in the body's flow */
};

/* Makes an empty record of a used one. */
void cchci_record_reset(cchc_document *document);

#endif
