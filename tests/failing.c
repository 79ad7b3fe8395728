/* SPDX-License-Identifier: MIT */
#include "failing.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uclean.h>

#ifdef HAVE_XML
#include <libxml/xmlmemory.h>
#endif
#ifdef HAVE_SQLITE
#include <sqlite3.h>
#endif

static struct {
    bool counting, after, icu, failed;
    size_t requests, at;
} failing;

static bool refuses(void)
{
    if (!failing.counting)
        return false;
    failing.requests++;
    bool fails = failing.requests == failing.at ||
                 (failing.after && failing.at != 0 && failing.requests > failing.at);
    failing.failed = failing.failed || fails;
    return fails;
}

void failing_begin(size_t at, bool after, bool icu)
{
    failing.counting = true;
    failing.after = after;
    failing.icu = icu;
    failing.failed = false;
    failing.requests = 0;
    failing.at = at;
}

bool failing_end(void)
{
    failing.counting = false;
    return failing.failed;
}

size_t failing_requests(void)
{
    return failing.requests;
}

/* ---------------------------------------------------------------------------- the C library's -- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *pointer, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *pointer, size_t size);

void *__wrap_malloc(size_t size)
{
    return refuses() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return refuses() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *pointer, size_t size)
{
    return refuses() ? NULL : __real_realloc(pointer, size);
}

/* -------------------------------------------------------------------------------------- ICU's -- */

static void *icu_malloc(const void *context, size_t size)
{
    (void)context;
    return failing.icu && refuses() ? NULL : __real_malloc(size);
}

static void *icu_realloc(const void *context, void *pointer, size_t size)
{
    (void)context;
    return failing.icu && refuses() ? NULL : __real_realloc(pointer, size);
}

static void icu_free(const void *context, void *pointer)
{
    (void)context;
    free(pointer);
}

static bool set_up_icu(void)
{
    UErrorCode error = U_ZERO_ERROR;
    u_setMemoryFunctions(NULL, icu_malloc, icu_realloc, icu_free, &error);
    return U_SUCCESS(error);
}

void failing_reset_icu(void)
{
    u_cleanup();
    if (!set_up_icu())
        abort();
}

/* -------------------------------------------------------------------------- libxml2's, SQLite's -- */

#ifdef HAVE_XML
/* libxml2 (2.9) loses the name of an element where the list of open ones cannot grow. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:xmlTextWriterStartElement\n";
}

static char *copied(const char *string)
{
    size_t size = strlen(string) + 1;
    char *copy = malloc(size);
    return copy != NULL ? memcpy(copy, string, size) : NULL;
}
#endif

#ifdef HAVE_SQLITE
/* Blocks of SQLite carry their size, which it asks for. */
static void *sqlite_malloc(int size)
{
    size_t *block = malloc((size_t)size + 16);
    if (block == NULL)
        return NULL;
    *block = (size_t)size;
    return block + 2;
}

static void sqlite_free(void *pointer)
{
    if (pointer != NULL)
        free((size_t *)pointer - 2);
}

static void *sqlite_realloc(void *pointer, int size)
{
    size_t *block = realloc((size_t *)pointer - 2, (size_t)size + 16);
    if (block == NULL)
        return NULL;
    *block = (size_t)size;
    return block + 2;
}

static int sqlite_size(void *pointer)
{
    return pointer != NULL ? (int)*((size_t *)pointer - 2) : 0;
}

static int sqlite_round(int size)
{
    return (size + 7) & ~7;
}

static int sqlite_start(void *context)
{
    (void)context;
    return SQLITE_OK;
}

static void sqlite_stop(void *context)
{
    (void)context;
}
#endif

bool failing_set_up(void)
{
#ifdef HAVE_XML
    if (xmlMemSetup(free, malloc, realloc, copied) != 0)
        return false;
#endif
#ifdef HAVE_SQLITE
    static sqlite3_mem_methods methods = {sqlite_malloc, sqlite_free,  sqlite_realloc, sqlite_size,
                                          sqlite_round,  sqlite_start, sqlite_stop,    NULL};
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK)
        return false;
#endif
    return set_up_icu();
}
