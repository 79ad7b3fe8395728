/* SPDX-License-Identifier: MIT */
/* A scalar field is judged where the gold names it, a list where the gold has its key. Entries of
 * a list are paired in the gold's order, each with the first entry of the record that is the same
 * and not yet taken; details are judged on pairs alone. */
#include <stdlib.h>
#include <string.h>

#include "judge.h"

const char *const row_names[ROW_COUNT] = {
    [ROW_DOCUMENT_TYPE] = "document_type",
    [ROW_AGENCY_PARENT] = "agency.parent",
    [ROW_AGENCY_NAME] = "agency.name",
    [ROW_CODE_NUMBER] = "code.number",
    [ROW_CODE_NOTATION] = "code.notation",
    [ROW_PROMULGATION_PLACE] = "promulgation.place",
    [ROW_PROMULGATION_DATE] = "promulgation.date",
    [ROW_SUBJECT] = "subject",
    [ROW_PRIORITY] = "priority",
    [ROW_SECRECY] = "secrecy",
    [ROW_ARCHIVE] = "archive",
    [ROW_SIGNER_COMPETENCE] = "signer.competence",
    [ROW_SIGNER_POSITION] = "signer.position",
    [ROW_SIGNER_FULL_NAME] = "signer.full_name",
    [ROW_ADDRESSEES] = "addressees",
    [ROW_CLAUSES] = "clauses",
    [ROW_DEADLINES] = "deadlines",
    [ROW_REFERENCES] = "references",
    [ROW_RECIPIENTS] = "recipients",
    [ROW_CLAUSES_WHOLE] = "clauses.whole",
    [ROW_RECIPIENTS_PURPOSE] = "recipients.purpose",
    [ROW_REFERENCES_TYPE] = "references.type",
    [ROW_DEADLINES_KIND] = "deadlines.kind",
    [ROW_DEADLINES_BOUND] = "deadlines.bound",
    [ROW_DEADLINES_RECURRING] = "deadlines.recurring",
    [ROW_DEADLINES_DURATION] = "deadlines.duration",
    [ROW_TEXT_EXACT] = "text.exact",
};

enum {
    LONG_TEXT = 60,      /* folded characters from which texts may differ */
    TEXT_PER_CENT = 3,   /* … by so much of the longer one's length */
    DEADLINE_TENTHS = 3, /* deadlines by so many tenths */
    SHOWN_CHARACTERS = 150
};

static const char ellipsis[] = "\xE2\x80\xA6";

/* ----------------------------------------------------------------------------- JSON values -- */

/* The value where Python would take it for true, else NULL: null, false, 0, "" and [] say that
 * there is none. */
static const json_t *some(const json_t *value)
{
    switch (json_typeof(value != NULL ? value : json_null())) {
    case JSON_OBJECT: return json_object_size(value) > 0 ? value : NULL;
    case JSON_ARRAY: return json_array_size(value) > 0 ? value : NULL;
    case JSON_STRING: return json_string_length(value) > 0 ? value : NULL;
    case JSON_INTEGER: return json_integer_value(value) != 0 ? value : NULL;
    case JSON_REAL:
        return json_real_value(value) < 0.0 || json_real_value(value) > 0.0 ? value : NULL;
    case JSON_TRUE: return value;
    case JSON_FALSE:
    case JSON_NULL: break;
    }
    return NULL;
}

/* Equality where a missing value is null. */
static bool same_value(const json_t *a, const json_t *b)
{
    return json_equal(a != NULL ? a : json_null(), b != NULL ? b : json_null()) == 1;
}

/* A text of no length stands for none. */
static const char *text_of(const json_t *value)
{
    return json_is_string(value) ? json_string_value(value) : "";
}

static size_t length_of(const json_t *value)
{
    return json_is_string(value) ? json_string_length(value) : 0;
}

static bool ends_with_ellipsis(const char *text, size_t length)
{
    size_t size = sizeof ellipsis - 1;
    return length >= size && memcmp(text + length - size, ellipsis, size) == 0;
}

/* The length without the ellipses and spaces at the end. */
static size_t head_length(const char *text, size_t length)
{
    for (;;) {
        if (length > 0 && text[length - 1] == ' ')
            length--;
        else if (ends_with_ellipsis(text, length))
            length -= sizeof ellipsis - 1;
        else
            return length;
    }
}

/* ------------------------------------------------------------------------------ comparing -- */

static struct key letters(struct judge *judge, const json_t *value)
{
    return fold_letters(text_of(value), length_of(value), &judge->pool);
}

static bool same_strict(struct judge *judge, const json_t *a, const json_t *b)
{
    return key_equal(fold_strict(text_of(a), length_of(a), &judge->pool),
                     fold_strict(text_of(b), length_of(b), &judge->pool));
}

/* same_text() of texts whose letters are folded already. */
static bool same_folded(struct judge *judge, const json_t *a, struct key fold_a, const json_t *b,
                        struct key fold_b)
{
    if (fold_a.length == 0 || fold_b.length == 0)
        return same_strict(judge, a, b);
    if (key_equal(fold_a, fold_b))
        return true;
    size_t shorter = fold_a.length < fold_b.length ? fold_a.length : fold_b.length;
    size_t longer = fold_a.length < fold_b.length ? fold_b.length : fold_a.length;
    return shorter >= LONG_TEXT &&
           within(fold_a, fold_b, longer * TEXT_PER_CENT / 100, &judge->pool);
}

static bool same_text(struct judge *judge, const json_t *a, const json_t *b)
{
    return same_folded(judge, a, letters(judge, a), b, letters(judge, b));
}

static bool same_number(struct judge *judge, const json_t *a, const json_t *b)
{
    return key_equal(fold_number(text_of(a), length_of(a), &judge->pool),
                     fold_number(text_of(b), length_of(b), &judge->pool));
}

static bool same_notation(struct judge *judge, const json_t *a, const json_t *b)
{
    return key_equal(fold_notation(text_of(a), length_of(a), &judge->pool),
                     fold_notation(text_of(b), length_of(b), &judge->pool));
}

static bool same_json(struct judge *judge, const json_t *a, const json_t *b)
{
    (void)judge;
    return same_value(a, b);
}

/* ----------------------------------------------------------------------- telling of errors -- */

/* A value as Python's json.dumps() shows it, its first characters. */
static void put_value(struct judge *judge, const json_t *value)
{
    char *shown = value != NULL ? json_dumps(value, JSON_ENCODE_ANY) : NULL;
    if (shown == NULL) {
        (void)output_text(judge->errors, "None");
        return;
    }
    size_t at = 0;
    for (size_t characters = 0; shown[at] != '\0' && characters < SHOWN_CHARACTERS; characters++) {
        if (shown[at] == '\\' && shown[at + 1] == 'u') { /* jansson writes capital digits */
            for (size_t i = at + 2; i < at + 6; i++)
                if (shown[i] >= 'A' && shown[i] <= 'F')
                    shown[i] = (char)(shown[i] - 'A' + 'a');
        } else if (shown[at] == '\\' && characters + 1 < SHOWN_CHARACTERS) {
            at++; /* so that the second of two backslashes starts no escape */
            characters++;
        }
        at++;
        while (((unsigned char)shown[at] & 0xC0) == 0x80)
            at++;
    }
    (void)output_bytes(judge->errors, shown, at);
    free(shown);
}

static void tell(struct judge *judge, enum row row, const json_t *gold, const json_t *got)
{
    if (row < ROW_FIELDS)
        judge->whole = false;
    if (judge->errors == NULL)
        return;
    (void)output_text(judge->errors, judge->name);
    (void)output_text(judge->errors, "\t");
    (void)output_text(judge->errors, row_names[row]);
    (void)output_text(judge->errors, "\tgold=");
    put_value(judge, gold);
    (void)output_text(judge->errors, "\tgot=");
    put_value(judge, got);
    (void)output_text(judge->errors, "\n");
}

static void detail(struct judge *judge, enum row row, bool right, const json_t *gold,
                   const json_t *got)
{
    struct tally *tally = &judge->tallies[row];
    tally->right += right;
    tally->wrong += !right;
    tally->missed += !right;
    if (!right)
        tell(judge, row, gold, got);
}

/* Has a text that matched the source's own letters, case and diacritics? */
static void judge_exact(struct judge *judge, enum row row, const json_t *gold, const json_t *got)
{
    if (!json_is_string(gold) || !json_is_string(got) ||
        ends_with_ellipsis(text_of(gold), length_of(gold)))
        return;
    bool right = same_strict(judge, gold, got);
    json_t *gold_shown = right ? NULL : json_pack("{sO}", row_names[row], (json_t *)gold);
    json_t *got_shown = right ? NULL : json_pack("{sO}", row_names[row], (json_t *)got);
    if (!right && (gold_shown == NULL || got_shown == NULL))
        judge->pool.failed = true;
    detail(judge, ROW_TEXT_EXACT, right, gold_shown, got_shown);
    json_decref(gold_shown);
    json_decref(got_shown);
}

/* -------------------------------------------------------------------------------- scalars -- */

enum { PATH_PARTS = 3 };

static const struct scalar {
    enum row row;
    const char *path[PATH_PARTS + 1];
    bool (*same)(struct judge *judge, const json_t *a, const json_t *b);
} scalars[] = {
    {ROW_DOCUMENT_TYPE, {"document_type"}, same_json},
    {ROW_AGENCY_PARENT, {"agency", "parent", "text"}, same_text},
    {ROW_AGENCY_NAME, {"agency", "name", "text"}, same_text},
    {ROW_CODE_NUMBER, {"code", "number"}, same_number},
    {ROW_CODE_NOTATION, {"code", "notation"}, same_notation},
    {ROW_PROMULGATION_PLACE, {"promulgation", "place", "text"}, same_text},
    {ROW_PROMULGATION_DATE, {"promulgation", "date", "iso"}, same_json},
    {ROW_SUBJECT, {"subject", "text"}, same_text},
    {ROW_PRIORITY, {"priority", "text"}, same_text},
    {ROW_SECRECY, {"secrecy", "text"}, same_text},
    {ROW_ARCHIVE, {"archive", "text"}, same_text},
    {ROW_SIGNER_COMPETENCE, {"signer", "competence", "text"}, same_text},
    {ROW_SIGNER_POSITION, {"signer", "position", "text"}, same_text},
    {ROW_SIGNER_FULL_NAME, {"signer", "full_name", "text"}, same_text},
};

/* Does the gold name it? A parent that is null says that there is none. */
static bool is_judged(const json_t *gold, const char *const *path)
{
    for (; *path != NULL; path++) {
        if (json_is_null(gold))
            return true;
        gold = json_object_get(gold, *path);
        if (gold == NULL)
            return false;
    }
    return true;
}

static const json_t *value_at(const json_t *value, const char *const *path)
{
    for (; *path != NULL; path++)
        value = json_object_get(value, *path);
    return some(value);
}

static void judge_scalar(struct judge *judge, const struct scalar *scalar, const json_t *gold,
                         const json_t *record)
{
    if (!is_judged(gold, scalar->path))
        return;
    const json_t *g = value_at(gold, scalar->path), *r = value_at(record, scalar->path);
    if (g == NULL && r == NULL)
        return;
    bool right = g != NULL && r != NULL && scalar->same(judge, g, r);
    struct tally *tally = &judge->tallies[scalar->row];
    tally->right += right;
    tally->wrong += r != NULL && !right;
    tally->missed += g != NULL && !right;
    if (!right)
        tell(judge, scalar->row, g, r);
    else if (scalar->same == same_text)
        judge_exact(judge, scalar->row, g, r);
}

/* ---------------------------------------------------------------------------------- lists -- */

/* An entry of a list with the keys that its comparison needs, made once. */
struct item {
    const json_t *json;
    const json_t *text;
    struct key fold; /* of the text; of a gold clause's, without the ellipsis at its end */
    struct key mark; /* of a clause's label, of a reference's code */
    const json_t *time;
    bool taken;
};

struct items {
    struct item *items;
    size_t count;
};

static bool same_item_text(struct judge *judge, const struct item *gold, const struct item *got)
{
    return same_folded(judge, gold->text, gold->fold, got->text, got->fold);
}

/* The same label, and the record's text begins with the gold's. */
static bool same_clause(struct judge *judge, const struct item *gold, const struct item *got)
{
    if (!key_equal(gold->mark, got->mark))
        return false;
    struct key head = got->fold;
    if (head.length > gold->fold.length)
        head.length = gold->fold.length;
    return key_begins(got->fold, gold->fold) ||
           within(gold->fold, head, gold->fold.length * TEXT_PER_CENT / 100, &judge->pool);
}

static bool same_deadline(struct judge *judge, const struct item *gold, const struct item *got)
{
    if (gold->fold.length == 0 || got->fold.length == 0 || !same_value(gold->time, got->time))
        return false;
    bool gold_longer = gold->fold.length > got->fold.length;
    struct key shorter = gold_longer ? got->fold : gold->fold;
    struct key longer = gold_longer ? gold->fold : got->fold;
    return (longer.length <= 2 * shorter.length && key_holds(longer, shorter)) ||
           within(gold->fold, got->fold, longer.length * DEADLINE_TENTHS / 10, &judge->pool);
}

static bool same_reference(struct judge *judge, const struct item *gold, const struct item *got)
{
    (void)judge;
    return key_equal(gold->mark, got->mark) && same_value(gold->time, got->time);
}

static const struct list {
    enum row row;
    const char *key;
    bool (*same)(struct judge *judge, const struct item *gold, const struct item *got);
} lists[] = {
    {ROW_ADDRESSEES, "addressees", same_item_text},
    {ROW_CLAUSES, "clauses", same_clause},
    {ROW_DEADLINES, "deadlines", same_deadline},
    {ROW_REFERENCES, "references", same_reference},
    {ROW_RECIPIENTS, "recipients", same_item_text},
};

/* How many entries there are with those below them. jansson reads no deeper than 2048 levels, and
 * nesting is that of the gold or of the library's own clause tree. */
static size_t count_items(const json_t *array, bool tree)
{
    size_t count = json_array_size(array);
    for (size_t i = 0; tree && i < json_array_size(array); i++)
        count += count_items(json_object_get(json_array_get(array, i), "children"), tree);
    return count;
}

/* The entries in reading order, each before those below it. */
static struct item *fill_items(const json_t *array, bool tree, struct item *next)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *json = json_array_get(array, i);
        *next++ = (struct item){.json = json};
        if (tree)
            next = fill_items(json_object_get(json, "children"), tree, next);
    }
    return next;
}

static void prepare(struct judge *judge, enum row row, bool gold, struct item *item)
{
    item->text = json_object_get(item->json, "text");
    const char *text = text_of(item->text);
    size_t length = length_of(item->text);
    if (row == ROW_CLAUSES) {
        const json_t *label = json_object_get(item->json, "label");
        item->mark = fold_label(text_of(label), length_of(label), &judge->pool);
        if (gold)
            length = head_length(text, length);
    } else if (row == ROW_REFERENCES) {
        const json_t *code = json_object_get(item->json, "code");
        item->mark = fold_code(text_of(code), length_of(code), &judge->pool);
    }
    item->time = some(json_object_get(item->json, row == ROW_DEADLINES ? "iso" : "date"));
    item->fold = fold_letters(text, length, &judge->pool);
}

static struct items list_items(struct judge *judge, const struct list *list, const json_t *document,
                               bool gold)
{
    const json_t *array = json_object_get(document, list->key);
    bool tree = list->row == ROW_CLAUSES;
    struct items items = {NULL, count_items(array, tree)};
    if (items.count == 0)
        return items;
    items.items = pool_take(&judge->pool, items.count * sizeof *items.items);
    if (items.items == NULL)
        return (struct items){NULL, 0};
    (void)fill_items(array, tree, items.items);
    for (size_t i = 0; i < items.count; i++)
        prepare(judge, list->row, gold, &items.items[i]);
    return items;
}

/* ------------------------------------------------------------------------ details of pairs -- */

/* The record's entry with the keys that the gold's has. */
static json_t *like(const json_t *gold, const json_t *got)
{
    json_t *shown = json_object();
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)gold, key, value) {
        json_t *own = json_object_get(got, key);
        if (json_object_set(shown, key, own != NULL ? own : json_null()) != 0)
            break;
    }
    return shown;
}

static void pair_detail(struct judge *judge, enum row row, bool right, const struct item *gold,
                        const struct item *got)
{
    json_t *shown = right ? NULL : like(gold->json, got->json);
    if (!right && shown == NULL)
        judge->pool.failed = true;
    detail(judge, row, right, gold->json, shown);
    json_decref(shown);
}

/* A detail that is told as one value, compared by its letters or as it is. */
static void value_detail(struct judge *judge, enum row row, const char *key, bool by_letters,
                         const struct item *gold, const struct item *got)
{
    const json_t *g = json_object_get(gold->json, key), *r = json_object_get(got->json, key);
    if (g == NULL)
        return;
    bool right = by_letters ? key_equal(letters(judge, g), letters(judge, r)) : same_value(g, r);
    pair_detail(judge, row, right, gold, got);
}

static void deadline_details(struct judge *judge, const struct item *gold, const struct item *got)
{
    value_detail(judge, ROW_DEADLINES_KIND, "kind", false, gold, got);
    value_detail(judge, ROW_DEADLINES_BOUND, "bound", false, gold, got);
    const json_t *recurring = json_object_get(gold->json, "recurring");
    if (recurring != NULL) {
        bool recurs = some(recurring) != NULL;
        bool own = some(json_object_get(got->json, "recurring")) != NULL;
        pair_detail(judge, ROW_DEADLINES_RECURRING, recurs == own, gold, got);
    }
    const json_t *duration = json_object_get(gold->json, "duration");
    if (duration != NULL) {
        bool right = same_value(duration, json_object_get(got->json, "duration")) &&
                     same_value(json_object_get(gold->json, "working_days"),
                                json_object_get(got->json, "working_days"));
        pair_detail(judge, ROW_DEADLINES_DURATION, right, gold, got);
    }
}

static void judge_pair(struct judge *judge, enum row row, const struct item *gold,
                       const struct item *got)
{
    switch (row) {
    case ROW_CLAUSES:
        /* Whole, where the gold gives the whole text. */
        if (length_of(gold->text) > 0 &&
            !ends_with_ellipsis(text_of(gold->text), length_of(gold->text)))
            pair_detail(judge, ROW_CLAUSES_WHOLE, same_text(judge, gold->text, got->text), gold,
                        got);
        break;
    case ROW_RECIPIENTS:
        value_detail(judge, ROW_RECIPIENTS_PURPOSE, "purpose", true, gold, got);
        judge_exact(judge, row, gold->text, got->text);
        break;
    case ROW_ADDRESSEES: judge_exact(judge, row, gold->text, got->text); break;
    case ROW_REFERENCES:
        value_detail(judge, ROW_REFERENCES_TYPE, "type", true, gold, got);
        break;
    case ROW_DEADLINES: deadline_details(judge, gold, got); break;
    default: break;
    }
}

static void judge_list(struct judge *judge, const struct list *list, const json_t *gold,
                       const json_t *record)
{
    if (json_object_get(gold, list->key) == NULL)
        return;
    struct items golds = list_items(judge, list, gold, true);
    struct items gots = list_items(judge, list, record, false);
    size_t pairs = 0;
    for (size_t i = 0; i < golds.count; i++) {
        struct item *g = &golds.items[i];
        for (size_t j = 0; j < gots.count && !g->taken; j++) {
            struct item *r = &gots.items[j];
            if (r->taken || !list->same(judge, g, r))
                continue;
            g->taken = r->taken = true;
            pairs++;
            judge_pair(judge, list->row, g, r);
        }
    }
    judge->tallies[list->row].right += pairs;
    judge->tallies[list->row].wrong += gots.count - pairs;
    judge->tallies[list->row].missed += golds.count - pairs;
    for (size_t i = 0; i < golds.count; i++)
        if (!golds.items[i].taken)
            tell(judge, list->row, golds.items[i].json, NULL);
    for (size_t j = 0; j < gots.count; j++)
        if (!gots.items[j].taken)
            tell(judge, list->row, NULL, gots.items[j].json);
}

bool judge_document(struct judge *judge, const char *name, const json_t *gold,
                    const json_t *record)
{
    judge->name = name;
    judge->whole = true;
    for (size_t i = 0; i < sizeof scalars / sizeof scalars[0]; i++)
        judge_scalar(judge, &scalars[i], gold, record);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        judge_list(judge, &lists[i], gold, record);
    bool fine = !judge->pool.failed;
    pool_free(&judge->pool);
    return fine;
}
