/* SPDX-License-Identifier: MIT */
/* Codes of documents, wherever they stand in a text:
 *
 *      code     = number "/" [ year "/" ] notation        15/QĐ-BNV, 61/2024/QH15, 1803/1998/QĐ/BTC
 *               | number "-" year "/" notation            19-2018/NQ-CP
 *               | number "-" type "/" agency              36-HD/VPTW
 *               | number notation | notation with a digit only after a type and "số"
 *               | anything of capitals and digits         between a type with "số" and a date
 *
 * A blank beside a dash or slash of a code is a break of the line, where capitals follow. What a
 * typist or a scanner broke is put together where what stands around tells: a number behind a type
 * with "số", the rest of a notation before a date.
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

/* Most characters that are looked at before the digits of a number for what was broken off them,
 * and digits of one that is put together; most characters of the rest of a notation that is broken
 * off before a date, and of a code of whatever form. */
#define BROKEN_NUMBER 6u
#define BROKEN_DIGITS 5u
#define BROKEN_NOTATION 12u
#define ANY_CODE 36u

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

/* Where the last digit of a year stands, of which a blank may part the digits: "201 8", "20 18";
 * NULL: no four digits. */
static const unsigned char *year_last(const unsigned char *key)
{
    if (!cchci_is_digit(key[0]) || (!cchci_is_digit(key[1]) && key[1] != ' '))
        return NULL;
    unsigned digits = 1;
    for (const unsigned char *next = key + 1; next < key + 5; next++) {
        if (cchci_is_digit(*next)) {
            if (++digits == 4)
                return next;
        } else if (*next != ' ') {
            return NULL;
        }
    }
    return NULL;
}

/* Behind the year that stands between number and notation, and the sign that parts it from this:
 * "2018/", "201 8 - ", "2018NĐ"; where it starts, if there is none. */
static const unsigned char *behind_year(const unsigned char *key)
{
    const unsigned char *last = year_last(key);
    if (last == NULL)
        return key;
    const unsigned char *next = last + 1;
    if (!is_century(key))
        return last == key + 3 && is_dash(*next) ? next + 1 : key;
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

/* Behind the number of a code; NULL: another number. "1.234", "15a". */
static const unsigned char *number_end(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    const unsigned char *key = flow->key;
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
    if (!slash && is_century(key)) { /* "19-2018/NQ-CP" */
        const unsigned char *notation = behind_year(key);
        slash = notation > key && (notation[-1] == '/' || notation[-2] == '/');
    }
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

/* A word in small letters that is stuck to a notation is none of it: "TT-BTCsửa đổi"; those that
 * notations have bear no marks (TTr, KGVXth). */
static uint32_t without_word(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    if (!cchci_is(flow->key[end - 1], CCHCI_IS_LOWER)) /* as most */
        return end;
    uint32_t word = end - 1;
    while (word > begin && cchci_is(flow->key[word - 1], CCHCI_IS_LOWER))
        word--;
    return end - word >= 2 && word >= begin + 2 && cchci_is_upper(flow->key[word - 1]) &&
                   cchci_is_upper(flow->key[word - 2]) && cchci_flow_marked(flow, word, end)
               ? word
               : end;
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
    return cchci_lower(*last) == 'o' && cchci_lower(last[-1]) == 's';
}

/* Whether "số" stands right before a place, and the name of a type before that: what follows is the
 * number of a document, whatever form it has. */
static bool numbers_a_document(const struct cchci_flow *flow, uint32_t at)
{
    if (!stands_behind_so(flow, at))
        return false;
    uint32_t so = cchci_flow_before_blank(flow, at);
    so -= flow->key[so - 1] == ':';
    return cchci_lexicon_before(CCHCI_TOPIC_CITED_TYPES, flow->key,
                                cchci_flow_before_blank(flow, so - 2)) != NULL;
}

/* Whether a key may stand in what a scanner made of a number, or put before it. */
static bool may_be_of_number(unsigned char key)
{
    return key == 'l' || key == 'I' ||
           (!cchci_is_ascii_letter(key) && memchr(",;:.-/()\"'", key, 10) == NULL);
}

/* Whether what stands in [begin, digit), with a blank at its end, is the beginning of the number
 * whose rest ends at `end`: digits, which make no number that nothing bears. Of those that are
 * counted by the year most are below 200. */
static bool begins_number(const unsigned char *key, uint32_t begin, uint32_t digit, uint32_t end)
{
    unsigned digits = 0;
    for (uint32_t at = begin; at < end; at++)
        digits += cchci_is_digit(key[at]);
    bool yearly = key[end] == '/' && is_century(key + end + 1);
    return cchci_is_digit(key[digit - 2]) &&
           (yearly ? digits < 3 || (digits == 3 && key[begin] == '1') : digits <= BROKEN_DIGITS);
}

/* Lets a code begin with what a scanner broke off its number ("số 1 57/2023"), or damaged there
 * ("số §4/2023", "số l385"); a speck that stands before it is passed over ("số } 25/2023"). */
static bool begin_broken(const struct cchci_flow *flow, uint32_t least, uint32_t digits_end,
                         struct cchci_cited_code *code)
{
    const unsigned char *key = flow->key;
    uint32_t at = code->begin, digit = at;
    while (at > least && digit - at < BROKEN_NUMBER && may_be_of_number(key[at - 1]))
        at--;
    at += key[at] == ' ';
    if (at >= digit || !numbers_a_document(flow, at))
        return false;
    code->from = at;
    if (key[digit - 1] != ' ' || begins_number(key, at, digit, digits_end))
        code->begin = at;
    return true;
}

/* Whether the key at a place may belong to the rest of a notation that was broken. */
static bool may_be_of_rest(const unsigned char *key)
{
    switch (*key) {
    case ' ':
        return key[-1] == '-' || key[1] == '-' || (cchci_is_ascii_letter(key[1]) && key[2] == '-');
    case ',':
    case '.': return cchci_is_upper(key[1]);
    case ';':
    case '(':
    case ')':
    case '"':
    case '\0': return false;
    default: return !cchci_is(*key, CCHCI_IS_LOWER) || !cchci_is(key[1], CCHCI_IS_LOWER);
    }
}

/* Behind the rest of a code that a typist or a scanner broke, if a date follows: "-15", ",TH,LT",
 * "'I-NVY", "- cP"; the code's end, if there is none. */
static uint32_t broken_notation_end(const struct cchci_flow *flow, uint32_t end)
{
    bool word = false;
    if (flow->key[end] == ' ' && cchci_is(flow->key[end + 1], CCHCI_IS_LOWER) &&
        flow->key[end + 2] != '-') /* as behind most */
        return end;
    for (uint32_t at = end; at < end + BROKEN_NOTATION && may_be_of_rest(flow->key + at); at++) {
        word |= cchci_is_word(flow->key[at]);
        uint32_t next = at + 1;
        if (word && flow->key[next + (flow->key[next] == ',')] == ' ' &&
            cchci_mention_date_follows(flow, next))
            return next;
    }
    return end;
}

/* Whether what stands in a place may be a code of whatever form: its words are of digits, signs and
 * capitals, or names in another language, which have no marks. */
static bool may_be_any_code(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    bool letter = false;
    if (!cchci_is_upper(flow->key[begin]) && !cchci_is_digit(flow->key[begin]))
        return false;
    for (uint32_t at = begin; at < end; at++) {
        const unsigned char *key = flow->key + at;
        bool small = cchci_is(*key, CCHCI_IS_LOWER);
        if ((small && key[-1] == ' ') || memchr(",;:\"", *key, 4) != NULL)
            return false;
        letter |= cchci_is_upper(*key);
        if (small && cchci_flow_mark(flow, at) != 0)
            return false;
    }
    return letter;
}

/* Whether the word at a key is none, or one of those in small letters that lead to a date: "ngày",
 * "đề", "ghi", "ký". */
static bool may_lead_to_date(const unsigned char *key)
{
    if (!cchci_is(key[0], CCHCI_IS_LOWER))
        return true;
    return key[0] == 'n'   ? key[3] == 'y'
           : key[0] == 'g' ? key[1] == 'h' && key[2] == 'i'
                           : (key[0] == 'd' || key[0] == 'k') && key[2] == ' ';
}

/* Finds the code of whatever form that stands between a type with "số" and a date, and has a
 * number that ends at `end`. */
static bool find_dated(const struct cchci_flow *flow, uint32_t least, uint32_t digit, uint32_t end,
                       struct cchci_cited_code *code)
{
    uint32_t begin = digit;
    unsigned char next = flow->key[end];
    if (digit < least + 2 || next == ';' || next == ')' || next == '%' ||
        (next == ' ' && !may_lead_to_date(flow->key + end + 1)) ||
        (next == '.' && flow->key[end + 1] == ' '))
        return false; /* as most: an item, an amount */
    unsigned blanks = 0;
    while (flow->key[begin - 1] != ' ' || !numbers_a_document(flow, begin)) {
        unsigned char before = flow->key[begin - 1];
        blanks += before == ' ';
        if (blanks > 1 || begin < least + 2 || digit - begin > CODE_CAPITALS ||
            cchci_is(before, CCHCI_IS_LOWER))
            return false;
        begin--;
    }
    for (uint32_t at = end; at < begin + ANY_CODE && at < flow->length; at++) {
        unsigned char key = flow->key[at];
        if (key != ' ' && key != ',')
            continue;
        if (cchci_mention_date_follows(flow, at)) {
            *code = (struct cchci_cited_code){begin, at, at, begin, true};
            return may_be_any_code(flow, begin, at);
        }
        if (key == ',' || cchci_is(flow->key[at + 1], CCHCI_IS_LOWER) ||
            (cchci_is_digit(flow->key[at - 1]) && cchci_is_digit(flow->key[at + 1])))
            return false;
    }
    return false;
}

/* Whether the pattern finds a code at a place behind "số". */
static bool find_loose(const struct cchci_parse *parse, const struct cchci_flow *flow, uint32_t at,
                       struct cchci_cited_code *code)
{
    struct cchci_match match;
    if (!cchci_match(parse->patterns, parse->scratch, CCHCI_PATTERN_LOOSE_CODE, flow->key,
                     flow->length, at, &match))
        return false;
    *code = (struct cchci_cited_code){at, match.end[0], match.end[0], at, true};
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

/* What may stand before a number, by the keys there: nothing of a code; what only one of whatever
 * form has before it; "số" or the capitals of a code. */
enum before { NOTHING, PART_OF_ANY, SO_OR_CAPITALS };

static enum before before_number(const struct cchci_flow *flow, uint32_t at)
{
    if (at < 2)
        return SO_OR_CAPITALS;
    unsigned char before = flow->key[at - 1];
    if (before == ' ') {
        before = flow->key[at - 2];
        if (cchci_is_ascii_letter(before)) /* as before most */
            return before < 'a'                                  ? PART_OF_ANY
                   : before == 'o' && stands_behind_so(flow, at) ? SO_OR_CAPITALS
                                                                 : NOTHING;
    } else if (before == '.') {
        return PART_OF_ANY;
    } else if (cchci_is_upper(before) || before == '&' || before == 'o') {
        return SO_OR_CAPITALS;
    }
    return is_dash(before) || (before == ':' && stands_behind_so(flow, at)) ? SO_OR_CAPITALS
                                                                            : NOTHING;
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
    enum before before = before_number(flow, digit);
    bool so = before == SO_OR_CAPITALS;
    if (so) {
        uint32_t capitals = capitals_before(flow, least, digit);
        if (capitals < digit && cchci_is_upper(flow->key[capitals]) &&
            stands_behind_so(flow, capitals) && find_loose(parse, flow, capitals, code))
            return true;
    }
    if (so || notation_behind(flow->key + end)) {
        uint32_t behind = code_end(flow, digit, end);
        if (behind > 0) {
            uint32_t rest = broken_notation_end(flow, behind);
            *code = (struct cchci_cited_code){digit, rest, rest, digit, false};
            if ((!so && begin_broken(flow, least, end, code)) || code_may_begin(flow, digit))
                return true;
        }
    }
    if (so && stands_behind_so(flow, digit) && find_loose(parse, flow, digit, code))
        return true;
    return before != NOTHING && find_dated(flow, least, digit, end, code);
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
            uint32_t end = without_word(flow, code->begin, code->end);
            code->footnote_end = end < code->end ? end : code->footnote_end;
            code->end = without_footnote(flow, code->begin, end);
            return true;
        }
        least = code->end;
    }
    return false;
}
