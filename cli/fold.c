/* SPDX-License-Identifier: MIT */
/* Each function is the one of the same purpose in eval/score.py, step by step: what the two call
 * equal must be the same. Texts are held as UTF-16, ICU's own form; every character that a step
 * looks for has one unit. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "fold.h"

/* ---------------------------------------------------------------------------------- memory -- */

struct pool_block {
    struct pool_block *next;
    max_align_t first; /* what follows is the request's */
};

void *pool_take(struct pool *pool, size_t size)
{
    size_t header = offsetof(struct pool_block, first);
    struct pool_block *block = NULL;
    if (size < SIZE_MAX / 2)
        block = malloc(header + size + sizeof block->first);
    if (block == NULL) {
        pool->failed = true;
        return NULL;
    }
    block->next = pool->blocks;
    pool->blocks = block;
    return &block->first;
}

void pool_free(struct pool *pool)
{
    while (pool->blocks != NULL) {
        struct pool_block *block = pool->blocks;
        pool->blocks = block->next;
        free(block);
    }
    pool->failed = false;
}

/* ------------------------------------------------------------------------------------ keys -- */

static const struct key empty_key = {"", 0};

bool key_equal(struct key a, struct key b)
{
    return a.length == b.length && memcmp(a.data, b.data, a.length) == 0;
}

bool key_begins(struct key whole, struct key beginning)
{
    return whole.length >= beginning.length &&
           memcmp(whole.data, beginning.data, beginning.length) == 0;
}

bool key_holds(struct key whole, struct key part)
{
    for (; whole.length >= part.length; whole.data++, whole.length--) {
        if (key_begins(whole, part))
            return true;
        if (whole.length == 0)
            break;
    }
    return false;
}

/* -------------------------------------------------------------------------- UTF-16 and ICU -- */

struct units {
    UChar *data; /* never NULL */
    int32_t length;
};

static UChar no_units[1];

/* Room for what a step makes of @p length units: case folding gives three for one at most, and
 * decomposition four. */
static UChar *room_for(int32_t length, int32_t *capacity, struct pool *pool)
{
    if (length > INT32_MAX / 4 - 16) {
        pool->failed = true;
        return NULL;
    }
    *capacity = length * 4 + 16;
    return pool_take(pool, (size_t)*capacity * sizeof(UChar));
}

static struct units settled(UChar *data, int32_t length, UErrorCode error, struct pool *pool)
{
    if (data == NULL || U_FAILURE(error)) {
        pool->failed = true;
        return (struct units){no_units, 0};
    }
    return (struct units){data, length};
}

static struct units units_of(const char *text, size_t length, struct pool *pool)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t capacity = 0, made = 0;
    UChar *data = NULL;
    if (length < INT32_MAX / 4 - 16)
        data = room_for((int32_t)length, &capacity, pool);
    if (data != NULL)
        (void)u_strFromUTF8WithSub(data, capacity, &made, text, (int32_t)length, 0xFFFD, NULL,
                                   &error);
    return settled(data, made, error, pool);
}

static struct units case_folded(struct units from, struct pool *pool)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t capacity = 0, made = 0;
    UChar *data = room_for(from.length, &capacity, pool);
    if (data != NULL)
        made = u_strFoldCase(data, capacity, from.data, from.length, U_FOLD_CASE_DEFAULT, &error);
    return settled(data, made, error, pool);
}

static struct units normalised(struct units from, bool composed, struct pool *pool)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t capacity = 0, made = 0;
    UChar *data = room_for(from.length, &capacity, pool);
    const UNormalizer2 *form =
        composed ? unorm2_getNFCInstance(&error) : unorm2_getNFDInstance(&error);
    if (data != NULL)
        made = unorm2_normalize(form, from.data, from.length, data, capacity, &error);
    return settled(data, made, error, pool);
}

static struct key key_of(struct units units)
{
    return (struct key){(const char *)units.data, (size_t)units.length * sizeof(UChar)};
}

/* ------------------------------------------------------------------------------------ fold -- */

struct key fold_letters(const char *text, size_t length, struct pool *pool)
{
    struct units units = normalised(case_folded(units_of(text, length, pool), pool), false, pool);
    char *letters = pool_take(pool, (size_t)units.length + 1);
    if (letters == NULL)
        return empty_key;
    size_t count = 0;
    for (int32_t i = 0; i < units.length; i++) {
        UChar unit = units.data[i];
        if (unit == 0x111 || unit == 0xF0 || unit == 0x256) /* đ ð ɖ */
            unit = 'd';
        else if (unit == 0x1A3) /* ƣ */
            unit = 'u';
        if ((unit >= '0' && unit <= '9') || (unit >= 'a' && unit <= 'z'))
            letters[count++] = (char)unit;
    }
    return (struct key){letters, count};
}

/* ---------------------------------------------------------------------------------- strict -- */

/* White space as Python's \s has it. */
static bool is_space(UChar unit)
{
    return (unit >= 0x09 && unit <= 0x0D) || (unit >= 0x1C && unit <= 0x20) || unit == 0x85 ||
           unit == 0xA0 || unit == 0x1680 || (unit >= 0x2000 && unit <= 0x200A) || unit == 0x2028 ||
           unit == 0x2029 || unit == 0x202F || unit == 0x205F || unit == 0x3000;
}

static UChar plain(UChar unit)
{
    switch (unit) {
    case 0x2044: case 0x2215: return '/';
    case 0xD0: case 0x189: return 0x110; /* Đ */
    case 0xF0: case 0x256: return 0x111; /* đ */
    default: return (unit >= 0x2010 && unit <= 0x2015) || unit == 0x2212 ? '-' : unit;
    }
}

static bool is_one_of(UChar unit, const char *set)
{
    return unit != 0 && unit < 0x80 && strchr(set, (int)unit) != NULL;
}

static struct units stripped(struct units units, const char *left, const char *right)
{
    while (units.length > 0 && is_one_of(units.data[0], left)) {
        units.data++;
        units.length--;
    }
    while (units.length > 0 && is_one_of(units.data[units.length - 1], right))
        units.length--;
    return units;
}

/* One plain form of dashes, slashes and Đ; each run of white space as one space. In place. */
static struct units plain_and_spaced(struct units units)
{
    int32_t count = 0;
    for (int32_t i = 0; i < units.length; i++) {
        UChar unit = plain(units.data[i]);
        if (!is_space(unit))
            units.data[count++] = unit;
        else if (i == 0 || !is_space(plain(units.data[i - 1])) || count == 0)
            units.data[count++] = ' ';
    }
    units.length = count;
    return units;
}

/* No space around '-' and '/', and no two dashes together. In place. */
static struct units joined(struct units units)
{
    int32_t count = 0;
    for (int32_t i = 0; i < units.length; i++) {
        UChar unit = units.data[i];
        UChar before = count > 0 ? units.data[count - 1] : 0;
        if (unit == ' ' && (before == '-' || before == '/'))
            continue;
        if ((unit == '-' || unit == '/') && before == ' ')
            before = --count > 0 ? units.data[count - 1] : 0;
        if (unit == '-' && before == '-')
            continue;
        units.data[count++] = unit;
    }
    units.length = count;
    return units;
}

static struct units strict(const char *text, size_t length, struct pool *pool)
{
    static const char closing[] = " .;,:/*_";
    struct units units = normalised(units_of(text, length, pool), true, pool);
    return joined(stripped(plain_and_spaced(units), closing, closing));
}

static struct units without_spaces(struct units units)
{
    int32_t count = 0;
    for (int32_t i = 0; i < units.length; i++)
        if (units.data[i] != ' ')
            units.data[count++] = units.data[i];
    units.length = count;
    return units;
}

struct key fold_strict(const char *text, size_t length, struct pool *pool)
{
    return key_of(strict(text, length, pool));
}

struct key fold_number(const char *text, size_t length, struct pool *pool)
{
    return key_of(stripped(strict(text, length, pool), "0", ""));
}

struct key fold_notation(const char *text, size_t length, struct pool *pool)
{
    return key_of(without_spaces(strict(text, length, pool)));
}

struct key fold_code(const char *text, size_t length, struct pool *pool)
{
    return key_of(case_folded(without_spaces(strict(text, length, pool)), pool));
}

struct key fold_label(const char *text, size_t length, struct pool *pool)
{
    static const UChar bullets[] = {'-',    0x2013, 0x2014, '~',    0x2022, '*',    '+',   0xB7,
                                    'o',    0xA7,   0x25AA, 0x25CF, 0x25E6, 0x2023, 0xF0B7};
    static UChar dash[] = {'-'};
    struct units units = stripped(strict(text, length, pool), "*_ ", "*_ ");
    units = stripped(stripped(units, "(", ".):/"), " ", " ");
    units = case_folded(units, pool);
    bool bullet = units.length == 0;
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
        bullet = bullet || (units.length == 1 && units.data[0] == bullets[i]);
    return key_of(bullet ? (struct units){dash, 1} : units);
}

/* ---------------------------------------------------------------------------- edit distance -- */

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

bool within(struct key a, struct key b, size_t limit, struct pool *pool)
{
    if ((a.length > b.length ? a.length - b.length : b.length - a.length) > limit)
        return false;
    size_t *rows = calloc(b.length + 2, 2 * sizeof *rows);
    if (rows == NULL) {
        pool->failed = true;
        return false;
    }
    size_t *row = rows, *below = rows + b.length + 2;
    size_t far = limit + 1;
    bool near = true;
    for (size_t j = 0; j <= b.length; j++)
        row[j] = j <= limit ? j : far;
    /* Only a band of the width of the limit can hold a distance within it. */
    for (size_t i = 1; i <= a.length && near; i++) {
        size_t low = i > limit ? i - limit : 1;
        size_t high = i + limit < b.length ? i + limit : b.length;
        size_t least = below[low - 1] = low == 1 && i <= limit ? i : far;
        for (size_t j = low; j <= high; j++) {
            below[j] = smallest(row[j] + 1, below[j - 1] + 1,
                                row[j - 1] + (a.data[i - 1] != b.data[j - 1]));
            least = below[j] < least ? below[j] : least;
        }
        below[high + 1] = far; /* there is room for it even at the end of the row */
        near = least <= limit;
        size_t *swap = row;
        row = below;
        below = swap;
    }
    near = near && row[b.length] <= limit;
    free(rows);
    return near;
}
