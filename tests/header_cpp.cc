// SPDX-License-Identifier: MIT
// The public headers compile as C++, and their functions link from there.
#include <cchcparse/cchcparse.h>
#include <cchcparse/lint.h>
#include <cchcparse/write.h>

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
    cchc_findings *findings = nullptr;
    well = well && cchc_lint(parser, letter, "A", 1, &findings) == CCHC_OK;
    cchc_findings_free(findings);
    cchc_write_options writing = CCHC_WRITE_OPTIONS_INIT;
    writing.language = CCHC_ENGLISH;
    cchc_writer *writer = nullptr;
    well = well && cchc_writer_new("csv", &writing, &writer) == CCHC_OK;
    cchc_writer_free(writer);
    cchc_document_free(letter);
    cchc_parser_free(parser);
    return well ? 0 : 1;
}
