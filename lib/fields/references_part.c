/* SPDX-License-Identifier: MIT */
/* The part of a document that is cited, directly before its type: "điểm a, b khoản 2 và Điều 5
 * của". It is a chain of parts, which is read backwards, since its end is known, and most types
 * follow another word. A chain may be long and have many numbers: it is read whole, up to where the
 * mention before it ended, so that no text is read for two of them.
 *
 *      chain   = part { [ "," | ";" ] ( "," | ";" | " " | "và" | "của" | "tại" ) part }
 *      part    = name number { ( "," | ";" | [ "," ] "và" | "đến" ) number }
 *      number  = segment { "." segment } [ "." ] [ "(" letters or digits ")" ]
 *      segment = digits [ letter [ digit ] ] | Roman digits | letter { digit }
 *
 * of which the dot at the end stands behind a letter only: behind digits it ends a sentence. */
#include "references.h"

#include <string.h>

#include "base/limits.h"

static uint32_t letters_begin(const struct cchci_flow *flow, uint32_t end)
{
    while (end > 0 && cchci_is_ascii_letter(flow->key[end - 1]))
        end--;
    return end;
}

/* Before what closes a part's number in parentheses, "2.1 (a)", "2(b)"; the place, if nothing
 * does. */
static uint32_t before_parentheses(const unsigned char *key, uint32_t end)
{
    uint32_t at = end;
    if (at < 4 || key[--at] != ')')
        return end;
    for (unsigned i = 0;
         i < 3 && (cchci_is_ascii_letter(key[at - 1]) || cchci_is_digit(key[at - 1])); i++)
        at--;
    if (at + 1 == end || key[at - 1] != '(')
        return end;
    at--;
    return at - (key[at - 1] == ' ');
}

/* Whether the name of a part that lost the blank behind it ("Điều1") stands right before a
 * place. */
static bool stuck_name_before(const struct cchci_flow *flow, uint32_t begin, uint32_t at)
{
    static const char *const names[] = {"dieu", "diem", "khoan"};
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
        if (cchci_letters_at(flow->key + begin, names[i]) == at - begin)
            return true;
    return false;
}

/* Whether a part's number may end at a place. Nothing that ends with two letters is one, but of
 * Roman digits or with an l for a 1: so are most words told. */
static bool may_end_number(const unsigned char *key, uint32_t end)
{
    return end >= 2 &&
           !(cchci_is_ascii_letter(key[end - 1]) && cchci_is_ascii_letter(key[end - 2]) &&
             memchr("ivxl", cchci_lower(key[end - 2]), 4) == NULL);
}

/* Where what may be a part's number begins that ends at a place; the place, if nothing does. */
static uint32_t part_number_begin(const struct cchci_flow *flow, uint32_t end)
{
    uint32_t at = end > 0 && flow->key[end - 1] == ')' ? before_parentheses(flow->key, end) : end;
    if (!may_end_number(flow->key, at))
        return end;
    while (at > 0 && end - at <= CCHCI_PART_NUMBER &&
           (cchci_is(flow->key[at - 1], CCHCI_IS_DIGIT | CCHCI_IS_UPPER | CCHCI_IS_LOWER) ||
            flow->key[at - 1] == '.' || flow->key[at - 1] == '|'))
        at--;
    if (cchci_is_ascii_letter(flow->key[at]) && cchci_is_ascii_letter(flow->key[at + 1])) {
        uint32_t digit = at;
        while (cchci_is_ascii_letter(flow->key[digit]))
            digit++;
        if (digit < end && stuck_name_before(flow, at, digit))
            return digit;
    }
    return at;
}

static bool is_roman(unsigned char key)
{
    return cchci_lower(key) == 'i' || cchci_lower(key) == 'v' || cchci_lower(key) == 'x';
}

/* Behind a segment of a part's number, with l and | for a 1; its place, if none is there. */
static uint32_t segment_end(const unsigned char *key, uint32_t begin, uint32_t end)
{
    uint32_t at = begin;
    while (at < end && at - begin < 3 &&
           (cchci_is_digit(key[at]) || cchci_lower(key[at]) == 'l' || key[at] == '|'))
        at++;
    if (at > begin) {
        bool letter = at < end && cchci_is_ascii_letter(key[at]);
        at += letter;
        return at + (letter && at < end && cchci_is_digit(key[at]));
    }
    while (at < end && at - begin < 5 && is_roman(key[at]))
        at++;
    if (at > begin + 1)
        return at;
    at = begin + (begin < end && cchci_is_ascii_letter(key[begin]));
    for (unsigned i = 0; i < 2 && at > begin && at < end && cchci_is_digit(key[at]); i++)
        at++;
    return at;
}

static bool is_part_number(const unsigned char *key, uint32_t begin, uint32_t end)
{
    uint32_t at = begin;
    end = before_parentheses(key, end);
    for (unsigned i = 0; i < CCHCI_PART_SEGMENTS; i++) {
        uint32_t segment = segment_end(key, at, end);
        if (segment == at)
            return false;
        if (segment == end)
            return true;
        if (key[segment] != '.')
            return false;
        if (segment + 1 == end)
            return cchci_is_ascii_letter(key[at]);
        at = segment + 1;
    }
    return false;
}

/* Where the name of a part begins that stands before its number; the number, if there is none. */
static uint32_t part_name_before(const struct cchci_flow *flow, uint32_t least, uint32_t number)
{
    static const char *const names[26][CCHCI_WORDS_OF_LETTER] = {
        ['c' - 'a'] = {"chuong"},          ['d' - 'a'] = {"diem", "dieu"},
        ['k' - 'a'] = {"khoan"},           ['m' - 'a'] = {"muc"},
        ['p' - 'a'] = {"phan", "phu luc"}, ['t' - 'a'] = {"tiet", "tieu muc"}};
    if (number < 4)
        return number;
    if (flow->key[number - 1] != ' ') {
        uint32_t stuck = letters_begin(flow, number);
        return stuck >= least && stuck_name_before(flow, stuck, number) ? stuck : number;
    }
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

static bool is_joint(unsigned char key)
{
    return key == ',' || key == ';';
}

/* Where the number ends that stands before another one or a part's name, with a comma or "và"
 * between; 0: neither is there. */
static uint32_t before_joint(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t behind = cchci_flow_before_blank(flow, at);
    if (behind > 0 && is_joint(flow->key[behind - 1]))
        return behind - 1;
    uint32_t end = behind < at ? before_word(flow, behind, "va") : 0;
    return end > 0 && is_joint(flow->key[end - 1]) ? end - 1 : end;
}

/* Where the part begins of which the last number ends at a place; that place, if it is none. */
static uint32_t part_before(const struct cchci_flow *flow, uint32_t least, uint32_t end)
{
    uint32_t at = end;
    for (;;) {
        uint32_t begin = part_number_begin(flow, at);
        if (begin == at)
            return end;
        uint32_t name = part_name_before(flow, least, begin);
        if (name < begin)
            return is_part_number(flow->key, begin, at) ? name : end;
        if (!is_part_number(flow->key, begin, at))
            return end;
        uint32_t before = before_joint(flow, begin);
        if (before == 0 && begin > 1 && flow->key[begin - 1] == ' ') /* "1.2 c", "1 đến 3" */
            before = at == begin + 1 && cchci_is_ascii_letter(flow->key[begin]) &&
                             cchci_is_digit(flow->key[begin - 2])
                         ? begin - 1
                         : before_word(flow, begin - 1, "den");
        if (before == 0)
            return end;
        at = before;
    }
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

/* Where what stands before the words ends by which an annex belongs to a document: "Phụ lục 4 ban
 * hành kèm theo"; 0: they do not stand there. */
static uint32_t before_issued_with(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t with = before_word(flow, at, "theo");
    with = before_word(flow, with > 0 ? with : at, "kem");
    uint32_t issued = with > 0 ? before_word(flow, with, "ban hanh") : 0;
    return issued > 0 ? issued : with;
}

/* Where the part ends that a document's type follows. */
static uint32_t part_end(const struct cchci_flow *flow, uint32_t type)
{
    uint32_t end = cchci_flow_before_blank(flow, type), of = 0;
    if (end < 3)
        return 0;
    unsigned char last = flow->key[end - 1];
    if ((last == '"' || last == '\'') && flow->key[end - 2] == ' ')
        end -= 2; /* it opens the document's name, or is a speck */
    last = cchci_lower(flow->key[end - 1]);
    if (last == 'a' || last == 'i')
        of = before_of(flow, end);
    else if (last == 'o' || last == 'm')
        of = before_issued_with(flow, end);
    return of > 0 ? of : end - is_joint(last);
}

void cchci_mention_read_part(const struct cchci_flow *flow, struct cchci_mention *mention)
{
    uint32_t end = part_end(flow, mention->begin);
    if (!may_end_number(flow->key, end) ||
        !is_part_number(flow->key, part_number_begin(flow, end), end))
        return;
    uint32_t least = cchci_mention_stretch_before(flow, mention, mention->begin, UINT32_MAX);
    uint32_t first = end;
    for (uint32_t at = end; at > 0;) {
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
