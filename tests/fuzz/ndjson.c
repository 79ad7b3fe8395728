/* SPDX-License-Identifier: MIT */
/* --input ndjson: each line that is not blank is one letter or one failure, and none is lost. */
#include <string.h>

#include "ndjson.h"
#include "target.h"

enum { LONGEST = 512 }; /* so that lines of a fuzzer meet the limit, which is 6 * 512 + 64 KiB */

struct seen_lines {
    size_t items;
    uint64_t hash; /* of all that was handed on */
};

static bool take(const struct item *item, void *context)
{
    struct seen_lines *seen = context;
    seen->items++;
    MUST(item->name != NULL && is_utf8(item->name, item->name_length));
    MUST(item->kind == ITEM_BYTES || item->kind == ITEM_FAILED);
    seen->hash = seen->hash * 31 + hash_words(item->name, item->name_length);
    if (item->kind == ITEM_FAILED) {
        MUST(item->code != NULL && item->reason != NULL && strncmp(item->code, "io-", 3) == 0);
        seen->hash = seen->hash * 31 + hash_words(item->reason, strlen(item->reason));
    } else {
        MUST(item->size == item->bytes->length);
        MUST(is_utf8((const char *)item->bytes->data, item->bytes->length));
        seen->hash = seen->hash * 31 + hash_words(item->bytes->data, item->bytes->length);
    }
    return true;
}

static bool await(const struct lines *lines, void *context)
{
    (void)lines;
    (void)context;
    return true;
}

static size_t lines_in(const uint8_t *data, size_t size)
{
    size_t count = 0;
    bool marked = size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0; /* a byte order mark */
    size_t begin = marked ? 3 : 0;
    for (size_t i = begin; i <= size; i++) {
        if (i < size && data[i] != '\n')
            continue;
        size_t blanks = begin;
        while (blanks < i && strchr(" \t\r", data[blanks]) != NULL && data[blanks] != '\0')
            blanks++;
        count += blanks < i;
        begin = i + 1;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct seen_lines once = {0, 0}, twice = {0, 0};
    struct ndjson_target target = {take, await, LONGEST, &once};
    const char *path = input_file(data, size);
    MUST(ndjson_read_letters(path, &target));
    target.context = &twice;
    MUST(ndjson_read_letters(path, &target));
    MUST(once.items == twice.items && once.hash == twice.hash);
    MUST(once.items == lines_in(data, size));
    return 0;
}
