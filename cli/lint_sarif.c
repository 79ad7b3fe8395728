/* SPDX-License-Identifier: MIT */
/* SARIF 2.1.0 (OASIS): one run for all letters. Findings are written as they come; behind them
 * stand the files. Its columns are Unicode characters, its byte offsets those of the file. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <cchcparse/version.h>

#include "json_text.h"
#include "lint.h"

static const char *const levels[] = {"note", "warning", "error"}; /* by enum cchc_severity */

/* ---------------------------------------------------------------------------------- the tool -- */

static bool rule(const struct lint *lint, size_t row, struct bytes *out)
{
    const cchc_lint_rule *this = cchc_lint_rule_at(row);
    bool vietnamese = lint->options->language == CCHC_VIETNAMESE;
    bool enabled = this->forms != 0 && (lint->options->disabled >> row & 1) == 0;
    return json_add_member(out, row > 0 ? ",\n{\"id\":" : "\n{\"id\":", this->id) &&
           json_add_member(out, ",\"shortDescription\":{\"text\":",
                           vietnamese ? this->vietnamese : this->english) &&
           bytes_add_text(out, "},\"defaultConfiguration\":{\"enabled\":") &&
           bytes_add_text(out, enabled ? "true" : "false") &&
           json_add_member(out, ",\"level\":", levels[this->severity]) &&
           json_add_member(out, "},\"properties\":{\"vietnamese\":", this->vietnamese) &&
           json_add_member(out, ",\"english\":", this->english) &&
           json_add_member(out, ",\"decree\":", this->place) &&
           bytes_add_text(out, ",\"forms\":\"") && lint_add_forms(out, this->forms) &&
           bytes_add_text(out, "\"}}");
}

bool sarif_begin(const struct style *style, struct bytes *out)
{
    bool fine = bytes_add_text(
        out,
        "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\","
        "\"runs\":[{\"tool\":{\"driver\":{\"name\":\"cchcparse\",\"version\":\"" CCHC_VERSION_STRING
        "\",\"semanticVersion\":\"" CCHC_VERSION_STRING "\",\"rules\":[");
    for (size_t row = 0; fine && cchc_lint_rule_at(row) != NULL; row++)
        fine = rule(style->lint, row, out);
    return fine &&
           bytes_add_text(out, "\n]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[\n");
}

/* ------------------------------------------------------------------------------ the findings -- */

/* A path as a URI reference (RFC 3986): relative where the path is; a colon is escaped, since it
 * would make the first part a scheme. */
static bool add_uri(struct bytes *out, const char *path)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    bool fine = bytes_add_text(out, path[0] == '/' ? "\"file://" : "\"");
    for (; fine && *path != '\0'; path++) {
        char escape[4];
        if (strchr(plain, *path) != NULL) {
            fine = bytes_add(out, path, 1);
        } else {
            (void)snprintf(escape, sizeof escape, "%%%02X", (unsigned)(unsigned char)*path);
            fine = bytes_add_text(out, escape);
        }
    }
    return fine && bytes_add_text(out, "\"");
}

static size_t row_of(const cchc_lint_rule *wanted)
{
    size_t row = 0;
    while (cchc_lint_rule_at(row) != wanted)
        row++;
    return row;
}

/* "Message: “found” → “wanted”" */
static bool add_message(const struct style *style, const cchc_finding *finding, struct bytes *out)
{
    struct bytes text = {NULL, 0, 0};
    bool fine = bytes_add_text(&text, style->language == CCHC_VIETNAMESE ? finding->vietnamese
                                                                         : finding->english);
    if (finding->found != NULL)
        fine = fine && bytes_add_text(&text, " “") && bytes_add_text(&text, finding->found) &&
               bytes_add_text(&text, "”");
    if (finding->wanted != NULL)
        fine = fine && bytes_add_text(&text, " → “") && bytes_add_text(&text, finding->wanted) &&
               bytes_add_text(&text, "”");
    fine = fine && bytes_add(&text, "", 1) && json_add_string(out, (const char *)text.data);
    bytes_free(&text);
    return fine;
}

static bool add_region(const struct lint_letter *judged, const cchc_finding *finding,
                       struct bytes *out)
{
    const cchc_region *region = &finding->region;
    char words[256];
    (void)snprintf(
        words, sizeof words,
        "\"region\":{\"startLine\":%zu,\"startColumn\":%zu,\"endLine\":%zu,\"endColumn\":%zu,"
        "\"byteOffset\":%zu,\"byteLength\":%zu",
        judged->letter->line + region->line, region->column,
        judged->letter->line + region->end_line, region->end_column, region->span.begin,
        region->span.end - region->span.begin);
    return bytes_add_text(out, words) &&
           (finding->found == NULL ||
            (json_add_member(out, ",\"snippet\":{\"text\":", finding->found) &&
             bytes_add_text(out, "}"))) &&
           bytes_add_text(out, "}");
}

static bool result(const struct lint_letter *judged, const cchc_finding *finding, struct bytes *out)
{
    char index[64];
    if (finding == NULL)
        return true;
    (void)snprintf(index, sizeof index, ",\"ruleIndex\":%zu", row_of(finding->rule));
    return (out->length == 0 || out->data[out->length - 1] == '\n' || bytes_add_text(out, ",\n")) &&
           json_add_member(out, "{\"ruleId\":", finding->rule->id) && bytes_add_text(out, index) &&
           json_add_member(out, ",\"level\":", levels[finding->severity]) &&
           bytes_add_text(out, ",\"message\":{\"text\":") &&
           add_message(judged->style, finding, out) &&
           bytes_add_text(
               out, "},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":") &&
           add_uri(out, judged->letter->name) && bytes_add_text(out, "},") &&
           add_region(judged, finding, out) &&
           json_add_member(out, "}}],\"properties\":{\"code\":", finding->code) &&
           json_add_member(out, ",\"wanted\":", finding->wanted) &&
           json_add_member(out, ",\"vietnamese\":", finding->vietnamese) &&
           json_add_member(out, ",\"english\":", finding->english) &&
           json_add_member(out, ",\"form\":", cchc_findings_form(judged->findings)) &&
           bytes_add_text(out, "}}");
}

bool sarif_letter(const struct style *style, const struct letter *letter, struct bytes *out)
{
    return lint_each(style, letter, result, out);
}

bool sarif_between(const struct style *style, struct bytes *out)
{
    (void)style;
    return bytes_add_text(out, ",\n");
}

/* --------------------------------------------------------------------------------- the files -- */

bool sarif_files(struct bytes *out)
{
    return bytes_add_text(out, "\n],\"artifacts\":[");
}

bool sarif_file(const struct slot *slot, bool first, struct bytes *out)
{
    char length[64] = "";
    if (slot->outcome == OUTCOME_READ)
        (void)snprintf(length, sizeof length, ",\"length\":%zu", slot->input.length);
    return bytes_add_text(out,
                          first ? "\n{\"location\":{\"uri\":" : ",\n{\"location\":{\"uri\":") &&
           add_uri(out, slot_name(slot)) && bytes_add_text(out, "}") &&
           bytes_add_text(out, length) && bytes_add_text(out, "}");
}

bool sarif_end(const struct style *style, bool any, struct bytes *out)
{
    (void)style;
    (void)any;
    return bytes_add_text(out, "\n]}]}\n");
}
