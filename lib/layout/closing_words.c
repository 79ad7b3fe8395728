/* SPDX-License-Identifier: MIT */
/* What the words of a closing's lines say: damaged labels, titles, names, items, and where a line of
 * the left column goes over into the signature. */
#include "closing.h"

#include <string.h>

#include "base/limits.h"
#include "markers.h"
#include "text/eight.h"
#include "words.h"

uint32_t cchci_closing_damaged_label(const unsigned char *key, uint32_t begin, uint32_t end,
                                     struct cchci_likeness *likeness)
{
    while (begin < end && !cchci_is_word(key[begin]))
        begin++;
    uint32_t stop = begin, words = 0;
    while (stop < end && stop - begin < CCHCI_RECIPIENTS_LABEL_LENGTH && key[stop] != ':' &&
           key[stop] != ';' && words < 2)
        words += key[++stop] == ' ';
    /* Behind its two words stands a colon, or the signature's column in capitals, which the words are
     * not: "VỚI HÀNG HÓA". */
    uint32_t next = stop;
    while (next < end && !cchci_is_word(key[next]))
        next++;
    /* "… tăng cường năng lực⏎hội nhập; trao đổi …": behind small letters a semicolon is a sentence's. */
    bool closed = stop < end &&
                  (key[stop] == ':' || (key[stop] == ';' && !cchci_is(key[begin], CCHCI_IS_LOWER)));
    bool beside = words == 2 && !cchci_is_upper(key[begin + 1]) && next + 1 < end &&
                  cchci_is_upper(key[next]) &&
                  (cchci_is_upper(key[next + 1]) || key[next + 1] == '.');
    if ((!closed && !beside) ||
        !cchci_anchor_find(key, begin, stop, CCHCI_ANCHOR_RECIPIENTS, likeness) ||
        likeness->begin != begin || likeness->end + 1 < stop)
        return 0;
    return likeness->end;
}

static bool is_position(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    begin = cchci_flow_next_word(flow, begin, end);
    return cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, begin) != NULL &&
           cchci_capitals(flow, begin, end) >= 75;
}

bool cchci_starts_signature(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    begin = cchci_flow_next_word(flow, begin, end);
    return begin < end &&
           (cchci_authority_prefix(flow, begin, end) > 0 || is_position(flow, begin, end));
}

bool cchci_closing_is_name(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    return cchci_person_name(flow, &begin, &end);
}

bool cchci_closing_is_surnamed(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t name = cchci_behind_signed(flow, begin, end);
    return cchci_lexicon_like(CCHCI_TOPIC_SURNAMES, flow, end, name) != NULL &&
           cchci_closing_is_name(flow, name, end);
}

bool cchci_closing_like_a_title(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    static const char *const words[] = {"giamdoc", "chutich", "truong"};
    struct cchci_likeness likeness;
    for (unsigned w = 0; w < sizeof words / sizeof words[0]; w++)
        if (cchci_alike_find(flow->key, begin, end, words[w], cchci_anchor_limit(strlen(words[w])),
                             &likeness))
            return true;
    return false;
}

uint32_t cchci_closing_glued_title(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    if (end - begin <= CCHCI_STAMP_LINE_LENGTH)
        for (uint32_t i = begin + 4; i + 4 < end; i++)
            if (cchci_is_upper(flow->key[i]) && !cchci_flow_word_start(flow, i) &&
                cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, i) != NULL &&
                cchci_glued_before(flow, begin, i))
                return i;
    return end;
}

bool cchci_closing_starts_item(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    struct cchci_marker marker;
    if (cchci_flow_key(flow, begin, end) == '=') /* a dash that the scanner doubled */
        return cchci_is_letter(flow->key[begin + 1 + (flow->key[begin + 1] == ' ')]);
    return cchci_marker_read(flow, begin, end, &marker) && marker.style >= CCHCI_MARKER_DASH;
}

bool cchci_closing_archive_inside(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; (i = cchci_next_key(flow->key, i + 1, end, 'L')) < end;)
        if ((flow->key[i - 1] == '-' || flow->key[i - 1] == ' ') &&
            cchci_flow_words(flow, i, "luu") > 0 && flow->key[i + 3] == ':')
            return true;
    return false;
}

static bool is_closing_sign(unsigned char key)
{
    return key == ';' || key == ':' || key == '.' || key == ',' || key == ')';
}

static uint32_t next_closing_sign(const unsigned char *key, uint32_t at, uint32_t end)
{
    for (; at < end; at += 8) {
        uint64_t eight = cchci_eight_before(key, at, end);
        uint64_t signs = cchci_eight_within(eight, ':', ';') | cchci_eight_is(eight, ')') |
                         cchci_eight_is(eight | CCHCI_EIGHT(',' ^ '.'), '.');
        if (signs != 0)
            return at + cchci_eight_first(signs);
    }
    return end;
}

/* Whether a title in capitals stands at a place: behind its authority, or a deputy's up to an end, since
 * that of a chief may be the rest of one. */
static bool is_sure_title(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t prefix = cchci_authority_prefix(flow, at, end);
    if (prefix > 0)
        at = cchci_flow_next_word(flow, at + prefix, end);
    else if (cchci_flow_words(flow, at, "pho") == 0 &&
             cchci_flow_words(flow, at, "thu truong") == 0)
        return false;
    const struct cchci_entry *title = cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, at);
    return title != NULL && (prefix > 0 || at + title->length == end);
}

/* Where a title begins that the words of an item run into without a sign between: "các Ban của THỨ
 * TRƯỞNG". Its capitals end the cell, and those before it are none; end: nowhere. */
static uint32_t title_behind(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t stop = cchci_flow_behind_word(flow, begin, end), from = stop;
    if (stop == begin || !cchci_is_upper(flow->key[stop - 1]) || flow->key[stop] == ';')
        return end;
    while (from > begin && !cchci_is(flow->key[from - 1], CCHCI_IS_LOWER))
        from--;
    if (from == begin)
        return end;
    for (uint32_t i = from + 1; i + 6 < stop; i++)
        if (cchci_is_upper(flow->key[i]) &&
            (cchci_flow_word_start(flow, i) || cchci_is_digit(flow->key[i - 1])) &&
            is_sure_title(flow, i, stop)) {
            /* "BAN GIÁM ĐỐC" is no title. */
            uint32_t before = cchci_flow_before_blank(flow, i);
            return before > begin && cchci_is_upper(flow->key[before - 1]) ? end : i;
        }
    return end;
}

/* Whether the full stop behind a word is that of a title or a place: "TP. Hà Nội", "PCT. Lê An". */
static bool is_abbreviation(const struct cchci_flow *flow, uint32_t stop)
{
    static const char *const words[] = {"tp", "tx", "tt", "ct",   "pct", "bt",    "gd",   "pgd",
                                        "dc", "ts", "bs", "tctr", "cvp", "ptctr", "pcvp", NULL};
    uint32_t at = cchci_flow_word_begin(flow, stop);
    for (int i = 0; words[i] != NULL; i++)
        if (cchci_flow_words(flow, at, words[i]) == stop - at)
            return true;
    return false;
}

uint32_t cchci_closing_lost_gap(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                                bool archive)
{
    const unsigned char *key = flow->key;
    uint32_t title_at = archive ? end : title_behind(flow, begin, end);
    if (title_at < end)
        return title_at;
    /* A signature is short: looked for at the end of a long cell only, since each place asks about
     * all that follows it. */
    uint32_t from = end - begin > CCHCI_STAMP_LINE_LENGTH ? end - CCHCI_STAMP_LINE_LENGTH : begin;
    for (uint32_t i = begin; (i = next_closing_sign(key, i, end)) < end;) {
        unsigned char sign = 0; /* the last one before the next word, and apart from it */
        uint32_t stop = i;
        for (; i < end && !cchci_is_word(key[i]); i++)
            if (is_closing_sign(key[i]) && !cchci_is_word(key[i + 1]))
                sign = key[i];
        if (sign == 0 || i < from + 3)
            continue;
        if (i + 3 >= end)
            break;
        if (sign != ',' && sign != ':' && key[end - 1] != ';' &&
            !(sign == '.' && !archive && is_abbreviation(flow, stop)) &&
            (cchci_lexicon_like(CCHCI_TOPIC_SURNAMES, flow, end,
                                cchci_behind_titles(flow, i, end)) != NULL ||
             (archive && sign == '.' && cchci_capitals(flow, i, end) < 60)) &&
            cchci_closing_is_name(flow, i, end))
            return i; /* behind the units of an archive line any name is the signer's */
        const struct cchci_entry *poured = cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, i);
        if (poured != NULL && sign != ',' && sign != ':' &&
            cchci_capitals(flow, i, i + poured->length) == 100)
            return i; /* the whole signature behind the archive line */
        if (end - i < 6 || cchci_capitals(flow, i, end) < 80 ||
            cchci_word_characters(flow, i, end) < 6)
            continue;
        uint32_t title = i;
        while (title < end && flow->key[title] != ' ')
            title++;
        bool titled = title + 1 < end &&
                      (cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, title + 1) != NULL ||
                       cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, title + 1) != NULL);
        if ((cchci_authority_prefix(flow, i, end) > 0 && titled) || is_position(flow, i, end))
            return i;
        if ((sign == ';' || cchci_flow_words(flow, i, "pho") > 0) &&
            cchci_closing_like_a_title(flow, i, end))
            return i;
    }
    return end;
}

#define SIGNED_WORDS                                                                               \
    4u /* of a name among an item's words, and three at least: "Lê Lợi" is a street */

/* Whether words that come before a name say that the item is that person's. */
static bool says_person(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (cchci_flow_word_start(flow, i) &&
            (cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, i) != NULL ||
             cchci_lexicon_like(CCHCI_TOPIC_TITLES, flow, end, i) != NULL ||
             cchci_flow_words(flow, i, "dong chi") > 0 || cchci_flow_words(flow, i, "d/c") > 0))
            return true;
    return false;
}

uint32_t cchci_closing_name_inside(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    unsigned char below = flow->key[end + 1];
    if (end == begin || !cchci_is_letter(flow->key[end - 1]) || !cchci_is_letter(below))
        return end;
    uint32_t at = end, name = end;
    for (unsigned words = 1; words <= SIGNED_WORDS && at > begin; words++) {
        at = cchci_flow_word_begin(flow, words == 1 ? end : cchci_flow_before_blank(flow, at));
        if (at <= begin || !cchci_is_upper(flow->key[at]))
            break;
        /* Before a surname only one that has its marks: "Trung Lê Văn An" is not "Trương …". */
        if (words > 2 && cchci_closing_is_surnamed(flow, at, end) &&
            (name == end || cchci_lexicon_spelled(CCHCI_TOPIC_SURNAMES, flow, at) != NULL))
            name = at;
    }
    if (name == end || cchci_flow_words(flow, name, "ho chi minh") > 0)
        return end;
    uint32_t before = cchci_flow_before_blank(flow, name);
    bool goes_on =
        cchci_is_upper(below) ? flow->key[before - 1] == ',' : cchci_is_word(flow->key[before - 1]);
    return before > begin && goes_on && !says_person(flow, begin, name) ? name : end;
}
