/* SPDX-License-Identifier: MIT */
/* The ordered end of the batch: where records go, what the journal says of them, and when both are
 * on the disk.
 *
 * --output writes FILE.partial beside FILE. A run that goes on keeps that file as a log, to which
 * records of letters that were not finished, or have changed, are added as they come; the output
 * is put together anew in FILE.partial2 out of kept and new records in the order of the input,
 * with a journal of its own in JOURNAL.new, and both take their places at the end. So whatever
 * happened before, and however often, the output is that of one uninterrupted run, and nothing
 * that was finished is ever written over before it is. (The next run that goes on calls the file
 * that the journal names its log, and the other one its output.)
 *
 * WHEN A LETTER IS FINISHED: with a journal, once in COMMIT_LETTERS letters or COMMIT_SECONDS,
 * whichever comes first: the records are synced to the disk, then their lines are added to the
 * journal, then it is synced. A crash loses the letters since then.
 */
#ifndef CLI_DELIVERY_H
#define CLI_DELIVERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "format.h"
#include "journal.h"
#include "options.h"
#include "outdir.h"
#include "outfile.h"
#include "output.h"
#include "slot.h"

enum { COMMIT_LETTERS = 256, COMMIT_SECONDS = 1 };

struct delivery {
    const struct options *options;
    const struct format *format;
    struct style style;

    struct output *stream;   /* standard output; NULL where the records go elsewhere */
    struct outfile *file;    /* --output: what becomes the output */
    struct outfile *log;     /* the file of the run that goes on; NULL: there is none */
    struct outdir *outdir;   /* --output-dir */
    struct journal *journal; /* NULL: none */
    struct journal *next;    /* of the file that is put together out of the log */
    char *next_path;
    bool may_replace;  /* the output that is there is of this very batch, */
    uint64_t replaced; /* and so long */

    struct bytes buffer; /* what stands around the pieces */
    size_t uncommitted;  /* letters */
    double committed_at;
    size_t pieces;
    uint64_t pieces_size;           /* of what went to standard output */
    size_t delivered, kept, unread; /* inputs: all, of earlier runs, lost */
    struct seen now;  /* names of this run, where it goes on with files of an earlier one */
    bool whole;       /* the batch came to its end */
    bool no_record;   /* the library could not make one */
    bool not_written; /* some output was not, and that is said */
    bool spared;      /* that is so since what it would have overwritten is an input */
};

/* Opens all that is written. False: that is said. delivery_close() in either case. */
bool delivery_open(struct delivery *delivery, const struct options *options, struct output *stream);

/* What stands before the first letter. Each returns false where nothing more can be written. */
bool delivery_begin(struct delivery *delivery);
bool delivery_take(struct delivery *delivery, const struct slot *slot);

/* Adds to the one text that the records are in. */
bool delivery_add(struct delivery *delivery, const struct bytes *bytes);

/* Commits what has waited long enough. */
bool delivery_tick(struct delivery *delivery);

/* Shows what there is, since nothing more may come for a while. */
bool delivery_pause(struct delivery *delivery);

/* The end of a batch that went through. */
bool delivery_end(struct delivery *delivery);

/* Makes lasting what a batch has finished that ends before its time. True: it can be resumed. */
bool delivery_break_off(struct delivery *delivery);

void delivery_close(struct delivery *delivery);

/* For delivery_open.c, lint_spool.c and run.c: they tell of what failed, once, and return false. */
bool delivery_no_memory(struct delivery *delivery);
bool delivery_file_failed(struct delivery *delivery, const struct outfile *file);
bool delivery_journal_failed(struct delivery *delivery); /* the journal has told */

#endif
