/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

#include "signals.h"

/* A handler has no context: these are the program's only variables outside a function. The pipe
 * wakes who waits for input; poll() passes over a descriptor of -1. */
static atomic_int caught;
static int wake[2] = {-1, -1};

static void catch (int number)
{
    int error = errno;
    atomic_store(&caught, number);
    if (wake[1] >= 0 && write(wake[1], "", 1) < 0) {
        /* A full pipe wakes as well. */
    }
    errno = error;
}

void signals_catch(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    if (pipe(wake) == 0) {
        for (size_t i = 0; i < 2; i++) {
            (void)fcntl(wake[i], F_SETFD, FD_CLOEXEC);
            (void)fcntl(wake[i], F_SETFL, O_NONBLOCK);
        }
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction old, action = {.sa_handler = catch};
        /* Blocking writes and waits go on where they were; the second signal is not caught. */
        action.sa_flags = (int)((unsigned)SA_RESTART | (unsigned)SA_RESETHAND);
        (void)sigemptyset(&action.sa_mask);
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            (void)sigaction(numbers[i], &action, NULL);
    }
}

int signals_caught(void)
{
    return atomic_load(&caught);
}

bool signals_wait_readable(int descriptor)
{
    while (signals_caught() == 0) {
        struct pollfd waits[2] = {{.fd = descriptor, .events = POLLIN},
                                  {.fd = wake[0], .events = POLLIN}};
        if (poll(waits, 2, -1) >= 0 ? waits[0].revents != 0 : errno != EINTR)
            return signals_caught() == 0; /* an error of poll shows itself in the read */
    }
    return false;
}

bool signals_is_readable(int descriptor)
{
    struct pollfd wait = {.fd = descriptor, .events = POLLIN};
    return poll(&wait, 1, 0) != 0;
}
