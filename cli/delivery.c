/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "delivery.h"
#include "finisher.h"
#include "messages.h"
#include "progress.h"
#include "report.h"

bool delivery_no_memory(struct delivery *delivery)
{
    complain("%s", cchc_status_message(CCHC_NOMEM));
    delivery->no_record = true;
    return false;
}

bool delivery_file_failed(struct delivery *delivery, const struct outfile *file)
{
    if (!delivery->not_written)
        complain_of(file->path != NULL ? file->path : delivery->options->output,
                    file->output.error == EBUSY ? "another run is writing it"
                                                : strerror(file->output.error));
    delivery->not_written = true;
    return false;
}

bool delivery_journal_failed(struct delivery *delivery)
{
    delivery->not_written = true; /* the journal has said why */
    return false;
}

/* --------------------------------------------------------------------------------- the records -- */

/* Standard output tells of its error when the program ends (main.c). */
static bool stream_fine(struct delivery *delivery, bool fine)
{
    delivery->not_written = delivery->not_written || !fine;
    return fine;
}

static bool flush_stream(struct delivery *delivery)
{
    return delivery->stream == NULL || stream_fine(delivery, output_flush(delivery->stream));
}

bool delivery_add(struct delivery *delivery, const struct bytes *bytes)
{
    if (delivery->file != NULL)
        return outfile_add(delivery->file, bytes) || delivery_file_failed(delivery, delivery->file);
    delivery->pieces_size += bytes->length;
    return stream_fine(delivery,
                       output_bytes(delivery->stream, (const char *)bytes->data, bytes->length));
}

bool delivery_begin(struct delivery *delivery)
{
    delivery->buffer.length = 0;
    if (delivery->outdir != NULL)
        return true;
    if (!delivery->format->begin(&delivery->style, &delivery->buffer))
        return delivery_no_memory(delivery);
    return delivery_add(delivery, &delivery->buffer);
}

static bool add_between(struct delivery *delivery)
{
    delivery->buffer.length = 0;
    if (delivery->pieces++ == 0)
        return true;
    if (delivery->format->kind == CCHC_FORMAT_SINGLE) {
        complain("--format %s is one letter a file: it wants --output-dir DIR",
                 delivery->format->name);
        delivery->not_written = true;
        return false;
    }
    if (!delivery->format->between(&delivery->style, &delivery->buffer))
        return delivery_no_memory(delivery);
    return delivery_add(delivery, &delivery->buffer);
}

/* The line of the journal for a letter whose record is new. */
static bool add_line(struct delivery *delivery, struct journal *journal, const struct slot *slot,
                     uint64_t offset)
{
    delivery->buffer.length = 0;
    if (!report_list_kinds(slot->diagnostics, &delivery->buffer))
        return delivery_no_memory(delivery);
    size_t identities = delivery->buffer.length; /* behind the closing NUL */
    if (!report_list_identities(&slot->identities, &delivery->buffer))
        return delivery_no_memory(delivery);
    const struct journal_entry entry = {.name = slot_name(slot),
                                        .read = slot->outcome == OUTCOME_READ,
                                        .hash = slot->hash,
                                        .offset = offset,
                                        .length = slot->piece.length,
                                        .letters = slot->letters,
                                        .identities =
                                            (const char *)delivery->buffer.data + identities,
                                        .diagnostics = (const char *)delivery->buffer.data};
    return journal_add(journal, &entry) || delivery_journal_failed(delivery);
}

static bool write_new(struct delivery *delivery, const struct slot *slot)
{
    uint64_t offset = 0;
    bool said = slot->piece.length > 0; /* else it has no file, and nothing stands between */
    if (said && delivery->outdir != NULL) {
        bool fatal = false;
        const char *reason = outdir_place(delivery->outdir, slot->index, slot_name(slot), &fatal);
        if (reason != NULL) {
            complain_of(slot_name(slot), reason);
            delivery->not_written = true;
            return !fatal;
        }
    } else if (said) {
        if (!add_between(delivery))
            return false;
        offset = delivery->file != NULL ? delivery->file->size : delivery->pieces_size;
        if (!delivery_add(delivery, &slot->piece))
            return false;
    } else if (delivery->outdir != NULL) {
        outdir_drop(delivery->outdir, slot_name(slot));
    }
    if (delivery->journal == NULL || !slot_is_journalled(slot))
        return true;
    delivery->uncommitted++;
    if (delivery->log == NULL)
        return add_line(delivery, delivery->journal, slot, offset);
    uint64_t log_offset = delivery->log->size;
    if (!outfile_add(delivery->log, &slot->piece))
        return delivery_file_failed(delivery, delivery->log);
    return add_line(delivery, delivery->journal, slot, log_offset) &&
           add_line(delivery, delivery->next, slot, offset);
}

/* A letter of an earlier run: its record is copied out of the log, or is in its place. */
static bool write_kept(struct delivery *delivery, const struct slot *slot)
{
    delivery->kept++;
    if (delivery->outdir != NULL)
        return true;
    struct journal_entry entry = slot->entry;
    if (!add_between(delivery))
        return false;
    uint64_t offset = delivery->file->size;
    if (!outfile_copy(delivery->file, delivery->log->output.descriptor, entry.offset, entry.length))
        return delivery_file_failed(delivery, delivery->file);
    entry.offset = offset;
    return journal_add(delivery->next, &entry) || delivery_journal_failed(delivery);
}

/* Makes lasting what was delivered up to here. */
static bool commit(struct delivery *delivery)
{
    delivery->committed_at = seconds_now();
    delivery->uncommitted = 0;
    if (delivery->journal == NULL)
        return true;
    struct outfile *file = delivery->log != NULL ? delivery->log : delivery->file;
    if (file != NULL && !outfile_sync(file))
        return delivery_file_failed(delivery, file);
    if (delivery->outdir != NULL && !outdir_sync(delivery->outdir)) {
        complain_of(delivery->options->output_dir, strerror(errno));
        delivery->not_written = true;
        return false;
    }
    if (!flush_stream(delivery))
        return false;
    if (!journal_commit(delivery->journal))
        return delivery_journal_failed(delivery);
    if (delivery->outdir != NULL)
        outdir_committed(delivery->outdir);
    return true;
}

bool delivery_tick(struct delivery *delivery)
{
    if (delivery->uncommitted == 0)
        return true;
    return (delivery->uncommitted < COMMIT_LETTERS &&
            seconds_now() < delivery->committed_at + COMMIT_SECONDS) ||
           commit(delivery);
}

bool delivery_pause(struct delivery *delivery)
{
    return flush_stream(delivery) && delivery_tick(delivery);
}

/* Whether this run goes on where one with --output-dir was broken off. */
static bool goes_on_in_files(const struct delivery *delivery)
{
    return delivery->outdir != NULL && delivery->journal != NULL &&
           delivery->journal->names.count > 0 && !delivery->journal->complete;
}

/* A record of the run that was broken off whose letter has vanished since, or has another name: a
 * run that was not would not have it. */
static void drop_vanished(const struct journal_entry *entry, void *context)
{
    const struct delivery *delivery = context;
    if (!seen_has(&delivery->now, hash_words(entry->name, strlen(entry->name))) &&
        access(entry->name, F_OK) != 0 && errno == ENOENT)
        outdir_remove(delivery->outdir, entry->name, entry->length);
}

bool delivery_take(struct delivery *delivery, const struct slot *slot)
{
    bool fine = true;
    switch (slot->outcome) {
    case OUTCOME_DROPPED: return true;
    case OUTCOME_TROUBLE:
        complain_of(slot_name(slot), slot->reason);
        delivery->unread += slot->lost;
        return true;
    case OUTCOME_NO_RECORD:
        complain_of(slot_name(slot), slot->reason);
        delivery->no_record = true;
        return false;
    case OUTCOME_SPARED:
        complain_of(slot_name(slot), slot->reason);
        delivery->not_written = delivery->spared = true;
        return false;
    case OUTCOME_NOT_WRITTEN:
        complain_of(delivery->options->output_dir, strerror(slot->error));
        delivery->not_written = true;
        return false;
    case OUTCOME_KEPT: fine = write_kept(delivery, slot); break;
    case OUTCOME_FAILED:
        complain_of(slot_name(slot), slot->reason);
        delivery->unread++;
        fine = write_new(delivery, slot);
        break;
    case OUTCOME_READ: fine = write_new(delivery, slot); break;
    }
    delivery->delivered++;
    if (goes_on_in_files(delivery) &&
        seen_add(&delivery->now, hash_words(slot_name(slot), slot->name.length)) == SEEN_FULL)
        return delivery_no_memory(delivery);
    if (delivery->stream != NULL && delivery->stream->terminal)
        fine = fine && flush_stream(delivery);
    return fine && delivery_tick(delivery);
}

/* ------------------------------------------------------------------------------------- the end -- */

/* The file gets its name. Once the journal says that the batch is complete, the next run finds its
 * records under either name. */
static bool finish_file(struct delivery *delivery)
{
    const struct options *options = delivery->options;
    struct journal *journal = delivery->next != NULL ? delivery->next : delivery->journal;
    struct outfile *file = delivery->file;
    if (!outfile_sync(file))
        return delivery_file_failed(delivery, file);
    if (journal != NULL && !journal_complete(journal, file->size, delivery->replaced))
        return delivery_journal_failed(delivery);
    if (delivery->next != NULL) {
        if (!finisher_name(delivery->next_path, options->journal, true)) {
            complain_of(options->journal, strerror(errno));
            return delivery_journal_failed(delivery);
        }
        (void)finisher_sync(options->journal);
        journal_close(delivery->next);
        outfile_close(delivery->log, true);
        free(delivery->log);
        delivery->log = NULL; /* the file is what the journal tells of now */
    }
    if (!outfile_rename(file, options->output, options->force || delivery->may_replace))
        return delivery_file_failed(delivery, file);
    if (!finisher_sync(options->output)) {
        complain_of(options->output, strerror(errno));
        delivery->not_written = true;
    }
    return !delivery->not_written;
}

bool delivery_end(struct delivery *delivery)
{
    delivery->buffer.length = 0;
    if (delivery->outdir == NULL) {
        if (!delivery->format->end(&delivery->style, delivery->pieces > 0, &delivery->buffer))
            return delivery_no_memory(delivery);
        if (!delivery_add(delivery, &delivery->buffer))
            return false;
    }
    if (!commit(delivery))
        return false;
    if (delivery->file != NULL)
        return finish_file(delivery);
    delivery->whole = true;
    if (goes_on_in_files(delivery) && !journal_each(delivery->journal, drop_vanished, delivery))
        return delivery_journal_failed(delivery);
    if (delivery->journal != NULL && !journal_complete(delivery->journal, 0, 0))
        return delivery_journal_failed(delivery);
    return flush_stream(delivery);
}

bool delivery_break_off(struct delivery *delivery)
{
    (void)commit(delivery); /* what cannot be is not in the journal either */
    return delivery->journal != NULL && delivery->stream == NULL;
}

void delivery_close(struct delivery *delivery)
{
    bool lasting = delivery->journal != NULL;
    if (delivery->file != NULL) /* without a journal nobody could go on with what is there */
        outfile_close(delivery->file, !lasting || delivery->log != NULL);
    if (delivery->log != NULL)
        outfile_close(delivery->log, false);
    if (delivery->outdir != NULL)
        outdir_close(delivery->outdir, delivery->whole);
    if (delivery->next != NULL) {
        if (delivery->next_path != NULL && delivery->next->descriptor >= 0)
            (void)finisher_remove(delivery->next_path);
        journal_close(delivery->next);
    }
    seen_free(&delivery->now);
    if (delivery->journal != NULL)
        journal_close(delivery->journal);
    free(delivery->file);
    free(delivery->log);
    free(delivery->outdir);
    free(delivery->next);
    free(delivery->next_path);
    free(delivery->journal);
    bytes_free(&delivery->buffer);
}
