/* SPDX-License-Identifier: MIT */
/* Times by which somebody must act.
 *
 *      deadline  = opener { filler } ( time | duration [ anchor ] )
 *      opener    = "chậm nhất" | "trước" | "đến hết" | "không quá" | "trong" | "ít nhất" | "vào"
 *                | "hạn chót"
 *      time      = [ clock ] ( date | day cycle | weekday cycle | cycle ) | month | quarter | year
 *      duration  = number [ "(" words ")" ] unit                     10 (mười) ngày làm việc
 *      anchor    = ( "kể từ" | "sau" | "trước" ) words               kể từ ngày nhận được văn bản
 *
 * Three steps, each in a bounded distance: a table finds the openers; the grammar above is read
 * by hand from there; the sentence around decides, since most times in a letter are no deadlines
 * (validity, goals, events, quoted history). A time before the letter's own date is none.
 *
 *      deadlines_phrase.c      the openers, and what each of them opens
 *      deadlines_time.c        a time: clock, day, month, quarter, year
 *      deadlines_cycle.c       a time that comes again
 *      deadlines_duration.c    a duration and its anchor */
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
    uint32_t limit = cchci_at_least(0, at, CCHCI_SENTENCE_BEFORE);
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
    return acts(reader, group, cchci_at_least(begin, phrase->begin, distance), phrase->begin);
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

static bool begins_with(const struct cchci_flow *flow, uint32_t at, const char *letters)
{
    while (*letters != '\0' && cchci_lower(flow->key[at]) == (unsigned char)*letters)
        at++, letters++;
    return *letters == '\0';
}

/* Where words end that stand at a place, with no letter behind, at `to` or before; 0: others stand
 * there. */
static uint32_t words_end(const struct cchci_flow *flow, uint32_t at, uint32_t to,
                          const char *words)
{
    uint32_t end = at + (uint32_t)strlen(words);
    return end <= to && begins_with(flow, at, words) &&
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
 * clause. */
static bool is_clause(const struct cchci_flow *flow, uint32_t from, uint32_t to, uint32_t length)
{
    if (to - from > length)
        return false;
    while (from < to && !cchci_one_of(flow->key[from], CCHCI_KEYS(".;,")))
        from++;
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
    static const char *const asking[] = {"bao cao", "gui",     "nop", "hoan thanh",
                                         "yeu cau", "de nghi", NULL};
    return from < to && flow->key[from] == ' ' &&
           asks_nothing(flow, from + 1, to, CCHCI_CONDITION_DISTANCE, asking);
}

#define REFUSAL(id) (1u << CCHCI_PHRASES_##id)
enum {
    CLOSE_REFUSALS = REFUSAL(NOT_ASKED) | REFUSAL(NOT_ASKED_DONE),
    REFUSALS = CLOSE_REFUSALS | REFUSAL(NOT_ASKED_HERE) | REFUSAL(ASKED_TO_KEEP),
    DATE_REFUSALS = REFUSAL(CONDITION) | REFUSAL(ENCOURAGED) | REFUSAL(NO_DATE_HERE),
    DURATION_REFUSALS = REFUSAL(NOT_ASKED_DURING) | REFUSAL(KEPT)
};

/* Whether the words of some groups, in [at, end), say that nothing is asked by the phrase. */
static bool refuses(const struct cchci_deadline_reader *reader, uint32_t groups, uint32_t at,
                    uint32_t end, const struct cchci_deadline *phrase)
{
    const struct cchci_flow *flow = reader->flow;
    uint32_t to = phrase->begin;
    if ((groups & CLOSE_REFUSALS) != 0 && is_clause(flow, end, to, CCHCI_REFUSAL_DISTANCE))
        return true;
    if ((groups & (REFUSAL(NOT_ASKED_HERE) | REFUSAL(NO_DATE_HERE))) != 0 && end + 1 == to &&
        flow->key[end] == ' ')
        return true;
    if ((groups & DURATION_REFUSALS) != 0 && to - at <= CCHCI_DURATION_BEFORE)
        return (groups & REFUSAL(NOT_ASKED_DURING)) != 0 ||
               is_clause(flow, end, to, CCHCI_KEPT_DISTANCE);
    /* "đối với" is a condition's only where it begins one */
    if ((groups & REFUSAL(CONDITION)) != 0 && flow->key[at] != 'd' && is_condition(flow, end, to))
        return true;
    return (groups & REFUSAL(ENCOURAGED)) != 0 && is_encouraged(flow, end, to);
}

/* Whether words so near before a phrase say that nothing is asked by it. */
static bool is_refused(const struct cchci_deadline_reader *reader,
                       const struct cchci_deadline *phrase, uint32_t begin)
{
    uint32_t groups = REFUSALS | (phrase->kind == CCHCI_TIME_RELATIVE    ? DURATION_REFUSALS
                                  : phrase->kind != CCHCI_TIME_RECURRING ? DATE_REFUSALS
                                                                         : 0u);
    struct cchci_phrases words =
        cchci_phrases(&cchci_refusals, groups, reader->flow->key,
                      cchci_at_least(begin, phrase->begin, CCHCI_REFUSAL_BEFORE), phrase->begin);
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

/* "trong tháng 9": only where its clause says hoàn thành, xong, kết thúc, gửi or báo cáo
 * (guidelines), and not where the month belongs to a noun ("kết quả trong tháng 9"). */
static bool period_is_asked(const struct cchci_deadline_reader *reader,
                            const struct cchci_deadline *phrase, uint32_t begin)
{
    /* Another opener right after it: this one is part of a noun. */
    struct cchci_deadline next;
    struct cchci_phrases behind = cchci_deadline_openers(reader, phrase->end);
    if (cchci_deadline_next(reader, &behind, &next) && next.opener != CCHCI_OPENER_ON_DAY &&
        next.begin <= phrase->end + 1)
        return false;
    if (acts_before(reader, CCHCI_PHRASES_ASKS_END, phrase, begin, 200))
        return true;
    if (phrase->kind == CCHCI_TIME_YEAR ||
        is_of_noun(reader->flow, cchci_at_least(begin, phrase->begin, CCHCI_NOUN_BEFORE),
                   phrase->begin))
        return false;
    return acts_before(reader, CCHCI_PHRASES_ASKS_REPORT, phrase, begin, 200) ||
           acts_behind(reader, CCHCI_PHRASES_ASKS_END, phrase, 40);
}

static bool duration_is_asked(const struct cchci_deadline_reader *reader,
                              const struct cchci_deadline *phrase, uint32_t begin)
{
    bool long_unit = phrase->unit == 'M' || phrase->unit == 'Y';
    if (phrase->unit == 'Y')
        return phrase->has_anchor &&
               acts_before(reader, CCHCI_PHRASES_ASKS_END, phrase, begin, 120);
    if (phrase->has_anchor)
        return !(long_unit && phrase->backwards) &&
               (phrase->opener == CCHCI_OPENER_WITHIN || is_act_asked(reader, phrase, begin));
    if (phrase->vague || !is_act_asked(reader, phrase, begin))
        return false;
    if (phrase->opener == CCHCI_OPENER_AT_MOST)
        return phrase->working;
    /* Without an anchor only what is to be sent, said or finished has a term. */
    return !long_unit && (acts_before(reader, CCHCI_PHRASES_ASKS_ANSWER, phrase, begin, 120) ||
                          acts_behind(reader, CCHCI_PHRASES_ASKS_ANSWER, phrase, 40));
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

static bool is_asked(const struct cchci_deadline_reader *reader,
                     const struct cchci_deadline *phrase)
{
    if (phrase->opener == CCHCI_OPENER_LATEST || phrase->opener == CCHCI_OPENER_TERM)
        return true;
    if (is_looked_back_on(reader->flow, phrase->end))
        return false;
    /* "từ trước ngày": the pattern cannot tell it from "đầu tư trước ngày". */
    if (phrase->opener == CCHCI_OPENER_BEFORE && phrase->begin >= 3 &&
        cchci_flow_word_start(reader->flow, phrase->begin - 3) &&
        cchci_flow_exactly(reader->flow, phrase->begin - 3, "từ"))
        return false;
    uint32_t begin = sentence_begin(reader->flow, phrase->begin);
    if (phrase->opener == CCHCI_OPENER_BEFORE &&
        phrase->kind == CCHCI_TIME_YEAR) /* "Trước năm 2009, …" is history */
        return acts_before(reader, CCHCI_PHRASES_ASKS_REPORT, phrase, begin, 120);
    if (is_refused(reader, phrase, begin))
        return false;
    if (phrase->kind == CCHCI_TIME_RELATIVE)
        return duration_is_asked(reader, phrase, begin);
    if (phrase->opener == CCHCI_OPENER_WITHIN)
        return period_is_asked(reader, phrase, begin);
    if (phrase->opener == CCHCI_OPENER_UNTIL) {
        uint32_t distance =
            phrase->kind == CCHCI_TIME_DATE || phrase->kind == CCHCI_TIME_DATETIME ? 160 : 64;
        return !found(reader, CCHCI_PATTERN_NOT_ASKED_UNTIL, begin, phrase->begin) &&
               (acts_before(reader, CCHCI_PHRASES_ASKS_REPORT, phrase, begin, distance) ||
                acts_behind(reader, CCHCI_PHRASES_ASKS_REPORT, phrase, 24));
    }
    /* A day without "vào" stands in tables of legal terms too. */
    if (phrase->opener == CCHCI_OPENER_ON_DAY &&
        cchci_flow_words(reader->flow, phrase->begin, "vao") == 0)
        return acts_before(reader, CCHCI_PHRASES_ASKS_REPORT, phrase, begin, 120) ||
               (cycle_word_before(reader, phrase->begin) &&
                acts_behind(reader, CCHCI_PHRASES_ASKS_REPORT, phrase, CCHCI_SENTENCE_AFTER));
    return is_act_asked(reader, phrase, begin);
}

/* A value that is put together: a time, a duration, a rule. */
struct value {
    char text[128];
    size_t length;
};

static void add_sign(struct value *value, char sign)
{
    if (value->length < sizeof value->text)
        value->text[value->length++] = sign;
}

static inline void add_letters(struct value *value, const char *text, size_t length)
{
    size_t room = sizeof value->text - value->length;
    length = length < room ? length : room;
    memcpy(value->text + value->length, text, length);
    value->length += length;
}
#define ADD_TEXT(value, text) add_letters(value, text, strlen(text))

static void add_integer(struct value *value, int number, unsigned digits)
{
    char text[16], *end = text + sizeof text, *begin = end;
    unsigned rest = number < 0 ? 0u - (unsigned)number : (unsigned)number, count = 0;
    for (; rest > 0 || count < digits; rest /= 10, count++)
        *--begin = (char)('0' + rest % 10);
    if (number < 0)
        *--begin = '-';
    add_letters(value, begin, (size_t)(end - begin));
}

static const char *iso_of(const struct cchci_deadline_reader *reader,
                          const struct cchci_deadline *phrase)
{
    const struct cchci_date *date = &phrase->date;
    if (phrase->kind == CCHCI_TIME_RELATIVE || phrase->kind == CCHCI_TIME_RECURRING ||
        date->year <= 0)
        return NULL;
    if (phrase->kind != CCHCI_TIME_QUARTER && phrase->kind != CCHCI_TIME_DATETIME)
        return cchci_date_iso(date, reader->parse->arena);
    struct value iso;
    iso.length = 0;
    add_integer(&iso, date->year, 4);
    if (phrase->kind == CCHCI_TIME_QUARTER) {
        ADD_TEXT(&iso, "-Q");
        add_integer(&iso, phrase->quarter, 1);
    } else {
        const int parts[] = {date->month, date->day, phrase->hour, phrase->minute};
        for (unsigned i = 0; i < 4; i++) {
            add_sign(&iso, "--T:"[i]);
            add_integer(&iso, parts[i], 2);
        }
    }
    return cchci_arena_copy(reader->parse->arena, iso.text, iso.length);
}

static const char *duration_of(const struct cchci_deadline_reader *reader,
                               const struct cchci_deadline *phrase)
{
    struct value duration;
    duration.length = 0;
    ADD_TEXT(&duration, phrase->unit == 'H' || phrase->unit == 'N' ? "PT" : "P");
    add_integer(&duration, phrase->amount, 1);
    add_sign(&duration, phrase->unit == 'N' ? 'M' : phrase->unit);
    return cchci_arena_copy(reader->parse->arena, duration.text, duration.length);
}

/* A list of small numbers for a rule: sorted, each once. */
struct numbers {
    int values[16];
    unsigned count;
};

static void add_number(struct numbers *numbers, int value)
{
    unsigned i = 0;
    while (i < numbers->count && numbers->values[i] < value)
        i++;
    if (numbers->count == 16 || (i < numbers->count && numbers->values[i] == value))
        return;
    memmove(numbers->values + i + 1, numbers->values + i,
            (numbers->count - i) * sizeof numbers->values[0]);
    numbers->values[i] = value;
    numbers->count++;
}

static void add_part(struct value *rule, const char *name, const struct numbers *numbers)
{
    if (numbers->count == 0)
        return;
    ADD_TEXT(rule, name);
    for (unsigned i = 0; i < numbers->count; i++) {
        if (i > 0)
            add_sign(rule, ',');
        add_integer(rule, numbers->values[i], 1);
    }
}

/* Which of the days that BYMONTH and BYMONTHDAY give together are meant, as BYSETPOS; empty where
 * all are. False: the place of a day moves with leap years. */
static bool positions_of(const struct cchci_deadline *phrase, const struct numbers *months,
                         const struct numbers *days, struct numbers *positions)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int position = 0;
    for (unsigned m = 0; m < months->count; m++)
        for (unsigned d = 0; d < days->count; d++) {
            int month = months->values[m], day = days->values[d];
            if (month == 2 && day == 29)
                return false;
            if (day > lengths[month - 1])
                continue;
            position++;
            for (unsigned i = 0; i < phrase->day_count; i++)
                if (phrase->months[i] == month && phrase->days[i] == day)
                    add_number(positions, position);
        }
    if (positions->count == (unsigned)position)
        positions->count = 0;
    return true;
}

static const char *rule_of(const struct cchci_deadline_reader *reader,
                           const struct cchci_deadline *phrase)
{
    static const char *const weekdays[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
    struct value rule;
    rule.length = 0;
    struct numbers months = {{0}, 0}, days = {{0}, 0}, positions = {{0}, 0};
    bool working = phrase->day_count > 0 && phrase->days[0] == CCHCI_LAST_WORKING_DAY;
    if (working && phrase->day_count > 1)
        return NULL;
    for (unsigned i = 0; i < phrase->day_count; i++)
        add_number(&days, phrase->days[i]);
    switch (phrase->cycle) {
    case CCHCI_CYCLE_YEARLY:
        for (unsigned i = 0; i < (phrase->day_count > 0 ? phrase->day_count : 1); i++)
            add_number(&months, phrase->months[i]);
        if (!positions_of(phrase, &months, &days, &positions))
            return NULL;
        ADD_TEXT(&rule, "FREQ=YEARLY");
        break;
    case CCHCI_CYCLE_FIRST_MONTH:
    case CCHCI_CYCLE_SECOND_MONTH:
    case CCHCI_CYCLE_LAST_MONTH:
    case CCHCI_CYCLE_QUARTERLY:
        for (int quarter = 0; quarter < 4; quarter++)
            add_number(&months, quarter * 3 + (phrase->cycle == CCHCI_CYCLE_LAST_MONTH     ? 3
                                               : phrase->cycle == CCHCI_CYCLE_SECOND_MONTH ? 2
                                                                                           : 1));
        if (phrase->cycle == CCHCI_CYCLE_QUARTERLY && phrase->days[0] < 0)
            return NULL;
        ADD_TEXT(&rule, working ? "FREQ=MONTHLY" : "FREQ=YEARLY");
        break;
    case CCHCI_CYCLE_MONTHLY: ADD_TEXT(&rule, "FREQ=MONTHLY"); break;
    case CCHCI_CYCLE_WEEKLY:
        ADD_TEXT(&rule, "FREQ=WEEKLY;BYDAY=");
        ADD_TEXT(&rule, weekdays[phrase->weekday - 1]);
        break;
    case CCHCI_CYCLE_DAILY: ADD_TEXT(&rule, "FREQ=DAILY"); break;
    default: return NULL;
    }
    add_part(&rule, ";BYMONTH=", &months);
    if (working)
        ADD_TEXT(&rule, ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1");
    else
        add_part(&rule, ";BYMONTHDAY=", &days);
    add_part(&rule, ";BYSETPOS=", &positions);
    return cchci_arena_copy(reader->parse->arena, rule.text, rule.length);
}

static const char *const kind_names[] = {"date", "datetime", "month",    "quarter",
                                         "year", "relative", "recurring"};

/* The first such day not before the letter's own date (record.md), where it has one. */
static void infer_year(const struct cchci_date *letter, struct cchci_date *date)
{
    if (letter->year == 0)
        return;
    date->year = letter->year;
    if (letter->month > 0 &&
        (date->month < letter->month || (date->month == letter->month && date->day > 0 &&
                                         letter->day > 0 && date->day < letter->day)))
        date->year++;
}

/* Whether a time lies before the letter's date, as far as both are known. */
static bool is_past(const struct cchci_date *letter, const struct cchci_deadline *phrase)
{
    const struct cchci_date *date = &phrase->date;
    if (phrase->kind == CCHCI_TIME_RELATIVE || phrase->kind == CCHCI_TIME_RECURRING ||
        date->year <= 0 || letter->year == 0)
        return false;
    if (date->year != letter->year)
        return date->year < letter->year;
    if (date->month == 0 || letter->month == 0 || date->month != letter->month)
        return date->month != 0 && letter->month != 0 && date->month < letter->month;
    return date->day > 0 && letter->day > 0 && date->day < letter->day;
}

/* Gives a deadline to the record. clauses: how many began before the last one. False: the list is
 * full. */
static bool push(const struct cchci_deadline_reader *reader, const struct cchci_deadline *phrase,
                 uint32_t *clauses)
{
    struct cchci_parse *parse = reader->parse;
    if (cchci_list_full(parse, &parse->record->deadlines,
                        "There are more deadlines than the limit."))
        return false;
    cchc_deadline *deadline = CCHCI_PUSH(&parse->record->deadlines, parse->arena, cchc_deadline);
    deadline->text = cchci_flow_text(reader->flow, phrase->begin, phrase->end, CCHCI_WORDS);
    deadline->kind = kind_names[phrase->kind];
    deadline->bound = phrase->bound;
    deadline->working_days = -1;
    deadline->clause = cchci_clause_at(parse, phrase->begin, clauses);
    deadline->recurring = phrase->kind == CCHCI_TIME_RECURRING;
    if (phrase->kind == CCHCI_TIME_RECURRING) {
        deadline->rule = rule_of(reader, phrase);
        if (deadline->rule == NULL)
            cchci_diagnose(parse, CCHCI_RULE_UNKNOWN, NULL, reader->flow, phrase->begin,
                           phrase->end);
    } else if (phrase->kind == CCHCI_TIME_RELATIVE) {
        deadline->duration = duration_of(reader, phrase);
        deadline->working_days = phrase->unit == 'D' && phrase->working;
        if (phrase->has_anchor) {
            deadline->direction = phrase->backwards ? "before" : "after";
            deadline->anchor = cchci_flow_string(reader->flow, phrase->anchor_begin,
                                                 phrase->anchor_end, CCHCI_WORDS);
        }
    } else {
        deadline->iso = iso_of(reader, phrase);
        if (deadline->iso == NULL)
            cchci_diagnose(parse, CCHCI_YEAR_UNKNOWN, NULL, reader->flow, phrase->begin,
                           phrase->end);
    }
    return true;
}

/* The date that the letter gives itself, as far as the calendar has it; year 0: unknown. */
static struct cchci_date date_of_letter(const cchc_document *record)
{
    struct cchci_date date = {0, 0, 0, 0, 0};
    if (record->has_promulgation && record->promulgation.iso != NULL &&
        !cchci_date_from_iso(record->promulgation.iso, &date))
        date.year = 0;
    if (!cchci_date_possible(&date))
        date.month = date.day = 0;
    return date;
}

void cchci_field_deadlines(struct cchci_parse *parse)
{
    struct cchci_deadline_reader reader = {parse, &parse->layout->body.flow, 0};
    const struct cchci_date letter = date_of_letter(parse->record);
    struct cchci_deadline phrase;
    uint32_t clauses = 0;
    struct cchci_phrases phrases = cchci_deadline_openers(&reader, 0);
    while (cchci_deadline_next(&reader, &phrases, &phrase)) {
        cchci_phrases_skip(&phrases, phrase.end);
        if (!cchci_deadline_read(&reader, &phrase) || is_past(&letter, &phrase) ||
            !is_asked(&reader, &phrase))
            continue;
        if (phrase.kind != CCHCI_TIME_RELATIVE && phrase.kind != CCHCI_TIME_RECURRING &&
            phrase.date.year <= 0)
            infer_year(&letter, &phrase.date);
        if (!push(&reader, &phrase, &clauses))
            return;
        reader.last_end = phrase.end;
        cchci_phrases_skip(&phrases, phrase.end);
    }
}
