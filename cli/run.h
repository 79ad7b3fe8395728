/* SPDX-License-Identifier: MIT */
/* What the commands do. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "options.h"
#include "output.h"

/* Reads every letter and writes its record. */
enum exit_status run_parse(const struct options *options, struct output *output);

/* Judges the library by gold files (check.c; check_absent.c where jansson is not there). */
enum exit_status run_check(const struct options *options, struct output *output);

#endif
