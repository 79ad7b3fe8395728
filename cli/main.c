/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <cchcparse/cchcparse.h>

#include "messages.h"
#include "options.h"
#include "output.h"
#include "run.h"
#include "sandbox.h"

static void tell_version(const struct options *options, struct output *output)
{
    char sandbox[SANDBOX_WORDS] = "off";
    if (!options->no_sandbox)
        sandbox_describe(sandbox);
    (void)output_text(output, "cchcparse ");
    (void)output_text(output, cchc_version());
    (void)output_text(output, "\nsandbox: ");
    (void)output_text(output, sandbox);
    (void)output_text(output, "\n");
}

static int run(const struct options *options, struct output *output)
{
    switch (options->command) {
    case COMMAND_PARSE: return run_parse(options, output);
    case COMMAND_CHECK: return run_check(options, output);
    case COMMAND_LINT: return run_lint(options, output);
    case COMMAND_HELP: (void)output_text(output, help_text); break;
    case COMMAND_VERSION: tell_version(options, output); break;
    }
    return EXIT_ALL_READ;
}

/* A standard descriptor that the caller has closed is taken by what cannot be read or written as
 * such, so that no file of ours gets its number, and with it what is meant for standard error. */
static void keep_standard_descriptors(void)
{
    static const int unusable[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int i = 0; i < 3; i++)
        if (fcntl(i, F_GETFD) < 0 && errno == EBADF)
            (void)open("/dev/null", unusable[i]); /* takes the lowest number that is free */
}

int main(int argument_count, char **arguments)
{
    static struct output output;
    struct options options;
    int status = EXIT_WRONG_CALL;

    keep_standard_descriptors();
    /* A reader that goes away is an error of the write, not the end of the process. */
    (void)signal(SIGPIPE, SIG_IGN);
    output_open(&output, STDOUT_FILENO);
    if (options_read(&options, argument_count, arguments))
        status = run(&options, &output);
    options_free(&options);
    if (!output_flush(&output)) {
        if (output.error != EPIPE) /* who closed the pipe has all that he wanted */
            complain_of("standard output", strerror(output.error));
        status = EXIT_NOT_WRITTEN;
    }
    return status;
}
