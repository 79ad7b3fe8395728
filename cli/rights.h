/* SPDX-License-Identifier: MIT */
/* What a call needs of the system, and nothing else: least rights. */
#ifndef CLI_RIGHTS_H
#define CLI_RIGHTS_H

#include <stdbool.h>

#include "options.h"

/* Confines the program to reading its inputs and to writing what is open. To be called when the
 * outputs are open and no thread is started; whatever letters do to the program afterwards, it can
 * do no more. What the kernel cannot keep stays free. False, and told: what it can is not kept, and
 * letters had better not be read. */
bool rights_confine(const struct options *options);

/* Confines the process that finishes the outputs to their folders. False: errno says why. */
bool rights_confine_finisher(const struct options *options);

#endif
