/* SPDX-License-Identifier: MIT */
#include "hash.h"

uint64_t hash_words(const void *data, size_t length)
{
    const unsigned char *bytes = data;
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001B3);
    return hash != 0 ? hash : 1;
}

/* Times FNV's prime of 128 bits, 2^88 + 0x13B, modulo 2^128. */
static struct hash times_prime(struct hash hash)
{
    const uint64_t low_prime = 0x13B;
    uint64_t low_half = (hash.low & UINT32_MAX) * low_prime;
    uint64_t high_half = (hash.low >> 32) * low_prime + (low_half >> 32);
    return (struct hash){hash.high * low_prime + (high_half >> 32) + (hash.low << 24),
                         (high_half << 32) | (low_half & UINT32_MAX)};
}

struct hash hash_words_128(const void *data, size_t length)
{
    const unsigned char *bytes = data;
    struct hash hash = {UINT64_C(0x6C62272E07BB0142), UINT64_C(0x62B821756295C58D)};
    for (size_t i = 0; i < length; i++) {
        hash.low ^= bytes[i];
        hash = times_prime(hash);
    }
    return hash;
}
