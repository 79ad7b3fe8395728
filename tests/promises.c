/* SPDX-License-Identifier: MIT */
#include "promises.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_JANSSON
#include <jansson.h>
#endif
#include <unicode/ucnv.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "old_letters.h"

/* ------------------------------------------------------------------------------- complaints -- */

struct check {
    const char *path;
    const unsigned char *bytes;
    const cchc_document *document;
    cchc_span range;
    UConverter *converter; /* of the source; NULL: an encoding that ICU does not know */
    enum encoding old;     /* of the source, from before Unicode; ENCODINGS: none of them */
    bool unsure;           /* of an old one: what may be none of its letters was sliced */
    const UNormalizer2 *nfc;
    unsigned broken;
};

static void broken(struct check *check, const char *what, const char *where, size_t index,
                   const char *detail)
{
    if (++check->broken <= 5)
        printf("not ok %s: %s (%s %zu)%s%s\n", check->path, what, where, index,
               detail != NULL ? ": " : "", detail != NULL ? detail : "");
}

/* ------------------------------------------------------------------------------------- text -- */

/* UTF-16 that grows. */
struct units {
    UChar *data;
    size_t length, room;
};

static void put(struct units *out, UChar32 c)
{
    if (out->length + 2 > out->room) {
        out->room = out->room * 2 + 256;
        UChar *more = realloc(out->data, out->room * sizeof *more);
        if (more == NULL)
            abort();
        out->data = more;
    }
    U16_APPEND_UNSAFE(out->data, out->length, c);
}

/* Between two pieces a blank may stand or not, where markup lies between them. A lone surrogate,
 * which no text that was decoded has. */
#define MAYBE_BLANK 0xD800

static bool is_blank(UChar32 c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

static bool is_invisible(UChar32 c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

/* The letter whose bytes stand at a place, the longest; NULL: none of the encoding's. */
static const struct letter *old_letter_at(const struct check *check, size_t at, size_t end,
                                          size_t *length)
{
    const struct letter *found = NULL;
    *length = 1;
    for (int i = 0; i < LETTERS; i++) {
        const char *bytes = letters[i].bytes[check->old];
        size_t n = bytes != NULL ? strlen(bytes) : 0;
        if (n == 0 || n > end - at || (found != NULL && n <= *length) ||
            memcmp(check->bytes + at, bytes, n) != 0)
            continue;
        found = &letters[i];
        *length = n;
    }
    return found;
}

/* What letters and ASCII hold. Quotes, dashes and what is no letter of the encoding leave it unsure. */
static void slice_old(struct check *check, size_t begin, size_t end, struct units *out)
{
    for (size_t at = begin, length; at < end; at += length) {
        const struct letter *letter = old_letter_at(check, at, end, &length);
        UChar32 c = check->bytes[at];
        if (letter != NULL) {
            int32_t i = 0;
            U8_NEXT_UNSAFE(letter->utf8, i, c);
        } else if (c >= 0x80) {
            check->unsure = true;
        }
        put(out, c);
    }
}

/* Decodes source[begin, end) as the library's document says it is encoded. */
static void slice(struct check *check, size_t begin, size_t end, struct units *out)
{
    if (check->old != ENCODINGS) {
        slice_old(check, begin, end, out);
        return;
    }
    int32_t room = (int32_t)(end - begin) + 16;
    UChar *units = malloc((size_t)room * sizeof *units);
    if (units == NULL)
        abort();
    UErrorCode error = U_ZERO_ERROR;
    int32_t n = ucnv_toUChars(check->converter, units, room, (const char *)check->bytes + begin,
                              (int32_t)(end - begin), &error);
    if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR)
        n = 0;
    for (int32_t i = 0; i < n;) {
        UChar32 c;
        U16_NEXT(units, i, n, c);
        put(out, c);
    }
    free(units);
}

static const struct {
    const char *name;
    UChar32 c;
} references[] = {
    {"AElig", 0xC6},   {"Aacute", 0xC1},  {"Acirc", 0xC2},   {"Agrave", 0xC0},   {"Aring", 0xC5},
    {"Atilde", 0xC3},  {"Auml", 0xC4},    {"Ccedil", 0xC7},  {"ETH", 0xD0},      {"Eacute", 0xC9},
    {"Ecirc", 0xCA},   {"Egrave", 0xC8},  {"Euml", 0xCB},    {"Iacute", 0xCD},   {"Icirc", 0xCE},
    {"Igrave", 0xCC},  {"Iuml", 0xCF},    {"Ntilde", 0xD1},  {"Oacute", 0xD3},   {"Ocirc", 0xD4},
    {"Ograve", 0xD2},  {"Oslash", 0xD8},  {"Otilde", 0xD5},  {"Ouml", 0xD6},     {"THORN", 0xDE},
    {"Uacute", 0xDA},  {"Ucirc", 0xDB},   {"Ugrave", 0xD9},  {"Uuml", 0xDC},     {"Yacute", 0xDD},
    {"aacute", 0xE1},  {"acirc", 0xE2},   {"acute", 0xB4},   {"aelig", 0xE6},    {"agrave", 0xE0},
    {"amp", 0x26},     {"apos", 0x27},    {"aring", 0xE5},   {"atilde", 0xE3},   {"auml", 0xE4},
    {"bdquo", 0x201E}, {"brvbar", 0xA6},  {"bull", 0x2022},  {"ccedil", 0xE7},   {"cedil", 0xB8},
    {"cent", 0xA2},    {"copy", 0xA9},    {"curren", 0xA4},  {"deg", 0xB0},      {"divide", 0xF7},
    {"eacute", 0xE9},  {"ecirc", 0xEA},   {"egrave", 0xE8},  {"emsp", 0x2003},   {"ensp", 0x2002},
    {"eth", 0xF0},     {"euml", 0xEB},    {"euro", 0x20AC},  {"frac12", 0xBD},   {"frac14", 0xBC},
    {"frac34", 0xBE},  {"frasl", 0x2044}, {"ge", 0x2265},    {"gt", 0x3E},       {"hellip", 0x2026},
    {"iacute", 0xED},  {"icirc", 0xEE},   {"iexcl", 0xA1},   {"igrave", 0xEC},   {"iquest", 0xBF},
    {"iuml", 0xEF},    {"laquo", 0xAB},   {"ldquo", 0x201C}, {"le", 0x2264},     {"lsquo", 0x2018},
    {"lt", 0x3C},      {"macr", 0xAF},    {"mdash", 0x2014}, {"micro", 0xB5},    {"middot", 0xB7},
    {"minus", 0x2212}, {"nbsp", 0xA0},    {"ndash", 0x2013}, {"not", 0xAC},      {"ntilde", 0xF1},
    {"oacute", 0xF3},  {"ocirc", 0xF4},   {"ograve", 0xF2},  {"ordf", 0xAA},     {"ordm", 0xBA},
    {"oslash", 0xF8},  {"otilde", 0xF5},  {"ouml", 0xF6},    {"para", 0xB6},     {"plusmn", 0xB1},
    {"pound", 0xA3},   {"quot", 0x22},    {"raquo", 0xBB},   {"rdquo", 0x201D},  {"reg", 0xAE},
    {"rsquo", 0x2019}, {"sbquo", 0x201A}, {"sect", 0xA7},    {"shy", 0xAD},      {"sup1", 0xB9},
    {"sup2", 0xB2},    {"sup3", 0xB3},    {"szlig", 0xDF},   {"thinsp", 0x2009}, {"thorn", 0xFE},
    {"times", 0xD7},   {"trade", 0x2122}, {"uacute", 0xFA},  {"ucirc", 0xFB},    {"ugrave", 0xF9},
    {"uml", 0xA8},     {"uuml", 0xFC},    {"yacute", 0xFD},  {"yen", 0xA5},      {"yuml", 0xFF},
};

/* Numbers of control codes are those of windows-1252 (HTML Living Standard 13.2.5.80). */
static UChar32 windows_1252(char byte)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar unit[2];
    UConverter *converter = ucnv_open("windows-1252", &error);
    ucnv_toUChars(converter, unit, 2, &byte, 1, &error);
    ucnv_close(converter);
    return U_SUCCESS(error) ? unit[0] : 0;
}

/* The reference at units[i] ('&'): its character, and in *after where it ends; 0: none. */
static UChar32 reference_at(const struct units *units, size_t i, size_t *after)
{
    char name[12];
    size_t n = 0;
    for (i++; i < units->length && n < sizeof name - 1 && units->data[i] != 0 &&
              units->data[i] < 0x80 && units->data[i] != ';';
         i++)
        name[n++] = (char)units->data[i];
    name[n] = '\0';
    if (i >= units->length || units->data[i] != ';')
        return 0;
    *after = i + 1;
    if (name[0] == '#') {
        bool hex = name[1] == 'x' || name[1] == 'X';
        const char *digits = name + 1 + hex;
        if (*digits == '\0' ||
            strspn(digits, hex ? "0123456789abcdefABCDEF" : "0123456789") != strlen(digits))
            return 0;
        unsigned long c = strtoul(digits, NULL, hex ? 16 : 10);
        if (c >= 0x80 && c < 0xA0)
            return windows_1252((char)c);
        return c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF) ? (UChar32)c : 0;
    }
    for (size_t k = 0; k < sizeof references / sizeof references[0]; k++)
        if (strcmp(references[k].name, name) == 0)
            return references[k].c;
    return 0;
}

/* A quality that was written behind the tone goes before it where a letter comes of it. */
static void put_in_order(const UNormalizer2 *nfc, UChar *units, int32_t length)
{
    for (int32_t i = 1; i + 1 < length; i++) {
        bool tone =
            units[i] == 0x300 || units[i] == 0x301 || units[i] == 0x303 || units[i] == 0x309;
        bool quality = units[i + 1] == 0x302 || units[i + 1] == 0x306;
        UChar32 letter = tone && quality ? unorm2_composePair(nfc, units[i - 1], units[i + 1]) : -1;
        if (letter >= 0 && unorm2_composePair(nfc, letter, units[i]) >= 0) {
            UChar swapped = units[i];
            units[i] = units[i + 1];
            units[i + 1] = swapped;
        }
    }
}

static void decompose(struct units *units)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&error);
    int32_t room = (int32_t)units->length * 4 + 16;
    UChar *form_d = malloc((size_t)room * sizeof *form_d);
    if (form_d == NULL)
        abort();
    int32_t n = unorm2_normalize(nfd, units->data, (int32_t)units->length, form_d, room, &error);
    if (U_FAILURE(error))
        abort();
    free(units->data);
    *units = (struct units){form_d, (size_t)n, (size_t)room};
}

static void normalise(struct check *check, struct units *units)
{
    if (units->length == 0)
        return;
    decompose(units);
    put_in_order(check->nfc, units->data, (int32_t)units->length);
    int32_t room = (int32_t)units->length * 3 + 16;
    UChar *form_c = malloc((size_t)room * sizeof *form_c);
    if (form_c == NULL)
        abort();
    UErrorCode error = U_ZERO_ERROR;
    int32_t n =
        unorm2_normalize(check->nfc, units->data, (int32_t)units->length, form_c, room, &error);
    if (U_FAILURE(error))
        abort();
    free(units->data);
    units->data = form_c;
    units->length = (size_t)n;
    units->room = (size_t)room;
}

/* What lies between two pieces: a blank, or perhaps one. */
static UChar32 joint(struct check *check, cchc_span left, cchc_span right)
{
    if (right.begin < left.end)
        return ' '; /* another column */
    if (right.begin == left.end)
        return MAYBE_BLANK;
    struct units between = {NULL, 0, 0};
    slice(check, left.end, right.begin, &between);
    UChar32 c = ' ';
    for (size_t i = 0; i < between.length && c == ' '; i++)
        if (!is_blank(between.data[i]))
            c = MAYBE_BLANK;
    free(between.data);
    return c;
}

/* The text that the spans hold. */
static struct units held(struct check *check, const cchc_span *spans, size_t count)
{
    struct units all = {NULL, 0, 0};
    for (size_t s = 0; s < count; s++) {
        struct units piece = {NULL, 0, 0};
        slice(check, spans[s].begin, spans[s].end, &piece);
        if (s > 0)
            put(&all, joint(check, spans[s - 1], spans[s]));
        for (size_t i = 0, after; i < piece.length;) {
            UChar32 c = piece.data[i] == '&' ? reference_at(&piece, i, &after) : 0;
            check->unsure |= c >= 0x80; /* in an old encoding it is one of its letters, too */
            if (c != 0)
                i = after;
            else
                U16_NEXT(piece.data, i, piece.length, c);
            if (!is_invisible(c))
                put(&all, is_blank(c) ? ' ' : c);
        }
        free(piece.data);
    }
    normalise(check, &all);
    return all;
}

static UChar32 plain(UChar32 c)
{
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xAF)
        return '-';
    return c == 0x2044 || c == 0x2215 || c == 0xFF0F ? '/' : c;
}

/* A code: no blanks, plain dashes and slashes, no dash doubled. */
static void reduce_code(struct units *units)
{
    size_t n = 0;
    for (size_t i = 0; i < units->length; i++) {
        UChar c = (UChar)plain(units->data[i]);
        if (c == ' ' || c == MAYBE_BLANK || (c == '-' && n > 0 && units->data[n - 1] == '-'))
            continue;
        units->data[n++] = c;
    }
    units->length = n;
}

/* What tables are drawn with: U+2502, U+2503 and U+2551 too. */
static bool is_bar(UChar32 c)
{
    return c == '|' || c == 0x2502 || c == 0x2503 || c == 0x2551;
}

/* Whether what the spans hold reads as the text. Blanks of the former may be doubled; a bar in it
 * may be the markup of a table, for which the text has a blank or nothing. Where they part is told.
 * */
static bool same_words(const struct units *from, const struct units *text, size_t *at,
                       size_t *text_at)
{
    size_t i = 0, k = 0;
    *at = *text_at = 0;
    while (i < from->length) {
        bool blank = false, markup = false;
        for (; i < from->length; i++) {
            UChar c = from->data[i];
            size_t next = k < text->length && text->data[k] == ' ' ? k + 1 : k;
            if (is_bar(c) && !(next < text->length && text->data[next] == c))
                markup = true;
            else if (c == MAYBE_BLANK)
                markup = true;
            else if (c == ' ')
                blank = true;
            else
                break;
        }
        *at = i;
        *text_at = k;
        if ((blank || markup) && k > 0 && i < from->length) {
            if (k < text->length && text->data[k] == ' ')
                k++;
            else if (!markup)
                return false;
        }
        if (i == from->length)
            break;
        if (k == text->length || text->data[k] != from->data[i])
            return false;
        i++;
        k++;
    }
    return k == text->length;
}

/* Strict UTF-8 as UTF-16; false where it is none. */
static bool from_utf8(const char *data, size_t length, struct units *out)
{
    int32_t n = 0;
    UErrorCode error = U_ZERO_ERROR;
    out->room = length + 1;
    out->data = malloc(out->room * sizeof *out->data);
    if (out->data == NULL)
        abort();
    u_strFromUTF8(out->data, (int32_t)out->room, &n, data, (int32_t)length, &error);
    out->length = U_SUCCESS(error) ? (size_t)n : 0;
    return U_SUCCESS(error);
}

static void check_spans(struct check *check, const cchc_span *spans, size_t count,
                        const char *where, size_t index)
{
    for (size_t s = 0; s < count; s++) {
        if (spans[s].begin >= spans[s].end)
            broken(check, "empty span", where, index, NULL);
        else if (spans[s].begin < check->range.begin || spans[s].end > check->range.end)
            broken(check, "span outside the source", where, index, NULL);
    }
}

/* The words around a place. */
static void shown(char *out, size_t size, const struct units *units, size_t at)
{
    size_t from = at > 30 ? at - 30 : 0, to = units->length - from < 80 ? units->length : from + 80;
    int32_t n = 0;
    UErrorCode error = U_ZERO_ERROR;
    u_strToUTF8WithSub(out, (int32_t)size - 1, &n, units->data + from, (int32_t)(to - from), '|',
                       NULL, &error);
    out[U_SUCCESS(error) ? n : 0] = '\0';
}

static void check_text(struct check *check, const cchc_text *text, const char *where, size_t index,
                       bool code)
{
    if (text->data == NULL) {
        if (text->length != 0 || text->span_count != 0)
            broken(check, "null text with content", where, index, NULL);
        return;
    }
    unsigned before = check->broken;
    check_spans(check, text->spans, text->span_count, where, index);
    if (text->length == 0)
        broken(check, "empty text", where, index, NULL);
    if (text->span_count == 0)
        broken(check, "text without spans", where, index, text->data);
    if (text->data[text->length] != '\0')
        broken(check, "no closing NUL", where, index, NULL);
    struct units value = {NULL, 0, 0}, from = {NULL, 0, 0};
    UErrorCode error = U_ZERO_ERROR;
    if (!from_utf8(text->data, text->length, &value))
        broken(check, "text is no UTF-8", where, index, NULL);
    else if (!unorm2_isNormalized(check->nfc, value.data, (int32_t)value.length, &error))
        broken(check, "text is not in form C", where, index, text->data);
    if (check->broken == before && (check->converter != NULL || check->old != ENCODINGS)) {
        check->unsure = false;
        from = held(check, text->spans, text->span_count);
        if (code) {
            reduce_code(&from);
            reduce_code(&value);
        }
        size_t at, text_at;
        if (!(check->old != ENCODINGS && check->unsure) &&
            !same_words(&from, &value, &at, &text_at)) {
            char hold[256], words[256], detail[600];
            shown(hold, sizeof hold, &from, at);
            shown(words, sizeof words, &value, text_at);
            snprintf(detail, sizeof detail, "text \"%s\", spans hold \"%s\"", words, hold);
            broken(check, "spans are not true", where, index, detail);
        }
    }
    free(value.data);
    free(from.data);
}

/* -------------------------------------------------------------------------------- the parts -- */

static int by_begin(const void *a, const void *b)
{
    const cchc_span *left = a, *right = b;
    return left->begin < right->begin ? -1 : left->begin > right->begin;
}

static void check_tiling(struct check *check)
{
    static const char *const kinds[] = {
        "bom",      "front_matter",   "page_furniture", "stamp",       "e_signature",
        "markup",   "national_motto", "agency",         "code",        "promulgation",
        "priority", "secrecy",        "document_type",  "subject",     "addressees",
        "preamble", "clause",         "paragraph",      "recipients",  "archive",
        "signer",   "annex",          "blank",          "unrecognised"};
    size_t count, spans = 0, first = 0;
    const cchc_segment *segments = cchc_document_segments(check->document, &count);
    for (size_t i = 0; i < count; i++) {
        bool known = false;
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
            known = known || strcmp(kinds[k], segments[i].kind) == 0;
        if (!known)
            broken(check, "unknown kind", "segment", i, segments[i].kind);
        if (segments[i].span_count == 0) {
            broken(check, "no span", "segment", i, NULL);
            continue;
        }
        if (i > 0 && segments[i].spans[0].begin < first)
            broken(check, "out of order", "segment", i, NULL);
        first = segments[i].spans[0].begin;
        spans += segments[i].span_count;
    }
    cchc_span *all = malloc((spans + 1) * sizeof *all);
    if (all == NULL)
        abort();
    spans = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t s = 0; s < segments[i].span_count; s++)
            all[spans++] = segments[i].spans[s];
    qsort(all, spans, sizeof *all, by_begin);
    size_t reached = check->range.begin;
    for (size_t s = 0; s < spans; s++) {
        if (all[s].begin != reached)
            broken(check, all[s].begin > reached ? "gap in the tiling" : "overlap in the tiling",
                   "byte", reached, NULL);
        if (all[s].end <= all[s].begin)
            broken(check, "empty span", "byte", all[s].begin, NULL);
        reached = all[s].end;
    }
    if (reached != check->range.end)
        broken(check, "the tiling ends early or late", "byte", reached, NULL);
    free(all);
}

/* What a list holds is there. */
static void check_item(struct check *check, const cchc_text *text, const char *where, size_t index)
{
    if (text->data == NULL)
        broken(check, "null text in a list", where, index, NULL);
    check_text(check, text, where, index, false);
}

static void check_clauses(struct check *check)
{
    size_t count;
    const cchc_clause *clauses = cchc_document_clauses(check->document, &count);
    for (size_t i = 0; i < count; i++) {
        const cchc_clause *clause = &clauses[i];
        if (clause->text.data == NULL || clause->text.data[clause->text.length] != '\0')
            broken(check, "no text", "clause", i, NULL);
        else if (clause->text.length > 0 || clause->text.span_count > 0)
            check_text(check, &clause->text, "clause", i, false);
        if (clause->label == NULL || clause->marker == NULL)
            broken(check, "no label or marker", "clause", i, NULL);
        bool root = clause->parent == CCHC_NONE;
        if (!root && clause->parent >= i)
            broken(check, "parent after child", "clause", i, NULL);
        else if (clause->level != (root ? 1 : clauses[clause->parent].level + 1))
            broken(check, "level is not the depth", "clause", i, NULL);
        size_t below = 0;
        while (i + 1 + below < count && clauses[i + 1 + below].level > clause->level)
            below++;
        if (clause->descendants != below)
            broken(check, "wrong number of descendants", "clause", i, NULL);
        for (size_t k = i + 1; k <= i + below && k < count; k++)
            if (clauses[k].level == clause->level + 1 && clauses[k].parent != i)
                broken(check, "child of another", "clause", k, NULL);
    }
    size_t deadline_count;
    const cchc_deadline *deadlines = cchc_document_deadlines(check->document, &deadline_count);
    for (size_t i = 0; i < deadline_count; i++) {
        check_item(check, &deadlines[i].text, "deadline", i);
        if (deadlines[i].kind == NULL)
            broken(check, "no kind", "deadline", i, NULL);
        if (deadlines[i].clause != CCHC_NONE && deadlines[i].clause >= count)
            broken(check, "no such clause", "deadline", i, NULL);
    }
}

static void check_signer(struct check *check, const cchc_signer *signer, const char *where,
                         size_t index)
{
    check_text(check, &signer->competence, where, index, false);
    check_text(check, &signer->position, where, index, false);
    check_text(check, &signer->full_name, where, index, false);
}

static void check_fields(struct check *check)
{
    const cchc_document *d = check->document;
    size_t n;
    check_text(check, &cchc_document_type(d)->text, "type", 0, false);
    const cchc_agency *agency = cchc_document_agency(d);
    if (agency != NULL) {
        check_text(check, &agency->parent, "agency parent", 0, false);
        check_text(check, &agency->name, "agency", 0, false);
    }
    const cchc_code *code = cchc_document_code(d);
    if (code != NULL)
        check_text(check, &code->text, "code", 0, true);
    const cchc_promulgation *promulgation = cchc_document_promulgation(d);
    if (promulgation != NULL) {
        check_text(check, &promulgation->place, "place", 0, false);
        check_text(check, &promulgation->date, "date", 0, false);
    }
    for (int field = CCHC_SUBJECT; field <= CCHC_CIRCULATION; field++) {
        const cchc_text *text = cchc_document_text(d, (cchc_field)field);
        if (text != NULL)
            check_text(check, text, "text field", (size_t)field, false);
    }
    const cchc_text *texts = cchc_document_addressees(d, &n);
    for (size_t i = 0; i < n; i++)
        check_item(check, &texts[i], "addressee", i);
    texts = cchc_document_annexes(d, &n);
    for (size_t i = 0; i < n; i++)
        check_item(check, &texts[i], "annex", i);
    const cchc_reference *references_found = cchc_document_references(d, &n);
    for (size_t i = 0; i < n; i++)
        check_item(check, &references_found[i].text, "reference", i);
    const cchc_recipient *recipients = cchc_document_recipients(d, &n);
    for (size_t i = 0; i < n; i++)
        check_item(check, &recipients[i].text, "recipient", i);
    const cchc_archive *archive = cchc_document_archive(d);
    if (archive != NULL)
        check_text(check, &archive->text, "archive", 0, false);
    if (cchc_document_signer(d) != NULL)
        check_signer(check, cchc_document_signer(d), "signer", 0);
    const cchc_signer *cosigners = cchc_document_cosigners(d, &n);
    for (size_t i = 0; i < n; i++)
        check_signer(check, &cosigners[i], "cosigner", i);
    const cchc_incoming *incoming = cchc_document_incoming(d);
    if (incoming != NULL)
        check_spans(check, incoming->spans, incoming->span_count, "incoming", 0);
    const cchc_e_signature *signatures = cchc_document_e_signatures(d, &n);
    for (size_t i = 0; i < n; i++)
        check_spans(check, signatures[i].spans, signatures[i].span_count, "e-signature", i);
    const cchc_diagnostic *diagnostics = cchc_document_diagnostics(d, &n);
    for (size_t i = 0; i < n; i++) {
        check_spans(check, diagnostics[i].spans, diagnostics[i].span_count, "diagnostic", i);
        const cchc_diagnostic_kind *kind;
        size_t row = 0;
        while ((kind = cchc_diagnostic_kind_at(row)) != NULL &&
               strcmp(kind->code, diagnostics[i].code) != 0)
            row++;
        if (kind == NULL)
            broken(check, "code is not in the table", "diagnostic", i, diagnostics[i].code);
    }
}

/* ------------------------------------------------------------------------------------- JSON -- */

bool written_same(const struct written *a, const struct written *b)
{
    return a->length == b->length && (a->length == 0 || memcmp(a->bytes, b->bytes, a->length) == 0);
}

static void write_json(struct check *check, struct written *written)
{
    written->length = 0;
    if (cchc_write_json(check->document, check->path, strlen(check->path), written_keep, written) !=
        CCHC_OK)
        broken(check, "the record could not be written", "call", 0, NULL);
}

static void check_json(struct check *check, const struct written *written)
{
    struct units units = {NULL, 0, 0};
    if (written->length == 0 || memchr(written->bytes, '\n', written->length) != NULL)
        broken(check, "not one line of JSON", "call", 0, NULL);
    else if (!from_utf8(written->bytes, written->length, &units))
        broken(check, "JSON is no UTF-8", "call", 0, NULL);
    free(units.data);
#ifdef HAVE_JANSSON
    json_error_t error;
    json_t *record = json_loadb(written->bytes, written->length,
                                JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (record == NULL)
        broken(check, "no JSON", "byte", (size_t)error.position, error.text);
    json_decref(record);
#endif
}

/* --------------------------------------------------------------------------------- findings -- */

static bool is_rule(const cchc_lint_rule *rule)
{
    const cchc_lint_rule *row;
    for (size_t i = 0; (row = cchc_lint_rule_at(i)) != NULL; i++)
        if (row == rule)
            return true;
    return false;
}

static bool is_words(const char *words)
{
    struct units units = {NULL, 0, 0};
    bool right = words[0] != '\0' && from_utf8(words, strlen(words), &units);
    free(units.data);
    return right;
}

/* Lines are counted anew where nothing but a line feed can end one, and no reference be one. */
static void check_line(struct check *check, const cchc_finding *finding, size_t i)
{
    const char *encoding = cchc_document_source(check->document)->encoding;
    size_t line = 1;
    if (encoding == NULL || strcmp(encoding, "UTF-8") != 0)
        return;
    for (size_t at = check->range.begin; at < finding->region.span.begin; at++) {
        if (strchr("\r\v\f&\xC2\xE2", check->bytes[at]) != NULL)
            return;
        line += check->bytes[at] == '\n';
    }
    if (finding->region.line != line)
        broken(check, "on another line", "finding", i, finding->code);
}

static void check_finding(struct check *check, const cchc_finding *list, size_t i)
{
    const cchc_finding *finding = &list[i];
    const cchc_region *region = &finding->region;
    const cchc_span *span = &region->span;
    if (!is_rule(finding->rule) || finding->severity > finding->rule->severity ||
        !is_words(finding->code))
        broken(check, "no rule judges so", "finding", i, NULL);
    if (span->begin > span->end || span->begin < check->range.begin || span->end > check->range.end)
        broken(check, "out of the range", "finding", i, finding->code);
    else
        check_line(check, finding, i);
    if (i > 0 && list[i - 1].region.span.begin > span->begin)
        broken(check, "not in order", "finding", i, finding->code);
    if (region->line < 1 || region->column < 1 || region->end_line < region->line ||
        (region->end_line == region->line && region->end_column < region->column))
        broken(check, "no place of a text", "finding", i, finding->code);
    if ((finding->found == NULL) != (span->begin == span->end) ||
        (finding->found != NULL && !is_words(finding->found)) ||
        (finding->wanted != NULL && !is_words(finding->wanted)) || !is_words(finding->vietnamese) ||
        !is_words(finding->english))
        broken(check, "its words are none", "finding", i, finding->code);
    size_t same = 0;
    for (size_t k = 0; k < i; k++)
        same += strcmp(list[k].code, finding->code) == 0;
    if (same >= 16)
        broken(check, "told more than 16 times", "finding", i, finding->code);
}

static void keep_words(struct written *written, const char *words)
{
    const char *kept = words != NULL ? words : "";
    (void)written_keep(kept, strlen(kept) + 1, written);
}

/* All that is told of a letter, so that two judgements can be compared. */
static void keep_findings(struct written *written, const cchc_findings *findings)
{
    size_t count = 0;
    const cchc_finding *list = cchc_findings_list(findings, &count);
    written->length = 0;
    keep_words(written, cchc_findings_form(findings));
    keep_words(written, cchc_findings_scanned(findings) ? "scanned" : "typed");
    for (size_t i = 0; i < count; i++) {
        const char *const words[] = {list[i].rule->id, list[i].code,       list[i].found,
                                     list[i].wanted,   list[i].vietnamese, list[i].english};
        for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
            keep_words(written, words[k]);
        (void)written_keep((const char *)&list[i].severity, sizeof list[i].severity, written);
        (void)written_keep((const char *)&list[i].region, sizeof list[i].region, written);
    }
}

/* Judges the record that is checked: with new findings, then with used ones. */
static void check_findings(struct promises *promises, struct check *check, size_t length)
{
    cchc_findings *findings = NULL;
    size_t count = 0;
    cchc_status status =
        cchc_lint(promises->parser, check->document, check->bytes, length, &findings);
    if (status != CCHC_OK || cchc_lint(promises->parser, check->document, check->bytes, length,
                                       &promises->used_findings) != CCHC_OK) {
        broken(check, "not judged", "status", (size_t)status, cchc_status_message(status));
        cchc_findings_free(findings);
        return;
    }
    const cchc_finding *list = cchc_findings_list(findings, &count);
    for (size_t i = 0; i < count; i++)
        check_finding(check, list, i);
    if (count > 0 && cchc_findings_form(findings) == NULL)
        broken(check, "judged by no rules", "findings", count, NULL);
    keep_findings(&promises->judged, findings);
    keep_findings(&promises->judged_again, promises->used_findings);
    if (!written_same(&promises->judged, &promises->judged_again))
        broken(check, "other findings the second time", "findings", count, NULL);
    cchc_findings_free(findings);
}

/* -------------------------------------------------------------------------------- documents -- */

bool promises_open(struct promises *promises, size_t bound)
{
    UErrorCode error = U_ZERO_ERROR;
    *promises = (struct promises){.bound = bound};
    cchc_allocator allocator = heap_allocator(&promises->heap);
    /* Memcheck cannot follow what PCRE2's machine code reads of a word at a time. */
    cchc_options options = CCHC_OPTIONS_INIT;
    options.allocator = &allocator;
    options.no_jit = getenv("CCHC_NO_JIT") != NULL;
    promises->nfc = unorm2_getNFCInstance(&error);
    return U_SUCCESS(error) && cchc_parser_new(&options, &promises->parser) == CCHC_OK;
}

bool promises_close(struct promises *promises)
{
    cchc_findings_free(promises->used_findings);
    cchc_document_free(promises->used);
    cchc_parser_free(promises->parser);
    free(promises->first.bytes);
    free(promises->second.bytes);
    free(promises->judged.bytes);
    free(promises->judged_again.bytes);
    if (promises->heap.live != 0)
        printf("not ok: %zu blocks were not given back\n", promises->heap.live);
    return promises->heap.live == 0;
}

/* What a parse may cost. */
static void check_work(struct promises *promises, struct check *check, size_t length)
{
    double over = (double)promises->heap.asked - 1024 * 1024,
           per_byte = over / (double)(length + 1);
    if (per_byte > promises->most_memory)
        promises->most_memory = per_byte;
    if (over > (double)promises->bound * (double)length) {
        char detail[64];
        snprintf(detail, sizeof detail, "%.1f a byte", per_byte);
        broken(check, "more memory was asked for than is promised", "bytes of input", length,
               detail);
    }
}

static enum encoding old_encoding(const char *name)
{
    static const char *const names[ENCODINGS] = {"TCVN3", "VNI", "VISCII", "windows-1258"};
    int i = 0;
    while (i < ENCODINGS && (name == NULL || strcmp(name, names[i]) != 0))
        i++;
    return (enum encoding)i;
}

static void check_record(struct check *check, size_t length)
{
    const cchc_source *source = cchc_document_source(check->document);
    UErrorCode error = U_ZERO_ERROR;
    check->range = source->range;
    if (source->bytes != length || source->range.end > length ||
        source->range.begin > source->range.end) {
        broken(check, "the source is not this file", "bytes", source->bytes, NULL);
        return;
    }
    if (source->encoding != NULL && strncmp(source->encoding, "UTF-", 4) == 0 &&
        strchr(source->encoding, '/') == NULL && source->encoding_count == 0)
        check->converter = ucnv_open(source->encoding, &error);
    check->old = source->encoding_count == 0 ? old_encoding(source->encoding) : ENCODINGS;
    check_tiling(check);
    check_fields(check);
    check_clauses(check);
    if (check->converter != NULL)
        ucnv_close(check->converter);
    check->converter = NULL;
}

void promises_check_record(struct promises *promises, const char *name, const unsigned char *bytes,
                           size_t length, const cchc_document *document)
{
    struct check check = {.path = name, .bytes = bytes, .nfc = promises->nfc, .document = document};
    promises->documents++;
    check_record(&check, length);
    write_json(&check, &promises->first);
    check_json(&check, &promises->first);
    promises->broken += check.broken > 0;
}

void promises_check_part(struct promises *promises, const char *name, const unsigned char *bytes,
                         size_t length, const cchc_part *part)
{
    cchc_document *document = NULL;
    struct check check = {.path = name, .bytes = bytes, .nfc = promises->nfc};
    promises->documents++;
    promises->heap.asked = 0;
    cchc_status status = cchc_parse_part(promises->parser, bytes, length, part, &document);
    if (status != CCHC_OK) {
        broken(&check, "no record", "status", (size_t)status, cchc_status_message(status));
    } else {
        check_work(promises, &check, part->range.end - part->range.begin);
        check.document = document;
        check_record(&check, length);
        const cchc_source *source = cchc_document_source(document);
        if (source->range.begin != part->range.begin || source->range.end != part->range.end ||
            source->part != part->number)
            broken(&check, "the record is of another part", "part", source->part, NULL);
        write_json(&check, &promises->first);
        check_json(&check, &promises->first);
        check_findings(promises, &check, length);
        if (cchc_parse_part(promises->parser, bytes, length, part, &promises->used) == CCHC_OK) {
            check.document = promises->used;
            write_json(&check, &promises->second);
            if (!written_same(&promises->first, &promises->second))
                broken(&check, "another record the second time", "call", 0, NULL);
        }
    }
    promises->broken += check.broken > 0;
    cchc_document_free(document);
}

void promises_check(struct promises *promises, const char *name, const unsigned char *bytes,
                    size_t length)
{
    const cchc_part whole = {0, {0, length}};
    promises_check_part(promises, name, bytes, length, &whole);
}
