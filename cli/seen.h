/* SPDX-License-Identifier: MIT */
/* A set of 64-bit numbers other than 0, which holds so many at most. */
#ifndef CLI_SEEN_H
#define CLI_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Start from {.limit = how many it may hold}. */
struct seen {
    uint64_t *numbers; /* a hash table of capacity places, 0 where it is empty */
    size_t count, capacity, limit;
};

enum seen_result { SEEN_NEW, SEEN_BEFORE, SEEN_FULL /* or no memory; it was not kept */ };

enum seen_result seen_add(struct seen *seen, uint64_t number);
bool seen_has(const struct seen *seen, uint64_t number);
void seen_free(struct seen *seen);

#endif
