/* SPDX-License-Identifier: MIT */
/* The findings of a letter in each format of `cchcparse lint`: UTF-8, the same a second time; JSON
 * and SARIF are JSON, and nothing in the text steers a terminal. */
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_JANSSON
#include <jansson.h>
#endif

#include "lint.h"
#include "target.h"

/* ----------------------------------------------------------------------------------- readers -- */

static void read_text(const struct bytes *text)
{
    for (size_t i = 0; i < text->length; i++)
        MUST((text->data[i] >= 0x20 || text->data[i] == '\n') && text->data[i] != 0x7F);
}

static void read_json(const char *text, size_t length)
{
#ifdef HAVE_JANSSON
    json_t *tree = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    MUST(tree != NULL);
    json_decref(tree);
#else
    (void)text;
    (void)length;
#endif
}

static void read_json_lines(const struct bytes *text)
{
    const char *line = (const char *)text->data, *end = line + text->length;
    while (line < end) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        MUST(stop != NULL);
        read_json(line, (size_t)(stop - line));
        line = stop + 1;
    }
}

static void read_sarif(const struct bytes *text)
{
    read_json((const char *)text->data, text->length);
}

static const struct {
    const char *format;
    void (*read)(const struct bytes *text);
} readers[] = {{"text", read_text}, {"json", read_json_lines}, {"sarif", read_sarif}};

/* ------------------------------------------------------------------------------- the formats -- */

/* A batch of the letter, and of the letter once more, as the batch would put it together. */
static void write_batch(const struct format *format, const struct style *style,
                        const struct letter *letter, struct bytes *out)
{
    struct bytes piece = {NULL, 0, 0};
    bool any = false;
    out->length = 0;
    MUST(format->begin(style, out));
    for (int i = 0; i < 2; i++) {
        piece.length = 0;
        MUST(format->letter(style, letter, &piece));
        if (piece.length == 0)
            continue;
        MUST((!any || format->between(style, out)) && bytes_add(out, piece.data, piece.length));
        any = true;
    }
    MUST(strcmp(format->name, "sarif") != 0 || sarif_files(out));
    MUST(format->end(style, any, out));
    bytes_free(&piece);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static cchc_document *document;
    static struct bytes notes, once, twice;
    struct options options = {.shown = CCHC_INFO};
    const struct lint lint = {any_parser(), &options, NULL};
    const struct style style = {.lint = &lint};
    char name[9] = ""; /* any bytes too, as the names of files are: without a NUL */
    int severity = -1;
    MUST(cchc_parse(any_parser(), data, size, &document) == CCHC_OK);
    memcpy(name, data, size < sizeof name ? size : sizeof name - 1);
    const struct letter letter = {.document = document,
                                  .name = name,
                                  .name_length = strlen(name),
                                  .bytes = data,
                                  .length = size,
                                  .severity = &severity,
                                  .notes = &notes};
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        const struct format *format = lint_format_by_name(readers[i].format);
        options.language = i % 2 == 0 ? CCHC_VIETNAMESE : CCHC_ENGLISH;
        notes.length = 0;
        write_batch(format, &style, &letter, &once);
        write_batch(format, &style, &letter, &twice);
        MUST(once.length == twice.length);
        MUST(once.length == 0 || memcmp(once.data, twice.data, once.length) == 0);
        MUST(is_utf8((const char *)once.data, once.length));
        readers[i].read(&once);
    }
    return 0;
}
