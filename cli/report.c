/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "again.h"
#include "hash.h"
#include "json_text.h"
#include "messages.h"
#include "outputs.h"
#include "report.h"

size_t report_kinds(void)
{
    size_t count = 0;
    while (cchc_diagnostic_kind_at(count) != NULL)
        count++;
    return count;
}

size_t report_kind_of(const char *code)
{
    size_t kind = 0;
    const cchc_diagnostic_kind *row = NULL;
    while ((row = cchc_diagnostic_kind_at(kind)) != NULL && strcmp(row->code, code) != 0)
        kind++;
    return kind;
}

bool report_list_kinds(const uint32_t *counts, struct bytes *out)
{
    const cchc_diagnostic_kind *row = NULL;
    bool fine = true;
    for (size_t i = 0; counts != NULL && fine && (row = cchc_diagnostic_kind_at(i)) != NULL; i++) {
        char words[96];
        if (counts[i] == 0)
            continue;
        (void)snprintf(words, sizeof words, "%s%s=%" PRIu32, out->length > 0 ? "," : "", row->code,
                       counts[i]);
        fine = bytes_add_text(out, words);
    }
    return fine && bytes_add(out, "", 1);
}

void report_read_kinds(const char *list, uint32_t *counts)
{
    while (counts != NULL && *list != '\0') {
        char code[64];
        size_t length = strcspn(list, "=");
        if (length >= sizeof code || list[length] != '=')
            return;
        memcpy(code, list, length);
        code[length] = '\0';
        char *end = NULL;
        unsigned long count = strtoul(list + length + 1, &end, 10);
        size_t kind = report_kind_of(code);
        if (cchc_diagnostic_kind_at(kind) != NULL)
            counts[kind] = (uint32_t)count;
        list = *end == ',' ? end + 1 : end;
        if (*end != ',')
            return;
    }
}

/* ---------------------------------------------------------------------------- taking letters -- */

/* A row of the table of identities; one whose place is used has a hash that is not 0. */
struct known_letter {
    struct hash hash;
    struct letter_place first; /* the first letter that has it */
};

static bool is_free(const struct known_letter *row)
{
    return (row->hash.high | row->hash.low) == 0;
}

bool report_init(struct report *report)
{
    *report = (struct report){.kinds = report_kinds()};
    report->diagnostics = calloc(report->kinds + 1, sizeof *report->diagnostics);
    report->failures = calloc(LISTED_MAX, sizeof *report->failures);
    report->same = calloc(LISTED_MAX, sizeof *report->same);
    return report->diagnostics != NULL && report->failures != NULL && report->same != NULL;
}

void report_free(struct report *report)
{
    for (size_t i = 0; i < report->failure_count; i++) {
        free(report->failures[i].name);
        free(report->failures[i].reason);
    }
    free(report->diagnostics);
    free(report->failures);
    free(report->identities);
    free(report->same);
    bytes_free(&report->names);
}

static bool list_failure(struct report *report, const struct slot *slot)
{
    if (report->failure_count == LISTED_MAX)
        return true;
    struct failure *failure = &report->failures[report->failure_count++];
    failure->name = strdup(slot_name(slot));
    failure->reason = strdup(slot->reason);
    failure->code = slot->outcome == OUTCOME_FAILED ? slot->code : NULL;
    return failure->name != NULL && failure->reason != NULL;
}

static struct known_letter *row_of(const struct report *report, struct hash hash)
{
    size_t at = (size_t)hash.low & (report->identity_capacity - 1);
    struct known_letter *rows = report->identities;
    while (!is_free(&rows[at]) &&
           (rows[at].hash.low != hash.low || rows[at].hash.high != hash.high))
        at = (at + 1) & (report->identity_capacity - 1);
    return &rows[at];
}

/* Keeps half of the rows free. */
static bool make_room(struct report *report)
{
    if (report->identity_count < report->identity_capacity / 2)
        return true;
    struct report old = *report;
    report->identity_capacity = old.identity_capacity == 0 ? 1024 : old.identity_capacity * 2;
    report->identities = calloc(report->identity_capacity, sizeof *report->identities);
    if (report->identities == NULL) {
        report->identities = old.identities;
        report->identity_capacity = old.identity_capacity;
        return false;
    }
    for (size_t i = 0; i < old.identity_capacity; i++)
        if (!is_free(&old.identities[i]))
            *row_of(report, old.identities[i].hash) = old.identities[i];
    free(old.identities);
    return true;
}

/* Keeps the name of an input, once for all its letters; false where there is no room for it. */
static bool keep_name(struct report *report, const struct slot *slot, uint32_t *place)
{
    if (*place != UINT32_MAX)
        return true;
    if (slot->name.length >= IDENTITY_NAMES_MAX - report->names.length)
        return false;
    uint32_t end = (uint32_t)report->names.length;
    if (!bytes_add(&report->names, slot->name.data, slot->name.length) ||
        !bytes_add(&report->names, "", 1))
        return false;
    *place = end;
    return true;
}

static void compare_letter(struct report *report, const struct slot *slot,
                           const struct identity *identity, uint32_t *name)
{
    if (!make_room(report)) {
        report->identities_full = true;
        return;
    }
    struct known_letter *row = row_of(report, identity->hash);
    if (!is_free(row)) {
        if (report->same_count < LISTED_MAX && keep_name(report, slot, name))
            report->same[report->same_count] =
                (struct same_letters){{*name, identity->part}, row->first};
        report->same_count++;
    } else if (report->identity_count < IDENTITIES_MAX && keep_name(report, slot, name)) {
        *row = (struct known_letter){identity->hash, {*name, identity->part}};
        report->identity_count++;
    } else {
        report->identities_full = true;
    }
}

static void compare(struct report *report, const struct slot *slot)
{
    uint32_t name = UINT32_MAX;
    for (size_t at = 0; at + sizeof(struct identity) <= slot->identities.length;
         at += sizeof(struct identity)) {
        struct identity identity;
        memcpy(&identity, slot->identities.data + at, sizeof identity);
        compare_letter(report, slot, &identity, &name);
    }
}

bool report_take(struct report *report, const struct slot *slot)
{
    switch (slot->outcome) {
    case OUTCOME_READ: report->read++; break;
    case OUTCOME_KEPT: report->kept++; break;
    case OUTCOME_FAILED: report->failed++; break;
    case OUTCOME_TROUBLE:
        report->lost += slot->lost;
        return !slot->lost || list_failure(report, slot);
    case OUTCOME_DROPPED:
    case OUTCOME_NO_RECORD:
    case OUTCOME_SPARED:
    case OUTCOME_NOT_WRITTEN: return true;
    }
    report->letters += slot->letters;
    for (size_t i = 0; slot->diagnostics != NULL && i < report->kinds; i++)
        report->diagnostics[i] += slot->diagnostics[i];
    compare(report, slot);
    return slot->outcome != OUTCOME_FAILED || list_failure(report, slot);
}

/* ------------------------------------------------------------------------------- the summary -- */

static size_t listed(size_t count, size_t limit)
{
    return count < limit ? count : limit;
}

/* "LETTER: FIRST", with the parts where an input has several. */
static void tell_pair(const char *names, const struct same_letters *same)
{
    const char *letter = names + same->letter.name, *first = names + same->first.name;
    char words[1024], before[32] = "", behind[32] = "";
    if (same->letter.part > 0)
        (void)snprintf(before, sizeof before, "letter %" PRIu32 ": ", same->letter.part);
    if (same->first.part > 0)
        (void)snprintf(behind, sizeof behind, ", letter %" PRIu32, same->first.part);
    (void)snprintf(words, sizeof words, "%s%s%s", before, first, behind);
    complain_of(letter, words);
}

static void tell_same(const struct report *report)
{
    const char *names = (const char *)report->names.data;
    if (report->same_count > 0)
        complain(report->same_count == 1
                     ? "%zu letter has the number, notation, agency and year of one before it:"
                     : "%zu letters have the number, notation, agency and year of one before them:",
                 report->same_count);
    size_t shown = listed(report->same_count, SUMMARY_LISTED_MAX);
    for (size_t i = 0; i < shown; i++)
        tell_pair(names, &report->same[i]);
    if (shown < report->same_count)
        complain("... and %zu more", report->same_count - shown);
    if (report->identities_full)
        complain("only the first %zu numbers were compared", report->identity_count);
}

void report_tell(const struct report *report, const struct ending *ending)
{
    size_t inputs = report->read + report->failed + report->kept;
    double rate = ending->seconds > 0.0 ? (double)inputs / ending->seconds : 0.0;
    complain("%s: %zu letter%s in %.1f s (%.0f a second): %zu read, %zu failed, %zu kept from an "
             "earlier run",
             ending->status, inputs, inputs == 1 ? "" : "s", ending->seconds, rate, report->read,
             report->failed, report->kept);
    if (report->lost > 0)
        complain("%zu folders, lists or archives could not be read", report->lost);
    for (size_t i = 0; i < report->kinds; i++)
        if (report->diagnostics[i] > 0)
            complain("%8" PRIu64 " %s", report->diagnostics[i], cchc_diagnostic_kind_at(i)->code);
    tell_same(report);
}

/* --------------------------------------------------------------------------- the JSON object -- */

static bool add_counts(const struct report *report, struct bytes *out)
{
    bool fine = bytes_add_text(out, "{"), any = false;
    for (size_t i = 0; fine && i < report->kinds; i++) {
        char words[128];
        if (report->diagnostics[i] == 0)
            continue;
        (void)snprintf(words, sizeof words, "%s\"%s\": %" PRIu64, any ? ", " : "",
                       cchc_diagnostic_kind_at(i)->code, report->diagnostics[i]);
        fine = bytes_add_text(out, words);
        any = true;
    }
    return fine && bytes_add_text(out, "}");
}

static bool add_failures(const struct report *report, struct bytes *out)
{
    bool fine = bytes_add_text(out, "[");
    for (size_t i = 0; fine && i < report->failure_count; i++) {
        const struct failure *failure = &report->failures[i];
        fine = bytes_add_text(out, i > 0 ? ",\n    {\"name\": " : "\n    {\"name\": ") &&
               json_add_string(out, failure->name) && bytes_add_text(out, ", \"code\": ") &&
               (failure->code != NULL ? json_add_string(out, failure->code)
                                      : bytes_add_text(out, "null")) &&
               bytes_add_text(out, ", \"message\": ") && json_add_string(out, failure->reason) &&
               bytes_add_text(out, "}");
    }
    return fine && bytes_add_text(out, "]");
}

/* The members NAME and PART of a letter. */
static bool add_letter(struct bytes *out, const char *name, const char *part, const char *names,
                       struct letter_place letter)
{
    char number[32] = "null";
    if (letter.part > 0)
        (void)snprintf(number, sizeof number, "%" PRIu32, letter.part);
    return bytes_add_text(out, name) && json_add_string(out, names + letter.name) &&
           bytes_add_text(out, part) && bytes_add_text(out, number);
}

static bool add_same(const struct report *report, struct bytes *out)
{
    const char *names = (const char *)report->names.data;
    bool fine = bytes_add_text(out, "[");
    for (size_t i = 0; fine && i < listed(report->same_count, LISTED_MAX); i++)
        fine =
            bytes_add_text(out, i > 0 ? ",\n    {" : "\n    {") &&
            add_letter(out, "\"name\": ", ", \"part\": ", names, report->same[i].letter) &&
            add_letter(out, ", \"first\": ", ", \"first_part\": ", names, report->same[i].first) &&
            bytes_add_text(out, "}");
    return fine && bytes_add_text(out, "]");
}

/* What every report begins with, of whatever version. */
static const char schema[] = "{\n  \"schema\": \"cchcparse-report/";

static bool is_report(const char *path)
{
    char head[sizeof schema - 1];
    int descriptor = open_again(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    bool older = descriptor >= 0 &&
                 read_again(descriptor, head, sizeof head) == (ssize_t)sizeof head &&
                 memcmp(head, schema, sizeof head) == 0;
    if (descriptor >= 0)
        (void)close(descriptor);
    return older;
}

const char *report_refusal(const char *path, bool force)
{
    struct stat named, status;
    if (lstat(path, &named) != 0)
        return NULL;
    if (stat(path, &status) != 0)
        return strerror(errno);
    if (S_ISDIR(status.st_mode))
        return strerror(EISDIR);
    bool older = !S_ISREG(status.st_mode) || status.st_size == 0 || is_report(path);
    outputs_add(&status, older ? WRITTEN_ANEW : WRITTEN_OVER);
    if (older || outputs_are_standard(&status))
        return NULL;
    if (!S_ISREG(named.st_mode)) /* what is behind a link is added to, and not replaced */
        return "leads to what is no report of this program";
    return force ? NULL : "is there already, and no report of this program: --force overwrites it";
}

bool report_write(const struct report *report, const struct ending *ending, struct bytes *out)
{
    char head[512], tail[128];
    (void)snprintf(head, sizeof head,
                   "%s1\",\n  \"program\": \"%s\",\n"
                   "  \"status\": \"%s\",\n  \"exit_status\": %d,\n  \"seconds\": %.3f,\n"
                   "  \"inputs\": {\"read\": %zu, \"failed\": %zu, \"kept\": %zu},\n"
                   "  \"records\": %zu,\n  \"unread_sources\": %zu,\n  \"diagnostics\": ",
                   schema, cchc_version(), ending->status, ending->exit_status, ending->seconds,
                   report->read, report->failed, report->kept, report->letters, report->lost);
    (void)snprintf(tail, sizeof tail, ",\n  \"same_letters_compared\": %s\n}\n",
                   report->identities_full ? "false" : "true");
    char count[64];
    (void)snprintf(count, sizeof count,
                   ",\n  \"same_letter_count\": %zu,\n  \"same_letters\": ", report->same_count);
    return bytes_add_text(out, head) && add_counts(report, out) &&
           bytes_add_text(out, ",\n  \"notes\": {") &&
           (report->notes == NULL || notes_write(report->notes, out)) &&
           bytes_add_text(out, "},\n  \"failures\": ") && add_failures(report, out) &&
           bytes_add_text(out, count) && add_same(report, out) && bytes_add_text(out, tail);
}

/* ------------------------------------------------------------------------------ same letters -- */

/* Adds the comparison key of a text, and a line end. */
static bool add_key(const cchc_parser *parser, struct bytes *words, const char *text, size_t length)
{
    size_t needed = 0;
    /* A key may be longer than its text, by what decomposes. */
    if (!bytes_reserve(words, words->length + length * 2 + 64) ||
        cchc_fold(parser, text, length, (char *)words->data + words->length,
                  words->capacity - words->length, &needed) != CCHC_OK ||
        needed >= words->capacity - words->length)
        return false;
    words->length += needed;
    return bytes_add_text(words, "\n");
}

bool identity_of(const cchc_parser *parser, const cchc_document *document, struct bytes *words,
                 struct identity *identity)
{
    const cchc_code *code = cchc_document_code(document);
    const cchc_agency *agency = cchc_document_agency(document);
    const cchc_promulgation *promulgation = cchc_document_promulgation(document);
    if (code == NULL || code->number == NULL || code->notation == NULL || agency == NULL ||
        agency->name.data == NULL || promulgation == NULL || promulgation->iso == NULL)
        return false;
    const char *number = code->number + strspn(code->number, "0"); /* 05 is 5 */
    words->length = 0;
    if (!bytes_add(words, promulgation->iso, strcspn(promulgation->iso, "-")) ||
        !bytes_add_text(words, "\n") || !bytes_add_text(words, number) ||
        !bytes_add_text(words, "\n") ||
        !add_key(parser, words, code->notation, strlen(code->notation)) ||
        !add_key(parser, words, agency->name.data, agency->name.length) ||
        (agency->parent.data != NULL &&
         !add_key(parser, words, agency->parent.data, agency->parent.length)))
        return false;
    *identity = (struct identity){hash_words_128(words->data, words->length),
                                  (uint32_t)cchc_document_source(document)->part};
    return true;
}

bool report_list_identities(const struct bytes *identities, struct bytes *out)
{
    bool fine = true;
    for (size_t at = 0; fine && at + sizeof(struct identity) <= identities->length;
         at += sizeof(struct identity)) {
        struct identity identity;
        char words[64];
        memcpy(&identity, identities->data + at, sizeof identity);
        (void)snprintf(words, sizeof words, "%s%" PRIu32 ":%016" PRIx64 "%016" PRIx64,
                       at > 0 ? "," : "", identity.part, identity.hash.high, identity.hash.low);
        fine = bytes_add_text(out, words);
    }
    return fine && bytes_add(out, "", 1);
}

/* Sixteen digits of a list; false: they are not there. */
static bool read_half(const char **list, uint64_t *half)
{
    char digits[17] = "";
    size_t length = strspn(*list, "0123456789abcdef");
    if (length < 16)
        return false;
    memcpy(digits, *list, 16);
    *half = strtoull(digits, NULL, 16);
    *list += 16;
    return true;
}

void report_read_identities(const char *list, struct bytes *identities)
{
    for (; *list >= '0' && *list <= '9'; list += *list == ',') {
        struct identity identity;
        char *end = NULL;
        identity.part = (uint32_t)strtoul(list, &end, 10);
        list = end + 1;
        if (*end != ':' || !read_half(&list, &identity.hash.high) ||
            !read_half(&list, &identity.hash.low) ||
            !bytes_add(identities, &identity, sizeof identity))
            return;
    }
}
