/* SPDX-License-Identifier: MIT */
#include "xml.h"

#include <libxml/parser.h>

#include <string.h>

#include "values.h"

/* Text goes to libxml2 in pieces of this size. */
#define PIECE 512
#define LONGEST_ESCAPE 8 /* "&quot;" and more than any character */

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

static void say_nothing(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

/* From 2.12 on libxml2 hands errors out as constants. */
#if LIBXML_VERSION >= 21200
typedef const xmlError *error_pointer;
#else
typedef xmlErrorPtr error_pointer;
#endif

static void say_nothing_of(void *context, error_pointer error)
{
    (void)context;
    (void)error;
}

/* libxml2 would print where memory ends. Its handlers are this thread's; they come back at the end.
 */
static void silence(struct cchci_xml *xml)
{
    xml->generic = xmlGenericError;
    xml->generic_context = xmlGenericErrorContext;
    xml->structured = xmlStructuredError;
    xml->structured_context = xmlStructuredErrorContext;
    xmlSetGenericErrorFunc(NULL, say_nothing);
    xmlSetStructuredErrorFunc(NULL, say_nothing_of);
}

void cchci_xml_prepare(void)
{
    xmlInitParser();
}

struct cchci_xml cchci_xml_open(struct cchci_sink *sink, bool indented)
{
    struct cchci_xml xml = {.sink = sink};
    silence(&xml);
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
    if (xml->text != NULL) {
        check(xml, xmlTextWriterFlush(xml->text));
        xmlFreeTextWriter(xml->text);
        xml->text = NULL;
    }
    xmlSetGenericErrorFunc(xml->generic_context, xml->generic);
    xmlSetStructuredErrorFunc(xml->structured_context, xml->structured);
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

/* What a character is written as; NULL: as it is. Line ends and tabs of an attribute would be read
 * as blanks. */
static const char *escape_of(uint32_t character, bool in_attribute)
{
    switch (character) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return in_attribute ? "&quot;" : NULL;
    case '\n': return in_attribute ? "&#10;" : NULL;
    case '\t': return in_attribute ? "&#9;" : NULL;
    default: return NULL;
    }
}

/* Escapes by itself: libxml2's own way asks for memory, and loses a text in silence where there is
 * none. */
static void put_characters(struct cchci_xml *xml, const char *bytes, size_t length,
                           bool in_attribute)
{
    if (xml->text == NULL || bytes == NULL)
        return;
    struct cchci_characters characters = cchci_characters_of(bytes, length);
    char piece[PIECE];
    size_t used = 0;
    uint32_t character;
    bool more = true;
    while (more) {
        more = cchci_characters_next(&characters, &character);
        const char *escape = more ? escape_of(character, in_attribute) : NULL;
        if (escape != NULL) {
            size_t size = strlen(escape);
            memcpy(piece + used, escape, size);
            used += size;
        } else if (more) {
            used += cchci_utf8(character, piece + used);
        }
        if (used > PIECE - LONGEST_ESCAPE || (!more && used > 0)) {
            check(xml, xmlTextWriterWriteRawLen(xml->text, BAD_CAST piece, (int)used));
            used = 0;
        }
    }
    xml->replaced = xml->replaced || characters.replaced;
}

void cchci_xml_text(struct cchci_xml *xml, const char *bytes, size_t length)
{
    put_characters(xml, bytes, length, false);
}

void cchci_xml_attribute_bytes(struct cchci_xml *xml, const char *name, const char *bytes,
                               size_t length)
{
    if (xml->text == NULL)
        return;
    check(xml, xmlTextWriterStartAttribute(xml->text, BAD_CAST name));
    put_characters(xml, bytes, length, true);
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
