/* SPDX-License-Identifier: MIT */
/* Memory that ends: loaded into a program with LD_PRELOAD, it lets its request CCHC_MEMORY and all
 * later ones fail, and writes into the file CCHC_MEMORY_LOG how many there were. Not for a program
 * with a sanitizer, which has an allocator of its own. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The functions of glibc below those that it lets others replace. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);

static atomic_ulong requests;
static unsigned long last = ~0UL;
static int told = -1;

/* Before main(), since the program may open nothing later. */
__attribute__((constructor)) static void begin(void)
{
    const char *nth = getenv("CCHC_MEMORY"), *log = getenv("CCHC_MEMORY_LOG");
    if (log != NULL)
        told = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    atomic_store(&requests, 0);
    last = nth != NULL ? strtoul(nth, NULL, 10) - 1 : ~0UL;
}

__attribute__((destructor)) static void end(void)
{
    char words[32];
    int length = snprintf(words, sizeof words, "%lu\n", atomic_load(&requests));
    if (told >= 0)
        (void)!pwrite(told, words, (size_t)length, 0);
}

static bool has_ended(void)
{
    bool ended = atomic_fetch_add(&requests, 1) >= last;
    if (ended)
        errno = ENOMEM;
    return ended;
}

void *malloc(size_t size)
{
    return has_ended() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return has_ended() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return has_ended() ? NULL : __libc_realloc(block, size);
}
