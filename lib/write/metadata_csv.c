/* SPDX-License-Identifier: MIT */
/* Metadata as a table: one row a document, the standard's names as the heading, and behind them
 * where the letter was found, which is ours: a row that the letter leaves empty would lead nowhere.
 */
#include <stdio.h>

#include "csv.h"
#include "metadata.h"

struct filling {
    const cchc_letter *letter;
    const struct cchci_field *field;
};

/* How many of the field's values the letter says. */
static size_t filled(const struct filling *filling, const cchc_writer *writer, size_t count)
{
    size_t said = 0;
    for (size_t i = 0; i < count; i++) {
        struct cchci_field_value value;
        cchci_field_value(writer, filling->letter->document, filling->field, i, &value);
        said += value.count > 0;
    }
    return said;
}

static void fill(struct cchci_cells *cells, const void *item)
{
    const struct filling *filling = item;
    size_t count = cchci_group_count(filling->field, filling->letter->document);
    if (filled(filling, cells->writer, count) == 0)
        return;
    for (size_t i = 0; i < count; i++) {
        struct cchci_field_value value;
        cchci_field_value(cells->writer, filling->letter->document, filling->field, i, &value);
        for (size_t k = 0; k < value.count; k++) {
            if (k == 0)
                cchci_value(cells, value.pieces[k], value.lengths[k]);
            else
                cchci_piece(cells, value.pieces[k], value.lengths[k]);
        }
        /* Names and identifiers of receivers stay side by side, also where one has none. */
        if (value.count == 0)
            cchci_value(cells, "", 0);
    }
}

static void fill_source(struct cchci_cells *cells, const void *item)
{
    cchci_value_key(cells, ((const struct filling *)item)->letter);
}

static void begin(const cchc_writer *writer, struct cchci_sink *sink)
{
    const struct cchci_profile *profile = cchci_profile_of(&writer->options);
    struct cchci_cells cells = cchci_cells_of(writer, NULL, sink, ',');
    cchci_put_bom(writer, sink);
    for (size_t i = 0; i < profile->field_count; i++) {
        const struct cchci_field *field = &profile->fields[i];
        char name[64];
        (void)snprintf(name, sizeof name, "%s%s%s", field->group != NULL ? field->group : "",
                       field->group != NULL ? "." : "", field->name);
        cchci_cell_word(&cells, name);
    }
    cchci_cell_word(&cells, "Source");
    cchci_row_end(&cells);
}

static void letter(const cchc_writer *writer, const cchc_letter *letter, struct cchci_sink *sink)
{
    const struct cchci_profile *profile = cchci_profile_of(&writer->options);
    struct cchci_cells cells = cchci_cells_of(writer, letter, sink, ',');
    for (size_t i = 0; i < profile->field_count; i++) {
        struct filling filling = {letter, &profile->fields[i]};
        cchci_cell(&cells, fill, &filling);
    }
    struct filling source = {letter, NULL};
    cchci_cell(&cells, fill_source, &source);
    cchci_row_end(&cells);
    cchci_metadata_notes(writer, letter, profile);
}

const struct cchci_writer_format cchci_metadata_csv_format = {
    .row = {"metadata-csv", CCHC_FORMAT_BATCH, ".csv", true},
    .begin = begin,
    .letter = letter,
    .accepts = cchci_profile_accepts,
};
