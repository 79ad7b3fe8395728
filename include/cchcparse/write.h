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
 * in order. The same letters give the same bytes.
 *
 *      cchc_writer *writer = NULL;
 *      if (cchc_writer_new("csv", NULL, &writer) == CCHC_OK &&
 *          cchc_writer_begin(writer, write, context) == CCHC_OK) {
 *          for (each letter) {
 *              (before each but the first) cchc_writer_between(writer, write, context);
 *              cchc_writer_letter(writer, &letter, write, context);
 *          }
 *          cchc_writer_end(writer, write, context);
 *      }
 *      cchc_writer_free(writer);
 *
 * A CATALOGUE is a database that letters are added to, one after the other.
 *
 * FORMATS. csv, tsv: tables for spreadsheets. metadata-csv, metadata-xml: the fields of registers
 * and archives. edxml: header packages of the national exchange axis. ics: deadlines as a calendar.
 * html: a page to review letters with, in any browser. sqlite: the catalogue. Which of them a build
 * has, the table says (cchc_format_at()); what each holds is written in lib/write/README.md. The
 * record itself is JSON: cchc_write_json(), whose schema is installed as
 * share/cchcparse/record.schema.json.
 *
 * VALUES. What a letter does not say stays empty and is never made up; what is too long for a field
 * of a standard is not cut. Bad values never break a format: characters that a format cannot hold
 * become U+FFFD, and a cell that a spreadsheet would take for a formula begins with an apostrophe.
 * Each such thing is told by a note of the letter (cchc_note_function).
 *
 * MEMORY comes from malloc; libxml2 and SQLite have their own. Where it ends a call returns
 * CCHC_NOMEM and what it wrote is no whole piece; the writer stays usable. Nothing is printed.
 */
#ifndef CCHCPARSE_WRITE_H
#define CCHCPARSE_WRITE_H

#include "cchcparse.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A letter as a writer gets it. A length over CCHC_MAX_BYTES_MOST, which no letter and no name has, is
 *  CCHC_INVALID. */
typedef struct cchc_letter {
    const cchc_document *document;
    const char *name; /**< the path as given, any bytes (ill-formed ones become U+FFFD) */
    size_t name_length;
    const void *bytes; /**< the whole input, which the spans point into; NULL: not at hand */
    size_t length;     /**< bytes of it */
} cchc_letter;

/** The interface language of what people read. Values are stable. */
typedef enum cchc_language { CCHC_VIETNAMESE = 0, CCHC_ENGLISH = 1 } cchc_language;

/**
 * What a writer has to say about a letter. @p code is stable, @p message an English sentence;
 * neither is kept. May be called from every thread that uses the writer, while the piece is made.
 *
 *  value-too-long          a value is longer than the field of the standard; it is written whole
 *  field-empty             fields of the standard that the letter does not fill
 *  date-incomplete         the letter's date is no whole day, so the field is empty
 *  type-without-code       the standard's list has no code for the type
 *  priority-without-code   nor for the mark of priority
 *  sender-without-id       edxml: nobody gave the identifier
 *  receiver-without-id     edxml: nobody gave the identifiers of some receivers
 *  receiver-missing        edxml: the letter names no addressee
 *  document-id-incomplete  edxml: what the identifier is made of is not all there
 *  secrecy-not-sent        edxml: there is no field for a mark of secrecy
 *  recurrence-without-start  ics: a letter without a date, so the task does not repeat
 *  due-out-of-range        ics: a year that no calendar is written for
 *  character-replaced      a character that the format cannot hold became U+FFFD
 *  formula-defused         a cell begins with an apostrophe
 *  cell-too-long           a cell is longer than Excel keeps; it is written whole
 */
typedef void (*cchc_note_function)(const char *code, const char *message, const cchc_letter *letter,
                                   void *context);

/**
 * Finds the identifier of an agency (mã định danh) by its name as printed, NULL where it has none.
 * The string lives until the next call from the same thread. May be called from every thread. One
 * that could not look has no answer of its own: it says NULL and remembers that what is being
 * written must not be used.
 */
typedef const char *(*cchc_organ_function)(const char *name, size_t length, void *context);

/** Options of a writer; a format looks at its own only. Start from CCHC_WRITE_OPTIONS_INIT. */
typedef struct cchc_write_options {
    size_t size;         /**< sizeof(cchc_write_options), for later growth. */
    const char *table;   /**< csv, tsv: "letters" (NULL), "clauses", "deadlines", "references",
                              "recipients" */
    const char *profile; /**< metadata-csv, metadata-xml: "nd30" (NULL), "tt02", "tt05" */
    cchc_language language; /**< csv, tsv, html: of headings and of names of types */
    bool no_bom;            /**< csv, metadata-csv: without the byte order mark that Excel wants */
    const char *organ_id; /**< edxml: the sender's identifier; metadata: that of the archive. NULL:
                               edxml asks the function, metadata leave it empty */
    cchc_organ_function organ; /**< edxml, metadata: identifiers; NULL: none is known */
    void *organ_context;
    cchc_note_function note; /**< NULL: nobody listens */
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
    const char *name; /**< as above: "csv", "metadata-xml" */
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
 * Pieces of the text: what stands before the first letter, one letter, what stands between two of
 * them, what stands after the last. A format of the kind CCHC_FORMAT_SINGLE has the letter alone.
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
 * Opens the catalogue @p path, or makes it. lib/write/catalogue.md says how to ask it.
 * @param path       its file; ":memory:" is, as SQLite has it, one that is gone when it is closed.
 * @param catalogue  receives it; the caller closes it with cchc_catalogue_close().
 * @param message    here and below: receives why the call failed, an English sentence that the
 *                   caller frees with cchc_message_free(); NULL: not wanted. Untouched on success,
 *                   and where there is nothing to say.
 * @return CCHC_OK, CCHC_NOMEM, CCHC_SINK (the file cannot be opened or made), or CCHC_INVALID (a
 *         wrong argument; a library without SQLite; no catalogue, or one of another version).
 */
CCHC_API cchc_status cchc_catalogue_open(const char *path, cchc_catalogue **catalogue,
                                         char **message);

/**
 * Adds @p letter wholly or, on failure, not at all. Its bytes must be at hand and be those of its
 * record: the same bytes and the same part again update their rows. A letter that could not be read
 * (cchc_parse_failed()) has none, and is known by its name until it is read. What is added lasts
 * from the next commit on.
 * @return CCHC_OK, CCHC_NOMEM, CCHC_INVALID, or CCHC_SINK where the database refused. Where
 *         a disk was full or memory ended, what was added since the last commit may be gone.
 */
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
