/* SPDX-License-Identifier: MIT */
#include "syllables.h"

#include <string.h>

/* Common syllables, in the order of their UTF-8, which the first eight bytes tell. None is plain
 * ASCII, which all encodings share. */
#define SYLLABLE_BYTES 10u
static const char syllables[][SYLLABLE_BYTES] = {
    "báo",   "bản",    "bộ",     "chính", "chế",   "chỉ",   "chủ",   "chức", "các",   "công",
    "cơ",    "cấp",    "cầu",    "cộng",  "cục",   "của",   "dân",   "dự",   "giá",   "giám",
    "gửi",   "hiện",   "hoà",    "hoạt",  "hoặc",  "huyện", "hành",  "hòa",  "hướng", "hội",
    "hợp",   "khoản",  "kính",   "ký",    "kết",   "luật",  "là",    "lý",   "lập",   "một",
    "nghĩa", "nghị",   "ngày",   "người", "nhà",   "nhân",  "nhận",  "này",  "năm",   "nước",
    "nội",   "nộp",    "pháp",   "phải",  "phủ",   "quyết", "quyền", "quản", "quốc",  "số",
    "sở",    "thuế",   "thuộc",  "thành", "tháng", "thông", "thời",  "thực", "tiền",  "trên",
    "trình", "trường", "trưởng", "tại",   "tỉnh",  "tịch",  "tổ",    "từ",   "uỷ",    "việc",
    "việt",  "và",     "văn",    "về",    "với",   "vụ",    "xã",    "yêu",  "án",    "điều",
    "điểm",  "đã",     "đơn",    "được",  "đến",   "đề",    "để",    "định", "đốc",   "đối",
    "đồng",  "độc",    "động",   "ủy",
};

/* The parts of a syllable, in ASCII's order. A, E, O are letters with a circumflex, W is ă, Q ơ,
 * V ư, D đ. */
static const char onsets[][4] = {"",   "D",  "b", "c", "ch", "d",  "g",   "gh", "gi", "h",
                                 "k",  "kh", "l", "m", "n",  "ng", "ngh", "nh", "p",  "ph",
                                 "qu", "r",  "s", "t", "th", "tr", "v",   "x"};
/* Before a final consonant, and without one. */
static const char closed_nuclei[][4] = {"A",  "E",  "O",  "Q",  "V",   "VQ", "W",  "a", "e",
                                        "i",  "iE", "o",  "oW", "oa",  "oe", "oo", "u", "uA",
                                        "uE", "uO", "uQ", "uy", "uyE", "y",  "yE"};
static const char open_nuclei[][4] = {"Au",  "Ay",  "E",   "Eu", "O",   "Oi",  "Q",   "Qi",  "V",
                                      "VQi", "VQu", "Va",  "Vi", "Vu",  "a",   "ai",  "ao",  "au",
                                      "ay",  "e",   "eo",  "i",  "iEu", "ia",  "iu",  "o",   "oa",
                                      "oai", "oao", "oay", "oe", "oeo", "oi",  "u",   "uAy", "uE",
                                      "uOi", "uQ",  "ua",  "ui", "uy",  "uya", "uyu", "y",   "yEu"};
static const char codas[][4] = {"c", "ch", "k", "m", "n", "ng", "nh", "p", "t"};

static uint32_t packed(const char part[4])
{
    const unsigned char *p = (const unsigned char *)part;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

static bool is_part(const char (*parts)[4], size_t count, const char part[4])
{
    uint32_t wanted = packed(part);
    size_t low = 0;
    for (size_t half; count > 1; count -= half) { /* the last that is no greater */
        half = count / 2;
        low += packed(parts[low + half]) <= wanted ? half : 0;
    }
    return packed(parts[low]) == wanted;
}
#define IS_PART(parts, part) is_part((parts), sizeof(parts) / sizeof(parts)[0], (part))

/* One character for a letter with its quality, as the parts are written; 0: none of Vietnamese. */
static char letter_of(unsigned char base, unsigned char mark)
{
    switch (mark & (CCHCI_QUALITY | CCHCI_MARK_FOREIGN)) {
    case 0: return (char)base;
    case CCHCI_QUALITY_CIRCUMFLEX:
        return base == 'a' ? 'A' : base == 'e' ? 'E' : base == 'o' ? 'O' : '\0';
    case CCHCI_QUALITY_BREVE: return base == 'a' ? 'W' : '\0';
    case CCHCI_QUALITY_HORN: return base == 'o' ? 'Q' : base == 'u' ? 'V' : '\0';
    case CCHCI_QUALITY_STROKE: return base == 'd' ? 'D' : '\0';
    default: return '\0';
    }
}

static bool is_vowel(char letter)
{
#define BIT(letter) (UINT64_C(1) << ((letter) - 'A'))
    static const uint64_t vowels = BIT('A') | BIT('E') | BIT('O') | BIT('Q') | BIT('V') | BIT('W') |
                                   BIT('a') | BIT('e') | BIT('i') | BIT('o') | BIT('u') | BIT('y');
#undef BIT
    unsigned i = (unsigned)(letter - 'A');
    return i < 64 && (vowels >> i & 1) != 0;
}

enum cchci_shape cchci_shape(const struct cchci_word *word)
{
    if (word->wrong || word->length > CCHCI_SYLLABLE_LETTERS)
        return CCHCI_NO_SYLLABLE;
    char part[3][4] = {"", "", ""};
    unsigned at = 0, used = 0, tones = 0, vowels = 0;
    unsigned char tone = 0;
    for (unsigned i = 0; i < word->length; i++) {
        char letter = letter_of(word->base[i], word->mark[i]);
        if (letter == '\0')
            return CCHCI_NO_SYLLABLE;
        if ((word->mark[i] & CCHCI_TONE) != 0) {
            tone = word->mark[i] & CCHCI_TONE;
            tones++;
        }
        bool vowel = is_vowel(letter);
        vowels += vowel;
        bool next = i + 1 < word->length && is_vowel((char)word->base[i + 1]);
        /* The u of qu and the i of gi before a vowel belong to the onset. */
        bool glide =
            i == 1 && next &&
            ((word->base[0] == 'q' && letter == 'u') || (word->base[0] == 'g' && letter == 'i'));
        unsigned wanted = at == 0 && (!vowel || glide) ? 0 : at <= 1 && vowel ? 1 : 2;
        if (wanted != at)
            used = 0;
        at = wanted;
        if (used == 3)
            return CCHCI_NO_SYLLABLE;
        part[at][used++] = letter;
    }
    if (vowels == 0)
        return CCHCI_NO_WORD; /* QĐ, NĐ-CP */
    bool stopped = part[2][0] == 'c' || part[2][0] == 'p' || part[2][0] == 't';
    if (stopped && tone != CCHCI_TONE_ACUTE && tone != CCHCI_TONE_DOT)
        return CCHCI_NO_SYLLABLE;
    bool rhyme = part[2][0] == '\0' ? IS_PART(open_nuclei, part[1])
                                    : IS_PART(closed_nuclei, part[1]) && IS_PART(codas, part[2]);
    return tones <= 1 && rhyme && IS_PART(onsets, part[0]) ? CCHCI_SYLLABLE : CCHCI_NO_SYLLABLE;
}

/* The first eight bytes, so that numbers are in the order of strings. */
static uint64_t first_bytes(const char *string)
{
    return (uint64_t)packed(string) << 32 | packed(string + 4);
}

int cchci_common_syllable(const struct cchci_word *word)
{
    char utf8[CCHCI_SYLLABLE_LETTERS * 4 + SYLLABLE_BYTES] = {0};
    size_t length = 0, low = 0;
    for (unsigned i = 0; i < word->length; i++)
        length += cchci_put_utf8(utf8 + length, cchci_small(word->code[i]));
    uint64_t wanted = first_bytes(utf8);
    for (size_t half, count = sizeof syllables / sizeof syllables[0]; count > 1; count -= half) {
        half = count / 2;
        low += first_bytes(syllables[low + half]) <= wanted ? half : 0;
    }
    return strcmp(syllables[low], utf8) == 0 ? (int)low : -1;
}
