// SPDX-License-Identifier: MIT
// The public header compiles as C++, and its functions link from there.
#include <cchcparse/cchcparse.h>

#include <cstring>

int main()
{
    cchc_options options = CCHC_OPTIONS_INIT;
    options.max_bytes = 1024;
    cchc_parser *parser = nullptr;
    cchc_document *letter = nullptr;
    bool well = cchc_parser_new(&options, &parser) == CCHC_OK &&
                cchc_parse(parser, "A", 1, &letter) == CCHC_OK &&
                cchc_document_source(letter)->bytes == 1 &&
                std::strcmp(cchc_version(), CCHC_VERSION_STRING) == 0;
    cchc_document_free(letter);
    cchc_parser_free(parser);
    return well ? 0 : 1;
}
