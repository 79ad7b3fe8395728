/* SPDX-License-Identifier: MIT */
/* The way of a letter through the rules: decode it again, see what it is and how sound its text,
 * ask each rule. */
#include "lint.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "layout/layout.h"
#include "layout/parse.h"
#include "parser.h"
#include "text/syllables.h"
#include "text/utf8.h"

/* -------------------------------------------------------------------------------- the tables -- */

#define ND30 CCHC_FORM_ND30
#define TT01 CCHC_FORM_TT01
#define HD36 CCHC_FORM_HD36
#define HD05 CCHC_FORM_HD05
#define VBQPPL CCHC_FORM_VBQPPL

enum rule_id {
#define RULE(id, severity, forms, place, vietnamese, english) RULE_##id,
#define FINDING(id, code, rule, severity, forms, scan, vietnamese, english)
#include "rules.def"
#undef RULE
#undef FINDING
    RULE_COUNT
};

static const cchc_lint_rule rules[] = {
#define RULE(id, severity, forms, place, vietnamese, english)                                      \
    {#id, CCHC_##severity, forms, place, vietnamese, english},
#define FINDING(id, code, rule, severity, forms, scan, vietnamese, english)
#include "rules.def"
#undef RULE
#undef FINDING
};

enum in_a_scan { KEEP, LEAVE };

static const struct kind {
    const char *code;
    enum rule_id rule;
    cchc_severity severity;
    unsigned forms;
    enum in_a_scan scan;
    const char *vietnamese, *english;
} kinds[] = {
#define RULE(id, severity, forms, place, vietnamese, english)
#define FINDING(id, code, rule, severity, forms, scan, vietnamese, english)                        \
    {code, RULE_##rule, CCHC_##severity, forms, scan, vietnamese, english},
#include "rules.def"
#undef RULE
#undef FINDING
};

const cchc_lint_rule *cchc_lint_rule_at(size_t index)
{
    return index < RULE_COUNT ? &rules[index] : NULL;
}

static cchci_lint_rule *const all[] = {
    cchci_lint_motto,  cchci_lint_code,       cchci_lint_date,    cchci_lint_subject,
    cchci_lint_marks,  cchci_lint_addressees, cchci_lint_clauses, cchci_lint_citations,
    cchci_lint_end,    cchci_lint_recipients, cchci_lint_archive, cchci_lint_signer,
    cchci_lint_copies, cchci_lint_annexes,
};

/* ---------------------------------------------------------------------------------- the form -- */

/* The form that a family follows from a day on, the later one first. */
static const struct form {
    const char *family, *since, *name;
    unsigned form;
} forms[] = {
    {"nd30", "", "nd30", ND30},           {"tt01", "2005-05-06", "tt01", TT01},
    {"dang", "2026-05-27", "hd05", HD05}, {"dang", "2018-04-03", "hd36", HD36},
    {"vbqppl", "", "vbqppl", VBQPPL},
};

/* Types that are normative whatever number they bear: consolidated texts have one of their own. */
static bool is_normative(const char *slug)
{
    static const char *const slugs[] = {"hien_phap",
                                        "bo_luat",
                                        "luat",
                                        "phap_lenh",
                                        "nghi_dinh",
                                        "thong_tu",
                                        "thong_tu_lien_tich",
                                        "nghi_quyet_lien_tich",
                                        NULL};
    size_t i = 0;
    while (slug != NULL && slugs[i] != NULL && strcmp(slugs[i], slug) != 0)
        i++;
    return slug != NULL && slugs[i] != NULL;
}

/* NULL: a letter that no rules are known for. A date that is told in part must leave no doubt. */
static const struct form *form_of(const cchc_document *document)
{
    const cchc_type *type = cchc_document_type(document);
    const cchc_promulgation *promulgation = cchc_document_promulgation(document);
    const char *iso = promulgation != NULL && promulgation->iso != NULL ? promulgation->iso : "";
    if (type == NULL || type->family == NULL)
        return NULL;
    const char *family = is_normative(type->slug) ? "vbqppl" : type->family;
    /* A state document without any code is an extract, or one of another kind, whose form is its
     * own. */
    bool state = strcmp(family, "nd30") == 0 || strcmp(family, "tt01") == 0;
    if (state && cchc_document_code(document) == NULL)
        return NULL;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (strcmp(forms[i].family, family) == 0 && strcmp(iso, forms[i].since) >= 0)
            return &forms[i];
    return NULL;
}

static bool is_told(const cchc_document *document, const char *code)
{
    size_t count = 0;
    const cchc_diagnostic *diagnostics = cchc_document_diagnostics(document, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(diagnostics[i].code, code) == 0)
            return true;
    return false;
}

/* A beginning (agency, number, date) and an end (a signature); no form whose places are blank,
 * and no print of the gazette, which leaves out the recipients. */
static bool is_whole(const struct cchci_lint *lint)
{
    const cchc_document *document = lint->document;
    const cchc_agency *agency = cchc_document_agency(document);
    const cchc_signer *signer = cchc_document_signer(document);
    const cchc_promulgation *promulgation = cchc_document_promulgation(document);
    return agency != NULL && agency->name.data != NULL && cchc_document_code(document) != NULL &&
           promulgation != NULL && promulgation->date.data != NULL && signer != NULL &&
           (signer->position.data != NULL || signer->full_name.data != NULL) &&
           !is_told(document, "blank-form") && !cchci_lint_mentions(lint, "congbaoso");
}

/* ----------------------------------------------------------------------------- is it a scan? -- */

/* Signs that scanners make out of specks and strokes, and letters seldom have; '|' is of tables. */
static bool is_speck(uint32_t code)
{
    return code == 0xA9 || code == 0xAE || code == 0xA7 || code == 0xA2 || code == 0xA3 ||
           code == 0xA5 || code == 0x20AC || code == 0xB6 || code == 0x2044 || code == '~' ||
           code == 0x2018;
}

struct tally {
    size_t words, wrong;
};

static void end_word(struct tally *tally, struct cchci_word *word, bool digits)
{
    if (word->length > 0) {
        tally->words++;
        if (word->beyond_ascii && !digits && word->length <= CCHCI_SYLLABLE_LETTERS &&
            cchci_shape(word) == CCHCI_NO_SYLLABLE)
            tally->wrong++;
    }
    *word = (struct cchci_word){.length = 0};
}

/* Words with Vietnamese letters that are no Vietnamese syllables, and specks. */
static struct tally count_damage(const struct cchci_lint *lint)
{
    const struct cchci_text *text = lint->text;
    struct tally tally = {0, 0};
    struct cchci_word word = {.length = 0};
    bool digits = false;
    for (uint32_t i = 0; i < text->count; i++) {
        unsigned char key = text->key[i];
        if (text->off[i] == text->off[i + 1])
            continue;
        size_t at = text->off[i];
        uint32_t code = cchci_known_utf8((const unsigned char *)text->utf8, &at);
        if (cchci_is_letter(key)) {
            cchci_word_add(&word, code, cchci_class_of(lint->classes, code));
            continue;
        }
        digits = cchci_is_digit(key);
        tally.wrong += key != CCHCI_KEY_MARKUP && is_speck(code);
        end_word(&tally, &word, digits);
    }
    end_word(&tally, &word, false);
    return tally;
}

/* Words that every letter has, and nobody types with other diacritics; where they have others, a
 * scanner read them. */
static const struct fixed_words {
    const char *segment, *letters, *forms[2];
} fixed_words[] = {
    {"national_motto",
     "conghoaxahoichunghiavietnam",
     {"cộng hòa xã hội chủ nghĩa việt nam", "cộng hoà xã hội chủ nghĩa việt nam"}},
    {"national_motto", "doclaptudohanhphuc", {"độc lập tự do hạnh phúc", NULL}},
    {"code", "so", {"số", NULL}},
    {"addressees", "kinhgui", {"kính gửi", NULL}},
    {"recipients", "noinhan", {"nơi nhận", NULL}},
    {"archive", "luu", {"lưu", NULL}},
};

/* Whether the letters of the stretch bear the same diacritics as those of @p form. */
static bool has_marks(struct cchci_lint *lint, struct cchci_place place, const char *form)
{
    struct cchci_text right;
    cchci_text_decode(&right, lint->classes, (const unsigned char *)form, strlen(form),
                      lint->arena);
    uint32_t k = 0;
    for (uint32_t i = place.begin; i < place.end; i++) {
        if (!cchci_is_letter(lint->text->key[i]))
            continue;
        while (k < right.count && !cchci_is_letter(right.key[k]))
            k++;
        if (k == right.count || lint->text->mark[i] != right.mark[k++])
            return false;
    }
    return true;
}

/* The same of the date's words. */
static bool date_lost_marks(struct cchci_lint *lint)
{
    static const char *const letters[] = {"ngay", "thang", "nam"};
    static const char *const words[] = {"ngày", "tháng", "năm"};
    const cchc_promulgation *promulgation = cchc_document_promulgation(lint->document);
    if (promulgation == NULL || promulgation->date.span_count != 1)
        return false;
    struct cchci_place date = cchci_lint_first(lint, &promulgation->date);
    for (size_t i = 0; i < 3; i++) {
        struct cchci_place place = cchci_lint_find(lint, date, letters[i]);
        if (!cchci_lint_none(place) && !has_marks(lint, place, words[i]))
            return true;
    }
    return false;
}

/* A long dash in Tiêu ngữ: word processors make a shorter one of a hyphen, scanners see this
 * one. */
static bool has_long_dash(struct cchci_lint *lint)
{
    struct cchci_place place =
        cchci_lint_find(lint, cchci_lint_segment(lint, "national_motto"), "doclaptudohanhphuc");
    return strstr(cchci_lint_words(lint, place), "—") != NULL;
}

static bool marks_were_lost(struct cchci_lint *lint)
{
    for (size_t i = 0; i < sizeof fixed_words / sizeof fixed_words[0]; i++) {
        const struct fixed_words *words = &fixed_words[i];
        struct cchci_place place =
            cchci_lint_find(lint, cchci_lint_segment(lint, words->segment), words->letters);
        if (!cchci_lint_none(place) && !has_marks(lint, place, words->forms[0]) &&
            (words->forms[1] == NULL || !has_marks(lint, place, words->forms[1])))
            return true;
    }
    return false;
}

/* Whether the document's own date is one that no calendar has; another one is a slip of who wrote. */
static bool has_impossible_date(const cchc_document *document)
{
    size_t count = 0;
    const cchc_diagnostic *diagnostics = cchc_document_diagnostics(document, &count);
    const cchc_promulgation *promulgation = cchc_document_promulgation(document);
    if (promulgation == NULL || promulgation->date.span_count == 0)
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(diagnostics[i].code, "date-impossible") == 0 && diagnostics[i].span_count > 0 &&
            diagnostics[i].spans[0].begin == promulgation->date.spans[0].begin)
            return true;
    return false;
}

static bool is_scanned(struct cchci_lint *lint)
{
    static const char *const signs[] = {"anchor-repaired", "marks-displaced",   "text-garbled",
                                        "signature-noise", "number-unreadable", "date-unreadable",
                                        "text-ill-formed"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (is_told(lint->document, signs[i]))
            return true;
    if (has_impossible_date(lint->document) || marks_were_lost(lint) || date_lost_marks(lint) ||
        has_long_dash(lint))
        return true;
    struct tally tally = count_damage(lint);
    return tally.wrong * CCHCI_LINT_SCAN_WORDS > tally.words && tally.wrong > 1;
}

/* ----------------------------------------------------------------------------------- telling -- */

/* Begins of lines in the source; where a tag ends one for the parser, the source has none. */
static void find_lines(struct cchci_lint *lint)
{
    const struct cchci_text *text = lint->text;
    *(uint32_t *)CCHCI_PUSH(&lint->lines, lint->arena, uint32_t) = 0;
    for (uint32_t i = 0; i < text->count; i++)
        if (text->off[i] < text->off[i + 1] && text->utf8[text->off[i]] == '\n')
            *(uint32_t *)CCHCI_PUSH(&lint->lines, lint->arena, uint32_t) = i + 1;
}

static void find_line(const struct cchci_lint *lint, uint32_t at, size_t *line, size_t *column)
{
    uint32_t low = 0, high = lint->lines.count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (CCHCI_AT(&lint->lines, uint32_t, middle) <= at)
            low = middle;
        else
            high = middle;
    }
    *line = (size_t)low + 1;
    *column = (size_t)(at - CCHCI_AT(&lint->lines, uint32_t, low)) + 1;
}

/* The beginning of long words, cut before a character. */
static const char *shortened(char *words)
{
    size_t length = strlen(words);
    if (length > CCHCI_LINT_FOUND_BYTES) {
        length = CCHCI_LINT_FOUND_BYTES;
        while (length > 0 && cchci_is_trail((unsigned char)words[length]))
            length--;
        words[length] = '\0';
    }
    return words;
}

static bool is_wanted(const struct cchci_lint *lint, enum cchci_finding_id id)
{
    return (kinds[id].forms & lint->form) != 0 && !(lint->scanned && kinds[id].scan == LEAVE) &&
           lint->told[id] < CCHCI_LINT_REPEATS;
}

static cchc_finding *add(struct cchci_lint *lint, enum cchci_finding_id id,
                         struct cchci_place place, const char *wanted)
{
    cchc_finding *finding = CCHCI_PUSH(lint->findings, lint->arena, cchc_finding);
    lint->told[id]++;
    finding->rule = &rules[kinds[id].rule];
    finding->code = kinds[id].code;
    finding->severity = kinds[id].severity;
    finding->vietnamese = kinds[id].vietnamese;
    finding->english = kinds[id].english;
    finding->wanted = wanted;
    finding->region.span = cchci_source_span(lint->text, place.begin, place.end);
    find_line(lint, place.begin, &finding->region.line, &finding->region.column);
    find_line(lint, place.end, &finding->region.end_line, &finding->region.end_column);
    return finding;
}

void cchci_lint_tell(struct cchci_lint *lint, enum cchci_finding_id id, struct cchci_place place,
                     const char *wanted)
{
    if (is_wanted(lint, id) && !cchci_lint_none(place))
        add(lint, id, place, wanted)->found = shortened(cchci_lint_words(lint, place));
}

void cchci_lint_tell_value(struct cchci_lint *lint, enum cchci_finding_id id,
                           const cchc_text *value, const char *wanted)
{
    struct cchci_place place = cchci_lint_first(lint, value);
    if (!is_wanted(lint, id) || cchci_lint_none(place))
        return;
    char *words = cchci_arena_copy(lint->arena, value->data, value->length);
    cchci_lint_blank_nuls(words, value->length);
    add(lint, id, place, wanted)->found = shortened(words);
}

void cchci_lint_tell_absent(struct cchci_lint *lint, enum cchci_finding_id id, const char *wanted)
{
    if (lint->whole && is_wanted(lint, id))
        (void)add(lint, id, (struct cchci_place){0, 0}, wanted);
}

/* --------------------------------------------------------------------------- the public side -- */

struct cchc_findings {
    cchc_allocator allocator;
    struct cchci_arena arena;
    struct cchci_vector list; /* cchc_finding */
    const char *form;
    bool scanned;
};

static void reset(cchc_findings *findings)
{
    cchci_arena_reset(&findings->arena);
    findings->list = (struct cchci_vector){NULL, 0, 0};
    findings->form = NULL;
    findings->scanned = false;
}

static cchc_findings *new_findings(const cchc_parser *parser)
{
    const cchc_allocator *allocator = &parser->allocator;
    cchc_findings *findings = allocator->allocate(sizeof *findings, allocator->context);
    if (findings == NULL)
        return NULL;
    memset(findings, 0, sizeof *findings);
    findings->allocator = *allocator;
    findings->arena.allocator = &findings->allocator;
    return findings;
}

void cchc_findings_free(cchc_findings *findings)
{
    if (findings == NULL)
        return;
    cchc_allocator allocator = findings->allocator;
    cchci_arena_release(&findings->arena);
    allocator.release(findings, allocator.context);
}

/* By place; those at one place by rule and kind, whose rows are side by side in their tables. */
static int by_place(const void *left, const void *right)
{
    const cchc_finding *a = left, *b = right;
    if (a->region.span.begin != b->region.span.begin)
        return a->region.span.begin < b->region.span.begin ? -1 : 1;
    if (a->rule != b->rule)
        return a->rule < b->rule ? -1 : 1;
    return strcmp(a->code, b->code);
}

/* Whether one of the words stands in the name. */
static bool has_word(const char *name, const char *const *words)
{
    while (*words != NULL && strstr(name, *words) == NULL)
        words++;
    return *words != NULL;
}

/* Private firms are not bound by the decree (Điều 2); state enterprises, most of which have one
 * member or an agency above, are. */
static bool is_private(struct cchci_lint *lint)
{
    static const char *const firms[] = {"cong ty tnhh",
                                        "cong ty trach nhiem huu han",
                                        "cong ty co phan",
                                        "cong ty cp",
                                        "doanh nghiep tu nhan",
                                        "hop tac xa",
                                        NULL};
    static const char *const state[] = {"mot thanh vien", "mtv", "nha nuoc", NULL};
    const cchc_agency *agency = cchc_document_agency(lint->document);
    if (agency == NULL || agency->name.data == NULL || agency->parent.data != NULL)
        return false;
    const char *name = cchci_lint_fold(lint, agency->name.data);
    return has_word(name, firms) && !has_word(name, state);
}

static void judge(const cchc_parser *parser, const cchc_document *document,
                  const unsigned char *bytes, cchc_findings *findings)
{
    const struct form *form = form_of(document);
    if (form == NULL)
        return;
    const cchc_span *range = &cchc_document_source(document)->range;
    struct cchci_text text;
    cchci_text_decode(&text, &parser->classes, bytes + range->begin, range->end - range->begin,
                      &findings->arena);
    text.origin = range->begin;
    struct cchci_parse parse = {.text = &text, .arena = &findings->arena};
    cchci_layout_markup(&parse);

    struct cchci_lint lint = {.classes = &parser->classes,
                              .document = document,
                              .text = &text,
                              .arena = &findings->arena,
                              .findings = &findings->list,
                              .form = form->form,
                              .slug = cchc_document_type(document)->slug};
    if (is_private(&lint))
        return;
    lint.whole = is_whole(&lint);
    lint.letter = lint.slug != NULL && strcmp(lint.slug, "cong_van") == 0;
    lint.scanned = is_scanned(&lint);
    find_lines(&lint);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        all[i](&lint);
    if (findings->list.count > 1)
        qsort(findings->list.data, findings->list.count, sizeof(cchc_finding), by_place);
    findings->form = form->name;
    findings->scanned = lint.scanned;
}

cchc_status cchc_lint(const cchc_parser *parser, const cchc_document *document, const void *bytes,
                      size_t length, cchc_findings **findings)
{
    if (parser == NULL || document == NULL || findings == NULL || (bytes == NULL && length > 0))
        return CCHC_INVALID;
    const cchc_source *source = cchc_document_source(document);
    bool read = source->encoding != NULL; /* else there is nothing to judge */
    if (read && (source->bytes != length || source->range.end > length))
        return CCHC_INVALID;
    cchc_findings *made = *findings != NULL ? *findings : new_findings(parser);
    if (made == NULL)
        return CCHC_NOMEM;
    jmp_buf out_of_memory;
    reset(made);
    made->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory) != 0) {
        if (*findings != NULL)
            reset(*findings);
        else
            cchc_findings_free(made);
        return CCHC_NOMEM;
    }
    if (read)
        judge(parser, document, bytes != NULL ? bytes : (const unsigned char *)"", made);
    made->arena.out_of_memory = NULL;
    *findings = made;
    return CCHC_OK;
}

const cchc_finding *cchc_findings_list(const cchc_findings *findings, size_t *count)
{
    if (count != NULL)
        *count = findings != NULL ? findings->list.count : 0;
    return findings != NULL ? findings->list.data : NULL;
}

const char *cchc_findings_form(const cchc_findings *findings)
{
    return findings != NULL ? findings->form : NULL;
}

bool cchc_findings_scanned(const cchc_findings *findings)
{
    return findings != NULL && findings->scanned;
}
