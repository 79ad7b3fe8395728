/* SPDX-License-Identifier: MIT */
/* Whether the sentence around a phrase asks for an act by its time:
 *
 * 1. Some openers ask by themselves: "chậm nhất", "hạn chót".
 * 2. Words before the phrase refuse: of conditions, of what is possible, encouraged or done, of how
 *    long something holds.
 * 3. Else the sentence must have words that ask: which of them, and how near, hangs on the opener
 *    and on the kind of time.
 *
 * Most of the words are PHRASES of patterns.def; how far they may stand is in limits.h. */
#include "deadlines.h"

#include <string.h>

#include "base/limits.h"
#include "text/take.h"

/* ------------------------------------------------------------------------------ the sentence -- */

static bool sentence_breaks(const struct cchci_flow *flow, uint32_t at)
{
    unsigned char key = flow->key[at];
    if (key != '.')
        return key == ';';
    if (flow->key[at + 1] != ' ' && flow->key[at + 1] != '/')
        return false;
    /* "TP. Hồ Chí Minh" */
    return !(at >= 2 && cchci_is_upper(flow->key[at - 1]) && !cchci_is_letter(flow->key[at - 2])) &&
           !(at >= 3 && cchci_is_upper(flow->key[at - 2]) && !cchci_is_word(flow->key[at - 3]));
}

static uint32_t sentence_begin(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t limit = cchci_place_before(at, CCHCI_SENTENCE_BEFORE, 0);
    while (at > limit && at >= 8) {
        uint64_t stops = cchci_stops_among(cchci_eight(flow->key + at - 8));
        if (stops == 0) {
            at = at - limit >= 8 ? at - 8 : limit;
            continue;
        }
        uint32_t stop = at - 8 + cchci_eight_last(stops);
        if (stop < limit)
            return limit;
        if (sentence_breaks(flow, stop))
            return stop + 1;
        at = stop;
    }
    while (at > limit && !sentence_breaks(flow, at - 1))
        at--;
    return at;
}

static uint32_t sentence_end(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t limit =
        flow->length - at > CCHCI_SENTENCE_AFTER ? at + CCHCI_SENTENCE_AFTER : flow->length;
    while (at < limit && !sentence_breaks(flow, at))
        at++;
    return at;
}

static bool found(const struct cchci_deadline_reader *reader, enum cchci_pattern_id id,
                  uint32_t from, uint32_t to)
{
    struct cchci_match match;
    return from < to && cchci_deadline_match(reader, id, from, to, &match);
}

/* Whether one of the phrases of a group of the acts stands in [from, to). */
static bool acts(const struct cchci_deadline_reader *reader, enum cchci_phrase_group group,
                 uint32_t from, uint32_t to)
{
    struct cchci_phrases phrases =
        cchci_phrases(&cchci_acts, 1u << group, reader->flow->key, from, to);
    return cchci_phrases_next(&phrases) != NULL;
}

/* Whether a group of the acts stands in the sentence that begins at `begin`, so near before the
 * phrase; and the same behind it. */
static bool acts_before(const struct cchci_deadline_reader *reader, enum cchci_phrase_group group,
                        const struct cchci_deadline *phrase, uint32_t begin, uint32_t distance)
{
    return acts(reader, group, cchci_place_before(phrase->begin, distance, begin), phrase->begin);
}

static bool acts_behind(const struct cchci_deadline_reader *reader, enum cchci_phrase_group group,
                        const struct cchci_deadline *phrase, uint32_t distance)
{
    uint32_t end = sentence_end(reader->flow, phrase->end);
    return acts(reader, group, phrase->end,
                end - phrase->end < distance ? end : phrase->end + distance);
}

/* Whether the sentence asks for anything. */
static bool is_act_asked(const struct cchci_deadline_reader *reader,
                         const struct cchci_deadline *phrase, uint32_t begin)
{
    return acts(reader, CCHCI_PHRASES_ASKS, begin, phrase->begin) ||
           acts_behind(reader, CCHCI_PHRASES_ASKS, phrase, CCHCI_SENTENCE_AFTER);
}

/* ------------------------------------------------------------------------------ what refuses -- */

/* Where words end that stand at a place, with no letter behind, at `to` or before; 0: others stand
 * there. */
static uint32_t words_end(const struct cchci_flow *flow, uint32_t at, uint32_t to,
                          const char *words)
{
    uint32_t end = at + (uint32_t)strlen(words);
    return end <= to && cchci_letters_at(flow->key + at, words) > 0 &&
                   (end == to || !cchci_is_ascii_letter(flow->key[end]))
               ? end
               : 0;
}

/* Whether what lies between two places is no longer than some keys, has no sign that ends a
 * sentence, and no words that ask for something. */
static bool asks_nothing(const struct cchci_flow *flow, uint32_t from, uint32_t to, uint32_t length,
                         const char *const *asking)
{
    if (to - from > length)
        return false;
    for (uint32_t at = from; at < to; at++) {
        if (cchci_one_of(flow->key[at], CCHCI_KEYS(".;:")))
            return false;
        for (const char *const *words = asking; *words != NULL; words++)
            if (words_end(flow, at, to, *words) > 0)
                return false;
    }
    return true;
}

/* Whether what lies between two places is no longer than some keys and has no sign that ends a
 * clause, nor the end of brackets that were open before. */
static bool is_clause(const struct cchci_flow *flow, uint32_t from, uint32_t to, uint32_t length)
{
    unsigned open = 0;
    if (to - from > length)
        return false;
    for (; from < to && !cchci_one_of(flow->key[from], CCHCI_KEYS(".;,")); from++) {
        if (flow->key[from] == ')' && open-- == 0)
            return false;
        open += flow->key[from] == '(';
    }
    return from == to;
}

/* Whether a date is part of the condition that stands before it. */
static bool is_condition(const struct cchci_flow *flow, uint32_t from, uint32_t to)
{
    static const char *const asking[] = {
        "bao cao",  "gui",     "nop",        "hoan thanh", "trinh",   "khoi cong", "phe duyet",
        "ban hanh", "cong bo", "trien khai", "giao",       "yeu cau", "de nghi",   NULL};
    return asks_nothing(flow, from, to, CCHCI_CONDITION_DISTANCE, asking) &&
           cchci_next_key(flow->key, from, to, ',') == to;
}

/* Whether what is asked by a date is only encouraged by the words before it. */
static bool is_encouraged(const struct cchci_flow *flow, uint32_t from, uint32_t to)
{
    static const char *const asking[] = {"bao cao", "gui",     "nop",     "hoan thanh",
                                         "yeu cau", "de nghi", ", trinh", NULL};
    return from < to && flow->key[from] == ' ' &&
           asks_nothing(flow, from + 1, to, CCHCI_ENCOURAGED_DISTANCE, asking);
}

/* "kể từ ngày nhận được hồ sơ", "kể từ khi tiếp nhận văn bản": whoever receives a paper is to act. */
static bool counts_from_receipt(const struct cchci_flow *flow, const struct cchci_deadline *phrase)
{
    uint32_t at = phrase->anchor_begin;
    if (!phrase->has_anchor || phrase->backwards)
        return false;
    if (!CCHCI_TAKE_WORD(flow, &at, "ngay") && !CCHCI_TAKE_WORD(flow, &at, "khi"))
        return false;
    return CCHCI_TAKE_WORD(flow, &at, "nhan") || cchci_take(flow, &at, "tiep nhan");
}

#define REFUSAL(id) (1u << CCHCI_PHRASES_##id)
enum {
    CLOSE_REFUSALS = REFUSAL(NOT_ASKED) | REFUSAL(NOT_ASKED_DONE),
    REFUSALS = CLOSE_REFUSALS | REFUSAL(NOT_ASKED_HERE) | REFUSAL(ASKED_TO_KEEP),
    DATE_REFUSALS = REFUSAL(CONDITION) | REFUSAL(ENCOURAGED) | REFUSAL(NO_DATE_HERE),
    DURATION_REFUSALS = REFUSAL(NOT_ASKED_DURING) | REFUSAL(NOT_ASKED_OF) | REFUSAL(KEPT)
};

/* Whether the words of some groups, in [at, end), say that nothing is asked by the phrase. */
static bool refuses(const struct cchci_deadline_reader *reader, uint32_t groups, uint32_t at,
                    uint32_t end, const struct cchci_deadline *phrase)
{
    const struct cchci_flow *flow = reader->flow;
    uint32_t to = phrase->begin;
    /* "cấp lại giấy phép đã được cấp": the paper that is received is about it */
    if ((cchci_flow_words(flow, at, "da duoc cap") > 0 ||
         cchci_flow_words(flow, at, "duoc cap") > 0) &&
        counts_from_receipt(flow, phrase))
        return false;
    /* "nơi dự kiến làm việc ít nhất 3 ngày trước khi …": what counts back from an event is no
     * plan */
    if (phrase->backwards && cchci_flow_words(flow, at, "du kien") > 0)
        return false;
    /* "các nội dung nêu trên trước ngày …": its keys begin as those of "nếu" do */
    if (cchci_flow_words(flow, at, "neu tren") > 0 && cchci_next_key(flow->key, end, to, ':') == to)
        return false;
    if ((groups & CLOSE_REFUSALS) != 0 && is_clause(flow, end, to, CCHCI_REFUSAL_DISTANCE))
        return true;
    if ((groups & (REFUSAL(NOT_ASKED_HERE) | REFUSAL(NO_DATE_HERE))) != 0 && end + 1 == to &&
        flow->key[end] == ' ')
        return true;
    if ((groups & DURATION_REFUSALS) != 0 && to - at <= CCHCI_DURATION_BEFORE)
        return (groups & REFUSAL(NOT_ASKED_DURING)) != 0 ||
               ((groups & REFUSAL(NOT_ASKED_OF)) != 0 && !counts_from_receipt(flow, phrase)) ||
               ((groups & REFUSAL(KEPT)) != 0 && is_clause(flow, end, to, CCHCI_KEPT_DISTANCE));
    /* "đối với" is a condition's only where it begins one */
    bool within = flow->key[at] == 'd' && flow->key[at + 1] == 'o';
    if ((groups & REFUSAL(CONDITION)) != 0 && !within && is_condition(flow, end, to))
        return true;
    return (groups & REFUSAL(ENCOURAGED)) != 0 && is_encouraged(flow, end, to);
}

/* "Trong thời hạn …": the sentence begins with the phrase, and no words before are of it. Behind a
 * colon a date still may be a goal's. */
static bool begins_sentence(const struct cchci_flow *flow, const struct cchci_deadline *phrase)
{
    const unsigned char *key = flow->key + phrase->begin;
    uint32_t before = cchci_flow_before_blank(flow, phrase->begin);
    return cchci_is_upper(key[0]) && !cchci_is_upper(key[1]) &&
           (phrase->kind == CCHCI_TIME_RELATIVE || before == 0 || flow->key[before - 1] != ':');
}

/* Whether one of some words stands right before a place. */
static bool stands_behind(const struct cchci_flow *flow, uint32_t at, const char *const *words)
{
    for (; *words != NULL; words++) {
        uint32_t length = (uint32_t)strlen(*words);
        if (at > length && flow->key[at - 1] == ' ' &&
            words_end(flow, at - 1 - length, at - 1, *words) > 0 &&
            cchci_flow_word_start(flow, at - 1 - length))
            return true;
    }
    return false;
}

/* "bắt đầu từ ngày 01/01 và kết thúc ngày 31/12 hằng năm" tells what a year is. */
static bool is_of_span(const struct cchci_flow *flow, const struct cchci_deadline *phrase)
{
    static const char *const starts[] = {"bat dau", NULL};
    static const char *const ends[] = {"tu",    "sau", "bat dau", "ket thuc", "het",
                                       "truoc", "vao", "cua",     NULL};
    if (phrase->kind != CCHCI_TIME_RECURRING)
        return false;
    return phrase->opener == CCHCI_OPENER_ON_DAY
               ? stands_behind(flow, phrase->begin, ends)
               : phrase->opener == CCHCI_OPENER_UNTIL && stands_behind(flow, phrase->begin, starts);
}

/* "60 giờ trong 01 tháng", "02 lần trong 06 tháng": how much there is of something. */
static bool is_rate(const struct cchci_flow *flow, uint32_t at)
{
    static const char *const units[] = {"gio", "lan", "luot", "ngay", NULL};
    if (!stands_behind(flow, at, units))
        return false;
    uint32_t number = cchci_flow_word_begin(flow, at - 1);
    return number >= 2 && cchci_is_digit(flow->key[number - 2]);
}

/* Whether words so near before a phrase say that nothing is asked by it. */
static bool is_refused(const struct cchci_deadline_reader *reader,
                       const struct cchci_deadline *phrase, uint32_t begin)
{
    if (begins_sentence(reader->flow, phrase))
        return false;
    uint32_t groups = REFUSALS | (phrase->kind == CCHCI_TIME_RELATIVE    ? DURATION_REFUSALS
                                  : phrase->kind != CCHCI_TIME_RECURRING ? DATE_REFUSALS
                                                                         : 0u);
    uint32_t distance =
        (groups & REFUSAL(ENCOURAGED)) != 0 ? CCHCI_ENCOURAGED_BEFORE : CCHCI_REFUSAL_BEFORE;
    struct cchci_phrases words =
        cchci_phrases(&cchci_refusals, groups, reader->flow->key,
                      cchci_place_before(phrase->begin, distance, begin), phrase->begin);
    const struct cchci_phrase *found;
    while ((found = cchci_phrases_next(&words)) != NULL)
        if (refuses(reader, found->groups & groups, words.at, words.at + found->length, phrase))
            return true;
    return false;
}

/* --------------------------------------------------------------------------------- what asks -- */

/* Whether a period belongs to a noun before it, not to an act: "tình hình thực hiện trong tháng
 * 9". */
static bool is_of_noun(const struct cchci_flow *flow, uint32_t from, uint32_t to)
{
    static const char *const nouns[] = {
        "tinh hinh", "ket qua",    "hoat dong",  "cong tac",  "nhiem vu",  "phat sinh", "so lieu",
        "giao",      "ke hoach",   "thu nhap",   "doanh thu", "duoc giao", "thuc hien", "du toan",
        "to chuc",   "trien khai", "quan trong", "cong viec", NULL};
    static const char *const asking[] = {"bao cao", "gui", "trinh", "nop", NULL};
    for (uint32_t at = from; at < to; at++) {
        if (at > 0 && cchci_is_ascii_letter(flow->key[at - 1]))
            continue;
        for (const char *const *noun = nouns; *noun != NULL; noun++) {
            uint32_t end = words_end(flow, at, to, *noun);
            if (end > 0 && asks_nothing(flow, end, to, CCHCI_NOUN_DISTANCE, asking))
                return true;
        }
    }
    return false;
}

/* "trong tháng 9": a deadline only where its clause says hoàn thành, xong, kết thúc, gửi or báo cáo,
 * and not where the month belongs to a noun ("kết quả trong tháng 9"). */
static bool period_is_asked(const struct cchci_deadline_reader *reader,
                            const struct cchci_deadline *phrase, uint32_t begin)
{
    /* Another opener right after it: this one is part of a noun. */
    struct cchci_deadline next;
    struct cchci_phrases behind = cchci_deadline_openers(reader, phrase->end);
    if (cchci_deadline_next(reader, &behind, &next) && next.opener != CCHCI_OPENER_ON_DAY &&
        next.begin <= phrase->end + 1)
        return false;
    if (acts_before(reader, CCHCI_PHRASES_ASKS_END, phrase, begin, CCHCI_ACT_BEFORE_PERIOD))
        return true;
    if (phrase->kind == CCHCI_TIME_YEAR ||
        is_of_noun(reader->flow, cchci_place_before(phrase->begin, CCHCI_NOUN_BEFORE, begin),
                   phrase->begin))
        return false;
    return acts_before(reader, CCHCI_PHRASES_ASKS_IN_PERIOD, phrase, begin,
                       CCHCI_ACT_BEFORE_PERIOD) ||
           acts_behind(reader, CCHCI_PHRASES_ASKS_END, phrase, CCHCI_ACT_BEHIND);
}

static bool duration_is_asked(const struct cchci_deadline_reader *reader,
                              const struct cchci_deadline *phrase, uint32_t begin)
{
    bool long_unit = phrase->unit == 'M' || phrase->unit == 'Y';
    if (phrase->unit == 'Y')
        return phrase->has_anchor &&
               acts_before(reader, CCHCI_PHRASES_ASKS_IN_YEARS, phrase, begin, CCHCI_ACT_BEFORE);
    if (phrase->opener == CCHCI_OPENER_WITHIN && is_rate(reader->flow, phrase->begin))
        return false;
    if (phrase->has_anchor)
        return !(long_unit && phrase->backwards) &&
               ((phrase->opener == CCHCI_OPENER_WITHIN && phrase->amount > 0) ||
                is_act_asked(reader, phrase, begin));
    if (phrase->vague || !is_act_asked(reader, phrase, begin))
        return false;
    if (phrase->opener == CCHCI_OPENER_AT_MOST)
        return phrase->working;
    /* Without an anchor only what is to be sent, said or finished has a term. */
    return !long_unit &&
           (acts_before(reader, CCHCI_PHRASES_ASKS_ANSWER, phrase, begin, CCHCI_ACT_BEFORE) ||
            acts_behind(reader, CCHCI_PHRASES_ASKS_ANSWER, phrase, CCHCI_ACT_BEHIND));
}

/* "Định kỳ ngày 05 hàng tháng": the act may stand behind the day. */
static bool cycle_word_before(const struct cchci_deadline_reader *reader, uint32_t begin)
{
    uint32_t length = (uint32_t)strlen("dinh ky ");
    return begin >= length && cchci_flow_words(reader->flow, begin - length, "dinh ky") > 0;
}

/* "năm 2020, tính đến nay", "quý I liền nhất". */
static bool is_looked_back_on(const struct cchci_flow *flow, uint32_t end)
{
    for (unsigned i = 0; i < 2 && (flow->key[end] == ' ' || flow->key[end] == ','); i++)
        end++;
    return cchci_phrase_at(&cchci_acts, 1u << CCHCI_PHRASES_LOOKED_BACK, flow->key, end,
                           flow->length) != NULL;
}

/* "hồ sơ nộp trước ngày 01/6/2025 thì được xét": the date is one of what has happened. */
static bool ends_condition(const struct cchci_flow *flow, uint32_t end)
{
    if (CCHCI_TAKE_WORD(flow, &end, "nhung") || CCHCI_TAKE_WORD(flow, &end, "ma"))
        return true;
    end = cchci_skip_blank(flow, end + (flow->key[end] == ','));
    uint32_t then = cchci_flow_words(flow, end, "thi"); /* but not "thí" or "thị" */
    return then > 0 &&
           (!cchci_flow_marked(flow, end, end + then) || cchci_flow_exactly(flow, end, "thì"));
}

/* "chậm nhất ngày 07 tháng sau hoặc không quá 07 ngày kể từ …": asked as the sentence's first one
 * is. */
static bool is_alternative(const struct cchci_deadline_reader *reader,
                           const struct cchci_deadline *phrase, uint32_t begin)
{
    static const char *const joins[] = {"hoac", NULL};
    return phrase->kind == CCHCI_TIME_RELATIVE && phrase->has_anchor && reader->last_end > begin &&
           stands_behind(reader->flow, phrase->begin, joins);
}

/* "(thời hạn 20/10/2024)", which a permit has as well. */
static bool is_bare_term(const struct cchci_flow *flow, uint32_t at)
{
    CCHCI_TAKE_WORD(flow, &at, "thoi");
    if (!CCHCI_TAKE_WORD(flow, &at, "han"))
        return false;
    at = cchci_skip(flow, at, CCHCI_KEYS(" :"));
    return cchci_is_digit(flow->key[at]) || CCHCI_TAKE_WORD(flow, &at, "ngay");
}

bool cchci_deadline_is_asked(const struct cchci_deadline_reader *reader,
                             const struct cchci_deadline *phrase)
{
    if (phrase->opener == CCHCI_OPENER_LATEST ||
        (phrase->opener == CCHCI_OPENER_TERM && !is_bare_term(reader->flow, phrase->begin)))
        return true;
    if (phrase->opener == CCHCI_OPENER_ON_DAY && phrase->kind == CCHCI_TIME_RELATIVE)
        return true; /* as its first day was */
    if (is_looked_back_on(reader->flow, phrase->end))
        return false;
    /* "từ trước ngày": the pattern cannot tell it from "đầu tư trước ngày". */
    if (phrase->opener == CCHCI_OPENER_BEFORE && phrase->begin >= 3 &&
        cchci_flow_word_start(reader->flow, phrase->begin - 3) &&
        cchci_flow_exactly(reader->flow, phrase->begin - 3, "từ"))
        return false;
    if (is_of_span(reader->flow, phrase))
        return false;
    if (phrase->opener == CCHCI_OPENER_BEFORE &&
        (phrase->kind == CCHCI_TIME_DATE || phrase->kind == CCHCI_TIME_RECURRING) &&
        ends_condition(reader->flow, phrase->end))
        return false;
    uint32_t begin = sentence_begin(reader->flow, phrase->begin);
    if (phrase->opener == CCHCI_OPENER_TERM)
        return acts_before(reader, CCHCI_PHRASES_ASKS_REPORT, phrase, begin, CCHCI_ACT_BEFORE);
    if (phrase->opener == CCHCI_OPENER_BEFORE &&
        phrase->kind == CCHCI_TIME_YEAR) /* "Trước năm 2009, …" is history */
        return acts_before(reader, CCHCI_PHRASES_ASKS_REPORT, phrase, begin, CCHCI_ACT_BEFORE);
    if (is_alternative(reader, phrase, begin))
        return true;
    if (is_refused(reader, phrase, begin))
        return false;
    if (phrase->kind == CCHCI_TIME_RELATIVE)
        return duration_is_asked(reader, phrase, begin);
    if (phrase->opener == CCHCI_OPENER_WITHIN)
        return period_is_asked(reader, phrase, begin);
    if (phrase->opener == CCHCI_OPENER_UNTIL) {
        bool day = phrase->kind == CCHCI_TIME_DATE || phrase->kind == CCHCI_TIME_DATETIME;
        uint32_t distance = day ? CCHCI_ACT_BEFORE_DAY : CCHCI_ACT_BEFORE_MONTH;
        return !found(reader, CCHCI_PATTERN_NOT_ASKED_UNTIL, begin, phrase->begin) &&
               (acts_before(reader, CCHCI_PHRASES_ASKS_REPORT, phrase, begin, distance) ||
                acts_behind(reader, CCHCI_PHRASES_ASKS_REPORT, phrase, CCHCI_ACT_BEHIND_UNTIL));
    }
    /* A day without "vào" stands in tables of legal terms too. */
    if (phrase->opener == CCHCI_OPENER_ON_DAY &&
        cchci_flow_words(reader->flow, phrase->begin, "vao") == 0)
        return acts_before(reader, CCHCI_PHRASES_ASKS_REPORT, phrase, begin, CCHCI_ACT_BEFORE) ||
               (cycle_word_before(reader, phrase->begin) &&
                acts_behind(reader, CCHCI_PHRASES_ASKS_REPORT, phrase, CCHCI_SENTENCE_AFTER));
    return is_act_asked(reader, phrase, begin);
}
