/* SPDX-License-Identifier: MIT */
#include "memory.h"

#include <stdlib.h>
#include <string.h>

#include "limits.h"

_Noreturn void cchci_out_of_memory(struct cchci_arena *arena)
{
    longjmp(*arena->out_of_memory, 1);
}

static struct cchci_block *new_block(struct cchci_arena *arena, size_t size)
{
    struct cchci_block *block =
        arena->allocator->allocate(sizeof *block + size, arena->allocator->context);
    if (block == NULL)
        cchci_out_of_memory(arena);
    block->next = arena->first;
    block->size = size;
    block->used = 0;
    CCHCI_TAKE(block + 1, size);
    arena->first = block;
    return block;
}

static void release_block(struct cchci_arena *arena, struct cchci_block *block)
{
    CCHCI_GIVE(block + 1, block->size);
    arena->allocator->release(block, arena->allocator->context);
}

/* What a block held behind used is gone. */
static void empty_block(struct cchci_block *block, size_t used)
{
    block->used = used;
    CCHCI_TAKE((char *)(block + 1) + used, block->size - used);
}

void *cchci_arena_allocate_more(struct cchci_arena *arena, size_t wanted)
{
    if (wanted > SIZE_MAX / 4)
        cchci_out_of_memory(arena);
    size_t size = cchci_rounded(wanted);
    arena->asked += size;
    size_t room = arena->current != NULL ? CCHCI_ARENA_BLOCK : arena->expected;
    struct cchci_block *block;
    if (size > CCHCI_ARENA_BLOCK / 4 && size > room / 2) {
        /* A large array gets a block of its own size, and the small ones keep theirs. */
        block = new_block(arena, size);
    } else {
        block = new_block(arena, room > CCHCI_ARENA_BLOCK ? room : CCHCI_ARENA_BLOCK);
        arena->current = block;
    }
    block->used = size;
    CCHCI_GIVE(block + 1, wanted);
    return block + 1;
}

char *cchci_arena_copy(struct cchci_arena *arena, const char *bytes, size_t length)
{
    char *copy = cchci_arena_allocate(arena, length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

struct cchci_arena_mark cchci_arena_mark(const struct cchci_arena *arena)
{
    return (struct cchci_arena_mark){arena->first, arena->current,
                                     arena->current != NULL ? arena->current->used : 0};
}

void cchci_arena_rewind(struct cchci_arena *arena, const struct cchci_arena_mark *mark)
{
    /* Newer blocks stand before older ones. The one in use is kept, empty, so that a question asked
     * on every line does not ask the allocator on every line. */
    struct cchci_block *kept = NULL;
    while (arena->first != mark->first) {
        struct cchci_block *block = arena->first;
        arena->first = block->next;
        if (block == arena->current)
            kept = block;
        else
            release_block(arena, block);
    }
    if (kept == NULL) {
        arena->current = mark->current;
        if (arena->current != NULL)
            empty_block(arena->current, mark->used);
        return;
    }
    kept->next = arena->first;
    empty_block(kept, 0);
    arena->first = arena->current = kept;
}

void cchci_arena_release(struct cchci_arena *arena)
{
    for (struct cchci_block *block = arena->first, *next; block != NULL; block = next) {
        next = block->next;
        release_block(arena, block);
    }
    arena->first = arena->current = NULL;
}

void cchci_arena_reset(struct cchci_arena *arena)
{
    /* The next letter of a batch is about as long as this one: one block of the size that this one
     * asked for then holds all of it. A huge letter does not keep its memory for the rest. */
    size_t expected = arena->asked < CCHCI_ARENA_KEPT ? arena->asked : CCHCI_ARENA_KEPT;
    arena->asked = 0;
    if (arena->first != NULL && arena->first->next == NULL &&
        arena->first->size <= CCHCI_ARENA_KEPT) {
        empty_block(arena->first, 0);
        arena->current = arena->first;
        return;
    }
    cchci_arena_release(arena);
    arena->expected = expected;
}

void cchci_vector_reserve(struct cchci_vector *vector, struct cchci_arena *arena, size_t capacity,
                          size_t item_size)
{
    if (capacity <= vector->capacity)
        return;
    if (capacity > UINT32_MAX || capacity > SIZE_MAX / 4 / item_size)
        cchci_out_of_memory(arena);
    struct cchci_block *block = arena->current;
    size_t old_size = cchci_rounded(vector->capacity * item_size);
    size_t new_size = cchci_rounded(capacity * item_size);
    /* What lies last in its block grows where it is: most arrays are filled one after another. */
    if (vector->data != NULL && block != NULL &&
        (char *)vector->data + old_size == (char *)(block + 1) + block->used &&
        block->size - block->used >= new_size - old_size) {
        block->used += new_size - old_size;
        CCHCI_GIVE(vector->data, capacity * item_size);
    } else {
        void *data = cchci_arena_allocate(arena, capacity * item_size);
        if (vector->data != NULL)
            memcpy(data, vector->data, vector->count * item_size);
        vector->data = data;
    }
    vector->capacity = (uint32_t)capacity;
}
