/* SPDX-License-Identifier: MIT */
/* A file that is written beside its place and gets its name when it is whole. */
#ifndef CLI_OUTFILE_H
#define CLI_OUTFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "output.h"

struct outfile {
    char *path;    /* where it is written */
    uint64_t size; /* of what was added, with what is still in the buffer */
    struct output output;
};

/* Why @p path cannot become a finished output, in words; NULL where it can. What is there already
 * is taken over with @p force, but for what is no regular file. */
const char *outfile_refusal(const char *path, bool force);

/* Opens @p path to be written from the offset @p keep on, and locks it; what stands beyond is cut
 * off, and what is missing before is an error. The path is taken over, to be freed by
 * outfile_close(). The functions return false, here and below, where output.error says why. */
bool outfile_open(struct outfile *file, char *path, uint64_t keep);

bool outfile_add(struct outfile *file, const struct bytes *bytes);

/* Adds @p length bytes of another file, from @p offset on. */
bool outfile_copy(struct outfile *file, int from, uint64_t offset, uint64_t length);

/* Waits until all that was added is on the disk. */
bool outfile_sync(struct outfile *file);

/* Gives the file, which is on the disk, its name: over what is there with @p replace, else only
 * where nothing is. */
bool outfile_rename(struct outfile *file, const char *name, bool replace);

/* Closes it; with @p remove it is not left behind. */
void outfile_close(struct outfile *file, bool remove);

/* A path with an ending added, for the caller to free; NULL: no memory. */
char *path_joined(const char *path, const char *ending);

#endif
