/* SPDX-License-Identifier: MIT */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "globs.h"
#include "input.h"

bool globs_add(struct globs *globs, const char *pattern, bool include)
{
    struct glob *items = realloc(globs->items, (globs->count + 1) * sizeof *items);
    if (items == NULL)
        return false;
    items[globs->count++] = (struct glob){pattern, include};
    globs->items = items;
    globs->includes = globs->includes || include;
    return true;
}

void globs_free(struct globs *globs)
{
    free(globs->items);
    *globs = (struct globs){NULL, 0, false};
}

static bool some_match(const struct globs *globs, const char *relative, bool include)
{
    const char *slash = strrchr(relative, '/');
    const char *name = slash != NULL ? slash + 1 : relative;
    for (size_t i = 0; i < globs->count; i++) {
        const struct glob *glob = &globs->items[i];
        bool whole = strchr(glob->pattern, '/') != NULL;
        /* The locale is always "C": bytes are compared. */
        if (glob->include == include && fnmatch(glob->pattern, whole ? relative : name, 0) == 0)
            return true;
    }
    return false;
}

bool globs_want(const struct globs *globs, const char *relative, bool folder)
{
    if (some_match(globs, relative, false))
        return false;
    if (folder)
        return true;
    return globs->includes ? some_match(globs, relative, true) : is_letter_name(relative);
}
