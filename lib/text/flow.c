/* SPDX-License-Identifier: MIT */
#include "flow.h"

#include <string.h>

#include "eight.h"

/* What no run has: white space and markup. */
#define NO_RUN (CCHCI_IS_GAP | CCHCI_IS_MARKUP)

/* Where a run may end: at what is below a blank, and at a blank before another one or before what is
 * below. */
#if defined(__SSE2__)
/* Of sixteen keys, a bit each. */
static inline unsigned run_stops(const unsigned char *key)
{
    __m128i here = _mm_loadu_si128((const void *)key);
    __m128i next = _mm_loadu_si128((const void *)(key + 1));
    __m128i goes_on = _mm_min_epu8(_mm_subs_epu8(_mm_max_epu8(here, next), _mm_set1_epi8(' ')),
                                   _mm_subs_epu8(here, _mm_set1_epi8(' ' - 1)));
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(goes_on, _mm_setzero_si128()));
}
#else
/* Keys beyond ASCII, which are rare, and what is borrowed in the subtractions only add some. */
static inline uint64_t run_stops_of_eight(const unsigned char *key)
{
    uint64_t here = cchci_eight(key), next = cchci_eight(key + 1);
    return ((here - CCHCI_EIGHT(' ')) |
            ((here - CCHCI_EIGHT(' ' + 1)) & (next - CCHCI_EIGHT(' ' + 1)))) &
           CCHCI_EIGHT_YES;
}

static inline unsigned run_stops(const unsigned char *key)
{
    return cchci_eight_bits(run_stops_of_eight(key)) | cchci_eight_bits(run_stops_of_eight(key + 8))
                                                           << 8;
}

#endif

/* The first place at which a run ends of those that may; `end`: none. It goes on over single
 * blanks. */
static uint32_t stop_of(const unsigned char *key, uint32_t at, unsigned stops, uint32_t end)
{
    for (; stops != 0; stops &= stops - 1) {
        uint32_t c = at + cchci_first_bit(stops);
        if (cchci_is(key[c + (key[c] == ' ')], NO_RUN))
            return c;
    }
    return end;
}

/* Copies the run that starts at a place, which is no gap, and returns its end. Each letter is put
 * into several flows, so that this goes many keys at a time; what is written behind the run is
 * overwritten. */
static inline uint32_t copy_run(unsigned char *to, const unsigned char *key, uint32_t begin,
                                uint32_t end)
{
    const unsigned char *at = key + begin, *last = at + (end - begin - 1) / 16 * 16;
    for (; at != last; at += 16, to += 16) {
        unsigned stops = run_stops(at);
        memcpy(to, at, 16);
        uint32_t stop = stops != 0 ? stop_of(key, (uint32_t)(at - key), stops, end) : end;
        if (stop != end)
            return stop;
    }
    unsigned stops = run_stops(at) << (16 - (key + end - at)) & 0xFFFF;
    memcpy(to, at, 16);
    uint32_t stop = stops != 0 ? stop_of(key, end - 16, stops, end) : end;
    return stop - (stop == end && key[end - 1] == ' ');
}

/* A flow while it is made. There is always room for a run of each piece that is left. */
struct making {
    struct cchci_flow *flow;
    struct cchci_vector runs; /* the last in the arena: grows where it is */
    uint32_t length, lines, pieces_left;
};

/* Appends what [c, end) of piece p has, of which nothing is there yet or a run up to c. */
static void add_runs(struct making *making, uint32_t c, uint32_t end, uint32_t p)
{
    struct cchci_flow *flow = making->flow;
    const unsigned char *key = flow->text->key;
    uint32_t n = making->length;
    bool first = making->lines == 0 || flow->lines[making->lines - 1].piece != p;
    bool gap = first && n > 0; /* a blank is due before the next key */
    while (c < end) {
        if (cchci_is(key[c], NO_RUN)) {
            gap |= n > 0 && key[c] != CCHCI_KEY_MARKUP;
            c++;
            continue;
        }
        flow->key[n] = ' ';
        n += gap;
        gap = false;
        if (first)
            flow->lines[making->lines++] = (struct cchci_flow_line){n, p};
        first = false;
        uint32_t room = making->runs.count + making->pieces_left + CCHCI_RUNS_BEHIND;
        if (room >= making->runs.capacity)
            cchci_vector_reserve(&making->runs, flow->arena, (size_t)room * 2,
                                 sizeof(struct cchci_run));
        uint32_t stop = copy_run(flow->key + n, key, c, end);
        CCHCI_AT(&making->runs, struct cchci_run, making->runs.count++) =
            (struct cchci_run){n, c, stop - c};
        n += stop - c;
        c = stop;
    }
    making->length = n;
}

/* Appends the pieces. Nearly all are one run. */
static void add_pieces(struct making *making, const struct cchci_piece *pieces, uint32_t count)
{
    struct cchci_flow *flow = making->flow;
    const unsigned char *from = flow->text->key;
    unsigned char *key = flow->key;
    struct cchci_run *run = making->runs.data;
    struct cchci_flow_line *line = flow->lines;
    uint32_t n = 0;
    for (uint32_t p = 0; p < count; p++) {
        uint32_t c = pieces[p].begin, end = pieces[p].end;
        if (c < end && !cchci_is(from[c], NO_RUN)) {
            key[n] = ' ';
            n += n > 0;
            *line++ = (struct cchci_flow_line){n, p};
            uint32_t stop = copy_run(key + n, from, c, end);
            *run++ = (struct cchci_run){n, c, stop - c};
            n += stop - c;
            if (stop == end)
                continue;
            c = stop;
        }
        making->length = n;
        making->lines = (uint32_t)(line - flow->lines);
        making->runs.count = (uint32_t)(run - (struct cchci_run *)making->runs.data);
        making->pieces_left = count - p;
        add_runs(making, c, end, p);
        n = making->length;
        line = flow->lines + making->lines;
        run = (struct cchci_run *)making->runs.data + making->runs.count;
    }
    flow->length = n;
    flow->line_count = (uint32_t)(line - flow->lines);
    flow->runs = making->runs.data;
    flow->run_count = (uint32_t)(run - flow->runs);
    for (unsigned i = 0; i < CCHCI_RUNS_BEHIND; i++)
        run[i] = (struct cchci_run){UINT32_MAX, 0, 0};
}

/* Flows of so few runs have no index. */
#define FEW_RUNS 4u

/* Values, spans and marks are asked for by place a hundred times a letter. */
static void index_runs(struct cchci_flow *flow)
{
    if (flow->run_count <= FEW_RUNS)
        return;
    size_t stretches = (size_t)flow->length / CCHCI_FLOW_STRETCH + 2;
    uint32_t *first = CCHCI_NEW(flow->arena, uint32_t, stretches);
    memset(first, 0, stretches * sizeof *first);
    const struct cchci_run *runs = flow->runs;
    for (uint32_t r = 0, count = flow->run_count; r < count; r++)
        first[runs[r].at / CCHCI_FLOW_STRETCH + 1] = r + 1;
    uint32_t most = 0;
    for (size_t i = 1; i < stretches; i++) {
        most = first[i] > most ? first[i] : most;
        first[i] = most;
    }
    flow->first_run = first;
}

void cchci_flow_build(struct cchci_flow *flow, const struct cchci_text *text,
                      struct cchci_arena *arena, const struct cchci_piece *pieces, uint32_t count)
{
    flow->text = text;
    flow->arena = arena;
    size_t places = 0;
    for (uint32_t p = 0; p < count; p++)
        places += pieces[p].end - pieces[p].begin + 1;
    flow->key = CCHCI_NEW(arena, unsigned char, places + CCHCI_KEY_SLACK);
    flow->lines = CCHCI_NEW(arena, struct cchci_flow_line, (size_t)count + 1);
    struct making making = {.flow = flow};
    making.runs.data = CCHCI_NEW(arena, struct cchci_run, (size_t)count + CCHCI_RUNS_BEHIND);
    making.runs.capacity = count + CCHCI_RUNS_BEHIND;
    add_pieces(&making, pieces, count);
    flow->first_run = NULL;
    index_runs(flow);
    memset(flow->key + flow->length, 0, CCHCI_KEY_SLACK);
}

/* How many runs start at or before a place. Which it is in a line is told without a branch, which would
 * be guessed wrong. */
static inline uint32_t runs_before(const struct cchci_flow *flow, uint32_t at)
{
    if (at >= flow->length)
        return flow->run_count;
    const struct cchci_run *runs = flow->runs;
    if (flow->first_run == NULL)
        return 1u + (runs[1].at <= at) + (runs[2].at <= at) + (runs[3].at <= at);
    uint32_t run = flow->first_run[at / CCHCI_FLOW_STRETCH];
    run += (uint32_t)(runs[run].at <= at) + (runs[run + 1].at <= at);
    while (runs[run].at <= at)
        run++;
    return run;
}

/* Index of the last run that starts at or before a place; run_count where there is none. */
static inline uint32_t run_at(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t before = runs_before(flow, at);
    return before == 0 ? flow->run_count : before - 1;
}

/* The first run that ends behind a place; the one behind the last where there is none. */
static inline const struct cchci_run *run_from(const struct cchci_flow *flow, uint32_t at)
{
    const struct cchci_run *next = flow->runs + runs_before(flow, at);
    return next - (next > flow->runs && next[-1].at + next[-1].length > at);
}

uint32_t cchci_flow_run(const struct cchci_flow *flow, uint32_t at)
{
    return (uint32_t)(run_from(flow, at) - flow->runs);
}

/* The runs that have places in [begin, end); false: there are none. */
struct runs {
    const struct cchci_run *first, *last;
};
static bool runs_of(const struct cchci_flow *flow, uint32_t begin, uint32_t end, struct runs *runs)
{
    if (begin >= end)
        return false;
    const struct cchci_run *first = run_from(flow, begin);
    if (first->at >= end)
        return false;
    runs->first = runs->last = first;
    if (end > first->at + first->length)
        runs->last = flow->runs + run_at(flow, end - 1);
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

static inline struct cchci_characters characters_of(const struct cchci_flow *flow,
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

struct cchci_characters cchci_flow_characters(const struct cchci_flow *flow,
                                              const struct cchci_run *run, uint32_t begin,
                                              uint32_t end)
{
    return characters_of(flow, run, begin, end);
}

static const cchc_span *spans_of(const struct cchci_flow *flow, const struct runs *runs,
                                 uint32_t begin, uint32_t end, size_t *count)
{
    cchc_span *spans = CCHCI_NEW(flow->arena, cchc_span, (size_t)(runs->last - runs->first) + 1);
    size_t n = 0;
    for (const struct cchci_run *run = runs->first; run <= runs->last; run++) {
        struct cchci_characters part = characters_of(flow, run, begin, end);
        cchc_span span = cchci_source_span(flow->text, part.begin, part.end);
        if (n > 0 && same_span(flow->text, run - 1, run))
            spans[n - 1].end = span.end;
        else
            spans[n++] = span;
    }
    *count = n;
    return spans;
}

const cchc_span *cchci_flow_spans(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                                  size_t *count)
{
    struct runs runs;
    *count = 0;
    return runs_of(flow, begin, end, &runs) ? spans_of(flow, &runs, begin, end, count) : NULL;
}

static size_t put_words(const struct cchci_text *text, const struct cchci_characters *part,
                        char *out, size_t n)
{
    uint32_t c = part->begin;
    if (!text->odd_blanks) { /* nearly always: the words stand there as they are */
        size_t width = text->off[part->end] - text->off[c];
        memcpy(out + n, text->utf8 + text->off[c], width);
        return n + width;
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
static size_t put_code(const struct cchci_text *text, const struct cchci_characters *part,
                       char *out, size_t n)
{
    for (uint32_t c = part->begin; c < part->end; c++) {
        unsigned char key = text->key[c];
        if (key == ' ')
            continue;
        if (key == '-' || key == '/') {
            if (!(key == '-' && n > 0 && out[n - 1] == '-'))
                out[n++] = (char)key;
            continue;
        }
        for (size_t from = text->off[c]; from < text->off[c + 1]; from++)
            out[n++] = text->utf8[from];
    }
    return n;
}

/* The bytes of [begin, end) with a blank between two runs. */
static size_t room_of(const struct cchci_flow *flow, const struct runs *runs, uint32_t begin,
                      uint32_t end)
{
    const uint32_t *off = flow->text->off;
    size_t room = 0;
    for (const struct cchci_run *run = runs->first; run <= runs->last; run++) {
        struct cchci_characters part = characters_of(flow, run, begin, end);
        room += off[part.end] - off[part.begin] + 1;
    }
    return room;
}

static char *put(const struct cchci_flow *flow, const struct runs *runs, uint32_t begin,
                 uint32_t end, enum cchci_flow_mode mode, size_t *length)
{
    const struct cchci_text *text = flow->text;
    size_t n = 0;
    char *out = CCHCI_NEW(flow->arena, char, room_of(flow, runs, begin, end));
    for (const struct cchci_run *run = runs->first; run <= runs->last; run++) {
        struct cchci_characters part = characters_of(flow, run, begin, end);
        if (mode == CCHCI_WORDS && n > 0 && run->at > run[-1].at + run[-1].length)
            out[n++] = ' ';
        n = mode == CCHCI_WORDS ? put_words(text, &part, out, n) : put_code(text, &part, out, n);
    }
    while (mode == CCHCI_WORDS && n > 0 && out[n - 1] == ' ')
        n--;
    out[n] = '\0';
    *length = n;
    return n > 0 ? out : NULL;
}

/* Whether a value is a copy of one stretch of the text, as most are. */
static inline bool is_stretch(const struct cchci_flow *flow, const struct runs *runs,
                              enum cchci_flow_mode mode)
{
    return mode == CCHCI_WORDS && runs->first == runs->last && !flow->text->odd_blanks;
}

static inline char *put_stretch(const struct cchci_flow *flow, struct cchci_characters part,
                                size_t *length)
{
    const struct cchci_text *text = flow->text;
    const char *words = text->utf8 + text->off[part.begin];
    size_t n = text->off[part.end] - text->off[part.begin];
    while (n > 0 && words[n - 1] == ' ')
        n--;
    *length = n;
    return n > 0 ? cchci_arena_copy(flow->arena, words, n) : NULL;
}

cchc_text cchci_flow_text(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                          enum cchci_flow_mode mode)
{
    while (begin < end && flow->key[begin] == ' ')
        begin++;
    while (end > begin && flow->key[end - 1] == ' ')
        end--;
    cchc_text text = {NULL, 0, NULL, 0};
    struct runs runs;
    if (!runs_of(flow, begin, end, &runs))
        return text;
    if (!is_stretch(flow, &runs, mode)) {
        text.data = put(flow, &runs, begin, end, mode, &text.length);
        if (text.data != NULL)
            text.spans = spans_of(flow, &runs, begin, end, &text.span_count);
        return text;
    }
    struct cchci_characters part = characters_of(flow, runs.first, begin, end);
    text.data = put_stretch(flow, part, &text.length);
    if (text.data != NULL) {
        cchc_span *span = CCHCI_NEW(flow->arena, cchc_span, 1);
        *span = cchci_source_span(flow->text, part.begin, part.end);
        text.spans = span;
        text.span_count = 1;
    }
    return text;
}

const char *cchci_flow_string(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                              enum cchci_flow_mode mode)
{
    while (begin < end && flow->key[begin] == ' ')
        begin++;
    size_t length;
    struct runs runs;
    if (!runs_of(flow, begin, end, &runs))
        return NULL;
    if (is_stretch(flow, &runs, mode))
        return put_stretch(flow, characters_of(flow, runs.first, begin, end), &length);
    return put(flow, &runs, begin, end, mode, &length);
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
    return cchci_small(c);
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

bool cchci_flow_written_out(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                            uint32_t first)
{
    const unsigned char *key = flow->key;
    const uint32_t *off = flow->text->off + first;
    for (uint32_t i = begin; i < end; i += 8) {
        uint64_t eight = cchci_eight_before(key, i, end);
        if (cchci_eight_is(eight, ' ') != 0)
            return false;
        uint64_t signs = cchci_eight_within(eight, '-', '/');
        for (; signs != 0; signs &= signs - 1) {
            uint32_t at = i + cchci_eight_first(signs), c = at - begin;
            if (off[c + 1] - off[c] != 1 || (key[at] == '-' && key[at + 1] == '-'))
                return false;
        }
    }
    return true;
}
