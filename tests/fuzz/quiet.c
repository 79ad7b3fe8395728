/* SPDX-License-Identifier: MIT */
/* In place of cli/messages.c: a fuzzer is not told what is wrong with each of its inputs. */
#include "messages.h"

void complain_of(const char *path, const char *reason)
{
    (void)path;
    (void)reason;
}

void complain(const char *format, ...)
{
    (void)format;
}

void messages_draw(const char *line, size_t columns)
{
    (void)line;
    (void)columns;
}
