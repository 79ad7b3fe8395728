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
 * Each function takes the place in the buffer that it writes at, and returns the one behind what
 * it wrote: a place in memory would be loaded and stored for every piece. Room is looked for by
 * what comes as often as the letter has it (strings, spans, closed clauses); the keys between two
 * such looks have ROOM.
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
    ROOM = 1024,        /* more than the keys of a whole record, and an escaped chunk */
    CHUNK = 16,         /* characters that are copied at a time; each escape is six bytes at most */
    POINTER_LEVELS = 64 /* levels whose ordinals are remembered between deadlines */
};

struct writer {
    cchc_write_function write;
    void *context;
    bool refused;
    char buffer[BUFFER_SIZE + ROOM];
};

/* --------------------------------------------------------------------------------- bytes -- */

static char *flush(struct writer *out, const char *at)
{
    size_t used = (size_t)(at - out->buffer);
    if (!out->refused && used > 0 && !out->write(out->buffer, used, out->context))
        out->refused = true;
    return out->buffer;
}

/* Is there room for that many characters, and ROOM behind them? */
static inline bool has_room(const struct writer *out, const char *at, size_t length)
{
    return (size_t)(at - out->buffer) + length <= BUFFER_SIZE;
}

static inline char *room(struct writer *out, char *at, size_t length)
{
    return has_room(out, at, length) ? at : flush(out, at);
}

/* A string literal, such as a key with its colon: its length is known where it is put, so that it is
 * copied without a call. */
static inline char *put_literal(char *at, const char *literal, size_t length)
{
    memcpy(at, literal, length);
    return at + length;
}
#define PUT(at, literal) put_literal(at, literal, sizeof(literal) - 1)

static const unsigned char digit_pairs[] = "00010203040506070809101112131415161718192021222324"
                                           "25262728293031323334353637383940414243444546474849"
                                           "50515253545556575859606162636465666768697071727374"
                                           "75767778798081828384858687888990919293949596979899";

static inline uint32_t two_digits(uint32_t number)
{
    const unsigned char *digits = digit_pairs + (size_t)number * 2;
    return digits[0] | (uint32_t)digits[1] << 8;
}

/* Characters of which the first is the lowest byte; compilers make one store of it. */
static inline void put_four(char *at, uint32_t four)
{
    at[0] = (char)(four & 0xFF);
    at[1] = (char)(four >> 8 & 0xFF);
    at[2] = (char)(four >> 16 & 0xFF);
    at[3] = (char)(four >> 24);
}

static inline uint32_t four_digits(uint32_t number)
{
    return two_digits(number / 100) | two_digits(number % 100) << 16;
}

/* Most numbers: places in a letter. Their length goes by no rule, so that no branch hangs on it: the
 * zeros before the first digit are shifted out. */
static inline char *put_below_10000(char *at, uint32_t number)
{
    uint32_t digits = four_digits(number);
    unsigned zeros = (unsigned)__builtin_ctz((digits & 0x0F0F0F0F) | 0x01000000) / 8;
    put_four(at, digits >> 8 * zeros);
    return at + 4 - zeros;
}

static char *put_large(char *at, size_t number)
{
    size_t power = 1;
    while (number / power >= 10)
        power *= 10;
    for (; power > 0; power /= 10)
        *at++ = (char)('0' + number / power % 10);
    return at;
}

static inline char *put_number(char *at, size_t number)
{
    if (number < 10000)
        return put_below_10000(at, (uint32_t)number);
    if (number >= 100000000)
        return put_large(at, number);
    at = put_below_10000(at, (uint32_t)number / 10000);
    put_four(at, four_digits((uint32_t)number % 10000));
    return at + 4;
}

/* ------------------------------------------------------------------------------- strings -- */

static char *put_character(char *at, unsigned char byte)
{
    static const char hexadecimal[] = "0123456789abcdef";
    switch (byte) {
    case '"': return PUT(at, "\\\"");
    case '\\': return PUT(at, "\\\\");
    case '\b': return PUT(at, "\\b");
    case '\f': return PUT(at, "\\f");
    case '\n': return PUT(at, "\\n");
    case '\r': return PUT(at, "\\r");
    case '\t': return PUT(at, "\\t");
    default: break;
    }
    if (byte >= 0x20) {
        *at++ = (char)byte;
        return at;
    }
    at = PUT(at, "\\u00");
    *at++ = hexadecimal[byte >> 4];
    *at++ = hexadecimal[byte & 15];
    return at;
}

#define EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))

/* What must be escaped inside a JSON string: the controls, the quote, the backslash. High bits where
 * one of eight bytes is so: subtracting sets that of a byte below a limit. The quote is the byte that
 * a flipped bit puts between the controls and the rest; the backslash is made the only one below 1. */
static inline uint64_t not_plain(uint64_t eight)
{
    uint64_t below =
        ((eight ^ EIGHT('"' ^ 0x20)) - EIGHT(0x21)) | ((eight ^ EIGHT('\\')) - EIGHT(1));
    return below & ~eight & EIGHT(0x80);
}

static inline uint64_t load_eight(const char *bytes)
{
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    return eight;
}

static inline uint32_t load_four(const char *bytes)
{
    uint32_t four;
    memcpy(&four, bytes, sizeof four);
    return four;
}

/* So many characters that one instruction compares them, where there is one. */
typedef unsigned char chunk __attribute__((vector_size(CHUNK)));

/* Copies a chunk of text, and adds bits where it may not stay so. By address: a 32-bit machine may have
 * no register to pass a chunk in. */
static inline void copy_chunk(char *at, const char *text, chunk *odd)
{
    chunk characters, none = {0};
    memcpy(&characters, text, sizeof characters);
    memcpy(at, &characters, sizeof characters);
    *odd |= (chunk)((characters < none + 0x20) | (characters == none + '"') |
                    (characters == none + '\\'));
}

static inline bool is_none(const chunk *bits)
{
    uint64_t halves[2];
    memcpy(halves, bits, sizeof halves);
    return (halves[0] | halves[1]) == 0;
}

/* The same with a chunk at most: two halves, which overlap. */
static inline bool copy_short(char *at, const char *text, size_t length)
{
    if (length >= 8) {
        uint64_t first = load_eight(text), last = load_eight(text + length - 8);
        memcpy(at, &first, 8);
        memcpy(at + length - 8, &last, 8);
        return (not_plain(first) | not_plain(last)) == 0;
    }
    if (length >= 4) {
        uint32_t first = load_four(text), last = load_four(text + length - 4);
        memcpy(at, &first, 4);
        memcpy(at + length - 4, &last, 4);
        return not_plain((uint64_t)first << 32 | last) == 0;
    }
    if (length == 0)
        return true;
    unsigned char first = (unsigned char)text[0], middle = (unsigned char)text[length / 2],
                  last = (unsigned char)text[length - 1];
    at[0] = (char)first;
    at[length / 2] = (char)middle;
    at[length - 1] = (char)last;
    return not_plain(EIGHT(0x20) << 24 | (uint64_t)last << 16 | (uint64_t)middle << 8 | first) == 0;
}

/* The rest of a string in which something must be escaped, or for which the buffer is too full or too
 * small, up to its quote. */
static char *put_rest(struct writer *out, char *at, const char *text, size_t length)
{
    const char *end = text + length;
    at = room(out, at, length); /* rather whole than in two pieces */
    while (text < end) {
        const char *stop = end - text < CHUNK ? end : text + CHUNK;
        at = room(out, at, 0);
        if (end - text >= CHUNK) {
            chunk odd = {0};
            copy_chunk(at, text, &odd);
            if (is_none(&odd)) {
                text += CHUNK;
                at += CHUNK;
            }
        }
        for (; text < stop; text++)
            at = put_character(at, (unsigned char)*text);
    }
    return PUT(at, "\"");
}

/* A chunk at least; what must be escaped is asked when all has been copied. */
static inline bool copy_long(char *at, const char *text, size_t length)
{
    chunk odd = {0};
    for (size_t done = 0; done < length - CHUNK; done += CHUNK)
        copy_chunk(at + done, text + done, &odd);
    copy_chunk(at + length - CHUNK, text + length - CHUNK, &odd); /* may overlap the one before */
    return is_none(&odd);
}

/* Well-formed characters; nearly all strings are copied as they are. */
static char *put_string(struct writer *out, char *at, const char *text, size_t length)
{
    at = PUT(at, "\"");
    if (!has_room(out, at, length))
        return put_rest(out, at, text, length);
    if (!(length < CHUNK ? copy_short(at, text, length) : copy_long(at, text, length)))
        return put_rest(out, at, text, length);
    return PUT(at + length, "\"");
}

/* A string with a closing NUL, or null. */
static inline char *put_word(struct writer *out, char *at, const char *word)
{
    return word != NULL ? put_string(out, at, word, strlen(word)) : PUT(at, "null");
}

/* One of the record's own words, which need no escape, after a look for room. */
static inline char *put_name(struct writer *out, char *at, const char *name, size_t length)
{
    if (length > CHUNK)
        return put_string(out, at, name, length);
    at = PUT(at, "\"");
    (void)copy_short(at, name, length);
    return PUT(at + length, "\"");
}

static bool is_ascii(const char *text, size_t length)
{
    unsigned char all = 0;
    for (size_t i = 0; i < length; i++)
        all |= (unsigned char)text[i];
    return all < 0x80;
}

/* Any bytes as a string. */
static char *put_any(struct writer *out, char *at, const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t run = 0, from = 0;
    if (is_ascii(text, length))
        return put_string(out, at, text, length);
    at = PUT(at, "\"");
    while (from < length) {
        uint32_t character;
        size_t bad = 0, good = cchci_utf8_decode(bytes + from, length - from, &character, &bad);
        if (good == 0) {
            at = put_rest(out, at, text + run, from - run) - 1; /* without the quote */
            at = PUT(at, "\xEF\xBF\xBD");
            run = from + bad;
        }
        from += good > 0 ? good : bad;
    }
    return put_rest(out, at, text + run, length - run);
}

/* ------------------------------------------------------------------------- spans and texts -- */

static char *put_span(char *at, cchc_span span)
{
    *at++ = '[';
    at = put_number(at, span.begin);
    *at++ = ',';
    at = put_number(at, span.end);
    *at++ = ']';
    return at;
}

static char *put_many_spans(struct writer *out, char *at, const cchc_span *spans, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        at = room(out, at, 0);
        at = put_span(at, spans[i]);
        at = PUT(at, ",");
    }
    return count > 0 ? at - 1 : at; /* without the last comma */
}

/* The elements of a list, which is one span nearly always. */
static inline char *put_span_list(struct writer *out, char *at, const cchc_span *spans,
                                  size_t count)
{
    return count == 1 ? put_span(at, spans[0]) : put_many_spans(out, at, spans, count);
}

/* The key "spans" with its value, which closes an object. */
static char *put_spans(struct writer *out, char *at, const cchc_span *spans, size_t count)
{
    at = PUT(at, "\"spans\":[");
    at = put_span_list(out, at, spans, count);
    return PUT(at, "]}");
}

static char *put_text(struct writer *out, char *at, const cchc_text *text)
{
    at = room(out, at, 0);
    if (text == NULL || text->data == NULL)
        return PUT(at, "null");
    at = PUT(at, "{\"text\":");
    at = put_string(out, at, text->data, text->length);
    at = PUT(at, ",");
    return put_spans(out, at, text->spans, text->span_count);
}

static char *put_texts(struct writer *out, char *at, const cchc_text *texts, size_t count)
{
    at = PUT(at, "[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            at = PUT(at, ",");
        at = put_text(out, at, &texts[i]);
    }
    return PUT(at, "]");
}

/* The key "text" of an object whose other keys follow. */
static char *put_own_text(struct writer *out, char *at, const cchc_text *text)
{
    at = room(out, at, 0);
    at = PUT(at, "{\"text\":");
    if (text->data == NULL)
        return PUT(at, "null");
    return put_string(out, at, text->data, text->length);
}

/* -------------------------------------------------------------------------------- heading -- */

static char *put_source(struct writer *out, char *at, const cchc_document *document,
                        const char *name, size_t name_length)
{
    const cchc_source *source = cchc_document_source(document);
    at = PUT(at, "{\"schema\":\"cchcparse/1\",\"source\":{\"name\":");
    at = put_any(out, at, name, name_length);
    at = PUT(at, ",\"bytes\":");
    if (source->bytes == SIZE_MAX)
        at = PUT(at, "null");
    else
        at = put_number(at, source->bytes);
    at = PUT(at, ",\"encoding\":");
    at = put_word(out, at, source->encoding);
    at = PUT(at, ",\"encodings\":[");
    for (size_t i = 0; i < source->encoding_count; i++) {
        const cchc_encoding *encoding = &source->encodings[i];
        if (i > 0)
            at = PUT(at, ",");
        at = PUT(at, "{\"name\":");
        at = put_word(out, at, encoding->name);
        at = PUT(at, ",");
        at = put_spans(out, at, encoding->spans, encoding->span_count);
    }
    at = PUT(at, "],\"part\":");
    if (source->part == 0)
        at = PUT(at, "null");
    else
        at = put_number(at, source->part);
    at = PUT(at, ",\"range\":");
    if (source->encoding == NULL) /* not read: no bytes that the record is about */
        at = PUT(at, "null");
    else
        at = put_span(at, source->range);
    return PUT(at, "}");
}

static char *put_agency(struct writer *out, char *at, const cchc_agency *agency)
{
    at = PUT(at, ",\"agency\":");
    if (agency == NULL)
        return PUT(at, "null");
    at = PUT(at, "{\"parent\":");
    at = put_text(out, at, &agency->parent);
    at = PUT(at, ",\"name\":");
    at = put_text(out, at, &agency->name);
    return PUT(at, "}");
}

static char *put_code(struct writer *out, char *at, const cchc_code *code)
{
    at = PUT(at, ",\"code\":");
    if (code == NULL)
        return PUT(at, "null");
    at = put_own_text(out, at, &code->text);
    at = PUT(at, ",\"number\":");
    at = put_word(out, at, code->number);
    at = PUT(at, ",\"notation\":");
    at = put_word(out, at, code->notation);
    at = PUT(at, ",");
    return put_spans(out, at, code->text.spans, code->text.span_count);
}

static char *put_promulgation(struct writer *out, char *at, const cchc_promulgation *promulgation)
{
    at = PUT(at, ",\"promulgation\":");
    if (promulgation == NULL)
        return PUT(at, "null");
    at = PUT(at, "{\"place\":");
    at = put_text(out, at, &promulgation->place);
    at = PUT(at, ",\"date\":");
    const cchc_text *date = &promulgation->date;
    if (date->data == NULL && promulgation->iso == NULL) {
        at = PUT(at, "null");
    } else {
        at = put_own_text(out, at, date);
        at = PUT(at, ",\"iso\":");
        at = put_word(out, at, promulgation->iso);
        at = PUT(at, ",");
        at = put_spans(out, at, date->spans, date->span_count);
    }
    return PUT(at, "}");
}

static char *put_heading(struct writer *out, char *at, const cchc_document *document)
{
    static const cchc_type no_type = {0};
    const cchc_type *type = cchc_document_type(document);
    if (type == NULL)
        type = &no_type;
    at = PUT(at, ",\"document_type\":");
    at = put_word(out, at, type->slug);
    at = PUT(at, ",\"type_text\":");
    at = put_word(out, at, type->text.data);
    at = PUT(at, ",\"family\":");
    at = put_word(out, at, type->family);
    at = put_agency(out, at, cchc_document_agency(document));
    at = put_code(out, at, cchc_document_code(document));
    at = put_promulgation(out, at, cchc_document_promulgation(document));
    at = PUT(at, ",\"subject\":");
    at = put_text(out, at, cchc_document_text(document, CCHC_SUBJECT));
    at = PUT(at, ",\"priority\":");
    at = put_text(out, at, cchc_document_text(document, CCHC_PRIORITY));
    at = PUT(at, ",\"secrecy\":");
    at = put_text(out, at, cchc_document_text(document, CCHC_SECRECY));
    at = PUT(at, ",\"circulation\":");
    at = put_text(out, at, cchc_document_text(document, CCHC_CIRCULATION));
    size_t count = 0;
    const cchc_text *addressees = cchc_document_addressees(document, &count);
    at = PUT(at, ",\"addressees\":");
    return put_texts(out, at, addressees, count);
}

/* ----------------------------------------------------------------------------------- body -- */

/* A label or a marker, which has one character or two nearly always. */
static inline char *put_mark(struct writer *out, char *at, const char *mark)
{
    if (mark == NULL || mark[0] == '\0' || (mark[1] != '\0' && mark[2] != '\0'))
        return put_word(out, at, mark);
    size_t length = 1 + (mark[1] != '\0');
    at = PUT(at, "\"");
    if (!copy_short(at, mark, length))
        return put_rest(out, at, mark, length);
    return PUT(at + length, "\"");
}

/* The tree, from the list in reading order: each clause is written up to its open list of
 * children; what comes next closes the clauses that it is not below. No depth needs a stack. */
static char *put_clauses(struct writer *out, char *at, const cchc_clause *clauses, size_t count)
{
    at = PUT(at, ",\"clauses\":[");
    for (size_t i = 0; i < count; i++) {
        const cchc_clause *clause = &clauses[i];
        size_t open = i > 0 ? i - 1 : CCHC_NONE;
        bool first = open == clause->parent;
        for (; open != clause->parent && open != CCHC_NONE; open = clauses[open].parent)
            at = PUT(room(out, at, 0), "]}");
        if (!first)
            at = PUT(at, ",");
        at = PUT(at, "{\"label\":");
        at = put_mark(out, at, clause->label);
        at = PUT(at, ",\"marker\":");
        at = put_mark(out, at, clause->marker);
        at = PUT(at, ",\"level\":");
        at = put_number(at, clause->level);
        at = PUT(at, ",\"text\":");
        at = put_string(out, at, clause->text.data, clause->text.length);
        at = PUT(at, ",\"spans\":[");
        at = put_span_list(out, at, clause->text.spans, clause->text.span_count);
        at = PUT(at, "],\"children\":[");
    }
    for (size_t open = count > 0 ? count - 1 : CCHC_NONE; open != CCHC_NONE;
         open = clauses[open].parent)
        at = PUT(room(out, at, 0), "]}");
    return PUT(at, "]");
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
static char *put_pointer(struct writer *out, char *at, struct walk *walk, size_t clause)
{
    if (clause >= walk->count)
        return PUT(at, "null");
    walk_to(walk, clause);
    at = PUT(at, "\"/clauses/");
    for (size_t level = 0; level < walk->depth && level < POINTER_LEVELS; level++) {
        at = room(out, at, 0);
        if (level > 0)
            at = PUT(at, "/children/");
        at = put_number(at, walk->ordinals[level]);
    }
    return PUT(at, "\"");
}

static char *put_deadline(struct writer *out, char *at, const cchc_deadline *deadline,
                          struct walk *walk)
{
    at = put_own_text(out, at, &deadline->text);
    at = PUT(at, ",\"kind\":");
    at = put_name(out, at, deadline->kind, strlen(deadline->kind));
    at = PUT(at, ",\"iso\":");
    at = put_word(out, at, deadline->iso);
    at = PUT(at, ",\"bound\":");
    at = put_word(out, at, deadline->bound);
    if (deadline->recurring)
        at = PUT(at, ",\"recurring\":true,\"rule\":");
    else
        at = PUT(at, ",\"recurring\":false,\"rule\":");
    at = put_word(out, at, deadline->rule);
    at = PUT(at, ",\"duration\":");
    at = put_word(out, at, deadline->duration);
    if (deadline->working_days < 0)
        at = PUT(at, ",\"working_days\":null,\"direction\":");
    else if (deadline->working_days > 0)
        at = PUT(at, ",\"working_days\":true,\"direction\":");
    else
        at = PUT(at, ",\"working_days\":false,\"direction\":");
    at = put_word(out, at, deadline->direction);
    at = PUT(at, ",\"anchor\":");
    at = put_word(out, at, deadline->anchor);
    at = PUT(at, ",\"clause\":");
    at = put_pointer(out, at, walk, deadline->clause);
    at = PUT(at, ",");
    return put_spans(out, at, deadline->text.spans, deadline->text.span_count);
}

static char *put_deadlines(struct writer *out, char *at, const cchc_document *document,
                           struct walk *walk)
{
    size_t count = 0;
    const cchc_deadline *deadlines = cchc_document_deadlines(document, &count);
    at = PUT(at, ",\"deadlines\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            at = PUT(at, ",");
        at = put_deadline(out, at, &deadlines[i], walk);
    }
    return PUT(at, "]");
}

static char *put_references(struct writer *out, char *at, const cchc_document *document)
{
    size_t count = 0;
    const cchc_reference *references = cchc_document_references(document, &count);
    at = PUT(at, ",\"references\":[");
    for (size_t i = 0; i < count; i++) {
        const cchc_reference *reference = &references[i];
        if (i > 0)
            at = PUT(at, ",");
        at = put_own_text(out, at, &reference->text);
        at = PUT(at, ",\"type\":");
        at = put_word(out, at, reference->type);
        at = PUT(at, ",\"code\":");
        at = put_word(out, at, reference->code);
        at = PUT(at, ",\"date\":");
        at = put_word(out, at, reference->date);
        at = PUT(at, ",\"issuer\":");
        at = put_word(out, at, reference->issuer);
        at = PUT(at, ",\"part\":");
        at = put_word(out, at, reference->part);
        at = PUT(at, ",");
        at = put_spans(out, at, reference->text.spans, reference->text.span_count);
    }
    return PUT(at, "]");
}

static char *put_body(struct writer *out, char *at, const cchc_document *document)
{
    struct walk walk = {.next = 0};
    walk.clauses = cchc_document_clauses(document, &walk.count);
    at = put_clauses(out, at, walk.clauses, walk.count);
    at = put_deadlines(out, at, document, &walk);
    return put_references(out, at, document);
}

/* -------------------------------------------------------------------------------- closing -- */

static char *put_recipients(struct writer *out, char *at, const cchc_document *document)
{
    size_t count = 0;
    const cchc_recipient *recipients = cchc_document_recipients(document, &count);
    at = PUT(at, ",\"recipients\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            at = PUT(at, ",");
        at = put_own_text(out, at, &recipients[i].text);
        at = PUT(at, ",\"purpose\":");
        at = put_word(out, at, recipients[i].purpose);
        if (recipients[i].same_as_addressees)
            at = PUT(at, ",\"same_as_addressees\":true,");
        else
            at = PUT(at, ",\"same_as_addressees\":false,");
        at = put_spans(out, at, recipients[i].text.spans, recipients[i].text.span_count);
    }
    return PUT(at, "]");
}

static char *put_archive(struct writer *out, char *at, const cchc_archive *archive)
{
    at = PUT(at, ",\"archive\":");
    if (archive == NULL)
        return PUT(at, "null");
    at = put_own_text(out, at, &archive->text);
    at = PUT(at, ",\"units\":[");
    for (size_t i = 0; i < archive->unit_count; i++) {
        if (i > 0)
            at = PUT(at, ",");
        at = put_word(out, at, archive->units[i]);
    }
    at = PUT(at, "],\"typist\":");
    at = put_word(out, at, archive->typist);
    at = PUT(at, ",\"copies\":");
    if (archive->copies < 0)
        at = PUT(at, "null");
    else
        at = put_number(at, (size_t)archive->copies);
    at = PUT(at, ",");
    return put_spans(out, at, archive->text.spans, archive->text.span_count);
}

static char *put_signer(struct writer *out, char *at, const cchc_signer *signer)
{
    if (signer == NULL)
        return PUT(at, "null");
    at = PUT(at, "{\"competence\":");
    at = put_text(out, at, &signer->competence);
    at = PUT(at, ",\"position\":");
    at = put_text(out, at, &signer->position);
    at = PUT(at, ",\"full_name\":");
    at = put_text(out, at, &signer->full_name);
    return PUT(at, "}");
}

static char *put_signers(struct writer *out, char *at, const cchc_document *document)
{
    size_t count = 0;
    const cchc_signer *cosigners = cchc_document_cosigners(document, &count);
    at = PUT(at, ",\"signer\":");
    at = put_signer(out, at, cchc_document_signer(document));
    at = PUT(at, ",\"cosigners\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            at = PUT(at, ",");
        at = put_signer(out, at, &cosigners[i]);
    }
    return PUT(at, "]");
}

static char *put_incoming(struct writer *out, char *at, const cchc_incoming *incoming)
{
    at = PUT(at, ",\"incoming\":");
    if (incoming == NULL)
        return PUT(at, "null");
    at = PUT(at, "{\"number\":");
    at = put_word(out, at, incoming->number);
    at = PUT(at, ",\"date\":");
    at = put_word(out, at, incoming->date);
    at = PUT(at, ",");
    return put_spans(out, at, incoming->spans, incoming->span_count);
}

static char *put_e_signatures(struct writer *out, char *at, const cchc_document *document)
{
    size_t count = 0;
    const cchc_e_signature *signatures = cchc_document_e_signatures(document, &count);
    at = PUT(at, ",\"e_signatures\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            at = PUT(at, ",");
        at = PUT(at, "{\"signer\":");
        at = put_word(out, at, signatures[i].signer);
        at = PUT(at, ",\"agency\":");
        at = put_word(out, at, signatures[i].agency);
        at = PUT(at, ",\"time\":");
        at = put_word(out, at, signatures[i].time);
        at = PUT(at, ",");
        at = put_spans(out, at, signatures[i].spans, signatures[i].span_count);
    }
    return PUT(at, "]");
}

static char *put_closing(struct writer *out, char *at, const cchc_document *document)
{
    at = put_recipients(out, at, document);
    at = put_archive(out, at, cchc_document_archive(document));
    at = put_signers(out, at, document);
    at = put_incoming(out, at, cchc_document_incoming(document));
    at = put_e_signatures(out, at, document);
    size_t count = 0;
    const cchc_text *annexes = cchc_document_annexes(document, &count);
    at = PUT(at, ",\"annexes\":");
    return put_texts(out, at, annexes, count);
}

/* ------------------------------------------------------------------ segments, diagnostics -- */

/* The number that was put last, if it is of eight digits at most. */
struct last_number {
    size_t number, length;
    char digits[8];
};

/* A segment begins where the one before it ends, nearly always: that number is put as it was put. */
static inline char *put_span_behind(char *at, cchc_span span, struct last_number *last)
{
    *at++ = '[';
    if (span.begin == last->number) {
        memcpy(at, last->digits, sizeof last->digits);
        at += last->length;
    } else {
        at = put_number(at, span.begin);
    }
    *at++ = ',';
    const char *digits = at;
    at = put_number(at, span.end);
    last->number = span.end < 100000000 ? span.end : SIZE_MAX;
    last->length = (size_t)(at - digits);
    memcpy(last->digits, digits, sizeof last->digits);
    *at++ = ']';
    return at;
}

static char *put_segments(struct writer *out, char *at, const cchc_document *document)
{
    size_t count = 0;
    const cchc_segment *segments = cchc_document_segments(document, &count);
    at = PUT(at, ",\"segments\":[");
    /* Nearly always every second one is blank, and those between are of one kind: the kind is that of
     * the one before the last. */
    struct {
        const char *kind;
        size_t length;
    } known[2] = {{NULL, 0}, {NULL, 0}};
    struct last_number last = {SIZE_MAX, 0, {0}};
    for (size_t i = 0; i < count; i++) {
        const cchc_segment *segment = &segments[i];
        if (segment->kind != known[i % 2].kind) {
            known[i % 2].kind = segment->kind;
            known[i % 2].length = strlen(segment->kind);
        }
        at = room(out, at, 0);
        at = PUT(at, "{\"kind\":");
        at = put_name(out, at, segment->kind, known[i % 2].length);
        at = PUT(at, ",\"spans\":[");
        at = segment->span_count == 1
                 ? put_span_behind(at, segment->spans[0], &last)
                 : put_many_spans(out, at, segment->spans, segment->span_count);
        at = PUT(at, "]},");
    }
    return PUT(count > 0 ? at - 1 : at, "]"); /* without the last comma */
}

static char *put_diagnostics(struct writer *out, char *at, const cchc_document *document)
{
    static const char *const severities[] = {"info", "warning", "error"};
    size_t count = 0;
    const cchc_diagnostic *diagnostics = cchc_document_diagnostics(document, &count);
    at = PUT(at, ",\"diagnostics\":[");
    for (size_t i = 0; i < count; i++) {
        const cchc_diagnostic *diagnostic = &diagnostics[i];
        if (i > 0)
            at = PUT(at, ",");
        at = PUT(at, "{\"code\":");
        at = put_name(out, at, diagnostic->code, strlen(diagnostic->code));
        at = PUT(at, ",\"severity\":");
        const char *severity = severities[diagnostic->severity];
        at = put_name(out, at, severity, strlen(severity));
        at = PUT(at, ",\"message\":");
        const char *message = diagnostic->message != NULL ? diagnostic->message : "";
        at = put_any(out, at, message, strlen(message));
        at = PUT(at, ",");
        at = put_spans(out, at, diagnostic->spans, diagnostic->span_count);
    }
    return PUT(at, "]}");
}

cchc_status cchc_write_json(const cchc_document *document, const char *name, size_t name_length,
                            cchc_write_function write, void *context)
{
    if (document == NULL || write == NULL || (name == NULL && name_length > 0) ||
        name_length > CCHC_MAX_BYTES_MOST)
        return CCHC_INVALID;
    if (cchc_document_source(document) == NULL)
        return CCHC_INVALID;
    struct writer out;
    out.write = write;
    out.context = context;
    out.refused = false;
    char *at = out.buffer;
    at = put_source(&out, at, document, name != NULL ? name : "", name_length);
    at = put_heading(&out, at, document);
    at = put_body(&out, at, document);
    at = put_closing(&out, at, document);
    at = put_segments(&out, at, document);
    at = put_diagnostics(&out, at, document);
    (void)flush(&out, at);
    return out.refused ? CCHC_SINK : CCHC_OK;
}
