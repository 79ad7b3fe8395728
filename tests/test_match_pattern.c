/* SPDX-License-Identifier: MIT */
/* A SEARCH (lib/match/patterns.def) is asked only where a match of it may begin, and PHRASES stand in a
 * table: they find what PCRE2 alone finds. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "folder.h"
#include "decoding.h"
#include "match/pattern.h"
#include "match/phrases.h"
#include "parser.h"

#define ANCHORED 0 /* a SEARCH is anchored where it is asked; here PCRE2 looks for the place */
#define CASELESS PCRE2_CASELESS
#define WORD "(?![a-z])"
#define OPEN ""
static const struct search {
    const struct cchci_book *book; /* NULL: a SEARCH */
    unsigned id;                   /* enum cchci_pattern_id or cchci_phrase_group */
    uint32_t flags;
    const char *text;
} searches[] = {
#define PATTERN(id, flags, text)
#define SEARCH(id, flags, text) {NULL, CCHCI_PATTERN_##id, flags, text},
#define PHRASES(book, id, end, text)                                                               \
    {&BOOK_##book, CCHCI_PHRASES_##id, CASELESS, "(?<![a-z])(?:" text ")" end},
#define BOOK_OPENERS cchci_openers
#define BOOK_ACTS cchci_acts
#define BOOK_REFUSALS cchci_refusals
#include "match/patterns.def"
#undef PATTERN
#undef SEARCH
#undef PHRASES
};

static struct paths letters;
static cchc_parser *parser;

/* The first match from a place on; false: none. */
static bool next(struct cchci_scratch *scratch, const struct search *search,
                 const unsigned char *key, uint32_t length, uint32_t at, uint32_t *begin,
                 uint32_t *end)
{
    if (search->book != NULL) {
        struct cchci_phrases phrases =
            cchci_phrases(search->book, 1u << search->id, key, at, length);
        const struct cchci_phrase *phrase = cchci_phrases_next(&phrases);
        *begin = phrases.at;
        *end = phrase != NULL ? phrases.at + phrase->length : phrases.at;
        return phrase != NULL;
    }
    struct cchci_match match;
    bool seen = cchci_match(&parser->patterns, scratch, (enum cchci_pattern_id)search->id, key,
                            length, at, &match);
    *begin = seen ? match.begin[0] : at;
    *end = seen ? match.end[0] : at;
    return seen;
}

static uint32_t compare(pcre2_code *code, unsigned s, const unsigned char *key, uint32_t length,
                        const char *path)
{
    struct cchci_scratch scratch;
    assert_true(cchci_scratch_init(&scratch, &parser->patterns));
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    uint32_t at = 0, found = 0;
    for (;;) {
        uint32_t begin, end;
        bool seen = next(&scratch, &searches[s], key, length, at, &begin, &end);
        int count = pcre2_match(code, key, length, at, 0, data, NULL);
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
        if (seen != (count > 0) || (seen && (begin != ends[0] || end != ends[1])))
            fail_msg("%s: search %u from %u", path, s, at);
        if (!seen)
            break;
        found++;
        at = begin + 1;
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
            for (uint32_t c = 0; c < d.text.count;
                 c++) /* as in a flow: words with one blank between */
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
