/* SPDX-License-Identifier: MIT */
#include "catalogue.h"

#include <stdlib.h>
#include <string.h>

static const char *const statements[CCHCI_STATEMENT_COUNT] = {
    [CCHCI_BEGIN] = "BEGIN IMMEDIATE",
    [CCHCI_COMMIT] = "COMMIT",
    [CCHCI_SAVE] = "SAVEPOINT letter",
    [CCHCI_RELEASE] = "RELEASE letter",
    [CCHCI_TAKE_BACK] = "ROLLBACK TO letter",
    [CCHCI_TAKE_ALL_BACK] = "ROLLBACK",
    [CCHCI_JOIN_TEXT] = "DELETE FROM full_text WHERE rowid = -1",
    [CCHCI_FIND] = "SELECT id FROM documents WHERE sha256 = ? AND part = ?",
    [CCHCI_FORGET] = "DELETE FROM documents WHERE id = ?",
    /* A letter that could not be read has its path alone. */
    [CCHCI_FORGET_UNREAD] = "DELETE FROM documents WHERE sha256 IS NULL AND name = ?",
    /* A file that was one letter and now is several, or the other way round. */
    [CCHCI_FORGET_PARTS] = "DELETE FROM documents WHERE sha256 = ? AND (part = 0) <> (? = 0)",
    [CCHCI_PUT_FILE] = "INSERT OR REPLACE INTO files VALUES (?, ?)",
    [CCHCI_PUT_DOCUMENT] =
        ("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
         "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    [CCHCI_PUT_CLAUSE] = "INSERT INTO clauses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [CCHCI_PUT_DEADLINE] =
        "INSERT INTO deadlines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [CCHCI_PUT_CITATION] = "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [CCHCI_PUT_RECIPIENT] = "INSERT INTO recipients VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [CCHCI_PUT_COSIGNER] = "INSERT INTO cosigners VALUES (?, ?, ?, ?, ?)",
    [CCHCI_PUT_ANNEX] = "INSERT INTO annexes VALUES (?, ?, ?, ?, ?)",
    [CCHCI_PUT_DIAGNOSTIC] = "INSERT INTO diagnostics VALUES (?, ?, ?, ?, ?, ?, ?)",
    [CCHCI_PUT_TEXT] = "INSERT INTO full_text (rowid, text, folded) VALUES (?, ?, ?)",
};

void cchci_catalogue_check(cchc_catalogue *catalogue, int result)
{
    if (catalogue->result == SQLITE_OK && result != SQLITE_OK && result != SQLITE_DONE &&
        result != SQLITE_ROW)
        catalogue->result = result;
}

/* ------------------------------------------------------------------------------ statements -- */

struct cchci_row cchci_row_of(cchc_catalogue *catalogue, enum cchci_statement which)
{
    sqlite3_stmt **slot = &catalogue->statements[which];
    if (catalogue->result == SQLITE_OK && *slot == NULL)
        cchci_catalogue_check(catalogue,
                              sqlite3_prepare_v3(catalogue->database, statements[which], -1,
                                                 SQLITE_PREPARE_PERSISTENT, slot, NULL));
    return (struct cchci_row){catalogue, catalogue->result == SQLITE_OK ? *slot : NULL, 1};
}

void cchci_row_null(struct cchci_row *row)
{
    if (row->statement != NULL)
        cchci_catalogue_check(row->catalogue, sqlite3_bind_null(row->statement, row->next++));
}

void cchci_row_integer(struct cchci_row *row, sqlite3_int64 number)
{
    if (row->statement != NULL)
        cchci_catalogue_check(row->catalogue,
                              sqlite3_bind_int64(row->statement, row->next++, number));
}

void cchci_row_size(struct cchci_row *row, size_t number)
{
    cchci_row_integer(row, (sqlite3_int64)number);
}

static bool is_clean(const char *bytes, size_t length)
{
    struct cchci_characters characters = cchci_characters_of(bytes, length);
    uint32_t character;
    while (cchci_characters_next(&characters, &character))
        continue;
    return !characters.replaced;
}

/* Ill-formed sequences, NUL and other controls would end or spoil a text for SQLite's functions:
 * such a text is copied with U+FFFD in their place. */
void cchci_row_bytes(struct cchci_row *row, const char *bytes, size_t length)
{
    if (row->statement == NULL || bytes == NULL) {
        cchci_row_null(row);
        return;
    }
    if (is_clean(bytes, length)) {
        cchci_catalogue_check(row->catalogue,
                              sqlite3_bind_text64(row->statement, row->next++, bytes, length,
                                                  SQLITE_TRANSIENT, SQLITE_UTF8));
        return;
    }
    struct cchci_string copy = {0};
    cchci_string_add(&copy, bytes, length);
    if (copy.failed) {
        cchci_catalogue_check(row->catalogue, SQLITE_NOMEM);
        free(copy.bytes);
    } else {
        cchci_catalogue_check(row->catalogue,
                              sqlite3_bind_text64(row->statement, row->next++, copy.bytes,
                                                  copy.length, free, SQLITE_UTF8));
    }
}

void cchci_row_text(struct cchci_row *row, const cchc_text *text)
{
    cchci_row_bytes(row, text != NULL ? text->data : NULL, text != NULL ? text->length : 0);
}

void cchci_row_string(struct cchci_row *row, const char *string)
{
    cchci_row_bytes(row, string, string != NULL ? strlen(string) : 0);
}

/* Where the value begins and ends in the input. */
void cchci_row_spans(struct cchci_row *row, const cchc_span *spans, size_t count)
{
    if (count == 0) {
        cchci_row_null(row);
        cchci_row_null(row);
        return;
    }
    size_t end = spans[0].end;
    for (size_t i = 1; i < count; i++)
        end = spans[i].end > end ? spans[i].end : end;
    cchci_row_size(row, spans[0].begin);
    cchci_row_size(row, end);
}

/* An index as the ordinal that it has in the table. */
void cchci_row_ordinal(struct cchci_row *row, size_t index)
{
    if (index == CCHC_NONE)
        cchci_row_null(row);
    else
        cchci_row_size(row, index + 1);
}

/* Runs the statement; SQLITE_ROW, SQLITE_DONE or a failure. */
int cchci_row_run(struct cchci_row *row)
{
    if (row->catalogue->result != SQLITE_OK || row->statement == NULL)
        return row->catalogue->result;
    int result = sqlite3_step(row->statement);
    cchci_catalogue_check(row->catalogue, result);
    return result;
}

void cchci_row_finish(struct cchci_row *row)
{
    (void)cchci_row_run(row);
    if (row->statement != NULL) {
        (void)sqlite3_reset(row->statement);
        (void)sqlite3_clear_bindings(row->statement);
    }
}

void cchci_catalogue_perform(cchc_catalogue *catalogue, enum cchci_statement which)
{
    struct cchci_row row = cchci_row_of(catalogue, which);
    cchci_row_finish(&row);
}

/* ------------------------------------------------------------------------- comparison keys -- */

/* The key of any text; NULL after a failure. The caller frees it. */
char *cchci_catalogue_fold(cchc_catalogue *catalogue, const char *bytes, size_t length,
                           size_t *key_length)
{
    /* Folding takes away more than it adds: one call is enough but for rare characters. */
    size_t room = length + 16;
    for (int attempt = 0; attempt < 2; attempt++) {
        char *key = malloc(room + 1);
        cchc_status status =
            key != NULL ? cchc_fold(catalogue->parser, bytes, length, key, room + 1, key_length)
                        : CCHC_NOMEM;
        if (status == CCHC_OK && *key_length <= room)
            return key;
        free(key);
        if (status != CCHC_OK) {
            cchci_catalogue_check(catalogue, status == CCHC_NOMEM ? SQLITE_NOMEM : SQLITE_TOOBIG);
            return NULL;
        }
        room = *key_length;
    }
    cchci_catalogue_check(catalogue, SQLITE_ERROR);
    return NULL;
}

static void add_key(struct cchci_row *row, const char *bytes, size_t length, bool is_code)
{
    size_t key_length = 0;
    char *key = bytes != NULL && row->statement != NULL
                    ? cchci_catalogue_fold(row->catalogue, bytes, length, &key_length)
                    : NULL;
    if (key == NULL) {
        cchci_row_null(row);
        return;
    }
    size_t skip = 0; /* the decree writes 05 where others write 5 */
    while (is_code && skip + 1 < key_length && key[skip] == '0' && key[skip + 1] >= '0' &&
           key[skip + 1] <= '9')
        skip++;
    cchci_row_bytes(row, key + skip, key_length - skip);
    free(key);
}

void cchci_row_text_key(struct cchci_row *row, const cchc_text *text)
{
    add_key(row, text != NULL ? text->data : NULL, text != NULL ? text->length : 0, false);
}

void cchci_row_code_key(struct cchci_row *row, const char *code, size_t length)
{
    add_key(row, code, length, true);
}
