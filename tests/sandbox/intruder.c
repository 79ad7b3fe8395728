/* SPDX-License-Identifier: MIT */
/* A letter that got the better of the program: loaded into it with LD_PRELOAD, it waits until the
 * first letter is read, and then tries what an intruder would. Each try is a line in the file that
 * stands behind descriptor 9: "NAME done" or "NAME refused: WHY". The paths that it tries come from
 * the environment, so that the same library can try what must go on working.
 *
 * It speaks to the kernel directly, as an intruder's code would.
 *
 * Where INTRUDER_LANDLOCK is a number, the program takes the kernel's Landlock for that version;
 * where INTRUDER_JAMS is set, Landlock does not shut.
 */
#define _GNU_SOURCE
#undef _FILE_OFFSET_BITS
#include <errno.h>
#include <fcntl.h>
#include <dlfcn.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REPORT = 9, DESCRIPTORS = 64 };

/* Calls that are younger than the headers of Debian 12. */
enum { LANDLOCK_CREATE = 444, LANDLOCK_SHUT = 446, FCHMODAT2 = 452 };

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

static bool shared_memory(void)
{
    long id = syscall(SYS_shmget, IPC_PRIVATE, 4096UL, IPC_CREAT | 0600);
    return id >= 0 && syscall(SYS_shmctl, id, IPC_RMID, NULL) == 0;
}

/* Makes the other process the owner of a pair of sockets, which then gets signals for them. */
static bool owned(pid_t other, bool by_request)
{
    int pair[2];
    if (syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair) != 0)
        return false;
    long result = by_request ? syscall(SYS_ioctl, pair[0], FIOSETOWN, &other)
                             : syscall(SYS_fcntl, pair[0], F_SETOWN, other);
    int error = errno;
    (void)opened(pair[0]);
    (void)opened(pair[1]);
    errno = error;
    return result == 0;
}

static bool changed_open(const char *path)
{
    long descriptor = open_at(path, O_RDONLY);
    bool fine = descriptor >= 0 && syscall(SYS_fchmod, descriptor, 0600) == 0;
    int error = errno;
    (void)opened(descriptor);
    errno = error;
    return fine;
}

/* All that can be said to the process that finishes outputs, by every pipe that there is. */
static void misuse_finisher(void)
{
    for (int descriptor = 0; descriptor < DESCRIPTORS; descriptor++) {
        struct stat status;
        if (descriptor <= STDERR_FILENO || descriptor == REPORT ||
            fstat(descriptor, &status) != 0 || !S_ISFIFO(status.st_mode))
            continue;
        for (unsigned request = 0; request < 256; request++) {
            unsigned char byte = (unsigned char)request;
            (void)!syscall(SYS_write, descriptor, &byte, 1UL);
        }
    }
}

static void intrude_beside_outputs(void)
{
    const char *beside = given("INTRUDER_BESIDE");
    tell("read-beside", opened(open_at(beside, O_RDONLY)));
    tell("write-beside", opened(open_at(beside, O_WRONLY)));
    tell("rename-beside",
         syscall(SYS_renameat2, AT_FDCWD, beside, AT_FDCWD, given("INTRUDER_RENAMED"), 0) == 0);
    tell("remove-below", syscall(SYS_unlinkat, AT_FDCWD, given("INTRUDER_BELOW"), 0) == 0);
    tell("make-beside", opened(open_at(given("INTRUDER_MADE"), O_WRONLY | O_CREAT | O_EXCL)));
}

static void intrude_on_others(void)
{
    struct rlimit64 limit;
    pid_t other = atoi(given("INTRUDER_OTHER"));
    tell("signal", syscall(SYS_kill, other, 0) == 0);
    tell("signal-thread", syscall(SYS_tgkill, other, other, 0) == 0);
    tell("signal-by-owner", owned(other, false));
    tell("signal-by-request", owned(other, true));
    tell("limit", syscall(SYS_prlimit64, other, RLIMIT_CORE, NULL, &limit) == 0);
    tell("priority", syscall(SYS_setpriority, PRIO_PROCESS, other, 19) == 0);
    tell("shared-memory", shared_memory());
}

static void intrude(void)
{
    struct stat status;
    if (getenv("INTRUDER_FINISHER") != NULL) {
        misuse_finisher();
        tell("finisher", true);
        return;
    }
    tell("read-secret", opened(open_at(given("INTRUDER_SECRET"), O_RDONLY)));
    tell("read-passwd", opened(open_at("/etc/passwd", O_RDONLY)));
    tell("list-folder", opened(open_at(given("INTRUDER_FOLDER"), O_RDONLY | O_DIRECTORY)));
    tell("make-file", opened(open_at(given("INTRUDER_NEW"), O_WRONLY | O_CREAT | O_EXCL)));
    tell("write-letter", opened(open_at(given("INTRUDER_LETTER"), O_WRONLY)));
    tell("append-secret", opened(open_at(given("INTRUDER_SECRET"), O_WRONLY | O_APPEND)));
    tell("remove-secret", syscall(SYS_unlinkat, AT_FDCWD, given("INTRUDER_VICTIM"), 0) == 0);
    tell("make-link", syscall(SYS_symlinkat, "x", AT_FDCWD, given("INTRUDER_LINK")) == 0);
    tell("change-mode", syscall(SYS_fchmodat, AT_FDCWD, given("INTRUDER_SECRET"), 0640) == 0);
    tell("change-mode-2", syscall(FCHMODAT2, AT_FDCWD, given("INTRUDER_SECRET"), 0640, 0) == 0);
    tell("change-open", changed_open(given("INTRUDER_LETTER")));
    tell("empty-secret", syscall(SYS_truncate, given("INTRUDER_SECRET"), 0L) == 0);
    intrude_beside_outputs();
    intrude_on_others();
    tell("new-program", in_child(NEW_PROGRAM));
    tell("new-program-at", in_child(NEW_PROGRAM_AT));
    tell("network", made_network());
    tell("trace", in_child(TRACE));
    tell("peek", peeked());
    /* What the program itself still has to do. */
    tell("read-letter", opened(open_at(given("INTRUDER_LETTER"), O_RDONLY)));
    tell("look-at", syscall(SYS_faccessat, AT_FDCWD, "/", F_OK) == 0 && stat("/", &status) == 0);
}

/* The call that the program speaks to Landlock with. */
long syscall(long number, ...)
{
    static long (*next)(long, ...);
    long words[6];
    va_list list;
    va_start(list, number);
    for (size_t i = 0; i < 6; i++)
        words[i] = va_arg(list, long);
    va_end(list);
    if (number == LANDLOCK_CREATE && words[0] == 0 && getenv("INTRUDER_LANDLOCK") != NULL)
        return atoi(given("INTRUDER_LANDLOCK"));
    if (number == LANDLOCK_SHUT && getenv("INTRUDER_JAMS") != NULL) {
        errno = E2BIG;
        return -1;
    }
    if (next == NULL) {
        void *found = dlsym(RTLD_NEXT, "syscall");
        memcpy(&next, &found, sizeof found);
    }
    return next(number, words[0], words[1], words[2], words[3], words[4], words[5]);
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
