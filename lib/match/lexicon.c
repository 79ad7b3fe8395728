/* SPDX-License-Identifier: MIT */
#include "lexicon.h"

#include <string.h>

#include "anchor.h"
#include "base/limits.h"

static bool same_key(const unsigned char *key, const char *form, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        if (cchci_lower(key[i]) != (unsigned char)form[i])
            return false;
    return true;
}

const struct cchci_entry *cchci_lexicon_at(enum cchci_topic topic, const unsigned char *key,
                                           uint32_t length, uint32_t at)
{
    if (at >= length)
        return NULL;
    const struct cchci_topic_table *table = &cchci_topics[topic];
    unsigned char letter = cchci_lower(key[at]);
    for (unsigned i = table->first[letter]; i < table->first[letter + 1]; i++) {
        const struct cchci_entry *entry = &table->entries[i];
        if (entry->length <= length - at && same_key(key + at, entry->key, entry->length) &&
            !(at + entry->length < length && cchci_is_word(key[at + entry->length]) &&
              cchci_is_word((unsigned char)entry->key[entry->length - 1])))
            return entry;
    }
    return NULL;
}

static bool ends_word(const unsigned char *key, uint32_t length, uint32_t at,
                      const struct cchci_entry *entry)
{
    uint32_t after = at + entry->length;
    return !(after < length && cchci_is_word(key[after]) &&
             cchci_is_word((unsigned char)entry->key[entry->length - 1]));
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
    if (entry->length < CCHCI_LOOK_ALIKE_LENGTH)
        return false;
    unsigned wrong = 0;
    for (uint32_t i = 0; i < entry->length; i++) {
        unsigned char seen = cchci_lower(key[i]), meant = (unsigned char)entry->key[i];
        if (seen != meant &&
            (++wrong > 1 || seen == 0 || meant == ' ' || !cchci_alike(seen, meant)))
            return false;
    }
    return true;
}

const struct cchci_entry *cchci_lexicon_like(enum cchci_topic topic, const struct cchci_flow *flow,
                                             uint32_t end, uint32_t at)
{
    if (at >= end)
        return NULL;
    const struct cchci_topic_table *table = &cchci_topics[topic];
    const unsigned char *key = flow->key + at; /* NULs follow the last */
    unsigned char letter = cchci_lower(key[0]), second = cchci_lower(key[1]);
    unsigned char third = cchci_lower(key[2]);
    const struct cchci_entry *near = NULL;
    for (unsigned i = table->first[letter]; i < table->first[letter + 1]; i++) {
        const struct cchci_entry *entry = &table->entries[i];
        /* Two wrong letters are too many even for a long form. */
        bool other = entry->length > 2 && (unsigned char)entry->key[1] != second &&
                     (unsigned char)entry->key[2] != third;
        if (other || entry->length > end - at || !ends_word(flow->key, end, at, entry))
            continue;
        bool same = same_key(flow->key + at, entry->key, entry->length);
        if ((same || (near == NULL && nearly_same_key(flow->key + at, entry))) &&
            marks_agree(flow, at, entry)) {
            if (same)
                return entry;
            near = entry;
        }
    }
    return near;
}

static bool spelled(const struct cchci_flow *flow, uint32_t at, const struct cchci_entry *entry)
{
    struct cchci_flow_marks marks = cchci_flow_marks(flow, at);
    for (uint32_t i = 0; i < entry->length; i++)
        if (cchci_flow_next_mark(&marks, at + i) != entry->marks[i])
            return false;
    return true;
}

const struct cchci_entry *cchci_lexicon_spelled(enum cchci_topic topic,
                                                const struct cchci_flow *flow, uint32_t at)
{
    if (at >= flow->length)
        return NULL;
    const struct cchci_topic_table *table = &cchci_topics[topic];
    unsigned char letter = cchci_lower(flow->key[at]);
    for (unsigned i = table->first[letter]; i < table->first[letter + 1]; i++) {
        const struct cchci_entry *entry = &table->entries[i];
        if (entry->length <= flow->length - at &&
            same_key(flow->key + at, entry->key, entry->length) &&
            ends_word(flow->key, flow->length, at, entry) && spelled(flow, at, entry))
            return entry;
    }
    return NULL;
}

const struct cchci_entry *cchci_lexicon_before(enum cchci_topic topic, const unsigned char *key,
                                               uint32_t end)
{
    const struct cchci_topic_table *table = &cchci_topics[topic];
    const struct cchci_entry *best = NULL;
    for (unsigned i = 0; i < table->count; i++) {
        const struct cchci_entry *entry = &table->entries[i];
        if (entry->length <= end && (best == NULL || entry->length > best->length) &&
            cchci_lower(key[end - 1]) == (unsigned char)entry->key[entry->length - 1] &&
            same_key(key + end - entry->length, entry->key, entry->length) &&
            (end == entry->length || !cchci_is_word(key[end - entry->length - 1])))
            best = entry;
    }
    return best;
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
