/* SPDX-License-Identifier: MIT */
/* Metadata as a table: one row a document, the standard's names as the heading. */
#include <stdio.h>

#include "csv.h"
#include "metadata.h"

struct filling {
    const cchc_letter *letter;
    const struct cchci_field *field;
};

static void fill(struct cchci_cells *cells, const void *item)
{
    const struct filling *filling = item;
    const cchc_document *document = filling->letter->document;
    size_t count = cchci_group_count(filling->field, document);
    for (size_t i = 0; i < count; i++) {
        struct cchci_field_value value;
        cchci_field_value(cells->writer, document, filling->field, i, &value);
        for (size_t k = 0; k < value.count; k++) {
            if (k == 0)
                cchci_value(cells, value.pieces[k], value.lengths[k]);
            else
                cchci_piece(cells, value.pieces[k], value.lengths[k]);
        }
        /* Names and ids of receivers stay side by side, also where one has none. */
        if (value.count == 0 && count > 1)
            cchci_value(cells, "", 0);
    }
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
    cchci_row_end(&cells);
    cchci_metadata_notes(writer, letter, profile);
}

const struct cchci_writer_format cchci_metadata_csv_format = {
    .row = {"metadata-csv", CCHC_FORMAT_BATCH, ".csv", true},
    .begin = begin,
    .letter = letter,
    .accepts = cchci_profile_accepts,
};
