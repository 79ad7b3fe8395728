/* SPDX-License-Identifier: MIT */
/* A buffered output file that remembers its first error. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

enum { OUTPUT_BUFFER_SIZE = 64 * 1024 };

struct output {
    int descriptor;
    int error;     /* errno of the first write that failed, 0 while all is well */
    bool terminal; /* somebody is looking on */
    size_t used;
    char buffer[OUTPUT_BUFFER_SIZE];
};

void output_open(struct output *output, int descriptor);

/* Each returns false from the first error on. */
bool output_bytes(struct output *output, const char *bytes, size_t length);
bool output_text(struct output *output, const char *text);
bool output_flush(struct output *output);

#endif
