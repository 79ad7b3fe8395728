/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "batch.h"
#include "signals.h"

enum { TICK_MILLISECONDS = 100 };

struct thread {
    pthread_t thread;
    struct worker worker;
    struct batch *batch;
};

/* The numbers count inputs from the start of the batch: delivered <= taken <= put, and
 * put - delivered <= slot_count. Input n is in slot n % slot_count. */
struct batch {
    const struct work *work;
    const struct batch_target *target;
    struct slot *slots;
    size_t slot_count;
    size_t put, delivered; /* of the caller's thread */
    bool failed;           /* a delivery did */

    pthread_mutex_t mutex; /* over these and slot.done */
    pthread_cond_t work_there, slot_done;
    size_t available, taken;
    const struct slot *awaited; /* by the caller's thread; NULL: it does not sleep */
    bool leaving;

    struct thread *threads;
    size_t jobs, thread_count;
    struct worker own; /* of the caller's thread, where there are no others */
};

size_t batch_processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    if (count < 1)
        return 1;
    return count > JOBS_MAX ? JOBS_MAX : (size_t)count;
}

/* ------------------------------------------------------------------------------- the worker -- */

static void *work(void *argument)
{
    struct thread *thread = argument;
    struct batch *batch = thread->batch;
    (void)pthread_mutex_lock(&batch->mutex);
    for (;;) {
        while (!batch->leaving && batch->taken == batch->available)
            (void)pthread_cond_wait(&batch->work_there, &batch->mutex);
        if (batch->leaving)
            break;
        struct slot *slot = &batch->slots[batch->taken++ % batch->slot_count];
        (void)pthread_mutex_unlock(&batch->mutex);
        worker_do(&thread->worker, slot);
        (void)pthread_mutex_lock(&batch->mutex);
        slot->done = true;
        if (slot == batch->awaited)
            (void)pthread_cond_signal(&batch->slot_done);
    }
    (void)pthread_mutex_unlock(&batch->mutex);
    return NULL;
}

/* Signals are for the caller's thread, whose waits they end. */
static void start_threads(struct batch *batch)
{
    sigset_t all, old;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &old);
    while (batch->thread_count < batch->jobs) {
        struct thread *thread = &batch->threads[batch->thread_count];
        thread->batch = batch;
        thread->worker.work = batch->work;
        if (pthread_create(&thread->thread, NULL, work, thread) != 0)
            break; /* fewer will do, and none as well */
        batch->thread_count++;
    }
    (void)pthread_sigmask(SIG_SETMASK, &old, NULL);
}

static bool init_locks(struct batch *batch)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
    bool fine = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
                pthread_mutex_init(&batch->mutex, NULL) == 0;
    if (fine && pthread_cond_init(&batch->work_there, NULL) != 0) {
        (void)pthread_mutex_destroy(&batch->mutex);
        fine = false;
    }
    if (fine && pthread_cond_init(&batch->slot_done, &attributes) != 0) {
        (void)pthread_cond_destroy(&batch->work_there);
        (void)pthread_mutex_destroy(&batch->mutex);
        fine = false;
    }
    (void)pthread_condattr_destroy(&attributes);
    return fine;
}

struct batch *batch_new(size_t jobs, const struct work *work, const struct batch_target *target)
{
    struct batch *batch = calloc(1, sizeof *batch);
    if (batch == NULL)
        return NULL;
    if (!init_locks(batch)) {
        free(batch);
        return NULL;
    }
    batch->work = work;
    batch->target = target;
    batch->own.work = work;
    batch->jobs = jobs;
    batch->slot_count = jobs > 1 ? jobs * SLOTS_PER_JOB : 1;
    batch->slots = calloc(batch->slot_count, sizeof *batch->slots);
    batch->threads = calloc(jobs, sizeof *batch->threads);
    bool fine = batch->slots != NULL && batch->threads != NULL;
    for (size_t i = 0; fine && i < batch->slot_count; i++) {
        batch->slots[i].index = i;
        if (work->kinds > 0) {
            batch->slots[i].diagnostics = calloc(work->kinds, sizeof *batch->slots[i].diagnostics);
            fine = batch->slots[i].diagnostics != NULL;
        }
    }
    if (!fine) {
        batch_free(batch);
        return NULL;
    }
    return batch;
}

void batch_free(struct batch *batch)
{
    if (batch == NULL)
        return;
    (void)pthread_mutex_lock(&batch->mutex);
    batch->leaving = true;
    (void)pthread_cond_broadcast(&batch->work_there);
    (void)pthread_mutex_unlock(&batch->mutex);
    for (size_t i = 0; i < batch->thread_count; i++) {
        (void)pthread_join(batch->threads[i].thread, NULL);
        worker_free(&batch->threads[i].worker);
    }
    worker_free(&batch->own);
    for (size_t i = 0; batch->slots != NULL && i < batch->slot_count; i++) {
        struct slot *slot = &batch->slots[i];
        bytes_free(&slot->name);
        bytes_free(&slot->input);
        bytes_free(&slot->piece);
        bytes_free(&slot->line);
        bytes_free(&slot->notes);
        bytes_free(&slot->identities);
        free(slot->diagnostics);
    }
    free(batch->slots);
    free(batch->threads);
    (void)pthread_cond_destroy(&batch->slot_done);
    (void)pthread_cond_destroy(&batch->work_there);
    (void)pthread_mutex_destroy(&batch->mutex);
    free(batch);
}

/* ------------------------------------------------------------------------- the caller's thread -- */

/* Is the slot of input @p number done? With @p wait, once it is. */
static bool is_done(struct batch *batch, size_t number, bool wait)
{
    struct slot *slot = &batch->slots[number % batch->slot_count];
    if (batch->thread_count == 0) {
        if (wait) {
            worker_do(&batch->own, slot);
            batch->taken++;
        }
        return wait;
    }
    (void)pthread_mutex_lock(&batch->mutex);
    while (!slot->done && wait) {
        struct timespec until;
        batch->awaited = slot;
        (void)clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += TICK_MILLISECONDS * 1000000L;
        if (until.tv_nsec >= 1000000000L) {
            until.tv_nsec -= 1000000000L;
            until.tv_sec++;
        }
        if (pthread_cond_timedwait(&batch->slot_done, &batch->mutex, &until) == ETIMEDOUT) {
            (void)pthread_mutex_unlock(&batch->mutex);
            batch->target->tick(batch->target->context);
            (void)pthread_mutex_lock(&batch->mutex);
        }
    }
    batch->awaited = NULL;
    bool done = slot->done;
    (void)pthread_mutex_unlock(&batch->mutex);
    return done;
}

static void deliver(struct batch *batch)
{
    struct slot *slot = &batch->slots[batch->delivered++ % batch->slot_count];
    if (!batch->target->deliver(slot, batch->target->context))
        batch->failed = true;
    bytes_reset(&slot->input);
    bytes_reset(&slot->piece);
}

/* Delivers what is done, and waits until no more than @p left slots are in use. */
static bool deliver_down_to(struct batch *batch, size_t left)
{
    while (!batch->failed && batch->delivered < batch->put &&
           is_done(batch, batch->delivered, batch->put - batch->delivered > left))
        deliver(batch);
    return !batch->failed;
}

static bool fill(const struct batch *batch, struct slot *slot, const struct item *item)
{
    slot->done = false;
    slot->kind = item->kind;
    slot->named = item->named;
    slot->lost = item->lost;
    slot->code = item->code;
    slot->size = item->size;
    slot->error = 0;
    slot->letters = 0;
    slot->severity = -1;
    slot->identities.length = 0;
    slot->hash = (struct hash){0, 0};
    slot->piece.length = 0;
    slot->line.length = 0;
    slot->notes.length = 0;
    if (slot->diagnostics != NULL)
        memset(slot->diagnostics, 0, batch->work->kinds * sizeof *slot->diagnostics);
    slot->reason[0] = '\0';
    if (item->reason != NULL) {
        size_t length = strlen(item->reason);
        if (length >= sizeof slot->reason)
            length = sizeof slot->reason - 1;
        memcpy(slot->reason, item->reason, length);
        slot->reason[length] = '\0';
    }
    slot->input.length = 0;
    if (item->kind == ITEM_BYTES) {
        struct bytes empty = slot->input;
        slot->input = *item->bytes;
        *item->bytes = empty;
    }
    slot->name.length = 0;
    if (!bytes_add(&slot->name, item->name, item->name_length) || !bytes_add(&slot->name, "", 1))
        return false;
    slot->name.length--;
    return true;
}

bool batch_put(struct batch *batch, const struct item *item)
{
    /* Woken for half a ring at a time: each letter's own waking costs a tenth of two processors. */
    if (batch->thread_count > 0 && batch->put - batch->delivered == batch->slot_count)
        (void)is_done(batch, batch->delivered + batch->slot_count / 2 - 1, true);
    if (signals_caught() != 0 || !deliver_down_to(batch, batch->slot_count - 1))
        return false;
    struct slot *slot = &batch->slots[batch->put % batch->slot_count];
    if (!fill(batch, slot, item)) {
        slot->kind = ITEM_TROUBLE;
        slot->lost = true;
        (void)error_words(ENOMEM, slot->reason);
        if (!bytes_set_text(&slot->name, "?"))
            return false;
    }
    batch->put++;
    if (batch->jobs == 1)
        return deliver_down_to(batch, 0);
    if (batch->put == 2) /* a single letter needs no threads */
        start_threads(batch);
    (void)pthread_mutex_lock(&batch->mutex);
    batch->available = batch->put;
    (void)pthread_cond_signal(&batch->work_there);
    (void)pthread_mutex_unlock(&batch->mutex);
    return true;
}

bool batch_is_empty(const struct batch *batch)
{
    return batch->delivered == batch->put;
}

bool batch_step(struct batch *batch)
{
    return deliver_down_to(batch, batch->put - batch->delivered - 1);
}

bool batch_drain(struct batch *batch)
{
    return deliver_down_to(batch, 0);
}
