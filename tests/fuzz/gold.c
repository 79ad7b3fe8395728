/* SPDX-License-Identifier: MIT */
/* The judge of `check`: a gold and a record, parted by a NUL, of any form that JSON has. Judged by
 * itself, a gold misses no more than it has wrong: an entry without what it is known by, and that
 * twice. */
#include <fcntl.h>
#include <string.h>

#include "judge.h"
#include "target.h"

static json_t *tree_of(const uint8_t *bytes, size_t size)
{
    json_error_t error;
    return json_loadb((const char *)bytes, size, JSON_ALLOW_NUL, &error);
}

static void judge_both(const json_t *gold, const json_t *record, struct output *errors)
{
    struct judge judge = {.errors = errors}, again = {.errors = NULL};
    MUST(judge_document(&judge, "letter", gold, record));
    MUST(judge_document(&again, "letter", gold, record));
    MUST(memcmp(judge.tallies, again.tallies, sizeof judge.tallies) == 0);
    MUST(judge.whole == again.whole);
    if (gold != record)
        return;
    for (size_t row = 0; row < ROW_COUNT; row++)
        MUST(judge.tallies[row].wrong == judge.tallies[row].missed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct output errors = {.descriptor = -1};
    if (errors.descriptor < 0)
        output_open(&errors, open("/dev/null", O_WRONLY));
    const uint8_t *nul = size > 0 ? memchr(data, '\0', size) : NULL;
    size_t length = nul != NULL ? (size_t)(nul - data) : size;
    json_t *gold = tree_of(data, length);
    json_t *record = nul != NULL ? tree_of(nul + 1, size - length - 1) : NULL;
    if (json_is_object(gold)) { /* check has refused all else */
        judge_both(gold, gold, &errors);
        judge_both(gold, record, &errors);
    }
    json_decref(gold);
    json_decref(record);
    return 0;
}
