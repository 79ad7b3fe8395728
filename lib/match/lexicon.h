/* SPDX-License-Identifier: MIT */
/* Words as data. Each topic is a plain table (lib/lexicon/TOPIC.txt), one entry a line:
 *
 *      canonical | variant | variant        or        name = form | form
 *
 * in Vietnamese; '#' starts a comment. The build folds every form to keys (lower-case ASCII, see
 * text/text.h) and embeds the tables sorted, longest first among those with one first letter.
 */
#ifndef CCHCI_LEXICON_H
#define CCHCI_LEXICON_H

#include <stdbool.h>
#include <stdint.h>

#include "text/flow.h"

enum cchci_topic {
#define TOPIC(id, file) CCHCI_TOPIC_##id,
#include "topics.def"
#undef TOPIC
    CCHCI_TOPIC_COUNT
};

struct cchci_entry {
    const char *canonical; /* the first form, or the name before "=" */
    const char *form;      /* this form, Vietnamese UTF-8 */
    const char *key;       /* this form folded */
    const unsigned char *marks; /* what folding left out, a byte a key: enum cchci_mark */
    unsigned short length; /* of key */
    unsigned short row;    /* number of the line in its table, from 0 */
};

struct cchci_topic_table {
    const struct cchci_entry *entries;
    unsigned count;
    /* First entry with each first key byte, and one past the last: entries of 'c' are
     * [first[c], first[c + 1]). */
    const unsigned short *first;
};

/* The embedded tables (generated). */
extern const struct cchci_topic_table cchci_topics[CCHCI_TOPIC_COUNT];

/* The longest entry of a topic whose words stand at a place, ending at a word's end; NULL: none. */
const struct cchci_entry *cchci_lexicon_at(enum cchci_topic topic, const unsigned char *key,
                                           uint32_t length, uint32_t at);

/* The longest entry at a place whose marks do not gainsay the text's: where both have a tone or a
 * quality on a letter, it is the same one ("báo" is not "bảo"). A lost mark is no contradiction. */
const struct cchci_entry *cchci_lexicon_like(enum cchci_topic topic, const struct cchci_flow *flow,
                                             uint32_t end, uint32_t at);

/* The longest entry that stands at a place with just its own diacritics, in whatever letter case, up
 * to a word's end: "để" is not "đề". */
const struct cchci_entry *cchci_lexicon_spelled(enum cchci_topic topic,
                                                const struct cchci_flow *flow, uint32_t at);

/* The entry whose letters fill [begin, end) with blanks between all of them ("K Ế  H O Ạ C H"; runs
 * of blanks are one in a flow); NULL: none. */
const struct cchci_entry *cchci_lexicon_spaced(enum cchci_topic topic,
                                               const struct cchci_flow *flow, uint32_t begin,
                                               uint32_t end);

/* The longest entry whose words end at a place and start at a word's start; NULL: none. */
const struct cchci_entry *cchci_lexicon_before(enum cchci_topic topic, const unsigned char *key,
                                               uint32_t end);

#endif
