/* SPDX-License-Identifier: MIT */
/* Deadlines as a calendar (iCalendar, RFC 5545): a VTODO each.
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
 * words.
 *
 * A property is a line, folded where it is long. libical is not asked to write it: where memory
 * ends it follows null pointers, and ICU, which it counts recurrences with, waits for itself for
 * ever. In the tests it reads what is written here. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rule.h"
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

/* The last year that the readers of calendars at hand take (libical's bound). */
#define LAST_YEAR 3000

/* Octets of a line before its end (RFC 5545, 3.1, has 75 with the blank that continues one). */
#define LINE_LENGTH 74u

/* Bytes of the code that a UID begins with; the hash behind it makes it one of its kind. */
#define UID_CODE_LENGTH 40

/* ----------------------------------------------------------------------------------- lines -- */

/* Where the line that begins with `text` ends: behind its last mark or blank, else between two
 * characters. */
static size_t line_end(const char *text, size_t length)
{
    if (length + 1 < LINE_LENGTH)
        return length;
    for (size_t i = LINE_LENGTH - 1; i > 0; i--)
        if (i < length && (text[i] == ';' || text[i] == ':' || text[i] == ' '))
            return i + 1;
    if (length <= LINE_LENGTH)
        return length;
    size_t end = LINE_LENGTH;
    while (((unsigned char)text[end] & 0xC0) == 0x80)
        end--;
    return end;
}

/* Writes a property and frees it. */
static void put_line(struct cchci_sink *sink, struct cchci_string *line)
{
    const char *at = line->bytes;
    if (line->failed)
        cchci_fail(sink, CCHC_NOMEM);
    for (size_t left = line->length, length; left > 0; left -= length, at += length) {
        length = line_end(at, left);
        cchci_put(sink, at, length);
        cchci_put_string(sink, length < left ? "\r\n " : "\r\n");
    }
    free(line->bytes);
}

/* A value of the type TEXT: name and escaped text. Frees the text; where it is empty there is no
 * property. */
static void put_text(struct cchci_sink *sink, const char *name, struct cchci_string *text)
{
    struct cchci_string line = {.failed = text->failed};
    if (text->length > 0)
        cchci_string_add_word(&line, name);
    for (const char *at = text->length > 0 ? text->bytes : "", *end = at + text->length;
         at < end;) {
        size_t plain = strcspn(at, "\n;,\\");
        cchci_string_add(&line, at, plain);
        at += plain;
        if (at == end)
            break;
        cchci_string_add_word(&line, "\\");
        cchci_string_add(&line, *at == '\n' ? "n" : at, 1);
        at++;
    }
    free(text->bytes);
    put_line(sink, &line);
}

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

static void put_day(struct cchci_sink *sink, const char *name, const struct cchci_day *day)
{
    /* Digits that a day has by its invariant, said so that the compiler can count them. */
    char line[64];
    (void)snprintf(line, sizeof line, "%s%04d%02d%02d", name, day->year % 10000, day->month % 100,
                   day->day % 100);
    cchci_put_string(sink, line);
}

static void put_uid(struct cchci_sink *sink, const struct task_letter *about, size_t index)
{
    char code[UID_CODE_LENGTH + 1] = "letter", uid[UID_CODE_LENGTH + 64];
    struct cchci_string line = {0};
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
    (void)snprintf(uid, sizeof uid, "UID:%s-%016" PRIx64 "-%zu@cchcparse", code, about->hash,
                   index + 1);
    cchci_string_add_word(&line, uid);
    put_line(sink, &line);
}

static void put_stamp(struct cchci_sink *sink, const struct task_letter *about)
{
    static const struct cchci_day none = {1970, 1, 1};
    put_day(sink, "DTSTAMP:", about->dated ? &about->day : &none);
    cchci_put_string(sink, "T000000Z\r\n");
}

static void put_summary(struct cchci_sink *sink, struct task_letter *about,
                        const cchc_deadline *deadline)
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
    about->replaced = about->replaced || summary.replaced;
    put_text(sink, "SUMMARY:", &summary);
}

static void put_description(struct cchci_sink *sink, struct task_letter *about,
                            const cchc_deadline *deadline)
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
    about->replaced = about->replaced || text.replaced;
    put_text(sink, "DESCRIPTION:", &text);
}

static void put_due(struct cchci_sink *sink, const struct task_letter *about,
                    const struct cchci_due *due)
{
    char time[32] = "";
    if (due->day.year > LAST_YEAR) {
        cchci_note(about->writer, about->letter, "due-out-of-range",
                   "the year %d is none that calendars have", due->day.year);
        return;
    }
    if (due->timed)
        (void)snprintf(time, sizeof time, "T%02d%02d00", due->hour % 100, due->minute % 100);
    put_day(sink, due->timed ? "DUE;TZID=" TIME_ZONE ":" : "DUE;VALUE=DATE:", &due->day);
    cchci_put_string(sink, time);
    cchci_put_string(sink, "\r\n");
}

/* The first time is the rule's first day from the letter's date on. */
static void put_rule(struct cchci_sink *sink, const struct task_letter *about, const char *text)
{
    struct cchci_rule rule;
    struct cchci_day first;
    struct cchci_string line = {0};
    if (!about->dated) {
        cchci_note(about->writer, about->letter, "recurrence-without-start",
                   "a recurring task starts with the letter's date, which is not there");
        return;
    }
    if (!cchci_rule_read(text, &rule) || !cchci_rule_first(&rule, &about->day, &first))
        return;
    put_day(sink, "DTSTART;VALUE=DATE:", &first);
    cchci_put_string(sink, "\r\n");
    cchci_string_add_word(&line, "RRULE:");
    for (enum cchci_rule_part part = 0; part < CCHCI_RULE_PARTS; part++) {
        if (rule.part[part].text == NULL)
            continue;
        cchci_string_add_word(&line, part > 0 ? ";" : "");
        cchci_string_add_word(&line, cchci_rule_name(part));
        cchci_string_add(&line, rule.part[part].text, rule.part[part].length);
    }
    put_line(sink, &line);
}

static void put_task(struct cchci_sink *sink, struct task_letter *about,
                     const cchc_deadline *deadline, size_t index)
{
    struct cchci_due due;
    cchci_put_string(sink, "BEGIN:VTODO\r\n");
    put_uid(sink, about, index);
    put_stamp(sink, about);
    put_summary(sink, about, deadline);
    put_description(sink, about, deadline);
    if (cchci_due_of(deadline, &due))
        put_due(sink, about, &due);
    else if (deadline->rule != NULL)
        put_rule(sink, about, deadline->rule);
    cchci_put_string(sink, "END:VTODO\r\n");
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
                  about.day.year <= LAST_YEAR;
    size_t count = 0;
    const cchc_deadline *deadlines = cchc_document_deadlines(letter->document, &count);
    for (size_t i = 0; i < count && sink->status == CCHC_OK; i++)
        put_task(sink, &about, &deadlines[i], i);
    if (about.replaced)
        cchci_note(writer, letter, "character-replaced",
                   "a character that no calendar can hold became U+FFFD");
}

static void end(const cchc_writer *writer, struct cchci_sink *sink)
{
    (void)writer;
    cchci_put_string(sink, "END:VCALENDAR\r\n");
}

const struct cchci_writer_format cchci_ics_format = {
    .row = {"ics", CCHC_FORMAT_BATCH, ".ics", true},
    .begin = begin,
    .letter = letter,
    .end = end,
};
