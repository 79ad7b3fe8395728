/* SPDX-License-Identifier: MIT */
/**
 * @file cchcparse.h
 * libcchcparse: reads Vietnamese official letters (công văn) and their sister documents out of
 * text, as Nghị định 30/2020/NĐ-CP lays them out, and gives every field with the bytes it came
 * from.
 *
 * THE CONTRACT
 *
 *  1. Any byte sequence is a valid letter: parsing never fails because of the text.
 *  2. Every input byte belongs to exactly one segment, and spans point into the original bytes.
 *  3. A doubtful value is given as it is printed, with a coded diagnostic; it is never dropped,
 *     borrowed or invented. What is not in the text is null.
 *  4. Time and memory are linear in the input, within published limits.
 *  5. One owner: everything returned lives and dies with its document.
 *
 * TEN LINES
 *
 *      cchc_parser *parser = NULL;
 *      cchc_document *letter = NULL;
 *      if (cchc_parser_new(NULL, &parser) == CCHC_OK &&
 *          cchc_parse(parser, bytes, length, &letter) == CCHC_OK) {
 *          const cchc_code *code = cchc_document_code(letter);
 *          if (code != NULL)
 *              printf("%s\n", code->text.data);
 *      }
 *      cchc_document_free(letter);
 *      cchc_parser_free(parser);
 *
 * THREADS. There is no global state, no set-up call and no use of the locale. A parser is
 * immutable once made and may be shared by any number of threads; a document belongs to one
 * thread at a time. Each function below is thread-safe under that rule.
 *
 * ERRORS. Two channels, never mixed: a cchc_status says that a call failed, and then every out
 * parameter is untouched; a diagnostic in the record says that the letter is odd.
 *
 * TEXT. Every string handed out is UTF-8 in normalisation form C, has a length and, beyond it, a
 * closing NUL that is not counted; a NUL byte of the letter may stand inside it. Of more than 32
 * combining marks in a row each 32 are in form C (as in Unicode's stream-safe text format).
 *
 * NULL. Where the record of a field is null, its accessor returns NULL; a list that is empty has
 * the count 0. Accessors given a NULL document return NULL, or 0.
 *
 * The meaning of each field, key by key, is that of the record format "cchcparse/1".
 */
#ifndef CCHCPARSE_CCHCPARSE_H
#define CCHCPARSE_CCHCPARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "version.h"

#if defined(_WIN32)
#define CCHC_API
#elif defined(__GNUC__)
#define CCHC_API __attribute__((visibility("default")))
#else
#define CCHC_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------- status, version, memory -- */

/** What a call came to. Values are stable. */
typedef enum cchc_status {
    CCHC_OK = 0,
    CCHC_NOMEM = 1,   /**< The allocator gave nothing, or ICU could not load its data or had no
                           memory; the parser stays usable. */
    CCHC_INVALID = 2, /**< An argument that no call may have, such as a NULL where one is not told. */
    CCHC_LIMIT = 3,   /**< A length that no parse may have (cchc_options.max_bytes). */
    CCHC_SINK = 4     /**< The caller's own write function refused the output. */
} cchc_status;

/** A short English sentence for @p status, never NULL, static. */
CCHC_API const char *cchc_status_message(cchc_status status);

/** The version of the library that runs, such as "0.1.0"; static. */
CCHC_API const char *cchc_version(void);

/**
 * Where memory comes from. All three are called with @p context. @p reallocate gets the old size,
 * so that an allocator without headers will do; a NULL @p pointer asks for a new block. The
 * functions must be safe to call from every thread that uses the parser. ICU's own, small and
 * temporary, allocations are not redirected, since its hook is process-wide.
 */
typedef struct cchc_allocator {
    void *(*allocate)(size_t size, void *context);
    void *(*reallocate)(void *pointer, size_t old_size, size_t new_size, void *context);
    void (*release)(void *pointer, void *context);
    void *context;
} cchc_allocator;

/* ------------------------------------------------------------------------ parser, parsing -- */

/** A parser: compiled once, immutable, shared by threads. */
typedef struct cchc_parser cchc_parser;

/** The record of one letter, and the owner of all that is read from it. */
typedef struct cchc_document cchc_document;

/** A half-open range of bytes of the original input. */
typedef struct cchc_span {
    size_t begin, end;
} cchc_span;

/** Options of a parser. Start from CCHC_OPTIONS_INIT. */
typedef struct cchc_options {
    size_t size;                     /**< sizeof(cchc_options), for later growth. */
    const cchc_allocator *allocator; /**< NULL: malloc. Copied; its context must outlive the parser
                                          and its documents. */
    size_t max_bytes;                /**< Longest letter in bytes; 0: CCHC_MAX_BYTES_DEFAULT; at most
                                          CCHC_MAX_BYTES_MOST. */
    bool no_jit;                     /**< Interpret the patterns instead of compiling them to machine
                                          code; the record is the same byte for byte, unless a
                                          pattern meets max_pattern_steps. */

    /* Limits of one letter. 0: the default; more than the most is taken for the most. Where a letter
     * meets one, the record holds what was read up to there and a diagnostic "limit-…". Counts are of
     * characters (code points) and of physical lines. */

    size_t max_line_length;   /**< Characters of a line of the heading or the closing that are read
                                   for fields: 4096, at most 65536. Lines of the body have no limit. */
    size_t max_heading_lines; /**< Lines in which the heading is looked for: 240, at most 1024. */
    size_t max_list_lines;    /**< Lines of the addressees, and of recipients and signature: 160, at
                                   most 1024. */
    size_t max_clauses;       /**< By default 1024, and one more for each 16 characters of the body;
                                   at most 1048576. */
    size_t max_clause_depth;  /**< Levels of the tree of clauses: 16, at most 64. */
    size_t max_items;         /**< Items of each other list (addressees, deadlines, references,
                                   recipients, cosigners, e_signatures, annexes): by default 1024,
                                   and one more for each 16 characters of the letter; at most
                                   1048576. */
    size_t max_diagnostics;   /**< 256, at most 65536; one "limit-diagnostics" may follow them. */
    size_t max_pattern_steps; /**< Steps of one search for a pattern (PCRE2's match limit): 100000,
                                   at most 10000000. */
    size_t max_paragraphs;    /**< Paragraphs of the body that are segments of their own: by default
                                   1024, and one more for each 8 characters of the body; at most
                                   1048576. */
    size_t max_value_length;  /**< Characters of a cited document's issuer, and of what a period is
                                   counted from (cchc_deadline.anchor): 240, at most 1024. */
} cchc_options;

#define CCHC_MAX_BYTES_DEFAULT ((size_t)64 * 1024 * 1024)
/** The most that max_bytes may be, and the longest name that a writer takes. */
#define CCHC_MAX_BYTES_MOST ((size_t)1024 * 1024 * 1024)
#define CCHC_OPTIONS_INIT {sizeof(cchc_options), NULL, 0, false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * Makes a parser.
 * @param options  NULL for the defaults.
 * @param parser   receives the parser; the caller frees it with cchc_parser_free().
 * @return CCHC_OK, CCHC_NOMEM, or CCHC_INVALID (no @p parser, an unknown options size).
 */
CCHC_API cchc_status cchc_parser_new(const cchc_options *options, cchc_parser **parser);

/** Frees @p parser, after all documents made with it. NULL is allowed. */
CCHC_API void cchc_parser_free(cchc_parser *parser);

/**
 * Parses one letter.
 * @param bytes     the letter, in any encoding; NULL only with @p length 0. Not kept.
 * @param document  *document NULL: receives a new document, which the caller frees with
 *                  cchc_document_free(). Otherwise a document of this parser, whose old record
 *                  ends here and whose memory is used again.
 * @return CCHC_OK; CCHC_LIMIT (longer than max_bytes) and CCHC_NOMEM, after which *document is as it
 *         was, but the record in a reused document is empty; CCHC_INVALID, which touches nothing.
 */
CCHC_API cchc_status cchc_parse(const cchc_parser *parser, const void *bytes, size_t length,
                                cchc_document **document);

/**
 * Makes the record of a letter that could not be read: all fields null, one diagnostic.
 * @param code     a diagnostic code that starts with "io-", one of the table
 *                 (cchc_diagnostic_kind_at()).
 * @param message  what happened, UTF-8; copied. NULL: the code's own meaning.
 * @param bytes    the size of the letter where it is known, else SIZE_MAX.
 * Otherwise as cchc_parse().
 */
CCHC_API cchc_status cchc_parse_failed(const cchc_parser *parser, const char *code,
                                       const char *message, size_t bytes, cchc_document **document);

/** One letter of several in a file. */
typedef struct cchc_part {
    size_t number;   /**< 1, 2, …; 0: the only one */
    cchc_span range; /**< its bytes of the file */
} cchc_part;

/**
 * Finds where the letters of a file begin that holds several, such as a scan of a whole folder:
 * where the heading of another one stands (motto, number, date) and the letter before has ended.
 * The forms of an annex are no letters. The parts tile the file.
 * @param parts     receives the first @p capacity parts; NULL only with @p capacity 0.
 * @param count     receives how many there are; may exceed @p capacity. At least 1.
 * @return CCHC_OK; CCHC_LIMIT (longer than max_bytes); CCHC_NOMEM; CCHC_INVALID. On failure nothing
 *         was written.
 */
CCHC_API cchc_status cchc_split(const cchc_parser *parser, const void *bytes, size_t length,
                                cchc_part *parts, size_t capacity, size_t *count);

/**
 * Parses one letter of several, with spans into the whole input, as cchc_parse() does otherwise.
 * @param bytes  the whole file.
 * @param part   which letter; source.part and source.range are its. Bytes outside are not read.
 */
CCHC_API cchc_status cchc_parse_part(const cchc_parser *parser, const void *bytes, size_t length,
                                     const cchc_part *part, cchc_document **document);

/** Frees @p document and all that was read from it. NULL is allowed. */
CCHC_API void cchc_document_free(cchc_document *document);

/* ----------------------------------------------------------------------------- the record -- */

/**
 * A value as it is printed: its text and the bytes it came from, in reading order. A null value
 * (inside a larger record) has data NULL.
 */
typedef struct cchc_text {
    const char *data;
    size_t length; /**< bytes of data, without the closing NUL */
    const cchc_span *spans;
    size_t span_count;
} cchc_text;

/** A stretch of the input in one encoding. */
typedef struct cchc_encoding {
    const char *name;
    const cchc_span *spans;
    size_t span_count;
} cchc_encoding;

/** Where the record comes from. */
typedef struct cchc_source {
    size_t bytes;                   /**< length of the input; SIZE_MAX: unknown */
    const char *encoding;           /**< the one that most bytes are in; NULL: could not be read */
    const cchc_encoding *encodings; /**< where there are several */
    size_t encoding_count;
    size_t part;      /**< 1, 2, … where one letter of several in a file; 0: the only one */
    cchc_span range;  /**< the bytes of the input that this record is about */
} cchc_source;

/** Never NULL for a document that a call filled. */
CCHC_API const cchc_source *cchc_document_source(const cchc_document *document);

/** The type (tên loại, Điều 7 of the decree) and the format family. */
typedef struct cchc_type {
    const char *slug;   /**< such as "cong_van"; NULL: no issued document */
    cchc_text text;     /**< the name of a type that has no slug of its own ("khac"), else null */
    const char *family; /**< "nd30", "tt01", "dang", "vbqppl" or NULL */
} cchc_type;
CCHC_API const cchc_type *cchc_document_type(const cchc_document *document);

/** The issuing agency (cơ quan ban hành) and the one above it (cơ quan chủ quản). */
typedef struct cchc_agency {
    cchc_text parent, name;
} cchc_agency;
CCHC_API const cchc_agency *cchc_document_agency(const cchc_document *document);

/** Số, ký hiệu. The number is NULL where it is blank or cannot be read. */
typedef struct cchc_code {
    cchc_text text;
    const char *number;
    const char *notation;
} cchc_code;
CCHC_API const cchc_code *cchc_document_code(const cchc_document *document);

/** Địa danh và thời gian ban hành. */
typedef struct cchc_promulgation {
    cchc_text place;
    cchc_text date;
    const char *iso; /**< "2020-12-22", "2020-12", "2020"; NULL: not readable at all */
} cchc_promulgation;
CCHC_API const cchc_promulgation *cchc_document_promulgation(const cchc_document *document);

/** The fields that are one text each. Values are stable. */
typedef enum cchc_field {
    CCHC_SUBJECT = 0,    /**< trích yếu */
    CCHC_PRIORITY = 1,   /**< độ khẩn */
    CCHC_SECRECY = 2,    /**< độ mật */
    CCHC_CIRCULATION = 3 /**< chỉ dẫn phạm vi lưu hành */
} cchc_field;

/** NULL where the document has none, or @p field is none of the above. */
CCHC_API const cchc_text *cchc_document_text(const cchc_document *document, cchc_field field);

/** Kính gửi: one text an addressee. @p count NULL, here and below: not wanted. */
CCHC_API const cchc_text *cchc_document_addressees(const cchc_document *document, size_t *count);

/** No parent, or no clause. */
#define CCHC_NONE SIZE_MAX

/**
 * One marked item of the body. The clauses come in reading order, each parent before its
 * children.
 */
typedef struct cchc_clause {
    const char *label;  /**< "1", "a", "Điều 5", "-" */
    const char *marker; /**< as printed: "1.", "a)", "Điều 5.", "-" */
    unsigned level;     /**< depth, 1 at the root */
    size_t parent;      /**< index of the clause above, or CCHC_NONE */
    size_t descendants; /**< how many of the clauses that follow are below this one */
    cchc_text text;     /**< its own words, without the marker and without its children; never
                             null: a marker that stands alone has "" and no spans */
} cchc_clause;
CCHC_API const cchc_clause *cchc_document_clauses(const cchc_document *document, size_t *count);

/** A time by which somebody must act. */
typedef struct cchc_deadline {
    cchc_text text;
    const char *kind;      /**< "date", "datetime", "month", "quarter", "year", "relative", "recurring" */
    const char *iso;       /**< the time as printed, or NULL */
    const char *bound;     /**< "before", "by", "within", or NULL */
    bool recurring;
    const char *rule;      /**< RFC 5545 RRULE, or NULL */
    const char *duration;  /**< ISO 8601, or NULL */
    int working_days;      /**< 1: ngày làm việc; 0: any other duration; -1: none */
    const char *direction; /**< "after" or "before" the anchor, or NULL */
    const char *anchor;    /**< the words of the moment that the duration counts from, or NULL */
    size_t clause;         /**< index of the clause that holds it, or CCHC_NONE */
} cchc_deadline;
CCHC_API const cchc_deadline *cchc_document_deadlines(const cchc_document *document, size_t *count);

/** A mention of another document by its number. */
typedef struct cchc_reference {
    cchc_text text;
    const char *type;   /**< as printed: "Báo cáo"; or NULL */
    const char *code;   /**< "284/BC-ĐKT" */
    const char *date;   /**< ISO 8601, or NULL */
    const char *issuer; /**< "Đoàn Kiểm tra", or NULL */
    const char *part;   /**< "khoản 2 Điều 5", or NULL */
} cchc_reference;
CCHC_API const cchc_reference *cchc_document_references(const cchc_document *document, size_t *count);

/** One item of Nơi nhận. */
typedef struct cchc_recipient {
    cchc_text text;
    const char *purpose; /**< "để b/c", or NULL */
    bool same_as_addressees; /**< "Như trên" */
} cchc_recipient;
CCHC_API const cchc_recipient *cchc_document_recipients(const cchc_document *document, size_t *count);

/** The line that starts with Lưu. */
typedef struct cchc_archive {
    cchc_text text;
    const char *const *units; /**< "VT", "KTTH" */
    size_t unit_count;
    const char *typist; /**< ký hiệu người soạn thảo, or NULL */
    long copies;        /**< number of file copies; -1: not told */
} cchc_archive;
CCHC_API const cchc_archive *cchc_document_archive(const cchc_document *document);

/** One signature. */
typedef struct cchc_signer {
    cchc_text competence; /**< thẩm quyền ký: "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH" */
    cchc_text position;   /**< chức vụ */
    cchc_text full_name;  /**< họ tên */
} cchc_signer;
CCHC_API const cchc_signer *cchc_document_signer(const cchc_document *document);

/** The further signatures of a joint document. */
CCHC_API const cchc_signer *cchc_document_cosigners(const cchc_document *document, size_t *count);

/** The ĐẾN stamp of the receiving office. */
typedef struct cchc_incoming {
    const char *number; /**< or NULL */
    const char *date;   /**< ISO 8601, or NULL */
    const cchc_span *spans;
    size_t span_count;
} cchc_incoming;
CCHC_API const cchc_incoming *cchc_document_incoming(const cchc_document *document);

/** The printed trace of a digital signature ("Ký bởi: …"). */
typedef struct cchc_e_signature {
    const char *signer, *agency, *time; /**< each as printed, or NULL */
    const cchc_span *spans;
    size_t span_count;
} cchc_e_signature;
CCHC_API const cchc_e_signature *cchc_document_e_signatures(const cchc_document *document,
                                                            size_t *count);

/** The titles of the annexes. */
CCHC_API const cchc_text *cchc_document_annexes(const cchc_document *document, size_t *count);

/** A stretch of the input by what it is. */
typedef struct cchc_segment {
    const char *kind;
    const cchc_span *spans;
    size_t span_count;
} cchc_segment;

/** The segments, in order of their first bytes. Their spans tile the source's range. */
CCHC_API const cchc_segment *cchc_document_segments(const cchc_document *document, size_t *count);

/* ---------------------------------------------------------------------------- diagnostics -- */

/** How much a diagnostic matters. Values are stable and ordered. */
typedef enum cchc_severity { CCHC_INFO = 0, CCHC_WARNING = 1, CCHC_ERROR = 2 } cchc_severity;

/** Something odd about this letter. */
typedef struct cchc_diagnostic {
    const char *code; /**< such as "number-blank" */
    cchc_severity severity;
    const char *message; /**< an English sentence */
    const cchc_span *spans;
    size_t span_count;
} cchc_diagnostic;
CCHC_API const cchc_diagnostic *cchc_document_diagnostics(const cchc_document *document,
                                                          size_t *count);

/** A row of the table of all diagnostics. A code's meaning never changes. */
typedef struct cchc_diagnostic_kind {
    const char *code;
    cchc_severity severity;
    const char *meaning;
} cchc_diagnostic_kind;

/** Row @p index of the table, from 0; NULL past its end. Static. */
CCHC_API const cchc_diagnostic_kind *cchc_diagnostic_kind_at(size_t index);

/* ------------------------------------------------------------------------ output, folding -- */

/**
 * Takes a piece of output; bytes are not kept. Returns true to go on.
 */
typedef bool (*cchc_write_function)(const char *bytes, size_t length, void *context);

/**
 * Writes the record as one JSON object on one line, without a line end: valid UTF-8, every key of
 * "cchcparse/1", the same bytes each time.
 * @param name         the value of source.name, any bytes (ill-formed ones become U+FFFD).
 * @param name_length  bytes of @p name; more than CCHC_MAX_BYTES_MOST are CCHC_INVALID.
 * @return CCHC_OK, CCHC_INVALID, or CCHC_SINK where @p write returned false.
 */
CCHC_API cchc_status cchc_write_json(const cchc_document *document, const char *name,
                                     size_t name_length, cchc_write_function write, void *context);

/**
 * The comparison key of a text: NFC, lower case, no diacritics, đ as d, dashes of every kind as
 * '-', runs of white space as one space, ends trimmed. Two spellings of one word (hòa, hoà, HOA)
 * have one key.
 * @param key       receives at most @p capacity bytes and a closing NUL within them; NULL only
 *                  with @p capacity 0.
 * @param length    receives the whole key's length, without the NUL; may exceed @p capacity.
 * @return CCHC_OK; CCHC_LIMIT (longer than max_bytes); CCHC_NOMEM; CCHC_INVALID.
 */
CCHC_API cchc_status cchc_fold(const cchc_parser *parser, const char *text, size_t text_length,
                               char *key, size_t capacity, size_t *length);

#ifdef __cplusplus
}
#endif

#endif
