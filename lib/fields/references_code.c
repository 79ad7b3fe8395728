/* SPDX-License-Identifier: MIT */
/* Codes of documents, wherever they stand in a text:
 *
 *      code     = number "/" [ year "/" ] notation        15/QĐ-BNV, 61/2024/QH15, 1803/1998/QĐ/BTC
 *               | number "-" type "/" agency              36-HD/VPTW
 *               | number notation | notation with a digit only after a type and "số"
 *
 * A blank beside a dash or slash of a code is a break of the line, where capitals follow.
 *
 * Each code has a digit. So all numbers of a text are gone through, and most are told to be dates,
 * amounts or items by the keys beside them; the form of the rest is read by hand. Where they have
 * none, or where capitals come first, a pattern is asked behind "số" for those of the last row,
 * which are called loose. Last, what has the form must be plausible, and a footnote's digit is
 * taken off its end. */
#include "references.h"

#include <string.h>

#include "text/eight.h"

/* Most characters before the first digit of a code that begins with capitals; the pattern has the
 * same. */
#define CODE_CAPITALS 20u

/* Most digits of a code's number, and most parts of a notation behind its first one; met are five
 * and four. */
#define CODE_DIGITS 8u
#define NOTATION_PARTS 6u

static bool is_dash(unsigned char key)
{
    return key == '-' || key == '/';
}

/* ---------------------------------------------------------------------------------- the form -- */

/* Keys are read up to where one does not fit; a flow ends with NULs, which never do. */

/* The abbreviation that a capital begins; dates and subjects are stuck to it now and then:
 * "15/QĐ-BNVngày", "15/QĐ-BNVV/v". */
static const unsigned char *abbreviation_end(const unsigned char *key)
{
    do
        key++;
    while ((cchci_is_word(*key) || *key == '&') && *key != CCHCI_KEY_LETTER &&
           !(key[0] == 'n' && key[1] == 'g' && key[2] == 'a' && key[3] == 'y') &&
           !((key[0] | 32) == 'v' && key[1] == '/' && (key[2] | 32) == 'v'));
    return key;
}

static bool is_century(const unsigned char *key)
{
    return (key[0] == '1' && key[1] == '9') || (key[0] == '2' && key[1] == '0');
}

/* Behind the year that stands between number and notation, and the sign that parts it from this:
 * "2018/", "201 8 - ", "2018NĐ"; where it starts, if there is none. */
static const unsigned char *behind_year(const unsigned char *key)
{
    if (!cchci_is_digit(key[0]) || !cchci_is_digit(key[1]) || !cchci_is_digit(key[2]))
        return key;
    const unsigned char *last = key + 3 + (is_century(key) && key[3] == ' ');
    if (!cchci_is_digit(*last))
        return key;
    const unsigned char *next = last + 1;
    if (!is_century(key))
        return is_dash(*next) ? next + 1 : key;
    if (last == key + 3 && cchci_is_upper(*next))
        return next;
    next += *next == ' ';
    return is_dash(*next) ? next + 1 + (next[1] == ' ') : key;
}

/* The term of the National Assembly: "QH15", "QH. 14", "QH1 3"; NULL: none. */
static const unsigned char *term_end(const unsigned char *key)
{
    if (key[0] != 'Q' || key[1] != 'H')
        return NULL;
    key += 2;
    for (unsigned i = 0; i < 2 && (*key == '.' || *key == ' '); i++)
        key++;
    if (!cchci_is_digit(*key++))
        return NULL;
    key += *key == ' ';
    return cchci_is_digit(key[0]) && !cchci_is_digit(key[1]) ? key + 1 : NULL;
}

/* The first part of a notation; NULL: none. A D for Đ may come with a zero before it, from "NĐ"
 * that was cut, and the T's of "TT" apart. */
static const unsigned char *notation_begin_end(const unsigned char *key)
{
    const unsigned char *term = term_end(key);
    if (term != NULL)
        return term;
    if (key[0] == '0' && key[1] == 'D' && key[2] == '-' && cchci_is_upper(key[3]))
        return key + 2;
    if (key[0] == 'T' && key[1] == ' ' && key[2] == 'T' && key[3] == '-' && cchci_is_upper(key[4]))
        key += 2;
    return cchci_is_upper(*key) ? abbreviation_end(key) : *key == '&' ? key + 1 : NULL;
}

/* Behind a further part of a notation with the sign before it, "-BNV", "/2019", " - UBND"; NULL:
 * none. Behind a blank it has two capitals. */
static const unsigned char *notation_part_end(const unsigned char *key)
{
    const unsigned char *part = key + is_dash(*key);
    part += part > key && is_dash(*part);
    if (part > key && cchci_is_upper(*part))
        return abbreviation_end(part);
    if (part > key && is_century(part) && cchci_is_digit(part[2]) && cchci_is_digit(part[3]) &&
        (is_dash(part[4]) ? cchci_is_upper(part[5])
                          : !cchci_is_ascii_letter(part[4]) && !cchci_is_digit(part[4])))
        return part + 4;
    bool blank = *key == ' ';
    part = key + blank;
    if (!is_dash(*part++))
        return NULL;
    part += *part == ' ';
    part += !blank && part == key + 2 && is_dash(*part);
    return cchci_is_upper(part[0]) && cchci_is_upper(part[1]) ? abbreviation_end(part) : NULL;
}

/* Whether "NQ/TW" stands behind a dash. */
static bool type_and_agency(const unsigned char *key)
{
    if (!cchci_is_upper(*key))
        return false;
    for (unsigned i = 0; i < 8 && cchci_is_ascii_letter(*key); i++)
        key++;
    key += *key == ' ';
    if (*key++ != '/')
        return false;
    key += *key == ' ';
    return cchci_is_upper(*key) || cchci_is_digit(*key);
}

/* Behind the number of a code; NULL: another number. "1.234", "15a"; scanners space the digits out
 * behind "số": "số 1 2/QĐ". */
static const unsigned char *number_end(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    const unsigned char *key = flow->key;
    if (key[end] == ' ' && end - at <= 2 && at >= 3 && memcmp(key + at - 3, "so ", 3) == 0) {
        uint32_t rest = cchci_digits_end(key, end + 1);
        if (rest - end - 1 == end - at &&
            (key[rest] == '/' || (key[rest] == ' ' && key[rest + 1] == '/')))
            return key + rest;
    }
    if (end - at > CODE_DIGITS)
        return NULL;
    if (key[end] == '.' && cchci_is_digit(key[end + 1])) {
        uint32_t rest = cchci_digits_end(key, end + 1);
        if (rest - end - 1 > 3)
            return NULL;
        end = rest;
    }
    end += cchci_is_ascii_letter(key[end]);
    end += cchci_is_ascii_letter(key[end]);
    return key + end;
}

/* The end of the code whose number is [at, end); 0: it is another number, as most are. */
static uint32_t code_end(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    const unsigned char *key = number_end(flow, at, end);
    if (key == NULL)
        return 0;
    key += *key == ' ';
    if (!is_dash(*key))
        return 0;
    bool slash = *key++ == '/';
    key += *key == ' ';
    if (!slash && !type_and_agency(key))
        return 0;
    key = notation_begin_end(slash ? behind_year(key) : key);
    if (key == NULL)
        return 0;
    const unsigned char *next = key;
    for (unsigned parts = 0; parts < NOTATION_PARTS && next != NULL; parts++) {
        key = next;
        next = notation_part_end(key);
    }
    return (uint32_t)((next != NULL ? next : key) - flow->key);
}

/* ------------------------------------------------------------------------- what has the form -- */

/* Whether a code with a slash can be one: at least two capitals, or one behind a year
 * ("31/2013/Q13"). */
static bool notation_is_plausible(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    unsigned capitals = 0, digits = 0;
    for (uint32_t i = begin; i < end && capitals < 2; i += 8)
        capitals +=
            cchci_eight_count(cchci_eight_within(cchci_eight_before(flow->key, i, end), 'A', 'Z'));
    if (capitals != 1)
        return capitals > 0;
    bool year = false;
    for (uint32_t i = begin; i < end; i++) {
        year |= flow->key[i] == '/' && digits == 4;
        digits = cchci_is_digit(flow->key[i]) ? digits + 1 : 0;
    }
    return year;
}

/* Whether an agency that has no digit in its notation ends at a place: "CP", or a ministry's
 * letters behind a dash. */
static bool agency_without_digit(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    static const char *const agencies[] = {"CP",  "TTg",  "UBND", "HDND",   "TW",      "TU",
                                           "CTN", "NHNN", "HDTP", "TANDTC", "VKSNDTC", "VKSTC"};
    for (unsigned i = 0; i < sizeof agencies / sizeof agencies[0]; i++) {
        uint32_t length = (uint32_t)strlen(agencies[i]);
        if (length <= end - begin && memcmp(flow->key + end - length, agencies[i], length) == 0)
            return true;
    }
    if (begin == 0 || !is_dash(flow->key[begin - 1]) || flow->key[begin] != 'B' ||
        end - begin < 3 || end - begin > 10)
        return false;
    while (begin < end && cchci_is_upper(flow->key[begin]))
        begin++;
    return begin == end;
}

/* A footnote's digit after an agency that has none in its notation ("NĐ-CP1") is cut; units have
 * digits (KT1, TTr3), and the National Assembly has its term (QH14). */
static uint32_t without_footnote(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    if (!cchci_is_digit(flow->key[end - 1]))
        return end;
    uint32_t word = cchci_flow_word_begin(flow, end), digits = end;
    while (digits > word && cchci_is_digit(flow->key[digits - 1]))
        digits--;
    if (word < begin || digits - word < 2)
        return end;
    if (end - digits == 3)
        return flow->key[digits - 2] == 'Q' && flow->key[digits - 1] == 'H' ? end - 1 : end;
    return end - digits < 3 && agency_without_digit(flow, word, digits) ? digits : end;
}

bool cchci_mention_has_clear_code(const struct cchci_parse *parse, const struct cchci_flow *flow,
                                  const struct cchci_mention *mention)
{
    struct cchci_match match;
    return cchci_match(parse->patterns, parse->scratch, CCHCI_PATTERN_CLEAR_CODE, flow->key,
                       mention->code_end, mention->code_begin, &match);
}

/* -------------------------------------------------------------------------------- the search -- */

/* Whether a key stands inside numbers: "13/8/2018", "1.234,5", "7:30", "2-3". */
static bool parts_numbers(unsigned char key)
{
    return (unsigned char)(key - ',') <= '/' - ',' || key == ':';
}

/* Whether a code may begin at a place: not inside a word or a number, but right behind "số". */
static bool code_may_begin(const struct cchci_flow *flow, uint32_t at)
{
    if (at == 0)
        return true;
    unsigned char before = flow->key[at - 1];
    if (parts_numbers(before) && before != '/')
        return at == 1 || !cchci_is_digit(flow->key[at - 2]);
    if (before == 'o')
        return at >= 2 && cchci_lower(flow->key[at - 2]) == 's';
    return !cchci_is_ascii_letter(before) && !cchci_is_digit(before) && before != '/';
}

/* Whether "số" stands right before a place, with a blank or a colon perhaps. */
static inline bool stands_behind_so(const struct cchci_flow *flow, uint32_t at)
{
    if (at < 3)
        return at == 2 && flow->key[1] == 'o' && cchci_lower(flow->key[0]) == 's';
    const unsigned char *last = flow->key + at - 1;
    last -= *last == ' ';
    if (*last == ':' && last[1] == ' ' && at >= 4)
        last--;
    return *last == 'o' && cchci_lower(last[-1]) == 's';
}

/* Whether the pattern finds a code at a place behind "số". */
static bool find_loose(const struct cchci_parse *parse, const struct cchci_flow *flow, uint32_t at,
                       struct cchci_cited_code *code)
{
    struct cchci_match match;
    if (!cchci_match(parse->patterns, parse->scratch, CCHCI_PATTERN_LOOSE_CODE, flow->key,
                     flow->length, at, &match))
        return false;
    *code = (struct cchci_cited_code){at, match.end[0], match.end[0], true};
    return true;
}

/* Where capitals begin that may be one code with the digit behind them: "CV-TBD-122709",
 * "MNOV- 2021". */
static uint32_t capitals_before(const struct cchci_flow *flow, uint32_t least, uint32_t digit)
{
    uint32_t at = digit;
    if (at >= least + 2 && flow->key[at - 1] == ' ' && flow->key[at - 2] == '-')
        at--;
    while (at > least && digit - at < CODE_CAPITALS &&
           (cchci_is_upper(flow->key[at - 1]) || is_dash(flow->key[at - 1]) ||
            flow->key[at - 1] == '&'))
        at--;
    return at;
}

/* Whether the number at a place is the rest of a date or an amount whose beginning was asked
 * already: no code begins there, see code_may_begin(). */
static bool is_rest(const struct cchci_flow *flow, uint32_t least, uint32_t at)
{
    return at >= least + 2 && parts_numbers(flow->key[at - 1]) && cchci_is_digit(flow->key[at - 2]);
}

/* Whether "số" or the capitals of a code may stand before a number, by the keys there. */
static bool so_or_capitals_before(const struct cchci_flow *flow, uint32_t at)
{
    if (at < 2)
        return true;
    unsigned char before = flow->key[at - 1];
    if (before == ' ')
        before = flow->key[at - 2];
    else if (cchci_is_upper(before) || before == '&')
        return true;
    return before == 'o' || before == ':' || is_dash(before);
}

/* Whether what is no other number may stand behind one, by the keys there: a date has at most two
 * digits behind its first sign. */
static bool notation_behind(const unsigned char *key)
{
    if (key[0] == '.')
        return cchci_is_digit(key[1]);
    if (cchci_is_ascii_letter(key[0]))
        return true;
    key += *key == ' ';
    if (!is_dash(*key++))
        return false;
    key += *key == ' ';
    return cchci_is_digit(key[0]) ? cchci_is_digit(key[2]) || key[1] == 'D'
                                  : cchci_is_upper(key[0]) || key[0] == '&';
}

/* Finds the code whose number is [digit, end), or begins with capitals before it. What most numbers
 * are is told by a look at what stands beside them. */
static bool code_at(const struct cchci_parse *parse, const struct cchci_flow *flow, uint32_t least,
                    uint32_t digit, uint32_t end, struct cchci_cited_code *code)
{
    bool before = so_or_capitals_before(flow, digit);
    if (before) {
        uint32_t capitals = capitals_before(flow, least, digit);
        if (capitals < digit && cchci_is_upper(flow->key[capitals]) &&
            stands_behind_so(flow, capitals) && find_loose(parse, flow, capitals, code))
            return true;
    }
    if (before || notation_behind(flow->key + end)) {
        end = code_end(flow, digit, end);
        if (end > 0 && code_may_begin(flow, digit)) {
            *code = (struct cchci_cited_code){digit, end, end, false};
            return true;
        }
    }
    return before && stands_behind_so(flow, digit) && find_loose(parse, flow, digit, code);
}

/* The next one from `least` on that has the form of a code: each has a digit. */
static bool next_form(const struct cchci_parse *parse, const struct cchci_flow *flow,
                      uint32_t least, struct cchci_cited_code *code)
{
    bool inside = false; /* a number reaches into the stretch */
    for (uint32_t at = least; at < flow->length; at += CCHCI_STRETCH) {
        uint64_t numbers = cchci_numbers_begin(flow->key, at, flow->length, &inside);
        for (; numbers != 0; numbers &= numbers - 1) {
            uint32_t digit = at + (uint32_t)__builtin_ctzll(numbers);
            if (!is_rest(flow, least, digit) &&
                code_at(parse, flow, least, digit, cchci_digits_end(flow->key, digit), code))
                return true;
        }
    }
    return false;
}

bool cchci_cited_code_next(const struct cchci_parse *parse, const struct cchci_flow *flow,
                           uint32_t least, struct cchci_cited_code *code)
{
    while (next_form(parse, flow, least, code)) {
        if (code->loose || notation_is_plausible(flow, code->begin, code->end)) {
            code->end = without_footnote(flow, code->begin, code->end);
            return true;
        }
        least = code->end;
    }
    return false;
}
