/* SPDX-License-Identifier: MIT */
#include "subset.h"

#include <stdlib.h>
#include <string.h>

/* A path such as /clauses/0/text; each place is a link to the one above it. */
struct place {
    const struct place *above;
    const char *key; /* NULL: index */
    size_t index;
};

static void print_place(const struct place *place, FILE *out)
{
    if (place->above != NULL)
        print_place(place->above, out);
    if (place->key != NULL)
        fprintf(out, "/%s", place->key);
    else if (place->above != NULL)
        fprintf(out, "/%zu", place->index);
}

static void print_value(const json_t *value, FILE *out)
{
    char *text = value != NULL ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    size_t length = text != NULL ? strlen(text) : 0;
    if (text == NULL)
        fputs("nothing", out);
    else if (length <= 240)
        fputs(text, out);
    else
        fprintf(out, "%.*s… (%zu bytes)", 240, text, length);
    free(text);
}

static size_t differ(const struct place *place, const char *what, const json_t *expected,
                     const json_t *got, const char *prefix, FILE *out)
{
    fputs(prefix, out);
    print_place(place, out);
    fprintf(out, ": %sexpected ", what);
    print_value(expected, out);
    fputs(", got ", out);
    print_value(got, out);
    fputc('\n', out);
    return 1;
}

static size_t compare(const struct place *place, const json_t *expected, const json_t *got,
                      const char *prefix, FILE *out)
{
    if (got == NULL || json_typeof(expected) != json_typeof(got))
        return differ(place, "", expected, got, prefix, out);
    size_t count = 0;
    if (json_is_object(expected)) {
        const char *key;
        json_t *value;
        json_object_foreach((json_t *)(uintptr_t)expected, key, value) {
            struct place inner = {place, key, 0};
            count += compare(&inner, value, json_object_get(got, key), prefix, out);
        }
    } else if (json_is_array(expected)) {
        size_t n = json_array_size(expected), m = json_array_size(got);
        if (n != m) {
            char what[64];
            snprintf(what, sizeof what, "%zu items, not %zu: ", m, n);
            return differ(place, what, expected, got, prefix, out);
        }
        for (size_t i = 0; i < n; i++) {
            struct place inner = {place, NULL, i};
            count += compare(&inner, json_array_get(expected, i), json_array_get(got, i), prefix, out);
        }
    } else if (!json_equal(expected, got)) {
        return differ(place, "", expected, got, prefix, out);
    }
    return count;
}

size_t subset_differences(const json_t *expected, const json_t *got, const char *prefix, FILE *out)
{
    struct place root = {NULL, NULL, 0};
    return compare(&root, expected, got, prefix, out);
}

json_t *json_of(const cchc_document *document, const char *name, const char **error)
{
    static char message[512];
    *error = message;
    struct written output = {0};
    json_t *record = NULL;
    cchc_status status = cchc_write_json(document, name, strlen(name), written_keep, &output);
    if (status != CCHC_OK) {
        snprintf(message, sizeof message, "%s", cchc_status_message(status));
    } else {
        json_error_t place;
        record = json_loadb(output.bytes, output.length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &place);
        if (record == NULL)
            snprintf(message, sizeof message, "no JSON: %s at byte %d", place.text, place.position);
    }
    free(output.bytes);
    return record;
}

json_t *record_of(const cchc_parser *parser, const void *bytes, size_t length, const char *name,
                  cchc_document **document, const char **error)
{
    cchc_status status = cchc_parse(parser, bytes, length, document);
    *error = cchc_status_message(status);
    return status == CCHC_OK ? json_of(*document, name, error) : NULL;
}
