/* SPDX-License-Identifier: MIT */
/* Flows: what patterns see of pieces of a text, and the way back to the bytes. */
#include "decoding.h"

#include <stdio.h>

#include <cmocka.h>

#include "text/eight.h"
#include "text/flow.h"

/* A source whose pieces are marked in it: each [ and ] are taken out and bound one piece. */
struct flowed {
    struct decoded d;
    struct cchci_flow flow;
};

static void build(struct flowed *f, const char *marked)
{
    char source[1024];
    size_t bounds[64], n = 0, count = 0;
    for (const char *p = marked; *p != '\0'; p++) {
        if (*p == '[' || *p == ']')
            bounds[count++] = n;
        else
            source[n++] = *p;
    }
    decode(&f->d, source, n);
    struct cchci_piece pieces[32];
    for (size_t i = 0; i < count; i++) {
        uint32_t c = 0;
        while (c < f->d.text.count && f->d.text.src[c] < bounds[i])
            c++;
        *(i % 2 == 0 ? &pieces[i / 2].begin : &pieces[i / 2].end) = c;
        pieces[i / 2].line = (uint32_t)(i / 2);
    }
    cchci_flow_build(&f->flow, &f->d.text, &f->d.arena, pieces, (uint32_t)(count / 2));
}

static void demolish(struct flowed *f)
{
    decoded_free(&f->d);
}

static void print_spans(const cchc_span *spans, size_t count, char *out, size_t room)
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < count && n < room; i++)
        n += (size_t)snprintf(out + n, room - n, "%s%zu-%zu", i > 0 ? " " : "", spans[i].begin,
                              spans[i].end);
}

static const struct row {
    const char *name, *marked;
    const char *key;
    const char *text;  /* of the whole flow */
    const char *code;  /* the same as a code */
    const char *spans;
} rows[] = {
    {"one piece", "[Số: 17]", "So: 17", "Số: 17", "Số:17", "0-8"},
    {"no piece", "abc", "", NULL, NULL, ""},
    {"only blanks", "[   ]", "", NULL, NULL, ""},
    {"runs of blanks are one span", "[a \t  b]", "a b", "a b", "ab", "0-6"},
    {"NBSP is a blank", "[a\xC2\xA0" "b]", "a b", "a b", "ab", "0-4"},
    {"blanks at the ends", "[  a b  ]", "a b", "a b", "ab", "2-5"},
    {"a wrapped line", "[chậm nhất]\n[ngày 5]", "cham nhat ngay 5", "chậm nhất ngày 5",
     "chậmnhấtngày5", "0-13 14-21"},
    {"a zero-width character is no gap", "[kh\xE2\x80\x8B" "ông]", "khong", "không", "không",
     "0-2 5-9"},
    {"empty pieces leave no line", "[a][ ][b]", "a b", "a b", "ab", "0-3"},
    {"a code over blanks", "[2917 /SGDĐT - VP]", "2917 /SGDDT - VP", "2917 /SGDĐT - VP",
     "2917/SGDĐT-VP", "0-17"},
    {"a code with other dashes", "[12∕KH–UBND]", "12/KH-UBND", "12∕KH–UBND", "12/KH-UBND", "0-14"},
    {"a dash that was broken", "[12/KH-]\n[-UBND]", "12/KH- -UBND", "12/KH- -UBND", "12/KH-UBND",
     "0-6 7-12"},
    {"decomposed letters", "[So\xCC\x82\xCC\x81 1]", "So 1", "Số 1", "Số1", "0-8"},
    {"references", "[A&amp;B&nbsp;C]", "A&B C", "A&B C", "A&BC", "0-14"},
    {"beside a byte order mark", "\xEF\xBB\xBF[a]", "a", "a", "a", "3-4"},
    {"a line end inside a piece", "[a\r\nb]", "a b", "a b", "ab", "0-1 3-4"},
    {"ill-formed bytes", "[a\xFF" "b]", "a\xFD" "b", "a\xEF\xBF\xBD" "b", "a\xEF\xBF\xBD" "b", "0-3"},
};

static void check_invariants(const struct cchci_flow *flow)
{
    assert_int_equal(flow->key[flow->length], '\0');
    assert_int_equal(strlen((const char *)flow->key), flow->length);
    if (flow->length > 0)
        assert_true(flow->key[0] != ' ' && flow->key[flow->length - 1] != ' ');
    assert_null(strstr((const char *)flow->key, "  "));
    uint32_t reached = 0;
    for (uint32_t r = 0; r < flow->run_count; r++) {
        const struct cchci_run *run = &flow->runs[r];
        assert_true(run->at >= reached);
        for (uint32_t i = 0; i < run->length; i++)
            assert_int_equal(flow->key[run->at + i], flow->text->key[run->chr + i]);
        reached = run->at + run->length;
    }
    assert_true(reached <= flow->length);
    for (uint32_t at = 0; at < flow->length; at++) {
        uint32_t chr = cchci_flow_character(flow, at);
        assert_true(chr < flow->text->count);
        if (flow->key[at] != ' ')
            assert_int_equal(flow->text->key[chr], flow->key[at]);
    }
}

static void check_row(void **state)
{
    const struct row *row = *state;
    struct flowed f;
    build(&f, row->marked);
    check_invariants(&f.flow);
    assert_string_equal((const char *)f.flow.key, row->key);
    cchc_text words = cchci_flow_text(&f.flow, 0, f.flow.length, CCHCI_WORDS);
    cchc_text code = cchci_flow_text(&f.flow, 0, f.flow.length, CCHCI_CODE);
    if (row->text == NULL) {
        assert_null(words.data);
        assert_null(code.data);
    } else {
        assert_string_equal(words.data, row->text);
        assert_int_equal(words.length, strlen(row->text));
        assert_string_equal(code.data, row->code);
        assert_string_equal(cchci_flow_string(&f.flow, 0, f.flow.length, CCHCI_WORDS), row->text);
    }
    char spans[256];
    print_spans(words.spans, words.span_count, spans, sizeof spans);
    assert_string_equal(spans, row->spans);
    demolish(&f);
}

/* Every part of a flow gives spans that lie in order, in the source, and whose ends hold its ends. */
static void every_part_has_true_spans(void **state)
{
    (void)state;
    struct flowed f;
    build(&f, "x[Trước  ngày\xC2\xA0" "05/6 ]\n\t[và\xE2\x80\x8Bo quý III]\n[năm\t2024 .]");
    for (uint32_t begin = 0; begin < f.flow.length; begin++) {
        for (uint32_t end = begin + 1; end <= f.flow.length; end++) {
            cchc_text text = cchci_flow_text(&f.flow, begin, end, CCHCI_WORDS);
            if (text.data == NULL)
                continue;
            assert_true(text.span_count > 0);
            assert_true(text.data[0] != ' ' && text.data[text.length - 1] != ' ');
            size_t reached = 0;
            for (size_t i = 0; i < text.span_count; i++) {
                assert_true(text.spans[i].begin >= reached && text.spans[i].begin < text.spans[i].end);
                reached = text.spans[i].end;
            }
            assert_true(reached <= f.d.text.source_length);
        }
    }
    demolish(&f);
}

/* Two columns: the left one is read to its end before the right one. */
static void columns_are_read_one_after_the_other(void **state)
{
    (void)state;
    struct decoded d;
    static const char source[] = "UBND     CỘNG HÒA\nTỈNH A   Độc lập";
    decode(&d, source, sizeof source - 1);
    static const struct cchci_piece pieces[] = {
        {.begin = 0, .end = 4}, {.begin = 18, .end = 24}, {.begin = 9, .end = 17}, {.begin = 27, .end = 34}};
    struct cchci_flow flow;
    cchci_flow_build(&flow, &d.text, &d.arena, pieces, 4);
    check_invariants(&flow);
    assert_string_equal((const char *)flow.key, "UBND TINH A CONG HOA Doc lap");
    cchc_text text = cchci_flow_text(&flow, 0, 20, CCHCI_WORDS);
    assert_string_equal(text.data, "UBND TỈNH A CỘNG HÒA");
    char spans[64];
    print_spans(text.spans, text.span_count, spans, sizeof spans);
    assert_string_equal(spans, "0-4 21-29 9-20");
    decoded_free(&d);
}

static void lines_lead_back_to_pieces(void **state)
{
    (void)state;
    struct flowed f;
    build(&f, "[một]\n[  ]\n[hai ba]\n[bốn]");
    assert_string_equal((const char *)f.flow.key, "mot hai ba bon");
    assert_int_equal(f.flow.line_count, 3);
    assert_int_equal(f.flow.lines[1].at, 4);
    assert_int_equal(f.flow.lines[1].piece, 2);
    assert_int_equal(f.flow.lines[2].at, 11);
    assert_int_equal(f.flow.lines[2].piece, 3);
    demolish(&f);
}

static void trim_takes_closing_punctuation(void **state)
{
    (void)state;
    struct flowed f;
    build(&f, "[ : UBND các huyện; ./.]");
    uint32_t begin = 0, end = f.flow.length;
    cchci_flow_trim(&f.flow, &begin, &end);
    assert_string_equal(cchci_flow_string(&f.flow, begin, end, CCHCI_WORDS), "UBND các huyện");
    begin = end = 3;
    cchci_flow_trim(&f.flow, &begin, &end);
    assert_int_equal(begin, end);
    demolish(&f);
}

static void words_match_whole_words(void **state)
{
    (void)state;
    static const struct {
        const char *marked;
        uint32_t at;
        const char *words;
        uint32_t length;
    } cases[] = {
        {"[Chậm nhất là]", 0, "cham nhat", 9}, {"[CHẬM\nNHẤT]", 0, "cham nhat", 9},
        {"[chậm nhất]", 0, "cham nhatx", 0},   {"[chậm nhất]", 0, "cham nha", 0},
        {"[ngày5]", 0, "ngay 5", 5},           {"[ngày 5]", 0, "ngay 5", 6},
        {"[a ngày]", 2, "ngay", 4},            {"[ngà]", 0, "ngay", 0},
        {"[ngày]", 0, "ngay", 4},              {"[ngày.]", 0, "ngay", 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct flowed f;
        build(&f, cases[i].marked);
        uint32_t length = cchci_flow_words(&f.flow, cases[i].at, cases[i].words);
        if (length != cases[i].length)
            fail_msg("%s / %s: %u places", cases[i].marked, cases[i].words, (unsigned)length);
        demolish(&f);
    }
}

static void exact_marks_tell_words_apart(void **state)
{
    (void)state;
    static const struct {
        const char *marked, *word;
        bool same;
    } cases[] = {
        {"[Số 1]", "số", true},  {"[SỐ]", "số", true},    {"[Sở]", "số", false}, {"[So]", "số", false},
        {"[số]", "so", false},   {"[ĐIỀU]", "điều", true}, {"[ƯỚC]", "ước", true}, {"[S]", "số", false},
        {"[ÝÂÔ]", "ýâô", true},  {"[ẶẸỸ]", "ặẹỹ", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct flowed f;
        build(&f, cases[i].marked);
        if (cchci_flow_exactly(&f.flow, 0, cases[i].word) != cases[i].same)
            fail_msg("%s / %s", cases[i].marked, cases[i].word);
        demolish(&f);
    }
}

static void lost_diacritics_are_seen(void **state)
{
    (void)state;
    struct flowed f;
    build(&f, "[Kinh gui] [Sở]");
    assert_false(cchci_flow_marked(&f.flow, 0, 8));
    assert_true(cchci_flow_marked(&f.flow, 0, f.flow.length));
    assert_true(cchci_flow_marked(&f.flow, 9, 11));
    demolish(&f);
}

/* Every key, beside every other one that may be taken for it in one step. */
static void sixteen_keys_are_told_like_one(void **state)
{
    (void)state;
    unsigned char key[256 + 16 + CCHCI_KEY_SLACK] = {0};
    for (unsigned round = 0; round < 256; round++) {
        for (unsigned i = 0; i < 256 + 16; i++)
            key[i] = (unsigned char)(i * (2 * round + 1) + round);
        for (unsigned at = 0; at < 256; at++) {
            unsigned letters = cchci_sixteen_letters(key + at);
            unsigned digits = cchci_sixteen_within(key + at, '0', '9');
            unsigned same = cchci_sixteen_is(key + at, key[at]);
            for (unsigned i = 0; i < 16; i++) {
                unsigned char one = key[at + i];
                assert_int_equal(letters >> i & 1, cchci_is_ascii_letter(one));
                assert_int_equal(digits >> i & 1, cchci_is_digit(one));
                assert_int_equal(same >> i & 1, one == key[at]);
            }
        }
    }
}

static void words_begin_where_letters_do(void **state)
{
    (void)state;
    unsigned char key[200 + CCHCI_KEY_SLACK] = {0};
    for (uint32_t length = 0; length <= 200; length++) {
        memset(key, 0, sizeof key);
        for (uint32_t i = 0; i < length; i++)
            key[i] = (unsigned char)("ab c1D\xFE,eF"[i * (length + 3) % 11]);
        for (uint32_t at = 0; at < length; at++) {
            uint64_t words = cchci_words_begin(key, at, length);
            for (uint32_t i = 0; i < CCHCI_STRETCH; i++) {
                uint32_t place = at + i;
                bool begins = place < length && cchci_is_ascii_letter(key[place]) &&
                              (place == 0 || !cchci_is_ascii_letter(key[place - 1]));
                assert_int_equal(words >> i & 1, begins);
            }
        }
    }
}

int main(void)
{
    enum { ROWS = sizeof rows / sizeof rows[0] };
    struct CMUnitTest tests[ROWS + 9];
    size_t n = 0;
    for (; n < ROWS; n++)
        tests[n] = (struct CMUnitTest){rows[n].name, check_row, NULL, NULL,
                                       (void *)(uintptr_t)&rows[n]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(every_part_has_true_spans);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(columns_are_read_one_after_the_other);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(lines_lead_back_to_pieces);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(trim_takes_closing_punctuation);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(words_match_whole_words);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(exact_marks_tell_words_apart);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(lost_diacritics_are_seen);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(sixteen_keys_are_told_like_one);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(words_begin_where_letters_do);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
