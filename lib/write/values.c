/* SPDX-License-Identifier: MIT */
#include "values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

/* ---------------------------------------------------------------------------- characters -- */

#define REPLACEMENT UINT32_C(0xFFFD)

struct cchci_characters cchci_characters_of(const char *bytes, size_t length)
{
    const unsigned char *at = (const unsigned char *)bytes;
    return (struct cchci_characters){at, length > 0 ? at + length : at, false};
}

static bool every_format_holds(uint32_t character)
{
    if (character < 0x20)
        return character == '\t' || character == '\n';
    return character != 0x7F && character != 0xFFFE && character != 0xFFFF;
}

bool cchci_characters_next(struct cchci_characters *characters, uint32_t *character)
{
    if (characters->at == characters->end)
        return false;
    size_t bad = 0;
    size_t left = (size_t)(characters->end - characters->at);
    size_t good = cchci_utf8_decode(characters->at, left, character, &bad);
    if (good == 0 || !every_format_holds(*character)) {
        *character = REPLACEMENT;
        characters->replaced = true;
    }
    characters->at += good > 0 ? good : bad;
    return true;
}

size_t cchci_utf8(uint32_t character, char *bytes)
{
    if (character < 0x80) {
        bytes[0] = (char)character;
        return 1;
    }
    size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length; i-- > 1; character >>= 6)
        bytes[i] = (char)(0x80 | (character & 0x3F));
    bytes[0] = (char)(leads[length] | character);
    return length;
}

/* Room for one more character and the closing NUL. */
static bool has_room(struct cchci_string *string)
{
    if (string->room - string->length > 4)
        return true;
    size_t room = string->room * 2 + 256;
    char *more = realloc(string->bytes, room);
    if (more == NULL)
        return false;
    string->bytes = more;
    string->room = room;
    return true;
}

void cchci_string_add(struct cchci_string *string, const char *bytes, size_t length)
{
    struct cchci_characters characters = cchci_characters_of(bytes, bytes != NULL ? length : 0);
    uint32_t character;
    while (!string->failed && cchci_characters_next(&characters, &character)) {
        if (has_room(string)) {
            string->length += cchci_utf8(character, string->bytes + string->length);
            string->bytes[string->length] = '\0';
        } else {
            string->failed = true;
        }
    }
    string->replaced = string->replaced || characters.replaced;
}

void cchci_string_add_word(struct cchci_string *string, const char *word)
{
    cchci_string_add(string, word, word != NULL ? strlen(word) : 0);
}

void cchci_string_add_text(struct cchci_string *string, const cchc_text *text)
{
    if (text != NULL)
        cchci_string_add(string, text->data, text->length);
}

void cchci_string_add_line(struct cchci_string *string, const cchc_text *text)
{
    if (text == NULL || text->data == NULL)
        return;
    if (string->length > 0)
        cchci_string_add(string, "\n", 1);
    cchci_string_add_text(string, text);
}

/* --------------------------------------------------------------------------------- dates -- */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int cchci_days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Reads @p count digits and moves on; -1 where they are not there. */
static int digits(const char **at, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return -1;
        value = value * 10 + (**at - '0');
    }
    return value;
}

static bool skip(const char **at, char sign)
{
    if (**at != sign)
        return false;
    (*at)++;
    return true;
}

static bool is_day(const struct cchci_day *day)
{
    return day->year >= 1 && day->month >= 1 && day->month <= 12 && day->day >= 1 &&
           day->day <= cchci_days_of(day->year, day->month);
}

static bool read_day(const char **at, struct cchci_day *day)
{
    day->year = digits(at, 4);
    if (day->year < 0 || !skip(at, '-'))
        return false;
    day->month = digits(at, 2);
    if (day->month < 0 || !skip(at, '-'))
        return false;
    day->day = digits(at, 2);
    return is_day(day);
}

bool cchci_day_read(const char *iso, struct cchci_day *day)
{
    struct cchci_day read;
    if (iso == NULL || !read_day(&iso, &read) || (*iso != '\0' && *iso != 'T'))
        return false;
    *day = read;
    return true;
}

static void step_back(struct cchci_day *day)
{
    if (--day->day > 0)
        return;
    if (--day->month == 0) {
        day->month = 12;
        day->year--;
    }
    day->day = cchci_days_of(day->year, day->month);
}

/* "2022", "2022-09", "2022-Q3": the first and the last month. */
static bool read_period(const char *iso, int *year, int *first, int *last)
{
    *year = digits(&iso, 4);
    if (*year < 1)
        return false;
    *first = 1;
    *last = 12;
    if (*iso == '\0')
        return true;
    if (!skip(&iso, '-'))
        return false;
    if (skip(&iso, 'Q')) {
        int quarter = digits(&iso, 1);
        *last = quarter * 3;
        *first = *last - 2;
        return *iso == '\0' && quarter >= 1 && quarter <= 4;
    }
    *first = *last = digits(&iso, 2);
    return *iso == '\0' && *first >= 1 && *first <= 12;
}

static bool read_time(const char *iso, struct cchci_due *due)
{
    const char *at = strchr(iso, 'T');
    if (at == NULL)
        return false;
    at++;
    due->hour = digits(&at, 2);
    if (due->hour < 0 || due->hour > 24 || !skip(&at, ':'))
        return false;
    due->minute = digits(&at, 2);
    return due->minute >= 0 && due->minute < 60 && (due->hour < 24 || due->minute == 0);
}

bool cchci_due_of(const cchc_deadline *deadline, struct cchci_due *due)
{
    memset(due, 0, sizeof *due);
    if (deadline->iso == NULL || deadline->recurring)
        return false;
    bool before = deadline->bound != NULL && strcmp(deadline->bound, "before") == 0;
    int first, last;
    if (cchci_day_read(deadline->iso, &due->day)) {
        due->timed = read_time(deadline->iso, due);
        /* 24:00 is the end of its day; 0:00 is the end of the day before. */
        if (due->timed && (due->hour == 24 || (before && due->hour == 0 && due->minute == 0))) {
            before = due->hour == 0;
            due->timed = false;
        }
    } else if (read_period(deadline->iso, &due->day.year, &first, &last)) {
        due->day.month = before ? first : last;
        due->day.day = before ? 1 : cchci_days_of(due->day.year, last);
    } else {
        return false;
    }
    if (before && !due->timed)
        step_back(&due->day);
    return due->day.year >= 1;
}

int cchci_day_compare(const struct cchci_day *a, const struct cchci_day *b)
{
    if (a->year != b->year)
        return a->year - b->year;
    return a->month != b->month ? a->month - b->month : a->day - b->day;
}

bool cchci_earliest_due(const cchc_document *document, struct cchci_day *day)
{
    bool found = false;
    size_t count = 0;
    const cchc_deadline *deadlines = cchc_document_deadlines(document, &count);
    for (size_t i = 0; i < count; i++) {
        struct cchci_due due;
        if (!cchci_due_of(&deadlines[i], &due) || (found && cchci_day_compare(&due.day, day) >= 0))
            continue;
        *day = due.day;
        found = true;
    }
    return found;
}

const char *cchci_day_text(const struct cchci_day *day, enum cchci_day_form form,
                           char text[CCHCI_DAY_SIZE])
{
    /* Digits that a day has by its invariant, said so that the compiler can count them. */
    int year = day->year % 10000, month = day->month % 100, date = day->day % 100;
    if (form == CCHCI_PRINTED_DAY)
        (void)snprintf(text, CCHCI_DAY_SIZE, "%02d/%02d/%04d", date, month, year);
    else if (form == CCHCI_SLASHED_DAY)
        (void)snprintf(text, CCHCI_DAY_SIZE, "%04d/%02d/%02d", year, month, date);
    else
        (void)snprintf(text, CCHCI_DAY_SIZE, "%04d-%02d-%02d", year, month, date);
    return text;
}

/* ------------------------------------------------------------------------ types, priority -- */

/* The 29 administrative types of Nghị định 30/2020/NĐ-CP, Điều 7, then the normative ones.
 *
 * edXML: list B of the standard. Its copies at hand give 1 to 9 and 18 to 26; between and behind
 * them the list follows Nghị định 09/2010/NĐ-CP, Điều 1, which has just as many types there. Phiếu
 * báo came later and has no code. The normative types have codes in a list A that overlaps with B;
 * how a message tells the two apart is not known, so they have none here. Thông tư 05/2025: 32 is
 * "other". */
static const struct cchci_type_name types[] = {
    {"nghi_quyet", "Nghị quyết", "Resolution", "1", "01"},
    {"quyet_dinh", "Quyết định", "Decision", "2", "02"},
    {"chi_thi", "Chỉ thị", "Directive", "3", "03"},
    {"quy_che", "Quy chế", "Regulations", "4", "04"},
    {"quy_dinh", "Quy định", "Rules", "5", "05"},
    {"thong_cao", "Thông cáo", "Communiqué", "6", "06"},
    {"thong_bao", "Thông báo", "Notice", "7", "07"},
    {"huong_dan", "Hướng dẫn", "Guidance", "8", "08"},
    {"chuong_trinh", "Chương trình", "Programme", "9", "09"},
    {"ke_hoach", "Kế hoạch", "Plan", "10", "10"},
    {"phuong_an", "Phương án", "Option paper", "11", "11"},
    {"de_an", "Đề án", "Scheme", "12", "12"},
    {"du_an", "Dự án", "Project", "13", "13"},
    {"bao_cao", "Báo cáo", "Report", "14", "14"},
    {"bien_ban", "Biên bản", "Minutes", "15", "20"},
    {"to_trinh", "Tờ trình", "Submission", "16", "15"},
    {"hop_dong", "Hợp đồng", "Contract", "17", "21"},
    {"cong_van", "Công văn", "Official letter", "18", "22"},
    {"cong_dien", "Công điện", "Official telegram", "19", "23"},
    {"ban_ghi_nho", "Bản ghi nhớ", "Memorandum", "20", "24"},
    {"ban_thoa_thuan", "Bản thỏa thuận", "Agreement", "22", "25"},
    {"giay_uy_quyen", "Giấy ủy quyền", "Letter of authorisation", "24", "16"},
    {"giay_moi", "Giấy mời", "Invitation", "25", "26"},
    {"giay_gioi_thieu", "Giấy giới thiệu", "Letter of introduction", "26", "27"},
    {"giay_nghi_phep", "Giấy nghỉ phép", "Leave permit", "27", "28"},
    {"phieu_gui", "Phiếu gửi", "Dispatch slip", "30", "17"},
    {"phieu_chuyen", "Phiếu chuyển", "Transfer slip", "31", "18"},
    {"phieu_bao", "Phiếu báo", "Notification slip", NULL, "19"},
    {"thu_cong", "Thư công", "Official correspondence", "32", "29"},
    {"hien_phap", "Hiến pháp", "Constitution", NULL, "32"},
    {"bo_luat", "Bộ luật", "Code", NULL, "32"},
    {"luat", "Luật", "Law", NULL, "32"},
    {"phap_lenh", "Pháp lệnh", "Ordinance", NULL, "32"},
    {"lenh", "Lệnh", "Order", NULL, "32"},
    {"nghi_dinh", "Nghị định", "Decree", NULL, "32"},
    {"thong_tu", "Thông tư", "Circular", NULL, "32"},
    {"thong_tu_lien_tich", "Thông tư liên tịch", "Joint circular", NULL, "32"},
    {"nghi_quyet_lien_tich", "Nghị quyết liên tịch", "Joint resolution", NULL, "32"},
    {"khac", "Văn bản khác", "Other document", NULL, "32"},
};

const struct cchci_type_name *cchci_type_of(const cchc_document *document)
{
    const cchc_type *type = cchc_document_type(document);
    if (type == NULL || type->slug == NULL)
        return NULL;
    size_t count = sizeof types / sizeof types[0];
    for (size_t i = 0; i < count; i++)
        if (strcmp(types[i].slug, type->slug) == 0)
            return &types[i];
    return &types[count - 1]; /* a slug that came later than this table */
}

bool cchci_is_normative(const cchc_document *document)
{
    const cchc_type *type = cchc_document_type(document);
    return type != NULL && type->family != NULL && strcmp(type->family, "vbqppl") == 0;
}

/* Each mark by what is in it, the longer before the shorter. The decree itself spells HỎA and HOẢ;
 * Tối khẩn is the old name of Thượng khẩn (Nghị định 110/2004/NĐ-CP before its amendment). */
const char *cchci_priority_code(const cchc_document *document)
{
    static const struct {
        const char *mark, *code;
    } priorities[] = {
        {"HỎA TỐC HẸN GIỜ", "4"},
        {"HOẢ TỐC HẸN GIỜ", "4"},
        {"Hỏa tốc hẹn giờ", "4"},
        {"Hoả tốc hẹn giờ", "4"},
        {"HỎA TỐC", "3"},
        {"HOẢ TỐC", "3"},
        {"Hỏa tốc", "3"},
        {"Hoả tốc", "3"},
        {"THƯỢNG KHẨN", "2"},
        {"Thượng khẩn", "2"},
        {"TỐI KHẨN", "2"},
        {"Tối khẩn", "2"},
        {"KHẨN", "1"},
        {"Khẩn", "1"},
    };
    const cchc_text *priority = cchc_document_text(document, CCHC_PRIORITY);
    if (priority == NULL || priority->data == NULL)
        return "0";
    for (size_t i = 0; i < sizeof priorities / sizeof priorities[0]; i++)
        if (strstr(priority->data, priorities[i].mark) != NULL)
            return priorities[i].code;
    return NULL;
}

/* ----------------------------------------------------------------------------- the letter -- */

/* 64 bits of FNV-1a (Fowler, Noll, Vo), chained through @p hash. */
static const uint64_t hash_start = UINT64_C(0xCBF29CE484222325);

static uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001B3);
    return hash;
}

/* NULL is not the empty string. */
static uint64_t hash_string(uint64_t hash, const char *string)
{
    return string != NULL ? hash_bytes(hash, string, strlen(string) + 1)
                          : hash_bytes(hash, "\xFF", 1);
}

uint64_t cchci_letter_hash(const cchc_letter *letter)
{
    const cchc_document *document = letter->document;
    const cchc_agency *agency = cchc_document_agency(document);
    const cchc_code *code = cchc_document_code(document);
    const cchc_promulgation *promulgation = cchc_document_promulgation(document);
    const cchc_text *subject = cchc_document_text(document, CCHC_SUBJECT);
    uint64_t hash = hash_start;
    hash = hash_string(hash, agency != NULL ? agency->parent.data : NULL);
    hash = hash_string(hash, agency != NULL ? agency->name.data : NULL);
    hash = hash_string(hash, code != NULL ? code->text.data : NULL);
    hash = hash_string(hash, promulgation != NULL ? promulgation->iso : NULL);
    hash = hash_string(hash, subject != NULL ? subject->data : NULL);
    if (code == NULL || code->number == NULL) {
        const cchc_source *source = cchc_document_source(document);
        hash = hash_bytes(hash, letter->name, letter->name_length);
        for (size_t part = source->part; part > 0; part >>= 8) {
            char byte = (char)(part & 0xFF);
            hash = hash_bytes(hash, &byte, 1);
        }
    }
    return hash;
}
