/* SPDX-License-Identifier: MIT */
/* A recurring deadline's rule (RFC 5545, RECUR), of the parts that records have: FREQ first, then
 * BYDAY, BYMONTHDAY, BYMONTH and BYSETPOS in any order, each once at most. */
#ifndef CCHCI_WRITE_RULE_H
#define CCHCI_WRITE_RULE_H

#include "values.h"

/* In the order in which they are written. */
enum cchci_rule_part {
    CCHCI_RULE_FREQUENCY,
    CCHCI_RULE_WEEKDAYS,
    CCHCI_RULE_DAYS,
    CCHCI_RULE_MONTHS,
    CCHCI_RULE_POSITIONS,
    CCHCI_RULE_PARTS
};

/* Points into the text that it was read from. */
struct cchci_rule {
    struct {
        const char *text; /* NULL: the rule has no such part */
        size_t length;
    } part[CCHCI_RULE_PARTS];
};

/* False where the text has another part, or a part twice, or a frequency that is none of YEARLY,
 * MONTHLY, WEEKLY and DAILY. */
bool cchci_rule_read(const char *text, struct cchci_rule *rule);

/* The part's name and "=". */
const char *cchci_rule_name(enum cchci_rule_part part);

/* The rule's first day from @p from on; false where it has none. A year's and a month's rule
 * without days means their first. */
bool cchci_rule_first(const struct cchci_rule *rule, const struct cchci_day *from,
                      struct cchci_day *first);

#endif
