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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sha2.h>
#include <sqlite3.h>

#include "values.h"
#include "writer.h"

extern const char cchci_catalogue_schema[];

/* "CCHC" in the header of the file, by which it is known as ours, and the version of its shape. */
#define APPLICATION_ID 0x43434843
#define SHAPE_VERSION 1

/* How long another program's transaction is waited for, in milliseconds. */
#define BUSY_TIMEOUT 10000

enum statement {
    BEGIN,
    COMMIT,
    SAVE,
    RELEASE,
    TAKE_BACK,
    FIND,
    FORGET,
    FORGET_UNREAD,
    FORGET_PARTS,
    PUT_FILE,
    PUT_DOCUMENT,
    PUT_CLAUSE,
    PUT_DEADLINE,
    PUT_CITATION,
    PUT_RECIPIENT,
    PUT_COSIGNER,
    PUT_ANNEX,
    PUT_DIAGNOSTIC,
    PUT_TEXT,
    STATEMENT_COUNT
};

static const char *const statements[STATEMENT_COUNT] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [SAVE] = "SAVEPOINT letter",
    [RELEASE] = "RELEASE letter",
    [TAKE_BACK] = "ROLLBACK TO letter",
    [FIND] = "SELECT id FROM documents WHERE sha256 = ? AND part = ?",
    [FORGET] = "DELETE FROM documents WHERE id = ?",
    /* A letter that could not be read has its path alone. */
    [FORGET_UNREAD] = "DELETE FROM documents WHERE sha256 IS NULL AND name = ?",
    /* A file that was one letter and now is several, or the other way round. */
    [FORGET_PARTS] = "DELETE FROM documents WHERE sha256 = ? AND (part = 0) <> (? = 0)",
    [PUT_FILE] = "INSERT OR REPLACE INTO files VALUES (?, ?)",
    [PUT_DOCUMENT] =
        ("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
         "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    [PUT_CLAUSE] = "INSERT INTO clauses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [PUT_DEADLINE] =
        "INSERT INTO deadlines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [PUT_CITATION] = "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [PUT_RECIPIENT] = "INSERT INTO recipients VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [PUT_COSIGNER] = "INSERT INTO cosigners VALUES (?, ?, ?, ?, ?)",
    [PUT_ANNEX] = "INSERT INTO annexes VALUES (?, ?, ?, ?, ?)",
    [PUT_DIAGNOSTIC] = "INSERT INTO diagnostics VALUES (?, ?, ?, ?, ?, ?, ?)",
    [PUT_TEXT] = "INSERT INTO full_text (rowid, text, folded) VALUES (?, ?, ?)",
};

struct cchc_catalogue {
    sqlite3 *database;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    cchc_parser *parser; /* for comparison keys */
    int result;          /* of SQLite: the first failure of the call under way */
};

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

static void check(cchc_catalogue *catalogue, int result)
{
    if (catalogue->result == SQLITE_OK && result != SQLITE_OK && result != SQLITE_DONE &&
        result != SQLITE_ROW)
        catalogue->result = result;
}

/* ------------------------------------------------------------------------------ statements -- */

/* A statement that is being given its values, one after the other. */
struct row {
    cchc_catalogue *catalogue;
    sqlite3_stmt *statement; /* NULL: an earlier failure */
    int next;
};

static struct row row_of(cchc_catalogue *catalogue, enum statement which)
{
    sqlite3_stmt **slot = &catalogue->statements[which];
    if (catalogue->result == SQLITE_OK && *slot == NULL)
        check(catalogue, sqlite3_prepare_v3(catalogue->database, statements[which], -1,
                                            SQLITE_PREPARE_PERSISTENT, slot, NULL));
    return (struct row){catalogue, catalogue->result == SQLITE_OK ? *slot : NULL, 1};
}

static void add_null(struct row *row)
{
    if (row->statement != NULL)
        check(row->catalogue, sqlite3_bind_null(row->statement, row->next++));
}

static void add_integer(struct row *row, sqlite3_int64 number)
{
    if (row->statement != NULL)
        check(row->catalogue, sqlite3_bind_int64(row->statement, row->next++, number));
}

static void add_size(struct row *row, size_t number)
{
    add_integer(row, (sqlite3_int64)number);
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
static void add_bytes(struct row *row, const char *bytes, size_t length)
{
    if (row->statement == NULL || bytes == NULL) {
        add_null(row);
        return;
    }
    if (is_clean(bytes, length)) {
        check(row->catalogue, sqlite3_bind_text64(row->statement, row->next++, bytes, length,
                                                  SQLITE_TRANSIENT, SQLITE_UTF8));
        return;
    }
    struct cchci_string copy = {0};
    cchci_string_add(&copy, bytes, length);
    if (copy.failed) {
        check(row->catalogue, SQLITE_NOMEM);
        free(copy.bytes);
    } else {
        check(row->catalogue, sqlite3_bind_text64(row->statement, row->next++, copy.bytes,
                                                  copy.length, free, SQLITE_UTF8));
    }
}

static void add_text(struct row *row, const cchc_text *text)
{
    add_bytes(row, text != NULL ? text->data : NULL, text != NULL ? text->length : 0);
}

static void add_string(struct row *row, const char *string)
{
    add_bytes(row, string, string != NULL ? strlen(string) : 0);
}

/* Where the value begins and ends in the input. */
static void add_spans(struct row *row, const cchc_span *spans, size_t count)
{
    if (count == 0) {
        add_null(row);
        add_null(row);
        return;
    }
    size_t end = spans[0].end;
    for (size_t i = 1; i < count; i++)
        end = spans[i].end > end ? spans[i].end : end;
    add_size(row, spans[0].begin);
    add_size(row, end);
}

/* An index as the ordinal that it has in the table. */
static void add_ordinal(struct row *row, size_t index)
{
    if (index == CCHC_NONE)
        add_null(row);
    else
        add_size(row, index + 1);
}

/* Runs the statement; SQLITE_ROW, SQLITE_DONE or a failure. */
static int run(struct row *row)
{
    if (row->catalogue->result != SQLITE_OK || row->statement == NULL)
        return row->catalogue->result;
    int result = sqlite3_step(row->statement);
    check(row->catalogue, result);
    return result;
}

static void finish(struct row *row)
{
    (void)run(row);
    if (row->statement != NULL) {
        (void)sqlite3_reset(row->statement);
        (void)sqlite3_clear_bindings(row->statement);
    }
}

static void perform(cchc_catalogue *catalogue, enum statement which)
{
    struct row row = row_of(catalogue, which);
    finish(&row);
}

/* ------------------------------------------------------------------------- comparison keys -- */

/* The key of any text; NULL after a failure. The caller frees it. */
static char *fold(cchc_catalogue *catalogue, const char *bytes, size_t length, size_t *key_length)
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
            check(catalogue, status == CCHC_NOMEM ? SQLITE_NOMEM : SQLITE_TOOBIG);
            return NULL;
        }
        room = *key_length;
    }
    check(catalogue, SQLITE_ERROR);
    return NULL;
}

static void add_key(struct row *row, const char *bytes, size_t length, bool is_code)
{
    size_t key_length = 0;
    char *key = bytes != NULL && row->statement != NULL
                    ? fold(row->catalogue, bytes, length, &key_length)
                    : NULL;
    if (key == NULL) {
        add_null(row);
        return;
    }
    size_t skip = 0; /* the decree writes 05 where others write 5 */
    while (is_code && skip + 1 < key_length && key[skip] == '0' && key[skip + 1] >= '0' &&
           key[skip + 1] <= '9')
        skip++;
    add_bytes(row, key + skip, key_length - skip);
    free(key);
}

static void add_text_key(struct row *row, const cchc_text *text)
{
    add_key(row, text != NULL ? text->data : NULL, text != NULL ? text->length : 0, false);
}

static void add_code_key(struct row *row, const char *code, size_t length)
{
    add_key(row, code, length, true);
}

/* -------------------------------------------------------------------------- the rows of a letter
 * -- */

static void put_heading(struct row *row, const cchc_document *document)
{
    static const cchc_type no_type = {0};
    static const cchc_agency no_agency = {0};
    static const cchc_code no_code = {0};
    static const cchc_promulgation no_promulgation = {0};
#define OR(value, none) ((value) != NULL ? (value) : &(none))
    const cchc_type *type = OR(cchc_document_type(document), no_type);
    const cchc_agency *agency = OR(cchc_document_agency(document), no_agency);
    const cchc_code *code = OR(cchc_document_code(document), no_code);
    const cchc_promulgation *promulgation =
        OR(cchc_document_promulgation(document), no_promulgation);
    add_string(row, type->slug);
    add_text(row, &type->text);
    add_string(row, type->family);
    add_text(row, &agency->parent);
    add_text(row, &agency->name);
    add_text(row, &code->text);
    add_string(row, code->number);
    add_string(row, code->notation);
    add_text(row, &promulgation->place);
    add_string(row, promulgation->iso);
    if (promulgation->iso != NULL && strlen(promulgation->iso) >= 4)
        add_integer(row, strtol((char[5]){promulgation->iso[0], promulgation->iso[1],
                                          promulgation->iso[2], promulgation->iso[3], '\0'},
                                NULL, 10));
    else
        add_null(row);
    for (int field = CCHC_SUBJECT; field <= CCHC_CIRCULATION; field++)
        add_text(row, cchc_document_text(document, (cchc_field)field));
}

static void put_closing(struct row *row, const cchc_document *document)
{
    static const cchc_signer no_signer = {0};
    static const cchc_archive no_archive = {.copies = -1};
    static const cchc_incoming no_incoming = {0};
    const cchc_signer *signer = OR(cchc_document_signer(document), no_signer);
    const cchc_archive *archive = OR(cchc_document_archive(document), no_archive);
    const cchc_incoming *incoming = OR(cchc_document_incoming(document), no_incoming);
    add_text(row, &signer->competence);
    add_text(row, &signer->position);
    add_text(row, &signer->full_name);
    add_text(row, &archive->text);
    add_string(row, archive->typist);
    if (archive->copies >= 0)
        add_integer(row, archive->copies);
    else
        add_null(row);
    add_string(row, incoming->number);
    add_string(row, incoming->date);
#undef OR
}

static void put_keys(struct row *row, const cchc_document *document)
{
    const cchc_agency *agency = cchc_document_agency(document);
    const cchc_code *code = cchc_document_code(document);
    add_code_key(row, code != NULL ? code->text.data : NULL, code != NULL ? code->text.length : 0);
    add_text_key(row, agency != NULL ? &agency->name : NULL);
    add_text_key(row, agency != NULL ? &agency->parent : NULL);
}

/* @p id 0: a new one. Returns the id. */
static sqlite3_int64 put_document(cchc_catalogue *catalogue, const cchc_letter *letter,
                                  const char *sha256, sqlite3_int64 id)
{
    const cchc_source *source = cchc_document_source(letter->document);
    struct row row = row_of(catalogue, PUT_DOCUMENT);
    if (id != 0)
        add_integer(&row, id);
    else
        add_null(&row);
    add_string(&row, sha256);
    add_size(&row, source->part);
    add_bytes(&row, letter->name != NULL ? letter->name : "", letter->name_length);
    if (source->bytes != SIZE_MAX)
        add_size(&row, source->bytes);
    else
        add_null(&row);
    add_spans(&row, &source->range, sha256 != NULL);
    add_string(&row, source->encoding);
    put_heading(&row, letter->document);
    put_closing(&row, letter->document);
    put_keys(&row, letter->document);
    finish(&row);
    return sqlite3_last_insert_rowid(catalogue->database);
}

static struct row item_row(cchc_catalogue *catalogue, enum statement which, sqlite3_int64 id,
                           size_t index)
{
    struct row row = row_of(catalogue, which);
    add_integer(&row, id);
    add_size(&row, index + 1);
    return row;
}

static void put_clauses(cchc_catalogue *catalogue, const cchc_document *document, sqlite3_int64 id)
{
    size_t count = 0;
    const cchc_clause *clauses = cchc_document_clauses(document, &count);
    for (size_t i = 0; i < count && catalogue->result == SQLITE_OK; i++) {
        const cchc_clause *clause = &clauses[i];
        struct row row = item_row(catalogue, PUT_CLAUSE, id, i);
        add_ordinal(&row, clause->parent);
        add_integer(&row, clause->level);
        add_string(&row, clause->label);
        add_string(&row, clause->marker);
        add_bytes(&row, clause->text.data != NULL ? clause->text.data : "", clause->text.length);
        add_spans(&row, clause->text.spans, clause->text.span_count);
        finish(&row);
    }
}

static void add_due(struct row *row, const cchc_deadline *deadline)
{
    struct cchci_due due;
    char text[CCHCI_DAY_SIZE];
    bool has_due = cchci_due_of(deadline, &due);
    add_string(row, has_due ? cchci_day_text(&due.day, CCHCI_ISO_DAY, text) : NULL);
    if (has_due && due.timed) {
        (void)snprintf(text, sizeof text, "%02d:%02d", due.hour % 100, due.minute % 100);
        add_string(row, text);
    } else {
        add_null(row);
    }
}

static void put_deadlines(cchc_catalogue *catalogue, const cchc_document *document,
                          sqlite3_int64 id)
{
    size_t count = 0;
    const cchc_deadline *deadlines = cchc_document_deadlines(document, &count);
    for (size_t i = 0; i < count && catalogue->result == SQLITE_OK; i++) {
        const cchc_deadline *deadline = &deadlines[i];
        struct row row = item_row(catalogue, PUT_DEADLINE, id, i);
        add_text(&row, &deadline->text);
        add_string(&row, deadline->kind);
        add_string(&row, deadline->iso);
        add_string(&row, deadline->bound);
        add_due(&row, deadline);
        add_string(&row, deadline->rule);
        add_string(&row, deadline->duration);
        if (deadline->working_days >= 0)
            add_integer(&row, deadline->working_days);
        else
            add_null(&row);
        add_string(&row, deadline->direction);
        add_string(&row, deadline->anchor);
        add_ordinal(&row, deadline->clause);
        add_spans(&row, deadline->text.spans, deadline->text.span_count);
        finish(&row);
    }
}

static void put_citations(cchc_catalogue *catalogue, const cchc_document *document,
                          sqlite3_int64 id)
{
    size_t count = 0;
    const cchc_reference *references = cchc_document_references(document, &count);
    for (size_t i = 0; i < count && catalogue->result == SQLITE_OK; i++) {
        const cchc_reference *reference = &references[i];
        struct row row = item_row(catalogue, PUT_CITATION, id, i);
        add_text(&row, &reference->text);
        add_string(&row, reference->type);
        add_string(&row, reference->code);
        add_string(&row, reference->date);
        add_string(&row, reference->issuer);
        add_string(&row, reference->part);
        add_code_key(&row, reference->code, reference->code != NULL ? strlen(reference->code) : 0);
        add_spans(&row, reference->text.spans, reference->text.span_count);
        finish(&row);
    }
}

static void put_recipient(cchc_catalogue *catalogue, sqlite3_int64 id, size_t index,
                          const cchc_text *text, const cchc_recipient *recipient)
{
    struct row row = item_row(catalogue, PUT_RECIPIENT, id, index);
    add_string(&row, recipient != NULL ? "recipient" : "addressee");
    add_text(&row, text);
    add_string(&row, recipient != NULL ? recipient->purpose : NULL);
    if (recipient != NULL)
        add_integer(&row, recipient->same_as_addressees);
    else
        add_null(&row);
    add_text_key(&row, text);
    add_spans(&row, text->spans, text->span_count);
    finish(&row);
}

static void put_recipients(cchc_catalogue *catalogue, const cchc_document *document,
                           sqlite3_int64 id)
{
    size_t addressee_count = 0, count = 0;
    const cchc_text *addressees = cchc_document_addressees(document, &addressee_count);
    const cchc_recipient *recipients = cchc_document_recipients(document, &count);
    for (size_t i = 0; i < addressee_count && catalogue->result == SQLITE_OK; i++)
        put_recipient(catalogue, id, i, &addressees[i], NULL);
    for (size_t i = 0; i < count && catalogue->result == SQLITE_OK; i++)
        put_recipient(catalogue, id, addressee_count + i, &recipients[i].text, &recipients[i]);
}

static void put_rest(cchc_catalogue *catalogue, const cchc_document *document, sqlite3_int64 id)
{
    static const char *const severities[] = {"info", "warning", "error"};
    size_t count = 0;
    const cchc_signer *cosigners = cchc_document_cosigners(document, &count);
    for (size_t i = 0; i < count && catalogue->result == SQLITE_OK; i++) {
        struct row row = item_row(catalogue, PUT_COSIGNER, id, i);
        add_text(&row, &cosigners[i].competence);
        add_text(&row, &cosigners[i].position);
        add_text(&row, &cosigners[i].full_name);
        finish(&row);
    }
    const cchc_text *annexes = cchc_document_annexes(document, &count);
    for (size_t i = 0; i < count && catalogue->result == SQLITE_OK; i++) {
        struct row row = item_row(catalogue, PUT_ANNEX, id, i);
        add_text(&row, &annexes[i]);
        add_spans(&row, annexes[i].spans, annexes[i].span_count);
        finish(&row);
    }
    const cchc_diagnostic *diagnostics = cchc_document_diagnostics(document, &count);
    for (size_t i = 0; i < count && catalogue->result == SQLITE_OK; i++) {
        struct row row = item_row(catalogue, PUT_DIAGNOSTIC, id, i);
        add_string(&row, diagnostics[i].code);
        add_string(&row, severities[diagnostics[i].severity <= CCHC_ERROR ? diagnostics[i].severity
                                                                          : CCHC_ERROR]);
        add_string(&row, diagnostics[i].message);
        add_spans(&row, diagnostics[i].spans, diagnostics[i].span_count);
        finish(&row);
    }
}

/* ------------------------------------------------------------------------------- full text -- */

/* The letter's bytes with blanks where markup stands. */
static void add_printed(struct cchci_string *text, const cchc_letter *letter)
{
    const cchc_source *source = cchc_document_source(letter->document);
    cchc_span range = source->range;
    size_t length = range.end - range.begin, count = 0;
    char *bytes = malloc(length + 1);
    if (bytes == NULL) {
        text->failed = true;
        return;
    }
    if (length > 0)
        memcpy(bytes, (const char *)letter->bytes + range.begin, length);
    const cchc_segment *segments = cchc_document_segments(letter->document, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(segments[i].kind, "markup") != 0 && strcmp(segments[i].kind, "bom") != 0)
            continue;
        for (size_t k = 0; k < segments[i].span_count; k++) {
            cchc_span span = segments[i].spans[k];
            if (span.begin >= range.begin && span.end <= range.end)
                memset(bytes + (span.begin - range.begin), ' ', span.end - span.begin);
        }
    }
    cchci_string_add(text, bytes, length);
    free(bytes);
}

/* The texts of the record, for a letter whose bytes are in an old encoding and no text for SQLite.
 */
static void add_values(struct cchci_string *text, const cchc_document *document)
{
    const cchc_agency *agency = cchc_document_agency(document);
    const cchc_signer *signer = cchc_document_signer(document);
    size_t count = 0;
    cchci_string_add_line(text, agency != NULL ? &agency->parent : NULL);
    cchci_string_add_line(text, agency != NULL ? &agency->name : NULL);
    cchci_string_add_line(text, cchc_document_text(document, CCHC_SUBJECT));
    const cchc_text *addressees = cchc_document_addressees(document, &count);
    for (size_t i = 0; i < count; i++)
        cchci_string_add_line(text, &addressees[i]);
    const cchc_clause *clauses = cchc_document_clauses(document, &count);
    for (size_t i = 0; i < count; i++)
        cchci_string_add_line(text, &clauses[i].text);
    const cchc_recipient *recipients = cchc_document_recipients(document, &count);
    for (size_t i = 0; i < count; i++)
        cchci_string_add_line(text, &recipients[i].text);
    cchci_string_add_line(text, signer != NULL ? &signer->full_name : NULL);
}

static void put_text(cchc_catalogue *catalogue, const cchc_letter *letter, sqlite3_int64 id)
{
    const cchc_source *source = cchc_document_source(letter->document);
    struct cchci_string text = {0};
    const char *bytes =
        letter->bytes != NULL ? (const char *)letter->bytes + source->range.begin : "";
    size_t length = source->range.end - source->range.begin, folded_length = 0;
    if (strcmp(source->encoding, "UTF-8") == 0) {
        add_printed(&text, letter);
        bytes = text.bytes;
        length = text.length;
    } else {
        add_values(&text, letter->document);
    }
    if (text.failed)
        check(catalogue, SQLITE_NOMEM);
    char *folded = catalogue->result == SQLITE_OK
                       ? fold(catalogue, length > 0 ? bytes : "", length, &folded_length)
                       : NULL;
    struct row row = row_of(catalogue, PUT_TEXT);
    add_integer(&row, id);
    add_bytes(&row, text.bytes != NULL ? text.bytes : "", text.length);
    add_bytes(&row, folded, folded_length);
    finish(&row);
    free(text.bytes);
    free(folded);
}

/* ---------------------------------------------------------------------------------- letters -- */

static void forget(cchc_catalogue *catalogue, enum statement which, const char *bytes,
                   size_t length, size_t part)
{
    struct row row = row_of(catalogue, which);
    add_bytes(&row, bytes, length);
    if (which == FORGET_PARTS)
        add_size(&row, part);
    finish(&row);
}

/* The id under which the letter is there; 0: it is not. */
static sqlite3_int64 find(cchc_catalogue *catalogue, const char *sha256, size_t part)
{
    sqlite3_int64 id = 0;
    struct row row = row_of(catalogue, FIND);
    add_string(&row, sha256);
    add_size(&row, part);
    if (run(&row) == SQLITE_ROW)
        id = sqlite3_column_int64(row.statement, 0);
    if (row.statement != NULL)
        (void)sqlite3_reset(row.statement);
    return id;
}

static sqlite3_int64 replace(cchc_catalogue *catalogue, const cchc_letter *letter,
                             const char *sha256, size_t part)
{
    forget(catalogue, FORGET_PARTS, sha256, strlen(sha256), part);
    sqlite3_int64 id = find(catalogue, sha256, part);
    if (id != 0) {
        struct row row = row_of(catalogue, FORGET);
        add_integer(&row, id);
        finish(&row);
    }
    struct row row = row_of(catalogue, PUT_FILE);
    add_bytes(&row, letter->name != NULL ? letter->name : "", letter->name_length);
    add_string(&row, sha256);
    finish(&row);
    return id;
}

static void put_letter(cchc_catalogue *catalogue, const cchc_letter *letter)
{
    const cchc_source *source = cchc_document_source(letter->document);
    bool read = source->encoding != NULL;
    char sha256[SHA256_DIGEST_STRING_LENGTH];
    sqlite3_int64 id = 0;
    forget(catalogue, FORGET_UNREAD, letter->name != NULL ? letter->name : "", letter->name_length,
           0);
    if (read) {
        const uint8_t *bytes = letter->bytes != NULL ? letter->bytes : (const uint8_t *)"";
        (void)SHA256Data(bytes, letter->length, sha256);
        id = replace(catalogue, letter, sha256, source->part);
    }
    id = put_document(catalogue, letter, read ? sha256 : NULL, id);
    put_clauses(catalogue, letter->document, id);
    put_deadlines(catalogue, letter->document, id);
    put_citations(catalogue, letter->document, id);
    put_recipients(catalogue, letter->document, id);
    put_rest(catalogue, letter->document, id);
    if (read)
        put_text(catalogue, letter, id);
}

/* The bytes must be those that the record is about; a letter that could not be read has none. */
static bool is_whole(const cchc_letter *letter)
{
    const cchc_source *source = cchc_document_source(letter->document);
    if ((letter->name == NULL && letter->name_length > 0) ||
        (letter->bytes == NULL && letter->length > 0))
        return false;
    return source->encoding == NULL ||
           (source->bytes == letter->length && source->range.begin <= source->range.end &&
            source->range.end <= letter->length);
}

/* Where a disk is full or memory ends SQLite may take the whole transaction back by itself. */
static bool is_writing(const cchc_catalogue *catalogue)
{
    return sqlite3_get_autocommit(catalogue->database) == 0;
}

cchc_status cchc_catalogue_add(cchc_catalogue *catalogue, const cchc_letter *letter, char **message)
{
    if (catalogue == NULL || letter == NULL || letter->document == NULL || !is_whole(letter))
        return CCHC_INVALID;
    catalogue->result = SQLITE_OK;
    if (!is_writing(catalogue))
        perform(catalogue, BEGIN);
    perform(catalogue, SAVE);
    if (catalogue->result != SQLITE_OK)
        return failed(catalogue, message);
    put_letter(catalogue, letter);
    cchc_status status = catalogue->result != SQLITE_OK ? failed(catalogue, message) : CCHC_OK;
    catalogue->result = SQLITE_OK;
    if (status != CCHC_OK && is_writing(catalogue))
        perform(catalogue, TAKE_BACK);
    if (is_writing(catalogue))
        perform(catalogue, RELEASE);
    return status != CCHC_OK || catalogue->result == SQLITE_OK ? status
                                                               : failed(catalogue, message);
}

cchc_status cchc_catalogue_commit(cchc_catalogue *catalogue, char **message)
{
    if (catalogue == NULL)
        return CCHC_INVALID;
    if (!is_writing(catalogue))
        return CCHC_OK;
    catalogue->result = SQLITE_OK;
    perform(catalogue, COMMIT);
    return catalogue->result == SQLITE_OK ? CCHC_OK : failed(catalogue, message);
}

/* ---------------------------------------------------------------------------- open and close -- */

static void execute(cchc_catalogue *catalogue, const char *sql)
{
    if (catalogue->result == SQLITE_OK)
        check(catalogue, sqlite3_exec(catalogue->database, sql, NULL, NULL, NULL));
}

static sqlite3_int64 value_of(cchc_catalogue *catalogue, const char *sql)
{
    sqlite3_int64 value = 0;
    sqlite3_stmt *statement = NULL;
    if (catalogue->result != SQLITE_OK)
        return 0;
    check(catalogue, sqlite3_prepare_v2(catalogue->database, sql, -1, &statement, NULL));
    if (catalogue->result == SQLITE_OK) {
        int result = sqlite3_step(statement);
        check(catalogue, result);
        /* These queries have a row; SQLite leaves it out where it could not get memory for it. */
        if (result == SQLITE_ROW)
            value = sqlite3_column_int64(statement, 0);
        else
            check(catalogue, result == SQLITE_DONE ? SQLITE_NOMEM : result);
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
     * whole. */
    execute(catalogue, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                       "PRAGMA foreign_keys = ON;");
    return NULL;
}

static void free_catalogue(cchc_catalogue *catalogue)
{
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        (void)sqlite3_finalize(catalogue->statements[i]);
    (void)sqlite3_close_v2(catalogue->database);
    cchc_parser_free(catalogue->parser);
    free(catalogue);
}

cchc_status cchc_catalogue_open(const char *path, cchc_catalogue **catalogue, char **message)
{
    if (path == NULL || catalogue == NULL)
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
        check(made, sqlite3_open_v2(path, &made->database,
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
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
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
