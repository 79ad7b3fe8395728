/* SPDX-License-Identifier: MIT */
/* Times, as letters print them behind an opener:
 *
 *      time      = [ clock ] ( dates | day cycle | weekday ( dates | cycle ) | cycle ) | period
 *      clock     = number ( "giờ" | "h" | "g" | ":" ) [ number ]         17h00, 17 giờ 30 phút
 *      dates     = date [ { ( "," | "và" ) ( date | month ) } cycle ]    01/6 và 15/11 hằng năm
 *      weekday   = [ "chiều" | "sáng" ] [ "ngày" ] ( "thứ" … | "chủ nhật" )
 *      period    = [ "cuối" | "đầu" … ] ( month | quarter | year )       cuối quý IV năm 2022
 *
 * match/date.h reads a date itself, deadlines_cycle.c what comes again. */
#include "deadlines.h"

#include <string.h>

#include "text/take.h"

/* "17h00", "17 giờ 30 phút", "17g", "16:30", "19h00'". */
static bool read_clock(const struct cchci_flow *flow, uint32_t *at, int *hour, int *minute)
{
    uint32_t i = cchci_skip_blank(flow, *at);
    int h = cchci_number_read(flow, &i, 2);
    if (h < 0 || h > 24)
        return false;
    uint32_t sign = cchci_skip_blank(flow, i);
    if (CCHCI_TAKE_WORD(flow, &i, "gio"))
        ;
    else if ((cchci_lower(flow->key[sign]) == 'h' || cchci_lower(flow->key[sign]) == 'g' ||
              (flow->key[sign] == ':' && sign == i)) &&
             !cchci_is_letter(flow->key[sign + 1]))
        i = sign + 1;
    else
        return false;
    *hour = h;
    *minute = 0;
    uint32_t k = cchci_skip_blank(flow, i);
    int m = cchci_number_read(flow, &k, 2);
    if (m >= 0 && m < 60 && flow->key[k] != '/') {
        *minute = m;
        i = k;
        CCHCI_TAKE_WORD(flow, &i, "phut");
    }
    /* The sign for minutes is a quote of any kind. */
    if (flow->key[i] == '\'' || flow->key[i] == '`' || flow->key[i] == CCHCI_KEY_OTHER)
        i++;
    *at = i;
    return true;
}

/* "thứ Sáu", "thứ 6", "chủ nhật". */
static int read_weekday(const struct cchci_flow *flow, uint32_t *at)
{
    static const char *const names[] = {"thu hai", "thu ba",  "thu tu",
                                        "thu nam", "thu sau", "thu bay"};
    unsigned char letter = cchci_next_letter(flow, *at);
    if (letter != 't')
        return letter == 'c' && cchci_take(flow, at, "chu nhat");
    for (int i = 0; i < 6; i++)
        if (cchci_take(flow, at, names[i]))
            return i + 2;
    uint32_t i = *at;
    if (!CCHCI_TAKE_WORD(flow, &i, "thu"))
        return 0;
    i = cchci_skip_blank(flow, i);
    int number = cchci_number_read(flow, &i, 1);
    if (number < 2 || number > 7)
        return 0;
    *at = i;
    return number;
}

/* A month by its number alone. */
static bool read_month_number(const struct cchci_flow *flow, uint32_t at, struct cchci_date *date)
{
    uint32_t end = at;
    int month = cchci_number_read(flow, &end, 2);
    uint32_t next = cchci_skip_blank(flow, end);
    if (month < 1 || month > 12 || cchci_is_word(flow->key[end]) ||
        cchci_flow_words(flow, next, "thang") > 0 || flow->key[next] == '\0' ||
        cchci_one_of(flow->key[next], CCHCI_KEYS("/-.")))
        return false;
    *date = (struct cchci_date){0, month, 0, at, end};
    return true;
}

/* The days and months of a phrase's date and of those behind it ("01/6 và 15/11"); returns how
 * many. */
static unsigned read_more_dates(const struct cchci_deadline_reader *reader, uint32_t *at,
                                struct cchci_deadline *phrase)
{
    const struct cchci_flow *flow = reader->flow;
    unsigned count = 1;
    phrase->days_cut = false;
    phrase->days[0] = (signed char)phrase->date.day;
    phrase->months[0] = (signed char)phrase->date.month;
    while (cchci_days_go_on(reader, count, at, phrase)) {
        uint32_t next = cchci_skip(flow, *at, CCHCI_KEYS(" ,"));
        if (!CCHCI_TAKE_WORD(flow, &next, "va") && next == *at)
            break;
        struct cchci_date more;
        next = cchci_skip_blank(flow, next);
        /* "ngày 20 tháng 6 và tháng 12", "tháng 6, 9 và 12": the day is the same. */
        if (!read_month_number(flow, next, &more) && !cchci_date_read(flow, next, &more))
            break;
        if (more.day < 0 || more.month <= 0 || more.year > 0)
            break;
        *at = more.end;
        phrase->days_cut = count == CCHCI_DEADLINE_DAYS;
        if (phrase->days_cut)
            continue;
        phrase->days[count] = (signed char)(more.day > 0 ? more.day : phrase->date.day);
        phrase->months[count++] = (signed char)more.month;
    }
    if (phrase->days_cut)
        *reader->days_end = *at;
    return count;
}

/* "ngày „# /10/2021", "ngày i 13/3/2019": what stands before the month cannot be read, as a day that was
 * written by hand, or is a speck before a date. A year must follow. */
static bool read_smudged(const struct cchci_flow *flow, uint32_t at, struct cchci_date *date)
{
    uint32_t i = at;
    unsigned letters = 0;
    if (!CCHCI_TAKE_WORD(flow, &i, "ngay"))
        return false;
    for (uint32_t end = i + CCHCI_SMUDGED_DAY; i < end && flow->key[i] != '/'; i++) {
        if (cchci_is_digit(flow->key[i])) {
            bool speck = flow->key[i - 1] == ' ' && cchci_date_read(flow, i, date) &&
                         date->day > 0 && date->month > 0 && date->year > 0;
            date->begin = at;
            return speck;
        }
        letters = cchci_is_letter(flow->key[i]) ? letters + 1 : 0;
        if (letters > 2 || flow->key[i] == '\0')
            return false;
    }
    if (flow->key[i] != '/')
        return false;
    i = cchci_skip_blank(flow, i + 1);
    int month = cchci_number_read(flow, &i, 2);
    i = cchci_skip_blank(flow, i);
    if (month < 1 || month > 12 || flow->key[i] != '/')
        return false;
    i = cchci_skip_blank(flow, i + 1);
    int year = cchci_number_read(flow, &i, 4);
    *date = (struct cchci_date){year, month, -1, at, i};
    return year > 0 && cchci_year_is_plausible(year);
}

/* A date, of which the day may be unreadable or left blank where "ngày", month and year stand. */
static bool read_date(const struct cchci_flow *flow, uint32_t at, struct cchci_date *date)
{
    if (!cchci_date_read(flow, at, date) && !read_smudged(flow, at, date))
        return false;
    return date->month > 0 &&
           (date->day > 0 || (date->year > 0 && cchci_lower(flow->key[at]) == 'n'));
}

bool cchci_time_read_dates(const struct cchci_deadline_reader *reader, uint32_t *at,
                           struct cchci_deadline *phrase)
{
    const struct cchci_flow *flow = reader->flow;
    struct cchci_date date;
    uint32_t i = cchci_skip_blank(flow, *at);
    if (!read_date(flow, i, &date))
        return false;
    if (flow->key[date.end] == '/' || flow->key[date.end] == '%')
        return false;
    /* "ngày 30 tháng 01 năm sau": the year left open is the first word of the cycle, or of what
     * tells which year is meant. */
    uint32_t open = date.end - (uint32_t)strlen(" nam");
    if (date.year == 0 && open > i && cchci_flow_words(flow, open + 1, "nam") > 0) {
        uint32_t next = open;
        if (cchci_cycle_read(reader, &next) == CCHCI_CYCLE_YEARLY ||
            cchci_is_ascii_letter(flow->key[cchci_skip_blank(flow, date.end)]))
            date.end = open;
    }
    phrase->date = date;
    phrase->kind = phrase->hour >= 0 && date.day > 0 ? CCHCI_TIME_DATETIME : CCHCI_TIME_DATE;
    *at = phrase->end = date.end;
    if (date.year > 0)
        return true;
    i = date.end;
    unsigned count = read_more_dates(reader, &i, phrase);
    if (cchci_cycle_read(reader, &i) == CCHCI_CYCLE_YEARLY)
        phrase->end = i;
    else if (cchci_cycle_before(reader, phrase->begin) != CCHCI_CYCLE_YEARLY)
        return true;
    else {
        count = 1;
        phrase->days_cut = false;
    }
    phrase->day_count = count;
    phrase->cycle = CCHCI_CYCLE_YEARLY;
    phrase->kind = CCHCI_TIME_RECURRING;
    *at = phrase->end;
    return true;
}

/* "quý III/2022", "quý 4 năm 2022", "quý IV". */
static bool read_quarter(const struct cchci_flow *flow, uint32_t *at, struct cchci_deadline *phrase)
{
    static const char *const names[] = {"iv", "iii", "ii", "i", "4", "3", "2", "1"};
    uint32_t i = *at;
    if (!CCHCI_TAKE_WORD(flow, &i, "quy"))
        return false;
    int quarter = 0;
    for (int k = 0; k < 8 && quarter == 0; k++) {
        uint32_t next = i;
        if (cchci_take(flow, &next, names[k]) && !cchci_is_word(flow->key[next])) {
            quarter = 4 - k % 4;
            i = next;
        }
    }
    if (quarter == 0)
        return false;
    phrase->quarter = quarter;
    phrase->kind = CCHCI_TIME_QUARTER;
    phrase->date = (struct cchci_date){0, quarter * 3, 0, i, i};
    phrase->end = i;
    uint32_t next = cchci_skip(flow, i, CCHCI_KEYS(" /-"));
    CCHCI_TAKE_WORD(flow, &next, "nam");
    next = cchci_skip_blank(flow, next);
    uint32_t digits = next;
    int year = cchci_number_read(flow, &next, 4);
    if (cchci_year_is_plausible(year) && next - digits == 4) {
        phrase->date.year = year;
        phrase->end = next;
    }
    *at = phrase->end;
    return true;
}

bool cchci_time_read_period(const struct cchci_deadline_reader *reader, uint32_t *at,
                            struct cchci_deadline *phrase)
{
    static const char *const parts[] = {"cuoi", "dau", "giua", "het", "tuan", "tien", "cua"};
    const struct cchci_flow *flow = reader->flow;
    uint32_t i = *at;
    cchci_take_any(flow, &i, CCHCI_KEYS("cdght"), parts, 7);
    if (read_quarter(flow, &i, phrase)) {
        *at = i;
        return true;
    }
    i = cchci_skip_blank(flow, i);
    struct cchci_date date;
    uint32_t behind = i;
    bool month = CCHCI_TAKE_WORD(flow, &behind, "thang"),
         year = !month && CCHCI_TAKE_WORD(flow, &behind, "nam");
    if ((!month && !year) || !cchci_date_read(flow, i, &date) || date.day != 0 || date.month < 0 ||
        date.year < 0)
        return false;
    if (date.month > 0 ? !month : !year || date.year == 0)
        return false;
    phrase->date = date;
    phrase->kind = date.month > 0 ? CCHCI_TIME_MONTH : CCHCI_TIME_YEAR;
    *at = phrase->end = date.end;
    if (phrase->kind == CCHCI_TIME_MONTH && date.year == 0 &&
        cchci_cycle_read(reader, at) == CCHCI_CYCLE_YEARLY) {
        phrase->months[0] = (signed char)date.month;
        phrase->cycle = CCHCI_CYCLE_YEARLY;
        phrase->kind = CCHCI_TIME_RECURRING;
        phrase->end = *at;
    }
    return true;
}

static bool read_weekly(const struct cchci_deadline_reader *reader, uint32_t *at,
                        struct cchci_deadline *phrase)
{
    const struct cchci_flow *flow = reader->flow;
    uint32_t i = cchci_skip_blank(flow, *at);
    if (!cchci_one_of(cchci_next_letter(flow, i), CCHCI_KEYS("csnt")))
        return false;
    if (!CCHCI_TAKE_WORD(flow, &i, "chieu"))
        CCHCI_TAKE_WORD(flow, &i, "sang");
    CCHCI_TAKE_WORD(flow, &i, "ngay");
    phrase->weekday = read_weekday(flow, &i);
    if (phrase->weekday == 0)
        return false;
    /* "thứ Sáu, ngày 15/9/2022", "thứ Sáu (15/9)" is that day. */
    uint32_t next = cchci_skip(flow, i, CCHCI_KEYS(" ,("));
    if ((cchci_flow_words(flow, next, "ngay") > 0 || cchci_is_digit(flow->key[next])) &&
        cchci_time_read_dates(reader, &next, phrase)) {
        if (flow->key[next] == ')' && flow->key[cchci_skip(flow, i, CCHCI_KEYS(" ,"))] == '(')
            phrase->end = ++next;
        *at = next;
        return true;
    }
    next = i;
    enum cchci_cycle cycle = cchci_cycle_read(reader, &next);
    if (cycle == CCHCI_CYCLE_WEEKLY)
        i = next;
    else if (cchci_cycle_before(reader, phrase->begin) != CCHCI_CYCLE_WEEKLY)
        return false;
    phrase->cycle = CCHCI_CYCLE_WEEKLY;
    phrase->kind = CCHCI_TIME_RECURRING;
    *at = phrase->end = i;
    return true;
}

/* "ngày 5/…", "ngày 5 tháng 3": no day of a week or of each month. */
static bool is_calendar_day(const struct cchci_flow *flow, uint32_t at)
{
    if (!CCHCI_TAKE_WORD(flow, &at, "ngay"))
        return false;
    at = cchci_skip_blank(flow, at);
    if (cchci_number_read(flow, &at, 2) <= 0)
        return false;
    return cchci_one_of(cchci_next_letter(flow, at), CCHCI_KEYS("/-.")) ||
           (CCHCI_TAKE_WORD(flow, &at, "thang") && cchci_is_digit(cchci_next_letter(flow, at)));
}

/* Whether a time may begin with two keys: a number; or one of the words above, of which "tháng" may
 * be damaged (match/date.c). Behind most openers stands none. */
static bool may_be_time(const unsigned char *key)
{
    unsigned char second = cchci_lower(key[1]);
    return cchci_digits[key[0]] != 0 || cchci_one_of(cchci_lower(key[0]), CCHCI_KEYS("nctsqdgh")) ||
           second == 'h' || second == 'b';
}

bool cchci_time_read(const struct cchci_deadline_reader *reader, uint32_t *at,
                     struct cchci_deadline *phrase)
{
    const struct cchci_flow *flow = reader->flow;
    uint32_t i = cchci_skip_blank(flow, *at);
    phrase->hour = -1;
    if (!may_be_time(flow->key + i))
        return false;
    bool clock = read_clock(flow, &i, &phrase->hour, &phrase->minute);
    if (clock) {
        i = cchci_skip(flow, i, CCHCI_KEYS(" ,("));
        uint32_t next = i;
        if (cchci_cycle_read(reader, &next) == CCHCI_CYCLE_DAILY) {
            phrase->cycle = CCHCI_CYCLE_DAILY;
            phrase->kind = CCHCI_TIME_RECURRING;
            *at = phrase->end = next;
            return true;
        }
    }
    bool found = false;
    if (!is_calendar_day(flow, i))
        found = read_weekly(reader, &i, phrase) || cchci_cycle_read_day(reader, &i, phrase);
    if (!found && !cchci_time_read_dates(reader, &i, phrase) &&
        (clock || !cchci_time_read_period(reader, &i, phrase)))
        return false;
    *at = i;
    return true;
}
