/* SPDX-License-Identifier: MIT */
/* The encodings of before Unicode, which office files of the 1990s and 2000s are in.
 *
 * They reach us in two ways: as their own bytes, which are no UTF-8, or as mojibake, that is, each
 * byte taken for a character of Latin-1 (or windows-1252) and written in UTF-8. Either way a line is
 * a row of numbers below 256, and the tables below say what they mean. UTF-8 that was itself taken
 * for windows-1252 is undone the same way.
 *
 * Which encoding it is, the words say: each candidate is tried, and the one wins under which most
 * of the commonest syllables of Vietnamese appear. Lines decide one by one between what they are
 * and the file's winner, since files are mixed; a line that has letters that only Unicode has is
 * left alone.
 */
#include "legacy.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/limits.h"

/* TCVN 5712:1993 as the .VnTime fonts have it (VN3): lower-case letters only; capitals come from the
 * .VnTimeH fonts with the same bytes, so that headings are lower case. */
static const uint16_t tcvn3[128] = {
    0x0080, 0x0081, 0x0082, 0x0083, 0x0084, 0x0085, 0x0086, 0x0087,
    0x0088, 0x0089, 0x008A, 0x008B, 0x008C, 0x008D, 0x008E, 0x008F,
    0x0090, 0x0091, 0x0092, 0x0093, 0x0094, 0x0095, 0x0096, 0x0097,
    0x0098, 0x0099, 0x009A, 0x009B, 0x009C, 0x009D, 0x009E, 0x009F,
    0x00A0, 0x0102, 0x00C2, 0x00CA, 0x00D4, 0x01A0, 0x01AF, 0x0110,
    0x0103, 0x00E2, 0x00EA, 0x00F4, 0x01A1, 0x01B0, 0x0111, 0x00AF,
    0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00E0, 0x1EA3, 0x00E3,
    0x00E1, 0x1EA1, 0x00BA, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x00BF,
    0x00C0, 0x00C1, 0x00C2, 0x00C3, 0x00C4, 0x00C5, 0x1EB7, 0x1EA7,
    0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0x00E8, 0x00CD, 0x1EBB, 0x1EBD,
    0x00E9, 0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0x00EC,
    0x1EC9, 0x00D9, 0x00DA, 0x00DB, 0x0129, 0x00ED, 0x1ECB, 0x00F2,
    0x00E0, 0x1ECF, 0x00F5, 0x00F3, 0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7,
    0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0x00F9,
    0x00F0, 0x1EE7, 0x0169, 0x00FA, 0x1EE5, 0x1EEB, 0x1EED, 0x1EEF,
    0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5, 0x00FF,
};
/* windows-1258: base letters; the tones that follow them are combining marks. */
static const uint16_t windows_1258[128] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0xFFFD, 0x2039, 0x0152, 0xFFFD, 0xFFFD, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0xFFFD, 0x203A, 0x0153, 0xFFFD, 0xFFFD, 0x0178,
    0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6, 0x00A7,
    0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
    0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7,
    0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF,
    0x00C0, 0x00C1, 0x00C2, 0x0102, 0x00C4, 0x00C5, 0x00C6, 0x00C7,
    0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x0300, 0x00CD, 0x00CE, 0x00CF,
    0x0110, 0x00D1, 0x0309, 0x00D3, 0x00D4, 0x01A0, 0x00D6, 0x00D7,
    0x00D8, 0x00D9, 0x00DA, 0x00DB, 0x00DC, 0x01AF, 0x0303, 0x00DF,
    0x00E0, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x00E5, 0x00E6, 0x00E7,
    0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x0301, 0x00ED, 0x00EE, 0x00EF,
    0x0111, 0x00F1, 0x0323, 0x00F3, 0x00F4, 0x01A1, 0x00F6, 0x00F7,
    0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x01B0, 0x20AB, 0x00FF,
};
/* VISCII (RFC 1456); six capitals have control codes. */
static const uint16_t viscii[128] = {
    0x1EA0, 0x1EAE, 0x1EB0, 0x1EB6, 0x1EA4, 0x1EA6, 0x1EA8, 0x1EAC,
    0x1EBC, 0x1EB8, 0x1EBE, 0x1EC0, 0x1EC2, 0x1EC4, 0x1EC6, 0x1ED0,
    0x1ED2, 0x1ED4, 0x1ED6, 0x1ED8, 0x1EE2, 0x1EDA, 0x1EDC, 0x1EDE,
    0x1ECA, 0x1ECE, 0x1ECC, 0x1EC8, 0x1EE6, 0x0168, 0x1EE4, 0x1EF2,
    0x00D5, 0x1EAF, 0x1EB1, 0x1EB7, 0x1EA5, 0x1EA7, 0x1EA9, 0x1EAD,
    0x1EBD, 0x1EB9, 0x1EBF, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EC7, 0x1ED1,
    0x1ED3, 0x1ED5, 0x1ED7, 0x1EE0, 0x01A0, 0x1ED9, 0x1EDD, 0x1EDF,
    0x1ECB, 0x1EF0, 0x1EE8, 0x1EEA, 0x1EEC, 0x01A1, 0x1EDB, 0x01AF,
    0x00C0, 0x00C1, 0x00C2, 0x00C3, 0x1EA2, 0x0102, 0x1EB3, 0x1EB5,
    0x00C8, 0x00C9, 0x00CA, 0x1EBA, 0x00CC, 0x00CD, 0x0128, 0x1EF3,
    0x0110, 0x1EE9, 0x00D2, 0x00D3, 0x00D4, 0x1EA1, 0x1EF7, 0x1EEB,
    0x1EED, 0x00D9, 0x00DA, 0x1EF9, 0x1EF5, 0x00DD, 0x1EE1, 0x01B0,
    0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x1EA3, 0x0103, 0x1EEF, 0x1EAB,
    0x00E8, 0x00E9, 0x00EA, 0x1EBB, 0x00EC, 0x00ED, 0x0129, 0x1EC9,
    0x0111, 0x1EF1, 0x00F2, 0x00F3, 0x00F4, 0x00F5, 0x1ECF, 0x1ECD,
    0x1EE5, 0x00F9, 0x00FA, 0x0169, 0x1EE7, 0x00FD, 0x1EE3, 0x1EEE,
};

static const struct {
    unsigned char code;
    uint16_t letter;
} viscii_controls[] = {{0x02, 0x1EB2}, {0x05, 0x1EB4}, {0x06, 0x1EAA},
                       {0x14, 0x1EF6}, {0x19, 0x1EF8}, {0x1E, 0x1EF4}};

/* VNI for Windows: whole letters, and modifiers that follow their vowel. Capitals are 0x20 lower. */
static const struct {
    unsigned char code;
    uint16_t letter;
} vni_letters[] = {{0xF1, 0x0111}, {0xF4, 0x01A1}, {0xF6, 0x01B0}, {0xED, 0x00ED}, {0xEC, 0x00EC},
                   {0xE6, 0x1EC9}, {0xF3, 0x0129}, {0xF2, 0x1ECB}, {0xEE, 0x1EF5}};

static const struct {
    unsigned char code;
    uint16_t quality, tone; /* combining marks; 0: none */
} vni_modifiers[] = {
    {0xF9, 0, 0x301}, {0xF8, 0, 0x300}, {0xFB, 0, 0x309}, {0xF5, 0, 0x303}, {0xEF, 0, 0x323},
    {0xE2, 0x302, 0}, {0xE1, 0x302, 0x301}, {0xE0, 0x302, 0x300}, {0xE5, 0x302, 0x309},
    {0xE3, 0x302, 0x303}, {0xE4, 0x302, 0x323}, {0xEA, 0x306, 0}, {0xE9, 0x306, 0x301},
    {0xE8, 0x306, 0x300}, {0xFA, 0x306, 0x309}, {0xFC, 0x306, 0x303}, {0xEB, 0x306, 0x323}};

/* Common syllables, in the order of their UTF-8. None is plain ASCII, which all encodings share. */
static const char *const syllables[] = {
    "báo", "bản", "bộ", "chính", "chế", "chỉ", "chủ", "chức", "các", "công", "cơ", "cấp", "cầu",
    "cộng", "cục", "của", "dân", "dự", "giá", "giám", "gửi", "hiện", "hoà", "hoạt", "hoặc",
    "huyện", "hành", "hòa", "hướng", "hội", "hợp", "khoản", "kính", "ký", "kết", "luật", "là",
    "lý", "lập", "một", "nghĩa", "nghị", "ngày", "người", "nhà", "nhân", "nhận", "này", "năm",
    "nước", "nội", "nộp", "pháp", "phải", "phủ", "quyết", "quyền", "quản", "quốc", "số", "sở",
    "thuế", "thuộc", "thành", "tháng", "thông", "thời", "thực", "tiền", "trên", "trình", "trường",
    "trưởng", "tại", "tỉnh", "tịch", "tổ", "từ", "uỷ", "việc", "việt", "và", "văn", "về", "với",
    "vụ", "xã", "yêu", "án", "điều", "điểm", "đã", "đơn", "được", "đến", "đề", "để", "định",
    "đốc", "đối", "đồng", "độc", "động", "ủy",
};

/* What windows-1252 puts where Latin-1 has control codes; a converter that read bytes as either
 * leaves these characters. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

/* The byte that a character of mojibake was; -1: none. */
static int byte_of(uint32_t code)
{
    if (code < 0x100)
        return (int)code;
    for (int i = 0; i < 32; i++)
        if (windows_1252[i] == code)
            return 0x80 + i;
    return -1;
}

struct reading {
    uint32_t code;
    uint32_t length; /* characters read; 0: no such byte sequence */
};

static uint32_t composed(const void *nfc, uint32_t base, uint32_t mark)
{
    UChar32 both = unorm2_composePair(nfc, (UChar32)base, (UChar32)mark);
    return both < 0 ? 0 : (uint32_t)both;
}

static struct reading read_vni(const void *nfc, const uint32_t *codes, uint32_t count)
{
    uint32_t base = codes[0];
    bool upper = base < 0x80 ? base >= 'A' && base <= 'Z' : base >= 0xC0 && base < 0xE0;
    for (unsigned i = 0; i < sizeof vni_letters / sizeof vni_letters[0]; i++) {
        if (base == vni_letters[i].code)
            base = vni_letters[i].letter;
        else if (base == vni_letters[i].code - 0x20u)
            base = (uint32_t)u_toupper(vni_letters[i].letter);
    }
    struct reading reading = {base, 1};
    uint32_t plain = (uint32_t)u_tolower((UChar32)base);
    bool vowel = plain == 'a' || plain == 'e' || plain == 'i' || plain == 'o' || plain == 'u' || plain == 'y' ||
                 plain == 0x1A1 || plain == 0x1B0;
    if (count < 2 || !vowel)
        return reading;
    for (unsigned i = 0; i < sizeof vni_modifiers / sizeof vni_modifiers[0]; i++) {
        /* Headings in capitals often have the small modifier. */
        if (codes[1] != vni_modifiers[i].code && codes[1] != vni_modifiers[i].code - 0x20u)
            continue;
        if (!upper && codes[1] < 0xE0)
            continue;
        uint32_t code = base;
        if (vni_modifiers[i].quality != 0)
            code = composed(nfc, code, vni_modifiers[i].quality);
        if (code != 0 && vni_modifiers[i].tone != 0)
            code = composed(nfc, code, vni_modifiers[i].tone);
        if (code != 0)
            return (struct reading){code, 2};
    }
    return reading;
}

/* UTF-8 that was read as windows-1252: its bytes are the characters. */
static struct reading read_utf8_again(const uint32_t *codes, uint32_t count)
{
    int lead = byte_of(codes[0]);
    unsigned need = lead >= 0xC2 && lead <= 0xDF ? 1 : lead >= 0xE0 && lead <= 0xEF ? 2 : 0;
    if (need == 0 || count <= need)
        return (struct reading){codes[0], 1};
    uint32_t code = (uint32_t)lead & (need == 1 ? 0x1Fu : 0x0Fu);
    for (unsigned i = 1; i <= need; i++) {
        int byte = byte_of(codes[i]);
        if (byte < 0x80 || byte > 0xBF)
            return (struct reading){codes[0], 1};
        code = code << 6 | ((uint32_t)byte & 0x3Fu);
    }
    return (struct reading){code, need + 1};
}

static struct reading read_one(const void *nfc, enum cchci_legacy legacy, const uint32_t *codes,
                               uint32_t count)
{
    struct reading reading = {codes[0], 1};
    int byte = byte_of(codes[0]);
    if (legacy == CCHCI_LEGACY_VNI)
        return read_vni(nfc, codes, count);
    if (legacy == CCHCI_LEGACY_UTF_8)
        return read_utf8_again(codes, count);
    if (byte >= 0x80) {
        const uint16_t *table = legacy == CCHCI_LEGACY_TCVN3 ? tcvn3
                                : legacy == CCHCI_LEGACY_WINDOWS_1258 ? windows_1258 : viscii;
        reading.code = table[byte - 0x80];
        if (legacy == CCHCI_LEGACY_TCVN3 && codes[0] >= 0x100)
            reading.code = codes[0]; /* typographic quotes and dashes are what they look like */
    } else if (legacy == CCHCI_LEGACY_VISCII) {
        for (unsigned i = 0; i < sizeof viscii_controls / sizeof viscii_controls[0]; i++)
            if (codes[0] == viscii_controls[i].code)
                reading.code = viscii_controls[i].letter;
    }
    return reading;
}

/* -------------------------------------------------------------------------------- evidence -- */

static bool is_syllable(const char *word)
{
    size_t low = 0, high = sizeof syllables / sizeof syllables[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(syllables[middle], word);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static size_t put_utf8(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | (c >> 12 & 0x0F));
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
}

/* How many of the common syllables there are in codes[0..count) under a reading; CCHCI_LEGACY_NONE:
 * as they are. */
static unsigned evidence(const void *nfc, enum cchci_legacy legacy, const uint32_t *codes, uint32_t count)
{
    char word[64];
    size_t length = 0;
    unsigned hits = 0;
    for (uint32_t i = 0; i <= count;) {
        struct reading reading = {0, 1};
        if (i < count)
            reading = legacy == CCHCI_LEGACY_NONE ? (struct reading){codes[i], 1}
                                                  : read_one(nfc, legacy, codes + i, count - i);
        uint32_t combined = 0;
        /* windows-1258 writes the tone behind its letter. */
        if (i + 1 < count && legacy == CCHCI_LEGACY_WINDOWS_1258) {
            struct reading next = read_one(nfc, legacy, codes + i + 1, 1);
            if (next.code >= 0x300 && next.code < 0x340)
                combined = composed(nfc, reading.code, next.code);
        }
        if (combined != 0)
            reading = (struct reading){combined, 2};
        if (i < count && u_isalpha((UChar32)reading.code) && reading.code < 0x10000 && length + 4 < sizeof word) {
            length += put_utf8(word + length, (uint32_t)u_tolower((UChar32)reading.code));
        } else {
            word[length] = '\0';
            hits += length > 1 && is_syllable(word);
            length = 0;
        }
        i += reading.length;
    }
    return hits;
}

/* A letter that Vietnamese Unicode text has and no mojibake. */
static bool only_unicode(uint32_t code)
{
    return (code >= 0x1EA0 && code <= 0x1EF9) || code == 0x102 || code == 0x103 || code == 0x110 ||
           code == 0x111 || code == 0x1A0 || code == 0x1A1 || code == 0x1AF || code == 0x1B0;
}

enum cchci_legacy cchci_legacy_detect(const void *nfc, const uint32_t *codes, uint32_t count, bool raw)
{
    uint32_t look = count < CCHCI_ENCODING_LENGTH ? count : CCHCI_ENCODING_LENGTH;
    unsigned best = evidence(nfc, CCHCI_LEGACY_NONE, codes, look);
    enum cchci_legacy winner = CCHCI_LEGACY_NONE;
    for (int legacy = CCHCI_LEGACY_TCVN3; legacy < CCHCI_LEGACY_COUNT; legacy++) {
        bool single = legacy == CCHCI_LEGACY_WINDOWS_1258 || legacy == CCHCI_LEGACY_VISCII;
        if (single && !raw)
            continue;
        unsigned hits = evidence(nfc, (enum cchci_legacy)legacy, codes, look);
        if (hits >= 2 && hits > best + best / 4) {
            best = hits;
            winner = (enum cchci_legacy)legacy;
        }
    }
    return winner;
}

uint32_t cchci_legacy_convert(const void *nfc, enum cchci_legacy legacy, uint32_t *codes, uint32_t *src,
                              uint32_t count, uint32_t *converted)
{
    uint32_t n = 0;
    *converted = 0;
    for (uint32_t begin = 0; begin < count;) {
        uint32_t end = begin;
        bool unicode = false;
        while (end < count && codes[end] != '\n')
            unicode |= only_unicode(codes[end++]);
        if (end < count)
            end++;
        bool foreign = unicode;
        if (!unicode && legacy != CCHCI_LEGACY_UTF_8)
            foreign = evidence(nfc, CCHCI_LEGACY_NONE, codes + begin, end - begin) >
                      evidence(nfc, legacy, codes + begin, end - begin);
        for (uint32_t i = begin; i < end;) {
            struct reading reading = {codes[i], 1};
            if (!foreign)
                reading = read_one(nfc, legacy, codes + i, end - i);
            *converted += reading.code != codes[i] || reading.length > 1 ? reading.length : 0;
            src[n] = src[i];
            codes[n++] = reading.code;
            i += reading.length;
        }
        begin = end;
    }
    return n;
}

const char *cchci_legacy_name(enum cchci_legacy legacy, bool raw)
{
    switch (legacy) {
    case CCHCI_LEGACY_TCVN3: return raw ? "TCVN3" : "UTF-8/TCVN3";
    case CCHCI_LEGACY_VNI: return raw ? "VNI" : "UTF-8/VNI";
    case CCHCI_LEGACY_UTF_8: return "UTF-8/windows-1252";
    case CCHCI_LEGACY_WINDOWS_1258: return "windows-1258";
    case CCHCI_LEGACY_VISCII: return "VISCII";
    default: return "UTF-8";
    }
}
