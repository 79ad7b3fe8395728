/* SPDX-License-Identifier: MIT */
/* `check` in a build that cannot read gold files. */
#include "messages.h"
#include "run.h"

int run_check(const struct options *options, struct output *output)
{
    (void)options;
    (void)output;
    complain("this build has no 'check': it was configured without jansson");
    return EXIT_WRONG_CALL;
}
