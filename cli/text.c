/* SPDX-License-Identifier: MIT */
/* The summary for people: what an archivist wants to see of a letter at a glance, and what is
 * missing in it. */
#include <stdint.h>
#include <string.h>

#include "format.h"
#include "sheet.h"
#include "words.h"

enum {
    SHOWN_CLAUSES = 12,
    SHOWN_ITEMS = 12,      /* of the other lists */
    DEADLINE_COLUMN = 18,  /* "2020-12-29T17:00" and two blanks */
    REFERENCE_COLUMN = 24, /* "1791/UBND-NC", and most others */
    INDENT_LIMIT = 8       /* levels of clauses that are set in */
};

/* What every part of the summary needs. */
struct summary {
    struct sheet sheet;
    cchc_language language;
    const cchc_document *document;
};

static void begin(struct summary *summary, enum word label)
{
    summary->sheet.label = word(label, summary->language);
}

static void add_text(struct line *line, const cchc_text *text)
{
    if (text->data != NULL)
        line_add_bytes(line, text->data, text->length);
}

/* "… 5 more" */
static bool put_more(struct summary *summary, size_t count, size_t shown)
{
    if (count <= shown)
        return true;
    struct line line = {0};
    line_add(&line, "\xE2\x80\xA6 ");
    line_add_number(&line, count - shown);
    line_add(&line, " ");
    line_add(&line, word(WORD_MORE, summary->language));
    return sheet_cut(&summary->sheet, &line, 0);
}

static bool put_value(struct summary *summary, enum word label, const cchc_text *text)
{
    if (text == NULL || text->data == NULL)
        return true;
    struct line line = {0};
    add_text(&line, text);
    begin(summary, label);
    return sheet_wrapped(&summary->sheet, &line, 0);
}

static bool put_values(struct summary *summary, enum word label, const cchc_text *texts,
                       size_t count)
{
    bool fine = true;
    begin(summary, label);
    for (size_t i = 0; fine && i < count && i < SHOWN_ITEMS; i++) {
        struct line line = {0};
        add_text(&line, &texts[i]);
        fine = sheet_wrapped(&summary->sheet, &line, 0);
    }
    return fine && put_more(summary, count, SHOWN_ITEMS);
}

/* -------------------------------------------------------------------------------- heading -- */

static bool put_title(struct summary *summary, const struct letter *letter)
{
    const cchc_source *source = cchc_document_source(summary->document);
    struct line line = {0};
    line_add_bytes(&line, letter->name, letter->name_length);
    if (source->part > 0) {
        line_add(&line, " (");
        line_add(&line, word(WORD_PART, summary->language));
        line_add(&line, " ");
        line_add_number(&line, source->part);
        line_add(&line, ")");
    }
    return sheet_heading(&summary->sheet, &line);
}

static bool has_diagnostic(const struct summary *summary, const char *code)
{
    size_t count = 0;
    const cchc_diagnostic *diagnostics = cchc_document_diagnostics(summary->document, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(diagnostics[i].code, code) == 0)
            return true;
    return false;
}

/* "Công văn 1791/UBND-NC" */
static bool put_type_and_code(struct summary *summary)
{
    const cchc_type *type = cchc_document_type(summary->document);
    const cchc_code *code = cchc_document_code(summary->document);
    struct line line = {0};
    if (type == NULL || type->slug == NULL) {
        line_add(&line, word(has_diagnostic(summary, "text-undecodable") ? WORD_NOT_READ
                             : has_diagnostic(summary, "draft")          ? WORD_DRAFT
                                                                         : WORD_NO_TYPE,
                             summary->language));
    } else if (type->text.data != NULL) {
        add_text(&line, &type->text);
    } else {
        const char *words = type_words(type->slug, summary->language);
        line_add(&line, words != NULL ? words : type->slug);
    }
    if (code != NULL) {
        line_add(&line, " ");
        add_text(&line, &code->text);
    }
    begin(summary, WORD_DOCUMENT);
    return sheet_wrapped(&summary->sheet, &line, 0);
}

static bool put_promulgation(struct summary *summary)
{
    const cchc_promulgation *promulgation = cchc_document_promulgation(summary->document);
    if (promulgation == NULL)
        return true;
    struct line line = {0};
    if (promulgation->iso != NULL)
        line_add(&line, promulgation->iso);
    else
        add_text(&line, &promulgation->date);
    if (promulgation->place.data != NULL) {
        line_add(&line, line.length > 0 ? ", " : "");
        add_text(&line, &promulgation->place);
    }
    begin(summary, WORD_DATE);
    return sheet_wrapped(&summary->sheet, &line, 0);
}

static bool put_agency(struct summary *summary)
{
    const cchc_agency *agency = cchc_document_agency(summary->document);
    if (agency == NULL)
        return true;
    struct line line = {0};
    add_text(&line, &agency->parent);
    if (agency->parent.data != NULL && agency->name.data != NULL)
        line_add(&line, " \xE2\x80\xBA "); /* › */
    add_text(&line, &agency->name);
    begin(summary, WORD_AGENCY);
    return sheet_wrapped(&summary->sheet, &line, 0);
}

/* The ĐẾN stamp. */
static bool put_incoming(struct summary *summary)
{
    const cchc_incoming *incoming = cchc_document_incoming(summary->document);
    if (incoming == NULL || (incoming->number == NULL && incoming->date == NULL))
        return true;
    struct line line = {0};
    line_add(&line, incoming->number);
    line_add(&line, incoming->number != NULL && incoming->date != NULL ? ", " : "");
    line_add(&line, incoming->date);
    begin(summary, WORD_INCOMING);
    return sheet_wrapped(&summary->sheet, &line, 0);
}

static bool put_heading(struct summary *summary)
{
    const cchc_document *document = summary->document;
    size_t count = 0;
    const cchc_text *addressees = cchc_document_addressees(document, &count);
    return put_type_and_code(summary) && put_promulgation(summary) &&
           put_value(summary, WORD_PRIORITY, cchc_document_text(document, CCHC_PRIORITY)) &&
           put_value(summary, WORD_SECRECY, cchc_document_text(document, CCHC_SECRECY)) &&
           put_value(summary, WORD_CIRCULATION, cchc_document_text(document, CCHC_CIRCULATION)) &&
           put_agency(summary) && put_incoming(summary) &&
           put_value(summary, WORD_SUBJECT, cchc_document_text(document, CCHC_SUBJECT)) &&
           put_values(summary, WORD_ADDRESSEES, addressees, count);
}

/* ----------------------------------------------------------------------------------- body -- */

static bool put_clauses(struct summary *summary)
{
    size_t count = 0;
    const cchc_clause *clauses = cchc_document_clauses(summary->document, &count);
    bool fine = true;
    begin(summary, WORD_CLAUSES);
    for (size_t i = 0; fine && i < count && i < SHOWN_CLAUSES; i++) {
        size_t depth = clauses[i].level > 0 ? clauses[i].level - 1 : 0;
        struct line line = {0};
        line_add(&line, clauses[i].marker);
        line_add(&line, " ");
        add_text(&line, &clauses[i].text);
        fine = sheet_cut(&summary->sheet, &line, 2 * (depth < INDENT_LIMIT ? depth : INDENT_LIMIT));
    }
    return fine && put_more(summary, count, SHOWN_CLAUSES);
}

/* "I.1.a", from the labels of the clause and of those above it. */
static void add_clause_path(struct line *line, const cchc_clause *clauses, size_t count, size_t at)
{
    enum { DEEPEST = 16 };
    size_t path[DEEPEST], depth = 0;
    for (; at < count && depth < DEEPEST; at = clauses[at].parent)
        path[depth++] = at;
    while (depth > 0) {
        line_add(line, clauses[path[--depth]].label);
        line_add(line, depth > 0 ? "." : "");
    }
}

/* "2020-12-29        chậm nhất là ngày 29/12/2020 (ngày, chậm nhất; mục 1.a)" */
static void add_deadline(struct summary *summary, struct line *line, const cchc_deadline *deadline)
{
    size_t count = 0;
    const cchc_clause *clauses = cchc_document_clauses(summary->document, &count);
    const char *when = deadline->iso != NULL ? deadline->iso : deadline->duration;
    const char *kind = kind_words(deadline->kind, summary->language);
    const char *bound = bound_words(deadline->bound, summary->language);
    const char *working = working_words(deadline->working_days, summary->language);
    line_add(line, when != NULL ? when : "\xE2\x80\x94");
    line_pad(line, DEADLINE_COLUMN);
    add_text(line, &deadline->text);
    line_add(line, " (");
    line_add(line, kind != NULL ? kind : deadline->kind);
    line_add(line, bound != NULL ? ", " : "");
    line_add(line, bound);
    line_add(line, working != NULL ? ", " : "");
    line_add(line, working);
    if (deadline->clause < count) {
        line_add(line, "; ");
        line_add(line, word(WORD_IN_CLAUSE, summary->language));
        line_add(line, " ");
        add_clause_path(line, clauses, count, deadline->clause);
    }
    line_add(line, ")");
}

static bool put_deadlines(struct summary *summary)
{
    size_t count = 0;
    const cchc_deadline *deadlines = cchc_document_deadlines(summary->document, &count);
    bool fine = true;
    begin(summary, WORD_DEADLINES);
    for (size_t i = 0; fine && i < count && i < SHOWN_ITEMS; i++) {
        struct line line = {0};
        add_deadline(summary, &line, &deadlines[i]);
        fine = sheet_wrapped(&summary->sheet, &line, 0);
    }
    return fine && put_more(summary, count, SHOWN_ITEMS);
}

/* "284/BC-ĐKT   Báo cáo, 2020-11-30, Đoàn Kiểm tra" */
static bool put_references(struct summary *summary)
{
    size_t count = 0;
    const cchc_reference *references = cchc_document_references(summary->document, &count);
    bool fine = true;
    begin(summary, WORD_REFERENCES);
    for (size_t i = 0; fine && i < count && i < SHOWN_ITEMS; i++) {
        const cchc_reference *reference = &references[i];
        const char *const parts[] = {reference->type, reference->date, reference->issuer,
                                     reference->part};
        struct line line = {0};
        line_add(&line, reference->code);
        const char *separator = NULL;
        for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
            if (parts[k] == NULL)
                continue;
            if (separator == NULL)
                line_pad(&line, REFERENCE_COLUMN);
            line_add(&line, separator);
            line_add(&line, parts[k]);
            separator = ", ";
        }
        fine = sheet_cut(&summary->sheet, &line, 0);
    }
    return fine && put_more(summary, count, SHOWN_ITEMS);
}

/* -------------------------------------------------------------------------------- closing -- */

static bool put_recipients(struct summary *summary)
{
    size_t count = 0;
    const cchc_recipient *recipients = cchc_document_recipients(summary->document, &count);
    bool fine = true;
    begin(summary, WORD_RECIPIENTS);
    for (size_t i = 0; fine && i < count && i < SHOWN_ITEMS; i++) {
        struct line line = {0};
        add_text(&line, &recipients[i].text);
        if (recipients[i].purpose != NULL) {
            line_add(&line, " (");
            line_add(&line, recipients[i].purpose);
            line_add(&line, ")");
        }
        fine = sheet_cut(&summary->sheet, &line, 0);
    }
    return fine && put_more(summary, count, SHOWN_ITEMS);
}

/* "Lâm Minh Thành, CHỦ TỊCH (TM. ỦY BAN NHÂN DÂN)" */
static bool put_signer(struct summary *summary, enum word label, const cchc_signer *signer)
{
    struct line line = {0};
    add_text(&line, &signer->full_name);
    if (signer->position.data != NULL) {
        line_add(&line, line.length > 0 ? ", " : "");
        add_text(&line, &signer->position);
    }
    if (signer->competence.data != NULL) {
        line_add(&line, line.length > 0 ? " (" : "(");
        add_text(&line, &signer->competence);
        line_add(&line, ")");
    }
    begin(summary, label);
    return sheet_wrapped(&summary->sheet, &line, 0);
}

static bool put_signers(struct summary *summary)
{
    size_t count = 0;
    const cchc_signer *signer = cchc_document_signer(summary->document);
    const cchc_signer *cosigners = cchc_document_cosigners(summary->document, &count);
    bool fine = signer == NULL || put_signer(summary, WORD_SIGNER, signer);
    for (size_t i = 0; fine && i < count && i < SHOWN_ITEMS; i++)
        fine = put_signer(summary, WORD_COSIGNER, &cosigners[i]);
    return fine && put_more(summary, count, SHOWN_ITEMS);
}

static bool put_e_signatures(struct summary *summary)
{
    size_t count = 0;
    const cchc_e_signature *signatures = cchc_document_e_signatures(summary->document, &count);
    bool fine = true;
    begin(summary, WORD_E_SIGNATURE);
    for (size_t i = 0; fine && i < count && i < SHOWN_ITEMS; i++) {
        const cchc_e_signature *signature = &signatures[i];
        const char *const parts[] = {signature->signer, signature->agency, signature->time};
        struct line line = {0};
        for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
            line_add(&line, line.length > 0 && parts[k] != NULL ? ", " : "");
            line_add(&line, parts[k]);
        }
        fine = sheet_wrapped(&summary->sheet, &line, 0);
    }
    return fine && put_more(summary, count, SHOWN_ITEMS);
}

static bool put_closing(struct summary *summary)
{
    const cchc_archive *archive = cchc_document_archive(summary->document);
    size_t count = 0;
    const cchc_text *annexes = cchc_document_annexes(summary->document, &count);
    return put_recipients(summary) &&
           put_value(summary, WORD_ARCHIVE, archive != NULL ? &archive->text : NULL) &&
           put_signers(summary) && put_e_signatures(summary) &&
           put_values(summary, WORD_ANNEXES, annexes, count);
}

/* ------------------------------------------------------------------------------ diagnostics -- */

static bool put_encoding(struct summary *summary)
{
    const char *encoding = cchc_document_source(summary->document)->encoding;
    if (encoding == NULL || strcmp(encoding, "UTF-8") == 0)
        return true;
    struct line line = {0};
    line_add(&line, encoding);
    begin(summary, WORD_ENCODING);
    return sheet_wrapped(&summary->sheet, &line, 0);
}

/* One line a diagnostic, its sign telling how much it matters. What a file's trouble was in
 * particular stands in the message, which only the program itself knows. */
static bool put_diagnostics(struct summary *summary)
{
    static const char *const signs[] = {"\xC2\xB7 ", "! ", "\xE2\x9C\x97 "}; /* · ! ✗ */
    size_t count = 0;
    const cchc_diagnostic *diagnostics = cchc_document_diagnostics(summary->document, &count);
    bool fine = true;
    begin(summary, WORD_NOTES);
    for (size_t i = 0; fine && i < count && i < SHOWN_ITEMS; i++) {
        const cchc_diagnostic *diagnostic = &diagnostics[i];
        const char *words = NULL;
        if (summary->language == CCHC_VIETNAMESE)
            words = diagnostic_words(diagnostic->code);
        struct line line = {0};
        line_add(&line, signs[diagnostic->severity]);
        line_add(&line, words != NULL ? words : diagnostic->message);
        if (words != NULL && strncmp(diagnostic->code, "io-", 3) == 0) {
            line_add(&line, " (");
            line_add(&line, diagnostic->message);
            line_add(&line, ")");
        }
        fine = sheet_wrapped(&summary->sheet, &line, 0);
    }
    return fine && put_more(summary, count, SHOWN_ITEMS);
}

bool text_record(const struct style *style, const struct letter *letter, struct bytes *out)
{
    const cchc_document *document = letter->document;
    struct summary summary = {{out, style->bold, NULL}, style->language, document};
    bool unread = cchc_document_source(document)->encoding == NULL;
    if (!put_title(&summary, letter))
        return false;
    if (!unread && !(put_heading(&summary) && put_clauses(&summary) && put_deadlines(&summary) &&
                     put_references(&summary) && put_closing(&summary)))
        return false;
    return put_encoding(&summary) && put_diagnostics(&summary);
}
