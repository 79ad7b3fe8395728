/* SPDX-License-Identifier: MIT */
/* The way of a letter:
 *
 *      bytes -> text -> lines -> zones -> fields -> record
 *
 * Data goes one way; each stage reads what the stages before it made.
 */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "fields/fields.h"
#include "fields/segments.h"
#include "parser.h"

static void *heap_allocate(size_t size, void *context)
{
    (void)context;
    return malloc(size);
}

static void heap_release(void *pointer, void *context)
{
    (void)context;
    free(pointer);
}

/* The options of the first release ended with no_jit, then with max_pattern_steps. */
#define OPTIONS_SIZE_0 offsetof(cchc_options, max_line_length)
#define OPTIONS_SIZE_1 offsetof(cchc_options, max_paragraphs)

/* The caller's options with what its version of the header did not have; false: no version has such
 * ones. */
static bool take_options(const cchc_options *options, cchc_options *taken)
{
    *taken = (cchc_options)CCHC_OPTIONS_INIT;
    if (options == NULL)
        return true;
    if (options->size != sizeof(cchc_options) && options->size != OPTIONS_SIZE_0 &&
        options->size != OPTIONS_SIZE_1)
        return false;
    memcpy(taken, options, options->size);
    return true;
}

static size_t limit_of(size_t asked, size_t ordinary, size_t most)
{
    return asked == 0 ? ordinary : asked < most ? asked : most;
}

cchc_status cchc_parser_new(const cchc_options *given, cchc_parser **parser)
{
    /* Nothing is reallocated today; of others the function is wanted, so that it may be one day. */
    static const cchc_allocator heap = {heap_allocate, NULL, heap_release, NULL};
    cchc_options options;
    if (parser == NULL || !take_options(given, &options))
        return CCHC_INVALID;
    const cchc_allocator *allocator = options.allocator != NULL ? options.allocator : &heap;
    if (allocator != &heap && (allocator->allocate == NULL || allocator->reallocate == NULL ||
                               allocator->release == NULL))
        return CCHC_INVALID;
    cchc_parser *made = allocator->allocate(sizeof *made, allocator->context);
    if (made == NULL)
        return CCHC_NOMEM;
    made->allocator = *allocator;
#define LIMIT(name, ordinary, most, diagnostic)                                                    \
    made->limits.name = limit_of(options.name, ordinary, most);
#include "base/limits.def"
#undef LIMIT
    cchc_status status =
        cchci_classes_init(&made->classes)
            ? cchci_patterns_compile(&made->patterns, &made->allocator, !options.no_jit,
                                     made->limits.max_pattern_steps)
            : CCHC_NOMEM;
    if (status != CCHC_OK) {
        allocator->release(made, allocator->context);
        return status;
    }
    *parser = made;
    return CCHC_OK;
}

void cchc_parser_free(cchc_parser *parser)
{
    if (parser == NULL)
        return;
    cchc_allocator allocator = parser->allocator;
    cchci_patterns_free(&parser->patterns, &allocator);
    allocator.release(parser, allocator.context);
}

static cchc_document *new_document(const cchc_parser *parser)
{
    const cchc_allocator *allocator = &parser->allocator;
    cchc_document *document = allocator->allocate(sizeof *document, allocator->context);
    if (document == NULL)
        return NULL;
    memset(document, 0, sizeof *document);
    document->allocator = *allocator;
    document->arena.allocator = &document->allocator;
    if (!cchci_scratch_init(&document->scratch, &parser->patterns)) {
        allocator->release(document, allocator->context);
        return NULL;
    }
    return document;
}

/* What a call does to the record once it is empty; a failing allocation leaves it by a jump. */
typedef void fill_function(const cchc_parser *parser, cchc_document *record, const void *context);

static cchc_status fill(const cchc_parser *parser, cchc_document **document, fill_function *work,
                        const void *context)
{
    cchc_document *record = *document != NULL ? *document : new_document(parser);
    if (record == NULL)
        return CCHC_NOMEM;
    jmp_buf out_of_memory;
    record->arena.out_of_memory = &out_of_memory;
    cchci_record_reset(record);
    if (setjmp(out_of_memory) != 0) {
        if (*document != NULL)
            cchci_record_reset(*document);
        else
            cchc_document_free(record);
        return CCHC_NOMEM;
    }
    work(parser, record, context);
    if (record->scratch.out_of_memory) /* PCRE2's own, inside a match */
        longjmp(out_of_memory, 1);
    record->arena.out_of_memory = NULL;
    *document = record;
    return CCHC_OK;
}

struct input {
    const unsigned char *bytes;
    size_t length;
    cchc_part part; /* the whole, with the number 0, or one of several */
};

struct cchci_parse cchci_parse_begin(const cchc_parser *parser, cchc_document *record,
                                     const struct cchci_text *text)
{
    struct cchci_layout *layout = CCHCI_NEW(&record->arena, struct cchci_layout, 1);
    memset(layout, 0, sizeof *layout);
    return (struct cchci_parse){.limits = &parser->limits,
                                .patterns = &parser->patterns,
                                .scratch = &record->scratch,
                                .arena = &record->arena,
                                .text = text,
                                .layout = layout,
                                .record = record,
                                .diagnostics = &record->diagnostics};
}

static void fill_parsed(const cchc_parser *parser, cchc_document *record, const void *context)
{
    const struct input *input = context;
    const cchc_span *range = &input->part.range;
    struct cchci_text text;
    cchci_text_decode(&text, &parser->classes, input->bytes + range->begin,
                      range->end - range->begin, &record->arena);
    text.origin = range->begin;

    struct cchci_parse parse = cchci_parse_begin(parser, record, &text);
    cchci_field_source(&parse);
    record->source.bytes = input->length;
    record->source.part = input->part.number;
    if (!text.undecodable) {
        cchci_layout_run(&parse);
        for (unsigned i = 0; i < cchci_field_count; i++)
            cchci_fields[i](&parse);
    }
    cchci_field_segments(&parse);
}

cchc_status cchc_parse(const cchc_parser *parser, const void *bytes, size_t length,
                       cchc_document **document)
{
    cchc_part whole = {0, {0, length}};
    return cchc_parse_part(parser, bytes, length, &whole, document);
}

cchc_status cchc_parse_part(const cchc_parser *parser, const void *bytes, size_t length,
                            const cchc_part *part, cchc_document **document)
{
    if (parser == NULL || document == NULL || (bytes == NULL && length > 0) || part == NULL ||
        part->range.begin > part->range.end || part->range.end > length)
        return CCHC_INVALID;
    if (length > parser->limits.max_bytes) {
        if (*document != NULL) /* else a batch would take the letter before for this one */
            cchci_record_reset(*document);
        return CCHC_LIMIT;
    }
    struct input input = {bytes != NULL ? bytes : (const unsigned char *)"", length, *part};
    return fill(parser, document, fill_parsed, &input);
}

struct splitting {
    struct input input;
    cchc_part *parts;
    size_t capacity, *count;
};

static void fill_split(const cchc_parser *parser, cchc_document *record, const void *context)
{
    const struct splitting *splitting = context;
    const struct input *input = &splitting->input;
    struct cchci_text text;
    cchci_text_decode(&text, &parser->classes, input->bytes, input->length, &record->arena);

    struct cchci_parse parse = cchci_parse_begin(parser, record, &text);
    struct cchci_vector begins = cchci_layout_split(&parse);
    if (record->scratch.out_of_memory) /* the call fails, so nothing may be written */
        return;
    *splitting->count = begins.count;
    for (uint32_t i = 0; i < begins.count && i < splitting->capacity; i++) {
        uint32_t begin = CCHCI_AT(&begins, uint32_t, i);
        size_t end =
            i + 1 < begins.count ? text.src[CCHCI_AT(&begins, uint32_t, i + 1)] : input->length;
        splitting->parts[i] =
            (cchc_part){begins.count > 1 ? i + 1 : 0, {i > 0 ? text.src[begin] : 0, end}};
    }
}

cchc_status cchc_split(const cchc_parser *parser, const void *bytes, size_t length,
                       cchc_part *parts, size_t capacity, size_t *count)
{
    if (parser == NULL || (bytes == NULL && length > 0) || (parts == NULL && capacity > 0) ||
        count == NULL)
        return CCHC_INVALID;
    if (length > parser->limits.max_bytes)
        return CCHC_LIMIT;
    size_t found = 0;
    struct splitting splitting = {
        {bytes != NULL ? bytes : (const unsigned char *)"", length, {0, {0, length}}},
        parts,
        capacity,
        &found};
    cchc_document *document = NULL;
    cchc_status status = fill(parser, &document, fill_split, &splitting);
    if (status == CCHC_OK)
        *count = found;
    cchc_document_free(document);
    return status;
}

struct failure {
    enum cchci_diagnostic_id id;
    const char *message;
    size_t bytes;
};

static void fill_failed(const cchc_parser *parser, cchc_document *record, const void *context)
{
    (void)parser;
    const struct failure *failure = context;
    record->source.bytes = failure->bytes;
    const cchc_diagnostic_kind *kind = cchc_diagnostic_kind_at((size_t)failure->id);
    cchc_diagnostic *diagnostic = CCHCI_PUSH(&record->diagnostics, &record->arena, cchc_diagnostic);
    diagnostic->code = kind->code;
    diagnostic->severity = kind->severity;
    const char *message = failure->message != NULL ? failure->message : kind->meaning;
    diagnostic->message = cchci_arena_copy(&record->arena, message, strlen(message));
}

cchc_status cchc_parse_failed(const cchc_parser *parser, const char *code, const char *message,
                              size_t bytes, cchc_document **document)
{
    if (parser == NULL || code == NULL || document == NULL || strncmp(code, "io-", 3) != 0)
        return CCHC_INVALID;
    for (size_t i = 0; i < CCHCI_DIAGNOSTIC_COUNT; i++) {
        if (strcmp(cchc_diagnostic_kind_at(i)->code, code) == 0) {
            struct failure failure = {(enum cchci_diagnostic_id)i, message, bytes};
            return fill(parser, document, fill_failed, &failure);
        }
    }
    return CCHC_INVALID;
}

struct folding {
    const char *text;
    size_t length;
    char *key;
    size_t capacity;
    size_t *needed;
};

static void fill_folded(const cchc_parser *parser, cchc_document *record, const void *context)
{
    const struct folding *folding = context;
    struct cchci_text text;
    cchci_text_decode(&text, &parser->classes, (const unsigned char *)folding->text,
                      folding->length, &record->arena);
    *folding->needed = cchci_fold(&text, folding->key, folding->capacity);
}

cchc_status cchc_fold(const cchc_parser *parser, const char *text, size_t text_length, char *key,
                      size_t capacity, size_t *length)
{
    if (parser == NULL || (text == NULL && text_length > 0) || (key == NULL && capacity > 0) ||
        length == NULL)
        return CCHC_INVALID;
    if (text_length > parser->limits.max_bytes)
        return CCHC_LIMIT;
    size_t needed = 0;
    struct folding folding = {text != NULL ? text : "", text_length, key, capacity, &needed};
    cchc_document *document = NULL;
    cchc_status status = fill(parser, &document, fill_folded, &folding);
    if (status == CCHC_OK)
        *length = needed;
    cchc_document_free(document);
    return status;
}

const char *cchc_version(void)
{
    return CCHC_VERSION_STRING;
}

const char *cchc_status_message(cchc_status status)
{
    switch (status) {
    case CCHC_OK: return "no error";
    case CCHC_NOMEM: return "out of memory";
    case CCHC_INVALID: return "an argument is not allowed";
    case CCHC_LIMIT: return "the letter is longer than the limit";
    case CCHC_SINK: return "the output could not be written";
    }
    return "unknown status";
}
