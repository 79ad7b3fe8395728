/* SPDX-License-Identifier: MIT */
/* What a call needs of the system once its outputs are open, and nothing else: least rights. */
#ifndef CLI_RIGHTS_H
#define CLI_RIGHTS_H

#include "options.h"

/* Confines the program to reading its inputs and to finishing its outputs. To be called when the
 * outputs are open and no thread is started; whatever letters do to the program afterwards, it can
 * do no more. What the kernel cannot keep stays free; only a failure of what it can is told of. */
void rights_confine(const struct options *options);

#endif
