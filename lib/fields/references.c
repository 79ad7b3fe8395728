/* SPDX-License-Identifier: MIT */
/* Mentions of other documents by their numbers (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6: a cited
 * document is given by type, number and notation, date, agency and content).
 *
 *      citation = [ part [ "của" ] ] [ type [ title ] ] [ "số" ] code { date | issuer }
 *
 * Codes are looked for, since nothing else in a letter looks like one; what stands before and
 * after each is then read, in a bounded distance. For each of these parts there is a file, which
 * references.h lists; here they are put together. Codes with no more than "," or "và" and "số"
 * between them are a group: its first one has the type, and the date behind its last one is the
 * date of all: "Nghị định số 15/2020/NĐ-CP và số 16/2020/NĐ-CP ngày 05/02/2020". What is numbered
 * like that after a form or an invoice is no document either. */
#include "references.h"

#include <string.h>

#include "base/limits.h"

/* The mentions of one flow. */
struct search {
    struct cchci_parse *parse;
    const struct cchci_flow *flow;
    uint32_t left_out_end; /* where the last number ended that is no document's */
    uint32_t last_end;     /* where the last mention ended */
    uint32_t group_first;  /* index of the first mention that shares the next date */
    bool full;             /* the record takes no more */
    uint32_t outer;        /* index of the mention behind which parentheses opened */
    uint32_t inside;       /* so far they are seen to be open; 0: none are */
};

/* Behind one of the words, with a blank before it perhaps, that stand at a place and end at `to` or
 * before; the place, if none does. */
static uint32_t over_word(const struct cchci_flow *flow, uint32_t at, uint32_t to,
                          const char *const *words)
{
    uint32_t begin = at + (flow->key[at] == ' ');
    for (; *words != NULL; words++) {
        uint32_t length = cchci_letters_at(flow->key + begin, *words);
        if (length > 0 && begin + length <= to)
            return begin + length;
    }
    return at;
}

/* Whether only a comma, "và" and "số" stand between: members of one group. */
static bool group_gap(const struct cchci_flow *flow, uint32_t from, uint32_t to)
{
    static const char *const signs[] = {",", ";", NULL};
    static const char *const joints[] = {"va", "hoac", "cung", "voi", "/", NULL};
    static const char *const plural[] = {"cac", NULL};
    static const char *const so[] = {"so", "s6", "se", NULL};
    if (from == 0 || to < from || to - from > CCHCI_GROUP_JOINT)
        return false;
    uint32_t at = over_word(flow, from, to, signs);
    at = over_word(flow, at, to, joints);
    at = over_word(flow, at, to, plural);
    uint32_t number = over_word(flow, at, to, so);
    if (number > at) {
        number += number < to && flow->key[number] == ' ';
        number += number < to && flow->key[number] == ':';
    }
    return number + (number < to && flow->key[number] == ' ') == to;
}

static const char *issuer_of(const struct search *search, const struct cchci_mention *mention)
{
    uint32_t begin = mention->issuer_begin, end = mention->issuer_end;
    if (mention->issuer_cut)
        cchci_diagnose(search->parse, CCHCI_LIMIT_VALUE, NULL, search->flow, begin, end);
    return cchci_flow_string(search->flow, begin, end, CCHCI_WORDS);
}

static void push(struct search *search, const struct cchci_mention *mention)
{
    const struct cchci_flow *flow = search->flow;
    struct cchci_vector *list = &search->parse->record->references;
    search->full =
        cchci_list_full(search->parse, list, "There are more references than the limit.");
    if (search->full)
        return;
    cchc_reference *reference = CCHCI_PUSH(list, search->parse->arena, cchc_reference);
    reference->text = cchci_flow_text(flow, mention->begin, mention->end, CCHCI_WORDS);
    reference->type = cchci_flow_string(flow, mention->type_begin, mention->type_end, CCHCI_WORDS);
    reference->code = cchci_flow_string(flow, mention->code_begin, mention->code_end, CCHCI_CODE);
    reference->issuer = issuer_of(search, mention);
    reference->part = cchci_flow_string(flow, mention->part_begin, mention->part_end, CCHCI_WORDS);
    if (!mention->has_date)
        return;
    if (mention->date_impossible)
        cchci_diagnose(search->parse, CCHCI_DATE_IMPOSSIBLE, NULL, flow, mention->date.begin,
                       mention->date.end);
    reference->date = cchci_date_iso(&mention->date, search->parse->arena);
    /* One date after several numbers belongs to each of them. */
    for (uint32_t i = search->group_first; i + 1 < list->count; i++) {
        cchc_reference *earlier = &CCHCI_AT(list, cchc_reference, i);
        if (earlier->date == NULL)
            earlier->date = reference->date;
    }
}

/* Date and issuer after the code, in either order. after: the code's end with the digit of a
 * footnote, which stands before the date. */
static void read_tail(const struct cchci_parse *parse, const struct cchci_flow *flow,
                      struct cchci_mention *mention, uint32_t after)
{
    mention->end = mention->code_end;
    if (cchci_mention_read_date(flow, &after, mention))
        mention->end = after;
    if (mention->issuer_end == 0 && cchci_mention_read_issuer(parse, flow, &after, mention)) {
        mention->end = after;
        if (!mention->has_date && cchci_mention_read_date(flow, &after, mention))
            mention->end = after;
    }
}

/* Whether a mention stands in the parentheses behind another one: "Thông tư số 38/2015/TT-BTC (sửa
 * đổi tại Thông tư số 39/2018/TT-BTC) của Bộ Tài chính". */
static bool is_enclosed(struct search *search, uint32_t begin)
{
    if (search->inside == 0 || begin < search->inside)
        return false;
    if (memchr(search->flow->key + search->inside, ')', begin - search->inside) != NULL)
        search->inside = 0;
    else
        search->inside = begin;
    return search->inside != 0;
}

/* What the parentheses behind a mention need that was just pushed: where they open; and where they
 * close, the issuer that follows is the outer one's. */
static void see_parentheses(struct search *search, const struct cchci_mention *mention)
{
    const struct cchci_flow *flow = search->flow;
    struct cchci_vector *list = &search->parse->record->references;
    uint32_t at = mention->end;
    if (mention->enclosed && flow->key[at] == ')') {
        struct cchci_mention behind = {.code_end = at};
        if (cchci_mention_read_issuer(search->parse, flow, &at, &behind))
            CCHCI_AT(list, cchc_reference, search->outer).issuer = issuer_of(search, &behind);
        search->inside = 0;
        return;
    }
    at += flow->key[at] == ' ';
    if (!mention->enclosed && !search->full && flow->key[at] == '(' && mention->issuer_end == 0) {
        search->outer = list->count - 1;
        search->inside = at;
    }
}

/* Whether a code without a type is the letter's own, whose stamped number was poured into the body: that
 * of the heading, or its notation where the heading's number is blank. */
static bool is_own(const struct cchci_parse *parse, const struct cchci_flow *flow,
                   const struct cchci_cited_code *cited)
{
    const cchc_code *own = parse->record->has_code ? &parse->record->code : NULL;
    if (own == NULL || own->notation == NULL)
        return false;
    const char *code = cchci_flow_string(flow, cited->begin, cited->end, CCHCI_CODE),
               *slash = strchr(code, '/');
    if (own->number != NULL)
        return strcmp(code, own->text.data) == 0;
    return slash != NULL && strcmp(slash + 1, own->notation) == 0;
}

/* Reads the mention around a code; false: that number is no document's. */
static bool read_mention(struct search *search, const struct cchci_cited_code *code)
{
    const struct cchci_flow *flow = search->flow;
    struct cchci_mention mention = {0};
    mention.least = search->last_end;
    mention.code_begin = code->begin;
    mention.code_end = code->end;
    cchci_mention_read_so(flow, code->from, &mention);
    if (group_gap(flow, search->left_out_end, code->begin) ||
        cchci_mention_is_no_document(search->parse, flow, &mention)) {
        search->left_out_end = code->footnote_end;
        return false;
    }
    bool grouped = group_gap(flow, mention.least, code->begin);
    if (!grouped)
        cchci_mention_read_type(search->parse, flow, &mention);
    bool typed = mention.type_end > mention.type_begin;
    if (!typed && (code->loose || (!mention.has_so && !grouped &&
                                   !cchci_mention_has_clear_code(search->parse, flow, &mention))))
        return false;
    if (!typed && !grouped && is_own(search->parse, flow, code))
        return false;
    if (typed)
        cchci_mention_read_part(flow, &mention);
    if (!grouped)
        search->group_first = search->parse->record->references.count;
    mention.enclosed = is_enclosed(search, mention.begin);
    read_tail(search->parse, flow, &mention, code->footnote_end);
    if (typed)
        cchci_mention_read_date_before(search->parse, flow, &mention);
    search->last_end = mention.end > code->footnote_end ? mention.end : code->footnote_end;
    push(search, &mention);
    see_parentheses(search, &mention);
    return true;
}

static void search_flow(struct cchci_parse *parse, const struct cchci_flow *flow)
{
    struct search search = {
        .parse = parse, .flow = flow, .group_first = parse->record->references.count};
    struct cchci_cited_code code;
    uint32_t at = 0;
    while (!search.full && cchci_cited_code_next(parse, flow, at, &code))
        at = read_mention(&search, &code) ? search.last_end : code.footnote_end;
}

void cchci_field_references(struct cchci_parse *parse)
{
    search_flow(parse, &parse->layout->subject.flow);
    search_flow(parse, &parse->layout->body.flow);
    search_flow(parse, &parse->layout->footnotes.flow);
}
