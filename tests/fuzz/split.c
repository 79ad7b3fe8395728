/* SPDX-License-Identifier: MIT */
/* Files of several letters: the parts tile the file, and each is a letter with all promises. */
#include "../promises.h"
#include "target.h"

enum { BOUND = 64, PARTS = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct promises promises;
    MUST(promises.parser != NULL || promises_open(&promises, BOUND));
    cchc_part parts[PARTS] = {{0}}, first = {0};
    size_t count = 0, again = 0, reached = 0;
    MUST(cchc_split(promises.parser, data, size, parts, PARTS, &count) == CCHC_OK);
    MUST(cchc_split(promises.parser, data, size, &first, 1, &again) == CCHC_OK);
    MUST(count >= 1 && again == count);
    MUST(first.number == parts[0].number && first.range.end == parts[0].range.end);
    for (size_t i = 0; i < count && i < PARTS; i++) {
        MUST(parts[i].number == (count > 1 ? i + 1 : 0));
        MUST(parts[i].range.begin == reached && parts[i].range.end >= reached);
        reached = parts[i].range.end;
        promises_check_part(&promises, "part", data, size, &parts[i]);
    }
    MUST(count > PARTS || reached == size);
    MUST(promises.broken == 0);
    return 0;
}
