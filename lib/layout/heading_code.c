/* SPDX-License-Identifier: MIT */
/* Số, ký hiệu as the heading prints it (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3):
 *
 *      label     "Số:", damaged ("Só:", "$6:", "86:"), or with the act's name ("Luật số:")
 *      number    digits, a blank left open, or what OCR made of them
 *      notation  groups in capitals joined by '-' and '/'
 *
 * 15/QĐ-BNV, 61/2024/QH15, 36-HD/VPTW (Party), 1146 CV/UB (the 1990s). Where the slash was lost the
 * capitals with their dash say where the notation begins.
 */
#include <string.h>

#include "heading.h"
#include "text/take.h"

/* Whether one of the acts of the National Assembly may begin with a key. */
static bool begins_act(unsigned char key)
{
    return key == 'L' || key == 'B' || key == 'P' || key == 'N';
}

uint32_t cchci_code_label_read(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                               bool *colon)
{
    /* "Luật số: 91/2026/QH16": the acts of the National Assembly. */
    static const char *const acts[] = {"luat so",       "bo luat so", "phap lenh so",
                                       "nghi quyet so", "lenh so",    "luatso"};
    *colon = false;
    unsigned char first = cchci_flow_key(flow, at, end);
    for (unsigned i = 0; begins_act(first) && i < sizeof acts / sizeof acts[0]; i++)
        if (cchci_flow_words(flow, at, acts[i]) > 0) {
            at += (uint32_t)strlen(acts[i]) - 2;
            first = cchci_flow_key(flow, at, end);
        }
    unsigned char second = cchci_flow_key(flow, at + 1, end);
    bool digit = (first == '9' || first == '8' || first == '3') &&
                 (second == '6' || second == 'o' || second == '0') &&
                 cchci_flow_key(flow, at + 2, end) == ':'; /* "86:2064/TCT": OCR's Số: */
    if (first != 'S' && first != 's' && first != '$' && first != '5' && !digit)
        return 0;
    if (memchr("oO0d6ecSs", second, 9) == NULL)
        return 0;
    uint32_t i = at + 2;
    if (cchci_is_letter(cchci_flow_key(flow, i, end)))
        return 0;
    bool exact = second == 'o' || second == 'O';
    while (cchci_flow_key(flow, i, end) == ' ')
        i++;
    unsigned char sign = cchci_flow_key(flow, i, end);
    /* "Số      -NQ/TU": the Party's form with its number left open. */
    bool open = exact && sign == '-' && cchci_is_upper(cchci_flow_key(flow, i + 1, end));
    if (sign == ':' || sign == ';' || (sign == '!' && exact) ||
        (sign == '.' && cchci_flow_key(flow, i + 1, end) == ' ')) {
        *colon = sign == ':' || sign == '!';
        i++;
    } else if (!exact || !(cchci_is_digit(sign) || open) ||
               (flow->text->mark[cchci_flow_character(flow, at + 1)] & CCHCI_QUALITY) ==
                   CCHCI_QUALITY_HORN) {
        return 0; /* without its colon the label needs its number: no "Sở", and no "Số hiệu" */
    }
    while (cchci_flow_key(flow, i, end) == ' ')
        i++;
    return i;
}

static bool notation_key(unsigned char key)
{
    return cchci_is_word(key) || key == '&' || key == CCHCI_KEY_LETTER;
}

/* The end of the notation that starts at a place: words joined by - and /, blanks around the joints
 * allowed. */
static uint32_t notation_end(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t i = at, reached = at;
    for (;;) {
        uint32_t word = i;
        while (i < end &&
               !(flow->key[i] == 'V' && cchci_flow_key(flow, i + 1, end) == '/' &&
                 cchci_flow_key(flow, i + 2, end) == 'v' &&
                 !cchci_is_letter(cchci_flow_key(flow, i + 3, end))) && /* V/v glued to it */
               (notation_key(flow->key[i]) ||
                ((flow->key[i] == '+' || flow->key[i] == '.') && i > word &&
                 cchci_is_upper(cchci_flow_key(flow, i + 1, end)))))
            i++;
        if (i == word)
            return reached;
        reached = i;
        uint32_t joint = i;
        while (joint < end && flow->key[joint] == ' ')
            joint++;
        if (cchci_flow_key(flow, joint, end) != '-' && cchci_flow_key(flow, joint, end) != '/')
            return reached;
        if (flow->key[joint] == '-' && joint > i && cchci_flow_key(flow, joint + 1, end) == ' ') {
            /* " - " parts columns unless a last group in capitals follows: "45/SNV - TCBC". */
            uint32_t group = joint + 2;
            while (group < end && cchci_is_upper(flow->key[group]) &&
                   cchci_flow_mark(flow, group) % 8 == 0)
                group++;
            bool another = group < end && flow->key[group] == ' ' &&
                           cchci_is_upper(cchci_flow_key(flow, group + 1, end)) &&
                           cchci_is_upper(cchci_flow_key(flow, group + 2, end));
            if (group < joint + 4 || another)
                return reached;
        }
        joint++;
        while (joint < end && flow->key[joint] == ' ')
            joint++;
        if (!cchci_is_letter(cchci_flow_key(flow, joint, end)) &&
            !cchci_is_digit(cchci_flow_key(flow, joint, end)))
            return reached;
        i = joint;
    }
}

/* How far the number may be from the label: a spaced-out or dotted blank. */
#define NUMBER_LENGTH 24u
#define PARTY_DIGITS 5u  /* of the Party's numbers */
#define SLASH_LETTERS 6u /* before the slash: more are words, and it is another's */

/* OCR sees slashes in the number, too: the last one before the notation counts, unless a year or a
 * group of the notation stands between. */
static uint32_t last_slash(const struct cchci_flow *flow, uint32_t at, uint32_t slash, uint32_t end)
{
    uint32_t letters = 0, last = slash;
    for (uint32_t k = slash + 1; k < end && k - at < NUMBER_LENGTH && letters < 2; k++) {
        letters += cchci_is_letter(flow->key[k]);
        uint32_t notation = cchci_skip_blank(flow, k + 1);
        bool year = k == slash + 5 && cchci_word_characters(flow, slash, k) == 4;
        if (flow->key[k] == '/' && !year && cchci_is_upper(cchci_flow_key(flow, notation, end)) &&
            cchci_is_upper(cchci_flow_key(flow, notation + 1, end)))
            last = k;
    }
    return last;
}

/* Fills a shape whose number begins it and whose notation ends it. */
static bool give_shape(struct cchci_code_shape *shape, uint32_t number, uint32_t number_end,
                       uint32_t notation, uint32_t notation_end)
{
    shape->begin = shape->number_begin = number;
    shape->number_end = number_end;
    shape->notation_begin = notation;
    shape->end = shape->notation_end = notation_end;
    return true;
}

/* Party form: 36-HD/VPTW (Hướng dẫn 36-HD/VPTW, 2). digits: the place behind those that begin it;
 * open: there may be none, since the notation has its slash. */
static bool read_party(const struct cchci_flow *flow, uint32_t at, uint32_t digits, uint32_t end,
                       bool open, struct cchci_code_shape *shape)
{
    return digits - at <= PARTY_DIGITS && (digits > at || open) &&
           cchci_flow_key(flow, digits, end) == '-' &&
           cchci_is_upper(cchci_flow_key(flow, digits + 1, end)) &&
           cchci_is_word(cchci_flow_key(flow, digits + 2, end)) &&
           give_shape(shape, at, digits, digits + 1, notation_end(flow, digits + 1, end));
}

/* The slash is there as something else: "55 'CHQ-TXNK", "2686 7TCT-DNNCN". */
static bool read_damaged_slash(const struct cchci_flow *flow, uint32_t at, uint32_t digits,
                               uint32_t end, struct cchci_code_shape *shape)
{
    uint32_t notation, after = 0;
    for (notation = at; notation < end && notation - at < NUMBER_LENGTH; notation++) {
        after = notation_end(flow, notation, end);
        if (cchci_is_upper(flow->key[notation]) && after - notation >= 4 &&
            memchr(flow->key + notation, '-', after - notation) != NULL &&
            cchci_capitals(flow, notation, after) >= 80 &&
            cchci_is_upper(cchci_flow_key(flow, notation + 1, end)))
            break;
    }
    if (notation == at || notation >= end || notation - at >= NUMBER_LENGTH)
        return false;
    uint32_t stop = notation;
    while (stop > at && !cchci_is_word(flow->key[stop - 1]))
        stop--;
    if (digits > at + 1 && cchci_flow_key(flow, digits, end) == ' ')
        stop = digits; /* what stands behind the blank is a damaged slash */
    return give_shape(shape, at, stop, notation, after);
}

/* No slash: "1234 CV-VP", or OCR lost it: "d9hSYT- NVY". */
static bool read_unslashed(const struct cchci_flow *flow, uint32_t at, uint32_t digits,
                           uint32_t end, struct cchci_code_shape *shape)
{
    uint32_t notation = digits;
    if (cchci_flow_key(flow, notation, end) == ' ' && digits > at)
        notation++;
    uint32_t after = notation_end(flow, notation, end);
    bool sound = after > notation + 1 && cchci_is_upper(flow->key[notation]) &&
                 cchci_capitals(flow, notation, after) >= 60;
    bool joined = sound && memchr(flow->key + notation, '-', after - notation) != NULL;
    return (!joined && read_damaged_slash(flow, at, digits, end, shape)) ||
           (sound && give_shape(shape, at, digits, notation, after));
}

/* The 1990s: "1146 CV/UB", whose notation begins before the slash. number: where that ends. */
static bool read_old(const struct cchci_flow *flow, uint32_t at, uint32_t digits, uint32_t number,
                     uint32_t after, struct cchci_code_shape *shape)
{
    return digits > at && number >= digits + 3 && flow->key[digits] == ' ' &&
           cchci_capitals(flow, digits, number) == 100 &&
           cchci_word_characters(flow, digits, number) == number - digits - 1 &&
           give_shape(shape, at, digits, digits + 1, after);
}

/* The usual form, whose number may be a blank of any signs. */
static bool read_slashed(const struct cchci_flow *flow, uint32_t at, uint32_t digits,
                         uint32_t slash, uint32_t end, struct cchci_code_shape *shape)
{
    uint32_t notation = slash + 1;
    while (cchci_flow_key(flow, notation, end) == ' ')
        notation++;
    uint32_t after = notation_end(flow, notation, end);
    if (after == notation || cchci_capitals(flow, notation, after) < 40)
        return false;
    uint32_t stop = slash;
    while (stop > at && memchr(" ._", flow->key[stop - 1], 3) != NULL)
        stop--;
    if (stop > at && flow->key[stop - 1] == CCHCI_KEY_ELLIPSIS)
        stop--;
    if (read_old(flow, at, digits, stop, after, shape))
        return true;
    uint32_t from = at;
    while (from < stop &&
           (memchr(" ._:", flow->key[from], 4) != NULL || flow->key[from] == CCHCI_KEY_ELLIPSIS))
        from++;
    give_shape(shape, from, stop, notation, after);
    if (from == stop)
        shape->begin = slash;
    return true;
}

bool cchci_code_read(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                     struct cchci_code_shape *shape)
{
    memset(shape, 0, sizeof *shape);
    uint32_t slash = at, letters = 0, digits = at;
    while (slash < end && slash - at < NUMBER_LENGTH && flow->key[slash] != '/') {
        letters += cchci_is_letter(flow->key[slash]);
        slash++;
    }
    while (digits < end && cchci_is_digit(flow->key[digits]))
        digits++;
    bool slashed = cchci_flow_key(flow, slash, end) == '/';
    bool open = slashed && letters == slash - at - 1; /* "-NQ/TU" */
    if (read_party(flow, at, digits, end, open, shape))
        return true;
    if (!slashed || letters > SLASH_LETTERS)
        return read_unslashed(flow, at, digits, end, shape);
    return read_slashed(flow, at, digits, last_slash(flow, at, slash, end), end, shape);
}

/* Letters before the notation of a code whose label is damaged; more are words. */
#define DAMAGED_LETTERS 6u
/* Letters and digits behind it: specks. */
#define SPECK_LETTERS 2u

/* Whether a notation of two groups stands in [at, after): capitals without tones. */
static bool is_notation(const struct cchci_flow *flow, uint32_t at, uint32_t after)
{
    const unsigned char *dash = after > at ? memchr(flow->key + at, '-', after - at) : NULL;
    if (dash == NULL || dash - (flow->key + at) < 2 || after - at < 5 ||
        cchci_capitals(flow, at, after) < 80)
        return false;
    for (uint32_t k = at; k < after; k++)
        if (cchci_is_letter(flow->key[k]) && (cchci_flow_mark(flow, k) & CCHCI_TONE) != 0)
            return false;
    return cchci_word_characters(flow, (uint32_t)(dash - flow->key), after) >= 2;
}

bool cchci_code_read_damaged(const struct cchci_flow *flow, uint32_t at, uint32_t end,
                             struct cchci_code_shape *shape)
{
    uint32_t letters = 0, signs = 0, notation = at, after = 0;
    memset(shape, 0, sizeof *shape);
    for (; notation < end && notation - at < NUMBER_LENGTH && letters <= DAMAGED_LETTERS;
         notation++) {
        unsigned char key = flow->key[notation];
        if (signs > 0 && cchci_is_upper(key) && !cchci_is_upper(flow->key[notation - 1])) {
            after = notation_end(flow, notation, end);
            if (is_notation(flow, notation, after))
                break;
        }
        letters += cchci_is_letter(key);
        signs += key != ' ' && !cchci_is_letter(key) && key != '-' && key != '.';
    }
    if (notation >= end || notation - at >= NUMBER_LENGTH || letters > DAMAGED_LETTERS ||
        cchci_word_characters(flow, after, end) > SPECK_LETTERS)
        return false;
    /* "Sóv?/KH-SYT", "Sá;17#%'CT-TTHT": what is left of the label. */
    if (cchci_lower(flow->key[at]) == 's' && memchr("oO0d6ecSsaA", flow->key[at + 1], 11) != NULL)
        at += 2;
    else if (cchci_is_word(flow->key[at]) && flow->key[at + 1] == ':') /* "6: 407 SYT-NVY" */
        at++;
    while (at < notation && memchr(" :;.", flow->key[at], 4) != NULL)
        at++;
    uint32_t stop = notation;
    while (stop > at && memchr(" /'", flow->key[stop - 1], 3) != NULL)
        stop--;
    return give_shape(shape, at, stop, notation, after);
}
