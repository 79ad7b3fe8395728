/* SPDX-License-Identifier: MIT */
#include "grid.h"

#include <string.h>

#include "base/limits.h"
#include "parse.h"
#include "match/lexicon.h"
#include "text/eight.h"
#include "text/syllables.h"

/* Whether the characters between two runs part columns: a tab, or three blanks and more. Two are
 * what justified text has between words. */
static bool parts_columns(const struct cchci_text *text, uint32_t from, uint32_t to)
{
    uint32_t blanks = 0;
    for (uint32_t c = from; c < to; c++) {
        if (text->key[c] == '\t')
            return true;
        blanks = text->key[c] == ' ' ? blanks + 1 : 0;
        if (blanks >= 3)
            return true;
    }
    return false;
}

/* The column of a place, that of an earlier one in its line being x. */
static uint32_t column_from(uint32_t x, const struct cchci_text *text, uint32_t from, uint32_t to)
{
    for (; to - from >= 8; from += 8, x += 8) {
        uint64_t eight = cchci_eight(text->key + from);
        if (((eight - CCHCI_EIGHT(' ')) & ~eight & CCHCI_EIGHT_YES) != 0)
            break; /* tabs and markup are below a blank */
    }
    for (; from < to; from++) {
        if (text->key[from] == '\t')
            x += 8 - x % 8;
        else if (text->key[from] != CCHCI_KEY_MARKUP)
            x++;
    }
    return x;
}

static uint32_t column_of(const struct cchci_text *text, const struct cchci_line *line,
                          uint32_t chr)
{
    return column_from(line->indent, text, line->begin, chr);
}

/* Whether a wide gap lies inside one thing: a blank left for digits ("Số:      /UBND",
 * "ngày    tháng    năm"), the words of a line that is spaced out ("C Ộ N G   H Ò A"). */
static bool gap_is_blank(const struct cchci_flow *flow, uint32_t left_begin, uint32_t left_end,
                         uint32_t right)
{
    if (flow->key[right] == '/' && cchci_is_letter(flow->key[right + 1]))
        return true;
    if (left_end >= left_begin + 3 && flow->key[left_end - 2] == ' ' &&
        flow->key[right + 1] == ' ' &&
        (cchci_is_letter(flow->key[left_end - 1]) || cchci_is_letter(flow->key[right])))
        return true;
    if (cchci_flow_words(flow, right, "thang") > 0 || cchci_flow_words(flow, right, "nam") > 0 ||
        (flow->key[left_end - 1] == ',' && cchci_flow_words(flow, right, "ngay") > 0))
        return true;
    bool label = cchci_flow_words(flow, left_begin, "so") > 0 && left_end - left_begin <= 4 &&
                 flow->key[left_end - 1] == ':';
    if (label && cchci_is_word(flow->key[right]))
        return true;
    if (left_end - left_begin == 2 && cchci_flow_words(flow, left_begin, "so") > 0 &&
        flow->key[right] == '-' && cchci_is_upper(flow->key[right + 1]))
        return true; /* "Số      -NQ/TU" */
    uint32_t word = left_end;
    while (word > left_begin && flow->key[word - 1] != ' ')
        word--;
    return cchci_flow_words(flow, word, "ngay") == left_end - word ||
           cchci_flow_words(flow, word, "thang") == left_end - word ||
           cchci_flow_words(flow, word, "nam") == left_end - word;
}

/* Joins cells from one on, the second of its line. */
static void join_blanks(struct cchci_grid *grid, uint32_t second)
{
    struct cchci_cell *cells = grid->cells.data;
    uint32_t kept = second;
    for (uint32_t i = second; i < grid->cells.count; i++) {
        if (gap_is_blank(&grid->flow, cells[kept - 1].begin, cells[kept - 1].end, cells[i].begin)) {
            cells[kept - 1].end = cells[i].end;
            continue;
        }
        cells[kept] = cells[i];
        cells[kept].group = cells[kept - 1].group + 1;
        kept++;
    }
    grid->cells.count = kept;
}

/* Cuts the next line of the flow. */
static void cut_line(struct cchci_grid *grid)
{
    const struct cchci_flow *flow = &grid->flow;
    uint32_t piece = flow->lines[grid->lines].piece;
    uint32_t line = CCHCI_AT(&grid->pieces, struct cchci_piece, piece).line;
    uint32_t end = cchci_flow_line_end(flow, grid->lines++), first = grid->cells.count;
    const struct cchci_line *physical = cchci_line_at(grid->layout, line);
    struct cchci_cell *cell = NULL;
    uint32_t last = 0, known = physical->begin, x = physical->indent;
    const struct cchci_run *run = flow->runs + grid->runs;
    for (; run->at < end; run++) {
        if (cell == NULL || parts_columns(flow->text, last, run->chr)) {
            if (grid->from_lines < grid->most) {
                grid->from_lines++;
                x = column_from(x, flow->text, known, run->chr); /* counted once a line */
                known = run->chr;
                cell = cchci_vector_push(&grid->cells, grid->arena, sizeof *cell);
                *cell = (struct cchci_cell){.begin = run->at,
                                            .line = line,
                                            .x = x,
                                            .group = grid->cells.count - 1 - first,
                                            .capitals = CCHCI_NOT_COUNTED};
            } else {
                grid->full = true;
            }
        }
        if (cell == NULL)
            continue;
        cell->end = run->at + run->length;
        last = run->chr + run->length;
    }
    grid->runs = (uint32_t)(run - flow->runs);
    if (grid->cells.count > first + 1)
        join_blanks(grid, first + 1);
}

/* Cuts the lines of the flow before one. Nearly all are one run, and so one cell. */
static void cut_lines(struct cchci_grid *grid, uint32_t end)
{
    const struct cchci_flow *flow = &grid->flow;
    const struct cchci_piece *pieces = grid->pieces.data;
    for (uint32_t i = grid->lines; i < end; i = grid->lines) {
        const struct cchci_run *run = flow->runs + grid->runs;
        uint32_t line = pieces[flow->lines[i].piece].line;
        const struct cchci_line *physical = cchci_line_at(grid->layout, line);
        if (run[1].at < cchci_flow_line_end(flow, i) || run->chr != physical->begin ||
            grid->from_lines >= grid->most) {
            cut_line(grid);
            continue;
        }
        struct cchci_cell cell = {.begin = run->at,
                                  .end = run->at + run->length,
                                  .line = line,
                                  .x = physical->indent,
                                  .capitals = CCHCI_NOT_COUNTED};
        *(struct cchci_cell *)cchci_vector_push(&grid->cells, grid->arena, sizeof cell) = cell;
        grid->from_lines++;
        grid->lines = i + 1;
        grid->runs++;
    }
}

/* ----------------------------------------------------------------------------------- lines -- */

/* Lines of a heading, each of which is a cell or two. */
#define FEW_LINES 32u

static void start(struct cchci_grid *grid, struct cchci_parse *parse, uint32_t first, uint32_t end)
{
    memset(grid, 0, sizeof *grid);
    grid->layout = parse->layout;
    grid->arena = parse->arena;
    grid->flow.text = parse->text;
    grid->next = first;
    grid->end = end;
    grid->most = cchci_most_cells(end - first);
    grid->longest = (uint32_t)parse->limits->max_line_length;
    grid->long_line = CCHCI_NOWHERE;
    uint32_t lines = end - first;
    cchci_vector_reserve(&grid->cells, grid->arena, lines < FEW_LINES ? lines + 1 : FEW_LINES,
                         sizeof(struct cchci_cell));
}

static void add_pieces(struct cchci_grid *grid, uint32_t end)
{
    cchci_vector_reserve(&grid->pieces, grid->arena, grid->pieces.count + (end - grid->next),
                         sizeof(struct cchci_piece));
    struct cchci_piece *pieces = grid->pieces.data;
    uint32_t count = grid->pieces.count, taken = grid->taken;
    for (uint32_t i = grid->next; i < end; i++) {
        const struct cchci_line *line = cchci_line_at(grid->layout, i);
        if (line->kind != CCHCI_LINE_TEXT)
            continue;
        uint32_t length = line->end - line->begin;
        if (length > grid->longest) {
            length = grid->longest;
            grid->long_line = grid->long_line < i ? grid->long_line : i;
        }
        pieces[count++] = (struct cchci_piece){line->begin, line->begin + length, i, 0};
        taken += length;
    }
    grid->next = end;
    grid->pieces.count = count;
    grid->taken = taken;
}

/* The place where the flow's lines end that are cut. */
static uint32_t cut_end(const struct cchci_grid *grid)
{
    return grid->lines < grid->flow.line_count ? grid->flow.lines[grid->lines].at
                                               : grid->flow.length;
}

/* Cuts the lines up to one. The flow is made anew, and begins with all that it had: cells keep
 * their places. What stands behind a line may join its cells, so that the last one waits for the
 * next. */
static void add_lines(struct cchci_grid *grid, uint32_t end)
{
    add_pieces(grid, end);
    cchci_flow_build(&grid->flow, grid->flow.text, grid->arena, grid->pieces.data,
                     grid->pieces.count);
    uint32_t waits = end < grid->end && grid->flow.line_count > 0;
    cut_lines(grid, grid->flow.line_count - waits);
}

/* ------------------------------------------------------------------------------------ seams -- */

static bool cut(struct cchci_grid *grid, uint32_t i, uint32_t at)
{
    if (grid->cells.count >= 2 * grid->most) {
        grid->full = true;
        return false;
    }
    CCHCI_PUSH(&grid->cells, grid->arena, struct cchci_cell);
    struct cchci_cell *cells = grid->cells.data;
    memmove(cells + i + 2, cells + i + 1, (grid->cells.count - i - 2) * sizeof *cells);
    cells[i].capitals = CCHCI_NOT_COUNTED;
    cells[i + 1] = cells[i];
    cells[i + 1].begin = at;
    cells[i + 1].kind = CCHCI_PIECE_UNKNOWN;
    cells[i + 1].x = column_of(grid->flow.text, cchci_line_at(grid->layout, cells[i].line),
                               cchci_flow_character(&grid->flow, at));
    while (cells[i + 1].begin < cells[i + 1].end && grid->flow.key[cells[i + 1].begin] == ' ')
        cells[i + 1].begin++;
    cells[i].end = at;
    while (cells[i].end > cells[i].begin && grid->flow.key[cells[i].end - 1] == ' ')
        cells[i].end--;
    for (uint32_t k = i + 1; k < grid->cells.count && cells[k].line == cells[i].line; k++)
        cells[k].group = cells[k - 1].group + 1;
    return true;
}

/* The least letters of a word with an authority's prefix glued to it. */
#define AUTHORITY_LENGTH 4u

/* Where two words were glued when a converter dropped the line's end between them: capitals before
 * a capitalised word ("TRƯỞNGVương"), or a known first word in the middle ("THƯƠNGCỤC HÓA CHẤT").
 * 0: nowhere in the word [begin, stop). */
static uint32_t seam_in(const struct cchci_flow *flow, uint32_t begin, uint32_t stop, uint32_t end)
{
    /* "KGVXVHtin534" is one sign. */
    bool numbered = cchci_is_digit(flow->key[stop]);
    for (uint32_t i = begin + 2; i + 1 < stop && !numbered; i++)
        if (cchci_is_upper(flow->key[i - 2]) && cchci_is_upper(flow->key[i - 1]) &&
            cchci_is_upper(flow->key[i]) && flow->key[i + 1] >= 'a' && flow->key[i + 1] <= 'z')
            return i;
    if (stop - begin <= CCHCI_SYLLABLE_LETTERS || cchci_capitals(flow, begin, stop) < 100)
        return 0;
    for (uint32_t i = begin + 2; i + 1 < stop; i++) {
        const struct cchci_entry *word = cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, i);
        if (word == NULL)
            word = cchci_lexicon_like(CCHCI_TOPIC_UNITS, flow, end, i);
        if (word != NULL && i + word->length >= stop)
            return i;
    }
    return 0;
}

/* "KT.", "TM." or "TL." ends at a place, and a title or an agency follows. */
static bool glued_authority(const struct cchci_flow *flow, uint32_t stop, uint32_t end)
{
    unsigned char first = flow->key[stop - 2], second = flow->key[stop - 1];
    bool prefix =
        (first == 'K' && second == 'T') || (first == 'T' && (second == 'M' || second == 'L'));
    uint32_t title = stop + 1;
    while (title < end && flow->key[title] == ' ')
        title++;
    return prefix && stop < end && flow->key[stop] == '.' && title < end &&
           (cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, title) != NULL ||
            cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, title) != NULL);
}

/* Counts places where three capitals stand in a row, up to `most`: two runs that overlap may be
 * one. One of the three is a third key: most keys are not read. */
static uint32_t capital_runs(const unsigned char *key, uint32_t begin, uint32_t end, uint32_t most)
{
    uint32_t runs = 0;
    for (uint32_t i = begin + 2; i < end && runs < most; i += 3) {
        if (!cchci_is_upper(key[i]))
            continue;
        bool left = cchci_is_upper(key[i - 1]), right = i + 1 < end && cchci_is_upper(key[i + 1]);
        runs += (left && (right || cchci_is_upper(key[i - 2]))) ||
                (right && i + 2 < end && cchci_is_upper(key[i + 2]));
    }
    return runs;
}

/* Whether fewer capitals than `most` are among keys. A sign of ASCII
 * among the capitals ('[', '_') counts, too. */
static bool few_capitals(const unsigned char *key, uint32_t begin, uint32_t end, uint32_t most)
{
    uint32_t capitals = 0;
    while (begin < end && capitals < most) {
        uint64_t counts = 0; /* of each eighth key */
        uint32_t stop = end - begin > 1024 ? begin + 1024 : end;
        for (; begin < stop; begin += 8) {
            uint64_t eight = cchci_eight(key + begin);
            counts += (eight & ~(eight << 1)) >> 6 & CCHCI_EIGHT(1);
        }
        counts =
            (counts & UINT64_C(0x00FF00FF00FF00FF)) + (counts >> 8 & UINT64_C(0x00FF00FF00FF00FF));
        capitals += (uint32_t)(counts * UINT64_C(0x0001000100010001) >> 48);
    }
    return capitals < most;
}

/* Whether the whole grid has so few cells that no cut finds it full: only then a cut says the
 * same whether the lines below have been cut or not. Of the cells that it may have, a half come
 * from lines, an eighth is left for the seams so far and the heading's own cuts, and more than a
 * quarter for seams below. A cell takes two characters; each seam stands at a capital of its own,
 * the end of three (if none was lost, and no markup between them), a third one of which two seams
 * share at most. Asked at the first cut, which most headings have not. */
static bool has_room(struct cchci_grid *grid)
{
    if (grid->room || grid->next == grid->end)
        return true;
    const struct cchci_text *text = grid->flow.text;
    uint32_t begin = grid->lines < grid->flow.line_count
                         ? cchci_flow_character(&grid->flow, cut_end(grid))
                         : cchci_line_at(grid->layout, grid->next)->begin,
             end = cchci_line_at(grid->layout, grid->end - 1)->end, most = grid->most / 4;
    grid->room =
        2 * grid->cells.count + (end - begin) <= 3 * grid->most ||
        (!text->capitals_lost && memchr(text->key + begin, CCHCI_KEY_MARKUP, end - begin) == NULL &&
         (few_capitals(text->key, begin, end, 5 * most / 2) ||
          capital_runs(text->key, begin, end, most) < most));
    return grid->room;
}

/* Which keys, of CCHCI_STRETCH or of so many that are left, are letters, and which full stops: a
 * bit each. Signs beyond ASCII are taken for letters, too. */
struct letters_and_stops {
    uint64_t letters, stops;
};
static inline void add_letters_and_stops(struct letters_and_stops *seen, const unsigned char *key,
                                         uint32_t i)
{
    seen->letters |= (uint64_t)cchci_sixteen_letters_or_beyond(key + i) << i;
    seen->stops |= (uint64_t)cchci_sixteen_is(key + i, '.') << i;
}

static inline struct letters_and_stops letters_and_stops(const unsigned char *key, uint32_t count)
{
    struct letters_and_stops seen = {0, 0};
    if (count < CCHCI_STRETCH) {
        for (uint32_t i = 0; i < count; i += 16)
            add_letters_and_stops(&seen, key, i);
        return seen;
    }
    for (uint32_t i = 0; i < CCHCI_STRETCH; i += 16) /* in a row: nothing is asked between them */
        add_letters_and_stops(&seen, key, i);
    return seen;
}

/* The first place in [at, end) at which a cell is known that may have a seam: a letter behind as
 * many as a syllable has, or a full stop behind an authority's letters; end: there is none. */
static uint32_t next_seam(const unsigned char *key, uint32_t at, uint32_t end)
{
    for (; at < end; at += CCHCI_STRETCH - CCHCI_SYLLABLE_LETTERS) {
        struct letters_and_stops seen = letters_and_stops(key + at, end - at);
        uint64_t two = seen.letters & seen.letters << 1, four = two & two << 2;
        uint64_t places = (four & four << 4) | (seen.stops & four << 1);
        if (places != 0) {
            uint32_t place = at + (uint32_t)__builtin_ctzll(places);
            return place < end ? place : end;
        }
    }
    return end;
}

/* Whether two capitals stand side by side. A sign of ASCII among the capitals ('[', '_') may be
 * taken for one, and what stands behind the end. */
static bool may_have_capitals(const unsigned char *key, const unsigned char *end)
{
    for (; key < end; key += 8) {
        uint64_t left = cchci_eight(key), right = cchci_eight(key + 1);
        if ((left & right & ~((left | right) << 1) & CCHCI_EIGHT(0x40)) != 0)
            return true;
    }
    return false;
}

/* Cuts a cell where there are seams in it; false: the grid is full. */
static bool cut_seams_of(struct cchci_grid *grid, uint32_t i)
{
    const struct cchci_cell *cell = cchci_cell_at(grid, i);
    if (cell->end - cell->begin > CCHCI_STAMP_LINE_LENGTH)
        return true;
    /* Each seam has capitals beside it, if the text has not lost them. */
    if (!grid->flow.text->capitals_lost &&
        !may_have_capitals(grid->flow.key + cell->begin, grid->flow.key + cell->end))
        return true;
    for (uint32_t at = cell->begin; at < cchci_cell_at(grid, i)->end;) {
        uint32_t stop = at;
        while (stop < cell->end && cchci_is_letter(grid->flow.key[stop]))
            stop++;
        /* "… NHÂN DÂNKT. CHỦ TỊCH": the authority's prefix glued to the line above. */
        bool authority = stop - at >= AUTHORITY_LENGTH &&
                         glued_authority(&grid->flow, stop, cell->end) &&
                         cchci_capitals(&grid->flow, at, stop) == 100;
        uint32_t seam = authority ? stop - 2
                        : stop - at > CCHCI_SYLLABLE_LETTERS
                            ? seam_in(&grid->flow, at, stop, cell->end)
                            : 0;
        if (seam != 0) {
            if (++grid->seams > grid->most / 8 && !has_room(grid))
                add_lines(grid, grid->end);
            if (!cut(grid, i, seam))
                return false;
            cell = cchci_cell_at(grid, i); /* its left part may have another seam */
            at = cell->begin;
            continue;
        }
        at = stop + 1;
    }
    return true;
}

/* The place where the cells end. */
static uint32_t cells_end(const struct cchci_grid *grid)
{
    return grid->cells.count > 0 ? cchci_cell_at(grid, grid->cells.count - 1)->end : 0;
}

/* Cuts the cells from one on. Few have what a seam needs: it is looked for in all at once. */
static void cut_seams(struct cchci_grid *grid, uint32_t first)
{
    if (first >= grid->cells.count)
        return;
    uint32_t at = cchci_cell_at(grid, first)->begin;
    for (uint32_t i = first;; at = cchci_cell_at(grid, i)->end) {
        uint32_t end = cells_end(grid);
        at = next_seam(grid->flow.key, at, end);
        if (at >= end)
            return;
        while (cchci_cell_at(grid, i)->end <= at)
            i++;
        if (!cut_seams_of(grid, i))
            return;
    }
}

/* ----------------------------------------------------------------------------------- steps -- */

/* Characters of the first step: those of most headings, and what is behind them. Each further
 * step is as long as all before, so that flows that are made anew take twice the time at most. */
#define FIRST_STEP 768u

/* What a rule may look at behind a cell: so many places. */
#define PLACES_BEHIND 64u

/* And a date's: so many and, since what is left open in one may be lines of dots, letters or
 * digits. */
#define DATE_BEHIND 160u
#define WORDS_BEHIND 64u

/* The place in front of what dates may look at of the keys before `end`. */
static uint32_t before_date(const struct cchci_flow *flow, uint32_t end)
{
    if (end <= DATE_BEHIND)
        return 0;
    uint32_t at = end, far = end - DATE_BEHIND, words = 0;
    for (; at > far && words < WORDS_BEHIND; at -= 8)
        words += cchci_eight_count(cchci_eight_letters(cchci_eight(flow->key + at - 8)));
    for (at = far; at > 0 && words < WORDS_BEHIND;)
        words += cchci_is_word(flow->key[--at]);
    return at;
}

/* So many cells end at or before a place, all but some of the last ones. */
static uint32_t cells_before(const struct cchci_grid *grid, uint32_t at)
{
    uint32_t count = grid->cells.count;
    while (count > 0 && cchci_cell_at(grid, count - 1)->end > at)
        count--;
    return count;
}

/* Counts the cells that are sure. */
static void count_sure(struct cchci_grid *grid)
{
    grid->sure = grid->sure_of_dates = grid->cells.count;
    if (grid->next == grid->end)
        return;
    uint32_t end = cut_end(grid);
    grid->sure = cells_before(grid, end > PLACES_BEHIND ? end - PLACES_BEHIND : 0);
    grid->sure_of_dates = cells_before(grid, before_date(&grid->flow, end));
}

static void take_lines(struct cchci_grid *grid, uint32_t end)
{
    uint32_t first = grid->cells.count;
    add_lines(grid, end);
    cut_seams(grid, first);
    count_sure(grid);
}

/* The line behind the next ones that have so many characters. */
static uint32_t step_end(const struct cchci_grid *grid, uint32_t characters)
{
    uint32_t line = grid->next, sum = 0;
    for (; line < grid->end && sum < characters; line++)
        sum += cchci_line_at(grid->layout, line)->end - cchci_line_at(grid->layout, line)->begin;
    return line;
}

void cchci_grid_build(struct cchci_grid *grid, struct cchci_parse *parse, uint32_t first,
                      uint32_t end)
{
    start(grid, parse, first, end);
    take_lines(grid, end);
}

void cchci_grid_begin(struct cchci_grid *grid, struct cchci_parse *parse, uint32_t first,
                      uint32_t end)
{
    start(grid, parse, first, end);
    take_lines(grid, step_end(grid, FIRST_STEP));
}

void cchci_grid_complete(struct cchci_grid *grid)
{
    if (grid->next < grid->end)
        take_lines(grid, grid->end);
}

void cchci_grid_grow(struct cchci_grid *grid)
{
    uint32_t step = grid->taken > FIRST_STEP ? grid->taken : FIRST_STEP;
    take_lines(grid, grid->cuts > grid->most / 8 ? grid->end : step_end(grid, step));
}

void cchci_grid_tell_long_line(const struct cchci_grid *grid, struct cchci_parse *parse,
                               uint32_t end)
{
    if (grid->long_line >= end)
        return;
    const struct cchci_line *line = cchci_line_at(grid->layout, grid->long_line);
    cchci_diagnose_characters(parse, CCHCI_LIMIT_LINE_LENGTH,
                              line->begin + (uint32_t)parse->limits->max_line_length, line->end);
}

bool cchci_grid_cut(struct cchci_grid *grid, uint32_t i, uint32_t at)
{
    if (!has_room(grid))
        cchci_grid_complete(grid);
    if (!cut(grid, i, at))
        return false;
    /* So many cuts may find the whole grid full: nothing is sure before the rest is there. */
    if (++grid->cuts > grid->most / 8 && grid->next < grid->end)
        grid->sure = grid->sure_of_dates = 0;
    grid->sure += i < grid->sure;
    grid->sure_of_dates += i < grid->sure_of_dates;
    return true;
}

void cchci_grid_cut_before(struct cchci_grid *grid, uint32_t *i, uint32_t at)
{
    if (at > cchci_cell_at(grid, *i)->begin && cchci_grid_cut(grid, *i, at))
        ++*i;
}

void cchci_grid_cut_after(struct cchci_grid *grid, uint32_t i, uint32_t at)
{
    struct cchci_cell *cell = cchci_cell_at(grid, i);
    uint32_t rest = cchci_flow_next_word(&grid->flow, at, cell->end);
    if (rest < cell->end && at > cell->begin)
        cchci_grid_cut(grid, i, rest);
}

#define FEW_PIECES 4u

static void give(const struct cchci_grid *grid, uint32_t line, uint32_t begin, uint32_t end,
                 struct cchci_part *part, bool in_column)
{
    const struct cchci_flow *flow = &grid->flow;
    while (begin < end && flow->key[begin] == ' ')
        begin++;
    while (end > begin && flow->key[end - 1] == ' ')
        end--; /* a blank that stands for a gap has no character of its own */
    if (begin >= end)
        return;
    const struct cchci_run *run = flow->runs + cchci_flow_run(flow, begin);
    uint32_t first = run->chr + (begin - run->at), last = first + (end - 1 - begin);
    if (end - run->at > run->length) /* of more runs, which few cells are */
        last = cchci_flow_character(flow, end - 1);
    if (part->pieces.capacity == 0) /* most parts have a piece or two */
        part->pieces = (struct cchci_vector){CCHCI_NEW(grid->arena, struct cchci_piece, FEW_PIECES),
                                             0, FEW_PIECES};
    struct cchci_piece *piece =
        cchci_vector_push(&part->pieces, grid->arena, sizeof(struct cchci_piece));
    *piece = (struct cchci_piece){first, last + 1, line, 0};
    if (in_column)
        piece->x = column_of(flow->text, cchci_line_at(grid->layout, line), first);
}

void cchci_grid_give(const struct cchci_grid *grid, uint32_t line, uint32_t begin, uint32_t end,
                     struct cchci_part *part)
{
    give(grid, line, begin, end, part, true);
}

void cchci_grid_give_words(const struct cchci_grid *grid, uint32_t line, uint32_t begin,
                           uint32_t end, struct cchci_part *part)
{
    give(grid, line, begin, end, part, false);
}

/* --------------------------------------------------------------------------------- letters -- */

/* The share of capitals in a text that lost some: fonts without toned capitals print "CHủ TịCH",
 * so that a letter with a tone says nothing there. */
static unsigned capitals_left(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    unsigned letters = 0, capitals = 0;
    for (uint32_t i = begin; i < end; i++) {
        if (flow->key[i] >= 'a' && flow->key[i] <= 'z' &&
            (cchci_flow_mark(flow, i) & CCHCI_TONE) != 0)
            continue;
        letters += cchci_is_letter(flow->key[i]);
        capitals += cchci_is_upper(flow->key[i]);
    }
    if (capitals == 0 && letters > 0)
        return 100; /* a heading's capitals look like this in the .VnTimeH fonts */
    return letters == 0 ? 0 : capitals * 100 / letters;
}

unsigned cchci_capitals(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    unsigned letters = 0, capitals = 0;
    if (flow->text->capitals_lost)
        return capitals_left(flow, begin, end);
    while (begin < end) {
        uint64_t eight = cchci_eight(flow->key + begin);
        if (end - begin < 8)
            eight = cchci_eight_before(flow->key, begin, end);
        uint64_t all = cchci_eight_all_letters(eight);
        letters += cchci_eight_count(all);
        /* Of ASCII's letters the small ones have 0x20, which others have, too. */
        capitals += cchci_eight_count(all & ~(eight << 2 | eight));
        begin += 8;
    }
    return letters == 0 ? 0 : capitals * 100 / letters;
}

uint32_t cchci_word_characters(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t count = 0;
    for (uint32_t i = begin; i < end; i += 8) {
        uint64_t eight = cchci_eight_before(flow->key, i, end);
        count +=
            cchci_eight_count(cchci_eight_all_letters(eight) | cchci_eight_within(eight, '0', '9'));
    }
    return count;
}
