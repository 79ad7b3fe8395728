/* SPDX-License-Identifier: MIT */
/* The parts of a letter that have capital letters: "A. KẾT QUẢ" and "B. NHIỆM VỤ", or "Phần A:", above
 * its I, II or 1, 2; and the answers that a question offers.
 *
 * A capital before a sign is an initial as often ("C. Mai"), so one alone is no marker: they begin
 * with A, a paragraph each, and B stands behind that before another A does. */
#include "base/limits.h"
#include "clauses.h"
#include "layout/grid.h"

/* Whether a marker is the letter behind one with a value, with Đ or without it: A, B, C, D, Đ, E and
 * A, B, C, D, E, F. */
static bool follows(const struct cchci_flow *flow, const struct cchci_marker *marker, int value)
{
    return marker->value == value + 1 ||
           cchci_letter_value(flow, marker->label_end - 1) == value + 1;
}

/* Whether a marker stands where a paragraph begins: behind a line that was not full, too, and with
 * capitals behind it anywhere. */
static bool begins_paragraph(const struct cchci_tree *tree, uint32_t line,
                             const struct cchci_marker *marker)
{
    const struct cchci_flow *flow = tree->flow;
    uint32_t at = flow->lines[line].at;
    return cchci_clauses_paragraph(tree, line) ||
           (cchci_is_letter(cchci_sign_before(flow, at)) &&
            at - flow->lines[line - 1].at < CCHCI_WRAPPED_LENGTH) ||
           cchci_capitals(flow, marker->text, cchci_flow_line_end(flow, line)) >= 80;
}

static bool read_capital(const struct cchci_tree *tree, uint32_t line, struct cchci_marker *marker)
{
    return cchci_marker_read_capital(tree->flow, tree->flow->lines[line].at,
                                     cchci_flow_line_end(tree->flow, line), marker) &&
           begins_paragraph(tree, line, marker);
}

/* Whether B is the next such letter behind the line of an A. bare: no other number stands between. Each
 * line is looked at once, since the next A ends the search. */
static bool second_follows(const struct cchci_tree *tree, uint32_t line, bool *bare)
{
    const struct cchci_flow *flow = tree->flow;
    *bare = true;
    for (uint32_t l = line + 1; l < flow->line_count; l++) {
        struct cchci_marker marker;
        if (read_capital(tree, l, &marker)) {
            if (marker.value == 1 || follows(flow, &marker, 1))
                return marker.value != 1;
        } else if (*bare &&
                   cchci_marker_read(flow, flow->lines[l].at, cchci_flow_line_end(flow, l),
                                     &marker) &&
                   !cchci_is_bullet(&marker)) {
            *bare = false;
        }
    }
    return false;
}

/* Above the numbers of the letter, but below Roman ones that began before. */
static enum cchci_marker_style style_of_part(const struct cchci_tree *tree)
{
    for (unsigned i = 0; i < tree->open; i++)
        if (tree->stack[i].style == CCHCI_MARKER_ROMAN)
            return CCHCI_MARKER_INNER_CAPITAL;
    return CCHCI_MARKER_CAPITAL;
}

/* The value of the list that a letter goes on with: the innermost one that is open, or the last one,
 * where numbers that began before its A closed it; style: that of the list. 0: none. */
static int goes_on_behind(const struct cchci_tree *tree, const struct cchci_marker *marker,
                          enum cchci_marker_style *style)
{
    for (unsigned i = tree->open; i > 0; i--) {
        const struct cchci_open_list *list = &tree->stack[i - 1];
        *style = list->style;
        if (cchci_is_capital(list->style) && follows(tree->flow, marker, list->value))
            return list->value;
    }
    *style = tree->capital.style;
    return tree->capital.value > 0 && follows(tree->flow, marker, tree->capital.value)
               ? tree->capital.value
               : 0;
}

bool cchci_tree_read_capital(struct cchci_tree *tree, uint32_t line, struct cchci_marker *marker)
{
    if (!read_capital(tree, line, marker))
        return false;
    if (marker->value == 1) {
        bool bare;
        if (!second_follows(tree, line, &bare))
            return false;
        marker->style = bare && tree->open > 0 ? CCHCI_MARKER_ANSWER : style_of_part(tree);
    } else {
        int last = goes_on_behind(tree, marker, &marker->style);
        if (last == 0)
            return false;
        marker->value = last + 1;
    }
    tree->capital = *marker;
    return true;
}
