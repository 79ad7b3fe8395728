/* SPDX-License-Identifier: MIT */
/* --include and --exclude: which files of a folder or an archive are letters.
 *
 * A pattern is that of a shell: * ? [..]. One with a slash is compared with the path below the
 * folder that was given, where * stands for slashes too; one without, with the last part of it.
 */
#ifndef CLI_GLOBS_H
#define CLI_GLOBS_H

#include <stdbool.h>
#include <stddef.h>

struct glob {
    const char *pattern;
    bool include;
};

/* Start from {NULL, 0, false}. */
struct globs {
    struct glob *items;
    size_t count;
    bool includes; /* there is one that includes */
};

bool globs_add(struct globs *globs, const char *pattern, bool include);
void globs_free(struct globs *globs);

/*
 * Is the file or folder at @p relative wanted? A folder is where it is not excluded; a file where
 * besides it is included, or, where nothing is asked to be included, has the name of a letter.
 */
bool globs_want(const struct globs *globs, const char *relative, bool folder);

#endif
