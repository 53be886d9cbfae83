/* SPDX-License-Identifier: MIT */
/*
 * A result stream and the reads that wait in it: what result_stream.c (the COM object) and
 * result_stream_pump.c (which serves the reads) share.
 */
#ifndef WINRT_RESULT_STREAM_PUMP_H
#define WINRT_RESULT_STREAM_PUMP_H

#include <stdbool.h>

#include <windows.h>
#include <windows.storage.streams.h>

#include "read_hub.h"
#include "src/port/pool.h"
#include "src/port/threads.h"
#include "winrt-shim/base/async.h"
#include "winrt-shim/base/object.h"

struct pending_read {
    struct pending_read *next;
    struct async *async;
    IBuffer *buffer;
    BYTE *bytes; /* of the buffer */
    UINT32 wanted, done;
    bool partial; /* one byte is enough */
};

struct result_stream {
    IInputStream IInputStream_iface;
    IClosable IClosable_iface;
    struct object object;
    struct transfer *transfer;
    struct read_hub *hub;
    struct strand *strand;
    struct read_waiter waiter; /* while it waits, the stream holds a reference to itself */

    struct mutex mutex; /* of what follows */
    UINT64 position;    /* of the first read in the queue; only the pump moves it */
    struct pending_read *head, **tail;
    bool closed;
    bool pump_queued;
    struct pool_task pump; /* holds a reference while it is queued */
};

/* Another reference, and one less. */
void result_stream_addref(struct result_stream *stream);
void result_stream_release(struct result_stream *stream);

/* At creation: `waiter` and `pump` become what they are for. */
void result_stream_init_pump(struct result_stream *stream);

/* The pump runs soon, on the stream's strand: there is a new read, or one that is cancelled, or the
 * stream was closed. */
void result_stream_queue_pump(struct result_stream *stream);

/* Ends a read that is in no queue, as cancelled if it was, and frees it. */
void result_stream_fail_read(struct pending_read *read, HRESULT error, const char *message);

#endif
