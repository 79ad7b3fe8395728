/* SPDX-License-Identifier: MIT */
/* Bytes to Unicode, and the map back.
 *
 * A text is a sequence of characters (code points in normalisation form C). Four arrays run beside
 * it, all indexed by character:
 *
 *      key   one byte that the matchers look at: ASCII stays itself (case kept), a letter with
 *            diacritics is its base letter (Ủ is U, đ is d), all dashes are '-', all blanks ' ',
 *            all line ends '\n'; see enum cchci_key for the rest
 *      mark  what key leaves out of a Vietnamese letter: quality and tone
 *      off   where the character starts in the text's own UTF-8 (count + 1 entries)
 *      src   where it starts in the source bytes (count + 1 entries)
 *
 * One byte a character makes patterns plain ASCII, positions array indices, and a lost diacritic
 * (the most frequent damage of OCR) no difference at all. Where a diacritic matters (Số, Sở), mark
 * is asked.
 *
 * A source that is UTF-8 in form C already, which nearly all are, is not copied: utf8 is the source
 * and src is off.
 *
 * Invariants: off rises with each character and src never falls; off[0] and src[0] are the end of a
 * byte order mark; off[count] == utf8_length; src[count] == source_length.
 */
#ifndef CCHCI_TEXT_H
#define CCHCI_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cchcparse/cchcparse.h>

#include "base/memory.h"

enum cchci_key {
    CCHCI_KEY_MARKUP = 0x01,  /* belongs to markup or is invisible: no part of any value, but for a
                                 loose diacritic right behind the value's letters */
    CCHCI_KEY_CONTROL = 0x02, /* a control character */
    CCHCI_KEY_ELLIPSIS = 0x85,
    CCHCI_KEY_BOX = 0x90, /* box drawing but for vertical lines, which are '|' */
    CCHCI_KEY_BULLET = 0x95,
    CCHCI_KEY_ILL_FORMED = 0xFD, /* bytes that are no text */
    CCHCI_KEY_LETTER = 0xFE,     /* a letter without an ASCII base */
    CCHCI_KEY_OTHER = 0xFF
};

enum cchci_mark {
    CCHCI_TONE = 0x07, /* 0 ngang, then the five tone marks */
    CCHCI_TONE_GRAVE = 1,
    CCHCI_TONE_ACUTE = 2,
    CCHCI_TONE_HOOK = 3,
    CCHCI_TONE_TILDE = 4,
    CCHCI_TONE_DOT = 5,
    CCHCI_QUALITY = 0x38,
    CCHCI_QUALITY_CIRCUMFLEX = 0x08,
    CCHCI_QUALITY_BREVE = 0x10,
    CCHCI_QUALITY_HORN = 0x18,
    CCHCI_QUALITY_STROKE = 0x20, /* đ */
    CCHCI_MARK_FOREIGN = 0x40,   /* a diacritic that Vietnamese does not have */
    CCHCI_MARK_LOOSE = 0x80      /* a diacritic on its own (marks.h): printed, but no letter */
};

/* What a code point is to the matchers. The table reaches to the last letter and sign that Vietnamese
 * and its damage use; other scripts among them, and the rest, are asked of ICU one by one. */
#define CCHCI_CLASS_COUNT 0x2700u
struct cchci_class {
    unsigned char key, mark;
    bool nfc;           /* stands in form C whatever its neighbours are */
    unsigned char look; /* enum cchci_look */
};

/* What of a character makes decoding look at it: nothing if its key and mark say all that there is
 * to say, also of the text. */
enum cchci_look {
    CCHCI_LOOK = 1,
    CCHCI_LOOK_BEHIND_LATIN_1 = 2, /* only where it would be a doubt (legacy.h) */
    CCHCI_LOOK_BEHIND_SMALL = 4
};

/* The Latin letters with diacritics: U+00C0 to U+024F and U+1E00 to U+1EFF. */
#define CCHCI_LATIN_COUNT (0x250u - 0xC0u + 0x100u)
#define CCHCI_MARK_COLUMNS 8u

/* How a code point of the table is made of UTF-8, by its first byte: base plus the last byte plus
 * the second one in its place. It is well-formed if no bit of no_trail differs from 0x80 in the
 * second and third byte of four, the first of which is the lowest. What is rare or needs more of a
 * judgement is a symbol that has to be looked at. */
struct cchci_lead {
    size_t base, middle, no_trail, length;
};

struct cchci_classes {
    const void *nfc; /* const UNormalizer2 *; ICU owns it */
    struct cchci_class of[CCHCI_CLASS_COUNT];
    struct cchci_lead leads[256];
    /* What of a class, as a number, makes decoding look at a character: by the byte before it, and
     * by the one before that. */
    uint32_t looks_last[256], looks_before_last[256];
    uint16_t parts[CCHCI_LATIN_COUNT][2]; /* letter and last mark; 0, 0: not of two parts */
    /* The other way round, first for the letters of ASCII, by cchci_mark_column(); 0: no letter. */
    uint16_t composed[0x80 + CCHCI_LATIN_COUNT][CCHCI_MARK_COLUMNS];
};

/* Fills the tables from ICU's character data. False: ICU's data could not be loaded, or memory for
 * it ended. What ICU can refuse is asked here alone, so that decoding cannot fail half-way. */
bool cchci_classes_init(struct cchci_classes *classes);
/* Whether the table says what a code point is: asking ICU of the scripts from Hebrew on, which no
 * Vietnamese letter has, would be most of a start. */
static inline bool cchci_tabled(uint32_t code_point)
{
    return code_point < 0x590 || (code_point >= 0x1E00 && code_point < CCHCI_CLASS_COUNT);
}

/* What the table does not say. */
struct cchci_class cchci_classify(const struct cchci_classes *classes, uint32_t code_point);

static inline struct cchci_class cchci_class_of(const struct cchci_classes *classes,
                                                uint32_t code_point)
{
    return cchci_tabled(code_point) ? classes->of[code_point] : cchci_classify(classes, code_point);
}

/* The place of a Latin letter with diacritics in the tables; CCHCI_LATIN_COUNT: another letter. */
static inline uint32_t cchci_latin(uint32_t code_point)
{
    if (code_point >= 0xC0 && code_point < 0x250)
        return code_point - 0xC0;
    return code_point >= 0x1E00 && code_point < 0x1F00 ? code_point - 0x1E00 + (0x250 - 0xC0)
                                                       : CCHCI_LATIN_COUNT;
}

/* The two parts of a Latin letter with diacritics; NULL: another letter, or of one part. */
static inline const uint16_t *cchci_parts_of(const struct cchci_classes *classes,
                                             uint32_t code_point)
{
    uint32_t i = cchci_latin(code_point);
    return i < CCHCI_LATIN_COUNT && classes->parts[i][0] != 0 ? classes->parts[i] : NULL;
}

/* Which of the combining marks of Vietnamese one is; CCHCI_MARK_COLUMNS: none of them. */
static inline unsigned cchci_mark_column(uint32_t mark)
{
    static const unsigned char columns[] = {
        1, 2, 3, 4, [0x06] = 5, [0x09] = 6, [0x1B] = 7, [0x23] = 8};
    unsigned column = mark - 0x300 < sizeof columns ? columns[mark - 0x300] : 0;
    return column != 0 ? column - 1 : CCHCI_MARK_COLUMNS;
}

/* The part of enum cchci_mark that a combining mark stands for. */
unsigned char cchci_mark_of(uint32_t mark);

struct cchci_encoding_run {
    const char *name;
    uint32_t begin, end; /* source bytes */
};

/* A stretch whose letters were lost when a PDF was converted (garbled.c). */
struct cchci_garbled {
    uint32_t begin, end; /* characters */
};

/* So many keys behind the last may be read: those of a step of eight, and what begins in it. */
#define CCHCI_KEY_SLACK 16u

struct cchci_text {
    const unsigned char *source;
    size_t source_length;
    size_t origin; /* where the source begins in the input, of which it may be a part */
    const char *utf8;
    size_t utf8_length;
    uint32_t count;
    unsigned char *key; /* count bytes, then one '\n' and NULs: CCHCI_KEY_SLACK in all */
    unsigned char *mark;
    uint32_t *off, *src;
    const char *encoding;          /* of most bytes */
    struct cchci_vector encodings; /* struct cchci_encoding_run; empty: encoding is the only one */
    bool converted;                /* from an encoding of before Unicode */
    bool capitals_lost;            /* headings may be lower case: the .VnTimeH fonts of TCVN3 */
    size_t bom_length;
    size_t ill_formed;           /* how many ill-formed sequences */
    uint32_t first_ill_formed;   /* the character of the first one */
    size_t displaced;            /* how many diacritics stand apart from their letter, or twice */
    uint32_t first_displaced;    /* the character of the first one */
    uint32_t controls;           /* control characters other than white space */
    bool returns;                /* a CR is among the characters */
    bool feeds;                  /* a form feed is */
    bool odd_blanks;             /* a blank among the keys may be NBSP, or a line's end in HTML */
    uint32_t strange;            /* letters of scripts that stand in Latin words only by mistake */
    struct cchci_vector garbled; /* struct cchci_garbled */
    bool undecodable;            /* most words are garbled, so that no field can be read */
};

/* What a search answers that found no place: of a key, a line, a cell. */
#define CCHCI_NOWHERE UINT32_MAX

/* Decodes and normalises the source, which must outlive the text. Cannot fail but for memory. */
void cchci_text_decode(struct cchci_text *text, const struct cchci_classes *classes,
                       const unsigned char *source, size_t length, struct cchci_arena *arena);

/* Lower-case ASCII letter of a key byte; other bytes stay. */
static inline unsigned char cchci_lower(unsigned char key)
{
    return key >= 'A' && key <= 'Z' ? (unsigned char)(key + 32) : key;
}

/* Small letter of a code point of Vietnamese; others stay, or become no letter of Vietnamese. */
static inline uint32_t cchci_small(uint32_t c)
{
    if (c < 0x80)
        return cchci_lower((unsigned char)c);
    if (c >= 0xC0 && c <= 0xDD)
        return c + 0x20;
    if (c == 0x1AF || c == 0x1B0) /* Ư and ư, the other way round than the rest */
        return 0x1B0;
    /* In these blocks a capital is even and its small letter next. */
    return (c >= 0x100 && c <= 0x1B0) || (c >= 0x1EA0 && c <= 0x1EF9) ? c | 1 : c;
}

/* What a key is, a bit each (keys.c). Nearly every rule asks it of nearly every key: one look and one
 * test do, where ranges would be branches that are guessed wrong. */
enum cchci_key_kind {
    CCHCI_IS_DIGIT = 0x01,
    CCHCI_IS_UPPER = 0x02,
    CCHCI_IS_LOWER = 0x04,
    CCHCI_IS_OTHER_LETTER = 0x08, /* CCHCI_KEY_LETTER */
    CCHCI_IS_BLANK = 0x10,        /* a blank or a tab */
    CCHCI_IS_LINE_END = 0x20,
    CCHCI_IS_MARKUP = 0x40, /* CCHCI_KEY_MARKUP */
    CCHCI_IS_LETTER = CCHCI_IS_UPPER | CCHCI_IS_LOWER | CCHCI_IS_OTHER_LETTER,
    CCHCI_IS_WORD = CCHCI_IS_LETTER | CCHCI_IS_DIGIT,
    CCHCI_IS_GAP = CCHCI_IS_BLANK | CCHCI_IS_LINE_END
};
extern const unsigned char cchci_key_kinds[256];

/* Whether a key is of one of the kinds. */
static inline bool cchci_is(unsigned char key, unsigned kinds)
{
    return (cchci_key_kinds[key] & kinds) != 0;
}

static inline bool cchci_is_digit(unsigned char key)
{
    return (unsigned char)(key - '0') < 10;
}

static inline bool cchci_is_upper(unsigned char key)
{
    return (unsigned char)(key - 'A') < 26;
}

static inline bool cchci_is_ascii_letter(unsigned char key)
{
    return (unsigned char)((key | 32) - 'a') < 26;
}

static inline bool cchci_is_letter(unsigned char key)
{
    return cchci_is(key, CCHCI_IS_LETTER);
}

static inline bool cchci_is_word(unsigned char key)
{
    return cchci_is(key, CCHCI_IS_WORD);
}

/* How many keys some letters (lower-case ASCII; signs, too) take that stand there in whatever case,
 * whatever follows; 0: others stand there. */
static inline uint32_t cchci_letters_at(const unsigned char *key, const char *letters)
{
    uint32_t i = 0;
    while (letters[i] != '\0' && cchci_lower(key[i]) == (unsigned char)letters[i])
        i++;
    return letters[i] == '\0' ? i : 0;
}

/* Writes one code point as UTF-8, at most four bytes; returns how many. */
size_t cchci_put_utf8(char *out, uint32_t code_point);

/* The comparison key of a text, see cchc_fold(). Returns its length. */
size_t cchci_fold(const struct cchci_text *text, char *key, size_t capacity);

/* The bytes of the input that the characters [begin, end) came from. */
static inline cchc_span cchci_source_span(const struct cchci_text *text, uint32_t begin,
                                          uint32_t end)
{
    return (cchc_span){text->origin + text->src[begin], text->origin + text->src[end]};
}

#endif
