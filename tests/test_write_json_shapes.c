/* SPDX-License-Identifier: MIT */
/* The JSON writer over records that no letter brings about: every field filled, a clause tree of
 * any shape and depth, texts with NUL and control characters. The writer sees a document through
 * the public accessors alone, so this program brings its own and is linked without the library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cchcparse/cchcparse.h>

#include <cmocka.h>
#include <jansson.h>

struct cchc_document {
    cchc_source source;
    cchc_type type;
    cchc_agency *agency;
    cchc_code *code;
    cchc_promulgation *promulgation;
    cchc_text *texts[4];
    cchc_clause *clauses;
    size_t clause_count;
    cchc_deadline *deadlines;
    size_t deadline_count;
    cchc_archive *archive;
    cchc_signer *signer;
    cchc_incoming *incoming;
    cchc_e_signature *e_signatures;
    size_t e_signature_count;
};

#define ONE(type, name, member)                                                                    \
    const type *cchc_document_##name(const cchc_document *document) { return member; }
#define LIST(type, name, member, members)                                                          \
    const type *cchc_document_##name(const cchc_document *document, size_t *count)                 \
    {                                                                                              \
        (void)document;                                                                            \
        *count = members;                                                                          \
        return member;                                                                             \
    }

ONE(cchc_source, source, &document->source)
ONE(cchc_type, type, &document->type)
ONE(cchc_agency, agency, document->agency)
ONE(cchc_code, code, document->code)
ONE(cchc_promulgation, promulgation, document->promulgation)
ONE(cchc_archive, archive, document->archive)
ONE(cchc_signer, signer, document->signer)
ONE(cchc_incoming, incoming, document->incoming)
LIST(cchc_text, addressees, NULL, 0)
LIST(cchc_clause, clauses, document->clauses, document->clause_count)
LIST(cchc_deadline, deadlines, document->deadlines, document->deadline_count)
LIST(cchc_reference, references, NULL, 0)
LIST(cchc_recipient, recipients, NULL, 0)
LIST(cchc_signer, cosigners, document->signer, document->signer != NULL)
LIST(cchc_e_signature, e_signatures, document->e_signatures, document->e_signature_count)
LIST(cchc_text, annexes, NULL, 0)
LIST(cchc_segment, segments, NULL, 0)
LIST(cchc_diagnostic, diagnostics, NULL, 0)

const cchc_text *cchc_document_text(const cchc_document *document, cchc_field field)
{
    return document->texts[field];
}

/* -------------------------------------------------------------------------------- reading -- */

struct output {
    char *bytes;
    size_t length, capacity;
};

static bool keep(const char *bytes, size_t length, void *context)
{
    struct output *output = context;
    if (length > output->capacity - output->length) {
        output->capacity = (output->length + length) * 2;
        output->bytes = realloc(output->bytes, output->capacity);
        assert_non_null(output->bytes);
    }
    memcpy(output->bytes + output->length, bytes, length);
    output->length += length;
    return true;
}

static json_t *read_back(const cchc_document *document)
{
    struct output output = {NULL, 0, 0};
    json_error_t error;
    assert_int_equal(cchc_write_json(document, "n", 1, keep, &output), CCHC_OK);
    json_t *record = json_loadb(output.bytes, output.length, JSON_ALLOW_NUL, &error);
    if (record == NULL)
        fail_msg("%s at %d", error.text, error.position);
    free(output.bytes);
    return record;
}

/* The value at a JSON pointer without escapes. */
static const json_t *at_pointer(const json_t *value, const char *pointer)
{
    while (*pointer == '/') {
        char part[32] = {0};
        size_t length = strcspn(++pointer, "/");
        assert_true(length < sizeof part);
        memcpy(part, pointer, length);
        pointer += length;
        value = json_is_array(value) ? json_array_get(value, (size_t)strtoul(part, NULL, 10))
                                     : json_object_get(value, part);
        assert_non_null(value);
    }
    return value;
}

static const char *string_at(const json_t *record, const char *pointer)
{
    return json_string_value(at_pointer(record, pointer));
}

/* -------------------------------------------------------------------------------- clauses -- */

/* A tree from the depths of its clauses in reading order; each label is the clause's own index. */
static cchc_clause *new_tree(const unsigned *levels, size_t count)
{
    cchc_clause *clauses = calloc(count, sizeof *clauses);
    assert_non_null(clauses);
    for (size_t i = 0; i < count; i++) {
        char *label = calloc(1, 24);
        assert_non_null(label);
        for (size_t rest = i, digit = 8; digit-- > 0; rest /= 10)
            label[digit] = (char)('0' + rest % 10);
        size_t parent = i == 0 ? CCHC_NONE : i - 1;
        while (parent != CCHC_NONE && levels[parent] >= levels[i])
            parent = clauses[parent].parent;
        clauses[i] = (cchc_clause){.label = label,
                                   .marker = label,
                                   .level = levels[i],
                                   .parent = parent,
                                   .text = {"t", 1, NULL, 0}};
        for (; parent != CCHC_NONE; parent = clauses[parent].parent)
            clauses[parent].descendants++;
    }
    return clauses;
}

static void free_tree(cchc_clause *clauses, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free((void *)(uintptr_t)clauses[i].label);
    free(clauses);
}

/* A deadline in each clause must point at that clause, in whatever order they come. */
static void check_pointers(cchc_document *document, bool backwards)
{
    size_t count = document->clause_count;
    document->deadlines = calloc(count, sizeof *document->deadlines);
    document->deadline_count = count;
    assert_non_null(document->deadlines);
    for (size_t i = 0; i < count; i++)
        document->deadlines[i] = (cchc_deadline){.text = {"d", 1, NULL, 0}, .kind = "date",
                                                 .clause = backwards ? count - 1 - i : i};
    json_t *record = read_back(document);
    for (size_t i = 0; i < count; i++) {
        const json_t *deadline = json_array_get(json_object_get(record, "deadlines"), i);
        const json_t *clause = at_pointer(record, string_at(deadline, "/clause"));
        assert_string_equal(string_at(clause, "/label"),
                            document->clauses[document->deadlines[i].clause].label);
    }
    json_decref(record);
    free(document->deadlines);
}

static void trees_of_every_shape(void **state)
{
    (void)state;
    /* Every list of six levels in which none is deeper than one below the clause before it. */
    enum { COUNT = 6 };
    unsigned levels[COUNT] = {1, 1, 1, 1, 1, 1};
    size_t shapes = 0;
    for (;;) {
        cchc_document document = {.clause_count = COUNT};
        document.clauses = new_tree(levels, COUNT);
        check_pointers(&document, shapes % 2 == 1);
        free_tree(document.clauses, COUNT);
        shapes++;
        size_t at = COUNT - 1;
        while (at > 0 && levels[at] == levels[at - 1] + 1)
            levels[at--] = 1;
        if (at == 0)
            break;
        levels[at]++;
    }
    assert_int_equal(shapes, 132); /* Catalan's number */
}

static void depth_needs_no_stack(void **state)
{
    (void)state;
    enum { COUNT = 200000 };
    cchc_document document = {.clause_count = COUNT};
    document.clauses = calloc(COUNT, sizeof *document.clauses);
    assert_non_null(document.clauses);
    for (size_t i = 0; i < COUNT; i++)
        document.clauses[i] = (cchc_clause){.label = "-",
                                            .marker = "-",
                                            .level = (unsigned)i + 1,
                                            .parent = i == 0 ? CCHC_NONE : i - 1,
                                            .descendants = COUNT - 1 - i,
                                            .text = {"t", 1, NULL, 0}};
    struct output output = {NULL, 0, 0};
    assert_int_equal(cchc_write_json(&document, "n", 1, keep, &output), CCHC_OK);
    /* No reader goes so deep: the brackets are counted, none of which stands inside a string. */
    long depth = 0, deepest = 0;
    for (size_t i = 0; i < output.length; i++) {
        depth += output.bytes[i] == '[' || output.bytes[i] == '{';
        depth -= output.bytes[i] == ']' || output.bytes[i] == '}';
        deepest = depth > deepest ? depth : deepest;
        assert_true(depth > 0 || i + 1 == output.length);
    }
    assert_int_equal(depth, 0);
    assert_int_equal(deepest, 2 * COUNT + 2); /* and the span or child list of the deepest */
    free(output.bytes);
    free(document.clauses);
}

/* ---------------------------------------------------------------------------------- fields -- */

static void values_in_all_their_forms(void **state)
{
    (void)state;
    static const cchc_span spans[] = {{0, 7}, {9, 4000000000u}};
    static const char *const units[] = {"VT", "KTTH"};
    cchc_text null_text = {NULL, 0, NULL, 0};
    cchc_text odd = {"a\0\x01\x1F\"\\\n\x7F\xC2\x80z", 12, spans, 2};
    cchc_encoding encodings[] = {{"UTF-8", spans, 2}, {"TCVN3", spans, 1}};
    cchc_agency agency = {null_text, odd};
    cchc_code code = {null_text, NULL, "UBND"};
    cchc_promulgation promulgation = {null_text, null_text, "2020"};
    cchc_deadline deadlines[] = {
        {odd, "recurring", NULL, NULL, true, "FREQ=YEARLY", "P1D", 1, "after", "x", CCHC_NONE},
        {odd, "relative", NULL, NULL, false, NULL, NULL, 0, NULL, NULL, CCHC_NONE},
        {odd, "date", NULL, NULL, false, NULL, NULL, -1, NULL, NULL, 77}};
    cchc_archive archive = {odd, units, 2, NULL, 3};
    cchc_signer signer = {null_text, null_text, odd};
    cchc_incoming incoming = {NULL, "2020-01-02", spans, 2};
    cchc_e_signature e_signatures[] = {{"A", NULL, "t", spans, 1}, {NULL, NULL, NULL, NULL, 0}};
    cchc_document document = {.source = {5, "UTF-8", encodings, 2, 3, {1, 4}},
                              .type = {"khac", odd, "dang"},
                              .agency = &agency, .code = &code, .promulgation = &promulgation,
                              .texts = {&odd, &null_text, NULL, &odd},
                              .deadlines = deadlines, .deadline_count = 3, .archive = &archive,
                              .signer = &signer, .incoming = &incoming,
                              .e_signatures = e_signatures, .e_signature_count = 2};
    json_t *record = read_back(&document);
    const json_t *subject = at_pointer(record, "/subject/text");
    assert_int_equal(json_string_length(subject), odd.length);
    assert_memory_equal(json_string_value(subject), odd.data, odd.length);
    assert_int_equal(json_integer_value(at_pointer(record, "/subject/spans/1/0")), 9);
    assert_int_equal(json_integer_value(at_pointer(record, "/source/part")), 3);
    assert_int_equal(json_integer_value(at_pointer(record, "/source/range/1")), 4);
    assert_string_equal(string_at(record, "/source/encodings/1/name"), "TCVN3");
    assert_true(json_is_null(at_pointer(record, "/agency/parent")));
    assert_true(json_is_null(at_pointer(record, "/code/text")));
    assert_true(json_is_null(at_pointer(record, "/code/number")));
    assert_true(json_is_null(at_pointer(record, "/promulgation/place")));
    assert_string_equal(string_at(record, "/promulgation/date/iso"), "2020");
    assert_true(json_is_null(at_pointer(record, "/priority")));
    assert_true(json_is_null(at_pointer(record, "/secrecy")));
    assert_true(json_is_object(at_pointer(record, "/circulation")));
    assert_true(json_is_true(at_pointer(record, "/deadlines/0/working_days")));
    assert_true(json_is_false(at_pointer(record, "/deadlines/1/working_days")));
    assert_true(json_is_null(at_pointer(record, "/deadlines/2/working_days")));
    assert_true(json_is_null(at_pointer(record, "/deadlines/2/clause")));
    assert_true(json_is_true(at_pointer(record, "/deadlines/0/recurring")));
    assert_int_equal(json_integer_value(at_pointer(record, "/archive/copies")), 3);
    assert_string_equal(string_at(record, "/archive/units/1"), "KTTH");
    assert_true(json_is_null(at_pointer(record, "/cosigners/0/competence")));
    assert_true(json_is_null(at_pointer(record, "/incoming/number")));
    assert_string_equal(string_at(record, "/e_signatures/0/time"), "t");
    json_decref(record);

    archive.copies = -1;
    promulgation.iso = NULL;
    document.source.part = 0;
    record = read_back(&document);
    assert_true(json_is_null(at_pointer(record, "/archive/copies")));
    assert_true(json_is_null(at_pointer(record, "/promulgation/date")));
    assert_true(json_is_null(at_pointer(record, "/source/part")));
    json_decref(record);
}

/* Texts of every length around the size of the buffer arrive whole. */
static void long_texts_pass_the_buffer(void **state)
{
    (void)state;
    enum { LONGEST = 20000 };
    char *bytes = malloc(LONGEST);
    assert_non_null(bytes);
    for (size_t i = 0; i < LONGEST; i++)
        bytes[i] = (char)('a' + i % 26);
    bytes[LONGEST / 2] = '"';
    for (size_t length = 7000; length <= LONGEST; length += length % 97 + 1) {
        cchc_text text = {bytes, length, NULL, 0};
        cchc_document document = {.texts = {&text, NULL, NULL, NULL}};
        json_t *record = read_back(&document);
        const json_t *subject = at_pointer(record, "/subject/text");
        assert_int_equal(json_string_length(subject), length);
        assert_memory_equal(json_string_value(subject), bytes, length);
        json_decref(record);
    }
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees_of_every_shape),
        cmocka_unit_test(depth_needs_no_stack),
        cmocka_unit_test(values_in_all_their_forms),
        cmocka_unit_test(long_texts_pass_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
