/* SPDX-License-Identifier: MIT */
/* A letter in every format but the catalogue: the text is UTF-8, the same a second time, and a
 * reader of its own takes it for what it is. */
#include <stdlib.h>
#include <string.h>

#include <cchcparse/write.h>

#ifdef HAVE_XML
#include <libxml/parser.h>
#endif
#ifdef HAVE_ICAL
#include <libical/ical.h>
#endif

#include "../promises.h"
#include "format.h"
#include "target.h"

/* ----------------------------------------------------------------------------------- readers -- */

/* Tables (RFC 4180): each row has as many cells as the first one, and each quote its second. */
static void read_table(const struct written *text, char separator)
{
    size_t cells = 1, expected = 0;
    bool quoted = false, fresh = true; /* fresh: a cell may begin with a quote */
    for (size_t i = 0; i < text->length; i++) {
        char c = text->bytes[i];
        if (c == '"' && quoted && i + 1 < text->length && text->bytes[i + 1] == '"') {
            i++;
        } else if (c == '"') {
            MUST(quoted || fresh || i == 3); /* after a byte order mark */
            quoted = !quoted;
            fresh = false;
        } else if (quoted) {
            continue;
        } else if (c == separator) {
            cells++;
            fresh = true;
        } else if (c == '\n') {
            MUST(i > 0 && text->bytes[i - 1] == '\r');
            MUST(expected == 0 || cells == expected);
            expected = cells;
            cells = 1;
            fresh = true;
        } else {
            fresh = false;
        }
    }
    MUST(!quoted && fresh && expected > 0);
}

static void read_csv(const struct written *text)
{
    read_table(text, ',');
}

static void read_tsv(const struct written *text)
{
    read_table(text, '\t');
}

static void read_xml(const struct written *text)
{
#ifdef HAVE_XML
    xmlDoc *document = xmlReadMemory(text->bytes, (int)text->length, NULL, NULL,
                                     XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR);
    MUST(document != NULL);
    xmlFreeDoc(document);
#else
    (void)text;
#endif
}

/* RFC 5545 3.1: lines of 75 octets at most, each ended by CR LF. */
static void read_ics(const struct written *text)
{
    size_t begin = 0;
    for (size_t i = 0; i < text->length; i++) {
        if (text->bytes[i] != '\n')
            continue;
        MUST(i > begin && text->bytes[i - 1] == '\r' && i - 1 - begin <= 75);
        begin = i + 1;
    }
    MUST(begin == text->length);
#ifdef HAVE_ICAL
    char *string = calloc(text->length + 1, 1);
    MUST(string != NULL && memchr(text->bytes, '\0', text->length) == NULL);
    memcpy(string, text->bytes, text->length);
    icalcomponent *calendar = icalparser_parse_string(string);
    MUST(calendar != NULL && icalcomponent_count_errors(calendar) == 0);
    icalcomponent_free(calendar);
    free(string);
#endif
}

/* The elements of a letter are the only tags in its piece of the page. */
static void read_html(const struct written *text)
{
    static const char opening[] = "<script type=\"application/json\" class=\"letter\">{";
    static const char closing[] = "}</script>\n";
    size_t inside = text->length - (sizeof closing - 1);
    MUST(text->length > sizeof opening + sizeof closing);
    MUST(memcmp(text->bytes, opening, sizeof opening - 1) == 0);
    MUST(memcmp(text->bytes + inside, closing, sizeof closing - 1) == 0);
    MUST(memchr(text->bytes + 1, '<', inside - 1) == NULL);
}

/* ----------------------------------------------------------------------------------- formats -- */

static const struct variant {
    const char *format, *table, *profile;
    cchc_language language;
    bool no_bom;
    bool alone; /* only the letter's own piece: the rest of the page never changes */
    void (*read)(const struct written *text);
} variants[] = {
    {"csv", "letters", NULL, CCHC_VIETNAMESE, false, false, read_csv},
    {"csv", "clauses", NULL, CCHC_ENGLISH, true, false, read_csv},
    {"csv", "deadlines", NULL, CCHC_VIETNAMESE, true, false, read_csv},
    {"csv", "references", NULL, CCHC_ENGLISH, false, false, read_csv},
    {"csv", "recipients", NULL, CCHC_VIETNAMESE, false, false, read_csv},
    {"tsv", "letters", NULL, CCHC_ENGLISH, false, false, read_tsv},
    {"tsv", "references", NULL, CCHC_VIETNAMESE, false, false, read_tsv},
    {"metadata-csv", NULL, "nd30", CCHC_VIETNAMESE, false, false, read_csv},
    {"metadata-csv", NULL, "tt02", CCHC_VIETNAMESE, true, false, read_csv},
    {"metadata-csv", NULL, "tt05", CCHC_VIETNAMESE, false, false, read_csv},
    {"metadata-xml", NULL, "nd30", CCHC_VIETNAMESE, false, false, read_xml},
    {"metadata-xml", NULL, "tt02", CCHC_VIETNAMESE, false, false, read_xml},
    {"metadata-xml", NULL, "tt05", CCHC_VIETNAMESE, false, false, read_xml},
    {"edxml", NULL, NULL, CCHC_VIETNAMESE, false, true, read_xml},
    {"ics", NULL, NULL, CCHC_VIETNAMESE, false, false, read_ics},
    {"html", NULL, NULL, CCHC_ENGLISH, false, true, read_html},
};
enum { VARIANTS = sizeof variants / sizeof variants[0] };

static bool is_available(const char *name)
{
    const cchc_format *format = NULL;
    for (size_t i = 0; (format = cchc_format_at(i)) != NULL; i++)
        if (strcmp(format->name, name) == 0)
            return format->available;
    MUST(format != NULL);
    return false;
}

static cchc_writer *writer_of(const struct variant *variant)
{
    cchc_write_options options = CCHC_WRITE_OPTIONS_INIT;
    cchc_writer *writer = NULL;
    options.table = variant->table;
    options.profile = variant->profile;
    options.language = variant->language;
    options.no_bom = variant->no_bom;
    MUST(cchc_writer_new(variant->format, &options, &writer) == CCHC_OK);
    return writer;
}

static void write_twice(const struct variant *variant, const cchc_writer *writer,
                        const cchc_letter *letter, struct written *out)
{
    out->length = 0;
    MUST(variant->alone || cchc_writer_begin(writer, written_keep, out) == CCHC_OK);
    MUST(cchc_writer_letter(writer, letter, written_keep, out) == CCHC_OK);
    if (variant->alone)
        return;
    MUST(cchc_writer_between(writer, written_keep, out) == CCHC_OK);
    MUST(cchc_writer_letter(writer, letter, written_keep, out) == CCHC_OK);
    MUST(cchc_writer_end(writer, written_keep, out) == CCHC_OK);
}

/* The summary of the program: lines that cannot steer a terminal. */
static void check_summary(const cchc_letter *letter, cchc_language language)
{
    struct bytes text = {NULL, 0, 0};
    const struct style style = {.language = language};
    const struct letter given = {.document = letter->document,
                                 .name = letter->name,
                                 .name_length = letter->name_length,
                                 .bytes = letter->bytes,
                                 .length = letter->length};
    MUST(text_record(&style, &given, &text));
    MUST(is_utf8((const char *)text.data, text.length));
    for (size_t i = 0; i < text.length; i++)
        MUST((text.data[i] >= 0x20 || text.data[i] == '\n') && text.data[i] != 0x7F);
    bytes_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static cchc_document *document;
    static cchc_writer *writers[VARIANTS];
    static struct written once, twice;
    MUST(cchc_parse(any_parser(), data, size, &document) == CCHC_OK);
    /* A name is any bytes too. */
    const cchc_letter letter = {document, (const char *)data, size < 8 ? size : 8, data, size};
    for (size_t i = 0; i < VARIANTS; i++) {
        if (!is_available(variants[i].format))
            continue;
        if (writers[i] == NULL)
            writers[i] = writer_of(&variants[i]);
        write_twice(&variants[i], writers[i], &letter, &once);
        write_twice(&variants[i], writers[i], &letter, &twice);
        MUST(written_same(&once, &twice));
        MUST(is_utf8(once.bytes, once.length));
        variants[i].read(&once);
    }
    check_summary(&letter, CCHC_VIETNAMESE);
    check_summary(&letter, CCHC_ENGLISH);
    return 0;
}
