/* SPDX-License-Identifier: MIT */
/* The whole way of a letter, with JSON: all promises of the public header. */
#include "../promises.h"
#include "target.h"

enum { BOUND = 64 }; /* bytes of memory an input byte, whatever the input is */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct promises promises;
    MUST(promises.parser != NULL || promises_open(&promises, BOUND));
    promises_check(&promises, "letter", data, size);
    MUST(promises.broken == 0);
    return 0;
}
