/* SPDX-License-Identifier: MIT */
/* records EXPECTED LINES WORDS FILE|FOLDER…: no record changes unnoticed.
 *
 * The other tests say what must be in a record; this one holds all of it, to the last span, for
 * every composed letter, every example of the specification, and what is left of them when they
 * are damaged in ways that each meets other branches. EXPECTED has a line for each letter and way:
 *
 *      NAME DAMAGE HASH
 *
 * DAMAGE is "whole" or a row of the table below, HASH is FNV-1a of the JSON of all its variants.
 * Four kinds of texts more come cheaper, and have one line each:
 *
 *      "WORD" word     the words of WORDS, those of the lexicon and of the tables in the code, each
 *                      put wherever a letter may have one
 *      line#…          the lines of LINES, those of letters and examples: each damaged in all the
 *                      fine ways and put into a heading, a body and a closing; damage also puts
 *                      them between the lines of a letter
 *      attack "NAME"   the rows of attacks/attacks.def, short
 *      sweep…          a letter into which something grows at one of its places
 *
 * Two letters in one file are split, and the inputs of a folder `fuzz` are read as they are. A change
 * of the parser that is meant is taken over with
 *
 *      records --update EXPECTED LINES WORDS FILE|FOLDER…
 *
 * and reviewed as the difference of what the build before it and the one after it print with
 *
 *      records --print LINES WORDS FILE|FOLDER…
 *
 * --first stops at the first line that is another; tests/mutants asks so.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cchcparse/cchcparse.h>

#include "attacks/attacks.h"
#include "folder.h"
#include "support.h"

struct text {
    char *data;
    size_t length, room;
};

static void add(struct text *text, const char *bytes, size_t length)
{
    if (text->length + length > text->room) {
        text->room = (text->length + length) * 2;
        text->data = realloc(text->data, text->room);
        if (text->data == NULL)
            abort();
    }
    if (length > 0)
        memcpy(text->data + text->length, bytes, length);
    text->length += length;
}

/* ---------------------------------------------------------------------------------- the damage -- */

/* The lines that are put between others, or the words that are put in place of others. */
struct list {
    const char **line;
    size_t count;
};

struct pool {
    struct list lines, words;
};

/* A piece of the letter: one of its lines with the end, and which of how many it is. */
struct line {
    const char *data;
    size_t length, number, count;
    const struct pool *pool;
};

static uint64_t hash_on(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    return hash;
}

static const uint64_t hash_start = 14695981039346656037u;

/* Numbers that a line and a variant alone decide: xorshift64*. */
static uint64_t seed_of(const struct line *line, unsigned variant)
{
    return hash_on(hash_start + variant * 2654435761u + line->number, line->data, line->length) | 1;
}

static size_t chance(uint64_t *state, size_t below)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (size_t)((*state * 2685821657736338717u) >> 33) % below;
}

typedef void damage_function(struct text *text, struct line line, unsigned variant);

static void without_line(struct text *text, struct line line, unsigned variant)
{
    if (line.number % 7 != variant % 7)
        add(text, line.data, line.length);
}

static void first_part(struct text *text, struct line line, unsigned variant)
{
    if (line.number * 4 <= line.count * variant)
        add(text, line.data, line.length);
}

static void last_part(struct text *text, struct line line, unsigned variant)
{
    if (line.number * 4 > line.count * variant)
        add(text, line.data, line.length);
}

/* Every so many lines the end of the line is a blank. */
static void joined(struct text *text, struct line line, unsigned variant)
{
    bool ends = line.length > 0 && line.data[line.length - 1] == '\n';
    add(text, line.data, line.length - ends);
    if (ends)
        add(text, line.number % 3 == variant % 3 ? " " : "\n", 1);
}

/* Long lines are broken at a blank. */
static void wrapped(struct text *text, struct line line, unsigned variant)
{
    size_t width = 24 + 16 * (size_t)variant, column = 0;
    for (size_t i = 0; i < line.length; i++, column++) {
        bool breaks = line.data[i] == ' ' && column > width && line.data[i - 1] != ' ';
        add(text, breaks ? "\n" : &line.data[i], 1);
        if (breaks)
            column = 0;
    }
}

static void spread(struct text *text, struct line line, unsigned variant)
{
    for (unsigned i = 0; i < variant * 4; i++)
        add(text, " ", 1);
    for (size_t i = 0; i < line.length; i++) {
        add(text, &line.data[i], 1);
        if (line.data[i] == '\n' || (variant == 2 && line.data[i] == ' '))
            add(text, line.data[i] == '\n' ? "\n" : " ", 1);
    }
}

/* What a scanner takes for something else. */
static void misread(struct text *text, struct line line, unsigned variant)
{
    static const char pairs[][2] = {{'1', 'l'}, {'0', 'o'}, {':', '.'}, {'/', '1'}, {'-', ' '},
                                    {'i', 'l'}, {'n', 'm'}, {'5', 'S'}, {'.', ','}, {'g', 'q'},
                                    {'(', '{'}, {')', '1'}, {';', ':'}, {'h', 'b'}, {'c', 'e'}};
    for (size_t i = 0; i < line.length; i++) {
        char c = line.data[i];
        size_t turn = line.number * 31 + i * 7 + variant * 13;
        for (size_t p = 0; turn % 11 == 0 && p < sizeof pairs / sizeof pairs[0]; p++)
            if (line.data[i] == pairs[p][0])
                c = pairs[p][1];
        if (!(turn % 53 == 0 && c > ' ' && c < 0x7F)) /* some are lost */
            add(text, &c, 1);
    }
}

static void marked(struct text *text, struct line line, unsigned variant)
{
    static const char *const before[] = {"> ", "**", "| ", "<p>"}, *const after[] = {"", "**", " |",
                                                                                     "</p>"};
    bool ends = line.length > 0 && line.data[line.length - 1] == '\n';
    bool empty = line.length <= ends;
    if (!empty)
        add(text, before[variant % 4], strlen(before[variant % 4]));
    add(text, line.data, line.length - ends);
    if (!empty)
        add(text, after[variant % 4], strlen(after[variant % 4]));
    add(text, "\n", ends);
}

/* Digits go up by so many: other numbers, dates and labels, and impossible ones. */
static void counted(struct text *text, struct line line, unsigned variant)
{
    for (size_t i = 0; i < line.length; i++) {
        char c = line.data[i];
        if (c >= '0' && c <= '9' && (line.number + i) % 2 == variant % 2)
            c = (char)('0' + ((unsigned)(c - '0') + variant + 1) % 10);
        add(text, &c, 1);
    }
}

static void capitals(struct text *text, struct line line, unsigned variant)
{
    for (size_t i = 0; i < line.length; i++) {
        char c = line.data[i];
        if (variant == 0 && c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (variant == 1 && c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        add(text, &c, 1);
    }
}

static void add_other(struct text *text, const struct pool *pool, uint64_t *state)
{
    const char *other = pool->lines.line[chance(state, pool->lines.count)];
    add(text, other, strcspn(other, "\n") + 1);
}

static void grafted(struct text *text, struct line line, unsigned variant)
{
    uint64_t state = seed_of(&line, variant);
    add(text, line.data, line.length);
    while (chance(&state, 4) == 0)
        add_other(text, line.pool, &state);
}

static void replaced(struct text *text, struct line line, unsigned variant)
{
    uint64_t state = seed_of(&line, variant);
    if (chance(&state, 4) == 0)
        add_other(text, line.pool, &state);
    else
        add(text, line.data, line.length);
}

/* Single bytes are lost, doubled, or others: signs and digits, which rules turn on. */
static void edited(struct text *text, struct line line, unsigned variant)
{
    static const char signs[] = " \t.,:;-/()[]{}+*_|#<>&\"'%0123456789aiknotSVd";
    uint64_t state = seed_of(&line, variant);
    size_t every = variant % 2 == 0 ? 40 : 12;
    for (size_t i = 0; i < line.length; i++) {
        size_t what = chance(&state, every * 4);
        const char *sign = &signs[chance(&state, sizeof signs - 1)];
        bool within = (unsigned char)line.data[i] >= 0x80 || line.data[i] == '\n';
        if (what == 0 && !within)
            continue;
        if (what == 1 && !within)
            add(text, &line.data[i], 1);
        add(text, what == 2 && !within ? sign : &line.data[i], 1);
        if (what == 3 && (unsigned char)line.data[i] < 0x80)
            add(text, sign, 1);
    }
}

/* --------------------------------------------------------------------------- the fine damage -- */

/* One thing of a line changes: a length, a number, a sign, a gap. Rules end at such bounds. A line
 * that is alone always has it, a line of a letter one time in three, so that the letter is still one. */
static bool spared(const struct line *line, uint64_t *state)
{
    return line->count > 1 && chance(state, 3) != 0;
}

static size_t length_of(const struct line *line)
{
    return line->length - (line->length > 0 && line->data[line->length - 1] == '\n');
}

/* The character that begins at or before a place. */
static size_t character_at(const struct line *line, size_t at)
{
    while (at > 0 && ((unsigned char)line->data[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static size_t word_at(const struct line *line, size_t at)
{
    while (at > 0 && line->data[at - 1] != ' ')
        at--;
    return at;
}

static size_t word_end(const struct line *line, size_t at)
{
    while (at < length_of(line) && line->data[at] != ' ')
        at++;
    return at;
}

/* A character or a word stands there many times. */
static void stretched(struct text *text, struct line line, unsigned variant)
{
    uint64_t state = seed_of(&line, variant);
    size_t length = length_of(&line), at = length > 0 ? chance(&state, length) : 0;
    size_t times = 1 + chance(&state, variant % 4 == 3 ? 120 : 24);
    if (length == 0 || spared(&line, &state)) {
        add(text, line.data, line.length);
        return;
    }
    bool word = variant % 2 == 1;
    size_t from = word ? word_at(&line, at) : character_at(&line, at), to = word_end(&line, at);
    if (!word)
        for (to = from + 1; to < length && character_at(&line, to) != to;)
            to++;
    add(text, line.data, from);
    for (size_t i = 0; i < times; i++) {
        add(text, line.data + from, to - from);
        if (word)
            add(text, " ", 1);
    }
    add(text, line.data + from, line.length - from);
}

/* Some characters are not there, or all up to or from a place. */
static void shortened(struct text *text, struct line line, unsigned variant)
{
    uint64_t state = seed_of(&line, variant);
    size_t length = length_of(&line), from = length > 0 ? chance(&state, length) : 0;
    size_t to = from + 1 + chance(&state, 8);
    if (length == 0 || spared(&line, &state)) {
        add(text, line.data, line.length);
        return;
    }
    if (variant % 4 == 2)
        to = length;
    if (variant % 4 == 3)
        from = 0;
    from = character_at(&line, from);
    to = to < length ? character_at(&line, to) : length;
    add(text, line.data, from);
    add(text, line.data + to, line.length - to);
}

/* Two words change places. */
static void swapped(struct text *text, struct line line, unsigned variant)
{
    uint64_t state = seed_of(&line, variant);
    size_t length = length_of(&line), at = length > 0 ? chance(&state, length) : 0;
    size_t first = word_at(&line, at), between = word_end(&line, at);
    size_t second = between + (between < length), end = word_end(&line, second);
    if (second >= length || spared(&line, &state)) {
        add(text, line.data, line.length);
        return;
    }
    add(text, line.data, first);
    add(text, line.data + second, end - second);
    add(text, " ", 1);
    add(text, line.data + first, between - first);
    add(text, line.data + end, line.length - end);
}

/* Numbers become those at which days, months, years, hours, labels and their lengths end. */
static void renumbered(struct text *text, struct line line, unsigned variant)
{
    static const char *const numbers[] = {
        "0",  "1",  "2",  "3",  "4",  "5",    "6",    "7",    "8",    "9",    "10",    "11",
        "12", "13", "19", "20", "21", "23",   "24",   "25",   "28",   "29",   "30",    "31",
        "32", "39", "40", "59", "60", "99",   "100",  "366",  "999",  "1000", "1929",  "1930",
        "03", "09", "00", "08", "l2", "2019", "2020", "2100", "2101", "4096", "12345", "123456"};
    uint64_t state = seed_of(&line, variant);
    for (size_t i = 0; i < line.length;) {
        size_t digits = 0;
        while (i + digits < line.length && line.data[i + digits] >= '0' &&
               line.data[i + digits] <= '9')
            digits++;
        const char *number = numbers[chance(&state, sizeof numbers / sizeof numbers[0])];
        if (digits > 0 && chance(&state, 3) == 0)
            add(text, number, strlen(number));
        else
            add(text, line.data + i, digits > 0 ? digits : 1);
        i += digits > 0 ? digits : 1;
    }
}

/* Signs are others, doubled, lost, or with a blank at their side. */
static void punctuated(struct text *text, struct line line, unsigned variant)
{
    static const char signs[] = ".,:;-/()|+*_'\"!?&[]<>#";
    uint64_t state = seed_of(&line, variant);
    for (size_t i = 0; i < line.length; i++) {
        const char *sign = &signs[chance(&state, sizeof signs - 1)];
        size_t what = chance(&state, 24);
        bool is = line.data[i] != '\0' && strchr(signs, line.data[i]) != NULL;
        if (!is || what > 6) {
            add(text, &line.data[i], 1);
            continue;
        }
        add(text, " ", what == 1);
        add(text, what == 2 ? sign : &line.data[i], what != 3);
        add(text, what == 4 ? &line.data[i] : " ", what == 4 || what == 5);
    }
}

/* Blanks are many, a tab, a line's end, or none; a line is set in. */
static void gapped(struct text *text, struct line line, unsigned variant)
{
    static const char blanks[] = "                                        ";
    uint64_t state = seed_of(&line, variant);
    if (chance(&state, 3) == 0)
        add(text, blanks, chance(&state, sizeof blanks));
    for (size_t i = 0; i < line.length; i++) {
        size_t what = line.data[i] == ' ' ? chance(&state, 40) : 40;
        if (what == 0)
            add(text, blanks, 1 + chance(&state, 24));
        else if (what < 4)
            add(text, what == 1 ? "\t" : "\n", what != 3);
        else
            add(text, what < 8 ? blanks : &line.data[i], 1 + (what < 8));
    }
}

/* Blank lines, new pages and lines that are there again stand between. */
static void parted(struct text *text, struct line line, unsigned variant)
{
    uint64_t state = seed_of(&line, variant);
    size_t what = chance(&state, 12), times = 1 + chance(&state, 3);
    if (what == 0)
        times += chance(&state, 24);
    for (size_t i = 0; i < (what == 0 ? times : 1); i++)
        add(text, line.data, line.length);
    for (size_t i = 0; i < times && what > 0 && what < 4; i++)
        add(text, what == 3 ? "\f" : "\n", 1);
}

/* Words are others of the lexicon and of the tables, or have one of them beside them. */
static void reworded(struct text *text, struct line line, unsigned variant)
{
    uint64_t state = seed_of(&line, variant);
    for (size_t i = 0; i < line.length;) {
        size_t end = word_end(&line, i);
        const char *other = line.pool->words.line[chance(&state, line.pool->words.count)];
        size_t what = end > i ? chance(&state, line.count > 1 ? 30 : 8) : 2;
        if (what <= 1 && chance(&state, 4) == 0)
            other += strlen(other) + 1; /* in capitals */
        if (what <= 1)
            add(text, other, strlen(other));
        if (what == 1)
            add(text, " ", 1);
        if (what != 0)
            add(text, line.data + i, end - i);
        add(text, line.data + end, end < line.length);
        i = end + 1;
    }
}

static const struct {
    const char *name;
    damage_function *damage;
    unsigned variants; /* of a letter */
    unsigned alone;    /* of a line that is alone; 0: needs lines around it */
} damages[] = {
    {"without-line", without_line, 7, 0},
    {"first-part", first_part, 4, 0},
    {"last-part", last_part, 4, 0},
    {"joined", joined, 3, 0},
    {"wrapped", wrapped, 4, 0},
    {"spread", spread, 3, 0},
    {"misread", misread, 6, 4},
    {"marked", marked, 4, 0},
    {"counted", counted, 4, 0},
    {"capitals", capitals, 2, 0},
    {"grafted", grafted, 12, 0},
    {"replaced", replaced, 8, 0},
    {"edited", edited, 16, 12},
    {"stretched", stretched, 4, 16},
    {"shortened", shortened, 4, 12},
    {"swapped", swapped, 3, 8},
    {"renumbered", renumbered, 4, 12},
    {"punctuated", punctuated, 4, 12},
    {"gapped", gapped, 4, 8},
    {"parted", parted, 4, 0},
    {"reworded", reworded, 4, 12},
};

enum { DAMAGES = sizeof damages / sizeof damages[0] };

static void apply(struct text *text, const char *letter, size_t length, const struct pool *pool,
                  damage_function *damage, unsigned variant)
{
    struct line line = {.data = letter, .pool = pool};
    for (size_t i = 0; i < length; i++)
        line.count += letter[i] == '\n' || i + 1 == length;
    for (text->length = 0; line.data < letter + length; line.data += line.length) {
        size_t left = length - (size_t)(line.data - letter);
        const char *end = memchr(line.data, '\n', left);
        line.length = end != NULL ? (size_t)(end - line.data) + 1 : left;
        line.number++;
        damage(text, line, variant);
    }
}

/* -------------------------------------------------------------------------------- the records -- */

struct run {
    cchc_parser *parser;
    cchc_document *document;
    struct text json, damaged, out;
    struct pool pool;
    bool print;           /* the records themselves */
    const char *expected; /* --first: what is left of it; else NULL */
};

static bool keep(const char *bytes, size_t length, void *context)
{
    add(context, bytes, length);
    return true;
}

/* Goes on with the hash over one more record. */
static uint64_t record(struct run *run, const char *letter, size_t length, uint64_t hash)
{
    run->json.length = 0;
    if (cchc_parse(run->parser, letter, length, &run->document) != CCHC_OK ||
        cchc_write_json(run->document, "", 0, keep, &run->json) != CCHC_OK)
        abort();
    return hash_on(hash, run->json.data, run->json.length);
}

static void tell(struct run *run, const char *name, const char *damage, unsigned variant,
                 uint64_t hash, bool last)
{
    char line[1200];
    if (run->print) {
        printf("%s %s:%u ", name, damage, variant);
        (void)fwrite(run->json.data, 1, run->json.length, stdout);
        (void)putchar('\n');
    } else if (last) {
        int length = snprintf(line, sizeof line, "%s %s %016" PRIx64 "\n", name, damage, hash);
        add(&run->out, line, (size_t)length);
        if (run->expected == NULL)
            return;
        if (strncmp(run->expected, line, (size_t)length) != 0) {
            printf("not ok %s", line);
            exit(1);
        }
        run->expected += length;
    }
}

static void letter_of(struct run *run, const char *name, const char *letter, size_t length)
{
    tell(run, name, "whole", 0, record(run, letter, length, hash_start), true);
    for (size_t d = 0; d < DAMAGES; d++) {
        uint64_t hash = hash_start;
        for (unsigned variant = 0; variant < damages[d].variants; variant++) {
            apply(&run->damaged, letter, length, &run->pool, damages[d].damage, variant);
            hash = record(run, run->damaged.data, run->damaged.length, hash);
            tell(run, name, damages[d].name, variant, hash, variant + 1 == damages[d].variants);
        }
    }
}

/* How many bytes the first character of a word has. */
static size_t first_character(const char *word)
{
    size_t length = *word != '\0';
    while (((unsigned char)word[length] & 0xC0) == 0x80)
        length++;
    return length;
}

/* A letter with its gaps filled: {w} has the word, {W} the word in capitals, {T} its first one is. */
static void fill(struct text *letter, const char *with_gaps, const char *plain,
                 const char *capitals)
{
    letter->length = 0;
    for (const char *at = with_gaps; *at != '\0';) {
        bool gap = at[0] == '{' && at[1] != '\0' && at[2] == '}';
        const char *word = !gap ? at : at[1] == 'W' ? capitals : plain;
        if (gap && at[1] == 'T') {
            add(letter, capitals, first_character(capitals));
            word += first_character(plain);
        }
        add(letter, word, gap ? strlen(word) : 1);
        at += gap ? 3 : 1;
    }
}

/* Wherever a letter may have a word of the lexicon or of a table. */
static const char *const word_places[] = {
    /* A heading: the agency above and the agency, the type, an addressee; then an agency alone */
    "{W} HÒA BÌNH\n{W}\nSố: 12/BC-SNV\nHòa Bình, ngày 3 tháng 5 năm 2024\n\n{W}\n"
    "về việc rà soát\n\nKính gửi: {w} tỉnh.\n\nSở báo cáo như sau: đã xong.\n",
    "{W}\nVĂN PHÒNG\nSố: 12/{W}-SYT\n{T}: 13/SYT\n{T} Hòa Bình, ngày 3 tháng 5 năm 2024\n"
    "{T} rà soát\n{T}: Sở.\n\n{T}\n1. A\n{W} 2. Nội dung\n{T} 2 | Mục\n({w} 3)\n",
    "{W}\nTỈNH HÒA BÌNH\nSố: 12/SYT\nHòa Bình, {w} 3 tháng 5 năm 2024\nQUYẾT ĐỊNH\n"
    "Về rà soát\n{W}\nCăn cứ Luật Thú y\nKính gửi: Sở Y tế\n{T} Tư pháp\n{T} kết quả rà soát tháng "
    "4.\n",
    "SỞ NỘI VỤ\nSố: 12/SNV-VP\nV/v rà soát\n{T} kết quả rà soát tháng 4 của các sở\n"
    "Kính gửi: Sở Y tế\n{T} kết quả rà soát tháng 4 của các sở\n\nSở báo cáo.\n",
    /* A body: its opening, clauses, cited documents, its last paragraphs */
    "SỞ NỘI VỤ\nSố: 12/SNV-VP\nV/v rà soát\nKính gửi: Ủy ban.\n\n"
    "{T} số 35/QĐ-UBND ngày 2/3/2024 của {w} về rà soát, Sở đề nghị:\n"
    "1. Gửi trước ngày 15/5/2024.\n{T} xem xét.\n{W} chú ý.\n2. Theo dõi.\n"
    "{T} các đơn vị gửi về Sở trước ngày 20/5/2024.\n",
    "SỞ NỘI VỤ\nSố: 12/SNV-VP\nKính gửi: Ủy ban.\n{T} tình hình.\n"
    "Thực hiện khoản 2 {w} Nghị định {w} số 36/2020/NĐ-CP {w} Sở {w} Y tế {w}, 37/NĐ-CP.\n"
    "Theo Công văn {w} 1234/SYT-VP {w} 3/3/2024 và {w} 1235/SYT của {w}, {w} Tư pháp {w} Hòa "
    "Bình.\n"
    "Theo Quyết định số 35/QĐ-BYT ngày 2/3/2024 của Bộ Y tế {w} rà soát; của Ủy ban nhân dân Hòa "
    "Bình {w} rà soát.\nTheo Quyết định số 36/QĐ-BYT của Công ty Minh Phát Bình Dương {w} Hòa "
    "Bình.\n",
    /* Times */
    "SỞ NỘI VỤ\nSố: 12/SNV-VP\nHòa Bình, ngày 3 tháng 5 năm 2024\nKính gửi: Các sở.\n\n"
    "Gửi báo cáo trước {w} ngày 15/5; nộp chậm nhất {w} ngày 20/5/2024. "
    "Gửi chậm nhất là {w} 25 hằng tháng. Gửi báo cáo trước 16h {w} hằng tuần. "
    "Trả lời trong thời hạn 05 {w} kể từ ngày nhận được {w} và gửi Sở. Nộp trong {w} quý III. "
    "Hoàn thành trong tháng {w} 9. {T}, trước ngày 10 {w}, các sở báo cáo {w}. "
    "Xong sau {w} ngày {w}. Sở {w} trước ngày 9/9. Trước ngày 8/8, {w} Sở.\n",
    /* A closing: recipients, archive, authority, title, name */
    "SỞ NỘI VỤ\nSố: 12/SNV-VP\nKính gửi: Ủy ban.\n\nSở báo cáo.\n{T}.\n\nNơi nhận:\n"
    "- Như trên;\n- {T} tỉnh ({w});\n- Sở Y tế {w};\n- Sở Tư pháp ({w} thay);\n"
    "- Sở Xây dựng. {T} Gia Khánh\n- Lưu: VT, {W}.\n\n"
    "{W} GIÁM ĐỐC\n{W}\n\n{W} Đinh Gia Khánh\n{T} Văn Bình\n",
    "SỞ NỘI VỤ\nSố: 12/SNV-VP\nKính gửi: Ủy ban.\n\nSở báo cáo.\n\n{W}{W}\n{T} Nội vụ\n\n"
    "{W} GIA KHÁNH\n{T} Lan\n{T}: 0218.123\n\n{T}: Sở Y tế\nNgày {w}: 3/5/2024\n\n{W}\n{T} 1\n",
    /* Markup */
    "<{w}>SỞ Y TẾ<b>Hòa</{w}>\nBình</b>\n<{w}/>Số: 12/SYT\n<x{w}>\n| {w} | {W} |\n"
    "Kính gửi: Sở. {w}\n",
};

/* A word, as it is and in capitals. */
static void word_of(struct run *run, const char *plain, const char *capitals)
{
    enum { PLACES = sizeof word_places / sizeof word_places[0] };
    char name[300];
    uint64_t hash = hash_start;
    for (unsigned place = 0; place < PLACES; place++) {
        fill(&run->damaged, word_places[place], plain, capitals);
        hash = record(run, run->damaged.data, run->damaged.length, hash);
        (void)snprintf(name, sizeof name, "\"%s\"", plain);
        tell(run, name, "word", place, hash, place + 1 == PLACES);
    }
}

/* Where a damaged line is put; the body takes all its variants at once. */
static const char *const line_places[] = {
    "UBND TỈNH HÒA BÌNH\n{w}\nKính gửi: Sở Y tế.\n\nSở báo cáo.\n",
    "SỞ NỘI VỤ\nKính gửi: Sở Y tế.\n\nSở báo cáo.\n\nNơi nhận:\n- Như trên;\n{w}\n"
    "KT. GIÁM ĐỐC\n\n\nĐinh Gia Khánh\n",
};
static const char body_opening[] = "SỞ NỘI VỤ\nSố: 12/SNV-VP\nHòa Bình, ngày 31 tháng 8 năm 2024\n"
                                   "Kính gửi: Sở Y tế.\n\nĐề nghị các sở:\n";

static void line_of(struct run *run, const char *plain, size_t length)
{
    struct text line = {NULL, 0, 0}, body = {NULL, 0, 0};
    char name[40];
    uint64_t hash = hash_on(hash_start, plain, length);
    (void)snprintf(name, sizeof name, "line#%08" PRIx32, (uint32_t)(hash ^ hash >> 32));
    add(&body, body_opening, strlen(body_opening));
    hash = hash_start;
    for (size_t d = 0; d < DAMAGES; d++)
        for (unsigned variant = 0; variant < damages[d].alone; variant++) {
            const char *place = line_places[variant % 2];
            apply(&line, plain, length, &run->pool, damages[d].damage, variant);
            add(&body, line.data, line.length);
            add(&line, "", 1);
            if (variant % 8 > 1)
                continue; /* a letter of its own costs what ten paragraphs cost */
            fill(&run->damaged, place, line.data, line.data);
            hash = record(run, run->damaged.data, run->damaged.length, hash);
            tell(run, name, damages[d].name, variant, hash, false);
        }
    hash = record(run, body.data, body.length, hash);
    tell(run, name, "line", 0, hash, true);
    free(line.data);
    free(body.data);
}

static void attack_of(struct run *run, const struct attack *attack)
{
    static const size_t lengths[] = {300, 3000};
    unsigned char bytes[3000];
    char name[300];
    uint64_t hash = hash_start;
    (void)snprintf(name, sizeof name, "attack \"%s\"", attack->name);
    for (unsigned i = 0; i < 2; i++) {
        size_t length = attack_fill(attack, bytes, lengths[i]);
        hash = record(run, (const char *)bytes, length, hash);
        tell(run, name, "short", i, hash, i == 1);
    }
}

/* Letters into which something grows, at each of their places, character by character, to where any
 * window or length ends: columns, one by the pages of a PDF, a bare one, one of markup. */
static const char *const sweep_letters[] = {
    "UBND TỈNH HÒA BÌNH      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "    SỞ Y TẾ                 Độc lập - Tự do - Hạnh phúc\n"
    "Số: 45/SYT-VP             Hòa Bình, ngày 3 tháng 5 năm 2024\nV/v rà soát\n\n"
    "   Kính gửi: Sở A;\n\nTheo Công văn số 12/UBND ngày 2/4/2024 của UBND tỉnh, Sở đề nghị:\n"
    "1. Gửi trước ngày 15/5.\na) Báo cáo sau 10 ngày làm việc kể từ ngày ký.\nII. NỘI DUNG KHÁC\n\n"
    "Nơi nhận:                  KT. GIÁM ĐỐC\n- Như trên (để b/c);       PHÓ GIÁM ĐỐC\n"
    "- Lưu: VT (2b), an.\n\n                      Đinh Gia Khánh\n\nPHỤ LỤC\nDanh sách\n",
    "BỘ Y TẾ\n-----\nSố 1146 CV/BYT\nQUYẾT ĐỊNH\nVề việc rà soát\n"
    "Căn cứ Luật số 15/2023/QH15;\nĐiều 1. Phạm vi\nb.1) Từ ngày ký, chậm nhất 3 tháng.\n\n"
    " 1\n   Theo khoản 2 Điều 3 của Luật này, gửi Bộ.\n\n - 2 -\n\nCông báo/Số 3      Trang 4\n"
    "Hàng quý, trước ngày 5 và 31/3, các sở báo cáo.\nTM. BỘ\nBỘ TRƯỞNG\n(Đã ký)\n\nBS. Lê Văn An\n"
    "Ký bởi: BỘ Y TẾ\nNgày ký: 03.05.2024 10:12:33 +07:00\n\nCÔNG VĂN ĐẾN\nSố: 455\n"
    "Ngày: 3/5/2024\n",
    "SỞ Y TẾ\nSố: 4/SYT\nKính gửi: Sở Nội vụ\nSở Tư pháp\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n"
    "Căn cứ Luật Y;\nQUYẾT ĐỊNH:\n3a. Nơi ở.\n\nTM. ỦY BAN NHÂN DÂN\nTỈNH HÒA BÌNH\nCHỦ TỊCH\n\n"
    "Lê An\n\n1 Được sửa đổi theo Luật Bưu chính.\n2 Được sửa đổi theo Luật Thú y.\n",
    "---\ntitle: x\n---\n<html><p>SỞ <b>Y TẾ</b></p>\n<!-- a --><table><tr><td>Số: 12/SYT</td>"
    "<td>Hòa Bình, ngày 3/5/2024</td></tr></table><script>x</script>\n| Kính gửi: | **Sở A** |\n"
    "## *Nội dung*\n* Gửi \\- một ~b~ | hai\n> 2. Tháng | năm &amp;\n</html>\n",
};

static const struct {
    const char *grown;
    unsigned most;
} growths[] = {{" ", 44}, {"x", 44}, {"Ha ", 24}, {"A", 24}, {"1", 12}, {"\n", 32}, {". ", 6}};

static bool grows_at(const char *letter, size_t at)
{
    char before = at > 0 ? letter[at - 1] : '\n', here = letter[at];
    bool gap = here == ' ' || here == '\n' || here == '\0';
    return ((unsigned char)here & 0xC0) != 0x80 && gap != (before == ' ' || before == '\n');
}

static void sweep_of(struct run *run, unsigned which)
{
    const char *letter = sweep_letters[which];
    char name[40];
    for (size_t at = 0; at <= strlen(letter); at++) {
        uint64_t hash = hash_start;
        if (!grows_at(letter, at))
            continue;
        (void)snprintf(name, sizeof name, "sweep%u:%zu", which, at);
        for (size_t g = 0; g < sizeof growths / sizeof growths[0]; g++) {
            run->damaged.length = 0;
            add(&run->damaged, letter, at);
            for (unsigned times = 1; times <= growths[g].most; times++) {
                add(&run->damaged, growths[g].grown, strlen(growths[g].grown));
                size_t length = run->damaged.length;
                add(&run->damaged, letter + at, strlen(letter + at));
                hash = record(run, run->damaged.data, run->damaged.length, hash);
                run->damaged.length = length;
            }
        }
        tell(run, name, "grown", 0, hash, true);
    }
}

/* Where two letters come apart that stand in one file, whatever befell both. */
static void pair_of(struct run *run, const char *name, const struct text *pair)
{
    enum { MOST_PARTS = 16 };
    uint64_t hash = hash_start;
    for (size_t d = 0; d < DAMAGES; d++)
        for (unsigned variant = 0; variant < damages[d].variants; variant += 4) {
            cchc_part parts[MOST_PARTS];
            size_t count;
            apply(&run->damaged, pair->data, pair->length, &run->pool, damages[d].damage, variant);
            if (cchc_split(run->parser, run->damaged.data, run->damaged.length, parts, MOST_PARTS,
                           &count) != CCHC_OK)
                abort();
            for (size_t i = 0; i < count && i < MOST_PARTS; i++) {
                char number[40];
                int length = snprintf(number, sizeof number, "%zu;", parts[i].range.end);
                hash = hash_on(hash, number, (size_t)length);
            }
        }
    tell(run, name, "pair", 0, hash, true);
}

/* The letters of the examples of a page (spec.c says how they are written), named by what they hold,
 * so that one that is added above does not rename them. */
static void page_of(struct run *run, const char *name, const char *page)
{
    static const char fence[] = "```example\n", dot[] = "\n.\n";
    for (const char *at = strstr(page, fence); at != NULL; at = strstr(at, fence)) {
        char example[1024];
        struct text letter = {NULL, 0, 0};
        const char *from = at + sizeof fence - 1, *end = strstr(from, dot);
        if (end == NULL)
            break;
        for (const char *p = from; p <= end;) {
            bool tab = strncmp(p, "→", 3) == 0, form_feed = strncmp(p, "␌", 3) == 0;
            add(&letter, tab ? "\t" : form_feed ? "\f" : p, 1);
            p += tab || form_feed ? 3 : 1;
        }
        uint64_t hash = hash_on(hash_start, letter.data, letter.length);
        (void)snprintf(example, sizeof example, "%s#%08" PRIx32, name,
                       (uint32_t)(hash ^ hash >> 32));
        letter_of(run, example, letter.data, letter.length);
        free(letter.data);
        at = end;
    }
}

static bool of_fuzzing(const char *path)
{
    return strstr(path, "/fuzz/") != NULL;
}

static bool is_read(const char *path)
{
    return path_ends(path, ".txt") || path_ends(path, ".md") || of_fuzzing(path);
}

static void read_all(struct run *run, const struct paths *paths)
{
    struct text pair = {NULL, 0, 0};
    for (size_t i = 0; i < run->pool.words.count; i++) {
        const char *word = run->pool.words.line[i];
        word_of(run, word, word + strlen(word) + 1);
    }
    for (size_t i = 0; i < run->pool.lines.count; i++)
        line_of(run, run->pool.lines.line[i], strcspn(run->pool.lines.line[i], "\n") + 1);
    for (size_t i = 0; i < attack_count; i++)
        attack_of(run, &attacks[i]);
    for (unsigned i = 0; i < sizeof sweep_letters / sizeof sweep_letters[0]; i++)
        sweep_of(run, i);
    for (size_t i = 0; i < paths->count; i++) {
        const char *path = paths->path[i], *slash = strrchr(path, '/');
        const char *name = slash != NULL ? slash + 1 : path;
        size_t length;
        char *content = (char *)read_whole(path, &length);
        if (of_fuzzing(path))
            tell(run, name, "fuzz", 0, record(run, content, length, hash_start), true);
        else if (path_ends(path, ".md"))
            page_of(run, name, content);
        else
            letter_of(run, name, content, length);
        if (path_ends(path, ".txt")) { /* behind the one before it */
            add(&pair, content, length);
            pair_of(run, name, &pair);
            pair.length = 0;
            add(&pair, content, length);
            add(&pair, i % 2 == 0 ? "\n\n" : "\f", 2 - i % 2);
        }
        free(content);
    }
    free(pair.data);
}

/* ------------------------------------------------------------------------------- the comparison -- */

static int update(const struct run *run, const char *path)
{
    FILE *file = fopen(path, "wb");
    bool fine = file != NULL && fwrite(run->out.data, 1, run->out.length, file) == run->out.length;
    if (file == NULL || fclose(file) != 0 || !fine) {
        perror(path);
        return 2;
    }
    return 0;
}

static int compare(struct run *run, const char *path)
{
    size_t length, changed = 0, lines = 0;
    char *expected = (char *)read_whole(path, &length), *theirs = expected;
    add(&run->out, "", 1);
    for (char *ours = run->out.data; *ours != '\0' || *theirs != '\0';) {
        size_t our_length = strcspn(ours, "\n"), their_length = strcspn(theirs, "\n");
        if (our_length != their_length || memcmp(ours, theirs, our_length) != 0) {
            if (changed++ < 20)
                printf("not ok %.*s, not %.*s\n", (int)our_length, ours, (int)their_length, theirs);
        }
        ours += our_length + (ours[our_length] == '\n');
        theirs += their_length + (theirs[their_length] == '\n');
        lines++;
    }
    free(expected);
    if (changed == 0)
        printf("ok %zu records are as they were\n", lines);
    printf("# records: %zu of %zu changed%s\n", changed, lines,
           changed > 0 ? "; records --update takes over what is meant" : "");
    return changed > 0;
}

/* The lines of @p content, which must outlive them. */
static struct list lines_of(const char *content)
{
    struct list list = {NULL, 0};
    size_t lines = 0;
    for (const char *end = content; (end = strchr(end, '\n')) != NULL; end++)
        lines++;
    list.line = malloc((lines + 1) * sizeof *list.line);
    if (list.line == NULL)
        abort();
    for (const char *at = content; strchr(at, '\n') != NULL; at = strchr(at, '\n') + 1)
        list.line[list.count++] = at;
    return list;
}

/* The same of a list of words: a word, a tab, the word in capitals; NUL ends each. */
static struct list words_of(char *content)
{
    struct list list = lines_of(content);
    for (char *at = content; *at != '\0'; at++)
        if (*at == '\t' || *at == '\n')
            *at = '\0';
    return list;
}

static int usage(void)
{
    fputs("usage: records [--first|--update] EXPECTED LINES WORDS FILE|FOLDER...\n"
          "       records --print LINES WORDS FILE|FOLDER...\n",
          stderr);
    return 2;
}

int main(int argc, char **argv)
{
    struct run run = {.parser = NULL};
    struct paths paths = {NULL, 0, 0};
    const char *option = argc > 1 && strncmp(argv[1], "--", 2) == 0 ? argv[1] : "";
    bool updating = strcmp(option, "--update") == 0, first = strcmp(option, "--first") == 0;
    run.print = strcmp(option, "--print") == 0;
    int expected = updating || first ? 2 : 1, lines = expected + 1, words = lines + 1, status = 0;
    if (argc < words + 2)
        return usage();
    for (int i = words + 1; i < argc; i++)
        paths_add(&paths, argv[i], is_read);
    if (cchc_parser_new(NULL, &run.parser) != CCHC_OK)
        return 2;
    size_t length;
    char *content = (char *)read_whole(argv[lines], &length);
    char *lexicon = (char *)read_whole(argv[words], &length);
    char *hashes = first ? (char *)read_whole(argv[expected], &length) : NULL;
    run.pool.lines = lines_of(content);
    run.pool.words = words_of(lexicon);
    run.expected = hashes;
    read_all(&run, &paths);
    if (!run.print)
        status = updating ? update(&run, argv[expected]) : compare(&run, argv[expected]);
    cchc_document_free(run.document);
    cchc_parser_free(run.parser);
    paths_free(&paths);
    free(run.pool.lines.line);
    free(run.pool.words.line);
    free(hashes);
    free(content);
    free(lexicon);
    free(run.json.data);
    free(run.damaged.data);
    free(run.out.data);
    return status;
}
