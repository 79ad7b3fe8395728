/* SPDX-License-Identifier: MIT */
/* Deadlines: what is known of one while it is read, and what the files of the field ask of each
 * other. What reads at *at moves it behind what was read; where it returns false, it does not. */
#ifndef CCHCI_DEADLINES_H
#define CCHCI_DEADLINES_H

#include "base/limits.h"
#include "fields.h"
#include "match/date.h"
#include "match/phrases.h"
#include "text/eight.h"

/* The words that open a deadline, in the order of their PHRASES (patterns.def). */
enum cchci_opener {
    CCHCI_OPENER_LATEST,   /* chậm nhất */
    CCHCI_OPENER_BEFORE,   /* trước */
    CCHCI_OPENER_UNTIL,    /* đến hết */
    CCHCI_OPENER_AT_MOST,  /* không quá */
    CCHCI_OPENER_WITHIN,   /* trong */
    CCHCI_OPENER_AT_LEAST, /* ít nhất */
    CCHCI_OPENER_ON_DAY,   /* vào, ngày, thứ Hai hàng tuần */
    CCHCI_OPENER_TERM      /* hạn chót */
};

enum cchci_time_kind {
    CCHCI_TIME_DATE,
    CCHCI_TIME_DATETIME,
    CCHCI_TIME_MONTH,
    CCHCI_TIME_QUARTER,
    CCHCI_TIME_YEAR,
    CCHCI_TIME_RELATIVE, /* a duration */
    CCHCI_TIME_RECURRING
};

/* First in the order of the groups of CCHCI_PATTERN_DEADLINE_CYCLE, from 1. */
enum cchci_cycle {
    CCHCI_CYCLE_NONE,
    CCHCI_CYCLE_YEARLY,
    CCHCI_CYCLE_FIRST_MONTH, /* of the quarter */
    CCHCI_CYCLE_SECOND_MONTH,
    CCHCI_CYCLE_LAST_MONTH,
    CCHCI_CYCLE_MONTHLY,
    CCHCI_CYCLE_QUARTERLY, /* a day of the quarter itself */
    CCHCI_CYCLE_OTHER,     /* no rule can say it */
    CCHCI_CYCLE_WEEKLY,
    CCHCI_CYCLE_DAILY
};

/* Days of a month that are no numbers. */
enum { CCHCI_LAST_DAY = -1, CCHCI_LAST_WORKING_DAY = -2 };

/* A phrase that may be a deadline; places of the flow. */
struct cchci_deadline {
    enum cchci_opener opener;
    enum cchci_time_kind kind;
    const char *bound;         /* as the record has it; NULL: none */
    uint32_t begin, end;       /* while only the opener is known, that */
    struct cchci_date date;    /* year 0: not told; of a quarter its last month */
    int quarter, hour, minute; /* hour -1: none */
    enum cchci_cycle cycle;
    signed char days[CCHCI_DEADLINE_DAYS], months[CCHCI_DEADLINE_DAYS]; /* of a recurring one */
    unsigned day_count;
    bool days_cut;              /* there are more of them */
    int weekday;                /* 1 Sunday … 7 Saturday, as Vietnamese counts; 0: none */
    int amount;                 /* of a relative one, in units; 0: told elsewhere */
    char unit;                  /* Y M W D H N (minutes) */
    bool working;               /* days are working days */
    bool has_anchor, backwards; /* counts from what the anchor says; back from it */
    bool vague;      /* "trong thời gian", which as often tells how long something lasts */
    bool anchor_cut; /* it is longer than a value may be */
    uint32_t anchor_begin, anchor_end;
};

/* The body in which deadlines are looked for. */
struct cchci_deadline_reader {
    struct cchci_parse *parse;
    const struct cchci_flow *flow;
    uint32_t last_end;  /* of the last deadline; 0: none yet */
    uint32_t *days_end; /* so far the last list of days goes that is longer than the limit */
};

/* The first match of a pattern in [from, to), at `from` where the pattern is anchored. */
static inline bool cchci_deadline_match(const struct cchci_deadline_reader *reader,
                                        enum cchci_pattern_id id, uint32_t from, uint32_t to,
                                        struct cchci_match *match)
{
    return cchci_match(reader->parse->patterns, reader->parse->scratch, id, reader->flow->key, to,
                       from, match);
}

/* Which of eight keys are full stops or semicolons, where a sentence may end. */
static inline uint64_t cchci_stops_among(uint64_t eight)
{
    return cchci_eight_is(eight, '.') | cchci_eight_is(eight, ';');
}

/* ------------------------------------------------- times that come again (deadlines_cycle.c) -- */

/* Whether the list of a phrase's days, of which so many are known, is to be read on at *at. What a list
 * has beyond the limit is read once, whatever words it is read behind: *at then moves to its end. */
static inline bool cchci_days_go_on(const struct cchci_deadline_reader *reader, unsigned count,
                                    uint32_t *at, struct cchci_deadline *phrase)
{
    if (count < CCHCI_DEADLINE_DAYS || *at >= *reader->days_end)
        return true;
    *at = *reader->days_end;
    phrase->days_cut = true;
    return false;
}

/* The cycle at *at, behind a comma or an opening bracket perhaps; *at stays where none is. */
enum cchci_cycle cchci_cycle_read(const struct cchci_deadline_reader *reader, uint32_t *at);
/* The cycle that the words before a place tell: "Hàng tháng (trước ngày 10)". */
enum cchci_cycle cchci_cycle_before(const struct cchci_deadline_reader *reader, uint32_t begin);
/* "ngày 25 hàng tháng", "ngày 01 và 15 hàng tháng", "ngày cuối cùng của tháng đầu quý sau". */
bool cchci_cycle_read_day(const struct cchci_deadline_reader *reader, uint32_t *at,
                          struct cchci_deadline *phrase);

/* ------------------------------------------------------------------ times (deadlines_time.c) -- */

/* Any time at *at. */
bool cchci_time_read(const struct cchci_deadline_reader *reader, uint32_t *at,
                     struct cchci_deadline *phrase);
/* A date, and the further ones of a yearly deadline: "01/6 và 15/11 hằng năm". */
bool cchci_time_read_dates(const struct cchci_deadline_reader *reader, uint32_t *at,
                           struct cchci_deadline *phrase);
/* "tháng 9/2022", "quý IV năm 2022", "năm 2023", and "cuối" or "đầu" before them. */
bool cchci_time_read_period(const struct cchci_deadline_reader *reader, uint32_t *at,
                            struct cchci_deadline *phrase);

/* ---------------------------------------------------------- durations (deadlines_duration.c) -- */

/* "mười", "mười lăm", "hai mươi mốt" as a number; 0: none, and *at may have moved. */
int cchci_number_words(const struct cchci_flow *flow, uint32_t *at);
/* "10 (mười) ngày làm việc kể từ ngày nhận được văn bản", with its anchor or without. */
bool cchci_duration_read(const struct cchci_deadline_reader *reader, uint32_t at,
                         struct cchci_deadline *phrase);
/* A day told by its number from an anchor: "ngày thứ 10 kể từ ngày …", "ngày cuối cùng của tháng
 * thứ 3 kể từ ngày …", "ngày làm việc tiếp theo"; the last one of a term: "ngày cuối cùng của thời
 * hạn …". */
bool cchci_duration_read_ordinal(const struct cchci_deadline_reader *reader, uint32_t at,
                                 struct cchci_deadline *phrase);

/* ----------------------------------------------------- the whole phrase (deadlines_phrase.c) -- */

/* A way through the openers of the flow from a place on, for cchci_deadline_next(). */
struct cchci_phrases cchci_deadline_openers(const struct cchci_deadline_reader *reader,
                                            uint32_t at);
/* The next opener, as a phrase of which no more is known. False: none is left. */
bool cchci_deadline_next(const struct cchci_deadline_reader *reader, struct cchci_phrases *openers,
                         struct cchci_deadline *phrase);
/* Reads what a phrase's opener opens. False: no time, or none that this opener has. */
bool cchci_deadline_read(const struct cchci_deadline_reader *reader, struct cchci_deadline *phrase);

/* ---------------------------------------------------------- the sentence (deadlines_asked.c) -- */

/* Whether the sentence around a phrase asks for an act by its time. */
bool cchci_deadline_is_asked(const struct cchci_deadline_reader *reader,
                             const struct cchci_deadline *phrase);

/* --------------------------------------------------- the record's values (deadlines_value.c) -- */

/* "2024-09-25", "2024-09-25T17:00", "2024-09", "2024-Q3", "2024"; NULL: the year is not known, or
 * the phrase is relative or recurring. */
const char *cchci_deadline_iso(const struct cchci_deadline *phrase, struct cchci_arena *arena);
/* "P10D", "PT24H"; of a relative phrase. */
const char *cchci_deadline_duration(const struct cchci_deadline *phrase, struct cchci_arena *arena);
/* "FREQ=MONTHLY;BYMONTHDAY=25"; of a recurring phrase. NULL: no rule can say it. */
const char *cchci_deadline_rule(const struct cchci_deadline *phrase, struct cchci_arena *arena);

#endif
