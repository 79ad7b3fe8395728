/* SPDX-License-Identifier: MIT */
/* The formats of the second library (<cchcparse/write.h>): their writer or catalogue, what they are
 * told of agencies, and what they have to say about letters. */
#ifndef CLI_WRITING_H
#define CLI_WRITING_H

#include <stdbool.h>

#include <cchcparse/write.h>

#include "bytes.h"
#include "options.h"

/* A letter as the writer gets it, with the place for its notes behind it: workers make notes, each
 * for its own letter. */
struct given_letter {
    cchc_letter letter; /* the first member: a writer hands its address back */
    struct bytes *notes;
};

struct organ {
    char *key; /* its name as cchc_fold() gives it */
    char *id;
};

struct writing {
    cchc_writer *writer;
    cchc_catalogue *catalogue;
    bool refused;  /* the catalogue refused a letter: nothing more is added, and the end tells */
    char *trouble; /* why; NULL: there was no memory to say so */
    size_t added;  /* letters since the last commit */

    const cchc_parser *parser; /* folds the names of agencies */
    struct organ *organs;      /* sorted by key */
    size_t organ_count;
};

/* Makes the writer or opens the catalogue of the format, where it is one of the second library's.
 * False: it cannot be, and that is said; *status gets what the program exits with. */
bool writing_open(struct writing *writing, const struct options *options,
                  const struct format *format, const cchc_parser *parser, enum exit_status *status);

/* Writes a letter as its format has it. False: there was no memory. */
bool writing_letter(const struct writing *writing, const cchc_letter *letter, struct bytes *out);

/* Adds a letter to the catalogue, unless it refused one before; writing_close() tells. */
void writing_add(struct writing *writing, const cchc_letter *letter);

/* Makes lasting what was added. False: the catalogue refused that, or a letter; writing_close()
 * tells. */
bool writing_commit(struct writing *writing);

/* Commits the catalogue and frees all. False: the catalogue could not be written,
 * and that is said. A writing that was never opened must be all zeros. */
bool writing_close(struct writing *writing, const struct options *options);

#endif
