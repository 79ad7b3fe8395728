/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <string.h>

#include <cmocka.h>

#include "decoding.h"
#include "match/lexicon.h"

/* Keys with what may be read behind them. */
static const unsigned char *key_of(const char *text)
{
    static unsigned char key[64 + CCHCI_KEY_SLACK];
    size_t length = strlen(text);
    assert_true(length <= 64);
    memset(key, 0, sizeof key);
    memcpy(key, text, length);
    return key;
}

static const struct cchci_entry *at(enum cchci_topic topic, const char *text, uint32_t where)
{
    return cchci_lexicon_at(topic, key_of(text), (uint32_t)strlen(text), where);
}

static void longest_entry_wins(void **state)
{
    (void)state;
    const struct cchci_entry *entry = at(CCHCI_TOPIC_DOCUMENT_TYPES, "Quyet dinh so 5", 0);
    assert_non_null(entry);
    assert_string_equal(entry->canonical, "quyet_dinh");
    entry = at(CCHCI_TOPIC_AUTHORITY, "t/m uy ban", 0);
    assert_non_null(entry);
    assert_string_equal(entry->key, "t/m");
}

static void letter_case_does_not_matter(void **state)
{
    (void)state;
    assert_non_null(at(CCHCI_TOPIC_DOCUMENT_TYPES, "NGHI QUYET", 0));
    assert_non_null(at(CCHCI_TOPIC_DOCUMENT_TYPES, "nghi Quyet", 0));
}

static void words_end_where_they_end(void **state)
{
    (void)state;
    assert_null(at(CCHCI_TOPIC_DOCUMENT_TYPES, "quyet dinhx", 0));
    assert_null(at(CCHCI_TOPIC_DOCUMENT_TYPES, "quyet", 0));
    assert_null(at(CCHCI_TOPIC_DOCUMENT_TYPES, "", 0));
    assert_null(at(CCHCI_TOPIC_DOCUMENT_TYPES, "quyet dinh", 10));
    assert_non_null(at(CCHCI_TOPIC_DOCUMENT_TYPES, "x quyet dinh", 2));
}

static void an_entry_before_a_place(void **state)
{
    (void)state;
    const char *text = "theo quyet dinh so 5";
    const struct cchci_entry *entry =
        cchci_lexicon_before(CCHCI_TOPIC_DOCUMENT_TYPES, key_of(text), 15);
    assert_non_null(entry);
    assert_string_equal(entry->canonical, "quyet_dinh");
    assert_null(cchci_lexicon_before(CCHCI_TOPIC_DOCUMENT_TYPES, key_of("aquyet dinh"), 11));
    assert_non_null(cchci_lexicon_before(CCHCI_TOPIC_DOCUMENT_TYPES, key_of("quyet dinh"), 10));
}

static void nothing_stands_before_the_start(void **state)
{
    (void)state;
    assert_null(cchci_lexicon_before(CCHCI_TOPIC_DOCUMENT_TYPES, key_of(""), 0));
}

/* Each entry of each table is found at its own key, or a longer one that starts with it is not in
 * the way; the tables are sorted as the search needs them. */
static void every_entry_is_found_by_its_key(void **state)
{
    (void)state;
    for (int topic = 0; topic < CCHCI_TOPIC_COUNT; topic++) {
        const struct cchci_topic_table *table = &cchci_topics[topic];
        for (unsigned i = 0; i < table->count; i++) {
            const struct cchci_entry *entry = &table->entries[i];
            assert_int_equal(strlen(entry->key), entry->length);
            assert_true(entry->length > 0);
            /* Two forms may differ in diacritics alone: then it is the first of them. */
            const struct cchci_entry *found =
                cchci_lexicon_at((enum cchci_topic)topic, key_of(entry->key), entry->length, 0);
            if (found == NULL || strcmp(found->key, entry->key) != 0)
                fail_msg("topic %d: \"%s\" is not found", topic, entry->key);
            found = cchci_lexicon_before((enum cchci_topic)topic, key_of(entry->key), entry->length);
            if (found == NULL || strcmp(found->key, entry->key) != 0)
                fail_msg("topic %d: \"%s\" is not found backwards", topic, entry->key);
            for (const char *p = entry->key; *p != '\0'; p++)
                assert_true((unsigned char)*p < 0x80 && !(*p >= 'A' && *p <= 'Z'));
            if (i > 0) {
                const struct cchci_entry *last = entry - 1;
                assert_true(last->key[0] < entry->key[0] ||
                            (last->key[0] == entry->key[0] && last->length >= entry->length));
            }
        }
    }
}

/* Words that are told apart by their diacritics, over a line's end too. */
static void spelled_forms_have_their_own_diacritics(void **state)
{
    (void)state;
    static const struct {
        const char *text, *form; /* NULL: none there */
    } cases[] = {{"về việc", "về"},         {"VỀ việc", "về"},    {"vệ sinh", NULL},
                 {"ve viec", NULL},         {"đề nghị", "đề nghị"}, {"đề\nnghị xem", "đề nghị"},
                 {"đềnghị", NULL},          {"đê điều", "đê"},    {"đế", NULL},
                 {"trả lời.", "trả lời"},   {"trả lờiX", NULL},   {"", NULL}};
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct decoded d;
        decode(&d, cases[i].text, strlen(cases[i].text));
        struct cchci_piece pieces[2] = {{0, d.text.count, 0, 0}, {0, 0, 1, 0}};
        const unsigned char *end = memchr(d.text.key, '\n', d.text.count);
        if (end != NULL) {
            pieces[0].end = (uint32_t)(end - d.text.key);
            pieces[1].begin = pieces[0].end + 1;
            pieces[1].end = d.text.count;
        }
        struct cchci_flow flow;
        cchci_flow_build(&flow, &d.text, &d.arena, pieces, 2);
        const struct cchci_entry *entry =
            cchci_lexicon_spelled(CCHCI_TOPIC_ISSUER_ENDS, &flow, 0);
        if (cases[i].form == NULL ? entry != NULL
                                  : entry == NULL || strcmp(entry->form, cases[i].form) != 0)
            fail_msg("\"%s\": %s", cases[i].text, entry != NULL ? entry->form : "none");
        decoded_free(&d);
    }
}

/* The 29 administrative types of Nghị định 30/2020/NĐ-CP, Điều 7. */
static void the_decree_names_29_types(void **state)
{
    (void)state;
    static const char *const slugs[] = {
        "nghi_quyet", "quyet_dinh", "chi_thi", "quy_che", "quy_dinh", "thong_cao", "thong_bao",
        "huong_dan", "chuong_trinh", "ke_hoach", "phuong_an", "de_an", "du_an", "bao_cao", "bien_ban",
        "to_trinh", "hop_dong", "cong_van", "cong_dien", "ban_ghi_nho", "ban_thoa_thuan",
        "giay_uy_quyen", "giay_moi", "giay_gioi_thieu", "giay_nghi_phep", "phieu_gui",
        "phieu_chuyen", "phieu_bao", "thu_cong"};
    assert_int_equal(sizeof slugs / sizeof slugs[0], 29);
    const struct cchci_topic_table *table = &cchci_topics[CCHCI_TOPIC_DOCUMENT_TYPES];
    for (size_t s = 0; s < sizeof slugs / sizeof slugs[0]; s++) {
        bool found = false;
        for (unsigned i = 0; i < table->count && !found; i++)
            found = strcmp(table->entries[i].canonical, slugs[s]) == 0;
        if (!found)
            fail_msg("no entry leads to %s", slugs[s]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(longest_entry_wins),
        cmocka_unit_test(letter_case_does_not_matter),
        cmocka_unit_test(words_end_where_they_end),
        cmocka_unit_test(an_entry_before_a_place),
        cmocka_unit_test(nothing_stands_before_the_start),
        cmocka_unit_test(every_entry_is_found_by_its_key),
        cmocka_unit_test(spelled_forms_have_their_own_diacritics),
        cmocka_unit_test(the_decree_names_29_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
