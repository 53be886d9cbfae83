/* SPDX-License-Identifier: MIT */
#include "handlers.h"

#include <stdlib.h>
#include <objidl.h>

struct handler;

/* Delegates derive from IUnknown alone, and Invoke is the fourth slot. */
struct handler_vtbl {
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(struct handler *self, REFIID iid, void **out);
    ULONG(STDMETHODCALLTYPE *AddRef)(struct handler *self);
    ULONG(STDMETHODCALLTYPE *Release)(struct handler *self);
    union {
        HRESULT(STDMETHODCALLTYPE *completed)(struct handler *self, void *operation, AsyncStatus);
        HRESULT(STDMETHODCALLTYPE *progress)
        (struct handler *self, void *operation, IDownloadOperation *);
        HRESULT(STDMETHODCALLTYPE *event)(struct handler *self, void *sender, void *arguments);
    } Invoke;
};

struct handler {
    const struct handler_vtbl *lpVtbl;
    LONG references;
    const IID *iid;
    completed_function completed;
    progress_function progress;
    event_function event;
    void *context;
};

/* IAgileObject says: call me directly, from any thread. */
static HRESULT STDMETHODCALLTYPE handler_QueryInterface(struct handler *self, REFIID iid,
                                                        void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IAgileObject) &&
        !IsEqualIID(iid, self->iid))
        return E_NOINTERFACE;
    InterlockedIncrement(&self->references);
    *out = self;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE handler_AddRef(struct handler *self)
{
    return (ULONG)InterlockedIncrement(&self->references);
}

static ULONG STDMETHODCALLTYPE handler_Release(struct handler *self)
{
    LONG left = InterlockedDecrement(&self->references);

    if (left == 0)
        free(self);
    return (ULONG)left;
}

static HRESULT STDMETHODCALLTYPE completed_Invoke(struct handler *self, void *operation,
                                                  AsyncStatus status)
{
    (void)operation;
    self->completed(self->context, status);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE progress_Invoke(struct handler *self, void *operation,
                                                 IDownloadOperation *download)
{
    (void)operation;
    self->progress(self->context, download);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE event_Invoke(struct handler *self, void *sender, void *arguments)
{
    self->event(self->context, sender, arguments);
    return S_OK;
}

static const struct handler_vtbl completed_vtbl = {
    handler_QueryInterface, handler_AddRef, handler_Release, { .completed = completed_Invoke }
};

static const struct handler_vtbl progress_vtbl = {
    handler_QueryInterface, handler_AddRef, handler_Release, { .progress = progress_Invoke }
};

static const struct handler_vtbl event_vtbl = {
    handler_QueryInterface, handler_AddRef, handler_Release, { .event = event_Invoke }
};

static struct handler *handler_create(const struct handler_vtbl *vtbl, REFIID iid, void *context)
{
    struct handler *handler = calloc(1, sizeof(*handler));

    if (!handler)
        return NULL;
    handler->lpVtbl = vtbl;
    handler->references = 1;
    handler->iid = iid;
    handler->context = context;
    return handler;
}

void *completed_handler_create(REFIID iid, completed_function function, void *context)
{
    struct handler *handler = handler_create(&completed_vtbl, iid, context);

    if (handler)
        handler->completed = function;
    return handler;
}

IDownloadProgressed *progress_handler_create(progress_function function, void *context)
{
    struct handler *handler = handler_create(&progress_vtbl, &IID_IDownloadProgressed, context);

    if (handler)
        handler->progress = function;
    return (IDownloadProgressed *)handler;
}

void *event_handler_create(REFIID iid, event_function function, void *context)
{
    struct handler *handler = handler_create(&event_vtbl, iid, context);

    if (handler)
        handler->event = function;
    return handler;
}
