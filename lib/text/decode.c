/* SPDX-License-Identifier: MIT */
/* Decoding, in this order:
 *
 *  1. The encoding: a byte order mark, or the zero bytes that UTF-16 has and UTF-8 has not; else
 *     UTF-8.
 *  2. One look over UTF-8 source that counts its characters and says whether it is well-formed, in
 *     form C and without entities. If so (fast path), a second look fills key, mark and off;
 *     nothing is copied.
 *  3. Otherwise (slow path) the source becomes code points with their byte offsets, which are
 *     normalised piece by piece and written as new UTF-8, with src beside off.
 *
 * Ill-formed sequences are cut as Unicode's chapter 3 recommends (maximal subparts), one U+FFFD
 * each.
 */
#include "text.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include "base/limits.h"
#include "entities.h"
#include "garbled.h"
#include "legacy.h"
#include "marks.h"

#define REPLACEMENT 0xFFFDu

/* Reads one code point at *at (< length) and moves on. Sets *well to false for what is no UTF-8. */
static uint32_t next_utf8(const unsigned char *bytes, size_t length, size_t *at, bool *well)
{
    size_t i = *at;
    unsigned char lead = bytes[i++];
    if (lead < 0x80) {
        *at = i;
        return lead;
    }
    unsigned need = lead >= 0xC2 && lead <= 0xDF   ? 1
                    : lead >= 0xE0 && lead <= 0xEF ? 2
                    : lead >= 0xF0 && lead <= 0xF4 ? 3
                                                   : 0;
    uint32_t c = need == 1 ? lead & 0x1Fu : need == 2 ? lead & 0x0Fu : lead & 0x07u;
    /* The second byte's range is narrower after some leads: no overlong forms, no surrogates. */
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (unsigned k = 0; k < need; k++) {
        if (i >= length || bytes[i] < low || bytes[i] > high) {
            need = 0;
            break;
        }
        c = c << 6 | (bytes[i++] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    *at = i;
    if (need == 0) {
        *well = false;
        return REPLACEMENT;
    }
    return c;
}

size_t cchci_put_utf8(char *out, uint32_t c)
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
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

static void allocate_keys(struct cchci_text *text, uint32_t count, struct cchci_arena *arena)
{
    text->count = count;
    text->key = CCHCI_NEW(arena, unsigned char, (size_t)count + 2);
    text->mark = CCHCI_NEW(arena, unsigned char, (size_t)count + 2);
}

static void close_characters(struct cchci_text *text)
{
    text->key[text->count] = '\n';
    text->key[text->count + 1] = '\0';
    text->mark[text->count] = text->mark[text->count + 1] = 0;
}

static void note_character(struct cchci_text *text, uint32_t i, struct cchci_class class,
                           uint32_t code_point)
{
    text->key[i] = class.key;
    text->mark[i] = class.mark;
    if (class.mark == CCHCI_MARK_LOOSE)
        cchci_spacing_mark(text, i);
    if (class.key >= CCHCI_KEY_LETTER && cchci_strange(code_point))
        text->strange++;
    if (class.key == CCHCI_KEY_CONTROL)
        text->controls++;
    else if (code_point == '\r')
        text->key[i] = '\n'; /* a CR before LF becomes a blank when the LF comes */
    else if (code_point == '\n' && i > 0 && text->key[i - 1] == '\n' &&
             text->utf8[text->off[i - 1]] == '\r')
        text->key[i - 1] = ' ';
}

/* ------------------------------------------------------------------------------- fast path -- */

/* Counts the characters of source[begin..length). False: the slow path must take it. */
static bool scan_fast(const struct cchci_classes *classes, const unsigned char *source,
                      size_t begin, size_t length, uint32_t *count)
{
    size_t n = 0, doubts = 0, places[CCHCI_DOUBTS] = {0};
    size_t end = begin; /* of the last character beyond ASCII, which is before */
    uint32_t before = 0;
    for (size_t i = begin; i < length;) {
        if (source[i] < 0x80) {
            if (source[i] == '&' && cchci_entity(source + i, length - i, NULL) > 0)
                return false;
            i++;
        } else {
            bool well = true;
            if (i != end)
                before = i > begin ? source[i - 1] : '\n';
            uint32_t c = next_utf8(source, length, &i, &well);
            if (!well || !cchci_class_of(classes, c).nfc)
                return false;
            if (c < 0x100 && cchci_doubt(before, c)) {
                size_t *place = &places[doubts++ % CCHCI_DOUBTS];
                *place = n;
                if (doubts >= CCHCI_DOUBTS &&
                    n - places[doubts % CCHCI_DOUBTS] < CCHCI_DOUBTS_WITHIN)
                    return false;
            }
            before = c;
            end = i;
        }
        n++;
    }
    *count = (uint32_t)n;
    return true;
}

static void fill_fast(struct cchci_text *text, const struct cchci_classes *classes, size_t begin)
{
    const unsigned char *source = text->source;
    size_t length = text->source_length;
    uint32_t n = 0;
    for (size_t i = begin; i < length; n++) {
        text->off[n] = (uint32_t)i;
        unsigned char byte = source[i];
        if (byte >= 0x20 && byte < 0x7F && byte != '`') {
            text->key[n] = byte;
            text->mark[n] = 0;
            i++;
        } else {
            bool well = true;
            uint32_t c = next_utf8(source, length, &i, &well);
            note_character(text, n, cchci_class_of(classes, c), c);
        }
    }
    text->off[n] = (uint32_t)length;
}

/* ------------------------------------------------------------------------------- slow path -- */

struct code_points {
    uint32_t *code;
    uint32_t *src; /* count + 1 */
    uint32_t count;
    bool no_break; /* CCHCI_NO_BREAK is among them */
    struct cchci_text *text;
};

/* How many code points decode_utf8() makes of source[begin..length), and how many ill-formed. */
static size_t count_utf8(const unsigned char *bytes, size_t begin, size_t length, size_t *ill)
{
    size_t count = 0;
    for (size_t i = begin; i < length; count++) {
        size_t entity = bytes[i] == '&' ? cchci_entity(bytes + i, length - i, NULL) : 0;
        bool well = true;
        if (entity > 0)
            i += entity;
        else
            next_utf8(bytes, length, &i, &well);
        *ill += !well;
    }
    return count;
}

static void make_room(struct code_points *points, size_t count, struct cchci_arena *arena)
{
    points->code = CCHCI_NEW(arena, uint32_t, count + 1);
    points->src = CCHCI_NEW(arena, uint32_t, count + 1);
    points->count = 0;
    points->no_break = false;
}

static void add_code_point(struct code_points *points, uint32_t code, size_t src)
{
    points->code[points->count] = code;
    points->src[points->count] = (uint32_t)src;
    points->count++;
}

static void add_reference(struct code_points *points, uint32_t code, size_t src)
{
    points->no_break |= code == 0xA0;
    add_code_point(points, code == 0xA0 ? CCHCI_NO_BREAK : code, src);
}

static void ill_formed(struct code_points *points)
{
    if (points->text->ill_formed++ == 0)
        points->text->first_ill_formed = points->count;
}

static void decode_utf8(struct code_points *points, const unsigned char *bytes, size_t begin,
                        size_t length)
{
    for (size_t i = begin; i < length;) {
        size_t from = i;
        uint32_t code = 0;
        size_t entity = bytes[i] == '&' ? cchci_entity(bytes + i, length - i, &code) : 0;
        if (entity > 0) {
            add_reference(points, code, from);
            i += entity;
            continue;
        }
        bool well = true;
        code = next_utf8(bytes, length, &i, &well);
        if (!well)
            ill_formed(points);
        add_code_point(points, code, from);
    }
}

static uint32_t unit_at(const unsigned char *bytes, size_t at, bool big_endian)
{
    return (uint32_t)(big_endian ? bytes[at] << 8 | bytes[at + 1] : bytes[at + 1] << 8 | bytes[at]);
}

/* cchci_entity() for UTF-16: a reference is ASCII. */
static size_t entity_utf16(const unsigned char *bytes, size_t length, bool big_endian,
                           uint32_t *code)
{
    unsigned char ascii[CCHCI_ENTITY_LENGTH];
    size_t n = 0;
    for (size_t i = 0; i + 1 < length && n < sizeof ascii; i += 2) {
        uint32_t unit = unit_at(bytes, i, big_endian);
        if (unit >= 0x80)
            break;
        ascii[n++] = (unsigned char)unit;
    }
    return 2 * cchci_entity(ascii, n, code);
}

static void decode_utf16(struct code_points *points, const unsigned char *bytes, size_t begin,
                         size_t length, bool big_endian)
{
    for (size_t i = begin; i < length;) {
        size_t from = i;
        uint32_t code = REPLACEMENT;
        bool well = false;
        if (length - i >= 2) {
            code = unit_at(bytes, i, big_endian);
            size_t entity =
                code == '&' ? entity_utf16(bytes + i, length - i, big_endian, &code) : 0;
            if (entity > 0) {
                add_reference(points, code, from);
                i += entity;
                continue;
            }
            well = !U16_IS_SURROGATE(code);
            if (U16_IS_SURROGATE(code) && U16_IS_SURROGATE_LEAD(code) && length - i >= 4) {
                uint32_t trail = unit_at(bytes, i + 2, big_endian);
                if (U16_IS_TRAIL(trail)) {
                    code = (uint32_t)U16_GET_SUPPLEMENTARY(code, trail);
                    well = true;
                    i += 2;
                }
            }
            i += 2;
        } else {
            i = length;
        }
        if (!well) {
            code = REPLACEMENT;
            ill_formed(points);
        }
        add_code_point(points, code, from);
    }
}

/* Normalises code points [from, to), which start and end at a boundary, into out. */
static uint32_t normalise(const struct cchci_classes *classes, const uint32_t *codes,
                          uint32_t count, uint32_t out[CCHCI_COMBINING_RUN * 3])
{
    UChar before[CCHCI_COMBINING_RUN * 2], after[CCHCI_COMBINING_RUN * 4];
    int32_t n = 0;
    for (uint32_t i = 0; i < count; i++)
        U16_APPEND_UNSAFE(before, n, (UChar32)codes[i]);
    UErrorCode error = U_ZERO_ERROR;
    int32_t m = unorm2_normalize(classes->nfc, before, n, after, CCHCI_COMBINING_RUN * 4, &error);
    uint32_t made = 0;
    if (U_FAILURE(error) || m > (int32_t)CCHCI_COMBINING_RUN * 4) {
        for (uint32_t i = 0; i < count; i++) /* ICU could not: the text stays as it is */
            out[made++] = codes[i];
        return made;
    }
    for (int32_t i = 0; i < m && made < CCHCI_COMBINING_RUN * 3;) {
        UChar32 c;
        U16_NEXT_UNSAFE(after, i, c);
        out[made++] = (uint32_t)c;
    }
    return made;
}

static bool starts_piece(const struct cchci_classes *classes, uint32_t code)
{
    if (code < 0x300)
        return true;
    if (code < CCHCI_CLASS_COUNT && classes->of[code].nfc)
        return true;
    return unorm2_hasBoundaryBefore(classes->nfc, (UChar32)code);
}

/* Does form C take the code point apart? It does with few (U+0344 and its like); all others stay or
 * go into a letter, which is no longer in UTF-8 than its parts. */
static bool may_grow(const struct cchci_classes *classes, uint32_t code)
{
    if (code < 0x340 || code == REPLACEMENT || (code < CCHCI_CLASS_COUNT && classes->of[code].nfc))
        return false;
    return u_getIntPropertyValue((UChar32)code, UCHAR_NFC_QUICK_CHECK) == UNORM_NO;
}

#define PARTS 3u /* at most, of four bytes in UTF-8: the bound of the Unicode FAQ */

/* Turns decoded code points into the text's arrays, which take the place of theirs. */
static void fill_slow(struct cchci_text *text, const struct cchci_classes *classes,
                      struct code_points *points, struct cchci_arena *arena)
{
    size_t bytes = 0;
    uint32_t room = points->count;
    for (uint32_t i = 0; i < points->count; i++) {
        uint32_t code = points->code[i];
        bool grows = may_grow(classes, code);
        room += grows ? PARTS - 1 : 0;
        bytes += grows ? PARTS * 4 : code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    }
    allocate_keys(text, room, arena);
    text->off = points->code;
    text->src = points->src;
    if (room > points->count) { /* a character may be written before its code point is read */
        text->off = CCHCI_NEW(arena, uint32_t, (size_t)room + 1);
        text->src = CCHCI_NEW(arena, uint32_t, (size_t)room + 1);
    }
    char *utf8 = CCHCI_NEW(arena, char, bytes + 1);
    text->utf8 = utf8;
    size_t length = 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i < points->count;) {
        uint32_t end = i + 1;
        while (end < points->count && end - i < CCHCI_COMBINING_RUN &&
               !starts_piece(classes, points->code[end]))
            end++;
        uint32_t one[1] = {points->code[i]};
        uint32_t many[CCHCI_COMBINING_RUN * 3];
        uint32_t *codes = one;
        uint32_t made = 1;
        if (end - i > 1 || !cchci_class_of(classes, points->code[i]).nfc) {
            made = normalise(classes, points->code + i, end - i, many);
            made = cchci_quality_last(classes, many, made);
            codes = many;
        }
        for (uint32_t k = 0; k < made && n < room; k++, n++) {
            uint32_t from = i + k < end ? i + k : end - 1;
            if (k > 0 && made < end - i) /* the first one took in those before these */
                from = end - made + k;
            text->off[n] = (uint32_t)length;
            text->src[n] = points->src[from];
            length += cchci_put_utf8(utf8 + length, codes[k]);
            note_character(text, n, cchci_class_of(classes, codes[k]), codes[k]);
            if (k > 0 && text->key[n] == CCHCI_KEY_MARKUP)
                cchci_loose_mark(text, classes, n, codes[k], codes[0]);
        }
        i = end;
    }
    text->count = n;
    text->off[n] = (uint32_t)length;
    text->src[n] = (uint32_t)text->source_length;
    text->utf8_length = length;
    utf8[length] = '\0';
}

/* A line of bytes is in an encoding of before Unicode if more of it is ill-formed than is good:
 * some bad bytes in a good line are damage. Two bytes that happen to be Greek to Thaana are bad
 * ones: ươ of VISCII is. */
static bool is_raw(const unsigned char *bytes, size_t begin, size_t end)
{
    size_t good = 0, bad = 0;
    for (size_t i = begin; i < end;) {
        bool well = true;
        size_t from = i;
        uint32_t code = next_utf8(bytes, end, &i, &well);
        well = well && !(code >= 0x370 && code < 0x800);
        good += well && i - from > 1;
        bad += !well;
    }
    return bad > good / 2;
}

/* So few ill-formed sequences in a file are damage whatever their lines are like. */
#define BAD_BYTES 2u

/* Like decode_utf8(), but the bytes of lines that are no UTF-8 come as CCHCI_RAW and themselves. */
static void decode_lines(struct code_points *points, const unsigned char *bytes, size_t begin,
                         size_t length)
{
    while (begin < length) {
        size_t end = begin;
        while (end < length && bytes[end] != '\n' && bytes[end] != '\r')
            end++;
        end += end < length;
        if (is_raw(bytes, begin, end)) {
            for (size_t i = begin; i < end;) {
                uint32_t code = bytes[i] < 0x80 ? bytes[i] : CCHCI_RAW + bytes[i];
                size_t entity = bytes[i] == '&' ? cchci_entity(bytes + i, end - i, &code) : 0;
                if (entity > 0)
                    add_reference(points, code, i);
                else
                    add_code_point(points, code, i);
                i += entity > 0 ? entity : 1;
            }
        } else {
            decode_utf8(points, bytes, begin, end);
        }
        begin = end;
    }
}

/* Old encodings: characters that look wrong, or lines of bytes that are no UTF-8, if bytes says
 * that decode_lines() was at work. */
static void convert_legacy(struct cchci_text *text, const struct cchci_classes *classes,
                           struct code_points *points, enum cchci_carrier carrier, bool bytes,
                           struct cchci_arena *arena)
{
    struct cchci_survey survey;
    cchci_legacy_survey(&survey, classes, points->code, points->count, arena);
    if (bytes && !cchci_legacy_raw(&survey)) { /* no known encoding either: they are ill-formed */
        points->count = 0;
        text->ill_formed = 0;
        decode_utf8(points, text->source, text->bom_length, text->source_length);
        cchci_legacy_survey(&survey, classes, points->code, points->count, arena);
    }
    points->src[points->count] = (uint32_t)text->source_length;
    if (cchci_legacy_any(&survey))
        points->count = cchci_legacy_convert(text, classes, &survey, carrier, points->code,
                                             points->src, points->count, arena);
    for (uint32_t i = 0; points->no_break && i < points->count; i++)
        if (points->code[i] == CCHCI_NO_BREAK)
            points->code[i] = 0xA0;
}

/* ------------------------------------------------------------------------------------------- */

/* UTF-16 without a mark shows itself by the zero bytes of its ASCII: every second byte of the
 * first stretch, and none of the others. */
static enum cchci_carrier guess_encoding(const unsigned char *bytes, size_t length)
{
    size_t look = length < 512 ? length : 512, even = 0, odd = 0;
    for (size_t i = 0; i + 1 < look; i += 2) {
        even += bytes[i] == 0;
        odd += bytes[i + 1] == 0;
    }
    if (look >= 8 && odd >= look / 8 && even == 0)
        return CCHCI_UTF_16LE;
    if (look >= 8 && even >= look / 8 && odd == 0)
        return CCHCI_UTF_16BE;
    return CCHCI_UTF_8;
}

void cchci_text_decode(struct cchci_text *text, const struct cchci_classes *classes,
                       const unsigned char *source, size_t length, struct cchci_arena *arena)
{
    memset(text, 0, sizeof *text);
    text->source = source;
    text->source_length = length;
    enum cchci_carrier encoding = CCHCI_UTF_8;
    if (length >= 3 && memcmp(source, "\xEF\xBB\xBF", 3) == 0)
        text->bom_length = 3;
    else if (length >= 2 && source[0] == 0xFF && source[1] == 0xFE)
        text->bom_length = 2, encoding = CCHCI_UTF_16LE;
    else if (length >= 2 && source[0] == 0xFE && source[1] == 0xFF)
        text->bom_length = 2, encoding = CCHCI_UTF_16BE;
    else
        encoding = guess_encoding(source, length);
    text->encoding = cchci_carrier_name(encoding);

    uint32_t count = 0;
    if (encoding == CCHCI_UTF_8 && scan_fast(classes, source, text->bom_length, length, &count)) {
        allocate_keys(text, count, arena);
        text->off = text->src = CCHCI_NEW(arena, uint32_t, (size_t)count + 1);
        text->utf8 = (const char *)source;
        text->utf8_length = length;
        fill_fast(text, classes, text->bom_length);
    } else {
        struct code_points points = {.text = text};
        size_t ill = 0, most = (length - text->bom_length) / 2 + 1;
        if (encoding == CCHCI_UTF_8)
            most = count_utf8(source, text->bom_length, length, &ill);
        bool bytes = ill > BAD_BYTES;
        make_room(&points, bytes ? length - text->bom_length : most, arena);
        if (encoding != CCHCI_UTF_8)
            decode_utf16(&points, source, text->bom_length, length, encoding == CCHCI_UTF_16BE);
        else if (bytes)
            decode_lines(&points, source, text->bom_length, length);
        else
            decode_utf8(&points, source, text->bom_length, length);
        convert_legacy(text, classes, &points, encoding, bytes, arena);
        points.src[points.count] = (uint32_t)length;
        fill_slow(text, classes, &points, arena);
    }
    close_characters(text);
    cchci_text_weigh(text, arena);
}

size_t cchci_fold(const struct cchci_text *text, char *key, size_t capacity)
{
    size_t n = 0;
    bool blank = false;
    for (uint32_t i = 0; i < text->count; i++) {
        unsigned char c = cchci_lower(text->key[i]);
        if (c == ' ' || c == '\t' || c == '\n') {
            blank = n > 0;
            continue;
        }
        if (c == CCHCI_KEY_MARKUP)
            continue;
        size_t from = text->off[i], width = c < 0x80 ? 1 : text->off[i + 1] - from;
        if (blank) {
            if (n < capacity)
                key[n] = ' ';
            n++;
            blank = false;
        }
        for (size_t k = 0; k < width; k++, n++)
            if (n < capacity)
                key[n] = c < 0x80 ? (char)c : text->utf8[from + k];
    }
    if (capacity > 0)
        key[n < capacity ? n : capacity - 1] = '\0';
    return n;
}
