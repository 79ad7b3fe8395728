/* SPDX-License-Identifier: MIT */
/* threads FOLDER: eight threads share one parser and one writer of each format, with and without
 * machine code. Each goes through the letters of the folder from another one on, with a document of its
 * own that it uses again and again, and gets of each letter the bytes that one thread alone gets:
 * record, parts, key, findings of form, and every format. ThreadSanitizer watches in one build of tests/run. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pthread.h>

#include <cchcparse/lint.h>
#include <cchcparse/write.h>

#include "folder.h"

enum { THREADS = 8, FORMATS = 16 };

struct letter {
    const char *path;
    unsigned char *bytes;
    size_t length;
};

static struct {
    cchc_parser *parser;
    cchc_writer *writers[FORMATS];
    size_t writer_count;
    struct letter *letters;
    size_t letter_count;
} shared;

/* FNV-1a; a sum is enough to tell two outputs apart. */
static bool sum(const char *bytes, size_t length, void *context)
{
    uint64_t *hash = context;
    for (size_t i = 0; i < length; i++)
        *hash = (*hash ^ (unsigned char)bytes[i]) * 0x100000001B3u;
    return true;
}

static void sum_words(const char *words, uint64_t *hash)
{
    (void)sum(words != NULL ? words : "", words != NULL ? strlen(words) + 1 : 1, hash);
}

/* What is wrong with a letter; false: the call failed. */
static bool judge(const struct letter *letter, const cchc_document *document,
                  cchc_findings **findings, uint64_t *hash)
{
    if (cchc_lint(shared.parser, document, letter->bytes, letter->length, findings) != CCHC_OK)
        return false;
    size_t count = 0;
    const cchc_finding *list = cchc_findings_list(*findings, &count);
    sum_words(cchc_findings_form(*findings), hash);
    for (size_t i = 0; i < count; i++) {
        (void)sum((const char *)&list[i].region, sizeof list[i].region, hash);
        sum_words(list[i].code, hash);
        sum_words(list[i].found, hash);
        sum_words(list[i].wanted, hash);
    }
    return true;
}

/* All that is read, written and found of a letter; 0: a call failed. */
static uint64_t read_letter(const struct letter *letter, cchc_document **document,
                            cchc_findings **findings)
{
    enum { MOST_PARTS = 8, KEY = 64 };
    uint64_t hash = 0xCBF29CE484222325u;
    cchc_part parts[MOST_PARTS];
    char key[KEY];
    size_t count = 0, length = 0;
    const cchc_parser *parser = shared.parser;
    if (cchc_split(parser, letter->bytes, letter->length, parts, MOST_PARTS, &count) != CCHC_OK ||
        cchc_fold(parser, (const char *)letter->bytes, letter->length, key, KEY, &length) !=
            CCHC_OK)
        return 0;
    (void)sum((const char *)&count, sizeof count, &hash);
    (void)sum(key, strlen(key), &hash);
    for (size_t i = 0; i < count && i < MOST_PARTS; i++) {
        if (cchc_parse_part(parser, letter->bytes, letter->length, &parts[i], document) !=
                CCHC_OK ||
            cchc_write_json(*document, letter->path, strlen(letter->path), sum, &hash) != CCHC_OK ||
            !judge(letter, *document, findings, &hash))
            return 0;
        const cchc_letter written = {*document, letter->path, strlen(letter->path), letter->bytes,
                                     letter->length};
        for (size_t w = 0; w < shared.writer_count; w++)
            if (cchc_writer_begin(shared.writers[w], sum, &hash) != CCHC_OK ||
                cchc_writer_letter(shared.writers[w], &written, sum, &hash) != CCHC_OK ||
                cchc_writer_between(shared.writers[w], sum, &hash) != CCHC_OK ||
                cchc_writer_end(shared.writers[w], sum, &hash) != CCHC_OK)
                return 0;
    }
    return hash;
}

struct thread {
    pthread_t id;
    size_t first;  /* letter */
    uint64_t *got; /* of each letter */
};

static void *go_through(void *context)
{
    struct thread *thread = context;
    cchc_document *document = NULL;
    cchc_findings *findings = NULL;
    for (size_t i = 0; i < shared.letter_count; i++) {
        size_t letter = (thread->first + i) % shared.letter_count;
        thread->got[letter] = read_letter(&shared.letters[letter], &document, &findings);
    }
    cchc_findings_free(findings);
    cchc_document_free(document);
    return NULL;
}

/* The threads come first and the one alone after them, so that what is made at its first use is made
 * among them. Returns how many letters a thread got otherwise. */
static size_t run_threads(void)
{
    struct thread threads[THREADS];
    size_t wrong = 0;
    for (size_t i = 0; i < THREADS; i++) {
        threads[i].first = i * shared.letter_count / THREADS;
        threads[i].got = calloc(shared.letter_count, sizeof *threads[i].got);
        if (threads[i].got == NULL ||
            pthread_create(&threads[i].id, NULL, go_through, &threads[i]) != 0)
            abort();
    }
    for (size_t i = 0; i < THREADS; i++)
        if (pthread_join(threads[i].id, NULL) != 0)
            abort();
    cchc_document *document = NULL;
    cchc_findings *findings = NULL;
    for (size_t letter = 0; letter < shared.letter_count; letter++) {
        uint64_t expected = read_letter(&shared.letters[letter], &document, &findings);
        for (size_t i = 0; i < THREADS; i++) {
            if (expected != 0 && threads[i].got[letter] == expected)
                continue;
            if (++wrong <= 10)
                printf("not ok thread %zu: %s\n", i, shared.letters[letter].path);
        }
    }
    cchc_findings_free(findings);
    cchc_document_free(document);
    for (size_t i = 0; i < THREADS; i++)
        free(threads[i].got);
    return wrong;
}

static bool is_letter(const char *path)
{
    return path_ends(path, ".txt");
}

int main(int argc, char **argv)
{
    struct paths paths = {NULL, 0, 0};
    if (argc != 2)
        return 2;
    paths_add(&paths, argv[1], is_letter);
    shared.letters = calloc(paths.count + 1, sizeof *shared.letters);
    shared.letter_count = paths.count;
    if (shared.letters == NULL || paths.count == 0)
        return 2;
    for (size_t i = 0; i < paths.count; i++) {
        shared.letters[i].path = paths.path[i];
        shared.letters[i].bytes = read_whole(paths.path[i], &shared.letters[i].length);
    }
    size_t wrong = 0;
    for (int no_jit = 0; no_jit < 2; no_jit++) {
        cchc_options options = CCHC_OPTIONS_INIT;
        options.no_jit = no_jit;
        if (cchc_parser_new(&options, &shared.parser) != CCHC_OK)
            return 2;
        shared.writer_count = 0;
        for (size_t i = 0; cchc_format_at(i) != NULL && shared.writer_count < FORMATS; i++)
            if (cchc_writer_new(cchc_format_at(i)->name, NULL,
                                &shared.writers[shared.writer_count]) == CCHC_OK)
                shared.writer_count++;
        wrong += run_threads();
        for (size_t i = 0; i < shared.writer_count; i++)
            cchc_writer_free(shared.writers[i]);
        cchc_parser_free(shared.parser);
    }
    printf("%zu letters, %d threads, %zu formats, %zu wrong\n", paths.count, THREADS,
           shared.writer_count, wrong);
    for (size_t i = 0; i < paths.count; i++)
        free(shared.letters[i].bytes);
    free(shared.letters);
    paths_free(&paths);
    return wrong > 0;
}
