/* SPDX-License-Identifier: MIT */
/* Text of PDF files whose fonts do not say what their glyphs mean (no ToUnicode map).
 *
 * A converter then takes the numbers of the glyphs for characters. What stands low in a font, the
 * letters of Latin-1, often stays readable or becomes other ASCII; the other Vietnamese letters
 * come out as Cyrillic, Greek, Armenian or private ones in the middle of their words: "ViӋW Nam".
 * Such a word is evidence, a Vietnamese syllable beyond ASCII is evidence against. Names and
 * sentences in Russian or Greek have words of one script, Han, Lao and Khmer are no such letters
 * at all, and a formula has them in short words.
 *
 * A line with more of the one than of the other is garbled; a text with more of it as a whole is
 * undecodable, for what is left of it are scraps.
 */
#include "garbled.h"

#include <string.h>

#include "syllables.h"
#include "utf8.h"

/* A single mixed word is a formula, a slip of the keyboard or a letter that a scanner mistook. */
#define LINE_WORDS 2u
/* So many mixed words leave no doubt about a text that has few known ones: its heading has more. */
#define TEXT_WORDS 4u
/* Units, angles and coefficients: µF, kΩ, Δt0. */
#define SYMBOL_LETTERS 3u

static bool is_greek(uint32_t code)
{
    return code >= 0x370 && code < 0x400;
}

/* Of private characters four are the bullets that word processors leave most, though inside a word. */
static bool is_private(uint32_t code)
{
    return code >= 0xE000 && code < 0xF900 && code != 0xF0A7 && code != 0xF0B7 && code != 0xF0D8 &&
           code != 0xF0FC;
}

bool cchci_strange(uint32_t code)
{
    return (code >= 0x370 && code < 0x590) || is_private(code);
}

struct tally {
    uint32_t mixed, known; /* words */
};

struct scan {
    struct cchci_word word;
    uint32_t latin, greek, strange; /* letters of the word; greek ones are strange too */
    uint32_t pending;               /* private characters that count once a letter follows */
};

static void end_word(struct scan *scan, struct tally *tally)
{
    bool symbol = scan->greek == scan->strange && scan->word.length <= SYMBOL_LETTERS;
    if (scan->strange > 0)
        tally->mixed += scan->latin > 0 && !symbol;
    else if (scan->word.beyond_ascii)
        tally->known += cchci_shape(&scan->word) == CCHCI_SYLLABLE;
    *scan = (struct scan){.word = {.length = 0}};
}

static uint32_t code_at(const struct cchci_text *text, uint32_t i)
{
    size_t at = text->off[i];
    return cchci_known_utf8((const unsigned char *)text->utf8, &at);
}

static void add_character(struct scan *scan, const struct cchci_text *text, uint32_t i,
                          struct tally *tally)
{
    unsigned char key = text->key[i];
    if (key == CCHCI_KEY_MARKUP)
        return;
    uint32_t code = key >= CCHCI_KEY_LETTER || key == CCHCI_KEY_BULLET ? code_at(text, i) : key;
    if (is_private(code)) { /* the bullets of symbol fonts touch words, and are not inside them */
        scan->pending += scan->word.length > 0;
        return;
    }
    if (!cchci_is_letter(key)) {
        if (scan->word.length > 0)
            end_word(scan, tally);
        return;
    }
    bool strange = cchci_strange(code);
    scan->strange += strange + scan->pending;
    scan->pending = 0;
    scan->greek += is_greek(code);
    scan->latin += !strange && key != CCHCI_KEY_LETTER;
    scan->word.beyond_ascii |= text->mark[i] != 0;
    cchci_word_add(&scan->word, code, (struct cchci_class){key, text->mark[i], true, 0});
}

static struct tally weigh(const struct cchci_text *text, uint32_t begin, uint32_t end)
{
    struct tally tally = {0, 0};
    struct scan scan = {.word = {.length = 0}};
    for (uint32_t i = begin; i < end; i++)
        add_character(&scan, text, i, &tally);
    end_word(&scan, &tally);
    return tally;
}

void cchci_text_weigh(struct cchci_text *text, struct cchci_arena *arena)
{
    if (text->strange < LINE_WORDS)
        return;
    struct cchci_vector *garbled = &text->garbled;
    struct tally sum = {0, 0};
    bool open = false; /* blank lines and lines of plain ASCII do not end a stretch */
    for (uint32_t begin = 0, end; begin < text->count; begin = end + 1) {
        const unsigned char *stop = memchr(text->key + begin, '\n', text->count + 1 - begin);
        end = (uint32_t)(stop - text->key);
        struct tally line = weigh(text, begin, end);
        if (2 * line.mixed > line.known && (open || line.mixed >= LINE_WORDS)) {
            if (!open)
                CCHCI_PUSH(garbled, arena, struct cchci_garbled)->begin = begin;
            CCHCI_AT(garbled, struct cchci_garbled, garbled->count - 1).end = end;
            open = true;
        } else if (line.known > 0) {
            open = false;
        }
        sum.mixed += line.mixed;
        sum.known += line.known;
    }
    text->undecodable = sum.mixed >= TEXT_WORDS && sum.mixed > sum.known;
}
