/* SPDX-License-Identifier: MIT */
/* The fields by which registers and archives describe a document. A profile is one standard's list
 * of fields with its names and lengths; how a list is written is the matter of each format.
 *
 *      nd30  Nghị định 30/2020/NĐ-CP, Phụ lục VI, Phần II: outgoing and incoming documents
 *      tt02  Thông tư 02/2019/TT-BNV: a document of an electronic archive
 *      tt05  Thông tư 05/2025/TT-BNV: a document of an information package
 */
#ifndef CCHCI_WRITE_METADATA_H
#define CCHCI_WRITE_METADATA_H

#include "writer.h"

/* A value in pieces, so that joining needs no memory. No piece: the letter does not say. */
struct cchci_field_value {
    const char *pieces[3];
    size_t lengths[3];
    size_t count;
    char room[24]; /* for a date or a number */
};

/* What a value is taken from. */
struct cchci_field_source {
    const cchc_writer *writer;
    const cchc_document *document;
    size_t index; /* of the group that the field is in */
};

struct cchci_field {
    const char *group;   /* the element around it, which may stand several times; NULL: none */
    const char *name;    /* exactly as the standard prints it */
    unsigned max_length; /* in characters; 0: the standard gives none */
    /* NULL: no letter says it, an archivist adds it. */
    void (*value)(const struct cchci_field_source *from, struct cchci_field_value *value);
};

struct cchci_profile {
    const char *name;
    const struct cchci_field *fields;
    size_t field_count;
};

/* By the writer's options; NULL where there is no such profile. */
const struct cchci_profile *cchci_profile_of(const cchc_write_options *options);

bool cchci_profile_accepts(const cchc_write_options *options);

/* How often the group of a field stands in this letter; 1 for fields without a group. */
size_t cchci_group_count(const struct cchci_field *field, const cchc_document *document);

void cchci_field_value(const cchc_writer *writer, const cchc_document *document,
                       const struct cchci_field *field, size_t index,
                       struct cchci_field_value *value);

/* Tells what a letter's values lack: lengths that are passed, fields that stay empty, marks and
 * dates that the standard has no form for. */
void cchci_metadata_notes(const cchc_writer *writer, const cchc_letter *letter,
                          const struct cchci_profile *profile);

#endif
