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

void cchci_claim_flow(struct cchci_parse *parse, enum cchci_segment_kind kind, uint32_t group,
                      const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    for (uint32_t r = cchci_flow_run(flow, begin); r < flow->run_count && flow->runs[r].at < end;
         r++) {
        struct cchci_characters part = cchci_flow_characters(flow, &flow->runs[r], begin, end);
        cchci_claim(parse, kind, group, part.begin, part.end);
    }
}

static bool in_order(const struct cchci_stretch *a, const struct cchci_stretch *b)
{
    if (a->begin != b->begin)
        return a->begin < b->begin;
    return a->end != b->end ? a->end < b->end : a->group <= b->group;
}

/* Where the claims end that are in order from `at` on. */
static uint32_t ordered_end(const struct cchci_stretch *claim, uint32_t at, uint32_t count)
{
    for (at++; at < count && in_order(&claim[at - 1], &claim[at]); at++)
        ;
    return at;
}

/* Merges two sequences that stand side by side. What is in its place already stays, and of the rest
 * only the shorter one is put aside: fields claim one part of the text behind the other. */
static void merge(struct cchci_parse *parse, struct cchci_stretch *claim, uint32_t left,
                  uint32_t middle, uint32_t right, struct cchci_vector *aside)
{
    while (left < middle && in_order(&claim[left], &claim[middle]))
        left++;
    while (left < middle && right > middle && in_order(&claim[middle - 1], &claim[right - 1]))
        right--;
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

/* Each field claims in the order of the text, so that a few sequences are to be merged. (qsort() would
 * sort them anew, and in memory of its own.) */
static void sort_claims(struct cchci_parse *parse)
{
    struct cchci_vector *claims = &parse->record->stretches;
    struct cchci_vector aside = {0};
    struct cchci_stretch *claim = claims->data;
    uint32_t count = claims->count;
    while (count > 0 && ordered_end(claim, 0, count) < count)
        for (uint32_t at = 0; at < count;) {
            uint32_t middle = ordered_end(claim, at, count);
            uint32_t end = middle < count ? ordered_end(claim, middle, count) : count;
            if (middle < end)
                merge(parse, claim, at, middle, end, &aside);
            at = end;
        }
}

/* ----------------------------------------------------------------------------------- tiling -- */

/* The claims are settled first: each begins where the one before it ends, or behind a gap whose kind it
 * keeps. Then they and the gaps are counted, so that all spans lie in one array and each segment in
 * its place, and written. Only gaps in which words stand are read twice. */
struct tiling {
    struct cchci_parse *parse;
    uint32_t *spans_of;   /* by group, how many spans its segment has */
    uint32_t *segment_of; /* by group, the number of its segment from 1; 0: not yet there */
    uint32_t line;        /* no line before this one reaches past what is tiled */
    uint32_t count;       /* segments so far */
    uint32_t span_count;
    cchc_segment *segments; /* NULL: they are only counted */
    cchc_span *free;        /* where the spans of the next segment stand */
};

/* What the characters of a gap are: only blanks, only markup and blanks, or more. */
static enum cchci_segment_kind kind_of_gap(const struct cchci_text *text, uint32_t begin,
                                           uint32_t end)
{
    unsigned kinds = 0;
    for (uint32_t c = begin; c < end; c++) {
        if (!cchci_is(text->key[c], CCHCI_IS_GAP | CCHCI_IS_MARKUP))
            return CCHCI_SEGMENT_UNRECOGNISED;
        kinds |= cchci_key_kinds[text->key[c]];
    }
    return (kinds & CCHCI_IS_MARKUP) != 0 ? CCHCI_SEGMENT_MARKUP : CCHCI_SEGMENT_BLANK;
}

/* Two claims on one place: the first in the text has it. A gap that only separates two stretches of one
 * group belongs to their segment. */
static void settle_claims(struct cchci_parse *parse)
{
    struct cchci_vector *claims = &parse->record->stretches;
    struct cchci_stretch *claim = claims->data, *last = NULL;
    uint32_t reached = 0, settled = 0;
    for (uint32_t i = 0; i < claims->count; i++) {
        struct cchci_stretch next = claim[i];
        if (next.begin < reached)
            next.begin = reached;
        if (next.begin >= next.end)
            continue;
        next.gap = (unsigned char)kind_of_gap(parse->text, reached, next.begin);
        reached = next.end;
        if (last != NULL && last->group == next.group && last->kind == next.kind &&
            next.gap != CCHCI_SEGMENT_UNRECOGNISED) {
            last->end = next.end;
        } else {
            last = &claim[settled++];
            *last = next;
        }
    }
    claims->count = settled;
}

/* Whether any byte of the source lies in [begin, end): form C may have several characters for one. */
static bool has_bytes(const struct cchci_parse *parse, uint32_t begin, uint32_t end)
{
    return parse->text->src[begin] < parse->text->src[end];
}

static cchc_segment *new_segment(struct tiling *tiling, enum cchci_segment_kind kind,
                                 uint32_t span_count)
{
    cchc_segment *segment = &tiling->segments[tiling->count++];
    *segment = (cchc_segment){names[kind], tiling->free, 0};
    tiling->free += span_count;
    return segment;
}

static void add_span(cchc_segment *segment, cchc_span span)
{
    ((cchc_span *)(uintptr_t)segment->spans)[segment->span_count++] = span;
}

/* What is of no group is a segment by itself. */
static void add_alone(struct tiling *tiling, enum cchci_segment_kind kind, cchc_span span)
{
    tiling->span_count++;
    if (tiling->segments != NULL)
        add_span(new_segment(tiling, kind, 1), span);
    else
        tiling->count++;
}

static void tile_loose(struct tiling *tiling, enum cchci_segment_kind kind, uint32_t begin,
                       uint32_t end)
{
    if (begin < end && has_bytes(tiling->parse, begin, end))
        add_alone(tiling, kind, cchci_source_span(tiling->parse->text, begin, end));
}

static void tile_claim(struct tiling *tiling, const struct cchci_stretch *claim)
{
    uint32_t group = claim->group;
    if (!has_bytes(tiling->parse, claim->begin, claim->end))
        return;
    if (tiling->segments == NULL) {
        tiling->count += tiling->spans_of[group]++ == 0;
        tiling->span_count++;
        return;
    }
    if (tiling->segment_of[group] == 0) {
        new_segment(tiling, claim->kind, tiling->spans_of[group]);
        tiling->segment_of[group] = tiling->count;
    }
    add_span(&tiling->segments[tiling->segment_of[group] - 1],
             cchci_source_span(tiling->parse->text, claim->begin, claim->end));
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

/* What nobody claimed, line by line; neighbours of one kind are one segment. */
static void tile_gap(struct tiling *tiling, enum cchci_segment_kind whole, uint32_t begin,
                     uint32_t end)
{
    enum cchci_segment_kind kind = whole;
    uint32_t from = begin;
    while (whole == CCHCI_SEGMENT_UNRECOGNISED && begin < end) {
        enum cchci_segment_kind next;
        uint32_t stop = next_of_gap(tiling, begin, end, &next);
        if (next != kind) {
            tile_loose(tiling, kind, from, begin);
            kind = next;
            from = begin;
        }
        begin = stop;
    }
    tile_loose(tiling, kind, from, end);
}

static void tile(struct tiling *tiling)
{
    const struct cchci_text *text = tiling->parse->text;
    const struct cchci_vector *claims = &tiling->parse->record->stretches;
    const struct cchci_stretch *claim = claims->data;
    uint32_t reached = 0;
    tiling->line = 0;
    tiling->count = 0;
    if (text->bom_length > 0)
        add_alone(tiling, CCHCI_SEGMENT_BOM,
                  (cchc_span){text->origin, text->origin + text->bom_length});
    for (uint32_t i = 0; i < claims->count; i++) {
        tile_gap(tiling, claim[i].gap, reached, claim[i].begin);
        tile_claim(tiling, &claim[i]);
        reached = claim[i].end;
    }
    tile_gap(tiling, kind_of_gap(text, reached, text->count), reached, text->count);
}

/* ------------------------------------------------------------------------------------------- */

void cchci_field_segments(struct cchci_parse *parse)
{
    cchc_document *record = parse->record;
    struct cchci_vector *segments = &record->segments;
    size_t groups = (size_t)record->groups + 1;
    struct tiling tiling = {.parse = parse};
    tiling.spans_of = CCHCI_NEW(parse->arena, uint32_t, groups);
    tiling.segment_of = CCHCI_NEW(parse->arena, uint32_t, groups);
    memset(tiling.spans_of, 0, groups * sizeof *tiling.spans_of);
    memset(tiling.segment_of, 0, groups * sizeof *tiling.segment_of);
    sort_claims(parse);
    settle_claims(parse);
    tile(&tiling);
    if (tiling.count == 0)
        return;
    cchci_vector_reserve(segments, parse->arena, tiling.count, sizeof(cchc_segment));
    segments->count = tiling.count;
    tiling.segments = segments->data;
    tiling.free = CCHCI_NEW(parse->arena, cchc_span, tiling.span_count);
    tile(&tiling);
}
