/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>

#include "messages.h"

/* There is nobody left to tell when standard error itself fails: its results are not looked at. */

void complain_of(const char *path, const char *reason)
{
    (void)fputs("cchcparse: ", stderr);
    for (const unsigned char *at = (const unsigned char *)path; *at != '\0'; at++) {
        if (*at < 0x20 || *at == 0x7F)
            (void)fprintf(stderr, "\\%03o", (unsigned)*at);
        else
            (void)fputc(*at, stderr);
    }
    (void)fprintf(stderr, ": %s\n", reason);
}

void complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)fputs("cchcparse: ", stderr);
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
    va_end(arguments);
}
