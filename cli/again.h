/* SPDX-License-Identifier: MIT */
/* System calls that are made again where a signal broke them off: network file systems do that. */
#ifndef CLI_AGAIN_H
#define CLI_AGAIN_H

#include <errno.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

static inline int openat_again(int folder, const char *path, int flags)
{
    int descriptor;
    do {
        descriptor = openat(folder, path, flags, 0666);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

static inline int open_again(const char *path, int flags)
{
    return openat_again(AT_FDCWD, path, flags);
}

static inline ssize_t read_again(int descriptor, void *to, size_t size)
{
    ssize_t count;
    do {
        count = read(descriptor, to, size);
    } while (count < 0 && errno == EINTR);
    return count;
}

static inline ssize_t write_again(int descriptor, const void *from, size_t size)
{
    ssize_t count;
    do {
        count = write(descriptor, from, size);
    } while (count < 0 && errno == EINTR);
    return count;
}

static inline int fsync_again(int descriptor)
{
    int result;
    do {
        result = fsync(descriptor);
    } while (result != 0 && errno == EINTR);
    return result;
}

static inline int fdatasync_again(int descriptor)
{
    int result;
    do {
        result = fdatasync(descriptor);
    } while (result != 0 && errno == EINTR);
    return result;
}

#endif
