/* SPDX-License-Identifier: MIT */
/* The words of what is written for people, in Vietnamese and English. */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include "options.h"

enum word {
    WORD_DOCUMENT,
    WORD_DATE,
    WORD_PRIORITY,
    WORD_SECRECY,
    WORD_CIRCULATION,
    WORD_AGENCY,
    WORD_SUBJECT,
    WORD_ADDRESSEES,
    WORD_CLAUSES,
    WORD_DEADLINES,
    WORD_REFERENCES,
    WORD_RECIPIENTS,
    WORD_ARCHIVE,
    WORD_SIGNER,
    WORD_COSIGNER,
    WORD_INCOMING,
    WORD_E_SIGNATURE,
    WORD_ANNEXES,
    WORD_ENCODING,
    WORD_NOTES,
    WORD_NO_TYPE,  /* what stands in place of a type */
    WORD_NOT_READ, /* and where the text could not be read at all */
    WORD_DRAFT,    /* or calls itself a draft */
    WORD_PART,     /* of several letters in one file */
    WORD_MORE,     /* "… 5 more" */
    WORD_IN_CLAUSE /* where a deadline stands */
};

const char *word(enum word word, cchc_language language);

/* Words for the values of the record. NULL for a value that the table does not have. */
const char *type_words(const char *slug, cchc_language language);
const char *kind_words(const char *kind, cchc_language language);
const char *bound_words(const char *bound, cchc_language language);
const char *working_words(int working_days, cchc_language language);

/* What a diagnostic's code means in Vietnamese. */
const char *diagnostic_words(const char *code);

#endif
