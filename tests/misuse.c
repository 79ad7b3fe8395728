/* SPDX-License-Identifier: MIT */
/* misuse MAP…: every exported function is called as it must not be: NULL, no length, a huge length,
 * structures of other sizes, indices past the end. Each call has its answer and leaves its out
 * parameters. A function of a map of symbols that has no row here fails, and so does a row that is in
 * no map. What the headers forbid without an answer (a document after its parser, two threads in one
 * document) is not called. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cchcparse/lint.h>
#include <cchcparse/write.h>

static const char *function; /* under test */
static unsigned calls, broken;

static void check(bool right, const char *call, int line)
{
    calls++;
    if (right)
        return;
    broken++;
    printf("not ok %s (line %d): %s\n", function, line, call);
}
#define CHECK(call) check((call), #call, __LINE__)

static const char words[] =
    "SỞ NỘI VỤ\nSố: 412/SNV-CCHC\nHòa Bình, ngày 03 tháng 3 năm 2025\nV/v báo cáo\n\n"
    "Kính gửi: Bộ Nội vụ.\n\nThực hiện Quyết định số 95/QĐ-UBND:\n1. Gửi báo cáo "
    "trước ngày 15/3.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\nĐinh Gia "
    "Khánh\n";

/* What every row may use; nothing of it may change. */
static cchc_parser *parser;
static cchc_document *letter; /* of the words above */
static void *const untouched = (void *)&words;

/* Lengths that nothing has. */
static const size_t huge[] = {CCHC_MAX_BYTES_MOST + 1, PTRDIFF_MAX, (size_t)PTRDIFF_MAX + 1,
                              SIZE_MAX - 1, SIZE_MAX};

static bool count_bytes(const char *bytes, size_t length, void *context)
{
    (void)bytes;
    *(size_t *)context += length;
    return true;
}

static bool refuse(const char *bytes, size_t length, void *context)
{
    (void)bytes;
    (void)length;
    (void)context;
    return false;
}

/* ------------------------------------------------------------------------- status, parser, parse -- */

static void status_message(void)
{
    for (int status = -2; status < 100; status++)
        CHECK(strlen(cchc_status_message((cchc_status)status)) > 5);
}

static void version(void)
{
    CHECK(strcmp(cchc_version(), CCHC_VERSION_STRING) == 0);
}

static void *no_memory(size_t size, void *context)
{
    (void)size;
    (void)context;
    return NULL;
}

static void no_release(void *pointer, void *context)
{
    (void)pointer;
    (void)context;
}

static void parser_new(void)
{
    cchc_parser *made = untouched;
    CHECK(cchc_parser_new(NULL, NULL) == CCHC_INVALID);
    const size_t wrong[] = {
        0, 1, sizeof(size_t), sizeof(cchc_options) - 1, sizeof(cchc_options) + 1, SIZE_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        cchc_options options = CCHC_OPTIONS_INIT;
        options.size = wrong[i];
        CHECK(cchc_parser_new(&options, &made) == CCHC_INVALID);
    }
    cchc_allocator allocators[] = {{NULL, NULL, NULL, NULL},
                                   {no_memory, NULL, NULL, NULL},
                                   {no_memory, NULL, no_release, NULL}};
    for (size_t i = 0; i < sizeof allocators / sizeof allocators[0]; i++) {
        cchc_options options = CCHC_OPTIONS_INIT;
        options.allocator = &allocators[i];
        CHECK(cchc_parser_new(&options, &made) == CCHC_INVALID);
    }
    CHECK(made == untouched);
}

static void parser_free(void)
{
    cchc_parser_free(NULL);
    CHECK(true);
}

static void parse(void)
{
    cchc_document *document = untouched;
    CHECK(cchc_parse(NULL, words, 3, &document) == CCHC_INVALID);
    CHECK(cchc_parse(parser, NULL, 3, &document) == CCHC_INVALID);
    CHECK(cchc_parse(parser, words, 3, NULL) == CCHC_INVALID);
    CHECK(cchc_parse(parser, NULL, SIZE_MAX, &document) == CCHC_INVALID);
    CHECK(document == untouched);
    document = NULL;
    for (size_t i = 0; i < sizeof huge / sizeof huge[0]; i++)
        CHECK(cchc_parse(parser, words, huge[i], &document) == CCHC_LIMIT);
    CHECK(cchc_parse(parser, words, CCHC_MAX_BYTES_DEFAULT + 1, &document) == CCHC_LIMIT);
    CHECK(document == NULL);
    CHECK(cchc_parse(parser, NULL, 0, &document) == CCHC_OK);
    CHECK(cchc_parse(parser, "", 0, &document) == CCHC_OK);
    CHECK(cchc_parse(parser, words, 1, &document) == CCHC_OK);
    CHECK(cchc_parse(parser, words, strlen(words), &document) == CCHC_OK);
    CHECK(cchc_parse(parser, NULL, 3, &document) == CCHC_INVALID);
    CHECK(cchc_document_source(document)->bytes == strlen(words));
    CHECK(cchc_parse(parser, words, SIZE_MAX, &document) == CCHC_LIMIT && document != NULL);
    CHECK(cchc_document_source(document)->bytes == 0);
    cchc_document_free(document);
}

static void parse_failed(void)
{
    cchc_document *document = untouched;
    CHECK(cchc_parse_failed(NULL, "io-open", "why", 1, &document) == CCHC_INVALID);
    CHECK(cchc_parse_failed(parser, NULL, "why", 1, &document) == CCHC_INVALID);
    CHECK(cchc_parse_failed(parser, "io-open", "why", 1, NULL) == CCHC_INVALID);
    CHECK(cchc_parse_failed(parser, "", "why", 1, &document) == CCHC_INVALID);
    CHECK(cchc_parse_failed(parser, "io-", "why", 1, &document) == CCHC_INVALID);
    CHECK(cchc_parse_failed(parser, "io-opened", "why", 1, &document) == CCHC_INVALID);
    CHECK(cchc_parse_failed(parser, "text-empty", "why", 1, &document) == CCHC_INVALID);
    CHECK(document == untouched);
    document = NULL;
    CHECK(cchc_parse_failed(parser, "io-open", NULL, SIZE_MAX, &document) == CCHC_OK);
    CHECK(cchc_parse_failed(parser, "io-open", "", 0, &document) == CCHC_OK);
    CHECK(cchc_parse_failed(parser, "io-open", "\xFF\xC3", 0, &document) == CCHC_OK);
    cchc_document_free(document);
}

static void split(void)
{
    cchc_part parts[2] = {{77, {7, 7}}, {77, {7, 7}}};
    size_t count = 77;
    CHECK(cchc_split(NULL, words, 3, parts, 2, &count) == CCHC_INVALID);
    CHECK(cchc_split(parser, NULL, 3, parts, 2, &count) == CCHC_INVALID);
    CHECK(cchc_split(parser, words, 3, NULL, 2, &count) == CCHC_INVALID);
    CHECK(cchc_split(parser, words, 3, parts, 2, NULL) == CCHC_INVALID);
    for (size_t i = 0; i < sizeof huge / sizeof huge[0]; i++)
        CHECK(cchc_split(parser, words, huge[i], parts, 2, &count) == CCHC_LIMIT);
    CHECK(count == 77 && parts[0].number == 77);
    CHECK(cchc_split(parser, NULL, 0, NULL, 0, &count) == CCHC_OK && count == 1);
    CHECK(cchc_split(parser, words, sizeof words - 1, parts, SIZE_MAX, &count) == CCHC_OK);
    CHECK(count == 1 && parts[0].range.end == sizeof words - 1 && parts[1].number == 77);
}

static void parse_part(void)
{
    cchc_document *document = untouched;
    const cchc_part whole = {0, {0, 3}}, reversed = {1, {2, 1}}, beyond = {1, {0, 4}},
                    far = {1, {SIZE_MAX, SIZE_MAX}}, empty = {SIZE_MAX, {3, 3}};
    CHECK(cchc_parse_part(NULL, words, 3, &whole, &document) == CCHC_INVALID);
    CHECK(cchc_parse_part(parser, NULL, 3, &whole, &document) == CCHC_INVALID);
    CHECK(cchc_parse_part(parser, words, 3, NULL, &document) == CCHC_INVALID);
    CHECK(cchc_parse_part(parser, words, 3, &whole, NULL) == CCHC_INVALID);
    CHECK(cchc_parse_part(parser, words, 3, &reversed, &document) == CCHC_INVALID);
    CHECK(cchc_parse_part(parser, words, 3, &beyond, &document) == CCHC_INVALID);
    CHECK(cchc_parse_part(parser, words, 3, &far, &document) == CCHC_INVALID);
    CHECK(document == untouched);
    document = NULL;
    CHECK(cchc_parse_part(parser, words, SIZE_MAX, &whole, &document) == CCHC_LIMIT);
    CHECK(document == NULL);
    CHECK(cchc_parse_part(parser, words, 3, &empty, &document) == CCHC_OK);
    CHECK(cchc_document_source(document)->part == SIZE_MAX);
    cchc_document_free(document);
}

static void document_free(void)
{
    cchc_document_free(NULL);
    CHECK(true);
}

/* --------------------------------------------------------------------------------- the record -- */

/* A reader of one value: NULL of NULL. What it gives of a letter, other tests ask. */
#define ONE(name)                                                                                  \
    static void name(void)                                                                         \
    {                                                                                              \
        CHECK(cchc_document_##name(NULL) == NULL);                                                 \
        CHECK(cchc_document_##name(letter) == NULL || sizeof *cchc_document_##name(letter) > 1);   \
    }
ONE(source)
ONE(type)
ONE(agency)
ONE(code)
ONE(promulgation)
ONE(archive)
ONE(signer)
ONE(incoming)

/* A reader of a list: NULL and 0 of NULL, and a count that nobody wants. */
#define LIST(name)                                                                                 \
    static void name(void)                                                                         \
    {                                                                                              \
        size_t count = 77;                                                                         \
        CHECK(cchc_document_##name(NULL, &count) == NULL && count == 0);                           \
        CHECK(cchc_document_##name(NULL, NULL) == NULL);                                           \
        bool there = cchc_document_##name(letter, &count) != NULL;                                 \
        CHECK(there == (count > 0));                                                               \
        CHECK((cchc_document_##name(letter, NULL) != NULL) == there);                              \
    }
LIST(addressees)
LIST(clauses)
LIST(deadlines)
LIST(references)
LIST(recipients)
LIST(cosigners)
LIST(e_signatures)
LIST(annexes)
LIST(segments)
LIST(diagnostics)

static void text(void)
{
    CHECK(cchc_document_text(NULL, CCHC_SUBJECT) == NULL);
    CHECK(cchc_document_text(letter, CCHC_SUBJECT) != NULL);
    CHECK(cchc_document_text(letter, (cchc_field)(CCHC_CIRCULATION + 1)) == NULL);
    CHECK(cchc_document_text(letter, (cchc_field)-1) == NULL);
    CHECK(cchc_document_text(letter, (cchc_field)0x7FFFFFFF) == NULL);
}

static void diagnostic_kind_at(void)
{
    size_t count = 0;
    while (cchc_diagnostic_kind_at(count) != NULL)
        count++;
    CHECK(count > 10 && cchc_diagnostic_kind_at(count + 1) == NULL);
    CHECK(cchc_diagnostic_kind_at(SIZE_MAX) == NULL);
    CHECK(cchc_diagnostic_kind_at(SIZE_MAX / 2 + 1) == NULL);
}

static void write_json(void)
{
    size_t written = 0;
    CHECK(cchc_write_json(NULL, "a", 1, count_bytes, &written) == CCHC_INVALID);
    CHECK(cchc_write_json(letter, NULL, 1, count_bytes, &written) == CCHC_INVALID);
    CHECK(cchc_write_json(letter, "a", 1, NULL, &written) == CCHC_INVALID);
    for (size_t i = 0; i < sizeof huge / sizeof huge[0]; i++)
        CHECK(cchc_write_json(letter, "a", huge[i], count_bytes, &written) == CCHC_INVALID);
    CHECK(written == 0);
    CHECK(cchc_write_json(letter, "a", 1, refuse, NULL) == CCHC_SINK);
    CHECK(cchc_write_json(letter, NULL, 0, count_bytes, &written) == CCHC_OK && written > 100);
    CHECK(cchc_write_json(letter, "\xFF\0\xE1\xBB", 4, count_bytes, &written) == CCHC_OK);
}

static void fold(void)
{
    char key[4] = "zzz";
    size_t length = 77;
    CHECK(cchc_fold(NULL, "a", 1, key, 4, &length) == CCHC_INVALID);
    CHECK(cchc_fold(parser, NULL, 1, key, 4, &length) == CCHC_INVALID);
    CHECK(cchc_fold(parser, "a", 1, NULL, 4, &length) == CCHC_INVALID);
    CHECK(cchc_fold(parser, "a", 1, key, 4, NULL) == CCHC_INVALID);
    for (size_t i = 0; i < sizeof huge / sizeof huge[0]; i++)
        CHECK(cchc_fold(parser, "a", huge[i], key, 4, &length) == CCHC_LIMIT);
    CHECK(length == 77 && strcmp(key, "zzz") == 0);
    CHECK(cchc_fold(parser, NULL, 0, NULL, 0, &length) == CCHC_OK && length == 0);
    CHECK(cchc_fold(parser, "abcdef", 6, key, 4, &length) == CCHC_OK && length == 6);
    CHECK(strlen(key) < sizeof key);
    CHECK(cchc_fold(parser, "\xFF", 1, key, 1, &length) == CCHC_OK && key[0] == '\0');
}

/* --------------------------------------------------------------------------- writers, catalogue -- */

static void format_at(void)
{
    size_t count = 0;
    while (cchc_format_at(count) != NULL)
        count++;
    CHECK(count > 5 && cchc_format_at(count + 1) == NULL && cchc_format_at(SIZE_MAX) == NULL);
}

static void writer_new(void)
{
    cchc_writer *writer = untouched;
    CHECK(cchc_writer_new(NULL, NULL, &writer) == CCHC_INVALID);
    CHECK(cchc_writer_new("csv", NULL, NULL) == CCHC_INVALID);
    CHECK(cchc_writer_new("", NULL, &writer) == CCHC_INVALID);
    CHECK(cchc_writer_new("CSV", NULL, &writer) == CCHC_INVALID);
    CHECK(cchc_writer_new("sqlite", NULL, &writer) == CCHC_INVALID);
    const size_t wrong[] = {
        0,       1, sizeof(size_t), sizeof(cchc_write_options) - 1, sizeof(cchc_write_options) + 1,
        SIZE_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        cchc_write_options options = CCHC_WRITE_OPTIONS_INIT;
        options.size = wrong[i];
        CHECK(cchc_writer_new("csv", &options, &writer) == CCHC_INVALID);
    }
    for (size_t i = 0; i < 4; i++) {
        cchc_write_options options = CCHC_WRITE_OPTIONS_INIT;
        options.table = i == 0 ? "" : i == 1 ? "annexes" : NULL;
        options.language = i == 2 ? (cchc_language)2 : i == 3 ? (cchc_language)-1 : CCHC_VIETNAMESE;
        CHECK(cchc_writer_new("csv", &options, &writer) == CCHC_INVALID);
        options.profile = "nd31";
        CHECK(cchc_writer_new("metadata-csv", &options, &writer) == CCHC_INVALID);
    }
    CHECK(writer == untouched);
}

static void writer_free(void)
{
    cchc_writer_free(NULL);
    CHECK(true);
}

typedef cchc_status writer_piece(const cchc_writer *writer, cchc_write_function write,
                                 void *context);

static void no_piece_without(writer_piece *piece)
{
    size_t written = 0;
    cchc_writer *writer = NULL;
    CHECK(cchc_writer_new("csv", NULL, &writer) == CCHC_OK);
    CHECK(piece(NULL, count_bytes, &written) == CCHC_INVALID);
    CHECK(piece(writer, NULL, &written) == CCHC_INVALID);
    CHECK(piece(NULL, NULL, NULL) == CCHC_INVALID);
    CHECK(written == 0);
    cchc_writer_free(writer);
}

static void writer_begin(void)
{
    no_piece_without(cchc_writer_begin);
}

static void writer_between(void)
{
    no_piece_without(cchc_writer_between);
}

static void writer_end(void)
{
    no_piece_without(cchc_writer_end);
}

static void writer_letter(void)
{
    /* Fewer bytes than the record is about, at their true end: who reads on is seen to. */
    char *few = malloc(3);
    if (few == NULL)
        abort();
    memcpy(few, words, 3);
    for (size_t i = 0; cchc_format_at(i) != NULL; i++) {
        cchc_writer *writer = NULL;
        if (cchc_writer_new(cchc_format_at(i)->name, NULL, &writer) != CCHC_OK)
            continue; /* the catalogue, or of another build */
        const cchc_letter right = {letter, "a", 1, words, sizeof words - 1};
        cchc_letter wrong = right;
        size_t written = 0;
        CHECK(cchc_writer_letter(NULL, &right, count_bytes, &written) == CCHC_INVALID);
        CHECK(cchc_writer_letter(writer, NULL, count_bytes, &written) == CCHC_INVALID);
        CHECK(cchc_writer_letter(writer, &right, NULL, &written) == CCHC_INVALID);
        wrong.document = NULL;
        CHECK(cchc_writer_letter(writer, &wrong, count_bytes, &written) == CCHC_INVALID);
        wrong = right;
        wrong.name = NULL;
        CHECK(cchc_writer_letter(writer, &wrong, count_bytes, &written) == CCHC_INVALID);
        for (size_t k = 0; k < sizeof huge / sizeof huge[0]; k++) {
            wrong = right;
            wrong.name_length = huge[k];
            CHECK(cchc_writer_letter(writer, &wrong, count_bytes, &written) == CCHC_INVALID);
            wrong = right;
            wrong.length = huge[k];
            CHECK(cchc_writer_letter(writer, &wrong, count_bytes, &written) == CCHC_INVALID);
        }
        CHECK(written == 0);
        wrong = right;
        wrong.bytes = NULL;
        cchc_status status = cchc_writer_letter(writer, &wrong, count_bytes, &written);
        CHECK(status == CCHC_INVALID || status == CCHC_OK);
        wrong.bytes = few;
        wrong.length = 3;
        CHECK(cchc_writer_letter(writer, &wrong, count_bytes, &written) == CCHC_OK);
        wrong.length = 0;
        CHECK(cchc_writer_letter(writer, &wrong, count_bytes, &written) == CCHC_OK);
        CHECK(cchc_writer_letter(writer, &right, refuse, NULL) == CCHC_SINK);
        CHECK(cchc_writer_letter(writer, &right, count_bytes, &written) == CCHC_OK);
        cchc_writer_free(writer);
    }
    free(few);
}

static bool has_catalogue(void)
{
    for (size_t i = 0; cchc_format_at(i) != NULL; i++)
        if (strcmp(cchc_format_at(i)->name, "sqlite") == 0)
            return cchc_format_at(i)->available;
    return false;
}

static void catalogue_open(void)
{
    cchc_catalogue *catalogue = untouched;
    char *message = untouched;
    CHECK(cchc_catalogue_open(NULL, &catalogue, &message) == CCHC_INVALID);
    CHECK(cchc_catalogue_open("", &catalogue, &message) == CCHC_INVALID);
    CHECK(cchc_catalogue_open("x.db", NULL, &message) == CCHC_INVALID);
    CHECK(catalogue == untouched && message == untouched);
    cchc_status status = cchc_catalogue_open("no/such/folder/x.db", &catalogue, &message);
    CHECK(status == (has_catalogue() ? CCHC_SINK : CCHC_INVALID));
    CHECK(catalogue == untouched && message != untouched && strlen(message) > 5);
    cchc_message_free(message);
    CHECK(cchc_catalogue_open("no/such/folder/x.db", &catalogue, NULL) == status);
}

static void catalogue_add(void)
{
    const cchc_letter right = {letter, "a", 1, words, sizeof words - 1};
    CHECK(cchc_catalogue_add(NULL, &right, NULL) == CCHC_INVALID);
    CHECK(cchc_catalogue_add(NULL, NULL, NULL) == CCHC_INVALID);
    cchc_catalogue *catalogue = NULL;
    if (cchc_catalogue_open(":memory:", &catalogue, NULL) != CCHC_OK) {
        CHECK(!has_catalogue());
        return;
    }
    cchc_letter wrong = right;
    CHECK(cchc_catalogue_add(catalogue, NULL, NULL) == CCHC_INVALID);
    wrong.document = NULL;
    CHECK(cchc_catalogue_add(catalogue, &wrong, NULL) == CCHC_INVALID);
    wrong = right;
    wrong.name = NULL;
    CHECK(cchc_catalogue_add(catalogue, &wrong, NULL) == CCHC_INVALID);
    wrong = right;
    wrong.bytes = NULL;
    CHECK(cchc_catalogue_add(catalogue, &wrong, NULL) == CCHC_INVALID);
    wrong = right;
    wrong.length--;
    CHECK(cchc_catalogue_add(catalogue, &wrong, NULL) == CCHC_INVALID);
    for (size_t i = 0; i < sizeof huge / sizeof huge[0]; i++) {
        wrong = right;
        wrong.length = huge[i];
        CHECK(cchc_catalogue_add(catalogue, &wrong, NULL) == CCHC_INVALID);
        wrong = right;
        wrong.name_length = huge[i];
        CHECK(cchc_catalogue_add(catalogue, &wrong, NULL) == CCHC_INVALID);
    }
    wrong = right;
    wrong.name = NULL;
    wrong.name_length = 0;
    CHECK(cchc_catalogue_add(catalogue, &wrong, NULL) == CCHC_OK);
    CHECK(cchc_catalogue_add(catalogue, &right, NULL) == CCHC_OK);
    CHECK(cchc_catalogue_close(catalogue, NULL) == CCHC_OK);
}

static void catalogue_commit(void)
{
    char *message = untouched;
    CHECK(cchc_catalogue_commit(NULL, &message) == CCHC_INVALID);
    cchc_catalogue *catalogue = NULL;
    if (cchc_catalogue_open(":memory:", &catalogue, NULL) == CCHC_OK) { /* nothing is under way */
        CHECK(cchc_catalogue_commit(catalogue, &message) == CCHC_OK);
        CHECK(cchc_catalogue_commit(catalogue, NULL) == CCHC_OK);
        CHECK(cchc_catalogue_close(catalogue, &message) == CCHC_OK);
    }
    CHECK(message == untouched);
}

static void catalogue_close(void)
{
    char *message = untouched;
    CHECK(cchc_catalogue_close(NULL, NULL) == CCHC_OK);
    CHECK(cchc_catalogue_close(NULL, &message) == CCHC_OK && message == untouched);
}

static void message_free(void)
{
    cchc_message_free(NULL);
    CHECK(true);
}

/* ----------------------------------------------------------------------------------- the table -- */

/* ------------------------------------------------------------------------------------------ lint -- */

static void lint_rule_at(void)
{
    size_t count = 0;
    while (cchc_lint_rule_at(count) != NULL)
        count++;
    CHECK(count > 20);
    CHECK(cchc_lint_rule_at(count + 1) == NULL);
    CHECK(cchc_lint_rule_at(SIZE_MAX) == NULL);
}

static void lint(void)
{
    cchc_findings *findings = untouched;
    size_t length = strlen(words);
    CHECK(cchc_lint(NULL, letter, words, length, &findings) == CCHC_INVALID);
    CHECK(cchc_lint(parser, NULL, words, length, &findings) == CCHC_INVALID);
    CHECK(cchc_lint(parser, letter, NULL, length, &findings) == CCHC_INVALID);
    CHECK(cchc_lint(parser, letter, words, length - 1, &findings) == CCHC_INVALID);
    CHECK(cchc_lint(parser, letter, words, 0, &findings) == CCHC_INVALID);
    for (size_t i = 0; i < sizeof huge / sizeof huge[0]; i++)
        CHECK(cchc_lint(parser, letter, words, huge[i], &findings) == CCHC_INVALID);
    CHECK(findings == untouched);
    CHECK(cchc_lint(parser, letter, words, length, NULL) == CCHC_INVALID);
}

static void findings_list(void)
{
    size_t count = 7;
    CHECK(cchc_findings_list(NULL, &count) == NULL && count == 0);
    CHECK(cchc_findings_list(NULL, NULL) == NULL);
}

static void findings_form(void)
{
    CHECK(cchc_findings_form(NULL) == NULL);
}

static void findings_scanned(void)
{
    CHECK(!cchc_findings_scanned(NULL));
}

static void findings_free(void)
{
    cchc_findings_free(NULL);
    cchc_findings *findings = NULL;
    CHECK(cchc_lint(parser, letter, words, strlen(words), &findings) == CCHC_OK);
    CHECK(cchc_findings_list(findings, NULL) != NULL || cchc_findings_form(findings) != NULL);
    cchc_findings_free(findings);
}

static const struct {
    const char *name;
    void (*misuse)(void);
} rows[] = {
#define ROW(name)                                                                                  \
    {                                                                                              \
        "cchc_" #name, name                                                                        \
    }
#define RECORD(name)                                                                               \
    {                                                                                              \
        "cchc_document_" #name, name                                                               \
    }
    ROW(status_message),
    ROW(version),
    ROW(parser_new),
    ROW(parser_free),
    ROW(parse),
    ROW(parse_failed),
    ROW(split),
    ROW(parse_part),
    ROW(document_free),
    ROW(lint_rule_at),
    ROW(lint),
    ROW(findings_list),
    ROW(findings_form),
    ROW(findings_scanned),
    ROW(findings_free),
    RECORD(source),
    RECORD(type),
    RECORD(agency),
    RECORD(code),
    RECORD(promulgation),
    RECORD(text),
    RECORD(addressees),
    RECORD(clauses),
    RECORD(deadlines),
    RECORD(references),
    RECORD(recipients),
    RECORD(archive),
    RECORD(signer),
    RECORD(cosigners),
    RECORD(incoming),
    RECORD(e_signatures),
    RECORD(annexes),
    RECORD(segments),
    RECORD(diagnostics),
    ROW(diagnostic_kind_at),
    ROW(write_json),
    ROW(fold),
    ROW(format_at),
    ROW(writer_new),
    ROW(writer_free),
    ROW(writer_begin),
    ROW(writer_letter),
    ROW(writer_between),
    ROW(writer_end),
    ROW(catalogue_open),
    ROW(catalogue_add),
    ROW(catalogue_commit),
    ROW(catalogue_close),
    ROW(message_free),
};
enum { ROWS = sizeof rows / sizeof rows[0] };

/* Marks the rows of the functions that a map exports. */
static void read_map(const char *path, bool exported[ROWS])
{
    char line[256], name[128];
    FILE *map = fopen(path, "r");
    if (map == NULL) {
        perror(path);
        exit(2);
    }
    while (fgets(line, sizeof line, map) != NULL) {
        if (sscanf(line, " cchc_%100[a-z_0-9];", name) != 1)
            continue;
        size_t row = 0;
        while (row < ROWS && strcmp(rows[row].name + strlen("cchc_"), name) != 0)
            row++;
        if (row < ROWS) {
            exported[row] = true;
        } else {
            printf("not ok cchc_%s of %s is not misused here\n", name, path);
            broken++;
        }
    }
    (void)fclose(map);
}

int main(int argc, char **argv)
{
    bool exported[ROWS] = {false};
    for (int i = 1; i < argc; i++)
        read_map(argv[i], exported);
    if (cchc_parser_new(NULL, &parser) != CCHC_OK ||
        cchc_parse(parser, words, sizeof words - 1, &letter) != CCHC_OK)
        return 2;
    for (size_t row = 0; row < ROWS; row++) {
        function = rows[row].name;
        if (!exported[row]) {
            printf("not ok %s is in no map\n", function);
            broken++;
        }
        rows[row].misuse();
    }
    cchc_document_free(letter);
    cchc_parser_free(parser);
    printf("%d functions, %u calls, %u wrong\n", (int)ROWS, calls, broken);
    return broken > 0;
}
