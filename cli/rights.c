/* SPDX-License-Identifier: MIT */
/* Which rights a call has.
 *
 *      read    the paths of the call and of its list; what links in its folders lead to; the
 *              system's libraries and data, which are loaded when they are first needed
 *      append  a --report that is no regular file
 *      keep    --output-dir
 *
 * and those of the process that finishes its outputs, which sees nothing of the letters:
 *
 *      rename  the folders of --output, --journal and --report
 *      keep    the folder of a catalogue, where SQLite has files beside it
 *
 * A list that comes through a pipe is not known yet: reading stays free then.
 */
#define _DEFAULT_SOURCE /* the kinds of directory entries */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "again.h"
#include "feed.h"
#include "format.h"
#include "hash.h"
#include "lines.h"
#include "messages.h"
#include "rights.h"
#include "sandbox.h"
#include "seen.h"

/* Nothing of a user's is there. */
static const char *const system_paths[] = {
    "/lib",         "/lib64",         "/usr/lib",         "/usr/lib64",
    "/usr/share",   "/usr/local/lib", "/etc/ld.so.cache", "/sys/devices/system/cpu",
    "/dev/urandom",
};

/* -------------------------------------------------------------------------------- what is read -- */

enum entry_kind { ENTRY_OTHER, ENTRY_FOLDER, ENTRY_LINK };

static enum entry_kind kind_of(DIR *folder, const struct dirent *entry)
{
    struct stat status;
#ifdef DT_UNKNOWN
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type == DT_DIR   ? ENTRY_FOLDER
               : entry->d_type == DT_LNK ? ENTRY_LINK
                                         : ENTRY_OTHER;
#endif
    if (fstatat(dirfd(folder), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return ENTRY_OTHER;
    return S_ISDIR(status.st_mode)   ? ENTRY_FOLDER
           : S_ISLNK(status.st_mode) ? ENTRY_LINK
                                     : ENTRY_OTHER;
}

/* The folders that are still to be looked through, as strings one behind the other. */
struct search {
    struct sandbox *sandbox;
    struct bytes left;
    struct seen folders;
};

static bool push(struct search *search, const char *folder, const char *name)
{
    struct bytes *left = &search->left;
    return bytes_add(left, "", 1) && bytes_add_text(left, folder) &&
           (name[0] == '\0' || (bytes_add_text(left, "/") && bytes_add_text(left, name)));
}

/* Takes the last folder off; the caller frees it. */
static char *pop(struct search *search)
{
    struct bytes *left = &search->left;
    size_t begin = left->length;
    while (left->data[begin - 1] != '\0')
        begin--;
    char *folder = strndup((const char *)left->data + begin, left->length - begin);
    left->length = begin - 1;
    return folder;
}

/* A link is what it leads to; where that is a folder, there may be links in it. */
static bool take_link(struct search *search, const char *folder, const char *name)
{
    size_t length = search->left.length;
    struct stat status;
    if (!push(search, folder, name) || !bytes_add(&search->left, "", 1))
        return false;
    const char *path = (const char *)search->left.data + length + 1;
    bool fine = sandbox_allow(search->sandbox, path, RIGHT_READ);
    bool further = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    search->left.length = further ? search->left.length - 1 : length;
    return fine;
}

static bool look_through(struct search *search, const char *path)
{
    struct stat status = {0};
    DIR *folder = opendir(path);
    if (folder == NULL)
        return true; /* the walk will tell of it */
    bool fine = fstat(dirfd(folder), &status) == 0;
    const uint64_t parts[2] = {(uint64_t)status.st_dev, (uint64_t)status.st_ino};
    const struct dirent *entry = NULL;
    if (fine && seen_add(&search->folders, hash_words(parts, sizeof parts)) == SEEN_NEW) {
        while (fine && (entry = readdir(folder)) != NULL) {
            if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
                continue;
            switch (kind_of(folder, entry)) {
            case ENTRY_FOLDER: fine = push(search, path, entry->d_name); break;
            case ENTRY_LINK: fine = take_link(search, path, entry->d_name); break;
            case ENTRY_OTHER: break;
            }
        }
    }
    (void)closedir(folder);
    return fine;
}

/* The links in a folder lead out of it, perhaps. They are looked for now, by the kinds of the
 * entries alone, which takes a hundredth of the time that the letters take. */
static bool allow_links(struct sandbox *sandbox, const char *path)
{
    struct search search = {.sandbox = sandbox, .folders = {.limit = SIZE_MAX}};
    bool fine = push(&search, path, "");
    while (fine && search.left.length > 0) {
        char *folder = pop(&search);
        fine = folder != NULL && look_through(&search, folder);
        free(folder);
    }
    bytes_free(&search.left);
    seen_free(&search.folders);
    return fine;
}

static bool allow_input(struct sandbox *sandbox, const char *path)
{
    struct stat status;
    if (!sandbox_allow(sandbox, path, RIGHT_READ))
        return false;
    return stat(path, &status) != 0 || !S_ISDIR(status.st_mode) || allow_links(sandbox, path);
}

/* Of a list that can be read twice. False: it cannot, or is too long for rules. */
static bool allow_listed(struct sandbox *sandbox, const struct options *options)
{
    struct lines lines = {
        .delimiter = options->nul_separated ? '\0' : '\n', .limit = PATH_BYTES_MAX, .own = true};
    struct stat status;
    char *path = NULL;
    size_t length = 0;
    enum lines_result result = LINES_LINE;
    bool fine = true;
    if (stat(options->files_from, &status) != 0)
        return true; /* and then there are no paths in it */
    if (!S_ISREG(status.st_mode))
        return false; /* who writes into a pipe must not see it opened and closed */
    lines.descriptor = open_again(options->files_from, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (lines.descriptor < 0)
        return true;
    while (fine && (result = lines_next(&lines, &path, &length)) <= LINES_TOO_LONG)
        fine = result == LINES_TOO_LONG || allow_input(sandbox, path);
    (void)close(lines.descriptor);
    bytes_free(&lines.buffer);
    return fine && result == LINES_END && sandbox_allow(sandbox, options->files_from, RIGHT_READ);
}

static bool allow_system(struct sandbox *sandbox)
{
    bool fine = true;
    for (size_t i = 0; fine && i < sizeof system_paths / sizeof system_paths[0]; i++)
        fine = sandbox_allow(sandbox, system_paths[i], RIGHT_READ);
    return fine;
}

static bool allow_inputs(struct sandbox *sandbox, const struct options *options)
{
    bool fine = allow_system(sandbox);
    for (size_t i = 0; fine && i < options->path_count; i++)
        fine = strcmp(options->paths[i], "-") == 0 || allow_input(sandbox, options->paths[i]);
    if (fine && options->files_from != NULL)
        fine = strcmp(options->files_from, "-") != 0 && allow_listed(sandbox, options);
    return fine;
}

/* ----------------------------------------------------------------------------- what is written -- */

/* The folder of a file. */
static bool allow_beside(struct sandbox *sandbox, const char *path, enum right right)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
    bool fine = folder != NULL && sandbox_allow(sandbox, folder, right);
    free(folder);
    return fine;
}

static bool allow_outputs(struct sandbox *sandbox, const struct options *options)
{
    struct stat status;
    bool special =
        options->report != NULL && lstat(options->report, &status) == 0 && !S_ISREG(status.st_mode);
    return (options->output_dir == NULL ||
            sandbox_allow(sandbox, options->output_dir, RIGHT_KEEP)) &&
           (!special || sandbox_allow(sandbox, options->report, RIGHT_APPEND));
}

static bool allow_finishing(struct sandbox *sandbox, const struct options *options)
{
    bool catalogue = options->format != NULL && options->format->kind == CCHC_FORMAT_CATALOGUE;
    return (options->output == NULL ||
            allow_beside(sandbox, options->output, catalogue ? RIGHT_KEEP : RIGHT_RENAME)) &&
           (options->journal == NULL || allow_beside(sandbox, options->journal, RIGHT_RENAME)) &&
           (options->report == NULL || allow_beside(sandbox, options->report, RIGHT_RENAME));
}

/* ---------------------------------------------------------------------------------------- both -- */

bool rights_confine(const struct options *options)
{
    struct sandbox sandbox = {.ruleset = -1};
    if (options->no_sandbox)
        return true;
    sandbox_begin(&sandbox, false);
    if (!allow_inputs(&sandbox, options)) {
        if (sandbox.rules == SANDBOX_RULES_MAX)
            complain("reading is not confined: the call has more than %d paths and links",
                     SANDBOX_RULES_MAX);
        sandbox_begin(&sandbox, true);
    }
    bool fine = allow_outputs(&sandbox, options) && sandbox_enter(&sandbox);
    if (!fine)
        complain("the sandbox does not shut: %s (--no-sandbox leaves it out)", strerror(errno));
    sandbox_free(&sandbox);
    return fine;
}

bool rights_confine_finisher(const struct options *options)
{
    struct sandbox sandbox = {.ruleset = -1};
    sandbox_begin(&sandbox, false);
    bool fine =
        allow_system(&sandbox) && allow_finishing(&sandbox, options) && sandbox_enter(&sandbox);
    int error = errno;
    sandbox_free(&sandbox);
    errno = error;
    return fine;
}
