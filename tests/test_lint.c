/* SPDX-License-Identifier: MIT */
/* <cchcparse/lint.h> under wrong calls, reuse, hostile bytes and failing memory; what the table
 * of rules promises. What is found in which letter: lint/cases.txt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#include <cmocka.h>

#include <cchcparse/lint.h>

#include "lint/lint.h"

static const char letter[] =
    "SỞ NỘI VỤ                     Cộng hòa xã hội chủ nghĩa Việt Nam\n"
    "                              Độc lập-Tự do-Hạnh phúc\n"
    "Số 5/CV-SNV                   Huế, ngày 3 tháng 04 năm 2024\n"
    "Về việc trực hè\n\n"
    "Kính gửi\n- Sở Y tế\n- Sở Tài chính;\n\n"
    "Căn cứ Quyết định số 12/QĐ-UBND, đề nghị:\n1/ Trực;\na. Ngày;\nd) Đêm;\ne) Lễ.\n\n"
    "Nơi nhận\n- Sở Y tế\n- Lưu VP\n\nT/M SỞ\nPHÓ GIÁM ĐỐC\n\nThS. Tạ Thu Hằng\n";

struct fixture {
    cchc_parser *parser;
    cchc_document *document;
    cchc_findings *findings;
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
    cchc_findings_free(fixture->findings);
    cchc_document_free(fixture->document);
    cchc_parser_free(fixture->parser);
    free(fixture);
    return 0;
}

/* Judges a text, and asks of its findings what the header promises. */
static size_t judge(struct fixture *fixture, const char *bytes, size_t length)
{
    size_t count = 0;
    assert_int_equal(cchc_parse(fixture->parser, bytes, length, &fixture->document), CCHC_OK);
    assert_int_equal(
        cchc_lint(fixture->parser, fixture->document, bytes, length, &fixture->findings), CCHC_OK);
    const cchc_finding *list = cchc_findings_list(fixture->findings, &count);
    for (size_t i = 0; i < count; i++) {
        const cchc_region *region = &list[i].region;
        assert_true(region->span.begin <= region->span.end && region->span.end <= length);
        assert_true(region->line >= 1 && region->column >= 1);
        assert_true(region->end_line > region->line ||
                    (region->end_line == region->line && region->end_column >= region->column));
        assert_int_equal(list[i].found == NULL, region->span.begin == region->span.end);
        assert_true(list[i].found == NULL || list[i].found[0] != '\0');
        assert_non_null(list[i].vietnamese);
        assert_non_null(list[i].english);
        assert_true(list[i].severity <= list[i].rule->severity);
        assert_true(i == 0 || list[i - 1].region.span.begin <= region->span.begin);
    }
    assert_true(count == 0 || cchc_findings_form(fixture->findings) != NULL);
    return count;
}

static void wrong_calls_are_refused(void **state)
{
    struct fixture *fixture = *state;
    cchc_findings *findings = NULL;
    size_t length = sizeof letter - 1, count = 1;
    assert_int_equal(cchc_parse(fixture->parser, letter, length, &fixture->document), CCHC_OK);
    assert_int_equal(cchc_lint(NULL, fixture->document, letter, length, &findings), CCHC_INVALID);
    assert_int_equal(cchc_lint(fixture->parser, NULL, letter, length, &findings), CCHC_INVALID);
    assert_int_equal(cchc_lint(fixture->parser, fixture->document, NULL, length, &findings),
                     CCHC_INVALID);
    assert_int_equal(cchc_lint(fixture->parser, fixture->document, letter, length - 1, &findings),
                     CCHC_INVALID);
    assert_int_equal(cchc_lint(fixture->parser, fixture->document, letter, length, NULL),
                     CCHC_INVALID);
    assert_null(findings);
    assert_null(cchc_findings_list(NULL, &count));
    assert_int_equal(count, 0);
    assert_null(cchc_findings_form(NULL));
    assert_false(cchc_findings_scanned(NULL));
    cchc_findings_free(NULL);
}

static void what_was_not_read_is_not_judged(void **state)
{
    struct fixture *fixture = *state;
    size_t count = 1;
    assert_int_equal(
        cchc_parse_failed(fixture->parser, "io-open", NULL, SIZE_MAX, &fixture->document), CCHC_OK);
    assert_int_equal(cchc_lint(fixture->parser, fixture->document, NULL, 0, &fixture->findings),
                     CCHC_OK);
    (void)cchc_findings_list(fixture->findings, &count);
    assert_int_equal(count, 0);
    assert_int_equal(judge(fixture, "", 0), 0);
    assert_null(cchc_findings_form(fixture->findings));
}

static void findings_are_used_again(void **state)
{
    struct fixture *fixture = *state;
    size_t count = judge(fixture, letter, sizeof letter - 1);
    assert_true(count > 15);
    assert_int_equal(judge(fixture, "Một bài báo.", sizeof "Một bài báo." - 1), 0);
    assert_int_equal(judge(fixture, letter, sizeof letter - 1), count);
}

/* A NUL of the letter ends no string of a finding, wherever it stands. */
static void a_nul_hides_no_words(void **state)
{
    struct fixture *fixture = *state;
    char bytes[sizeof letter];
    for (size_t at = 0; at < sizeof letter; at++) {
        memcpy(bytes, letter, at);
        bytes[at] = '\0';
        memcpy(bytes + at + 1, letter + at, sizeof letter - 1 - at);
        (void)judge(fixture, bytes, sizeof letter);
    }
}

/* A letter whose lists are as long as can be: each finding is told 16 times at most. */
static void repeated_findings_are_bounded(void **state)
{
    struct fixture *fixture = *state;
    enum { ITEMS = 5000, ROOM = 400000 };
    char *text = malloc(ROOM);
    assert_non_null(text);
    size_t length = (size_t)snprintf(text, ROOM, "%s",
                                     "SỞ NỘI VỤ     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                                     "              Độc lập - Tự do - Hạnh phúc\n"
                                     "Số: 15/SNV-VP     Huế, ngày 13 tháng 4 năm 2024\n"
                                     "V/v trực hè\n\nKính gửi: Sở Y tế.\n\nĐề nghị:\n");
    for (int i = 1; i <= ITEMS; i++)
        length += (size_t)snprintf(text + length, ROOM - length,
                                   "%d/ Trực ca %d theo Quyết định số %d/QĐ-UBND.\n", i, i, i);
    length += (size_t)snprintf(text + length, ROOM - length, "\nNơi nhận:\n- Như trên;\n");
    size_t count = judge(fixture, text, length);
    assert_true(count >= 16 && count <= (size_t)CCHCI_FINDING_COUNT * 16);
    free(text);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* A letter with bytes changed, taken out and doubled, so that it is cut in every place. */
static void hostile_bytes_are_letters(void **state)
{
    struct fixture *fixture = *state;
    uint32_t seed = 7;
    char bytes[sizeof letter * 2];
    for (int round = 0; round < 3000; round++) {
        size_t length = 0;
        for (size_t i = 0; i + 1 < sizeof letter; i++) {
            uint32_t chance = next_random(&seed) % 200;
            if (chance == 0)
                continue;
            bytes[length++] = chance == 1 ? (char)next_random(&seed) : letter[i];
            if (chance == 2 && length < sizeof bytes - 1)
                bytes[length++] = letter[next_random(&seed) % (sizeof letter - 1)];
        }
        length -= next_random(&seed) % 40;
        (void)judge(fixture, bytes, length);
    }
}

/* The severity of a rule is that of its gravest finding, its forms are those of all. */
static void the_tables_agree(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        cchc_severity severity;
        unsigned forms;
    } kinds[] = {
#define ND30 CCHC_FORM_ND30
#define TT01 CCHC_FORM_TT01
#define HD36 CCHC_FORM_HD36
#define HD05 CCHC_FORM_HD05
#define VBQPPL CCHC_FORM_VBQPPL
#define RULE(id, severity, forms, place, vietnamese, english)
#define FINDING(id, code, rule, severity, forms, scan, vietnamese, english)                        \
    {#rule, CCHC_##severity, forms},
#include "lint/rules.def"
#undef RULE
#undef FINDING
    };
    const cchc_lint_rule *rule;
    size_t rules = 0;
    for (; (rule = cchc_lint_rule_at(rules)) != NULL; rules++) {
        cchc_severity gravest = CCHC_INFO;
        unsigned forms = 0;
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
            if (strcmp(kinds[i].rule, rule->id) == 0) {
                gravest = kinds[i].severity > gravest ? kinds[i].severity : gravest;
                forms |= kinds[i].forms;
            }
        if (gravest != rule->severity || forms != rule->forms)
            fail_msg("%s: severity %d, forms %u of its findings", rule->id, (int)gravest, forms);
    }
    assert_int_equal(rules, 30);
    assert_true(rules <= 64); /* the program has a bit for each */
}

/* Each request for memory fails in turn, once and from then on. */
static void every_failing_request_is_an_answer(void **state)
{
    (void)state;
    for (int after = 0; after <= 1; after++)
        for (int used = 0; used <= 1; used++)
            for (size_t at = 1, failed = 1; failed != 0; at++) {
                struct heap heap = {0, 0, 0, 0, false, false};
                cchc_allocator allocator = heap_allocator(&heap);
                cchc_options options = CCHC_OPTIONS_INIT;
                options.allocator = &allocator;
                struct fixture own = {NULL, NULL, NULL};
                assert_int_equal(cchc_parser_new(&options, &own.parser), CCHC_OK);
                assert_int_equal(cchc_parse(own.parser, letter, sizeof letter - 1, &own.document),
                                 CCHC_OK);
                if (used != 0)
                    assert_int_equal(cchc_lint(own.parser, own.document, letter, sizeof letter - 1,
                                               &own.findings),
                                     CCHC_OK);
                cchc_findings *before = own.findings;
                heap.fail_at = heap.requests + at;
                heap.fail_after = after != 0;
                cchc_status status =
                    cchc_lint(own.parser, own.document, letter, sizeof letter - 1, &own.findings);
                failed = heap.failed;
                assert_int_equal(status, failed ? CCHC_NOMEM : CCHC_OK);
                if (failed) {
                    size_t count = 1;
                    assert_ptr_equal(own.findings, before);
                    (void)cchc_findings_list(own.findings, &count);
                    assert_int_equal(count, 0);
                }
                heap.fail_at = 0;
                heap.fail_after = false;
                cchc_findings_free(own.findings);
                cchc_document_free(own.document);
                cchc_parser_free(own.parser);
                assert_int_equal(heap.live, 0);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(wrong_calls_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_not_read_is_not_judged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(findings_are_used_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(repeated_findings_are_bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hostile_bytes_are_letters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_nul_hides_no_words, set_up, tear_down),
        cmocka_unit_test(the_tables_agree),
        cmocka_unit_test(every_failing_request_is_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
