/* SPDX-License-Identifier: MIT */
/* The words that a heading is known by, sound and damaged, and the words that a body opens with. */
#include <string.h>

#include "heading.h"
#include "markers.h"

bool cchci_heading_starts_with(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                               const char *letters, uint32_t *after)
{
    *after = cchci_lower(cchci_flow_key(flow, at, end)) == (unsigned char)letters[0]
                 ? cchci_loose_at(flow->key, at, end, letters)
                 : 0;
    return *after != 0;
}

bool cchci_heading_subject_label(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                                 uint32_t *after)
{
    uint32_t i = at;
    if (cchci_lower(cchci_flow_key(flow, i, end)) != 'v')
        return false;
    i++;
    while (cchci_flow_key(flow, i, end) == ' ')
        i++;
    if (cchci_flow_key(flow, i, end) != '/')
        return false;
    i++;
    while (cchci_flow_key(flow, i, end) == ' ')
        i++;
    if (cchci_lower(cchci_flow_key(flow, i, end)) != 'v' ||
        cchci_is_letter(cchci_flow_key(flow, i + 1, end)))
        return false;
    i++;
    while (i < end && memchr(" :.", flow->key[i], 3) != NULL)
        i++;
    *after = i;
    return true;
}

bool cchci_heading_damaged_subject_label(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                                         struct cchci_likeness *likeness)
{
    uint32_t stop = at;
    while (stop < end && flow->key[stop] != ' ' && stop - at < 8)
        stop++;
    /* "VÀ chính sách": a word in capitals alone before small letters. */
    bool marked = cchci_flow_marked(flow, at, stop) &&
                  (cchci_capitals(flow, at, stop) < 100 || cchci_capitals(flow, stop, end) > 20);
    if (cchci_flow_key(flow, stop, end) != ' ' || marked ||
        cchci_word_characters(flow, at, stop) > 5 || cchci_word_characters(flow, stop, end) < 6)
        return false;
    uint32_t begin = at, bare = stop;
    cchci_bare(flow, &begin, &bare);
    if (begin == bare || !cchci_anchor_is(flow->key, begin, bare, CCHCI_ANCHOR_SUBJECT, likeness) ||
        (likeness->cost > 1 && !cchci_flow_marked(flow, stop, end)))
        return false;
    likeness->begin = at;
    likeness->end = stop + 1;
    return true;
}

/* Letters of a stamp's title, "ĐẾN", which is in capitals. */
#define TRACES_LETTERS 3u

/* The first place behind `at` where "Kính gửi:" stands behind traces of a stamp; `at`: nowhere. */
static uint32_t label_inside(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t far = end - at < CCHCI_TRACES_LENGTH ? end : at + CCHCI_TRACES_LENGTH;
    for (uint32_t k = at; k + 1 < far; k += 8) {
        uint64_t labels = cchci_eight_is(cchci_eight(flow->key + k), ' ') &
                          cchci_eight_is(cchci_eight(flow->key + k + 1), 'K');
        for (; labels != 0; labels &= labels - 1) {
            uint32_t label = k + 1 + cchci_eight_first(labels);
            if (label >= far)
                return at;
            uint32_t stop = cchci_loose_at(flow->key, label, end, "kinhgui");
            if (stop != 0 && cchci_flow_key(flow, stop, end) == ':' &&
                (cchci_capitals(flow, at, label) < 60 ||
                 cchci_word_characters(flow, at, label) <= TRACES_LETTERS))
                return label;
        }
    }
    return at;
}

bool cchci_heading_addressees_read(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                                   uint32_t *after)
{
    uint32_t i;
    at = label_inside(flow, at, end);
    if (cchci_lower(cchci_flow_key(flow, at, end)) != 'k')
        return false;
    if (!cchci_heading_starts_with(flow, at, end, "kinhgui", &i) &&
        !cchci_heading_starts_with(flow, at, end, "kinhgoi", &i) &&
        !(cchci_heading_starts_with(flow, at, end, "kg", &i) && i == at + 3 &&
          cchci_flow_key(flow, at + 1, end) == '/' && cchci_flow_key(flow, i, end) == ':'))
        return false;
    while (i < end && memchr(" :;.", flow->key[i], 4) != NULL)
        i++;
    *after = i;
    return true;
}

/* "Site gửi:": the second word is sound, and the first as long as Kính, or nearly. */
static bool half_addressees_label(const struct cchci_flow *flow, uint32_t at, uint32_t stop,
                                  struct cchci_likeness *likeness)
{
    uint32_t second = stop - 3;
    if (!cchci_is_upper(flow->key[at]) || flow->key[second - 1] != ' ' ||
        !cchci_flow_exactly(flow, second, "gửi") || second - 1 - at < 3 || second - 1 - at > 5 ||
        cchci_word_characters(flow, at, second) != second - 1 - at ||
        cchci_flow_words(flow, at, "noi") > 0 || cchci_flow_words(flow, at, "nguoi") > 0)
        return false;
    *likeness = (struct cchci_likeness){at, stop, 2 * (second - 1 - at)};
    return true;
}

bool cchci_heading_damaged_addressees_label(const struct cchci_flow *flow, uint32_t at,
                                            uint32_t end, struct cchci_likeness *likeness)
{
    uint32_t far = end - at < 15 ? end : at + 15, stop = at;
    for (uint64_t colons = 0; stop < far; stop += 8) {
        colons = cchci_eight_is(cchci_eight_before(flow->key, stop, far), ':');
        if (colons != 0) {
            stop += cchci_eight_first(colons);
            break;
        }
    }
    if (stop >= far || stop - at < 6)
        return false;
    bool like = cchci_anchor_find(flow->key, at, stop, CCHCI_ANCHOR_ADDRESSEES, likeness) &&
                likeness->begin == at && likeness->end + 1 >= stop;
    if (!like && !half_addressees_label(flow, at, stop, likeness))
        return false;
    while (stop < end && memchr(" :;.", flow->key[stop], 4) != NULL)
        stop++;
    likeness->end = stop;
    return true;
}

bool cchci_heading_telegram_label(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t stop = end;
    while (stop > at && (flow->key[stop - 1] == ' ' || flow->key[stop - 1] == ':'))
        stop--;
    return stop < end && stop - at > 8 && stop - at < 80 &&
           cchci_flow_words(flow, stop - 4, "dien") > 0 &&
           (cchci_flow_exactly(flow, stop - 4, "điện") || !cchci_flow_marked(flow, at, stop)) &&
           flow->key[stop - 5] == ' ' && cchci_capitals(flow, at, stop - 5) > 60;
}

const struct cchci_entry *cchci_heading_type_at(const struct cchci_flow *flow, uint32_t begin,
                                                uint32_t end, uint32_t *after)
{
    cchci_bare(flow, &begin, &end);
    const struct cchci_entry *entry = NULL;
    if (!cchci_is_word(cchci_flow_key(flow, begin + 1, end)))
        entry = cchci_lexicon_spaced(CCHCI_TOPIC_DOCUMENT_TYPES, flow, begin, end);
    if (entry != NULL) {
        *after = end;
        return entry;
    }
    entry = cchci_lexicon_like(CCHCI_TOPIC_DOCUMENT_TYPES, flow, end, begin);
    if (entry == NULL || cchci_capitals(flow, begin, begin + entry->length) < 75)
        return NULL;
    *after = begin + entry->length;
    return entry;
}

/* Whether words stand at a place that a body opens with. A single one that lost its marks where others
 * have theirs is another word: "Nam" under "… của Việt" is no "Năm". */
static bool opening_at(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    const struct cchci_entry *entry = cchci_lexicon_like(CCHCI_TOPIC_OPENINGS, flow, end, at);
    if (entry == NULL || strchr(entry->key, ' ') != NULL)
        return entry != NULL;
    uint32_t after = at + entry->length;
    return strcmp(entry->key, entry->form) == 0 || cchci_flow_marked(flow, at, after) ||
           !cchci_flow_marked(flow, after, end);
}

bool cchci_heading_opens_body(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    if (begin >= end || end - begin <= 12)
        return false;
    struct cchci_marker marker;
    bool opens = (cchci_is_upper(flow->key[begin]) && opening_at(flow, begin, end)) ||
                 cchci_marker_read(flow, begin, end, &marker);
    return opens && cchci_capitals(flow, begin, end) <= 60;
}

bool cchci_heading_lower_start(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    while (at < end && (flow->key[at] == '(' || flow->key[at] == '"'))
        at++;
    unsigned char key = cchci_flow_key(flow, at, end);
    struct cchci_marker marker;
    return ((key >= 'a' && key <= 'z') || cchci_is_digit(key)) &&
           !cchci_marker_read(flow, at, end, &marker);
}

bool cchci_heading_open_ended(const struct cchci_flow *flow, uint32_t end)
{
    return end > 0 && (flow->key[end - 1] == ',' || flow->key[end - 1] == '-');
}
