/* SPDX-License-Identifier: MIT */
/* What a batch writes to is opened here, and what a batch that goes on finds is looked through. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "again.h"
#include "delivery.h"
#include "finisher.h"
#include "messages.h"
#include "outputs.h"
#include "progress.h"

/* Where one of them is the log, the output is made in the other. */
static const char *const endings[2] = {PARTIAL, PARTIAL_2};

/* In place of the name of a data file. */
static const char in_own_files[] = "", in_stream[] = "-";

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* --------------------------------------------------------------------------------- opening all -- */

/* A hash of what a record depends on besides its letter; 0: no memory. */
static uint64_t fingerprint(const struct options *options, const struct format *format)
{
    const char *where = options->output_dir != NULL ? "files"
                        : options->output != NULL   ? "file"
                                                    : "stream";
    const char *const texts[] = {cchc_version(), format->name,     where,
                                 options->table, options->profile, options->organ_id,
                                 options->organs};
    const int choices[] = {(int)options->language, (int)options->input, options->split,
                           options->no_bom};
    struct bytes all = {NULL, 0, 0};
    bool fine = bytes_add(&all, choices, sizeof choices) &&
                bytes_add(&all, &options->max_bytes, sizeof options->max_bytes);
    for (const struct limit *limit = known_limits; fine && limit->name != NULL; limit++)
        fine = bytes_add(&all, (const char *)&options->limits + limit->offset, sizeof(size_t));
    for (size_t i = 0; fine && i < sizeof texts / sizeof texts[0]; i++) {
        const char *text = texts[i] != NULL ? texts[i] : "";
        fine = bytes_add(&all, text, strlen(text) + 1);
    }
    uint64_t hash = fine ? hash_words(all.data, all.length) : 0;
    bytes_free(&all);
    return hash;
}

static struct outfile *new_file(struct delivery *delivery, const char *ending, uint64_t keep)
{
    struct outfile *file = calloc(1, sizeof *file);
    if (file == NULL) {
        (void)delivery_no_memory(delivery);
        return NULL;
    }
    if (!outfile_open(file, path_joined(delivery->options->output, ending), keep))
        (void)delivery_file_failed(delivery, file);
    return file;
}

/* ------------------------------------------------------------------------------ the log of before -- */

/* The size of the file, where it is one. */
static bool size_of(const char *path, uint64_t *size)
{
    struct stat status;
    if (path == NULL || lstat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    *size = (uint64_t)status.st_size;
    return true;
}

/* A batch that came to its end and goes on since letters have changed: its output is what the log
 * was, and is copied, for it must stay what it is until the new one is whole. */
static bool restore_log(struct delivery *delivery, const char *ending)
{
    int output = open_again(delivery->options->output, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (output < 0) {
        complain_of(delivery->options->output, strerror(errno));
        delivery->not_written = true;
        return false;
    }
    struct outfile *log = new_file(delivery, ending, 0);
    bool fine = log != NULL && !delivery->not_written;
    if (fine && !(outfile_copy(log, output, 0, delivery->journal->whole) && outfile_sync(log)))
        fine = delivery_file_failed(delivery, log);
    (void)close(output);
    if (log != NULL)
        outfile_close(log, false);
    free(log);
    return fine;
}

/* Opens the log that the journal names. Where it does not hold what the journal says, nothing of
 * it is believed, and all letters are read again. */
static bool open_log(struct delivery *delivery, const char *path, const char *ending)
{
    struct journal *journal = delivery->journal;
    uint64_t size = 0, output_size = 0;
    bool there = size_of(path, &size) && journal->committed <= size;
    if (journal->complete && size_of(delivery->options->output, &output_size) &&
        (output_size == journal->whole || output_size == journal->replaced)) {
        delivery->may_replace = true;
        delivery->replaced = output_size;
        /* A log that is too short is one that a killed run was restoring. */
        if (!there && output_size == journal->whole && journal->committed <= output_size) {
            if (!restore_log(delivery, ending))
                return false;
            there = true;
        }
    }
    if (!there) {
        if (!journal_restart(journal) || !journal_begin(journal, journal->data))
            return delivery_journal_failed(delivery);
        /* That the output may be replaced is still to be known when this run is broken off. */
        if (delivery->may_replace && !journal_complete(journal, output_size, output_size))
            return delivery_journal_failed(delivery);
    }
    delivery->log = new_file(delivery, ending, journal->committed);
    return delivery->log != NULL && !delivery->not_written;
}

/* Which of the two files the journal tells of; 2: none of this output. */
static size_t which_log(const struct delivery *delivery)
{
    const char *output = base_name(delivery->options->output), *data = delivery->journal->data;
    size_t length = strlen(output), which = 0;
    while (which < 2 &&
           (strncmp(data, output, length) != 0 || strcmp(data + length, endings[which]) != 0))
        which++;
    return which;
}

/* The journal goes on in the file that it names, while the output is made in the other one. */
static bool resume_file(struct delivery *delivery)
{
    const struct options *options = delivery->options;
    size_t which = which_log(delivery) == 0 ? 0 : 1; /* one of both: is_journal_of() */
    char *path = path_joined(options->output, endings[which]);
    delivery->next_path = path_joined(options->journal, NEW_JOURNAL);
    delivery->next = calloc(1, sizeof *delivery->next);
    if (path == NULL || delivery->next_path == NULL || delivery->next == NULL) {
        free(path);
        return delivery_no_memory(delivery);
    }
    delivery->next->descriptor = -1;
    bool fine = open_log(delivery, path, endings[which]);
    free(path);
    if (!fine)
        return false;
    delivery->file = new_file(delivery, endings[1 - which], 0);
    if (delivery->file == NULL || delivery->not_written)
        return false;
    /* The journal of a run that was killed may be there; the one that counts is the other. */
    delivery->next->fingerprint = delivery->journal->fingerprint;
    return journal_open(delivery->next, delivery->next_path, false, true) == JOURNAL_NEW &&
           journal_begin(delivery->next, base_name(delivery->file->path));
}

/* --------------------------------------------------------------------------------- the journal -- */

/* Is the journal that goes on one of the same output? */
static bool is_journal_of(const struct delivery *delivery)
{
    if (delivery->options->output != NULL)
        return which_log(delivery) < 2;
    return strcmp(delivery->journal->data, in_own_files) == 0;
}

static bool go_on(struct delivery *delivery)
{
    if (!is_journal_of(delivery)) {
        complain_of(delivery->options->journal, "is the journal of another output");
        return false;
    }
    if (!journal_load(delivery->journal))
        return delivery_journal_failed(delivery);
    return delivery->options->output == NULL || resume_file(delivery);
}

static bool begin_journal(struct delivery *delivery)
{
    const char *data = delivery->options->output_dir != NULL ? in_own_files : in_stream;
    if (delivery->options->output != NULL) {
        delivery->file = new_file(delivery, endings[0], 0);
        if (delivery->file == NULL || delivery->not_written)
            return false;
        data = base_name(delivery->file->path);
    }
    return journal_begin(delivery->journal, data) || delivery_journal_failed(delivery);
}

static bool open_journal(struct delivery *delivery)
{
    const struct options *options = delivery->options;
    delivery->journal = calloc(1, sizeof *delivery->journal);
    if (delivery->journal == NULL)
        return delivery_no_memory(delivery);
    delivery->journal->fingerprint = fingerprint(options, delivery->format);
    if (delivery->journal->fingerprint == 0)
        return delivery_no_memory(delivery);
    switch (journal_open(delivery->journal, options->journal, options->resume, options->force)) {
    case JOURNAL_NEW: return begin_journal(delivery);
    case JOURNAL_GOES_ON: return go_on(delivery);
    case JOURNAL_FAILED: break;
    }
    return false;
}

/* ----------------------------------------------------------------------------------- the output -- */

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
    struct stat status;
    if (delivery->file == NULL)
        delivery->file = new_file(delivery, endings[0], 0);
    if (delivery->file == NULL || delivery->not_written || !may_write_output(delivery))
        return false;
    if (lstat(delivery->options->output, &status) == 0)
        outputs_add(&status, delivery->may_replace ? WRITTEN_ANEW : WRITTEN_OVER);
    return true;
}

static bool open_folder(struct delivery *delivery)
{
    delivery->outdir = calloc(1, sizeof *delivery->outdir);
    if (delivery->outdir == NULL)
        return delivery_no_memory(delivery);
    delivery->outdir->extension = delivery->format->extension;
    delivery->outdir->force = delivery->options->force;
    delivery->outdir->durable = delivery->journal != NULL;
    delivery->outdir->journal = delivery->journal;
    return outdir_open(delivery->outdir, delivery->options->output_dir);
}

bool delivery_open(struct delivery *delivery, const struct options *options, struct output *stream)
{
    delivery->options = options;
    delivery->committed_at = seconds_now();
    delivery->now.limit = SIZE_MAX;
    /* A catalogue's file is its own affair (writing.c): what is left for the stream is nothing. */
    bool to_file = options->output != NULL && delivery->format->kind != CCHC_FORMAT_CATALOGUE;
    if (to_file && !options->resume && !may_write_output(delivery))
        return false; /* before anything is made that would be left behind */
    if (options->journal != NULL && !open_journal(delivery))
        return false;
    if (to_file)
        return open_file(delivery);
    if (options->output_dir != NULL)
        return open_folder(delivery);
    delivery->stream = stream;
    return true;
}
