/* SPDX-License-Identifier: MIT */
/* spec FILE.md|FOLDER…: runs the examples of the specification. An example is
 *
 *      ```example
 *      the letter
 *      .
 *      {"code": {"number": "17"}}
 *      ```
 *
 * with three or more backticks. In the letter → stands for a tab and ␌ for a form feed. The JSON
 * object is the expected part of the record (subset.h). */
#include "subset.h"

#include <stdlib.h>
#include <string.h>

#include "folder.h"

struct run {
    cchc_parser *parser;
    cchc_document *document;
    size_t passed, failed;
};

/* The letter of an example: from..to with its stand-ins resolved; a new block. */
static char *letter_of(const char *from, const char *to, size_t *length)
{
    char *letter = malloc((size_t)(to - from) + 1);
    if (letter == NULL)
        abort();
    size_t n = 0;
    while (from < to) {
        bool tab = to - from >= 3 && memcmp(from, "→", 3) == 0;
        bool page = to - from >= 3 && memcmp(from, "␌", 3) == 0;
        letter[n++] = tab ? '\t' : page ? '\f' : *from;
        from += tab || page ? 3 : 1;
    }
    *length = n;
    return letter;
}

static void run_example(struct run *run, const char *file, size_t line, const char *letter_from,
                        const char *letter_to, const char *json_from, const char *json_to)
{
    size_t length;
    char *letter = letter_of(letter_from, letter_to, &length);
    char prefix[1024];
    snprintf(prefix, sizeof prefix, "not ok %s:%zu: ", file, line);
    json_error_t place;
    json_t *expected = json_loadb(json_from, (size_t)(json_to - json_from), JSON_REJECT_DUPLICATES, &place);
    const char *error = NULL;
    json_t *got = NULL;
    size_t differences = 1;
    if (expected == NULL) {
        printf("%sthe expected record is no JSON: %s (its line %d)\n", prefix, place.text, place.line);
    } else if ((got = record_of(run->parser, letter, length, file, &run->document, &error)) == NULL) {
        printf("%s%s\n", prefix, error);
    } else {
        differences = subset_differences(expected, got, prefix, stdout);
    }
    if (differences == 0)
        printf("ok %s:%zu\n", file, line);
    run->passed += differences == 0;
    run->failed += differences != 0;
    json_decref(expected);
    json_decref(got);
    free(letter);
}

static size_t backticks(const char *line)
{
    return strspn(line, "`");
}

static const char *line_end(const char *line)
{
    const char *end = strchr(line, '\n');
    return end != NULL ? end + 1 : line + strlen(line);
}

static void run_file(struct run *run, const char *path)
{
    size_t length, number = 0;
    char *content = (char *)read_whole(path, &length);
    for (const char *line = content, *next; *line != '\0'; line = next) {
        next = line_end(line);
        number++;
        size_t fence = backticks(line);
        if (fence < 3 || strncmp(line + fence, "example", 7) != 0 ||
            strchr(" \t\r\n", line[fence + 7]) == NULL)
            continue;
        size_t first = number;
        const char *letter = next, *dot = NULL, *json = NULL, *close = NULL;
        for (line = next; *line != '\0'; line = next) {
            next = line_end(line);
            number++;
            if (dot == NULL && line[0] == '.' && (line[1] == '\n' || line[1] == '\r')) {
                dot = line;
                json = next;
            } else if (backticks(line) >= fence && strchr("\r\n", line[backticks(line)]) != NULL) {
                close = line;
                break;
            }
        }
        if (dot == NULL || close == NULL) {
            printf("not ok %s:%zu: the example has no line \".\" or no end\n", path, first);
            run->failed++;
        } else {
            run_example(run, path, first, letter, dot, json, close);
        }
        if (close == NULL)
            break;
    }
    free(content);
}

static bool is_markdown(const char *path)
{
    return path_ends(path, ".md");
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: spec FILE.md|FOLDER...\n", stderr);
        return 2;
    }
    struct run run = {NULL, NULL, 0, 0};
    struct paths paths = {NULL, 0, 0};
    for (int i = 1; i < argc; i++)
        paths_add(&paths, argv[i], is_markdown);
    if (cchc_parser_new(NULL, &run.parser) != CCHC_OK)
        return 2;
    for (size_t i = 0; i < paths.count; i++)
        run_file(&run, paths.path[i]);
    printf("# spec: %zu examples, %zu failed\n", run.passed + run.failed, run.failed);
    cchc_document_free(run.document);
    cchc_parser_free(run.parser);
    paths_free(&paths);
    return run.failed > 0;
}
