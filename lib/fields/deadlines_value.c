/* SPDX-License-Identifier: MIT */
/* The values of a deadline in the record: a time and a duration as ISO 8601 writes them, and what
 * comes again as a recurrence rule (RFC 5545, RRULE). */
#include "deadlines.h"

#include <string.h>

/* A value that is put together: a time, a duration, a rule. */
struct value {
    char text[320]; /* the longest rule has twelve months, all days and as many places of days */
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

const char *cchci_deadline_iso(const struct cchci_deadline *phrase, struct cchci_arena *arena)
{
    const struct cchci_date *date = &phrase->date;
    if (phrase->kind == CCHCI_TIME_RELATIVE || phrase->kind == CCHCI_TIME_RECURRING ||
        date->year <= 0)
        return NULL;
    if (phrase->kind != CCHCI_TIME_QUARTER && phrase->kind != CCHCI_TIME_DATETIME)
        return cchci_date_iso(date, arena);
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
    return cchci_arena_copy(arena, iso.text, iso.length);
}

const char *cchci_deadline_duration(const struct cchci_deadline *phrase, struct cchci_arena *arena)
{
    struct value duration;
    duration.length = 0;
    ADD_TEXT(&duration, phrase->unit == 'H' || phrase->unit == 'N' ? "PT" : "P");
    add_integer(&duration, phrase->amount, 1);
    add_sign(&duration, phrase->unit == 'N' ? 'M' : phrase->unit);
    return cchci_arena_copy(arena, duration.text, duration.length);
}

/* A list of small numbers for a rule: sorted, each once. */
struct numbers {
    int values[CCHCI_DEADLINE_DAYS];
    unsigned count;
};

static void add_number(struct numbers *numbers, int value)
{
    unsigned i = 0;
    while (i < numbers->count && numbers->values[i] < value)
        i++;
    if (numbers->count == CCHCI_DEADLINE_DAYS ||
        (i < numbers->count && numbers->values[i] == value))
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

/* The month of each quarter that a cycle has its days in. */
static void add_quarter_months(struct numbers *months, enum cchci_cycle cycle)
{
    int month = cycle == CCHCI_CYCLE_LAST_MONTH ? 3 : cycle == CCHCI_CYCLE_SECOND_MONTH ? 2 : 1;
    for (int quarter = 0; quarter < 4; quarter++)
        add_number(months, quarter * 3 + month);
}

const char *cchci_deadline_rule(const struct cchci_deadline *phrase, struct cchci_arena *arena)
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
        add_quarter_months(&months, phrase->cycle);
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
    return cchci_arena_copy(arena, rule.text, rule.length);
}
