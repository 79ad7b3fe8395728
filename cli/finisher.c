/* SPDX-License-Identifier: MIT */
#include "finisher.h"

#include <cchcparse/write.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "again.h"
#include "format.h"
#include "outfile.h"
#include "rights.h"
#include "sandbox.h"

/* A file and its name; a catalogue has but a name. */
struct row {
    char *path;
    const char *name; /* as the call has it */
    bool replaces;    /* what has the name may be replaced by it */
};

enum { ROWS = 5 }; /* the output and its second file, the journal, the report, the catalogue */

enum operation {
    OPERATION_NAME,
    OPERATION_REPLACE,
    OPERATION_REMOVE,
    OPERATION_SYNC,
    OPERATION_TIDY,
    OPERATIONS
};

/* The program's, like the handler of its signals: what a call writes is in one place. */
static struct {
    pid_t process; /* 0: there is none */
    int requests, answers;
    struct row rows[ROWS];
    size_t count;
} finisher;

/* ---------------------------------------------------------------------------------- operations -- */

/* Each returns 0 or an errno. */

static int name_file(const char *path, const char *name, bool replace)
{
    if (!replace) {
        if (link(path, name) == 0)
            return unlink(path) == 0 ? 0 : errno;
        struct stat status;
        if (errno == EEXIST || lstat(name, &status) == 0)
            return EEXIST;
        /* A file system without hard links: what comes between the look and the renaming loses. */
    }
    return rename(path, name) == 0 ? 0 : errno;
}

static int sync_folder_of(const char *name)
{
    const char *slash = strrchr(name, '/');
    size_t length = slash != NULL ? (size_t)(slash - name) + 1 : 0;
    char *folder = malloc(length + 2);
    if (folder == NULL)
        return ENOMEM;
    memcpy(folder, name, length);
    memcpy(folder + length, ".", 2); /* "a/b/." */
    int descriptor = open_again(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = errno;
    free(folder);
    if (descriptor < 0)
        return error;
    /* Some file systems cannot sync folders, and keep their names safe in their own way. */
    error = fsync_again(descriptor) == 0 || errno == EINVAL ? 0 : errno;
    (void)close(descriptor);
    return error;
}

/* Closing is what makes one file of it, and the program had no right to take the others away. */
static int tidy(const char *name)
{
    cchc_catalogue *catalogue = NULL;
    cchc_status status = cchc_catalogue_open(name, &catalogue, NULL);
    if (status == CCHC_OK)
        status = cchc_catalogue_close(catalogue, NULL);
    return status == CCHC_OK ? 0 : EIO;
}

static int operate(enum operation operation, const char *path, const char *name)
{
    bool written = path != NULL;
    switch (operation) {
    case OPERATION_NAME: return written ? name_file(path, name, false) : EPERM;
    case OPERATION_REPLACE: return written ? name_file(path, name, true) : EPERM;
    case OPERATION_REMOVE: return !written ? EPERM : unlink(path) == 0 ? 0 : errno;
    case OPERATION_SYNC: return sync_folder_of(name);
    case OPERATION_TIDY: return written ? EPERM : tidy(name);
    case OPERATIONS: break;
    }
    return EINVAL;
}

/* --------------------------------------------------------------------------------- the process -- */

/* A pipe takes and gives so few bytes in one piece. */
static bool receive(int from, void *to, size_t size)
{
    return read_again(from, to, size) == (ssize_t)size;
}

static bool send_on(int to, const void *from, size_t size)
{
    return write_again(to, from, size) == (ssize_t)size;
}

/* A request is a byte, the row's number times OPERATIONS and the operation; its answer an errno. */
static int answer_to(unsigned char request)
{
    size_t row = request / OPERATIONS;
    enum operation operation = (enum operation)(request % OPERATIONS);
    if (row >= finisher.count || (operation == OPERATION_REPLACE && !finisher.rows[row].replaces))
        return EPERM;
    return operate(operation, finisher.rows[row].path, finisher.rows[row].name);
}

/* What ends the program, a signal to all of its group, is no end for who finishes its outputs. Who
 * waits for the program's output or feeds its input does not wait for this process. */
static void serve(const struct options *options, int requests, int answers)
{
    static const int passed_over[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof passed_over / sizeof passed_over[0]; i++)
        (void)signal(passed_over[i], SIG_IGN);
    int nowhere = open_again("/dev/null", O_RDWR | O_CLOEXEC);
    for (int i = STDIN_FILENO; nowhere >= 0 && i <= STDOUT_FILENO; i++)
        (void)dup2(nowhere, i);
    unsigned char request = 0;
    int answer = rights_confine_finisher(options) ? 0 : errno != 0 ? errno : EPERM;
    while (send_on(answers, &answer, sizeof answer) && receive(requests, &request, 1))
        answer = answer_to(request);
    _exit(0);
}

static bool add_row(const char *name, const char *ending, bool replaces)
{
    struct row *row = &finisher.rows[finisher.count++];
    *row = (struct row){ending != NULL ? path_joined(name, ending) : NULL, name, replaces};
    return ending == NULL || row->path != NULL;
}

static bool add_rows(const struct options *options)
{
    bool fine = true;
    if (options->format != NULL && options->format->kind == CCHC_FORMAT_CATALOGUE) {
        fine = options->output == NULL || add_row(options->output, NULL, false);
    } else if (options->output != NULL) {
        /* Whether a run that goes on may replace what is there its journal says. */
        bool replaces = options->force || options->resume;
        fine = add_row(options->output, PARTIAL, replaces) &&
               add_row(options->output, PARTIAL_2, replaces);
    }
    if (fine && options->journal != NULL)
        fine = add_row(options->journal, NEW_JOURNAL, true);
    if (fine && options->report != NULL)
        fine = add_row(options->report, PARTIAL, true);
    return fine;
}

bool finisher_start(const struct options *options)
{
    int requests[2] = {-1, -1}, answers[2] = {-1, -1}, answer = 0;
    if (options->no_sandbox || !sandbox_keeps_files())
        return true;
    if (!add_rows(options))
        return false;
    if (finisher.count == 0)
        return true;
    pid_t process = -1;
    if (pipe(requests) == 0 && pipe(answers) == 0)
        process = fork();
    if (process == 0) {
        (void)close(requests[1]);
        (void)close(answers[0]);
        serve(options, requests[0], answers[1]);
    }
    int error = errno;
    (void)close(requests[0]);
    (void)close(answers[1]);
    finisher.process = process;
    finisher.requests = requests[1];
    finisher.answers = answers[0];
    if (process > 0 && receive(answers[0], &answer, sizeof answer) && answer == 0) {
        (void)fcntl(requests[1], F_SETFD, FD_CLOEXEC);
        (void)fcntl(answers[0], F_SETFD, FD_CLOEXEC);
        return true;
    }
    finisher_end();
    errno = process < 0 ? error : answer != 0 ? answer : EPERM;
    return false;
}

void finisher_end(void)
{
    if (finisher.process != 0) {
        (void)close(finisher.requests);
        (void)close(finisher.answers);
    }
    while (finisher.process > 0 && waitpid(finisher.process, NULL, 0) < 0 && errno == EINTR)
        continue;
    finisher.process = 0;
    for (size_t i = 0; i < finisher.count; i++)
        free(finisher.rows[i].path);
    finisher.count = 0;
}

/* ----------------------------------------------------------------------------- what is asked -- */

static bool request(enum operation operation, size_t row)
{
    unsigned char number = (unsigned char)(row * OPERATIONS + operation);
    int answer = 0;
    if (!send_on(finisher.requests, &number, 1) ||
        !receive(finisher.answers, &answer, sizeof answer))
        answer = EPIPE; /* somebody has ended the process */
    errno = answer;
    return answer == 0;
}

/* The row is known by the path, or by the name where @p path is NULL; the first of those of a name. */
static bool ask(enum operation operation, const char *path, const char *name)
{
    if (finisher.process == 0) {
        errno = operate(operation, path, name);
        return errno == 0;
    }
    for (size_t i = 0; i < finisher.count; i++) {
        const struct row *row = &finisher.rows[i];
        bool its = path == NULL ? strcmp(name, row->name) == 0
                                : row->path != NULL && strcmp(path, row->path) == 0;
        if (its)
            return request(operation, i);
    }
    errno = EPERM;
    return false;
}

bool finisher_name(const char *path, const char *name, bool replace)
{
    return ask(replace ? OPERATION_REPLACE : OPERATION_NAME, path, name);
}

bool finisher_remove(const char *path)
{
    return ask(OPERATION_REMOVE, path, NULL);
}

bool finisher_sync(const char *name)
{
    return ask(OPERATION_SYNC, NULL, name);
}

bool finisher_tidy(const char *name)
{
    return finisher.process == 0 || ask(OPERATION_TIDY, NULL, name);
}
