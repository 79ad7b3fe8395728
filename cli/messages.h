/* SPDX-License-Identifier: MIT */
/* What goes to standard error: one English line each. */
#ifndef CLI_MESSAGES_H
#define CLI_MESSAGES_H

/* "cchcparse: PATH: REASON". Control characters of the path are shown as \ooo, so that a name
 * can neither break the line nor speak to the terminal. */
void complain_of(const char *path, const char *reason);

/* "cchcparse: " and a formatted line of our own words. */
void complain(const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 1, 2)))
#endif
    ;

#endif
