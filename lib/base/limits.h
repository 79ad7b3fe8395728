/* SPDX-License-Identifier: MIT */
/* Every limit of the library, with its reason. A limit that is hit in a letter is a diagnostic
 * ("limit-…") and a partial record, never a silent cut. */
#ifndef CCHCI_LIMITS_H
#define CCHCI_LIMITS_H

/* Offsets are kept as 32-bit numbers to halve the offset map; the public default of 64 MiB stays
 * far below, and no option may raise a letter over this. */
#define CCHCI_MAX_BYTES ((size_t)1 << 30)

/* Cells of a heading or a closing: 240 lines of two columns, and some that are cut again. What lies
 * beyond in lines made of hundreds of columns is no heading. Keeps cutting (which moves what is right
 * of it) from growing with the square of such lines. */
#define CCHCI_GRID_CELLS 1024u

/* Combining marks that are normalised together: Unicode's stream-safe format allows 30 after a
 * base; more are cut into runs, so that the ordering of n marks stays linear in n. */
#define CCHCI_COMBINING_RUN 32u

/* The heading of a real letter is 10 to 25 lines, with web menus and stamps before it perhaps 100.
 * Below the window no heading is looked for, so that a book costs no more than a letter. */
#define CCHCI_HEADING_LINES 240u

/* Lines after the recipients' label in which recipients and signature are looked for; the longest
 * list met in real letters has 60. */
#define CCHCI_CLOSING_LINES 160u

/* A line longer than this is no anchor of a heading: the widest poured headings met have 700 code
 * points. Bounds the anchor search in one-line inputs. */
#define CCHCI_HEADING_LINE_LENGTH 4096u

/* Longest HTML tag: office programs write style attributes of some hundred characters. A '<' without
 * a '>' so near is text. */
#define CCHCI_TAG_LENGTH 2048u

/* Longest character reference: the greatest code point with two zeros before it, &#001114111;. */
#define CCHCI_ENTITY_LENGTH 12u

/* Front matter of a Markdown file: the longest met has 20 lines. */
#define CCHCI_FRONT_MATTER_LINES 80u

/* Lines of stamps and signature traces are short; a longer line is prose that begins like one. */
#define CCHCI_STAMP_LINE_LENGTH 120u

/* How much of a body without a heading is read to see whether an agency speaks: its first
 * paragraphs. */
#define CCHCI_OPENING_LENGTH 2000u

/* How much of a text is read to know its encoding: some thousand words leave no doubt. */
#define CCHCI_ENCODING_LENGTH 16384u

/* Deepest clause tree. The decree's own order (phần, chương, mục, điều, khoản, điểm, -, +) needs
 * 8; deeper markers are siblings of the deepest. */
#define CCHCI_CLAUSE_DEPTH 16u

/* Clauses of one letter: so many whatever its length, and one more for each so many characters of its
 * body. The densest lists of real letters have 50 bytes an item; what has one every few bytes is no
 * list, and its record would be many times as large as its text. What follows the last one stays in
 * its text. */
#define CCHCI_CLAUSES_ALWAYS 1024u
#define CCHCI_CLAUSE_LENGTH 16u

/* Paragraphs of one letter, counted as clauses are. A page's end after every letter would make two segments
 * of two bytes, which alone are more than a parse may ask for. What follows the last one is one with
 * it. */
#define CCHCI_PARAGRAPHS_ALWAYS 1024u
#define CCHCI_PARAGRAPH_LENGTH 8u

/* A line of which the next one is the wrapped rest has so many characters at least: half of a page's
 * column. */
#define CCHCI_WRAPPED_LENGTH 40u

/* How far from the start of a line the parentheses may stand that it lies in: an address of two
 * lines on either side. */
#define CCHCI_PARENTHESIS_LENGTH 200u

/* Diagnostics of one letter; after that one "limit-diagnostics" closes the list. A letter with
 * more has one cause repeated. */
#define CCHCI_MAX_DIAGNOSTICS 256u

/* Look-back and look-ahead of a citation, in characters: the name of a type with the words that
 * extend it ("giấy chứng nhận đăng ký doanh nghiệp" has 37); the title of a law between its type
 * and its number (met: 128); a chain of cited parts (met: 96); a date before the verb that issues
 * (met: 190); an agency's name (met: 117). */
#define CCHCI_TYPE_LENGTH 48u
#define CCHCI_LAW_TITLE 160u
#define CCHCI_PART_LENGTH 120u
#define CCHCI_DATE_BEFORE 240u
#define CCHCI_ISSUER_LENGTH 160u

/* How far around a deadline its sentence is looked at, and how long the words of its anchor may
 * be; a longer sentence says its verb again. */
#define CCHCI_SENTENCE_BEFORE 320u
#define CCHCI_SENTENCE_AFTER 160u
#define CCHCI_CYCLE_BEFORE 220u
#define CCHCI_ANCHOR_LENGTH 160u
#define CCHCI_ANCHOR_BEFORE 80u

/* PCRE2 match limit for one call. Patterns are anchored or scan for literals, so that a match
 * needs tens of steps; the limit only stops what the reasoning above missed. */
#define CCHCI_MATCH_LIMIT 100000u
#define CCHCI_DEPTH_LIMIT 1000u

/* The cost, in per cent of a marker word's letters, up to which a damaged one is still taken for it,
 * and the least for short ones, in half letters: one letter. A confusion of look-alikes (l for 1)
 * costs half a letter. Published: it is the one number that says how tolerant the parser is. */
#define CCHCI_ANCHOR_COST_PERCENT 25u
#define CCHCI_ANCHOR_COST_LEAST 2u

/* Letters and blanks of a lexicon's form from which on one look-alike may stand in it. */
#define CCHCI_LOOK_ALIKE_LENGTH 7u

/* Findings of one kind in a letter: who mends the first sixteen sees to the rest; and how much of what
 * is there a finding shows, in bytes: a line or two. */
#define CCHCI_LINT_REPEATS 16u
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
