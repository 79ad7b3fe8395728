/* SPDX-License-Identifier: MIT */
/* Where a marker belongs in the tree of clauses.
 *
 * 1. Levels come from the order in which kinds of marker open: a kind that is open already goes on
 *    with its list, a new one opens below, unless by the decree's order it stands above.
 * 2. Letters quote provisions, whose markers are another text's: "Điều 5", "2." or "a)" below the "-"
 *    that cites them. A quotation hangs below the item that quotes it, and the letter's own lists stay
 *    open beneath it. It opens at a quotation mark, or behind a colon that announces it where OCR lost
 *    the mark; it ends at the closing mark, or, where that is lost, where a list of the letter goes on
 *    that the quotation does not.
 */
#include <string.h>

#include "base/limits.h"
#include "clauses.h"

bool cchci_clauses_paragraph(const struct cchci_tree *tree, uint32_t line)
{
    return line == 0 ||
           cchci_flow_source_line(tree->parse->layout, &tree->parse->layout->body, line)
               ->blank_before ||
           cchci_ends_sentence(cchci_sign_before(tree->flow, tree->flow->lines[line].at));
}

/* ------------------------------------------------------------------------------- quotations -- */

/* Whether an opening quotation mark begins a paragraph at a line: one with words behind it, a marker of
 * them (a scanner's "]" for 1, too), or the dots of what was left out. */
static bool opens_quotation(const struct cchci_tree *tree, uint32_t line)
{
    const unsigned char *key = tree->flow->key + tree->flow->lines[line].at;
    return key[0] == '"' &&
           (cchci_is_word(key[1]) || key[1] == CCHCI_KEY_ELLIPSIS || key[1] == '(' ||
            key[1] == '-' || key[1] == '[' || key[1] == ']' || (key[1] == '.' && key[2] == '.')) &&
           cchci_clauses_paragraph(tree, line);
}

/* The place behind the quotation that a line opens: behind the mark that closes it at a line's end, or
 * behind its only paragraph, where that goes on with other words. Marks around words come in pairs; each
 * paragraph is counted anew, since OCR loses some. CCHCI_NOWHERE: the next quotation opens before. */
static uint32_t quotation_end(const struct cchci_tree *tree, uint32_t line)
{
    const struct cchci_flow *flow = tree->flow;
    const unsigned char *mark = flow->key + flow->lines[line].at;
    bool open = false, first = true;
    for (uint32_t l = line; l < flow->line_count; l++) {
        uint32_t begin = flow->lines[l].at, end = cchci_flow_line_end(flow, l);
        if (l > line && cchci_clauses_paragraph(tree, l)) {
            if (first && !open)
                return begin;
            if (opens_quotation(tree, l))
                return CCHCI_NOWHERE;
            first = false;
            open = true;
        }
        if (mark >= flow->key + end)
            continue;
        do {
            open = !open;
            mark = memchr(mark + 1, '"', flow->length - (size_t)(mark + 1 - flow->key));
            if (mark == NULL)
                mark = flow->key + flow->length;
        } while (mark < flow->key + end);
        while (end > begin && memchr(" .;,:/", flow->key[end - 1], 6) != NULL)
            end--;
        if (!open && flow->key[end - 1] == '"')
            return end;
    }
    return CCHCI_NOWHERE;
}

void cchci_tree_words(struct cchci_tree *tree, uint32_t line)
{
    uint32_t at = tree->flow->lines[line].at;
    bool quoted =
        at < tree->quoted_to || (tree->quotation.end != CCHCI_NOWHERE && at < tree->quotation.end);
    if (tree->flow->key[at] != '"' || quoted || !opens_quotation(tree, line))
        return;
    uint32_t end = quotation_end(tree, line);
    tree->quoted_to = end != CCHCI_NOWHERE ? end : 0;
}

/* "Tại khoản 2 Điều 5 Thông tư … hướng dẫn:" */
static bool cites(const struct cchci_flow *flow, uint32_t at)
{
    static const char *const parts[] = {"diem", "tiet", "khoan",  "dieu",
                                        "muc",  "phan", "chuong", "phu luc"};
    if (cchci_flow_words(flow, at, "tai") == 0)
        return false;
    for (unsigned i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (cchci_flow_words(flow, at + 4, parts[i]) > 0)
            return true;
    return false;
}

/* "Sửa đổi, bổ sung khoản 1 Điều 5 như sau:" */
static bool amends(const struct cchci_flow *flow, uint32_t at)
{
    return cchci_flow_words(flow, at, "sua doi") > 0 || cchci_flow_words(flow, at, "bo sung") > 0;
}

/* Whether an item begins as one does below which a quotation hangs. */
static bool begins_citation(const struct cchci_flow *flow, uint32_t at)
{
    return cites(flow, at) || amends(flow, at) || cchci_flow_words(flow, at, "can cu") > 0;
}

/* Takes words off the end of [begin, *end), with the blank before them; false: it does not end so. */
static bool takes_off(const struct cchci_flow *flow, uint32_t begin, uint32_t *end,
                      const char *words, uint32_t length)
{
    uint32_t at = *end - length;
    if (*end <= begin + length || cchci_lower(flow->key[at]) != (unsigned char)words[0] ||
        cchci_flow_words_from(flow, at, words) != length)
        return false;
    *end = at - 1;
    return true;
}
#define TAKES_OFF(words) takes_off(flow, begin, &end, words, sizeof(words) - 1)

/* "… quy định như sau:" at the end of a paragraph, but not "theo quy định:", behind which the letter
 * itself speaks. */
static bool provides(const struct cchci_flow *flow, uint32_t begin, uint32_t colon)
{
    uint32_t end = colon;
    unsigned char last = flow->key[colon - 1];
    if (last != 'u' && last != 'h' && last != 'o' && last != 'e')
        return false; /* none of these words ends so */
    TAKES_OFF("nhu sau");
    if (!TAKES_OFF("ro"))
        TAKES_OFF("cu the");
    return TAKES_OFF("quy dinh") && !TAKES_OFF("theo") && !TAKES_OFF("cac");
}

/* The first line of the paragraph that ends before a line; the item's, where that is the last one's. */
static uint32_t paragraph_before(const struct cchci_tree *tree, uint32_t line, uint32_t item)
{
    const struct cchci_flow *flow = tree->flow;
    uint32_t first = line - 1;
    while (
        first > 0 && line - first < CCHCI_ANNOUNCING_LINES && flow->lines[first].at > item &&
        !(cchci_clauses_paragraph(tree, first) && cchci_is_upper(flow->key[flow->lines[first].at])))
        first--;
    return first;
}

bool cchci_tree_announces(const struct cchci_tree *tree, uint32_t line,
                          const struct cchci_marker *marker, int list)
{
    const struct cchci_flow *flow = tree->flow;
    uint32_t at = flow->lines[line].at, item = tree->stack[tree->open - 1].text;
    bool colon = cchci_sign_before(flow, at) == ':';
    if (line == 0 || (cchci_is_bullet(marker) && list >= 0) || (!colon && !cites(flow, item)))
        return false;
    uint32_t begin = flow->lines[paragraph_before(tree, line, item)].at;
    bool own = begin <= item;
    if (!colon)
        return own;
    if (own)
        begin = item;
    if (amends(flow, begin) || cites(flow, begin) || provides(flow, begin, at - 2))
        return true;
    /* The letter's own "1." often follows a bullet that says "như sau:", its "Điều 1" what it is
     * based on. */
    bool later = marker->value > 1 &&
                 (marker->style == CCHCI_MARKER_DECIMAL || marker->style == CCHCI_MARKER_ARTICLE);
    return own && list < 0 && (marker->style >= CCHCI_MARKER_LETTER || later);
}

/* Whether the last item itself ends with a colon before a line. */
static bool item_announces(const struct cchci_tree *tree, uint32_t line)
{
    const struct cchci_flow *flow = tree->flow;
    uint32_t item = tree->stack[tree->open - 1].text;
    return line > 0 && cchci_sign_before(flow, flow->lines[line].at) == ':' &&
           flow->lines[paragraph_before(tree, line, item)].at <= item;
}

/* ------------------------------------------------------------------------------------ lists -- */

/* The last of the open lists [from, to) that a marker is of the kind of, one that it goes on with rather
 * than one that it begins anew; -1: none. */
static int list_among(const struct cchci_tree *tree, const struct cchci_marker *marker,
                      unsigned from, unsigned to)
{
    int kind = -1;
    for (unsigned i = to; i > from; i--) {
        const struct cchci_open_list *list = &tree->stack[i - 1];
        if (list->style != marker->style || list->depth != marker->depth)
            continue;
        if (cchci_is_next(list, marker))
            return (int)i - 1;
        if (kind < 0)
            kind = (int)i - 1;
    }
    return kind;
}

/* Whether an open list of a style goes on with a number. */
static bool goes_on(const struct cchci_tree *tree, enum cchci_marker_style style, int value)
{
    for (unsigned i = tree->open; i > 0; i--)
        if (tree->stack[i - 1].style == style && tree->stack[i - 1].depth == 1)
            return tree->stack[i - 1].value + 1 == value;
    return false;
}

bool cchci_tree_goes_on(const struct cchci_tree *tree, const struct cchci_marker *marker)
{
    int last = list_among(tree, marker, 0, tree->open);
    if (last < 0)
        return false;
    const struct cchci_open_list *list = &tree->stack[last];
    return list->sign == marker->sign && marker->value > list->value &&
           marker->value <= list->value + 2;
}

void cchci_tree_tell_roman(const struct cchci_tree *tree, uint32_t line,
                           struct cchci_marker *marker)
{
    const struct cchci_flow *flow = tree->flow;
    unsigned char key = flow->key[marker->label_begin];
    bool bracket = flow->key[marker->begin] == '(';
    enum cchci_marker_style letters = bracket ? CCHCI_MARKER_BRACKET_LETTER : CCHCI_MARKER_LETTER;
    int letter = cchci_letter_value(flow, marker->label_begin);
    int roman = key == 'v' ? 5 : key == 'x' ? 10 : 1;
    bool next_roman = key != 'l' && goes_on(tree, CCHCI_MARKER_BRACKET_ROMAN, roman);
    bool is_roman = next_roman || (bracket && !goes_on(tree, letters, letter));
    if (!bracket && key == 'i' && !goes_on(tree, letters, letter))
        for (uint32_t l = line + 1;
             !is_roman && l < flow->line_count && l - line < CCHCI_ROMAN_LINES; l++)
            is_roman = cchci_second_roman(flow, flow->lines[l].at, cchci_flow_line_end(flow, l));
    marker->style = is_roman ? CCHCI_MARKER_BRACKET_ROMAN : letters;
    marker->value = is_roman ? roman : letter;
}

void cchci_tree_tell_digit(const struct cchci_tree *tree, uint32_t line,
                           struct cchci_marker *marker)
{
    uint32_t at = tree->flow->lines[line].at;
    const struct cchci_open_list *letters = NULL;
    if (marker->begin != at || cchci_sign_before(tree->flow, at) == ':')
        return;
    for (unsigned i = tree->open; i > 0; i--) {
        const struct cchci_open_list *list = &tree->stack[i - 1];
        if (list->style == CCHCI_MARKER_DECIMAL &&
            (list->sign == ')' || list->value + 1 == marker->value))
            return;
        if (letters == NULL && list->style == CCHCI_MARKER_LETTER && list->depth == 1)
            letters = list;
    }
    if (letters == NULL || letters->sign != ')')
        return;
    marker->style = CCHCI_MARKER_LETTER;
    marker->value = 0;
}

static bool has_sign(const struct cchci_tree *tree, int list, const struct cchci_marker *marker)
{
    return tree->stack[list].sign == marker->sign;
}

/* Whether the last item is an article of which only the title stands there: what it holds follows. */
static bool is_title(const struct cchci_tree *tree, uint32_t line)
{
    return tree->stack[tree->open - 1].style == CCHCI_MARKER_ARTICLE &&
           !cchci_ends_sentence(cchci_sign_before(tree->flow, tree->flow->lines[line].at));
}

/* What is known of a marker before its place is. */
struct asked {
    uint32_t line, at;
    unsigned own;     /* so many lists are the letter's own */
    int outer, inner; /* the list of its kind among those, and among the quoted ones */
    bool outer_next, inner_next;
};

/* Whether a marker shows that the quotation before it has ended, though no mark closes it: an item that
 * cites as the one does below which the quotation hangs, or an article, where it began with a khoản. */
static bool quotes_no_more(const struct cchci_tree *tree, const struct cchci_marker *marker,
                           const struct asked *asked)
{
    const struct cchci_flow *flow = tree->flow;
    const struct cchci_open_list *stack = tree->stack;
    if (asked->outer < 0)
        return false;
    if (marker->style <= CCHCI_MARKER_ARTICLE && stack[asked->own].style > CCHCI_MARKER_ARTICLE &&
        cchci_sign_before(flow, asked->at) != ':')
        return true;
    return (cchci_is_bullet(marker) || asked->outer_next) && begins_citation(flow, marker->text) &&
           begins_citation(flow, stack[asked->outer].text) &&
           (asked->inner < 0 || !begins_citation(flow, stack[asked->inner].text));
}

/* Whether a marker behind a quotation that no mark closes is still of it. */
static bool quotes_on(const struct cchci_tree *tree, const struct cchci_marker *marker,
                      const struct asked *asked)
{
    if (asked->outer_next)
        return asked->inner_next &&
               (has_sign(tree, asked->inner, marker) || !has_sign(tree, asked->outer, marker));
    return asked->inner >= 0 || item_announces(tree, asked->line) ||
           (cchci_is_below(&tree->stack[asked->own], marker) &&
            (asked->outer < 0 || !cchci_is_bullet(marker)));
}

enum where { OUTSIDE, INSIDE, BEGINS, BEGINS_WITHIN };

/* Whether a marker lies in the quotation that is open, or begins one; *end gets the place of its closing
 * mark, if it is known. */
static enum where where_is(const struct cchci_tree *tree, const struct cchci_marker *marker,
                           const struct asked *asked, uint32_t *end)
{
    const struct cchci_flow *flow = tree->flow;
    bool quoting = tree->quotation.first != CCHCI_NOWHERE;
    bool closed = tree->quotation.end != CCHCI_NOWHERE;
    if (quoting && quotes_no_more(tree, marker, asked))
        return OUTSIDE;
    if (quoting && asked->at < tree->quotation.end && is_title(tree, asked->line)) {
        *end = tree->quotation.end;
        return BEGINS_WITHIN;
    }
    if (closed && asked->at < tree->quotation.end) {
        *end = tree->quotation.end;
        return INSIDE;
    }
    if (asked->at < tree->quoted_to) {
        *end = tree->quoted_to;
        return asked->inner_next ? INSIDE : BEGINS;
    }
    unsigned char first = flow->key[asked->at];
    bool misread = (first == '*' || first == '#') && marker->begin == asked->at + 1;
    if ((first == '"' || misread) && marker->begin > asked->at) {
        if (opens_quotation(tree, asked->line))
            *end = quotation_end(tree, asked->line);
        if (quoting && !closed && item_announces(tree, asked->line))
            return BEGINS_WITHIN;
        return asked->inner_next ? INSIDE : BEGINS;
    }
    if (quoting &&
        (closed ? asked->inner_next && !asked->outer_next : quotes_on(tree, marker, asked)))
        return INSIDE;
    bool begins = !asked->outer_next && asked->own > 0 &&
                  (asked->outer >= 0 || !cchci_is_below(&tree->stack[asked->own - 1], marker));
    return begins && cchci_tree_announces(tree, asked->line, marker, asked->outer) ? BEGINS
                                                                                   : OUTSIDE;
}

void cchci_tree_place_quoted(const struct cchci_tree *tree, uint32_t line,
                             const struct cchci_marker *marker, struct cchci_place *place)
{
    bool quoting = tree->quotation.first != CCHCI_NOWHERE;
    struct asked asked = {.line = line, .at = tree->flow->lines[line].at};
    asked.own = quoting ? tree->quotation.first : tree->open;
    asked.outer = list_among(tree, marker, 0, asked.own);
    asked.inner = list_among(tree, marker, asked.own, tree->open);
    asked.outer_next = asked.outer >= 0 && cchci_is_next(&tree->stack[asked.outer], marker);
    asked.inner_next = asked.inner >= 0 && cchci_is_next(&tree->stack[asked.inner], marker);
    place->plain = false;
    place->quotation.end = CCHCI_NOWHERE;
    enum where where = where_is(tree, marker, &asked, &place->quotation.end);
    place->quotation.first = where == OUTSIDE ? CCHCI_NOWHERE : asked.own;
    place->list = where == OUTSIDE ? asked.outer : where == INSIDE ? asked.inner : -1;
    place->kind = place->list >= 0 ? place->list : asked.inner >= 0 ? asked.inner : asked.outer;
    place->open = where == INSIDE || where == BEGINS_WITHIN ? tree->open : asked.own;
    place->least = where == OUTSIDE ? 0 : where == BEGINS_WITHIN ? tree->open : asked.own;
}
