/* SPDX-License-Identifier: MIT */
/* The whole way of a letter, with JSON: all promises of the public header. Machine code for the
 * patterns or none, the record is the same. */
#include "../promises.h"
#include "target.h"

enum { BOUND = 64 }; /* bytes of memory an input byte, whatever the input is */

/* The record that a parser without machine code makes. */
static void check_interpreted(struct promises *promises, const uint8_t *data, size_t size)
{
    static cchc_parser *parser;
    static cchc_document *document;
    static struct written record;
    cchc_options options = CCHC_OPTIONS_INIT;
    options.no_jit = true;
    MUST(parser != NULL || cchc_parser_new(&options, &parser) == CCHC_OK);
    MUST(cchc_parse(parser, data, size, &document) == CCHC_OK);
    record.length = 0;
    MUST(cchc_write_json(document, "letter", 6, written_keep, &record) == CCHC_OK);
    MUST(written_same(&promises->first, &record));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct promises promises;
    MUST(promises.parser != NULL || promises_open(&promises, BOUND));
    promises_check(&promises, "letter", data, size);
    MUST(promises.broken == 0);
    check_interpreted(&promises, data, size);
    return 0;
}
