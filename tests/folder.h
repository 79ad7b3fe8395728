/* SPDX-License-Identifier: MIT */
#ifndef CCHCT_FOLDER_H
#define CCHCT_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

/* The paths of a folder's files, deeply and bytewise sorted, or the path itself where it is a file. */
struct paths {
    char **path;
    size_t count, room;
};

typedef bool path_filter(const char *path);

/* Adds what the filter lets through. Exits the program where a folder cannot be read. */
void paths_add(struct paths *paths, const char *path, path_filter *filter);
void paths_free(struct paths *paths);

bool path_ends(const char *path, const char *ending); /* in any letter case */

#endif
