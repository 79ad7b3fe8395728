/* SPDX-License-Identifier: MIT */
/* --organs: a table of agencies and their identifiers that anybody may have written. */
#include <string.h>

#include "format.h"
#include "target.h"
#include "writing.h"

/* The keys are folded already, and stand in their order. */
static void check_organs(const struct writing *writing)
{
    for (size_t i = 0; i < writing->organ_count; i++) {
        const struct organ *organ = &writing->organs[i];
        char key[8];
        size_t length = 0;
        MUST(organ->id[0] != '\0' && strpbrk(organ->id, "\r\n") == NULL);
        MUST(is_utf8(organ->key, strlen(organ->key)));
        MUST(i == 0 || strcmp(writing->organs[i - 1].key, organ->key) <= 0);
        MUST(cchc_fold(writing->parser, organ->key, strlen(organ->key), key, sizeof key, &length) ==
             CCHC_OK);
        MUST(length == strlen(organ->key));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct format format = {.name = "metadata-csv", .kind = CCHC_FORMAT_BATCH};
    struct writing writing = {.writer = NULL};
    struct options options = {.organs = input_file(data, size), .quiet = true};
    enum exit_status status;
    if (writing_open(&writing, &options, &format, any_parser(), &status))
        check_organs(&writing);
    MUST(writing_close(&writing, &options));
    return 0;
}
