/* SPDX-License-Identifier: MIT */
/* SIGINT, SIGTERM and SIGHUP as a wish to stop: what is in hand is finished, then the program
 * leaves with the status that a shell gives for the signal. A second signal of the same kind ends
 * it at once, as if nothing caught it. */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include <stdbool.h>

/* Catches the signals from now on; one that the caller's shell ignores (nohup) stays ignored. */
void signals_catch(void);

/* The signal that asks to stop, or 0. Safe from every thread. */
int signals_caught(void);

/* Waits until @p descriptor can be read without waiting. False: a signal came first. */
bool signals_wait_readable(int descriptor);

/* Can @p descriptor be read without waiting? */
bool signals_is_readable(int descriptor);

#endif
