/* SPDX-License-Identifier: MIT */
/* Rules of the heading: Quốc hiệu, Tiêu ngữ, số and ký hiệu, địa danh and date, trích yếu, marks
 * (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II.1 to II.5 and III.2). */
#include "lint.h"

#include <stdio.h>
#include <string.h>

#include "match/date.h"

static bool is_one_of(const char *word, const char *const *words)
{
    while (*words != NULL && strcmp(*words, word) != 0)
        words++;
    return *words != NULL;
}

/* ------------------------------------------------------------------------------------ mottos -- */

/* "C Ộ N G  H Ò A": letters that a converter drew apart. */
static bool is_spaced(const char *words)
{
    size_t blanks = 0;
    for (const char *at = words; *at != '\0'; at++)
        blanks += *at == ' ';
    return blanks > 8; /* of the longer motto's 27 letters; it has 7 blanks */
}

static void below_motto(struct cchci_lint *lint, struct cchci_place segment)
{
    static const char right[] = "Độc lập - Tự do - Hạnh phúc",
                      dashed[] = "Độc lập – Tự do – Hạnh phúc";
    struct cchci_place place = cchci_lint_find(lint, segment, "doclaptudohanhphuc");
    if (cchci_lint_none(place)) {
        if (!cchci_lint_mentions(lint, "doclap") && !cchci_lint_mentions(lint, "tudo") &&
            !cchci_lint_mentions(lint, "hanhphuc"))
            cchci_lint_tell_absent(lint, CCHCI_FOUND_MOTTO_BELOW_ABSENT, right);
        return;
    }
    const char *words = cchci_lint_words(lint, place);
    /* Without any dash they are lost: converters drop hyphens that do not break. An Eth for Đ is
     * seen by nobody. */
    if (strstr(words, "\xC3\x90") != NULL || cchci_lint_parted(lint, place.begin, place.end) ||
        is_spaced(words) || strchr(cchci_lint_keys(lint, place), '-') == NULL)
        return;
    if (strcmp(words, dashed) == 0) /* as word processors make of hyphens */
        cchci_lint_tell(lint, CCHCI_FOUND_MOTTO_BELOW_DASH, place, right);
    else if (strcmp(words, right) != 0)
        cchci_lint_tell(lint, CCHCI_FOUND_MOTTO_BELOW_FORM, place, right);
}

void cchci_lint_motto(struct cchci_lint *lint)
{
    static const char *const right[] = {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                                        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", NULL};
    struct cchci_place segment = cchci_lint_segment(lint, "national_motto");
    if (cchci_lint_none(segment)) {
        if (!cchci_lint_mentions(lint, "conghoaxahoi") && !cchci_lint_mentions(lint, "hanhphuc"))
            cchci_lint_tell_absent(lint, CCHCI_FOUND_MOTTO_ABSENT, right[0]);
        return;
    }
    struct cchci_place place = cchci_lint_find(lint, segment, "conghoaxahoichunghiavietnam");
    const char *words = cchci_lint_words(lint, place);
    /* Fonts of before Unicode had capitals of their own, so that the text is in small letters. */
    if (!cchci_lint_none(place) && !lint->text->capitals_lost &&
        !cchci_lint_parted(lint, place.begin, place.end) && !is_spaced(words) &&
        !is_one_of(words, right))
        cchci_lint_tell(lint, CCHCI_FOUND_MOTTO_LETTERS, place, right[0]);
    below_motto(lint, segment);
}

/* ------------------------------------------------------------------------------- số, ký hiệu -- */

/* Signs of types (Phụ lục III, Mục I). */
static const struct {
    const char *slug, *sign;
} type_signs[] = {
    {"nghi_quyet", "NQ"},   {"quyet_dinh", "QĐ"},       {"chi_thi", "CT"},
    {"quy_che", "QC"},      {"quy_dinh", "QyĐ"},        {"thong_cao", "TC"},
    {"thong_bao", "TB"},    {"huong_dan", "HD"},        {"chuong_trinh", "CTr"},
    {"ke_hoach", "KH"},     {"phuong_an", "PA"},        {"de_an", "ĐA"},
    {"du_an", "DA"},        {"bao_cao", "BC"},          {"bien_ban", "BB"},
    {"to_trinh", "TTr"},    {"hop_dong", "HĐ"},         {"cong_dien", "CĐ"},
    {"ban_ghi_nho", "BGN"}, {"ban_thoa_thuan", "BTT"},  {"giay_uy_quyen", "GUQ"},
    {"giay_moi", "GM"},     {"giay_gioi_thieu", "GGT"}, {"giay_nghi_phep", "GNP"},
    {"phieu_gui", "PG"},    {"phieu_chuyen", "PC"},     {"phieu_bao", "PB"},
};

static const char *sign_of(const char *slug)
{
    for (size_t i = 0; slug != NULL && i < sizeof type_signs / sizeof type_signs[0]; i++)
        if (strcmp(type_signs[i].slug, slug) == 0)
            return type_signs[i].sign;
    return NULL;
}

/* The sign of the type is the first group of the notation, up to a hyphen or a slash. */
static void type_sign(struct cchci_lint *lint, const cchc_code *code, struct cchci_place place)
{
    const char *sign = sign_of(lint->slug);
    size_t length = strcspn(code->notation, "-/");
    const char *group = cchci_arena_copy(lint->arena, code->notation, length);
    const char *number = code->number != NULL ? code->number : "", *rest = code->notation + length;
    if (lint->letter && strcmp(group, "CV") == 0 && rest[0] == '-')
        cchci_lint_tell(lint, CCHCI_FOUND_LETTER_TYPE_SIGN, place,
                        CCHCI_JOIN(lint, number, "/", rest + 1));
    /* Where capitals are lost, a word of the text is easily taken for the name of a type. */
    if (sign == NULL || strcmp(group, sign) == 0 || lint->text->capitals_lost)
        return;
    const char *folded = cchci_lint_fold(lint, group);
    if (strcmp(folded, cchci_lint_fold(lint, sign)) == 0)
        cchci_lint_tell(lint, CCHCI_FOUND_TYPE_SIGN_FORM, place,
                        CCHCI_JOIN(lint, number, "/", sign, rest));
    else
        cchci_lint_tell(lint, CCHCI_FOUND_TYPE_SIGN_ABSENT, place,
                        CCHCI_JOIN(lint, number, "/", sign, "-", code->notation));
}

/* The word Số before the number. */
static void number_label(struct cchci_lint *lint, struct cchci_place place)
{
    struct cchci_place segment = cchci_lint_segment(lint, "code");
    struct cchci_place label =
        cchci_lint_find(lint, (struct cchci_place){segment.begin, place.begin}, "so");
    uint32_t colon;
    if (cchci_lint_none(label))
        return;
    bool has = cchci_lint_after(lint, label.end, &colon) == ':';
    if (!has)
        cchci_lint_tell(lint, CCHCI_FOUND_NUMBER_COLON, label, "Số:");
    else
        cchci_lint_tell(lint, CCHCI_FOUND_PARTY_NUMBER_COLON,
                        (struct cchci_place){label.begin, colon + 1}, "Số");
}

/* Blanks inside: of the number that was written into its gap, or of the notation. */
static void code_blanks(struct cchci_lint *lint, const cchc_code *code, struct cchci_place place)
{
    const unsigned char *key = lint->text->key;
    uint32_t slash = place.begin;
    while (slash < place.end && key[slash] != '/')
        slash++;
    if (slash == place.end) {
        if (code->number != NULL && code->notation != NULL)
            cchci_lint_tell(lint, CCHCI_FOUND_CODE_SLASH, place,
                            CCHCI_JOIN(lint, code->number, "/", code->notation));
        return;
    }
    bool beside = false, inside = false;
    for (uint32_t i = place.begin; i < place.end; i++)
        if (key[i] == ' ' || key[i] == '\t') {
            beside |= i < slash || (i == slash + 1);
            inside |= i > slash + 1;
        }
    if (inside)
        cchci_lint_tell(lint, CCHCI_FOUND_CODE_BLANK, place, code->text.data);
    else if (beside)
        cchci_lint_tell(lint, CCHCI_FOUND_NUMBER_BLANK_SLASH, place, code->text.data);
}

void cchci_lint_code(struct cchci_lint *lint)
{
    const cchc_code *code = cchc_document_code(lint->document);
    if (code == NULL)
        return;
    struct cchci_place place = cchci_lint_first(lint, &code->text);
    if (cchci_lint_none(place))
        return;
    struct cchci_place end = cchci_lint_last(lint, &code->text);
    if (cchci_lint_parted(lint, place.begin, end.end))
        return; /* a column cut it */
    place.end = end.end;
    number_label(lint, place);
    if (code->number != NULL && code->number[0] >= '1' && code->number[0] <= '9' &&
        code->number[1] == '\0')
        cchci_lint_tell(lint, CCHCI_FOUND_NUMBER_UNPADDED, place,
                        CCHCI_JOIN(lint, "0", code->text.data));
    if (code->number != NULL)
        code_blanks(lint, code, place);
    if (code->notation != NULL)
        type_sign(lint, code, place);
}

/* ---------------------------------------------------------------------------- địa danh, date -- */

struct number {
    struct cchci_place place;
    unsigned digits, value;
};

/* The first number in a stretch. */
static struct number number_in(const struct cchci_lint *lint, uint32_t begin, uint32_t end)
{
    const unsigned char *key = lint->text->key;
    struct number number = {{0, 0}, 0, 0};
    while (begin < end && !cchci_is_digit(key[begin]))
        begin++;
    number.place.begin = begin;
    while (begin < end && cchci_is_digit(key[begin]) && number.digits < 5) {
        number.value = number.value * 10 + (unsigned)(key[begin++] - '0');
        number.digits++;
    }
    number.place.end = begin;
    return number;
}

static const char *padded(struct cchci_lint *lint, unsigned value)
{
    char digits[16];
    int length = snprintf(digits, sizeof digits, "%02u", value);
    return cchci_arena_copy(lint->arena, digits, length > 0 ? (size_t)length : 0);
}

static void written_date(struct cchci_lint *lint, struct cchci_place date)
{
    struct cchci_place month = cchci_lint_find(lint, date, "thang");
    struct cchci_place year =
        cchci_lint_find(lint, (struct cchci_place){month.end, date.end}, "nam");
    if (cchci_lint_none(month) || cchci_lint_none(year))
        return;
    struct number day = number_in(lint, date.begin, month.begin);
    struct number of_year = number_in(lint, month.end, year.begin);
    if (day.digits == 1 && day.value > 0)
        cchci_lint_tell(lint, CCHCI_FOUND_DAY_UNPADDED, day.place, padded(lint, day.value));
    if (of_year.digits == 1 && (of_year.value == 1 || of_year.value == 2))
        cchci_lint_tell(lint, CCHCI_FOUND_MONTH_UNPADDED, of_year.place,
                        padded(lint, of_year.value));
    if (of_year.digits == 2 && of_year.value >= 3 && of_year.value <= 9)
        cchci_lint_tell(lint, CCHCI_FOUND_MONTH_PADDED, of_year.place,
                        padded(lint, of_year.value) + 1);
}

/* "2020-03-05" as the decree writes it; NULL where a part is missing. */
static const char *date_in_words(struct cchci_lint *lint, const char *iso)
{
    struct cchci_date date;
    char words[64];
    if (!cchci_date_from_iso(iso, &date) || date.month == 0 || date.day == 0)
        return NULL;
    int length =
        snprintf(words, sizeof words,
                 date.month <= 2 ? "ngày %02d tháng %02d năm %d" : "ngày %02d tháng %d năm %d",
                 date.day, date.month, date.year);
    return cchci_arena_copy(lint->arena, words, length > 0 ? (size_t)length : 0);
}

/* Units that bear the name of a person and are written short: what their place begins with, and the
 * full name. */
static void place_name(struct cchci_lint *lint, const cchc_text *name, struct cchci_place place)
{
    static const struct {
        const char *key, *full;
    } short_names[] = {
        {"ho chi minh", "Thành phố Hồ Chí Minh"},     {"tp ho chi minh", "Thành phố Hồ Chí Minh"},
        {"tp. ho chi minh", "Thành phố Hồ Chí Minh"}, {"tp.ho chi minh", "Thành phố Hồ Chí Minh"},
        {"tp hcm", "Thành phố Hồ Chí Minh"},          {"tp. hcm", "Thành phố Hồ Chí Minh"},
        {"tp.hcm", "Thành phố Hồ Chí Minh"},          {"tphcm", "Thành phố Hồ Chí Minh"},
    };
    const char *key = cchci_lint_fold(lint, name->data);
    for (size_t i = 0; i < sizeof short_names / sizeof short_names[0]; i++)
        if (strcmp(short_names[i].key, key) == 0)
            cchci_lint_tell(lint, CCHCI_FOUND_PLACE_SHORT, place, short_names[i].full);
}

void cchci_lint_date(struct cchci_lint *lint)
{
    const cchc_promulgation *promulgation = cchc_document_promulgation(lint->document);
    if (promulgation == NULL)
        return;
    struct cchci_place date = cchci_lint_first(lint, &promulgation->date);
    struct cchci_place name = cchci_lint_last(lint, &promulgation->place);
    uint32_t at;
    if (!cchci_lint_none(name))
        place_name(lint, &promulgation->place, name);
    if (promulgation->date.span_count != 1 || cchci_lint_none(date))
        return;
    if (!cchci_lint_none(name) && name.end <= date.begin &&
        !cchci_lint_parted(lint, name.end, date.begin) &&
        cchci_lint_after(lint, name.end, &at) != ',')
        cchci_lint_tell(lint, CCHCI_FOUND_DATE_COMMA, name,
                        CCHCI_JOIN(lint, promulgation->place.data, ","));
    if (cchci_lint_none(cchci_lint_find(lint, date, "nam"))) {
        if (promulgation->iso != NULL)
            cchci_lint_tell(lint, CCHCI_FOUND_DATE_WORDS, date,
                            date_in_words(lint, promulgation->iso));
        return;
    }
    written_date(lint, date);
}

/* --------------------------------------------------------------------------------- trích yếu -- */

/* The name of a type on a line of its own. */
static void type_name(struct cchci_lint *lint)
{
    struct cchci_place place = cchci_lint_segment(lint, "document_type");
    if (!cchci_lint_none(place) && strcmp(cchci_lint_words(lint, place), "CÔNG VĂN") == 0)
        cchci_lint_tell(lint, CCHCI_FOUND_LETTER_TYPE_NAME, place, NULL);
}

void cchci_lint_subject(struct cchci_lint *lint)
{
    const cchc_text *subject = cchc_document_text(lint->document, CCHC_SUBJECT);
    const cchc_type *type = cchc_document_type(lint->document);
    if (!lint->letter || type == NULL)
        return;
    type_name(lint);
    if (subject == NULL) {
        if (!cchci_lint_mentions(lint, "vv")) /* V/v with a blank to be filled in */
            cchci_lint_tell_absent(lint, CCHCI_FOUND_LETTER_SUBJECT_ABSENT, NULL);
        return;
    }
    struct cchci_place first = cchci_lint_first(lint, subject);
    struct cchci_place segment = cchci_lint_segment(lint, "subject");
    if (segment.begin > first.begin || cchci_lint_none(first))
        return;
    struct cchci_place label = {segment.begin, first.begin};
    const char *words = cchci_lint_words(lint, label);
    const char *keys = cchci_lint_fold(lint, words);
    bool v_v = strncmp(keys, "v/v", 3) == 0;
    if (strcmp(words, "V/v") == 0) {
        cchci_lint_tell(lint, CCHCI_FOUND_PARTY_V_V, label, "về việc");
    } else if (v_v) {
        cchci_lint_tell(lint, CCHCI_FOUND_V_V_FORM, label, "V/v");
        cchci_lint_tell(lint, CCHCI_FOUND_PARTY_V_V, label, "về việc");
    } else if (strncmp(keys, "ve viec", 7) == 0) {
        cchci_lint_tell(lint, CCHCI_FOUND_LETTER_V_V, label,
                        CCHCI_JOIN(lint, "V/v ", subject->data));
    } else if (words[0] == '\0' && subject->span_count == 1) {
        cchci_lint_tell(lint, CCHCI_FOUND_LETTER_V_V, first,
                        CCHCI_JOIN(lint, "V/v ", subject->data));
    }
}

/* ------------------------------------------------------------------------------------- marks -- */

/* A mark that the rules of before the decree had. Any other word may be a scanner's. */
void cchci_lint_marks(struct cchci_lint *lint)
{
    const cchc_text *mark = cchc_document_text(lint->document, CCHC_PRIORITY);
    if (mark != NULL && strcmp(cchci_lint_fold(lint, mark->data), "hoa toc hen gio") == 0)
        cchci_lint_tell(lint, CCHCI_FOUND_MARK_UNKNOWN, cchci_lint_first(lint, mark), NULL);
}
