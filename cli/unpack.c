/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

#include <cchcparse/cchcparse.h>

#include "again.h"
#include "unpack.h"

enum { BLOCK_SIZE = 64 * 1024 };

struct reader {
    const char *path;
    const struct unpack_target *target;
    struct archive *archive;
    struct bytes name;  /* of the member at hand: the archive's, a slash, its own */
    struct bytes bytes; /* of the member at hand */
    uint64_t packed;    /* size of the archive */
    uint64_t unpacked;  /* what was read of members */
    size_t members, found;
    bool ended; /* the target does not want more */
};

bool is_archive_name(const char *name)
{
    static const char *const endings[] = {".zip", ".tar", ".tar.gz", ".tgz", ".tar.zst"};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t ending = strlen(endings[i]);
        if (length > ending && strcasecmp(name + length - ending, endings[i]) == 0)
            return true;
    }
    return false;
}

static void give(struct reader *reader, const struct item *item)
{
    reader->found++;
    if (!reader->target->take(item, reader->target->context))
        reader->ended = true;
}

/* The archive, or the member at hand, could not be read. */
static void give_failure(struct reader *reader, bool member, const char *code, const char *reason)
{
    const char *name = member ? (const char *)reader->name.data : reader->path;
    const struct item item = {.kind = ITEM_FAILED,
                              .name = name,
                              .name_length = strlen(name),
                              .code = code,
                              .reason = reason,
                              .size = SIZE_MAX};
    give(reader, &item);
}

static const char *trouble_of(struct reader *reader)
{
    const char *words = archive_error_string(reader->archive);
    return words != NULL ? words : "damaged";
}

/* ------------------------------------------------------------------------------------ members -- */

/* Is it a bomb, once @p more bytes are unpacked? Then that is said. */
static bool is_bomb(struct reader *reader, uint64_t more)
{
    int64_t stream = archive_filter_bytes(reader->archive, 0); /* of a tar: with what is skipped */
    uint64_t unpacked = reader->unpacked;
    if (stream > 0 && (uint64_t)stream > unpacked)
        unpacked = (uint64_t)stream;
    const char *reason = NULL;
    if (more > UNPACK_BYTES_MAX || unpacked > UNPACK_BYTES_MAX - more)
        reason = "the archive unpacks to more than 64 GiB; the rest is not read";
    else if (unpacked + more > UNPACK_RATIO_FROM &&
             (unpacked + more) / UNPACK_RATIO_MAX > reader->packed)
        reason = "the archive unpacks to more than 200 times its size; the rest is not read";
    else if (reader->members > UNPACK_MEMBERS_MAX)
        reason = "the archive has more than 4000000 members; the rest is not read";
    if (reason != NULL)
        give_failure(reader, false, "io-limit", reason);
    return reason != NULL;
}

/* Reads the member at hand up to one byte beyond the limit. False: it is damaged. */
static bool read_member(struct reader *reader)
{
    size_t limit = reader->target->max_bytes;
    reader->bytes.length = 0;
    while (reader->bytes.length <= limit) {
        size_t room = limit - reader->bytes.length + 1;
        if (room > BLOCK_SIZE)
            room = BLOCK_SIZE;
        unsigned char block[BLOCK_SIZE];
        la_ssize_t count = archive_read_data(reader->archive, block, room);
        /* ARCHIVE_RETRY, too: sparse parts out of order, which another try finds as they are. */
        if (count < 0)
            return false;
        if (count == 0)
            break;
        reader->unpacked += (uint64_t)count;
        if (!bytes_add(&reader->bytes, block, (size_t)count)) {
            archive_set_error(reader->archive, ENOMEM, "%s", cchc_status_message(CCHC_NOMEM));
            return false;
        }
    }
    return true;
}

static void give_member(struct reader *reader, struct archive_entry *entry)
{
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != NULL) {
        give_failure(reader, true, "io-open", "not a regular file");
        return;
    }
    if (!read_member(reader)) {
        give_failure(reader, true, "io-read", trouble_of(reader));
        return;
    }
    bool known = archive_entry_size_is_set(entry) != 0 && archive_entry_size(entry) >= 0;
    const struct item item = {.kind = ITEM_BYTES,
                              .name = (const char *)reader->name.data,
                              .name_length = reader->name.length,
                              .bytes = &reader->bytes,
                              .size = known ? (size_t)archive_entry_size(entry) : SIZE_MAX};
    give(reader, &item);
}

/* The name has room for the member's. */
static void name_member(struct reader *reader, const char *own)
{
    struct bytes *name = &reader->name;
    name->length = 0;
    (void)(bytes_add_text(name, reader->path) && bytes_add_text(name, "/") &&
           bytes_add(name, own, strlen(own) + 1));
    name->length--;
}

/* Is the member wanted, and each folder that it is in? The name has room for theirs. */
static bool is_wanted(struct reader *reader, const char *own)
{
    const struct unpack_target *target = reader->target;
    struct bytes *folder = &reader->name;
    for (const char *slash = strchr(own, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        folder->length = 0;
        if (slash == own)
            continue;
        (void)(bytes_add(folder, own, (size_t)(slash - own)) && bytes_add(folder, "", 1));
        if (!target->wanted((const char *)folder->data, true, target->context))
            return false;
    }
    return target->wanted(own, false, target->context);
}

/* False: nothing more is to be read. */
static bool member(struct reader *reader, struct archive_entry *entry)
{
    reader->members++;
    int64_t size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : 0;
    /* A member is at most read to the limit, but in a tar it is passed over as a whole. */
    uint64_t more = size > 0 ? (uint64_t)size : 0;
    if (archive_format(reader->archive) == ARCHIVE_FORMAT_ZIP)
        more = 0;
    if (is_bomb(reader, more))
        return false;
    const char *own = archive_entry_pathname(entry);
    if (own == NULL) {
        give_failure(reader, false, "io-read", "a member's name is in no encoding that is known");
        return !reader->ended;
    }
    if (archive_entry_filetype(entry) == AE_IFDIR)
        return true;
    if (!bytes_reserve(&reader->name, strlen(reader->path) + strlen(own) + 2)) {
        give_failure(reader, false, "io-read", cchc_status_message(CCHC_NOMEM));
    } else if (is_wanted(reader, own)) {
        name_member(reader, own);
        give_member(reader, entry);
    }
    return !reader->ended;
}

/* ------------------------------------------------------------------------------------ archives -- */

/* The next member. The names of a ZIP file are given in the encoding of the thread's locale:
 * whatever the user's is, UTF-8 is what paths are in here. Where no such locale is known, names
 * beyond ASCII are told of as unreadable. What is tried again counts as a member: there is an end to it. */
static int next_header(struct reader *reader, struct archive_entry **entry, locale_t utf8)
{
    locale_t old = utf8 != (locale_t)0 ? uselocale(utf8) : (locale_t)0;
    int result;
    do {
        result = archive_read_next_header(reader->archive, entry);
    } while (result == ARCHIVE_RETRY && reader->members++ < UNPACK_MEMBERS_MAX);
    if (old != (locale_t)0)
        (void)uselocale(old);
    return result;
}

static void read_members(struct reader *reader, locale_t utf8)
{
    struct archive_entry *entry = NULL;
    bool going = true;
    while (going) {
        int result = next_header(reader, &entry, utf8);
        if (result == ARCHIVE_EOF)
            break;
        if (result < ARCHIVE_WARN) {
            give_failure(reader, false, "io-read", trouble_of(reader));
            break;
        }
        going = member(reader, entry);
    }
}

static bool open_archive(struct reader *reader, int descriptor)
{
    struct stat status;
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        give_failure(reader, false, "io-open", strerror(errno));
        return false;
    }
    if (!S_ISREG(status.st_mode)) { /* the ratio needs its size, a ZIP file its end */
        give_failure(reader, false, "io-open", "not a regular file");
        return false;
    }
    reader->packed = (uint64_t)status.st_size;
    reader->archive = archive_read_new();
    if (reader->archive == NULL) {
        give_failure(reader, false, "io-read", cchc_status_message(CCHC_NOMEM));
        return false;
    }
    /* No more than can be bounded and is in use: each further decoder is further code that faces
     * files of strangers. */
    (void)archive_read_support_format_zip(reader->archive);
    (void)archive_read_support_format_tar(reader->archive);
    (void)archive_read_support_filter_gzip(reader->archive);
    (void)archive_read_support_filter_zstd(reader->archive);
    if (archive_read_open_fd(reader->archive, descriptor, BLOCK_SIZE) == ARCHIVE_OK)
        return true;
    give_failure(reader, false, "io-read", trouble_of(reader));
    return false;
}

bool unpack_letters(const char *path, const struct unpack_target *target)
{
    struct reader reader = {.path = path, .target = target};
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    int descriptor = open_again(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (open_archive(&reader, descriptor))
        read_members(&reader, utf8);
    if (reader.found == 0) {
        const struct item item = {.kind = ITEM_TROUBLE,
                                  .name = path,
                                  .name_length = strlen(path),
                                  .reason = "no letters in this archive (*.txt, *.md, *.html, "
                                            "*.htm, or what --include and --exclude leave)",
                                  .lost = true};
        give(&reader, &item);
    }
    if (reader.archive != NULL)
        (void)archive_read_free(reader.archive);
    if (descriptor >= 0)
        (void)close(descriptor);
    if (utf8 != (locale_t)0)
        freelocale(utf8);
    bytes_free(&reader.name);
    bytes_free(&reader.bytes);
    return !reader.ended;
}
