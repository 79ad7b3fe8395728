/* SPDX-License-Identifier: MIT */
/* Each limit that a program may set, at one less, at the limit and at one more: up to it nothing is
 * told and nothing missing, beyond it the record holds as much as it may and says so. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/diagnostics.h"
#include "base/limits.h"

struct text {
    char bytes[1 << 16];
    size_t length;
};

static void add(struct text *text, const char *words)
{
    size_t length = strlen(words);
    assert_true(length < sizeof text->bytes - text->length);
    memcpy(text->bytes + text->length, words, length + 1);
    text->length += length;
}

static void add_times(struct text *text, size_t times, const char *words)
{
    for (size_t i = 0; i < times; i++)
        add(text, words);
}

static cchc_parser *new_parser(const cchc_options *options)
{
    cchc_parser *parser = NULL;
    assert_int_equal(cchc_parser_new(options, &parser), CCHC_OK);
    return parser;
}

static bool is_told(const cchc_document *document, const char *code)
{
    size_t count = 0;
    const cchc_diagnostic *told = cchc_document_diagnostics(document, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(told[i].code, code) == 0)
            return true;
    return false;
}

/* However little of a letter is read for fields, each byte is in a segment. */
static void is_tiled(const cchc_document *document, size_t length)
{
    size_t count = 0, bytes = 0;
    const cchc_segment *segments = cchc_document_segments(document, &count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < segments[i].span_count; k++)
            bytes += segments[i].spans[k].end - segments[i].spans[k].begin;
    assert_int_equal(bytes, length);
}

/* -------------------------------------------------------------------------- letters with n of -- */

static const char heading[] =
    "SỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh "
    "phúc\nSố: 412/SNV-CCHC\nHòa Bình, ngày 03 tháng 3 năm 2025\n"
    "V/v báo cáo quý I\n\n";
static const char short_heading[] = "Số: 412/SNV-CCHC\nHòa Bình, ngày 03 tháng 3 năm 2025\n";
static const char addressee[] = "Kính gửi: Bộ Nội vụ.\n\n";

static void begin_letter(struct text *text)
{
    text->length = 0;
    add(text, heading);
    add(text, addressee);
}
static const char closing[] = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\nĐinh Gia Khánh\n";

typedef void letter_with(struct text *text, size_t n);
typedef size_t count_of(const cchc_document *document);

/* How many entries a list of the record has. */
#define COUNT(list)                                                                                \
    static size_t list(const cchc_document *document)                                              \
    {                                                                                              \
        size_t count = 0;                                                                          \
        (void)cchc_document_##list(document, &count);                                              \
        return count;                                                                              \
    }

static void bytes(struct text *text, size_t n)
{
    add_times(text, n, "x");
}

static size_t bytes_read(const cchc_document *document)
{
    return cchc_document_source(document)->bytes;
}

/* The addressees' line has n characters, of which "Kính gửi: " takes ten. */
static void line_length(struct text *text, size_t n)
{
    add(text, heading);
    add(text, "Kính gửi: Bộ ");
    add_times(text, n - 13, "n");
    add(text, "\n\nĐề nghị báo cáo.\n");
    add(text, closing);
}

static size_t line_read(const cchc_document *document)
{
    size_t count = 0;
    const cchc_text *addressees = cchc_document_addressees(document, &count);
    return count == 1 ? 10 + addressees[0].length - strlen("Bộ") + 2 : 0;
}

/* The heading's last line is the n-th, and the last of all. */
static void heading_lines(struct text *text, size_t n)
{
    add_times(text, n - 2, "Trang chủ\n");
    add(text, short_heading);
}

static size_t heading_read(const cchc_document *document)
{
    const cchc_promulgation *promulgation = cchc_document_promulgation(document);
    return promulgation != NULL && promulgation->iso != NULL;
}

static void addressee_lines(struct text *text, size_t n)
{
    add(text, heading);
    add(text, "Kính gửi:\n");
    add_times(text, n, "- Sở Tài chính;\n");
    add(text, "\nThực hiện kế hoạch, đề nghị báo cáo.\n");
    add(text, closing);
}

COUNT(addressees)

/* The label's line is the first. */
static void recipient_lines(struct text *text, size_t n)
{
    add(text, heading);
    add(text, addressee);
    add(text, "Đề nghị báo cáo.\n\nNơi nhận:\n");
    add_times(text, n - 1, "- Sở Tài chính;\n");
}

static size_t recipients_and_label(const cchc_document *document)
{
    size_t count = 0;
    (void)cchc_document_recipients(document, &count);
    return count + 1;
}

static void clauses_side_by_side(struct text *text, size_t n)
{
    char line[64];
    add(text, heading);
    add(text, addressee);
    add(text, "Sở Nội vụ đề nghị:\n");
    for (size_t i = 1; i <= n; i++) {
        (void)snprintf(line, sizeof line, "%zu. Báo cáo kết quả.\n", i);
        add(text, line);
    }
    add(text, closing);
}

COUNT(clauses)

static void clauses_in_one_another(struct text *text, size_t n)
{
    /* All kinds of markers that there are, in the decree's order. */
    static const char *const markers[] = {
        "Phần I\n", "Chương I\n", "Mục 1\n",   "Điều 1. ",    "I. ", "1. ",
        "1.1. ",    "1.1.1. ",    "1.1.1.1. ", "1.1.1.1.1. ", "a) ", "(i) ",
        "(1) ",     "(a) ",       "- ",        "+ ",          "* ",  "• "};
    size_t first = n <= 5 ? 4 : 0;
    add(text, heading);
    add(text, addressee);
    add(text, "Sở Nội vụ đề nghị:\n");
    for (size_t i = 0; i < n; i++) {
        assert_true(first + i < sizeof markers / sizeof markers[0]);
        add(text, markers[first + i]);
        add(text, "Báo cáo kết quả:\n");
    }
    add(text, closing);
}

static size_t depth(const cchc_document *document)
{
    size_t count = 0, deepest = 0;
    const cchc_clause *list = cchc_document_clauses(document, &count);
    for (size_t i = 0; i < count; i++)
        deepest = list[i].level > deepest ? list[i].level : deepest;
    return deepest;
}

static void body_of(struct text *text, size_t n, const char *line)
{
    add(text, heading);
    add(text, addressee);
    add_times(text, n, line);
    add(text, closing);
}

static void paragraphs_of_a_body(struct text *text, size_t n)
{
    body_of(text, n, "Đề nghị báo cáo.\n\n");
}

static size_t paragraphs(const cchc_document *document)
{
    size_t count = 0, found = 0;
    const cchc_segment *segments = cchc_document_segments(document, &count);
    for (size_t i = 0; i < count; i++)
        found += strcmp(segments[i].kind, "paragraph") == 0;
    return found;
}

static void deadlines_in_a_body(struct text *text, size_t n)
{
    body_of(text, n, "Đề nghị các đơn vị gửi báo cáo trước ngày 15/3/2025.\n\n");
}

COUNT(deadlines)

static void references_in_a_body(struct text *text, size_t n)
{
    body_of(text, n, "Thực hiện Quyết định số 95/QĐ-UBND ngày 20/01/2025.\n\n");
}

COUNT(references)

static void recipients_in_a_list(struct text *text, size_t n)
{
    recipient_lines(text, n + 1);
    add(text, "- Lưu: VT.\n\nGIÁM ĐỐC\nĐinh Gia Khánh\n");
}

static size_t recipients(const cchc_document *document)
{
    assert_non_null(cchc_document_archive(document)); /* which stands behind those left out */
    return recipients_and_label(document) - 1;
}

static void signatures(struct text *text, size_t n)
{
    add(text, heading);
    add(text, addressee);
    add(text, "Đề nghị báo cáo.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n");
    add_times(text, n + 1, "GIÁM ĐỐC\nĐinh Gia Khánh\n\n");
}

COUNT(cosigners)

static void traces_of_signatures(struct text *text, size_t n)
{
    add_times(text, n, "Ký bởi: Sở Nội vụ\nThời gian ký: 03.03.2025 10:00:00 +07:00\n");
    add(text, heading);
    add(text, addressee);
    add(text, closing);
}

COUNT(e_signatures)

static void annexes_behind(struct text *text, size_t n)
{
    add(text, heading);
    add(text, addressee);
    add(text, "Đề nghị báo cáo.\n");
    add(text, closing);
    add_times(text, n, "\nPhụ lục I\nDANH MỤC BÁO CÁO\n\nBáo cáo quý, báo cáo năm.\n");
}

COUNT(annexes)

/* A deadline without a year, in a letter without a date, is a diagnostic each. Two more are told of
 * such a letter whatever it holds; see own_diagnostics(). */
static void years_unknown(struct text *text, size_t n)
{
    add(text, "UBND TỈNH HÒA BÌNH\nSố: 412/SNV-CCHC\nV/v báo cáo quý I\n\n");
    add(text, addressee);
    add_times(text, n, "Đề nghị các đơn vị gửi báo cáo trước ngày 15/3.\n\n");
    add(text, closing);
}

static size_t own_diagnostics(const cchc_document *document)
{
    size_t count = 0;
    const cchc_diagnostic *told = cchc_document_diagnostics(document, &count);
    return count - (count > 0 && strcmp(told[count - 1].code, "limit-diagnostics") == 0);
}

/* ------------------------------------------------------------------------------- the boundary -- */

/* Every limit by the name of its option, with letters that meet it. at: the limit that is set, small
 * so that the letters are, else what the rule needs. */
static const struct boundary {
    const char *limit, *what;
    size_t at;
    letter_with *letter;
    count_of *count;
    bool whole; /* beyond the limit nothing is read, not as much as it allows */
} boundaries[] = {
    {"max_bytes", "letter", 100, bytes, bytes_read, true},
    {"max_line_length", "addressees", 100, line_length, line_read, false},
    {"max_heading_lines", "heading", 30, heading_lines, heading_read, true},
    {"max_list_lines", "addressees", 5, addressee_lines, addressees, false},
    {"max_list_lines", "recipients", 5, recipient_lines, recipients_and_label, false},
    {"max_clauses", "clauses", 3, clauses_side_by_side, clauses, false},
    {"max_clause_depth", "clauses", 3, clauses_in_one_another, depth, false},
    {"max_items", "addressees", 3, addressee_lines, addressees, false},
    {"max_items", "deadlines", 3, deadlines_in_a_body, deadlines, false},
    {"max_items", "references", 3, references_in_a_body, references, false},
    {"max_items", "recipients", 3, recipients_in_a_list, recipients, false},
    {"max_items", "cosigners", 3, signatures, cosigners, false},
    {"max_items", "e_signatures", 3, traces_of_signatures, e_signatures, false},
    {"max_items", "annexes", 3, annexes_behind, annexes, false},
    {"max_paragraphs", "paragraphs", 3, paragraphs_of_a_body, paragraphs, false},
    {"max_diagnostics", "deadlines", 9, years_unknown, own_diagnostics, false},
};

/* The options by name, and the code that tells of each. */
static const struct {
    const char *name;
    size_t offset;
    enum cchci_diagnostic_id id;
    size_t ordinary, most;
} limits[] = {
#define LIMIT(name, ordinary, most, diagnostic)                                                    \
    {#name, offsetof(cchc_options, name), CCHCI_##diagnostic, ordinary, most},
#include "base/limits.def"
#undef LIMIT
};
enum { LIMITS = sizeof limits / sizeof limits[0] };

static size_t limit_named(const char *name)
{
    for (size_t i = 0; i < LIMITS; i++)
        if (strcmp(limits[i].name, name) == 0)
            return i;
    fail_msg("no such limit: %s", name);
    return 0;
}

static void set(cchc_options *options, size_t limit, size_t value)
{
    memcpy((char *)options + limits[limit].offset, &value, sizeof value);
}

static void check_boundary(const struct boundary *row)
{
    static struct text text;
    size_t limit = limit_named(row->limit), below = 0;
    const char *code = cchc_diagnostic_kind_at((size_t)limits[limit].id)->code;
    cchc_options options = CCHC_OPTIONS_INIT;
    set(&options, limit, row->at);
    cchc_parser *bounded = new_parser(&options), *free_one = new_parser(NULL);
    /* How many of the things that are limited a letter has beside the n that it is made of. */
    cchc_document *document = NULL;
    text.length = 0;
    row->letter(&text, row->at);
    assert_int_equal(cchc_parse(free_one, text.bytes, text.length, &document), CCHC_OK);
    size_t more = row->count == own_diagnostics ? row->count(document) - row->at : 0;
    for (size_t n = row->at - 1; n <= row->at + 1; n++) {
        text.length = 0;
        row->letter(&text, n - more);
        assert_int_equal(cchc_parse(free_one, text.bytes, text.length, &document), CCHC_OK);
        assert_false(is_told(document, code));
        size_t there = row->count(document);
        if (!row->whole && there != n)
            fail_msg("%s: %zu of %zu in %s without a limit", row->limit, there, n, row->what);
        cchc_status status = cchc_parse(bounded, text.bytes, text.length, &document);
        if (strcmp(row->limit, "max_bytes") == 0) {
            assert_int_equal(status, n <= row->at ? CCHC_OK : CCHC_LIMIT);
            continue;
        }
        assert_int_equal(status, CCHC_OK);
        size_t got = row->count(document);
        if (is_told(document, code) != (n > row->at) || (n <= row->at && got != there) ||
            (n > row->at && got != (row->whole ? 0 : below)))
            fail_msg("%s = %zu, %zu in %s: %zu of %zu, %s", row->limit, row->at, n, row->what, got,
                     there, is_told(document, code) ? "told" : "not told");
        is_tiled(document, text.length);
        below = got;
    }
    cchc_document_free(document);
    cchc_parser_free(bounded);
    cchc_parser_free(free_one);
}

static void each_limit_is_met_at_its_boundary(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof boundaries / sizeof boundaries[0]; i++)
        check_boundary(&boundaries[i]);
}

static void each_limit_has_a_boundary(void **state)
{
    (void)state;
    for (size_t i = 0; i < LIMITS; i++) {
        bool found = strcmp(limits[i].name, "max_pattern_steps") == 0 || /* below */
                     strcmp(limits[i].name, "max_value_length") == 0;
        for (size_t k = 0; k < sizeof boundaries / sizeof boundaries[0]; k++)
            found = found || strcmp(boundaries[k].limit, limits[i].name) == 0;
        if (!found)
            fail_msg("%s has no boundary test", limits[i].name);
    }
}

/* How many steps a letter needs is PCRE2's affair, but there is a number from which on none of its
 * patterns gives up, and one less is told. A code of a company's form is read by a pattern. */
static void pattern_steps_are_met_at_a_boundary(void **state)
{
    (void)state;
    static struct text text;
    body_of(&text, 3, "Thực hiện Thông báo số CV-TBD-122709.\n\n");
    for (int no_jit = 0; no_jit < 2; no_jit++) {
        size_t few = 0, enough = 100000;
        while (enough - few > 1) {
            size_t steps = few + (enough - few) / 2;
            cchc_options options = CCHC_OPTIONS_INIT;
            options.no_jit = no_jit;
            options.max_pattern_steps = steps;
            cchc_parser *parser = new_parser(&options);
            cchc_document *document = NULL;
            assert_int_equal(cchc_parse(parser, text.bytes, text.length, &document), CCHC_OK);
            is_tiled(document, text.length);
            if (is_told(document, "limit-pattern"))
                few = steps;
            else
                enough = steps;
            if (!is_told(document, "limit-pattern"))
                assert_int_equal(references(document), 3);
            cchc_document_free(document);
            cchc_parser_free(parser);
        }
        assert_in_range(enough, 2, 99999);
        assert_int_equal(enough, few + 1);
    }
}

static const char *anchor_of(const cchc_document *document)
{
    size_t count = 0;
    const cchc_deadline *deadlines = cchc_document_deadlines(document, &count);
    return count == 1 ? deadlines[0].anchor : NULL;
}

static const char *issuer_of(const cchc_document *document)
{
    size_t count = 0;
    const cchc_reference *references = cchc_document_references(document, &count);
    return count > 0 ? references[0].issuer : NULL;
}

/* Values that only their sentence ends: what stands before one, the words that it begins with, and
 * what reads it. */
static const struct {
    const char *before, *first;
    const char *(*value)(const cchc_document *document);
} values[] = {
    {"Trong thời hạn 10 ngày kể từ ", "khi ", anchor_of},
    {"Trong thời hạn 10 ngày kể từ ", "khi", anchor_of},
    {"Thực hiện Nghị định số 15/2020/NĐ-CP của ", "Ban A", issuer_of},
    {"Thực hiện Nghị định số 15/2020/NĐ-CP của ", "Ban", issuer_of},
    {"Thực hiện Nghị định số 15/2020/NĐ-CP ngày 05/02/2020 của ", "Ban A", issuer_of},
    {"Thực hiện Nghị định số 15/2020/NĐ-CP (sửa đổi tại Nghị định số 16/2020/NĐ-CP) của ", "Ban A",
     issuer_of},
};

/* A value of n characters, of which `last` are its last word, or with 0 of them the word before. It is
 * read up to the limit, and a word whole or not at all, unless there is no other. */
static void check_value(const cchc_parser *parser, size_t row, size_t limit, size_t n, size_t last)
{
    static struct text text, value;
    cchc_document *document = NULL;
    value.length = 0;
    add(&value, values[row].first);
    add_times(&value, n - value.length - last - (last > 0), "n");
    add(&value, last > 0 ? " " : "");
    add_times(&value, last, "x");
    begin_letter(&text);
    add(&text, values[row].before);
    add(&text, value.bytes);
    add(&text, ", đề nghị báo cáo.\n");
    add(&text, closing);
    assert_int_equal(cchc_parse(parser, text.bytes, text.length, &document), CCHC_OK);
    is_tiled(document, text.length);
    const char *got = values[row].value(document);
    if (n > limit) {
        value.bytes[limit + 1] = '\0'; /* a blank there ends a whole word */
        char *blank = strrchr(value.bytes, ' ');
        value.bytes[blank != NULL ? (size_t)(blank - value.bytes) : limit] = '\0';
    }
    if (got == NULL || strcmp(got, value.bytes) != 0 ||
        is_told(document, "limit-value") != (n > limit))
        fail_msg("%s%s: %s, %s", values[row].before, value.bytes, got != NULL ? got : "nothing",
                 is_told(document, "limit-value") ? "told" : "not told");
    cchc_document_free(document);
}

static void values_end_with_a_word(void **state)
{
    (void)state;
    cchc_options options = CCHC_OPTIONS_INIT;
    for (size_t set_to = 0; set_to <= 60; set_to += 60) {
        options.max_value_length = set_to;
        size_t limit = set_to > 0 ? set_to : limits[limit_named("max_value_length")].ordinary;
        cchc_parser *parser = new_parser(&options);
        for (size_t row = 0; row < sizeof values / sizeof values[0]; row++)
            for (size_t n = limit - 1; n <= limit + 5; n++)
                for (size_t last = 0; last <= 5; last++)
                    if (last == 0 || n - last - 1 <= limit)
                        check_value(parser, row, limit, n, last);
        cchc_parser_free(parser);
    }
}

/* A subject's lines are limited, too: behind V/v, and behind a type. */
static void a_long_subject_is_told(void **state)
{
    (void)state;
    static struct text text;
    static const char *const codes[] = {"Số: 412/SNV-CCHC", "Số: 412/QĐ-SNV"};
    static const char *const firsts[] = {"V/v báo cáo\n", "\nQUYẾT ĐỊNH\nVề việc báo cáo\n"};
    cchc_parser *parser = new_parser(NULL);
    cchc_document *document = NULL;
    for (size_t titled = 0; titled < 2; titled++)
        for (size_t n = CCHCI_SUBJECT_LINES - 3; n <= CCHCI_SUBJECT_LINES + 2; n++) {
            text.length = 0;
            add(&text, "SỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n");
            add(&text, codes[titled]);
            add(&text, "\nHòa Bình, ngày 03 tháng 3 năm 2025\n");
            add(&text, firsts[titled]);
            add_times(&text, n, "cải cách hành chính\n");
            add(&text, "\nCăn cứ Luật;\n\nĐề nghị báo cáo.\n");
            assert_int_equal(cchc_parse(parser, text.bytes, text.length, &document), CCHC_OK);
            size_t most = CCHCI_SUBJECT_LINES - titled; /* of which "Về việc" is one */
            const cchc_text *subject = cchc_document_text(document, CCHC_SUBJECT);
            assert_non_null(subject);
            size_t words = strlen("báo cáo"), each = strlen(" cải cách hành chính");
            assert_int_equal(subject->length, words + each * (n < most ? n : most));
            assert_int_equal(is_told(document, "limit-value"), n > most);
            is_tiled(document, text.length);
        }
    cchc_document_free(document);
    cchc_parser_free(parser);
}

/* What hundreds of columns leave no room for is told as the lines are. */
static void cells_are_told(void **state)
{
    (void)state;
    static struct text text;
    cchc_parser *parser = new_parser(NULL);
    cchc_document *document = NULL;
    for (size_t lines = 100; lines <= 150; lines += 50) {
        text.length = 0;
        add_times(&text, lines, "1\t2\t3\t4\t5\t6\t7\t8\n");
        add(&text, heading);
        assert_int_equal(cchc_parse(parser, text.bytes, text.length, &document), CCHC_OK);
        bool found = cchc_document_code(document) != NULL;
        assert_int_equal(found, lines * 8 < cchci_most_cells(0));
        assert_int_equal(is_told(document, "limit-heading"), !found);
        is_tiled(document, text.length);
    }
    cchc_document_free(document);
    cchc_parser_free(parser);
}

/* Where the program sets no limit, the length of the letter does. */
static void lists_are_limited_by_the_letter(void **state)
{
    (void)state;
    static struct text text;
    cchc_parser *parser = new_parser(NULL);
    cchc_document *document = NULL;
    for (size_t n = 1000; n <= 4000; n += 3000) {
        begin_letter(&text);
        size_t before = text.length;
        add_times(&text, n, "- Ai;\n");
        assert_int_equal(cchc_parse(parser, text.bytes, text.length, &document), CCHC_OK);
        size_t most = CCHCI_ITEMS_ALWAYS + (text.length - before) / CCHCI_ITEM_LENGTH;
        assert_int_equal(is_told(document, "limit-clauses"), n > most);
        assert_in_range(clauses(document), n < most ? n : most - 1, n < most ? n : most);
        is_tiled(document, text.length);
    }
    for (size_t n = 1000; n <= 6000; n += 5000) {
        begin_letter(&text);
        add_times(&text, n, "Ai.\n\n");
        assert_int_equal(cchc_parse(parser, text.bytes, text.length, &document), CCHC_OK);
        size_t most = CCHCI_ITEMS_ALWAYS + n * strlen("Ai. ") / CCHCI_PARAGRAPH_LENGTH;
        assert_int_equal(is_told(document, "limit-paragraphs"), n > most);
        assert_in_range(paragraphs(document), n < most ? n : most - 1, n < most ? n : most);
        is_tiled(document, text.length);
    }
    cchc_document_free(document);
    cchc_parser_free(parser);
}

/* How a citation's part goes on, and which number ends it. */
static const struct {
    const char *first, *further, *last;
} chains[] = {
    {"khoản 1", ", 2", " Điều 5"},
    {"khoản 1", " và 2", " Điều 5"},
    {"điểm a khoản 1", ", điểm b khoản 2", " Điều 5"},
    {"Điều 1", "; Điều 2", " Chương III"},
};

/* A part that lost its beginning would cite something else, however long it is. */
static void cited_parts_are_whole(void **state)
{
    (void)state;
    static struct text text, part;
    cchc_parser *parser = new_parser(NULL);
    cchc_document *document = NULL;
    for (size_t i = 0; i < sizeof chains / sizeof chains[0]; i++)
        for (size_t n = 0; n <= 400; n = 2 * n + 1) {
            part.length = 0;
            add(&part, chains[i].first);
            add_times(&part, n, chains[i].further);
            add(&part, chains[i].last);
            begin_letter(&text);
            add(&text, "Căn cứ ");
            add(&text, part.bytes);
            add(&text, " Nghị định số 15/2020/NĐ-CP, đề nghị báo cáo.\n");
            assert_int_equal(cchc_parse(parser, text.bytes, text.length, &document), CCHC_OK);
            size_t count = 0;
            const cchc_reference *references = cchc_document_references(document, &count);
            assert_int_equal(count, 1);
            assert_non_null(references[0].part);
            assert_string_equal(references[0].part, part.bytes);
        }
    cchc_document_free(document);
    cchc_parser_free(parser);
}

/* What joins the days of a deadline that comes again, what stands around each of their numbers, and
 * the rule of all. */
static const struct {
    const char *joint, *before, *behind, *cycle, *rule;
    size_t most;
} cycles[] = {
    {", ", "", "", " hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=", 31},
    {", ", "1/", "", " hằng năm", "FREQ=YEARLY;BYMONTH=", 12},
    {" và ", "", "/3", " hằng năm", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=", 31},
};

static void add_number(struct text *text, size_t number)
{
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%zu", number);
    add(text, digits);
}

/* As many days as a month has, or months as a year. */
static void days_are_whole(void **state)
{
    (void)state;
    static struct text text, rule;
    cchc_parser *parser = new_parser(NULL);
    cchc_document *document = NULL;
    for (size_t i = 0; i < sizeof cycles / sizeof cycles[0]; i++)
        for (size_t n = 1; n <= cycles[i].most; n++) {
            rule.length = 0;
            begin_letter(&text);
            add(&text, "Đề nghị gửi báo cáo trước ngày ");
            add(&rule, cycles[i].rule);
            for (size_t day = 1; day <= n; day++) {
                add(&text, day == 1 ? "" : cycles[i].joint);
                add(&text, cycles[i].before);
                add_number(&text, day);
                add(&text, cycles[i].behind);
                add(&rule, day == 1 ? "" : ",");
                add_number(&rule, day);
            }
            add(&text, cycles[i].cycle);
            add(&text, ".\n");
            assert_int_equal(cchc_parse(parser, text.bytes, text.length, &document), CCHC_OK);
            size_t count = 0;
            const cchc_deadline *deadlines = cchc_document_deadlines(document, &count);
            assert_int_equal(count, 1);
            assert_non_null(deadlines[0].rule);
            assert_memory_equal(deadlines[0].rule, rule.bytes, rule.length);
        }
    cchc_document_free(document);
    cchc_parser_free(parser);
}

static void no_limit_is_above_its_most(void **state)
{
    (void)state;
    cchc_options options = CCHC_OPTIONS_INIT;
    assert_int_equal(limits[limit_named("max_bytes")].ordinary, CCHC_MAX_BYTES_DEFAULT);
    assert_int_equal(limits[limit_named("max_bytes")].most, CCHC_MAX_BYTES_MOST);
    for (size_t i = 0; i < LIMITS; i++) {
        assert_true(limits[i].ordinary <= limits[i].most);
        set(&options, i, SIZE_MAX);
    }
    static struct text text;
    text.length = 0;
    clauses_in_one_another(&text, 18);
    for (int bounded = 0; bounded < 2; bounded++) {
        cchc_parser *parser = new_parser(bounded ? NULL : &options);
        cchc_document *document = NULL;
        assert_int_equal(cchc_parse(parser, text.bytes, text.length, &document), CCHC_OK);
        assert_int_equal(depth(document), bounded ? 16 : 18);
        assert_int_equal(is_told(document, "limit-clause-depth"), bounded);
        is_tiled(document, text.length);
        cchc_document_free(document);
        cchc_parser_free(parser);
    }
}

/* A program that was compiled when the options had no limit of paragraphs. */
static void options_of_the_second_header_are_taken(void **state)
{
    (void)state;
    static struct text text;
    text.length = 0;
    paragraphs_of_a_body(&text, 3);
    cchc_options options = CCHC_OPTIONS_INIT;
    options.size = offsetof(cchc_options, max_paragraphs);
    options.max_paragraphs = 1; /* would be met, were it read */
    cchc_parser *parser = new_parser(&options);
    cchc_document *document = NULL;
    assert_int_equal(cchc_parse(parser, text.bytes, text.length, &document), CCHC_OK);
    assert_int_equal(paragraphs(document), 3);
    cchc_document_free(document);
    cchc_parser_free(parser);
}

/* A program that was compiled when the options ended with no_jit. */
static void options_of_the_first_release_are_taken(void **state)
{
    (void)state;
    cchc_options options;
    memset(&options, 0x01, sizeof options); /* what lies behind them is not looked at */
    options.size = offsetof(cchc_options, max_line_length);
    options.allocator = NULL;
    options.max_bytes = 10;
    options.no_jit = true;
    cchc_parser *parser = new_parser(&options);
    cchc_document *document = NULL;
    assert_int_equal(cchc_parse(parser, "01234567890", 11, &document), CCHC_LIMIT);
    assert_int_equal(cchc_parse(parser, "- a\n  + b\n", 10, &document), CCHC_OK);
    cchc_document_free(document);
    cchc_parser_free(parser);
    static struct text text;
    references_in_a_body(&text, 3);
    options.max_bytes = 0;
    memset(&options.max_line_length, 0, sizeof options - offsetof(cchc_options, max_line_length));
    options.max_items = 1; /* would be met, were it read */
    parser = new_parser(&options);
    document = NULL;
    assert_int_equal(cchc_parse(parser, text.bytes, text.length, &document), CCHC_OK);
    assert_int_equal(references(document), 3);
    cchc_document_free(document);
    cchc_parser_free(parser);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_limit_has_a_boundary),
        cmocka_unit_test(each_limit_is_met_at_its_boundary),
        cmocka_unit_test(pattern_steps_are_met_at_a_boundary),
        cmocka_unit_test(values_end_with_a_word),
        cmocka_unit_test(a_long_subject_is_told),
        cmocka_unit_test(cells_are_told),
        cmocka_unit_test(lists_are_limited_by_the_letter),
        cmocka_unit_test(cited_parts_are_whole),
        cmocka_unit_test(days_are_whole),
        cmocka_unit_test(no_limit_is_above_its_most),
        cmocka_unit_test(options_of_the_second_header_are_taken),
        cmocka_unit_test(options_of_the_first_release_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
