/* SPDX-License-Identifier: MIT */
/* What the tests share: an allocator that counts and can fail, files, decoding. */
#ifndef CCHCT_SUPPORT_H
#define CCHCT_SUPPORT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cchcparse/cchcparse.h>

/* An allocator that keeps its books and fails when it is told to. */
struct heap {
    size_t requests;  /* so far */
    size_t asked;     /* bytes asked for so far */
    size_t live;      /* blocks not given back */
    size_t fail_at;   /* the request that fails, from 1; 0: none */
    bool fail_after;  /* and every one after it */
    bool failed;      /* one did fail */
};

cchc_allocator heap_allocator(struct heap *heap);

/* What a writer writes, with a closing NUL. Starts as zeros; the bytes are freed by the caller. */
struct written {
    char *bytes;
    size_t length, room;
    size_t calls, refused_call; /* from 1; 0: none is refused */
};

/* A cchc_write_function; the context is the struct written. Ends the program where memory ends. */
bool written_keep(const char *bytes, size_t length, void *context);

/* The content of a file; exits the program where it cannot be read. Freed by the caller. */
unsigned char *read_whole(const char *path, size_t *length);

#endif
