/* SPDX-License-Identifier: MIT */
/* What each code point is to the matchers. The letters come from ICU's decompositions, so that no
 * table of Vietnamese letters has to be kept here; what is listed is punctuation that scans and
 * word processors use for one another. */
#include "text.h"

#include <string.h>

#include "garbled.h"
#include "legacy.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

unsigned char cchci_mark_of(uint32_t mark)
{
    switch (mark) {
    case 0x0300: case 0x0340: return CCHCI_TONE_GRAVE;
    case 0x0301: case 0x0341: return CCHCI_TONE_ACUTE;
    case 0x0309: return CCHCI_TONE_HOOK;
    case 0x0303: return CCHCI_TONE_TILDE;
    case 0x0323: return CCHCI_TONE_DOT;
    case 0x0302: return CCHCI_QUALITY_CIRCUMFLEX;
    case 0x0306: return CCHCI_QUALITY_BREVE;
    case 0x031B: return CCHCI_QUALITY_HORN;
    default: return CCHCI_MARK_FOREIGN;
    }
}

/* Code points whose key no decomposition gives. */
static unsigned char listed_key(uint32_t c)
{
    if (c >= 0x2010 && c <= 0x2015)
        return '-';
    if (c >= 0x2500 && c <= 0x257F)
        return c == 0x2502 || c == 0x2503 || c == 0x2551 ? '|' : CCHCI_KEY_BOX;
    if (c >= 0x201C && c <= 0x201F)
        return '"';
    if (c >= 0x2018 && c <= 0x201B)
        return '\'';
    switch (c) {
    case 0x0085: case 0x2028: case 0x2029: return '\n';
    case 0x00AD: case 0x200B: case 0x200C: case 0x200D: case 0x200E: case 0x200F: case 0x2060:
    case 0xFEFF: return CCHCI_KEY_MARKUP;
    case 0x2212: case 0x00AF: return '-';
    case 0x00AB: case 0x00BB: return '"';
    case 0x00B4: return '\'';
    case 0x2044: case 0x2215: return '/';
    case 0x2026: return CCHCI_KEY_ELLIPSIS;
    case 0xFFFD: return CCHCI_KEY_ILL_FORMED;
    /* Eth and African D stand for Đ in texts of old fonts. */
    case 0x00D0: case 0x0110: case 0x0189: return 'D';
    case 0x00F0: case 0x0111: case 0x0256: return 'd';
    case 0x0131: return 'i';
    case 0x01A2: return 'U'; /* Ƣ, which some fonts show for Ư */
    case 0x01A3: return 'u';
    case 0x00B7: case 0x2022: case 0x2023: case 0x2043: case 0x2219: case 0x25A0: case 0x25A1:
    case 0x25AA: case 0x25AB: case 0x25B6: case 0x25BA: case 0x25CB: case 0x25CF: case 0x25E6:
    case 0x2666: case 0x2713: case 0x2714: case 0x27A2: return CCHCI_KEY_BULLET;
    default: break;
    }
    /* The fonts Symbol and Wingdings, from which lists have their bullets. */
    return c >= 0xF020 && c <= 0xF0FF ? CCHCI_KEY_BULLET : 0;
}

static struct cchci_class classify(const UNormalizer2 *nfc, uint32_t c, UErrorCode *error)
{
    struct cchci_class class = {CCHCI_KEY_OTHER, 0, true, CCHCI_LOOK};
    class.nfc = c < 0x80 || unorm2_isInert(nfc, (UChar32)c) ||
                (unorm2_hasBoundaryBefore(nfc, (UChar32)c) &&
                 u_getIntPropertyValue((UChar32)c, UCHAR_NFC_QUICK_CHECK) == UNORM_YES);
    if (c == '`' || c == 0xB4 || c == 0x2C6 || c == 0x2DC)
        class.mark = CCHCI_MARK_LOOSE; /* or none: that depends on what stands before */
    unsigned char listed = listed_key(c);
    if (listed != 0) {
        class.key = listed;
        if (c == 0x0110 || c == 0x0111 || c == 0x00D0 || c == 0x00F0 || c == 0x0189 || c == 0x0256)
            class.mark = CCHCI_QUALITY_STROKE;
        return class;
    }
    if (c < 0x80) {
        class.key = (unsigned char)c;
        if (c == '\n' || c == '\r' || c == '\f' || c == '\v')
            class.key = '\n';
        else if (c < 0x20 && c != '\t')
            class.key = CCHCI_KEY_CONTROL;
        else if (c == 0x7F)
            class.key = CCHCI_KEY_CONTROL;
        return class;
    }
    if (u_isUWhiteSpace((UChar32)c)) {
        class.key = ' ';
        return class;
    }
    if (c >= 0xFF01 && c <= 0xFF5E) { /* full-width forms */
        class.key = (unsigned char)(c - 0xFF01 + '!');
        return class;
    }
    if (u_iscntrl((UChar32)c)) {
        class.key = CCHCI_KEY_CONTROL;
        return class;
    }
    /* No letter that the table does not have has an ASCII base (test_text_fold). */
    UChar parts[8];
    int32_t n = 0;
    if (cchci_tabled(c) &&
        u_getIntPropertyValue((UChar32)c, UCHAR_DECOMPOSITION_TYPE) == U_DT_CANONICAL)
        n = unorm2_getDecomposition(nfc, (UChar32)c, parts, 8, error);
    if (n > 1 && n <= 8 && U_SUCCESS(*error) && parts[0] < 0x80) {
        class.key = (unsigned char)parts[0];
        for (int32_t i = 1; i < n; i++)
            class.mark |= cchci_mark_of(parts[i]);
    } else if (u_getCombiningClass((UChar32)c) != 0) {
        class.key = CCHCI_KEY_MARKUP; /* a mark that stands alone is no letter */
    } else if (u_isalpha((UChar32)c)) {
        class.key = CCHCI_KEY_LETTER;
    }
    return class;
}

static struct cchci_class full_class(const UNormalizer2 *nfc, uint32_t c, UErrorCode *error)
{
    struct cchci_class class = classify(nfc, c, error);
    bool odd = c > 0xA0 && c < 0x100 && cchci_odd(c);
    bool plain = class.nfc && !odd && !cchci_strange(c) && class.key != CCHCI_KEY_CONTROL &&
                 class.key < CCHCI_KEY_LETTER && class.mark != CCHCI_MARK_LOOSE && c != '\r' &&
                 c != '\f' && c != '&' && (class.key != ' ' || c == ' ');
    class.look = (unsigned char)((plain ? 0 : CCHCI_LOOK) |
                                 (cchci_odd_pair(0xC0, c) ? CCHCI_LOOK_BEHIND_LATIN_1 : 0) |
                                 (cchci_odd_pair('a', c) ? CCHCI_LOOK_BEHIND_SMALL : 0));
    return class;
}

struct cchci_class cchci_classify(const struct cchci_classes *classes, uint32_t c)
{
    UErrorCode none = U_ZERO_ERROR; /* of these nothing is asked that ICU can refuse */
    return full_class(classes->nfc, c, &none);
}

static struct cchci_lead lead_of(uint32_t byte)
{
    if (byte < 0x80)
        return (struct cchci_lead){0, 0, 0, 1};
    if (byte >= 0xC2 && byte <= 0xDF)
        return (struct cchci_lead){(byte - 0xC2) << 6, 0, 0x00C000, 2};
    if (byte == 0xE1)
        return (struct cchci_lead){0x1000 - 0x80, 0xFC0, 0xC0C000, 3};
    if (byte == 0xE2) /* up to U+23FF: dashes, quotes, bullets */
        return (struct cchci_lead){0x2000 - 0x80, 0x3C0, 0xC0F000, 3};
    return (struct cchci_lead){0x2600, 0, 0, 1}; /* U+2680 and those behind it */
}

static uint32_t look_number(unsigned look)
{
    struct cchci_class class = {0, 0, false, (unsigned char)look};
    uint32_t number;
    memcpy(&number, &class, sizeof number);
    return number;
}

static void init_leads(struct cchci_classes *classes)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        bool small = byte >= 'a' && byte <= 'z';
        classes->leads[byte] = lead_of(byte);
        classes->looks_last[byte] =
            look_number(small          ? CCHCI_LOOK | CCHCI_LOOK_BEHIND_SMALL
                        : byte >= 0x80 ? CCHCI_LOOK | CCHCI_LOOK_BEHIND_LATIN_1
                                       : CCHCI_LOOK);
        classes->looks_before_last[byte] = look_number(
            CCHCI_LOOK | CCHCI_LOOK_BEHIND_SMALL | (byte == 0xC3 ? CCHCI_LOOK_BEHIND_LATIN_1 : 0));
    }
}

bool cchci_classes_init(struct cchci_classes *classes)
{
    static const struct cchci_class unasked = {CCHCI_KEY_OTHER, 0, false, CCHCI_LOOK};
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
    classes->nfc = nfc;
    for (uint32_t c = 0; c < CCHCI_CLASS_COUNT && U_SUCCESS(error); c++)
        classes->of[c] = cchci_tabled(c) ? full_class(nfc, c, &error) : unasked;
    init_leads(classes);
    memset(classes->composed, 0, sizeof classes->composed);
    for (uint32_t i = 0; i < CCHCI_LATIN_COUNT && U_SUCCESS(error); i++) {
        UChar32 c = (UChar32)(i < 0x250 - 0xC0 ? i + 0xC0 : i - (0x250 - 0xC0) + 0x1E00);
        UChar parts[4];
        bool two = unorm2_getRawDecomposition(nfc, c, parts, 4, &error) == 2;
        classes->parts[i][0] = two ? parts[0] : 0;
        classes->parts[i][1] = two ? parts[1] : 0;
        if (!two || unorm2_composePair(nfc, parts[0], parts[1]) != c)
            continue;
        uint32_t base = parts[0] < 0x80 ? parts[0] : 0x80 + cchci_latin(parts[0]);
        unsigned column = cchci_mark_column(parts[1]);
        if (base < 0x80 + CCHCI_LATIN_COUNT && column < CCHCI_MARK_COLUMNS)
            classes->composed[base][column] = (uint16_t)c;
    }
    return U_SUCCESS(error);
}
