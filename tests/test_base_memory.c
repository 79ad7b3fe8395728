/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/memory.h"

/* An arena on a counting heap. */
struct fixture {
    struct heap heap;
    cchc_allocator allocator;
    struct cchci_arena arena;
    jmp_buf out_of_memory;
};

static void start(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    f->allocator = heap_allocator(&f->heap);
    f->arena.allocator = &f->allocator;
    f->arena.out_of_memory = &f->out_of_memory;
}

static void stop(struct fixture *f)
{
    cchci_arena_release(&f->arena);
    assert_int_equal(f->heap.live, 0);
}

static void blocks_are_aligned_and_apart(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    unsigned char *last = NULL;
    for (size_t size = 1; size < 200; size++) {
        unsigned char *p = cchci_arena_allocate(&f.arena, size);
        assert_int_equal((uintptr_t)p % sizeof(void *), 0);
        memset(p, (int)size, size);
        if (last != NULL)
            assert_int_equal(last[size - 2], size - 1);
        last = p;
    }
    stop(&f);
}

static void small_requests_share_a_block(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    for (int i = 0; i < 100; i++)
        cchci_arena_allocate(&f.arena, 32);
    assert_int_equal(f.heap.requests, 1);
    stop(&f);
}

static void large_request_gets_a_block_of_its_own(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    size_t size = CCHCI_ARENA_BLOCK * 5;
    memset(cchci_arena_allocate(&f.arena, size), 1, size);
    cchci_arena_allocate(&f.arena, 1);
    assert_true(f.heap.requests <= 2);
    stop(&f);
}

static void reset_keeps_one_block(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    void *first = cchci_arena_allocate(&f.arena, 100);
    cchci_arena_reset(&f.arena);
    assert_ptr_equal(cchci_arena_allocate(&f.arena, 100), first);
    assert_int_equal(f.heap.requests, 1);
    stop(&f);
}

static void reset_gives_many_blocks_back(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    for (int i = 0; i < 8; i++)
        cchci_arena_allocate(&f.arena, CCHCI_ARENA_BLOCK);
    assert_true(f.heap.live > 1);
    cchci_arena_reset(&f.arena);
    assert_true(f.heap.live <= 1);
    memset(cchci_arena_allocate(&f.arena, 10), 0, 10);
    stop(&f);
}

static void copy_closes_with_nul(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    char *copy = cchci_arena_copy(&f.arena, "ab\0cd", 5);
    assert_memory_equal(copy, "ab\0cd", 6);
    assert_string_equal(cchci_arena_copy(&f.arena, NULL, 0), "");
    stop(&f);
}

static void sizes_that_overflow_are_out_of_memory(void **state)
{
    (void)state;
    static const size_t counts[] = {SIZE_MAX, SIZE_MAX / 2, SIZE_MAX / 8 + 1};
    for (volatile size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct fixture f;
        start(&f);
        if (setjmp(f.out_of_memory) == 0) {
            cchci_arena_allocate_array(&f.arena, counts[i], 8);
            fail_msg("%zu items were given", counts[i]);
        }
        assert_int_equal(f.heap.requests, 0);
        stop(&f);
    }
}

static void failing_heap_jumps_and_leaks_nothing(void **state)
{
    (void)state;
    for (volatile size_t at = 1; at <= 4; at++) {
        struct fixture f;
        start(&f);
        f.heap.fail_at = at;
        if (setjmp(f.out_of_memory) == 0) {
            for (int i = 0; i < 8; i++)
                cchci_arena_allocate(&f.arena, CCHCI_ARENA_BLOCK * 2);
            fail_msg("request %zu did not fail", at);
        }
        assert_int_equal(f.heap.live, at - 1);
        stop(&f);
    }
}

static void vector_grows_and_keeps_its_items(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct cchci_vector a = {NULL, 0, 0}, b = {NULL, 0, 0};
    for (uint32_t i = 0; i < 5000; i++) { /* two that grow by turns must not run into each other */
        uint32_t *item = CCHCI_PUSH(&a, &f.arena, uint32_t);
        assert_int_equal(*item, 0);
        *item = i;
        if (i % 3 == 0)
            *CCHCI_PUSH(&b, &f.arena, uint32_t) = ~i;
    }
    assert_int_equal(a.count, 5000);
    for (uint32_t i = 0; i < a.count; i++)
        assert_int_equal(CCHCI_AT(&a, uint32_t, i), i);
    for (uint32_t i = 0; i < b.count; i++)
        assert_int_equal(CCHCI_AT(&b, uint32_t, i), ~(i * 3));
    stop(&f);
}

static void vector_in_place_growth_copies_nothing(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct cchci_vector v = {NULL, 0, 0};
    cchci_vector_reserve(&v, &f.arena, 4, sizeof(uint64_t));
    void *data = v.data;
    cchci_vector_reserve(&v, &f.arena, 64, sizeof(uint64_t));
    assert_ptr_equal(v.data, data);
    assert_int_equal(v.capacity, 64);
    cchci_vector_reserve(&v, &f.arena, 8, sizeof(uint64_t));
    assert_int_equal(v.capacity, 64);
    stop(&f);
}

static void vector_beyond_32_bits_is_out_of_memory(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct cchci_vector v = {NULL, 0, 0};
    if (setjmp(f.out_of_memory) == 0) {
        /* where 32 bits are all that a size has, no more can be asked for */
        size_t beyond = SIZE_MAX > UINT32_MAX ? (size_t)UINT32_MAX + 1 : SIZE_MAX;
        cchci_vector_reserve(&v, &f.arena, beyond, 1);
        fail_msg("more items than an index can tell");
    }
    stop(&f);
}

#ifdef CCHCI_POISON_ARENA
static void what_is_not_given_out_is_poisoned(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    char *one = cchci_arena_allocate(&f.arena, 32), *two = cchci_arena_allocate(&f.arena, 5);
    assert_null(__asan_region_is_poisoned(one, 32));
    assert_ptr_equal(__asan_region_is_poisoned(one, 33), one + 32);
    assert_ptr_equal(__asan_region_is_poisoned(two, 6), two + 5);

    struct cchci_arena_mark mark = cchci_arena_mark(&f.arena);
    struct cchci_vector v = {NULL, 0, 0};
    for (uint32_t capacity = 4; capacity < 100000; capacity *= 3) { /* in its place and out of it */
        cchci_vector_reserve(&v, &f.arena, capacity, 4);
        assert_ptr_equal(__asan_region_is_poisoned(v.data, capacity * 4 + 1),
                         (char *)v.data + capacity * 4);
    }
    char *gone = cchci_arena_allocate(&f.arena, 8);
    cchci_arena_rewind(&f.arena, &mark);
    assert_true(__asan_address_is_poisoned(gone));
    assert_null(__asan_region_is_poisoned(two, 5));
    cchci_arena_reset(&f.arena);
    char *again = cchci_arena_allocate(&f.arena, 8);
    assert_null(__asan_region_is_poisoned(again, 8));
    assert_true(__asan_address_is_poisoned(again + 8));
    stop(&f);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_aligned_and_apart),
        cmocka_unit_test(small_requests_share_a_block),
        cmocka_unit_test(large_request_gets_a_block_of_its_own),
        cmocka_unit_test(reset_keeps_one_block),
        cmocka_unit_test(reset_gives_many_blocks_back),
        cmocka_unit_test(copy_closes_with_nul),
        cmocka_unit_test(sizes_that_overflow_are_out_of_memory),
        cmocka_unit_test(failing_heap_jumps_and_leaks_nothing),
        cmocka_unit_test(vector_grows_and_keeps_its_items),
        cmocka_unit_test(vector_in_place_growth_copies_nothing),
        cmocka_unit_test(vector_beyond_32_bits_is_out_of_memory),
#ifdef CCHCI_POISON_ARENA
        cmocka_unit_test(what_is_not_given_out_is_poisoned),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
