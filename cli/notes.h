/* SPDX-License-Identifier: MIT */
/* What formats have to say about letters (format.h), counted by kind: a batch has the same note for
 * thousands of letters. */
#ifndef CLI_NOTES_H
#define CLI_NOTES_H

#include <stdbool.h>
#include <stddef.h>

#include "bytes.h"

enum { NOTE_KINDS = 32 }; /* more than writers, or the rules of lint, have */

struct note {
    char code[32];
    char message[512];    /* no writer has a longer one */
    struct bytes name;    /* of the first input that it is about */
    size_t times, inputs; /* how often it was made, and of how many inputs */
    bool of_this;         /* the input at hand has been counted */
};

/* Start from zeros. */
struct notes {
    struct note list[NOTE_KINDS];
    size_t count;
};

/* Takes the notes of an input that is delivered: code, NUL, words, NUL, and so on. */
void notes_take(struct notes *notes, const struct bytes *name, const struct bytes *made);

/* Tells each kind once, with the first input and how many more. */
void notes_tell(const struct notes *notes);

/* As the members of a JSON object: "CODE": TIMES. False: no memory. */
bool notes_write(const struct notes *notes, struct bytes *out);

void notes_free(struct notes *notes);

#endif
