/* SPDX-License-Identifier: MIT */
#include "entities.h"

#include <stdbool.h>
#include <string.h>

#include "base/limits.h"
#include "legacy.h"

/* The names of HTML 4 for Latin-1, from 0xA0 on. Pages in old Vietnamese fonts are full of them,
 * since an editor that knew no Vietnamese wrote &micro; for the à of TCVN3. */
static const char latin_1[][8] = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
    "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
    "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
    "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};

/* Of the others those that office programs and web sites write in Vietnamese pages; Vietnamese
 * letters beyond Latin-1 have no names and come as numbers. */
static const struct {
    char name[8];
    uint16_t code;
} names[] = {
    {"amp", '&'},       {"lt", '<'},        {"gt", '>'},       {"quot", '"'},     {"apos", '\''},
    {"ge", 0x2265},     {"le", 0x2264},     {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018},
    {"rsquo", 0x2019},  {"sbquo", 0x201A},  {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"bdquo", 0x201E},
    {"bull", 0x2022},   {"hellip", 0x2026}, {"frasl", 0x2044}, {"ensp", 0x2002},  {"emsp", 0x2003},
    {"thinsp", 0x2009}, {"euro", 0x20AC},   {"trade", 0x2122}, {"minus", 0x2212},
};

static int digit_value(unsigned char c, unsigned base)
{
    int value = c >= '0' && c <= '9'                 ? c - '0'
                : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                     : 99;
    return value < (int)base ? value : -1;
}

/* What windows-1252 has at 0x80 to 0x9F stands for the control codes there, as the standard says:
 * office programs numbered their dashes and quotes so. */
static size_t numeric(const unsigned char *bytes, size_t length, uint32_t *code)
{
    unsigned base = 10;
    size_t i = 2;
    if (i < length && (bytes[i] | 32) == 'x')
        base = 16, i++;
    size_t first = i;
    uint32_t value = 0;
    for (; i < length && digit_value(bytes[i], base) >= 0 && value <= 0x10FFFF; i++)
        value = value * base + (uint32_t)digit_value(bytes[i], base);
    if (i == first || i >= length || bytes[i] != ';')
        return 0;
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    if (code != NULL)
        *code = value >= 0x80 && value < 0xA0 ? cchci_windows_1252[value - 0x80] : value;
    return i + 1;
}

static bool is_name(const unsigned char *bytes, size_t length, const char *name, size_t *after)
{
    size_t n = strlen(name);
    *after = n + 2;
    return length > n + 1 && bytes[n + 1] == ';' && memcmp(bytes + 1, name, n) == 0;
}

size_t cchci_entity(const unsigned char *bytes, size_t length, uint32_t *code)
{
    if (length < 3)
        return 0;
    if (length > CCHCI_ENTITY_LENGTH)
        length = CCHCI_ENTITY_LENGTH;
    if (bytes[1] == '#')
        return numeric(bytes, length, code);
    size_t after = 0;
    uint32_t found = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && found == 0; i++)
        if (is_name(bytes, length, names[i].name, &after))
            found = names[i].code;
    for (size_t i = 0; i < sizeof latin_1 / sizeof latin_1[0] && found == 0; i++)
        if (is_name(bytes, length, latin_1[i], &after))
            found = 0xA0 + (uint32_t)i;
    if (found != 0 && code != NULL)
        *code = found;
    return found != 0 ? after : 0;
}
