/* SPDX-License-Identifier: MIT */
#include "metadata.h"

#include <stdio.h>
#include <string.h>

#include "values.h"

/* -------------------------------------------------------------------------------- values -- */

static void add(struct cchci_field_value *value, const char *bytes, size_t length)
{
    if (bytes == NULL || value->count == sizeof value->pieces / sizeof value->pieces[0])
        return;
    value->pieces[value->count] = bytes;
    value->lengths[value->count++] = length;
}

static void add_string(struct cchci_field_value *value, const char *string)
{
    if (string != NULL)
        add(value, string, strlen(string));
}

static void add_text(struct cchci_field_value *value, const cchc_text *text)
{
    if (text != NULL)
        add(value, text->data, text->length);
}

static void add_day(struct cchci_field_value *value, const struct cchci_day *day)
{
    add_string(value, cchci_day_text(day, CCHCI_PRINTED_DAY, value->room));
}

/* The length 10 of a date is that of DD/MM/YYYY: a day that is not whole has no form. */
static void add_iso(struct cchci_field_value *value, const char *iso)
{
    struct cchci_day day;
    if (cchci_day_read(iso, &day))
        add_day(value, &day);
}

#define VALUE(name)                                                                                \
    static void name(const struct cchci_field_source *from, struct cchci_field_value *value)

/* A value that is one member of a part of the record, where the record has that part. */
#define VALUE_MEMBER(name, type, accessor, add_member, member)                                     \
    VALUE(name)                                                                                    \
    {                                                                                              \
        const type *part = accessor(from->document);                                               \
        if (part != NULL)                                                                          \
            add_member(value, member);                                                             \
    }

VALUE_MEMBER(code_number, cchc_code, cchc_document_code, add_string, part->number)
VALUE_MEMBER(code_notation, cchc_code, cchc_document_code, add_string, part->notation)
VALUE_MEMBER(issued_date, cchc_promulgation, cchc_document_promulgation, add_iso, part->iso)
VALUE_MEMBER(organ_name, cchc_agency, cchc_document_agency, add_text, &part->name)
VALUE_MEMBER(arrival_date, cchc_incoming, cchc_document_incoming, add_iso, part->date)
VALUE_MEMBER(arrival_number, cchc_incoming, cchc_document_incoming, add_string, part->number)
VALUE_MEMBER(position, cchc_signer, cchc_document_signer, add_text, &part->position)
VALUE_MEMBER(full_name, cchc_signer, cchc_document_signer, add_text, &part->full_name)

/* The archive that keeps the list of files: who runs the program knows it. */
VALUE(organ_id)
{
    add_string(value, from->writer->options.organ_id);
}

VALUE(type_name)
{
    const struct cchci_type_name *name = cchci_type_of(from->document);
    if (name != NULL && strcmp(name->slug, "khac") == 0)
        add_text(value, &cchc_document_type(from->document)->text);
    else if (name != NULL)
        add_string(value, name->vietnamese);
}

VALUE(type_code)
{
    const struct cchci_type_name *name = cchci_type_of(from->document);
    if (name != NULL)
        add_string(value, name->tt05);
}

VALUE(subject)
{
    add_text(value, cchc_document_text(from->document, CCHC_SUBJECT));
}

/* What is read as an official document is Vietnamese: the parser knows it by its Vietnamese words.
 */
VALUE(language)
{
    if (cchci_type_of(from->document) != NULL)
        add_string(value, "Tiếng Việt");
}

VALUE(language_code)
{
    if (cchci_type_of(from->document) != NULL)
        add_string(value, "01");
}

/* Ghi chú: the marks of secrecy and circulation, for which there is no field of their own. */
VALUE(description)
{
    const cchc_text *secrecy = cchc_document_text(from->document, CCHC_SECRECY);
    const cchc_text *circulation = cchc_document_text(from->document, CCHC_CIRCULATION);
    add_text(value, secrecy);
    if (secrecy != NULL && circulation != NULL)
        add_string(value, "; ");
    add_text(value, circulation);
}

VALUE(receiver_name)
{
    size_t count = 0;
    const cchc_text *addressees = cchc_document_addressees(from->document, &count);
    if (from->index < count)
        add_text(value, &addressees[from->index]);
}

VALUE(receiver_id)
{
    const cchc_write_options *options = &from->writer->options;
    size_t count = 0;
    const cchc_text *addressees = cchc_document_addressees(from->document, &count);
    if (from->index >= count || options->organ == NULL)
        return;
    const cchc_text *name = &addressees[from->index];
    add_string(value, options->organ(name->data, name->length, options->organ_context));
}

VALUE(priority)
{
    if (cchci_type_of(from->document) != NULL)
        add_string(value, cchci_priority_code(from->document));
}

VALUE(issued_amount)
{
    const cchc_archive *archive = cchc_document_archive(from->document);
    if (archive == NULL || archive->copies < 0)
        return;
    int length = snprintf(value->room, sizeof value->room, "%ld", archive->copies);
    if (length > 0 && (size_t)length < sizeof value->room)
        add_string(value, value->room);
}

VALUE(due_date)
{
    struct cchci_day day;
    if (cchci_earliest_due(from->document, &day))
        add_day(value, &day);
}

/* Chế độ sử dụng: a secret document is secret (03); whether another one is open is not printed. */
VALUE(mode_code)
{
    if (cchc_document_text(from->document, CCHC_SECRECY) != NULL)
        add_string(value, "03");
}

VALUE(mode)
{
    if (cchc_document_text(from->document, CCHC_SECRECY) != NULL)
        add_string(value, "Mật");
}

/* ------------------------------------------------------------------------------ profiles -- */

/* Phụ lục VI numbers outgoing and incoming documents apart; a field of both stands once. */
static const struct cchci_field nd30_fields[] = {
    {NULL, "FileCode", 0, NULL},
    {NULL, "OrganId", 13, organ_id},
    {NULL, "FileCatalog", 4, NULL},
    {NULL, "FileNotation", 20, NULL},
    {NULL, "DocOrdinal", 3, NULL},
    {NULL, "TypeName", 100, type_name},
    {NULL, "CodeNumber", 11, code_number},
    {NULL, "CodeNotation", 30, code_notation},
    {NULL, "IssuedDate", 10, issued_date},
    {NULL, "OrganName", 200, organ_name},
    {NULL, "Subject", 500, subject},
    {NULL, "Language", 30, language},
    {NULL, "PageAmount", 3, NULL},
    {NULL, "Description", 500, description},
    {NULL, "ArrivalDate", 10, arrival_date},
    {NULL, "ArrivalNumber", 10, arrival_number},
    {"SignerInfo", "Position", 100, position},
    {"SignerInfo", "FullName", 50, full_name},
    {"To", "OrganId", 13, receiver_id},
    {"To", "OrganName", 200, receiver_name},
    {NULL, "Priority", 1, priority},
    {NULL, "IssuedAmount", 3, issued_amount},
    {NULL, "DueDate", 10, due_date},
    {NULL, "ToPlaces", 1000, NULL},
    {NULL, "TraceHeaderList", 0, NULL},
};

static const struct cchci_field tt02_fields[] = {
    {NULL, "DocCode", 25, NULL},
    {NULL, "FileCode", 0, NULL},
    {NULL, "Identifier", 0, NULL},
    {NULL, "OrganId", 0, organ_id},
    {NULL, "FileCatalog", 4, NULL},
    {NULL, "FileNotation", 20, NULL},
    {NULL, "DocOrdinal", 0, NULL},
    {NULL, "TypeName", 100, type_name},
    {NULL, "CodeNumber", 11, code_number},
    {NULL, "CodeNotation", 30, code_notation},
    {NULL, "IssuedDate", 10, issued_date},
    {NULL, "OrganName", 200, organ_name},
    {NULL, "Subject", 500, subject},
    {NULL, "Language", 100, language},
    {NULL, "PageAmount", 4, NULL},
    {NULL, "Description", 500, description},
    {NULL, "InforSign", 30, NULL},
    {NULL, "Keyword", 100, NULL},
    {NULL, "Mode", 20, mode},
    {NULL, "ConfidenceLevel", 30, NULL},
    {NULL, "Autograph", 2000, NULL},
    {NULL, "Format", 50, NULL},
};

static const struct cchci_field tt05_fields[] = {
    {NULL, "docId", 25, NULL},
    {NULL, "arcDocCode", 100, NULL},
    {NULL, "maintenance", 100, NULL},
    {NULL, "typeName", 10, type_code},
    {NULL, "codeNumber", 11, code_number},
    {NULL, "codeNotation", 30, code_notation},
    {NULL, "issuedDate", 10, issued_date},
    {NULL, "organName", 200, organ_name},
    {NULL, "subject", 500, subject},
    {NULL, "language", 100, language_code},
    {NULL, "numberOfPage", 4, NULL},
    {NULL, "inforSign", 30, NULL},
    {NULL, "keyword", 100, NULL},
    {NULL, "mode", 20, mode_code},
    {NULL, "confidenceLevel", 30, NULL},
    {NULL, "autograph", 2000, NULL},
    {NULL, "format", 50, NULL},
    {NULL, "process", 1, NULL},
    {NULL, "riskRecovery", 1, NULL},
    {NULL, "riskRecoveryStatus", 2, NULL},
    {NULL, "description", 500, description},
};

#define FIELDS(fields) (fields), sizeof(fields) / sizeof(fields)[0]

static const struct cchci_profile profiles[] = {
    {"nd30", FIELDS(nd30_fields)},
    {"tt02", FIELDS(tt02_fields)},
    {"tt05", FIELDS(tt05_fields)},
};

const struct cchci_profile *cchci_profile_of(const cchc_write_options *options)
{
    for (size_t i = 0; i < sizeof profiles / sizeof profiles[0]; i++)
        if (options->profile == NULL || strcmp(profiles[i].name, options->profile) == 0)
            return &profiles[i];
    return NULL;
}

bool cchci_profile_accepts(const cchc_write_options *options)
{
    return cchci_profile_of(options) != NULL;
}

/* The one group that stands several times is To. */
size_t cchci_group_count(const struct cchci_field *field, const cchc_document *document)
{
    size_t count = 1;
    if (field->group != NULL && strcmp(field->group, "To") == 0)
        (void)cchc_document_addressees(document, &count);
    return count;
}

void cchci_field_value(const cchc_writer *writer, const cchc_document *document,
                       const struct cchci_field *field, size_t index,
                       struct cchci_field_value *value)
{
    value->count = 0;
    if (field->value != NULL)
        field->value(&(const struct cchci_field_source){writer, document, index}, value);
}

/* --------------------------------------------------------------------------------- notes -- */

static size_t characters_in(const struct cchci_field_value *value)
{
    size_t count = 0;
    uint32_t character;
    for (size_t i = 0; i < value->count; i++) {
        struct cchci_characters characters =
            cchci_characters_of(value->pieces[i], value->lengths[i]);
        while (cchci_characters_next(&characters, &character))
            count++;
    }
    return count;
}

/* The names of fields that stay empty, in a message that has room for all of any profile. */
struct empties {
    char names[CCHCI_NOTE_LENGTH - 64];
    size_t length;
};

static void add_empty(struct empties *empties, const struct cchci_field *field)
{
    int length = snprintf(empties->names + empties->length, sizeof empties->names - empties->length,
                          "%s%s%s%s", empties->length > 0 ? ", " : "",
                          field->group != NULL ? field->group : "", field->group != NULL ? "." : "",
                          field->name);
    size_t left = sizeof empties->names - empties->length - 1;
    if (length > 0)
        empties->length += (size_t)length < left ? (size_t)length : left;
}

static void note_field(const cchc_writer *writer, const cchc_letter *letter,
                       const struct cchci_field *field, struct empties *empties)
{
    struct cchci_field_value value;
    size_t filled = 0, count = cchci_group_count(field, letter->document);
    for (size_t i = 0; i < count; i++) {
        cchci_field_value(writer, letter->document, field, i, &value);
        size_t length = characters_in(&value);
        filled += length > 0;
        if (field->max_length > 0 && length > field->max_length)
            cchci_note(writer, letter, "value-too-long", "%s has %zu characters; the field has %u",
                       field->name, length, field->max_length);
    }
    if (filled == 0)
        add_empty(empties, field);
}

void cchci_metadata_notes(const cchc_writer *writer, const cchc_letter *letter,
                          const struct cchci_profile *profile)
{
    if (writer->options.note == NULL)
        return;
    struct empties empties = {.length = 0};
    for (size_t i = 0; i < profile->field_count; i++)
        note_field(writer, letter, &profile->fields[i], &empties);
    if (empties.length > 0)
        cchci_note(writer, letter, "field-empty", "%s: the letter does not say", empties.names);
    const cchc_document *document = letter->document;
    const cchc_promulgation *promulgation = cchc_document_promulgation(document);
    struct cchci_day day;
    if (promulgation != NULL && promulgation->iso != NULL &&
        !cchci_day_read(promulgation->iso, &day))
        cchci_note(writer, letter, "date-incomplete", "the date %.16s is no whole day",
                   promulgation->iso);
    if (cchci_priority_code(document) == NULL)
        cchci_note(writer, letter, "priority-without-code",
                   "the standard has no code for the mark");
}
