/* SPDX-License-Identifier: MIT */
/* attacks KIBIBYTES FOLDER: how long texts made to be slow take (attacks/attacks.def).
 *
 * Printed is a line `NAME<TAB>CALL<TAB>SECONDS` for each attack of so many KiB and each call: split, parse, json, and
 * each format of libcchcparse-write; the catalogue is made in the folder and removed. The best of RUNS, in processor
 * time. The library gets its memory from a pool that was touched before, as large as it may ask for at most: what the
 * system takes for new pages, all at once from some size on, would hide how the library's own time grows.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cchcparse/cchcparse.h>
#include <cchcparse/write.h>

#include "../attacks/attacks.h"

enum { RUNS = 2, MAX_PATH = 4096 };

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void must(cchc_status status)
{
    if (status == CCHC_OK)
        return;
    (void)fprintf(stderr, "attacks: %s\n", cchc_status_message(status));
    exit(1);
}

static bool to_nowhere(const char *bytes, size_t length, void *context)
{
    (void)bytes;
    *(size_t *)context += length;
    return true;
}

/* ------------------------------------------------------------------------------------ the pool -- */

/* What one parse may ask for (tests/contract.c), and the parser. */
enum { ASKED_PER_BYTE = 64, ASKED_ALWAYS = 4 * 1024 * 1024 };

struct pool {
    unsigned char *bytes;
    size_t size, used;
};

static void *pool_allocate(size_t size, void *context)
{
    struct pool *pool = context;
    size = (size + 15) / 16 * 16;
    if (size > pool->size - pool->used)
        return NULL;
    void *pointer = pool->bytes + pool->used;
    pool->used += size;
    return pointer;
}

static void *pool_reallocate(void *pointer, size_t old_size, size_t new_size, void *context)
{
    void *moved = pool_allocate(new_size, context);
    if (moved != NULL && pointer != NULL)
        memcpy(moved, pointer, old_size < new_size ? old_size : new_size);
    return moved;
}

static void pool_release(void *pointer, void *context)
{
    (void)pointer;
    (void)context;
}

static void pool_make(struct pool *pool, size_t size)
{
    *pool = (struct pool){malloc(size), size, 0};
    if (pool->bytes == NULL)
        must(CCHC_NOMEM);
    memset(pool->bytes, 1, size);
}

/* ----------------------------------------------------------------------------------- calls -- */

struct target {
    const cchc_parser *parser;
    struct pool *pool;
    size_t parser_end;  /* of the pool, what the parser has */
    cchc_letter letter; /* its document is made by parse() */
    const char *catalogue;
};

/* One call on the letter; `format` is that of the second library, NULL for the calls of the first. */
typedef void call_function(struct target *target, const cchc_format *format);

static void parse(struct target *target, const cchc_format *format)
{
    (void)format;
    cchc_document *document = NULL;
    target->pool->used = target->parser_end;
    must(cchc_parse(target->parser, target->letter.bytes, target->letter.length, &document));
    target->letter.document = document;
}

static void split(struct target *target, const cchc_format *format)
{
    (void)format;
    size_t parts;
    target->pool->used = target->parser_end;
    must(cchc_split(target->parser, target->letter.bytes, target->letter.length, NULL, 0, &parts));
}

static void json(struct target *target, const cchc_format *format)
{
    (void)format;
    size_t written = 0;
    must(cchc_write_json(target->letter.document, target->letter.name, target->letter.name_length,
                         to_nowhere, &written));
}

static void write_format(struct target *target, const cchc_format *format)
{
    size_t written = 0;
    cchc_writer *writer = NULL;
    must(cchc_writer_new(format->name, NULL, &writer));
    if (format->kind == CCHC_FORMAT_BATCH)
        must(cchc_writer_begin(writer, to_nowhere, &written));
    must(cchc_writer_letter(writer, &target->letter, to_nowhere, &written));
    if (format->kind == CCHC_FORMAT_BATCH)
        must(cchc_writer_end(writer, to_nowhere, &written));
    cchc_writer_free(writer);
}

static void add_to_catalogue(struct target *target, const cchc_format *format)
{
    (void)format;
    cchc_catalogue *catalogue = NULL;
    char *message = NULL;
    (void)remove(target->catalogue);
    must(cchc_catalogue_open(target->catalogue, &catalogue, &message));
    must(cchc_catalogue_add(catalogue, &target->letter, &message));
    must(cchc_catalogue_close(catalogue, &message));
    (void)remove(target->catalogue);
}

static void timed(struct target *target, const char *name, call_function *call,
                  const cchc_format *format)
{
    double best = 0;
    for (int run = 0; run < RUNS; run++) {
        double begin = seconds();
        call(target, format);
        double spent = seconds() - begin;
        best = run == 0 || spent < best ? spent : best;
    }
    printf("%s\t%s\t%.6f\n", target->letter.name, name, best);
    (void)fflush(stdout);
}

static void attack(struct target *target)
{
    const cchc_format *format;
    timed(target, "split", split, NULL); /* before the record that the others write */
    timed(target, "parse", parse, NULL);
    timed(target, "json", json, NULL);
    for (size_t i = 0; (format = cchc_format_at(i)) != NULL; i++)
        if (format->available)
            timed(target, format->name,
                  format->kind == CCHC_FORMAT_CATALOGUE ? add_to_catalogue : write_format, format);
}

int main(int argument_count, char **arguments)
{
    struct pool pool;
    cchc_allocator allocator = {pool_allocate, pool_reallocate, pool_release, &pool};
    cchc_options options = CCHC_OPTIONS_INIT;
    cchc_parser *parser = NULL;
    char catalogue[MAX_PATH];
    if (argument_count != 3) {
        (void)fputs("usage: attacks KIBIBYTES FOLDER\n", stderr);
        return 2;
    }
    size_t room = (size_t)strtoul(arguments[1], NULL, 10) * 1024;
    unsigned char *bytes = malloc(room);
    (void)snprintf(catalogue, sizeof catalogue, "%s/attack.db", arguments[2]);
    pool_make(&pool, room * ASKED_PER_BYTE + ASKED_ALWAYS);
    options.allocator = &allocator;
    must(bytes != NULL ? cchc_parser_new(&options, &parser) : CCHC_NOMEM);
    struct target target = {
        .parser = parser, .pool = &pool, .parser_end = pool.used, .catalogue = catalogue};
    for (size_t i = 0; i < attack_count; i++) {
        target.letter.name = attacks[i].name;
        target.letter.name_length = strlen(attacks[i].name);
        target.letter.bytes = bytes;
        target.letter.length = attack_fill(&attacks[i], bytes, room);
        attack(&target);
    }
    free(bytes);
    free(pool.bytes);
    return 0;
}
