/* SPDX-License-Identifier: MIT */
/* The heading (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.1–5 and 9):
 *
 *      agency above        |  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 *      AGENCY              |  Độc lập - Tự do - Hạnh phúc
 *      Số: 15/BNV-VP       |  Hà Nội, ngày 05 tháng 01 năm 2026
 *      V/v subject         |
 *                    TYPE, Về việc subject
 *               Kính gửi: addressees
 *
 * 1. Look for the motto in the first lines: what is far above it is a web site's menu. Without a
 *    motto the heading may begin at the first line.
 * 2. Go over the cells from there. The words that only a heading has (motto, Số:, place and date,
 *    V/v, a type in capitals, Kính gửi) say what a cell is; where such words stand inside a cell, a
 *    column's gap was lost and the cell is cut there.
 * 3. Cells that no word names get their meaning from their neighbours: capitals above the number
 *    are the agency, lines under V/v or under the type go on with the subject.
 */
#include "zones.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "match/date.h"
#include "parse.h"
#include "words.h"

#define NOWHERE UINT32_MAX

static struct cchci_flow *flow_of(struct cchci_heading *heading)
{
    return &heading->grid.flow;
}

static unsigned char key_at(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    return at < end ? flow->key[at] : 0;
}

/* Tells that a damaged marker word was taken for what it is, and what that cost (in half letters, see
 * CCHCI_ANCHOR_COST_PERCENT). */
static void tell_repair(struct cchci_heading *heading, const char *anchor, unsigned cost,
                        uint32_t begin, uint32_t end)
{
    char message[120];
    int length = snprintf(message, sizeof message,
                          "A damaged marker word was read as %s, at an edit cost of %u half letters.", anchor, cost);
    if (length < 0 || (size_t)length >= sizeof message)
        length = 0;
    cchci_diagnose(heading->parse, CCHCI_ANCHOR_REPAIRED,
                   length > 0 ? cchci_arena_copy(heading->parse->arena, message, (size_t)length) : NULL,
                   flow_of(heading), begin, end);
}

/* ------------------------------------------------------------------------------------- code -- */

uint32_t cchci_code_label(const struct cchci_flow *flow, uint32_t at, uint32_t end, bool *colon)
{
    /* "Luật số: 91/2026/QH16": the acts of the National Assembly. */
    static const char *const acts[] = {"luat so", "bo luat so", "phap lenh so", "nghi quyet so", "lenh so", "luatso"};
    *colon = false;
    for (unsigned i = 0; i < sizeof acts / sizeof acts[0]; i++)
        if (cchci_is_upper(key_at(flow, at, end)) && cchci_flow_words(flow, at, acts[i]) > 0)
            at += (uint32_t)strlen(acts[i]) - 2;
    unsigned char first = key_at(flow, at, end), second = key_at(flow, at + 1, end);
    bool digit = (first == '9' || first == '8' || first == '3') && (second == '6' || second == 'o' || second == '0') &&
                 key_at(flow, at + 2, end) == ':'; /* "86:2064/TCT": OCR's Số: */
    if (first != 'S' && first != 's' && first != '$' && first != '5' && !digit)
        return 0;
    if (memchr("oO0d6ecSs", second, 9) == NULL)
        return 0;
    uint32_t i = at + 2;
    if (cchci_is_letter(key_at(flow, i, end)))
        return 0;
    bool exact = second == 'o' || second == 'O';
    while (key_at(flow, i, end) == ' ')
        i++;
    unsigned char sign = key_at(flow, i, end);
    if (sign == ':' || sign == ';' || (sign == '.' && key_at(flow, i + 1, end) == ' ')) {
        *colon = sign == ':';
        i++;
    } else if (!exact || !cchci_is_digit(sign) ||
               (flow->text->mark[cchci_flow_character(flow, at + 1)] & CCHCI_QUALITY) == CCHCI_QUALITY_HORN) {
        return 0; /* without its colon the label needs its number, and is not "Sở" */
    }
    while (key_at(flow, i, end) == ' ')
        i++;
    /* "Số hiệu", "Số ký hiệu" are the words of a table about the letter. */
    return i;
}

static bool notation_key(unsigned char key)
{
    return cchci_is_word(key) || key == '&' || key == CCHCI_KEY_LETTER;
}

/* The end of the notation that starts at a place: words joined by - and /, blanks around the joints
 * allowed. */
static uint32_t notation_end(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t i = at, reached = at;
    for (;;) {
        uint32_t word = i;
        while (i < end && !(flow->key[i] == 'V' && key_at(flow, i + 1, end) == '/' && key_at(flow, i + 2, end) == 'v' &&
                            !cchci_is_letter(key_at(flow, i + 3, end))) && /* V/v glued to it */
               (notation_key(flow->key[i]) ||
                           (flow->key[i] == '+' && i > word && cchci_is_upper(key_at(flow, i + 1, end))) ||
                           (flow->key[i] == '.' && i > word && cchci_is_upper(key_at(flow, i + 1, end)))))
            i++;
        if (i == word)
            return reached;
        reached = i;
        uint32_t joint = i;
        while (joint < end && flow->key[joint] == ' ')
            joint++;
        if (key_at(flow, joint, end) != '-' && key_at(flow, joint, end) != '/')
            return reached;
        if (flow->key[joint] == '-' && joint > i && key_at(flow, joint + 1, end) == ' ') {
            /* " - " parts columns unless a last group in capitals follows: "45/SNV - TCBC". */
            uint32_t group = joint + 2;
            while (group < end && cchci_is_upper(flow->key[group]) && cchci_flow_mark(flow, group) % 8 == 0)
                group++;
            bool another = group < end && flow->key[group] == ' ' && cchci_is_upper(key_at(flow, group + 1, end)) &&
                           cchci_is_upper(key_at(flow, group + 2, end));
            if (group < joint + 4 || another)
                return reached;
        }
        joint++;
        while (joint < end && flow->key[joint] == ' ')
            joint++;
        if (!cchci_is_letter(key_at(flow, joint, end)) && !cchci_is_digit(key_at(flow, joint, end)))
            return reached;
        i = joint;
    }
}

/* How far the number may be from the label: a spaced-out or dotted blank. */
#define NUMBER_LENGTH 24u

bool cchci_code_read(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                     struct cchci_code_shape *shape)
{
    memset(shape, 0, sizeof *shape);
    uint32_t slash = at, letters = 0;
    while (slash < end && slash - at < NUMBER_LENGTH && flow->key[slash] != '/') {
        letters += cchci_is_letter(flow->key[slash]);
        slash++;
    }
    uint32_t dash = at;
    while (dash < end && cchci_is_digit(flow->key[dash]))
        dash++;
    /* Party form: 36-HD/VPTW (Hướng dẫn 36-HD/VPTW, 2). */
    if (dash > at && dash - at <= 5 && key_at(flow, dash, end) == '-' &&
        cchci_is_upper(key_at(flow, dash + 1, end)) && cchci_is_word(key_at(flow, dash + 2, end))) {
        shape->number_begin = at;
        shape->number_end = dash;
        shape->notation_begin = dash + 1;
        shape->notation_end = notation_end(flow, dash + 1, end);
        shape->begin = at;
        shape->end = shape->notation_end;
        return true;
    }
    if (key_at(flow, slash, end) != '/' || letters > 6) {
        /* No slash: "1234 CV-VP", or OCR lost it: "d9hSYT- NVY". */
        uint32_t stop = at;
        while (stop < end && cchci_is_digit(flow->key[stop]))
            stop++;
        uint32_t first = stop;
        if (key_at(flow, first, end) == ' ' && stop > at)
            first++;
        uint32_t after = notation_end(flow, first, end);
        if (after <= first + 1 || !cchci_is_upper(flow->key[first]) ||
            cchci_capitals(flow, first, after) < 60) {
            /* The slash is there as something else: "55 'CHQ-TXNK", "2686 7TCT-DNNCN". */
            for (first = at; first < end && first - at < NUMBER_LENGTH; first++) {
                after = notation_end(flow, first, end);
                if (cchci_is_upper(flow->key[first]) && after - first >= 4 &&
                    memchr(flow->key + first, '-', after - first) != NULL && cchci_capitals(flow, first, after) >= 80 &&
                    cchci_is_upper(key_at(flow, first + 1, end)))
                    break;
            }
            if (first >= end || first - at >= NUMBER_LENGTH || first == at)
                return false;
            stop = first;
            while (stop > at && !cchci_is_word(flow->key[stop - 1]))
                stop--;
        }
        shape->begin = at;
        shape->number_begin = at;
        shape->number_end = stop;
        shape->notation_begin = first;
        shape->notation_end = shape->end = after;
        return true;
    }
    /* OCR sees slashes in the number, too: the last one before the notation counts, unless a year
     * stands between. */
    for (uint32_t k = slash + 1; k < end && k - slash < 5; k++)
        if (flow->key[k] == '/' && k - slash < 4 && cchci_is_upper(key_at(flow, k + 1, end)) &&
            cchci_is_upper(key_at(flow, k + 2, end)) && cchci_word_characters(flow, slash, k) < 2)
            slash = k;
    uint32_t notation = slash + 1;
    while (key_at(flow, notation, end) == ' ')
        notation++;
    uint32_t after = notation_end(flow, notation, end);
    if (after == notation || cchci_capitals(flow, notation, after) < 40)
        return false;
    shape->notation_begin = notation;
    shape->notation_end = shape->end = after;
    uint32_t number = slash;
    while (number > at && memchr(" ._", flow->key[number - 1], 3) != NULL)
        number--;
    if (number > at && flow->key[number - 1] == CCHCI_KEY_ELLIPSIS)
        number--;
    /* The 1990s: "1146 CV/UB". */
    uint32_t digits = at;
    while (digits < number && cchci_is_digit(flow->key[digits]))
        digits++;
    if (digits > at && key_at(flow, digits, end) == ' ' && number - digits >= 3 &&
        cchci_capitals(flow, digits, number) == 100 && cchci_word_characters(flow, digits, number) == number - digits - 1) {
        shape->notation_begin = digits + 1;
        shape->begin = shape->number_begin = at;
        shape->number_end = digits;
        return true;
    }
    uint32_t from = at;
    while (from < number && (memchr(" ._:", flow->key[from], 4) != NULL ||
                             flow->key[from] == CCHCI_KEY_ELLIPSIS))
        from++;
    shape->number_begin = from;
    shape->number_end = number;
    shape->begin = from < number ? from : slash;
    return true;
}

/* -------------------------------------------------------------------------------- questions -- */

static bool starts_with(const struct cchci_flow *flow, uint32_t at, uint32_t end, const char *letters,
                        uint32_t *after)
{
    *after = cchci_loose_at(flow, at, end, letters);
    return *after != 0 && cchci_lower(key_at(flow, at, end)) == (unsigned char)letters[0];
}

/* "V/v", "V/v:", "V/ v"; *after gets the place behind it. */
static bool subject_label(const struct cchci_flow *flow, uint32_t at, uint32_t end, uint32_t *after)
{
    uint32_t i = at;
    if (cchci_lower(key_at(flow, i, end)) != 'v')
        return false;
    i++;
    while (key_at(flow, i, end) == ' ')
        i++;
    if (key_at(flow, i, end) != '/')
        return false;
    i++;
    while (key_at(flow, i, end) == ' ')
        i++;
    if (cchci_lower(key_at(flow, i, end)) != 'v' || cchci_is_letter(key_at(flow, i + 1, end)))
        return false;
    i++;
    while (i < end && memchr(" :.", flow->key[i], 3) != NULL)
        i++;
    *after = i;
    return true;
}

/* What OCR makes of V/v: "Viv", "Vv", "VW", "V4v". Asked only where V/v has its place, under the
 * number; the words of Vietnamese that look alike have marks. */
static bool damaged_subject_label(const struct cchci_flow *flow, uint32_t at, uint32_t end, uint32_t *after)
{
    static const char *const seen[] = {"vv", "viv", "vlv", "v1v", "v4v", "vw", "w", "vy", "va", "vn", "wv", "vii",
                                       "vi", "vjv", "ww", "vvv", "v", "v7v", "vtv", "vav"};
    char token[6];
    size_t length = 0;
    uint32_t i = at;
    for (; i < end && flow->key[i] != ' ' && i - at < 8; i++) {
        if (!cchci_is_word(flow->key[i]))
            continue;
        if (flow->key[i] >= 0x80 || length + 1 >= sizeof token || cchci_flow_mark(flow, i) != 0)
            return false;
        token[length++] = (char)cchci_lower(flow->key[i]);
    }
    token[length] = '\0';
    if (key_at(flow, i, end) != ' ' || cchci_word_characters(flow, i, end) < 6)
        return false;
    for (size_t k = 0; k < sizeof seen / sizeof seen[0]; k++) {
        if (strcmp(seen[k], token) == 0) {
            *after = i + 1;
            return true;
        }
    }
    return false;
}

/* "Kính gửi", "Kính gởi", "K/g"; *after gets the place behind its colon. */
static bool addressees_label(const struct cchci_flow *flow, uint32_t at, uint32_t end, uint32_t *after)
{
    uint32_t i;
    /* Traces of a stamp before it: the label inside a cell, with its colon. */
    for (uint32_t k = at + 1; k < end && k < at + 20; k++) {
        if (flow->key[k] != 'K' || flow->key[k - 1] != ' ')
            continue;
        uint32_t stop = cchci_loose_at(flow, k, end, "kinhgui");
        if (stop != 0 && key_at(flow, stop, end) == ':' && cchci_capitals(flow, at, k) < 60) {
            at = k;
            break;
        }
    }
    if (!starts_with(flow, at, end, "kinhgui", &i) && !starts_with(flow, at, end, "kinhgoi", &i) &&
        !(starts_with(flow, at, end, "kg", &i) && i == at + 3 && key_at(flow, at + 1, end) == '/' &&
          key_at(flow, i, end) == ':'))
        return false;
    while (i < end && memchr(" :;.", flow->key[i], 4) != NULL)
        i++;
    *after = i;
    return true;
}

/* "Kinh gúi", "Kính gử:", "Site gửi": within the edit cost, with the colon behind it. */
static bool damaged_addressees_label(struct cchci_heading *heading, uint32_t at, uint32_t end, uint32_t *after)
{
    const struct cchci_flow *flow = flow_of(heading);
    uint32_t stop = at;
    while (stop < end && stop - at < 14 && flow->key[stop] != ':')
        stop++;
    if (key_at(flow, stop, end) != ':' || stop - at < 6 || !cchci_is_upper(key_at(flow, at, end)))
        return false;
    unsigned cost;
    uint32_t reached;
    if (cchci_alike_find(flow, at, stop, "kinhgui", &reached, &cost) != at || reached + 1 < stop)
        return false;
    tell_repair(heading, "Kính gửi", cost, at, stop);
    while (stop < end && memchr(" :;.", flow->key[stop], 4) != NULL)
        stop++;
    *after = stop;
    return true;
}

/* Công điện (Mẫu 1.6): the addressees stand under "THỦ TƯỚNG CHÍNH PHỦ điện:". */
static bool telegram_label(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t stop = end;
    while (stop > at && (flow->key[stop - 1] == ' ' || flow->key[stop - 1] == ':'))
        stop--;
    return stop < end && stop - at > 8 && stop - at < 80 && cchci_flow_exactly(flow, stop - 4, "điện") &&
           flow->key[stop - 5] == ' ' && cchci_capitals(flow, at, stop - 5) > 60;
}

/* The document type that fills a cell, in capitals: its entry; *after: the place behind it. */
static const struct cchci_entry *type_at(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                                         uint32_t *after)
{
    cchci_bare(flow, &begin, &end);
    const struct cchci_entry *entry = cchci_lexicon_like(CCHCI_TOPIC_DOCUMENT_TYPES, flow, end, begin);
    if (entry == NULL || cchci_capitals(flow, begin, begin + entry->length) < 75)
        return NULL;
    *after = begin + entry->length;
    return entry;
}

/* A sentence of the body: it opens with the words that bodies open with, or is long prose. */
static bool opens_body(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    if (begin >= end || cchci_capitals(flow, begin, end) > 60)
        return false;
    if (cchci_is_upper(flow->key[begin]) &&
        cchci_lexicon_like(CCHCI_TOPIC_OPENINGS, flow, end, begin) != NULL && end - begin > 12)
        return true;
    struct cchci_marker marker;
    return cchci_marker_read(flow, begin, end, &marker) && end - begin > 12;
}

static bool lower_start(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    while (at < end && (flow->key[at] == '(' || flow->key[at] == '"'))
        at++;
    unsigned char key = key_at(flow, at, end);
    struct cchci_marker marker;
    return ((key >= 'a' && key <= 'z') || cchci_is_digit(key)) && !cchci_marker_read(flow, at, end, &marker);
}

/* Whether a line that ends here wants another one. */
static bool open_ended(const struct cchci_flow *flow, uint32_t end)
{
    return end > 0 && (flow->key[end - 1] == ',' || flow->key[end - 1] == '-');
}

/* ------------------------------------------------------------------------------------ motto -- */

static void cut_before(struct cchci_grid *grid, uint32_t *i, uint32_t at)
{
    if (at > cchci_cell_at(grid, *i)->begin && cchci_grid_cut(grid, *i, at))
        ++*i;
}

static void cut_after(struct cchci_grid *grid, uint32_t i, uint32_t at)
{
    struct cchci_cell *cell = cchci_cell_at(grid, i);
    uint32_t rest = at;
    while (rest < cell->end && !cchci_is_word(grid->flow.key[rest]))
        rest++;
    if (rest < cell->end && at > cell->begin)
        cchci_grid_cut(grid, i, rest);
}

/* The lines of the motto; a part that was wrapped is matched by the part that is there. */
static const struct {
    const char *letters, *whole;
    bool party;
} mottos[] = {
    {"conghoaxahoichu", "conghoaxahoichunghiavietnam", false},
    {"dangcongsanvietnam", "dangcongsanvietnam", true},
    {"doclaptudo", "doclaptudohanhphuc", false},
    {"doclaptu", "doclaptudohanhphuc", false},
    {"doclapt", "doclaptudohanhphuc", false},
};

static bool find_motto_in(struct cchci_heading *heading, uint32_t *i)
{
    struct cchci_grid *grid = &heading->grid;
    for (unsigned m = 0; m < sizeof mottos / sizeof mottos[0]; m++) {
        struct cchci_cell *cell = cchci_cell_at(grid, *i);
        /* A narrow column wraps the motto: it may go on for two lines more. */
        uint32_t after, reach = grid->flow.length < cell->end + 40 ? grid->flow.length : cell->end + 40;
        uint32_t at = cchci_loose_find(&grid->flow, cell->begin, cell->end, mottos[m].letters, &after);
        if (at == NOWHERE)
            at = cchci_loose_find(&grid->flow, cell->begin, reach, mottos[m].whole, &after);
        if (at == NOWHERE || at >= cell->end)
            continue;
        if (mottos[m].party && cchci_capitals(&grid->flow, at, after) < 80)
            continue;
        if (m == 0 && cchci_capitals(&grid->flow, at, after) < 50 && at > cell->begin + 1 &&
            grid->flow.key[at - 1] == ' ' && cchci_is_letter(grid->flow.key[at - 2]) &&
            cchci_capitals(&grid->flow, cell->begin, at) < 50)
            continue; /* "nước Cộng hòa xã hội chủ nghĩa Việt Nam" in a sentence */
        uint32_t whole = cchci_loose_at(&grid->flow, at, cell->end, mottos[m].whole);
        cut_before(grid, i, at);
        cell = cchci_cell_at(grid, *i);
        for (uint32_t k = *i + 1; after > cell->end && k < grid->cells.count && cchci_cell_at(grid, k)->begin < after; k++) {
            cut_after(grid, k, after < cchci_cell_at(grid, k)->end ? after : cchci_cell_at(grid, k)->end);
            cchci_cell_at(grid, k)->kind = CCHCI_PIECE_MOTTO;
        }
        cell = cchci_cell_at(grid, *i);
        if (whole != 0)
            cut_after(grid, *i, whole);
        cchci_cell_at(grid, *i)->kind = CCHCI_PIECE_MOTTO;
        heading->party |= mottos[m].party;
        return true;
    }
    return false;
}

/* The damaged motto: its first line within the edit cost, among capitals. */
static bool find_damaged_motto(struct cchci_heading *heading, uint32_t *found)
{
    struct cchci_grid *grid = &heading->grid;
    for (uint32_t i = 0; i < grid->cells.count && i < 16; i++) {
        struct cchci_cell *cell = cchci_cell_at(grid, i);
        uint32_t after;
        unsigned cost;
        uint32_t at = cchci_alike_find(&grid->flow, cell->begin, cell->end,
                                       "conghoaxahoichunghiavietnam", &after, &cost);
        if (at == NOWHERE)
            at = cchci_alike_find(&grid->flow, cell->begin, cell->end, "doclaptudohanhphuc", &after, &cost);
        if (at == NOWHERE)
            continue;
        cut_before(grid, &i, at);
        cut_after(grid, i, after);
        cell = cchci_cell_at(grid, i);
        cell->kind = CCHCI_PIECE_MOTTO;
        tell_repair(heading, "the motto", cost, cell->begin, cell->end);
        *found = i;
        return true;
    }
    return false;
}

static bool find_motto(struct cchci_heading *heading, uint32_t *first)
{
    struct cchci_grid *grid = &heading->grid;
    bool found = false;
    uint32_t last_line = 0;
    for (uint32_t i = 0; i < grid->cells.count; i++) {
        if (found && cchci_cell_at(grid, i)->line > last_line + 8)
            break; /* a second heading is another document's, or a form's */
        if (!find_motto_in(heading, &i))
            continue;
        if (!found)
            *first = i;
        found = true;
        last_line = cchci_cell_at(grid, i)->line;
    }
    if (!found)
        found = find_damaged_motto(heading, first);
    /* "Độc lập" was found, the line above it is damaged: its middle words part it from the agency. */
    for (uint32_t i = *first; found && i > 0 && !heading->party && cchci_cell_at(grid, i)->line + 2 >= cchci_cell_at(grid, *first)->line; i--) {
        static const char *const middles[] = {"conghoa", "xahoichu", "xahoich", "chunghia"};
        struct cchci_cell *cell = cchci_cell_at(grid, i - 1);
        for (unsigned m = 0; cell->kind == CCHCI_PIECE_UNKNOWN && m < 4; m++) {
            uint32_t after, at = cchci_loose_find(&grid->flow, cell->begin, cell->end, middles[m], &after);
            if (at == NOWHERE || cchci_capitals(&grid->flow, at, cell->end) < 60)
                continue;
            for (uint32_t k = at; m > 0 && k > cell->begin && at - k < 14; k--)
                if (cchci_flow_word_start(&grid->flow, k) && cchci_lower(grid->flow.key[k]) == 'c' && k > cell->begin)
                    at = k;
            uint32_t piece = i - 1;
            cut_before(grid, &piece, at);
            if (piece > i - 1)
                ++*first;
            cchci_cell_at(grid, piece)->kind = CCHCI_PIECE_MOTTO;
            break;
        }
    }
    /* What a narrow column wrapped: "NGHĨA VIỆT NAM", "phúc". */
    for (uint32_t i = 0; found && i < grid->cells.count; i++) {
        struct cchci_cell *cell = cchci_cell_at(grid, i);
        uint32_t after;
        if (cell->line <= last_line + 2 && cell->kind == CCHCI_PIECE_UNKNOWN &&
            ((starts_with(&grid->flow, cell->begin, cell->end, "nghiavietnam", &after) && after == cell->end) ||
             (starts_with(&grid->flow, cell->begin, cell->end, "vietnam", &after) && after == cell->end) ||
             (starts_with(&grid->flow, cell->begin, cell->end, "phuc", &after) && after == cell->end) ||
             (starts_with(&grid->flow, cell->begin, cell->end, "hanhphuc", &after) && after == cell->end)))
            cell->kind = CCHCI_PIECE_MOTTO;
    }
    return found;
}

/* -------------------------------------------------------------------------- naming the cells -- */

/* Whether another part of the heading stands here: in a heading that was poured into one line. */
static bool opens_part(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t after;
    bool colon;
    while (at < end && !cchci_is_word(flow->key[at]))
        at++;
    if (subject_label(flow, at, end, &after) || addressees_label(flow, at, end, &after) ||
        (cchci_code_label(flow, at, end, &colon) != 0 && colon))
        return true;
    uint32_t stop = at;
    while (stop < end && flow->key[stop] != ' ')
        stop++;
    return stop - at >= 2 && cchci_capitals(flow, at, stop) == 100 &&
           (cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, at) != NULL ||
            cchci_lexicon_like(CCHCI_TOPIC_DOCUMENT_TYPES, flow, end, at) != NULL);
}

/* "Hà Nội, ngày 05 tháng 01 năm 2026" in a cell: cuts it out. */
static bool find_date_in(struct cchci_heading *heading, uint32_t *i)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    struct cchci_cell *cell = cchci_cell_at(grid, *i);
    uint32_t begin = cell->begin, end = cell->end;
    for (uint32_t at = begin; at + 4 <= end; at++) {
        if (cchci_lower(flow->key[at]) != 'n' || cchci_lower(flow->key[at + 1]) != 'g' ||
            !cchci_flow_word_start(flow, at))
            continue;
        struct cchci_date date;
        if (!cchci_date_read(flow, at, &date))
            continue;
        /* A wrap inside the date: it ends in the next cell, or the one after. */
        uint32_t last = *i;
        while (date.end > cchci_cell_at(grid, last)->end && last + 1 < grid->cells.count && last < *i + 2)
            last++;
        if (date.end > cchci_cell_at(grid, last)->end)
            continue;
        uint32_t stop = cchci_cell_at(grid, last)->end;
        bool has_word = false; /* the heading's date is in words: tháng */
        for (uint32_t k = at + 4; k + 2 < date.end; k++)
            has_word |= cchci_lower(flow->key[k]) == 'n' && cchci_lower(flow->key[k + 1]) == 'g';
        uint32_t tail = last == *i ? cchci_word_characters(flow, date.end, stop) : 0;
        if (!has_word || (tail > 12 && !opens_part(flow, date.end, stop)))
            continue;
        uint32_t place = begin, comma = at;
        while (comma > begin && flow->key[comma - 1] == ' ')
            comma--;
        bool punctuated = comma > begin && !cchci_is_word(flow->key[comma - 1]);
        cchci_place_name(flow, &place, comma);
        if (place + 2 >= comma && at > begin && punctuated && flow->text->capitals_lost && comma - begin < 24)
            place = begin;
        if (place == comma && at > begin)
            place = at;
        if (!punctuated && at > begin && (place > begin || comma - place > 30))
            continue; /* "… ban hành ngày 5 tháng 1": a sentence */
        if (at > begin && (place >= comma || !cchci_is_letter(flow->key[place])))
            continue; /* "Vào hồi 14 giờ 00, ngày …" */
        /* Without a place only right below the motto: prose lines begin with dates, too. */
        if (cchci_lower(flow->key[at]) == flow->key[at] && at == begin &&
            !(heading->motto && cell->line < heading->motto_line + 8))
            continue;
        uint32_t further = last - *i;
        cut_before(grid, i, place);
        cut_after(grid, *i, date.end);
        for (uint32_t k = *i; k <= *i + further; k++) {
            if (k == *i + further)
                cut_after(grid, k, date.end);
            cchci_cell_at(grid, k)->kind = CCHCI_PIECE_DATE;
        }
        return true;
    }
    return false;
}

static bool find_code_in(struct cchci_heading *heading, uint32_t *i)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    struct cchci_cell *cell = cchci_cell_at(grid, *i);
    uint32_t begin = cell->begin, end = cell->end;
    while (begin < end && !cchci_is_word(flow->key[begin]) && flow->key[begin] != '$')
        begin++;
    bool colon;
    uint32_t after = cchci_code_label(flow, begin, end, &colon);
    struct cchci_code_shape shape;
    if (after == 0) {
        /* The label inside a cell: only with its colon, behind a blank, and with a code. */
        for (uint32_t at = begin + 1; at + 4 < end; at++) {
            if (flow->key[at] != 'S' || flow->key[at - 1] != ' ')
                continue;
            after = cchci_code_label(flow, at, end, &colon);
            if (after != 0 && colon && cchci_code_read(flow, after, end, &shape)) {
                cut_before(grid, i, at);
                cut_after(grid, *i, shape.end);
                cchci_cell_at(grid, *i)->kind = CCHCI_PIECE_CODE;
                return true;
            }
        }
        return false;
    }
    bool read = cchci_code_read(flow, after, end, &shape);
    if (read) {
        uint32_t rest = end - shape.end;
        bool cited = !colon && rest > 0 && cchci_word_characters(flow, shape.end, end) > 0 && !heading->motto;
        if (cited || (!colon && !cchci_is_upper(flow->key[begin]) && flow->key[begin] != '$'))
            return false;
        cut_before(grid, i, begin);
        cut_after(grid, *i, shape.end);
    } else if (!colon || (end - after > 16 && !heading->motto) || cchci_is_digit(flow->key[begin]) ||
               !cchci_is_upper(flow->key[begin])) {
        return false;
    }
    cchci_cell_at(grid, *i)->kind = CCHCI_PIECE_CODE;
    /* The label alone on its line: number and notation are the next cell. */
    if (!read && cchci_word_characters(flow, after, end) == 0 && *i + 1 < grid->cells.count) {
        for (uint32_t last = *i + 1; last <= *i + 2 && last < grid->cells.count; last++) {
            struct cchci_cell *next = cchci_cell_at(grid, *i + 1), *end_cell = cchci_cell_at(grid, last);
            if (next->line <= cell->line || end_cell->line > cell->line + 4 || end_cell->end - next->begin > 40 ||
                end_cell->kind != CCHCI_PIECE_UNKNOWN ||
                !cchci_code_read(flow, next->begin, end_cell->end, &shape) || shape.end + 2 <= end_cell->end)
                continue;
            for (uint32_t k = *i + 1; k <= last; k++)
                cchci_cell_at(grid, k)->kind = CCHCI_PIECE_CODE;
            break;
        }
    }
    return true;
}

/* V/v anywhere in a cell; "về việc" at the start of one under the number, as Party letters have it
 * (Hướng dẫn 36-HD/VPTW). */
static bool find_subject_in(struct cchci_heading *heading, uint32_t *i)
{
    struct cchci_grid *grid = &heading->grid;
    struct cchci_cell *cell = cchci_cell_at(grid, *i);
    if (heading->code && cell->end - cell->begin < 200 && cchci_loose_at(&grid->flow, cell->begin, cell->end, "veviec") != 0) {
        cell->kind = CCHCI_PIECE_SUBJECT;
        return true;
    }
    uint32_t after;
    if (heading->code && cchci_capitals(&grid->flow, cell->begin, cell->end) < 60 &&
        !subject_label(&grid->flow, cell->begin, cell->end, &after) &&
        damaged_subject_label(&grid->flow, cell->begin, cell->end, &after)) {
        if (!cchci_grid_cut(grid, *i, after)) /* the label is no part of the subject's words */
            return false;
        cchci_cell_at(grid, *i)->kind = CCHCI_PIECE_LABEL;
        ++*i;
        cchci_cell_at(grid, *i)->kind = CCHCI_PIECE_SUBJECT;
        tell_repair(heading, "V/v", 1, cell->begin, after); /* the stroke, taken for a letter */
        return true;
    }
    for (uint32_t at = cell->begin; at + 2 < cell->end; at++) {
        if (subject_label(&grid->flow, at, cell->end, &after) &&
            (at == cell->begin || grid->flow.key[at] == 'V')) {
            cut_before(grid, i, at);
            cell = cchci_cell_at(grid, *i);
            cell->kind = CCHCI_PIECE_SUBJECT;
            uint32_t stop, label = cchci_loose_find(&grid->flow, after, cell->end, "kinhgui", &stop);
            if (label != NOWHERE && key_at(&grid->flow, stop, cell->end) == ':')
                cchci_grid_cut(grid, *i, label);
            return true;
        }
    }
    return false;
}

static bool find_mark_in(struct cchci_heading *heading, uint32_t i)
{
    const struct cchci_flow *flow = flow_of(heading);
    struct cchci_cell *cell = cchci_cell_at(&heading->grid, i);
    uint32_t begin = cell->begin, end = cell->end;
    cchci_bare(flow, &begin, &end);
    const struct cchci_entry *mark = cchci_lexicon_like(CCHCI_TOPIC_MARKS, flow, end, begin);
    if (mark == NULL || mark->length != end - begin || cchci_capitals(flow, begin, end) < 90 ||
        !cchci_flow_marked(flow, begin, end))
        return false;
    cell->kind = mark->canonical[0] == 'p' ? CCHCI_PIECE_PRIORITY
                 : mark->canonical[0] == 's' ? CCHCI_PIECE_SECRECY : CCHCI_PIECE_CIRCULATION;
    return true;
}

static bool find_type_in(struct cchci_heading *heading, uint32_t i)
{
    const struct cchci_flow *flow = flow_of(heading);
    struct cchci_cell *cell = cchci_cell_at(&heading->grid, i);
    uint32_t after, begin = cell->begin, end = cell->end;
    const struct cchci_entry *entry = type_at(flow, begin, end, &after);
    if (entry == NULL)
        return false;
    cchci_bare(flow, &begin, &end);
    if (after < end) {
        /* "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG …", "BÁO CÁO KẾT QUẢ …": the title goes on in capitals. */
        if (cchci_capitals(flow, begin, end) < 75 || flow->key[after] != ' ')
            return false;
        if (cell->group > 0 && !heading->code)
            return false;
        uint32_t words = 0;
        for (uint32_t k = after; k < end; k++)
            words += flow->key[k] == ' ';
        bool whole = cchci_flow_words(flow, after + 1, "cua") > 0 || words <= 2;
        if (!whole && !(heading->motto && heading->code))
            return false;
        if (!whole)
            cchci_grid_cut(&heading->grid, i, after + 1);
    }
    cchci_cell_at(&heading->grid, i)->kind = CCHCI_PIECE_TYPE;
    if (!heading->type)
        heading->parse->layout->type_slug = entry->canonical;
    return true;
}

/* Names one cell (and those that it is cut into). True: the heading's last part, Kính gửi. */
static bool name_cell(struct cchci_heading *heading, uint32_t *i)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    struct cchci_cell *cell = cchci_cell_at(grid, *i);
    uint32_t after, start = *i;
    if (cell->kind != CCHCI_PIECE_UNKNOWN)
        return false;
    uint32_t begin = cell->begin, end = cell->end;
    while (begin < end && !cchci_is_word(flow->key[begin]))
        begin++;
    /* "Kính⏎gửi": a wrap inside the label. */
    if (*i + 1 < grid->cells.count && starts_with(flow, begin, end, "kinh", &after) && after == end) {
        const struct cchci_cell *next = cchci_cell_at(grid, *i + 1);
        uint32_t stop = cchci_loose_at(flow, next->begin, next->end, "gui");
        if (stop != 0 && key_at(flow, stop, next->end) == ':') {
            cell->kind = CCHCI_PIECE_LABEL;
            ++*i;
            cchci_cell_at(grid, *i)->kind = CCHCI_PIECE_ADDRESSEES;
            heading->label_end = stop + 1;
            return true;
        }
    }
    if (addressees_label(flow, begin, end, &after) || telegram_label(flow, cell->begin, cell->end) ||
        ((heading->code || heading->date) && damaged_addressees_label(heading, begin, end, &after))) {
        cell->kind = CCHCI_PIECE_ADDRESSEES;
        heading->label_end = after;
        return true;
    }
    if (!heading->type && find_type_in(heading, *i)) {
        heading->type = true;
        return false;
    }
    if (find_mark_in(heading, *i))
        return false;
    if (!heading->date && find_date_in(heading, i)) {
        heading->date = true;
        if (*i > start)
            *i = start; /* what stood before it is named next */
        else
            return false;
    }
    if (cchci_cell_at(grid, *i)->kind == CCHCI_PIECE_UNKNOWN && !heading->code && find_code_in(heading, i)) {
        heading->code = true;
        return false;
    }
    if (cchci_cell_at(grid, *i)->kind == CCHCI_PIECE_UNKNOWN && !heading->subject && !heading->type &&
        find_subject_in(heading, i))
        heading->subject = true;
    return false;
}

/* -------------------------------------------------------------------------------- neighbours -- */

/* The lines under V/v, in its column. */
static void extend_subject(struct cchci_heading *heading, uint32_t subject, uint32_t label)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    const struct cchci_cell *first = cchci_cell_at(grid, subject);
    uint32_t x = first->x, line = first->line, last = subject, used = 0;
    for (uint32_t i = subject + 1; i < grid->cells.count && used < 14; i++) {
        struct cchci_cell *cell = cchci_cell_at(grid, i);
        if (cell->kind == CCHCI_PIECE_DATE || cell->kind == CCHCI_PIECE_MOTTO)
            continue;
        if (cell->kind != CCHCI_PIECE_UNKNOWN)
            break;
        if (cell->line == line) {
            if (cell->x > x + 40)
                continue;
        } else if (cell->group > 0 && cell->x > x + 30) {
            continue; /* the other column */
        }
        bool blank = cchci_line_at(heading->parse->layout, cell->line)->blank_before &&
                     cell->line != cchci_cell_at(grid, last)->line;
        /* Short lines between V/v and Kính gửi have nothing else to be. */
        bool enclosed = label != NOWHERE && cell->line < cchci_cell_at(grid, label)->line && cell->end - cell->begin < 90 &&
                        flow->key[cchci_cell_at(grid, last)->end - 1] != '.' &&
                        cchci_capitals(flow, cell->begin, cell->end) < 60;
        if (blank && !enclosed && !lower_start(flow, cell->begin, cell->end) &&
            !open_ended(flow, cchci_cell_at(grid, last)->end))
            break;
        struct cchci_marker marker;
        if (cchci_marker_read(flow, cell->begin, cell->end, &marker) && marker.style != CCHCI_MARKER_DASH)
            break;
        if (cchci_loose_at(flow, cell->begin, cell->end, "noinhan") != 0)
            break;
        if (opens_body(flow, cell->begin, cell->end) && (blank || cell->end - cell->begin > 45) &&
            !(lower_start(flow, cell->begin, cell->end) && !cchci_is_digit(flow->key[cell->begin])))
            break;
        if (flow->key[cchci_cell_at(grid, last)->end - 1] == '.' && cell->end - cell->begin > 70)
            break;
        if (cchci_word_characters(flow, cell->begin, cell->end) < 2)
            continue;
        cell->kind = CCHCI_PIECE_SUBJECT;
        last = i;
        used++;
    }
}

/* A line that names who decides, above căn cứ: "BỘ TRƯỞNG BỘ NỘI VỤ". */
static bool is_authority(const struct cchci_flow *flow, uint32_t begin, uint32_t end, bool titled)
{
    cchci_bare(flow, &begin, &end);
    if (cchci_capitals(flow, begin, end) < 75)
        return false;
    if (cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, begin) != NULL)
        return true;
    /* The first line under the type is its title: "QUY CHẾ", "PHÒNG CHỐNG" are no agencies there. */
    const struct cchci_entry *agency = cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, begin);
    return agency != NULL && (titled || strchr(agency->key, ' ') != NULL || strcmp(agency->key, "ubnd") == 0);
}

/* A full stop inside, with another sentence behind it. */
static bool breaks_sentence(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin + 3; i + 2 < end; i++)
        if (flow->key[i] == '.' && flow->key[i + 1] == ' ' && cchci_is_upper(flow->key[i + 2]) &&
            (cchci_is_digit(flow->key[i - 1]) || (flow->key[i - 1] >= 'a' && flow->key[i - 2] >= 'a')))
            return true;
    return false;
}

/* The lines under the type: its subject, up to the one who decides or the first sentence. Returns
 * the last line that is part of the title. */
static uint32_t extend_type(struct cchci_heading *heading, uint32_t type)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    uint32_t last = type, count = 0;
    for (uint32_t i = type + 1; i < grid->cells.count && count < 14; i++) {
        struct cchci_cell *cell = cchci_cell_at(grid, i);
        if (cell->kind == CCHCI_PIECE_MOTTO || cell->kind == CCHCI_PIECE_DATE || cell->kind == CCHCI_PIECE_CODE ||
            cell->kind == CCHCI_PIECE_PRIORITY || cell->kind == CCHCI_PIECE_SECRECY)
            continue;
        if (cell->kind != CCHCI_PIECE_UNKNOWN && cell->kind != CCHCI_PIECE_SUBJECT)
            break;
        uint32_t before = cchci_cell_at(grid, last)->end;
        const struct cchci_line *line = cchci_line_at(heading->parse->layout, cell->line);
        bool same_line = cell->line == cchci_cell_at(grid, last)->line;
        if (count > 0 && !same_line) {
            bool capitals = cchci_capitals(flow, cchci_cell_at(grid, last)->begin, before) > 80 &&
                            cchci_capitals(flow, cell->begin, cell->end) > 80;
            if (line->blank_before && !capitals && !lower_start(flow, cell->begin, cell->end) && !open_ended(flow, before))
                break;
            if (flow->key[before - 1] == '.' && !cchci_is_digit(flow->key[before - 2]))
                break;
        }
        if (cchci_word_characters(flow, cell->begin, cell->end) < 2)
            continue;
        uint32_t after;
        bool named = cchci_loose_at(flow, cell->begin, cell->end, "veviec") != 0 || subject_label(flow, cell->begin, cell->end, &after);
        if (!named && count == 0 && cell->line > cchci_cell_at(grid, last)->line + 6)
            break;
        if (is_authority(flow, cell->begin, cell->end, count > 0) &&
            (count > 0 || !cchci_line_at(heading->parse->layout, cell->line)->blank_before ||
             heading->parse->layout->type_slug == NULL)) {
            bool capitals = count > 0 && cchci_capitals(flow, cchci_cell_at(grid, last)->begin, before) > 75;
            if (!capitals || line->blank_before) {
                cell->kind = CCHCI_PIECE_AUTHORITY;
                break;
            }
        }
        struct cchci_marker marker;
        unsigned char sign = flow->key[cell->end - 1];
        bool basis = cchci_flow_words(flow, cell->begin, "can cu") > 0 || cchci_flow_words(flow, cell->begin, "theo de nghi") > 0 ||
                     cchci_flow_words(flow, cell->begin, "xet") > 0 || cchci_marker_read(flow, cell->begin, cell->end, &marker);
        /* The first line may open like a body ("Thực hiện dân chủ …") and still be the title. */
        bool prose = count == 0 && line->blank_before && sign == '.' && cchci_is_upper(flow->key[cell->begin]);
        bool sentence = prose || count > 0 || sign == ':' || sign == ';' || sign == '.' || sign == ',' || line->end - line->begin > 75;
        if (!named && (basis || prose || sign == ':' || (sentence && opens_body(flow, cell->begin, cell->end))) &&
            !lower_start(flow, cell->begin, cell->end))
            break;
        if (!named && breaks_sentence(flow, cell->begin, cell->end)) {
            /* Titles are no prose: what was taken for one so far was the body's first line. */
            for (uint32_t k = type + 1; k < i; k++)
                if (cchci_cell_at(grid, k)->kind == CCHCI_PIECE_SUBJECT)
                    cchci_cell_at(grid, k)->kind = CCHCI_PIECE_UNKNOWN;
            return cchci_cell_at(grid, type)->line;
        }
        if (!named && count == 0 && line->end - line->begin > 140)
            break;
        if (!named && count > 0 && !same_line && line->end - line->begin > 110 && cchci_is_upper(flow->key[cell->begin]))
            break;
        cell->kind = CCHCI_PIECE_SUBJECT;
        last = i;
        count++;
    }
    return cchci_cell_at(grid, last)->line;
}

/* Capitals above the number, in the left column or on their own lines, are the agency. */
static void name_agency(struct cchci_heading *heading, uint32_t first)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    uint32_t last = grid->cells.count;
    for (uint32_t i = first; i < grid->cells.count; i++) {
        unsigned char kind = cchci_cell_at(grid, i)->kind;
        if (kind == CCHCI_PIECE_CODE || kind == CCHCI_PIECE_TYPE || kind == CCHCI_PIECE_ADDRESSEES ||
            kind == CCHCI_PIECE_SUBJECT) {
            last = i;
            break;
        }
    }
    if (last == grid->cells.count)
        return;
    for (uint32_t i = first; i < last; i++) {
        struct cchci_cell *cell = cchci_cell_at(grid, i);
        uint32_t begin = cell->begin, end = cell->end;
        cchci_bare(flow, &begin, &end);
        if (cell->kind != CCHCI_PIECE_UNKNOWN || end - begin < 3)
            continue;
        uint32_t letters = cchci_word_characters(flow, begin, end);
        unsigned capitals = cchci_capitals(flow, begin, end);
        bool follows = i > first && cchci_cell_at(grid, i - 1)->kind == CCHCI_PIECE_AGENCY;
        bool named = cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, begin) != NULL;
        if (capitals < 60 && !(named && capitals > 0 && !heading->code && letters < 60 &&
                               cchci_lower(flow->key[begin]) == flow->key[begin]))
            continue;
        if (letters < 4 && !follows)
            continue;
        /* The right column beside the agency has the motto; stamps there are short or have digits. */
        if (cell->group > 0 && !named && cell->x > 30)
            continue;
        cell->kind = CCHCI_PIECE_AGENCY;
    }
}

/* ------------------------------------------------------------------------------- addressees -- */

static bool bullet_at(const struct cchci_flow *flow, uint32_t at, uint32_t end, uint32_t *text)
{
    struct cchci_marker marker;
    if (!cchci_marker_read(flow, at, end, &marker) || marker.style < CCHCI_MARKER_DASH)
        return false;
    *text = marker.text;
    return true;
}

/* Whether a few lines from here end at a blank line under which the body opens: then they still
 * belong to what is above them. */
static bool body_follows(const struct cchci_heading *heading, const struct cchci_cell *cell)
{
    const struct cchci_grid *grid = &heading->grid;
    uint32_t last = cell->line + 3;
    if (opens_body(&grid->flow, cell->begin, cell->end))
        return false;
    for (uint32_t i = (uint32_t)(cell - (const struct cchci_cell *)grid->cells.data) + 1;
         i < grid->cells.count && cchci_cell_at(grid, i)->line <= last; i++) {
        const struct cchci_cell *next = cchci_cell_at(grid, i);
        if (cchci_line_at(heading->parse->layout, next->line)->blank_before)
            return opens_body(&grid->flow, next->begin, next->end);
    }
    return false;
}

/* Whether the line of a cell goes on with the addressees. before: end of what is given so far. */
static bool continues_addressees(const struct cchci_heading *heading, const struct cchci_cell *cell,
                                 uint32_t before, bool any, bool bullets)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    const struct cchci_line *line = cchci_line_at(heading->parse->layout, cell->line);
    uint32_t text;
    if (bullet_at(flow, cell->begin, cell->end, &text))
        return !any || bullets;
    if (!any)
        return true;
    unsigned char last = before > 0 ? flow->key[before - 1] : 0;
    bool lower = lower_start(flow, cell->begin, cell->end);
    if (line->blank_before)
        return (last == ';' || last == ',' || lower) && last != '.' && !opens_body(flow, cell->begin, cell->end);
    if (last == '.')
        return (bullets && lower) || (!bullets && body_follows(heading, cell));
    if (lower && !cchci_is_digit(flow->key[cell->begin]))
        return true;
    if (opens_body(flow, cell->begin, cell->end))
        return false;
    if (last == ';' || last == ',')
        return true;
    if (bullets)
        return cell->end - cell->begin < 90;
    /* A second line without any sign: a further addressee is short; prose is not. */
    return line->end - line->begin < 60 && line->indent > 8;
}

static void give_addressees(struct cchci_heading *heading, uint32_t label)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    struct cchci_layout *layout = heading->parse->layout;
    const struct cchci_cell *cell = cchci_cell_at(grid, label);
    uint32_t begin = cell->begin, after;
    while (begin < cell->end && !cchci_is_word(flow->key[begin]))
        begin++;
    after = heading->label_end;
    if (telegram_label(flow, cell->begin, cell->end) && !addressees_label(flow, begin, cell->end, &after))
        after = cell->end;
    if (cell->kind == CCHCI_PIECE_ADDRESSEES)
        cchci_grid_give(grid, cell->line, cell->begin, after, &layout->addressees_label);
    bool any = false, bullets = false, contact = false, open_bracket = false;
    uint32_t text, before = after, last_line = cell->line;
    if (cchci_word_characters(flow, after, cell->end) > 0) {
        bullets = bullet_at(flow, after, cell->end, &text);
        cchci_grid_give(grid, cell->line, after, cell->end, &layout->addressees);
        any = true;
        before = cell->end;
    }
    uint32_t i = label + 1, lines = 0;
    for (; i < grid->cells.count && lines < CCHCI_CLOSING_LINES; i++) {
        cell = cchci_cell_at(grid, i);
        if (cell->line == last_line) { /* Kính gửi:    - Bộ Nội vụ; */
            if (cchci_word_characters(flow, cell->begin, cell->end) == 0)
                continue;
            if (!any)
                bullets = bullet_at(flow, cell->begin, cell->end, &text);
            any = true;
        } else {
            lines++;
            /* Addresses and numbers of the addressee are no part of it, to their closing bracket. */
            bool address = cchci_contact_line(flow, cell->begin, cell->end);
            if (address || (contact && !cchci_line_at(layout, cell->line)->blank_before)) {
                open_bracket = address ? flow->key[cell->begin] == '(' : open_bracket;
                bool closed = memchr(flow->key + cell->begin, ')', cell->end - cell->begin) != NULL;
                bool tail = open_bracket || flow->key[before - 1] == ',' || flow->key[before - 1] == ';';
                if (address || tail) {
                    contact = !(open_bracket && closed);
                    last_line = cell->line;
                    before = cell->end;
                    continue;
                }
            }
            contact = false;
            if (!continues_addressees(heading, cell, before, any, bullets))
                break;
            if (!any)
                bullets = bullet_at(flow, cell->begin, cell->end, &text);
            any = true;
        }
        cchci_grid_give(grid, cell->line, cell->begin, cell->end, &layout->addressees);
        before = cell->end;
        last_line = cell->line;
    }
    layout->has_addressees_label = true;
    layout->body_first = last_line + 1;
}

/* A letter whose "Kính gửi" OCR lost: the bullets right under V/v are its addressees. Returns the
 * cell after which they start, or NOWHERE. */
static uint32_t lost_label(struct cchci_heading *heading)
{
    const struct cchci_grid *grid = &heading->grid;
    uint32_t last = NOWHERE, text;
    for (uint32_t i = 0; i < grid->cells.count; i++)
        if (cchci_cell_at(grid, i)->line + 1 == heading->parse->layout->body_first)
            last = i;
    if (last == NOWHERE || last + 2 >= grid->cells.count)
        return NOWHERE;
    const struct cchci_cell *first = cchci_cell_at(grid, last + 1);
    if (!bullet_at(&grid->flow, first->begin, first->end, &text) ||
        (cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, &grid->flow, first->end, text) == NULL &&
         cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, &grid->flow, first->end, text) == NULL &&
         cchci_flow_words(&grid->flow, text, "cac") == 0))
        return NOWHERE;
    heading->label_end = cchci_cell_at(grid, last)->end;
    tell_repair(heading, "Kính gửi", 2 * (unsigned)strlen("kinhgui"), cchci_cell_at(grid, last + 1)->begin,
                cchci_cell_at(grid, last + 1)->end);
    return last;
}

/* ------------------------------------------------------------------------------------------- */

static void give_pieces(struct cchci_heading *heading)
{
    struct cchci_layout *layout = heading->parse->layout;
    const struct cchci_grid *grid = &heading->grid;
    for (uint32_t i = 0; i < grid->cells.count; i++) {
        const struct cchci_cell *cell = cchci_cell_at(grid, i);
        struct cchci_part *part;
        switch (cell->kind) {
        case CCHCI_PIECE_AGENCY: part = &layout->agency; break;
        case CCHCI_PIECE_CODE: part = &layout->code; break;
        case CCHCI_PIECE_DATE: part = &layout->date; break;
        case CCHCI_PIECE_SUBJECT: part = &layout->subject; break;
        case CCHCI_PIECE_TYPE: part = &layout->type; break;
        case CCHCI_PIECE_MOTTO: part = &layout->motto; break;
        case CCHCI_PIECE_LABEL: part = &layout->subject_label; break;
        case CCHCI_PIECE_PRIORITY: part = &layout->priority; break;
        case CCHCI_PIECE_SECRECY: part = &layout->secrecy; break;
        case CCHCI_PIECE_CIRCULATION: part = &layout->circulation; break;
        default: continue;
        }
        cchci_grid_give(grid, cell->line, cell->begin, cell->end, part);
    }
}

/* Whether a cell above the motto is surely of the heading. */
static bool surely_heading(const struct cchci_heading *heading, const struct cchci_cell *cell)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    uint32_t begin = cell->begin, end = cell->end, after;
    bool colon;
    cchci_bare(flow, &begin, &end);
    if (cchci_code_label(flow, begin, end, &colon) != 0 || subject_label(flow, begin, end, &after))
        return true;
    if (end - begin < 3 || cchci_capitals(flow, begin, end) < 70)
        return false;
    return cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, begin) != NULL ||
           cchci_lexicon_like(CCHCI_TOPIC_MARKS, flow, end, begin) != NULL;
}

static bool line_between(const struct cchci_layout *layout, uint32_t above, uint32_t below)
{
    for (uint32_t i = above + 1; i < below; i++)
        if (cchci_line_at(layout, i)->kind == CCHCI_LINE_E_SIGNATURE ||
            cchci_line_at(layout, i)->kind == CCHCI_LINE_STAMP)
            return true;
    return false;
}

/* The first cell of the heading, at or above the motto: the agency stands before it, and where the
 * left column was poured first, number and V/v do, too. The name in an electronic seal stands above
 * as well; the lines of the seal part it. */
static uint32_t heading_start(const struct cchci_heading *heading, uint32_t motto)
{
    const struct cchci_grid *grid = &heading->grid;
    uint32_t first = motto, doubtful = 0;
    for (uint32_t i = motto; i > 0 && motto - i < 20 && doubtful < 5;) {
        const struct cchci_cell *cell = cchci_cell_at(grid, --i);
        uint32_t below = cchci_cell_at(grid, i + 1)->line;
        uint32_t begin = cell->begin, end = cell->end;
        cchci_bare(&grid->flow, &begin, &end);
        if (cell->end - cell->begin > 160)
            break;
        if (cell->line == cchci_cell_at(grid, motto)->line) {
            first = i;
            continue;
        }
        if (first != motto && line_between(heading->parse->layout, cell->line, below))
            break;
        if (surely_heading(heading, cell)) {
            first = i;
            doubtful = 0;
        } else {
            doubtful++;
        }
    }
    return first;
}

void cchci_layout_heading(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    struct cchci_heading heading;
    memset(&heading, 0, sizeof heading);
    heading.parse = parse;
    heading.end = layout->lines.count < CCHCI_HEADING_LINES ? layout->lines.count : CCHCI_HEADING_LINES;
    cchci_grid_build(&heading.grid, parse, 0, heading.end);
    struct cchci_grid *grid = &heading.grid;
    uint32_t motto = 0, first = 0;
    heading.motto = find_motto(&heading, &motto);
    if (heading.motto)
        first = heading_start(&heading, motto);
    if (heading.motto)
        heading.motto_line = cchci_cell_at(grid, motto)->line;
    layout->has_motto = heading.motto && !heading.party;
    layout->has_party_motto = heading.party;

    uint32_t label = NOWHERE, last_named = NOWHERE, unnamed = 0;
    for (uint32_t i = first; i < grid->cells.count; i++) {
        uint32_t here = i;
        if (name_cell(&heading, &i)) {
            label = i;
            break;
        }
        bool named = false;
        for (uint32_t k = here; k <= i; k++)
            named |= cchci_cell_at(grid, k)->kind != CCHCI_PIECE_UNKNOWN;
        const struct cchci_cell *cell = cchci_cell_at(grid, i);
        if (named) {
            last_named = i;
            unnamed = 0;
            if (cell->kind == CCHCI_PIECE_TYPE && heading.motto) {
                heading.last_line = extend_type(&heading, i);
            }
            continue;
        }
        if (cell->kind != CCHCI_PIECE_UNKNOWN)
            continue;
        unnamed++;
        bool begun = last_named != NOWHERE;
        if (begun && (heading.code || heading.date || heading.type) && unnamed > 1 &&
            opens_body(&grid->flow, cell->begin, cell->end) && !heading.subject)
            break;
        if (unnamed > (heading.motto ? 24u : begun ? 14u : 40u))
            break;
        if (begun && cell->end - cell->begin > 160)
            break;
    }
    for (uint32_t i = 0; i < grid->cells.count; i++) {
        unsigned char kind = cchci_cell_at(grid, i)->kind;
        if (kind == CCHCI_PIECE_SUBJECT && heading.subject && !heading.type) {
            extend_subject(&heading, i, label);
            break;
        }
        if (kind == CCHCI_PIECE_TYPE && !heading.motto) {
            heading.last_line = extend_type(&heading, i);
            break;
        }
    }
    name_agency(&heading, first);
    layout->has_v_v = heading.subject;
    bool begun = heading.motto || heading.code || heading.type || heading.date || heading.subject || label != NOWHERE;
    layout->start_line = begun && grid->cells.count > 0 ? cchci_cell_at(grid, first)->line : 0;
    for (uint32_t i = first; begun && i < grid->cells.count; i++) {
        const struct cchci_cell *cell = cchci_cell_at(grid, i);
        if (cell->kind != CCHCI_PIECE_UNKNOWN && cell->kind != CCHCI_PIECE_AUTHORITY)
            layout->body_first = cell->line + 1;
    }
    give_pieces(&heading);
    if (label == NOWHERE && heading.subject && !heading.type)
        label = lost_label(&heading);
    if (label != NOWHERE)
        give_addressees(&heading, label);
}
