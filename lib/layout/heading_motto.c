/* SPDX-License-Identifier: MIT */
/* The motto, from which the heading is looked for (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.1):
 *
 *      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM       ĐẢNG CỘNG SẢN VIỆT NAM (the Party's letters)
 *      Độc lập - Tự do - Hạnh phúc
 *
 * 1. Which lines may have it is seen in the text, so that no more of them are cut into cells than
 *    need be: each motto has a letter that is rare, with few others before it.
 * 2. In their cells it is looked for as it is printed, then as its letters, whatever signs are
 *    between them; a narrow column wraps it.
 * 3. Where a body has begun above it, it is a form's in the annex, and the letter has none.
 * 4. Without a sound line a damaged one is looked for, within the edit cost.
 * 5. What is left of it in the lines around gets its name, too.
 */
#include <string.h>

#include "heading.h"
#include "markers.h"
#include "parse.h"
#include "text/eight.h"

#define MOTTO_CAPITALS 8u       /* of a damaged line of it: half of the letters that must be left */
#define MOTTO_BELOW_CAPITALS 2u /* "Độc lập - Tự do - Hạnh phúc" has three */
#define MOTTO_RARE 9u           /* letters of "Đảng Cộng s", the longest way to a rare one */

/* ---------------------------------------------------------------- the lines that may have it -- */

/* The end of what is read of a line. */
static uint32_t text_end(const struct cchci_heading *heading, const struct cchci_line *line)
{
    uint32_t longest = heading->grid.longest;
    return line->end - line->begin > longest ? line->begin + longest : line->end;
}

/* Whether the letters before a place of a line, and of the lines above, are these, the last one
 * first. *line gets the one where the first of them stands. */
static bool comes_after(const struct cchci_heading *heading, uint32_t *line, uint32_t at,
                        const char *letters)
{
    const struct cchci_layout *layout = heading->parse->layout;
    const unsigned char *key = heading->parse->text->key;
    uint32_t begin = cchci_line_at(layout, *line)->begin;
    for (; *letters != '\0'; letters++, at--) {
        while (at == begin || !cchci_is_word(key[at - 1])) {
            if (at > begin) {
                at--;
                continue;
            }
            if (*line == 0)
                return false;
            const struct cchci_line *above = cchci_line_at(layout, --*line);
            begin = at = above->begin;
            if (above->kind == CCHCI_LINE_TEXT)
                at = text_end(heading, above);
        }
        if (cchci_lower(key[at - 1]) != (unsigned char)*letters)
            return false;
    }
    return true;
}

/* The letters that each one motto has and few words do: the x of "Cộng hòa xã hội", the s of
 * "Đảng Cộng sản", the l of "Độc lập". */
static unsigned rare_letters(const unsigned char *key)
{
    return cchci_sixteen_letter(key, 'x') | cchci_sixteen_letter(key, 's') |
           cchci_sixteen_letter(key, 'l');
}

/* The line where the motto begins whose rare letter stands at a place; CCHCI_NOWHERE: it is none's.
 * *line, at or above the place, gets the one where that letter stands. */
static uint32_t motto_of(const struct cchci_heading *heading, uint32_t *line, uint32_t at)
{
    const struct cchci_layout *layout = heading->parse->layout;
    const unsigned char *key = heading->parse->text->key;
    unsigned char rare = key[at] | 0x20, before = at > 0 ? key[at - 1] : ' ';
    const char *letters = rare == 'x' ? "aohgnoc" : rare == 's' ? "gnocgnad" : "cod";
    if (cchci_is_word(before) && cchci_lower(before) != (unsigned char)letters[0])
        return CCHCI_NOWHERE;
    while (cchci_line_at(layout, *line)->end <= at)
        ++*line;
    const struct cchci_line *here = cchci_line_at(layout, *line);
    uint32_t first = *line;
    return here->begin <= at && here->kind == CCHCI_LINE_TEXT && at < text_end(heading, here) &&
                   comes_after(heading, &first, at, letters)
               ? first
               : CCHCI_NOWHERE;
}

/* The place behind the letters of a motto that goes on below line `end`. */
static uint32_t motto_end(const struct cchci_heading *heading, uint32_t end)
{
    const struct cchci_layout *layout = heading->parse->layout;
    const unsigned char *key = heading->parse->text->key;
    uint32_t at = cchci_line_at(layout, end - 1)->end;
    for (unsigned letters = 0; end < heading->end && letters < MOTTO_RARE; end++) {
        const struct cchci_line *line = cchci_line_at(layout, end);
        if (line->kind != CCHCI_LINE_TEXT)
            continue;
        uint32_t stop = text_end(heading, line);
        for (at = line->begin; at < stop && letters < MOTTO_RARE; at += 8)
            letters += cchci_eight_count(cchci_eight_letters(cchci_eight_before(key, at, stop)));
    }
    return at < heading->parse->text->count ? at : heading->parse->text->count;
}

/* The first of the lines [first, end) in which a motto may begin; CCHCI_NOWHERE: in none. Looks at the
 * text, so that the lines need not be cut of which few have one. */
static uint32_t next_motto_line(const struct cchci_heading *heading, uint32_t first, uint32_t end)
{
    if (first >= end)
        return CCHCI_NOWHERE;
    const unsigned char *key = heading->parse->text->key;
    uint32_t at = cchci_line_at(heading->parse->layout, first)->begin, line = first,
             stop = motto_end(heading, end);
    for (; at < stop; at += 16) {
        for (unsigned rare = rare_letters(key + at); rare != 0; rare &= rare - 1) {
            uint32_t place = at + cchci_first_bit(rare);
            if (place >= stop)
                break;
            uint32_t begin = motto_of(heading, &line, place);
            if (begin != CCHCI_NOWHERE && begin >= first)
                return begin < end ? begin : CCHCI_NOWHERE;
        }
    }
    return CCHCI_NOWHERE;
}

/* --------------------------------------------------------------------------------- in a cell -- */

/* The lines of the motto; a part that was wrapped is matched by the part that is there. */
enum { STATE_MOTTO = 1, PARTY_MOTTO = 2, MOTTO_BELOW = 4 }; /* by what it begins: a bit each */

static const struct {
    const char *letters, *whole;
    unsigned start;
    bool wants_capitals; /* sentences have its words, too */
} mottos[] = {
    {"conghoaxahoichu", "conghoaxahoichunghiavietnam", STATE_MOTTO, false},
    {"conghoaxaho", "conghoaxahoichunghiavietnam", STATE_MOTTO, true}, /* the rest is damaged */
    {"dangcongsanvietnam", "dangcongsanvietnam", PARTY_MOTTO, true},
    {"doclaptudo", "doclaptudohanhphuc", MOTTO_BELOW, false},
    {"doclaptu", "doclaptudohanhphuc", MOTTO_BELOW, false},
    {"doclapt", "doclaptudohanhphuc", MOTTO_BELOW, false},
};

static unsigned motto_starts(const unsigned char *key, uint32_t at, uint32_t reach)
{
    /* The second letter, behind a blank perhaps: it says no for nearly all. */
    unsigned char second = cchci_lower(key[key[at + 1] == ' ' ? at + 2 : at + 1]);
    bool o = second == 'o', apart = !cchci_is_word(second);
    if (!o && !apart && second != 'a')
        return 0;
    if (cchci_lower(key[at]) == 'c')
        return (o || apart) && cchci_loose_at(key, at, reach, "congho") != 0 ? STATE_MOTTO : 0;
    if ((o || apart) && cchci_loose_at(key, at, reach, "docla") != 0)
        return MOTTO_BELOW;
    return !o && cchci_loose_at(key, at, reach, "dangco") != 0 ? PARTY_MOTTO : 0;
}

/* Which of them may start in [begin, end), at whose end they may go on, and the first place
 * where one may: one look over a cell that spares nearly all cells ten. */
static unsigned mottos_that_start(const unsigned char *key, uint32_t begin, uint32_t end,
                                  uint32_t reach, uint32_t *first)
{
    unsigned starts = 0;
    for (uint32_t at = begin; at < end; at += 8) {
        uint64_t eight = cchci_eight(key + at) | CCHCI_EIGHT(0x20);
        for (uint64_t yes = cchci_eight_within(eight, 'c', 'd'); yes != 0; yes &= yes - 1) {
            uint32_t place = at + cchci_eight_first(yes);
            if (place >= end)
                break;
            unsigned start = motto_starts(key, place, reach);
            if (starts == 0)
                *first = place;
            starts |= start;
        }
    }
    return starts;
}

/* The motto as it is printed, at the beginning of a cell. */
static const char state_motto[] = "cong hoa xa hoi chu nghia viet nam",
                  motto_below[] = "doc lap - tu do - hanh phuc";

static bool find_printed_motto(struct cchci_heading *heading, uint32_t i)
{
    struct cchci_grid *grid = &heading->grid;
    const unsigned char *key = grid->flow.key;
    const struct cchci_cell *cell = cchci_cell_at(grid, i);
    uint32_t begin = cell->begin, end = cell->end;
    if (end - begin >= sizeof state_motto - 1 &&
        cchci_eight_same(key + begin, state_motto, sizeof state_motto - 1)) {
        heading->whole_motto = true;
        cchci_grid_cut_after(grid, i, begin + (uint32_t)sizeof state_motto - 1);
    } else if (end - begin != sizeof motto_below - 1 ||
               !cchci_eight_same(key + begin, motto_below, sizeof motto_below - 1) ||
               !cchci_is_word(key[end + 1]) || cchci_lower(key[end + 1]) == 'o') {
        return false; /* "phúC⏎ộng hòa": the one above it comes first */
    } else {
        heading->motto_below = true;
    }
    cchci_cell_at(grid, i)->kind = CCHCI_PIECE_MOTTO;
    return true;
}

/* "nước Cộng hòa xã hội chủ nghĩa Việt Nam" in a sentence, at [at, after) of a cell. */
static bool names_the_state(const struct cchci_flow *flow, const struct cchci_cell *cell,
                            uint32_t at, uint32_t after)
{
    return cchci_capitals(flow, at, after) < 50 && at > cell->begin + 1 &&
           flow->key[at - 1] == ' ' && cchci_is_letter(flow->key[at - 2]) &&
           cchci_capitals(flow, cell->begin, at) < 50;
}

/* Names the cells of a motto that begins cell i and ends before `after`, perhaps in one below. */
static void name_motto(struct cchci_grid *grid, uint32_t i, uint32_t after)
{
    const struct cchci_cell *cell = cchci_cell_at(grid, i);
    for (uint32_t k = i + 1;
         after > cell->end && k < grid->cells.count && cchci_cell_at(grid, k)->begin < after; k++) {
        cchci_grid_cut_after(grid, k, after);
        cchci_cell_at(grid, k)->kind = CCHCI_PIECE_MOTTO;
    }
    cchci_cell_at(grid, i)->kind = CCHCI_PIECE_MOTTO;
}

/* Looks for a line of the motto in cell *i, which is cut where it begins and ends, and names it. */
static bool find_motto_in(struct cchci_heading *heading, uint32_t *i)
{
    struct cchci_grid *grid = &heading->grid;
    struct cchci_cell *cell = cchci_cell_at(grid, *i);
    if (find_printed_motto(heading, *i))
        return true;
    /* A narrow column wraps the motto: it may go on for two lines more. */
    uint32_t after, reach = grid->flow.length < cell->end + 40 ? grid->flow.length : cell->end + 40;
    uint32_t first = cell->begin;
    unsigned starts = mottos_that_start(grid->flow.key, cell->begin, cell->end, reach, &first);
    for (unsigned m = 0; starts != 0 && m < sizeof mottos / sizeof mottos[0]; m++) {
        if ((starts & mottos[m].start) == 0)
            continue;
        uint32_t at = cchci_loose_find(grid->flow.key, first, cell->end, mottos[m].letters, &after);
        if (at == CCHCI_NOWHERE)
            at = cchci_loose_find(grid->flow.key, first, reach, mottos[m].whole, &after);
        if (at == CCHCI_NOWHERE || at >= cell->end)
            continue;
        if ((mottos[m].start == STATE_MOTTO && names_the_state(&grid->flow, cell, at, after)) ||
            (mottos[m].wants_capitals &&
             (cchci_capitals(&grid->flow, at, after) < 80 ||
              (at > cell->begin + 5 && cchci_flow_words(&grid->flow, at - 5, "nuoc") > 0))))
            continue;
        uint32_t whole = cchci_loose_at(grid->flow.key, at, cell->end, mottos[m].whole);
        heading->whole_motto |= mottos[m].start == STATE_MOTTO && whole != 0;
        heading->party |= mottos[m].start == PARTY_MOTTO;
        heading->motto_below |= mottos[m].start == MOTTO_BELOW;
        cchci_grid_cut_before(grid, i, at);
        name_motto(grid, *i, after);
        if (whole != 0)
            cchci_grid_cut_after(grid, *i, whole);
        return true;
    }
    return false;
}

/* ------------------------------------------------------------------- sound, damaged, wrapped -- */

/* The mottos that are whole, or are what a wrap left of one: their first cell and their last
 * line. */
static bool find_sound_motto(struct cchci_heading *heading, uint32_t *first, uint32_t *last_line)
{
    struct cchci_grid *grid = &heading->grid;
    bool found = false;
    uint32_t i = 0, end = heading->end;
    for (uint32_t line = 0; (line = next_motto_line(heading, line, end)) != CCHCI_NOWHERE; line++) {
        while (cchci_grid_has(grid, i) && cchci_cell_at(grid, i)->line < line)
            i++;
        for (; cchci_grid_has(grid, i) && cchci_cell_at(grid, i)->line == line; i++) {
            if (!find_motto_in(heading, &i))
                continue;
            if (!found)
                *first = i;
            found = true;
            *last_line = line;
            /* A second heading further below is another document's, or a form's. */
            end = line + 9 < heading->end ? line + 9 : heading->end;
        }
    }
    return found;
}

/* Whether a body has begun above a motto, which is a form's in the annex then: căn cứ over căn cứ,
 * Điều 1, or Kính gửi. */
static bool body_above(const struct cchci_grid *grid, uint32_t motto)
{
    const struct cchci_flow *flow = &grid->flow;
    unsigned bases = 0;
    for (uint32_t i = 0; i < motto; i++) {
        const struct cchci_cell *cell = cchci_cell_at(grid, i);
        struct cchci_marker marker;
        uint32_t after;
        if (cell->group > 0)
            continue;
        bases += cchci_is_upper(flow->key[cell->begin]) &&
                 cchci_flow_words(flow, cell->begin, "can cu") > 0;
        if (bases >= 2 || cchci_heading_addressees_label(flow, cell->begin, cell->end, &after) ||
            (cchci_marker_read(flow, cell->begin, cell->end, &marker) &&
             marker.style == CCHCI_MARKER_ARTICLE && marker.value == 1))
            return true;
    }
    return false;
}

/* Whether a cell has so many capitals. A search with an edit cost is dear, and prose has few. */
static bool has_capitals(const struct cchci_grid *grid, const struct cchci_cell *cell,
                         unsigned least)
{
    unsigned capitals = 0;
    for (uint32_t at = cell->begin; at < cell->end && capitals < least; at += 8) {
        uint64_t eight = cchci_eight_before(grid->flow.key, at, cell->end);
        capitals += cchci_eight_count(cchci_eight_within(eight, 'A', 'Z'));
    }
    return capitals >= least;
}

/* Letters, blanks and specks of "CỘNG HÒA XÃ HỘI ". */
#define MOTTO_BEFORE 18u

/* Where the motto begins one of whose middle words stands at a place: at CỘNG, or at what is left of
 * the words before it. */
static uint32_t motto_before(const struct cchci_flow *flow, uint32_t begin, uint32_t at)
{
    static const char *const words[] = {"hoi", "xa", "hoa", "cong"};
    uint32_t first = at, near = cchci_place_before(at, MOTTO_BEFORE, begin + 1);
    for (uint32_t k = at; k-- > near;)
        if (flow->key[k - 1] == ' ' && cchci_lower(flow->key[k]) == 'c' &&
            (cchci_lower(flow->key[k + 1]) == 'o' || k + 1 == at - 1))
            return k;
    for (unsigned w = 0; w < 4 && first > near; w++) {
        uint32_t stop = cchci_flow_before_blank(flow, first),
                 word = cchci_flow_word_begin(flow, stop), letters = stop - word,
                 length = (uint32_t)strlen(words[w]);
        if (letters == 0 || letters > length || word < near)
            continue;
        if (cchci_letters_at(flow->key + word, words[w] + (length - letters)) > 0)
            first = word;
    }
    return first;
}

/* The damaged motto: its first line within the edit cost, among capitals. */
static bool find_damaged_motto(struct cchci_heading *heading, uint32_t *found)
{
    struct cchci_grid *grid = &heading->grid;
    for (uint32_t i = 0; i < 16 && cchci_grid_has(grid, i); i++) {
        struct cchci_cell *cell = cchci_cell_at(grid, i);
        struct cchci_likeness like;
        enum cchci_anchor line = CCHCI_ANCHOR_MOTTO;
        bool capitals = has_capitals(grid, cell, MOTTO_CAPITALS);
        uint32_t after, tail = CCHCI_NOWHERE;
        if (capitals && cchci_lower(grid->flow.key[cell->end - 1]) == 'm')
            tail =
                cchci_loose_find(grid->flow.key, cell->begin, cell->end, "chunghiavietnam", &after);
        if (tail != CCHCI_NOWHERE && cchci_capitals(&grid->flow, tail, after) >= 80) {
            cchci_grid_cut_before(grid, &i, motto_before(&grid->flow, cell->begin, tail));
            cchci_cell_at(grid, i)->kind = CCHCI_PIECE_MOTTO;
            *found = i;
            return true;
        }
        if (!capitals || !cchci_anchor_find(grid->flow.key, cell->begin, cell->end, line, &like) ||
            cchci_capitals(&grid->flow, like.begin, like.end) < 50) {
            line = CCHCI_ANCHOR_MOTTO_BELOW;
            if (!has_capitals(grid, cell, MOTTO_BELOW_CAPITALS) ||
                !cchci_anchor_find(grid->flow.key, cell->begin, cell->end, line, &like))
                continue;
        }
        cchci_grid_cut_before(grid, &i, like.begin);
        cchci_grid_cut_after(grid, i, like.end);
        cell = cchci_cell_at(grid, i);
        cell->kind = CCHCI_PIECE_MOTTO;
        cchci_tell_repair(heading->parse, line, like.cost, &grid->flow, cell->begin, cell->end);
        *found = i;
        return true;
    }
    return false;
}

/* Whether the beginning of one of the motto's middle words is in a cell. */
static bool has_middle(const struct cchci_flow *flow, const struct cchci_cell *cell)
{
    for (uint32_t at = cell->begin; at < cell->end; at += 8) {
        uint64_t small = cchci_eight_before(flow->key, at, cell->end) | CCHCI_EIGHT(0x20);
        uint64_t yes = cchci_eight_is(small, 'c') | cchci_eight_is(small, 'x');
        for (; yes != 0; yes &= yes - 1) {
            uint32_t place = at + cchci_eight_first(yes);
            if (cchci_loose_at(flow->key, place, cell->end, "congho") != 0 ||
                cchci_loose_at(flow->key, place, cell->end, "chungh") != 0 ||
                cchci_loose_at(flow->key, place, cell->end, "xahoi") != 0)
                return true;
        }
    }
    return false;
}

/* "Độc lập" was found, the line above it is damaged: its middle words part it from the agency. */
static void find_line_above(struct cchci_heading *heading, uint32_t *first)
{
    static const char *const middles[] = {"conghoa", "xahoichu", "xahoich", "chunghia"};
    struct cchci_grid *grid = &heading->grid;
    for (uint32_t i = *first;
         i > 0 && cchci_cell_at(grid, i)->line + 2 >= cchci_cell_at(grid, *first)->line; i--) {
        struct cchci_cell *cell = cchci_cell_at(grid, i - 1);
        bool may = cell->kind == CCHCI_PIECE_UNKNOWN && has_middle(&grid->flow, cell);
        for (unsigned m = 0; may && m < 4; m++) {
            uint32_t after,
                at = cchci_loose_find(grid->flow.key, cell->begin, cell->end, middles[m], &after);
            if (at == CCHCI_NOWHERE || cchci_capitals(&grid->flow, at, cell->end) < 60)
                continue;
            at = m > 0 ? motto_before(&grid->flow, cell->begin, at) : at;
            uint32_t piece = i - 1;
            cchci_grid_cut_before(grid, &piece, at);
            if (piece > i - 1)
                ++*first;
            cchci_cell_at(grid, piece)->kind = CCHCI_PIECE_MOTTO;
            break;
        }
    }
}

/* Whether the cell before one is the motto's. */
static bool behind_motto(const struct cchci_grid *grid, uint32_t i)
{
    return i > 0 && cchci_cell_at(grid, i - 1)->kind == CCHCI_PIECE_MOTTO;
}

/* What a narrow column wrapped: "NGHĨA VIỆT NAM", "NAM", "phúc". */
static void find_wrapped_motto(struct cchci_heading *heading, uint32_t last_line)
{
    struct cchci_grid *grid = &heading->grid;
    for (uint32_t i = 0; cchci_grid_has(grid, i); i++) {
        struct cchci_cell *cell = cchci_cell_at(grid, i);
        if (cell->line > last_line + 2)
            break;
        const char *rest = NULL;
        switch (cchci_lower(grid->flow.key[cell->begin])) {
        case 'n':
            rest = cchci_lower(grid->flow.key[cell->begin + 1]) == 'g' ? "nghiavietnam"
                   : !heading->whole_motto && behind_motto(grid, i)    ? "nam"
                                                                       : NULL;
            break;
        case 'v': rest = heading->whole_motto ? NULL : "vietnam"; break;
        case 'p': rest = "phuc"; break;
        case 'h': rest = "hanhphuc"; break;
        default: continue;
        }
        if (cell->kind == CCHCI_PIECE_UNKNOWN && rest != NULL &&
            cchci_loose_at(grid->flow.key, cell->begin, cell->end, rest) == cell->end)
            cell->kind = CCHCI_PIECE_MOTTO;
    }
}

/* "Độc lập", of which nothing else is left, below the motto's first line. */
static void find_damaged_below(struct cchci_heading *heading, uint32_t first)
{
    struct cchci_grid *grid = &heading->grid;
    uint32_t last_line = cchci_cell_at(grid, first)->line + 2;
    for (uint32_t i = first; cchci_grid_has(grid, i) && cchci_cell_at(grid, i)->line <= last_line;
         i++) {
        const struct cchci_cell *cell = cchci_cell_at(grid, i);
        uint32_t after,
            at = cchci_loose_find(grid->flow.key, cell->begin, cell->end, "doclap", &after);
        if (cell->kind != CCHCI_PIECE_UNKNOWN || at == CCHCI_NOWHERE ||
            !cchci_is_upper(grid->flow.key[at]) || !cchci_flow_word_start(&grid->flow, at))
            continue;
        cchci_grid_cut_before(grid, &i, at);
        cchci_cell_at(grid, i)->kind = CCHCI_PIECE_MOTTO;
        return;
    }
}

/* --------------------------------------------------------------------------------- the whole -- */

bool cchci_heading_find_motto(struct cchci_heading *heading, uint32_t *first)
{
    struct cchci_grid *grid = &heading->grid;
    uint32_t last_line = 0;
    bool found = find_sound_motto(heading, first, &last_line);
    if (found && body_above(grid, *first)) {
        for (uint32_t i = *first; i < grid->cells.count; i++)
            if (cchci_cell_at(grid, i)->kind == CCHCI_PIECE_MOTTO)
                cchci_cell_at(grid, i)->kind = CCHCI_PIECE_UNKNOWN;
        heading->party = false;
        return false;
    }
    if (!found)
        found = find_damaged_motto(heading, first);
    if (found && !heading->party)
        find_line_above(heading, first);
    if (found && !heading->motto_below && !heading->party)
        find_damaged_below(heading, *first);
    if (found)
        find_wrapped_motto(heading, last_line);
    return found;
}
