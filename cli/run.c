/* SPDX-License-Identifier: MIT */
/* The run: inputs are fed into the batch, and what comes out of it is delivered. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cchcparse/cchcparse.h>

#include "again.h"
#include "batch.h"
#include "delivery.h"
#include "feed.h"
#include "finisher.h"
#include "format.h"
#include "lint.h"
#include "messages.h"
#include "notes.h"
#include "outputs.h"
#include "progress.h"
#include "report.h"
#include "rights.h"
#include "run.h"
#include "signals.h"
#include "writing.h"

struct run {
    struct delivery delivery;
    struct batch *batch;
    struct report report;
    struct progress progress;
    struct outfile *report_file; /* NULL: none, or it is written straight */
    bool told;                   /* there is a summary */
    double started;
    struct writing writing;
    struct lint lint;
    struct notes notes;
    int severity; /* of the gravest finding; -1: none */
};

static bool deliver(struct slot *slot, void *context)
{
    struct run *run = context;
    bool fine = delivery_take(&run->delivery, slot) && lint_take(&run->lint, &run->delivery, slot);
    if (slot->severity > run->severity)
        run->severity = slot->severity;
    notes_take(&run->notes, &slot->name, &slot->notes);
    if (fine && !report_take(&run->report, slot)) {
        complain("%s", cchc_status_message(CCHC_NOMEM));
        run->delivery.no_record = true;
        fine = false;
    }
    progress_show(&run->progress, run->delivery.delivered, run->delivery.unread);
    return fine;
}

static void tick(void *context)
{
    struct run *run = context;
    (void)delivery_tick(&run->delivery); /* what fails here fails the next delivery too */
    progress_show(&run->progress, run->delivery.delivered, run->delivery.unread);
}

static bool take(const struct item *item, void *context)
{
    struct run *run = context;
    return batch_put(run->batch, item);
}

static bool pause_batch(bool *idle, void *context)
{
    struct run *run = context;
    *idle = batch_is_empty(run->batch);
    return *idle ? delivery_pause(&run->delivery) : batch_step(run->batch);
}

/* ------------------------------------------------------------------------------------ settling -- */

/* The default format; bold letters are for a terminal alone (https://no-color.org). What is told
 * of the batch must not stand between records on the same terminal. */
static void settle(struct run *run, const struct options *options, const struct output *output)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    bool shown = output->terminal && options->output == NULL && options->output_dir == NULL;
    const struct format *format = options->format;
    if (format == NULL && options->command == COMMAND_LINT)
        format = lint_format_by_name("text");
    if (format == NULL)
        format = format_by_name(shown ? "text" : "ndjson");
    if (options->output_dir != NULL)
        format = format_by_name(format->alone);
    run->delivery.format = format;
    run->delivery.style.language = options->language;
    run->delivery.style.bold = shown && (no_colour == NULL || no_colour[0] == '\0') &&
                               terminal != NULL && strcmp(terminal, "dumb") != 0;
    run->told = options->progress || (!options->quiet && !shown && isatty(STDERR_FILENO) == 1);
}

/* The report takes the place of an older one, but is added to what is no regular file: a pipe, a
 * terminal, a link such as /dev/stderr. */
static bool open_report(struct run *run, const char *path, bool force)
{
    struct stat status;
    const char *refusal = report_refusal(path, force);
    if (refusal != NULL) {
        complain_of(path, refusal);
        return false;
    }
    if (lstat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return true;
    run->report_file = calloc(1, sizeof *run->report_file);
    if (run->report_file == NULL)
        complain("%s", cchc_status_message(CCHC_NOMEM));
    else if (!outfile_open(run->report_file, path_joined(path, PARTIAL), 0))
        complain_of(path, strerror(run->report_file->output.error));
    return run->report_file != NULL && run->report_file->output.error == 0;
}

/* --------------------------------------------------------------------------------- the report -- */

static bool write_behind(const char *path, const struct bytes *text, int *error)
{
    struct outfile *file = calloc(1, sizeof *file);
    int descriptor = open_again(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
    *error = file == NULL ? ENOMEM : errno;
    bool fine = file != NULL && descriptor >= 0;
    if (fine) {
        output_open(&file->output, descriptor);
        fine = outfile_add(file, text) && output_flush(&file->output);
        *error = file->output.error;
    }
    if (descriptor >= 0)
        (void)close(descriptor);
    free(file);
    return fine;
}

/* False: it could not be written, and that is said. */
static bool write_report(struct run *run, const char *path, const struct ending *ending)
{
    struct bytes text = {NULL, 0, 0};
    int error = ENOMEM;
    bool fine = report_write(&run->report, ending, &text);
    if (fine && run->report_file == NULL) {
        fine = write_behind(path, &text, &error);
    } else if (fine) {
        struct outfile *file = run->report_file;
        fine = outfile_add(file, &text) && outfile_sync(file) && outfile_rename(file, path, true);
        error = file->output.error;
    }
    if (!fine)
        complain_of(path, strerror(error));
    bytes_free(&text);
    return fine;
}

/* ------------------------------------------------------------------------------------- the run -- */

/* Feeds the batch and delivers all of it. False: the run is broken off. */
static bool go(struct run *run, const struct options *options)
{
    const struct feed feed = {options, false, take, pause_batch, run};
    bool whole = delivery_begin(&run->delivery) && feed_all(&feed);
    /* Of a run that a signal ends, the letters in hand are finished. */
    return batch_drain(run->batch) && whole && signals_caught() == 0;
}

/* Ends a batch that went through, or that was broken off. */
static struct ending end(struct run *run, bool whole)
{
    struct delivery *delivery = &run->delivery;
    struct ending ending = {"complete", seconds_now() - run->started, EXIT_ALL_READ};
    bool interrupted = !whole && signals_caught() != 0 && !delivery->not_written;
    progress_end(&run->progress);
    if (whole) {
        (void)(lint_finish(&run->lint, delivery) && delivery_end(delivery));
    } else {
        if (!interrupted && !delivery->not_written && !delivery->no_record)
            (void)delivery_no_memory(delivery); /* which is all that ends a batch untold */
        bool resumable = delivery_break_off(delivery);
        ending.status = interrupted && !delivery->not_written ? "interrupted" : "failed";
        if (interrupted || resumable)
            complain("%s after %zu letter%s%s", ending.status, delivery->delivered,
                     delivery->delivered == 1 ? "" : "s",
                     resumable ? "; the same call with --resume goes on from there" : "");
    }
    if (!writing_commit(&run->writing)) /* writing_close() tells */
        delivery->not_written = true;
    if (delivery->not_written || delivery->no_record)
        ending.status = "failed"; /* whatever went through: not all of it is there */
    if (delivery->not_written)
        ending.exit_status = EXIT_NOT_WRITTEN;
    else if (interrupted)
        ending.exit_status = EXIT_SIGNAL + signals_caught();
    else if (delivery->unread > 0 || delivery->no_record)
        ending.exit_status = EXIT_SOME_UNREAD;
    else if (run->severity >= delivery->options->severity)
        ending.exit_status = EXIT_FINDINGS;
    return ending;
}

static int run_batch(struct run *run, const struct options *options, const cchc_parser *parser)
{
    struct delivery *delivery = &run->delivery;
    bool counted = delivery->journal != NULL || run->told || options->report != NULL;
    const struct work work = {.parser = parser,
                              .format = delivery->format,
                              .style = delivery->style,
                              .max_bytes = options->max_bytes,
                              .split = options->split,
                              .kinds = counted ? report_kinds() : 0,
                              .identities = counted,
                              .journal = delivery->journal,
                              .outdir = delivery->outdir};
    const struct batch_target target = {deliver, tick, run};
    size_t jobs = options->jobs != 0 ? options->jobs : batch_processors();
    if (delivery->format->kind == CCHC_FORMAT_CATALOGUE)
        jobs = 1; /* a database has one writer */
    run->batch = batch_new(jobs, &work, &target);
    if (run->batch == NULL || !report_init(&run->report)) {
        complain("%s", cchc_status_message(CCHC_NOMEM));
        batch_free(run->batch);
        return EXIT_SOME_UNREAD;
    }
    run->report.notes = &run->notes;
    if (run->told)
        progress_start(&run->progress, options, isatty(STDERR_FILENO) == 1);
    run->started = seconds_now();
    struct ending ending = end(run, go(run, options));
    batch_free(run->batch);
    if (run->told)
        report_tell(&run->report, &ending);
    struct stat there; /* where the report would overwrite an input it is spared too */
    bool spared = delivery->spared && options->report != NULL &&
                  lstat(options->report, &there) == 0 && outputs_find(&there) == WRITTEN_OVER;
    if (options->report != NULL && !spared && !write_report(run, options->report, &ending))
        return EXIT_NOT_WRITTEN;
    return ending.exit_status;
}

static int run_all(const struct options *options, struct output *output)
{
    struct run run = {.batch = NULL, .severity = -1};
    cchc_parser *parser = NULL;
    int exit_status = EXIT_NOT_WRITTEN;
    enum exit_status refusal = EXIT_NOT_WRITTEN;
    settle(&run, options, output);
    outputs_add_standard();
    cchc_options parser_options = options->limits;
    parser_options.max_bytes = options->max_bytes;
    cchc_status status = cchc_parser_new(&parser_options, &parser);
    if (status != CCHC_OK) {
        complain("%s", cchc_status_message(status));
        exit_status = EXIT_SOME_UNREAD;
        goto done;
    }
    signals_catch();
    run.delivery.style.writing = &run.writing;
    if (options->command == COMMAND_LINT) {
        run.delivery.style.lint = &run.lint;
        if (!lint_open(&run.lint, options, run.delivery.format, parser))
            goto done;
    }
    if (!writing_open(&run.writing, options, run.delivery.format, parser, &refusal)) {
        exit_status = (int)refusal;
        goto done;
    }
    if (options->report != NULL && !open_report(&run, options->report, options->force))
        goto done;
    if (delivery_open(&run.delivery, options, output) && rights_confine(options))
        exit_status = run_batch(&run, options, parser);
done:
    delivery_close(&run.delivery);
    if (run.report_file != NULL)
        outfile_close(run.report_file, true);
    free(run.report_file);
    report_free(&run.report);
    bool catalogue = run.writing.catalogue != NULL;
    if (!writing_close(&run.writing, options))
        exit_status = EXIT_NOT_WRITTEN;
    if (catalogue)
        (void)finisher_tidy(options->output); /* what stays beside it does no harm */
    /* What lint finds is written already; its counts are for the summary. */
    if (!options->quiet && (options->command != COMMAND_LINT || run.told))
        notes_tell(&run.notes);
    notes_free(&run.notes);
    lint_close(&run.lint);
    cchc_parser_free(parser);
    return exit_status;
}

int run_parse(const struct options *options, struct output *output)
{
    if (!finisher_start(options)) {
        complain("what gives outputs their names does not start: %s (--no-sandbox leaves it out)",
                 strerror(errno));
        return EXIT_NOT_WRITTEN;
    }
    int exit_status = run_all(options, output);
    finisher_end();
    return exit_status;
}

int run_lint(const struct options *options, struct output *output)
{
    if (!options->rules)
        return run_parse(options, output);
    return lint_list_rules(options, output) ? EXIT_ALL_READ : EXIT_NOT_WRITTEN;
}
