/* SPDX-License-Identifier: MIT */
/* What the commands do; they return what the program exits with (enum exit_status). */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "options.h"
#include "output.h"

/* Reads every letter and writes its record. */
int run_parse(const struct options *options, struct output *output);

/* Judges every letter by the rules of form; the same run with other formats. */
int run_lint(const struct options *options, struct output *output);

/* Judges the library by gold files (check.c; check_absent.c where jansson is not there). */
int run_check(const struct options *options, struct output *output);

#endif
