/* SPDX-License-Identifier: MIT */
/* edXML: the header package of a document (QCVN 102:2016/BTTTT with SĐ1:2022), for the national
 * exchange axis.
 *
 * The form is that of the reference SDK and of the official sample, which receivers insist on: the
 * prefix edXML is literal and stands on every element of the envelope, elements come in the
 * sample's order, days are yyyy/MM/dd, and Bussiness is spelt like that. No official schema is
 * published; ours (tests/write/edxml.rng) describes what this file writes.
 *
 * What a letter does not say is not made up. Identifiers come from the options; what nobody gave
 * stays an empty element, and what the standard lets away is left out (SteeringType, PageAmount,
 * Timestamp's value, which is the moment of sending). Each gap is a note. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "values.h"
#include "xml.h"

#define NAMESPACE "http://www.mic.gov.vn/TBT/QCVN_102_2016"

/* The lengths that receivers store, in characters. */
enum {
    ORGAN_NAME_LENGTH = 200,
    CODE_LENGTH = 50,
    PLACE_LENGTH = 50,
    TYPE_NAME_LENGTH = 100,
    SUBJECT_LENGTH = 500,
    COMPETENCE_LENGTH = 100,
    POSITION_LENGTH = 100,
    FULL_NAME_LENGTH = 50,
    SPHERE_LENGTH = 100,
    TYPIST_LENGTH = 10
};

/* A letter on its way into XML. */
struct package {
    struct cchci_xml xml;
    const cchc_writer *writer;
    const cchc_letter *letter;
    const cchc_document *document;
    const char *organ_id;          /* of the sender; NULL: nobody gave it */
    char date[CCHCI_DAY_SIZE];     /* of the letter, yyyy/MM/dd; "": not a whole day */
    const char *number, *notation; /* NULL: not printed, or not readable */
};

#define NOTE(package, ...) cchci_note((package)->writer, (package)->letter, __VA_ARGS__)

static void put_limited(struct package *package, const char *element, const char *bytes,
                        size_t length, size_t limit)
{
    struct cchci_characters characters = cchci_characters_of(bytes, bytes != NULL ? length : 0);
    size_t count = 0;
    uint32_t character;
    while (cchci_characters_next(&characters, &character))
        count++;
    if (count > limit)
        NOTE(package, "value-too-long", "%s has %zu characters; the field has %zu",
             element + sizeof "edXML:" - 1, count, limit);
    cchci_xml_start(&package->xml, element);
    cchci_xml_text(&package->xml, bytes, length);
    cchci_xml_end(&package->xml);
}

static void put_text(struct package *package, const char *element, const cchc_text *text,
                     size_t limit)
{
    put_limited(package, element, text != NULL ? text->data : NULL, text != NULL ? text->length : 0,
                limit);
}

static void put_string(struct package *package, const char *element, const char *string,
                       size_t limit)
{
    put_limited(package, element, string, string != NULL ? strlen(string) : 0, limit);
}

/* ------------------------------------------------------------------------- organizations -- */

static const char *organ_of(const struct package *package, const cchc_text *name)
{
    const cchc_write_options *options = &package->writer->options;
    return options->organ != NULL && name->data != NULL
               ? options->organ(name->data, name->length, options->organ_context)
               : NULL;
}

static void put_from(struct package *package)
{
    const cchc_agency *agency = cchc_document_agency(package->document);
    if (package->organ_id == NULL)
        NOTE(package, "sender-without-id", "nobody gave the sender's identifier");
    cchci_xml_start(&package->xml, "edXML:From");
    cchci_xml_element(&package->xml, "edXML:OrganId", package->organ_id);
    if (agency != NULL && agency->parent.data != NULL)
        put_text(package, "edXML:OrganizationInCharge", &agency->parent, ORGAN_NAME_LENGTH);
    put_text(package, "edXML:OrganName", agency != NULL ? &agency->name : NULL, ORGAN_NAME_LENGTH);
    cchci_xml_end(&package->xml);
}

static void put_receiver(struct package *package, const char *organ_id, const cchc_text *name)
{
    cchci_xml_start(&package->xml, "edXML:To");
    cchci_xml_element(&package->xml, "edXML:OrganId", organ_id);
    put_text(package, "edXML:OrganName", name, ORGAN_NAME_LENGTH);
    cchci_xml_end(&package->xml);
}

/* One To at least: receivers refuse a message without. */
static void put_to(struct package *package)
{
    size_t count = 0, unknown = 0;
    const cchc_text *addressees = cchc_document_addressees(package->document, &count);
    for (size_t i = 0; i < count; i++) {
        const char *id = organ_of(package, &addressees[i]);
        unknown += id == NULL;
        put_receiver(package, id, &addressees[i]);
    }
    if (count == 0) {
        NOTE(package, "receiver-missing", "the letter names no addressee");
        put_receiver(package, NULL, NULL);
    } else if (unknown > 0) {
        NOTE(package, "receiver-without-id", "%zu of %zu receivers have no identifier", unknown,
             count);
    }
}

/* ------------------------------------------------------------------------------- heading -- */

static void put_code(struct package *package)
{
    cchci_xml_start(&package->xml, "edXML:Code");
    put_string(package, "edXML:CodeNumber", package->number, CODE_LENGTH);
    put_string(package, "edXML:CodeNotation", package->notation, CODE_LENGTH);
    cchci_xml_end(&package->xml);
}

static void put_promulgation(struct package *package)
{
    const cchc_promulgation *promulgation = cchc_document_promulgation(package->document);
    if (package->date[0] == '\0')
        NOTE(package, "date-incomplete", "the letter has no whole day");
    cchci_xml_start(&package->xml, "edXML:PromulgationInfo");
    put_text(package, "edXML:Place", promulgation != NULL ? &promulgation->place : NULL,
             PLACE_LENGTH);
    cchci_xml_element(&package->xml, "edXML:PromulgationDate", package->date);
    cchci_xml_end(&package->xml);
}

static void put_type(struct package *package)
{
    const struct cchci_type_name *type = cchci_type_of(package->document);
    const cchc_type *printed = cchc_document_type(package->document);
    /* A normative Nghị quyết or Quyết định is of the other list: see the table of types. */
    const char *code = type != NULL && !cchci_is_normative(package->document) ? type->edxml : NULL;
    if (code == NULL)
        NOTE(package, "type-without-code", "the standard's list has no code for this type");
    cchci_xml_start(&package->xml, "edXML:DocumentType");
    cchci_xml_element(&package->xml, "edXML:Type", code);
    if (type != NULL && printed->text.data != NULL)
        put_text(package, "edXML:TypeName", &printed->text, TYPE_NAME_LENGTH);
    else
        put_string(package, "edXML:TypeName", type != NULL ? type->vietnamese : NULL,
                   TYPE_NAME_LENGTH);
    cchci_xml_element(&package->xml, "edXML:TypeDetail", "0");
    cchci_xml_end(&package->xml);
}

static void put_signer(struct package *package)
{
    const cchc_signer *signer = cchc_document_signer(package->document);
    cchci_xml_start(&package->xml, "edXML:SignerInfo");
    if (signer != NULL && signer->competence.data != NULL)
        put_text(package, "edXML:Competence", &signer->competence, COMPETENCE_LENGTH);
    if (signer != NULL && signer->position.data != NULL)
        put_text(package, "edXML:Position", &signer->position, POSITION_LENGTH);
    put_text(package, "edXML:FullName", signer != NULL ? &signer->full_name : NULL,
             FULL_NAME_LENGTH);
    cchci_xml_end(&package->xml);
}

static void put_due_date(struct package *package)
{
    struct cchci_day day;
    char text[CCHCI_DAY_SIZE];
    if (cchci_earliest_due(package->document, &day))
        cchci_xml_element(&package->xml, "edXML:DueDate",
                          cchci_day_text(&day, CCHCI_SLASHED_DAY, text));
}

/* Nơi nhận without those that the letter is addressed to, each with its purpose as it is printed,
 * and the line of the archive. */
static void put_places(struct package *package)
{
    size_t count = 0;
    const cchc_recipient *recipients = cchc_document_recipients(package->document, &count);
    const cchc_archive *archive = cchc_document_archive(package->document);
    struct cchci_xml *xml = &package->xml;
    cchci_xml_start(xml, "edXML:ToPlaces");
    for (size_t i = 0; i < count; i++) {
        if (recipients[i].same_as_addressees)
            continue;
        cchci_xml_start(xml, "edXML:Place");
        cchci_xml_text(xml, recipients[i].text.data, recipients[i].text.length);
        if (recipients[i].purpose != NULL) {
            cchci_xml_string(xml, " (");
            cchci_xml_string(xml, recipients[i].purpose);
            cchci_xml_string(xml, ")");
        }
        cchci_xml_end(xml);
    }
    if (archive != NULL && archive->text.data != NULL) {
        cchci_xml_start(xml, "edXML:Place");
        cchci_xml_string(xml, "Lưu: ");
        cchci_xml_text(xml, archive->text.data, archive->text.length);
        cchci_xml_end(xml);
    }
    cchci_xml_end(xml);
}

static void put_annexes(struct package *package)
{
    size_t count = 0;
    const cchc_text *annexes = cchc_document_annexes(package->document, &count);
    if (count == 0)
        return;
    cchci_xml_start(&package->xml, "edXML:Appendixes");
    for (size_t i = 0; i < count; i++)
        cchci_xml_element_text(&package->xml, "edXML:Appendix", &annexes[i]);
    cchci_xml_end(&package->xml);
}

static void put_other(struct package *package)
{
    const char *priority = cchci_priority_code(package->document);
    const cchc_text *circulation = cchc_document_text(package->document, CCHC_CIRCULATION);
    const cchc_archive *archive = cchc_document_archive(package->document);
    cchci_xml_start(&package->xml, "edXML:OtherInfo");
    if (priority != NULL)
        cchci_xml_element(&package->xml, "edXML:Priority", priority);
    else
        NOTE(package, "priority-without-code", "the standard has no code for the mark");
    if (circulation != NULL)
        put_text(package, "edXML:SphereOfPromulgation", circulation, SPHERE_LENGTH);
    if (archive != NULL && archive->typist != NULL)
        put_string(package, "edXML:TyperNotation", archive->typist, TYPIST_LENGTH);
    if (archive != NULL && archive->copies >= 0) {
        char digits[24];
        (void)snprintf(digits, sizeof digits, "%ld", archive->copies);
        cchci_xml_element(&package->xml, "edXML:PromulgationAmount", digits);
    }
    put_annexes(package);
    cchci_xml_end(&package->xml);
    if (cchc_document_text(package->document, CCHC_SECRECY) != NULL)
        NOTE(package, "secrecy-not-sent", "the standard has no field for the mark of secrecy");
}

/* Sender, day and code; empty where one of them is not known. */
static void put_document_id(struct package *package)
{
    struct cchci_xml *xml = &package->xml;
    cchci_xml_start(xml, "edXML:DocumentId");
    if (package->organ_id == NULL || package->date[0] == '\0' || package->number == NULL ||
        package->notation == NULL) {
        NOTE(package, "document-id-incomplete",
             "an identifier needs the sender's identifier, a whole day, number and notation");
    } else {
        cchci_xml_string(xml, package->organ_id);
        cchci_xml_string(xml, ",");
        cchci_xml_string(xml, package->date);
        cchci_xml_string(xml, ",");
        cchci_xml_string(xml, package->number);
        cchci_xml_string(xml, "/");
        cchci_xml_string(xml, package->notation);
    }
    cchci_xml_end(xml);
}

static void put_message(struct package *package)
{
    cchci_xml_start(&package->xml, "edXML:MessageHeader");
    put_from(package);
    put_to(package);
    put_code(package);
    put_promulgation(package);
    put_type(package);
    put_text(package, "edXML:Subject", cchc_document_text(package->document, CCHC_SUBJECT),
             SUBJECT_LENGTH);
    cchci_xml_element(&package->xml, "edXML:Content", NULL);
    put_signer(package);
    put_due_date(package);
    put_places(package);
    put_other(package);
    put_document_id(package);
    cchci_xml_end(&package->xml);
}

/* ------------------------------------------------------------------------------ envelope -- */

/* A new document (0), no paper copy follows (0); staff and moment are the sending system's. */
static void put_trace(struct package *package)
{
    struct cchci_xml *xml = &package->xml;
    char id[17];
    (void)snprintf(id, sizeof id, "%016" PRIx64, cchci_letter_hash(package->letter));
    cchci_xml_start(xml, "edXML:TraceHeaderList");
    cchci_xml_attribute(xml, "id", id);
    cchci_xml_attribute(xml, "version", "1.0");
    cchci_xml_attribute(xml, "mustUnderstand", "1");
    static const char actor[] = "http://schemas.xmlsoap.org/soap/actor/next";
    cchci_xml_attribute(xml, "actor", actor);
    cchci_xml_start(xml, "edXML:TraceHeader");
    cchci_xml_element(xml, "edXML:OrganId", package->organ_id);
    cchci_xml_element(xml, "edXML:Timestamp", NULL);
    cchci_xml_end(xml);
    cchci_xml_start(xml, "edXML:Bussiness");
    cchci_xml_element(xml, "edXML:BussinessDocType", "0");
    cchci_xml_element(xml, "edXML:BussinessDocReason", "Văn bản điện tử mới");
    cchci_xml_start(xml, "edXML:StaffInfo");
    static const char *const staff[] = {"edXML:Department", "edXML:Staff", "edXML:Mobile",
                                        "edXML:Email"};
    for (size_t i = 0; i < sizeof staff / sizeof staff[0]; i++)
        cchci_xml_element(xml, staff[i], NULL);
    cchci_xml_end(xml);
    cchci_xml_element(xml, "edXML:Paper", "0");
    cchci_xml_end(xml);
    cchci_xml_end(xml);
}

static void put_envelope(struct package *package)
{
    struct cchci_xml *xml = &package->xml;
    cchci_xml_start(xml, "edXML");
    cchci_xml_attribute(xml, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    cchci_xml_attribute(xml, "xmlns:xsd", "http://www.w3.org/2001/XMLSchema");
    cchci_xml_attribute(xml, "xmlns", NAMESPACE);
    cchci_xml_start(xml, "edXML:edXMLEnvelope");
    cchci_xml_attribute(xml, "xmlns:edXML", NAMESPACE);
    cchci_xml_start(xml, "edXML:edXMLHeader");
    put_message(package);
    put_trace(package);
    cchci_xml_element(xml, "edXML:DigitalSignature", NULL);
    cchci_xml_end(xml);
    cchci_xml_start(xml, "edXML:edXMLBody");
    cchci_xml_start(xml, "edXML:edXMLManifest");
    cchci_xml_attribute(xml, "version", "1.0");
    cchci_xml_end(xml);
    cchci_xml_end(xml);
    cchci_xml_end(xml);
    cchci_xml_end(xml);
}

static void letter(const cchc_writer *writer, const cchc_letter *letter, struct cchci_sink *sink)
{
    struct package package = {.writer = writer, .letter = letter, .document = letter->document};
    const cchc_agency *agency = cchc_document_agency(letter->document);
    package.organ_id = writer->options.organ_id;
    /* The id is the sender's own through the whole letter, while the function's answer ends with
     * its next call. */
    char *id = NULL;
    if (package.organ_id == NULL && agency != NULL) {
        const char *found = organ_of(&package, &agency->name);
        size_t size = found != NULL ? strlen(found) + 1 : 0;
        if (found != NULL && (id = malloc(size)) == NULL) {
            cchci_fail(sink, CCHC_NOMEM);
            return;
        }
        package.organ_id = found != NULL ? memcpy(id, found, size) : NULL;
    }
    const cchc_code *code = cchc_document_code(letter->document);
    if (code != NULL) {
        package.number = code->number;
        package.notation = code->notation;
    }
    const cchc_promulgation *promulgation = cchc_document_promulgation(letter->document);
    struct cchci_day day;
    if (promulgation != NULL && cchci_day_read(promulgation->iso, &day))
        (void)cchci_day_text(&day, CCHCI_SLASHED_DAY, package.date);

    cchci_xml_declaration(sink);
    package.xml = cchci_xml_open(sink, true);
    put_envelope(&package);
    cchci_xml_close(&package.xml);
    cchci_xml_notes(&package.xml, writer, letter);
    free(id);
}

const struct cchci_writer_format cchci_edxml_format = {
    .row = {"edxml", CCHC_FORMAT_SINGLE, ".edxml", true},
    .letter = letter,
    .prepare = cchci_xml_prepare,
};
