/* SPDX-License-Identifier: MIT */
/* Memory of one document: an arena, and growing arrays in it.
 *
 * Running out of memory leaves the whole parse at once: the failing request jumps to the frame
 * that cchc_parse() set. This is safe because between that frame and here nothing is held but
 * memory of the document's arena, which owns every block from the moment it exists.
 */
#ifndef CCHCI_MEMORY_H
#define CCHCI_MEMORY_H

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cchcparse/cchcparse.h>

/* AddressSanitizer knows what an allocator gives out, not what an arena does with it. Where it is built
 * in, what is not given out is poisoned, and so is a zone behind each array: a write from one array
 * into the next is then found like one beyond a block. */
#if defined(__SANITIZE_ADDRESS__)
#define CCHCI_POISON_ARENA 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CCHCI_POISON_ARENA 1
#endif
#endif
#ifdef CCHCI_POISON_ARENA
#include <sanitizer/asan_interface.h>
enum { CCHCI_ARENA_ZONE = 16 }; /* bytes */
#define CCHCI_GIVE(pointer, size) ASAN_UNPOISON_MEMORY_REGION((pointer), (size))
#define CCHCI_TAKE(pointer, size) ASAN_POISON_MEMORY_REGION((pointer), (size))
#else
enum { CCHCI_ARENA_ZONE = 0 };
#define CCHCI_GIVE(pointer, size) ((void)(pointer), (void)(size))
#define CCHCI_TAKE(pointer, size) ((void)(pointer), (void)(size))
#endif

struct cchci_block {
    struct cchci_block *next;
    size_t size; /* of the bytes after this header; this and used are rounded */
    size_t used;
};

/* What an array takes of a block: its size, rounded to the strictest alignment that a record needs. */
static inline size_t cchci_rounded(size_t size)
{
    const size_t unit = sizeof(void *) * 2;
    return (size + unit - 1) / unit * unit + CCHCI_ARENA_ZONE;
}

struct cchci_arena {
    const cchc_allocator *allocator;
    struct cchci_block *first, *current;
    size_t asked;           /* bytes asked for since the last reset */
    size_t expected;        /* size of the first block */
    jmp_buf *out_of_memory; /* set while a public call runs */
};

/* Leaves the parse, for what has no memory elsewhere: ICU. */
_Noreturn void cchci_out_of_memory(struct cchci_arena *arena);

/* Where the block in use has no room. */
void *cchci_arena_allocate_more(struct cchci_arena *arena, size_t wanted);

static inline void *cchci_arena_allocate(struct cchci_arena *arena, size_t size)
{
    struct cchci_block *block = arena->current;
    if (block == NULL || size + CCHCI_ARENA_ZONE > block->size - block->used)
        return cchci_arena_allocate_more(arena, size);
    void *pointer = (char *)(block + 1) + block->used;
    CCHCI_GIVE(pointer, size);
    size = cchci_rounded(size);
    block->used += size;
    arena->asked += size;
    return pointer;
}
/* Copies of short strings, of which a letter needs hundreds, go so many bytes at a time, to a full
 * count: how many bytes are left is a branch guessed wrong. Both sides have room. */
#define CCHCI_COPIED 32u
static inline size_t cchci_room_to_copy(size_t length) /* and for a NUL behind them */
{
    return length / CCHCI_COPIED * CCHCI_COPIED + CCHCI_COPIED;
}
static inline void cchci_copy(char *to, const char *from, size_t length)
{
    size_t at = 0;
    do {
        memcpy(to + at, from + at, CCHCI_COPIED);
        at += CCHCI_COPIED;
    } while (at < length);
}

/* A copy with a closing NUL. */
char *cchci_arena_copy(struct cchci_arena *arena, const char *bytes, size_t length);
/* Forgets all that was allocated and keeps one block of the size that was needed. */
void cchci_arena_reset(struct cchci_arena *arena);
void cchci_arena_release(struct cchci_arena *arena);

/* A point to which the arena can be taken back: what was allocated since is then gone. For questions
 * that need a grid or a flow and leave nothing but their answer. */
struct cchci_arena_mark {
    struct cchci_block *first, *current;
    size_t used;
};
struct cchci_arena_mark cchci_arena_mark(const struct cchci_arena *arena);
void cchci_arena_rewind(struct cchci_arena *arena, const struct cchci_arena_mark *mark);

/* n items of one type; fails like the arena does, on overflow too. */
#define CCHCI_NEW(arena, type, n) ((type *)cchci_arena_allocate_array((arena), (n), sizeof(type)))
static inline void *cchci_arena_allocate_array(struct cchci_arena *arena, size_t count, size_t size)
{
    return cchci_arena_allocate(arena, count > SIZE_MAX / 4 / size ? SIZE_MAX / 2 : count * size);
}

/* A growing array in the arena. Invariants: count <= capacity; data is NULL while capacity is 0. It
 * ends with the arena's content and is then forgotten by zeroing it. */
struct cchci_vector {
    void *data;
    uint32_t count, capacity;
};

/* Room for at least capacity items; what is in it stays. */
void cchci_vector_reserve(struct cchci_vector *vector, struct cchci_arena *arena, size_t capacity,
                          size_t item_size);
/* Makes room for one more item and counts it. */
static inline void *cchci_vector_push(struct cchci_vector *vector, struct cchci_arena *arena,
                                      size_t item_size)
{
    if (vector->count == vector->capacity)
        cchci_vector_reserve(vector, arena, (size_t)vector->capacity * 2 + 8, item_size);
    return (char *)vector->data + vector->count++ * item_size;
}

/* One more item, zeroed: here, where its size is known, that is a store or two. */
#define CCHCI_PUSH(vector, arena, type)                                                            \
    ((type *)memset(cchci_vector_push((vector), (arena), sizeof(type)), 0, sizeof(type)))
#define CCHCI_AT(vector, type, i) (((type *)(vector)->data)[i])

#endif
