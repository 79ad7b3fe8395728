/* SPDX-License-Identifier: MIT */
/* Phụ lục (Nghị định 30/2020/NĐ-CP, Phụ lục I, III.1): the titles of what follows the closing. A
 * title stands in capitals, on a line or a few,
 *
 *      under a label: "Phụ lục I", "PHỤ LỤC"; the label is the title where it is all there is
 *      above "(Kèm theo Quyết định số …)", with a label or without
 *      as the first words of all: "DANH SÁCH …", "MẪU BÁO CÁO …"
 *
 * Under the name of a kind alone (DANH SÁCH, QUY CHẾ) its words may be small, as under a type's. */
#include <string.h>

#include "base/limits.h"
#include "layout/grid.h"
#include "layout/markers.h"
#include "layout/zones.h"
#include "segments.h"
#include "text/eight.h"
#include "text/take.h"

struct annexes {
    struct cchci_parse *parse;
    const struct cchci_flow *flow;
    uint32_t group;   /* of the segment that the next lines belong to */
    uint32_t claimed; /* lines that belong to one */
    uint32_t free;    /* first line that belongs to no title */
    uint32_t labels;  /* line behind a label that is all there is of a title; 0: none such */
    bool full;
};

static uint32_t line_begin(const struct annexes *annexes, uint32_t line)
{
    return annexes->flow->lines[line].at;
}

static uint32_t line_end(const struct annexes *annexes, uint32_t line)
{
    return cchci_flow_line_end(annexes->flow, line);
}

/* A number of an annex: "I", "01", "2a", "01/TTr". The place behind it. */
static uint32_t number_end(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && (cchci_is_word(flow->key[i]) || flow->key[i] == '/' || flow->key[i] == '-'))
        i++;
    bool number =
        i > at && (cchci_is_digit(flow->key[at]) || (cchci_is_upper(flow->key[at]) && i - at <= 4));
    return number ? i : at;
}

/* Whether a label stands at the end of a line, beside what a form leaves open: "ĐƠN VỊ: …     Phụ lục
 * I". */
static bool ends_in_label(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t stop = cchci_flow_behind_word(flow, begin, end);
    if (stop == begin || (flow->key[stop - 1] >= 'a' && flow->key[stop - 1] <= 'z'))
        return false; /* as nearly every line ends */
    uint32_t number = cchci_flow_word_begin(flow, stop), at = number;
    for (unsigned words = 0; words < 2 && at > begin; words++)
        at = cchci_flow_word_begin(flow, cchci_flow_behind_word(flow, begin, at));
    if (at <= begin || !cchci_is_upper(flow->key[at]) ||
        cchci_flow_words(flow, at, "phu luc") == 0 || number_end(flow, number, stop) != stop)
        return false;
    uint32_t before = cchci_flow_behind_word(flow, begin, at);
    return cchci_next_key(flow->key, before, at, ':') < at || cchci_capitals(flow, begin, at) > 80;
}

/* Where the title begins on a label's own line, behind its number or none and a sign: "Phụ lục 5. Mẫu
 * báo cáo", "Phụ lục. Đơn đề nghị"; end: it has none. */
static uint32_t own_title(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    begin = cchci_flow_next_word(flow, begin, end);
    uint32_t at = begin + cchci_flow_words(flow, begin, "phu luc");
    if (at == begin)
        return end;
    if (at < end && flow->key[at] == ' ') {
        at += 1;
        uint32_t so = cchci_flow_words(flow, at, "so");
        at = number_end(flow, so > 0 ? cchci_flow_next_word(flow, at + so, end) : at, end);
    }
    at += at < end && flow->key[at] == ' ' && flow->key[at + 1] == '-'; /* "Phụ lục 1 - Mẫu" */
    bool sign = at + 2 < end && memchr(":.-", flow->key[at], 3) != NULL && flow->key[at + 1] == ' ';
    uint32_t title = sign ? cchci_flow_next_word(flow, at, end) : end;
    return title < end && cchci_is_upper(flow->key[title]) && cchci_has_words(flow, title, end, 4)
               ? title
               : end;
}

/* A line that opens an annex: "PHỤ LỤC", "Phụ lục I", "Phụ lục 1: Mẫu báo cáo". With small letters right
 * behind it, "Phụ lục này" is part of a sentence. */
static bool is_label(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    begin = cchci_flow_next_word(flow, begin, end);
    if (begin == end) /* a rule above the label */
        return false;
    uint32_t n = cchci_flow_words(flow, begin, "phu luc");
    if (n == 0)
        return ends_in_label(flow, begin, end);
    if (!cchci_is_upper(flow->key[begin]))
        return false;
    if (cchci_capitals(flow, begin, end) > 80)
        return true;
    uint32_t at = cchci_flow_next_word(flow, begin + n, end);
    n = cchci_flow_words(flow, at, "so");
    at = cchci_flow_next_word(flow, at + n, end);
    if (end - begin < 40) /* "Phụ lục l" is a damaged number */
        return at + 1 >= end || !cchci_is(flow->key[at], CCHCI_IS_LOWER) ||
               !cchci_is_word(flow->key[at + 1]) || cchci_next_key(flow->key, begin, at, ':') < at;
    return own_title(flow, begin, end) < end;
}

/* Length of the name of a list or a form at a place, with which an annex may begin; 0: none. */
static uint32_t list_length(const struct cchci_flow *flow, uint32_t at)
{
    static const char *const kinds[] = {"danh sach", "danh muc", "bieu", "bang", "mau"};
    uint32_t length = 0;
    for (unsigned i = 0; length == 0 && i < sizeof kinds / sizeof kinds[0]; i++)
        length = cchci_flow_words(flow, at, kinds[i]);
    return length;
}

/* Where such a name ends that is in capitals; `at`: none. */
static uint32_t list_end(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    bool capitals =
        end - at >= 2 && cchci_is_upper(flow->key[at]) && cchci_is_upper(flow->key[at + 1]);
    return capitals ? at + list_length(flow, at) : at;
}

/* Whether a line is the name of a list or of a type alone. */
static bool is_kind(const struct annexes *annexes, uint32_t line)
{
    const struct cchci_flow *flow = annexes->flow;
    uint32_t begin = line_begin(annexes, line), end = line_end(annexes, line);
    cchci_bare(flow, &begin, &end);
    if (begin == end || cchci_capitals(flow, begin, end) < 100)
        return false;
    const struct cchci_entry *type =
        cchci_lexicon_like(CCHCI_TOPIC_DOCUMENT_TYPES, flow, end, begin);
    return list_end(flow, begin, end) == end || (type != NULL && type->length == end - begin);
}

static bool may_title(const struct annexes *annexes, uint32_t line)
{
    return cchci_may_title_annex(annexes->flow, line_begin(annexes, line), line_end(annexes, line));
}

static bool tells_annexed(const struct annexes *annexes, uint32_t line)
{
    return cchci_tells_annexed(annexes->flow, line_begin(annexes, line), line_end(annexes, line));
}

/* Gives the lines before one to the segment that they belong to, and begins the next with it. */
static void begin_annex(struct annexes *annexes, uint32_t line)
{
    if (line > annexes->claimed)
        cchci_claim_flow(annexes->parse, CCHCI_SEGMENT_ANNEX, annexes->group, annexes->flow,
                         line_begin(annexes, annexes->claimed), line_end(annexes, line - 1));
    annexes->claimed = line;
    annexes->group = cchci_new_group(annexes->parse);
}

/* Whether a line is near enough under a label without a title to have its title. */
static bool is_labelled(const struct annexes *annexes, uint32_t line)
{
    return annexes->labels > 0 && line - annexes->labels < CCHCI_ANNEX_NAME_LINES;
}

/* Gives the title on the lines [first, behind), which may be that of the label above. Of too many the
 * first are given, and that is told. */
static void give_title(struct annexes *annexes, uint32_t first, uint32_t behind)
{
    struct cchci_vector *list = &annexes->parse->record->annexes;
    bool cut = behind - first > CCHCI_ANNEX_TITLE_LINES;
    uint32_t last = cut ? first + CCHCI_ANNEX_TITLE_LINES - 1 : behind - 1;
    uint32_t begin = line_begin(annexes, first), end = line_end(annexes, last);
    bool labelled = is_labelled(annexes, first);
    begin = cchci_skip(annexes->flow, begin, CCHCI_KEYS(" -_~*"));
    cchci_flow_trim(annexes->flow, &begin, &end);
    annexes->free = behind;
    annexes->labels = 0;
    annexes->full =
        annexes->full || (!labelled && cchci_list_full(annexes->parse, list,
                                                       "There are more annexes than the limit."));
    if (annexes->full)
        return;
    if (cut)
        cchci_diagnose(annexes->parse, CCHCI_LIMIT_VALUE,
                       "The title of an annex has more lines than the limit.", annexes->flow, begin,
                       end);
    cchc_text title = cchci_flow_text(annexes->flow, begin, end, CCHCI_WORDS);
    if (labelled)
        CCHCI_AT(list, cchc_text, list->count - 1) = title;
    else
        *CCHCI_PUSH(list, annexes->parse->arena, cchc_text) = title;
}

/* The line behind the title that begins on one, in capitals. */
static uint32_t title_end(const struct annexes *annexes, uint32_t first)
{
    uint32_t line = first;
    while (
        line < annexes->flow->line_count &&
        cchci_is_annex_title(annexes->flow, line_begin(annexes, line), line_end(annexes, line)) &&
        !is_label(annexes->flow, line_begin(annexes, line), line_end(annexes, line)))
        line++;
    return line;
}

/* Whether a line begins with an agency, as what stands above a title does. */
static bool is_agency(const struct annexes *annexes, uint32_t line)
{
    const struct cchci_flow *flow = annexes->flow;
    uint32_t end = line_end(annexes, line);
    uint32_t begin = cchci_flow_next_word(flow, line_begin(annexes, line), end);
    return cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, begin) != NULL;
}

/* Whether a line below a label names in small letters what the annex is: "Danh sách …", "Mẫu …". */
static bool names_kind(const struct annexes *annexes, uint32_t line)
{
    const struct cchci_flow *flow = annexes->flow;
    if (line >= flow->line_count)
        return false;
    uint32_t end = line_end(annexes, line);
    uint32_t begin = cchci_flow_next_word(flow, line_begin(annexes, line), end);
    if (begin == end || !cchci_is_upper(flow->key[begin]) ||
        memchr(".:;,", flow->key[end - 1], 4) != NULL)
        return false;
    uint32_t length = list_length(flow, begin);
    if (length == 0)
        length = cchci_flow_words(flow, begin, "de cuong");
    return length > 0 && cchci_has_words(flow, begin + length, end, 4);
}

static void read_labelled(struct annexes *annexes, uint32_t line)
{
    const struct cchci_flow *flow = annexes->flow;
    const struct cchci_layout *layout = annexes->parse->layout;
    uint32_t end = line_end(annexes, line), title = own_title(flow, line_begin(annexes, line), end);
    uint32_t behind = title_end(annexes, line + 1);
    begin_annex(annexes, line);
    annexes->labels = 0;
    if (title < end) { /* below it stands what it titles, but for what it wraps to in capitals */
        bool capitals = cchci_capitals(flow, title, end) >= 75;
        uint32_t last = line + 1;
        while (capitals && last < behind && !is_agency(annexes, last) &&
               !cchci_flow_source_line(layout, &layout->annexes, last)->blank_before)
            last++;
        give_title(annexes, line, last);
        return;
    }
    bool capitals = behind > line + 1;
    if (!capitals && names_kind(annexes, behind))
        behind++; /* what else it says is known where "(Kèm theo …)" stands below it */
    give_title(annexes, behind > line + 1 ? line + 1 : line, behind);
    annexes->labels = capitals ? 0 : line + 1;
}

/* Whether the lines above "(Kèm theo …)" are the first of all, and one paragraph with it: the annexes begin
 * with a title in small letters, which was known by that line. */
static bool opens_annexes(const struct annexes *annexes, uint32_t line)
{
    const struct cchci_layout *layout = annexes->parse->layout;
    if (annexes->free > 0 || line >= CCHCI_ANNEX_TITLE_LINES)
        return false;
    for (uint32_t l = 1; l <= line; l++)
        if (cchci_flow_source_line(layout, &layout->annexes, l)->blank_before)
            return false;
    return line > 0;
}

/* The title above "(Kèm theo …)". */
static void read_annexed(struct annexes *annexes, uint32_t line)
{
    uint32_t least = cchci_place_before(line, CCHCI_ANNEX_NAME_LINES, annexes->free);
    uint32_t first = line;
    while (first > annexes->free && may_title(annexes, first - 1))
        first--;
    if (first == line) /* "QUY CHẾ" over small words */
        for (uint32_t kind = line; kind > least && first == line;)
            if (is_kind(annexes, --kind))
                first = kind;
    if (first == line && is_labelled(annexes, line)) /* "Phụ lục I" over small words */
        first = annexes->labels;
    if (first == line && opens_annexes(annexes, line))
        first = 0;
    if (first == line)
        return;
    while (first + 1 < line && is_agency(annexes, first) && !is_kind(annexes, first))
        first++;
    if (!is_labelled(annexes, first))
        begin_annex(annexes, first);
    give_title(annexes, first, line);
}

/* The first words of all, where they are the name of a list and what it is of. */
static void read_first(struct annexes *annexes)
{
    const struct cchci_flow *flow = annexes->flow;
    const struct cchci_layout *layout = annexes->parse->layout;
    uint32_t end = line_end(annexes, 0), begin = cchci_flow_next_word(flow, 0, end);
    if (begin == end || list_end(flow, begin, end) == begin ||
        cchci_capitals(flow, begin, end) < 75)
        return;
    uint32_t behind = title_end(annexes, 1);
    struct cchci_marker marker;
    if (behind == 1 && is_kind(annexes, 0))
        while (behind < flow->line_count && behind <= CCHCI_ANNEX_TITLE_LINES &&
               !tells_annexed(annexes, behind) &&
               !cchci_flow_source_line(layout, &layout->annexes, behind)->blank_before &&
               !cchci_marker_read(flow, line_begin(annexes, behind), line_end(annexes, behind),
                                  &marker))
            behind++;
    give_title(annexes, 0, behind);
}

void cchci_field_annexes(struct cchci_parse *parse)
{
    const struct cchci_flow *flow = &parse->layout->annexes.flow;
    struct annexes annexes = {.parse = parse, .flow = flow};
    if (flow->line_count == 0)
        return;
    annexes.group = cchci_new_group(parse);
    read_first(&annexes);
    for (uint32_t line = annexes.free; line < flow->line_count; line++) {
        if (line < annexes.free)
            continue;
        if (is_label(flow, line_begin(&annexes, line), line_end(&annexes, line)))
            read_labelled(&annexes, line);
        else if (tells_annexed(&annexes, line))
            read_annexed(&annexes, line);
    }
    begin_annex(&annexes, flow->line_count);
}
