/* SPDX-License-Identifier: MIT */
/* --include and --exclude: a pattern and a path, parted by a NUL. Without brackets and backslashes
 * a pattern of a shell is so simple that ten lines judge it. */
#include <stdlib.h>
#include <string.h>

#include "globs.h"
#include "input.h"
#include "target.h"

/* The last star takes one character more wherever the rest does not fit. */
static bool matches(const char *pattern, const char *text)
{
    const char *star = NULL, *from = NULL;
    while (*text != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            from = text;
        } else if (*pattern == '?' || *pattern == *text) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star + 1;
            text = ++from;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

static bool want(const char *path, bool folder, const char *include, const char *exclude)
{
    struct globs globs = {NULL, 0, false};
    MUST(include == NULL || globs_add(&globs, include, true));
    MUST(exclude == NULL || globs_add(&globs, exclude, false));
    bool is = globs_want(&globs, path, folder);
    MUST(globs_want(&globs, path, folder) == is);
    globs_free(&globs);
    return is;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = calloc(size + 2, 1);
    MUST(text != NULL);
    if (size > 0)
        memcpy(text, data, size);
    const char *pattern = text, *path = text + strlen(text) + 1;
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;

    bool included = want(path, false, pattern, NULL);
    MUST(want(path, false, NULL, NULL) == is_letter_name(path));
    MUST(want(path, true, NULL, NULL) && want(path, true, pattern, NULL));
    MUST(want(path, true, NULL, pattern) == !included);
    MUST(want(path, false, NULL, pattern) == (is_letter_name(path) && !included));
    MUST(!want(path, false, pattern, pattern));
    if (strpbrk(pattern, "[\\") == NULL)
        MUST(included == matches(pattern, strchr(pattern, '/') != NULL ? path : name));
    free(text);
    return 0;
}
