/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "worker.h"

/* The record of a letter that could not be read. */
static cchc_status fail(struct worker *worker, struct slot *slot, const char *code,
                        const char *reason, size_t size)
{
    slot->outcome = OUTCOME_FAILED;
    slot->code = code;
    if (reason != slot->reason)
        (void)snprintf(slot->reason, sizeof slot->reason, "%s", reason);
    return cchc_parse_failed(worker->work->parser, code, slot->reason, size, &worker->document);
}

/* Brings the bytes of the letter into the slot. */
static struct reading read_input(const struct work *work, struct slot *slot)
{
    if (slot->kind == ITEM_FILE)
        return read_file(slot_name(slot), work->max_bytes, slot->named, &slot->input);
    if (slot->kind == ITEM_STANDARD_INPUT)
        return read_file(NULL, work->max_bytes, true, &slot->input);
    enum read_result result = slot->input.length > work->max_bytes ? READ_TOO_LONG : READ_DONE;
    return (struct reading){result, 0, slot->size, WRITTEN_NOT};
}

/* The letter, or the part of the input that is the one at hand. */
static cchc_status parse(struct worker *worker, struct slot *slot, const struct reading *reading,
                         const cchc_part *part)
{
    char words[REASON_SIZE];
    const char *trouble = reading_trouble(reading, words);
    if (reading->result == READ_NOT_OPENED || reading->result == READ_NOT_REGULAR)
        return fail(worker, slot, "io-open", trouble, SIZE_MAX);
    if (reading->result == READ_BROKEN)
        return fail(worker, slot, "io-read", trouble, reading->size);
    const char *refusal = refusal_of(&slot->input);
    if (refusal != NULL)
        return fail(worker, slot, "io-binary", refusal, reading->size);
    cchc_status status = CCHC_LIMIT;
    if (reading->result == READ_DONE)
        status = cchc_parse_part(worker->work->parser, slot->input.data, slot->input.length, part,
                                 &worker->document);
    if (status == CCHC_LIMIT)
        return fail(worker, slot, "io-limit",
                    trouble != NULL ? trouble : cchc_status_message(status), reading->size);
    if (status != CCHC_OK)
        return fail(worker, slot, "io-read", cchc_status_message(status), reading->size);
    slot->outcome = OUTCOME_READ;
    return status;
}

/* What the report wants to know of a letter. */
static void take_notes(struct worker *worker, struct slot *slot)
{
    if (slot->diagnostics != NULL) {
        size_t count = 0;
        const cchc_diagnostic *diagnostics = cchc_document_diagnostics(worker->document, &count);
        for (size_t i = 0; i < count; i++) {
            size_t kind = report_kind_of(diagnostics[i].code);
            if (kind < worker->work->kinds)
                slot->diagnostics[kind]++;
        }
    }
    struct identity identity;
    if (worker->work->identities &&
        identity_of(worker->work->parser, worker->document, &worker->words, &identity))
        (void)bytes_add(&slot->identities, &identity,
                        sizeof identity); /* else it is not compared */
}

/* The line of the input that the letter at hand begins on. Parts come in order, so that each line's
 * end is counted once. */
static size_t line_of(struct worker *worker, const struct slot *slot)
{
    const cchc_source *source = cchc_document_source(worker->document);
    const unsigned char *bytes = slot->input.data;
    bool wide = source->encoding != NULL && strncmp(source->encoding, "UTF-16", 6) == 0;
    size_t low = wide && strcmp(source->encoding, "UTF-16BE") == 0; /* of a unit's two bytes */
    if (worker->work->style.lint == NULL || source->part <= 1) {
        worker->lines = worker->counted = 0;
        return 0;
    }
    for (size_t at = worker->counted; at < source->range.begin; at++)
        worker->lines +=
            bytes[at] == '\n' &&
            (!wide || (at % 2 == low && (low == 1 ? bytes[at - 1] : bytes[at + 1]) == 0));
    worker->counted = source->range.begin;
    return worker->lines;
}

/* Adds the record of the letter at hand to the piece. An input of several letters has them all in
 * its piece, in order. */
static bool render(struct worker *worker, struct slot *slot)
{
    const struct work *work = worker->work;
    bool read = slot->outcome == OUTCOME_READ;
    size_t before = slot->piece.length;
    const struct letter letter = {.document = worker->document,
                                  .name = slot_name(slot),
                                  .name_length = slot->name.length,
                                  .bytes = read ? slot->input.data : NULL,
                                  .length = read ? slot->input.length : 0,
                                  .line = read ? line_of(worker, slot) : 0,
                                  .severity = &slot->severity,
                                  .notes = &slot->notes};
    if (slot->letters > 0 && before > 0 && !work->format->between(&work->style, &slot->piece))
        return false;
    slot->letters++;
    take_notes(worker, slot);
    size_t begin = slot->piece.length;
    bool fine = work->format->letter(&work->style, &letter, &slot->piece);
    if (slot->piece.length == begin) /* a letter of which nothing is said */
        slot->piece.length = before;
    return fine;
}

/* Where the letters of the input are, in worker->parts. */
static cchc_status find_parts(struct worker *worker, const struct slot *slot,
                              const struct reading *reading, size_t *count)
{
    const struct work *work = worker->work;
    bool split = work->split && reading->result == READ_DONE && refusal_of(&slot->input) == NULL;
    *count = 1;
    for (;;) {
        if (worker->part_room < *count) {
            cchc_part *parts = realloc(worker->parts, *count * sizeof *parts);
            if (parts == NULL)
                return CCHC_NOMEM;
            worker->parts = parts;
            worker->part_room = *count;
        }
        worker->parts[0] = (cchc_part){0, {0, slot->input.length}};
        if (!split)
            return CCHC_OK;
        cchc_status status = cchc_split(work->parser, slot->input.data, slot->input.length,
                                        worker->parts, worker->part_room, count);
        if (status == CCHC_LIMIT) /* told when it is parsed */
            *count = 1;
        if (status != CCHC_OK || *count <= worker->part_room)
            return status == CCHC_LIMIT ? CCHC_OK : status;
    }
}

/* All letters of an input that was read, or the word about one that was not. */
static cchc_status render_parts(struct worker *worker, struct slot *slot,
                                const struct reading *reading)
{
    size_t count = 1;
    cchc_status status = find_parts(worker, slot, reading, &count);
    for (size_t i = 0; i < count && status == CCHC_OK; i++) {
        status = parse(worker, slot, reading, &worker->parts[i]);
        if (status == CCHC_OK && !render(worker, slot))
            status = CCHC_NOMEM;
        if (slot->outcome != OUTCOME_READ)
            break;
    }
    return status;
}

/* An input with its letters in a file of its own, or in the one text of all. */
static cchc_status render_file(struct worker *worker, struct slot *slot,
                               const struct reading *reading)
{
    const struct work *work = worker->work;
    if (work->outdir != NULL && !work->format->begin(&work->style, &slot->piece))
        return CCHC_NOMEM;
    cchc_status status = CCHC_OK;
    if (reading != NULL) {
        status = render_parts(worker, slot, reading);
    } else {
        status = fail(worker, slot, slot->code, slot->reason, slot->size);
        if (status == CCHC_OK && !render(worker, slot))
            status = CCHC_NOMEM;
    }
    if (status == CCHC_OK && work->outdir != NULL &&
        !work->format->end(&work->style, true, &slot->piece))
        status = CCHC_NOMEM;
    return status;
}

/* Is there a finished record of this very input already? */
static bool is_kept(const struct work *work, struct slot *slot)
{
    if (!slot_is_journalled(slot))
        return false;
    slot->hash = journal_hash(slot->input.data, slot->input.length);
    if (!journal_find(work->journal, slot_name(slot), slot->hash, &slot->line, &slot->entry))
        return false;
    if (work->outdir != NULL && !outdir_has(work->outdir, slot_name(slot), slot->entry.length))
        return false;
    slot->letters = (size_t)slot->entry.letters;
    report_read_identities(slot->entry.identities, &slot->identities);
    report_read_kinds(slot->entry.diagnostics, slot->diagnostics);
    return true;
}

/* An input that is an output too: what is in it is passed over, or spared. */
static void pass_over(struct slot *slot, const struct reading *reading)
{
    slot->outcome = reading->written == WRITTEN_OVER ? OUTCOME_SPARED : OUTCOME_TROUBLE;
    slot->lost = slot->named;
    (void)snprintf(slot->reason, sizeof slot->reason, "%s", reading_trouble(reading, NULL));
}

void worker_do(struct worker *worker, struct slot *slot)
{
    const struct work *work = worker->work;
    if (slot->kind == ITEM_TROUBLE) {
        slot->outcome = OUTCOME_TROUBLE;
        return;
    }
    cchc_status status;
    if (slot->kind == ITEM_FAILED) {
        status = render_file(worker, slot, NULL);
    } else {
        struct reading reading = read_input(work, slot);
        if (reading.result == READ_INTERRUPTED) {
            slot->outcome = OUTCOME_DROPPED;
            return;
        }
        if (reading.result == READ_WRITTEN) {
            pass_over(slot, &reading);
            return;
        }
        if (reading.result == READ_DONE && work->journal != NULL && is_kept(work, slot)) {
            slot->outcome = OUTCOME_KEPT;
            return;
        }
        status = render_file(worker, slot, &reading);
    }
    if (status != CCHC_OK) {
        slot->outcome = OUTCOME_NO_RECORD;
        (void)snprintf(slot->reason, sizeof slot->reason, "%s", cchc_status_message(status));
    } else if (work->outdir != NULL && slot->piece.length > 0) {
        slot->error = outdir_stage(work->outdir, slot->index, &slot->piece);
        if (slot->error != 0)
            slot->outcome = OUTCOME_NOT_WRITTEN;
    }
    if (slot->input.length > BYTES_KEPT) { /* the document of a long letter is longer still */
        cchc_document_free(worker->document);
        worker->document = NULL;
    }
}

void worker_free(struct worker *worker)
{
    cchc_document_free(worker->document);
    bytes_free(&worker->words);
    free(worker->parts);
    *worker = (struct worker){.work = worker->work};
}
