/* SPDX-License-Identifier: MIT */
/* Letters in archives. A tar's checksums are set right first: no fuzzer guesses them. What comes
 * out is bounded and the same a second time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "target.h"
#include "unpack.h"

enum { LONGEST = 4096, BLOCK = 512, CHECKSUM = 148, MAGIC = 257 };

struct seen_items {
    const char *path;
    size_t items;
    uint64_t hash; /* of all that was handed on */
};

static bool wanted(const char *relative, bool folder, void *context)
{
    (void)context;
    MUST(relative != NULL);
    return folder || relative[0] != '-';
}

static bool take(const struct item *item, void *context)
{
    struct seen_items *seen = context;
    size_t path = strlen(seen->path);
    seen->items++;
    MUST(item->name_length >= path && memcmp(item->name, seen->path, path) == 0);
    MUST(item->name[item->name_length] == '\0');
    seen->hash = seen->hash * 31 + hash_words(item->name, item->name_length);
    switch (item->kind) {
    case ITEM_BYTES:
        MUST(item->bytes->length <= LONGEST + 1);
        seen->hash = seen->hash * 31 + hash_words(item->bytes->data, item->bytes->length);
        break;
    case ITEM_FAILED:
        MUST(item->code != NULL && item->reason != NULL && strncmp(item->code, "io-", 3) == 0);
        break;
    default: MUST(item->kind == ITEM_TROUBLE && item->reason != NULL && item->lost);
    }
    return true;
}

/* POSIX.1-1988: the sum of the header's bytes, its own field taken for blanks, in octal. */
static void set_checksum(uint8_t *header)
{
    unsigned sum = 0;
    memset(header + CHECKSUM, ' ', 8);
    for (size_t i = 0; i < BLOCK; i++)
        sum += header[i];
    (void)snprintf((char *)header + CHECKSUM, 8, "%06o", sum);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *bytes = malloc(size + 1);
    MUST(bytes != NULL);
    if (size > 0)
        memcpy(bytes, data, size);
    for (size_t at = 0; at + BLOCK <= size; at += BLOCK)
        if (memcmp(bytes + at + MAGIC, "ustar", 5) == 0)
            set_checksum(bytes + at);
    const char *path = input_file(bytes, size);
    struct seen_items once = {path, 0, 0}, twice = {path, 0, 0};
    struct unpack_target target = {wanted, take, LONGEST, &once};
    MUST(unpack_letters(path, &target));
    target.context = &twice;
    MUST(unpack_letters(path, &target));
    MUST(once.items > 0 && once.items == twice.items && once.hash == twice.hash);
    free(bytes);
    return 0;
}
