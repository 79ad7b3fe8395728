/* SPDX-License-Identifier: MIT */
/* The batch: a ring of slots between one thread that walks and writes, and workers that read and
 * parse.
 *
 *      walk -> slot k -> some worker -> slot k is done -> delivered after slot k - 1
 *
 * Slots are filled and delivered in order by the caller's thread; between the two each belongs to
 * one worker. So the output stands in the order of the input whatever the workers' timing, and
 * memory is bounded by the number of slots, which is a multiple of the workers. A batch of one job
 * has no thread and no lock: each input is worked on and delivered where it is met.
 */
#ifndef CLI_BATCH_H
#define CLI_BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "slot.h"
#include "worker.h"

/* Slots a worker: as many letters of ordinary length as one long letter may hold up before the
 * others wait for it. */
enum { SLOTS_PER_JOB = 16, JOBS_MAX = 1024 };

/* Takes a finished slot; false ends the batch. tick() is called now and then while the batch
 * waits. Both run on the caller's thread. */
struct batch_target {
    bool (*deliver)(struct slot *slot, void *context);
    void (*tick)(void *context);
    void *context;
};

struct batch;

/* NULL: no memory. Everything pointed to must outlive the batch. */
struct batch *batch_new(size_t jobs, const struct work *work, const struct batch_target *target);

/* Puts one input in; false ends the batch: a delivery failed, or a signal came. */
bool batch_put(struct batch *batch, const struct item *item);

/* Is all delivered that was put in? If not, batch_step() delivers the next slot. */
bool batch_is_empty(const struct batch *batch);
bool batch_step(struct batch *batch);

/* Delivers all that was put in. False: a delivery failed. */
bool batch_drain(struct batch *batch);

/* Ends the workers; what was not delivered is dropped. NULL is allowed. */
void batch_free(struct batch *batch);

/* How many processors there are, JOBS_MAX at most. */
size_t batch_processors(void);

#endif
