/* SPDX-License-Identifier: MIT */
/* Every limit of the library, with its reason.
 *
 * Those that a program may set (cchc_options) are in limits.def. One that is hit in a letter is a
 * diagnostic ("limit-…") and a partial record, never a silent cut.
 *
 * Those below bound how far a rule looks, and so are part of what the rule says: a '<' without a '>'
 * within CCHCI_TAG_LENGTH is no tag, a line over CCHCI_STAMP_LINE_LENGTH no stamp. Nothing is left
 * out of the record by them, so no letter "hits" one; they are no options, since another value would
 * be another rule. */
#ifndef CCHCI_LIMITS_H
#define CCHCI_LIMITS_H

#include <stddef.h>
#include <stdint.h>

/* The limits of one parser, each named like its member of cchc_options; never above its most. */
struct cchci_limits {
#define LIMIT(name, ordinary, most, diagnostic) size_t name;
#include "limits.def"
#undef LIMIT
};

/* Clauses of one letter, or items of another list, where the program sets no limit: so many whatever
 * its length, and one more for each so many characters. The densest lists of real letters have 50
 * bytes an item; what has one every few bytes is no list, and its record would be many times as large
 * as its text. */
#define CCHCI_BY_LENGTH 0u
#define CCHCI_ITEMS_ALWAYS 1024u
#define CCHCI_ITEM_LENGTH 16u
static inline size_t cchci_most_of(size_t limit, size_t characters, size_t each)
{
    return limit != CCHCI_BY_LENGTH ? limit : CCHCI_ITEMS_ALWAYS + characters / each;
}
static inline size_t cchci_most_items(size_t limit, size_t characters)
{
    return cchci_most_of(limit, characters, CCHCI_ITEM_LENGTH);
}

/* Paragraphs of one letter, counted as clauses are, but with one for each so many characters: real ones
 * are a single short line where a letter is a list of names. */
#define CCHCI_PARAGRAPH_LENGTH 8u
static inline size_t cchci_most_paragraphs(size_t limit, size_t characters)
{
    return cchci_most_of(limit, characters, CCHCI_PARAGRAPH_LENGTH);
}

/* Cells of a heading or a closing: lines of two columns, and some that are cut again. What lies beyond
 * in lines made of hundreds of columns is no heading. Keeps cutting (which moves what is right of it)
 * from growing with the square of such lines. Told as the limit of lines is. */
static inline uint32_t cchci_most_cells(uint32_t lines)
{
    return 1024 + (lines > 240 ? 4 * (lines - 240) : 0);
}

/* Combining marks that are normalised together: Unicode's stream-safe format allows 30 after a
 * base; more are cut into runs, so that the ordering of n marks stays linear in n. */
#define CCHCI_COMBINING_RUN 32u

/* Longest HTML tag: office programs write style attributes of some hundred characters. A '<' without
 * a '>' so near is text. */
#define CCHCI_TAG_LENGTH 2048u

/* Longest character reference: the greatest code point with two zeros before it, &#001114111;. */
#define CCHCI_ENTITY_LENGTH 12u

/* Front matter of a Markdown file: the longest met has 20 lines. */
#define CCHCI_FRONT_MATTER_LINES 80u

/* From so many characters on a text's lines are counted before their array is made: what a shorter one's
 * may waste by growing is less than a parse may ask for beyond its input. */
#define CCHCI_LINES_COUNTED_LENGTH 32768u

/* Lines of stamps and signature traces are short; a longer line is prose that begins like one. */
#define CCHCI_STAMP_LINE_LENGTH 120u

/* Words of a place's name without its unit and dashes: "Bà Rịa - Vũng Tàu" has four. More in a heading
 * that was poured into one line are those of an agency. */
#define CCHCI_PLACE_WORDS 6u

/* How far before its colon "Địa chỉ" may stand at the start of a line under the addressees: "Địa chỉ nhận
 * thông báo thuế:" has 30. */
#define CCHCI_CONTACT_LENGTH 32u

/* How much of a body without a heading is read to see whether an agency speaks: its first
 * paragraphs. */
#define CCHCI_OPENING_LENGTH 2000u

/* How much of a text is read to know its encoding: some thousand words leave no doubt. */
#define CCHCI_ENCODING_LENGTH 16384u

/* Lines of a subject below its first one, or of a title below the type: where there are more, a body's
 * beginning was not known. The record's subject has no more of them, which is told as max_value_length
 * is. */
#define CCHCI_SUBJECT_LINES 14u

/* A line of which the next one is the wrapped rest has so many characters at least: half of a page's
 * column. */
#define CCHCI_WRAPPED_LENGTH 40u

/* A line with more characters fills no page that has a margin: it is a whole paragraph. */
#define CCHCI_PAGE_COLUMN 100u

/* Lines of an annex's title: as of a subject, which it repeats. The record's title has no more of them,
 * which is told as there. */
#define CCHCI_ANNEX_TITLE_LINES CCHCI_SUBJECT_LINES

/* How far above the small words of an annex's title, or "(Kèm theo …)" under them, its label or the name
 * of its kind may stand, in lines: further away it is another text's. */
#define CCHCI_ANNEX_NAME_LINES 5u

/* A line of which the next one is the wrapped rest has so many characters at least: half of a page's
 * column. */
#define CCHCI_WRAPPED_LENGTH 40u

/* Lines of the paragraph that announces a quotation, which cites an act with its title and those that
 * amended it. */
#define CCHCI_ANNOUNCING_LINES 16u

/* Lines behind "i)" in which "ii)" shows that it is a number: an item with its own paragraphs. */
#define CCHCI_ROMAN_LINES 32u
/* The title of a chapter or a part: three lines of capitals. */
#define CCHCI_TITLE_LENGTH 240u
/* Lines behind a bullet in which another of its list shows that it holds those between: a page. */
#define CCHCI_BULLET_LINES 32u
/* Lines behind "_" in which a dash shows that it was read of one: a page. */
#define CCHCI_STROKE_LINES 32u

/* Signatures side by side: a page has room for half as many. */
#define CCHCI_SIGNATURES_BESIDE 8u

/* How far from the start of a line the parentheses may stand that it lies in: an address of two
 * lines on either side. */
#define CCHCI_PARENTHESIS_LENGTH 200u

/* Look-back and look-ahead of a citation, in characters. */

/* The name of a type with the words that extend it: "giấy chứng nhận đăng ký doanh nghiệp" has 37. */
#define CCHCI_TYPE_LENGTH 48u
/* The title of a law between its type and its number: met 128. */
#define CCHCI_LAW_TITLE 160u
/* A date before the verb that issues: met 190. */
#define CCHCI_DATE_BEFORE 240u
/* An agency before the verb with which it gave a permit. */
#define CCHCI_ISSUER_LENGTH 160u
/* What stands between a code and "thông qua": "được Quốc hội … thông qua ngày". */
#define CCHCI_PASSED_DISTANCE 60u
/* Specks between a code and its date. */
#define CCHCI_SPECKS 12u
/* How far before a code a speck may stand in the name of its type: "Thông { tư". */
#define CCHCI_SPECK_BEFORE 14u
/* The joint of two numbers of one group: ", và các số: ". */
#define CCHCI_GROUP_JOINT 16u

/* Characters of a cited part's number: "2.1.1.2 (a)" has eleven; what is longer is another sign of the
 * text. Of parts, and of the numbers of each, there may be any number. */
#define CCHCI_PART_NUMBER 13u
/* And its segments between dots: "2.1.1.2" has four. */
#define CCHCI_PART_SEGMENTS 5u

/* How far before a deadline its sentence is looked at; a longer sentence says its verb again. */
#define CCHCI_SENTENCE_BEFORE 320u
/* And behind it, where the verb stands more seldom. */
#define CCHCI_SENTENCE_AFTER 160u
/* How far before a time, behind the last full stop, the words may stand by which it comes again: "hằng
 * quý … trước ngày 20". */
#define CCHCI_CYCLE_BEFORE 220u
/* How far before a duration its anchor may stand ("trước khi thực hiện ít nhất 10 ngày"). */
#define CCHCI_ANCHOR_BEFORE 80u

/* Words of an item of the list that an anchor is: "điều chỉnh giấy chứng nhận đăng ký đầu tư" has nine. */
#define CCHCI_LIST_ITEM_WORDS 9u

/* How far before a deadline's time the words may stand that say that it asks nothing, and how much may
 * stand between. Words further away speak of something else: a longer clause says its verb again. */

/* All of them but the next: a condition's distance with its own words. */
#define CCHCI_REFUSAL_BEFORE 104u
/* The same with those of what is only encouraged. */
#define CCHCI_ENCOURAGED_BEFORE 174u
/* Behind the words of a condition: "trường hợp …". */
#define CCHCI_CONDITION_DISTANCE 90u
/* Behind "khuyến khích", which first tells whom. */
#define CCHCI_ENCOURAGED_DISTANCE 160u
/* Behind the words of what is possible, refused or done. */
#define CCHCI_REFUSAL_DISTANCE 40u
/* Before a duration that something holds for, or is kept: with the words that say so. */
#define CCHCI_DURATION_BEFORE 90u
/* Behind the words of what is kept: "lưu kho …". */
#define CCHCI_KEPT_DISTANCE 30u
/* The noun that a period belongs to, with its own words: "kết quả … tháng 9". */
#define CCHCI_NOUN_BEFORE 64u
/* And behind it. */
#define CCHCI_NOUN_DISTANCE 48u

/* How far from a deadline's time, in its sentence, the act may stand that is asked by it. */

/* Before most times. */
#define CCHCI_ACT_BEFORE 120u
/* Before a period ("trong tháng 9"), of which whole clauses speak. */
#define CCHCI_ACT_BEFORE_PERIOD 200u
/* Before a day up to which something is ("đến ngày …"), which is the start of a span as often. */
#define CCHCI_ACT_BEFORE_DAY 160u
/* Before such a month, which is one even more often. */
#define CCHCI_ACT_BEFORE_MONTH 64u
/* Behind a time: "Trước ngày 20/9, gửi báo cáo". */
#define CCHCI_ACT_BEHIND 40u
/* Behind such a day or month. */
#define CCHCI_ACT_BEHIND_UNTIL 24u

/* Days of a recurring deadline: all of a month. One that has more has no rule, which is told as
 * max_items is. */
#define CCHCI_DEADLINE_DAYS 31u

/* What may stand for a day that cannot be read, up to the month's slash ("ngày „##/10/2021"). */
#define CCHCI_SMUDGED_DAY 6u

/* How far before the last day of a span its first one may begin: "từ ngày 05/10/2021 đến hết ngày
 * 20/10/2021". */
#define CCHCI_SPAN_BEFORE 48u
/* How long an amount may be that is told again in brackets: "30 (ba mươi) ngày". */
#define CCHCI_AMOUNT_AGAIN 24u

/* PCRE2's depth limit for one call, beside max_pattern_steps: patterns nest a few groups deep. */
#define CCHCI_DEPTH_LIMIT 1000u

/* The cost, in per cent of a marker word's letters, up to which a damaged one is still taken for it. A
 * confusion of look-alikes (l for 1) costs half a letter. Published: it is the one number that says how
 * tolerant the parser is. */
#define CCHCI_ANCHOR_COST_PERCENT 25u
/* And the least for short ones, in half letters: one letter. */
#define CCHCI_ANCHOR_COST_LEAST 2u

/* Letters and blanks of a lexicon's form from which on one look-alike may stand in it. */
#define CCHCI_LOOK_ALIKE_LENGTH 7u

/* Findings of one kind in a letter: who mends the first sixteen sees to the rest. */
#define CCHCI_LINT_REPEATS 16u
/* How much of what is there a finding shows, in bytes: a line or two. */
#define CCHCI_LINT_FOUND_BYTES 300u

/* Up to so many citations are asked whether they are the first of their document, for which each looks
 * at all others; a text with more is a book, not a letter. */
#define CCHCI_LINT_CITATIONS 256u

/* A text is a scan where more than one in so many words is no Vietnamese syllable, or a speck: typed
 * letters have none, or one. */
#define CCHCI_LINT_SCAN_WORDS 400u

/* Smallest block that an arena asks for; a typical letter of 5 KB then needs two requests. */
#define CCHCI_ARENA_BLOCK ((size_t)16 * 1024)

/* Most memory that a document keeps from one letter for the next: enough for a letter of 50 KB, and
 * half of what a parse may ask for beyond its input. */
#define CCHCI_ARENA_KEPT ((size_t)512 * 1024)

#endif
