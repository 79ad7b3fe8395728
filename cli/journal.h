/* SPDX-License-Identifier: MIT */
/* The journal: a line for each input whose record is safely written, so that a run that was
 * broken off can go on.
 *
 * Lines end with a hash of themselves: one that was torn, or that a failing disk changed, is
 * passed over, and its letter read again. What an earlier run finished is found by name, content,
 * program and options, so that whatever has changed is read again too.
 */
#ifndef CLI_JOURNAL_H
#define CLI_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "hash.h"
#include "seen.h"

/* A line of it. */
struct journal_entry {
    const char *name;
    bool read; /* false: the letter could not be read, its record says why */
    struct hash hash;
    uint64_t offset, length; /* of its piece in the data file; offset 0 in a file of its own */
    uint64_t letters;        /* records in the piece */
    const char *identities;  /* "PART:HASH,PART:HASH" of its letters; empty: none (report.h) */
    const char *diagnostics; /* "CODE=COUNT,CODE=COUNT"; empty: none */
};

struct journal_place;

struct journal {
    const char *path;
    uint64_t fingerprint; /* of program and options */
    int descriptor;
    int error;            /* errno of the first failure */
    uint64_t end;         /* of the lines that were written */
    struct bytes pending; /* lines of letters that are not yet safely written */

    /* Of the runs before this one. */
    char *data;         /* the file that the pieces are in; "" where each is in its own */
    bool complete;      /* a run came to its end */
    uint64_t whole;     /* how long its output was */
    uint64_t replaced;  /* and the output of this batch that it took the place of */
    uint64_t committed; /* where the last piece ends in the data file */
    struct journal_place *places;
    size_t place_count, place_capacity; /* how many letters can be kept */
    struct seen names;                  /* hashes of the names that have had a record */
};

enum journal_result {
    JOURNAL_NEW,     /* it was empty, or is now */
    JOURNAL_GOES_ON, /* it has lines of an earlier run: journal->data is known */
    JOURNAL_FAILED   /* and that is said */
};

/* Does this build have journals? */
bool journal_known(void);

/*
 * Opens the journal @p path and locks it; journal_close() in either case.
 * @param resume  it may have lines already; else it must be new, or with @p force is emptied.
 */
enum journal_result journal_open(struct journal *journal, const char *path, bool resume,
                                 bool force);

/* Makes the index of a journal that goes on. */
bool journal_load(struct journal *journal);

/* Empties a journal whose records are lost; journal_begin() comes next. */
bool journal_restart(struct journal *journal);

/* Writes the first line of an empty journal. */
bool journal_begin(struct journal *journal, const char *data);

/*
 * Finds the finished record of an input; safe from every thread.
 * @param line  receives the line that @p entry points into.
 */
bool journal_find(const struct journal *journal, const char *name, struct hash hash,
                  struct bytes *line, struct journal_entry *entry);

/* Did an earlier run write a record of this name? */
bool journal_knows(const struct journal *journal, const char *name);

/* Calls @p visit for each record that the journal tells of; false: it cannot be read, and that is
 * said. */
typedef void journal_visit(const struct journal_entry *entry, void *context);
bool journal_each(struct journal *journal, journal_visit *visit, void *context);

/* Keeps a line back until journal_commit() writes it and waits for the disk. */
bool journal_add(struct journal *journal, const struct journal_entry *entry);
bool journal_commit(struct journal *journal);

/* The last line of a run that came to its end: how long its output is, and the older one that it
 * is going to replace. */
bool journal_complete(struct journal *journal, uint64_t size, uint64_t replaced);

void journal_close(struct journal *journal);

/* XXH3 of 128 bits: tells changed letters from unchanged ones; no seal against forgery. */
struct hash journal_hash(const void *data, size_t length);

#endif
