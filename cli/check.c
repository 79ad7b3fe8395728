/* SPDX-License-Identifier: MIT */
/* `cchcparse check FOLDER`: the library judged by gold files.
 *
 * For each NAME.gold.json the letter NAME.txt beside it is parsed, its record is written as JSON
 * and read back, and the two trees are compared, so that the writer is judged with the rest. Rows
 * and figures are those of eval/score.py over the records of the same folder.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cchcparse/cchcparse.h>

#include "input.h"
#include "judge.h"
#include "messages.h"
#include "rights.h"
#include "run.h"

static const char gold_ending[] = ".gold.json";
static const char letter_ending[] = ".txt";

struct check {
    const char *folder;
    size_t max_bytes;
    cchc_parser *parser;
    cchc_document *letter;
    struct bytes bytes, record;
    struct judge judge;
    size_t documents, without_record, whole;
    size_t unread; /* golds, letters, folders: each is named */
    bool failed;   /* and that is said already */
};

/* ------------------------------------------------------------------------------ one letter -- */

static void tell_unread(struct check *check, const char *path, const char *reason)
{
    complain_of(path, reason);
    check->unread++;
}

/* The record of the letter at @p path as a tree; NULL where there is no memory for it. */
static json_t *record_of(struct check *check, const char *path)
{
    struct reading reading = read_file(path, check->max_bytes, false, &check->bytes);
    char words[REASON_SIZE];
    const char *trouble = reading_trouble(&reading, words);
    cchc_status status = CCHC_LIMIT;
    if (trouble == NULL)
        trouble = refusal_of(&check->bytes);
    if (trouble == NULL)
        status = cchc_parse(check->parser, check->bytes.data, check->bytes.length, &check->letter);
    if (status == CCHC_LIMIT) {
        tell_unread(check, path, trouble != NULL ? trouble : cchc_status_message(status));
        status = cchc_parse_failed(check->parser, "io-read", NULL, reading.size, &check->letter);
    }
    check->record.length = 0;
    if (status != CCHC_OK ||
        cchc_write_json(check->letter, path, strlen(path), bytes_write, &check->record) != CCHC_OK)
        return NULL;
    json_error_t error;
    json_t *record =
        json_loadb((const char *)check->record.data, check->record.length, JSON_ALLOW_NUL, &error);
    if (record == NULL)
        complain_of(path, error.text);
    return record;
}

/* NULL or no object: it is no gold, and that is said. */
static json_t *gold_of(struct check *check, const char *path)
{
    struct reading reading = read_file(path, SIZE_MAX - 1, false, &check->bytes);
    if (reading.result != READ_DONE) {
        char words[REASON_SIZE];
        tell_unread(check, path, reading_trouble(&reading, words));
        return NULL;
    }
    json_error_t error;
    json_t *gold =
        json_loadb((const char *)check->bytes.data, check->bytes.length, JSON_ALLOW_NUL, &error);
    if (gold == NULL)
        tell_unread(check, path, error.text);
    else if (!json_is_object(gold))
        tell_unread(check, path, "no JSON object");
    return gold;
}

/* The path with another ending in place of the gold's; NULL without memory. */
static char *beside(const char *path, const char *ending)
{
    size_t stem = strlen(path) - (sizeof gold_ending - 1), added = strlen(ending) + 1;
    char *other = malloc(stem + added);
    if (other == NULL)
        return NULL;
    memcpy(other, path, stem);
    memcpy(other + stem, ending, added);
    return other;
}

static bool is_gold_name(const char *name, bool folder, void *context)
{
    (void)context;
    if (folder)
        return true;
    size_t length = strlen(name), ending = sizeof gold_ending - 1;
    return length >= ending && strcmp(name + length - ending, gold_ending) == 0;
}

/* The name of a document: its path in the folder, without an ending. */
static const char *name_in_folder(const struct check *check, const char *stem)
{
    const char *name = stem + strlen(check->folder);
    return *name == '/' ? name + 1 : name;
}

static bool found_gold(const char *path, void *context)
{
    struct check *check = context;
    json_t *record = NULL;
    char *letter = NULL, *stem = NULL;
    struct stat status;
    json_t *gold = gold_of(check, path);
    if (!json_is_object(gold))
        goto done;
    check->failed = true;
    letter = beside(path, letter_ending);
    stem = beside(path, "");
    if (letter == NULL || stem == NULL)
        goto no_memory;
    if (lstat(letter, &status) != 0) {
        tell_unread(check, letter, strerror(errno));
        check->without_record++;
    } else {
        record = record_of(check, letter);
        if (record == NULL)
            goto no_memory;
    }
    if (!judge_document(&check->judge, name_in_folder(check, stem), gold, record))
        goto no_memory;
    check->documents++;
    check->whole += check->judge.whole;
    check->failed = false;
    goto done;
no_memory:
    complain_of(path, cchc_status_message(CCHC_NOMEM));
done:
    free(stem);
    free(letter);
    json_decref(record);
    json_decref(gold);
    return !check->failed;
}

static bool folder_trouble(const char *path, const char *reason, bool lost, void *context)
{
    struct check *check = context;
    complain_of(path, reason);
    check->unread += lost;
    return true;
}

/* ------------------------------------------------------------------------------- the table -- */

struct figures {
    double precision, recall, f1;
};

static struct figures figures_of(struct tally tally)
{
    double right = (double)tally.right;
    struct figures figures = {1.0, 1.0, 0.0};
    if (tally.right + tally.wrong > 0)
        figures.precision = right / (double)(tally.right + tally.wrong);
    if (tally.right + tally.missed > 0)
        figures.recall = right / (double)(tally.right + tally.missed);
    double sum = figures.precision + figures.recall;
    if (sum > 0.0)
        figures.f1 = 2.0 * figures.precision * figures.recall / sum;
    return figures;
}

static bool is_judged(struct tally tally)
{
    return tally.right + tally.wrong + tally.missed > 0;
}

static void put_row(struct output *output, const char *name, struct tally tally)
{
    struct figures figures = figures_of(tally);
    char line[128];
    (void)snprintf(line, sizeof line, "%-22s %6.3f %6.3f %6.3f %6zu\n", name, figures.precision,
                   figures.recall, figures.f1, tally.right + tally.missed);
    (void)output_text(output, line);
}

static struct tally all_fields(const struct check *check)
{
    struct tally total = {0, 0, 0};
    for (size_t row = 0; row < ROW_FIELDS; row++) {
        total.right += check->judge.tallies[row].right;
        total.wrong += check->judge.tallies[row].wrong;
        total.missed += check->judge.tallies[row].missed;
    }
    return total;
}

static void put_table(struct check *check, struct output *output)
{
    char line[160];
    (void)snprintf(line, sizeof line, "%-22s %6s %6s %6s %6s\n", "field", "P", "R", "F1", "gold");
    (void)output_text(output, line);
    for (size_t row = 0; row < ROW_COUNT; row++) {
        struct tally tally = check->judge.tallies[row];
        char name[32];
        (void)snprintf(name, sizeof name, row < ROW_FIELDS ? "%s" : "(%s)", row_names[row]);
        if (is_judged(tally))
            put_row(output, name, tally);
    }
    struct tally total = all_fields(check);
    put_row(output, "all", total);
    (void)snprintf(line, sizeof line,
                   "%zu documents, %zu without a record, %zu wholly right, micro F1 %.4f\n",
                   check->documents, check->without_record, check->whole, figures_of(total).f1);
    (void)output_text(output, line);
}

/* --------------------------------------------------------------------------------- minima -- */

/* A number with the fewest digits that read back as it, and a fraction, as Python writes it. */
static void show_number(char *shown, size_t size, double number)
{
    int precision = 0;
    do {
        (void)snprintf(shown, size, "%.*e", precision, number);
    } while (strtod(shown, NULL) != number && precision++ < 17);
    const char *mark = strchr(shown, 'e');
    long exponent = mark != NULL ? strtol(mark + 1, NULL, 10) : 0;
    if (exponent < -4 || exponent >= 16)
        return;
    int decimals = precision - (int)exponent;
    (void)snprintf(shown, size, "%.*f", decimals > 1 ? decimals : 1, number);
}

/* The row that a minimum is for, or ROW_COUNT. */
static size_t row_of(const struct field_minimum *minimum)
{
    size_t row = 0;
    while (row < ROW_COUNT && (strlen(row_names[row]) != minimum->name_length ||
                               strncmp(row_names[row], minimum->name, minimum->name_length) != 0))
        row++;
    return row;
}

static bool minima_known(const struct options *options)
{
    for (size_t i = 0; i < options->field_minimum_count; i++) {
        const struct field_minimum *minimum = &options->field_minima[i];
        size_t row = row_of(minimum);
        if (row == ROW_COUNT) {
            complain("no such field: '%.*s'; there are:", (int)minimum->name_length, minimum->name);
            for (row = 0; row < ROW_COUNT; row++)
                complain("  %s", row_names[row]);
            return false;
        }
    }
    return true;
}

/* The minimum that counts for the row of option @p index: the last one given. Where an earlier
 * option has named the row, it has been judged there. */
static bool first_of_its_row(const struct options *options, size_t index, double *minimum)
{
    size_t row = row_of(&options->field_minima[index]);
    for (size_t i = 0; i < index; i++)
        if (row_of(&options->field_minima[i]) == row)
            return false;
    for (size_t i = index; i < options->field_minimum_count; i++)
        if (row_of(&options->field_minima[i]) == row)
            *minimum = options->field_minima[i].minimum;
    return true;
}

static void put_short(struct output *output, bool *low, const char *words)
{
    (void)output_text(output, *low ? "; " : "short: ");
    (void)output_text(output, words);
    *low = true;
}

/* Tells of each minimum that is missed. */
static bool below_minima(struct check *check, const struct options *options, struct output *output)
{
    bool low = false;
    char words[160], number[64];
    double f1 = figures_of(all_fields(check)).f1;
    if (f1 < options->minimum) {
        show_number(number, sizeof number, options->minimum);
        (void)snprintf(words, sizeof words, "micro F1 %.4f < %s", f1, number);
        put_short(output, &low, words);
    }
    for (size_t i = 0; i < options->field_minimum_count; i++) {
        double minimum = 0.0;
        if (!first_of_its_row(options, i, &minimum))
            continue;
        size_t row = row_of(&options->field_minima[i]);
        struct tally tally = check->judge.tallies[row];
        double own = figures_of(tally).f1;
        show_number(number, sizeof number, minimum);
        if (!is_judged(tally))
            (void)snprintf(words, sizeof words, "%s: nothing to judge", row_names[row]);
        else
            (void)snprintf(words, sizeof words, "%s %.3f < %s", row_names[row], own, number);
        if (!is_judged(tally) || own < minimum)
            put_short(output, &low, words);
    }
    if (low)
        (void)output_text(output, "\n");
    return low;
}

int run_check(const struct options *options, struct output *output)
{
    struct check check = {.folder = options->paths[0], .max_bytes = options->max_bytes};
    enum exit_status exit_status = EXIT_WRONG_CALL;
    const struct walk walk = {is_gold_name, found_gold, folder_trouble, false, NULL, &check};
    if (!minima_known(options))
        return EXIT_WRONG_CALL;
    check.judge.errors = options->errors ? output : NULL;
    cchc_options parser_options = CCHC_OPTIONS_INIT;
    parser_options.max_bytes = options->max_bytes;
    cchc_status status = cchc_parser_new(&parser_options, &check.parser);
    if (status != CCHC_OK) {
        complain("%s", cchc_status_message(status));
        goto done;
    }
    if (!rights_confine(options)) {
        exit_status = EXIT_NOT_WRITTEN;
        goto done;
    }
    if (walk_folder(check.folder, &walk) == WALK_NO_MEMORY) {
        complain_of(check.folder, cchc_status_message(CCHC_NOMEM));
        goto done;
    }
    if (check.failed)
        goto done;
    if (check.documents == 0) {
        if (check.unread == 0)
            complain_of(check.folder, "no *.gold.json in this folder");
        goto done;
    }
    put_table(&check, output);
    exit_status = check.unread > 0 ? EXIT_SOME_UNREAD : EXIT_ALL_READ;
    if (below_minima(&check, options, output))
        exit_status = EXIT_BELOW_MINIMUM;
done:
    bytes_free(&check.bytes);
    bytes_free(&check.record);
    cchc_document_free(check.letter);
    cchc_parser_free(check.parser);
    return exit_status;
}
