/* SPDX-License-Identifier: MIT */
/* The part of a document that is cited, directly before its type: "điểm a, b khoản 2 và Điều 5
 * của". It is a chain of parts, which is read backwards, since its end is known, and most types
 * follow another word:
 *
 *      chain  = part { [ "," ] ( "," | " " | "và" | "của" | "tại" ) part }
 *      part   = name number { ( "," | [ "," ] "và" | "đến" ) number }
 *      number = digits [ letter ] { "." digits } | Roman digits | letter { digit | "." }
 *
 * of which only a part's first number may be the last of these, with more than its letter. */
#include "references.h"

#include <string.h>

#include "base/limits.h"

static uint32_t letters_begin(const struct cchci_flow *flow, uint32_t end)
{
    while (end > 0 && cchci_is_ascii_letter(flow->key[end - 1]))
        end--;
    return end;
}

/* Where what may be a part's number begins that ends at a place. Nothing that ends with two letters
 * is one, but of Roman digits or with an l for a 1: so are most words told. */
static uint32_t part_number_begin(const struct cchci_flow *flow, uint32_t end)
{
    if (end < 2 ||
        (cchci_is_ascii_letter(flow->key[end - 1]) && cchci_is_ascii_letter(flow->key[end - 2]) &&
         memchr("ivxl", cchci_lower(flow->key[end - 2]), 4) == NULL))
        return end;
    uint32_t at = end;
    while (at > 0 && end - at <= CCHCI_PART_NUMBER &&
           (cchci_is(flow->key[at - 1], CCHCI_IS_DIGIT | CCHCI_IS_UPPER | CCHCI_IS_LOWER) ||
            flow->key[at - 1] == '.' || flow->key[at - 1] == '|'))
        at--;
    return at;
}

/* Behind the digits of a part's number, with l and | for a 1, its letter and its further digits. */
static uint32_t part_digits_end(const unsigned char *key, uint32_t at, uint32_t end)
{
    uint32_t begin = at;
    while (at < end && at - begin < 3 &&
           (cchci_is_digit(key[at]) || cchci_lower(key[at]) == 'l' || key[at] == '|'))
        at++;
    if (at == begin)
        return at;
    at += at < end && cchci_is_ascii_letter(key[at]);
    for (unsigned i = 0; i < 3 && at + 1 < end && key[at] == '.' && cchci_is_digit(key[at + 1]);
         i++) {
        at += 2;
        at += at < end && cchci_is_digit(key[at]);
    }
    return at;
}

static bool is_part_number(const unsigned char *key, uint32_t begin, uint32_t end, bool first)
{
    if (begin == end)
        return false;
    if (part_digits_end(key, begin, end) == end)
        return true;
    uint32_t at = begin;
    while (at < end && (cchci_lower(key[at]) == 'i' || cchci_lower(key[at]) == 'v' ||
                        cchci_lower(key[at]) == 'x'))
        at++;
    if (at == end && end - begin <= 5)
        return true;
    if (!cchci_is_ascii_letter(key[begin]) || end - begin > (first ? 4u : 1u))
        return false;
    for (at = begin + 1; at < end && (cchci_is_digit(key[at]) || key[at] == '.'); at++)
        continue;
    return at == end;
}

/* Where the name of a part begins that stands before its number; the number, if there is none. */
static uint32_t part_name_before(const struct cchci_flow *flow, uint32_t least, uint32_t number)
{
    static const char *const names[26][CCHCI_WORDS_OF_LETTER] = {
        ['c' - 'a'] = {"chuong"},          ['d' - 'a'] = {"diem", "dieu"},
        ['k' - 'a'] = {"khoan"},           ['m' - 'a'] = {"muc"},
        ['p' - 'a'] = {"phan", "phu luc"}, ['t' - 'a'] = {"tiet", "tieu muc"}};
    if (number < 4 || flow->key[number - 1] != ' ')
        return number;
    uint32_t begin = letters_begin(flow, number - 1);
    if (number - 1 - begin == 3 && begin > 3 && flow->key[begin - 1] == ' ') {
        uint32_t longer = letters_begin(flow, begin - 1); /* "phụ lục", "tiểu mục" */
        if (longer >= least && cchci_any_words(flow, longer, names) == number - 1 - longer)
            return longer;
    }
    uint32_t length = cchci_any_words(flow, begin, names);
    return length > 0 && begin + length == number - 1 ? begin : number;
}

/* Where what stands before a word ends, if the word ends at a place, with a blank before it; 0:
 * another one does. */
static uint32_t before_word(const struct cchci_flow *flow, uint32_t at, const char *word)
{
    uint32_t length = (uint32_t)strlen(word);
    return at > length && flow->key[at - 1 - length] == ' ' &&
                   cchci_letters_at(flow->key + at - length, word) > 0
               ? at - 1 - length
               : 0;
}

/* Where the number ends that stands before another one or a part's name, with a comma or "và"
 * between; 0: neither is there. */
static uint32_t before_joint(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t behind = cchci_flow_before_blank(flow, at);
    if (behind > 0 && flow->key[behind - 1] == ',')
        return behind - 1;
    uint32_t end = behind < at ? before_word(flow, behind, "va") : 0;
    return end > 0 && flow->key[end - 1] == ',' ? end - 1 : end;
}

/* Where the part begins of which the last number ends at a place; that place, if it is none. */
static uint32_t part_before(const struct cchci_flow *flow, uint32_t least, uint32_t end)
{
    uint32_t at = end;
    for (unsigned numbers = 0; numbers <= CCHCI_PART_MORE_NUMBERS; numbers++) {
        uint32_t begin = part_number_begin(flow, at);
        if (begin == at)
            return end;
        uint32_t name = part_name_before(flow, least, begin);
        if (name < begin)
            return is_part_number(flow->key, begin, at, true) ? name : end;
        if (!is_part_number(flow->key, begin, at, false))
            return end;
        at = before_joint(flow, begin);
        if (at == 0 && begin > 0 && flow->key[begin - 1] == ' ')
            at = before_word(flow, begin - 1, "den");
        if (at == 0)
            return end;
    }
    return end;
}

/* Where what "của" or "tại" stands behind ends, if one of them ends at a place; 0: neither does. */
static uint32_t before_of(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t end = before_word(flow, at, "cua");
    return end > 0 ? end : before_word(flow, at, "tai");
}

/* Where the part ends that another one may follow at a place; 0: none can. */
static uint32_t before_part(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t end = before_joint(flow, at);
    if (end > 0 || at == 0 || flow->key[at - 1] != ' ')
        return end;
    end = before_of(flow, at - 1);
    return end > 0 ? end : at - 1;
}

void cchci_mention_read_part(const struct cchci_flow *flow, struct cchci_mention *mention)
{
    uint32_t end = cchci_flow_before_blank(flow, mention->begin);
    uint32_t of = before_of(flow, end);
    end = of > 0 ? of : end - (end > 0 && flow->key[end - 1] == ',');
    if (!is_part_number(flow->key, part_number_begin(flow, end), end, true))
        return;
    uint32_t least = cchci_mention_stretch_before(flow, mention, mention->begin, CCHCI_PART_LENGTH);
    uint32_t first = end;
    for (unsigned parts = 0, at = end; parts < CCHCI_PART_CHAIN && at > 0; parts++) {
        uint32_t begin = part_before(flow, least, at);
        if (begin == at || begin < least)
            break;
        first = begin;
        at = before_part(flow, begin);
    }
    if (first == end)
        return;
    mention->part_begin = mention->begin = first;
    mention->part_end = end;
}
