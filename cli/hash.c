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
