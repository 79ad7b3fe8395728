/* SPDX-License-Identifier: MIT */
/* Segments: what the fields claimed, sorted, with the gaps between named by what lies in them. */
#include "segments.h"

#include <string.h>

static const char *const names[] = {
#define SEGMENT(id, name) name,
#include "record/segments.def"
#undef SEGMENT
};

uint32_t cchci_new_group(struct cchci_parse *parse)
{
    return ++parse->record->groups;
}

void cchci_claim(struct cchci_parse *parse, enum cchci_segment_kind kind, uint32_t group,
                 uint32_t begin, uint32_t end)
{
    if (begin >= end)
        return;
    struct cchci_vector *list = &parse->record->stretches;
    struct cchci_stretch *stretch;
    if (list->count > 0) { /* the usual case: the next line of the same thing */
        stretch = &CCHCI_AT(list, struct cchci_stretch, list->count - 1);
        if (stretch->group == group && stretch->end == begin) {
            stretch->end = end;
            return;
        }
    }
    stretch = CCHCI_PUSH(list, parse->arena, struct cchci_stretch);
    stretch->begin = begin;
    stretch->end = end;
    stretch->group = group;
    stretch->kind = (unsigned char)kind;
}

uint32_t cchci_claim_runs(struct cchci_parse *parse, enum cchci_segment_kind kind, uint32_t group,
                          const struct cchci_flow *flow, uint32_t run, uint32_t begin, uint32_t end)
{
    while (run < flow->run_count && flow->runs[run].at + flow->runs[run].length <= begin)
        run++;
    for (; run < flow->run_count && flow->runs[run].at < end; run++) {
        struct cchci_characters part = cchci_flow_characters(flow, &flow->runs[run], begin, end);
        cchci_claim(parse, kind, group, part.begin, part.end);
    }
    return run - (run > 0); /* the last one may go on behind the end */
}

void cchci_claim_flow(struct cchci_parse *parse, enum cchci_segment_kind kind, uint32_t group,
                      const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t run = begin > 0 ? cchci_flow_run(flow, begin) : 0;
    cchci_claim_runs(parse, kind, group, flow, run, begin, end);
}

static inline bool in_order(const struct cchci_stretch *a, const struct cchci_stretch *b)
{
    if (a->begin != b->begin) /* nearly always */
        return a->begin < b->begin;
    return a->end < b->end || (a->end == b->end && a->group <= b->group);
}

/* Where the claims end that are in order from `at` on. */
static uint32_t ordered_end(const struct cchci_stretch *claim, uint32_t at, uint32_t count)
{
    for (at++; at < count && in_order(&claim[at - 1], &claim[at]); at++)
        ;
    return at;
}

/* The first of the ordered claims [low, high) that belongs behind another one. */
static uint32_t first_behind(const struct cchci_stretch *claim, uint32_t low, uint32_t high,
                             const struct cchci_stretch *other)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (in_order(&claim[middle], other))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Merges two sequences that stand side by side. What is in its place already stays, and of the rest
 * only the shorter one is put aside: fields claim one part of the text behind the other. */
static void merge(struct cchci_parse *parse, struct cchci_stretch *claim, uint32_t left,
                  uint32_t middle, uint32_t right, struct cchci_vector *aside)
{
    left = first_behind(claim, left, middle, &claim[middle]);
    right = first_behind(claim, middle, right, &claim[middle - 1]);
    uint32_t before = middle - left, behind = right - middle;
    uint32_t count = before < behind ? before : behind;
    if (count == 0)
        return;
    cchci_vector_reserve(aside, parse->arena, count, sizeof *claim);
    struct cchci_stretch *spare = aside->data;
    if (before <= behind) {
        memcpy(spare, claim + left, count * sizeof *claim);
        for (uint32_t i = 0, next = middle; i < count; left++)
            claim[left] =
                next < right && !in_order(&spare[i], &claim[next]) ? claim[next++] : spare[i++];
    } else {
        memcpy(spare, claim + middle, count * sizeof *claim);
        for (uint32_t i = count, next = middle; i > 0; right--)
            claim[right - 1] = next > left && !in_order(&claim[next - 1], &spare[i - 1])
                                   ? claim[--next]
                                   : spare[--i];
    }
}

/* Each field claims in the order of the text, so that a few sequences are to be merged: each two, then
 * each two of those, as soon as they are there. (qsort() would sort them anew, and in memory of its
 * own.) */
static void sort_claims(struct cchci_parse *parse)
{
    struct cchci_vector *claims = &parse->record->stretches;
    struct cchci_vector aside = {0};
    struct cchci_stretch *claim = claims->data;
    uint32_t begins[33], open = 0, sequences = 0; /* open: one for each bit of `sequences` */
    for (uint32_t at = 0; at < claims->count;) {
        begins[open++] = at;
        at = ordered_end(claim, at, claims->count);
        for (uint32_t n = ++sequences; n % 2 == 0; n /= 2) {
            open--;
            merge(parse, claim, begins[open - 1], begins[open], at, &aside);
        }
    }
    for (; open > 1; open--)
        merge(parse, claim, begins[open - 2], begins[open - 1], claims->count, &aside);
}

/* ----------------------------------------------------------------------------------- tiling -- */

/* The claims are settled first: each begins where the one before it ends, or behind a gap whose kind it
 * keeps. They and the gaps are counted meanwhile, so that all spans lie in one array and those of a
 * segment side by side, and then written. Only gaps in which words stand are read twice. */
struct tiling {
    struct cchci_parse *parse;
    const uint32_t *src; /* of the text */
    uint32_t *spans_of;  /* by group, how many spans its segment has */
    uint32_t
        *next_span; /* by group, the number from 1 of its segment's next span; 0: none so far */
    uint32_t line;  /* no line before this one reaches past what is tiled */
    uint32_t count; /* segments so far */
    uint32_t span_count;              /* spans of all segments so far */
    enum cchci_segment_kind last_gap; /* of what follows the last claim */
    cchc_segment *segments;           /* NULL: they are only counted */
    cchc_span *spans;
};

/* What the characters of a gap are: only blanks, only markup and blanks, or more. Most gaps are a
 * line's end and a blank, which no loop is needed for. */
static enum cchci_segment_kind kind_of_gap(const struct cchci_text *text, uint32_t begin,
                                           uint32_t end)
{
    const unsigned gap = CCHCI_IS_GAP | CCHCI_IS_MARKUP;
    if (begin == end)
        return CCHCI_SEGMENT_BLANK;
    unsigned first = cchci_key_kinds[text->key[begin]], last = cchci_key_kinds[text->key[end - 1]];
    if ((first & gap) == 0 || (last & gap) == 0)
        return CCHCI_SEGMENT_UNRECOGNISED;
    unsigned kinds = first | last;
    for (uint32_t c = begin + 1; c + 1 < end; c++) {
        if (!cchci_is(text->key[c], gap))
            return CCHCI_SEGMENT_UNRECOGNISED;
        kinds |= cchci_key_kinds[text->key[c]];
    }
    return (kinds & CCHCI_IS_MARKUP) != 0 ? CCHCI_SEGMENT_MARKUP : CCHCI_SEGMENT_BLANK;
}

/* Whether any byte of the source lies in [begin, end): form C may have several characters for one. */
static inline bool has_bytes(const struct tiling *tiling, uint32_t begin, uint32_t end)
{
    return tiling->src[begin] < tiling->src[end];
}

static void write_alone(struct tiling *tiling, enum cchci_segment_kind kind, cchc_span span)
{
    cchc_span *place = &tiling->spans[tiling->span_count++];
    *place = span;
    tiling->segments[tiling->count++] = (cchc_segment){names[kind], place, 1};
}

/* What is of no group is a segment by itself. */
static inline void tile_loose(struct tiling *tiling, enum cchci_segment_kind kind, uint32_t begin,
                              uint32_t end)
{
    if (!has_bytes(tiling, begin, end))
        return;
    if (tiling->segments != NULL) {
        write_alone(tiling, kind, cchci_source_span(tiling->parse->text, begin, end));
        return;
    }
    tiling->count++;
    tiling->span_count++;
}

static inline void count_claim(struct tiling *tiling, const struct cchci_stretch *claim)
{
    uint32_t spans = has_bytes(tiling, claim->begin, claim->end);
    tiling->count += tiling->spans_of[claim->group] < spans;
    tiling->spans_of[claim->group] += spans;
    tiling->span_count += spans;
}

static inline void write_claim(struct tiling *tiling, const struct cchci_stretch *claim)
{
    uint32_t *next = &tiling->next_span[claim->group];
    if (!has_bytes(tiling, claim->begin, claim->end))
        return;
    if (*next == 0) {
        uint32_t spans = tiling->spans_of[claim->group];
        *next = tiling->span_count + 1;
        tiling->segments[tiling->count++] =
            (cchc_segment){names[claim->kind], &tiling->spans[tiling->span_count], spans};
        tiling->span_count += spans;
    }
    tiling->spans[(*next)++ - 1] = cchci_source_span(tiling->parse->text, claim->begin, claim->end);
}

static enum cchci_segment_kind kind_of_line(const struct cchci_line *line)
{
    switch (line->kind) {
    case CCHCI_LINE_FURNITURE: return CCHCI_SEGMENT_PAGE_FURNITURE;
    case CCHCI_LINE_FRONT_MATTER: return CCHCI_SEGMENT_FRONT_MATTER;
    case CCHCI_LINE_E_SIGNATURE: return CCHCI_SEGMENT_E_SIGNATURE;
    case CCHCI_LINE_STAMP: return CCHCI_SEGMENT_STAMP;
    case CCHCI_LINE_FOOTNOTE: return CCHCI_SEGMENT_PARAGRAPH;
    default: return CCHCI_SEGMENT_UNRECOGNISED;
    }
}

/* Reads the next stretch of a gap that is one line's or between lines; returns where it ends. */
static uint32_t next_of_gap(struct tiling *tiling, uint32_t begin, uint32_t end,
                            enum cchci_segment_kind *kind)
{
    const struct cchci_layout *layout = tiling->parse->layout;
    while (tiling->line < layout->lines.count && cchci_line_at(layout, tiling->line)->end <= begin)
        tiling->line++;
    const struct cchci_line *line =
        tiling->line < layout->lines.count ? cchci_line_at(layout, tiling->line) : NULL;
    bool within = line != NULL && line->begin <= begin;
    uint32_t stop = line == NULL ? end : within ? line->end : line->begin;
    if (stop > end)
        stop = end;
    *kind = kind_of_gap(tiling->parse->text, begin, stop);
    if (within && *kind == CCHCI_SEGMENT_UNRECOGNISED)
        *kind = kind_of_line(line);
    return stop;
}

/* Words that nobody claimed, line by line; neighbours of one kind are one segment. */
static void tile_lines(struct tiling *tiling, uint32_t begin, uint32_t end)
{
    enum cchci_segment_kind kind = CCHCI_SEGMENT_UNRECOGNISED;
    uint32_t at = begin;
    while (at < end) {
        enum cchci_segment_kind next;
        uint32_t stop = next_of_gap(tiling, at, end, &next);
        if (next != kind) {
            tile_loose(tiling, kind, begin, at);
            kind = next;
            begin = at;
        }
        at = stop;
    }
    tile_loose(tiling, kind, begin, end);
}

static inline void tile_gap(struct tiling *tiling, enum cchci_segment_kind kind, uint32_t begin,
                            uint32_t end)
{
    if (kind == CCHCI_SEGMENT_UNRECOGNISED)
        tile_lines(tiling, begin, end);
    else
        tile_loose(tiling, kind, begin, end);
}

/* Settles the claims, and counts. Two claims on one place: the first in the text has it. A gap that only
 * separates two stretches of one group belongs to their segment. */
static void settle_claims(struct tiling *tiling)
{
    const struct cchci_text *text = tiling->parse->text;
    struct cchci_vector *claims = &tiling->parse->record->stretches;
    struct cchci_stretch *claim = claims->data, *last = NULL; /* the last one settled */
    uint32_t reached = 0, settled = 0;
    tiling->count = tiling->span_count = text->bom_length > 0;
    for (uint32_t i = 0; i < claims->count; i++) {
        struct cchci_stretch next = claim[i];
        if (next.begin < reached)
            next.begin = reached;
        if (next.begin >= next.end)
            continue;
        next.gap = (unsigned char)kind_of_gap(text, reached, next.begin);
        if (last != NULL && last->group == next.group && last->kind == next.kind &&
            next.gap != CCHCI_SEGMENT_UNRECOGNISED) {
            last->end = next.end;
        } else {
            if (last != NULL)
                count_claim(tiling, last);
            tile_gap(tiling, next.gap, reached, next.begin);
            last = &claim[settled++];
            *last = next;
        }
        reached = next.end;
    }
    if (last != NULL)
        count_claim(tiling, last);
    tiling->last_gap = kind_of_gap(text, reached, text->count);
    tile_gap(tiling, tiling->last_gap, reached, text->count);
    claims->count = settled;
}

static void write_segments(struct tiling *tiling)
{
    const struct cchci_text *text = tiling->parse->text;
    const struct cchci_vector *claims = &tiling->parse->record->stretches;
    const struct cchci_stretch *claim = claims->data;
    uint32_t reached = 0;
    tiling->count = tiling->span_count = tiling->line = 0;
    if (text->bom_length > 0)
        write_alone(tiling, CCHCI_SEGMENT_BOM,
                    (cchc_span){text->origin, text->origin + text->bom_length});
    for (uint32_t i = 0; i < claims->count; i++) {
        tile_gap(tiling, claim[i].gap, reached, claim[i].begin);
        write_claim(tiling, &claim[i]);
        reached = claim[i].end;
    }
    tile_gap(tiling, tiling->last_gap, reached, text->count);
}

/* ------------------------------------------------------------------------------------------- */

void cchci_field_segments(struct cchci_parse *parse)
{
    cchc_document *record = parse->record;
    struct cchci_vector *segments = &record->segments;
    size_t groups = (size_t)record->groups + 1;
    struct tiling tiling = {.parse = parse, .src = parse->text->src};
    tiling.spans_of = CCHCI_NEW(parse->arena, uint32_t, 2 * groups);
    tiling.next_span = tiling.spans_of + groups;
    memset(tiling.spans_of, 0, 2 * groups * sizeof *tiling.spans_of);
    sort_claims(parse);
    settle_claims(&tiling);
    if (tiling.count == 0)
        return;
    cchci_vector_reserve(segments, parse->arena, tiling.count, sizeof(cchc_segment));
    segments->count = tiling.count;
    tiling.segments = segments->data;
    tiling.spans = CCHCI_NEW(parse->arena, cchc_span, tiling.span_count);
    write_segments(&tiling);
}
