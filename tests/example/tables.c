/* SPDX-License-Identifier: MIT */
/* Writes a letter as a row of a table, with each thing that the writer has to say about it.
 *
 *      cc tables.c -o tables $(pkg-config --cflags --libs cchcparse-write)
 */
#include <stdio.h>
#include <string.h>

#include <cchcparse/write.h>

static bool to_stdout(const char *bytes, size_t length, void *context)
{
    (void)context;
    return fwrite(bytes, 1, length, stdout) == length;
}

static void to_stderr(const char *code, const char *message, const cchc_letter *letter,
                      void *context)
{
    (void)context;
    fprintf(stderr, "%.*s: %s (%s)\n", (int)letter->name_length, letter->name, message, code);
}

static cchc_status write_table(const cchc_letter *letter)
{
    cchc_write_options options = CCHC_WRITE_OPTIONS_INIT;
    options.language = CCHC_ENGLISH;
    options.note = to_stderr;
    cchc_writer *writer = NULL;
    cchc_status status = cchc_writer_new("csv", &options, &writer);
    if (status == CCHC_OK)
        status = cchc_writer_begin(writer, to_stdout, NULL);
    if (status == CCHC_OK)
        status = cchc_writer_letter(writer, letter, to_stdout, NULL);
    if (status == CCHC_OK)
        status = cchc_writer_end(writer, to_stdout, NULL);
    cchc_writer_free(writer);
    return status;
}

int main(int argc, char **argv)
{
    static char bytes[1 << 20];
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: %s LETTER.txt\n", argv[0]);
        return 2;
    }
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);

    cchc_parser *parser = NULL;
    cchc_document *document = NULL;
    cchc_status status = cchc_parser_new(NULL, &parser);
    if (status == CCHC_OK)
        status = cchc_parse(parser, bytes, length, &document);
    if (status == CCHC_OK) {
        cchc_letter letter = {document, argv[1], strlen(argv[1]), bytes, length};
        status = write_table(&letter);
    }
    if (status != CCHC_OK)
        fprintf(stderr, "%s: %s\n", argv[1], cchc_status_message(status));
    cchc_document_free(document);
    cchc_parser_free(parser);
    return status == CCHC_OK ? 0 : 1;
}
