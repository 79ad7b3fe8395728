/* SPDX-License-Identifier: MIT */
#include "anchor.h"

#include <string.h>

#include "base/limits.h"

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

bool cchci_anchor_find(const unsigned char *key, uint32_t begin, uint32_t end,
                       enum cchci_anchor anchor, struct cchci_likeness *likeness)
{
    const char *letters = anchors[anchor].letters;
    return cchci_alike_find(key, begin, end, letters, cchci_anchor_limit(strlen(letters)),
                            likeness);
}

uint32_t cchci_loose_at(const unsigned char *key, uint32_t at, uint32_t end, const char *letters)
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

uint32_t cchci_loose_find(const unsigned char *key, uint32_t at, uint32_t end, const char *letters,
                          uint32_t *after)
{
    for (uint32_t i = at; i < end; i++) {
        if (cchci_lower(key[i]) != (unsigned char)letters[0])
            continue;
        uint32_t stop = cchci_loose_at(key, i, end, letters);
        if (stop != 0) {
            *after = stop;
            return i;
        }
    }
    return UINT32_MAX;
}

/* What it costs to read `seen` where `meant` was written. The look-alikes are those of the letters
 * that scanners take for one another: strokes, rounds, arches. */
static unsigned confusion(unsigned char seen, unsigned char meant)
{
    static const char *const alike[] = {"il1tj|", "o0qdcgaeu6", "hnbk", "uvnyw", "s5g$",
                                        "rnt",    "ce",         "ft",   "mn",    NULL};
    if (seen == meant)
        return 0;
    for (int i = 0; alike[i] != NULL; i++)
        if (strchr(alike[i], seen) != NULL && strchr(alike[i], meant) != NULL)
            return 1;
    return 2;
}

#define ALIKE_LENGTH 32 /* the longest anchor has 27 letters */

/* Sellers' search: column by column over the letters seen, the cheapest way to have written the
 * word's first i letters ending here, from a start that costs nothing anywhere. */
bool cchci_alike_find(const unsigned char *key, uint32_t begin, uint32_t end, const char *letters,
                      unsigned limit, struct cchci_likeness *likeness)
{
    struct state {
        unsigned cost;
        uint32_t start;
    } column[ALIKE_LENGTH];
    size_t length = strlen(letters);
    struct cchci_likeness best = {0, 0, limit + 1};
    if (length >= ALIKE_LENGTH)
        return false;
    for (size_t i = 0; i <= length; i++)
        column[i] = (struct state){(unsigned)(2 * i), begin};
    for (uint32_t p = begin; p < end; p++) {
        unsigned char seen = cchci_lower(key[p]);
        if (seen == ' ' || (seen < 0x80 && !cchci_is_word(seen) && seen != '|'))
            continue;
        struct state diagonal = {0, p};
        column[0] = (struct state){0, p};
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
        if (column[length].cost < best.cost ||
            (column[length].cost == best.cost && column[length].start == best.begin))
            best = (struct cchci_likeness){column[length].start, p + 1, column[length].cost};
    }
    if (best.cost > limit)
        return false;
    *likeness = best;
    return true;
}
