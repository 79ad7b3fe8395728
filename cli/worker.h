/* SPDX-License-Identifier: MIT */
/* What a worker does with one input: read it, parse it, render its record. */
#ifndef CLI_WORKER_H
#define CLI_WORKER_H

#include <stdbool.h>
#include <stddef.h>

#include <cchcparse/cchcparse.h>

#include "format.h"
#include "journal.h"
#include "outdir.h"
#include "slot.h"

/* What all workers share; nothing of it changes while they run. */
struct work {
    const cchc_parser *parser;
    const struct format *format;
    struct style style;
    size_t max_bytes;
    bool split;                    /* an input may hold several letters */
    size_t kinds;                  /* of diagnostics; 0: they are not counted */
    bool identities;               /* are letters compared with each other? */
    const struct journal *journal; /* NULL: none */
    struct outdir *outdir;         /* NULL: the pieces go into one text */
};

/* What each worker has for itself. Start from {.work = …}. */
struct worker {
    const struct work *work;
    cchc_document *document; /* one for all its letters, so that its memory is used again */
    struct bytes words;      /* room for what two letters are compared by */
    cchc_part *parts;        /* of the input at hand */
    size_t part_room;
    size_t lines, counted; /* lines' ends of the input at hand, up to that byte */
};

/* Fills the lower half of @p slot. */
void worker_do(struct worker *worker, struct slot *slot);

void worker_free(struct worker *worker);

#endif
