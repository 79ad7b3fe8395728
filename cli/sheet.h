/* SPDX-License-Identifier: MIT */
/* Lines for people: a column of labels, and beside it values that are wrapped or cut to the width
 * of the page. Texts come from letters that anybody may have sent: nothing of them reaches a
 * terminal that could steer it. */
#ifndef CLI_SHEET_H
#define CLI_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "bytes.h"

enum {
    SHEET_WIDTH = 100,
    SHEET_MARGIN = 2,
    SHEET_LABELS = 15, /* columns from the left edge to the values */
    LINE_SIZE = 4096   /* a summary shows the beginning of a longer value */
};

/* A value that is put together of pieces. Start from {0}. */
struct line {
    size_t length;
    bool cut;
    char data[LINE_SIZE];
};

/* Adds a piece, made harmless; NULL adds nothing. */
void line_add(struct line *line, const char *text);
void line_add_bytes(struct line *line, const char *text, size_t length);
void line_add_number(struct line *line, size_t number);

/* Fills the line with blanks up to a column, and adds one at least. */
void line_pad(struct line *line, size_t column);

/* The label belongs to the first value after it. */
struct sheet {
    struct bytes *out;
    bool bold;
    const char *label;
};

/* Each returns false where there is no memory. */
bool sheet_heading(struct sheet *sheet, const struct line *line);
bool sheet_wrapped(struct sheet *sheet, const struct line *line, size_t indent);
bool sheet_cut(struct sheet *sheet, const struct line *line, size_t indent);

#endif
