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
#include "seen.h"
#include "signals.h"

struct course {
    const struct feed *feed;
    struct seen folders; /* that were read, by device and number */
    const char *root;    /* the folder at hand */
    size_t found;        /* letters and troubles of it */
};

static bool give(const struct item *item, void *context)
{
    const struct course *course = context;
    return signals_caught() == 0 && course->feed->take(item, course->feed->context);
}

static bool give_trouble(struct course *course, const char *name, const char *reason, bool lost)
{
    const struct item item = {.kind = ITEM_TROUBLE,
                              .name = name,
                              .name_length = strlen(name),
                              .reason = reason,
                              .lost = lost};
    return give(&item, course);
}

/* Makes use of the time until there is a line. */
static bool await_line(const struct lines *lines, void *context)
{
    const struct course *course = context;
    for (bool idle = false; !idle && lines_would_wait(lines);)
        if (!course->feed->pause(&idle, course->feed->context))
            return false;
    return true;
}

static bool is_wanted(const char *relative, bool folder, void *context)
{
    const struct course *course = context;
    return globs_want(&course->feed->options->globs, relative, folder);
}

/* ------------------------------------------------------------------------------- files, folders -- */

static bool one_file(struct course *course, const char *path, bool named)
{
    const struct options *options = course->feed->options;
    if (options->input == INPUT_NDJSON && !course->feed->names_only) {
        const struct ndjson_target target = {give, await_line, options->max_bytes, course};
        return ndjson_read_letters(path, &target);
    }
    if (is_archive_name(path) && !course->feed->names_only) {
        const struct unpack_target target = {is_wanted, give, options->max_bytes, course};
        return unpack_letters(path, &target);
    }
    const struct item item = {
        .kind = ITEM_FILE, .name = path, .name_length = strlen(path), .named = named};
    return give(&item, course);
}

static bool found_letter(const char *path, void *context)
{
    struct course *course = context;
    course->found++;
    return one_file(course, path, false);
}

static bool folder_trouble(const char *path, const char *reason, bool lost, void *context)
{
    struct course *course = context;
    /* A folder that was read before as a whole is not one without letters. */
    course->found += lost || strcmp(path, course->root) == 0;
    return give_trouble(course, path, reason, lost);
}

static bool folder(struct course *course, const char *path)
{
    const struct walk walk = {is_wanted, found_letter,     folder_trouble,
                              true,      &course->folders, course};
    const struct options *options = course->feed->options;
    course->found = 0;
    course->root = path;
    switch (walk_folder(path, &walk)) {
    case WALK_ENDED: return false;
    case WALK_NO_MEMORY: return give_trouble(course, path, cchc_status_message(CCHC_NOMEM), true);
    case WALK_DONE: break;
    }
    const char *reason = options->globs.count > 0
                             ? "no letters in this folder that --include and --exclude leave"
                             : "no letters in this folder (*.txt, *.md, *.html, *.htm)";
    return course->found > 0 || give_trouble(course, path, reason, true);
}

static bool one_path(struct course *course, const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return folder(course, path);
    return one_file(course, path, true);
}

/* ---------------------------------------------------------------------------------------- lists -- */

static bool listed_path(struct course *course, const char *list, char *path, size_t length)
{
    if (length == 0)
        return true;
    if (strlen(path) != length)
        return give_trouble(course, list, "a path with a NUL byte", true);
    return one_path(course, path);
}

static bool all_listed(struct course *course, const char *list, struct lines *lines)
{
    char *path = NULL;
    size_t length = 0;
    for (bool going = true; going;) {
        if (!await_line(lines, course))
            return false;
        switch (lines_next(lines, &path, &length)) {
        case LINES_LINE: going = listed_path(course, list, path, length); break;
        case LINES_TOO_LONG:
            going = give_trouble(course, list, "a path longer than 65536 bytes", true);
            break;
        case LINES_END: return true;
        case LINES_INTERRUPTED: return false;
        case LINES_BROKEN: return give_trouble(course, list, strerror(lines->error), true);
        }
    }
    return false;
}

/* The paths of a list; "-" is standard input, and no path in a list is. */
static bool list(struct course *course, const char *path)
{
    bool standard_input = strcmp(path, "-") == 0;
    struct lines lines = {.delimiter = course->feed->options->nul_separated ? '\0' : '\n',
                          .limit = PATH_BYTES_MAX};
    lines.descriptor = standard_input
                           ? STDIN_FILENO
                           : open_again(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (lines.descriptor < 0)
        return give_trouble(course, path, strerror(errno), true);
    bool going = all_listed(course, path, &lines);
    if (!standard_input)
        (void)close(lines.descriptor);
    bytes_free(&lines.buffer);
    return going;
}

/* -------------------------------------------------------------------------------------- the call -- */

static bool standard_input(struct course *course)
{
    const struct item item = {
        .kind = ITEM_STANDARD_INPUT, .name = "-", .name_length = 1, .named = true};
    if (course->feed->options->input == INPUT_NDJSON)
        return one_file(course, "-", true);
    return give(&item, course);
}

bool feed_all(const struct feed *feed)
{
    const struct options *options = feed->options;
    struct course course = {.feed = feed, .folders = {.limit = SIZE_MAX}};
    bool going = true;
    for (size_t i = 0; going && i < options->path_count; i++) {
        if (strcmp(options->paths[i], "-") == 0)
            going = standard_input(&course);
        else
            going = one_path(&course, options->paths[i]);
    }
    if (going && options->files_from != NULL)
        going = list(&course, options->files_from);
    seen_free(&course.folders);
    return going;
}
