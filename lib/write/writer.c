/* SPDX-License-Identifier: MIT */
/* The table of formats, and the way of a call into one of them. */
#include "writer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct cchci_writer_format *const formats[] = {
    &cchci_csv_format,   &cchci_tsv_format, &cchci_metadata_csv_format, &cchci_metadata_xml_format,
    &cchci_edxml_format, &cchci_ics_format, &cchci_html_format,         &cchci_sqlite_format,
};

static const size_t format_count = sizeof formats / sizeof formats[0];

const cchc_format *cchc_format_at(size_t index)
{
    return index < format_count ? &formats[index]->row : NULL;
}

/* ---------------------------------------------------------------------------------- sink -- */

void cchci_fail(struct cchci_sink *sink, cchc_status status)
{
    if (sink->status == CCHC_OK)
        sink->status = status;
}

static void hand_over(struct cchci_sink *sink, const char *bytes, size_t length)
{
    if (sink->status == CCHC_OK && length > 0 && !sink->write(bytes, length, sink->context))
        sink->status = CCHC_SINK;
}

void cchci_put(struct cchci_sink *sink, const char *bytes, size_t length)
{
    if (length > CCHCI_SINK_BUFFER - sink->used) {
        hand_over(sink, sink->buffer, sink->used);
        sink->used = 0;
        if (length > CCHCI_SINK_BUFFER) {
            hand_over(sink, bytes, length);
            return;
        }
    }
    if (length > 0)
        memcpy(sink->buffer + sink->used, bytes, length);
    sink->used += length;
}

void cchci_put_string(struct cchci_sink *sink, const char *string)
{
    cchci_put(sink, string, strlen(string));
}

/* --------------------------------------------------------------------------------- notes -- */

void cchci_note(const cchc_writer *writer, const cchc_letter *letter, const char *code,
                const char *format, ...)
{
    if (writer->options.note == NULL)
        return;
    char message[CCHCI_NOTE_LENGTH];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    writer->options.note(code, message, letter, writer->options.note_context);
}

/* ------------------------------------------------------------------------------- writers -- */

static const struct cchci_writer_format *format_named(const char *name)
{
    for (size_t i = 0; i < format_count; i++)
        if (strcmp(formats[i]->row.name, name) == 0)
            return formats[i];
    return NULL;
}

/* Copies the string that *member points to behind the writer, at *room, which it moves on. */
static void keep_string(const char **member, char **room)
{
    if (*member == NULL)
        return;
    size_t size = strlen(*member) + 1;
    memcpy(*room, *member, size);
    *member = *room;
    *room += size;
}

cchc_status cchc_writer_new(const char *format, const cchc_write_options *options,
                            cchc_writer **writer)
{
    static const cchc_write_options defaults = CCHC_WRITE_OPTIONS_INIT;
    if (options == NULL)
        options = &defaults;
    if (format == NULL || writer == NULL || options->size != sizeof *options ||
        (options->language != CCHC_VIETNAMESE && options->language != CCHC_ENGLISH))
        return CCHC_INVALID;
    const struct cchci_writer_format *found = format_named(format);
    if (found == NULL || !found->row.available || found->row.kind == CCHC_FORMAT_CATALOGUE ||
        (found->accepts != NULL && !found->accepts(options)))
        return CCHC_INVALID;
    if (found->prepare != NULL)
        found->prepare();

    const char *const strings[] = {options->table, options->profile, options->organ_id};
    size_t size = sizeof(cchc_writer);
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++)
        size += strings[i] != NULL ? strlen(strings[i]) + 1 : 0;
    cchc_writer *made = malloc(size);
    if (made == NULL)
        return CCHC_NOMEM;
    made->format = found;
    made->options = *options;
    char *room = (char *)(made + 1);
    keep_string(&made->options.table, &room);
    keep_string(&made->options.profile, &room);
    keep_string(&made->options.organ_id, &room);
    *writer = made;
    return CCHC_OK;
}

void cchc_writer_free(cchc_writer *writer)
{
    free(writer);
}

/* --------------------------------------------------------------------------------- pieces -- */

typedef void piece_function(const cchc_writer *writer, struct cchci_sink *sink);

static void sink_open(struct cchci_sink *sink, cchc_write_function write, void *context)
{
    sink->write = write;
    sink->context = context;
    sink->status = CCHC_OK;
    sink->used = 0;
}

static cchc_status sink_close(struct cchci_sink *sink)
{
    hand_over(sink, sink->buffer, sink->used);
    return sink->status;
}

static cchc_status write_piece(const cchc_writer *writer, piece_function *piece,
                               cchc_write_function write, void *context)
{
    if (piece == NULL)
        return CCHC_OK;
    struct cchci_sink sink;
    sink_open(&sink, write, context);
    piece(writer, &sink);
    return sink_close(&sink);
}

cchc_status cchc_writer_begin(const cchc_writer *writer, cchc_write_function write, void *context)
{
    if (writer == NULL || write == NULL)
        return CCHC_INVALID;
    return write_piece(writer, writer->format->begin, write, context);
}

cchc_status cchc_writer_between(const cchc_writer *writer, cchc_write_function write, void *context)
{
    if (writer == NULL || write == NULL)
        return CCHC_INVALID;
    return write_piece(writer, writer->format->between, write, context);
}

cchc_status cchc_writer_end(const cchc_writer *writer, cchc_write_function write, void *context)
{
    if (writer == NULL || write == NULL)
        return CCHC_INVALID;
    return write_piece(writer, writer->format->end, write, context);
}

cchc_status cchc_writer_letter(const cchc_writer *writer, const cchc_letter *letter,
                               cchc_write_function write, void *context)
{
    if (writer == NULL || !cchci_letter_may_be(letter) || write == NULL)
        return CCHC_INVALID;
    struct cchci_sink sink;
    sink_open(&sink, write, context);
    writer->format->letter(writer, letter, &sink);
    return sink_close(&sink);
}
