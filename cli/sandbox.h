/* SPDX-License-Identifier: MIT */
/* Least rights: from some moment on the program may only do what it was given the right to. On
 * Linux Landlock keeps files and the network, and seccomp keeps programs and what else a parser has
 * no use for; both are for ever, and for the threads that are started afterwards. Elsewhere, and
 * where the kernel has neither, nothing is kept and nothing fails (sandbox_absent.c). */
#ifndef CLI_SANDBOX_H
#define CLI_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

enum right {
    RIGHT_READ,   /* a file, or a folder and what is below it, may be read */
    RIGHT_APPEND, /* a file that is there may be written to */
    RIGHT_RENAME, /* files of this folder may get another name there, or none */
    RIGHT_KEEP    /* what is below this folder may be made, read, written, moved, removed */
};

/* Rights that are being gathered. Start from {.ruleset = -1}. */
struct sandbox {
    int ruleset;
    bool reads_all;           /* reading is not kept */
    unsigned long long files; /* what is kept of files, in Landlock's bits */
    size_t rules;
};

/* Rules that are gathered at most: each costs a search at every file that is opened, and 3 µs and
 * some hundred bytes of the kernel's memory now. */
enum { SANDBOX_RULES_MAX = 65536 };

/* Forgets the rights that were gathered. @p reads_all: reading shall stay free. */
void sandbox_begin(struct sandbox *sandbox, bool reads_all);

/* Adds a right to what is at @p path, links followed; nothing where nothing is there. False: there
 * is no room for one more. */
bool sandbox_allow(struct sandbox *sandbox, const char *path, enum right right);

/* Keeps the calling thread, and those that it starts, to the rights. False: the kernel knows how
 * to, but did not; errno tells why. */
bool sandbox_enter(struct sandbox *sandbox);

void sandbox_free(struct sandbox *sandbox);

/* Whether this kernel can confine a program to files. */
bool sandbox_keeps_files(void);

/* What this kernel lets be kept, in words, such as "files (Landlock 7), programs (seccomp)". */
enum { SANDBOX_WORDS = 160 };
void sandbox_describe(char words[SANDBOX_WORDS]);

#endif
