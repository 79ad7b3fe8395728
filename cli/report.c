/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "report.h"

size_t report_kinds(void)
{
    size_t count = 0;
    while (cchc_diagnostic_kind_at(count) != NULL)
        count++;
    return count;
}

size_t report_kind_of(const char *code)
{
    size_t kind = 0;
    const cchc_diagnostic_kind *row = NULL;
    while ((row = cchc_diagnostic_kind_at(kind)) != NULL && strcmp(row->code, code) != 0)
        kind++;
    return kind;
}

bool report_list_kinds(const uint32_t *counts, struct bytes *out)
{
    const cchc_diagnostic_kind *row = NULL;
    bool fine = true;
    for (size_t i = 0; counts != NULL && fine && (row = cchc_diagnostic_kind_at(i)) != NULL; i++) {
        char words[96];
        if (counts[i] == 0)
            continue;
        (void)snprintf(words, sizeof words, "%s%s=%" PRIu32, out->length > 0 ? "," : "", row->code,
                       counts[i]);
        fine = bytes_add_text(out, words);
    }
    return fine && bytes_add(out, "", 1);
}

void report_read_kinds(const char *list, uint32_t *counts)
{
    while (counts != NULL && *list != '\0') {
        char code[64];
        size_t length = strcspn(list, "=");
        if (length >= sizeof code || list[length] != '=')
            return;
        memcpy(code, list, length);
        code[length] = '\0';
        char *end = NULL;
        unsigned long count = strtoul(list + length + 1, &end, 10);
        size_t kind = report_kind_of(code);
        if (cchc_diagnostic_kind_at(kind) != NULL)
            counts[kind] = (uint32_t)count;
        list = *end == ',' ? end + 1 : end;
        if (*end != ',')
            return;
    }
}

/* --------------------------------------------------------------------------------- same letters -- */

/* Adds the comparison key of a text, and a line end. */
static bool add_key(const cchc_parser *parser, struct bytes *words, const char *text, size_t length)
{
    size_t needed = 0;
    /* A key may be longer than its text, by what decomposes. */
    if (!bytes_reserve(words, words->length + length * 2 + 64) ||
        cchc_fold(parser, text, length, (char *)words->data + words->length,
                  words->capacity - words->length, &needed) != CCHC_OK ||
        needed >= words->capacity - words->length)
        return false;
    words->length += needed;
    return bytes_add_text(words, "\n");
}

uint64_t identity_of(const cchc_parser *parser, const cchc_document *document, struct bytes *words)
{
    const cchc_code *code = cchc_document_code(document);
    const cchc_agency *agency = cchc_document_agency(document);
    const cchc_promulgation *promulgation = cchc_document_promulgation(document);
    if (code == NULL || code->number == NULL || code->notation == NULL || agency == NULL ||
        agency->name.data == NULL || promulgation == NULL || promulgation->iso == NULL)
        return 0;
    const char *number = code->number + strspn(code->number, "0"); /* 05 is 5 */
    words->length = 0;
    if (!bytes_add(words, promulgation->iso, strcspn(promulgation->iso, "-")) ||
        !bytes_add_text(words, "\n") || !bytes_add_text(words, number) ||
        !bytes_add_text(words, "\n") ||
        !add_key(parser, words, code->notation, strlen(code->notation)) ||
        !add_key(parser, words, agency->name.data, agency->name.length))
        return 0;
    return hash_words(words->data, words->length);
}
