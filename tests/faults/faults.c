/* SPDX-License-Identifier: MIT */
/* A failing machine: makes system calls fail by a plan. Loaded into a program with LD_PRELOAD.
 *
 * CCHC_FAULTS is the plan, one rule a line: CALL WHEN PATTERN ACTION
 *
 *      CALL     open, read, write, fsync, rename, truncate, mkdir, unlink, opendir, readdir or close;
 *               each stands for all functions that do it (write: pwrite and writev too)
 *      WHEN     of the calls that CALL and PATTERN fit: 3 (the third), 3+ (the third and all later
 *               ones), %3 (every third one), * (all)
 *      PATTERN  of the whole path, for fnmatch() with FNM_EXTMATCH (@(a|b)*): the path given, or
 *               that of the descriptor; of rename the new one
 *      ACTION   EIO, ENOSPC … (the call fails so), short N (N bytes at most are read or written),
 *               signal N (the program gets it before the call, and so does who calls where it is
 *               SIGKILL and that is a process that the program has started), sleep N (milliseconds, before the
 *               call), run COMMAND (of the shell, before the call), pass (nothing: the log counts
 *               the calls)
 *
 * The first rule that is due is done. CCHC_FAULTS_LOG names a file that gets a line for each one
 * that was, so that a test knows that its fault took place. A plan that cannot be read ends the
 * process: a test with a wrong plan would test nothing.
 *
 * A program that confines itself can run nothing and signal nobody: a helper does what the plan
 * says, a process that is started before the program's main(). What the program starts counts its
 * calls together with it. Files that are opened as mere places (O_PATH) are passed
 * over.
 */
#define _GNU_SOURCE
#undef _FILE_OFFSET_BITS /* it would give open() and its like the names of open64() … */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* ------------------------------------------------------------------------------- the plan -- */

enum { MAX_RULES = 16, MAX_PLAN = 8192 }; /* what the tests need, and to spare */

enum when { WHEN_ALL, WHEN_ONCE, WHEN_FROM, WHEN_EACH };
enum action {
    ACTION_NONE,
    ACTION_FAIL,
    ACTION_SHORT,
    ACTION_SIGNAL,
    ACTION_SLEEP,
    ACTION_RUN,
    ACTION_PASS
};

struct rule {
    const char *call, *pattern;
    enum when when;
    unsigned long nth;
    enum action action;
    int error;   /* or the signal */
    size_t most; /* bytes, or milliseconds */
    const char *command;
    atomic_ulong *seen; /* in memory that children share */
};

static struct rule rules[MAX_RULES];
static size_t rule_count;
static char plan[MAX_PLAN];
static atomic_ulong *counters;
static int log_descriptor = -1;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Thread_local bool inside; /* our own calls are no calls */

static const struct {
    const char *name;
    int value;
} errors[] = {
    {"EACCES", EACCES}, {"EDQUOT", EDQUOT}, {"EFBIG", EFBIG},   {"EINTR", EINTR},
    {"EIO", EIO},       {"EMFILE", EMFILE}, {"ENOENT", ENOENT}, {"ENOSPC", ENOSPC},
    {"EPERM", EPERM},   {"EPIPE", EPIPE},   {"EROFS", EROFS},   {"ESTALE", ESTALE},
    {"EXDEV", EXDEV},   {"ENOMEM", ENOMEM},
};

static void wrong_plan(const char *line)
{
    (void)fprintf(stderr, "faults: wrong rule: %s\n", line);
    abort();
}

/* Cuts the next word off a line; the rest begins at its own first word. */
static const char *word(char **line)
{
    char *begin = *line + strspn(*line, " ");
    char *end = begin + strcspn(begin, " ");
    *line = end + strspn(end, " ");
    if (*end != '\0')
        *end = '\0';
    return begin;
}

static void read_when(struct rule *rule, const char *text)
{
    char *end = NULL;
    if (strcmp(text, "*") == 0)
        return;
    rule->when = text[0] == '%' ? WHEN_EACH : WHEN_ONCE;
    rule->nth = strtoul(text + (text[0] == '%'), &end, 10);
    if (*end == '+' && rule->when == WHEN_ONCE) {
        rule->when = WHEN_FROM;
        end++;
    }
    if (*end != '\0' || rule->nth == 0)
        wrong_plan(text);
}

static void read_action(struct rule *rule, const char *name, const char *rest)
{
    if (strcmp(name, "short") == 0) {
        rule->action = ACTION_SHORT;
        rule->most = strtoul(rest, NULL, 10);
    } else if (strcmp(name, "signal") == 0) {
        rule->action = ACTION_SIGNAL;
        rule->error = (int)strtol(rest, NULL, 10);
    } else if (strcmp(name, "sleep") == 0) {
        rule->action = ACTION_SLEEP;
        rule->most = strtoul(rest, NULL, 10);
    } else if (strcmp(name, "run") == 0) {
        rule->action = ACTION_RUN;
        rule->command = rest;
    } else if (strcmp(name, "pass") == 0) {
        rule->action = ACTION_PASS;
    }
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        if (strcmp(name, errors[i].name) == 0) {
            rule->action = ACTION_FAIL;
            rule->error = errors[i].value;
        }
    }
    if (rule->action == ACTION_NONE)
        wrong_plan(name);
}

static void read_plan(void)
{
    const char *text = getenv("CCHC_FAULTS"), *log = getenv("CCHC_FAULTS_LOG");
    if (text == NULL)
        return;
    if (strlen(text) >= sizeof plan)
        wrong_plan(text);
    memcpy(plan, text, strlen(text));
    counters = mmap(NULL, MAX_RULES * sizeof *counters, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (counters == MAP_FAILED)
        abort();
    for (char *line = plan, *next; *line != '\0'; line = next) {
        next = line + strcspn(line, "\n");
        if (*next == '\n')
            *next++ = '\0';
        if (*line == '\0')
            continue;
        if (rule_count == MAX_RULES)
            wrong_plan(line);
        struct rule *rule = &rules[rule_count];
        rule->seen = &counters[rule_count++];
        rule->call = word(&line);
        read_when(rule, word(&line));
        rule->pattern = word(&line);
        const char *name = word(&line);
        read_action(rule, name, line);
    }
    if (log != NULL)
        log_descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* ------------------------------------------------------------------------------ its doing -- */

/* The function that the program would have called. */
static void next_function(const char *name, void *function)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (found == NULL)
        abort();
    memcpy(function, &found, sizeof found);
}

static bool is_due(struct rule *rule)
{
    unsigned long seen = atomic_fetch_add(rule->seen, 1) + 1;
    switch (rule->when) {
    case WHEN_ALL: return true;
    case WHEN_ONCE: return seen == rule->nth;
    case WHEN_FROM: return seen >= rule->nth;
    case WHEN_EACH: return seen % rule->nth == 0;
    }
    return false;
}

static void tell(const char *call, const char *path)
{
    char line[2 * PATH_MAX + 32];
    ssize_t (*write_next)(int, const void *, size_t);
    if (log_descriptor < 0)
        return;
    next_function("write", &write_next);
    int length = snprintf(line, sizeof line, "%s %s\n", call, path);
    if (length > 0)
        (void)!write_next(log_descriptor, line, (size_t)length);
}

static void name_whole(int descriptor, const char *path, char *whole, size_t size)
{
    char link[32], folder[PATH_MAX];
    if (path != NULL && path[0] == '/') {
        (void)snprintf(whole, size, "%s", path);
        return;
    }
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length =
        readlink(descriptor == AT_FDCWD ? "/proc/self/cwd" : link, folder, sizeof folder - 1);
    folder[length > 0 ? length : 0] = '\0';
    (void)snprintf(whole, size, "%s%s%s", folder, path != NULL ? "/" : "",
                   path != NULL ? path : "");
}

/* What the helper is asked for: to run a rule's command, or to send its signal. */
struct request {
    size_t rule;
    pid_t caller;
};

/* The helper: does what is asked and sends the request back, until the program has gone. */
static int helper = -1; /* a socket to it */
static pthread_mutex_t helper_mutex = PTHREAD_MUTEX_INITIALIZER;

static void run(const char *command)
{
    char *arguments[] = {"sh", "-c", (char *)command, NULL};
    char *bare[] = {"PATH=/usr/bin:/bin", NULL}; /* without this library */
    pid_t child;
    if (posix_spawn(&child, "/bin/sh", NULL, NULL, arguments, bare) == 0)
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            continue;
}

static void help(int requests, pid_t program)
{
    struct request request;
    int nowhere = open("/dev/null", O_RDWR);
    for (int i = 0; i < 3; i++) /* who waits for the program's output waits not for us */
        (void)dup2(nowhere, i);
    for (int i = 1; i < NSIG; i++)
        (void)signal(i, i == SIGCHLD ? SIG_DFL : SIG_IGN);
    while (read(requests, &request, sizeof request) == sizeof request) {
        const struct rule *rule = &rules[request.rule];
        if (rule->action == ACTION_RUN)
            run(rule->command);
        else
            (void)kill(program, rule->error);
        if (rule->action == ACTION_SIGNAL && rule->error == SIGKILL && request.caller != program)
            (void)kill(request.caller, SIGKILL);
        if (write(requests, &request, sizeof request) != sizeof request)
            break;
    }
    _exit(0);
}

static void start_helper(void)
{
    int ends[2];
    pid_t program = getpid();
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        abort();
    if (fork() == 0) {
        (void)close(ends[0]);
        help(ends[1], program);
    }
    (void)close(ends[1]);
    helper = ends[0];
}

static void let_help(const struct rule *rule)
{
    struct request request = {(size_t)(rule - rules), getpid()};
    (void)pthread_mutex_lock(&helper_mutex);
    if (write(helper, &request, sizeof request) != sizeof request ||
        read(helper, &request, sizeof request) != sizeof request)
        abort();
    (void)pthread_mutex_unlock(&helper_mutex);
}

__attribute__((constructor)) static void start(void)
{
    bool wanted = false;
    inside = true;
    (void)pthread_once(&once, read_plan);
    for (size_t i = 0; i < rule_count; i++)
        wanted = wanted || rules[i].action == ACTION_RUN || rules[i].action == ACTION_SIGNAL;
    if (wanted)
        start_helper();
    inside = false;
}

/* What is to happen to a call on @p path, which may be relative to the folder that the descriptor
 * stands for, or NULL for the descriptor itself: true where it fails, with errno set. @p most: a
 * byte count that may become smaller, or NULL. */
static bool fails(const char *call, int descriptor, const char *path, size_t *most)
{
    struct rule *due = NULL;
    char whole[2 * PATH_MAX];
    int error = errno;
    if (inside)
        return false;
    inside = true;
    (void)pthread_once(&once, read_plan);
    name_whole(descriptor, path, whole, sizeof whole);
    for (size_t i = 0; i < rule_count; i++) {
        struct rule *rule = &rules[i];
        if (strcmp(rule->call, call) == 0 && fnmatch(rule->pattern, whole, FNM_EXTMATCH) == 0 &&
            is_due(rule) && due == NULL)
            due = rule;
    }
    if (due != NULL) {
        tell(call, whole);
        if (due->action == ACTION_SHORT && most != NULL && *most > due->most)
            *most = due->most;
        if (due->action == ACTION_SLEEP)
            (void)usleep((useconds_t)due->most * 1000);
        if (due->action == ACTION_RUN || due->action == ACTION_SIGNAL)
            let_help(due);
    }
    inside = false;
    errno = due != NULL && due->action == ACTION_FAIL ? due->error : error;
    return due != NULL && due->action == ACTION_FAIL;
}

/* -------------------------------------------------------------------------- the functions -- */

/* Each is the one of the C library with a question before it. */

static bool has_mode(int flags)
{
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
}

#define OPEN(name, folder, folder_parameter, folder_argument)                                      \
    int name(folder_parameter const char *path, int flags, ...)                                    \
    {                                                                                              \
        int (*next)(folder_parameter const char *, int, ...);                                      \
        va_list list;                                                                              \
        va_start(list, flags);                                                                     \
        mode_t mode = has_mode(flags) ? va_arg(list, mode_t) : 0;                                  \
        va_end(list);                                                                              \
        next_function(#name, &next);                                                               \
        bool failing = (flags & O_PATH) == 0 && fails("open", folder, path, NULL);                 \
        return failing ? -1 : next(folder_argument path, flags, mode);                             \
    }
#define COMMA ,
OPEN(open, AT_FDCWD, , )
OPEN(open64, AT_FDCWD, , )
OPEN(openat, at, int at COMMA, at COMMA)
OPEN(openat64, at, int at COMMA, at COMMA)

#define DEFINE(type, failure, name, parameters, arguments, ...)                                    \
    type name parameters                                                                           \
    {                                                                                              \
        type(*next) parameters;                                                                    \
        next_function(#name, &next);                                                               \
        return fails(__VA_ARGS__) ? failure : next arguments;                                      \
    }
DEFINE(ssize_t, -1, read, (int fd, void *to, size_t n), (fd, to, n), "read", fd, NULL, &n)
DEFINE(ssize_t, -1, write, (int fd, const void *b, size_t n), (fd, b, n), "write", fd, NULL, &n)
DEFINE(ssize_t, -1, pread, (int fd, void *to, size_t n, off_t at), (fd, to, n, at), "read", fd,
       NULL, &n)
DEFINE(ssize_t, -1, pread64, (int fd, void *to, size_t n, off64_t at), (fd, to, n, at), "read", fd,
       NULL, &n)
DEFINE(ssize_t, -1, pwrite, (int fd, const void *b, size_t n, off_t at), (fd, b, n, at), "write",
       fd, NULL, &n)
DEFINE(ssize_t, -1, pwrite64, (int fd, const void *b, size_t n, off64_t at), (fd, b, n, at),
       "write", fd, NULL, &n)
DEFINE(ssize_t, -1, writev, (int fd, const struct iovec *b, int n), (fd, b, n), "write", fd, NULL,
       NULL)
DEFINE(int, -1, fsync, (int fd), (fd), "fsync", fd, NULL, NULL)
DEFINE(int, -1, fdatasync, (int fd), (fd), "fsync", fd, NULL, NULL)
DEFINE(int, -1, ftruncate, (int fd, off_t n), (fd, n), "truncate", fd, NULL, NULL)
DEFINE(int, -1, ftruncate64, (int fd, off64_t n), (fd, n), "truncate", fd, NULL, NULL)
DEFINE(int, -1, rename, (const char *from, const char *to), (from, to), "rename", AT_FDCWD, to,
       NULL)
DEFINE(int, -1, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to),
       "rename", b, to, NULL)
DEFINE(int, -1, renameat2, (int a, const char *from, int b, const char *to, unsigned flags),
       (a, from, b, to, flags), "rename", b, to, NULL)
DEFINE(int, -1, link, (const char *from, const char *to), (from, to), "rename", AT_FDCWD, to, NULL)
DEFINE(int, -1, linkat, (int a, const char *from, int b, const char *to, int flags),
       (a, from, b, to, flags), "rename", b, to, NULL)
DEFINE(int, -1, unlink, (const char *path), (path), "unlink", AT_FDCWD, path, NULL)
DEFINE(int, -1, unlinkat, (int at, const char *path, int flags), (at, path, flags), "unlink", at,
       path, NULL)
DEFINE(int, -1, mkdir, (const char *path, mode_t mode), (path, mode), "mkdir", AT_FDCWD, path, NULL)
DEFINE(int, -1, mkdirat, (int at, const char *path, mode_t mode), (at, path, mode), "mkdir", at,
       path, NULL)
DEFINE(DIR *, NULL, opendir, (const char *path), (path), "opendir", AT_FDCWD, path, NULL)
DEFINE(struct dirent *, NULL, readdir, (DIR * folder), (folder), "readdir", dirfd(folder), NULL,
       NULL)
DEFINE(struct dirent64 *, NULL, readdir64, (DIR * folder), (folder), "readdir", dirfd(folder), NULL,
       NULL)

/* A close that fails has closed all the same. */
int close(int fd)
{
    int (*next)(int);
    next_function("close", &next);
    bool failing = fails("close", fd, NULL, NULL);
    int error = errno, result = next(fd);
    if (!failing)
        return result;
    errno = error;
    return -1;
}
