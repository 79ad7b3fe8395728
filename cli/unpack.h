/* SPDX-License-Identifier: MIT */
/* The letters in an archive: .zip, .tar, .tar.gz, .tgz, .tar.zst. */
#ifndef CLI_UNPACK_H
#define CLI_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "slot.h"

/* What bombs are stopped by; a stopped archive is told of and has a record that says so. */
#define UNPACK_MEMBERS_MAX 4000000 /* forty times the archives that this program is for */
#define UNPACK_BYTES_MAX ((uint64_t)64 << 30) /* unpacked: ten million letters of 6 KB */
#define UNPACK_RATIO_MAX 200 /* unpacked to packed: text comes to 5 to 20, blank forms to 60 */
#define UNPACK_RATIO_FROM ((uint64_t)64 << 20) /* unpacked bytes from which the ratio counts */

struct unpack_target {
    /* Is the member of this name wanted? */
    bool (*wanted)(const char *relative, bool folder, void *context);

    /* A member, or a trouble; its name is that of the archive, a slash and its own. False ends. */
    bool (*take)(const struct item *item, void *context);

    size_t max_bytes; /* of a member that is read to its end */
    void *context;
};

/* Is this the name of an archive that can be read? Never, in a build without libarchive. */
bool is_archive_name(const char *name);

/* Hands on the letters of the archive in its own order. False: the target ended it. */
bool unpack_letters(const char *path, const struct unpack_target *target);

#endif
