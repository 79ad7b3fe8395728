/* SPDX-License-Identifier: MIT */
/* Rows and cells of RFC 4180, the same with a tab for TSV. */
#include "csv.h"

#include <string.h>

#include "values.h"

struct cchci_cells cchci_cells_of(const cchc_writer *writer, const cchc_letter *letter,
                                  struct cchci_sink *sink, char separator)
{
    return (struct cchci_cells){
        .writer = writer, .letter = letter, .sink = sink, .separator = separator, .first = true};
}

/* What makes a spreadsheet read a cell as a formula or strips to one (OWASP, CSV Injection). */
static bool starts_formula(uint32_t character)
{
    return character == '=' || character == '+' || character == '-' || character == '@' ||
           character == '\t' || character == '\r';
}

static void put_character(struct cchci_cells *cells, uint32_t character)
{
    if (cells->measuring) {
        if (cells->units == 0)
            cells->defused = starts_formula(character);
        cells->quoted = cells->quoted || character == (unsigned char)cells->separator ||
                        character == '"' || character == '\n' || character == '\r';
        cells->units += character < 0x10000 ? 1 : 2;
        return;
    }
    char bytes[4];
    if (character == '"')
        cchci_put(cells->sink, "\"", 1);
    cchci_put(cells->sink, bytes, cchci_utf8(character, bytes));
}

void cchci_piece(struct cchci_cells *cells, const char *bytes, size_t length)
{
    struct cchci_characters characters = cchci_characters_of(bytes, length);
    uint32_t character;
    while (cchci_characters_next(&characters, &character))
        put_character(cells, character);
    if (characters.replaced && cells->letter != NULL && !cells->told_replaced) {
        cells->told_replaced = true;
        cchci_note(cells->writer, cells->letter, "character-replaced",
                   "a character that no table can hold became U+FFFD");
    }
}

void cchci_value(struct cchci_cells *cells, const char *bytes, size_t length)
{
    if (bytes == NULL)
        return;
    if (!cells->empty)
        put_character(cells, '\n');
    cells->empty = false;
    cchci_piece(cells, bytes, length);
}

void cchci_value_text(struct cchci_cells *cells, const cchc_text *text)
{
    if (text != NULL)
        cchci_value(cells, text->data, text->length);
}

void cchci_value_string(struct cchci_cells *cells, const char *string)
{
    cchci_value(cells, string, string != NULL ? strlen(string) : 0);
}

void cchci_value_number(struct cchci_cells *cells, size_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    cchci_value(cells, digits + at, sizeof digits - at);
}

void cchci_value_key(struct cchci_cells *cells, const cchc_letter *letter)
{
    const cchc_source *source = cchc_document_source(letter->document);
    cchci_value(cells, letter->name != NULL ? letter->name : "", letter->name_length);
    if (source->part == 0)
        return;
    char part[24];
    size_t at = sizeof part;
    for (size_t rest = source->part; rest > 0; rest /= 10)
        part[--at] = (char)('0' + rest % 10);
    part[--at] = '#';
    cchci_piece(cells, part + at, sizeof part - at);
}

/* Tells what the cell's reader should know. */
static void tell(struct cchci_cells *cells)
{
    if (cells->letter == NULL)
        return;
    if (cells->defused && !cells->told_defused) {
        cells->told_defused = true;
        cchci_note(cells->writer, cells->letter, "formula-defused",
                   "a cell that a spreadsheet would take for a formula begins with an apostrophe");
    }
    if (cells->units > CCHCI_CELL_UNITS && !cells->told_long) {
        cells->told_long = true;
        cchci_note(cells->writer, cells->letter, "cell-too-long",
                   "a cell has %zu characters; Excel keeps %u", cells->units, CCHCI_CELL_UNITS);
    }
}

void cchci_cell(struct cchci_cells *cells, cchci_cell_function *fill, const void *item)
{
    if (!cells->first)
        cchci_put(cells->sink, &cells->separator, 1);
    cells->first = false;
    cells->measuring = cells->empty = true;
    cells->quoted = cells->defused = false;
    cells->units = 0;
    fill(cells, item);
    tell(cells);

    cells->measuring = false;
    cells->empty = true;
    if (cells->quoted)
        cchci_put(cells->sink, "\"", 1);
    if (cells->defused)
        cchci_put(cells->sink, "'", 1);
    fill(cells, item);
    if (cells->quoted)
        cchci_put(cells->sink, "\"", 1);
}

static void fill_word(struct cchci_cells *cells, const void *item)
{
    cchci_value_string(cells, item);
}

void cchci_cell_word(struct cchci_cells *cells, const char *word)
{
    cchci_cell(cells, fill_word, word);
}

void cchci_row_end(struct cchci_cells *cells)
{
    cchci_put(cells->sink, "\r\n", 2);
    cells->first = true;
}

void cchci_put_bom(const cchc_writer *writer, struct cchci_sink *sink)
{
    if (!writer->options.no_bom)
        cchci_put(sink, "\xEF\xBB\xBF", 3);
}
