/* SPDX-License-Identifier: MIT */
/* Times that come again:
 *
 *      cycle     = ( "hàng" | "mỗi" ) period | "từng" ( "năm" | "tháng" ) | words     hàng tháng
 *      words     = "năm sau" | "tháng đầu" … "quý" | "tháng sau" | "quý sau" | "cuối kỳ" …
 *      day cycle = "ngày" day { ( "," | "và" ) [ "ngày" ] day } cycle
 *      day       = [ "thứ" | "mùng" ] number | "thứ" words | [ "làm việc" ] "cuối cùng"
 *
 * The cycle may also stand before: "Hàng tháng (trước ngày 10)". The words are one pattern. */
#include "deadlines.h"

#include "base/limits.h"
#include "text/take.h"

/* The first two letters of the words that a cycle begins with: hàng, năm, mỗi, từng, tháng, của,
 * quý. */
static bool may_be_cycle(const unsigned char *key)
{
    unsigned char second = cchci_lower(key[1]);
    switch (cchci_lower(key[0])) {
    case 'h':
    case 'n': return second == 'a';
    case 'm': return second == 'o';
    case 't': return second == 'u' || second == 'h';
    case 'c':
    case 'q': return second == 'u';
    default: return false;
    }
}

/* "hàng năm", "mỗi tuần", "từng tháng"; *end is set where they stand. */
static enum cchci_cycle read_each(const struct cchci_flow *flow, uint32_t at, uint32_t *end)
{
    static const struct {
        char word[9];
        enum cchci_cycle cycle;
        uint32_t length;
    } periods[] = {{"nam     ", CCHCI_CYCLE_YEARLY, 3},
                   {"thang   ", CCHCI_CYCLE_MONTHLY, 5},
                   {"tuan    ", CCHCI_CYCLE_WEEKLY, 4},
                   {"ngay    ", CCHCI_CYCLE_DAILY, 4},
                   {"quy     ", CCHCI_CYCLE_OTHER, 3}};
    bool all = CCHCI_TAKE_WORD(flow, &at, "hang") || CCHCI_TAKE_WORD(flow, &at, "moi");
    if ((!all && !CCHCI_TAKE_WORD(flow, &at, "tung")) || flow->key[at] != ' ')
        return CCHCI_CYCLE_NONE;
    at++;
    for (unsigned i = 0; i < (all ? 5u : 2u); i++)
        if (cchci_eight_begins(flow->key + at, periods[i].word, periods[i].length) &&
            !cchci_is_ascii_letter(flow->key[at + periods[i].length])) {
            *end = at + periods[i].length;
            return periods[i].cycle;
        }
    return CCHCI_CYCLE_NONE;
}

enum cchci_cycle cchci_cycle_read(const struct cchci_deadline_reader *reader, uint32_t *at)
{
    struct cchci_match match;
    uint32_t begin = cchci_skip(reader->flow, *at, CCHCI_KEYS(" ,("));
    if (begin - *at > 3 || !may_be_cycle(reader->flow->key + begin))
        return CCHCI_CYCLE_NONE;
    enum cchci_cycle each = read_each(reader->flow, begin, at);
    if (each != CCHCI_CYCLE_NONE)
        return each;
    if (!cchci_deadline_match(reader, CCHCI_PATTERN_DEADLINE_CYCLE, begin, reader->flow->length,
                              &match))
        return CCHCI_CYCLE_NONE;
    for (int group = CCHCI_CYCLE_YEARLY; group <= CCHCI_CYCLE_OTHER; group++)
        if (match.begin[group] != CCHCI_NOWHERE) {
            *at = match.end[group];
            return (enum cchci_cycle)group;
        }
    return CCHCI_CYCLE_NONE;
}

/* The place behind the last full stop or semicolon, at most so far before a place. */
static uint32_t behind_stop(const struct cchci_flow *flow, uint32_t at, uint32_t distance)
{
    uint32_t limit = cchci_place_before(at, distance, 0);
    while (at - limit >= 8 && cchci_stops_among(cchci_eight(flow->key + at - 8)) == 0)
        at -= 8;
    while (at > limit && flow->key[at - 1] != '.' && flow->key[at - 1] != ';')
        at--;
    return at;
}

/* The words that tell it have neither of these signs. */
enum cchci_cycle cchci_cycle_before(const struct cchci_deadline_reader *reader, uint32_t begin)
{
    static const enum cchci_cycle cycles[] = {CCHCI_CYCLE_YEARLY, CCHCI_CYCLE_MONTHLY,
                                              CCHCI_CYCLE_OTHER, CCHCI_CYCLE_WEEKLY,
                                              CCHCI_CYCLE_DAILY};
    struct cchci_match match;
    uint32_t from = behind_stop(reader->flow, begin, CCHCI_CYCLE_BEFORE);
    if (from >= begin ||
        !cchci_deadline_match(reader, CCHCI_PATTERN_DEADLINE_CYCLE_BEFORE, from, begin, &match))
        return CCHCI_CYCLE_NONE;
    for (int group = 1; group <= 15; group++)
        if (match.begin[group] != CCHCI_NOWHERE)
            return cycles[(group - 1) % 5];
    return CCHCI_CYCLE_NONE;
}

/* The day of a month: "25", "thứ 20", "thứ mười", "mùng 5", "cuối cùng", "làm việc cuối cùng". 0:
 * none. */
static int read_day_number(const struct cchci_flow *flow, uint32_t *at)
{
    uint32_t i = cchci_skip_blank(flow, *at);
    if (!cchci_is_digit(flow->key[i])) {
        bool working = cchci_take(flow, &i, "lam viec");
        if (cchci_take(flow, &i, "cuoi cung") || cchci_take(flow, &i, "cudi cung") ||
            CCHCI_TAKE_WORD(flow, &i, "cuoi")) {
            *at = i;
            return working ? CCHCI_LAST_WORKING_DAY : CCHCI_LAST_DAY;
        }
        if (working)
            return 0;
        bool ordinal = CCHCI_TAKE_WORD(flow, &i, "thu");
        if (!ordinal && !CCHCI_TAKE_WORD(flow, &i, "mung"))
            CCHCI_TAKE_WORD(flow, &i, "mong");
        i = cchci_skip_blank(flow, i);
        if (ordinal && cchci_is_ascii_letter(flow->key[i])) {
            /* "thứ mười"; "thứ Sáu" is a day of the week */
            int words = cchci_is_upper(flow->key[i]) ? 0 : cchci_number_words(flow, &i);
            *at = words > 0 ? i : *at;
            return words;
        }
    }
    int day = cchci_number_read(flow, &i, 2);
    if (day < 1)
        return 0;
    *at = i;
    return day;
}

/* The days behind "ngày": "25", "01 và 15", "5, ngày 20"; returns how many. 0: none, or a date. */
static unsigned read_days(const struct cchci_deadline_reader *reader, uint32_t *at,
                          struct cchci_deadline *phrase)
{
    const struct cchci_flow *flow = reader->flow;
    uint32_t i = *at;
    unsigned count = 0;
    phrase->days_cut = false;
    while (cchci_days_go_on(reader, count, &i, phrase)) {
        int day = read_day_number(flow, &i);
        if (day == 0 || cchci_one_of(cchci_next_letter(flow, i), CCHCI_KEYS("/-."))) {
            count = 0;
            break;
        }
        phrase->days_cut = count == CCHCI_DEADLINE_DAYS;
        if (!phrase->days_cut)
            phrase->days[count++] = (signed char)day;
        uint32_t next = cchci_skip(flow, i, CCHCI_KEYS(" ,"));
        if (!CCHCI_TAKE_WORD(flow, &next, "va") && (next == i || flow->key[i] != ','))
            break;
        CCHCI_TAKE_WORD(flow, &next, "ngay");
        uint32_t probe = next;
        if (read_day_number(flow, &probe) == 0)
            break;
        i = next;
    }
    if (phrase->days_cut)
        *reader->days_end = i;
    *at = i;
    return count;
}

bool cchci_cycle_read_day(const struct cchci_deadline_reader *reader, uint32_t *at,
                          struct cchci_deadline *phrase)
{
    const struct cchci_flow *flow = reader->flow;
    uint32_t i = *at;
    if (!CCHCI_TAKE_WORD(flow, &i, "ngay"))
        return false;
    unsigned count = read_days(reader, &i, phrase);
    if (count == 0)
        return false;
    uint32_t month = i;
    if (CCHCI_TAKE_WORD(flow, &month, "thang") &&
        cchci_is_digit(flow->key[cchci_skip_blank(flow, month)]))
        return false; /* a date */
    enum cchci_cycle cycle = cchci_cycle_read(reader, &i);
    if (cycle == CCHCI_CYCLE_NONE) {
        /* "Hàng tháng (trước ngày 10)": the month stands before. */
        if (month > i)
            return false;
        cycle = cchci_cycle_before(reader, phrase->begin);
        if (cycle != CCHCI_CYCLE_MONTHLY)
            return false;
    }
    if (cycle == CCHCI_CYCLE_YEARLY || cycle == CCHCI_CYCLE_WEEKLY || cycle == CCHCI_CYCLE_DAILY)
        return false;
    phrase->day_count = count;
    phrase->cycle = cycle;
    phrase->kind = CCHCI_TIME_RECURRING;
    *at = phrase->end = i;
    return true;
}
