/* SPDX-License-Identifier: MIT */
/* Who issued a cited document (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6: a document is cited with
 * the agency that issued it):
 *
 *      issuer = "của" ( name | agency or title in small letters ) { word }
 *             | "do" name before "cấp", "ký" or "ban hành" with its date
 *
 * A name that state-agencies.txt knows is read whole. Others go on, word by word, until the
 * sentence does: with one of issuer-ends.txt ("về", "quy định"), with another citation or the next
 * item, with punctuation that is in no name, or with a small word behind a proper name. What is in
 * names: the comma of "Bộ Văn hóa, Thể thao và Du lịch" and of who has two titles, the dot of "TP. Hồ
 * Chí Minh", the "về" of a committee, the "giao" of "Sở giao dịch".
 *
 * What is looked at ahead of a place lies in the flow's slack. */
#include "references.h"

#include <string.h>

#include "base/limits.h"
#include "text/eight.h"

/* Ends an agency's name where another follows: "Sở giao dịch", but "Văn phòng Chính phủ giao Bộ Tài
 * chính". */
static const char *const issuer_end_before_name = "giao";
/* Words that end one whatever their letter case and diacritics. Like "giao" they begin as words of
 * issuer-ends.txt do, which has those that are spelled. */
static const char *const issuer_end_keys[26][CCHCI_WORDS_OF_LETTER] = {
    ['b' - 'a'] = {"ban hanh"},
    ['h' - 'a'] = {"huong dan"},
    ['n' - 'a'] = {"ngay", "nhu sau", "nhu tren", "neu tren"},
    ['p' - 'a'] = {"phe duyet"},
    ['q' - 'a'] = {"quy dinh"},
    ['s' - 'a'] = {"sua doi"},
    ['v' - 'a'] = {"ve viec", "v/v"}};

static bool issuer_ends_of(const struct cchci_flow *flow, uint32_t at,
                           const struct cchci_candidates *ends)
{
    unsigned char key = flow->key[at];
    if (!cchci_is_upper(key) &&
        cchci_lexicon_spelled_of(CCHCI_TOPIC_ISSUER_ENDS, ends, flow, at) != NULL)
        return true;
    uint32_t names = cchci_flow_words(flow, at, issuer_end_before_name);
    if (names > 0 && !cchci_is_upper(key) && cchci_is_upper(flow->key[at + names + 1]))
        return true;
    return cchci_any_words(flow, at, issuer_end_keys) > 0;
}

static inline bool issuer_ends_at(const struct cchci_flow *flow, uint32_t at)
{
    const struct cchci_candidates *ends =
        at < flow->length ? cchci_lexicon_candidates(CCHCI_TOPIC_ISSUER_ENDS, flow->key + at)
                          : NULL;
    return ends != NULL && issuer_ends_of(flow, at, ends); /* most words of a name end none */
}

/* Whether the name of a type stands at a place. Short names need their own diacritics, since
 * "thư" and the "Thủ" of "Thủ tướng" have one key. */
static bool type_at(const struct cchci_flow *flow, uint32_t at)
{
    const struct cchci_entry *entry =
        cchci_lexicon_at(CCHCI_TOPIC_CITED_TYPES, flow->key, flow->length, at);
    return entry != NULL &&
           (entry->length > CCHCI_SHORT_TYPE || cchci_flow_exactly(flow, at, entry->form));
}

/* Whether another citation begins at a place inside a name. A short type is a word of names, too
 * ("Công ty TNHH Điện Stanley", "Đại học Luật"), and so is "Kế hoạch": they need their number. */
static bool citation_begins(const struct cchci_flow *flow, uint32_t at)
{
    const struct cchci_entry *entry =
        cchci_lexicon_at(CCHCI_TOPIC_CITED_TYPES, flow->key, flow->length, at);
    if (entry == NULL || (entry->length > CCHCI_SHORT_TYPE && strcmp(entry->key, "ke hoach") != 0))
        return entry != NULL;
    uint32_t next = at + entry->length + 1;
    return cchci_flow_words(flow, next, "so") > 0 || cchci_is_digit(flow->key[next]);
}

/* "Điều 19", "Phụ lục II": a part of a document, with its number. */
static bool part_at(const struct cchci_flow *flow, uint32_t at)
{
    static const char *const parts[26][CCHCI_WORDS_OF_LETTER] = {['c' - 'a'] = {"chuong"},
                                                                 ['d' - 'a'] = {"dieu", "diem"},
                                                                 ['k' - 'a'] = {"khoan"},
                                                                 ['m' - 'a'] = {"muc"},
                                                                 ['p' - 'a'] = {"phu luc"}};
    uint32_t length = cchci_any_words(flow, at, parts);
    unsigned char number = length > 0 ? flow->key[at + length + 1] : 0;
    return cchci_is_digit(number) || (number != 0 && strchr("IVX|l", number) != NULL);
}

static bool name_goes_on(const struct cchci_flow *flow, uint32_t at)
{
    return cchci_is_upper(flow->key[at]) && !type_at(flow, at) && !part_at(flow, at);
}

/* Whether a comma belongs to a name, as in "Bộ Văn hóa, Thể thao và Du lịch": a capital that begins
 * no agency and no title stands after it, and "và" with another capital soon after that. */
static bool comma_in_name(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t i = at + 1;
    if (flow->key[i] == ' ')
        i++;
    if (!name_goes_on(flow, i) ||
        cchci_lexicon_at(CCHCI_TOPIC_AGENCIES, flow->key, flow->length, i) != NULL ||
        cchci_lexicon_at(CCHCI_TOPIC_POSITIONS, flow->key, flow->length, i) != NULL)
        return false;
    for (unsigned words = 0; words < 6 && i < flow->length; words++) {
        while (cchci_is_word(flow->key[i]))
            i++;
        if (flow->key[i] == ',' && flow->key[i + 1] == ' ' && name_goes_on(flow, i + 2))
            i++;
        if (flow->key[i] != ' ')
            return false;
        i++;
        uint32_t va = cchci_flow_words(flow, i, "va");
        if (va > 0)
            return name_goes_on(flow, i + va + 1);
        if (issuer_ends_at(flow, i))
            return false;
    }
    return false;
}

/* Whether a comma stands inside what an agency does: "Phòng, chống thiên tai", "Khám, chữa
 * bệnh". */
static bool comma_in_task(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t before = cchci_flow_word_begin(flow, at);
    return (cchci_flow_words(flow, before, "phong") > 0 &&
            cchci_flow_words(flow, at + 2, "chong") > 0) ||
           (cchci_flow_words(flow, before, "kham") > 0 &&
            cchci_flow_words(flow, at + 2, "chua benh") > 0);
}

/* Whether a title at a place says by itself whose it is. */
static bool whole_title(const struct cchci_flow *flow, uint32_t at)
{
    return cchci_flow_words(flow, at, "thu tuong") > 0 ||
           cchci_flow_words(flow, at, "chu tich nuoc") > 0;
}

bool cchci_mention_joins_titles(const struct cchci_flow *flow, uint32_t comma)
{
    const struct cchci_entry *title = cchci_lexicon_before(CCHCI_TOPIC_POSITIONS, flow->key, comma);
    uint32_t next = comma + 1 + (flow->key[comma + 1] == ' ');
    return title != NULL && cchci_is_upper(flow->key[next]) &&
           cchci_lexicon_at(CCHCI_TOPIC_POSITIONS, flow->key, flow->length, next) != NULL &&
           !whole_title(flow, comma - title->length);
}

/* Whether the punctuation or the "và" at a place is inside a name. */
static bool stays_in_name(const struct cchci_flow *flow, uint32_t at)
{
    unsigned char key = flow->key[at];
    if (key == ',')
        return comma_in_name(flow, at) || comma_in_task(flow, at) ||
               cchci_mention_joins_titles(flow, at);
    if (key == '-' || key == '&' || key == '/')
        return flow->key[at + 1] != ' ' || cchci_is_upper(flow->key[at + 2]);
    if (key == '.') { /* "TP. Hồ Chí Minh", "Q.1" */
        uint32_t begin = cchci_flow_word_begin(flow, at);
        uint32_t next = flow->key[at + 1] == ' ' ? at + 2 : at + 1;
        return at - begin <= 2 && at > begin && cchci_is_upper(flow->key[begin]) &&
               cchci_is_word(flow->key[next]) && next <= at + 2;
    }
    return key == '\'' || key == 0xFF;
}

/* Whether "về" is part of a committee's name: "Ban Chỉ đạo quốc gia về Phòng, chống thiên tai". */
static bool names_its_task(const struct cchci_flow *flow, uint32_t begin, uint32_t at)
{
    uint32_t about = cchci_flow_words(flow, at, "ve");
    if (about == 0 || !cchci_is_upper(flow->key[at + about + 1]))
        return false;
    for (uint32_t i = begin; i < at; i++)
        if (cchci_flow_words(flow, i, "chi dao") > 0)
            return true;
    return false;
}

/* Whether a word that ends names is part of this one: "Tổng Thư ký", "Ban chỉ đạo 389 quốc gia",
 * "Chi cục Kiểm tra sau thông quan", "Hội đồng xét công nhận sáng kiến". */
static bool is_word_of_name(const struct cchci_flow *flow, uint32_t begin, uint32_t at)
{
    static const struct {
        const char *before, *words;
    } names[] = {{"thu", "ky"},        {"ban", "chi dao"},    {"tra", "sau thong quan"},
                 {"xet", "cong nhan"}, {"dong", "cong nhan"}, {"dinh", "dieu chinh"}};
    uint32_t before = cchci_flow_word_begin(flow, at - 1);
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
        if (cchci_flow_words(flow, at, names[i].words) > 0 &&
            cchci_flow_words(flow, before, names[i].before) == at - 1 - before)
            return true;
    return names_its_task(flow, begin, at);
}

/* Behind the name of a state agency that is known whole, where one stands at a place; 0: none does.
 * What follows is no part of it, however it is damaged, but for the place or term that some have:
 * "Quốc hội khóa XIV", "Đoàn đại biểu Quốc hội tỉnh Hà Nam". */
static uint32_t state_agency_end(const struct cchci_flow *flow, uint32_t at)
{
    static const char *const further[26][CCHCI_WORDS_OF_LETTER] = {
        ['k' - 'a'] = {"khoa", "khu vuc"},
        ['n' - 'a'] = {"nuoc", "nhiem ky"},
        ['t' - 'a'] = {"tinh", "thanh pho"},
        ['v' - 'a'] = {"viet nam"}};
    const struct cchci_entry *entry =
        cchci_lexicon_at(CCHCI_TOPIC_STATE_AGENCIES, flow->key, flow->length, at);
    if (entry == NULL)
        return 0;
    uint32_t end = at + entry->length;
    return cchci_any_words(flow, end + 1, further) > 0 ? 0 : end;
}

/* Capital words in a row, up to and with the one at a place. Three or more are a proper name
 * ("Minh Phát Bình Dương"), and a small word after it goes on only where it says which place: then
 * the count starts again; else it is another sentence part, and the answer is -1. */
static int next_capitals(const struct cchci_flow *flow, uint32_t at, int capitals)
{
    static const char *const places[26][CCHCI_WORDS_OF_LETTER] = {
        ['d' - 'a'] = {"dac"},
        ['h' - 'a'] = {"huyen"},
        ['k' - 'a'] = {"khu", "khoa"},
        ['n' - 'a'] = {"nhan", "nuoc"},
        ['p' - 'a'] = {"phuong"},
        ['q' - 'a'] = {"quan"},
        ['t' - 'a'] = {"tinh", "thanh", "thi", "toan"},
        ['v' - 'a'] = {"va"},
        ['x' - 'a'] = {"xa"}};
    if (cchci_is_upper(flow->key[at]) || cchci_is_digit(flow->key[at])) {
        bool form = cchci_is_upper(flow->key[at + 1]) && (cchci_flow_words(flow, at, "tnhh") > 0 ||
                                                          cchci_flow_words(flow, at, "mtv") > 0);
        return form ? capitals : capitals + 1; /* a company's form is no name */
    }
    if (capitals < 4)
        return 0;
    return cchci_any_words(flow, at, places) > 0 ? 0 : -1;
}

/* Whether a word in small letters stands where a place's name should, which has capitals: "UBND
 * tỉnh rà soát". */
static bool lacks_place(const struct cchci_flow *flow, uint32_t at)
{
    static const char *const of_province[26][CCHCI_WORDS_OF_LETTER] = {
        ['d' - 'a'] = {"doan"}, ['u' - 'a'] = {"uy"}, ['v' - 'a'] = {"va"}};
    const uint32_t length = sizeof "tinh"; /* with the blank */
    return flow->key[at - 2] == 'h' && at > length && cchci_is(flow->key[at], CCHCI_IS_LOWER) &&
           cchci_flow_words(flow, at - length, "tinh") > 0 &&
           cchci_flow_word_start(flow, at - length) &&
           cchci_any_words(flow, at, of_province) == 0 &&
           cchci_flow_exactly(flow, at - length, "tỉnh");
}

/* "Chính phủ⏎1. Khoản 11": the number of the next item. */
static bool number_of_item(const struct cchci_flow *flow, uint32_t at)
{
    if (!cchci_is_digit(flow->key[at]))
        return false;
    uint32_t end = cchci_digits_end(flow->key, at);
    return (flow->key[end] == '.' || flow->key[end] == ')') && flow->key[end + 1] == ' ';
}

/* The end of the word at a place, or where it is cut off. */
static uint32_t word_end(const unsigned char *key, uint32_t at, uint32_t limit)
{
    uint64_t others;
    do {
        others = ~cchci_eight_letters(cchci_eight(key + at)) & CCHCI_EIGHT_YES;
        at += others != 0 ? cchci_eight_first(others) : 8;
    } while (others == 0 && at < limit);
    while (at < limit && cchci_is_word(key[at])) /* of digits, or letters of other scripts */
        at++;
    return at < limit ? at : limit;
}

/* Whether an issuer's name ends before a word behind its first. */
static inline bool ends_before_word(const struct cchci_flow *flow, uint32_t begin, uint32_t at)
{
    uint32_t va = cchci_flow_words(flow, at, "va");
    return (va > 0 && !name_goes_on(flow, at + va + 1)) ||
           (issuer_ends_at(flow, at) && !is_word_of_name(flow, begin, at)) ||
           (cchci_is_upper(flow->key[at]) ? citation_begins(flow, at) : number_of_item(flow, at)) ||
           lacks_place(flow, at);
}

/* Whether another issuer follows one whose name is known whole: "Bộ Tài chính - Bộ Nội vụ", "Bộ Tài
 * chính và Bộ Công an". */
static bool another_follows(const struct cchci_flow *flow, uint32_t at)
{
    at += flow->key[at] == ' ';
    if (flow->key[at] == '-')
        return true;
    uint32_t va = cchci_flow_words(flow, at, "va");
    return va > 0 && cchci_is_upper(flow->key[at + va + 1]);
}

/* The issuer after "của", of which nothing may begin behind `limit`. known: it begins with a name
 * that is known whole; *cut is set where the last whole word before the limit ends it. */
static uint32_t issuer_end(const struct cchci_flow *flow, uint32_t begin, uint32_t limit,
                           bool known, bool *cut)
{
    uint32_t at = begin, end = begin;
    int capitals = 0;
    for (;;) {
        if (at > begin && ends_before_word(flow, begin, at))
            return end;
        if (at > begin || cchci_flow_word_start(flow, at))
            capitals = next_capitals(flow, at, capitals);
        if (capitals < 0)
            return end;
        bool may_be = at > begin ? cchci_is_upper(flow->key[at]) : known;
        uint32_t whole = may_be ? state_agency_end(flow, at) : 0;
        uint32_t stop = whole > 0 ? whole : word_end(flow->key, at, limit + 1);
        /* A name that does not end is none; its first words are given. */
        *cut = whole == 0 && stop > limit;
        if (*cut)
            return end > begin ? end : limit;
        at = end = stop;
        if (whole > 0 && !another_follows(flow, whole))
            return end;
        for (; at < flow->length && !cchci_is_word(flow->key[at]); at++)
            if (flow->key[at] != ' ' && !stays_in_name(flow, at))
                return end;
        if (at >= flow->length)
            return end;
    }
}

/* The line of the flow that a place lies in. */
static uint32_t line_of(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t first = 0, behind = flow->line_count;
    while (behind - first > 1) {
        uint32_t middle = first + (behind - first) / 2;
        if (flow->lines[middle].at <= at)
            first = middle;
        else
            behind = middle;
    }
    return first;
}

/* Whether a line of the body is set in as a paragraph's first one is: farther than the line before,
 * or as far as that, where it is a whole paragraph. */
static bool is_set_in(const struct cchci_parse *parse, uint32_t line)
{
    const struct cchci_part *body = &parse->layout->body;
    const struct cchci_line *own = cchci_flow_source_line(parse->layout, body, line);
    const struct cchci_line *before = cchci_flow_source_line(parse->layout, body, line - 1);
    return own->indent > before->indent || (own->indent > 0 && own->indent == before->indent &&
                                            before->end - before->begin > CCHCI_PAGE_COLUMN);
}

/* Where the paragraph ends that holds an issuer's name, if it does so before the name seems to: no
 * full stop closes the last line of some items. */
static uint32_t within_paragraph(const struct cchci_parse *parse, const struct cchci_flow *flow,
                                 uint32_t begin, uint32_t end)
{
    if (flow != &parse->layout->body.flow)
        return end;
    for (uint32_t l = line_of(flow, begin) + 1; l < flow->line_count; l++) {
        uint32_t at = flow->lines[l].at;
        if (at >= end)
            return end;
        if (cchci_is_upper(flow->key[at]) && is_set_in(parse, l))
            return cchci_flow_behind_word(flow, begin, at);
    }
    return end;
}

static bool issuer_may_begin(const struct cchci_flow *flow, uint32_t at)
{
    if (!cchci_is_word(flow->key[at]) || issuer_ends_at(flow, at))
        return false;
    if (cchci_is_upper(flow->key[at]))
        return name_goes_on(flow, at);
    return cchci_lexicon_at(CCHCI_TOPIC_AGENCIES, flow->key, flow->length, at) != NULL ||
           cchci_lexicon_at(CCHCI_TOPIC_POSITIONS, flow->key, flow->length, at) != NULL;
}

/* Reads the agency that gave a permit, "do Bộ Công Thương cấp ngày 04/6/2024", which ends where the
 * verb with its date begins. */
static bool read_giver(const struct cchci_flow *flow, uint32_t begin, struct cchci_mention *mention)
{
    static const char *const verbs[26][CCHCI_WORDS_OF_LETTER] = {
        ['b' - 'a'] = {"ban hanh"}, ['c' - 'a'] = {"cap lan dau", "cap"}, ['k' - 'a'] = {"ky"}};
    if (!cchci_is_upper(flow->key[begin]) ||
        cchci_lexicon_at(CCHCI_TOPIC_AGENCIES, flow->key, flow->length, begin) == NULL)
        return false;
    uint32_t limit =
        flow->length - begin > CCHCI_ISSUER_LENGTH ? begin + CCHCI_ISSUER_LENGTH : flow->length;
    for (uint32_t at = begin + 1; at < limit && memchr(".;:()", flow->key[at], 5) == NULL; at++) {
        uint32_t verb = flow->key[at - 1] == ' ' ? cchci_any_words(flow, at, verbs) : 0;
        if (verb > 0 && cchci_mention_date_follows(flow, at + verb)) {
            mention->issuer_begin = begin;
            mention->issuer_end = at - 1;
            return true;
        }
    }
    return false;
}

bool cchci_mention_read_issuer(const struct cchci_parse *parse, const struct cchci_flow *flow,
                               uint32_t *at, struct cchci_mention *mention)
{
    uint32_t i = *at;
    while (flow->key[i] == ' ' || flow->key[i] == ',' ||
           (flow->key[i] == ')' && !mention->enclosed))
        i++;
    uint32_t of = cchci_flow_words(flow, i, "cua");
    if (of == 0) {
        uint32_t by = cchci_flow_words(flow, i, "do");
        if (by == 0 || !read_giver(flow, i + by + 1, mention))
            return false;
        *at = mention->issuer_end;
        return true;
    }
    if (i == *at && cchci_is(flow->key[i - 1], CCHCI_IS_LOWER)) /* "28/2/2006của" */
        return false;
    i += of + 1;
    uint32_t again = cchci_flow_words(flow, i, "cua"); /* typed twice */
    i += again > 0 ? again + 1 : 0;
    if (i >= flow->length)
        return false;
    uint32_t end = state_agency_end(flow, i); /* as half of them */
    if (end == 0 || another_follows(flow, end)) {
        if (!issuer_may_begin(flow, i))
            return false;
        end = issuer_end(flow, i, cchci_value_limit(parse, flow, i), end > 0, &mention->issuer_cut);
    }
    uint32_t inside = within_paragraph(parse, flow, i, end);
    mention->issuer_cut &= inside == end;
    end = inside;
    /* A footnote's digit that is stuck to the name. */
    uint32_t digits = end;
    while (digits > i && cchci_is_digit(flow->key[digits - 1]))
        digits--;
    if (digits > i && end - digits <= 2 && cchci_is_letter(flow->key[digits - 1]) &&
        !cchci_is_upper(flow->key[digits - 1]))
        end = digits;
    if (end <= i)
        return false;
    mention->issuer_begin = i;
    mention->issuer_end = end;
    *at = end;
    return true;
}
