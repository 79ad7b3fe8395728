/* SPDX-License-Identifier: MIT */
/* Rules of addressees, recipients, archive line and signature (Nghị định 30/2020/NĐ-CP, Phụ lục I,
 * Phần I, Mục II.7 and II.9). */
#include "lint.h"

#include <string.h>

/* --------------------------------------------------------------------------------- the lists -- */

/* The colon behind a label, at once or behind some words of its line ("Kính gửi các ông, bà:"). */
static void label_colon(struct cchci_lint *lint, struct cchci_place label, enum cchci_finding_id id,
                        const char *wanted)
{
    const unsigned char *key = lint->text->key;
    uint32_t at = label.end;
    while (at < lint->text->count && key[at] != ':' && key[at] != '\n')
        at++;
    if (!cchci_lint_none(label) && (at == lint->text->count || key[at] != ':'))
        cchci_lint_tell(lint, id, label, wanted);
}

static bool has_dash(const struct cchci_lint *lint, const cchc_text *item)
{
    uint32_t at;
    return cchci_lint_before(lint, cchci_lint_first(lint, item).begin, &at) == '-';
}

static bool archive_dashed(const struct cchci_lint *lint)
{
    uint32_t at;
    struct cchci_place label = cchci_lint_find(lint, cchci_lint_segment(lint, "archive"), "luu");
    return !cchci_lint_none(label) && cchci_lint_before(lint, label.begin, &at) == '-';
}

/* A value that begins its line without a dash, in a list that goes on with one (dashed: its last
 * item that has one): where none has, a converter may have lost them all, since word processors
 * keep the signs of lists outside the text, and what stands behind the last may be no item. */
static bool lacks_dash(const struct cchci_lint *lint, const cchc_text *item, size_t index,
                       size_t dashed)
{
    uint32_t at;
    return index < dashed && cchci_lint_before(lint, cchci_lint_first(lint, item).begin, &at) == 0;
}

/* A purpose and its brackets: "(để báo cáo Thủ tướng Chính phủ, các Phó Thủ tướng)" has 53. */
enum { PURPOSE_LENGTH = 160 };

/* The sign behind an item. Behind its purpose in brackets, and a blank or two, it may still
 * stand. */
static unsigned char sign_after(const struct cchci_lint *lint, struct cchci_place last)
{
    uint32_t at;
    unsigned char key = cchci_lint_after(lint, last.end, &at);
    const struct cchci_text *text = lint->text;
    if (key == '(') {
        uint32_t end = text->count - at > PURPOSE_LENGTH ? at + PURPOSE_LENGTH : text->count;
        while (at < end && text->key[at] != ')' && text->key[at] != '\n')
            at++;
        key = at < text->count && text->key[at] == ')' ? cchci_lint_after(lint, at + 1, &at) : 0;
    }
    return key;
}

/* An item that runs to its line's end without any sign: what stands there else is another column's,
 * or a sign of its own. */
static bool ends_bare(const struct cchci_lint *lint, struct cchci_place last)
{
    return sign_after(lint, last) == 0;
}

/* ---------------------------------------------------------------------------------- Kính gửi -- */

static void addressee_list(struct cchci_lint *lint, const cchc_text *list, size_t count)
{
    size_t dashed = 0;
    for (size_t i = 0; i < count; i++)
        dashed = has_dash(lint, &list[i]) ? i : dashed;
    for (size_t i = 0; i < count; i++) {
        struct cchci_place first = cchci_lint_first(lint, &list[i]);
        struct cchci_place last = cchci_lint_last(lint, &list[i]);
        uint32_t before = i > 0 ? cchci_lint_last(lint, &list[i - 1]).end : 0;
        if (cchci_lint_none(first))
            continue;
        if (i > 0 && before < first.begin && !cchci_lint_parted(lint, before, first.begin))
            cchci_lint_tell(lint, CCHCI_FOUND_ADDRESSEES_LINE, first, NULL);
        else if (lacks_dash(lint, &list[i], i, dashed))
            cchci_lint_tell(lint, CCHCI_FOUND_ADDRESSEE_DASH, first,
                            CCHCI_JOIN(lint, "- ", list[i].data));
        unsigned char sign = sign_after(lint, last);
        if (i + 1 < count && (sign == 0 || sign == ',' || sign == '.'))
            cchci_lint_tell(lint, CCHCI_FOUND_ADDRESSEE_END, last,
                            CCHCI_JOIN(lint, list[i].data, ";"));
        else if (i + 1 == count && (sign == 0 || sign == ';'))
            cchci_lint_tell(lint, CCHCI_FOUND_ADDRESSEES_STOP, last,
                            CCHCI_JOIN(lint, list[i].data, "."));
    }
}

void cchci_lint_addressees(struct cchci_lint *lint)
{
    size_t count = 0;
    const cchc_text *list = cchc_document_addressees(lint->document, &count);
    struct cchci_place segment = cchci_lint_segment(lint, "addressees");
    if (count == 0) {
        if (lint->letter && !cchci_lint_mentions(lint, "kinhgui"))
            cchci_lint_tell_absent(lint, CCHCI_FOUND_ADDRESSEES_ABSENT, "Kính gửi:");
        return;
    }
    label_colon(lint, cchci_lint_find(lint, segment, "kinhgui"), CCHCI_FOUND_ADDRESSEES_COLON,
                "Kính gửi:");
    if (count > 1)
        addressee_list(lint, list, count);
}

/* ---------------------------------------------------------------------------------- Nơi nhận -- */

/* Documents that parties sign, or people write, have samples of their own, or none. */
static bool is_agreement(const char *slug)
{
    static const char *const slugs[] = {"hop_dong", "ban_ghi_nho", "ban_thoa_thuan",
                                        "thu_cong", "khac",        NULL};
    size_t i = 0;
    while (slug != NULL && slugs[i] != NULL && strcmp(slugs[i], slug) != 0)
        i++;
    return slug == NULL || slugs[i] != NULL;
}

void cchci_lint_recipients(struct cchci_lint *lint)
{
    size_t count = 0;
    const cchc_recipient *list = cchc_document_recipients(lint->document, &count);
    const cchc_archive *archive = cchc_document_archive(lint->document);
    struct cchci_place segment = cchci_lint_segment(lint, "recipients");
    if (count == 0 && archive == NULL) {
        if (!cchci_lint_mentions(lint, "noinhan") && !is_agreement(lint->slug))
            cchci_lint_tell_absent(lint, CCHCI_FOUND_RECIPIENTS_ABSENT, "Nơi nhận:");
        return;
    }
    struct cchci_place label = cchci_lint_find(lint, segment, "noinhan");
    label_colon(lint, label, CCHCI_FOUND_RECIPIENTS_COLON, "Nơi nhận:");
    bool as_above = false;
    size_t dashed = archive_dashed(lint) ? count : 0;
    for (size_t i = 0; i < count && dashed < count; i++)
        dashed = has_dash(lint, &list[i].text) ? i : dashed;
    for (size_t i = 0; i < count; i++) {
        struct cchci_place first = cchci_lint_first(lint, &list[i].text);
        struct cchci_place last = cchci_lint_last(lint, &list[i].text);
        const char *keys = cchci_lint_fold(lint, list[i].text.data);
        as_above |= list[i].same_as_addressees || strncmp(keys, "nhu ", 4) == 0 ||
                    strstr(keys, " tren") != NULL;
        if (cchci_lint_none(first))
            continue;
        if (lacks_dash(lint, &list[i].text, i, dashed))
            cchci_lint_tell(lint, CCHCI_FOUND_RECIPIENT_DASH, first,
                            CCHCI_JOIN(lint, "- ", list[i].text.data));
        if (i + 1 < count && ends_bare(lint, last) && list[i].text.span_count == 1)
            cchci_lint_tell(lint, CCHCI_FOUND_RECIPIENT_END, last,
                            CCHCI_JOIN(lint, list[i].text.data, ";"));
    }
    if (lint->letter && count > 0 && !as_above)
        cchci_lint_tell(lint, CCHCI_FOUND_AS_ABOVE, cchci_lint_first(lint, &list[0].text),
                        "- Như trên;");
}

void cchci_lint_archive(struct cchci_lint *lint)
{
    size_t count = 0;
    (void)cchc_document_recipients(lint->document, &count);
    const cchc_archive *archive = cchc_document_archive(lint->document);
    if (archive == NULL) {
        if (count > 0 && !cchci_lint_mentions(lint, "luuvt") &&
            !cchci_lint_mentions(lint, "luuvanthu"))
            cchci_lint_tell_absent(lint, CCHCI_FOUND_ARCHIVE_ABSENT, "- Lưu: VT, ….");
        return;
    }
    struct cchci_place first = cchci_lint_first(lint, &archive->text);
    struct cchci_place last = cchci_lint_last(lint, &archive->text);
    struct cchci_place segment = cchci_lint_segment(lint, "archive");
    label_colon(lint,
                cchci_lint_find(lint, (struct cchci_place){segment.begin, first.begin}, "luu"),
                CCHCI_FOUND_ARCHIVE_COLON, "Lưu:");
    if (archive->unit_count > 0 && strcmp(archive->units[0], "VT") != 0)
        cchci_lint_tell(lint, CCHCI_FOUND_ARCHIVE_VT, first, NULL);
    /* "VT, NVĐP. PL.(300)": the drafter's sign follows the full stop. */
    if (sign_after(lint, last) == 0 && strstr(archive->text.data, ". ") == NULL)
        cchci_lint_tell(lint, CCHCI_FOUND_ARCHIVE_STOP, last,
                        CCHCI_JOIN(lint, archive->text.data, "."));
}

/* ----------------------------------------------------------------------------- the signature -- */

/* A sign of competence at the beginning of a word: as letters print it, as decree and Party
 * write it. */
static const struct sign {
    const char *key, *state, *party;
} signs[] = {
    {"tm.", "TM.", "T/M"}, {"t/m", "TM.", "T/M"},  {"tm", "TM.", "T/M"},   {"kt.", "KT.", "K/T"},
    {"k/t", "KT.", "K/T"}, {"kt", "KT.", "K/T"},   {"tl.", "TL.", "T/L"},  {"t/l", "TL.", "T/L"},
    {"tl", "TL.", "T/L"},  {"tuq.", "TUQ.", NULL}, {"t/uq", "TUQ.", NULL}, {"tuq", "TUQ.", NULL},
};

static const struct sign *sign_at(const char *keys)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t length = strlen(signs[i].key);
        char next = keys[length];
        if (strncmp(keys, signs[i].key, length) == 0 &&
            (signs[i].key[length - 1] == '.' || next == ' ' || next == '.' || next == '\0'))
            return &signs[i];
    }
    return NULL;
}

/* The line of a value that begins with span *at, which moves on: markup may part a line. */
static struct cchci_place next_line(const struct cchci_lint *lint, const cchc_text *value,
                                    size_t *at)
{
    cchc_text part = {value->data, 0, value->spans + *at, 1};
    struct cchci_place line = cchci_lint_first(lint, &part);
    while (++*at < value->span_count) {
        uint32_t next;
        part.spans = value->spans + *at;
        struct cchci_place more = cchci_lint_first(lint, &part);
        (void)cchci_lint_after(lint, line.end, &next);
        if (next != more.begin)
            break;
        line.end = more.end;
    }
    return line;
}

/* Each line of the competence begins with a sign. */
static void authority_signs(struct cchci_lint *lint, const cchc_text *competence)
{
    bool deputy = false;
    for (size_t i = 0; i < competence->span_count;) {
        struct cchci_place place = next_line(lint, competence, &i);
        const char *words = cchci_lint_words(lint, place);
        const char *keys = cchci_lint_fold(lint, words);
        if (strncmp(keys, "tun.", 4) == 0)
            cchci_lint_tell(lint, CCHCI_FOUND_AUTHORITY_UNKNOWN, place, NULL);
        const struct sign *sign = sign_at(keys);
        if (sign == NULL)
            continue;
        size_t state = strlen(sign->state);
        const char *rest =
            words + strlen(sign->key); /* signs are ASCII: keys and words run alike */
        rest += strspn(rest, ". ");
        if (strncmp(words, sign->state, state) != 0)
            cchci_lint_tell(lint, CCHCI_FOUND_AUTHORITY_FORM, place,
                            CCHCI_JOIN(lint, sign->state, " ", rest));
        if (sign->party != NULL && strchr(sign->key, '/') == NULL)
            cchci_lint_tell(lint, CCHCI_FOUND_PARTY_AUTHORITY, place,
                            CCHCI_JOIN(lint, sign->party, " ", rest));
        if (deputy && strcmp(sign->state, "TM.") == 0)
            cchci_lint_tell(lint, CCHCI_FOUND_AUTHORITY_ORDER, place, NULL);
        deputy |= strcmp(sign->state, "KT.") == 0;
    }
}

static bool is_deputy(const char *keys)
{
    return strncmp(keys, "pho ", 4) == 0 || strncmp(keys, "thu truong", 10) == 0;
}

/* Whether a sign of competence stands on its own anywhere: in a column that the parser did not
 * part. */
static bool has_sign_elsewhere(const struct cchci_lint *lint)
{
    static const char *const any[] = {"kt", "tl", "tuq", "tm", "q"};
    const struct cchci_text *text = lint->text;
    for (uint32_t i = 0; i + 1 < text->count; i++) {
        if (!cchci_is_upper(text->key[i]) || (i > 0 && cchci_is_word(text->key[i - 1])))
            continue;
        for (size_t k = 0; k < sizeof any / sizeof any[0]; k++) {
            size_t length = strlen(any[k]), n = 0;
            while (n < length && i + n < text->count &&
                   cchci_lower(text->key[i + n]) == (unsigned char)any[k][n] &&
                   text->mark[i + n] == 0)
                n++;
            if (n == length && i + n < text->count &&
                (text->key[i + n] == '.' || text->key[i + n] == '/'))
                return true;
        }
    }
    return false;
}

static void deputies(struct cchci_lint *lint, const cchc_signer *signer)
{
    if (signer->position.data == NULL)
        return;
    const char *position = cchci_lint_fold(lint, signer->position.data);
    const char *competence = cchci_lint_fold(lint, signer->competence.data);
    struct cchci_place place = cchci_lint_first(lint, &signer->position);
    if (signer->competence.data == NULL) {
        if (is_deputy(position) && !has_sign_elsewhere(lint))
            cchci_lint_tell(lint, CCHCI_FOUND_DEPUTY_ALONE, place, NULL);
        return;
    }
    const char *last = strstr(competence, "kt.");
    if (last != NULL && (last == competence || last[-1] == ' ') &&
        strstr(position, "pho ") == NULL && strstr(position, "thu truong") == NULL)
        cchci_lint_tell(lint, CCHCI_FOUND_NO_DEPUTY, place, NULL);
}

/* Agencies whose sector has rules of its own for titles before a name. */
static bool has_own_titles(struct cchci_lint *lint)
{
    static const char *const sectors[] = {"quoc phong", "quan su",     "quan khu", "bien phong",
                                          "cong an",    "truong ",     "giao duc", "dai hoc",
                                          "hoc vien",   "benh vien",   "y te",     "vien ",
                                          "khoa hoc",   "trung tam y", "canh sat", NULL};
    const cchc_agency *agency = cchc_document_agency(lint->document);
    const char *name = cchci_lint_fold(lint, agency != NULL ? agency->name.data : NULL);
    const char *parent = cchci_lint_fold(lint, agency != NULL ? agency->parent.data : NULL);
    for (size_t i = 0; sectors[i] != NULL; i++)
        if (strstr(name, sectors[i]) != NULL || strstr(parent, sectors[i]) != NULL)
            return true;
    return false;
}

static void name_title(struct cchci_lint *lint, const cchc_text *name)
{
    static const char *const titles[] = {"ts.",  "ths.", "pgs.",    "gs.",     "bs.",
                                         "ts ",  "ths ", "pgs ",    "ngnd",    "ngut",
                                         "ksc.", "tskh", "tien si", "thac si", NULL};
    if (name->data == NULL || has_own_titles(lint))
        return;
    const char *keys = cchci_lint_fold(lint, name->data);
    for (size_t i = 0; titles[i] != NULL; i++)
        if (strncmp(keys, titles[i], strlen(titles[i])) == 0) {
            cchci_lint_tell(lint, CCHCI_FOUND_NAME_TITLE, cchci_lint_first(lint, name), NULL);
            return;
        }
}

void cchci_lint_signer(struct cchci_lint *lint)
{
    size_t count = 0;
    const cchc_signer *signer = cchc_document_signer(lint->document);
    const cchc_signer *cosigners = cchc_document_cosigners(lint->document, &count);
    for (size_t i = 0; i <= count; i++) {
        const cchc_signer *one = i == 0 ? signer : &cosigners[i - 1];
        if (one == NULL)
            continue;
        if (one->competence.data != NULL)
            authority_signs(lint, &one->competence);
        deputies(lint, one);
        name_title(lint, &one->full_name);
    }
}

/* ------------------------------------------------------------------------------------ copies -- */

void cchci_lint_copies(struct cchci_lint *lint)
{
    struct cchci_place rest = {0, lint->text->count}, place;
    while (!cchci_lint_none(place = cchci_lint_find(lint, rest, "saoybanchinh"))) {
        uint32_t at;
        if (strcmp(cchci_lint_words(lint, place), "SAO Y BẢN CHÍNH") == 0 &&
            cchci_lint_before(lint, place.begin, &at) == 0 &&
            cchci_lint_after(lint, place.end, &at) == 0)
            cchci_lint_tell(lint, CCHCI_FOUND_COPY_FORM, place, "SAO Y");
        rest.begin = place.end;
    }
}
