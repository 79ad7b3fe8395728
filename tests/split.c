/* SPDX-License-Identifier: MIT */
/* split FOLDER…: two letters in one file come apart where they were put together, and each has the
 * record that it has alone, with its spans moved.
 *
 * Each letter of the folders is followed by the next one that has a motto and a number or a date of
 * its own, since nothing else tells a letter's beginning. Between them stands an empty line, or the
 * form feed of a page. Both are UTF-8, or the second would not be read alike behind the first; what
 * stands above a heading in front matter or markup would be the first one's end. */
#include "subset.h"

#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "support.h"

struct letter {
    const char *path;
    unsigned char *bytes;
    size_t length;
    json_t *record; /* alone, without its source */
    bool headed;
};

static bool is_letter(const char *path)
{
    return path_ends(path, ".txt");
}

static bool has_segment(const json_t *record, const char *kind)
{
    size_t i;
    json_t *segment;
    json_array_foreach(json_object_get(record, "segments"), i, segment)
        if (strcmp(json_string_value(json_object_get(segment, "kind")), kind) == 0)
            return true;
    return false;
}

static bool is_set(const json_t *record, const char *object, const char *key)
{
    const json_t *value = json_object_get(json_object_get(record, object), key);
    return value != NULL && !json_is_null(value);
}

/* Moves each span back by where the part begins. */
static void move_spans(json_t *value, size_t by)
{
    const char *key;
    json_t *member;
    size_t i, k;
    if (json_is_object(value)) {
        json_object_foreach(value, key, member) {
            if (strcmp(key, "spans") != 0) {
                move_spans(member, by);
                continue;
            }
            json_t *span, *bound;
            json_array_foreach(member, i, span)
                json_array_foreach(span, k, bound)
                    json_integer_set(bound, json_integer_value(bound) - (json_int_t)by);
        }
    } else if (json_is_array(value)) {
        json_array_foreach(value, i, member)
            move_spans(member, by);
    }
}

/* Whether a part's record is that of the letter alone; the blanks around it may be either's. */
static bool same_record(const struct letter *letter, const cchc_document *document, size_t begin)
{
    const char *error;
    json_t *record = json_of(document, letter->path, &error);
    json_object_del(record, "source");
    json_object_del(record, "segments");
    move_spans(record, begin);
    json_t *alone = json_deep_copy(letter->record);
    json_object_del(alone, "segments");
    bool same = json_equal(record, alone);
    json_decref(record);
    json_decref(alone);
    return same;
}

static bool try_pair(const cchc_parser *parser, const struct letter *a, const struct letter *b,
                     const char *between)
{
    size_t gap = strlen(between), length = a->length + gap + b->length, count = 0;
    unsigned char *bytes = malloc(length);
    memcpy(bytes, a->bytes, a->length);
    memcpy(bytes + a->length, between, gap);
    memcpy(bytes + a->length + gap, b->bytes, b->length);
    cchc_part parts[4];
    const char *wrong = NULL;
    cchc_document *document = NULL;
    if (cchc_split(parser, bytes, length, parts, 4, &count) != CCHC_OK)
        wrong = "cchc_split failed";
    else if (count != 2)
        wrong = count == 1 ? "one letter" : "more than two letters";
    else if (parts[0].range.begin != 0 || parts[0].range.end != parts[1].range.begin ||
             parts[1].range.end != length)
        wrong = "the parts do not tile the file";
    else if (parts[1].range.begin < a->length || parts[1].range.begin > a->length + gap + 200)
        wrong = "the second letter begins elsewhere";
    for (size_t i = 0; i < 2 && wrong == NULL; i++) {
        if (cchc_parse_part(parser, bytes, length, &parts[i], &document) != CCHC_OK)
            wrong = "cchc_parse_part failed";
        else if (!same_record(i == 0 ? a : b, document, i == 0 ? 0 : a->length + gap))
            wrong = i == 0 ? "the first record is another" : "the second record is another";
    }
    cchc_document_free(document);
    free(bytes);
    if (wrong != NULL)
        printf("not ok %s and %s: %s (%zu parts, the second from byte %zu, wanted %zu)\n", a->path,
               b->path, wrong, count, count > 1 ? parts[1].range.begin : 0, a->length + gap);
    else
        printf("ok %s and %s\n", a->path, b->path);
    return wrong == NULL;
}

static void read_letter(const cchc_parser *parser, const char *path, struct letter *letter)
{
    const char *error = NULL;
    cchc_document *document = NULL;
    letter->path = path;
    letter->bytes = read_whole(path, &letter->length);
    letter->record = record_of(parser, letter->bytes, letter->length, path, &document, &error);
    if (letter->record == NULL) {
        fprintf(stderr, "%s: %s\n", path, error);
        exit(2);
    }
    const char *encoding = json_string_value(
        json_object_get(json_object_get(letter->record, "source"), "encoding"));
    letter->headed = encoding != NULL && strcmp(encoding, "UTF-8") == 0 &&
                     !has_segment(letter->record, "front_matter") &&
                     !has_segment(letter->record, "markup") &&
                     has_segment(letter->record, "national_motto") &&
                     (is_set(letter->record, "code", "number") ||
                      is_set(letter->record, "promulgation", "date"));
    json_object_del(letter->record, "source");
    cchc_document_free(document);
}

int main(int argc, char **argv)
{
    struct paths paths = {NULL, 0, 0};
    for (int i = 1; i < argc; i++)
        paths_add(&paths, argv[i], is_letter);
    cchc_parser *parser = NULL;
    if (paths.count < 2 || cchc_parser_new(NULL, &parser) != CCHC_OK) {
        fputs("usage: split FOLDER...\n", stderr);
        return 2;
    }
    struct letter *letters = calloc(paths.count, sizeof *letters);
    size_t headed = 0, right = 0, pairs = 0;
    for (size_t i = 0; i < paths.count; i++) {
        read_letter(parser, paths.path[i], &letters[headed]);
        if (letters[headed].headed)
            headed++;
        else {
            free(letters[headed].bytes);
            json_decref(letters[headed].record);
        }
    }
    for (size_t i = 0; i + 1 < headed; i++) {
        right += try_pair(parser, &letters[i], &letters[i + 1], i % 2 == 0 ? "\n\f" : "\n\n");
        pairs++;
    }
    printf("# split: %zu of %zu pairs right\n", right, pairs);
    for (size_t i = 0; i < headed; i++) {
        free(letters[i].bytes);
        json_decref(letters[i].record);
    }
    free(letters);
    cchc_parser_free(parser);
    paths_free(&paths);
    return right == pairs ? 0 : 1;
}
