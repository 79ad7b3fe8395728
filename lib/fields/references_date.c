/* SPDX-License-Identifier: MIT */
/* The date of a cited document (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6). It stands behind the
 * code, or behind the issuer that stands there:
 *
 *      after  = { " " | "," | "(" | quote | "." } [ agency ] [ verb ] date | title of a law date
 *      agency = two to six capitals
 *      verb   = "ban hành" | "ký" | "cấp" … | "được" words "thông qua"
 *
 * or before the mention, in a sentence that says who issued it: "Ngày 29/6/2026, Bộ Xây dựng ban
 * hành Nghị định". */
#include "references.h"

#include <string.h>

#include "base/limits.h"
#include "text/eight.h"

/* ------------------------------------------------------------------------------------- after -- */

/* Whether a day, a month and a year stand at a place, as numbers. */
static bool numeric_date_at(const struct cchci_flow *flow, uint32_t at)
{
    for (unsigned part = 0; part < 2; part++) {
        if (!cchci_is_digit(flow->key[at++]))
            return false;
        at += cchci_is_digit(flow->key[at]);
        at += flow->key[at] == ' ';
        if (flow->key[at] != '/' && flow->key[at] != '.' && flow->key[at] != '-')
            return false;
        at++;
        at += flow->key[at] == ' ';
    }
    return (flow->key[at] == '1' || flow->key[at] == '2') &&
           cchci_digits_end(flow->key, at) == at + 4;
}

/* Whether a date begins at a place: "ngày", which converters may have taken the vowel from. */
static bool date_begins(const struct cchci_flow *flow, uint32_t at)
{
    const unsigned char *key = flow->key + at;
    if (cchci_is_digit(key[0]))
        return numeric_date_at(flow, at);
    return cchci_lower(key[0]) == 'n' && cchci_lower(key[1]) == 'g' &&
           (cchci_lower(key[2]) == 'a' || key[2] == ' ') && cchci_lower(key[3]) == 'y';
}

/* Where the date begins that stands behind one of the words that lead to it, or at once: "ký ngày",
 * "được Quốc hội khóa XIV thông qua ngày", a damaged "hgày 22/9/2021"; 0: none. */
static uint32_t date_behind_verb(const struct cchci_flow *flow, uint32_t at)
{
    static const char *const verbs[26][CCHCI_WORDS_OF_LETTER] = {
        ['b' - 'a'] = {"ban hanh"},
        ['c' - 'a'] = {"cap lan dau", "cap", "cung"},
        ['d' - 'a'] = {"de", "duoc ky ket", "duoc ky", "duoc ban hanh", "duoc cap"},
        ['g' - 'a'] = {"ghi"},
        ['k' - 'a'] = {"ky ket", "ky"},
        ['l' - 'a'] = {"lap"},
        ['p' - 'a'] = {"phat hanh"}};
    const unsigned char *key = flow->key + at;
    if (cchci_is_ascii_letter(key[0]) && cchci_lower(key[1]) == 'g' && cchci_lower(key[2]) == 'a' &&
        cchci_lower(key[3]) == 'y') {
        if (key[4] == ' ' && date_begins(flow, at + 5))
            return cchci_lower(key[0]) == 'n' && cchci_is_digit(key[5]) ? at : at + 5;
        if (date_begins(flow, at + 4))
            return at + 4;
    }
    uint32_t verb = cchci_any_words(flow, at, verbs);
    if (verb > 0 && key[verb] == ' ' && date_begins(flow, at + verb + 1))
        return at + verb + 1;
    uint32_t begin = 0;
    if (cchci_flow_words(flow, at, "duoc") > 0 && key[4] == ' ')
        for (uint32_t i = at + 5; i <= at + 5 + CCHCI_PASSED_DISTANCE && i < flow->length; i++) {
            uint32_t behind = i + sizeof "thong qua";
            if (cchci_flow_words(flow, i, "thong qua") > 0 && flow->key[behind - 1] == ' ' &&
                date_begins(flow, behind))
                begin = behind;
            if (memchr(".;,()", flow->key[i], 5) != NULL)
                break;
        }
    return begin != 0 ? begin : date_begins(flow, at) ? at : 0;
}

/* Whether a sign may stand between a code and its date. */
static bool may_precede_date(unsigned char key)
{
    switch (key) {
    case ' ':
    case ',':
    case '(':
    case '"':
    case '\'':
    case '`':
    case '.': return true;
    default: return false;
    }
}

/* Where the date begins that follows the title of a law which amends others, behind its number:
 * "Luật số 71/2014/QH13 sửa đổi … các Luật về thuế ngày 26/11/2014 của Quốc hội"; 0: none does. */
static uint32_t date_behind_title(const struct cchci_flow *flow, uint32_t at)
{
    if (at < 5 || flow->key[at - 4] != 'Q' || flow->key[at - 3] != 'H' ||
        cchci_flow_words(flow, at + 1, "sua doi") == 0)
        return 0;
    for (uint32_t i = at + 1; i < at + CCHCI_LAW_TITLE; i++) {
        struct cchci_date date;
        if (flow->key[i] == '\0' || memchr(";.:()", flow->key[i], 5) != NULL)
            return 0;
        if (flow->key[i] == ' ' && date_begins(flow, i + 1))
            return cchci_date_read(flow, i + 1, &date) &&
                           cchci_flow_words(flow, date.end + 1, "cua quoc hoi") > 0
                       ? i + 1
                       : 0;
    }
    return 0;
}

/* Where "ngày" leads to a date behind what a scanner made of specks: "NĐ-CP ¡ ngày", "CV-KHB. 17
 * ngày"; 0: nowhere. */
static uint32_t date_behind_specks(const struct cchci_flow *flow, uint32_t at)
{
    for (unsigned i = 0; i < CCHCI_SPECKS; i++, at++) {
        unsigned char key = flow->key[at];
        if (cchci_is_ascii_letter(key))
            return key == 'n' && i > 0 && flow->key[at - 1] == ' ' && date_begins(flow, at) ? at
                                                                                            : 0;
        if (key == ';' || key == ':' || key == ')' || key == '(' || key == '\0')
            return 0;
    }
    return 0;
}

/* Where the date begins that stands behind a code's end; 0: nowhere. An agency may stand
 * between. */
static uint32_t date_after(const struct cchci_flow *flow, uint32_t code_end)
{
    uint32_t at = code_end;
    while (at < code_end + 4 && may_precede_date(flow->key[at]))
        at++;
    unsigned char first = flow->key[at];
    if (cchci_is_upper(first)) {
        /* "TT-BTC. Ngày 13/10/2015, Chính phủ": the day of the next sentence. */
        if (first == 'N' && memchr(flow->key + code_end, '.', at - code_end) != NULL)
            return 0;
        uint32_t agency = at;
        while (agency < at + 7 && cchci_is_upper(flow->key[agency]))
            agency++;
        uint32_t begin = agency >= at + 2 && agency <= at + 6 && flow->key[agency] == ' '
                             ? date_behind_verb(flow, agency + 1)
                             : 0;
        if (begin != 0)
            return begin;
    }
    uint32_t begin = date_behind_verb(flow, at);
    if (begin != 0 || (cchci_is(first, CCHCI_IS_LOWER) && first != 's'))
        return begin;
    return first == 's' ? date_behind_title(flow, code_end) : date_behind_specks(flow, at);
}

bool cchci_mention_date_follows(const struct cchci_flow *flow, uint32_t at)
{
    return date_after(flow, at) != 0;
}

static void give_date(struct cchci_mention *mention, const struct cchci_date *date)
{
    mention->date = *date;
    mention->date_impossible = cchci_date_reduce(&mention->date);
    mention->has_date = true;
}

bool cchci_mention_read_date(const struct cchci_flow *flow, uint32_t *at,
                             struct cchci_mention *mention)
{
    uint32_t begin = date_after(flow, *at);
    if (begin == 0)
        return false;
    struct cchci_date date;
    if (!cchci_date_read(flow, begin, &date) || date.year <= 0)
        return false;
    *at = date.end;
    if (date.day < 0)
        date.day = 0;
    give_date(mention, &date);
    return true;
}

/* ------------------------------------------------------------------------------------ before -- */

/* Two letters as one number, whatever their case. */
#define PAIR(first, second) ((first) << 8 | (second))

static int pair_before(const struct cchci_flow *flow, uint32_t end)
{
    return end >= 2 ? PAIR(cchci_lower(flow->key[end - 2]), cchci_lower(flow->key[end - 1])) : 0;
}

/* Whether one of the verbs that issue may end at a place, by its last two letters. */
static bool verb_may_end(const struct cchci_flow *flow, uint32_t end)
{
    switch (pair_before(flow, cchci_flow_before_blank(flow, end))) {
    case PAIR('n', 'h'): /* ban hành */
    case PAIR('u', 'a'): /* thông qua */
    case PAIR('c', 'o'):
    case PAIR('k', 'y'):
    case PAIR('r', 'a'):
    case PAIR('a', 'i'): return true; /* ban hành … tại */
    default: return false;
    }
}

/* The first place in a stretch where "ngày" leads to a number; its end, if there is none. */
static uint32_t first_day(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    bool inside = false;
    for (uint32_t at = begin; at < end; at += CCHCI_STRETCH) {
        uint64_t numbers = cchci_numbers_begin(flow->key, at, end, &inside);
        for (; numbers != 0; numbers &= numbers - 1) {
            uint32_t digit = at + (uint32_t)__builtin_ctzll(numbers);
            uint32_t day = cchci_flow_before_blank(flow, digit);
            if (digit < end && day >= begin + 4 && memcmp(flow->key + day - 3, "gay", 3) == 0)
                return day - 4;
        }
    }
    return end;
}

void cchci_mention_read_date_before(const struct cchci_parse *parse, const struct cchci_flow *flow,
                                    struct cchci_mention *mention)
{
    uint32_t end = mention->begin;
    if (mention->has_date || !verb_may_end(flow, end))
        return;
    uint32_t day =
        first_day(flow, cchci_mention_stretch_before(flow, mention, end, CCHCI_DATE_BEFORE), end);
    struct cchci_match match;
    struct cchci_date date;
    if (day == end || !cchci_match(parse->patterns, parse->scratch, CCHCI_PATTERN_DATE_BEFORE,
                                   flow->key, end, day, &match))
        return;
    if (cchci_date_read(flow, match.begin[1], &date) && date.day > 0 && date.year > 0 &&
        date.month > 0)
        give_date(mention, &date);
}
