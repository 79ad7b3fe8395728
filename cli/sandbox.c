/* SPDX-License-Identifier: MIT */
/* Landlock and seccomp, spoken to directly: the headers of Debian 12 know the first versions of
 * Landlock only, and a library for either would be one more thing to trust.
 *
 * Landlock (Linux 5.13) knows a set of accesses that are barred but for the rules, each of which
 * gives some of them to a file or to all below a folder. Accesses are looked at when a file is
 * opened, so what was open before may go on. Version 1 bars moving files between folders with no
 * way to allow it, which --output-dir needs; it counts as no Landlock.
 *
 * seccomp looks at the number of each system call. Of the old ones there is a list of those that
 * are refused, since what libc and the libraries call differs from version to version and a call
 * that is missing in a list of allowed ones ends in lost letters; they are refused with EPERM. Of
 * the newer ones only those are let through that are known.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox.h"

/* A sanitizer stops the program's threads and reads their memory when it looks for leaks. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(leak_sanitizer) ||                           \
    __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif

/* ------------------------------------------------------------------------------------ Landlock -- */

/* <linux/landlock.h> as of version 6. The numbers are those of every architecture that took them
 * up after 2019 and numbers its calls from 0; Alpha and MIPS do not, and have no Landlock here. */
#if !defined(__alpha__) && !defined(__mips__)
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
#else
enum { CREATE_RULESET = -1, ADD_RULE = -1, RESTRICT_SELF = -1 };
#endif

enum { ASK_VERSION = 1, PATH_BENEATH = 1 };

enum {
    FS_EXECUTE = 1 << 0,
    FS_WRITE_FILE = 1 << 1,
    FS_READ_FILE = 1 << 2,
    FS_READ_DIR = 1 << 3,
    FS_REMOVE_DIR = 1 << 4,
    FS_REMOVE_FILE = 1 << 5,
    FS_MAKE_DIR = 1 << 7,
    FS_MAKE_REG = 1 << 8,
    FS_REFER = 1 << 13,
    FS_TRUNCATE = 1 << 14,
    FS_IOCTL_DEV = 1 << 15,
    FS_READ = FS_READ_FILE | FS_READ_DIR,
    FS_OF_FILES = FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV,
    NET_ALL = 3,  /* to bind and to connect TCP */
    SCOPE_ALL = 3 /* abstract UNIX sockets and signals stay inside */
};

struct ruleset {
    uint64_t files, net, scoped;
};

/* Packed in the kernel's header. */
struct __attribute__((packed)) path_beneath {
    uint64_t allowed;
    int32_t parent;
};

/* What each version can bar; a later one can what the last row says. */
static const struct ruleset versions[] = {
    {0, 0, 0},
    {0, 0, 0}, /* see above */
    {(FS_REFER << 1) - 1, 0, 0},
    {(FS_TRUNCATE << 1) - 1, 0, 0},
    {(FS_TRUNCATE << 1) - 1, NET_ALL, 0},
    {(FS_IOCTL_DEV << 1) - 1, NET_ALL, 0},
    {(FS_IOCTL_DEV << 1) - 1, NET_ALL, SCOPE_ALL},
};

enum { VERSIONS = sizeof versions / sizeof versions[0] };

static const uint64_t rights[] = {
    [RIGHT_READ] = FS_READ,
    [RIGHT_APPEND] = FS_WRITE_FILE,
    [RIGHT_RENAME] = FS_READ_DIR | FS_REMOVE_FILE | FS_MAKE_REG,
    [RIGHT_KEEP] = FS_READ | FS_WRITE_FILE | FS_TRUNCATE | FS_MAKE_REG | FS_MAKE_DIR |
                   FS_REMOVE_FILE | FS_REMOVE_DIR | FS_REFER,
};

/* Version 0: there is no Landlock, or it is switched off, or a container bars it. */
static size_t landlock_version(void)
{
    long version = syscall(CREATE_RULESET, NULL, (size_t)0, (uint32_t)ASK_VERSION);
    return version > 0 ? (size_t)version : 0;
}

static const struct ruleset *barred_by(size_t version)
{
    return &versions[version < VERSIONS ? version : VERSIONS - 1];
}

void sandbox_begin(struct sandbox *sandbox, bool reads_all)
{
    sandbox_free(sandbox);
    struct ruleset barred = *barred_by(landlock_version());
    if (reads_all)
        barred.files &= ~(uint64_t)FS_READ;
    *sandbox = (struct sandbox){.ruleset = -1, .reads_all = reads_all, .files = barred.files};
    if (barred.files != 0) /* members that an older kernel does not know are 0, and do not hurt */
        sandbox->ruleset = (int)syscall(CREATE_RULESET, &barred, sizeof barred, (uint32_t)0);
}

bool sandbox_allow(struct sandbox *sandbox, const char *path, enum right right)
{
    if (sandbox->ruleset < 0)
        return true;
    if (sandbox->rules == SANDBOX_RULES_MAX)
        return false;
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0) /* what cannot be found needs no rule */
        return errno != EMFILE && errno != ENFILE && errno != ENOMEM;
    struct stat status;
    struct path_beneath rule = {rights[right] & sandbox->files, place};
    bool fine = fstat(place, &status) == 0;
    if (fine && !S_ISDIR(status.st_mode))
        rule.allowed &= FS_OF_FILES;
    if (fine && rule.allowed != 0) {
        /* EBADFD: a pipe or its like, to which the rules do not apply. */
        fine = syscall(ADD_RULE, sandbox->ruleset, PATH_BENEATH, &rule, (uint32_t)0) == 0 ||
               errno == EBADFD;
        sandbox->rules++;
    }
    (void)close(place);
    return fine;
}

void sandbox_free(struct sandbox *sandbox)
{
    if (sandbox->ruleset >= 0)
        (void)close(sandbox->ruleset);
    sandbox->ruleset = -1;
}

/* ------------------------------------------------------------------------------------- seccomp -- */

#if defined(__x86_64__) && !defined(__ILP32__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__i386__)
#define ARCHITECTURE AUDIT_ARCH_I386
#elif defined(__aarch64__) && !defined(__AARCH64EB__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__arm__) && defined(__ARM_EABI__) && !defined(__ARMEB__)
#define ARCHITECTURE AUDIT_ARCH_ARM
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#elif defined(__s390x__)
#define ARCHITECTURE AUDIT_ARCH_S390X
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
#define ARCHITECTURE AUDIT_ARCH_PPC64LE
#else
#define ARCHITECTURE 0 /* no filter: its calls have numbers that nobody here has looked at */
#endif

#if defined(__x86_64__)
enum { X32_JUMP = 1, X32_CALLS = 0x40000000 }; /* from here on calls are those of x32 */
#else
enum { X32_JUMP = 0, X32_CALLS = 0 };
#endif

/* Which a parser has no use for. Not every architecture has all. */
static const unsigned refused[] = {
    /* other programs: to start them, to look into them, to steer them */
    SYS_execve,
    SYS_execveat,
#ifndef SANITIZED
    SYS_ptrace,
#endif
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_kcmp,
    SYS_kill,
    SYS_tkill,
    SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo,
    SYS_setpriority,
    SYS_ioprio_set,
    SYS_sched_setparam,
    SYS_sched_setscheduler,
    SYS_sched_setattr,
    SYS_sched_setaffinity,
    SYS_migrate_pages,
    SYS_move_pages,
    SYS_setpgid,
    SYS_setsid,
    /* the network, and other programs through it */
    SYS_socket,
    SYS_connect,
    SYS_bind,
    SYS_listen,
#ifdef SYS_accept
    SYS_accept,
#endif
    SYS_accept4,
#ifdef SYS_socketcall
    SYS_socketcall,
#endif
/* other programs through memory and messages that have keys or names of their own */
#ifdef SYS_ipc
    SYS_ipc,
#endif
#ifdef SYS_shmget
    SYS_shmget,
    SYS_shmat,
    SYS_shmctl,
    SYS_semget,
    SYS_semctl,
    SYS_msgget,
    SYS_msgsnd,
    SYS_msgrcv,
    SYS_msgctl,
#endif
#ifdef SYS_semop
    SYS_semop,
#endif
#ifdef SYS_semtimedop
    SYS_semtimedop,
#endif
    SYS_mq_open,
    SYS_mq_unlink,
/* all of these by another way, past this filter */
#ifdef SYS_io_uring_setup
    SYS_io_uring_setup,
    SYS_io_uring_enter,
    SYS_io_uring_register,
#endif
/* owners, modes and times, which Landlock does not keep */
#ifdef SYS_chmod
    SYS_chmod,
    SYS_chown,
    SYS_lchown,
    SYS_utime,
    SYS_utimes,
    SYS_futimesat,
#endif
#ifdef SYS_chown32
    SYS_chown32,
    SYS_lchown32,
    SYS_fchown32,
#endif
    SYS_fchmod,
    SYS_fchmodat,
    SYS_fchown,
    SYS_fchownat,
#ifdef SYS_utimensat
    SYS_utimensat,
#endif
#ifdef SYS_utimensat_time64
    SYS_utimensat_time64,
#endif
    SYS_setxattr,
    SYS_lsetxattr,
    SYS_fsetxattr,
    SYS_removexattr,
    SYS_lremovexattr,
    SYS_fremovexattr,
/* what Landlock keeps of these from Linux 6.2 on only */
#ifdef SYS_truncate
    SYS_truncate,
#endif
#ifdef SYS_truncate64
    SYS_truncate64,
#endif
    /* other views of the system, and the parts of the kernel with the most holes */
    SYS_unshare,
    SYS_setns,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_name_to_handle_at,
    SYS_open_by_handle_at,
    SYS_fanotify_init,
    SYS_inotify_init1,
#ifdef SYS_inotify_init
    SYS_inotify_init,
#endif
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
#ifdef SYS_kexec_file_load
    SYS_kexec_file_load,
#endif
#ifdef SYS_iopl
    SYS_iopl,
    SYS_ioperm,
#endif
#ifdef SYS_settimeofday
    SYS_settimeofday,
#endif
#ifdef SYS_clock_settime
    SYS_clock_settime,
    SYS_clock_adjtime,
    SYS_adjtimex,
#endif
#ifdef SYS_clock_settime64
    SYS_clock_settime64,
    SYS_clock_adjtime64,
#endif
    SYS_sethostname,
    SYS_setdomainname,
    SYS_vhangup,
    SYS_reboot,
    SYS_swapon,
    SYS_swapoff,
    SYS_quotactl,
    SYS_acct,
    SYS_syslog,
};

/* From this number on, of 2019, every architecture has the same calls, and new ones are added. They
 * are refused as what an older kernel does not know, for which libc has another way; but for the
 * following, which are libc's for threads and for its own files. */
enum { NEW_CALLS = 424 };

static const unsigned known_new[] = {
    435, /* clone3 */
    436, /* close_range */
    437, /* openat2 */
    439, /* faccessat2 */
    441, /* epoll_pwait2 */
    449, /* futex_waitv */
    453, /* map_shadow_stack */
    454, /* futex_wake */
    455, /* futex_wait */
    456, /* futex_requeue */
    462, /* mseal */
};

/* Of these calls, by their second argument: what types into the caller's terminal, where a shell
 * reads it; what has the kernel send signals to another process. */
enum { COMMANDS_MOST = 4 };

static const struct {
    unsigned call;
    unsigned commands[COMMANDS_MOST]; /* 0: no more */
} refused_commands[] = {
    {SYS_ioctl, {TIOCSTI, TIOCLINUX, FIOSETOWN, SIOCSPGRP}},
    {SYS_fcntl, {F_SETOWN, F_SETOWN_EX, F_SETSIG}},
#ifdef SYS_fcntl64
    {SYS_fcntl64, {F_SETOWN, F_SETOWN_EX, F_SETSIG}},
#endif
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
enum {
    REFUSED = COUNT(refused),
    KNOWN = COUNT(known_new),
    WITH_COMMANDS = COUNT(refused_commands),
    PROGRAM_MAX = REFUSED + KNOWN + WITH_COMMANDS * (COMMANDS_MOST + 2) + 16
};
_Static_assert(PROGRAM_MAX <= 255, "the lists are too long for one jump");

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
enum { LOW_HALF = 4 };
#else
enum { LOW_HALF = 0 };
#endif

/* Loads a word of what the kernel tells of the call. */
static struct sock_filter load(size_t offset)
{
    return (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset);
}

static struct sock_filter jump(unsigned how, uint32_t value, size_t if_so, size_t if_not)
{
    return (struct sock_filter)BPF_JUMP((uint16_t)(BPF_JMP | how | BPF_K), value, (uint8_t)if_so,
                                        (uint8_t)if_not);
}

static struct sock_filter answer(uint32_t what)
{
    return (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what);
}

/* A filter that is being put together. Its last instructions are its answers; jumps, which count
 * from the instruction behind, are told where those are when their number is known. */
struct filter {
    struct sock_filter program[PROGRAM_MAX];
    size_t length;
};

/* What jumps are told before: no filter is as long. */
enum { TO_ALLOW = 253, TO_REFUSE = 254, TO_UNKNOWN = 255 };

static void add(struct filter *filter, struct sock_filter instruction)
{
    filter->program[filter->length++] = instruction;
}

static struct sock_filter load_argument(size_t argument)
{
    return load(offsetof(struct seccomp_data, args) + argument * sizeof(uint64_t) + LOW_HALF);
}

/* Where the call is @p number and its argument is another than @p value: refused. */
static void add_argument(struct filter *filter, unsigned number, size_t argument, uint32_t value)
{
    add(filter, jump(BPF_JEQ, number, 0, 2));
    add(filter, load_argument(argument));
    add(filter, jump(BPF_JEQ, value, TO_ALLOW, TO_REFUSE));
}

/* Where the call is @p number and its second argument one of the commands: refused. */
static void add_commands(struct filter *filter, unsigned number, const unsigned *commands)
{
    size_t count = 0;
    while (count < COMMANDS_MOST && commands[count] != 0)
        count++;
    add(filter, jump(BPF_JEQ, number, 0, count + 1));
    add(filter, load_argument(1));
    for (size_t i = 0; i < count; i++)
        add(filter, jump(BPF_JEQ, commands[i], TO_REFUSE, i + 1 < count ? 0 : TO_ALLOW));
}

static void set_target(uint8_t *jump, size_t from, size_t answers)
{
    if (*jump >= TO_ALLOW)
        *jump = (uint8_t)(answers + (*jump - TO_ALLOW) - from - 1);
}

/* Puts the filter together. Signals may go to this process alone, limits may be asked of it alone:
 * libc does both. */
static void write_filter(struct filter *filter)
{
    add(filter, load(offsetof(struct seccomp_data, arch)));
    add(filter, jump(BPF_JEQ, ARCHITECTURE, 0, TO_REFUSE));
    add(filter, load(offsetof(struct seccomp_data, nr)));
    if (X32_JUMP > 0)
        add(filter, jump(BPF_JGE, X32_CALLS, TO_REFUSE, 0));
    for (size_t i = 0; i < REFUSED; i++)
        add(filter, jump(BPF_JEQ, refused[i], TO_REFUSE, 0));
    for (size_t i = 0; i < KNOWN; i++)
        add(filter, jump(BPF_JEQ, known_new[i], TO_ALLOW, 0));
    add(filter, jump(BPF_JGE, NEW_CALLS, TO_UNKNOWN, 0));
    add_argument(filter, SYS_tgkill, 0, (uint32_t)getpid());
    add_argument(filter, SYS_prlimit64, 0, 0);
    for (size_t i = 0; i < WITH_COMMANDS; i++)
        add_commands(filter, refused_commands[i].call, refused_commands[i].commands);
    size_t answers = filter->length;
    add(filter, answer(SECCOMP_RET_ALLOW));
    add(filter, answer(SECCOMP_RET_ERRNO | EPERM));
    add(filter, answer(SECCOMP_RET_ERRNO | ENOSYS));
    for (size_t i = 0; i < answers; i++) {
        struct sock_filter *instruction = &filter->program[i];
        if (BPF_CLASS(instruction->code) == BPF_JMP) {
            set_target(&instruction->jt, i, answers);
            set_target(&instruction->jf, i, answers);
        }
    }
}

static bool seccomp_known(void)
{
    uint32_t action = SECCOMP_RET_ERRNO;
    return ARCHITECTURE != 0 && syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

/* Slower memory is the price of a filter that shall also keep code from guessing what other code
 * has read; all code here is of one mind, and does not pay it (SPEC_ALLOW, Linux 4.17). */
static bool install_filter(void)
{
    struct filter written = {.length = 0};
    write_filter(&written);
    const struct sock_fprog filter = {(unsigned short)written.length, written.program};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &filter) ==
               0 ||
           (errno == EINVAL && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0);
}

/* -------------------------------------------------------------------------------------- both -- */

bool sandbox_enter(struct sandbox *sandbox)
{
    bool files = sandbox->files != 0, programs = seccomp_known();
    if (!files && !programs)
        return true;
    /* Without it both are for root alone; with it no program gains rights by its owner either. */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
#ifdef SANITIZED
    (void)sandbox_allow(sandbox, "/proc", RIGHT_READ);
#endif
    bool fine = !files || syscall(RESTRICT_SELF, sandbox->ruleset, (uint32_t)0) == 0;
    return (!programs || install_filter()) && fine;
}

bool sandbox_keeps_files(void)
{
    return barred_by(landlock_version())->files != 0;
}

void sandbox_describe(char words[SANDBOX_WORDS])
{
    size_t version = landlock_version();
    const struct ruleset *barred = barred_by(version);
    bool programs = seccomp_known();
    char files[80] = "";
    if (barred->files != 0)
        (void)snprintf(files, sizeof files, "files%s (Landlock %zu)%s",
                       barred->net != 0 ? " and network" : "", version, programs ? ", " : "");
    if (barred->files == 0 && !programs)
        (void)snprintf(files, sizeof files, "none by this kernel");
    (void)snprintf(words, SANDBOX_WORDS, "%s%s", files,
                   programs ? "programs and network (seccomp)" : "");
}
