/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "again.h"
#include "unpack.h"
#include "feed.h"
#include "input.h"
#include "lines.h"
#include "ndjson.h"
#include "outputs.h"
#include "seen.h"
#include "signals.h"

struct feeder {
    const struct feed *feed;
    struct seen folders; /* that were read, by device and number */
    const char *root;    /* the folder at hand */
    size_t found;        /* letters and troubles of it */
};

static bool give(const struct item *item, void *context)
{
    const struct feeder *feeder = context;
    return signals_caught() == 0 && feeder->feed->take(item, feeder->feed->context);
}

static bool give_trouble(struct feeder *feeder, const char *name, const char *reason, bool lost)
{
    const struct item item = {.kind = ITEM_TROUBLE,
                              .name = name,
                              .name_length = strlen(name),
                              .reason = reason,
                              .lost = lost};
    return give(&item, feeder);
}

/* Makes use of the time until there is a line. */
static bool await_line(const struct lines *lines, void *context)
{
    const struct feeder *feeder = context;
    for (bool idle = false; !idle && lines_would_wait(lines);)
        if (!feeder->feed->pause(&idle, feeder->feed->context))
            return false;
    return true;
}

static bool is_wanted(const char *relative, bool folder, void *context)
{
    const struct feeder *feeder = context;
    return globs_want(&feeder->feed->options->globs, relative, folder);
}

/* ------------------------------------------------------------------------------- files, folders -- */

static bool one_file(struct feeder *feeder, const char *path, bool named)
{
    const struct options *options = feeder->feed->options;
    struct stat status;
    bool several =
        (options->input == INPUT_NDJSON || is_archive_name(path)) && !feeder->feed->names_only;
    if (several && stat(path, &status) == 0 && outputs_find(&status) != WRITTEN_NOT)
        several = false; /* who reads it as one letter tells */
    if (several && options->input == INPUT_NDJSON) {
        const struct ndjson_target target = {give, await_line, options->max_bytes, feeder};
        return ndjson_read_letters(path, &target);
    }
    if (several) {
        const struct unpack_target target = {is_wanted, give, options->max_bytes, feeder};
        return unpack_letters(path, &target);
    }
    const struct item item = {
        .kind = ITEM_FILE, .name = path, .name_length = strlen(path), .named = named};
    return give(&item, feeder);
}

static bool found_letter(const char *path, void *context)
{
    struct feeder *feeder = context;
    feeder->found++;
    return one_file(feeder, path, false);
}

static bool folder_trouble(const char *path, const char *reason, bool lost, void *context)
{
    struct feeder *feeder = context;
    /* A folder that was read before as a whole is not one without letters. */
    feeder->found += lost || strcmp(path, feeder->root) == 0;
    return give_trouble(feeder, path, reason, lost);
}

static bool folder(struct feeder *feeder, const char *path)
{
    const struct walk walk = {is_wanted, found_letter,     folder_trouble,
                              true,      &feeder->folders, feeder};
    const struct options *options = feeder->feed->options;
    feeder->found = 0;
    feeder->root = path;
    switch (walk_folder(path, &walk)) {
    case WALK_ENDED: return false;
    case WALK_NO_MEMORY: return give_trouble(feeder, path, cchc_status_message(CCHC_NOMEM), true);
    case WALK_DONE: break;
    }
    const char *reason = options->globs.count > 0
                             ? "no letters in this folder that --include and --exclude leave"
                             : "no letters in this folder (*.txt, *.md, *.html, *.htm)";
    return feeder->found > 0 || give_trouble(feeder, path, reason, true);
}

static bool one_path(struct feeder *feeder, const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return folder(feeder, path);
    return one_file(feeder, path, true);
}

/* ---------------------------------------------------------------------------------------- lists -- */

static bool listed_path(struct feeder *feeder, const char *list, char *path, size_t length)
{
    if (length == 0)
        return true;
    if (strlen(path) != length)
        return give_trouble(feeder, list, "a path with a NUL byte", true);
    return one_path(feeder, path);
}

static bool all_listed(struct feeder *feeder, const char *list, struct lines *lines)
{
    char *path = NULL;
    size_t length = 0;
    for (bool going = true; going;) {
        if (!await_line(lines, feeder))
            return false;
        switch (lines_next(lines, &path, &length)) {
        case LINES_LINE: going = listed_path(feeder, list, path, length); break;
        case LINES_TOO_LONG:
            going = give_trouble(feeder, list, "a path longer than 65536 bytes", true);
            break;
        case LINES_END: return true;
        case LINES_INTERRUPTED: return false;
        case LINES_BROKEN: return give_trouble(feeder, list, strerror(lines->error), true);
        }
    }
    return false;
}

/* The paths of a list; "-" is standard input, and no path in a list is. */
static bool list(struct feeder *feeder, const char *path)
{
    bool standard_input = strcmp(path, "-") == 0;
    struct lines lines = {.delimiter = feeder->feed->options->nul_separated ? '\0' : '\n',
                          .limit = PATH_BYTES_MAX};
    lines.descriptor = standard_input
                           ? STDIN_FILENO
                           : open_again(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (lines.descriptor < 0)
        return give_trouble(feeder, path, strerror(errno), true);
    bool going = all_listed(feeder, path, &lines);
    if (!standard_input)
        (void)close(lines.descriptor);
    bytes_free(&lines.buffer);
    return going;
}

/* -------------------------------------------------------------------------------------- the call -- */

static bool standard_input(struct feeder *feeder)
{
    const struct item item = {
        .kind = ITEM_STANDARD_INPUT, .name = "-", .name_length = 1, .named = true};
    if (feeder->feed->options->input == INPUT_NDJSON)
        return one_file(feeder, "-", true);
    return give(&item, feeder);
}

bool feed_all(const struct feed *feed)
{
    const struct options *options = feed->options;
    struct feeder feeder = {.feed = feed, .folders = {.limit = SIZE_MAX}};
    bool going = true;
    for (size_t i = 0; going && i < options->path_count; i++) {
        if (strcmp(options->paths[i], "-") == 0)
            going = standard_input(&feeder);
        else
            going = one_path(&feeder, options->paths[i]);
    }
    if (going && options->files_from != NULL)
        going = list(&feeder, options->files_from);
    seen_free(&feeder.folders);
    return going;
}
