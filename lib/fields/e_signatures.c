/* SPDX-License-Identifier: MIT */
/* The printed trace of digital signatures (Phụ lục I, II.8):
 *
 *      Ký bởi: CỤC THUẾ            a label and its value, which may go on in the next line
 *      TỈNH LONG AN
 *      Thời gian ký: 06.05.2024
 *      15:58 +07:00
 *
 * A time with its date, and a name above an address of the web, are told without a label. */
#include <string.h>

#include "layout/grid.h"
#include "segments.h"
#include "text/eight.h"

struct trace {
    const char *label;
    unsigned char what; /* s: signer, a: agency, t: time, 0: something else */
};

static const struct trace labels[] = {
    {"ky boi", 's'},    {"nguoi ky", 's'}, {"signed by", 's'}, {"digitally signed by", 's'},
    {"boi", 's'},       {"co quan", 'a'},  {"to chuc", 'a'},   {"thoi gian ky", 't'},
    {"gian ky", 't'},   {"gian kj", 't'},  {"ngay ky", 't'},   {"date", 't'},
    {"thoi gian", 't'}, {"email", 0},      {"dia chi", 0},     {"ia chi", 0},
    {"location", 0},    {"cocation", 0},
};
static const struct trace time_alone = {"", 't'}, name_alone = {"", 's'}, other = {"", 0};

/* How far from a line's start a label may begin: "SAO Y; 12. Thời gian ký". */
#define LABEL_REACH 16u
/* Letters of the shortest rest of a wrapped name. */
#define REST_LETTERS 4u
/* Letters of the longest word of one: "nghiêng", and one that is glued to it. A damaged address of the
 * web has more. */
#define WORD_LETTERS 12u

/* The label that stands at or near a line's start; *text: where its value begins. Its colon may be
 * lost before a date, and behind it nothing need stand. */
static const struct trace *label_in(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                                    uint32_t *text)
{
    for (uint32_t at = begin; at < end && at < begin + LABEL_REACH; at++) {
        if (!cchci_flow_word_start(flow, at))
            continue;
        for (unsigned i = 0; i < sizeof labels / sizeof labels[0]; i++) {
            uint32_t n = cchci_flow_words(flow, at, labels[i].label);
            uint32_t k = at + n;
            while (n > 0 && k < end && flow->key[k] == ' ')
                k++;
            bool colon = cchci_flow_key(flow, k, end) == ':';
            bool bare = k >= end || labels[i].what == 0 ||
                        (labels[i].what == 't' && cchci_is_digit(flow->key[k]));
            if (n == 0 || !(colon || bare))
                continue;
            for (k += colon; k < end && flow->key[k] == ' ';)
                k++;
            *text = k;
            return &labels[i];
        }
    }
    return NULL;
}

/* Where hours and minutes stand in a line ("15:58"); `end`: nowhere. */
static uint32_t time_of_day(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    for (uint32_t at = begin + 1; at + 2 < end; at++)
        if (flow->key[at] == ':' && cchci_is_digit(flow->key[at - 1]) &&
            cchci_is_digit(flow->key[at + 1]) && cchci_is_digit(flow->key[at + 2]))
            return at;
    return end;
}

/* Whether a line may be the rest of a name: words, and no damaged label. */
static bool is_rest(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t word = 0;
    for (uint32_t at = begin; at < end; at++) {
        word = cchci_is_letter(flow->key[at]) ? word + 1 : 0;
        if (word > WORD_LETTERS || flow->key[at] == ':' || cchci_is_digit(flow->key[at]))
            return false;
    }
    return cchci_has_words(flow, begin, end, REST_LETTERS);
}

/* What a line without a label says, behind one that said `above` (NULL: none); NULL: it goes on with
 * that one's value. *text: where its own begins. */
static const struct trace *without_label(const struct cchci_flow *flow, uint32_t begin,
                                         uint32_t end, const struct trace *above, uint32_t *text)
{
    uint32_t clock = time_of_day(flow, begin, end), first = begin;
    while (first < end && !cchci_is_digit(flow->key[first]))
        first++;
    *text = begin;
    if (clock < end && clock > first + 6) { /* with the date before it */
        while (first > begin && cchci_is_word(flow->key[first - 1]))
            first--;
        *text = first;
        return &time_alone;
    }
    if (memchr(flow->key + begin, '@', end - begin) != NULL)
        return &other;
    uint32_t after;
    if (cchci_loose_find(flow->key, begin, end, "govvn", &after) != CCHCI_NOWHERE)
        return &other;
    if (above == NULL)
        return &name_alone;
    bool goes_on =
        above->what == 't' ? clock < end || flow->key[begin] == '+' : is_rest(flow, begin, end);
    return goes_on ? NULL : &other;
}

/* The signature that is read, in the flow of its block. */
struct reader {
    struct cchci_parse *parse;
    const struct cchci_flow *flow;
    cchc_e_signature *open;
    uint32_t begin; /* of its first line */
    bool full;      /* there are more than the limit */
};

static void close_signature(struct reader *reader, uint32_t end)
{
    if (reader->open != NULL)
        reader->open->spans =
            cchci_flow_spans(reader->flow, reader->begin, end, &reader->open->span_count);
    reader->open = NULL;
}

/* Gives a value, that begins in the line at `line`, to the signature; what has a signer gets no other
 * one. */
static void give_value(struct reader *reader, unsigned char what, uint32_t line, uint32_t begin,
                       uint32_t end)
{
    const struct cchci_flow *flow = reader->flow;
    uint32_t stop = cchci_flow_behind_word(flow, begin, end);
    stop += flow->key[stop] == ')' && cchci_next_key(flow->key, begin, stop, '(') < stop;
    if (what == 0 || reader->full || stop <= begin)
        return;
    if (what == 's' && reader->open != NULL && reader->open->signer != NULL)
        close_signature(reader, line);
    if (reader->open == NULL) {
        struct cchci_vector *list = &reader->parse->record->e_signatures;
        reader->full = cchci_list_full(reader->parse, list,
                                       "There are more traces of signatures than the limit.");
        if (reader->full)
            return;
        reader->open = CCHCI_PUSH(list, reader->parse->arena, cchc_e_signature);
        reader->begin = reader->begin < line && list->count > 1 ? line : reader->begin;
    }
    const char **place = what == 's'   ? &reader->open->signer
                         : what == 'a' ? &reader->open->agency
                                       : &reader->open->time;
    if (*place == NULL)
        *place = cchci_flow_string(flow, begin, stop, CCHCI_WORDS);
}

/* Reads a block of lines. */
static void read_block(struct reader *reader)
{
    const struct cchci_flow *flow = reader->flow;
    const struct trace *above = NULL;
    uint32_t value = 0, line = 0, stop = 0;
    for (uint32_t l = 0; l < flow->line_count; l++) {
        uint32_t begin = flow->lines[l].at, end = cchci_flow_line_end(flow, l), text;
        while (end > begin && flow->key[end - 1] == ' ')
            end--;
        const struct trace *trace = label_in(flow, begin, end, &text);
        if (trace == NULL)
            trace = without_label(flow, begin, end, above, &text);
        /* A time alone is any page's; a signature's has its zone. */
        if (trace == &time_alone && above == NULL &&
            cchci_next_key(flow->key, text, flow->length, '+') == flow->length)
            trace = &other;
        if (trace != NULL) {
            if (above != NULL)
                give_value(reader, above->what, line, value, stop);
            above = trace;
            value = text;
            line = begin;
        }
        stop = end;
    }
    if (above != NULL)
        give_value(reader, above->what, line, value, stop);
    close_signature(reader, flow->length);
}

void cchci_field_e_signatures(struct cchci_parse *parse)
{
    const struct cchci_layout *layout = parse->layout;
    struct reader reader = {.parse = parse};
    uint32_t count = layout->lines.count;
    for (uint32_t i = 0; i < count;) {
        if (cchci_line_at(layout, i)->kind != CCHCI_LINE_E_SIGNATURE) {
            i++;
            continue;
        }
        struct cchci_vector pieces = {NULL, 0, 0};
        uint32_t group = cchci_new_group(parse), last = i;
        for (; i < count && i <= last + 4; i++) {
            const struct cchci_line *line = cchci_line_at(layout, i);
            if (line->kind != CCHCI_LINE_E_SIGNATURE)
                continue;
            last = i;
            cchci_claim(parse, CCHCI_SEGMENT_E_SIGNATURE, group, line->begin, line->end);
            *CCHCI_PUSH(&pieces, parse->arena, struct cchci_piece) =
                (struct cchci_piece){line->begin, line->end, i, 0};
        }
        struct cchci_flow flow;
        cchci_flow_build(&flow, parse->text, parse->arena, pieces.data, pieces.count);
        reader.flow = &flow;
        reader.open = NULL;
        reader.begin = 0;
        read_block(&reader);
    }
}
