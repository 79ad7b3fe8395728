/* SPDX-License-Identifier: MIT */
/* Each field on its own. The first byte says which one; the rest stands where a letter has that
 * field, and no other field runs before it. The promises hold of what it writes. */
#include <string.h>

#include "../promises.h"
#include "fields/fields.h"
#include "fields/segments.h"
#include "parser.h"
#include "target.h"

enum { BOUND = 64 };

#define HEADING "SỞ NỘI VỤ\nSố: 1/SNV\nHòa Bình, ngày 1 tháng 2 năm 2020\n"
#define CLOSING HEADING "Kính gửi: Sở A\n\nĐề nghị báo cáo.\n\nNơi nhận:\n"

static const struct place {
    cchci_field_function *field;
    const char *before, *after;
} places[] = {
    {cchci_field_e_signatures, "Ký bởi: ", "\n" HEADING},
    {cchci_field_incoming, "ĐẾN Số: ", "\n" HEADING},
    {cchci_field_agency, "", "\nSố: 1/SNV\n"},
    {cchci_field_code, "SỞ NỘI VỤ\nSố: ", "\nKính gửi: Sở A\n"},
    {cchci_field_promulgation, "SỞ NỘI VỤ\nSố: 1/SNV\nHòa Bình, ngày ", "\nKính gửi: Sở A\n"},
    {cchci_field_subject, HEADING "V/v ", "\nKính gửi: Sở A\n"},
    {cchci_field_marks, HEADING, "\nKính gửi: Sở A\n"},
    {cchci_field_addressees, HEADING "Kính gửi: ", "\n\nĐề nghị báo cáo.\n"},
    {cchci_field_clauses, HEADING "Kính gửi: Sở A\n\n", ""},
    {cchci_field_references, HEADING "Kính gửi: Sở A\n\nThực hiện ", ""},
    {cchci_field_deadlines, HEADING "Kính gửi: Sở A\n\nGửi báo cáo trước ", ""},
    {cchci_field_recipients, CLOSING "- ", ""},
    {cchci_field_signer, CLOSING "- Như trên;\n- Lưu: VT.\n", ""},
    {cchci_field_document_type, HEADING, "\n"},
    {cchci_field_annexes, CLOSING "- Như trên.\nGIÁM ĐỐC\nĐinh Gia Khánh\nPHỤ LỤC\n", ""},
    {cchci_field_absences, HEADING, ""},
};
enum { PLACES = sizeof places / sizeof places[0], LETTER = 64 * 1024 };

/* The way of a letter as lib/parse.c goes it, with one field. */
static void run_field(const cchc_parser *parser, cchc_document *record, cchci_field_function *field,
                      const unsigned char *bytes, size_t length)
{
    jmp_buf out_of_memory;
    struct cchci_text text;
    MUST(setjmp(out_of_memory) == 0); /* the heap does not fail here */
    record->arena.out_of_memory = &out_of_memory;
    cchci_record_reset(record);
    cchci_text_decode(&text, &parser->classes, bytes, length, &record->arena);
    struct cchci_parse way = cchci_parse_begin(parser, record, &text);
    cchci_field_source(&way);
    if (!text.undecodable) {
        cchci_layout_run(&way);
        field(&way);
    }
    cchci_field_segments(&way);
    record->arena.out_of_memory = NULL;
}

/* The input in its place. Returns the length of the letter. */
static size_t compose(unsigned char letter[LETTER], const struct place *place, const uint8_t *data,
                      size_t size)
{
    size_t before = strlen(place->before), after = strlen(place->after);
    if (size > LETTER - before - after)
        size = LETTER - before - after;
    memcpy(letter, place->before, before);
    if (size > 0)
        memcpy(letter + before, data, size);
    memcpy(letter + before + size, place->after, after);
    return before + size + after;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct promises promises;
    static cchc_document *record;
    static unsigned char letter[LETTER];
    MUST(promises.parser != NULL || promises_open(&promises, BOUND));
    MUST(cchci_field_count == PLACES);
    MUST(record != NULL || cchc_parse(promises.parser, "", 0, &record) == CCHC_OK);
    if (size == 0)
        return 0;
    const struct place *place = &places[data[0] % PLACES];
    size_t length = compose(letter, place, data + 1, size - 1);
    run_field(promises.parser, record, place->field, letter, length);
    promises_check_record(&promises, "field", letter, length, record);
    MUST(promises.broken == 0);
    return 0;
}
