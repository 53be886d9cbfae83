/* SPDX-License-Identifier: MIT */
/* The async object from inside: async.c (its life), async_info.c and async_operation.c (its
 * interfaces). */
#ifndef WINRT_BASE_ASYNC_OBJECT_H
#define WINRT_BASE_ASYNC_OBJECT_H

#include <asyncinfo.h>

#include "async.h"

/*
 * The four generic interfaces have the same slots in each instantiation, and their handlers differ
 * only in the type of one argument. So they are written once, in terms of these.
 */
struct async_operation {
    const void *lpVtbl; /* async_vtbls[form] */
};

struct completed_handler;
struct progress_handler;

struct completed_handler_vtbl {
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(struct completed_handler *, REFIID, void **);
    ULONG(STDMETHODCALLTYPE *AddRef)(struct completed_handler *);
    ULONG(STDMETHODCALLTYPE *Release)(struct completed_handler *);
    HRESULT(STDMETHODCALLTYPE *Invoke)(struct completed_handler *, void *async, AsyncStatus status);
};

struct completed_handler {
    const struct completed_handler_vtbl *lpVtbl;
};

struct progress_handler_vtbl {
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(struct progress_handler *, REFIID, void **);
    ULONG(STDMETHODCALLTYPE *AddRef)(struct progress_handler *);
    ULONG(STDMETHODCALLTYPE *Release)(struct progress_handler *);
    union {
        HRESULT(STDMETHODCALLTYPE *object)(struct progress_handler *, void *, IUnknown *);
        HRESULT(STDMETHODCALLTYPE *uint32)(struct progress_handler *, void *, UINT32);
        HRESULT(STDMETHODCALLTYPE *uint64)(struct progress_handler *, void *, UINT64);
    } Invoke;
};

struct progress_handler {
    const struct progress_handler_vtbl *lpVtbl;
};

struct async {
    struct async_operation operation_iface;
    IAsyncInfo IAsyncInfo_iface;

    struct object object;

    const struct async_type *type;
    const struct async_work *work;
    void *context;

    /* All below under async_lock; nothing foreign but AddRef is called under it. */
    AsyncStatus status;
    bool ended;  /* the work has stopped; status is final */
    bool closed; /* IAsyncInfo.Close */
    bool completed_set;
    bool delivered; /* the outcome reached the client */
    HRESULT error;
    char *message; /* of the error, UTF-8, or NULL */
    union value result;
    struct completed_handler *completed;
    struct progress_handler *progress;
};

/* By async_form: what operation_iface points to. */
extern const void *const async_vtbls[];
extern const struct IAsyncInfoVtbl async_info_vtbl;

/*
 * A queued transfer costs little more than its async object, and there may be thousands: so the
 * objects share a few locks, by their addresses. Never two at a time.
 */
void async_lock(struct async *async);
void async_unlock(struct async *async);

/* Calls the completed handler if the work has ended and there is one that has not been called. */
void async_fire_completed(struct async *async);

/* Tells the one who did the work, once, that the client knows the outcome. */
void async_deliver(struct async *async);

void async_completed_release(struct completed_handler *handler); /* NULL is fine */
void async_progress_release(struct progress_handler *handler);

#endif
