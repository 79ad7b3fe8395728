/* SPDX-License-Identifier: MIT */
#include "lexicon.h"

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
