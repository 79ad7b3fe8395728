/* SPDX-License-Identifier: MIT */
#include "anchor.h"

#include <string.h>

#include "base/limits.h"
#include "text/eight.h"

static const struct {
    const char *letters, *name;
} anchors[] = {
#define ANCHOR(id, letters, name) {letters, name},
#include "anchors.def"
#undef ANCHOR
};

const char *cchci_anchor_name(enum cchci_anchor anchor)
{
    return anchors[anchor].name;
}

unsigned cchci_anchor_limit(size_t length)
{
    unsigned limit = (unsigned)(2 * length * CCHCI_ANCHOR_COST_PERCENT / 100);
    return limit > CCHCI_ANCHOR_COST_LEAST ? limit : CCHCI_ANCHOR_COST_LEAST;
}

uint32_t cchci_loose_from(const unsigned char *key, uint32_t at, uint32_t end, const char *letters)
{
    uint32_t i = at;
    for (; *letters != '\0'; letters++) {
        while (i < end && !cchci_is_word(key[i]))
            i++;
        if (i >= end || cchci_lower(key[i]) != (unsigned char)*letters)
            return 0;
        i++;
    }
    return i;
}

/* The first place in [at, end) of a small letter or its capital; end: none. */
static uint32_t next_letter(const unsigned char *key, uint32_t at, uint32_t end, char letter)
{
    while (at < end) {
        uint64_t small = cchci_eight(key + at) | CCHCI_EIGHT(0x20);
        uint64_t found = cchci_eight_within(small, (unsigned char)letter, (unsigned char)letter);
        uint32_t step = found != 0 ? cchci_eight_first(found) : 8;
        if (end - at <= step)
            return end;
        at += step;
        if (found != 0)
            return at;
    }
    return end;
}

uint32_t cchci_loose_find(const unsigned char *key, uint32_t at, uint32_t end, const char *letters,
                          uint32_t *after)
{
    for (uint32_t i = next_letter(key, at, end, letters[0]); i < end;
         i = next_letter(key, i + 1, end, letters[0])) {
        uint32_t stop = cchci_loose_at(key, i, end, letters);
        if (stop != 0) {
            *after = stop;
            return i;
        }
    }
    return CCHCI_NOWHERE;
}

/* The parts of shapes.def. */
enum {
    STROKE = 1,
    ROUND = 2,
    ARCH = 4,
    FORK = 8,
    SNAKE = 16,
    HOOK = 32,
    OPEN = 64,
    CROSS = 128,
    WAVE = 256
};

static const unsigned short shapes[256] = {
#define SHAPE(key, parts) [key] = (parts),
#include "shapes.def"
#undef SHAPE
};

bool cchci_alike(unsigned char seen, unsigned char meant)
{
    return (shapes[seen] & shapes[meant]) != 0;
}

/* What it costs to read `seen` where `meant` was written. */
static unsigned confusion(unsigned char seen, unsigned char meant)
{
    return seen == meant ? 0 : cchci_alike(seen, meant) ? 1 : 2;
}

#define ALIKE_LENGTH 32 /* the longest anchor has 27 letters */

/* The cheapest way to have written a word's first i letters up to here, and where it starts. */
struct state {
    unsigned cost;
    uint32_t start;
};

static bool is_seen(unsigned char key)
{
    return (key >= 0x80) | (key == '|') | cchci_is_word(key);
}

/* One more letter is seen; column[0] is what starting there costs. */
static void step(struct state *column, size_t length, const char *letters, unsigned char seen,
                 struct state before, struct state start)
{
    struct state diagonal = before;
    column[0] = start;
    for (size_t i = 1; i <= length; i++) {
        struct state cheapest = {diagonal.cost + confusion(seen, (unsigned char)letters[i - 1]),
                                 diagonal.start};
        if (column[i].cost + 2 <= cheapest.cost) /* a letter too many */
            cheapest = (struct state){column[i].cost + 2, column[i].start};
        if (column[i - 1].cost + 2 < cheapest.cost) /* a letter lost */
            cheapest = (struct state){column[i - 1].cost + 2, column[i - 1].start};
        diagonal = column[i];
        column[i] = cheapest;
    }
}

static bool first_column(struct state *column, const char *letters, uint32_t begin, size_t *length)
{
    *length = strlen(letters);
    for (size_t i = 0; i <= *length && i < ALIKE_LENGTH; i++)
        column[i] = (struct state){(unsigned)(2 * i), begin};
    return *length < ALIKE_LENGTH;
}

/* Sellers' search: starting costs nothing anywhere. Ukkonen's cut-off: what costs more than the
 * limit leads to nothing within it, so that a column is read up to one letter behind the last that
 * does not; in words that are not alike these are the first few. */
bool cchci_alike_find(const unsigned char *key, uint32_t begin, uint32_t end, const char *letters,
                      unsigned limit, struct cchci_likeness *likeness)
{
    struct state column[ALIKE_LENGTH];
    size_t length;
    struct cchci_likeness best = {0, 0, limit + 1};
    if (!first_column(column, letters, begin, &length))
        return false;
    if (end <= begin || 2 * (uint64_t)(end - begin) + limit < 2 * length)
        return false; /* too short: each letter lost costs two */
    const struct state beyond = {limit + 1, begin};
    size_t last = limit / 2 < length ? limit / 2 : length; /* the last one within the limit */
    for (uint32_t p = begin; p < end; p++) {
        unsigned char seen = cchci_lower(key[p]);
        if (!is_seen(seen))
            continue;
        if (last < length)
            column[++last] = beyond;
        step(column, last, letters, seen, (struct state){0, p}, (struct state){0, p});
        while (column[last].cost > limit)
            last--; /* ends at column[0], which costs nothing */
        if (last == length &&
            (column[length].cost < best.cost ||
             (column[length].cost == best.cost && column[length].start == best.begin)))
            best = (struct cchci_likeness){column[length].start, p + 1, column[length].cost};
    }
    if (best.cost > limit)
        return false;
    *likeness = best;
    return true;
}

/* Narrows [*begin, *end) to what may hold a place like the anchor, were its look-alikes no
 * damage; false: there is none. Myers' search, which has the differences of a column's neighbours
 * as bits, tells it for all of the anchor's letters at once. */
static bool may_be_like(const unsigned char *key, uint32_t *begin, uint32_t *end,
                        enum cchci_anchor anchor, unsigned length, unsigned limit)
{
    const uint32_t *letters = cchci_anchor_letters[anchor];
    uint32_t more = UINT32_MAX, less = 0; /* than the letter before in the column */
    uint32_t first = 0, last = 0;         /* places behind the ends of what may be like it */
    unsigned cost = length;
    if (*end <= *begin || 2 * (uint64_t)(*end - *begin) + limit < 2 * (uint64_t)length)
        return false; /* too short: each letter lost costs two */
    for (uint32_t p = *begin; p < *end; p++) {
        if (!is_seen(key[p]))
            continue;
        uint32_t same = letters[key[p] & 31u], diagonal = same | less;
        uint32_t level = (((same & more) + more) ^ more) | same;
        uint32_t up = less | ~(level | more), down = more & level; /* from the column before */
        cost += (up >> (length - 1) & 1) - (down >> (length - 1) & 1);
        up <<= 1;
        more = down << 1 | ~(diagonal | up);
        less = up & diagonal;
        if (2 * cost <= limit) {
            first = last == 0 ? p + 1 : first;
            last = p + 1;
        }
    }
    if (last == 0)
        return false;
    /* It begins so many letters before its end at most, or at the one before these. */
    for (unsigned seen = length + limit / 2 + 2; first > *begin && seen > 0;)
        seen -= is_seen(key[--first]);
    *begin = first;
    *end = last;
    return true;
}

bool cchci_anchor_find(const unsigned char *key, uint32_t begin, uint32_t end,
                       enum cchci_anchor anchor, struct cchci_likeness *likeness)
{
    const char *letters = anchors[anchor].letters;
    unsigned length = (unsigned)strlen(letters), limit = cchci_anchor_limit(length);
    return may_be_like(key, &begin, &end, anchor, length, limit) &&
           cchci_alike_find(key, begin, end, letters, limit, likeness);
}

bool cchci_anchor_is(const unsigned char *key, uint32_t begin, uint32_t end,
                     enum cchci_anchor anchor, struct cchci_likeness *likeness)
{
    struct state column[ALIKE_LENGTH];
    size_t length;
    unsigned seen = 0;
    if (!first_column(column, anchors[anchor].letters, begin, &length))
        return false;
    for (uint32_t p = begin; p < end; p++)
        if (is_seen(cchci_lower(key[p]))) {
            step(column, length, anchors[anchor].letters, cchci_lower(key[p]),
                 (struct state){2 * seen, begin}, (struct state){2 * seen + 2, begin});
            seen++;
        }
    *likeness = (struct cchci_likeness){begin, end, column[length].cost};
    return column[length].cost <= cchci_anchor_limit(length);
}
