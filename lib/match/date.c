/* SPDX-License-Identifier: MIT */
#include "date.h"

#include <string.h>

#include "anchor.h"
#include "text/eight.h"

const unsigned char cchci_digits[256] = {
    ['0'] = 1, ['1'] = 2,  ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6, ['6'] = 7, ['7'] = 8,
    ['8'] = 9, ['9'] = 10, ['l'] = 2, ['I'] = 2, ['|'] = 2, ['O'] = 1, ['o'] = 1};

/* A digit, or one of its look-alikes in the middle of digits; -1: neither. */
static int digit_at(const struct cchci_flow *flow, uint32_t at)
{
    return (int)cchci_digits[flow->key[at]] - 1;
}

int cchci_number_read_from(const struct cchci_flow *flow, uint32_t *at, int most)
{
    uint32_t i = *at;
    const unsigned char *key = flow->key + i;
    int value = 0, count = 0;
    while (count < most && cchci_is_digit(key[count]))
        value = value * 10 + (key[count++] - '0');
    bool spaced = count == 1 && most == 2 && key[1] == ' ';
    if (count > 0 &&
        (count == most ? !cchci_is_digit(key[count]) : cchci_digits[key[count]] == 0 && !spaced)) {
        *at = i + (uint32_t)count;
        return value; /* as most are: without look-alikes and blanks */
    }
    value = count = 0;
    bool true_digit = false; /* a look-alike counts only beside one, or "Il" were eleven */
    for (int digit; count < most && (digit = digit_at(flow, i)) >= 0; count++) {
        value = value * 10 + digit;
        true_digit |= cchci_is_digit(flow->key[i++]);
        /* OCR spaces digits out: "2 4". Four digits do not follow a blank, that is a new number. */
        if (count == 0 && most == 2 && flow->key[i] == ' ' && digit_at(flow, i + 1) >= 0 &&
            digit_at(flow, i + 2) < 0)
            i++;
    }
    /* More digits than asked for are another kind of number. */
    if (!true_digit || cchci_is_digit(flow->key[i]))
        return -1;
    *at = i;
    return value;
}

static uint32_t skip_blanks(const struct cchci_flow *flow, uint32_t at)
{
    while (flow->key[at] == ' ')
        at++;
    return at;
}

/* The length of a word of a date where it stands at a key, glued to what follows or not; 0: it does
 * not. Its vowel may be a blank: converters that know no Vietnamese drop each letter with
 * diacritics, and leave "ng y", "th ng", "n m". */
static uint32_t ngay_at(const unsigned char *key)
{
    unsigned char first = cchci_lower(key[0]);
    if ((first != 'n' && first != 'h') || cchci_lower(key[1]) != 'g')
        return 0;
    if (first == 'h') /* "hgày", as scanners write it */
        return cchci_eight_begins(key, "hgay    ", 4) ? 4 : 0;
    unsigned char vowel = cchci_lower(key[2]);
    if (cchci_lower(key[3]) == 'y')
        return vowel == 'a' || vowel == ' ' ? 4 : 0;
    /* "ngàÊ tháng": the day was written over the word's end */
    return vowel == 'a' && key[3] != 'n' && key[3] != 'h' ? 3 : 0;
}

static uint32_t thang_at(const unsigned char *key)
{
    unsigned char first = cchci_lower(key[0]), second = cchci_lower(key[1]);
    if (first != 'h' && second != 'h' && second != 'b')
        return 0;
    if (first == 't' && second == 'h' && cchci_lower(key[3]) == 'n' && cchci_lower(key[4]) == 'g' &&
        (cchci_lower(key[2]) == 'a' || key[2] == ' '))
        return 5;
    /* OCR's "thdng", "iháng", "héng": between the numbers of a date any short word in -ng with an h
     * is tháng. */
    uint32_t length = 0;
    while (length < 6 && cchci_is_letter(key[length]))
        length++;
    return (length == 4 || length == 5) && cchci_lower(key[length - 2]) == 'n' &&
                   cchci_lower(key[length - 1]) == 'g'
               ? length
               : 0;
}

static uint32_t nam_at(const unsigned char *key)
{
    if (cchci_lower(key[0]) != 'n')
        return 0;
    uint32_t length = 1;
    while (length < 5 && cchci_is_letter(key[length]))
        length++;
    if (length == 3 || length == 4) { /* "ndm", "nim", "nărn" before a year */
        const unsigned char *year = key + length;
        bool m =
            cchci_lower(key[length - 1]) == 'm' || (length == 4 && key[2] == 'r' && key[3] == 'n');
        while (*year == ' ')
            year++;
        if (m && cchci_is_digit(year[0]) && cchci_is_digit(year[3]))
            return length;
    }
    return (cchci_lower(key[1]) == 'a' || key[1] == ' ') && cchci_lower(key[2]) == 'm' ? 3 : 0;
}

typedef uint32_t word_at(const unsigned char *key);

/* Whether a word of a date may begin at one of the seven keys behind a place. */
static bool may_follow(const unsigned char *key, word_at *word)
{
    uint64_t small = cchci_eight(key + 1) | CCHCI_EIGHT(0x20);
    return word == nam_at ? cchci_eight_is(small, 'n') != 0
                          : (cchci_eight_is(small, 'h') | cchci_eight_is(small, 'b')) !=
                                0; /* see thang_at() */
}

/* The word after something that is there but unreadable: at most a few characters, and no words,
 * or "tháng 1 hằng năm" would have an unreadable month. */
static uint32_t unreadable_before(const struct cchci_flow *flow, uint32_t at, word_at *word,
                                  int *value)
{
    unsigned letters = 0, words = 0;
    if (!may_follow(flow->key + at, word))
        return CCHCI_NOWHERE;
    for (uint32_t k = at; k < at + 8 && k < flow->length; k++) {
        if (k > at && word(flow->key + k) > 0) {
            *value = -1;
            return k;
        }
        letters = cchci_is_letter(flow->key[k]) ? letters + 1 : 0;
        words += letters == 2;
        if (letters > 3 || words == 2)
            break;
    }
    return CCHCI_NOWHERE;
}

/* "tháng l", "ngày |", "tháng lI": between the words of a date look-alikes are the number without a
 * true digit beside them, too. -1: none. */
static int look_alikes(const struct cchci_flow *flow, uint32_t at, uint32_t *end)
{
    int value = 0;
    uint32_t i = at;
    while (i < at + 2 && digit_at(flow, i) >= 0 && cchci_flow_mark(flow, i) == 0)
        value = value * 10 + digit_at(flow, i++);
    if (value == 0 || cchci_is_word(flow->key[i]))
        return -1;
    *end = i;
    return value;
}

/* The value between two words of a date: a number, nothing, or something unreadable, which may not
 * be longer than a few characters. Returns the place after it; *value is 0 for nothing, -1 for
 * unreadable. */
static uint32_t part_before(const struct cchci_flow *flow, uint32_t at, word_at *word, int most,
                            int *value)
{
    uint32_t i = cchci_skip_open(flow, at);
    if (word(flow->key + i) > 0) {
        *value = 0;
        return i;
    }
    uint32_t end = i;
    int number = cchci_number_read(flow, &end, most);
    if (number < 0)
        number = look_alikes(flow, i, &end);
    if (number >= 0) {
        uint32_t after = cchci_skip_open(flow, end);
        if (cchci_eight_begins(flow->key + after, "cua     ", 4)) {
            /* "ngày 10 của tháng 01", "tháng 12 của năm 2021"; the year of "tháng 12 của năm tính
             * thuế" is not told */
            after += (uint32_t)strlen("cua ");
            uint32_t part = word(flow->key + after);
            if (part > 0 && !cchci_is_digit(flow->key[skip_blanks(flow, after + part)]))
                return CCHCI_NOWHERE;
        }
        if (word(flow->key + after) > 0) {
            *value = number;
            return after;
        }
    }
    return unreadable_before(flow, i, word, value);
}

/* What stands behind a word of a date and a blank, all as nearly every letter has it; NULL: it is not
 * so. */
static const unsigned char *behind(const unsigned char *key, const char *word, uint32_t length)
{
    return cchci_eight_begins(key, word, length) && key[length] == ' ' ? key + length + 1 : NULL;
}

/* One or two digits; -1: none. */
static int plain_number(const unsigned char **key)
{
    const unsigned char *at = *key;
    if (!cchci_is_digit(at[0]))
        return -1;
    bool two = cchci_is_digit(at[1]);
    *key = at + 1 + two;
    return two ? (at[0] - '0') * 10 + (at[1] - '0') : at[0] - '0';
}

/* Moves over a number of one or two digits and a blank; -1: there is none. */
static int sound_number(const unsigned char **key)
{
    int value = plain_number(key);
    return *(*key)++ == ' ' ? value : -1;
}

/* "tháng 12 năm 2020": where all is sound, nothing else needs to be asked. */
static bool read_sound_month(const struct cchci_flow *flow, uint32_t at, struct cchci_date *date)
{
    const unsigned char *key = behind(flow->key + at, "thang   ", 5);
    int month = key != NULL ? sound_number(&key) : -1;
    if (month < 0 || (key = behind(key, "nam     ", 3)) == NULL)
        return false;
    uint32_t end = (uint32_t)(key - flow->key);
    int year = cchci_is_digit(*key) ? cchci_number_read(flow, &end, 4) : -1;
    if (year < 0 || !cchci_year_is_plausible(year))
        return false;
    date->year = year;
    date->month = month;
    date->end = end;
    return true;
}

bool cchci_date_read_sound(const struct cchci_flow *flow, uint32_t at, struct cchci_date *date)
{
    const unsigned char *key = behind(flow->key + at, "ngay    ", 4);
    int day = key != NULL ? sound_number(&key) : -1;
    if (day < 0 || !read_sound_month(flow, (uint32_t)(key - flow->key), date))
        return false;
    date->day = day;
    date->begin = at;
    return true;
}

/* "tháng 12 năm 2020", "tháng 12/2020" after an optional day. */
static bool read_month_and_year(const struct cchci_flow *flow, uint32_t at, struct cchci_date *date)
{
    if (read_sound_month(flow, at, date))
        return true;
    uint32_t word = thang_at(flow->key + at);
    if (word == 0)
        return false;
    uint32_t i = at + word;
    int month;
    uint32_t after = part_before(flow, i, nam_at, 2, &month);
    if (after != CCHCI_NOWHERE) {
        uint32_t k = cchci_skip_open(flow, after + 3);
        uint32_t end = k;
        int year = cchci_number_read(flow, &end, 4);
        date->month = month;
        if (year >= 0 && cchci_year_is_plausible(year)) {
            date->year = year;
            date->end = end;
            return true;
        }
        date->year = k > after + 4 && year < 0 ? 0 : year < 0 ? 0 : -1;
        date->end = after + 3;
        return true;
    }
    i = skip_blanks(flow, i);
    uint32_t end = i;
    month = cchci_number_read(flow, &end, 2);
    if (month < 1 || month > 12)
        return false;
    date->month = month;
    date->end = end;
    uint32_t k = skip_blanks(flow, end);
    if (flow->key[k] == '/' || flow->key[k] == '-') {
        k = skip_blanks(flow, k + 1);
        uint32_t year_end = k;
        int year = cchci_number_read(flow, &year_end, 4);
        if (year >= 0 && cchci_year_is_plausible(year)) {
            date->year = year;
            date->end = year_end;
        }
    }
    return true;
}

/* "25/9/2022" of nothing but digits and two signs that are the same, with a day and a month up to
 * those. */
static bool read_plain(const struct cchci_flow *flow, uint32_t at, int last_day, int last_month,
                       struct cchci_date *date)
{
    const unsigned char *key = flow->key + at;
    int day = plain_number(&key), year = 0;
    unsigned char sign = *key++;
    int month = plain_number(&key);
    if (day < 1 || day > last_day || month < 1 || month > last_month || *key++ != sign ||
        (sign != '/' && sign != '-' && sign != '.'))
        return false;
    for (unsigned i = 0; i < 4; i++) {
        if (!cchci_is_digit(key[i]))
            return false;
        year = year * 10 + (key[i] - '0');
    }
    if (cchci_is_digit(key[4]) || !cchci_year_is_plausible(year))
        return false;
    *date = (struct cchci_date){year, month, day, date->begin, (uint32_t)(key - flow->key) + 4};
    return true;
}

/* "25/9/2022", "25-9-2022", "25.9.2022", "25/9". */
static bool read_numeric(const struct cchci_flow *flow, uint32_t at, struct cchci_date *date)
{
    if (read_plain(flow, at, 31, 12, date))
        return true;
    uint32_t i = at;
    int day = cchci_number_read(flow, &i, 2);
    if (day < 1 || day > 31)
        return false;
    uint32_t s = skip_blanks(flow, i);
    unsigned char separator = flow->key[s];
    if (separator != '/' && separator != '-' && separator != '.')
        return false;
    uint32_t m = skip_blanks(flow, s + 1), month_end = m;
    int month = cchci_number_read(flow, &month_end, 2);
    if (month < 1 || month > 12)
        return false;
    date->day = day;
    date->month = month;
    uint32_t t = skip_blanks(flow, month_end);
    if (flow->key[t] == separator) {
        uint32_t y = skip_blanks(flow, t + 1), year_end = y;
        int year = cchci_number_read(flow, &year_end, 4);
        if (year >= 0 && year_end - y >= 4 && cchci_year_is_plausible(year)) {
            date->year = year;
            date->end = year_end;
            return true;
        }
    }
    /* Without a year only "25/9": "2-3" is a range and "2.3" a section. */
    if (separator != '/' || s != i || m != s + 1)
        return false;
    unsigned char next = flow->key[month_end];
    if (next == '/' || cchci_is_letter(next))
        return false;
    date->end = month_end;
    return true;
}

/* "ngày 25/9/2022", "ngày 25 tháng 9 năm 2022", "ngày mùng 5 tháng 9" behind its first word. */
static bool read_behind_day(const struct cchci_flow *flow, uint32_t at, struct cchci_date *date)
{
    uint32_t first = skip_blanks(flow, at);
    if (cchci_eight_begins(flow->key + first, "mung    ", 5) ||
        cchci_eight_begins(flow->key + first, "mong    ", 5))
        at = first + (uint32_t)strlen("mung");
    first = skip_blanks(flow, at);
    /* Its word says that "31/13/2022" is one, which no calendar has. */
    if (read_numeric(flow, first, date) || read_plain(flow, first, 99, 99, date))
        return true;
    uint32_t month = part_before(flow, at, thang_at, 2, &date->day);
    return month != CCHCI_NOWHERE && read_month_and_year(flow, month, date);
}

/* "năm 2022" behind its word. */
static bool read_year(const struct cchci_flow *flow, uint32_t at, struct cchci_date *date)
{
    uint32_t begin = skip_blanks(flow, at), end = begin;
    int year = cchci_number_read(flow, &end, 4);
    if (year < 0 || end - begin < 4 || !cchci_year_is_plausible(year))
        return false;
    date->year = year;
    date->end = end;
    return true;
}

/* "25/9/2022", "30 tháng 9 năm 2022". */
static bool read_from_number(const struct cchci_flow *flow, uint32_t at, struct cchci_date *date)
{
    if (digit_at(flow, at) < 0)
        return false;
    if (read_numeric(flow, at, date))
        return true;
    uint32_t month = part_before(flow, at, thang_at, 2, &date->day);
    return month != CCHCI_NOWHERE && date->day >= 1 && read_month_and_year(flow, month, date);
}

bool cchci_date_read(const struct cchci_flow *flow, uint32_t at, struct cchci_date *date)
{
    struct cchci_date read = {0, 0, 0, at, at};
    const unsigned char *key = flow->key + at;
    bool found;
    uint32_t word;
    if (cchci_is_digit(key[0]))
        found = read_from_number(flow, at, &read);
    else if (cchci_date_read_sound(flow, at, &read))
        found = true;
    else if ((word = ngay_at(key)) > 0)
        found = read_behind_day(flow, at + word, &read);
    else if (thang_at(key) > 0)
        found = read_month_and_year(flow, at, &read);
    else if (nam_at(key) > 0)
        found = read_year(flow, at + 3, &read);
    else
        found = read_from_number(flow, at, &read);
    if (found)
        *date = read;
    return found;
}

#define VALUE_LENGTH 6u /* what stands between two words of a date, with its blanks */
#define WORD_LENGTH 7u  /* a word of a date with two letters more */

/* The number in [begin, end); 0: nothing, -1: unreadable. */
static int value_between(const struct cchci_flow *flow, uint32_t begin, uint32_t end, int most)
{
    begin = cchci_skip_open(flow, begin);
    end = cchci_flow_behind_word(flow, begin, end);
    if (begin >= end)
        return 0;
    uint32_t after = begin;
    int value = cchci_number_read(flow, &after, most);
    return value > 0 && after == end ? value : -1;
}

/* The word before a value that ends at `end`, at a cost that is taken off *rest. The digits of a
 * sound value are no letters of a damaged word. */
static bool word_before(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                        const char *word, unsigned *rest, struct cchci_likeness *likeness)
{
    uint32_t low =
        end > begin + VALUE_LENGTH + WORD_LENGTH ? end - VALUE_LENGTH - WORD_LENGTH : begin;
    uint32_t stop = end;
    while (stop > low && flow->key[stop - 1] == ' ')
        stop--;
    while (stop > low && cchci_is_digit(flow->key[stop - 1]))
        stop--;
    if (!cchci_alike_find(flow->key, low, stop, word, *rest, likeness) ||
        end - likeness->end > VALUE_LENGTH)
        return false;
    *rest -= likeness->cost;
    return true;
}

bool cchci_date_read_damaged(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                             struct cchci_date *date, unsigned *cost)
{
    end = cchci_flow_behind_word(flow, begin, end);
    uint32_t year = end, year_end;
    while (year > begin && digit_at(flow, year - 1) >= 0)
        year--;
    year_end = year;
    int value = cchci_number_read(flow, &year_end, 4);
    if (end - year != 4 || year_end != end || !cchci_year_is_plausible(value))
        return false;
    struct cchci_likeness nam, thang, ngay;
    unsigned rest = cchci_anchor_limit(strlen("ngaythangnam"));
    if (!word_before(flow, begin, year, "nam", &rest, &nam) ||
        !word_before(flow, begin, nam.begin, "thang", &rest, &thang) ||
        !word_before(flow, begin, thang.begin, "ngay", &rest, &ngay))
        return false;
    date->year = value;
    date->month = value_between(flow, thang.end, nam.begin, 2);
    date->day = value_between(flow, ngay.end, thang.begin, 2);
    date->begin = ngay.begin;
    date->end = end;
    *cost = nam.cost + thang.cost + ngay.cost;
    return date->month <= 12;
}

static int days_in(int month, int year)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month == 2 && (year == 0 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))))
        return 29;
    return days[month - 1];
}

bool cchci_date_possible(const struct cchci_date *date)
{
    if (date->month > 12)
        return false;
    int most = date->month >= 1 ? days_in(date->month, date->year > 0 ? date->year : 0) : 31;
    return date->day <= most;
}

bool cchci_date_reduce(struct cchci_date *date)
{
    if (cchci_date_possible(date))
        return false;
    date->day = 0;
    if (date->month > 12)
        date->month = 0;
    return true;
}

static char *write_two(char *at, int number)
{
    unsigned two = (unsigned)number % 100;
    at[0] = (char)('0' + two / 10);
    at[1] = (char)('0' + two % 10);
    return at + 2;
}

const char *cchci_date_iso(const struct cchci_date *date, struct cchci_arena *arena)
{
    if (date->year <= 0)
        return NULL;
    char *iso = cchci_arena_allocate(arena, sizeof "2022-09-29");
    char *end = write_two(write_two(iso, date->year / 100), date->year);
    if (date->month > 0) {
        *end++ = '-';
        end = write_two(end, date->month);
    }
    if (date->month > 0 && date->day > 0) {
        *end++ = '-';
        end = write_two(end, date->day);
    }
    *end = '\0';
    return iso;
}

bool cchci_date_from_iso(const char *iso, struct cchci_date *date)
{
    struct cchci_date read = {0, 0, 0, 0, 0};
    int *parts[3] = {&read.year, &read.month, &read.day};
    int part = 0;
    for (const char *p = iso; *p != '\0'; p++) {
        if (*p == '-' && part < 2)
            part++;
        else if (*p >= '0' && *p <= '9' && *parts[part] < 10000)
            *parts[part] = *parts[part] * 10 + (*p - '0');
        else
            return false;
    }
    if (read.year == 0)
        return false;
    *date = read;
    return true;
}
