/* SPDX-License-Identifier: MIT */
/* The comparison key: spellings of one word have one key, other words have another. */
#include "support.h"

#include <string.h>

#include <cmocka.h>

#include <unicode/unorm2.h>

#include "text/text.h"

static cchc_parser *parser;

static int set_up(void **state)
{
    (void)state;
    return cchc_parser_new(NULL, &parser) == CCHC_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    cchc_parser_free(parser);
    return 0;
}

static const struct row {
    const char *text, *key;
} rows[] = {
    {"", ""},
    {" \t\r\n\xC2\xA0 ", ""},
    {"hòa", "hoa"},
    {"hoà", "hoa"},
    {"HÒA", "hoa"},
    {"ho\xCC\x80" "a", "hoa"},
    {"ủy ban", "uy ban"},
    {"uỷ  ban", "uy ban"},
    {"ỦY\nBAN", "uy ban"},
    {"thuở", "thuo"},
    {"Đại", "dai"},
    {"Ðại", "dai"},
    {"Ɖại", "dai"},
    {"đ ð ɖ", "d d d"},
    {"nghiêng", "nghieng"},
    {"Số: 1791/UBND–NC", "so: 1791/ubnd-nc"},
    {"a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h"},
    {"1⁄2∕3", "1/2/3"},
    {"“V/v”", "\"v/v\""},
    {"  hai  đầu  ", "hai dau"},
    {"không\xE2\x80\x8B rộng", "khong rong"},
    {"ƯƠNG ươ", "uong uo"},
    {"ａｂ１", "ab1"},
    {"&amp;", "&"},
    {"nhe\xCC\x81\xCC\x82", "nhe"},
    {"ti\xC3\xAA\xCC\x82\xCC\x81n", "tien"},
    {"Đa`o ta´o", "dao tao"},
};

static void check_row(void **state)
{
    const struct row *row = *state;
    char key[128];
    size_t length = 0;
    assert_int_equal(cchc_fold(parser, row->text, strlen(row->text), key, sizeof key, &length), CCHC_OK);
    assert_string_equal(key, row->key);
    assert_int_equal(length, strlen(row->key));
    /* A key is its own key. */
    char again[128];
    assert_int_equal(cchc_fold(parser, key, length, again, sizeof again, &length), CCHC_OK);
    assert_string_equal(again, row->key);
}

static void short_buffer_gets_what_fits(void **state)
{
    (void)state;
    size_t length = 0;
    char key[4] = "xxx";
    assert_int_equal(cchc_fold(parser, "Hòa Bình", strlen("Hòa Bình"), key, 4, &length), CCHC_OK);
    assert_int_equal(length, 8);
    assert_string_equal(key, "hoa");
    assert_int_equal(cchc_fold(parser, "Hòa", strlen("Hòa"), NULL, 0, &length), CCHC_OK);
    assert_int_equal(length, 3);
    assert_int_equal(cchc_fold(parser, "Hòa", strlen("Hòa"), key, 1, &length), CCHC_OK);
    assert_string_equal(key, "");
}

static void wrong_calls_are_refused(void **state)
{
    (void)state;
    char key[8] = "same";
    size_t length = 77;
    assert_int_equal(cchc_fold(NULL, "a", 1, key, 8, &length), CCHC_INVALID);
    assert_int_equal(cchc_fold(parser, NULL, 1, key, 8, &length), CCHC_INVALID);
    assert_int_equal(cchc_fold(parser, "a", 1, NULL, 8, &length), CCHC_INVALID);
    assert_int_equal(cchc_fold(parser, "a", 1, key, 8, NULL), CCHC_INVALID);
    assert_int_equal(length, 77);
    assert_string_equal(key, "same");
    assert_int_equal(cchc_fold(parser, NULL, 0, key, 8, &length), CCHC_OK);
    assert_int_equal(length, 0);
}

/* What the library asks ICU for in its table alone: see classify() and cchci_parts_of(). */
static void no_letter_beyond_the_tables_has_parts(void **state)
{
    (void)state;
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
    for (UChar32 c = 0x80; c <= 0x10FFFF; c++) {
        UChar parts[8];
        int32_t n = unorm2_getDecomposition(nfc, c, parts, 8, &error);
        assert_true(n <= 8 && (cchci_tabled((uint32_t)c) || n <= 0 || parts[0] >= 0x80));
        bool latin = (c >= 0xC0 && c < 0x250) || (c >= 0x1E00 && c < 0x1F00);
        if (latin || unorm2_getRawDecomposition(nfc, c, parts, 8, &error) != 2)
            continue;
        /* No mark that a Vietnamese letter may have goes before the last one of such a letter. */
        static const UChar32 marks[] = {0x302, 0x306, 0x323};
        for (unsigned i = 0; i < sizeof marks / sizeof marks[0]; i++) {
            UChar32 first = unorm2_composePair(nfc, parts[0], marks[i]);
            assert_true(first < 0 || unorm2_composePair(nfc, first, parts[1]) < 0);
        }
    }
    assert_true(U_SUCCESS(error));
}

int main(void)
{
    enum { ROWS = sizeof rows / sizeof rows[0] };
    struct CMUnitTest tests[ROWS + 3];
    size_t n = 0;
    for (; n < ROWS; n++)
        tests[n] = (struct CMUnitTest){rows[n].key[0] != '\0' ? rows[n].text : "blank", check_row, NULL,
                                       NULL, (void *)(uintptr_t)&rows[n]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(short_buffer_gets_what_fits);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(wrong_calls_are_refused);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(no_letter_beyond_the_tables_has_parts);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
