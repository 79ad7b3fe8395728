/* SPDX-License-Identifier: MIT */
/* XML by libxml2, element by element into a sink. What XML cannot hold becomes U+FFFD. */
#ifndef CCHCI_WRITE_XML_H
#define CCHCI_WRITE_XML_H

#include <libxml/xmlwriter.h>

#include "writer.h"

struct cchci_xml {
    xmlTextWriterPtr text; /* NULL: it could not be made, and nothing is written */
    struct cchci_sink *sink;
    bool replaced;
    /* Who heard of errors before; they do again after cchci_xml_close(). */
    xmlGenericErrorFunc generic;
    void *generic_context;
    xmlStructuredErrorFunc structured;
    void *structured_context;
};

/* Makes libxml2's own state, which its threads must find made. */
void cchci_xml_prepare(void);

/* The declaration that an XML text begins with. */
void cchci_xml_declaration(struct cchci_sink *sink);

/* @p indented: each element on a line of its own. */
struct cchci_xml cchci_xml_open(struct cchci_sink *sink, bool indented);
void cchci_xml_close(struct cchci_xml *xml);

/* Names are written as they are, with their prefix. */
void cchci_xml_start(struct cchci_xml *xml, const char *name);
void cchci_xml_end(struct cchci_xml *xml);
void cchci_xml_attribute(struct cchci_xml *xml, const char *name, const char *string);
void cchci_xml_attribute_bytes(struct cchci_xml *xml, const char *name, const char *bytes,
                               size_t length);
void cchci_xml_text(struct cchci_xml *xml, const char *bytes, size_t length);
void cchci_xml_string(struct cchci_xml *xml, const char *string); /* NULL: nothing */

/* A whole element; NULL is an empty one. */
void cchci_xml_element(struct cchci_xml *xml, const char *name, const char *string);
void cchci_xml_element_text(struct cchci_xml *xml, const char *name, const cchc_text *text);

/* Tells of characters that were replaced. */
void cchci_xml_notes(const struct cchci_xml *xml, const cchc_writer *writer,
                     const cchc_letter *letter);

#endif
