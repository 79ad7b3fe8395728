/* SPDX-License-Identifier: MIT */
/* The first day of a rule.
 *
 * A rule's days are those that all its parts let pass; in a period (the year, the month) BYSETPOS
 * takes some of them by their number, from the period's end where it is negative. So a period is
 * gone through day by day: once to count, once to choose. Nothing is allocated, and there is an
 * end: what has not come in FIRST_YEARS never comes. */
#include <string.h>

#include "rule.h"

/* 29 February is away eight years around 2100, and a day that is asked for here may be past in its
 * own first year. */
#define FIRST_YEARS 9

static const char *const names[CCHCI_RULE_PARTS] = {
    "FREQ=", "BYDAY=", "BYMONTHDAY=", "BYMONTH=", "BYSETPOS=",
};

const char *cchci_rule_name(enum cchci_rule_part part)
{
    return names[part];
}

static bool part_is(const struct cchci_rule *rule, enum cchci_rule_part part, const char *word)
{
    return rule->part[part].length == strlen(word) &&
           memcmp(rule->part[part].text, word, rule->part[part].length) == 0;
}

bool cchci_rule_read(const char *text, struct cchci_rule *rule)
{
    memset(rule, 0, sizeof *rule);
    for (size_t length; *text != '\0'; text += length + (text[length] == ';')) {
        length = strcspn(text, ";");
        size_t part = 0;
        while (part < CCHCI_RULE_PARTS && strncmp(text, names[part], strlen(names[part])) != 0)
            part++;
        if (part == CCHCI_RULE_PARTS || rule->part[part].text != NULL)
            return false;
        size_t name = strlen(names[part]);
        rule->part[part].text = text + name;
        rule->part[part].length = length - name;
    }
    return part_is(rule, CCHCI_RULE_FREQUENCY, "YEARLY") ||
           part_is(rule, CCHCI_RULE_FREQUENCY, "MONTHLY") ||
           part_is(rule, CCHCI_RULE_FREQUENCY, "WEEKLY") ||
           part_is(rule, CCHCI_RULE_FREQUENCY, "DAILY");
}

/* Whether a part's list has the word. */
static bool lists(const struct cchci_rule *rule, enum cchci_rule_part part, const char *word)
{
    const char *at = rule->part[part].text, *end = at + rule->part[part].length;
    size_t length = strlen(word);
    while (at < end) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *after = comma != NULL ? comma : end;
        if ((size_t)(after - at) == length && memcmp(at, word, length) == 0)
            return true;
        at = after + (comma != NULL);
    }
    return false;
}

/* The same of a number, as the records write it. */
static bool lists_number(const struct cchci_rule *rule, enum cchci_rule_part part, int number)
{
    char word[8], *at = word + sizeof word;
    unsigned rest = number < 0 ? (unsigned)-number : (unsigned)number;
    *--at = '\0';
    for (; rest > 0 && at > word + 1; rest /= 10)
        *--at = (char)('0' + rest % 10);
    if (number < 0)
        *--at = '-';
    return lists(rule, part, at);
}

/* 0 is Sunday. Leap days since March of the year 0: Gauss' way. */
static unsigned weekday_of(const struct cchci_day *day)
{
    static const int before[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    int year = day->year - (day->month < 3);
    return (unsigned)(year + year / 4 - year / 100 + year / 400 + before[day->month - 1] +
                      day->day) %
           7;
}

/* All parts but the positions. */
static bool passes(const struct cchci_rule *rule, const struct cchci_day *day)
{
    static const char *const weekdays[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
    bool has_weekdays = rule->part[CCHCI_RULE_WEEKDAYS].text != NULL;
    bool has_days = rule->part[CCHCI_RULE_DAYS].text != NULL;
    bool has_months = rule->part[CCHCI_RULE_MONTHS].text != NULL;
    bool yearly = part_is(rule, CCHCI_RULE_FREQUENCY, "YEARLY");
    if (has_weekdays && !lists(rule, CCHCI_RULE_WEEKDAYS, weekdays[weekday_of(day)]))
        return false;
    if (has_days && !lists_number(rule, CCHCI_RULE_DAYS, day->day) &&
        !lists_number(rule, CCHCI_RULE_DAYS, day->day - cchci_days_of(day->year, day->month) - 1))
        return false;
    if (has_months && !lists_number(rule, CCHCI_RULE_MONTHS, day->month))
        return false;
    if (has_weekdays || has_days || part_is(rule, CCHCI_RULE_FREQUENCY, "DAILY"))
        return true;
    return day->day == 1 && (has_months || !yearly || day->month == 1);
}

static bool next_day(struct cchci_day *day)
{
    if (++day->day <= cchci_days_of(day->year, day->month))
        return true;
    day->day = 1;
    if (++day->month <= 12)
        return true;
    day->month = 1;
    day->year++;
    return false;
}

/* Goes through the period that begins with *day, and leaves the next one's first day there. *count
 * is how many days of the rule it has, found by a walk without `from`; with it, the first of them
 * from there on is looked for. */
static bool walk(const struct cchci_rule *rule, struct cchci_day *day, int *count,
                 const struct cchci_day *from, struct cchci_day *first)
{
    bool yearly = part_is(rule, CCHCI_RULE_FREQUENCY, "YEARLY"), found = false, within = true;
    int total = *count, number = 0;
    for (int month = day->month; within && (yearly || day->month == month);
         within = next_day(day)) {
        if (!passes(rule, day))
            continue;
        number++;
        if (from == NULL || found || cchci_day_compare(day, from) < 0)
            continue;
        if (rule->part[CCHCI_RULE_POSITIONS].text != NULL &&
            !lists_number(rule, CCHCI_RULE_POSITIONS, number) &&
            !lists_number(rule, CCHCI_RULE_POSITIONS, number - total - 1))
            continue;
        *first = *day;
        found = true;
    }
    *count = number;
    return found;
}

bool cchci_rule_first(const struct cchci_rule *rule, const struct cchci_day *from,
                      struct cchci_day *first)
{
    struct cchci_day day = {from->year, 1, 1};
    while (day.year < from->year + FIRST_YEARS) {
        struct cchci_day again = day;
        int count = 0;
        (void)walk(rule, &day, &count, NULL, NULL);
        if (walk(rule, &again, &count, from, first))
            return true;
    }
    return false;
}
