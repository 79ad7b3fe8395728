/* SPDX-License-Identifier: MIT */
#include "lint.h"

#include <stdio.h>
#include <string.h>

#include "json_text.h"
#include "sheet.h"

const char *const lint_severities[] = {"info", "warning", "error"};

static const struct {
    unsigned form;
    const char *name;
} forms[] = {
    {CCHC_FORM_ND30, "nd30"}, {CCHC_FORM_TT01, "tt01"},     {CCHC_FORM_HD36, "hd36"},
    {CCHC_FORM_HD05, "hd05"}, {CCHC_FORM_VBQPPL, "vbqppl"},
};

bool lint_add_forms(struct bytes *out, unsigned of)
{
    bool fine = true, any = false;
    for (size_t i = 0; fine && i < sizeof forms / sizeof forms[0]; i++)
        if ((of & forms[i].form) != 0) {
            fine = (!any || bytes_add_text(out, " ")) && bytes_add_text(out, forms[i].name);
            any = true;
        }
    return fine;
}

/* ------------------------------------------------------------------------------ the findings -- */

static size_t row_of(const cchc_lint_rule *rule)
{
    size_t row = 0;
    while (cchc_lint_rule_at(row) != NULL && cchc_lint_rule_at(row) != rule)
        row++;
    return row;
}

static bool is_written(const struct options *options, const cchc_finding *finding)
{
    return (int)finding->severity >= options->shown &&
           (options->disabled >> row_of(finding->rule) & 1) == 0;
}

/* For the counts of the report: each finding by its rule, each letter by its form. */
static bool add_note(const struct letter *letter, const char *code, const char *message)
{
    return bytes_add(letter->notes, code, strlen(code) + 1) &&
           bytes_add(letter->notes, message, strlen(message) + 1);
}

static bool note_form(const struct letter *letter, const char *form)
{
    char code[32];
    if (form == NULL)
        return add_note(letter, "not-judged", "no rules of form are known for the letter");
    (void)snprintf(code, sizeof code, "judged-%s", form);
    return add_note(letter, code, "letters that were judged by these rules");
}

bool lint_each(const struct style *style, const struct letter *letter, lint_visit *visit,
               struct bytes *out)
{
    const struct options *options = style->lint->options;
    struct lint_letter judged = {style, letter, NULL};
    size_t count = 0;
    bool fine = true;
    if (letter->bytes != NULL && cchc_lint(style->lint->parser, letter->document, letter->bytes,
                                           letter->length, &judged.findings) != CCHC_OK)
        return false;
    if (letter->bytes != NULL)
        fine = note_form(letter, cchc_findings_form(judged.findings));
    const cchc_finding *list = cchc_findings_list(judged.findings, &count);
    fine = fine && visit(&judged, NULL, out);
    for (size_t i = 0; fine && i < count; i++) {
        if (!is_written(options, &list[i]))
            continue;
        if ((int)list[i].severity > *letter->severity)
            *letter->severity = (int)list[i].severity;
        fine = visit(&judged, &list[i], out) &&
               add_note(letter, list[i].rule->id, list[i].rule->english);
    }
    cchc_findings_free(judged.findings);
    return fine;
}

/* --------------------------------------------------------------------------- text for people -- */

/* Of a message, which is a sentence, without its full stop. */
static void add_message(struct line *line, const char *message)
{
    size_t length = strlen(message);
    if (length > 0 && message[length - 1] == '.')
        length--;
    line_add_bytes(line, message, length);
}

/* FILE:LINE:COLUMN: SEVERITY: RULE: … as compilers write it, so that editors know it. */
static bool text_finding(const struct lint_letter *judged, const cchc_finding *finding,
                         struct bytes *out)
{
    struct line line = {0};
    bool vietnamese = judged->style->language == CCHC_VIETNAMESE;
    if (finding == NULL)
        return true;
    line_add_bytes(&line, judged->letter->name, judged->letter->name_length);
    line_add(&line, ":");
    line_add_number(&line, judged->letter->line + finding->region.line);
    line_add(&line, ":");
    line_add_number(&line, finding->region.column);
    line_add(&line, ": ");
    line_add(&line, lint_severities[finding->severity]);
    line_add(&line, ": ");
    line_add(&line, finding->rule->id);
    line_add(&line, ": ");
    add_message(&line, vietnamese ? finding->vietnamese : finding->english);
    if (finding->found != NULL) {
        line_add(&line, ": “");
        line_add(&line, finding->found);
        line_add(&line, "”");
    }
    if (finding->wanted != NULL) {
        line_add(&line, finding->found != NULL ? " → “" : ": “");
        line_add(&line, finding->wanted);
        line_add(&line, "”");
    }
    if (finding->rule->place != NULL) {
        line_add(&line, " [");
        line_add(&line, finding->rule->place);
        line_add(&line, "]");
    }
    return bytes_add(out, line.data, line.length) && bytes_add_text(out, "\n");
}

static bool text_letter(const struct style *style, const struct letter *letter, struct bytes *out)
{
    return lint_each(style, letter, text_finding, out);
}

/* --------------------------------------------------------------------------- a letter a line -- */

static bool json_head(const struct lint_letter *judged, struct bytes *out)
{
    char words[128];
    const cchc_source *source = cchc_document_source(judged->letter->document);
    bool read = judged->letter->bytes != NULL;
    (void)snprintf(words, sizeof words, source->part > 0 ? ",\"part\":%zu" : ",\"part\":null",
                   source->part);
    return json_add_member(out,
                           "{\"schema\":\"cchcparse-lint/1\",\"name\":", judged->letter->name) &&
           bytes_add_text(out, words) &&
           bytes_add_text(out, read ? ",\"read\":true" : ",\"read\":false") &&
           json_add_member(out, ",\"form\":", cchc_findings_form(judged->findings)) &&
           bytes_add_text(out, cchc_findings_scanned(judged->findings) ? ",\"scanned\":true"
                                                                       : ",\"scanned\":false") &&
           bytes_add_text(out, ",\"findings\":[");
}

static bool json_finding(const struct lint_letter *judged, const cchc_finding *finding,
                         struct bytes *out)
{
    if (finding == NULL)
        return json_head(judged, out);
    const cchc_region *region = &finding->region;
    char words[256];
    (void)snprintf(
        words, sizeof words,
        ",\"span\":[%zu,%zu],\"line\":%zu,\"column\":%zu,\"end_line\":%zu,\"end_column\":%zu",
        region->span.begin, region->span.end, judged->letter->line + region->line, region->column,
        judged->letter->line + region->end_line, region->end_column);
    bool first = out->length > 0 && out->data[out->length - 1] == '[';
    return (first || bytes_add_text(out, ",")) &&
           json_add_member(out, "{\"rule\":", finding->rule->id) &&
           json_add_member(out, ",\"code\":", finding->code) &&
           json_add_member(out, ",\"severity\":", lint_severities[finding->severity]) &&
           json_add_member(out, ",\"decree\":", finding->rule->place) &&
           json_add_member(out, ",\"found\":", finding->found) &&
           json_add_member(out, ",\"wanted\":", finding->wanted) && bytes_add_text(out, words) &&
           json_add_member(out, ",\"vietnamese\":", finding->vietnamese) &&
           json_add_member(out, ",\"english\":", finding->english) && bytes_add_text(out, "}");
}

static bool json_letter(const struct style *style, const struct letter *letter, struct bytes *out)
{
    return lint_each(style, letter, json_finding, out) && bytes_add_text(out, "]}\n");
}

/* --------------------------------------------------------------------------------- the table -- */

static const struct format formats[] = {
    {"text", ".txt", "text", CCHC_FORMAT_BATCH, format_nothing, text_letter, format_nothing,
     format_nothing_at_end},
    {"json", ".json", "json", CCHC_FORMAT_BATCH, format_nothing, json_letter, format_nothing,
     format_nothing_at_end},
    {"sarif", ".sarif", "sarif", CCHC_FORMAT_BATCH, sarif_begin, sarif_letter, sarif_between,
     sarif_end},
};

const char lint_format_names[] = "text, json, sarif";

const struct format *lint_format_by_name(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

bool lint_list_rules(const struct options *options, struct output *output)
{
    struct bytes line = {NULL, 0, 0};
    bool fine = true;
    for (size_t i = 0; fine && cchc_lint_rule_at(i) != NULL; i++) {
        const cchc_lint_rule *rule = cchc_lint_rule_at(i);
        line.length = 0;
        fine =
            bytes_add_text(&line, rule->id) && bytes_add_text(&line, "\t") &&
            bytes_add_text(&line, rule->forms != 0 ? lint_severities[rule->severity] : "-") &&
            bytes_add_text(&line, "\t") &&
            (rule->forms != 0 ? lint_add_forms(&line, rule->forms) : bytes_add_text(&line, "-")) &&
            bytes_add_text(&line, "\t") &&
            bytes_add_text(&line, rule->place != NULL ? rule->place : "-") &&
            bytes_add_text(&line, "\t") &&
            bytes_add_text(&line, options->language == CCHC_VIETNAMESE ? rule->vietnamese
                                                                       : rule->english) &&
            bytes_add_text(&line, "\n") &&
            output_bytes(output, (const char *)line.data, line.length);
    }
    bytes_free(&line);
    return fine;
}
