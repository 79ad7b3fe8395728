/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "seen.h"

enum { FIRST_CAPACITY = 256 }; /* a power of two, as all that follow */

/* The place of @p number, or the empty one where it would stand. The numbers are hashes, or are
 * spread by the multiplication (Knuth's constant) where they are not. */
static size_t place_of(const uint64_t *numbers, size_t capacity, uint64_t number)
{
    size_t place = (size_t)((number * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (capacity - 1);
    while (numbers[place] != 0 && numbers[place] != number)
        place = (place + 1) & (capacity - 1);
    return place;
}

/* Keeps a quarter of the places free, so that searches stay short. */
static bool make_room(struct seen *seen)
{
    if (seen->count < seen->capacity / 4 * 3)
        return true;
    size_t capacity = seen->capacity == 0 ? FIRST_CAPACITY : seen->capacity * 2;
    if (capacity > SIZE_MAX / sizeof *seen->numbers)
        return false;
    uint64_t *numbers = calloc(capacity, sizeof *numbers);
    if (numbers == NULL)
        return false;
    for (size_t i = 0; i < seen->capacity; i++)
        if (seen->numbers[i] != 0)
            numbers[place_of(numbers, capacity, seen->numbers[i])] = seen->numbers[i];
    free(seen->numbers);
    seen->numbers = numbers;
    seen->capacity = capacity;
    return true;
}

bool seen_has(const struct seen *seen, uint64_t number)
{
    return seen->capacity > 0 &&
           seen->numbers[place_of(seen->numbers, seen->capacity, number)] == number;
}

enum seen_result seen_add(struct seen *seen, uint64_t number)
{
    if (seen_has(seen, number))
        return SEEN_BEFORE;
    if (seen->count >= seen->limit || !make_room(seen))
        return SEEN_FULL;
    seen->numbers[place_of(seen->numbers, seen->capacity, number)] = number;
    seen->count++;
    return SEEN_NEW;
}

void seen_free(struct seen *seen)
{
    free(seen->numbers);
    *seen = (struct seen){.limit = seen->limit};
}
