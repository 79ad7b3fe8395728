/* SPDX-License-Identifier: MIT */
/* Dates as letters print them and as scanners damage them. */
#include "decoding.h"

#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "match/date.h"
#include "text/flow.h"

static const struct row {
    const char *text;
    int year, month, day; /* 0: not there, -1: unreadable */
    const char *rest;     /* what follows the date; NULL: no date */
} rows[] = {
    {"ngày 22 tháng 12 năm 2020", 2020, 12, 22, ""},
    {"Ngày 5 tháng 01 năm 2021, tại", 2021, 1, 5, ", tại"},
    {"ngày 22/12/2020 của", 2020, 12, 22, " của"},
    {"ngày 32/12/2020", 2020, 12, 32, ""},
    {"ngày 12/13/2020 của", 2020, 13, 12, " của"},
    {"ngày 22-12-2020", 2020, 12, 22, ""},
    {"22.12.2020", 2020, 12, 22, ""},
    {"30 tháng 9 năm 2022", 2022, 9, 30, ""},
    {"ngày5tháng11năm2022", 2022, 11, 5, ""},
    {"ngày l7 tháng l2 năm 2O21", 2021, 12, 17, ""},
    {"ngày 14/1 1/2017 và", 2017, 11, 14, " và"},
    {"ngày 2 4 tháng 3 năm 2020", 2020, 3, 24, ""},
    {"ngày 25/9 về", 0, 9, 25, " về"},
    {"ngày 05 tháng 01;", 0, 1, 5, ";"},
    {"tháng 9 năm 2022", 2022, 9, 0, ""},
    {"tháng 12/2027.", 2027, 12, 0, "."},
    {"năm 2022", 2022, 0, 0, ""},
    {"ngày     tháng 9 năm 2022", 2022, 9, 0, ""},
    {"ngày ... tháng ... năm 2022", 2022, 0, 0, ""},
    {"ngày ___ tháng 9 năm 2022", 2022, 9, 0, ""},
    {"ngày @3 tháng 01 năm 2025", 2025, 1, -1, ""},
    {"ng y 07 th ng 04 n m 2014", 2014, 4, 7, ""},
    {"ngày 1 tháng 1 hằng năm", 0, 1, 1, " hằng năm"},
    {"ngày 5 tháng 6 và ngày 7", 0, 6, 5, " và ngày 7"},
    {"ngày nhận được", 0, 0, 0, NULL},
    {"32/12/2020", 0, 0, 0, NULL},
    {"ngày 32/12", 0, 0, 0, NULL},
    {"ngày 0/13/2020", 0, 0, 0, NULL},
    {"năm học mới", 0, 0, 0, NULL},
    {"2-3 ngày", 0, 0, 0, NULL},
    {"1.2 Mục", 0, 0, 0, NULL},
};

static void reads_what_is_printed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *row = &rows[i];
        struct decoded d;
        struct cchci_flow flow;
        struct cchci_date date;
        decode(&d, row->text, strlen(row->text));
        struct cchci_piece piece = {.begin = 0, .end = d.text.count};
        cchci_flow_build(&flow, &d.text, &d.arena, &piece, 1);
        bool found = cchci_date_read(&flow, 0, &date);
        if (found != (row->rest != NULL))
            fail_msg("%s: %s", row->text, found ? "a date was read" : "no date was read");
        if (found) {
            const char *rest = cchci_flow_string(&flow, date.end, flow.length, CCHCI_WORDS);
            const char *want = row->rest[0] == ' ' ? row->rest + 1 : row->rest;
            if (date.year != row->year || date.month != row->month || date.day != row->day ||
                strcmp(rest != NULL ? rest : "", want) != 0)
                fail_msg("%s: %d-%d-%d, then \"%s\"", row->text, date.year, date.month, date.day,
                         rest != NULL ? rest : "");
        }
        decoded_free(&d);
    }
}

static void knows_the_calendar(void **state)
{
    (void)state;
    assert_true(cchci_date_possible(&(struct cchci_date){.year = 2024, .month = 2, .day = 29}));
    assert_false(cchci_date_possible(&(struct cchci_date){.year = 2023, .month = 2, .day = 29}));
    assert_true(cchci_date_possible(&(struct cchci_date){.month = 2, .day = 29}));
    assert_false(cchci_date_possible(&(struct cchci_date){.year = 2023, .month = 4, .day = 31}));
    assert_false(cchci_date_possible(&(struct cchci_date){.year = 2023, .month = 13}));
}

static void reads_iso(void **state)
{
    (void)state;
    struct cchci_date date;
    assert_true(cchci_date_from_iso("2020-12-22", &date));
    assert_int_equal(date.day, 22);
    assert_true(cchci_date_from_iso("2020-12", &date));
    assert_int_equal(date.day, 0);
    assert_true(cchci_date_from_iso("2020", &date));
    assert_int_equal(date.month, 0);
    assert_false(cchci_date_from_iso("", &date));
    assert_false(cchci_date_from_iso("12/2020", &date));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_is_printed),
        cmocka_unit_test(knows_the_calendar),
        cmocka_unit_test(reads_iso),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
