/* SPDX-License-Identifier: MIT */
/* `cchcparse lint`: the batch with other formats, whose pieces are findings in place of records. */
#ifndef CLI_LINT_H
#define CLI_LINT_H

#include <stdio.h>

#include <cchcparse/lint.h>

#include "delivery.h"
#include "format.h"
#include "options.h"
#include "output.h"

/* What the formats must know. Nothing of it changes while workers run, but for the spool, which
 * belongs to the delivering thread. */
struct lint {
    const cchc_parser *parser;
    const struct options *options;
    FILE *spool; /* sarif: the files, which stand behind all findings; NULL: there is none */
};

extern const char lint_format_names[];
const struct format *lint_format_by_name(const char *name);

/* False: that is said. A lint that was never opened must be all zeros. */
bool lint_open(struct lint *lint, const struct options *options, const struct format *format,
               const cchc_parser *parser);
void lint_close(struct lint *lint);

/* Takes note of an input that is delivered, and writes what stands behind all findings. False: that
 * is said, and the delivery knows. */
bool lint_take(struct lint *lint, struct delivery *delivery, const struct slot *slot);
bool lint_finish(struct lint *lint, struct delivery *delivery);

/* The table of rules, a line each: id, severity, forms, place, what it says. */
bool lint_list_rules(const struct options *options, struct output *output);

/* The findings of a letter that are written, one after the other. */
struct lint_letter {
    const struct style *style;
    const struct letter *letter;
    cchc_findings *findings; /* NULL: the letter could not be read */
};
typedef bool lint_visit(const struct lint_letter *letter, const cchc_finding *finding,
                        struct bytes *out);

/* Judges the letter and calls @p visit for each finding; false: no memory, or @p visit said so. */
bool lint_each(const struct style *style, const struct letter *letter, lint_visit *visit,
               struct bytes *out);

/* "nd30 tt01" */
bool lint_add_forms(struct bytes *out, unsigned forms);

extern const char *const lint_severities[]; /* by enum cchc_severity */

/* lint_sarif.c */
bool sarif_begin(const struct style *style, struct bytes *out);
bool sarif_letter(const struct style *style, const struct letter *letter, struct bytes *out);
bool sarif_between(const struct style *style, struct bytes *out);
bool sarif_files(struct bytes *out);
bool sarif_file(const struct slot *slot, bool first, struct bytes *out);
bool sarif_end(const struct style *style, bool any, struct bytes *out);

#endif
