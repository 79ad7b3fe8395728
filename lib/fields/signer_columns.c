/* SPDX-License-Identifier: MIT */
#include "signer_columns.h"

#include "base/limits.h"
#include "layout/grid.h"
#include "layout/words.h"
#include "match/lexicon.h"

/* Whether a word begins at a place behind a blank. */
static bool word_behind_blank(const struct cchci_flow *flow, uint32_t at)
{
    return flow->key[at - 1] == ' ' && cchci_is_word(flow->key[at]);
}

unsigned cchci_columns_begin(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                             struct cchci_columns *columns)
{
    unsigned count = 1;
    columns->at[0] = begin;
    if (end - begin > CCHCI_STAMP_LINE_LENGTH || cchci_authority_prefix(flow, begin, end) == 0)
        return count;
    for (uint32_t i = begin + 3; i + 3 < end && count < CCHCI_COLUMNS; i++)
        if (word_behind_blank(flow, i) && cchci_is_upper(flow->key[i]) &&
            flow->key[i] == flow->key[begin] && flow->key[i + 1] == flow->key[begin + 1] &&
            cchci_authority_prefix(flow, i, end) > 0)
            columns->at[count++] = i;
    columns->at[count] = end;
    return count;
}

/* Titles in capitals, each up to the next one; in their own words others have their place: "PHÓ TỔNG
 * GIÁM ĐỐC". */
static unsigned cut_titles(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                           struct cchci_columns *columns)
{
    unsigned count = 0;
    for (uint32_t i = begin; i < end && count < CCHCI_COLUMNS;) {
        const struct cchci_entry *title =
            i == begin || word_behind_blank(flow, i)
                ? cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, i)
                : NULL;
        if (i == begin && title == NULL)
            return 0;
        if (title != NULL)
            columns->at[count++] = i;
        i += title != NULL ? title->length : 1;
    }
    return cchci_capitals(flow, begin, end) >= 75 ? count : 0;
}

/* Names of agencies that begin with the same word. */
static unsigned cut_agencies(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                             struct cchci_columns *columns)
{
    const struct cchci_entry *first = cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, begin);
    unsigned count = 0;
    if (cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, begin) != NULL)
        return 0; /* "BỘ TRƯỞNG BỘ NỘI VỤ" */
    for (uint32_t i = begin; first != NULL && i < end && count < CCHCI_COLUMNS; i++)
        if (i == begin || (word_behind_blank(flow, i) && cchci_flow_words(flow, i, first->key) > 0))
            columns->at[count++] = i;
    return count;
}

/* Names of persons, as many words in each as may be. */
static bool cut_names(const struct cchci_flow *flow, uint32_t begin, uint32_t end, unsigned count,
                      struct cchci_columns *columns)
{
    uint32_t word[CCHCI_NAME_WORDS * CCHCI_COLUMNS + 1];
    unsigned words = 0, first = 0;
    for (uint32_t i = begin; i < end; i++)
        if (i == begin || word_behind_blank(flow, i)) {
            if (words == CCHCI_NAME_WORDS * CCHCI_COLUMNS)
                return false;
            word[words++] = i;
        }
    word[words] = end;
    for (unsigned column = 0; column < count; column++) {
        unsigned left = count - column, even = (words - first) / left, next = first + even;
        static const int steps[] = {0, 1, -1};
        bool found = false;
        for (unsigned s = 0; s < 3 && !found && left > 1; s++) {
            next = first + even + (unsigned)steps[s];
            found = next > first && next < words &&
                    cchci_lexicon_like(CCHCI_TOPIC_SURNAMES, flow, end, word[next]) != NULL;
        }
        if (left > 1 && !found)
            return false;
        next = left > 1 ? next : words;
        uint32_t from = word[first], to = word[next];
        if (next < first + 2 || !cchci_person_name(flow, &from, &to))
            return false;
        columns->at[column] = word[first];
        first = next;
    }
    return true;
}

bool cchci_columns_cut(const struct cchci_flow *flow, uint32_t begin, uint32_t end, unsigned count,
                       struct cchci_columns *columns, bool *names)
{
    *names = false;
    if (end - begin > CCHCI_STAMP_LINE_LENGTH)
        return false;
    columns->at[count] = end;
    if (cut_titles(flow, begin, end, columns) == count ||
        cut_agencies(flow, begin, end, columns) == count) {
        columns->at[count] = end;
        return true;
    }
    *names = cut_names(flow, begin, end, count, columns);
    columns->at[count] = end;
    return *names;
}
