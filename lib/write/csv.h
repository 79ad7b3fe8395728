/* SPDX-License-Identifier: MIT */
/* Rows of a table that a spreadsheet opens (RFC 4180).
 *
 * A cell is filled twice by the same function: once to see whether it must be quoted and defused,
 * once to write it; so no cell needs memory, however long it is. */
#ifndef CCHCI_WRITE_CSV_H
#define CCHCI_WRITE_CSV_H

#include "writer.h"

/* The longest cell that Excel keeps, in UTF-16 units; the rest of a longer one would be lost there.
 */
#define CCHCI_CELL_UNITS 32767u

struct cchci_cells {
    const cchc_writer *writer;
    const cchc_letter *letter; /* NULL: the heading of a table */
    struct cchci_sink *sink;
    char separator;
    bool first; /* of its row */

    bool measuring, empty;
    bool quoted;  /* holds a separator, a quote or a line end */
    bool defused; /* would be taken for a formula */
    size_t units;

    bool told_defused, told_long, told_replaced; /* once a letter is enough */
};

struct cchci_cells cchci_cells_of(const cchc_writer *writer, const cchc_letter *letter,
                                  struct cchci_sink *sink, char separator);

/* Fills a cell by the calls below. */
typedef void cchci_cell_function(struct cchci_cells *cells, const void *item);

void cchci_cell(struct cchci_cells *cells, cchci_cell_function *fill, const void *item);
void cchci_cell_word(struct cchci_cells *cells, const char *word); /* a whole cell */
void cchci_row_end(struct cchci_cells *cells);

/* The byte order mark by which Excel knows UTF-8, unless the options say no_bom. */
void cchci_put_bom(const cchc_writer *writer, struct cchci_sink *sink);

/* The key by which a letter is found again: its path, and behind a number sign its part where a
 * file holds several letters. */
void cchci_value_key(struct cchci_cells *cells, const cchc_letter *letter);

/* A value; one after another stands on a line of its own. NULL is none. */
void cchci_value(struct cchci_cells *cells, const char *bytes, size_t length);
void cchci_value_text(struct cchci_cells *cells, const cchc_text *text);
void cchci_value_string(struct cchci_cells *cells, const char *string);
void cchci_value_number(struct cchci_cells *cells, size_t number);

/* Goes on with the value. */
void cchci_piece(struct cchci_cells *cells, const char *bytes, size_t length);

#endif
