/* SPDX-License-Identifier: MIT */
/* The inputs of a call, one after another: files, folders, lists, archives, lines. */
#ifndef CLI_FEED_H
#define CLI_FEED_H

#include <stdbool.h>

#include "options.h"
#include "slot.h"

enum { PATH_BYTES_MAX = 64 * 1024 }; /* of a list: sixteen times the longest that systems take */

/* Where the inputs go. */
struct feed {
    const struct options *options;
    bool names_only; /* files of several letters are handed on as they are */

    /* One input; false ends the feed. */
    bool (*take)(const struct item *item, void *context);

    /* Called while the feed would wait for somebody to write more, until *idle is set: then there
     * is nothing left to do meanwhile. False ends the feed. */
    bool (*pause)(bool *idle, void *context);

    void *context;
};

/* False: the feed was ended, by the functions above or by a signal. */
bool feed_all(const struct feed *feed);

#endif
