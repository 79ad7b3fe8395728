/* SPDX-License-Identifier: MIT */
/* Durations, and the event that they are counted from:
 *
 *      duration  = ( amount [ "(" words ")" ] unit | "nửa tháng" ) [ anchor ]
 *      amount    = number [ "-" number ] | "mười" | "hai mươi mốt" …   10 (mười) ngày làm việc
 *      unit      = ( "ngày" | "giờ" ) [ "làm việc" ] | "tuần" | "tháng" | "năm" | "phút"
 *      anchor    = ( "kể từ" | "sau" | "trước" ) words                 kể từ ngày nhận được văn bản
 *      ordinal   = "ngày thứ" number anchor | "ngày làm việc tiếp theo" [ anchor ]
 *                | [ "ngày cuối cùng của" ] anchor                     thời hạn nộp hồ sơ */
#include "deadlines.h"

#include "base/limits.h"
#include "match/lexicon.h"
#include "text/take.h"

/* A word for 1 to 9; behind a ten 4 and 5 have words of their own, and "năm" there is a year. */
static int read_ones(const struct cchci_flow *flow, uint32_t *at, bool behind_ten)
{
    static const char *const words[] = {"mot", "hai", "ba",  "bon", "nam",
                                        "sau", "bay", "tam", "chin"};
    for (int i = 0; i < 9; i++)
        if (!(behind_ten && i == 4) && cchci_take(flow, at, words[i]))
            return i + 1;
    if (behind_ten && CCHCI_TAKE_WORD(flow, at, "tu"))
        return 4;
    return behind_ten && CCHCI_TAKE_WORD(flow, at, "lam") ? 5 : 0;
}

int cchci_number_words(const struct cchci_flow *flow, uint32_t *at)
{
    int tens = 1;
    if (!cchci_one_of(cchci_next_letter(flow, *at), CCHCI_KEYS("mhbnstc")))
        return 0;
    if (!CCHCI_TAKE_WORD(flow, at, "muoi")) {
        tens = read_ones(flow, at, false);
        if (tens == 0 || !CCHCI_TAKE_WORD(flow, at, "muoi"))
            return tens;
    }
    return tens * 10 + read_ones(flow, at, true);
}

static int read_amount(const struct cchci_flow *flow, uint32_t *at)
{
    uint32_t i = cchci_skip_blank(flow, *at);
    int value = cchci_number_read(flow, &i, 3);
    if (value >= 0) {
        /* "03 - 05 ngày": the later one is the limit. */
        uint32_t next = cchci_skip_blank(flow, i);
        if (flow->key[next] == '-') {
            next = cchci_skip_blank(flow, next + 1);
            int second = cchci_number_read(flow, &next, 3);
            if (second > value) {
                value = second;
                i = next;
            }
        }
        *at = i;
        return value;
    }
    i = *at;
    value = cchci_number_words(flow, &i);
    if (value == 0)
        return -1;
    *at = i;
    return value;
}

/* "ngày làm việc", "tuần", "h". */
static bool take_unit(const struct cchci_flow *flow, uint32_t *at, struct cchci_deadline *phrase)
{
    phrase->working = false;
    switch (cchci_next_letter(flow, *at)) {
    case 'n':
        if (CCHCI_TAKE_WORD(flow, at, "ngay")) {
            phrase->unit = 'D';
            phrase->working = flow->key[*at] == ' ' && cchci_take(flow, at, "lam viec");
            return true;
        }
        phrase->unit = 'Y';
        return CCHCI_TAKE_WORD(flow, at, "nam");
    case 't':
        phrase->unit = 'W';
        if (CCHCI_TAKE_WORD(flow, at, "tuan"))
            return true;
        phrase->unit = 'M';
        if (CCHCI_TAKE_WORD(flow, at, "thang"))
            return true;
        phrase->unit = 'H';
        return CCHCI_TAKE_WORD(flow, at, "tieng");
    case 'g':
        phrase->unit = 'H';
        if (!CCHCI_TAKE_WORD(flow, at, "gio"))
            return false;
        /* "02 giờ làm việc kể từ khi nhận": only days are told apart from working ones */
        if (flow->key[*at] == ' ')
            cchci_take(flow, at, "lam viec");
        return true;
    case 'h': phrase->unit = 'H'; return CCHCI_TAKE_WORD(flow, at, "h");
    case 'p': phrase->unit = 'N'; return CCHCI_TAKE_WORD(flow, at, "phut");
    default: return false;
    }
}

/* "05 (năm) ngày làm việc", "24h", "một tháng", "nửa tháng". */
static bool read_duration(const struct cchci_flow *flow, uint32_t *at,
                          struct cchci_deadline *phrase)
{
    uint32_t i = *at;
    if (cchci_take(flow, &i, "nua thang")) { /* as the Civil Code counts it (Điều 146) */
        phrase->amount = 15;
        phrase->unit = 'D';
        phrase->kind = CCHCI_TIME_RELATIVE;
        *at = phrase->end = i;
        return true;
    }
    phrase->amount = read_amount(flow, &i);
    if (phrase->amount <= 0)
        return false;
    i = cchci_skip_blank(flow, i);
    if (flow->key[i] == '(') {
        uint32_t close = i + 1;
        while (close < i + CCHCI_AMOUNT_AGAIN && flow->key[close] != ')' && flow->key[close] != 0)
            close++;
        if (flow->key[close] == ')')
            i = close + 1;
    }
    if (!take_unit(flow, &i, phrase))
        return false;
    if (phrase->unit == 'H' && cchci_is_digit(flow->key[i]))
        return false; /* 16h30 */
    if (phrase->unit == 'M' && cchci_is_digit(flow->key[cchci_skip_blank(flow, i)]))
        return false; /* "chậm nhất là 31 tháng 01" */
    phrase->kind = CCHCI_TIME_RELATIVE;
    *at = phrase->end = i;
    return true;
}

/* Whether a day may be read at a place: "ngày nhận" has none. */
static bool may_have_day(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t behind = at;
    if (cchci_lower(flow->key[at]) != 'n')
        return cchci_digits[flow->key[at]] != 0;
    if (!CCHCI_TAKE_WORD(flow, &behind, "ngay") || flow->key[behind] != ' ')
        return true;
    unsigned char next = flow->key[behind + 1];
    return !cchci_is_ascii_letter(next) || cchci_digits[next] != 0;
}

/* Whether the words up to a place end in one that another must follow: "các trường hợp đó". */
static bool counts_many(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    return end >= begin + 4 && flow->key[end - 4] == ' ' &&
           cchci_flow_words(flow, end - 3, "cac") > 0;
}

static bool ends_anchor(const struct cchci_flow *flow, uint32_t at)
{
    return cchci_lexicon_spelled(CCHCI_TOPIC_ANCHOR_ENDS, flow, at) != NULL;
}

/* "hoặc 24 giờ kể từ …", "hoặc ngày thứ 10 kể từ …", "hoặc chậm nhất …", "hoặc trường hợp …": what
 * "hoặc" joins is another time or clause; else another event of the same anchor. */
static bool is_other_time(const struct cchci_flow *flow, uint32_t at)
{
    static const char *const ordinals[] = {"thu", "lam viec", "cuoi"};
    const uint32_t no_day = ~(1u << CCHCI_PHRASES_ON_DAY);
    if (!CCHCI_TAKE_WORD(flow, &at, "hoac"))
        return false;
    at = cchci_skip_blank(flow, at);
    if (!cchci_is_ascii_letter(flow->key[at]) || ends_anchor(flow, at) ||
        cchci_phrase_at(&cchci_openers, no_day, flow->key, at, flow->length) != NULL)
        return true;
    bool day = CCHCI_TAKE_WORD(flow, &at, "ngay"), ordinal = false;
    for (unsigned i = 0; day && i < sizeof ordinals / sizeof ordinals[0]; i++)
        ordinal |= cchci_take(flow, &at, ordinals[i]);
    return ordinal;
}

/* Whether a phrase stands behind the words of its own clause: "Công ty báo cáo chậm nhất …". At the
 * beginning of a sentence, or behind a sign, who is to act is still to come, and may be told behind
 * a comma. */
static bool follows_words(const struct cchci_flow *flow, const struct cchci_deadline *phrase)
{
    uint32_t before = cchci_flow_before_blank(flow, phrase->begin);
    return before > 0 && cchci_is_word(flow->key[before - 1]) &&
           !cchci_is_upper(flow->key[phrase->begin]);
}

/* "ngày chia", "ngày được cấp": a verb of at most two words, and not what someone received, which is
 * all there is to tell. */
static bool is_bare_verb(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    unsigned words = 0;
    if (!CCHCI_TAKE_WORD(flow, &at, "ngay") || CCHCI_TAKE_WORD(flow, &at, "nhan"))
        return false;
    for (; at < end; at++)
        words += cchci_is_word(flow->key[at]) && cchci_flow_word_start(flow, at);
    return words <= 2;
}

/* The end of a list that begins at the comma behind an anchor's words, and ends a sentence: "chia,
 * tách, hợp nhất hoặc giải thể."; `end` where none does. What asks for an act is no item, unless the
 * anchor is a bare verb, of which the list has to say what it is about. */
static uint32_t list_end(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                         uint32_t limit)
{
    bool bare = is_bare_verb(flow, begin, end), joined = false;
    uint32_t at = end, last = end;
    unsigned items = 0, words = 0;
    for (; at < limit && !cchci_one_of(flow->key[at], CCHCI_KEYS(".;")); at++) {
        unsigned char key = flow->key[at];
        if (key == ',') {
            items++;
            words = 0;
        } else if (cchci_is_word(key)) {
            last = at + 1;
            if (!cchci_flow_word_start(flow, at))
                continue;
            bool other = cchci_flow_words(flow, at, "hoac") > 0;
            joined |= other;
            words = other ? 0 : words + 1;
            if (words > CCHCI_LIST_ITEM_WORDS || ends_anchor(flow, at) ||
                (words == 1 && (!cchci_is_ascii_letter(key) || cchci_is_upper(key))) ||
                (!bare && cchci_phrase_at(&cchci_acts, 1u << CCHCI_PHRASES_ASKS, flow->key, at,
                                          flow->length) != NULL))
                return end;
        } else if (key != ' ') {
            return end;
        }
    }
    bool ended = at < limit || limit == flow->length;
    return ended && (items > 1 || (items > 0 && joined)) ? last : end;
}

/* The end of the anchor's words: punctuation or a word that begins another clause. *cut is set where
 * they have none as far as a value goes, and the last whole word ends them: one anchor may stand in
 * another, and without a limit both would be read to the end of the text. */
static uint32_t anchor_end(const struct cchci_deadline_reader *reader,
                           const struct cchci_deadline *phrase, uint32_t begin, bool *cut)
{
    const struct cchci_flow *flow = reader->flow;
    struct cchci_match match;
    struct cchci_date date;
    uint32_t limit = cchci_value_limit(reader->parse, flow, begin);
    /* A date keeps its own signs. */
    uint32_t at = begin;
    if (may_have_day(flow, begin) && cchci_date_read(flow, begin, &date) && date.day > 0)
        at = date.end;
    uint32_t end = at;
    while (at < flow->length) {
        unsigned char key = flow->key[at];
        if (cchci_is_word(key)) {
            if (at > begin && cchci_flow_word_start(flow, at) && !counts_many(flow, begin, end) &&
                (ends_anchor(flow, at) || is_other_time(flow, at)))
                return end;
            do
                at++;
            while (at <= limit && cchci_is_word(flow->key[at]));
            if (at > limit) {
                *cut = true;
                return end > begin ? end : limit;
            }
            end = at;
        } else if (key == ' ' ||
                   ((key == '/' || key == '-' || key == '.') && cchci_is_word(flow->key[at + 1]))) {
            at++;
        } else if (key == ',' && cchci_deadline_match(reader, CCHCI_PATTERN_ANCHOR_PAIR, at,
                                                      flow->length, &match)) {
            end = at = match.end[0];
        } else {
            return key == ',' && follows_words(flow, phrase) ? list_end(flow, begin, end, limit)
                                                             : end;
        }
    }
    return end;
}

/* Moves over the words that open an anchor. */
static bool open_anchor(const struct cchci_deadline_reader *reader, uint32_t *at,
                        struct cchci_deadline *phrase)
{
    const struct cchci_flow *flow = reader->flow;
    struct cchci_match match;
    uint32_t i = cchci_skip(flow, *at, CCHCI_KEYS(" ,")), behind = i;
    if (i - *at > 3 || !cchci_one_of(cchci_lower(flow->key[i]), CCHCI_KEYS("kdts")))
        return false;
    if (CCHCI_TAKE_WORD(flow, &behind, "ke") && flow->key[behind] == ' ' &&
        CCHCI_TAKE_WORD(flow, &behind, "tu") && flow->key[behind] == ' ' &&
        cchci_is_ascii_letter(flow->key[behind + 1])) {
        phrase->backwards = false; /* "kể từ", as most begin */
        *at = behind + 1;
        return true;
    }
    if (!cchci_deadline_match(reader, CCHCI_PATTERN_ANCHOR_OPENING, *at, flow->length, &match))
        return false;
    phrase->backwards = match.begin[2] != CCHCI_NOWHERE;
    *at = cchci_skip_blank(flow, match.end[0]);
    return true;
}

/* The words from a place on are what a phrase counts from. */
static void give_anchor(const struct cchci_deadline_reader *reader, uint32_t begin,
                        struct cchci_deadline *phrase)
{
    phrase->anchor_begin = begin;
    phrase->anchor_cut = false;
    phrase->anchor_end = anchor_end(reader, phrase, begin, &phrase->anchor_cut);
    if (phrase->anchor_end <= begin)
        return;
    phrase->has_anchor = true;
    phrase->end = phrase->anchor_end;
}

static void read_anchor(const struct cchci_deadline_reader *reader, uint32_t *at,
                        struct cchci_deadline *phrase)
{
    uint32_t begin = *at;
    if (!open_anchor(reader, &begin, phrase))
        return;
    give_anchor(reader, begin, phrase);
    if (phrase->has_anchor)
        *at = phrase->end;
}

bool cchci_duration_read(const struct cchci_deadline_reader *reader, uint32_t at,
                         struct cchci_deadline *phrase)
{
    if (!read_duration(reader->flow, &at, phrase))
        return false;
    read_anchor(reader, &at, phrase);
    return true;
}

bool cchci_duration_read_ordinal(const struct cchci_deadline_reader *reader, uint32_t at,
                                 struct cchci_deadline *phrase)
{
    struct cchci_match match;
    uint32_t i = cchci_skip_blank(reader->flow, at);
    unsigned char first = cchci_lower(reader->flow->key[i]);
    if (first == 'n' ? !cchci_one_of(cchci_next_letter(reader->flow, i + 4), CCHCI_KEYS("tcln"))
                     : !cchci_one_of(first, CCHCI_KEYS("cd")))
        return false; /* "ngày thứ", "ngày cuối", "ngày làm việc", "ngày nhận"; "cuối ngày", "đầu giờ" */
    if (!cchci_deadline_match(reader, CCHCI_PATTERN_ORDINAL_DAY, i, reader->flow->length, &match))
        return false;
    enum { DAY = 1, DAY_IN_WORDS, LAST_OF_TERM, MONTH, NEXT_WORKING, RECEIPT };
    int told = DAY;
    while (told < RECEIPT && match.begin[told] == CCHCI_NOWHERE)
        told++;
    phrase->kind = CCHCI_TIME_RELATIVE;
    phrase->end = match.end[0];
    phrase->unit = told == MONTH ? 'M' : 'D';
    phrase->working = told == NEXT_WORKING;
    phrase->amount = told == NEXT_WORKING;
    if (told == LAST_OF_TERM || told == RECEIPT) { /* told elsewhere: no amount */
        give_anchor(reader, match.end[told], phrase);
        return phrase->has_anchor;
    }
    if (told != NEXT_WORKING) {
        uint32_t number = match.begin[told];
        phrase->amount = read_amount(reader->flow, &number);
        if (phrase->amount <= 0 || number != match.end[told])
            return false;
    }
    i = phrase->end;
    read_anchor(reader, &i, phrase);
    return phrase->has_anchor || phrase->working;
}
