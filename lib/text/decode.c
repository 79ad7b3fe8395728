/* SPDX-License-Identifier: MIT */
/* Decoding, in this order:
 *
 *  1. The encoding: a byte order mark, or the zero bytes that UTF-16 has and UTF-8 has not; else
 *     UTF-8.
 *  2. UTF-8 source that is well-formed, in form C and without references (fast path) is not
 *     copied: one look fills key, mark and off. From the first letter whose marks stand apart or
 *     the first reference on, new UTF-8 is written, in which all that lies between is a copy.
 *  3. What is ill-formed, or perhaps in an old encoding (slow path), becomes code points with their
 *     byte offsets, which are normalised piece by piece and written as new UTF-8, with src beside
 *     off. The arrays are those that the fast path began to fill: the code points stand in off
 *     until the offsets take their place.
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
#include "eight.h"
#include "entities.h"
#include "garbled.h"
#include "legacy.h"
#include "marks.h"
#include "utf8.h"

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

/* Room for so many characters. */
static void allocate_characters(struct cchci_text *text, size_t room, struct cchci_arena *arena)
{
    text->key = CCHCI_NEW(arena, unsigned char, room + CCHCI_KEY_SLACK);
    text->mark = CCHCI_NEW(arena, unsigned char, room + 2);
    text->off = CCHCI_NEW(arena, uint32_t, room + 1);
}

static void close_characters(struct cchci_text *text)
{
    memset(text->key + text->count, 0, CCHCI_KEY_SLACK);
    text->key[text->count] = '\n';
    text->mark[text->count] = text->mark[text->count + 1] = 0;
}

static inline void note_character(struct cchci_text *text, uint32_t i, struct cchci_class class,
                                  uint32_t code_point)
{
    text->key[i] = class.key;
    text->mark[i] = class.mark;
    if ((class.look & CCHCI_LOOK) == 0)
        return;
    text->odd_blanks |= class.key == ' ';
    if (class.mark == CCHCI_MARK_LOOSE)
        cchci_spacing_mark(text, i);
    if ((class.key >= CCHCI_KEY_LETTER || class.key == CCHCI_KEY_BULLET) &&
        cchci_strange(code_point))
        text->strange++;
    text->controls += class.key == CCHCI_KEY_CONTROL;
    text->returns |= code_point == '\r';
    text->feeds |= code_point == '\f';
}

/* A CR and its LF are one line's end: the CR becomes a blank. */
static void join_line_ends(struct cchci_text *text)
{
    const unsigned char *last = text->key + text->count - 1;
    for (unsigned char *end = text->key; end < last; end++) {
        end = memchr(end, '\n', (size_t)(last - end));
        if (end == NULL)
            break;
        const uint32_t *off = text->off + (end - text->key);
        if (end[1] == '\n' && text->utf8[off[0]] == '\r' && text->utf8[off[1]] == '\n')
            *end = ' ';
    }
}

/* ---------------------------------------------------------------------------------- form C -- */

/* Form C of a code point is at most so many, of four bytes in UTF-8: the bound of the Unicode FAQ. */
#define PARTS 3u

/* A letter and its marks without a detour; 0: they are not one letter. */
static inline uint32_t one_letter(const struct cchci_classes *classes, const uint32_t *codes,
                                  uint32_t count)
{
    if (count < 2 || count > 3 || !cchci_class_of(classes, codes[0]).nfc)
        return 0;
    uint32_t letter = cchci_compose(classes, codes[0], codes[1]);
    return letter == 0 || count == 2 ? letter : cchci_compose(classes, letter, codes[2]);
}

/* Normalises code points, which start and end at a boundary, into out. */
static uint32_t normalise(const struct cchci_classes *classes, struct cchci_arena *arena,
                          const uint32_t *codes, uint32_t count,
                          uint32_t out[CCHCI_COMBINING_RUN * PARTS])
{
    UChar before[CCHCI_COMBINING_RUN * 2], after[CCHCI_COMBINING_RUN * 4];
    int32_t n = 0;
    for (uint32_t i = 0; i < count; i++)
        U16_APPEND_UNSAFE(before, n, (UChar32)codes[i]);
    UErrorCode error = U_ZERO_ERROR;
    int32_t m = unorm2_normalize(classes->nfc, before, n, after, CCHCI_COMBINING_RUN * 4, &error);
    uint32_t made = 0;
    if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR)
        cchci_out_of_memory(arena); /* nothing else can be wrong with a normaliser's input */
    if (U_FAILURE(error) || m > (int32_t)CCHCI_COMBINING_RUN * 4) {
        for (uint32_t i = 0; i < count; i++) /* ICU could not: the text stays as it is */
            out[made++] = codes[i];
        return made;
    }
    for (int32_t i = 0; i < m && made < CCHCI_COMBINING_RUN * PARTS;) {
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
    if (code < 0x340) /* the marks of Vietnamese and their neighbours */
        return false;
    if (code < CCHCI_CLASS_COUNT && classes->of[code].nfc)
        return true;
    return unorm2_hasBoundaryBefore(classes->nfc, (UChar32)code);
}

/* Does form C take the code point apart? It does with few (U+0344 and its like); all others stay or
 * go into a letter, which is no longer in UTF-8 than its parts. */
static bool may_grow(const struct cchci_classes *classes, uint32_t code)
{
    if (code < 0x340 || code == CCHCI_REPLACEMENT ||
        (code < CCHCI_CLASS_COUNT && classes->of[code].nfc))
        return false;
    return u_getIntPropertyValue((UChar32)code, UCHAR_NFC_QUICK_CHECK) == UNORM_NO;
}

/* May a letter become more with the marks behind it? One that has two of its own may: form C takes ổ
 * with a horn apart, since ơ comes first. */
static bool may_part(const struct cchci_classes *classes, uint32_t code)
{
    if (code < 0xC0)
        return false;
    if (cchci_latin(code) == CCHCI_LATIN_COUNT)
        return u_getIntPropertyValue((UChar32)code, UCHAR_DECOMPOSITION_TYPE) == U_DT_CANONICAL;
    const uint16_t *parts = cchci_parts_of(classes, code);
    return parts != NULL && cchci_parts_of(classes, parts[0]) != NULL;
}

struct writer {
    struct cchci_text *text;
    const struct cchci_classes *classes;
    struct cchci_arena *arena;
    char *utf8;
    size_t length; /* of utf8 */
    uint32_t count;
};

static inline void write_character(struct writer *writer, uint32_t code, uint32_t src)
{
    uint32_t n = writer->count++;
    writer->text->off[n] = (uint32_t)writer->length;
    writer->text->src[n] = src;
    writer->length += cchci_put_utf8(writer->utf8 + writer->length, code);
    note_character(writer->text, n, cchci_class_of(writer->classes, code), code);
}

/* Code points in form C that are not one letter. */
static void write_apart(struct writer *writer, const uint32_t *code, const uint32_t *src,
                        uint32_t count)
{
    uint32_t codes[CCHCI_COMBINING_RUN * PARTS];
    uint32_t made = normalise(writer->classes, writer->arena, code, count, codes);
    made = cchci_quality_last(writer->classes, codes, made);
    for (uint32_t k = 0; k < made; k++) {
        uint32_t from = k < count ? k : count - 1;
        if (k > 0 && made < count) /* the first one took in those before these */
            from = count - made + k;
        write_character(writer, codes[k], src[from]);
        if (k > 0 && writer->text->key[writer->count - 1] == CCHCI_KEY_MARKUP)
            cchci_loose_mark(writer->text, writer->classes, writer->count - 1, codes[k], codes[0]);
    }
}

/* Code points, which start and end at a boundary, in form C. */
static inline void write_piece(struct writer *writer, const uint32_t *code, const uint32_t *src,
                               uint32_t count)
{
    uint32_t letter = one_letter(writer->classes, code, count);
    if (letter != 0)
        write_character(writer, letter, src[0]);
    else
        write_apart(writer, code, src, count);
}

/* ------------------------------------------------------------------------------- fast path -- */

/* The code point or character reference at *at; moves on. */
static inline uint32_t next_point(const unsigned char *bytes, size_t length, size_t *at, bool *well,
                                  bool *reference)
{
    uint32_t code = 0;
    size_t entity = bytes[*at] == '&' ? cchci_entity(bytes + *at, length - *at, &code) : 0;
    *reference = entity > 0;
    if (entity == 0)
        return cchci_next_utf8(bytes, length, at, well);
    *at += entity;
    return code;
}

struct fast {
    struct cchci_text *text;
    const struct cchci_classes *classes;
    struct cchci_arena *arena;
    uint32_t count;
    char *utf8;      /* that is written; NULL: the source is it */
    size_t length;   /* of that */
    uint32_t copied; /* so many characters are in it, with their off */
    bool doubtful;   /* there was a doubt, if no serious one */
    size_t doubts, places[CCHCI_DOUBTS];
    size_t line_end;   /* of the last doubt's line, in bytes */
    bool unicode_line; /* whether it is Unicode beyond doubt */
};

/* Whether a doubt at the last character counts: OCR noise beside the letters of Unicode does not. */
static bool is_serious(struct fast *fast)
{
    const struct cchci_text *text = fast->text;
    size_t at = text->src[fast->count];
    if (at >= fast->line_end)
        fast->unicode_line =
            cchci_is_unicode_line(text->source, text->source_length, at, &fast->line_end);
    return !fast->unicode_line;
}

/* What is rare: a character that has to be looked at. False: the slow path must take the text. */
static bool note_fast(struct fast *fast, struct cchci_class class, uint32_t code, uint32_t before)
{
    uint32_t n = fast->count;
    if (cchci_doubt(before, code)) {
        fast->doubtful = true;
        if (fast->utf8 != NULL)
            return false;
        if (is_serious(fast)) {
            fast->places[fast->doubts++ % CCHCI_DOUBTS] = n;
            if (fast->doubts >= CCHCI_DOUBTS &&
                n - fast->places[fast->doubts % CCHCI_DOUBTS] < CCHCI_DOUBTS_WITHIN)
                return false;
        }
    }
    note_character(fast->text, n, class, code);
    return true;
}

/* The first of eight bytes that may be more than ASCII which says nothing but itself; 7: none
 * before the last, which is left unasked (one of its two answers is always yes). Bytes below a blank
 * and from 0xA0 on show in the difference, DEL and those from 0x80 on in the sum; what is borrowed by
 * one that shows, or carried, falsifies only those behind it. */
static inline unsigned plain_bytes(uint64_t eight, bool signs)
{
    uint64_t stops = (eight - (CCHCI_EIGHT(' ') ^ (uint64_t)' ' << 56)) |
                     (eight + (CCHCI_EIGHT(1) ^ (uint64_t)0x81 << 56));
    if (signs)
        stops |= ((eight ^ CCHCI_EIGHT('&')) - CCHCI_EIGHT(1)) |
                 ((eight ^ CCHCI_EIGHT('`')) - CCHCI_EIGHT(1));
    return cchci_eight_first(stops & CCHCI_EIGHT_YES);
}

/* Writes eight places that follow one another. */
static inline void put_eight(uint32_t *places, uint32_t from)
{
    typedef uint32_t four __attribute__((vector_size(16)));
    four next = from + (four){0, 1, 2, 3};
    memcpy(places, &next, sizeof next);
    next += 4;
    memcpy(places + 4, &next, sizeof next);
}

/* No step reads or passes more bytes: eight, and a character from the last of them on. */
#define FAST_STEP 16u

/* Takes characters that are plain. In each step some of ASCII, and then any other by the table of
 * leads, so that no branch hangs on the text: runs of ASCII have four or five characters in
 * Vietnamese; how many, and what letter follows, would be guessed wrong each time. Eight are
 * written as if all were plain, and those that are count, with the place of the other. Stops near
 * either end of the text, and at what has to be looked at; signs: '&' and '`' may be among them. */
static inline void fill_plain(struct fast *fast, size_t *at, bool signs)
{
    const struct cchci_text *text = fast->text;
    const unsigned char *source = text->source;
    const struct cchci_classes *classes = fast->classes;
    unsigned char *restrict key = text->key, *restrict mark = text->mark;
    uint32_t *restrict src = text->src;
    size_t n = fast->count, i = *at,
           end = text->source_length > FAST_STEP ? text->source_length - FAST_STEP : 0;
    if (i < text->bom_length + 2)
        return;
    while (i < end) {
        uint64_t eight = cchci_eight(source + i);
        memcpy(key + n, source + i, 8);
        memset(mark + n, 0, 8);
        put_eight(src + n, (uint32_t)i);
        unsigned plain = plain_bytes(eight, signs);
        const unsigned char *c = source + i + plain;
        size_t first = (size_t)(eight >> 8 * plain & 0xFF);
        i += plain;
        n += plain;

        size_t bytes = (size_t)cchci_eight(c);
        const struct cchci_lead *lead = &classes->leads[first];
        size_t ill_formed = (bytes ^ 0x808000u) & lead->no_trail;
        struct cchci_class class =
            classes->of[lead->base + (bytes >> 2 & lead->middle) + c[lead->length - 1]];
        key[n] = class.key;
        mark[n] = class.mark;
        uint32_t look;
        memcpy(&look, &class, sizeof look);
        look &= classes->looks_last[c[-1]] & classes->looks_before_last[c[-2]];
        if ((ill_formed | look) != 0)
            break;
        /* As lead->length has it, but sooner: the next step waits for where it begins. */
        i += 1 + ((first + 0x40) >> 8) + ((first + 0x20) >> 8);
        n++;
    }
    *at = i;
    fast->count = (uint32_t)n;
}

/* The character before a place, as far as cchci_odd_pair() asks of it. */
static uint32_t before_byte(const unsigned char *source, size_t begin, size_t i)
{
    if (i == begin || source[i - 1] < 0x80)
        return i == begin ? '\n' : source[i - 1];
    return source[i - 2] == 0xC3 ? 0xC0u | (source[i - 1] & 0x3Fu) : 0x100;
}

/* Copies the characters up to this one, which begins at a byte of the source. */
static void copy_fast(struct fast *fast, size_t at)
{
    const struct cchci_text *text = fast->text;
    size_t from = fast->copied < fast->count ? text->src[fast->copied] : at;
    uint32_t shift = (uint32_t)fast->length - (uint32_t)from;
    for (uint32_t c = fast->copied; c < fast->count; c++)
        text->off[c] = text->src[c] + shift;
    memcpy(fast->utf8 + fast->length, text->source + from, at - from);
    fast->length += at - from;
    fast->copied = fast->count;
}

/* From here on the text has a UTF-8 of its own, which is no longer than the source. */
static void start_copy(struct fast *fast)
{
    struct cchci_text *text = fast->text;
    size_t room = text->source_length - text->bom_length;
    fast->utf8 = CCHCI_NEW(fast->arena, char, room + 1);
    text->off = CCHCI_NEW(fast->arena, uint32_t, room + 1);
}

/* A code point without a doubt, or what a reference may stand for without being one. */
static bool is_beyond_doubt(uint32_t before, uint32_t code, bool reference)
{
    if (reference)
        return code == 0xA0 || code >= 0x100 ||
               (code < 0x80 && !cchci_is_ascii_letter((unsigned char)code));
    return !cchci_doubt(before, code);
}

/* Takes a reference, or what is not in form C, with the letter before it and the marks behind it.
 * False where the slow path must take the text, also since its words may have to be asked. */
static bool fill_piece(struct fast *fast, size_t *at)
{
    struct cchci_text *text = fast->text;
    const unsigned char *source = text->source;
    uint32_t codes[CCHCI_COMBINING_RUN], places[CCHCI_COMBINING_RUN], count = 0;
    bool well = true, reference, more = true;
    size_t i = *at, next = i;
    uint32_t code = next_point(source, text->source_length, &next, &well, &reference);
    if (fast->doubtful)
        return false;
    if (!starts_piece(fast->classes, code) && fast->count > 0) {
        if (fast->count == fast->copied)
            return false;
        next = i = text->src[--fast->count];
        code = next_point(source, text->source_length, &next, &well, &reference);
        if ((cchci_class_of(fast->classes, code).look & CCHCI_LOOK) != 0)
            return false; /* noted already */
    }
    if (fast->utf8 == NULL)
        start_copy(fast);
    copy_fast(fast, i);
    uint32_t before = before_byte(source, text->bom_length, i);
    while (more) {
        bool mark = code >= 0x300 && code < 0x340;
        if (count == CCHCI_COMBINING_RUN ||
            (!mark && (may_grow(fast->classes, code) || !is_beyond_doubt(before, code, reference))))
            return false;
        codes[count] = code;
        places[count++] = (uint32_t)i;
        i = next;
        before = code;
        more = next < text->source_length;
        if (more)
            code = next_point(source, text->source_length, &next, &well, &reference);
        more = more && !starts_piece(fast->classes, code);
    }
    struct writer writer = {text,       fast->classes, fast->arena,
                            fast->utf8, fast->length,  fast->count};
    uint32_t letter = count == 1 && cchci_class_of(fast->classes, codes[0]).nfc
                          ? codes[0]
                          : one_letter(fast->classes, codes, count);
    if (letter != 0)
        write_character(&writer, letter, places[0]);
    else if (count > 1 && codes[0] >= 0xC0)
        return false; /* may grow: may_part(); ò with a dot below is ọ and a grave */
    else
        write_apart(&writer, codes, places, count);
    fast->length = writer.length;
    fast->count = fast->copied = writer.count;
    *at = i;
    return true;
}

/* Copies the characters up to this one as copy_fast() does, where FAST_STEP bytes follow it: eight
 * at a time, so that no branch hangs on their number. */
static inline void copy_steps(struct fast *fast, uint32_t count, size_t at)
{
    const struct cchci_text *text = fast->text;
    uint32_t *restrict off = text->off;
    const uint32_t *restrict src = text->src;
    size_t from = fast->copied < count ? src[fast->copied] : at;
    uint32_t shift = (uint32_t)fast->length - (uint32_t)from;
    for (uint32_t c = fast->copied; c < count; c += 8)
        for (uint32_t k = 0; k < 8; k++)
            off[c + k] = src[c + k] + shift;
    for (size_t k = 0; k < at - from; k += FAST_STEP)
        memcpy(fast->utf8 + fast->length + k, text->source + from + k, FAST_STEP);
    fast->length += at - from;
    fast->copied = count;
}

/* Takes the marks at a place into the letter before them, where nothing about them is out of the
 * common; false, and nothing is done: fill_piece() has to look. */
static bool fill_marks(struct fast *fast, size_t *at)
{
    const struct cchci_text *text = fast->text;
    const unsigned char *source = text->source;
    uint32_t n = fast->count;
    size_t i = *at;
    if (source[i] != 0xCC || fast->utf8 == NULL || fast->doubtful || n == fast->copied ||
        text->source_length - i <= FAST_STEP)
        return false;
    size_t letter_at = text->src[n - 1], next = letter_at;
    uint32_t code = cchci_known_utf8(source, &next);
    if ((code >= 0x80 && cchci_latin(code) == CCHCI_LATIN_COUNT) ||
        (fast->classes->of[code].look & CCHCI_LOOK) != 0)
        return false;
    for (; source[i] == 0xCC; i += 2) {
        uint32_t row = code < 0x80 ? code : 0x80 + cchci_latin(code);
        unsigned column = cchci_mark_column(0x300 | (source[i + 1] & 0x3Fu));
        if (column == CCHCI_MARK_COLUMNS || !cchci_is_trail(source[i + 1]) || i > *at + 2)
            return false;
        code = fast->classes->composed[row][column];
        if (code == 0)
            return false;
    }
    if (source[i] > 0xCC || source[i] == '&') /* may be another mark */
        return false;
    copy_steps(fast, n - 1, letter_at);
    struct writer writer = {fast->text, fast->classes, fast->arena,
                            fast->utf8, fast->length,  n - 1};
    write_character(&writer, code, (uint32_t)letter_at);
    fast->length = writer.length;
    fast->count = fast->copied = n;
    *at = i;
    return true;
}

/* Takes one character of any kind; false: the slow path must take the text. */
static bool fill_one(struct fast *fast, size_t *at)
{
    const struct cchci_text *text = fast->text;
    size_t from = *at;
    uint32_t n = fast->count, before = before_byte(text->source, text->bom_length, from);
    bool well = true;
    uint32_t code = cchci_next_utf8(text->source, text->source_length, at, &well);
    struct cchci_class class = cchci_class_of(fast->classes, code);
    text->src[n] = (uint32_t)from;
    text->key[n] = class.key;
    text->mark[n] = class.mark;
    if (!well)
        return false;
    if (!class.nfc ||
        (code == '&' && cchci_entity(text->source + from, text->source_length - from, NULL) > 0)) {
        *at = from;
        return fill_piece(fast, at);
    }
    if (class.look != 0 && !note_fast(fast, class, code, before))
        return false;
    fast->count++;
    return true;
}

static bool fill_fast(struct fast *fast)
{
    struct cchci_text *text = fast->text;
    size_t length = text->source_length, i = text->bom_length;
    bool signs = length > 0 && (memchr(text->source, '&', length) != NULL ||
                                memchr(text->source, '`', length) != NULL);
    while (i < length) {
        if (signs) /* few texts have them */
            fill_plain(fast, &i, true);
        else
            fill_plain(fast, &i, false);
        if (i < length && !fill_marks(fast, &i) && !fill_one(fast, &i))
            return false;
    }
    text->src[fast->count] = (uint32_t)length;
    text->count = fast->count;
    if (fast->utf8 == NULL)
        return true;
    copy_fast(fast, length);
    fast->utf8[fast->length] = '\0';
    text->off[fast->count] = (uint32_t)fast->length;
    text->utf8 = fast->utf8;
    text->utf8_length = fast->length;
    return true;
}

/* A text whose source is its own UTF-8, or nearly so. What was noted of another is forgotten. */
static bool decode_fast(struct cchci_text *text, const struct cchci_classes *classes,
                        struct cchci_arena *arena)
{
    struct cchci_text before = *text;
    struct fast fast = {.text = text, .classes = classes, .arena = arena};
    text->src = text->off;
    text->utf8 = (const char *)text->source;
    text->utf8_length = text->source_length;
    bool done = fill_fast(&fast);
    if (!done) {
        before.src = fast.utf8 != NULL ? text->off : NULL; /* room for those of the slow path */
        *text = before;
    }
    return done;
}

/* ------------------------------------------------------------------------------- slow path -- */

struct code_points {
    uint32_t *code;
    uint32_t *src; /* count + 1 */
    uint32_t count;
    bool no_break; /* CCHCI_NO_BREAK is among them */
    struct cchci_text *text;
};

static void restart(struct code_points *points)
{
    points->count = 0;
    points->text->ill_formed = 0;
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

static void decode_utf8(struct code_points *points, const unsigned char *bytes, size_t begin,
                        size_t length)
{
    for (size_t i = begin; i < length;) {
        size_t from = i;
        bool well = true, reference;
        uint32_t code = next_point(bytes, length, &i, &well, &reference);
        points->text->ill_formed += !well;
        if (reference)
            add_reference(points, code, from);
        else
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
        uint32_t code = CCHCI_REPLACEMENT;
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
            code = CCHCI_REPLACEMENT;
            points->text->ill_formed++;
        }
        add_code_point(points, code, from);
    }
}

/* Whether a code point is in form C whatever stands beside it. */
static inline bool stays(const struct cchci_classes *classes, uint32_t code)
{
    return code < CCHCI_CLASS_COUNT && classes->of[code].nfc;
}

/* Writes the code points from one on that stay with another one behind them; returns the first that
 * does not. */
static uint32_t write_plain(struct writer *writer, const struct code_points *points, uint32_t i)
{
    struct cchci_text *text = writer->text;
    const struct cchci_class *of = writer->classes->of;
    const uint32_t *code = points->code, *points_src = points->src;
    unsigned char *key = text->key, *mark = text->mark;
    uint32_t *off = text->off, *src = text->src, n = writer->count, count = points->count;
    char *utf8 = writer->utf8, *out = utf8 + writer->length;
    for (; i < count && stays(writer->classes, code[i]) && stays(writer->classes, code[i + 1]);
         i++, n++) {
        uint32_t c = code[i];
        off[n] = (uint32_t)(out - utf8);
        src[n] = points_src[i];
        key[n] = of[c].key;
        mark[n] = of[c].mark;
        if ((of[c].look & CCHCI_LOOK) != 0)
            note_character(text, n, of[c], c);
        out += cchci_put_utf8(out, c);
    }
    writer->count = n;
    writer->length = (size_t)(out - utf8);
    return i;
}

/* Turns decoded code points into the text's arrays, which take the place of theirs. */
static void fill_slow(struct cchci_text *text, const struct cchci_classes *classes,
                      struct code_points *points, struct cchci_arena *arena)
{
    size_t bytes = 0;
    uint32_t room = points->count;
    points->code[room] = '\n'; /* so that the last one has one behind it */
    for (uint32_t i = 0; i < points->count; i++) {
        uint32_t code = points->code[i];
        if (stays(classes, code) && stays(classes, points->code[i + 1])) {
            bytes += 1u + (code >= 0x80) + (code >= 0x800);
            continue;
        }
        bool marked = starts_piece(classes, code) && i + 1 < points->count &&
                      !starts_piece(classes, points->code[i + 1]);
        bool grows = may_grow(classes, code) || (marked && may_part(classes, code));
        room += grows ? PARTS - 1 : 0;
        /* Another mark may make a letter of three bytes of one of two. */
        unsigned two = marked ? 3 : 2;
        bytes += grows ? PARTS * 4 : code < 0x80 ? 1 : code < 0x800 ? two : code < 0x10000 ? 3 : 4;
    }
    text->src = points->src;
    if (room > points->count) { /* a character may be written before its code point is read */
        allocate_characters(text, room, arena);
        text->src = CCHCI_NEW(arena, uint32_t, (size_t)room + 1);
    }
    char *utf8 = CCHCI_NEW(arena, char, bytes + 1);
    text->utf8 = utf8;
    struct writer writer = {text, classes, arena, utf8, 0, 0};
    for (uint32_t i = 0, end; i < points->count; i = end) {
        i = write_plain(&writer, points, i);
        if (i == points->count)
            break;
        uint32_t code = points->code[i], src = points->src[i];
        end = i + 1;
        if ((end == points->count || starts_piece(classes, points->code[end])) &&
            cchci_class_of(classes, code).nfc) {
            write_character(&writer, code, src);
            continue;
        }
        while (end < points->count && end - i < CCHCI_COMBINING_RUN &&
               !starts_piece(classes, points->code[end]))
            end++;
        write_piece(&writer, points->code + i, points->src + i, end - i);
    }
    text->count = writer.count;
    text->off[text->count] = (uint32_t)writer.length;
    text->src[text->count] = (uint32_t)text->source_length;
    text->utf8_length = writer.length;
    utf8[writer.length] = '\0';
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
        uint32_t code = cchci_next_utf8(bytes, end, &i, &well);
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
        restart(points);
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

static void decode_slow(struct cchci_text *text, const struct cchci_classes *classes,
                        enum cchci_carrier encoding, struct cchci_arena *arena)
{
    size_t begin = text->bom_length, length = text->source_length;
    size_t room = encoding == CCHCI_UTF_8 ? length - begin : (length - begin) / 2 + 1;
    struct code_points points = {.text = text, .code = text->off};
    points.src = text->src != NULL ? text->src : CCHCI_NEW(arena, uint32_t, room + 1);
    if (encoding == CCHCI_UTF_8)
        decode_utf8(&points, text->source, begin, length);
    else
        decode_utf16(&points, text->source, begin, length, encoding == CCHCI_UTF_16BE);
    bool bytes = encoding == CCHCI_UTF_8 && text->ill_formed > BAD_BYTES;
    if (bytes) {
        restart(&points);
        decode_lines(&points, text->source, begin, length);
    }
    convert_legacy(text, classes, &points, encoding, bytes, arena);
    points.src[points.count] = (uint32_t)length;
    fill_slow(text, classes, &points, arena);
}

/* ------------------------------------------------------------------------------------------- */

/* UTF-16 without a mark shows itself by the zero bytes of its ASCII: every second byte of the
 * first stretch, and none of the others. */
static enum cchci_carrier guess_encoding(const unsigned char *bytes, size_t length)
{
    size_t look = length < 512 ? length : 512, even = 0, odd = 0;
    if (look < 8 || memchr(bytes, 0, look) == NULL)
        return CCHCI_UTF_8;
    for (size_t i = 0; i + 1 < look; i += 2) {
        even += bytes[i] == 0;
        odd += bytes[i + 1] == 0;
    }
    if (odd >= look / 8 && even == 0)
        return CCHCI_UTF_16LE;
    if (even >= look / 8 && odd == 0)
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

    size_t room = length - text->bom_length; /* a character has one byte at least */
    allocate_characters(text, encoding == CCHCI_UTF_8 ? room : room / 2 + 1, arena);
    if (encoding != CCHCI_UTF_8 || !decode_fast(text, classes, arena))
        decode_slow(text, classes, encoding, arena);
    close_characters(text);
    if (text->returns)
        join_line_ends(text);
    if (text->count > 0 && memchr(text->utf8, '<', text->utf8_length) != NULL)
        text->odd_blanks = true; /* a tag may be blank */
    if (text->ill_formed > 0) {
        const unsigned char *first = memchr(text->key, CCHCI_KEY_ILL_FORMED, text->count);
        text->first_ill_formed = first != NULL ? (uint32_t)(first - text->key) : 0;
    }
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
