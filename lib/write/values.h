/* SPDX-License-Identifier: MIT */
/* What several formats make of a record: characters that every format can hold, days, the
 * standards' codes of types and priorities, the key of a letter. */
#ifndef CCHCI_WRITE_VALUES_H
#define CCHCI_WRITE_VALUES_H

#include <cchcparse/write.h>

/* ---------------------------------------------------------------------------- characters -- */

/* A walk over the characters of any bytes. What not every format can hold becomes U+FFFD:
 * ill-formed sequences, what is no Char of XML 1.0, DEL and carriage returns (controls in
 * iCalendar). */
struct cchci_characters {
    const unsigned char *at, *end;
    bool replaced; /* some character was */
};

struct cchci_characters cchci_characters_of(const char *bytes, size_t length);

/* The next character; false at the end. */
bool cchci_characters_next(struct cchci_characters *characters, uint32_t *character);

/* Writes @p character as UTF-8 to @p bytes, which has room for 4; returns how many it took. */
size_t cchci_utf8(uint32_t character, char *bytes);

/* A string that grows, of such characters, with a closing NUL where it is not empty. Starts zeroed;
 * its owner frees the bytes. */
struct cchci_string {
    char *bytes;
    size_t length, room;
    bool failed;   /* memory ended; nothing more is added */
    bool replaced; /* as above */
};

void cchci_string_add(struct cchci_string *string, const char *bytes, size_t length);
void cchci_string_add_word(struct cchci_string *string, const char *word);      /* NULL: nothing */
void cchci_string_add_text(struct cchci_string *string, const cchc_text *text); /* NULL: nothing */

/* A text on a line of its own; nothing where there is none. */
void cchci_string_add_line(struct cchci_string *string, const cchc_text *text);

/* --------------------------------------------------------------------------------- dates -- */

struct cchci_day {
    int year, month, day;
};

/* A complete day "2020-12-22", with or without a time behind it; false for any other form, NULL,
 * and for a day that no calendar has. */
bool cchci_day_read(const char *iso, struct cchci_day *day);

/* How many days a month has. */
int cchci_days_of(int year, int month);

/* Below, at or above 0, as strcmp(). */
int cchci_day_compare(const struct cchci_day *a, const struct cchci_day *b);

/* The last moment at which a deadline is kept. */
struct cchci_due {
    struct cchci_day day;
    bool timed; /* with a time of the day, Vietnam's */
    int hour, minute;
};

/* `before` a day is the day before it, a period ends with its last day, `before` a period is the
 * day before its first; a time of day stays as printed. False for relative and recurring deadlines,
 * and where the year is unknown. */
bool cchci_due_of(const cchc_deadline *deadline, struct cchci_due *due);

/* The earliest due day of all the letter's deadlines; false where none has one. */
bool cchci_earliest_due(const cchc_document *document, struct cchci_day *day);

/* "2020-12-22" and, with other separators and orders, what the standards write. */
enum cchci_day_form {
    CCHCI_ISO_DAY,
    CCHCI_SLASHED_DAY /* 2020/12/22 */,
    CCHCI_PRINTED_DAY /* 22/12/2020 */
};
#define CCHCI_DAY_SIZE 16
const char *cchci_day_text(const struct cchci_day *day, enum cchci_day_form form,
                           char text[CCHCI_DAY_SIZE]);

/* ------------------------------------------------------------------------ types, priority -- */

/* A type of document: how people call it, and its codes in the standards (NULL: it has none). */
struct cchci_type_name {
    const char *slug, *vietnamese, *english;
    const char *edxml; /* QCVN 102:2016/BTTTT with SĐ1:2022, list B (administrative documents) */
    const char *tt05;  /* Thông tư 05/2025/TT-BNV, typeName */
};

/* NULL where the letter is no issued document. */
const struct cchci_type_name *cchci_type_of(const cchc_document *document);

/* The code of a priority (QCVN 102, 1.11): 0 where nothing is printed; NULL where what is printed
 * is none of the standard's marks. */
const char *cchci_priority_code(const cchc_document *document);

/* ----------------------------------------------------------------------------- the letter -- */

/* The document is normative (văn bản quy phạm pháp luật). */
bool cchci_is_normative(const cchc_document *document);

/* A hash of what makes a letter this letter: its agency, code, date and subject, and, where it has
 * no code, where it was found. */
uint64_t cchci_letter_hash(const cchc_letter *letter);

#endif
