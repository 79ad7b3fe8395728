/* SPDX-License-Identifier: MIT */
/* The record as one JSON object on one line ("cchcparse/1").
 *
 *      record   := the keys of the record format, all of them, in the format's own order
 *      text     := {"text": string, "spans": spans} | null
 *      spans    := [[begin, end], …]
 *      clause   := {"label", "marker", "level", "text", "spans", "children": [clause, …]}
 *
 * It sees the public accessors only and asks for no memory: output gathers in a buffer of fixed
 * size on the stack, which goes to the caller's function whenever it is full. After a refusal
 * nothing more is written.
 *
 * Strings of the record are well-formed UTF-8 by the library's contract and are copied in runs;
 * strings that callers gave (the name, a message) are checked on their way.
 */
#include <stdint.h>
#include <string.h>

#include <cchcparse/cchcparse.h>

#include "utf8.h"

enum {
    BUFFER_SIZE = 8192, /* a letter's record in one or two calls, and no burden on any stack */
    POINTER_LEVELS = 64 /* levels whose ordinals are remembered between deadlines */
};

struct writer {
    cchc_write_function write;
    void *context;
    size_t used;
    bool refused;
    char buffer[BUFFER_SIZE];
};

/* --------------------------------------------------------------------------------- bytes -- */

static void flush(struct writer *out)
{
    if (!out->refused && out->used > 0 && !out->write(out->buffer, out->used, out->context))
        out->refused = true;
    out->used = 0;
}

static void put_bytes(struct writer *out, const char *bytes, size_t length)
{
    if (length > BUFFER_SIZE - out->used) {
        flush(out);
        if (length > BUFFER_SIZE) {
            if (!out->refused && !out->write(bytes, length, out->context))
                out->refused = true;
            return;
        }
    }
    memcpy(out->buffer + out->used, bytes, length);
    out->used += length;
}

/* A string literal, such as a key with its colon: its length is known where it is put, so that it is
 * copied without a call. */
static inline void put_literal(struct writer *out, const char *literal, size_t length)
{
    if (length > BUFFER_SIZE - out->used)
        flush(out);
    memcpy(out->buffer + out->used, literal, length);
    out->used += length;
}
#define PUT(out, literal) put_literal(out, literal, sizeof(literal) - 1)

#define NUMBER_LENGTH 20 /* digits of 2^64 */

/* Writes a number so that it ends before `end`; returns where it begins. */
static char *write_number(char *end, size_t number)
{
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return end;
}

static void put_number(struct writer *out, size_t number)
{
    char digits[NUMBER_LENGTH], *end = digits + sizeof digits;
    const char *begin = write_number(end, number);
    put_bytes(out, begin, (size_t)(end - begin));
}

/* ------------------------------------------------------------------------------- strings -- */

/* What must be escaped inside a JSON string: the controls, the quote, the backslash. */
static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte != '"' && byte != '\\';
}

static void put_escape(struct writer *out, unsigned char byte)
{
    static const char hexadecimal[] = "0123456789abcdef";
    switch (byte) {
    case '"': PUT(out, "\\\""); break;
    case '\\': PUT(out, "\\\\"); break;
    case '\b': PUT(out, "\\b"); break;
    case '\f': PUT(out, "\\f"); break;
    case '\n': PUT(out, "\\n"); break;
    case '\r': PUT(out, "\\r"); break;
    case '\t': PUT(out, "\\t"); break;
    default: {
        const char escape[] = {'\\', 'u', '0', '0', hexadecimal[byte >> 4], hexadecimal[byte & 15]};
        put_bytes(out, escape, sizeof escape);
    }
    }
}

#define EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Whether eight bytes are surely all plain: subtracting sets the high bit of those below a limit, and
 * the exclusive or leaves a byte below 1 where it is the quote or the backslash. */
static bool eight_are_plain(const char *bytes)
{
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    uint64_t quote = eight ^ EIGHT('"'), backslash = eight ^ EIGHT('\\');
    uint64_t below = ((eight - EIGHT(0x20)) & ~eight) | ((quote - EIGHT(1)) & ~quote) |
                     ((backslash - EIGHT(1)) & ~backslash);
    return (below & EIGHT(0x80)) == 0;
}

/* The inside of a string, known to be well-formed. */
static void put_characters(struct writer *out, const char *text, size_t length)
{
    const char *run = text, *end = text + length;
    for (const char *at = text; at < end; at++) {
        while (end - at > 8 && eight_are_plain(at))
            at += 8;
        if (is_plain((unsigned char)*at))
            continue;
        put_bytes(out, run, (size_t)(at - run));
        put_escape(out, (unsigned char)*at);
        run = at + 1;
    }
    put_bytes(out, run, (size_t)(end - run));
}

static void put_string(struct writer *out, const char *text, size_t length)
{
    PUT(out, "\"");
    put_characters(out, text, length);
    PUT(out, "\"");
}

/* A string with a closing NUL, or null. */
static void put_word(struct writer *out, const char *word)
{
    if (word == NULL)
        PUT(out, "null");
    else
        put_string(out, word, strlen(word));
}

/* One of the record's own words, which need no escape. */
static void put_name(struct writer *out, const char *name)
{
    PUT(out, "\"");
    put_bytes(out, name, strlen(name));
    PUT(out, "\"");
}

/* Any bytes as a string. */
static void put_any(struct writer *out, const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t run = 0, at = 0;
    PUT(out, "\"");
    while (at < length) {
        uint32_t character;
        size_t bad = 0, good = cchci_utf8_decode(bytes + at, length - at, &character, &bad);
        if (good == 0) {
            put_characters(out, text + run, at - run);
            PUT(out, "\xEF\xBF\xBD");
            run = at + bad;
        }
        at += good > 0 ? good : bad;
    }
    if (length > run)
        put_characters(out, text + run, length - run);
    PUT(out, "\"");
}

/* ------------------------------------------------------------------------- spans and texts -- */

static void put_span(struct writer *out, cchc_span span)
{
    /* Most of a record is spans: written from the back, in one piece. */
    char text[2 * NUMBER_LENGTH + 3], *end = text + sizeof text, *begin = end;
    *--begin = ']';
    begin = write_number(begin, span.end);
    *--begin = ',';
    begin = write_number(begin, span.begin);
    *--begin = '[';
    put_bytes(out, begin, (size_t)(end - begin));
}

/* The key "spans" with its value, which closes an object. */
static void put_spans(struct writer *out, const cchc_span *spans, size_t count)
{
    PUT(out, "\"spans\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            PUT(out, ",");
        put_span(out, spans[i]);
    }
    PUT(out, "]}");
}

static void put_text(struct writer *out, const cchc_text *text)
{
    if (text == NULL || text->data == NULL) {
        PUT(out, "null");
        return;
    }
    PUT(out, "{\"text\":");
    put_string(out, text->data, text->length);
    PUT(out, ",");
    put_spans(out, text->spans, text->span_count);
}

static void put_texts(struct writer *out, const cchc_text *texts, size_t count)
{
    PUT(out, "[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            PUT(out, ",");
        put_text(out, &texts[i]);
    }
    PUT(out, "]");
}

/* The key "text" of an object whose other keys follow. */
static void put_own_text(struct writer *out, const cchc_text *text)
{
    PUT(out, "{\"text\":");
    if (text->data == NULL)
        PUT(out, "null");
    else
        put_string(out, text->data, text->length);
}

/* -------------------------------------------------------------------------------- heading -- */

static void put_source(struct writer *out, const cchc_document *document, const char *name,
                       size_t name_length)
{
    const cchc_source *source = cchc_document_source(document);
    PUT(out, "{\"schema\":\"cchcparse/1\",\"source\":{\"name\":");
    put_any(out, name, name_length);
    PUT(out, ",\"bytes\":");
    if (source->bytes == SIZE_MAX)
        PUT(out, "null");
    else
        put_number(out, source->bytes);
    PUT(out, ",\"encoding\":");
    put_word(out, source->encoding);
    PUT(out, ",\"encodings\":[");
    for (size_t i = 0; i < source->encoding_count; i++) {
        const cchc_encoding *encoding = &source->encodings[i];
        if (i > 0)
            PUT(out, ",");
        PUT(out, "{\"name\":");
        put_word(out, encoding->name);
        PUT(out, ",");
        put_spans(out, encoding->spans, encoding->span_count);
    }
    PUT(out, "],\"part\":");
    if (source->part == 0)
        PUT(out, "null");
    else
        put_number(out, source->part);
    PUT(out, ",\"range\":");
    if (source->encoding == NULL) /* not read: no bytes that the record is about */
        PUT(out, "null");
    else
        put_span(out, source->range);
    PUT(out, "}");
}

static void put_agency(struct writer *out, const cchc_agency *agency)
{
    PUT(out, ",\"agency\":");
    if (agency == NULL) {
        PUT(out, "null");
        return;
    }
    PUT(out, "{\"parent\":");
    put_text(out, &agency->parent);
    PUT(out, ",\"name\":");
    put_text(out, &agency->name);
    PUT(out, "}");
}

static void put_code(struct writer *out, const cchc_code *code)
{
    PUT(out, ",\"code\":");
    if (code == NULL) {
        PUT(out, "null");
        return;
    }
    put_own_text(out, &code->text);
    PUT(out, ",\"number\":");
    put_word(out, code->number);
    PUT(out, ",\"notation\":");
    put_word(out, code->notation);
    PUT(out, ",");
    put_spans(out, code->text.spans, code->text.span_count);
}

static void put_promulgation(struct writer *out, const cchc_promulgation *promulgation)
{
    PUT(out, ",\"promulgation\":");
    if (promulgation == NULL) {
        PUT(out, "null");
        return;
    }
    PUT(out, "{\"place\":");
    put_text(out, &promulgation->place);
    PUT(out, ",\"date\":");
    const cchc_text *date = &promulgation->date;
    if (date->data == NULL && promulgation->iso == NULL) {
        PUT(out, "null");
    } else {
        put_own_text(out, date);
        PUT(out, ",\"iso\":");
        put_word(out, promulgation->iso);
        PUT(out, ",");
        put_spans(out, date->spans, date->span_count);
    }
    PUT(out, "}");
}

static void put_heading(struct writer *out, const cchc_document *document)
{
    static const cchc_type no_type = {0};
    const cchc_type *type = cchc_document_type(document);
    if (type == NULL)
        type = &no_type;
    PUT(out, ",\"document_type\":");
    put_word(out, type->slug);
    PUT(out, ",\"type_text\":");
    put_word(out, type->text.data);
    PUT(out, ",\"family\":");
    put_word(out, type->family);
    put_agency(out, cchc_document_agency(document));
    put_code(out, cchc_document_code(document));
    put_promulgation(out, cchc_document_promulgation(document));
    PUT(out, ",\"subject\":");
    put_text(out, cchc_document_text(document, CCHC_SUBJECT));
    PUT(out, ",\"priority\":");
    put_text(out, cchc_document_text(document, CCHC_PRIORITY));
    PUT(out, ",\"secrecy\":");
    put_text(out, cchc_document_text(document, CCHC_SECRECY));
    PUT(out, ",\"circulation\":");
    put_text(out, cchc_document_text(document, CCHC_CIRCULATION));
    size_t count = 0;
    const cchc_text *addressees = cchc_document_addressees(document, &count);
    PUT(out, ",\"addressees\":");
    put_texts(out, addressees, count);
}

/* ----------------------------------------------------------------------------------- body -- */

/* The tree, from the list in reading order: each clause is written up to its open list of
 * children; what comes next closes the clauses that it is not below. No depth needs a stack. */
static void put_clauses(struct writer *out, const cchc_clause *clauses, size_t count)
{
    PUT(out, ",\"clauses\":[");
    for (size_t i = 0; i < count; i++) {
        const cchc_clause *clause = &clauses[i];
        size_t open = i > 0 ? i - 1 : CCHC_NONE;
        bool first = open == clause->parent;
        for (; open != clause->parent && open != CCHC_NONE; open = clauses[open].parent)
            PUT(out, "]}");
        if (!first)
            PUT(out, ",");
        PUT(out, "{\"label\":");
        put_word(out, clause->label);
        PUT(out, ",\"marker\":");
        put_word(out, clause->marker);
        PUT(out, ",\"level\":");
        put_number(out, clause->level);
        PUT(out, ",\"text\":");
        put_string(out, clause->text.data != NULL ? clause->text.data : "", clause->text.length);
        PUT(out, ",\"spans\":[");
        for (size_t k = 0; k < clause->text.span_count; k++) {
            if (k > 0)
                PUT(out, ",");
            put_span(out, clause->text.spans[k]);
        }
        PUT(out, "],\"children\":[");
    }
    for (size_t open = count > 0 ? count - 1 : CCHC_NONE; open != CCHC_NONE;
         open = clauses[open].parent)
        PUT(out, "]}");
    PUT(out, "]");
}

/* A walk over the clauses in reading order that knows each level's ordinal among its siblings.
 * Deadlines come in reading order too, so that all their pointers cost one walk. */
struct walk {
    const cchc_clause *clauses;
    size_t count;
    size_t next;                     /* the clause after the one that the walk stands on */
    size_t depth;                    /* of the clause it stands on, 1 at the root */
    size_t ordinals[POINTER_LEVELS]; /* of its ancestors and of itself */
};

static void walk_to(struct walk *walk, size_t target)
{
    if (walk->next > target + 1)
        walk->next = walk->depth = 0;
    for (; walk->next <= target; walk->next++) {
        size_t parent = walk->clauses[walk->next].parent;
        size_t depth = walk->clauses[walk->next].level;
        bool first = walk->next == 0 || parent == walk->next - 1;
        if (depth >= 1 && depth <= POINTER_LEVELS)
            walk->ordinals[depth - 1] = first ? 0 : walk->ordinals[depth - 1] + 1;
        walk->depth = depth;
    }
}

/* The JSON pointer of a clause in the record, or null. */
static void put_pointer(struct writer *out, struct walk *walk, size_t clause)
{
    if (clause >= walk->count) {
        PUT(out, "null");
        return;
    }
    walk_to(walk, clause);
    PUT(out, "\"/clauses/");
    for (size_t level = 0; level < walk->depth && level < POINTER_LEVELS; level++) {
        if (level > 0)
            PUT(out, "/children/");
        put_number(out, walk->ordinals[level]);
    }
    PUT(out, "\"");
}

static void put_deadline(struct writer *out, const cchc_deadline *deadline, struct walk *walk)
{
    put_own_text(out, &deadline->text);
    PUT(out, ",\"kind\":");
    put_name(out, deadline->kind);
    PUT(out, ",\"iso\":");
    put_word(out, deadline->iso);
    PUT(out, ",\"bound\":");
    put_word(out, deadline->bound);
    if (deadline->recurring)
        PUT(out, ",\"recurring\":true,\"rule\":");
    else
        PUT(out, ",\"recurring\":false,\"rule\":");
    put_word(out, deadline->rule);
    PUT(out, ",\"duration\":");
    put_word(out, deadline->duration);
    if (deadline->working_days < 0)
        PUT(out, ",\"working_days\":null,\"direction\":");
    else if (deadline->working_days > 0)
        PUT(out, ",\"working_days\":true,\"direction\":");
    else
        PUT(out, ",\"working_days\":false,\"direction\":");
    put_word(out, deadline->direction);
    PUT(out, ",\"anchor\":");
    put_word(out, deadline->anchor);
    PUT(out, ",\"clause\":");
    put_pointer(out, walk, deadline->clause);
    PUT(out, ",");
    put_spans(out, deadline->text.spans, deadline->text.span_count);
}

static void put_deadlines(struct writer *out, const cchc_document *document, struct walk *walk)
{
    size_t count = 0;
    const cchc_deadline *deadlines = cchc_document_deadlines(document, &count);
    PUT(out, ",\"deadlines\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            PUT(out, ",");
        put_deadline(out, &deadlines[i], walk);
    }
    PUT(out, "]");
}

static void put_references(struct writer *out, const cchc_document *document)
{
    size_t count = 0;
    const cchc_reference *references = cchc_document_references(document, &count);
    PUT(out, ",\"references\":[");
    for (size_t i = 0; i < count; i++) {
        const cchc_reference *reference = &references[i];
        if (i > 0)
            PUT(out, ",");
        put_own_text(out, &reference->text);
        PUT(out, ",\"type\":");
        put_word(out, reference->type);
        PUT(out, ",\"code\":");
        put_word(out, reference->code);
        PUT(out, ",\"date\":");
        put_word(out, reference->date);
        PUT(out, ",\"issuer\":");
        put_word(out, reference->issuer);
        PUT(out, ",\"part\":");
        put_word(out, reference->part);
        PUT(out, ",");
        put_spans(out, reference->text.spans, reference->text.span_count);
    }
    PUT(out, "]");
}

static void put_body(struct writer *out, const cchc_document *document)
{
    struct walk walk = {.next = 0};
    walk.clauses = cchc_document_clauses(document, &walk.count);
    put_clauses(out, walk.clauses, walk.count);
    put_deadlines(out, document, &walk);
    put_references(out, document);
}

/* -------------------------------------------------------------------------------- closing -- */

static void put_recipients(struct writer *out, const cchc_document *document)
{
    size_t count = 0;
    const cchc_recipient *recipients = cchc_document_recipients(document, &count);
    PUT(out, ",\"recipients\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            PUT(out, ",");
        put_own_text(out, &recipients[i].text);
        PUT(out, ",\"purpose\":");
        put_word(out, recipients[i].purpose);
        if (recipients[i].same_as_addressees)
            PUT(out, ",\"same_as_addressees\":true,");
        else
            PUT(out, ",\"same_as_addressees\":false,");
        put_spans(out, recipients[i].text.spans, recipients[i].text.span_count);
    }
    PUT(out, "]");
}

static void put_archive(struct writer *out, const cchc_archive *archive)
{
    PUT(out, ",\"archive\":");
    if (archive == NULL) {
        PUT(out, "null");
        return;
    }
    put_own_text(out, &archive->text);
    PUT(out, ",\"units\":[");
    for (size_t i = 0; i < archive->unit_count; i++) {
        if (i > 0)
            PUT(out, ",");
        put_word(out, archive->units[i]);
    }
    PUT(out, "],\"typist\":");
    put_word(out, archive->typist);
    PUT(out, ",\"copies\":");
    if (archive->copies < 0)
        PUT(out, "null");
    else
        put_number(out, (size_t)archive->copies);
    PUT(out, ",");
    put_spans(out, archive->text.spans, archive->text.span_count);
}

static void put_signer(struct writer *out, const cchc_signer *signer)
{
    if (signer == NULL) {
        PUT(out, "null");
        return;
    }
    PUT(out, "{\"competence\":");
    put_text(out, &signer->competence);
    PUT(out, ",\"position\":");
    put_text(out, &signer->position);
    PUT(out, ",\"full_name\":");
    put_text(out, &signer->full_name);
    PUT(out, "}");
}

static void put_signers(struct writer *out, const cchc_document *document)
{
    size_t count = 0;
    const cchc_signer *cosigners = cchc_document_cosigners(document, &count);
    PUT(out, ",\"signer\":");
    put_signer(out, cchc_document_signer(document));
    PUT(out, ",\"cosigners\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            PUT(out, ",");
        put_signer(out, &cosigners[i]);
    }
    PUT(out, "]");
}

static void put_incoming(struct writer *out, const cchc_incoming *incoming)
{
    PUT(out, ",\"incoming\":");
    if (incoming == NULL) {
        PUT(out, "null");
        return;
    }
    PUT(out, "{\"number\":");
    put_word(out, incoming->number);
    PUT(out, ",\"date\":");
    put_word(out, incoming->date);
    PUT(out, ",");
    put_spans(out, incoming->spans, incoming->span_count);
}

static void put_e_signatures(struct writer *out, const cchc_document *document)
{
    size_t count = 0;
    const cchc_e_signature *signatures = cchc_document_e_signatures(document, &count);
    PUT(out, ",\"e_signatures\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            PUT(out, ",");
        PUT(out, "{\"signer\":");
        put_word(out, signatures[i].signer);
        PUT(out, ",\"agency\":");
        put_word(out, signatures[i].agency);
        PUT(out, ",\"time\":");
        put_word(out, signatures[i].time);
        PUT(out, ",");
        put_spans(out, signatures[i].spans, signatures[i].span_count);
    }
    PUT(out, "]");
}

static void put_closing(struct writer *out, const cchc_document *document)
{
    put_recipients(out, document);
    put_archive(out, cchc_document_archive(document));
    put_signers(out, document);
    put_incoming(out, cchc_document_incoming(document));
    put_e_signatures(out, document);
    size_t count = 0;
    const cchc_text *annexes = cchc_document_annexes(document, &count);
    PUT(out, ",\"annexes\":");
    put_texts(out, annexes, count);
}

/* ------------------------------------------------------------------ segments, diagnostics -- */

static void put_segments(struct writer *out, const cchc_document *document)
{
    size_t count = 0;
    const cchc_segment *segments = cchc_document_segments(document, &count);
    PUT(out, ",\"segments\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            PUT(out, ",");
        PUT(out, "{\"kind\":");
        put_name(out, segments[i].kind);
        PUT(out, ",");
        put_spans(out, segments[i].spans, segments[i].span_count);
    }
    PUT(out, "]");
}

static void put_diagnostics(struct writer *out, const cchc_document *document)
{
    static const char *const severities[] = {"info", "warning", "error"};
    size_t count = 0;
    const cchc_diagnostic *diagnostics = cchc_document_diagnostics(document, &count);
    PUT(out, ",\"diagnostics\":[");
    for (size_t i = 0; i < count; i++) {
        const cchc_diagnostic *diagnostic = &diagnostics[i];
        if (i > 0)
            PUT(out, ",");
        PUT(out, "{\"code\":");
        put_name(out, diagnostic->code);
        PUT(out, ",\"severity\":");
        put_name(out, severities[diagnostic->severity]);
        PUT(out, ",\"message\":");
        const char *message = diagnostic->message != NULL ? diagnostic->message : "";
        put_any(out, message, strlen(message));
        PUT(out, ",");
        put_spans(out, diagnostic->spans, diagnostic->span_count);
    }
    PUT(out, "]}");
}

cchc_status cchc_write_json(const cchc_document *document, const char *name, size_t name_length,
                            cchc_write_function write, void *context)
{
    if (document == NULL || write == NULL || (name == NULL && name_length > 0))
        return CCHC_INVALID;
    if (cchc_document_source(document) == NULL)
        return CCHC_INVALID;
    struct writer out;
    out.write = write;
    out.context = context;
    out.used = 0;
    out.refused = false;
    put_source(&out, document, name != NULL ? name : "", name_length);
    put_heading(&out, document);
    put_body(&out, document);
    put_closing(&out, document);
    put_segments(&out, document);
    put_diagnostics(&out, document);
    flush(&out);
    return out.refused ? CCHC_SINK : CCHC_OK;
}
