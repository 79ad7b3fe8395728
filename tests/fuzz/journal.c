/* SPDX-License-Identifier: MIT */
/* Journals that a run goes on with. Where the first byte is odd, each line is sealed with its hash,
 * which no fuzzer guesses. What the journal tells of is found, and what is added to it is there
 * afterwards. */
#include <stdlib.h>
#include <string.h>

#include "journal.h"
#include "target.h"

/* The seal of a line is that of journal.c: a tab and the low half of its hash. */
static void seal_line(struct bytes *out, const uint8_t *line, size_t length)
{
    static const char digits[] = "0123456789abcdef";
    char words[18] = "\t";
    uint64_t low = journal_hash(line, length).low;
    for (size_t i = 16; i > 0; i--, low >>= 4)
        words[i] = digits[low & 15];
    words[17] = '\n';
    MUST(bytes_add(out, line, length) && bytes_add(out, words, sizeof words));
}

static void seal_lines(struct bytes *out, const uint8_t *data, size_t size)
{
    for (size_t i = 0, begin = 0; i < size; i++)
        if (data[i] == '\n') {
            seal_line(out, data + begin, i - begin);
            begin = i + 1;
        }
}

static void check_entry(const struct journal_entry *entry, void *context)
{
    struct journal *journal = context;
    struct bytes line = {NULL, 0, 0};
    struct journal_entry found;
    MUST(entry->name != NULL && entry->diagnostics != NULL);
    MUST(journal_knows(journal, entry->name));
    MUST(entry->offset + entry->length <= journal->committed);
    if (entry->read) {
        MUST(journal_find(journal, entry->name, entry->hash, &line, &found));
        MUST(strcmp(found.name, entry->name) == 0 && found.read);
    }
    bytes_free(&line);
}

static enum journal_result open_journal(struct journal *journal, const char *path)
{
    *journal = (struct journal){.fingerprint = 0x1234};
    enum journal_result result = journal_open(journal, path, true, false);
    if (result == JOURNAL_GOES_ON)
        MUST(journal_load(journal) && journal->data != NULL);
    return result;
}

/* A name of the input's first bytes, any but NUL. */
static void add_and_find(struct journal *journal, const char *path, const uint8_t *data,
                         size_t size)
{
    char name[64] = "x";
    size_t length = size < sizeof name - 2 ? size : sizeof name - 2;
    for (size_t i = 0; i < length; i++)
        name[i + 1] = (char)(data[i] != 0 ? data[i] : 1);
    const struct journal_entry given = {.name = name,
                                        .read = true,
                                        .hash = journal_hash(data, size),
                                        .offset = 7,
                                        .length = size,
                                        .letters = 1,
                                        .identities = "1:0123456789abcdef0123456789abcdef",
                                        .diagnostics = "number-blank=1"};
    MUST(journal_add(journal, &given) && journal_commit(journal));
    MUST(journal_complete(journal, 7 + size, 3));
    journal_close(journal);
    MUST(open_journal(journal, path) == JOURNAL_GOES_ON);
    struct bytes line = {NULL, 0, 0};
    struct journal_entry found;
    MUST(journal->complete && journal->whole == 7 + size && journal->replaced == 3);
    MUST(journal_find(journal, name, given.hash, &line, &found));
    MUST(found.offset == given.offset && found.length == given.length && found.letters == 1);
    MUST(strcmp(found.identities, given.identities) == 0 &&
         strcmp(found.diagnostics, given.diagnostics) == 0);
    bytes_free(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes sealed = {NULL, 0, 0};
    struct journal journal;
    bool seals = size > 0 && (data[0] & 1) != 0;
    if (seals)
        seal_lines(&sealed, data + 1, size - 1);
    else if (size > 0)
        MUST(bytes_add(&sealed, data + 1, size - 1));
    const char *path =
        input_file(sealed.length > 0 ? sealed.data : (const uint8_t *)"", sealed.length);
    enum journal_result result = open_journal(&journal, path);
    if (result == JOURNAL_NEW)
        MUST(journal_begin(&journal, "out.ndjson"));
    if (result == JOURNAL_GOES_ON)
        MUST(journal_each(&journal, check_entry, &journal));
    if (result != JOURNAL_FAILED)
        add_and_find(&journal, path, data, size);
    journal_close(&journal);
    bytes_free(&sealed);
    return 0;
}
