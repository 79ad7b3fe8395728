/* SPDX-License-Identifier: MIT */
/* A buffer that is used for one letter after another. */
#ifndef CLI_BYTES_H
#define CLI_BYTES_H

#include <stdbool.h>
#include <stddef.h>

/* Start from {NULL, 0, 0}. */
struct bytes {
    unsigned char *data;
    size_t length, capacity;
};

/* What a buffer may keep between two letters: the longest letters of an archive are some hundred
 * KiB, and one that is longer must not fill the memory of the rest of the batch. */
enum { BYTES_KEPT = 1024 * 1024 };

void bytes_free(struct bytes *bytes);

/* Empties the buffer, and gives its memory back where it is more than BYTES_KEPT. */
void bytes_reset(struct bytes *bytes);

/* Each returns false where there is no memory; what the buffer held stays then. */
bool bytes_reserve(struct bytes *bytes, size_t capacity);
bool bytes_add(struct bytes *bytes, const void *data, size_t length);
bool bytes_add_text(struct bytes *bytes, const char *text);

/* Replaces what the buffer holds by a string; its closing NUL stands behind the length. */
bool bytes_set_text(struct bytes *bytes, const char *text);

/* bytes_add() as a cchc_write_function; @p context is the struct bytes. */
bool bytes_write(const char *data, size_t length, void *context);

#endif
