/* SPDX-License-Identifier: MIT */
/* Hashes by which names, folders and letters are known again. They are quick, and no defence:
 * whoever wants two texts of one hash can make them. */
#ifndef CLI_HASH_H
#define CLI_HASH_H

#include <stddef.h>
#include <stdint.h>

/* A hash of the bytes of a letter; see journal_hash(). */
struct hash {
    uint64_t high, low;
};

/* A hash of a short text (FNV-1a); never 0. */
uint64_t hash_words(const void *data, size_t length);

/* The same of 128 bits: among a million texts two have the same one by chance once in 10^26
 * times. */
struct hash hash_words_128(const void *data, size_t length);

#endif
