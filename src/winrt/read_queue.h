/* SPDX-License-Identifier: MIT */
/*
 * The reads that wait in a stream over a transfer's bytes, and what serves them: a part of every
 * such stream (result_stream.c, result_random_stream.c). No thread waits: reads stand in a queue,
 * and a task on the stream's strand (the pump) goes through it when bytes arrive, when the transfer
 * ends, and when a read is cancelled or the stream closed.
 *
 * - Reads are answered in the order of the calls, each from where the one before ended, or where
 *   Seek was called in between, from there.
 * - Their handlers run beside the strand, so that one may wait for the next read.
 * - A read that has to wait tells the engine which bytes are wanted (transfer_demand).
 * - When the transfer has begun again after the stream gave bytes away, one read fails with
 *   E_CHANGED_STATE; the next ones are about the new body.
 *
 * docs/random-access.md
 */
#ifndef WINRT_READ_QUEUE_H
#define WINRT_READ_QUEUE_H

#include <stdbool.h>

#include <windows.h>
#include <windows.storage.streams.h>

#include "read_hub.h"
#include "src/port/pool.h"
#include "src/port/threads.h"
#include "winrt-shim/base/async.h"
#include "winrt-shim/base/object.h"

struct transfer;

enum read_queue_flags {
    /* What a transfer that failed by HTTP status received is no answer to a read: that is the
       server's page about the error. */
    READ_QUEUE_BODY_ONLY = 1 << 0,
    /* After E_CHANGED_STATE it goes on where it began, since nobody can seek. */
    READ_QUEUE_REWINDS = 1 << 1,
};

struct pending_read {
    struct pending_read *next;
    struct async *async;
    IBuffer *buffer;
    BYTE *bytes; /* of the buffer */
    UINT32 wanted, done;
    bool partial; /* one byte is enough */
    UINT32 seeks; /* of the queue, when it was called */
    UINT64
    start; /* Position then: where it begins unless another one of these `seeks` was before */
    bool demanded;
    UINT64 demand_position, demand_size;
    struct pool_task end; /* with these two */
    HRESULT outcome;
    char *message; /* NULL: none */
};

struct read_queue {
    struct object *owner; /* the stream; what is queued, waits or reads holds a reference to it */
    struct transfer *transfer;
    struct read_hub *hub;
    struct strand *strand;
    struct pool *pool; /* where the reads' handlers run */
    unsigned flags;
    UINT64 origin;
    struct read_waiter waiter;

    /* The pump's. */
    bool gave_bytes;  /* since the transfer last began again */
    uint32_t version; /* restart_number of what it gave */

    struct mutex mutex;  /* of what follows */
    UINT64 position;     /* IRandomAccessStream.Position */
    UINT32 seeks;        /* how often Seek was called */
    UINT64 cursor;       /* where the last read that was answered ended ... */
    UINT32 cursor_seeks; /* ... and its `seeks` */
    struct pending_read *head, **tail;
    bool closed;
    bool pump_queued;
    struct pool_task pump; /* holds a reference while it is queued */
};

/* `owner` has the queue as a part and calls read_queue_destroy in the end; `transfer` and `hub` get
 * another reference. A zeroed queue may be destroyed too. E_OUTOFMEMORY, or no thread. */
HRESULT read_queue_init(struct read_queue *queue, struct object *owner, struct transfer *transfer,
                        struct read_hub *hub, UINT64 position, unsigned flags);
void read_queue_destroy(struct read_queue *queue);

/* IInputStream.ReadAsync. */
HRESULT read_queue_read_async(struct read_queue *queue, IBuffer *buffer, UINT32 count,
                              InputStreamOptions options,
                              IAsyncOperationWithProgress_IBuffer_UINT32 **out);

/* IClosable.Close: reads that wait fail. */
HRESULT read_queue_close(struct read_queue *queue);

/* These three answer RO_E_CLOSED after Close. */
HRESULT read_queue_check_open(struct read_queue *queue);
HRESULT read_queue_get_position(struct read_queue *queue, UINT64 *value);
HRESULT read_queue_seek(struct read_queue *queue, UINT64 position);

/* read_queue_pump.c */

void read_queue_init_pump(struct read_queue *queue);

/* The pump runs soon, on the stream's strand: there is a new read, or one that is cancelled, or the
 * stream was closed. */
void read_queue_pump(struct read_queue *queue);

/* Fails a read that was in no queue and that nobody has seen yet. */
void read_queue_refuse(struct pending_read *read, HRESULT error, const char *message);

void read_queue_run_end(struct pool_task *task);

#endif
