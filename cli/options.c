/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cchcparse/lint.h>

#include "batch.h"
#include "format.h"
#include "journal.h"
#include "lint.h"
#include "messages.h"
#include "ndjson.h"
#include "options.h"
#include "outputs.h"

const char help_text[] =
    "usage: cchcparse [OPTION]... PATH...\n"
    "       cchcparse check FOLDER [--min F1] [--field-min NAME=F1]... [--errors]\n"
    "       cchcparse lint [OPTION]... PATH...\n"
    "\n"
    "Reads Vietnamese official letters and gives each one's record: agency, number, date,\n"
    "subject, clauses, deadlines, references, recipients, signer, and the bytes they came from.\n"
    "\n"
    "PATH is a file, a folder (its *.txt, *.md, *.html, *.htm, deeply), an archive (.zip, .tar,\n"
    ".tar.gz, .tgz, .tar.zst) or - for standard input.\n"
    "\n"
    "What is read:\n"
    "  --files-from LIST  also the paths in the file LIST, one a line; - for standard input\n"
    "  -0, --null         the paths in LIST end with NULs\n"
    "  --input FORMAT     text: a letter a file (default); ndjson: a letter a line,\n"
    "                     {\"name\": ..., \"text\": ...}\n"
    "  --include GLOB     of folders and archives, files that match, whatever their endings\n"
    "  --exclude GLOB     of folders and archives, not the files and folders that match\n"
    "  --split            a file may hold several letters: a record each\n"
    "  --max-bytes N      longest letter; K, M and G count in 1024s (default 64M)\n"
    "  --limit NAME=N     of what is read from a letter: line-length, heading-lines, list-lines,\n"
    "                     clauses, clause-depth, items, diagnostics, pattern-steps,\n"
    "                     paragraphs, value-length\n"
    "  --jobs N           letters that are read at a time (default: one a processor)\n"
    "\n"
    "What is written:\n"
    "  --format FORMAT    ndjson: one record a line; json: one array; text: a summary for people\n"
    "                     (default: text on a terminal, else ndjson); csv, tsv: tables; ics: a\n"
    "                     calendar; html: a page to review; metadata-csv, metadata-xml: of "
    "archives;\n"
    "                     edxml: of the national exchange, a file a letter; sqlite: a catalogue\n"
    "  --lang LANGUAGE    language of summary, tables and page: vi (default) or en\n"
    "  --table TABLE      csv, tsv: letters (default), clauses, deadlines, references, recipients\n"
    "  --no-bom           csv, metadata-csv: without the byte order mark that Excel wants\n"
    "  --profile PROFILE  metadata: nd30 (default), tt02, tt05\n"
    "  --organ-id ID      edxml: the sender's identifier; metadata: that of the archive\n"
    "  --organs FILE      of the same formats: identifiers of agencies: NAME, a tab, ID a line\n"
    "  --output FILE      write to FILE, which gets its name when it is whole\n"
    "  --output-dir DIR   write a file an input into DIR: NAME.txt.json, in the same tree\n"
    "  --force            overwrite what is there already\n"
    "  --journal FILE     keep a record of what is finished\n"
    "  --resume           go on where the run of that journal was broken off\n"
    "\n"
    "What is told:\n"
    "  --progress         show how far it is, and a summary at the end, not only on a terminal\n"
    "  --quiet            show neither\n"
    "  --report FILE      write the summary to FILE as JSON\n"
    "  --no-sandbox       keep all rights, not only those that this call needs\n"
    "  --help             print this and leave\n"
    "  --version          print the version, and what the sandbox keeps, and leave\n"
    "  --                 what follows is no option\n"
    "\n"
    "check judges the library on the letters NAME.txt of FOLDER by their NAME.gold.json:\n"
    "  --min F1               exit with 1 where the micro F1 is lower\n"
    "  --field-min NAME=F1    the same for one row of the table\n"
    "  --errors               list every wrong and missing value first\n"
    "\n"
    "lint judges letters by the rules of form of Nghị định 30/2020/NĐ-CP. It takes the options of\n"
    "what is read and told, --lang, --output, --force, and:\n"
    "  --format FORMAT        text: FILE:LINE:COLUMN: SEVERITY: RULE: ... (default); json: a "
    "letter\n"
    "                         a line; sarif: SARIF 2.1.0\n"
    "  --severity LEVEL       exit with 1 from it on: error (default), warning, info; none: never\n"
    "  --show LEVEL           write findings from it on: info (default), warning, error\n"
    "  --disable V10,V19      leave out these rules\n"
    "  --rules                list the rules and leave\n"
    "\n"
    "Exit status: 0 all were read; 1 some could not be, check missed a minimum, lint found what\n"
    "is as grave as --severity; 2 the call was wrong; 3 the output could not be written; 128 + N\n"
    "a signal ended the run.\n";

enum option_key {
    KEY_TEXT,     /* the argument is kept as it is, the last one, */
    KEY_ONE_TEXT, /* or there may be one only; */
    KEY_FLAG,     /* or that the option is there */
    KEY_FORMAT,
    KEY_LANGUAGE,
    KEY_MAX_BYTES,
    KEY_LIMIT,
    KEY_JOBS,
    KEY_INPUT,
    KEY_INCLUDE,
    KEY_EXCLUDE,
    KEY_MINIMUM,
    KEY_FIELD_MINIMUM,
    KEY_SEVERITY,
    KEY_DISABLE,
    KEY_HELP,
    KEY_VERSION
};

/* Which commands take an option. */
enum { PARSE = 1u << COMMAND_PARSE, CHECK = 1u << COMMAND_CHECK, LINT = 1u << COMMAND_LINT };

#define MEMBER(name) offsetof(struct options, name)

static const struct known_option {
    const char *name;
    int argument;
    enum option_key key;
    unsigned commands;
    size_t member; /* of KEY_TEXT, KEY_FLAG and KEY_SEVERITY */
} known_options[] = {
    {"format", required_argument, KEY_FORMAT, PARSE | LINT, 0},
    {"lang", required_argument, KEY_LANGUAGE, PARSE | LINT, 0},
    {"max-bytes", required_argument, KEY_MAX_BYTES, PARSE | CHECK | LINT, 0},
    {"limit", required_argument, KEY_LIMIT, PARSE | LINT, 0},
    {"jobs", required_argument, KEY_JOBS, PARSE | LINT, 0},
    {"input", required_argument, KEY_INPUT, PARSE | LINT, 0},
    {"files-from", required_argument, KEY_ONE_TEXT, PARSE | LINT, MEMBER(files_from)},
    {"null", no_argument, KEY_FLAG, PARSE | LINT, MEMBER(nul_separated)},
    {"include", required_argument, KEY_INCLUDE, PARSE | LINT, 0},
    {"exclude", required_argument, KEY_EXCLUDE, PARSE | LINT, 0},
    {"output", required_argument, KEY_TEXT, PARSE | LINT, MEMBER(output)},
    {"output-dir", required_argument, KEY_TEXT, PARSE, MEMBER(output_dir)},
    {"force", no_argument, KEY_FLAG, PARSE | LINT, MEMBER(force)},
    {"journal", required_argument, KEY_TEXT, PARSE, MEMBER(journal)},
    {"resume", no_argument, KEY_FLAG, PARSE, MEMBER(resume)},
    {"split", no_argument, KEY_FLAG, PARSE | LINT, MEMBER(split)},
    {"table", required_argument, KEY_TEXT, PARSE, MEMBER(table)},
    {"profile", required_argument, KEY_TEXT, PARSE, MEMBER(profile)},
    {"no-bom", no_argument, KEY_FLAG, PARSE, MEMBER(no_bom)},
    {"organ-id", required_argument, KEY_TEXT, PARSE, MEMBER(organ_id)},
    {"organs", required_argument, KEY_TEXT, PARSE, MEMBER(organs)},
    {"progress", no_argument, KEY_FLAG, PARSE | LINT, MEMBER(progress)},
    {"quiet", no_argument, KEY_FLAG, PARSE | LINT, MEMBER(quiet)},
    {"report", required_argument, KEY_TEXT, PARSE | LINT, MEMBER(report)},
    {"no-sandbox", no_argument, KEY_FLAG, PARSE | CHECK | LINT, MEMBER(no_sandbox)},
    {"min", required_argument, KEY_MINIMUM, CHECK, 0},
    {"field-min", required_argument, KEY_FIELD_MINIMUM, CHECK, 0},
    {"errors", no_argument, KEY_FLAG, CHECK, MEMBER(errors)},
    {"severity", required_argument, KEY_SEVERITY, LINT, MEMBER(severity)},
    {"show", required_argument, KEY_SEVERITY, LINT, MEMBER(shown)},
    {"disable", required_argument, KEY_DISABLE, LINT, 0},
    {"rules", no_argument, KEY_FLAG, LINT, MEMBER(rules)},
    {"help", no_argument, KEY_HELP, PARSE | CHECK | LINT, 0},
    {"version", no_argument, KEY_VERSION, PARSE | CHECK | LINT, 0},
};
enum { KNOWN_OPTIONS = sizeof known_options / sizeof known_options[0] };

/* What getopt_long() returns for the first row: beyond the letters, which optopt may also hold. */
enum { FIRST_ROW = 256 };

/* The options of a command, as getopt_long() wants them. */
static void options_of(enum command command, struct option options[KNOWN_OPTIONS + 1])
{
    for (size_t i = 0; i < KNOWN_OPTIONS; i++) {
        const struct known_option *known = &known_options[i];
        if ((known->commands & 1u << command) != 0)
            *options++ = (struct option){known->name, known->argument, NULL, FIRST_ROW + (int)i};
    }
    *options = (struct option){NULL, 0, NULL, 0};
}

/* The commands that are words of the call; all else is the reading of letters. */
static const struct command_words {
    const char *word;
    enum command command;
    const char *letters; /* getopt's */
    const char *nothing; /* what is said where no path is given */
} commands[] = {
    {"check", COMMAND_CHECK, ":", "no FOLDER is given"},
    {"lint", COMMAND_LINT, ":0", "no PATH is given"},
    {"", COMMAND_PARSE, ":0", "no PATH is given"},
};

static const struct command_words *command_of(int argument_count, char **arguments)
{
    const struct command_words *command = commands;
    while (command->word[0] != '\0' &&
           (argument_count < 2 || strcmp(arguments[1], command->word) != 0))
        command++;
    return command;
}

/* A number with K, M or G behind it. False: it is none, or too large, and that is said. */
static bool read_size(const char *option, const char *text, size_t *size)
{
    bool digit = text[0] >= '0' && text[0] <= '9'; /* strtoull would take blanks and a sign */
    char *end = NULL;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    bool beyond = errno == ERANGE;
    unsigned shift = 0;
    switch (*end) {
    case 'K':
    case 'k':
        shift = 10;
        end++;
        break;
    case 'M':
    case 'm':
        shift = 20;
        end++;
        break;
    case 'G':
    case 'g':
        shift = 30;
        end++;
        break;
    default: break;
    }
    if (!digit || *end != '\0' || number == 0) {
        complain("%s wants a number above 0, with K, M or G, not '%s'", option, text);
        return false;
    }
    if (beyond || number > (SIZE_MAX >> shift)) {
        complain("%s: too large: '%s'", option, text);
        return false;
    }
    *size = (size_t)number << shift;
    return true;
}

const struct limit known_limits[] = {
    {"line-length", offsetof(cchc_options, max_line_length)},
    {"heading-lines", offsetof(cchc_options, max_heading_lines)},
    {"list-lines", offsetof(cchc_options, max_list_lines)},
    {"clauses", offsetof(cchc_options, max_clauses)},
    {"clause-depth", offsetof(cchc_options, max_clause_depth)},
    {"items", offsetof(cchc_options, max_items)},
    {"diagnostics", offsetof(cchc_options, max_diagnostics)},
    {"pattern-steps", offsetof(cchc_options, max_pattern_steps)},
    {"paragraphs", offsetof(cchc_options, max_paragraphs)},
    {"value-length", offsetof(cchc_options, max_value_length)},
    {NULL, 0},
};

/* NAME=N. False: it is wrong, and that is said. */
static bool read_limit(const char *argument, cchc_options *limits)
{
    size_t length = strcspn(argument, "="), number;
    for (const struct limit *limit = known_limits; limit->name != NULL; limit++) {
        if (strlen(limit->name) != length || memcmp(limit->name, argument, length) != 0)
            continue;
        if (!read_size("--limit NAME=N", argument + length + (argument[length] == '='), &number))
            return false;
        memcpy((char *)limits + limit->offset, &number, sizeof number);
        return true;
    }
    complain("no such limit: '%.*s' (see cchcparse --help)", (int)length, argument);
    return false;
}

static bool read_jobs(const char *text, size_t *jobs)
{
    char *end = NULL;
    errno = 0;
    unsigned long number = strtoul(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || number == 0 ||
        number > JOBS_MAX)
        return false;
    *jobs = (size_t)number;
    return true;
}

/* A figure from 0 to 1; strtod would also take blanks, hexadecimal numbers and words. */
static bool read_minimum(const char *text, double *minimum)
{
    char *end = NULL;
    double number = strtod(text, &end);
    if (end == text || *end != '\0' || text[strspn(text, "0123456789.eE-")] != '\0' ||
        number < 0.0 || number > 1.0)
        return false;
    *minimum = number;
    return true;
}

static bool add_field_minimum(struct options *options, const char *argument)
{
    const char *equals = strchr(argument, '=');
    struct field_minimum row = {argument, 0, 0.0};
    if (equals == NULL || !read_minimum(equals + 1, &row.minimum)) {
        complain("--field-min wants NAME=F1, a figure from 0 to 1, not '%s'", argument);
        return false;
    }
    row.name_length = (size_t)(equals - argument);
    size_t count = options->field_minimum_count;
    struct field_minimum *rows = realloc(options->field_minima, (count + 1) * sizeof *rows);
    if (rows == NULL) {
        complain("%s", cchc_status_message(CCHC_NOMEM));
        return false;
    }
    rows[count] = row;
    options->field_minima = rows;
    options->field_minimum_count = count + 1;
    return true;
}

/* "error", …; none is beyond all, where that may be said. */
static bool read_severity(const char *option, const char *text, bool none, int *severity)
{
    static const char *const levels[] = {"info", "warning", "error", "none"};
    for (int i = 0; i < (none ? 4 : 3); i++)
        if (strcmp(levels[i], text) == 0) {
            *severity = i;
            return true;
        }
    complain("--%s wants error, warning%s info, not '%s'", option, none ? ", none or" : " or",
             text);
    return false;
}

/* "V10,V19" */
static bool read_disabled(const char *text, uint64_t *disabled)
{
    while (*text != '\0') {
        size_t length = strcspn(text, ","), row = 0;
        const cchc_lint_rule *rule;
        while ((rule = cchc_lint_rule_at(row)) != NULL &&
               (strlen(rule->id) != length || strncmp(rule->id, text, length) != 0))
            row++;
        if (rule == NULL) {
            complain("no such rule: '%.*s' (see cchcparse lint --rules)", (int)length, text);
            return false;
        }
        *disabled |= UINT64_C(1) << row;
        text += length + (text[length] == ',');
    }
    return true;
}

static bool take_format(struct options *options, const char *name)
{
    bool lint = options->command == COMMAND_LINT;
    options->format = lint ? lint_format_by_name(name) : format_by_name(name);
    if (options->format == NULL)
        complain("no such format: '%s' (%s)", name, lint ? lint_format_names : format_names);
    return options->format != NULL;
}

/* One option with its argument. False: it is wrong, and that is said. */
static bool take_option(struct options *options, const struct known_option *known,
                        const char *argument)
{
    void *member = (char *)options + known->member;
    switch (known->key) {
    case KEY_TEXT: *(const char **)member = argument; return true;
    case KEY_ONE_TEXT:
        if (*(const char **)member != NULL) {
            complain("--%s is given twice", known->name);
            return false;
        }
        *(const char **)member = argument;
        return true;
    case KEY_FLAG: *(bool *)member = true; return true;
    case KEY_FORMAT: return take_format(options, argument);
    case KEY_LANGUAGE:
        if (strcmp(argument, "vi") != 0 && strcmp(argument, "en") != 0) {
            complain("no such language: '%s' (vi, en)", argument);
            return false;
        }
        options->language = argument[0] == 'v' ? CCHC_VIETNAMESE : CCHC_ENGLISH;
        return true;
    case KEY_MAX_BYTES: return read_size("--max-bytes", argument, &options->max_bytes);
    case KEY_LIMIT: return read_limit(argument, &options->limits);
    case KEY_JOBS:
        if (!read_jobs(argument, &options->jobs)) {
            complain("--jobs wants a number from 1 to %d, not '%s'", JOBS_MAX, argument);
            return false;
        }
        return true;
    case KEY_INPUT:
        if (strcmp(argument, "text") != 0 && strcmp(argument, "ndjson") != 0) {
            complain("no such input: '%s' (text, ndjson)", argument);
            return false;
        }
        options->input = argument[0] == 't' ? INPUT_TEXT : INPUT_NDJSON;
        return true;
    case KEY_INCLUDE:
    case KEY_EXCLUDE:
        if (!globs_add(&options->globs, argument, known->key == KEY_INCLUDE)) {
            complain("%s", cchc_status_message(CCHC_NOMEM));
            return false;
        }
        return true;
    case KEY_MINIMUM:
        if (!read_minimum(argument, &options->minimum)) {
            complain("--min wants a figure from 0 to 1, not '%s'", argument);
            return false;
        }
        return true;
    case KEY_FIELD_MINIMUM: return add_field_minimum(options, argument);
    case KEY_SEVERITY:
        return read_severity(known->name, argument, known->member == MEMBER(severity), member);
    case KEY_DISABLE: return read_disabled(argument, &options->disabled);
    case KEY_HELP: options->command = COMMAND_HELP; return true;
    case KEY_VERSION: options->command = COMMAND_VERSION; return true;
    }
    return true;
}

static bool wrong_call(void)
{
    complain("try 'cchcparse --help'");
    return false;
}

static bool reads_standard_input_twice(const struct options *options)
{
    size_t times = options->files_from != NULL && strcmp(options->files_from, "-") == 0;
    for (size_t i = 0; i < options->path_count; i++)
        times += strcmp(options->paths[i], "-") == 0;
    return times > 1;
}

/* Options that some formats alone look at. */
static bool format_takes_options(const struct options *options)
{
    enum { FORMATS = 3 };
    const struct {
        bool given;
        const char *option, *formats[FORMATS];
    } rows[] = {
        {options->table != NULL, "--table", {"csv", "tsv"}},
        {options->no_bom, "--no-bom", {"csv", "metadata-csv"}},
        {options->profile != NULL, "--profile", {"metadata-csv", "metadata-xml"}},
        {options->organ_id != NULL, "--organ-id", {"edxml", "metadata-csv", "metadata-xml"}},
        {options->organs != NULL, "--organs", {"edxml", "metadata-csv", "metadata-xml"}},
    };
    const char *name = options->format != NULL ? options->format->name : "";
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *const *formats = rows[i].formats;
        bool taken = !rows[i].given;
        for (size_t j = 0; j < FORMATS && formats[j] != NULL; j++)
            taken = taken || strcmp(formats[j], name) == 0;
        if (!taken) {
            complain("%s goes with --format %s%s%s%s%s", rows[i].option, formats[0],
                     formats[2] != NULL ? ", " : " or ", formats[1],
                     formats[2] != NULL ? " or " : "", formats[2] != NULL ? formats[2] : "");
            return false;
        }
    }
    return true;
}

/* Options that need, or bar, one another. */
static bool options_agree(const struct options *options)
{
    bool catalogue = options->format != NULL && options->format->kind == CCHC_FORMAT_CATALOGUE;
    bool single = options->format != NULL && options->format->kind == CCHC_FORMAT_SINGLE;
    if (catalogue && (options->output == NULL || options->journal != NULL))
        complain("--format %s wants --output FILE and no --journal: letters that are there already "
                 "are brought up to date",
                 options->format->name);
    else if (catalogue && strcmp(options->output, ":memory:") == 0)
        complain("--output :memory: keeps nothing: a file of that name is ./:memory:");
    else if (single && options->split)
        complain("--format %s is one letter a file: not with --split", options->format->name);
    else if (options->output != NULL && options->output_dir != NULL)
        complain("--output and --output-dir exclude each other");
    else if (options->progress && options->quiet)
        complain("--progress and --quiet exclude each other");
    else if (options->nul_separated && options->files_from == NULL)
        complain("-0 wants --files-from");
    else if (reads_standard_input_twice(options))
        complain("standard input can be read once: '-' is given twice");
    else if (options->input == INPUT_NDJSON && !ndjson_known())
        complain("this build has no '--input ndjson': it was configured without jansson");
    else if (options->journal != NULL && !journal_known())
        complain("this build has no '--journal': it was configured without libxxhash");
    else if (options->resume && options->journal == NULL)
        complain("--resume wants --journal");
    else if (options->resume && options->output == NULL && options->output_dir == NULL)
        complain("--resume wants --output or --output-dir");
    else
        return format_takes_options(options) && outputs_agree(options);
    return false;
}

bool options_read(struct options *options, int argument_count, char **arguments)
{
    *options = (struct options){.command = COMMAND_PARSE,
                                .language = CCHC_VIETNAMESE,
                                .max_bytes = CCHC_MAX_BYTES_DEFAULT,
                                .severity = CCHC_ERROR,
                                .shown = CCHC_INFO,
                                .limits = CCHC_OPTIONS_INIT};
    const struct command_words *command = command_of(argument_count, arguments);
    options->command = command->command;
    if (command->command != COMMAND_PARSE) {
        arguments++;
        argument_count--;
    }
    struct option known[KNOWN_OPTIONS + 1];
    options_of(command->command, known);
    opterr = 0; /* the messages are our own */
    int key;
    while ((key = getopt_long(argument_count, arguments, command->letters, known, NULL)) != -1) {
        const char *last = optind > 0 && optind <= argument_count ? arguments[optind - 1] : "";
        if (key == ':') {
            complain("option '%s' wants an argument", last);
            return wrong_call();
        }
        if (key == '?' && optopt > 0 && optopt < FIRST_ROW) {
            complain("no such option: '-%c'", optopt);
            return wrong_call();
        }
        if (key == '?') {
            complain(optopt == 0 ? "no such option: '%s'" : "option '%s' takes no argument", last);
            return wrong_call();
        }
        if (key == '0')
            options->nul_separated = true;
        else if (!take_option(options, &known_options[key - FIRST_ROW], optarg))
            return wrong_call();
        if (options->command == COMMAND_HELP || options->command == COMMAND_VERSION)
            return true;
    }
    options->paths = arguments + optind;
    options->path_count = (size_t)(argument_count - optind);
    if (options->rules)
        return true;
    if (options->path_count == 0 && options->files_from == NULL) {
        complain("%s", command->nothing);
        return wrong_call();
    }
    if (options->command == COMMAND_CHECK && options->path_count > 1) {
        complain("check takes one FOLDER");
        return wrong_call();
    }
    return options_agree(options) || wrong_call();
}

void options_free(struct options *options)
{
    free(options->field_minima);
    globs_free(&options->globs);
    options->field_minima = NULL;
}
