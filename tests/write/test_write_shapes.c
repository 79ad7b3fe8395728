/* SPDX-License-Identifier: MIT */
/* The formats over records that no letter brings about: bytes that are no text, formulas, markup,
 * line ends and NUL in every value, long values and lists of thousands. The writers see a document
 * through the public accessors alone, so this program brings its own documents and is linked
 * without the core. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cchcparse/write.h>

#include <cmocka.h>

#ifdef HAVE_XML
#include <libxml/parser.h>
#include <libxml/xpath.h>
#endif
#ifdef HAVE_ICAL
#include <libical/ical.h>
#endif
#ifdef HAVE_SQLITE
#include <sqlite3.h>
#endif

/* Every text of a document is one value, every list has as many items. */
struct cchc_document {
    cchc_source source;
    cchc_type type;
    cchc_agency agency;
    cchc_code code;
    cchc_promulgation promulgation;
    cchc_text text;
    cchc_archive archive;
    cchc_signer signer;
    cchc_incoming incoming;
    const char *const *units;
    size_t count;
    cchc_text *texts;
    cchc_clause *clauses;
    cchc_deadline *deadlines;
    cchc_reference *references;
    cchc_recipient *recipients;
    cchc_signer *cosigners;
    cchc_diagnostic *diagnostics;
};

#define ONE(type, name)                                                                            \
    const type *cchc_document_##name(const cchc_document *document)                                \
    {                                                                                              \
        return &document->name;                                                                    \
    }
#define LIST(type, name, member)                                                                   \
    const type *cchc_document_##name(const cchc_document *document, size_t *count)                 \
    {                                                                                              \
        *count = document->count;                                                                  \
        return document->member;                                                                   \
    }

ONE(cchc_source, source)
ONE(cchc_type, type)
ONE(cchc_agency, agency)
ONE(cchc_code, code)
ONE(cchc_promulgation, promulgation)
ONE(cchc_archive, archive)
ONE(cchc_signer, signer)
ONE(cchc_incoming, incoming)
LIST(cchc_text, addressees, texts)
LIST(cchc_clause, clauses, clauses)
LIST(cchc_deadline, deadlines, deadlines)
LIST(cchc_reference, references, references)
LIST(cchc_recipient, recipients, recipients)
LIST(cchc_signer, cosigners, cosigners)
LIST(cchc_text, annexes, texts)
LIST(cchc_diagnostic, diagnostics, diagnostics)

const cchc_text *cchc_document_text(const cchc_document *document, cchc_field field)
{
    return field <= CCHC_CIRCULATION ? &document->text : NULL;
}

const cchc_segment *cchc_document_segments(const cchc_document *document, size_t *count)
{
    (void)document;
    *count = 0;
    return NULL;
}

const cchc_e_signature *cchc_document_e_signatures(const cchc_document *document, size_t *count)
{
    (void)document;
    *count = 0;
    return NULL;
}

/* The catalogue folds texts; here the key is the text. */
cchc_status cchc_parser_new(const cchc_options *options, cchc_parser **parser)
{
    (void)options;
    *parser = malloc(1);
    return *parser != NULL ? CCHC_OK : CCHC_NOMEM;
}

void cchc_parser_free(cchc_parser *parser)
{
    free(parser);
}

cchc_status cchc_fold(const cchc_parser *parser, const char *text, size_t text_length, char *key,
                      size_t capacity, size_t *length)
{
    (void)parser;
    *length = text_length;
    if (capacity > text_length) {
        memcpy(key, text, text_length);
        key[text_length] = '\0';
    }
    return CCHC_OK;
}

/* ------------------------------------------------------------------------------- documents -- */

static void *all_of(size_t count, size_t size)
{
    void *list = calloc(count + 1, size);
    assert_non_null(list);
    return list;
}

/* A document all of whose values are @p value (a string with a closing NUL, for members that are
 * one). */
static cchc_document *document_of(const char *value, size_t length, size_t count)
{
    static const cchc_span span = {0, 1};
    static const char *const isos[] = {"2022-09-15T17:00", "2022-02-28", "2024-Q4", "9999",
                                       "0001-01-01",       "garbage",    "",        NULL};
    static const char *const kinds[] = {"datetime", "date", "quarter", "year",
                                        "date",     "date", "date",    "relative"};
    cchc_document *document = all_of(1, sizeof *document);
    cchc_text text = {value, length, &span, 1};
    document->source = (cchc_source){.bytes = 1, .encoding = "TCVN3", .range = {0, 1}};
    document->type = (cchc_type){"khac", text, "nd30"};
    document->agency = (cchc_agency){text, text};
    document->code = (cchc_code){text, value, value};
    document->promulgation = (cchc_promulgation){text, text, value};
    document->text = text;
    document->units = all_of(count, sizeof *document->units);
    document->archive = (cchc_archive){text, document->units, count, value, 5};
    document->signer = (cchc_signer){text, text, text};
    document->incoming = (cchc_incoming){value, value, &span, 1};
    document->count = count;
    document->texts = all_of(count, sizeof *document->texts);
    document->clauses = all_of(count, sizeof *document->clauses);
    document->deadlines = all_of(count, sizeof *document->deadlines);
    document->references = all_of(count, sizeof *document->references);
    document->recipients = all_of(count, sizeof *document->recipients);
    document->cosigners = all_of(count, sizeof *document->cosigners);
    document->diagnostics = all_of(count, sizeof *document->diagnostics);
    for (size_t i = 0; i < count; i++) {
        ((const char **)document->units)[i] = value;
        document->texts[i] = text;
        document->clauses[i] = (cchc_clause){value, value, 1, i > 0 ? i - 1 : CCHC_NONE, 0, text};
        document->deadlines[i] = (cchc_deadline){text,
                                                 kinds[i % 8],
                                                 isos[i % 8],
                                                 i % 2 != 0 ? "before" : value,
                                                 false,
                                                 i % 8 == 7 ? value : NULL,
                                                 value,
                                                 (int)(i % 3) - 1,
                                                 value,
                                                 value,
                                                 i % 5 != 0 ? i : CCHC_NONE};
        document->references[i] = (cchc_reference){text, value, value, value, value, value};
        document->recipients[i] = (cchc_recipient){text, value, i % 2 != 0};
        document->cosigners[i] = document->signer;
        document->diagnostics[i] = (cchc_diagnostic){value, CCHC_ERROR, value, &span, 1};
    }
    return document;
}

static void document_free(cchc_document *document)
{
    free((void *)document->units);
    free(document->texts);
    free(document->clauses);
    free(document->deadlines);
    free(document->references);
    free(document->recipients);
    free(document->cosigners);
    free(document->diagnostics);
    free(document);
}

/* Values that break careless writers. */
static const struct {
    const char *bytes;
    size_t length;
} values[] = {
#define VALUE(string)                                                                              \
    {                                                                                              \
        string, sizeof(string) - 1                                                                 \
    }
    VALUE("plain"),
    VALUE(""),
    VALUE("=1+1"),
    VALUE("+84"),
    VALUE("-"),
    VALUE("@SUM(A1)"),
    VALUE("\tx"),
    VALUE("\rx"),
    VALUE("\n"),
    VALUE("\"quotes\" 'and' \"\""),
    VALUE("a,b;c\td\ne\r\nf"),
    VALUE("<a href=\"x\">&amp;</a>]]><!--"),
    VALUE("\r\nEND:VTODO\r\nBEGIN:VEVENT\r\n"),
    VALUE("a\\nb\\,c"),
    VALUE("'; DROP TABLE documents; --"),
    VALUE("a\0b"),
    VALUE("\x01\x02\x1B\x1F\x7F"),
    VALUE("\xED\xA0\x80\xED\xB0\x80"),
    VALUE("\xEF\xBF\xBE\xEF\xBF\xBF"),
    VALUE("\xF0\x9F\x98\x80\xF0\x9F"),
    VALUE("\xFF\xFE\xC0\xAF"),
    VALUE("Ủy ban nhân dân tỉnh Đắk Lắk"),
    VALUE("2022-13-45"),
    VALUE("FREQ=MONTHLY;BYMONTHDAY=25"),
    VALUE("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"),
    VALUE("FREQ=SECONDLY;INTERVAL=0;COUNT=99999999999999999999"),
#undef VALUE
};

enum { VALUE_COUNT = sizeof values / sizeof values[0] };

/* --------------------------------------------------------------------------------- writing -- */

struct output {
    char *bytes;
    size_t length, room;
    size_t calls, refused_call; /* from 1; 0: none is refused */
};

static bool keep(const char *bytes, size_t length, void *context)
{
    struct output *output = context;
    if (++output->calls == output->refused_call)
        return false;
    if (output->room - output->length <= length) {
        output->room = (output->length + length + 1) * 2;
        output->bytes = realloc(output->bytes, output->room);
        assert_non_null(output->bytes);
    }
    memcpy(output->bytes + output->length, bytes, length);
    output->length += length;
    output->bytes[output->length] = '\0';
    return true;
}

struct notes {
    size_t count;
    char codes[1024];
};

static void count_note(const char *code, const char *message, const cchc_letter *letter,
                       void *context)
{
    struct notes *notes = context;
    assert_non_null(letter);
    assert_true(strlen(message) > 5);
    notes->count++;
    if (strstr(notes->codes, code) == NULL && strlen(notes->codes) + strlen(code) + 2 < 1024)
        snprintf(notes->codes + strlen(notes->codes), 1024 - strlen(notes->codes), "%s ", code);
}

/* The variants of each format: the options that choose another text. */
static const struct {
    const char *format, *table, *profile;
} variants[] = {
    {"csv", "letters", NULL},       {"csv", "clauses", NULL},       {"csv", "deadlines", NULL},
    {"csv", "references", NULL},    {"csv", "recipients", NULL},    {"tsv", NULL, NULL},
    {"tsv", "recipients", NULL},    {"metadata-csv", NULL, "nd30"}, {"metadata-csv", NULL, "tt02"},
    {"metadata-csv", NULL, "tt05"}, {"metadata-xml", NULL, "nd30"}, {"metadata-xml", NULL, "tt02"},
    {"metadata-xml", NULL, "tt05"}, {"edxml", NULL, NULL},          {"ics", NULL, NULL},
};

enum { VARIANT_COUNT = sizeof variants / sizeof variants[0] };

/* The writer of a variant; NULL where the library was built without its format. */
static cchc_writer *writer_of(size_t variant, struct notes *notes)
{
    cchc_write_options options = CCHC_WRITE_OPTIONS_INIT;
    options.table = variants[variant].table;
    options.profile = variants[variant].profile;
    options.note = notes != NULL ? count_note : NULL;
    options.note_context = notes;
    cchc_writer *writer = NULL;
    cchc_status status = cchc_writer_new(variants[variant].format, &options, &writer);
    if (status == CCHC_OK)
        return writer;
    for (size_t i = 0; cchc_format_at(i) != NULL; i++)
        if (strcmp(cchc_format_at(i)->name, variants[variant].format) == 0)
            assert_false(cchc_format_at(i)->available);
    return NULL;
}

static cchc_status write_all(const cchc_writer *writer, const cchc_document *document,
                             const char *name, size_t name_length, struct output *output)
{
    cchc_letter letter = {document, name, name_length, "x", 1};
    cchc_status status = cchc_writer_begin(writer, keep, output);
    if (status == CCHC_OK)
        status = cchc_writer_letter(writer, &letter, keep, output);
    if (status == CCHC_OK)
        status = cchc_writer_end(writer, keep, output);
    return status;
}

/* --------------------------------------------------------------------------------- judging -- */

/* Rows of RFC 4180 have as many cells as the heading, and none that is a formula. */
static void judge_table(const char *at, const char *end, char separator)
{
    size_t columns = 0, cells = 0;
    if (strncmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    while (at < end) {
        bool quoted = *at == '"';
        at += quoted;
        if (at < end && *at != separator && *at != '\r' && !(quoted && *at == '"'))
            assert_null(memchr("=+-@\t\r", *at, 6));
        while (at < end && (quoted || (*at != separator && *at != '\r'))) {
            if (*at == '"' && quoted && at[1] != '"') {
                at++;
                break;
            }
            assert_false(!quoted && (*at == '"' || *at == '\n'));
            at += *at == '"' ? 2 : 1;
        }
        cells++;
        if (at < end && *at == separator) {
            at++;
            continue;
        }
        assert_true(end - at >= 2 && at[0] == '\r' && at[1] == '\n');
        at += 2;
        if (columns == 0)
            columns = cells;
        assert_int_equal(cells, columns);
        cells = 0;
    }
    assert_int_equal(cells, 0);
    assert_true(columns > 3);
}

#ifdef HAVE_XML
static void judge_xml(const struct output *output, size_t value)
{
    xmlDocPtr document = xmlReadMemory(output->bytes, (int)output->length, NULL, NULL,
                                       XML_PARSE_NOERROR | XML_PARSE_HUGE);
    if (document == NULL)
        fail_msg("no XML: %s", output->bytes);
    xmlXPathContextPtr context = xmlXPathNewContext(document);
    xmlXPathObjectPtr found = xmlXPathEvalExpression(
        BAD_CAST "string(//*[local-name()='Subject' or local-name()='subject'])", context);
    assert_non_null(found);
    if (value < 6 || value == 11 || value == 21)
        assert_string_equal((const char *)found->stringval, values[value].bytes);
    xmlXPathFreeObject(found);
    xmlXPathFreeContext(context);
    xmlFreeDoc(document);
}
#endif

/* RFC 5545, 3.1: lines of 75 octets at most, each with its CR and LF; what is begun is ended. */
static void judge_lines(const struct output *output, size_t tasks)
{
    const char *at = output->bytes, *all = at + output->length;
    size_t begun = 0, ended = 0;
    while (at < all) {
        const char *end = memchr(at, '\r', (size_t)(all - at));
        assert_non_null(end);
        assert_true(end + 1 < all && end[1] == '\n' && end - at <= 75);
        assert_null(memchr(at, '\n', (size_t)(end - at)));
        begun += (size_t)(end - at) == strlen("BEGIN:VTODO") && memcmp(at, "BEGIN:VTODO", 11) == 0;
        ended += (size_t)(end - at) == strlen("END:VTODO") && memcmp(at, "END:VTODO", 9) == 0;
        at = end + 2;
    }
    assert_int_equal(begun, tasks);
    assert_int_equal(ended, tasks);
}

#ifdef HAVE_ICAL
static void read_calendar(const struct output *output, size_t tasks)
{
    icalcomponent *calendar = icalparser_parse_string(output->bytes);
    assert_non_null(calendar);
    assert_int_equal(icalcomponent_count_errors(calendar), 0);
    assert_int_equal(icalcomponent_count_components(calendar, ICAL_VTODO_COMPONENT), tasks);
    assert_int_equal(icalcomponent_count_components(calendar, ICAL_ANY_COMPONENT), tasks + 1);
    icalcomponent_free(calendar);
}
#endif

static void judge_calendar(const struct output *output, size_t tasks)
{
    judge_lines(output, tasks);
#ifdef HAVE_ICAL
    read_calendar(output, tasks);
#endif
}

/* Well-formed UTF-8 without controls other than white space. */
static void judge_text(const struct output *output)
{
    for (size_t i = 0; i < output->length; i++) {
        unsigned char byte = (unsigned char)output->bytes[i];
        if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r')
            fail_msg("control %02x at %zu", byte, i);
        size_t more = byte < 0xC0 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
        assert_true(i + more < output->length && byte < 0xF5 && (byte < 0x80 || byte >= 0xC2));
        for (; more > 0; more--)
            assert_int_equal((unsigned char)output->bytes[++i] & 0xC0, 0x80);
    }
}

static void judge(size_t variant, const struct output *output, size_t value, size_t count)
{
    const char *format = variants[variant].format;
    (void)value;
    (void)count;
    judge_text(output);
    if (strstr(format, "csv") != NULL)
        judge_table(output->bytes, output->bytes + output->length, ',');
    else if (strcmp(format, "tsv") == 0)
        judge_table(output->bytes, output->bytes + output->length, '\t');
#ifdef HAVE_XML
    else if (strstr(format, "xml") != NULL)
        judge_xml(output, value);
#endif
    else if (strcmp(format, "ics") == 0)
        judge_calendar(output, count);
    else
        fail_msg("nobody judges %s", format);
}

/* ----------------------------------------------------------------------------------- tests -- */

static void no_value_breaks_a_format(void **state)
{
    (void)state;
    for (size_t variant = 0; variant < VARIANT_COUNT; variant++) {
        struct notes notes = {0, ""};
        cchc_writer *writer = writer_of(variant, &notes);
        for (size_t value = 0; writer != NULL && value < VALUE_COUNT; value++) {
            cchc_document *document = document_of(values[value].bytes, values[value].length, 9);
            struct output output = {0};
            assert_int_equal(
                write_all(writer, document, values[value].bytes, values[value].length, &output),
                CCHC_OK);
            judge(variant, &output, value, 9);
            free(output.bytes);
            document_free(document);
        }
        if (writer != NULL)
            assert_non_null(strstr(notes.codes, "character-replaced"));
        cchc_writer_free(writer);
    }
}

static void long_values_and_lists_come_whole(void **state)
{
    (void)state;
    enum { LENGTH = 70000, COUNT = 3000 };
    char *bytes = malloc(LENGTH + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < LENGTH; i++)
        bytes[i] = (char)('a' + i % 26);
    bytes[LENGTH] = '\0';
    for (size_t variant = 0; variant < VARIANT_COUNT; variant++) {
        struct notes notes = {0, ""};
        cchc_writer *writer = writer_of(variant, &notes);
        if (writer == NULL)
            continue;
        cchc_document *document = document_of(bytes, LENGTH, 1);
        struct output output = {0};
        assert_int_equal(write_all(writer, document, "n", 1, &output), CCHC_OK);
        judge(variant, &output, VALUE_COUNT, 1);
        if (strcmp(variants[variant].format, "ics") != 0) /* whose lines are folded */
            assert_non_null(strstr(output.bytes, bytes));
        bool is_table = strstr(variants[variant].format, "sv") != NULL;
        if (is_table)
            assert_non_null(strstr(notes.codes, "cell-too-long"));
        if (!is_table && strcmp(variants[variant].format, "ics") != 0)
            assert_non_null(strstr(notes.codes, "value-too-long"));
        document_free(document);
        free(output.bytes);

        document = document_of("x", 1, COUNT);
        output = (struct output){0};
        assert_int_equal(write_all(writer, document, "n", 1, &output), CCHC_OK);
        judge(variant, &output, VALUE_COUNT, COUNT);
        document_free(document);
        free(output.bytes);
        cchc_writer_free(writer);
    }
    free(bytes);
}

static void a_refusal_is_told_and_final(void **state)
{
    (void)state;
    for (size_t variant = 0; variant < VARIANT_COUNT; variant++) {
        cchc_writer *writer = writer_of(variant, NULL);
        if (writer == NULL)
            continue;
        cchc_document *document = document_of("value", 5, 500);
        struct output all = {0};
        assert_int_equal(write_all(writer, document, "n", 1, &all), CCHC_OK);
        for (size_t refused = 1; refused <= all.calls; refused += all.calls / 7 + 1) {
            struct output output = {.refused_call = refused};
            assert_int_equal(write_all(writer, document, "n", 1, &output), CCHC_SINK);
            assert_int_equal(output.calls, refused);
            if (output.length > 0)
                assert_memory_equal(output.bytes, all.bytes, output.length);
            free(output.bytes);
        }
        free(all.bytes);
        document_free(document);
        cchc_writer_free(writer);
    }
}

#ifdef HAVE_SQLITE
static int one_number(void *context, int count, char **row, char **names)
{
    (void)count;
    (void)names;
    *(long *)context = row[0] != NULL ? strtol(row[0], NULL, 10) : -1;
    return 0;
}

static long ask(const char *path, const char *sql)
{
    sqlite3 *database = NULL;
    long number = -1;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    char *message = NULL;
    if (sqlite3_exec(database, sql, one_number, &number, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    return number;
}

static void forget(const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char name[256];
    for (size_t i = 0; i < 4; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        (void)remove(name);
    }
}

static void no_value_breaks_the_catalogue(void **state)
{
    (void)state;
    const char *path = "test-write-shapes.db";
    forget(path);
    cchc_catalogue *catalogue = NULL;
    char *message = NULL;
    assert_int_equal(cchc_catalogue_open(path, &catalogue, &message), CCHC_OK);
    for (size_t value = 0; value < VALUE_COUNT; value++) {
        cchc_document *document = document_of(values[value].bytes, values[value].length, 50);
        char byte = (char)value;
        cchc_letter letter = {document, values[value].bytes, values[value].length, &byte, 1};
        assert_int_equal(cchc_catalogue_add(catalogue, &letter, &message), CCHC_OK);
        document_free(document);
    }
    assert_int_equal(cchc_catalogue_close(catalogue, &message), CCHC_OK);
    assert_null(message);
    assert_int_equal(ask(path, "SELECT count(*) FROM documents"), VALUE_COUNT);
    assert_int_equal(ask(path, "SELECT count(*) FROM clauses"), VALUE_COUNT * 50);
    assert_int_equal(ask(path, "SELECT count(*) FROM recipients"), VALUE_COUNT * 100);
    assert_int_equal(ask(path, "SELECT count(*) FROM full_text WHERE full_text MATCH 'plain'"), 1);
    assert_int_equal(ask(path, "SELECT length(subject) FROM documents WHERE id = 16"), 3);
    assert_int_equal(ask(path, "SELECT count(*) FROM documents WHERE subject LIKE '%DROP TABLE%'"),
                     1);
    assert_int_equal(ask(path, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
    forget(path);
}

static cchc_status add(cchc_catalogue *catalogue, const char *bytes, size_t part, bool unread)
{
    cchc_document *document = document_of("value", 5, 2);
    cchc_letter letter = {document, "a.txt", 5, bytes, bytes != NULL ? strlen(bytes) : 0};
    document->source.bytes = letter.length;
    document->source.part = part;
    document->source.range = (cchc_span){0, letter.length};
    if (unread)
        document->source.encoding = NULL;
    cchc_status status = cchc_catalogue_add(catalogue, &letter, NULL);
    document_free(document);
    return status;
}

/* One letter is one, several of a file are several, and what was read takes the place of what was
 * not. */
static void a_letter_is_known_by_its_bytes_and_its_part(void **state)
{
    (void)state;
    const char *path = "test-write-parts.db";
    static const struct {
        const char *bytes;
        size_t part;
        bool unread;
        long documents, files;
    } steps[] = {
        {NULL, 0, true, 1, 0},   {NULL, 0, true, 1, 0},   {"one", 0, false, 1, 1},
        {"one", 0, false, 1, 1}, {"one", 1, false, 1, 1}, {"one", 2, false, 2, 1},
        {"one", 2, false, 2, 1}, {"one", 0, false, 1, 1}, {"other", 0, false, 2, 1},
        {"", 0, false, 3, 1},    {"", 0, false, 3, 1},
    };
    forget(path);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        cchc_catalogue *catalogue = NULL;
        assert_int_equal(cchc_catalogue_open(path, &catalogue, NULL), CCHC_OK);
        assert_int_equal(add(catalogue, steps[i].bytes, steps[i].part, steps[i].unread), CCHC_OK);
        assert_int_equal(cchc_catalogue_close(catalogue, NULL), CCHC_OK);
        assert_int_equal(ask(path, "SELECT count(*) FROM documents"), steps[i].documents);
        assert_int_equal(ask(path, "SELECT count(*) FROM files"), steps[i].files);
        assert_int_equal(ask(path, "SELECT count(*) FROM clauses"), steps[i].documents * 2);
        assert_int_equal(ask(path, "SELECT count(*) FROM full_text"),
                         steps[i].documents - (long)steps[i].unread);
    }
    forget(path);
}

static void wrong_calls_of_the_catalogue_are_refused(void **state)
{
    (void)state;
    cchc_catalogue *catalogue = NULL;
    char *message = NULL;
    assert_int_equal(cchc_catalogue_open(NULL, &catalogue, &message), CCHC_INVALID);
    assert_int_equal(cchc_catalogue_open("no/such/folder/x.db", &catalogue, &message), CCHC_SINK);
    assert_null(catalogue);
    assert_non_null(message);
    cchc_message_free(message);
    cchc_message_free(NULL);
    const char *path = "test-write-wrong.db";
    forget(path);
    assert_int_equal(cchc_catalogue_open(path, &catalogue, NULL), CCHC_OK);
    assert_int_equal(cchc_catalogue_add(catalogue, NULL, NULL), CCHC_INVALID);
    cchc_document *document = document_of("value", 5, 1);
    cchc_letter letter = {document, "a", 1, NULL, 0}; /* the bytes are not at hand */
    assert_int_equal(cchc_catalogue_add(catalogue, &letter, NULL), CCHC_INVALID);
    letter.bytes = "xy"; /* not those of the record */
    letter.length = 2;
    assert_int_equal(cchc_catalogue_add(catalogue, &letter, NULL), CCHC_INVALID);
    document_free(document);
    assert_int_equal(cchc_catalogue_commit(catalogue, NULL), CCHC_OK);
    assert_int_equal(cchc_catalogue_commit(NULL, NULL), CCHC_INVALID);
    assert_int_equal(cchc_catalogue_close(catalogue, NULL), CCHC_OK);
    assert_int_equal(cchc_catalogue_close(NULL, NULL), CCHC_OK);
    assert_int_equal(ask(path, "SELECT count(*) FROM documents"), 0);
    assert_int_equal(ask(path, "PRAGMA user_version = 77"), -1);
    assert_int_equal(cchc_catalogue_open(path, &catalogue, &message), CCHC_INVALID);
    assert_non_null(strstr(message, "version"));
    cchc_message_free(message);
    forget(path);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_value_breaks_a_format),
        cmocka_unit_test(long_values_and_lists_come_whole),
        cmocka_unit_test(a_refusal_is_told_and_final),
#ifdef HAVE_SQLITE
        cmocka_unit_test(no_value_breaks_the_catalogue),
        cmocka_unit_test(a_letter_is_known_by_its_bytes_and_its_part),
        cmocka_unit_test(wrong_calls_of_the_catalogue_are_refused),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
