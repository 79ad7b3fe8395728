/* SPDX-License-Identifier: MIT */
/* The command line as it was called. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cchcparse/cchcparse.h>
#include <cchcparse/write.h>

#include "globs.h"

/* What the program exits with. */
enum exit_status {
    EXIT_ALL_READ = 0,
    EXIT_SOME_UNREAD = 1,
    EXIT_BELOW_MINIMUM = 1, /* check */
    EXIT_FINDINGS = 1,      /* lint */
    EXIT_WRONG_CALL = 2,
    EXIT_NOT_WRITTEN = 3,
    EXIT_SIGNAL = 128 /* and the signal's number, as shells have it */
};

enum command { COMMAND_PARSE, COMMAND_CHECK, COMMAND_LINT, COMMAND_HELP, COMMAND_VERSION };

enum input_kind { INPUT_TEXT, INPUT_NDJSON };

struct format; /* format.h */

/* --field-min NAME=F1 */
struct field_minimum {
    const char *name;
    size_t name_length;
    double minimum;
};

struct options {
    enum command command;
    const struct format *format; /* NULL: not given */
    cchc_language language;
    size_t max_bytes;
    cchc_options limits; /* --limit */
    size_t jobs;         /* 0: not given */
    enum input_kind input;
    const char *files_from; /* NULL: none */
    bool nul_separated;     /* its paths are */
    struct globs globs;     /* of files in folders and archives */

    /* where records go: none of both is standard output */
    const char *output, *output_dir;
    bool force;
    const char *journal;
    bool resume;

    bool split; /* a file may hold several letters */

    /* of the second library's formats; NULL: not given */
    const char *table, *profile, *organ_id, *organs;
    bool no_bom;

    /* what is told of the batch */
    bool progress, quiet;
    const char *report;

    bool no_sandbox; /* the program keeps all rights of its user */

    /* check */
    double minimum;
    struct field_minimum *field_minima;
    size_t field_minimum_count;
    bool errors;

    /* lint */
    int severity, shown; /* enum cchc_severity: from which on it is an error, and is shown */
    uint64_t disabled;   /* rules, by their rows in the library's table */
    bool rules;          /* list them */

    /* files and folders; they point into argv */
    char **paths;
    size_t path_count;
};

/* False: the call was wrong, and standard error says how. options_free() in either case. */
bool options_read(struct options *options, int argument_count, char **arguments);
void options_free(struct options *options);

/* What --limit sets: its name, and where the number is in cchc_options. The last has no name. */
extern const struct limit {
    const char *name;
    size_t offset;
} known_limits[];

extern const char help_text[];

#endif
