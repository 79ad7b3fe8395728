/* SPDX-License-Identifier: MIT */
#include "writing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "messages.h"
#include "outputs.h"

/* Letters that one transaction of the catalogue holds: as many as cost little to do again. */
enum { LETTERS_PER_COMMIT = 1000 };

/* --------------------------------------------------------------------------------------- notes -- */

static void make_note(const char *code, const char *message, const cchc_letter *letter,
                      void *context)
{
    (void)context;
    struct bytes *notes = ((const struct given_letter *)letter)->notes;
    if (notes != NULL) /* without memory a note is lost, not the letter */
        (void)(bytes_add(notes, code, strlen(code) + 1) &&
               bytes_add(notes, message, strlen(message) + 1));
}

/* ------------------------------------------------------------------------------------- agencies -- */

static char *folded(const cchc_parser *parser, const char *name, size_t length)
{
    size_t needed = 0;
    if (cchc_fold(parser, name, length, NULL, 0, &needed) != CCHC_OK)
        return NULL;
    char *key = malloc(needed + 1);
    if (key != NULL && cchc_fold(parser, name, length, key, needed + 1, &needed) != CCHC_OK) {
        free(key);
        key = NULL;
    }
    return key;
}

static int by_key(const void *left, const void *right)
{
    return strcmp(((const struct organ *)left)->key, ((const struct organ *)right)->key);
}

/* An agency of the letter that this thread writes could not be looked up. */
static _Thread_local bool organ_lost;

static const char *find_organ(const char *name, size_t length, void *context)
{
    const struct writing *writing = context;
    struct organ wanted = {folded(writing->parser, name, length), NULL};
    organ_lost = organ_lost || wanted.key == NULL;
    const struct organ *found =
        wanted.key == NULL
            ? NULL
            : bsearch(&wanted, writing->organs, writing->organ_count, sizeof wanted, by_key);
    free(wanted.key);
    return found != NULL ? found->id : NULL;
}

static bool add_organ(struct writing *writing, char *line)
{
    char *tab = strchr(line, '\t');
    if (tab == NULL || tab == line || tab[1] == '\0')
        return false;
    struct organ *organs =
        realloc(writing->organs, (writing->organ_count + 1) * sizeof *writing->organs);
    if (organs == NULL)
        return false;
    writing->organs = organs;
    struct organ organ = {folded(writing->parser, line, (size_t)(tab - line)), strdup(tab + 1)};
    if (organ.key == NULL || organ.id == NULL) {
        free(organ.key);
        free(organ.id);
        return false;
    }
    organs[writing->organ_count++] = organ;
    return true;
}

/* "NAME<TAB>ID" a line; empty lines and those that begin with # are nothing. */
static bool read_organs(struct writing *writing, const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0, number = 0;
    bool fine = file != NULL;
    while (fine && getline(&line, &room, file) >= 0) {
        number++;
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] != '\0' && line[0] != '#' && !add_organ(writing, line)) {
            complain("%s, line %zu: NAME, a tab and an identifier are wanted", path, number);
            fine = false;
        }
    }
    if (file == NULL || (fine && !feof(file))) { /* or no memory for a line */
        complain_of(path, strerror(errno));
        fine = false;
    }
    free(line);
    if (file != NULL)
        (void)fclose(file);
    if (writing->organ_count > 1)
        qsort(writing->organs, writing->organ_count, sizeof *writing->organs, by_key);
    return fine;
}

/* ---------------------------------------------------------------------------- opening, closing -- */

static const cchc_format *row_of(const char *name)
{
    const cchc_format *row;
    for (size_t i = 0; (row = cchc_format_at(i)) != NULL; i++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

static bool open_writer(struct writing *writing, const struct options *options,
                        const struct format *format, enum exit_status *exit_status)
{
    cchc_write_options wanted = CCHC_WRITE_OPTIONS_INIT;
    wanted.table = options->table;
    wanted.profile = options->profile;
    wanted.language = options->language;
    wanted.no_bom = options->no_bom;
    wanted.organ_id = options->organ_id;
    wanted.organ = writing->organ_count > 0 ? find_organ : NULL;
    wanted.organ_context = writing;
    wanted.note = make_note;
    cchc_status status = cchc_writer_new(format->name, &wanted, &writing->writer);
    if (status == CCHC_INVALID && options->table != NULL)
        complain("no such table: '%s' (letters, clauses, deadlines, references, recipients)",
                 options->table);
    else if (status == CCHC_INVALID)
        complain("no such profile: '%s' (nd30, tt02, tt05)",
                 options->profile != NULL ? options->profile : "");
    if (status == CCHC_NOMEM) {
        complain("%s", cchc_status_message(status));
        *exit_status = EXIT_SOME_UNREAD;
    }
    return status == CCHC_OK;
}

bool writing_open(struct writing *writing, const struct options *options,
                  const struct format *format, const cchc_parser *parser, enum exit_status *status)
{
    const cchc_format *row = row_of(format->name);
    *status = EXIT_WRONG_CALL;
    if (row == NULL)
        return true;
    if (!row->available) {
        complain("this build has no '--format %s'", format->name);
        return false;
    }
    writing->parser = parser;
    if (options->organs != NULL && !read_organs(writing, options->organs))
        return false;
    if (format->kind != CCHC_FORMAT_CATALOGUE)
        return open_writer(writing, options, format, status);
    *status = EXIT_NOT_WRITTEN;
    char *message = NULL;
    struct stat file;
    if (cchc_catalogue_open(options->output, &writing->catalogue, &message) == CCHC_OK) {
        if (stat(options->output, &file) == 0)
            outputs_add(&file, WRITTEN_ANEW);
        return true;
    }
    complain_of(options->output, message != NULL ? message : "no catalogue");
    cchc_message_free(message);
    return false;
}

bool writing_letter(const struct writing *writing, const cchc_letter *letter, struct bytes *out)
{
    organ_lost = false;
    return cchc_writer_letter(writing->writer, letter, bytes_write, out) == CCHC_OK && !organ_lost;
}

void writing_add(struct writing *writing, const cchc_letter *letter)
{
    if (writing->refused)
        return;
    cchc_status status = cchc_catalogue_add(writing->catalogue, letter, &writing->trouble);
    writing->refused = status != CCHC_OK;
    if (++writing->added == LETTERS_PER_COMMIT)
        (void)writing_commit(writing);
}

bool writing_commit(struct writing *writing)
{
    writing->added = 0;
    if (writing->catalogue != NULL && !writing->refused)
        writing->refused = cchc_catalogue_commit(writing->catalogue, &writing->trouble) != CCHC_OK;
    return !writing->refused;
}

bool writing_close(struct writing *writing, const struct options *options)
{
    bool fine = true;
    if (writing->parser == NULL)
        return true; /* never opened */
    if (writing->catalogue != NULL) {
        char *message = NULL;
        bool closed = cchc_catalogue_close(writing->catalogue, &message) == CCHC_OK;
        const char *words = writing->refused ? writing->trouble : message;
        fine = closed && !writing->refused;
        if (!fine)
            complain_of(options->output, words != NULL ? words : "the catalogue is not whole");
        cchc_message_free(message);
        cchc_message_free(writing->trouble);
    }
    cchc_writer_free(writing->writer);
    for (size_t i = 0; i < writing->organ_count; i++) {
        free(writing->organs[i].key);
        free(writing->organs[i].id);
    }
    free(writing->organs);
    *writing = (struct writing){.writer = NULL};
    return fine;
}
