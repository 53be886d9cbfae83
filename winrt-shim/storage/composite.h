/* SPDX-License-Identifier: MIT */
/*
 * An asynchronous operation made of others, of objects that may be a client's own:
 * DataReader.LoadAsync reads from any IInputStream, FileIO opens any IStorageFile. Its function
 * runs on a worker of this library, starts the others one after the other and waits for each.
 * IAsyncInfo.Cancel is passed on to the one waited for.
 */
#ifndef WINRT_STORAGE_COMPOSITE_H
#define WINRT_STORAGE_COMPOSITE_H

#include <windows.h>
#include <asyncinfo.h>
#include <windows.foundation.h>
#include <windows.storage.h>
#include <windows.storage.streams.h>

#include "winrt-shim/base/async.h"

struct composite;

struct composite_job {
    /* As async_job.run. */
    HRESULT (*run)(void *context, struct composite *composite, union value *result);
    void (*destroy)(void *context);
};

/* As async_run: `context` is owned whatever the result, *out is the typed interface, E_POINTER for
 * a NULL out. */
HRESULT composite_run(const struct async_type *type, const struct composite_job *job, void *context,
                      void **out);

/* Reports progress (async_report), and whether Cancel was called. */
void composite_report(struct composite *composite, const union value *progress);
bool composite_is_cancelled(struct composite *composite);

/*
 * Each waits for one operation, and gives up the caller's reference to it. S_OK with its result,
 * its error, or ERROR_CANCELLED. *result is 0 or NULL on failure.
 */
HRESULT composite_await_read(struct composite *composite,
                             IAsyncOperationWithProgress_IBuffer_UINT32 *operation,
                             IBuffer **result);
HRESULT composite_await_write(struct composite *composite,
                              IAsyncOperationWithProgress_UINT32_UINT32 *operation, UINT32 *result);
HRESULT composite_await_boolean(struct composite *composite, IAsyncOperation_boolean *operation,
                                boolean *result);
HRESULT composite_await_stream(struct composite *composite,
                               IAsyncOperation_IRandomAccessStream *operation,
                               IRandomAccessStream **result);
HRESULT composite_await_typed_stream(struct composite *composite,
                                     IAsyncOperation_IRandomAccessStreamWithContentType *operation,
                                     IRandomAccessStreamWithContentType **result);
HRESULT composite_await_transaction(struct composite *composite,
                                    IAsyncOperation_StorageStreamTransaction *operation,
                                    IStorageStreamTransaction **result);
HRESULT composite_await_action(struct composite *composite, IAsyncAction *action);

/* The pieces, for composite_await.c: waits until `operation` has ended. `handler_iid` is that of
   its completed handler's type, and `put_completed` sets one. */
HRESULT composite_wait(struct composite *composite, void *operation, const GUID *handler_iid,
                       HRESULT (*put_completed)(void *operation, void *handler));

#endif
