/* SPDX-License-Identifier: MIT */
/* The phrase of a deadline: the words that open it, and what each of them opens.
 *
 *      "chậm nhất", "muộn nhất"       fillers ( ordinal | time | duration )
 *      "hạn chót", "thời gian gửi"    fillers ( ordinal | time )
 *      "trước"                        [ "hoặc vào" ] time
 *                                     | [ "ít nhất" ] duration with anchor, which counts back
 *      "đến hết"                      time
 *      "không quá", "tối đa"          time | duration
 *      "trong"                        [ "vòng" | "thời hạn" … ] duration | period | date
 *      "ít nhất", "tối thiểu"         [ "trước" ] duration before an anchor, which may stand before
 *                                     the opener
 *      "vào", "ngày", "thứ …"         a time that comes again | the other one of two ordinals
 *
 * Most places where such words stand open no deadline: their next letters tell, so that little of
 * the text is read. */
#include "deadlines.h"

#include <string.h>

#include "base/limits.h"
#include "text/take.h"

/* -------------------------------------------------------------------------------- the opener -- */

/* Whether a day of some cycle may follow "ngày": its number, "làm việc", "cuối", "thứ", "mùng",
 * "chủ nhật". */
static bool may_be_cyclic(const struct cchci_flow *flow, uint32_t at)
{
    unsigned char key = flow->key[cchci_skip_open(flow, at)];
    return cchci_digits[key] != 0 || cchci_one_of(cchci_lower(key), CCHCI_KEYS("lctm"));
}

/* "ngày 5/3/", "ngày 5 tháng 3 năm 2020": what a year follows, or what is no date at all, is no day
 * of each year. */
static bool has_year(const struct cchci_flow *flow, uint32_t at)
{
    struct cchci_date date;
    uint32_t behind = at;
    if (!CCHCI_TAKE_WORD(flow, &behind, "ngay"))
        return false;
    const unsigned char *key = flow->key + cchci_skip_blank(flow, behind);
    if (!cchci_is_digit(key[0]))
        return false;
    unsigned day = 1 + cchci_is_digit(key[1]);
    if (key[day] == ' ')
        return cchci_date_read_sound(flow, cchci_skip_blank(flow, at), &date);
    unsigned month = cchci_is_digit(key[day + 1]) + cchci_is_digit(key[day + 2]);
    return cchci_one_of(key[day], CCHCI_KEYS("/-.")) && cchci_is_digit(key[day + 1]) &&
           key[day + 1 + month] == key[day];
}

/* Where the day begins that "vào" or "ngày" opens: all but "vào" is part of it. */
static uint32_t day_begin(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    return cchci_lower(flow->key[begin]) == 'v' ? end : begin;
}

/* Whether a day that comes again may begin there, as none of those of a date does. */
static bool may_open_day(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t day = day_begin(flow, begin, end);
    bool weekly = cchci_lower(flow->key[begin]) != 'n'; /* or "vào" */
    return (weekly || may_be_cyclic(flow, end)) && !has_year(flow, day);
}

struct cchci_phrases cchci_deadline_openers(const struct cchci_deadline_reader *reader, uint32_t at)
{
    return cchci_phrases(&cchci_openers, UINT32_MAX, reader->flow->key, at, reader->flow->length);
}

/* The first two letters behind "hạn" or "thời gian" of what makes them open a deadline: chốt, cuối,
 * cung cấp, gửi, nộp, báo cáo, hoàn thành, trả lời, đăng ký, nhận, góp ý. */
static bool may_be_term(const unsigned char *key)
{
    static const char pairs[] = "chcugunobahotrdanhgo";
    unsigned char first = cchci_lower(key[0]), second = cchci_lower(key[1]);
    for (const char *pair = pairs; *pair != '\0'; pair += 2)
        if (first == (unsigned char)pair[0] && second == (unsigned char)pair[1])
            return true;
    return false;
}

bool cchci_deadline_next(const struct cchci_deadline_reader *reader, struct cchci_phrases *openers,
                         struct cchci_deadline *phrase)
{
    const struct cchci_flow *flow = reader->flow;
    const struct cchci_phrase *words;
    while ((words = cchci_phrases_next(openers)) != NULL) {
        uint32_t begin = openers->at, end = begin + words->length;
        if ((words->groups & 1u << CCHCI_PHRASES_BEFORE) != 0) { /* "trướcngày" */
            if (cchci_is_ascii_letter(flow->key[end]) &&
                !cchci_eight_begins(flow->key + end, "ngay    ", 4))
                continue;
        } else if ((words->groups & 1u << CCHCI_PHRASES_TERM) != 0) {
            struct cchci_match match;
            bool in_brackets = begin > 0 && flow->key[begin - 1] == '(';
            if ((!in_brackets && !may_be_term(flow->key + end + 1)) ||
                !cchci_deadline_match(reader, CCHCI_PATTERN_DEADLINE_TERM, begin, flow->length,
                                      &match))
                continue;
            end = match.end[0];
        }
        enum cchci_opener opener =
            (enum cchci_opener)cchci_first_bit(words->groups >> CCHCI_PHRASES_LATEST);
        if (opener == CCHCI_OPENER_ON_DAY && !may_open_day(flow, begin, end))
            continue;
        if (opener == CCHCI_OPENER_ON_DAY && day_begin(flow, begin, end) == begin)
            end = begin + (uint32_t)strlen("thu"); /* the words are all of the phrase */
        *phrase = (struct cchci_deadline){.hour = -1, .begin = begin, .end = end, .opener = opener};
        return true;
    }
    return false;
}

/* -------------------------------------------------------------------------- the whole phrase -- */

static const char *const fillers[] = {
    "truoc",    "la",        "vao",    "den",     "trong", "khong qua", "het", "toi",  "vong",
    "thoi han", "thoi gian", "toi da", "it nhat", "luc",   "hoi",       "sau", "cuoi", "dau gio"};
enum { FILLER_BEFORE = 1u << 0 };

static unsigned take_fillers(const struct cchci_flow *flow, uint32_t *at)
{
    *at = cchci_skip(flow, *at, CCHCI_KEYS(" :,"));
    unsigned met = cchci_take_any(flow, at, CCHCI_KEYS("tlvdkhisc"), fillers,
                                  sizeof fillers / sizeof fillers[0]);
    /* "chậm nhất là ì ngày": a scanner's speck */
    uint32_t speck = cchci_skip_blank(flow, *at);
    if (flow->key[speck + 1] == ' ' && cchci_digits[flow->key[speck]] == 0 &&
        cchci_flow_words(flow, speck + 2, "ngay") > 0)
        *at = speck + 1;
    return met;
}

/* "trước ít nhất 15 ngày, kể từ ngày họp", "trước 7 ngày kể từ ngày bắt đầu làm việc": what a time before is
 * told of counts back, where it is the least, or the event is still to come. */
static void count_back(const struct cchci_flow *flow, bool least, struct cchci_deadline *phrase)
{
    bool back = least;
    if (!phrase->has_anchor || phrase->backwards)
        return;
    for (uint32_t at = phrase->anchor_begin; at < phrase->anchor_end && !back; at++)
        back = cchci_flow_word_start(flow, at) && (cchci_flow_words(flow, at, "du kien") > 0 ||
                                                   cchci_flow_words(flow, at, "bat dau") > 0);
    phrase->backwards = back;
    if (least)
        phrase->bound = "by";
}

/* "trước khi thực hiện ít nhất 10 ngày": the anchor stands before the duration. */
static void read_anchor_before(const struct cchci_deadline_reader *reader,
                               struct cchci_deadline *phrase)
{
    struct cchci_match match;
    uint32_t from = cchci_place_before(phrase->begin, CCHCI_ANCHOR_BEFORE, reader->last_end);
    if (phrase->has_anchor || from >= phrase->begin ||
        !cchci_deadline_match(reader, CCHCI_PATTERN_ANCHOR_BEFORE, from, phrase->begin, &match))
        return;
    phrase->has_anchor = phrase->backwards = true;
    phrase->begin = match.begin[1];
    phrase->anchor_begin = match.begin[2];
    phrase->anchor_end = match.end[2];
}

/* The words after "trong" that make it a stretch of time rather than a place. */
static bool read_within(const struct cchci_deadline_reader *reader, uint32_t at,
                        struct cchci_deadline *phrase)
{
    static const char *const lengths[] = {"vong",   "thoi han",         "pham vi",  "ky han",
                                          "ki han", "khoang thoi gian", "thoi gian"};
    enum { STRICT = (1u << 5) - 1 }; /* the first five */
    static const char *const limits[] = {"khong qua", "toi da",         "la",
                                         "it nhat",   "khong vuot qua", "cham nhat"};
    const struct cchci_flow *flow = reader->flow;
    phrase->bound = "within";
    uint32_t i = at;
    unsigned char key = flow->key[cchci_skip_blank(flow, at)];
    if (cchci_digits[key] == 0 && !cchci_one_of(cchci_lower(key), CCHCI_KEYS("vtkpcdghqnmbs")))
        return false; /* no word of a length, a period, a date or a number */
    unsigned length =
        cchci_take_any(flow, &i, CCHCI_KEYS("tvkp"), lengths, sizeof lengths / sizeof lengths[0]);
    phrase->vague = length != 0 && (length & STRICT) == 0;
    if (length != 0)
        cchci_take_any(flow, &i, CCHCI_KEYS("kltic"), limits, sizeof limits / sizeof limits[0]);
    else if (cchci_time_read_period(reader, &i, phrase))
        return true;
    else if (cchci_flow_words(flow, cchci_skip_blank(flow, i), "ngay") > 0)
        return cchci_time_read_dates(reader, &i, phrase) ||
               (cchci_duration_read_ordinal(reader, i, phrase) && phrase->amount == 0);
    if (!cchci_duration_read(reader, i, phrase))
        return false;
    return length != 0 || phrase->has_anchor;
}

/* "hoặc ngày thứ 10 kể từ ngày …": the other one of two days, right behind the first. */
static bool read_alternative(const struct cchci_deadline_reader *reader, uint32_t day,
                             struct cchci_deadline *phrase)
{
    uint32_t length = (uint32_t)strlen("hoac ");
    phrase->bound = "by";
    return reader->last_end > 0 && day - reader->last_end <= CCHCI_ACT_BEHIND && day >= length &&
           cchci_flow_words(reader->flow, day - length, "hoac") > 0 &&
           cchci_duration_read_ordinal(reader, day, phrase) && phrase->amount > 0 &&
           !phrase->working;
}

/* "trong thời gian ít nhất 05 ngày": so long something lasts. */
static bool lasts(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t length = (uint32_t)strlen("thoi gian ");
    return at >= length && cchci_flow_words(flow, at - length, "thoi gian") > 0;
}

/* "trước hoặc vào ngày …": that day is in time. */
static bool take_or_on(const struct cchci_flow *flow, uint32_t *at)
{
    uint32_t i = *at;
    if (!CCHCI_TAKE_WORD(flow, &i, "hoac") ||
        (!CCHCI_TAKE_WORD(flow, &i, "vao") && !CCHCI_TAKE_WORD(flow, &i, "trong")))
        return false;
    *at = i;
    return true;
}

/* The time or the duration behind an opener that ends at a place, and by which bound it holds. */
static bool read_behind(const struct cchci_deadline_reader *reader, uint32_t at,
                        struct cchci_deadline *phrase)
{
    uint32_t i = at;
    unsigned met;
    bool least;
    switch (phrase->opener) {
    case CCHCI_OPENER_LATEST:
        met = take_fillers(reader->flow, &i);
        phrase->bound = met & FILLER_BEFORE ? "before" : "by";
        if (cchci_duration_read_ordinal(reader, i, phrase) || cchci_time_read(reader, &i, phrase))
            return true;
        if (!cchci_duration_read(reader, i, phrase))
            return false;
        if (met & FILLER_BEFORE)
            count_back(reader->flow, false, phrase);
        read_anchor_before(reader, phrase);
        return true;
    case CCHCI_OPENER_TERM:
        met = take_fillers(reader->flow, &i);
        phrase->bound = met & FILLER_BEFORE ? "before" : "by";
        return (cchci_duration_read_ordinal(reader, i, phrase) && !phrase->working) ||
               cchci_time_read(reader, &i, phrase);
    case CCHCI_OPENER_BEFORE:
        phrase->bound = take_or_on(reader->flow, &i) ? "by" : "before";
        if (cchci_time_read(reader, &i, phrase))
            return true;
        least =
            cchci_take(reader->flow, &i, "it nhat") || cchci_take(reader->flow, &i, "toi thieu");
        if (!least)
            cchci_take(reader->flow, &i, "toi da");
        if (!cchci_duration_read(reader, i, phrase) || !phrase->has_anchor)
            return false;
        count_back(reader->flow, least, phrase);
        return true;
    case CCHCI_OPENER_UNTIL: phrase->bound = "by"; return cchci_time_read(reader, &i, phrase);
    case CCHCI_OPENER_AT_MOST:
        phrase->bound = "by";
        if (!cchci_take(reader->flow, &i, "khong qua"))
            CCHCI_TAKE_WORD(reader->flow, &i, "la");
        return cchci_time_read(reader, &i, phrase) || cchci_duration_read(reader, i, phrase);
    case CCHCI_OPENER_WITHIN: return read_within(reader, i, phrase);
    case CCHCI_OPENER_AT_LEAST:
        phrase->bound = "by";
        CCHCI_TAKE_WORD(reader->flow, &i, "la");
        least = CCHCI_TAKE_WORD(reader->flow, &i, "truoc");
        if (!cchci_duration_read(reader, i, phrase))
            return false;
        if (least)
            count_back(reader->flow, true, phrase);
        read_anchor_before(reader, phrase);
        return phrase->has_anchor ? phrase->backwards : !lasts(reader->flow, phrase->begin);
    case CCHCI_OPENER_ON_DAY:
        phrase->bound = NULL;
        i = day_begin(reader->flow, phrase->begin, at);
        if (cchci_time_read(reader, &i, phrase))
            return phrase->kind == CCHCI_TIME_RECURRING;
        return read_alternative(reader, i, phrase);
    default: return false;
    }
}

/* "từ ngày 05/10 đến hết ngày 20/10": a period of registration is one phrase. */
static void extend_range(const struct cchci_deadline_reader *reader, struct cchci_deadline *phrase)
{
    struct cchci_match match;
    if (phrase->opener == CCHCI_OPENER_UNTIL &&
        cchci_deadline_match(reader, CCHCI_PATTERN_RANGE_BEFORE,
                             cchci_place_before(phrase->begin, CCHCI_SPAN_BEFORE, 0), phrase->begin,
                             &match))
        phrase->begin = match.begin[1];
}

bool cchci_deadline_read(const struct cchci_deadline_reader *reader, struct cchci_deadline *phrase)
{
    uint32_t end = phrase->end;
    if (!read_behind(reader, end, phrase) || phrase->end <= end)
        return false;
    extend_range(reader, phrase);
    return true;
}
