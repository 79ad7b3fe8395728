/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include "feed.h"
#include "input.h"
#include "signals.h"

struct course {
    const struct feed *feed;
    size_t found; /* letters and troubles of the folder at hand */
};

static bool give(const struct course *course, const struct item *item)
{
    return signals_caught() == 0 && course->feed->take(item, course->feed->context);
}

static bool give_trouble(const struct course *course, const char *name, const char *reason,
                         bool lost)
{
    const struct item item = {.kind = ITEM_TROUBLE,
                              .name = name,
                              .name_length = strlen(name),
                              .reason = reason,
                              .lost = lost};
    return give(course, &item);
}

static bool give_file(const struct course *course, const char *path, bool named)
{
    const struct item item = {
        .kind = ITEM_FILE, .name = path, .name_length = strlen(path), .named = named};
    return give(course, &item);
}

/* ------------------------------------------------------------------------------------- folders -- */

static bool found_letter(const char *path, void *context)
{
    struct course *course = context;
    course->found++;
    return give_file(course, path, false);
}

static bool folder_trouble(const char *path, const char *reason, bool lost, void *context)
{
    struct course *course = context;
    course->found += lost;
    return give_trouble(course, path, reason, lost);
}

static bool folder(struct course *course, const char *path)
{
    const struct walk walk = {is_letter_name, found_letter, folder_trouble, true, course};
    course->found = 0;
    switch (walk_folder(path, &walk)) {
    case WALK_ENDED: return false;
    case WALK_NO_MEMORY: return give_trouble(course, path, strerror(ENOMEM), true);
    case WALK_DONE: break;
    }
    return course->found > 0 ||
           give_trouble(course, path, "no letters in this folder (*.txt, *.md, *.html, *.htm)",
                        true);
}

/* --------------------------------------------------------------------------------------- paths -- */

static bool standard_input(const struct course *course)
{
    const struct item item = {
        .kind = ITEM_STANDARD_INPUT, .name = "-", .name_length = 1, .named = true};
    return give(course, &item);
}

static bool one_path(struct course *course, const char *path)
{
    struct stat status;
    if (strcmp(path, "-") == 0)
        return standard_input(course);
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return folder(course, path);
    return give_file(course, path, true);
}

bool feed_all(const struct feed *feed)
{
    struct course course = {.feed = feed};
    bool going = true;
    for (size_t i = 0; going && i < feed->options->path_count; i++)
        going = one_path(&course, feed->options->paths[i]);
    return going;
}
