/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "again.h"
#include "messages.h"
#include "outdir.h"

static const char staging_name[] = ".cchcparse-partial";
static const char linked_mark = 'p'; /* before the names of files that have a final one too */

/* Letters whose files are remembered only so that a second one of the same name is told of rightly:
 * up to 16 MiB. */
enum { TOLD_MAX = 1 << 20 };

enum {
    FOLDER = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW,
    PART_SIZE = 256, /* no file system of today takes a longer name; one is told of as too long */
    STAGED_SIZE = 32 /* a number and a letter */
};

/* ------------------------------------------------------------------------------------ its names -- */

/* The next part of the name that leads down; NULL: there is none. */
static const char *next_part(const char **at, size_t *length)
{
    while (**at != '\0') {
        const char *part = *at;
        *length = strcspn(part, "/");
        *at += *length;
        *at += **at == '/';
        if (*length > 2 || strncmp(part, "..", *length) != 0)
            return part;
    }
    return NULL;
}

/* Why no letter of this name can have a file, in words; NULL where it can. */
static const char *refusal_of_name(const char *name)
{
    size_t length = 0, next_length = 0;
    const char *at = name, *part = next_part(&at, &length);
    if (part == NULL)
        return "the name gives its record no file";
    if (length == sizeof staging_name - 1 && memcmp(part, staging_name, length) == 0 &&
        next_part(&at, &next_length) != NULL)
        return "the folder of its record is that of files in the making";
    return NULL;
}

/* Puts a name together. False: it is too long. */
static bool set_file(char file[PART_SIZE], const char *part, size_t length, const char *extension)
{
    size_t added = strlen(extension) + 1;
    if (length >= PART_SIZE || added > PART_SIZE - length) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(file, part, length);
    memcpy(file + length, extension, added);
    return true;
}

/* Opens the folder below @p folder, which is closed; -1 with errno. */
static int step_down(int folder, const char *part, bool make)
{
    int below = openat_again(folder, part, FOLDER);
    if (below < 0 && errno == ENOENT && make) {
        if (mkdirat(folder, part, 0777) == 0)
            (void)fsync_again(folder);
        else if (errno != EEXIST)
            goto done;
        below = openat_again(folder, part, FOLDER);
    }
done:;
    int error = errno;
    (void)close(folder);
    errno = error;
    return below;
}

/* Opens the folder that the file of a letter is in; -1 with errno. @p file receives the last part
 * of the letter's name, with the extension. */
static int open_parent(const struct outdir *outdir, const char *name, bool make,
                       char file[PART_SIZE])
{
    size_t length = 0, next_length = 0;
    const char *at = name, *part = next_part(&at, &length);
    int folder = openat_again(outdir->root, ".", FOLDER);
    file[0] = '\0';
    while (folder >= 0 && part != NULL) {
        const char *next = next_part(&at, &next_length);
        if (!set_file(file, part, length, next == NULL ? outdir->extension : "")) {
            (void)close(folder);
            errno = ENAMETOOLONG;
            return -1;
        }
        if (next != NULL)
            folder = step_down(folder, file, make);
        part = next;
        length = next_length;
    }
    return folder;
}

/* ------------------------------------------------------------------------------------- opening -- */

/* Is the file in the staging folder one of ours: a number, behind a mark perhaps? */
static bool is_staged_name(const char *name, bool *linked)
{
    *linked = name[0] == linked_mark;
    name += *linked;
    return name[0] != '\0' && name[strspn(name, "0123456789")] == '\0';
}

/* May files be replaced that are there already? */
static bool may_replace(const struct outdir *outdir)
{
    return outdir->force || outdir->journal != NULL;
}

/* Finds the files that a run that was killed left with two names. */
static bool find_ours(struct outdir *outdir)
{
    int descriptor = openat_again(outdir->staging, ".", FOLDER);
    DIR *folder = descriptor >= 0 ? fdopendir(descriptor) : NULL;
    if (folder == NULL)
        return false;
    const struct dirent *entry = NULL;
    bool fine = true;
    while (fine && (entry = readdir(folder)) != NULL) {
        struct stat status;
        bool linked = false;
        if (!is_staged_name(entry->d_name, &linked) || !linked ||
            fstatat(outdir->staging, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        size_t number = (size_t)strtoull(entry->d_name + 1, NULL, 10);
        if (number >= outdir->linked)
            outdir->linked = outdir->unlinked = number + 1;
        fine = seen_add(&outdir->ours, (uint64_t)status.st_ino) != SEEN_FULL;
    }
    (void)closedir(folder);
    return fine;
}

static bool open_staging(struct outdir *outdir)
{
    if (mkdirat(outdir->root, staging_name, 0777) == 0 || errno == EEXIST)
        outdir->staging = openat_again(outdir->root, staging_name, FOLDER);
    return outdir->staging >= 0 && (outdir->journal == NULL || find_ours(outdir));
}

bool outdir_open(struct outdir *outdir, const char *path)
{
    outdir->path = path;
    outdir->parent = outdir->staging = outdir->root = -1;
    outdir->placed.limit = may_replace(outdir) ? SIZE_MAX : TOLD_MAX;
    outdir->ours.limit = SIZE_MAX;
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        outdir->root = open_again(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (outdir->root < 0) {
        complain_of(path, strerror(errno));
        return false;
    }
    if (flock(outdir->root, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        complain_of(path, "another run is writing into it");
        return false;
    }
    if (open_staging(outdir))
        return true;
    complain_of(path, strerror(errno));
    return false;
}

static void close_parent(struct outdir *outdir)
{
    if (outdir->parent >= 0)
        (void)close(outdir->parent);
    outdir->parent = -1;
    outdir->parent_name.length = 0;
}

/* What was staged and never placed, by this run or by one that was killed, is of no use. */
static void remove_staging(struct outdir *outdir, bool whole)
{
    DIR *folder = fdopendir(outdir->staging); /* takes the descriptor over */
    const struct dirent *entry = NULL;
    if (folder == NULL) {
        (void)close(outdir->staging);
        return;
    }
    while ((entry = readdir(folder)) != NULL) {
        bool linked = false;
        if (is_staged_name(entry->d_name, &linked) && (whole || !linked))
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
    }
    (void)closedir(folder);
    (void)unlinkat(outdir->root, staging_name, AT_REMOVEDIR); /* stays where it is not empty */
}

void outdir_close(struct outdir *outdir, bool whole)
{
    close_parent(outdir);
    if (outdir->staging >= 0)
        remove_staging(outdir, whole);
    if (outdir->root >= 0)
        (void)close(outdir->root);
    outdir->root = outdir->staging = -1;
    bytes_free(&outdir->parent_name);
    seen_free(&outdir->placed);
    seen_free(&outdir->ours);
}

/* ------------------------------------------------------------------------------------- staging -- */

static void name_staged(char name[STAGED_SIZE], size_t index)
{
    (void)snprintf(name, STAGED_SIZE, "%zu", index);
}

static void name_linked(char name[STAGED_SIZE], size_t number)
{
    (void)snprintf(name, STAGED_SIZE, "%c%zu", linked_mark, number);
}

static int write_all(int descriptor, const struct bytes *piece)
{
    for (size_t written = 0; written < piece->length;) {
        ssize_t count = write_again(descriptor, piece->data + written, piece->length - written);
        if (count < 0)
            return errno;
        written += (size_t)count;
    }
    return 0;
}

int outdir_stage(const struct outdir *outdir, size_t index, const struct bytes *piece)
{
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    char name[STAGED_SIZE];
    name_staged(name, index);
    /* A file of that name is of a run that was killed, and may have a final name besides. */
    int descriptor = openat_again(outdir->staging, name, flags);
    if (descriptor < 0 && errno == EEXIST && unlinkat(outdir->staging, name, 0) == 0)
        descriptor = openat_again(outdir->staging, name, flags);
    if (descriptor < 0)
        return errno;
    int error = write_all(descriptor, piece);
    if (error == 0 && outdir->durable && fdatasync_again(descriptor) != 0)
        error = errno;
    if (close(descriptor) != 0 && error == 0 && errno != EINTR) /* it is closed all the same */
        error = errno;
    return error;
}

bool outdir_has(const struct outdir *outdir, const char *name, uint64_t size)
{
    char file[PART_SIZE];
    struct stat status;
    int parent = open_parent(outdir, name, false, file);
    if (parent < 0)
        return false;
    bool there = fstatat(parent, file, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
                 S_ISREG(status.st_mode) && (uint64_t)status.st_size == size;
    (void)close(parent);
    return there;
}

void outdir_remove(const struct outdir *outdir, const char *name, uint64_t size)
{
    char file[PART_SIZE];
    if (!outdir_has(outdir, name, size))
        return;
    int parent = open_parent(outdir, name, false, file);
    if (parent >= 0) {
        (void)unlinkat(parent, file, 0);
        (void)close(parent);
    }
}

/* ------------------------------------------------------------------------------------- placing -- */

/* Makes the folder of the letter the one at hand: letters come folder by folder. */
static int enter_parent(struct outdir *outdir, const char *name, char file[PART_SIZE])
{
    const char *slash = strrchr(name, '/');
    size_t length = slash != NULL ? (size_t)(slash - name) + 1 : 0;
    if (outdir->parent >= 0 && outdir->parent_name.length == length &&
        (length == 0 || memcmp(outdir->parent_name.data, name, length) == 0) &&
        name[length] != '\0' && strcmp(name + length, ".") != 0 &&
        strcmp(name + length, "..") != 0) {
        return set_file(file, name + length, strlen(name + length), outdir->extension) ? 0 : errno;
    }
    if (!outdir_sync(outdir))
        return errno;
    close_parent(outdir);
    outdir->parent = open_parent(outdir, name, true, file);
    if (outdir->parent < 0)
        return errno;
    return bytes_add(&outdir->parent_name, name, length) ? 0 : ENOMEM;
}

/* Have both files the same bytes? */
static bool same_bytes(int a, int b)
{
    char left[16 * 1024], right[sizeof left];
    for (off_t offset = 0;; offset += (off_t)sizeof left) {
        ssize_t count = pread(a, left, sizeof left, offset);
        if (count < 0 || pread(b, right, sizeof right, offset) != count)
            return false;
        if (count == 0 || memcmp(left, right, (size_t)count) != 0)
            return count == 0;
    }
}

/* A run that was killed after it gave the file its name, and before it said so in the journal. */
static bool is_placed_already(const struct outdir *outdir, const char *staged, const char *file)
{
    if (outdir->journal == NULL)
        return false;
    int a = openat_again(outdir->staging, staged, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    int b = openat_again(outdir->parent, file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool same = a >= 0 && b >= 0 && same_bytes(a, b);
    if (a >= 0)
        (void)close(a);
    if (b >= 0)
        (void)close(b);
    return same;
}

/* May the file that is there already be replaced, by what this run was told, or since an earlier
 * one wrote it? Where that may be, the files of this run are remembered, to be safe from it. */
static const char *refusal_to_replace(struct outdir *outdir, const char *file, const char *name)
{
    struct stat status;
    if (fstatat(outdir->parent, file, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return NULL;
    if (!S_ISREG(status.st_mode))
        return "the place of its record is taken by what is no regular file";
    if (seen_has(&outdir->ours, (uint64_t)status.st_ino))
        return NULL;
    if (outdir->force || (outdir->journal != NULL && journal_knows(outdir->journal, name)))
        return NULL;
    return "its record is there already: --force overwrites it";
}

/* Hashes of the folder's and the file's names; 0 where none is kept. */
static uint64_t place_hash(const struct outdir *outdir, const char *file)
{
    struct stat status;
    if (fstat(outdir->parent, &status) != 0)
        return 0;
    uint64_t parts[3] = {(uint64_t)status.st_dev, (uint64_t)status.st_ino,
                         hash_words(file, strlen(file))};
    return hash_words(parts, sizeof parts);
}

/* Gives the file a name in the staging folder that stays until the journal tells of it. */
static void link_for_journal(struct outdir *outdir, const char *staged)
{
    char name[STAGED_SIZE];
    if (!outdir->durable)
        return;
    name_linked(name, outdir->linked++);
    if (linkat(outdir->staging, staged, outdir->staging, name, 0) != 0) {
        /* A file system without links: a run that is killed finds such a file by its bytes. */
    }
}

/* Returns why it was not placed, or NULL; *error is the errno behind it, or 0. */
static const char *place(struct outdir *outdir, const char *staged, const char *file,
                         const char *name, int *error)
{
    uint64_t hash = place_hash(outdir, file);
    if (hash != 0 && seen_has(&outdir->placed, hash))
        return "another letter of this run has the same file for its record";
    link_for_journal(outdir, staged);
    if (linkat(outdir->staging, staged, outdir->parent, file, 0) == 0) {
        if (unlinkat(outdir->staging, staged, 0) != 0)
            return strerror(*error = errno);
    } else {
        struct stat status;
        bool taken = fstatat(outdir->parent, file, &status, AT_SYMLINK_NOFOLLOW) == 0;
        if (taken && !is_placed_already(outdir, staged, file)) {
            const char *refusal = refusal_to_replace(outdir, file, name);
            if (refusal != NULL)
                return refusal;
        }
        /* Over what is there, or on a file system without hard links. */
        if (renameat(outdir->staging, staged, outdir->parent, file) != 0)
            return strerror(*error = errno);
    }
    outdir->unsynced = true;
    if (hash != 0 && seen_add(&outdir->placed, hash) == SEEN_FULL && may_replace(outdir))
        return strerror(*error = ENOMEM);
    return NULL;
}

const char *outdir_place(struct outdir *outdir, size_t index, const char *name, bool *fatal)
{
    char staged[STAGED_SIZE], file[PART_SIZE];
    const char *reason = refusal_of_name(name);
    name_staged(staged, index);
    int error = reason == NULL ? enter_parent(outdir, name, file) : 0;
    if (error != 0)
        reason = error == ELOOP || error == ENOTDIR
                     ? "the folder of its record is a link or a file, which is not followed"
                     : strerror(error);
    else if (reason == NULL)
        reason = place(outdir, staged, file, name, &error);
    *fatal =
        error == ENOSPC || error == EROFS || error == EDQUOT || error == EIO || error == ENOMEM;
    if (reason != NULL)
        (void)unlinkat(outdir->staging, staged, 0);
    return reason;
}

void outdir_drop(struct outdir *outdir, const char *name)
{
    char file[PART_SIZE];
    int parent = open_parent(outdir, name, false, file); /* no folder is made for it */
    if (parent < 0)
        return;
    (void)close(parent);
    if (enter_parent(outdir, name, file) == 0 &&
        !seen_has(&outdir->placed, place_hash(outdir, file)) &&
        refusal_to_replace(outdir, file, name) == NULL && unlinkat(outdir->parent, file, 0) == 0)
        outdir->unsynced = true;
}

bool outdir_sync(struct outdir *outdir)
{
    bool fine = !outdir->durable || !outdir->unsynced || outdir->parent < 0 ||
                fsync_again(outdir->parent) == 0 || errno == EINVAL;
    outdir->unsynced = false;
    return fine;
}

void outdir_committed(struct outdir *outdir)
{
    for (; outdir->unlinked < outdir->linked; outdir->unlinked++) {
        char name[STAGED_SIZE];
        name_linked(name, outdir->unlinked);
        (void)unlinkat(outdir->staging, name, 0);
    }
}
