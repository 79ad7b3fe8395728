/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"

void bytes_free(struct bytes *bytes)
{
    free(bytes->data);
    *bytes = (struct bytes){NULL, 0, 0};
}

void bytes_reset(struct bytes *bytes)
{
    bytes->length = 0;
    if (bytes->capacity > BYTES_KEPT)
        bytes_free(bytes);
}

bool bytes_reserve(struct bytes *bytes, size_t capacity)
{
    if (capacity <= bytes->capacity)
        return true;
    unsigned char *data = realloc(bytes->data, capacity);
    if (data == NULL)
        return false;
    bytes->data = data;
    bytes->capacity = capacity;
    return true;
}

bool bytes_add(struct bytes *bytes, const void *data, size_t length)
{
    if (length > bytes->capacity - bytes->length) {
        if (length > SIZE_MAX / 2 - bytes->length)
            return false;
        if (!bytes_reserve(bytes, (bytes->length + length) * 2))
            return false;
    }
    if (length > 0)
        memcpy(bytes->data + bytes->length, data, length);
    bytes->length += length;
    return true;
}

bool bytes_add_text(struct bytes *bytes, const char *text)
{
    return bytes_add(bytes, text, strlen(text));
}

bool bytes_set_text(struct bytes *bytes, const char *text)
{
    bytes->length = 0;
    if (!bytes_add(bytes, text, strlen(text) + 1))
        return false;
    bytes->length--;
    return true;
}

bool bytes_write(const char *data, size_t length, void *context)
{
    return bytes_add(context, data, length);
}
