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
    const unsigned char *at = key + begin, *last = at + ((end - begin - 1) & ~15u);
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

/* How many runs start at or before a place of the flow. Which it is in a line is told without a
 * branch, which would be guessed wrong. */
static inline uint32_t runs_up_to(const struct cchci_flow *flow, uint32_t at)
{
    const struct cchci_run *runs = flow->runs;
    if (flow->first_run == NULL)
        return 1u + (runs[1].at <= at) + (runs[2].at <= at) + (runs[3].at <= at);
    uint32_t run = flow->first_run[at / CCHCI_FLOW_STRETCH];
    run += (uint32_t)(runs[run].at <= at) + (runs[run + 1].at <= at);
    while (runs[run].at <= at)
        run++;
    return run;
}

static inline uint32_t runs_before(const struct cchci_flow *flow, uint32_t at)
{
    return at < flow->length ? runs_up_to(flow, at) : flow->run_count;
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

/* The run that a place is in which is no blank. */
static inline const struct cchci_run *run_of(const struct cchci_flow *flow, uint32_t at)
{
    return flow->runs + runs_up_to(flow, at) - 1;
}

uint32_t cchci_flow_run(const struct cchci_flow *flow, uint32_t at)
{
    return (uint32_t)(run_from(flow, at) - flow->runs);
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

/* Whether only blanks of one line lie between two runs, of the left one of which the characters are
 * known: they then make one span. */
static bool same_span(const struct cchci_text *text, const struct cchci_run *right, uint32_t from)
{
    /* Two pieces that touch (a cell cut inside a word) have a blank between them in the flow. */
    if (right->chr < from || (right->chr == from && right->at > right[-1].at + right[-1].length))
        return false;
    for (uint32_t c = from; c < right->chr; c++)
        if (!cchci_is(text->key[c], CCHCI_IS_BLANK))
            return false;
    return true;
}

/* The spans of [begin, end), which has places in the first run; and how many bytes its characters take
 * with a blank behind each run. */
static const cchc_span *spans_of(const struct cchci_flow *flow, const struct cchci_run *first,
                                 uint32_t begin, uint32_t end, size_t *count, size_t *room)
{
    const struct cchci_text *text = flow->text;
    size_t most = 1, n = 0, bytes = 0;
    while (first[most].at < end)
        most++;
    cchc_span *spans = CCHCI_NEW(flow->arena, cchc_span, most);
    uint32_t last = 0; /* where the characters of the run before end */
    for (const struct cchci_run *run = first; run < first + most; run++) {
        struct cchci_characters part = cchci_flow_characters(flow, run, begin, end);
        cchc_span span = cchci_source_span(text, part.begin, part.end);
        bytes += text->off[part.end] - text->off[part.begin] + 1;
        if (n > 0 && same_span(text, run, last))
            spans[n - 1].end = span.end;
        else
            spans[n++] = span;
        last = part.end;
    }
    *count = n;
    *room = bytes;
    return spans;
}

const cchc_span *cchci_flow_spans(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                                  size_t *count)
{
    size_t room;
    *count = 0;
    if (begin >= end)
        return NULL;
    const struct cchci_run *first = run_from(flow, begin);
    return first->at < end ? spans_of(flow, first, begin, end, count, &room) : NULL;
}

/* Copies bytes of the text to where there is room to copy them. */
static inline void copy_bytes(const struct cchci_text *text, size_t from, size_t length, char *to)
{
    if (from + cchci_room_to_copy(length) <= text->utf8_length)
        cchci_copy(to, text->utf8 + from, length);
    else
        memcpy(to, text->utf8 + from, length);
}

/* A copy of characters of the text, with a closing NUL. */
static inline const char *copy_of(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    size_t from = flow->text->off[begin], length = flow->text->off[end] - from;
    char *copy = cchci_arena_allocate(flow->arena, cchci_room_to_copy(length));
    copy_bytes(flow->text, from, length, copy);
    copy[length] = '\0';
    return copy;
}

static inline size_t put_stretch(const struct cchci_text *text, uint32_t begin, uint32_t end,
                                 char *out, size_t n)
{
    size_t width = text->off[end] - text->off[begin];
    copy_bytes(text, text->off[begin], width, out + n);
    return n + width;
}

/* Which of sixteen characters before `end` have this key, a bit each. */
static inline unsigned keys_are(const struct cchci_text *text, uint32_t c, uint32_t end,
                                unsigned char key)
{
    unsigned inside = end - c < 16 ? (1u << (end - c)) - 1 : 0xFFFF;
    return cchci_sixteen_is(text->key + c, key) & inside;
}

/* NBSP and its kin become blanks; the words stand there as they are. */
static size_t put_words(const struct cchci_text *text, struct cchci_characters part, char *out,
                        size_t n)
{
    uint32_t from = part.begin;
    for (uint32_t c = from; c < part.end && text->odd_blanks; c += 16) {
        unsigned blanks = keys_are(text, c, part.end, ' ');
        for (; blanks != 0; blanks &= blanks - 1) {
            uint32_t blank = c + cchci_first_bit(blanks);
            if (text->utf8[text->off[blank]] == ' ')
                continue;
            n = put_stretch(text, from, blank, out, n);
            out[n++] = ' ';
            from = blank + 1;
        }
    }
    return put_stretch(text, from, part.end, out, n);
}

/* Whether a code stands there as it is: without a blank, two dashes in a row, or another sign than
 * ASCII's for a dash or a slash. */
static bool is_plain_code(const struct cchci_text *text, struct cchci_characters part)
{
    for (uint32_t c = part.begin; c < part.end; c += 16) {
        unsigned dashes = keys_are(text, c, part.end, '-');
        unsigned again = dashes & (dashes << 1 | (c > part.begin && text->key[c - 1] == '-'));
        if (keys_are(text, c, part.end, ' ') != 0 || again != 0)
            return false;
        unsigned signs = dashes | keys_are(text, c, part.end, '/');
        for (; signs != 0; signs &= signs - 1) {
            const uint32_t *off = text->off + c + cchci_first_bit(signs);
            if (off[1] - off[0] != 1)
                return false;
        }
    }
    return true;
}

/* Appends to what out already holds, so that a dash which a line end broke is one dash. */
static size_t put_code(const struct cchci_text *text, struct cchci_characters part, char *out,
                       size_t n)
{
    for (uint32_t c = part.begin; c < part.end; c++) {
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

/* A value's places: [begin, end) without blanks at both ends, where the run is that holds the first
 * one; begin == end: there are none. */
struct places {
    const struct cchci_run *run;
    uint32_t begin, end;
};
static inline struct places places_of(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    while (begin < end && flow->key[begin] == ' ')
        begin++;
    while (end > begin && flow->key[end - 1] == ' ')
        end--;
    return (struct places){begin < end ? run_of(flow, begin) : NULL, begin, end};
}

/* Whether a value is a copy of characters that stand one behind another, as most are, and of which. */
static inline bool is_copy(const struct cchci_flow *flow, const struct places *places,
                           enum cchci_flow_mode mode, struct cchci_characters *part)
{
    const struct cchci_run *run = places->run;
    uint32_t end = places->end - run->at;
    if (end > run->length)
        return false;
    part->begin = run->chr + (places->begin - run->at);
    part->end = run->chr + end;
    if (end == run->length)
        part->end = cchci_after_loose(flow->text, part->end);
    return mode == CCHCI_WORDS ? !flow->text->odd_blanks : is_plain_code(flow->text, *part);
}

/* What is not: put together from its runs, with a blank where a gap is between two of them. */
static cchc_text put(const struct cchci_flow *flow, struct places places, enum cchci_flow_mode mode)
{
    cchc_text value;
    size_t room, n = 0;
    value.spans = spans_of(flow, places.run, places.begin, places.end, &value.span_count, &room);
    char *out = CCHCI_NEW(flow->arena, char, room + CCHCI_COPIED);
    for (const struct cchci_run *run = places.run; run->at < places.end; run++) {
        struct cchci_characters part = cchci_flow_characters(flow, run, places.begin, places.end);
        if (mode == CCHCI_WORDS && n > 0 && run->at > run[-1].at + run[-1].length)
            out[n++] = ' ';
        n = mode == CCHCI_WORDS ? put_words(flow->text, part, out, n)
                                : put_code(flow->text, part, out, n);
    }
    out[n] = '\0';
    value.data = out;
    value.length = n;
    return value;
}

cchc_text cchci_flow_text(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                          enum cchci_flow_mode mode)
{
    struct places places = places_of(flow, begin, end);
    struct cchci_characters part;
    if (places.run == NULL)
        return (cchc_text){NULL, 0, NULL, 0};
    if (!is_copy(flow, &places, mode, &part))
        return put(flow, places, mode);
    const struct cchci_text *text = flow->text;
    size_t from = text->off[part.begin], length = text->off[part.end] - from;
    cchc_span *span = cchci_arena_allocate(flow->arena, sizeof *span + cchci_room_to_copy(length));
    char *out = (char *)(span + 1); /* one array for both */
    *span = cchci_source_span(text, part.begin, part.end);
    copy_bytes(text, from, length, out);
    out[length] = '\0';
    return (cchc_text){out, length, span, 1};
}

const char *cchci_flow_string(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                              enum cchci_flow_mode mode)
{
    struct places places = places_of(flow, begin, end);
    struct cchci_characters part;
    if (places.run == NULL)
        return NULL;
    if (!is_copy(flow, &places, mode, &part))
        return put(flow, places, mode).data;
    return copy_of(flow, part.begin, part.end);
}

static inline bool is_left_out(unsigned char key)
{
    return key == ' ' || key == ';' || key == '.' || key == ',' || key == ':' || key == '/';
}

void cchci_flow_trim(const struct cchci_flow *flow, uint32_t *begin, uint32_t *end)
{
    while (*begin < *end && is_left_out(flow->key[*begin]))
        ++*begin;
    while (*end > *begin && is_left_out(flow->key[*end - 1]))
        --*end;
}

/* ------------------------------------------------------------------------------- questions -- */

uint32_t cchci_flow_words_from(const struct cchci_flow *flow, uint32_t at, const char *words)
{
    const unsigned char *begin = flow->key + at, *end = flow->key + flow->length, *key = begin + 1;
    for (const unsigned char *w = (const unsigned char *)words + 1; *w != '\0'; w++) {
        /* The same letter, capital or small; behind the flow stands none. */
        if (*w != ' ') {
            if (((*key ^ *w) & ~('a' ^ 'A')) != 0)
                return 0;
        } else if (*key != ' ') {
            if (key == end || cchci_is_digit(key[0]) == cchci_is_digit(key[-1]))
                return 0;
            continue;
        }
        key++;
    }
    return cchci_is_letter(key[0]) && cchci_is_letter(key[-1]) ? 0 : (uint32_t)(key - begin);
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
