/* SPDX-License-Identifier: MIT */
/* gold [--min RATIO] FOLDER…: for each NAME.gold.json the record of NAME.txt must have every value
 * that it names (subset.h). This is the strict judge of letters that we composed ourselves; `cchcparse
 * check` is the lenient one, which knows what OCR does to real ones.
 *
 * --min RATIO: the share of the letters that must be right (default 1). */
#include "subset.h"

#include <stdlib.h>
#include <string.h>

#include "folder.h"

static const char ending[] = ".gold.json";

static bool is_gold(const char *path)
{
    return path_ends(path, ending);
}

static bool judge(const cchc_parser *parser, cchc_document **document, const char *gold)
{
    char letter[4096], prefix[4200];
    snprintf(letter, sizeof letter, "%.*s.txt", (int)(strlen(gold) - strlen(ending)), gold);
    snprintf(prefix, sizeof prefix, "not ok %s: ", letter);
    size_t length;
    unsigned char *bytes = read_whole(letter, &length);
    json_error_t place;
    const char *error = NULL;
    json_t *expected = json_load_file(gold, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &place);
    json_t *got = NULL;
    size_t differences = 1;
    if (expected == NULL)
        printf("%sgold: %s (line %d)\n", prefix, place.text, place.line);
    else if ((got = record_of(parser, bytes, length, letter, document, &error)) == NULL)
        printf("%s%s\n", prefix, error);
    else
        differences = subset_differences(expected, got, prefix, stdout);
    if (differences == 0)
        printf("ok %s\n", letter);
    json_decref(expected);
    json_decref(got);
    free(bytes);
    return differences == 0;
}

int main(int argc, char **argv)
{
    double least = 1;
    struct paths paths = {NULL, 0, 0};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--min") == 0 && i + 1 < argc)
            least = strtod(argv[++i], NULL);
        else
            paths_add(&paths, argv[i], is_gold);
    }
    if (paths.count == 0) {
        fputs("usage: gold [--min RATIO] FOLDER...\n", stderr);
        return 2;
    }
    cchc_parser *parser = NULL;
    cchc_document *document = NULL;
    if (cchc_parser_new(NULL, &parser) != CCHC_OK)
        return 2;
    size_t right = 0;
    for (size_t i = 0; i < paths.count; i++)
        right += judge(parser, &document, paths.path[i]);
    printf("# gold: %zu of %zu letters right\n", right, paths.count);
    bool enough = (double)right + 1e-9 >= least * (double)paths.count;
    cchc_document_free(document);
    cchc_parser_free(parser);
    paths_free(&paths);
    return enough ? 0 : 1;
}
