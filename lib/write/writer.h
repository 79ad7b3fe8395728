/* SPDX-License-Identifier: MIT */
/* The shape of a writer: one structure of functions a format, and a sink that they append to.
 *
 * A format is a file of its own and a row in the table of writer.c. Its functions see a letter
 * through the public accessors alone and keep nothing between two calls, so that threads may share
 * a writer. */
#ifndef CCHCI_WRITE_WRITER_H
#define CCHCI_WRITE_WRITER_H

#include <cchcparse/write.h>

/* A letter's piece goes out in a few calls, and is no burden on any stack. */
#define CCHCI_SINK_BUFFER 8192u

/* The longest message of a note: a field's name and a sentence. */
#define CCHCI_NOTE_LENGTH 512u

/* Where text goes. It remembers its first failure; after that nothing more is written. */
struct cchci_sink {
    cchc_write_function write;
    void *context;
    cchc_status status;
    size_t used;
    char buffer[CCHCI_SINK_BUFFER];
};

void cchci_put(struct cchci_sink *sink, const char *bytes, size_t length);
void cchci_put_string(struct cchci_sink *sink, const char *string);

/* Says that what was to be written could not be made; the first such status stays. */
void cchci_fail(struct cchci_sink *sink, cchc_status status);

/* Whether a caller's letter has a record, and its name and its bytes lengths that they may have: none
 * of them is read beyond what a wrong one claims. */
static inline bool cchci_letter_may_be(const cchc_letter *letter)
{
    return letter != NULL && letter->document != NULL &&
           (letter->name != NULL || letter->name_length == 0) &&
           (letter->bytes != NULL || letter->length == 0) &&
           letter->name_length <= CCHC_MAX_BYTES_MOST && letter->length <= CCHC_MAX_BYTES_MOST;
}

/* What a format does. Each function may be NULL: then there is nothing to write there. */
struct cchci_writer_format {
    cchc_format row;
    void (*begin)(const cchc_writer *writer, struct cchci_sink *sink);
    void (*letter)(const cchc_writer *writer, const cchc_letter *letter, struct cchci_sink *sink);
    void (*between)(const cchc_writer *writer, struct cchci_sink *sink);
    void (*end)(const cchc_writer *writer, struct cchci_sink *sink);
    /* Whether the options name a table or profile that the format has; NULL: it looks at none. */
    bool (*accepts)(const cchc_write_options *options);
    /* Called when a writer is made, before threads share it; NULL: there is nothing to prepare. */
    void (*prepare)(void);
};

struct cchc_writer {
    const struct cchci_writer_format *format;
    cchc_write_options options; /* its strings are the writer's own */
};

/* Calls the user's function for notes, where there is one. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
void cchci_note(const cchc_writer *writer, const cchc_letter *letter, const char *code,
                const char *format, ...);

extern const struct cchci_writer_format cchci_csv_format, cchci_tsv_format;
extern const struct cchci_writer_format cchci_metadata_csv_format, cchci_metadata_xml_format;
extern const struct cchci_writer_format cchci_edxml_format, cchci_ics_format, cchci_html_format;
extern const struct cchci_writer_format cchci_sqlite_format;

#endif
