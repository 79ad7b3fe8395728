/* SPDX-License-Identifier: MIT */
/* Place and date (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4):
 *
 *      Hà Nội, ngày 05 tháng 01 năm 2026
 *
 * The date's words tell it, with its place before it. Right below the motto it may be without a
 * place, behind one it may be in figures. Prose has dates, too: what goes on behind the date, or
 * stands before it and is no place, says that it is one's. Where no cell has such a date, a line is
 * looked for whose words are damaged, and then one that has a place and no more than a year.
 */
#include "heading.h"
#include "match/date.h"
#include "parse.h"
#include "text/eight.h"
#include "words.h"

#define PLACE_LENGTH 24u /* "Thành phố Hồ Chí Minh" has 21 */

static const char *const date_words[] = {"ngay", "thang", "nam"};

/* Whether another part of the heading stands here: in a heading that was poured into one line. */
static bool opens_part(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t after;
    bool colon;
    at = cchci_flow_next_word(flow, at, end);
    if (cchci_heading_subject_label(flow, at, end, &after) ||
        cchci_heading_addressees_label(flow, at, end, &after) ||
        (cchci_code_label(flow, at, end, &colon) != 0 && colon))
        return true;
    uint32_t stop = at;
    while (stop < end && flow->key[stop] != ' ')
        stop++;
    return stop - at >= 2 && cchci_capitals(flow, at, stop) == 100 &&
           (cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, at) != NULL ||
            cchci_lexicon_like(CCHCI_TOPIC_DOCUMENT_TYPES, flow, end, at) != NULL);
}

/* Whether a date's words are as they are written, with nothing but figures between them. */
static bool has_sound_words(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    for (unsigned i = 0; i < 3; i++) {
        while (at < end && !cchci_is_letter(flow->key[at]))
            at++;
        uint32_t length = cchci_flow_words(flow, at, date_words[i]);
        if (length == 0)
            return false;
        at += length;
    }
    return at <= end;
}

/* A date that the reader took, whose words are damaged: tells what they cost. */
static void tell_date(struct cchci_heading *heading, uint32_t begin, uint32_t end)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    struct cchci_date date;
    uint32_t after = begin;
    unsigned sound = 0, cost;
    if (has_sound_words(flow, begin, end))
        return;
    while (sound < 3 &&
           cchci_loose_find(flow->key, after, end, date_words[sound], &after) != CCHCI_NOWHERE)
        sound++;
    if (sound < 3 && cchci_date_read_damaged(flow, begin, end, &date, &cost))
        cchci_tell_repair(heading->parse, CCHCI_ANCHOR_DATE, cost, flow, begin, end);
}

/* The first place in [at, end) where "ng" starts; end: none. */
static uint32_t next_ng(const unsigned char *key, uint32_t at, uint32_t end)
{
    for (; at < end; at += 8) {
        uint64_t n = cchci_eight(key + at) | CCHCI_EIGHT(0x20),
                 g = cchci_eight(key + at + 1) | CCHCI_EIGHT(0x20);
        uint64_t both = cchci_eight_is(n, 'n') & cchci_eight_is(g, 'g');
        if (both != 0) {
            uint32_t first = at + cchci_eight_first(both);
            return first < end ? first : end;
        }
    }
    return end;
}

/* The cell in which a date ends that begins in cell i: a wrap inside it leaves its end to the next
 * one, or the one after. CCHCI_NOWHERE: it is longer. */
static uint32_t last_cell(const struct cchci_grid *grid, uint32_t i, uint32_t end)
{
    uint32_t last = i;
    while (end > cchci_cell_at(grid, last)->end && last + 1 < grid->cells.count && last < i + 2)
        last++;
    return end > cchci_cell_at(grid, last)->end ? CCHCI_NOWHERE : last;
}

/* Whether dots are all that stands where the place should, with a rule before them perhaps. */
static bool left_open(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    unsigned dots = 0;
    for (uint32_t i = begin; i < end; i++) {
        if (cchci_is_word(flow->key[i]))
            return false;
        dots += flow->key[i] == '.' ? 1 : flow->key[i] == CCHCI_KEY_ELLIPSIS ? 3 : 0;
    }
    return dots > 2;
}

/* Where the place begins that stands in a cell before a date; the date, where it may do without
 * one; CCHCI_NOWHERE: what stands there is no place. figures: the date is in figures. */
static uint32_t place_before(const struct cchci_heading *heading, const struct cchci_cell *cell,
                             uint32_t at, bool figures)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    uint32_t begin = cell->begin, place = begin, comma = at;
    while (comma > begin && flow->key[comma - 1] == ' ')
        comma--;
    bool punctuated = comma > begin && !cchci_is_word(flow->key[comma - 1]);
    if (heading->motto && cell->line < heading->motto_line + 8 && left_open(flow, begin, at))
        return at;
    cchci_place_name(flow, &place, comma);
    if (place + 2 >= comma && at > begin && punctuated && flow->text->capitals_lost &&
        comma - begin < PLACE_LENGTH)
        place = begin;
    if (place == comma && at > begin)
        place = at;
    if (!punctuated && at > begin && (place > begin || comma - place > 30))
        return CCHCI_NOWHERE; /* "… ban hành ngày 5 tháng 1": a sentence */
    if (figures && (place > begin || flow->key[comma - 1] != ','))
        return CCHCI_NOWHERE;
    if (at > begin && (place >= comma || !cchci_is_letter(flow->key[place])))
        return CCHCI_NOWHERE; /* "Vào hồi 14 giờ 00, ngày …" */
    /* Without a place only right below the motto: prose lines begin with dates, too. */
    if (cchci_lower(flow->key[at]) == flow->key[at] && at == begin &&
        !(heading->motto && cell->line < heading->motto_line + 8))
        return CCHCI_NOWHERE;
    return place;
}

/* Cuts a date with its place out of cell i, and its end out of the last of its cells. */
static void take_date(struct cchci_grid *grid, uint32_t *i, uint32_t last, uint32_t place,
                      uint32_t end)
{
    uint32_t further = last - *i;
    cchci_grid_cut_before(grid, i, place);
    cchci_grid_cut_after(grid, *i, end);
    for (uint32_t k = *i; k <= *i + further; k++) {
        if (k == *i + further)
            cchci_grid_cut_after(grid, k, end);
        cchci_cell_at(grid, k)->kind = CCHCI_PIECE_DATE;
    }
}

bool cchci_heading_find_date_in(struct cchci_heading *heading, uint32_t *i)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    const struct cchci_cell *cell = cchci_cell_at(grid, *i);
    uint32_t begin = cell->begin, end = cell->end;
    for (uint32_t at = next_ng(flow->key, begin, end); at + 4 <= end;
         at = next_ng(flow->key, at + 1, end)) {
        struct cchci_date date;
        if (!cchci_flow_word_start(flow, at) || !cchci_date_read(flow, at, &date))
            continue;
        uint32_t last = last_cell(grid, *i, date.end);
        if (last == CCHCI_NOWHERE)
            continue;
        uint32_t stop = cchci_cell_at(grid, last)->end;
        /* The heading's date is in words: tháng. */
        bool has_word = next_ng(flow->key, at + 4, date.end) + 2 < date.end;
        uint32_t tail = last == *i ? cchci_word_characters(flow, date.end, stop) : 0;
        bool goes_on = last == *i && cchci_flow_key(flow, date.end, stop) == ',';
        /* In figures it counts as a whole, behind its place: "Hòa Bình, ngày 08/01/2024". */
        bool figures = !has_word && date.day > 0 && date.year > 0 && at > begin && tail == 0;
        if ((!has_word && !figures) || goes_on || (tail > 12 && !opens_part(flow, date.end, stop)))
            continue;
        uint32_t place = place_before(heading, cell, at, figures);
        if (place == CCHCI_NOWHERE)
            continue;
        /* What is left of the year that could not be read is the date's, too. */
        bool lost_year = date.year <= 0 && tail > 0 && !opens_part(flow, date.end, stop);
        tell_date(heading, at, date.end);
        take_date(grid, i, last, place, lost_year ? stop : date.end);
        return true;
    }
    return false;
}

/* "Hà Nội, ngayq Thonq eam 2021": the longest date whose words cannot be read. */
#define UNREADABLE_DATE 40u

bool cchci_heading_read_year(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                             struct cchci_date *date)
{
    uint32_t comma = cchci_next_key(flow->key, begin, end, ',');
    uint32_t at = cchci_flow_next_word(flow, comma, end), stop = end;
    if (comma == end || comma - begin < 3 || comma - begin > PLACE_LENGTH)
        return false;
    *date = (struct cchci_date){0, 0, 0, at, end};
    if (at == end) /* nothing is left of it */
        return true;
    stop = cchci_flow_behind_word(flow, at, end);
    uint32_t digits = stop - at > 4 ? stop - 4 : at;
    int year = cchci_number_read(flow, &digits, 4);
    *date = (struct cchci_date){year, -1, -1, at, stop};
    return stop - at < UNREADABLE_DATE && digits == stop && cchci_year_is_plausible(year) &&
           !cchci_is_word(flow->key[stop - 5]) && cchci_lower(flow->key[at]) == 'n' &&
           cchci_lower(flow->key[at + 1]) == 'g';
}

/* Names the cell beside the number that has a place and what is left of a date. */
static bool find_place_alone(struct cchci_heading *heading, uint32_t first)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    for (uint32_t i = first; heading->code && i < grid->cells.count; i++) {
        if (cchci_cell_at(grid, i)->kind != CCHCI_PIECE_CODE)
            continue;
        if (!cchci_grid_has_for_date(grid, i + 1))
            return false;
        struct cchci_cell *cell = cchci_cell_at(grid, i + 1);
        struct cchci_date date;
        uint32_t place = cell->begin;
        if (cell->line != cchci_cell_at(grid, i)->line || cell->kind != CCHCI_PIECE_UNKNOWN ||
            !cchci_heading_read_year(flow, cell->begin, cell->end, &date))
            return false;
        cchci_place_name(flow, &place, date.begin);
        if (place != cell->begin || !cchci_is_upper(flow->key[place]))
            return false;
        cell->kind = CCHCI_PIECE_DATE;
        return true;
    }
    return false;
}

/* Under a motto or beside a number no other line ends with a year behind such words. */
bool cchci_heading_find_damaged_date(struct cchci_heading *heading, uint32_t first)
{
    struct cchci_grid *grid = &heading->grid;
    for (uint32_t i = first; cchci_grid_has_for_date(grid, i); i++) {
        struct cchci_cell *cell = cchci_cell_at(grid, i);
        struct cchci_date date;
        unsigned cost;
        if (cell->line > heading->motto_line + 8 || cell->kind == CCHCI_PIECE_ADDRESSEES ||
            cell->end - cell->begin > 160)
            break;
        if (cell->kind != CCHCI_PIECE_UNKNOWN || cell->end - cell->begin > 90 ||
            !cchci_date_read_damaged(&grid->flow, cell->begin, cell->end, &date, &cost))
            continue;
        uint32_t place = cell->begin, comma = date.begin;
        while (comma > place && !cchci_is_word(grid->flow.key[comma - 1]))
            comma--;
        bool punctuated = comma < date.begin && grid->flow.key[comma] == ',';
        cchci_place_name(&grid->flow, &place, comma);
        if (place + 2 >= comma && punctuated && comma - cell->begin < PLACE_LENGTH)
            place = cell->begin; /* damaged as well */
        else if (place < comma ? !cchci_is_letter(grid->flow.key[place])
                               : date.begin > cell->begin + 2)
            continue;
        if (place == comma)
            place = date.begin;
        cchci_tell_repair(heading->parse, CCHCI_ANCHOR_DATE, cost, &grid->flow, date.begin,
                          date.end);
        cchci_grid_cut_before(grid, &i, place);
        cchci_cell_at(grid, i)->kind = CCHCI_PIECE_DATE;
        return true;
    }
    return find_place_alone(heading, first);
}
