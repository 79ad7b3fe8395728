/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "output.h"

void output_open(struct output *output, int descriptor)
{
    output->descriptor = descriptor;
    output->error = 0;
    output->terminal = isatty(descriptor) == 1;
    output->used = 0;
}

static bool write_all(struct output *output, const char *bytes, size_t length)
{
    while (output->error == 0 && length > 0) {
        ssize_t written = write(output->descriptor, bytes, length);
        if (written >= 0) {
            bytes += written;
            length -= (size_t)written;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            /* Somebody else made the file non-blocking: wait as a blocking one would. */
            struct pollfd ready = {.fd = output->descriptor, .events = POLLOUT};
            if (poll(&ready, 1, -1) < 0 && errno != EINTR)
                output->error = errno;
        } else if (errno != EINTR) {
            output->error = errno;
        }
    }
    return output->error == 0;
}

bool output_flush(struct output *output)
{
    size_t used = output->used;
    output->used = 0;
    return write_all(output, output->buffer, used);
}

bool output_bytes(struct output *output, const char *bytes, size_t length)
{
    if (length > OUTPUT_BUFFER_SIZE - output->used) {
        if (!output_flush(output))
            return false;
        if (length > OUTPUT_BUFFER_SIZE)
            return write_all(output, bytes, length);
    }
    if (length > 0)
        memcpy(output->buffer + output->used, bytes, length);
    output->used += length;
    return output->error == 0;
}

bool output_text(struct output *output, const char *text)
{
    return output_bytes(output, text, strlen(text));
}
