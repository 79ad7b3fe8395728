/* SPDX-License-Identifier: MIT */
/* System calls that are made again where a signal broke them off: network file systems do that. */
#ifndef CLI_AGAIN_H
#define CLI_AGAIN_H

#include <errno.h>
#include <fcntl.h>
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
