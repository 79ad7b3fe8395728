/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "lines.h"
#include "signals.h"

enum { READ_SIZE = 64 * 1024 };

/* The place of the next delimiter in the buffer, or NULL. */
static unsigned char *delimiter_of(const struct lines *lines)
{
    const struct bytes *buffer = &lines->buffer;
    if (lines->scanned == buffer->length)
        return NULL;
    return memchr(buffer->data + lines->scanned, lines->delimiter, buffer->length - lines->scanned);
}

bool lines_would_wait(const struct lines *lines)
{
    return !lines->at_end && delimiter_of(lines) == NULL && !signals_is_readable(lines->descriptor);
}

/* Reads more behind what is there. False: the end, an error or a signal. */
static bool read_more(struct lines *lines, enum lines_result *result)
{
    struct bytes *buffer = &lines->buffer;
    if (lines->begin > 0) {
        memmove(buffer->data, buffer->data + lines->begin, buffer->length - lines->begin);
        buffer->length -= lines->begin;
        lines->scanned -= lines->begin;
        lines->begin = 0;
    }
    size_t wanted = buffer->length + READ_SIZE + 1; /* the NUL of a line without delimiter */
    if (wanted > buffer->capacity && wanted < buffer->length * 2)
        wanted = buffer->length * 2;
    ssize_t count = -1;
    if (!bytes_reserve(buffer, wanted)) {
        lines->error = ENOMEM;
        *result = LINES_BROKEN;
        return false;
    }
    do {
        if (!lines->own && !signals_wait_readable(lines->descriptor)) {
            *result = LINES_INTERRUPTED;
            return false;
        }
        count = read(lines->descriptor, buffer->data + buffer->length, READ_SIZE);
    } while (count < 0 && (errno == EINTR || errno == EAGAIN));
    if (count < 0) {
        lines->error = errno;
        *result = LINES_BROKEN;
        return false;
    }
    buffer->length += (size_t)count;
    lines->at_end = count == 0;
    return count > 0;
}

/* Hands out the line up to @p end, and passes over the delimiter there. */
static enum lines_result hand_out(struct lines *lines, size_t end, bool too_long, char **line,
                                  size_t *length)
{
    size_t past = end < lines->buffer.length ? end + 1 : end;
    lines->buffer.data[end] = '\0';
    *line = (char *)lines->buffer.data + lines->begin;
    *length = end - lines->begin;
    lines->number++;
    lines->offset += past - lines->begin;
    lines->begin = past;
    lines->scanned = past;
    return too_long || *length > lines->limit ? LINES_TOO_LONG : LINES_LINE;
}

enum lines_result lines_next(struct lines *lines, char **line, size_t *length)
{
    bool too_long = false;
    enum lines_result result = LINES_END;
    lines->line_offset = lines->offset;
    for (;;) {
        const unsigned char *delimiter = delimiter_of(lines);
        if (delimiter != NULL)
            return hand_out(lines, (size_t)(delimiter - lines->buffer.data), too_long, line,
                            length);
        lines->scanned = lines->buffer.length;
        if (lines->scanned - lines->begin > lines->limit) { /* only its end is of interest */
            too_long = true;
            lines->offset += lines->scanned - lines->begin;
            lines->begin = lines->scanned;
        }
        if (!lines->at_end && read_more(lines, &result))
            continue;
        if (result != LINES_END)
            return result;
        if (lines->begin == lines->buffer.length && !too_long)
            return LINES_END;
        lines->unended = true;
        return hand_out(lines, lines->buffer.length, too_long, line, length);
    }
}
