/* SPDX-License-Identifier: MIT */
#include "target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <unicode/ustring.h>

_Noreturn void must_fail(const char *what, const char *file, int line)
{
    (void)fflush(stdout); /* promises.c has told more there */
    (void)fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    abort();
}

static char scratch[4096];

static void remove_scratch(void)
{
    (void)unlink(scratch);
}

const char *input_file(const void *bytes, size_t size)
{
    static int descriptor = -1;
    if (descriptor < 0) {
        const char *folder = getenv("TMPDIR");
        (void)snprintf(scratch, sizeof scratch, "%s/cchc-fuzz-XXXXXX",
                       folder != NULL ? folder : "/tmp");
        descriptor = mkstemp(scratch);
        if (descriptor < 0 || atexit(remove_scratch) != 0)
            must_fail("a file can be made", scratch, 0);
    }
    if (bytes != NULL &&
        (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, bytes, size, 0) != (ssize_t)size))
        must_fail("a file can be written", scratch, 0);
    return scratch;
}

const cchc_parser *any_parser(void)
{
    static cchc_parser *parser;
    cchc_options options = CCHC_OPTIONS_INIT;
    options.no_jit = getenv("CCHC_NO_JIT") != NULL;
    MUST(parser != NULL || cchc_parser_new(&options, &parser) == CCHC_OK);
    return parser;
}

bool is_utf8(const char *bytes, size_t size)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t units = 0;
    if (size == 0)
        return true;
    u_strFromUTF8(NULL, 0, &units, bytes, (int32_t)size, &error);
    return U_SUCCESS(error) || error == U_BUFFER_OVERFLOW_ERROR;
}
