/* SPDX-License-Identifier: MIT */
/* A flow: pieces of a text, put into the order in which a person reads them, as one string of keys.
 *
 * Layout cuts the text into pieces (lines, or the parts of a line that columns and markup leave)
 * and says which belong together; a flow strings them. Between two pieces, and for any run of
 * white space inside one, stands a single blank; markup is left out. So a pattern sees
 * "chậm nhất là ngày 29/12/2020" the same whether it was wrapped, spaced out or set in bold. Runs
 * lead from each place of the flow back to the character, and so to the source's bytes.
 *
 * Invariants: key has length bytes and CCHCI_KEY_SLACK NULs behind them; no blank at either end, none doubled; runs
 * are ordered and do not overlap; a place that is in no run is a blank that stands for a gap.
 */
#ifndef CCHCI_FLOW_H
#define CCHCI_FLOW_H

#include <cchcparse/cchcparse.h>

#include "base/memory.h"
#include "text/text.h"

struct cchci_piece {
    uint32_t begin, end; /* characters; one physical line at most */
    uint32_t line;       /* index of that line in the layout */
    uint32_t x;          /* columns from the left edge, where a grid gave it */
};

struct cchci_run {
    uint32_t at;     /* place in the flow */
    uint32_t chr;    /* character that stands there */
    uint32_t length; /* so many follow one another in both */
};

struct cchci_flow_line {
    uint32_t at;    /* place in the flow where the piece starts */
    uint32_t piece; /* its index among the pieces given */
};

/* Places that one entry of the index of runs stands for: a line, most often one run. */
#define CCHCI_FLOW_STRETCH 64u
/* So many runs behind the last one may be looked at: they start nowhere. */
#define CCHCI_RUNS_BEHIND 4u

struct cchci_flow {
    const struct cchci_text *text;
    struct cchci_arena *arena;
    unsigned char *key;
    uint32_t length;
    struct cchci_run *runs; /* and CCHCI_RUNS_BEHIND behind the last one */
    uint32_t run_count;
    uint32_t *first_run; /* by stretch of CCHCI_FLOW_STRETCH places: how many runs start before it;
                            NULL: there are few */
    struct cchci_flow_line *lines; /* pieces without any key are left out */
    uint32_t line_count;
};

void cchci_flow_build(struct cchci_flow *flow, const struct cchci_text *text,
                      struct cchci_arena *arena, const struct cchci_piece *pieces, uint32_t count);

struct cchci_characters {
    uint32_t begin, end;
};

/* Behind the loose marks that follow a run's characters: they have no place in the flow, and are printed
 * there. */
static inline uint32_t cchci_after_loose(const struct cchci_text *text, uint32_t chr)
{
    while (text->mark[chr] == CCHCI_MARK_LOOSE)
        chr++;
    return chr;
}

/* The characters of that part of a run which lies in [begin, end) of the flow, with the loose marks
 * right behind it. */
static inline struct cchci_characters cchci_flow_characters(const struct cchci_flow *flow,
                                                            const struct cchci_run *run,
                                                            uint32_t begin, uint32_t end)
{
    uint32_t from = run->at > begin ? run->at : begin;
    uint32_t to = run->at + run->length < end ? run->at + run->length : end;
    struct cchci_characters part = {run->chr + (from - run->at), run->chr + (to - run->at)};
    if (from < to && to == run->at + run->length)
        part.end = cchci_after_loose(flow->text, part.end);
    return part;
}

/* Index of the first run that ends behind a place; run_count where there is none. */
uint32_t cchci_flow_run(const struct cchci_flow *flow, uint32_t at);

/* The character at a place; for a blank that stands for a gap, the next one. */
uint32_t cchci_flow_character(const struct cchci_flow *flow, uint32_t at);

enum cchci_flow_mode {
    CCHCI_WORDS, /* blanks stay */
    CCHCI_CODE   /* numbers and notations: no blanks, dashes and slashes in their plain form */
};

/* [begin, end) as a value with its spans; null where it is empty. */
cchc_text cchci_flow_text(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                          enum cchci_flow_mode mode);
/* The same without spans, as a string; NULL where it is empty. */
const char *cchci_flow_string(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                              enum cchci_flow_mode mode);
/* Only the spans of [begin, end). */
const cchc_span *cchci_flow_spans(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                                  size_t *count);

/* The character at `begin` where [begin, end) lies in one run, so that its value is a copy of what
 * stands in the text, as most are; CCHCI_NOWHERE: else, or where a mark follows, which is printed. */
static inline uint32_t cchci_flow_copied(const struct cchci_flow *flow, const struct cchci_run *run,
                                         uint32_t begin, uint32_t end)
{
    if (run->at > begin || end > run->at + run->length || flow->text->odd_blanks ||
        flow->text->mark[run->chr + (end - run->at)] == CCHCI_MARK_LOOSE)
        return CCHCI_NOWHERE;
    return run->chr + (begin - run->at);
}

/* Takes blanks and closing punctuation (; . , : /) off both ends, which are no part of a value. */
void cchci_flow_trim(const struct cchci_flow *flow, uint32_t *begin, uint32_t *end);

/* The places that words take whose first letter has been seen. */
uint32_t cchci_flow_words_from(const struct cchci_flow *flow, uint32_t at, const char *words);

/* How many places the words take that start at a place; 0 where other words stand there. words is
 * lower-case ASCII without diacritics, its blanks single; a blank of words also matches no blank
 * before a digit ("ngay 5" matches "ngày5"). The match ends at the end of a word. */
static inline uint32_t cchci_flow_words(const struct cchci_flow *flow, uint32_t at,
                                        const char *words)
{
    /* Most words that are asked for do not begin with the letter that stands there. */
    return at < flow->length && cchci_lower(flow->key[at]) == (unsigned char)words[0]
               ? cchci_flow_words_from(flow, at, words)
               : 0;
}

/* Whether the letters at a place have exactly the marks that word (lower-case Vietnamese UTF-8 in
 * form C) has: tells "số" from "sở". */
bool cchci_flow_exactly(const struct cchci_flow *flow, uint32_t at, const char *word);

/* The mark of the character at a place (enum cchci_mark); 0 for a gap. */
unsigned cchci_flow_mark(const struct cchci_flow *flow, uint32_t at);

/* The marks at places that only rise: the run of the last one is known. */
struct cchci_flow_marks {
    const struct cchci_flow *flow;
    uint32_t run;
};
struct cchci_flow_marks cchci_flow_marks(const struct cchci_flow *flow, uint32_t at);
static inline unsigned cchci_flow_next_mark(struct cchci_flow_marks *marks, uint32_t at)
{
    const struct cchci_flow *flow = marks->flow;
    while (marks->run + 1 < flow->run_count && flow->runs[marks->run + 1].at <= at)
        marks->run++;
    if (marks->run >= flow->run_count || at < flow->runs[marks->run].at)
        return 0;
    uint32_t in_run = at - flow->runs[marks->run].at;
    return in_run < flow->runs[marks->run].length
               ? flow->text->mark[flow->runs[marks->run].chr + in_run]
               : 0;
}

/* Whether any of [begin, end) has a Vietnamese mark: false where OCR lost all diacritics. */
bool cchci_flow_marked(const struct cchci_flow *flow, uint32_t begin, uint32_t end);

/* The key at a place; 0 from `end` on, so that a reader may look ahead without asking first. */
static inline unsigned char cchci_flow_key(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    return at < end ? flow->key[at] : 0;
}

/* The place where a line of the flow ends and the next one starts, blanks between them included. */
static inline uint32_t cchci_flow_line_end(const struct cchci_flow *flow, uint32_t line)
{
    return line + 1 < flow->line_count ? flow->lines[line + 1].at : flow->length;
}

static inline bool cchci_flow_word_start(const struct cchci_flow *flow, uint32_t at)
{
    return at == 0 || !cchci_is_word(flow->key[at - 1]);
}

/* Where the word begins that ends at a place; that place, if none does. */
static inline uint32_t cchci_flow_word_begin(const struct cchci_flow *flow, uint32_t end)
{
    while (end > 0 && cchci_is_word(flow->key[end - 1]))
        end--;
    return end;
}

/* The place of the first letter or digit from a place on; `end`, if there is none before it. */
static inline uint32_t cchci_flow_next_word(const struct cchci_flow *flow, uint32_t at,
                                            uint32_t end)
{
    while (at < end && !cchci_is_word(flow->key[at]))
        at++;
    return at;
}

/* The place behind the last letter or digit before a place; `begin`, if there is none from there on. */
static inline uint32_t cchci_flow_behind_word(const struct cchci_flow *flow, uint32_t begin,
                                              uint32_t end)
{
    while (end > begin && !cchci_is_word(flow->key[end - 1]))
        end--;
    return end;
}

/* Places of the first and past the last letter or digit; begin == end: none. */
static inline void cchci_bare(const struct cchci_flow *flow, uint32_t *begin, uint32_t *end)
{
    *begin = cchci_flow_next_word(flow, *begin, *end);
    *end = cchci_flow_behind_word(flow, *begin, *end);
}

/* The place before a blank that ends at a place, if one does; a flow has no two of them. */
static inline uint32_t cchci_flow_before_blank(const struct cchci_flow *flow, uint32_t at)
{
    return at - (at > 0 && flow->key[at - 1] == ' ');
}

/* The place so far before another one, but not before `least`: where a look back ends. */
static inline uint32_t cchci_place_before(uint32_t at, uint32_t distance, uint32_t least)
{
    uint32_t before = at > distance ? at - distance : 0;
    return before > least ? before : least;
}

#endif
