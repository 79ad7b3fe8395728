/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool refuses(struct heap *heap, size_t size)
{
    heap->requests++;
    heap->asked += size;
    bool fails = heap->fail_at != 0 && (heap->requests == heap->fail_at ||
                                        (heap->fail_after && heap->requests > heap->fail_at));
    heap->failed = heap->failed || fails;
    return fails;
}

static void *heap_allocate(size_t size, void *context)
{
    struct heap *heap = context;
    if (refuses(heap, size))
        return NULL;
    void *block = malloc(size > 0 ? size : 1);
    heap->live += block != NULL;
    if (block != NULL)
        memset(block, 0xA5, size); /* what is read before it is written shows */
    return block;
}

static void *heap_reallocate(void *pointer, size_t old_size, size_t new_size, void *context)
{
    struct heap *heap = context;
    (void)old_size;
    if (refuses(heap, new_size))
        return NULL;
    void *block = realloc(pointer, new_size > 0 ? new_size : 1);
    heap->live += block != NULL && pointer == NULL;
    return block;
}

static void heap_release(void *pointer, void *context)
{
    struct heap *heap = context;
    heap->live -= pointer != NULL;
    free(pointer);
}

cchc_allocator heap_allocator(struct heap *heap)
{
    memset(heap, 0, sizeof *heap);
    return (cchc_allocator){heap_allocate, heap_reallocate, heap_release, heap};
}

unsigned char *read_whole(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    unsigned char *bytes = NULL;
    size_t room = 0, got;
    *length = 0;
    do {
        room = room * 2 + 65536;
        unsigned char *more = realloc(bytes, room + 1);
        if (more == NULL)
            abort();
        bytes = more;
        got = fread(bytes + *length, 1, room - *length, file);
        *length += got;
    } while (*length == room);
    if (ferror(file)) {
        perror(path);
        exit(2);
    }
    fclose(file);
    bytes[*length] = '\0';
    return bytes;
}

bool written_keep(const char *bytes, size_t length, void *context)
{
    struct written *written = context;
    if (++written->calls == written->refused_call)
        return false;
    if (written->length + length >= written->room) {
        written->room = written->room * 2 + length + 65536;
        written->bytes = realloc(written->bytes, written->room);
        if (written->bytes == NULL)
            abort();
    }
    memcpy(written->bytes + written->length, bytes, length);
    written->length += length;
    written->bytes[written->length] = '\0';
    return true;
}
