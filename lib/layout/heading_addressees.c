/* SPDX-License-Identifier: MIT */
/* The addressees under Kính gửi (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.9a): which lines are still
 * theirs, and where the body begins. */
#include <string.h>

#include "base/limits.h"
#include "heading.h"
#include "markers.h"
#include "parse.h"
#include "text/eight.h"
#include "words.h"

static bool bullet_at(const struct cchci_flow *flow, uint32_t at, uint32_t end, uint32_t *text)
{
    struct cchci_marker marker;
    if (!cchci_marker_read(flow, at, end, &marker) || marker.style < CCHCI_MARKER_DASH)
        return false;
    *text = marker.text;
    return true;
}

/* Whether a line has a word by which a body's first sentence is known, and no addressee. */
static bool speaks(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    static const struct {
        const char *letters;
        bool nh; /* it begins with these two letters, else with the word có */
    } words[] = {{"nhanduoc", true}, {"nhancongvan", true}, {"nhusau", true}, {"coykien", false}};
    for (uint32_t at = begin; at + 2 < end; at++) {
        const unsigned char *key = flow->key + at;
        bool nh = key[0] == 'n' && key[1] == 'h', co = key[1] == 'o' && key[2] == ' ';
        for (unsigned i = 0; (nh || co) && i < sizeof words / sizeof words[0]; i++)
            if (words[i].nh == nh && cchci_loose_at(flow->key, at, end, words[i].letters) != 0)
                return true;
    }
    return false;
}

/* Whether a few lines from here end at a blank line under which the body opens, or at an address:
 * then they still belong to what is above them. wrapped: what is above is a name that has no end, and
 * under a blank line anything may stand. */
static bool body_follows(struct cchci_heading *heading, const struct cchci_cell *cell, bool wrapped)
{
    struct cchci_grid *grid = &heading->grid;
    const struct cchci_flow *flow = &grid->flow;
    uint32_t last = cell->line + 3, end = cell->end;
    if (cchci_heading_opens_body(flow, cell->begin, end) || speaks(flow, cell->begin, end))
        return false;
    for (uint32_t i = (uint32_t)(cell - (const struct cchci_cell *)grid->cells.data) + 1;
         cchci_grid_has(grid, i) && cchci_cell_at(grid, i)->line <= last; i++) {
        const struct cchci_cell *next = cchci_cell_at(grid, i);
        bool ended = memchr(".:;,", flow->key[end - 1], 4) != NULL; /* as no name's last line */
        if (wrapped && cchci_contact_line(flow, next->begin, next->end))
            return !ended;
        if (cchci_line_at(heading->parse->layout, next->line)->blank_before)
            return wrapped ? !ended : cchci_heading_opens_body(flow, next->begin, next->end);
        if (wrapped && speaks(flow, next->begin, next->end))
            return false;
        end = next->end;
    }
    return false;
}

/* Whether a line below an address is its wrapped rest, and no further addressee. */
static bool goes_on_with_address(struct cchci_heading *heading, const struct cchci_cell *cell)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    if (cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, cell->end, cell->begin) != NULL ||
        cchci_flow_words(flow, cell->begin, "cong ty") > 0)
        return false;
    return (cchci_heading_lower_start(flow, cell->begin, cell->end) &&
            !speaks(flow, cell->begin, cell->end)) ||
           body_follows(heading, cell, true);
}

#define NOISE_LETTERS 3u /* of the longest word in what a scanner read of a pen's strokes */

/* Whether a line has short words alone, and no agency: "ok", "Ì ++w hd sự". */
static bool is_noise(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t letters = 0;
    for (uint32_t at = begin; at < end; at++) {
        letters = cchci_is_letter(flow->key[at]) ? letters + 1 : 0;
        if (letters > NOISE_LETTERS)
            return false;
    }
    return cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end,
                              cchci_flow_next_word(flow, begin, end)) == NULL;
}

/* The addressees that are given so far. */
struct given {
    bool any, bullets;  /* there are some; they have bullets */
    bool contact;       /* an address stands behind the last one, and goes on below perhaps */
    bool open_bracket;  /* up to a closing bracket */
    uint32_t before;    /* where the words end that may go on; 0: they are whole */
    uint32_t behind;    /* the end of the last cell, which may be an address */
    uint32_t last_line; /* its line */
};

/* Whether the line of a cell goes on with the addressees, unless it speaks. */
static bool may_continue(struct cchci_heading *heading, const struct cchci_cell *cell,
                         const struct given *given)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    const struct cchci_line *line = cchci_line_at(heading->parse->layout, cell->line);
    uint32_t text;
    unsigned char last = given->before > 0 ? flow->key[given->before - 1] : 0;
    if (bullet_at(flow, cell->begin, cell->end, &text))
        return !given->any || given->bullets || last == ';'; /* the first one's bullet is lost */
    if (cchci_flow_words(flow, cell->begin, "dong kinh gui") > 0)
        return true;
    if (!given->any)
        return !line->blank_before || line->end - line->begin < CCHCI_WRAPPED_LENGTH ||
               !(cchci_is_upper(flow->key[cell->begin]) &&
                 cchci_lexicon_like(CCHCI_TOPIC_OPENINGS, flow, cell->end, cell->begin) != NULL);
    bool lower = cchci_heading_lower_start(flow, cell->begin, cell->end);
    if (line->blank_before)
        return (last == ';' || last == ',' || lower) && last != '.' &&
               !cchci_heading_opens_body(flow, cell->begin, cell->end) &&
               !is_noise(flow, cell->begin, cell->end);
    if (last == '.')
        return given->bullets ? lower : body_follows(heading, cell, false);
    if (lower && !cchci_is_digit(flow->key[cell->begin]))
        return true;
    if (cchci_heading_opens_body(flow, cell->begin, cell->end))
        return false;
    if (last == ';' || last == ',')
        return true;
    if (given->bullets)
        return cell->end - cell->begin < 90;
    /* A second line without any sign: a further addressee is short; prose is not. */
    return (line->end - line->begin < 60 && line->indent > 8) ||
           (last != ':' && body_follows(heading, cell, true));
}

static bool continues_addressees(struct cchci_heading *heading, uint32_t i,
                                 const struct given *given)
{
    if (!may_continue(heading, cchci_cell_at(&heading->grid, i), given))
        return false;
    const struct cchci_cell *cell = cchci_cell_at(&heading->grid, i); /* a step may have moved it */
    uint32_t text;
    return !given->any || bullet_at(&heading->grid.flow, cell->begin, cell->end, &text) ||
           !speaks(&heading->grid.flow, cell->begin, cell->end);
}

/* Where the words of an addressee end in a line that goes on with its address, its tax code or how it
 * is called further on. */
static uint32_t before_contact(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    /* A label has its colon, what is called something its bracket: most lines have neither. */
    bool labelled = cchci_next_key(flow->key, begin, end, ':') < end;
    uint32_t at = labelled ? begin + 3 : cchci_next_key(flow->key, begin, end, '(');
    for (; at + 4 < end; at++) {
        unsigned char key = flow->key[at];
        bool joint = (key == '-' || key == ';') && flow->key[at + 1] == ' ';
        if (key == '(' && cchci_flow_words(flow, at + 1, "sau day goi") > 0)
            return at;
        if (labelled && (joint || key == '(') && cchci_contact_line(flow, at + 1 + joint, end))
            return at;
    }
    return end;
}

/* Gives the words of a cell from a place on. */
static void give_words(struct cchci_heading *heading, struct given *given,
                       const struct cchci_cell *cell, uint32_t begin)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    uint32_t text, end = before_contact(flow, begin, cell->end);
    cchci_grid_give_words(&heading->grid, cell->line, begin, end,
                          &heading->parse->layout->addressees);
    given->bullets |= bullet_at(flow, begin, cell->end, &text);
    given->open_bracket = end < cell->end && flow->key[end] == '(';
    given->contact =
        end < cell->end &&
        !(given->open_bracket && cchci_next_key(flow->key, end, cell->end, ')') < cell->end);
    given->any = true;
    given->before = given->behind = cell->end;
    given->last_line = cell->line;
}

/* Gives the label and what stands behind it in its cell. */
static void give_label(struct cchci_heading *heading, struct given *given,
                       const struct cchci_cell *cell)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    uint32_t begin = cchci_flow_next_word(flow, cell->begin, cell->end), after = heading->label_end;
    if (cchci_heading_telegram_label(flow, cell->begin, cell->end) &&
        !cchci_heading_addressees_label(flow, begin, cell->end, &after))
        after = cell->end;
    if (cell->kind == CCHCI_PIECE_ADDRESSEES)
        cchci_grid_give_words(&heading->grid, cell->line, cell->begin, after,
                              &heading->parse->layout->addressees_label);
    *given = (struct given){.before = after, .behind = after, .last_line = cell->line};
    if (cchci_has_words(flow, after, cell->end, 2)) { /* a letter alone is a speck */
        give_words(heading, given, cell, after);
        given->behind = after;
    }
}

/* Passes over a line of an address, or a number, which are no part of the addressee, to their closing
 * bracket. False: cell i is none. */
static bool pass_contact(struct cchci_heading *heading, struct given *given, uint32_t i)
{
    const struct cchci_flow *flow = &heading->grid.flow;
    const struct cchci_cell *cell = cchci_cell_at(&heading->grid, i);
    bool address = cchci_contact_line(flow, cell->begin, cell->end);
    if (!address &&
        (!given->contact || cchci_line_at(heading->parse->layout, cell->line)->blank_before))
        return false;
    if (address)
        given->open_bracket = flow->key[cell->begin] == '(';
    bool closed = memchr(flow->key + cell->begin, ')', cell->end - cell->begin) != NULL;
    bool tail = given->open_bracket || memchr(",;-", flow->key[given->behind - 1], 3) != NULL ||
                goes_on_with_address(heading, cell);
    cell = cchci_cell_at(&heading->grid, i); /* a step may have moved it */
    if (!address && !tail)
        return false;
    given->contact = !(given->open_bracket && closed);
    given->last_line = cell->line;
    given->behind = cell->end;
    if (!given->bullets)
        given->before = 0; /* the name before the address is whole */
    return true;
}

void cchci_heading_give_addressees(struct cchci_heading *heading, uint32_t label)
{
    struct cchci_grid *grid = &heading->grid;
    struct cchci_layout *layout = heading->parse->layout;
    struct given given;
    give_label(heading, &given, cchci_cell_at(grid, label));
    uint32_t i = label + 1, lines = 0, most = (uint32_t)heading->parse->limits->max_list_lines;
    bool cut = false;
    for (; cchci_grid_has(grid, i); i++) {
        const struct cchci_cell *cell = cchci_cell_at(grid, i);
        if (cell->line == given.last_line) { /* Kính gửi:    - Bộ Nội vụ; */
            if (!cchci_has_words(&grid->flow, cell->begin, cell->end, 1))
                continue;
        } else {
            cut = lines++ == most && continues_addressees(heading, i, &given);
            if (lines > most)
                break;
            if (pass_contact(heading, &given, i))
                continue;
            if (!continues_addressees(heading, i, &given))
                break;
            cell = cchci_cell_at(grid, i); /* a step may have moved it */
        }
        give_words(heading, &given, cell, cell->begin);
    }
    layout->has_addressees_label = true;
    layout->body_first = given.last_line + 1;
    bool ran_out = i == grid->cells.count;
    if (cut || (ran_out && (grid->full || heading->end < layout->lines.count)))
        cchci_diagnose(heading->parse, CCHCI_LIMIT_LIST, NULL, NULL, 0, 0);
}

/* The bullets right under V/v are its addressees. */
uint32_t cchci_heading_lost_label(struct cchci_heading *heading)
{
    struct cchci_grid *grid = &heading->grid;
    uint32_t last = CCHCI_NOWHERE, text;
    for (uint32_t i = 0; i < grid->cells.count; i++)
        if (cchci_cell_at(grid, i)->line + 1 == heading->parse->layout->body_first)
            last = i;
    if (last == CCHCI_NOWHERE || !cchci_grid_has(grid, last + 2))
        return CCHCI_NOWHERE;
    const struct cchci_cell *first = cchci_cell_at(grid, last + 1);
    if (!bullet_at(&grid->flow, first->begin, first->end, &text) ||
        (cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, &grid->flow, first->end, text) == NULL &&
         cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, &grid->flow, first->end, text) == NULL &&
         cchci_flow_words(&grid->flow, text, "cac") == 0))
        return CCHCI_NOWHERE;
    heading->label_end = cchci_cell_at(grid, last)->end;
    cchci_tell_repair(heading->parse, CCHCI_ANCHOR_ADDRESSEES, 2 * (unsigned)strlen("kinhgui"),
                      &grid->flow, first->begin, first->end);
    return last;
}
