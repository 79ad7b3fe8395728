/* SPDX-License-Identifier: MIT */
/* The lines of a journal, their fields parted by tabs:
 *
 *      cchcparse-journal 1    DATA
 *      letter    STATUS FINGERPRINT HASH OFFSET LENGTH LETTERS IDENTITY DIAGNOSTICS NAME
 *      complete  SIZE REPLACED
 *
 * and each line's own hash behind it. STATUS is read or failed; FINGERPRINT, HASH and IDENTITY are
 * hexadecimal; DATA and NAME have control characters and backslashes as \ooo, so that any name is
 * one field of one line.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xxhash.h>

#include "again.h"
#include "journal.h"
#include "lines.h"
#include "messages.h"
#include "outputs.h"

static const char first_word[] = "cchcparse-journal 1";

enum {
    FIELDS = 10,             /* of the longest line, without its hash */
    LINE_MAX_BYTES = 1 << 20 /* a path has 4096 bytes, each 4 at most in a line; names that come
                                with a letter may be longer, and are read again where they are */
};

/* A row of the index, a hash table: which letter, and where its line is; line 0 is an empty row. */
struct journal_place {
    struct hash key;
    uint64_t line;
};

struct hash journal_hash(const void *data, size_t length)
{
    XXH128_hash_t hash = XXH3_128bits(data, length);
    return (struct hash){hash.high64, hash.low64};
}

static struct hash key_of(const char *name, struct hash hash, uint64_t fingerprint)
{
    struct hash name_hash = journal_hash(name, strlen(name));
    uint64_t parts[] = {name_hash.high, name_hash.low, hash.high, hash.low, fingerprint};
    return journal_hash(parts, sizeof parts);
}

static bool fail(struct journal *journal, int error)
{
    if (journal->error == 0)
        complain_of(journal->path, strerror(error));
    journal->error = error;
    return false;
}

/* ------------------------------------------------------------------------------ text of lines -- */

static bool add_escaped(struct bytes *out, const char *text)
{
    bool fine = true;
    for (; fine && *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        char escape[5];
        if (byte >= 0x20 && byte != '\\' && byte != 0x7F) {
            fine = bytes_add(out, text, 1);
        } else {
            (void)snprintf(escape, sizeof escape, "\\%03o", (unsigned)byte);
            fine = bytes_add_text(out, escape);
        }
    }
    return fine;
}

static bool is_octal(char digit)
{
    return digit >= '0' && digit <= '7';
}

/* Takes \ooo back, in place. */
static void unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; to++) {
        if (from[0] == '\\' && is_octal(from[1]) && is_octal(from[2]) && is_octal(from[3])) {
            *to = (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 + (from[3] - '0'));
            from += 4;
        } else {
            *to = *from++;
        }
    }
    *to = '\0';
}

/* Closes the line that begins at @p begin with its hash. */
static bool seal(struct bytes *out, size_t begin)
{
    char words[32];
    struct hash hash = journal_hash(out->data + begin, out->length - begin);
    (void)snprintf(words, sizeof words, "\t%016" PRIx64 "\n", hash.low);
    return bytes_add_text(out, words);
}

/* Parts a line into its fields, in place, where its hash is right. */
static size_t part(char *line, size_t length, char *fields[FIELDS])
{
    char *end = line + length, words[32];
    while (end > line && end[-1] != '\t')
        end--;
    if (end == line || strlen(line) != length)
        return 0;
    struct hash hash = journal_hash(line, (size_t)(end - 1 - line));
    (void)snprintf(words, sizeof words, "%016" PRIx64, hash.low);
    if (strcmp(words, end) != 0)
        return 0;
    end[-1] = '\0';
    size_t count = 0;
    for (char *field = line; field != NULL && count < FIELDS; count++) {
        fields[count] = field;
        field = strchr(field, '\t');
        if (field != NULL)
            *field++ = '\0';
    }
    return count;
}

static uint64_t number_of(const char *field, int base)
{
    return (uint64_t)strtoull(field, NULL, base);
}

static struct hash hash_of(char *field)
{
    struct hash hash = {0, 0};
    if (strlen(field) == 32) {
        hash.low = number_of(field + 16, 16);
        field[16] = '\0';
        hash.high = number_of(field, 16);
    }
    return hash;
}

/* Reads a line of a letter. */
static bool entry_of(char *line, size_t length, struct journal_entry *entry, uint64_t *fingerprint)
{
    char *fields[FIELDS];
    if (part(line, length, fields) != FIELDS || strcmp(fields[0], "letter") != 0)
        return false;
    unescape(fields[9]);
    *fingerprint = number_of(fields[2], 16);
    *entry = (struct journal_entry){.name = fields[9],
                                    .read = strcmp(fields[1], "read") == 0,
                                    .hash = hash_of(fields[3]),
                                    .offset = number_of(fields[4], 10),
                                    .length = number_of(fields[5], 10),
                                    .letters = number_of(fields[6], 10),
                                    .identities = fields[7],
                                    .diagnostics = fields[8]};
    return entry->length <= UINT64_MAX - entry->offset;
}

/* ----------------------------------------------------------------------------------- the index -- */

static struct journal_place *place_of(const struct journal *journal, struct hash key)
{
    size_t at = (size_t)key.low & (journal->place_capacity - 1);
    while (journal->places[at].line != 0 &&
           (journal->places[at].key.low != key.low || journal->places[at].key.high != key.high))
        at = (at + 1) & (journal->place_capacity - 1);
    return &journal->places[at];
}

static bool add_place(struct journal *journal, struct hash key, uint64_t line)
{
    if (journal->place_count >= journal->place_capacity / 4 * 3) {
        struct journal old = *journal;
        journal->place_capacity = old.place_capacity == 0 ? 1024 : old.place_capacity * 2;
        journal->places = calloc(journal->place_capacity, sizeof *journal->places);
        if (journal->places == NULL) {
            journal->places = old.places;
            journal->place_capacity = old.place_capacity;
            return false;
        }
        for (size_t i = 0; i < old.place_capacity; i++)
            if (old.places[i].line != 0)
                *place_of(journal, old.places[i].key) = old.places[i];
        free(old.places);
    }
    struct journal_place *place = place_of(journal, key);
    journal->place_count += place->line == 0;
    *place = (struct journal_place){key, line};
    return true;
}

bool journal_find(const struct journal *journal, const char *name, struct hash hash,
                  struct bytes *line, struct journal_entry *entry)
{
    if (journal->place_count == 0)
        return false;
    struct hash key = key_of(name, hash, journal->fingerprint);
    const struct journal_place *place = place_of(journal, key);
    if (place->line == 0)
        return false;
    /* Most lines have less than 512 bytes. */
    char *end = NULL;
    line->length = 0;
    for (size_t wanted = 512; end == NULL; wanted *= 8) {
        if (wanted > (size_t)LINE_MAX_BYTES * 2 || !bytes_reserve(line, wanted))
            return false;
        ssize_t count = pread(journal->descriptor, line->data, wanted, (off_t)place->line);
        if (count <= 0)
            return false;
        end = memchr(line->data, '\n', (size_t)count);
        if (end == NULL && (size_t)count < wanted)
            return false;
    }
    *end = '\0';
    line->length = (size_t)(end - (char *)line->data);
    uint64_t fingerprint = 0;
    return entry_of((char *)line->data, line->length, entry, &fingerprint) &&
           fingerprint == journal->fingerprint && strcmp(entry->name, name) == 0 &&
           entry->hash.high == hash.high && entry->hash.low == hash.low;
}

bool journal_knows(const struct journal *journal, const char *name)
{
    return seen_has(&journal->names, hash_words(name, strlen(name)));
}

/* ---------------------------------------------------------------------------------- reading it -- */

static struct lines lines_of(const struct journal *journal)
{
    return (struct lines){
        .descriptor = journal->descriptor, .delimiter = '\n', .limit = LINE_MAX_BYTES, .own = true};
}

/* Brings one line into the index. False: no memory. */
static bool load_line(struct journal *journal, char *line, size_t length, uint64_t offset)
{
    char *fields[FIELDS];
    struct journal_entry entry;
    uint64_t fingerprint = 0;
    if (strncmp(line, "complete\t", 9) == 0) {
        if (part(line, length, fields) == 3) {
            journal->complete = true;
            journal->whole = number_of(fields[1], 10);
            journal->replaced = number_of(fields[2], 10);
        }
        return true;
    }
    if (!entry_of(line, length, &entry, &fingerprint))
        return true;
    if (seen_add(&journal->names, hash_words(entry.name, strlen(entry.name))) == SEEN_FULL)
        return false;
    if (entry.offset + entry.length > journal->committed)
        journal->committed = entry.offset + entry.length;
    if (!entry.read || fingerprint != journal->fingerprint)
        return true;
    return add_place(journal, key_of(entry.name, entry.hash, fingerprint), offset);
}

bool journal_load(struct journal *journal)
{
    struct lines lines = lines_of(journal);
    char *line = NULL;
    size_t length = 0;
    bool fine = lseek(journal->descriptor, 0, SEEK_SET) == 0;
    enum lines_result result = LINES_END;
    journal->names.limit = SIZE_MAX;
    while (fine && ((result = lines_next(&lines, &line, &length)) == LINES_LINE ||
                    result == LINES_TOO_LONG)) {
        if (lines.unended) /* torn: what comes next takes its place */
            break;
        journal->end = lines.offset;
        if (result == LINES_LINE)
            fine = load_line(journal, line, length, lines.line_offset);
    }
    if (!fine)
        (void)fail(journal, ENOMEM);
    else if (result == LINES_BROKEN)
        fine = fail(journal, lines.error);
    else if (ftruncate(journal->descriptor, (off_t)journal->end) != 0)
        fine = fail(journal, errno);
    bytes_free(&lines.buffer);
    return fine;
}

bool journal_each(struct journal *journal, journal_visit *visit, void *context)
{
    struct lines lines = lines_of(journal);
    struct journal_entry entry;
    char *line = NULL;
    size_t length = 0;
    uint64_t fingerprint = 0;
    enum lines_result result = LINES_BROKEN;
    bool fine = lseek(journal->descriptor, 0, SEEK_SET) == 0;
    while (fine && ((result = lines_next(&lines, &line, &length)) == LINES_LINE ||
                    result == LINES_TOO_LONG))
        if (result == LINES_LINE && !lines.unended &&
            entry_of(line, length, &entry, &fingerprint) && fingerprint == journal->fingerprint)
            visit(&entry, context);
    if (!fine || result == LINES_BROKEN)
        fine = fail(journal, fine ? lines.error : errno);
    bytes_free(&lines.buffer);
    return fine;
}

bool journal_restart(struct journal *journal)
{
    free(journal->places);
    journal->places = NULL;
    journal->place_count = journal->place_capacity = 0;
    journal->committed = journal->end = 0;
    journal->complete = false;
    return ftruncate(journal->descriptor, 0) == 0 || fail(journal, errno);
}

/* The first line: 1 it is there, 0 the file has none yet, -1 it is no journal. */
static int read_first_line(struct journal *journal)
{
    struct lines lines = lines_of(journal);
    char *line = NULL, *fields[FIELDS];
    size_t length = 0;
    int found = -1;
    enum lines_result result = lines_next(&lines, &line, &length);
    if (result == LINES_END) {
        found = 0;
    } else if (result == LINES_LINE && lines.unended) { /* torn before anything was finished */
        size_t known = length < sizeof first_word - 1 ? length : sizeof first_word - 1;
        found = memcmp(line, first_word, known) == 0 ? 0 : -1;
    } else if (result == LINES_LINE && part(line, length, fields) == 2 &&
               strcmp(fields[0], first_word) == 0) {
        unescape(fields[1]);
        journal->data = strdup(fields[1]);
        found = journal->data != NULL ? 1 : -1;
    }
    bytes_free(&lines.buffer);
    return found;
}

bool journal_known(void)
{
    return true;
}

enum journal_result journal_open(struct journal *journal, const char *path, bool resume, bool force)
{
    *journal = (struct journal){.path = path, .fingerprint = journal->fingerprint};
    journal->descriptor = open_again(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY);
    struct stat status;
    if (journal->descriptor < 0 || fstat(journal->descriptor, &status) != 0) {
        (void)fail(journal, errno);
        return JOURNAL_FAILED;
    }
    const char *trouble = NULL;
    int found = 0;
    if (!S_ISREG(status.st_mode))
        trouble = "not a regular file";
    else if (flock(journal->descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        trouble = "another run is writing it";
    else if ((found = read_first_line(journal)) < 0)
        trouble = "is there already, and no journal of this program: name another file";
    else if (!resume && !force && status.st_size > 0)
        trouble = "is there already: --resume goes on with it, --force begins anew";
    if (trouble != NULL) {
        complain_of(path, trouble);
        return JOURNAL_FAILED;
    }
    outputs_add(&status, WRITTEN_ANEW);
    if (found == 1 && resume)
        return JOURNAL_GOES_ON;
    free(journal->data);
    journal->data = NULL;
    if (ftruncate(journal->descriptor, 0) == 0)
        return JOURNAL_NEW;
    (void)fail(journal, errno);
    return JOURNAL_FAILED;
}

void journal_close(struct journal *journal)
{
    if (journal->descriptor >= 0)
        (void)close(journal->descriptor);
    bytes_free(&journal->pending);
    free(journal->data);
    free(journal->places);
    seen_free(&journal->names);
    *journal = (struct journal){.descriptor = -1};
}

/* ---------------------------------------------------------------------------------- writing it -- */

bool journal_begin(struct journal *journal, const char *data)
{
    struct bytes *out = &journal->pending;
    if (!bytes_add_text(out, first_word) || !bytes_add_text(out, "\t") || !add_escaped(out, data) ||
        !seal(out, 0))
        return fail(journal, ENOMEM);
    return journal_commit(journal);
}

bool journal_add(struct journal *journal, const struct journal_entry *entry)
{
    struct bytes *out = &journal->pending;
    size_t begin = out->length;
    char words[256];
    (void)snprintf(words, sizeof words,
                   "letter\t%s\t%016" PRIx64 "\t%016" PRIx64 "%016" PRIx64 "\t%" PRIu64 "\t%" PRIu64
                   "\t%" PRIu64 "\t",
                   entry->read ? "read" : "failed", journal->fingerprint, entry->hash.high,
                   entry->hash.low, entry->offset, entry->length, entry->letters);
    if (!bytes_add_text(out, words) || !bytes_add_text(out, entry->identities) ||
        !bytes_add_text(out, "\t") || !bytes_add_text(out, entry->diagnostics) ||
        !bytes_add_text(out, "\t") || !add_escaped(out, entry->name) || !seal(out, begin))
        return fail(journal, ENOMEM);
    return true;
}

bool journal_commit(struct journal *journal)
{
    const struct bytes *out = &journal->pending;
    size_t written = 0;
    while (journal->error == 0 && written < out->length) {
        ssize_t count = pwrite(journal->descriptor, out->data + written, out->length - written,
                               (off_t)(journal->end + written));
        if (count >= 0)
            written += (size_t)count;
        else if (errno != EINTR)
            return fail(journal, errno);
    }
    if (journal->error == 0 && written > 0 && fdatasync_again(journal->descriptor) != 0)
        return fail(journal, errno);
    journal->end += written;
    bytes_reset(&journal->pending);
    return journal->error == 0;
}

bool journal_complete(struct journal *journal, uint64_t size, uint64_t replaced)
{
    struct bytes *out = &journal->pending;
    size_t begin = out->length;
    char words[64];
    (void)snprintf(words, sizeof words, "complete\t%" PRIu64 "\t%" PRIu64, size, replaced);
    if (!bytes_add_text(out, words) || !seal(out, begin))
        return fail(journal, ENOMEM);
    return journal_commit(journal);
}
