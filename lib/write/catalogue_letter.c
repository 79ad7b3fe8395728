/* SPDX-License-Identifier: MIT */
/* The rows of a letter. */
#include "catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sha2.h>

/* -------------------------------------------------------------------------- the rows of a letter
 * -- */

static void put_heading(struct cchci_row *row, const cchc_document *document)
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
    cchci_row_string(row, type->slug);
    cchci_row_text(row, &type->text);
    cchci_row_string(row, type->family);
    cchci_row_text(row, &agency->parent);
    cchci_row_text(row, &agency->name);
    cchci_row_text(row, &code->text);
    cchci_row_string(row, code->number);
    cchci_row_string(row, code->notation);
    cchci_row_text(row, &promulgation->place);
    cchci_row_string(row, promulgation->iso);
    if (promulgation->iso != NULL && strlen(promulgation->iso) >= 4)
        cchci_row_integer(row, strtol((char[5]){promulgation->iso[0], promulgation->iso[1],
                                                promulgation->iso[2], promulgation->iso[3], '\0'},
                                      NULL, 10));
    else
        cchci_row_null(row);
    for (int field = CCHC_SUBJECT; field <= CCHC_CIRCULATION; field++)
        cchci_row_text(row, cchc_document_text(document, (cchc_field)field));
}

static void put_closing(struct cchci_row *row, const cchc_document *document)
{
    static const cchc_signer no_signer = {0};
    static const cchc_archive no_archive = {.copies = -1};
    static const cchc_incoming no_incoming = {0};
    const cchc_signer *signer = OR(cchc_document_signer(document), no_signer);
    const cchc_archive *archive = OR(cchc_document_archive(document), no_archive);
    const cchc_incoming *incoming = OR(cchc_document_incoming(document), no_incoming);
    cchci_row_text(row, &signer->competence);
    cchci_row_text(row, &signer->position);
    cchci_row_text(row, &signer->full_name);
    cchci_row_text(row, &archive->text);
    cchci_row_string(row, archive->typist);
    if (archive->copies >= 0)
        cchci_row_integer(row, archive->copies);
    else
        cchci_row_null(row);
    cchci_row_string(row, incoming->number);
    cchci_row_string(row, incoming->date);
#undef OR
}

static void put_keys(struct cchci_row *row, const cchc_document *document)
{
    const cchc_agency *agency = cchc_document_agency(document);
    const cchc_code *code = cchc_document_code(document);
    cchci_row_code_key(row, code != NULL ? code->text.data : NULL,
                       code != NULL ? code->text.length : 0);
    cchci_row_text_key(row, agency != NULL ? &agency->name : NULL);
    cchci_row_text_key(row, agency != NULL ? &agency->parent : NULL);
}

/* @p id 0: a new one. Returns the id. */
static sqlite3_int64 put_document(cchc_catalogue *catalogue, const cchc_letter *letter,
                                  const char *sha256, sqlite3_int64 id)
{
    const cchc_source *source = cchc_document_source(letter->document);
    struct cchci_row row = cchci_row_of(catalogue, CCHCI_PUT_DOCUMENT);
    if (id != 0)
        cchci_row_integer(&row, id);
    else
        cchci_row_null(&row);
    cchci_row_string(&row, sha256);
    cchci_row_size(&row, source->part);
    cchci_row_bytes(&row, letter->name != NULL ? letter->name : "", letter->name_length);
    if (source->bytes != SIZE_MAX)
        cchci_row_size(&row, source->bytes);
    else
        cchci_row_null(&row);
    cchci_row_spans(&row, &source->range, sha256 != NULL);
    cchci_row_string(&row, source->encoding);
    put_heading(&row, letter->document);
    put_closing(&row, letter->document);
    put_keys(&row, letter->document);
    cchci_row_finish(&row);
    return sqlite3_last_insert_rowid(catalogue->database);
}

static struct cchci_row item_row(cchc_catalogue *catalogue, enum cchci_statement which,
                                 sqlite3_int64 id, size_t index)
{
    struct cchci_row row = cchci_row_of(catalogue, which);
    cchci_row_integer(&row, id);
    cchci_row_size(&row, index + 1);
    return row;
}

static void put_clauses(cchc_catalogue *catalogue, const cchc_document *document, sqlite3_int64 id)
{
    size_t count = 0;
    const cchc_clause *clauses = cchc_document_clauses(document, &count);
    for (size_t i = 0; i < count && catalogue->result == SQLITE_OK; i++) {
        const cchc_clause *clause = &clauses[i];
        struct cchci_row row = item_row(catalogue, CCHCI_PUT_CLAUSE, id, i);
        cchci_row_ordinal(&row, clause->parent);
        cchci_row_integer(&row, clause->level);
        cchci_row_string(&row, clause->label);
        cchci_row_string(&row, clause->marker);
        cchci_row_bytes(&row, clause->text.data, clause->text.length);
        cchci_row_spans(&row, clause->text.spans, clause->text.span_count);
        cchci_row_finish(&row);
    }
}

static void add_due(struct cchci_row *row, const cchc_deadline *deadline)
{
    struct cchci_due due;
    char text[CCHCI_DAY_SIZE];
    bool has_due = cchci_due_of(deadline, &due);
    cchci_row_string(row, has_due ? cchci_day_text(&due.day, CCHCI_ISO_DAY, text) : NULL);
    if (has_due && due.timed) {
        (void)snprintf(text, sizeof text, "%02d:%02d", due.hour % 100, due.minute % 100);
        cchci_row_string(row, text);
    } else {
        cchci_row_null(row);
    }
}

static void put_deadlines(cchc_catalogue *catalogue, const cchc_document *document,
                          sqlite3_int64 id)
{
    size_t count = 0;
    const cchc_deadline *deadlines = cchc_document_deadlines(document, &count);
    for (size_t i = 0; i < count && catalogue->result == SQLITE_OK; i++) {
        const cchc_deadline *deadline = &deadlines[i];
        struct cchci_row row = item_row(catalogue, CCHCI_PUT_DEADLINE, id, i);
        cchci_row_text(&row, &deadline->text);
        cchci_row_string(&row, deadline->kind);
        cchci_row_string(&row, deadline->iso);
        cchci_row_string(&row, deadline->bound);
        add_due(&row, deadline);
        cchci_row_string(&row, deadline->rule);
        cchci_row_string(&row, deadline->duration);
        if (deadline->working_days >= 0)
            cchci_row_integer(&row, deadline->working_days);
        else
            cchci_row_null(&row);
        cchci_row_string(&row, deadline->direction);
        cchci_row_string(&row, deadline->anchor);
        cchci_row_ordinal(&row, deadline->clause);
        cchci_row_spans(&row, deadline->text.spans, deadline->text.span_count);
        cchci_row_finish(&row);
    }
}

static void put_citations(cchc_catalogue *catalogue, const cchc_document *document,
                          sqlite3_int64 id)
{
    size_t count = 0;
    const cchc_reference *references = cchc_document_references(document, &count);
    for (size_t i = 0; i < count && catalogue->result == SQLITE_OK; i++) {
        const cchc_reference *reference = &references[i];
        struct cchci_row row = item_row(catalogue, CCHCI_PUT_CITATION, id, i);
        cchci_row_text(&row, &reference->text);
        cchci_row_string(&row, reference->type);
        cchci_row_string(&row, reference->code);
        cchci_row_string(&row, reference->date);
        cchci_row_string(&row, reference->issuer);
        cchci_row_string(&row, reference->part);
        cchci_row_code_key(&row, reference->code,
                           reference->code != NULL ? strlen(reference->code) : 0);
        cchci_row_spans(&row, reference->text.spans, reference->text.span_count);
        cchci_row_finish(&row);
    }
}

static void put_recipient(cchc_catalogue *catalogue, sqlite3_int64 id, size_t index,
                          const cchc_text *text, const cchc_recipient *recipient)
{
    struct cchci_row row = item_row(catalogue, CCHCI_PUT_RECIPIENT, id, index);
    cchci_row_string(&row, recipient != NULL ? "recipient" : "addressee");
    cchci_row_text(&row, text);
    cchci_row_string(&row, recipient != NULL ? recipient->purpose : NULL);
    if (recipient != NULL)
        cchci_row_integer(&row, recipient->same_as_addressees);
    else
        cchci_row_null(&row);
    cchci_row_text_key(&row, text);
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): only agencies have a text that is NULL */
    cchci_row_spans(&row, text->spans, text->span_count);
    cchci_row_finish(&row);
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
        struct cchci_row row = item_row(catalogue, CCHCI_PUT_COSIGNER, id, i);
        cchci_row_text(&row, &cosigners[i].competence);
        cchci_row_text(&row, &cosigners[i].position);
        cchci_row_text(&row, &cosigners[i].full_name);
        cchci_row_finish(&row);
    }
    const cchc_text *annexes = cchc_document_annexes(document, &count);
    for (size_t i = 0; i < count && catalogue->result == SQLITE_OK; i++) {
        struct cchci_row row = item_row(catalogue, CCHCI_PUT_ANNEX, id, i);
        cchci_row_text(&row, &annexes[i]);
        cchci_row_spans(&row, annexes[i].spans, annexes[i].span_count);
        cchci_row_finish(&row);
    }
    const cchc_diagnostic *diagnostics = cchc_document_diagnostics(document, &count);
    for (size_t i = 0; i < count && catalogue->result == SQLITE_OK; i++) {
        struct cchci_row row = item_row(catalogue, CCHCI_PUT_DIAGNOSTIC, id, i);
        cchci_row_string(&row, diagnostics[i].code);
        cchci_row_string(&row,
                         severities[diagnostics[i].severity <= CCHC_ERROR ? diagnostics[i].severity
                                                                          : CCHC_ERROR]);
        cchci_row_string(&row, diagnostics[i].message);
        cchci_row_spans(&row, diagnostics[i].spans, diagnostics[i].span_count);
        cchci_row_finish(&row);
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
    if (letter->bytes != NULL)
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
        cchci_catalogue_check(catalogue, SQLITE_NOMEM);
    char *folded =
        catalogue->result == SQLITE_OK
            ? cchci_catalogue_fold(catalogue, length > 0 ? bytes : "", length, &folded_length)
            : NULL;
    struct cchci_row row = cchci_row_of(catalogue, CCHCI_PUT_TEXT);
    cchci_row_integer(&row, id);
    cchci_row_bytes(&row, text.bytes != NULL ? text.bytes : "", text.length);
    cchci_row_bytes(&row, folded, folded_length);
    cchci_row_finish(&row);
    free(text.bytes);
    free(folded);
}

/* ---------------------------------------------------------------------------------- letters -- */

static void forget(cchc_catalogue *catalogue, enum cchci_statement which, const char *bytes,
                   size_t length, size_t part)
{
    struct cchci_row row = cchci_row_of(catalogue, which);
    cchci_row_bytes(&row, bytes, length);
    if (which == CCHCI_FORGET_PARTS)
        cchci_row_size(&row, part);
    cchci_row_finish(&row);
}

/* The id under which the letter is there; 0: it is not. */
static sqlite3_int64 find(cchc_catalogue *catalogue, const char *sha256, size_t part)
{
    sqlite3_int64 id = 0;
    struct cchci_row row = cchci_row_of(catalogue, CCHCI_FIND);
    cchci_row_string(&row, sha256);
    cchci_row_size(&row, part);
    if (cchci_row_run(&row) == SQLITE_ROW)
        id = sqlite3_column_int64(row.statement, 0);
    if (row.statement != NULL)
        (void)sqlite3_reset(row.statement);
    return id;
}

static sqlite3_int64 replace(cchc_catalogue *catalogue, const cchc_letter *letter,
                             const char *sha256, size_t part)
{
    forget(catalogue, CCHCI_FORGET_PARTS, sha256, strlen(sha256), part);
    sqlite3_int64 id = find(catalogue, sha256, part);
    if (id != 0) {
        struct cchci_row row = cchci_row_of(catalogue, CCHCI_FORGET);
        cchci_row_integer(&row, id);
        cchci_row_finish(&row);
    }
    struct cchci_row row = cchci_row_of(catalogue, CCHCI_PUT_FILE);
    cchci_row_bytes(&row, letter->name != NULL ? letter->name : "", letter->name_length);
    cchci_row_string(&row, sha256);
    cchci_row_finish(&row);
    return id;
}

void cchci_catalogue_put(cchc_catalogue *catalogue, const cchc_letter *letter)
{
    const cchc_source *source = cchc_document_source(letter->document);
    bool read = source->encoding != NULL;
    char sha256[SHA256_DIGEST_STRING_LENGTH];
    sqlite3_int64 id = 0;
    forget(catalogue, CCHCI_FORGET_UNREAD, letter->name != NULL ? letter->name : "",
           letter->name_length, 0);
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
