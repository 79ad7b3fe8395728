/* SPDX-License-Identifier: MIT */
/* The agency block (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.2): the superior agency over the issuing
 * one. A line that starts with a word that agencies' names start with begins a name; others go on
 * with the one above. The last name is the issuer, all above it is its parent. */
#include <string.h>

#include "layout/words.h"
#include "segments.h"

struct name {
    uint32_t begin, end;
};

/* Whether a stretch is an entry of a topic and nothing else. */
static bool is_whole(enum cchci_topic topic, const struct cchci_flow *flow, uint32_t begin,
                     uint32_t end)
{
    const struct cchci_entry *entry = cchci_lexicon_like(topic, flow, end, begin);
    return entry != NULL && entry->length == end - begin;
}

/* Words that a line may end with only in the middle of a name. */
static bool wants_more(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    static const char *const ends[] = {" va", " nuoc",  " -",   ",",         " dai hoc",
                                       " ve", " thuoc", " cua", " xay dung", NULL};
    if (is_whole(CCHCI_TOPIC_WHOLE_AGENCIES, flow, begin, end))
        return false; /* "KIỂM TOÁN NHÀ NƯỚC" */
    unsigned char last = end > begin ? cchci_lower(flow->key[end - 1]) : 0;
    for (int i = 0; ends[i] != NULL; i++) {
        uint32_t n = (uint32_t)strlen(ends[i]);
        if (end - begin <= n || (unsigned char)ends[i][n - 1] != last)
            continue;
        if (cchci_letters_at(flow->key + end - n, ends[i]) > 0)
            return true;
    }
    /* "VĂN PHÒNG", "TRUNG TÂM", "BỘ TRƯỞNG" over "BỘ Y TẾ": more than the first words. */
    return is_whole(CCHCI_TOPIC_POSITIONS, flow, begin, end) ||
           is_whole(CCHCI_TOPIC_AGENCIES, flow, begin, end);
}

/* Parent and name poured into one line: "UBND TỈNH HÒA BÌNH SỞ NỘI VỤ", only behind the agencies that
 * have such units under them; glued to one another, behind any. */
static uint32_t unit_inside(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    static const char *const parents[] = {"ubnd", "uy ban nhan dan", "tong cuc", "bo"};
    bool parent = false;
    for (uint32_t i = begin + 6; i + 1 < end; i++)
        if (cchci_is_upper(flow->key[i]) && cchci_is_letter(flow->key[i - 1]) &&
            cchci_glued_before(flow, begin, i) &&
            cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, i) != NULL)
            return i;
    for (unsigned i = 0; i < sizeof parents / sizeof parents[0]; i++)
        parent |= cchci_flow_words(flow, begin, parents[i]) > 0;
    for (uint32_t i = begin + 6; parent && i + 3 < end; i++) {
        const struct cchci_entry *unit =
            flow->key[i - 1] == ' ' ? cchci_lexicon_like(CCHCI_TOPIC_UNITS, flow, end, i) : NULL;
        if (unit == NULL || strcmp(unit->key, "vu") == 0) /* BỘ NỘI VỤ */
            continue;
        uint32_t before = i - 1;
        while (before > begin && flow->key[before - 1] == ' ')
            before--;
        if (flow->key[before - 1] != '-' && !wants_more(flow, begin, before))
            return i;
    }
    return end;
}

/* Whether a unit may stand under the agency that begins at a place: a general department has a ministry
 * above it, a department of a province its people's committee, none has another one of its kind. What
 * is damaged is not told apart. */
static bool may_be_under(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                         const struct cchci_entry *unit)
{
    const struct cchci_entry *above = cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, begin);
    if (above == NULL)
        return true;
    bool ministry = strcmp(above->key, "bo") == 0;
    bool committee = strcmp(above->key, "ubnd") == 0 || strncmp(above->key, "uy ban", 6) == 0;
    if (strcmp(unit->key, "tong cuc") == 0)
        return ministry;
    if (strcmp(unit->key, "so") == 0)
        return committee;
    bool department = strcmp(unit->key, "cuc") == 0 || strcmp(unit->key, "vu") == 0;
    return strcmp(unit->key, above->key) != 0 && !(department && strcmp(above->key, "so") == 0);
}

/* " - " on one line: parent and name where the right side is a unit of the left one, else two that issue
 * together, whose line is one name. */
static uint32_t unit_after_dash(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin + 3; i + 3 < end; i++) {
        if (flow->key[i] != '-' || flow->key[i - 1] != ' ' || flow->key[i + 1] != ' ')
            continue;
        const struct cchci_entry *unit = cchci_lexicon_like(CCHCI_TOPIC_UNITS, flow, end, i + 2);
        if (unit != NULL && may_be_under(flow, begin, i, unit))
            return i;
    }
    return end;
}

/* names: as many as there are lines. */
static unsigned split_names(const struct cchci_flow *flow, struct name *names)
{
    unsigned count = 0;
    for (uint32_t l = 0; l < flow->line_count; l++) {
        uint32_t begin = flow->lines[l].at;
        uint32_t end = cchci_flow_line_end(flow, l);
        while (end > begin && flow->key[end - 1] == ' ')
            end--;
        uint32_t bare = cchci_flow_next_word(flow, begin, end), bare_end = end;
        while (bare_end > bare && !cchci_is_word(flow->key[bare_end - 1]) &&
               flow->key[bare_end - 1] != ')' && flow->key[bare_end - 1] != '.' &&
               !(flow->key[bare_end - 1] == '-' && flow->key[bare_end - 2] == ' '))
            bare_end--;
        if (bare == bare_end)
            continue;
        bool starts = cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, bare_end, bare) != NULL;
        bool joined = count > 0 && wants_more(flow, names[count - 1].begin, names[count - 1].end);
        if (count == 0 || (starts && !joined)) {
            names[count].begin = bare;
            names[count++].end = bare_end;
        } else {
            names[count - 1].end = bare_end;
        }
    }
    return count;
}

/* Whether a name is a ministry's, above which no other agency has its place. */
static bool is_ministry(const struct cchci_flow *flow, struct name name)
{
    static const char *const others[] = {"bo chi huy", "bo tu lenh", "bo phan", "bo tong tham muu"};
    bool ministry = cchci_flow_words(flow, name.begin, "bo") > 0;
    for (unsigned i = 0; ministry && i < sizeof others / sizeof others[0]; i++)
        ministry = cchci_flow_words(flow, name.begin, others[i]) == 0;
    return ministry;
}

void cchci_field_agency(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    const struct cchci_flow *flow = &layout->agency.flow;
    if (layout->motto.flow.length > 0)
        cchci_claim_flow(parse, CCHCI_SEGMENT_NATIONAL_MOTTO, cchci_new_group(parse),
                         &layout->motto.flow, 0, layout->motto.flow.length);
    if (flow->length == 0)
        return;
    struct name *names = CCHCI_NEW(parse->arena, struct name, flow->line_count);
    unsigned count = split_names(flow, names);
    if (count == 0)
        return;
    /* The stamp of the office that received the letter: "CỤC THUẾ TỈNH LONG AN" over "BỘ TÀI CHÍNH". */
    unsigned first = 0;
    while (first + 2 < count && !is_ministry(flow, names[first]) &&
           is_ministry(flow, names[first + 1]))
        first++;
    struct name last = names[count - 1];
    uint32_t dash = count == 1 ? unit_after_dash(flow, last.begin, last.end) : last.end;
    uint32_t unit = count == 1 && flow->line_count == 1 && dash == last.end
                        ? unit_inside(flow, last.begin, last.end)
                        : last.end;
    cchc_agency *agency = &parse->record->agency;
    if (dash < last.end) {
        agency->parent = cchci_flow_text(flow, last.begin, dash, CCHCI_WORDS);
        agency->name = cchci_flow_text(flow, dash + 1, last.end, CCHCI_WORDS);
    } else if (unit < last.end) {
        agency->parent = cchci_flow_text(flow, last.begin, unit, CCHCI_WORDS);
        agency->name = cchci_flow_text(flow, unit, last.end, CCHCI_WORDS);
    } else {
        if (count > 1)
            agency->parent =
                cchci_flow_text(flow, names[first].begin, names[count - 2].end, CCHCI_WORDS);
        agency->name = cchci_flow_text(flow, last.begin, last.end, CCHCI_WORDS);
    }
    parse->record->has_agency = true;
    cchci_claim_flow(parse, CCHCI_SEGMENT_AGENCY, cchci_new_group(parse), flow, 0, flow->length);
}
