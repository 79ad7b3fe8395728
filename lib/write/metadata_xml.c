/* SPDX-License-Identifier: MIT */
/* Metadata as XML, an element a field in the standard's order and with its names:
 *
 *      <Documents profile="nd30">
 *        <Document source="NAME" part="1"> <TypeName>…</TypeName> … <To> <OrganId/> <OrganName>…
 *
 * The standards give no root; Documents and Document are ours. Where a group stands several times
 * its fields stand together; where it stands no time it is left out. */
#include <stdio.h>
#include <string.h>

#include "metadata.h"
#include "xml.h"

static void put_field(struct cchci_xml *xml, const cchc_writer *writer,
                      const cchc_document *document, const struct cchci_field *field, size_t index)
{
    struct cchci_field_value value;
    cchci_field_value(writer, document, field, index, &value);
    cchci_xml_start(xml, field->name);
    for (size_t i = 0; i < value.count; i++)
        cchci_xml_text(xml, value.pieces[i], value.lengths[i]);
    cchci_xml_end(xml);
}

/* The fields from @p at that are in one group; returns the first behind it. */
static size_t put_group(struct cchci_xml *xml, const cchc_writer *writer,
                        const cchc_document *document, const struct cchci_profile *profile,
                        size_t at)
{
    const struct cchci_field *first = &profile->fields[at];
    size_t end = at + 1;
    while (first->group != NULL && end < profile->field_count &&
           profile->fields[end].group != NULL &&
           strcmp(profile->fields[end].group, first->group) == 0)
        end++;
    size_t count = cchci_group_count(first, document);
    for (size_t i = 0; i < count && xml->sink->status == CCHC_OK; i++) {
        if (first->group != NULL)
            cchci_xml_start(xml, first->group);
        for (size_t k = at; k < end; k++)
            put_field(xml, writer, document, &profile->fields[k], i);
        if (first->group != NULL)
            cchci_xml_end(xml);
    }
    return end;
}

static void begin(const cchc_writer *writer, struct cchci_sink *sink)
{
    cchci_xml_declaration(sink);
    cchci_put_string(sink, "<Documents profile=\"");
    cchci_put_string(sink, cchci_profile_of(&writer->options)->name);
    cchci_put_string(sink, "\">\n");
}

static void letter(const cchc_writer *writer, const cchc_letter *letter, struct cchci_sink *sink)
{
    const struct cchci_profile *profile = cchci_profile_of(&writer->options);
    struct cchci_xml xml = cchci_xml_open(sink, true);
    cchci_xml_start(&xml, "Document");
    cchci_xml_attribute_bytes(&xml, "source", letter->name, letter->name_length);
    size_t part = cchc_document_source(letter->document)->part;
    if (part > 0) {
        char digits[24];
        (void)snprintf(digits, sizeof digits, "%zu", part);
        cchci_xml_attribute(&xml, "part", digits);
    }
    for (size_t i = 0; i < profile->field_count;)
        i = put_group(&xml, writer, letter->document, profile, i);
    cchci_xml_end(&xml);
    cchci_xml_close(&xml);
    cchci_xml_notes(&xml, writer, letter);
    cchci_metadata_notes(writer, letter, profile);
}

static void end(const cchc_writer *writer, struct cchci_sink *sink)
{
    (void)writer;
    cchci_put_string(sink, "</Documents>\n");
}

const struct cchci_writer_format cchci_metadata_xml_format = {
    .row = {"metadata-xml", CCHC_FORMAT_BATCH, ".xml", true},
    .begin = begin,
    .letter = letter,
    .end = end,
    .accepts = cchci_profile_accepts,
    .prepare = cchci_xml_prepare,
};
