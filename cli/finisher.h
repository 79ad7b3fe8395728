/* SPDX-License-Identifier: MIT */
/* Gives outputs their names, and takes those away that are not to stay.
 *
 * Both need rights over a whole folder: Landlock has none over a name that nothing has yet. So that
 * a letter that got the better of the program does not get them too, a process of its own keeps
 * them. It is started before anything is opened, knows the names from the call, and is told by a
 * number which of them is due; nothing that it can be told names another file. Where files are not
 * confined there is no such process, and the program does it itself.
 *
 * There is one in a program; one thread calls these functions. They return false, where that is
 * said, with errno. */
#ifndef CLI_FINISHER_H
#define CLI_FINISHER_H

#include <stdbool.h>

#include "options.h"

/* A file that is written beside its place: what @p name gets at its end. */
#define PARTIAL ".partial"    /* of --output and --report */
#define PARTIAL_2 ".partial2" /* of --output, where the first one is the log of an earlier run */
#define NEW_JOURNAL ".new"

/* Starts the process, where the call is confined and has such outputs. False: it cannot be. */
bool finisher_start(const struct options *options);

/* Gives the file at @p path the name @p name: over what is there with @p replace, else only where
 * nothing is. */
bool finisher_name(const char *path, const char *name, bool replace);

/* Takes an unfinished file away. */
bool finisher_remove(const char *path);

/* Waits until the folder that the finished file @p name is in has its names on the disk. */
bool finisher_sync(const char *name);

/* Turns a closed catalogue into the one file that it is while nobody writes to it. */
bool finisher_tidy(const char *name);

/* Ends the process; it ends by itself where the program does. */
void finisher_end(void);

#endif
