/* SPDX-License-Identifier: MIT */
/* relaxng SCHEMA: validates each XML text of a stream from standard input against a Relax NG
 * schema; before each stands a line `=== NAME`. Prints `ok NAME` or `not ok NAME: why`. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/relaxng.h>

static char why[512];

__attribute__((format(printf, 2, 3))) static void keep(void *context, const char *format, ...)
{
    (void)context;
    va_list arguments;
    va_start(arguments, format);
    if (why[0] == '\0')
        (void)vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    why[strcspn(why, "\n")] = '\0';
}

static char *read_all(size_t *length)
{
    char *bytes = NULL;
    size_t room = 0, got;
    *length = 0;
    do {
        room = room * 2 + 65536;
        bytes = realloc(bytes, room + 1);
        if (bytes == NULL)
            abort();
        got = fread(bytes + *length, 1, room - *length, stdin);
        *length += got;
    } while (got > 0);
    bytes[*length] = '\0';
    return bytes;
}

static bool fits(xmlRelaxNGPtr schema, const char *text, size_t length)
{
    why[0] = '\0';
    xmlDocPtr document = xmlReadMemory(text, (int)length, NULL, NULL, XML_PARSE_NONET);
    if (document == NULL)
        return false;
    xmlRelaxNGValidCtxtPtr context = xmlRelaxNGNewValidCtxt(schema);
    xmlRelaxNGSetValidErrors(context, keep, keep, NULL);
    bool well = xmlRelaxNGValidateDoc(context, document) == 0;
    xmlRelaxNGFreeValidCtxt(context);
    xmlFreeDoc(document);
    return well;
}

int main(int count, char **arguments)
{
    xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(count > 1 ? arguments[1] : "");
    xmlRelaxNGPtr schema = xmlRelaxNGParse(parser);
    xmlRelaxNGFreeParserCtxt(parser);
    if (schema == NULL)
        return 2;
    size_t length = 0, texts = 0, bad = 0;
    char *stream = read_all(&length), *at = stream;
    while (strncmp(at, "=== ", 4) == 0) {
        char *name = at + 4, *line_end = strchr(name, '\n');
        if (line_end == NULL)
            break;
        *line_end = '\0';
        char *next = strstr(line_end + 1, "\n=== ");
        char *end = next != NULL ? next + 1 : stream + length;
        bool well = fits(schema, line_end + 1, (size_t)(end - line_end - 1));
        if (well)
            printf("ok %s\n", name);
        else
            printf("not ok %s: %s\n", name, why);
        texts++;
        bad += !well;
        at = end;
    }
    free(stream);
    xmlRelaxNGFree(schema);
    xmlCleanupParser();
    return texts == 0 || bad > 0;
}
