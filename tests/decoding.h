/* SPDX-License-Identifier: MIT */
/* Decoding for the unit tests of the rooms above text. */
#ifndef CCHCT_DECODING_H
#define CCHCT_DECODING_H

#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "text/text.h"

struct decoded {
    struct cchci_arena arena;
    struct cchci_text text;
    unsigned char *source;
    jmp_buf out_of_memory; /* never used: the heap does not fail here */
};

static inline void *decoding_allocate(size_t size, void *context)
{
    (void)context;
    return malloc(size);
}

static inline void decoding_release(void *pointer, void *context)
{
    (void)context;
    free(pointer);
}

/* Decodes a copy of the bytes that ends where its block ends, so that a read beyond it shows under
 * AddressSanitizer. */
static inline void decode(struct decoded *d, const void *bytes, size_t length)
{
    static const cchc_allocator allocator = {decoding_allocate, NULL, decoding_release, NULL};
    static struct cchci_classes classes;
    if (classes.nfc == NULL && !cchci_classes_init(&classes))
        abort();
    memset(d, 0, sizeof *d);
    d->arena.allocator = &allocator;
    d->arena.out_of_memory = &d->out_of_memory;
    d->source = malloc(length > 0 ? length : 1);
    if (d->source == NULL)
        abort();
    if (length > 0)
        memcpy(d->source, bytes, length);
    cchci_text_decode(&d->text, &classes, d->source, length, &d->arena);
}

static inline void decoded_free(struct decoded *d)
{
    cchci_arena_release(&d->arena);
    free(d->source);
}

#endif
