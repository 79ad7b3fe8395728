/* SPDX-License-Identifier: MIT */
/* Texts whose letters a PDF conversion lost, and texts that only look like it. */
#include "decoding.h"

#include <cmocka.h>

enum verdict { CLEAN, LINES, WHOLE };

#define HEADING "UBND TỈNH LONG AN\nSỞ XÂY DỰNG\n\nKính gửi: Sở Tài chính tỉnh Long An.\n\n"
#define BODY "Sở Xây dựng đề nghị quý cơ quan phối hợp thực hiện kế hoạch này và báo cáo kết quả.\n"

static const struct row {
    const char *name, *source;
    enum verdict verdict;
    const char *first; /* the first garbled stretch */
} rows[] = {
    {"a letter in order", HEADING BODY, CLEAN, NULL},
    {"glyph numbers of a Times New Roman",
     "Sӣ XÂY DӴNG\nCӜNG HÒA XÃ HӜI CHӪ NGHƬA VIӊT NAM\nĈӝc lұp - Tӵ do - Hҥnh phúc\n"
     "Kính gӱi: Sӣ Tài chính tӍnh Long An\n",
     WHOLE, "Sӣ XÂY DӴNG"},
    {"the same, where ASCII moved too", "CӜ1* HÒA VIӊ7 NAM\nKính JӱL: Sӣ 7jL FKíQK, ViӋQ, HuyӋQ\n",
     WHOLE, "CӜ1* HÒA VIӊ7 NAM"},
    {"one page of several", HEADING BODY BODY "NhiӋm vө trӑng tâm, giҧi pháp\n\nABC\n vӅ viӋc\n" BODY
     BODY, LINES, "NhiӋm vө trӑng tâm, giҧi pháp"},
    {"private letters", "C\xEE\x82\xA1ng h\xEE\x82\xA2" "a x\xEE\x82\xA3 h\xEE\x82\xA4i ch\xEE\x82\xA5" "ng "
     "Vi\xEE\x82\xA6t Nam", WHOLE, NULL},
    {"one word", HEADING "Máy ViӋt nam của Sở.\n" BODY, CLEAN, NULL},
    {"Russian", "Уважаемые господа! Министерство сельского хозяйства направляет план.\n" BODY, CLEAN,
     NULL},
    {"Russian alone", "Уважаемые господа! Министерство сельского хозяйства направляет план.", CLEAN,
     NULL},
    {"Greek", "Η Κυβέρνηση της Ελλάδας και το Υπουργείο Εξωτερικών ABC.", CLEAN, NULL},
    {"Chinese with Latin", "使用Windows系统和Word软件, 中国CCTV電視 ABC公司\n", CLEAN, NULL},
    {"Lao, Khmer", "ສາທາລະນະລັດ ປະຊາທິປະໄຕ Lao PDR ព្រះរាជាណាចក្រកម្ពុជា Asean", CLEAN, NULL},
    {"a formula", "Δt = kΩ·µF + αT0; βS = πr2, ρV, σx, θi, λm, Φv\nΔx = αy + βz\n", CLEAN, NULL},
    {"bullets of a symbol font", "\xEF\x80\xADTổ chức\n\xEF\x82\x9E" "Cá nhân \xEF\x82\x9E" "Khác\n"
     "\xEE\x83\xBF" "abc \xEE\x83\xBF" "abd \xEE\x83\xBF" "abe\n", CLEAN, NULL},
    {"names of the Central Highlands", "Krông Ƀuk, Čư M’gar, Êđê, Jơ̆k, ƀuôn Ƀuăn, Ea H’leo, Ƀhrao\n",
     CLEAN, NULL},
    {"Czech", "Příliš žluťoučký kůň úpěl ďábelské ódy.\n", CLEAN, NULL},
};

static void check_row(void **state)
{
    const struct row *row = *state;
    struct decoded d;
    decode(&d, row->source, strlen(row->source));
    const struct cchci_vector *garbled = &d.text.garbled;
    enum verdict verdict = d.text.undecodable ? WHOLE : garbled->count > 0 ? LINES : CLEAN;
    if (verdict != row->verdict)
        fail_msg("%s: verdict %d instead of %d", row->name, (int)verdict, (int)row->verdict);
    if (row->first != NULL) {
        assert_true(garbled->count > 0);
        const struct cchci_garbled *first = garbled->data;
        const char *at = d.text.utf8 + d.text.off[first->begin];
        assert_int_equal(strncmp(at, row->first, strlen(row->first)), 0);
    }
    decoded_free(&d);
}

/* A stretch goes on over lines that say nothing, and ends with its last garbled line. */
static void stretches_end_where_words_are_known(void **state)
{
    (void)state;
    static const char source[] = BODY "NhiӋm vө trӑng\n\nABC\nvӅ viӋc\n17/UBND\n" BODY "thӵc hiӋn";
    struct decoded d;
    decode(&d, source, sizeof source - 1);
    assert_int_equal(d.text.garbled.count, 2);
    const struct cchci_garbled *stretches = d.text.garbled.data;
    assert_int_equal(d.text.src[stretches[0].begin], strlen(BODY));
    const char *end = strstr(source, "\n17/UBND");
    assert_int_equal(d.text.src[stretches[0].end], end - source);
    assert_int_equal(d.text.src[stretches[1].end], sizeof source - 1);
    decoded_free(&d);
}

/* The record of such a text has its source, its bytes and the error, and nothing that was read. */
static void no_field_is_read(void **state)
{
    (void)state;
    static const char source[] = "Sӕ: 17/UBND-NC\nHà Nӝi, ngày 5 tháng 3 năm 2020\n\n"
                                 "Kính gӱi: Sӣ NӝL vө tӍnh\n1. ThӵF hiӋn trѭӟc ngày 20/3/2020.\n";
    cchc_parser *parser = NULL;
    cchc_document *document = NULL;
    size_t count;
    assert_int_equal(cchc_parser_new(NULL, &parser), CCHC_OK);
    assert_int_equal(cchc_parse(parser, source, sizeof source - 1, &document), CCHC_OK);
    assert_null(cchc_document_type(document)->slug);
    assert_null(cchc_document_code(document));
    assert_null(cchc_document_promulgation(document));
    assert_null(cchc_document_clauses(document, &count));
    assert_null(cchc_document_deadlines(document, &count));
    const cchc_segment *segments = cchc_document_segments(document, &count);
    assert_int_equal(count, 1);
    assert_string_equal(segments[0].kind, "unrecognised");
    const cchc_diagnostic *diagnostics = cchc_document_diagnostics(document, &count);
    assert_int_equal(count, 1);
    assert_string_equal(diagnostics[0].code, "text-undecodable");
    assert_int_equal(diagnostics[0].severity, CCHC_ERROR);
    assert_true(diagnostics[0].span_count > 0);
    cchc_document_free(document);
    cchc_parser_free(parser);
}

int main(void)
{
    enum { ROWS = sizeof rows / sizeof rows[0] };
    struct CMUnitTest tests[ROWS + 2];
    size_t n = 0;
    for (; n < ROWS; n++)
        tests[n] = (struct CMUnitTest){rows[n].name, check_row, NULL, NULL,
                                       (void *)(uintptr_t)&rows[n]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(stretches_end_where_words_are_known);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(no_field_is_read);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
