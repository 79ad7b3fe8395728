/* SPDX-License-Identifier: MIT */
/* How far the batch is, on standard error: a bar on a terminal, else a line now and then. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"

struct progress {
    bool shown, terminal;
    size_t total; /* inputs; 0: not known */
    double started, drawn_at;
    size_t drawn; /* inputs at that time */
    double rate;  /* a second, lately */
};

/* Seconds of a clock that only goes forward. */
double seconds_now(void);

/* Counts the inputs beforehand where that is done soon. */
void progress_start(struct progress *progress, const struct options *options, bool terminal);

void progress_show(struct progress *progress, size_t done, size_t failed);

/* Takes the bar away. */
void progress_end(struct progress *progress);

#endif
