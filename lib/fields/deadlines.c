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
 *      deadlines_asked.c       the sentence around it
 *      deadlines_value.c       the values of the record */
#include "deadlines.h"

static const char *const kind_names[] = {"date", "datetime", "month",    "quarter",
                                         "year", "relative", "recurring"};

/* The first such day not before the letter's own date, where it has one: what is asked
 * lies ahead. */
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

/* Whether the calendar has the day, or each day of those that come again. */
static bool is_possible(const struct cchci_deadline *phrase)
{
    if (phrase->kind != CCHCI_TIME_RECURRING)
        return phrase->kind == CCHCI_TIME_RELATIVE || cchci_date_possible(&phrase->date);
    for (unsigned i = 0; i < phrase->day_count || i < 1; i++)
        if (!cchci_date_possible(
                &(struct cchci_date){.month = phrase->months[i], .day = phrase->days[i]}))
            return false;
    return true;
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
    if (!is_possible(phrase)) {
        cchci_diagnose(parse, CCHCI_DATE_IMPOSSIBLE, NULL, reader->flow, phrase->begin,
                       phrase->end);
    } else if (phrase->kind == CCHCI_TIME_RECURRING && phrase->days_cut) {
        cchci_diagnose(parse, CCHCI_LIMIT_ITEMS, "A deadline has more days than the limit.",
                       reader->flow, phrase->begin, phrase->end);
    } else if (phrase->kind == CCHCI_TIME_RECURRING) {
        deadline->rule = cchci_deadline_rule(phrase, parse->arena);
        if (deadline->rule == NULL)
            cchci_diagnose(parse, CCHCI_RULE_UNKNOWN, NULL, reader->flow, phrase->begin,
                           phrase->end);
    } else if (phrase->kind == CCHCI_TIME_RELATIVE) {
        if (phrase->amount > 0) {
            deadline->duration = cchci_deadline_duration(phrase, parse->arena);
            deadline->working_days = phrase->unit == 'D' && phrase->working;
        }
        if (phrase->has_anchor) {
            if (phrase->amount > 0)
                deadline->direction = phrase->backwards ? "before" : "after";
            deadline->anchor = cchci_flow_string(reader->flow, phrase->anchor_begin,
                                                 phrase->anchor_end, CCHCI_WORDS);
            if (phrase->anchor_cut)
                cchci_diagnose(parse, CCHCI_LIMIT_VALUE, NULL, reader->flow, phrase->anchor_begin,
                               phrase->anchor_end);
        }
    } else {
        deadline->iso = cchci_deadline_iso(phrase, parse->arena);
        if (deadline->iso == NULL)
            cchci_diagnose(parse, CCHCI_YEAR_UNKNOWN, NULL, reader->flow, phrase->begin,
                           phrase->end);
        else if (phrase->kind == CCHCI_TIME_DATE && phrase->date.day <= 0)
            cchci_diagnose(parse, phrase->date.day < 0 ? CCHCI_DATE_UNREADABLE : CCHCI_DATE_PARTIAL,
                           NULL, reader->flow, phrase->begin, phrase->end);
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
    uint32_t days_end = 0;
    struct cchci_deadline_reader reader = {parse, &parse->layout->body.flow, 0, &days_end};
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
