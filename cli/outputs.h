/* SPDX-License-Identifier: MIT */
/* What a call writes, known by the files behind its names: no output is another one, and none is
 * read as a letter. */
#ifndef CLI_OUTPUTS_H
#define CLI_OUTPUTS_H

#include <stdbool.h>
#include <sys/stat.h>

#include "options.h"

static inline bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Has each output a name, and a file of its own that is no input of the call? False: that is
 * said. */
bool outputs_agree(const struct options *options);

enum written {
    WRITTEN_NOT,
    WRITTEN_ANEW, /* what is in it is of this program */
    WRITTEN_OVER  /* what is in it is not known, and --force gives it up */
};

/* Remembers a file that the call writes, where it is a regular one. What is written is known before
 * the first letter is read; from then on any thread may ask. */
void outputs_add(const struct stat *file, enum written how);
enum written outputs_find(const struct stat *file);

/* What standard output and standard error go to: to remember both, and to ask. */
void outputs_add_standard(void);
bool outputs_are_standard(const struct stat *file);

#endif
