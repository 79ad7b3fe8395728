/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "messages.h"
#include "outputs.h"

/* Standard output and error, the output with its two files in the making, a log and two journals of
 * a run that goes on, a report and its file in the making: nine at most. */
enum { WRITTEN_MAX = 12 };

/* The program's, like the handler of its signals: what a call writes is in one place. */
static struct {
    struct {
        dev_t device;
        ino_t number;
        enum written how;
    } files[WRITTEN_MAX];
    size_t count;
} written;

/* ----------------------------------------------------------------------------------- the call -- */

/* The folder of a path, and its last part. */
static bool take_apart(const char *path, struct stat *folder, const char **name)
{
    const char *slash = strrchr(path, '/');
    char *words = slash != NULL ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    bool fine = words != NULL && stat(words, folder) == 0;
    free(words);
    *name = slash != NULL ? slash + 1 : path;
    return fine;
}

static bool name_the_same(const char *a, const char *b)
{
    struct stat left, right;
    const char *left_name = NULL, *right_name = NULL;
    if (strcmp(a, b) == 0 ||
        (stat(a, &left) == 0 && stat(b, &right) == 0 && is_same_file(&left, &right)))
        return true;
    return take_apart(a, &left, &left_name) && take_apart(b, &right, &right_name) &&
           is_same_file(&left, &right) && strcmp(left_name, right_name) == 0;
}

static bool is_input(const struct options *options, const struct stat *file)
{
    const char *const others[] = {options->files_from, options->organs};
    struct stat status;
    for (size_t i = 0; i < options->path_count; i++) {
        bool stream = strcmp(options->paths[i], "-") == 0;
        if ((stream ? fstat(STDIN_FILENO, &status) : stat(options->paths[i], &status)) == 0 &&
            is_same_file(&status, file))
            return true;
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (others[i] != NULL && stat(others[i], &status) == 0 && is_same_file(&status, file))
            return true;
    return false;
}

bool outputs_agree(const struct options *options)
{
    const struct {
        const char *option, *path;
    } given[] = {{"--output", options->output},
                 {"--output-dir", options->output_dir},
                 {"--journal", options->journal},
                 {"--report", options->report}};
    struct stat status;
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++) {
        const char *path = given[i].path;
        if (path == NULL)
            continue;
        if (path[0] == '\0') {
            complain("%s wants a name", given[i].option);
            return false;
        }
        for (size_t k = 0; k < i; k++)
            if (given[k].path != NULL && name_the_same(given[k].path, path)) {
                complain("%s and %s are the same file", given[k].option, given[i].option);
                return false;
            }
        if (stat(path, &status) == 0 && S_ISREG(status.st_mode) && is_input(options, &status)) {
            complain("%s is an input of the same call", given[i].option);
            return false;
        }
    }
    return true;
}

/* ---------------------------------------------------------------------------------- the files -- */

void outputs_add(const struct stat *file, enum written how)
{
    if (!S_ISREG(file->st_mode) || written.count == WRITTEN_MAX)
        return;
    written.files[written.count].device = file->st_dev;
    written.files[written.count].number = file->st_ino;
    written.files[written.count++].how = how;
}

enum written outputs_find(const struct stat *file)
{
    for (size_t i = 0; i < written.count; i++)
        if (written.files[i].number == file->st_ino && written.files[i].device == file->st_dev)
            return written.files[i].how;
    return WRITTEN_NOT;
}

void outputs_add_standard(void)
{
    struct stat status;
    for (int i = STDOUT_FILENO; i <= STDERR_FILENO; i++)
        if (fstat(i, &status) == 0)
            outputs_add(&status, WRITTEN_ANEW);
}

bool outputs_are_standard(const struct stat *file)
{
    struct stat status;
    return (fstat(STDOUT_FILENO, &status) == 0 && is_same_file(&status, file)) ||
           (fstat(STDERR_FILENO, &status) == 0 && is_same_file(&status, file));
}
