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
 *      deadlines_duration.c    a duration and its anchor
 *      deadlines_asked.c       the sentence around it */
#include "deadlines.h"

#include <string.h>

#include "base/limits.h"
#include "text/take.h"

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
            !cchci_deadline_is_asked(&reader, &phrase))
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
