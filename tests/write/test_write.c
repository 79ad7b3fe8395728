/* SPDX-License-Identifier: MIT */
/* The interface of libcchcparse-write: copies of options, one writer in many threads,
 * notes, and a catalogue whose memory fails. What the formats say is judged by check.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pthread.h>

#include <cchcparse/write.h>

#include <cmocka.h>

#include "../failing.h"

#ifdef HAVE_SQLITE
#include <sqlite3.h>
#endif

static const char words[] =
    "UBND TỈNH HÒA BÌNH\nSỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh "
    "phúc\n"
    "Số: 412/SNV-CCHC\nHòa Bình, ngày 03 tháng 3 năm 2025\nV/v báo cáo cải cách hành chính quý "
    "I\n\n"
    "Kính gửi: Các sở, ban, ngành.\n\nThực hiện Quyết định số 95/QĐ-UBND ngày 20/01/2025, Sở Nội "
    "vụ đề nghị:\n"
    "1. Gửi báo cáo trước ngày 15/3.\n2. Cử một đầu mối, báo cáo trước ngày 25 hàng tháng.\n\n"
    "Nơi nhận:\n- Như trên;\n- Lưu: VT, CCHC.\n\nGIÁM ĐỐC\nĐinh Gia Khánh\n";

/* --------------------------------------------------------------------------------- helpers -- */

struct output {
    char bytes[256 * 1024]; /* the review page without letters has 80 KB */
    size_t length;
};

static bool keep(const char *bytes, size_t length, void *context)
{
    struct output *output = context;
    if (length > sizeof output->bytes - output->length)
        return false;
    memcpy(output->bytes + output->length, bytes, length);
    output->length += length;
    return true;
}

struct fixture {
    cchc_parser *parser;
    cchc_document *document;
    cchc_letter letter;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    *state = fixture;
    if (fixture == NULL || cchc_parser_new(NULL, &fixture->parser) != CCHC_OK ||
        cchc_parse(fixture->parser, words, sizeof words - 1, &fixture->document) != CCHC_OK)
        return 1;
    fixture->letter = (cchc_letter){fixture->document, "a/b.txt", 7, words, sizeof words - 1};
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    cchc_document_free(fixture->document);
    cchc_parser_free(fixture->parser);
    free(fixture);
    return 0;
}

static cchc_status write_all(const cchc_writer *writer, const cchc_letter *letter,
                             struct output *output)
{
    output->length = 0;
    cchc_status status = cchc_writer_begin(writer, keep, output);
    if (status == CCHC_OK)
        status = cchc_writer_letter(writer, letter, keep, output);
    if (status == CCHC_OK)
        status = cchc_writer_between(writer, keep, output);
    if (status == CCHC_OK)
        status = cchc_writer_letter(writer, letter, keep, output);
    return status == CCHC_OK ? cchc_writer_end(writer, keep, output) : status;
}

/* ----------------------------------------------------------------------------------- tests -- */

static void the_table_names_every_format_once(void **state)
{
    (void)state;
    size_t count = 0;
    for (; cchc_format_at(count) != NULL; count++) {
        const cchc_format *format = cchc_format_at(count);
        assert_true(format->extension[0] == '.' && strlen(format->name) > 1);
        for (size_t i = 0; i < count; i++)
            assert_string_not_equal(cchc_format_at(i)->name, format->name);
        cchc_writer *writer = NULL;
        bool is_writer = format->available && format->kind != CCHC_FORMAT_CATALOGUE;
        assert_int_equal(cchc_writer_new(format->name, NULL, &writer),
                         is_writer ? CCHC_OK : CCHC_INVALID);
        assert_true((writer != NULL) == is_writer);
        cchc_writer_free(writer);
    }
    assert_true(count >= 7);
    assert_null(cchc_format_at(count + 1));
    assert_null(cchc_format_at(SIZE_MAX));
}

static void options_are_copied(void **state)
{
    struct fixture *fixture = *state;
    char table[] = "deadlines", profile[] = "tt05", id[] = "000.00.00.H01";
    cchc_write_options options = CCHC_WRITE_OPTIONS_INIT;
    options.table = table;
    options.profile = profile;
    options.organ_id = id;
    cchc_writer *deadlines = NULL, *metadata = NULL, *fresh = NULL;
    assert_int_equal(cchc_writer_new("csv", &options, &deadlines), CCHC_OK);
    assert_int_equal(cchc_writer_new("metadata-csv", &options, &metadata), CCHC_OK);
    memset(table, 'x', sizeof table - 1);
    memset(profile, 'x', sizeof profile - 1);
    memset(id, 'x', sizeof id - 1);
    static struct output output, again;
    assert_int_equal(write_all(deadlines, &fixture->letter, &output), CCHC_OK);
    options.table = "deadlines";
    options.profile = NULL;
    assert_int_equal(cchc_writer_new("csv", &options, &fresh), CCHC_OK);
    assert_int_equal(write_all(fresh, &fixture->letter, &again), CCHC_OK);
    assert_int_equal(again.length, output.length);
    assert_memory_equal(again.bytes, output.bytes, output.length);
    assert_int_equal(write_all(metadata, &fixture->letter, &output), CCHC_OK);
    output.bytes[output.length] = '\0';
    assert_non_null(strstr(output.bytes, "numberOfPage"));
    cchc_writer_free(fresh);
    cchc_writer_free(deadlines);
    cchc_writer_free(metadata);
}

static char long_id[301];

static const char *long_organ(const char *name, size_t length, void *context)
{
    (void)name;
    (void)length;
    (void)context;
    return long_id;
}

static void remember_note(const char *code, const char *message, const cchc_letter *letter,
                          void *context)
{
    (void)message;
    (void)letter;
    *(bool *)context |= strcmp(code, "sender-without-id") == 0;
}

/* However long it is, the sender's identifier that the function gave is written. */
static void an_identifier_may_be_long(void **state)
{
    struct fixture *fixture = *state;
    memset(long_id, 'H', sizeof long_id - 1);
    bool without = false;
    cchc_write_options options = CCHC_WRITE_OPTIONS_INIT;
    options.organ = long_organ;
    options.note = remember_note;
    options.note_context = &without;
    cchc_writer *writer = NULL;
    if (cchc_writer_new("edxml", &options, &writer) != CCHC_OK)
        return; /* a build without libxml2 */
    static struct output output;
    size_t failures = 0;
    for (size_t at = 1;; at++) {
        output.length = 0;
        failing_begin(at, false, false);
        cchc_status status = cchc_writer_letter(writer, &fixture->letter, keep, &output);
        bool failed = failing_end();
        assert_true(status == CCHC_OK || (failed && status == CCHC_NOMEM));
        if (!failed)
            break;
        failures++;
    }
    assert_true(failures > 10);
    output.bytes[output.length] = '\0';
    const char *from = strstr(output.bytes, "<edXML:From>");
    assert_non_null(from);
    from = strstr(from, "<edXML:OrganId>");
    assert_non_null(from);
    assert_memory_equal(from + strlen("<edXML:OrganId>"), long_id, sizeof long_id - 1);
    assert_false(without);
    cchc_writer_free(writer);
}

static void a_failed_letter_has_its_row(void **state)
{
    struct fixture *fixture = *state;
    cchc_document *document = NULL;
    assert_int_equal(cchc_parse_failed(fixture->parser, "io-open", NULL, SIZE_MAX, &document),
                     CCHC_OK);
    cchc_letter letter = {document, "gone.txt", 8, NULL, 0};
    for (size_t i = 0; cchc_format_at(i) != NULL; i++) {
        cchc_writer *writer = NULL;
        if (cchc_writer_new(cchc_format_at(i)->name, NULL, &writer) != CCHC_OK)
            continue;
        static struct output output;
        assert_int_equal(write_all(writer, &letter, &output), CCHC_OK);
        cchc_writer_free(writer);
    }
    cchc_document_free(document);
}

struct shared {
    const cchc_writer *writer;
    const cchc_letter *letter;
    struct output output;
    cchc_status status;
};

static void *write_in_thread(void *context)
{
    struct shared *shared = context;
    for (int i = 0; i < 50 && shared->status == CCHC_OK; i++)
        shared->status = write_all(shared->writer, shared->letter, &shared->output);
    return NULL;
}

static void threads_share_a_writer(void **state)
{
    struct fixture *fixture = *state;
    enum { THREADS = 4 };
    for (size_t format = 0; cchc_format_at(format) != NULL; format++) {
        cchc_writer *writer = NULL;
        if (cchc_writer_new(cchc_format_at(format)->name, NULL, &writer) != CCHC_OK)
            continue;
        pthread_t threads[THREADS];
        struct shared *shared = calloc(THREADS, sizeof *shared);
        assert_non_null(shared);
        for (int i = 0; i < THREADS; i++) {
            shared[i].writer = writer;
            shared[i].letter = &fixture->letter;
            assert_int_equal(pthread_create(&threads[i], NULL, write_in_thread, &shared[i]), 0);
        }
        for (int i = 0; i < THREADS; i++)
            assert_int_equal(pthread_join(threads[i], NULL), 0);
        for (int i = 0; i < THREADS; i++) {
            assert_int_equal(shared[i].status, CCHC_OK);
            assert_true(shared[i].output.length > 100);
            assert_int_equal(shared[i].output.length, shared[0].output.length);
            assert_memory_equal(shared[i].output.bytes, shared[0].output.bytes,
                                shared[0].output.length);
        }
        free(shared);
        cchc_writer_free(writer);
    }
}

#ifdef HAVE_SQLITE
/* What a query of one text gives. */
static void expect(const char *path, const char *sql, const char *wanted)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 0), wanted);
    (void)sqlite3_finalize(statement);
    (void)sqlite3_close(database);
}

static void failing_memory_opens_no_catalogue(void **state)
{
    (void)state;
    const char *path = "test-write-memory.db";
    (void)remove(path);
    size_t failures = 0;
    for (size_t at = 1;; at += 1 + at / 32) {
        cchc_catalogue *catalogue = NULL;
        char *message = NULL;
        failing_begin(at, false, false);
        cchc_status status = cchc_catalogue_open(path, &catalogue, &message);
        bool failed = failing_end();
        cchc_message_free(message);
        assert_true(status == CCHC_OK || (failed && status == CCHC_NOMEM));
        assert_true((catalogue != NULL) == (status == CCHC_OK));
        assert_int_equal(cchc_catalogue_close(catalogue, NULL), CCHC_OK);
        if (!failed)
            break;
        failures++;
    }
    assert_true(failures > 50);
    expect(path, "PRAGMA integrity_check", "ok");
    (void)remove(path);
}

/* The letter, which has two clauses, is there wholly or not at all. */
#define WHAT_IS_THERE                                                                              \
    "SELECT (SELECT count(*) FROM documents) || (SELECT count(*) FROM clauses) || "                \
    "(SELECT count(*) FROM full_text)"

static void failing_memory_spoils_no_catalogue(void **state)
{
    struct fixture *fixture = *state;
    const char *path = "test-write-memory.db";
    (void)remove(path);
    cchc_catalogue *catalogue = NULL;
    assert_int_equal(cchc_catalogue_open(path, &catalogue, NULL), CCHC_OK);
    bool there = false; /* a call said that the letter was added and lasts */
    size_t failures = 0;
    for (size_t at = 1;; at++) {
        char *message = NULL;
        failing_begin(at, false, false);
        cchc_status status = cchc_catalogue_add(catalogue, &fixture->letter, &message);
        bool failed = failing_end();
        cchc_message_free(message);
        assert_true(status == CCHC_OK || (failed && status == CCHC_NOMEM));
        assert_int_equal(cchc_catalogue_commit(catalogue, NULL), CCHC_OK);
        there = there || status == CCHC_OK;
        expect(path, there ? WHAT_IS_THERE " IN ('121')" : WHAT_IS_THERE " IN ('000', '121')", "1");
        if (!failed)
            break;
        failures++;
    }
    assert_true(failures > 100);
    assert_int_equal(cchc_catalogue_close(catalogue, NULL), CCHC_OK);
    expect(path, "PRAGMA integrity_check", "ok");
    (void)remove(path);
}
#endif

int main(void)
{
    if (!failing_set_up())
        return 2;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_names_every_format_once),
        cmocka_unit_test_setup_teardown(options_are_copied, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_identifier_may_be_long, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failed_letter_has_its_row, set_up, tear_down),
        cmocka_unit_test_setup_teardown(threads_share_a_writer, set_up, tear_down),
#ifdef HAVE_SQLITE
        cmocka_unit_test(failing_memory_opens_no_catalogue),
        cmocka_unit_test_setup_teardown(failing_memory_spoils_no_catalogue, set_up, tear_down),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
