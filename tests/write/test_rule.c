/* SPDX-License-Identifier: MIT */
/* The first day of a rule: by hand, and by libical, over rules of all shapes that records have and
 * days of the years in which something happens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#ifdef HAVE_ICAL
#include <libical/ical.h>
#endif

#include "../../lib/write/rule.h"

static void by_hand(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *from, *first; /* NULL: the rule has no day, or is none */
    } rows[] = {
        {"FREQ=DAILY", "2024-02-29", "2024-02-29"},
        {"FREQ=WEEKLY;BYDAY=FR", "2025-03-03", "2025-03-07"},
        {"FREQ=WEEKLY;BYDAY=SU", "2024-12-30", "2025-01-05"},
        {"FREQ=MONTHLY", "2025-03-03", "2025-04-01"},
        {"FREQ=MONTHLY;BYMONTHDAY=25", "2025-03-25", "2025-03-25"},
        {"FREQ=MONTHLY;BYMONTHDAY=31", "2025-04-01", "2025-05-31"},
        {"FREQ=MONTHLY;BYMONTHDAY=-1", "2024-02-03", "2024-02-29"},
        {"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2024-06-29", "2024-07-31"},
        {"FREQ=YEARLY", "2025-01-02", "2026-01-01"},
        {"FREQ=YEARLY;BYMONTH=6,11;BYMONTHDAY=1,15;BYSETPOS=1,4", "2024-06-02", "2024-11-15"},
        {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2096-03-01", "2104-02-29"},
        {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2025-01-01", NULL},
        {"FREQ=HOURLY", "2025-01-01", NULL},
        {"FREQ=DAILY;FREQ=DAILY", "2025-01-01", NULL},
        {"FREQ=DAILY;COUNT=3", "2025-01-01", NULL},
        {"BYMONTH=2", "2025-01-01", NULL},
        {"", "2025-01-01", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cchci_rule rule;
        struct cchci_day from, first;
        char text[CCHCI_DAY_SIZE];
        assert_true(cchci_day_read(rows[i].from, &from));
        bool found = cchci_rule_read(rows[i].rule, &rule) && cchci_rule_first(&rule, &from, &first);
        if (found != (rows[i].first != NULL))
            fail_msg("%s from %s", rows[i].rule, rows[i].from);
        if (found)
            assert_string_equal(cchci_day_text(&first, CCHCI_ISO_DAY, text), rows[i].first);
    }
}

#ifdef HAVE_ICAL
/* Times that libical is asked for: a daily rule has 366 in a year. */
enum { STEPS = 400 };

static bool first_of_libical(const char *text, const struct cchci_day *from,
                             struct cchci_day *first)
{
    struct icaltimetype time = icaltime_null_time();
    time.is_date = 1;
    time.year = from->year;
    time.month = time.day = 1;
    icalrecur_iterator *times = icalrecur_iterator_new(icalrecurrencetype_from_string(text), time);
    bool found = false;
    for (int i = 0; times != NULL && i < STEPS && !found; i++) {
        time = icalrecur_iterator_next(times);
        if (icaltime_is_null_time(time))
            break;
        *first = (struct cchci_day){time.year, time.month, time.day};
        found = cchci_day_compare(first, from) >= 0;
    }
    if (times != NULL)
        icalrecur_iterator_free(times);
    return found;
}

static void by_libical(void **state)
{
    (void)state;
    static const char *const bases[] = {
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=SU",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYMONTHDAY=10,25",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=11",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5",
        "FREQ=YEARLY;BYMONTH=6,11;BYMONTHDAY=1,15;BYSETPOS=1,4",
        "FREQ=YEARLY;BYMONTH=3,6,9;BYMONTHDAY=10,31;BYSETPOS=2,-1",
        "FREQ=YEARLY;BYMONTH=12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    };
    static const int years[] = {2000, 2024, 2025, 2096};
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++)
        for (size_t j = 0; j < sizeof years / sizeof years[0]; j++)
            for (struct cchci_day from = {years[j], 1, 1}; from.month <= 12; from.day += 5) {
                struct cchci_rule rule;
                struct cchci_day wanted, first;
                if (from.day > cchci_days_of(from.year, from.month)) {
                    from.day = 1 - 5 + (from.month++) % 5;
                    continue;
                }
                assert_true(cchci_rule_read(bases[i], &rule));
                bool found = cchci_rule_first(&rule, &from, &first);
                if (found != first_of_libical(bases[i], &from, &wanted) ||
                    (found && cchci_day_compare(&first, &wanted) != 0))
                    fail_msg("%s from %d-%d-%d", bases[i], from.year, from.month, from.day);
            }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
#ifdef HAVE_ICAL
        cmocka_unit_test(by_libical),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
