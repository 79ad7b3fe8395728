/* SPDX-License-Identifier: MIT */
/* A SEARCH (lib/match/patterns.def) is asked only where a match of it may begin: it finds what PCRE2 alone
 * finds. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "folder.h"
#include "decoding.h"
#include "match/pattern.h"
#include "parser.h"

#define ANCHORED 0 /* a SEARCH is anchored where it is asked; here PCRE2 looks for the place */
#define CASELESS PCRE2_CASELESS
static const struct {
    enum cchci_pattern_id id;
    uint32_t flags;
    const char *text;
} searches[] = {
#define PATTERN(id, flags, text)
#define SEARCH(id, flags, text) {CCHCI_PATTERN_##id, flags, text},
#include "match/patterns.def"
#undef PATTERN
#undef SEARCH
};

static struct paths letters;
static cchc_parser *parser;

static uint32_t compare(pcre2_code *code, unsigned s, const unsigned char *key, uint32_t length,
                        const char *path)
{
    struct cchci_scratch scratch;
    assert_true(cchci_scratch_init(&scratch, &parser->patterns));
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    uint32_t at = 0, found = 0;
    for (;;) {
        struct cchci_match match;
        bool seen = cchci_match(&parser->patterns, &scratch, searches[s].id, key, length, at, &match);
        int count = pcre2_match(code, key, length, at, 0, data, NULL);
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
        if (seen != (count > 0) || (seen && (match.begin[0] != ends[0] || match.end[0] != ends[1])))
            fail_msg("%s: search %u from %u", path, s, at);
        if (!seen)
            break;
        found++;
        at = match.begin[0] + 1;
    }
    pcre2_match_data_free(data);
    cchci_scratch_free(&scratch);
    return found;
}

static void searches_find_what_pcre2_finds(void **state)
{
    (void)state;
    for (unsigned s = 0; s < sizeof searches / sizeof searches[0]; s++) {
        int error;
        PCRE2_SIZE offset;
        pcre2_code *code = pcre2_compile((PCRE2_SPTR)searches[s].text, PCRE2_ZERO_TERMINATED,
                                         searches[s].flags, &error, &offset, NULL);
        assert_non_null(code);
        uint32_t found = 0;
        for (size_t i = 0; i < letters.count; i++) {
            size_t length;
            unsigned char *bytes = read_whole(letters.path[i], &length);
            struct decoded d;
            decode(&d, bytes, length);
            for (uint32_t c = 0; c < d.text.count; c++) /* as in a flow: words with one blank between */
                if (d.text.key[c] == '\n')
                    d.text.key[c] = ' ';
            found += compare(code, s, d.text.key, d.text.count, letters.path[i]);
            /* Windows, as most searches are asked: their ends cut words. */
            for (uint32_t from = 0; from + 97 < d.text.count; from += 61)
                compare(code, s, d.text.key + from, 97, letters.path[i]);
            decoded_free(&d);
            free(bytes);
        }
        printf("# search %u: %u places\n", s, found);
        pcre2_code_free(code);
    }
}

static bool is_text(const char *path)
{
    return path_ends(path, ".txt");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(searches_find_what_pcre2_finds)};
    for (int i = 1; i < argc; i++)
        paths_add(&letters, argv[i], is_text);
    if (letters.count == 0 || cchc_parser_new(NULL, &parser) != CCHC_OK)
        return 2;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    cchc_parser_free(parser);
    paths_free(&letters);
    return failed;
}
