/* SPDX-License-Identifier: MIT */
#include "lexicon.h"

#include <string.h>

#include "anchor.h"
#include "base/limits.h"
#include "text/eight.h"

/* Which of eight keys of the text, from the i-th on, are not the entry's: their bits that differ. */
static uint64_t differing(const unsigned char *key, const struct cchci_entry *entry, uint32_t i)
{
    uint64_t bits = cchci_eight_lower(cchci_eight(key + i)) ^
                    cchci_eight((const unsigned char *)entry->key + i);
    return entry->length < i + 8 ? bits << (64 - 8 * (entry->length - i)) : bits;
}

static bool same_from(const unsigned char *key, const struct cchci_entry *entry, uint32_t i)
{
    for (; i < entry->length; i += 8)
        if (differing(key, entry, i) != 0)
            return false;
    return true;
}

/* Whether an entry lies before the end, its last word not within a longer one. */
static bool ends_word(const unsigned char *key, uint32_t length, uint32_t at,
                      const struct cchci_entry *entry)
{
    if (entry->length > length - at)
        return false;
    uint32_t after = at + entry->length;
    return !(after < length && cchci_is_word(key[after]) &&
             cchci_is_word((unsigned char)entry->key[entry->length - 1]));
}

static const struct cchci_candidate *first_candidate(const struct cchci_candidates *candidates)
{
    return &cchci_candidate_entries[candidates->first];
}

const struct cchci_entry *cchci_lexicon_at_of(enum cchci_topic topic,
                                              const struct cchci_candidates *candidates,
                                              const unsigned char *key, uint32_t length,
                                              uint32_t at)
{
    uint64_t head = cchci_eight_lower(cchci_eight(key + at));
    const struct cchci_candidate *candidate = first_candidate(candidates);
    for (unsigned left = candidates->count; left > 0; left--, candidate++) {
        if ((head ^ candidate->eight) << candidate->spare != 0)
            continue;
        const struct cchci_entry *entry = &cchci_topics[topic].entries[candidate->entry];
        if (ends_word(key, length, at, entry) && same_from(key + at, entry, 8))
            return entry;
    }
    return NULL;
}

/* Whether the marks from a place on are all the entry's own. */
static bool spelled(const struct cchci_flow *flow, uint32_t at, const struct cchci_entry *entry)
{
    struct cchci_flow_marks marks = cchci_flow_marks(flow, at);
    const struct cchci_run *run = &flow->runs[marks.run];
    if (marks.run < flow->run_count && at >= run->at && at + entry->length <= run->at + run->length)
        return memcmp(flow->text->mark + run->chr + (at - run->at), entry->marks, entry->length) ==
               0;
    for (uint32_t i = 0; i < entry->length; i++)
        if (cchci_flow_next_mark(&marks, at + i) != entry->marks[i])
            return false;
    return true;
}

/* Marks are compared word by word, since the tone's place in a syllable is a matter of style (hòa,
 * hoà); marks[] has those of the entry's form, as text/text.h has them. */
static bool marks_agree(const struct cchci_flow *flow, uint32_t at, const struct cchci_entry *entry)
{
    /* OCR takes one mark for another now and then: a form of several words may have one such
     * letter, a single word is then another word. */
    struct cchci_flow_marks marks = cchci_flow_marks(flow, at);
    unsigned seen_tone = 0, meant_tone = 0, wrong = 0, words = 1;
    for (uint32_t i = 0; i <= entry->length; i++) {
        if (i == entry->length || entry->key[i] == ' ') {
            wrong += seen_tone != 0 && meant_tone != 0 && seen_tone != meant_tone;
            seen_tone = meant_tone = 0;
            words += i < entry->length;
            continue;
        }
        unsigned seen = cchci_flow_next_mark(&marks, at + i), meant = entry->marks[i];
        unsigned seen_quality = seen & CCHCI_QUALITY, meant_quality = meant & CCHCI_QUALITY;
        wrong += seen_quality != 0 && seen_quality != meant_quality &&
                 seen_quality != CCHCI_QUALITY_STROKE;
        if ((seen & CCHCI_TONE) != 0)
            seen_tone = seen & CCHCI_TONE;
        if ((meant & CCHCI_TONE) != 0)
            meant_tone = meant & CCHCI_TONE;
    }
    return wrong < words;
}

/* The same but for one letter behind the first, which a look-alike stands for. Words of fewer
 * letters are too near to others. */
static bool nearly_same_key(const unsigned char *key, const struct cchci_entry *entry)
{
    unsigned wrong = 0;
    for (uint32_t i = 0; i < entry->length; i++) {
        unsigned char seen = cchci_lower(key[i]), meant = (unsigned char)entry->key[i];
        if (seen != meant && (++wrong > 1 || i == 0 || !cchci_alike(seen, meant)))
            return false;
    }
    return entry->length >= CCHCI_LOOK_ALIKE_LENGTH;
}

/* Whether at most one of eight keys differs. */
static bool nearly_same(uint64_t bits)
{
    return bits >> (8 * cchci_eight_first(bits | UINT64_C(1) << 63)) < 0x100;
}

const struct cchci_entry *cchci_lexicon_like_of(enum cchci_topic topic,
                                                const struct cchci_candidates *candidates,
                                                const struct cchci_flow *flow, uint32_t end,
                                                uint32_t at)
{
    const unsigned char *key = flow->key + at;
    uint64_t head = cchci_eight_lower(cchci_eight(key));
    const struct cchci_entry *near = NULL;
    const struct cchci_candidate *candidate = first_candidate(candidates);
    for (unsigned left = candidates->count; left > 0; left--, candidate++) {
        uint64_t bits = (head ^ candidate->eight) << candidate->spare;
        if (!nearly_same(bits))
            continue;
        const struct cchci_entry *entry = &cchci_topics[topic].entries[candidate->entry];
        if (!ends_word(flow->key, end, at, entry))
            continue;
        bool same = bits == 0 && same_from(key, entry, 8);
        if ((same || (near == NULL && nearly_same_key(key, entry))) &&
            (spelled(flow, at, entry) || marks_agree(flow, at, entry))) {
            if (same)
                return entry;
            near = entry;
        }
    }
    return near;
}

const struct cchci_entry *cchci_lexicon_spelled_of(enum cchci_topic topic,
                                                   const struct cchci_candidates *candidates,
                                                   const struct cchci_flow *flow, uint32_t at)
{
    uint64_t head = cchci_eight_lower(cchci_eight(flow->key + at));
    const struct cchci_candidate *candidate = first_candidate(candidates);
    for (unsigned left = candidates->count; left > 0; left--, candidate++) {
        if ((head ^ candidate->eight) << candidate->spare != 0)
            continue;
        const struct cchci_entry *entry = &cchci_topics[topic].entries[candidate->entry];
        if (ends_word(flow->key, flow->length, at, entry) && same_from(flow->key + at, entry, 8) &&
            spelled(flow, at, entry))
            return entry;
    }
    return NULL;
}

const struct cchci_entry *cchci_lexicon_before(enum cchci_topic topic, const unsigned char *key,
                                               uint32_t end)
{
    if (end == 0)
        return NULL;
    unsigned row = cchci_candidates_before[topic][cchci_candidate_kind(key[end - 1])];
    const struct cchci_candidates *candidates =
        cchci_candidates_of(row, end > 1 ? key[end - 2] : 0, end > 2 ? key[end - 3] : 0);
    if (candidates == NULL)
        return NULL;
    uint64_t tail = cchci_eight_lower(end >= 8 ? cchci_eight(key + end - 8)
                                               : cchci_eight(key) << 8 * (8 - end));
    const struct cchci_candidate *candidate = first_candidate(candidates);
    for (unsigned left = candidates->count; left > 0; left--, candidate++) {
        if ((tail ^ candidate->eight) >> candidate->spare != 0)
            continue;
        const struct cchci_entry *entry = &cchci_topics[topic].entries[candidate->entry];
        if (entry->length > end)
            continue;
        const unsigned char *begin = key + end - entry->length;
        if (same_from(begin, entry, 0) && (end == entry->length || !cchci_is_word(begin[-1])))
            return entry;
    }
    return NULL;
}

const struct cchci_entry *cchci_lexicon_spaced(enum cchci_topic topic,
                                               const struct cchci_flow *flow, uint32_t begin,
                                               uint32_t end)
{
    const struct cchci_topic_table *table = &cchci_topics[topic];
    for (uint32_t i = begin; i < end; i++) /* a letter, a blank, a letter */
        if (!cchci_is_word(flow->key[i]) == ((i - begin) % 2 == 0))
            return NULL;
    unsigned char letter = end > begin + 4 ? cchci_lower(flow->key[begin]) : 0;
    for (unsigned i = table->first[letter]; i < table->first[letter + 1]; i++) {
        const struct cchci_entry *entry = &table->entries[i];
        uint32_t at = begin, k = 0;
        for (; k < entry->length && at < end; k++) {
            if (entry->key[k] == ' ')
                continue;
            if (cchci_lower(flow->key[at]) != (unsigned char)entry->key[k])
                break;
            at += 2;
        }
        if (k == entry->length && at == end + 1)
            return entry;
    }
    return NULL;
}
