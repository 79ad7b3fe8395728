/* SPDX-License-Identifier: MIT */
/* The catalogue inside: its statements, the values that they are given, the rows of a letter.
 *
 * A call goes on after a failure, and then does nothing: the first failure stays in the catalogue
 * and is looked at when the call ends. */
#ifndef CCHCI_WRITE_CATALOGUE_H
#define CCHCI_WRITE_CATALOGUE_H

#include <sqlite3.h>

#include "values.h"
#include "writer.h"

enum cchci_statement {
    CCHCI_BEGIN,
    CCHCI_COMMIT,
    CCHCI_SAVE,
    CCHCI_RELEASE,
    CCHCI_TAKE_BACK,
    CCHCI_TAKE_ALL_BACK,
    CCHCI_JOIN_TEXT,
    CCHCI_FIND,
    CCHCI_FORGET,
    CCHCI_FORGET_UNREAD,
    CCHCI_FORGET_PARTS,
    CCHCI_PUT_FILE,
    CCHCI_PUT_DOCUMENT,
    CCHCI_PUT_CLAUSE,
    CCHCI_PUT_DEADLINE,
    CCHCI_PUT_CITATION,
    CCHCI_PUT_RECIPIENT,
    CCHCI_PUT_COSIGNER,
    CCHCI_PUT_ANNEX,
    CCHCI_PUT_DIAGNOSTIC,
    CCHCI_PUT_TEXT,
    CCHCI_STATEMENT_COUNT
};

struct cchc_catalogue {
    sqlite3 *database;
    sqlite3_stmt *statements[CCHCI_STATEMENT_COUNT];
    cchc_parser *parser; /* for comparison keys */
    int result;          /* of SQLite: the first failure of the call under way */
    bool spoiled;        /* a failed letter could not be taken back: the transaction must go */
};

/* Remembers the first failure of the call under way. */
void cchci_catalogue_check(cchc_catalogue *catalogue, int result);

/* Runs a statement that takes no values. */
void cchci_catalogue_perform(cchc_catalogue *catalogue, enum cchci_statement which);

/* The comparison key of any text; NULL after a failure. The caller frees it. */
char *cchci_catalogue_fold(cchc_catalogue *catalogue, const char *bytes, size_t length,
                           size_t *key_length);

/* Replaces the rows of the letter, or adds them. */
void cchci_catalogue_put(cchc_catalogue *catalogue, const cchc_letter *letter);

/* A statement that is being given its values, one after the other. */
struct cchci_row {
    cchc_catalogue *catalogue;
    sqlite3_stmt *statement; /* NULL: an earlier failure */
    int next;
};

struct cchci_row cchci_row_of(cchc_catalogue *catalogue, enum cchci_statement which);

/* The next value. Bytes that are no text for SQLite become U+FFFD; NULL is null. */
void cchci_row_null(struct cchci_row *row);
void cchci_row_integer(struct cchci_row *row, sqlite3_int64 number);
void cchci_row_size(struct cchci_row *row, size_t number);
void cchci_row_bytes(struct cchci_row *row, const char *bytes, size_t length);
void cchci_row_text(struct cchci_row *row, const cchc_text *text);
void cchci_row_string(struct cchci_row *row, const char *string);

/* The next two values: where a text begins and ends in the input. */
void cchci_row_spans(struct cchci_row *row, const cchc_span *spans, size_t count);

/* An index as the ordinal that it has in its table; CCHC_NONE is null. */
void cchci_row_ordinal(struct cchci_row *row, size_t index);

/* Comparison keys; that of a code is without leading zeros. */
void cchci_row_text_key(struct cchci_row *row, const cchc_text *text);
void cchci_row_code_key(struct cchci_row *row, const char *code, size_t length);

/* Runs the statement: SQLITE_ROW, SQLITE_DONE or a failure. */
int cchci_row_run(struct cchci_row *row);

/* Runs it and makes it ready for other values. */
void cchci_row_finish(struct cchci_row *row);

#endif
