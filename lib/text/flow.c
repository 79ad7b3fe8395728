/* SPDX-License-Identifier: MIT */
#include "flow.h"

#include <string.h>

#include "eight.h"

static bool is_gap(unsigned char key)
{
    return key == ' ' || key == '\t' || key == '\n';
}

/* The first key from `c` on that ends a run for sure, or is a control character: a run goes on over
 * single blanks. `end` or beyond: none before it. */
static uint32_t next_stop(const unsigned char *key, uint32_t c, uint32_t end)
{
    for (; c < end; c += 8) {
        uint64_t eight = cchci_eight(key + c);
        uint64_t low = cchci_eight_within(eight, 0, ' ');
        uint64_t next_low = low >> 8 | (uint64_t)(key[c + 8] <= ' ') << 63;
        uint64_t stops = cchci_eight_within(eight, 0, ' ' - 1) | (low & next_low);
        if (stops != 0)
            return c + cchci_eight_first(stops);
    }
    return end;
}

/* Where the run ends that starts at a place. Each letter is put into three flows (heading, closing,
 * body), so that runs are passed eight keys at a time. */
static uint32_t run_end(const unsigned char *key, uint32_t c, uint32_t end)
{
    for (;; c++) {
        c = next_stop(key, c, end);
        if (c >= end)
            return key[end - 1] == ' ' ? end - 1 : end;
        if (key[c] == ' ' ? is_gap(key[c + 1]) || key[c + 1] == CCHCI_KEY_MARKUP
                          : is_gap(key[c]) || key[c] == CCHCI_KEY_MARKUP)
            return c;
    }
}

/* Appends piece p. */
static void add_piece(struct cchci_flow *flow, struct cchci_vector *runs,
                      const struct cchci_piece *piece, uint32_t p)
{
    const unsigned char *key = flow->text->key;
    uint32_t n = flow->length;
    bool first = true, gap = n > 0; /* a blank is due before the next key */
    for (uint32_t c = piece->begin; c < piece->end;) {
        if (is_gap(key[c]) || key[c] == CCHCI_KEY_MARKUP) {
            gap |= n > 0 && key[c] != CCHCI_KEY_MARKUP;
            c++;
            continue;
        }
        if (gap)
            flow->key[n++] = ' ';
        gap = false;
        if (first) {
            flow->lines[flow->line_count].at = n;
            flow->lines[flow->line_count++].piece = p;
            first = false;
        }
        uint32_t length = run_end(key, c, piece->end) - c;
        *CCHCI_PUSH(runs, flow->arena, struct cchci_run) = (struct cchci_run){n, c, length};
        memcpy(flow->key + n, key + c, length);
        n += length;
        c += length;
    }
    flow->length = n;
}

/* Values, spans and marks are asked for by place a hundred times a letter. */
static void index_runs(struct cchci_flow *flow)
{
    size_t stretches = (size_t)flow->length / CCHCI_FLOW_STRETCH + 2;
    flow->first_run = CCHCI_NEW(flow->arena, uint32_t, stretches);
    uint32_t run = 0;
    for (size_t i = 0; i < stretches; i++) {
        while (run < flow->run_count && flow->runs[run].at < i * CCHCI_FLOW_STRETCH)
            run++;
        flow->first_run[i] = run;
    }
}

void cchci_flow_build(struct cchci_flow *flow, const struct cchci_text *text,
                      struct cchci_arena *arena, const struct cchci_piece *pieces, uint32_t count)
{
    memset(flow, 0, sizeof *flow);
    flow->text = text;
    flow->arena = arena;
    size_t places = 0;
    for (uint32_t p = 0; p < count; p++)
        places += pieces[p].end - pieces[p].begin + 1;
    flow->key = CCHCI_NEW(arena, unsigned char, places + CCHCI_KEY_SLACK);
    flow->lines = CCHCI_NEW(arena, struct cchci_flow_line, (size_t)count + 1);
    struct cchci_vector runs = {0}; /* the last in the arena: grows where it is */
    cchci_vector_reserve(&runs, arena, (size_t)count + 1, sizeof(struct cchci_run));
    for (uint32_t p = 0; p < count; p++)
        add_piece(flow, &runs, &pieces[p], p);
    flow->runs = runs.data;
    flow->run_count = runs.count;
    index_runs(flow);
    memset(flow->key + flow->length, 0, CCHCI_KEY_SLACK);
}

/* How many runs start at or before a place. */
static uint32_t runs_before(const struct cchci_flow *flow, uint32_t at)
{
    if (at >= flow->length)
        return flow->run_count;
    uint32_t low = flow->first_run[at / CCHCI_FLOW_STRETCH],
             high = flow->first_run[at / CCHCI_FLOW_STRETCH + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (flow->runs[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Index of the last run that starts at or before a place; run_count where there is none. */
static uint32_t run_at(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t before = runs_before(flow, at);
    return before == 0 ? flow->run_count : before - 1;
}

uint32_t cchci_flow_run(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t before = runs_before(flow, at);
    return before > 0 && flow->runs[before - 1].at + flow->runs[before - 1].length > at ? before - 1
                                                                                        : before;
}

/* The runs of [begin, end), which is not empty; false: it has none. */
static bool runs_of(const struct cchci_flow *flow, uint32_t begin, uint32_t end, uint32_t *first,
                    uint32_t *last)
{
    *first = *last = run_at(flow, begin);
    if (*first == flow->run_count)
        return false;
    if (end > flow->runs[*first].at + flow->runs[*first].length)
        *last = run_at(flow, end - 1);
    return true;
}

uint32_t cchci_flow_character(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t r = run_at(flow, at);
    if (r == flow->run_count)
        return flow->run_count > 0 ? flow->runs[0].chr : flow->text->count;
    const struct cchci_run *run = &flow->runs[r];
    if (at - run->at < run->length)
        return run->chr + (at - run->at);
    if (r + 1 < flow->run_count)
        return run[1].chr;
    return run->chr + run->length;
}

/* ---------------------------------------------------------------------------------- values -- */

/* Whether only blanks of one line lie between two runs: they then make one span. */
static bool same_span(const struct cchci_text *text, const struct cchci_run *left,
                      const struct cchci_run *right)
{
    uint32_t from = left->chr + left->length;
    while (text->mark[from] == CCHCI_MARK_LOOSE)
        from++;
    /* Two pieces that touch (a cell cut inside a word) have a blank between them in the flow. */
    if (right->chr < from || (right->chr == from && right->at > left->at + left->length))
        return false;
    for (uint32_t c = from; c < right->chr; c++)
        if (text->key[c] != ' ' && text->key[c] != '\t')
            return false;
    return true;
}

struct cchci_characters cchci_flow_characters(const struct cchci_flow *flow,
                                              const struct cchci_run *run, uint32_t begin,
                                              uint32_t end)
{
    uint32_t from = run->at > begin ? run->at : begin;
    uint32_t to = run->at + run->length < end ? run->at + run->length : end;
    struct cchci_characters part = {run->chr + (from - run->at), run->chr + (to - run->at)};
    if (from < to && to == run->at + run->length) /* a mark that follows is printed there */
        while (flow->text->mark[part.end] == CCHCI_MARK_LOOSE)
            part.end++;
    return part;
}

const cchc_span *cchci_flow_spans(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                                  size_t *count)
{
    *count = 0;
    uint32_t first, last;
    if (begin >= end || !runs_of(flow, begin, end, &first, &last))
        return NULL;
    cchc_span *spans = CCHCI_NEW(flow->arena, cchc_span, (size_t)(last - first) + 1);
    const struct cchci_run *before = NULL;
    for (uint32_t r = first; r <= last; r++) {
        const struct cchci_run *run = &flow->runs[r];
        if (run->at + run->length <= begin)
            continue;
        struct cchci_characters part = cchci_flow_characters(flow, run, begin, end);
        if (before != NULL && same_span(flow->text, before, run)) {
            spans[*count - 1].end = cchci_source_span(flow->text, part.begin, part.end).end;
        } else {
            spans[*count] = cchci_source_span(flow->text, part.begin, part.end);
            ++*count;
        }
        before = run;
    }
    return spans;
}

static size_t put_words(const struct cchci_flow *flow, const struct cchci_characters *part,
                        char *out)
{
    const struct cchci_text *text = flow->text;
    size_t n = 0;
    uint32_t c = part->begin;
    if (!text->odd_blanks && c < part->end) { /* nearly always: the words stand there as they are */
        n = text->off[part->end] - text->off[c];
        memcpy(out, text->utf8 + text->off[c], n);
        return n;
    }
    while (c < part->end) {
        if (text->key[c] == ' ') { /* NBSP and its kin */
            out[n++] = ' ';
            c++;
            continue;
        }
        uint32_t from = c;
        while (c < part->end && text->key[c] != ' ')
            c++;
        size_t width = text->off[c] - text->off[from];
        memcpy(out + n, text->utf8 + text->off[from], width);
        n += width;
    }
    return n;
}

/* Appends to what out already holds, so that a dash which a line end broke is one dash. */
static size_t put_code(const struct cchci_flow *flow, const struct cchci_characters *part,
                       char *out, size_t n)
{
    const struct cchci_text *text = flow->text;
    for (uint32_t c = part->begin; c < part->end; c++) {
        unsigned char key = text->key[c];
        size_t from = text->off[c], width = text->off[c + 1] - from;
        if (key == ' ')
            continue;
        if (key == '-' || key == '/') {
            if (!(key == '-' && n > 0 && out[n - 1] == '-'))
                out[n++] = (char)key;
            continue;
        }
        memcpy(out + n, text->utf8 + from, width);
        n += width;
    }
    return n;
}

static char *put(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                 enum cchci_flow_mode mode, size_t *length)
{
    *length = 0;
    uint32_t first, last;
    if (begin >= end || !runs_of(flow, begin, end, &first, &last))
        return NULL;
    size_t room = 0;
    for (uint32_t r = first; r <= last; r++) {
        if (flow->runs[r].at + flow->runs[r].length <= begin)
            continue;
        struct cchci_characters part = cchci_flow_characters(flow, &flow->runs[r], begin, end);
        room += flow->text->off[part.end] - flow->text->off[part.begin] + 1;
    }
    char *out = CCHCI_NEW(flow->arena, char, room + 1);
    uint32_t reached = begin;
    for (uint32_t r = first; r <= last; r++) {
        const struct cchci_run *run = &flow->runs[r];
        if (run->at + run->length <= begin)
            continue;
        struct cchci_characters part = cchci_flow_characters(flow, run, begin, end);
        if (run->at > reached && mode == CCHCI_WORDS && *length > 0)
            out[(*length)++] = ' ';
        *length = mode == CCHCI_WORDS ? *length + put_words(flow, &part, out + *length)
                                      : put_code(flow, &part, out, *length);
        reached = run->at + run->length;
    }
    while (mode == CCHCI_WORDS && *length > 0 && out[*length - 1] == ' ')
        --*length;
    out[*length] = '\0';
    return *length > 0 ? out : NULL;
}

cchc_text cchci_flow_text(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                          enum cchci_flow_mode mode)
{
    while (begin < end && flow->key[begin] == ' ')
        begin++;
    while (end > begin && flow->key[end - 1] == ' ')
        end--;
    cchc_text text = {NULL, 0, NULL, 0};
    text.data = put(flow, begin, end, mode, &text.length);
    if (text.data != NULL)
        text.spans = cchci_flow_spans(flow, begin, end, &text.span_count);
    return text;
}

const char *cchci_flow_string(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                              enum cchci_flow_mode mode)
{
    while (begin < end && flow->key[begin] == ' ')
        begin++;
    size_t length;
    return put(flow, begin, end, mode, &length);
}

void cchci_flow_trim(const struct cchci_flow *flow, uint32_t *begin, uint32_t *end)
{
    while (*begin < *end && memchr(" ;.,:/", flow->key[*begin], 6) != NULL)
        ++*begin;
    while (*end > *begin && memchr(" ;.,:/", flow->key[*end - 1], 6) != NULL)
        --*end;
}

/* ------------------------------------------------------------------------------- questions -- */

uint32_t cchci_flow_words_from(const struct cchci_flow *flow, uint32_t at, const char *words)
{
    uint32_t i = at + 1;
    for (const char *w = words + 1; *w != '\0'; w++) {
        if (*w == ' ' && i < flow->length && flow->key[i] != ' ' &&
            cchci_is_digit(flow->key[i]) != cchci_is_digit(flow->key[i - 1]))
            continue;
        if (i >= flow->length || cchci_lower(flow->key[i]) != (unsigned char)*w)
            return 0;
        i++;
    }
    if (i < flow->length && cchci_is_letter(flow->key[i]) && cchci_is_letter(flow->key[i - 1]))
        return 0;
    return i - at;
}

static uint32_t next_letter(const char **word)
{
    const unsigned char *p = (const unsigned char *)*word;
    uint32_t c = p[0];
    int extra = c < 0x80 ? 0 : c < 0xE0 ? 1 : 2;
    c = extra == 0 ? c : extra == 1 ? c & 0x1F : c & 0x0F;
    for (int i = 1; i <= extra; i++)
        c = c << 6 | (p[i] & 0x3Fu);
    *word += extra + 1;
    return c;
}

/* The letter at a place, lower case, as a code point; 0 in a gap. */
static uint32_t letter_at(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t r = run_at(flow, at);
    if (r == flow->run_count || at - flow->runs[r].at >= flow->runs[r].length)
        return 0;
    const char *p = flow->text->utf8 + flow->text->off[flow->runs[r].chr + (at - flow->runs[r].at)];
    uint32_t c = next_letter(&p);
    if (c < 0x80)
        return cchci_lower((unsigned char)c);
    if (c >= 0xC0 && c <= 0xDD)
        return c + 0x20;
    if ((c >= 0x100 && c <= 0x1B0) || (c >= 0x1EA0 && c <= 0x1EF9)) {
        if (c == 0x1AF || c == 0x1B0) /* Ư and ư, the other way round than the rest */
            return 0x1B0;
        return c & 1 ? c : c + 1; /* in these blocks a capital is even and its small letter next */
    }
    return c;
}

bool cchci_flow_exactly(const struct cchci_flow *flow, uint32_t at, const char *word)
{
    while (*word != '\0') {
        uint32_t want = next_letter(&word);
        if (at >= flow->length || letter_at(flow, at) != want)
            return false;
        at++;
    }
    return true;
}

struct cchci_flow_marks cchci_flow_marks(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t run = run_at(flow, at);
    return (struct cchci_flow_marks){flow, run < flow->run_count ? run : 0};
}

unsigned cchci_flow_mark(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t r = run_at(flow, at);
    if (r == flow->run_count || at - flow->runs[r].at >= flow->runs[r].length)
        return 0;
    return flow->text->mark[flow->runs[r].chr + (at - flow->runs[r].at)];
}

bool cchci_flow_marked(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    for (uint32_t r = run_at(flow, begin); r < flow->run_count && flow->runs[r].at < end; r++) {
        if (flow->runs[r].at + flow->runs[r].length <= begin)
            continue;
        struct cchci_characters part = cchci_flow_characters(flow, &flow->runs[r], begin, end);
        for (uint32_t c = part.begin; c < part.end; c++)
            if (flow->text->mark[c] != 0)
                return true;
    }
    return false;
}
