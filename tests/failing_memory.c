/* failing_memory [--every SHARE/SHARES] FOLDER: requests for memory of every public call fail in
 * turn, once and from then on, over the letters of a folder, until the call succeeds:
 *
 *   - a call in which a request failed says CCHC_NOMEM and leaves its out parameters, or did without
 *     the memory and gives the same bytes as ever;
 *   - then the same parser, document, writer or catalogue does the same call, and gives these bytes;
 *   - nothing is lost: all blocks were given back (the sanitized build, at its end).
 *
 * A catalogue whose first letter meets all this has prepared nothing yet that could take it back.
 * Then ICU's functions that have an error code give one, each of them in turn, and the catalogue that
 * was made under all this is compared with one that was made in peace.
 *
 * With --every no request is left out: of one of so many shares of the letters (0/2 and 1/2 are all
 * of them), each run in a folder of its own; the first has what no letter changes, too. Without it
 * each sixteenth letter is gone through whole, and of the others PER_CALL requests a call, other ones
 * of each letter. Prints a line for each call that breaks it, and a table of what was done. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dlfcn.h>

#include <unicode/unorm2.h>

#include <cchcparse/lint.h>
#include <cchcparse/write.h>

#ifdef HAVE_SQLITE
#include <sqlite3.h>
#endif

#include "failing.h"
#include "folder.h"

enum { WHOLE_EVERY = 16, PER_CALL = 3 };

/* ------------------------------------------------------------------------------------- output -- */

struct bytes {
    char *data;
    size_t length, room;
};

/* Taken from memory that never fails: what a caller's function does is no affair of the library. */
static bool keep(const char *bytes, size_t length, void *context)
{
    struct bytes *out = context;
    if (length > out->room - out->length)
        return false;
    memcpy(out->data + out->length, bytes, length);
    out->length += length;
    return true;
}

static void make_room(struct bytes *out, size_t room)
{
    out->data = malloc(room);
    out->room = room;
    if (out->data == NULL)
        abort();
}

/* -------------------------------------------------------------------------------------- calls -- */

struct letter {
    const char *path;
    const unsigned char *bytes;
    size_t length;
};

/* What lives longer than a call, and is used again after one failed. */
struct course {
    bool no_jit;
    cchc_parser *parser;
    cchc_document *used, *parsed; /* the first is parsed into, the second is written and judged */
    cchc_findings *findings;
    const cchc_format *format;
    cchc_write_options options;
    struct bytes *notes; /* where a writer's notes go: to what it writes */
    cchc_writer *writer;
    cchc_catalogue *catalogue;
    const struct letter *letter;
    struct bytes reference, out;
    size_t calls, failures, whole, broken;
    bool every; /* no request is left out */
    size_t turn;
};

/* One call or a few that belong together. Untouched out parameters are the attempt's own affair: it
 * returns CCHC_SINK, which none of them may give, where they were touched. */
typedef cchc_status attempt(struct course *course, struct bytes *out);

static cchc_status with_json(const cchc_document *document, cchc_status status, struct bytes *out)
{
    return status == CCHC_OK ? cchc_write_json(document, "a.txt", 5, keep, out) : status;
}

static cchc_status make_parser(struct course *course, struct bytes *out)
{
    (void)out;
    cchc_options options = CCHC_OPTIONS_INIT;
    options.no_jit = course->no_jit;
    cchc_parser *parser = NULL;
    cchc_status status = cchc_parser_new(&options, &parser);
    if ((parser != NULL) != (status == CCHC_OK))
        return CCHC_SINK;
    cchc_parser_free(parser);
    return status;
}

static cchc_status parse_new(struct course *course, struct bytes *out)
{
    cchc_document *document = NULL;
    cchc_status status =
        cchc_parse(course->parser, course->letter->bytes, course->letter->length, &document);
    if ((document != NULL) != (status == CCHC_OK))
        return CCHC_SINK;
    status = with_json(document, status, out);
    cchc_document_free(document);
    return status;
}

static cchc_status parse_again(struct course *course, struct bytes *out)
{
    const cchc_document *before = course->used;
    size_t count = 0;
    cchc_status status =
        cchc_parse(course->parser, course->letter->bytes, course->letter->length, &course->used);
    if (course->used != before)
        return CCHC_SINK;
    if (status != CCHC_OK && cchc_document_segments(course->used, &count) != NULL)
        return CCHC_SINK; /* a half result */
    return with_json(course->used, status, out);
}

static cchc_status parse_parts(struct course *course, struct bytes *out)
{
    enum { MOST = 16 };
    cchc_part parts[MOST];
    size_t count = SIZE_MAX;
    memset(parts, 0x77, sizeof parts);
    cchc_status status = cchc_split(course->parser, course->letter->bytes, course->letter->length,
                                    parts, MOST, &count);
    if (status != CCHC_OK)
        return count == SIZE_MAX && parts[0].number == parts[1].number ? status : CCHC_SINK;
    for (size_t i = 0; i < count && i < MOST && status == CCHC_OK; i++) {
        cchc_document *part = NULL;
        status = cchc_parse_part(course->parser, course->letter->bytes, course->letter->length,
                                 &parts[i], &part);
        status = with_json(part, status, out);
        cchc_document_free(part);
    }
    return status;
}

static cchc_status parse_failed(struct course *course, struct bytes *out)
{
    cchc_document *document = NULL;
    cchc_status status = cchc_parse_failed(course->parser, "io-read", "why", 7, &document);
    status = with_json(document, status, out);
    cchc_document_free(document);
    return status;
}

static cchc_status fold(struct course *course, struct bytes *out)
{
    size_t length = SIZE_MAX;
    cchc_status status = cchc_fold(course->parser, (const char *)course->letter->bytes,
                                   course->letter->length, out->data, out->room, &length);
    if (status != CCHC_OK)
        return length == SIZE_MAX ? status : CCHC_SINK;
    out->length = length;
    return status;
}

static void put_findings(const cchc_findings *findings, struct bytes *out)
{
    size_t count = 0;
    const cchc_finding *list = cchc_findings_list(findings, &count);
    for (size_t i = 0; i < count; i++) {
        const char *words[] = {list[i].code, list[i].found, list[i].wanted, list[i].vietnamese,
                               list[i].english};
        for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
            if (words[k] == NULL || !keep(words[k], strlen(words[k]) + 1, out))
                (void)keep("", 1, out);
    }
}

static cchc_status lint_new(struct course *course, struct bytes *out)
{
    cchc_findings *findings = NULL;
    cchc_status status = cchc_lint(course->parser, course->parsed, course->letter->bytes,
                                   course->letter->length, &findings);
    if ((findings != NULL) != (status == CCHC_OK))
        return CCHC_SINK;
    put_findings(findings, out);
    cchc_findings_free(findings);
    return status;
}

static cchc_status lint_again(struct course *course, struct bytes *out)
{
    const cchc_findings *before = course->findings;
    size_t count = 0;
    cchc_status status = cchc_lint(course->parser, course->parsed, course->letter->bytes,
                                   course->letter->length, &course->findings);
    (void)cchc_findings_list(course->findings, &count);
    if (course->findings != before || (status != CCHC_OK && count > 0))
        return CCHC_SINK;
    put_findings(course->findings, out);
    return status;
}

static cchc_letter written_letter(const struct course *course)
{
    return (cchc_letter){course->parsed, course->letter->path, strlen(course->letter->path),
                         course->letter->bytes, course->letter->length};
}

static cchc_status write_letter(struct course *course, struct bytes *out)
{
    cchc_letter letter = written_letter(course);
    course->notes = out;
    return cchc_writer_letter(course->writer, &letter, keep, out);
}

static cchc_status write_all(struct course *course, struct bytes *out)
{
    cchc_letter letter = written_letter(course);
    cchc_writer *writer = NULL;
    course->notes = out;
    cchc_status status = cchc_writer_new(course->format->name, &course->options, &writer);
    if ((writer != NULL) != (status == CCHC_OK))
        return CCHC_SINK;
    if (status == CCHC_OK)
        status = cchc_writer_begin(writer, keep, out);
    if (status == CCHC_OK)
        status = cchc_writer_letter(writer, &letter, keep, out);
    if (status == CCHC_OK)
        status = cchc_writer_between(writer, keep, out);
    if (status == CCHC_OK)
        status = cchc_writer_letter(writer, &letter, keep, out);
    if (status == CCHC_OK)
        status = cchc_writer_end(writer, keep, out);
    cchc_writer_free(writer);
    return status;
}

#ifdef HAVE_SQLITE
static const char catalogue_path[] = "failing-memory.db", peaceful_path[] = "failing-memory-2.db";

static cchc_status open_catalogue(struct course *course, struct bytes *out)
{
    (void)course;
    (void)out;
    cchc_catalogue *catalogue = NULL;
    char *message = NULL;
    cchc_status status = cchc_catalogue_open(peaceful_path, &catalogue, &message);
    cchc_message_free(message);
    if ((catalogue != NULL) != (status == CCHC_OK))
        return CCHC_SINK;
    cchc_status closed = cchc_catalogue_close(catalogue, NULL);
    return status == CCHC_OK ? closed : status;
}

static cchc_status add_to_catalogue(struct course *course, struct bytes *out)
{
    (void)out;
    cchc_letter letter = written_letter(course);
    char *message = NULL;
    cchc_status status = cchc_catalogue_add(course->catalogue, &letter, &message);
    cchc_message_free(message);
    return status == CCHC_OK ? cchc_catalogue_commit(course->catalogue, NULL) : status;
}
#endif

static const char small_letter[] = "SỞ NỘI VỤ\nSố: 412/SNV-CCHC\nKính gửi: Bộ Nội vụ.\n\n"
                                   "1. Gửi báo cáo trước ngày 15/3.\n\nNơi nhận:\n- Như trên;\n"
                                   "- Lưu: VT.\n\nGIÁM ĐỐC\nĐinh Gia Khánh\n";

/* ---------------------------------------------------------------------------------- the course -- */

static void broken(struct course *course, const char *call, size_t at, bool after, const char *what)
{
    if (++course->broken <= 20)
        printf("not ok %s: %s%s%s: request %zu%s: %s\n", course->letter->path, call,
               course->format != NULL ? ", " : "",
               course->format != NULL ? course->format->name : "", at,
               after ? " and all after it" : "", what);
}

static bool same(const struct course *course)
{
    return course->out.length == course->reference.length &&
           (course->out.length == 0 ||
            memcmp(course->out.data, course->reference.data, course->out.length) == 0);
}

/* What is used again holds a word at first, so that the letter needs more than it has. */
static void begin_again(struct course *course)
{
    cchc_document_free(course->used);
    cchc_findings_free(course->findings);
    course->used = NULL;
    course->findings = NULL;
    if (course->parser != NULL &&
        (cchc_parse(course->parser, "x", 1, &course->used) != CCHC_OK ||
         cchc_lint(course->parser, course->used, "x", 1, &course->findings) != CCHC_OK))
        abort();
}

/* One failure. False: there was none, since the call makes fewer requests. */
static bool fail_at(struct course *course, const char *call, attempt *call_once, size_t at,
                    bool after, bool icu)
{
    begin_again(course);
    course->out.length = 0;
    failing_begin(at, after, icu);
    cchc_status status = call_once(course, &course->out);
    if (!failing_end())
        return false;
    course->failures++;
    if (status != CCHC_OK && status != CCHC_NOMEM)
        broken(course, call, at, after,
               status == CCHC_SINK ? "an out parameter was touched" : cchc_status_message(status));
    if (status == CCHC_OK && !same(course))
        broken(course, call, at, after, "a half result was taken for whole");
    course->out.length = 0;
    if (call_once(course, &course->out) != CCHC_OK || !same(course))
        broken(course, call, at, after, "afterwards the call is another one");
    return true;
}

static void run(struct course *course, const char *call, attempt *call_once, bool whole, bool icu)
{
    begin_again(course);
    course->reference.length = 0;
    failing_begin(0, false, icu);
    cchc_status status = call_once(course, &course->reference);
    failing_end();
    size_t requests = failing_requests();
    course->calls++;
    course->whole += whole;
    if (status != CCHC_OK)
        broken(course, call, 0, false, cchc_status_message(status));
    size_t step = whole || requests <= PER_CALL ? 1 : requests / PER_CALL;
    for (int after = 0; after < 2; after++)
        for (size_t at = 1 + (whole ? 0 : course->turn++ % step);
             at <= requests && fail_at(course, call, call_once, at, after, icu) &&
             course->broken < 100;)
            at += step;
}

/* What is known of the core's calls holds with and without machine code. */
static void run_core(struct course *course, bool whole)
{
    run(course, "cchc_parse", parse_new, whole, true);
    run(course, "cchc_parse, document used again", parse_again, whole, true);
    run(course, "cchc_split, cchc_parse_part", parse_parts, whole, true);
    run(course, "cchc_parse_failed", parse_failed, whole, true);
    run(course, "cchc_fold", fold, whole, true);
    if (cchc_parse(course->parser, course->letter->bytes, course->letter->length,
                   &course->parsed) != CCHC_OK)
        abort();
    run(course, "cchc_lint", lint_new, whole, true);
    run(course, "cchc_lint, findings used again", lint_again, whole, true);
}

#ifdef HAVE_SQLITE
static int rows_of(const char *sql)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_open(catalogue_path, &database) != SQLITE_OK ||
        sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW)
        abort();
    int rows = sqlite3_column_int(statement, 0);
    (void)sqlite3_finalize(statement);
    (void)sqlite3_close(database);
    return rows;
}

/* The first letter of a catalogue, which has prepared nothing yet that could take it back. */
static void fail_first_letter(struct course *course, size_t step)
{
    cchc_letter letter = written_letter(course);
    bool failed = true;
    for (int after = 0; after < 2; after++, failed = true) {
        for (size_t at = 1; failed; at += step) {
            cchc_catalogue *catalogue = NULL;
            (void)remove(catalogue_path);
            if (cchc_catalogue_open(catalogue_path, &catalogue, NULL) != CCHC_OK)
                abort();
            failing_begin(at, after, false);
            cchc_status status = cchc_catalogue_add(catalogue, &letter, NULL);
            failed = failing_end();
            course->failures += failed;
            if (cchc_catalogue_close(catalogue, NULL) != CCHC_OK)
                broken(course, "cchc_catalogue_close", at, after, "it failed");
            int rows = rows_of("SELECT (SELECT count(*) FROM documents) + (SELECT count(*) FROM "
                               "recipients) + (SELECT count(*) FROM full_text)");
            if ((rows > 0) != (status == CCHC_OK))
                broken(course, "cchc_catalogue_add, first letter", at, after,
                       "a half letter was added");
        }
    }
}

/* Whether the two databases hold the same rows. */
static void compare_catalogues(struct course *course)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *names = NULL, *rows = NULL;
    size_t tables = 0;
    if (sqlite3_open(catalogue_path, &database) != SQLITE_OK ||
        sqlite3_exec(database, "ATTACH 'failing-memory-2.db' AS peaceful", NULL, NULL, NULL) !=
            SQLITE_OK ||
        sqlite3_exec(database, "INSERT INTO full_text (full_text) VALUES ('integrity-check')", NULL,
                     NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(database,
                           "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE "
                           "'%VIRTUAL%' AND name NOT LIKE 'sqlite_%' AND name NOT "
                           "LIKE 'full_text_%'",
                           -1, &names, NULL) != SQLITE_OK)
        abort();
    for (; sqlite3_step(names) == SQLITE_ROW; tables++) {
        const char *name = (const char *)sqlite3_column_text(names, 0);
        char *sql = sqlite3_mprintf(
            "SELECT count(*) FROM (SELECT * FROM (SELECT * FROM main.%w EXCEPT SELECT * FROM "
            "peaceful.%w) UNION ALL SELECT * FROM (SELECT * FROM peaceful.%w EXCEPT SELECT * FROM "
            "main.%w)), (SELECT count(*) AS n FROM main.%w)",
            name, name, name, name, name);
        if (sqlite3_prepare_v2(database, sql, -1, &rows, NULL) != SQLITE_OK ||
            sqlite3_step(rows) != SQLITE_ROW)
            abort();
        if (sqlite3_column_int(rows, 0) != 0) {
            printf("not ok the catalogue: %d rows of %s are others than in peace\n",
                   sqlite3_column_int(rows, 0), name);
            course->broken++;
        }
        (void)sqlite3_finalize(rows);
        sqlite3_free(sql);
    }
    (void)sqlite3_finalize(names);
    (void)sqlite3_close(database);
    if (tables < 3)
        broken(course, "the catalogue", 0, false, "it has no tables");
}
#endif

static const char *find_organ(const char *name, size_t length, void *context)
{
    (void)context;
    return length > 0 && name[0] == 'U' ? NULL : "000.00.00.H01";
}

static void take_note(const char *code, const char *message, const cchc_letter *letter,
                      void *context)
{
    const struct course *course = context;
    (void)letter;
    (void)keep(code, strlen(code), course->notes);
    (void)keep(message, strlen(message), course->notes);
}

/* What is asked of a format beside its defaults. */
static const struct variant {
    const char *format, *table, *profile;
} variants[] = {{"csv", "clauses", NULL},
                {"csv", "deadlines", NULL},
                {"csv", "references", NULL},
                {"csv", "recipients", NULL},
                {"metadata-csv", NULL, NULL},
                {"metadata-csv", NULL, "tt02"},
                {"metadata-csv", NULL, "tt05"},
                {"metadata-xml", NULL, NULL},
                {"metadata-xml", NULL, "tt02"},
                {"metadata-xml", NULL, "tt05"},
                {"edxml", NULL, NULL},
                {"ics", NULL, NULL},
                {"html", NULL, NULL}};

static void run_writer(struct course *course, bool whole)
{
    if (cchc_writer_new(course->format->name, &course->options, &course->writer) != CCHC_OK)
        return; /* of another build, or the catalogue */
    run(course, "cchc_writer_letter", write_letter, whole, false);
    if (whole)
        run(course, "cchc_writer_new to _end", write_all, whole, false);
    cchc_writer_free(course->writer);
}

/* Of the record that run_core() left: a writer knows nothing of machine code. Its defaults; then, of
 * the letters that are gone through whole, what else may be asked of it, with all functions. */
static void run_writers(struct course *course, bool whole)
{
    static const cchc_write_options defaults = CCHC_WRITE_OPTIONS_INIT;
    for (size_t i = 0; (course->format = cchc_format_at(i)) != NULL; i++) {
        course->options = defaults;
        run_writer(course, whole);
        for (size_t k = 0; whole && k < sizeof variants / sizeof variants[0]; k++) {
            if (strcmp(variants[k].format, course->format->name) != 0)
                continue;
            course->options.table = variants[k].table;
            course->options.profile = variants[k].profile;
            course->options.organ = find_organ;
            course->options.note = take_note;
            course->options.note_context = course;
            run_writer(course, course->every);
        }
    }
    course->format = NULL;
#ifdef HAVE_SQLITE
    run(course, "cchc_catalogue_add, _commit", add_to_catalogue, whole, false);
#endif
}

/* ---------------------------------------------------------------------------- ICU's error codes -- */

/* The program's definitions come before those of the shared library. The real ones are under the
 * same names, with ICU's version in them, which its header puts there. */
static struct {
    UErrorCode error;
    size_t at, calls; /* the call that gives the error; 0: none */
} icu;

static bool icu_refuses(UErrorCode *error)
{
    if (U_FAILURE(*error) || ++icu.calls != icu.at)
        return false;
    *error = icu.error;
    return true;
}

#define NAME_OF(function) #function
#define REAL(function) dlsym(RTLD_NEXT, NAME_OF(function))

const UNormalizer2 *unorm2_getNFCInstance(UErrorCode *error)
{
    const UNormalizer2 *(*real)(UErrorCode *);
    *(void **)&real = REAL(unorm2_getNFCInstance);
    return icu_refuses(error) ? NULL : real(error);
}

int32_t unorm2_getDecomposition(const UNormalizer2 *normaliser, UChar32 c, UChar *parts,
                                int32_t capacity, UErrorCode *error)
{
    static int32_t (*real)(const UNormalizer2 *, UChar32, UChar *, int32_t, UErrorCode *);
    if (real == NULL)
        *(void **)&real = REAL(unorm2_getDecomposition);
    return icu_refuses(error) ? -1 : real(normaliser, c, parts, capacity, error);
}

int32_t unorm2_getRawDecomposition(const UNormalizer2 *normaliser, UChar32 c, UChar *parts,
                                   int32_t capacity, UErrorCode *error)
{
    static int32_t (*real)(const UNormalizer2 *, UChar32, UChar *, int32_t, UErrorCode *);
    if (real == NULL)
        *(void **)&real = REAL(unorm2_getRawDecomposition);
    return icu_refuses(error) ? -1 : real(normaliser, c, parts, capacity, error);
}

int32_t unorm2_normalize(const UNormalizer2 *normaliser, const UChar *source, int32_t length,
                         UChar *made, int32_t capacity, UErrorCode *error)
{
    static int32_t (*real)(const UNormalizer2 *, const UChar *, int32_t, UChar *, int32_t,
                           UErrorCode *);
    if (real == NULL)
        *(void **)&real = REAL(unorm2_normalize);
    return icu_refuses(error) ? 0 : real(normaliser, source, length, made, capacity, error);
}

static void run_icu(struct course *course, const char *call, attempt *call_once, size_t step)
{
    static const UErrorCode errors[] = {U_MEMORY_ALLOCATION_ERROR, U_FILE_ACCESS_ERROR,
                                        U_INVALID_FORMAT_ERROR, U_INTERNAL_PROGRAM_ERROR};
    icu.at = icu.calls = 0;
    course->reference.length = 0;
    (void)call_once(course, &course->reference);
    size_t calls = icu.calls;
    if (calls == 0)
        broken(course, call, 0, false, "ICU is not asked at all");
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        for (size_t at = 1; at <= calls; at += at < 8 ? 1 : step) {
            icu.error = errors[i];
            icu.at = at;
            icu.calls = 0;
            course->out.length = 0;
            if (call_once(course, &course->out) != CCHC_NOMEM)
                broken(course, call, at, false, u_errorName(errors[i]));
            icu.at = 0;
            course->out.length = 0;
            if (call_once(course, &course->out) != CCHC_OK || !same(course))
                broken(course, call, at, false, "afterwards the call is another one");
            course->failures++;
        }
    }
}

static bool is_letter(const char *path)
{
    return path_ends(path, ".txt");
}

static const struct letter no_letter = {"no letter", (const unsigned char *)"", 0};

/* A parser, from ICU's first use on. */
static void fail_parser(struct course *course)
{
    for (int mode = 0; mode < 4; mode++) {
        course->no_jit = mode & 1;
        for (size_t at = 1, failed = 1; failed; at++) {
            failing_reset_icu();
            failing_begin(at, mode & 2, true);
            cchc_status status = make_parser(course, &course->out);
            failed = failing_end();
            course->failures += failed;
            /* Without machine code a pattern is interpreted: that needs no memory. */
            if (status != (failed ? CCHC_NOMEM : CCHC_OK) && (course->no_jit || status != CCHC_OK))
                broken(course, "cchc_parser_new", at, mode & 2, cchc_status_message(status));
            failing_reset_icu();
            if (make_parser(course, &course->out) != CCHC_OK)
                broken(course, "cchc_parser_new", at, mode & 2, "afterwards it fails");
        }
    }
}

#ifdef HAVE_SQLITE
/* A catalogue's first letter, and a catalogue that is there. */
static void fail_catalogue(struct course *course)
{
    static const struct letter small = {"small", (const unsigned char *)small_letter,
                                        sizeof small_letter - 1};
    cchc_parser *parser = NULL;
    course->letter = &small;
    if (cchc_parser_new(NULL, &parser) != CCHC_OK ||
        cchc_parse(parser, small.bytes, small.length, &course->parsed) != CCHC_OK)
        abort();
    fail_first_letter(course, course->every ? 1 : 29);
    cchc_document_free(course->parsed);
    cchc_parser_free(parser);
    course->letter = &no_letter;
    run(course, "cchc_catalogue_open, _close", open_catalogue, course->every, false);
}
#endif

int main(int argc, char **argv)
{
    static struct course course;
    size_t share = 0, shares = 1;
    if (!failing_set_up())
        return 2;
    if (argc == 4 && strcmp(argv[1], "--every") == 0) {
        course.every = true;
        if (sscanf(argv[2], "%zu/%zu", &share, &shares) != 2 || share >= shares)
            return 2;
        argv += 2;
        argc -= 2;
    }
    if (argc != 2)
        return 2;
    make_room(&course.reference, (size_t)16 << 20);
    make_room(&course.out, (size_t)16 << 20);
    struct paths paths = {NULL, 0, 0};
    paths_add(&paths, argv[1], is_letter);

    course.letter = &no_letter;
    if (share == 0)
        fail_parser(&course);

#ifdef HAVE_SQLITE
    cchc_catalogue *peaceful = NULL;
    (void)remove(catalogue_path);
    (void)remove(peaceful_path);
    if (cchc_catalogue_open(catalogue_path, &course.catalogue, NULL) != CCHC_OK ||
        cchc_catalogue_open(peaceful_path, &peaceful, NULL) != CCHC_OK)
        return 2;
#endif
    for (int no_jit = 0; no_jit < 2; no_jit++) {
        cchc_options options = CCHC_OPTIONS_INIT;
        options.no_jit = no_jit;
        if (cchc_parser_new(&options, &course.parser) != CCHC_OK)
            return 2;
        begin_again(&course);
        /* Marks that only a normaliser puts in order. */
        static const unsigned char text[] = "So\xCC\xA3\xCD\x84\xCC\x82 e\xCD\x84\xCC\xA3";
        static const struct letter marks = {"marks", text, sizeof text - 1};
        course.letter = &marks;
        run_icu(&course, "cchc_parser_new, ICU", make_parser, 997);
        run_icu(&course, "cchc_parse, ICU", parse_new, 1);
        run_icu(&course, "cchc_parse, document used again, ICU", parse_again, 1);
        run_icu(&course, "cchc_fold, ICU", fold, 1);
        for (size_t i = share; i < paths.count; i += shares) {
            struct letter letter = {paths.path[i], NULL, 0};
            unsigned char *bytes = read_whole(letter.path, &letter.length);
            letter.bytes = bytes;
            course.letter = &letter;
            bool whole = course.every || i % WHOLE_EVERY == 0;
            run_core(&course, whole);
            if (no_jit == 0)
                run_writers(&course, whole);
#ifdef HAVE_SQLITE
            cchc_letter in_peace = written_letter(&course);
            if (no_jit == 0 && cchc_catalogue_add(peaceful, &in_peace, NULL) != CCHC_OK)
                return 2;
#endif
            free(bytes);
        }
        cchc_document_free(course.used);
        cchc_document_free(course.parsed);
        cchc_findings_free(course.findings);
        cchc_parser_free(course.parser);
        course.parser = NULL;
        course.used = course.parsed = NULL;
        course.findings = NULL;
    }
#ifdef HAVE_SQLITE
    if (cchc_catalogue_close(course.catalogue, NULL) != CCHC_OK ||
        cchc_catalogue_close(peaceful, NULL) != CCHC_OK)
        return 2;
    compare_catalogues(&course);
    if (share == 0)
        fail_catalogue(&course);
    (void)remove(catalogue_path);
    (void)remove(peaceful_path);
#endif
    printf("%zu letters, %zu calls (%zu of them whole), %zu failures, %zu wrong\n",
           (paths.count + shares - 1 - share) / shares, course.calls, course.whole, course.failures,
           course.broken);
    free(course.reference.data);
    free(course.out.data);
    paths_free(&paths);
    return course.broken > 0 || course.failures < 1000;
}
