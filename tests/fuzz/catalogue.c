/* SPDX-License-Identifier: MIT */
/* A letter in the catalogue, twice: its constraints hold whatever the letter says. */
#include <cchcparse/write.h>

#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static cchc_document *document;
    static cchc_catalogue *catalogue;
    /* One for all: it takes longer to make than a letter to add. */
    MUST(catalogue != NULL || cchc_catalogue_open(":memory:", &catalogue, NULL) == CCHC_OK);
    MUST(cchc_parse(any_parser(), data, size, &document) == CCHC_OK);
    const cchc_letter letter = {document, (const char *)data, size < 8 ? size : 8, data, size};
    MUST(cchc_catalogue_add(catalogue, &letter, NULL) == CCHC_OK);
    MUST(cchc_catalogue_add(catalogue, &letter, NULL) == CCHC_OK);
    MUST(cchc_catalogue_commit(catalogue, NULL) == CCHC_OK);
    return 0;
}
