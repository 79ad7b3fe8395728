/* SPDX-License-Identifier: MIT */
/* A letter that got the better of the program: loaded into it with LD_PRELOAD, it waits until the
 * first letter is read, and then tries what an intruder would. Each try is a line in the file that
 * stands behind descriptor 9: "NAME done" or "NAME refused: WHY". The paths that it tries come from
 * the environment, so that the same library can try what must go on working.
 *
 * It speaks to the kernel directly, as an intruder's code would.
 */
#define _GNU_SOURCE
#undef _FILE_OFFSET_BITS
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REPORT = 9 };

static const char *given(const char *name)
{
    const char *value = getenv(name);
    return value != NULL ? value : "";
}

static void tell(const char *name, bool done)
{
    char line[256];
    int length = done ? snprintf(line, sizeof line, "%s done\n", name)
                      : snprintf(line, sizeof line, "%s refused: %s\n", name, strerror(errno));
    (void)!syscall(SYS_write, REPORT, line, (size_t)length);
}

/* Closes what a try has opened. */
static bool opened(long descriptor)
{
    if (descriptor >= 0)
        (void)syscall(SYS_close, descriptor);
    return descriptor >= 0;
}

static long open_at(const char *path, int flags)
{
    return syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0600);
}

enum deed { NEW_PROGRAM, NEW_PROGRAM_AT, TRACE };

/* In a child: a new program takes its place, and who is traced stops at signals. */
static bool in_child(enum deed deed)
{
    char *arguments[] = {"true", NULL}, *environment[] = {NULL};
    int status = -1;
    pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
    if (child == 0) {
        long result = -1;
        switch (deed) {
        case NEW_PROGRAM: result = syscall(SYS_execve, "/bin/true", arguments, environment); break;
        case NEW_PROGRAM_AT:
            result = syscall(SYS_execveat, AT_FDCWD, "/bin/true", arguments, environment, 0);
            break;
        case TRACE: result = syscall(SYS_ptrace, PTRACE_TRACEME, 0, NULL, NULL); break;
        }
        (void)syscall(SYS_exit_group, result == 0 ? 0 : errno);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return false;
    errno = WEXITSTATUS(status);
    return errno == 0;
}

static bool made_network(void)
{
    const struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int socket_made = (int)syscall(SYS_socket, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket_made < 0)
        return false;
    bool fine = syscall(SYS_bind, socket_made, &here, sizeof here) == 0;
    (void)syscall(SYS_close, socket_made);
    return fine;
}

static bool peeked(void)
{
    char byte = 0;
    struct iovec to = {&byte, 1}, from = {&byte, 1};
    return syscall(SYS_process_vm_readv, getpid(), &to, 1UL, &from, 1UL, 0UL) == 1;
}

static void intrude(void)
{
    struct stat status;
    tell("read-secret", opened(open_at(given("INTRUDER_SECRET"), O_RDONLY)));
    tell("read-passwd", opened(open_at("/etc/passwd", O_RDONLY)));
    tell("list-folder", opened(open_at(given("INTRUDER_FOLDER"), O_RDONLY | O_DIRECTORY)));
    tell("make-file", opened(open_at(given("INTRUDER_NEW"), O_WRONLY | O_CREAT | O_EXCL)));
    tell("write-letter", opened(open_at(given("INTRUDER_LETTER"), O_WRONLY)));
    tell("append-secret", opened(open_at(given("INTRUDER_SECRET"), O_WRONLY | O_APPEND)));
    tell("remove-secret", syscall(SYS_unlinkat, AT_FDCWD, given("INTRUDER_VICTIM"), 0) == 0);
    tell("make-link", syscall(SYS_symlinkat, "x", AT_FDCWD, given("INTRUDER_LINK")) == 0);
    tell("change-mode", syscall(SYS_fchmodat, AT_FDCWD, given("INTRUDER_SECRET"), 0640) == 0);
    tell("new-program", in_child(NEW_PROGRAM));
    tell("new-program-at", in_child(NEW_PROGRAM_AT));
    tell("network", made_network());
    tell("trace", in_child(TRACE));
    tell("peek", peeked());
    /* What the program itself still has to do. */
    tell("read-letter", opened(open_at(given("INTRUDER_LETTER"), O_RDONLY)));
    tell("look-at", syscall(SYS_faccessat, AT_FDCWD, "/", F_OK) == 0 && stat("/", &status) == 0);
}

/* The call that the program reads letters with. */
ssize_t read(int descriptor, void *to, size_t size)
{
    static atomic_bool done;
    char link[64], path[4096];
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length > 0) {
        path[length] = '\0';
        if (strcmp(path, given("INTRUDER_LETTER")) == 0 && !atomic_exchange(&done, true))
            intrude();
    }
    return syscall(SYS_read, descriptor, to, size);
}
