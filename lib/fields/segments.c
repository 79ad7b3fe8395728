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

/* The text is tiled twice: to count what each group needs, and to write it. That asks for less
 * memory than the tiles themselves would, of which a text may have one for every other byte. */
struct tiling {
    struct cchci_parse *parse;
    struct cchci_stretch last; /* the tile that may still grow, in characters; empty: none */
    uint32_t line;             /* no line before this one reaches past what is tiled */
    void (*finish)(struct tiling *tiling, const struct cchci_stretch *tile);
    uint32_t *spans_of;   /* by group, how many spans its segment has */
    uint32_t *segment_of; /* by group, the number of its segment from 1; 0: not yet there */
    uint32_t loose;       /* tiles of no group, each a segment */
};

static void finish_tile(struct tiling *tiling)
{
    const struct cchci_text *text = tiling->parse->text;
    if (text->src[tiling->last.begin] < text->src[tiling->last.end])
        tiling->finish(tiling, &tiling->last);
    tiling->last.begin = tiling->last.end = 0;
}

static void add_tile(struct tiling *tiling, enum cchci_segment_kind kind, uint32_t group,
                     uint32_t begin, uint32_t end)
{
    if (begin >= end)
        return;
    struct cchci_stretch *last = &tiling->last;
    if (last->begin < last->end && last->kind == kind && last->group == group) {
        last->end = end;
        return;
    }
    finish_tile(tiling);
    *last = (struct cchci_stretch){begin, end, group, (unsigned char)kind};
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

/* What the characters of a gap are: only blanks, only markup and blanks, or more. */
static enum cchci_segment_kind kind_of_gap(const struct cchci_text *text, uint32_t begin,
                                           uint32_t end)
{
    enum cchci_segment_kind kind = CCHCI_SEGMENT_BLANK;
    for (uint32_t c = begin; c < end; c++) {
        unsigned char key = text->key[c];
        if (key == CCHCI_KEY_MARKUP)
            kind = CCHCI_SEGMENT_MARKUP;
        else if (key != ' ' && key != '\t' && key != '\n')
            return CCHCI_SEGMENT_UNRECOGNISED;
    }
    return kind;
}

/* A stretch of one line that nobody claimed. */
static void tile_rest(struct tiling *tiling, const struct cchci_line *line, uint32_t begin,
                      uint32_t end)
{
    enum cchci_segment_kind kind = kind_of_gap(tiling->parse->text, begin, end);
    if (kind == CCHCI_SEGMENT_UNRECOGNISED && line != NULL)
        kind = kind_of_line(line);
    add_tile(tiling, kind, 0, begin, end);
}

static void tile_gap(struct tiling *tiling, uint32_t begin, uint32_t end)
{
    enum cchci_segment_kind whole = kind_of_gap(tiling->parse->text, begin, end);
    if (whole != CCHCI_SEGMENT_UNRECOGNISED) {
        add_tile(tiling, whole, 0, begin, end);
        return;
    }
    const struct cchci_layout *layout = tiling->parse->layout;
    while (begin < end) {
        while (tiling->line < layout->lines.count &&
               cchci_line_at(layout, tiling->line)->end <= begin)
            tiling->line++;
        const struct cchci_line *line =
            tiling->line < layout->lines.count ? cchci_line_at(layout, tiling->line) : NULL;
        if (line == NULL || line->begin >= end) {
            tile_rest(tiling, NULL, begin, end);
            return;
        }
        tile_rest(tiling, NULL, begin, line->begin);
        uint32_t from = begin > line->begin ? begin : line->begin;
        uint32_t to = line->end < end ? line->end : end;
        tile_rest(tiling, line, from, to);
        begin = to;
    }
}

/* A gap that only separates two stretches of one segment belongs to it. */
static bool joins(const struct cchci_text *text, const struct cchci_stretch *last,
                  const struct cchci_stretch *next)
{
    return last->kind == next->kind && last->group == next->group && next->group != 0 &&
           kind_of_gap(text, last->end, next->begin) != CCHCI_SEGMENT_UNRECOGNISED;
}

static void tile(struct tiling *tiling)
{
    struct cchci_parse *parse = tiling->parse;
    const struct cchci_vector *claims = &parse->record->stretches;
    const struct cchci_stretch *claim = claims->data;
    uint32_t reached = 0;
    tiling->line = 0;
    for (uint32_t i = 0; i < claims->count; i++) {
        struct cchci_stretch next = claim[i];
        if (next.begin < reached)
            next.begin = reached; /* two claims on one place: the first in the text has it */
        if (next.begin >= next.end)
            continue;
        struct cchci_stretch *last = &tiling->last;
        if (last->begin < last->end && last->end == reached && joins(parse->text, last, &next)) {
            last->end = next.end;
        } else {
            tile_gap(tiling, reached, next.begin);
            add_tile(tiling, next.kind, next.group, next.begin, next.end);
        }
        reached = next.end;
    }
    tile_gap(tiling, reached, parse->text->count);
    finish_tile(tiling);
}

/* ------------------------------------------------------------------------------------------- */

static cchc_segment *new_segment(struct cchci_parse *parse, enum cchci_segment_kind kind,
                                 size_t span_count)
{
    cchc_segment *segment = CCHCI_PUSH(&parse->record->segments, parse->arena, cchc_segment);
    segment->kind = names[kind];
    segment->spans = CCHCI_NEW(parse->arena, cchc_span, span_count);
    return segment;
}

static void add_span(cchc_segment *segment, cchc_span span)
{
    ((cchc_span *)(uintptr_t)segment->spans)[segment->span_count++] = span;
}

static void count_tile(struct tiling *tiling, const struct cchci_stretch *tile)
{
    if (tile->group == 0)
        tiling->loose++;
    else
        tiling->spans_of[tile->group]++;
}

static void write_tile(struct tiling *tiling, const struct cchci_stretch *tile)
{
    struct cchci_parse *parse = tiling->parse;
    struct cchci_vector *list = &parse->record->segments;
    cchc_span span = cchci_source_span(parse->text, tile->begin, tile->end);
    uint32_t group = tile->group;
    if (group == 0) {
        add_span(new_segment(parse, tile->kind, 1), span);
        return;
    }
    if (tiling->segment_of[group] == 0) {
        new_segment(parse, tile->kind, tiling->spans_of[group]);
        tiling->segment_of[group] = list->count;
    }
    add_span(&CCHCI_AT(list, cchc_segment, tiling->segment_of[group] - 1), span);
}

void cchci_field_segments(struct cchci_parse *parse)
{
    cchc_document *record = parse->record;
    size_t groups = (size_t)record->groups + 1, segments = parse->text->bom_length > 0;
    struct tiling tiling = {.parse = parse, .finish = count_tile};
    tiling.spans_of = CCHCI_NEW(parse->arena, uint32_t, groups);
    tiling.segment_of = CCHCI_NEW(parse->arena, uint32_t, groups);
    memset(tiling.spans_of, 0, groups * sizeof *tiling.spans_of);
    memset(tiling.segment_of, 0, groups * sizeof *tiling.segment_of);
    sort_claims(parse);
    tile(&tiling);

    segments += tiling.loose;
    for (size_t g = 1; g < groups; g++)
        segments += tiling.spans_of[g] > 0;
    cchci_vector_reserve(&record->segments, parse->arena, segments, sizeof(cchc_segment));
    if (parse->text->bom_length > 0)
        add_span(new_segment(parse, CCHCI_SEGMENT_BOM, 1),
                 (cchc_span){parse->text->origin, parse->text->origin + parse->text->bom_length});
    tiling.finish = write_tile;
    tile(&tiling);
}
