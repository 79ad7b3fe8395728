/* SPDX-License-Identifier: MIT */
/* One record against its gold, field by field, as eval/score.py judges. */
#ifndef CLI_JUDGE_H
#define CLI_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "fold.h"
#include "output.h"

/* The rows of the table, in its order: fields, then details of matched values. */
enum row {
    ROW_DOCUMENT_TYPE,
    ROW_AGENCY_PARENT,
    ROW_AGENCY_NAME,
    ROW_CODE_NUMBER,
    ROW_CODE_NOTATION,
    ROW_PROMULGATION_PLACE,
    ROW_PROMULGATION_DATE,
    ROW_SUBJECT,
    ROW_PRIORITY,
    ROW_SECRECY,
    ROW_ARCHIVE,
    ROW_SIGNER_COMPETENCE,
    ROW_SIGNER_POSITION,
    ROW_SIGNER_FULL_NAME,
    ROW_ADDRESSEES,
    ROW_CLAUSES,
    ROW_DEADLINES,
    ROW_REFERENCES,
    ROW_RECIPIENTS,
    ROW_FIELDS, /* how many of them are fields */
    ROW_CLAUSES_WHOLE = ROW_FIELDS,
    ROW_RECIPIENTS_PURPOSE,
    ROW_REFERENCES_TYPE,
    ROW_DEADLINES_KIND,
    ROW_DEADLINES_BOUND,
    ROW_DEADLINES_RECURRING,
    ROW_DEADLINES_DURATION,
    ROW_TEXT_EXACT,
    ROW_COUNT
};

extern const char *const row_names[ROW_COUNT];

struct tally {
    size_t right, wrong, missed;
};

struct judge {
    struct tally tallies[ROW_COUNT];
    struct output *errors; /* where wrong and missed values are listed; NULL: nowhere */
    struct pool pool;      /* of the document at hand */
    const char *name;      /* of the document at hand */
    bool whole;            /* no field of the document at hand is wrong */
};

/* @p record NULL: there is none, and all is missed. False: no memory. */
bool judge_document(struct judge *judge, const char *name, const json_t *gold,
                    const json_t *record);

#endif
