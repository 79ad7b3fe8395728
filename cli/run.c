/* SPDX-License-Identifier: MIT */
/* The run: inputs are fed into the batch, and what comes out of it is delivered. */
#include <stdlib.h>
#include <string.h>

#include <cchcparse/cchcparse.h>

#include "batch.h"
#include "delivery.h"
#include "feed.h"
#include "format.h"
#include "messages.h"
#include "report.h"
#include "run.h"
#include "signals.h"

struct run {
    struct delivery delivery;
    struct batch *batch;
};

static bool deliver(struct slot *slot, void *context)
{
    struct run *run = context;
    return delivery_take(&run->delivery, slot);
}

static void tick(void *context)
{
    struct run *run = context;
    (void)delivery_tick(&run->delivery); /* what fails here fails the next delivery too */
}

static bool take(const struct item *item, void *context)
{
    struct run *run = context;
    return batch_put(run->batch, item);
}

static bool pause(void *context)
{
    struct run *run = context;
    return batch_drain(run->batch) && delivery_pause(&run->delivery);
}

/* The default format; bold letters are for a terminal alone (https://no-color.org). */
static void settle(struct run *run, const struct options *options, const struct output *output)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    bool shown = output->terminal && options->output == NULL && options->output_dir == NULL;
    const struct format *format = options->format;
    if (format == NULL)
        format = format_by_name(shown ? "text" : "ndjson");
    if (options->output_dir != NULL)
        format = format_by_name(format->alone);
    run->delivery.format = format;
    run->delivery.style.language = options->language;
    run->delivery.style.bold = shown && (no_colour == NULL || no_colour[0] == '\0') &&
                               terminal != NULL && strcmp(terminal, "dumb") != 0;
}

/* Feeds the batch and delivers all of it. False: the run is broken off. */
static bool go(struct run *run, const struct options *options)
{
    const struct feed feed = {options, take, pause, run};
    bool whole = delivery_begin(&run->delivery) && feed_all(&feed);
    /* Of a run that a signal ends, the letters in hand are finished. */
    return batch_drain(run->batch) && whole && signals_caught() == 0;
}

static enum exit_status status_of(const struct delivery *delivery)
{
    if (delivery->not_written)
        return EXIT_NOT_WRITTEN;
    return delivery->unread > 0 || delivery->no_record ? EXIT_SOME_UNREAD : EXIT_ALL_READ;
}

static enum exit_status interrupted(struct run *run)
{
    struct delivery *delivery = &run->delivery;
    bool resumable = delivery_break_off(delivery);
    complain("interrupted after %zu letters%s", delivery->delivered,
             resumable ? "; the same call with --resume goes on from there" : "");
    return delivery->not_written ? EXIT_NOT_WRITTEN
                                 : (enum exit_status)(EXIT_SIGNAL + signals_caught());
}

enum exit_status run_parse(const struct options *options, struct output *output)
{
    struct run run = {.batch = NULL};
    struct delivery *delivery = &run.delivery;
    cchc_parser *parser = NULL;
    enum exit_status exit_status = EXIT_SOME_UNREAD;
    settle(&run, options, output);
    cchc_options parser_options = CCHC_OPTIONS_INIT;
    parser_options.max_bytes = options->max_bytes;
    cchc_status status = cchc_parser_new(&parser_options, &parser);
    if (status != CCHC_OK) {
        complain("%s", cchc_status_message(status));
        return EXIT_SOME_UNREAD;
    }
    signals_catch();
    if (!delivery_open(delivery, options, output, &exit_status))
        goto done;
    const struct work work = {.parser = parser,
                              .format = delivery->format,
                              .style = delivery->style,
                              .max_bytes = options->max_bytes,
                              .kinds = delivery->journal != NULL ? report_kinds() : 0,
                              .identities = delivery->journal != NULL,
                              .journal = delivery->journal,
                              .outdir = delivery->outdir};
    const struct batch_target target = {deliver, tick, &run};
    run.batch = batch_new(options->jobs != 0 ? options->jobs : batch_processors(), &work, &target);
    exit_status = EXIT_SOME_UNREAD;
    if (run.batch == NULL) {
        complain("%s", cchc_status_message(CCHC_NOMEM));
        goto done;
    }
    if (go(&run, options))
        (void)delivery_end(delivery);
    else if (signals_caught() != 0 && !delivery->not_written && !delivery->no_record)
        exit_status = interrupted(&run);
    if (exit_status == EXIT_SOME_UNREAD)
        exit_status = status_of(delivery);
done:
    batch_free(run.batch);
    delivery_close(delivery);
    cchc_parser_free(parser);
    return exit_status;
}
