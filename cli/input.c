/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "again.h"
#include "input.h"
#include "signals.h"

/* ------------------------------------------------------------------------ reading a file -- */

enum { FIRST_CAPACITY = 64 * 1024 };

/* Makes room for at least one byte more, of @p wanted at most. */
static bool bytes_grow(struct bytes *bytes, size_t wanted)
{
    size_t capacity = bytes->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : bytes->capacity;
    if (bytes->length == capacity)
        capacity = capacity > wanted / 2 ? wanted : capacity * 2;
    return bytes_reserve(bytes, capacity);
}

/* @p known is its size where it is a regular file, else -1. */
static struct reading read_descriptor(int descriptor, off_t known, size_t limit,
                                      struct bytes *bytes)
{
    struct reading reading = {READ_DONE, 0, SIZE_MAX, WRITTEN_NOT};
    size_t wanted = limit < SIZE_MAX ? limit + 1 : limit;
    if (known >= 0) {
        reading.size = (size_t)known;
        /* One byte of room beyond the size lets a read find the end without growing. */
        size_t capacity = reading.size < wanted ? reading.size + 1 : wanted;
        if (!bytes_reserve(bytes, capacity)) {
            reading.result = READ_BROKEN;
            reading.error = ENOMEM;
            return reading;
        }
    }
    while (bytes->length < wanted) {
        if (bytes->length == bytes->capacity && !bytes_grow(bytes, wanted)) {
            reading.result = READ_BROKEN;
            reading.error = ENOMEM;
            return reading;
        }
        size_t room = bytes->capacity - bytes->length;
        if (room > wanted - bytes->length)
            room = wanted - bytes->length;
        if (room > SSIZE_MAX)
            room = SSIZE_MAX;
        if (known < 0 && !signals_wait_readable(descriptor)) {
            reading.result = READ_INTERRUPTED;
            return reading;
        }
        ssize_t count = read(descriptor, bytes->data + bytes->length, room);
        if (count == 0)
            break;
        if (count > 0) {
            bytes->length += (size_t)count;
            /* A read that could have brought more, and ended where the size says. */
            if ((size_t)count < room && known > 0 && bytes->length == (size_t)known)
                break;
        } else if (errno != EINTR && errno != EAGAIN) {
            reading.result = READ_BROKEN;
            reading.error = errno;
            return reading;
        }
    }
    if (bytes->length > limit)
        reading.result = READ_TOO_LONG;
    else
        reading.size = bytes->length;
    return reading;
}

struct reading read_file(const char *path, size_t limit, bool named, struct bytes *bytes)
{
    struct stat status;
    bytes->length = 0;
    /* A pipe that nobody has opened for writing must not hold up the open: the read waits for it,
     * and hears signals. */
    int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    int descriptor = path != NULL ? open_again(path, flags) : STDIN_FILENO;
    if (descriptor < 0)
        return (struct reading){READ_NOT_OPENED, errno, SIZE_MAX, WRITTEN_NOT};
    bool regular = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    enum written written = regular ? outputs_find(&status) : WRITTEN_NOT;
    struct reading reading = {READ_NOT_REGULAR, 0, SIZE_MAX, written};
    if (written != WRITTEN_NOT)
        reading.result = READ_WRITTEN;
    else if (named || regular)
        reading = read_descriptor(descriptor, regular ? status.st_size : -1, limit, bytes);
    if (path != NULL)
        (void)close(descriptor); /* nothing was written that closing could lose */
    return reading;
}

const char *error_words(int error, char words[REASON_SIZE])
{
    if (strerror_r(error, words, REASON_SIZE) != 0)
        (void)snprintf(words, REASON_SIZE, "error %d", error);
    return words;
}

const char *reading_trouble(const struct reading *reading, char words[REASON_SIZE])
{
    switch (reading->result) {
    case READ_NOT_OPENED:
    case READ_BROKEN: return error_words(reading->error, words);
    case READ_NOT_REGULAR: return "not a regular file";
    case READ_WRITTEN:
        return reading->written == WRITTEN_OVER
                   ? "is read by the call whose --force overwrites it (--exclude leaves it out of "
                     "a folder)"
                   : "is written by this call, and not read";
    case READ_TOO_LONG: return "larger than the limit (--max-bytes)";
    case READ_INTERRUPTED: return "interrupted";
    case READ_DONE: break;
    }
    return NULL;
}

/* ------------------------------------------------------------------------- what is no text -- */

struct mark {
    size_t offset, length;
    const char *bytes;
};

static const char image[] =
    "an image file; this turns it into text: tesseract FILE.png FILE -l vie";
static const char tar[] = "a tar file; this unpacks it: tar -xf FILE.tar -C FOLDER";
static const char program[] = "a program; there is no letter in it";

#define MARK(offset, bytes)                                                                        \
    {                                                                                              \
        offset, sizeof(bytes) - 1, bytes                                                           \
    }
#define NONE                                                                                       \
    {                                                                                              \
        0, 0, ""                                                                                   \
    }

/* Kinds of files by what stands in them where no letter has it. Marks that are words, which a text
 * may begin with, need a second one. */
static const struct kind {
    struct mark first, second;
    const char *refusal; /* NULL: what is in the ZIP file tells */
} kinds[] = {
    {MARK(0, "%PDF-"), NONE,
     "a PDF file; this turns it into text: pdftotext -layout FILE.pdf FILE.txt"},
    {MARK(0, "%!PS"), NONE,
     "a PostScript file; this turns it into text: ps2ascii FILE.ps FILE.txt"},
    {MARK(0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), NONE,
     "a Word file; this turns it into text: catdoc -d utf-8 FILE.doc > FILE.txt"},
    {MARK(0, "{\\rtf"), NONE,
     "an RTF file; this turns it into text: unrtf --text FILE.rtf > FILE.txt"},
    {MARK(0, "\x89PNG\r\n\x1A\n"), NONE, image},
    {MARK(0, "\xFF\xD8\xFF"), NONE, image},
    {MARK(0, "II*\0"), NONE, image},
    {MARK(0, "MM\0*"), NONE, image},
    {MARK(0, "GIF87a"), NONE, image},
    {MARK(0, "GIF89a"), NONE, image},
    {MARK(0, "\0\0\0\x0CjP  \r\n\x87\n"), NONE, image},
    {MARK(4, "ftypheic"), NONE, image},
    {MARK(4, "ftypavif"), NONE, image},
    {MARK(0, "BM"), MARK(6, "\0\0\0\0"), image}, /* bytes that are reserved */
    {MARK(0, "RIFF"), MARK(8, "WEBP"), image},
    {MARK(0, "AT&TFORM"), NONE, "a DjVu file; this turns it into text: djvutxt FILE.djvu FILE.txt"},
    {MARK(0, "PK\x03\x04"), NONE, NULL},
    {MARK(0, "\x1F\x8B"), NONE, "a compressed file; this unpacks it: gunzip FILE.gz"},
    {MARK(0, "BZh"), MARK(4, "1AY&SY"), "a compressed file; this unpacks it: bunzip2 FILE.bz2"},
    {MARK(0, "\xFD\x37zXZ\0"), NONE, "a compressed file; this unpacks it: unxz FILE.xz"},
    {MARK(0, "\x28\xB5\x2F\xFD"), NONE, "a compressed file; this unpacks it: unzstd FILE.zst"},
    {MARK(0, "7z\xBC\xAF\x27\x1C"), NONE, "a 7z file; this unpacks it: 7z x FILE.7z"},
    {MARK(0, "Rar!\x1A\x07"), NONE, "a RAR file; this unpacks it: unrar x FILE.rar"},
    {MARK(257, "ustar\0"), NONE, tar},          /* POSIX */
    {MARK(257, "ustar  \0"), NONE, tar},        /* GNU */
    {MARK(0, "\x7F\x45LF"), NONE, program},     /* ELF */
    {MARK(0, "MZ"), MARK(62, "\0\0"), program}, /* the upper half of an offset */
    {MARK(0, "SQLite format 3\0"), NONE, "a database; there is no letter in it"},
};

static bool has_at(const struct bytes *bytes, size_t from, const struct mark *mark)
{
    size_t at = from + mark->offset;
    return bytes->length >= at + mark->length &&
           memcmp(bytes->data + at, mark->bytes, mark->length) == 0;
}

static bool contains(const struct bytes *bytes, const char *word)
{
    size_t length = strlen(word);
    const unsigned char *at = bytes->data, *end = bytes->data + bytes->length;
    while (at != NULL && (size_t)(end - at) >= length) {
        at = memchr(at, word[0], (size_t)(end - at) - length + 1);
        if (at == NULL || memcmp(at, word, length) == 0)
            return at != NULL;
        at++;
    }
    return false;
}

/* A ZIP file tells by the names of its parts what it is; they stand in it uncompressed. */
static const char *zip_refusal(const struct bytes *bytes)
{
    if (contains(bytes, "word/document"))
        return "a Word file; this turns it into text: docx2txt FILE.docx FILE.txt";
    if (contains(bytes, "opendocument.text"))
        return "an OpenDocument file; this turns it into text: odt2txt --output=FILE.txt FILE.odt";
    return "a ZIP file; this unpacks it: unzip FILE.zip -d FOLDER";
}

/* Line ends and a byte order mark, which downloads put before a file that is read all the same. */
static size_t before_marks(const struct bytes *bytes)
{
    static const struct mark order = {0, 3, "\xEF\xBB\xBF"};
    size_t at = has_at(bytes, 0, &order) ? order.length : 0;
    while (at < bytes->length && (bytes->data[at] == '\r' || bytes->data[at] == '\n'))
        at++;
    return at;
}

const char *refusal_of(const struct bytes *bytes)
{
    const size_t from[] = {0, before_marks(bytes)};
    for (size_t i = 0; i < (from[1] > 0 ? 2 : 1); i++)
        for (const struct kind *kind = kinds; kind < kinds + sizeof kinds / sizeof kinds[0]; kind++)
            if (has_at(bytes, from[i], &kind->first) && has_at(bytes, from[i], &kind->second))
                return kind->refusal != NULL ? kind->refusal : zip_refusal(bytes);
    return NULL;
}

bool is_letter_name(const char *name)
{
    static const char *const endings[] = {".txt", ".md", ".html", ".htm"};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t ending = strlen(endings[i]);
        if (length >= ending && strcasecmp(name + length - ending, endings[i]) == 0)
            return true;
    }
    return false;
}
