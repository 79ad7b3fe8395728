/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "again.h"
#include "finisher.h"
#include "outfile.h"
#include "outputs.h"

enum { COPY_SIZE = 64 * 1024 };

static bool fail(struct outfile *file, int error)
{
    if (file->output.error == 0)
        file->output.error = error;
    return false;
}

const char *outfile_refusal(const char *path, bool force)
{
    struct stat status;
    if (lstat(path, &status) != 0)
        return NULL;
    if (!S_ISREG(status.st_mode))
        return "is there already, and no regular file";
    return force ? NULL : "is there already: --force overwrites it";
}

/* Opens and locks the file under its name. A run that ends between the two steps takes the file
 * away; then they are taken again. */
static int open_locked(const char *path)
{
    for (;;) {
        int descriptor = open_again(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW);
        struct stat opened, named;
        if (descriptor < 0)
            return -1;
        if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
            (void)close(descriptor);
            errno = EBUSY;
            return -1;
        }
        if (fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0 &&
            is_same_file(&opened, &named)) {
            outputs_add(&opened, WRITTEN_ANEW);
            if (S_ISREG(opened.st_mode))
                return descriptor;
            (void)close(descriptor);
            errno = EEXIST;
            return -1;
        }
        (void)close(descriptor);
    }
}

bool outfile_open(struct outfile *file, char *path, uint64_t keep)
{
    file->path = path;
    file->size = keep;
    if (path == NULL) {
        output_open(&file->output, -1);
        return fail(file, ENOMEM);
    }
    int descriptor = open_locked(path);
    int error = errno;
    output_open(&file->output, descriptor);
    if (descriptor < 0)
        return fail(file, error);
    struct stat status;
    if (fstat(descriptor, &status) != 0 || (uint64_t)status.st_size < keep)
        return fail(file, EIO);
    if (ftruncate(descriptor, (off_t)keep) != 0 || lseek(descriptor, (off_t)keep, SEEK_SET) < 0)
        return fail(file, errno);
    return true;
}

bool outfile_add(struct outfile *file, const struct bytes *bytes)
{
    file->size += bytes->length;
    return output_bytes(&file->output, (const char *)bytes->data, bytes->length);
}

bool outfile_copy(struct outfile *file, int from, uint64_t offset, uint64_t length)
{
    char buffer[COPY_SIZE];
    while (length > 0) {
        size_t wanted = length < COPY_SIZE ? (size_t)length : COPY_SIZE;
        ssize_t count = pread(from, buffer, wanted, (off_t)offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return fail(file, count < 0 ? errno : EIO);
        if (!output_bytes(&file->output, buffer, (size_t)count))
            return false;
        file->size += (uint64_t)count;
        offset += (uint64_t)count;
        length -= (uint64_t)count;
    }
    return true;
}

bool outfile_sync(struct outfile *file)
{
    if (!output_flush(&file->output))
        return false;
    return fdatasync_again(file->output.descriptor) == 0 || fail(file, errno);
}

/* The name may be another run's from now on. */
static void forget_path(struct outfile *file)
{
    free(file->path);
    file->path = NULL;
}

bool outfile_rename(struct outfile *file, const char *name, bool replace)
{
    if (!finisher_name(file->path, name, replace))
        return fail(file, errno);
    forget_path(file);
    return true;
}

void outfile_close(struct outfile *file, bool remove)
{
    if (file->output.descriptor >= 0) {
        if (remove && file->path != NULL)
            (void)finisher_remove(file->path);
        (void)close(file->output.descriptor); /* all that must last was synced before */
        file->output.descriptor = -1;
    }
    forget_path(file);
}

char *path_joined(const char *path, const char *ending)
{
    size_t length = strlen(path), added = strlen(ending) + 1;
    char *name = malloc(length + added);
    if (name != NULL) {
        memcpy(name, path, length);
        memcpy(name + length, ending, added);
    }
    return name;
}
