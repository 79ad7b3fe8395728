/* SPDX-License-Identifier: MIT */
/* Markup that converters leave: HTML tags, Markdown, table bars. Their characters get the key
 * CCHCI_KEY_MARKUP, so that no flow has them; a tag that ends a block becomes a line's end, the bar
 * between two cells a tab. Nothing else of the text changes.
 *
 * Only lines that have one of these characters are looked at: a plain text costs no more than the
 * search.
 */
#include "layout.h"

#include <string.h>

#include "base/limits.h"
#include "parse.h"
#include "text/eight.h"
#include "text/seek.h"

static unsigned char *keys_of(struct cchci_parse *parse)
{
    return parse->text->key; /* layout is the one room that may write them */
}

static void mark(unsigned char *key, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (key[i] != '\n')
            key[i] = CCHCI_KEY_MARKUP;
}

/* ------------------------------------------------------------------------------------- HTML -- */

enum tag_effect { TAG_INLINE, TAG_BLOCK, TAG_HIDDEN, TAG_FLOWS, TAG_LINES };

static const struct {
    const char *name;
    enum tag_effect effect;
} tags[] = {
    /* Hidden: what is inside is no text. Flows: inside it a line end of the source is a blank.
     * Lines: inside it one is a line end again. */
    {"script", TAG_HIDDEN},    {"style", TAG_HIDDEN},  {"head", TAG_HIDDEN},
    {"xml", TAG_HIDDEN},       {"html", TAG_FLOWS},    {"table", TAG_FLOWS},
    {"p", TAG_FLOWS},          {"br", TAG_BLOCK},      {"div", TAG_BLOCK},
    {"tr", TAG_BLOCK},         {"td", TAG_BLOCK},      {"th", TAG_BLOCK},
    {"li", TAG_BLOCK},         {"ul", TAG_BLOCK},      {"ol", TAG_BLOCK},
    {"h1", TAG_BLOCK},         {"h2", TAG_BLOCK},      {"h3", TAG_BLOCK},
    {"h4", TAG_BLOCK},         {"h5", TAG_BLOCK},      {"h6", TAG_BLOCK},
    {"hr", TAG_BLOCK},         {"body", TAG_BLOCK},    {"thead", TAG_BLOCK},
    {"tbody", TAG_BLOCK},      {"caption", TAG_BLOCK}, {"section", TAG_BLOCK},
    {"article", TAG_BLOCK},    {"nav", TAG_BLOCK},     {"center", TAG_BLOCK},
    {"blockquote", TAG_BLOCK}, {"pre", TAG_LINES},     {"title", TAG_BLOCK},
    {"footer", TAG_BLOCK},     {"header", TAG_BLOCK},  {"main", TAG_BLOCK},
    {"dd", TAG_BLOCK},         {"dt", TAG_BLOCK},      {"b", TAG_INLINE},
    {"i", TAG_INLINE},         {"u", TAG_INLINE},      {"em", TAG_INLINE},
    {"a", TAG_INLINE},         {"strong", TAG_INLINE}, {"span", TAG_INLINE},
    {"font", TAG_INLINE},      {"sup", TAG_INLINE},    {"sub", TAG_INLINE},
    {"img", TAG_INLINE},       {"col", TAG_INLINE},    {"colgroup", TAG_INLINE},
    {"meta", TAG_INLINE},      {"link", TAG_INLINE},   {"small", TAG_INLINE},
    {"big", TAG_INLINE},       {"mark", TAG_INLINE},   {"o:p", TAG_INLINE},
    {"input", TAG_INLINE},     {"button", TAG_INLINE}, {"label", TAG_INLINE},
    {"form", TAG_BLOCK},       {"select", TAG_BLOCK},  {"option", TAG_BLOCK},
    {"iframe", TAG_INLINE},    {"svg", TAG_HIDDEN},    {"s", TAG_INLINE},
    {"del", TAG_INLINE},       {"ins", TAG_INLINE},    {"code", TAG_INLINE},
};

/* Index of the tag whose name starts at `at`; -1: none. */
static int tag_at(const unsigned char *key, uint32_t count, uint32_t at)
{
    for (unsigned i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        uint32_t n = 0;
        while (tags[i].name[n] != '\0' && at + n < count &&
               cchci_lower(key[at + n]) == (unsigned char)tags[i].name[n])
            n++;
        if (tags[i].name[n] == '\0' && at + n < count && memchr(" \t\n>/", key[at + n], 5) != NULL)
            return (int)i;
    }
    return -1;
}

/* The place after the '>' that closes what starts at `at`; `at` where there is none near. */
static uint32_t tag_end(const unsigned char *key, uint32_t count, uint32_t at)
{
    uint32_t stop = count - at > CCHCI_TAG_LENGTH ? at + CCHCI_TAG_LENGTH : count;
    uint32_t end = cchci_next_key(key, at, stop, '>');
    return end < stop ? end + 1 : at;
}

static uint32_t comment_end(const unsigned char *key, uint32_t count, uint32_t at, uint32_t *none)
{
    for (uint32_t i = at + 4; i + 2 < count; i++)
        if (key[i] == '-' && key[i + 1] == '-' && key[i + 2] == '>')
            return i + 3;
    *none = at; /* no comment ends after this place, so no later one has to look again */
    return at;
}

struct html {
    unsigned char *key;
    uint32_t count;
    uint32_t no_comment_end; /* CCHCI_NOWHERE: not known */
    unsigned flows[3];       /* open html, table, p */
    bool lines;              /* an open pre */
    int hidden;              /* index of the hidden tag we are in; -1: none */
};

static void close_or_open(struct html *html, int tag, bool closes)
{
    if (tags[tag].effect == TAG_HIDDEN) {
        if (closes && html->hidden == tag)
            html->hidden = -1;
        else if (!closes && html->hidden < 0)
            html->hidden = tag;
    } else if (tags[tag].effect == TAG_LINES) {
        html->lines = !closes && html->hidden < 0;
    } else if (tags[tag].effect == TAG_FLOWS) {
        unsigned which = tags[tag].name[0] == 'h' ? 0 : tags[tag].name[0] == 't' ? 1 : 2;
        if (!closes)
            html->flows[which] = which == 1 ? html->flows[1] + 1 : 1;
        else if (html->flows[which] > 0)
            html->flows[which]--;
    }
}

static uint32_t html_tag(struct html *html, uint32_t at)
{
    unsigned char *key = html->key;
    if (at + 3 < html->count && key[at + 1] == '!') {
        bool comment = key[at + 2] == '-' && key[at + 3] == '-';
        uint32_t end = at;
        if (comment && at < html->no_comment_end)
            end = comment_end(key, html->count, at, &html->no_comment_end);
        else if (!comment)
            end = tag_end(key, html->count, at);
        memset(key + at, CCHCI_KEY_MARKUP, end - at);
        return end > at ? end : at + 1;
    }
    bool closes = at + 1 < html->count && key[at + 1] == '/';
    int tag = tag_at(key, html->count, at + 1 + closes);
    if (tag < 0)
        return at + 1;
    uint32_t end = tag_end(key, html->count, at);
    if (end == at)
        return at + 1;
    close_or_open(html, tag, closes);
    bool block = tags[tag].effect != TAG_INLINE && tags[tag].effect != TAG_HIDDEN;
    memset(key + at, CCHCI_KEY_MARKUP, end - at);
    if (block && html->hidden < 0)
        key[end - 1] = '\n';
    return end;
}

/* What lies between two tags. */
static void html_text(struct html *html, uint32_t begin, uint32_t end)
{
    if (html->hidden >= 0) {
        memset(html->key + begin, CCHCI_KEY_MARKUP, end - begin);
        return;
    }
    if (html->lines || (html->flows[0] | html->flows[1] | html->flows[2]) == 0)
        return;
    for (unsigned char *at = html->key + begin, *stop = html->key + end;
         at < stop && (at = memchr(at, '\n', (size_t)(stop - at))) != NULL; at++)
        *at = ' ';
}

static void html(struct cchci_parse *parse)
{
    struct html html = {keys_of(parse), parse->text->count, CCHCI_NOWHERE, {0, 0, 0}, false, -1};
    for (uint32_t at = 0; at < html.count;) {
        uint32_t tag = cchci_next_key(html.key, at, html.count, '<');
        html_text(&html, at, tag);
        at = tag < html.count ? html_tag(&html, tag) : tag;
    }
}

/* --------------------------------------------------------------------------------- Markdown -- */

static bool gap(unsigned char key)
{
    return key == ' ' || key == '\t' || key == '\n' || key == 0;
}

/* Bars of a table row: where a line has two or more, or one with blanks around it. */
static void bars(unsigned char *key, uint32_t begin, uint32_t end)
{
    uint32_t count = 0, at = 0;
    for (uint32_t i = begin; i < end; i++)
        if (key[i] == '|')
            count++, at = i;
    if (count == 0)
        return;
    if (count == 1) {
        bool alone = (at == begin || gap(key[at - 1])) && gap(key[at + 1]);
        /* In a sentence it is an l or a 1 ("khoản | Điều 3", "tháng | năm"); a column has blanks, a
         * line's end or a capital on its other side. */
        static const char *const numbered[] = {"thang", "ngay", "khoan", "dieu",  "muc",
                                               "diem",  "phan", "so",    "chuong"};
        bool number = false;
        for (unsigned w = 0; w < sizeof numbered / sizeof numbered[0]; w++) {
            uint32_t n = (uint32_t)strlen(numbered[w]);
            number |= at > begin + n && cchci_letters_at(key + at - 1 - n, numbered[w]) > 0;
        }
        uint32_t behind = at + 2;
        while (behind < end && key[behind] == CCHCI_KEY_MARKUP)
            behind++;
        unsigned char next = behind < end ? key[behind] : 0;
        bool column = at == begin || at + 1 >= end || key[at + 2] == ' ' ||
                      (at >= begin + 2 && key[at - 2] == ' ') || cchci_is_upper(next);
        if (!alone || number || !column)
            return;
    }
    for (uint32_t i = begin; i < end; i++)
        if (key[i] == '|')
            key[i] = '\t';
}

static void line_start(unsigned char *key, uint32_t begin, uint32_t end)
{
    uint32_t i = begin;
    while (i < end && gap(key[i]))
        i++;
    if (i < end && key[i] == '>' && i + 1 < end && key[i + 1] == ' ')
        key[i++] = CCHCI_KEY_MARKUP;
    while (i < end && gap(key[i]))
        i++;
    uint32_t hashes = i;
    while (hashes < end && key[hashes] == '#')
        hashes++;
    if (hashes > i && hashes - i <= 6 && (hashes == end || gap(key[hashes])))
        mark(key, i, hashes);
}

/* Whether a run of stars is a sign of the text: a note's, in brackets of its own, the name of all files
 * of a kind, "*.pdf", or what parts two figures, "50*70". */
static bool stands_for_itself(const unsigned char *key, uint32_t begin, uint32_t end, uint32_t i,
                              uint32_t stop)
{
    if (i > begin && key[i - 1] == '(' && stop < end && key[stop] == ')')
        return true;
    if (stop - i == 1 && i > begin && cchci_is_digit(key[i - 1]) && stop < end &&
        cchci_is_digit(key[stop]))
        return true;
    return stop - i == 1 && (i == begin || !cchci_is_word(key[i - 1])) && stop + 1 < end &&
           key[stop] == '.' && cchci_is_letter(key[stop + 1]);
}

/* The place behind the run of stars that stands at one. */
static uint32_t behind_stars(const unsigned char *key, uint32_t at, uint32_t end)
{
    while (at < end && key[at] == '*')
        at++;
    return at;
}

/* Whether a star behind a place may close what one before it opens. */
static bool closes_later(const unsigned char *key, uint32_t begin, uint32_t at, uint32_t end)
{
    while ((at = cchci_next_key(key, at, end, '*')) < end) {
        uint32_t stop = behind_stars(key, at, end);
        if (!stands_for_itself(key, begin, end, at, stop))
            return true;
        at = stop;
    }
    return false;
}

static void stars(unsigned char *key, uint32_t begin, uint32_t end)
{
    uint32_t first = begin;
    while (first < end && (gap(key[first]) || key[first] == CCHCI_KEY_MARKUP))
        first++;
    for (uint32_t i = begin; i < end;) {
        if (key[i] != '*') {
            i++;
            continue;
        }
        uint32_t stop = behind_stars(key, i, end);
        if (stands_for_itself(key, begin, end, i, stop)) {
            i = stop;
            continue;
        }
        bool left = i > begin && !gap(key[i - 1]), right = stop < end && !gap(key[stop]);
        /* One star that opens a line is a bullet unless another one closes it. */
        if (stop - i >= 2 ? left || right
                          : (left || right) && (i != first || closes_later(key, begin, stop, end)))
            mark(key, i, stop);
        i = stop;
    }
}

/* Whether an underscore may stand at the edge of a run that it sets off. */
static bool edge(unsigned char key)
{
    return gap(key) || key == CCHCI_KEY_MARKUP || key == '(' || key == ')' || key == '"' ||
           key == '|' || key == '.' || key == ',' || key == ';' || key == ':';
}

/* "_V/v sinh hoạt_": underscores around a run of words. One that none closes is a dash as scanners
 * read it, several are a place left open, one between letters is part of a name. */
static void underscores(unsigned char *key, uint32_t begin, uint32_t end)
{
    uint32_t open = CCHCI_NOWHERE;
    for (uint32_t i = begin; (i = cchci_next_key(key, i, end, '_')) < end; i++) {
        unsigned char before = i > begin ? key[i - 1] : 0, next = i + 1 < end ? key[i + 1] : 0;
        if (before == '_' || next == '_')
            open = CCHCI_NOWHERE;
        else if (edge(before) &&
                 (cchci_is_word(next) || next == '(' || next == '"' || next == CCHCI_KEY_MARKUP))
            open = i;
        else if (open != CCHCI_NOWHERE && !gap(before) && edge(next)) {
            key[open] = key[i] = CCHCI_KEY_MARKUP;
            open = CCHCI_NOWHERE;
        }
    }
}

static void inside_line(unsigned char *key, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i + 1 < end; i++) {
        if (key[i] == '\\' && !cchci_is_word(key[i + 1]) && !gap(key[i + 1]))
            key[i] = CCHCI_KEY_MARKUP;
        else if (key[i] == '~' && i > begin && !gap(key[i - 1]) && !gap(key[i + 1]))
            key[i] = CCHCI_KEY_MARKUP;
        else if (key[i] == '#' && i > begin && key[i - 1] == ' ' && i >= begin + 2 &&
                 key[i - 2] == '|' && gap(key[i + 1]))
            key[i] = CCHCI_KEY_MARKUP;
    }
}

/* The signs of Markdown and of tables. */
enum sign { QUOTE, HASH, BACKSLASH, TILDE, STAR, UNDERSCORE, BAR, SIGNS };

static void line_markup(unsigned char *key, uint32_t begin, uint32_t end,
                        struct cchci_seeker seekers[SIGNS])
{
    bool has[SIGNS];
    for (unsigned i = 0; i < SIGNS; i++)
        has[i] = cchci_seek(&seekers[i], begin, end);
    if (has[QUOTE] || has[HASH])
        line_start(key, begin, end);
    if (has[BACKSLASH] || has[TILDE] || has[HASH])
        inside_line(key, begin, end);
    if (has[STAR])
        stars(key, begin, end);
    if (has[UNDERSCORE])
        underscores(key, begin, end);
    if (has[BAR])
        bars(key, begin, end);
}

void cchci_layout_markup(struct cchci_parse *parse)
{
    const struct cchci_text *text = parse->text;
    if (memchr(text->key, '<', text->count) != NULL)
        html(parse);
    unsigned char *key = keys_of(parse);
    static const char signs[SIGNS] = {'>', '#', '\\', '~', '*', '_', '|'};
    struct cchci_seeker seekers[SIGNS];
    for (unsigned i = 0; i < SIGNS; i++)
        seekers[i] = cchci_seeker(text, (unsigned char)signs[i]);
    for (uint32_t begin = 0; begin < text->count;) {
        uint32_t next = text->count; /* the first of any */
        for (unsigned i = 0; i < SIGNS; i++) {
            cchci_seek(&seekers[i], begin, text->count);
            next = seekers[i].next < next ? seekers[i].next : next;
        }
        if (next == text->count)
            return;
        while (next > begin && key[next - 1] != '\n')
            next--;
        const unsigned char *stop = memchr(key + next, '\n', text->count + 1 - next);
        uint32_t end = (uint32_t)(stop - key);
        line_markup(key, next, end, seekers);
        begin = end + 1;
    }
}
