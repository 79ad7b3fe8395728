/* SPDX-License-Identifier: MIT */
#include "folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

bool path_ends(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    return n >= m && strcasecmp(path + n - m, ending) == 0;
}

static void add(struct paths *paths, const char *path)
{
    if (paths->count == paths->room) {
        paths->room = paths->room * 2 + 64;
        paths->path = realloc(paths->path, paths->room * sizeof *paths->path);
        if (paths->path == NULL)
            abort();
    }
    if ((paths->path[paths->count++] = strdup(path)) == NULL)
        abort();
}

static void walk(struct paths *paths, const char *path, path_filter *filter)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        perror(path);
        exit(2);
    }
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char inner[4096];
        struct stat what;
        if (entry->d_name[0] == '.')
            continue;
        if (snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name) >= (int)sizeof inner)
            continue;
        if (stat(inner, &what) == 0 && S_ISDIR(what.st_mode))
            walk(paths, inner, filter);
        else if (filter(inner))
            add(paths, inner);
    }
    closedir(folder);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void paths_add(struct paths *paths, const char *path, path_filter *filter)
{
    struct stat what;
    size_t from = paths->count;
    if (stat(path, &what) != 0) {
        perror(path);
        exit(2);
    }
    if (S_ISDIR(what.st_mode))
        walk(paths, path, filter);
    else
        add(paths, path);
    if (paths->count > from)
        qsort(paths->path + from, paths->count - from, sizeof *paths->path, by_bytes);
}

void paths_free(struct paths *paths)
{
    for (size_t i = 0; i < paths->count; i++)
        free(paths->path[i]);
    free(paths->path);
    *paths = (struct paths){NULL, 0, 0};
}
