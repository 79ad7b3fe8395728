/* SPDX-License-Identifier: MIT */
/**
 * @file lint.h
 * Judges a letter by the rules of form of Nghị định 30/2020/NĐ-CP. Part of libcchcparse.
 *
 *      cchc_findings *findings = NULL;
 *      if (cchc_lint(parser, letter, bytes, length, &findings) == CCHC_OK) {
 *          const cchc_finding *list = cchc_findings_list(findings, &count);
 *          for (size_t i = 0; i < count; i++)
 *              printf("%zu: %s %s\n", list[i].region.line, list[i].rule->id, list[i].english);
 *      }
 *      cchc_findings_free(findings);
 *
 * WHICH RULES. A letter is judged by the rules that were in force on its day (cchc_rule_form); one
 * whose family is null, one of a private firm, which the decree does not bind, and one that no known
 * rules govern are not judged at all. What text does not show, such as fonts, is in the table of
 * rules with the reason why nobody is judged by it.
 *
 * SCANS. Where the text bears the marks of a damaged scan (cchc_findings_scanned()), a lost comma is
 * no fault of the author's: findings that a scanner can bring about are then left out.
 *
 * WANTED is put together from the decree's words and the letter's own; what neither says is not
 * made up, and wanted is then NULL.
 *
 * THREADS, ERRORS, TEXT and NULL as in cchcparse.h.
 */
#ifndef CCHCPARSE_LINT_H
#define CCHCPARSE_LINT_H

#include "cchcparse.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The rules of form that a document may follow. Values are stable, and may be or-ed. */
typedef enum cchc_rule_form {
    CCHC_FORM_ND30 = 1,    /**< "nd30": Nghị định 30/2020/NĐ-CP, from 2020-03-05 */
    CCHC_FORM_TT01 = 2,    /**< "tt01": Thông tư liên tịch 55/2005, Thông tư 01/2011/TT-BNV, from
                                2005-05-06 */
    CCHC_FORM_HD36 = 4,    /**< "hd36": the Party's Hướng dẫn 36-HD/VPTW, from 2018-04-03 */
    CCHC_FORM_HD05 = 8,    /**< "hd05": the Party's Hướng dẫn 05-HD/VPTW, from 2026-05-27 */
    CCHC_FORM_VBQPPL = 16  /**< "vbqppl": normative documents, which the decree leaves out */
} cchc_rule_form;

/** A row of the table of rules. */
typedef struct cchc_lint_rule {
    const char *id;         /**< "V09"; its meaning never changes */
    cchc_severity severity; /**< of its gravest finding */
    unsigned forms;         /**< by which of cchc_rule_form it is judged; 0: by none */
    const char *place;      /**< where the decree says it: "Phụ lục I, Phần I, Mục II.4"; or NULL */
    const char *vietnamese, *english; /**< what it says; of a rule that is not judged also why */
} cchc_lint_rule;

/** Row @p index of the table, from 0; NULL past its end. Static. */
CCHC_API const cchc_lint_rule *cchc_lint_rule_at(size_t index);

/** A stretch of the source. Lines and columns count from 1; columns are characters in form C; the
 *  end is that of the character after the last one, as in SARIF. */
typedef struct cchc_region {
    cchc_span span;
    size_t line, column; /**< in the letter's range: 1 is the line where the range begins */
    size_t end_line, end_column;
} cchc_region;

/** What is wrong at one place. */
typedef struct cchc_finding {
    const cchc_lint_rule *rule;
    const char *code; /**< such as "day-unpadded"; its meaning never changes */
    cchc_severity severity;
    cchc_region region; /**< of what is there; of what is absent empty, at the letter's beginning */
    const char *found;  /**< its words; the beginning of long ones; NULL: it is absent */
    const char *wanted; /**< what the decree wants there; NULL: the letter alone does not say */
    const char *vietnamese, *english; /**< a sentence each */
} cchc_finding;

/** What a letter was judged to be; the owner of all that is read from it. Independent of parser and
 *  document once it is made, but for the parser's allocator. */
typedef struct cchc_findings cchc_findings;

/**
 * Judges a letter. A finding that is repeated is given 16 times at most.
 * @param parser    any parser; its allocator gives the memory.
 * @param document  the letter's record.
 * @param bytes     the input that the record was made of: the whole file, also for one part of
 *                  several. NULL only with @p length 0. Not kept.
 * @param findings  *findings NULL: receives new findings, which the caller frees with
 *                  cchc_findings_free(). Otherwise findings of this parser, whose old content ends
 *                  here.
 * @return CCHC_OK; CCHC_NOMEM, after which *findings is as it was, but used findings are empty;
 *         CCHC_INVALID, also where @p length is not that of the record, which touches nothing.
 */
CCHC_API cchc_status cchc_lint(const cchc_parser *parser, const cchc_document *document,
                               const void *bytes, size_t length, cchc_findings **findings);

/** The findings, in order of their places. NULL @p count is allowed. */
CCHC_API const cchc_finding *cchc_findings_list(const cchc_findings *findings, size_t *count);

/** The form by which the letter was judged: "nd30" and so on; NULL: it was not. Static. */
CCHC_API const char *cchc_findings_form(const cchc_findings *findings);

/** Whether the text bears the marks of a damaged scan, so that many findings were left out. */
CCHC_API bool cchc_findings_scanned(const cchc_findings *findings);

/** Frees @p findings, before their parser is freed. NULL is allowed. */
CCHC_API void cchc_findings_free(cchc_findings *findings);

#ifdef __cplusplus
}
#endif

#endif
