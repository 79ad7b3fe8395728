/* SPDX-License-Identifier: MIT */
/* Rules of the body and the annexes (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II.6 and
 * III.1). */
#include "lint.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "text/utf8.h"

static const unsigned char blank_keys[] = {' ', '\n', '\t', '\r', CCHCI_KEY_MARKUP};

/* ------------------------------------------------------------------------- the last sentence -- */

static bool is_kind(const cchc_segment *segment, const char *const *names)
{
    while (*names != NULL && strcmp(*names, segment->kind) != 0)
        names++;
    return *names != NULL;
}

/* The last stretch of the body before the closing; NULL: none. Footnotes stand behind it. */
static const cchc_span *body_end(const struct cchci_lint *lint)
{
    static const char *const body[] = {"preamble", "clause", "paragraph", NULL};
    static const char *const closing[] = {"recipients", "archive", "signer", NULL};
    size_t count = 0, limit = SIZE_MAX;
    const cchc_segment *segments = cchc_document_segments(lint->document, &count);
    const cchc_span *last = NULL;
    for (size_t i = 0; i < count && limit == SIZE_MAX; i++)
        if (is_kind(&segments[i], closing))
            limit = segments[i].spans[0].begin;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; is_kind(&segments[i], body) && k < segments[i].span_count; k++) {
            const cchc_span *span = &segments[i].spans[k];
            if (span->end <= limit && (last == NULL || span->end > last->end))
                last = span;
        }
    return last;
}

static bool has_end_mark(const struct cchci_lint *lint)
{
    const unsigned char *key = lint->text->key;
    for (uint32_t i = 0; i + 1 < lint->text->count; i++)
        if (key[i] == '/' && key[i + 1] == '.')
            return true;
    return false;
}

void cchci_lint_end(struct cchci_lint *lint)
{
    static const unsigned char sign_keys[] = {'.', '/', CCHCI_KEY_MARKUP};
    const cchc_span *last = body_end(lint);
    if (last == NULL || !lint->whole)
        return;
    const cchc_text text = {"", 0, last, 1};
    struct cchci_place place = cchci_lint_first(lint, &text);
    const unsigned char *key = lint->text->key;
    while (place.end > place.begin &&
           memchr(blank_keys, key[place.end - 1], sizeof blank_keys) != NULL)
        place.end--;
    uint32_t begin = place.end;
    while (begin > 0 && place.end - begin < 8 &&
           memchr(sign_keys, key[begin - 1], sizeof sign_keys) != NULL)
        begin--;
    struct cchci_place sign = {begin, place.end};
    const char *words = cchci_lint_words(lint, sign);
    if (strcmp(words, "./.") == 0)
        cchci_lint_tell(lint, CCHCI_FOUND_PARTY_END_MARK, sign, ".");
    /* Without any sign the sentence may go on elsewhere; enclosures may be listed behind the
     * mark. */
    else if (strcmp(words, ".") == 0 && !has_end_mark(lint))
        cchci_lint_tell(lint, CCHCI_FOUND_END_MARK, sign, "./.");
}

/* ----------------------------------------------------------------------------------- clauses -- */

/* The letters of points, in order (Vietnamese has no f, j, w, z). */
static const char *const letters[] = {"a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m",
                                      "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y", NULL};

static size_t letter_of(const char *label)
{
    size_t i = 0;
    while (letters[i] != NULL && strcmp(letters[i], label) != 0)
        i++;
    return i;
}

/* The marker stands before the clause's text: on its line, or, of chapters and sections, on one
 * above. */
static struct cchci_place marker_place(const struct cchci_lint *lint, const cchc_clause *clause)
{
    struct cchci_place text = cchci_lint_first(lint, &clause->text);
    uint32_t at = text.begin, letters_left = 0;
    const unsigned char *key = lint->text->key;
    while (at > 0 && memchr(blank_keys, key[at - 1], sizeof blank_keys) != NULL)
        at--;
    if (cchci_lint_none(text) || at == 0)
        return (struct cchci_place){0, 0};
    at--;
    for (const char *byte = clause->marker; *byte != '\0'; byte++)
        letters_left += !cchci_is_trail((unsigned char)*byte) && *byte != ' ';
    uint32_t begin = at + 1;
    while (begin > 0 && letters_left > 0 && key[begin - 1] != '\n') {
        begin--;
        letters_left -= key[begin] != ' ' && key[begin] != '\t' && key[begin] != CCHCI_KEY_MARKUP;
    }
    return (struct cchci_place){begin, at + 1};
}

/* d) and then e): the letter between them is missing. e) and then f): there is no such letter.
 * The same list begins anew at a). */
static void points_order(struct cchci_lint *lint, const cchc_clause *clauses, size_t at)
{
    const cchc_clause *clause = &clauses[at];
    size_t before = at;
    while (before-- > 0 && clauses[before].level >= clause->level)
        if (clauses[before].level == clause->level)
            break;
    if (before == SIZE_MAX || clauses[before].level != clause->level ||
        clauses[before].parent != clause->parent || clauses[before].label == NULL ||
        clause->label == NULL)
        return;
    size_t last = letter_of(clauses[before].label);
    if (letters[last] == NULL || letters[last + 1] == NULL)
        return;
    bool skipped = strcmp(clauses[before].label, "d") == 0 && strcmp(clause->label, "e") == 0;
    bool foreign = strcmp(clauses[before].label, "e") == 0 && strcmp(clause->label, "f") == 0;
    struct cchci_place place = marker_place(lint, clause);
    uint32_t edge; /* behind a quotation mark it is a point of another document */
    if ((skipped || foreign) && cchci_lint_before(lint, place.begin, &edge) == 0)
        cchci_lint_tell(lint, CCHCI_FOUND_POINTS_ORDER, place,
                        CCHCI_JOIN(lint, letters[last + 1], ")"));
}

static bool all_digits(const char *word)
{
    return word[0] != '\0' && word[strspn(word, "0123456789")] == '\0';
}

static const char *roman(struct cchci_lint *lint, const char *digits)
{
    static const struct {
        unsigned value;
        const char *numeral;
    } parts[] = {{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
    unsigned number = 0;
    const char *numeral = "";
    if (strlen(digits) > 2)
        return NULL;
    for (; *digits != '\0'; digits++)
        number = number * 10 + (unsigned)(*digits - '0');
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        for (; number >= parts[i].value; number -= parts[i].value)
            numeral = CCHCI_JOIN(lint, numeral, parts[i].numeral);
    return numeral[0] != '\0' ? numeral : NULL;
}

/* "Chương 1", "Mục II", "Điều 3:" */
static void named_marker(struct cchci_lint *lint, const cchc_clause *clause, const char *keys,
                         unsigned long *articles)
{
    struct cchci_place place = marker_place(lint, clause);
    const char *number = strchr(clause->label, ' ');
    if (number == NULL)
        return;
    bool part = strncmp(keys, "chuong ", 7) == 0 || strncmp(keys, "phan ", 5) == 0;
    bool section = strncmp(keys, "muc ", 4) == 0;
    const char *word =
        cchci_arena_copy(lint->arena, clause->label, (size_t)(number - clause->label));
    number++;
    if (part && all_digits(number)) {
        const char *numeral = roman(lint, number);
        cchci_lint_tell(lint, CCHCI_FOUND_CHAPTER_NUMERAL, place,
                        numeral != NULL ? CCHCI_JOIN(lint, word, " ", numeral) : NULL);
    }
    if (section && number[strspn(number, "IVX")] == '\0')
        cchci_lint_tell(lint, CCHCI_FOUND_SECTION_NUMERAL, place, NULL);
    if (strncmp(keys, "dieu ", 5) != 0 || !all_digits(number))
        return;
    /* Where they begin anew, it is a form, or another document, that is attached. */
    unsigned long article = strtoul(number, NULL, 10);
    if (article > *articles && strchr(":-)/", clause->marker[strlen(clause->marker) - 1]) != NULL)
        cchci_lint_tell(lint, CCHCI_FOUND_ARTICLE_STOP, place,
                        CCHCI_JOIN(lint, word, " ", number, "."));
    *articles = article > *articles ? article : *articles;
}

/* "1)", "1/", "a.", "a/" */
static void item_sign(struct cchci_lint *lint, const cchc_clause *clause)
{
    size_t length = strlen(clause->marker);
    char sign = length > 0 ? clause->marker[length - 1] : '\0';
    bool number = all_digits(clause->label);
    bool point = letters[letter_of(clause->label)] != NULL;
    if (length < 2 || strncmp(clause->marker, clause->label, strlen(clause->label)) != 0)
        return;
    if (number && (sign == ')' || sign == '/'))
        cchci_lint_tell(lint, CCHCI_FOUND_ITEM_SIGN, marker_place(lint, clause),
                        CCHCI_JOIN(lint, clause->label, "."));
    if (point && (sign == '.' || sign == '/'))
        cchci_lint_tell(lint, CCHCI_FOUND_ITEM_SIGN, marker_place(lint, clause),
                        CCHCI_JOIN(lint, clause->label, ")"));
}

void cchci_lint_clauses(struct cchci_lint *lint)
{
    size_t count = 0;
    const cchc_clause *clauses = cchc_document_clauses(lint->document, &count);
    unsigned long articles = 0; /* the highest number so far */
    for (size_t i = 0; i < count; i++) {
        if (clauses[i].label == NULL || clauses[i].marker == NULL || clauses[i].marker[0] == '\0')
            continue;
        if (letters[letter_of(clauses[i].label)] != NULL || strcmp(clauses[i].label, "f") == 0)
            points_order(lint, clauses, i);
        if (strchr(clauses[i].label, ' ') != NULL)
            named_marker(lint, &clauses[i], cchci_lint_fold(lint, clauses[i].label), &articles);
        else
            item_sign(lint, &clauses[i]);
    }
}

/* --------------------------------------------------------------------------------- citations -- */

/* Laws are cited by their names, and certificates are no documents of the decree. */
static bool is_cited_otherwise(const char *keys)
{
    static const char *const types[] = {"luat",     "bo luat", "phap lenh", "hien phap",
                                        "hop dong", "giay ",   NULL};
    size_t i = 0;
    while (types[i] != NULL && strncmp(types[i], keys, strlen(types[i])) != 0)
        i++;
    return types[i] != NULL;
}

/* "Ngày 12/6/2026, Sở Xây dựng có Văn bản số …": a date before it in its sentence. */
static bool has_date_before(const struct cchci_lint *lint, const cchc_reference *reference)
{
    const unsigned char *key = lint->text->key;
    struct cchci_place place = cchci_lint_first(lint, &reference->text);
    uint32_t begin = place.begin;
    while (begin > 0 && place.begin - begin < CCHCI_DATE_BEFORE && key[begin - 1] != '.' &&
           key[begin - 1] != ';')
        begin--;
    return !cchci_lint_none(
        cchci_lint_find(lint, (struct cchci_place){begin, place.begin}, "ngay"));
}

/* Whether the code is cited for the first time, and no citation, such as a footnote, tells its
 * date. */
static bool is_undated(const cchc_reference *list, size_t count, size_t at)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].code != NULL && strcmp(list[i].code, list[at].code) == 0 &&
            (i < at || list[i].date != NULL))
            return false;
    return true;
}

/* "21, 22 và 24": several parts, whose word the laws themselves do not capitalise. */
static bool is_several(const char *number)
{
    number += strspn(number, "0123456789");
    if (strncmp(number, ", ", 2) == 0)
        return number[2] >= '0' && number[2] <= '9';
    return strncmp(number, " và ", 5) == 0 && number[5] >= '0' && number[5] <= '9';
}

/* A citation may name a part of the decree in small letters: "theo điều 5 Nghị định số …". */
static void citation_case(struct cchci_lint *lint, const cchc_reference *reference)
{
    static const char *const words[] = {"điều ", "chương ", "mục ", "phần ", "tiểu mục "};
    static const char *const capitals[] = {"Điều ", "Chương ", "Mục ", "Phần ", "Tiểu mục "};
    if (reference->part == NULL)
        return;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i]);
        const char *at = strstr(reference->part, words[i]);
        if (at == NULL || (at != reference->part && at[-1] != ' ') || at[length] < '0' ||
            at[length] > '9')
            continue;
        if (strcmp(words[i], "mục ") == 0 && at != reference->part) /* tiểu mục */
            continue;
        if (is_several(at + length))
            return;
        cchci_lint_tell_value(lint, CCHCI_FOUND_CITATION_CASE, &reference->text,
                              CCHCI_JOIN(lint, capitals[i], at + length));
        return;
    }
}

void cchci_lint_citations(struct cchci_lint *lint)
{
    size_t count = 0;
    const cchc_reference *list = cchc_document_references(lint->document, &count);
    for (size_t i = 0; i < count; i++) {
        citation_case(lint, &list[i]);
        /* Of an extract nobody knows which citation was the first. */
        if (lint->whole && count <= CCHCI_LINT_CITATIONS && list[i].date == NULL &&
            list[i].code != NULL && list[i].type != NULL &&
            !is_cited_otherwise(cchci_lint_fold(lint, list[i].type)) &&
            !has_date_before(lint, &list[i]) && is_undated(list, count, i))
            cchci_lint_tell_value(lint, CCHCI_FOUND_CITATION_DATE, &list[i].text, NULL);
    }
}

/* ----------------------------------------------------------------------------------- annexes -- */

/* "Phụ lục 2" at the beginning of a line: its number. */
static struct cchci_place annex_number(const struct cchci_lint *lint, struct cchci_place label)
{
    const unsigned char *key = lint->text->key;
    uint32_t at, begin;
    struct cchci_place number = {0, 0};
    if (cchci_lint_before(lint, label.begin, &at) != 0)
        return number;
    (void)cchci_lint_after(lint, label.end, &begin);
    uint32_t end = begin;
    while (end < lint->text->count && cchci_is_digit(key[end]) && end - begin < 3)
        end++;
    if (end > begin && !cchci_is_word(key[end]))
        number = (struct cchci_place){begin, end};
    return number;
}

void cchci_lint_annexes(struct cchci_lint *lint)
{
    size_t count = 0;
    (void)cchc_document_annexes(lint->document, &count);
    struct cchci_place annexes = cchci_lint_segment(lint, "annex");
    if (count < 2 || cchci_lint_none(annexes))
        return;
    struct cchci_place rest = {annexes.begin, lint->text->count}, label;
    while (!cchci_lint_none(label = cchci_lint_find(lint, rest, "phuluc"))) {
        struct cchci_place number = annex_number(lint, label);
        if (!cchci_lint_none(number)) {
            const char *numeral = roman(lint, cchci_lint_words(lint, number));
            cchci_lint_tell(lint, CCHCI_FOUND_ANNEX_NUMERAL,
                            (struct cchci_place){label.begin, number.end},
                            numeral != NULL ? CCHCI_JOIN(lint, "Phụ lục ", numeral) : NULL);
        }
        rest.begin = label.end;
    }
}
