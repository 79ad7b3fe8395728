/* SPDX-License-Identifier: MIT */
/* Files and folders: which letters there are, and their bytes. */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "bytes.h"
#include "outputs.h"
#include "seen.h"

/* ------------------------------------------------------------------------------- folders -- */

/* How a folder is walked. */
struct walk {
    /* Is the file, or are the files of the folder, at this path below the root looked for? */
    bool (*wanted)(const char *relative, bool folder, void *context);

    /* One file, its path being that of the folder, a slash and the relative path. Returns false
     * to end the walk. */
    bool (*found)(const char *path, void *context);

    /* A folder that could not be read, or a link that leads back; the walk goes on where it
     * returns true. */
    bool (*trouble)(const char *path, const char *reason, bool lost, void *context);

    /* true: by relative path, bytewise ("a.txt" before "a/b.txt"); false: part by part. */
    bool by_path;

    /* The folders that were read, so that one that several links lead to is read once; NULL: it is
     * read as often. */
    struct seen *folders;

    void *context;
};

enum walk_result {
    WALK_DONE,
    WALK_ENDED,    /* a function above said so */
    WALK_NO_MEMORY /* the walk was given up */
};

enum walk_result walk_folder(const char *folder, const struct walk *walk);

/* Is this the name of a letter: *.txt, *.md, *.html, *.htm in any case? */
bool is_letter_name(const char *name);

/* --------------------------------------------------------------------------------- bytes -- */

enum read_result {
    READ_DONE,
    READ_NOT_OPENED,  /* error tells why */
    READ_NOT_REGULAR, /* it is no regular file */
    READ_WRITTEN,     /* the call writes it: outputs_find() */
    READ_BROKEN,      /* error tells why */
    READ_TOO_LONG,    /* bytes holds its beginning, of limit + 1 bytes */
    READ_INTERRUPTED  /* a signal came while it waited for more (signals.h) */
};

struct reading {
    enum read_result result;
    int error;            /* an errno, or 0 */
    size_t size;          /* of the whole file, SIZE_MAX where it is not known */
    enum written written; /* READ_WRITTEN: how */
};

/*
 * Reads the file @p path, or standard input for NULL, into @p bytes.
 * @param limit  the longest that is read to its end.
 * @param named  the caller's user named this very file, which may be a pipe then; what is met in
 *               a folder must be a regular file, since a pipe there would never end.
 */
struct reading read_file(const char *path, size_t limit, bool named, struct bytes *bytes);

/* Why a file was not read, in words; NULL where it was. @p words is the room for them, where they
 * are not static. */
enum { REASON_SIZE = 256 };
const char *reading_trouble(const struct reading *reading, char words[REASON_SIZE]);

/* The words for an errno, in @p words; strerror() is not for threads. */
const char *error_words(int error, char words[REASON_SIZE]);

/* What a file is that has to be turned into text first, and the command for it; static, English.
 * NULL where @p bytes may be text. */
const char *refusal_of(const struct bytes *bytes);

#endif
