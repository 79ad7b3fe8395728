/* SPDX-License-Identifier: MIT */
/* The tree of clauses while it is read: which lists are open, and where the next marker belongs. */
#ifndef CCHCI_CLAUSES_H
#define CCHCI_CLAUSES_H

#include "fields.h"
#include "layout/markers.h"

struct cchci_open_list {
    enum cchci_marker_style style;
    int depth, value;
    char sign;
    bool lower;            /* its first item begins with a small letter */
    bool holds;            /* its items hold what by the decree's order stands above them */
    uint32_t clause, text; /* its last item, and where the words of that begin */
};

/* The open lists from `first` on are those of a quotation, which hangs below the last item of the list
 * before them. */
struct cchci_quotation {
    uint32_t first; /* CCHCI_NOWHERE: none is open */
    uint32_t end;   /* behind its closing mark; CCHCI_NOWHERE: it has none */
};

struct cchci_tree {
    struct cchci_parse *parse;
    const struct cchci_flow *flow;
    struct cchci_open_list *stack; /* max_clause_depth of them */
    unsigned open;
    struct cchci_quotation quotation;
    uint32_t quoted_to; /* behind a quotation that begins with words, not with a marker; 0: none */
    struct cchci_marker capital; /* the last one that was read; value 0: none was */
    bool too_deep;
};

/* Where a marker stands. */
struct cchci_place {
    int list;   /* the open list that it goes on with; -1: it begins one */
    bool plain; /* no quotation is open, and none begins: but `kind` nothing below is set */
    int kind; /* the open list that makes it plausible: that one, or the last of its kind; -1: none */
    unsigned open;  /* so many lists stay open at most, those that it stands below */
    unsigned least; /* and so many in any case */
    struct cchci_quotation quotation; /* that is open then */
};

/* The last key of the line before the one that begins at a place: a blank parts them. */
static inline unsigned char cchci_sign_before(const struct cchci_flow *flow, uint32_t at)
{
    return at > 1 ? flow->key[at - 2] : '.';
}

static inline bool cchci_ends_sentence(unsigned char key)
{
    return key == '.' || key == ';' || key == ':' || key == '!' || key == '?' || key == '"' ||
           key == '/' || key == CCHCI_KEY_ELLIPSIS || key == '*';
}

static inline bool cchci_begins_lower(const struct cchci_flow *flow,
                                      const struct cchci_marker *marker)
{
    unsigned char first = flow->key[marker->text];
    return first >= 'a' && first <= 'z';
}

/* Whether a line begins a paragraph: words behind a blank line or the end of a sentence. */
bool cchci_clauses_paragraph(const struct cchci_tree *tree, uint32_t line);

/* Takes note of a line that has no marker and may open a quotation. */
void cchci_tree_words(struct cchci_tree *tree, uint32_t line);

static inline bool cchci_is_bullet(const struct cchci_marker *marker)
{
    return marker->style >= CCHCI_MARKER_DASH;
}

static inline bool cchci_is_capital(enum cchci_marker_style style)
{
    return style == CCHCI_MARKER_CAPITAL || style == CCHCI_MARKER_INNER_CAPITAL ||
           style == CCHCI_MARKER_ANSWER;
}

/* Where a kind of marker stands in the decree's order; larger is deeper. */
static inline int cchci_rank_of(enum cchci_marker_style style)
{
    return style >= CCHCI_MARKER_BRACKET_ROMAN && style <= CCHCI_MARKER_BRACKET_LETTER
               ? (int)CCHCI_MARKER_BRACKET_ROMAN
               : (int)style;
}

/* Whether a scanner damaged a number or a letter, so that only its place tells which it is. */
static inline bool cchci_is_unread(const struct cchci_marker *marker)
{
    return marker->value == 0 && marker->depth == 1 &&
           (marker->style == CCHCI_MARKER_ROMAN || marker->style == CCHCI_MARKER_CHAPTER ||
            marker->style == CCHCI_MARKER_LETTER || marker->style == CCHCI_MARKER_BRACKET_LETTER);
}

/* Whether a marker is the next number of a list. */
static inline bool cchci_is_next(const struct cchci_open_list *list,
                                 const struct cchci_marker *marker)
{
    return !cchci_is_bullet(marker) &&
           (marker->value == list->value + 1 || cchci_is_unread(marker));
}

/* Whether a marker opens a list below another one. Of letters and numbers in brackets either may hold
 * the other. */
static inline bool cchci_is_below(const struct cchci_open_list *list,
                                  const struct cchci_marker *marker)
{
    int above = cchci_rank_of(list->style), rank = cchci_rank_of(marker->style);
    return above < rank ||
           (list->style == marker->style ? list->depth < marker->depth : above == rank);
}

/* Whether a marker is the next of an open list that is closed by the same sign. */
bool cchci_tree_goes_on(const struct cchci_tree *tree, const struct cchci_marker *marker);

/* Reads a capital letter's marker at a line; false: none stands there, or an initial does. */
bool cchci_tree_read_capital(struct cchci_tree *tree, uint32_t line, struct cchci_marker *marker);

/* Tells the letter i from the Roman number, where one of them goes on with its list, or "ii" follows. */
void cchci_tree_tell_roman(const struct cchci_tree *tree, uint32_t line,
                           struct cchci_marker *marker);

/* Tells the digit that a scanner made of a letter, among lettered items, from a number: "8)" behind "e)". */
void cchci_tree_tell_digit(const struct cchci_tree *tree, uint32_t line,
                           struct cchci_marker *marker);

/* Whether the words before a line announce that what begins there hangs below the last item; list: the
 * letter's own one that the marker is of the kind of, -1: none. */
bool cchci_tree_announces(const struct cchci_tree *tree, uint32_t line,
                          const struct cchci_marker *marker, int list);

/* The place of a marker in or behind a quotation, or at an opening mark. */
void cchci_tree_place_quoted(const struct cchci_tree *tree, uint32_t line,
                             const struct cchci_marker *marker, struct cchci_place *place);

/* Most markers go on with the letter's own lists, or begin one below or above them. */
static inline void cchci_tree_place(const struct cchci_tree *tree, uint32_t line,
                                    const struct cchci_marker *marker, struct cchci_place *place)
{
    uint32_t at = tree->flow->lines[line].at;
    if (tree->quotation.first != CCHCI_NOWHERE || marker->begin != at || at < tree->quoted_to) {
        cchci_tree_place_quoted(tree, line, marker, place);
        return;
    }
    const struct cchci_open_list *list = tree->stack + tree->open;
    while (list > tree->stack &&
           (list[-1].style != marker->style || list[-1].depth != marker->depth))
        list--;
    place->list = place->kind = (int)(list - tree->stack) - 1;
    place->plain = place->list >= 0
                       ? cchci_is_bullet(marker) || cchci_is_next(list - 1, marker)
                       : tree->open == 0 || cchci_is_below(&tree->stack[tree->open - 1], marker);
    if (place->plain)
        return;
    place->plain = !cchci_tree_announces(tree, line, marker, place->list);
    if (place->plain)
        return;
    place->list = -1;
    place->open = place->least = place->quotation.first = tree->open;
    place->quotation.end = CCHCI_NOWHERE;
}

#endif
