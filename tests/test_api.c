/* SPDX-License-Identifier: MIT */
/* The public API: reuse, limits, failing memory. Wrong calls are in misuse.c. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char letter[] =
    "ỦY BAN NHÂN DÂN\nTỈNH KIÊN GIANG\n-------\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 1791/UBND-NC\nKiên Giang, ngày 22 tháng 12 năm 2020\n"
    "V/v tiếp tục chỉ đạo sau kiểm tra\n\nKính gửi: Giám đốc Sở Giáo dục và Đào tạo\n\n"
    "Thực hiện Báo cáo số 284/BC-ĐKT ngày 30/11/2020 của Đoàn Kiểm tra, yêu cầu:\n"
    "1. Báo cáo kết quả chậm nhất là ngày 29/12/2020.\n2. Tổ chức thực hiện./.\n\n"
    "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\nLâm Minh Thành\n";

/* Another letter, longer, of another shape: decomposed, with references and ill-formed bytes. */
static const char other[] = "\xEF\xBB\xBF" "Kính gu\xCC\x9B\xCC\x89i: &#272;ơn vị \xFF\n\n- Một;\n- Hai.\n";

struct output {
    char bytes[65536];
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

static void write_record(const cchc_document *document, struct output *output)
{
    output->length = 0;
    assert_int_equal(cchc_write_json(document, "a.txt", 5, keep, output), CCHC_OK);
}

static cchc_parser *new_parser(const cchc_options *options)
{
    cchc_parser *parser = NULL;
    assert_int_equal(cchc_parser_new(options, &parser), CCHC_OK);
    assert_non_null(parser);
    return parser;
}

static void version_is_that_of_the_header(void **state)
{
    (void)state;
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", CCHC_VERSION_MAJOR, CCHC_VERSION_MINOR,
             CCHC_VERSION_PATCH);
    assert_string_equal(cchc_version(), CCHC_VERSION_STRING);
    assert_string_equal(cchc_version(), version);
}

static void every_status_has_a_message(void **state)
{
    (void)state;
    for (int status = CCHC_OK; status <= CCHC_SINK + 1; status++)
        assert_true(strlen(cchc_status_message((cchc_status)status)) > 5);
}

static void empty_letter_has_an_empty_record(void **state)
{
    (void)state;
    cchc_parser *parser = new_parser(NULL);
    cchc_document *document = NULL;
    assert_int_equal(cchc_parse(parser, NULL, 0, &document), CCHC_OK);
    size_t count = 5;
    assert_int_equal(cchc_document_source(document)->bytes, 0);
    assert_null(cchc_document_type(document)->slug);
    assert_null(cchc_document_segments(document, &count));
    assert_int_equal(count, 0);
    const cchc_diagnostic *diagnostics = cchc_document_diagnostics(document, &count);
    assert_true(count > 0);
    assert_string_equal(diagnostics[0].code, "text-empty");
    cchc_document_free(document);
    cchc_parser_free(parser);
}

static void a_clause_without_words_has_a_text(void **state)
{
    (void)state;
    static const char form[] = "Số: 1/SNV\n\nKính gửi: Bộ Nội vụ.\n\n1. Báo cáo.\n\n2.\n\n3. Gửi.\n";
    cchc_parser *parser = new_parser(NULL);
    cchc_document *document = NULL;
    assert_int_equal(cchc_parse(parser, form, sizeof form - 1, &document), CCHC_OK);
    size_t count = 0;
    const cchc_clause *clauses = cchc_document_clauses(document, &count);
    assert_int_equal(count, 3);
    assert_non_null(clauses[1].text.data);
    assert_string_equal(clauses[1].text.data, "");
    assert_int_equal(clauses[1].text.length, 0);
    assert_int_equal(clauses[1].text.span_count, 0);
    cchc_document_free(document);
    cchc_parser_free(parser);
}

static void no_letter_and_one_letter_are_one_part(void **state)
{
    (void)state;
    cchc_parser *parser = new_parser(NULL);
    cchc_part part = {9, {9, 9}};
    size_t count = 0;
    assert_int_equal(cchc_split(parser, NULL, 0, &part, 1, &count), CCHC_OK);
    assert_int_equal(count, 1);
    assert_int_equal(part.number, 0);
    assert_int_equal(part.range.begin, 0);
    assert_int_equal(part.range.end, 0);
    assert_int_equal(cchc_split(parser, letter, sizeof letter - 1, &part, 1, &count), CCHC_OK);
    assert_int_equal(count, 1);
    assert_int_equal(part.range.end, sizeof letter - 1);
    cchc_parser_free(parser);
}

static void limit_is_a_status(void **state)
{
    (void)state;
    cchc_options options = CCHC_OPTIONS_INIT;
    options.max_bytes = 10;
    cchc_parser *parser = new_parser(&options);
    cchc_document *document = NULL;
    assert_int_equal(cchc_parse(parser, "01234567890", 11, &document), CCHC_LIMIT);
    assert_null(document);
    assert_int_equal(cchc_parse(parser, "0123456789", 10, &document), CCHC_OK);
    cchc_document_free(document);
    cchc_parser_free(parser);
}

static void parse_failed_tells_why(void **state)
{
    (void)state;
    cchc_parser *parser = new_parser(NULL);
    cchc_document *document = NULL;
    char message[] = "No such file";
    assert_int_equal(cchc_parse_failed(parser, "io-open", message, SIZE_MAX, &document), CCHC_OK);
    memset(message, 'x', 4); /* it was copied */
    size_t count = 0;
    const cchc_diagnostic *diagnostics = cchc_document_diagnostics(document, &count);
    assert_int_equal(count, 1);
    assert_string_equal(diagnostics[0].code, "io-open");
    assert_int_equal(diagnostics[0].severity, CCHC_ERROR);
    assert_string_equal(diagnostics[0].message, "No such file");
    assert_true(cchc_document_source(document)->bytes == SIZE_MAX);
    assert_null(cchc_document_source(document)->encoding);
    assert_null(cchc_document_segments(document, &count));
    assert_int_equal(cchc_parse_failed(parser, "io-limit", NULL, 99, &document), CCHC_OK);
    diagnostics = cchc_document_diagnostics(document, &count);
    assert_true(strlen(diagnostics[0].message) > 5);
    assert_int_equal(cchc_document_source(document)->bytes, 99);
    cchc_document_free(document);
    cchc_parser_free(parser);
}

static void a_document_is_used_again(void **state)
{
    (void)state;
    static struct output fresh, again;
    cchc_parser *parser = new_parser(NULL);
    cchc_document *document = NULL, *used = NULL;
    assert_int_equal(cchc_parse(parser, letter, sizeof letter - 1, &document), CCHC_OK);
    write_record(document, &fresh);
    assert_int_equal(cchc_parse(parser, other, sizeof other - 1, &used), CCHC_OK);
    const cchc_document *same = used;
    assert_int_equal(cchc_parse(parser, letter, sizeof letter - 1, &used), CCHC_OK);
    assert_ptr_equal(used, same);
    write_record(used, &again);
    assert_int_equal(fresh.length, again.length);
    assert_memory_equal(fresh.bytes, again.bytes, fresh.length);
    cchc_document_free(used);
    cchc_document_free(document);
    cchc_parser_free(parser);
}

static void record_is_the_same_without_jit(void **state)
{
    (void)state;
    static struct output with, without;
    cchc_options options = CCHC_OPTIONS_INIT;
    for (int i = 0; i < 2; i++) {
        options.no_jit = i == 1;
        cchc_parser *parser = new_parser(&options);
        cchc_document *document = NULL;
        assert_int_equal(cchc_parse(parser, letter, sizeof letter - 1, &document), CCHC_OK);
        write_record(document, i == 0 ? &with : &without);
        cchc_document_free(document);
        cchc_parser_free(parser);
    }
    assert_int_equal(with.length, without.length);
    assert_memory_equal(with.bytes, without.bytes, with.length);
}

static void codes_of_the_table_are_unique(void **state)
{
    (void)state;
    const cchc_diagnostic_kind *a, *b;
    size_t n = 0;
    for (; (a = cchc_diagnostic_kind_at(n)) != NULL; n++) {
        assert_true(strlen(a->meaning) > 5);
        assert_int_equal(strspn(a->code, "abcdefghijklmnopqrstuvwxyz-"), strlen(a->code));
        for (size_t i = 0; i < n; i++) {
            b = cchc_diagnostic_kind_at(i);
            assert_string_not_equal(a->code, b->code);
        }
    }
    assert_true(n > 10);
    assert_null(cchc_diagnostic_kind_at(SIZE_MAX));
}

static void allocator_context_is_copied(void **state)
{
    (void)state;
    struct heap heap;
    cchc_allocator allocator = heap_allocator(&heap);
    cchc_options options = CCHC_OPTIONS_INIT;
    options.allocator = &allocator;
    cchc_parser *parser = new_parser(&options);
    memset(&allocator, 0, sizeof allocator);
    cchc_document *document = NULL;
    assert_int_equal(cchc_parse(parser, letter, sizeof letter - 1, &document), CCHC_OK);
    cchc_document_free(document);
    cchc_parser_free(parser);
    assert_int_equal(heap.live, 0);
}

/* One whole round through every call that takes memory; the n-th request fails. */
enum call { PARSER_NEW, PARSE, PARSE_AGAIN, PARSE_OTHER, PARSE_FAILED, FOLD, SPLIT };

static cchc_status round_with_failure(enum call call, bool no_jit, size_t fail_at, bool fail_after,
                                      struct heap *heap, struct output *output)
{
    cchc_allocator allocator = heap_allocator(heap);
    cchc_options options = CCHC_OPTIONS_INIT;
    options.allocator = &allocator;
    options.no_jit = no_jit;
    cchc_parser *parser = NULL;
    cchc_document *document = NULL;
    cchc_document *before = NULL;
    cchc_status status = CCHC_OK;
    if (call != PARSER_NEW)
        assert_int_equal(cchc_parser_new(&options, &parser), CCHC_OK);
    if (call == PARSE_AGAIN)
        assert_int_equal(cchc_parse(parser, "x", 1, &document), CCHC_OK);
    before = document;
    heap->requests = 0;
    heap->fail_at = fail_at;
    heap->fail_after = fail_after;
    size_t length = 12345;
    char key[64];
    switch (call) {
    case PARSER_NEW: status = cchc_parser_new(&options, &parser); break;
    case PARSE:
    case PARSE_AGAIN: status = cchc_parse(parser, letter, sizeof letter - 1, &document); break;
    case PARSE_OTHER: status = cchc_parse(parser, other, sizeof other - 1, &document); break;
    case PARSE_FAILED: status = cchc_parse_failed(parser, "io-open", "why", 7, &document); break;
    case SPLIT: status = cchc_split(parser, letter, sizeof letter - 1, NULL, 0, &length); break;
    case FOLD: status = cchc_fold(parser, "Hòa", 4, key, sizeof key, &length); break;
    }
    heap->fail_at = 0;
    if (status != CCHC_OK) {
        assert_int_equal(status, CCHC_NOMEM);
        assert_ptr_equal(document, before);
        assert_int_equal(length, 12345);
        if (call == PARSER_NEW) {
            assert_null(parser);
            assert_int_equal(heap->live, 0);
        } else {
            size_t count; /* the record of a reused document is then empty, and usable again */
            cchc_document_segments(document, &count);
            assert_int_equal(count, 0);
            assert_int_equal(cchc_parse(parser, letter, sizeof letter - 1, &document), CCHC_OK);
        }
    }
    if (document != NULL)
        write_record(document, output);
    cchc_document_free(document);
    cchc_parser_free(parser);
    assert_int_equal(heap->live, 0);
    return status;
}

static void every_failing_request_is_an_answer(void **state)
{
    const enum call call = (enum call)(uintptr_t)*state;
    static struct output whole, output;
    struct heap heap;
    for (int mode = 0; mode < 4; mode++) {
        bool no_jit = mode & 1, after = mode & 2;
        assert_int_equal(round_with_failure(call, no_jit, 0, false, &heap, &whole), CCHC_OK);
        for (size_t at = 1; at < 100000; at++) {
            cchc_status status = round_with_failure(call, no_jit, at, after, &heap, &output);
            if (!heap.failed)
                break;
            /* Without machine code a pattern is interpreted: the only request that may fail unseen. */
            if (status == CCHC_OK && no_jit)
                fail_msg("request %zu failed and the call did not say so", at);
            if (status == CCHC_OK && call != PARSER_NEW && (output.length != whole.length ||
                                      memcmp(output.bytes, whole.bytes, whole.length) != 0))
                fail_msg("request %zu failed and the record is another one", at);
        }
    }
}

int main(void)
{
#define FAILING(name, call) \
    {name, every_failing_request_is_an_answer, NULL, NULL, (void *)(uintptr_t)(call)}
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_is_that_of_the_header),
        cmocka_unit_test(every_status_has_a_message),
        cmocka_unit_test(empty_letter_has_an_empty_record),
        cmocka_unit_test(a_clause_without_words_has_a_text),
        cmocka_unit_test(no_letter_and_one_letter_are_one_part),
        cmocka_unit_test(limit_is_a_status),
        cmocka_unit_test(parse_failed_tells_why),
        cmocka_unit_test(a_document_is_used_again),
        cmocka_unit_test(record_is_the_same_without_jit),
        cmocka_unit_test(codes_of_the_table_are_unique),
        cmocka_unit_test(allocator_context_is_copied),
        FAILING("failing memory: cchc_parser_new", PARSER_NEW),
        FAILING("failing memory: cchc_parse", PARSE),
        FAILING("failing memory: cchc_parse, document used again", PARSE_AGAIN),
        FAILING("failing memory: cchc_parse, slow path", PARSE_OTHER),
        FAILING("failing memory: cchc_parse_failed", PARSE_FAILED),
        FAILING("failing memory: cchc_fold", FOLD),
        FAILING("failing memory: cchc_split", SPLIT),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
