/* SPDX-License-Identifier: MIT */
/* --output-dir: a file for each letter, in the same tree as the letters.
 *
 * The file of the letter a/b.txt is DIR/a/b.txt.json. Of a name only the parts count that lead
 * down: "", "." and ".." are left out, and no link is followed below DIR, so that no name, of
 * whatever archive, leads out of it.
 *
 * A piece is first written into DIR/.cchcparse-partial, by the worker that made it, and gets its
 * name when its turn comes; a half file never has a final name. With a journal it keeps a name there
 * too until the journal tells of it: so a run that goes on knows the files of the run that was
 * killed between the two, and may replace them where the letter has changed since. (On a file
 * system without hard links it knows them by their bytes alone.)
 */
#ifndef CLI_OUTDIR_H
#define CLI_OUTDIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "journal.h"
#include "seen.h"

struct outdir {
    const char *path;
    const char *extension;
    bool force;
    bool durable; /* there is a journal: a letter is finished when its file is on the disk */
    const struct journal *journal; /* NULL: none */
    int root, staging;

    /* of the caller's thread */
    struct bytes parent_name; /* the folder at hand, as a prefix of names */
    int parent;
    bool unsynced;           /* names were added to it */
    size_t linked, unlinked; /* second names in the staging folder: from the one to the other */
    struct seen ours;        /* numbers of files that a run that was killed left with both names */
    struct seen placed;      /* places of files of this run, which are not replaced */
};

/* Opens DIR, making it where it is not there, and locks it. False: that is said. */
bool outdir_open(struct outdir *outdir, const char *path);

/* Writes the piece of slot @p index; from any thread. Returns an errno, or 0. */
int outdir_stage(const struct outdir *outdir, size_t index, const struct bytes *piece);

/* Is there a file of @p size bytes for the letter? From any thread. */
bool outdir_has(const struct outdir *outdir, const char *name, uint64_t size);

/* Takes away the file of a letter that is @p size bytes long; any other is nobody's of ours. */
void outdir_remove(const struct outdir *outdir, const char *name, uint64_t size);

/* Gives what was staged its name. Returns NULL, or why it has none, in words; then what was staged
 * is gone. @p fatal: no other letter will fare better. */
const char *outdir_place(struct outdir *outdir, size_t index, const char *name, bool *fatal);

/* Takes away the file that the letter has of an earlier run, where this one may replace it and has
 * none for it. */
void outdir_drop(struct outdir *outdir, const char *name);

/* Waits until the names given are on the disk. */
bool outdir_sync(struct outdir *outdir);

/* The journal tells of all that was placed. */
void outdir_committed(struct outdir *outdir);

/* @p whole: the batch came to its end, and nothing of earlier runs is needed any more. */
void outdir_close(struct outdir *outdir, bool whole);

#endif
