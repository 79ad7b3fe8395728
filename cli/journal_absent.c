/* SPDX-License-Identifier: MIT */
/* The journal in a build that cannot tell changed letters from unchanged ones. */
#include "journal.h"

bool journal_known(void)
{
    return false;
}

enum journal_result journal_open(struct journal *journal, const char *path, bool resume, bool force)
{
    (void)journal;
    (void)path;
    (void)resume;
    (void)force;
    return JOURNAL_FAILED;
}

bool journal_load(struct journal *journal)
{
    (void)journal;
    return false;
}

bool journal_restart(struct journal *journal)
{
    (void)journal;
    return false;
}

bool journal_begin(struct journal *journal, const char *data)
{
    (void)journal;
    (void)data;
    return false;
}

bool journal_find(const struct journal *journal, const char *name, struct hash hash,
                  struct bytes *line, struct journal_entry *entry)
{
    (void)journal;
    (void)name;
    (void)hash;
    (void)line;
    (void)entry;
    return false;
}

bool journal_knows(const struct journal *journal, const char *name)
{
    (void)journal;
    (void)name;
    return false;
}

bool journal_add(struct journal *journal, const struct journal_entry *entry)
{
    (void)journal;
    (void)entry;
    return false;
}

bool journal_commit(struct journal *journal)
{
    (void)journal;
    return false;
}

bool journal_complete(struct journal *journal, uint64_t size, uint64_t replaced)
{
    (void)replaced;
    (void)journal;
    (void)size;
    return false;
}

void journal_close(struct journal *journal)
{
    (void)journal;
}

struct hash journal_hash(const void *data, size_t length)
{
    (void)data;
    (void)length;
    return (struct hash){0, 0};
}

bool journal_each(struct journal *journal, journal_visit *visit, void *context)
{
    (void)journal;
    (void)visit;
    (void)context;
    return false;
}
