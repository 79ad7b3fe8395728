/* SPDX-License-Identifier: MIT */
/* The encodings of before Unicode, which office files of the 1990s and 2000s are in.
 *
 * They reach us in two ways: as their own bytes, which are no UTF-8, or as mojibake, that is, each
 * byte taken for a character of Latin-1 (or windows-1252) and written in UTF-8. Either way a line
 * is a row of numbers below 256, and the tables below say what they mean. UTF-8 that was itself
 * taken for windows-1252, once or several times, is undone first.
 *
 *  1. A survey reads the lines that look odd, each under every encoding. A line goes to the reading
 *     that makes most syllables of its words; an encoding is in the file if the lines that went to
 *     it are Vietnamese beyond doubt. Foreign words make no syllables under any reading.
 *  2. Each line is then read as it is and under the encodings found, and the best reading is
 *     written over it; where words do not decide, the line is what the line before it was. A line
 *     that has letters that only Unicode has stays.
 *
 * A word is read once for each encoding in either step, and not again while it is remembered; of an
 * endless line only the beginning is read.
 */
#include "legacy.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/limits.h"
#include "marks.h"
#include "syllables.h"
#include "text.h"
#include "utf8.h"

/* ---------------------------------------------------------------------------------- tables -- */

/* 0xA0 to 0xFF of TCVN 5712:1993 as the .VnTime fonts have it (VN3; unikey's table and glibc's
 * TCVN5712-1 agree on the lower case): the only capitals are those without a tone, the others come
 * from the .VnTimeH fonts with the bytes of lower case, so that headings are lower case. 0: no
 * letter. */
static const uint16_t tcvn3[96] = {
    0,      0x0102, 0x00C2, 0x00CA, 0x00D4, 0x01A0, 0x01AF, 0x0110, 0x0103, 0x00E2, 0x00EA, 0x00F4,
    0x01A1, 0x01B0, 0x0111, 0,      0,      0,      0,      0,      0,      0x00E0, 0x1EA3, 0x00E3,
    0x00E1, 0x1EA1, 0,      0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0,      0,      0,      0,      0,
    0,      0,      0x1EB7, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0x00E8, 0,      0x1EBB, 0x1EBD,
    0x00E9, 0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0x00EC, 0x1EC9, 0,      0,      0,
    0x0129, 0x00ED, 0x1ECB, 0x00F2, 0,      0x1ECF, 0x00F5, 0x00F3, 0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7,
    0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0x00F9, 0,      0x1EE7, 0x0169, 0x00FA,
    0x1EE5, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5, 0,
};

/* windows-1258 (Microsoft's cp1258.txt): base letters; the tones that follow them are combining
 * marks. */
static const uint16_t windows_1258[128] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0xFFFD, 0x2039,
    0x0152, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0xFFFD, 0x203A, 0x0153, 0xFFFD, 0xFFFD, 0x0178, 0x00A0, 0x00A1, 0x00A2, 0x00A3,
    0x00A4, 0x00A5, 0x00A6, 0x00A7, 0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
    0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x00B9, 0x00BA, 0x00BB,
    0x00BC, 0x00BD, 0x00BE, 0x00BF, 0x00C0, 0x00C1, 0x00C2, 0x0102, 0x00C4, 0x00C5, 0x00C6, 0x00C7,
    0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x0300, 0x00CD, 0x00CE, 0x00CF, 0x0110, 0x00D1, 0x0309, 0x00D3,
    0x00D4, 0x01A0, 0x00D6, 0x00D7, 0x00D8, 0x00D9, 0x00DA, 0x00DB, 0x00DC, 0x01AF, 0x0303, 0x00DF,
    0x00E0, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x00E5, 0x00E6, 0x00E7, 0x00E8, 0x00E9, 0x00EA, 0x00EB,
    0x0301, 0x00ED, 0x00EE, 0x00EF, 0x0111, 0x00F1, 0x0323, 0x00F3, 0x00F4, 0x01A1, 0x00F6, 0x00F7,
    0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x01B0, 0x20AB, 0x00FF,
};

/* VISCII (RFC 1456); six capitals have control codes. */
static const uint16_t viscii[128] = {
    0x1EA0, 0x1EAE, 0x1EB0, 0x1EB6, 0x1EA4, 0x1EA6, 0x1EA8, 0x1EAC, 0x1EBC, 0x1EB8, 0x1EBE, 0x1EC0,
    0x1EC2, 0x1EC4, 0x1EC6, 0x1ED0, 0x1ED2, 0x1ED4, 0x1ED6, 0x1ED8, 0x1EE2, 0x1EDA, 0x1EDC, 0x1EDE,
    0x1ECA, 0x1ECE, 0x1ECC, 0x1EC8, 0x1EE6, 0x0168, 0x1EE4, 0x1EF2, 0x00D5, 0x1EAF, 0x1EB1, 0x1EB7,
    0x1EA5, 0x1EA7, 0x1EA9, 0x1EAD, 0x1EBD, 0x1EB9, 0x1EBF, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EC7, 0x1ED1,
    0x1ED3, 0x1ED5, 0x1ED7, 0x1EE0, 0x01A0, 0x1ED9, 0x1EDD, 0x1EDF, 0x1ECB, 0x1EF0, 0x1EE8, 0x1EEA,
    0x1EEC, 0x01A1, 0x1EDB, 0x01AF, 0x00C0, 0x00C1, 0x00C2, 0x00C3, 0x1EA2, 0x0102, 0x1EB3, 0x1EB5,
    0x00C8, 0x00C9, 0x00CA, 0x1EBA, 0x00CC, 0x00CD, 0x0128, 0x1EF3, 0x0110, 0x1EE9, 0x00D2, 0x00D3,
    0x00D4, 0x1EA1, 0x1EF7, 0x1EEB, 0x1EED, 0x00D9, 0x00DA, 0x1EF9, 0x1EF5, 0x00DD, 0x1EE1, 0x01B0,
    0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x1EA3, 0x0103, 0x1EEF, 0x1EAB, 0x00E8, 0x00E9, 0x00EA, 0x1EBB,
    0x00EC, 0x00ED, 0x0129, 0x1EC9, 0x0111, 0x1EF1, 0x00F2, 0x00F3, 0x00F4, 0x00F5, 0x1ECF, 0x1ECD,
    0x1EE5, 0x00F9, 0x00FA, 0x0169, 0x1EE7, 0x00FD, 0x1EE3, 0x1EEE,
};
static const struct {
    unsigned char code;
    uint16_t letter;
} viscii_controls[] = {{0x02, 0x1EB2}, {0x05, 0x1EB4}, {0x06, 0x1EAA},
                       {0x14, 0x1EF6}, {0x19, 0x1EF8}, {0x1E, 0x1EF4}};

/* VNI for Windows has whole letters, and modifiers that follow their vowel. Small ones are 0xE0 to
 * 0xFF, capitals 0x20 lower; so the index is the code's low five bits. 0: none. */
static const uint16_t vni_letters[32] = {
    [0x11] = 0x0111, [0x14] = 0x01A1, [0x16] = 0x01B0, [0x0D] = 0x00ED, [0x0C] = 0x00EC,
    [0x06] = 0x1EC9, [0x13] = 0x0129, [0x12] = 0x1ECB, [0x0E] = 0x1EF5};

static const struct {
    uint16_t quality, tone; /* combining marks */
} vni_modifiers[32] = {[0x19] = {0, 0x301},     [0x18] = {0, 0x300},     [0x1B] = {0, 0x309},
                       [0x15] = {0, 0x303},     [0x0F] = {0, 0x323},     [0x02] = {0x302, 0},
                       [0x01] = {0x302, 0x301}, [0x00] = {0x302, 0x300}, [0x05] = {0x302, 0x309},
                       [0x03] = {0x302, 0x303}, [0x04] = {0x302, 0x323}, [0x0A] = {0x306, 0},
                       [0x09] = {0x306, 0x301}, [0x08] = {0x306, 0x300}, [0x1A] = {0x306, 0x309},
                       [0x1C] = {0x306, 0x303}, [0x0B] = {0x306, 0x323}};

/* A converter that read bytes as Latin-1 or as this leaves these characters. */
const uint16_t cchci_windows_1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

static const char *const names[][CCHCI_LEGACY_COUNT] = {
    {"UTF-8", "UTF-8/TCVN3", "UTF-8/VNI", "UTF-8/windows-1258", "UTF-8/VISCII"},
    {"UTF-16LE", "UTF-16LE/TCVN3", "UTF-16LE/VNI", "UTF-16LE/windows-1258", "UTF-16LE/VISCII"},
    {"UTF-16BE", "UTF-16BE/TCVN3", "UTF-16BE/VNI", "UTF-16BE/windows-1258", "UTF-16BE/VISCII"}};
static const char *const raw_names[] = {NULL, "TCVN3", "VNI", "windows-1258", "VISCII"};
static const char *const twice_names[] = {"UTF-8/windows-1252", "UTF-16LE/windows-1252",
                                          "UTF-16BE/windows-1252"};

const char *cchci_carrier_name(enum cchci_carrier carrier)
{
    return names[carrier][CCHCI_LEGACY_NONE];
}

/* --------------------------------------------------------------------------------- reading -- */

/* The byte that a character of mojibake was; -1: none. */
static int byte_of(uint32_t code)
{
    if (code < 0x100)
        return (int)code;
    bool near = (code >= 0x152 && code < 0x2DD) || (code >= 0x2013 && code < 0x2123);
    for (int i = 0; near && i < 32; i++)
        if (cchci_windows_1252[i] == code)
            return 0x80 + i;
    return -1;
}

struct reading {
    uint32_t code;
    uint32_t length; /* characters read */
    bool wrong;      /* the encoding has no such letter */
};

/* Symbols and quotes of fonts that are made on top of windows-1252. */
static struct reading read_windows_1252(uint32_t code)
{
    return (struct reading){code >= 0x80 && code < 0xA0 ? cchci_windows_1252[code - 0x80] : code, 1,
                            code >= 0xC0 && code < 0x100};
}

static bool has_vni_marks(uint32_t lower)
{
    return lower == 'a' || lower == 'e' || lower == 'i' || lower == 'o' || lower == 'u' ||
           lower == 'y' || lower == 0x1A1 || lower == 0x1B0;
}

static struct reading read_vni(const struct cchci_classes *classes, const uint32_t *codes,
                               uint32_t count)
{
    uint32_t lower = codes[0] | 0x20;
    bool upper = codes[0] != lower;
    struct reading reading = read_windows_1252(codes[0]);
    if (codes[0] >= 0xC0 && codes[0] < 0x100 && vni_letters[codes[0] & 0x1F] != 0) {
        lower = vni_letters[codes[0] & 0x1F];
        reading = (struct reading){upper ? (uint32_t)u_toupper((UChar32)lower) : lower, 1, false};
    }
    if (count < 2 || codes[1] < 0xC0 || codes[1] >= 0x100 || reading.wrong || !has_vni_marks(lower))
        return reading;
    /* Headings in capitals often have the small modifier; the reverse is no VNI. */
    if (!upper && codes[1] < 0xE0)
        return reading;
    uint32_t quality = vni_modifiers[codes[1] & 0x1F].quality;
    uint32_t tone = vni_modifiers[codes[1] & 0x1F].tone;
    uint32_t code = reading.code;
    if (quality != 0)
        code = cchci_compose(classes, code, quality);
    if (code != 0 && tone != 0)
        code = cchci_compose(classes, code, tone);
    if (code != 0 && (quality != 0 || tone != 0))
        return (struct reading){code, 2, false};
    return reading;
}

static uint32_t viscii_control(uint32_t code)
{
    for (unsigned i = 0; code < 0x20 && i < sizeof viscii_controls / sizeof viscii_controls[0]; i++)
        if (code == viscii_controls[i].code)
            return viscii_controls[i].letter;
    return 0;
}

/* The symbols 0xA1 to 0xBF that Vietnamese text has on their own: quotes, soft hyphen, degree and
 * the like, squares and cubes, the dot. The others do not touch a letter. */
static bool common_symbol(uint32_t code)
{
    return code == 0xAB || code == 0xBB || code == 0xAD || (code >= 0xAF && code <= 0xB4) ||
           code == 0xB7;
}

static inline struct reading read_one(const struct cchci_classes *classes, enum cchci_legacy legacy,
                                      const uint32_t *codes, uint32_t count)
{
    uint32_t code = codes[0];
    if (code < 0x80 && legacy != CCHCI_LEGACY_VNI && legacy != CCHCI_LEGACY_VISCII)
        return (struct reading){code, 1, false};
    int byte;
    switch (legacy) {
    case CCHCI_LEGACY_TCVN3: /* typographic quotes and dashes are what they look like */
        if (code >= 0xA0 && code < 0x100 && tcvn3[code - 0xA0] != 0)
            return (struct reading){tcvn3[code - 0xA0], 1, false};
        return read_windows_1252(code);
    case CCHCI_LEGACY_VNI: return read_vni(classes, codes, count);
    case CCHCI_LEGACY_WINDOWS_1258:
        byte = byte_of(code);
        if (byte >= 0x80 && windows_1258[byte - 0x80] != 0xFFFD)
            code = windows_1258[byte - 0x80];
        return (struct reading){code, 1, false};
    case CCHCI_LEGACY_VISCII:
        byte = byte_of(code);
        if (byte >= 0x80)
            code = viscii[byte - 0x80];
        else if (viscii_control(code) != 0)
            code = viscii_control(code);
        return (struct reading){code, 1, false};
    default: return (struct reading){code, 1, code > 0xA0 && code < 0xC0 && !common_symbol(code)};
    }
}

/* A letter that Vietnamese Unicode text has and no mojibake. */
static bool only_unicode(uint32_t code)
{
    if (code < 0x102)
        return false;
    if (code >= 0x300)
        return code < 0x370 || (code >= 0x1EA0 && code <= 0x1EF9);
    uint32_t small = code | 1; /* Ă, Đ, Ĩ, Ũ and Ơ are even, their small letters next */
    return small == 0x103 || small == 0x111 || small == 0x129 || small == 0x169 || small == 0x1A1 ||
           code == 0x1AF || code == 0x1B0;
}

/* UTF-8 that was read as windows-1252: its bytes are the characters. length 1: no such sequence. */
static struct reading read_utf8_again(const uint32_t *codes, uint32_t count)
{
    uint32_t lead = codes[0];
    struct reading none = {lead, 1, lead >= 0x80 && lead != 0xA0};
    if (lead < 0xC2 || lead > 0xF4)
        return none;
    uint32_t need = lead <= 0xDF ? 1 : lead <= 0xEF ? 2 : 3;
    if (count <= need)
        return none;
    uint32_t code = need == 1 ? lead & 0x1Fu : need == 2 ? lead & 0x0Fu : lead & 0x07u;
    for (uint32_t i = 1; i <= need; i++) {
        int byte = codes[i] == CCHCI_NO_BREAK ? 0xA0 : byte_of(codes[i]);
        /* Editors turn the no-break space into a plain one: "vÃ " is "và". */
        if (byte == ' ' && i == need)
            byte = 0xA0;
        if (byte < 0x80 || byte > 0xBF)
            return none;
        code = code << 6 | ((uint32_t)byte & 0x3Fu);
    }
    uint32_t least = need == 1 ? 0x80 : need == 2 ? 0x800 : 0x10000;
    if (code < least || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        return none;
    return (struct reading){code, need + 1, false};
}

/* What Vietnamese text has, or what is windows-1252 once more. */
static bool expected_again(uint32_t code)
{
    return (code >= 0x80 && code < 0x100) || only_unicode(code) ||
           (code >= 0x2010 && code < 0x2280) || byte_of(code) >= 0x80;
}

bool cchci_odd(uint32_t c)
{
    /* Vietnamese has all of Latin-1's À to Ý but these, and none of its symbols. */
    static const char foreign[] = "\xC4\xC5\xC6\xC7\xCB\xCE\xCF\xD1\xD6\xD7\xD8\xDB\xDC\xDE\xDF"
                                  "\xE4\xE5\xE6\xE7\xEB\xEE\xEF\xF1\xF6\xF7\xF8\xFB\xFC\xFE\xFF";
    return c < 0xC0 ? !common_symbol(c) : memchr(foreign, (int)c, sizeof foreign - 1) != NULL;
}

/* -------------------------------------------------------------------------------- evidence -- */

struct evidence {
    unsigned good, bad; /* words beyond ASCII that are syllables, and that are none */
    unsigned common;    /* of the good ones */
    uint64_t which[2];  /* the common syllables met */
};

static void end_word(struct cchci_word *word, struct evidence *evidence)
{
    bool symbol = word->length == 1 && word->code[0] < 0xC0;
    enum cchci_shape shape = word->beyond_ascii && !symbol ? cchci_shape(word) : CCHCI_NO_WORD;
    evidence->good += shape == CCHCI_SYLLABLE;
    evidence->bad += shape == CCHCI_NO_SYLLABLE;
    int common = shape == CCHCI_SYLLABLE ? cchci_common_syllable(word) : -1;
    if (common >= 0) {
        evidence->common++;
        evidence->which[common / 64] |= (uint64_t)1 << common % 64;
    }
    word->length = 0;
    word->beyond_ascii = word->wrong = false;
}

static void add_letter(struct cchci_word *word, const struct cchci_classes *classes, uint32_t code,
                       struct cchci_class class, bool wrong)
{
    word->beyond_ascii = word->beyond_ascii || code >= 0x80 || wrong;
    word->wrong = word->wrong || wrong || class.key == CCHCI_KEY_LETTER;
    if (class.key == CCHCI_KEY_MARKUP) { /* a combining mark */
        unsigned last = word->length - 1;
        uint32_t both =
            last < CCHCI_SYLLABLE_LETTERS ? cchci_compose(classes, word->code[last], code) : 0;
        if (both == 0) {
            word->wrong = true;
            return;
        }
        word->code[last] = both;
        word->mark[last] = cchci_class_of(classes, both).mark;
        return;
    }
    cchci_word_add(word, code, class);
}

/* Adds what codes[0..count) say for a reading; CCHCI_LEGACY_NONE: as they are. */
static void weigh_under(const struct cchci_classes *classes, enum cchci_legacy legacy,
                        const uint32_t *codes, uint32_t count, struct evidence *evidence)
{
    struct cchci_word word = {.length = 0};
    for (uint32_t i = 0; i < count;) {
        struct reading reading = read_one(classes, legacy, codes + i, count - i);
        struct cchci_class class = cchci_class_of(classes, reading.code);
        bool combining = reading.code >= 0x300 && reading.code < 0x370 && word.length > 0;
        /* Programs break words with it; in the middle of a line it is more often the ư of TCVN3. */
        bool soft_hyphen = reading.code == 0xAD && word.length > 0;
        bool wrong = reading.wrong || soft_hyphen;
        if (cchci_is_letter(class.key) || combining || wrong)
            add_letter(&word, classes, reading.code, class, wrong);
        else if (word.length > 0)
            end_word(&word, evidence);
        i += reading.length;
    }
    end_word(&word, evidence);
}

static void add_evidence(struct evidence *sum, const struct evidence *more)
{
    sum->good += more->good;
    sum->bad += more->bad;
    sum->common += more->common;
    sum->which[0] |= more->which[0];
    sum->which[1] |= more->which[1];
}

/* What stands between two ASCII characters that are a letter under no reading says the same wherever
 * it stands, and the words of a letter come again. A longer one, or one with other code points than
 * mojibake has, is read each time. */
#define CHUNK_CODES 12u
/* One place for so many code points, in which a letter has one new chunk; and no more than these. A
 * newer chunk takes the place of an older one. */
#define CODES_PER_CHUNK 8u
#define CHUNKS 2048u

struct cchci_chunk {
    uint64_t codes[CHUNK_CODES / 4]; /* four in each; all 0: none is here */
    unsigned char asked;             /* a bit for each reading that was asked */
    struct {
        unsigned char good, bad;
        unsigned char common; /* the common syllable and 1; 0: none */
    } said[CCHCI_LEGACY_COUNT];
};

_Static_assert(CCHCI_LEGACY_COUNT <= 8, "asked has a bit for each reading");

static void make_chunks(struct cchci_survey *survey, uint32_t count, struct cchci_arena *arena)
{
    uint32_t places = 1;
    while (places < CHUNKS && places < count / CODES_PER_CHUNK)
        places *= 2;
    survey->chunks = CCHCI_NEW(arena, struct cchci_chunk, places);
    survey->last_chunk = places - 1;
    memset(survey->chunks, 0, places * sizeof *survey->chunks);
}

static struct cchci_chunk *place_of(const struct cchci_survey *survey,
                                    const uint64_t codes[CHUNK_CODES / 4])
{
    uint64_t hash = (codes[0] * 0x9E3779B97F4A7C15u ^ codes[1]) * 0x9E3779B97F4A7C15u ^ codes[2];
    struct cchci_chunk *chunk =
        &survey->chunks[hash * 0x9E3779B97F4A7C15u >> 32 & survey->last_chunk];
    if (memcmp(chunk->codes, codes, sizeof chunk->codes) != 0) {
        memcpy(chunk->codes, codes, sizeof chunk->codes);
        chunk->asked = 0;
    }
    return chunk;
}

static void add_said(struct evidence *sum, const struct cchci_chunk *chunk, int legacy)
{
    unsigned common = chunk->said[legacy].common;
    sum->good += chunk->said[legacy].good;
    sum->bad += chunk->said[legacy].bad;
    if (common > 0) {
        sum->common++;
        sum->which[(common - 1) / 64] |= (uint64_t)1 << (common - 1) % 64;
    }
}

static int place_of_bit(const uint64_t which[2])
{
    int place = 0;
    while ((which[place / 64] >> place % 64 & 1) == 0)
        place++;
    return place;
}

/* chunk: where it is remembered; NULL: nowhere. */
static void weigh_chunk(const struct cchci_classes *classes, unsigned readings,
                        const uint32_t *codes, uint32_t count, struct cchci_chunk *chunk,
                        struct evidence sums[CCHCI_LEGACY_COUNT])
{
    for (int legacy = 0; legacy < CCHCI_LEGACY_COUNT; legacy++) {
        if ((readings >> legacy & 1) == 0)
            continue;
        if (chunk != NULL && (chunk->asked >> legacy & 1) != 0) {
            add_said(&sums[legacy], chunk, legacy);
            continue;
        }
        struct evidence here = {0, 0, 0, {0, 0}};
        weigh_under(classes, (enum cchci_legacy)legacy, codes, count, &here);
        add_evidence(&sums[legacy], &here);
        if (chunk == NULL || here.common > 1)
            continue;
        chunk->said[legacy].good = (unsigned char)here.good;
        chunk->said[legacy].bad = (unsigned char)here.bad;
        chunk->said[legacy].common =
            (unsigned char)(here.common ? place_of_bit(here.which) + 1 : 0);
        chunk->asked = (unsigned char)(chunk->asked | 1u << legacy);
    }
}

/* What the words of codes[0..count) say for the readings that have their bit. */
static void weigh(const struct cchci_survey *survey, const struct cchci_classes *classes,
                  unsigned readings, const uint32_t *codes, uint32_t count,
                  struct evidence sums[CCHCI_LEGACY_COUNT])
{
    memset(sums, 0, CCHCI_LEGACY_COUNT * sizeof *sums);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t packed[CHUNK_CODES / 4] = {0};
        uint32_t begin = i, all = 0;
        bool beyond_ascii = false; /* other chunks say nothing */
        for (; i < count; i++) {
            uint32_t c = codes[i], n = i - begin;
            if ((c | 0x20) - 'a' >= 26) {
                if (c < 0x80 && viscii_control(c) == 0)
                    break;
                beyond_ascii = true;
            }
            all |= c;
            if (n < CHUNK_CODES)
                packed[n / 4] |= (uint64_t)c << n % 4 * 16;
        }
        if (!beyond_ascii)
            continue;
        bool kept = all < 0x10000 && i - begin <= CHUNK_CODES;
        weigh_chunk(classes, readings, codes + begin, i - begin,
                    kept ? place_of(survey, packed) : NULL, sums);
    }
}

/* A common syllable is worth three that are only possible; a word that is none speaks against the
 * reading, but names and glued words are none either. */
static int score_of(const struct evidence *evidence)
{
    return (int)(evidence->good + 2 * evidence->common) - (int)(2 * evidence->bad);
}

/* ----------------------------------------------------------------------------------- lines -- */

struct line {
    uint32_t length; /* with its end */
    uint32_t doubts;
    bool raw, unicode;           /* has bytes, has letters that only Unicode has */
    bool beyond_ascii, controls; /* has other than ASCII; of that, only VISCII's control codes */
};

static struct line next_line(const uint32_t *codes, uint32_t count)
{
    struct line line = {0, 0, false, false, false, false};
    uint32_t before = '\n';
    while (line.length < count) {
        uint32_t c = codes[line.length++];
        if (c >= 0x80) {
            line.beyond_ascii = true;
            line.raw |= c >= CCHCI_RAW;
            line.unicode |= only_unicode(c);
            line.doubts += c < 0x100 && cchci_doubt(before, c);
        } else if (c < 0x20) {
            if (c == '\n' || c == '\r')
                break;
            line.controls |= viscii_control(c) != 0;
        }
        before = c;
    }
    line.controls = line.controls && !line.beyond_ascii;
    line.beyond_ascii = line.beyond_ascii || line.controls;
    return line;
}

/* May the words of a line decide, or is it Unicode or ASCII beyond doubt? */
static bool is_odd(const uint32_t *codes, uint32_t count)
{
    struct line line = next_line(codes, count);
    return line.doubts > 0 && !line.unicode;
}

static bool ends_line(unsigned char byte)
{
    return byte == '\n' || byte == '\r';
}

bool cchci_is_unicode_line(const unsigned char *bytes, size_t length, size_t at, size_t *end)
{
    size_t begin = at;
    while (begin > 0 && !ends_line(bytes[begin - 1]))
        begin--;
    bool unicode = false, well = true;
    while (begin < length && !ends_line(bytes[begin]))
        unicode |= only_unicode(cchci_next_utf8(bytes, length, &begin, &well));
    *end = begin;
    return unicode;
}

/* How much of a line is read for evidence. */
static uint32_t beginning(uint32_t length)
{
    return length < CCHCI_ENCODING_LENGTH ? length : CCHCI_ENCODING_LENGTH;
}

/* Is the line UTF-8 that was read as windows-1252? Counts its sequences. */
static uint32_t again_sequences(const uint32_t *codes, uint32_t count)
{
    uint32_t sequences = 0, strays = 0;
    for (uint32_t i = 0; i < count;) {
        struct reading reading = read_utf8_again(codes + i, count - i);
        sequences += reading.length > 1 && expected_again(reading.code);
        strays += reading.wrong;
        i += reading.length;
    }
    return strays <= sequences / 4 ? sequences : 0; /* bytes that windows-1252 lacks get lost */
}

/* A text that was taken for windows-1252 at every step from an old database to a page has been met
 * with two layers. */
#define LAYERS 3

/* Undoes it in place as often as it was done, and returns the new count. src: may be NULL. */
static uint32_t undo_again(uint32_t *codes, uint32_t *src, uint32_t count, bool *undone)
{
    for (int layer = 0; layer < LAYERS && again_sequences(codes, beginning(count)) > 0; layer++) {
        uint32_t n = 0;
        for (uint32_t i = 0; i < count;) {
            struct reading reading = read_utf8_again(codes + i, count - i);
            if (src != NULL)
                src[n] = src[i];
            codes[n++] = reading.code;
            i += reading.length;
        }
        count = n;
        *undone = true;
    }
    return count;
}

static void strip_raw(uint32_t *codes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (codes[i] >= CCHCI_RAW)
            codes[i] -= CCHCI_RAW;
}

static unsigned bits(uint64_t set)
{
    unsigned n = 0;
    for (; set != 0; set &= set - 1)
        n++;
    return n;
}

/* ---------------------------------------------------------------------------------- survey -- */

/* One look over all lines: how much there is to read, and whether UTF-8 was read again. */
static uint64_t look_over(struct cchci_survey *survey, const uint32_t *codes, uint32_t count,
                          uint32_t *unicode_lines)
{
    uint64_t odd = 0;
    uint32_t sequences = 0;
    for (uint32_t i = 0; i < count;) {
        struct line line = next_line(codes + i, count - i);
        *unicode_lines += line.unicode;
        survey->lines += line.beyond_ascii;
        if (line.doubts > 0 || line.raw)
            odd += beginning(line.length);
        if (line.doubts > 0 && !line.raw && sequences < CCHCI_DOUBTS)
            sequences += again_sequences(codes + i, beginning(line.length));
        i += line.length;
    }
    survey->twice = sequences >= 3;
    return odd;
}

/* The reading that a line goes to, with its evidence. */
static enum cchci_legacy winner(const struct cchci_survey *survey,
                                const struct cchci_classes *classes, const uint32_t *codes,
                                uint32_t count, bool raw, struct evidence *evidence)
{
    struct evidence sums[CCHCI_LEGACY_COUNT];
    unsigned all = (1u << CCHCI_LEGACY_COUNT) - 1;
    weigh(survey, classes, raw ? all & ~(1u << CCHCI_LEGACY_NONE) : all, codes, count, sums);
    enum cchci_legacy best = CCHCI_LEGACY_NONE;
    int most = 0;
    for (int legacy = 0; legacy < CCHCI_LEGACY_COUNT; legacy++) {
        if (score_of(&sums[legacy]) > most) {
            most = score_of(&sums[legacy]);
            best = (enum cchci_legacy)legacy;
        }
    }
    *evidence = sums[best];
    return best;
}

void cchci_legacy_survey(struct cchci_survey *survey, const struct cchci_classes *classes,
                         const uint32_t *codes, uint32_t count, struct cchci_arena *arena)
{
    memset(survey, 0, sizeof *survey);
    struct evidence sums[2][CCHCI_LEGACY_COUNT];
    uint32_t lines[2][CCHCI_LEGACY_COUNT];
    memset(sums, 0, sizeof sums);
    memset(lines, 0, sizeof lines);
    uint64_t odd = look_over(survey, codes, count, &lines[0][CCHCI_LEGACY_NONE]);
    if (odd == 0)
        return;
    uint32_t *copy = CCHCI_NEW(arena, uint32_t, beginning(count) + 1);
    make_chunks(survey, count, arena);
    /* A rare encoding among others should not be missed, hence the four; nor one that comes in turn
     * with others, hence the steps of the golden ratio. */
    uint32_t share = UINT32_MAX, turn = 0;
    if (odd > (size_t)4 * CCHCI_ENCODING_LENGTH)
        share = (uint32_t)(((uint64_t)4 * CCHCI_ENCODING_LENGTH << 32) / odd);
    for (uint32_t i = 0; i < count;) {
        struct line line = next_line(codes + i, count - i);
        uint32_t length = beginning(line.length);
        bool candidate = line.raw || (line.doubts > 0 && !line.unicode);
        if (candidate && turn++ * 0x9E3779B9u <= share) {
            memcpy(copy, codes + i, length * sizeof *copy);
            bool undone = false;
            if (line.raw)
                strip_raw(copy, length);
            else if (survey->twice)
                length = undo_again(copy, NULL, length, &undone);
            struct evidence evidence = {0, 0, 0, {0, 0}};
            enum cchci_legacy legacy = CCHCI_LEGACY_NONE;
            if (!undone || is_odd(copy, length))
                legacy = winner(survey, classes, copy, length, line.raw, &evidence);
            lines[line.raw][legacy]++;
            if (legacy != CCHCI_LEGACY_NONE)
                add_evidence(&sums[line.raw][legacy], &evidence);
        }
        i += line.length;
    }
    for (int raw = 0; raw < 2; raw++) {
        uint32_t most = raw ? 0 : lines[0][CCHCI_LEGACY_NONE];
        for (int legacy = CCHCI_LEGACY_NONE + 1; legacy < CCHCI_LEGACY_COUNT; legacy++) {
            const struct evidence *sum = &sums[raw][legacy];
            /* One word that happens to be Vietnamese is no proof, however often it comes. */
            survey->found[raw][legacy] = bits(sum->which[0]) + bits(sum->which[1]) >= 2 &&
                                         sum->good >= 4 && sum->bad <= sum->good / 3;
            if (survey->found[raw][legacy] && lines[raw][legacy] > most) {
                most = lines[raw][legacy];
                survey->most[raw] = (enum cchci_legacy)legacy;
            }
        }
    }
}

bool cchci_legacy_raw(const struct cchci_survey *survey)
{
    return memchr(survey->found[1], true, sizeof survey->found[1]) != NULL;
}

bool cchci_legacy_any(const struct cchci_survey *survey)
{
    return survey->twice || memchr(survey->found, true, sizeof survey->found) != NULL;
}

/* -------------------------------------------------------------------------------- converting -- */

/* The best reading of a line; where several are as good, that of the line before it. */
static enum cchci_legacy choose(const struct cchci_classes *classes,
                                const struct cchci_survey *survey, const uint32_t *codes,
                                uint32_t count, bool raw, enum cchci_legacy before)
{
    struct evidence sums[CCHCI_LEGACY_COUNT];
    weigh(survey, classes, 1u << before, codes, count, sums);
    if (before != CCHCI_LEGACY_NONE && sums[before].common > 0 && sums[before].bad == 0)
        return before; /* no other reading makes so good a line of it */
    enum cchci_legacy best = before;
    int most = score_of(&sums[before]);
    unsigned others = raw ? 0 : 1u << CCHCI_LEGACY_NONE;
    for (int legacy = CCHCI_LEGACY_NONE + 1; legacy < CCHCI_LEGACY_COUNT; legacy++)
        others |= (unsigned)survey->found[raw][legacy] << legacy;
    others &= ~(1u << before);
    if (others == 0)
        return best;
    weigh(survey, classes, others, codes, count, sums);
    for (int legacy = CCHCI_LEGACY_NONE; legacy < CCHCI_LEGACY_COUNT; legacy++) {
        if ((others >> legacy & 1) != 0 && score_of(&sums[legacy]) > most) {
            most = score_of(&sums[legacy]);
            best = (enum cchci_legacy)legacy;
        }
    }
    return best;
}

static uint32_t rewrite(const struct cchci_classes *classes, enum cchci_legacy legacy,
                        uint32_t *to_code, uint32_t *to_src, const uint32_t *codes,
                        const uint32_t *src, uint32_t count)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < count;) {
        struct reading reading = {codes[i], 1, false};
        if (legacy != CCHCI_LEGACY_NONE)
            reading = read_one(classes, legacy, codes + i, count - i);
        to_src[n] = src[i]; /* n <= i where the two are one array */
        to_code[n++] = reading.code;
        i += reading.length;
    }
    return n;
}

/* ASCII goes with what is before it, and at the beginning with what comes. */
static void note_run(struct cchci_text *text, const char *name, uint32_t begin,
                     struct cchci_arena *arena)
{
    struct cchci_vector *runs = &text->encodings;
    struct cchci_encoding_run *last =
        runs->count > 0 ? &CCHCI_AT(runs, struct cchci_encoding_run, runs->count - 1) : NULL;
    if (last != NULL && last->name == name)
        return;
    if (last != NULL)
        last->end = begin;
    struct cchci_encoding_run *run = CCHCI_PUSH(runs, arena, struct cchci_encoding_run);
    *run =
        (struct cchci_encoding_run){name, last != NULL ? begin : 0, (uint32_t)text->source_length};
}

/* The name of most bytes; several runs stay only where there are several names. */
static void sum_up_runs(struct cchci_text *text)
{
    struct {
        const char *name;
        size_t bytes;
    } sums[2 * CCHCI_LEGACY_COUNT + 1]; /* all the names of one carrier */
    unsigned count = 0, most = 0;
    for (uint32_t i = 0; i < text->encodings.count; i++) {
        const struct cchci_encoding_run *run =
            &CCHCI_AT(&text->encodings, struct cchci_encoding_run, i);
        unsigned k = 0;
        while (k < count && sums[k].name != run->name)
            k++;
        if (k == count) {
            sums[count].name = run->name;
            sums[count++].bytes = 0;
        }
        sums[k].bytes += run->end - run->begin;
        if (sums[k].bytes > sums[most].bytes)
            most = k; /* sums only grow, so the largest is known at the end */
    }
    if (count > 0)
        text->encoding = sums[most].name;
    if (text->encodings.count == 1)
        text->encodings.count = 0;
}

uint32_t cchci_legacy_convert(struct cchci_text *text, const struct cchci_classes *classes,
                              const struct cchci_survey *survey, enum cchci_carrier carrier,
                              uint32_t *codes, uint32_t *src, uint32_t count,
                              struct cchci_arena *arena)
{
    enum cchci_legacy before[2] = {survey->most[0], survey->most[1]};
    uint32_t n = 0;
    cchci_vector_reserve(&text->encodings, arena, survey->lines, sizeof(struct cchci_encoding_run));
    for (uint32_t i = 0; i < count;) {
        struct line line = next_line(codes + i, count - i);
        uint32_t *from = codes + i;
        uint32_t length = line.length;
        /* A line whose only odd characters are VISCII's control codes has no byte to show it. */
        bool raw = line.raw || (line.controls && survey->found[1][CCHCI_LEGACY_VISCII]);
        bool undone = false;
        enum cchci_legacy legacy = CCHCI_LEGACY_NONE;
        if (raw)
            strip_raw(from, length);
        else if (survey->twice && line.beyond_ascii)
            length = undo_again(from, src + i, length, &undone);
        bool unicode = undone ? next_line(from, length).unicode : line.unicode;
        if (line.beyond_ascii && (raw || !unicode)) {
            legacy = choose(classes, survey, from, beginning(length), raw, before[raw]);
            before[raw] = legacy;
        } else if (unicode) {
            before[0] = CCHCI_LEGACY_NONE;
        }
        if (line.beyond_ascii) {
            const char *name = raw                           ? raw_names[legacy]
                               : legacy != CCHCI_LEGACY_NONE ? names[carrier][legacy]
                               : undone                      ? twice_names[carrier]
                                                             : names[carrier][CCHCI_LEGACY_NONE];
            note_run(text, name, src[i], arena);
            text->converted = text->converted || raw || undone || legacy != CCHCI_LEGACY_NONE;
            text->capitals_lost = text->capitals_lost || legacy == CCHCI_LEGACY_TCVN3;
        }
        n += rewrite(classes, legacy, codes + n, src + n, from, src + i, length);
        i += line.length;
    }
    sum_up_runs(text);
    return n;
}
