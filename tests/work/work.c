/* SPDX-License-Identifier: MIT */
/* work [--renew] FIGURES (NAME FOLDER)…: what parsing the letters of a folder, writing them as JSON and
 *      splitting them costs, beside the figures of the file, which has lines
 *
 *              NAME CALL MEASURE FIGURE
 *
 *      A figure of a line that rose by more than TOLERANCE, or fell by more than it and was not renewed,
 *      fails. --renew writes the file anew.
 *
 * work --attacks [KIBIBYTES]: for every attack (attacks/attacks.def) that twice the length is at most RATIO times
 *      the work of parsing, of writing JSON and of splitting, from 64 KiB on up to 256 KiB or what is given. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cchcparse/cchcparse.h>

#include "attacks/attacks.h"
#include "counter.h"
#include "folder.h"
#include "support.h"

#define TOLERANCE 0.05
#define RATIO 2.2
enum { FIRST_KIBIBYTES = 64, LAST_KIBIBYTES = 256 };

/* ------------------------------------------------------------------------------------ calls -- */

enum call { PARSE, JSON, SPLIT, CALLS };
static const char *const call_names[CALLS] = {"parse", "json", "split"};

static void must(cchc_status status)
{
    if (status == CCHC_OK)
        return;
    (void)fprintf(stderr, "work: %s\n", cchc_status_message(status));
    exit(2);
}

static bool to_nowhere(const char *bytes, size_t length, void *context)
{
    (void)bytes;
    *(size_t *)context += length;
    return true;
}

static void add(struct work *sum, const struct work *from, const struct work *to)
{
    sum->blocks += to->blocks - from->blocks;
    sum->passed += to->passed - from->passed;
    sum->patterns += to->patterns - from->patterns;
    sum->pattern_steps += to->pattern_steps - from->pattern_steps;
}

/* Adds what each call costs for one letter. */
static void work_of(const cchc_parser *parser, cchc_document **document, const void *bytes,
                    size_t length, struct work costs[CALLS])
{
    size_t written = 0, parts;
    struct work marks[CALLS + 1];
    marks[PARSE] = work_done();
    must(cchc_parse(parser, bytes, length, document));
    marks[JSON] = work_done();
    must(cchc_write_json(*document, "-", 1, to_nowhere, &written));
    marks[SPLIT] = work_done();
    must(cchc_split(parser, bytes, length, NULL, 0, &parts));
    marks[CALLS] = work_done();
    for (int call = 0; call < CALLS; call++)
        add(&costs[call], &marks[call], &marks[call + 1]);
}

/* ---------------------------------------------------------------------------------- figures -- */

struct figure {
    char name[64], call[16], measure[32];
    double value;
};

struct figures {
    struct figure *list;
    size_t count;
};

static void keep(struct figures *figures, const struct figure *figure)
{
    struct figure *more = realloc(figures->list, (figures->count + 1) * sizeof *more);
    if (more == NULL)
        abort();
    figures->list = more;
    figures->list[figures->count++] = *figure;
}

static void measured(struct figures *figures, const char *name, enum call call, const char *measure,
                     double value)
{
    struct figure figure = {.value = value};
    (void)snprintf(figure.name, sizeof figure.name, "%s", name);
    (void)snprintf(figure.call, sizeof figure.call, "%s", call_names[call]);
    (void)snprintf(figure.measure, sizeof figure.measure, "%s", measure);
    keep(figures, &figure);
}

static bool is_text(const char *path)
{
    return path_ends(path, ".txt");
}

static void measure_folder(struct figures *figures, const char *name, const char *folder)
{
    struct paths paths = {NULL, 0, 0};
    struct work costs[CALLS] = {{0, 0, 0, 0}};
    struct heap heap;
    cchc_allocator allocator = heap_allocator(&heap);
    cchc_options options = CCHC_OPTIONS_INIT;
    cchc_parser *parser = NULL;
    cchc_document *document = NULL;
    double bytes = 0;
    options.allocator = &allocator;
    must(cchc_parser_new(&options, &parser));
    paths_add(&paths, folder, is_text);
    if (paths.count == 0) {
        (void)fprintf(stderr, "work: no letters in %s\n", folder);
        exit(2);
    }
    size_t asked = heap.asked;
    for (size_t i = 0; i < paths.count; i++) {
        size_t length;
        unsigned char *letter = read_whole(paths.path[i], &length);
        work_of(parser, &document, letter, length, costs);
        cchc_document_free(document); /* so that what one letter asks for is its own */
        document = NULL;
        bytes += (double)length;
        free(letter);
    }
    for (enum call call = PARSE; call < CALLS; call++) {
        measured(figures, name, call, "blocks/byte", (double)costs[call].blocks / bytes);
        measured(figures, name, call, "passed/byte", (double)costs[call].passed / bytes);
        if (call == JSON)
            continue; /* writing has no patterns */
        measured(figures, name, call, "patterns/KB", (double)costs[call].patterns * 1000 / bytes);
        measured(figures, name, call, "pattern-steps/byte",
                 (double)costs[call].pattern_steps / bytes);
    }
    measured(figures, name, PARSE, "asked/byte", (double)(heap.asked - asked) / bytes);
    paths_free(&paths);
    cchc_parser_free(parser);
}

static struct figures stored(const char *path)
{
    struct figures figures = {NULL, 0};
    FILE *file = fopen(path, "r");
    char line[256];
    if (file == NULL)
        return figures;
    while (fgets(line, sizeof line, file) != NULL) {
        struct figure figure;
        if (line[0] != '#' && sscanf(line, "%63s %15s %31s %lf", figure.name, figure.call,
                                     figure.measure, &figure.value) == 4)
            keep(&figures, &figure);
    }
    (void)fclose(file);
    return figures;
}

static const struct figure *found(const struct figures *figures, const struct figure *like)
{
    for (size_t i = 0; i < figures->count; i++) {
        const struct figure *figure = &figures->list[i];
        if (strcmp(figure->name, like->name) == 0 && strcmp(figure->call, like->call) == 0 &&
            strcmp(figure->measure, like->measure) == 0)
            return figure;
    }
    return NULL;
}

static int compare(const struct figures *now, const struct figures *before)
{
    int failures = 0;
    for (size_t i = 0; i < now->count; i++) {
        const struct figure *figure = &now->list[i], *old = found(before, figure);
        double change = old != NULL && old->value > 0 ? figure->value / old->value - 1 : 0;
        const char *verdict = old == NULL           ? "has no stored figure: renew"
                              : change > TOLERANCE  ? "rose"
                              : change < -TOLERANCE ? "fell, which is good: renew, so that it stays"
                                                    : NULL;
        failures += verdict != NULL;
        printf("%s %s %s %s: %.5f, stored %.5f (%+.1f %%)%s%s\n", verdict == NULL ? "ok" : "not ok",
               figure->name, figure->call, figure->measure, figure->value,
               old != NULL ? old->value : 0.0, 100 * change, verdict != NULL ? " " : "",
               verdict != NULL ? verdict : "");
    }
    return failures > 0;
}

static int renew(const char *path, const struct figures *now)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        perror(path);
        return 2;
    }
    (void)fputs("# SPDX-License-Identifier: MIT\n"
                "# What the library does for a byte of a letter; see counter.h. Renewed by "
                "`ninja -C BUILD work-renew`.\n",
                file);
    for (size_t i = 0; i < now->count; i++) {
        const struct figure *figure = &now->list[i];
        (void)fprintf(file, "%-9s %-5s %-18s %10.5f\n", figure->name, figure->call, figure->measure,
                      figure->value);
    }
    return fclose(file) == 0 ? 0 : 2;
}

static int figures_of(int count, char **arguments)
{
    bool anew = strcmp(arguments[0], "--renew") == 0;
    arguments += anew;
    count -= anew;
    struct figures now = {NULL, 0}, before = stored(arguments[0]);
    for (int i = 1; i + 1 < count; i += 2)
        measure_folder(&now, arguments[i], arguments[i + 1]);
    int status = anew ? renew(arguments[0], &now) : compare(&now, &before);
    free(now.list);
    free(before.list);
    return status;
}

/* ---------------------------------------------------------------------------------- attacks -- */

/* The largest ratio of a call's work to its work at half the length. */
static int attack_grows(const cchc_parser *parser, const struct attack *attack,
                        unsigned char *bytes, size_t longest)
{
    double before[CALLS] = {0}, worst[CALLS] = {0};
    bool too_much = false;
    for (size_t room = (size_t)FIRST_KIBIBYTES * 1024; room <= longest; room *= 2) {
        struct work costs[CALLS] = {{0, 0, 0, 0}};
        cchc_document *document = NULL;
        size_t length = attack_fill(attack, bytes, room);
        work_of(parser, &document, bytes, length, costs);
        cchc_document_free(document);
        for (int call = 0; call < CALLS; call++) {
            double work = (double)work_sum(&costs[call]);
            double ratio = before[call] > 0 ? work / before[call] : 0;
            worst[call] = ratio > worst[call] ? ratio : worst[call];
            too_much |= ratio > RATIO;
            before[call] = work;
        }
        if (too_much)
            break; /* the next length would only take its time */
    }
    printf("%s %s: parse %.3f, json %.3f, split %.3f a doubling; %.0f a byte\n",
           too_much ? "not ok" : "ok", attack->name, worst[PARSE], worst[JSON], worst[SPLIT],
           before[PARSE] / (double)longest);
    (void)fflush(stdout);
    return too_much;
}

static int attacks_grow(size_t longest)
{
    int failures = 0;
    cchc_parser *parser = NULL;
    unsigned char *bytes = malloc(longest);
    must(bytes != NULL ? cchc_parser_new(NULL, &parser) : CCHC_NOMEM);
    for (size_t i = 0; i < attack_count; i++)
        failures += attack_grows(parser, &attacks[i], bytes, longest);
    free(bytes);
    cchc_parser_free(parser);
    return failures > 0;
}

int main(int count, char **arguments)
{
    if (count >= 2 && strcmp(arguments[1], "--attacks") == 0)
        return attacks_grow((count > 2 ? (size_t)strtoul(arguments[2], NULL, 10) : LAST_KIBIBYTES) *
                            1024);
    if (count >= 4)
        return figures_of(count - 1, arguments + 1);
    (void)fputs("usage: work [--renew] FIGURES (NAME FOLDER)... | --attacks [KIBIBYTES]\n", stderr);
    return 2;
}
