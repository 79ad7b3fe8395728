/* SPDX-License-Identifier: MIT */
/* The JSON of real records, read back by an independent reader. What no letter brings about is in
 * test_write_json_shapes.c. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

static const char letter[] =
    "ỦY BAN NHÂN DÂN\nTỈNH KIÊN GIANG\n"
    "Số: 1791/UBND-NC\nKiên Giang, ngày 22 tháng 12 năm 2020\n"
    "V/v \"kiểm tra\" \\ công tác\n\nKính gửi: Giám đốc Sở Giáo dục và Đào tạo\n\n"
    "1. Việc thứ nhất:\na) Báo cáo chậm nhất là ngày 29/12/2020;\nb) Gửi bản giấy.\n"
    "2. Thực hiện Báo cáo số 284/BC-ĐKT ngày 30/11/2020.\n\n"
    "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLâm Minh Thành\n";

static const char *const keys[] = {
    "schema",     "source",       "document_type", "type_text", "family",       "agency",
    "code",       "promulgation", "subject",       "priority",  "secrecy",      "circulation",
    "addressees", "clauses",      "deadlines",     "references", "recipients",  "archive",
    "signer",     "cosigners",    "incoming",      "e_signatures", "annexes",   "segments",
    "diagnostics"};

struct fixture {
    cchc_parser *parser;
    cchc_document *document;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    *state = fixture;
    return fixture == NULL || cchc_parser_new(NULL, &fixture->parser) != CCHC_OK;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    cchc_document_free(fixture->document);
    cchc_parser_free(fixture->parser);
    free(fixture);
    return 0;
}

static void parse(struct fixture *fixture, const void *bytes, size_t length)
{
    assert_int_equal(cchc_parse(fixture->parser, bytes, length, &fixture->document), CCHC_OK);
}

/* The record as a tree; the caller lets go of it. */
static json_t *read_back(const cchc_document *document, const char *name, size_t name_length)
{
    struct written output = {0};
    json_error_t error;
    assert_int_equal(cchc_write_json(document, name, name_length, written_keep, &output), CCHC_OK);
    assert_null(memchr(output.bytes, '\n', output.length));
    json_t *record = json_loadb(output.bytes, output.length, JSON_ALLOW_NUL, &error);
    if (record == NULL)
        fail_msg("%s in %s", error.text, output.bytes);
    free(output.bytes);
    return record;
}

static void check_keys(const json_t *record)
{
    size_t at = 0;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)record, key, value) {
        assert_true(at < sizeof keys / sizeof keys[0]);
        assert_string_equal(key, keys[at++]);
    }
    assert_int_equal(at, sizeof keys / sizeof keys[0]);
}

static const char *text_at(const json_t *record, const char *key)
{
    return json_string_value(json_object_get(json_object_get(record, key), "text"));
}

static void a_letter_comes_back(void **state)
{
    struct fixture *fixture = *state;
    parse(fixture, letter, sizeof letter - 1);
    json_t *record = read_back(fixture->document, "a/b.txt", 7);
    check_keys(record);
    json_t *source = json_object_get(record, "source");
    assert_string_equal(json_string_value(json_object_get(record, "schema")), "cchcparse/1");
    assert_string_equal(json_string_value(json_object_get(source, "name")), "a/b.txt");
    assert_int_equal(json_integer_value(json_object_get(source, "bytes")), sizeof letter - 1);
    assert_string_equal(text_at(record, "code"), cchc_document_code(fixture->document)->text.data);
    assert_string_equal(text_at(record, "subject"),
                        cchc_document_text(fixture->document, CCHC_SUBJECT)->data);
    size_t count = 0;
    (void)cchc_document_segments(fixture->document, &count);
    assert_int_equal(json_array_size(json_object_get(record, "segments")), count);
    json_decref(record);
}

static void any_bytes_come_back(void **state)
{
    struct fixture *fixture = *state;
    char bytes[512];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    parse(fixture, bytes, sizeof bytes);
    json_t *record = read_back(fixture->document, "", 0);
    check_keys(record);
    json_decref(record);
    parse(fixture, NULL, 0);
    record = read_back(fixture->document, NULL, 0);
    check_keys(record);
    assert_int_equal(json_array_size(json_object_get(record, "segments")), 0);
    json_decref(record);
}

static void an_unread_letter_has_its_line(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(cchc_parse_failed(fixture->parser, "io-open", "no \"such\" file", SIZE_MAX,
                                       &fixture->document), CCHC_OK);
    json_t *record = read_back(fixture->document, "x", 1);
    check_keys(record);
    assert_true(json_is_null(json_object_get(json_object_get(record, "source"), "bytes")));
    assert_true(json_is_null(json_object_get(json_object_get(record, "source"), "encoding")));
    json_t *diagnostics = json_object_get(record, "diagnostics");
    assert_int_equal(json_array_size(diagnostics), 1);
    const json_t *diagnostic = json_array_get(diagnostics, 0);
    assert_string_equal(json_string_value(json_object_get(diagnostic, "code")), "io-open");
    assert_string_equal(json_string_value(json_object_get(diagnostic, "severity")), "error");
    const json_t *message = json_object_get(diagnostic, "message");
    assert_string_equal(json_string_value(message), "no \"such\" file");
    json_decref(record);
}

static void names_are_made_well_formed(void **state)
{
    static const struct {
        const char *name;
        size_t length;
        const char *shown;
    } names[] = {
        {"plain", 5, "plain"},
        {"\xE1\xBB\xA6", 3, "\xE1\xBB\xA6"},
        {"a\xFFz", 3, "a\xEF\xBF\xBDz"},
        {"\xE1\xBB", 2, "\xEF\xBF\xBD"},                         /* cut off: one sign */
        {"\xE1\xBBz", 3, "\xEF\xBF\xBDz"},
        {"\xC0\xAF", 2, "\xEF\xBF\xBD\xEF\xBF\xBD"},             /* too long a form */
        {"\xED\xA0\x80", 3, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}, /* a surrogate */
        {"\xF4\x90\x80\x80", 4, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xF0\x9F\x98\x80", 4, "\xF0\x9F\x98\x80"},
        {"\"\\/\n\r\t\b\f\x01\x7F", 10, "\"\\/\n\r\t\b\f\x01\x7F"},
    };
    struct fixture *fixture = *state;
    parse(fixture, "x", 1);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        json_t *record = read_back(fixture->document, names[i].name, names[i].length);
        json_t *name = json_object_get(json_object_get(record, "source"), "name");
        assert_string_equal(json_string_value(name), names[i].shown);
        json_decref(record);
    }
    json_t *record = read_back(fixture->document, "a\0b", 3);
    json_t *name = json_object_get(json_object_get(record, "source"), "name");
    assert_int_equal(json_string_length(name), 3);
    json_decref(record);
}

static void a_refusal_is_told_and_final(void **state)
{
    struct fixture *fixture = *state;
    /* A long name of bytes that are all escaped fills the buffer again and again. */
    size_t length = 50000;
    char *name = malloc(length);
    assert_non_null(name);
    memset(name, '"', length);
    parse(fixture, letter, sizeof letter - 1);
    struct written all = {0};
    assert_int_equal(cchc_write_json(fixture->document, name, length, written_keep, &all), CCHC_OK);
    assert_true(all.calls > 2);
    for (size_t refused = 1; refused <= all.calls; refused += all.calls / 7 + 1) {
        struct written output = {.refused_call = refused};
        cchc_status status = cchc_write_json(fixture->document, name, length, written_keep, &output);
        assert_int_equal(status, CCHC_SINK);
        assert_int_equal(output.calls, refused);
        if (output.length > 0)
            assert_memory_equal(output.bytes, all.bytes, output.length);
        free(output.bytes);
    }
    free(all.bytes);
    free(name);
}

static void wrong_calls_are_refused(void **state)
{
    struct fixture *fixture = *state;
    struct written output = {0};
    parse(fixture, "x", 1);
    assert_int_equal(cchc_write_json(NULL, "n", 1, written_keep, &output), CCHC_INVALID);
    assert_int_equal(cchc_write_json(fixture->document, NULL, 1, written_keep, &output), CCHC_INVALID);
    assert_int_equal(cchc_write_json(fixture->document, "n", 1, NULL, &output), CCHC_INVALID);
    assert_int_equal(output.calls, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_letter_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(any_bytes_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unread_letter_has_its_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_are_made_well_formed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_refusal_is_told_and_final, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_calls_are_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
