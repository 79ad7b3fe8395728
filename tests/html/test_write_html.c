/* SPDX-License-Identifier: MIT */
/* The bytes of the review page: how any source becomes a string, and that nothing in a letter ends
 * the element it stands in. What a browser makes of the page is page.py's. */
#include "../support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cchcparse/write.h>

static const char opening[] = "<script type=\"application/json\" class=\"letter\">{\"record\":";
static const char closing[] = "}</script>\n";

struct fixture {
    cchc_parser *parser;
    cchc_writer *writer;
    cchc_document *document;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    *state = fixture;
    return fixture == NULL || cchc_parser_new(NULL, &fixture->parser) != CCHC_OK ||
           cchc_writer_new("html", NULL, &fixture->writer) != CCHC_OK;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    cchc_document_free(fixture->document);
    cchc_writer_free(fixture->writer);
    cchc_parser_free(fixture->parser);
    free(fixture);
    return 0;
}

/* The piece of a letter of these bytes; freed by the caller. */
static char *piece(struct fixture *fixture, const char *name, const char *bytes, size_t length)
{
    struct written output = {0};
    assert_int_equal(cchc_parse(fixture->parser, bytes, length, &fixture->document), CCHC_OK);
    cchc_letter letter = {fixture->document, name, strlen(name), bytes, length};
    assert_int_equal(cchc_writer_letter(fixture->writer, &letter, written_keep, &output), CCHC_OK);
    return output.bytes;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static void test_any_bytes_are_a_string(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *string;
    } rows[] = {
#define ROW(bytes, string) {bytes, sizeof(bytes) - 1, string}
        ROW("", "\"\""),
        ROW("Số: 1", "\"Số: 1\""),
        ROW("\"a\" \\ /", "\"\\\"a\\\" \\\\ /\""),
        ROW("a\r\n\tb\f", "\"a\\r\\n\\tb\\u000c\""),
        ROW("\0\x01\x1F\x7F", "\"\\u0000\\u0001\\u001f\\u007f\""),
        ROW("</script><!--", "\"\\u003c/script>\\u003c!--\""),
        /* Not UTF-8: a surrogate for each byte, also where several make one U+FFFD elsewhere. */
        ROW("\xFF", "\"\\udcff\""),
        ROW("a\x80z", "\"a\\udc80z\""),
        ROW("\xC3", "\"\\udcc3\""),
        ROW("\xE1\xBBz", "\"\\udce1\\udcbbz\""),
        ROW("\xF0\x90\x80", "\"\\udcf0\\udc90\\udc80\""),
        ROW("\xC0\xAF", "\"\\udcc0\\udcaf\""),
        ROW("\xED\xA0\x80", "\"\\udced\\udca0\\udc80\""),
        ROW("\xED\xB2\x80", "\"\\udced\\udcb2\\udc80\""),
        ROW("\xF4\x90\x80\x80", "\"\\udcf4\\udc90\\udc80\\udc80\""),
        /* What is UTF-8 stays, the ends of its range and U+FFFD itself included. */
        ROW("\xEF\xBF\xBD\xEF\xBF\xBE\xEF\xBF\xBF", "\"\xEF\xBF\xBD\xEF\xBF\xBE\xEF\xBF\xBF\""),
        ROW("\xEF\xBF", "\"\\udcef\\udcbf\""),
        ROW("\xEF\xBB\xBFz", "\"\xEF\xBB\xBFz\""),
        ROW("\xC2\x80\xE2\x80\xA8\xF4\x8F\xBF\xBF", "\"\xC2\x80\xE2\x80\xA8\xF4\x8F\xBF\xBF\""),
#undef ROW
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char expected[128];
        snprintf(expected, sizeof expected, ",\"text\":%s%s", rows[i].string, closing);
        char *text = piece(*state, "a.txt", rows[i].bytes, rows[i].length);
        if (!ends_with(text, expected))
            fail_msg("row %zu: %s does not end with %s", i, text, expected);
        free(text);
    }
}

static void test_nothing_ends_the_element(void **state)
{
    static const char bytes[] =
        "SỞ </script><script>\nSố: 1/SNV-</script>\nHà Nội, ngày 1 tháng 2 năm "
        "2025\nV/v <!-- <script>\n\nKính gửi: <b>Các sở</b></script>.\n";
    char *text = piece(*state, "</script><!--.txt", bytes, sizeof bytes - 1);
    assert_memory_equal(text, opening, sizeof opening - 1);
    assert_true(ends_with(text, closing));
    size_t angles = 0;
    for (const char *at = text; (at = strchr(at, '<')) != NULL; at++)
        angles++;
    assert_int_equal(angles, 2);
    assert_non_null(strstr(text, "\"name\":\"\\u003c/script>\\u003c!--.txt\""));
    free(text);
}

static void test_no_source(void **state)
{
    struct fixture *fixture = *state;
    static const char bytes[] = "Số: 12/SNV-VP\n";
    assert_int_equal(cchc_parse(fixture->parser, bytes, sizeof bytes - 1, &fixture->document),
                     CCHC_OK);
    const cchc_letter letters[] = {
        {fixture->document, "a", 1, NULL, 0},
        {fixture->document, "a", 1, bytes, sizeof bytes - 2}, /* not the bytes of the record */
    };
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        struct written output = {0};
        assert_int_equal(cchc_writer_letter(fixture->writer, &letters[i], written_keep, &output), CCHC_OK);
        assert_true(ends_with(output.bytes, ",\"text\":null}</script>\n"));
        free(output.bytes);
    }
    struct written output = {0};
    assert_int_equal(
        cchc_parse_failed(fixture->parser, "io-open", NULL, SIZE_MAX, &fixture->document), CCHC_OK);
    cchc_letter unread = {fixture->document, "a", 1, bytes, sizeof bytes - 1};
    assert_int_equal(cchc_writer_letter(fixture->writer, &unread, written_keep, &output), CCHC_OK);
    assert_true(ends_with(output.bytes, ",\"text\":null}</script>\n"));
    free(output.bytes);
}

static void test_bytes_beyond_the_record(void **state)
{
    struct fixture *fixture = *state;
    static const char bytes[] = "abc\xFFxyz";
    struct written output = {0};
    assert_int_equal(cchc_parse(fixture->parser, bytes, sizeof bytes - 1, &fixture->document),
                     CCHC_OK);
    /* More bytes than the record is about: the rest belongs to another letter. */
    cchc_letter letter = {fixture->document, "a", 1, "abc\xFFxyzuvw", 10};
    assert_int_equal(cchc_writer_letter(fixture->writer, &letter, written_keep, &output), CCHC_OK);
    assert_true(ends_with(output.bytes, ",\"text\":\"abc\\udcffxyz\"}</script>\n"));
    free(output.bytes);
}

static void test_refused_output(void **state)
{
    struct fixture *fixture = *state;
    size_t length = 0;
    char *bytes = calloc(1, 40000);
    assert_non_null(bytes);
    while (length < 30000)
        length +=
            (size_t)snprintf(bytes + length, 64, "%zu. Báo cáo <b>\xFF trước ngày 15/3.\n", length);
    assert_int_equal(cchc_parse(fixture->parser, bytes, length, &fixture->document), CCHC_OK);
    cchc_letter letter = {fixture->document, "a", 1, bytes, length};
    struct written whole = {0};
    assert_int_equal(cchc_writer_letter(fixture->writer, &letter, written_keep, &whole), CCHC_OK);
    assert_true(whole.calls > 3);
    for (size_t call = 1; call <= whole.calls; call++) {
        struct written output = {.refused_call = call};
        assert_int_equal(cchc_writer_letter(fixture->writer, &letter, written_keep, &output), CCHC_SINK);
        assert_int_equal(output.calls, call);
        free(output.bytes);
    }
    free(whole.bytes);
    free(bytes);
}

static void test_page_in_two_languages(void **state)
{
    (void)state;
    static const char *const heads[] = {"<html lang=\"vi\">", "<html lang=\"en\">"};
    for (int language = CCHC_VIETNAMESE; language <= CCHC_ENGLISH; language++) {
        cchc_write_options options = CCHC_WRITE_OPTIONS_INIT;
        options.language = (cchc_language)language;
        cchc_writer *writer = NULL;
        struct written output = {0};
        assert_int_equal(cchc_writer_new("html", &options, &writer), CCHC_OK);
        assert_int_equal(cchc_writer_begin(writer, written_keep, &output), CCHC_OK);
        assert_int_equal(cchc_writer_between(writer, written_keep, &output), CCHC_OK);
        assert_int_equal(cchc_writer_end(writer, written_keep, &output), CCHC_OK);
        assert_memory_equal(output.bytes, "<!DOCTYPE html>", 15);
        assert_non_null(strstr(output.bytes, heads[language]));
        assert_null(strstr(output.bytes, "{{"));
        assert_true(ends_with(output.bytes, "</html>\n"));
        free(output.bytes);
        cchc_writer_free(writer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_any_bytes_are_a_string, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_ends_the_element, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_source, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bytes_beyond_the_record, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused_output, set_up, tear_down),
        cmocka_unit_test(test_page_in_two_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
