/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>

#include "messages.h"

/* There is nobody left to tell when standard error itself fails: its results are not looked at. */

/* How many columns a drawn line has; standard error is one for the whole process, and so is what
 * stands on its last line. */
static size_t drawn;

static void erase(void)
{
    if (drawn > 0)
        (void)fprintf(stderr, "\r%*s\r", (int)drawn, "");
    drawn = 0;
}

void messages_draw(const char *line, size_t columns)
{
    if (line[0] == '\0') {
        erase();
        return;
    }
    (void)fprintf(stderr, "\r%-*.*s", (int)columns, (int)columns, line);
    (void)fflush(stderr);
    drawn = columns;
}

/* Words of others, in bytes that do no harm. */
static void put_harmless(const char *words)
{
    for (const unsigned char *at = (const unsigned char *)words; *at != '\0'; at++) {
        if (*at < 0x20 || *at == 0x7F)
            (void)fprintf(stderr, "\\%03o", (unsigned)*at);
        else
            (void)fputc(*at, stderr);
    }
}

void complain_of(const char *path, const char *reason)
{
    erase();
    (void)fputs("cchcparse: ", stderr);
    put_harmless(path[0] != '\0' ? path : "''"); /* letters may have an empty name */
    (void)fputs(": ", stderr);
    put_harmless(reason);
    (void)fputc('\n', stderr);
}

void complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    erase();
    (void)fputs("cchcparse: ", stderr);
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
    va_end(arguments);
}
