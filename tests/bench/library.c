/* SPDX-License-Identifier: MIT */
/* library parse|stages|allocations|letter FOLDER|FILE: the library alone, without a program around it.
 *
 * All letters of the folder, or the one file, are read into memory first. Printed are lines `NAME VALUE`:
 *
 *      letters, bytes   of the folder
 *      start            seconds for cchc_parser_new()
 *      parse            seconds for all letters, into one document that is used again
 *      stages:          seconds in each stage of lib/parse.c, and in writing JSON to nowhere
 *      allocations:     requests and bytes asked of the allocator for all letters, first with one
 *                       document for all (reused-…), then with a new one each (fresh-…)
 *      letter:          seconds for parsing and for writing as JSON once, each time into a new document,
 *                       the mean of so many as a fifth of a second holds; bytes asked of the allocator
 *
 * Seconds are processor time, but those of the stages: they are too short for that clock and are
 * told by the monotonic one, so they hold on an idle machine only.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../folder.h"
#include "../support.h"
#include "base/limits.h"
#include "fields/fields.h"
#include "fields/segments.h"
#include "parser.h"

struct letters {
    struct paths paths;
    unsigned char **bytes;
    size_t *lengths, total;
};

static bool is_text(const char *path)
{
    return path_ends(path, ".txt");
}

static void load(struct letters *letters, const char *folder)
{
    paths_add(&letters->paths, folder, is_text);
    letters->bytes = calloc(letters->paths.count + 1, sizeof *letters->bytes);
    letters->lengths = calloc(letters->paths.count + 1, sizeof *letters->lengths);
    if (letters->bytes == NULL || letters->lengths == NULL)
        abort();
    for (size_t i = 0; i < letters->paths.count; i++) {
        letters->bytes[i] = read_whole(letters->paths.path[i], &letters->lengths[i]);
        letters->total += letters->lengths[i];
    }
}

static void unload(struct letters *letters)
{
    for (size_t i = 0; i < letters->paths.count; i++)
        free(letters->bytes[i]);
    free(letters->bytes);
    free(letters->lengths);
    paths_free(&letters->paths);
}

static double seconds(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void must(cchc_status status)
{
    if (status == CCHC_OK)
        return;
    (void)fprintf(stderr, "library: %s\n", cchc_status_message(status));
    exit(1);
}

static cchc_parser *started(const cchc_allocator *allocator)
{
    cchc_options options = CCHC_OPTIONS_INIT;
    cchc_parser *parser = NULL;
    options.allocator = allocator;
    must(cchc_parser_new(&options, &parser));
    return parser;
}

/* ---------------------------------------------------------------------------------- parse -- */

static void parse(const struct letters *letters)
{
    double begin = seconds(CLOCK_PROCESS_CPUTIME_ID);
    cchc_parser *parser = started(NULL);
    cchc_document *document = NULL;
    printf("start %.9f\n", seconds(CLOCK_PROCESS_CPUTIME_ID) - begin);
    begin = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t i = 0; i < letters->paths.count; i++)
        must(cchc_parse(parser, letters->bytes[i], letters->lengths[i], &document));
    printf("parse %.9f\n", seconds(CLOCK_PROCESS_CPUTIME_ID) - begin);
    cchc_document_free(document);
    cchc_parser_free(parser);
}

/* --------------------------------------------------------------------------------- stages -- */

static const struct {
    cchci_field_function *run;
    const char *name;
} field_names[] = {
    {cchci_field_absences, "absences"},
    {cchci_field_addressees, "addressees"},
    {cchci_field_agency, "agency"},
    {cchci_field_annexes, "annexes"},
    {cchci_field_clauses, "clauses"},
    {cchci_field_code, "code"},
    {cchci_field_deadlines, "deadlines"},
    {cchci_field_document_type, "document_type"},
    {cchci_field_e_signatures, "e_signatures"},
    {cchci_field_incoming, "incoming"},
    {cchci_field_marks, "marks"},
    {cchci_field_promulgation, "promulgation"},
    {cchci_field_recipients, "recipients"},
    {cchci_field_references, "references"},
    {cchci_field_signer, "signer"},
    {cchci_field_subject, "subject"},
};

static const char *field_name(cchci_field_function *run)
{
    for (size_t i = 0; i < sizeof field_names / sizeof field_names[0]; i++)
        if (field_names[i].run == run)
            return field_names[i].name;
    return "another-field";
}

enum {
    STAGE_DECODE,
    STAGE_SOURCE,
    STAGE_MARKUP,
    STAGE_LINES,
    STAGE_ZONES,
    STAGE_SEGMENTS,
    STAGE_JSON,
    STAGE_FIELDS
};
enum { MAX_STAGES = STAGE_FIELDS + 64 }; /* fields are 16 now */

/* Adds the time since the last mark to a stage. */
static void mark(double *spent, double *last)
{
    double now = seconds(CLOCK_MONOTONIC);
    *spent += now - *last;
    *last = now;
}

static bool to_nowhere(const char *bytes, size_t length, void *context)
{
    (void)bytes;
    *(size_t *)context += length;
    return true;
}

/* The way of a letter as lib/parse.c and layout/layout.c go it, with a clock at each step. */
static void stages_of(const cchc_parser *parser, cchc_document *record, const unsigned char *bytes,
                      size_t length, double *spent)
{
    struct cchci_text text;
    cchci_record_reset(record);
    double last = seconds(CLOCK_MONOTONIC);
    cchci_text_decode(&text, &parser->classes, bytes, length, &record->arena);
    mark(&spent[STAGE_DECODE], &last);
    struct cchci_parse way = cchci_parse_begin(parser, record, &text);
    cchci_field_source(&way);
    mark(&spent[STAGE_SOURCE], &last);
    cchci_layout_markup(&way);
    mark(&spent[STAGE_MARKUP], &last);
    cchci_layout_lines(&way);
    mark(&spent[STAGE_LINES], &last);
    cchci_layout_zones(&way);
    mark(&spent[STAGE_ZONES], &last);
    for (unsigned i = 0; i < cchci_field_count; i++) {
        cchci_fields[i](&way);
        mark(&spent[STAGE_FIELDS + i], &last);
    }
    cchci_field_segments(&way);
    mark(&spent[STAGE_SEGMENTS], &last);
    size_t written = 0;
    must(cchc_write_json(record, "-", 1, to_nowhere, &written));
    mark(&spent[STAGE_JSON], &last);
}

static void stages(const struct letters *letters)
{
    static const char *const names[] = {"decode", "source",   "markup", "lines",
                                        "zones",  "segments", "json"};
    double spent[MAX_STAGES] = {0.0};
    cchc_parser *parser = started(NULL);
    cchc_document *document = NULL;
    jmp_buf out_of_memory;
    if (cchci_field_count > MAX_STAGES - STAGE_FIELDS)
        abort();
    must(cchc_parse(parser, "", 0, &document)); /* makes the document */
    if (setjmp(out_of_memory) != 0)
        must(CCHC_NOMEM);
    document->arena.out_of_memory = &out_of_memory;
    for (size_t i = 0; i < letters->paths.count; i++)
        stages_of(parser, document, letters->bytes[i], letters->lengths[i], spent);
    document->arena.out_of_memory = NULL;
    for (unsigned i = 0; i < STAGE_FIELDS; i++)
        printf("%s %.9f\n", names[i], spent[i]);
    for (unsigned i = 0; i < cchci_field_count; i++)
        printf("field:%s %.9f\n", field_name(cchci_fields[i]), spent[STAGE_FIELDS + i]);
    cchc_document_free(document);
    cchc_parser_free(parser);
}

/* ---------------------------------------------------------------------------- allocations -- */

static void allocations(const struct letters *letters)
{
    struct heap heap;
    cchc_allocator allocator = heap_allocator(&heap);
    cchc_parser *parser = started(&allocator);
    cchc_document *document = NULL;
    printf("start-requests %zu\nstart-bytes %zu\n", heap.requests, heap.asked);
    for (int reused = 1; reused >= 0; reused--) {
        size_t requests = heap.requests, asked = heap.asked;
        for (size_t i = 0; i < letters->paths.count; i++) {
            must(cchc_parse(parser, letters->bytes[i], letters->lengths[i], &document));
            if (!reused) {
                cchc_document_free(document);
                document = NULL;
            }
        }
        cchc_document_free(document);
        document = NULL;
        const char *name = reused ? "reused" : "fresh";
        printf("%s-requests %zu\n%s-bytes %zu\n", name, heap.requests - requests, name,
               heap.asked - asked);
    }
    cchc_parser_free(parser);
}

/* --------------------------------------------------------------------------------- letter -- */

static void letter(const struct letters *letters)
{
    struct heap heap;
    cchc_allocator allocator = heap_allocator(&heap);
    cchc_parser *parser = started(NULL), *counting = started(&allocator);
    double spent[2] = {0.0, 0.0};
    size_t times = 0, written = 0, asked = heap.asked;
    cchc_document *document = NULL;
    must(cchc_parse(counting, letters->bytes[0], letters->lengths[0], &document));
    asked = heap.asked - asked;
    cchc_document_free(document);
    for (; spent[0] < 0.2; times++) {
        document = NULL;
        double begin = seconds(CLOCK_PROCESS_CPUTIME_ID);
        must(cchc_parse(parser, letters->bytes[0], letters->lengths[0], &document));
        double parsed = seconds(CLOCK_PROCESS_CPUTIME_ID);
        must(cchc_write_json(document, "-", 1, to_nowhere, &written));
        spent[0] += parsed - begin;
        spent[1] += seconds(CLOCK_PROCESS_CPUTIME_ID) - parsed;
        cchc_document_free(document);
    }
    printf("parse %.9f\njson %.9f\nasked %zu\n", spent[0] / (double)times, spent[1] / (double)times,
           asked);
    cchc_parser_free(parser);
    cchc_parser_free(counting);
}

int main(int argument_count, char **arguments)
{
    static const struct {
        const char *name;
        void (*run)(const struct letters *letters);
    } modes[] = {
        {"parse", parse}, {"stages", stages}, {"allocations", allocations}, {"letter", letter}};
    struct letters letters = {.total = 0};
    for (size_t i = 0; argument_count == 3 && i < sizeof modes / sizeof modes[0]; i++) {
        if (strcmp(arguments[1], modes[i].name) != 0)
            continue;
        load(&letters, arguments[2]);
        printf("letters %zu\nbytes %zu\n", letters.paths.count, letters.total);
        modes[i].run(&letters);
        unload(&letters);
        return 0;
    }
    (void)fprintf(stderr, "usage: library parse|stages|allocations|letter FOLDER|FILE\n");
    return 2;
}
