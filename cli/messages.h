/* SPDX-License-Identifier: MIT */
/* What goes to standard error: one English line each, and perhaps a bar below them. For one thread:
 * what workers have to say goes with their letters. */
#ifndef CLI_MESSAGES_H
#define CLI_MESSAGES_H

#include <stddef.h>

/* "cchcparse: PATH: REASON". Control characters are shown as \ooo, so that a name can
 * neither break the line nor speak to the terminal. */
void complain_of(const char *path, const char *reason);

/* "cchcparse: " and a formatted line of our own words. */
void complain(const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 1, 2)))
#endif
    ;

/* Shows a line in place of the one that was drawn last, @p columns wide; "" takes it away. The
 * next message takes it away too. */
void messages_draw(const char *line, size_t columns);

#endif
