/* SPDX-License-Identifier: MIT */
/* A folder and the folders in it, in order, without recursion.
 *
 * One level is in memory for each folder between the root of the walk and the place where it
 * stands: its entries, sorted. Sorting each level by name, with a slash after the names of
 * folders, is sorting all files by relative path. A link to a folder is followed unless that
 * folder is one of the levels above it, or was read before.
 */
#define _DEFAULT_SOURCE /* the kinds of directory entries */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "hash.h"
#include "input.h"

struct entry {
    char *name; /* with a slash at its end where it is a folder and paths are compared */
    bool folder;
};

struct level {
    struct entry *entries;
    size_t count, capacity, next;
    size_t path_length; /* of the folder's own path, with its slash */
    dev_t device;
    ino_t number;
};

struct traversal {
    const struct walk *walk;
    char *path; /* where it stands */
    size_t path_capacity;
    struct level *levels;
    size_t depth, level_capacity;
    size_t root_length; /* of the path up to the part that is relative */
    bool ended;         /* the caller does not want more */
};

/* Doubles an array of @p size bytes an item when it is full. */
static bool make_room(void **items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return true;
    size_t wanted = *capacity == 0 ? 16 : *capacity * 2;
    if (wanted > SIZE_MAX / 2 / size)
        return false;
    void *moved = realloc(*items, wanted * size);
    if (moved == NULL)
        return false;
    *items = moved;
    *capacity = wanted;
    return true;
}

/* Puts @p name after the first @p length bytes of the path. */
static bool set_path(struct traversal *traversal, size_t length, const char *name)
{
    size_t added = strlen(name) + 1;
    if (length + added > traversal->path_capacity) {
        size_t capacity = (length + added) * 2;
        char *path = realloc(traversal->path, capacity);
        if (path == NULL)
            return false;
        traversal->path = path;
        traversal->path_capacity = capacity;
    }
    memcpy(traversal->path + length, name, added);
    return true;
}

static int compare_entries(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static void free_level(struct level *level)
{
    for (size_t i = 0; i < level->count; i++)
        free(level->entries[i].name);
    free(level->entries);
}

static void tell(struct traversal *traversal, const char *reason, bool lost)
{
    const struct walk *walk = traversal->walk;
    traversal->ended =
        !walk->trouble(traversal->path, reason, lost, walk->context) || traversal->ended;
}

static bool is_above(const struct traversal *traversal, const struct stat *status)
{
    for (size_t i = 0; i < traversal->depth; i++) {
        const struct level *level = &traversal->levels[i];
        if (level->device == status->st_dev && level->number == status->st_ino)
            return true;
    }
    return false;
}

static bool was_read(const struct traversal *traversal, const struct stat *status)
{
    const uint64_t parts[2] = {(uint64_t)status->st_dev, (uint64_t)status->st_ino};
    return traversal->walk->folders != NULL &&
           seen_add(traversal->walk->folders, hash_words(parts, sizeof parts)) == SEEN_BEFORE;
}

/* Is the entry that the path names a folder, or a link to one? Nearly all are plain files, of which
 * the folder itself says so. */
static bool is_folder(const struct traversal *traversal, const struct dirent *entry)
{
    struct stat status;
#ifdef DT_REG
    if (entry->d_type == DT_REG)
        return false;
#else
    (void)entry;
#endif
    return stat(traversal->path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool add_entry(struct traversal *traversal, struct level *level, const struct dirent *entry)
{
    const char *name = entry->d_name;
    if (!set_path(traversal, level->path_length, name))
        return false;
    bool folder = is_folder(traversal, entry);
    if (!traversal->walk->wanted(traversal->path + traversal->root_length, folder,
                                 traversal->walk->context))
        return true;
    void *entries = level->entries;
    if (!make_room(&entries, level->count, &level->capacity, sizeof *level->entries))
        return false;
    level->entries = entries;
    size_t length = strlen(name);
    char *copy = malloc(length + 2);
    if (copy == NULL)
        return false;
    memcpy(copy, name, length + 1);
    if (folder && traversal->walk->by_path)
        memcpy(copy + length, "/", 2);
    level->entries[level->count++] = (struct entry){copy, folder};
    return true;
}

/* Reads the folder that the path names into a level of its own. False: no memory. */
static bool enter(struct traversal *traversal)
{
    struct level level = {NULL, 0, 0, 0, strlen(traversal->path), 0, 0};
    struct stat status;
    DIR *folder = opendir(traversal->path);
    if (folder == NULL || stat(traversal->path, &status) != 0) {
        tell(traversal, strerror(errno), true);
        if (folder != NULL)
            (void)closedir(folder);
        return true;
    }
    bool fine = true;
    if (is_above(traversal, &status)) {
        tell(traversal, "a link back to a folder above it is not followed", false);
        goto done;
    }
    if (was_read(traversal, &status)) {
        tell(traversal, "this folder was read already, and is not read again", false);
        goto done;
    }
    level.device = status.st_dev;
    level.number = status.st_ino;
    fine = level.path_length > 0 && (traversal->path[level.path_length - 1] == '/' ||
                                     set_path(traversal, level.path_length++, "/"));
    if (traversal->depth == 0)
        traversal->root_length = level.path_length;
    while (fine) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (entry == NULL)
            break;
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            fine = add_entry(traversal, &level, entry);
    }
    if (fine && errno != 0) {
        int error = errno;
        traversal->path[level.path_length] = '\0';
        tell(traversal, strerror(error), true);
    }
    void *levels = traversal->levels;
    fine = fine && make_room(&levels, traversal->depth, &traversal->level_capacity, sizeof level);
    traversal->levels = levels;
    if (fine) {
        if (level.count > 0)
            qsort(level.entries, level.count, sizeof *level.entries, compare_entries);
        traversal->levels[traversal->depth++] = level;
        level = (struct level){NULL, 0, 0, 0, 0, 0, 0};
    }
done:
    free_level(&level);
    (void)closedir(folder);
    return fine;
}

enum walk_result walk_folder(const char *folder, const struct walk *walk)
{
    struct traversal traversal = {.walk = walk};
    enum walk_result result = WALK_NO_MEMORY;
    if (!set_path(&traversal, 0, folder) || !enter(&traversal))
        goto done;
    while (traversal.depth > 0 && !traversal.ended) {
        struct level *level = &traversal.levels[traversal.depth - 1];
        if (level->next == level->count) {
            free_level(level);
            traversal.depth--;
            continue;
        }
        const struct entry *entry = &level->entries[level->next++];
        bool below = entry->folder;
        if (!set_path(&traversal, level->path_length, entry->name))
            goto done;
        if (below && !enter(&traversal))
            goto done;
        if (!below && !walk->found(traversal.path, walk->context)) {
            result = WALK_ENDED;
            goto done;
        }
    }
    result = traversal.ended ? WALK_ENDED : WALK_DONE;
done:
    while (traversal.depth > 0)
        free_level(&traversal.levels[--traversal.depth]);
    free(traversal.levels);
    free(traversal.path);
    return result;
}
