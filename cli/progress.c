/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "feed.h"
#include "messages.h"
#include "progress.h"
#include "unpack.h"

static const double first_seconds = 0.5; /* who waits less needs no bar */
static const double bar_seconds = 0.2;
static const double line_seconds = 10.0;
static const double count_seconds = 5.0; /* a larger batch starts without its total */

enum { BAR_CELLS = 24, LINE_COLUMNS = 79 };

double seconds_now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* ---------------------------------------------------------------------------------- the total -- */

struct count {
    size_t inputs;
    double until;
};

static bool count_one(const struct item *item, void *context)
{
    struct count *count = context;
    if (item->kind == ITEM_TROUBLE)
        return true;
    /* How many letters are in these is known only when they are read. */
    if (item->kind == ITEM_STANDARD_INPUT || is_archive_name(item->name))
        return false;
    count->inputs++;
    return count->inputs % 256 != 0 || seconds_now() < count->until;
}

static bool count_no_further(bool *idle, void *context)
{
    (void)idle;
    (void)context;
    return false;
}

static size_t count_inputs(const struct options *options)
{
    struct count count = {0, seconds_now() + count_seconds};
    const struct feed feed = {options, true, count_one, count_no_further, &count};
    if (options->input != INPUT_TEXT || options->files_from != NULL)
        return 0;
    return feed_all(&feed) ? count.inputs : 0;
}

void progress_start(struct progress *progress, const struct options *options, bool terminal)
{
    progress->shown = true;
    progress->terminal = terminal;
    progress->total = terminal ? count_inputs(options) : 0;
    progress->started = seconds_now();
    progress->drawn_at = progress->started;
}

/* ------------------------------------------------------------------------------------ the bar -- */

/* "1:02:03", "2:03" */
static void add_time(char *line, size_t size, double seconds)
{
    size_t used = strlen(line);
    unsigned long whole = seconds < 1e6 ? (unsigned long)seconds : 999999;
    if (whole >= 3600)
        (void)snprintf(line + used, size - used, "%lu:%02lu:%02lu", whole / 3600, whole / 60 % 60,
                       whole % 60);
    else
        (void)snprintf(line + used, size - used, "%lu:%02lu", whole / 60, whole % 60);
}

static void draw(const struct progress *progress, size_t done, size_t failed)
{
    char line[256] = "", bar[BAR_CELLS + 4] = "";
    size_t total = progress->total > done ? progress->total : done;
    if (progress->total > 0) {
        size_t cells = done * BAR_CELLS / (total > 0 ? total : 1);
        bar[0] = '[';
        memset(bar + 1, '.', BAR_CELLS);
        memset(bar + 1, '#', cells);
        bar[BAR_CELLS + 1] = ']';
        bar[BAR_CELLS + 2] = ' ';
        (void)snprintf(line, sizeof line, "%s%zu/%zu, %.0f/s, %zu failed, ", bar, done, total,
                       progress->rate, failed);
    } else {
        (void)snprintf(line, sizeof line, "%zu letters, %.0f/s, %zu failed, ", done, progress->rate,
                       failed);
    }
    if (progress->total > 0 && progress->rate > 0.0) {
        add_time(line, sizeof line, (double)(total - done) / progress->rate);
        (void)snprintf(line + strlen(line), sizeof line - strlen(line), " left");
    } else {
        add_time(line, sizeof line, seconds_now() - progress->started);
    }
    if (progress->terminal)
        messages_draw(line, LINE_COLUMNS);
    else
        complain("%s", line);
}

void progress_show(struct progress *progress, size_t done, size_t failed)
{
    if (!progress->shown)
        return;
    double now = seconds_now();
    double step = progress->terminal ? bar_seconds : line_seconds;
    if (now < progress->started + first_seconds || now < progress->drawn_at + step)
        return;
    /* Half of what is shown is of the last moment, so that it follows, but does not jump. */
    double rate = (double)(done - progress->drawn) / (now - progress->drawn_at);
    progress->rate = progress->rate > 0.0 ? (progress->rate + rate) / 2 : rate;
    progress->drawn = done;
    progress->drawn_at = now;
    draw(progress, done, failed);
}

void progress_end(struct progress *progress)
{
    progress->shown = false;
    messages_draw("", LINE_COLUMNS);
}
