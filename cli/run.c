/* SPDX-License-Identifier: MIT */
/* The run: for each path the letters in it; each letter read, parsed, written. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cchcparse/cchcparse.h>

#include "format.h"
#include "input.h"
#include "messages.h"
#include "run.h"

struct run {
    const struct format *format;
    size_t max_bytes;
    cchc_parser *parser;
    cchc_document *document; /* one for all letters, so that its memory is used again */
    struct bytes bytes;
    struct report report;
    bool some_unread;
    size_t found; /* letters and troubles of the folder at hand */
};

/* The record of a letter that could not be read, and the word about it. */
static cchc_status fail(struct run *run, const char *path, const char *code, const char *reason,
                        size_t size)
{
    complain_of(path, reason);
    run->some_unread = true;
    return cchc_parse_failed(run->parser, code, reason, size, &run->document);
}

static cchc_status parse(struct run *run, const char *path, const struct reading *reading)
{
    const char *trouble = reading_trouble(reading);
    if (reading->result == READ_NOT_OPENED || reading->result == READ_NOT_REGULAR)
        return fail(run, path, "io-open", trouble, SIZE_MAX);
    if (reading->result == READ_BROKEN)
        return fail(run, path, "io-read", trouble, reading->size);
    const char *refusal = refusal_of(&run->bytes);
    if (refusal != NULL)
        return fail(run, path, "io-binary", refusal, reading->size);
    cchc_status status = CCHC_LIMIT;
    if (reading->result == READ_DONE)
        status = cchc_parse(run->parser, run->bytes.data, run->bytes.length, &run->document);
    if (status == CCHC_LIMIT)
        return fail(run, path, "io-limit", trouble != NULL ? trouble : cchc_status_message(status),
                    reading->size);
    if (status != CCHC_OK)
        return fail(run, path, "io-read", cchc_status_message(status), reading->size);
    return status;
}

/* One letter: false ends the run, since its record could not be made or written. */
static bool letter(struct run *run, const char *path, bool named)
{
    bool standard_input = named && strcmp(path, "-") == 0;
    struct reading reading =
        read_file(standard_input ? NULL : path, run->max_bytes, named, &run->bytes);
    cchc_status status = parse(run, path, &reading);
    if (status != CCHC_OK) {
        complain_of(path, cchc_status_message(status));
        return false;
    }
    if (!run->format->record(&run->report, run->document, path))
        return false;
    run->report.written++;
    return !run->report.output->terminal || output_flush(run->report.output);
}

static bool found_letter(const char *path, void *context)
{
    struct run *run = context;
    run->found++;
    return letter(run, path, false);
}

static void folder_trouble(const char *path, const char *reason, bool lost, void *context)
{
    struct run *run = context;
    complain_of(path, reason);
    if (lost) {
        run->found++;
        run->some_unread = true;
    }
}

static bool folder(struct run *run, const char *path)
{
    const struct walk walk = {is_letter_name, found_letter, folder_trouble, true, run};
    run->found = 0;
    enum walk_result result = walk_folder(path, &walk);
    if (result == WALK_NO_MEMORY) {
        complain_of(path, strerror(ENOMEM));
        run->some_unread = true;
    } else if (result == WALK_DONE && run->found == 0) {
        complain_of(path, "no letters in this folder (*.txt, *.md, *.html, *.htm)");
        run->some_unread = true;
    }
    return result != WALK_ENDED;
}

static bool one_path(struct run *run, const char *path)
{
    struct stat status;
    if (strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return folder(run, path);
    return letter(run, path, true);
}

/* The default format; bold letters are for a terminal alone (https://no-color.org). */
static void settle(struct run *run, const struct options *options, struct output *output)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    run->format = options->format;
    if (run->format == NULL)
        run->format = format_by_name(output->terminal ? "text" : "ndjson");
    run->max_bytes = options->max_bytes;
    run->report.output = output;
    run->report.language = options->language;
    run->report.bold = output->terminal && (no_colour == NULL || no_colour[0] == '\0') &&
                       terminal != NULL && strcmp(terminal, "dumb") != 0;
}

enum exit_status run_parse(const struct options *options, struct output *output)
{
    struct run run = {.format = NULL};
    enum exit_status exit_status = EXIT_SOME_UNREAD;
    settle(&run, options, output);
    cchc_options parser_options = CCHC_OPTIONS_INIT;
    parser_options.max_bytes = options->max_bytes;
    cchc_status status = cchc_parser_new(&parser_options, &run.parser);
    if (status != CCHC_OK) {
        complain("%s", cchc_status_message(status));
        goto done;
    }
    bool going = run.format->begin(&run.report);
    for (size_t i = 0; going && i < options->path_count; i++)
        going = one_path(&run, options->paths[i]);
    if (going && run.format->end(&run.report) && output_flush(output) && !run.some_unread)
        exit_status = EXIT_ALL_READ;
done:
    bytes_free(&run.bytes);
    cchc_document_free(run.document);
    cchc_parser_free(run.parser);
    return exit_status;
}
