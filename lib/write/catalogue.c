/* SPDX-License-Identifier: MIT */
/* The catalogue: letters in an SQLite database. Its shape is catalogue.sql.
 *
 *      open     BEGIN (add …) COMMIT (add …) COMMIT …   close
 *
 * Letters that are added between two commits are one transaction; each of them is a savepoint, so
 * that a letter is there wholly or not at all. The journal is a write-ahead log: an interrupted run
 * leaves what was committed, and others may read meanwhile.
 *
 * A letter is known by the SHA-256 of its input and by its part; adding it again replaces its rows
 * under the same id. */
#include "catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const char cchci_catalogue_schema[];

/* "CCHC" in the header of the file, by which it is known as ours, and the version of its shape. */
#define APPLICATION_ID 0x43434843
#define SHAPE_VERSION 1

/* How long another program's transaction is waited for, in milliseconds. */
#define BUSY_TIMEOUT 10000

/* -------------------------------------------------------------------------------- failures -- */

static void tell(char **message, const char *words)
{
    if (message == NULL)
        return;
    size_t size = strlen(words) + 1;
    char *copy = malloc(size);
    if (copy != NULL)
        *message = memcpy(copy, words, size);
}

static cchc_status status_of(int result)
{
    switch (result & 0xFF) {
    case SQLITE_OK: return CCHC_OK;
    case SQLITE_NOMEM: return CCHC_NOMEM;
    case SQLITE_NOTADB: return CCHC_INVALID;
    default: return CCHC_SINK;
    }
}

static cchc_status failed(const cchc_catalogue *catalogue, char **message)
{
    tell(message, catalogue->database != NULL ? sqlite3_errmsg(catalogue->database)
                                              : sqlite3_errstr(catalogue->result));
    return status_of(catalogue->result);
}

/* -------------------------------------------------------------------------------- adding -- */

/* The bytes must be those that the record is about; a letter that could not be read has none. */
static bool is_whole(const cchc_letter *letter)
{
    const cchc_source *source = cchc_document_source(letter->document);
    return source->encoding == NULL ||
           (source->bytes == letter->length && source->range.begin <= source->range.end &&
            source->range.end <= letter->length);
}

/* Where a disk is full or memory ends SQLite may take the whole transaction back by itself. */
static bool is_writing(const cchc_catalogue *catalogue)
{
    return sqlite3_get_autocommit(catalogue->database) == 0;
}

/* Ends a transaction of which a failed letter could not be taken out, and has the full-text index join
 * another one that is taken back: only so does SQLite (3.40) forget that it had no memory to read how
 * much the index holds. False: even that failed. */
static bool end_spoiled(cchc_catalogue *catalogue)
{
    catalogue->result = SQLITE_OK;
    if (catalogue->spoiled && is_writing(catalogue))
        cchci_catalogue_perform(catalogue, CCHCI_TAKE_ALL_BACK);
    if (catalogue->spoiled) {
        cchci_catalogue_perform(catalogue, CCHCI_BEGIN);
        cchci_catalogue_perform(catalogue, CCHCI_JOIN_TEXT);
        cchci_catalogue_perform(catalogue, CCHCI_TAKE_ALL_BACK);
    }
    catalogue->spoiled = catalogue->result != SQLITE_OK;
    return !catalogue->spoiled;
}

/* Takes the letter back that failed; where memory ended, the whole transaction. */
static void take_back(cchc_catalogue *catalogue)
{
    catalogue->spoiled = status_of(catalogue->result) == CCHC_NOMEM;
    catalogue->result = SQLITE_OK;
    if (!catalogue->spoiled && is_writing(catalogue)) {
        cchci_catalogue_perform(catalogue, CCHCI_TAKE_BACK);
        cchci_catalogue_perform(catalogue, CCHCI_RELEASE);
        catalogue->spoiled = catalogue->result != SQLITE_OK;
    }
    (void)end_spoiled(catalogue);
}

cchc_status cchc_catalogue_add(cchc_catalogue *catalogue, const cchc_letter *letter, char **message)
{
    if (catalogue == NULL || !cchci_letter_may_be(letter) || !is_whole(letter))
        return CCHC_INVALID;
    if (!end_spoiled(catalogue))
        return failed(catalogue, message);
    if (!is_writing(catalogue))
        cchci_catalogue_perform(catalogue, CCHCI_BEGIN);
    cchci_catalogue_perform(catalogue, CCHCI_SAVE);
    if (catalogue->result != SQLITE_OK)
        return failed(catalogue, message);
    cchci_catalogue_put(catalogue, letter);
    cchci_catalogue_perform(catalogue, CCHCI_RELEASE);
    if (catalogue->result == SQLITE_OK)
        return CCHC_OK;
    cchc_status status = failed(catalogue, message);
    take_back(catalogue);
    return status;
}

cchc_status cchc_catalogue_commit(cchc_catalogue *catalogue, char **message)
{
    if (catalogue == NULL)
        return CCHC_INVALID;
    if (!end_spoiled(catalogue))
        return failed(catalogue, message);
    if (!is_writing(catalogue))
        return CCHC_OK;
    cchci_catalogue_perform(catalogue, CCHCI_COMMIT);
    return catalogue->result == SQLITE_OK ? CCHC_OK : failed(catalogue, message);
}

/* ---------------------------------------------------------------------------- open and close -- */

static void execute(cchc_catalogue *catalogue, const char *sql)
{
    if (catalogue->result == SQLITE_OK)
        cchci_catalogue_check(catalogue, sqlite3_exec(catalogue->database, sql, NULL, NULL, NULL));
}

static sqlite3_int64 value_of(cchc_catalogue *catalogue, const char *sql)
{
    sqlite3_int64 value = 0;
    sqlite3_stmt *statement = NULL;
    if (catalogue->result != SQLITE_OK)
        return 0;
    cchci_catalogue_check(catalogue,
                          sqlite3_prepare_v2(catalogue->database, sql, -1, &statement, NULL));
    if (catalogue->result == SQLITE_OK) {
        int result = sqlite3_step(statement);
        cchci_catalogue_check(catalogue, result);
        /* These queries have a row; SQLite leaves it out where it could not get memory for it. */
        if (result == SQLITE_ROW)
            value = sqlite3_column_int64(statement, 0);
        else
            cchci_catalogue_check(catalogue, result == SQLITE_DONE ? SQLITE_NOMEM : result);
    }
    (void)sqlite3_finalize(statement);
    return value;
}

static void make_shape(cchc_catalogue *catalogue)
{
    char mark[96];
    (void)snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
                   APPLICATION_ID, SHAPE_VERSION);
    execute(catalogue, "BEGIN EXCLUSIVE");
    /* Another program may have made it while this one waited. */
    if (value_of(catalogue, "SELECT count(*) FROM sqlite_master") == 0) {
        execute(catalogue, cchci_catalogue_schema);
        execute(catalogue, mark);
    }
    execute(catalogue, "COMMIT");
}

/* The file is a catalogue of this version, or becomes one. NULL, or why it cannot. */
static const char *prepare(cchc_catalogue *catalogue)
{
    (void)sqlite3_busy_timeout(catalogue->database, BUSY_TIMEOUT);
    if (value_of(catalogue, "SELECT count(*) FROM sqlite_master") == 0)
        make_shape(catalogue);
    sqlite3_int64 application = value_of(catalogue, "PRAGMA application_id");
    sqlite3_int64 version = value_of(catalogue, "PRAGMA user_version");
    if (catalogue->result != SQLITE_OK)
        return NULL;
    if (application != APPLICATION_ID)
        return "the file is a database, but no catalogue of letters";
    if (version != SHAPE_VERSION)
        return "the catalogue was made by another version of the library";
    /* In a write-ahead log what is committed lasts but for a loss of power, and then the file is
     * whole. What a letter's savepoint keeps is in memory: its words are no business of the folder
     * for temporary files, which a confined program cannot reach either. */
    execute(catalogue, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                       "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
    /* SQLite opens the log when it first reads, which may be too late: a program that confines
     * itself once its files are open adds letters afterwards. */
    (void)value_of(catalogue, "SELECT count(*) FROM sqlite_master");
    return NULL;
}

static void free_catalogue(cchc_catalogue *catalogue)
{
    for (size_t i = 0; i < CCHCI_STATEMENT_COUNT; i++)
        (void)sqlite3_finalize(catalogue->statements[i]);
    (void)sqlite3_close_v2(catalogue->database);
    cchc_parser_free(catalogue->parser);
    free(catalogue);
}

cchc_status cchc_catalogue_open(const char *path, cchc_catalogue **catalogue, char **message)
{
    if (path == NULL || path[0] == '\0' || catalogue == NULL) /* "" is one that SQLite forgets */
        return CCHC_INVALID;
    cchc_catalogue *made = calloc(1, sizeof *made);
    if (made == NULL)
        return CCHC_NOMEM;
    cchc_options options = CCHC_OPTIONS_INIT;
    options.max_bytes = SIZE_MAX; /* what was parsed under a higher limit is folded too */
    options.no_jit = true;        /* folding needs no pattern */
    cchc_status status = cchc_parser_new(&options, &made->parser);
    const char *refusal = NULL;
    if (status == CCHC_OK) {
        cchci_catalogue_check(made,
                              sqlite3_open_v2(path, &made->database,
                                              SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL));
        if (made->result == SQLITE_OK)
            refusal = prepare(made);
        status = status_of(made->result);
    }
    if (refusal != NULL) {
        tell(message, refusal);
        status = CCHC_INVALID;
    } else if (status != CCHC_OK && made->result != SQLITE_OK) {
        status = failed(made, message);
    }
    if (status == CCHC_OK)
        *catalogue = made;
    else
        free_catalogue(made);
    return status;
}

cchc_status cchc_catalogue_close(cchc_catalogue *catalogue, char **message)
{
    if (catalogue == NULL)
        return CCHC_OK;
    cchc_status status = cchc_catalogue_commit(catalogue, message);
    /* Without the log the file can be read from where nothing can be written. While others read,
     * the log stays, which is no failure. */
    (void)sqlite3_busy_timeout(catalogue->database, 0);
    for (size_t i = 0; i < CCHCI_STATEMENT_COUNT; i++) {
        (void)sqlite3_finalize(catalogue->statements[i]);
        catalogue->statements[i] = NULL;
    }
    (void)sqlite3_exec(catalogue->database, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    free_catalogue(catalogue);
    return status;
}

void cchc_message_free(char *message)
{
    free(message);
}

const struct cchci_writer_format cchci_sqlite_format = {
    .row = {"sqlite", CCHC_FORMAT_CATALOGUE, ".db", true},
};
