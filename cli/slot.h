/* SPDX-License-Identifier: MIT */
/* A slot of the batch: one input on its way from the walk to the output. */
#ifndef CLI_SLOT_H
#define CLI_SLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "bytes.h"
#include "hash.h"
#include "input.h"
#include "journal.h"

enum item_kind {
    ITEM_FILE,           /* to be read under its name */
    ITEM_STANDARD_INPUT, /* to be read */
    ITEM_BYTES,          /* its bytes are there: a member of an archive, a line */
    ITEM_FAILED,         /* a letter that could not be read, and it is known why */
    ITEM_TROUBLE         /* no letter: a folder that could not be read, a word on the way */
};

/* What the walk has found. Its pointers are valid during the call that hands it on. */
struct item {
    enum item_kind kind;
    const char *name;
    size_t name_length;
    bool named;          /* ITEM_FILE: by the user, not met in a folder */
    struct bytes *bytes; /* ITEM_BYTES: the buffer is exchanged for another one */
    const char *code;    /* ITEM_FAILED: the diagnostic */
    const char *reason;  /* ITEM_FAILED, ITEM_TROUBLE */
    size_t size;         /* ITEM_FAILED: where it is known, else SIZE_MAX */
    bool lost;           /* ITEM_TROUBLE: something could not be read */
};

/* What became of an input. */
enum outcome {
    OUTCOME_READ,
    OUTCOME_FAILED,     /* it has a record that says why */
    OUTCOME_KEPT,       /* finished in an earlier run, and unchanged */
    OUTCOME_TROUBLE,    /* ITEM_TROUBLE */
    OUTCOME_DROPPED,    /* the run ended while its input was still coming */
    OUTCOME_NO_RECORD,  /* the library could not even make a record: the run ends */
    OUTCOME_SPARED,     /* it would be overwritten by the output of the run, which ends */
    OUTCOME_NOT_WRITTEN /* its file could not be written: the run ends */
};

struct slot {
    size_t index; /* among the slots */
    enum item_kind kind;
    struct bytes name; /* with a closing NUL beyond its length */
    struct bytes input;
    bool named, lost;
    const char *code;
    char reason[REASON_SIZE];
    size_t size;

    /* What a worker made of it. */
    bool done;
    enum outcome outcome;
    int error;                  /* OUTCOME_NOT_WRITTEN */
    struct bytes piece;         /* its records, as the format writes them */
    struct bytes notes;         /* what the format has to say about them (format.h) */
    struct hash hash;           /* of its input, where there is a journal */
    struct bytes line;          /* OUTCOME_KEPT: its line of the journal, */
    struct journal_entry entry; /* and what it says */
    size_t letters;             /* records in the piece */
    int severity;               /* of the gravest finding of lint (enum cchc_severity); -1: none */
    struct bytes identities;    /* struct identity: what its letters are known by (report.h) */
    uint32_t *diagnostics;      /* how many of each kind; NULL where nobody asks */
};

static inline const char *slot_name(const struct slot *slot)
{
    return (const char *)slot->name.data;
}

/* Can the journal hold the name? One that came with a letter may have a NUL in it; then the letter
 * is read in every run. */
static inline bool slot_is_journalled(const struct slot *slot)
{
    return memchr(slot->name.data, '\0', slot->name.length) == NULL;
}

#endif
