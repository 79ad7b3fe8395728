/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "format.h"
#include "writing.h"

bool format_nothing(const struct style *style, struct bytes *out)
{
    (void)style;
    (void)out;
    return true;
}

bool format_nothing_at_end(const struct style *style, bool any, struct bytes *out)
{
    (void)any;
    return format_nothing(style, out);
}

static bool json_record(const struct letter *letter, struct bytes *out)
{
    return cchc_write_json(letter->document, letter->name, letter->name_length, bytes_write, out) ==
           CCHC_OK;
}

static bool ndjson_record(const struct style *style, const struct letter *letter, struct bytes *out)
{
    (void)style;
    return json_record(letter, out) && bytes_add_text(out, "\n");
}

static bool array_begin(const struct style *style, struct bytes *out)
{
    (void)style;
    return bytes_add_text(out, "[");
}

static bool array_record(const struct style *style, const struct letter *letter, struct bytes *out)
{
    (void)style;
    return bytes_add_text(out, "\n") && json_record(letter, out);
}

static bool array_between(const struct style *style, struct bytes *out)
{
    (void)style;
    return bytes_add_text(out, ",");
}

static bool array_end(const struct style *style, bool any, struct bytes *out)
{
    (void)style;
    return bytes_add_text(out, any ? "\n]\n" : "]\n");
}

static bool blank_line(const struct style *style, struct bytes *out)
{
    (void)style;
    return bytes_add_text(out, "\n");
}

/* ------------------------------------------------------------------------- the second library's -- */

static bool writer_begin(const struct style *style, struct bytes *out)
{
    return cchc_writer_begin(style->writing->writer, bytes_write, out) == CCHC_OK;
}

static bool was_read(const struct letter *letter)
{
    return cchc_document_source(letter->document)->encoding != NULL;
}

/* What a letter lacks is a note where it was read, and else no fault of its own. */
static struct given_letter given(const struct letter *letter)
{
    return (struct given_letter){
        {letter->document, letter->name, letter->name_length, letter->bytes, letter->length},
        was_read(letter) ? letter->notes : NULL};
}

static bool writer_letter(const struct style *style, const struct letter *letter, struct bytes *out)
{
    struct given_letter made = given(letter);
    return writing_letter(style->writing, &made.letter, out);
}

/* A package is sent: of a letter that could not be read there is none. */
static bool package_letter(const struct style *style, const struct letter *letter,
                           struct bytes *out)
{
    return !was_read(letter) || writer_letter(style, letter, out);
}

static bool writer_between(const struct style *style, struct bytes *out)
{
    return cchc_writer_between(style->writing->writer, bytes_write, out) == CCHC_OK;
}

static bool writer_end(const struct style *style, bool any, struct bytes *out)
{
    (void)any;
    return cchc_writer_end(style->writing->writer, bytes_write, out) == CCHC_OK;
}

static bool catalogue_letter(const struct style *style, const struct letter *letter,
                             struct bytes *out)
{
    (void)out;
    struct given_letter made = given(letter);
    writing_add(style->writing, &made.letter);
    return true;
}

#define WRITER(name, extension, kind, letter)                                                      \
    {                                                                                              \
        name, extension, name, kind, writer_begin, letter, writer_between, writer_end              \
    }

const char format_names[] =
    "ndjson, json, text, csv, tsv, metadata-csv, metadata-xml, edxml, ics, html, sqlite";

const struct format *format_by_name(const char *name)
{
    static const struct format formats[] = {
        {"ndjson", ".json", "ndjson", CCHC_FORMAT_BATCH, format_nothing, ndjson_record,
         format_nothing, format_nothing_at_end},
        {"json", ".json", "ndjson", CCHC_FORMAT_BATCH, array_begin, array_record, array_between,
         array_end},
        {"text", ".txt", "text", CCHC_FORMAT_BATCH, format_nothing, text_record, blank_line,
         format_nothing_at_end},
        WRITER("csv", ".csv", CCHC_FORMAT_BATCH, writer_letter),
        WRITER("tsv", ".tsv", CCHC_FORMAT_BATCH, writer_letter),
        WRITER("metadata-csv", ".csv", CCHC_FORMAT_BATCH, writer_letter),
        WRITER("metadata-xml", ".xml", CCHC_FORMAT_BATCH, writer_letter),
        WRITER("edxml", ".edxml", CCHC_FORMAT_SINGLE, package_letter),
        WRITER("ics", ".ics", CCHC_FORMAT_BATCH, writer_letter),
        WRITER("html", ".html", CCHC_FORMAT_BATCH, writer_letter),
        {"sqlite", ".db", "sqlite", CCHC_FORMAT_CATALOGUE, format_nothing, catalogue_letter,
         format_nothing, format_nothing_at_end},
    };
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}
