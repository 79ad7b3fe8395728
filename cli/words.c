/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <string.h>

#include "words.h"

/* Types, kinds, bounds and diagnostics are called as the review page calls them (words.py): the key
 * is KIND.VALUE. */
static const struct row {
    const char *key;
    const char *words[2]; /* by cchc_language */
} rows[] = {
#include "words-tables.def"
};

static const char *find(const char *kind, const char *value, cchc_language language)
{
    size_t length = strlen(kind);
    for (size_t i = 0; value != NULL && i < sizeof rows / sizeof rows[0]; i++)
        if (strncmp(rows[i].key, kind, length) == 0 && strcmp(rows[i].key + length, value) == 0)
            return rows[i].words[language];
    return NULL;
}

const char *word(enum word word, cchc_language language)
{
    static const char *const words[][2] = {
        [WORD_DOCUMENT] = {"Văn bản", "Document"},
        [WORD_DATE] = {"Ban hành", "Issued"},
        [WORD_PRIORITY] = {"Độ khẩn", "Priority"},
        [WORD_SECRECY] = {"Độ mật", "Secrecy"},
        [WORD_CIRCULATION] = {"Lưu hành", "Circulation"},
        [WORD_AGENCY] = {"Cơ quan", "Agency"},
        [WORD_SUBJECT] = {"Trích yếu", "Subject"},
        [WORD_ADDRESSEES] = {"Kính gửi", "To"},
        [WORD_CLAUSES] = {"Nội dung", "Clauses"},
        [WORD_DEADLINES] = {"Thời hạn", "Deadlines"},
        [WORD_REFERENCES] = {"Viện dẫn", "References"},
        [WORD_RECIPIENTS] = {"Nơi nhận", "Recipients"},
        [WORD_ARCHIVE] = {"Lưu", "Archive"},
        [WORD_SIGNER] = {"Người ký", "Signer"},
        [WORD_COSIGNER] = {"Đồng ký", "Co-signer"},
        [WORD_INCOMING] = {"Dấu đến", "Received"},
        [WORD_E_SIGNATURE] = {"Chữ ký số", "E-signature"},
        [WORD_ANNEXES] = {"Phụ lục", "Annexes"},
        [WORD_ENCODING] = {"Bảng mã", "Encoding"},
        [WORD_NOTES] = {"Lưu ý", "Notes"},
        [WORD_NO_TYPE] = {"Không phải văn bản ban hành", "No issued document"},
        [WORD_NOT_READ] = {"Không đọc được", "Not readable"},
        [WORD_DRAFT] = {"Dự thảo", "Draft"},
        [WORD_PART] = {"văn bản thứ", "letter"},
        [WORD_MORE] = {"mục nữa", "more"},
        [WORD_IN_CLAUSE] = {"mục", "clause"},
    };
    return words[word][language];
}

const char *type_words(const char *slug, cchc_language language)
{
    return find("type.", slug, language);
}

const char *kind_words(const char *kind, cchc_language language)
{
    return find("kind.", kind, language);
}

const char *bound_words(const char *bound, cchc_language language)
{
    return find("bound.", bound, language);
}

const char *working_words(int working_days, cchc_language language)
{
    static const char *const words[2] = {"ngày làm việc", "working days"};
    return working_days == 1 ? words[language] : NULL;
}

const char *diagnostic_words(const char *code)
{
    return find("diagnostic.", code, CCHC_VIETNAMESE);
}
