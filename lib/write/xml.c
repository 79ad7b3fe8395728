/* SPDX-License-Identifier: MIT */
#include "xml.h"

#include <string.h>

#include <libxml/xmlwriter.h>

#include "values.h"

/* Text goes to libxml2 in pieces of this size, each closed by the NUL that it wants. */
#define PIECE 512

/* A sink that refuses remembers it; libxml2, told of it, would print. */
static int take(void *context, const char *bytes, int length)
{
    cchci_put(context, bytes, (size_t)length);
    return length;
}

static int done(void *context)
{
    (void)context;
    return 0;
}

void cchci_xml_declaration(struct cchci_sink *sink)
{
    cchci_put_string(sink, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
}

/* libxml2 says -1 where its memory ends. */
static void check(struct cchci_xml *xml, int result)
{
    if (result < 0)
        cchci_fail(xml->sink, CCHC_NOMEM);
}

struct cchci_xml cchci_xml_open(struct cchci_sink *sink, bool indented)
{
    struct cchci_xml xml = {NULL, sink, false};
    xmlOutputBufferPtr output = xmlOutputBufferCreateIO(take, done, sink, NULL);
    if (output != NULL) {
        xml.text = xmlNewTextWriter(output);
        if (xml.text == NULL)
            (void)xmlOutputBufferClose(output);
    }
    if (xml.text == NULL)
        cchci_fail(sink, CCHC_NOMEM);
    else if (indented)
        check(&xml, xmlTextWriterSetIndent(xml.text, 1) < 0 ||
                            xmlTextWriterSetIndentString(xml.text, BAD_CAST "  ") < 0
                        ? -1
                        : 0);
    return xml;
}

void cchci_xml_close(struct cchci_xml *xml)
{
    if (xml->text == NULL)
        return;
    check(xml, xmlTextWriterFlush(xml->text));
    xmlFreeTextWriter(xml->text);
    xml->text = NULL;
}

void cchci_xml_start(struct cchci_xml *xml, const char *name)
{
    if (xml->text != NULL)
        check(xml, xmlTextWriterStartElement(xml->text, BAD_CAST name));
}

void cchci_xml_end(struct cchci_xml *xml)
{
    if (xml->text != NULL)
        check(xml, xmlTextWriterEndElement(xml->text));
}

void cchci_xml_text(struct cchci_xml *xml, const char *bytes, size_t length)
{
    if (xml->text == NULL || bytes == NULL)
        return;
    struct cchci_characters characters = cchci_characters_of(bytes, length);
    char piece[PIECE];
    size_t used = 0;
    uint32_t character;
    while (cchci_characters_next(&characters, &character)) {
        used += cchci_utf8(character, piece + used);
        if (used + 4 < PIECE)
            continue;
        piece[used] = '\0';
        check(xml, xmlTextWriterWriteString(xml->text, BAD_CAST piece));
        used = 0;
    }
    piece[used] = '\0';
    if (used > 0)
        check(xml, xmlTextWriterWriteString(xml->text, BAD_CAST piece));
    xml->replaced = xml->replaced || characters.replaced;
}

void cchci_xml_attribute_bytes(struct cchci_xml *xml, const char *name, const char *bytes,
                               size_t length)
{
    if (xml->text == NULL)
        return;
    check(xml, xmlTextWriterStartAttribute(xml->text, BAD_CAST name));
    cchci_xml_text(xml, bytes, length);
    check(xml, xmlTextWriterEndAttribute(xml->text));
}

void cchci_xml_attribute(struct cchci_xml *xml, const char *name, const char *string)
{
    cchci_xml_attribute_bytes(xml, name, string, strlen(string));
}

void cchci_xml_string(struct cchci_xml *xml, const char *string)
{
    if (string != NULL)
        cchci_xml_text(xml, string, strlen(string));
}

void cchci_xml_element(struct cchci_xml *xml, const char *name, const char *string)
{
    cchci_xml_start(xml, name);
    cchci_xml_string(xml, string);
    cchci_xml_end(xml);
}

void cchci_xml_element_text(struct cchci_xml *xml, const char *name, const cchc_text *text)
{
    cchci_xml_start(xml, name);
    if (text != NULL)
        cchci_xml_text(xml, text->data, text->length);
    cchci_xml_end(xml);
}

void cchci_xml_notes(const struct cchci_xml *xml, const cchc_writer *writer,
                     const cchc_letter *letter)
{
    if (xml->replaced)
        cchci_note(writer, letter, "character-replaced",
                   "a character that XML cannot hold became U+FFFD");
}
