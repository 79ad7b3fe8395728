/* SPDX-License-Identifier: MIT */
/* TARGET FILE|FOLDER…: gives each file to the target, once, in place of a fuzzer. A line tells of
 * each argument, and one without inputs is a failure: what it should have shown was not asked. Where
 * a file ends the program, its name is the last line of standard error. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../folder.h"
#include "../support.h"
#include "target.h"

static const char *at_hand = "";

static void name_input(void)
{
    static const char words[] = "replay: input: ";
    if (write(STDERR_FILENO, words, sizeof words - 1) < 0 ||
        write(STDERR_FILENO, at_hand, strlen(at_hand)) < 0 || write(STDERR_FILENO, "\n", 1) < 0)
        return;
}

static void on_signal(int number)
{
    name_input();
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

/* Sanitizers end a program without a signal. */
extern void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static bool any(const char *path)
{
    (void)path;
    return true;
}

/* The bytes end where their block ends, so that a read beyond them shows under AddressSanitizer. */
static void give(const char *path)
{
    size_t length;
    unsigned char *bytes = read_whole(path, &length), *exact = malloc(length > 0 ? length : 1);
    if (exact == NULL)
        abort();
    memcpy(exact, bytes, length);
    free(bytes);
    at_hand = path;
    (void)LLVMFuzzerTestOneInput(exact, length);
    free(exact);
}

int main(int argument_count, char **arguments)
{
    if (argument_count < 2) {
        (void)fputs("usage: fuzz_TARGET FILE|FOLDER...\n", stderr);
        return 2;
    }
    if (__sanitizer_set_death_callback != NULL)
        __sanitizer_set_death_callback(name_input);
    (void)signal(SIGABRT, on_signal);
    (void)signal(SIGSEGV, on_signal);
    int failed = 0;
    for (int i = 1; i < argument_count; i++) {
        struct paths paths = {NULL, 0, 0};
        paths_add(&paths, arguments[i], any);
        for (size_t k = 0; k < paths.count; k++)
            give(paths.path[k]);
        printf("%s %s: %zu inputs\n", paths.count > 0 ? "ok" : "not ok", arguments[i], paths.count);
        failed = failed || paths.count == 0;
        paths_free(&paths);
    }
    return failed;
}
