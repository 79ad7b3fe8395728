/* SPDX-License-Identifier: MIT */
/* Tên loại (Nghị định 30/2020/NĐ-CP, Điều 7) and whether the text is an issued document at all.
 *
 * A printed type in the heading decides. Without one, a letter shows itself by its own number, its
 * addressees or its V/v; a text without a heading by speaking as an agency. A form shows itself by
 * its places that nobody filled in, a draft by saying so. All else is no document.
 */
#include <string.h>

#include "base/limits.h"
#include "segments.h"

#define FORM_LENGTH                                                                                \
    4000u /* of a form's body; the forms of the decree have less than 2500 characters */
#define LONGEST_FORM 16000u /* and of one with its notes, ten printed pages */

/* Abbreviations of Phụ lục III.I as they start a notation, for letters whose type line is lost. */
static const struct {
    const char *abbreviation, *slug;
} abbreviations[] = {
    {"NQLT", "nghi_quyet_lien_tich"},
    {"TTLT", "thong_tu_lien_tich"},
    {"NQ", "nghi_quyet"},
    {"QĐ", "quyet_dinh"},
    {"QD", "quyet_dinh"},
    {"CT-TTg", "chi_thi"},
    {"CT-UBND", "chi_thi"},
    {"TB", "thong_bao"},
    {"HD", "huong_dan"},
    {"KH", "ke_hoach"},
    {"BC", "bao_cao"},
    {"TTr", "to_trinh"},
    {"CĐ", "cong_dien"},
    {"GM", "giay_moi"},
    {"NĐ", "nghi_dinh"},
};

static const char *slug_of_notation(const struct cchci_parse *parse)
{
    const char *notation = parse->record->has_code ? parse->record->code.notation : NULL;
    if (notation == NULL)
        return NULL;
    if (notation[0] >= '0' && notation[0] <= '9' && strchr(notation, '/') != NULL)
        notation = strchr(notation, '/') + 1;
    for (unsigned i = 0; i < sizeof abbreviations / sizeof abbreviations[0]; i++) {
        if (abbreviations[i].abbreviation[0] != notation[0])
            continue;
        size_t n = strlen(abbreviations[i].abbreviation);
        if (strncmp(notation, abbreviations[i].abbreviation, n) == 0 &&
            (notation[n] == '-' || notation[n] == '\0'))
            return abbreviations[i].slug;
    }
    return NULL;
}

static bool speaks_as_agency(struct cchci_parse *parse)
{
    const struct cchci_flow *flow = &parse->layout->body.flow;
    uint32_t look = flow->length < CCHCI_OPENING_LENGTH ? flow->length : CCHCI_OPENING_LENGTH;
    struct cchci_match match;
    return cchci_match(parse->patterns, parse->scratch, CCHCI_PATTERN_SPEAKS_AS_AGENCY, flow->key,
                       look, 0, &match);
}

static const char *family_of(const struct cchci_parse *parse, const char *slug)
{
    const char *notation = parse->record->has_code ? parse->record->code.notation : NULL;
    if (slug == NULL)
        return NULL;
    if (parse->layout->has_party_motto)
        return "dang";
    if (notation != NULL && notation[0] >= '1' && notation[0] <= '2' && strlen(notation) > 5 &&
        notation[4] == '/')
        return "vbqppl";
    const char *iso = parse->record->has_promulgation ? parse->record->promulgation.iso : NULL;
    if (iso == NULL)
        return NULL;
    size_t n = strlen(iso);
    int order = strncmp(iso, "2020-03-05", n < 10 ? n : 10);
    if (n < 10 && order == 0)
        return NULL; /* "2020", "2020-03": either */
    return order >= 0 ? "nd30" : "tt01";
}

/* Whether a value is more than the dots of a place left open. */
static bool has_words(const cchc_text *text)
{
    for (size_t i = 0; i < text->length; i++)
        if ((text->data[i] | 32) >= 'a' && (text->data[i] | 32) <= 'z')
            return true;
    return false;
}

static bool has_first_article(const struct cchci_parse *parse)
{
    for (uint32_t i = 0; i < parse->record->clauses.count; i++) {
        const char *label = CCHCI_AT(&parse->record->clauses, cchc_clause, i).label;
        if (label[0] == "Đ"[0] && (strcmp(label, "Điều 1") == 0 || strcmp(label, "Điều1") == 0))
            return true;
    }
    return false;
}

/* Căn cứ over căn cứ: the preamble that decisions and their like open with. */
static bool has_bases(const struct cchci_parse *parse)
{
    const struct cchci_flow *flow = &parse->layout->body.flow;
    unsigned bases = 0;
    for (uint32_t l = 0; l < flow->line_count && l < 40; l++)
        bases += cchci_flow_words(flow, flow->lines[l].at, "can cu") > 0;
    return bases >= 2;
}

/* "(Ban hành kèm theo Công văn số …)" under the title. */
static bool issued_with_another(const struct cchci_parse *parse)
{
    const struct cchci_flow *flows[] = {&parse->layout->subject.flow, &parse->layout->body.flow};
    for (unsigned f = 0; f < 2; f++)
        for (uint32_t l = 0; l < flows[f]->line_count && l < 4; l++) {
            uint32_t at = flows[f]->lines[l].at;
            at += cchci_flow_key(flows[f], at, flows[f]->length) == '(';
            if (cchci_flow_words(flows[f], at, "ban hanh kem theo") > 0)
                return true;
        }
    return false;
}

/* Whether the body has a place that is left open. */
static bool has_open_place(const struct cchci_flow *flow)
{
    for (uint32_t i = 0; i + 2 < flow->length; i++) {
        unsigned char key = flow->key[i];
        if (key == CCHCI_KEY_ELLIPSIS ||
            ((key == '.' || key == '_') && flow->key[i + 1] == key && flow->key[i + 2] == key))
            return true;
    }
    return false;
}

/* A form: it has the lines of a heading, and nobody wrote a number, a date or a name into them. */
static bool blank_form(struct cchci_parse *parse)
{
    const cchc_document *record = parse->record;
    /* Unreadable is not blank: a code that has more than its notation was filled in. */
    bool number = record->has_code &&
                  (record->code.number != NULL || record->code.notation == NULL ||
                   (record->code.text.data[0] != '/' && record->code.text.data[0] != '-'));
    bool date = record->has_promulgation && record->promulgation.iso != NULL;
    bool name = record->has_signer && record->signer.full_name.data != NULL;
    bool heading = parse->layout->has_motto || record->has_code || parse->layout->has_v_v;
    if (!heading || number || date || name)
        return false;
    /* A text of some length that decides something has no number yet, but is none to fill in; and none
     * has the length of a book. */
    uint32_t length = parse->layout->body.flow.length;
    if (length > LONGEST_FORM ||
        (length > FORM_LENGTH &&
         (has_bases(parse) || has_first_article(parse) ||
          (parse->layout->type_slug != NULL && !has_open_place(&parse->layout->body.flow)))))
        return false;
    if (parse->layout->has_v_v && record->texts[CCHC_SUBJECT].data == NULL)
        return true;
    if (!parse->layout->has_motto)
        return false;
    bool filled = record->addressees.count > 0 &&
                  has_words(&CCHCI_AT(&record->addressees, cchc_text, 0)) &&
                  (record->has_code || parse->layout->has_v_v);
    return !(speaks_as_agency(parse) || filled ||
             (parse->layout->has_v_v && record->texts[CCHC_SUBJECT].data != NULL &&
              has_words(&record->texts[CCHC_SUBJECT])));
}

static void forget_heading(struct cchci_parse *parse)
{
    cchc_document *record = parse->record;
    record->has_agency = record->has_code = record->has_promulgation = record->has_signer = false;
    record->has_archive = false;
    record->addressees.count = record->recipients.count = 0;
    memset(record->texts, 0, sizeof record->texts);
}

void cchci_field_document_type(struct cchci_parse *parse)
{
    const struct cchci_layout *layout = parse->layout;
    cchc_document *record = parse->record;
    cchc_type *type = &record->type;
    const char *printed = layout->type_slug, *noted = slug_of_notation(parse);
    bool number = record->has_code, date = record->has_promulgation, signer = record->has_signer;
    unsigned signs = number + date + signer + layout->has_motto + layout->has_party_motto +
                     layout->has_recipients_label + layout->has_addressees_label;
    if (printed != NULL && signs == 0) /* one is enough for a printed type */
        signs = has_first_article(parse) || has_bases(parse) || issued_with_another(parse);
    if (blank_form(parse)) {
        cchci_diagnose(parse, CCHCI_BLANK_FORM, NULL, NULL, 0, 0);
        forget_heading(parse);
        return;
    }
    if (layout->draft.flow.length > 0 && (!number || record->code.number == NULL)) {
        cchci_diagnose(parse, CCHCI_DRAFT, NULL, &layout->draft.flow, 0, layout->draft.flow.length);
    } else if (printed != NULL && signs >= 1) {
        type->slug = printed;
        if (noted != NULL && strcmp(noted, printed) != 0)
            cchci_diagnose(parse, CCHCI_TYPE_CONFLICT, NULL, &layout->type.flow, 0,
                           layout->type.flow.length);
        if (strcmp(printed, "khac") == 0) {
            const struct cchci_flow *flow = &layout->type.flow;
            uint32_t begin = 0, end = flow->length;
            cchci_flow_trim(flow, &begin, &end);
            type->text = cchci_flow_text(flow, begin, end, CCHCI_WORDS);
        }
    } else if ((number && (signs >= 2 || layout->has_v_v)) || layout->has_addressees_label ||
               (layout->has_v_v && signs >= 1)) {
        type->slug = noted != NULL && !layout->has_v_v ? noted : "cong_van";
    } else if (layout->has_motto && signs >= 3) {
        type->slug = noted != NULL ? noted : "cong_van";
    } else if (speaks_as_agency(parse)) {
        type->slug = "cong_van";
        cchci_diagnose(parse, CCHCI_HEADING_ABSENT, NULL, NULL, 0, 0);
    } else {
        cchci_diagnose(parse, CCHCI_NOT_A_DOCUMENT, NULL, NULL, 0, 0);
    }
    type->family = family_of(parse, type->slug);
    if (layout->draft.flow.length > 0)
        cchci_claim_flow(parse, CCHCI_SEGMENT_DOCUMENT_TYPE, cchci_new_group(parse),
                         &layout->draft.flow, 0, layout->draft.flow.length);
    if (layout->type.flow.length > 0)
        cchci_claim_flow(parse, CCHCI_SEGMENT_DOCUMENT_TYPE, cchci_new_group(parse),
                         &layout->type.flow, 0, layout->type.flow.length);
}
