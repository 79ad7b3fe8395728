/* SPDX-License-Identifier: MIT */
/* Words as data. Each topic is a plain table (lib/lexicon/TOPIC.txt), one entry a line:
 *
 *      canonical | variant | variant        or        name = form | form
 *
 * in Vietnamese; '#' starts a comment. The build folds every form to keys (lower-case ASCII, see
 * text/text.h) and embeds the tables sorted, longest first among those with one first letter.
 *
 * Nearly all places that are asked about have none of a topic's words. So the build also says, for
 * each three keys, which entries may begin there (or with a look-alike of the second or third, where
 * one is allowed) and which fourth keys these have: three looks into tables, and most questions are
 * answered; of the rest each has two or three entries to be compared with.
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
    const char *key;       /* this form folded, NULs behind it up to a multiple of eight */
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

/* An entry that may stand somewhere. */
struct cchci_candidate {
    /* Its first eight keys, see text/eight.h, NULs behind the last; its last eight, NULs before the
     * first, where it was found by its end. */
    uint64_t eight;
    unsigned short entry; /* its number in the topic's table */
    unsigned short spare; /* bits of the NULs */
};
/* Those that three of the keys there lead to, or the two last, longest first. */
struct cchci_candidates {
    uint32_t next; /* a bit for each kind of key that may be the next one, or the one before */
    unsigned short first, count; /* in cchci_candidate_entries */
};
extern const struct cchci_candidates cchci_candidates[]; /* the first is none */
extern const struct cchci_candidate cchci_candidate_entries[];
/* Numbers of candidates by the kind of the next key; the first row has none. */
extern const unsigned short cchci_candidate_rows[][32];
/* Numbers of rows, by the kinds of the first two keys; by the kind of the last one. */
extern const unsigned short cchci_candidates_at[CCHCI_TOPIC_COUNT][32][32];
extern const unsigned short cchci_candidates_before[CCHCI_TOPIC_COUNT][32];

/* Five bits are the same for a letter in either case. That some signs share them does no harm: what
 * is found is compared. */
static inline unsigned cchci_candidate_kind(unsigned char key)
{
    return key & 31u;
}

/* Those of a row that the next two keys lead to; NULL: none. */
static inline const struct cchci_candidates *
cchci_candidates_of(unsigned row, unsigned char next, unsigned char then)
{
    const struct cchci_candidates *candidates =
        &cchci_candidates[cchci_candidate_rows[row][cchci_candidate_kind(next)]];
    return (candidates->next >> cchci_candidate_kind(then) & 1) != 0 ? candidates : NULL;
}

/* The entries of a topic that may stand at a key, behind which three more may be read; NULL: none. */
static inline const struct cchci_candidates *cchci_lexicon_candidates(enum cchci_topic topic,
                                                                      const unsigned char *key)
{
    unsigned row = cchci_candidates_at[topic][cchci_candidate_kind(key[0])]
                                      [cchci_candidate_kind(key[1])];
    return cchci_candidates_of(row, key[2], key[3]);
}

/* The one among the candidates that each of the next three gives. */
const struct cchci_entry *cchci_lexicon_at_of(enum cchci_topic topic,
                                              const struct cchci_candidates *candidates,
                                              const unsigned char *key, uint32_t length,
                                              uint32_t at);
const struct cchci_entry *cchci_lexicon_like_of(enum cchci_topic topic,
                                                const struct cchci_candidates *candidates,
                                                const struct cchci_flow *flow, uint32_t end,
                                                uint32_t at);
const struct cchci_entry *cchci_lexicon_spelled_of(enum cchci_topic topic,
                                                   const struct cchci_candidates *candidates,
                                                   const struct cchci_flow *flow, uint32_t at);

/* The longest entry of a topic whose words stand at a place, ending at a word's end; NULL: none.
 * CCHCI_KEY_SLACK keys may be read behind the last. */
static inline const struct cchci_entry *cchci_lexicon_at(enum cchci_topic topic,
                                                         const unsigned char *key, uint32_t length,
                                                         uint32_t at)
{
    const struct cchci_candidates *candidates =
        at < length ? cchci_lexicon_candidates(topic, key + at) : NULL;
    return candidates != NULL ? cchci_lexicon_at_of(topic, candidates, key, length, at) : NULL;
}

/* The longest entry at a place whose marks do not gainsay the text's: where both have a tone or a
 * quality on a letter, it is the same one ("báo" is not "bảo"). A lost mark is no contradiction. */
static inline const struct cchci_entry *cchci_lexicon_like(enum cchci_topic topic,
                                                           const struct cchci_flow *flow,
                                                           uint32_t end, uint32_t at)
{
    const struct cchci_candidates *candidates =
        at < end ? cchci_lexicon_candidates(topic, flow->key + at) : NULL;
    return candidates != NULL ? cchci_lexicon_like_of(topic, candidates, flow, end, at) : NULL;
}

/* The longest entry that stands at a place with just its own diacritics, in whatever letter case, up
 * to a word's end: "để" is not "đề". */
static inline const struct cchci_entry *cchci_lexicon_spelled(enum cchci_topic topic,
                                                              const struct cchci_flow *flow,
                                                              uint32_t at)
{
    const struct cchci_candidates *candidates =
        at < flow->length ? cchci_lexicon_candidates(topic, flow->key + at) : NULL;
    return candidates != NULL ? cchci_lexicon_spelled_of(topic, candidates, flow, at) : NULL;
}

/* The entry whose letters fill [begin, end) with blanks between all of them ("K Ế  H O Ạ C H"; runs
 * of blanks are one in a flow); NULL: none. */
const struct cchci_entry *cchci_lexicon_spaced(enum cchci_topic topic,
                                               const struct cchci_flow *flow, uint32_t begin,
                                               uint32_t end);

/* The longest entry whose words end at a place and start at a word's start; NULL: none. */
const struct cchci_entry *cchci_lexicon_before(enum cchci_topic topic, const unsigned char *key,
                                               uint32_t end);

#endif
