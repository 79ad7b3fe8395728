/* SPDX-License-Identifier: MIT */
/* letters FORMAT [OPTION=VALUE]… PATH…: the letters of files and folders, written in one format to
 * standard output, each note as a line `NAME: CODE: MESSAGE` to standard error. What the scripts of
 * this folder judge.
 *
 * FORMAT is a name of the library's table, or `json` (a record a line), or `sqlite`, which needs
 * out=FILE. Options: table, profile, language=vi|en, bom=no, organ_id, organs=FILE (lines
 * NAME<tab>ID), slice=N (letters of one transaction), die=N (ends without a word after N letters).
 * A format of one text a letter is written with a line `=== NAME` before each. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cchcparse/write.h>

#include "../folder.h"
#include "../support.h"

struct settings {
    const char *format, *out, *organs;
    size_t slice, die;
    cchc_write_options options;
};

static bool to_stdout(const char *bytes, size_t length, void *context)
{
    (void)context;
    return fwrite(bytes, 1, length, stdout) == length;
}

static void note(const char *code, const char *message, const cchc_letter *letter, void *context)
{
    (void)context;
    fprintf(stderr, "%.*s: %s: %s\n", (int)letter->name_length, letter->name, code, message);
}

/* The identifier that the file of organs gives a name. */
static const char *organ(const char *name, size_t length, void *context)
{
    static char id[64];
    const char *line = context;
    while (line != NULL && *line != '\0') {
        const char *tab = strchr(line, '\t'), *end = strchr(line, '\n');
        if (tab == NULL || end == NULL)
            return NULL;
        if ((size_t)(tab - line) == length && memcmp(line, name, length) == 0) {
            snprintf(id, sizeof id, "%.*s", (int)(end - tab - 1), tab + 1);
            return id;
        }
        line = end + 1;
    }
    return NULL;
}

static void fail(const char *what, cchc_status status)
{
    fprintf(stderr, "%s: %s\n", what, cchc_status_message(status));
    exit(2);
}

static bool is_letter(const char *path)
{
    return path_ends(path, ".txt") || path_ends(path, ".md") || path_ends(path, ".html");
}

static bool set(struct settings *settings, const char *argument)
{
    static size_t length;
    const char *value = strchr(argument, '=');
    if (value == NULL)
        return false;
    size_t key = (size_t)(value++ - argument);
#define IS(name) (key == sizeof(name) - 1 && memcmp(argument, name, key) == 0)
    if (IS("table"))
        settings->options.table = value;
    else if (IS("profile"))
        settings->options.profile = value;
    else if (IS("language"))
        settings->options.language = strcmp(value, "en") == 0 ? CCHC_ENGLISH : CCHC_VIETNAMESE;
    else if (IS("bom"))
        settings->options.no_bom = strcmp(value, "no") == 0;
    else if (IS("organ_id"))
        settings->options.organ_id = value;
    else if (IS("organs"))
        settings->options.organ_context = read_whole(value, &length);
    else if (IS("out"))
        settings->out = value;
    else if (IS("slice"))
        settings->slice = strtoul(value, NULL, 10);
    else if (IS("die"))
        settings->die = strtoul(value, NULL, 10);
    else
        return false;
#undef IS
    return true;
}

/* What becomes of the letters, one after the other. */
struct output {
    const struct settings *settings;
    cchc_writer *writer;
    cchc_catalogue *catalogue;
    cchc_format_kind kind;
    size_t count;
};

static void expect(cchc_status status, const char *what, char *message)
{
    if (status != CCHC_OK)
        fail(message != NULL ? message : what, status);
}

static void output_open(struct output *output)
{
    const struct settings *settings = output->settings;
    const cchc_format *format = NULL;
    for (size_t i = 0; (format = cchc_format_at(i)) != NULL; i++)
        if (strcmp(format->name, settings->format) == 0)
            break;
    if (format == NULL)
        return; /* json */
    output->kind = format->kind;
    if (format->kind == CCHC_FORMAT_CATALOGUE) {
        char *message = NULL;
        cchc_status opened = cchc_catalogue_open(settings->out, &output->catalogue, &message);
        expect(opened, "open", message);
        return;
    }
    cchc_status status = cchc_writer_new(settings->format, &settings->options, &output->writer);
    if (status == CCHC_OK)
        status = cchc_writer_begin(output->writer, to_stdout, NULL);
    if (status != CCHC_OK)
        fail(settings->format, status);
}

static void catalogue_letter(struct output *output, const cchc_letter *letter)
{
    char *message = NULL;
    size_t slice = output->settings->slice;
    expect(cchc_catalogue_add(output->catalogue, letter, &message), "add", message);
    if (slice != 0 && (output->count + 1) % slice == 0)
        expect(cchc_catalogue_commit(output->catalogue, &message), "commit", message);
}

static void output_letter(struct output *output, const cchc_letter *letter)
{
    cchc_status status = CCHC_OK;
    if (output->settings->die != 0 && output->count == output->settings->die)
        _Exit(9);
    if (output->catalogue != NULL) {
        catalogue_letter(output, letter);
    } else if (output->writer == NULL) {
        status =
            cchc_write_json(letter->document, letter->name, letter->name_length, to_stdout, NULL);
        putchar('\n');
    } else {
        if (output->kind == CCHC_FORMAT_SINGLE)
            printf("=== %.*s\n", (int)letter->name_length, letter->name);
        else if (output->count > 0)
            status = cchc_writer_between(output->writer, to_stdout, NULL);
        if (status == CCHC_OK)
            status = cchc_writer_letter(output->writer, letter, to_stdout, NULL);
    }
    if (status != CCHC_OK)
        fail(letter->name, status);
    output->count++;
}

static void output_close(struct output *output)
{
    if (output->writer != NULL && cchc_writer_end(output->writer, to_stdout, NULL) != CCHC_OK)
        fail("end", CCHC_SINK);
    cchc_writer_free(output->writer);
    char *message = NULL;
    expect(cchc_catalogue_close(output->catalogue, &message), "close", message);
}

int main(int count, char **arguments)
{
    /* As programs do that speak to people: what the library writes must not change (../locales.py). */
    if (setlocale(LC_ALL, "") == NULL)
        fail("no such locale", CCHC_INVALID);
    struct settings settings = {.format = count > 1 ? arguments[1] : "",
                                .options = CCHC_WRITE_OPTIONS_INIT};
    settings.options.note = note;
    settings.options.organ = organ;
    struct paths paths = {0};
    for (int i = 2; i < count; i++)
        if (!set(&settings, arguments[i]))
            paths_add(&paths, arguments[i], is_letter);

    struct output output = {.settings = &settings};
    output_open(&output);
    cchc_parser *parser = NULL;
    cchc_document *document = NULL;
    cchc_status status = cchc_parser_new(NULL, &parser);
    for (size_t i = 0; i < paths.count && status == CCHC_OK; i++) {
        size_t length = 0;
        unsigned char *bytes = read_whole(paths.path[i], &length);
        status = cchc_parse(parser, bytes, length, &document);
        if (status == CCHC_OK) {
            const char *name = strrchr(paths.path[i], '/');
            name = name != NULL ? name + 1 : paths.path[i];
            cchc_letter letter = {document, name, strlen(name), bytes, length};
            output_letter(&output, &letter);
        }
        free(bytes);
    }
    if (status != CCHC_OK)
        fail("parsing", status);
    output_close(&output);
    cchc_document_free(document);
    cchc_parser_free(parser);
    free(settings.options.organ_context);
    paths_free(&paths);
    return fflush(stdout) == 0 ? 0 : 2;
}
