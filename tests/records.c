/* SPDX-License-Identifier: MIT */
/* records EXPECTED LINES WORDS FILE|FOLDER…: no record changes unnoticed.
 *
 * The other tests say what must be in a record; this one holds all of it, to the last span, for
 * every composed letter, every example of the specification, and what is left of them when they
 * are damaged in ways that each meets other branches. EXPECTED has a line for each letter and way:
 *
 *      NAME DAMAGE HASH
 *
 * DAMAGE is "whole" or a row of the table below, HASH is FNV-1a of the JSON of all its variants. LINES
 * has lines of letters that damage puts between others; a line more there would change nearly every
 * hash. WORDS has those of the lexicon, each put wherever a letter may have one. A change of the parser that is meant is taken over with
 *
 *      records --update EXPECTED LINES WORDS FILE|FOLDER…
 *
 * and reviewed as the difference of what the build before it and the one after it print with
 *
 *      records --print LINES WORDS FILE|FOLDER…
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cchcparse/cchcparse.h>

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

/* The lines that are put between others. */
struct pool {
    const char **line;
    size_t count;
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
    const char *other = pool->line[chance(state, pool->count)];
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

static const struct {
    const char *name;
    damage_function *damage;
    unsigned variants;
} damages[] = {
    {"without-line", without_line, 7},
    {"first-part", first_part, 4},
    {"last-part", last_part, 4},
    {"joined", joined, 3},
    {"wrapped", wrapped, 4},
    {"spread", spread, 3},
    {"misread", misread, 6},
    {"marked", marked, 4},
    {"counted", counted, 4},
    {"capitals", capitals, 2},
    {"grafted", grafted, 16},
    {"replaced", replaced, 12},
    {"edited", edited, 24},
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
    bool print; /* the records themselves */
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

/* A word of the lexicon, as it is and in capitals, wherever a letter may have one. */
static void word_of(struct run *run, const char *plain, const char *capitals)
{
    struct text letter = {NULL, 0, 0};
    char name[300];
    uint64_t hash = hash_start;
    enum { HEADING, BODY, CLOSING, PLACES };
    for (unsigned place = 0; place < PLACES; place++) {
        const char *const heading[] = {capitals,
                                       " HÒA BÌNH\n",
                                       capitals,
                                       "\nSố: 12/BC-SNV\n",
                                       "Hòa Bình, ngày 3 tháng 5 năm 2024\n\n",
                                       capitals,
                                       "\nvề việc rà soát\n\nKính gửi: ",
                                       plain,
                                       " tỉnh.\n\nSở báo cáo như sau: đã xong.\n",
                                       NULL};
        const char *const body[] = {"SỞ NỘI VỤ\nSố: 12/SNV-VP\nV/v rà soát\nKính gửi: Ủy ban.\n\n",
                                    plain,
                                    " số 35/QĐ-UBND ngày 2/3/2024 của ",
                                    plain,
                                    " về rà soát, Sở đề nghị:\n1. Gửi trước ngày 15/5/2024.\n",
                                    plain,
                                    " xem xét.\n",
                                    capitals,
                                    " chú ý.\n2. Theo dõi.\n",
                                    plain,
                                    " các đơn vị gửi về Sở trước ngày 20/5/2024.\n",
                                    NULL};
        const char *const closing[] = {
            "SỞ NỘI VỤ\nSố: 12/SNV-VP\nKính gửi: Ủy ban.\n\nSở báo cáo.\n\n"
            "Nơi nhận:\n- Như trên;\n- ",
            plain,
            " tỉnh (",
            plain,
            ");\n- Sở Y tế ",
            plain,
            ";\n- Lưu: VT, ",
            capitals,
            ".\n\n",
            capitals,
            " GIÁM ĐỐC\n",
            capitals,
            "\n\n",
            capitals,
            " Đinh Gia Khánh\n",
            plain,
            " Văn Bình\n",
            NULL};
        const char *const *const pieces[PLACES] = {heading, body, closing};
        letter.length = 0;
        for (const char *const *piece = pieces[place]; *piece != NULL; piece++)
            add(&letter, *piece, strlen(*piece));
        hash = record(run, letter.data, letter.length, hash);
        (void)snprintf(name, sizeof name, "\"%s\"", plain);
        tell(run, name, "word", place, hash, place + 1 == PLACES);
    }
    free(letter.data);
}

static void read_words(struct run *run, char *content)
{
    for (char *line = content, *next; *line != '\0'; line = next) {
        next = line + strcspn(line, "\n");
        *next++ = '\0';
        char *capitals = strchr(line, '\t');
        if (capitals != NULL) {
            *capitals++ = '\0';
            word_of(run, line, capitals);
        }
    }
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

static bool is_read(const char *path)
{
    return path_ends(path, ".txt") || path_ends(path, ".md");
}

static void read_all(struct run *run, const struct paths *paths)
{
    for (size_t i = 0; i < paths->count; i++) {
        const char *path = paths->path[i], *slash = strrchr(path, '/');
        const char *name = slash != NULL ? slash + 1 : path;
        size_t length;
        char *content = (char *)read_whole(path, &length);
        if (path_ends(path, ".md"))
            page_of(run, name, content);
        else
            letter_of(run, name, content, length);
        free(content);
    }
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
static struct pool pool_of(const char *content)
{
    struct pool pool = {NULL, 0};
    size_t lines = 0;
    for (const char *end = content; (end = strchr(end, '\n')) != NULL; end++)
        lines++;
    pool.line = malloc((lines + 1) * sizeof *pool.line);
    if (pool.line == NULL)
        abort();
    for (const char *at = content; strchr(at, '\n') != NULL; at = strchr(at, '\n') + 1)
        pool.line[pool.count++] = at;
    return pool;
}

int main(int argc, char **argv)
{
    struct run run = {.parser = NULL};
    struct paths paths = {NULL, 0, 0};
    bool updating = argc > 1 && strcmp(argv[1], "--update") == 0;
    run.print = argc > 1 && strcmp(argv[1], "--print") == 0;
    int expected = updating ? 2 : 1, lines = expected + 1, words = lines + 1, status = 0;
    if (argc < words + 2) {
        fputs("usage: records [--update] EXPECTED LINES WORDS FILE|FOLDER...\n"
              "       records --print LINES WORDS FILE|FOLDER...\n",
              stderr);
        return 2;
    }
    for (int i = words + 1; i < argc; i++)
        paths_add(&paths, argv[i], is_read);
    if (cchc_parser_new(NULL, &run.parser) != CCHC_OK)
        return 2;
    size_t length;
    char *content = (char *)read_whole(argv[lines], &length);
    char *lexicon = (char *)read_whole(argv[words], &length);
    run.pool = pool_of(content);
    read_all(&run, &paths);
    read_words(&run, lexicon);
    if (!run.print)
        status = updating ? update(&run, argv[expected]) : compare(&run, argv[expected]);
    cchc_document_free(run.document);
    cchc_parser_free(run.parser);
    paths_free(&paths);
    free(run.pool.line);
    free(content);
    free(lexicon);
    free(run.json.data);
    free(run.damaged.data);
    free(run.out.data);
    return status;
}
