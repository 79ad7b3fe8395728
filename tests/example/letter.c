/* SPDX-License-Identifier: MIT */
/* Prints number, subject and deadlines of a letter.
 *
 *      cc letter.c -o letter $(pkg-config --cflags --libs cchcparse)
 */
#include <stdio.h>

#include <cchcparse/cchcparse.h>

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
    cchc_document *letter = NULL;
    cchc_status status = cchc_parser_new(NULL, &parser);
    if (status == CCHC_OK)
        status = cchc_parse(parser, bytes, length, &letter);
    if (status == CCHC_OK) {
        const cchc_code *code = cchc_document_code(letter);
        const cchc_text *subject = cchc_document_text(letter, CCHC_SUBJECT);
        printf("number:   %s\n", code != NULL ? code->text.data : "-");
        printf("subject:  %s\n", subject != NULL ? subject->data : "-");
        size_t count;
        const cchc_deadline *deadlines = cchc_document_deadlines(letter, &count);
        for (size_t i = 0; i < count; i++)
            printf("deadline: %s (%s)\n", deadlines[i].iso != NULL ? deadlines[i].iso : deadlines[i].kind,
                   deadlines[i].text.data);
    } else {
        fprintf(stderr, "%s: %s\n", argv[1], cchc_status_message(status));
    }
    cchc_document_free(letter);
    cchc_parser_free(parser);
    return status == CCHC_OK ? 0 : 1;
}
