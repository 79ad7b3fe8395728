/* SPDX-License-Identifier: MIT */
/**
 * @file write.h
 * libcchcparse-write: records in the formats that people use them in. A library of its own beside
 * libcchcparse, so that who parses alone needs PCRE2 and ICU alone.
 *
 * A WRITER makes text: what stands before the first letter, a piece for each letter, what stands
 * between two pieces, what stands after the last. It is immutable once made and may be shared by
 * any number of threads; the piece of a letter depends on the letter and on the writer's options
 * alone, never on the letters before it, so that pieces may be made in parallel and put together
 * in order.
 *
 *      cchc_writer *writer = NULL;
 *      if (cchc_writer_new("csv", NULL, &writer) == CCHC_OK &&
 *          cchc_writer_begin(writer, write, context) == CCHC_OK)
 *          for (each letter)
 *              cchc_writer_letter(writer, &letter, write, context);
 *      cchc_writer_end(writer, write, context);
 *      cchc_writer_free(writer);
 *
 * A CATALOGUE is a database that letters are added to, one after the other.
 *
 * Bad values never break a format: what a format cannot hold (control characters in XML, a formula
 * in a table for a spreadsheet) is replaced by the format's own rule, and told by a
 * note of the letter (cchc_note_function).
 */
#ifndef CCHCPARSE_WRITE_H
#define CCHCPARSE_WRITE_H

#include "cchcparse.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A letter as a writer gets it. */
typedef struct cchc_letter {
    const cchc_document *document;
    const char *name; /**< the path as given, any bytes (ill-formed ones become U+FFFD) */
    size_t name_length;
    const void *bytes; /**< the input that the spans point into; NULL: not at hand */
    size_t length;
} cchc_letter;

/** The interface language of what people read. Values are stable. */
typedef enum cchc_language { CCHC_VIETNAMESE = 0, CCHC_ENGLISH = 1 } cchc_language;

/**
 * What a writer has to say about a letter: a value that is longer than the field of the standard,
 * a type without a code. @p code is stable, such as "value-too-long"; @p message an English
 * sentence. Neither is kept. May be called from every thread that uses the writer.
 */
typedef void (*cchc_note_function)(const char *code, const char *message, const cchc_letter *letter,
                                   void *context);

/**
 * Finds the identifier of an agency (mã định danh) by its name as printed, NULL where it has none.
 * The string lives until the next call from the same thread. May be called from every thread.
 */
typedef const char *(*cchc_organ_function)(const char *name, size_t length, void *context);

/** Options of a writer. Start from CCHC_WRITE_OPTIONS_INIT; NULL and 0 are the defaults. */
typedef struct cchc_write_options {
    size_t size;         /**< sizeof(cchc_write_options), for later growth. */
    const char *table;   /**< csv, tsv: "letters", "clauses", "deadlines", "references", "recipients" */
    const char *profile; /**< metadata-csv, metadata-xml: "nd30", "tt02", "tt05" */
    cchc_language language;
    bool no_bom; /**< csv: without the byte order mark that spreadsheets want */
    const char *organ_id; /**< edxml: the sender's identifier */
    cchc_organ_function organ;
    void *organ_context;
    cchc_note_function note;
    void *note_context;
} cchc_write_options;

#define CCHC_WRITE_OPTIONS_INIT \
    {sizeof(cchc_write_options), NULL, NULL, CCHC_VIETNAMESE, false, NULL, NULL, NULL, NULL, NULL}

/** How a format puts letters together. Values are stable. */
typedef enum cchc_format_kind {
    CCHC_FORMAT_BATCH = 0,    /**< one text for all letters */
    CCHC_FORMAT_SINGLE = 1,   /**< one text a letter */
    CCHC_FORMAT_CATALOGUE = 2 /**< a database file: cchc_catalogue_open() */
} cchc_format_kind;

/** A row of the table of formats. */
typedef struct cchc_format {
    const char *name;      /**< "csv", "tsv", "metadata-csv", "metadata-xml", "edxml", "ics", "html" … */
    cchc_format_kind kind;
    const char *extension; /**< of a file in it: ".csv" */
    bool available;        /**< false: the library was built without what this format needs */
} cchc_format;

/** Row @p index of the table, from 0; NULL past its end. Static. */
CCHC_API const cchc_format *cchc_format_at(size_t index);

typedef struct cchc_writer cchc_writer;

/**
 * Makes a writer.
 * @param format   a name of the table that is available and no catalogue.
 * @param options  NULL for the defaults. Strings are copied; contexts must outlive the writer.
 * @return CCHC_OK, CCHC_NOMEM, or CCHC_INVALID (no such format, table or profile).
 */
CCHC_API cchc_status cchc_writer_new(const char *format, const cchc_write_options *options,
                                     cchc_writer **writer);

/** Frees @p writer. NULL is allowed. */
CCHC_API void cchc_writer_free(cchc_writer *writer);

/**
 * What stands before the first letter, the piece of one letter, what stands between two pieces,
 * what stands after the last one. A format of the kind CCHC_FORMAT_SINGLE has the piece alone.
 * @return CCHC_OK, CCHC_NOMEM, CCHC_INVALID, or CCHC_SINK where @p write returned false.
 */
CCHC_API cchc_status cchc_writer_begin(const cchc_writer *writer, cchc_write_function write,
                                       void *context);
CCHC_API cchc_status cchc_writer_letter(const cchc_writer *writer, const cchc_letter *letter,
                                        cchc_write_function write, void *context);
CCHC_API cchc_status cchc_writer_between(const cchc_writer *writer, cchc_write_function write,
                                         void *context);
CCHC_API cchc_status cchc_writer_end(const cchc_writer *writer, cchc_write_function write,
                                     void *context);

/* ----------------------------------------------------------------------- the catalogue -- */

/** A database of letters (SQLite), open for adding. Belongs to one thread at a time. */
typedef struct cchc_catalogue cchc_catalogue;

/**
 * Opens the catalogue @p path, or makes it.
 * @param message  receives why it failed, an English sentence that the caller frees with
 *                 cchc_message_free(); NULL: not wanted. Untouched on success.
 * @return CCHC_OK, CCHC_NOMEM, CCHC_INVALID (built without SQLite; no catalogue of ours), CCHC_SINK.
 */
CCHC_API cchc_status cchc_catalogue_open(const char *path, cchc_catalogue **catalogue,
                                         char **message);

/** Adds @p letter, whose bytes must be at hand; the same bytes again update their row. */
CCHC_API cchc_status cchc_catalogue_add(cchc_catalogue *catalogue, const cchc_letter *letter,
                                        char **message);

/** Makes lasting what was added up to here; the catalogue stays open. */
CCHC_API cchc_status cchc_catalogue_commit(cchc_catalogue *catalogue, char **message);

/** Commits and closes. The catalogue is freed whatever comes back. NULL is allowed. */
CCHC_API cchc_status cchc_catalogue_close(cchc_catalogue *catalogue, char **message);

/** Frees a message of the functions above. NULL is allowed. */
CCHC_API void cchc_message_free(char *message);

#ifdef __cplusplus
}
#endif

#endif
