/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "delivery.h"
#include "messages.h"
#include "progress.h"
#include "report.h"

static const char first_ending[] = ".partial", second_ending[] = ".partial2";

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* -------------------------------------------------------------------------------- the failures -- */

static bool no_memory(struct delivery *delivery)
{
    complain("%s", cchc_status_message(CCHC_NOMEM));
    delivery->no_record = true;
    return false;
}

/* Tells of a file that could not be written, once. */
static bool file_failed(struct delivery *delivery, const struct outfile *file)
{
    if (!delivery->not_written)
        complain_of(file->path != NULL ? file->path : delivery->options->output,
                    file->output.error == EBUSY ? "another run is writing it"
                                                : strerror(file->output.error));
    delivery->not_written = true;
    return false;
}

static bool journal_failed(struct delivery *delivery)
{
    delivery->not_written = true; /* the journal has said why */
    return false;
}

/* --------------------------------------------------------------------------------- opening all -- */

/* What a record depends on besides its letter. */
static uint64_t fingerprint(const struct options *options, const struct format *format)
{
    char words[256];
    int length = snprintf(words, sizeof words, "%s %s %s %d %zu %d", cchc_version(), format->name,
                          options->output_dir != NULL ? "files"
                          : options->output != NULL   ? "file"
                                                      : "stream",
                          (int)options->language, options->max_bytes, (int)options->input);
    return hash_words(words, (size_t)length);
}

static struct outfile *new_file(struct delivery *delivery, const char *ending, uint64_t keep)
{
    struct outfile *file = calloc(1, sizeof *file);
    if (file == NULL) {
        (void)no_memory(delivery);
        return NULL;
    }
    if (!outfile_open(file, path_joined(delivery->options->output, ending), keep))
        (void)file_failed(delivery, file);
    return file;
}

/* The size of the file, where it is one. */
static bool size_of(const char *path, uint64_t *size)
{
    struct stat status;
    if (path == NULL || lstat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    *size = (uint64_t)status.st_size;
    return true;
}

/* A batch that came to its end and goes on since letters have changed: its output is the log, and
 * is copied, for it must stay what it is until the new one is whole. */
static bool restore_log(struct delivery *delivery, const char *ending)
{
    uint64_t size = 0;
    if (!delivery->journal->complete || !size_of(delivery->options->output, &size) ||
        size != delivery->journal->whole)
        return true;
    struct outfile *log = new_file(delivery, ending, 0);
    FILE *output = fopen(delivery->options->output, "rb");
    bool fine = log != NULL && output != NULL && log->output.error == 0 &&
                outfile_copy(log, fileno(output), 0, size) && outfile_sync(log);
    if (output != NULL)
        (void)fclose(output);
    if (!fine && log != NULL)
        (void)file_failed(delivery, log);
    if (log != NULL)
        outfile_close(log, false);
    free(log);
    return fine;
}

/* Opens the log that the journal names and loads the journal. */
static bool open_log(struct delivery *delivery, const char *ending)
{
    char *path = path_joined(delivery->options->output, ending);
    uint64_t size = 0;
    bool there = size_of(path, &size);
    bool fine = path != NULL;
    /* Whether the run came to its end is known only when all lines are read. */
    fine = fine && journal_load(delivery->journal, there ? size : UINT64_MAX);
    if (fine && !there) {
        fine = restore_log(delivery, ending);
        there = size_of(path, &size);
    }
    free(path);
    if (!fine)
        return false;
    uint64_t final_size = 0;
    if (delivery->journal->complete && size_of(delivery->options->output, &final_size) &&
        (final_size == delivery->journal->whole || final_size == delivery->journal->replaced)) {
        delivery->may_replace = true;
        delivery->replaced = final_size;
    }
    if (!there || delivery->journal->committed > size) { /* the log is lost: all is read again */
        journal_forget(delivery->journal);
        size = 0;
    }
    delivery->log = new_file(delivery, ending, there ? delivery->journal->committed : 0);
    return delivery->log != NULL && !delivery->not_written;
}

/* The journal goes on: in the file that it names, while the output is put together in another. */
static bool resume_file(struct delivery *delivery, enum exit_status *status)
{
    const struct options *options = delivery->options;
    const char *log_ending = NULL, *ending = NULL, *output = base_name(options->output);
    size_t length = strlen(output);
    if (strncmp(delivery->journal->data, output, length) == 0) {
        const char *rest = delivery->journal->data + length;
        log_ending = strcmp(rest, first_ending) == 0    ? first_ending
                     : strcmp(rest, second_ending) == 0 ? second_ending
                                                        : NULL;
    }
    if (log_ending == NULL) {
        complain_of(options->journal, "is the journal of another output");
        *status = EXIT_WRONG_CALL;
        return false;
    }
    ending = log_ending == first_ending ? second_ending : first_ending;
    if (!open_log(delivery, log_ending))
        return false;
    delivery->file = new_file(delivery, ending, 0);
    delivery->next = calloc(1, sizeof *delivery->next);
    delivery->next_path = path_joined(options->journal, ".new");
    if (delivery->file == NULL || delivery->not_written || delivery->next == NULL ||
        delivery->next_path == NULL)
        return false;
    delivery->next->fingerprint = delivery->journal->fingerprint;
    (void)unlink(delivery->next_path); /* of a run that was killed; its journal is the other one */
    return journal_open(delivery->next, delivery->next_path, false, true) == JOURNAL_NEW &&
           journal_begin(delivery->next, base_name(delivery->file->path));
}

static bool open_journal(struct delivery *delivery, enum exit_status *status)
{
    const struct options *options = delivery->options;
    delivery->journal = calloc(1, sizeof *delivery->journal);
    if (delivery->journal == NULL)
        return no_memory(delivery);
    delivery->journal->descriptor = -1;
    delivery->journal->fingerprint = fingerprint(options, delivery->format);
    enum journal_result result =
        journal_open(delivery->journal, options->journal, options->resume, options->force);
    *status = EXIT_NOT_WRITTEN;
    if (result == JOURNAL_FAILED) {
        *status = delivery->journal->error != 0 ? EXIT_NOT_WRITTEN : EXIT_WRONG_CALL;
        return false;
    }
    const char *data = "";
    if (result == JOURNAL_GOES_ON && options->output != NULL)
        return resume_file(delivery, status);
    if (result == JOURNAL_GOES_ON)
        return journal_load(delivery->journal, UINT64_MAX);
    if (options->output != NULL) {
        delivery->file = new_file(delivery, first_ending, 0);
        if (delivery->file == NULL || delivery->not_written)
            return false;
        data = base_name(delivery->file->path);
    }
    return journal_begin(delivery->journal, data);
}

static bool may_write_output(struct delivery *delivery)
{
    const struct options *options = delivery->options;
    const char *refusal = outfile_refusal(options->output, options->force || delivery->may_replace);
    if (refusal != NULL)
        complain_of(options->output, refusal);
    return refusal == NULL;
}

static bool open_file(struct delivery *delivery)
{
    if (delivery->file == NULL)
        delivery->file = new_file(delivery, first_ending, 0);
    return delivery->file != NULL && !delivery->not_written && may_write_output(delivery);
}

static bool open_folder(struct delivery *delivery)
{
    delivery->outdir = calloc(1, sizeof *delivery->outdir);
    if (delivery->outdir == NULL)
        return no_memory(delivery);
    delivery->outdir->extension = delivery->format->extension;
    delivery->outdir->force = delivery->options->force;
    delivery->outdir->durable = delivery->journal != NULL;
    delivery->outdir->journal = delivery->journal;
    return outdir_open(delivery->outdir, delivery->options->output_dir);
}

bool delivery_open(struct delivery *delivery, const struct options *options, struct output *stream,
                   enum exit_status *status)
{
    delivery->options = options;
    delivery->committed_at = seconds_now();
    *status = EXIT_NOT_WRITTEN;
    if (options->output != NULL && !options->resume && !may_write_output(delivery))
        return false; /* before anything is made that would be left behind */
    if (options->journal != NULL && !open_journal(delivery, status))
        return false;
    *status = EXIT_NOT_WRITTEN;
    if (options->output != NULL)
        return open_file(delivery);
    if (options->output_dir != NULL)
        return open_folder(delivery);
    delivery->stream = stream;
    return true;
}

void delivery_close(struct delivery *delivery)
{
    bool lasting = delivery->journal != NULL;
    if (delivery->file != NULL) /* without a journal nobody could go on with what is there */
        outfile_close(delivery->file, !lasting || delivery->log != NULL);
    if (delivery->log != NULL)
        outfile_close(delivery->log, false);
    if (delivery->outdir != NULL)
        outdir_close(delivery->outdir);
    if (delivery->next != NULL) {
        if (delivery->next_path != NULL && delivery->next->descriptor >= 0)
            (void)unlink(delivery->next_path);
        journal_close(delivery->next);
    }
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

/* Adds to the one text that the records are in. */
static bool add(struct delivery *delivery, const struct bytes *bytes)
{
    if (delivery->file != NULL)
        return outfile_add(delivery->file, bytes) || file_failed(delivery, delivery->file);
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
        return no_memory(delivery);
    return add(delivery, &delivery->buffer);
}

static bool add_between(struct delivery *delivery)
{
    delivery->buffer.length = 0;
    if (delivery->pieces++ == 0)
        return true;
    if (!delivery->format->between(&delivery->style, &delivery->buffer))
        return no_memory(delivery);
    return add(delivery, &delivery->buffer);
}

static const char *name_of(const struct slot *slot)
{
    return (const char *)slot->name.data;
}

/* The line of the journal for a letter whose record is new. */
static bool add_line(struct delivery *delivery, struct journal *journal, const struct slot *slot,
                     uint64_t offset)
{
    delivery->buffer.length = 0;
    if (!report_list_kinds(slot->diagnostics, &delivery->buffer))
        return no_memory(delivery);
    const struct journal_entry entry = {.name = name_of(slot),
                                        .read = slot->outcome == OUTCOME_READ,
                                        .hash = slot->hash,
                                        .offset = offset,
                                        .length = slot->piece.length,
                                        .letters = slot->letters,
                                        .identity = slot->identity,
                                        .diagnostics = (const char *)delivery->buffer.data};
    return journal_add(journal, &entry) || journal_failed(delivery);
}

static bool write_new(struct delivery *delivery, const struct slot *slot)
{
    uint64_t offset = 0;
    if (delivery->outdir != NULL) {
        bool fatal = false;
        const char *reason = outdir_place(delivery->outdir, slot->index, name_of(slot), &fatal);
        if (reason != NULL) {
            complain_of(name_of(slot), reason);
            delivery->not_written = true;
            return !fatal;
        }
    } else {
        if (!add_between(delivery))
            return false;
        offset = delivery->file != NULL ? delivery->file->size : delivery->pieces_size;
        if (!add(delivery, &slot->piece))
            return false;
    }
    if (delivery->journal == NULL)
        return true;
    delivery->uncommitted++;
    if (delivery->log == NULL)
        return add_line(delivery, delivery->journal, slot, offset);
    uint64_t log_offset = delivery->log->size;
    if (!outfile_add(delivery->log, &slot->piece))
        return file_failed(delivery, delivery->log);
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
        return file_failed(delivery, delivery->file);
    entry.offset = offset;
    return journal_add(delivery->next, &entry) || journal_failed(delivery);
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
        return file_failed(delivery, file);
    if (delivery->outdir != NULL && !outdir_sync(delivery->outdir)) {
        complain_of(delivery->options->output_dir, strerror(errno));
        delivery->not_written = true;
        return false;
    }
    if (!flush_stream(delivery))
        return false;
    return journal_commit(delivery->journal) || journal_failed(delivery);
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

bool delivery_take(struct delivery *delivery, const struct slot *slot)
{
    bool fine = true;
    switch (slot->outcome) {
    case OUTCOME_DROPPED: return true;
    case OUTCOME_TROUBLE:
        complain_of(name_of(slot), slot->reason);
        delivery->unread += slot->lost;
        return true;
    case OUTCOME_NO_RECORD:
        complain_of(name_of(slot), slot->reason);
        delivery->no_record = true;
        return false;
    case OUTCOME_NOT_WRITTEN:
        complain_of(delivery->options->output_dir, strerror(slot->error));
        delivery->not_written = true;
        return false;
    case OUTCOME_KEPT: fine = write_kept(delivery, slot); break;
    case OUTCOME_FAILED:
        complain_of(name_of(slot), slot->reason);
        delivery->unread++;
        fine = write_new(delivery, slot);
        break;
    case OUTCOME_READ: fine = write_new(delivery, slot); break;
    }
    delivery->delivered++;
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
        return file_failed(delivery, file);
    if (journal != NULL && !journal_complete(journal, file->size, delivery->replaced))
        return journal_failed(delivery);
    if (delivery->next != NULL) {
        if (rename(delivery->next_path, options->journal) != 0) {
            complain_of(options->journal, strerror(errno));
            return journal_failed(delivery);
        }
        (void)sync_folder_of(options->journal);
        journal_close(delivery->next);
        outfile_close(delivery->log, true);
        free(delivery->log);
        delivery->log = NULL; /* the file is what the journal tells of now */
    }
    if (!outfile_rename(file, options->output, options->force || delivery->may_replace))
        return file_failed(delivery, file);
    if (!sync_folder_of(options->output)) {
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
            return no_memory(delivery);
        if (!add(delivery, &delivery->buffer))
            return false;
    }
    if (!commit(delivery))
        return false;
    if (delivery->file != NULL)
        return finish_file(delivery);
    if (delivery->journal != NULL && !journal_complete(delivery->journal, 0, 0))
        return journal_failed(delivery);
    return flush_stream(delivery);
}

bool delivery_break_off(struct delivery *delivery)
{
    return commit(delivery) && delivery->journal != NULL && delivery->stream == NULL;
}
