/* SPDX-License-Identifier: MIT */
#include "entities.h"

#include <string.h>

/* The named references that office programs and web sites write in Vietnamese pages; Vietnamese
 * letters beyond Latin-1 have no names and come as numbers. */
static const struct {
    const char *name;
    uint32_t code;
} names[] = {
    {"ge", 0x2265}, {"le", 0x2264}, {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xA0},
    {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019},
    {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"hellip", 0x2026}, {"bull", 0x2022},
    {"middot", 0xB7}, {"shy", 0xAD}, {"times", 0xD7}, {"deg", 0xB0}, {"frasl", 0x2044},
    {"ensp", 0x2002}, {"emsp", 0x2003}, {"thinsp", 0x2009}, {"laquo", 0xAB}, {"raquo", 0xBB},
    {"Agrave", 0xC0}, {"Aacute", 0xC1}, {"Acirc", 0xC2}, {"Atilde", 0xC3}, {"Egrave", 0xC8},
    {"Eacute", 0xC9}, {"Ecirc", 0xCA}, {"Igrave", 0xCC}, {"Iacute", 0xCD}, {"Ograve", 0xD2},
    {"Oacute", 0xD3}, {"Ocirc", 0xD4}, {"Otilde", 0xD5}, {"Ugrave", 0xD9}, {"Uacute", 0xDA},
    {"Yacute", 0xDD}, {"ETH", 0xD0}, {"agrave", 0xE0}, {"aacute", 0xE1}, {"acirc", 0xE2},
    {"atilde", 0xE3}, {"egrave", 0xE8}, {"eacute", 0xE9}, {"ecirc", 0xEA}, {"igrave", 0xEC},
    {"iacute", 0xED}, {"ograve", 0xF2}, {"oacute", 0xF3}, {"ocirc", 0xF4}, {"otilde", 0xF5},
    {"ugrave", 0xF9}, {"uacute", 0xFA}, {"yacute", 0xFD}, {"eth", 0xF0},
};

static int digit_value(unsigned char c, unsigned base)
{
    int value = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : 99;
    return value < (int)base ? value : -1;
}

static size_t numeric(const unsigned char *bytes, size_t length, uint32_t *code)
{
    unsigned base = 10;
    size_t i = 2;
    if (i < length && (bytes[i] | 32) == 'x')
        base = 16, i++;
    size_t first = i;
    uint32_t value = 0;
    for (; i < length && i - first < 7 && digit_value(bytes[i], base) >= 0; i++)
        value = value * base + (uint32_t)digit_value(bytes[i], base);
    if (i == first || i >= length || bytes[i] != ';')
        return 0;
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    if (code != NULL)
        *code = value;
    return i + 1;
}

size_t cchci_entity(const unsigned char *bytes, size_t length, uint32_t *code)
{
    if (length < 3)
        return 0;
    if (bytes[1] == '#')
        return numeric(bytes, length, code);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t n = strlen(names[i].name);
        if (length > n + 1 && memcmp(bytes + 1, names[i].name, n) == 0 && bytes[n + 1] == ';') {
            if (code != NULL)
                *code = names[i].code;
            return n + 2;
        }
    }
    return 0;
}
