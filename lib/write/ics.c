/* SPDX-License-Identifier: MIT */
/* Deadlines as a calendar (iCalendar, RFC 5545): a VTODO each, by libical.
 *
 *      SUMMARY      code: words of the deadline - subject
 *      DESCRIPTION  the clause that holds it; then code, date, agency and subject of the letter
 *      DUE          the last day on which it is kept, or the moment, in Vietnam's time
 *      RRULE        of a recurring one, with DTSTART, its first time from the letter's date on;
 *                   what is to be done before the day of the rule is told by the words
 *      UID          code, a hash of what makes the letter this letter, ordinal
 *      DTSTAMP      the letter's date, 1970-01-01 for a letter without one: the same letters give
 *                   the same bytes
 *
 * Relative deadlines have no day that the letter says: they are tasks without DUE, with their
 * words. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>

#include "values.h"
#include "writer.h"

#define TIME_ZONE "Asia/Ho_Chi_Minh"

/* Vietnam keeps UTC+7, the whole year, since 1975. */
static const char calendar_begin[] = "BEGIN:VCALENDAR\r\n"
                                     "VERSION:2.0\r\n"
                                     "PRODID:-//cchcparse//libcchcparse-write//VI\r\n"
                                     "CALSCALE:GREGORIAN\r\n"
                                     "BEGIN:VTIMEZONE\r\n"
                                     "TZID:" TIME_ZONE "\r\n"
                                     "BEGIN:STANDARD\r\n"
                                     "DTSTART:19750613T000000\r\n"
                                     "TZOFFSETFROM:+0700\r\n"
                                     "TZOFFSETTO:+0700\r\n"
                                     "TZNAME:+07\r\n"
                                     "END:STANDARD\r\n"
                                     "END:VTIMEZONE\r\n";

/* Times of a rule that are looked at for the first one: a daily rule has 366 in a year. */
#define RULE_STEPS 400

/* Bytes of the code that a UID begins with; the hash behind it makes it one of its kind. */
#define UID_CODE_LENGTH 40

/* ----------------------------------------------------------------------------------- tasks -- */

/* What all deadlines of a letter have in common. */
struct task_letter {
    const cchc_writer *writer;
    const cchc_letter *letter;
    const cchc_document *document;
    const cchc_code *code;
    const cchc_text *subject;
    struct cchci_day day; /* the letter's; the first of a month or year where no more is printed */
    bool dated;
    uint64_t hash;
    bool replaced; /* some character was */
};

/* "2022-09" and "2022" begin with their first day. */
static bool first_day(const char *iso, struct cchci_day *day)
{
    static const char whole[] = "0000-01-01";
    char text[sizeof whole];
    size_t length = iso != NULL ? strlen(iso) : 0;
    if (length < 4 || length >= sizeof whole)
        return cchci_day_read(iso, day);
    memcpy(text, whole, sizeof whole);
    memcpy(text, iso, length);
    return cchci_day_read(text, day);
}

static struct icaltimetype time_of_day(const struct cchci_day *day)
{
    struct icaltimetype time = icaltime_null_time();
    time.is_date = 1;
    time.year = day->year;
    time.month = day->month;
    time.day = day->day;
    return time;
}

static void add(icalcomponent *task, icalproperty *property, struct cchci_sink *sink)
{
    if (property == NULL)
        cchci_fail(sink, CCHC_NOMEM);
    else
        icalcomponent_add_property(task, property);
}

static void add_uid(icalcomponent *task, const struct task_letter *about, size_t index,
                    struct cchci_sink *sink)
{
    char code[UID_CODE_LENGTH + 1] = "letter", uid[UID_CODE_LENGTH + 64];
    if (about->code != NULL && about->code->text.length > 0) {
        struct cchci_characters characters =
            cchci_characters_of(about->code->text.data, about->code->text.length);
        size_t used = 0;
        uint32_t character;
        while (used < UID_CODE_LENGTH && cchci_characters_next(&characters, &character)) {
            bool plain = (character >= '0' && character <= '9') || character == '.' ||
                         ((character | 0x20) >= 'a' && (character | 0x20) <= 'z');
            code[used++] = character == 0x110 || character == 0x111 ? 'D'
                           : plain                                  ? (char)character
                                                                    : '-';
        }
        code[used] = '\0';
    }
    (void)snprintf(uid, sizeof uid, "%s-%016" PRIx64 "-%zu@cchcparse", code, about->hash,
                   index + 1);
    add(task, icalproperty_new_uid(uid), sink);
}

static void add_stamp(icalcomponent *task, const struct task_letter *about, struct cchci_sink *sink)
{
    static const struct cchci_day none = {1970, 1, 1};
    struct icaltimetype stamp = time_of_day(about->dated ? &about->day : &none);
    stamp.is_date = 0;
    stamp.zone = icaltimezone_get_utc_timezone();
    add(task, icalproperty_new_dtstamp(stamp), sink);
}

/* Gives the string to a property and frees it. */
static void add_string(icalcomponent *task, struct cchci_string *string,
                       icalproperty *(*property)(const char *), struct task_letter *about,
                       struct cchci_sink *sink)
{
    if (string->failed)
        cchci_fail(sink, CCHC_NOMEM);
    else if (string->length > 0)
        add(task, property(string->bytes), sink);
    about->replaced = about->replaced || string->replaced;
    free(string->bytes);
}

static void add_summary(icalcomponent *task, struct task_letter *about,
                        const cchc_deadline *deadline, struct cchci_sink *sink)
{
    struct cchci_string summary = {0};
    if (about->code != NULL && about->code->text.data != NULL) {
        cchci_string_add_text(&summary, &about->code->text);
        cchci_string_add_word(&summary, ": ");
    }
    cchci_string_add_text(&summary, &deadline->text);
    if (about->subject != NULL) {
        cchci_string_add_word(&summary, " - ");
        cchci_string_add_text(&summary, about->subject);
    }
    add_string(task, &summary, icalproperty_new_summary, about, sink);
}

static void add_description(icalcomponent *task, struct task_letter *about,
                            const cchc_deadline *deadline, struct cchci_sink *sink)
{
    struct cchci_string text = {0};
    size_t count = 0;
    const cchc_clause *clauses = cchc_document_clauses(about->document, &count);
    if (deadline->clause < count) {
        cchci_string_add_word(&text, clauses[deadline->clause].marker);
        cchci_string_add_word(&text, " ");
        cchci_string_add_text(&text, &clauses[deadline->clause].text);
    } else {
        cchci_string_add_text(&text, &deadline->text);
    }
    const cchc_agency *agency = cchc_document_agency(about->document);
    const cchc_promulgation *promulgation = cchc_document_promulgation(about->document);
    cchci_string_add_word(&text, "\n");
    cchci_string_add_line(&text, about->code != NULL ? &about->code->text : NULL);
    cchci_string_add_line(&text, promulgation != NULL ? &promulgation->date : NULL);
    cchci_string_add_line(&text, agency != NULL ? &agency->name : NULL);
    cchci_string_add_line(&text, about->subject);
    add_string(task, &text, icalproperty_new_description, about, sink);
}

static void add_due(icalcomponent *task, const struct task_letter *about,
                    const struct cchci_due *due, struct cchci_sink *sink)
{
    struct icaltimetype time = time_of_day(&due->day);
    if (due->timed) {
        time.is_date = 0;
        time.hour = due->hour;
        time.minute = due->minute;
    }
    if (!icaltime_is_valid_time(time)) {
        cchci_note(about->writer, about->letter, "due-out-of-range",
                   "the year %d is none that libical can write", due->day.year);
        return;
    }
    icalproperty *property = icalproperty_new_due(time);
    if (property != NULL && due->timed) {
        icalparameter *zone = icalparameter_new_tzid(TIME_ZONE);
        if (zone == NULL)
            cchci_fail(sink, CCHC_NOMEM);
        else
            icalproperty_add_parameter(property, zone);
    }
    add(task, property, sink);
}

/* The first time of the rule from the letter's day on. The walk begins with the year, since the
 * positions of a yearly rule (BYSETPOS) count from there. */
static bool first_time(struct icalrecurrencetype rule, const struct cchci_day *day,
                       struct icaltimetype *first)
{
    struct cchci_day new_year = {day->year, 1, 1};
    struct icaltimetype from = time_of_day(day);
    icalrecur_iterator *times = icalrecur_iterator_new(rule, time_of_day(&new_year));
    bool found = false;
    for (unsigned i = 0; times != NULL && i < RULE_STEPS && !found; i++) {
        *first = icalrecur_iterator_next(times);
        if (icaltime_is_null_time(*first))
            break;
        found = icaltime_compare_date_only(*first, from) >= 0;
    }
    if (times != NULL)
        icalrecur_iterator_free(times);
    return found;
}

static void add_rule(icalcomponent *task, const struct task_letter *about,
                     const cchc_deadline *deadline, struct cchci_sink *sink)
{
    struct icalrecurrencetype rule = icalrecurrencetype_from_string(deadline->rule);
    struct icaltimetype first;
    if (!about->dated) {
        cchci_note(about->writer, about->letter, "recurrence-without-start",
                   "a recurring task starts with the letter's date, which is not there");
    } else if (rule.freq != ICAL_NO_RECURRENCE && first_time(rule, &about->day, &first)) {
        add(task, icalproperty_new_dtstart(first), sink);
        add(task, icalproperty_new_rrule(rule), sink);
    }
}

/* Where the last 73 octets of a property have no blank, libical (3.0.16) folds its line between CR and LF.
 * Nothing else looks like that: no value has either of them. */
static void put_folded(struct cchci_sink *sink, const char *text)
{
    static const char torn[] = "\r\r\n \n", whole[] = "\r\n";
    const char *found;
    for (; (found = strstr(text, torn)) != NULL; text = found + sizeof torn - 1) {
        cchci_put(sink, text, (size_t)(found - text));
        cchci_put_string(sink, whole);
    }
    cchci_put_string(sink, text);
}

static void put_task(struct task_letter *about, const cchc_deadline *deadline, size_t index,
                     struct cchci_sink *sink)
{
    icalcomponent *task = icalcomponent_new(ICAL_VTODO_COMPONENT);
    if (task == NULL) {
        cchci_fail(sink, CCHC_NOMEM);
        return;
    }
    struct cchci_due due;
    icalerror_clear_errno();
    add_uid(task, about, index, sink);
    add_stamp(task, about, sink);
    add_summary(task, about, deadline, sink);
    add_description(task, about, deadline, sink);
    if (cchci_due_of(deadline, &due))
        add_due(task, about, &due, sink);
    else if (deadline->rule != NULL)
        add_rule(task, about, deadline, sink);
    /* A rule or a value that libical had no memory for is left out of the task, and this alone says so. */
    if (icalerrno == ICAL_NEWFAILED_ERROR)
        cchci_fail(sink, CCHC_NOMEM);
    char *text = sink->status == CCHC_OK ? icalcomponent_as_ical_string_r(task) : NULL;
    if (text != NULL)
        put_folded(sink, text);
    else
        cchci_fail(sink, CCHC_NOMEM);
    icalmemory_free_buffer(text);
    icalcomponent_free(task);
}

/* ---------------------------------------------------------------------------------- format -- */

static void begin(const cchc_writer *writer, struct cchci_sink *sink)
{
    (void)writer;
    cchci_put_string(sink, calendar_begin);
}

static void letter(const cchc_writer *writer, const cchc_letter *letter, struct cchci_sink *sink)
{
    const cchc_promulgation *promulgation = cchc_document_promulgation(letter->document);
    struct task_letter about = {
        .writer = writer,
        .letter = letter,
        .document = letter->document,
        .code = cchc_document_code(letter->document),
        .subject = cchc_document_text(letter->document, CCHC_SUBJECT),
        .hash = cchci_letter_hash(letter),
    };
    about.dated = promulgation != NULL && first_day(promulgation->iso, &about.day) &&
                  icaltime_is_valid_time(time_of_day(&about.day));
    size_t count = 0;
    const cchc_deadline *deadlines = cchc_document_deadlines(letter->document, &count);
    for (size_t i = 0; i < count && sink->status == CCHC_OK; i++)
        put_task(&about, &deadlines[i], i, sink);
    if (about.replaced)
        cchci_note(writer, letter, "character-replaced",
                   "a character that no calendar can hold became U+FFFD");
}

static void end(const cchc_writer *writer, struct cchci_sink *sink)
{
    (void)writer;
    cchci_put_string(sink, "END:VCALENDAR\r\n");
}

/* ICU's calendar, which libical counts recurrences with, is made at its first use. */
static void prepare(void)
{
    struct cchci_day day = {2020, 1, 1};
    struct icaltimetype first;
    (void)first_time(icalrecurrencetype_from_string("FREQ=MONTHLY;BYMONTHDAY=1"), &day, &first);
}

const struct cchci_writer_format cchci_ics_format = {
    .row = {"ics", CCHC_FORMAT_BATCH, ".ics", true},
    .begin = begin,
    .letter = letter,
    .end = end,
    .prepare = prepare,
};
