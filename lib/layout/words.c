/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <string.h>

#include "base/limits.h"
#include "grid.h"
#include "text/take.h"

/* ------------------------------------------------------------------------------------ names -- */

#define YEAR_DIGITS 4u /* behind words that are no name: "Quý I Năm 2025" */

/* The place behind the last letter of a word that a blank tore off: "Min h", "Nguyễ n". What is before the
 * blank and that letter make the end of a syllable. */
static uint32_t behind_torn_letter(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    unsigned char last = cchci_lower(flow->key[at - 1]), letter = cchci_flow_key(flow, at + 1, end);
    const char *ends = last == 'n' ? "gh" : last == 'c' ? "h" : "";
    if (memchr("aeiouy", last, 6) != NULL)
        ends = "cmnpt";
    bool torn = letter != 0 && flow->key[at] == ' ' && strchr(ends, letter) != NULL &&
                (at + 2 == end || flow->key[at + 2] == ' ');
    return torn ? at + 2 : at;
}

/* The end of the capitalised word that begins at a place; 0: no such word stands there. *upper: all
 * its letters are capitals. */
static uint32_t capitalised(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                            bool *upper)
{
    unsigned char first = flow->key[begin];
    /* A toned capital may have come as a small letter: "ứng" of a font without them. */
    if (!cchci_is(first, CCHCI_IS_UPPER | CCHCI_IS_OTHER_LETTER) &&
        !(flow->text->capitals_lost && (cchci_flow_mark(flow, begin) & CCHCI_TONE) != 0))
        return 0;
    unsigned kinds = 0;
    uint32_t at = begin;
    for (; at < end && flow->key[at] != ' '; at++) {
        if (!cchci_is_letter(flow->key[at]) && flow->key[at] != '\'' && flow->key[at] != '-')
            return 0;
        kinds |= cchci_key_kinds[flow->key[at]];
    }
    *upper = at - begin > 1 && (kinds & CCHCI_IS_LOWER) == 0;
    return behind_torn_letter(flow, at, end);
}

static uint32_t word_end(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    while (at < end && flow->key[at] != ' ')
        at++;
    return at;
}

static bool is_surname(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    const struct cchci_entry *surname = cchci_lexicon_like(CCHCI_TOPIC_SURNAMES, flow, end, begin);
    return surname != NULL && surname->length == end - begin;
}

uint32_t cchci_behind_titles(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t at = begin;
    const struct cchci_entry *title = cchci_lexicon_like(CCHCI_TOPIC_TITLES, flow, end, at);
    while (title != NULL && at + title->length < end) {
        at += title->length;
        while (at < end && (flow->key[at] == ' ' || flow->key[at] == '.' || flow->key[at] == ','))
            at++;
        title = cchci_lexicon_like(CCHCI_TOPIC_TITLES, flow, end, at);
    }
    return at;
}

uint32_t cchci_behind_signed(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t at = cchci_flow_next_word(flow, begin, end);
    if (cchci_lower(cchci_flow_key(flow, at, end)) != 'd' ||
        (cchci_flow_words(flow, at, "da ky") == 0 && cchci_flow_words(flow, at, "da ki") == 0))
        return begin;
    return cchci_flow_next_word(flow, at + (uint32_t)strlen("da ky"), end);
}

/* Whether words head an annex, as none of a name do: Danh is a family name, too. */
static bool heads_annex(const struct cchci_flow *flow, uint32_t at)
{
    static const char *const heads[] = {"danh sach", "danh muc", "phu luc", "bieu mau"};
    for (unsigned i = 0; i < sizeof heads / sizeof heads[0]; i++)
        if (cchci_flow_words(flow, at, heads[i]) > 0)
            return true;
    return false;
}

bool cchci_person_name(const struct cchci_flow *flow, uint32_t *begin, uint32_t *end)
{
    /* Lexicon words of agencies are capitals too, and Trương is a family name, TRƯỜNG a school. */
    uint32_t from = cchci_behind_signed(flow, *begin, *end), to = *end;
    while (from < to && !cchci_is_letter(flow->key[from]))
        from++;
    while (to > from && !cchci_is_letter(flow->key[to - 1]))
        to--;
    if (cchci_word_characters(flow, to, *end) == YEAR_DIGITS)
        return false;
    uint32_t at = cchci_behind_titles(flow, from, to);
    struct {
        uint32_t begin, end;
    } word[CCHCI_NAME_WORDS];
    unsigned words = 0, upper_words = 0;
    for (uint32_t w = at; w < to; words++) {
        bool upper;
        uint32_t stop = capitalised(flow, w, to, &upper);
        if (stop == 0 || stop - w > 8 || words == CCHCI_NAME_WORDS)
            return false;
        upper_words += upper;
        word[words].begin = w;
        word[words].end = stop;
        w = stop;
        while (w < to && flow->key[w] == ' ')
            w++;
    }
    if (words < 2 || heads_annex(flow, from))
        return false;
    if (upper_words == words && (cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, to, from) != NULL ||
                                 cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, to, from) != NULL))
        return false;
    if (upper_words > 0 && upper_words < words)
        return false;
    const struct cchci_entry *rest =
        upper_words > 0 ? cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, to, word[1].begin) : NULL;
    if (rest != NULL && word[1].begin + rest->length == to)
        return false; /* "HO CỤC TRƯỞNG" */
    if ((upper_words > 0 || words > 3) && !is_surname(flow, word[0].begin, word[0].end)) {
        if (upper_words > 0)
            return false; /* a name in capitals has to show it is one */
        bool any = false;
        for (unsigned i = 1; i < words && words == 4; i++)
            any = any || is_surname(flow, word[i].begin, word[i].end);
        if (!any)
            return false;
    }
    *begin = from;
    *end = to;
    return true;
}

/* Where the unit begins whose last syllable is the word [word, end), as the capital of its first one
 * tells: "Thành phố Hồ Chí Minh", "Huyện Côn Đảo"; `end`: it is no unit's. */
static uint32_t unit_begin(const struct cchci_flow *flow, uint32_t least, uint32_t word,
                           uint32_t end)
{
    static const char *const units[] = {"thanh pho", "thi xa", "thi tran", "dac khu", "huyen",
                                        "tinh",      "quan",   "phuong",   "xa"};
    for (unsigned u = 0; u < sizeof units / sizeof units[0]; u++) {
        const char *blank = strchr(units[u], ' ');
        uint32_t first = blank != NULL ? (uint32_t)(blank - units[u]) + 1 : 0;
        if (word >= least + first && cchci_is_upper(flow->key[word - first]) &&
            cchci_flow_words(flow, word - first, units[u]) == end - (word - first))
            return word - first;
    }
    return end;
}

void cchci_place_name(const struct cchci_flow *flow, uint32_t *begin, uint32_t end)
{
    while (end > *begin && !cchci_is_word(flow->key[end - 1]))
        end--;
    uint32_t at = end, start = end;
    unsigned words = 0;
    while (at > *begin) {
        uint32_t w = at;
        while (w > *begin && flow->key[w - 1] != ' ')
            w--;
        bool initial = cchci_is_upper(flow->key[w]) || flow->key[w] == CCHCI_KEY_LETTER ||
                       (cchci_is_digit(flow->key[w]) && at - w <= 2);
        for (uint32_t i = w; i < at; i++)
            initial = initial && flow->key[i] != '/';
        uint32_t unit = words > 0 ? unit_begin(flow, *begin, w, at) : at;
        bool dash = flow->key[w] == '-' && at - w == 1;
        /* "Hà nội": the second syllable small, where the first opens the cell. */
        if (!initial && words == 0 && w > *begin + 1 && at - w <= 6 &&
            cchci_is_letter(flow->key[w])) {
            uint32_t before = w - 1;
            while (before > *begin && flow->key[before - 1] != ' ')
                before--;
            initial =
                before == *begin && cchci_is_upper(flow->key[before]) && flow->key[w - 1] == ' ';
        }
        if (unit < at)
            w = unit;
        else if (!dash && (!initial || words++ == CCHCI_PLACE_WORDS))
            break;
        start = at = w;
        while (at > *begin && flow->key[at - 1] == ' ')
            at--;
        if (at > *begin && memchr(",;:|)", flow->key[at - 1], 5) != NULL)
            break;
    }
    start = cchci_flow_next_word(flow, start, end);
    /* The end of a notation before a name in small letters: "CS Hà Nội", "CT - DNNCN Hà Nội". */
    bool small = end > start && flow->key[end - 1] >= 'a';
    while (start < end && small) {
        uint32_t stop = word_end(flow, start, end);
        uint32_t upper = 0, letters = 0, digits = 0;
        for (uint32_t i = start; i < stop; i++) {
            upper += cchci_is_upper(flow->key[i]);
            letters += cchci_is_letter(flow->key[i]);
            digits += cchci_is_digit(flow->key[i]);
        }
        bool notation = upper >= 2 && (upper == letters || digits > 0);
        if (stop >= end || !notation || flow->key[stop - 1] == '.' ||
            cchci_flow_words(flow, start, "tp") > 0)
            break;
        start = stop;
        start = cchci_flow_next_word(flow, start, end);
    }
    *begin = start;
}

/* --------------------------------------------------------------------------- closing labels -- */

uint32_t cchci_authority_prefix_of(const struct cchci_candidates *candidates,
                                   const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    const struct cchci_entry *entry =
        cchci_lexicon_like_of(CCHCI_TOPIC_AUTHORITY, candidates, flow, end, begin);
    if (entry == NULL)
        return 0;
    uint32_t after = begin + entry->length;
    if (entry->key[1] == '.' && entry->length == 2) { /* "T. GIÁM ĐỐC": the K is lost */
        const struct cchci_entry *title = cchci_lexicon_like(
            CCHCI_TOPIC_POSITIONS, flow, end, cchci_flow_next_word(flow, after, end));
        return title != NULL && cchci_capitals(flow, begin, end) >= 75 ? entry->length : 0;
    }
    unsigned char last = (unsigned char)entry->key[entry->length - 1],
                  next = cchci_flow_key(flow, after, end);
    if (next != 0 && memchr("./,:", next, 4) != NULL)
        return entry->length + 1;
    /* "KT BỘ TRƯỞNG", "TM UBND": letters without a sign need to be followed by whom they speak for. */
    bool signed_for = entry->length == 2 && next == ' ' &&
                      (cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, after + 1) != NULL ||
                       cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, after + 1) != NULL);
    return last == '.' || strchr(entry->key, '/') != NULL || signed_for ? entry->length : 0;
}

#define BULLET_LENGTH 5u /* "` - " and its like */

#define ARCHIVE_LETTERS 4u /* of "Lưu" where its u was read as two letters */

uint32_t cchci_damaged_archive(const unsigned char *key, uint32_t at, uint32_t end)
{
    static const char *const offices[] = {"vt", "vi", "vp", "hc"};
    uint32_t sign = at;
    while (sign < end && sign - at < ARCHIVE_LETTERS && cchci_is_word(key[sign]))
        sign++;
    if (sign == end || key[at] != 'L' || (key[sign] != ':' && key[sign] != ';'))
        return 0;
    uint32_t office = sign + 1;
    while (office < end && key[office] == ' ')
        office++;
    if (office + 2 > end || !cchci_is_upper(key[office]) || !cchci_is_upper(key[office + 1]) ||
        cchci_is_letter(key[office + 2]))
        return 0;
    for (unsigned i = 0; i < sizeof offices / sizeof offices[0]; i++)
        if (cchci_letters_at(key + office, offices[i]) > 0)
            return sign - at;
    return 0;
}

uint32_t cchci_archive_label(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t first = at;
    while (at < end && at - first < BULLET_LENGTH && !cchci_is_word(flow->key[at]))
        at++;
    if (at >= end || cchci_lower(flow->key[at]) != 'l')
        return 0;
    uint32_t name = at, name_end = end, length = cchci_flow_words(flow, at, "luu");
    if (!cchci_is_upper(flow->key[at]) && cchci_flow_key(flow, at + length, end) != ':')
        return 0; /* "lưu trữ" in the middle of an item */
    if (length > 0 && flow->key[at + length] == ' ' && cchci_person_name(flow, &name, &name_end))
        return 0;
    if (length == 0)
        length = cchci_damaged_archive(flow->key, at, end);
    /* "Lu TTLT": converters of old fonts lose the ư. */
    if (length == 0 && cchci_flow_words(flow, at, "lu") > 0 && !cchci_is_upper(flow->key[at + 1]) &&
        cchci_is_upper(cchci_flow_key(flow, at + 3, end)) &&
        cchci_is_upper(cchci_flow_key(flow, at + 4, end)))
        length = 2;
    if (length == 0)
        return 0;
    at += length;
    while (at < end && memchr(" :.;-", flow->key[at], 5) != NULL)
        at++;
    return at;
}

/* "(322 Bà Hạt, Phường 09 …", "(Khu kinh tế …": an address by its first words. */
static bool address_in_brackets(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    static const char *const words[] = {"khu",    "duong", "so",   "tang",    "lo",     "quan",
                                        "phuong", "xa",    "tinh", "huyen",   "thi xa", "kcn",
                                        "thon",   "to",    "ap",   "quoc lo", NULL};
    uint32_t number = at + cchci_is_letter(cchci_flow_key(flow, at, end)); /* "L2", "5B" */
    if (cchci_is_digit(cchci_flow_key(flow, number, end)))
        return true;
    for (int i = 0; words[i] != NULL; i++)
        if (cchci_flow_words(flow, at, words[i]) > 0)
            return true;
    return false;
}

/* A label that nothing but an address has behind an addressee, as "Đ/c:" is read: "(Đc:", "(D/e:",
 * "(re:", "De:"; or "Địa chỉ:" with a damaged first letter. */
static bool damaged_address(const struct cchci_flow *flow, uint32_t at, uint32_t end, bool bracket)
{
    uint32_t i = at, letters = 0;
    if (cchci_is_letter(flow->key[at]) && cchci_flow_words(flow, at + 1, "ia chi") > 0)
        return cchci_flow_key(flow, cchci_skip_blank(flow, at + 7), end) == ':';
    for (; i < end && letters < 4 && (cchci_is_letter(flow->key[i]) || flow->key[i] == '/'); i++)
        letters += cchci_is_letter(flow->key[i]);
    bool stroke = letters == 2 && cchci_lower(flow->key[at]) == 'd';
    return cchci_flow_key(flow, i, end) == ':' && letters >= 2 && letters < 4 &&
           memchr("ce", cchci_lower(flow->key[i - 1]), 2) != NULL && (bracket || stroke);
}

bool cchci_contact_line(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    static const char *const words[] = {
        "dia chi", "d/c", "d/chi",         "ma so thue", "mst",      "dien thoai", "dt",  "tel",
        "email",   "fax", "so dien thoai", "website",    "ma so dn", "ma so",      "chi", NULL};
    bool bracket = flow->key[at] == '(';
    if (bracket && (address_in_brackets(flow, at + 1, end) ||
                    cchci_flow_words(flow, at + 1, "sau day goi") > 0))
        return true;
    at = cchci_skip(flow, at, CCHCI_KEYS("( -@*"));
    if (at < end && damaged_address(flow, at, end, bracket))
        return true;
    if (at >= end || memchr("dmtefswc", cchci_lower(flow->key[at]), 8) == NULL)
        return false; /* none of them begins so */
    for (int i = 0; words[i] != NULL; i++) {
        uint32_t n = cchci_flow_words(flow, at, words[i]);
        if (n > 0) {
            uint32_t after = at + n;
            while (after < end && (flow->key[after] == ' ' || flow->key[after] == '.'))
                after++;
            if (after < end && flow->key[after] == ':')
                return true;
        }
    }
    /* "Mã sé thuế:", "Địa chỉ nhận thông báo thuế:" */
    if (cchci_flow_words(flow, at, "ma") > 0 && cchci_flow_words(flow, at + 6, "thue") > 0)
        return cchci_flow_key(flow, cchci_skip_blank(flow, at + 10), end) == ':';
    uint32_t near = end - at < CCHCI_CONTACT_LENGTH ? end : at + CCHCI_CONTACT_LENGTH;
    return cchci_flow_words(flow, at, "dia chi") > 0 &&
           cchci_next_key(flow->key, at, near, ':') < near;
}

bool cchci_opens_basis(const struct cchci_flow *flow, uint32_t at)
{
    static const char *const considered[] = {"de nghi", "to trinh", "bao cao", "cong van",
                                             "van ban", "ho so",    "thay"};
    if (cchci_flow_words(flow, at, "can cu") > 0 || cchci_flow_words(flow, at, "theo de nghi") > 0)
        return true;
    uint32_t length = cchci_flow_words(flow, at, "xet");
    for (unsigned i = 0; length > 0 && i < sizeof considered / sizeof considered[0]; i++)
        if (cchci_flow_words(flow, cchci_skip_blank(flow, at + length), considered[i]) > 0)
            return true;
    return false;
}

bool cchci_glued_before(const struct cchci_flow *flow, uint32_t begin, uint32_t at)
{
    bool vowel = false;
    for (uint32_t i = at; i > begin && cchci_is_upper(flow->key[i - 1]); i--)
        vowel |= strchr("AEIOUY", flow->key[i - 1]) != NULL;
    return vowel;
}
