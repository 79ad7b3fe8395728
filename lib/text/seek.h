/* SPDX-License-Identifier: MIT */
/* Looks for a sign in stretches of a text that are asked for from its beginning to its end. A sign that
 * is rare costs one look over the text, not a call for each line. */
#ifndef CCHCI_SEEK_H
#define CCHCI_SEEK_H

#include <string.h>

#include "text.h"

struct cchci_seeker {
    const unsigned char *key;
    uint32_t count;
    uint32_t next; /* where the sign stands next; count: nowhere */
    unsigned char sign;
};

static inline void cchci_seek_from(struct cchci_seeker *seeker, uint32_t begin)
{
    const unsigned char *found =
        begin < seeker->count ? memchr(seeker->key + begin, seeker->sign, seeker->count - begin)
                              : NULL;
    seeker->next = found != NULL ? (uint32_t)(found - seeker->key) : seeker->count;
}

static inline struct cchci_seeker cchci_seeker(const struct cchci_text *text, unsigned char sign)
{
    struct cchci_seeker seeker = {text->key, text->count, 0, sign};
    cchci_seek_from(&seeker, 0);
    return seeker;
}

/* Whether the sign stands in [begin, end); begin never falls from one call to the next. */
static inline bool cchci_seek(struct cchci_seeker *seeker, uint32_t begin, uint32_t end)
{
    if (seeker->next < begin)
        cchci_seek_from(seeker, begin);
    return seeker->next < end;
}

#endif
