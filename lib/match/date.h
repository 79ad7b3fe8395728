/* SPDX-License-Identifier: MIT */
/* Dates and hours as letters print them, for all fields that have one. */
#ifndef CCHCI_DATE_H
#define CCHCI_DATE_H

#include "text/flow.h"

/* A date of which parts may be missing. */
struct cchci_date {
    int year, month, day; /* 0: not there; -1: there but not readable */
    uint32_t begin, end;  /* places in the flow */
};

/* "ngày 22 tháng 12 năm 2020" and "ngày 22/12/2020", "22-12-2020", "22.12.2020", "tháng 9 năm
 * 2022", "tháng 9/2022", "năm 2022"; with glued words (ngày5tháng11), blanks left open (ngày
 * tháng 9 năm 2022, dots and underscores too), spaced digits (2 4) and the look-alikes l I | for 1
 * and O o for 0. Reads at `at` exactly; what follows is not looked at. False: no date there. A day
 * without a month is none; "25/9" is one without a year. No calendar need have it. */
bool cchci_date_read(const struct cchci_flow *flow, uint32_t at, struct cchci_date *date);

/* The same for "ngày 22 tháng 12 năm 2020" alone, with sound words and nothing left out. */
bool cchci_date_read_sound(const struct cchci_flow *flow, uint32_t at, struct cchci_date *date);

/* The same for a date whose words are damaged, at the end of [begin, end) as a heading has it: its
 * year is sound, and "ngày … tháng … năm" stands before it within the edit cost of that anchor;
 * what stands between is a number, nothing, or unreadable. */
bool cchci_date_read_damaged(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                             struct cchci_date *date, unsigned *cost);

/* Whether the calendar has the parts that are there. */
bool cchci_date_possible(const struct cchci_date *date);

/* Takes off a date the parts that the calendar has not: the day, and a month above twelve. False: it
 * has all. */
bool cchci_date_reduce(struct cchci_date *date);

/* "2020-12-22", "2022-09", "2022" by the parts that are there, from the year down; NULL without a
 * year. */
const char *cchci_date_iso(const struct cchci_date *date, struct cchci_arena *arena);

/* Reads "YYYY", "YYYY-MM" or "YYYY-MM-DD". */
bool cchci_date_from_iso(const char *iso, struct cchci_date *date);

/* Whether a year may be one that a letter speaks of. */
static inline bool cchci_year_is_plausible(int year)
{
    return year >= 1930 && year <= 2100;
}

/* Over a place that was left open: dots, underscores, ellipses, blanks. Like all here it may look at
 * the flow's slack. */
static inline uint32_t cchci_skip_open(const struct cchci_flow *flow, uint32_t at)
{
    for (;;) {
        unsigned char key = flow->key[at];
        if (key != ' ' && key != '.' && key != '_' && key != CCHCI_KEY_ELLIPSIS)
            return at;
        at++;
    }
}

/* One more than each key is as a digit, look-alikes and all; 0: none. */
extern const unsigned char cchci_digits[256];

int cchci_number_read_from(const struct cchci_flow *flow, uint32_t *at, int most);

/* A number of at most `most` digits at *at, look-alikes and all; moves on. -1: none there. */
static inline int cchci_number_read(const struct cchci_flow *flow, uint32_t *at, int most)
{
    return cchci_digits[flow->key[*at]] == 0 ? -1 : cchci_number_read_from(flow, at, most);
}

#endif
