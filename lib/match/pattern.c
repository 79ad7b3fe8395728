/* SPDX-License-Identifier: MIT */
#include "pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <string.h>

#include "base/limits.h"
#include "text/eight.h"

#define ANCHORED PCRE2_ANCHORED
#define CASELESS PCRE2_CASELESS

static const struct {
    uint32_t flags;
    const char *text;
} sources[CCHCI_PATTERN_COUNT + 1] = {
#define PATTERN(id, flags, text) {flags, text},
#define SEARCH(id, flags, text) {(flags) | ANCHORED, text},
#define PHRASES(book, id, end, text)
#include "patterns.def"
#undef PATTERN
#undef SEARCH
#undef PHRASES
    {0, NULL}};

static const char *const beginnings[CCHCI_PATTERN_COUNT + 1] = {
#define STARTS(id, list) [CCHCI_PATTERN_##id] = (list),
#include "starts.def"
#undef STARTS
};

static void *pcre2_allocate(PCRE2_SIZE size, void *context)
{
    const cchc_allocator *allocator = context;
    return allocator->allocate(size, allocator->context);
}

static void pcre2_release(void *pointer, void *context)
{
    const cchc_allocator *allocator = context;
    if (pointer != NULL)
        allocator->release(pointer, allocator->context);
}

/* The table of a list of beginnings, five lower-case letters or points each, with a bar between two. */
static struct cchci_starts *read_starts(const char *list, const cchc_allocator *allocator)
{
    struct cchci_starts *starts = allocator->allocate(sizeof *starts, allocator->context);
    if (starts == NULL)
        return NULL;
    memset(starts, 0, sizeof *starts);
    /* More than 32 beginnings share bits, which lets others through, and the pattern decides. */
    for (uint32_t bit = 1; *list != '\0'; bit = bit << 1 | bit >> 31) {
        for (unsigned i = 0; i < CCHCI_START_LENGTH; i++, list++) {
            unsigned char letter = (unsigned char)*list;
            starts->of[i][letter] |= bit;
            if (letter >= 'a' && letter <= 'z')
                starts->of[i][letter - 'a' + 'A'] |= bit;
            for (unsigned key = 0; letter == '.' && key < 256; key++)
                starts->of[i][key] |= bit;
        }
        list += *list == '|';
    }
    return starts;
}

cchc_status cchci_patterns_compile(struct cchci_patterns *patterns, const cchc_allocator *allocator,
                                   bool jit, size_t steps)
{
    memset(patterns, 0, sizeof *patterns);
    cchc_status status = CCHC_NOMEM;
    pcre2_compile_context *compile = NULL;
    pcre2_general_context *general =
        pcre2_general_context_create(pcre2_allocate, pcre2_release, (void *)(uintptr_t)allocator);
    patterns->general = general;
    if (general == NULL)
        goto done;
    pcre2_match_context *match = pcre2_match_context_create(general);
    patterns->match = match;
    compile = pcre2_compile_context_create(general);
    if (match == NULL || compile == NULL)
        goto done;
    pcre2_set_match_limit(match, (uint32_t)steps);
    pcre2_set_depth_limit(match, CCHCI_DEPTH_LIMIT);
    for (int i = 0; i < CCHCI_PATTERN_COUNT; i++) {
        int error;
        PCRE2_SIZE offset;
        pcre2_code *code = pcre2_compile((PCRE2_SPTR)sources[i].text, PCRE2_ZERO_TERMINATED,
                                         sources[i].flags, &error, &offset, compile);
        if (code == NULL)
            goto done;
        patterns->code[i] = code;
        if (beginnings[i] != NULL) {
            patterns->starts[i] = read_starts(beginnings[i], allocator);
            if (patterns->starts[i] == NULL)
                goto done;
        }
        /* Without executable memory the interpreter does it: no error. */
        patterns->jit[i] = jit && pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0;
    }
    status = CCHC_OK;
done:
    pcre2_compile_context_free(compile);
    if (status != CCHC_OK)
        cchci_patterns_free(patterns, allocator);
    return status;
}

void cchci_patterns_free(struct cchci_patterns *patterns, const cchc_allocator *allocator)
{
    for (int i = 0; i < CCHCI_PATTERN_COUNT; i++) {
        pcre2_code_free(patterns->code[i]);
        if (patterns->starts[i] != NULL)
            allocator->release(patterns->starts[i], allocator->context);
    }
    pcre2_match_context_free(patterns->match);
    pcre2_general_context_free(patterns->general);
    memset(patterns, 0, sizeof *patterns);
}

bool cchci_scratch_init(struct cchci_scratch *scratch, const struct cchci_patterns *patterns)
{
    scratch->limit_hits = 0;
    scratch->out_of_memory = false;
    scratch->data = pcre2_match_data_create(CCHCI_GROUPS, patterns->general);
    return scratch->data != NULL;
}

void cchci_scratch_free(struct cchci_scratch *scratch)
{
    pcre2_match_data_free(scratch->data);
    scratch->data = NULL;
}

static bool may_start(const struct cchci_starts *starts, const unsigned char *key)
{
    uint32_t begun = starts->of[0][key[0]] & starts->of[1][key[1]] & starts->of[2][key[2]];
    return begun != 0 && (begun & starts->of[3][key[3]] & starts->of[4][key[4]]) != 0;
}

/* PCRE2 itself goes to the machine code that it made, by a way that costs as much as most patterns. */
static int match_once(const struct cchci_patterns *patterns, enum cchci_pattern_id id,
                      const unsigned char *key, uint32_t length, uint32_t at,
                      pcre2_match_data *data)
{
    return patterns->jit[id]
               ? pcre2_jit_match(patterns->code[id], key, length, at, 0, data, patterns->match)
               : pcre2_match(patterns->code[id], key, length, at, 0, data, patterns->match);
}

/* The first match of a SEARCH. Three letters of each word are read, where PCRE2 takes ten steps at each
 * key with so many first letters; few words need the other two. */
static int search(const struct cchci_patterns *patterns, enum cchci_pattern_id id,
                  const unsigned char *key, uint32_t length, uint32_t at, pcre2_match_data *data)
{
    const struct cchci_starts *starts = patterns->starts[id];
    for (; at < length; at += CCHCI_STRETCH) {
        uint64_t words = cchci_words_begin(key, at, length);
        for (; words != 0; words &= words - 1) {
            uint32_t word = at + (uint32_t)__builtin_ctzll(words);
            if (!may_start(starts, key + word) || word >= length)
                continue;
            int found = match_once(patterns, id, key, length, word, data);
            if (found != PCRE2_ERROR_NOMATCH)
                return found;
        }
    }
    return PCRE2_ERROR_NOMATCH;
}

bool cchci_match(const struct cchci_patterns *patterns, struct cchci_scratch *scratch,
                 enum cchci_pattern_id id, const unsigned char *key, uint32_t length, uint32_t at,
                 struct cchci_match *match)
{
    pcre2_match_data *data = scratch->data;
    int found = patterns->starts[id] != NULL ? search(patterns, id, key, length, at, data)
                                             : match_once(patterns, id, key, length, at, data);
    if (found <= 0) {
        if (found == PCRE2_ERROR_NOMEMORY)
            scratch->out_of_memory = true;
        else if (found != PCRE2_ERROR_NOMATCH)
            scratch->limit_hits++;
        return false;
    }
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
    memset(match, 0xFF, sizeof *match);
    for (size_t g = 0; g < (size_t)found; g++) { /* PCRE2_UNSET becomes CCHCI_NOWHERE */
        match->begin[g] = (uint32_t)ends[2 * g];
        match->end[g] = (uint32_t)ends[2 * g + 1];
    }
    return true;
}
